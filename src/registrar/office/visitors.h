/* People without an account: who transfers to here, comes back, or wants to be admitted.  They say who they are; staff
 * who see the passport confirm it, and before that nothing of theirs is approved.  A visitor is a student of another
 * kind, with a number of our own ("X-2026/000017") and a record of what they said alone, so that nobody's record can be
 * reached by a name.  Their session is weak.  Who comes back names an earlier request and the passport. */
#ifndef REGISTRAR_OFFICE_VISITORS_H
#define REGISTRAR_OFFICE_VISITORS_H

#include "registrar/office/sessions.h"
#include "registrar/office/shelf.h"
#include "registrar/store/visitors.h"
#include "wire/details.h"

#define VISITOR_BARE_S (24 * 3600) /* who handed nothing in is forgotten */
#define VISITORS_MOST  50          /* of a list */

/* SIGN_IN_DONE with a session; SIGN_IN_REFUSED: no such request of theirs, and who answers lets it leave as a wrong
 * password does; SIGN_IN_LIMITED.  *ret_problem: PROBLEM_FORM with the field, PROBLEM_NOT_FOUND: nobody is let in so
 * here. */
bool visitor_enter(Office *office, const Kiosk *kiosk, const char *source, const ApiVisitor *given,
                   ApiProblem *ret_problem, SignInOutcome *ret_outcome, ApiSession *ret, int *ret_retry_after_s,
                   Error *err) MUST_USE;

typedef struct VisitorWaiting {
    VisitorLine line;
    char holder[160];
    LocalText title; /* of the service; borrowed from the shelf of the list */
} VisitorWaiting;

typedef struct VisitorList {
    Shelf *shelf; /* owned */
    size_t count;
    VisitorWaiting lines[VISITORS_MOST];
    bool more;
} VisitorList;

/* Who is still to show a passport, the oldest first, after a request's id ("": from the first). */
bool visitors_look(Office *office, const char *after, VisitorList *ret, Error *err) MUST_USE;
void visitor_list_fini(VisitorList *list);

/* What staff hold beside the passport. */
typedef struct VisitorSaid {
    bool is_visitor, confirmed;
    char name[160];
    char birth[11]; /* ISO */
    char phone[24];
    char confirmed_by[48];
} VisitorSaid;
/* Of a request's student; is_visitor false: an account of ours.  No act: review_open is one. */
bool visitor_said(Office *office, int64_t student, VisitorSaid *ret, Error *err) MUST_USE;

/* passport: as whoever holds it in hand reads it.  Confirmed once more: done.  PROBLEM_NOT_FOUND: no request of a
 * visitor; PROBLEM_FORM: another passport than was told. */
bool visitor_confirm(Office *office, const char *clerk, const char *request, const char *passport,
                     ApiProblem *ret_problem, Error *err) MUST_USE;

#endif
