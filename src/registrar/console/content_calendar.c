/* Working time: opening hours, holidays, days that were moved, and what a change does to promises. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/console/content.h"
#include "registrar/office/working_time.h"

#define SPARE_MOVED 2 /* empty fields behind the days that there are */
#define TIMES_SIZE  160

static const ContentChoice weekdays[] = { { "1" }, { "2" }, { "3" }, { "4" }, { "5" }, { "6" }, { "7" }, { NULL } };

/* --- as people type it: {"hours": {"1": "09:00-13:00, 14:00-17:00"}, "holidays": [...], "moved": [{"day", "as"}]} --
 */

static void write_times(const Calendar *calendar, int weekday, Buf *ret)
{
    for (size_t i = 0; i < calendar->hours_count; i++) {
        const CalendarHours *one = &calendar->hours[i];

        if (one->weekday == weekday)
            buf_add_format(ret, "%s%02d:%02d-%02d:%02d", ret->len ? ", " : "", one->from / 60, one->from % 60,
                           one->to / 60, one->to % 60);
    }
}

static json_t *day_json(Date day)
{
    return json_sprintf("%04d-%02d-%02d", day.year, day.month, day.day);
}

static json_t *doc_of_calendar(const Calendar *calendar)
{
    json_t *hours = json_object(), *holidays = json_array(), *moved = json_array();

    for (int day = 1; day <= 7; day++) {
        char key[4];
        OWNED_BUF times;

        buf_init(&times, TIMES_SIZE);
        write_times(calendar, day, &times);
        (void)snprintf(key, sizeof key, "%d", day);
        (void)json_object_set_new(hours, key, json_string(buf_text(&times)));
    }
    for (size_t i = 0; i < calendar->holiday_count; i++)
        (void)json_array_append_new(holidays, day_json(calendar->holidays[i]));
    for (size_t i = 0; i < calendar->moved_count; i++)
        (void)json_array_append_new(moved, json_pack("{so so}", "day", day_json(calendar->moved[i].day), "as",
                                                     json_sprintf("%d", calendar->moved[i].weekday)));
    return json_pack("{so so so}", "hours", hours, "holidays", holidays, "moved", moved);
}

/* "09:00-13:00, 14:00-17:00", with any dash: parts of opening_hours. */
static bool add_times(int weekday, const char *text, json_t *parts)
{
    char plain[TIMES_SIZE];
    Str whole = str_from(text);
    size_t length = 0;

    while (whole.len > 0) {
        const uint32_t c = utf8_next(&whole);
        if (length + 1 == sizeof plain)
            return false;
        plain[length++] = c == 0x2013 || c == 0x2014 ? '-' : c < 0x80 ? (char)c : '?';
    }
    plain[length] = '\0';
    for (Str rest = str_from(plain); rest.len > 0;) {
        Str to = str_trim(str_split(&rest, ','));
        const Str from = str_trim(str_split(&to, '-'));

        if (from.len == 0 || to.len == 0)
            return false;
        to = str_trim(to);
        (void)json_array_append_new(parts,
                                    json_pack("{s[i] so so}", "days", weekday, "from", json_stringn(from.ptr, from.len),
                                              "to", json_stringn(to.ptr, to.len)));
    }
    return true;
}

static void add_hours(Editing *editing, json_t *parts)
{
    for (int day = 1; day <= 7; day++) {
        char path[DOC_PATH_SIZE];
        Calendar alone;
        Error why = { 0 };
        json_t *own = json_array();

        (void)snprintf(path, sizeof path, "hours.%d", day);
        OWNED(json_t) hours = json_pack("{so}", "opening_hours", own);
        if (!add_times(day, doc_text(editing->doc, path), own))
            shelf_fault(&editing->faults, "", path, "no times");
        else if (!calendar_read(hours, 0, &alone, &why))
            shelf_fault(&editing->faults, "", path, "%s", why.text);
        (void)json_array_extend(parts, own);
    }
}

static void add_days(Editing *editing, json_t *holidays, json_t *moved)
{
    const json_t *list = json_object_get(editing->doc, "holidays"), *others = json_object_get(editing->doc, "moved");
    char path[DOC_PATH_SIZE];
    Date date;

    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *day = json_string_value(json_array_get(list, i));

        (void)snprintf(path, sizeof path, "holidays[%zu]", i);
        if (day && day[0] && !date_parse(str_from(day), &date))
            shelf_fault(&editing->faults, "", path, "no day such as");
        else if (day && day[0])
            (void)json_array_append_new(holidays, json_string(day));
    }
    for (size_t i = 0; i < json_array_size(others); i++) {
        const char *day = doc_text(json_array_get(others, i), "day"), *as = doc_text(json_array_get(others, i), "as");

        (void)snprintf(path, sizeof path, "moved[%zu].day", i);
        if (day[0] && !date_parse(str_from(day), &date))
            shelf_fault(&editing->faults, "", path, "no day such as");
        else if (day[0])
            (void)json_array_append_new(moved, json_pack("{ss si}", "day", day, "as", as[0] ? as[0] - '0' : 0));
    }
}

