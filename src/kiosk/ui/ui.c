#include "kiosk/ui/ui.h"

#include <string.h>

#include <SDL_image.h>

#include "base/memory.h"
#include "kiosk/ui/inspect.h"
#include "kiosk/ui/move.h"
#include "kiosk/ui/paint.h"
#include "kiosk/ui/view.h"

static_assert(UI_RECTS_MOST == PAINT_RECTS_MOST, "one maximum");

#define FOLDER_SIZE 512

struct Ui {
    Metrics metrics;
    Theme theme;
    bool left_handed, calm;
    const Clock *clock;
    Blob *logo;
    char next_screen[NODE_ID_SIZE]; /* of the tree being built */
    char fonts_folder[FOLDER_SIZE], icons_folder[FOLDER_SIZE];
    Text *text;
    Pictures *pictures;
    Tree *shown; /* what input means */
    Tree *next;  /* what is being built */
    View view;
    bool changed; /* the picture may differ from the last painted */
    bool whole;   /* all must be painted */
    bool enters;  /* another screen than the last painted */
    Move move;
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
    move_drop(&ui->move);
    blob_drop(ui->logo);
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

/* Opens fonts and pictures where the folders are others than before. */
static bool open_folders(Ui *ui, const UiConfig *config, Error *err)
{
    bool new_fonts = !ui->text || strcmp(ui->fonts_folder, config->fonts_folder) != 0;
    bool new_icons = !ui->pictures || strcmp(ui->icons_folder, config->icons_folder) != 0;
    Text *text = new_fonts ? text_new(config->fonts_folder, err) : ui->text;
    Pictures *pictures = text && new_icons ? pictures_new(config->icons_folder, err) : ui->pictures;

    if (!text || !pictures) {
        if (new_fonts)
            text_free(text);
        return false;
    }
    if (new_fonts)
        text_free(ui->text);
    if (new_icons)
        pictures_free(ui->pictures);
    ui->text = ui->painter.text = text;
    ui->pictures = ui->painter.pictures = pictures;
    str_copy_cut(str_from(config->fonts_folder), ui->fonts_folder, sizeof(ui->fonts_folder));
    str_copy_cut(str_from(config->icons_folder), ui->icons_folder, sizeof(ui->icons_folder));
    return true;
}

static void set_logo(Ui *ui, Blob *logo)
{
    if (logo)
        blob_keep(logo);
    move_drop(&ui->move);
    blob_drop(ui->logo);
    ui->logo = logo;
    pictures_set_logo(ui->pictures, logo);
}

bool ui_configure(Ui *ui, const UiConfig *config, Error *err)
{
    Theme theme;

    if (!check_config(config, err) || !theme_load(&theme, config->theme_file, err) || !open_folders(ui, config, err))
        return error_add(err, "glass");
    if (config->brand)
        theme_set_brand(&theme, config->brand);
    ui->theme = theme;
    ui->painter.theme = &ui->theme;
    ui->metrics = (Metrics){ config->width, config->height, config->pixels_per_mm, config->text_scale };
    ui->left_handed = config->left_handed;
    ui->calm = config->calm;
    ui->clock = config->clock;
    set_logo(ui, config->logo);
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

void ui_screen(Ui *ui, const char *name)
{
    str_copy_cut(str_from(name), ui->next_screen, sizeof(ui->next_screen));
}

void ui_lay_out(Ui *ui)
{
    Tree *before = ui->shown;

    ui->enters |= *ui->view.screen && strcmp(ui->view.screen, ui->next_screen) != 0;
    view_enter(&ui->view, ui->next_screen);
    ui->shown = ui->next;
    ui->next = before;
    ui->ops.count = 0; /* it borrows from the tree that goes */
    tree_clear(before, LANGUAGE_FIRST);
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
    move_drop(&ui->move);
    painter_forget(&ui->painter);
    ui->whole = ui->changed = true;
}

int ui_next_frame_ms(const Ui *ui)
{
    return move_runs(&ui->move) ? move_next_ms(&ui->move, clock_monotonic_ms(ui->clock)) : -1;
}

bool ui_settled(const Ui *ui)
{
    return !ui->changed && !move_runs(&ui->move);
}

const Node *ui_focused(const Ui *ui)
{
    return ui->view.focus.index == NODE_NONE ? NULL : tree_at(ui->shown, ui->view.focus.index);
}

bool ui_wants_paint(const Ui *ui)
{
    return ui->changed;
}

static void build_ops(Ui *ui)
{
    LookNow now = { view_pressed(&ui->view), ui->view.focus.index, ui->left_handed };

    look_build(&ui->ops, &ui->layout, &ui->theme, &now);
}

/* Whether what the screen is about may move in: not below a dialog, and not over an ornament. */
static const Node *content_that_moves(const Ui *ui)
{
    const Node *content = tree_find(ui->shown, VIEW_CONTENT);

    return content && !ui->calm && ui->clock && tree_scope(ui->shown) == 0 && !content->style.ornament ? content : NULL;
}

static int add_rect(SDL_Rect *rects, int count, Rect rect)
{
    SDL_Rect added = { rect.x, rect.y, rect.w, rect.h };

    if (count == UI_RECTS_MOST) {
        SDL_UnionRect(&rects[count - 1], &added, &rects[count - 1]);
        return count;
    }
    rects[count] = added;
    return count + 1;
}

/* Paints what differs from the last picture. */
static int paint_changes(Ui *ui, const Canvas *canvas, SDL_Rect *rects)
{
    Rect dirty[PAINT_RECTS_MOST];
    int count;

    build_ops(ui);
    count = painter_compare(&ui->painter, &ui->ops, canvas->clip, dirty);
    if (ui->whole) {
        dirty[0] = canvas->clip;
        count = 1;
    }
    for (int i = 0; i < count; i++) {
        painter_draw(&ui->painter, &ui->ops, canvas, dirty[i]);
        rects[i] = (SDL_Rect){ dirty[i].x, dirty[i].y, dirty[i].w, dirty[i].h };
    }
    return count;
}

/* The final picture is on the canvas; what moves in is shown on its way. */
static int begin_move(Ui *ui, const Canvas *canvas, SDL_Rect *rects, int count)
{
    const Node *content = content_that_moves(ui);
    int64_t now_ms;

    if (!content)
        return count;
    now_ms = clock_monotonic_ms(ui->clock);
    move_begin(&ui->move, canvas, content->clip, ui->ops.inks[tree_index(ui->shown, content)].under,
               metrics_px(&ui->metrics, MOVE_RISE_MM), now_ms);
    if (!move_runs(&ui->move))
        return count;
    count = add_rect(rects, count, ui->move.rect);
    (void)move_draw(&ui->move, canvas, now_ms);
    return count;
}

int ui_paint(Ui *ui, SDL_Surface *target, SDL_Rect rects[UI_RECTS_MOST])
{
    Rect glass = { 0, 0, target->w < ui->metrics.width ? target->w : ui->metrics.width,
                   target->h < ui->metrics.height ? target->h : ui->metrics.height };
    Rect moved = ui->move.rect;
    bool moves = move_runs(&ui->move);
    Canvas canvas;
    int count = 0;

    assert(target->format->BytesPerPixel == 4 && target->format->Rmask == 0xff0000 && target->format->Bmask == 0xff);
    if ((!ui->changed && !moves) || (SDL_MUSTLOCK(target) && SDL_LockSurface(target) != 0))
        return 0;
    canvas = (Canvas){ target->pixels, target->pitch / 4, glass };
    if (ui->changed) {
        move_end(&ui->move, &canvas);
        count = paint_changes(ui, &canvas, rects);
        if (ui->enters && !ui->whole)
            count = begin_move(ui, &canvas, rects, count);
        ui->changed = ui->whole = ui->enters = false;
    } else {
        (void)move_draw(&ui->move, &canvas, clock_monotonic_ms(ui->clock));
    }
    if (moves)
        count = add_rect(rects, count, moved);
    if (SDL_MUSTLOCK(target))
        SDL_UnlockSurface(target);
    return count;
}

bool ui_input(Ui *ui, const UiInput *input, Send *ret_send)
{
    bool changed, acted;

    if (move_runs(&ui->move))
        ui->changed = true; /* the next picture is the final one */
    acted = view_input(&ui->view, &ui->layout, input, ret_send, &changed);

    ui->changed |= changed;
    return acted;
}

bool ui_touches(const Ui *ui, int x, int y)
{
    return view_hit(ui->shown, x, y) != NODE_NONE;
}

bool ui_tap(Ui *ui, const char *id, Send *ret_send)
{
    const Node *node = tree_find(ui->shown, id);
    UiInput at = { .kind = UI_DOWN };
    Rect seen;

    if (!node || !node_is_control(node))
        return false;
    view_show(&ui->view, &ui->layout, tree_index(ui->shown, node));
    ui->changed = true;
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
    tree_clear(ui->next, LANGUAGE_FIRST);
    text_forget(ui->text);
    pictures_forget(ui->pictures);
    mem_wipe(&ui->ops, sizeof(ui->ops));
    ui->forget_next = true;
    ui_damage_all(ui);
}

Layout *ui_layout(Ui *ui)
{
    return &ui->layout;
}

const Theme *ui_theme(const Ui *ui)
{
    return &ui->theme;
}

const OpList *ui_ops(Ui *ui)
{
    build_ops(ui);
    return &ui->ops;
}

uint16_t ui_focus(const Ui *ui)
{
    return ui->view.focus.index;
}

void ui_rest(Ui *ui)
{
    view_clear(&ui->view);
}

bool ui_shot(SDL_Surface *surface, const char *path, Error *err)
{
    if (IMG_SavePNG(surface, path) != 0)
        return error_set(err, ERR_IO, "%s: %s", path, SDL_GetError());
    return true;
}
