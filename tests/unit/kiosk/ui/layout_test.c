/* Rectangles, exactly: a glass of 1000 x 600 with 4 pixels a millimetre, so that all lengths are whole. */
#include "glass.h"

#include <stdio.h>

#include "kiosk/ui/layout.h"

typedef struct Bench {
    Metrics metrics;
    Text *text;
    Pictures *pictures;
    Tree *tree;
    Layout *layout;
} Bench;

static Layout layout_memory;

static void bench_open(Bench *bench)
{
    Error err = { 0 };

    bench->metrics = (Metrics){ 1000, 600, 4, 1 };
    bench->text = text_new(BINARY_DIR "/fonts", &err);
    bench->pictures = pictures_new(SOURCE_DIR "/assets/icons", &err);
    bench->tree = tree_new(&err);
    bench->layout = &layout_memory;
    assert_true(bench->text && bench->pictures && bench->tree);
}

static void bench_close(Bench *bench)
{
    text_free(bench->text);
    pictures_free(bench->pictures);
    tree_free(bench->tree);
}

static void run(Bench *bench)
{
    layout_run(bench->layout, bench->tree, &bench->metrics, bench->text, bench->pictures);
}

static void check(const Tree *tree, const char *id, int x, int y, int w, int h)
{
    const Node *node = tree_find(tree, id);

    assert_non_null(node);
    if (node->rect.x != x || node->rect.y != y || node->rect.w != w || node->rect.h != h)
        fail_msg("%s: %d,%d %dx%d instead of %d,%d %dx%d", id, node->rect.x, node->rect.y, node->rect.w, node->rect.h,
                 x, y, w, h);
}

static Node *box(Tree *tree, const char *id, Style style)
{
    return tree_leaf(tree, ROLE_GROUP, id, NULL, style);
}

/* Two columns where both words have room, else one. */
static void folds(void **state)
{
    static const char *const words[] = { "yes", "gaplashmoqchiman" };
    int width[2];
    Bench b;

    (void)state;
    for (int narrow = 0; narrow < 2; narrow++) {
        bench_open(&b);
        tree_open(b.tree, ROLE_GROUP, "root", NULL, (Style){ 0 });
        tree_open(b.tree, ROLE_GROUP, "grid", NULL,
                  (Style){ .columns = 2, .fold = true, .gap = 5, .width = narrow ? 110 : 0 });
        for (size_t i = 0; i < COUNT(words); i++)
            tree_leaf(b.tree, ROLE_TEXT, words[i], words[i], (Style){ .text = TEXT_HEADING });
        tree_close(b.tree);
        tree_close(b.tree);
        run(&b);
        width[narrow] = tree_find(b.tree, words[1])->rect.w;
        assert_false(tree_find(b.tree, words[1])->cut);
        assert_int_equal(tree_find(b.tree, words[1])->rect.x == tree_find(b.tree, words[0])->rect.x, narrow);
        bench_close(&b);
    }
    assert_int_equal(width[0], (1000 - 20) / 2);
    assert_int_equal(width[1], 440);
}

static void columns(void **state)
{
    Bench b;

    (void)state;
    bench_open(&b);
    tree_open(b.tree, ROLE_GROUP, "root", NULL,
              (Style){ .pad_top = 5, .pad_left = 10, .pad_right = 15, .pad_bottom = 20, .gap = 2 });
    box(b.tree, "fixed", (Style){ .height = 10, .width = 30 });
    box(b.tree, "wide", (Style){ .height = 5 });
    box(b.tree, "narrowed", (Style){ .height = 5, .max_width = 40 });
    box(b.tree, "one", (Style){ .grow = 1 });
    box(b.tree, "three", (Style){ .grow = 3 });
    run(&b);
    check(b.tree, "root", 0, 0, 1000, 600);
    check(b.tree, "fixed", 40, 20, 120, 40);
    check(b.tree, "wide", 40, 68, 900, 20);
    check(b.tree, "narrowed", 40, 96, 160, 20);
    /* left: 600 - 100 of pads - 4 gaps of 8 - 80 = 388 */
    check(b.tree, "one", 40, 124, 900, 97);
    check(b.tree, "three", 40, 229, 900, 291);
    bench_close(&b);
}

