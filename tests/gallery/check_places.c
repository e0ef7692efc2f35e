/* Where things are: nothing lies over another, all that is read or touched can be reached, targets are large and apart
 * enough for a finger, and in low reach all of it is low. */
#include "gallery/scene.h"

#include <string.h>

#include "base/memory.h"
#include "kiosk/ui/layout_parts.h"
#include "kiosk/ui/view.h"

#define TARGET_MM    15.0F /* in either direction (LOOK.md) */
#define MAIN_MM      20.0F
#define KEY_MM       9.0F
#define APART_MM     3.0F
#define KEYS_APART   2.0F  /* between keys of one keyboard: README.md */
#define BEGIN_MM     12.0F /* of an answer: its sign and first line */
#define FIELD_MM     26.0F
#define GAP_MM       3.0F
#define SCROLL_MM    20.0F /* that a finger needs to drag in */
#define SCROLL_LINES 1.25F /* of the text: one can be read, and another is seen to follow */
#define ROUNDING     1     /* pixels */
#define TOUCHED_MOST 200

/* What was seen of a node's words, from its first line's top, over all parts of what scrolls. */
typedef struct Sight {
    int top, bottom;
} Sight;

static bool crosses(Rect a, Rect b)
{
    Rect both = rect_cross(a, b);

    return both.w > ROUNDING && both.h > ROUNDING;
}

static bool apart_in_tree(const Tree *tree, uint16_t a, uint16_t b)
{
    return !scene_is_around(tree, a, b) && !scene_is_around(tree, b, a);
}

/* ---- what is drawn over something else ---- */

static bool is_content(const Op *op)
{
    return op->node != NODE_NONE && (op->kind == OP_WORDS || op->kind == OP_ICON || op->kind == OP_ART ||
                                     op->kind == OP_PAGE || op->kind == OP_LOGO);
}

static void check_drawn_over(Scene *scene, const OpList *list)
{
    for (size_t i = scene_first_lit(list); i < list->count; i++) {
        const Op *a = &list->ops[i];
        if (!is_content(a))
            continue;
        for (size_t k = i + 1; k < list->count; k++) {
            const Op *b = &list->ops[k];
            if (!is_content(b) || a->node == b->node || !crosses(scene_drawn(a), scene_drawn(b)))
                continue;
            if (apart_in_tree(scene->tree, a->node, b->node))
                scene_fault(scene, tree_at(scene->tree, a->node), "drawn over by %s \"%.20s\"",
                            tree_at(scene->tree, b->node)->id, tree_at(scene->tree, b->node)->label);
        }
    }
}

/* Words and pictures under a box that came later. */
static void check_hidden(Scene *scene, const OpList *list)
{
    for (size_t i = scene_first_lit(list); i < list->count; i++) {
        const Op *under = &list->ops[i];
        if (!is_content(under))
            continue;
        for (size_t k = i + 1; k < list->count; k++) {
            const Op *over = &list->ops[k];
            bool box = over->node != NODE_NONE && (over->kind == OP_FILL || (over->kind == OP_BOX && over->filled));
            if (box && over->node != under->node && crosses(scene_drawn(under), rect_cross(over->rect, over->seen)) &&
                apart_in_tree(scene->tree, under->node, over->node))
                scene_fault(scene, tree_at(scene->tree, under->node), "lies under %s",
                            tree_at(scene->tree, over->node)->id);
        }
    }
}

/* ---- targets ---- */

static void check_size(Scene *scene, const Node *node)
{
    float high = node->role == ROLE_KEY ? KEY_MM : node->state & NODE_MAIN ? MAIN_MM : TARGET_MM;
    float wide = node->role == ROLE_KEY ? KEY_MM : TARGET_MM;

    if (node->rect.w < scene_px(scene, wide) - ROUNDING || node->rect.h < scene_px(scene, high) - ROUNDING)
        scene_fault(scene, node, "too small to touch: %.1f x %.1f mm",
                    (double)((float)node->rect.w / scene->panel->pixels_per_mm),
                    (double)((float)node->rect.h / scene->panel->pixels_per_mm));
}

