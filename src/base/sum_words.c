#include "base/sum_words.h"

#include "base/number.h"

#define SCALES 5 /* the money itself, thousands, and three more */

/* Forms by what they follow: 1, 2..4, 5 and more; languages without such forms repeat one. */
typedef struct Scale {
    const char *forms[3];
    bool feminine;
} Scale;

typedef struct Numerals {
    const char *ones[20];     /* [0] alone; from 10 on as languages without teens don't have them: NULL */
    const char *feminine[3];  /* 1 and 2 before a feminine scale; NULL: as ones */
    const char *tens[10];     /* from [1], where there are no teens, else from [2] */
    const char *hundreds[10]; /* [0]: the word that follows a figure; NULL: each has its own */
    Scale scales[SCALES];     /* [0]: the money */
    const char *tens_join;    /* between tens and ones */
    bool three_forms;
} Numerals;

static const Numerals numerals[LANGUAGE_COUNT] = {
    [LANGUAGE_UZ] = { .ones = { "nol", "bir", "ikki", "uch", "toʻrt", "besh", "olti", "yetti", "sakkiz", "toʻqqiz" },
                      .tens = { NULL, "oʻn", "yigirma", "oʻttiz", "qirq", "ellik", "oltmish", "yetmish", "sakson",
                                "toʻqson" },
                      .hundreds = { "yuz" },
                      .scales = { { { "soʻm" }, false },
                                  { { "ming" }, false },
                                  { { "million" }, false },
                                  { { "milliard" }, false },
                                  { { "trillion" }, false } },
                      .tens_join = " " },
    [LANGUAGE_UZ_CYRL] = { .ones = { "нол", "бир", "икки", "уч", "тўрт", "беш", "олти", "етти", "саккиз", "тўққиз" },
                           .tens = { NULL, "ўн", "йигирма", "ўттиз", "қирқ", "эллик", "олтмиш", "етмиш", "саксон",
                                     "тўқсон" },
                           .hundreds = { "юз" },
                           .scales = { { { "сўм" }, false },
                                       { { "минг" }, false },
                                       { { "миллион" }, false },
                                       { { "миллиард" }, false },
                                       { { "триллион" }, false } },
                           .tens_join = " " },
    [LANGUAGE_RU] = { .ones = { "ноль",       "один",        "два",        "три",          "четыре",
                                "пять",       "шесть",       "семь",       "восемь",       "девять",
                                "десять",     "одиннадцать", "двенадцать", "тринадцать",   "четырнадцать",
                                "пятнадцать", "шестнадцать", "семнадцать", "восемнадцать", "девятнадцать" },
                      .feminine = { NULL, "одна", "две" },
                      .tens = { NULL, NULL, "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят",
                                "восемьдесят", "девяносто" },
                      .hundreds = { NULL, "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот",
                                    "восемьсот", "девятьсот" },
                      .scales = { { { "сум", "сума", "сумов" }, false },
                                  { { "тысяча", "тысячи", "тысяч" }, true },
                                  { { "миллион", "миллиона", "миллионов" }, false },
                                  { { "миллиард", "миллиарда", "миллиардов" }, false },
                                  { { "триллион", "триллиона", "триллионов" }, false } },
                      .tens_join = " ",
                      .three_forms = true },
    [LANGUAGE_EN] = { .ones = { "zero",     "one",     "two",     "three",     "four",     "five",    "six",
                                "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
                                "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen" },
                      .tens = { NULL, NULL, "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
                                "ninety" },
                      .hundreds = { "hundred" },
                      .scales = { { { "soʻm" }, false },
                                  { { "thousand" }, false },
                                  { { "million" }, false },
                                  { { "billion" }, false },
                                  { { "trillion" }, false } },
                      .tens_join = "-" },
};

static const Numerals *numerals_of(Language language)
{
    while (!numerals[language].ones[0])
        if (!language_fallback(language, &language))
            return &numerals[LANGUAGE_FIRST];
    return &numerals[language];
}

/* 1, 21, 101: the first; 2..4, 22: the second; 0, 5..20, 111: the third. */
static const char *scale_form(const Numerals *words, const Scale *scale, unsigned group)
{
    const unsigned last = group % 10, two = group % 100;

    if (!words->three_forms || (last == 1 && two != 11))
        return scale->forms[0];
    return scale->forms[last >= 2 && last <= 4 && (two < 12 || two > 14) ? 1 : 2];
}

static void add_word(Buf *buf, const char *word)
{
    buf_add_text(buf, word);
    buf_add_byte(buf, ' ');
}

static const char *one(const Numerals *words, unsigned figure, bool feminine)
{
    return feminine && figure < COUNT(words->feminine) && words->feminine[figure] ? words->feminine[figure]
                                                                                  : words->ones[figure];
}

/* 1..999, each word followed by a blank. */
static void add_group(Buf *buf, const Numerals *words, unsigned group, bool feminine)
{
    const unsigned hundreds = group / 100;
    unsigned rest = group % 100;

    if (hundreds > 0 && words->hundreds[0])
        add_word(buf, words->ones[hundreds]);
    if (hundreds > 0)
        add_word(buf, words->hundreds[0] ? words->hundreds[0] : words->hundreds[hundreds]);
    if (rest >= 20 || (rest >= 10 && words->tens[1])) {
        buf_add_text(buf, words->tens[rest / 10]);
        rest %= 10;
        buf_add_text(buf, rest > 0 ? words->tens_join : " ");
    }
    if (rest > 0)
        add_word(buf, one(words, rest, feminine));
}

void sum_words_write(Buf *buf, int64_t soum, Language language)
{
    const Numerals *words = numerals_of(language);
    int64_t unit = INT64_C(1000000000000);

    if (soum < 0 || soum > SUM_WORDS_MOST) {
        sum_write(buf, soum, language);
        return;
    }
    if (soum == 0)
        add_word(buf, words->ones[0]);
    for (int i = SCALES - 1; i > 0; i--, unit /= 1000) {
        const unsigned group = (unsigned)(soum / unit % 1000);

        if (group == 0)
            continue;
        add_group(buf, words, group, words->scales[i].feminine);
        add_word(buf, scale_form(words, &words->scales[i], group));
    }
    add_group(buf, words, (unsigned)(soum % 1000), words->scales[0].feminine);
    buf_add_text(buf, scale_form(words, &words->scales[0], (unsigned)(soum % 1000)));
}
