/* Touch, focus and scrolling. */
#include "glass.h"

#include <stdio.h>

#include "kiosk/ui/view.h"

enum { ACT = 5 };

static Node *button(Tree *tree, const char *id, uint16_t arg, Style style)
{
    Node *node = tree_leaf(tree, ROLE_BUTTON, id, id, style);

    node->send = (Send){ ACT, arg };
    return node;
}

/* 400 x 400 pixels, 4 a millimetre: a row of three buttons, a composed one below, a list that scrolls. */
static void build(Ui *ui)
{
    Tree *tree = ui_begin(ui, LANGUAGE_EN);
    Node *tile;

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .gap = 0 });
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_ROW, .gap = 5, .align = ALIGN_STRETCH });
    button(tree, "a", 1, (Style){ .grow = 1, .height = 20, .fill = COLOUR_SURFACE });
    button(tree, "b", 2, (Style){ .grow = 1 })->state = NODE_DISABLED;
    button(tree, "c", 3, (Style){ .grow = 1 })->state = NODE_MAIN;
    tree_close(tree);
    tile = tree_open(tree, ROLE_BUTTON, "tile", "", (Style){ .height = 20 });
    tile->send = (Send){ ACT, 4 };
    tree_leaf(tree, ROLE_GROUP, "inside", NULL, (Style){ .height = 20, .fill = COLOUR_TINT });
    tree_close(tree);
    tree_open(tree, ROLE_GROUP, "list", NULL, (Style){ .scroll = true, .grow = 1 });
    for (int i = 0; i < 10; i++)
        button(tree, tree_format(tree, "row %d", i), (uint16_t)(10 + i), (Style){ .height = 20 });
    tree_close(tree);
    ui_lay_out(ui);
}

static Ui *new_ui(void)
{
    UiConfig config = glass_config(400, 400, 4, 1);
    Ui *ui = glass_new(&config);

    build(ui);
    return ui;
}

static bool at(Ui *ui, UiInputKind kind, int x, int y, uint16_t *ret_arg)
{
    Send send = { 0 };
    bool acted = ui_input(ui, &(UiInput){ kind, x, y }, &send);

    *ret_arg = send.arg;
    return acted;
}

static bool tap(Ui *ui, int x, int y, uint16_t *ret_arg)
{
    assert_false(at(ui, UI_DOWN, x, y, ret_arg));
    return at(ui, UI_UP, x, y, ret_arg);
}

static int y_of(const Ui *ui, const char *id)
{
    return tree_find(ui_tree(ui), id)->rect.y;
}

static void a_control_acts_when_the_finger_lifts(void **state)
{
    static const struct {
        const char *name;
        int x, y;
        bool acts;
        uint16_t arg;
    } cases[] = {
        { "first", 10, 10, true, 1 },
        { "disabled", 200, 10, false, 0 },
        { "third", 390, 10, true, 3 },
        { "between two", 128, 10, false, 0 },
        { "a part of the tile", 200, 100, true, 4 },
        { "a row", 200, 170, true, 10 },
        { "outside", 500, 500, false, 0 },
        { "just inside", 0, 0, true, 1 },
    };
    Ui *ui = new_ui();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint16_t arg;
        if (tap(ui, cases[i].x, cases[i].y, &arg) != cases[i].acts || (cases[i].acts && arg != cases[i].arg))
            fail_msg("%s: %d", cases[i].name, arg);
    }
    ui_free(ui);
}

static void a_finger_that_slides_off_means_nothing(void **state)
{
    Ui *ui = new_ui();
    uint16_t arg;

    (void)state;
    assert_false(at(ui, UI_DOWN, 10, 10, &arg));
    assert_false(at(ui, UI_MOVE, 200, 10, &arg));
    assert_false(at(ui, UI_UP, 200, 10, &arg));
    assert_false(at(ui, UI_DOWN, 10, 10, &arg)); /* off and back on */
    assert_false(at(ui, UI_MOVE, 200, 10, &arg));
    assert_false(at(ui, UI_MOVE, 12, 12, &arg));
    assert_true(at(ui, UI_UP, 12, 12, &arg));
    assert_false(at(ui, UI_DOWN, 10, 10, &arg));
    assert_false(at(ui, UI_CANCEL, 0, 0, &arg));
    assert_false(at(ui, UI_UP, 10, 10, &arg));
    ui_free(ui);
}

