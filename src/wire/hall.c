#include "wire/hall.h"

#include "wire/json.h"

static const char *const ticket_words[] = {
    [TICKET_WAITING] = "waiting",   [TICKET_CALLED] = "called",   [TICKET_SERVING] = "serving",
    [TICKET_SERVED] = "served",     [TICKET_NO_SHOW] = "no-show", [TICKET_PASSED] = "passed",
    [TICKET_GIVEN_UP] = "given-up", [TICKET_EXPIRED] = "expired",
};
static_assert(COUNT(ticket_words) == TICKET_STATE_COUNT, "one word per state");

static const char *const call_words[] = {
    [CALL_WAITING] = "waiting", [CALL_COMING] = "coming",     [CALL_OVER] = "over",
    [CALL_NOBODY] = "nobody",   [CALL_GIVEN_UP] = "given-up",
};
static_assert(COUNT(call_words) == CALL_STATE_COUNT, "one word per state");

#define LANGUAGE_WORD(NAME, tag, key) tag,
static const char *const language_words[] = { LANGUAGES(LANGUAGE_WORD) };
#undef LANGUAGE_WORD
static_assert(COUNT(language_words) == LANGUAGE_COUNT, "one tag per language");

#define SECONDS_MOST 864000

static const Member topic_members[] = {
    MEMBER_OF_TEXT(ApiTopic, id),
    MEMBER_OF_BOOL(ApiTopic, open),
    MEMBER_OF_INT(ApiTopic, windows, 0, HALL_WINDOW_MOST),
    MEMBER_OF_INT(ApiTopic, waiting, 0, 100000),
    MEMBER_OF_INT(ApiTopic, expected_s, -1, SECONDS_MOST),
};
static const Member called_members[] = {
    MEMBER_OF_TEXT(ApiCalled, number),
    MEMBER_OF_INT(ApiCalled, window, 1, HALL_WINDOW_MOST),
    MEMBER_OF_INT(ApiCalled, calls, 1, 1000),
    MEMBER_OF_BOOL(ApiCalled, serving),
    MEMBER_OF_INT64(ApiCalled, at_s, 0, INT64_MAX),
};
static const Member hall_members[] = {
    MEMBER_OF_BOOL(ApiHall, help),
    MEMBER_OF_INT(ApiHall, window, 0, HALL_WINDOW_MOST),
    MEMBER_OF_INT64(ApiHall, opens_at_s, 0, INT64_MAX),
};
static const Member ticket_ask_members[] = {
    MEMBER_OF_TEXT(ApiTicketAsk, key),
    MEMBER_OF_TEXT(ApiTicketAsk, topic),
};
static const Member ticket_members[] = {
    MEMBER_OF_TEXT(ApiTicket, id),
    MEMBER_OF_TEXT(ApiTicket, number),
    MEMBER_OF_TEXT(ApiTicket, topic),
    MEMBER_OF_WORD(ApiTicket, state, ticket_words),
    MEMBER_OF_INT(ApiTicket, place, 0, 100000),
    MEMBER_OF_INT(ApiTicket, expected_s, -1, SECONDS_MOST),
    MEMBER_OF_INT(ApiTicket, window, 0, HALL_WINDOW_MOST),
    MEMBER_OF_TEXT(ApiTicket, window_place, .optional = true),
    MEMBER_OF_INT(ApiTicket, calls, 0, 1000),
    MEMBER_OF_INT64(ApiTicket, taken_at_s, 0, INT64_MAX),
    MEMBER_OF_TEXT(ApiTicket, address),
};
static const Member call_ask_members[] = {
    MEMBER_OF_TEXT(ApiCallAsk, key),
    MEMBER_OF_TEXT(ApiCallAsk, screen),
    MEMBER_OF_TEXT(ApiCallAsk, service, .optional = true),
    MEMBER_OF_WORD(ApiCallAsk, language, language_words),
    MEMBER_OF_BOOL(ApiCallAsk, named),
};
static const Member call_members[] = {
    MEMBER_OF_TEXT(ApiCall, id),
    MEMBER_OF_WORD(ApiCall, state, call_words),
    MEMBER_OF_INT(ApiCall, window, 0, HALL_WINDOW_MOST),
};

/* --- words -------------------------------------------------------------------------------------------------------- */

const char *api_topic_title(const ApiTopic *topic, Language language)
{
    LocalText text = { 0 };

    for (int i = 0; i < LANGUAGE_COUNT; i++)
        text.in[i] = topic->titles[i][0] ? topic->titles[i] : NULL;
    return local_text(&text, language);
}

const ApiTopic *api_hall_topic(const ApiHall *hall, const char *id)
{
    for (size_t i = 0; i < hall->topic_count; i++)
        if (str_equal_text(str_from(hall->topics[i].id), id))
            return &hall->topics[i];
    return NULL;
}

bool api_ticket_waits(ApiTicketState state)
{
    return state == TICKET_WAITING || state == TICKET_PASSED;
}

bool api_ticket_is_over(ApiTicketState state)
{
    return state == TICKET_SERVED || state == TICKET_NO_SHOW || state == TICKET_GIVEN_UP || state == TICKET_EXPIRED;
}

