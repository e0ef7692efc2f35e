/* What a printer says of itself and of a job. */
#include "print/printer.h"

#include <string.h>

#include <cups/cups.h>

#include "print/printer_exchange.h"
#include "print/printer_reasons.h"

#define UUID_URN "urn:uuid:"

static bool has_word(ipp_t *answer, const char *name, const char *word)
{
    ipp_attribute_t *values = ippFindAttribute(answer, name, IPP_TAG_ZERO);

    return values && ippContainsString(values, word);
}

static bool has_operation(ipp_t *answer, ipp_op_t operation)
{
    ipp_attribute_t *values = ippFindAttribute(answer, "operations-supported", IPP_TAG_ENUM);

    return values && ippContainsInteger(values, (int)operation);
}

static PrinterState state_of(ipp_t *answer)
{
    switch (ippGetInteger(ippFindAttribute(answer, "printer-state", IPP_TAG_ENUM), 0)) {
    case IPP_PSTATE_IDLE: return PRINTER_IDLE;
    case IPP_PSTATE_PROCESSING: return PRINTER_PROCESSING;
    default: return PRINTER_STOPPED; /* also one that does not say */
    }
}

static unsigned reasons_of(ipp_t *answer, PrinterState state)
{
    ipp_attribute_t *words = ippFindAttribute(answer, "printer-state-reasons", IPP_TAG_KEYWORD);
    ipp_attribute_t *accepting = ippFindAttribute(answer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
    unsigned bits = 0;

    for (int i = 0; i < ippGetCount(words); i++)
        bits |= printer_reason_bits(str_from(ippGetString(words, i, NULL)), state);
    if (accepting && !ippGetBoolean(accepting, 0))
        bits |= PRINTER_REASON_NOT_ACCEPTING;
    if (state == PRINTER_STOPPED && (bits & PRINTER_REASONS_BLOCKING) == 0)
        bits |= PRINTER_REASON_OTHER;
    return bits;
}

static void read_uuid(ipp_t *answer, char *ret_uuid, size_t size)
{
    const char *urn = ippGetString(ippFindAttribute(answer, "printer-uuid", IPP_TAG_URI), 0, NULL);
    Str uuid = str_from(urn);

    if (str_starts(uuid, STR(UUID_URN)))
        uuid = str_from(urn + strlen(UUID_URN));
    if (!str_copy(uuid, ret_uuid, size))
        ret_uuid[0] = '\0';
}

bool call_ask_printer(Call *call, PrinterInfo *ret, Error *err)
{
    static const char *const wanted[] = {
        "printer-state",        "printer-state-reasons",     "printer-is-accepting-jobs",  "printer-uuid",
        "operations-supported", "document-format-supported", "print-color-mode-supported", "cups-version",
    };
    Printer *printer = call->printer;
    OWNED(Ipp) request = request_new(printer, IPP_OP_GET_PRINTER_ATTRIBUTES, 0);

    request_only(request, wanted, COUNT(wanted));
    OWNED(Ipp) answer = NULL;
    if (!call_exchange(call, request, (Str){ 0 }, NULL, &answer, err) || !answer_ok(answer, err))
        return false;

    printer->monochrome = has_word(answer, "print-color-mode-supported", "monochrome");
    printer->counts_filter = ippFindAttribute(answer, "cups-version", IPP_TAG_ZERO) != NULL;
    printer->asked = true;

    PrinterInfo info = { .state = state_of(answer) };
    info.reasons = reasons_of(answer, info.state);
    read_uuid(answer, info.uuid, sizeof(info.uuid));
    info.takes_pdf = has_word(answer, "document-format-supported", "application/pdf");
    info.proof = has_operation(answer, IPP_OP_CREATE_JOB) && has_operation(answer, IPP_OP_SEND_DOCUMENT);
    *ret = info;
    return true;
}

bool printer_ask(Printer *printer, int deadline_ms, PrinterInfo *ret, Error *err)
{
    OWNED_CALL call = call_begin(printer, deadline_ms);
    Error why = { 0 };

    bool answered = call_ask_printer(&call, ret, &why);
    if (!answered && (why.code == ERR_OFFLINE || why.code == ERR_TIMEOUT)) {
        *ret = (PrinterInfo){ .state = PRINTER_GONE };
        return true;
    }
    return call_result(&call, answered, &why, "asking the printer", err);
}

/* ---- a job ---- */

static PrinterJobState job_state_of(ipp_t *answer, bool *ret_ended)
{
    int state = ippGetInteger(ippFindAttribute(answer, "job-state", IPP_TAG_ENUM), 0);

    *ret_ended = state >= IPP_JSTATE_CANCELED;
    switch (state) {
    case IPP_JSTATE_PROCESSING: return PRINTER_JOB_PRINTING;
    case IPP_JSTATE_STOPPED: return PRINTER_JOB_STOPPED;
    case IPP_JSTATE_CANCELED: return PRINTER_JOB_CANCELLED;
    case IPP_JSTATE_ABORTED: return PRINTER_JOB_ABORTED;
    case IPP_JSTATE_COMPLETED: return PRINTER_JOB_COMPLETED;
    default: return PRINTER_JOB_WAITING;
    }
}

static int sheets_of(ipp_t *answer)
{
    static const char *const counts[] = { "job-impressions-completed", "job-media-sheets-completed" };

    for (size_t i = 0; i < COUNT(counts); i++) {
        ipp_attribute_t *count = ippFindAttribute(answer, counts[i], IPP_TAG_INTEGER); /* "unknown" has another tag */
        if (count && ippGetInteger(count, 0) >= 0)
            return ippGetInteger(count, 0);
    }
    return -1;
}

static bool incoming(ipp_t *answer)
{
    ipp_attribute_t *documents = ippFindAttribute(answer, "number-of-documents", IPP_TAG_INTEGER);

    return (documents && ippGetInteger(documents, 0) == 0) || has_word(answer, "job-state-reasons", "job-incoming") ||
           has_word(answer, "job-state-reasons", "job-data-insufficient");
}

static bool ask_job(Call *call, int32_t job, PrinterJob *ret, Error *err)
{
    static const char *const wanted[] = {
        "job-state",           "job-state-reasons", "job-impressions-completed", "job-media-sheets-completed",
        "number-of-documents", "job-name",
    };
    Printer *printer = call->printer;
    PrinterInfo info;

    /* The printer first: a printer that says it is stuck has counted what came out before, and the job's count is then
     * no older. */
    if (!call_ask_printer(call, &info, err))
        return false;
    OWNED(Ipp) request = request_new(printer, IPP_OP_GET_JOB_ATTRIBUTES, job);
    request_only(request, wanted, COUNT(wanted));
    OWNED(Ipp) answer = NULL;
    if (!call_exchange(call, request, (Str){ 0 }, NULL, &answer, err))
        return false;
    ipp_status_t status = ippGetStatusCode(answer);
    if (status == IPP_STATUS_ERROR_NOT_FOUND || status == IPP_STATUS_ERROR_GONE) {
        *ret = (PrinterJob){ .id = job, .state = PRINTER_JOB_UNKNOWN, .sheets = -1 };
        return true;
    }
    if (!answer_ok(answer, err))
        return false;

    bool ended;
    PrinterJob found = { .id = job, .state = job_state_of(answer, &ended) };
    found.sheets = printer->counts_filter ? -1 : sheets_of(answer);
    found.incoming = !ended && incoming(answer);
    const char *title = ippGetString(ippFindAttribute(answer, "job-name", IPP_TAG_ZERO), 0, NULL);
    str_copy_cut(str_from(title), found.title, sizeof(found.title));
    found.reasons = ended ? 0 : info.reasons;
    *ret = found;
    return true;
}

bool printer_ask_job(Printer *printer, int32_t job, int deadline_ms, PrinterJob *ret, Error *err)
{
    OWNED_CALL call = call_begin(printer, deadline_ms);
    Error why = { 0 };

    return call_result(&call, ask_job(&call, job, ret, &why), &why, "asking for the job", err);
}
