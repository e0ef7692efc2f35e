/* What changed, told to kiosks at once.
 *
 *   GET /kiosk/v1/events?after=CURSOR -> 200 ApiEvents
 *
 * The certificate is enough.  The registrar holds the request until there is an event for this kiosk after the cursor,
 * or for EVENTS_HELD_MS; the kiosk then asks again with the cursor of the answer, and so has a request open all the
 * time.  Without a cursor, or with one that the registrar knows nothing about any more, it answers at once with
 * "reset": the kiosk asks for everything anew, and goes on from there.  An event says what changed, never what to, and
 * nothing of a person: the kiosk asks for the thing itself by its ordinary route.  It is an alarm and no record: a lost
 * one is made good by the versions in the next heartbeat's answer. */
#ifndef WIRE_EVENTS_H
#define WIRE_EVENTS_H

#include "wire/api.h"

#define EVENTS_MOST       32 /* in one answer; the next ones come with the next */
#define EVENTS_HELD_MS    25000
#define EVENTS_JITTER_MS  5000 /* and up to so much longer: kiosks that were woken together part again */
#define EVENTS_BYTES_MOST (16u << 10)
#define EVENT_BYTES_MOST  256
#define EVENT_ID_SIZE     40

typedef enum ApiChange {
    CHANGED_CATALOGUE, /* version: the new one */
    CHANGED_NOTICES,   /* for this kiosk perhaps */
    CHANGED_THEME,     /* version: what the heartbeat says, where it is known */
    CHANGED_SETTINGS,  /* place, office hours */
    CHANGED_JOB,       /* id: a print job; version: its state's name, by somebody else than this kiosk; "cancelled" also
                        * when its paper is not to come out any more */
    CHANGED_PHONE_LINK,  /* id: a link */
    CHANGED_KIOSK,       /* this kiosk's own standing: whether it is known any more */
    CHANGED_HALL,        /* topics, who is called where, whether a person may be called: wire/hall.h */
    CHANGED_TICKET,      /* id: one that was taken at this kiosk */
    CHANGED_CALL,        /* id: a call for a person from this kiosk */
    CHANGED_PAPERS,      /* id: photographs of a paper (wire/papers.h) */
    CHANGED_INFORMATION, /* version: the new one (wire/information.h) */
    CHANGED_RECORD,      /* what is known of whoever is signed in at this kiosk */
    CHANGED_GRANT,       /* id: of signing in with a phone (wire/grant.h) */
    API_CHANGE_COUNT
} ApiChange;

typedef struct ApiEvent {
    ApiChange what;
    char id[EVENT_ID_SIZE]; /* "": none */
    char version[API_VERSION_SIZE];
} ApiEvent;

typedef struct ApiEvents {
    int64_t cursor;
    bool reset; /* what happened since is not known: ask for everything */
    size_t count;
    ApiEvent items[EVENTS_MOST]; /* the oldest first */
} ApiEvents;

const char *api_change_name(ApiChange change);

/* One alone: what the register keeps. */
bool api_event_write(const ApiEvent *event, Buf *buf, Error *err) MUST_USE;
/* ERR_PROTOCOL, also for a change that this program does not know. */
bool api_event_read(Str json, ApiEvent *ret, Error *err) MUST_USE;
bool api_events_write(const ApiEvents *events, Buf *buf, Error *err) MUST_USE;
/* ERR_PROTOCOL.  Changes that this program does not know are passed over. */
bool api_events_read(Str json, ApiEvents *ret, Error *err) MUST_USE;

#endif
