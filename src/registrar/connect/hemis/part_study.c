#include <stdio.h>
#include <string.h>

#include "registrar/connect/hemis/parts.h"
#include "wire/json.h"

#define KEY_SIZE 48

static const Field course_fields[] = {
    { "semester", "_semester|curriculumSubject._semester|semester", FIELD_LEVEL, 0, 0, true },
    { "subject", "curriculumSubject.subject|subject", FIELD_THING, 0, 0, true },
    { "hours", "curriculumSubject.total_acload|total_acload", FIELD_INT, 0, 2000, false },
    { "credits", "curriculumSubject.credit|credit", FIELD_INT, 0, 60, false },
    { "type", "curriculumSubject.subjectType|subjectType", FIELD_CODE, 0, 0, false },
};

static const Field exam_fields[] = {
    { "subject", "subject", FIELD_THING, 0, 0, true },
    { "kind", "examType", FIELD_CODE, 0, 0, false },
    { "attempt", "finalExamType", FIELD_CODE, 0, 0, false },
    { "date", "examDate", FIELD_DAY, 0, 0, true },
    { "from", "lessonPair.start_time", FIELD_CLOCK, 0, 0, false },
    { "room", "auditorium.name", FIELD_TEXT, 0, 60, false },
    { "building", "auditorium.building", FIELD_NAMES, 0, 0, false },
    { "teacher", "employee", FIELD_PERSON, 0, 0, false },
};

static const Field absence_fields[] = {
    { "subject", "subject", FIELD_THING, 0, 0, true },       { "date", "lesson_date", FIELD_DAY, 0, 0, true },
    { "pair", "lessonPair.code", FIELD_INT, 1, 20, false },  { "kind", "trainingType", FIELD_CODE, 0, 0, false },
    { "teacher", "employee", FIELD_PERSON, 0, 0, false },    { "absent_on", "absent_on", FIELD_INT, 0, 20, false },
    { "absent_off", "absent_off", FIELD_INT, 0, 20, false },
};

/* --- marks ------------------------------------------------------------------------------------------------------- */

int part_mark(const HemisConfig *config, int points)
{
    for (int i = 0; i < 3; i++)
        if (points >= config->mark_least[i])
            return 5 - i;
    return 2;
}

/* "5 (aʼlo)" */
static int mark_of_label(const json_t *score)
{
    const char *label = json_string_value(words_member(score, "label"));

    return label && label[0] >= '2' && label[0] <= '5' && (label[1] < '0' || label[1] > '9') ? label[0] - '0' : 0;
}

static bool read_score(const json_t *score, int64_t *ret_points, int64_t *ret_most)
{
    const json_t *most = words_member(score, "max_ball");

    *ret_most = 100;
    return fields_number(words_member(score, "grade"), 0, ret_points) && *ret_points >= 0 && *ret_points <= 1000 &&
           (!most || fields_number(most, 0, ret_most)) && *ret_most >= 1 && *ret_most <= 1000;
}

/* Points of a hundred; where a mark itself was the grade (five-mark system), no points. */
static bool add_score(Reading *reading, const json_t *score, json_t *result)
{
    int64_t points, most;

    if (!read_score(score, &points, &most))
        return false;
    bool marks = most == 5;
    int mark = marks ? (int)points : mark_of_label(score);
    int of_hundred = (int)(points * 100 / most);
    if (of_hundred > 100)
        of_hundred = 100;
    if (mark < 2 || mark > 5)
        mark = marks ? 2 : part_mark(reading->config, of_hundred);
    if ((!marks && json_object_set_new(result, "points", json_integer(of_hundred)) != 0) ||
        json_object_set_new(result, "mark", json_integer(mark)) != 0)
        reading->no_memory = true;
    return true;
}

/* HEMIS counts two semesters a year without a gap; who has repeated a year stands where the running one is. */
static bool add_year(const Term *term, int semester, json_t *result)
{
    char year[16];
    uint64_t running;

    if (!str_to_u64((Str){ term->academic_year, strnlen(term->academic_year, 4) }, 1990, 2150, &running) ||
        term->semester == 0)
        return true;
    int first = (int)running - ((term->semester + 1) / 2 - (semester + 1) / 2);
    (void)snprintf(year, sizeof year, "%d/%d", first, first + 1);
    return json_object_set_new(result, "academic_year", json_string(year)) == 0;
}

