/* What an office offers, as the register keeps it: services, templates and pages that were put over the interface, and
 * what the folders said when they were last taken whole. */
#ifndef REGISTRAR_STORE_OFFERS_H
#define REGISTRAR_STORE_OFFERS_H

#include <stdint.h>

#include "base/buf.h"
#include "registrar/store/store.h"

#define OFFER_ID_SIZE      48
#define OFFER_VERSION_SIZE 17
#define OFFER_AUTHOR_SIZE  64

typedef struct OfferRow {
    const char *kind; /* "service", "template", "information" */
    char id[OFFER_ID_SIZE];
    char version[OFFER_VERSION_SIZE];
    char author[OFFER_AUTHOR_SIZE]; /* "token:NAME" */
    int64_t changed_at_s;
} OfferRow;

/* One of them; body lives until the next. */
typedef bool (*OfferEach)(void *ctx, const OfferRow *row, Str body, Error *err);

/* 0: nothing was ever put.  Grows with each change. */
bool offers_revision(StoreTransaction *transaction, int64_t *ret, Error *err) MUST_USE;
/* By kind and id. */
bool offers_each(StoreTransaction *transaction, OfferEach each, void *ctx, Error *err) MUST_USE;
/* Puts or replaces, and raises the revision. */
bool offers_put(StoreTransaction *transaction, const OfferRow *row, Str body, Error *err) MUST_USE;
/* Raises the revision when there was one. */
bool offers_remove(StoreTransaction *transaction, const char *kind, const char *id, bool *ret_found,
                   Error *err) MUST_USE;

/* The folders' last whole words.  Not found: they were never taken. */
bool shelves_newest(StoreTransaction *transaction, bool *ret_found, char ret_version[OFFER_VERSION_SIZE], Buf *body,
                    Error *err) MUST_USE;
/* Becomes the newest; older ones than the last twenty go. */
bool shelves_add(StoreTransaction *transaction, const char *version, Str body, int64_t now_s, Error *err) MUST_USE;

#endif
