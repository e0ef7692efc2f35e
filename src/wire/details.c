#include "wire/details.h"

#include <string.h>

#include "base/memory.h"
#include "wire/api_inside.h"

#define LANGUAGE_WORD(NAME, tag, key) tag,
static const char *const language_words[] = { LANGUAGES(LANGUAGE_WORD) };
#undef LANGUAGE_WORD
static_assert(COUNT(language_words) == LANGUAGE_COUNT, "one tag per language");

static const char *const stage_words[] = {
    [API_STAGE_WAITING] = "waiting",   [API_STAGE_TAKEN] = "taken",       [API_STAGE_APPROVED] = "approved",
    [API_STAGE_RETURNED] = "returned", [API_STAGE_DECLINED] = "declined",
};
static_assert(COUNT(stage_words) == API_STAGE_STATE_COUNT, "one word per state");

static const char *const paper_words[] = {
    [API_PAPER_WANTED] = "wanted",
    [API_PAPER_PHOTO] = "photo",
    [API_PAPER_SEEN] = "seen",
};
static_assert(COUNT(paper_words) == API_PAPER_STATE_COUNT, "one word per state");

static const Member stage_members[] = {
    MEMBER_OF_TEXT(ApiStage, unit),
    MEMBER_OF_WORD(ApiStage, state, stage_words),
    MEMBER_OF_INT64(ApiStage, at_s, 0, INT64_MAX, .optional = true),
};
static const Member paper_members[] = {
    MEMBER_OF_TEXT(ApiPaperLine, field),
    MEMBER_OF_WORD(ApiPaperLine, state, paper_words),
};
static const Member details_members[] = {
    MEMBER_OF_WORD(ApiRequestDetails, language, language_words),
    MEMBER_OF_BOOL(ApiRequestDetails, can_answer),
    MEMBER_OF_BOOL(ApiRequestDetails, begun, .optional = true),
    MEMBER_OF_TEXT(ApiRequestDetails, question, .optional = true),
    MEMBER_OF_BOOL(ApiRequestDetails, unconfirmed, .optional = true),
    MEMBER_OF_TEXT(ApiRequestDetails, order_number, .optional = true),
    MEMBER_OF_TEXT(ApiRequestDetails, order_date, .optional = true),
};
static const Member visitor_members[] = {
    MEMBER_OF_WORD(ApiVisitor, language, language_words),
};

/* --- lists of a few ----------------------------------------------------------------------------------------------- */

static bool parts_put(json_t *object, const char *name, const Member *members, size_t member_count, const void *items,
                      size_t item_size, size_t count, Error *err)
{
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, members_write(members, member_count, (const char *)items + i * item_size, err));
    if (json_array_size(array) != count) {
        json_decref(array);
        return error_set(err, ERR_FORMAT, "%s", name);
    }
    return json_object_set_new(object, name, array) == 0 || error_set(err, ERR_MEMORY, "%s", name);
}

static bool parts_take(const json_t *object, const char *name, const Member *members, size_t member_count, void *items,
                       size_t item_size, size_t most, size_t *ret_count, Error *err)
{
    const json_t *array = json_object_get(object, name), *item;
    size_t index;

    if (!json_is_array(array) || json_array_size(array) > most)
        return error_set(err, ERR_PROTOCOL, "%s: not a list, or too long", name);
    json_array_foreach(array, index, item)
    {
        if (!members_read(members, member_count, item, (char *)items + index * item_size, err))
            return error_add(err, "%s[%zu]", name, index);
    }
    *ret_count = json_array_size(array);
    return true;
}

/* --- a request ---------------------------------------------------------------------------------------------------- */

bool api_request_details_write(const ApiRequestDetails *details, Buf *buf, Error *err)
{
    OWNED(json_t) json = members_write(details_members, COUNT(details_members), details, err);
    json_t *line = members_write(api_request_line_members, api_request_line_member_count, &details->line, err);

    if (json_object_set_new(json, "line", line) != 0)
        return error_set(err, ERR_FORMAT, "line");
    return api_answers_put(json, &details->answers, err) &&
           parts_put(json, "stages", stage_members, COUNT(stage_members), details->stages, sizeof details->stages[0],
                     details->stage_count, err) &&
           parts_put(json, "papers", paper_members, COUNT(paper_members), details->papers, sizeof details->papers[0],
                     details->paper_count, err) &&
           json_write(json, buf, err);
}

static bool details_take(const json_t *json, ApiRequestDetails *ret, Error *err)
{
    return members_read(details_members, COUNT(details_members), json, ret, err) &&
           (members_read(api_request_line_members, api_request_line_member_count, json_object_get(json, "line"),
                         &ret->line, err) ||
            error_add(err, "line")) &&
           api_answers_take(json, &ret->answers, err) &&
           parts_take(json, "stages", stage_members, COUNT(stage_members), ret->stages, sizeof ret->stages[0],
                      API_STAGES_MOST, &ret->stage_count, err) &&
           parts_take(json, "papers", paper_members, COUNT(paper_members), ret->papers, sizeof ret->papers[0],
                      API_PAPERS_MOST, &ret->paper_count, err);
}

static json_t *read_text(Str text, Error *err)
{
    json_t *json = json_read(text, err);

    if (!json && err)
        err->code = ERR_PROTOCOL;
    return json;
}

bool api_request_details_read(Str text, ApiRequestDetails *ret, Error *err)
{
    OWNED(json_t) json = read_text(text, err);

    *ret = (ApiRequestDetails){ 0 };
    if (json && details_take(json, ret, err))
        return true;
    mem_wipe(ret, sizeof *ret);
    return false;
}

/* --- a visitor ---------------------------------------------------------------------------------------------------- */

bool api_visitor_write(const ApiVisitor *visitor, Buf *buf, Error *err)
{
    OWNED(json_t) json = members_write(visitor_members, COUNT(visitor_members), visitor, err);

    return json && api_answers_put(json, &visitor->answers, err) && json_write(json, buf, err);
}

bool api_visitor_read(Str text, ApiVisitor *ret, Error *err)
{
    OWNED(json_t) json = read_text(text, err);

    *ret = (ApiVisitor){ 0 };
    if (json && members_read(visitor_members, COUNT(visitor_members), json, ret, err) &&
        api_answers_take(json, &ret->answers, err))
        return true;
    mem_wipe(ret, sizeof *ret);
    return false;
}
