/* What became of a job, and getting rid of one.
 *
 * Behind a queue there are two jobs of one title: the queue's, and the printer's, of which there may be none yet, or
 * several when the queue tried again.  The printer's sheets count.  The queue is asked first: once its job has ended it
 * makes no further one at the printer, and what the printer then does not know it was never sent. */
#include "print/printer.h"

#include <string.h>

#include <cups/cups.h>

#include "print/printer_exchange.h"

#define JOBS_MOST    500  /* that a printer is asked to list */
#define UP_MARGIN_MS 2000 /* between a printer's clock and ours */

static const char *const wanted[] = {
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-impressions-completed",
    "job-media-sheets-completed",
    "number-of-documents",
    "time-at-processing",
};

/* One job as one station tells it. */
typedef struct Told {
    int32_t id; /* 0: no such job */
    PrinterJobState state;
    int sheets; /* -1: not told */
    bool incoming;
    bool stopping;  /* "cancelled", while the queue's backend still talks to the printer */
    bool untouched; /* nothing was ever done about it */
    char title[64];
} Told;

PrinterJobState job_state_of(ipp_attribute_t *state)
{
    switch (ippGetInteger(state, 0)) {
    case IPP_JSTATE_PROCESSING: return PRINTER_JOB_PRINTING;
    case IPP_JSTATE_STOPPED: return PRINTER_JOB_STOPPED;
    case IPP_JSTATE_CANCELED: return PRINTER_JOB_CANCELLED;
    case IPP_JSTATE_ABORTED: return PRINTER_JOB_ABORTED;
    case IPP_JSTATE_COMPLETED: return PRINTER_JOB_COMPLETED;
    default: return PRINTER_JOB_WAITING;
    }
}

bool job_state_has_ended(PrinterJobState state)
{
    return state == PRINTER_JOB_CANCELLED || state == PRINTER_JOB_ABORTED || state == PRINTER_JOB_COMPLETED;
}

/* ---- reading ---- */

static void read_reasons(ipp_attribute_t *at, Told *told)
{
    if (ippContainsString(at, "job-incoming") || ippContainsString(at, "job-data-insufficient"))
        told->incoming = true;
    if (ippContainsString(at, "processing-to-stop-point"))
        told->stopping = true;
}

/* Impressions are the better count, wherever they stand. */
static void read_sheets(ipp_attribute_t *at, bool impressions, Told *told, bool *counted)
{
    if (ippGetValueTag(at) != IPP_TAG_INTEGER || ippGetInteger(at, 0) < 0) /* "unknown" has another tag */
        return;
    if (impressions || !*counted)
        told->sheets = ippGetInteger(at, 0);
    *counted = *counted || impressions;
}

/* Reads attributes from at up to the end of the job's group; returns the separator, or NULL. */
static ipp_attribute_t *read_job(ipp_t *answer, ipp_attribute_t *at, Told *ret)
{
    Told told = { .state = PRINTER_JOB_WAITING, .sheets = -1 };
    bool counted = false;

    for (; at && ippGetName(at) && ippGetGroupTag(at) == IPP_TAG_JOB; at = ippNextAttribute(answer)) {
        Str name = str_from(ippGetName(at));
        if (str_equal(name, STR("job-id")))
            told.id = ippGetInteger(at, 0);
        else if (str_equal(name, STR("job-name")))
            str_copy_cut(str_from(ippGetString(at, 0, NULL)), told.title, sizeof(told.title));
        else if (str_equal(name, STR("job-state")))
            told.state = job_state_of(at);
        else if (str_equal(name, STR("job-state-reasons")))
            read_reasons(at, &told);
        else if (str_equal(name, STR("job-impressions-completed")))
            read_sheets(at, true, &told, &counted);
        else if (str_equal(name, STR("job-media-sheets-completed")))
            read_sheets(at, false, &told, &counted);
        else if (str_equal(name, STR("number-of-documents")) && ippGetValueTag(at) == IPP_TAG_INTEGER)
            told.incoming = told.incoming || ippGetInteger(at, 0) == 0;
        else if (str_equal(name, STR("time-at-processing")))
            told.untouched = ippGetValueTag(at) == IPP_TAG_NOVALUE;
    }
    bool ended = job_state_has_ended(told.state);
    told.incoming = told.incoming && !ended;
    /* It is left behind on jobs that are done, and on those that were never begun. */
    told.stopping = told.stopping && ended && !told.untouched && told.state != PRINTER_JOB_COMPLETED;
    *ret = told;
    return at;
}

/* The printer's own jobs of a title as one: what goes on counts before what has ended, and all their sheets. */
static void add_job(Told *all, const Told *one)
{
    if (all->id == 0) {
        *all = *one;
        return;
    }
    int sheets = all->sheets < 0 || one->sheets < 0 ? -1 : all->sheets + one->sheets;
    bool newer = job_state_has_ended(all->state) == job_state_has_ended(one->state) ? one->id > all->id
                                                                                    : job_state_has_ended(all->state);
    if (newer)
        *all = *one;
    all->sheets = sheets;
}

