/* Who looked at what is a student's (wire/looks.h): the audit log, the copies and the checks of their codes, told in
 * closed words. */
#ifndef REGISTRAR_OFFICE_LOOKS_H
#define REGISTRAR_OFFICE_LOOKS_H

#include "registrar/office/sessions.h"
#include "wire/looks.h"

/* PROBLEM_NOT_ALLOWED: the session is weak; anybody who saw the passport may be at the glass. */
bool looks_of(Office *office, const Session *session, ApiProblem *ret_problem, ApiLooks *ret, Error *err) MUST_USE;

/* Somebody looked this code up, and it is one of ours.  Written by the office's next round, some together; waits for
 * the database only where very many come at once. */
bool checks_note(Office *office, const char *code, Error *err) MUST_USE;
/* One of the finisher's parts. */
bool checks_settle(Office *office, Error *err) MUST_USE;

#endif
