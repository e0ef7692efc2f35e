#include "kiosk/ui/look.h"

#include <string.h>

#include "kiosk/ui/layout_parts.h"

#define PX_EDGE           3 /* borders; tokens of the look, "Lines" */
#define PX_STRONG         5 /* focus, field being filled */
#define PX_RING_OFF       3 /* between a control and its focus ring */
#define PX_LIP            2 /* below a key */
#define PX_CARET          4
#define PX_CARET_OFF      5
#define MM_CORNER         4.0F
#define MM_STARS          56.0F
#define MM_CHECK          11.0F
#define MM_CHECK_OFF      6.0F
#define MM_RADIO_THICK    3.6F
#define MM_SCROLL_WIDE    1.5F
#define MM_SCROLL_OFF     1.0F
#define MM_SCROLL_LEAST   8.0F
#define PRESSED_PART      34 /* of 255: how much darker a pressed surface is */
#define DISABLED_PART     120
#define SECRET_SHOWN_MOST 64

/* What is being drawn. */
typedef struct Look {
    OpList *list;
    const Layout *layout;
    const Theme *theme;
    const Node *node;
    const LayoutBox *box;
    LookInk inherited, own;
    Colour fill, border;
    bool pressed;
} Look;

static int px(const Look *look, float mm)
{
    return metrics_px(look->layout->metrics, mm);
}

static Pixel colour(const Look *look, Colour role)
{
    return look->theme->colour[role];
}

static void emit(Look *look, Op op)
{
    op.seen = rect_cross(op.seen, look->inherited.view);
    if (look->list->count < OPS_MOST && !rect_empty(op.seen))
        look->list->ops[look->list->count++] = op;
}

static void emit_box(Look *look, Rect rect, int radius, Pixel fill)
{
    emit(look, (Op){ .kind = OP_BOX, .rect = rect, .seen = rect, .fill = fill, .filled = true, .radius = radius });
}

static void emit_ring(Look *look, Rect rect, int radius, int thickness, Pixel line)
{
    emit(look,
         (Op){ .kind = OP_BOX, .rect = rect, .seen = rect, .line = line, .thickness = thickness, .radius = radius });
}

static void emit_shadow(Look *look, Rect rect, int radius)
{
    Rect seen = rect_inset(rect, -SHADOW_EDGE);

    seen.h += SHADOW_DOWN;
    if (look->theme->shadow)
        emit(look,
             (Op){ .kind = OP_SHADOW, .rect = rect, .seen = seen, .radius = radius, .fill = colour(look, COLOUR_INK) });
}

static void emit_icon(Look *look, Rect rect, const char *name, Pixel ink)
{
    emit(look, (Op){ .kind = OP_ICON,
                     .rect = rect,
                     .seen = rect,
                     .name = name,
                     .fill = ink,
                     .mm = (float)rect.w / look->layout->metrics->pixels_per_mm });
}

/* rect: the line's box, as wide as its words.  bounds: what cuts it off. */
static void emit_words(Look *look, Rect rect, Rect bounds, const TextLook *set, TextRole role, Str words, Pixel ink)
{
    int beyond = set->size / 64 / 2; /* marks above capitals, tails below lines set tight */

    emit(look, (Op){ .kind = OP_WORDS,
                     .rect = rect,
                     .seen = rect_cross(rect_inset(rect, -beyond), bounds),
                     .look = *set,
                     .baseline = metrics_baseline(look->layout->metrics, role),
                     .words = words,
                     .fill = ink });
}

static Pixel own_ink(const Look *look)
{
    return look->own.ink;
}

static bool is_disabled(const Look *look)
{
    return look->node->state & NODE_DISABLED;
}

/* An icon takes its node's own ink; else brand, or on-brand where that is inherited. */
static Pixel icon_ink(const Look *look)
{
    bool named = look->node->style.ink != COLOUR_NONE || look->own.on_brand || is_disabled(look);

    return named ? own_ink(look) : colour(look, COLOUR_BRAND);
}

