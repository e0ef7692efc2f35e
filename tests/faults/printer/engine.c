#include "engine.h"

#include <time.h>

#define TICK_MS 10

/* ---- a job ---- */

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
    } else if (machine_is_stuck(machine)) {
        machine->sheet_since_ms = now_ms;
        if (stopped && job->state != IPP_JSTATE_STOPPED)
            machine_change(machine, job, IPP_JSTATE_STOPPED, "printer-stopped");
    } else if (machine->faults.abort_at >= 0 && job->sheets >= machine->faults.abort_at) {
        machine_change(machine, job, IPP_JSTATE_ABORTED, "aborted-by-system");
    } else if (job->state == IPP_JSTATE_STOPPED) {
        machine_change(machine, job, IPP_JSTATE_PROCESSING, "job-printing");
    } else if (machine->faults.hold_at >= 0 && job->sheets >= machine->faults.hold_at) {
        machine->sheet_since_ms = now_ms;
    } else if (now_ms - machine->sheet_since_ms >= machine->faults.sheet_ms) {
        machine_sheet_out(machine, job);
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

static void tick(Machine *machine)
{
    machine_read_faults(machine);
    if (faults_take_forget(machine->options.dir))
        machine_forget(machine);
    subscription_expire(&machine->subscriptions, monotonic_ms());
    give_up_incoming(machine);
    Job *job = machine->current != 0 ? machine_find_job(machine, machine->current) : NULL;
    if (job)
        print_on(machine, job);
    if (machine->current == 0)
        begin_next(machine);
    machine_tell_looks(machine);
}

static void *run(void *ctx)
{
    Machine *machine = ctx;

    for (;;) {
        machine_lock(machine);
        tick(machine);
        machine_unlock(machine);
        nanosleep(&(struct timespec){ .tv_nsec = TICK_MS * 1000000 }, NULL);
    }
    return NULL;
}

bool engine_start(Machine *machine, Error *err)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, run, machine) != 0)
        return error_set(err, ERR_INTERNAL, "no thread for the engine");
    pthread_detach(thread);
    return true;
}
