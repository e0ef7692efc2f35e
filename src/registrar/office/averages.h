/* Averages, credits and debts as the office works them out (marks.h), beside the figures that HEMIS has for the same
 * time: for staff, who look into what differs. */
#ifndef REGISTRAR_OFFICE_AVERAGES_H
#define REGISTRAR_OFFICE_AVERAGES_H

#include "registrar/office/marks.h"
#include "registrar/office/office.h"
#include "registrar/store/students.h"

typedef struct Averages {
    char number[STUDENT_NUMBER_SIZE];
    const MarkRules *rules; /* borrowed, as the next two */
    const Results *results; /* none where they can't be counted */
    const json_t *contract; /* NULL: not known */
    char fault[96];         /* "": they can be; else what is in the way */
    size_t count;           /* HEMIS's figures that there is something to compare with */
    MarkComparison rows[MARK_YEARS_MOST];
    bool differs; /* in one of them, or the results can't be counted */
} Averages;

/* One student; false stops, with words in *err. */
typedef bool (*AveragesEach)(void *ctx, const Averages *averages, Error *err);

/* Of one student.  An act: who looks at whom.  ERR_NOT_FOUND: nobody has this number. */
bool averages_of(Office *office, const char *number, const char *actor, AveragesEach each, void *ctx,
                 Error *err) MUST_USE;
/* Of each student whose figures differ, by their ids.  One act: who looks, not at whom.  *ret_students: how many were
 * looked at. */
bool averages_differing(Office *office, const char *actor, AveragesEach each, void *ctx, size_t *ret_students,
                        Error *err) MUST_USE;

#endif
