#include "wire/base32.h"

static const char alphabet[33] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void base32_write(Buf *buf, const void *bytes, size_t size)
{
    const uint8_t *from = bytes;
    unsigned held = 0, bits = 0;

    for (size_t i = 0; i < size; i++) {
        held = held << 8 | from[i];
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            buf_add_byte(buf, (uint8_t)alphabet[held >> bits & 31]);
        }
        held &= (1u << bits) - 1;
    }
    if (bits > 0)
        buf_add_byte(buf, (uint8_t)alphabet[held << (5 - bits) & 31]);
}

static int digit_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a';
    return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

/* What is left over is padding: fewer bits than a character, all zero. */
static bool is_base32(Str s)
{
    unsigned left = s.len * 5 % 8;
    int digit = 0;

    for (size_t i = 0; i < s.len; i++) {
        digit = digit_of(s.ptr[i]);
        if (digit < 0)
            return false;
    }
    return left < 5 && (digit & ((1 << left) - 1)) == 0;
}

bool base32_read(Str s, Buf *ret)
{
    unsigned held = 0, bits = 0;

    if (!is_base32(s))
        return false;
    for (size_t i = 0; i < s.len; i++) {
        int digit = digit_of(s.ptr[i]);
        held = held << 5 | (unsigned)digit;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            buf_add_byte(ret, (uint8_t)(held >> bits));
            held &= (1u << bits) - 1;
        }
    }
    return !ret->failed;
}
