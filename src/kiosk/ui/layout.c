#include "kiosk/ui/layout.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "kiosk/ui/layout_parts.h"

/* ---- 1: widths, from the leaves up ---- */

/* How often the whole of a grid's columns is as wide as that column. */
static float column_times(const Node *node, int column)
{
    const float *weights = node->style.weights;
    float all = 0;

    if (!weights)
        return (float)columns_of(node);
    for (int i = 0; i < (int)columns_of(node); i++)
        all += weights[i];
    return weights[column] > 0 ? all / weights[column] : 0;
}

static void add_grid_widths(Layout *layout, const Node *node, int *natural, int *piece)
{
    int columns = (int)columns_of(node), gaps = layout_px(layout, node->style.gap) * (columns - 1), place = 0;
    int widest = 0, widest_piece = 0;

    EACH_CHILD(layout, node, child)
    {
        const LayoutBox *box = layout_box(layout, child);
        float times = column_times(node, place++ % columns);
        widest = larger(widest, (int)ceilf((float)box->natural * times));
        widest_piece = larger(widest_piece, (int)ceilf((float)box->piece * times));
    }
    *natural = larger(*natural, widest + gaps);
    *piece = larger(*piece, node->style.fold ? widest_piece / columns : widest_piece + gaps);
}

static void add_child_widths(Layout *layout, const Node *node, int *natural, int *piece)
{
    int gap = layout_px(layout, node->style.gap);
    bool row = is_row(node), first = *natural == 0;

    EACH_CHILD(layout, node, child)
    {
        const LayoutBox *box = layout_box(layout, child);
        int between = row && !first ? gap : 0;
        *natural = row ? *natural + between + box->natural : larger(*natural, box->natural);
        *piece = row ? *piece + between + box->piece : larger(*piece, box->piece);
        first = false;
    }
}

static void measure_field(Layout *layout, Node *node, int *natural, int *piece)
{
    TextLook look = layout_look(layout, node);
    int value, value_piece, children = 0, children_piece = 0;

    text_measure(layout->text, &look, str_from(*node->value ? node->value : node->hint), &value, &value_piece);
    EACH_CHILD(layout, node, child)
    {
        children += layout_box(layout, child)->natural + layout_px(layout, node->style.gap);
        children_piece += layout_box(layout, child)->piece + layout_px(layout, node->style.gap);
    }
    *natural = larger(*natural, value + children);
    *piece = larger(*piece, children_piece);
}

static void measure_widths(Layout *layout, Node *node)
{
    LayoutBox *box = layout_box(layout, node);
    Pads pads = layout_pads(layout, node);
    int fixed = layout_px(layout, node->style.width), most = most_or_any(layout, node->style.max_width);

    layout_measure_own(layout, node);
    box->natural = box->own_natural;
    box->piece = box->own_piece;
    if (node->role == ROLE_FIELD)
        measure_field(layout, node, &box->natural, &box->piece);
    else if (is_grid(node))
        add_grid_widths(layout, node, &box->natural, &box->piece);
    else
        add_child_widths(layout, node, &box->natural, &box->piece);
    box->natural = larger(box->natural + pads.left + pads.right, layout_px(layout, node->style.min_width));
    box->piece = larger(box->piece + pads.left + pads.right, layout_px(layout, node->style.min_width));
    box->natural = smaller(box->natural, most);
    box->piece = smaller(box->piece, box->natural);
    if (fixed > 0)
        box->natural = box->piece = fixed;
}

/* ---- 2: widths, from the root down ---- */

static int column_child_width(const Layout *layout, const Node *node, const Node *child, int inside)
{
    const LayoutBox *box = &layout->boxes[tree_index(layout->tree, child)];
    bool icon = child->role == ROLE_IMAGE && box->icon_size > 0;
    bool whole = (node->style.align == ALIGN_START && !icon) || node->style.align == ALIGN_STRETCH;

    if (child->style.width > 0)
        return box->natural;
    return smaller(whole ? inside : smaller(box->natural, inside), most_or_any(layout, child->style.max_width));
}

