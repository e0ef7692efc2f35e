#include "registrar/document/picture.h"

#include <string.h>

#include <glib.h>

#include "base/buf.h"
#include "base/memory.h"
#include "registrar/document/jpeg.h"
#include "registrar/document/png.h"

/* --- JPEG -------------------------------------------------------------------------------------------------------- */

enum { MARKER = 0xFF, SOI = 0xD8, SOS = 0xDA, APP0 = 0xE0, APP14 = 0xEE, APP15 = 0xEF, COM = 0xFE };

/* Of what stands beside the picture only JFIF's and Adobe's marks are kept: they say how its colours are meant. */
static bool is_kept(uint8_t marker)
{
    return (marker < APP0 || marker > APP15 || marker == APP0 || marker == APP14) && marker != COM;
}

static bool jpeg_strip(Str jpeg, Buf *ret, Error *err)
{
    const uint8_t *bytes = (const uint8_t *)jpeg.ptr;
    size_t at = 2;

    buf_add(ret, bytes, 2);
    while (at + 4 <= jpeg.len && bytes[at] == MARKER) {
        const uint8_t marker = bytes[at + 1];
        const size_t size = 2 + (size_t)(bytes[at + 2] << 8 | bytes[at + 3]);

        if (marker == SOS) {
            buf_add(ret, bytes + at, jpeg.len - at);
            return buf_ok(ret, err);
        }
        if (marker < 0xC0 || size > jpeg.len - at)
            break;
        if (is_kept(marker))
            buf_add(ret, bytes + at, size);
        at += size;
    }
    return error_set(err, ERR_FORMAT, "a JPEG that is none");
}

/* Grey or colour, of sides that are looked at before there is memory for them. */
static bool jpeg_begin(struct jpeg_decompress_struct *decoder, Str jpeg, Error *err)
{
    jpeg_mem_src(decoder, (const unsigned char *)jpeg.ptr, jpeg.len);
    jpeg_read_header(decoder, TRUE);
    if (decoder->image_width < PICTURE_SIDE_LEAST || decoder->image_height < PICTURE_SIDE_LEAST ||
        decoder->image_width > PICTURE_SIDE_MOST || decoder->image_height > PICTURE_SIDE_MOST)
        return error_set(err, ERR_RANGE, "a picture of %u by %u pixels", decoder->image_width, decoder->image_height);
    if (decoder->num_components != 1 && decoder->num_components != 3)
        return error_set(err, ERR_UNSUPPORTED, "a JPEG in %d colours", decoder->num_components);
    decoder->out_color_space = JCS_EXT_BGRX; /* as Cairo has it on machines of this byte order */
    jpeg_start_decompress(decoder);
    return true;
}

static bool jpeg_decode(struct jpeg_decompress_struct *decoder, JpegFault *fault, Str jpeg, cairo_surface_t **surface,
                        Error *err)
{
    if (setjmp(fault->back))
        return error_set(err, ERR_FORMAT, "JPEG: %.100s", fault->text);
    if (!jpeg_begin(decoder, jpeg, err))
        return false;
    *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)decoder->output_width, (int)decoder->output_height);
    if (cairo_surface_status(*surface) != CAIRO_STATUS_SUCCESS)
        return error_set(err, ERR_MEMORY, "picture");
    unsigned char *pixels = cairo_image_surface_get_data(*surface);
    const int stride = cairo_image_surface_get_stride(*surface);

    while (decoder->output_scanline < decoder->output_height) {
        JSAMPROW row = pixels + (size_t)decoder->output_scanline * (size_t)stride;

        jpeg_read_scanlines(decoder, &row, 1);
    }
    jpeg_finish_decompress(decoder);
    cairo_surface_mark_dirty(*surface);
    return true;
}

/* The PDF gets the stripped file itself. */
static bool jpeg_attach(cairo_surface_t *surface, Str jpeg, Error *err)
{
    unsigned char *copy = mem_copy(jpeg.ptr, jpeg.len);

    if (!copy || cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, copy, jpeg.len, mem_free, copy) !=
                     CAIRO_STATUS_SUCCESS) {
        mem_free(copy);
        return error_set(err, ERR_MEMORY, "picture");
    }
    return true;
}

