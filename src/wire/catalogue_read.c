#include "wire/catalogue_read.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

void *reader_alloc(Reader *reader, size_t count, size_t size)
{
    size_t need;

    if (!size_mul(count, size, &need) || need > CATALOGUE_BYTES_MOST) {
        error_set(reader->err, ERR_MEMORY, "a catalogue over its size");
        return NULL;
    }
    need = (need + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    if (!reader->blocks || reader->blocks->room - reader->blocks->used < need) {
        size_t room = need > ARENA_BLOCK ? need : ARENA_BLOCK;
        ArenaBlock *block = mem_new(1, sizeof *block + room);
        if (!block) {
            error_set(reader->err, ERR_MEMORY, "no memory for a catalogue");
            return NULL;
        }
        block->before = reader->blocks;
        block->room = room;
        reader->blocks = block;
    }
    void *made = (char *)reader->blocks->bytes + reader->blocks->used;
    reader->blocks->used += need;
    return made;
}

void blocks_free(ArenaBlock *blocks)
{
    while (blocks) {
        ArenaBlock *before = blocks->before;
        mem_free(blocks);
        blocks = before;
    }
}

static const char *copy_text(Reader *reader, const json_t *json)
{
    size_t length = json_string_length(json);
    char *copy = reader_alloc(reader, length + 1, 1);

    if (copy)
        memcpy(copy, json_string_value(json), length);
    return copy;
}

/* --- where ----------------------------------------------------------------------------------------------------------
 */

size_t reader_down(Reader *reader, const char *key)
{
    size_t length = strlen(reader->path);

    snprintf(reader->path + length, sizeof reader->path - length, "%s%.60s", length ? "." : "", key);
    return length;
}

size_t reader_down_at(Reader *reader, size_t index)
{
    size_t length = strlen(reader->path);

    snprintf(reader->path + length, sizeof reader->path - length, "[%zu]", index);
    return length;
}

void reader_up(Reader *reader, size_t length)
{
    reader->path[length] = '\0';
}

bool reader_refuse(Reader *reader, const char *words)
{
    return error_set(reader->err, ERR_FORMAT, "%.100s: %s", reader->path, words);
}

static bool refuse_at(Reader *reader, const char *key, const char *words)
{
    reader_down(reader, key);
    return reader_refuse(reader, words);
}

/* --- values ---------------------------------------------------------------------------------------------------------
 */

bool reader_object(Reader *reader, const json_t *json, const char *const *keys, size_t count)
{
    const char *key;
    json_t *value;

    if (!json_is_object(json))
        return reader_refuse(reader, json ? "not an object" : "missing");
    json_object_foreach((json_t *)(uintptr_t)json, key, value)
    {
        size_t i = 0;
        while (i < count && strcmp(keys[i], key) != 0)
            i++;
        if (i == count)
            return refuse_at(reader, key, "unknown key");
    }
    return true;
}

static bool id_valid(const char *id, size_t length)
{
    if (length == 0 || length >= SERVICE_ID_MOST)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!((id[i] >= 'a' && id[i] <= 'z') || (id[i] >= '0' && id[i] <= '9') || id[i] == '-'))
            return false;
    return true;
}

bool reader_id(Reader *reader, const json_t *object, const char *key, const char **ret)
{
    const json_t *json = json_object_get(object, key);

    if (!json_is_string(json) || !id_valid(json_string_value(json), json_string_length(json)))
        return refuse_at(reader, key, "wants an id of lower-case letters, digits and hyphens");
    *ret = copy_text(reader, json);
    return *ret != NULL;
}

static bool text_fit(Str s)
{
    /* jansson checks UTF-8, but may lose a byte when memory is short. */
    if (s.len == 0 || s.len > TEXT_BYTES_MOST || str_trim(s).len != s.len || !utf8_valid(s))
        return false;
    while (s.len > 0)
        if (utf8_is_unwanted(utf8_next(&s)))
            return false;
    return true;
}

bool reader_text(Reader *reader, const json_t *object, const char *key, const char **ret)
{
    const json_t *json = json_object_get(object, key);

    if (!json_is_string(json))
        return refuse_at(reader, key, json ? "wants text" : "missing");
    if (!text_fit((Str){ json_string_value(json), json_string_length(json) }))
        return refuse_at(reader, key, "empty, too long, or with characters that can't be seen");
    *ret = copy_text(reader, json);
    return *ret != NULL;
}

