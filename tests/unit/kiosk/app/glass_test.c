/* The glass's settings: each person's own, gone with them; evening by the clock; what is heard when. */
#include "kiosk/app/glass.h"

static Glass glass;

static void open_glass(void)
{
    static Texts *texts;

    if (!texts)
        texts = texts_none(NULL);
    assert_non_null(texts);
    glass_open(&glass, texts, LANGUAGE_FIRST);
    glass_serve(&glass);
}

static GlassSettings settings(void)
{
    return model_glass(&glass.model);
}

static void text_grows_and_begins_again(void **state)
{
    static const int after[] = { 125, 150, 200, 100 };

    (void)state;
    open_glass();
    glass_act(&glass, ACT_START, 0);
    for (size_t i = 0; i < COUNT(after); i++) {
        glass_act(&glass, ACT_TEXT_SIZE, 0);
        assert_int_equal(settings().text_percent, after[i]);
    }
    glass_act(&glass, ACT_TEXT_SIZE, 150);
    assert_int_equal(settings().text_percent, 150);
    glass_act(&glass, ACT_TEXT_SIZE, 170);
    assert_int_equal(settings().text_percent, 150);
    glass_close(&glass);
}

static void all_of_it_goes_back_with_the_visit(void **state)
{
    static const Act toggles[] = { ACT_CONTRAST, ACT_LISTEN, ACT_LOW_REACH, ACT_LEFT_HANDED, ACT_CALM };

    (void)state;
    open_glass();
    GlassSettings own = settings();
    for (size_t i = 0; i < COUNT(toggles); i++)
        glass_act(&glass, toggles[i], 0);
    glass_act(&glass, ACT_TEXT_SIZE, 200);
    glass_act(&glass, ACT_VOLUME, 4);
    GlassSettings now = settings();
    assert_true(now.theme == GLASS_CONTRAST && now.listening && now.low_reach && now.left_handed && now.calm);
    assert_int_equal(now.text_percent, 200);
    assert_int_equal(now.volume, 4);
    assert_true(glass.model.visit.active); /* the first of them began the visit */
    glass_act(&glass, ACT_FINISH, 0);
    assert_false(glass.model.visit.active);
    assert_memory_equal(&own, &(GlassSettings){ .text_percent = 100 }, sizeof own);
    now = settings();
    assert_memory_equal(&now, &own, sizeof own);
    glass_close(&glass);
}

static void one_touch_takes_all_back(void **state)
{
    (void)state;
    open_glass();
    glass_act(&glass, ACT_SETTINGS, 0);
    assert_true(glass.model.visit.settings_shown);
    glass_act(&glass, ACT_LOW_REACH, 0);
    glass_act(&glass, ACT_THEME, GLASS_EVENING);
    glass_act(&glass, ACT_SETTINGS_RESET, 0);
    GlassSettings now = settings();
    assert_true(!now.low_reach && now.theme == GLASS_LIGHT);
    assert_true(glass.model.visit.settings_shown); /* and stays where it was touched */
    glass_act(&glass, ACT_BACK, 0);
    assert_false(glass.model.visit.settings_shown);
    assert_string_equal(app_screen_name(&glass.model), "sign-in");
    glass_close(&glass);
}

static void nothing_typed_is_lost_and_nothing_is_typed_under_the_sheet(void **state)
{
    (void)state;
    open_glass();
    glass_act(&glass, ACT_START, 0);
    glass_type(&glass, "3922");
    glass_act(&glass, ACT_SETTINGS, 0);
    glass_type(&glass, "41");
    glass_key(&glass, EDIT_ERASE);
    glass_key(&glass, EDIT_CLEAR);
    glass_key(&glass, EDIT_ENTER);
    assert_int_equal(glass.model.visit.sign_in.note, SIGN_IN_NOTE_NONE);
    glass_act(&glass, ACT_TEXT_SIZE, 0);
    glass_act(&glass, ACT_LANGUAGES, 0);
    assert_false(glass.model.visit.settings_shown);
    assert_true(glass.model.visit.choosing_language);
    glass_act(&glass, ACT_SETTINGS, 0);
    assert_false(glass.model.visit.choosing_language);
    glass_act(&glass, ACT_SETTINGS, 0);
    assert_string_equal(glass.model.visit.sign_in.number, "3922");
    glass_close(&glass);
}

/* What a person is choosing does not close because the paper is out. */
static void the_sheet_stays_while_the_screen_under_it_changes(void **state)
{
    (void)state;
    open_glass();
    glass_to_printer(&glass);
    glass_act(&glass, ACT_LANGUAGES, 0);
    glass_print(&glass, PRINT_PHASE_PRINTED, PRINTER_READY, 1);
    assert_string_equal(app_screen_name(&glass.model), "done");
    assert_true(glass.model.visit.choosing_language);
    glass_act(&glass, ACT_SETTINGS, 0);
    glass_act(&glass, ACT_SETTINGS, 0);
    assert_string_equal(app_screen_name(&glass.model), "done");
    glass_close(&glass);
}

