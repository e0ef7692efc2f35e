/* How a field looks. */
#include "kiosk/ui/look_parts.h"

#define PX_CARET          4
#define PX_CARET_OFF      5
#define MM_CORNER         4.0F
#define SECRET_SHOWN_MOST 64

/* As many dots as it has characters. */
static Str dots_for(Str secret)
{
#define DOTS_8 "\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"
    static const char dots[] = DOTS_8 DOTS_8 DOTS_8 DOTS_8 DOTS_8 DOTS_8 DOTS_8 DOTS_8;
    static_assert(sizeof(dots) == SECRET_SHOWN_MOST * 3 + 1, "three bytes a dot");
    size_t count = utf8_count(secret);

    return (Str){ dots, (count < SECRET_SHOWN_MOST ? count : SECRET_SHOWN_MOST) * 3 };
}

/* Room for the value: inside the box, left of the field's children. */
static Rect value_room(const Look *look)
{
    Pads pads = layout_pads(look->layout, look->node);
    Rect room = look->box->mark;
    int right = room.x + room.w - pads.right;

    for (uint16_t i = look->node->first; i != NODE_NONE; i = tree_at(look->layout->tree, i)->next) {
        int x = tree_at(look->layout->tree, i)->rect.x - look_px(look, MM_FIELD_GAP);
        right = x < right ? x : right;
    }
    room.x += pads.left;
    room.w = right > room.x ? right - room.x : 0;
    return room;
}

static void draw_caret(Look *look, int x, Rect room, int height)
{
    Rect caret = { x, room.y + (room.h - height) / 2, PX_CARET, height };

    look_emit(look, (Op){ .kind = OP_FILL, .rect = caret, .seen = caret, .fill = look_colour(look, COLOUR_FOCUS) });
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

    look_words(look, rect, room, &set, TEXT_BODY, words, look_colour(look, COLOUR_INK_SOFT));
}

/* The last letter of a secret, where it may be read for now. */
static Str peeked(const Node *node)
{
    Str value = str_from(node->value);
    size_t before = utf8_without_last(value);
    bool peeks = (node->state & NODE_SECRET) && (node->state & NODE_PEEK);

    return peeks ? (Str){ value.ptr + before, value.len - before } : (Str){ 0 };
}

static void draw_value(Look *look)
{
    static const Str more = { "\u2026", 3 };
    const Node *node = look->node;
    bool filling = node->state & NODE_FILLING;
    TextLook set = layout_look(look->layout, node);
    TextRole role = layout_text_role(node);
    Rect room = value_room(look), rect;
    int height = metrics_line_of(&set, role), caret = filling ? PX_CARET + PX_CARET_OFF : 0, dots;
    Str words = str_from(node->value), last = peeked(node);
    int after = last.len > 0 ? text_width(look->layout->text, &set, last) : 0;

    words.len -= last.len;
    if (node->state & NODE_SECRET)
        words = dots_for(words);
    rect = (Rect){ room.x, room.y + (room.h - height) / 2, text_width(look->layout->text, &set, words), height };
    if (rect.w + after + caret > room.w) { /* its end is where one types */
        dots = text_width(look->layout->text, &set, more);
        words = text_tail(look->layout->text, &set, words, room.w - caret - after - dots);
        rect.w = text_width(look->layout->text, &set, words);
        rect.x = room.x + room.w - caret - after - rect.w;
        look_words(look, (Rect){ rect.x - dots, rect.y, dots, height }, room, &set, role, more,
                   look_colour(look, COLOUR_INK_SOFT));
    }
    if (!*node->value)
        draw_hint(look, room);
    else
        look_words(look, rect, room, &set, role, words, look_colour(look, COLOUR_INK));
    rect.x += rect.w;
    if (last.len > 0)
        look_words(look, (Rect){ rect.x, rect.y, after, height }, room, &set, role, last,
                   look_colour(look, COLOUR_INK));
    if (filling)
        draw_caret(look, *node->value ? rect.x + after + PX_CARET_OFF : room.x, room, height - 2);
}

void look_field(Look *look)
{
    const Node *node = look->node;
    bool filling = node->state & NODE_FILLING, faulty = node->state & NODE_FAULTY;
    TextLook caption = layout_caption_look(look->layout, node);
    Pixel soft = look->own.on_brand ? look_ink(look) : look_colour(look, COLOUR_INK_SOFT);
    Rect box = look->box->mark, error = look->box->error;
    TextLook said = layout_error_look(look->layout, node);
    int line = metrics_line_height(look->layout->metrics, TEXT_BODY);
    int icon = metrics_icon_px(look->layout->metrics, MM_ICON), beside = icon + look_px(look, MM_ICON_ROW);
    Op op = { .kind = OP_BOX, .rect = box, .seen = box, .filled = true };

    look_lines(look, look->box->line, look->box->lines, look->box->label, &caption, TEXT_CAPTION, ALIGN_START, soft);
    op.radius = look_px(look, node->style.corner > 0 ? node->style.corner : MM_CORNER);
    op.fill = look_colour(look, node->style.fill != COLOUR_NONE ? node->style.fill : COLOUR_SURFACE);
    if (look->pressed)
        op.fill = theme_mix(op.fill, look_colour(look, COLOUR_BRAND), PRESSED_PART);
    op.line = look_colour(look, filling                       ? COLOUR_FOCUS
                                : faulty                      ? COLOUR_BAD
                                : look->border != COLOUR_NONE ? look->border
                                                              : COLOUR_EDGE);
    op.thickness = filling || faulty ? PX_STRONG : PX_EDGE;
    look_emit(look, op);
    draw_value(look);
    if (look->box->error_lines == 0)
        return;
    look_icon(look, (Rect){ error.x, error.y + (line - icon) / 2, icon, icon }, "warn", look_colour(look, COLOUR_BAD));
    look_lines(look, look->box->error_line, look->box->error_lines,
               (Rect){ error.x + beside, error.y, error.w - beside, error.h }, &said, TEXT_BODY, ALIGN_START,
               look_colour(look, COLOUR_BAD));
}
