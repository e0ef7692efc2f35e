/* Shapes: their area, their edges, their clip. */
#include "glass.h"

#include <math.h>

#include "kiosk/ui/draw.h"
#include "kiosk/ui/scale.h"

#define SIDE 200

static uint32_t pixels[SIDE * SIDE];

static Canvas blank(void)
{
    for (size_t i = 0; i < COUNT(pixels); i++)
        pixels[i] = 0xff000000;
    return (Canvas){ pixels, SIDE, { 0, 0, SIDE, SIDE } };
}

/* Sum of the coverage of white on black, in pixels. */
static double area(void)
{
    double sum = 0;

    for (size_t i = 0; i < COUNT(pixels); i++) {
        assert_int_equal(pixels[i] >> 24, 0xff);
        sum += (pixels[i] & 0xff) / 255.0;
    }
    return sum;
}

static void assert_area(const char *name, double expected, double tolerance)
{
    if (fabs(area() - expected) > tolerance)
        fail_msg("%s: %.1f instead of %.1f", name, area(), expected);
}

static void areas_are_those_of_geometry(void **state)
{
    Canvas canvas = blank();
    Rect rect = { 20, 30, 120, 80 };

    (void)state;
    draw_fill(&canvas, rect, 0xffffff);
    assert_area("rectangle", 9600, 0);
    canvas = blank();
    draw_rounded(&canvas, rect, 20, 0xffffff);
    assert_area("rounded", 9600 - (4 - M_PI) * 400, 4);
    canvas = blank();
    draw_rounded(&canvas, (Rect){ 20, 20, 100, 100 }, 1000, 0xffffff);
    assert_area("circle", M_PI * 2500, 4);
    canvas = blank();
    draw_ring(&canvas, (Rect){ 20, 20, 100, 100 }, 50, 10, 0xffffff);
    assert_area("ring", M_PI * (2500 - 1600), 6);
    canvas = blank();
    draw_ring(&canvas, rect, 0, 3, 0xffffff);
    assert_area("frame", 2 * 3 * (120 + 80 - 6), 0);
    canvas = blank();
    draw_dashes(&canvas, rect, 0, 4, 8, 0xffffff);
    assert_area("dashes", 2 * 4 * (120 + 80 - 8) / 2.0, 60);
}

static void what_is_outside_the_clip_stays(void **state)
{
    Rect rect = { 10, 10, 150, 150 }, clip = { 33, 41, 60, 50 };
    uint8_t rows[64 * 64];
    uint32_t image[64 * 64];
    Mask mask = { rows, 64, 64, 0, 0 };
    Image tile = { image, 64, 64 };

    (void)state;
    memset(rows, 0x80, sizeof(rows));
    memset(image, 0xff, sizeof(image));
    for (int shape = 0; shape < 8; shape++) {
        Canvas canvas = blank();
        canvas.clip = clip;
        switch (shape) {
        case 0: draw_fill(&canvas, rect, 0xffffff); break;
        case 1: draw_rounded(&canvas, rect, 40, 0xffffff); break;
        case 2: draw_ring(&canvas, rect, 40, 30, 0xffffff); break;
        case 3: draw_dashes(&canvas, rect, 40, 30, 9, 0xffffff); break;
        case 4: draw_shadow(&canvas, rect, 70, 0xffffff); break;
        case 5: draw_mask(&canvas, 20, 30, &mask, 0xffffff); break;
        case 6: draw_image(&canvas, 20, 30, &tile); break;
        default: draw_tiles(&canvas, rect, &tile); break;
        }
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++)
                if (!rect_has(clip, x, y) && pixels[y * SIDE + x] != 0xff000000)
                    fail_msg("shape %d at %d,%d", shape, x, y);
    }
}

static void parts_drawn_one_by_one_make_the_whole(void **state)
{
    static uint32_t whole[SIDE * SIDE];
    Rect rect = { 10, 12, 160, 130 };

    (void)state;
    for (int shape = 0; shape < 4; shape++) {
        for (int part = 0; part < 2; part++) {
            Canvas canvas = blank();
            for (int i = 0; i < (part ? 25 : 1); i++) {
                canvas.clip = part ? (Rect){ i % 5 * 40, i / 5 * 40, 40, 40 } : (Rect){ 0, 0, SIDE, SIDE };
                if (shape == 0)
                    draw_rounded(&canvas, rect, 33, 0x80c0ff);
                else if (shape == 1)
                    draw_ring(&canvas, rect, 33, 5, 0x80c0ff);
                else if (shape == 2)
                    draw_dashes(&canvas, rect, 33, 5, 9, 0x80c0ff);
                else
                    draw_shadow(&canvas, rect, 13, 0x80c0ff);
            }
            if (part == 0)
                memcpy(whole, pixels, sizeof(whole));
        }
        if (memcmp(whole, pixels, sizeof(whole)) != 0)
            fail_msg("shape %d", shape);
    }
}

