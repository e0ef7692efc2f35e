/* Colours: read, complete, and readable. */
#include "glass.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "kiosk/ui/theme.h"

static const struct {
    const char *file;
    double least; /* the look's promise for it */
} themes[] = { { "light", 7 }, { "evening", 7 }, { "contrast", 10 } };

static void every_theme_is_readable(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(themes); i++) {
        char path[512];
        Theme theme;
        Error err = { 0 };
        (void)snprintf(path, sizeof(path), "%s/kiosk/themes/%s.ini", SOURCE_DIR, themes[i].file);
        if (!theme_load(&theme, path, &err))
            fail_msg("%s", err.text);
        if (theme_lowest_contrast(&theme) < themes[i].least)
            fail_msg("%s: %.2f", themes[i].file, theme_lowest_contrast(&theme));
        assert_int_equal(theme.colour[COLOUR_PAPER], 0xffffff);
    }
}

static void contrast_is_that_of_wcag(void **state)
{
    (void)state;
    assert_true(fabs(theme_contrast(0x000000, 0xffffff) - 21) < 0.001);
    assert_true(fabs(theme_contrast(0x777777, 0xffffff) - 4.478) < 0.001);
    assert_true(fabs(theme_contrast(0x13212a, 0xf5f3ee) - 14.8) < 0.05); /* tokens of the look: ink on ground */
    assert_true(fabs(theme_contrast(0x0b4f5c, 0xe3eff0) - 7.8) < 0.05);
    assert_true(fabs(theme_contrast(0x123456, 0x123456) - 1) < 0.001);
}

/* light.ini with one line replaced; line NULL takes it out. */
static bool load_changed(const char *key, const char *line, Error *err)
{
    const char *path = BINARY_DIR "/theme-changed.ini";
    OWNED_BUF in;
    OWNED_BUF out;
    Theme theme;
    Str rest;

    buf_init(&in, 1 << 16);
    buf_init(&out, 1 << 16);
    assert_true(file_read(SOURCE_DIR "/kiosk/themes/light.ini", &in, err));
    for (rest = buf_str(&in); rest.ptr;) {
        Str row = str_split(&rest, '\n');
        if (!str_starts(row, str_from(key)))
            buf_add_str(&out, row);
        else if (line)
            buf_add_text(&out, line);
        buf_add_byte(&out, '\n');
    }
    assert_true(file_write(path, 0600, buf_str(&out), err));
    return theme_load(&theme, path, err);
}