bool reader_number(Reader *reader, const json_t *object, const char *key, int64_t least, int64_t most, int64_t fallback,
                   int64_t *ret)
{
    const json_t *json = json_object_get(object, key);

    *ret = fallback;
    if (!json)
        return fallback != NUMBER_NEEDED || refuse_at(reader, key, "missing");
    if (!json_is_integer(json) || json_integer_value(json) < least || json_integer_value(json) > most)
        return refuse_at(reader, key, "wants a whole number within its bounds");
    *ret = json_integer_value(json);
    return true;
}

bool reader_bool(Reader *reader, const json_t *object, const char *key, bool *ret)
{
    const json_t *json = json_object_get(object, key);

    if (json && !json_is_boolean(json))
        return refuse_at(reader, key, "wants true or false");
    *ret = json_is_true(json);
    return true;
}

bool reader_word(Reader *reader, const json_t *object, const char *key, const char *const *words, size_t count,
                 int fallback, int *ret)
{
    const json_t *json = json_object_get(object, key);
    const char *word = json_string_value(json);

    if (!json && fallback >= 0) {
        *ret = fallback;
        return true;
    }
    for (size_t i = 0; word && i < count; i++)
        if (!strcmp(words[i], word)) {
            *ret = (int)i;
            return true;
        }
    return refuse_at(reader, key, json ? "none of the words that are known here" : "missing");
}

bool reader_local_here(Reader *reader, const json_t *json, LocalText *ret)
{
    const char *tags[LANGUAGE_COUNT];

    for (Language l = 0; l < LANGUAGE_COUNT; l++)
        tags[l] = language_tag(l);
    if (!reader_object(reader, json, tags, COUNT(tags)))
        return false;
    for (Language l = 0; l < LANGUAGE_COUNT; l++) {
        bool may_lack = !language_is_whole(l); /* it is still being translated: its fallback stands in */
        if (!(may_lack && !json_object_get(json, tags[l])) && !reader_text(reader, json, tags[l], &ret->in[l]))
            return false;
    }
    return true;
}

bool reader_local(Reader *reader, const json_t *object, const char *key, bool required, LocalText *ret)
{
    const json_t *json = json_object_get(object, key);

    if (!json && !required)
        return true;
    size_t length = reader_down(reader, key);
    if (!json)
        return reader_refuse(reader, "missing");
    if (!reader_local_here(reader, json, ret))
        return false;
    reader_up(reader, length);
    return true;
}

static bool value_item(Reader *reader, const json_t *json, void *ret_item)
{
    if (!json_is_string(json) || json_string_length(json) == 0)
        return reader_refuse(reader, "wants text");
    *(const char **)ret_item = copy_text(reader, json);
    return *(const char **)ret_item != NULL;
}

bool reader_values(Reader *reader, const json_t *object, const char *key, const char *const **ret, size_t *ret_count)
{
    void *items = NULL;

    if (!reader_list(reader, object, key, sizeof(const char *), CHOICES_MOST, value_item, &items, ret_count))
        return false;
    *ret = items;
    return true;
}

bool reader_needs(Reader *reader, const json_t *object, const char *key)
{
    return json_object_get(object, key) || refuse_at(reader, key, "missing");
}

bool reader_list(Reader *reader, const json_t *object, const char *key, size_t item_size, size_t most, ReaderItem item,
                 void **ret_items, size_t *ret_count)
{
    const json_t *list = json_object_get(object, key), *json;
    size_t length, index;

    *ret_items = NULL;
    *ret_count = 0;
    if (!list)
        return true;
    if (!json_is_array(list) || json_array_size(list) > most)
        return refuse_at(reader, key, "wants a list, not longer than is allowed");
    length = reader_down(reader, key);
    *ret_items = reader_alloc(reader, json_array_size(list) ? json_array_size(list) : 1, item_size);
    if (!*ret_items)
        return false;
    json_array_foreach(list, index, json)
    {
        size_t inner = reader_down_at(reader, index);
        if (!item(reader, json, (char *)*ret_items + index * item_size))
            return false;
        reader_up(reader, inner);
    }
    reader_up(reader, length);
    *ret_count = json_array_size(list);
    return true;
}
