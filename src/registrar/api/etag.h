/* Entity tags (RFC 9110 section 8.8.3): strong, and made of a version or of the content, never of time or process, so
 * that every registrar gives the same. */
#ifndef REGISTRAR_API_ETAG_H
#define REGISTRAR_API_ETAG_H

#include "registrar/http/server.h"

/* version: letters, digits, ". _ : -"; at most 60 of them. */
void etag_of_version(const char *version, HttpServerAnswer *answer);
/* 16 hex digits of the text's hash. */
bool etag_of_text(Str text, HttpServerAnswer *answer, Error *err) MUST_USE;

#endif
