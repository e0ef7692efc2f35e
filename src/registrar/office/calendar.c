#include "registrar/office/calendar.h"

#include <string.h>

#include "base/macros.h"

#define MINUTES_OF_DAY 1440
#define DAYS_AHEAD     3660

/* --- reading ----------------------------------------------------------------------------------------------------- */

static bool read_time(const json_t *json, int *ret)
{
    const char *text = json_string_value(json);
    Str rest = str_from(text);
    Str hour = str_split(&rest, ':');
    uint64_t hours, minutes;

    if (hour.len != 2 || rest.len != 2 || !str_to_u64(hour, 0, 24, &hours) || !str_to_u64(rest, 0, 59, &minutes))
        return false;
    *ret = (int)(hours * 60 + minutes);
    return *ret <= MINUTES_OF_DAY;
}

static bool read_weekday(const json_t *json, int *ret)
{
    json_int_t weekday = json_integer_value(json);

    *ret = (int)weekday;
    return json_is_integer(json) && weekday >= 1 && weekday <= 7;
}

/* In its place by weekday and beginning.  False: it overlaps another. */
static bool put_hours(Calendar *calendar, CalendarHours one)
{
    size_t at = calendar->hours_count;

    for (size_t i = 0; i < calendar->hours_count; i++) {
        const CalendarHours *other = &calendar->hours[i];

        if (other->weekday == one.weekday && one.from < other->to && other->from < one.to)
            return false;
        if (at == calendar->hours_count &&
            (other->weekday > one.weekday || (other->weekday == one.weekday && other->from > one.from)))
            at = i;
    }
    memmove(&calendar->hours[at + 1], &calendar->hours[at], (calendar->hours_count - at) * sizeof one);
    calendar->hours[at] = one;
    calendar->hours_count++;
    return true;
}

static bool read_part(const json_t *part, size_t index, Calendar *ret, Error *err)
{
    CalendarHours one;
    size_t i;
    json_t *day;

    if (!read_time(json_object_get(part, "from"), &one.from) || !read_time(json_object_get(part, "to"), &one.to) ||
        one.from >= one.to)
        return error_set(err, ERR_FORMAT, "opening_hours[%zu]: no times", index);
    json_array_foreach(json_object_get(part, "days"), i, day)
    {
        if (!read_weekday(day, &one.weekday) || ret->hours_count == CALENDAR_HOURS_MOST)
            return error_set(err, ERR_FORMAT, "opening_hours[%zu].days[%zu]: no such day", index, i);
        if (!put_hours(ret, one))
            return error_set(err, ERR_FORMAT, "opening_hours[%zu].days[%zu]: overlaps other hours", index, i);
    }
    return true;
}

static bool read_hours(const json_t *list, Calendar *ret, Error *err)
{
    if (list && !json_is_array(list))
        return error_set(err, ERR_FORMAT, "opening_hours: a list");
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!read_part(json_array_get(list, i), i, ret, err))
            return false;
    return true;
}

static void put_holiday(Calendar *calendar, Date day)
{
    size_t at = calendar->holiday_count;

    while (at > 0 && date_compare(calendar->holidays[at - 1], day) > 0)
        at--;
    memmove(&calendar->holidays[at + 1], &calendar->holidays[at], (calendar->holiday_count - at) * sizeof day);
    calendar->holidays[at] = day;
    calendar->holiday_count++;
}

static bool read_holidays(const json_t *list, Calendar *ret, Error *err)
{
    if ((list && !json_is_array(list)) || json_array_size(list) > CALENDAR_HOLIDAYS_MOST)
        return error_set(err, ERR_FORMAT, "holidays: a list of at most %d days", CALENDAR_HOLIDAYS_MOST);
    for (size_t i = 0; i < json_array_size(list); i++) {
        Date day;

        if (!date_parse(str_from(json_string_value(json_array_get(list, i))), &day))
            return error_set(err, ERR_FORMAT, "holidays[%zu]: no day such as \"2026-12-08\"", i);
        put_holiday(ret, day);
    }
    return true;
}

static bool read_moved(const json_t *list, Calendar *ret, Error *err)
{
    if ((list && !json_is_array(list)) || json_array_size(list) > CALENDAR_MOVED_MOST)
        return error_set(err, ERR_FORMAT, "working_days_moved: a list of at most %d days", CALENDAR_MOVED_MOST);
    for (; ret->moved_count < json_array_size(list); ret->moved_count++) {
        const json_t *json = json_array_get(list, ret->moved_count);
        CalendarMoved *moved = &ret->moved[ret->moved_count];

        if (!date_parse(str_from(json_string_value(json_object_get(json, "day"))), &moved->day) ||
            !read_weekday(json_object_get(json, "as"), &moved->weekday))
            return error_set(err, ERR_FORMAT, "working_days_moved[%zu]: {\"day\": \"2026-12-12\", \"as\": 1}",
                             ret->moved_count);
    }
    return true;
}