static bool list_jobs(Call *call, const char *which, const char *title, Told *all, bool *listed, Error *err)
{
    OWNED(Ipp) request = request_new(call->station, IPP_OP_GET_JOBS, 0);
    ipp_attribute_t *at;
    Told one;

    ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "limit", JOBS_MOST);
    request_only(request, wanted, COUNT(wanted));
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, which);
    OWNED(Ipp) answer = NULL;
    if (!call_exchange(call, request, &answer, err))
        return false;
    if (!answer_ok(answer, NULL)) { /* it does not list them */
        *listed = false;
        return true;
    }
    for (at = ippFirstAttribute(answer); at; at = at ? ippNextAttribute(answer) : NULL) {
        if (!ippGetName(at) || ippGetGroupTag(at) != IPP_TAG_JOB)
            continue;
        at = read_job(answer, at, &one);
        if (one.id > 0 && strcmp(one.title, title) == 0)
            add_job(all, &one);
    }
    return true;
}

/* *ret_listed is false when the printer does not show its lists, so that nothing follows from not finding it. */
static bool find_title(Call *call, const char *title, Told *ret, bool *ret_listed, Error *err)
{
    Told all = { .sheets = -1 };
    bool listed = true;

    /* In this order a job that ends in between is found in one list at least; found in both, the later word counts. */
    Told open = all, ended = all;
    if (!list_jobs(call, "not-completed", title, &open, &listed, err) ||
        !list_jobs(call, "completed", title, &ended, &listed, err))
        return false;
    if (open.id != 0 && ended.id != 0 && open.id <= ended.id)
        open = (Told){ .sheets = -1 };
    if (ended.id != 0)
        add_job(&all, &ended);
    if (open.id != 0)
        add_job(&all, &open);
    *ret = all;
    *ret_listed = listed;
    return true;
}

static bool find_id(Call *call, int32_t id, const char *title, Told *ret, Error *err)
{
    OWNED(Ipp) request = request_new(call->station, IPP_OP_GET_JOB_ATTRIBUTES, id);

    *ret = (Told){ .sheets = -1 };
    request_only(request, wanted, COUNT(wanted));
    OWNED(Ipp) answer = NULL;
    if (!call_exchange(call, request, &answer, err))
        return false;
    ipp_status_t status = ippGetStatusCode(answer);
    if (status == IPP_STATUS_ERROR_NOT_FOUND || status == IPP_STATUS_ERROR_GONE)
        return true;
    if (!answer_ok(answer, err))
        return false;
    ipp_attribute_t *at = ippFirstAttribute(answer);
    while (at && (!ippGetName(at) || ippGetGroupTag(at) != IPP_TAG_JOB))
        at = ippNextAttribute(answer);
    if (!at)
        return error_set(err, ERR_PROTOCOL, "an answer without the job");
    read_job(answer, at, ret);
    ret->id = id;
    if (ret->title[0] != '\0' && strcmp(ret->title, title) != 0) /* it gave the number to somebody else since */
        *ret = (Told){ .sheets = -1 };
    return true;
}

/* By its number, else by its title; ret->id is 0 when it is not there. */
static bool find_job(Call *call, const PrinterTicket *ticket, Told *ret, Error *err)
{
    bool listed;

    *ret = (Told){ .sheets = -1 };
    if (ticket->id != 0 && !find_id(call, ticket->id, ticket->title, ret, err))
        return false;
    return ret->id != 0 || find_title(call, ticket->title, ret, &listed, err);
}

/* ---- asking ---- */

static PrinterJob job_told(const Told *told)
{
    return (PrinterJob){ .id = told->id, .state = told->state, .sheets = told->sheets, .incoming = told->incoming };
}

/* A job that the station forgot is told from the event of its end. */
static void recall(Call *call, int32_t id, const char *title, Told *told)
{
    bool heard, offered;

    if (told->id != 0)
        return;
    if (!call_listen(call, &heard, &offered, NULL)) {
        /* What was heard before may do. */
    }
    const EndedJob *ended = station_ended(call->station, id, title);
    if (ended)
        *told = (Told){ .id = ended->id, .state = ended->state, .sheets = ended->sheets };
}

static bool ask_straight(Call *call, const PrinterTicket *ticket, PrinterJob *ret, Error *err)
{
    StationInfo info;
    Told told;

    /* The printer first: a printer that says it is stuck has counted what came out before, and the job's count is then
     * no older. */
    if (!call_ask_station(call, &info, err) || !find_job(call, ticket, &told, err))
        return false;
    recall(call, ticket->id, ticket->title, &told);
    PrinterJob job = job_told(&told);
    if (told.id == 0)
        job.state = PRINTER_JOB_UNKNOWN;
    job.made = told.id != 0;
    if (call->station->counts_filter) /* a queue without an IPP device */
        job.sheets = -1;
    if (!job_state_has_ended(job.state))
        job.reasons = info.reasons;
    *ret = job;
    return true;
}

/* The printer has no such job, and does not seem to have had one: then no sheet of it came out. */
static bool never_had(const StationInfo *device, const PrinterTicket *ticket, bool listed)
{
    return listed && !ticket->seen && ticket->age_ms >= 0 && device->up_s >= 0 &&
           device->up_s * 1000 > ticket->age_ms + UP_MARGIN_MS;
}

