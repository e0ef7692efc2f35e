#include "kiosk/ui/look.h"

#include <string.h>

#include "kiosk/ui/look_parts.h"

#define PX_LIP          2 /* below a key */
#define SCROLLERS_DEEP  4 /* inside each other */
#define MM_STARS        56.0F
#define PRESSED_DEEP    200 /* of 255: how much of brand-deep a pressed brand fill has */
#define DISABLED_PART   24  /* of 255: what is left of a disabled thing's fill */
#define DISABLED_INK    100 /* and of its words, at least: more where they would be hard to read */
#define DISABLED_STEP   8
#define LOW_SIGHT_LEAST 10.0 /* contrast of all words in the theme for low sight */
#define PX_DISABLED     2
#define VEIL_PART       140  /* of 255: how much of the screen below a dialog is black */
#define MM_PLATE        1.5F /* of a logo's plate beyond it */

int look_px(const Look *look, float mm)
{
    return metrics_px(look->layout->metrics, mm);
}

Pixel look_colour(const Look *look, Colour role)
{
    return look->theme->colour[role];
}

void look_emit(Look *look, Op op)
{
    op.node = look->node ? tree_index(look->layout->tree, look->node) : NODE_NONE;
    op.seen = rect_cross(op.seen, look->inherited.view);
    if (look->list->count < OPS_MOST && !rect_empty(op.seen))
        look->list->ops[look->list->count++] = op;
}

void look_box(Look *look, Rect rect, int radius, Pixel fill)
{
    look_emit(look, (Op){ .kind = OP_BOX, .rect = rect, .seen = rect, .fill = fill, .filled = true, .radius = radius });
}

void look_ring(Look *look, Rect rect, int radius, int thickness, Pixel line)
{
    look_emit(
        look,
        (Op){ .kind = OP_BOX, .rect = rect, .seen = rect, .line = line, .thickness = thickness, .radius = radius });
}

void look_shadow(Look *look, Rect rect, int radius)
{
    Rect seen = rect_inset(rect, -SHADOW_EDGE);

    seen.h += SHADOW_DOWN;
    if (look->theme->shadow)
        look_emit(look, (Op){ .kind = OP_SHADOW,
                              .rect = rect,
                              .seen = seen,
                              .radius = radius,
                              .fill = look_colour(look, COLOUR_INK) });
}

void look_icon(Look *look, Rect rect, const char *name, Pixel ink)
{
    look_emit(look, (Op){ .kind = OP_ICON,
                          .rect = rect,
                          .seen = rect,
                          .name = name,
                          .fill = ink,
                          .mm = (float)rect.w / look->layout->metrics->pixels_per_mm });
}

void look_words(Look *look, Rect rect, Rect bounds, const TextLook *set, TextRole role, Str words, Pixel ink)
{
    int beyond = set->size / 64 / 2; /* marks above capitals, tails below lines set tight */

    look_emit(look, (Op){ .kind = OP_WORDS,
                          .rect = rect,
                          .seen = rect_cross(rect_inset(rect, -beyond), bounds),
                          .look = *set,
                          .baseline = metrics_baseline_of(set, role),
                          .words = words,
                          .fill = ink });
}

Pixel look_ink(const Look *look)
{
    return look->own.ink;
}

static bool is_disabled(const Look *look)
{
    return look->own.disabled;
}

/* An icon takes its node's own ink; else brand, or on-brand where that is inherited. */
static Pixel icon_ink(const Look *look)
{
    bool named = look->node->style.ink != COLOUR_NONE || look->own.on_brand || is_disabled(look);

    return named ? look_ink(look) : look_colour(look, COLOUR_BRAND);
}

/* ---- the box ---- */

