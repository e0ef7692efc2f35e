#include "test.h"

#include <string.h>
#include <sys/resource.h>

#include <cairo.h>

#include "registrar/document/jpeg.h"
#include "registrar/document/photo.h"

/* A photograph of colours, a quarter each: red and green above, blue and white below. */
static cairo_surface_t *quarters(int width, int height)
{
    static const double colours[4][3] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 }, { 1, 1, 1 } };
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cairo = cairo_create(surface);

    for (int i = 0; i < 4; i++) {
        cairo_set_source_rgb(cairo, colours[i][0], colours[i][1], colours[i][2]);
        cairo_rectangle(cairo, i % 2 * width / 2, i / 2 * height / 2, width / 2 + 1, height / 2 + 1);
        cairo_fill(cairo);
    }
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    return surface;
}

static cairo_status_t write_some(void *arg, const unsigned char *bytes, unsigned size)
{
    buf_add(arg, bytes, size);
    return CAIRO_STATUS_SUCCESS;
}

static void add_png(Buf *ret, int width, int height)
{
    cairo_surface_t *surface = quarters(width, height);

    assert_int_equal(cairo_surface_write_to_png_stream(surface, write_some, ret), CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(surface);
}

/* A picture as photo_clean writes one, to make others of. */
static void add_jpeg(Buf *ret, int width, int height)
{
    OWNED_BUF png;
    PhotoFault fault;
    Error err = { 0 };

    buf_init(&png, PHOTO_BYTES_MOST);
    add_png(&png, width, height);
    assert_ok(photo_clean(buf_str(&png), &fault, ret, &err), err);
    assert_int_equal(fault, PHOTO_FINE);
}

/* With Exif that says how it is to be turned, where it was taken, and in which byte order. */
static void add_turned(Buf *ret, Str jpeg, int orientation, bool little)
{
    static const char place[] = "41.2995N 69.2401E";
    uint8_t exif[80] = "\xFF\xE1\x00\x4C"
                       "Exif\0";
    uint8_t *tiff = exif + 10;

    memcpy(tiff,
           little ? "II\x2A\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"
                  : "MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01",
           18);
    tiff[little ? 18 : 19] = (uint8_t)orientation;
    memcpy(tiff + 26, place, sizeof place);
    buf_add(ret, jpeg.ptr, 2);
    buf_add(ret, exif, 78);
    buf_add(ret, jpeg.ptr + 2, jpeg.len - 2);
    assert_true(buf_ok(ret, NULL));
}

static cairo_status_t read_some(void *arg, unsigned char *bytes, unsigned size)
{
    Str *rest = arg;

    assert_true(size <= rest->len);
    memcpy(bytes, rest->ptr, size);
    *rest = (Str){ rest->ptr + size, rest->len - size };
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *surface_of(Str png)
{
    cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(read_some, &png);

    assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
    return surface;
}

/* Which quarter's colour stands there: 'r', 'g', 'b', 'w'. */
static char colour_at(cairo_surface_t *surface, double x, double y)
{
    const int width = cairo_image_surface_get_width(surface), height = cairo_image_surface_get_height(surface);
    const uint8_t *p = cairo_image_surface_get_data(surface) +
                       (int)(y * height) * cairo_image_surface_get_stride(surface) + (int)(x * width) * 4;
    const bool red = p[2] > 127, green = p[1] > 127, blue = p[0] > 127;

    return red && green && blue ? 'w' : red ? 'r' : green ? 'g' : blue ? 'b' : '?';
}

static void stands_upright_whatever_the_phone_was_held(void **state)
{
    /* By Exif's table: what the corners of the upright picture show, row by row, of r g / b w as they are stored. */
    static const char *const corners[] = { "rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb" };
    OWNED_BUF plain, jpeg, kept, png;

    (void)state;
    buf_init(&plain, PHOTO_KEPT_MOST);
    buf_init(&jpeg, PHOTO_BYTES_MOST);
    buf_init(&kept, PHOTO_KEPT_MOST);
    buf_init(&png, PHOTO_BYTES_MOST);
    add_jpeg(&plain, 400, 300);
    for (int i = 0; i < 16; i++) {
        PhotoFault fault;
        Error err = { 0 };

        buf_clear(&jpeg);
        add_turned(&jpeg, buf_str(&plain), i / 2 + 1, i % 2 == 0);
        assert_ok(photo_clean(buf_str(&jpeg), &fault, &kept, &err), err);
        assert_int_equal(fault, PHOTO_FINE);
        assert_null(memmem(kept.data, kept.len, "Exif", 4));
        assert_null(memmem(kept.data, kept.len, "41.2995N", 8));
        assert_ok(photo_small(buf_str(&kept), 200, &png, &err), err);
        cairo_surface_t *surface = surface_of(buf_str(&png));
        const bool lies = i / 2 + 1 >= 5;
        assert_int_equal(cairo_image_surface_get_width(surface), 200);
        assert_in_range(cairo_image_surface_get_height(surface), lies ? 266 : 149, lies ? 267 : 151);
        const char found[] = { colour_at(surface, .25, .25), colour_at(surface, .75, .25), colour_at(surface, .25, .75),
                               colour_at(surface, .75, .75), '\0' };
        assert_string_equal(found, corners[i / 2]);
        cairo_surface_destroy(surface);
    }
}

static void is_kept_as_large_as_it_is_read(void **state)
{
    static const struct {
        int width, height, kept_width, kept_height;
    } cases[] = {
        { 300, 400, 300, 400 },
        { 4000, 3000, 2000, 1500 },
        { 1200, 4800, 500, 2000 },
        { 200, 200, 200, 200 },
    };
    OWNED_BUF jpeg, png;

    (void)state;
    buf_init(&jpeg, PHOTO_KEPT_MOST);
    buf_init(&png, 32u << 20);
    for (size_t i = 0; i < COUNT(cases); i++) {
        Error err = { 0 };

        buf_clear(&jpeg);
        add_jpeg(&jpeg, cases[i].width, cases[i].height);
        assert_ok(photo_small(buf_str(&jpeg), 4000, &png, &err), err);
        cairo_surface_t *surface = surface_of(buf_str(&png));
        assert_int_equal(cairo_image_surface_get_width(surface), cases[i].kept_width);
        assert_int_equal(cairo_image_surface_get_height(surface), cases[i].kept_height);
        cairo_surface_destroy(surface);
    }
}

/* A PNG that says it is so large, with nothing behind it. */
static Str png_of(uint8_t ret[33], uint32_t width, uint32_t height)
{
    static const uint8_t head[] = "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR";

    memset(ret, 0, 33);
    memcpy(ret, head, 16);
    for (int i = 0; i < 4; i++) {
        ret[16 + i] = (uint8_t)(width >> (24 - 8 * i));
        ret[20 + i] = (uint8_t)(height >> (24 - 8 * i));
    }
    return (Str){ (const char *)ret, 33 };
}

static void says_why_something_is_no_photograph(void **state)
{
    uint8_t large[33], wide[33], small[33], strip[33];
    OWNED_BUF jpeg, cut, hidden, kept;
    PhotoFault fault;
    Error err = { 0 };

    (void)state;
    buf_init(&jpeg, PHOTO_KEPT_MOST);
    buf_init(&cut, PHOTO_KEPT_MOST);
    buf_init(&hidden, PHOTO_KEPT_MOST);
    buf_init(&kept, PHOTO_KEPT_MOST);
    add_jpeg(&jpeg, 600, 400);
    buf_add(&cut, jpeg.data, jpeg.len * 2 / 3);
    buf_add(&hidden, jpeg.data, jpeg.len);
    buf_add_text(&hidden, "<script>alert(1)</script>%PDF-1.7");
    const struct {
        Str file;
        PhotoFault fault;
    } cases[] = {
        { STR(""), PHOTO_EMPTY },
        { STR("hello"), PHOTO_OTHER },
        { STR("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), PHOTO_OTHER },
        { STR("GIF89a"), PHOTO_OTHER },
        { STR("%PDF-1.7\n"), PHOTO_PDF },
        { STR("\0\0\0\x18"
              "ftypheic\0\0\0\0"),
          PHOTO_HEIC },
        { STR("\0\0\0\x18"
              "ftypmif1\0\0\0\0"),
          PHOTO_HEIC },
        { STR("\0\0\0\x18"
              "ftypmp42\0\0\0\0"),
          PHOTO_OTHER },
        { STR("\xFF\xD8\xFF"), PHOTO_BROKEN },
        { STR("\xFF\xD8\xFF\xE0"
              "0000JFIF"),
          PHOTO_BROKEN },
        { STR("\x89PNG\r\n\x1A\n"), PHOTO_BROKEN },
        { buf_str(&cut), PHOTO_BROKEN },
        { buf_str(&hidden), PHOTO_FINE },
        { png_of(large, 15000, 15000), PHOTO_LARGE },
        { png_of(wide, 4294967295u, 1), PHOTO_LARGE },
        { png_of(small, 100, 2000), PHOTO_SMALL },
        { png_of(strip, 4000, 300), PHOTO_SMALL },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_ok(photo_clean(cases[i].file, &fault, &kept, &err), err);
        if (fault != cases[i].fault)
            fail_msg("case %zu: %d", i, (int)fault);
        assert_int_equal(kept.len > 0, fault == PHOTO_FINE);
        assert_null(kept.len ? memmem(kept.data, kept.len, "<script>", 8) : NULL);
    }
}

static uint32_t crc_of(Str text)
{
    const uint8_t *bytes = (const uint8_t *)text.ptr;
    uint32_t crc = 0xFFFFFFFFu;

    for (size_t i = 0; i < text.len; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
    return ~crc;
}

static void add_big_endian(Buf *ret, uint32_t number)
{
    const uint8_t bytes[] = { (uint8_t)(number >> 24), (uint8_t)(number >> 16), (uint8_t)(number >> 8),
                              (uint8_t)number };

    buf_add(ret, bytes, sizeof bytes);
}

typedef struct Bits {
    Buf *to;
    unsigned byte, count;
} Bits;

/* Huffman codes go in from their highest bit on, into each byte from its lowest (RFC 1951 section 3.1.1). */
static void add_bits(Bits *bits, const char *code)
{
    for (; *code; code++) {
        bits->byte |= (unsigned)(*code == '1') << bits->count;
        if (++bits->count == 8) {
            buf_add_byte(bits->to, (uint8_t)bits->byte);
            bits->byte = bits->count = 0;
        }
    }
}

/* A text of eight megabytes in fifty kilobytes: one letter, and again and again "258 more of it". */
static void add_swollen_text(Buf *ret)
{
    enum { MATCHES = 30000, LETTERS = 1 + 258 * MATCHES, ADLER = 65521 };
    uint32_t a = 1, b = 0;
    OWNED_BUF chunk;

    buf_init(&chunk, PHOTO_BYTES_MOST);
    buf_add(&chunk, "zTXta\0\0\x78\x9C", 9);
    Bits bits = { .to = &chunk };
    add_bits(&bits, "110" /* the last block, of fixed codes */
                    "10010001" /* a */);
    for (int i = 0; i < MATCHES; i++)
        add_bits(&bits, "11000101" /* 258 letters */
                        "00000" /* from one back */);
    add_bits(&bits, "0000000" /* the end */
                    "000000" /* and to the end of its byte */);
    for (int i = 0; i < LETTERS; i++) {
        a = (a + 'a') % ADLER;
        b = (b + a) % ADLER;
    }
    add_big_endian(&chunk, b << 16 | a);
    add_big_endian(ret, (uint32_t)chunk.len - 4);
    buf_add(ret, chunk.data, chunk.len);
    add_big_endian(ret, crc_of(buf_str(&chunk)));
}

/* A file of a megabyte that libpng would keep in a hundred and fifty. */
static void texts_beside_a_picture_are_not_unpacked(void **state)
{
    enum { HEAD = 33, TEXTS = 20 };
    OWNED_BUF plain, text, swollen, kept;
    struct rusage before, after;
    PhotoFault fault;
    Error err = { 0 };

    (void)state;
    buf_init(&plain, PHOTO_BYTES_MOST);
    buf_init(&text, PHOTO_BYTES_MOST);
    buf_init(&swollen, PHOTO_BYTES_MOST);
    buf_init(&kept, PHOTO_KEPT_MOST);
    add_png(&plain, 300, 300);
    add_swollen_text(&text);
    buf_add(&swollen, plain.data, HEAD);
    for (int i = 0; i < TEXTS; i++)
        buf_add(&swollen, text.data, text.len);
    buf_add(&swollen, plain.data + HEAD, plain.len - HEAD);
    assert_false(swollen.failed);
    getrusage(RUSAGE_SELF, &before);
    assert_ok(photo_clean(buf_str(&swollen), &fault, &kept, &err), err);
    getrusage(RUSAGE_SELF, &after);
    assert_int_equal(fault, PHOTO_FINE);
    assert_in_range(after.ru_maxrss - before.ru_maxrss, 0, 50 << 10); /* KiB */
}

/* Nothing is read behind the end, and a head cut anywhere is no photograph. */
static void every_cut_is_borne(void **state)
{
    OWNED_BUF jpeg, kept;

    (void)state;
    buf_init(&jpeg, PHOTO_KEPT_MOST);
    buf_init(&kept, PHOTO_KEPT_MOST);
    add_jpeg(&jpeg, 240, 220);
    for (size_t length = 0; length < jpeg.len; length += length < 700 ? 1 : 97) {
        char *copy = test_malloc(length + 1);
        PhotoFault fault;
        Error err = { 0 };

        memcpy(copy, jpeg.data, length);
        assert_ok(photo_clean((Str){ copy, length }, &fault, &kept, &err), err);
        assert_int_not_equal(fault, PHOTO_FINE);
        test_free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stands_upright_whatever_the_phone_was_held),
        cmocka_unit_test(is_kept_as_large_as_it_is_read),
        cmocka_unit_test(says_why_something_is_no_photograph),
        cmocka_unit_test(texts_beside_a_picture_are_not_unpacked),
        cmocka_unit_test(every_cut_is_borne),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