/* False: editing->faults says why. */
static bool calendar_of(Editing *editing, Calendar *ret, Error *err)
{
    json_t *hours = json_array(), *holidays = json_array(), *moved = json_array();
    OWNED(json_t)
    json = json_pack("{so so so}", "opening_hours", hours, "holidays", holidays, "working_days_moved", moved);
    Error why = { 0 };

    add_hours(editing, hours);
    add_days(editing, holidays, moved);
    if (editing->faults.count > 0)
        return false;
    if (json && calendar_read(json, office_config(editing->office)->utc_offset_minutes, ret, &why))
        return true;
    if (!json)
        return error_set(err, ERR_MEMORY, "calendar");
    return shelf_fault(&editing->faults, "", "", "%s", why.text);
}

static json_t *doc_of(const Editing *editing, const json_t *body)
{
    Calendar *calendar = mem_new(1, sizeof *calendar);
    Error why = { 0 };
    json_t *doc = calendar && calendar_read(body, office_config(editing->office)->utc_offset_minutes, calendar, &why)
                      ? doc_of_calendar(calendar)
                      : NULL;

    mem_free(calendar);
    return doc;
}

static bool load(Editing *editing, const char *from UNUSED, Error *err)
{
    WorkingTime *now = mem_new(1, sizeof *now);
    bool done = now ? working_time_get(editing->office, now, err) : error_set(err, ERR_MEMORY, "calendar");

    if (done) {
        editing->doc = doc_of_calendar(&now->calendar);
        memcpy(editing->version, now->row.version, sizeof editing->version);
        str_copy_cut(STR(CONTENT_CALENDAR_ID), editing->id, sizeof editing->id);
    }
    mem_free(now);
    return done;
}

/* --- fields ------------------------------------------------------------------------------------------------------- */

static void show_moved(Editing *editing, json_t *fields)
{
    json_t *moved = json_object_get(editing->doc, "moved");

    while (json_array_size(moved) > 0 && !doc_text(json_array_get(moved, json_array_size(moved) - 1), "day")[0])
        (void)json_array_remove(moved, json_array_size(moved) - 1);
    const size_t count = json_array_size(moved);

    for (size_t i = 0; i < count + SPARE_MOVED && i < CALENDAR_MOVED_MOST; i++) {
        char day[DOC_PATH_SIZE], as[DOC_PATH_SIZE], name[DOC_PATH_SIZE + 4];

        (void)snprintf(day, sizeof day, "moved[%zu].day", i);
        (void)snprintf(as, sizeof as, "moved[%zu].as", i);
        (void)snprintf(name, sizeof name, "f:%s", as);
        content_one(editing, fields, day, content_say(editing->desk, "key", "moved-day"), "date");
        (void)json_object_set_new(json_array_get(fields, json_array_size(fields) - 1), "hint", json_string(""));
        content_choice(editing, fields, name, as, weekdays, doc_text(editing->doc, as));
        json_t *options = json_object_get(json_array_get(fields, json_array_size(fields) - 1), "options");
        for (int weekday = 1; weekday <= 7; weekday++)
            (void)json_object_set_new(json_array_get(options, (size_t)weekday - 1), "option-words",
                                      json_string(date_weekday_alone(editing->desk->sheet.language, weekday)));
    }
}

static void show(Editing *editing, json_t *all)
{
    json_t *fields = content_group(editing, all, "hours", false);
    char path[DOC_PATH_SIZE];

    for (int day = 1; day <= 7; day++) {
        (void)snprintf(path, sizeof path, "hours.%d", day);
        content_one(editing, fields, path, date_weekday_alone(editing->desk->sheet.language, day), "text");
    }
    fields = content_group(editing, all, "holidays", false);
    content_words(editing, fields, "holidays");
    show_moved(editing, content_group(editing, all, "moved", false));
}

/* Moved days are kept in their places until they are read: one that was emptied is no fault. */
static bool take(Editing *editing, const char *name, const char *value)
{
    char parent[DOC_PATH_SIZE], key[DOC_PATH_SIZE];

    if (strncmp(name, "f:", 2) != 0)
        return false;
    doc_split(name + 2, parent, key);
    if (!strncmp(name, "f:moved[", 8) && !doc_get(editing->doc, parent))
        (void)doc_set(editing->doc, parent, json_object());
    (void)doc_set(editing->doc, name + 2, json_string(value));
    return true;
}