static void only_one_finger_counts(void **state)
{
    Ui *ui = new_ui();
    uint16_t arg;

    (void)state;
    assert_false(at(ui, UI_DOWN, 10, 10, &arg));
    assert_false(at(ui, UI_DOWN, 390, 10, &arg));
    assert_true(at(ui, UI_UP, 10, 10, &arg));
    assert_int_equal(arg, 1);
    assert_false(at(ui, UI_UP, 390, 10, &arg));
    ui_free(ui);
}

static void a_press_survives_a_new_tree(void **state)
{
    Ui *ui = new_ui();
    Tree *tree;
    uint16_t arg;

    (void)state;
    assert_false(at(ui, UI_DOWN, 10, 10, &arg));
    build(ui); /* the clock went on, say */
    assert_true(at(ui, UI_UP, 10, 10, &arg));
    assert_int_equal(arg, 1);
    assert_false(at(ui, UI_DOWN, 10, 10, &arg));
    tree = ui_begin(ui, LANGUAGE_EN); /* another screen: something else is there now */
    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ 0 });
    button(tree, "other", 99, (Style){ .height = 50 });
    ui_lay_out(ui);
    assert_false(at(ui, UI_UP, 10, 10, &arg));
    ui_free(ui);
}

/* "next" of one screen is not "next" of another, though a finger lay on it all the time. */
static void a_press_ends_with_its_screen(void **state)
{
    UiConfig config = glass_config(400, 400, 4, 1);
    Ui *ui = glass_new(&config);
    uint16_t arg;

    (void)state;
    for (int screen = 0; screen < 2; screen++) {
        ui_screen(ui, screen == 0 ? "one" : "two");
        build(ui);
        if (screen == 0)
            assert_false(at(ui, UI_DOWN, 10, 10, &arg));
    }
    assert_false(at(ui, UI_UP, 10, 10, &arg));
    assert_true(tap(ui, 10, 10, &arg));
    assert_int_equal(arg, 1);
    ui_free(ui);
}

static void input_means_the_tree_that_is_seen(void **state)
{
    Ui *ui = new_ui();
    Tree *tree = ui_begin(ui, LANGUAGE_EN);
    uint16_t arg;

    (void)state;
    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ 0 });
    button(tree, "other", 99, (Style){ .height = 100 });
    assert_true(tap(ui, 10, 10, &arg));
    assert_int_equal(arg, 1);
    ui_lay_out(ui);
    assert_true(tap(ui, 10, 10, &arg));
    assert_int_equal(arg, 99);
    ui_free(ui);
}

static void dragging_scrolls_and_sends_nothing(void **state)
{
    Ui *ui = new_ui();
    int start = y_of(ui, "row 0");
    uint16_t arg;

    (void)state;
    assert_false(at(ui, UI_DOWN, 200, 300, &arg));
    assert_false(at(ui, UI_MOVE, 200, 292, &arg)); /* 2 mm: a trembling finger */
    assert_int_equal(y_of(ui, "row 0"), start);
    assert_false(at(ui, UI_MOVE, 200, 250, &arg));
    assert_int_equal(y_of(ui, "row 0"), start - 38); /* from where the drag began, without a jump */
    assert_false(at(ui, UI_MOVE, 200, -2000, &arg));
    assert_int_equal(y_of(ui, "row 9"), 400 - 80); /* not beyond the end */
    assert_false(at(ui, UI_UP, 200, 170, &arg));
    build(ui); /* the next tree is where this one was */
    assert_int_equal(y_of(ui, "row 9"), 400 - 80);
    assert_true(tap(ui, 200, 390, &arg));
    assert_int_equal(arg, 19);
    ui_forget(ui);
    build(ui);
    assert_int_equal(y_of(ui, "row 0"), start);
    ui_free(ui);
}

static void taps_by_name_are_those_of_a_finger(void **state)
{
    Ui *ui = new_ui();
    Tree *tree;
    Send send = { 0 };

    (void)state;
    assert_true(ui_tap(ui, "c", &send));
    assert_int_equal(send.arg, 3);
    assert_false(ui_tap(ui, "b", &send)); /* disabled */
    assert_false(ui_tap(ui, "nobody", &send));
    assert_false(ui_tap(ui, "inside", &send)); /* no control itself */
    assert_true(ui_tap(ui, "row 9", &send));   /* out of sight: scrolled to */
    assert_int_equal(send.arg, 19);
    tree = ui_begin(ui, LANGUAGE_EN);
    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ .axis = AXIS_STACK });
    button(tree, "below", 1, (Style){ .fill = COLOUR_SURFACE });
    tree_leaf(tree, ROLE_GROUP, "cover", NULL, (Style){ .fill = COLOUR_GROUND });
    ui_lay_out(ui);
    assert_false(ui_tap(ui, "below", &send)); /* covered */
    ui_free(ui);
}

