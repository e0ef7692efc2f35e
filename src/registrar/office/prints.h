/* Print jobs between the office and its kiosks (MODEL.md section 1).  Inside office/; what kiosks ask is in requests.h.
 */
#ifndef REGISTRAR_OFFICE_PRINTS_H
#define REGISTRAR_OFFICE_PRINTS_H

#include "registrar/office/inside.h"
#include "registrar/store/print_jobs.h"
#include "wire/api.h"

#define PRINT_LEASE_S 900 /* a page that was handed out is told of within it, or nobody knows */

void job_tell(const PrintJobRow *job, ApiPrintJob *ret);
/* What a report comes to, from the job's state and what the printer itself counted.  False: against the rules, it is
 * kept and changes nothing. */
bool print_verdict(const PrintJobRow *job, const ApiPrintReport *report, JobState *ret);
/* Moves the job, its copy's delivery and, when the paper is there, the request.  In a transaction. */
bool job_move(StoreTransaction *transaction, const PrintJobRow *job, JobState to, const char *actor, int64_t now_ms,
              Error *err) MUST_USE;
/* Jobs that were not heard of in time: assigned ones wait again, sent ones are unknown. */
bool prints_time_out(Office *office, Error *err) MUST_USE;

#endif
