/* Signed-in students, each at one kiosk.  The bearer itself is nowhere: only its hash. */
#ifndef REGISTRAR_STORE_SESSIONS_H
#define REGISTRAR_STORE_SESSIONS_H

#include <stdint.h>

#include "base/buf.h"
#include "registrar/store/store.h"

#define BEARER_HASH_SIZE 32

typedef struct SessionRow {
    uint8_t bearer_hash[BEARER_HASH_SIZE];
    char kiosk[37];
    int64_t student;
    const char *way; /* "password", "card", "phone"; read back as by_card alone */
    bool by_card;    /* read only */
    char number[24]; /* the student's; read only */
    bool visitor;    /* a person without an account; read only */
    bool has_tokens; /* something is sealed for it; read only */
    bool weak;
    int64_t began_at_s, ends_at_s;
    Str sealed_tokens; /* written only; empty: none */
} SessionRow;

/* Ends whatever session the kiosk still has. */
bool sessions_begin(StoreTransaction *transaction, const SessionRow *session, Error *err) MUST_USE;
/* That has not ended by now_s. */
bool sessions_find(StoreTransaction *transaction, const uint8_t bearer_hash[BEARER_HASH_SIZE], const char *kiosk,
                   int64_t now_s, bool *ret_found, SessionRow *ret, Error *err) MUST_USE;
/* Appends what was sealed for it, of whatever kiosk; nothing where there is none. */
bool sessions_tokens(StoreTransaction *transaction, const uint8_t bearer_hash[BEARER_HASH_SIZE], int64_t now_s,
                     Buf *sealed, Error *err) MUST_USE;
/* Until until_s nobody else is told *ret_taken for this session; 0: from now on somebody may. */
bool sessions_take_foreign(StoreTransaction *transaction, const uint8_t bearer_hash[BEARER_HASH_SIZE], int64_t now_s,
                           int64_t until_s, bool *ret_taken, Error *err) MUST_USE;
bool sessions_end(StoreTransaction *transaction, const uint8_t bearer_hash[BEARER_HASH_SIZE], const char *kiosk,
                  bool *ret_ended, Error *err) MUST_USE;
/* Every session of the student's that a card began. */
bool sessions_end_of_card(StoreTransaction *transaction, int64_t student, Error *err) MUST_USE;
/* The kiosk's session, when it began before that second. */
bool sessions_end_at(StoreTransaction *transaction, const char *kiosk, int64_t began_before_s, bool *ret_ended,
                     Error *err) MUST_USE;

#endif
