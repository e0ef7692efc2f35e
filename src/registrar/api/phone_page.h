/* The page that a phone takes its copy on: /d/TOKEN (office/phone.h).
 *
 *   GET  /d/TOKEN        what the link is now; changes nothing, so that previews and scanners may come first
 *   POST /d/TOKEN        opens it: a cookie bound to this path, and 303 to the page, which shows two digits
 *   POST /d/TOKEN/file   the PDF, once they were typed at the kiosk; before, 409 with the same page
 *
 * Unknown, malformed, over and used up are one answer, 410; only they are counted, as unknown codes are.  The page
 * works without a script, says nothing of the student, and is in no cache and no index. */
#ifndef REGISTRAR_API_PHONE_PAGE_H
#define REGISTRAR_API_PHONE_PAGE_H

#include "registrar/api/routes.h"

#define PHONE_PAGE_BODY 256 /* a form without fields */

bool phone_page_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool phone_page_open(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool phone_page_take(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
