/* People without an account: students of kind "visitor", who said themselves who they are. */
#ifndef REGISTRAR_STORE_VISITORS_H
#define REGISTRAR_STORE_VISITORS_H

#include "base/buf.h"
#include "registrar/store/requests.h"

typedef struct VisitorRow {
    int64_t student;
    uint8_t passport_hash[HASH_SIZE]; /* keyed */
    char confirmed_by[48];            /* "token:NAME"; "": nobody has seen their passport yet */
    int64_t confirmed_at_s;
} VisitorRow;

/* Makes a student one: contact is sealed. */
bool visitors_add(StoreTransaction *transaction, const VisitorRow *visitor, Str contact, int64_t keep_until_s,
                  Error *err) MUST_USE;
/* Appends the sealed contact.  Not found: no visitor, or their time is over. */
bool visitors_get(StoreTransaction *transaction, int64_t student, bool *ret_found, VisitorRow *ret, Buf *contact,
                  Error *err) MUST_USE;
/* Whose request has this number. */
bool visitors_of_request(StoreTransaction *transaction, const char *number, bool *ret_found, VisitorRow *ret,
                         Error *err) MUST_USE;
/* ERR_CONFLICT: somebody was faster. */
bool visitors_confirm(StoreTransaction *transaction, int64_t student, const char *actor, int64_t at_s,
                      Error *err) MUST_USE;
/* What is known of them stays until then; never shorter than before.  Of a student nothing changes. */
bool visitors_keep(StoreTransaction *transaction, int64_t student, int64_t keep_until_s, Error *err) MUST_USE;

/* A request of somebody whose passport is still to be seen. */
typedef struct VisitorLine {
    char request[ID_SIZE];
    char number[REQUEST_NUMBER_SIZE]; /* the request's */
    char service[SERVICE_SIZE];
    int64_t student;
    int64_t asked_at_s;
} VisitorLine;
/* Of undecided requests, the oldest first, after a request's id ("": from the first). */
bool visitors_waiting(StoreTransaction *transaction, const char *after, VisitorLine *lines, size_t room,
                      size_t *ret_count, Error *err) MUST_USE;

#endif
