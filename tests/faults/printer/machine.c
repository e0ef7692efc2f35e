#include "machine.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"

int64_t monotonic_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void machine_lock(Machine *machine)
{
    pthread_mutex_lock(&machine->lock);
}

void machine_unlock(Machine *machine)
{
    pthread_mutex_unlock(&machine->lock);
}

/* What it can't remember it would have to lie about. */
static void keep(const Machine *machine, const Job *job)
{
    Error err = { 0 };

    if (job_save(job, machine->options.dir, &err))
        return;
    fprintf(stderr, "fault_printer: %s\n", err.text);
    _exit(3);
}

/* ---- how it looks ---- */

static const Job *current_job(const Machine *machine)
{
    for (int i = 0; i < machine->job_count; i++)
        if (machine->jobs[i]->id == machine->current)
            return machine->jobs[i];
    return NULL;
}

bool machine_is_stuck(const Machine *machine)
{
    const Job *job = current_job(machine);

    if (machine->faults.reason[0] == '\0')
        return false;
    return machine->faults.at_page < 0 || (job && job->sheets >= machine->faults.at_page);
}

static void add_reason(Notice *looks, const char *reason, const char *suffix)
{
    if (looks->reason_count < REASONS_MOST)
        snprintf(looks->reasons[looks->reason_count++], sizeof(looks->reasons[0]), "%s%s", reason, suffix);
}

int machine_up_time_s(const Machine *machine)
{
    return (int)((monotonic_ms() - machine->on_since_ms) / 1000) + 1;
}

int machine_up_time_at(const Machine *machine, int64_t at_unix_ms)
{
    return at_unix_ms == 0 ? 0 : (int)((at_unix_ms - machine->on_since_unix_ms) / 1000) + 1;
}

Notice machine_look(const Machine *machine)
{
    const Faults *faults = &machine->faults;
    bool stuck = machine_is_stuck(machine);
    Notice looks = { .sheets = -1, .accepting = !faults->not_accepting, .up_time_s = machine_up_time_s(machine) };

    if (stuck)
        add_reason(&looks, faults->reason,
                   strcmp(faults->reason, "paused") == 0 ? ""
                   : faults->stopped                     ? "-error"
                                                         : "-warning");
    if (faults->low) {
        add_reason(&looks, "toner-low", "-warning");
        add_reason(&looks, "media-low", "-warning");
    }
    if (faults->warns[0] != '\0')
        add_reason(&looks, faults->warns, "-warning");
    if (looks.reason_count == 0)
        add_reason(&looks, "none", "");
    looks.printer_state = stuck && faults->stopped ? IPP_PSTATE_STOPPED
                          : machine->current != 0  ? IPP_PSTATE_PROCESSING
                                                   : IPP_PSTATE_IDLE;
    return looks;
}

bool machine_counts(const Machine *machine)
{
    return !machine->options.no_count && !machine->faults.no_count;
}

void machine_read_faults(Machine *machine)
{
    machine->faults = faults_read(machine->options.dir);
}

ipp_jstate_t machine_told_state(const Machine *machine, const Job *job)
{
    return machine->faults.early && job->pages > 0 && !job->incoming && !job_ended(job) ? IPP_JSTATE_COMPLETED
                                                                                        : job->state;
}

/* ---- telling ---- */

static void tell_job(Machine *machine, const Job *job, Event event)
{
    Notice notice = machine_look(machine);

    notice.job = job->id;
    notice.job_state = machine_told_state(machine, job);
    notice.sheets = machine_counts(machine) ? job->sheets : -1;
    job_copy_text(notice.job_name, sizeof(notice.job_name), job->name);
    job_copy_text(notice.job_reason, sizeof(notice.job_reason), job->reason);
    if (!machine->faults.no_events)
        subscription_tell(&machine->subscriptions, event, &notice);
}

void machine_tell_looks(Machine *machine)
{
    Notice looks = machine_look(machine);
    const Notice *before = &machine->looks;

    if (looks.printer_state == before->printer_state && looks.accepting == before->accepting &&
        memcmp(looks.reasons, before->reasons, sizeof(looks.reasons)) == 0)
        return;
    bool stops = looks.printer_state == IPP_PSTATE_STOPPED && before->printer_state != IPP_PSTATE_STOPPED;
    machine->looks = looks;
    machine->changed_ms = unix_ms();
    if (!machine->faults.no_events)
        subscription_tell(&machine->subscriptions, stops ? EVENT_PRINTER_STOPPED : EVENT_PRINTER_STATE_CHANGED, &looks);
}

/* ---- jobs ---- */

Job *machine_find_job(Machine *machine, int id)
{
    for (int i = 0; i < machine->job_count; i++)
        if (machine->jobs[i]->id == id && !machine->jobs[i]->forgotten)
            return machine->jobs[i];
    return NULL;
}

int machine_queued(const Machine *machine)
{
    int queued = 0;

    for (int i = 0; i < machine->job_count; i++)
        queued += !job_ended(machine->jobs[i]) && !machine->jobs[i]->forgotten;
    return queued;
}