static void check_covered(Scene *scene, uint16_t index)
{
    const Node *node = tree_at(scene->tree, index);
    Rect seen = scene_seen(scene, node);
    int inset = (seen.w < seen.h ? seen.w : seen.h) / 6;
    Rect in = rect_inset(seen, inset);
    const int points[][2] = { { seen.x + seen.w / 2, seen.y + seen.h / 2 },
                              { in.x, in.y },
                              { in.x + in.w - 1, in.y },
                              { in.x, in.y + in.h - 1 },
                              { in.x + in.w - 1, in.y + in.h - 1 } };

    for (size_t i = 0; i < COUNT(points); i++) {
        uint16_t hit = view_hit(scene->tree, points[i][0], points[i][1]);
        if (hit != index && (hit == NODE_NONE || !scene_is_around(scene->tree, index, hit))) {
            scene_fault(scene, node, "covered by %s",
                        hit == NODE_NONE ? "nothing known" : tree_at(scene->tree, hit)->id);
            return;
        }
    }
}

static void check_apart(Scene *scene, const uint16_t *touched, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count; k++) {
            const Node *a = tree_at(scene->tree, touched[i]), *b = tree_at(scene->tree, touched[k]);
            Rect seen_a = scene_seen(scene, a), seen_b = scene_seen(scene, b);
            bool keys = a->role == ROLE_KEY && b->role == ROLE_KEY;
            int apart = scene_px(scene, keys ? KEYS_APART : APART_MM) - ROUNDING;
            if (!apart_in_tree(scene->tree, touched[i], touched[k]))
                continue;
            if (crosses(seen_a, seen_b))
                scene_fault(scene, a, "overlaps %s", b->id);
            else if (crosses(rect_inset(seen_a, -apart), seen_b))
                scene_fault(scene, a, "nearer than %.0f mm to %s", (double)(keys ? KEYS_APART : APART_MM), b->id);
        }
    }
}

static void check_targets(Scene *scene)
{
    uint16_t touched[TOUCHED_MOST];
    size_t count = 0;

    for (size_t i = 0; i < tree_count(scene->tree); i++) {
        const Node *node = tree_at(scene->tree, i);
        Rect seen = scene_seen(scene, node);
        if (!scene_is_target(scene, i) || rect_empty(seen))
            continue;
        if (count < TOUCHED_MOST)
            touched[count++] = (uint16_t)i;
        check_covered(scene, (uint16_t)i);
    }
    check_apart(scene, touched, count);
}

/* ---- what can be reached ---- */

/* What of the node must be brought into sight: a control as a whole, else its own words; empty: nothing. */
static Rect wanted_of(const Scene *scene, size_t index)
{
    const Node *node = tree_at(scene->tree, index);
    const LayoutBox *box = &scene->layout->boxes[index];

    if (scene_is_target(scene, index))
        return node->rect;
    if (node->role == ROLE_FIELD)
        return box->mark;
    return box->lines > 0 ? box->label : (Rect){ 0 };
}

static void look(const Scene *scene, Sight *sights)
{
    for (size_t i = 0; i < tree_count(scene->tree); i++) {
        Rect wanted = wanted_of(scene, i), seen = rect_cross(wanted, scene_seen(scene, tree_at(scene->tree, i)));
        if (rect_empty(seen) || seen.w < wanted.w - ROUNDING)
            continue;
        if (seen.y - wanted.y < sights[i].top)
            sights[i].top = seen.y - wanted.y;
        if (seen.y + seen.h - wanted.y > sights[i].bottom)
            sights[i].bottom = seen.y + seen.h - wanted.y;
    }
}

static void judge_sights(Scene *scene, const Sight *sights)
{
    for (size_t i = 0; i < tree_count(scene->tree); i++) {
        Rect wanted = wanted_of(scene, i);
        if (!rect_empty(wanted) && (sights[i].top > 0 || sights[i].bottom < wanted.h))
            scene_fault(scene, tree_at(scene->tree, i), "%s that can't be brought into sight",
                        scene_is_target(scene, i) ? "a control" : "words");
    }
}

static void check_low(Scene *scene, const OpList *list)
{
    float reach = (float)scene->panel->height * REACH_PART, least = REACH_LEAST_MM * scene->panel->pixels_per_mm;
    int above = scene->panel->height - (int)(reach > least ? reach : least);
    uint16_t said = NODE_NONE; /* what may stand above: one text that says where all is */

    for (size_t i = 0; i < tree_count(scene->tree); i++) {
        const Node *node = tree_at(scene->tree, i);
        Rect seen = scene_seen(scene, node);
        if (scene_is_target(scene, i) && !rect_empty(seen) && seen.y < above - ROUNDING)
            scene_fault(scene, node, "to be touched above the lower 60 %%");
    }
    for (size_t i = 0; i < list->count; i++) {
        const Op *op = &list->ops[i];
        if (op->kind != OP_WORDS || op->node == NODE_NONE || scene_drawn(op).h == 0 || scene_drawn(op).y >= above)
            continue;
        if (said == NODE_NONE)
            said = op->node;
        else if (op->node != said)
            scene_fault(scene, tree_at(scene->tree, op->node), "to be read above the lower 60 %%");
    }
}

