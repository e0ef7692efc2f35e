/* The focus as a keypad moves it: through every control once, as one reads, each time in sight and ringed. */
#include "gallery/scene.h"

#include <stdio.h>
#include <string.h>

#define RING_LEAST 3.0 /* WCAG 2.2, 1.4.11 */

/* A row that the left hand has turned round is read from right to left. */
static bool in_reversed_row(const Tree *tree, uint16_t a, uint16_t b)
{
    for (uint16_t i = a; i != NODE_NONE; i = tree_at(tree, i)->parent)
        if (scene_is_around(tree, i, b))
            return tree_at(tree, i)->style.reverse;
    return false;
}

/* Going on means down, or to the right; up only into a column further right. */
static bool goes_back(const Scene *scene, uint16_t before, uint16_t now)
{
    Rect from = tree_at(scene->tree, before)->rect, to = tree_at(scene->tree, now)->rect;
    int middle_from = from.y + from.h / 2, middle_to = to.y + to.h / 2;
    bool above = to.y + to.h <= from.y;
    bool same_row =
        middle_to > from.y && middle_to < from.y + from.h && middle_from > to.y && middle_from < to.y + to.h;

    if (in_reversed_row(scene->tree, before, now)) {
        from.x = -from.x - from.w;
        to.x = -to.x - to.w;
    }
    if (above)
        return to.x < from.x + from.w;
    return same_row && to.x + to.w <= from.x;
}

/* The last thing drawn is the ring. */
static void check_ring(Scene *scene, uint16_t index)
{
    const OpList *list = ui_ops(scene->ui);
    const Op *ring = &list->ops[list->count - 1];
    const Node *node = tree_at(scene->tree, index);
    Rect glass = { 0, 0, scene->panel->width, scene->panel->height };

    if (ring->kind != OP_BOX || ring->node != index || ring->filled) {
        scene_fault(scene, node, "no ring of focus");
        return;
    }
    if (!rect_inside(ring->rect, glass) || !rect_inside(ring->rect, ring->seen))
        scene_fault(scene, node, "its ring of focus is cut off");
    for (size_t i = list->count - 1; i-- > 0;) {
        const Op *op = &list->ops[i];
        bool around = (op->kind == OP_FILL || (op->kind == OP_BOX && op->filled)) && op->node != index &&
                      rect_inside(ring->rect, op->rect);
        if (!around)
            continue;
        if (theme_contrast(ring->line, op->fill) < RING_LEAST)
            scene_fault(scene, node, "contrast %.2f of its ring of focus", theme_contrast(ring->line, op->fill));
        return;
    }
}

/* As a whole, or, what is higher than the place in which it scrolls, filling most of that. */
static bool in_sight(const Scene *scene, const Node *node)
{
    Rect seen = scene_seen(scene, node);
    int high = node->rect.h;

    for (uint16_t i = node->parent; i != NODE_NONE; i = tree_at(scene->tree, i)->parent)
        if (tree_at(scene->tree, i)->style.scroll && tree_at(scene->tree, i)->rect.h * 3 / 4 < high)
            high = tree_at(scene->tree, i)->rect.h * 3 / 4;
    return seen.w >= node->rect.w - 1 && seen.h >= high - 1;
}

void check_focus(Scene *scene)
{
    static bool visited[TREE_NODES_MOST];
    size_t controls = 0, steps = 0;
    uint16_t before = NODE_NONE;
    Send send;

    memset(visited, 0, sizeof visited);
    for (size_t i = 0; i < tree_count(scene->tree); i++)
        controls += scene_is_target(scene, i);
    for (; steps <= controls; steps++) {
        (void)ui_input(scene->ui, &(UiInput){ .kind = UI_FOCUS_NEXT }, &send);
        uint16_t at = ui_focus(scene->ui);
        if (at == NODE_NONE || visited[at])
            break;
        const Node *node = tree_at(scene->tree, at);
        visited[at] = true;
        if (!in_sight(scene, node))
            scene_fault(scene, node, "has the focus and is not in sight");
        if (node->role != ROLE_KEY)
            check_ring(scene, at);
        /* Both where they are now: what scrolled on the way took both along. */
        if (before != NODE_NONE && goes_back(scene, before, at))
            scene_fault(scene, node, "the focus goes back to it from %s", tree_at(scene->tree, before)->id);
        before = at;
    }
    for (size_t i = 0; i < tree_count(scene->tree); i++)
        if (scene_is_target(scene, i) && !visited[i])
            scene_fault(scene, tree_at(scene->tree, i), "the focus skips it");
}