Job *machine_add_job(Machine *machine, const char *name, const char *user, int copies)
{
    if (machine->job_count == JOBS_MOST)
        return NULL;
    Job *job = mem_new(1, sizeof(*job));
    if (!job)
        return NULL;
    job->id = ++machine->last_id;
    job->state = IPP_JSTATE_HELD;
    job->incoming = true;
    job->copies = copies;
    job->mark = witness_mark(&machine->witness);
    job->created_ms = unix_ms();
    job->heard_ms = monotonic_ms();
    job_copy_text(job->reason, sizeof(job->reason), "job-incoming");
    job_copy_text(job->name, sizeof(job->name), name);
    job_copy_text(job->user, sizeof(job->user), user);
    machine->jobs[machine->job_count++] = job;
    keep(machine, job);
    witness_event(&machine->witness, "created", job->id, job->name, 0);
    tell_job(machine, job, EVENT_JOB_CREATED);
    return job;
}

static const char *event_word(ipp_jstate_t state)
{
    return state == IPP_JSTATE_CANCELED  ? "cancelled"
           : state == IPP_JSTATE_ABORTED ? "aborted"
           : state == IPP_JSTATE_STOPPED ? "stopped"
           : state == IPP_JSTATE_PENDING ? "pending"
           : state == IPP_JSTATE_HELD    ? "held"
           : state >= IPP_JSTATE_ABORTED ? "completed"
                                         : "processing";
}

void machine_change(Machine *machine, Job *job, ipp_jstate_t state, const char *reason)
{
    char path[1024];

    job->state = state;
    job_copy_text(job->reason, sizeof(job->reason), reason);
    if (state == IPP_JSTATE_PROCESSING && job->began_ms == 0)
        job->began_ms = unix_ms();
    if (job_ended(job)) {
        job->ended_ms = unix_ms();
        job->incoming = false;
        if (machine->current == job->id)
            machine->current = 0;
    }
    keep(machine, job);
    witness_event(&machine->witness, event_word(state), job->id, job->name, job->bytes);
    if (job_ended(job)) {
        job_spool_path(job, machine->options.dir, path, sizeof(path));
        unlink(path);
    }
    tell_job(machine, job,
             job_ended(job)                ? EVENT_JOB_COMPLETED
             : state == IPP_JSTATE_STOPPED ? EVENT_JOB_STOPPED
                                           : EVENT_JOB_STATE_CHANGED);
    machine_tell_looks(machine);
}

void machine_release(Machine *machine, Job *job)
{
    job->incoming = false;
    machine_change(machine, job, IPP_JSTATE_PENDING, "none");
}

void machine_cancel(Machine *machine, Job *job)
{
    if (job->id == machine->current) {
        job->to_cancel = true;
        job_copy_text(job->reason, sizeof(job->reason), "processing-to-stop-point");
        return;
    }
    machine_change(machine, job, IPP_JSTATE_CANCELED, "job-canceled-by-user");
}

/* ---- paper ---- */

/* The document into printed/, under the next number that is free.  A link is made whole or not at all, and shows, after
 * a crash, that it was made: the spooled file then has two names. */
static void put_out(const Machine *machine, const Job *job)
{
    char from[1024], to[1024];
    struct stat state;

    job_spool_path(job, machine->options.dir, from, sizeof(from));
    if (stat(from, &state) != 0 || state.st_nlink > 1)
        return;
    for (int number = 1; number < 1000000; number++) {
        snprintf(to, sizeof(to), "%s/printed/%04d.pdf", machine->options.dir, number);
        if (link(from, to) == 0)
            return;
        if (errno != EEXIST)
            break;
    }
    perror("fault_printer: the paper");
    _exit(3);
}

void machine_complete(Machine *machine, Job *job)
{
    put_out(machine, job);
    machine_change(machine, job, IPP_JSTATE_COMPLETED, "job-completed-successfully");
}

void machine_sheet_out(Machine *machine, Job *job)
{
    witness_sheet(&machine->witness, job->id, job->name, job->sheets + 1, job->pages, job->sha256);
    job->sheets++;
    machine->sheets++;
    machine->sheet_since_ms = monotonic_ms();
    witness_event(&machine->witness, "sheet", job->id, job->name, 0);
    tell_job(machine, job, EVENT_JOB_PROGRESS);
    if (job->sheets >= job->pages)
        machine_complete(machine, job);
}

void machine_forget(Machine *machine)
{
    char path[1024];

    for (int i = 0; i < machine->job_count; i++) {
        Job *job = machine->jobs[i];
        if (job->forgotten)
            continue;
        job->forgotten = true;
        keep(machine, job);
        job_spool_path(job, machine->options.dir, path, sizeof(path));
        unlink(path);
        witness_event(&machine->witness, "forgotten", job->id, job->name, 0);
    }
    machine->current = 0;
}
