/* Logos: of one colour, of many, and of pixels. */
#include "glass.h"

#include <SDL.h>
#include <SDL_image.h>

#include "base/file.h"
#include "kiosk/ui/picture.h"

#define EMBLEM "<svg viewBox=\"0 0 100 50\"><path d=\"M0 0H100V50H0Z\"/></svg>"
#define COLOURS                                                                                                        \
    "<svg viewBox=\"0 0 100 100\"><path fill=\"#C9A227\" d=\"M0 0H100V50H0Z\"/>"                                       \
    "<path fill=\"#7A1F2B\" d=\"M0 50H100V100H0Z\"/></svg>"

static Blob *logo_of(const char *svg)
{
    Blob *logo = blob_new(svg, strlen(svg));

    assert_non_null(logo);
    return logo;
}

static Blob *png_logo(void)
{
    const char *path = BINARY_DIR "/logo.png";
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, 64, 96, 32, SDL_PIXELFORMAT_ARGB8888);
    OWNED_BUF bytes;
    Error err = { 0 };

    assert_non_null(surface);
    SDL_FillRect(surface, NULL, SDL_MapRGB(surface->format, 0x7a, 0x1f, 0x2b));
    assert_int_equal(IMG_SavePNG(surface, path), 0);
    SDL_FreeSurface(surface);
    buf_init(&bytes, 1u << 20);
    if (!file_read(path, &bytes, &err))
        fail_msg("%s", err.text);
    Blob *logo = blob_take_buf(&bytes);
    assert_non_null(logo);
    return logo;
}

static Pictures *open_pictures(void)
{
    Error err = { 0 };
    Pictures *pictures = pictures_new(SOURCE_DIR "/assets/icons", &err);

    if (!pictures)
        fail_msg("%s", err.text);
    return pictures;
}

/* One colour stands for ink: it is drawn in that of its place, in the middle of its square. */
static void an_emblem_is_drawn_as_an_icon(void **state)
{
    OWNED(Pictures) pictures = open_pictures();
    OWNED(Blob) logo = logo_of(EMBLEM);

    (void)state;
    pictures_set_logo(pictures, logo);
    assert_true(pictures_logo_is_emblem(pictures));
    assert_true(pictures_logo_aspect(pictures) > 0.49F && pictures_logo_aspect(pictures) < 0.51F);
    const Mask *mask = pictures_icon(pictures, "logo", 80, 20);
    assert_non_null(mask);
    assert_int_equal(mask->width, 80);
    assert_int_equal(mask->height, 40);
    assert_int_equal(mask->top, 20);
    assert_int_equal(mask->rows[20 * 80 + 40], 255);
}

static void many_colours_stay(void **state)
{
    OWNED(Pictures) pictures = open_pictures();
    OWNED(Blob) logo = logo_of(COLOURS);

    (void)state;
    pictures_set_logo(pictures, logo);
    assert_false(pictures_logo_is_emblem(pictures));
    const Image *image = pictures_logo(pictures, 40, 40);
    assert_non_null(image);
    assert_int_equal(image->pixels[10 * 40 + 20], 0xffc9a227);
    assert_int_equal(image->pixels[30 * 40 + 20], 0xff7a1f2b);
}

static void a_png_is_scaled(void **state)
{
    OWNED(Pictures) pictures = open_pictures();
    OWNED(Blob) logo = png_logo();

    (void)state;
    pictures_set_logo(pictures, logo);
    assert_false(pictures_logo_is_emblem(pictures));
    assert_true(pictures_logo_aspect(pictures) > 1.49F);
    const Image *image = pictures_logo(pictures, 20, 30);
    assert_non_null(image);
    assert_int_equal(image->pixels[15 * 20 + 10], 0xff7a1f2b);
    assert_false(pictures_logo_shows_on(pictures, 0x701010));
}

/* What was drawn of the one is not shown for the other. */
static void another_logo_takes_its_place(void **state)
{
    OWNED(Pictures) pictures = open_pictures();
    OWNED(Blob) emblem = logo_of(EMBLEM);
    OWNED(Blob) broken = logo_of("<svg");

    (void)state;
    int own = pictures_icon(pictures, "logo", 80, 20)->height;
    assert_int_equal(own, 80);
    pictures_set_logo(pictures, emblem);
    assert_int_equal(pictures_icon(pictures, "logo", 80, 20)->height, 40);
    pictures_set_logo(pictures, broken);
    assert_false(pictures_logo_is_emblem(pictures));
    assert_true(pictures_logo_aspect(pictures) <= 0);
    assert_null(pictures_logo(pictures, 40, 40));
    assert_int_equal(pictures_icon(pictures, "logo", 80, 20)->height, 80);
    pictures_set_logo(pictures, NULL);
    assert_int_equal(pictures_icon(pictures, "logo", 80, 20)->height, 80);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_emblem_is_drawn_as_an_icon),
        cmocka_unit_test(many_colours_stay),
        cmocka_unit_test(a_png_is_scaled),
        cmocka_unit_test(another_logo_takes_its_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
