/* A print job, and its file in DIR/jobs that outlives the printer. */
#ifndef FAULT_PRINTER_JOB_H
#define FAULT_PRINTER_JOB_H

#include <stdint.h>
#include <sys/types.h>

#include <cups/ipp.h>

#include "base/error.h"

typedef struct Job {
    int id;
    ipp_jstate_t state;
    char reason[48]; /* of job-state-reasons */
    char name[128];  /* no control characters */
    char user[64];
    int copies;
    int pages;  /* sheets that it is to make, copies included; 0 while the document is not whole */
    int sheets; /* lie in the tray */
    size_t bytes;
    char sha256[65];                        /* "" while the document is not whole */
    bool forgotten;                         /* nobody is told of it any more; only its id is never given again */
    off_t mark;                             /* in sheets.tsv, from where its sheets are */
    int64_t created_ms, began_ms, ended_ms; /* unix; 0: not yet */

    /* Not kept. */
    bool incoming;  /* last-document has not come */
    bool receiving; /* a connection is filling it */
    bool to_cancel; /* asked for while it was being printed */
    int64_t heard_ms;
} Job;

static inline bool job_ended(const Job *job)
{
    return job->state >= IPP_JSTATE_CANCELED;
}

bool job_save(const Job *job, const char *dir, Error *err) MUST_USE;
/* name: of a file in DIR/jobs. */
bool job_load(Job *ret, const char *dir, const char *name, Error *err) MUST_USE;
/* Where its document lies until it was printed. */
void job_spool_path(const Job *job, const char *dir, char *path, size_t size);
/* Text with control characters as spaces, cut to fit. */
void job_copy_text(char *array, size_t size, const char *text);

#endif
