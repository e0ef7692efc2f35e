/* Marks, GPA, credits, debts, promotion, retake fees: the one place where they are worked out, in whole numbers.
 * A university's own rules are data (institution.json, "marking"); the rules' sources are named where they stand:
 *   HEMIS  what HEMIS does with its academic records: its seed data (rating grades), the GPA job, the transcript's page
 *   API    the descriptions of its interface
 *   824    resolution 824 of the Cabinet of Ministers, 31.12.2020: the credit system
 * Any thread. */
#ifndef REGISTRAR_OFFICE_MARKS_H
#define REGISTRAR_OFFICE_MARKS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/macros.h"

#define MARK_BEST           5
#define MARK_PASSES         3 /* HEMIS, API: a mark below is a debt */
#define MARK_FAILS          2 /* the lowest that is given */
#define MARK_BANDS_MOST     8
#define MARK_LETTERS_MOST   12
#define MARK_RESULTS_MOST   400
#define MARK_YEARS_MOST     16
#define MARK_SEMESTERS_MOST 16 /* HEMIS's classifier has twelve */

/* From so many points on, so good a mark. */
typedef struct MarkBand {
    int points_x100;
    int mark; /* 2..5 */
} MarkBand;

/* From so high an average on, this letter (HEMIS's transcript: A+ from 4.51, A from 4.26, B+ 4.01, B 3.51, C+ 3.26,
 * C 3.0). */
typedef struct MarkLetter {
    int gpa_x100;
    char letter[8];
} MarkLetter;

typedef struct MarkRules {
    char system[24]; /* "credit", "rating", "90-75-60-50", "five", or what the university calls its own */
    MarkBand bands[MARK_BANDS_MOST]; /* best first; the last begins at 0 */
    size_t band_count;
    int points_most;                       /* 100; 5 in the five-mark system */
    int debt_below_x100;                   /* points: fewer are a debt, whatever mark stands beside them */
    MarkLetter letters[MARK_LETTERS_MOST]; /* best first; averages below the last have none */
    size_t letter_count;
    int gpa_limit_x100;   /* 240..300: promotion asks for so much (824) */
    bool all_years;       /* promotion looks at the average of all years, not of the last one (HEMIS: method) */
    int contract_credits; /* what a year's base contract pays for: 60 (824) */
    int64_t fee_step;     /* retake fees are rounded to whole multiples of so many soʻm, halves up; 1 */
} MarkRules;

/* The credit system: 90..100 = 5, 70..89 = 4, 60..69 = 3, below = 2, a debt below 60 (HEMIS, seed data); GPA limit 2.4.
 */
MarkRules marks_default(void);
/* "marking" of institution.json, NULL: the default.  {"system": NAME} takes a known one ("rating": 86/71/55, HEMIS;
 * "90-75-60-50", in use at one institution: 50..59 fail and may be sat again; "five": marks without points), and
 * "bands": [{"from": 90, "mark": 5}, ...], "points_most", "debt_below", "letters": [{"from": "4.51", "letter": "A+"},
 * ...], "gpa_limit": "2.4", "method": "one_year" or "all_year", "contract_credits", "fee_step" change what they name.
 * ERR_FORMAT with the path. */
bool marks_rules_read(const json_t *json, MarkRules *ret, Error *err) MUST_USE;

/* The mark for so many points.  Source: HEMIS, its table of rating grades. */
int marks_of_points(const MarkRules *rules, int points_x100);
/* "" for an average that has none. */
const char *marks_letter(const MarkRules *rules, int gpa_x100);

/* --- a student's results ----------------------------------------------------------------------------------------- */

typedef enum ResultKind { RESULT_SUBJECT, RESULT_COURSEWORK, RESULT_PRACTICE, RESULT_ATTESTATION } ResultKind;