static void a_shadow_is_soft_and_falls_down(void **state)
{
    Canvas canvas = blank();
    uint32_t last = 0xff;

    (void)state;
    draw_shadow(&canvas, (Rect){ 50, 50, 100, 100 }, 0, 0xffffff);
    for (int y = 150; y < 150 + SHADOW_EDGE + SHADOW_DOWN; y++) {
        uint32_t now = pixels[y * SIDE + 100] & 0xff;
        assert_true(now <= last);
        last = now;
    }
    assert_true((pixels[151 * SIDE + 100] & 0xff) > (pixels[48 * SIDE + 100] & 0xff));
    assert_true((pixels[151 * SIDE + 100] & 0xff) < 0xff / 10);
    assert_int_equal(pixels[100 * SIDE + 100], 0xff000000); /* nothing below the card itself */
}

static void making_smaller_is_averaging(void **state)
{
    uint32_t checks[64 * 64];
    Image from = { checks, 64, 64 }, to = { 0 };

    (void)state;
    for (int i = 0; i < 64 * 64; i++)
        checks[i] = (i % 64 + i / 64) % 2 ? 0xffffffff : 0xff000000;
    assert_true(image_scale(&from, 32, 32, &to));
    for (int i = 0; i < 32 * 32; i++)
        assert_in_range(to.pixels[i] & 0xff, 0x7f, 0x80);
    image_fini(&to);
    assert_null(to.pixels);
    assert_true(image_scale(&from, 64, 64, &to)); /* as it is */
    assert_memory_equal(to.pixels, checks, sizeof(checks));
    image_fini(&to);
    for (int i = 0; i < 64 * 64; i++)
        checks[i] = i % 64 < 32 ? 0xffff0000 : 0x00ffffff; /* what can't be seen has no colour */
    assert_true(image_scale(&from, 1, 1, &to));
    assert_in_range(to.pixels[0] >> 24, 0x7f, 0x80);
    assert_int_equal(to.pixels[0] & 0xffffff, 0xff0000);
    image_fini(&to);
    assert_true(image_scale(&from, 128, 3, &to));
    image_fini(&to);
}

static void rectangles(void **state)
{
    Rect a = { 0, 0, 10, 10 }, b = { 5, 5, 10, 10 }, apart = { 20, 20, 5, 5 };

    (void)state;
    assert_true(rect_equal(rect_cross(a, b), (Rect){ 5, 5, 5, 5 }));
    assert_true(rect_empty(rect_cross(a, apart)));
    assert_true(rect_equal(rect_around(a, apart), (Rect){ 0, 0, 25, 25 }));
    assert_true(rect_equal(rect_around((Rect){ 0 }, b), b));
    assert_true(rect_equal(rect_inset(a, 2), (Rect){ 2, 2, 6, 6 }));
    assert_true(rect_empty(rect_inset(a, 6)));
    assert_true(rect_inside((Rect){ 1, 1, 2, 2 }, a) && !rect_inside(b, a));
    assert_true(rect_has(a, 0, 0) && !rect_has(a, 10, 0));
}

static uint32_t level(int x, int y)
{
    return pixels[y * SIDE + x] & 0xff;
}

static void veils_and_soft_edges_leave_what_is_below(void **state)
{
    Canvas canvas = blank();
    Rect rect = { 20, 30, 120, 80 };

    (void)state;
    draw_veil(&canvas, rect, 0xffffff, 51);
    assert_area("a fifth", 9600 / 5.0, 20);
    canvas = blank();
    draw_fade(&canvas, rect, 0xffffff, true);
    assert_true(level(50, 30) < 4 && level(50, 109) > 250);
    for (int y = 31; y < 110; y++)
        assert_true(level(50, y) >= level(50, y - 1));
    assert_int_equal(level(50, 110), 0);
    canvas = blank();
    draw_fade(&canvas, rect, 0xffffff, false);
    assert_true(level(50, 30) > 250 && level(50, 109) < 4);
    assert_int_equal(level(50, 29), 0);
}

static void strokes_go_from_corner_to_corner(void **state)
{
    static const struct {
        const char *name;
        Rect rect;
        bool rises;
    } cases[] = {
        { "level", { 20, 100, 100, 0 }, false },
        { "falling", { 20, 30, 60, 80 }, false },
        { "rising", { 20, 30, 60, 80 }, true },
        { "a point", { 50, 50, 0, 0 }, false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Canvas canvas = blank();
        Rect rect = cases[i].rect;
        int from = cases[i].rises ? rect.y + rect.h : rect.y, to = cases[i].rises ? rect.y : rect.y + rect.h;
        double length = hypot(rect.w, rect.h);
        draw_stroke(&canvas, rect, cases[i].rises, 4, 0xffffff);
        assert_area(cases[i].name, 4 * length + M_PI * 4, 4); /* with round ends */
        assert_true(level(rect.x, from) > 200 && level(rect.x + rect.w, to) > 200);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_are_those_of_geometry),
        cmocka_unit_test(what_is_outside_the_clip_stays),
        cmocka_unit_test(parts_drawn_one_by_one_make_the_whole),
        cmocka_unit_test(a_shadow_is_soft_and_falls_down),
        cmocka_unit_test(making_smaller_is_averaging),
        cmocka_unit_test(rectangles),
        cmocka_unit_test(veils_and_soft_edges_leave_what_is_below),
        cmocka_unit_test(strokes_go_from_corner_to_corner),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
