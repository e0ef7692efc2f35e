/* Requests on their way through people: the queue, what a clerk looks at, and decides (MODEL.md section 1).
 *
 * Every change names the epoch that its clerk saw: of two clerks who decide at once one does, and the other hears
 * PROBLEM_CHANGED.  A claim says who is at it and can be taken over; a decision needs none.  A service with several
 * units goes through all of them in order; its questions to staff are answered by the last.  What was returned and is
 * answered anew (answering.h) comes back to the unit that returned it. */
#ifndef REGISTRAR_OFFICE_REVIEW_H
#define REGISTRAR_OFFICE_REVIEW_H

#include <jansson.h>

#include "registrar/office/once.h"
#include "registrar/office/passage.h"
#include "registrar/office/sessions.h"
#include "registrar/office/shelf.h"
#include "registrar/office/visitors.h"
#include "registrar/store/blanks.h"
#include "registrar/store/hand_outs.h"
#include "registrar/store/invoices.h"
#include "registrar/store/orders.h"
#include "registrar/store/print_jobs.h"

#define REVIEW_WORDS_MOST 300 /* bytes of what a student is told */

/* --- the queue ---------------------------------------------------------------------------------------------------- */

typedef struct ReviewLine {
    QueueLine line;
    char holder[160]; /* surname and given names, as the record has them */
    LocalText title;  /* of the service; borrowed from the shelf of the queue.  Empty: it is offered no more */
    int64_t late_s;   /* working seconds since the promise was due; 0: not yet */
    int64_t left_s;   /* working seconds to it */
} ReviewLine;

#define REVIEW_QUEUE_MOST 50

typedef struct ReviewQueue {
    Shelf *shelf; /* owned */
    size_t count;
    ReviewLine lines[REVIEW_QUEUE_MOST];
    bool more;
} ReviewQueue;

typedef struct ReviewQuery {
    Str state;         /* "review" (waits for a decision), "payment", "returned", "approved", "fulfilled", "declined",
                        * "withdrawn", "expired"; "": review */
    const char *unit;  /* "": any */
    const char *after; /* id of the last one seen, "" */
} ReviewQuery;

/* False in *ret_known: there is no such state.  The oldest promise first. */
bool review_queue(Office *office, const ReviewQuery *query, bool *ret_known, ReviewQueue *ret, Error *err) MUST_USE;
void review_queue_fini(ReviewQueue *queue);

/* --- one request -------------------------------------------------------------------------------------------------- */

typedef struct ReviewPaper {
    DocumentRow document;
    CopyRow copy; /* the newest on paper */
    bool has_job, on_blank, handed_out;
    PrintJobRow job;
    BlankRow blank;
    HandOutRow hand_out;
} ReviewPaper;

typedef struct Review {
    Shelf *shelf;           /* owned */
    struct Bound *bound;    /* owned */
    const Service *service; /* bound to what was chosen; NULL: it is offered no more */
    QueueLine line;
    ApiRequestState told; /* where it stands, as its student is told */
    Passage passage;
    bool has_invoice, has_paper, has_order;
    OrderRow order;
    InvoiceRow invoice;
    ReviewPaper paper;
    VisitorSaid visitor; /* who it is that has no account */
    Answers answers;     /* the student's */
    Answers before;      /* the student's, before they were answered anew; empty: they were not */
    Answers staff;       /* the clerk's, where one has answered */
    bool asks_staff;     /* the next approval answers the service's questions to staff */
    /* What decisions are made of: parts of the record by their names, as they came and without the PINFL, and
     * "averages", HEMIS's figures beside ours.  Owned; NULL: it was not asked for. */
    json_t *record;
} Review;

/* That somebody looked is an act of that student.  PROBLEM_NOT_FOUND.  *ret is large: on the heap. */
bool review_open(Office *office, const char *clerk, const char *id, bool with_record, ApiProblem *ret_problem,
                 Review *ret, Error *err) MUST_USE;
void review_fini(Review *review);

typedef struct ReviewFact {
    const char *field; /* of the registry: "study.group" */
    char value[200];
} ReviewFact;
#define REVIEW_FACTS_MOST 16

/* What a clerk reads of the student first, in words: fields that the record has. */
bool review_facts(Office *office, const Review *review, Language language, ReviewFact ret[REVIEW_FACTS_MOST],
                  size_t *ret_count, Error *err) MUST_USE;

/* --- deciding ----------------------------------------------------------------------------------------------------- */

typedef struct Decision {
    const char *clerk;    /* "token:NAME" */
    const char *id;       /* of the request */
    uint32_t epoch;       /* that the clerk saw */
    const Answers *staff; /* approve, in the last unit: to the service's questions */
    const char *words;    /* return, decline: for the student, 1..REVIEW_WORDS_MOST bytes */
    const Once *once;     /* the key under which it may be asked again; NULL: none */
} Decision;

/* *ret_problem: PROBLEM_NOT_FOUND; PROBLEM_CHANGED (another epoch by now); PROBLEM_DECIDED (not in a state in which
 * this can be done); PROBLEM_UNPAID; PROBLEM_KEY_REUSED; for approvals PROBLEM_UNCONFIRMED (a visitor whose passport
 * nobody has seen) and what approving.h says; for returns PROBLEM_NOT_ALLOWED (it was returned RETURNS_MOST times). */
bool review_claim(Office *office, const Decision *decision, ApiProblem *ret_problem, Error *err) MUST_USE;
bool review_approve(Office *office, const Decision *decision, ApiProblem *ret_problem, Error *err) MUST_USE;
bool review_return(Office *office, const Decision *decision, ApiProblem *ret_problem, Error *err) MUST_USE;
bool review_decline(Office *office, const Decision *decision, ApiProblem *ret_problem, Error *err) MUST_USE;

/* By the student, with the key that it was asked with, while nothing is decided or paid. */
bool review_withdraw(Office *office, const Session *session, const char *key, ApiProblem *ret_problem,
                     Error *err) MUST_USE;

#endif