static void focus_walks_controls_in_order(void **state)
{
    static const uint16_t order[] = { 1, 3, 4, 10, 11 };
    Ui *ui = new_ui();
    uint16_t arg;

    (void)state;
    assert_true(at(ui, UI_ACTIVATE, 0, 0, &arg)); /* without a focus: the main one */
    assert_int_equal(arg, 3);
    for (size_t i = 0; i < COUNT(order); i++) {
        assert_false(at(ui, UI_FOCUS_NEXT, 0, 0, &arg));
        assert_true(at(ui, UI_ACTIVATE, 0, 0, &arg));
        assert_int_equal(arg, order[i]);
    }
    for (size_t i = COUNT(order) - 1; i-- > 0;) {
        assert_false(at(ui, UI_FOCUS_BEFORE, 0, 0, &arg));
        assert_true(at(ui, UI_ACTIVATE, 0, 0, &arg));
        assert_int_equal(arg, order[i]);
    }
    assert_false(at(ui, UI_FOCUS_BEFORE, 0, 0, &arg)); /* around the end: the last row, which comes into sight */
    assert_true(at(ui, UI_ACTIVATE, 0, 0, &arg));
    assert_int_equal(arg, 19);
    assert_true(y_of(ui, "row 9") + 80 <= 400);
    assert_true(tap(ui, 10, 10, &arg)); /* a touch takes the ring away */
    assert_true(at(ui, UI_ACTIVATE, 0, 0, &arg));
    assert_int_equal(arg, 3);
    ui_free(ui);
}

/* A field above a list that scrolls by itself, both inside of content that scrolls. */
static void build_form(Ui *ui, const char *screen, const char *typed, int rows)
{
    Tree *tree = ui_begin(ui, LANGUAGE_EN);
    Node *field;

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ 0 });
    tree_open(tree, ROLE_GROUP, "content", NULL, (Style){ .scroll = true, .grow = 1 });
    tree_leaf(tree, ROLE_GROUP, "above", NULL, (Style){ .height = 90 });
    field = tree_leaf(tree, ROLE_FIELD, "field", "", (Style){ .height = 20 });
    field->value = tree_text(tree, typed);
    field->state = typed ? NODE_FILLING : 0;
    tree_open(tree, ROLE_GROUP, "list", NULL, (Style){ .scroll = true, .height = 50 });
    for (int i = 0; i < rows; i++)
        button(tree, tree_format(tree, "row %d", i), (uint16_t)(10 + i), (Style){ .height = 20 });
    tree_close(tree);
    tree_leaf(tree, ROLE_GROUP, "below", NULL, (Style){ .height = 90 });
    tree_close(tree);
    ui_screen(ui, screen);
    ui_lay_out(ui);
}

static void drag(Ui *ui, int x, int y, int dy)
{
    uint16_t arg;

    assert_false(at(ui, UI_DOWN, x, y, &arg));
    assert_false(at(ui, UI_MOVE, x, y + (dy < 0 ? -13 : 13), &arg));
    assert_false(at(ui, UI_MOVE, x, y + dy, &arg));
    assert_false(at(ui, UI_UP, x, y + dy, &arg));
}

static void the_field_being_filled_stays_in_sight(void **state)
{
    UiConfig config = glass_config(400, 400, 4, 1);
    Ui *ui = glass_new(&config);
    int y;

    (void)state;
    build_form(ui, "form", "", 8);
    assert_true(y_of(ui, "field") + 80 <= 400); /* it began below the glass's end */
    drag(ui, 200, 20, 300);
    y = y_of(ui, "field");
    assert_true(y > 320);
    build_form(ui, "form", "", 8); /* a clock's tick: who looks around is left alone */
    assert_int_equal(y_of(ui, "field"), y);
    build_form(ui, "form", "a", 8); /* typing brings it back */
    assert_true(y_of(ui, "field") + 80 <= 400);
    ui_free(ui);
}

static void build_alert(Ui *ui, const char *words)
{
    Tree *tree = ui_begin(ui, LANGUAGE_EN);

    tree_open(tree, ROLE_GROUP, "root", NULL, (Style){ 0 });
    tree_open(tree, ROLE_GROUP, "content", NULL, (Style){ .scroll = true, .grow = 1 });
    tree_leaf(tree, ROLE_GROUP, "above", NULL, (Style){ .height = 120 });
    if (words)
        tree_leaf(tree, ROLE_ALERT, "alert", words, (Style){ 0 });
    tree_leaf(tree, ROLE_GROUP, "below", NULL, (Style){ .height = 120 });
    tree_close(tree);
    ui_lay_out(ui);
}

