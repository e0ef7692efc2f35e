#include "base/percent.h"

#include "base/crypto.h"

bool percent_decode(Str s, bool plus, Buf *buf)
{
    size_t start = buf->len;

    for (size_t i = 0; i < s.len; i++) {
        uint8_t byte = (uint8_t)s.ptr[i];

        if (byte == '%') {
            if (s.len - i < 3 || !hex_parse((Str){ s.ptr + i + 1, 2 }, &byte, 1))
                return false;
            i += 2;
        } else if (plus && byte == '+') {
            byte = ' ';
        }
        if (byte < ' ' || byte == 0x7f)
            return false;
        buf_add_byte(buf, byte);
    }
    if (buf->failed)
        return false;
    Str all = buf_str(buf);
    if (all.len == start) /* nothing was added, and of nothing there may be no pointer */
        return true;
    return utf8_valid((Str){ all.ptr + start, all.len - start });
}

void percent_encode(Str s, Buf *buf)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                     c == '.' || c == '_' || c == '~';

        if (plain)
            buf_add_byte(buf, c);
        else
            buf_add_format(buf, "%%%02X", c);
    }
}
