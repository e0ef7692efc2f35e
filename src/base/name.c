#include "base/name.h"

#include <string.h>

#define FOLDED_BYTES_MOST 4096
#define OKINA             0x02BBu /* stands in oʻ and gʻ */
#define TUTUQ             0x02BCu /* the mark of its own */

typedef enum Script { SCRIPT_NONE, SCRIPT_LATIN, SCRIPT_CYRILLIC, SCRIPT_OTHER } Script;

/* --- letters ----------------------------------------------------------------------------------------------------- */

/* Small Cyrillic letters in Latin ones, as the fold wants them: х and ҳ are one, ц is s, е and э are one, and ъ and ь
 * are nothing.  Uzbek, Russian, and what Karakalpak and Kazakh names add. */
static const struct {
    uint32_t cyrillic;
    const char *latin;
} cyrillic_letters[] = {
    { 0x0430, "a" },  { 0x0431, "b" },  { 0x0432, "v" },  { 0x0433, "g" }, { 0x0434, "d" }, { 0x0435, "e" },
    { 0x0436, "j" },  { 0x0437, "z" },  { 0x0438, "i" },  { 0x0439, "y" }, { 0x043A, "k" }, { 0x043B, "l" },
    { 0x043C, "m" },  { 0x043D, "n" },  { 0x043E, "o" },  { 0x043F, "p" }, { 0x0440, "r" }, { 0x0441, "s" },
    { 0x0442, "t" },  { 0x0443, "u" },  { 0x0444, "f" },  { 0x0445, "x" }, { 0x0446, "s" }, { 0x0447, "ch" },
    { 0x0448, "sh" }, { 0x0449, "sh" }, { 0x044A, "" },   { 0x044B, "i" }, { 0x044C, "" },  { 0x044D, "e" },
    { 0x044E, "yu" }, { 0x044F, "ya" }, { 0x0451, "yo" }, { 0x0456, "i" }, { 0x045E, "o" }, { 0x0493, "g" },
    { 0x049B, "q" },  { 0x04B3, "h" },  { 0x04D9, "a" },  { 0x04A3, "n" }, { 0x04E9, "o" }, { 0x04AF, "u" },
    { 0x04B1, "u" },  { 0x04BB, "h" },
};

/* Latin letters with marks, in plain ones.  õ ğ ş ç stand for oʻ gʻ sh ch where they are written. */
static const struct {
    const char *plain;
    const char *marked;
} latin_letters[] = {
    { "a", "àáâãäåāăąÀÁÂÃÄÅĀĂĄ" },
    { "c", "ćčĆČ" },
    { "ch", "çÇ" },
    { "d", "ďđĎĐ" },
    { "e", "èéêëēĕėęěəÈÉÊËĒĔĖĘĚƏ" },
    { "g", "ğĝġģǵĞĜĠĢǴ" },
    { "i", "ìíîïĩīĭįıÌÍÎÏĨĪĬĮİ" },
    { "l", "ĺļľłĹĻĽŁ" },
    { "n", "ñńņňÑŃŅŇ" },
    { "o", "òóôõöøōŏőÒÓÔÕÖØŌŎŐ" },
    { "r", "ŕŗřŔŖŘ" },
    { "s", "śšŚŠ" },
    { "sh", "şșŞȘ" },
    { "ss", "ß" },
    { "t", "ţťțŢŤȚ" },
    { "u", "ùúûüũūŭůűųÙÚÛÜŨŪŬŮŰŲ" },
    { "y", "ýÿŷÝŸŶ" },
    { "z", "źżžŹŻŽ" },
};

/* Letters that look alike, as case has them: В is alike B, в is not b.  Latin first. */
static const char *const lookalikes[] = { "aа", "cс", "eе", "oо", "pр", "xх", "yу", "iі", "AА", "BВ", "CС",
                                          "EЕ", "HН", "IІ", "KК", "MМ", "OО", "PР", "TТ", "XХ", "YУ" };

