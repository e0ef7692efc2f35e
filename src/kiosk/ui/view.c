#include <string.h>

#include "base/memory.h"
#include "kiosk/ui/view_parts.h"

#define MM_DRAG   3.0F /* a finger trembles; what moves further is a drag */
#define MM_MARGIN 9.0F /* what must be seen stands clear of the soft edge */

const ViewSpot view_nowhere = { .index = NODE_NONE };

void view_clear(View *view)
{
    mem_wipe(view, sizeof(*view));
    view->pressed = view->focus = view->dragged = view_nowhere;
}

void view_enter(View *view, const char *screen)
{
    if (strcmp(view->screen, screen) == 0)
        return;
    str_copy_cut(str_from(screen), view->screen, sizeof(view->screen));
    view->entered = true;
}

ViewScope view_scope(const Tree *tree)
{
    ViewScope scope = { tree_scope(tree), (uint16_t)tree_count(tree) };

    if (scope.from == NODE_NONE)
        return (ViewScope){ 0, 0 };
    /* Descendants follow their ancestor without a gap in the array. */
    for (uint16_t i = (uint16_t)(scope.from + 1); i < scope.to; i++)
        if (tree_at(tree, i)->parent < scope.from || tree_at(tree, i)->parent == NODE_NONE)
            scope.to = i;
    return scope;
}

ViewSpot view_spot_of(const Tree *tree, uint16_t index)
{
    ViewSpot spot = view_nowhere;
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
        *spot = view_nowhere;
    else
        spot->index = tree_index(tree, node);
}

/* ---- scrolling ---- */

static ViewScroll *scroll_of(View *view, const char *id, bool make)
{
    ViewScroll *scroll;

    for (size_t i = 0; i < view->scroll_count; i++)
        if (strcmp(view->scrolls[i].id, id) == 0 && strcmp(view->scrolls[i].screen, view->screen) == 0)
            return &view->scrolls[i];
    if (!make || !*id)
        return NULL;
    if (view->scroll_count == VIEW_SCROLLS_MOST) { /* the oldest is of a screen long left */
        memmove(view->scrolls, view->scrolls + 1, sizeof(view->scrolls) - sizeof(view->scrolls[0]));
        view->scroll_count--;
    }
    scroll = &view->scrolls[view->scroll_count++];
    memset(scroll, 0, sizeof(*scroll));
    memcpy(scroll->id, id, strlen(id) + 1);
    memcpy(scroll->screen, view->screen, sizeof(scroll->screen));
    return scroll;
}

bool view_scroll_to(View *view, Layout *layout, uint16_t index, int offset)
{
    const Node *node = tree_at(layout->tree, index);
    bool moved = layout_scroll(layout, index, offset);
    ViewScroll *scroll = moved ? scroll_of(view, node->id, true) : NULL;

    if (scroll)
        scroll->offset = layout->boxes[index].scroll;
    return moved;
}

uint16_t view_scroller_around(const Layout *layout, uint16_t index)
{
    while (index != NODE_NONE) {
        const Node *node = tree_at(layout->tree, index);
        if (node->style.scroll && layout->boxes[index].scroll_most > 0)
            return index;
        index = node->parent;
    }
    return NODE_NONE;
}

void view_show(View *view, Layout *layout, uint16_t index)
{
    const Node *node = tree_at(layout->tree, index);

    for (uint16_t i = node->parent; i != NODE_NONE; i = tree_at(layout->tree, i)->parent) {
        const Node *around = tree_at(layout->tree, i);
        int offset = layout->boxes[i].scroll, margin = metrics_px(layout->metrics, MM_MARGIN);
        if (!around->style.scroll)
            continue;
        if (node->rect.y + node->rect.h + margin > around->rect.y + around->rect.h)
            offset += node->rect.y + node->rect.h + margin - around->rect.y - around->rect.h;
        if (node->rect.y - margin - (offset - layout->boxes[i].scroll) < around->rect.y)
            offset = layout->boxes[i].scroll + node->rect.y - margin - around->rect.y;
        (void)view_scroll_to(view, layout, i, offset);
    }
}

