#include "registrar/store/print_queue.h"

#include "registrar/store/print_need.h"
#include "registrar/store/printers.h"
#include "registrar/store/transaction.h"

/* --- lists -------------------------------------------------------------------------------------------------------- */

#define NOBODY_OR_WINDOW  ",-," WINDOW_OWNER ","
#define SCOPE_OWNERS_MOST (sizeof NOBODY_OR_WINDOW + SCOPE_NAMES_MOST * 2 * (SCOPE_NAME_SIZE + 10))

/* ",-,@window,A-2,printer:A-2,": a scope names kiosks and printers of the office alike; what is nobody's or at the
 * window is everybody's.  "": all of them. */
static void write_scope(const StaffScope *scope, char ret[SCOPE_OWNERS_MOST])
{
    OWNED_BUF text;

    buf_init(&text, SCOPE_OWNERS_MOST - 1);
    for (size_t i = 0; scope && i < scope->count[SCOPE_PRINTER]; i++)
        buf_add_format(&text, "%s%s," PRINTER_OWNER "%s,", i ? "" : NOBODY_OR_WINDOW, scope->names[SCOPE_PRINTER][i],
                       scope->names[SCOPE_PRINTER][i]);
    str_copy_cut(buf_str(&text), ret, SCOPE_OWNERS_MOST);
}

#define LINES                                                                                                          \
    "SELECT j.id, j.copy, j.state, coalesce(j.owner, ''), j.epoch, j.sheets_expected, coalesce(j.sheets_seen, -1),"    \
    " coalesce(j.held_by, ''), coalesce(j.hold_by, ''), coalesce(j.reason, ''), coalesce(j.words, ''),"                \
    " coalesce(j.need, 0), coalesce(j.due_at_s, 0), j.changed_at_s, c.n, c.code, c.making, c.validity, c.delivery,"    \
    " c.place, c.asked_at_s, d.id, d.student, coalesce(d.request, ''), coalesce(d.service, ''), d.register, d.year,"   \
    " d.number, d.state, d.template, s.number, coalesce(r.body, ''), coalesce(d.foreign_number, '') FROM "
/* Joined in this order: SQLite, which knows nothing of how many there are, would begin with all documents. */
#define BESIDE                                                                                                         \
    " CROSS JOIN copy c CROSS JOIN document d CROSS JOIN student s"                                                    \
    " LEFT JOIN record r ON r.institution = s.institution AND r.student = s.id AND r.part = 'profile'"                 \
    " WHERE j.institution = ?1 AND c.institution = ?1 AND c.id = j.copy AND d.institution = ?1 AND d.id = c.document"  \
    " AND s.institution = ?1 AND s.id = d.student"
#define OF_PAGE " CROSS JOIN print_job j" BESIDE " AND j.id = p.id"

/* A page's ids come out of an index, and their rows are read for these alone.  Which index, is told where SQLite, which
 * knows nothing of how many there are, would take another: +need is not looked for in one. */
#define PAGE(where, order, rows_order)                                                                                 \
    LINES "(SELECT id FROM print_job WHERE institution = ?1" where " ORDER BY " order " LIMIT ?9) p" OF_PAGE           \
          " ORDER BY " rows_order
#define BY_NEED(whose)                                                                                                 \
    PAGE(" AND need BETWEEN ?2 AND ?3" whose " AND (?8 = '' OR (need, due_at_s, id) > (?6, ?7, ?8))",                  \
         "need, due_at_s, id", "j.need, j.due_at_s, j.id")
#define BY_DUE(whose)                                                                                                  \
    PAGE(" AND need BETWEEN ?2 AND ?3" whose NO_NEED " AND (?8 = '' OR (due_at_s, id) > (?7, ?8))", "due_at_s, id",    \
         "j.due_at_s, j.id")
