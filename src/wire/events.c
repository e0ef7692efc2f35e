#include "wire/events.h"

#include <string.h>

#include "wire/json.h"

static const char *const changes[] = {
    [CHANGED_CATALOGUE] = "catalogue",
    [CHANGED_NOTICES] = "notices",
    [CHANGED_THEME] = "theme",
    [CHANGED_SETTINGS] = "settings",
    [CHANGED_JOB] = "job",
    [CHANGED_PHONE_LINK] = "phone-link",
    [CHANGED_KIOSK] = "kiosk",
    [CHANGED_HALL] = "hall",
    [CHANGED_TICKET] = "ticket",
    [CHANGED_CALL] = "call",
    [CHANGED_PAPERS] = "papers",
    [CHANGED_INFORMATION] = "information",
    [CHANGED_RECORD] = "record",
    [CHANGED_GRANT] = "sign-in-grant",
};
static_assert(COUNT(changes) == API_CHANGE_COUNT, "one name per change");

static const Member event_members[] = {
    MEMBER_OF_WORD(ApiEvent, what, changes),
    MEMBER_OF_TEXT(ApiEvent, id, .optional = true),
    MEMBER_OF_TEXT(ApiEvent, version, .optional = true),
};

static const Member events_members[] = {
    MEMBER_OF_INT64(ApiEvents, cursor, 0, INT64_MAX / 2),
    MEMBER_OF_BOOL(ApiEvents, reset, .optional = true),
};

const char *api_change_name(ApiChange change)
{
    return changes[change];
}

bool api_event_write(const ApiEvent *event, Buf *buf, Error *err)
{
    OWNED(json_t) json = members_write(event_members, COUNT(event_members), event, err);

    return json && json_write(json, buf, err);
}

static bool event_read(const json_t *json, ApiEvent *ret, Error *err)
{
    *ret = (ApiEvent){ 0 };
    return members_read(event_members, COUNT(event_members), json, ret, err);
}

bool api_event_read(Str text, ApiEvent *ret, Error *err)
{
    OWNED(json_t) json = json_read(text, err);
    ApiEvent event;

    *ret = (ApiEvent){ 0 };
    if (!json || !event_read(json, &event, err))
        return error_set(err, ERR_PROTOCOL, "event");
    *ret = event;
    return true;
}

bool api_events_write(const ApiEvents *events, Buf *buf, Error *err)
{
    OWNED(json_t) json = members_write(events_members, COUNT(events_members), events, err);
    OWNED(json_t) list = json_array();

    if (!json || json_object_set(json, "events", list) != 0)
        return error_set(err, ERR_MEMORY, "events");
    for (size_t i = 0; i < events->count; i++) {
        json_t *event = members_write(event_members, COUNT(event_members), &events->items[i], err);
        if (json_array_append_new(list, event) != 0)
            return error_set(err, ERR_MEMORY, "events");
    }
    return json_write(json, buf, err);
}

/* A newer registrar may tell of more than this kiosk knows. */
static bool is_known(const json_t *json)
{
    const char *what = json_string_value(json_object_get(json, "what"));

    for (size_t i = 0; what && i < COUNT(changes); i++)
        if (strcmp(what, changes[i]) == 0)
            return true;
    return !what; /* without any it is wrong, and refused as such */
}

bool api_events_read(Str text, ApiEvents *ret, Error *err)
{
    OWNED(json_t) json = json_read(text, err);
    const json_t *list = json_object_get(json, "events"), *item;
    ApiEvents read = { 0 };
    size_t index;

    *ret = (ApiEvents){ 0 };
    if (!json || !json_is_array(list) || json_array_size(list) > EVENTS_MOST)
        return error_set(err, ERR_PROTOCOL, "events: not a list, or too long");
    if (!members_read(events_members, COUNT(events_members), json, &read, err))
        return error_add(err, "events");
    json_array_foreach(list, index, item)
    {
        if (!is_known(item))
            continue;
        if (!event_read(item, &read.items[read.count], err))
            return error_add(err, "events[%zu]", index);
        read.count++;
    }
    *ret = read;
    return true;
}
