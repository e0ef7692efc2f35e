#include "machine.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/random.h"

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

static bool is_stuck(const Machine *machine)
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
    bool stuck = is_stuck(machine);
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

/* ---- telling ---- */

static void tell_job(Machine *machine, const Job *job, Event event)
{
    Notice notice = machine_look(machine);

    notice.job = job->id;
    notice.job_state = job->state;
    notice.sheets = machine_counts(machine) ? job->sheets : -1;
    job_copy_text(notice.job_name, sizeof(notice.job_name), job->name);
    job_copy_text(notice.job_reason, sizeof(notice.job_reason), job->reason);
    subscription_tell(&machine->subscriptions, event, &notice);
}

static void tell_looks(Machine *machine)
{
    Notice looks = machine_look(machine);
    const Notice *before = &machine->looks;

    if (looks.printer_state == before->printer_state && looks.accepting == before->accepting &&
        memcmp(looks.reasons, before->reasons, sizeof(looks.reasons)) == 0)
        return;
    bool stops = looks.printer_state == IPP_PSTATE_STOPPED && before->printer_state != IPP_PSTATE_STOPPED;
    machine->looks = looks;
    machine->changed_ms = unix_ms();
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
    tell_looks(machine);
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

/* ---- printing ---- */

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

static void complete(Machine *machine, Job *job)
{
    put_out(machine, job);
    machine_change(machine, job, IPP_JSTATE_COMPLETED, "job-completed-successfully");
}

static void sheet_out(Machine *machine, Job *job)
{
    witness_sheet(&machine->witness, job->id, job->name, job->sheets + 1, job->pages, job->sha256);
    job->sheets++;
    machine->sheets++;
    machine->sheet_since_ms = monotonic_ms();
    witness_event(&machine->witness, "sheet", job->id, job->name, 0);
    tell_job(machine, job, EVENT_JOB_PROGRESS);
    if (job->sheets >= job->pages)
        complete(machine, job);
}

static Job *next_job(Machine *machine)
{
    for (int i = 0; i < machine->job_count; i++)
        if (machine->jobs[i]->state == IPP_JSTATE_PENDING && !machine->jobs[i]->forgotten)
            return machine->jobs[i];
    return NULL;
}

static void print_on(Machine *machine, Job *job)
{
    int64_t now_ms = monotonic_ms();
    bool stopped = machine_look(machine).printer_state == IPP_PSTATE_STOPPED;

    if (job->to_cancel) {
        machine_change(machine, job, IPP_JSTATE_CANCELED, "job-canceled-by-user");
    } else if (is_stuck(machine)) {
        machine->sheet_since_ms = now_ms;
        if (stopped && job->state != IPP_JSTATE_STOPPED)
            machine_change(machine, job, IPP_JSTATE_STOPPED, "printer-stopped");
    } else if (machine->faults.abort_at >= 0 && job->sheets >= machine->faults.abort_at) {
        machine_change(machine, job, IPP_JSTATE_ABORTED, "aborted-by-system");
    } else if (job->state == IPP_JSTATE_STOPPED) {
        machine_change(machine, job, IPP_JSTATE_PROCESSING, "job-printing");
    } else if (now_ms - machine->sheet_since_ms >= machine->faults.sheet_ms) {
        sheet_out(machine, job);
    }
}

static void begin_next(Machine *machine)
{
    Job *job = next_job(machine);

    if (!job || machine_look(machine).printer_state == IPP_PSTATE_STOPPED)
        return;
    machine->current = job->id;
    machine->sheet_since_ms = monotonic_ms();
    machine_change(machine, job, IPP_JSTATE_PROCESSING, "job-printing");
}

/* ---- time ---- */

static void give_up_incoming(Machine *machine)
{
    int64_t now_ms = monotonic_ms();

    for (int i = 0; i < machine->job_count; i++) {
        Job *job = machine->jobs[i];
        if (job->incoming && !job->receiving && !job_ended(job) && now_ms - job->heard_ms > INCOMING_S * 1000)
            machine_change(machine, job, IPP_JSTATE_ABORTED, "aborted-by-system");
    }
}

static void forget(Machine *machine)
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

static void tick(Machine *machine)
{
    machine_read_faults(machine);
    if (faults_take_forget(machine->options.dir))
        forget(machine);
    subscription_expire(&machine->subscriptions, monotonic_ms());
    give_up_incoming(machine);
    Job *job = machine->current != 0 ? machine_find_job(machine, machine->current) : NULL;
    if (job)
        print_on(machine, job);
    if (machine->current == 0)
        begin_next(machine);
    tell_looks(machine);
}

static void *run(void *ctx)
{
    Machine *machine = ctx;

    for (;;) {
        machine_lock(machine);
        tick(machine);
        machine_unlock(machine);
        nanosleep(&(struct timespec){ .tv_nsec = 10 * 1000000 }, NULL);
    }
    return NULL;
}

bool machine_start(Machine *machine, Error *err)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, run, machine) != 0)
        return error_set(err, ERR_INTERNAL, "no thread for the engine");
    pthread_detach(thread);
    return true;
}

