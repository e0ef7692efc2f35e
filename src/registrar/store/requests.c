#include "registrar/store/requests.h"

#include <stdio.h>

#include "registrar/store/documents.h"
#include "registrar/store/idempotency.h"
#include "registrar/store/transaction.h"

#define COLUMNS                                                                                                        \
    "id, student, client_key, service, language, answers_hash, period, state, epoch, asked_at_s, coalesce(number, "    \
    "''),"                                                                                                             \
    " coalesce(place, ''), coalesce(promised_at_s, 0)"
#define COLUMN_COUNT 13
#define IS_OPEN      "state IN ('open', 'in-unit', 'returned', 'approved')"

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
    rows_text(rows, 10, ret->number, sizeof ret->number);
    rows_text(rows, 11, ret->place, sizeof ret->place);
    ret->promised_at_s = rows_int(rows, 12);
    return true;
}

bool requests_add(StoreTransaction *transaction, const RequestRow *request, Str answers, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO request (institution, id, student, client_key, service, language, answers, answers_hash,"
               " period, state, asked_at_s, changed_at_s, number, place, promised_at_s)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, ?12, ?13, ?14)",
               TEXT(request->id), INT(request->student), TEXT(request->client_key), TEXT(request->service),
               TEXT(request->language), ((Value){ .kind = VALUE_TEXT, .bytes = answers }),
               BYTES(request->answers_hash, HASH_SIZE), TEXT(request->period),
               TEXT(state_name(&request_states, (int)request->state)), INT(request->asked_at_s), MAYBE(request->number),
               MAYBE(request->place), request->promised_at_s ? INT(request->promised_at_s) : NOTHING) ||
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

bool requests_put_items(StoreTransaction *transaction, const char *id, Str items, Error *err)
{
    return RUN(transaction, err, NULL, "UPDATE request SET items = ?3 WHERE institution = ?1 AND id = ?2", TEXT(id),
               items.len ? ((Value){ .kind = VALUE_TEXT, .bytes = items }) : NOTHING) ||
           error_add(err, "what was chosen");
}

bool requests_items(StoreTransaction *transaction, const char *id, Buf *items, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err, "SELECT items FROM request WHERE institution = ?1 AND id = ?2", TEXT(id)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "what was chosen");
    if (row)
        buf_add_str(items, rows_bytes(&rows, 0));
    return buf_ok(items, err);
}

bool requests_answer(StoreTransaction *transaction, const RequestRow *request, Str answers, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE request SET answers = ?3, answers_hash = ?4, language = ?5, promised_at_s = ?6"
               " WHERE institution = ?1 AND id = ?2",
               TEXT(request->id), ((Value){ .kind = VALUE_TEXT, .bytes = answers }),
               BYTES(request->answers_hash, HASH_SIZE), TEXT(request->language),
               request->promised_at_s ? INT(request->promised_at_s) : NOTHING) ||
           error_add(err, "new answers");
}

bool requests_promised(StoreTransaction *transaction, int64_t now_s, int64_t *rows, size_t room, size_t *ret_count,
                       Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT promised_at_s FROM request WHERE institution = ?1 AND promised_at_s > ?2"
              " AND state IN ('open', 'in-unit', 'returned', 'approved') ORDER BY promised_at_s LIMIT ?3",
              INT(now_s), INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "promises");
    while (row) {
        rows[(*ret_count)++] = rows_int(&found, 0);
        if (!rows_next(&found, &row, err))
            return error_add(err, "promises");
    }
    return true;
}

bool requests_promise(StoreTransaction *transaction, const char *id, int64_t promised_at_s, Error *err)
{
    return RUN(transaction, err, NULL, "UPDATE request SET promised_at_s = ?3 WHERE institution = ?1 AND id = ?2",
               TEXT(id), INT(promised_at_s)) ||
           error_add(err, "promise");
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

bool requests_overdue(StoreTransaction *transaction, int64_t before_s, RequestRow *rows, size_t room, size_t *ret_count,
                      Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT " COLUMNS " FROM request WHERE institution = ?1 AND state = 'open' AND number IS NULL"
              " AND asked_at_s < ?2 ORDER BY asked_at_s LIMIT ?3",
              INT(before_s), INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "overdue requests");
    while (row)
        if (!read_row(&found, &rows[(*ret_count)++], err) || !rows_next(&found, &row, err))
            return error_add(err, "overdue requests");
    return true;
}

/* --- my requests -------------------------------------------------------------------------------------------------- */

#define NEWEST_STAGE "(SELECT max(n) FROM stage x WHERE x.institution = r.institution AND x.request = r.id)"

