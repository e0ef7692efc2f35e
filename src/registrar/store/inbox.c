#include "registrar/store/inbox.h"

#include <string.h>

#include "registrar/store/transaction.h"

static const char *const list_names[] = {
    [INBOX_REVIEW] = "review",     [INBOX_PAYMENT] = "payment", [INBOX_RETURNED] = "returned",
    [INBOX_APPROVED] = "approved", [INBOX_OVER] = "over",
};
static_assert(COUNT(list_names) == INBOX_LIST_COUNT, "one name per InboxList");

const char *inbox_list_name(InboxList list)
{
    return list_names[list];
}

bool inbox_list_parse(Str name, InboxList *ret)
{
    for (size_t i = 0; i < COUNT(list_names); i++)
        if (str_equal_text(name, list_names[i])) {
            *ret = (InboxList)i;
            return true;
        }
    return false;
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

#define SEEN                                                                                                           \
    " AND (?3 = '' OR unit IS NULL OR list IN ('approved', 'over') OR ?3 LIKE '%,' || unit || ',%')"                   \
    " AND (?4 = '' OR ?4 LIKE '%,' || coalesce(faculty, '-') || ',%')"
#define FILTERED                                                                                                       \
    " FROM request WHERE institution = ?1 AND list = ?2" SEEN " AND (?5 = '' OR unit = ?5)"                            \
    " AND (?6 = '' OR service = ?6) AND (?7 = '' OR clerk = ?7 OR (?7 = '-' AND clerk IS NULL))"

#define SCOPE_TEXT_MOST (SCOPE_NAMES_MOST * (SCOPE_NAME_SIZE + 1) + 2)

/* ",dean,archive,"; "": all of them. */
static void write_scope(const StaffScope *scope, ScopeKind kind, char ret[SCOPE_TEXT_MOST])
{
    OWNED_BUF text;

    buf_init(&text, SCOPE_TEXT_MOST - 1);
    for (size_t i = 0; scope && i < scope->count[kind]; i++)
        buf_add_format(&text, "%s%s,", i ? "" : ",", scope->names[kind][i]);
    str_copy_cut(buf_str(&text), ret, SCOPE_TEXT_MOST);
}

/* What ?3 and ?4 are, and with them what ?5 to ?7 are. */
typedef struct Seen {
    char units[SCOPE_TEXT_MOST], faculties[SCOPE_TEXT_MOST];
} Seen;

static Seen seen_of(const InboxQuery *query)
{
    Seen seen = { "", "" };

    write_scope(query->scope, SCOPE_UNIT, seen.units);
    write_scope(query->scope, SCOPE_FACULTY, seen.faculties);
    return seen;
}
#define SCOPED(query, seen)  TEXT(list_names[(query)->list]), TEXT((seen).units), TEXT((seen).faculties)
#define FILTERS(query, seen) SCOPED(query, seen), TEXT((query)->unit), TEXT((query)->service), TEXT((query)->clerk)

#define LINES                                                                                                          \
    "SELECT r.id, r.student, r.number, r.service, r.state, r.epoch, r.asked_at_s, coalesce(r.due_s, r.asked_at_s),"    \
    " coalesce(r.list, 'review'), coalesce(r.unit, ''), coalesce(r.clerk, ''), coalesce(r.faculty, ''),"               \
    " CASE WHEN v.student IS NOT NULL AND v.confirmed_by IS NULL THEN 1 ELSE 0 END, coalesce(c.body, '')"
#define BESIDE                                                                                                         \
    " LEFT JOIN visitor v ON v.institution = r.institution AND v.student = r.student"                                  \
    " LEFT JOIN record c ON c.institution = r.institution AND c.student = r.student AND c.part = 'profile'"
/* A page's ids come out of the index, and their rows are read for these alone. */
#define PAGE(inner, order)                                                                                             \
    LINES " FROM (SELECT id" inner " ORDER BY " order " LIMIT ?10) p"                                                  \
          " JOIN request r ON r.institution = ?1 AND r.id = p.id" BESIDE

static bool read_line(const Rows *rows, InboxRow *ret, Error *err)
{
    int state;

    *ret = (InboxRow){ .student = rows_int(rows, 1),
                       .epoch = (uint32_t)rows_int(rows, 5),
                       .asked_at_s = rows_int(rows, 6),
                       .due_s = rows_int(rows, 7),
                       .unconfirmed = rows_int(rows, 12) != 0 };
    if (!state_parse(&request_states, rows_bytes(rows, 4), &state) ||
        !inbox_list_parse(rows_bytes(rows, 8), &ret->list))
        return error_set(err, ERR_STORE, "a request in an unknown state or list");
    ret->state = (RequestState)state;
    rows_text(rows, 0, ret->id, sizeof ret->id);
    rows_text(rows, 2, ret->number, sizeof ret->number);
    rows_text(rows, 3, ret->service, sizeof ret->service);
    rows_text(rows, 9, ret->unit, sizeof ret->unit);
    rows_text(rows, 10, ret->clerk, sizeof ret->clerk);
    rows_text(rows, 11, ret->faculty, sizeof ret->faculty);
    return true;
}

static bool each_line(Rows *rows, InboxEach each, void *ctx, Error *err)
{
    bool row;

    while (rows_next(rows, &row, err)) {
        InboxRow line;

        if (!row)
            return true;
        if (!read_line(rows, &line, err) || !each(ctx, &line, rows_bytes(rows, 13), err))
            return false;
    }
    return false;
}

bool inbox_list(StoreTransaction *transaction, const InboxQuery *query, InboxEach each, void *ctx, Error *err)
{
    const bool newest = query->list == INBOX_OVER;
    const Seen seen = seen_of(query);
    OWNED_ROWS rows;

    return ((newest ? ROWS(&rows, transaction, err,
                           PAGE(FILTERED " AND (?9 = '' OR (due_s, id) < (?8, ?9))",
                                "due_s DESC, id DESC") " ORDER BY r.due_s DESC, r.id DESC",
                           FILTERS(query, seen), INT(query->after_s), TEXT(query->after), INT(query->most))
                    : ROWS(&rows, transaction, err,
                           PAGE(FILTERED " AND (?9 = '' OR (due_s, id) > (?8, ?9))",
                                "due_s, id") " ORDER BY r.due_s, r.id",
                           FILTERS(query, seen), INT(query->after_s), TEXT(query->after), INT(query->most))) &&
            each_line(&rows, each, ctx, err)) ||
           error_add(err, "list of applications");
}

bool inbox_count(StoreTransaction *transaction, const InboxQuery *query, int64_t *ret, Error *err)
{
    const Seen seen = seen_of(query);
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err, "SELECT count(*)" FILTERED, FILTERS(query, seen)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "applications");
    *ret = rows_int(&rows, 0);
    return true;
}

