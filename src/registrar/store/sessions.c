#include "registrar/store/sessions.h"

#include <string.h>

#include "registrar/store/transaction.h"

bool sessions_begin(StoreTransaction *transaction, const SessionRow *session, Error *err)
{
    return (RUN(transaction, err, NULL, "DELETE FROM session WHERE institution = ?1 AND kiosk = ?2",
                TEXT(session->kiosk)) &&
            RUN(transaction, err, NULL,
                "INSERT INTO session (institution, bearer_hash, kiosk, student, way, weak, began_at_s, ends_at_s,"
                " sealed_tokens) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                BYTES(session->bearer_hash, BEARER_HASH_SIZE), TEXT(session->kiosk), INT(session->student),
                TEXT(session->way), INT(session->weak), INT(session->began_at_s), INT(session->ends_at_s),
                session->sealed_tokens.len > 0 ? BLOB(session->sealed_tokens) : NOTHING)) ||
           error_add(err, "session");
}

bool sessions_find(StoreTransaction *transaction, const uint8_t bearer_hash[BEARER_HASH_SIZE], const char *kiosk,
                   int64_t now_s, bool *ret_found, SessionRow *ret, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT n.student, s.number, n.weak, n.began_at_s, n.ends_at_s, s.kind, n.way,"
              " CASE WHEN n.sealed_tokens IS NULL THEN 0 ELSE 1 END FROM session n JOIN student s"
              " ON s.institution = n.institution AND s.id = n.student"
              " WHERE n.institution = ?1 AND n.bearer_hash = ?2 AND n.kiosk = ?3 AND n.ends_at_s > ?4",
              BYTES(bearer_hash, BEARER_HASH_SIZE), TEXT(kiosk), INT(now_s)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "session");
    if (*ret_found) {
        *ret = (SessionRow){ .student = rows_int(&rows, 0),
                             .weak = rows_int(&rows, 2) != 0,
                             .began_at_s = rows_int(&rows, 3),
                             .ends_at_s = rows_int(&rows, 4),
                             .visitor = str_equal_text(rows_bytes(&rows, 5), "visitor"),
                             .by_card = str_equal_text(rows_bytes(&rows, 6), "card"),
                             .has_tokens = rows_int(&rows, 7) != 0 };
        memcpy(ret->bearer_hash, bearer_hash, BEARER_HASH_SIZE);
        rows_text(&rows, 1, ret->number, sizeof ret->number);
        str_copy_cut(str_from(kiosk), ret->kiosk, sizeof ret->kiosk);
    }
    return true;
}

bool sessions_take_foreign(StoreTransaction *transaction, const uint8_t bearer_hash[BEARER_HASH_SIZE], int64_t now_s,
                           int64_t until_s, bool *ret_taken, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "UPDATE session SET foreign_until_s = ?4 WHERE institution = ?1 AND bearer_hash = ?2"
             " AND (?4 = 0 OR foreign_until_s <= ?3)",
             BYTES(bearer_hash, BEARER_HASH_SIZE), INT(now_s), INT(until_s)))
        return error_add(err, "session");
    *ret_taken = changed == 1;
    return true;
}

bool sessions_tokens(StoreTransaction *transaction, const uint8_t bearer_hash[BEARER_HASH_SIZE], int64_t now_s,
                     Buf *sealed, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT sealed_tokens FROM session WHERE institution = ?1 AND bearer_hash = ?2 AND ends_at_s > ?3",
              BYTES(bearer_hash, BEARER_HASH_SIZE), INT(now_s)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "session's tokens");
    if (row)
        buf_add_str(sealed, rows_bytes(&rows, 0));
    return buf_ok(sealed, err);
}

bool sessions_end(StoreTransaction *transaction, const uint8_t bearer_hash[BEARER_HASH_SIZE], const char *kiosk,
                  bool *ret_ended, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "DELETE FROM session WHERE institution = ?1 AND bearer_hash = ?2 AND kiosk = ?3",
             BYTES(bearer_hash, BEARER_HASH_SIZE), TEXT(kiosk)))
        return error_add(err, "end of a session");
    *ret_ended = changed == 1;
    return true;
}

bool sessions_end_of_card(StoreTransaction *transaction, int64_t student, Error *err)
{
    return RUN(transaction, err, NULL, "DELETE FROM session WHERE institution = ?1 AND student = ?2 AND way = 'card'",
               INT(student)) ||
           error_add(err, "end of a card's sessions");
}

bool sessions_end_at(StoreTransaction *transaction, const char *kiosk, int64_t began_before_s, bool *ret_ended,
                     Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "DELETE FROM session WHERE institution = ?1 AND kiosk = ?2 AND began_at_s < ?3", TEXT(kiosk),
             INT(began_before_s)))
        return error_add(err, "end of a session");
    *ret_ended = changed > 0;
    return true;
}
