/* Check boxes: ticked, disabled, spoken with their place. */
#include "widget.h"

static void build(Ui *ui, bool ticked)
{
    Tree *tree = widget_begin(ui);

    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .gap = 4 });
    check_build(tree, &(Check){ .id = "one", .label = "Birinchi", .help = "izoh", .ticked = ticked, .send = { 7, 1 } });
    check_build(tree, &(Check){ .id = "two", .label = "Ikkinchi", .disabled = true, .send = { 7, 2 } });
    tree_close(tree);
    ui_lay_out(ui);
}

static void a_touch_anywhere_on_its_row_is_sent(void **state)
{
    Ui *ui = widget_glass(1);
    Send send;

    (void)state;
    build(ui, false);
    widget_holds(ui);
    assert_true(widget_tap(ui, "one", &send));
    assert_int_equal(send.arg, 1);
    assert_false(widget_tap(ui, "two", &send));
    ui_free(ui);
}

static void a_tick_is_seen_and_said(void **state)
{
    Ui *ui = widget_glass(1);
    Rect left;

    (void)state;
    build(ui, false);
    widget_says(ui, "Birinchi, izoh (check box 1 of 2)");
    widget_says(ui, "Ikkinchi (check box 2 of 2, disabled)");
    left = widget_node(ui, "one")->rect;
    left.w = (int)(24 * PORTRAIT_PX_MM);
    assert_true(widget_pixels(ui, left, LIGHT_EDGE) > 50); /* an empty box */
    assert_int_equal(widget_pixels(ui, left, LIGHT_BRAND), 0);
    build(ui, true);
    widget_says(ui, "Birinchi, izoh (check box 1 of 2, chosen)");
    assert_true(widget_pixels(ui, left, LIGHT_BRAND) > 500); /* filled */
    ui_free(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_touch_anywhere_on_its_row_is_sent),
        cmocka_unit_test(a_tick_is_seen_and_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
