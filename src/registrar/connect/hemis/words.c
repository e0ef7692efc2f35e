#include "registrar/connect/hemis/words.h"

#include <string.h>

#include "base/letters.h"
#include "base/name.h"
#include "wire/json.h"

#define KEY_MOST   96
#define DEPTH_MOST 40

void words_release(Words *words)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        json_decref(words->of[i]);
    *words = (Words){ 0 };
}

/* --- members ----------------------------------------------------------------------------------------------------- */

static char fold_letter(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

static bool same_name(const char *a, const char *b)
{
    for (;;) {
        while (*a == '_')
            a++;
        while (*b == '_')
            b++;
        if (fold_letter(*a) != fold_letter(*b))
            return false;
        if (!*a)
            return true;
        a++;
        b++;
    }
}

const json_t *words_member(const json_t *object, const char *name)
{
    json_t *value = json_object_get(object, name);
    const char *key;

    if (value && !json_is_null(value))
        return value;
    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        if (!json_is_null(value) && same_name(key, name))
            return value;
    }
    return NULL;
}

/* --- things ------------------------------------------------------------------------------------------------------ */

/* False: it has none, or one that is no code. */
static bool code_of(const json_t *thing, char *array, size_t size)
{
    const json_t *code = words_member(thing, "code");

    if (!code)
        code = words_member(thing, "id");
    if (json_is_string(code))
        return json_string_length(code) > 0 &&
               str_copy((Str){ json_string_value(code), json_string_length(code) }, array, size);
    if (!json_is_integer(code))
        return false;
    OWNED_BUF number;
    buf_init(&number, 32);
    buf_add_format(&number, "%lld", (long long)json_integer_value(code));
    return str_copy(buf_str(&number), array, size);
}

static void write_key(Buf *key, const char *kind, const char *code)
{
    for (; *kind; kind++)
        if (*kind != '_')
            buf_add_byte(key, (uint8_t)fold_letter(*kind));
    buf_add_byte(key, ':');
    buf_add_text(key, code);
}

static bool gather_one(json_t *gathered, const char *kind, const json_t *thing)
{
    const json_t *name = words_member(thing, "name");
    char code[48];
    OWNED_BUF key, text;

    buf_init(&key, KEY_MOST);
    buf_init(&text, WORDS_TEXT_MOST);
    if (!json_is_string(name) || !code_of(thing, code, sizeof code))
        return true;
    words_clean(&text, (Str){ json_string_value(name), json_string_length(name) });
    write_key(&key, kind, code);
    if (key.failed || text.len == 0)
        return true;
    return json_object_set_new(gathered, buf_text(&key), json_string(buf_text(&text))) == 0;
}

static bool gather(json_t *gathered, const char *kind, const json_t *value, int depth)
{
    const char *key;
    json_t *member;
    size_t i;

    if (depth > DEPTH_MOST)
        return true;
    if (json_is_array(value)) {
        json_array_foreach(value, i, member)
        {
            if (!gather(gathered, kind, member, depth + 1))
                return false;
        }
        return true;
    }
    if (!json_is_object(value))
        return true;
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
    {
        if (!gather(gathered, key, member, depth + 1))
            return false;
    }
    return gather_one(gathered, kind, value);
}

bool words_gather(Words *words, Language language, const json_t *answer, Error *err)
{
    if (!words->of[language])
        words->of[language] = json_object();
    return (words->of[language] && gather(words->of[language], "", answer, 0)) || error_set(err, ERR_MEMORY, "names");
}

/* A Latin text in the language's script; text as it stands where that is not known. */
static void write_in_script(Buf *buf, Str text, Language language)
{
    OWNED_BUF latin;

    buf_init(&latin, WORDS_TEXT_MOST * 2);
    name_for_paper(&latin, text);
    if (language == LANGUAGE_UZ_CYRL)
        letters_to_cyrillic(buf, buf_str(&latin));
    else
        buf_add_str(buf, buf_str(&latin));
}

json_t *words_names(const Words *words, const char *kind, const char *code, Str text)
{
    OWNED(json_t) names = json_object();
    OWNED_BUF key;

    buf_init(&key, KEY_MOST);
    write_key(&key, kind, code);
    for (int i = 0; names && i < LANGUAGE_COUNT; i++) {
        const json_t *known = key.failed ? NULL : json_object_get(words->of[i], buf_text(&key));
        OWNED_BUF written;

        buf_init(&written, WORDS_TEXT_MOST * 4);
        /* A name that was never translated comes in Latin letters in every language. */
        if (known)
            name_for_paper(&written, (Str){ json_string_value(known), json_string_length(known) });
        else
            write_in_script(&written, text, (Language)i);
        if (written.failed)
            continue;
        if (json_object_set_new(names, language_tag((Language)i), json_string(buf_text(&written))) != 0)
            return NULL;
    }
    return steal(&names);
}

/* --- people ------------------------------------------------------------------------------------------------------ */

void words_clean(Buf *buf, Str text)
{
    size_t begun = buf->len;

    text = str_trim(text);
    while (text.len > 0) {
        uint32_t c = utf8_next(&text);

        if (buf->len - begun + 4 > WORDS_TEXT_MOST)
            return;
        if (c == '\n' || c == '\t' || c == '\r')
            c = ' ';
        if (!utf8_is_unwanted(c))
            buf_add_char(buf, c);
    }
}

