#include "registrar/store/act_search.h"

#include "registrar/store/transaction.h"

/* ?2 to ?5: from, to, and behind which entry; ?6: how many. */
#define ENTRIES(where)                                                                                                 \
    "SELECT a.id, coalesce(a.position, 0), a.era, a.at_ms, a.actor, a.act, a.object, a.detail_hash,"                   \
    " CASE WHEN d.act IS NULL THEN 0 ELSE 1 END, '' FROM act a"                                                        \
    " LEFT JOIN act_detail d ON d.institution = a.institution AND d.act = a.id"                                        \
    " WHERE a.institution = ?1 AND a.at_ms >= ?2 AND a.at_ms < ?3 AND (a.at_ms, a.id) < (?4, ?5)" where                \
    " ORDER BY a.at_ms DESC, a.id DESC LIMIT ?6"
#define WANTED(search)                                                                                                 \
    INT((search)->from_ms), INT((search)->to_ms), INT((search)->before_ms), INT((search)->before), INT((search)->most)
#define OF_ACT " AND (?8 = '' OR a.act = ?8)"

/* Everything that is known by documents of d. */
#define OF_DOCUMENTS(where)                                                                                            \
    "SELECT 'document:' || d.id FROM document d WHERE d.institution = ?1 AND " where                                   \
    " UNION ALL SELECT 'copy:' || c.id FROM document d"                                                                \
    " JOIN copy c ON c.institution = d.institution AND c.document = d.id WHERE d.institution = ?1 AND " where          \
    " UNION ALL SELECT 'print-job:' || j.id FROM document d"                                                           \
    " JOIN copy c ON c.institution = d.institution AND c.document = d.id"                                              \
    " JOIN print_job j ON j.institution = c.institution AND j.copy = c.id WHERE d.institution = ?1 AND " where

#define OF_REQUESTS(where)                                                                                             \
    "SELECT 'request:' || r.id FROM request r WHERE r.institution = ?1 AND " where                                     \
    " UNION ALL SELECT 'order:' || r.id FROM request r WHERE r.institution = ?1 AND " where                            \
    " UNION ALL SELECT 'invoice:' || i.id FROM request r"                                                              \
    " JOIN invoice i ON i.institution = r.institution AND i.request = r.id WHERE r.institution = ?1 AND " where

static bool open_rows(StoreTransaction *transaction, const ActSearch *search, Rows *ret, Error *err)
{
    const Value wanted[] = { WANTED(search) };
    static_assert(COUNT(wanted) == 5, "?7 is what follows");

    if (search->student != 0)
        return ROWS(ret, transaction, err,
                    ENTRIES(OF_ACT " AND a.id IN (SELECT b.id FROM act b WHERE b.institution = ?1"
                                   " AND b.actor = 'student:' || ?9 UNION ALL SELECT b.id FROM act b"
                                   " WHERE b.institution = ?1 AND b.object IN ("
                                   "SELECT 'student:' || ?9 UNION ALL " OF_REQUESTS(
                                       "r.student = ?7") " UNION ALL " OF_DOCUMENTS("d.student = ?7") "))"),
                    WANTED(search), INT(search->student), TEXT(search->act), TEXT(search->object));
    if (search->request[0])
        return ROWS(
            ret, transaction, err,
            ENTRIES(OF_ACT
                    " AND a.id IN (SELECT b.id FROM act b WHERE b.institution = ?1 AND b.object IN (" OF_REQUESTS(
                        "r.id = ?7") " UNION ALL " OF_DOCUMENTS("d.request = ?7") "))"),
            WANTED(search), TEXT(search->request), TEXT(search->act));
    if (search->document[0])
        return ROWS(
            ret, transaction, err,
            ENTRIES(OF_ACT
                    " AND a.id IN (SELECT b.id FROM act b WHERE b.institution = ?1 AND b.object IN (" OF_DOCUMENTS(
                        "d.id = ?7") "))"),
            WANTED(search), TEXT(search->document), TEXT(search->act));
    if (search->object[0])
        return ROWS(ret, transaction, err, ENTRIES(" AND a.object = ?7" OF_ACT), WANTED(search), TEXT(search->object),
                    TEXT(search->act));
    if (search->actor[0])
        return ROWS(ret, transaction, err, ENTRIES(" AND a.actor = ?7" OF_ACT), WANTED(search), TEXT(search->actor),
                    TEXT(search->act));
    if (search->act[0])
        return ROWS(ret, transaction, err, ENTRIES(" AND a.act = ?7"), WANTED(search), TEXT(search->act));
    return rows_open(ret, transaction, ENTRIES(""), wanted, COUNT(wanted), err);
}

