#include "registrar/http/form_data.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define BOUNDARY_MOST 70   /* RFC 2046 section 5.1.1 */
#define HEADERS_MOST  4096 /* of a part */

typedef struct Delimiter {
    char text[BOUNDARY_MOST + 5]; /* "\r\n--BOUNDARY" */
    size_t length;
} Delimiter;

static Str from(Str s, size_t at)
{
    return (Str){ s.ptr + at, s.len - at };
}

static bool read_boundary(const char *content_type, Delimiter *ret)
{
    static const char type[] = "multipart/form-data", parameter[] = "boundary=";
    const char *at = content_type && !strncasecmp(content_type, type, sizeof type - 1)
                         ? strcasestr(content_type + sizeof type - 1, parameter)
                         : NULL;

    if (!at)
        return false;
    at += sizeof parameter - 1;
    const bool quoted = *at == '"';
    at += quoted;
    const size_t length = strcspn(at, quoted ? "\"" : "; \t");
    if (length == 0 || length > BOUNDARY_MOST)
        return false;
    ret->length = (size_t)snprintf(ret->text, sizeof ret->text, "\r\n--%.*s", (int)length, at);
    return true;
}

/* The value of `name` in the line "Content-Disposition: form-data; name=\"photo\"; filename=\"...\"". */
static bool is_named(Str headers, const char *name)
{
    static const char field[] = "content-disposition:";
    Str rest = headers;

    while (rest.len > 0) {
        const char *end = memmem(rest.ptr, rest.len, "\r\n", 2);
        const Str line = { rest.ptr, end ? (size_t)(end - rest.ptr) : rest.len };

        rest = end ? from(rest, line.len + 2) : (Str){ 0 };
        if (line.len < sizeof field || strncasecmp(line.ptr, field, sizeof field - 1) != 0)
            continue;
        const char *at = memmem(line.ptr, line.len, " name=\"", 7);
        if (!at)
            return false;
        const Str value = from(line, (size_t)(at - line.ptr) + 7);
        const char *close = memchr(value.ptr, '"', value.len);
        return close && str_equal_text((Str){ value.ptr, (size_t)(close - value.ptr) }, name);
    }
    return false;
}

/* Takes one part off the front of rest, which stands behind a delimiter.  False at the end, and for what is none. */
static bool next_part(Str *rest, const Delimiter *delimiter, Str *ret_headers, Str *ret_bytes)
{
    if (!str_starts(*rest, STR("\r\n")))
        return false; /* "--" closes */
    const size_t most = rest->len < HEADERS_MOST ? rest->len : HEADERS_MOST;
    const char *blank = memmem(rest->ptr, most, "\r\n\r\n", 4);
    if (!blank)
        return false;
    const size_t head = (size_t)(blank - rest->ptr);
    const Str body = from(*rest, head + 4);
    /* An empty part's delimiter begins with the blank line's own end. */
    const Str search = from(*rest, head + 2);
    const char *close = memmem(search.ptr, search.len, delimiter->text, delimiter->length);
    if (!close)
        return false;
    *ret_headers = head > 2 ? (Str){ rest->ptr + 2, head - 2 } : (Str){ 0 };
    *ret_bytes = close < body.ptr ? (Str){ body.ptr, 0 } : (Str){ body.ptr, (size_t)(close - body.ptr) };
    *rest = from(search, (size_t)(close - search.ptr) + delimiter->length);
    return true;
}

bool form_data_get(const char *content_type, Str body, const char *name, Str *ret)
{
    Delimiter delimiter;
    Str headers, bytes;

    if (!read_boundary(content_type, &delimiter) ||
        !str_starts(body, (Str){ delimiter.text + 2, delimiter.length - 2 }))
        return false;
    Str rest = from(body, delimiter.length - 2);
    while (next_part(&rest, &delimiter, &headers, &bytes))
        if (is_named(headers, name)) {
            *ret = bytes;
            return true;
        }
    return false;
}
