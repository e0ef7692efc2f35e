#include "wire/notices.h"

#include <string.h>

#include "base/memory.h"
#include "wire/json.h"

static const char *const severity_words[] = { [NOTICE_INFO] = "info", [NOTICE_WARN] = "warn" };
static_assert(COUNT(severity_words) == NOTICE_SEVERITY_COUNT, "one word per severity");

static const Member notice_members[] = {
    MEMBER_OF_INT64(ApiNotice, id, 1, INT64_MAX),
    MEMBER_OF_WORD(ApiNotice, severity, severity_words),
    MEMBER_OF_INT64(ApiNotice, from_s, 0, INT64_MAX),
    MEMBER_OF_INT64(ApiNotice, until_s, 0, INT64_MAX),
};

bool notice_check(Str text, Error *err)
{
    if (!utf8_valid(text))
        return error_set(err, ERR_FORMAT, "a notice is UTF-8");
    if (text.len == 0 || utf8_count(text) > NOTICE_LETTERS_MOST)
        return error_set(err, ERR_RANGE, "a notice has 1 to %d letters, this one %zu", NOTICE_LETTERS_MOST,
                         utf8_count(text));
    while (text.len)
        if (utf8_is_unwanted(utf8_next(&text)))
            return error_set(err, ERR_FORMAT, "a notice is one line of plain text");
    return true;
}

const char *notice_text(const ApiNotice *notice, Language language)
{
    LocalText text = { 0 };

    for (int i = 0; i < LANGUAGE_COUNT; i++)
        text.in[i] = notice->texts[i][0] ? notice->texts[i] : NULL;
    return local_text(&text, language);
}

bool notice_is_on(const ApiNotice *notice, int64_t now_s)
{
    return notice->from_s <= now_s && now_s < notice->until_s;
}

const char *notice_severity_name(NoticeSeverity severity)
{
    assert((unsigned)severity < NOTICE_SEVERITY_COUNT);
    return severity_words[severity];
}

bool notice_severity_parse(Str name, NoticeSeverity *ret)
{
    for (size_t i = 0; i < NOTICE_SEVERITY_COUNT; i++)
        if (str_equal_text(name, severity_words[i])) {
            *ret = (NoticeSeverity)i;
            return true;
        }
    return false;
}

/* --- JSON -------------------------------------------------------------------------------------------------------- */

static json_t *texts_write(const ApiNotice *notice)
{
    json_t *texts = json_object();

    for (int i = 0; texts && i < LANGUAGE_COUNT; i++)
        if (notice->texts[i][0] &&
            json_object_set_new(texts, language_tag((Language)i), json_string(notice->texts[i])) != 0) {
            json_decref(texts);
            return NULL;
        }
    return texts;
}

bool api_notices_write(const ApiNotices *notices, Buf *buf, Error *err)
{
    OWNED(json_t) json = json_pack("{s:[]}", "notices");
    json_t *list = json_object_get(json, "notices");

    for (size_t i = 0; i < notices->count; i++) {
        json_t *notice = members_write(notice_members, COUNT(notice_members), &notices->items[i], err);

        if (json_array_append_new(list, notice) != 0 ||
            json_object_set_new(notice, "texts", texts_write(&notices->items[i])) != 0)
            return error_set(err, ERR_MEMORY, "notices");
    }
    return json ? json_write(json, buf, err) : error_set(err, ERR_MEMORY, "notices");
}

static bool texts_read(const json_t *json, ApiNotice *ret, Error *err)
{
    const char *tag;
    json_t *value;
    bool any = false;

    json_object_foreach((json_t *)(uintptr_t)json, tag, value)
    {
        Str text = { json_string_value(value), json_string_length(value) };
        Language language;

        if (!language_parse(str_from(tag), &language))
            continue;
        if (!text.ptr || !notice_check(text, err))
            return error_set(err, ERR_PROTOCOL, "texts.%.12s", tag);
        str_copy_cut(text, ret->texts[language], sizeof ret->texts[language]);
        any = true;
    }
    return any || error_set(err, ERR_PROTOCOL, "texts: in no language");
}

bool api_notices_read(Str text, ApiNotices *ret, Error *err)
{
    OWNED(json_t) json = json_read(text, err);
    const json_t *list = json_object_get(json, "notices"), *item;
    ApiNotices read = { 0 };
    size_t index;

    *ret = (ApiNotices){ 0 };
    if (!json || !json_is_array(list) || json_array_size(list) > NOTICES_MOST)
        return error_set(err, ERR_PROTOCOL, "notices: not a list, or too long");
    json_array_foreach(list, index, item)
    {
        ApiNotice *notice = &read.items[index];

        if (!members_read(notice_members, COUNT(notice_members), item, notice, err) ||
            !texts_read(json_object_get(item, "texts"), notice, err))
            return error_add(err, "notices[%zu]", index);
    }
    read.count = json_array_size(list);
    if (!api_version(text, read.version, err))
        return false;
    *ret = read;
    return true;
}