/* Darker, but never so that what stands on it is lost: brand-deep is for the eye alone. */
static Pixel pressed_under(const Look *look)
{
    Pixel under = look->own.under, deep = theme_mix(under, look_colour(look, COLOUR_BRAND_DEEP), PRESSED_DEEP);

    if (look->fill != COLOUR_BRAND)
        return theme_mix(under, look_colour(look, COLOUR_BRAND), PRESSED_PART);
    if (theme_contrast(deep, look_colour(look, COLOUR_ON_BRAND)) >= THEME_CONTRAST_LEAST)
        return deep;
    return theme_mix(under, look_colour(look, COLOUR_ON_BRAND), PRESSED_PART);
}

/* Soft, but still to be read: who can't use a thing may want to know what it is. */
static Pixel disabled_ink(const Look *look)
{
    Pixel under = look->own.under, ink = look_colour(look, COLOUR_INK), other = look_colour(look, COLOUR_ON_BRAND),
          soft;
    double least = look->theme->takes_brand ? THEME_CONTRAST_LEAST : LOW_SIGHT_LEAST;
    unsigned part = DISABLED_INK;

    if (theme_contrast(other, under) > theme_contrast(ink, under))
        ink = other;
    do {
        part += DISABLED_STEP;
        soft = theme_mix(under, ink, part);
    } while (part + DISABLED_STEP <= 255 && theme_contrast(soft, under) < least);
    return soft;
}

static void resolve(Look *look)
{
    const Node *node = look->node;
    bool chosen = node->state & NODE_CHOSEN;
    Colour ink = node->style.ink;

    look->fill = node->style.fill;
    look->border = node->style.border;
    if (chosen && (node->role == ROLE_CHOICE || node->role == ROLE_CHECK)) {
        look->fill = COLOUR_TINT;
        look->border = COLOUR_BRAND;
    } else if (chosen && node->role == ROLE_BUTTON) {
        look->fill = COLOUR_BRAND;
        look->border = COLOUR_NONE;
        ink = COLOUR_ON_BRAND;
    } else if (node->role == ROLE_TAB && ink == COLOUR_NONE) {
        ink = chosen ? COLOUR_BRAND : COLOUR_INK_SOFT;
    }
    if (look->border == COLOUR_NONE && node->style.shadow && look->theme->card_border)
        look->border = COLOUR_LINE;
    if (look->pressed && node->role == ROLE_KEY) { /* small below a finger: it turns over */
        look->fill = COLOUR_BRAND;
        ink = COLOUR_ON_BRAND;
    }
    look->own = look->inherited;
    if (ink != COLOUR_NONE) {
        look->own.ink = look_colour(look, ink);
        look->own.on_brand = ink == COLOUR_ON_BRAND;
    }
    look->own.disabled |= (node->state & NODE_DISABLED) != 0;
    if (look->fill != COLOUR_NONE && node->role != ROLE_FIELD)
        look->own.under = look->own.disabled
                              ? theme_mix(look->inherited.under, look_colour(look, look->fill), DISABLED_PART)
                              : look_colour(look, look->fill);
    if (look->pressed)
        look->own.under = pressed_under(look);
    if (is_disabled(look))
        look->own.ink = disabled_ink(look);
}

static void draw_box(Look *look)
{
    const Style *style = &look->node->style;
    int radius = look_px(look, style->corner), thickness = style->border_px > 0 ? (int)style->border_px : PX_EDGE;
    Rect rect = look->node->rect;
    Op op = {
        .kind = OP_BOX, .rect = rect, .seen = rect, .radius = radius, .fill = look->own.under, .dashed = style->dashed
    };

    if (style->shadow && !is_disabled(look))
        look_shadow(look, rect, radius);
    if (style->veil)
        look_emit(look, (Op){ .kind = OP_VEIL, .rect = rect, .seen = rect, .fill = 0, .thickness = VEIL_PART });
    if (look->node->role == ROLE_KEY && look->border != COLOUR_NONE)
        look_box(look, (Rect){ rect.x, rect.y + PX_LIP, rect.w, rect.h }, radius, look_colour(look, look->border));
    op.filled = look->fill != COLOUR_NONE || look->pressed;
    if (look->border != COLOUR_NONE) {
        op.line = look_colour(look, look->border);
        op.thickness = thickness;
    }
    if (look->node->state & NODE_DISABLED) { /* not by colour alone */
        op.line = look->own.ink;
        op.thickness = op.filled || op.thickness > 0 ? PX_DISABLED : 0;
        op.dashed = true;
    }
    if (op.filled || op.thickness > 0)
        look_emit(look, op);
    if (style->ornament && look->theme->ornament)
        look_emit(look, (Op){ .kind = OP_STARS,
                              .rect = rect,
                              .seen = rect,
                              .fill = look->own.under,
                              .line = look->theme->star_line,
                              .radius = look_px(look, MM_STARS) });
}