static void share_row_widths(Layout *layout, Node *node, int inside)
{
    LayoutBox *box = layout_box(layout, node);
    LayoutItem *items = layout->items;
    size_t count = 0;
    int gaps = -layout_px(layout, node->style.gap);

    if (layout_has_own(box)) {
        items[count++] = (LayoutItem){ .base = box->own_natural, .least = box->own_piece, .most = INT_MAX };
        gaps += layout_px(layout, node->style.gap);
    }
    EACH_CHILD(layout, node, child)
    {
        const LayoutBox *of = layout_box(layout, child);
        items[count++] = (LayoutItem){ .base = of->natural,
                                       .least = of->piece,
                                       .most = most_or_any(layout, child->style.max_width),
                                       .grow = child->style.width > 0 ? 0 : child->style.grow };
        gaps += layout_px(layout, node->style.gap);
    }
    layout_share(items, count, inside - larger(gaps, 0));
    count = 0;
    if (layout_has_own(box))
        box->own_width = items[count++].size;
    EACH_CHILD(layout, node, child)
    child->rect.w = items[count++].size;
}

/* Where the first `count` columns of a grid end, less gaps: rounded as a sum, so that the last ends where it should. */
static int column_end(const Node *node, int count, int room)
{
    const float *weights = node->style.weights;
    float all = 0, before = 0;

    if (!weights)
        return room * count / (int)columns_of(node);
    for (int i = 0; i < (int)columns_of(node); i++) {
        all += weights[i];
        before += i < count ? weights[i] : 0;
    }
    return all > 0 ? (int)((float)room * before / all + 0.5F) : 0;
}

static void share_grid_widths(Layout *layout, const Node *node, int inside)
{
    int columns = (int)columns_of(node), gap = layout_px(layout, node->style.gap), place = 0;
    int room = larger(inside - gap * (columns - 1), 0);

    EACH_CHILD(layout, node, child)
    {
        int column = place++ % columns;
        child->rect.w = column_end(node, column + 1, room) - column_end(node, column, room);
    }
}

static void fold_grid(Layout *layout, Node *node, int inside)
{
    int gap = layout_px(layout, node->style.gap), columns = (int)columns_of(node), piece = 0;

    EACH_CHILD(layout, node, child)
    piece = larger(piece, layout_box(layout, child)->piece);
    while (columns > 1 && (inside - gap * (columns - 1)) / columns < piece)
        columns--;
    node->style.columns = (unsigned)columns;
}

static void share_widths(Layout *layout, Node *node)
{
    LayoutBox *box = layout_box(layout, node);
    Pads pads = layout_pads(layout, node);
    int inside = larger(node->rect.w - pads.left - pads.right, 0);

    box->own_width = inside;
    for (Node *child = node_at(layout, node->first); child; child = node_at(layout, child->next))
        child->rect.w = node->rect.w; /* of what lies over it; the others follow */
    if (layout_is_leaf(node))
        return;
    if (is_grid(node) && node->style.fold)
        fold_grid(layout, node, inside);
    if (node->role == ROLE_FIELD) {
        EACH_CHILD(layout, node, child)
        child->rect.w = smaller(layout_box(layout, child)->natural, inside);
    } else if (is_grid(node)) {
        share_grid_widths(layout, node, inside);
    } else if (is_row(node)) {
        share_row_widths(layout, node, inside);
    } else {
        EACH_CHILD(layout, node, child)
        child->rect.w = node->style.axis == AXIS_STACK && child->style.width <= 0
                            ? inside
                            : column_child_width(layout, node, child, inside);
    }
}

/* ---- 3: heights, from the leaves up ---- */

/* Either height of a child. */
static int child_height(Layout *layout, const Node *child, bool least)
{
    const LayoutBox *box = layout_box(layout, child);

    return least ? box->least : box->need;
}

