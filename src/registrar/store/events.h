/* What changed, told to kiosks: rows written in the act's own transaction, and given their positions by the sealer
 * (MODEL.md section 8), so that whoever asks for "all after position N" misses nothing that was committed later than
 * its neighbour.  An event names what changed and never says anything of a person: the kiosk asks for the thing itself.
 */
#ifndef REGISTRAR_STORE_EVENTS_H
#define REGISTRAR_STORE_EVENTS_H

#include <stdint.h>

#include "registrar/store/store.h"

#define EVENT_AUDIENCE_SIZE  48
#define EVENT_BODY_SIZE      512
#define EVENT_AUDIENCES_MOST 4
#define EVENTS_SEALED_MOST   256 /* by one events_seal */

typedef struct Event {
    const char *audience; /* "kiosks": all of them; "kiosk:A-2" */
    const char *body;     /* JSON object of wire/events.h, below EVENT_BODY_SIZE bytes */
    int64_t at_s;
    int keep_s; /* > 0: how long a kiosk that was away may still ask for it */
} Event;

typedef struct EventRow {
    int64_t position; /* 1.., without gaps */
    char audience[EVENT_AUDIENCE_SIZE];
    char body[EVENT_BODY_SIZE];
} EventRow;

/* Everybody who waits is told at the commit.  ERR_ARGUMENT: audience or body are too long. */
bool events_add(StoreTransaction *transaction, const Event *event, Error *err) MUST_USE;
/* Gives positions to those that have none, in the order of their adding; at most EVENTS_SEALED_MOST of them.
 * *ret_sealed: how many.  Of registrars side by side any may do it. */
bool events_seal(StoreTransaction *transaction, int64_t *ret_sealed, Error *err) MUST_USE;
/* Whether events_seal would find any: for a reader that spares a commit. */
bool events_wait(StoreTransaction *transaction, bool *ret_wait, Error *err) MUST_USE;
/* Those for one of count audiences (at most EVENT_AUDIENCES_MOST; 0: for anybody) after a position, the first first;
 * at most room. */
bool events_after(StoreTransaction *transaction, const char *const audiences[], size_t count, int64_t after,
                  EventRow rows[], size_t room, size_t *ret_count, Error *err) MUST_USE;
/* The last position that was given; 0: none.  A purge leaves the newest event, so that it never goes back; a restore
 * from a backup does take it back, and whoever asks after a position above it begins anew at it. */
bool events_head(StoreTransaction *transaction, int64_t *ret, Error *err) MUST_USE;

#endif
