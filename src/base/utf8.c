/* The part of str.h that knows UTF-8. */
#include "base/str.h"

#include <assert.h>

static bool is_tail(unsigned char byte)
{
    return (byte & 0xC0u) == 0x80u;
}

/* Length of the well-formed sequence at s (RFC 3629 section 4), 0 when there is none. */
static size_t sequence_length(const unsigned char *s, size_t left)
{
    unsigned char lead = s[0];

    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    size_t need = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (left < need)
        return 0;

    /* The second byte alone tells overlong forms, surrogates and what lies above U+10FFFF. */
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < need; i++)
        if (!is_tail(s[i]))
            return 0;
    return need;
}

bool utf8_valid(Str s)
{
    size_t at = 0;

    while (at < s.len) {
        size_t length = sequence_length((const unsigned char *)s.ptr + at, s.len - at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

size_t utf8_count(Str s)
{
    size_t count = 0;

    for (size_t i = 0; i < s.len; i++)
        count += !is_tail((unsigned char)s.ptr[i]);
    return count;
}

uint32_t utf8_next(Str *s)
{
    assert(s->len > 0);
    const unsigned char *bytes = (const unsigned char *)s->ptr;
    size_t length = sequence_length(bytes, s->len);
    uint32_t c;

    switch (length) {
    case 1: c = bytes[0]; break;
    case 2: c = (bytes[0] & 0x1Fu) << 6 | (bytes[1] & 0x3Fu); break;
    case 3: c = (bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu); break;
    case 4:
        c = (bytes[0] & 0x07u) << 18 | (bytes[1] & 0x3Fu) << 12 | (bytes[2] & 0x3Fu) << 6 | (bytes[3] & 0x3Fu);
        break;
    default: /* the caller broke its promise; go on rather than stand still for ever */
        assert(!"utf8_next: text was not checked");
        c = 0xFFFD;
        length = 1;
        break;
    }
    s->ptr += length;
    s->len -= length;
    return c;
}

size_t utf8_write(uint32_t c, char bytes[4])
{
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = 0xFFFD;
    if (c < 0x80) {
        bytes[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        bytes[0] = (char)(0xC0u | c >> 6);
        bytes[1] = (char)(0x80u | (c & 0x3Fu));
        return 2;
    }
    if (c < 0x10000) {
        bytes[0] = (char)(0xE0u | c >> 12);
        bytes[1] = (char)(0x80u | (c >> 6 & 0x3Fu));
        bytes[2] = (char)(0x80u | (c & 0x3Fu));
        return 3;
    }
    bytes[0] = (char)(0xF0u | c >> 18);
    bytes[1] = (char)(0x80u | (c >> 12 & 0x3Fu));
    bytes[2] = (char)(0x80u | (c >> 6 & 0x3Fu));
    bytes[3] = (char)(0x80u | (c & 0x3Fu));
    return 4;
}

size_t utf8_without_last(Str s)
{
    size_t len = s.len;

    while (len > 0 && is_tail((unsigned char)s.ptr[len - 1]))
        len--;
    return len > 0 ? len - 1 : 0;
}

/* Sorted; both ends belong to the range. */
static const struct {
    uint32_t first, last;
} unwanted[] = {
    { 0x0000, 0x001F },   /* C0 controls */
    { 0x007F, 0x009F },   /* delete, C1 controls */
    { 0x00AD, 0x00AD },   /* soft hyphen */
    { 0x034F, 0x034F },   /* combining grapheme joiner */
    { 0x061C, 0x061C },   /* Arabic letter mark */
    { 0x115F, 0x1160 },   /* Hangul fillers: letters without a shape */
    { 0x17B4, 0x17B5 },   /* Khmer vowels without a shape */
    { 0x180B, 0x180F },   /* Mongolian selectors and vowel separator */
    { 0x200B, 0x200F },   /* zero-width space and joiners, direction marks */
    { 0x2028, 0x202E },   /* line and paragraph separators, bidi embeddings and overrides */
    { 0x2060, 0x206F },   /* word joiner, invisible operators, bidi isolates */
    { 0x3164, 0x3164 },   /* Hangul filler */
    { 0xD800, 0xDFFF },   /* surrogates */
    { 0xFDD0, 0xFDEF },   /* non-characters */
    { 0xFE00, 0xFE0F },   /* variation selectors */
    { 0xFEFF, 0xFEFF },   /* zero-width no-break space */
    { 0xFFA0, 0xFFA0 },   /* halfwidth Hangul filler */
    { 0xFFF0, 0xFFFB },   /* unassigned specials, interlinear annotation */
    { 0xE0000, 0xE0FFF }, /* tags, more variation selectors */
    { 0x110000, 0xFFFFFFFF },
};

bool utf8_is_unwanted(uint32_t c)
{
    if ((c & 0xFFFEu) == 0xFFFEu)
        return true; /* the last two of every plane are non-characters */
    for (size_t i = 0; i < sizeof(unwanted) / sizeof(unwanted[0]); i++)
        if (c >= unwanted[i].first && c <= unwanted[i].last)
            return true;
    return false;
}
