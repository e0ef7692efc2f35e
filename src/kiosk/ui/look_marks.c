/* Marks: radio, box with tick, tab, progress, a chart's line, what scrolls, the focus. */
#include "kiosk/ui/look_parts.h"

#define PX_RING_OFF     3 /* between a control and its focus ring */
#define PX_LINE         4 /* of a chart */
#define MM_CHECK        11.0F
#define MM_CHECK_OFF    6.0F
#define MM_RADIO_THICK  3.6F
#define MM_BOX_CORNER   2.0F
#define MM_BOX_TICK     10.0F
#define MM_TAB_LINE     1.6F
#define MM_POINT        4.0F
#define MM_SCROLL_WIDE  3.0F
#define MM_SCROLL_OFF   2.0F
#define MM_SCROLL_LEAST 15.0F
#define MM_SOFT_EDGE    9.0F

static void draw_box(Look *look, bool chosen)
{
    Rect mark = look->box->mark;
    int tick = look_px(look, MM_BOX_TICK);
    Op op = { .kind = OP_BOX, .rect = mark, .seen = mark, .filled = true, .thickness = PX_EDGE };

    op.radius = look_px(look, MM_BOX_CORNER);
    op.fill = look_colour(look, chosen ? COLOUR_BRAND : COLOUR_SURFACE);
    op.line = look_colour(look, chosen ? COLOUR_BRAND : COLOUR_EDGE);
    look_emit(look, op);
    if (chosen)
        look_icon(look, (Rect){ mark.x + (mark.w - tick) / 2, mark.y + (mark.h - tick) / 2, tick, tick }, "check",
                  look_colour(look, COLOUR_ON_BRAND));
}

static void draw_radio(Look *look, bool chosen)
{
    Rect mark = look->box->mark;
    Op op = { .kind = OP_BOX, .rect = mark, .seen = mark, .radius = mark.w / 2, .filled = true };

    op.fill = look_colour(look, COLOUR_SURFACE);
    op.line = look_colour(look, chosen ? COLOUR_BRAND : COLOUR_EDGE);
    op.thickness = chosen ? look_px(look, MM_RADIO_THICK) : PX_EDGE;
    look_emit(look, op);
}

void look_mark(Look *look)
{
    bool chosen = look->node->state & NODE_CHOSEN;

    if (look->node->role == ROLE_CHECK)
        draw_box(look, chosen);
    else
        draw_radio(look, chosen);
}

void look_check(Look *look)
{
    int size = metrics_icon_px(look->layout->metrics, MM_CHECK), off = look_px(look, MM_CHECK_OFF);
    Rect rect = look->node->rect;

    look_icon(look, (Rect){ rect.x + rect.w - off - size, rect.y + off, size, size }, "check",
              look_colour(look, COLOUR_BRAND));
}

void look_progress(Look *look)
{
    Str rest = str_from(look->node->value), done_text = str_split(&rest, '/');
    Rect bar = look->box->mark;
    uint64_t done = 0, all = 1;
    int gap = look_px(look, MM_SEGMENT_GAP), wide;

    if (!str_to_u64(done_text, 0, 1000, &done) || !str_to_u64(rest, 1, 40, &all))
        return;
    wide = (bar.w + gap) / (int)all - gap;
    for (int i = 0; i < (int)all; i++) {
        Rect segment = { bar.x + i * (wide + gap), bar.y, wide, bar.h };
        bool on = (uint64_t)i < done;
        Colour role = look->own.on_brand ? (on ? COLOUR_ON_BRAND : COLOUR_BRAND_LINE) : on ? COLOUR_BRAND : COLOUR_LINE;
        look_box(look, segment, bar.h / 2, look_colour(look, role));
    }
}

void look_tab(Look *look)
{
    Rect rect = look->node->rect;
    int line = look_px(look, MM_TAB_LINE);

    if (look->node->state & NODE_CHOSEN)
        look_box(look, (Rect){ rect.x, rect.y + rect.h - line, rect.w, line }, line / 2,
                 look_colour(look, COLOUR_BRAND));
}