static int grid_need(Layout *layout, const Node *node, bool least)
{
    int columns = (int)columns_of(node), gap = layout_px(layout, node->style.gap), place = 0, row = 0, sum = 0;

    EACH_CHILD(layout, node, child)
    {
        if (place > 0 && place % columns == 0) {
            sum += row + gap;
            row = 0;
        }
        row = larger(row, child_height(layout, child, least));
        place++;
    }
    return sum + row;
}

int layout_baseline_of(Layout *layout, const Node *node)
{
    const LayoutBox *box = layout_box(layout, node);
    bool words = layout_is_leaf(node) && box->lines > 0 && box->icon_size == 0;

    return words ? layout_pads(layout, node).top + metrics_baseline(layout->metrics, layout_text_role(node))
                 : box->need;
}

int layout_baseline(Layout *layout, const Node *node)
{
    int lowest = 0;

    EACH_CHILD(layout, node, child)
    lowest = larger(lowest, layout_baseline_of(layout, child));
    return lowest;
}

static int baseline_row_need(Layout *layout, const Node *node)
{
    int lowest = layout_baseline(layout, node), need = 0;

    EACH_CHILD(layout, node, child)
    need = larger(need, lowest - layout_baseline_of(layout, child) + layout_box(layout, child)->need);
    return need;
}

static int children_need(Layout *layout, const Node *node, int own, bool least)
{
    int gap = layout_px(layout, node->style.gap), sum = own;
    bool column = node->style.axis == AXIS_COLUMN, first = !layout_has_own(layout_box(layout, node));

    if (is_grid(node))
        return own + (first || layout_is_leaf(node) ? 0 : gap) + grid_need(layout, node, least);
    if (is_row(node) && node->style.align == ALIGN_BASELINE)
        return larger(own, baseline_row_need(layout, node));
    EACH_CHILD(layout, node, child)
    {
        int height = child_height(layout, child, least);
        sum = column ? sum + (first ? 0 : gap) + height : larger(sum, height);
        first = false;
    }
    return sum;
}

static int image_need(Layout *layout, const Node *node, int width)
{
    const Node *parent = node_at(layout, node->parent);
    float aspect = layout_aspect(layout, node);

    if (aspect <= 0)
        return layout_box(layout, node)->own_height;
    /* By its proportion, unless its height was given or grows. */
    if (node->style.height > 0 || (parent && !is_row(parent) && node->style.grow > 0))
        return 0;
    return (int)((float)width * aspect + 0.5F);
}

static int field_need(Layout *layout, Node *node, LayoutBox *box, int width)
{
    int gap = layout_px(layout, MM_FIELD_GAP),
        need = layout_px(layout, node->style.height > 0 ? node->style.height : MM_FIELD);
    TextLook look = layout_error_look(layout, node), value = layout_look(layout, node);
    int line = metrics_line_of(&value, layout_text_role(node));

    layout_wrap_own(layout, node, width);
    need = larger(need, line);
    EACH_CHILD(layout, node, child)
    need = larger(need, layout_box(layout, child)->need);
    box->mark.h = need;
    if (box->lines > 0)
        need += box->label_height + gap;
    if ((node->state & NODE_FAULTY) && *node->error) {
        int icon = metrics_icon_px(layout->metrics, MM_ICON) + layout_px(layout, MM_ICON_ROW);
        bool torn;
        size_t room = LAYOUT_LINES_MOST - layout->line_count;
        box->error_line = (uint16_t)layout->line_count;
        box->error_lines = (uint16_t)text_wrap(layout->text, &look, str_from(node->error), larger(width - icon, 0),
                                               layout->lines + layout->line_count, room, &torn);
        layout->line_count += box->error_lines;
        node->cut |= torn;
        need += gap + box->error_lines * metrics_line_height(layout->metrics, TEXT_BODY);
    }
    return need;
}

static bool grows_down(const Layout *layout, const Node *node)
{
    const Node *parent = node_at(layout, node->parent);

    return node->style.grow > 0 && parent && parent->style.axis == AXIS_COLUMN && !is_grid(parent);
}

