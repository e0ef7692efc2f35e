#include "test.h"

#include <string.h>

#include "wire/theme.h"

#define SVG "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0H1V1Z\"/></svg>"

/* A PNG's head for these measures. */
static Str png(char bytes[64], unsigned width, unsigned height)
{
    memcpy(bytes, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    for (int i = 0; i < 4; i++) {
        bytes[16 + i] = (char)(width >> (24 - 8 * i));
        bytes[20 + i] = (char)(height >> (24 - 8 * i));
    }
    memset(bytes + 24, 0, 40);
    return (Str){ bytes, 64 };
}

static void a_logo_is_looked_at(void **state)
{
    static const struct {
        unsigned width, height;
        bool good;
    } measures[] = {
        { 48, 48, true },    { 47, 48, false },  { 2048, 2048, true }, { 2049, 2049, false }, { 300, 100, true },
        { 301, 100, false }, { 100, 300, true }, { 100, 301, false },  { 0, 0, false },       { 1u << 31, 1, false },
    };
    char bytes[64];
    static char large[LOGO_BYTES_MOST + 1];
    LogoKind kind = LOGO_NONE;
    Error err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(measures); i++)
        if (logo_look(png(bytes, measures[i].width, measures[i].height), &kind, &err) != measures[i].good)
            fail_msg("%u x %u", measures[i].width, measures[i].height);
    assert_int_equal(kind, LOGO_PNG);
    assert_true(logo_look(STR("\n<?xml version=\"1.0\"?>" SVG), &kind, &err));
    assert_int_equal(kind, LOGO_SVG);
    assert_false(logo_look((Str){ bytes, 20 }, &kind, &err));
    assert_false(logo_look(STR(""), &kind, &err));
    assert_false(logo_look(STR("<html>"), &kind, &err));
    assert_false(logo_look(STR("GIF89a"), &kind, &err));
    assert_false(
        logo_look(STR("<svg><path d=\"M0 0L1e9 1e9\" stroke=\"#000\" stroke-dasharray=\"0.01\"/></svg>"), &kind, &err));
    assert_int_equal(err.code, ERR_UNSUPPORTED);
    memcpy(large, SVG, strlen(SVG));
    assert_true(logo_look((Str){ large, LOGO_BYTES_MOST }, &kind, &err));
    assert_false(logo_look((Str){ large, sizeof large }, &kind, &err));
    assert_int_equal(err.code, ERR_RANGE);
}

static void reads_what_it_writes(void **state)
{
    const ApiTheme themes[] = { { .version = "0" },
                                { .version = "0123456789abcdef", .brand = 0x7a1f2b },
                                { .version = "2", .logo = blob_new(SVG, strlen(SVG)) },
                                { .version = "1", .brand = 0xffff00, .logo = blob_new(SVG, strlen(SVG)) } };

    (void)state;
    for (size_t i = 0; i < COUNT(themes); i++) {
        OWNED_BUF json;
        ApiTheme read;
        Error err = { 0 };

        buf_init(&json, THEME_BYTES_MOST);
        assert_ok(api_theme_write(&themes[i], &json, &err), err);
        assert_ok(api_theme_read(buf_str(&json), &read, &err), err);
        assert_int_equal(read.brand, themes[i].brand);
        assert_int_equal(read.logo != NULL, themes[i].logo != NULL);
        if (read.logo)
            assert_true(str_equal(blob_str(read.logo), STR(SVG)));
        assert_string_equal(read.version, themes[i].version);
        api_theme_fini(&read);
        blob_drop(themes[i].logo);
    }
}

static void black_is_a_colour(void **state)
{
    ApiTheme read;
    Error err = { 0 };

    (void)state;
    assert_ok(api_theme_read(STR("{\"version\":\"1\",\"brand\":\"#000000\",\"logo\":\"\"}"), &read, &err), err);
    assert_int_equal(read.brand, BRAND_BLACK);
    assert_null(read.logo);
}

static void refuses_what_is_wrong(void **state)
{
    static const char *const wrong[] = {
        "",
        "[]",
        "{}",
        "{\"brand\":\"\"}",
        "{\"logo\":\"\"}",
        "{\"brand\":\"\",\"logo\":\"\"}",
        "{\"version\":\"\",\"brand\":\"\",\"logo\":\"\"}",
        "{\"version\":\"1\",\"brand\":7,\"logo\":\"\"}",
        "{\"version\":\"1\",\"brand\":\"red\",\"logo\":\"\"}",
        "{\"version\":\"1\",\"brand\":\"\",\"logo\":\"!\"}",
        "{\"version\":\"123456789012345678901234\",\"brand\":\"\",\"logo\":\"\"}",
        "{\"version\":\"1\",\"brand\":\"\",\"logo\":\"PGh0bWw-\"}", /* <html> */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        ApiTheme read = { .brand = 7 };
        Error err = { 0 };
        if (api_theme_read(str_from(wrong[i]), &read, &err))
            fail_msg("taken: %s", wrong[i]);
        assert_true(err.code == ERR_PROTOCOL || err.code == ERR_FORMAT);
        assert_int_equal(read.brand, 0);
        assert_null(read.logo);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_logo_is_looked_at),
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(black_is_a_colour),
        cmocka_unit_test(refuses_what_is_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