static bool read_parts(Rows *rows, InboxPart *parts, size_t room, size_t *ret_count, Error *err)
{
    bool row;

    for (*ret_count = 0; *ret_count < room; (*ret_count)++) {
        if (!rows_next(rows, &row, err))
            return false;
        if (!row)
            break;
        rows_text(rows, 0, parts[*ret_count].name, sizeof parts[*ret_count].name);
        parts[*ret_count].count = rows_int(rows, 1);
    }
    return true;
}

bool inbox_services(StoreTransaction *transaction, const InboxQuery *query, InboxPart *parts, size_t room,
                    size_t *ret_count, Error *err)
{
    const Seen seen = seen_of(query);
    OWNED_ROWS rows;

    *ret_count = 0;
    return (ROWS(&rows, transaction, err,
                 "SELECT service, count(*) FROM request WHERE institution = ?1 AND list = ?2" SEEN
                 " GROUP BY service ORDER BY service",
                 SCOPED(query, seen)) &&
            read_parts(&rows, parts, room, ret_count, err)) ||
           error_add(err, "services of applications");
}

bool inbox_units(StoreTransaction *transaction, const InboxQuery *query, InboxPart *parts, size_t room,
                 size_t *ret_count, Error *err)
{
    const Seen seen = seen_of(query);
    OWNED_ROWS rows;

    *ret_count = 0;
    return (ROWS(&rows, transaction, err,
                 "SELECT unit, count(*) FROM request WHERE institution = ?1 AND list = ?2 AND unit IS NOT NULL" SEEN
                 " GROUP BY unit ORDER BY unit",
                 SCOPED(query, seen)) &&
            read_parts(&rows, parts, room, ret_count, err)) ||
           error_add(err, "units of applications");
}

bool inbox_of_student(StoreTransaction *transaction, int64_t student, size_t most, InboxEach each, void *ctx,
                      Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err,
                 LINES " FROM request r" BESIDE " WHERE r.institution = ?1 AND r.student = ?2 AND r.number IS NOT NULL"
                       " ORDER BY r.asked_at_s DESC, r.id LIMIT ?3",
                 INT(student), INT(most)) &&
            each_line(&rows, each, ctx, err)) ||
           error_add(err, "applications of a student");
}

bool inbox_of_number(StoreTransaction *transaction, const char *number, InboxEach each, void *ctx, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err, LINES " FROM request r" BESIDE " WHERE r.institution = ?1 AND r.number = ?2",
                 TEXT(number)) &&
            each_line(&rows, each, ctx, err)) ||
           error_add(err, "application of a number");
}

/* --- placing ------------------------------------------------------------------------------------------------------ */

bool inbox_unplaced(StoreTransaction *transaction, InboxUnplaced *rows, size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT id, student FROM request WHERE institution = ?1 AND number IS NOT NULL"
              " AND (placed_epoch IS NULL OR placed_epoch <> epoch OR placed_state <> state) ORDER BY id LIMIT ?2",
              INT(room)))
        return error_add(err, "applications to be placed");
    while (rows_next(&found, &row, err)) {
        if (!row)
            return true;
        rows_text(&found, 0, rows[*ret_count].id, sizeof rows[0].id);
        rows[(*ret_count)++].student = rows_int(&found, 1);
    }
    return error_add(err, "applications to be placed");
}

#define LAST_STAGE(what)                                                                                               \
    "(SELECT s." what " FROM stage s WHERE s.institution = ?1 AND s.request = ?2 ORDER BY s.n DESC LIMIT 1)"

/* The first statement takes the row: the second then sees whatever was written beside it before. */
bool inbox_place(StoreTransaction *transaction, const char *id, const char *faculty, Error *err)
{
    return (RUN(transaction, err, NULL, "UPDATE request SET placed_epoch = NULL WHERE institution = ?1 AND id = ?2",
                TEXT(id)) &&
            RUN(transaction, err, NULL,
                "UPDATE request SET list = CASE WHEN state = 'returned' THEN 'returned' WHEN state = 'approved' THEN"
                " 'approved' WHEN state = 'in-unit' THEN 'review' WHEN state <> 'open' THEN 'over'"
                " WHEN EXISTS (SELECT 1 FROM invoice i WHERE i.institution = ?1 AND i.request = ?2"
                " AND i.state = 'open') THEN 'payment' ELSE 'review' END,"
                " unit = " LAST_STAGE("unit") ", clerk = " LAST_STAGE(
                    "clerk") ", faculty = ?3,"
                             " due_s = coalesce(promised_at_s, asked_at_s), placed_state = state, placed_epoch = epoch"
                             " WHERE institution = ?1 AND id = ?2",
                TEXT(id), MAYBE(faculty))) ||
           error_add(err, "placing an application");
}
