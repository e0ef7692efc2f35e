#include "test.h"

#include <string.h>

#include "base/language.h"

static void parses_its_own_tags(void **state)
{
    (void)state;
    for (Language language = 0; language < LANGUAGE_COUNT; language++) {
        Language parsed;
        assert_true(language_parse(str_from(language_tag(language)), &parsed));
        assert_int_equal(parsed, language);
        assert_true(utf8_valid(str_from(language_own_name(language))));
    }
    Language untouched = LANGUAGE_RU;
    static const char *const others[] = { "", "UZ", "uz-cyrl", "uz-Latn", "ru-RU", "kk", "uz " };
    for (size_t i = 0; i < COUNT(others); i++)
        assert_false(language_parse(str_from(others[i]), &untouched));
    assert_int_equal(untouched, LANGUAGE_RU);
}

static void falls_back(void **state)
{
    LocalText both = { { [LANGUAGE_UZ] = "uz", [LANGUAGE_EN] = "en" } };
    LocalText english = { { [LANGUAGE_EN] = "en" } };
    LocalText none = { { NULL } };
    LocalText blank = { { [LANGUAGE_UZ] = "uz", [LANGUAGE_RU] = "" } };

    (void)state;
    assert_string_equal(local_text(&both, LANGUAGE_EN), "en");
    assert_string_equal(local_text(&both, LANGUAGE_UZ_CYRL), "uz");
    assert_string_equal(local_text(&both, LANGUAGE_RU), "uz");
    assert_string_equal(local_text(&english, LANGUAGE_UZ), "en");
    assert_string_equal(local_text(&none, LANGUAGE_UZ), "");
    assert_string_equal(local_text(&blank, LANGUAGE_RU), ""); /* present, if empty */
}

/* What languages.ini promises to whoever asks. */
static void every_language_is_whole(void **state)
{
    Language language;

    (void)state;
    for (Language l = 0; l < LANGUAGE_COUNT; l++) {
        assert_true(language_short_name(l)[0] && language_key(l)[0]);
        assert_null(strpbrk(language_key(l), "-ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
        assert_non_null(strstr(language_all_tags(), language_tag(l)));
        assert_true(!language_fallback(l, &language) || language != l);
        assert_true((unsigned)language_beside(l) < LANGUAGE_COUNT);
    }
    assert_true(str_starts(str_from(language_all_tags()), STR("uz, uz-Cyrl, ru, en")));
    assert_true(language_fallback(LANGUAGE_UZ_CYRL, &language));
    assert_int_equal(language, LANGUAGE_UZ);
    assert_int_equal(language_letters(LANGUAGE_UZ_CYRL), LETTERS_CYRILLIC);
    assert_int_equal(language_letters(LANGUAGE_UZ), LETTERS_LATIN);
    assert_false(language_has_catalogue(LANGUAGE_EN)); /* it is in the code */
    assert_int_equal(language_beside(LANGUAGE_RU), LANGUAGE_UZ);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(parses_its_own_tags), cmocka_unit_test(falls_back),
                                        cmocka_unit_test(every_language_is_whole) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