static void measure_heights(Layout *layout, Node *node)
{
    LayoutBox *box = layout_box(layout, node);
    Pads pads = layout_pads(layout, node);
    int pad = pads.top + pads.bottom, content, least;
    int fixed = larger(layout_px(layout, node->style.height), layout_px(layout, node->style.min_height));
    int inside = larger(node->rect.w - pads.left - pads.right, 0);

    if (node->role == ROLE_FIELD) {
        box->need = box->least = field_need(layout, node, box, node->rect.w);
        return;
    }
    layout_wrap_own(layout, node, box->own_width);
    if (node->role == ROLE_IMAGE) {
        content = least = image_need(layout, node, inside) + pad;
    } else {
        content = children_need(layout, node, box->own_height, false) + pad;
        least = children_need(layout, node, box->own_height, true) + pad;
    }
    if (layout_has_mark(node))
        content = larger(content, layout_px(layout, MM_MARK));
    box->need = larger(content, fixed);
    box->least = larger(least, fixed);
    if (node->style.scroll && !box->flat) {
        /* What grows takes what is left: around it nothing needs to scroll for its sake. */
        box->need = node->style.height > 0 || grows_down(layout, node)
                        ? fixed
                        : smaller(box->need, most_or_any(layout, node->style.max_height));
        box->least = fixed;
    }
    box->least = smaller(box->least, box->need);
    box->scroll_most = content; /* until places are given */
}

void layout_flatten(Layout *layout, Node *outer)
{
    uint16_t from = (uint16_t)(tree_index(layout->tree, outer) + 1), to = from;
    bool any = false;

    for (; to < tree_count(layout->tree) && tree_at(layout->tree, to)->parent >= from - 1; to++) {
        const Node *node = tree_at(layout->tree, to);
        if (node->parent == NODE_NONE)
            break;
        layout->boxes[to].flat |= node->style.scroll && grows_down(layout, node);
        any |= layout->boxes[to].flat;
    }
    if (!any)
        return;
    for (uint16_t i = to; i-- > from;)
        measure_heights(layout, tree_at(layout->tree, i));
    measure_heights(layout, outer);
}

void layout_run(Layout *layout, Tree *tree, const Metrics *metrics, Text *text, Pictures *pictures)
{
    size_t count = tree_count(tree);

    layout->metrics = metrics;
    layout->text = text;
    layout->pictures = pictures;
    layout->tree = tree;
    layout->line_count = 0;
    memset(layout->boxes, 0, count * sizeof(layout->boxes[0]));
    for (size_t i = 0; i < count; i++)
        tree_at(tree, i)->cut = false;
    for (size_t i = count; i-- > 0;)
        measure_widths(layout, tree_at(tree, i));
    if (count > 0)
        tree_at(tree, 0)->rect = (Rect){ 0, 0, metrics->width, metrics->height };
    for (size_t i = 0; i < count; i++)
        share_widths(layout, tree_at(tree, i));
    for (size_t i = count; i-- > 0;)
        measure_heights(layout, tree_at(tree, i));
    for (size_t i = 0; i < count; i++) {
        Node *node = tree_at(tree, i);
        layout_place(layout, node);
        layout_clip(layout, node);
        layout_check(layout, node);
    }
}

static void move(Rect *rect, int dy)
{
    rect->y += dy;
}

bool layout_scroll(Layout *layout, uint16_t index, int offset)
{
    LayoutBox *box = &layout->boxes[index];
    int wanted = larger(smaller(offset, box->scroll_most), 0), dy = box->scroll - wanted;
    size_t count = tree_count(layout->tree);

    if (dy == 0)
        return false;
    box->scroll = wanted;
    /* Descendants follow their ancestor without a gap in the array. */
    for (size_t i = (size_t)index + 1; i < count; i++) {
        Node *node = tree_at(layout->tree, i);
        LayoutBox *inner = &layout->boxes[i];
        if (node->parent < index || node->parent == NODE_NONE)
            break;
        move(&node->rect, dy);
        move(&inner->mark, dy);
        move(&inner->icon, dy);
        move(&inner->label, dy);
        move(&inner->error, dy);
        layout_clip(layout, node);
    }
    return true;
}