static ActEntry read_entry(const Rows *rows)
{
    return (ActEntry){ .id = rows_int(rows, 0),
                       .position = rows_int(rows, 1),
                       .era = rows_int(rows, 2),
                       .at_ms = rows_int(rows, 3),
                       .actor = rows_bytes(rows, 4),
                       .act = rows_bytes(rows, 5),
                       .object = rows_bytes(rows, 6),
                       .detail_hash = rows_bytes(rows, 7),
                       .has_detail = rows_int(rows, 8) != 0,
                       .detail = rows_bytes(rows, 9) };
}

static bool visit_rows(Rows *rows, ActVisit visit, void *ctx, size_t *ret_count, Error *err)
{
    bool row;

    for (*ret_count = 0; rows_next(rows, &row, err); ++*ret_count) {
        if (!row)
            return true;
        const ActEntry entry = read_entry(rows);
        if (!visit(ctx, &entry, err))
            return false;
    }
    return false;
}

bool acts_look(StoreTransaction *transaction, const ActSearch *search, ActVisit visit, void *ctx, size_t *ret_count,
               Error *err)
{
    char student[24];
    ActSearch own = *search;
    OWNED_ROWS rows = { 0 };

    if (search->student != 0) {
        OWNED_BUF text;

        buf_init(&text, sizeof student - 1);
        buf_add_format(&text, "%lld", (long long)search->student);
        str_copy_cut(buf_str(&text), student, sizeof student);
        own.object = student; /* of its own acts' names */
    }
    return (open_rows(transaction, &own, &rows, err) && visit_rows(&rows, visit, ctx, ret_count, err)) ||
           error_add(err, "acts");
}

bool acts_get(StoreTransaction *transaction, int64_t id, ActVisit visit, void *ctx, bool *ret_found, Error *err)
{
    OWNED_ROWS rows;
    size_t count;

    if (!ROWS(&rows, transaction, err,
              "SELECT a.id, coalesce(a.position, 0), a.era, a.at_ms, a.actor, a.act, a.object, a.detail_hash,"
              " CASE WHEN d.act IS NULL THEN 0 ELSE 1 END, coalesce(d.body, '') FROM act a"
              " LEFT JOIN act_detail d ON d.institution = a.institution AND d.act = a.id"
              " WHERE a.institution = ?1 AND a.id = ?2",
              INT(id)) ||
        !visit_rows(&rows, visit, ctx, &count, err))
        return error_add(err, "act");
    *ret_found = count > 0;
    return true;
}

/* From each name to the next by the index: the entries are not gone through. */
bool acts_names(StoreTransaction *transaction, char (*names)[ACT_NAME_SIZE], size_t room, size_t *ret_count, Error *err)
{
    const char *after = "";

    for (*ret_count = 0; *ret_count < room; ++*ret_count) {
        OWNED_ROWS rows;
        bool row;

        if (!ROWS(&rows, transaction, err,
                  "SELECT act FROM act WHERE institution = ?1 AND act > ?2 ORDER BY act LIMIT 1", TEXT(after)) ||
            !rows_next(&rows, &row, err))
            return error_add(err, "names of acts");
        if (!row)
            return true;
        rows_text(&rows, 0, names[*ret_count], ACT_NAME_SIZE);
        after = names[*ret_count];
    }
    return true;
}

