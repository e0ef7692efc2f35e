#include "test.h"

#include <string.h>

#include "base/number.h"

#define NBSP "\u00A0"

static void groups_thousands(void **state)
{
    static const struct {
        int64_t number;
        const char *text;
    } cases[] = {
        { 0, "0" },
        { 7, "7" },
        { -7, "-7" },
        { 999, "999" },
        { 1000, "1" NBSP "000" },
        { -100, "-100" },
        { -1000, "-1" NBSP "000" },
        { 1250000, "1" NBSP "250" NBSP "000" },
        { INT64_MAX, "9" NBSP "223" NBSP "372" NBSP "036" NBSP "854" NBSP "775" NBSP "807" },
        { INT64_MIN, "-9" NBSP "223" NBSP "372" NBSP "036" NBSP "854" NBSP "775" NBSP "808" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        for (Language language = 0; language < LANGUAGE_COUNT; language++) {
            OWNED_BUF buf;
            buf_init(&buf, 100);
            number_write(&buf, cases[i].number, language);
            assert_string_equal(buf_text(&buf), cases[i].text);
        }
}

typedef void (*WriteScaled)(Buf *buf, int64_t value, unsigned places, Language language);

static void writes_decimals_and_shares(void **state)
{
    static const struct {
        WriteScaled write;
        Language language;
        int64_t value;
        unsigned places;
        const char *text;
    } cases[] = {
        { decimal_write, LANGUAGE_UZ, 375, 2, "3,75" },
        { decimal_write, LANGUAGE_UZ_CYRL, 40, 1, "4,0" },
        { decimal_write, LANGUAGE_RU, 400, 2, "4,00" },
        { decimal_write, LANGUAGE_EN, 375, 2, "3.75" },
        { decimal_write, LANGUAGE_EN, -5, 2, "-0.05" },
        { decimal_write, LANGUAGE_RU, 125000050, 2, "1" NBSP "250" NBSP "000,50" },
        { decimal_write, LANGUAGE_RU, 1000000001, 9, "1,000000001" },
        { decimal_write, LANGUAGE_UZ, 12, 0, "12" },
        { percent_write, LANGUAGE_UZ, 25, 0, "25" NBSP "%" },
        { percent_write, LANGUAGE_UZ_CYRL, 255, 1, "25,5" NBSP "%" },
        { percent_write, LANGUAGE_RU, 25, 0, "25" NBSP "%" },
        { percent_write, LANGUAGE_EN, 255, 1, "25.5%" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_BUF buf;
        buf_init(&buf, 100);
        cases[i].write(&buf, cases[i].value, cases[i].places, cases[i].language);
        assert_string_equal(buf_text(&buf), cases[i].text);
    }
}

static void writes_sums(void **state)
{
    static const struct {
        Language language;
        const char *text;
    } cases[] = {
        { LANGUAGE_UZ, "1" NBSP "250" NBSP "000" NBSP "soʻm" },
        { LANGUAGE_UZ_CYRL, "1" NBSP "250" NBSP "000" NBSP "сўм" },
        { LANGUAGE_RU, "1" NBSP "250" NBSP "000" NBSP "сум" },
        { LANGUAGE_EN, "1" NBSP "250" NBSP "000" NBSP "soʻm" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_BUF buf;
        buf_init(&buf, 100);
        sum_write(&buf, 1250000, cases[i].language);
        assert_string_equal(buf_text(&buf), cases[i].text);
    }
}

static void writes_numbers_of_things(void **state)
{
    static const struct {
        Language language;
        const char *year, *semester, *window, *order;
    } cases[] = {
        { LANGUAGE_UZ, "2-kurs", "2-semestr", "2-darcha", "2-son" },
        { LANGUAGE_UZ_CYRL, "2-курс", "2-семестр", "2-дарча", "2-сон" },
        { LANGUAGE_RU, "2-й" NBSP "курс", "2-й" NBSP "семестр", "окно" NBSP "2", "№" NBSP "2" },
        { LANGUAGE_EN, "year" NBSP "2", "semester" NBSP "2", "window" NBSP "2", "No." NBSP "2" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *const expected[] = { [NUMBER_OF_YEAR_OF_STUDY] = cases[i].year,
                                         [NUMBER_OF_SEMESTER] = cases[i].semester,
                                         [NUMBER_OF_WINDOW] = cases[i].window,
                                         [NUMBER_OF_ORDER] = cases[i].order };
        for (size_t what = 0; what < COUNT(expected); what++) {
            OWNED_BUF buf;
            buf_init(&buf, 100);
            number_write_of(&buf, (NumberOf)what, 2, cases[i].language);
            assert_string_equal(buf_text(&buf), expected[what]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_thousands),
        cmocka_unit_test(writes_decimals_and_shares),
        cmocka_unit_test(writes_sums),
        cmocka_unit_test(writes_numbers_of_things),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
