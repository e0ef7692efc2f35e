/* The institution's own row and its public keys. */
#ifndef REGISTRAR_STORE_KEYS_H
#define REGISTRAR_STORE_KEYS_H

#include <stdint.h>

#include "registrar/store/store.h"

#define PUBLIC_KEY_SIZE 32

typedef struct KeyRow {
    int kid;
    const char *use; /* "seal"; not read back */
    char state[16];  /* "active", "retired", "compromised" */
    uint8_t bytes[PUBLIC_KEY_SIZE];
} KeyRow;

#define INSTITUTION_HOST_SIZE 64
/* "": the institution was never served from this database. */
bool institutions_host(StoreTransaction *transaction, char ret_host[INSTITUTION_HOST_SIZE], Error *err) MUST_USE;
bool institutions_set_host(StoreTransaction *transaction, const char *host, Error *err) MUST_USE;
/* ERR_EXISTS: the kid was used before, and is never used again. */
bool keys_add(StoreTransaction *transaction, const KeyRow *key, Error *err) MUST_USE;
/* At most room, the lowest kid first. */
bool keys_list(StoreTransaction *transaction, const char *use, KeyRow *rows, size_t room, size_t *ret_count,
               Error *err) MUST_USE;

#endif