static bool read_line(const Rows *rows, RequestLine *ret, Error *err)
{
    DocumentRow document = { .year = (int)rows_int(rows, 5), .number = (int)rows_int(rows, 6) };
    int state;

    *ret = (RequestLine){ .asked_at_s = rows_int(rows, 3) };
    rows_text(rows, 0, ret->client_key, sizeof ret->client_key);
    rows_text(rows, 1, ret->service, sizeof ret->service);
    if (!state_parse(&request_states, rows_bytes(rows, 2), &state))
        return error_set(err, ERR_STORE, "a request in an unknown state");
    ret->state = (RequestState)state;
    ret->has_document = !rows_is_null(rows, 19);
    rows_text(rows, 4, document.register_name, sizeof document.register_name);
    rows_text(rows, 20, document.foreign_number, sizeof document.foreign_number);
    if (ret->has_document)
        document_number_write(&document, ret->number);
    else
        rows_text(rows, 9, ret->number, sizeof ret->number);
    rows_text(rows, 7, ret->delivery, sizeof ret->delivery);
    ret->ready = str_equal_text(rows_bytes(rows, 8), "ready");
    ret->promised_at_s = rows_int(rows, 10);
    ret->sum = rows_int(rows, 11);
    rows_text(rows, 12, ret->invoice, sizeof ret->invoice);
    ret->unpaid = str_equal_text(rows_bytes(rows, 13), "open");
    ret->at_window = str_equal_text(rows_bytes(rows, 14), "window");
    rows_text(rows, 15, ret->reason, sizeof ret->reason);
    ret->ordered = str_equal_text(rows_bytes(rows, 16), "draft") || str_equal_text(rows_bytes(rows, 16), "issued");
    rows_text(rows, 17, ret->order, sizeof ret->order);
    rows_text(rows, 18, ret->order_day, sizeof ret->order_day);
    return true;
}

#define LINES                                                                                                          \
    "SELECT r.client_key, r.service, r.state, r.asked_at_s, d.register, d.year, d.number, c.delivery,"                 \
    " c.making, coalesce(r.number, ''), coalesce(r.promised_at_s, 0), coalesce(i.sum, 0),"                             \
    " coalesce(i.id, ''), coalesce(i.state, ''), coalesce(j.held_by, ''), coalesce(s.reason, ''),"                     \
    " coalesce(o.state, ''), coalesce(o.number, ''), coalesce(o.day, ''), d.id, coalesce(d.foreign_number, '')"        \
    " FROM request r"                                                                                                  \
    " LEFT JOIN document d ON d.institution = r.institution AND d.request = r.id AND d.state <> 'void'"                \
    " LEFT JOIN copy c ON c.institution = d.institution AND c.document = d.id AND c.n ="                               \
    " (SELECT n FROM copy l WHERE l.institution = d.institution AND l.document = d.id"                                 \
    " ORDER BY l.kind = 'paper' DESC, n DESC LIMIT 1)"                                                                 \
    " LEFT JOIN print_job j ON j.institution = c.institution AND j.copy = c.id"                                        \
    " LEFT JOIN invoice i ON i.institution = r.institution AND i.request = r.id"                                       \
    " LEFT JOIN stage s ON s.institution = r.institution AND s.request = r.id AND s.n = " NEWEST_STAGE                 \
    " LEFT JOIN order_draft o ON o.institution = r.institution AND o.id = r.id"

bool requests_line(StoreTransaction *transaction, const char *id, bool *ret_found, RequestLine *ret, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err, LINES " WHERE r.institution = ?1 AND r.id = ?2", TEXT(id)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "request");
    return !*ret_found || read_line(&rows, ret, err);
}

bool requests_recent(StoreTransaction *transaction, int64_t student, RequestLine *lines, size_t room, size_t *ret_count,
                     Error *err)
{
    OWNED_ROWS rows;
    bool row;

    *ret_count = 0;
    if (!ROWS(&rows, transaction, err,
              LINES " WHERE r.institution = ?1 AND r.student = ?2 AND r.state <> 'draft'"
                    " ORDER BY r.asked_at_s DESC, COALESCE(r.number, '') DESC, r.id LIMIT ?3",
              INT(student), INT(room)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "requests");
    while (row)
        if (!read_line(&rows, &lines[(*ret_count)++], err) || !rows_next(&rows, &row, err))
            return error_add(err, "requests");
    return true;
}

bool requests_returned(StoreTransaction *transaction, int64_t student, const char *service, bool *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err,
                 "SELECT 1 FROM request WHERE institution = ?1 AND student = ?2 AND service = ?3 AND state = 'returned'"
                 " LIMIT 1",
                 INT(student), TEXT(service)) &&
            rows_next(&rows, ret, err)) ||
           error_add(err, "returned requests");
}