#define BY_AGE(part, whose, than, direction)                                                                           \
    PAGE(" AND +need " part " AND +need BETWEEN ?2 AND ?3" whose NO_NEED " AND (?8 = '' OR (changed_at_s, id) " than   \
         " (?7, ?8))",                                                                                                 \
         "changed_at_s" direction ", id" direction, "j.changed_at_s" direction ", j.id" direction)
#define NO_NEED " AND CAST(?6 AS BIGINT) >= 0"

/* Whose jobs: everybody's, one owner's, those of a scope's owners (or of one among them). */
#define ALL    " AND CAST(?4 AS TEXT) = '' AND CAST(?5 AS TEXT) = ''"
#define ONE    " AND owner = ?4 AND CAST(?5 AS TEXT) = ''"
#define SCOPED " AND (?4 = '' OR owner = ?4) AND ?5 LIKE '%,' || coalesce(owner, '-') || ',%'"
#define OF_EACH(statement)                                                                                             \
    {                                                                                                                  \
        statement(ALL), statement(ONE), statement(SCOPED)                                                              \
    }

enum { OF_ALL, OF_ONE, OF_SCOPE, OF_COUNT };

#define OLDEST(whose) BY_AGE("<= 7", whose, ">", "")
#define NEWEST(whose) BY_AGE("<= 7", whose, "<", " DESC")
#define OVER(whose)   BY_AGE(">= 8", whose, "<", " DESC")

static const char *const open_lists[][OF_COUNT] = {
    [SORT_NEED] = OF_EACH(BY_NEED),
    [SORT_DUE] = OF_EACH(BY_DUE),
    [SORT_OLDEST] = OF_EACH(OLDEST),
    [SORT_NEWEST] = OF_EACH(NEWEST),
};
static_assert(COUNT(open_lists) == SORT_COUNT, "a row of statements per PrintQueueSort");

static const char *const over_lists[OF_COUNT] = OF_EACH(OVER);

static int whose(const PrintQueueQuery *query, const char *owners)
{
    return owners[0] ? OF_SCOPE : query->owner[0] ? OF_ONE : OF_ALL;
}

static bool read_states(const Rows *rows, PrintQueueRow *ret, Error *err)
{
    int job, making, validity, delivery, document;

    if (!state_parse(&job_states, rows_bytes(rows, 2), &job) ||
        !state_parse(&making_states, rows_bytes(rows, 16), &making) ||
        !state_parse(&validity_states, rows_bytes(rows, 17), &validity) ||
        !state_parse(&delivery_states, rows_bytes(rows, 18), &delivery) ||
        !state_parse(&document_states, rows_bytes(rows, 28), &document))
        return error_set(err, ERR_STORE, "a print job, a copy or a document in an unknown state");
    ret->job.state = (JobState)job;
    ret->making = (CopyMaking)making;
    ret->validity = (CopyValidity)validity;
    ret->delivery = (CopyDelivery)delivery;
    ret->document.state = (DocumentState)document;
    return true;
}

static void read_job(const Rows *rows, PrintJobRow *ret)
{
    rows_text(rows, 0, ret->id, sizeof ret->id);
    rows_text(rows, 1, ret->copy, sizeof ret->copy);
    rows_text(rows, 3, ret->owner, sizeof ret->owner);
    ret->epoch = (uint32_t)rows_int(rows, 4);
    ret->sheets_expected = (int)rows_int(rows, 5);
    ret->sheets_seen = (int)rows_int(rows, 6);
    ret->at_window = str_equal_text(rows_bytes(rows, 7), "window");
    rows_text(rows, 8, ret->hold_by, sizeof ret->hold_by);
    rows_text(rows, 9, ret->reason, sizeof ret->reason);
    rows_text(rows, 10, ret->words, sizeof ret->words);
}

static void read_document(const Rows *rows, DocumentRow *ret)
{
    rows_text(rows, 21, ret->id, sizeof ret->id);
    ret->student = rows_int(rows, 22);
    rows_text(rows, 23, ret->request, sizeof ret->request);
    rows_text(rows, 24, ret->service, sizeof ret->service);
    rows_text(rows, 25, ret->register_name, sizeof ret->register_name);
    ret->year = (int)rows_int(rows, 26);
    ret->number = (int)rows_int(rows, 27);
    rows_text(rows, 29, ret->template, sizeof ret->template);
    rows_text(rows, 32, ret->foreign_number, sizeof ret->foreign_number);
}

