#include "base/str.h"

#include <assert.h>
#include <string.h>

Str str_from(const char *text)
{
    return text ? (Str){ text, strlen(text) } : (Str){ NULL, 0 };
}

bool str_equal(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_equal_text(Str a, const char *b)
{
    return str_equal(a, str_from(b));
}

bool str_starts(Str s, Str start)
{
    return s.len >= start.len && str_equal((Str){ s.ptr, start.len }, start);
}

bool str_ends(Str s, Str end)
{
    return s.len >= end.len && (end.len == 0 || memcmp(s.ptr + (s.len - end.len), end.ptr, end.len) == 0);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

Str str_trim(Str s)
{
    while (s.len > 0 && is_space(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    while (s.len > 0 && is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

Str str_split(Str *rest, char separator)
{
    Str all = *rest;
    const char *at = all.len > 0 ? memchr(all.ptr, separator, all.len) : NULL;

    if (!at) {
        *rest = (Str){ NULL, 0 };
        return all;
    }
    size_t before = (size_t)(at - all.ptr);
    *rest = (Str){ at + 1, all.len - before - 1 };
    return (Str){ all.ptr, before };
}

bool str_copy(Str s, char *array, size_t size)
{
    assert(size > 0);
    array[0] = '\0';
    if (s.len >= size || (s.len > 0 && memchr(s.ptr, '\0', s.len)))
        return false;
    if (s.len > 0)
        memcpy(array, s.ptr, s.len);
    array[s.len] = '\0';
    return true;
}

void str_copy_cut(Str s, char *array, size_t size)
{
    assert(size > 0);
    size_t len = s.len;
    const char *zero = len > 0 ? memchr(s.ptr, '\0', len) : NULL;

    if (zero)
        len = (size_t)(zero - s.ptr);
    if (len >= size) {
        len = size - 1;
        while (len > 0 && ((unsigned char)s.ptr[len] & 0xC0u) == 0x80u)
            len--;
    }
    if (len > 0)
        memcpy(array, s.ptr, len);
    array[len] = '\0';
}

bool str_to_u64(Str s, uint64_t min, uint64_t max, uint64_t *ret)
{
    uint64_t value = 0;

    if (s.len == 0)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
        if (__builtin_mul_overflow(value, (uint64_t)10, &value) ||
            __builtin_add_overflow(value, (uint64_t)(s.ptr[i] - '0'), &value))
            return false;
    }
    if (value < min || value > max)
        return false;
    *ret = value;
    return true;
}

bool str_to_i64(Str s, int64_t min, int64_t max, int64_t *ret)
{
    const uint64_t lowest = (uint64_t)INT64_MAX + 1; /* the size of INT64_MIN */
    bool negative = s.len > 0 && s.ptr[0] == '-';
    uint64_t size;

    if (negative)
        s = (Str){ s.ptr + 1, s.len - 1 };
    if (!str_to_u64(s, 0, negative ? lowest : (uint64_t)INT64_MAX, &size))
        return false;
    int64_t value = !negative ? (int64_t)size : size == lowest ? INT64_MIN : -(int64_t)size;
    if (value < min || value > max)
        return false;
    *ret = value;
    return true;
}
