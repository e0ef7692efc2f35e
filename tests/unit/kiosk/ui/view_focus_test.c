/* Keys: reading order, neighbours, pages, and a focus that is never lost or out of sight. */
#include "widget.h"

enum { ACT = 5 };

static void button(Tree *tree, const char *id, Style style)
{
    style.height = style.height > 0 ? style.height : 20;
    tree_leaf(tree, ROLE_BUTTON, id, id, style)->send = (Send){ ACT, (uint16_t)tree_count(tree) };
}

static void open_row(Tree *tree)
{
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_ROW, .gap = 4 });
}

/* A strip of tools, a list of rows that scrolls, each with two buttons at its end, a bar. */
static void build(Ui *ui, const char *screen, int rows, float between)
{
    Tree *tree = ui_begin(ui, LANGUAGE_EN);

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ 0 });
    open_row(tree);
    for (int i = 0; i < 4; i++)
        button(tree, tree_format(tree, "tool.%d", i), (Style){ .grow = 1 });
    tree_close(tree);
    tree_open(tree, ROLE_GROUP, "content", NULL,
              (Style){ .grow = 1, .scroll = true, .gap = 4, .pad_left = 8, .pad_right = 8 });
    for (int i = 0; i < rows; i++) {
        open_row(tree);
        tree_leaf(tree, ROLE_TEXT, NULL, "row", (Style){ .grow = 1 });
        button(tree, tree_format(tree, "a.%d", i), (Style){ .width = 60 });
        button(tree, tree_format(tree, "b.%d", i), (Style){ .width = 60 });
        tree_close(tree);
        if (between > 0)
            tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ .height = between });
    }
    tree_close(tree);
    open_row(tree);
    button(tree, "back", (Style){ .grow = 1 });
    button(tree, "next", (Style){ .grow = 1 });
    tree_close(tree);
    ui_screen(ui, screen);
    ui_lay_out(ui);
}

static bool in_sight(const Ui *ui)
{
    const Node *node = ui_focused(ui);

    return node && node->clip.h == node->rect.h && node->clip.w == node->rect.w;
}

static void tab_goes_through_all_in_reading_order(void **state)
{
    Ui *ui = widget_glass(1);
    const Node *before = NULL;

    (void)state;
    build(ui, "one", 40, 0);
    for (size_t i = 0; i < tree_count(ui_tree(ui)); i++) {
        const Node *node = tree_at(ui_tree(ui), i);
        if (!node_is_control(node))
            continue;
        assert_string_equal(widget_focus(ui, UI_FOCUS_NEXT), node->id);
        assert_true(in_sight(ui));
        before = node;
    }
    assert_string_equal(before->id, "next");
    assert_string_equal(widget_focus(ui, UI_FOCUS_NEXT), "tool.0"); /* around */
    assert_string_equal(widget_focus(ui, UI_FOCUS_BEFORE), "next");
    ui_free(ui);
}

static void arrows_go_to_the_neighbour(void **state)
{
    static const struct {
        UiInputKind key;
        const char *focus;
    } steps[] = {
        { UI_ARROW_DOWN, "a.0" }, /* without a focus: to what the screen is about */
        { UI_ARROW_DOWN, "a.1" },  { UI_ARROW_RIGHT, "b.1" },   { UI_ARROW_RIGHT, "b.1" }, { UI_ARROW_DOWN, "b.2" },
        { UI_ARROW_LEFT, "a.2" },  { UI_ARROW_LEFT, "a.2" },    { UI_ARROW_UP, "a.1" },    { UI_ARROW_UP, "a.0" },
        { UI_ARROW_UP, "tool.2" }, { UI_ARROW_LEFT, "tool.1" }, { UI_ARROW_DOWN, "a.0" },
    };
    Ui *ui = widget_glass(1);

    (void)state;
    build(ui, "one", 40, 0);
    for (size_t i = 0; i < COUNT(steps); i++) {
        const char *focus = widget_focus(ui, steps[i].key);
        if (strcmp(focus, steps[i].focus) != 0 || !in_sight(ui))
            fail_msg("step %zu: %s", i, focus);
    }
    ui_free(ui);
}

static void down_reads_a_list_to_its_end_before_it_leaves_it(void **state)
{
    Ui *ui = widget_glass(1);

    (void)state;
    build(ui, "one", 40, 0);
    (void)widget_focus(ui, UI_ARROW_DOWN);
    for (int i = 1; i < 40; i++) {
        char id[16];
        (void)snprintf(id, sizeof(id), "a.%d", i);
        assert_string_equal(widget_focus(ui, UI_ARROW_DOWN), id);
        assert_true(in_sight(ui));
    }
    assert_string_equal(widget_focus(ui, UI_ARROW_DOWN), "next");
    assert_string_equal(widget_focus(ui, UI_ARROW_UP), "a.39"); /* what is seen of the list, not where it began */
    ui_free(ui);
}

