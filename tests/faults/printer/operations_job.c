/* Jobs come, get their documents, and are called back. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/file.h"
#include "operations.h"
#include "pages.h"

/* ---- what is asked of the paper ---- */

static const struct {
    const char *name;
    const char *only; /* the one value that it can do */
} choices[] = {
    { "sides", "one-sided" },
    { "output-bin", "face-down" },
    { "multiple-document-handling", "separate-documents-uncollated-copies" },
};

static bool is_unsupported(ipp_attribute_t *at)
{
    const char *name = ippGetName(at);

    if (!name || ippGetGroupTag(at) != IPP_TAG_JOB)
        return false;
    if (strcmp(name, "copies") == 0)
        return ippGetValueTag(at) != IPP_TAG_INTEGER || ippGetInteger(at, 0) < 1 || ippGetInteger(at, 0) > COPIES_MOST;
    for (size_t i = 0; i < COUNT(choices); i++)
        if (strcmp(name, choices[i].name) == 0)
            return ippGetCount(at) != 1 || strcmp(ippGetString(at, 0, NULL), choices[i].only) != 0;
    return false;
}

/* What can't be done goes back as unsupported; false when the job must not be made for it. */
static bool check_choices(Conversation *talk)
{
    bool all = true;

    for (ipp_attribute_t *at = ippFirstAttribute(talk->request); at; at = ippNextAttribute(talk->request))
        if (is_unsupported(at)) {
            all = false;
            ipp_attribute_t *copy = ippCopyAttribute(talk->answer, at, 0);
            ippSetGroupTag(talk->answer, &copy, IPP_TAG_UNSUPPORTED_GROUP);
        }
    if (all)
        return true;
    if (asked_yes(talk, "ipp-attribute-fidelity", false)) {
        ippSetStatusCode(talk->answer, IPP_STATUS_ERROR_ATTRIBUTES_OR_VALUES);
        return false;
    }
    ippSetStatusCode(talk->answer, IPP_STATUS_OK_IGNORED_OR_SUBSTITUTED);
    return true;
}

static bool check_format(Conversation *talk)
{
    const char *format = asked_text(talk, "document-format", "application/octet-stream");
    const char *compression = asked_text(talk, "compression", "none");

    if (strcmp(format, "application/pdf") != 0 && strcmp(format, "application/octet-stream") != 0)
        refuse(talk, IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED, "Only PDF.");
    else if (strcmp(compression, "none") != 0)
        refuse(talk, IPP_STATUS_ERROR_COMPRESSION_NOT_SUPPORTED, "No compression.");
    else
        return true;
    return false;
}

/* Lock held. */
static bool check_printer(Conversation *talk)
{
    machine_read_faults(talk->machine);
    if (talk->machine->faults.not_accepting)
        refuse(talk, IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS, "Not accepting jobs.");
    else if (talk->machine->faults.busy)
        refuse(talk, IPP_STATUS_ERROR_BUSY, "Busy.");
    else
        return true;
    return false;
}

/* Lock held. */
static Job *make_job(Conversation *talk)
{
    int copies = asked_number(talk, "copies", 1);

    if (copies < 1 || copies > COPIES_MOST)
        copies = 1;
    if (!check_printer(talk))
        return NULL;
    Job *job = machine_add_job(talk->machine, asked_text(talk, "job-name", "Untitled"),
                               asked_text(talk, "requesting-user-name", "anonymous"), copies);
    if (!job)
        refuse(talk, IPP_STATUS_ERROR_TOO_MANY_JOBS, "Too many jobs.");
    return job;
}

/* What the answer to each operation on jobs tells. */
static void tell_job(Conversation *talk, const Job *job)
{
    static const char *const brief[] = { "job-id", "job-uri", "job-state", "job-state-message", "job-state-reasons" };

    describe_job(talk, job, brief, (int)COUNT(brief));
}

/* ---- documents ---- */

/* Into the spool, counted; false with the refusal. */
static bool take_document(Conversation *talk, const Job *job, Str document, int *ret_pages, char sha256_text[65])
{
    char path[1024];
    uint8_t digest[SHA256_SIZE];
    Error err = { 0 };
    OWNED_BUF hex;

    buf_init(&hex, 128);
    job_spool_path(job, talk->machine->options.dir, path, sizeof(path));
    if (!file_write(path, 0644, document, &err) || !sha256(document, digest, &err)) {
        refuse(talk, IPP_STATUS_ERROR_DEVICE, err.text);
        return false;
    }
    hex_write(&hex, digest, sizeof(digest));
    str_copy_cut(buf_str(&hex), sha256_text, 65);
    *ret_pages = pages_of(document, path);
    if (*ret_pages > 0)
        return true;
    refuse(talk, IPP_STATUS_ERROR_DOCUMENT_FORMAT_ERROR, "Not a PDF with pages.");
    return false;
}

