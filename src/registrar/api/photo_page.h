/* The page that a phone sends photographs of a paper from: /u/TOKEN (office/photos.h).
 *
 *   GET  /u/TOKEN        what the link is now
 *   POST /u/TOKEN        one photograph more (multipart/form-data, "photo"): a cookie bound to this path, and 303 to
 * the page; 422 with the same page, which says in words why it is none POST /u/TOKEN/done   that is all: 303 to the
 * page
 *
 * Unknown, malformed and over are one answer, 410; only they are counted, as unknown codes are.  Whoever brings no
 * token of this registrar's making is refused before the photograph is read (photo_page_admits).  The page works
 * without a script, says nothing of the student and shows no photograph, and is in no cache and no index. */
#ifndef REGISTRAR_API_PHOTO_PAGE_H
#define REGISTRAR_API_PHOTO_PAGE_H

#include "registrar/api/routes.h"

/* More than a photograph may have, so that one that is too large is told so in words. */
#define PHOTO_PAGE_BODY (12u << 20)
#define PHOTO_PAGE_DONE 256

/* For HttpServerConfig of the people's listener: no other route of it takes so much. */
bool photo_page_admits(const HttpServerRequest *request);
bool photo_page_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool photo_page_send(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool photo_page_done(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
