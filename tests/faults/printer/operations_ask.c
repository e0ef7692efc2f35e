/* What the printer tells of itself and of its jobs. */
#include <stdio.h>
#include <string.h>

#include <cups/cups.h>

#include "description.h"
#include "operations.h"

/* ippCopyAttributes: ctx is what was asked for, NULL for all; 1 takes the attribute. */
static int is_wanted(void *ctx, ipp_t *to, ipp_attribute_t *at)
{
    const char *name = ippGetName(at);

    (void)to;
    return !ctx || (name && cupsArrayFind(ctx, (void *)(uintptr_t)name) != NULL);
}

/* ---- jobs ---- */

static void add_times(ipp_t *ipp, const Machine *machine, const Job *job)
{
    const struct {
        const char *time, *date;
        int64_t unix_ms;
    } times[] = {
        { "time-at-creation", "date-time-at-creation", job->created_ms },
        { "time-at-processing", "date-time-at-processing", job->began_ms },
        { "time-at-completed", "date-time-at-completed", job->ended_ms },
    };

    for (size_t i = 0; i < COUNT(times); i++) {
        if (times[i].unix_ms == 0) {
            ippAddOutOfBand(ipp, IPP_TAG_JOB, IPP_TAG_NOVALUE, times[i].time);
            ippAddOutOfBand(ipp, IPP_TAG_JOB, IPP_TAG_NOVALUE, times[i].date);
            continue;
        }
        ippAddInteger(ipp, IPP_TAG_JOB, IPP_TAG_INTEGER, times[i].time, machine_up_time_at(machine, times[i].unix_ms));
        ippAddDate(ipp, IPP_TAG_JOB, times[i].date, ippTimeToDate(times[i].unix_ms / 1000));
    }
}

