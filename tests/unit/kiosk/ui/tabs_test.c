/* Tabs: one is chosen, all can be reached. */
#include "widget.h"

static void build(Ui *ui, bool stacked)
{
    static const Tab tabs[] = { { "t.0", "Baholar" }, { "t.1", "Jadval" }, { "t.2", "Qarzlar" } };
    Tabs pages = { .id = "tabs", .tabs = tabs, .count = COUNT(tabs), .chosen = 1, .stacked = stacked, .act = 9 };

    tabs_build(widget_begin(ui), &pages);
    ui_lay_out(ui);
}

static void a_tab_is_sent_by_its_number(void **state)
{
    Ui *ui = widget_glass(1);
    Send send;

    (void)state;
    build(ui, false);
    widget_holds(ui);
    assert_true(widget_tap(ui, "t.2", &send));
    assert_int_equal(send.arg, 2);
    assert_int_equal(widget_node(ui, "t.0")->rect.w, widget_node(ui, "t.2")->rect.w);
    assert_string_equal(widget_focus(ui, UI_FOCUS_NEXT), "t.0");
    assert_string_equal(widget_focus(ui, UI_ARROW_RIGHT), "t.1");
    ui_free(ui);
}

static void the_chosen_one_is_marked_and_said(void **state)
{
    Ui *ui = widget_glass(1);
    Rect line;

    (void)state;
    build(ui, false);
    widget_says(ui, "Jadval (tab 2 of 3, chosen)");
    line = widget_node(ui, "t.1")->rect;
    line = (Rect){ line.x + 20, line.y + line.h - 4, line.w - 40, 3 }; /* not by colour alone */
    assert_int_equal(widget_pixels(ui, line, LIGHT_BRAND), line.w * line.h);
    line.x = widget_node(ui, "t.0")->rect.x + 20;
    assert_int_equal(widget_pixels(ui, line, LIGHT_BRAND), 0);
    ui_free(ui);
}

static void large_text_stands_below_each_other(void **state)
{
    Ui *ui = widget_glass(2);

    (void)state;
    build(ui, true);
    widget_holds(ui);
    assert_int_equal(widget_node(ui, "t.0")->rect.x, widget_node(ui, "t.1")->rect.x);
    ui_free(ui);
}

/* More of them than a line has room for: the lines are of like columns, and each tab is reached. */
static void many_stand_in_lines(void **state)
{
    static const Tab tabs[] = { { "t.0", "Bugun" }, { "t.1", "Hafta" }, { "t.2", "Imtihonlar" } };
    Ui *ui = widget_glass(1);
    Rect first, last;
    Send send;

    (void)state;
    tabs_build(widget_begin(ui), &(Tabs){ .id = "tabs", .tabs = tabs, .count = COUNT(tabs), .columns = 2, .act = 9 });
    ui_lay_out(ui);
    widget_holds(ui);
    first = widget_node(ui, "t.0")->rect;
    last = widget_node(ui, "t.2")->rect;
    assert_int_equal(first.x, last.x);
    assert_int_equal(first.w, last.w);
    assert_true(last.y >= first.y + first.h);
    assert_true(widget_tap(ui, "t.2", &send));
    assert_int_equal(send.arg, 2);
    ui_free(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tab_is_sent_by_its_number),
        cmocka_unit_test(the_chosen_one_is_marked_and_said),
        cmocka_unit_test(large_text_stands_below_each_other),
        cmocka_unit_test(many_stand_in_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