/* ---- switching on ---- */

static bool take_job(void *ctx, const char *name, Error *err)
{
    Machine *machine = ctx;
    Job job;

    if (strchr(name, '.'))
        return true; /* half a file of file_write */
    if (machine->job_count == JOBS_MOST)
        return error_set(err, ERR_LIMIT, "more than %d jobs", JOBS_MOST);
    if (!job_load(&job, machine->options.dir, name, err))
        return false;
    Job *kept = mem_copy(&job, sizeof(job));
    if (!kept)
        return error_set(err, ERR_MEMORY, "job");
    machine->jobs[machine->job_count++] = kept;
    machine->last_id = kept->id > machine->last_id ? kept->id : machine->last_id;
    return true;
}

/* The power went while it was under way.  What lies in the tray is the truth. */
static void settle(Machine *machine, Job *job)
{
    if (job->forgotten || job_ended(job))
        return;
    job->sheets = witness_count(&machine->witness, job->id, job->mark);
    if (job->pages > 0 && job->sheets >= job->pages)
        complete(machine, job);
    else
        machine_change(machine, job, IPP_JSTATE_ABORTED, "aborted-by-system");
}

static bool remove_file(void *ctx, const char *name, Error *err)
{
    char path[1024];

    return path_join(path, sizeof(path), ctx, name, err) &&
           (unlink(path) == 0 || error_set_errno(err, "removing %s", path));
}

static bool make_folders(const char *dir, bool forgetful, Error *err)
{
    static const char *const folders[] = { "jobs", "spool", "printed", "faults" };
    char path[1024];

    for (size_t i = 0; i < COUNT(folders); i++) {
        if (!path_join(path, sizeof(path), dir, folders[i], err) || !folder_make(path, 0755, err))
            return false;
        if (forgetful && i < 2 && !folder_each(path, "", remove_file, path, err))
            return false;
    }
    return true;
}

/* The same as long as the folder is: it stands for the machine. */
static bool read_uuid(Machine *machine, Error *err)
{
    char path[1024];
    uint8_t bytes[16];
    Random random = random_system();
    OWNED_BUF buf;

    buf_init(&buf, 64);
    if (!path_join(path, sizeof(path), machine->options.dir, "uuid", err))
        return false;
    if (file_read(path, &buf, NULL) && str_copy(str_trim(buf_str(&buf)), machine->uuid, sizeof(machine->uuid)) &&
        uuid_valid(machine->uuid))
        return true;
    if (!random_fill(&random, bytes, sizeof(bytes), err))
        return false;
    uuid_from_random(bytes, machine->uuid);
    return file_write(path, 0644, str_from(machine->uuid), err);
}

Machine *machine_open(const MachineOptions *options, Error *err)
{
    char jobs[1024];
    Machine *machine = mem_new(1, sizeof(*machine));

    if (!machine) {
        error_set(err, ERR_MEMORY, "printer");
        return NULL;
    }
    machine->options = *options;
    machine->on_since_ms = monotonic_ms();
    machine->on_since_unix_ms = machine->changed_ms = unix_ms();
    pthread_mutex_init(&machine->lock, NULL);
    if (!make_folders(options->dir, options->forgetful, err) || !witness_open(&machine->witness, options->dir, err) ||
        !read_uuid(machine, err) || !path_join(jobs, sizeof(jobs), options->dir, "jobs", err) ||
        !folder_each(jobs, "", take_job, machine, err)) {
        mem_free(machine);
        return NULL;
    }
    machine_read_faults(machine);
    for (int i = 0; i < machine->job_count; i++)
        settle(machine, machine->jobs[i]);
    machine->looks = machine_look(machine);
    return machine;
}
