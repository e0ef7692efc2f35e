#include "test.h"

#include <string.h>
#include <zlib.h>

#include "wire/qr.h"

#define LINK "HTTPS://HUJJAT.NAMUNA.UZ/V/7K3M9QXD2HVT"

static Str filled(char *array, size_t length)
{
    memset(array, 'A', length);
    return (Str){ array, length };
}

/* By the standard's own sums, with a link of 39 characters: what DESIGN.md section 6 counts on. */
static void holds_what_the_paper_counts_on(void **state)
{
    (void)state;
    assert_int_equal(strlen(LINK), 39);
    assert_int_equal(qr_version(39, (199 * 8 + 4) / 5), 11);
    assert_int_equal(qr_version(39, (200 * 8 + 4) / 5), 12);
    assert_int_equal(qr_version(39, (232 * 8 + 4) / 5), 12);
    assert_int_equal(qr_version(39, (233 * 8 + 4) / 5), 13);
    assert_int_equal(qr_version(39, (272 * 8 + 4) / 5), 13);
    assert_int_equal(qr_version(39, (273 * 8 + 4) / 5), 14);
    /* Without a fragment: the capacities of the standard's table 7. */
    assert_int_equal(qr_version(20, 0), 1);
    assert_int_equal(qr_version(21, 0), 2);
    assert_int_equal(qr_version(366, 0), 11);
    assert_int_equal(qr_version(367, 0), 12);
    assert_int_equal(qr_version(3391, 0), 40);
    assert_int_equal(qr_version(3392, 0), 0);
    assert_int_equal(qr_version(SIZE_MAX, 1), 0);
    assert_int_equal(qr_version(1, SIZE_MAX), 0);
    assert_int_equal(qr_version(0, 0), 1);
}

/* The sums agree with the encoder's choice at every length. */
static void foretells_the_version(void **state)
{
    static char fragment[512];
    Error err = { 0 };
    Qr qr;

    (void)state;
    for (size_t length = 0; length < 436; length++) {
        Str s = filled(fragment, length);

        assert_ok(qr_make(STR(LINK), s, 13, &qr, &err), err);
        assert_int_equal(qr.version, qr_version(39, length));
        assert_int_equal(qr.side, 17 + 4 * qr.version);
    }
    assert_refused(qr_make(STR(LINK), filled(fragment, 437), 13, &qr, &err), ERR_RANGE, err);
    for (size_t length = 1; length < 300; length++) {
        assert_ok(qr_make(filled(fragment, length), STR(""), 13, &qr, &err), err);
        assert_int_equal(qr.version, qr_version(length, 0));
    }
}

static void refuses(void **state)
{
    static const struct {
        const char *name;
        Str path, fragment;
        int most;
        ErrorCode code;
    } cases[] = {
        { "too long for the paper", STR(LINK), STR("MZXW6YTBOIMZXW6YTBOIMZXW6YTBOI"), 3, ERR_RANGE },
        { "lower case in the path", STR("https://x/V/7"), STR(""), 13, ERR_FORMAT },
        { "a mark in the path", STR("HTTPS://X/V/7#A"), STR(""), 13, ERR_FORMAT },
        { "lower case in the fragment", STR("HTTPS://X/V/7"), STR("mz"), 13, ERR_FORMAT },
        { "a zero byte", STR("HTTPS://X\0V/7"), STR(""), 13, ERR_FORMAT },
        { "nothing", STR(""), STR("MZ"), 13, ERR_FORMAT },
    };
    Error err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Qr qr = { .version = -1 };

        error_clear(&err);
        if (qr_make(cases[i].path, cases[i].fragment, cases[i].most, &qr, &err) || err.code != cases[i].code ||
            qr.version != -1)
            fail_msg("%s: %s", cases[i].name, err.text);
    }
}

