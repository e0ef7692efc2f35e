#include "registrar/console/content_doc.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/language.h"

#define FORM_BYTES  (512u << 10)
#define FIELDS_MOST 4000

/* --- forms -------------------------------------------------------------------------------------------------------- */

/* As percent_decode, but a text of several lines has their ends in it: CR LF, as browsers send them. */
static bool decode(Str s, Buf *ret)
{
    for (size_t i = 0; i < s.len; i++) {
        uint8_t byte = s.ptr[i] == '+' ? ' ' : (uint8_t)s.ptr[i];

        if (s.ptr[i] == '%') {
            if (s.len - i < 3 || !hex_parse((Str){ s.ptr + i + 1, 2 }, &byte, 1))
                return false;
            i += 2;
        }
        if (byte == '\r')
            continue;
        if ((byte < ' ' && byte != '\n' && byte != '\t') || byte == 0x7f)
            return false;
        buf_add_byte(ret, byte);
    }
    return !ret->failed && utf8_valid(buf_str(ret));
}

json_t *doc_form_read(Str body)
{
    OWNED(json_t) form = json_array();

    while (form && body.len > 0) {
        Str value = str_split(&body, '&');
        const Str key = str_split(&value, '=');
        OWNED_BUF name, text;

        buf_init(&name, DOC_PATH_SIZE);
        buf_init(&text, FORM_BYTES);
        if (!decode(key, &name) || !decode(value, &text) || json_array_size(form) == FIELDS_MOST ||
            json_array_append_new(form, json_pack("[ss]", buf_text(&name), buf_text(&text))) != 0)
            return NULL;
    }
    return steal(&form);
}

const char *doc_form_get(const json_t *form, const char *name)
{
    for (size_t i = 0; i < json_array_size(form); i++) {
        const json_t *field = json_array_get(form, i);

        if (!strcmp(json_string_value(json_array_get(field, 0)), name))
            return json_string_value(json_array_get(field, 1));
    }
    return NULL;
}

/* --- paths -------------------------------------------------------------------------------------------------------- */

typedef struct Step {
    Str key;      /* of an object; empty: */
    size_t index; /* of a list */
} Step;

/* Takes the first step off; false at the end, and where there is none. */
static bool next_step(Str *rest, Step *ret)
{
    uint64_t index;
    size_t length = 0;

    *ret = (Step){ { 0 }, 0 };
    if (rest->len > 0 && rest->ptr[0] == '.')
        *rest = (Str){ rest->ptr + 1, rest->len - 1 };
    if (rest->len == 0)
        return false;
    if (rest->ptr[0] == '[') {
        while (length < rest->len && rest->ptr[length] != ']')
            length++;
        if (length == rest->len || !str_to_u64((Str){ rest->ptr + 1, length - 1 }, 0, 100000, &index))
            return false;
        ret->index = (size_t)index;
        length++;
    } else {
        while (length < rest->len && rest->ptr[length] != '.' && rest->ptr[length] != '[')
            length++;
        ret->key = (Str){ rest->ptr, length };
    }
    *rest = (Str){ rest->ptr + length, rest->len - length };
    return true;
}

static json_t *step_into(json_t *json, const Step *step)
{
    return step->key.len ? json_object_getn(json, step->key.ptr, step->key.len) : json_array_get(json, step->index);
}

json_t *doc_get(const json_t *doc, const char *path)
{
    json_t *json = (json_t *)(uintptr_t)doc;
    Str rest = str_from(path);
    Step step;

    while (json && next_step(&rest, &step))
        json = step_into(json, &step);
    return rest.len ? NULL : json;
}

const char *doc_text(const json_t *doc, const char *path)
{
    const char *text = json_string_value(doc_get(doc, path));

    return text ? text : "";
}

void doc_split(const char *path, char ret_parent[DOC_PATH_SIZE], char ret_key[DOC_PATH_SIZE])
{
    size_t length = strlen(path), cut = length;

    while (cut > 0 && path[cut - 1] != '.' && path[cut - 1] != '[')
        cut--;
    const size_t key = cut;
    if (cut > 0)
        cut--;
    str_copy_cut((Str){ path, cut }, ret_parent, DOC_PATH_SIZE);
    str_copy_cut((Str){ path + key, length - key }, ret_key, DOC_PATH_SIZE);
    if (path[cut] == '[') {
        char *end = strchr(ret_key, ']');
        if (end)
            *end = '\0';
    }
}

static json_t *make_way(json_t *doc, const char *path)
{
    Str rest = str_from(path);
    Step step;
    json_t *json = doc;

    while (json && next_step(&rest, &step)) {
        json_t *inner = step_into(json, &step);

        if (!inner && step.key.len && json_object_setn_new(json, step.key.ptr, step.key.len, json_object()) == 0)
            inner = step_into(json, &step);
        json = inner;
    }
    return json;
}

