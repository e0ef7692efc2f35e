#include "kiosk/ui/ui.h"

#include <SDL_image.h>

#include "base/memory.h"
#include "kiosk/ui/paint.h"
#include "kiosk/ui/view.h"

static_assert(UI_RECTS_MOST == PAINT_RECTS_MOST, "one maximum");

struct Ui {
    Metrics metrics;
    Theme theme;
    Text *text;
    Pictures *pictures;
    Tree *shown; /* what input means */
    Tree *next;  /* what is being built */
    View view;
    bool changed;     /* the picture may differ from the last painted */
    bool whole;       /* all must be painted */
    bool forget_next; /* the tree shown is still the ended visit's: forget again when it goes */
    Layout layout;
    OpList ops;
    Painter painter;
};

void ui_free(Ui *ui)
{
    if (!ui)
        return;
    text_free(ui->text);
    pictures_free(ui->pictures);
    tree_free(ui->shown);
    tree_free(ui->next);
    mem_free_wiped(ui, sizeof(*ui));
}

static bool check_config(const UiConfig *config, Error *err)
{
    if (config->width < 320 || config->height < 240 || config->width > 8192 || config->height > 8192)
        return error_set(err, ERR_RANGE, "glass of %d x %d pixels", config->width, config->height);
    if (!(config->pixels_per_mm >= 1) || !(config->pixels_per_mm <= 20))
        return error_set(err, ERR_RANGE, "%.2f pixels a millimetre", (double)config->pixels_per_mm);
    if (!(config->text_scale >= 1) || !(config->text_scale <= 2))
        return error_set(err, ERR_RANGE, "text scale %.2f", (double)config->text_scale);
    return true;
}

static void relayout(Ui *ui)
{
    layout_run(&ui->layout, ui->shown, &ui->metrics, ui->text, ui->pictures);
    view_find_again(&ui->view, &ui->layout);
    ui->changed = true;
}

bool ui_configure(Ui *ui, const UiConfig *config, Error *err)
{
    Theme theme;
    Text *text;
    Pictures *pictures;

    if (!check_config(config, err) || !theme_load(&theme, config->theme_file, err))
        return error_add(err, "glass");
    text = text_new(config->fonts_folder, err);
    pictures = text ? pictures_new(config->icons_folder, err) : NULL;
    if (!pictures) {
        text_free(text);
        return error_add(err, "glass");
    }
    text_free(ui->text);
    pictures_free(ui->pictures);
    ui->text = ui->painter.text = text;
    ui->pictures = ui->painter.pictures = pictures;
    ui->theme = theme;
    ui->painter.theme = &ui->theme;
    ui->metrics = (Metrics){ config->width, config->height, config->pixels_per_mm, config->text_scale };
    relayout(ui);
    ui_damage_all(ui);
    return true;
}

Ui *ui_new(const UiConfig *config, Error *err)
{
    OWNED(Ui) ui = mem_new(1, sizeof(*ui));

    if (!ui) {
        error_set(err, ERR_MEMORY, "glass");
        return NULL;
    }
    view_clear(&ui->view);
    ui->shown = tree_new(err);
    ui->next = ui->shown ? tree_new(err) : NULL;
    if (!ui->next || !ui_configure(ui, config, err))
        return NULL;
    return steal(&ui);
}

Tree *ui_begin(Ui *ui, Language language)
{
    tree_clear(ui->next, language);
    return ui->next;
}

void ui_lay_out(Ui *ui)
{
    Tree *before = ui->shown;

    ui->shown = ui->next;
    ui->next = before;
    ui->ops.count = 0; /* it borrows from the tree that goes */
    tree_clear(before, LANGUAGE_UZ);
    if (ui->forget_next) {
        text_forget(ui->text);
        pictures_forget(ui->pictures);
        ui->forget_next = false;
    }
    relayout(ui);
}

const Tree *ui_tree(const Ui *ui)
{
    return ui->shown;
}

void ui_damage_all(Ui *ui)
{
    painter_forget(&ui->painter);
    ui->whole = ui->changed = true;
}

bool ui_wants_paint(const Ui *ui)
{
    return ui->changed;
}

int ui_paint(Ui *ui, SDL_Surface *target, SDL_Rect rects[UI_RECTS_MOST])
{
    Rect glass = { 0, 0, target->w < ui->metrics.width ? target->w : ui->metrics.width,
                   target->h < ui->metrics.height ? target->h : ui->metrics.height };
    Rect dirty[PAINT_RECTS_MOST];
    Canvas canvas;
    int count;

    assert(target->format->BytesPerPixel == 4 && target->format->Rmask == 0xff0000 && target->format->Bmask == 0xff);
    if (!ui->changed || (SDL_MUSTLOCK(target) && SDL_LockSurface(target) != 0))
        return 0;
    look_build(&ui->ops, &ui->layout, &ui->theme, view_pressed(&ui->view), ui->view.focus.index);
    count = painter_compare(&ui->painter, &ui->ops, glass, dirty);
    if (ui->whole) {
        dirty[0] = glass;
        count = 1;
    }
    canvas = (Canvas){ target->pixels, target->pitch / 4, glass };
    for (int i = 0; i < count; i++) {
        painter_draw(&ui->painter, &ui->ops, &canvas, dirty[i]);
        rects[i] = (SDL_Rect){ dirty[i].x, dirty[i].y, dirty[i].w, dirty[i].h };
    }
    if (SDL_MUSTLOCK(target))
        SDL_UnlockSurface(target);
    ui->changed = ui->whole = false;
    return count;
}

bool ui_input(Ui *ui, const UiInput *input, Send *ret_send)
{
    bool changed, acted = view_input(&ui->view, &ui->layout, input, ret_send, &changed);

    ui->changed |= changed;
    return acted;
}

bool ui_tap(Ui *ui, const char *id, Send *ret_send)
{
    const Node *node = tree_find(ui->shown, id);
    UiInput at = { .kind = UI_DOWN };
    Rect seen;

    if (!node || !node_is_control(node))
        return false;
    seen = rect_cross(node->clip, node->rect);
    at.x = seen.x + seen.w / 2;
    at.y = seen.y + seen.h / 2;
    if (rect_empty(seen) || view_hit(ui->shown, at.x, at.y) != tree_index(ui->shown, node))
        return false;
    (void)ui_input(ui, &(UiInput){ .kind = UI_CANCEL }, ret_send);
    if (ui_input(ui, &at, ret_send)) { /* a key */
        (void)ui_input(ui, &(UiInput){ .kind = UI_CANCEL }, ret_send);
        return true;
    }
    at.kind = UI_UP;
    return ui_input(ui, &at, ret_send);
}

void ui_forget(Ui *ui)
{
    view_clear(&ui->view);
    tree_clear(ui->next, LANGUAGE_UZ);
    text_forget(ui->text);
    pictures_forget(ui->pictures);
    mem_wipe(&ui->ops, sizeof(ui->ops));
    ui->forget_next = true;
    ui_damage_all(ui);
}

bool ui_shot(SDL_Surface *surface, const char *path, Error *err)
{
    if (IMG_SavePNG(surface, path) != 0)
        return error_set(err, ERR_IO, "%s: %s", path, SDL_GetError());
    return true;
}
