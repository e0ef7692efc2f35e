#include "paper.h"

#include "registrar/document/emblem.h"

#define SVG(body) "<svg viewBox=\"0 0 10 10\">" body "</svg>"
#define TEN(text) text text text text text text text text text text

static const struct {
    const char *name, *svg, *words;
} refusals[] = {
    { "not XML", "emblem", "emblem" },
    { "no box", "<svg><path d=\"M0 0\"/></svg>", "no viewBox" },
    { "an empty box", "<svg viewBox=\"0 0 0 9\"><path d=\"M0 0\"/></svg>", "an empty viewBox" },
    { "nothing in it", SVG(""), "no path" },
    { "a picture", SVG("<image href=\"a.png\"/>"), "<image>: only paths" },
    { "a stroke", SVG("<path d=\"M0 0L1 1\" stroke=\"red\"/>"), "only filled paths" },
    { "a stroke for all", "<svg viewBox=\"0 0 1 1\" stroke=\"red\"><path d=\"M0 0L1 1\"/></svg>", "only filled paths" },
    { "no data", SVG("<path/>"), "a path without d" },
    { "an arc", SVG("<path d=\"M0 0A1 1 0 0 0 2 2\"/>"), "path command 'A'" },
    { "no move", SVG("<path d=\"L1 1\"/>"), "does not begin with a move" },
    { "half a pair", SVG("<path d=\"M1\"/>"), "'M' without its numbers" },
    { "more than a glass draws", SVG("<path d=\"M0 0" TEN(TEN("V9V0V9V0")) "\"/>"), "too many long lines" },
    { "an endless number", SVG("<path d=\"M1e999 2\"/>"), "'M' without its numbers" },
};

static void refuses(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refusals); i++) {
        Error err = { 0 };
        OWNED(Emblem) emblem = emblem_parse(str_from(refusals[i].svg), &err);

        if (emblem || !strstr(err.text, refusals[i].words))
            fail_msg("%s: %s", refusals[i].name, emblem ? "taken" : err.text);
    }
}

/* Drawn into 10 x 10 pixels: which of them are black. */
static void expect_black(const char *svg, const char *const rows[10])
{
    Error err = { 0 };
    OWNED(Emblem) emblem = emblem_parse(str_from(svg), &err);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 10, 10);
    cairo_t *cairo = cairo_create(surface);

    if (!emblem)
        fail_msg("%s", err.text);
    emblem_draw(emblem, cairo, 0, 0, 10);
    cairo_surface_flush(surface);
    for (int y = 0; y < 10; y++)
        for (int x = 0; x < 10; x++) {
            bool black = cairo_image_surface_get_data(surface)[y * cairo_image_surface_get_stride(surface) + x] > 127;

            if (black != (rows[y][x] == '#'))
                fail_msg("%s: pixel %d, %d", svg, x, y);
        }
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

static void draws(void **state)
{
    static const char *const ring[10] = { "..........", ".########.", ".########.", ".##....##.", ".##....##.",
                                          ".##....##.", ".##....##.", ".########.", ".########.", ".........." };
    static const char *const full[10] = { "..........", ".########.", ".########.", ".########.", ".########.",
                                          ".########.", ".########.", ".########.", ".########.", ".........." };

    (void)state;
    expect_black(SVG("<path fill-rule=\"evenodd\" d=\"M1 1H9V9H1ZM3 3H7V7H3Z\"/>"), ring);
    expect_black(SVG("<path fill-rule=\"evenodd\" d=\"m1,1 8,0 0,8-8,0z m2,2h4v4h-4z\"/>"), ring);
    expect_black(SVG("<path d=\"M1 1H9V9H1ZM3 3H7V7H3Z\"/>"), full);
    expect_black(SVG("<path d=\"M1 1C4 1 9 1 9 1S9 6 9 9c-3 0-8 0-8 0s0-5 0-8z\"/>"), full);
    expect_black("<svg viewBox=\"100 100 20 20\"><path d=\"M102 102h16v16h-16\"/></svg>", full);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(refuses), cmocka_unit_test(draws) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
