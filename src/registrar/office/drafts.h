/* Drafts: forms in progress, kept for their student after each answer and offered at the next sign-in anywhere
 * (MODEL.md section 1, a request's first state).  One for each student and service, 30 days long.  It is nobody's
 * business but its student's, so saving one is no act of the office: the audit begins with the request. */
#ifndef REGISTRAR_OFFICE_DRAFTS_H
#define REGISTRAR_OFFICE_DRAFTS_H

#include "registrar/office/keeping.h"
#include "registrar/office/sessions.h"
#include "registrar/office/shelf.h"

/* Keeps it in place of the one before; without any answer there is nothing to keep, and the one before goes.
 * PROBLEM_NOT_FOUND: no such service, or one without a form; PROBLEM_NOT_ALLOWED: not for this student now;
 * PROBLEM_FORM: an answer or a question that this form has not. */
bool office_draft_keep(Office *office, const Session *session, const char *service, const ApiDraft *draft,
                       ApiProblem *ret_problem, Error *err) MUST_USE;
/* What of it still fits the form.  PROBLEM_NOT_FOUND: there is none; PROBLEM_NOT_ALLOWED as above.  *ret holds what the
 * student wrote: the caller wipes it. */
bool office_draft_get(Office *office, const Session *session, const char *service, ApiProblem *ret_problem,
                      ApiDraft *ret, Error *err) MUST_USE;
/* There need be none. */
bool office_draft_drop(Office *office, const Session *session, const char *service, Error *err) MUST_USE;

/* Fills home's drafts, once its services are known: of those that are allowed.  What does not fit its form any more is
 * taken away on the way.  Inside office/. */
bool drafts_tell(Office *office, const Shelf *shelf, const Session *session, ApiHome *home, Error *err) MUST_USE;

#endif
