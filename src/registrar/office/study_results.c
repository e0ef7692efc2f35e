/* Results with their averages and debts, and attendance. */
#include <stdlib.h>
#include <string.h>

#include "registrar/office/fields_inside.h"
#include "registrar/office/study_inside.h"

#define CREDITS_A_YEAR   60 /* 824 */
#define CREDITS_BACHELOR 240
#define CREDITS_MASTER   120

/* --- results ------------------------------------------------------------------------------------------------------ */

static_assert((int)STUDY_OF_SUBJECT == (int)RESULT_SUBJECT && (int)STUDY_OF_COURSEWORK == (int)RESULT_COURSEWORK &&
                  (int)STUDY_OF_PRACTICE == (int)RESULT_PRACTICE &&
                  (int)STUDY_OF_ATTESTATION == (int)RESULT_ATTESTATION,
              "kinds of results stand for each other");

typedef struct Marking {
    const StudyMaking *making;
    const MarkRules *rules;
    const Results *results;
    int64_t base; /* soʻm a year's contract is counted by; 0: not known */
} Marking;

static int by_semester(const void *a, const void *b)
{
    const StudyResult *first = a, *second = b;

    return first->semester - second->semester;
}

static void add_result(const Marking *marking, const Result *result)
{
    ApiStudy *study = marking->making->study;

    if (study->result_count == STUDY_RESULTS_MOST)
        return;
    study->results[study->result_count++] =
        (StudyResult){ .semester = result->semester,
                       .kind = (StudyResultKind)result->kind,
                       .subject = study_name_put(study, field_member(result->row, "subject.names")),
                       .credits = result->credits,
                       .points_x100 = result->points_x100,
                       .mark = result->mark,
                       .debt = !result->passed,
                       .fee = result->passed ? 0 : marks_retake_fee(marking->rules, marking->base, result->credits) };
}

static void add_semesters(const Marking *marking)
{
    ApiStudy *study = marking->making->study;
    int semesters[MARK_SEMESTERS_MOST];
    const size_t count = marks_semesters(marking->results, semesters);

    for (size_t i = 0; i < count && i < STUDY_SEMESTERS_MOST; i++) {
        const MarkSum sum = marks_sum_semester(marking->results, semesters[i]);
        StudySemester *semester = &study->semesters[study->semester_count++];

        *semester = (StudySemester){ .semester = semesters[i],
                                     .gpa_x100 = marks_gpa_x100(&sum),
                                     .credits = sum.credits,
                                     .credits_earned = sum.credits_earned,
                                     .subjects = sum.subjects,
                                     .debts = sum.debts };
        for (size_t row = 0; row < marking->results->count; row++)
            if (marking->results->items[row].semester == semesters[i])
                str_copy_cut(str_from(marking->results->items[row].academic_year), semester->academic_year,
                             sizeof semester->academic_year);
    }
}

/* A year of daytime study has sixty; other forms come to the same in more years (824). */
static int credits_wanted(const json_t *profile)
{
    const int type = study_code(json_object_get(profile, "education_type"));
    const int form = study_code(json_object_get(profile, "education_form"));
    const int years = study_code(json_object_get(profile, "years_of_programme"));

    if (form == 11 && years)
        return CREDITS_A_YEAR * years;
    return type == 11 ? CREDITS_BACHELOR : type == 12 ? CREDITS_MASTER : 0;
}

static void add_sums(const Marking *marking)
{
    const MarkSum sum = marks_sum(marking->results);
    StudySums *sums = &marking->making->study->sums;

    *sums = (StudySums){ .gpa_x100 = marks_gpa_x100(&sum),
                         .gpa_limit_x100 = marking->rules->gpa_limit_x100,
                         .credits = sum.credits,
                         .credits_earned = sum.credits_earned,
                         .credits_wanted = credits_wanted(record_profile(marking->making->record)),
                         .subjects = sum.subjects,
                         .debts = sum.debts,
                         .debt_credits = sum.debt_credits,
                         .debts_fee = marks_retake_fees(marking->rules, marking->base, marking->results) };
    sums->promotes = marks_promotes(marking->rules, marking->results, &sums->promotion_x10);
    if (marking->results->count == 0)
        sums->promotion_x10 = 0;
}

static void add_averages(const Marking *marking)
{
    ApiStudy *study = marking->making->study;
    MarkComparison compared[MARK_YEARS_MOST];
    const size_t count =
        marks_compare(marking->rules, marking->results, record_profile(marking->making->record), compared);

    for (size_t i = 0; i < count && i < STUDY_AVERAGES_MOST; i++) {
        StudyAverage *average = &study->averages[study->average_count++];

        *average = (StudyAverage){ .all_years = compared[i].all_years,
                                   .hemis_x10 = compared[i].gpa_x10[0],
                                   .ours_x10 = compared[i].gpa_x10[1],
                                   .differs = compared[i].differs };
        memcpy(average->academic_year, compared[i].academic_year, sizeof average->academic_year);
    }
}

