/* One open request: /office/requests/ID, with the inbox beside it.  Inside console/. */
#ifndef REGISTRAR_CONSOLE_REQUEST_PAGE_H
#define REGISTRAR_CONSOLE_REQUEST_PAGE_H

#include "registrar/console/applications.h"
#include "registrar/office/photos.h"
#include "registrar/office/review_rules.h"

typedef struct RequestPage {
    Desk *desk;
    Office *office;
    char id[ID_SIZE], number[REQUEST_NUMBER_SIZE];
    bool seen;         /* by whoever asks: else there is none for them */
    const char *typed; /* words that could not be said: they are kept; "": none */
    InboxFilters filters;
    Review review;
    PapersWanted papers;
} RequestPage;

/* NULL without memory.  seen is false where the id is none, or none of theirs. */
RequestPage *request_page_begin(const HttpServerRequest *request, Desk *desk, Error *err) MUST_USE;
void request_page_end(RequestPage *page);
OWNED_BY(RequestPage, request_page_end)

/* Opens the request, which is an act, and writes the page. */
bool request_page_show(RequestPage *page, int status, HttpServerAnswer *answer, Error *err) MUST_USE;
/* What of it there is beside the record: into desk->view.  In request_page_parts.c. */
bool request_page_put_parts(RequestPage *page, Error *err) MUST_USE;
/* Whoever asks handles papers: prints at the window what was approved, and hands it out. */
bool request_page_hands_out(const RequestPage *page);

#endif
