/* What a student may ask for, asking once, and issuing (DESIGN.md section 6, MODEL.md section 2). */
#ifndef REGISTRAR_OFFICE_REQUESTS_H
#define REGISTRAR_OFFICE_REQUESTS_H

#include "base/blob.h"
#include "registrar/office/sessions.h"

/* Every service with allowed, reason, way on; "my requests"; forms in progress. */
bool office_home(Office *office, const Session *session, ApiHome *ret, Error *err) MUST_USE;

/* PROBLEM_NONE in *ret_problem: *ret_png is the first page with placeholders and watermark, *ret_pages how many there
 * will be. */
bool office_preview(Office *office, const Session *session, const ApiPreview *preview, ApiProblem *ret_problem,
                    Blob **ret_png, int *ret_pages, Error *err) MUST_USE;

/* The key is the kiosk's own uuid.  PROBLEM_NONE: issued (or found: the same key gives the same document), with a print
 * job assigned to this session's kiosk under a fresh epoch unless its page was handed out.  PROBLEM_ALREADY_OPEN: *ret
 * is the open one.  PROBLEM_NOT_ALLOWED: not for this student now, no more valid, or copied too often. */
bool office_request(Office *office, const Session *session, const char *key, const ApiRequest *request,
                    ApiProblem *ret_problem, bool *ret_made, ApiIssued *ret, Error *err) MUST_USE;

/* Hands the page out once per epoch: assigned -> sending.  Needs session and owner. */
bool office_page(Office *office, const Session *session, const char *copy, uint32_t epoch, ApiProblem *ret_problem,
                 Blob **ret_pdf, Error *err) MUST_USE;

/* By certificate alone: a kiosk reports its own jobs.  A stale epoch changes nothing, and is kept as evidence as long
 * as there is not too much of it. */
bool office_print_report(Office *office, const Kiosk *kiosk, const char *job, const ApiPrintReport *report,
                         ApiProblem *ret_problem, ApiPrintJob *ret, Error *err) MUST_USE;

#endif
