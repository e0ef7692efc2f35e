#include "registrar/store/requests.h"

#include <stdio.h>

#include "registrar/store/transaction.h"

#define COLUMNS "id, student, client_key, service, language, answers_hash, period, state, epoch, asked_at_s"
#define IS_OPEN "state IN ('open', 'in-unit', 'returned', 'approved')"

static bool read_row(const Rows *rows, RequestRow *ret, Error *err)
{
    int state;

    if (!state_parse(&request_states, rows_bytes(rows, 7), &state))
        return error_set(err, ERR_STORE, "a request in an unknown state");
    rows_text(rows, 0, ret->id, sizeof ret->id);
    ret->student = rows_int(rows, 1);
    rows_text(rows, 2, ret->client_key, sizeof ret->client_key);
    rows_text(rows, 3, ret->service, sizeof ret->service);
    rows_text(rows, 4, ret->language, sizeof ret->language);
    rows_blob(rows, 5, ret->answers_hash, sizeof ret->answers_hash);
    rows_text(rows, 6, ret->period, sizeof ret->period);
    ret->state = (RequestState)state;
    ret->epoch = (uint32_t)rows_int(rows, 8);
    ret->asked_at_s = rows_int(rows, 9);
    return true;
}

bool requests_add(StoreTransaction *transaction, const RequestRow *request, Str answers, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO request (institution, id, student, client_key, service, language, answers, answers_hash,"
               " period, state, asked_at_s, changed_at_s) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11)",
               TEXT(request->id), INT(request->student), TEXT(request->client_key), TEXT(request->service),
               TEXT(request->language), ((Value){ .kind = VALUE_TEXT, .bytes = answers }),
               BYTES(request->answers_hash, HASH_SIZE), TEXT(request->period),
               TEXT(state_name(&request_states, (int)request->state)), INT(request->asked_at_s)) ||
           error_add(err, "new request");
}

bool requests_get(StoreTransaction *transaction, const char *id, bool *ret_found, RequestRow *ret, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM request WHERE institution = ?1 AND id = ?2",
              TEXT(id)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "request");
    return !*ret_found || read_row(&rows, ret, err);
}

bool requests_answers(StoreTransaction *transaction, const char *id, Buf *answers, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err, "SELECT answers FROM request WHERE institution = ?1 AND id = ?2", TEXT(id)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "answers");
    if (row)
        buf_add_str(answers, rows_bytes(&rows, 0));
    return buf_ok(answers, err);
}

bool requests_open_equal(StoreTransaction *transaction, int64_t student, const uint8_t answers_hash[HASH_SIZE],
                         bool *ret_found, RequestRow *ret, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT " COLUMNS
              " FROM request WHERE institution = ?1 AND student = ?2 AND answers_hash = ?3 AND " IS_OPEN,
              INT(student), BYTES(answers_hash, HASH_SIZE)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "open request");
    return !*ret_found || read_row(&rows, ret, err);
}

bool requests_equal_since(StoreTransaction *transaction, int64_t student, const uint8_t answers_hash[HASH_SIZE],
                          int64_t since_s, bool *ret_found, RequestRow *ret, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT " COLUMNS
              " FROM request WHERE institution = ?1 AND student = ?2 AND answers_hash = ?3 AND (" IS_OPEN
              " OR (state = 'fulfilled' AND asked_at_s <= ?4 AND changed_at_s >= ?4))"
              " ORDER BY state = 'fulfilled', changed_at_s DESC LIMIT 1",
              INT(student), BYTES(answers_hash, HASH_SIZE), INT(since_s)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "equal request");
    return !*ret_found || read_row(&rows, ret, err);
}

bool requests_since(StoreTransaction *transaction, int64_t student, const char *service, int64_t since_s,
                    const char *period, bool *ret_found, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err,
                 "SELECT 1 FROM request WHERE institution = ?1 AND student = ?2 AND service = ?3"
                 " AND state NOT IN ('draft', 'withdrawn', 'declined', 'expired')"
                 " AND CASE WHEN ?4 >= 0 THEN asked_at_s >= ?4 ELSE period = ?5 END LIMIT 1",
                 INT(student), TEXT(service), INT(since_s), TEXT(period)) &&
            rows_next(&rows, ret_found, err)) ||
           error_add(err, "earlier requests");
}