static void an_alert_comes_into_sight_once(void **state)
{
    UiConfig config = glass_config(400, 400, 4, 1);
    Ui *ui = glass_new(&config);

    (void)state;
    build_alert(ui, NULL);
    assert_int_equal(y_of(ui, "above"), 0);
    build_alert(ui, "No");
    assert_true(y_of(ui, "alert") < 400 && y_of(ui, "above") < 0);
    drag(ui, 200, 20, 300);
    assert_int_equal(y_of(ui, "above"), 0);
    build_alert(ui, "No"); /* seen already */
    assert_int_equal(y_of(ui, "above"), 0);
    build_alert(ui, "Another");
    assert_true(y_of(ui, "above") < 0);
    ui_free(ui);
}

static void a_list_at_its_end_hands_the_drag_on(void **state)
{
    UiConfig config = glass_config(400, 400, 4, 1);
    Ui *ui = glass_new(&config);
    int list, row;

    (void)state;
    build_form(ui, "form", "a", 8);
    drag(ui, 200, 250, -200); /* the content: the list comes into the middle */
    list = y_of(ui, "list");
    row = y_of(ui, "row 0");
    drag(ui, 200, list + 100, -60); /* the list: the content stays */
    assert_int_equal(y_of(ui, "list"), list);
    assert_true(y_of(ui, "row 0") < row);
    drag(ui, 200, list + 100, -2000);
    assert_int_equal(y_of(ui, "list"), list);
    drag(ui, 200, list + 100, -60); /* the list is at its end */
    assert_true(y_of(ui, "list") < list);
    ui_free(ui);
}

static void each_screen_remembers_how_far_it_was_scrolled(void **state)
{
    UiConfig config = glass_config(400, 400, 4, 1);
    Ui *ui = glass_new(&config);
    int start, y;

    (void)state;
    build_form(ui, "one", NULL, 8);
    start = y_of(ui, "above");
    drag(ui, 200, 300, -150);
    y = y_of(ui, "above");
    assert_true(y < start);
    build_form(ui, "two", NULL, 8);
    build_form(ui, "two", NULL, 8);
    assert_int_equal(y_of(ui, "above"), start);
    build_form(ui, "one", NULL, 8);
    assert_int_equal(y_of(ui, "above"), y);
    for (int i = 0; i < 3 * VIEW_SCROLLS_MOST; i++) { /* more than are remembered */
        char name[16];
        (void)snprintf(name, sizeof(name), "screen %d", i);
        build_form(ui, name, NULL, 8);
        drag(ui, 200, 300, -30);
    }
    build_form(ui, "one", NULL, 8);
    assert_int_equal(y_of(ui, "above"), start);
    ui_free(ui);
}

static void an_empty_glass_takes_all_input(void **state)
{
    UiConfig config = glass_config(400, 400, 4, 1);
    Ui *ui = glass_new(&config);
    SDL_Surface *surface = glass_surface(400, 400);
    SDL_Rect rects[UI_RECTS_MOST];
    uint16_t arg;

    (void)state;
    for (UiInputKind kind = UI_DOWN; kind <= UI_LEAVE; kind++)
        assert_false(at(ui, kind, 10, 10, &arg));
    assert_int_equal(ui_paint(ui, surface, rects), 1);
    (void)ui_begin(ui, LANGUAGE_RU);
    ui_lay_out(ui);
    assert_int_equal(ui_paint(ui, surface, rects), 0);
    SDL_FreeSurface(surface);
    ui_free(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_control_acts_when_the_finger_lifts),
        cmocka_unit_test(a_finger_that_slides_off_means_nothing),
        cmocka_unit_test(only_one_finger_counts),
        cmocka_unit_test(a_press_survives_a_new_tree),
        cmocka_unit_test(a_press_ends_with_its_screen),
        cmocka_unit_test(input_means_the_tree_that_is_seen),
        cmocka_unit_test(dragging_scrolls_and_sends_nothing),
        cmocka_unit_test(taps_by_name_are_those_of_a_finger),
        cmocka_unit_test(focus_walks_controls_in_order),
        cmocka_unit_test(the_field_being_filled_stays_in_sight),
        cmocka_unit_test(an_alert_comes_into_sight_once),
        cmocka_unit_test(a_list_at_its_end_hands_the_drag_on),
        cmocka_unit_test(each_screen_remembers_how_far_it_was_scrolled),
        cmocka_unit_test(an_empty_glass_takes_all_input),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
