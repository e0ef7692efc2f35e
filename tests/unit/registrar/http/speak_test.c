#include "registrar/http/speak.h"

#include "test.h"

static const Language offered[] = { LANGUAGE_UZ, LANGUAGE_RU, LANGUAGE_EN };

static void test_speaks(void **state UNUSED)
{
    static const struct {
        const char *query, *accept;
        Language language;
    } cases[] = {
        { NULL, NULL, LANGUAGE_UZ },
        { NULL, "", LANGUAGE_UZ },
        { NULL, "ru", LANGUAGE_RU },
        { NULL, "ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7", LANGUAGE_RU },
        { NULL, "EN-us", LANGUAGE_EN },
        { NULL, "uz-Cyrl-UZ", LANGUAGE_UZ },
        { NULL, "kk,ru;q=0.5", LANGUAGE_RU },
        { NULL, "kk", LANGUAGE_UZ },
        { NULL, "*", LANGUAGE_UZ },
        { NULL, "en;q=0.5, ru;q=0.55", LANGUAGE_RU },
        { NULL, "en;q=0.5, ru;q=0.5", LANGUAGE_EN },
        { NULL, "ru;q=0, en;q=0.001", LANGUAGE_EN },
        { NULL, "ru;q=0", LANGUAGE_UZ },
        { NULL, "ru;q=nonsense, en;q=0.1", LANGUAGE_EN },
        { NULL, "ru;q=1.000;x, en;q=0.2", LANGUAGE_EN },
        { NULL, ",,;;,en", LANGUAGE_EN },
        { NULL, "rus", LANGUAGE_UZ },
        { "l=en", "ru", LANGUAGE_EN },
        { "code=7K3M&l=ru", "en", LANGUAGE_RU },
        { "l=RU", NULL, LANGUAGE_RU },
        { "l=uz", "ru", LANGUAGE_UZ },
        { "l=kk", "ru", LANGUAGE_RU },
        { "l=", "en", LANGUAGE_EN },
        { "l=much-too-long-for-any-language-of-ours", "en", LANGUAGE_EN },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        Language language = speak(cases[i].query, cases[i].accept, offered, COUNT(offered));
        if (language != cases[i].language)
            fail_msg("?%s, %s: %s", cases[i].query, cases[i].accept, language_tag(language));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_speaks) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
