#include "registrar/store/tickets.h"

#include "registrar/store/transaction.h"

#define COLUMNS                                                                                                        \
    "id, day, letter, n, topic, state, epoch, kiosk, coalesce(student, 0), token_hash, coalesce(called_to, 0),"        \
    " coalesce(for_window, 0), calls, taken_at_s, coalesce(called_at_s, 0), coalesce(last_called_s, 0), changed_at_s"
#define IS_OPEN        "state IN ('waiting', 'passed', 'called', 'serving')"
#define OR_NULL(value) ((value) ? INT(value) : NOTHING)

static bool read_row(const Rows *rows, TicketRow *ret, Error *err)
{
    int state;

    if (!state_parse(&ticket_states, rows_bytes(rows, 5), &state))
        return error_set(err, ERR_STORE, "a ticket in an unknown state");
    *ret = (TicketRow){ .n = (int)rows_int(rows, 3),
                        .state = (TicketState)state,
                        .epoch = (uint32_t)rows_int(rows, 6),
                        .student = rows_int(rows, 8),
                        .called_to = (int)rows_int(rows, 10),
                        .for_window = (int)rows_int(rows, 11),
                        .calls = (int)rows_int(rows, 12),
                        .taken_at_s = rows_int(rows, 13),
                        .called_at_s = rows_int(rows, 14),
                        .last_called_s = rows_int(rows, 15),
                        .changed_at_s = rows_int(rows, 16) };
    rows_text(rows, 0, ret->id, sizeof ret->id);
    rows_text(rows, 1, ret->day, sizeof ret->day);
    rows_text(rows, 2, ret->letter, sizeof ret->letter);
    rows_text(rows, 4, ret->topic, sizeof ret->topic);
    rows_text(rows, 7, ret->kiosk, sizeof ret->kiosk);
    rows_blob(rows, 9, ret->token_hash, sizeof ret->token_hash);
    return true;
}

static bool read_one(Rows *rows, bool *ret_found, TicketRow *ret, Error *err)
{
    return rows_next(rows, ret_found, err) && (!*ret_found || read_row(rows, ret, err));
}

static bool read_all(Rows *found, TicketRow *rows, size_t *ret_count, Error *err)
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

static bool read_count(Rows *rows, int64_t *ret, Error *err)
{
    bool row;

    if (!rows_next(rows, &row, err))
        return false;
    *ret = row ? rows_int(rows, 0) : 0;
    return true;
}

bool tickets_next_n(StoreTransaction *transaction, const char *day, const char *letter, int *ret, Error *err)
{
    OWNED_ROWS rows;
    int64_t last;

    if (!ROWS(&rows, transaction, err,
              "SELECT coalesce(max(n), 0) FROM ticket WHERE institution = ?1 AND day = ?2 AND letter = ?3", TEXT(day),
              TEXT(letter)) ||
        !read_count(&rows, &last, err))
        return error_add(err, "ticket's number");
    *ret = (int)last + 1;
    return true;
}

bool tickets_add(StoreTransaction *transaction, const TicketRow *ticket, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO ticket (institution, id, day, letter, n, topic, state, kiosk, student, token_hash,"
               " taken_at_s, changed_at_s, turn) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting', ?7, ?8, ?9, ?10, ?10,"
               " (SELECT coalesce(max(turn), 0) + 1 FROM ticket WHERE institution = ?1))",
               TEXT(ticket->id), TEXT(ticket->day), TEXT(ticket->letter), INT(ticket->n), TEXT(ticket->topic),
               TEXT(ticket->kiosk), OR_NULL(ticket->student), BYTES(ticket->token_hash, TICKET_HASH_SIZE),
               INT(ticket->taken_at_s)) ||
           error_add(err, "new ticket");
}

bool tickets_get(StoreTransaction *transaction, const char *id, bool *ret_found, TicketRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM ticket WHERE institution = ?1 AND id = ?2",
                 TEXT(id)) &&
            read_one(&rows, ret_found, ret, err)) ||
           error_add(err, "ticket");
}

bool tickets_by_token(StoreTransaction *transaction, const uint8_t token_hash[TICKET_HASH_SIZE], bool *ret_found,
                      TicketRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM ticket WHERE institution = ?1 AND token_hash = ?2",
                 BYTES(token_hash, TICKET_HASH_SIZE)) &&
            read_one(&rows, ret_found, ret, err)) ||
           error_add(err, "ticket");
}

