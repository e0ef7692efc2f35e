/* Grants of signing in with one's own phone (schema/0026.sql; their life: office/grants.h).  A device code, a user code
 * and a phone's cookie are nowhere: only their hashes. */
#ifndef REGISTRAR_STORE_GRANTS_H
#define REGISTRAR_STORE_GRANTS_H

#include <stdint.h>

#include "base/buf.h"
#include "registrar/store/states.h"

#define GRANT_HASH_SIZE 32

typedef struct GrantRow {
    char id[37];
    uint8_t device_hash[GRANT_HASH_SIZE];
    uint8_t user_hash[GRANT_HASH_SIZE];
    uint8_t box_key[GRANT_HASH_SIZE]; /* public: for whom HEMIS's token is sealed */
    char kiosk[37];
    GrantState state;
    uint32_t epoch;
    uint8_t phone_hash[GRANT_HASH_SIZE]; /* zeros: nobody's yet */
    int tries_left;
    int64_t student; /* 0: nobody yet, or no more */
    bool weak, away;
    char digits[3]; /* "": not shown */
    int interval_s;
    int64_t asked_at_ms; /* 0: not yet */
    int64_t made_at_s, ends_at_s, keep_until_s;
} GrantRow;

/* In state offered.  *ret_added: false where a hash is taken, or the kiosk has one that lives: nothing was added. */
bool grants_add(StoreTransaction *transaction, const GrantRow *grant, bool *ret_added, Error *err) MUST_USE;
bool grants_get(StoreTransaction *transaction, const char *id, bool *ret_found, GrantRow *ret, Error *err) MUST_USE;
bool grants_by_device(StoreTransaction *transaction, const uint8_t device_hash[GRANT_HASH_SIZE], bool *ret_found,
                      GrantRow *ret, Error *err) MUST_USE;
bool grants_by_user(StoreTransaction *transaction, const uint8_t user_hash[GRANT_HASH_SIZE], bool *ret_found,
                    GrantRow *ret, Error *err) MUST_USE;
/* The one of a kiosk that is offered, opened, shows digits or is matched. */
bool grants_of_kiosk(StoreTransaction *transaction, const char *kiosk, bool *ret_found, GrantRow *ret,
                     Error *err) MUST_USE;
/* Writes phone_hash, tries_left, student, weak, away, digits, interval_s, asked_at_ms and ends_at_s; before the move
 * that goes with them. */
bool grants_write(StoreTransaction *transaction, const GrantRow *grant, Error *err) MUST_USE;
/* HEMIS's token, sealed; empty: none (any more). */
bool grants_put_token(StoreTransaction *transaction, const char *id, Str sealed, Error *err) MUST_USE;
/* Appends it; nothing where there is none. */
bool grants_token(StoreTransaction *transaction, const char *id, Buf *sealed, Error *err) MUST_USE;
/* Live ones whose time is over: at most room. */
bool grants_overdue(StoreTransaction *transaction, int64_t now_s, GrantRow *rows, size_t room, size_t *ret_count,
                    Error *err) MUST_USE;

#endif
