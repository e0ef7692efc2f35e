#include "registrar/store/student_papers.h"

#include "registrar/store/transaction.h"

bool documents_of_student(StoreTransaction *transaction, int64_t student, char (*ids)[ID_SIZE], size_t room,
                          size_t *ret_count, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    *ret_count = 0;
    if (!ROWS(&rows, transaction, err,
              "SELECT id FROM document WHERE institution = ?1 AND student = ?2"
              " ORDER BY taken_at_s DESC, id DESC LIMIT ?3",
              INT(student), INT(room)))
        return error_add(err, "documents of a student");
    while (rows_next(&rows, &row, err)) {
        if (!row)
            return true;
        rows_text(&rows, 0, ids[(*ret_count)++], ID_SIZE);
    }
    return error_add(err, "documents of a student");
}

static bool read_request(const Rows *rows, StudentRequestRow *ret, Error *err)
{
    int state;

    if (!state_parse(&request_states, rows_bytes(rows, 5), &state))
        return error_set(err, ERR_STORE, "a request in an unknown state");
    *ret = (StudentRequestRow){ .state = (RequestState)state,
                                .asked_at_s = rows_int(rows, 6),
                                .promised_at_s = rows_int(rows, 7),
                                .for_student = rows_int(rows, 8) != 0 };
    rows_text(rows, 0, ret->id, sizeof ret->id);
    rows_text(rows, 1, ret->number, sizeof ret->number);
    rows_text(rows, 2, ret->service, sizeof ret->service);
    rows_text(rows, 3, ret->language, sizeof ret->language);
    rows_text(rows, 4, ret->place, sizeof ret->place);
    return true;
}

bool requests_of_student(StoreTransaction *transaction, int64_t student, StudentRequestRow *rows, size_t room,
                         size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT r.id, coalesce(r.number, ''), r.service, r.language, coalesce(r.place, ''), r.state,"
              " r.asked_at_s, coalesce(r.promised_at_s, 0), CASE WHEN EXISTS (SELECT 1 FROM act a"
              " WHERE a.institution = ?1 AND a.object = 'request:' || r.id AND a.act = 'request.asked-for')"
              " THEN 1 ELSE 0 END FROM request r WHERE r.institution = ?1 AND r.student = ?2 AND r.state <> 'draft'"
              " ORDER BY r.asked_at_s DESC, r.id DESC LIMIT ?3",
              INT(student), INT(room)))
        return error_add(err, "requests of a student");
    while (rows_next(&found, &row, err)) {
        if (!row)
            return true;
        if (!read_request(&found, &rows[(*ret_count)++], err))
            break;
    }
    return error_add(err, "requests of a student");
}

bool copies_of_code(StoreTransaction *transaction, const char *code, bool *ret_found, char ret_copy[ID_SIZE],
                    char ret_document[ID_SIZE], Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err, "SELECT id, document FROM copy WHERE institution = ?1 AND code = ?2",
              TEXT(code)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "copy of a code");
    if (*ret_found) {
        rows_text(&rows, 0, ret_copy, ID_SIZE);
        rows_text(&rows, 1, ret_document, ID_SIZE);
    }
    return true;
}

static bool read_ticket(const Rows *rows, StudentTicketRow *ret, Error *err)
{
    int state;

    if (!state_parse(&ticket_states, rows_bytes(rows, 3), &state))
        return error_set(err, ERR_STORE, "a ticket in an unknown state");
    *ret = (StudentTicketRow){ .n = (int)rows_int(rows, 1),
                               .state = (TicketState)state,
                               .called_to = (int)rows_int(rows, 4),
                               .taken_at_s = rows_int(rows, 5) };
    rows_text(rows, 0, ret->letter, sizeof ret->letter);
    rows_text(rows, 2, ret->topic, sizeof ret->topic);
    return true;
}

bool tickets_since(StoreTransaction *transaction, int64_t student, int64_t since_s, StudentTicketRow *rows, size_t room,
                   size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT letter, n, topic, state, coalesce(called_to, 0), taken_at_s FROM ticket"
              " WHERE institution = ?1 AND student = ?2 AND taken_at_s >= ?3 ORDER BY taken_at_s DESC, id LIMIT ?4",
              INT(student), INT(since_s), INT(room)))
        return error_add(err, "tickets of a student");
    while (rows_next(&found, &row, err)) {
        if (!row)
            return true;
        if (!read_ticket(&found, &rows[(*ret_count)++], err))
            break;
    }
    return error_add(err, "tickets of a student");
}