/* A list that is seen for the first time begins where its answer is. */
static void show_chosen(View *view, Layout *layout)
{
    uint16_t count = (uint16_t)tree_count(layout->tree);

    for (uint16_t i = 0; i < count; i++) {
        const Node *node = tree_at(layout->tree, i);
        uint16_t list =
            node->role == ROLE_CHOICE && (node->state & NODE_CHOSEN) ? view_scroller_around(layout, i) : NODE_NONE;
        const char *id = list == NODE_NONE ? VIEW_CONTENT : tree_at(layout->tree, list)->id;
        if (strcmp(id, VIEW_CONTENT) != 0 && !scroll_of(view, id, false)) /* a screen begins with its title */
            view_show(view, layout, i);
    }
}

static bool filling_equal(const ViewFilling *a, const ViewFilling *b)
{
    return strcmp(a->id, b->id) == 0 && a->typed == b->typed && a->room == b->room && a->faulty == b->faulty;
}

/* What is typed stays in sight; but who has scrolled away without typing is left alone. */
static void show_filling(View *view, Layout *layout)
{
    ViewFilling now = { 0 };
    uint16_t list, count = (uint16_t)tree_count(layout->tree);

    for (uint16_t i = 0; i < count; i++) {
        const Node *node = tree_at(layout->tree, i);
        if (!(node->state & NODE_FILLING))
            continue;
        list = view_scroller_around(layout, i);
        memcpy(now.id, node->id, sizeof(now.id));
        now.typed = strlen(node->value);
        now.faulty = node->state & NODE_FAULTY;
        now.room = list == NODE_NONE ? 0 : tree_at(layout->tree, list)->rect.h;
        if (view->entered || !filling_equal(&now, &view->filling))
            view_show(view, layout, i);
        break;
    }
    view->filling = now;
}

static size_t words_inside(const Tree *tree, uint16_t index)
{
    uint16_t count = (uint16_t)tree_count(tree);
    size_t words = 0;

    for (uint16_t i = index; i < count && tree_is_inside(tree, i, index); i++)
        words += strlen(tree_at(tree, i)->label);
    return words;
}

/* What is alerted comes into sight once; who has scrolled away from it is left alone. */
static void show_alert(View *view, Layout *layout)
{
    uint16_t count = (uint16_t)tree_count(layout->tree);
    ViewAlert now = { 0 };

    for (uint16_t i = 0; i < count; i++) {
        const Node *node = tree_at(layout->tree, i);
        if (node->role != ROLE_ALERT)
            continue;
        memcpy(now.id, node->id, sizeof(now.id));
        now.words = words_inside(layout->tree, i);
        if (view->entered || now.words != view->alert.words || strcmp(now.id, view->alert.id) != 0)
            view_show(view, layout, i);
        break;
    }
    view->alert = now;
}

void view_find_again(View *view, Layout *layout)
{
    if (view->entered) { /* what was pressed on another screen is not meant here, even where an id is the same */
        view->pressed = view->dragged = view_nowhere;
        view->on = view->dragging = false;
    }
    spot_find_again(&view->pressed, layout->tree, true);
    spot_find_again(&view->dragged, layout->tree, false);
    for (size_t i = 0; i < view->scroll_count; i++) {
        const Node *node =
            strcmp(view->scrolls[i].screen, view->screen) == 0 ? tree_find(layout->tree, view->scrolls[i].id) : NULL;
        if (node && node->style.scroll)
            (void)layout_scroll(layout, tree_index(layout->tree, node), view->scrolls[i].offset);
    }
    show_chosen(view, layout);
    show_alert(view, layout);
    show_filling(view, layout);
    view_focus_again(view, layout);
    view->entered = false;
}

