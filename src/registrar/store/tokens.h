/* Tokens: the bearers of programs that change something over the interface, by their hashes. */
#ifndef REGISTRAR_STORE_TOKENS_H
#define REGISTRAR_STORE_TOKENS_H

#include <stdint.h>

#include "registrar/store/store.h"

#define TOKEN_NAME_SIZE    40
#define TOKEN_PURPOSE_SIZE 96 /* by commas: "requests,blanks" */
#define TOKEN_HASH_SIZE    32

typedef struct TokenRow {
    char name[TOKEN_NAME_SIZE];
    char purpose[TOKEN_PURPOSE_SIZE];
    int64_t made_at_s, expires_at_s;
    int64_t used_at_s; /* 0: never */
} TokenRow;

/* ERR_EXISTS: there is one of this name. */
bool tokens_add(StoreTransaction *transaction, const TokenRow *row, const uint8_t hash[TOKEN_HASH_SIZE],
                Error *err) MUST_USE;
bool tokens_remove(StoreTransaction *transaction, const char *name, bool *ret_found, Error *err) MUST_USE;
/* By name; at most room. */
bool tokens_list(StoreTransaction *transaction, TokenRow rows[], size_t room, size_t *ret_count, Error *err) MUST_USE;
bool tokens_by_hash(StoreTransaction *transaction, const uint8_t hash[TOKEN_HASH_SIZE], bool *ret_found, TokenRow *ret,
                    Error *err) MUST_USE;
bool tokens_used(StoreTransaction *transaction, const char *name, int64_t now_s, Error *err) MUST_USE;

#endif