static bool is_apostrophe(uint32_t c)
{
    static const uint32_t all[] = { '\'',   '`',    0x00B4, 0x02B9, 0x02BB, 0x02BC, 0x02BD, 0x02BE, 0x02BF,
                                    0x02C8, 0x055A, 0x2018, 0x2019, 0x201B, 0x2032, 0x2035, 0xA78C, 0xFF07 };

    for (size_t i = 0; i < COUNT(all); i++)
        if (all[i] == c)
            return true;
    return false;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x00A0 || (c >= 0x2000 && c <= 0x200B) ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

static bool is_hyphen(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

static bool parts_words(uint32_t c)
{
    return is_blank(c) || is_hyphen(c) || c == '.' || c == ',' || c == '(' || c == ')' || c == '/';
}

static bool is_mark(uint32_t c)
{
    return c >= 0x0300 && c <= 0x036F;
}

/* Only of the letters that names of these offices have; others have no case here. */
static uint32_t small(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0x0410 && c <= 0x042F) || (c >= 0x00C0 && c <= 0x00DE && c != 0x00D7))
        return c + 0x20;
    if (c >= 0x0400 && c <= 0x040F)
        return c + 0x50;
    if (c == 0x0130 || c == 0x0131)
        return c == 0x0130 ? 'i' : c; /* not by the rules of Turkish: i is i */
    if ((c >= 0x0100 && c <= 0x0137) || (c >= 0x014A && c <= 0x0177) || (c >= 0x0460 && c <= 0x0481) ||
        (c >= 0x048A && c <= 0x04BF) || (c >= 0x04D0 && c <= 0x052F) || (c >= 0x0218 && c <= 0x021B))
        return c | 1u;
    if ((c >= 0x0139 && c <= 0x0148) || (c >= 0x0179 && c <= 0x017E))
        return c + (c & 1u);
    return c == 0x01F4 ? 0x01F5 : c == 0x018F ? 0x0259 : c == 0x0178 ? 0x00FF : c;
}

static Script script_of(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
        (c >= 0x00C0 && c <= 0x024F && c != 0x00D7 && c != 0x00F7) || c == 0x0259 || (c >= 0x1E00 && c <= 0x1EFF))
        return SCRIPT_LATIN;
    if (c >= 0x0400 && c <= 0x052F)
        return SCRIPT_CYRILLIC;
    if (c < 0x00C0 || is_mark(c) || is_apostrophe(c) || (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x303F) ||
        (c >= 0x1F000 && c <= 0x1FAFF))
        return SCRIPT_NONE;
    return SCRIPT_OTHER;
}

/* The letter of the other script that looks the same; 0: none. */
static uint32_t lookalike(uint32_t c)
{
    for (size_t i = 0; i < COUNT(lookalikes); i++) {
        Str pair = str_from(lookalikes[i]);
        uint32_t latin = utf8_next(&pair);
        uint32_t cyrillic = utf8_next(&pair);

        if (c == latin || c == cyrillic)
            return c == latin ? cyrillic : latin;
    }
    return 0;
}

/* --- words ------------------------------------------------------------------------------------------------------- */

/* Takes the next word (letters, marks, apostrophes, digits) off the front of *rest; false when there is none. */
static bool next_word(Str *rest, Str *ret)
{
    Str word = { rest->ptr, 0 };

    while (rest->len > 0) {
        Str after = *rest;
        if (!parts_words(utf8_next(&after))) {
            word.len += (size_t)(after.ptr - rest->ptr);
        } else if (word.len > 0) {
            break;
        } else {
            word.ptr = after.ptr;
        }
        *rest = after;
    }
    *ret = word;
    return word.len > 0;
}

typedef struct WordScripts {
    size_t latin, cyrillic;           /* letters */
    size_t only_latin, only_cyrillic; /* of these, those that do not look like one of the other script */
} WordScripts;