bool acts_waiting(StoreTransaction *transaction, int64_t *ret, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!rows_open(&rows, transaction, "SELECT count(*) FROM act WHERE institution = ?1 AND position IS NULL", NULL, 0,
                   err) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "acts to be sealed");
    *ret = rows_int(&rows, 0);
    return true;
}

/* --- objects ------------------------------------------------------------------------------------------------------ */

/* Columns: register, year, number, or a number in full; service, student. */
static const struct {
    const char *thing, *sql;
} objects[] = {
    { "request", "SELECT '', 0, 0, coalesce(number, ''), service, student FROM request WHERE institution = ?1"
                 " AND id = ?2" },
    { "order", "SELECT '', 0, 0, coalesce(number, ''), service, student FROM request WHERE institution = ?1"
               " AND id = ?2" },
    { "document", "SELECT coalesce(register, ''), coalesce(year, 0), coalesce(number, 0), coalesce(foreign_number, "
                  "''), service, student"
                  " FROM document WHERE institution = ?1 AND id = ?2" },
    { "copy", "SELECT coalesce(d.register, ''), coalesce(d.year, 0), coalesce(d.number, 0), coalesce(d.foreign_number, "
              "''), d.service, d.student"
              " FROM copy c JOIN document d ON d.institution = c.institution AND d.id = c.document"
              " WHERE c.institution = ?1 AND c.id = ?2" },
    { "print-job", "SELECT coalesce(d.register, ''), coalesce(d.year, 0), coalesce(d.number, 0), "
                   "coalesce(d.foreign_number, ''), d.service,"
                   " d.student FROM print_job j JOIN copy c ON c.institution = j.institution AND c.id = j.copy"
                   " JOIN document d ON d.institution = c.institution AND d.id = c.document"
                   " WHERE j.institution = ?1 AND j.id = ?2" },
    { "invoice", "SELECT '', 0, 0, i.id, r.service, r.student FROM invoice i"
                 " JOIN request r ON r.institution = i.institution AND r.id = i.request"
                 " WHERE i.institution = ?1 AND i.id = ?2" },
    { "ticket", "SELECT letter, 0, n, '', '', coalesce(student, 0) FROM ticket WHERE institution = ?1 AND id = ?2" },
};

bool acts_object(StoreTransaction *transaction, Str object, ActObject *ret, Error *err)
{
    Str id = object;
    const Str thing = str_split(&id, ':');
    DocumentRow document;
    OWNED_ROWS rows = { 0 };
    bool row = false;

    *ret = (ActObject){ 0 };
    if (str_equal_text(thing, "student")) {
        if (!str_to_i64(id, 1, INT64_MAX, &ret->student))
            ret->student = 0;
        return true;
    }
    for (size_t i = 0; i < COUNT(objects) && id.ptr; i++)
        if (str_equal_text(thing, objects[i].thing) &&
            (!ROWS(&rows, transaction, err, objects[i].sql, ((Value){ .kind = VALUE_TEXT, .bytes = id })) ||
             !rows_next(&rows, &row, err)))
            return error_add(err, "object of an act");
    if (!row)
        return true;
    document = (DocumentRow){ .year = (int)rows_int(&rows, 1), .number = (int)rows_int(&rows, 2) };
    rows_text(&rows, 0, document.register_name, sizeof document.register_name);
    rows_text(&rows, 3, ret->number, sizeof ret->number);
    rows_text(&rows, 4, ret->service, sizeof ret->service);
    ret->student = rows_int(&rows, 5);
    if (document.year > 0)
        document_number_write(&document, ret->number);
    return true;
}

bool acts_request_of(StoreTransaction *transaction, const char *number, char ret_request[ID_SIZE], Error *err)
{
    OWNED_ROWS rows;
    bool row;

    ret_request[0] = '\0';
    if (!ROWS(&rows, transaction, err, "SELECT id FROM request WHERE institution = ?1 AND number = ?2", TEXT(number)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "request of a number");
    if (row)
        rows_text(&rows, 0, ret_request, ID_SIZE);
    return true;
}