/* The strip stands over the question too, and works there; the question waits. */
static void language_and_settings_work_over_the_question_to_leave(void **state)
{
    (void)state;
    open_glass();
    glass_act(&glass, ACT_START, 0);
    glass.model.visit.leaving = LEAVING_FINISH;
    assert_string_equal(app_screen_name(&glass.model), "leave");
    glass_act(&glass, ACT_LANGUAGES, 0);
    assert_true(glass.model.visit.choosing_language);
    glass_act(&glass, ACT_LANGUAGE, LANGUAGE_COUNT - 1);
    assert_int_equal(glass.model.visit.language, LANGUAGE_COUNT - 1);
    glass_act(&glass, ACT_SETTINGS, 0);
    glass_act(&glass, ACT_BACK, 0);
    assert_false(glass.model.visit.settings_shown);
    assert_string_equal(app_screen_name(&glass.model), "leave");
    glass_act(&glass, ACT_BACK, 0);
    assert_string_equal(app_screen_name(&glass.model), "sign-in");
    glass_close(&glass);
}

static void evening_comes_by_the_clock_but_not_in_a_visit(void **state)
{
    static const struct {
        int from, to; /* hours; it is 14:32 */
        GlassTheme theme;
    } cases[] = {
        { 18, 7, GLASS_LIGHT },  { 14, 7, GLASS_EVENING }, { 7, 18, GLASS_EVENING },
        { 15, 18, GLASS_LIGHT }, { 0, 0, GLASS_LIGHT },    { 22, 15, GLASS_EVENING },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        open_glass();
        glass.model.evening_from = cases[i].from * 60;
        glass.model.evening_to = cases[i].to * 60;
        assert_int_equal(settings().theme, cases[i].theme);
        glass_act(&glass, ACT_START, 0);
        assert_int_equal(settings().theme, cases[i].theme);
        glass.model.evening_from = glass.model.evening_to = 0;
        assert_int_equal(settings().theme, cases[i].theme); /* nothing changes under a person's eyes */
        glass_act(&glass, ACT_CONTRAST, 0);
        assert_int_equal(settings().theme, GLASS_CONTRAST);
        glass_act(&glass, ACT_CONTRAST, 0);
        assert_int_not_equal(settings().theme, GLASS_CONTRAST);
        glass_close(&glass);
    }
}

static void what_is_heard(void **state)
{
    uint32_t first, again;

    (void)state;
    open_glass();
    assert_int_equal(model_cue(&glass.model, &first), CUE_NONE);
    glass_act(&glass, ACT_START, 0);
    glass_act(&glass, ACT_SIGN_IN, 0);
    assert_int_equal(model_cue(&glass.model, &first), CUE_COULD_NOT); /* no number was typed */
    glass_wait(&glass, IDLE_LIMIT_MS + 100);
    assert_int_equal(model_cue(&glass.model, &first), CUE_NEEDS_YOU);
    glass_wait(&glass, 8000);
    assert_int_equal(model_cue(&glass.model, &again), CUE_NEEDS_YOU);
    assert_int_not_equal(first, again); /* it calls again */
    glass_close(&glass);
}

/* A kiosk begins hundreds of visits a day. */
static void each_screen_of_each_visit_is_heard_as_its_own(void **state)
{
    enum { VISITS = 1024 };
    uint32_t before = 0, now;

    (void)state;
    open_glass();
    glass_act(&glass, ACT_START, 0);
    for (uint32_t visit = 1; visit <= VISITS; visit++) {
        glass.model.visits = visit;
        for (int screen = 0; screen < SCREEN_COUNT; screen++) {
            glass.model.visit.screen = (ScreenKind)screen;
            (void)model_cue(&glass.model, &now);
            assert_int_not_equal(now, before);
            before = now;
        }
    }
    glass_close(&glass);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_grows_and_begins_again),
        cmocka_unit_test(all_of_it_goes_back_with_the_visit),
        cmocka_unit_test(one_touch_takes_all_back),
        cmocka_unit_test(nothing_typed_is_lost_and_nothing_is_typed_under_the_sheet),
        cmocka_unit_test(the_sheet_stays_while_the_screen_under_it_changes),
        cmocka_unit_test(language_and_settings_work_over_the_question_to_leave),
        cmocka_unit_test(evening_comes_by_the_clock_but_not_in_a_visit),
        cmocka_unit_test(what_is_heard),
        cmocka_unit_test(each_screen_of_each_visit_is_heard_as_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
