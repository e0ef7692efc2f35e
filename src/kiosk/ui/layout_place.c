/* Layout's last walk: heights and places, from the root down. */
#include "kiosk/ui/layout_parts.h"

static LayoutItem height_item(Layout *layout, const Node *child)
{
    const LayoutBox *box = layout_box(layout, child);
    int most = larger(most_or_any(layout, child->style.max_height), box->least);

    return (LayoutItem){ .base = box->need, .least = box->least, .most = most, .grow = child->style.grow };
}

/* What is left along the axis, as it goes before the first item and, as a sum, between all of them. */
typedef struct Spread {
    int before, between;
    size_t gaps, passed;
} Spread;

static Spread spread_of(Justify justify, int left, size_t count)
{
    Spread spread = { .gaps = count > 1 ? count - 1 : 1 };

    if (left <= 0)
        return spread;
    switch (justify) {
    case JUSTIFY_CENTRE: spread.before = left / 2; break;
    case JUSTIFY_END: spread.before = left; break;
    case JUSTIFY_BETWEEN: spread.between = left; break;
    case JUSTIFY_START: break;
    }
    return spread;
}

/* The next gap's share: rounded as a sum, so that the last item ends where it should. */
static int spread_next(Spread *spread)
{
    int before = (int)((size_t)spread->between * spread->passed / spread->gaps);

    spread->passed++;
    return (int)((size_t)spread->between * spread->passed / spread->gaps) - before;
}

static int across(Align align, int room, int size)
{
    return align == ALIGN_CENTRE ? (room - size) / 2 : align == ALIGN_END ? room - size : 0;
}

static void place_column(Layout *layout, Node *node, Rect inside)
{
    LayoutBox *box = layout_box(layout, node);
    Justify justify = node->style.justify;
    Spread spread;
    LayoutItem *items = layout->items;
    size_t count = 0, i = 0;
    int gap = layout_px(layout, node->style.gap), left = inside.h + gap, y;

    if (layout_has_own(box))
        items[count++] = (LayoutItem){ .base = box->own_height, .least = box->own_height, .most = INT_MAX };
    EACH_CHILD(layout, node, child)
    items[count++] = height_item(layout, child);
    layout_share(items, count, inside.h - gap * larger((int)count - 1, 0));
    for (size_t k = 0; k < count; k++)
        left -= items[k].size + gap;
    if (justify == JUSTIFY_START && (node->role == ROLE_CHOICE || node->role == ROLE_CHECK))
        justify = JUSTIFY_CENTRE;
    spread = spread_of(justify, left, count);
    y = inside.y + spread.before;
    if (layout_has_own(box)) {
        layout_place_own(layout, node, (Rect){ inside.x, y, inside.w, items[i].size });
        y += items[i++].size + gap + spread_next(&spread);
    }
    EACH_CHILD(layout, node, child)
    {
        child->rect.x = inside.x + across(node->style.align, inside.w, child->rect.w);
        child->rect.y = y;
        child->rect.h = items[i].size;
        y += items[i++].size + gap + spread_next(&spread);
    }
}

/* Where `width` pixels at x stand when the row runs from right to left. */
static int mirrored(const Node *node, Rect inside, int x, int width)
{
    return node->style.reverse ? 2 * inside.x + inside.w - x - width : x;
}

static void place_row(Layout *layout, Node *node, Rect inside)
{
    LayoutBox *box = layout_box(layout, node);
    int gap = layout_px(layout, node->style.gap), left = inside.w + gap, x;
    int baseline = node->style.align == ALIGN_BASELINE ? layout_baseline(layout, node) : 0;
    size_t count = 0;
    Spread spread;

    if (layout_has_own(box)) {
        left -= box->own_width + gap;
        count++;
    }
    EACH_CHILD(layout, node, child)
    {
        left -= child->rect.w + gap;
        count++;
    }
    spread = spread_of(node->style.justify, left, count);
    x = inside.x + spread.before;
    if (layout_has_own(box)) {
        int own_x = mirrored(node, inside, x, box->own_width);
        layout_place_own(layout, node, (Rect){ own_x, inside.y, box->own_width, inside.h });
        x += box->own_width + gap + spread_next(&spread);
    }
    EACH_CHILD(layout, node, child)
    {
        const LayoutBox *of = layout_box(layout, child);
        int height = node->style.align == ALIGN_STRETCH ? inside.h : smaller(of->need, inside.h);
        child->rect.h = larger(height, of->least);
        child->rect.x = mirrored(node, inside, x, child->rect.w);
        child->rect.y = inside.y + across(node->style.align, inside.h, child->rect.h);
        if (node->style.align == ALIGN_BASELINE)
            child->rect.y = inside.y + baseline - layout_baseline_of(layout, child);
        x += child->rect.w + gap + spread_next(&spread);
    }
}

static void place_grid(Layout *layout, Node *node, Rect inside)
{
    size_t columns = columns_of(node), count = 0, place = 0;
    int gap = layout_px(layout, node->style.gap), x = inside.x, y = inside.y;
    bool fills = node->style.grow > 0 || node->style.height > 0;
    LayoutItem *items = layout->items;
    LayoutBox *box = layout_box(layout, node);

    if (layout_has_own(box)) {
        layout_place_own(layout, node, (Rect){ inside.x, inside.y, inside.w, box->own_height });
        y += box->own_height + gap;
        inside.h -= box->own_height + gap;
    }
    EACH_CHILD(layout, node, child)
    {
        LayoutItem item = height_item(layout, child);
        if (place++ % columns == 0) {
            item.grow = fills ? 1 : 0;
            items[count++] = item;
        } else {
            items[count - 1].base = larger(items[count - 1].base, item.base);
            items[count - 1].least = larger(items[count - 1].least, item.least);
        }
    }
    layout_share(items, count, inside.h - gap * larger((int)count - 1, 0));
    place = 0;
    EACH_CHILD(layout, node, child)
    {
        if (place > 0 && place % columns == 0) {
            x = inside.x;
            y += items[place / columns - 1].size + gap;
        }
        child->rect = (Rect){ x, y, child->rect.w, items[place / columns].size };
        x += child->rect.w + gap;
        place++;
    }
}

