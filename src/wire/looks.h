/* Who looked: every sign-in, every copy of a paper, every check of one, and whatever the office's people looked at or
 * did with a student's record, requests and papers; for that student, at a kiosk.
 *
 *   GET /kiosk/v1/looks -> 200 ApiLooks | 403 not-allowed (signed in with HEMIS's first password)
 *
 * In closed words alone: no name of a person, nothing that anybody typed. */
#ifndef WIRE_LOOKS_H
#define WIRE_LOOKS_H

#include "wire/api.h"

#define LOOKS_MOST       100
#define LOOKS_BYTES_MOST (128u << 10)

typedef enum LookKind {
    LOOK_SIGNED_IN,
    LOOK_ISSUED,     /* a copy on paper */
    LOOK_TO_PHONE,   /* a copy for a phone */
    LOOK_CHECKED,    /* its code was looked up */
    LOOK_SEEN,       /* the office looked at it */
    LOOK_WORKED,     /* the office worked on it: took it on, decided, stopped or resumed it */
    LOOK_CORRECTED,  /* the office changed it */
    LOOK_HANDED_OUT, /* at a window */
    LOOK_KIND_COUNT
} LookKind;

/* At what. */
typedef enum LookOn {
    LOOK_ON_ACCOUNT,
    LOOK_ON_RECORD,
    LOOK_ON_REQUEST,
    LOOK_ON_INVOICE,
    LOOK_ON_DOCUMENT,
    LOOK_ON_COUNT
} LookOn;

typedef enum LookBy {
    LOOK_BY_STUDENT, /* who is signed in */
    LOOK_BY_STAFF,   /* of a unit, where it is known */
    LOOK_BY_HOLDER,  /* somebody with the paper */
    LOOK_BY_COUNT
} LookBy;

typedef struct ApiLook {
    LookKind kind;
    LookOn on;
    LookBy by;
    int64_t at_s;
    int times;                     /* LOOK_CHECKED: how often within that hour, at_s is the last; else 1 */
    char unit[SERVICE_ID_MOST];    /* LOOK_BY_STAFF: of the catalogue's units; "": not known which */
    char service[SERVICE_ID_MOST]; /* of the request or document; "": of none */
    char number[24];               /* of the request, document, invoice; "": it has none */
    char place[96];                /* where that kiosk stands, institution's words; "": at none, or not known */
} ApiLook;

typedef struct ApiLooks {
    bool more; /* there are older ones */
    size_t count;
    ApiLook items[LOOKS_MOST]; /* the newest first */
} ApiLooks;

bool api_looks_write(const ApiLooks *looks, Buf *buf, Error *err) MUST_USE;
bool api_looks_read(Str json, ApiLooks *ret, Error *err) MUST_USE; /* ERR_PROTOCOL */

#endif