int hall_minutes(int expected_s)
{
    return expected_s < 60 ? 1 : (expected_s + 59) / 60;
}

/* --- JSON --------------------------------------------------------------------------------------------------------- */

static bool write(const Member *members, size_t count, const void *object, Buf *buf, Error *err)
{
    OWNED(json_t) json = members_write(members, count, object, err);

    return json && json_write(json, buf, err);
}

static bool read_one(const Member *members, size_t count, Str text, void *ret, Error *err)
{
    OWNED(json_t) json = json_read(text, err);

    if (!json)
        return error_set(err, ERR_PROTOCOL, "not JSON");
    return members_read(members, count, json, ret, err);
}

static json_t *topic_json(const ApiTopic *topic, Error *err)
{
    OWNED(json_t) json = members_write(topic_members, COUNT(topic_members), topic, err);
    OWNED(json_t) titles = json_object();

    for (int i = 0; titles && i < LANGUAGE_COUNT; i++)
        if (topic->titles[i][0] &&
            json_object_set_new(titles, language_tag((Language)i), json_string(topic->titles[i])) != 0)
            return NULL;
    return titles && json && json_object_set(json, "titles", titles) == 0 ? json_incref(json) : NULL;
}

bool api_hall_write(const ApiHall *hall, Buf *buf, Error *err)
{
    OWNED(json_t) json = members_write(hall_members, COUNT(hall_members), hall, err);
    OWNED(json_t) topics = json_array();
    OWNED(json_t) called = json_array();
    bool done = json && json_object_set(json, "topics", topics) == 0 && json_object_set(json, "called", called) == 0;

    for (size_t i = 0; done && i < hall->topic_count; i++)
        done = json_array_append_new(topics, topic_json(&hall->topics[i], err)) == 0;
    for (size_t i = 0; done && i < hall->called_count; i++)
        done = json_array_append_new(called,
                                     members_write(called_members, COUNT(called_members), &hall->called[i], err)) == 0;
    return done ? json_write(json, buf, err) : error_set(err, ERR_MEMORY, "hall");
}

static bool topic_read(const json_t *json, ApiTopic *ret, Error *err)
{
    const char *tag;
    json_t *value;

    if (!members_read(topic_members, COUNT(topic_members), json, ret, err))
        return false;
    json_object_foreach(json_object_get(json, "titles"), tag, value)
    {
        Language language;

        if (!language_parse(str_from(tag), &language))
            continue; /* of a newer registrar */
        if (!json_is_string(value) ||
            !str_copy(str_from(json_string_value(value)), ret->titles[language], sizeof ret->titles[language]))
            return error_set(err, ERR_PROTOCOL, "titles.%.12s", tag);
    }
    return api_topic_title(ret, LANGUAGE_FIRST)[0] || error_set(err, ERR_PROTOCOL, "titles: in no language");
}

bool api_hall_read(Str text, ApiHall *ret, Error *err)
{
    OWNED(json_t) json = json_read(text, err);
    const json_t *topics = json_object_get(json, "topics"), *called = json_object_get(json, "called");
    ApiHall read = { .topic_count = json_array_size(topics), .called_count = json_array_size(called) };

    *ret = (ApiHall){ 0 };
    if (!json || !json_is_array(topics) || !json_is_array(called) || read.topic_count > HALL_TOPICS_MOST ||
        read.called_count > HALL_CALLED_MOST)
        return error_set(err, ERR_PROTOCOL, "hall: topics or called are no lists, or too long");
    if (!members_read(hall_members, COUNT(hall_members), json, &read, err))
        return error_add(err, "hall");
    for (size_t i = 0; i < read.topic_count; i++)
        if (!topic_read(json_array_get(topics, i), &read.topics[i], err))
            return error_add(err, "topics[%zu]", i);
    for (size_t i = 0; i < read.called_count; i++)
        if (!members_read(called_members, COUNT(called_members), json_array_get(called, i), &read.called[i], err))
            return error_add(err, "called[%zu]", i);
    if (!api_version(text, read.version, err))
        return false;
    *ret = read;
    return true;
}

#define BOTH_WAYS(noun, Type, members)                                                                                 \
    bool api_##noun##_write(const Type *object, Buf *buf, Error *err)                                                  \
    {                                                                                                                  \
        return write(members, COUNT(members), object, buf, err) || error_add(err, #noun);                              \
    }                                                                                                                  \
    bool api_##noun##_read(Str json, Type *ret, Error *err)                                                            \
    {                                                                                                                  \
        Type read = { 0 };                                                                                             \
                                                                                                                       \
        *ret = read;                                                                                                   \
        if (!read_one(members, COUNT(members), json, &read, err))                                                      \
            return error_add(err, #noun);                                                                              \
        *ret = read;                                                                                                   \
        return true;                                                                                                   \
    }
BOTH_WAYS(ticket_ask, ApiTicketAsk, ticket_ask_members)
BOTH_WAYS(ticket, ApiTicket, ticket_members)
BOTH_WAYS(call_ask, ApiCallAsk, call_ask_members)
BOTH_WAYS(call, ApiCall, call_members)
