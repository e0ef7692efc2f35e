#include "wire/code.h"

/* Crockford's alphabet: no I, L, O, U (https://www.crockford.com/base32.html). */
static const char alphabet[33] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

Code code_make(const uint8_t random[CODE_BITS_BYTES])
{
    Code code = { 0 };
    uint64_t bits = 0;

    for (int i = 0; i < CODE_BITS_BYTES; i++)
        bits = bits << 8 | random[i];
    for (int i = CODE_LENGTH - 1; i >= 0; i--) {
        code.text[i] = alphabet[bits & 31];
        bits >>= 5;
    }
    return code;
}

static int digit_of(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'I' || c == 'L')
        return 1;
    if (c == 'O')
        return 0;
    for (int i = 0; i < 32; i++)
        if (alphabet[i] == c)
            return i;
    return -1;
}

bool code_parse(Str s, Code *ret)
{
    Code code = { 0 };
    size_t count = 0;

    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '-')
            continue;
        int digit = digit_of(s.ptr[i]);
        if (digit < 0 || count == CODE_LENGTH)
            return false;
        code.text[count++] = alphabet[digit];
    }
    if (count != CODE_LENGTH)
        return false;
    *ret = code;
    return true;
}

void code_bytes(const Code *code, uint8_t ret[CODE_BITS_BYTES])
{
    uint64_t bits = 0;

    for (size_t i = 0; i < CODE_LENGTH; i++)
        bits = bits << 5 | (uint64_t)digit_of(code->text[i]);
    for (size_t i = CODE_BITS_BYTES; i > 0; i--, bits >>= 8)
        ret[i - 1] = (uint8_t)bits;
}

void code_grouped(const Code *code, char ret[15])
{
    size_t at = 0;

    for (size_t i = 0; i < CODE_LENGTH; i++) {
        if (i > 0 && i % 4 == 0)
            ret[at++] = '-';
        ret[at++] = code->text[i];
    }
    ret[at] = '\0';
}

void crockford_write(const uint8_t *bytes, size_t count, char *ret)
{
    for (size_t i = 0; i < count; i += 5) {
        uint64_t bits = 0;

        for (size_t k = 0; k < 5; k++)
            bits = bits << 8 | bytes[i + k];
        for (int shift = 35; shift >= 0; shift -= 5)
            *ret++ = alphabet[bits >> shift & 31];
    }
    *ret = '\0';
}

bool crockford_read(Str s, uint8_t *ret, size_t count)
{
    uint64_t bits = 0;
    size_t digits = 0;

    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '-' || s.ptr[i] == ' ')
            continue;
        int digit = digit_of(s.ptr[i]);
        if (digit < 0 || digits == count / 5 * 8)
            return false;
        bits = bits << 5 | (uint64_t)digit;
        if (++digits % 8 == 0)
            for (size_t k = 0; k < 5; k++)
                ret[digits / 8 * 5 - 5 + k] = (uint8_t)(bits >> (32 - 8 * k));
    }
    return digits == count / 5 * 8;
}