static WordScripts count_scripts(Str word)
{
    WordScripts count = { 0 };

    while (word.len > 0) {
        uint32_t c = utf8_next(&word);
        Script script = script_of(c);
        bool only = lookalike(c) == 0;

        count.latin += script == SCRIPT_LATIN;
        count.cyrillic += script == SCRIPT_CYRILLIC;
        count.only_latin += script == SCRIPT_LATIN && only;
        count.only_cyrillic += script == SCRIPT_CYRILLIC && only;
    }
    return count;
}

/* The script that the writer meant: told by letters that the other script has not, else by the greater number. */
static Script meant_script(Str word)
{
    WordScripts count = count_scripts(word);

    if (count.only_latin != count.only_cyrillic)
        return count.only_latin > count.only_cyrillic ? SCRIPT_LATIN : SCRIPT_CYRILLIC;
    return count.cyrillic > count.latin ? SCRIPT_CYRILLIC : SCRIPT_LATIN;
}

/* --- folding ----------------------------------------------------------------------------------------------------- */

static void add_cyrillic(Buf *buf, uint32_t c)
{
    for (size_t i = 0; i < COUNT(cyrillic_letters); i++)
        if (cyrillic_letters[i].cyrillic == c) {
            buf_add_text(buf, cyrillic_letters[i].latin);
            return;
        }
    buf_add_char(buf, c);
}

static void add_marked(Buf *buf, uint32_t c)
{
    for (size_t i = 0; i < COUNT(latin_letters); i++) {
        Str marked = str_from(latin_letters[i].marked);
        while (marked.len > 0)
            if (utf8_next(&marked) == c) {
                buf_add_text(buf, latin_letters[i].plain);
                return;
            }
    }
    buf_add_char(buf, c);
}

/* и with a breve of its own is й, and so on: some keyboards write the two apart. */
static uint32_t joined(uint32_t c, uint32_t mark)
{
    static const struct {
        uint32_t letter, mark, whole;
    } pairs[] = { { 0x0438, 0x0306, 0x0439 }, { 0x0443, 0x0306, 0x045E }, { 0x0435, 0x0308, 0x0451 } };

    for (size_t i = 0; i < COUNT(pairs); i++)
        if (pairs[i].letter == c && pairs[i].mark == mark)
            return pairs[i].whole;
    return c;
}

/* One word in plain small Latin letters. */
static void add_plain(Buf *buf, Str word)
{
    Script script = meant_script(word);

    while (word.len > 0) {
        uint32_t c = utf8_next(&word);

        if (is_mark(c) || is_apostrophe(c) || utf8_is_unwanted(c))
            continue;
        uint32_t alike = script_of(c) == script ? 0 : lookalike(c);
        c = small(alike ? alike : c);
        Str ahead = word;
        if (ahead.len > 0)
            c = joined(c, utf8_next(&ahead));
        switch (script_of(c)) {
        case SCRIPT_CYRILLIC: add_cyrillic(buf, c); break;
        case SCRIPT_LATIN:
            if (c < 0x80)
                buf_add_byte(buf, (uint8_t)c);
            else
                add_marked(buf, c);
            break;
        case SCRIPT_NONE:
            if (c >= '0' && c <= '9')
                buf_add_byte(buf, (uint8_t)c);
            break;
        case SCRIPT_OTHER: buf_add_char(buf, c); break;
        }
    }
}

/* Spellings of one sound, longer ones first. */
static const struct {
    const char *written, *folded;
} sounds[] = {
    { "dzh", "j" }, { "dj", "j" }, { "kh", "h" }, { "x", "h" }, { "ts", "s" }, { "yo", "e" }, { "ye", "e" },
};

static void add_sounds(Buf *buf, Str plain)
{
    while (plain.len > 0) {
        Str taken = { plain.ptr, 1 };
        Str sound = taken;

        for (size_t i = 0; i < COUNT(sounds); i++)
            if (str_starts(plain, str_from(sounds[i].written))) {
                taken = str_from(sounds[i].written);
                sound = str_from(sounds[i].folded);
                break;
            }
        buf_add_str(buf, sound);
        plain = (Str){ plain.ptr + taken.len, plain.len - taken.len };
    }
}

