/* Colours: read, complete, and readable. */
#include "glass.h"

#include <math.h>
#include <stdio.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_theme_is_readable),
        cmocka_unit_test(contrast_is_that_of_wcag),
        cmocka_unit_test(a_theme_that_is_wrong_is_refused),
        cmocka_unit_test(colours_mix),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
