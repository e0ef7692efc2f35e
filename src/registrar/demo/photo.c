/* The portrait that a well-known student's wish names: drawn by assets/demo/photos/draw, of nobody. */
#include "registrar/demo/parts.h"

/* RFC 4648, section 4. */
static void add_base64(Buf *buf, Str bytes)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *at = (const unsigned char *)bytes.ptr;

    for (size_t left = bytes.len; left > 0;) {
        size_t taken = left < 3 ? left : 3;
        uint32_t word = (uint32_t)at[0] << 16 | (uint32_t)(taken > 1 ? at[1] : 0) << 8 | (taken > 2 ? at[2] : 0);

        for (size_t i = 0; i < 4; i++)
            buf_add_byte(buf, i <= taken ? (uint8_t)letters[word >> (18 - 6 * i) & 63] : '=');
        at += taken;
        left -= taken;
    }
}

void photo_write(const Facts *facts, Buf *buf)
{
    const Demo *demo = facts->university->demo;
    size_t at = (size_t)facts->wanted.photo;

    if (at == 0 || at > DEMO_PHOTOS_MOST || demo->photos[at - 1].len == 0)
        return;
    buf_add_text(buf, "{\"body\":\"");
    add_base64(buf, buf_str(&demo->photos[at - 1]));
    buf_add_text(buf, "\",\"type\":\"image/png\"}");
}