static bool is_capital(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x400 && c <= 0x42F) ||
           c == 0x492 || c == 0x49A || c == 0x4B2;
}

static bool is_small(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7) || (c >= 0x430 && c <= 0x45F) ||
           c == 0x493 || c == 0x49B || c == 0x4B3;
}

static uint32_t small_of(uint32_t c)
{
    if (!is_capital(c))
        return c;
    if (c >= 0x400 && c <= 0x40F)
        return c + 0x50;
    return c >= 0x490 ? c + 1 : c + 0x20;
}

static bool all_capitals(Str name)
{
    int capitals = 0;

    while (name.len > 0) {
        uint32_t c = utf8_next(&name);

        if (is_small(c))
            return false;
        capitals += is_capital(c);
    }
    return capitals > 1;
}

static uint32_t capital_of(uint32_t c)
{
    if (!is_small(c) || c == 0xDF || c == 0xFF)
        return c;
    if (c >= 0x450 && c <= 0x45F)
        return c - 0x50;
    return c >= 0x490 ? c - 1 : c - 0x20;
}

static void write_capitals(Buf *buf, Str name)
{
    while (name.len > 0)
        buf_add_char(buf, capital_of(utf8_next(&name)));
}

/* "son of" and "daughter of" begin small. */
static bool is_of_whom(Str word)
{
    static const char *const words[] = { "QIZI", "OʻGʻLI", "UGLI", "OGLI", "OʻG‘LI",
                                         "ҚИЗИ", "ЎҒЛИ",   "КИЗИ", "УГЛИ", "KIZI" };

    for (size_t i = 0; i < COUNT(words); i++)
        if (str_equal_text(word, words[i]))
            return true;
    return false;
}

/* A letter behind an apostrophe goes on the word: OʻGʻLI is one. */
static void write_small(Buf *buf, Str name)
{
    Str rest = name;

    while (rest.ptr) {
        Str word = str_split(&rest, ' ');
        bool first = !is_of_whom(word);

        if (word.ptr != name.ptr)
            buf_add_byte(buf, ' ');
        while (word.len > 0) {
            uint32_t c = utf8_next(&word);

            buf_add_char(buf, first ? c : small_of(c));
            first = c == '-' || (first && !is_capital(c));
        }
    }
}

void words_person_part(Buf *buf, Str name)
{
    OWNED_BUF cleaned, drawn;

    buf_init(&cleaned, WORDS_TEXT_MOST);
    buf_init(&drawn, WORDS_TEXT_MOST * 2);
    words_clean(&cleaned, name);
    name_for_paper(&drawn, buf_str(&cleaned));
    if (all_capitals(buf_str(&drawn)))
        write_small(buf, buf_str(&drawn));
    else
        buf_add_str(buf, buf_str(&drawn));
}

static void join(Buf *buf, Str a, Str b, Str c)
{
    const Str parts[] = { a, b, c };

    for (size_t i = 0; i < COUNT(parts); i++) {
        if (parts[i].len > 0 && buf->len > 0)
            buf_add_byte(buf, ' ');
        buf_add_str(buf, parts[i]);
    }
}

static bool is_latin(Str name)
{
    while (name.len > 0) {
        uint32_t c = utf8_next(&name);

        if (c >= 0x400 && c <= 0x4FF)
            return false;
    }
    return true;
}

static void write_from_cyrillic(Buf *buf, Str cyrillic, Language language)
{
    if (language_letters(language) == LETTERS_LATIN)
        letters_to_latin(buf, cyrillic);
    else
        buf_add_str(buf, cyrillic);
}

static void write_person(Buf *buf, Str latin, Language language, bool foreign)
{
    OWNED_BUF cyrillic;

    buf_init(&cyrillic, WORDS_TEXT_MOST * 6);
    letters_to_cyrillic(&cyrillic, latin);
    if (foreign || language_letters(language) == LETTERS_LATIN)
        buf_add_str(buf, latin);
    else if (language == LANGUAGE_UZ_CYRL)
        buf_add_str(buf, buf_str(&cyrillic));
    else
        letters_to_russian(buf, buf_str(&cyrillic));
}

json_t *words_person(Str surname, Str given, Str patronymic, bool foreign)
{
    OWNED(json_t) names = json_object();
    OWNED_BUF whole, capitals;

    buf_init(&whole, WORDS_TEXT_MOST * 4);
    buf_init(&capitals, WORDS_TEXT_MOST * 2);
    join(&whole, surname, given, patronymic);
    write_capitals(&capitals, surname);
    for (int i = 0; names && i < LANGUAGE_COUNT; i++) {
        OWNED_BUF written;

        buf_init(&written, WORDS_TEXT_MOST * 6);
        if (!is_latin(buf_str(&whole)))
            write_from_cyrillic(&written, buf_str(&whole), (Language)i);
        else if (i == LANGUAGE_EN)
            join(&written, given, patronymic, buf_str(&capitals));
        else
            write_person(&written, buf_str(&whole), (Language)i, foreign);
        if (written.failed)
            continue;
        if (json_object_set_new(names, language_tag((Language)i), json_string(buf_text(&written))) != 0)
            return NULL;
    }
    return steal(&names);
}
