#include "registrar/document/words.h"

#include <pango/pango.h>
#include <string.h>

#include "base/memory.h"

static bool words_add(Words *words, Str text, bool field, Error *err)
{
    Piece *pieces;

    if (!field && text.len == 0)
        return true;
    pieces = mem_resize(words->pieces, words->count + 1, sizeof *pieces);
    if (!pieces)
        return error_set(err, ERR_MEMORY, "words");
    words->pieces = pieces;
    words->pieces[words->count++] = (Piece){ text, field };
    return true;
}

static bool words_cut(Str text, Words *words, Error *err)
{
    size_t start = 0;
    bool in_field = false, in_tag = false;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == '<' || c == '>')
            in_tag = c == '<';
        if (c != '{' && c != '}')
            continue;
        if (in_tag)
            return error_set(err, ERR_FORMAT, "a field inside a tag");
        if (in_field != (c == '}') || (in_field && i == start))
            return error_set(err, ERR_FORMAT, "a brace without its fellow");
        if (!words_add(words, (Str){ text.ptr + start, i - start }, in_field, err))
            return false;
        in_field = !in_field;
        start = i + 1;
    }
    if (in_field)
        return error_set(err, ERR_FORMAT, "a brace without its fellow");
    return words_add(words, (Str){ text.ptr + start, text.len - start }, false, err);
}

/* The markup must be whole whatever the values are, so it is tried once with a letter for each. */
static bool words_check_markup(const Words *words, Error *err)
{
    OWNED_BUF markup;
    GError *fault = NULL;

    buf_init(&markup, WORDS_FILLED_MOST);
    for (size_t i = 0; i < words->count; i++)
        buf_add_str(&markup, words->pieces[i].field ? STR("x") : words->pieces[i].text);
    if (!buf_ok(&markup, err))
        return false;
    if (pango_parse_markup(buf_text(&markup), -1, 0, NULL, NULL, NULL, &fault))
        return true;
    error_set(err, ERR_FORMAT, "%s", fault->message);
    g_error_free(fault);
    return false;
}

bool words_parse(Str text, Words *ret, Error *err)
{
    Words words = { 0 };

    if (words_cut(text, &words, err) && words_check_markup(&words, err)) {
        *ret = words;
        return true;
    }
    words_fini(&words);
    return false;
}

void words_fini(Words *words)
{
    mem_free(words->pieces);
    *words = (Words){ 0 };
}

/* The code of a row's subject is not the paper's: what the row itself says stands before. */
static const struct ScopeOwn *scope_own(const Scope *scope, Str field)
{
    const bool of_row = scope->row && json_object_getn(scope->row, field.ptr, field.len);

    for (size_t i = 0; i < scope->own_count && !of_row; i++)
        if (str_equal_text(field, scope->own[i].name))
            return &scope->own[i];
    return NULL;
}

/* NULL: none. */
static const json_t *scope_find(const Scope *scope, Str field)
{
    const json_t *const places[] = { scope->row, scope->group, scope->values };

    for (size_t i = 0; i < COUNT(places); i++) {
        const json_t *value = places[i] ? json_object_getn(places[i], field.ptr, field.len) : NULL;

        if (value)
            return value;
    }
    return NULL;
}

bool scope_has(const Scope *scope, Str field)
{
    const struct ScopeOwn *own = scope_own(scope, field);
    const json_t *value = scope_find(scope, field);

    if (own)
        return own->value || own->placeholder;
    return json_is_array(value) ? json_array_size(value) > 0 : json_string_length(value) > 0;
}

bool scope_text(const Scope *scope, Str field, Str *ret)
{
    const char *text = json_string_value(scope_find(scope, field));

    if (text)
        *ret = str_from(text);
    return text != NULL;
}

static bool value_check(const char *value, Error *err)
{
    Str rest = str_from(value);

    if (!utf8_valid(rest))
        return error_set(err, ERR_FORMAT, "not UTF-8");
    while (rest.len > 0) {
        uint32_t c = utf8_next(&rest);

        if (c != '\n' && utf8_is_unwanted(c))
            return error_set(err, ERR_FORMAT, "character U+%04X", c);
    }
    return true;
}

static void add_text(Buf *markup, const char *text, bool upper)
{
    char *whole = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    char *cased = upper ? g_utf8_strup(whole, -1) : NULL;
    char *escaped = g_markup_escape_text(cased ? cased : whole, -1);

    buf_add_text(markup, escaped);
    mem_wipe(escaped, strlen(escaped));
    g_free(escaped);
    g_free(cased);
    g_free(whole);
}

static bool add_field(Buf *markup, const Scope *scope, Str field, bool upper, Error *err)
{
    const struct ScopeOwn *own = scope_own(scope, field);
    const char *value = own ? own->value : json_string_value(scope_find(scope, field));

    if (!value && own && own->placeholder) {
        buf_add_format(markup, "<span background=\"#D9D9D9\" foreground=\"#D9D9D9\">%s</span>", own->placeholder);
        return true;
    }
    if (!value)
        return error_set(err, ERR_FORMAT, "field " STR_FMT " has no value", STR_ARG(field));
    if (!value_check(value, err))
        return error_add(err, "field " STR_FMT, STR_ARG(field));
    add_text(markup, value, upper);
    return true;
}

static bool add_literal(Buf *markup, Str text, bool upper, Error *err)
{
    OWNED_BUF copy;

    buf_init(&copy, WORDS_FILLED_MOST);
    if (!upper) {
        buf_add_str(markup, text);
        return true;
    }
    buf_add_str(&copy, text);
    if (!buf_ok(&copy, err))
        return false;
    add_text(markup, buf_text(&copy), true);
    return true;
}

bool words_fill(const Words *words, const Scope *scope, bool upper, Buf *markup, Error *err)
{
    for (size_t i = 0; i < words->count; i++) {
        const Piece *piece = &words->pieces[i];

        if (piece->field ? !add_field(markup, scope, piece->text, upper, err)
                         : !add_literal(markup, piece->text, upper, err))
            return false;
    }
    return buf_ok(markup, err);
}
