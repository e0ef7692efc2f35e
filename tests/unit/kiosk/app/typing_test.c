/* Typing: which keyboard the glass shows, what its capitals do, and for how long a password's last letter is read. */
#include "kiosk/app/glass.h"

#include "gallery/kinds.h"
#include "kiosk/app/flow.h"

static Glass the_glass;
static Texts *texts;

static int open_glass(void **state)
{
    Error err = { 0 };

    (void)state;
    texts = texts_none(&err);
    assert_non_null(texts);
    glass_open(&the_glass, texts, LANGUAGE_UZ);
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

static TypingState *typing(void)
{
    return &the_glass.model.visit.typing;
}

static void touch(KeyboardArg key)
{
    glass_act(&the_glass, ACT_KEYBOARD, (uint16_t)key);
}

static LetterCase letters(void)
{
    return app_letter_case(&the_glass.model);
}

/* At the question for an organisation's name: any letters, each word with a capital. */
static void to_host(void)
{
    the_glass.catalogue_json = kinds_catalogue();
    glass_catalogue(&the_glass);
    glass_to_home(&the_glass);
    str_copy_cut(STR("form-kinds"), the_glass.model.visit.home->services[0].service, SERVICE_ID_MOST);
    glass_act(&the_glass, ACT_SERVICE, 0);
    glass_act(&the_glass, ACT_CONTINUE, 0);
    glass_choose(&the_glass, "work");
    glass_act(&the_glass, ACT_FORM_NEXT, 0);
    glass_choose(&the_glass, "navoi");
    glass_act(&the_glass, ACT_FORM_NEXT, 0);
}

/* --- letters of languages ----------------------------------------------------------------------------------------- */

static void each_language_begins_with_its_own_letters(void **state)
{
    static const struct {
        Language language;
        KeyboardLayer round[5];
    } cases[] = {
        { LANGUAGE_UZ, { LAYER_UZ, LAYER_UZ_CYRL, LAYER_RU, LAYER_EN, LAYER_UZ } },
        { LANGUAGE_UZ_CYRL, { LAYER_UZ_CYRL, LAYER_UZ, LAYER_RU, LAYER_EN, LAYER_UZ_CYRL } },
        { LANGUAGE_RU, { LAYER_RU, LAYER_UZ, LAYER_UZ_CYRL, LAYER_EN, LAYER_RU } },
        { LANGUAGE_EN, { LAYER_EN, LAYER_UZ, LAYER_UZ_CYRL, LAYER_RU, LAYER_EN } },
    };

    (void)state;
    to_host();
    for (size_t i = 0; i < COUNT(cases); i++) {
        glass_act(&the_glass, ACT_LANGUAGE, (uint16_t)cases[i].language); /* the keyboard follows the page */
        for (size_t k = 0; k < COUNT(cases[i].round); k++) {
            assert_int_equal(typing()->layer, cases[i].round[k]);
            touch(KEYBOARD_ARG_LANGUAGE);
        }
    }
}

static void a_wanted_script_has_its_letters_alone(void **state)
{
    static const struct {
        Language language;
        FieldScript script;
        KeyboardLayer first, next, third;
    } cases[] = {
        { LANGUAGE_UZ, SCRIPT_CYRILLIC, LAYER_UZ_CYRL, LAYER_RU, LAYER_UZ_CYRL },
        { LANGUAGE_RU, SCRIPT_CYRILLIC, LAYER_RU, LAYER_UZ_CYRL, LAYER_RU },
        { LANGUAGE_RU, SCRIPT_LATIN, LAYER_UZ, LAYER_EN, LAYER_UZ },
        { LANGUAGE_EN, SCRIPT_LATIN, LAYER_EN, LAYER_UZ, LAYER_EN },
    };

    (void)state;
    to_host();
    for (size_t i = 0; i < COUNT(cases); i++) {
        the_glass.model.visit.language = cases[i].language;
        typing_letters(&the_glass.model.visit, cases[i].script, CAPITAL_NONE);
        assert_int_equal(typing()->layer, cases[i].first);
        assert_int_equal(model_next_letters(&the_glass.model), cases[i].next);
        touch(KEYBOARD_ARG_LANGUAGE);
        assert_int_equal(typing()->layer, cases[i].next);
        assert_int_equal(model_next_letters(&the_glass.model), cases[i].third);
    }
}

static void symbols_lead_back_to_the_letters_before_them(void **state)
{
    (void)state;
    to_host();
    touch(KEYBOARD_ARG_LANGUAGE);
    touch(KEYBOARD_ARG_SYMBOLS);
    assert_int_equal(typing()->layer, LAYER_SYMBOLS);
    touch(KEYBOARD_ARG_LETTERS);
    assert_int_equal(typing()->layer, LAYER_UZ_CYRL);
    typing_layer(&the_glass.model.visit, LAYER_NUMBERS); /* a pad has neither */
    touch(KEYBOARD_ARG_SYMBOLS);
    assert_int_equal(typing()->layer, LAYER_NUMBERS);
    touch(KEYBOARD_ARG_LANGUAGE);
    assert_int_equal(typing()->layer, LAYER_NUMBERS);
}

/* --- capitals ----------------------------------------------------------------------------------------------------- */

static void shift_is_for_one_and_twice_for_all(void **state)
{
    (void)state;
    to_host();
    glass_type(&the_glass, "A");
    assert_int_equal(letters(), CASE_SMALL);
    touch(KEYBOARD_ARG_SHIFT);
    assert_int_equal(letters(), CASE_ONE_CAPITAL);
    glass_type(&the_glass, "Ў");
    assert_int_equal(letters(), CASE_SMALL);
    touch(KEYBOARD_ARG_SHIFT);
    touch(KEYBOARD_ARG_SHIFT);
    assert_int_equal(letters(), CASE_CAPITALS);
    glass_type(&the_glass, "QQ");
    glass_type(&the_glass, " ");
    assert_int_equal(letters(), CASE_CAPITALS);
    touch(KEYBOARD_ARG_SHIFT);
    assert_int_equal(letters(), CASE_SMALL);
}

static void a_capital_by_itself_can_be_refused(void **state)
{
    (void)state;
    to_host();
    assert_int_equal(letters(), CASE_ONE_CAPITAL);
    touch(KEYBOARD_ARG_SHIFT);
    assert_int_equal(letters(), CASE_SMALL);
}

static void sentences_and_names_begin_with_capitals(void **state)
{
    static const struct {
        FieldCapital capital;
        const char *before;
        LetterCase letters;
    } cases[] = {
        { CAPITAL_NONE, "", CASE_SMALL },
        { CAPITAL_SENTENCE, "", CASE_ONE_CAPITAL },
        { CAPITAL_SENTENCE, "Bir", CASE_SMALL },
        { CAPITAL_SENTENCE, "Bir ", CASE_SMALL },
        { CAPITAL_SENTENCE, "Bir. ", CASE_ONE_CAPITAL },
        { CAPITAL_SENTENCE, "Bir.", CASE_SMALL },
        { CAPITAL_SENTENCE, "Bir! ", CASE_ONE_CAPITAL },
        { CAPITAL_SENTENCE, "Bir? ", CASE_ONE_CAPITAL },
        { CAPITAL_WORDS, "", CASE_ONE_CAPITAL },
        { CAPITAL_WORDS, "Abu", CASE_SMALL },
        { CAPITAL_WORDS, "Abu ", CASE_ONE_CAPITAL },
        { CAPITAL_WORDS, "Abu-", CASE_ONE_CAPITAL },
    };

    (void)state;
    to_host();
    for (size_t i = 0; i < COUNT(cases); i++) {
        typing_letters(&the_glass.model.visit, SCRIPT_ANY, cases[i].capital);
        typing_capital(&the_glass.model.visit, cases[i].before);
        if (letters() != cases[i].letters)
            fail_msg("%zu: after \"%s\"", i, cases[i].before);
    }
}

static void erasing_brings_the_capital_back(void **state)
{
    (void)state;
    to_host();
    glass_type(&the_glass, "A");
    assert_int_equal(letters(), CASE_SMALL);
    glass_key(&the_glass, EDIT_ERASE);
    assert_int_equal(letters(), CASE_ONE_CAPITAL);
}

/* What a keyboard with keys or a scanner sends is text as any other. */
static void whatever_apostrophe_was_struck_is_the_right_one(void **state)
{
    static const char *const struck[] = { "'", "`", "ʻ", "ʼ", "‘", "’", "´" };

    (void)state;
    to_host();
    for (size_t i = 0; i < COUNT(struck); i++) {
        char typed[32];
        (void)snprintf(typed, sizeof typed, "o%szbek ma%sno", struck[i], struck[i]);
        glass_key(&the_glass, EDIT_CLEAR);
        glass_type(&the_glass, typed);
        assert_string_equal(the_glass.model.visit.form.typed, "oʻzbek maʼno");
    }
}

/* --- passwords ---------------------------------------------------------------------------------------------------- */

static void to_password(void)
{
    glass_act(&the_glass, ACT_START, 0);
    glass_type(&the_glass, "392241100742");
    glass_act(&the_glass, ACT_SIGN_IN_FIELD, SIGN_IN_PASSWORD);
}

static void a_password_shows_its_last_letter_for_a_second(void **state)
{
    (void)state;
    to_password();
    assert_false(model_peeks(&the_glass.model));
    glass_type(&the_glass, "b");
    assert_true(model_peeks(&the_glass.model));
    assert_int_equal(app_next_wake(&the_glass.model), the_glass.now_ms + PEEK_MS);
    glass_wait(&the_glass, PEEK_MS - 1);
    assert_true(model_peeks(&the_glass.model));
    glass_type(&the_glass, "a"); /* the next one has its own second */
    glass_wait(&the_glass, PEEK_MS - 1);
    assert_true(model_peeks(&the_glass.model));
    glass_wait(&the_glass, 1);
    assert_false(model_peeks(&the_glass.model));
    assert_int_equal(the_glass.model.visit.sign_in.peek_until_ms, 0);
    assert_true(app_next_wake(&the_glass.model) > the_glass.now_ms + PEEK_MS); /* nobody wakes for it again */
}

static void nothing_else_shows_it(void **state)
{
    (void)state;
    to_password();
    glass_type(&the_glass, "ba");
    glass_key(&the_glass, EDIT_ERASE); /* the one before it was not typed now */
    assert_false(model_peeks(&the_glass.model));
    glass_type(&the_glass, "a");
    glass_act(&the_glass, ACT_SIGN_IN_FIELD, SIGN_IN_NUMBER);
    assert_false(model_peeks(&the_glass.model));
    glass_key(&the_glass, EDIT_ERASE);
    glass_type(&the_glass, "2");
    assert_false(model_peeks(&the_glass.model)); /* a number needs none */
    glass_act(&the_glass, ACT_SIGN_IN_FIELD, SIGN_IN_PASSWORD);
    glass_type(&the_glass, "hor2026");
    glass_act(&the_glass, ACT_SIGN_IN, 0);
    assert_false(model_peeks(&the_glass.model));
}

static void a_password_is_typed_as_it_is(void **state)
{
    (void)state;
    to_password();
    assert_int_equal(typing()->layer, LAYER_EN);
    assert_int_equal(letters(), CASE_SMALL);
    glass_type(&the_glass, "o'  Z");
    assert_string_equal(the_glass.model.visit.sign_in.password, "o'  Z");
    touch(KEYBOARD_ARG_LANGUAGE); /* other letters are there too */
    assert_int_equal(typing()->layer, LAYER_UZ);
    glass_act(&the_glass, ACT_LANGUAGE, LANGUAGE_RU); /* and stay, whatever the page speaks */
    assert_int_equal(typing()->layer, LAYER_UZ);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_glass, close_glass)
    const struct CMUnitTest tests[] = {
        TEST(each_language_begins_with_its_own_letters),
        TEST(a_wanted_script_has_its_letters_alone),
        TEST(symbols_lead_back_to_the_letters_before_them),
        TEST(shift_is_for_one_and_twice_for_all),
        TEST(a_capital_by_itself_can_be_refused),
        TEST(sentences_and_names_begin_with_capitals),
        TEST(erasing_brings_the_capital_back),
        TEST(whatever_apostrophe_was_struck_is_the_right_one),
        TEST(a_password_shows_its_last_letter_for_a_second),
        TEST(nothing_else_shows_it),
        TEST(a_password_is_typed_as_it_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