/* --- the office's queue ------------------------------------------------------------------------------------------- */

#define QUEUED                                                                                                         \
    "SELECT r.id, r.student, r.client_key, r.service, r.language, r.answers_hash, r.period, r.state, r.epoch,"         \
    " r.asked_at_s, r.number, coalesce(r.place, ''), coalesce(r.promised_at_s, 0), t.number, coalesce(s.n, 0),"        \
    " coalesce(s.unit, ''), coalesce(s.clerk, ''), coalesce(i.sum, 0), coalesce(i.state, ''), t.kind,"                 \
    " coalesce(v.confirmed_at_s, 0)"                                                                                   \
    " FROM request r JOIN student t ON t.institution = r.institution AND t.id = r.student"                             \
    " LEFT JOIN stage s ON s.institution = r.institution AND s.request = r.id AND s.n = " NEWEST_STAGE                 \
    " LEFT JOIN invoice i ON i.institution = r.institution AND i.request = r.id"                                       \
    " LEFT JOIN visitor v ON v.institution = r.institution AND v.student = r.student"                                  \
    " WHERE r.institution = ?1 AND r.number IS NOT NULL"

static bool read_queued(const Rows *rows, QueueLine *ret, Error *err)
{
    *ret = (QueueLine){ .n = (int)rows_int(rows, COLUMN_COUNT + 1), .sum = rows_int(rows, COLUMN_COUNT + 4) };
    rows_text(rows, COLUMN_COUNT, ret->student_number, sizeof ret->student_number);
    rows_text(rows, COLUMN_COUNT + 2, ret->unit, sizeof ret->unit);
    rows_text(rows, COLUMN_COUNT + 3, ret->clerk, sizeof ret->clerk);
    ret->unpaid = str_equal_text(rows_bytes(rows, COLUMN_COUNT + 5), "open");
    ret->visitor = str_equal_text(rows_bytes(rows, COLUMN_COUNT + 6), "visitor");
    ret->confirmed = rows_int(rows, COLUMN_COUNT + 7) != 0;
    return read_row(rows, &ret->request, err);
}

bool requests_queue(StoreTransaction *transaction, const QueueQuery *query, QueueLine *lines, size_t room,
                    size_t *ret_count, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    *ret_count = 0;
    if (!ROWS(&rows, transaction, err,
              QUEUED " AND r.state IN (?2, ?3)"
                     " AND (?4 < 0 OR ?4 = CASE WHEN i.state = 'open' THEN 1 ELSE 0 END)"
                     " AND (?5 = '' OR s.unit = ?5)"
                     " AND (?6 = '' OR EXISTS (SELECT 1 FROM request p WHERE p.institution = ?1 AND p.id = ?6"
                     " AND (p.promised_at_s < r.promised_at_s OR (p.promised_at_s = r.promised_at_s AND p.id < r.id))))"
                     " ORDER BY r.promised_at_s, r.id LIMIT ?7",
              TEXT(state_name(&request_states, (int)query->states[0])),
              TEXT(state_name(&request_states, (int)query->states[1])), INT(query->unpaid), TEXT(query->unit),
              TEXT(query->after), INT(room)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "queue of requests");
    while (row)
        if (!read_queued(&rows, &lines[(*ret_count)++], err) || !rows_next(&rows, &row, err))
            return error_add(err, "queue of requests");
    return true;
}

bool requests_queued(StoreTransaction *transaction, const char *id, bool *ret_found, QueueLine *ret, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err, QUEUED " AND r.id = ?2", TEXT(id)) || !rows_next(&rows, ret_found, err))
        return error_add(err, "queued request");
    return !*ret_found || read_queued(&rows, ret, err);
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

bool request_keys_add(StoreTransaction *transaction, int64_t student, const char *key, const KeyAnswer *answer,
                      int64_t keep_until_s, Error *err)
{
    char actor[32];

    snprintf(actor, sizeof actor, "student:%lld", (long long)student);
    return idempotency_add(transaction, actor, key, answer->body_hash, str_from(answer->answer), keep_until_s, err);
}

bool request_keys_find(StoreTransaction *transaction, int64_t student, const char *key, bool *ret_found, KeyAnswer *ret,
                       Error *err)
{
    OWNED_BUF answer;
    char actor[32];

    buf_init(&answer, sizeof ret->answer);
    snprintf(actor, sizeof actor, "student:%lld", (long long)student);
    if (!idempotency_find(transaction, actor, key, ret_found, ret->body_hash, &answer, err))
        return false;
    if (*ret_found)
        str_copy_cut(buf_str(&answer), ret->answer, sizeof ret->answer);
    return true;
}
