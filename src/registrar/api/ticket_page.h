/* The page on which a phone follows its ticket: /t/TOKEN.
 *
 *   GET  /t/TOKEN   number, place in line, about how long; where it is called.  Looks again by itself every ten seconds
 *                   while there is something to come, without a script; ?leave=1 asks whether to give it up
 *   POST /t/TOKEN   gives it up, and 303 to the page
 *
 * Who has the address has the ticket, as on paper.  Unknown and malformed ones are one answer, 410; only they are
 * counted. */
#ifndef REGISTRAR_API_TICKET_PAGE_H
#define REGISTRAR_API_TICKET_PAGE_H

#include "registrar/api/routes.h"

#define TICKET_PAGE_BODY 256 /* a form without fields */

bool ticket_page_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool ticket_page_leave(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
