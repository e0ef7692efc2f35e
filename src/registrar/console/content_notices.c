/* Notices: short words to everybody at a kiosk, with a time of their own. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/console/content.h"
#include "registrar/office/notices.h"

#define WEEK_S 604800

static const ContentChoice levels[] = { { "info" }, { "warn" }, { NULL } };

/* --- times as browsers write them: "2026-12-01T09:00" ------------------------------------------------------------- */

static json_t *time_json(const Office *office, int64_t at_s)
{
    const DateTime at = date_time_at(at_s * 1000, office_config(office)->utc_offset_minutes);

    return json_sprintf("%04d-%02d-%02dT%02d:%02d", at.date.year, at.date.month, at.date.day, at.hour, at.minute);
}

static bool time_of(const Office *office, const char *text, int64_t *ret)
{
    Str rest = str_from(text);
    const Str day = str_split(&rest, 'T');
    const Str hour = str_split(&rest, ':');
    uint64_t hours, minutes;
    Date date;

    if (!date_parse(day, &date) || !str_to_u64(hour, 0, 23, &hours) || rest.len < 2 ||
        !str_to_u64((Str){ rest.ptr, 2 }, 0, 59, &minutes))
        return false;
    *ret = date_start_s(date, office_config(office)->utc_offset_minutes) + (int64_t)(hours * 3600 + minutes * 60);
    return true;
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

static json_t *row_of(Desk *desk, const NoticeRow *row, int64_t now_s)
{
    char id[24], from[160], to[160];
    LocalText text = { { NULL } };
    bool lacks = false;

    for (Language l = 0; l < LANGUAGE_COUNT; l++) {
        text.in[l] = row->texts[l][0] ? row->texts[l] : NULL;
        lacks |= language_is_whole(l) && !text.in[l];
    }
    (void)snprintf(id, sizeof id, "%lld", (long long)row->id);
    const bool runs = row->from_s <= now_s;
    return json_pack("{ss ss ss ss ss ss ss sb sb}", "row-id", id, "row-title", local_text(&text, desk->sheet.language),
                     "row-from", content_moment(desk, row->from_s, from, sizeof from), "row-to",
                     content_moment(desk, row->until_s, to, sizeof to), "row-author", row->author, "row-state",
                     content_say(desk, "state", runs ? "shown" : "ahead"), "state-class", runs ? "running" : "waiting",
                     "is-timed", 1, "lacks", lacks);
}

static bool list(Desk *desk, Office *office, json_t *rows, Error *err)
{
    NoticeRow *all = mem_new(NOTICES_LISTED_MOST, sizeof *all);
    size_t count = 0;
    bool done = all ? notice_list(office, all, &count, err) : error_set(err, ERR_MEMORY, "notices");
    const int64_t now_s = clock_wall_s(&office_config(office)->clock);

    for (size_t i = 0; done && i < count; i++)
        (void)json_array_append_new(rows, row_of(desk, &all[i], now_s));
    mem_free(all);
    return done && content_add_authors(desk, office, CONTENT_NOTICE, rows, err);
}

/* --- one ---------------------------------------------------------------------------------------------------------- */

static json_t *doc_of(const Editing *editing, const json_t *body)
{
    json_t *doc = json_deep_copy(body);

    (void)json_object_set_new(doc, "from",
                              time_json(editing->office, json_integer_value(json_object_get(body, "from"))));
    (void)json_object_set_new(doc, "until",
                              time_json(editing->office, json_integer_value(json_object_get(body, "until"))));
    return doc;
}

static bool doc_of_row(Editing *editing, const NoticeRow *row, Error *err)
{
    OWNED_BUF body;

    buf_init(&body, CONTENT_BODY_MOST);
    if (!notice_write(row, &body, err))
        return false;
    OWNED(json_t) written = json_read(buf_str(&body), err);
    editing->doc = written ? doc_of(editing, written) : NULL;
    return written != NULL;
}

static bool load(Editing *editing, const char *from, Error *err)
{
    const int64_t now_s = clock_wall_s(&office_config(editing->office)->clock);
    NoticeRow *row = mem_new(1, sizeof *row);
    bool found = false, done = row || error_set(err, ERR_MEMORY, "notice");
    const bool is_new = strcmp(editing->id, CONTENT_NEW) == 0;
    int64_t id = 0;

    if (done && is_new && !from) {
        *row = (NoticeRow){ .severity = "info", .from_s = now_s, .until_s = now_s + WEEK_S };
        done = doc_of_row(editing, row, err);
    } else if (done && str_to_i64(str_from(is_new ? from : editing->id), 1, INT64_MAX, &id)) {
        done = notice_one(editing->office, id, &found, row, err) && (!found || doc_of_row(editing, row, err));
        if (found && !is_new)
            (void)snprintf(editing->version, sizeof editing->version, "%lld", (long long)row->epoch);
    }
    mem_free(row);
    return done;
}

static void show(Editing *editing, json_t *all)
{
    json_t *fields = content_group(editing, all, "notice", false);

    content_four(editing, fields, "texts", NULL, true);
    content_choice(editing, fields, "f:level", "level", levels, doc_text(editing->doc, "level"));
    content_one(editing, fields, "from", content_say(editing->desk, "key", "shown-from"), "datetime-local");
    content_one(editing, fields, "until", NULL, "datetime-local");
    fields = content_group(editing, all, "where", false);
    content_words(editing, fields, "places");
    content_words(editing, fields, "kiosks");
    content_number(editing, fields, "rank");
}

/* The office's words, beside the field that they are about. */
static void take_fault(Editing *editing, const char *why)
{
    static const struct {
        const char *words, *path;
    } places[] = {
        { "its time is over", "until" },   { "end before it begins", "until" },
        { "no kiosk", "kiosks" },          { "kiosks and places", "kiosks" },
        { "says something", "texts" },     { "rank", "rank" },
        { "in uz-Cyrl", "texts.uz-Cyrl" }, { "in uz", "texts.uz" },
        { "in ru", "texts.ru" },           { "in en", "texts.en" },
    };
    const char *path = "";

    for (size_t i = 0; i < COUNT(places) && !path[0]; i++)
        if (strstr(why, places[i].words))
            path = places[i].path;
    shelf_fault(&editing->faults, "", path, "%s", why);
}

/* The document's times as the office counts them.  False: editing->faults says which is none. */
static bool wish_of(Editing *editing, json_t *doc, NoticeWish *ret)
{
    static const char *const times[] = { "from", "until" };
    Error why = { 0 };

    for (size_t i = 0; i < COUNT(times); i++) {
        int64_t at_s = 0;

        if (!time_of(editing->office, doc_text(doc, times[i]), &at_s))
            return shelf_fault(&editing->faults, "", times[i], "no day such as");
        (void)json_object_set_new(doc, times[i], json_integer(at_s));
    }
    if (!notice_parse(doc, ret, &why))
        return shelf_fault(&editing->faults, "", "", "%s", why.text);
    ret->actor = editing->desk->clerk;
    return true;
}

static EditOutcome edit_of(NoticeOutcome outcome)
{
    return outcome == NOTICE_CHANGED ? EDIT_KEPT : outcome == NOTICE_GONE ? EDIT_ABSENT : EDIT_UNMET;
}

/* As it was seen: what somebody else made of it meanwhile is not theirs to take away unread. */
static bool take_away(const Editing *editing, EditOutcome *ret_outcome, Error *err)
{
    NoticeOutcome outcome = NOTICE_GONE;
    int64_t id, epoch;

    if (str_to_i64(str_from(editing->id), 1, INT64_MAX, &id) &&
        str_to_i64(str_from(editing->version), 1, INT64_MAX, &epoch) &&
        !notice_remove(editing->office, id, epoch, editing->desk->clerk, &outcome, err))
        return false;
    *ret_outcome = edit_of(outcome);
    return true;
}

static bool change(Editing *editing, const NoticeWish *wish, int64_t *id, EditOutcome *ret_outcome, Error *err)
{
    NoticeOutcome outcome = NOTICE_CHANGED;
    int64_t epoch = 0;
    Error why = { 0 };
    const bool is_new = strcmp(editing->id, CONTENT_NEW) == 0;
    const bool numbers = is_new || (str_to_i64(str_from(editing->id), 1, INT64_MAX, id) &&
                                    str_to_i64(str_from(editing->version), 1, INT64_MAX, &epoch));

    *ret_outcome = EDIT_ABSENT;
    if (!numbers)
        return true;
    if (is_new ? !notice_add(editing->office, wish, id, &why)
               : !notice_change(editing->office, *id, epoch, wish, &outcome, &why)) {
        *ret_outcome = EDIT_REFUSED;
        if (why.code != ERR_ARGUMENT && why.code != ERR_LIMIT)
            return error_set_cause(err, why.code, why.cause, "%s", why.text);
        take_fault(editing, why.text);
        return true;
    }
    *ret_outcome = edit_of(outcome);
    return true;
}

static bool keep(Editing *editing, bool gone, EditOutcome *ret_outcome, char ret_id[CONTENT_ID_SIZE], Error *err)
{
    OWNED(json_t) doc = json_deep_copy(editing->doc);
    NoticeWish wish;
    int64_t id = 0;

    if (gone)
        return take_away(editing, ret_outcome, err);
    *ret_outcome = EDIT_REFUSED;
    if (!wish_of(editing, doc, &wish))
        return true;
    if (!change(editing, &wish, &id, ret_outcome, err))
        return false;
    (void)snprintf(ret_id, CONTENT_ID_SIZE, "%lld", (long long)id);
    return true;
}

static bool preview(Editing *editing, json_t *view, Error *err UNUSED)
{
    const bool warns = strcmp(doc_text(editing->doc, "level"), "warn") == 0;
    const Pages *pages = editing->desk->sheet.pages;

    (void)json_object_set_new(view, "glass",
                              json_pack("{sb ss sb ss ss ss sb}", "is-notice", 1, "notice-text",
                                        content_shown(editing, doc_get(editing->doc, "texts")), "warns", warns,
                                        "welcome", view_text(pages, editing->shown, "say.glass.welcome"),
                                        "welcome-help", view_text(pages, editing->shown, "say.glass.welcome-help"),
                                        "begin", view_text(pages, editing->shown, "say.glass.begin"), "is-off", 0));
    return true;
}

const ContentKindOf content_notices = {
    .kind = CONTENT_NOTICE,
    .section = "notices",
    .may_add = true,
    .may_take_away = true,
    .list = list,
    .load = load,
    .doc_of = doc_of,
    .show = show,
    .keep = keep,
    .preview = preview,
};