/* ---- own content ---- */

static Align text_align(const Look *look)
{
    return layout_centres(look->node) ? ALIGN_CENTRE : look->node->style.text_align;
}

void look_lines(Look *look, size_t first, size_t count, Rect area, const TextLook *set, TextRole role, Align align,
                Pixel ink)
{
    int height = metrics_line_of(set, role);

    for (size_t i = 0; i < count; i++) {
        const TextLine *line = &look->layout->lines[first + i];
        int left = area.w - line->width;
        Rect rect = { area.x, area.y + (int)i * height, line->width, height };
        if (align == ALIGN_CENTRE)
            rect.x += left / 2;
        else if (align == ALIGN_END)
            rect.x += left;
        look_words(look, rect, look->inherited.view, set, role, line->words, ink);
    }
}

static void draw_label(Look *look)
{
    TextLook set = layout_look(look->layout, look->node);

    look_lines(look, look->box->line, look->box->lines, look->box->label, &set, layout_text_role(look->node),
               text_align(look), look_ink(look));
}

static void draw_page(Look *look)
{
    const Style *style = &look->node->style;
    Rect rect = look->box->icon;
    int radius = look_px(look, style->corner);

    if (style->shadow)
        look_shadow(look, rect, radius);
    if (look->fill != COLOUR_NONE)
        look_box(look, rect, radius, look_colour(look, look->fill));
    look_emit(look, (Op){ .kind = OP_PAGE, .rect = rect, .seen = rect, .page = look->node->image });
    if (look->border != COLOUR_NONE)
        look_ring(look, rect, radius, style->border_px > 0 ? (int)style->border_px : PX_EDGE,
                  look_colour(look, look->border));
}

/* The university's own, on a plate where its colours are lost on what is below it. */
static void draw_logo(Look *look, Rect square)
{
    Pictures *pictures = look->layout->pictures;
    float aspect = pictures_logo_aspect(pictures);
    Rect rect = square;

    if (!pictures_logo_shows_on(pictures, look->own.under)) {
        int off = look_px(look, MM_PLATE);
        Pixel paper = look_colour(look, COLOUR_PAPER), brand = look_colour(look, COLOUR_BRAND);
        bool white = theme_contrast(paper, look->own.under) > theme_contrast(brand, look->own.under);
        look_box(look, rect, off, white ? paper : brand);
        square = rect = rect_inset(rect, off);
    }
    if (aspect > 1)
        rect.w = (int)((float)square.h / aspect);
    else
        rect.h = (int)((float)square.w * aspect);
    rect.x += (square.w - rect.w) / 2;
    rect.y += (square.h - rect.h) / 2;
    look_emit(look, (Op){ .kind = OP_LOGO, .rect = rect, .seen = rect, .page = pictures_logo_blob(pictures) });
}

static void draw_image_node(Look *look)
{
    Rect rect = look->box->icon;

    if (look->node->image) {
        draw_page(look);
        return;
    }
    draw_box(look);
    if (!look->node->icon)
        return;
    const Pictures *pictures = look->layout->pictures;
    if (strcmp(look->node->icon, "logo") == 0 && pictures_logo_aspect(pictures) > 0 &&
        !pictures_logo_is_emblem(pictures))
        draw_logo(look, rect);
    else if (picture_is_art(look->node->icon))
        look_emit(look, (Op){ .kind = OP_ART, .rect = rect, .seen = rect, .name = look->node->icon });
    else
        look_icon(look, rect, look->node->icon, icon_ink(look));
}

