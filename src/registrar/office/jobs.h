/* What staff do with print jobs: the rules of the print queue (DESIGN.md section 7).
 *
 * Every deed names the job's epoch that its doer saw and begins the next one, or moves the job out of the states in
 * which it may be done: of two who act on one job at once one does it, and the other is told.  A job whose page is out
 * of the house is never moved; what did not come out whole is printed as a new copy that takes the old one's place. */
#ifndef REGISTRAR_OFFICE_JOBS_H
#define REGISTRAR_OFFICE_JOBS_H

#include "base/blob.h"
#include "registrar/office/office.h"
#include "registrar/store/print_queue.h"
#include "wire/api.h"

typedef enum JobDeed {
    DEED_HOLD,      /* with a reason; it stays held wherever it is moved to */
    DEED_RELEASE,   /* on its way again: to the printer that it was moved to, else as before */
    DEED_CANCEL,    /* with a reason; before its page has gone */
    DEED_STOP,      /* its owner is asked to cancel it at the printer; what came of it is told later */
    DEED_MOVE,      /* to another kiosk, a printer of the office, or the page at the window */
    DEED_TAKE_OVER, /* from an owner that is silent: nobody knows what became of it, before somebody has looked */
    DEED_PRINTED,   /* somebody looked: all of it is there */
    DEED_PARTLY,    /* some of it */
    DEED_NONE_OUT,  /* nothing */
    DEED_REPRINT,   /* with a reason: a new copy takes its place */
    DEED_HAND_OUT,  /* into somebody's hands */
    DEED_PAGE,      /* printed from this page: jobs_page */
    DEED_COUNT
} JobDeed;

/* "hold" */
const char *job_deed_name(JobDeed deed);
bool job_deed_parse(Str name, JobDeed *ret) MUST_USE;

/* What a deed depends on. */
typedef struct JobStanding {
    JobState state;
    bool at_window, held, on_window_page; /* owner is the window */
    bool owner_silent;                    /* nobody hears of who has it, or it is gone */
    bool on_blank;
    CopyMaking making;
    CopyValidity validity;
    CopyDelivery delivery;
    DocumentState document;
    bool printed_at_office;
} JobStanding;

/* A bit for each JobDeed that may be done.  Pure. */
unsigned job_deeds(const JobStanding *standing);

#define JOB_OWNER_SILENT_S 120 /* a kiosk is heard every 30 s */

/* Reasons, in closed words: they are counted.  NULL behind the last. */
extern const char *const job_hold_reasons[], *const job_cancel_reasons[], *const job_reprint_reasons[];

typedef struct JobOrder {
    JobDeed deed;
    const char *job;
    uint32_t epoch; /* that the clerk saw */
    const char *clerk;
    const StaffScope *scope;    /* NULL: everywhere */
    const char *reason, *words; /* of DEED_HOLD, _CANCEL, _REPRINT; words may be "" */
    const char *to;             /* of DEED_MOVE, _REPRINT: a kiosk, "printer:ID", WINDOW_OWNER */
    bool to_student;            /* of DEED_HAND_OUT */
    const char *name, *paper;   /* of another person: who, and which paper of theirs was seen */
} JobOrder;

/* ret_job: the job that goes on: the new copy's after DEED_REPRINT.  PROBLEM_NOT_FOUND (or out of scope), _CHANGED (it
 * is in another epoch by now), _DECIDED (it has gone on: this can't be done any more), _FORM (field: reason, words, to,
 * name, paper), _NOT_ALLOWED (copied too often). */
bool jobs_do(Office *office, const JobOrder *order, ApiProblem *ret_problem, char ret_job[ID_SIZE],
             Error *err) MUST_USE;
/* The page, to be printed by who asks; once for its epoch.  Problems as of jobs_do; PROBLEM_NOT_ALLOWED: suspended, or
 * its last day is over. */
bool jobs_page(Office *office, const JobOrder *order, ApiProblem *ret_problem, Blob **ret_pdf, Error *err) MUST_USE;
/* Deeds on all that an owner has, one by one: DEED_MOVE of what has not gone (to), DEED_TAKE_OVER of the rest.
 * *ret_done: how many. */
bool jobs_take_all(Office *office, const JobOrder *order, const char *owner, size_t *ret_done, Error *err) MUST_USE;

#endif