/* ---- the box ---- */

static void resolve(Look *look)
{
    const Node *node = look->node;
    bool chosen = node->state & NODE_CHOSEN;
    Colour ink = node->style.ink;

    look->fill = node->style.fill;
    look->border = node->style.border;
    if (chosen && node->role == ROLE_CHOICE) {
        look->fill = COLOUR_TINT;
        look->border = COLOUR_BRAND;
    } else if (chosen && node->role == ROLE_BUTTON) {
        look->fill = COLOUR_BRAND;
        look->border = COLOUR_NONE;
        ink = COLOUR_ON_BRAND;
    }
    if (look->border == COLOUR_NONE && node->style.shadow && look->theme->card_border)
        look->border = COLOUR_LINE;
    look->own = look->inherited;
    if (ink != COLOUR_NONE) {
        look->own.ink = colour(look, ink);
        look->own.on_brand = ink == COLOUR_ON_BRAND;
    }
    if (look->fill != COLOUR_NONE && node->role != ROLE_FIELD)
        look->own.under = colour(look, look->fill);
    if (look->pressed)
        look->own.under = look->fill == COLOUR_BRAND
                              ? theme_mix(look->own.under, colour(look, COLOUR_BRAND_DEEP), 200)
                              : theme_mix(look->own.under, colour(look, COLOUR_BRAND), PRESSED_PART);
    if (is_disabled(look))
        look->own.ink = theme_mix(look->own.under, look->own.ink, DISABLED_PART);
}

static void draw_box(Look *look)
{
    const Style *style = &look->node->style;
    int radius = px(look, style->corner), thickness = style->border_px > 0 ? (int)style->border_px : PX_EDGE;
    Rect rect = look->node->rect;
    Op op = {
        .kind = OP_BOX, .rect = rect, .seen = rect, .radius = radius, .fill = look->own.under, .dashed = style->dashed
    };

    if (style->shadow)
        emit_shadow(look, rect, radius);
    if (look->node->role == ROLE_KEY && look->border != COLOUR_NONE)
        emit_box(look, (Rect){ rect.x, rect.y + PX_LIP, rect.w, rect.h }, radius, colour(look, look->border));
    op.filled = look->fill != COLOUR_NONE || look->pressed;
    if (look->border != COLOUR_NONE) {
        op.line = colour(look, look->border);
        if (is_disabled(look))
            op.line = theme_mix(look->own.under, op.line, DISABLED_PART);
        op.thickness = thickness;
    }
    if (op.filled || op.thickness > 0)
        emit(look, op);
    if (style->ornament && look->theme->ornament)
        emit(look, (Op){ .kind = OP_STARS,
                         .rect = rect,
                         .seen = rect,
                         .fill = look->own.under,
                         .line = look->theme->star_line,
                         .radius = px(look, MM_STARS) });
}

/* ---- own content ---- */

static Align text_align(const Look *look)
{
    return layout_centres(look->node) ? ALIGN_CENTRE : look->node->style.text_align;
}

static void draw_lines(Look *look, size_t first, size_t count, Rect area, const TextLook *set, TextRole role,
                       Align align, Pixel ink)
{
    int height = metrics_line_height(look->layout->metrics, role);

    for (size_t i = 0; i < count; i++) {
        const TextLine *line = &look->layout->lines[first + i];
        int left = area.w - line->width;
        Rect rect = { area.x, area.y + (int)i * height, line->width, height };
        if (align == ALIGN_CENTRE)
            rect.x += left / 2;
        else if (align == ALIGN_END)
            rect.x += left;
        emit_words(look, rect, look->inherited.view, set, role, line->words, ink);
    }
}

static void draw_label(Look *look)
{
    TextLook set = layout_look(look->layout, look->node);

    draw_lines(look, look->box->line, look->box->lines, look->box->label, &set, layout_text_role(look->node),
               text_align(look), own_ink(look));
}

