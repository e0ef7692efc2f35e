#include "kiosk/ui/keyboard_layouts.h"

/* What keys type: the number of a row, after KEYBOARD_FIRST_TEXT, is the Send's arg.  Only appended to: recorded visits
 * hold args.  capitals NULL: as capital; both NULL: as plain. */
static const struct {
    const char *plain, *capital, *capitals;
} texts[] = {
    { "1", NULL, NULL },        { "2", NULL, NULL },    { "3", NULL, NULL },   { "4", NULL, NULL },
    { "5", NULL, NULL },        { "6", NULL, NULL },    { "7", NULL, NULL },   { "8", NULL, NULL },
    { "9", NULL, NULL },        { "0", NULL, NULL },    { "-", NULL, NULL },   { "q", "Q", NULL },
    { "w", "W", NULL },         { "e", "E", NULL },     { "r", "R", NULL },    { "t", "T", NULL },
    { "y", "Y", NULL },         { "u", "U", NULL },     { "i", "I", NULL },    { "o", "O", NULL },
    { "p", "P", NULL },         { "oʻ", "Oʻ", NULL },   { "a", "A", NULL },    { "s", "S", NULL },
    { "d", "D", NULL },         { "f", "F", NULL },     { "g", "G", NULL },    { "h", "H", NULL },
    { "j", "J", NULL },         { "k", "K", NULL },     { "l", "L", NULL },    { "ʼ", NULL, NULL },
    { "gʻ", "Gʻ", NULL },       { "z", "Z", NULL },     { "x", "X", NULL },    { "c", "C", NULL },
    { "v", "V", NULL },         { "b", "B", NULL },     { "n", "N", NULL },    { "m", "M", NULL },
    { "sh", "Sh", "SH" },       { "ch", "Ch", "CH" },   { " ", NULL, NULL },   { ",", NULL, NULL },
    { ".", NULL, NULL },        { "!", NULL, NULL },    { "@", NULL, NULL },   { "#", NULL, NULL },
    { "$", NULL, NULL },        { "%", NULL, NULL },    { "^", NULL, NULL },   { "&", NULL, NULL },
    { "*", NULL, NULL },        { "(", NULL, NULL },    { ")", NULL, NULL },   { "_", NULL, NULL },
    { "+", NULL, NULL },        { "=", NULL, NULL },    { "/", NULL, NULL },   { "\\", NULL, NULL },
    { "|", NULL, NULL },        { "~", NULL, NULL },    { "`", NULL, NULL },   { "'", NULL, NULL },
    { "\"", NULL, NULL },       { ":", NULL, NULL },    { ";", NULL, NULL },   { "?", NULL, NULL },
    { "<", NULL, NULL },        { ">", NULL, NULL },    { "[", NULL, NULL },   { "]", NULL, NULL },
    { "{", NULL, NULL },        { "}", NULL, NULL },    { "«", NULL, NULL },   { "»", NULL, NULL },
    { "№", NULL, NULL },        { "—", NULL, NULL },    { "…", NULL, NULL },   { "й", "Й", NULL },
    { "ц", "Ц", NULL },         { "у", "У", NULL },     { "к", "К", NULL },    { "е", "Е", NULL },
    { "н", "Н", NULL },         { "г", "Г", NULL },     { "ш", "Ш", NULL },    { "щ", "Щ", NULL },
    { "з", "З", NULL },         { "х", "Х", NULL },     { "ъ", "Ъ", NULL },    { "ф", "Ф", NULL },
    { "ы", "Ы", NULL },         { "в", "В", NULL },     { "а", "А", NULL },    { "п", "П", NULL },
    { "р", "Р", NULL },         { "о", "О", NULL },     { "л", "Л", NULL },    { "д", "Д", NULL },
    { "ж", "Ж", NULL },         { "э", "Э", NULL },     { "ё", "Ё", NULL },    { "я", "Я", NULL },
    { "ч", "Ч", NULL },         { "с", "С", NULL },     { "м", "М", NULL },    { "и", "И", NULL },
    { "т", "Т", NULL },         { "ь", "Ь", NULL },     { "б", "Б", NULL },    { "ю", "Ю", NULL },
    { "ў", "Ў", NULL },         { "қ", "Қ", NULL },     { "ғ", "Ғ", NULL },    { "ҳ", "Ҳ", NULL },
    { ".uz", NULL, NULL },      { ".com", NULL, NULL }, { ".ru", NULL, NULL }, { "@gmail.com", NULL, NULL },
    { "@mail.ru", NULL, NULL }, { "“", NULL, NULL },    { "”", NULL, NULL },
};

