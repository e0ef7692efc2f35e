/* Problem details (RFC 9457) as answers of the kiosks' listener. */
#ifndef REGISTRAR_API_PROBLEM_H
#define REGISTRAR_API_PROBLEM_H

#include "registrar/http/server.h"
#include "wire/api.h"

/* The kind with its own status; the rest is zero. */
ApiProblem problem_of(ApiProblemKind kind);
/* Replaces what answer holds.  A status of 0 is taken as the kind's own.  Fails for want of memory only. */
bool problem_answer(const ApiProblem *problem, HttpServerAnswer *answer, Error *err) MUST_USE;
bool problem_answer_kind(ApiProblemKind kind, HttpServerAnswer *answer, Error *err) MUST_USE;
/* PROBLEM_ALREADY_OPEN with the open request: the members of both stand in one object. */
bool problem_answer_open(const ApiIssued *open, HttpServerAnswer *answer, Error *err) MUST_USE;

/* What a listener answers by itself where errors are problems: status is in the answer, and path tells whether another
 * version of the interface was asked for. */
bool problem_fallback(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err) MUST_USE;

/* Handler of /problems/{slug}: what a problem's type means, in English, for who builds on the interface. */
bool problem_page(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
