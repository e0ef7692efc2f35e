#include "test.h"

#include <string.h>

#include <cairo.h>

#include "registrar/document/logo.h"

static cairo_status_t write_on(void *arg, const unsigned char *bytes, unsigned count)
{
    buf_add(arg, bytes, count);
    return CAIRO_STATUS_SUCCESS;
}

static void make_png(Buf *buf, int width, int height)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);

    buf_init(buf, 1u << 20);
    assert_int_equal(cairo_surface_write_to_png_stream(surface, write_on, buf), CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(surface);
}

static void a_png_is_drawn_before_it_is_taken(void **state)
{
    OWNED_BUF png;
    LogoKind kind;
    Error err = { 0 };

    (void)state;
    make_png(&png, 200, 100);
    assert_ok(logo_check(buf_str(&png), &kind, &err), err);
    assert_int_equal(kind, LOGO_PNG);
    assert_false(logo_check((Str){ png.data, png.len / 2 }, &kind, &err)); /* the head is good, the rest is not there */
    assert_int_equal(err.code, ERR_FORMAT);
    png.data[png.len / 2] ^= 0x55;
    assert_false(logo_check(buf_str(&png), &kind, &err));
}

static void measures_are_bounded(void **state)
{
    static const struct {
        int width, height;
    } wrong[] = { { 47, 100 }, { 2049, 1000 }, { 400, 100 } };

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        OWNED_BUF png;
        LogoKind kind;
        Error err = { 0 };
        make_png(&png, wrong[i].width, wrong[i].height);
        if (logo_check(buf_str(&png), &kind, &err))
            fail_msg("%d x %d was taken", wrong[i].width, wrong[i].height);
        assert_int_equal(err.code, ERR_RANGE);
    }
}

static void an_svg_is_what_both_ends_draw(void **state)
{
    static const struct {
        const char *svg, *words; /* NULL: good */
    } cases[] = {
        { "<svg viewBox=\"0 0 9 9\"><path d=\"M0 0H9V9Z\" fill=\"#7A1F2B\"/></svg>", NULL },
        { "<svg viewBox=\"0 0 9 9\"><circle r=\"3\"/></svg>", "send a PNG" },
        { "<svg viewBox=\"0 0 9 9\"><script>1</script></svg>", "only paths" },
        { "<svg viewBox=\"0 0 9 9\"><image href=\"http://a/b\"/></svg>", "only paths" },
        { "<svg viewBox=\"0 0 9 9\"><path d=\"M0 0H9V9Z\" style=\"fill:url(#a)\"/></svg>", "style=" },
        { "<svg>", "viewBox" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        LogoKind kind;
        Error err = { 0 };
        bool good = logo_check(str_from(cases[i].svg), &kind, &err);
        if (good != (cases[i].words == NULL) || (!good && !strstr(err.text, cases[i].words)))
            fail_msg("%s: %s", cases[i].svg, err.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_png_is_drawn_before_it_is_taken),
        cmocka_unit_test(measures_are_bounded),
        cmocka_unit_test(an_svg_is_what_both_ends_draw),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
