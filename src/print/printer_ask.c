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

/* A queue's device.  Of one that cannot be asked by IPP no sheets are known. */
static void note_device(Call *call, ipp_t *answer)
{
    Printer *printer = call->printer;
    const char *uri = ippGetString(ippFindAttribute(answer, "device-uri", IPP_TAG_URI), 0, NULL);
    Station device;

    if (call->station != &printer->front)
        return;
    if (!printer->front.counts_filter || !uri || !station_set(&device, uri))
        printer->device = (Station){ 0 };
    else if (strcmp(device.uri, printer->device.uri) != 0)
        printer->device = device;
}

/* Some tell the time of day instead: no printer has been on for thirty years. */
static int64_t up_time_of(ipp_t *answer)
{
    int up_s = ippGetInteger(ippFindAttribute(answer, "printer-up-time", IPP_TAG_INTEGER), 0);

    return up_s > 0 && up_s < 1000000000 ? up_s : -1;
}

bool call_ask_station(Call *call, StationInfo *ret, Error *err)
{
    static const char *const wanted[] = {
        "printer-state",
        "printer-state-reasons",
        "printer-is-accepting-jobs",
        "printer-uuid",
        "printer-up-time",
        "operations-supported",
        "document-format-supported",
        "print-color-mode-supported",
        "cups-version",
        "device-uri",
    };
    Station *station = call->station;
    OWNED(Ipp) request = request_new(station, IPP_OP_GET_PRINTER_ATTRIBUTES, 0);

    request_only(request, wanted, COUNT(wanted));
    OWNED(Ipp) answer = NULL;
    if (!call_exchange(call, request, &answer, err) || !answer_ok(answer, err))
        return false;

    station->monochrome = has_word(answer, "print-color-mode-supported", "monochrome");
    station->counts_filter = ippFindAttribute(answer, "cups-version", IPP_TAG_ZERO) != NULL;
    station->asked = true;
    note_device(call, answer);

    StationInfo info = { .state = state_of(answer) };
    info.reasons = reasons_of(answer, info.state);
    read_uuid(answer, info.uuid, sizeof(info.uuid));
    info.takes_pdf = has_word(answer, "document-format-supported", "application/pdf");
    info.proof = has_operation(answer, IPP_OP_CREATE_JOB) && has_operation(answer, IPP_OP_SEND_DOCUMENT);
    info.up_s = up_time_of(answer);
    *ret = info;
    return true;
}

/* A queue's reasons about paper are copies of its device's, and stay after the device was mended; only what it says of
 * itself counts. */
PrinterInfo station_infos_joined(const StationInfo *front, const StationInfo *device)
{
    const StationInfo *maker = device ? device : front;
    PrinterInfo info = {
        .state = maker->state, .reasons = maker->reasons, .takes_pdf = front->takes_pdf, .proof = front->proof
    };

    memcpy(info.uuid, maker->uuid, sizeof(info.uuid));
    if (!device)
        return info;
    info.queue = true;
    info.reasons |= front->reasons & (PRINTER_REASON_PAUSED | PRINTER_REASON_NOT_ACCEPTING);
    if (front->state == PRINTER_PROCESSING && info.state == PRINTER_IDLE)
        info.state = PRINTER_PROCESSING;
    if (front->state == PRINTER_STOPPED) {
        info.state = PRINTER_STOPPED;
        info.stalled = device->state != PRINTER_STOPPED && (device->reasons & PRINTER_REASONS_BLOCKING) == 0;
        info.reasons |= PRINTER_REASON_PAUSED;
    }
    return info;
}

static bool ask(Call *call, PrinterInfo *ret, Error *err)
{
    StationInfo front, device;

    if (!call_ask_station(call, &front, err))
        return false;
    if (call->printer->device.uri[0] == '\0') {
        *ret = station_infos_joined(&front, NULL);
        return true;
    }
    OWNED_CALL beyond = call_beyond(call);
    if (!call_ask_station(&beyond, &device, err))
        return error_add(err, "behind the queue");
    *ret = station_infos_joined(&front, &device);
    return true;
}

bool printer_ask(Printer *printer, int deadline_ms, PrinterInfo *ret, Error *err)
{
    OWNED_CALL call = call_begin(printer, deadline_ms);
    Error why = { 0 };

    bool answered = ask(&call, ret, &why);
    if (!answered && (why.code == ERR_OFFLINE || why.code == ERR_TIMEOUT)) {
        *ret = (PrinterInfo){ .state = PRINTER_GONE };
        return true;
    }
    return call_result(&call, answered, &why, "asking the printer", err);
}
