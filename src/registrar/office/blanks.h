/* Blanks: numbered forms, each accounted for from the day it came to the paper that is on it (MODEL.md section 1).
 * received -> issued to who may use them -> bound to a copy before it is printed -> used, or spoiled by two people. */
#ifndef REGISTRAR_OFFICE_BLANKS_H
#define REGISTRAR_OFFICE_BLANKS_H

#include "registrar/office/once.h"
#include "registrar/office/requests.h"
#include "registrar/store/blanks.h"

#define BLANKS_AT_ONCE   500 /* received together */
#define BLANKS_MOST      50  /* of a list */
#define BLANK_WORDS_MOST 300 /* bytes of why it is spoiled */

typedef struct BlankReceipt {
    const char *kind;   /* Service.blank: "academic-record" */
    const char *series; /* one to eight capitals of A-Z */
    int first, count;   /* 0..99999999, 1..BLANKS_AT_ONCE */
    const char *holder; /* "": they are received; else issued to this token at once */
} BlankReceipt;

/* All or none.  PROBLEM_FORM with the field; PROBLEM_DECIDED: one of them is there already; PROBLEM_KEY_REUSED. */
bool blank_receive(Office *office, const char *clerk, const BlankReceipt *receipt, const Once *once,
                   ApiProblem *ret_problem, Error *err) MUST_USE;
/* state "": in any; after an id.  False in *ret_known: no such state. */
bool blank_list(Office *office, const char *state, const char *after, bool *ret_known, BlankRow rows[BLANKS_MOST],
                size_t *ret_count, Error *err) MUST_USE;
bool blank_look(Office *office, const char *id, bool *ret_found, BlankRow *ret, Error *err) MUST_USE;

/* What a list of the console asks for. */
typedef struct BlanksWanted {
    const char *state;  /* "": any; "doubted": one person calls it spoiled, and no second */
    const char *holder; /* "": anybody */
    const char *id;     /* "": any */
    const char *after;
} BlanksWanted;
/* False in *ret_known: no such state. */
bool blank_search(Office *office, const BlanksWanted *wanted, bool *ret_known, BlankRow rows[BLANKS_MOST],
                  size_t *ret_count, Error *err) MUST_USE;

#define BLANK_COUNTS_MOST 600
typedef struct BlankAccount {
    size_t count;
    BlankCount counts[BLANK_COUNTS_MOST]; /* by kind and series, then holder and state */
} BlankAccount;
/* *ret is large: on the heap. */
bool blank_account(Office *office, BlankAccount *ret, Error *err) MUST_USE;

/* received -> issued to a holder ("": back to the printing house: returned), under the epoch that the clerk saw.
 * PROBLEM_NOT_FOUND, PROBLEM_CHANGED, PROBLEM_DECIDED, PROBLEM_FORM. */
bool blank_issue(Office *office, const char *clerk, const char *id, uint32_t epoch, const char *holder,
                 ApiProblem *ret_problem, Error *err) MUST_USE;

/* The first says so with the reason; the second, another, confirms it: then it is spoiled, and what was printed on it
 * is printed on the next blank as a copy that replaces that one, if it was not revoked.  *ret_confirmed: it was the
 * second.  PROBLEM_DECIDED: it is used or spoiled, its page is under way and nobody told what became of it, or the same
 * person says it twice; PROBLEM_NO_BLANK: nothing to print it on: nothing was changed. */
bool blank_spoil(Office *office, const char *clerk, const char *id, uint32_t epoch, const char *words,
                 ApiProblem *ret_problem, bool *ret_confirmed, Error *err) MUST_USE;

#endif
