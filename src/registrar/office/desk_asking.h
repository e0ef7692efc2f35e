/* Asking for a student who stands at the window: the same services, forms and rules as on the student's own glass; who
 * asked and why is kept, and the student reads that the office did. */
#ifndef REGISTRAR_OFFICE_DESK_ASKING_H
#define REGISTRAR_OFFICE_DESK_ASKING_H

#include "registrar/office/desk_students.h"

#define DESK_ASK_REASON_MOST 300 /* bytes */

struct Bound;

/* A service as this student may have it now, with what its form chooses from. */
typedef struct DeskForm {
    int64_t student;
    char number[STUDENT_NUMBER_SIZE], name[160];
    char key[ID_SIZE];      /* for who asks from this form: it asks once */
    Shelf *shelf;           /* owned */
    struct Bound *bound;    /* owned */
    const Service *service; /* bound to the student's record */
    ApiService access;
    Answers prefilled; /* what the record answers beforehand */
} DeskForm;

/* What the record answers is filled in, so that opening it is an act.  NULL in *ret: there is no such student within
 * the scope, or no such service that can be asked for. */
bool desk_form_open(Office *office, const DeskWho *who, const char *number, const char *service, Language language,
                    DeskForm **ret, Error *err) MUST_USE;
void desk_form_free(DeskForm *form);
OWNED_BY(DeskForm, desk_form_free)

typedef struct DeskAsking {
    const DeskWho *who;
    const char *number;
    const char *key;    /* a uuid, of the page's own making: the same key asks once */
    const char *reason; /* 1..DESK_ASK_REASON_MOST bytes of plain text */
    const char *owner;  /* who prints it: "printer:ID", WINDOW_OWNER */
    const ApiRequest *request;
} DeskAsking;

/* As office_request; PROBLEM_NOT_FOUND also where there is no such student or printer, PROBLEM_FORM also for "reason".
 */
bool desk_ask(Office *office, const DeskAsking *asking, ApiProblem *ret_problem, bool *ret_made, ApiIssued *ret,
              Error *err) MUST_USE;

#endif
