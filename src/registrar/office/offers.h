/* What is put over the interface: a service, a template or a page of information that stands before the folders' file
 * of the same id, or beside them.  It is checked with all the others before it counts, lies in the register, so that
 * every registrar of it offers the same, and takes effect at once. */
#ifndef REGISTRAR_OFFICE_OFFERS_H
#define REGISTRAR_OFFICE_OFFERS_H

#include "registrar/office/shelf.h"

typedef enum OfferOutcome {
    OFFER_CHANGED,   /* it stands now, or is gone */
    OFFER_MADE,      /* it stands, and there was nothing of this id */
    OFFER_NOT_FOUND, /* nothing of this id was put; *ret_version tells whether a file of the folder stands there */
    OFFER_UNMET,     /* it is not what the asker thinks it is */
    OFFER_REFUSED    /* *ret_faults says why; nothing changed */
} OfferOutcome;

typedef struct OfferWish {
    ShelfKind kind; /* not SHELF_WORDS */
    const char *id;
    Str body;          /* empty: what was put is taken away */
    const char *actor; /* "token:NAME" */
    /* Whether what stands there (version NULL: nothing) is what the asker means; NULL: he means any. */
    bool (*meant)(void *ctx, const char *version);
    void *ctx;
} OfferWish;

/* All that stands now, after what others put was taken: shelf_drop.  NULL: *err says why. */
Shelf *office_shelf(Office *office, Error *err) MUST_USE;
/* ret_version: of what stands there afterwards; "" when nothing does. */
bool offer_change(Office *office, const OfferWish *wish, OfferOutcome *ret_outcome, char ret_version[SHELF_HASH_SIZE],
                  ShelfFaults *ret_faults, Error *err) MUST_USE;

/* Without looking at what is left: for an office that can't be opened any more because of it. */
bool offer_remove_unseen(Store *store, ShelfKind kind, const char *id, int64_t now_ms, bool *ret_found,
                         Error *err) MUST_USE;

#endif
