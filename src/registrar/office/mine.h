/* One of a student's own requests, looked into: in full, answered anew, its receipt.  All by the key that it was asked
 * with, which finds nobody else's: PROBLEM_NOT_FOUND, also for what was withdrawn or given at once. */
#ifndef REGISTRAR_OFFICE_MINE_H
#define REGISTRAR_OFFICE_MINE_H

#include "base/blob.h"
#include "registrar/office/sessions.h"
#include "wire/details.h"

/* *ret is large: on the heap.  It holds what the student wrote: the caller wipes it. */
bool office_details(Office *office, const Session *session, const char *key, ApiProblem *ret_problem,
                    ApiRequestDetails *ret, Error *err) MUST_USE;

/* What staff returned, answered anew: it goes back to the unit that returned it, is promised anew, and keeps what was
 * answered before.  Asked again with the same answers: told as it stands.  PROBLEM_DECIDED: it is not returned;
 * PROBLEM_FORM, as when it was handed in, and where more is to be paid than was; PROBLEM_KEY_REUSED: another service's
 * answers; PROBLEM_ALREADY_OPEN: *ret is another open one with these answers. */
bool office_answer_anew(Office *office, const Session *session, const char *key, const ApiRequest *request,
                        ApiProblem *ret_problem, ApiIssued *ret, Error *err) MUST_USE;

/* What is filled in of such an answer, kept in place of the one before, 30 days long; without any answer the one before
 * goes, and what was handed in stands.  office_details tells it until the request is returned no longer.
 * PROBLEM_DECIDED: it is not returned; PROBLEM_FORM: an answer or a question that this form has not. */
bool office_answer_keep(Office *office, const Session *session, const char *key, const ApiDraft *draft,
                        ApiProblem *ret_problem, Error *err) MUST_USE;

/* Something of this service waits for their answers, whoever else may ask for it now.  Inside office/. */
bool student_answers_anew(Office *office, int64_t student, const char *service, bool *ret, Error *err) MUST_USE;

/* A slip without seal and without a number of its own: what was handed in, when, what is promised, what to bring. */
bool office_receipt(Office *office, const Session *session, const char *key, Language language, ApiProblem *ret_problem,
                    Blob **ret_pdf, Error *err) MUST_USE;

#endif