void name_fold(Buf *buf, Str name)
{
    OWNED_BUF plain;
    Str word;

    buf_init(&plain, name.len + 1);
    for (bool first = true; next_word(&name, &word);) {
        buf_clear(&plain);
        add_plain(&plain, word);
        if (plain.len == 0)
            continue;
        if (!first)
            buf_add_byte(buf, ' ');
        add_sounds(buf, buf_str(&plain));
        first = false;
    }
    buf->failed = buf->failed || plain.failed;
}

/* --- finding ----------------------------------------------------------------------------------------------------- */

bool name_key_has(Str key, Str start)
{
    while (key.ptr)
        if (str_starts(str_split(&key, ' '), start))
            return true;
    return false;
}

/* The last letter of what is being typed may be half a sound: its key is not settled. */
static bool is_unsettled(char last)
{
    return last == 'y' || last == 't' || last == 'k' || last == 'd' || last == 'z';
}

bool name_matches(Str name, Str typed)
{
    OWNED_BUF key;
    OWNED_BUF wanted;

    buf_init(&key, FOLDED_BYTES_MOST);
    buf_init(&wanted, FOLDED_BYTES_MOST);
    name_fold(&key, name);
    name_fold(&wanted, typed);
    if (key.failed || wanted.failed)
        return false;
    Str rest = buf_str(&wanted);
    while (rest.len > 0) {
        Str start = str_split(&rest, ' ');
        if (name_key_has(buf_str(&key), start))
            continue;
        start.len--;
        if (rest.len > 0 || !is_unsettled(start.ptr[start.len]) || !name_key_has(buf_str(&key), start))
            return false;
    }
    return true;
}

/* --- on paper ---------------------------------------------------------------------------------------------------- */

static bool is_capital(uint32_t c)
{
    return small(c) != c;
}

/* Oʻ and Gʻ, unless a capital with small letters follows, as in O'Brien. */
static bool stands_in_letter(uint32_t before, Str after)
{
    if (small(before) != 'o' && small(before) != 'g')
        return false;
    if (after.len == 0 || !is_capital(utf8_next(&after)))
        return true;
    if (after.len == 0)
        return true;
    uint32_t second = utf8_next(&after);
    return is_capital(second) || script_of(second) != SCRIPT_LATIN;
}

static uint32_t right_apostrophe(uint32_t before, Str after)
{
    return stands_in_letter(before, after) ? OKINA : TUTUQ;
}

void name_for_paper(Buf *buf, Str name)
{
    uint32_t before = ' ';
    bool owed = false; /* a blank, once a letter follows */

    while (name.len > 0) {
        uint32_t c = utf8_next(&name);

        if (is_blank(c)) {
            owed = before != ' ';
            continue;
        }
        if (owed) {
            buf_add_byte(buf, ' ');
            before = ' ';
            owed = false;
        }
        if (is_apostrophe(c))
            c = right_apostrophe(before, name);
        buf_add_char(buf, c);
        before = c;
    }
}

/* --- anomalies --------------------------------------------------------------------------------------------------- */

static const struct {
    const char *key, *text;
} anomalies[] = {
    [NAME_MIXED_SCRIPTS] = { "mixed-scripts", "Latin and Cyrillic letters in one word" },
    [NAME_MIXED_WORDS] = { "mixed-words", "words of both scripts" },
    [NAME_WRONG_APOSTROPHE] = { "wrong-apostrophe", "an apostrophe that is neither ʻ of oʻ gʻ nor ʼ" },
    [NAME_DIGITS] = { "digits", "digits" },
    [NAME_STRANGE_SIGNS] = { "strange-signs", "signs that no name has" },
    [NAME_BLANKS] = { "blanks", "blanks too many, or not plain ones" },
    [NAME_ALL_CAPITALS] = { "all-capitals", "in capitals" },
    [NAME_SMALL_INITIAL] = { "small-initial", "a word that begins small" },
    [NAME_MISSING] = { "missing", "no name" },
    [NAME_NO_PATRONYMIC] = { "no-patronymic", "no patronymic" },
    [NAME_SCRIPTS_DISAGREE] = { "scripts-disagree", "Latin and Cyrillic spelling are not the same name" },
};
static_assert(COUNT(anomalies) == NAME_ANOMALY_COUNT, "one row per NameAnomaly");