static void draw_radio(Look *look)
{
    bool chosen = look->node->state & NODE_CHOSEN;
    Rect mark = look->box->mark;
    Op op = { .kind = OP_BOX, .rect = mark, .seen = mark, .radius = mark.w / 2, .filled = true };

    op.fill = colour(look, COLOUR_SURFACE);
    op.line = colour(look, chosen ? COLOUR_BRAND : COLOUR_EDGE);
    op.thickness = chosen ? px(look, MM_RADIO_THICK) : PX_EDGE;
    emit(look, op);
}

static void draw_check(Look *look)
{
    int size = metrics_icon_px(look->layout->metrics, MM_CHECK), off = px(look, MM_CHECK_OFF);
    Rect rect = look->node->rect;

    emit_icon(look, (Rect){ rect.x + rect.w - off - size, rect.y + off, size, size }, "check",
              colour(look, COLOUR_BRAND));
}

static void draw_progress(Look *look)
{
    Str rest = str_from(look->node->value), done_text = str_split(&rest, '/');
    Rect bar = look->box->mark;
    uint64_t done = 0, all = 1;
    int gap = px(look, MM_SEGMENT_GAP), wide;

    if (!str_to_u64(done_text, 0, 1000, &done) || !str_to_u64(rest, 1, 40, &all))
        return;
    wide = (bar.w + gap) / (int)all - gap;
    for (int i = 0; i < (int)all; i++) {
        Rect segment = { bar.x + i * (wide + gap), bar.y, wide, bar.h };
        bool on = (uint64_t)i < done;
        Colour role = look->own.on_brand ? (on ? COLOUR_ON_BRAND : COLOUR_BRAND_LINE) : on ? COLOUR_BRAND : COLOUR_LINE;
        emit_box(look, segment, bar.h / 2, colour(look, role));
    }
}

static void draw_page(Look *look)
{
    const Style *style = &look->node->style;
    Rect rect = look->box->icon;
    int radius = px(look, style->corner);

    if (style->shadow)
        emit_shadow(look, rect, radius);
    if (look->fill != COLOUR_NONE)
        emit_box(look, rect, radius, colour(look, look->fill));
    emit(look, (Op){ .kind = OP_PAGE, .rect = rect, .seen = rect, .page = look->node->image });
    if (look->border != COLOUR_NONE)
        emit_ring(look, rect, radius, style->border_px > 0 ? (int)style->border_px : PX_EDGE,
                  colour(look, look->border));
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
    if (picture_is_art(look->node->icon))
        emit(look, (Op){ .kind = OP_ART, .rect = rect, .seen = rect, .name = look->node->icon });
    else
        emit_icon(look, rect, look->node->icon, icon_ink(look));
}

/* ---- field ---- */

/* As many dots as there are characters. */
static Str dots_for(const char *value)
{
#define DOTS_8 "\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"
    static const char dots[] = DOTS_8 DOTS_8 DOTS_8 DOTS_8 DOTS_8 DOTS_8 DOTS_8 DOTS_8;
    static_assert(sizeof(dots) == SECRET_SHOWN_MOST * 3 + 1, "three bytes a dot");
    size_t count = utf8_count(str_from(value));

    return (Str){ dots, (count < SECRET_SHOWN_MOST ? count : SECRET_SHOWN_MOST) * 3 };
}

/* Room for the value: inside the box, left of the field's children. */
static Rect value_room(const Look *look)
{
    Pads pads = layout_pads(look->layout, look->node);
    Rect room = look->box->mark;
    int right = room.x + room.w - pads.right;

    for (uint16_t i = look->node->first; i != NODE_NONE; i = tree_at(look->layout->tree, i)->next) {
        int x = tree_at(look->layout->tree, i)->rect.x - px(look, MM_FIELD_GAP);
        right = x < right ? x : right;
    }
    room.x += pads.left;
    room.w = right > room.x ? right - room.x : 0;
    return room;
}

static void draw_caret(Look *look, int x, Rect room, int height)
{
    Rect caret = { x, room.y + (room.h - height) / 2, PX_CARET, height };

    emit(look, (Op){ .kind = OP_FILL, .rect = caret, .seen = caret, .fill = colour(look, COLOUR_FOCUS) });
}

