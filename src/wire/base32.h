/* RFC 4648 base32, upper case, without padding: all its characters are in QR's alphanumeric set. */
#ifndef WIRE_BASE32_H
#define WIRE_BASE32_H

#include "base/buf.h"

void base32_write(Buf *buf, const void *bytes, size_t size);
/* Appends; false, and nothing is appended, for other characters, an impossible length, or bits left over that are not
 * zero; false too when ret is full.  Folds case. */
bool base32_read(Str s, Buf *ret) MUST_USE;

#endif
