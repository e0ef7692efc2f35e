/* Forms: how each kind of question is answered on the glass, by touch and by typing, and what becomes of it. */
#include "kiosk/app/glass.h"

#include "gallery/kinds.h"

static Glass the_glass;
static Texts *texts;

static int open_glass(void **state)
{
    Error err = { 0 };

    (void)state;
    texts = texts_none(&err);
    assert_non_null(texts);
    glass_open(&the_glass, texts, LANGUAGE_UZ);
    the_glass.catalogue_json = kinds_catalogue();
    glass_serve(&the_glass);
    return 0;
}

static int close_glass(void **state)
{
    (void)state;
    glass_close(&the_glass);
    texts_close(texts);
    return 0;
}

static FormState *form(void)
{
    return &the_glass.model.visit.form;
}

static const char *answer(const char *field)
{
    const char *found = answers_get(&the_glass.model.visit.answers, field);

    return found ? found : "";
}

static const char *question(void)
{
    const Field *field = model_question(&the_glass.model, NULL);

    return strcmp(app_screen_name(&the_glass.model), "form") == 0 && field ? field->id
                                                                           : app_screen_name(&the_glass.model);
}

static void next(void)
{
    glass_act(&the_glass, ACT_FORM_NEXT, 0);
}

/* At this question, the ones before it answered. */
static void to(const char *wanted)
{
    glass_to_home(&the_glass);
    str_copy_cut(STR("form-kinds"), the_glass.model.visit.home->services[0].service, SERVICE_ID_MOST);
    glass_act(&the_glass, ACT_SERVICE, 0);
    glass_act(&the_glass, ACT_CONTINUE, 0);
    for (int guard = 0; strcmp(question(), wanted) != 0; guard++) {
        const Field *field = model_question(&the_glass.model, NULL);

        assert_true(guard < 12);
        if (field->kind == FIELD_CHOICE || field->kind == FIELD_SEVERAL)
            glass_act(&the_glass, ACT_CHOOSE, 1);
        else if (field->kind == FIELD_DATE)
            glass_type(&the_glass, "07122026");
        else if (field->kind == FIELD_EMAIL)
            glass_type(&the_glass, "a@b.uz");
        else if (field->kind == FIELD_PHONE)
            glass_type(&the_glass, "901234567");
        else if (field->kind == FIELD_TEXT)
            glass_type(&the_glass, "Abc");
        next();
    }
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

static void a_long_list_is_searched(void **state)
{
    (void)state;
    to("region");
    assert_true(field_is_searched(model_question(&the_glass.model, NULL)));
    assert_false(form()->searching);
    glass_type(&the_glass, "sam"); /* who types where a list is, searches it */
    assert_true(form()->searching);
    assert_string_equal(form()->search, "sam");
    assert_string_equal(form()->typed, "");
    glass_key(&the_glass, EDIT_ERASE);
    assert_string_equal(form()->search, "sa");
    glass_act(&the_glass, ACT_BACK, 0); /* the keyboard goes first */
    assert_false(form()->searching);
    assert_string_equal(question(), "region");
    glass_act(&the_glass, ACT_FORM_SEARCH, 1);
    glass_choose(&the_glass, "samarkand");
    assert_false(form()->searching);
    next();
    assert_string_equal(answer("region"), "samarkand");
    glass_act(&the_glass, ACT_BACK, 0);
    assert_string_equal(question(), "region");
    assert_string_equal(form()->search, "");
}

static void a_short_list_is_not_searched(void **state)
{
    (void)state;
    to("kind");
    glass_type(&the_glass, "work");
    assert_false(form()->searching);
    glass_act(&the_glass, ACT_FORM_SEARCH, 1);
    assert_false(form()->searching);
}

static void several_are_ticked_and_unticked(void **state)
{
    (void)state;
    to("days");
    next();
    assert_int_equal(form()->fault, FORM_MISSING);
    glass_choose(&the_glass, "fri");
    assert_int_equal(form()->fault, FORM_OK);
    glass_choose(&the_glass, "mon");
    assert_string_equal(answer("days"), "mon,fri");
    glass_choose(&the_glass, "wed");
    glass_choose(&the_glass, "thu");
    next();
    assert_int_equal(form()->fault, FORM_MANY);
    glass_choose(&the_glass, "thu");
    next();
    assert_string_equal(answer("days"), "mon,wed,fri");
    assert_string_equal(question(), "hours");
    glass_act(&the_glass, ACT_BACK, 0);
    glass_choose(&the_glass, "mon");
    glass_choose(&the_glass, "wed");
    glass_choose(&the_glass, "fri");
    assert_string_equal(answer("days"), "");
}

/* --- numbers ------------------------------------------------------------------------------------------------------ */

static void a_small_number_is_counted(void **state)
{
    (void)state;
    to("hours");
    assert_string_equal(form()->typed, "2"); /* what must be answered begins with the least */
    glass_act(&the_glass, ACT_FORM_STEP, 0);
    assert_string_equal(form()->typed, "2");
    glass_act(&the_glass, ACT_FORM_STEP, 1);
    assert_string_equal(form()->typed, "3");
    for (int i = 0; i < 30; i++)
        glass_act(&the_glass, ACT_FORM_STEP, 1);
    assert_string_equal(form()->typed, "20");
    glass_type(&the_glass, "15"); /* from keys: in its place, not behind it */
    assert_string_equal(form()->typed, "15");
    glass_act(&the_glass, ACT_FORM_STEP, 0);
    next();
    assert_string_equal(answer("hours"), "14");
}

static void a_large_number_is_typed(void **state)
{
    (void)state;
    to("days");
    glass_choose(&the_glass, "sat");
    next();
    next();
    assert_string_equal(question(), "pay");
    assert_string_equal(form()->typed, "");
    glass_act(&the_glass, ACT_FORM_STEP, 1);
    assert_string_equal(form()->typed, "");
    glass_type(&the_glass, "-0500000x");
    assert_string_equal(form()->typed, "0500000");
    next();
    assert_string_equal(answer("pay"), "500000");
}

/* --- days --------------------------------------------------------------------------------------------------------- */

static void expect_month(int year, int month)
{
    Date shown = model_month(&the_glass.model);

    assert_int_equal(shown.year, year);
    assert_int_equal(shown.month, month);
    assert_int_equal(shown.day, 1);
}

static void a_day_is_taken_from_the_calendar(void **state)
{
    (void)state;
    to("from"); /* from tomorrow on, the 25th of November 2026, for 180 days */
    expect_month(2026, 11);
    glass_act(&the_glass, ACT_FORM_DAY, 24);
    assert_string_equal(form()->typed, "");
    glass_act(&the_glass, ACT_FORM_DAY, 31);
    assert_string_equal(form()->typed, "");
    glass_act(&the_glass, ACT_FORM_DAY, 25);
    assert_string_equal(form()->typed, "25112026");
    glass_act(&the_glass, ACT_FORM_MONTH, MONTH_BEFORE); /* nothing fits there */
    expect_month(2026, 11);
    glass_act(&the_glass, ACT_FORM_MONTH, MONTH_AFTER);
    glass_act(&the_glass, ACT_FORM_MONTH, MONTH_AFTER);
    expect_month(2027, 1);
    glass_act(&the_glass, ACT_FORM_DAY, 7);
    assert_string_equal(form()->typed, "07012027");
    glass_type(&the_glass, "0"); /* typing begins anew */
    assert_string_equal(form()->typed, "0");
    glass_type(&the_glass, "5032027");
    expect_month(2027, 3); /* the calendar follows */
    next();
    assert_string_equal(answer("from"), "2027-03-05");
    glass_act(&the_glass, ACT_BACK, 0);
    assert_string_equal(form()->typed, "05032027");
    expect_month(2027, 3);
}

static void the_calendar_ends_where_no_day_fits(void **state)
{
    (void)state;
    to("from");
    for (int i = 0; i < 20; i++)
        glass_act(&the_glass, ACT_FORM_MONTH, MONTH_AFTER);
    expect_month(2027, 5); /* 180 days from today: the 23rd of May */
    assert_true(model_day_fits(&the_glass.model, (Date){ 2027, 5, 23 }));
    assert_false(model_day_fits(&the_glass.model, (Date){ 2027, 5, 24 }));
    glass_act(&the_glass, ACT_FORM_MONTH, YEAR_BEFORE);
    expect_month(2027, 5);
    glass_act(&the_glass, ACT_FORM_MONTH, 17);
    expect_month(2027, 5);
}

static void a_day_that_there_is_not_is_told(void **state)
{
    (void)state;
    to("from");
    glass_type(&the_glass, "31022027");
    next();
    assert_int_equal(form()->fault, FORM_NOT_DATE);
    glass_act(&the_glass, ACT_FORM_DAY, 30);
    assert_int_equal(form()->fault, FORM_OK);
    next();
    assert_string_equal(answer("from"), "2026-11-30");
}

/* --- addresses ---------------------------------------------------------------------------------------------------- */

static void an_address_is_typed_without_blanks(void **state)
{
    (void)state;
    to("email");
    assert_int_equal(the_glass.model.visit.typing.layer, LAYER_EMAIL);
    assert_int_equal(model_next_letters(&the_glass.model), LAYER_NUMBERS);
    glass_type(&the_glass, "D. Yusupova");
    next();
    assert_int_equal(form()->fault, FORM_NOT_EMAIL);
    glass_type(&the_glass, "@Gmail.COM");
    next();
    assert_string_equal(answer("email"), "D.Yusupova@gmail.com"); /* hosts have no capitals */
}

static void a_phone_is_dialled_in_any_way(void **state)
{
    static const struct {
        const char *typed, *kept;
    } cases[] = { { "901234567", "+998901234567" },
                  { "+998 90 123 45 67", "+998901234567" },
                  { "998 998 12 34", "+998998998123" }, /* as far as nine digits go: 99 is an operator's */
                  { "9012345678", "+998901234567" } };

    (void)state;
    to("phone");
    for (size_t i = 0; i < COUNT(cases); i++) {
        glass_key(&the_glass, EDIT_CLEAR);
        for (const char *c = cases[i].typed; *c; c++)
            glass_type(&the_glass, (char[]){ *c, '\0' });
        if (i == 2) {
            assert_string_equal(form()->typed, "9989981234");
            glass_key(&the_glass, EDIT_ERASE);
        }
        next();
        assert_string_equal(answer("phone"), cases[i].kept);
        glass_act(&the_glass, ACT_BACK, 0);
        assert_string_equal(question(), "phone");
    }
    glass_key(&the_glass, EDIT_CLEAR);
    glass_type(&the_glass, "9012345");
    next();
    assert_int_equal(form()->fault, FORM_NOT_PHONE);
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

/* Every kind is changed from the review and comes back there. */
static void each_kind_is_changed_in_the_review(void **state)
{
    (void)state;
    to("review");
    size_t total = model_questions(&the_glass.model);
    assert_true(total >= 8);
    for (uint16_t i = 0; i < total; i++) {
        glass_act(&the_glass, ACT_CHANGE, i);
        assert_string_equal(app_screen_name(&the_glass.model), "form");
        next();
        assert_string_equal(app_screen_name(&the_glass.model), "review");
    }
    glass_act(&the_glass, ACT_REVIEW_NEXT, 0);
    assert_string_equal(app_screen_name(&the_glass.model), "preview");
}

/* An answer that other questions hang on takes theirs along. */
static void what_is_no_longer_asked_goes(void **state)
{
    (void)state;
    to("review");
    assert_string_equal(answer("host"), "Abc");
    glass_act(&the_glass, ACT_CHANGE, 0);
    glass_choose(&the_glass, "teaching");
    next();
    assert_string_equal(app_screen_name(&the_glass.model), "review");
    assert_string_equal(answer("host"), "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_glass, close_glass)
    const struct CMUnitTest tests[] = {
        TEST(a_long_list_is_searched),
        TEST(a_short_list_is_not_searched),
        TEST(several_are_ticked_and_unticked),
        TEST(a_small_number_is_counted),
        TEST(a_large_number_is_typed),
        TEST(a_day_is_taken_from_the_calendar),
        TEST(the_calendar_ends_where_no_day_fits),
        TEST(a_day_that_there_is_not_is_told),
        TEST(an_address_is_typed_without_blanks),
        TEST(a_phone_is_dialled_in_any_way),
        TEST(each_kind_is_changed_in_the_review),
        TEST(what_is_no_longer_asked_goes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
