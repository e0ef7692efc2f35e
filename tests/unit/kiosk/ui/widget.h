/* For tests of composed widgets: one on a glass of its own, its words, its picture. */
#ifndef TESTS_UNIT_KIOSK_UI_WIDGET_H
#define TESTS_UNIT_KIOSK_UI_WIDGET_H

#include <stdio.h>

#include "kiosk/ui/draw.h"
#include "sample_widgets.h"

/* A widget with margins, on 1080 x 1920 pixels. */
static inline Ui *widget_glass(float text_scale)
{
    UiConfig config = glass_config(1080, 1920, PORTRAIT_PX_MM, text_scale);

    return glass_new(&config);
}

static inline Tree *widget_begin(Ui *ui)
{
    Tree *tree = ui_begin(ui, LANGUAGE_UZ);

    tree_open(tree, ROLE_GROUP, "root", NULL,
              (Style){ .fill = COLOUR_GROUND, .pad_top = 16, .pad_right = 16, .pad_bottom = 16, .pad_left = 16 });
    return tree;
}

static inline const Node *widget_node(const Ui *ui, const char *id)
{
    const Node *node = tree_find(ui_tree(ui), id);

    if (!node)
        fail_msg("no node %s", id);
    return node;
}

/* Nothing is cut, each control is a target, and no two stand closer than the floor. */
static inline void widget_holds(const Ui *ui)
{
    const Tree *tree = ui_tree(ui);
    int least = (int)(15 * PORTRAIT_PX_MM), apart = (int)(3 * PORTRAIT_PX_MM) - 1;

    assert_false(tree_failed(tree));
    for (size_t i = tree_scope(tree); i < tree_count(tree); i++) {
        const Node *node = tree_at(tree, i);
        if (node->cut) {
            OWNED_BUF buf;
            buf_init(&buf, 1 << 18);
            tree_print(tree, &buf);
            fail_msg("cut: node %zu %s \"%s\"\n%s", i, node->id, node->label, buf_text(&buf));
        }
        if (!node_is_control(node))
            continue;
        if (node->rect.w < least || node->rect.h < least)
            fail_msg("%s is a target of %d x %d pixels", node->id, node->rect.w, node->rect.h);
        for (size_t k = tree_scope(tree); k < i; k++) {
            const Node *other = tree_at(tree, k);
            Rect around = { node->rect.x - apart, node->rect.y - apart, node->rect.w + 2 * apart,
                            node->rect.h + 2 * apart };
            if (node_is_control(other) && !tree_is_inside(tree, (uint16_t)i, (uint16_t)k) &&
                other->rect.x < around.x + around.w && other->rect.x + other->rect.w > around.x &&
                other->rect.y < around.y + around.h && other->rect.y + other->rect.h > around.y)
                fail_msg("%s stands too near to %s", node->id, other->id);
        }
    }
}

/* All that is spoken. */
static inline void widget_says(const Ui *ui, const char *words)
{
    OWNED_BUF buf;

    buf_init(&buf, 1 << 16);
    tree_speech(ui_tree(ui), &buf);
    if (!strstr(buf_text(&buf), words))
        fail_msg("\"%s\" is not said:\n%s", words, buf_text(&buf));
}

static inline unsigned widget_lines(const Ui *ui)
{
    OWNED_BUF buf;
    unsigned lines = 0;

    buf_init(&buf, 1 << 16);
    tree_speech(ui_tree(ui), &buf);
    for (size_t i = 0; i < buf.len; i++)
        lines += buf.data[i] == '\n';
    return lines;
}

static inline bool widget_tap(Ui *ui, const char *id, Send *ret)
{
    *ret = (Send){ 0 };
    return ui_tap(ui, id, ret);
}

/* A key; true when it activated something. */
static inline bool widget_key(Ui *ui, UiInputKind kind, Send *ret)
{
    *ret = (Send){ 0 };
    return ui_input(ui, &(UiInput){ .kind = kind }, ret);
}

static inline const char *widget_focus(Ui *ui, UiInputKind kind)
{
    Send send;
    const Node *node;

    assert_false(widget_key(ui, kind, &send));
    node = ui_focused(ui);
    return node ? node->id : "";
}

/* Up to what drawing rounds. */
static inline bool widget_alike(uint32_t a, uint32_t b)
{
    for (int shift = 0; shift < 24; shift += 8) {
        int difference = (int)(a >> shift & 0xff) - (int)(b >> shift & 0xff);
        if (difference < -2 || difference > 2)
            return false;
    }
    return true;
}

/* Painted pixels of a colour within a rectangle. */
static inline unsigned widget_pixels(Ui *ui, Rect rect, uint32_t colour)
{
    SDL_Surface *surface = glass_surface(1080, 1920);
    SDL_Rect rects[UI_RECTS_MOST];
    unsigned count = 0;

    ui_damage_all(ui);
    assert_int_equal(ui_paint(ui, surface, rects), 1);
    for (int y = rect.y; y < rect.y + rect.h; y++)
        for (int x = rect.x; x < rect.x + rect.w; x++)
            count += widget_alike(((const uint32_t *)surface->pixels)[(ptrdiff_t)y * surface->pitch / 4 + x], colour);
    SDL_FreeSurface(surface);
    return count;
}

#define LIGHT_BRAND 0x0b4f5cU
#define LIGHT_EDGE  0x76808aU
#define LIGHT_FOCUS 0x5b21b6U

#endif
