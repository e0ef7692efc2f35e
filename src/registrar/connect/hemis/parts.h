/* The parts of a record, each from answers of HEMIS to the house's shape (assets/demo/README.md).  Inside
 * connect/hemis.  Pure: what is asked, and when, is record.c's. */
#ifndef REGISTRAR_CONNECT_HEMIS_PARTS_H
#define REGISTRAR_CONNECT_HEMIS_PARTS_H

#include "registrar/connect/hemis/fields.h"

/* Where in time the student is, from the profile; all zero: not known. */
typedef struct Term {
    int semester;           /* 1 .. 12, the running one, or the last of who has ended */
    char academic_year[12]; /* "2026/2027" of it */
    bool over;              /* graduated: nothing is running */
} Term;

/* Each: what "data" holds; NULL: cannot be read (ERR_PROTOCOL) or no memory (ERR_MEMORY) as *err says.  Owned. */

/* me: account/me, or a row of the data API's student-list, which has its fields.  averages, contract, orders: the other
 * answers or what was made of them; each may be NULL.  *ret_pinfl "" when there is none. */
json_t *part_profile(Reading *reading, const json_t *me, const json_t *averages, const json_t *contract,
                     const json_t *orders, char ret_pinfl[24], Error *err) MUST_USE;
/* "" when it is not told. */
void part_number(Reading *reading, const json_t *me, char ret_number[HEMIS_NUMBER_SIZE]);
Term part_term(const json_t *profile);

/* subjects: education/subject-list.  days: "5:MATH101" to an ISO day (part_exam_days); may be NULL. */
json_t *part_results(Reading *reading, const Term *term, const json_t *subjects, const json_t *days,
                     Error *err) MUST_USE;
/* absences: part_attendance's; may be NULL.  An empty object without memory is NULL; nothing running: "rows" is empty.
 */
json_t *part_assessments(Reading *reading, const Term *term, const json_t *subjects, const json_t *absences,
                         Error *err) MUST_USE;
json_t *part_exams(Reading *reading, const json_t *exams, Error *err) MUST_USE;
/* Adds the days of a semester's exams. */
bool part_exam_days(Reading *reading, int semester, const json_t *exams, json_t *days, Error *err) MUST_USE;
json_t *part_attendance(Reading *reading, const Term *term, const json_t *absences, Error *err) MUST_USE;
/* today: the week that is shown. */
json_t *part_schedule(Reading *reading, const json_t *lessons, Date today, Error *err) MUST_USE;
json_t *part_contract(Reading *reading, const json_t *contract, Error *err) MUST_USE;
json_t *part_orders(Reading *reading, const json_t *decrees, Error *err) MUST_USE;
/* Points of most into a mark, 2 .. 5, as the university's settings have it. */
int part_mark(const HemisConfig *config, int points);

#endif
