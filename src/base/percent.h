/* Percent-encoded parts of an address (RFC 3986 section 2.1).  Pure. */
#ifndef BASE_PERCENT_H
#define BASE_PERCENT_H

#include "base/buf.h"

/* Appends s decoded.  False for a broken or cut "%XX", a zero byte, a control character, or what is not UTF-8; buf then
 * holds a part of it.  plus: '+' is a space, as in a form's query. */
bool percent_decode(Str s, bool plus, Buf *buf) MUST_USE;
/* Appends s for a filename* parameter, a form or an address: all but letters, digits and "-._~" as %XX (RFC 8187, RFC
 * 3986). */
void percent_encode(Str s, Buf *buf);

#endif
