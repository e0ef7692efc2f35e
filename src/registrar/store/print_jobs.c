#include "registrar/store/print_jobs.h"

#include "registrar/store/transaction.h"

#define COLUMNS                                                                                                        \
    "id, copy, state, owner, epoch, coalesce(lease_s, 0), sheets_expected, coalesce(sheets_seen, -1),"                 \
    " coalesce(held_by, ''), coalesce(hold_by, ''), coalesce(reason, ''), coalesce(words, '')"
/* Of ?3, a copy that was asked for at ?4. */
#define DUE                                                                                                            \
    "coalesce((SELECT r.promised_at_s FROM copy c JOIN document d ON d.institution = c.institution"                    \
    " AND d.id = c.document JOIN request r ON r.institution = d.institution AND r.id = d.request"                      \
    " WHERE c.institution = ?1 AND c.id = ?3), ?4)"

bool print_jobs_add(StoreTransaction *transaction, const char *id, const char *copy, int64_t now_s, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO print_job (institution, id, copy, state, need, due_at_s, changed_at_s)"
               " VALUES (?1, ?2, ?3, 'waiting', 6, " DUE ", ?4)",
               TEXT(id), TEXT(copy), INT(now_s)) ||
           error_add(err, "new print job");
}

bool print_jobs_add_held(StoreTransaction *transaction, const char *id, const char *copy, int64_t now_s, Error *err)
{
    return (RUN(transaction, err, NULL,
                "INSERT INTO kiosk (institution, id, place, state, added_at_s) VALUES (?1, ?2, '', 'revoked', ?3)"
                " ON CONFLICT DO NOTHING",
                TEXT(WINDOW_OWNER), INT(now_s)) &&
            RUN(transaction, err, NULL,
                "INSERT INTO print_job (institution, id, copy, state, held_by, need, due_at_s, changed_at_s)"
                " VALUES (?1, ?2, ?3, 'held', 'window', 6, " DUE ", ?4)",
                TEXT(id), TEXT(copy), INT(now_s))) ||
           error_add(err, "new print job of the window");
}

static bool read_row(const Rows *rows, PrintJobRow *ret, Error *err)
{
    int state;

    if (!state_parse(&job_states, rows_bytes(rows, 2), &state))
        return error_set(err, ERR_STORE, "a print job in an unknown state");
    *ret = (PrintJobRow){ .state = (JobState)state,
                          .epoch = (uint32_t)rows_int(rows, 4),
                          .lease_s = rows_int(rows, 5),
                          .sheets_expected = (int)rows_int(rows, 6),
                          .sheets_seen = (int)rows_int(rows, 7) };
    rows_text(rows, 0, ret->id, sizeof ret->id);
    rows_text(rows, 1, ret->copy, sizeof ret->copy);
    rows_text(rows, 3, ret->owner, sizeof ret->owner);
    ret->at_window = str_equal_text(rows_bytes(rows, 8), "window");
    rows_text(rows, 9, ret->hold_by, sizeof ret->hold_by);
    rows_text(rows, 10, ret->reason, sizeof ret->reason);
    rows_text(rows, 11, ret->words, sizeof ret->words);
    return true;
}

static bool read_rows(Rows *found, PrintJobRow *rows, size_t *ret_count, Error *err)
{
    bool row;

    *ret_count = 0;
    if (!rows_next(found, &row, err))
        return false;
    while (row)
        if (!read_row(found, &rows[(*ret_count)++], err) || !rows_next(found, &row, err))
            return false;
    return true;
}

bool print_jobs_get(StoreTransaction *transaction, const char *id, bool *ret_found, PrintJobRow *ret, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM print_job WHERE institution = ?1 AND id = ?2",
              TEXT(id)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "print job");
    return !*ret_found || read_row(&rows, ret, err);
}

bool print_jobs_of_copy(StoreTransaction *transaction, const char *copy, bool *ret_found, PrintJobRow *ret, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM print_job WHERE institution = ?1 AND copy = ?2",
              TEXT(copy)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "print job");
    return !*ret_found || read_row(&rows, ret, err);
}