/* The queue's job and the printer's as one. */
static void join(const Told *queued, const Told *made, const PrinterInfo *info, bool none_made, PrinterJob *ret)
{
    bool queue_done = queued->id == 0 || (job_state_has_ended(queued->state) && !queued->stopping);
    PrinterJob job;

    if (made->id != 0) {
        job = job_told(made);
        if (job_state_has_ended(made->state) && !queue_done) {
            job.again = !job_state_has_ended(queued->state);
            job.state = PRINTER_JOB_PRINTING;
        }
    } else if (queued->id == 0) {
        job = (PrinterJob){ .state = PRINTER_JOB_UNKNOWN, .sheets = -1 };
    } else {
        job = job_told(queued);
        job.sheets = -1;
        if (queued->stopping)
            job.state = PRINTER_JOB_PRINTING;
        else if (none_made && (queued->state == PRINTER_JOB_CANCELLED || queued->state == PRINTER_JOB_ABORTED))
            job.sheets = 0;
    }
    job.id = queued->id;
    job.made = made->id != 0;
    job.stalled = info->stalled;
    if (!job_state_has_ended(job.state) && job.state != PRINTER_JOB_UNKNOWN)
        job.reasons = info->reasons;
    *ret = job;
}

static bool ask_beyond(Call *call, const StationInfo *front, const PrinterTicket *ticket, PrinterJob *ret, Error *err)
{
    StationInfo device;
    Told queued, made;
    bool listed;

    if (!find_job(call, ticket, &queued, err))
        return false;
    if (queued.id != 0 && queued.untouched && job_state_has_ended(queued.state)) {
        *ret = (PrinterJob){ .id = queued.id, .state = queued.state, .sheets = 0 }; /* it never went on from there */
        return true;
    }
    /* It is left behind at times on a job that the printer gave up.  An idle queue talks to nobody. */
    queued.stopping = queued.stopping && front->state != PRINTER_IDLE;
    OWNED_CALL beyond = call_beyond(call);
    if (!call_ask_station(&beyond, &device, err) || !find_title(&beyond, ticket->title, &made, &listed, err))
        return error_add(err, "behind the queue");
    recall(&beyond, 0, ticket->title, &made);
    if (call->printer->device.counts_filter)
        made.sheets = -1;
    PrinterInfo info = station_infos_joined(front, &device);
    if (made.id != 0 && !job_state_has_ended(made.state)) /* what the queue says of itself holds it up no more */
        info.reasons = device.reasons;
    join(&queued, &made, &info, never_had(&device, ticket, listed), ret);
    return true;
}

static bool ask_job(Call *call, const PrinterTicket *ticket, PrinterJob *ret, Error *err)
{
    StationInfo front;

    if (call->printer->device.uri[0] == '\0' && call->station->asked)
        return ask_straight(call, ticket, ret, err);
    if (!call_ask_station(call, &front, err))
        return false;
    return call->printer->device.uri[0] == '\0' ? ask_straight(call, ticket, ret, err)
                                                : ask_beyond(call, &front, ticket, ret, err);
}

bool printer_ask_job(Printer *printer, const PrinterTicket *ticket, int deadline_ms, PrinterJob *ret, Error *err)
{
    OWNED_CALL call = call_begin(printer, deadline_ms);
    Error why = { 0 };

    return call_result(&call, ask_job(&call, ticket, ret, &why), &why, "asking for the job", err);
}

/* ---- cancelling ---- */

static bool cancel_at(Call *call, const Told *told, Error *err)
{
    OWNED(Ipp) answer = NULL;

    if (told->id == 0 || job_state_has_ended(told->state))
        return true;
    OWNED(Ipp) request = request_new(call->station, IPP_OP_CANCEL_JOB, told->id);
    if (!call_exchange(call, request, &answer, err))
        return false;
    ipp_status_t status = ippGetStatusCode(answer);
    if (status == IPP_STATUS_ERROR_NOT_POSSIBLE || status == IPP_STATUS_ERROR_NOT_FOUND)
        return true; /* it had ended */
    return answer_ok(answer, err);
}

static bool cancel_job(Call *call, const PrinterTicket *ticket, Error *err)
{
    StationInfo info;
    Told told;
    bool listed;

    if (!call->station->asked && !call_ask_station(call, &info, err))
        return false;
    if (!find_job(call, ticket, &told, err) || !cancel_at(call, &told, err))
        return false;
    if (call->printer->device.uri[0] == '\0')
        return true;
    OWNED_CALL beyond = call_beyond(call);
    if (!find_title(&beyond, ticket->title, &told, &listed, err) || !cancel_at(&beyond, &told, err))
        return error_add(err, "behind the queue");
    return true;
}

bool printer_cancel_job(Printer *printer, const PrinterTicket *ticket, int deadline_ms, Error *err)
{
    OWNED_CALL call = call_begin(printer, deadline_ms);
    Error why = { 0 };

    return call_result(&call, cancel_job(&call, ticket, &why), &why, "cancelling the job", err);
}
