/* A job as one transaction of staff sees it.  Inside office/jobs*. */
#ifndef REGISTRAR_OFFICE_JOBS_INSIDE_H
#define REGISTRAR_OFFICE_JOBS_INSIDE_H

#include "registrar/office/jobs.h"
#include "registrar/office/prints.h"
#include "registrar/store/blanks.h"
#include "registrar/store/documents.h"

typedef struct JobWork {
    const JobOrder *order;
    int64_t now_ms;
    ApiProblem problem;
    PrintJobRow job;
    CopyRow copy;
    DocumentRow document;
    bool on_blank;
    BlankRow blank;
    PrintOwnerRow owner; /* "": nobody's */
    JobStanding standing;
} JobWork;

/* Reads work->job again, as it is now, with all that belongs to it; PROBLEM_NOT_FOUND. */
bool job_work_read(StoreTransaction *transaction, JobWork *work, Error *err) MUST_USE;
/* ... and refuses what the order must not do: out of scope, another epoch, gone on. */
bool job_work_begin(StoreTransaction *transaction, JobWork *work, Error *err) MUST_USE;
/* The deed's own entry in the log, with reason and words and where to; pages that show the queue hear of it. */
bool job_work_note(StoreTransaction *transaction, const JobWork *work, Error *err) MUST_USE;
/* Runs act(&work), whose first member is a JobWork; somebody who was faster is PROBLEM_CHANGED. */
bool job_work_run(Office *office, StoreAct act, JobWork *work, ApiProblem *ret_problem, Error *err) MUST_USE;

/* Out of the state it is in to JOB_WAITING, before it goes anywhere; who had it hears of that. */
bool job_work_free(StoreTransaction *transaction, JobWork *work, Error *err) MUST_USE;
/* To where it is moved, from JOB_WAITING. */
bool job_work_give(StoreTransaction *transaction, JobWork *work, const char *to, Error *err) MUST_USE;

#endif
