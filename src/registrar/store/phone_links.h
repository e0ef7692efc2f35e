/* The links by which phones take their copies (schema/0004.sql).  A token and a device's cookie are nowhere: only their
 * hashes. */
#ifndef REGISTRAR_STORE_PHONE_LINKS_H
#define REGISTRAR_STORE_PHONE_LINKS_H

#include "registrar/store/copies.h"
#include "registrar/store/sessions.h"

#define LINK_HASH_SIZE 32

typedef struct PhoneLinkRow {
    char id[ID_SIZE];
    uint8_t token_hash[LINK_HASH_SIZE];
    char copy[ID_SIZE];
    char kiosk[ID_SIZE];
    uint8_t session[BEARER_HASH_SIZE];
    LinkState state;
    uint32_t epoch;
    char digits[3];                      /* "": not shown */
    uint8_t device_hash[LINK_HASH_SIZE]; /* zeros: nobody's yet */
    int left;
    int64_t made_at_s, ends_at_s;
    int64_t taken_at_s; /* 0: not yet */
    int64_t keep_until_s;
} PhoneLinkRow;

/* In state offered. */
bool phone_links_add(StoreTransaction *transaction, const PhoneLinkRow *link, Error *err) MUST_USE;
bool phone_links_get(StoreTransaction *transaction, const char *id, bool *ret_found, PhoneLinkRow *ret,
                     Error *err) MUST_USE;
bool phone_links_by_token(StoreTransaction *transaction, const uint8_t token_hash[LINK_HASH_SIZE], bool *ret_found,
                          PhoneLinkRow *ret, Error *err) MUST_USE;
/* Writes digits, device_hash, left, ends_at_s and taken_at_s; before the move that goes with them. */
bool phone_links_write(StoreTransaction *transaction, const PhoneLinkRow *link, Error *err) MUST_USE;
/* Those of a session that are offered or opened: at most room. */
bool phone_links_open(StoreTransaction *transaction, const uint8_t session[BEARER_HASH_SIZE], PhoneLinkRow *rows,
                      size_t room, size_t *ret_count, Error *err) MUST_USE;
/* Live ones that lead to a copy: at most room. */
bool phone_links_of_copy(StoreTransaction *transaction, const char *copy, PhoneLinkRow *rows, size_t room,
                         size_t *ret_count, Error *err) MUST_USE;
/* How many of a session were opened by a phone and came to nothing. */
bool phone_links_failed(StoreTransaction *transaction, const uint8_t session[BEARER_HASH_SIZE], int64_t *ret,
                        Error *err) MUST_USE;
/* Live ones whose time is over: at most room. */
bool phone_links_overdue(StoreTransaction *transaction, int64_t now_s, PhoneLinkRow *rows, size_t room,
                         size_t *ret_count, Error *err) MUST_USE;
/* Copies that are offered, have no live link, and have not changed, nor any link of theirs, since before_s. */
bool phone_copies_left(StoreTransaction *transaction, int64_t before_s, CopyRow *rows, size_t room, size_t *ret_count,
                       Error *err) MUST_USE;

#endif