bool tickets_put(StoreTransaction *transaction, const TicketRow *ticket, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE ticket SET topic = ?3, called_to = ?4, for_window = ?5, calls = ?6, called_at_s = ?7,"
               " last_called_s = ?8 WHERE institution = ?1 AND id = ?2",
               TEXT(ticket->id), TEXT(ticket->topic), OR_NULL(ticket->called_to), OR_NULL(ticket->for_window),
               INT(ticket->calls), OR_NULL(ticket->called_at_s), OR_NULL(ticket->last_called_s)) ||
           error_add(err, "ticket");
}

bool tickets_open(StoreTransaction *transaction, TicketRow *rows, size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS found;

    return (ROWS(&found, transaction, err,
                 "SELECT " COLUMNS " FROM ticket WHERE institution = ?1 AND " IS_OPEN " ORDER BY turn LIMIT ?2",
                 INT(room)) &&
            read_all(&found, rows, ret_count, err)) ||
           error_add(err, "open tickets");
}

bool tickets_waiting(StoreTransaction *transaction, const StaffScope *scope, int64_t *ret, Error *err)
{
    OWNED_ROWS rows;
    OWNED_BUF windows;

    buf_init(&windows, SCOPE_TEXT_SIZE);
    for (size_t i = 0; scope && i < scope->count[SCOPE_WINDOW]; i++)
        buf_add_format(&windows, "%s%s,", i ? "" : ",", scope->names[SCOPE_WINDOW][i]);
    return (buf_ok(&windows, err) &&
            ROWS(&rows, transaction, err,
                 "SELECT count(*) FROM ticket t WHERE t.institution = ?1 AND t." IS_OPEN
                 " AND t.state IN ('waiting', 'passed') AND (?2 = '' OR EXISTS (SELECT 1 FROM service_window w"
                 " WHERE w.institution = ?1 AND ?2 LIKE '%,' || CAST(w.number AS text) || ',%'"
                 " AND (t.for_window = w.number OR (t.for_window IS NULL"
                 " AND ',' || w.topics || ',' LIKE '%,' || t.topic || ',%'))))",
                 TEXT(buf_text(&windows))) &&
            read_count(&rows, ret, err)) ||
           error_add(err, "tickets that wait");
}

bool tickets_missed(StoreTransaction *transaction, int64_t since_s, TicketRow *rows, size_t room, size_t *ret_count,
                    Error *err)
{
    OWNED_ROWS found;

    return (ROWS(&found, transaction, err,
                 "SELECT " COLUMNS " FROM ticket WHERE institution = ?1 AND state = 'no-show' AND last_called_s >= ?2"
                 " ORDER BY last_called_s DESC, id LIMIT ?3",
                 INT(since_s), INT(room)) &&
            read_all(&found, rows, ret_count, err)) ||
           error_add(err, "tickets of who did not come");
}

bool tickets_of_student(StoreTransaction *transaction, int64_t student, TicketRow *rows, size_t room, size_t *ret_count,
                        Error *err)
{
    OWNED_ROWS found;

    return (ROWS(&found, transaction, err,
                 "SELECT " COLUMNS " FROM ticket WHERE institution = ?1 AND student = ?2 AND " IS_OPEN
                 " ORDER BY turn LIMIT ?3",
                 INT(student), INT(room)) &&
            read_all(&found, rows, ret_count, err)) ||
           error_add(err, "tickets of a student");
}

bool tickets_taken_by(StoreTransaction *transaction, int64_t student, int64_t since_s, int64_t *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err,
                 "SELECT count(*) FROM ticket WHERE institution = ?1 AND student = ?2 AND taken_at_s >= ?3",
                 INT(student), INT(since_s)) &&
            read_count(&rows, ret, err)) ||
           error_add(err, "tickets that a student took");
}

bool tickets_given_by(StoreTransaction *transaction, const char *kiosk, int64_t since_s, int64_t *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err,
                 "SELECT count(*) FROM ticket WHERE institution = ?1 AND kiosk = ?2 AND taken_at_s >= ?3"
                 " AND student IS NULL",
                 TEXT(kiosk), INT(since_s)) &&
            read_count(&rows, ret, err)) ||
           error_add(err, "tickets that a kiosk gave");
}

bool tickets_served(StoreTransaction *transaction, const char *topic, int64_t since_s, int64_t *rows, size_t room,
                    size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT changed_at_s - called_at_s FROM ticket WHERE institution = ?1 AND topic = ?2"
              " AND state = 'served' AND changed_at_s >= ?3 ORDER BY changed_at_s DESC, id LIMIT ?4",
              TEXT(topic), INT(since_s), INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "what serving took");
    while (row) {
        rows[(*ret_count)++] = rows_int(&found, 0);
        if (!rows_next(&found, &row, err))
            return error_add(err, "what serving took");
    }
    return true;
}