static void day_key(int semester, const json_t *subject, char key[KEY_SIZE])
{
    const char *code = json_string_value(json_object_get(subject, "code"));

    (void)snprintf(key, KEY_SIZE, "%d:%.24s", semester, code ? code : "");
}

static bool add_day(int semester, const json_t *days, json_t *result)
{
    char key[KEY_SIZE];

    day_key(semester, json_object_get(result, "subject"), key);
    json_t *day = json_object_get(days, key);
    return !day || json_object_set(result, "date", day) == 0;
}

static int semester_of(const json_t *course)
{
    return (int)json_integer_value(json_object_get(course, "semester"));
}

static bool add_result(Reading *reading, const Term *term, const json_t *row, const json_t *days, json_t *list)
{
    OWNED(json_t) result = json_object();

    if (!result)
        return false;
    if (!fields_read(reading, course_fields, COUNT(course_fields), row, result) ||
        !add_score(reading, words_member(row, "overallScore"), result))
        return !reading->no_memory;
    return !reading->no_memory && add_year(term, semester_of(result), result) &&
           add_day(semester_of(result), days, result) && json_array_append(list, result) == 0;
}

static json_t *no_memory(Error *err, const char *what)
{
    error_set(err, ERR_MEMORY, "%s", what);
    return NULL;
}

static bool is_list(const json_t *rows, Error *err)
{
    return json_is_array(rows) || json_is_array(words_member(rows, "items")) ||
           error_set(err, ERR_PROTOCOL, "HEMIS's answer is no list");
}

static const json_t *rows_of(const json_t *data)
{
    return json_is_array(data) ? data : words_member(data, "items");
}

json_t *part_results(Reading *reading, const Term *term, const json_t *subjects, const json_t *days, Error *err)
{
    OWNED(json_t) list = json_array();
    json_t *row;
    size_t i;

    if (!is_list(subjects, err))
        return NULL;
    json_array_foreach(rows_of(subjects), i, row)
    {
        if (!list || !add_result(reading, term, row, days, list))
            return no_memory(err, "results");
    }
    return list ? steal(&list) : no_memory(err, "results");
}

/* --- the running semester ---------------------------------------------------------------------------------------- */

static bool add_exam_score(const json_t *score, json_t *assessment)
{
    static const char *const names[] = { "current", "midterm", "final" }; /* exam_type 11, 12, 13 */
    int64_t kind, points, most;

    if (!fields_number(fields_find(score, "examType.code|examType"), 0, &kind) || kind < 11 || kind > 13 ||
        !read_score(score, &points, &most))
        return true;
    return json_object_set_new(assessment, names[kind - 11],
                               json_pack("{s:I, s:I}", "points", (json_int_t)points, "max", (json_int_t)most)) == 0;
}

static bool add_absent_hours(const json_t *absences, json_t *assessment)
{
    const char *code = json_string_value(json_object_get(json_object_get(assessment, "subject"), "code"));
    json_int_t hours = 0;
    json_t *row;
    size_t i;

    if (!absences)
        return true;
    json_array_foreach(json_object_get(absences, "rows"), i, row)
    {
        const char *other = json_string_value(json_object_get(json_object_get(row, "subject"), "code"));

        if (code && other && strcmp(code, other) == 0)
            hours += json_integer_value(json_object_get(row, "absent_on")) +
                     json_integer_value(json_object_get(row, "absent_off"));
    }
    return json_object_set_new(assessment, "absent_hours", json_integer(hours)) == 0;
}