static void what_is_far_is_scrolled_to_in_steps(void **state)
{
    Ui *ui = widget_glass(1);
    int steps = 0, y;

    (void)state;
    build(ui, "one", 2, 900); /* much to read between two rows, and after them */
    (void)widget_focus(ui, UI_ARROW_DOWN);
    assert_string_equal(ui_focused(ui)->id, "a.0");
    while (strcmp(widget_focus(ui, UI_ARROW_DOWN), "a.1") != 0)
        assert_in_range(++steps, 1, 100);
    assert_true(steps > 5);
    assert_true(in_sight(ui));
    (void)widget_focus(ui, UI_ARROW_DOWN);
    (void)widget_focus(ui, UI_ARROW_DOWN);
    y = widget_node(ui, "a.1")->rect.y;
    for (int i = 0; i < 8; i++)
        (void)widget_focus(ui, UI_ARROW_DOWN);
    assert_true(widget_node(ui, "a.1")->rect.y < y);
    y = widget_node(ui, "a.1")->rect.y;
    build(ui, "one", 2, 900); /* the clock goes on: who reads keeps their place */
    assert_int_equal(widget_node(ui, "a.1")->rect.y, y);
    for (steps = 0; strcmp(widget_focus(ui, UI_ARROW_DOWN), "next") != 0;)
        assert_in_range(++steps, 1, 100);
    assert_true(steps > 5);
    ui_free(ui);
}

static void pages_scroll_and_take_the_focus_along(void **state)
{
    Ui *ui = widget_glass(1);
    int y;
    Send send;

    (void)state;
    build(ui, "one", 40, 0);
    y = widget_node(ui, "a.5")->rect.y;
    assert_false(widget_key(ui, UI_PAGE_DOWN, &send));
    assert_null(ui_focused(ui));
    assert_true(widget_node(ui, "a.5")->rect.y < y - 900);
    assert_false(widget_key(ui, UI_PAGE_UP, &send));
    assert_int_equal(widget_node(ui, "a.5")->rect.y, y);
    (void)widget_focus(ui, UI_ARROW_DOWN);
    for (int i = 0; i < 5; i++) {
        (void)widget_focus(ui, UI_PAGE_DOWN);
        assert_true(in_sight(ui));
    }
    assert_int_equal(widget_node(ui, "a.39")->clip.h, widget_node(ui, "a.39")->rect.h);
    ui_free(ui);
}

static void focus_survives_new_trees(void **state)
{
    Ui *ui = widget_glass(1);

    (void)state;
    build(ui, "one", 40, 0);
    (void)widget_focus(ui, UI_ARROW_DOWN);
    (void)widget_focus(ui, UI_ARROW_DOWN);
    build(ui, "one", 30, 0);
    assert_string_equal(ui_focused(ui)->id, "a.1");
    for (int i = 0; i < 20; i++)
        (void)widget_focus(ui, UI_ARROW_DOWN);
    assert_string_equal(ui_focused(ui)->id, "a.21");
    build(ui, "one", 10, 0); /* it is gone: what stands there now */
    assert_non_null(ui_focused(ui));
    assert_true(in_sight(ui));
    build(ui, "two", 10, 0); /* another screen: what it is about */
    assert_string_equal(ui_focused(ui)->id, "a.0");
    assert_true(in_sight(ui));
    ui_free(ui);
}

static void who_touches_gets_no_ring(void **state)
{
    Ui *ui = widget_glass(1);
    Send send;

    (void)state;
    build(ui, "one", 40, 0);
    assert_true(widget_tap(ui, "a.0", &send));
    build(ui, "two", 40, 0);
    assert_null(ui_focused(ui));
    ui_free(ui);
}

/* Each control in turn: its ring is seen on all four sides, also at the edges of the glass and of what scrolls. */
static void the_ring_is_never_cut_off(void **state)
{
    Ui *ui = widget_glass(1);

    (void)state;
    build(ui, "one", 12, 0);
    for (int i = 0; i < 30; i++) {
        Rect rect, sides[4];
        (void)widget_focus(ui, UI_FOCUS_NEXT);
        rect = ui_focused(ui)->rect;
        sides[0] = (Rect){ rect.x + rect.w / 2, rect.y - 9, 1, 9 + rect.h / 4 };
        sides[1] = (Rect){ rect.x + rect.w / 2, rect.y + rect.h - rect.h / 4, 1, 9 + rect.h / 4 };
        sides[2] = (Rect){ rect.x - 9, rect.y + rect.h / 2, 9 + rect.w / 4, 1 };
        sides[3] = (Rect){ rect.x + rect.w - rect.w / 4, rect.y + rect.h / 2, 9 + rect.w / 4, 1 };
        for (size_t k = 0; k < COUNT(sides); k++) {
            Rect seen = rect_cross(sides[k], (Rect){ 0, 0, 1080, 1920 });
            if (widget_pixels(ui, seen, LIGHT_FOCUS) < 5)
                fail_msg("%s: side %zu", ui_focused(ui)->id, k);
        }
    }
    ui_free(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tab_goes_through_all_in_reading_order),
        cmocka_unit_test(arrows_go_to_the_neighbour),
        cmocka_unit_test(down_reads_a_list_to_its_end_before_it_leaves_it),
        cmocka_unit_test(what_is_far_is_scrolled_to_in_steps),
        cmocka_unit_test(pages_scroll_and_take_the_focus_along),
        cmocka_unit_test(focus_survives_new_trees),
        cmocka_unit_test(who_touches_gets_no_ring),
        cmocka_unit_test(the_ring_is_never_cut_off),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