/* The hint, after the caret. */
static void draw_hint(Look *look, Rect room)
{
    const Metrics *metrics = look->layout->metrics;
    TextLook set = metrics_look(metrics, TEXT_BODY, WEIGHT_REGULAR, false, look->node->language);
    int height = metrics_line_height(metrics, TEXT_BODY),
        off = look->node->state & NODE_FILLING ? PX_CARET + 2 * PX_CARET_OFF : 0;
    Str words = str_from(look->node->hint);
    Rect rect = { room.x + off, room.y + (room.h - height) / 2, text_width(look->layout->text, &set, words), height };

    emit_words(look, rect, room, &set, TEXT_BODY, words, colour(look, COLOUR_INK_SOFT));
}

static void draw_value(Look *look)
{
    static const Str more = { "\u2026", 3 };
    const Node *node = look->node;
    bool filling = node->state & NODE_FILLING;
    TextLook set = layout_look(look->layout, node);
    TextRole role = layout_text_role(node);
    Rect room = value_room(look), rect;
    int height = metrics_line_height(look->layout->metrics, role), caret = filling ? PX_CARET + PX_CARET_OFF : 0, dots;
    Str words = node->state & NODE_SECRET ? dots_for(node->value) : str_from(node->value);

    rect = (Rect){ room.x, room.y + (room.h - height) / 2, text_width(look->layout->text, &set, words), height };
    if (rect.w + caret > room.w) { /* its end is where one types */
        dots = text_width(look->layout->text, &set, more);
        words = text_tail(look->layout->text, &set, words, room.w - caret - dots);
        rect.w = text_width(look->layout->text, &set, words);
        rect.x = room.x + room.w - caret - rect.w;
        emit_words(look, (Rect){ rect.x - dots, rect.y, dots, height }, room, &set, role, more,
                   colour(look, COLOUR_INK_SOFT));
    }
    if (!*node->value)
        draw_hint(look, room);
    else
        emit_words(look, rect, room, &set, role, words, colour(look, COLOUR_INK));
    if (filling)
        draw_caret(look, *node->value ? rect.x + rect.w + PX_CARET_OFF : room.x, room, height - 2);
}

static void draw_field(Look *look)
{
    const Node *node = look->node;
    bool filling = node->state & NODE_FILLING, faulty = node->state & NODE_FAULTY;
    TextLook caption = layout_caption_look(look->layout, node);
    Pixel soft = look->own.on_brand ? own_ink(look) : colour(look, COLOUR_INK_SOFT);
    Rect box = look->box->mark, error = look->box->error;
    TextLook said = layout_error_look(look->layout, node);
    int line = metrics_line_height(look->layout->metrics, TEXT_BODY);
    int icon = metrics_icon_px(look->layout->metrics, MM_ICON), beside = icon + px(look, MM_ICON_ROW);
    Op op = { .kind = OP_BOX, .rect = box, .seen = box, .filled = true };

    draw_lines(look, look->box->line, look->box->lines, look->box->label, &caption, TEXT_CAPTION, ALIGN_START, soft);
    op.radius = px(look, node->style.corner > 0 ? node->style.corner : MM_CORNER);
    op.fill = colour(look, node->style.fill != COLOUR_NONE ? node->style.fill : COLOUR_SURFACE);
    if (look->pressed)
        op.fill = theme_mix(op.fill, colour(look, COLOUR_BRAND), PRESSED_PART);
    op.line = colour(look, filling                       ? COLOUR_FOCUS
                           : faulty                      ? COLOUR_BAD
                           : look->border != COLOUR_NONE ? look->border
                                                         : COLOUR_EDGE);
    op.thickness = filling || faulty ? PX_STRONG : PX_EDGE;
    emit(look, op);
    draw_value(look);
    if (look->box->error_lines == 0)
        return;
    emit_icon(look, (Rect){ error.x, error.y + (line - icon) / 2, icon, icon }, "warn", colour(look, COLOUR_BAD));
    draw_lines(look, look->box->error_line, look->box->error_lines,
               (Rect){ error.x + beside, error.y, error.w - beside, error.h }, &said, TEXT_BODY, ALIGN_START,
               colour(look, COLOUR_BAD));
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
        draw_field(look);
        return;
    }
    draw_box(look);
    if (layout_has_radio(node))
        draw_radio(look);
    else if (node->role == ROLE_CHOICE && (node->state & NODE_CHOSEN))
        draw_check(look);
    if (node->role == ROLE_PROGRESS)
        draw_progress(look);
    if (look->box->icon_size > 0)
        emit_icon(look, look->box->icon, node->icon, icon_ink(look));
    draw_label(look);
}

