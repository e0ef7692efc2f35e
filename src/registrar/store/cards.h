/* Cards that students sign in with, by the keyed hash of what a reader reads.  A student has one active card at most;
 * a blocked one has no PIN any more. */
#ifndef REGISTRAR_STORE_CARDS_H
#define REGISTRAR_STORE_CARDS_H

#include <stdint.h>

#include "registrar/store/store.h"

#define CARD_HASH_SIZE 32
#define CARD_PIN_SIZE  160 /* encoded, as a password's hash */
#define CARD_WORD_SIZE 12

typedef struct CardRow {
    uint8_t card_hash[CARD_HASH_SIZE];
    uint8_t door_hash[CARD_HASH_SIZE]; /* of the token of its page; cards_put alone */
    char kind[CARD_WORD_SIZE];         /* "chip", "code" */
    int64_t student;
    char number[24];         /* the student's; read only */
    char pin[CARD_PIN_SIZE]; /* "": blocked */
    bool blocked;
    char reason[CARD_WORD_SIZE]; /* of a blocked one: "kiosk", "phone", "staff", "tries", "replaced" */
    int64_t tries;               /* reserved since the last right PIN */
    int64_t changed_at_s, used_at_s;
} CardRow;

bool cards_find(StoreTransaction *transaction, const uint8_t card_hash[CARD_HASH_SIZE], bool *ret_found, CardRow *ret,
                Error *err) MUST_USE;
/* By the hash of its page's token. */
bool cards_find_door(StoreTransaction *transaction, const uint8_t door_hash[CARD_HASH_SIZE], bool *ret_found,
                     CardRow *ret, Error *err) MUST_USE;
/* The active one, else that which was changed last. */
bool cards_of_student(StoreTransaction *transaction, int64_t student, bool *ret_found, CardRow *ret,
                      Error *err) MUST_USE;
/* Active from now on, with this PIN.  False in *ret_put: the card is another student's. */
bool cards_put(StoreTransaction *transaction, const CardRow *row, bool *ret_put, Error *err) MUST_USE;
/* All active ones of the student but that of but_hash (NULL: all). */
bool cards_block(StoreTransaction *transaction, int64_t student, const uint8_t *but_hash, const char *reason,
                 int64_t now_s, int64_t keep_until_s, int *ret_blocked, Error *err) MUST_USE;
/* A try is reserved before the PIN is looked at.  False in *ret_reserved: blocked, or most are under way or spent. */
bool cards_try(StoreTransaction *transaction, const uint8_t card_hash[CARD_HASH_SIZE], int64_t most, bool *ret_reserved,
               Error *err) MUST_USE;
/* Nobody looked at the PIN. */
bool cards_try_return(StoreTransaction *transaction, const uint8_t card_hash[CARD_HASH_SIZE], Error *err) MUST_USE;
/* The PIN was right: tries begin anew.  False in *ret_used: it was blocked or given another PIN meanwhile. */
bool cards_used(StoreTransaction *transaction, const uint8_t card_hash[CARD_HASH_SIZE], const char *pin, int64_t now_s,
                bool *ret_used, Error *err) MUST_USE;

#endif