static bool add_assessment(Reading *reading, const Term *term, const json_t *row, const json_t *absences, json_t *list)
{
    OWNED(json_t) course = json_object();
    int64_t points, most;
    json_t *score;
    size_t i;

    if (!course)
        return false;
    if (!fields_read(reading, course_fields, COUNT(course_fields), row, course))
        return !reading->no_memory;
    if (semester_of(course) != term->semester || term->over ||
        read_score(words_member(row, "overallScore"), &points, &most))
        return true;
    json_object_del(course, "semester");
    json_object_del(course, "hours");
    json_object_del(course, "type");
    json_array_foreach(words_member(row, "gradesByExam"), i, score)
    {
        if (!add_exam_score(score, course))
            return false;
    }
    static const char *const names[] = { "current", "midterm", "final" };
    for (i = 0; i < COUNT(names); i++)
        if (!json_object_get(course, names[i]) && json_object_set_new(course, names[i], json_null()) != 0)
            return false;
    return add_absent_hours(absences, course) && json_array_append(list, course) == 0;
}

/* {"academic_year", "semester", LIST: []}; NULL without memory. */
static json_t *of_term(const Term *term, const char *list)
{
    return json_pack("{s:s, s:i, s:[]}", "academic_year", term->academic_year, "semester", term->semester, list);
}

json_t *part_assessments(Reading *reading, const Term *term, const json_t *subjects, const json_t *absences, Error *err)
{
    OWNED(json_t) part = of_term(term, "rows");
    json_t *row;
    size_t i;

    if (!is_list(subjects, err))
        return NULL;
    json_array_foreach(rows_of(subjects), i, row)
    {
        if (!part || !add_assessment(reading, term, row, absences, json_object_get(part, "rows")))
            return no_memory(err, "assessments");
    }
    return part ? steal(&part) : no_memory(err, "assessments");
}

/* --- exams and absences ------------------------------------------------------------------------------------------ */

json_t *part_exams(Reading *reading, const json_t *exams, Error *err)
{
    if (!is_list(exams, err))
        return NULL;
    json_t *list = fields_read_list(reading, exam_fields, COUNT(exam_fields), exams);
    return list ? list : no_memory(err, "exams");
}

bool part_exam_days(Reading *reading, int semester, const json_t *exams, json_t *days, Error *err)
{
    OWNED(json_t) list = fields_read_list(reading, exam_fields, COUNT(exam_fields), exams);
    json_t *exam;
    size_t i;

    json_array_foreach(list, i, exam)
    {
        char key[KEY_SIZE];
        json_t *date = json_object_get(exam, "date");

        day_key(semester, json_object_get(exam, "subject"), key);
        const char *known = json_string_value(json_object_get(days, key));
        /* The last attempt's day is the result's. */
        if ((!known || strcmp(known, json_string_value(date)) < 0) && json_object_set(days, key, date) != 0)
            return error_set(err, ERR_MEMORY, "days of exams");
    }
    return list || error_set(err, ERR_MEMORY, "days of exams");
}

/* HEMIS's texts disagree on which of the two is excused. */
static bool turn_absence(const HemisConfig *config, json_t *row)
{
    OWNED(json_t) on = json_incref(json_object_get(row, config->absent_off_excused ? "absent_off" : "absent_on"));
    OWNED(json_t) off = json_incref(json_object_get(row, config->absent_off_excused ? "absent_on" : "absent_off"));

    return json_object_set_new(row, "absent_on", json_integer(json_integer_value(on))) == 0 &&
           json_object_set_new(row, "absent_off", json_integer(json_integer_value(off))) == 0;
}

json_t *part_attendance(Reading *reading, const Term *term, const json_t *absences, Error *err)
{
    OWNED(json_t)
    part = of_term(term, "subjects"); /* lessons of a semester are told nowhere: no shares are made of it */
    json_t *row;
    size_t i;

    if (!is_list(absences, err))
        return NULL;
    json_t *rows = fields_read_list(reading, absence_fields, COUNT(absence_fields), absences);
    if (!part || !rows || json_object_set_new(part, "rows", rows) != 0)
        return no_memory(err, "attendance");
    json_array_foreach(rows, i, row)
    {
        if (!turn_absence(reading->config, row))
            return no_memory(err, "attendance");
    }
    return steal(&part);
}
