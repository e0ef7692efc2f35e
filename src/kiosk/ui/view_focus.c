/* Where the keyboard's focus goes: in reading order, to the neighbour in a direction, by pages. */
#include "kiosk/ui/view_parts.h"

#define ACROSS_WEIGHT 3     /* how much more a step aside counts than one along */
#define MM_LINE       30.0F /* an arrow where there is nothing to go to */

static bool can_have_focus(const Node *node)
{
    return node_is_control(node) && !rect_empty(node->rect);
}

/* The next control after `from` in the order of the tree, or before it; around the ends; NODE_NONE: there is none. */
static uint16_t walk(const Tree *tree, uint16_t from, bool forward)
{
    ViewScope scope = view_scope(tree);
    int count = scope.to - scope.from, at = from == NODE_NONE ? (forward ? count - 1 : 0) : from - scope.from;

    for (int step = 0; step < count; step++) {
        at = (at + (forward ? 1 : count - 1)) % count;
        if (can_have_focus(tree_at(tree, (size_t)scope.from + (size_t)at)))
            return (uint16_t)(scope.from + at);
    }
    return NODE_NONE;
}

static bool focus_on(View *view, Layout *layout, uint16_t index)
{
    if (index == NODE_NONE)
        return false;
    view->focus = view_spot_of(layout->tree, index);
    view->focus_seen = true;
    view_show(view, layout, index);
    return true;
}

bool view_focus_walk(View *view, Layout *layout, bool forward)
{
    return focus_on(view, layout, walk(layout->tree, view->focus.index, forward));
}

/* The first control of what the screen is about; else of all that there is. */
static uint16_t first_control(const Tree *tree)
{
    ViewScope scope = view_scope(tree);
    const Node *content = scope.from == 0 ? tree_find(tree, VIEW_CONTENT) : NULL;
    uint16_t around = content ? tree_index(tree, content) : NODE_NONE;

    for (uint16_t i = around; content && i < scope.to && tree_is_inside(tree, i, around); i++)
        if (can_have_focus(tree_at(tree, i)))
            return i;
    return walk(tree, NODE_NONE, true);
}

/* What stands now where a control was that is gone. */
static uint16_t near_to(const Tree *tree, uint16_t index)
{
    ViewScope scope = view_scope(tree);

    if (index < scope.from || index >= scope.to)
        return first_control(tree);
    return walk(tree, index == scope.from ? NODE_NONE : (uint16_t)(index - 1), true);
}

static uint16_t find_again(const Tree *tree, const ViewSpot *spot)
{
    ViewScope scope = view_scope(tree);
    const Node *node = *spot->id ? tree_find(tree, spot->id) : tree_at(tree, spot->index);
    uint16_t index = node ? tree_index(tree, node) : NODE_NONE;

    if (!node || index < scope.from || index >= scope.to || !can_have_focus(node))
        return NODE_NONE;
    if (!*spot->id && (*node->id || node->send.act != spot->send.act || node->send.arg != spot->send.arg))
        return NODE_NONE;
    return index;
}

void view_focus_again(View *view, Layout *layout)
{
    uint16_t index = NODE_NONE;

    if (view->focus.index == NODE_NONE)
        return;
    if (!view->entered)
        index = find_again(layout->tree, &view->focus);
    if (index != NODE_NONE && !view->focus_seen) { /* who reads on keeps their place */
        view->focus.index = index;
        return;
    }
    if (index == NODE_NONE)
        index = view->entered ? first_control(layout->tree) : near_to(layout->tree, view->focus.index);
    view->focus = view_nowhere;
    (void)focus_on(view, layout, index);
}

/* ---- arrows ---- */

/* Pixels between two spans; 0 where they overlap. */
static int between(int a, int a_size, int b, int b_size)
{
    if (b >= a + a_size)
        return b - a - a_size;
    return a >= b + b_size ? a - b - b_size : 0;
}

static int middle(int start, int size)
{
    return start + size / 2;
}

/* How far `to` is from `from` in that direction; -1 when it isn't there. */
static long distance(Rect from, Rect to, UiInputKind arrow)
{
    bool level = arrow == UI_ARROW_LEFT || arrow == UI_ARROW_RIGHT;
    bool ahead = arrow == UI_ARROW_LEFT    ? middle(to.x, to.w) < from.x
                 : arrow == UI_ARROW_RIGHT ? middle(to.x, to.w) > from.x + from.w
                 : arrow == UI_ARROW_UP    ? middle(to.y, to.h) < from.y
                                           : middle(to.y, to.h) > from.y + from.h;
    long along = level ? between(from.x, from.w, to.x, to.w) : between(from.y, from.h, to.y, to.h);
    long across = level ? between(from.y, from.h, to.y, to.h) : between(from.x, from.w, to.x, to.w);
    long askew = level ? middle(from.y, from.h) - middle(to.y, to.h) : middle(from.x, from.w) - middle(to.x, to.w);

    if (!ahead || (level && across > 0)) /* left and right stay in their line */
        return -1;
    return (along + across * ACROSS_WEIGHT) * 16 + (askew < 0 ? -askew : askew);
}

