#include "kiosk/panel.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "kiosk/app/app.h"
#include "kiosk/screens/screens.h"

/* --- opening ------------------------------------------------------------------------------------------------------ */

/* The panel's proportions, as large as fits beside the window's own frame. */
static void fit_display(int *width, int *height)
{
    SDL_Rect usable;

    if (SDL_GetDisplayUsableBounds(0, &usable) != 0)
        return;
    float scale =
        SDL_min(1.0f, SDL_min((float)(usable.w - 20) / (float)*width, (float)(usable.h - 60) / (float)*height));
    *width = (int)((float)*width * scale);
    *height = (int)((float)*height * scale);
}

static bool open_window(Panel *panel, const Options *options, const Settings *settings, Error *err)
{
    int width = options->width ? options->width : (int)settings_number(settings, "panel.width");
    int height = options->height ? options->height : (int)settings_number(settings, "panel.height");
    SDL_Rect display;

    panel->covers = !options->window && !options->headless;
    if (options->headless) {
        SDL_SetHint(SDL_HINT_VIDEODRIVER, "dummy");
        SDL_SetHint(SDL_HINT_AUDIODRIVER, "dummy");
    }
    /* ARCHITECTURE.md: the software OpenGL path costs ten times as much */
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    if (SDL_Init(SDL_INIT_VIDEO))
        return error_set(err, ERR_IO, "no display: %s", SDL_GetError());
    if (options->window && !options->width)
        fit_display(&width, &height);
    if (panel->covers && SDL_GetDisplayBounds(0, &display) == 0) {
        width = display.w;
        height = display.h;
    }
    int place = panel->covers ? 0 : (int)SDL_WINDOWPOS_CENTERED;
    panel->window =
        SDL_CreateWindow("Registrar", place, place, width, height, panel->covers ? SDL_WINDOW_BORDERLESS : 0);
    if (!panel->window)
        return error_set(err, ERR_IO, "no window: %s", SDL_GetError());
    if (panel->covers)
        SDL_ShowCursor(SDL_DISABLE);
    SDL_StartTextInput();
    return true;
}

static float pixels_per_mm(const Settings *settings, int width, int height)
{
    float panel_width = (float)settings_number(settings, "panel.width");
    float panel_height = (float)settings_number(settings, "panel.height");
    float panel_mm = panel_width * (float)settings_number(settings, "panel.micrometres_a_pixel") / 1000.0f;
    /* A window or --size smaller than the panel shows the same panel smaller, not less of it. */
    bool same_way = (width < height) == (panel_width < panel_height);
    float shown = same_way ? (float)width / panel_width : 1.0f;

    return panel_width / panel_mm * shown;
}

bool panel_open(Panel *panel, const Options *options, const Settings *settings, const Clock *clock, Error *err)
{
    static const char *const names[] = {
        [GLASS_LIGHT] = "light.ini", [GLASS_EVENING] = "evening.ini", [GLASS_CONTRAST] = "contrast.ini"
    };
    static_assert(COUNT(names) == GLASS_THEME_COUNT, "one file per theme");
    UiConfig *config = &panel->shown;

    if (!open_window(panel, options, settings, err))
        return false;
    for (size_t i = 0; i < COUNT(names); i++)
        if (!path_join(panel->themes[i], sizeof panel->themes[i], settings_text(settings, "paths.themes"), names[i],
                       err))
            return false;
    *config = (UiConfig){ .text_scale = 1,
                          .icons_folder = settings_text(settings, "paths.icons"),
                          .fonts_folder = settings_text(settings, "paths.fonts"),
                          .theme_file = panel->themes[GLASS_LIGHT],
                          .clock = clock };
    SDL_GetWindowSize(panel->window, &config->width, &config->height);
    config->pixels_per_mm = pixels_per_mm(settings, config->width, config->height);
    panel->ui = ui_new(config, err);
    return panel->ui != NULL;
}

void panel_close(Panel *panel)
{
    ui_free(panel->ui);
    if (panel->window)
        SDL_DestroyWindow(panel->window);
    SDL_Quit();
}

/* --- showing ------------------------------------------------------------------------------------------------------ */

static bool same(const UiConfig *a, const UiConfig *b)
{
    return a->text_scale == b->text_scale && a->theme_file == b->theme_file && a->left_handed == b->left_handed &&
           a->calm == b->calm && a->brand == b->brand && a->logo == b->logo;
}

void panel_follow(Panel *panel, const Model *model, Log *log)
{
    GlassSettings glass = model_glass(model);
    UiConfig wanted = panel->shown;
    Error err = { 0 };

    wanted.text_scale = (float)glass.text_percent / 100.0F;
    wanted.theme_file = panel->themes[glass.theme];
    wanted.left_handed = glass.left_handed;
    wanted.calm = glass.calm;
    wanted.brand = model_brand(model);
    wanted.logo = model_logo(model);
    if (same(&wanted, &panel->shown))
        return;
    if (!ui_configure(panel->ui, &wanted, &err))
        log_failure(log, LOG_ERROR, EVENT_LOOK_FAILED, &err, (const LogField[]){ { 0 } });
    panel->shown = wanted; /* also what failed: it is not tried again with every message */
}

/* Each question, group and fault is a place of its own: what is scrolled and what moves in goes by it. */
static void name_place(const Model *model, char *name, size_t size)
{
    const Visit *visit = &model->visit;

    if (visit->settings_shown || visit->choosing_language)
        (void)snprintf(name, size, "%s", visit->settings_shown ? "settings" : "languages");
    else if (visit->screen == SCREEN_INFORMATION || visit->screen == SCREEN_ARTICLE)
        (void)snprintf(name, size, "%s.%d.%s", app_screen_name(model), visit->reading.topic,
                       visit->reading.depth ? visit->reading.trail[visit->reading.depth - 1].id : "");
    else if (visit->screen == SCREEN_STUDY)
        (void)snprintf(name, size, "study.%d.%zu.%zu", (int)visit->study.view, visit->study.week,
                       visit->study.semester);
    else
        (void)snprintf(name, size, "%s.%zu.%s.%d.%d", app_screen_name(model), visit->form.question, visit->group,
                       (int)visit->fault.kind, visit->fault.at_window);
}

void panel_build(Panel *panel, const Model *model)
{
    char place[128];

    name_place(model, place, sizeof place);
    screen_build(model, ui_begin(panel->ui, model_language(model)));
    ui_screen(panel->ui, place);
    ui_lay_out(panel->ui);
}

void panel_show(Panel *panel)
{
    SDL_Rect rects[UI_RECTS_MOST];
    SDL_Surface *surface = SDL_GetWindowSurface(panel->window);

    if (!surface)
        return; /* the window is being resized; its event brings us back */
    int count = ui_paint(panel->ui, surface, rects);
    if (count > 0)
        SDL_UpdateWindowSurfaceRects(panel->window, rects, count);
    if (panel->covers) {
        /* SDL gives a window manager a tenth of a second to agree, also where there is none: by then something stands
         * on the glass. */
        panel->covers = false;
        SDL_SetWindowFullscreen(panel->window, SDL_WINDOW_FULLSCREEN_DESKTOP);
    }
}
