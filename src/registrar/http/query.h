/* Percent-encoded parts of an address (RFC 3986 section 2.1), and cookies.  Pure. */
#ifndef REGISTRAR_HTTP_QUERY_H
#define REGISTRAR_HTTP_QUERY_H

#include "base/buf.h"

/* Appends s decoded.  False for a broken or cut "%XX", a zero byte, a control character, or what is not UTF-8; buf then
 * holds a part of it.  plus: '+' is a space, as in a form's query. */
bool percent_decode(Str s, bool plus, Buf *buf) MUST_USE;
/* The first value of name, decoded, into a zero-ended array.  False, and "" in it, when it is absent, broken or too
 * long.  query is what follows the '?'; NULL: none. */
bool query_get(const char *query, const char *name, char *array, size_t size) MUST_USE;
/* As query_get for what may be left out: "" then.  False: it is there, and broken or too long. */
bool query_may(const char *query, const char *name, char *array, size_t size) MUST_USE;
/* The first cookie of that name in a Cookie header (RFC 6265 section 4.2.1), as it stands.  False, and "" in it, when
 * it is absent or too long.  cookies NULL: none. */
bool cookie_get(const char *cookies, const char *name, char *array, size_t size) MUST_USE;
/* Appends s for a filename* parameter or an address: all but letters, digits and "-._~" as %XX (RFC 8187, RFC 3986). */
void percent_encode(Str s, Buf *buf);

#endif