static bool read_row(const Rows *rows, PrintQueueRow *ret, Error *err)
{
    const int64_t need = rows_int(rows, 11);

    *ret = (PrintQueueRow){ .need = need > 0 && need < NEED_COUNT ? (PrintNeed)need : NEED_NONE,
                            .due_at_s = rows_int(rows, 12),
                            .changed_at_s = rows_int(rows, 13),
                            .n = (int)rows_int(rows, 14),
                            .asked_at_s = rows_int(rows, 20) };
    read_job(rows, &ret->job);
    read_document(rows, &ret->document);
    rows_text(rows, 15, ret->code, sizeof ret->code);
    rows_text(rows, 19, ret->place, sizeof ret->place);
    rows_text(rows, 30, ret->student_number, sizeof ret->student_number);
    return read_states(rows, ret, err);
}

static bool each_row(Rows *rows, PrintQueueEach each, void *ctx, Error *err)
{
    bool row, go = true;

    while (go && rows_next(rows, &row, err)) {
        PrintQueueRow one;

        if (!row)
            return true;
        if (!read_row(rows, &one, err) || !each(ctx, &one, rows_bytes(rows, 31), &go, err))
            return false;
    }
    return !go;
}

bool print_queue_list(StoreTransaction *transaction, const PrintQueueQuery *query, PrintQueueEach each, void *ctx,
                      Error *err)
{
    const bool is_over = query->first > NEED_OPEN_LAST;
    char owners[SCOPE_OWNERS_MOST];
    OWNED_ROWS rows;

    write_scope(query->scope, owners);
    const char *sql = (is_over ? over_lists : open_lists[query->sort])[whose(query, owners)];
    return (ROWS(&rows, transaction, err, sql, INT(query->first), INT(query->last), TEXT(query->owner), TEXT(owners),
                 INT(query->after_need), INT(query->after_s), TEXT(query->after), INT(query->most)) &&
            each_row(&rows, each, ctx, err)) ||
           error_add(err, "print queue");
}

#define COUNTS(whose)                                                                                                  \
    "SELECT need, count(*) FROM print_job WHERE institution = ?1 AND need BETWEEN ?2 AND ?3" whose " GROUP BY need"

static const char *const counts[OF_COUNT] = OF_EACH(COUNTS);

static bool count_needs(StoreTransaction *transaction, const PrintQueueQuery *query, PrintNeed last,
                        int64_t ret[NEED_COUNT], Error *err)
{
    char owners[SCOPE_OWNERS_MOST];
    OWNED_ROWS rows;
    bool row;

    for (int need = 0; need < NEED_COUNT; need++)
        ret[need] = 0;
    write_scope(query->scope, owners);
    if (!ROWS(&rows, transaction, err, counts[whose(query, owners)], INT(NEED_UNKNOWN), INT(last), TEXT(query->owner),
              TEXT(owners)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "print queue's counts");
    while (row) {
        const int64_t need = rows_int(&rows, 0);
        if (need > 0 && need < NEED_COUNT)
            ret[need] = rows_int(&rows, 1);
        if (!rows_next(&rows, &row, err))
            return error_add(err, "print queue's counts");
    }
    return true;
}

bool print_queue_counts(StoreTransaction *transaction, const PrintQueueQuery *query, int64_t ret[NEED_COUNT],
                        Error *err)
{
    return count_needs(transaction, query, NEED_OPEN_LAST, ret, err);
}

bool print_queue_needing(StoreTransaction *transaction, const StaffScope *scope, int64_t *ret, Error *err)
{
    const PrintQueueQuery query = { .owner = "", .scope = scope };
    int64_t of_need[NEED_COUNT];

    *ret = 0;
    if (!count_needs(transaction, &query, NEED_STOPPED, of_need, err))
        return false;
    for (int need = NEED_UNKNOWN; need <= NEED_STOPPED; need++)
        *ret += of_need[need];
    return true;
}

/* In this order: from the few documents to their jobs.  Every n is 1 at least: said, it is the index by documents that
 * is taken. */
#define OF(which)                                                                                                      \
    LINES "(SELECT f.id FROM document e CROSS JOIN copy g CROSS JOIN print_job f WHERE e.institution = ?1 AND " which  \
          " AND g.institution = ?1 AND g.document = e.id AND g.n >= 1 AND f.institution = ?1 AND f.copy = g.id"        \
          " ORDER BY f.changed_at_s DESC, f.id LIMIT ?3) p" OF_PAGE " ORDER BY j.changed_at_s DESC, j.id"

bool print_queue_of_student(StoreTransaction *transaction, int64_t student, size_t most, PrintQueueEach each, void *ctx,
                            Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err, OF("e.student = ?2"), INT(student), INT(most)) &&
            each_row(&rows, each, ctx, err)) ||
           error_add(err, "print jobs of a student");
}

