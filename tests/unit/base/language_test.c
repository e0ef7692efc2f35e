#include "test.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(parses_its_own_tags), cmocka_unit_test(falls_back) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
