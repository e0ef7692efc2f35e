#include "kiosk/ui/view.h"

#include <string.h>

#include "base/memory.h"

#define MM_DRAG 3.0F /* a finger trembles; what moves further is a drag */

static const ViewSpot nowhere = { .index = NODE_NONE };

void view_clear(View *view)
{
    mem_wipe(view, sizeof(*view));
    view->pressed = view->focus = view->dragged = nowhere;
}

static ViewSpot spot_of(const Tree *tree, uint16_t index)
{
    ViewSpot spot = nowhere;
    const Node *node = index == NODE_NONE ? NULL : tree_at(tree, index);

    if (!node)
        return spot;
    memcpy(spot.id, node->id, sizeof(spot.id));
    spot.index = index;
    spot.send = node->send;
    return spot;
}

static void spot_find_again(ViewSpot *spot, const Tree *tree, bool control)
{
    const Node *node = NULL;

    if (spot->index == NODE_NONE)
        return;
    if (*spot->id)
        node = tree_find(tree, spot->id);
    else
        node = tree_at(tree, spot->index);
    if (node && !*spot->id && (*node->id || node->send.act != spot->send.act || node->send.arg != spot->send.arg))
        node = NULL;
    if (!node || (control && !node_is_control(node)))
        *spot = nowhere;
    else
        spot->index = tree_index(tree, node);
}

static ViewScroll *scroll_of(View *view, const char *id, bool make)
{
    for (size_t i = 0; i < view->scroll_count; i++)
        if (strcmp(view->scrolls[i].id, id) == 0)
            return &view->scrolls[i];
    if (!make || !*id)
        return NULL;
    if (view->scroll_count == VIEW_SCROLLS_MOST) { /* the oldest is of a screen long left */
        memmove(view->scrolls, view->scrolls + 1, sizeof(view->scrolls) - sizeof(view->scrolls[0]));
        view->scroll_count--;
    }
    memcpy(view->scrolls[view->scroll_count].id, id, strlen(id) + 1);
    view->scrolls[view->scroll_count].offset = 0;
    return &view->scrolls[view->scroll_count++];
}

void view_find_again(View *view, Layout *layout)
{
    spot_find_again(&view->pressed, layout->tree, true);
    spot_find_again(&view->focus, layout->tree, true);
    spot_find_again(&view->dragged, layout->tree, false);
    for (size_t i = 0; i < view->scroll_count; i++) {
        const Node *node = tree_find(layout->tree, view->scrolls[i].id);
        if (node && node->style.scroll)
            (void)layout_scroll(layout, tree_index(layout->tree, node), view->scrolls[i].offset);
    }
}

static bool scroll_to(View *view, Layout *layout, uint16_t index, int offset)
{
    const Node *node = tree_at(layout->tree, index);
    bool moved = layout_scroll(layout, index, offset);
    ViewScroll *scroll = moved ? scroll_of(view, node->id, true) : NULL;

    if (scroll)
        scroll->offset = layout->boxes[index].scroll;
    return moved;
}

/* The control itself or the one around it. */
static uint16_t control_around(const Tree *tree, const Node *node)
{
    for (;; node = tree_at(tree, node->parent)) {
        if (node_is_control(node))
            return tree_index(tree, node);
        if (node->parent == NODE_NONE)
            return NODE_NONE;
    }
}

uint16_t view_hit(const Tree *tree, int x, int y)
{
    for (size_t i = tree_count(tree); i-- > 0;) { /* the later, the nearer to the eye */
        const Node *node = tree_at(tree, i);
        Rect seen = rect_cross(node->clip, node->rect);
        if (!rect_has(seen, x, y))
            continue;
        if (node_is_control(node))
            return (uint16_t)i;
        if (node->style.fill != COLOUR_NONE || (node->state & NODE_DISABLED)) /* nothing below it can be meant */
            return control_around(tree, node);
    }
    return NODE_NONE;
}

static uint16_t scroller_at(const Layout *layout, int x, int y)
{
    for (size_t i = tree_count(layout->tree); i-- > 0;) {
        const Node *node = tree_at(layout->tree, i);
        if (node->style.scroll && layout->boxes[i].scroll_most > 0 && rect_has(node->clip, x, y))
            return (uint16_t)i;
    }
    return NODE_NONE;
}

uint16_t view_pressed(const View *view)
{
    return view->on ? view->pressed.index : NODE_NONE;
}

static void lift(View *view)
{
    view->pressed = view->dragged = nowhere;
    view->on = view->down = view->dragging = false;
}

static bool finger_down(View *view, Layout *layout, const UiInput *input, Send *ret_send)
{
    const Node *node;

    view->down = true;
    view->dragging = false;
    view->down_x = input->x;
    view->down_y = input->y;
    view->focus = nowhere; /* who touches needs no ring */
    view->pressed = spot_of(layout->tree, view_hit(layout->tree, input->x, input->y));
    view->on = view->pressed.index != NODE_NONE;
    view->dragged = spot_of(layout->tree, scroller_at(layout, input->x, input->y));
    if (view->dragged.index != NODE_NONE)
        view->dragged_from = layout->boxes[view->dragged.index].scroll;
    node = view->on ? tree_at(layout->tree, view->pressed.index) : NULL;
    if (!node || node->role != ROLE_KEY)
        return false;
    *ret_send = node->send;
    return true;
}

