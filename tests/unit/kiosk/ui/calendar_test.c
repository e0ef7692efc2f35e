/* A month lies under its weekdays, and only days that are offered can be chosen. */
#include "widget.h"

static void build(Ui *ui, const Calendar *calendar)
{
    calendar_build(widget_begin(ui), calendar);
    ui_lay_out(ui);
}

static Rect day(const Ui *ui, unsigned number)
{
    char id[32];

    (void)snprintf(id, sizeof(id), "date.day.%u", number);
    return widget_node(ui, id)->rect;
}

static void each_month_lies_under_its_weekdays(void **state)
{
    static const struct {
        unsigned first, days, weeks;
    } months[] = { { 0, 28, 4 }, { 6, 30, 6 }, { 3, 31, 5 }, { 5, 31, 6 }, { 0, 31, 5 } };
    Ui *ui = widget_glass(1);
    Calendar calendar = sample_month();

    (void)state;
    calendar.disabled = 0;
    for (size_t i = 0; i < COUNT(months); i++) {
        calendar.first = months[i].first;
        calendar.days = months[i].days;
        build(ui, &calendar);
        widget_holds(ui);
        for (unsigned n = 1; n <= months[i].days; n++) {
            unsigned column = (months[i].first + n - 1) % 7, same = n > 7 ? n - 7 : n;
            assert_int_equal(day(ui, n).x, day(ui, same).x);
            if (column > 0 && n > 1)
                assert_true(day(ui, n).x > day(ui, n - 1).x && day(ui, n).y == day(ui, n - 1).y);
            else if (n > 1)
                assert_true(day(ui, n).x < day(ui, n - 1).x && day(ui, n).y > day(ui, n - 1).y);
        }
        assert_int_equal((day(ui, months[i].days).y - day(ui, 1).y) / (day(ui, 8).y - day(ui, 1).y) + 1,
                         months[i].weeks);
    }
    ui_free(ui);
}

static void days_months_and_years_are_sent(void **state)
{
    Ui *ui = widget_glass(1);
    Calendar calendar = sample_month();
    Send send;

    (void)state;
    build(ui, &calendar);
    assert_false(widget_tap(ui, "date.day.3", &send)); /* past */
    assert_true(widget_tap(ui, "date.day.25", &send));
    assert_int_equal(send.arg, 25);
    assert_false(widget_tap(ui, "date.before", &send));
    assert_true(widget_tap(ui, "date.after", &send));
    assert_int_equal(send.arg, 101);
    assert_true(widget_tap(ui, "date.year-after", &send));
    widget_says(ui, "24-noyabr, seshanba (button, chosen)");
    widget_says(ui, "Oldingi oy (button, disabled)");
    calendar.year_after.act = 0;
    build(ui, &calendar);
    assert_null(tree_find(ui_tree(ui), "date.year-after"));
    ui_free(ui);
}

static void arrows_go_by_weeks_and_days(void **state)
{
    Ui *ui = widget_glass(1);
    Calendar calendar = sample_month();

    (void)state;
    calendar.disabled = 0;
    build(ui, &calendar);
    while (strcmp(widget_focus(ui, UI_FOCUS_NEXT), "date.day.10") != 0)
        ;
    assert_string_equal(widget_focus(ui, UI_ARROW_DOWN), "date.day.17");
    assert_string_equal(widget_focus(ui, UI_ARROW_RIGHT), "date.day.18");
    assert_string_equal(widget_focus(ui, UI_ARROW_UP), "date.day.11");
    assert_string_equal(widget_focus(ui, UI_ARROW_LEFT), "date.day.10");
    ui_free(ui);
}

static void it_fits_where_it_is_least_wide(void **state)
{
    Ui *ui = widget_glass(1);
    Calendar calendar = sample_month();
    Tree *tree = widget_begin(ui);

    (void)state;
    calendar.row = 1; /* less than a target: held at the floor */
    calendar.year_after.act = 0;
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .width = 129 });
    calendar_build(tree, &calendar);
    ui_lay_out(ui);
    widget_holds(ui);
    ui_free(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_month_lies_under_its_weekdays),
        cmocka_unit_test(days_months_and_years_are_sent),
        cmocka_unit_test(arrows_go_by_weeks_and_days),
        cmocka_unit_test(it_fits_where_it_is_least_wide),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
