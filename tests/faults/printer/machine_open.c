/* Switching on: what is remembered, and what is made of it. */
#include "machine.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/random.h"

static bool remove_file(void *ctx, const char *name, Error *err)
{
    char path[1024];

    return path_join(path, sizeof(path), ctx, name, err) &&
           (unlink(path) == 0 || error_set_errno(err, "removing %s", path));
}

static bool take_job(void *ctx, const char *name, Error *err)
{
    Machine *machine = ctx;
    char folder[1024];
    Job job;

    if (strchr(name, '.')) /* half a file of file_write */
        return path_join(folder, sizeof(folder), machine->options.dir, "jobs", err) && remove_file(folder, name, err);
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
        machine_complete(machine, job);
    else
        machine_change(machine, job, IPP_JSTATE_ABORTED, "aborted-by-system");
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
    char jobs[1024], spool[1024];
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
        !path_join(spool, sizeof(spool), options->dir, "spool", err) ||
        !folder_each(jobs, "", take_job, machine, err)) {
        mem_free(machine);
        return NULL;
    }
    machine_read_faults(machine);
    for (int i = 0; i < machine->job_count; i++)
        settle(machine, machine->jobs[i]);
    machine->looks = machine_look(machine);
    if (folder_each(spool, "", remove_file, spool, err)) /* what nobody waits for any more, and halves */
        return machine;
    mem_free(machine);
    return NULL;
}
