/* What stands on the glass: colours, fonts, icons, and every screen in every language and text size. */
#include <SDL.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "kiosk/rehearsal.h"
#include "kiosk/self_test_parts.h"
#include "kiosk/ui/font.h"
#include "kiosk/ui/inspect.h"

#define SHARE_MS   5000 /* of the limit that stays for what comes after the screens */
#define ICONS_MOST 128

static const int text_percents[] = { 100, 125, 150, 200 };

bool self_test_themes(SelfTest *test, Check *check)
{
    static const char *const names[] = { "light.ini", "evening.ini", "contrast.ini" };
    static_assert(COUNT(names) == GLASS_THEME_COUNT, "one file per theme");
    double lowest = 21;

    for (size_t i = 0; i < COUNT(names); i++) {
        char path[1024];
        Theme theme;
        if (!path_join(path, sizeof path, settings_text(test->settings, "paths.themes"), names[i], &check->err) ||
            !theme_load(&theme, path, &check->err))
            return error_add(&check->err, "%s", names[i]);
        double contrast = theme_lowest_contrast(&theme);
        lowest = contrast < lowest ? contrast : lowest;
    }
    (void)snprintf(check->detail, sizeof check->detail, "%zu themes, text at %.1f:1 and more", COUNT(names), lowest);
    return true;
}

bool self_test_fonts(SelfTest *test, Check *check)
{
    OWNED(Fonts) fonts = fonts_new(settings_text(test->settings, "paths.fonts"), &check->err);

    if (!fonts)
        return false;
    (void)snprintf(check->detail, sizeof check->detail, "%.180s", settings_text(test->settings, "paths.fonts"));
    return true;
}

bool self_test_window(SelfTest *test, Check *check)
{
    int width = (int)settings_number(test->settings, "panel.width");
    int height = (int)settings_number(test->settings, "panel.height");

    test->panel_open = true; /* panel_close ends a half of it too */
    if (!panel_open(&test->panel, test->options, test->settings, NULL, &check->err))
        return false;
    panel_show(&test->panel);
    const UiConfig *shown = &test->panel.shown;
    check_number(check, "width", shown->width);
    check_number(check, "height", shown->height);
    if (!test->options->window && !test->options->width && (shown->width != width || shown->height != height))
        return error_set(&check->err, ERR_RANGE, "%d x %d pixels, and kiosk.ini says %d x %d", shown->width,
                         shown->height, width, height);
    (void)snprintf(check->detail, sizeof check->detail, "%d x %d pixels, %.2f a millimetre, by %s", shown->width,
                   shown->height, (double)shown->pixels_per_mm, SDL_GetCurrentVideoDriver());
    return true;
}

/* --- screens ------------------------------------------------------------------------------------------------------ */

typedef struct Viewing {
    SelfTest *test;
    unsigned pictures, cut;
    char first[160]; /* what was cut first, and where */
    char icons[ICONS_MOST][NODE_ID_SIZE];
    size_t icon_count;
} Viewing;

static void note_icon(Viewing *viewing, const Op *op)
{
    Pictures *pictures = ui_layout(viewing->test->panel.ui)->pictures;
    SelfTest *test = viewing->test;

    for (size_t i = 0; i < viewing->icon_count; i++)
        if (strcmp(viewing->icons[i], op->name) == 0)
            return;
    if (viewing->icon_count == ICONS_MOST ||
        !str_copy(str_from(op->name), viewing->icons[viewing->icon_count], NODE_ID_SIZE))
        return;
    viewing->icon_count++;
    bool there = op->kind == OP_ICON
                     ? pictures_icon(pictures, op->name, op->rect.w, op->mm) != NULL
                     : pictures_art(pictures, op->name, op->rect.w, op->rect.h, ui_theme(test->panel.ui)) != NULL;
    if (!there && !*test->missing)
        str_copy_cut(str_from(op->name), test->missing, sizeof test->missing);
}

static void note_cut(Viewing *viewing, const Model *model, const char *place, const Node *node)
{
    if (viewing->cut++ == 0)
        (void)snprintf(viewing->first, sizeof viewing->first, "%s, %s, %d %%: %s \"%.40s\"", place,
                       language_tag(model_language(model)), model_glass(model).text_percent, node->id, node->label);
}

