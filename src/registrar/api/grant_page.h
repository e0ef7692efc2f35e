/* The pages on which a phone signs its student in at a kiosk: /g (office/grants.h, RFC 8628 section 3.3).
 *
 *   GET  /g                the code is typed; ?code= leads to its page
 *   GET  /g/CODE           what the grant is now; changes nothing, so that previews and scanners may come first
 *   POST /g/CODE           somebody stands at that kiosk: a cookie bound to this path, and 303 to the page
 *   POST /g/CODE/password  number and password, by the rules of the glass; 303 when they are right
 *   GET  /g/CODE/hemis     303 to HEMIS's own page, where it has made the registrar a client (facts: HEMIS, OAuth2)
 *   GET  /g/CODE/oneid, /back/oneid, /g/CODE/back/oneid: the same by OneID's page
 *   GET  /back/hemis       HEMIS sends the browser here, with its code or without: a page that goes on by itself to
 *   GET  /g/CODE/back      which its cookie comes with, as not with what another site sent: 303 when HEMIS says who it
 * is POST /g/CODE/consent   303 to the page, which shows two digits and looks again by itself POST /g/CODE/cancel
 * denies it
 *
 * Unknown, over and malformed codes are one answer, 410; a source that tries many is told nothing any more (429).  The
 * pages work without a script, and name the student to that student's phone alone. */
#ifndef REGISTRAR_API_GRANT_PAGE_H
#define REGISTRAR_API_GRANT_PAGE_H

#include "registrar/api/routes.h"

#define GRANT_PAGE_BODY 1024

bool grant_page_ask(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool grant_page_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool grant_page_open(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool grant_page_password(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool grant_page_leave(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool grant_page_back(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool grant_page_return(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool grant_page_leave_oneid(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool grant_page_back_oneid(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool grant_page_return_oneid(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool grant_page_consent(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool grant_page_cancel(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
