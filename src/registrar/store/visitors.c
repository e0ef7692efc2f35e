#include "registrar/store/visitors.h"

#include "registrar/store/transaction.h"

bool visitors_add(StoreTransaction *transaction, const VisitorRow *visitor, Str contact, int64_t keep_until_s,
                  Error *err)
{
    return (RUN(transaction, err, NULL,
                "UPDATE student SET kind = 'visitor', keep_until_s = ?3 WHERE institution = ?1 AND id = ?2",
                INT(visitor->student), INT(keep_until_s)) &&
            RUN(transaction, err, NULL,
                "INSERT INTO visitor (institution, student, passport_hash, contact) VALUES (?1, ?2, ?3, ?4)",
                INT(visitor->student), BYTES(visitor->passport_hash, HASH_SIZE), BLOB(contact))) ||
           error_add(err, "new visitor");
}

static void read_row(const Rows *rows, VisitorRow *ret)
{
    *ret = (VisitorRow){ .student = rows_int(rows, 0), .confirmed_at_s = rows_int(rows, 3) };
    rows_blob(rows, 1, ret->passport_hash, sizeof ret->passport_hash);
    rows_text(rows, 2, ret->confirmed_by, sizeof ret->confirmed_by);
}

#define COLUMNS "v.student, v.passport_hash, coalesce(v.confirmed_by, ''), coalesce(v.confirmed_at_s, 0)"

bool visitors_get(StoreTransaction *transaction, int64_t student, bool *ret_found, VisitorRow *ret, Buf *contact,
                  Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT " COLUMNS ", v.contact FROM visitor v WHERE v.institution = ?1 AND v.student = ?2",
              INT(student)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "visitor");
    if (!*ret_found)
        return true;
    read_row(&rows, ret);
    buf_add_str(contact, rows_bytes(&rows, 4));
    return buf_ok(contact, err);
}

bool visitors_of_request(StoreTransaction *transaction, const char *number, bool *ret_found, VisitorRow *ret,
                         Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT " COLUMNS " FROM request r"
              " JOIN visitor v ON v.institution = r.institution AND v.student = r.student"
              " WHERE r.institution = ?1 AND r.number = ?2",
              TEXT(number)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "visitor");
    if (*ret_found)
        read_row(&rows, ret);
    return true;
}

bool visitors_confirm(StoreTransaction *transaction, int64_t student, const char *actor, int64_t at_s, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "UPDATE visitor SET confirmed_by = ?3, confirmed_at_s = ?4"
             " WHERE institution = ?1 AND student = ?2 AND confirmed_by IS NULL",
             INT(student), TEXT(actor), INT(at_s)))
        return error_add(err, "visitor");
    return changed == 1 || error_set(err, ERR_CONFLICT, "no visitor who is to be confirmed");
}

bool visitors_keep(StoreTransaction *transaction, int64_t student, int64_t keep_until_s, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE student SET keep_until_s = ?3 WHERE institution = ?1 AND id = ?2 AND kind = 'visitor'"
               " AND keep_until_s < ?3",
               INT(student), INT(keep_until_s)) ||
           error_add(err, "visitor");
}

bool visitors_waiting(StoreTransaction *transaction, const char *after, VisitorLine *lines, size_t room,
                      size_t *ret_count, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    *ret_count = 0;
    if (!ROWS(&rows, transaction, err,
              "SELECT r.id, r.number, r.service, r.student, r.asked_at_s FROM visitor v"
              " JOIN request r ON r.institution = v.institution AND r.student = v.student"
              " WHERE v.institution = ?1 AND v.confirmed_by IS NULL AND r.number IS NOT NULL"
              " AND r.state IN ('open', 'in-unit', 'returned')"
              " AND (?2 = '' OR EXISTS (SELECT 1 FROM request p WHERE p.institution = ?1 AND p.id = ?2"
              " AND (p.asked_at_s < r.asked_at_s OR (p.asked_at_s = r.asked_at_s AND p.id < r.id))))"
              " ORDER BY r.asked_at_s, r.id LIMIT ?3",
              TEXT(after), INT(room)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "visitors");
    while (row) {
        VisitorLine *line = &lines[(*ret_count)++];

        *line = (VisitorLine){ .student = rows_int(&rows, 3), .asked_at_s = rows_int(&rows, 4) };
        rows_text(&rows, 0, line->request, sizeof line->request);
        rows_text(&rows, 1, line->number, sizeof line->number);
        rows_text(&rows, 2, line->service, sizeof line->service);
        if (!rows_next(&rows, &row, err))
            return error_add(err, "visitors");
    }
    return true;
}