static void rows(void **state)
{
    Bench b;

    (void)state;
    bench_open(&b);
    tree_open(b.tree, ROLE_GROUP, "root", NULL, (Style){ .gap = 0 });
    tree_open(
        b.tree, ROLE_GROUP, "row", NULL,
        (Style){ .axis = AXIS_ROW, .gap = 5, .height = 50, .align = ALIGN_CENTRE, .pad_left = 5, .pad_right = 5 });
    box(b.tree, "a", (Style){ .width = 25, .height = 10 });
    box(b.tree, "b", (Style){ .grow = 1, .height = 20 });
    box(b.tree, "c", (Style){ .grow = 1, .max_width = 50, .height = 30 });
    tree_close(b.tree);
    tree_open(b.tree, ROLE_GROUP, "stretched", NULL, (Style){ .axis = AXIS_ROW, .align = ALIGN_STRETCH });
    box(b.tree, "low", (Style){ .width = 25, .height = 10 });
    box(b.tree, "high", (Style){ .width = 25, .height = 20 });
    tree_close(b.tree);
    tree_open(b.tree, ROLE_GROUP, "between", NULL,
              (Style){ .axis = AXIS_ROW, .justify = JUSTIFY_BETWEEN, .align = ALIGN_END });
    box(b.tree, "left", (Style){ .width = 25, .height = 10 });
    box(b.tree, "middle", (Style){ .width = 25, .height = 20 });
    box(b.tree, "right", (Style){ .width = 25, .height = 10 });
    run(&b);
    /* inside: 960; left after 100 and two gaps of 20: 820; c stops at 200 */
    check(b.tree, "a", 20, 80, 100, 40);
    check(b.tree, "b", 140, 60, 620, 80);
    check(b.tree, "c", 780, 40, 200, 120);
    check(b.tree, "low", 0, 200, 100, 80);
    check(b.tree, "high", 100, 200, 100, 80);
    check(b.tree, "left", 0, 320, 100, 40);
    check(b.tree, "middle", 450, 280, 100, 80);
    check(b.tree, "right", 900, 320, 100, 40);
    bench_close(&b);
}

static void a_row_may_run_from_right_to_left(void **state)
{
    Bench b;

    (void)state;
    bench_open(&b);
    tree_open(b.tree, ROLE_GROUP, "row", NULL,
              (Style){ .axis = AXIS_ROW, .reverse = true, .gap = 5, .height = 50, .pad_left = 5, .pad_right = 10 });
    box(b.tree, "first", (Style){ .width = 25, .height = 10 });
    box(b.tree, "grows", (Style){ .grow = 1, .height = 10 });
    box(b.tree, "last", (Style){ .width = 50, .height = 10 });
    run(&b);
    /* inside: 20 to 960 */
    check(b.tree, "first", 860, 0, 100, 40);
    check(b.tree, "grows", 240, 0, 600, 40);
    check(b.tree, "last", 20, 0, 200, 40);
    bench_close(&b);
}

static void what_is_spread_ends_at_the_edge(void **state)
{
    Bench b;

    (void)state;
    bench_open(&b);
    tree_open(b.tree, ROLE_GROUP, "root", NULL, (Style){ .axis = AXIS_ROW, .justify = JUSTIFY_BETWEEN });
    for (int i = 0; i < 20; i++)
        box(b.tree, tree_format(b.tree, "%d", i), (Style){ .width = 10.25F, .height = 5 });
    run(&b);
    check(b.tree, "0", 0, 0, 41, 20);
    check(b.tree, "1", 50, 0, 41, 20); /* 180 left for 19 gaps: 9 or 10 each */
    check(b.tree, "19", 959, 0, 41, 20);
    bench_close(&b);
}

