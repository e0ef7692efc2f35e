#include "registrar/document/png.h"

#include <stdint.h>
#include <string.h>

enum { SIGNATURE = 8, CHUNK = 12 /* length, name and check, beside the data */ };

/* Names that begin in capitals are those without which there is no picture; and one of what shines through. */
static bool is_kept(const char *name)
{
    return (name[0] >= 'A' && name[0] <= 'Z') || memcmp(name, "tRNS", 4) == 0;
}

static uint32_t big_endian(const char *bytes)
{
    const uint8_t *b = (const uint8_t *)bytes;

    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

void png_strip(Str file, Buf *ret)
{
    size_t at = SIGNATURE;

    buf_clear(ret);
    buf_add(ret, file.ptr, file.len < SIGNATURE ? file.len : SIGNATURE);
    while (at + CHUNK <= file.len) {
        const char *chunk = file.ptr + at;
        const size_t data = big_endian(chunk);

        if (data > file.len - at - CHUNK)
            return;
        if (is_kept(chunk + 4))
            buf_add(ret, chunk, CHUNK + data);
        if (memcmp(chunk + 4, "IEND", 4) == 0)
            return;
        at += CHUNK + data;
    }
}
