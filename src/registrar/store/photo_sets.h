/* Photographs of papers that forms want, and which papers staff have seen (schema/0011.sql).  A link's token and a
 * phone's cookie are nowhere: only their hashes. */
#ifndef REGISTRAR_STORE_PHOTO_SETS_H
#define REGISTRAR_STORE_PHOTO_SETS_H

#include "base/buf.h"
#include "registrar/store/requests.h"
#include "registrar/store/sessions.h"

#define PHOTO_HASH_SIZE 32
#define PHOTO_PAGE_MOST (4u << 20) /* sealed */

typedef struct PhotoSetRow {
    char id[ID_SIZE];
    uint8_t token_hash[PHOTO_HASH_SIZE];
    int64_t student;
    char service[SERVICE_SIZE], field[SERVICE_SIZE];
    char kiosk[ID_SIZE];
    uint8_t session[BEARER_HASH_SIZE];
    PhotoState state;
    uint32_t epoch;
    uint8_t device_hash[PHOTO_HASH_SIZE]; /* zeros: nobody's yet */
    int tries;
    int most, pages;       /* pages: read only */
    char request[ID_SIZE]; /* "": none yet */
    int64_t made_at_s, ends_at_s, keep_until_s;
} PhotoSetRow;

/* In state offered. */
bool photo_sets_add(StoreTransaction *transaction, const PhotoSetRow *set, Error *err) MUST_USE;
bool photo_sets_get(StoreTransaction *transaction, const char *id, bool *ret_found, PhotoSetRow *ret,
                    Error *err) MUST_USE;
bool photo_sets_by_token(StoreTransaction *transaction, const uint8_t token_hash[PHOTO_HASH_SIZE], bool *ret_found,
                         PhotoSetRow *ret, Error *err) MUST_USE;
/* Writes device_hash, tries, request and keep_until_s; the state changes by state_move alone. */
bool photo_sets_write(StoreTransaction *transaction, const PhotoSetRow *set, Error *err) MUST_USE;
/* With its photographs.  There need be none. */
bool photo_sets_remove(StoreTransaction *transaction, const char *id, Error *err) MUST_USE;
/* Those of a student and service that were handed in with nothing: at most room. */
bool photo_sets_loose(StoreTransaction *transaction, int64_t student, const char *service, PhotoSetRow *rows,
                      size_t room, size_t *ret_count, Error *err) MUST_USE;
/* Those that were handed in with a request: at most room. */
bool photo_sets_of_request(StoreTransaction *transaction, const char *request, PhotoSetRow *rows, size_t room,
                           size_t *ret_count, Error *err) MUST_USE;
/* How many a student has had made since then. */
bool photo_sets_count(StoreTransaction *transaction, int64_t student, int64_t since_s, int64_t *ret,
                      Error *err) MUST_USE;
/* Live ones whose time is over: at most room. */
bool photo_sets_overdue(StoreTransaction *transaction, int64_t now_s, PhotoSetRow *rows, size_t room, size_t *ret_count,
                        Error *err) MUST_USE;

/* n: the next one.  sealed: at most PHOTO_PAGE_MOST. */
bool photo_pages_add(StoreTransaction *transaction, const char *set, int n, Str sealed, int64_t at_s,
                     Error *err) MUST_USE;
/* sealed: cleared and filled. */
bool photo_pages_get(StoreTransaction *transaction, const char *set, int n, bool *ret_found, Buf *sealed,
                     Error *err) MUST_USE;

/* --- ticked off --------------------------------------------------------------------------------------------------- */

#define PAPERS_SEEN_MOST 40

typedef struct PaperSeenRow {
    char request[ID_SIZE];
    char field[SERVICE_SIZE];
    char clerk[48];
    int64_t at_s;
} PaperSeenRow;

/* *ret_new: false where it was ticked off already, by whomever. */
bool papers_seen_add(StoreTransaction *transaction, const PaperSeenRow *seen, bool *ret_new, Error *err) MUST_USE;
/* What was seen is no longer what is given. */
bool papers_seen_remove(StoreTransaction *transaction, const char *request, const char *field, Error *err) MUST_USE;
/* By field; at most room. */
bool papers_seen_list(StoreTransaction *transaction, const char *request, PaperSeenRow *rows, size_t room,
                      size_t *ret_count, Error *err) MUST_USE;

#endif
