/* Status lists as they are published, and what they are made from (MODEL.md section 5).  Places in them are taken by
 * copies.h. */
#ifndef REGISTRAR_STORE_STATUS_LISTS_H
#define REGISTRAR_STORE_STATUS_LISTS_H

#include "registrar/store/copies.h"

typedef struct StatusListRow {
    uint32_t list;
    int64_t version; /* 0: never published */
    int64_t issued_at_s;
    int64_t changes; /* of validity, up to now */
} StatusListRow;

/* Those that are to be published anew: never published, something changed, older than oldest_s, or (the newest list
 * alone) numbers_most numbers were given since.  At most room. */
typedef struct StatusDue {
    int64_t oldest_s, numbers_most;
} StatusDue;
bool status_lists_due(StoreTransaction *transaction, const StatusDue *due, uint32_t *lists, size_t room,
                      size_t *ret_count, Error *err) MUST_USE;
/* Appends to kept what is known of copies that the register lost: nothing, or two bits a place. */
bool status_lists_get(StoreTransaction *transaction, uint32_t list, bool *ret_found, StatusListRow *ret, Buf *kept,
                      Error *err) MUST_USE;
/* Calls mark for each copy in the list that is not valid. */
typedef void (*StatusMark)(void *ctx, uint32_t index, CopyValidity validity);
bool status_lists_marked(StoreTransaction *transaction, uint32_t list, StatusMark mark, void *ctx, Error *err) MUST_USE;
/* Puts a new one in the place of row.  numbers: given in all registers.  ERR_CONFLICT: somebody was faster. */
bool status_lists_publish(StoreTransaction *transaction, const StatusListRow *row, int64_t version, int64_t issued_at_s,
                          int64_t numbers, Str body, Error *err) MUST_USE;
/* The published one, appended; not found: there is no such list, or it was not published yet. */
bool status_lists_body(StoreTransaction *transaction, uint32_t list, bool *ret_found, int64_t *ret_version, Buf *body,
                       Error *err) MUST_USE;

#endif