static bool keep(Editing *editing, bool gone, EditOutcome *ret_outcome, char ret_id[CONTENT_ID_SIZE], Error *err)
{
    Calendar *calendar = mem_new(1, sizeof *calendar);
    WorkingTimeOutcome outcome = WORKING_TIME_UNMET;
    bool done = calendar || error_set(err, ERR_MEMORY, "calendar");

    str_copy_cut(STR(CONTENT_CALENDAR_ID), ret_id, CONTENT_ID_SIZE);
    *ret_outcome = EDIT_REFUSED;
    if (done && (gone || calendar_of(editing, calendar, err))) {
        done = working_time_change(editing->office, gone ? NULL : calendar, editing->version, editing->desk->clerk,
                                   &outcome, err);
        *ret_outcome = outcome == WORKING_TIME_UNMET ? EDIT_UNMET : EDIT_KEPT;
    }
    mem_free(calendar);
    return done;
}

/* --- what it does ------------------------------------------------------------------------------------------------- */

static json_t *days_of(const Editing *editing, const Calendar *calendar)
{
    json_t *days = json_array();

    for (int day = 1; day <= 7; day++) {
        OWNED_BUF times;

        buf_init(&times, TIMES_SIZE);
        write_times(calendar, day, &times);
        (void)json_array_append_new(days, json_pack("{ss ss}", "line-label", date_weekday_alone(editing->shown, day),
                                                    "line", times.len ? buf_text(&times) : "—"));
    }
    return days;
}

static json_t *closed_of(const Editing *editing, const Calendar *calendar)
{
    const Date today = office_today(editing->office);
    json_t *days = json_array();

    for (size_t i = 0; i < calendar->holiday_count && json_array_size(days) < 6; i++) {
        OWNED_BUF words;

        buf_init(&words, 120);
        if (date_compare(calendar->holidays[i], today) < 0)
            continue;
        date_write(&words, calendar->holidays[i], editing->shown, DATE_DAY);
        (void)json_array_append_new(days, json_pack("{ss}", "line", buf_text(&words)));
    }
    return days;
}

static bool add_effect(Editing *editing, const Calendar *calendar, json_t *view, Error *err)
{
    WorkingTimeEffect effect;
    json_t *promises = json_array();

    if (!working_time_effect(editing->office, calendar, &effect, err))
        return false;
    for (size_t i = 0; i < effect.count; i++) {
        char before[160], after[160];

        (void)json_array_append_new(
            promises, json_pack("{si ss ss sb}", "hours", effect.promises[i].hours, "before",
                                content_moment(editing->desk, effect.promises[i].before_s, before, sizeof before),
                                "after", content_moment(editing->desk, effect.promises[i].after_s, after, sizeof after),
                                "is-other", effect.promises[i].before_s != effect.promises[i].after_s));
    }
    (void)json_object_set_new(view, "promises", promises);
    (void)json_object_set_new(view, "broken", json_integer(effect.broken));
    return true;
}

static bool preview(Editing *editing, json_t *view, Error *err)
{
    Calendar *calendar = mem_new(1, sizeof *calendar);
    const size_t faults = editing->faults.count;
    Error why = { 0 };

    if (!calendar)
        return error_set(err, ERR_MEMORY, "calendar");
    (void)json_object_set_new(view, "is-calendar", json_true());
    if (faults > 0 || !calendar_of(editing, calendar, &why)) {
        editing->faults.count = faults; /* it is not asked to be kept yet */
        mem_free(calendar);
        (void)json_object_set_new(view, "promises", json_array());
        (void)json_object_set_new(view, "broken", json_integer(0));
        return true;
    }
    (void)json_object_set_new(
        view, "glass",
        json_pack("{sb ss so so ss ss sb}", "is-calendar-page", 1, "glass-title",
                  view_text(editing->desk->sheet.pages, editing->shown, "say.glass.opening"), "table",
                  days_of(editing, calendar), "lines", closed_of(editing, calendar), "closed-words",
                  view_text(editing->desk->sheet.pages, editing->shown, "say.glass.closed"), "back-words",
                  view_text(editing->desk->sheet.pages, editing->shown, "say.glass.back"), "is-off", 0));
    const bool done = add_effect(editing, calendar, view, err);
    mem_free(calendar);
    return done;
}

const ContentKindOf content_calendar = {
    .kind = CONTENT_CALENDAR,
    .section = "calendar",
    .may_take_away = true,
    .load = load,
    .doc_of = doc_of,
    .show = show,
    .take = take,
    .keep = keep,
    .preview = preview,
};