static bool finger_move(View *view, Layout *layout, const UiInput *input)
{
    int tremble = metrics_px(layout->metrics, MM_DRAG), dy = input->y - view->down_y;
    bool on = view->pressed.index != NODE_NONE && view_hit(layout->tree, input->x, input->y) == view->pressed.index &&
              !view->dragging;
    bool changed = on != view->on;

    if (view->dragged.index != NODE_NONE && !view->dragging && (dy > tremble || dy < -tremble)) {
        view->dragging = true;
        view->down_y += dy > 0 ? tremble : -tremble; /* no jump */
        dy = input->y - view->down_y;
        changed |= view->on;
        on = false;
    }
    view->on = on;
    if (view->dragging && view->dragged.index != NODE_NONE)
        changed |= scroll_to(view, layout, view->dragged.index, view->dragged_from - dy);
    return changed;
}

static bool finger_up(View *view, const Layout *layout, const UiInput *input, Send *ret_send)
{
    uint16_t index = view->pressed.index;
    bool meant = index != NODE_NONE && !view->dragging && view_hit(layout->tree, input->x, input->y) == index;
    const Node *node = meant ? tree_at(layout->tree, index) : NULL;

    lift(view);
    if (!node || node->role == ROLE_KEY) /* a key has acted already */
        return false;
    *ret_send = node->send;
    return true;
}

/* The next control after `from` in the order of the tree, or before it; around the ends; NODE_NONE: there is none. */
static uint16_t walk(const Tree *tree, uint16_t from, bool forward)
{
    size_t count = tree_count(tree);
    size_t at = from == NODE_NONE ? (forward ? count - 1 : 0) : from;

    for (size_t step = 0; step < count; step++) {
        at = forward ? (at + 1) % count : (at + count - 1) % count;
        if (node_is_control(tree_at(tree, at)) && !rect_empty(tree_at(tree, at)->rect))
            return (uint16_t)at;
    }
    return NODE_NONE;
}

/* Scrolls whatever holds the node until it is seen. */
static void bring_into_sight(View *view, Layout *layout, uint16_t index)
{
    const Node *node = tree_at(layout->tree, index);

    for (uint16_t i = node->parent; i != NODE_NONE; i = tree_at(layout->tree, i)->parent) {
        const Node *around = tree_at(layout->tree, i);
        int offset = layout->boxes[i].scroll, margin = metrics_px(layout->metrics, 4);
        if (!around->style.scroll)
            continue;
        if (node->rect.y + node->rect.h + margin > around->rect.y + around->rect.h)
            offset += node->rect.y + node->rect.h + margin - around->rect.y - around->rect.h;
        if (node->rect.y - margin - (offset - layout->boxes[i].scroll) < around->rect.y)
            offset = layout->boxes[i].scroll + node->rect.y - margin - around->rect.y;
        (void)scroll_to(view, layout, i, offset);
    }
}

static bool move_focus(View *view, Layout *layout, bool forward)
{
    uint16_t next = tree_count(layout->tree) > 0 ? walk(layout->tree, view->focus.index, forward) : NODE_NONE;

    if (next == NODE_NONE)
        return false;
    view->focus = spot_of(layout->tree, next);
    bring_into_sight(view, layout, next);
    return true;
}

static bool activate(const View *view, const Layout *layout, Send *ret_send)
{
    const Node *meant = view->focus.index == NODE_NONE ? NULL : tree_at(layout->tree, view->focus.index);

    for (size_t i = 0; !meant && i < tree_count(layout->tree); i++) {
        const Node *node = tree_at(layout->tree, i);
        if ((node->state & NODE_MAIN) && node_is_control(node))
            meant = node;
    }
    if (meant)
        *ret_send = meant->send;
    return meant != NULL;
}

bool view_input(View *view, Layout *layout, const UiInput *input, Send *ret_send, bool *ret_changed)
{
    bool changed = true, acted = false;

    switch (input->kind) {
    case UI_DOWN:
        if (view->down) /* a second finger */
            changed = false;
        else
            acted = finger_down(view, layout, input, ret_send);
        break;
    case UI_MOVE: changed = view->down && finger_move(view, layout, input); break;
    case UI_UP:
        if (view->down)
            acted = finger_up(view, layout, input, ret_send);
        else
            changed = false;
        break;
    case UI_CANCEL: lift(view); break;
    case UI_FOCUS_NEXT:
    case UI_FOCUS_BEFORE: changed = move_focus(view, layout, input->kind == UI_FOCUS_NEXT); break;
    case UI_ACTIVATE:
        changed = false;
        acted = activate(view, layout, ret_send);
        break;
    }
    *ret_changed = changed;
    return acted;
}
