/* People of the office, and where they are signed in.  No rule: who may do what is the office's (office/staff.h). */
#ifndef REGISTRAR_STORE_STAFF_H
#define REGISTRAR_STORE_STAFF_H

#include <stdint.h>

#include "base/buf.h"
#include "registrar/store/staff_scope.h"
#include "registrar/store/store.h"

#define STAFF_NAME_SIZE      40
#define STAFF_FULL_NAME_SIZE 128
#define STAFF_ROLES_SIZE     128
#define STAFF_HASH_SIZE      160 /* of argon2id, as text */
#define STAFF_SECRET_SIZE    64  /* sealed: nonce, 20 bytes, tag */
#define STAFF_BEARER_SIZE    32  /* of its hash */
#define STAFF_DEVICE_SIZE    64
#define STAFF_SOURCE_SIZE    64

typedef enum StaffState {
    STAFF_NEW, /* has a password that others saw: the first sign-in changes it */
    STAFF_ACTIVE,
    STAFF_LOCKED,
    STAFF_REMOVED,
    STAFF_STATE_COUNT
} StaffState;

typedef struct StaffRow {
    char name[STAFF_NAME_SIZE];
    char full_name[STAFF_FULL_NAME_SIZE];
    char roles[STAFF_ROLES_SIZE]; /* by commas */
    char scope[SCOPE_TEXT_SIZE];  /* by spaces */
    StaffState state;
    char hash[STAFF_HASH_SIZE];
    uint8_t secret[STAFF_SECRET_SIZE];
    size_t secret_length;
    int64_t last_step;
    uint32_t epoch;
    int64_t made_at_s, changed_at_s;
    int64_t signed_in_at_s; /* 0: never */
} StaffRow;

const char *staff_state_name(StaffState state);

/* ERR_EXISTS: there is, or was, somebody of this name. */
bool staff_row_add(StoreTransaction *transaction, const StaffRow *row, Error *err) MUST_USE;
bool staff_row_get(StoreTransaction *transaction, const char *name, bool *ret_found, StaffRow *ret,
                   Error *err) MUST_USE;
/* What row holds but for its name, last_step and signed_in_at_s; its epoch becomes one more.  False in *ret_changed:
 * its epoch is another by now. */
bool staff_row_change(StoreTransaction *transaction, const StaffRow *row, bool *ret_changed, Error *err) MUST_USE;
/* False in *ret_taken: this step, or a later one, was used before. */
bool staff_row_take_step(StoreTransaction *transaction, const char *name, int64_t step, bool *ret_taken,
                         Error *err) MUST_USE;
bool staff_row_signed_in(StoreTransaction *transaction, const char *name, int64_t now_s, Error *err) MUST_USE;
/* By name, without whom was removed; at most room. */
bool staff_rows_list(StoreTransaction *transaction, StaffRow rows[], size_t room, size_t *ret_count,
                     Error *err) MUST_USE;

/* --- sessions --- */

typedef struct StaffSessionRow {
    uint8_t bearer_hash[STAFF_BEARER_SIZE];
    char id[37];
    char staff[STAFF_NAME_SIZE];
    char device[STAFF_DEVICE_SIZE];
    char source[STAFF_SOURCE_SIZE];
    int64_t began_at_s, used_at_s, fresh_until_s, ends_at_s;
} StaffSessionRow;

bool staff_sessions_begin(StoreTransaction *transaction, const StaffSessionRow *row, Error *err) MUST_USE;
/* That has not ended by now_s and was used at idle_since_s or later. */
bool staff_sessions_find(StoreTransaction *transaction, const uint8_t bearer_hash[STAFF_BEARER_SIZE],
                         int64_t idle_since_s, int64_t now_s, bool *ret_found, StaffSessionRow *ret,
                         Error *err) MUST_USE;
bool staff_sessions_used(StoreTransaction *transaction, const char *id, int64_t now_s, Error *err) MUST_USE;
bool staff_sessions_freshen(StoreTransaction *transaction, const char *id, int64_t fresh_until_s, Error *err) MUST_USE;
/* All of one person, the last used first; at most room. */
bool staff_sessions_list(StoreTransaction *transaction, const char *staff, int64_t idle_since_s, int64_t now_s,
                         StaffSessionRow rows[], size_t room, size_t *ret_count, Error *err) MUST_USE;
/* Of this person the one named id; NULL: all but the one named but (NULL: none is kept). */
bool staff_sessions_end(StoreTransaction *transaction, const char *staff, const char *id, const char *but,
                        int *ret_ended, Error *err) MUST_USE;

#endif