static void place_field(Layout *layout, Node *node)
{
    LayoutBox *box = layout_box(layout, node);
    Pads pads = layout_pads(layout, node);
    int gap = layout_px(layout, MM_FIELD_GAP), y = node->rect.y, x, room = box->mark.h;

    box->label = (Rect){ node->rect.x, y, node->rect.w, box->label_height };
    if (box->lines > 0)
        y += box->label_height + gap;
    box->mark = (Rect){ node->rect.x, y, node->rect.w, room };
    if (box->error_lines > 0) {
        int height = box->error_lines * metrics_line_height(layout->metrics, TEXT_BODY);
        box->error = (Rect){ node->rect.x, y + room + gap, node->rect.w, height };
    }
    x = node->rect.x + node->rect.w - pads.right;
    EACH_CHILD(layout, node, child)
    x -= child->rect.w;
    EACH_CHILD(layout, node, child)
    {
        child->rect.h = layout_box(layout, child)->need;
        child->rect.x = x;
        child->rect.y = y + (room - child->rect.h) / 2;
        x += child->rect.w;
    }
}

static void place_leaf(Layout *layout, Node *node, Rect inside)
{
    const LayoutBox *box = layout_box(layout, node);
    bool middle = layout_centres(node) || layout_has_mark(node) || node->role == ROLE_CHOICE ||
                  node->role == ROLE_IMAGE || node->style.axis == AXIS_ROW || node->style.justify == JUSTIFY_CENTRE;
    int left = inside.h - box->own_height;

    if (node->role != ROLE_IMAGE && left > 0) {
        inside.y += middle ? left / 2 : node->style.justify == JUSTIFY_END ? left : 0;
        inside.h = box->own_height;
    }
    layout_place_own(layout, node, inside);
}

static void place_mark(Layout *layout, const Node *node)
{
    int size = layout_px(layout, MM_MARK), x = node->rect.x + layout_px(layout, node->style.pad_left);

    layout_box(layout, node)->mark = (Rect){ x, node->rect.y + (node->rect.h - size) / 2, size, size };
}

static void place_stack(Layout *layout, Node *node, Rect inside)
{
    if (layout_has_own(layout_box(layout, node)))
        layout_place_own(layout, node, inside);
    EACH_CHILD(layout, node, child)
    child->rect = (Rect){ inside.x, inside.y, child->rect.w, inside.h };
}

static void place_over(Layout *layout, const Node *node)
{
    for (Node *child = node_at(layout, node->first); child; child = node_at(layout, child->next))
        if (child->style.over)
            child->rect = node->rect;
}

void layout_place(Layout *layout, Node *node)
{
    LayoutBox *box = layout_box(layout, node);
    Rect inside = layout_inside(layout, node);

    if (layout_has_mark(node))
        place_mark(layout, node);
    if (node->style.scroll && !box->flat && box->scroll_most > node->rect.h)
        layout_flatten(layout, node);
    if (node->style.scroll && !box->flat) { /* what is inside gets the height that it needs */
        int over = larger(box->scroll_most - node->rect.h, 0);
        inside.h += over;
        box->scroll_most = over;
    } else {
        box->scroll_most = 0;
    }
    if (node->role == ROLE_FIELD)
        place_field(layout, node);
    else if (layout_is_leaf(node))
        place_leaf(layout, node, inside);
    else if (is_grid(node))
        place_grid(layout, node, inside);
    else if (node->style.axis == AXIS_ROW)
        place_row(layout, node, inside);
    else if (node->style.axis == AXIS_COLUMN)
        place_column(layout, node, inside);
    else
        place_stack(layout, node, inside);
    place_over(layout, node);
}

void layout_clip(Layout *layout, Node *node)
{
    const Node *parent = node->parent == NODE_NONE ? NULL : tree_at(layout->tree, node->parent);
    Rect glass = { 0, 0, layout->metrics->width, layout->metrics->height };

    if (!parent) {
        node->clip = rect_cross(node->rect, glass);
        return;
    }
    /* Shadows and focus rings reach beyond a node; only what scrolls cuts its children off. */
    if (node->style.over) {
        node->clip = rect_cross(node->rect, glass);
        return;
    }
    node->clip = rect_cross(node->rect, parent->style.scroll ? rect_cross(parent->clip, parent->rect) : parent->clip);
}

void layout_check(Layout *layout, Node *node)
{
    const Node *parent = node->parent == NODE_NONE ? NULL : tree_at(layout->tree, node->parent);
    Rect room;

    if (!parent || node->style.over)
        return;
    room = parent->role == ROLE_FIELD ? parent->rect : layout_inside(layout, parent);
    if (parent->style.scroll)
        room.h = INT_MAX / 2;
    if (node->rect.x < room.x - 1 || node->rect.x + node->rect.w > room.x + room.w + 1 || node->rect.y < room.y - 1 ||
        node->rect.y + node->rect.h > room.y + room.h + 1)
        node->cut = true;
}
