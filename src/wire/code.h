/* The code of a copy: 60 random bits as 12 Crockford base32 characters, the only address of a copy on the public page.
 * Shown in groups of four: "7K3M-9QXD-2HVT". */
#ifndef WIRE_CODE_H
#define WIRE_CODE_H

#include <stdint.h>

#include "base/str.h"

#define CODE_LENGTH     12
#define CODE_BITS_BYTES 8 /* random bytes that code_make takes; the top 4 bits are not used */

typedef struct Code {
    char text[CODE_LENGTH + 1]; /* upper case, no hyphens */
} Code;

/* The bits are taken as one big-endian number. */
Code code_make(const uint8_t random[CODE_BITS_BYTES]);
/* Folds case, takes I and L for 1 and O for 0, and hyphens anywhere (https://www.crockford.com/base32.html).  False for
 * all else. */
bool code_parse(Str s, Code *ret) MUST_USE;
/* What code_make makes it from again, the top 4 bits zero: how it travels in a seal. */
void code_bytes(const Code *code, uint8_t ret[CODE_BITS_BYTES]);
/* "7K3M-9QXD-2HVT" */
void code_grouped(const Code *code, char ret[15]);

/* Crockford's digits, which codes of other lengths are written with too: bytes, a multiple of five, as 8 digits for
 * each five, and a zero. */
void crockford_write(const uint8_t *bytes, size_t count, char *ret);
/* Folds as code_parse does; white space counts for as little as hyphens.  False unless it is exactly count bytes. */
bool crockford_read(Str s, uint8_t *ret, size_t count) MUST_USE;

#endif