/* Middle of a point's mark. */
static void point_at(const Look *look, unsigned index, int *ret_x, int *ret_y)
{
    Rect plot = layout_inside(look->layout, look->node);
    unsigned all = look->node->line_points;

    *ret_x = plot.x + (int)((float)plot.w * ((float)index + 0.5F) / (float)all);
    *ret_y = plot.y + plot.h - (int)((float)plot.h * look->node->line[index]);
}

void look_line(Look *look)
{
    int size = look_px(look, MM_POINT), reach = PX_LINE / 2 + 1, x, y;
    Pixel brand = look_colour(look, COLOUR_BRAND);

    for (unsigned i = 1; i < look->node->line_points; i++) {
        Op op = { .kind = OP_LINE, .fill = brand, .thickness = PX_LINE };
        int from_x, from_y;
        point_at(look, i - 1, &from_x, &from_y);
        point_at(look, i, &x, &y);
        op.rect = (Rect){ from_x, from_y < y ? from_y : y, x - from_x, from_y < y ? y - from_y : from_y - y };
        op.rises = y < from_y;
        op.seen = rect_inset(op.rect, -reach);
        look_emit(look, op);
    }
    for (unsigned i = 0; i < look->node->line_points; i++) {
        Op op = { .kind = OP_BOX, .filled = true, .thickness = PX_LINE, .line = brand };
        point_at(look, i, &x, &y);
        op.rect = op.seen = (Rect){ x - size / 2, y - size / 2, size, size };
        op.radius = size / 2;
        op.fill = look_colour(look, COLOUR_SURFACE);
        look_emit(look, op);
    }
}

#define FOCUS_CONTRAST 3.0 /* WCAG 2.2, 1.4.11 */

void look_focus(Look *look)
{
    int corner = look_px(look, look->node->style.corner), out = PX_RING_OFF + PX_STRONG;
    Rect rect = look->node->role == ROLE_FIELD ? look->box->mark : look->node->rect;
    Rect ring = rect_cross(rect_inset(rect, -out), look->inherited.view); /* whole also at the edge of the glass */
    Pixel focus = look_colour(look, COLOUR_FOCUS), under = look->inherited.under;

    /* On a wall of the brand's colour it would not be seen: there it has the colour of the words. */
    if (theme_contrast(focus, under) < FOCUS_CONTRAST)
        focus = look->inherited.ink;
    look_ring(look, ring, corner + out, PX_STRONG, focus);
}

static void draw_soft_edge(Look *look, Rect rect, bool below, Pixel under)
{
    look_emit(look, (Op){ .kind = OP_FADE, .rect = rect, .seen = rect, .fill = under, .rises = !below });
}

void look_scroller(Look *look, Pixel under, bool left_handed)
{
    Rect rect = look->node->rect, track, thumb;
    const LayoutBox *box = look->box;
    int wide = look_px(look, MM_SCROLL_WIDE), off = look_px(look, MM_SCROLL_OFF), all = rect.h + box->scroll_most;
    int soft = look_px(look, MM_SOFT_EDGE), room = rect.h - 2 * off, least = look_px(look, MM_SCROLL_LEAST);
    int length = (int)((long)room * rect.h / all);
    Pixel line = look_colour(look, COLOUR_LINE), edge = look_colour(look, COLOUR_EDGE);

    if (box->scroll > 0)
        draw_soft_edge(look, (Rect){ rect.x, rect.y, rect.w, soft }, false, under);
    if (box->scroll < box->scroll_most)
        draw_soft_edge(look, (Rect){ rect.x, rect.y + rect.h - soft, rect.w, soft }, true, under);
    length = larger(length, smaller(least, room));
    track = (Rect){ left_handed ? rect.x + off : rect.x + rect.w - off - wide, rect.y + off, wide, room };
    thumb = (Rect){ track.x, track.y + (int)((long)(room - length) * box->scroll / box->scroll_most), wide, length };
    look_box(look, track, wide / 2, line);
    look_box(look, thumb, wide / 2, edge == line ? look_colour(look, COLOUR_BRAND) : edge);
}
