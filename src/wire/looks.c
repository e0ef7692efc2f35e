#include "wire/looks.h"

#include "wire/json.h"

#define TIMES_MOST 1000000

static const char *const kind_words[] = { "signed-in", "issued", "to-phone",  "checked",
                                          "seen",      "worked", "corrected", "handed-out" };
static_assert(COUNT(kind_words) == LOOK_KIND_COUNT, "one word per kind");

static const char *const on_words[] = { "account", "record", "request", "invoice", "document" };
static_assert(COUNT(on_words) == LOOK_ON_COUNT, "one word each");

static const char *const by_words[] = { "student", "staff", "holder" };
static_assert(COUNT(by_words) == LOOK_BY_COUNT, "one word each");

static const Member look_members[] = {
    MEMBER_OF_WORD(ApiLook, kind, kind_words),
    MEMBER_OF_WORD(ApiLook, on, on_words),
    MEMBER_OF_WORD(ApiLook, by, by_words),
    MEMBER_OF_INT64(ApiLook, at_s, 0, INT64_MAX),
    MEMBER_OF_INT(ApiLook, times, 1, TIMES_MOST),
    MEMBER_OF_TEXT(ApiLook, unit, .optional = true),
    MEMBER_OF_TEXT(ApiLook, service, .optional = true),
    MEMBER_OF_TEXT(ApiLook, number, .optional = true),
    MEMBER_OF_TEXT(ApiLook, place, .optional = true),
};

static const Member looks_members[] = { MEMBER_OF_BOOL(ApiLooks, more) };

bool api_looks_write(const ApiLooks *looks, Buf *buf, Error *err)
{
    OWNED(json_t) json = members_write(looks_members, COUNT(looks_members), looks, err);
    OWNED(json_t) list = json_array();

    for (size_t i = 0; list && i < looks->count; i++)
        if (json_array_append_new(list, members_write(look_members, COUNT(look_members), &looks->items[i], err)) != 0)
            return error_set(err, ERR_MEMORY, "looks");
    return json && list && json_object_set(json, "looks", list) == 0 ? json_write(json, buf, err)
                                                                     : error_set(err, ERR_MEMORY, "looks");
}

static bool items_read(const json_t *list, ApiLooks *ret, Error *err)
{
    const json_t *item;
    size_t index;

    if (!json_is_array(list) || json_array_size(list) > LOOKS_MOST)
        return error_set(err, ERR_PROTOCOL, "looks: no list, or too long");
    json_array_foreach(list, index, item)
    {
        if (!members_read(look_members, COUNT(look_members), item, &ret->items[index], err))
            return error_add(err, "looks[%zu]", index);
    }
    ret->count = json_array_size(list);
    return true;
}

bool api_looks_read(Str text, ApiLooks *ret, Error *err)
{
    OWNED(json_t) json = json_read(text, NULL);
    ApiLooks read = { 0 };

    *ret = (ApiLooks){ 0 };
    if (!json)
        return error_set(err, ERR_PROTOCOL, "looks: no JSON");
    if (!members_read(looks_members, COUNT(looks_members), json, &read, err) ||
        !items_read(json_object_get(json, "looks"), &read, err))
        return error_add(err, "looks");
    *ret = read;
    return true;
}
