/* PNG (ISO/IEC 15948) of one bit a pixel: small enough to be written by hand. */
#include <zlib.h>

#include "base/memory.h"
#include "wire/qr.h"

static void add_u32(Buf *buf, uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_add_byte(buf, (uint8_t)(number >> shift));
}

static void add_chunk(Buf *buf, const char type[5], Str data)
{
    uLong sum = crc32(0, (const Bytef *)type, 4);

    add_u32(buf, (uint32_t)data.len);
    buf_add(buf, type, 4);
    buf_add_str(buf, data);
    if (data.len > 0)
        sum = crc32(sum, (const Bytef *)data.ptr, (uInt)data.len);
    add_u32(buf, (uint32_t)sum);
}

static bool is_dark(const Qr *qr, int row, int column)
{
    return row >= 0 && row < qr->side && column >= 0 && column < qr->side && qr->dark[row][column];
}

/* Each row begins with its filter: none. */
static void add_row(const Qr *qr, int row, int module_px, int pixels, Buf *rows)
{
    buf_add_byte(rows, 0);
    for (int x = 0; x < pixels; x += 8) {
        uint8_t byte = 0;

        for (int bit = 0; bit < 8; bit++) {
            int column = (x + bit) / module_px - QR_QUIET;
            byte = (uint8_t)(byte << 1 | (is_dark(qr, row, column) ? 0 : 1));
        }
        buf_add_byte(rows, byte);
    }
}

static bool pack(Str rows, Buf *ret, Error *err)
{
    uLongf size = compressBound((uLong)rows.len);
    uint8_t *packed = mem_new(size, 1);
    bool done = packed && compress(packed, &size, (const Bytef *)rows.ptr, (uLong)rows.len) == Z_OK;

    if (done)
        buf_add(ret, packed, size);
    mem_free(packed);
    return done || error_set(err, ERR_MEMORY, "PNG");
}

bool qr_png(const Qr *qr, int module_px, Buf *ret, Error *err)
{
    const int pixels = (qr->side + 2 * QR_QUIET) * module_px;
    OWNED_BUF rows, packed, head;

    assert(module_px >= 1 && module_px <= QR_MODULE_PX_MOST);
    buf_init(&rows, 4u << 20);
    buf_init(&packed, 4u << 20);
    buf_init(&head, 16);
    for (int y = 0; y < pixels; y++)
        add_row(qr, y / module_px - QR_QUIET, module_px, pixels, &rows);
    if (!buf_ok(&rows, err) || !pack(buf_str(&rows), &packed, err))
        return false;
    add_u32(&head, (uint32_t)pixels);
    add_u32(&head, (uint32_t)pixels);
    buf_add(&head, "\1\0\0\0", 5); /* one bit of grey, the only methods that there are, not interlaced */
    buf_add(ret, "\x89PNG\r\n\x1a\n", 8);
    add_chunk(ret, "IHDR", buf_str(&head));
    add_chunk(ret, "IDAT", buf_str(&packed));
    add_chunk(ret, "IEND", (Str){ "", 0 });
    return buf_ok(ret, err);
}
