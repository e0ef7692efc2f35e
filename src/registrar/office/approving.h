/* Approving: from a decision to what was asked for: a paper, a correction, an order that is drafted, or nothing but the
 * decision.  A document is made at once, of the record as it is now; who is killed between the number and the page is
 * followed by the finisher.  Inside office/.
 *
 *     approval_prepare      what could refuse is asked before anything is written
 *     approval_write        in the transaction of the decision
 *     approval_make         the page */
#ifndef REGISTRAR_OFFICE_APPROVING_H
#define REGISTRAR_OFFICE_APPROVING_H

#include "registrar/office/corrections.h"
#include "registrar/office/taking.h"
#include "registrar/store/blanks.h"

#define ORDER_SEALED_MOST (128u << 10)

typedef struct Approval {
    const Shelf *shelf;     /* borrowed */
    const Service *service; /* of the shelf, bound to what was chosen */
    const char *clerk;      /* "token:NAME" */
    RequestRow request;     /* as it was read; open, returned or in a unit */
    Answers answers, staff; /* the student's, and the clerk's */
    bool has_paper;
    bool has_order; /* one is drafted */
    bool on_blank;
    BlankRow blank; /* that is bound */
    Composition composition;
    Taking taking;
    Buf snapshot;
    Buf order; /* sealed */
} Approval;

/* shelf, service, clerk, request and answers are filled.  PROBLEM_LACKS with the field's name: the record, or what was
 * answered, lacks it; PROBLEM_NO_BLANK: none is issued; PROBLEM_FORM; PROBLEM_TOO_LARGE_FOR_SEAL. */
bool approval_prepare(Office *office, Approval *approval, ApiProblem *ret_problem, Error *err) MUST_USE;
/* In a transaction: the request becomes approved with all that belongs to it.  ERR_CONFLICT: request or blank have gone
 * on. */
bool approval_write(StoreTransaction *transaction, Approval *approval, Error *err) MUST_USE;
/* The page; where that fails the finisher tries again. */
bool approval_make(Office *office, const Approval *approval, Error *err) MUST_USE;
void approval_init(Approval *approval, const Shelf *shelf, const char *clerk);
void approval_fini(Approval *approval);
#define OWNED_APPROVAL __attribute__((cleanup(approval_fini))) Approval

/* Moves a request under the next epoch, by way of its unit where no other way leads there; *request follows.  In a
 * transaction.  ERR_CONFLICT: it has gone on. */
bool request_step(StoreTransaction *transaction, RequestRow *request, RequestState to, const char *actor,
                  const char *detail, int64_t now_ms, Error *err) MUST_USE;
/* The first free blank of that kind is bound to this copy.  In a transaction; ERR_CONFLICT: it has gone on. */
bool blank_bind(StoreTransaction *transaction, const BlankRow *blank, const char *copy, const char *actor,
                int64_t now_ms, Error *err) MUST_USE;

#endif
