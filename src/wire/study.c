#include "wire/study.h"

#include <string.h>

#include "wire/json.h"

#define YEAR_MOST 199 /* of the few counts that a semester or a programme has */

static const char *const part_words[] = { "lessons",  "exams",       "attendance", "results",
                                          "contract", "scholarship", "orders",     "courses" };
static_assert(COUNT(part_words) == STUDY_PART_COUNT, "one word per part");

static const char *const result_words[] = { "subject", "coursework", "practice", "attestation" };
static_assert(COUNT(result_words) == STUDY_RESULT_KIND_COUNT, "one word per kind");

static const char *const scholarship_words[] = { "basic", "increased", "named", "social", "other" };
static_assert(COUNT(scholarship_words) == SCHOLARSHIP_KIND_COUNT, "one word per kind");

const char *study_name(const ApiStudy *study, int name, Language language)
{
    LocalText text = { 0 };

    assert(name >= 0 && (size_t)name <= study->name_count);
    for (int i = 0; name > 0 && i < LANGUAGE_COUNT; i++)
        text.in[i] = study->names[name - 1].in[i][0] ? study->names[name - 1].in[i] : NULL;
    return local_text(&text, language);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

#define OF_NAME(type, field)  MEMBER_OF_INT(type, field, 0, STUDY_NAMES_MOST, .optional = true)
#define OF_TEXT(type, field)  MEMBER_OF_TEXT(type, field, .optional = true)
#define OF_FLAG(type, field)  MEMBER_OF_BOOL(type, field, .optional = true)
#define OF_COUNT(type, field) MEMBER_OF_INT(type, field, 0, STUDY_HOURS_MOST, .optional = true)
#define OF_CODE(type, field)  MEMBER_OF_INT(type, field, 0, 99, .optional = true)
#define OF_SUM(type, field)   MEMBER_OF_INT64(type, field, 0, STUDY_SUM_MOST, .optional = true)

static const Member week_members[] = {
    MEMBER_OF_TEXT(StudyWeek, from),
    MEMBER_OF_TEXT(StudyWeek, to),
    OF_FLAG(StudyWeek, told),
    OF_FLAG(StudyWeek, holidays),
};

static const Member lesson_members[] = {
    MEMBER_OF_TEXT(StudyLesson, date), OF_TEXT(StudyLesson, from), OF_TEXT(StudyLesson, to),
    OF_CODE(StudyLesson, pair),        OF_CODE(StudyLesson, kind), OF_NAME(StudyLesson, subject),
    OF_NAME(StudyLesson, building),    OF_TEXT(StudyLesson, room), OF_TEXT(StudyLesson, teacher),
};

static const Member exam_members[] = {
    MEMBER_OF_TEXT(StudyExam, date), OF_TEXT(StudyExam, from), OF_CODE(StudyExam, kind),
    OF_CODE(StudyExam, attempt),     OF_FLAG(StudyExam, past), OF_NAME(StudyExam, subject),
    OF_NAME(StudyExam, building),    OF_TEXT(StudyExam, room), OF_TEXT(StudyExam, teacher),
};

static const Member attendance_members[] = {
    OF_NAME(StudyAttendance, subject),  OF_COUNT(StudyAttendance, excused), OF_COUNT(StudyAttendance, unexcused),
    OF_COUNT(StudyAttendance, contact), OF_COUNT(StudyAttendance, percent),
};

static const Member absence_members[] = {
    MEMBER_OF_TEXT(StudyAbsence, date), OF_CODE(StudyAbsence, pair),   OF_CODE(StudyAbsence, kind),
    OF_NAME(StudyAbsence, subject),     OF_COUNT(StudyAbsence, hours), OF_FLAG(StudyAbsence, excused),
};

static const Member result_members[] = {
    MEMBER_OF_INT(StudyResult, semester, 1, STUDY_SEMESTERS_MOST),
    MEMBER_OF_WORD(StudyResult, kind, result_words),
    OF_NAME(StudyResult, subject),
    MEMBER_OF_INT(StudyResult, credits, 0, YEAR_MOST),
    MEMBER_OF_INT(StudyResult, points_x100, -1, 100000),
    MEMBER_OF_INT(StudyResult, mark, 0, 5),
    OF_FLAG(StudyResult, debt),
    OF_SUM(StudyResult, fee),
};

static const Member semester_members[] = {
    MEMBER_OF_INT(StudySemester, semester, 1, STUDY_SEMESTERS_MOST),
    OF_TEXT(StudySemester, academic_year),
    MEMBER_OF_INT(StudySemester, gpa_x100, 0, 500),
    OF_COUNT(StudySemester, credits),
    OF_COUNT(StudySemester, credits_earned),
    OF_COUNT(StudySemester, subjects),
    OF_COUNT(StudySemester, debts),
};

static const Member average_members[] = {
    MEMBER_OF_TEXT(StudyAverage, academic_year),
    OF_FLAG(StudyAverage, all_years),
    MEMBER_OF_INT(StudyAverage, ours_x10, -1, 1000),
    MEMBER_OF_INT(StudyAverage, hemis_x10, -1, 1000),
    OF_FLAG(StudyAverage, differs),
};

static const Member payment_members[] = {
    MEMBER_OF_TEXT(StudyPayment, date),
    MEMBER_OF_INT64(StudyPayment, sum, 0, STUDY_SUM_MOST),
};

static const Member order_members[] = {
    MEMBER_OF_TEXT(StudyOrder, number),
    OF_TEXT(StudyOrder, date),
    OF_CODE(StudyOrder, kind),
    OF_NAME(StudyOrder, name),
};

static const Member course_members[] = {
    OF_NAME(StudyCourse, name),
    OF_TEXT(StudyCourse, grade),
    MEMBER_OF_INT(StudyCourse, progress, -1, 100),
};

static const Member deadline_members[] = {
    MEMBER_OF_INT64(StudyDeadline, at_s, 0, INT64_C(1) << 40),
    OF_NAME(StudyDeadline, name),
    OF_NAME(StudyDeadline, course),
    OF_FLAG(StudyDeadline, past),
};

/* --- what stands alone -------------------------------------------------------------------------------------------- */

static const Member study_members[] = {
    MEMBER_OF_TEXT(ApiStudy, today),
    OF_FLAG(ApiStudy, by_sessions),
    OF_CODE(ApiStudy, attendance_semester),
    OF_FLAG(ApiStudy, has_moodle),
};

static const Member sums_members[] = {
    MEMBER_OF_INT(StudySums, gpa_x100, 0, 500),
    OF_COUNT(StudySums, gpa_limit_x100),
    OF_COUNT(StudySums, promotion_x10),
    OF_FLAG(StudySums, promotes),
    OF_COUNT(StudySums, credits),
    OF_COUNT(StudySums, credits_earned),
    OF_COUNT(StudySums, credits_wanted),
    OF_COUNT(StudySums, subjects),
    OF_COUNT(StudySums, debts),
    OF_COUNT(StudySums, debt_credits),
    OF_SUM(StudySums, debts_fee),
};

static const Member contract_members[] = {
    OF_TEXT(StudyContract, number),
    OF_TEXT(StudyContract, date),
    OF_TEXT(StudyContract, academic_year),
    MEMBER_OF_INT64(StudyContract, sum, 0, STUDY_SUM_MOST),
    MEMBER_OF_INT64(StudyContract, paid, 0, STUDY_SUM_MOST),
    OF_SUM(StudyContract, left),
    OF_SUM(StudyContract, overpaid),
    OF_SUM(StudyContract, overdue),
};

static const Member scholarship_members[] = {
    MEMBER_OF_WORD(StudyScholarship, kind, scholarship_words),
    OF_NAME(StudyScholarship, name),
    OF_SUM(StudyScholarship, monthly),
    OF_TEXT(StudyScholarship, from),
    OF_TEXT(StudyScholarship, to),
    OF_TEXT(StudyScholarship, order),
    OF_TEXT(StudyScholarship, order_date),
};

/* --- lists -------------------------------------------------------------------------------------------------------- */

typedef struct List {
    const char *name;
    size_t items, item_size, most; /* offset of the array, and what it holds */
    size_t count;                  /* offset of how many there are */
    const Member *members;
    size_t member_count;
    bool later; /* a registrar of before does not tell it: empty then */
} List;

#define LIST_OF(list, counted, rows, since)                                                                            \
    {                                                                                                                  \
#list, offsetof(ApiStudy, list), sizeof(((ApiStudy *)0)->list[0]), COUNT(((ApiStudy *)0)->list),               \
            offsetof(ApiStudy, counted), rows, COUNT(rows), since                                                      \
    }

static const List lists[] = {
    LIST_OF(lessons, lesson_count, lesson_members, false),
    LIST_OF(exams, exam_count, exam_members, false),
    LIST_OF(attendance, attendance_count, attendance_members, false),
    LIST_OF(absences, absence_count, absence_members, false),
    LIST_OF(results, result_count, result_members, false),
    LIST_OF(semesters, semester_count, semester_members, false),
    LIST_OF(averages, average_count, average_members, false),
    LIST_OF(payments, payment_count, payment_members, false),
    LIST_OF(dues, due_count, payment_members, false),
    LIST_OF(orders, order_count, order_members, false),
    LIST_OF(courses, course_count, course_members, true),
    LIST_OF(deadlines, deadline_count, deadline_members, true),
};

static bool put(json_t *json, const char *name, json_t *value, Error *err)
{
    return json_object_set_new(json, name, value) == 0 || error_set(err, ERR_MEMORY, "study");
}

static bool rows_write(json_t *json, const char *name, const Member *members, size_t member_count, const char *items,
                       size_t item_size, size_t count, Error *err)
{
    OWNED(json_t) list = json_array();

    for (size_t i = 0; list && i < count; i++)
        if (json_array_append_new(list, members_write(members, member_count, items + i * item_size, err)) != 0)
            return error_set(err, ERR_MEMORY, "study");
    return put(json, name, json_incref(list), err);
}

static bool all_lists_write(json_t *json, const ApiStudy *study, Error *err)
{
    const char *base = (const char *)study;

    for (size_t i = 0; i < COUNT(lists); i++) {
        const List *list = &lists[i];
        size_t count;

        memcpy(&count, base + list->count, sizeof count);
        if (!rows_write(json, list->name, list->members, list->member_count, base + list->items, list->item_size, count,
                        err))
            return false;
    }
    return rows_write(json, "weeks", week_members, COUNT(week_members), (const char *)study->weeks,
                      sizeof study->weeks[0], STUDY_WEEKS, err);
}

static bool rows_read(const json_t *json, const List *list, ApiStudy *ret, Error *err)
{
    const json_t *rows = json_object_get(json, list->name), *row;
    const size_t count = json_array_size(rows);
    char *base = (char *)ret;
    size_t index;

    if (!rows && list->later)
        return true;
    if (!json_is_array(rows) || count > list->most)
        return error_set(err, ERR_PROTOCOL, "%s: no list, or too long", list->name);
    json_array_foreach(rows, index, row)
    {
        if (!members_read(list->members, list->member_count, row, base + list->items + index * list->item_size, err))
            return error_add(err, "%s[%zu]", list->name, index);
    }
    memcpy(base + list->count, &count, sizeof count);
    return true;
}

static bool weeks_read(const json_t *json, ApiStudy *ret, Error *err)
{
    const json_t *rows = json_object_get(json, "weeks");

    if (json_array_size(rows) != STUDY_WEEKS)
        return error_set(err, ERR_PROTOCOL, "weeks: not %d", STUDY_WEEKS);
    for (size_t i = 0; i < STUDY_WEEKS; i++)
        if (!members_read(week_members, COUNT(week_members), json_array_get(rows, i), &ret->weeks[i], err))
            return error_add(err, "weeks[%zu]", i);
    return true;
}

/* --- names -------------------------------------------------------------------------------------------------------- */

static json_t *name_write(const StudyName *name)
{
    json_t *json = json_object();

    for (int i = 0; json && i < LANGUAGE_COUNT; i++)
        if (name->in[i][0] && json_object_set_new(json, language_tag((Language)i), json_string(name->in[i])) != 0) {
            json_decref(json);
            return NULL;
        }
    return json;
}

static bool names_write(json_t *json, const ApiStudy *study, Error *err)
{
    OWNED(json_t) list = json_array();

    for (size_t i = 0; list && i < study->name_count; i++)
        if (json_array_append_new(list, name_write(&study->names[i])) != 0)
            return error_set(err, ERR_MEMORY, "study");
    return put(json, "names", json_incref(list), err);
}

static bool name_read(const json_t *json, StudyName *ret, Error *err)
{
    const char *tag;
    json_t *value;
    bool any = false;

    json_object_foreach((json_t *)(uintptr_t)json, tag, value)
    {
        Language language;

        if (!language_parse(str_from(tag), &language))
            continue;
        if (!json_is_string(value) || !str_copy((Str){ json_string_value(value), json_string_length(value) },
                                                ret->in[language], sizeof ret->in[language]))
            return error_set(err, ERR_PROTOCOL, "%.12s", tag);
        any = any || ret->in[language][0];
    }
    return any || error_set(err, ERR_PROTOCOL, "in no language");
}

static bool names_read(const json_t *json, ApiStudy *ret, Error *err)
{
    const json_t *list = json_object_get(json, "names"), *name;
    size_t index;

    if (!json_is_array(list) || json_array_size(list) > STUDY_NAMES_MOST)
        return error_set(err, ERR_PROTOCOL, "names: no list, or too long");
    json_array_foreach(list, index, name)
    {
        if (!name_read(name, &ret->names[index], err))
            return error_add(err, "names[%zu]", index);
    }
    ret->name_count = json_array_size(list);
    return true;
}

/* A row that names what is not there would be read beyond the names. */
static bool names_are_there(const ApiStudy *study, Error *err)
{
    int last = study->has_scholarship ? study->scholarship.name : 0;

    for (size_t i = 0; i < COUNT(lists); i++)
        for (size_t member = 0; member < lists[i].member_count; member++) {
            const char *items = (const char *)study + lists[i].items + lists[i].members[member].offset;
            size_t count;

            memcpy(&count, (const char *)study + lists[i].count, sizeof count);
            if (lists[i].members[member].kind != MEMBER_INT || lists[i].members[member].most != STUDY_NAMES_MOST)
                continue;
            for (size_t row = 0; row < count; row++) {
                int name;

                memcpy(&name, items + row * lists[i].item_size, sizeof name);
                last = name > last ? name : last;
            }
        }
    return (size_t)last <= study->name_count || error_set(err, ERR_PROTOCOL, "a name that is not there");
}

/* --- as_of -------------------------------------------------------------------------------------------------------- */

static bool as_of_write(json_t *json, const ApiStudy *study, Error *err)
{
    OWNED(json_t) as_of = json_object();

    for (size_t i = 0; as_of && i < STUDY_PART_COUNT; i++)
        if (study->as_of_s[i] && !put(as_of, part_words[i], json_integer(study->as_of_s[i]), err))
            return false;
    return put(json, "as_of", json_incref(as_of), err);
}

static bool as_of_read(const json_t *json, ApiStudy *ret, Error *err)
{
    const json_t *as_of = json_object_get(json, "as_of");

    if (!json_is_object(as_of))
        return error_set(err, ERR_PROTOCOL, "as_of: missing");
    for (size_t i = 0; i < STUDY_PART_COUNT; i++) {
        const json_t *at = json_object_get(as_of, part_words[i]);

        if (at && (!json_is_integer(at) || json_integer_value(at) < 0))
            return error_set(err, ERR_PROTOCOL, "as_of.%s", part_words[i]);
        ret->as_of_s[i] = json_integer_value(at);
    }
    return true;
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static bool contract_write(json_t *json, const ApiStudy *study, Error *err)
{
    OWNED(json_t) contract = members_write(contract_members, COUNT(contract_members), &study->contract, err);

    return contract &&
           (study->contract.next.sum == 0 ||
            put(contract, "next", members_write(payment_members, COUNT(payment_members), &study->contract.next, err),
                err)) &&
           put(json, "contract", json_incref(contract), err);
}

bool api_study_write(const ApiStudy *study, Buf *buf, Error *err)
{
    OWNED(json_t) json = members_write(study_members, COUNT(study_members), study, err);

    return json && as_of_write(json, study, err) && names_write(json, study, err) &&
           all_lists_write(json, study, err) &&
           put(json, "sums", members_write(sums_members, COUNT(sums_members), &study->sums, err), err) &&
           (!study->has_contract || contract_write(json, study, err)) &&
           (!study->has_scholarship ||
            put(json, "scholarship",
                members_write(scholarship_members, COUNT(scholarship_members), &study->scholarship, err), err)) &&
           json_write(json, buf, err);
}

static bool singles_read(const json_t *json, ApiStudy *ret, Error *err)
{
    const json_t *contract = json_object_get(json, "contract"), *scholarship = json_object_get(json, "scholarship");
    const json_t *next = json_object_get(contract, "next");

    ret->has_contract = contract != NULL;
    ret->has_scholarship = scholarship != NULL;
    return members_read(study_members, COUNT(study_members), json, ret, err) &&
           (members_read(sums_members, COUNT(sums_members), json_object_get(json, "sums"), &ret->sums, err) ||
            error_add(err, "sums")) &&
           (!contract || members_read(contract_members, COUNT(contract_members), contract, &ret->contract, err) ||
            error_add(err, "contract")) &&
           (!next || members_read(payment_members, COUNT(payment_members), next, &ret->contract.next, err) ||
            error_add(err, "contract.next")) &&
           (!scholarship ||
            members_read(scholarship_members, COUNT(scholarship_members), scholarship, &ret->scholarship, err) ||
            error_add(err, "scholarship"));
}

bool api_study_read(Str text, ApiStudy *ret, Error *err)
{
    OWNED(json_t) json = json_read(text, NULL);

    memset(ret, 0, sizeof *ret);
    if (!json)
        return error_set(err, ERR_PROTOCOL, "study: no JSON");
    bool done = singles_read(json, ret, err) && as_of_read(json, ret, err) && names_read(json, ret, err) &&
                weeks_read(json, ret, err);
    for (size_t i = 0; done && i < COUNT(lists); i++)
        done = rows_read(json, &lists[i], ret, err);
    if (done && names_are_there(ret, err))
        return true;
    memset(ret, 0, sizeof *ret);
    return error_add(err, "study");
}
