/* The window: papers that staff print and hand out.  A page leaves the house once per epoch of its job, as for kiosks;
 * what became of it is told; then it is handed to the student, or to another whose name and paper are written down. */
#ifndef REGISTRAR_OFFICE_HANDING_H
#define REGISTRAR_OFFICE_HANDING_H

#include "registrar/office/requests.h"
#include "registrar/store/hand_outs.h"

#define HAND_OUT_NAME_MOST  160 /* bytes */
#define HAND_OUT_PAPER_MOST 80

/* The page of a request's paper.  *ret_job: what is told of it afterwards names this epoch.  PROBLEM_NOT_FOUND,
 * PROBLEM_DECIDED (no paper of the window, or not made yet), PROBLEM_HANDED_OUT, PROBLEM_NOT_ALLOWED (suspended, or its
 * last day is over). */
bool window_page(Office *office, const char *clerk, const char *request, ApiProblem *ret_problem, Blob **ret_pdf,
                 ApiPrintJob *ret_job, Error *err) MUST_USE;
/* What became of the page: PRINT_PRINTED, PRINT_PARTLY, PRINT_CANCELLED or PRINT_UNKNOWN. */
bool window_told(Office *office, const char *clerk, const char *request, uint32_t epoch, ApiPrintState state,
                 ApiProblem *ret_problem, ApiPrintJob *ret, Error *err) MUST_USE;
/* Once more, after a page that did not come out: a new copy takes its place.  Not of what is on a blank: that is
 * spoiled first (blanks.h). */
bool window_again(Office *office, const char *clerk, const char *request, ApiProblem *ret_problem, Error *err) MUST_USE;

typedef struct HandOut {
    const char *request;
    uint32_t epoch; /* of the request, that the clerk saw */
    bool to_student;
    const char *name, *paper; /* of another person: who, and which paper of theirs was seen */
} HandOut;
/* The copy is collected, its blank used, the request fulfilled.  PROBLEM_DECIDED: it is not printed, or was handed out;
 * PROBLEM_CHANGED, PROBLEM_FORM, PROBLEM_NOT_FOUND. */
bool window_hand_out(Office *office, const char *clerk, const HandOut *hand_out, ApiProblem *ret_problem,
                     Error *err) MUST_USE;

#endif