bool doc_set(json_t *doc, const char *path, json_t *take_value)
{
    char parent[DOC_PATH_SIZE], key[DOC_PATH_SIZE];
    uint64_t index;

    doc_split(path, parent, key);
    json_t *json = make_way(doc, parent);
    if (json_is_object(json))
        return json_object_set_new(json, key, take_value) == 0;
    if (json_is_array(json) && str_to_u64(str_from(key), 0, 100000, &index))
        return (index == json_array_size(json) ? json_array_append_new(json, take_value)
                                               : json_array_set_new(json, (size_t)index, take_value)) == 0;
    json_decref(take_value);
    return false;
}

void doc_remove(json_t *doc, const char *path)
{
    char parent[DOC_PATH_SIZE], key[DOC_PATH_SIZE];
    uint64_t index;

    doc_split(path, parent, key);
    json_t *json = doc_get(doc, parent);
    if (json_is_object(json))
        (void)json_object_del(json, key);
    else if (json_is_array(json) && str_to_u64(str_from(key), 0, 100000, &index))
        (void)json_array_remove(json, (size_t)index);
}

void doc_move(json_t *doc, const char *path, int by)
{
    char parent[DOC_PATH_SIZE], key[DOC_PATH_SIZE];
    int64_t index;

    doc_split(path, parent, key);
    json_t *list = doc_get(doc, parent);
    const int64_t count = (int64_t)json_array_size(list);
    if (!str_to_i64(str_from(key), 0, count - 1, &index) || index + by < 0 || index + by >= count)
        return;
    json_t *item = json_incref(json_array_get(list, (size_t)index));
    (void)json_array_remove(list, (size_t)index);
    (void)json_array_insert_new(list, (size_t)(index + by), item);
}

bool doc_is_local(const json_t *json)
{
    const char *key;
    json_t *value;

    if (!json_is_object(json))
        return false;
    json_object_foreach((json_t *)(uintptr_t)json, key, value)
    {
        Language language;

        if (!language_parse(str_from(key), &language) || !json_is_string(value))
            return false;
    }
    return true;
}

/* --- comparing ---------------------------------------------------------------------------------------------------- */

typedef struct Comparing {
    const json_t *other;
    json_t *rows;
    bool backwards; /* what is walked is what was before: only what is gone counts */
} Comparing;

static void write_leaf(const json_t *json, Buf *ret)
{
    if (json_is_string(json))
        buf_add_text(ret, json_string_value(json));
    else if (json_is_integer(json))
        buf_add_format(ret, "%lld", (long long)json_integer_value(json));
    else if (json_is_boolean(json))
        buf_add_text(ret, json_is_true(json) ? "true" : "false");
}

static void compare_leaf(const Comparing *comparing, const char *path, const json_t *json)
{
    const json_t *other = doc_get(comparing->other, path);
    OWNED_BUF mine, theirs;

    buf_init(&mine, FORM_BYTES);
    buf_init(&theirs, FORM_BYTES);
    if (comparing->backwards ? other != NULL : json_equal(json, other))
        return;
    write_leaf(json, &mine);
    write_leaf(other, &theirs);
    (void)json_array_append_new(comparing->rows, json_pack("{ss ss ss}", "path", path, "before",
                                                           comparing->backwards ? buf_text(&mine) : buf_text(&theirs),
                                                           "after", comparing->backwards ? "" : buf_text(&mine)));
}

/* Of what was read with json_read, which goes no deeper than its reader did. */
static void compare(const Comparing *comparing, const char *path, const json_t *json)
{
    char inner[DOC_PATH_SIZE];
    const char *key;
    json_t *value;
    size_t i;

    if (json_is_object(json)) {
        json_object_foreach((json_t *)(uintptr_t)json, key, value)
        {
            if (snprintf(inner, sizeof inner, "%s%s%s", path, path[0] ? "." : "", key) < (int)sizeof inner)
                compare(comparing, inner, value);
        }
    } else if (json_is_array(json)) {
        json_array_foreach((json_t *)(uintptr_t)json, i, value)
        {
            if (snprintf(inner, sizeof inner, "%s[%zu]", path, i) < (int)sizeof inner)
                compare(comparing, inner, value);
        }
    } else {
        compare_leaf(comparing, path, json);
    }
}

json_t *doc_differences(const json_t *before, const json_t *after)
{
    json_t *rows = json_array();
    const Comparing forwards = { before, rows, false }, backwards = { after, rows, true };

    if (rows && after)
        compare(&forwards, "", after);
    if (rows && before)
        compare(&backwards, "", before);
    return rows;
}
