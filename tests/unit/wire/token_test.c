#include "wire/token.h"

#include <string.h>

#include "base/random.h"
#include "test.h"

static void a_token_comes_back(void **state UNUSED)
{
    RandomSeeded seeded;
    Random random = random_seeded(&seeded, 41);
    char before[TOKEN_GROUPED_SIZE] = "";

    for (int i = 0; i < 200; i++) {
        uint8_t bytes[TOKEN_RANDOM_BYTES];
        char grouped[TOKEN_GROUPED_SIZE], lower[TOKEN_GROUPED_SIZE];
        Token token, back;

        assert_true(random_fill(&random, bytes, sizeof bytes, NULL));
        token = token_make(bytes);
        assert_int_equal(strlen(token.text), TOKEN_LENGTH);
        assert_int_equal(strspn(token.text, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"), TOKEN_LENGTH);
        assert_true(token_parse(str_from(token.text), &back));
        assert_string_equal(back.text, token.text);
        token_grouped(&token, grouped);
        assert_int_equal(strlen(grouped), TOKEN_GROUPED_SIZE - 1);
        assert_true(strcmp(grouped, before) != 0);
        memcpy(before, grouped, sizeof before);
        for (size_t at = 0; at < sizeof grouped; at++)
            lower[at] = (char)(grouped[at] >= 'A' && grouped[at] <= 'Z' ? grouped[at] - 'A' + 'a' : grouped[at]);
        assert_true(token_parse(str_from(lower), &back));
        assert_string_equal(back.text, token.text);
    }
}

/* Each character depends on bits of its own: none of the token is always the same. */
static void every_character_is_random(void **state UNUSED)
{
    RandomSeeded seeded;
    Random random = random_seeded(&seeded, 42);
    bool varies[TOKEN_LENGTH] = { false };
    Token first = { 0 };

    for (int i = 0; i < 50; i++) {
        uint8_t bytes[TOKEN_RANDOM_BYTES];
        Token token;

        assert_true(random_fill(&random, bytes, sizeof bytes, NULL));
        token = token_make(bytes);
        if (i == 0)
            first = token;
        for (size_t at = 0; at < TOKEN_LENGTH; at++)
            varies[at] = varies[at] || token.text[at] != first.text[at];
    }
    for (size_t at = 0; at < TOKEN_LENGTH; at++)
        assert_true(varies[at]);
}

static void what_is_none_is_refused(void **state UNUSED)
{
    static const struct {
        const char *text;
        const char *token; /* NULL: refused */
    } cases[] = {
        { "0123456789ABCDEFGHJKMNPQRSTV", "0123456789ABCDEFGHJKMNPQRSTV" },
        { "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV", "0123456789ABCDEFGHJKMNPQRSTV" },
        { "oI2l-4567-89ab-cdef-ghjk-mnpq-rstv", "0121456789ABCDEFGHJKMNPQRSTV" },
        { "--0123456789ABCDEFGHJKMNPQRSTV--", "0123456789ABCDEFGHJKMNPQRSTV" },
        { "", NULL },
        { "-", NULL },
        { "0123456789ABCDEFGHJKMNPQRST", NULL },
        { "0123456789ABCDEFGHJKMNPQRSTVW", NULL },
        { "0123456789ABCDEFGHJKMNPQRSTU", NULL },
        { "0123456789ABCDEFGHJKMNPQRST ", NULL },
        { "0123456789ABCDEFGHJKMNPQRST/", NULL },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        Token token;
        bool parsed = token_parse(str_from(cases[i].text), &token);

        if (parsed != (cases[i].token != NULL) || (parsed && strcmp(token.text, cases[i].token) != 0))
            fail_msg("%s: %s", cases[i].text, parsed ? token.text : "refused");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_comes_back),
        cmocka_unit_test(every_character_is_random),
        cmocka_unit_test(what_is_none_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
