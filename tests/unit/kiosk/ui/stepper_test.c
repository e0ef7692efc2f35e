/* A stepper says its value, and that there is no further. */
#include "widget.h"

static void build(Ui *ui, const char *value, bool at_least, bool at_most)
{
    Tree *tree = widget_begin(ui);

    stepper_build(tree, &(Stepper){ .id = "copies",
                                    .label = "Nusxalar soni",
                                    .value = value,
                                    .unit = "nusxa",
                                    .less = "Bitta kam",
                                    .more = "Bitta koʻp",
                                    .at_least = at_least,
                                    .at_most = at_most,
                                    .send_less = { 3, 1 },
                                    .send_more = { 3, 2 } });
    ui_lay_out(ui);
}

static void buttons_step_until_an_end(void **state)
{
    static const struct {
        const char *name;
        bool at_least, at_most;
    } cases[] = {
        { "between", false, false }, { "lowest", true, false }, { "highest", false, true }, { "only one", true, true }
    };
    Ui *ui = widget_glass(1);
    Send send;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        build(ui, "2", cases[i].at_least, cases[i].at_most);
        widget_holds(ui);
        if (widget_tap(ui, "copies.less", &send) == cases[i].at_least || (!cases[i].at_least && send.arg != 1))
            fail_msg("%s: less", cases[i].name);
        if (widget_tap(ui, "copies.more", &send) == cases[i].at_most || (!cases[i].at_most && send.arg != 2))
            fail_msg("%s: more", cases[i].name);
    }
    ui_free(ui);
}

static void value_and_ends_are_said(void **state)
{
    Ui *ui = widget_glass(2);

    (void)state;
    build(ui, "1", true, false);
    widget_holds(ui);
    widget_says(ui, "Nusxalar soni");
    widget_says(ui, "1 nusxa (status)");
    widget_says(ui, "Bitta kam (button, disabled)");
    widget_says(ui, "Bitta koʻp (button)");
    assert_int_equal(widget_lines(ui), 4); /* the unit is not said twice */
    ui_free(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(buttons_step_until_an_end),
                                        cmocka_unit_test(value_and_ends_are_said) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
