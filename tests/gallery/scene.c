#include "gallery/scene.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void scene_fault(Scene *scene, const Node *node, const char *format, ...)
{
    OWNED_BUF line;
    char variant[VARIANT_NAME_SIZE], words[40];
    va_list args;

    buf_init(&line, 4096);
    variant_name(scene->variant, variant);
    str_copy_cut(str_from(node ? node->label : ""), words, sizeof words);
    for (char *c = words; *c; c++)
        if (*c == '\n' || *c == '\t')
            *c = ' ';
    buf_add_format(&line, "%s\t%s\t%s\t%s", scene->state, variant, scene->screen, node && *node->id ? node->id : "-");
    if (*words)
        buf_add_format(&line, " \"%s\"", words);
    buf_add_byte(&line, '\t');
    va_start(args, format);
    buf_add_format_v(&line, format, args);
    va_end(args);
    if (node && !rect_empty(node->rect))
        buf_add_format(&line, " (%d,%d %dx%d)", node->rect.x, node->rect.y, node->rect.w, node->rect.h);
    buf_add_byte(&line, '\n');
    if (scene->told)
        buf_add_str(scene->told, buf_str(&line));
    else
        (void)fputs(buf_text(&line), stdout);
    scene->faults++;
}

bool scene_is_around(const Tree *tree, uint16_t a, uint16_t b)
{
    for (; b != NODE_NONE; b = tree_at(tree, b)->parent)
        if (a == b)
            return true;
    return false;
}

Rect scene_seen(const Scene *scene, const Node *node)
{
    Rect glass = { 0, 0, scene->panel->width, scene->panel->height };

    return rect_cross(rect_cross(node->rect, node->clip), glass);
}

bool scene_is_target(const Scene *scene, size_t index)
{
    return node_is_control(tree_at(scene->tree, index)) &&
           tree_is_inside(scene->tree, (uint16_t)index, tree_scope(scene->tree));
}

size_t scene_first_lit(const OpList *list)
{
    size_t first = 0;

    for (size_t i = 0; i < list->count; i++)
        if (list->ops[i].kind == OP_VEIL)
            first = i + 1;
    return first;
}

Rect scene_drawn(const Op *op)
{
    Rect rect = op->rect;

    if (op->kind == OP_WORDS) {
        int capitals = (int)(op->look.size * 7273L / 10000 / 64);
        rect.y += op->baseline - capitals;
        rect.h = capitals;
    }
    return rect_cross(rect, op->seen);
}

int scene_px(const Scene *scene, float mm)
{
    return metrics_px(scene->layout->metrics, mm);
}

/* A part is most of what is seen at once, so that each line is wholly in one of them.  Where next to nothing is seen
 * (check_places tells), the end comes all the same. */
bool scene_scroll(Scene *scene, unsigned step)
{
    bool more = step == 0;

    for (size_t i = 0; i < tree_count(scene->tree); i++) {
        const Node *node = tree_at(scene->tree, i);
        LayoutBox *box = &scene->layout->boxes[i];
        int part = node->rect.h * 2 / 3, least = scene->panel->height / 20;
        int offset = (int)step * (part > least ? part : least);
        if (!node->style.scroll || box->scroll_most <= 0)
            continue;
        more |= box->scroll < box->scroll_most;
        (void)layout_scroll(scene->layout, (uint16_t)i, offset);
    }
    return more;
}