static void draw_scroll_bar(Look *look)
{
    Rect rect = look->node->rect;
    int wide = px(look, MM_SCROLL_WIDE), off = px(look, MM_SCROLL_OFF), all = rect.h + look->box->scroll_most;
    int track = rect.h - 2 * off, length = (int)((long)track * rect.h / all), least = px(look, MM_SCROLL_LEAST);
    Rect thumb;

    length = length > least ? length : least;
    thumb = (Rect){ rect.x + rect.w - off - wide, rect.y + off, wide, length };
    thumb.y += (int)((long)(track - length) * look->box->scroll / look->box->scroll_most);
    emit_box(look, thumb, wide / 2, colour(look, COLOUR_EDGE));
}

static void draw_focus(Look *look)
{
    int corner = px(look, look->node->style.corner), out = PX_RING_OFF + PX_STRONG;
    Rect rect = look->node->role == ROLE_FIELD ? look->box->mark : look->node->rect;

    emit_ring(look, rect_inset(rect, -out), corner + out, PX_STRONG, colour(look, COLOUR_FOCUS));
}

static void enter(Look *look, const Tree *tree, size_t index, uint16_t pressed)
{
    const Node *node = tree_at(tree, index);
    const Metrics *metrics = look->layout->metrics;

    look->node = node;
    look->box = &look->layout->boxes[index];
    look->pressed = index == pressed;
    if (node->parent == NODE_NONE)
        look->inherited = (LookInk){ .ink = colour(look, COLOUR_INK),
                                     .under = colour(look, COLOUR_GROUND),
                                     .view = { 0, 0, metrics->width, metrics->height } };
    else
        look->inherited = look->list->inks[node->parent];
}

/* What scrolls is cut off above and below alone: shadows and rings of what is inside are seen at its sides. */
static Rect beside(Rect rect)
{
    return (Rect){ rect.x - SHADOW_EDGE, rect.y, rect.w + 2 * SHADOW_EDGE, rect.h };
}

void look_build(OpList *list, const Layout *layout, const Theme *theme, uint16_t pressed, uint16_t focus)
{
    const Tree *tree = layout->tree;
    size_t count = tree ? tree_count(tree) : 0;
    Look look = { .list = list, .layout = layout, .theme = theme };
    Rect glass = { 0, 0, layout->metrics->width, layout->metrics->height };

    list->count = 0;
    look.inherited.view = glass;
    emit(&look, (Op){ .kind = OP_FILL, .rect = glass, .seen = glass, .fill = colour(&look, COLOUR_GROUND) });
    for (size_t i = 0; i < count; i++) {
        enter(&look, tree, i, pressed);
        resolve(&look);
        draw_node(&look);
        list->inks[i] = look.own;
        if (look.node->style.scroll)
            list->inks[i].view = rect_cross(look.inherited.view, beside(look.node->rect));
    }
    for (size_t i = 0; i < count; i++) { /* over what is inside */
        enter(&look, tree, i, pressed);
        if (look.node->style.scroll && look.box->scroll_most > 0)
            draw_scroll_bar(&look);
    }
    if (focus < count) {
        enter(&look, tree, focus, pressed);
        draw_focus(&look);
    }
}