/* Host in capitals, where they mean the same and take less room; what follows as it is written. */
static void any_address_has_a_code(void **state)
{
    static const struct {
        const char *address;
        int version; /* 0: refused */
    } cases[] = {
        { "https://my.gov.uz", 1 }, { "https://student.namuna.uz/login?from=kiosk#top", 3 },
        { "https://a_b.uz/x", 2 },  { "HTTPS://HUJJAT.NAMUNA.UZ/U/7K3M9QXD2HVT", 3 },
        { "https://", 1 },          { "", 0 },
        { "https://a b.uz", 0 },    { "https://ўзбек.uz", 0 },
    };
    Error err = { 0 };
    Qr qr, upper;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool made = qr_make_address(str_from(cases[i].address), 13, &qr, &err);

        if (made != (cases[i].version > 0) || (made && qr.version != cases[i].version))
            fail_msg("%s: version %d", cases[i].address, made ? qr.version : 0);
    }
    assert_true(qr_make_address(STR("https://my.gov.uz"), 13, &qr, &err));
    assert_true(qr_make(STR("HTTPS://MY.GOV.UZ"), STR(""), 13, &upper, &err));
    assert_memory_equal(qr.dark, upper.dark, sizeof qr.dark);
    assert_true(qr_make_address(STR("https://my.gov.uz/a"), 13, &qr, &err));
    assert_true(qr_make_address(STR("https://my.gov.uz/A"), 13, &upper, &err));
    assert_memory_not_equal(qr.dark, upper.dark, sizeof qr.dark);
    assert_refused(qr_make_address(STR("https://student.namuna.uz/login?from=kiosk#top"), 2, &qr, &err), ERR_RANGE,
                   err);
}

/* The three corners by which a reader finds the code: 7 x 7, dark, light, dark. */
static void has_its_corners(void **state)
{
    static const char *const finder[] = { "1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111" };
    Error err = { 0 };
    Qr qr;

    (void)state;
    assert_ok(qr_make(STR(LINK), STR("MZXW6YTBOI"), 11, &qr, &err), err);
    for (int row = 0; row < 7; row++)
        for (int column = 0; column < 7; column++) {
            uint8_t dark = finder[row][column] == '1';

            assert_int_equal(qr.dark[row][column], dark);
            assert_int_equal(qr.dark[row][qr.side - 7 + column], dark);
            assert_int_equal(qr.dark[qr.side - 7 + row][column], dark);
        }
    assert_int_equal(qr.dark[qr.side - 8][8], 1); /* the dark module that every code has */
}

static uint32_t number_at(const Buf *png, size_t at)
{
    const uint8_t *bytes = (const uint8_t *)png->data + at;

    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Read back as any reader of PNG would: every pixel is the module that it lies in, and around it all is white. */
static void a_picture_has_whole_modules(void **state)
{
    static const int sizes[] = { 1, 3, 11, QR_MODULE_PX_MOST };
    static uint8_t rows[2400 * 300];
    Qr qr;

    (void)state;
    assert_true(qr_make(STR(LINK), (Str){ "", 0 }, 13, &qr, NULL));
    for (size_t s = 0; s < COUNT(sizes); s++) {
        const int module_px = sizes[s], pixels = (qr.side + 2 * QR_QUIET) * module_px;
        const size_t row_size = 1 + ((size_t)pixels + 7) / 8;
        uLongf size = sizeof rows;
        Error err = { 0 };
        OWNED_BUF png;

        buf_init(&png, 1u << 20);
        assert_ok(qr_png(&qr, module_px, &png, &err), err);
        assert_memory_equal(png.data, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
        assert_int_equal(number_at(&png, 16), pixels);
        assert_int_equal(number_at(&png, 20), pixels);
        assert_int_equal(number_at(&png, 29), crc32(0, (const Bytef *)png.data + 12, 17));
        assert_memory_equal((const char *)png.data + 37, "IDAT", 4);
        assert_int_equal(uncompress(rows, &size, (const Bytef *)png.data + 41, number_at(&png, 33)), Z_OK);
        assert_int_equal(size, row_size * (size_t)pixels);
        for (int y = 0; y < pixels; y++)
            for (int x = 0; x < pixels; x++) {
                int row = y / module_px - QR_QUIET, column = x / module_px - QR_QUIET;
                bool inside = row >= 0 && row < qr.side && column >= 0 && column < qr.side;
                bool dark = !(rows[(size_t)y * row_size + 1 + (size_t)x / 8] >> (7 - x % 8) & 1);
                if (dark != (inside && qr.dark[row][column]))
                    fail_msg("%d px: %d, %d", module_px, x, y);
            }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_what_the_paper_counts_on),
        cmocka_unit_test(foretells_the_version),
        cmocka_unit_test(refuses),
        cmocka_unit_test(any_address_has_a_code),
        cmocka_unit_test(has_its_corners),
        cmocka_unit_test(a_picture_has_whole_modules),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
