#include "registrar/document/template_read.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The paper's own fields: given by the issuing, not by the record. */
static const char *const own_fields[] = { "number", "code", "check_address", "page", "pages" };

/* Fields that name a figure a forger would change: by the last part of their name. */
static const char *const figure_fields[] = { "gpa", "credits", "points", "mark", "sum", "amount", "debt" };

Path path_down(const Path *path, const char *key, int index)
{
    Path down;
    const char *dot = path->text[0] ? "." : "";
    int length;

    if (index < 0)
        length = snprintf(down.text, sizeof down.text, "%s%s%s", path->text, dot, key);
    else
        length = snprintf(down.text, sizeof down.text, "%s%s%s[%d]", path->text, dot, key, index);
    if (length < 0 || (size_t)length >= sizeof down.text)
        memcpy(down.text + sizeof down.text - 4, "...", 4);
    return down;
}

bool path_error(const Path *path, Error *err, const char *format, ...)
{
    char words[160];
    va_list args;

    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    return error_set(err, ERR_FORMAT, "%s: %s", path->text[0] ? path->text : "template", words);
}

bool read_keys(const json_t *object, const Path *path, const char *const *keys, Error *err)
{
    const char *key;
    json_t *value;

    if (!json_is_object(object))
        return path_error(path, err, "not an object");
    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        const char *const *known = keys;

        while (*known && strcmp(*known, key) != 0)
            known++;
        if (!*known) {
            Path down = path_down(path, key, -1);

            return path_error(&down, err, "unknown key");
        }
    }
    return true;
}

bool read_text(const json_t *object, const Path *path, const char *key, size_t most, const char **ret, Error *err)
{
    Path down = path_down(path, key, -1);
    const json_t *value = json_object_get(object, key);
    size_t length;

    if (!json_is_string(value))
        return path_error(&down, err, "%s", value ? "not a text" : "missing");
    length = json_string_length(value);
    if (length == 0 || length > most || strlen(json_string_value(value)) != length)
        return path_error(&down, err, "not 1 to %zu bytes", most);
    *ret = json_string_value(value);
    return true;
}

bool read_length(const json_t *object, const Path *path, const char *key, double fallback, double least, double most,
                 double *ret, Error *err)
{
    Path down = path_down(path, key, -1);
    const json_t *value = json_object_get(object, key);

    if (!value && fallback < 0)
        return path_error(&down, err, "missing");
    if (!value) {
        *ret = fallback;
        return true;
    }
    if (!json_is_number(value) || json_number_value(value) < least || json_number_value(value) > most)
        return path_error(&down, err, "not a number from %g to %g", least, most);
    *ret = json_number_value(value);
    return true;
}

bool read_count(const json_t *object, const Path *path, const char *key, int fallback, int least, int most, int *ret,
                Error *err)
{
    Path down = path_down(path, key, -1);
    double number = 0;

    if (!read_length(object, path, key, fallback, least, most, &number, err))
        return false;
    if (number > (int)number)
        return path_error(&down, err, "not a whole number");
    *ret = (int)number;
    return true;
}

bool read_flag(const json_t *object, const Path *path, const char *key, bool *ret, Error *err)
{
    Path down = path_down(path, key, -1);
    const json_t *value = json_object_get(object, key);

    if (value && !json_is_boolean(value))
        return path_error(&down, err, "not true or false");
    *ret = json_is_true(value);
    return true;
}

bool read_array(const json_t *json, const Path *path, const char *key, size_t most, const json_t **ret, Error *err)
{
    Path down = path_down(path, key, -1);
    const json_t *array = json_object_get(json, key);

    if (!json_is_array(array) || json_array_size(array) == 0 || json_array_size(array) > most)
        return path_error(&down, err, "not an array of 1 to %zu", most);
    *ret = array;
    return true;
}

static Str last_part(Str field)
{
    Str last = field;

    for (size_t i = 0; i < field.len; i++)
        if (field.ptr[i] == '.')
            last = (Str){ field.ptr + i + 1, field.len - i - 1 };
    return last;
}

static bool is_figure(Str field)
{
    const Str last = last_part(field);

    for (size_t i = 0; i < COUNT(figure_fields); i++)
        if (str_equal_text(last, figure_fields[i]))
            return true;
    return false;
}

/* Bytes of a picture in letters: never set as words. */
static bool is_image(Str field)
{
    return str_equal_text(last_part(field), "photo");
}

