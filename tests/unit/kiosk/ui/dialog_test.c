/* A dialog takes all input, and is left by Escape. */
#include "widget.h"

static void only_what_is_in_it_is_touched_and_focused(void **state)
{
    Ui *ui = widget_glass(1);
    Send send;

    (void)state;
    sample_dialog(ui_begin(ui, LANGUAGE_UZ));
    ui_lay_out(ui);
    widget_holds(ui);
    assert_false(widget_tap(ui, "next", &send)); /* of the bar, which is still seen */
    assert_false(widget_tap(ui, "print", &send));
    assert_true(widget_tap(ui, "dialog.keep", &send));
    assert_string_equal(widget_focus(ui, UI_FOCUS_NEXT), "dialog.keep");
    assert_string_equal(widget_focus(ui, UI_FOCUS_NEXT), "dialog.withdraw");
    assert_string_equal(widget_focus(ui, UI_FOCUS_NEXT), "dialog.keep");
    assert_string_equal(widget_focus(ui, UI_FOCUS_BEFORE), "dialog.withdraw");
    assert_string_equal(widget_focus(ui, UI_ARROW_LEFT), "dialog.keep");
    assert_string_equal(widget_focus(ui, UI_ARROW_UP), "dialog.keep");
    ui_free(ui);
}

static void its_keys_are_enter_and_escape(void **state)
{
    Ui *ui = widget_glass(1);
    Send send;

    (void)state;
    sample_home(ui_begin(ui, LANGUAGE_UZ));
    ui_lay_out(ui);
    assert_false(widget_key(ui, UI_LEAVE, &send)); /* nothing here says what it means: main decides */
    assert_true(widget_key(ui, UI_ACTIVATE, &send));
    sample_dialog(ui_begin(ui, LANGUAGE_UZ));
    ui_lay_out(ui);
    assert_true(widget_key(ui, UI_LEAVE, &send));
    assert_int_equal(send.arg, widget_node(ui, "dialog.keep")->send.arg);
    assert_true(widget_key(ui, UI_ACTIVATE, &send)); /* its own main action, not that of the bar below */
    assert_int_equal(send.arg, widget_node(ui, "dialog.withdraw")->send.arg);
    ui_free(ui);
}

static void focus_moves_into_it_and_it_alone_is_spoken(void **state)
{
    Ui *ui = widget_glass(1);

    (void)state;
    sample_home(ui_begin(ui, LANGUAGE_UZ));
    ui_lay_out(ui);
    (void)widget_focus(ui, UI_FOCUS_BEFORE);
    assert_string_equal(ui_focused(ui)->id, "next");
    sample_dialog(ui_begin(ui, LANGUAGE_UZ));
    ui_lay_out(ui);
    assert_string_equal(ui_focused(ui)->id, "dialog.keep");
    widget_says(ui, "Nusxani qaytarib olasizmi?");
    assert_int_equal(widget_lines(ui), 4); /* title, words, two buttons */
    ui_free(ui);
}

static void the_screen_below_is_darker_and_its_card_is_not(void **state)
{
    Ui *ui = widget_glass(1);
    Rect corner = { 0, 0, 20, 20 }, card;

    (void)state;
    sample_dialog(ui_begin(ui, LANGUAGE_UZ));
    ui_lay_out(ui);
    assert_int_equal(widget_pixels(ui, corner, 0xffffff), 0);
    card = widget_node(ui, "withdraw.title")->rect;
    assert_true(widget_pixels(ui, card, 0xffffff) > (unsigned)(card.w * card.h) / 2);
    ui_free(ui);
}

static void what_is_too_long_scrolls_inside_of_it(void **state)
{
    Ui *ui = widget_glass(1);
    const Node *body, *action;
    Send send;
    int top;

    (void)state;
    sample_dialog_long(ui_begin(ui, LANGUAGE_UZ));
    ui_lay_out(ui);
    body = widget_node(ui, "rules.body");
    action = widget_node(ui, "dialog.withdraw");
    assert_true(action->rect.y + action->rect.h <= 1920 - (int)(16 * PORTRAIT_PX_MM));
    assert_true(body->rect.y + body->rect.h <= action->rect.y);
    top = tree_at(ui_tree(ui), body->first)->rect.y;
    assert_false(widget_key(ui, UI_PAGE_DOWN, &send));
    assert_true(tree_at(ui_tree(ui), body->first)->rect.y < top - body->rect.h / 2);
    widget_holds(ui);
    ui_free(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_is_in_it_is_touched_and_focused),
        cmocka_unit_test(its_keys_are_enter_and_escape),
        cmocka_unit_test(focus_moves_into_it_and_it_alone_is_spoken),
        cmocka_unit_test(the_screen_below_is_darker_and_its_card_is_not),
        cmocka_unit_test(what_is_too_long_scrolls_inside_of_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
