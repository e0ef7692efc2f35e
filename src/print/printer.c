#include "print/printer.h"

#include <stdio.h>
#include <string.h>

#include <cups/cups.h>

#include "base/memory.h"
#include "print/printer_exchange.h"

#define MEDIA     "iso_a4_210x297mm"
#define FORMAT    "application/pdf"
#define JOBS_MOST 50 /* that a printer is asked to list */

Printer *printer_open(const char *uri, Error *err)
{
    char scheme[16], user[64];
    OWNED(Printer) printer = mem_new(1, sizeof(*printer));

    if (!printer) {
        error_set(err, ERR_MEMORY, "printer");
        return NULL;
    }
    if (strlen(uri) >= sizeof(printer->uri) ||
        httpSeparateURI(HTTP_URI_CODING_ALL, uri, scheme, sizeof(scheme), user, sizeof(user), printer->target.host,
                        sizeof(printer->target.host), &printer->target.port, printer->resource,
                        sizeof(printer->resource)) < HTTP_URI_STATUS_OK ||
        (strcmp(scheme, "ipp") != 0 && strcmp(scheme, "ipps") != 0) || printer->target.host[0] == '\0') {
        error_set(err, ERR_ARGUMENT, "printer: not an address of the form ipp://host:port/path");
        return NULL;
    }
    snprintf(printer->uri, sizeof(printer->uri), "%s", uri);
    printer->target.tls = strcmp(scheme, "ipps") == 0;
    printer->clock = clock_system();
    return steal(&printer);
}

void printer_close(Printer *printer)
{
    mem_free(printer);
}

void printer_interrupt(Printer *printer)
{
    atomic_store(&printer->interrupted, true);
}

void printer_forget_interrupt(Printer *printer)
{
    atomic_store(&printer->interrupted, false);
}

static void describe_job(ipp_t *request, const Printer *printer)
{
    ippAddInteger(request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", 1);
    ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, MEDIA);
    ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", NULL, "one-sided");
    if (printer->monochrome)
        ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-color-mode", NULL, "monochrome");
}

static bool create_job(Call *call, const char *title, int32_t *ret_job, Error *err)
{
    Printer *printer = call->printer;
    PrinterInfo info;

    if (!printer->asked && !call_ask_printer(call, &info, err))
        return false;

    OWNED(Ipp) request = request_new(printer, IPP_OP_CREATE_JOB, 0);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, title);
    ippAddBoolean(request, IPP_TAG_OPERATION, "ipp-attribute-fidelity", 0);
    describe_job(request, printer);
    OWNED(Ipp) answer = NULL;
    if (!call_exchange(call, request, (Str){ 0 }, NULL, &answer, err) || !answer_ok(answer, err))
        return false;
    int job = ippGetInteger(ippFindAttribute(answer, "job-id", IPP_TAG_INTEGER), 0);
    if (job <= 0)
        return error_set(err, ERR_PROTOCOL, "no job-id");
    *ret_job = job;
    return true;
}

bool printer_create_job(Printer *printer, const char *title, int deadline_ms, int32_t *ret_job, Error *err)
{
    OWNED_CALL call = call_begin(printer, deadline_ms);
    Error why = { 0 };

    return call_result(&call, create_job(&call, title, ret_job, &why), &why, "creating a job", err);
}

static bool send_document(Call *call, int32_t job, Str pdf, bool *byte_left, Error *err)
{
    OWNED(Ipp) request = request_new(call->printer, IPP_OP_SEND_DOCUMENT, job);

    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, FORMAT);
    ippAddBoolean(request, IPP_TAG_OPERATION, "last-document", 1);
    OWNED(Ipp) answer = NULL;
    if (!call_exchange(call, request, pdf, byte_left, &answer, err) || !answer_ok(answer, err))
        return false;
    return *byte_left ? true : error_set(err, ERR_PROTOCOL, "answered before it was sent the document");
}

bool printer_send_document(Printer *printer, int32_t job, Str pdf, int deadline_ms, bool *ret_byte_left, Error *err)
{
    OWNED_CALL call = call_begin(printer, deadline_ms);
    Error why = { 0 };

    *ret_byte_left = false;
    return call_result(&call, send_document(&call, job, pdf, ret_byte_left, &why), &why, "sending the document", err);
}

static bool cancel_job(Call *call, int32_t job, Error *err)
{
    OWNED(Ipp) request = request_new(call->printer, IPP_OP_CANCEL_JOB, job);
    OWNED(Ipp) answer = NULL;

    if (!call_exchange(call, request, (Str){ 0 }, NULL, &answer, err))
        return false;
    ipp_status_t status = ippGetStatusCode(answer);
    if (status == IPP_STATUS_ERROR_NOT_POSSIBLE || status == IPP_STATUS_ERROR_NOT_FOUND)
        return true; /* it had ended */
    return answer_ok(answer, err);
}

bool printer_cancel_job(Printer *printer, int32_t job, int deadline_ms, Error *err)
{
    OWNED_CALL call = call_begin(printer, deadline_ms);
    Error why = { 0 };

    return call_result(&call, cancel_job(&call, job, &why), &why, "cancelling the job", err);
}

/* The answer is a run of attributes for each job, with separators that have no name. */
static int32_t find_title(ipp_t *answer, const char *title)
{
    int32_t job = 0;
    bool titled = false;

    for (ipp_attribute_t *at = ippFirstAttribute(answer); at; at = ippNextAttribute(answer)) {
        const char *name = ippGetName(at);
        if (!name || ippGetGroupTag(at) != IPP_TAG_JOB) {
            job = 0;
            titled = false;
        } else if (strcmp(name, "job-id") == 0) {
            job = ippGetInteger(at, 0);
        } else if (strcmp(name, "job-name") == 0) {
            const char *words = ippGetString(at, 0, NULL);
            titled = words && strcmp(words, title) == 0;
        }
        if (titled && job > 0)
            return job;
    }
    return 0;
}

static bool find_job(Call *call, const char *title, int32_t *ret_job, Error *err)
{
    static const char *const wanted[] = { "job-id", "job-name" };
    OWNED(Ipp) request = request_new(call->printer, IPP_OP_GET_JOBS, 0);

    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, "not-completed");
    ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "limit", JOBS_MOST);
    request_only(request, wanted, COUNT(wanted));
    OWNED(Ipp) answer = NULL;
    if (!call_exchange(call, request, (Str){ 0 }, NULL, &answer, err) || !answer_ok(answer, err))
        return false;
    *ret_job = find_title(answer, title);
    return true;
}

bool printer_find_job(Printer *printer, const char *title, int deadline_ms, int32_t *ret_job, Error *err)
{
    OWNED_CALL call = call_begin(printer, deadline_ms);
    Error why = { 0 };

    return call_result(&call, find_job(&call, title, ret_job, &why), &why, "looking for the job", err);
}