static bool view(void *ctx, const Model *model, const char *place)
{
    Viewing *viewing = ctx;
    Panel *panel = &viewing->test->panel;

    panel_follow(panel, model, viewing->test->log);
    panel_build(panel, model);
    const Tree *tree = ui_tree(panel->ui);
    const OpList *list = ui_ops(panel->ui);
    for (size_t i = 0; i < tree_count(tree); i++)
        if (tree_at(tree, i)->cut)
            note_cut(viewing, model, place, tree_at(tree, i));
    for (size_t i = 0; i < list->count; i++)
        if (list->ops[i].kind == OP_ICON || list->ops[i].kind == OP_ART)
            note_icon(viewing, &list->ops[i]);
    viewing->pictures++;
    return clock_monotonic_ms(&viewing->test->clock) < viewing->test->until_ms - SHARE_MS;
}

static bool play(Viewing *viewing, Language language, int percent, bool shown[SCREEN_COUNT], Error *err)
{
    SelfTest *test = viewing->test;
    const UiConfig *window = &test->panel.shown;
    AppConfig config = { .texts = test->texts,
                         .place = settings_text(test->settings, "kiosk.place"),
                         .utc_offset_minutes = (int)settings_number(test->settings, "institution.utc_offset_minutes"),
                         .language = language,
                         .glass = { .text_percent = percent,
                                    .low_reach = settings_bool(test->settings, "panel.mounted_low") },
                         .version = KIOSK_VERSION };
    RehearsalPlan plan = { .config = &config,
                           .catalogue = test->catalogue,
                           .window = { window->width, window->height, window->pixels_per_mm },
                           .wall_ms = clock_wall_ms(&test->clock),
                           .show = view,
                           .ctx = viewing };

    for (Language i = 0; i < LANGUAGE_COUNT; i++) {
        char key[48];
        (void)snprintf(key, sizeof key, "institution.name_%s", language_key(i));
        config.institution[i] = settings_text(test->settings, key);
    }
    return rehearsal_play(&plan, shown, err);
}

bool self_test_screens(SelfTest *test, Check *check)
{
    bool shown[SCREEN_COUNT] = { false };
    Viewing *viewing = mem_new(1, sizeof *viewing);
    bool played = viewing != NULL;

    if (!viewing || !test->panel.ui || !test->texts) {
        mem_free(viewing);
        return error_set(&check->err, ERR_NOT_FOUND, "not tried: there is no window or no texts");
    }
    viewing->test = test;
    for (size_t i = 0; played && i < COUNT(text_percents); i++)
        for (Language language = 0; played && language < LANGUAGE_COUNT; language++)
            played = play(viewing, language, text_percents[i], shown, &check->err);
    panel_show(&test->panel); /* the window has taken one */
    test->icons = viewing->icon_count;
    check_number(check, "pictures", viewing->pictures);
    check_number(check, "cut", viewing->cut);
    for (size_t i = 0; played && i < COUNT(shown); i++)
        if (!shown[i])
            played = error_set(&check->err, ERR_INTERNAL, "screen %zu was never reached", i);
    if (played && viewing->cut > 0)
        played = error_set(&check->err, ERR_RANGE, "%u texts are cut; first %s", viewing->cut, viewing->first);
    (void)snprintf(check->detail, sizeof check->detail,
                   "%u pictures in %d languages and %zu text sizes, nothing is cut", viewing->pictures, LANGUAGE_COUNT,
                   COUNT(text_percents));
    mem_free(viewing);
    return played;
}

bool self_test_icons(SelfTest *test, Check *check)
{
    if (*test->missing)
        return error_set(&check->err, ERR_NOT_FOUND, "no %s.svg in %.100s", test->missing,
                         settings_text(test->settings, "paths.icons"));
    if (test->icons == 0)
        return error_set(&check->err, ERR_NOT_FOUND, "not seen: no screen was shown");
    (void)snprintf(check->detail, sizeof check->detail, "%zu in use", test->icons);
    return true;
}
