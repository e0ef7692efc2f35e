/* Colours: contrast as WCAG counts it, and a lightness that moves while the hue stays. */
#include "test.h"

#include <math.h>

#include "base/colour.h"

#define DEGREE (M_PI / 180)

static void a_colour_is_read_and_written(void **state)
{
    static const struct {
        const char *text;
        bool good;
        Rgb rgb;
    } cases[] = {
        { "#0B4F5C", true, 0x0b4f5c }, { "#ffFFff", true, 0xffffff }, { "#000000", true, 0 },  { "0B4F5C", false, 0 },
        { "#0B4F5", false, 0 },        { "#0B4F5C0", false, 0 },      { "#0B4F5G", false, 0 }, { "", false, 0 },
        { "#0B4F5 ", false, 0 },
    };
    char text[8];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Rgb rgb = 0x123456;
        if (rgb_parse(str_from(cases[i].text), &rgb) != cases[i].good)
            fail_msg("\"%s\"", cases[i].text);
        assert_int_equal(rgb, cases[i].good ? cases[i].rgb : 0x123456);
    }
    assert_false(rgb_parse((Str){ "#12\0456", 7 }, &(Rgb){ 0 }));
    rgb_write(0x0b4f5c, text);
    assert_string_equal(text, "#0B4F5C");
}

static void contrast_is_that_of_wcag(void **state)
{
    const Rgb grounds[] = { 0xffffff, 0x777777, 0x000000 };

    (void)state;
    assert_true(fabs(rgb_contrast(0x000000, 0xffffff) - 21) < 0.001);
    assert_true(fabs(rgb_contrast(0x777777, 0xffffff) - 4.478) < 0.001);
    assert_true(fabs(rgb_contrast(0x123456, 0x123456) - 1) < 0.001);
    assert_true(fabs(rgb_contrast_least(0x777777, grounds, 2) - 1) < 0.001);
    assert_true(fabs(rgb_contrast_least(0x777777, grounds, 1) - 4.478) < 0.001);
}

static void oklch_is_ottossons(void **state)
{
    static const struct {
        Rgb rgb;
        double lightness, chroma, degrees;
    } cases[] = {
        { 0xff0000, 0.6280, 0.2577, 29.23 },
        { 0x00ff00, 0.8664, 0.2948, 142.50 },
        { 0x0000ff, 0.4520, 0.3132, -95.95 },
        { 0xffff00, 0.9680, 0.2110, 109.77 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Oklch got = rgb_to_oklch(cases[i].rgb);
        assert_true(fabs(got.lightness - cases[i].lightness) < 0.0005);
        assert_true(fabs(got.chroma - cases[i].chroma) < 0.0005);
        assert_true(fabs(got.hue / DEGREE - cases[i].degrees) < 0.05);
    }
    assert_true(fabs(rgb_to_oklch(0xffffff).lightness - 1) < 0.0001 && rgb_to_oklch(0xffffff).chroma < 0.0001);
    assert_true(rgb_to_oklch(0x000000).lightness < 0.0001);
}

static void every_colour_comes_back(void **state)
{
    (void)state;
    for (Rgb rgb = 0; rgb <= 0xffffff; rgb += 0x1003)
        if (rgb_from_oklch(rgb_to_oklch(rgb)) != rgb)
            fail_msg("#%06X became #%06X", rgb, rgb_from_oklch(rgb_to_oklch(rgb)));
    assert_int_equal(rgb_from_oklch((Oklch){ 1.7, 0.3, 1 }), 0xffffff);
    assert_int_equal(rgb_from_oklch((Oklch){ -1, 0.3, 1 }), 0x000000);
}

static void what_no_screen_shows_loses_chroma_alone(void **state)
{
    (void)state;
    for (double hue = -3; hue < 3; hue += 0.1) {
        Oklch shown = rgb_to_oklch(rgb_from_oklch((Oklch){ 0.4, 0.4, hue }));
        assert_true(fabs(shown.lightness - 0.4) < 0.01);
        assert_true(fabs(remainder(shown.hue - hue, 2 * M_PI)) < 3 * DEGREE);
        assert_true(shown.chroma > 0.03);
    }
}

static void a_readable_colour_is_the_nearest(void **state)
{
    const Rgb light[] = { 0xf5f3ee, 0xffffff }, dark[] = { 0x0e171b, 0x18242a };

    (void)state;
    for (Rgb rgb = 0; rgb <= 0xffffff; rgb += 0x10f3) {
        Oklch wanted = rgb_to_oklch(rgb);
        Rgb darker = rgb_readable(wanted, TOWARDS_BLACK, light, COUNT(light), 7);
        Rgb lighter = rgb_readable(wanted, TOWARDS_WHITE, dark, COUNT(dark), 7);

        if (rgb_contrast_least(darker, light, COUNT(light)) < 7 || rgb_contrast_least(lighter, dark, COUNT(dark)) < 7)
            fail_msg("#%06X: #%06X, #%06X", rgb, darker, lighter);
        /* Not darker than it must be. */
        assert_true(darker == rgb || rgb_contrast_least(darker, light, COUNT(light)) < 7.4);
        assert_true(lighter == rgb || rgb_contrast_least(lighter, dark, COUNT(dark)) < 7.4);
    }
    assert_int_equal(rgb_readable(rgb_to_oklch(0xff0000), TOWARDS_WHITE, light, 1, 7), 0xffffff);
    assert_int_equal(rgb_readable(rgb_to_oklch(0xff0000), TOWARDS_BLACK, light, 1, 21.5), 0x000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_colour_is_read_and_written),
        cmocka_unit_test(contrast_is_that_of_wcag),
        cmocka_unit_test(oklch_is_ottossons),
        cmocka_unit_test(every_colour_comes_back),
        cmocka_unit_test(what_no_screen_shows_loses_chroma_alone),
        cmocka_unit_test(a_readable_colour_is_the_nearest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