const char *name_anomaly_key(NameAnomaly anomaly)
{
    return anomalies[anomaly].key;
}

const char *name_anomaly_text(NameAnomaly anomaly)
{
    return anomalies[anomaly].text;
}

/* Words that are written small in a name: son and daughter of, and the particles of other peoples. */
static bool is_small_word(Str word)
{
    static const char *const all[] = { "ogli", "qizi",  "kizi", "ugli", "uli", "kizy", "ibn",
                                       "bin",  "binti", "bint", "al",   "de",  "da",   "di",
                                       "van",  "von",   "der",  "den",  "la",  "le",   "el" };
    OWNED_BUF key;
    bool found = false;

    buf_init(&key, 64);
    name_fold(&key, word);
    for (size_t i = 0; i < COUNT(all) && !found; i++)
        found = str_equal_text(buf_str(&key), all[i]);
    return found;
}

/* A surname in capitals is how many write a name in English; a whole name in them is a key that stuck. */
static bool is_in_capitals(Str name)
{
    size_t capitals = 0, small_ones = 0;

    while (name.len > 0) {
        uint32_t c = utf8_next(&name);
        Script script = script_of(c);

        if (script == SCRIPT_LATIN || script == SCRIPT_CYRILLIC) {
            capitals += is_capital(c);
            small_ones += !is_capital(c);
        }
    }
    return capitals > 2 && small_ones == 0;
}

static uint32_t word_anomalies(Str word)
{
    WordScripts scripts = count_scripts(word);
    uint32_t first = 0;
    uint32_t found = 0;

    for (Str rest = word; rest.len > 0 && first == 0;) {
        uint32_t c = utf8_next(&rest);
        first = script_of(c) != SCRIPT_NONE ? c : 0;
    }
    if (scripts.latin > 0 && scripts.cyrillic > 0)
        found |= 1u << NAME_MIXED_SCRIPTS;
    Script script = script_of(first);
    if ((script == SCRIPT_LATIN || script == SCRIPT_CYRILLIC) && !is_capital(first) && !is_small_word(word))
        found |= 1u << NAME_SMALL_INITIAL;
    return found;
}

static uint32_t sign_anomalies(Str name)
{
    uint32_t before = ' ';
    uint32_t found = 0;

    while (name.len > 0) {
        uint32_t c = utf8_next(&name);

        if (is_blank(c) && (c != ' ' || before == ' ' || name.len == 0))
            found |= 1u << NAME_BLANKS;
        else if (is_apostrophe(c) && c != right_apostrophe(before, name))
            found |= 1u << NAME_WRONG_APOSTROPHE;
        else if (c >= '0' && c <= '9')
            found |= 1u << NAME_DIGITS;
        else if (utf8_is_unwanted(c) || (script_of(c) == SCRIPT_NONE && !is_blank(c) && !is_apostrophe(c) &&
                                         !is_hyphen(c) && !is_mark(c) && c != '.'))
            found |= 1u << NAME_STRANGE_SIGNS;
        before = is_blank(c) ? ' ' : c;
    }
    return found;
}

uint32_t name_anomalies(Str name)
{
    uint32_t found = sign_anomalies(name) | (is_in_capitals(name) ? 1u << NAME_ALL_CAPITALS : 0);
    bool latin = false, cyrillic = false, any = false;
    Str word;

    while (next_word(&name, &word)) {
        Script script = meant_script(word);

        found |= word_anomalies(word);
        latin |= script == SCRIPT_LATIN;
        cyrillic |= script == SCRIPT_CYRILLIC;
        any = true;
    }
    if (!any)
        found |= 1u << NAME_MISSING;
    if (latin && cyrillic)
        found |= 1u << NAME_MIXED_WORDS;
    return found;
}
