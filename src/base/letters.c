#include "base/letters.h"

#include <string.h>

typedef struct Pair {
    const char *from, *to;
} Pair;

/* Loans whose Latin hides a letter, by their stems; then groups of letters, then letters.  The first that fits is
 * taken, so the longer stand before the shorter. */
static const Pair to_cyrillic[] = {
    { "kompyuter", "компьютер" },
    { "obyekt", "объект" },
    { "differensial", "дифференциал" },
    { "budjet", "бюджет" },
    { "protses", "процес" },
    { "fakultet", "факультет" },
    { "modul", "модуль" },
    { "interfeys", "интерфейс" },
    { "yurisprudensiya", "юриспруденция" },
    { "ksiya", "кция" },
    { "yoʻ", "йў" },
    { "sʼh", "сҳ" },
    { "tsiya", "ция" },
    { "tsion", "цион" },
    { "oʻ", "ў" },
    { "gʻ", "ғ" },
    { "sh", "ш" },
    { "ch", "ч" },
    { "yo", "ё" },
    { "yu", "ю" },
    { "ya", "я" },
    { "ye", "е" },
    { "ʼ", "ъ" },
    { "a", "а" },
    { "b", "б" },
    { "d", "д" },
    { "f", "ф" },
    { "g", "г" },
    { "h", "ҳ" },
    { "i", "и" },
    { "j", "ж" },
    { "k", "к" },
    { "l", "л" },
    { "m", "м" },
    { "n", "н" },
    { "o", "о" },
    { "p", "п" },
    { "q", "қ" },
    { "r", "р" },
    { "s", "с" },
    { "t", "т" },
    { "u", "у" },
    { "v", "в" },
    { "x", "х" },
    { "y", "й" },
    { "z", "з" },
};

static const Pair to_latin[] = {
    { "а", "a" },  { "б", "b" },  { "в", "v" },  { "г", "g" }, { "д", "d" },  { "ё", "yo" },
    { "ж", "j" },  { "з", "z" },  { "и", "i" },  { "й", "y" }, { "к", "k" },  { "л", "l" },
    { "м", "m" },  { "н", "n" },  { "о", "o" },  { "п", "p" }, { "р", "r" },  { "с", "s" },
    { "т", "t" },  { "у", "u" },  { "ф", "f" },  { "х", "x" }, { "ц", "ts" }, { "ч", "ch" },
    { "ш", "sh" }, { "щ", "sh" }, { "ъ", "" },   { "ы", "i" }, { "ь", "" },   { "э", "e" },
    { "ю", "yu" }, { "я", "ya" }, { "ў", "oʻ" }, { "қ", "q" }, { "ғ", "gʻ" }, { "ҳ", "h" },
};

static const Pair to_russian[] = { { "йў", "ю" }, { "ў", "у" },  { "қ", "к" }, { "ғ", "г" },
                                   { "ҳ", "х" },  { "ж", "дж" }, { "ъ", "" } };

/* --- single letters ---------------------------------------------------------------------------------------------- */

static uint32_t small(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0x410 && c <= 0x42F))
        return c + 0x20;
    if (c == 0x401 || c == 0x40E) /* Ё Ў */
        return c + 0x50;
    return c == 0x49A || c == 0x492 || c == 0x4B2 ? c + 1 : c; /* Қ Ғ Ҳ */
}

static uint32_t capital(uint32_t c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x44F))
        return c - 0x20;
    if (c == 0x451 || c == 0x45E)
        return c - 0x50;
    return c == 0x49B || c == 0x493 || c == 0x4B3 ? c - 1 : c;
}

static bool is_letter(uint32_t c)
{
    c = small(c);
    return (c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x45F) || c == 0x49B || c == 0x493 || c == 0x4B3 ||
           c == 0x2BB || c == 0x2BC;
}

static bool is_vowel(uint32_t c)
{
    static const uint32_t vowels[] = { 'a',   'e',   'i',   'o',   'u',   0x430, 0x435, 0x451,
                                       0x438, 0x43E, 0x443, 0x44B, 0x45E, 0x44D, 0x44E, 0x44F };

    for (size_t i = 0; i < COUNT(vowels); i++)
        if (small(c) == vowels[i])
            return true;
    return false;
}

/* --- walking ----------------------------------------------------------------------------------------------------- */

/* Whether text begins with the letters of `start`, of either size; *ret_rest is what follows. */
static bool begins(Str text, const char *start, Str *ret_rest)
{
    Str wanted = str_from(start);

    while (wanted.len > 0) {
        if (text.len == 0 || small(utf8_next(&text)) != utf8_next(&wanted))
            return false;
    }
    *ret_rest = text;
    return true;
}

/* A group keeps its capital: Sh gives Ш, and so does SH. */
static void add_cased(Buf *buf, const char *text, bool large)
{
    Str rest = str_from(text);

    if (large && rest.len > 0)
        buf_add_char(buf, capital(utf8_next(&rest)));
    buf_add_str(buf, rest);
}

/* What an e is depends on what stands before it: before = 0 at the beginning. */
typedef const char *(*LetterE)(uint32_t before);

static const char *latin_e(uint32_t before)
{
    return before && is_letter(before) && !is_vowel(before) && before != 0x2BB ? "е" : "э";
}

static const char *cyrillic_e(uint32_t before)
{
    return !before || !is_letter(before) || is_vowel(before) || before == 0x44A || before == 0x44C ? "ye" : "e";
}

static void rewrite(Buf *buf, Str text, const Pair *pairs, size_t count, uint32_t letter_e, LetterE e)
{
    uint32_t before = 0;

    while (text.len > 0) {
        Str rest = text;
        uint32_t first = utf8_next(&rest), last = first;
        bool large = small(first) != first;
        const char *to = letter_e && small(first) == letter_e ? e(before) : NULL;

        for (size_t i = 0; i < count && !to; i++)
            if (begins(text, pairs[i].from, &rest))
                to = pairs[i].to;
        for (Str taken = { text.ptr, text.len - rest.len }; taken.len > 0;)
            last = utf8_next(&taken);
        if (to)
            add_cased(buf, to, large);
        else
            buf_add_char(buf, first);
        before = last;
        text = rest;
    }
}

void letters_to_cyrillic(Buf *buf, Str latin)
{
    rewrite(buf, latin, to_cyrillic, COUNT(to_cyrillic), 'e', latin_e);
}

void letters_to_latin(Buf *buf, Str cyrillic)
{
    rewrite(buf, cyrillic, to_latin, COUNT(to_latin), 0x435, cyrillic_e);
}

void letters_to_russian(Buf *buf, Str cyrillic)
{
    rewrite(buf, cyrillic, to_russian, COUNT(to_russian), 0, NULL);
}