bool requests_overdue(StoreTransaction *transaction, int64_t before_s, RequestRow *rows, size_t room, size_t *ret_count,
                      Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT " COLUMNS " FROM request WHERE institution = ?1 AND state = 'open' AND asked_at_s < ?2"
              " ORDER BY asked_at_s LIMIT ?3",
              INT(before_s), INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "overdue requests");
    while (row)
        if (!read_row(&found, &rows[(*ret_count)++], err) || !rows_next(&found, &row, err))
            return error_add(err, "overdue requests");
    return true;
}

bool requests_recent(StoreTransaction *transaction, int64_t student, RequestLine *lines, size_t room, size_t *ret_count,
                     Error *err)
{
    OWNED_ROWS rows;
    bool row;

    *ret_count = 0;
    if (!ROWS(&rows, transaction, err,
              "SELECT r.client_key, r.service, r.state, r.asked_at_s, d.register, d.year, d.number, c.delivery,"
              " c.making FROM request r"
              " LEFT JOIN document d ON d.institution = r.institution AND d.request = r.id"
              " LEFT JOIN copy c ON c.institution = d.institution AND c.document = d.id AND c.n ="
              " (SELECT max(n) FROM copy l WHERE l.institution = d.institution AND l.document = d.id)"
              " WHERE r.institution = ?1 AND r.student = ?2 AND r.state <> 'draft'"
              " ORDER BY r.asked_at_s DESC, r.id LIMIT ?3",
              INT(student), INT(room)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "requests");
    while (row) {
        RequestLine *line = &lines[(*ret_count)++];
        char name[16];
        int state;

        *line = (RequestLine){ .asked_at_s = rows_int(&rows, 3) };
        rows_text(&rows, 0, line->client_key, sizeof line->client_key);
        rows_text(&rows, 1, line->service, sizeof line->service);
        if (!state_parse(&request_states, rows_bytes(&rows, 2), &state))
            return error_set(err, ERR_STORE, "a request in an unknown state");
        line->state = (RequestState)state;
        rows_text(&rows, 4, name, sizeof name);
        if (!rows_is_null(&rows, 6))
            snprintf(line->number, sizeof line->number, "%s-%d/%06d", name, (int)rows_int(&rows, 5),
                     (int)rows_int(&rows, 6));
        rows_text(&rows, 7, line->delivery, sizeof line->delivery);
        line->ready = str_equal_text(rows_bytes(&rows, 8), "ready");
        if (!rows_next(&rows, &row, err))
            return error_add(err, "requests");
    }
    return true;
}

bool request_keys_add(StoreTransaction *transaction, int64_t student, const char *key, const KeyAnswer *answer,
                      int64_t keep_until_s, Error *err)
{
    char actor[32];

    snprintf(actor, sizeof actor, "student:%lld", (long long)student);
    return RUN(transaction, err, NULL,
               "INSERT INTO idempotency (institution, actor, key, body_hash, answer, keep_until_s)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
               TEXT(actor), TEXT(key), BYTES(answer->body_hash, HASH_SIZE), TEXT(answer->answer), INT(keep_until_s)) ||
           error_add(err, "key of a request");
}

bool request_keys_find(StoreTransaction *transaction, int64_t student, const char *key, bool *ret_found, KeyAnswer *ret,
                       Error *err)
{
    OWNED_ROWS rows;
    char actor[32];

    snprintf(actor, sizeof actor, "student:%lld", (long long)student);
    if (!ROWS(&rows, transaction, err,
              "SELECT body_hash, answer FROM idempotency WHERE institution = ?1 AND actor = ?2 AND key = ?3",
              TEXT(actor), TEXT(key)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "key of a request");
    if (*ret_found) {
        rows_blob(&rows, 0, ret->body_hash, sizeof ret->body_hash);
        rows_text(&rows, 1, ret->answer, sizeof ret->answer);
    }
    return true;
}
