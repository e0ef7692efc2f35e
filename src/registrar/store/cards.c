#include "registrar/store/cards.h"

#include <string.h>

#include "registrar/store/transaction.h"

#define SELECT                                                                                                         \
    "SELECT c.card_hash, c.kind, c.student, c.pin, c.state, c.reason, c.tries, c.changed_at_s, c.used_at_s, s.number"  \
    " FROM card c JOIN student s ON s.institution = c.institution AND s.id = c.student WHERE c.institution = ?1"

static bool read_card(Rows *rows, bool *ret_found, CardRow *ret, Error *err)
{
    if (!rows_next(rows, ret_found, err))
        return error_add(err, "card");
    if (!*ret_found)
        return true;
    *ret = (CardRow){ .student = rows_int(rows, 2),
                      .blocked = str_equal_text(rows_bytes(rows, 4), "blocked"),
                      .tries = rows_int(rows, 6),
                      .changed_at_s = rows_int(rows, 7),
                      .used_at_s = rows_int(rows, 8) };
    rows_blob(rows, 0, ret->card_hash, sizeof ret->card_hash);
    rows_text(rows, 1, ret->kind, sizeof ret->kind);
    rows_text(rows, 3, ret->pin, sizeof ret->pin);
    rows_text(rows, 5, ret->reason, sizeof ret->reason);
    rows_text(rows, 9, ret->number, sizeof ret->number);
    return true;
}

bool cards_find(StoreTransaction *transaction, const uint8_t card_hash[CARD_HASH_SIZE], bool *ret_found, CardRow *ret,
                Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err, SELECT " AND c.card_hash = ?2", BYTES(card_hash, CARD_HASH_SIZE)) ||
            error_add(err, "card")) &&
           read_card(&rows, ret_found, ret, err);
}

bool cards_find_door(StoreTransaction *transaction, const uint8_t door_hash[CARD_HASH_SIZE], bool *ret_found,
                     CardRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err, SELECT " AND c.door_hash = ?2", BYTES(door_hash, CARD_HASH_SIZE)) ||
            error_add(err, "card by its page")) &&
           read_card(&rows, ret_found, ret, err);
}

/* "active" stands before "blocked". */
bool cards_of_student(StoreTransaction *transaction, int64_t student, bool *ret_found, CardRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err,
                 SELECT " AND c.student = ?2 ORDER BY c.state, c.changed_at_s DESC, c.card_hash LIMIT 1",
                 INT(student)) ||
            error_add(err, "card of a student")) &&
           read_card(&rows, ret_found, ret, err);
}

bool cards_put(StoreTransaction *transaction, const CardRow *row, bool *ret_put, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "INSERT INTO card (institution, card_hash, kind, student, pin, state, changed_at_s, door_hash)"
             " VALUES (?1, ?2, ?3, ?4, ?5, 'active', ?6, ?7)"
             " ON CONFLICT (institution, card_hash) DO UPDATE SET pin = excluded.pin, state = 'active', reason = '',"
             " tries = 0, changed_at_s = excluded.changed_at_s, door_hash = excluded.door_hash, keep_until_s = NULL"
             " WHERE card.student = excluded.student",
             BYTES(row->card_hash, CARD_HASH_SIZE), TEXT(row->kind), INT(row->student), TEXT(row->pin),
             INT(row->changed_at_s), BYTES(row->door_hash, CARD_HASH_SIZE)))
        return error_add(err, "card");
    *ret_put = changed == 1;
    return true;
}

bool cards_block(StoreTransaction *transaction, int64_t student, const uint8_t *but_hash, const char *reason,
                 int64_t now_s, int64_t keep_until_s, int *ret_blocked, Error *err)
{
    return RUN(transaction, err, ret_blocked,
               "UPDATE card SET state = 'blocked', pin = '', reason = ?3, changed_at_s = ?4, keep_until_s = ?5"
               " WHERE institution = ?1 AND student = ?2 AND state = 'active' AND card_hash <> ?6",
               INT(student), TEXT(reason), INT(now_s), INT(keep_until_s),
               but_hash ? BYTES(but_hash, CARD_HASH_SIZE) : BYTES("", 0)) ||
           error_add(err, "blocking cards");
}

bool cards_try(StoreTransaction *transaction, const uint8_t card_hash[CARD_HASH_SIZE], int64_t most, bool *ret_reserved,
               Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "UPDATE card SET tries = tries + 1"
             " WHERE institution = ?1 AND card_hash = ?2 AND state = 'active' AND tries < ?3",
             BYTES(card_hash, CARD_HASH_SIZE), INT(most)))
        return error_add(err, "a PIN's try");
    *ret_reserved = changed == 1;
    return true;
}

bool cards_try_return(StoreTransaction *transaction, const uint8_t card_hash[CARD_HASH_SIZE], Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE card SET tries = tries - 1 WHERE institution = ?1 AND card_hash = ?2 AND tries > 0",
               BYTES(card_hash, CARD_HASH_SIZE)) ||
           error_add(err, "a PIN's try");
}

bool cards_used(StoreTransaction *transaction, const uint8_t card_hash[CARD_HASH_SIZE], const char *pin, int64_t now_s,
                bool *ret_used, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "UPDATE card SET tries = 0, used_at_s = ?4"
             " WHERE institution = ?1 AND card_hash = ?2 AND pin = ?3 AND state = 'active'",
             BYTES(card_hash, CARD_HASH_SIZE), TEXT(pin), INT(now_s)))
        return error_add(err, "a card's use");
    *ret_used = changed == 1;
    return true;
}
