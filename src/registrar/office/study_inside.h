/* Between study.c and its parts: one record on its way to what the student is told.  Inside office/. */
#ifndef REGISTRAR_OFFICE_STUDY_INSIDE_H
#define REGISTRAR_OFFICE_STUDY_INSIDE_H

#include "registrar/office/students.h"
#include "wire/study.h"

typedef struct StudyMaking {
    const Institution *institution;
    const Record *record;
    Date today;
    int64_t now_s;
    ApiStudy *study;
} StudyMaking;

/* study_weeks.c: lessons of this week and the next on their days, exams */
void study_lessons(const StudyMaking *making);
void study_exams(const StudyMaking *making);
/* study_results.c: results, semesters, averages, promotion, debts; attendance */
bool study_results(const StudyMaking *making, Error *err) MUST_USE;
void study_attendance(const StudyMaking *making);

/* --- what they share ---------------------------------------------------------------------------------------------- */

/* A record's part that is known. */
const json_t *study_part(const StudyMaking *making, RecordPart part, StudyPart as);
/* Where names stand from now on: texts by tags, or one for all.  0: there are none, or too many already. */
int study_name_put(ApiStudy *study, const json_t *names);
/* A code that HEMIS writes as text: "11".  0: none from 1 to 99. */
int study_code(const json_t *code);
/* 0..9999; what is no such number is 0. */
int study_count(const json_t *number);
/* Texts as recorded, cut where they are too long; "" where there are none. */
void study_text(const json_t *text, char *ret, size_t size);
/* ISO. */
void study_day(Date day, char ret[11]);

#endif
