/* For the toolkit's tests: a glass without a window, and trees to put on it. */
#ifndef TESTS_UNIT_KIOSK_UI_GLASS_H
#define TESTS_UNIT_KIOSK_UI_GLASS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/ui/keyboard.h"
#include "kiosk/ui/ui.h"

#define PORTRAIT_PX_MM  3.2154F
#define LANDSCAPE_PX_MM 3.6496F
#define SMALL_PX_MM     3.8168F

static inline UiConfig glass_config(int width, int height, float pixels_per_mm, float text_scale)
{
    return (UiConfig){ .width = width,
                       .height = height,
                       .pixels_per_mm = pixels_per_mm,
                       .text_scale = text_scale,
                       .icons_folder = SOURCE_DIR "/assets/icons",
                       .fonts_folder = BINARY_DIR "/fonts",
                       .theme_file = SOURCE_DIR "/kiosk/themes/light.ini" };
}

static inline Ui *glass_new(const UiConfig *config)
{
    Error err = { 0 };
    Ui *ui = ui_new(config, &err);

    if (!ui)
        fail_msg("%s", err.text);
    return ui;
}

static inline Ui *glass_portrait(void)
{
    UiConfig config = glass_config(1080, 1920, PORTRAIT_PX_MM, 1);

    return glass_new(&config);
}

static inline SDL_Surface *glass_surface(int width, int height)
{
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_ARGB8888);

    assert_non_null(surface);
    return surface;
}

#endif
