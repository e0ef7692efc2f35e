#include "base/buf.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

void buf_init(Buf *buf, size_t limit)
{
    *buf = (Buf){ .limit = limit };
}

void buf_fini(Buf *buf)
{
    if (!buf)
        return;
    mem_free_wiped(buf->data, buf->room);
    *buf = (Buf){ .limit = buf->limit };
}

void buf_clear(Buf *buf)
{
    if (buf->data)
        mem_wipe(buf->data, buf->len + 1);
    buf->len = 0;
    buf->failed = false;
}

/* Makes room for more bytes and the zero behind them.  Not realloc: it would leave the old bytes unwiped behind. */
static bool reserve(Buf *buf, size_t more)
{
    size_t need;

    if (buf->failed)
        return false;
    if (!size_add(buf->len, more, &need) || need > buf->limit || !size_add(need, 1, &need))
        goto fail;
    if (need <= buf->room)
        return true;

    size_t room = buf->room > 0 ? buf->room : 64;
    while (room < need) {
        size_t doubled;
        if (!size_mul(room, 2, &doubled))
            doubled = need;
        room = doubled;
    }
    if (room - 1 > buf->limit)
        room = buf->limit + 1;

    char *data = mem_new(room, 1);
    if (!data)
        goto fail;
    if (buf->len > 0)
        memcpy(data, buf->data, buf->len);
    mem_free_wiped(buf->data, buf->room);
    buf->data = data;
    buf->room = room;
    return true;

fail:
    buf->failed = true;
    return false;
}

void buf_add(Buf *buf, const void *bytes, size_t size)
{
    if (size == 0 || !reserve(buf, size))
        return;
    memcpy(buf->data + buf->len, bytes, size);
    buf->len += size;
    buf->data[buf->len] = '\0';
}

void buf_add_str(Buf *buf, Str s)
{
    buf_add(buf, s.ptr, s.len);
}

void buf_add_text(Buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_add_byte(Buf *buf, uint8_t byte)
{
    buf_add(buf, &byte, 1);
}

void buf_add_char(Buf *buf, uint32_t code_point)
{
    char bytes[4];
    size_t size = utf8_write(code_point, bytes);

    buf_add(buf, bytes, size);
}

void buf_add_format(Buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    buf_add_format_v(buf, format, args);
    va_end(args);
}

void buf_add_format_v(Buf *buf, const char *format, va_list args)
{
    va_list again;

    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len < 0) {
        buf->failed = true;
        return;
    }
    if (len == 0 || !reserve(buf, (size_t)len))
        return;
    vsnprintf(buf->data + buf->len, (size_t)len + 1, format, args);
    buf->len += (size_t)len;
}

bool buf_ok(const Buf *buf, Error *err)
{
    if (buf->failed)
        return error_set(err, ERR_MEMORY, "buffer of at most %zu bytes", buf->limit);
    return true;
}

Str buf_str(const Buf *buf)
{
    return (Str){ buf->data, buf->len };
}

const char *buf_text(const Buf *buf)
{
    return buf->data && buf->len > 0 ? buf->data : "";
}

char *buf_take(Buf *buf, size_t *ret_size)
{
    if (buf->failed || !reserve(buf, 0)) {
        buf_fini(buf);
        return NULL;
    }
    char *data = buf->data;
    data[buf->len] = '\0';
    if (ret_size)
        *ret_size = buf->len;
    *buf = (Buf){ .limit = buf->limit };
    return data;
}