/* An answer to what the person just did, by its name. */
static bool is_error(const Node *node)
{
    size_t len = strlen(node->id);

    return node->role == ROLE_ALERT && len >= 6 && strcmp(node->id + len - 6, ".error") == 0;
}

/* What was typed stands a second time where its field has no room. */
static bool is_echoed(const Scene *scene, const Node *field)
{
    for (size_t i = 0; i < tree_count(scene->tree); i++) {
        const Node *node = tree_at(scene->tree, i);
        const Rect box = scene->layout->boxes[i].mark;
        if (node != field && node->role == ROLE_FIELD && strcmp(node->value, field->value) == 0 &&
            rect_inside(box, scene_seen(scene, node)))
            return true;
    }
    return false;
}

/* Whether the place in which the node scrolls holds a field with the first line of an answer beside it. */
static bool has_room(const Scene *scene, const Node *node)
{
    for (uint16_t i = node->parent; i != NODE_NONE; i = tree_at(scene->tree, i)->parent)
        if (tree_at(scene->tree, i)->style.scroll)
            return tree_at(scene->tree, i)->rect.h >= scene_px(scene, FIELD_MM + 2 * GAP_MM + BEGIN_MM);
    return true;
}

/* The field that is being filled, what is wrong with it, and an answer to what was done are in sight without a touch:
 * of what is wrong at least the beginning, two lines, or most of it. */
static void check_now(Scene *scene)
{
    for (size_t i = 0; i < tree_count(scene->tree); i++) {
        const Node *node = tree_at(scene->tree, i);
        const LayoutBox *box = &scene->layout->boxes[i];
        Rect wrong = node->state & NODE_FAULTY ? box->error : is_error(node) ? node->rect : (Rect){ 0 };
        Rect seen = rect_cross(wrong, scene_seen(scene, node));
        int begin = scene_px(scene, BEGIN_MM);
        int lines = 2 * metrics_line_height(scene->layout->metrics, TEXT_BODY);
        bool begun = (seen.y == wrong.y && seen.h >= (begin < wrong.h ? begin : wrong.h)) || seen.h >= lines;
        if (!tree_is_inside(scene->tree, (uint16_t)i, tree_scope(scene->tree)))
            continue;
        if ((node->state & NODE_FILLING) && !rect_inside(box->mark, scene_seen(scene, node)) && !is_echoed(scene, node))
            scene_fault(scene, node, "being filled, and not in sight");
        if (wrong.h > 0 && !begun && seen.h * 2 < wrong.h && has_room(scene, node))
            scene_fault(scene, node, "what is wrong is not in sight");
    }
}

/* What scrolls must show enough to be read and dragged. */
static void check_scrollers(Scene *scene)
{
    int line = (int)(SCROLL_LINES * (float)metrics_line_height(scene->layout->metrics, TEXT_BODY));
    int finger = scene_px(scene, SCROLL_MM);

    for (size_t i = 0; i < tree_count(scene->tree); i++) {
        const Node *node = tree_at(scene->tree, i);
        if (node->style.scroll && scene->layout->boxes[i].scroll_most > 0 &&
            node->rect.h < (line > finger ? line : finger))
            scene_fault(scene, node, "scrolls in no more than %.0f mm",
                        (double)((float)node->rect.h / scene->panel->pixels_per_mm));
    }
}

void check_places(Scene *scene)
{
    static Sight sights[TREE_NODES_MOST];

    for (size_t i = 0; i < COUNT(sights); i++)
        sights[i] = (Sight){ .top = scene->panel->height };
    for (size_t i = 0; i < tree_count(scene->tree); i++)
        if (scene_is_target(scene, i))
            check_size(scene, tree_at(scene->tree, i));
    check_scrollers(scene);
    check_now(scene);
    for (unsigned step = 0; scene_scroll(scene, step); step++) {
        const OpList *list = ui_ops(scene->ui);
        check_drawn_over(scene, list);
        check_hidden(scene, list);
        check_targets(scene);
        if (scene->variant->low_reach)
            check_low(scene, list);
        look(scene, sights);
    }
    (void)scene_scroll(scene, 0);
    judge_sights(scene, sights);
}