static void add_counts(ipp_t *ipp, const Machine *machine, const Job *job)
{
    ippAddInteger(ipp, IPP_TAG_JOB, IPP_TAG_INTEGER, "number-of-documents", job->pages > 0 ? 1 : 0);
    ippAddInteger(ipp, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-k-octets", (int)((job->bytes + 1023) / 1024));
    if (job->pages > 0) {
        ippAddInteger(ipp, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-impressions", job->pages);
        ippAddInteger(ipp, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-media-sheets", job->pages);
    }
    if (machine_counts(machine)) {
        ippAddInteger(ipp, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-impressions-completed", job->sheets);
        ippAddInteger(ipp, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-media-sheets-completed", job->sheets);
    }
}

static const char *state_words(ipp_jstate_t state)
{
    switch ((int)state) {
    case IPP_JSTATE_PENDING: return "Job is waiting.";
    case IPP_JSTATE_HELD: return "Job has no document yet.";
    case IPP_JSTATE_PROCESSING: return "Job is printing.";
    case IPP_JSTATE_STOPPED: return "Printer is stopped.";
    case IPP_JSTATE_CANCELED: return "Job was cancelled.";
    case IPP_JSTATE_ABORTED: return "Job was given up.";
    default: return "Job is done.";
    }
}

static ipp_t *job_attributes(const Machine *machine, const Job *job)
{
    char printer_uri[256], uri[300], uuid[64];
    ipp_jstate_t state = machine_told_state(machine, job);
    ipp_t *ipp = ippNew();

    description_uri(machine, printer_uri, sizeof(printer_uri));
    snprintf(uri, sizeof(uri), "%s/%d", printer_uri, job->id);
    snprintf(uuid, sizeof(uuid), "urn:uuid:%.24s%012x", machine->uuid, (unsigned)job->id);
    ippAddInteger(ipp, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-id", job->id);
    ippAddString(ipp, IPP_TAG_JOB, IPP_TAG_URI, "job-uri", NULL, uri);
    ippAddString(ipp, IPP_TAG_JOB, IPP_TAG_URI, "job-uuid", NULL, uuid);
    ippAddString(ipp, IPP_TAG_JOB, IPP_TAG_URI, "job-printer-uri", NULL, printer_uri);
    ippAddString(ipp, IPP_TAG_JOB, IPP_TAG_NAME, "job-name", NULL, job->name);
    ippAddString(ipp, IPP_TAG_JOB, IPP_TAG_NAME, "job-originating-user-name", NULL, job->user);
    ippAddInteger(ipp, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", (int)state);
    ippAddString(ipp, IPP_TAG_JOB, IPP_TAG_KEYWORD, "job-state-reasons", NULL,
                 state == job->state ? job->reason : "job-completed-successfully");
    ippAddString(ipp, IPP_TAG_JOB, IPP_TAG_TEXT, "job-state-message", NULL, state_words(state));
    ippAddInteger(ipp, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-printer-up-time", machine_up_time_s(machine));
    ippAddInteger(ipp, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", job->copies);
    ippAddString(ipp, IPP_TAG_JOB, IPP_TAG_MIMETYPE, "document-format", NULL, "application/pdf");
    add_counts(ipp, machine, job);
    add_times(ipp, machine, job);
    return ipp;
}

static void copy_job(Conversation *talk, const Job *job, cups_array_t *wanted)
{
    ipp_t *all = job_attributes(talk->machine, job);

    ippCopyAttributes(talk->answer, all, 0, is_wanted, wanted);
    ippDelete(all);
}

static int by_name(void *a, void *b, void *ctx)
{
    (void)ctx;
    return strcmp(a, b);
}

static cups_array_t *names_array(const char *const *names, int count)
{
    cups_array_t *array = cupsArrayNew(by_name, NULL);

    for (int i = 0; i < count; i++)
        cupsArrayAdd(array, (void *)(uintptr_t)names[i]);
    return array;
}

void describe_job(Conversation *talk, const Job *job, const char *const *only, int only_count)
{
    cups_array_t *wanted = names_array(only, only_count);

    copy_job(talk, job, wanted);
    cupsArrayDelete(wanted);
}

void operation_get_job_attributes(Conversation *talk)
{
    cups_array_t *wanted = ippCreateRequestedArray(talk->request);

    machine_lock(talk->machine);
    const Job *job = requested_job(talk);
    if (job)
        copy_job(talk, job, wanted);
    machine_unlock(talk->machine);
    cupsArrayDelete(wanted);
}

/* ---- lists of jobs ---- */

static const struct {
    const char *which;
    ipp_jstate_t first, last;
} selections[] = {
    { "not-completed", IPP_JSTATE_PENDING, IPP_JSTATE_STOPPED },
    { "completed", IPP_JSTATE_CANCELED, IPP_JSTATE_COMPLETED },
    { "all", IPP_JSTATE_PENDING, IPP_JSTATE_COMPLETED },
    { "aborted", IPP_JSTATE_ABORTED, IPP_JSTATE_ABORTED },
    { "canceled", IPP_JSTATE_CANCELED, IPP_JSTATE_CANCELED },
    { "pending", IPP_JSTATE_PENDING, IPP_JSTATE_PENDING },
    { "pending-held", IPP_JSTATE_HELD, IPP_JSTATE_HELD },
    { "processing", IPP_JSTATE_PROCESSING, IPP_JSTATE_PROCESSING },
};

static bool is_selected(const Machine *machine, const Job *job, size_t selection, const char *user)
{
    ipp_jstate_t state = machine_told_state(machine, job);

    return !job->forgotten && state >= selections[selection].first && state <= selections[selection].last &&
           (!user || strcmp(user, job->user) == 0);
}

/* Those that ended: the latest first (RFC 8011 4.2.6.2); others as they stand in line. */
static void list_jobs(Conversation *talk, size_t selection, const char *user, int limit, cups_array_t *wanted)
{
    Machine *machine = talk->machine;
    bool backwards = selections[selection].first >= IPP_JSTATE_CANCELED;
    int listed = 0;

    for (int i = 0; i < machine->job_count && listed < limit; i++) {
        const Job *job = machine->jobs[backwards ? machine->job_count - 1 - i : i];
        if (!is_selected(machine, job, selection, user))
            continue;
        if (listed++ > 0)
            ippAddSeparator(talk->answer);
        copy_job(talk, job, wanted);
    }
}

void operation_get_jobs(Conversation *talk)
{
    static const char *const brief[] = { "job-id", "job-uri" };
    const char *which = asked_text(talk, "which-jobs", "not-completed");
    const char *user = asked_yes(talk, "my-jobs", false) ? asked_text(talk, "requesting-user-name", "") : NULL;
    int limit = asked_number(talk, "limit", JOBS_MOST);
    size_t selection = 0;

    while (selection < COUNT(selections) && strcmp(selections[selection].which, which) != 0)
        selection++;
    if (selection == COUNT(selections)) {
        ippAddString(talk->answer, IPP_TAG_UNSUPPORTED_GROUP, IPP_TAG_KEYWORD, "which-jobs", NULL, which);
        return refuse(talk, IPP_STATUS_ERROR_ATTRIBUTES_OR_VALUES, "No such selection.");
    }
    if (limit < 1)
        return refuse(talk, IPP_STATUS_ERROR_BAD_REQUEST, "The limit is no number.");
    bool told = ippFindAttribute(talk->request, "requested-attributes", IPP_TAG_KEYWORD) != NULL;
    cups_array_t *wanted = told ? ippCreateRequestedArray(talk->request) : names_array(brief, (int)COUNT(brief));
    machine_lock(talk->machine);
    list_jobs(talk, selection, user, limit, wanted);
    machine_unlock(talk->machine);
    cupsArrayDelete(wanted);
}

/* ---- the printer ---- */

void operation_get_printer_attributes(Conversation *talk)
{
    cups_array_t *wanted = ippCreateRequestedArray(talk->request);
    ipp_t *all = description_new(talk->machine);

    machine_lock(talk->machine);
    machine_read_faults(talk->machine);
    description_add_now(all, talk->machine);
    machine_unlock(talk->machine);
    ippCopyAttributes(talk->answer, all, 0, is_wanted, wanted);
    ippDelete(all);
    cupsArrayDelete(wanted);
}

void operation_identify(Conversation *talk)
{
    (void)talk; /* the witness has it */
}