static bool jpeg_read(Str bytes, cairo_surface_t **ret, Error *err)
{
    struct jpeg_decompress_struct decoder = { 0 };
    cairo_surface_t *surface = NULL;
    JpegFault fault;
    OWNED_BUF stripped;

    buf_init(&stripped, PICTURE_BYTES_MOST);
    if (!jpeg_strip(bytes, &stripped, err))
        return false;
    jpeg_fault_init(&fault);
    decoder.err = &fault.base;
    jpeg_create_decompress(&decoder);
    jpeg_fault_watch(&fault, &decoder);
    bool read = jpeg_decode(&decoder, &fault, buf_str(&stripped), &surface, err) &&
                jpeg_attach(surface, buf_str(&stripped), err);
    jpeg_destroy_decompress(&decoder);
    if (!read) {
        cairo_surface_destroy(surface);
        return false;
    }
    *ret = surface;
    return true;
}

/* --- PNG --------------------------------------------------------------------------------------------------------- */

static cairo_status_t read_some(void *arg, unsigned char *bytes, unsigned size)
{
    Str *rest = arg;

    if (size > rest->len)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(bytes, rest->ptr, size);
    *rest = (Str){ rest->ptr + size, rest->len - size };
    return CAIRO_STATUS_SUCCESS;
}

static unsigned big_endian(const char *bytes)
{
    const uint8_t *b = (const uint8_t *)bytes;

    return (unsigned)b[0] << 24 | (unsigned)b[1] << 16 | (unsigned)b[2] << 8 | b[3];
}

static bool png_read(Str bytes, cairo_surface_t **ret, Error *err)
{
    /* Sides stand in the first chunk, before Cairo takes memory for them. */
    const unsigned width = bytes.len >= 24 ? big_endian(bytes.ptr + 16) : 0;
    const unsigned height = bytes.len >= 24 ? big_endian(bytes.ptr + 20) : 0;
    cairo_surface_t *surface;
    OWNED_BUF stripped;

    buf_init(&stripped, PICTURE_BYTES_MOST);
    if (width < PICTURE_SIDE_LEAST || height < PICTURE_SIDE_LEAST || width > PICTURE_SIDE_MOST ||
        height > PICTURE_SIDE_MOST)
        return error_set(err, ERR_RANGE, "a picture of %u by %u pixels", width, height);
    png_strip(bytes, &stripped);
    if (!buf_ok(&stripped, err))
        return false;
    Str rest = buf_str(&stripped);
    surface = cairo_image_surface_create_from_png_stream(read_some, &rest);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(surface);
        return error_set(err, ERR_FORMAT, "a PNG that is none");
    }
    *ret = surface;
    return true;
}

/* ----------------------------------------------------------------------------------------------------------------- */

bool picture_read(Str base64, cairo_surface_t **ret, Error *err)
{
    static const char png_start[] = "\x89PNG\r\n\x1A\n", jpeg_start[] = "\xFF\xD8\xFF";
    gsize size = 0;
    guchar *bytes;
    bool read;

    if (base64.len / 4 * 3 > PICTURE_BYTES_MOST)
        return error_set(err, ERR_RANGE, "a picture of over %u bytes", PICTURE_BYTES_MOST);
    char *text = mem_copy(base64.ptr, base64.len + 1); /* every value's text is zero-ended */
    if (!text)
        return error_set(err, ERR_MEMORY, "picture");
    bytes = g_base64_decode(text, &size);
    mem_free_wiped(text, base64.len);
    const Str all = { (const char *)bytes, size };

    if (size > sizeof png_start && memcmp(bytes, png_start, sizeof png_start - 1) == 0)
        read = png_read(all, ret, err);
    else if (size > sizeof jpeg_start && memcmp(bytes, jpeg_start, sizeof jpeg_start - 1) == 0)
        read = jpeg_read(all, ret, err);
    else
        read = error_set(err, ERR_FORMAT, "neither JPEG nor PNG");
    mem_wipe(bytes, size);
    g_free(bytes);
    return read || error_add(err, "picture");
}

bool picture_check(Str base64, Error *err)
{
    cairo_surface_t *picture = NULL;
    const bool read = picture_read(base64, &picture, err);

    if (read)
        cairo_surface_destroy(picture);
    return read;
}