typedef struct Result {
    const json_t *row; /* borrowed: names, hours, type, date */
    ResultKind kind;
    int semester;              /* 1..16 */
    const char *academic_year; /* "2024/2025", "" */
    int credits;
    int points_x100; /* -1: none on record */
    int mark;        /* 2..5, as it stands on record, else by the points; 0: there is no record of the subject */
    bool passed; /* not a debt: the mark is 3 or better and the points, where there are any, reach debt_below (HEMIS;
                  * API: "total_point < limit or grade < 3") */
} Result;

typedef struct Results {
    json_t *json;  /* owned reference: rows borrow of it */
    Result *items; /* owned; in the record's order */
    size_t count;
} Results;

/* json: the record part "results", NULL: none.  One row a subject and semester, as an academic record of HEMIS: after a
 * retake it holds the new result.  ERR_FORMAT with the row: it is none that can be counted. */
bool results_read(const MarkRules *rules, json_t *json, Results *ret, Error *err) MUST_USE;
void results_fini(Results *results);
#define OWNED_RESULTS __attribute__((cleanup(results_fini))) Results

/* --- sums -------------------------------------------------------------------------------------------------------- */

typedef struct MarkSum {
    int subjects;       /* rows */
    int credits;        /* of all of them: what the average is divided by */
    int credits_earned; /* of those that were passed (824: no credit without a passed subject) */
    int product;        /* sum of credit x mark; a subject without a record adds 0 (HEMIS, GPA job) */
    int hours;
    int debts, debt_credits;
} MarkSum;

MarkSum marks_sum(const Results *results);
MarkSum marks_sum_semester(const Results *results, int semester);
/* Of one academic year; with so_far of all up to it. */
MarkSum marks_sum_year(const Results *results, const char *academic_year, bool so_far);

/* product / credits with one decimal, as HEMIS's GPA job keeps it (3.9 is 39), and with two, as its transcript prints
 * it (3.94 is 394): each rounded from the exact fraction, halves up, never from the other one.  0 without credits. */
int marks_gpa_x10(const MarkSum *sum);
int marks_gpa_x100(const MarkSum *sum);

/* Semesters that have results, rising; the count. */
size_t marks_semesters(const Results *results, int ret[MARK_SEMESTERS_MOST]);
/* The last academic year that has results; "" when there is none. */
const char *marks_last_year(const Results *results);

/* Whether the student may go into the next year: the average with one decimal reaches the limit (824; HEMIS:
 * can_transfer = gpa >= limit).  *ret_gpa_x10: that average, of the last year or of all (rules).  False without
 * results. */
bool marks_promotes(const MarkRules *rules, const Results *results, int *ret_gpa_x10);

/* --- fees -------------------------------------------------------------------------------------------------------- */

/* What one subject's retake costs: base x credits / contract_credits, rounded once, halves up, to fee_step (824: paid
 * in proportion to the credits of the base contract).  base: a year's sum in soʻm.  0 without a base. */
int64_t marks_retake_fee(const MarkRules *rules, int64_t base, int credits);
/* Of all debts: the sum of what each costs, so that the rows of a statement add up to its last line. */
int64_t marks_retake_fees(const MarkRules *rules, int64_t base, const Results *results);

/* --- beside HEMIS's own ------------------------------------------------------------------------------------------ */

/* A row of the profile's "gpa" (education/gpa-list) beside ours of the same time.  What HEMIS does not say is -1. */
typedef struct MarkComparison {
    char academic_year[12];
    bool all_years; /* its method: up to that year, else of that year alone */
    int gpa_x10[2]; /* [0] HEMIS's, [1] ours */
    int credits[2];
    int subjects[2];
    int debts[2];
    int can_transfer[2]; /* 0, 1 */
    bool differs;        /* in one of what both say */
} MarkComparison;

/* In the profile's order; the count.  A figure of HEMIS for a time of which we have no results is no difference, but
 * nothing to compare: left out. */
size_t marks_compare(const MarkRules *rules, const Results *results, const json_t *profile,
                     MarkComparison ret[MARK_YEARS_MOST]);

#endif