/* The nearest control in that direction among those inside of `list` (as laid out), or outside of it (as seen). */
static uint16_t neighbour(const Layout *layout, uint16_t from, UiInputKind arrow, uint16_t list, bool inside)
{
    const Tree *tree = layout->tree;
    ViewScope scope = view_scope(tree);
    Rect start = tree_at(tree, from)->rect;
    uint16_t best = NODE_NONE;
    long least = 0;

    for (uint16_t i = scope.from; i < scope.to; i++) {
        const Node *node = tree_at(tree, i);
        bool is_inside = list != NODE_NONE && tree_is_inside(tree, i, list);
        Rect rect = is_inside ? node->rect : node->clip;
        long far;
        if (i == from || !can_have_focus(node) || is_inside != inside || rect_empty(rect))
            continue;
        far = distance(start, rect, arrow);
        if (far >= 0 && (best == NODE_NONE || far < least)) {
            best = i;
            least = far;
        }
    }
    return best;
}

static bool scroll_by(View *view, Layout *layout, uint16_t list, int dy)
{
    return list != NODE_NONE && view_scroll_to(view, layout, list, layout->boxes[list].scroll + dy);
}

/* What scrolls around the focus; without one the largest that does. */
static uint16_t scroller_meant(const View *view, const Layout *layout)
{
    ViewScope scope = view_scope(layout->tree);
    uint16_t list = view_scroller_around(layout, view->focus.index);
    long most = 0;

    if (list != NODE_NONE)
        return list;
    for (uint16_t i = scope.from; i < scope.to; i++) {
        const Node *node = tree_at(layout->tree, i);
        long seen = (long)node->clip.w * node->clip.h;
        if (!node->style.scroll || layout->boxes[i].scroll_most == 0 || seen <= most)
            continue;
        most = seen;
        list = i;
    }
    return list;
}

/* Pixels from what is seen of a list to a node inside of it. */
static int beyond(const Layout *layout, uint16_t list, uint16_t index)
{
    Rect seen = tree_at(layout->tree, list)->rect, rect = tree_at(layout->tree, index)->rect;

    return between(seen.y, seen.h, rect.y, rect.h);
}

bool view_focus_arrow(View *view, Layout *layout, UiInputKind arrow)
{
    uint16_t from = view->focus.index, list, next;
    bool down = arrow == UI_ARROW_DOWN, upright = down || arrow == UI_ARROW_UP;
    int line = metrics_px(layout->metrics, MM_LINE) * (down ? 1 : -1);

    if (from == NODE_NONE)
        return focus_on(view, layout, first_control(layout->tree));
    list = view_scroller_around(layout, from);
    next = neighbour(layout, from, arrow, list, list != NODE_NONE);
    if (upright && next != NODE_NONE && list != NODE_NONE &&
        beyond(layout, list, next) > metrics_px(layout->metrics, MM_LINE))
        return scroll_by(view, layout, list, line); /* there is something to read before it */
    if (next == NODE_NONE && upright && scroll_by(view, layout, list, line))
        return true;
    if (next == NODE_NONE && list != NODE_NONE)
        next = neighbour(layout, from, arrow, list, false);
    return focus_on(view, layout, next);
}

bool view_page(View *view, Layout *layout, bool down)
{
    uint16_t list = scroller_meant(view, layout), focus = view->focus.index;
    const Node *node = list == NODE_NONE ? NULL : tree_at(layout->tree, list);
    int page = node ? node->rect.h * 4 / 5 : 0; /* some lines of the one before stay */

    if (!scroll_by(view, layout, list, down ? page : -page))
        return false;
    if (focus == NODE_NONE || !tree_is_inside(layout->tree, focus, list))
        return true;
    /* The focus comes along: to the first control that is seen whole. */
    for (uint16_t i = list; i < view_scope(layout->tree).to && tree_is_inside(layout->tree, i, list); i++) {
        const Node *inside = tree_at(layout->tree, i);
        if (can_have_focus(inside) && rect_equal(inside->clip, inside->rect)) {
            view->focus = view_spot_of(layout->tree, i);
            break;
        }
    }
    return true;
}