static void words_of_two_sizes_stand_on_one_line(void **state)
{
    Bench b;
    int large, small;

    (void)state;
    bench_open(&b);
    large = metrics_baseline(&b.metrics, TEXT_DISPLAY);
    small = metrics_baseline(&b.metrics, TEXT_BODY);
    tree_open(b.tree, ROLE_GROUP, "root", NULL, (Style){ 0 });
    tree_open(b.tree, ROLE_GROUP, "row", NULL, (Style){ .axis = AXIS_ROW, .align = ALIGN_BASELINE });
    tree_leaf(b.tree, ROLE_TEXT, "large", "14", (Style){ .text = TEXT_DISPLAY });
    tree_leaf(b.tree, ROLE_TEXT, "small", "soniya", (Style){ .pad_top = 2, .pad_bottom = 20 });
    run(&b);
    assert_int_equal(tree_find(b.tree, "large")->rect.y, 0);
    assert_int_equal(tree_find(b.tree, "small")->rect.y + 8 + small, large);
    assert_int_equal(tree_find(b.tree, "row")->rect.h,
                     large - small - 8 + 8 + metrics_line_height(&b.metrics, TEXT_BODY) + 80);
    bench_close(&b);
}

static void grids_share_their_height(void **state)
{
    Bench b;

    (void)state;
    bench_open(&b);
    tree_open(b.tree, ROLE_GROUP, "root", NULL, (Style){ .gap = 0 });
    tree_open(b.tree, ROLE_GROUP, "grid", NULL, (Style){ .columns = 3, .gap = 10, .grow = 1 });
    for (int i = 0; i < 4; i++)
        box(b.tree, tree_format(b.tree, "%d", i), (Style){ .height = 10 });
    tree_close(b.tree);
    box(b.tree, "rest", (Style){ .height = 40 });
    run(&b);
    /* 440 high in two rows: 200 each; 920 wide in three: 307, 307, 306 in some order that sums */
    check(b.tree, "0", 0, 0, 306, 200);
    check(b.tree, "1", 346, 0, 307, 200);
    check(b.tree, "2", 693, 0, 307, 200);
    check(b.tree, "3", 0, 240, 306, 200);
    check(b.tree, "rest", 0, 440, 1000, 160);
    bench_close(&b);
}

static void stacks_lie_over_each_other(void **state)
{
    Bench b;

    (void)state;
    bench_open(&b);
    tree_open(b.tree, ROLE_GROUP, "root", NULL, (Style){ .axis = AXIS_STACK, .pad_left = 10 });
    box(b.tree, "below", (Style){ 0 });
    tree_open(b.tree, ROLE_GROUP, "above", NULL, (Style){ .align = ALIGN_END, .justify = JUSTIFY_END });
    box(b.tree, "corner", (Style){ .width = 10, .height = 5 });
    run(&b);
    check(b.tree, "below", 40, 0, 960, 600);
    check(b.tree, "above", 40, 0, 960, 600);
    check(b.tree, "corner", 960, 580, 40, 20);
    bench_close(&b);
}

