/* The page on which a phone blocks its student's card: /c/TOKEN, kept since the PIN was set.
 *
 *   GET  /c/TOKEN   whether the card works, and the button
 *   POST /c/TOKEN   blocks it, and 303 to the page
 *
 * Who has the address can block the card and nothing else, and learns nothing of whose it is.  An address of an earlier
 * PIN, unknown and malformed ones are one answer, 410; only they are counted. */
#ifndef REGISTRAR_API_CARD_PAGE_H
#define REGISTRAR_API_CARD_PAGE_H

#include "registrar/api/routes.h"

#define CARD_PAGE_BODY 256 /* a form without fields */

bool card_page_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool card_page_block(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
