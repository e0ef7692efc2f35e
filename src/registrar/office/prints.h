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
/* What its owner says of a job, in a transaction: kept, and, where it counts, followed.  job: as it was read there,
 * then as it is. */
bool print_report_take(StoreTransaction *transaction, const char *owner, const char *actor,
                       const ApiPrintReport *report, int64_t now_ms, PrintJobRow *job, bool *ret_counted,
                       Error *err) MUST_USE;
/* Moves the job, its copy's delivery and, when the paper is there, the request; what comes out at a window is fulfilled
 * when it is handed out.  In a transaction. */
bool job_move(StoreTransaction *transaction, const PrintJobRow *job, JobState to, const char *actor, int64_t now_ms,
              Error *err) MUST_USE;
/* Tells its kiosk, or who works its printer, of a state that somebody else gave it.  JOB_CANCELLED also of one whose
 * page is out of the house: it is not to come out any more.  In a transaction. */
bool job_say(StoreTransaction *transaction, const PrintJobRow *job, JobState now, int64_t now_ms, Error *err) MUST_USE;
/* What was asked for is in the student's hands.  In a transaction. */
bool request_fulfil(StoreTransaction *transaction, const CopyRow *copy, const char *actor, int64_t now_ms,
                    Error *err) MUST_USE;
/* Jobs that were not heard of in time: assigned ones wait again, sent ones are unknown. */
bool prints_time_out(Office *office, Error *err) MUST_USE;

#endif