static void a_theme_that_is_wrong_is_refused(void **state)
{
    static const struct {
        const char *name, *key, *line;
        ErrorCode code;
        const char *words;
    } cases[] = {
        { "a missing role", "edge =", NULL, ERR_NONE, "edge" },
        { "no colour", "ink =", "ink = #12345G", ERR_FORMAT, "colour.ink" },
        { "a name for a colour", "ink =", "ink = darkred", ERR_FORMAT, "colour.ink" },
        { "text that can't be read", "ink-soft =", "ink-soft = #A0A0A0", ERR_RANGE, "ink-soft on ground" },
        { "a role that nobody knows", "edge =", "egde = #76808A", ERR_NONE, "egde" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Error err = { 0 };
        if (load_changed(cases[i].key, cases[i].line, &err))
            fail_msg("%s was taken", cases[i].name);
        if (cases[i].code != ERR_NONE)
            assert_int_equal(err.code, cases[i].code);
        if (!strstr(err.text, cases[i].words))
            fail_msg("%s: %s", cases[i].name, err.text);
    }
}

static void colours_mix(void **state)
{
    (void)state;
    assert_int_equal(theme_mix(0x000000, 0xffffff, 0), 0x000000);
    assert_int_equal(theme_mix(0x000000, 0xffffff, 255), 0xffffff);
    assert_int_equal(theme_mix(0x000000, 0xff8040, 128), 0x804020);
    assert_string_equal(theme_colour_name(COLOUR_ON_BRAND), "on-brand");
    assert_string_equal(theme_colour_name(COLOUR_PAPER), "paper");
}

/* --- brand ------------------------------------------------------------------------------------------------------- */

#define DEGREE (M_PI / 180)

static Theme load(const char *name)
{
    char path[512];
    Theme theme;
    Error err = { 0 };

    (void)snprintf(path, sizeof(path), "%s/kiosk/themes/%s.ini", SOURCE_DIR, name);
    if (!theme_load(&theme, path, &err))
        fail_msg("%s", err.text);
    return theme;
}

static double hue_between(Pixel a, Pixel b)
{
    return fabs(remainder(rgb_to_oklch(a).hue - rgb_to_oklch(b).hue, 2 * M_PI)) / DEGREE;
}

/* Hue means little where there is hardly a colour: a step of sRGB turns it. */
static bool is_coloured(Pixel colour)
{
    return rgb_to_oklch(colour).chroma > 0.03;
}

static void check_brand(const Theme *file, const char *name, Pixel brand)
{
    static const Colour coloured[] = { COLOUR_BRAND, COLOUR_BRAND_DEEP, COLOUR_BRAND_LINE, COLOUR_TINT, COLOUR_WALL };
    Theme theme = *file;

    theme_set_brand(&theme, brand);
    if (theme_lowest_contrast(&theme) < THEME_CONTRAST_AIM)
        fail_msg("%s: #%06X has only %.2f:1", name, brand, theme_lowest_contrast(&theme));
    for (size_t i = 0; i < COUNT(coloured); i++) {
        Pixel made = theme.colour[coloured[i]];
        if (is_coloured(brand) && is_coloured(made) && hue_between(brand, made) > 8)
            fail_msg("%s: #%06X became #%06X as %s", name, brand, made, theme_colour_name(coloured[i]));
        if (!is_coloured(brand) && rgb_to_oklch(made).chroma > 0.04)
            fail_msg("%s: the grey #%06X became #%06X as %s", name, brand, made, theme_colour_name(coloured[i]));
    }
    if (theme.colour[COLOUR_BRAND] == theme.colour[COLOUR_BRAND_DEEP] || theme.star_line == theme.colour[COLOUR_WALL])
        fail_msg("%s: #%06X: nothing pressed is seen, or no ornament", name, brand);
}

static void any_brand_becomes_readable(void **state)
{
    static const Pixel named[] = { 0xffff00, 0xffffff, 0x000000, 0xff0000, 0x808080, 0x00ff00, 0x0000ff, 0xff00ff,
                                   0x00ffff, 0x7fff00, 0xffa500, 0x8b4513, 0xf5f3ee, 0x010101, 0xfefefe, 0x0b4f5c };
    static const char *const names[] = { "light", "evening" };
    uint32_t any = 20261122;

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        const Theme file = load(names[i]);
        for (size_t k = 0; k < COUNT(named); k++)
            check_brand(&file, names[i], named[k]);
        for (int k = 0; k < 1000; k++) {
            any = any * 1664525 + 1013904223;
            check_brand(&file, names[i], any >> 8);
        }
    }
}

static void a_brand_that_is_readable_stays(void **state)
{
    static const Pixel good[] = { 0x0b4f5c, 0x1b3a6b, 0x5a1230, 0x14532d, 0x3b0764 };
    const Theme light = load("light");

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        Theme theme = light;
        theme_set_brand(&theme, good[i]);
        assert_int_equal(theme.colour[COLOUR_BRAND], good[i]);
        assert_int_equal(theme.colour[COLOUR_WALL], good[i]);
        assert_int_equal(theme.colour[COLOUR_INK], light.colour[COLOUR_INK]);
    }
    /* The file's own brand gives the file, but for a step of rounding. */
    Theme same = light;
    theme_set_brand(&same, light.colour[COLOUR_BRAND]);
    for (int role = COLOUR_NONE + 1; role < COLOUR_COUNT; role++)
        for (int shift = 0; shift < 24; shift += 8)
            if (abs((int)(same.colour[role] >> shift & 0xff) - (int)(light.colour[role] >> shift & 0xff)) > 6)
                fail_msg("%s: #%06X became #%06X", theme_colour_name((Colour)role), light.colour[role],
                         same.colour[role]);
}

static void the_theme_for_low_sight_takes_no_brand(void **state)
{
    const Theme file = load("contrast");
    Theme theme = file;

    (void)state;
    theme_set_brand(&theme, 0xff0000);
    assert_memory_equal(&theme, &file, sizeof theme);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_theme_is_readable),
        cmocka_unit_test(contrast_is_that_of_wcag),
        cmocka_unit_test(a_theme_that_is_wrong_is_refused),
        cmocka_unit_test(colours_mix),
        cmocka_unit_test(any_brand_becomes_readable),
        cmocka_unit_test(a_brand_that_is_readable_stays),
        cmocka_unit_test(the_theme_for_low_sight_takes_no_brand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
