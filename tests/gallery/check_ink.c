/* Each word and icon against what is really behind it: the thing that was drawn last below each of some points. */
#include "gallery/scene.h"

#define WORDS_LEAST    4.5  /* WCAG 2.2, 1.4.3; the look's floor */
#define CONTRAST_LEAST 10.0 /* in the theme of that name (LOOK.md) */
#define ICON_LEAST     3.0  /* WCAG 2.2, 1.4.11 */
#define ACROSS         5
#define DOWN           3

typedef struct Behind {
    bool known;
    Pixel pixels[3]; /* a pattern has several */
    size_t count;
} Behind;

static Behind one(Pixel pixel)
{
    return (Behind){ .known = true, .pixels = { pixel }, .count = 1 };
}

/* What the thing leaves at the point; count 0: nothing. */
static Behind left_by(const Op *op, const Theme *theme, int x, int y)
{
    bool in_border;

    if (!rect_has(rect_cross(op->rect, op->seen), x, y))
        return (Behind){ 0 };
    switch (op->kind) {
    case OP_FILL: return one(op->fill);
    case OP_BOX:
        in_border = op->thickness > 0 && !rect_has(rect_inset(op->rect, op->thickness), x, y);
        if (in_border)
            return one(op->line);
        return op->filled ? one(op->fill) : (Behind){ 0 };
    case OP_STARS: return (Behind){ .known = true, .pixels = { op->fill, theme->star, op->line }, .count = 3 };
    case OP_ART:
    case OP_LOGO:
    case OP_PAGE: return (Behind){ .count = 1 };
    case OP_VEIL: /* what is over it has a box of its own */
    case OP_FADE: /* over the edge of what scrolls: its words are judged where they have scrolled out of it */
    case OP_LINE:
    case OP_SHADOW: /* a tenth of ink at most, and never below words */
    case OP_WORDS:  /* check_places finds what is drawn over words and icons */
    case OP_ICON: break;
    }
    return (Behind){ 0 };
}

static Behind behind(const OpList *list, size_t below, const Theme *theme, int x, int y)
{
    for (size_t i = below; i-- > 0;) {
        Behind found = left_by(&list->ops[i], theme, x, y);
        if (found.count > 0)
            return found;
    }
    return (Behind){ 0 };
}

static double lowest_ratio(const OpList *list, size_t index, const Theme *theme, bool *ret_known)
{
    const Op *op = &list->ops[index];
    Rect rect = scene_drawn(op);
    double lowest = 21;

    *ret_known = true;
    for (int i = 0; i < ACROSS * DOWN; i++) {
        int x = rect.x + rect.w * (2 * (i % ACROSS) + 1) / (2 * ACROSS);
        int y = rect.y + rect.h * (2 * (i / ACROSS) + 1) / (2 * DOWN);
        Behind found = behind(list, index, theme, x, y);
        *ret_known &= found.known;
        for (size_t k = 0; found.known && k < found.count; k++) {
            double ratio = theme_contrast(op->fill, found.pixels[k]);
            lowest = ratio < lowest ? ratio : lowest;
        }
    }
    return lowest;
}

/* Itself, or what it is part of. */
static bool is_disabled(const Tree *tree, uint16_t index)
{
    for (; index != NODE_NONE; index = tree_at(tree, index)->parent)
        if (tree_at(tree, index)->state & NODE_DISABLED)
            return true;
    return false;
}

/* Words that are half scrolled out are judged where they are whole. */
static bool is_whole(const Op *op)
{
    Op unhidden = *op;

    unhidden.seen = op->rect;
    return scene_drawn(op).h >= scene_drawn(&unhidden).h && !rect_empty(scene_drawn(op));
}

static void judge(Scene *scene, const OpList *list, size_t index)
{
    const Op *op = &list->ops[index];
    const Node *node = tree_at(scene->tree, op->node);
    bool known, disabled = is_disabled(scene->tree, op->node);
    double least = scene->variant->theme == GLASS_CONTRAST && !disabled ? CONTRAST_LEAST : WORDS_LEAST;
    double ratio = lowest_ratio(list, index, scene->theme, &known);

    if (!known)
        scene_fault(scene, node, "words or an icon over a picture");
    else if (ratio < (op->kind == OP_WORDS ? least : ICON_LEAST))
        scene_fault(scene, node, "contrast %.2f of %s%s", ratio, disabled ? "disabled " : "",
                    op->kind == OP_WORDS  ? "words"
                    : op->kind == OP_LINE ? "a line"
                                          : op->name);
}

void check_ink(Scene *scene)
{
    for (unsigned step = 0; scene_scroll(scene, step); step++) {
        const OpList *list = ui_ops(scene->ui);
        for (size_t i = scene_first_lit(list); i < list->count; i++) {
            const Op *op = &list->ops[i];
            bool drawn = op->kind == OP_WORDS || op->kind == OP_ICON || op->kind == OP_LINE;
            if (drawn && op->node != NODE_NONE && is_whole(op))
                judge(scene, list, i);
        }
    }
    (void)scene_scroll(scene, 0);
}