static void icon_and_label_stand_where_the_role_says(void **state)
{
    static const struct {
        const char *name;
        Role role;
        Justify justify;
        bool after;
        int place; /* of the whole in the box: -1 left, 0 middle, 1 right; 2: at both ends */
    } cases[] = {
        { "button", ROLE_BUTTON, JUSTIFY_START, false, 0 },
        { "button, icon after", ROLE_BUTTON, JUSTIFY_START, true, 0 },
        { "button, centred", ROLE_BUTTON, JUSTIFY_CENTRE, false, 0 },
        { "button, at its end", ROLE_BUTTON, JUSTIFY_END, false, 1 },
        { "button, at both ends", ROLE_BUTTON, JUSTIFY_BETWEEN, true, 2 },
        { "text", ROLE_TEXT, JUSTIFY_START, false, -1 },
        { "text, centred", ROLE_STATUS, JUSTIFY_CENTRE, false, 0 },
        { "choice", ROLE_CHOICE, JUSTIFY_START, false, -1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Bench b;
        const LayoutBox *of;
        int width, left, right, gap = 14;
        Node *node;
        bench_open(&b);
        node = tree_open(b.tree, cases[i].role, "node", "Davom etish",
                         (Style){ .axis = AXIS_ROW, .justify = cases[i].justify, .icon_size = 10 });
        node->icon = "next";
        node->icon_after = cases[i].after;
        run(&b);
        of = &b.layout->boxes[0];
        width = b.layout->lines[of->line].width;
        left = cases[i].after ? of->label.x : of->icon.x;
        right = cases[i].after ? of->icon.x + of->icon.w : of->label.x + width;
        if ((cases[i].place < 0 && left != 0) || (cases[i].place == 1 && right != 1000) ||
            (cases[i].place == 2 && (left != 0 || right != 1000)) ||
            (cases[i].place == 0 && (left + right < 998 || left + right > 1002)))
            fail_msg("%s: %d to %d", cases[i].name, left, right);
        if (cases[i].place != 2)
            assert_int_equal(right - left, width + gap + 40);
        assert_in_range(of->icon.y + 20, 299, 301);
        bench_close(&b);
    }
}

static void words_give_way_and_wrap(void **state)
{
    Bench b;
    const Node *words, *button;
    int line;

    (void)state;
    bench_open(&b);
    line = metrics_line_height(&b.metrics, TEXT_BODY);
    tree_open(b.tree, ROLE_GROUP, "root", NULL, (Style){ .gap = 0 });
    tree_open(b.tree, ROLE_GROUP, "row", NULL, (Style){ .axis = AXIS_ROW, .gap = 5 });
    tree_leaf(
        b.tree, ROLE_TEXT, "words",
        "Boshqa odam nomidan olish uchun ishonchnoma va pasportni olib keling, uchinchi oynaga, soat oʻn yettigacha.",
        (Style){ 0 });
    tree_leaf(b.tree, ROLE_BUTTON, "button", "Koʻrish", (Style){ .width = 50, .height = 24 });
    run(&b);
    words = tree_find(b.tree, "words");
    button = tree_find(b.tree, "button");
    assert_int_equal(words->rect.w, 1000 - 200 - 20);
    assert_int_equal(words->rect.h, 3 * line);
    assert_int_equal(button->rect.x, 800);
    assert_false(words->cut);
    bench_close(&b);
}

static void an_icon_stands_by_words_that_wrapped(void **state)
{
    Bench b;
    Node *node;
    const LayoutBox *own;

    (void)state;
    bench_open(&b);
    tree_open(b.tree, ROLE_GROUP, "root", NULL, (Style){ .gap = 0 });
    node = tree_leaf(b.tree, ROLE_BUTTON, "button", "Ha, shu yerdaman", (Style){ .axis = AXIS_ROW, .width = 60 });
    node->icon = "hand";
    run(&b);
    own = &b.layout->boxes[tree_index(b.tree, node)];
    assert_int_equal(own->lines, 2);
    assert_false(node->cut);
    /* Both together stand in the middle, with the gap between them and no more. */
    assert_int_equal(own->label.x - own->icon.x - own->icon.w, metrics_px(&b.metrics, 3.5F));
    assert_in_range(own->icon.x + 1 - (240 - own->label.x - own->label.w), 0, 2); /* of rounding */
    bench_close(&b);
}

static void height_is_the_least_where_words_need_more(void **state)
{
    Bench b;
    const Node *button;

    (void)state;
    bench_open(&b);
    b.metrics.text_scale = 2;
    tree_open(b.tree, ROLE_GROUP, "root", NULL, (Style){ .align = ALIGN_CENTRE });
    tree_leaf(b.tree, ROLE_BUTTON, "button", "Xodimni chaqirish kerak", (Style){ .max_width = 100, .height = 24 });
    run(&b);
    button = tree_find(b.tree, "button");
    assert_int_equal(button->rect.w, 400);
    assert_true(button->rect.h >= 2 * metrics_line_height(&b.metrics, TEXT_BODY));
    assert_false(button->cut);
    bench_close(&b);
}

static void what_does_not_fit_is_told(void **state)
{
    static const struct {
        const char *name;
        Style parent, child;
        const char *words;
        bool cut;
    } cases[] = {
        { "fits", { .height = 50 }, { .height = 50 }, "", false },
        { "wider than its parent", { .width = 50 }, { .width = 60 }, "", true },
        { "more lines than allowed", { .width = 50 }, { .lines_most = 1 }, "bir ikki uch toʻrt besh olti", true },
        { "as many lines as allowed", { .width = 50 }, { .lines_most = 3 }, "bir ikki uch toʻrt besh olti", false },
        { "a word that is too wide", { .width = 10 }, { 0 }, "Mustaqillik", true },
        { "higher than the glass", { 0 }, { .height = 200 }, "", true },
        { "higher than what scrolls", { .scroll = true, .height = 50 }, { .height = 200 }, "", false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Bench b;
        bool cut = false;
        bench_open(&b);
        tree_open(b.tree, ROLE_GROUP, "root", NULL, (Style){ .align = ALIGN_CENTRE });
        tree_open(b.tree, ROLE_GROUP, "parent", NULL, cases[i].parent);
        tree_leaf(b.tree, ROLE_TEXT, "child", cases[i].words, cases[i].child);
        run(&b);
        for (size_t k = 0; k < tree_count(b.tree); k++)
            cut |= tree_at(b.tree, k)->cut;
        if (cut != cases[i].cut)
            fail_msg("%s", cases[i].name);
        bench_close(&b);
    }
}

static void scrolling_takes_what_is_left_and_moves_what_is_inside(void **state)
{
    Bench b;
    uint16_t scroller;

    (void)state;
    bench_open(&b);
    tree_open(b.tree, ROLE_GROUP, "root", NULL, (Style){ .gap = 0 });
    box(b.tree, "above", (Style){ .height = 25 });
    tree_open(b.tree, ROLE_GROUP, "list", NULL, (Style){ .scroll = true, .grow = 1 });
    for (int i = 0; i < 10; i++)
        box(b.tree, tree_format(b.tree, "%d", i), (Style){ .height = 25 });
    tree_close(b.tree);
    box(b.tree, "below", (Style){ .height = 25 });
    run(&b);
    check(b.tree, "list", 0, 100, 1000, 400);
    check(b.tree, "below", 0, 500, 1000, 100);
    check(b.tree, "9", 0, 1000, 1000, 100);
    assert_true(rect_empty(tree_find(b.tree, "9")->clip));
    scroller = tree_index(b.tree, tree_find(b.tree, "list"));
    assert_int_equal(b.layout->boxes[scroller].scroll_most, 600);
    assert_true(layout_scroll(b.layout, scroller, 550));
    check(b.tree, "9", 0, 450, 1000, 100);
    assert_int_equal(tree_find(b.tree, "9")->clip.h, 50); /* the half that is in sight */
    assert_true(layout_scroll(b.layout, scroller, 10000));
    check(b.tree, "9", 0, 400, 1000, 100);
    assert_false(layout_scroll(b.layout, scroller, 10000));
    check(b.tree, "below", 0, 500, 1000, 100); /* not inside: not moved */
    assert_true(layout_scroll(b.layout, scroller, -5));
    check(b.tree, "0", 0, 100, 1000, 100);
    bench_close(&b);
}

static void fields_stand_below_their_label(void **state)
{
    Bench b;
    const Node *field;
    const LayoutBox *of;
    int caption, body;

    (void)state;
    bench_open(&b);
    caption = metrics_line_height(&b.metrics, TEXT_CAPTION);
    body = metrics_line_height(&b.metrics, TEXT_BODY);
    tree_open(b.tree, ROLE_GROUP, "root", NULL, (Style){ 0 });
    {
        Node *open = tree_open(b.tree, ROLE_FIELD, "field", "Parol", (Style){ .height = 30 });
        open->state = NODE_FAULTY;
        open->error = "Parol notoʻgʻri";
    }
    box(b.tree, "inside", (Style){ .width = 20, .height = 10 });
    run(&b);
    field = tree_find(b.tree, "field");
    of = &b.layout->boxes[tree_index(b.tree, field)];
    assert_int_equal(of->mark.y, caption + 12);
    assert_int_equal(of->mark.h, 120);
    assert_int_equal(of->error.y, caption + 12 + 120 + 12);
    assert_int_equal(field->rect.h, caption + 12 + 120 + 12 + body);
    check(b.tree, "inside", 1000 - 28 - 80, caption + 12 + 40, 80, 40);
    bench_close(&b);
}

static void pictures_keep_their_proportion(void **state)
{
    Bench b;
    const LayoutBox *of;

    (void)state;
    bench_open(&b);
    tree_open(b.tree, ROLE_GROUP, "root", NULL, (Style){ .align = ALIGN_CENTRE });
    tree_leaf(b.tree, ROLE_IMAGE, "by width", "", (Style){ .width = 120 })->icon = "picture-printer-no-paper";
    tree_leaf(b.tree, ROLE_IMAGE, "in a box", "", (Style){ .width = 120, .height = 20 })->icon =
        "picture-printer-no-paper";
    tree_leaf(b.tree, ROLE_IMAGE, "icon", "", (Style){ .width = 24, .height = 24, .icon_size = 14 })->icon = "check";
    run(&b);
    check(b.tree, "by width", 260, 0, 480, 292); /* its own size is 480 x 292 */
    of = &b.layout->boxes[tree_index(b.tree, tree_find(b.tree, "in a box"))];
    assert_int_equal(of->icon.h, 80);
    assert_int_equal(of->icon.w, 132);
    assert_int_equal(of->icon.x, 500 - 66);
    of = &b.layout->boxes[tree_index(b.tree, tree_find(b.tree, "icon"))];
    assert_int_equal(of->icon.w, 56);
    bench_close(&b);
}

/* The whole glass, whatever a screen may ask: rectangles stay finite, children of rows never overlap. */
static void children_of_rows_never_overlap(void **state)
{
    uint32_t seed = 7;

    (void)state;
    for (int round = 0; round < 200; round++) {
        Bench b;
        int right = 0;
        bench_open(&b);
        tree_open(b.tree, ROLE_GROUP, "root", NULL, (Style){ .axis = AXIS_ROW, .gap = (float)(seed % 9) });
        for (int i = 0; i < 6; i++) {
            seed = seed * 1664525U + 1013904223U;
            tree_leaf(b.tree, ROLE_TEXT, NULL, "bir ikki uch toʻrt",
                      (Style){ .grow = (float)(seed >> 8 & 1),
                               .width = seed >> 9 & 1 ? (float)(seed >> 24) / 4 : 0,
                               .min_width = (float)(seed >> 12 & 15),
                               .max_width = seed >> 10 & 1 ? 60 : 0 });
        }
        run(&b);
        for (uint16_t i = 1; i < tree_count(b.tree); i++) {
            Rect r = tree_at(b.tree, i)->rect;
            assert_true(r.x >= right && r.w >= 0 && r.h >= 0);
            right = r.x + r.w;
        }
        bench_close(&b);
        if (round > 20)
            round += 9; /* fonts are opened anew each time */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns),
        cmocka_unit_test(folds),
        cmocka_unit_test(rows),
        cmocka_unit_test(a_row_may_run_from_right_to_left),
        cmocka_unit_test(what_is_spread_ends_at_the_edge),
        cmocka_unit_test(words_of_two_sizes_stand_on_one_line),
        cmocka_unit_test(grids_share_their_height),
        cmocka_unit_test(stacks_lie_over_each_other),
        cmocka_unit_test(icon_and_label_stand_where_the_role_says),
        cmocka_unit_test(words_give_way_and_wrap),
        cmocka_unit_test(an_icon_stands_by_words_that_wrapped),
        cmocka_unit_test(height_is_the_least_where_words_need_more),
        cmocka_unit_test(what_does_not_fit_is_told),
        cmocka_unit_test(scrolling_takes_what_is_left_and_moves_what_is_inside),
        cmocka_unit_test(fields_stand_below_their_label),
        cmocka_unit_test(pictures_keep_their_proportion),
        cmocka_unit_test(children_of_rows_never_overlap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
