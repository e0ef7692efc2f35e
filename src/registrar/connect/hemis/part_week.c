#include <string.h>

#include "registrar/connect/hemis/parts.h"
#include "wire/json.h"

/* HEMIS tells each lesson of a semester with its day; the house keeps a timetable of one week or two. */

#define LESSONS_MOST 4000
#define KEY_MOST     (16u << 10)

enum { ODD = 1, EVEN = 2 };

static const Field lesson_fields[] = {
    { "date", "lesson_date", FIELD_DAY, 0, 0, true },
    { "pair", "lessonPair.code|lessonPair.name", FIELD_INT, 1, 12, true },
    { "from", "lessonPair.start_time", FIELD_CLOCK, 0, 0, false },
    { "to", "lessonPair.end_time", FIELD_CLOCK, 0, 0, false },
    { "subject", "subject", FIELD_THING, 0, 0, true },
    { "kind", "trainingType", FIELD_CODE, 0, 0, false },
    { "room", "auditorium.name", FIELD_TEXT, 0, 60, false },
    { "building", "auditorium.building", FIELD_NAMES, 0, 0, false },
    { "teacher", "employee", FIELD_PERSON, 0, 0, false },
};

typedef struct Teaching {
    Date first, last;
    bool any;
} Teaching;

static Date monday_of(Date day)
{
    return date_add_days(day, 1 - date_weekday(day));
}

static Teaching teaching_of(const json_t *lessons)
{
    Teaching teaching = { 0 };
    json_t *lesson;
    size_t i;
    Date day;

    json_array_foreach(lessons, i, lesson)
    {
        if (!fields_day(lesson, "date", &day))
            continue;
        if (!teaching.any || date_compare(day, teaching.first) < 0)
            teaching.first = day;
        if (!teaching.any || date_compare(day, teaching.last) > 0)
            teaching.last = day;
        teaching.any = true;
    }
    return teaching;
}

/* Lessons that differ in their day alone are one row; which weeks it was seen in is counted beside it. */
static bool add_lesson(json_t *lesson, Date day, int parity, json_t *rows, json_t *weeks, Error *err)
{
    OWNED_BUF key;

    buf_init(&key, KEY_MOST);
    if (json_object_del(lesson, "date") != 0 ||
        json_object_set_new(lesson, "day", json_integer(date_weekday(day))) != 0)
        return error_set(err, ERR_MEMORY, "lessons");
    if (!json_write(lesson, &key, err))
        return false;
    json_int_t seen = json_integer_value(json_object_get(weeks, buf_text(&key)));
    if (seen == 0 && json_array_append(rows, lesson) != 0)
        return error_set(err, ERR_MEMORY, "lessons");
    return json_object_set_new(weeks, buf_text(&key), json_integer(seen | parity)) == 0 ||
           error_set(err, ERR_MEMORY, "lessons");
}

static bool say_weeks(json_t *rows, const json_t *weeks, bool one_week, Error *err)
{
    json_t *row;
    size_t i;

    json_array_foreach(rows, i, row)
    {
        OWNED_BUF key;

        buf_init(&key, KEY_MOST);
        if (!json_write(row, &key, err))
            return false;
        json_int_t seen = json_integer_value(json_object_get(weeks, buf_text(&key)));
        const char *word = one_week || seen == (ODD | EVEN) ? "all" : seen == ODD ? "odd" : "even";
        if (json_object_set_new(row, "weeks", json_string(word)) != 0)
            return error_set(err, ERR_MEMORY, "lessons");
    }
    return true;
}

static json_t *span(Date from, Date to)
{
    char first[12], last[12];

    fields_write_day(from, first);
    fields_write_day(to, last);
    return json_pack("{s:s, s:s}", "from", first, "to", last);
}

/* The week of today; before the first lesson the first one, behind the last the last. */
static Date shown_monday(const Teaching *teaching, Date today)
{
    if (date_compare(today, teaching->first) < 0)
        today = teaching->first;
    if (date_compare(today, teaching->last) > 0)
        today = teaching->last;
    return monday_of(today);
}

static json_t *fold(const json_t *lessons, const Teaching *teaching, Date today, Error *err)
{
    Date first_monday = monday_of(teaching->first), shown = shown_monday(teaching, today);
    bool one_week = date_days_between(first_monday, teaching->last) < 7;
    OWNED(json_t) part = span(shown, date_add_days(shown, 5));
    OWNED(json_t) rows = json_array();
    OWNED(json_t) weeks = json_object();
    json_t *lesson;
    size_t i;

    if (!part || !rows || !weeks) {
        error_set(err, ERR_MEMORY, "lessons");
        return NULL;
    }
    json_array_foreach(lessons, i, lesson)
    {
        Date day;

        if (i >= LESSONS_MOST || !fields_day(lesson, "date", &day) || date_weekday(day) == 7)
            continue;
        int parity = date_days_between(first_monday, day) / 7 % 2 == 0 ? ODD : EVEN;
        if (!add_lesson(lesson, day, parity, rows, weeks, err))
            return NULL;
    }
    if (!say_weeks(rows, weeks, one_week, err))
        return NULL;
    if ((!one_week && json_object_set_new(part, "teaching", span(teaching->first, teaching->last)) != 0) ||
        json_object_set(part, "rows", rows) != 0) {
        error_set(err, ERR_MEMORY, "lessons");
        return NULL;
    }
    return steal(&part);
}

json_t *part_schedule(Reading *reading, const json_t *lessons, Date today, Error *err)
{
    if (!json_is_array(lessons) && !json_is_array(words_member(lessons, "items"))) {
        error_set(err, ERR_PROTOCOL, "HEMIS's lessons are no list");
        return NULL;
    }
    OWNED(json_t) list = fields_read_list(reading, lesson_fields, COUNT(lesson_fields), lessons);
    if (!list) {
        error_set(err, ERR_MEMORY, "lessons");
        return NULL;
    }
    Teaching teaching = teaching_of(list);
    if (!teaching.any) {
        error_set(err, ERR_NOT_FOUND, "no lessons");
        return NULL;
    }
    return fold(list, &teaching, today, err);
}