/* ---- all of it ---- */

static void draw_node(Look *look)
{
    const Node *node = look->node;

    if (node->role == ROLE_IMAGE) {
        draw_image_node(look);
        return;
    }
    if (node->role == ROLE_FIELD) {
        look_field(look);
        return;
    }
    draw_box(look);
    if (layout_has_mark(node))
        look_mark(look);
    else if ((node->role == ROLE_CHOICE || node->role == ROLE_CHECK) && (node->state & NODE_CHOSEN))
        look_check(look);
    else if (node->role == ROLE_TAB)
        look_tab(look);
    else if (node->role == ROLE_PROGRESS)
        look_progress(look);
    else if (node->role == ROLE_CHART && node->line)
        look_line(look);
    if (look->box->icon_size > 0)
        look_icon(look, look->box->icon, node->icon, icon_ink(look));
    draw_label(look);
}

static void enter(Look *look, const Tree *tree, size_t index, uint16_t pressed)
{
    const Node *node = tree_at(tree, index);
    const Metrics *metrics = look->layout->metrics;

    look->node = node;
    look->box = &look->layout->boxes[index];
    look->pressed = index == pressed;
    if (node->parent == NODE_NONE)
        look->inherited = (LookInk){ .ink = look_colour(look, COLOUR_INK),
                                     .under = look_colour(look, COLOUR_GROUND),
                                     .view = { 0, 0, metrics->width, metrics->height } };
    else
        look->inherited = look->list->inks[node->parent];
}

/* What scrolls is cut off above and below alone: shadows and rings of what is inside are seen at its sides. */
static Rect beside(Rect rect)
{
    return (Rect){ rect.x - SHADOW_EDGE, rect.y, rect.w + 2 * SHADOW_EDGE, rect.h };
}

/* Bars and soft edges of what scrolls and ends before node `next`, over all that is inside, below all that follows. */
static size_t close_scrollers(Look *look, const Tree *tree, uint16_t *open, size_t depth, size_t next, bool left_handed)
{
    const Node *node = next < tree_count(tree) ? tree_at(tree, next) : NULL;

    while (depth > 0 && (!node || node->parent == NODE_NONE || node->parent < open[depth - 1])) {
        enter(look, tree, open[--depth], NODE_NONE);
        look_scroller(look, look->list->inks[open[depth]].under, left_handed);
    }
    return depth;
}

void look_build(OpList *list, const Layout *layout, const Theme *theme, const LookNow *now)
{
    const Tree *tree = layout->tree;
    size_t count = tree ? tree_count(tree) : 0, depth = 0;
    Look look = { .list = list, .layout = layout, .theme = theme };
    Rect glass = { 0, 0, layout->metrics->width, layout->metrics->height };
    uint16_t open[SCROLLERS_DEEP];

    list->count = 0;
    look.inherited.view = glass;
    look_emit(&look, (Op){ .kind = OP_FILL, .rect = glass, .seen = glass, .fill = look_colour(&look, COLOUR_GROUND) });
    for (size_t i = 0; i < count; i++) {
        depth = close_scrollers(&look, tree, open, depth, i, now->left_handed);
        enter(&look, tree, i, now->pressed);
        resolve(&look);
        draw_node(&look);
        list->inks[i] = look.own;
        if (!look.node->style.scroll)
            continue;
        list->inks[i].view = rect_cross(look.inherited.view, beside(look.node->rect));
        if (look.box->scroll_most > 0 && depth < SCROLLERS_DEEP)
            open[depth++] = (uint16_t)i;
    }
    if (count > 0)
        (void)close_scrollers(&look, tree, open, depth, count, now->left_handed);
    if (now->focus < count) {
        enter(&look, tree, now->focus, now->pressed);
        look_focus(&look);
    }
}