static void settle_document(Conversation *talk, Job *job, Str document, int pages, const char *sha256_text, bool last)
{
    char path[1024];

    if (job_ended(job) || job->forgotten) { /* cancelled while it came in */
        job_spool_path(job, talk->machine->options.dir, path, sizeof(path));
        unlink(path);
        if (job->forgotten)
            refuse(talk, IPP_STATUS_ERROR_NOT_FOUND, "No such job.");
        return;
    }
    if (pages == 0) {
        machine_change(talk->machine, job, IPP_JSTATE_ABORTED, "document-format-error");
        return;
    }
    job->pages = pages * job->copies;
    job->bytes = document.len;
    job_copy_text(job->sha256, sizeof(job->sha256), sha256_text);
    if (last)
        machine_release(talk->machine, job);
}

/* Reads what follows the request into the job, without the lock, which is held before and after. */
static Delivery receive(Conversation *talk, Job *job, bool last)
{
    char sha256_text[65] = "";
    int pages = 0;
    OWNED_BUF document;

    buf_init(&document, DOCUMENT_MOST);
    job->receiving = true;
    machine_unlock(talk->machine);
    Delivery delivery = conversation_receive(talk, job, &document);
    if (delivery == DELIVERY_WHOLE && !take_document(talk, job, buf_str(&document), &pages, sha256_text))
        pages = 0;
    machine_lock(talk->machine);
    job->receiving = false;
    job->heard_ms = monotonic_ms();
    if (delivery == DELIVERY_WHOLE)
        settle_document(talk, job, buf_str(&document), pages, sha256_text, last);
    else if (delivery == DELIVERY_BROKEN && !job_ended(job) && !job->forgotten)
        machine_change(talk->machine, job, IPP_JSTATE_ABORTED, "aborted-by-system");
    return delivery;
}

/* ---- operations ---- */

void operation_print_job(Conversation *talk)
{
    if (!check_format(talk) || !check_choices(talk))
        return;
    machine_lock(talk->machine);
    Job *job = make_job(talk);
    if (job) {
        if (receive(talk, job, true) == DELIVERY_NONE) {
            machine_change(talk->machine, job, IPP_JSTATE_ABORTED, "aborted-by-system");
            refuse(talk, IPP_STATUS_ERROR_BAD_REQUEST, "No document.");
        }
        tell_job(talk, job);
    }
    machine_unlock(talk->machine);
}

void operation_validate_job(Conversation *talk)
{
    if (!check_format(talk) || !check_choices(talk))
        return;
    machine_lock(talk->machine);
    (void)check_printer(talk);
    machine_unlock(talk->machine);
}

void operation_create_job(Conversation *talk)
{
    if (!check_choices(talk))
        return;
    machine_lock(talk->machine);
    Job *job = make_job(talk);
    if (job)
        tell_job(talk, job);
    machine_unlock(talk->machine);
}

/* Lock held. */
static void send_document(Conversation *talk, Job *job, bool last)
{
    if (!job->incoming || job->receiving)
        return refuse(talk, IPP_STATUS_ERROR_NOT_POSSIBLE, "The job takes no document.");
    if (job->pages > 0 && httpGetState(talk->http) == HTTP_STATE_POST_RECV && httpGetRemaining(talk->http) > 0)
        return refuse(talk, IPP_STATUS_ERROR_MULTIPLE_JOBS_NOT_SUPPORTED, "One document a job.");
    if (receive(talk, job, last) == DELIVERY_NONE && last) {
        if (job->pages > 0)
            machine_release(talk->machine, job);
        else
            machine_change(talk->machine, job, IPP_JSTATE_ABORTED, "aborted-by-system");
    }
    tell_job(talk, job);
}

void operation_send_document(Conversation *talk)
{
    ipp_attribute_t *last = ippFindAttribute(talk->request, "last-document", IPP_TAG_BOOLEAN);

    if (!last)
        return refuse(talk, IPP_STATUS_ERROR_BAD_REQUEST, "No last-document.");
    if (!check_format(talk))
        return;
    machine_lock(talk->machine);
    Job *job = requested_job(talk);
    if (job)
        send_document(talk, job, ippGetBoolean(last, 0) != 0);
    machine_unlock(talk->machine);
}

void operation_close_job(Conversation *talk)
{
    machine_lock(talk->machine);
    Job *job = requested_job(talk);
    if (job && job->incoming && !job->receiving && job->pages > 0)
        machine_release(talk->machine, job);
    else if (job && job->incoming && !job->receiving)
        machine_change(talk->machine, job, IPP_JSTATE_ABORTED, "aborted-by-system");
    machine_unlock(talk->machine);
}

void operation_cancel_job(Conversation *talk)
{
    machine_lock(talk->machine);
    Job *job = requested_job(talk);
    if (job && (machine_told_state(talk->machine, job) >= IPP_JSTATE_CANCELED || job->to_cancel))
        refuse(talk, IPP_STATUS_ERROR_NOT_POSSIBLE, "The job has ended.");
    else if (job)
        machine_cancel(talk->machine, job);
    machine_unlock(talk->machine);
}
