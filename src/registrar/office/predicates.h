/* Who may use a service: the closed list of predicates that a catalogue may name ("for": [{"is": "status", "in":
 * ["11"], "else": "certificate-of-graduation"}]).  All must hold; of each one value is enough.
 *
 *   account     "student" who signed in, "visitor" without an account; a service that does not say is for students.
 *               Of a visitor only this, campaign, season, days, times and open are judged: there is no record
 *   status type form payment citizenship gender accommodation language social   HEMIS's codes of the record's profile
 *   year        of study: "1".."6"
 *   semester    "1".."12"
 *   home        "elsewhere" or "here": the registered address, against where the institution stands ("home" of
 *               institution.json; one that does not say it refuses nobody for this)
 *   debts       "none" or "some": academic debts by office/marks.h
 *   gpa         "2.4": the average of all results, with one decimal, reaches it
 *   paid        "50": so many per cent of the contract's sum (contract_sums); who studies on a grant owes none
 *   has         a part of the record: "contract", "dormitory", "scholarship" (the last two while they last), ...
 *   lacks       the same, and none of those named is there
 *   campaign    a kind of campaign that is open for the student: "session", ...
 *   season      "07-15/08-05": a time of every year, both days in it; "12-20/01-10" goes over New Year
 *   days        "1-7": of every month
 *   times       "2": it was granted less often than that, ever ("twice at most")
 *   open        "none": the student has none of this service that waits for a decision
 *
 * A row of the table in predicates.c is all that a new one needs. */
#ifndef REGISTRAR_OFFICE_PREDICATES_H
#define REGISTRAR_OFFICE_PREDICATES_H

#include "registrar/office/campaigns.h"
#include "registrar/office/institution.h"
#include "registrar/office/marks.h"
#include "registrar/office/students.h"
#include "registrar/store/asked.h"
#include "wire/api.h"

/* What predicates look at, of one student, gathered once for many services. */
typedef struct StudentFacts {
    const Record *record;           /* with RECORD_RULES */
    const Institution *institution; /* NULL: it does not say where it stands */
    const AskedCount *asked;        /* asked_count rows: what was asked for before */
    size_t asked_count;
    bool counted; /* the results can be counted: sum is of all of them */
    MarkSum sum;
    const CampaignList *campaigns;
    Date today;
} StudentFacts;

typedef struct Verdict {
    ApiReason reason;      /* REASON_NONE: all hold; else of the first that does not */
    Date opens;            /* REASON_SEASON with a year: from that day on */
    const char *otherwise; /* borrowed of the service: what serves such a student; NULL: nothing */
} Verdict;

/* Of somebody without an account. */
bool record_is_visitors(const Record *record);
/* ERR_NOT_FOUND with the path: the service names a predicate or a value that there is not. */
bool predicates_known(const Service *service, Error *err) MUST_USE;
/* A value of one predicate: "form" and "13". */
bool predicate_value_known(const char *is, const char *value);
Verdict predicates_judge(const Service *service, const StudentFacts *facts);
/* One of them alone.  False in *ret_judged: of somebody without an account there is nothing to judge it by. */
Verdict predicate_judge(const Service *service, size_t index, const StudentFacts *facts, bool *ret_judged);

#endif
