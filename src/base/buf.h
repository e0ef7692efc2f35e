/* Buf: bytes that grow up to a stated limit.  Remembers failure, so that a run of appends needs one check at its end.
 * What it held is wiped whenever it moves, is cleared or is freed: any buffer may have held a visit. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

typedef struct Buf {
    char *data; /* ended by a zero byte that len does not count; NULL while empty */
    size_t len;
    size_t room;
    size_t limit;
    bool failed; /* an append did not fit or found no memory; nothing is appended any more */
} Buf;

void buf_init(Buf *buf, size_t limit);
void buf_fini(Buf *buf);
void buf_clear(Buf *buf);
void buf_add(Buf *buf, const void *bytes, size_t size);
void buf_add_str(Buf *buf, Str s);
void buf_add_text(Buf *buf, const char *text);
void buf_add_byte(Buf *buf, uint8_t byte);
void buf_add_char(Buf *buf, uint32_t code_point);
void buf_add_format(Buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
void buf_add_format_v(Buf *buf, const char *format, va_list args) PRINTF_LIKE(2, 0);
/* True when everything appended is there; else ERR_MEMORY in *err. */
bool buf_ok(const Buf *buf, Error *err) MUST_USE;
Str buf_str(const Buf *buf);
/* The zero-ended text, "" while empty. */
const char *buf_text(const Buf *buf);
/* Moves the bytes out (mem_free); the Buf is empty afterwards.  NULL when it failed. */
char *buf_take(Buf *buf, size_t *ret_size) MUST_USE;

#define OWNED_BUF __attribute__((cleanup(buf_fini))) Buf

#endif
