/* Photographs of a paper that a form wants ("type": "paper"), taken with the student's own phone.
 *
 *   POST   /kiosk/v1/papers {"service", "field"}       -> 201 ApiPapers | 403, 404 | 429 limit
 *   GET    /kiosk/v1/papers/{id}                       -> 200 ApiPapers | 404
 *   DELETE /kiosk/v1/papers/{id}                       -> 204; the photographs are gone
 *   GET    /kiosk/v1/papers/{id}/pages/{n}?width=      -> 200 image/png | 404
 *
 * A set of photographs is one student's, for one paper of one service.  The kiosk shows its address as a QR code; the
 * phone opens it and sends photographs one by one, until it says that these are all, or the student goes on at the
 * glass. Each change is told by the event "papers".  A set with one photograph or more can be the answer: "photo:ID".
 * Until an answer names it, it is kept for a day; with a draft as long as the draft; with a request as long as the
 * office keeps papers.  A set of one's own can be looked at in a later visit, too: its id stands in the answer. */
#ifndef WIRE_PAPERS_H
#define WIRE_PAPERS_H

#include "wire/api.h"

#define PAPERS_PAGES_MOST   8  /* of a set, whatever its question allows */
#define PAPERS_WIDTH_LEAST  64 /* of a page for the glass, pixels */
#define PAPERS_WIDTH_MOST   1080
#define PAPERS_ADDRESS_SIZE 128

typedef enum ApiPapersState {
    PAPERS_OFFERED, /* the code is shown, no phone has come */
    PAPERS_OPENED,  /* a phone is at it; pages says how many photographs came so far */
    PAPERS_GIVEN,   /* the phone said that these are all, or its time is over and some came */
    PAPERS_ENDED,   /* given up, here or by a newer set for the same paper */
    PAPERS_EXPIRED, /* its time is over and nothing came */
    PAPERS_STATE_COUNT
} ApiPapersState;

typedef struct ApiPapersWanted {
    char service[SERVICE_ID_MOST];
    char field[SERVICE_ID_MOST];
} ApiPapersWanted;

typedef struct ApiPapers {
    char id[API_ID_SIZE];
    char address[PAPERS_ADDRESS_SIZE]; /* for the QR code, in its own letters; told once, when it is made: secret */
    ApiPapersState state;
    int pages, most;
    int seconds_left; /* for sending more; 0: nothing more can be sent */
} ApiPapers;

bool api_papers_wanted_write(const ApiPapersWanted *wanted, Buf *buf, Error *err) MUST_USE;
bool api_papers_wanted_read(Str json, ApiPapersWanted *ret, Error *err) MUST_USE;
bool api_papers_write(const ApiPapers *papers, Buf *buf, Error *err) MUST_USE;
bool api_papers_read(Str json, ApiPapers *ret, Error *err) MUST_USE;

#endif