/* Rows by blanks, in the order that each country's keyboards have: Uzbek Latin as QWERTY with keys of their own for oʻ,
 * gʻ, sh, ch and the tutuq (U+02BB, U+02BC); Uzbek Cyrillic with ў and қ where Russian has щ and ы, and ғ and ҳ after
 * the figures.  ё, which stands before the figures there, ends the row of э, where a row has room. */
const KeyboardLayout keyboard_layouts[] = {
    [KEYBOARD_NUMBERS] = { .name = "123", .back = "123" },
    [KEYBOARD_UZ] = { .language = LANGUAGE_UZ,
                      .name = "Oʻzb",
                      .back = "ABC",
                      .rows = { "1 2 3 4 5 6 7 8 9 0 -", "q w e r t y u i o p oʻ", "a s d f g h j k l ʼ gʻ",
                                "z x c v b n m sh ch" },
                      .last = ", .",
                      .own = "oʻ gʻ ʼ sh ch" },
    [KEYBOARD_UZ_CYRL] = { .language = LANGUAGE_UZ_CYRL,
                           .name = "Ўзб",
                           .back = "АБВ",
                           .rows = { "1 2 3 4 5 6 7 8 9 0 ғ ҳ", "й ц у к е н г ш ў з х ъ", "ф қ в а п р о л д ж э ё",
                                     "я ч с м и т ь б ю" },
                           .last = "- , .",
                           .own = "ў қ ғ ҳ" },
    [KEYBOARD_RU] = { .language = LANGUAGE_RU,
                      .name = "Рус",
                      .back = "АБВ",
                      .rows = { "1 2 3 4 5 6 7 8 9 0 - №", "й ц у к е н г ш щ з х ъ", "ф ы в а п р о л д ж э ё",
                                "я ч с м и т ь б ю" },
                      .last = ", .",
                      .own = "" },
    [KEYBOARD_EN] = { .language = LANGUAGE_EN,
                      .name = "Eng",
                      .back = "ABC",
                      .rows = { "1 2 3 4 5 6 7 8 9 0", "q w e r t y u i o p", "a s d f g h j k l '",
                                "z x c v b n m -" },
                      .last = ", .",
                      .own = "" },
    [KEYBOARD_EMAIL] = { .name = "@",
                         .back = "@",
                         .rows = { "1 2 3 4 5 6 7 8 9 0", "q w e r t y u i o p", "a s d f g h j k l _",
                                   "z x c v b n m - +" },
                         .last = "@ . @gmail.com @mail.ru .uz .com .ru",
                         .own = "@ . @gmail.com @mail.ru .uz .com .ru",
                         .no_space = true },
    [KEYBOARD_SYMBOLS] = { .name = "? № «",
                           .back = "? № «",
                           .rows = { "1 2 3 4 5 6 7 8 9 0 -", "! @ # $ % ^ & * ( ) _", "+ = / \\ | ~ ` ' \" : ;",
                                     "… ? < > [ ] { } « »" },
                           .last = "№ — , .",
                           .own = "" },
};
static_assert(COUNT(keyboard_layouts) == KEYBOARD_KIND_COUNT, "one row per KeyboardKind");

uint16_t keyboard_arg(Str plain)
{
    for (size_t i = 0; i < COUNT(texts); i++)
        if (str_equal_text(plain, texts[i].plain))
            return (uint16_t)(KEYBOARD_FIRST_TEXT + i);
    assert(!"every key of a row is in the table");
    return 0;
}

bool keyboard_list_has(const char *list, Str text)
{
    for (Str rest = str_from(list); rest.ptr;)
        if (str_equal(str_split(&rest, ' '), text))
            return true;
    return false;
}

const char *keyboard_text(uint16_t arg, KeyboardCase shift)
{
    size_t row = (size_t)arg - KEYBOARD_FIRST_TEXT;

    if (arg < KEYBOARD_FIRST_TEXT || row >= COUNT(texts))
        return NULL;
    if (shift == KEYBOARD_CAPITALS && texts[row].capitals)
        return texts[row].capitals;
    return shift != KEYBOARD_SMALL && texts[row].capital ? texts[row].capital : texts[row].plain;
}