bool print_jobs_lease(StoreTransaction *transaction, const char *id, const char *owner, int64_t lease_s, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE print_job SET owner = ?3, lease_s = ?4 WHERE institution = ?1 AND id = ?2", TEXT(id),
               MAYBE(owner), INT(lease_s)) ||
           error_add(err, "owner of a print job");
}

bool print_jobs_expect(StoreTransaction *transaction, const char *copy, int sheets, Error *err)
{
    return RUN(transaction, err, NULL, "UPDATE print_job SET sheets_expected = ?3 WHERE institution = ?1 AND copy = ?2",
               TEXT(copy), INT(sheets)) ||
           error_add(err, "sheets of a print job");
}

bool print_jobs_silent(StoreTransaction *transaction, int64_t now_s, PrintJobRow *rows, size_t room, size_t *ret_count,
                       Error *err)
{
    OWNED_ROWS found;

    return (ROWS(&found, transaction, err,
                 "SELECT " COLUMNS " FROM print_job WHERE institution = ?1"
                 " AND state IN ('assigned', 'sending', 'sent') AND lease_s <= ?2 ORDER BY lease_s LIMIT ?3",
                 INT(now_s), INT(room)) &&
            read_rows(&found, rows, ret_count, err)) ||
           error_add(err, "silent print jobs");
}

bool print_jobs_lapse(StoreTransaction *transaction, const char *owner, int64_t now_s, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE print_job SET lease_s = ?3 WHERE institution = ?1 AND owner = ?2"
               " AND state IN ('assigned', 'sending', 'sent')",
               TEXT(owner), INT(now_s)) ||
           error_add(err, "print jobs of an owner");
}

bool print_jobs_assigned(StoreTransaction *transaction, const char *owner, PrintJobRow *rows, size_t room,
                         size_t *ret_count, Error *err)
{
    OWNED_ROWS found;

    return (ROWS(&found, transaction, err,
                 "SELECT " COLUMNS " FROM print_job WHERE institution = ?1 AND owner = ?2 AND state = 'assigned'"
                 " ORDER BY changed_at_s, id LIMIT ?3",
                 TEXT(owner), INT(room)) &&
            read_rows(&found, rows, ret_count, err)) ||
           error_add(err, "print jobs of an owner");
}

bool print_reports_add(StoreTransaction *transaction, const PrintReportRow *report, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO print_report (institution, job, kiosk, epoch, seq, at_ms, state, no_byte_left, sheets,"
               " printer_uuid, printer_job, counted) SELECT ?1, ?2, ?3, ?4, coalesce(max(seq), 0) + 1, ?5, ?6, ?7, ?8,"
               " ?9, ?10, ?11 FROM print_report WHERE institution = ?1 AND job = ?2 AND kiosk = ?3 AND epoch = ?4",
               TEXT(report->job), TEXT(report->kiosk), INT(report->epoch), INT(report->at_ms), TEXT(report->state),
               INT(report->no_byte_left), report->sheets < 0 ? NOTHING : INT(report->sheets),
               MAYBE(report->printer_uuid), report->printer_job ? INT(report->printer_job) : NOTHING,
               INT(report->counted)) ||
           error_add(err, "print report");
}

bool print_reports_count(StoreTransaction *transaction, const char *job, bool counted, int64_t *ret, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT count(*) FROM print_report WHERE institution = ?1 AND job = ?2 AND counted = ?3", TEXT(job),
              INT(counted)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "print reports");
    *ret = rows_int(&rows, 0);
    return true;
}

bool print_jobs_told(StoreTransaction *transaction, const PrintReportRow *report, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE print_job SET sheets_seen = coalesce(?3, sheets_seen), printer_uuid = coalesce(?4, "
               "printer_uuid),"
               " printer_job = coalesce(?5, printer_job) WHERE institution = ?1 AND id = ?2",
               TEXT(report->job), report->sheets < 0 ? NOTHING : INT(report->sheets), MAYBE(report->printer_uuid),
               report->printer_job ? INT(report->printer_job) : NOTHING) ||
           error_add(err, "print job");
}
