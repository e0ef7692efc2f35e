#include "registrar/office/topics.h"

#include <string.h>

static bool read_titles(const json_t *json, LocalText *ret, Error *err)
{
    const char *tag;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)json, tag, value)
    {
        Language language;

        if (!language_parse(str_from(tag), &language) || !json_is_string(value) ||
            json_string_length(value) >= HALL_TITLE_SIZE)
            return error_set(err, ERR_FORMAT, "titles.%.20s: no such language, or a text of more than %d bytes", tag,
                             HALL_TITLE_SIZE - 1);
        ret->in[language] = json_string_length(value) ? json_string_value(value) : NULL;
    }
    return ret->in[LANGUAGE_FIRST] ||
           error_set(err, ERR_FORMAT, "titles.%s is missing or empty", language_tag(LANGUAGE_FIRST));
}

static bool is_id(const char *id)
{
    const size_t length = id ? strlen(id) : 0;

    return length > 0 && length < SERVICE_ID_MOST && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

static bool is_new(const Topics *topics, const char *id, char letter)
{
    for (size_t i = 0; i < topics->count; i++)
        if (!strcmp(topics->items[i].id, id) || topics->items[i].letter[0] == letter)
            return false;
    return true;
}

static bool read_topic(const json_t *json, Topics *ret, Error *err)
{
    Topic *topic = &ret->items[ret->count];
    const char *letter = json_string_value(json_object_get(json, "letter"));

    *topic = (Topic){ .id = json_string_value(json_object_get(json, "id")) };
    if (!is_id(topic->id))
        return error_set(err, ERR_FORMAT, "id: small letters, digits and hyphens");
    if (!letter || strlen(letter) != 1 || letter[0] < 'A' || letter[0] > 'Z')
        return error_set(err, ERR_FORMAT, "letter: one of A to Z");
    if (!is_new(ret, topic->id, letter[0]))
        return error_set(err, ERR_FORMAT, "its id or its letter is another topic's");
    topic->letter[0] = letter[0];
    if (!read_titles(json_object_get(json, "titles"), &topic->titles, err))
        return false;
    ret->count++;
    return true;
}

bool topics_read(const json_t *list, Topics *ret, Error *err)
{
    *ret = (Topics){ 0 };
    if ((list && !json_is_array(list)) || json_array_size(list) > HALL_TOPICS_MOST)
        return error_set(err, ERR_FORMAT, "topics: a list of at most %d", HALL_TOPICS_MOST);
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!read_topic(json_array_get(list, i), ret, err))
            return error_add(err, "topics[%zu]", i);
    return true;
}

const Topic *topics_find(const Topics *topics, const char *id)
{
    for (size_t i = 0; i < topics->count; i++)
        if (!strcmp(topics->items[i].id, id))
            return &topics->items[i];
    return NULL;
}

bool topics_known(const Topics *topics, const char *ids)
{
    Str rest = str_from(ids);

    while (rest.ptr) {
        const Str id = str_split(&rest, ',');
        bool known = false;

        for (size_t i = 0; i < topics->count && !known; i++)
            known = str_equal_text(id, topics->items[i].id);
        if (!known)
            return false;
    }
    return true;
}

bool topics_name(const char *ids, const char *id)
{
    Str rest = str_from(ids);

    while (rest.ptr)
        if (str_equal_text(str_split(&rest, ','), id))
            return true;
    return false;
}