/* What can't be counted is not known: part of it would give wrong averages. */
bool study_results(const StudyMaking *making, Error *err)
{
    ApiStudy *study = making->study;
    json_t *rows = making->record->parts[PART_RESULTS];
    OWNED_RESULTS results = { 0 };
    const Marking marking = { making, institution_marking(making->institution), &results,
                              contract_base(making->record->parts[PART_CONTRACT]) };
    Error why = { 0 };

    if (!rows)
        return true;
    if (!results_read(marking.rules, rows, &results, &why))
        return why.code == ERR_FORMAT || error_set(err, why.code, "%s", why.text);
    study->as_of_s[STUDY_RESULTS] = making->record->as_of_s[PART_RESULTS];
    for (size_t i = 0; i < results.count; i++)
        add_result(&marking, &results.items[i]);
    qsort(study->results, study->result_count, sizeof study->results[0], by_semester);
    add_semesters(&marking);
    add_sums(&marking);
    add_averages(&marking);
    return true;
}

/* --- attendance --------------------------------------------------------------------------------------------------- */

/* NULL: there are more subjects than are told. */
static StudyAttendance *attendance_of(ApiStudy *study, int subject)
{
    for (size_t i = 0; i < study->attendance_count; i++)
        if (study->attendance[i].subject == subject)
            return &study->attendance[i];
    if (study->attendance_count == STUDY_SUBJECTS_MOST || subject == 0)
        return NULL;
    study->attendance[study->attendance_count] = (StudyAttendance){ .subject = subject };
    return &study->attendance[study->attendance_count++];
}

static int newest_absence(const void *a, const void *b)
{
    const StudyAbsence *first = a, *second = b;
    int order = strcmp(second->date, first->date);

    return order ? order : second->pair - first->pair;
}

/* As many as are shown, the newest, whatever order the record has them in. */
static void add_absence(ApiStudy *study, const StudyAbsence *absence)
{
    if (study->absence_count == STUDY_ABSENCES_MOST) {
        qsort(study->absences, study->absence_count, sizeof *absence, newest_absence);
        if (newest_absence(absence, &study->absences[STUDY_ABSENCES_MOST - 1]) >= 0)
            return;
        study->absence_count--;
    }
    study->absences[study->absence_count++] = *absence;
}

static int add_hours(int a, int b)
{
    return a + b < STUDY_HOURS_MOST ? a + b : STUDY_HOURS_MOST;
}

static void add_missed(ApiStudy *study, const json_t *row)
{
    const int subject = study_name_put(study, field_member(row, "subject.names"));
    const int excused = study_count(json_object_get(row, "absent_on"));
    const int unexcused = study_count(json_object_get(row, "absent_off"));
    StudyAttendance *attendance = attendance_of(study, subject);
    StudyAbsence absence = { .subject = subject,
                             .pair = study_code(json_object_get(row, "pair")),
                             .kind = study_code(json_object_get(row, "kind")),
                             .hours = add_hours(excused, unexcused),
                             .excused = unexcused == 0 };
    Date day;

    if (!attendance || absence.hours == 0)
        return;
    attendance->excused = add_hours(attendance->excused, excused);
    attendance->unexcused = add_hours(attendance->unexcused, unexcused);
    if (json_day(json_object_get(row, "date"), &day)) {
        study_day(day, absence.date);
        add_absence(study, &absence);
    }
}

void study_attendance(const StudyMaking *making)
{
    const json_t *json = study_part(making, PART_ATTENDANCE, STUDY_ATTENDANCE);
    ApiStudy *study = making->study;
    json_t *row;
    size_t i;

    study->attendance_semester = study_code(json_object_get(json, "semester"));
    json_array_foreach(json_object_get(json, "subjects"), i, row)
    {
        StudyAttendance *attendance = attendance_of(study, study_name_put(study, field_member(row, "subject.names")));

        if (attendance)
            attendance->contact = study_count(json_object_get(row, "contact_hours"));
    }
    json_array_foreach(json_object_get(json, "rows"), i, row)
    {
        add_missed(study, row);
    }
    for (i = 0; i < study->attendance_count; i++) {
        StudyAttendance *attendance = &study->attendance[i];

        if (attendance->contact > 0)
            attendance->percent =
                attendance->unexcused < attendance->contact ? attendance->unexcused * 100 / attendance->contact : 100;
    }
    qsort(study->absences, study->absence_count, sizeof study->absences[0], newest_absence);
}
