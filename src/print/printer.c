#include "print/printer.h"

#include <cups/cups.h>

#include "base/memory.h"
#include "print/printer_exchange.h"

#define MEDIA      "iso_a4_210x297mm"
#define FORMAT     "application/pdf"
#define REFUSAL_MS 250 /* so long a printer without Create-Job may take to refuse a job before it has the page */

Printer *printer_open(const char *uri, Error *err)
{
    OWNED(Printer) printer = mem_new(1, sizeof(*printer));

    if (!printer) {
        error_set(err, ERR_MEMORY, "printer");
        return NULL;
    }
    if (!station_set(&printer->front, uri)) {
        error_set(err, ERR_ARGUMENT, "printer: not an address of the form ipp://host:port/path");
        return NULL;
    }
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

bool printer_refused(const Error *err)
{
    return err->code == ERR_BUSY || err->code == ERR_DENIED || err->code == ERR_UNSUPPORTED;
}

/* ---- making a job ---- */

/* What Create-Job and Print-Job have in common.  The title stands among the operation's attributes, the rest after all
 * of those. */
static ipp_t *request_job(const Station *station, ipp_op_t operation, const char *title)
{
    ipp_t *request = request_new(station, operation, 0);

    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, title);
    ippAddBoolean(request, IPP_TAG_OPERATION, "ipp-attribute-fidelity", 0);
    if (operation == IPP_OP_PRINT_JOB)
        ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, FORMAT);
    ippAddInteger(request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", 1);
    ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, MEDIA);
    ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", NULL, "one-sided");
    if (station->monochrome)
        ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-color-mode", NULL, "monochrome");
    return request;
}

static bool know_printer(Call *call, Error *err)
{
    StationInfo info;

    return call->station->asked || call_ask_station(call, &info, err);
}

static bool read_job_id(ipp_t *answer, int32_t *ret_job, Error *err)
{
    int job = ippGetInteger(ippFindAttribute(answer, "job-id", IPP_TAG_INTEGER), 0);

    if (job <= 0)
        return error_set(err, ERR_PROTOCOL, "no job-id");
    *ret_job = job;
    return true;
}

static bool create_job(Call *call, const char *title, int32_t *ret_job, Error *err)
{
    if (!know_printer(call, err))
        return false;
    OWNED(Ipp) request = request_job(call->station, IPP_OP_CREATE_JOB, title);
    OWNED(Ipp) answer = NULL;
    return call_exchange(call, request, &answer, err) && answer_ok(answer, err) && read_job_id(answer, ret_job, err);
}

bool printer_create_job(Printer *printer, const char *title, int deadline_ms, int32_t *ret_job, Error *err)
{
    OWNED_CALL call = call_begin(printer, deadline_ms);
    Error why = { 0 };

    return call_result(&call, create_job(&call, title, ret_job, &why), &why, "creating a job", err);
}

/* ---- the document ---- */

static bool send_document(Call *call, int32_t job, const PrinterPage *page, PrinterLeft *ret_left, Error *err)
{
    OWNED(Ipp) request = request_new(call->station, IPP_OP_SEND_DOCUMENT, job);

    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, FORMAT);
    ippAddBoolean(request, IPP_TAG_OPERATION, "last-document", 1);
    OWNED(Ipp) answer = NULL;
    if (!call_exchange_page(call, request, page, 0, ret_left, &answer, err) || !answer_ok(answer, err))
        return false;
    if (*ret_left == PRINTER_LEFT_NOTHING)
        return error_set(err, ERR_PROTOCOL, "answered before it was sent the document");
    return true;
}

bool printer_send_document(Printer *printer, int32_t job, const PrinterPage *page, int deadline_ms,
                           PrinterLeft *ret_left, Error *err)
{
    OWNED_CALL call = call_begin(printer, deadline_ms);
    Error why = { 0 };

    *ret_left = PRINTER_LEFT_NOTHING;
    return call_result(&call, send_document(&call, job, page, ret_left, &why), &why, "sending the document", err);
}

static bool print_job(Call *call, const char *title, const PrinterPage *page, PrinterLeft *ret_left, int32_t *ret_job,
                      Error *err)
{
    if (!know_printer(call, err))
        return false;
    OWNED(Ipp) request = request_job(call->station, IPP_OP_PRINT_JOB, title);
    OWNED(Ipp) answer = NULL;
    if (!call_exchange_page(call, request, page, REFUSAL_MS, ret_left, &answer, err) || !answer_ok(answer, err))
        return false;
    if (*ret_left == PRINTER_LEFT_NOTHING)
        return error_set(err, ERR_PROTOCOL, "answered before it was sent the document");
    return read_job_id(answer, ret_job, err);
}

bool printer_print_job(Printer *printer, const char *title, const PrinterPage *page, int deadline_ms,
                       PrinterLeft *ret_left, int32_t *ret_job, Error *err)
{
    OWNED_CALL call = call_begin(printer, deadline_ms);
    Error why = { 0 };

    *ret_left = PRINTER_LEFT_NOTHING;
    return call_result(&call, print_job(&call, title, page, ret_left, ret_job, &why), &why, "printing a job", err);
}

/* ---- the queue ---- */

static bool resume(Call *call, Error *err)
{
    OWNED(Ipp) request = request_new(call->station, IPP_OP_RESUME_PRINTER, 0);
    OWNED(Ipp) answer = NULL;

    return call_exchange(call, request, &answer, err) && answer_ok(answer, err);
}

bool printer_resume(Printer *printer, int deadline_ms, Error *err)
{
    OWNED_CALL call = call_begin(printer, deadline_ms);
    Error why = { 0 };

    return call_result(&call, resume(&call, &why), &why, "resuming the queue", err);
}