bool calendar_read(const json_t *json, int utc_offset_minutes, Calendar *ret, Error *err)
{
    *ret = (Calendar){ .utc_offset_minutes = utc_offset_minutes };
    return read_hours(json_object_get(json, "opening_hours"), ret, err) &&
           read_holidays(json_object_get(json, "holidays"), ret, err) &&
           read_moved(json_object_get(json, "working_days_moved"), ret, err);
}

/* --- days -------------------------------------------------------------------------------------------------------- */

static bool is_holiday(const Calendar *calendar, Date day)
{
    size_t low = 0, high = calendar->holiday_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = date_compare(calendar->holidays[middle], day);

        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* Whose hours a day has; 0: nobody works. */
static int weekday_of(const Calendar *calendar, Date day)
{
    for (size_t i = 0; i < calendar->moved_count; i++)
        if (date_compare(calendar->moved[i].day, day) == 0)
            return calendar->moved[i].weekday;
    return is_holiday(calendar, day) ? 0 : date_weekday(day);
}

static Date day_of(const Calendar *calendar, int64_t at_s)
{
    return date_time_at(at_s * 1000, calendar->utc_offset_minutes).date;
}

void calendar_fixed_holidays(int year, Date ret[CALENDAR_FIXED])
{
    static const struct {
        int month, day;
    } fixed[CALENDAR_FIXED] = { { 1, 1 }, { 3, 8 }, { 3, 21 }, { 5, 9 }, { 9, 1 }, { 10, 1 }, { 12, 8 } };

    for (size_t i = 0; i < COUNT(fixed); i++) {
        Date day = { year, fixed[i].month, fixed[i].day };
        int weekday = date_weekday(day);

        ret[i] = weekday > 5 ? date_add_days(day, 8 - weekday) : day;
    }
}

/* --- spans: each stretch of open time from a moment on, in order ------------------------------------------------- */

typedef struct Spans {
    const Calendar *calendar;
    int64_t at_s;
    Date day;
    int days; /* that were looked at */
    size_t next;
    int weekday;
    int64_t from_s, to_s; /* the one found: cut to begin at at_s */
} Spans;

static Spans spans_from(const Calendar *calendar, int64_t at_s)
{
    Spans spans = { .calendar = calendar, .at_s = at_s, .day = day_of(calendar, at_s) };

    spans.weekday = weekday_of(calendar, spans.day);
    return spans;
}

/* False: none in the ten years ahead. */
static bool spans_next(Spans *spans)
{
    const Calendar *calendar = spans->calendar;

    for (; spans->days < DAYS_AHEAD; spans->days++) {
        int64_t midnight_s = date_start_s(spans->day, calendar->utc_offset_minutes);

        while (spans->next < calendar->hours_count) {
            const CalendarHours *hours = &calendar->hours[spans->next++];

            spans->from_s = midnight_s + hours->from * 60;
            spans->to_s = midnight_s + hours->to * 60;
            if (hours->weekday != spans->weekday || spans->to_s <= spans->at_s)
                continue;
            if (spans->from_s < spans->at_s)
                spans->from_s = spans->at_s;
            return true;
        }
        spans->day = date_add_days(spans->day, 1);
        spans->weekday = weekday_of(calendar, spans->day);
        spans->next = 0;
    }
    return false;
}

int64_t calendar_promise(const Calendar *calendar, int64_t asked_at_s, int working_hours)
{
    int64_t left_s = (int64_t)working_hours * 3600;
    Spans spans = spans_from(calendar, asked_at_s);

    while (left_s > 0 && spans_next(&spans)) {
        int64_t open_s = spans.to_s - spans.from_s;

        if (open_s >= left_s)
            return spans.from_s + left_s;
        left_s -= open_s;
    }
    return left_s > 0 ? asked_at_s + (int64_t)working_hours * 3600 : asked_at_s;
}

int64_t calendar_worked_s(const Calendar *calendar, int64_t from_s, int64_t to_s)
{
    Spans spans = spans_from(calendar, from_s);
    int64_t worked_s = 0;

    while (from_s < to_s && spans_next(&spans) && spans.from_s < to_s)
        worked_s += (spans.to_s < to_s ? spans.to_s : to_s) - spans.from_s;
    return worked_s;
}

int64_t calendar_opens_s(const Calendar *calendar, int64_t at_s)
{
    Spans spans = spans_from(calendar, at_s);

    return spans_next(&spans) ? spans.from_s : 0;
}

int calendar_open_until(const Calendar *calendar, int64_t at_s)
{
    Spans spans = spans_from(calendar, at_s);

    if (!spans_next(&spans) || spans.from_s > at_s)
        return -1;
    return (int)((spans.to_s - date_start_s(day_of(calendar, at_s), calendar->utc_offset_minutes)) / 60);
}