/* Told of, where it is. */
static bool find_known(Reader *reader, Str list, Str field, bool shown, bool *known, Error *err)
{
    char name[96];
    int length = list.len ? snprintf(name, sizeof name, STR_FMT "." STR_FMT, STR_ARG(list), STR_ARG(field))
                          : snprintf(name, sizeof name, STR_FMT, STR_ARG(field));

    if (length < 0 || (size_t)length >= sizeof name || !reader->known(name))
        return true;
    *known = true;
    return uses_add(reader, name, shown, err);
}

bool read_field_known(Reader *reader, const Path *path, FieldPlaces places, Str field, Error *err)
{
    const Str list = places.lists[0]; /* the nearest: the one that whoever wrote it had in mind */
    bool known = false;

    for (size_t i = 0; i < COUNT(places.lists); i++)
        if (places.lists[i].len > 0 && !find_known(reader, places.lists[i], field, false, &known, err))
            return false;
    for (size_t i = 0; i < COUNT(own_fields) && !known; i++)
        if (str_equal_text(field, own_fields[i]))
            return true;
    if (places.paper && !find_known(reader, (Str){ 0 }, field, !places.may_lack, &known, err))
        return false;
    if (is_figure(field))
        reader->figures = true;
    return known || path_error(path, err, "unknown field {" STR_FMT "%s" STR_FMT "}", STR_ARG(list),
                               list.len ? "." : "", STR_ARG(field));
}

bool read_words(Reader *reader, const json_t *object, const Path *path, const char *key, bool needed,
                FieldPlaces places, Words *ret, Error *err)
{
    Path down = path_down(path, key, -1);
    const char *text = NULL;

    if (!needed && !json_object_get(object, key))
        return true;
    if (!read_text(object, path, key, WORDS_FILLED_MOST / 4, &text, err))
        return false;
    if (!words_parse(str_from(text), ret, err))
        return error_add(err, "%s", down.text);
    for (size_t i = 0; i < ret->count; i++) {
        if (!ret->pieces[i].field)
            continue;
        if (!read_field_known(reader, &down, places, ret->pieces[i].text, err))
            return false;
        if (is_image(ret->pieces[i].text))
            return path_error(&down, err, "a picture is no word: only the block photo shows it");
    }
    return true;
}

bool read_image(Reader *reader, const json_t *object, const Path *path, const char *key, Str *ret, Error *err)
{
    Path down = path_down(path, key, -1);
    const char *text = NULL;
    Str field;

    if (!read_text(object, path, key, 64, &text, err))
        return false;
    field = str_from(text);
    if (field.len < 3 || field.ptr[0] != '{' || memchr(field.ptr, '}', field.len) != field.ptr + field.len - 1)
        return path_error(&down, err, "not one field in braces");
    field = (Str){ field.ptr + 1, field.len - 2 };
    if (!read_field_known(reader, &down, OF_PAPER_MAYBE, field, err))
        return false;
    if (!is_image(field))
        return path_error(&down, err, "not the field of a picture");
    *ret = field;
    return true;
}

static bool read_presence_key(Reader *reader, const json_t *object, const Path *path, const char *key, Str *ret,
                              Error *err)
{
    Path down = path_down(path, key, -1);
    const char *text = NULL;

    if (!json_object_get(object, key))
        return true;
    if (!read_text(object, path, key, 64, &text, err))
        return false;
    *ret = str_from(text);
    return read_field_known(reader, &down, OF_PAPER_MAYBE, *ret, err);
}

bool read_presence(Reader *reader, const json_t *object, const Path *path, Presence *ret, Error *err)
{
    return read_presence_key(reader, object, path, "when_present", &ret->present, err) &&
           read_presence_key(reader, object, path, "when_absent", &ret->absent, err);
}

bool read_choice(const json_t *object, const Path *path, const char *key, const char *const *names, size_t count,
                 int fallback, int *ret, Error *err)
{
    Path down = path_down(path, key, -1);
    const json_t *value = json_object_get(object, key);
    const char *text = json_string_value(value);

    if (!value && fallback >= 0) {
        *ret = fallback;
        return true;
    }
    for (size_t i = 0; text && i < count; i++)
        if (strcmp(text, names[i]) == 0) {
            *ret = (int)i;
            return true;
        }
    return path_error(&down, err, "%s%.40s", value ? "unknown: " : "missing", text ? text : "");
}