bool print_queue_of_document(StoreTransaction *transaction, const char *document, size_t most, PrintQueueEach each,
                             void *ctx, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err, OF("e.id = ?2"), TEXT(document), INT(most)) &&
            each_row(&rows, each, ctx, err)) ||
           error_add(err, "print jobs of a document");
}

bool print_queue_get(StoreTransaction *transaction, const char *id, PrintQueueEach each, void *ctx, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err, LINES "print_job j" BESIDE " AND j.id = ?2", TEXT(id)) &&
            each_row(&rows, each, ctx, err)) ||
           error_add(err, "print job");
}

bool print_queue_document_of_code(StoreTransaction *transaction, const char *code, bool *ret_found,
                                  char ret_document[ID_SIZE], Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err, "SELECT document FROM copy WHERE institution = ?1 AND code = ?2", TEXT(code)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "document of a code");
    if (*ret_found)
        rows_text(&rows, 0, ret_document, ID_SIZE);
    return true;
}

/* --- placing ------------------------------------------------------------------------------------------------------ */

bool print_queue_unplaced(StoreTransaction *transaction, bool *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err,
                 "SELECT id FROM print_job WHERE institution = ?1 AND due_at_s IS NULL LIMIT ?2", INT(1)) &&
            rows_next(&rows, ret, err)) ||
           error_add(err, "print queue");
}

bool print_queue_place(StoreTransaction *transaction, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE print_job SET need = CASE (SELECT c.delivery FROM copy c WHERE c.institution = ?1"
               " AND c.id = print_job.copy) WHEN 'superseded' THEN 9 WHEN 'collected' THEN 8 ELSE " NEED_OF(
                   "state") " END, due_at_s = coalesce((SELECT r.promised_at_s FROM copy c JOIN document d"
                            " ON d.institution = ?1 AND d.id = c.document JOIN request r ON r.institution = ?1"
                            " AND r.id = d.request WHERE c.institution = ?1 AND c.id = print_job.copy), changed_at_s)"
                            " WHERE institution = ?1 AND due_at_s IS NULL AND CAST(?2 AS BIGINT) = 0",
               INT(0)) ||
           error_add(err, "print queue");
}

/* --- what staff note ---------------------------------------------------------------------------------------------- */

bool print_jobs_note_hold(StoreTransaction *transaction, const PrintJobRow *job, const char *hold_by,
                          const char *reason, const char *words, bool *ret_done, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "UPDATE print_job SET hold_by = ?4, reason = ?5, words = ?6, epoch = epoch + 1,"
             " need = CASE WHEN state <> 'held' THEN need WHEN CAST(?4 AS TEXT) IS NULL THEN 6 ELSE 4 END"
             " WHERE institution = ?1 AND id = ?2 AND epoch = ?3",
             TEXT(job->id), INT(job->epoch), MAYBE(hold_by), MAYBE(reason), MAYBE(words)))
        return error_add(err, "who holds a print job");
    *ret_done = changed == 1;
    return true;
}

