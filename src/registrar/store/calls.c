#include "registrar/store/calls.h"

#include "registrar/store/transaction.h"

#define COLUMNS                                                                                                        \
    "id, kiosk, screen, service, language, coalesce(student, 0), state, epoch, coalesce(clerk, ''), made_at_s,"        \
    " changed_at_s"

static bool read_row(const Rows *rows, CallRow *ret, Error *err)
{
    int state;

    if (!state_parse(&call_states, rows_bytes(rows, 6), &state))
        return error_set(err, ERR_STORE, "a call in an unknown state");
    *ret = (CallRow){ .student = rows_int(rows, 5),
                      .state = (CallState)state,
                      .epoch = (uint32_t)rows_int(rows, 7),
                      .made_at_s = rows_int(rows, 9),
                      .changed_at_s = rows_int(rows, 10) };
    rows_text(rows, 0, ret->id, sizeof ret->id);
    rows_text(rows, 1, ret->kiosk, sizeof ret->kiosk);
    rows_text(rows, 2, ret->screen, sizeof ret->screen);
    rows_text(rows, 3, ret->service, sizeof ret->service);
    rows_text(rows, 4, ret->language, sizeof ret->language);
    rows_text(rows, 8, ret->clerk, sizeof ret->clerk);
    return true;
}

bool calls_add(StoreTransaction *transaction, const CallRow *call, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO help_call (institution, id, kiosk, screen, service, language, student, state, made_at_s,"
               " changed_at_s) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'waiting', ?8, ?8)",
               TEXT(call->id), TEXT(call->kiosk), TEXT(call->screen), TEXT(call->service), TEXT(call->language),
               call->student ? INT(call->student) : NOTHING, INT(call->made_at_s)) ||
           error_add(err, "new call");
}

bool calls_get(StoreTransaction *transaction, const char *id, bool *ret_found, CallRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM help_call WHERE institution = ?1 AND id = ?2",
                 TEXT(id)) &&
            rows_next(&rows, ret_found, err) && (!*ret_found || read_row(&rows, ret, err))) ||
           error_add(err, "call");
}

bool calls_answered(StoreTransaction *transaction, const char *id, const char *clerk, Error *err)
{
    return RUN(transaction, err, NULL, "UPDATE help_call SET clerk = ?3 WHERE institution = ?1 AND id = ?2", TEXT(id),
               MAYBE(clerk)) ||
           error_add(err, "call");
}

bool calls_open(StoreTransaction *transaction, CallRow *rows, size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT " COLUMNS " FROM help_call WHERE institution = ?1 AND state IN ('waiting', 'coming')"
              " ORDER BY made_at_s, id LIMIT ?2",
              INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "open calls");
    while (row)
        if (!read_row(&found, &rows[(*ret_count)++], err) || !rows_next(&found, &row, err))
            return error_add(err, "open calls");
    return true;
}

bool calls_waiting(StoreTransaction *transaction, int64_t *ret, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT count(*) FROM help_call WHERE institution = ?1 AND state IN ('waiting', 'coming')"
              " AND state = 'waiting'") ||
        !rows_next(&rows, &row, err))
        return error_add(err, "calls that wait");
    *ret = row ? rows_int(&rows, 0) : 0;
    return true;
}

bool calls_made_by(StoreTransaction *transaction, const char *kiosk, int64_t since_s, int64_t *ret, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT count(*) FROM help_call WHERE institution = ?1 AND kiosk = ?2 AND made_at_s >= ?3", TEXT(kiosk),
              INT(since_s)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "calls of a kiosk");
    *ret = row ? rows_int(&rows, 0) : 0;
    return true;
}

bool calls_last_job(StoreTransaction *transaction, const char *kiosk, int64_t since_s, bool *ret_found, CallJob *ret,
                    Error *err)
{
    OWNED_ROWS rows;
    int state;

    if (!ROWS(&rows, transaction, err,
              "SELECT state, sheets_expected, coalesce(sheets_seen, -1), changed_at_s FROM print_job"
              " WHERE institution = ?1 AND owner = ?2 AND changed_at_s >= ?3 ORDER BY changed_at_s DESC, id LIMIT 1",
              TEXT(kiosk), INT(since_s)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "last job of a kiosk");
    if (!*ret_found)
        return true;
    if (!state_parse(&job_states, rows_bytes(&rows, 0), &state))
        return error_set(err, ERR_STORE, "a job in an unknown state");
    *ret = (CallJob){ .state = (JobState)state,
                      .sheets_expected = (int)rows_int(&rows, 1),
                      .sheets_seen = (int)rows_int(&rows, 2),
                      .changed_at_s = rows_int(&rows, 3) };
    return true;
}
