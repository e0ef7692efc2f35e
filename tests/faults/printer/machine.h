/* The printer itself: its jobs, its line, its tray.  Knows nothing of IPP's requests; operations.h asks it.
 * Everything is under its lock, which the engine's thread and the connections' threads take in turn. */
#ifndef FAULT_PRINTER_MACHINE_H
#define FAULT_PRINTER_MACHINE_H

#include <pthread.h>

#include "faults.h"
#include "job.h"
#include "subscription.h"
#include "witness.h"

#define JOBS_MOST     10000
#define DOCUMENT_MOST (64u << 20) /* bytes */
#define COPIES_MOST   99
#define INCOMING_S    60 /* a job without its document is given up */

typedef struct MachineOptions {
    const char *dir;
    const char *name;
    int port;
    bool no_create_job; /* takes Print-Job only */
    bool forgetful;     /* knows nothing of what was before it was switched on */
    bool no_count;      /* tells no sheets */
    bool tls;           /* ipps, with a certificate that it signs itself, in DIR/tls */
} MachineOptions;

typedef struct Machine {
    MachineOptions options;
    Witness witness;
    char uuid[37];
    int64_t on_since_ms; /* monotonic */
    int64_t on_since_unix_ms;
    pthread_mutex_t lock;

    /* Under the lock. */
    Faults faults;
    Job *jobs[JOBS_MOST]; /* by id, oldest first */
    int job_count;
    int last_id;
    int current; /* the job being printed; 0: none */
    int64_t sheet_since_ms;
    int sheets; /* since it was switched on */
    SubscriptionList subscriptions;
    Notice looks; /* as the printer looked when that was last told; job is 0 */
    int64_t changed_ms;
} Machine;

/* Folders, witness, jobs of before.  NULL with *err.  Never ended: the process is. */
Machine *machine_open(const MachineOptions *options, Error *err) MUST_USE;
void machine_lock(Machine *machine);
void machine_unlock(Machine *machine);

/* ---- with the lock held ---- */

/* How the printer looks now: the fields of a notice that are not a job's. */
Notice machine_look(const Machine *machine);
int machine_up_time_s(const Machine *machine);
/* Of an unix time; 0 stays 0. */
int machine_up_time_at(const Machine *machine, int64_t unix_ms);
bool machine_counts(const Machine *machine);
/* A fault keeps the job under way, or any, from going on. */
bool machine_is_stuck(const Machine *machine);
/* Tells subscribers when it looks other than when they were last told. */
void machine_tell_looks(Machine *machine);
/* Looks at the faults now rather than at the next tick. */
void machine_read_faults(Machine *machine);

/* What the job's state is told to be. */
ipp_jstate_t machine_told_state(const Machine *machine, const Job *job);

/* A job that waits for its document; NULL when there are too many. */
Job *machine_add_job(Machine *machine, const char *name, const char *user, int copies);
/* NULL: there is none, or it is forgotten. */
Job *machine_find_job(Machine *machine, int id);
/* New state and reason: kept, witnessed when it ended, told. */
void machine_change(Machine *machine, Job *job, ipp_jstate_t state, const char *reason);
/* Its document is whole: it stands in line. */
void machine_release(Machine *machine, Job *job);
/* Now, or at the next stop point of a job that is being printed. */
void machine_cancel(Machine *machine, Job *job);
int machine_queued(const Machine *machine);
/* One sheet of the job lies in the tray: witnessed, then counted; after its last one the job is complete. */
void machine_sheet_out(Machine *machine, Job *job);
/* Its document goes to printed/, once. */
void machine_complete(Machine *machine, Job *job);
/* All its jobs. */
void machine_forget(Machine *machine);

int64_t monotonic_ms(void);

#endif
