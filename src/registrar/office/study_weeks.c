/* Lessons on their days, and exams. */
#include <stdlib.h>
#include <string.h>

#include "registrar/office/fields_inside.h"
#include "registrar/office/study_inside.h"

#define WEEK        7
#define PAIR_MOST   20
#define PLACED_SIZE 6 /* of a time of day */

static void read_time(const json_t *text, char ret[PLACED_SIZE])
{
    if (json_string_length(text) < PLACED_SIZE)
        study_text(text, ret, PLACED_SIZE);
}

/* --- which days --------------------------------------------------------------------------------------------------- */

static Date monday_of(Date day)
{
    return date_add_days(day, 1 - date_weekday(day));
}

/* Whose lessons are held on that day: 1..7; 0: the university is closed. */
static int taught_as(const Calendar *calendar, Date day)
{
    for (size_t i = 0; i < calendar->moved_count; i++)
        if (date_compare(calendar->moved[i].day, day) == 0)
            return calendar->moved[i].weekday;
    for (size_t i = 0; i < calendar->holiday_count; i++)
        if (date_compare(calendar->holidays[i], day) == 0)
            return 0;
    return date_weekday(day);
}

/* From when to when the rows of a timetable repeat. */
static bool read_span(const json_t *schedule, Date *ret_from, Date *ret_to)
{
    const json_t *span = json_object_get(schedule, "teaching");

    span = json_is_object(span) ? span : schedule;
    return json_day(json_object_get(span, "from"), ret_from) && json_day(json_object_get(span, "to"), ret_to);
}

static bool is_between(Date day, Date from, Date to)
{
    return date_compare(from, day) <= 0 && date_compare(day, to) <= 0;
}

/* --- lessons ------------------------------------------------------------------------------------------------------ */

typedef struct Span {
    bool told;
    Date from, to;
} Span;

static bool is_odd_week(const Span *span, Date day)
{
    return date_days_between(monday_of(span->from), monday_of(day)) / WEEK % 2 == 0;
}

/* A row stands for one day, or for a day of each week, of each odd or even one. */
static bool is_held(const json_t *row, const Span *span, Date day, int weekday)
{
    const char *weeks = json_string_value(json_object_get(row, "weeks"));
    Date own;

    if (json_day(json_object_get(row, "date"), &own))
        return date_compare(own, day) == 0;
    if (!span->told || !is_between(day, span->from, span->to) || study_code(json_object_get(row, "day")) != weekday)
        return false;
    if (weeks && (!strcmp(weeks, "odd") || !strcmp(weeks, "even")))
        return is_odd_week(span, day) == !strcmp(weeks, "odd");
    return true;
}

static void add_lesson(ApiStudy *study, const json_t *row, Date day)
{
    StudyLesson *lesson = &study->lessons[study->lesson_count];
    int pair = study_code(json_object_get(row, "pair"));

    if (study->lesson_count == STUDY_LESSONS_MOST)
        return;
    *lesson = (StudyLesson){ .pair = pair <= PAIR_MOST ? pair : 0,
                             .kind = study_code(json_object_get(row, "kind")),
                             .subject = study_name_put(study, field_member(row, "subject.names")),
                             .building = study_name_put(study, json_object_get(row, "building")) };
    study_day(day, lesson->date);
    read_time(json_object_get(row, "from"), lesson->from);
    read_time(json_object_get(row, "to"), lesson->to);
    study_text(json_object_get(row, "room"), lesson->room, sizeof lesson->room);
    study_text(json_object_get(row, "teacher"), lesson->teacher, sizeof lesson->teacher);
    study->lesson_count++;
}

static int by_time(const void *a, const void *b)
{
    const StudyLesson *first = a, *second = b;
    int order = strcmp(first->date, second->date);

    if (order == 0)
        order = first->pair - second->pair;
    return order ? order : strcmp(first->from, second->from);
}

static void add_day(const StudyMaking *making, const json_t *rows, const Span *span, Date day, StudyWeek *week)
{
    int weekday = taught_as(institution_calendar(making->institution), day);
    json_t *row;
    size_t i;

    week->holidays = week->holidays || weekday == 0;
    week->told = week->told || (span->told && is_between(day, span->from, span->to));
    json_array_foreach((json_t *)(uintptr_t)rows, i, row)
    {
        if (weekday == 0 || !is_held(row, span, day, weekday))
            continue;
        week->told = true;
        add_lesson(making->study, row, day);
    }
}

static bool comes_by_sessions(const json_t *profile)
{
    const int form = study_code(json_object_get(profile, "education_form"));

    return form == 13 || form == 14 || form == 16; /* HEMIS: part-time, special part-time, distance */
}

void study_lessons(const StudyMaking *making)
{
    const json_t *schedule = study_part(making, PART_SCHEDULE, STUDY_LESSONS);
    ApiStudy *study = making->study;
    Span span = { 0 };

    span.told = read_span(schedule, &span.from, &span.to);
    study->by_sessions = comes_by_sessions(record_profile(making->record));
    for (int i = 0; i < STUDY_WEEKS; i++) {
        Date monday = date_add_days(monday_of(making->today), i * WEEK);

        study_day(monday, study->weeks[i].from);
        study_day(date_add_days(monday, WEEK - 1), study->weeks[i].to);
        for (int day = 0; schedule && day < WEEK; day++)
            add_day(making, json_object_get(schedule, "rows"), &span, date_add_days(monday, day), &study->weeks[i]);
    }
    qsort(study->lessons, study->lesson_count, sizeof study->lessons[0], by_time);
}

/* --- exams -------------------------------------------------------------------------------------------------------- */

static int exam_by_time(const void *a, const void *b)
{
    const StudyExam *first = a, *second = b;
    int order = strcmp(first->date, second->date);

    return order ? order : strcmp(first->from, second->from);
}

void study_exams(const StudyMaking *making)
{
    const json_t *rows = study_part(making, PART_EXAMS, STUDY_EXAMS);
    ApiStudy *study = making->study;
    json_t *row;
    size_t i;

    json_array_foreach((json_t *)(uintptr_t)rows, i, row)
    {
        StudyExam *exam = &study->exams[study->exam_count];
        int sheet = study_code(json_object_get(row, "attempt")); /* HEMIS's final_exam_type: 11, 12, 13 */
        Date day;

        if (study->exam_count == STUDY_EXAMS_MOST || !json_day(json_object_get(row, "date"), &day))
            continue;
        *exam = (StudyExam){ .kind = study_code(json_object_get(row, "kind")),
                             .attempt = sheet >= 11 && sheet <= 13 ? sheet - 10 : 0,
                             .past = date_compare(day, making->today) < 0,
                             .subject = study_name_put(study, field_member(row, "subject.names")),
                             .building = study_name_put(study, json_object_get(row, "building")) };
        study_day(day, exam->date);
        read_time(json_object_get(row, "from"), exam->from);
        study_text(json_object_get(row, "room"), exam->room, sizeof exam->room);
        study_text(json_object_get(row, "teacher"), exam->teacher, sizeof exam->teacher);
        study->exam_count++;
    }
    qsort(study->exams, study->exam_count, sizeof study->exams[0], exam_by_time);
}