/* ---- touch ---- */

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
    ViewScope scope = view_scope(tree);

    for (size_t i = scope.to; i-- > scope.from;) { /* the later, the nearer to the eye */
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
    ViewScope scope = view_scope(layout->tree);

    for (size_t i = scope.to; i-- > scope.from;) {
        const Node *node = tree_at(layout->tree, i);
        if (node->style.scroll && layout->boxes[i].scroll_most > 0 && rect_has(node->clip, x, y))
            return (uint16_t)i;
    }
    return NODE_NONE;
}

/* A list at its end hands the drag on to what scrolls around it. */
static uint16_t scroller_for(const Layout *layout, uint16_t innermost, bool finger_rises)
{
    for (uint16_t i = innermost; i != NODE_NONE; i = view_scroller_around(layout, tree_at(layout->tree, i)->parent)) {
        const LayoutBox *box = &layout->boxes[i];
        if (finger_rises ? box->scroll < box->scroll_most : box->scroll > 0)
            return i;
    }
    return innermost;
}

uint16_t view_pressed(const View *view)
{
    return view->on ? view->pressed.index : NODE_NONE;
}

static void lift(View *view)
{
    view->pressed = view->dragged = view_nowhere;
    view->on = view->down = view->dragging = false;
}

static bool finger_down(View *view, Layout *layout, const UiInput *input, Send *ret_send)
{
    const Node *node;

    view->down = true;
    view->dragging = false;
    view->down_x = input->x;
    view->down_y = input->y;
    view->focus = view_nowhere; /* who touches needs no ring */
    view->pressed = view_spot_of(layout->tree, view_hit(layout->tree, input->x, input->y));
    view->on = view->pressed.index != NODE_NONE;
    view->dragged = view_spot_of(layout->tree, scroller_at(layout, input->x, input->y));
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
        view->dragged = view_spot_of(layout->tree, scroller_for(layout, view->dragged.index, dy < 0));
        view->dragged_from = layout->boxes[view->dragged.index].scroll;
        view->down_y += dy > 0 ? tremble : -tremble; /* no jump */
        dy = input->y - view->down_y;
        changed |= view->on;
        on = false;
    }
    view->on = on;
    if (view->dragging && view->dragged.index != NODE_NONE)
        changed |= view_scroll_to(view, layout, view->dragged.index, view->dragged_from - dy);
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

/* ---- keys ---- */

/* The control of the present scope with that state; NULL: there is none. */
static const Node *control_with(const Tree *tree, NodeState state)
{
    ViewScope scope = view_scope(tree);

    for (size_t i = scope.from; i < scope.to; i++) {
        const Node *node = tree_at(tree, i);
        if ((node->state & state) && node_is_control(node))
            return node;
    }
    return NULL;
}

static bool activate(const Node *meant, Send *ret_send)
{
    if (meant)
        *ret_send = meant->send;
    return meant != NULL;
}

static bool activate_focused(const View *view, const Layout *layout, Send *ret_send)
{
    return activate(view->focus.index == NODE_NONE ? control_with(layout->tree, NODE_MAIN)
                                                   : tree_at(layout->tree, view->focus.index),
                    ret_send);
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
    case UI_FOCUS_BEFORE: changed = view_focus_walk(view, layout, input->kind == UI_FOCUS_NEXT); break;
    case UI_ARROW_LEFT:
    case UI_ARROW_RIGHT:
    case UI_ARROW_UP:
    case UI_ARROW_DOWN: changed = view_focus_arrow(view, layout, input->kind); break;
    case UI_PAGE_UP:
    case UI_PAGE_DOWN: changed = view_page(view, layout, input->kind == UI_PAGE_DOWN); break;
    case UI_ACTIVATE:
        changed = false;
        acted = activate_focused(view, layout, ret_send);
        break;
    case UI_LEAVE:
        changed = false;
        acted = activate(control_with(layout->tree, NODE_LEAVE), ret_send);
        break;
    }
    if (changed && view->focus.index != NODE_NONE)
        view->focus_seen = !rect_empty(tree_at(layout->tree, view->focus.index)->clip);
    *ret_changed = changed;
    return acted;
}
