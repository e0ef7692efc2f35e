#include "gallery/said.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "base/texts.h"

#define MARKED_MOST     (1u << 20) /* bytes, of one tree */
#define ENGLISH_LETTERS 4          /* of a word that a translation may not have in common with its English */

static struct {
    bool on;
    size_t used;
    char texts[MARKED_MOST];
} marked;

void said_mark(bool on)
{
    marked.on = on;
    marked.used = 0;
}

/* ---- words ---- */

static bool is_blank(uint32_t c)
{
    return c <= ' ' || c == 0xA0 || c == 0x202F;
}

/* Words are what blanks and marks leave. */
bool said_by_nobody(Str *text, unsigned *depth, Str *ret_word)
{
    const char *start = NULL;
    bool letters = false;

    while (text->len > 0) {
        Str before = *text;
        uint32_t c = utf8_next(text);
        bool outside = *depth == 0 && c != SAID_OPEN && c != SAID_CLOSE && !is_blank(c);
        *depth += c == SAID_OPEN;
        *depth -= c == SAID_CLOSE && *depth > 0;
        if (outside) {
            start = start ? start : before.ptr;
            letters |= c > 0x7F ? (c >= 0xC0 && c < 0x2000) : isalpha((int)c) != 0;
            continue;
        }
        if (start && letters) {
            *ret_word = (Str){ start, (size_t)(before.ptr - start) };
            return true;
        }
        start = NULL;
        letters = false;
    }
    *ret_word = (Str){ start, start ? (size_t)(text->ptr - start) : 0 };
    return start && letters;
}

/* ---- translations that are still English ---- */

/* Names, which no language translates, and words that Uzbek has taken over as they are. */
static bool is_shared(Str word)
{
    static const char *const names[] = { "HEMIS", "Moodle", "kiosk", "printer", "Printer", "toner", "Seminar", "Aa" };

    for (size_t i = 0; i < COUNT(names); i++)
        if (str_equal_text(word, names[i]))
            return true;
    return false;
}

static bool next_latin(Str *text, Str *ret)
{
    size_t start = 0, end;

    while (start < text->len && !isalpha((unsigned char)text->ptr[start]))
        start++;
    for (end = start; end < text->len && isalpha((unsigned char)text->ptr[end]);)
        end++;
    *ret = (Str){ text->ptr + start, end - start };
    *text = (Str){ text->ptr + end, text->len - end };
    return ret->len > 0;
}

static bool has_word(Str text, Str word)
{
    Str other;

    while (next_latin(&text, &other))
        if (str_equal(other, word))
            return true;
    return false;
}

/* A text that is its English id, or that has kept a word of it. */
static bool is_english(const char *id, const char *text)
{
    Str rest = str_from(text), word;

    while (next_latin(&rest, &word))
        if ((word.len >= ENGLISH_LETTERS || strcmp(id, text) == 0) && !is_shared(word) && has_word(str_from(id), word))
            return true;
    return false;
}

/* ---- marking ---- */

static const char *mark(const char *text)
{
    char *copy = marked.texts + marked.used;
    size_t room = MARKED_MOST - marked.used;
    int len;

    if (!marked.on || !*text)
        return text;
    len = snprintf(copy, room, "\u27E6%s\u27E7", text);
    assert(len > 0 && (size_t)len < room);
    marked.used += (size_t)len + 1;
    return copy;
}

static const char *mark_translation(Language language, const char *id, const char *text)
{
    return language_has_catalogue(language) && is_english(id, text) ? text : mark(text);
}

/* The linker's names for a wrapped function and for the one that it stands before. */
#define WRAPPED(result, name, ...)                                                                                     \
    result __real_##name(__VA_ARGS__);                                                                                 \
    result __wrap_##name(__VA_ARGS__);                                                                                 \
    result __wrap_##name(__VA_ARGS__)

WRAPPED(const char *, text_get, const Texts *texts, Language language, const char *id)
{
    return mark_translation(language, id, __real_text_get(texts, language, id));
}

WRAPPED(const char *, text_get_in, const Texts *texts, Language language, const char *context, const char *id)
{
    return mark_translation(language, id, __real_text_get_in(texts, language, context, id));
}

WRAPPED(const char *, text_get_n, const Texts *texts, Language language, const char *one, const char *many, uint64_t n)
{
    return mark_translation(language, many, __real_text_get_n(texts, language, one, many, n));
}

/* In another language than it was asked for: not marked. */
WRAPPED(const char *, local_text, const LocalText *text, Language language)
{
    const char *said = __real_local_text(text, language);

    return text->in[language] || !language_is_whole(language) ? mark(said) : said;
}

static void mark_in(Buf *buf, uint32_t c)
{
    if (marked.on)
        buf_add_char(buf, c);
}

#define WRITER(name, parameters, arguments)                                                                            \
    void __real_##name parameters;                                                                                     \
    void __wrap_##name parameters;                                                                                     \
    void __wrap_##name parameters                                                                                      \
    {                                                                                                                  \
        mark_in(buf, SAID_OPEN);                                                                                       \
        __real_##name arguments;                                                                                       \
        mark_in(buf, SAID_CLOSE);                                                                                      \
    }

WRITER(date_write, (Buf * buf, Date date, Language language, DateStyle style), (buf, date, language, style))
WRITER(date_range_write, (Buf * buf, Date from, Date to, Language language), (buf, from, to, language))
WRITER(date_write_near, (Buf * buf, Date date, Date today, Language language), (buf, date, today, language))
WRITER(moment_write_near, (Buf * buf, DateTime at, Date today, Language language), (buf, at, today, language))
WRITER(sum_write, (Buf * buf, int64_t soum, Language language), (buf, soum, language))
WRITER(number_write_of, (Buf * buf, NumberOf what, int64_t number, Language language), (buf, what, number, language))

WRAPPED(const char *, date_weekday_alone, Language language, int weekday)
{
    return mark(__real_date_weekday_alone(language, weekday));
}

WRAPPED(const char *, date_weekday_short, Language language, int weekday)
{
    return mark(__real_date_weekday_short(language, weekday));
}

WRAPPED(const char *, date_month_alone, Language language, int month)
{
    return mark(__real_date_month_alone(language, month));
}
