/* Str: text that somebody else owns.  Pointer and length, not necessarily ended by a zero byte. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/macros.h"

typedef struct Str {
    const char *ptr;
    size_t len;
} Str;

#define STR(literal) ((Str){ "" literal "", sizeof(literal) - 1 })
#define STR_FMT      "%.*s"
#define STR_ARG(s)   (int)(s).len, (s).ptr

/* text may be NULL: the empty Str. */
Str str_from(const char *text);
bool str_equal(Str a, Str b);
bool str_equal_text(Str a, const char *b);
bool str_starts(Str s, Str start);
bool str_ends(Str s, Str end);
/* Without ASCII white space at both ends. */
Str str_trim(Str s);
/* Cuts *rest at the first separator, returns what stood before it; at the end returns all and leaves *rest empty with
 * ptr NULL. */
Str str_split(Str *rest, char separator);
/* Copies into a zero-ended array of size bytes.  False, and "" in it, when s does not fit or holds a zero byte. */
bool str_copy(Str s, char *array, size_t size) MUST_USE;
/* As str_copy for text that may be cut: never inside a UTF-8 sequence. */
void str_copy_cut(Str s, char *array, size_t size);
/* Whole decimal numbers with stated bounds; false for anything else than digits (with a leading '-' for the signed). */
bool str_to_u64(Str s, uint64_t min, uint64_t max, uint64_t *ret) MUST_USE;
bool str_to_i64(Str s, int64_t min, int64_t max, int64_t *ret) MUST_USE;

/* RFC 3629: no surrogates, no overlong forms. */
bool utf8_valid(Str s);
/* Number of code points; s is valid. */
size_t utf8_count(Str s);
/* Takes one code point off the front of valid, non-empty *s. */
uint32_t utf8_next(Str *s);
/* Bytes that code point c takes (1..4), written to bytes. */
size_t utf8_write(uint32_t c, char bytes[4]);
/* Length in bytes without the last code point; 0 for the empty. */
size_t utf8_without_last(Str s);
/* Control characters, bidi marks, zero-width characters, non-characters: never accepted in what a person typed
 * (MODEL.md section 4). */
bool utf8_is_unwanted(uint32_t c);

#endif
