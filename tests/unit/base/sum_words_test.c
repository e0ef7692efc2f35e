#include "test.h"

#include <string.h>

#include "base/sum_words.h"

static const struct {
    int64_t sum;
    const char *in[LANGUAGE_COUNT];
} cases[] = {
    { 0, { "nol soʻm", "нол сўм", "ноль сумов", "zero soʻm" } },
    { 1, { "bir soʻm", "бир сўм", "один сум", "one soʻm" } },
    { 2, { "ikki soʻm", "икки сўм", "два сума", "two soʻm" } },
    { 5, { "besh soʻm", "беш сўм", "пять сумов", "five soʻm" } },
    { 10, { "oʻn soʻm", "ўн сўм", "десять сумов", "ten soʻm" } },
    { 11, { "oʻn bir soʻm", "ўн бир сўм", "одиннадцать сумов", "eleven soʻm" } },
    { 14, { "oʻn toʻrt soʻm", "ўн тўрт сўм", "четырнадцать сумов", "fourteen soʻm" } },
    { 20, { "yigirma soʻm", "йигирма сўм", "двадцать сумов", "twenty soʻm" } },
    { 21, { "yigirma bir soʻm", "йигирма бир сўм", "двадцать один сум", "twenty-one soʻm" } },
    { 42, { "qirq ikki soʻm", "қирқ икки сўм", "сорок два сума", "forty-two soʻm" } },
    { 99, { "toʻqson toʻqqiz soʻm", "тўқсон тўққиз сўм", "девяносто девять сумов", "ninety-nine soʻm" } },
    { 100, { "bir yuz soʻm", "бир юз сўм", "сто сумов", "one hundred soʻm" } },
    { 111, { "bir yuz oʻn bir soʻm", "бир юз ўн бир сўм", "сто одиннадцать сумов", "one hundred eleven soʻm" } },
    { 212, { "ikki yuz oʻn ikki soʻm", "икки юз ўн икки сўм", "двести двенадцать сумов", "two hundred twelve soʻm" } },
    { 1000, { "bir ming soʻm", "бир минг сўм", "одна тысяча сумов", "one thousand soʻm" } },
    { 2001, { "ikki ming bir soʻm", "икки минг бир сўм", "две тысячи один сум", "two thousand one soʻm" } },
    { 21000,
      { "yigirma bir ming soʻm", "йигирма бир минг сўм", "двадцать одна тысяча сумов", "twenty-one thousand soʻm" } },
    { 112000,
      { "bir yuz oʻn ikki ming soʻm", "бир юз ўн икки минг сўм", "сто двенадцать тысяч сумов",
        "one hundred twelve thousand soʻm" } },
    { 512222,
      { "besh yuz oʻn ikki ming ikki yuz yigirma ikki soʻm", "беш юз ўн икки минг икки юз йигирма икки сўм",
        "пятьсот двенадцать тысяч двести двадцать два сума",
        "five hundred twelve thousand two hundred twenty-two soʻm" } },
    { 14500000,
      { "oʻn toʻrt million besh yuz ming soʻm", "ўн тўрт миллион беш юз минг сўм",
        "четырнадцать миллионов пятьсот тысяч сумов", "fourteen million five hundred thousand soʻm" } },
    { 1000001, { "bir million bir soʻm", "бир миллион бир сўм", "один миллион один сум", "one million one soʻm" } },
    { 3002000003,
      { "uch milliard ikki million uch soʻm", "уч миллиард икки миллион уч сўм", "три миллиарда два миллиона три сума",
        "three billion two million three soʻm" } },
    { 1000000000000, { "bir trillion soʻm", "бир триллион сўм", "один триллион сумов", "one trillion soʻm" } },
    { 999999999999,
      { "toʻqqiz yuz toʻqson toʻqqiz milliard toʻqqiz yuz toʻqson toʻqqiz million toʻqqiz yuz toʻqson toʻqqiz ming "
        "toʻqqiz yuz toʻqson toʻqqiz soʻm",
        "тўққиз юз тўқсон тўққиз миллиард тўққиз юз тўқсон тўққиз миллион тўққиз юз тўқсон тўққиз минг "
        "тўққиз юз тўқсон тўққиз сўм",
        "девятьсот девяносто девять миллиардов девятьсот девяносто девять миллионов девятьсот девяносто девять тысяч "
        "девятьсот девяносто девять сумов",
        "nine hundred ninety-nine billion nine hundred ninety-nine million nine hundred ninety-nine thousand "
        "nine hundred ninety-nine soʻm" } },
    /* outside of it: figures */
    { -5, { "-5\u00A0soʻm", "-5\u00A0сўм", "-5\u00A0сум", "-5\u00A0soʻm" } },
};

static void sums_are_said_as_each_language_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        for (Language language = 0; language < LANGUAGE_COUNT; language++) {
            OWNED_BUF buf;

            buf_init(&buf, 1024);
            if (!cases[i].in[language])
                continue;
            sum_words_write(&buf, cases[i].sum, language);
            assert_string_equal(buf_text(&buf), cases[i].in[language]);
        }
}

/* Reads the words back: whatever the figures, they say the same sum. */
static int64_t heard(const char *words)
{
    static const struct {
        const char *word;
        int64_t value;
    } known[] = { { "bir", 1 },      { "ikki", 2 },    { "uch", 3 },     { "toʻrt", 4 },   { "besh", 5 },
                  { "olti", 6 },     { "yetti", 7 },   { "sakkiz", 8 },  { "toʻqqiz", 9 }, { "oʻn", 10 },
                  { "yigirma", 20 }, { "oʻttiz", 30 }, { "qirq", 40 },   { "ellik", 50 },  { "oltmish", 60 },
                  { "yetmish", 70 }, { "sakson", 80 }, { "toʻqson", 90 } };
    static const struct {
        const char *word;
        int64_t value;
    } scales[] = { { "ming", 1000 },
                   { "million", 1000000 },
                   { "milliard", INT64_C(1000000000) },
                   { "trillion", INT64_C(1000000000000) } };
    int64_t all = 0, group = 0;
    Str rest = str_from(words);

    while (rest.len > 0) {
        const Str word = str_split(&rest, ' ');

        for (size_t i = 0; i < COUNT(known); i++)
            if (str_equal_text(word, known[i].word))
                group += known[i].value;
        if (str_equal_text(word, "yuz"))
            group *= 100;
        for (size_t i = 0; i < COUNT(scales); i++)
            if (str_equal_text(word, scales[i].word)) {
                all += group * scales[i].value;
                group = 0;
            }
    }
    return all + group;
}

static void what_is_said_is_heard_as_the_same_sum(void **state)
{
    uint64_t chance = 88172645463325252u;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        OWNED_BUF buf;

        chance ^= chance << 13, chance ^= chance >> 7, chance ^= chance << 17;
        const int64_t sum = (int64_t)(chance % (uint64_t)(SUM_WORDS_MOST + 1)) / (i % 4 == 0   ? 1
                                                                                  : i % 4 == 1 ? 1000
                                                                                               : 1000000);
        buf_init(&buf, 1024);
        sum_words_write(&buf, sum, LANGUAGE_UZ);
        assert_int_equal(heard(buf_text(&buf)), sum);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_said_as_each_language_counts),
        cmocka_unit_test(what_is_said_is_heard_as_the_same_sum),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