bool print_jobs_note_owner(StoreTransaction *transaction, const PrintJobRow *job, const char *owner, bool *ret_done,
                           Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "UPDATE print_job SET owner = ?4, epoch = epoch + 1 WHERE institution = ?1 AND id = ?2 AND epoch = ?3"
             " AND state IN ('waiting', 'held')",
             TEXT(job->id), INT(job->epoch), MAYBE(owner)))
        return error_add(err, "for whom a print job waits");
    *ret_done = changed == 1;
    return true;
}

bool print_jobs_note_reason(StoreTransaction *transaction, const PrintJobRow *job, const char *reason,
                            const char *words, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE print_job SET reason = ?3, words = ?4 WHERE institution = ?1 AND id = ?2", TEXT(job->id),
               MAYBE(reason), MAYBE(words)) ||
           error_add(err, "reason of a print job");
}

bool print_jobs_note_again(StoreTransaction *transaction, const char *id, const char *reason, const char *words,
                           Error *err)
{
    return RUN(transaction, err, NULL, "UPDATE print_job SET again = ?3, words = ?4 WHERE institution = ?1 AND id = ?2",
               TEXT(id), TEXT(reason), MAYBE(words)) ||
           error_add(err, "why a copy takes another's place");
}

/* --- owners, reports ---------------------------------------------------------------------------------------------- */

bool print_owners_get(StoreTransaction *transaction, const char *id, bool *ret_found, PrintOwnerRow *ret, Error *err)
{
    const char *printer = printer_of_owner(id);
    OWNED_ROWS rows;

    if (!(printer ? ROWS(&rows, transaction, err,
                         "SELECT place, lease_s, CASE WHEN removed_at_s IS NULL THEN 0 ELSE 1 END FROM printer"
                         " WHERE institution = ?1 AND id = ?2",
                         TEXT(printer))
                  : ROWS(&rows, transaction, err,
                         "SELECT place, coalesce(seen_at_s, 0), CASE state WHEN 'active' THEN 0 ELSE 1 END FROM kiosk"
                         " WHERE institution = ?1 AND id = ?2",
                         TEXT(id))) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "owner of print jobs");
    if (!*ret_found)
        return true;
    *ret = (PrintOwnerRow){ .heard_s = rows_int(&rows, 1), .gone = rows_int(&rows, 2) != 0 };
    str_copy_cut(str_from(id), ret->id, sizeof ret->id);
    rows_text(&rows, 0, ret->place, sizeof ret->place);
    return true;
}

bool print_owners_window(StoreTransaction *transaction, int64_t now_s, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO kiosk (institution, id, place, state, added_at_s) VALUES (?1, ?2, '', 'revoked', ?3)"
               " ON CONFLICT DO NOTHING",
               TEXT(WINDOW_OWNER), INT(now_s)) ||
           error_add(err, "owner of the window's jobs");
}

bool print_reports_of(StoreTransaction *transaction, const char *job, PrintReportSeen *rows, size_t room,
                      size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT kiosk, state, epoch, at_ms, coalesce(sheets, -1), counted FROM print_report"
              " WHERE institution = ?1 AND job = ?2 ORDER BY at_ms, epoch, seq LIMIT ?3",
              TEXT(job), INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "print reports");
    while (row) {
        PrintReportSeen *one = &rows[(*ret_count)++];
        *one = (PrintReportSeen){ .epoch = (uint32_t)rows_int(&found, 2),
                                  .at_ms = rows_int(&found, 3),
                                  .sheets = (int)rows_int(&found, 4),
                                  .counted = rows_int(&found, 5) != 0 };
        rows_text(&found, 0, one->kiosk, sizeof one->kiosk);
        rows_text(&found, 1, one->state, sizeof one->state);
        if (!rows_next(&found, &row, err))
            return error_add(err, "print reports");
    }
    return true;
}
