/* Subscriptions of the pull kind (RFC 3996).  Everything here may be missing, late, doubled or wrong: the lease may not
 * be told, a busy server loses subscriptions, one that was started anew forgets them. */
#include "print/printer.h"

#include <string.h>

#include <cups/cups.h>

#include "print/printer_exchange.h"

#define LEASE_S 300 /* asked for, and believed when the answer does not tell another */

static const char *const events[] = { "job-state-changed", "job-completed", "job-progress", "printer-state-changed" };

static void forget(Station *station)
{
    station->subscription = 0;
    station->heard = 0;
    memset(station->ended, 0, sizeof(station->ended)); /* numbers of jobs may begin anew */
}

static int64_t half_of_lease_ms(const Call *call, ipp_t *answer)
{
    ipp_attribute_t *lease = ippFindAttribute(answer, "notify-lease-duration", IPP_TAG_INTEGER);
    int lease_s = lease ? ippGetInteger(lease, 0) : LEASE_S;

    return lease_s <= 0 ? 0 : clock_monotonic_ms(&call->printer->clock) + lease_s * 500LL;
}

static bool subscribe(Call *call, bool *ret_offered, Error *err)
{
    Station *station = call->station;
    OWNED(Ipp) request = request_new(station, IPP_OP_CREATE_PRINTER_SUBSCRIPTIONS, 0);
    OWNED(Ipp) answer = NULL;

    ippAddString(request, IPP_TAG_SUBSCRIPTION, IPP_TAG_KEYWORD, "notify-pull-method", NULL, "ippget");
    ippAddStrings(request, IPP_TAG_SUBSCRIPTION, IPP_TAG_KEYWORD, "notify-events", COUNT(events), NULL, events);
    ippAddInteger(request, IPP_TAG_SUBSCRIPTION, IPP_TAG_INTEGER, "notify-lease-duration", LEASE_S);
    if (!call_exchange(call, request, &answer, err))
        return false;
    forget(station);
    if (answer_ok(answer, NULL))
        station->subscription = ippGetInteger(ippFindAttribute(answer, "notify-subscription-id", IPP_TAG_INTEGER), 0);
    station->renew_ms = half_of_lease_ms(call, answer);
    *ret_offered = station->subscription > 0;
    return true;
}

static bool renew(Call *call, Error *err)
{
    Station *station = call->station;
    OWNED(Ipp) request = request_new(station, IPP_OP_RENEW_SUBSCRIPTION, 0);
    OWNED(Ipp) answer = NULL;

    ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "notify-subscription-id", station->subscription);
    ippAddInteger(request, IPP_TAG_SUBSCRIPTION, IPP_TAG_INTEGER, "notify-lease-duration", LEASE_S);
    if (!call_exchange(call, request, &answer, err))
        return false;
    if (answer_ok(answer, NULL))
        station->renew_ms = half_of_lease_ms(call, answer);
    else
        forget(station); /* a new one is asked for at once */
    return true;
}

/* ---- what has happened ---- */

static void remember(Station *station, const EndedJob *job)
{
    if (job->id <= 0 || !job_state_has_ended(job->state))
        return;
    station->ended[station->ended_next] = *job;
    station->ended_next = (station->ended_next + 1) % ENDED_MOST;
}

/* Reads one event up to its separator; false when it was heard before. */
static bool read_event(Station *station, ipp_t *answer, ipp_attribute_t **at)
{
    EndedJob job = { .state = PRINTER_JOB_WAITING, .sheets = -1 };
    int sequence = 0;
    bool impressions = false;

    for (; *at && ippGetName(*at) && ippGetGroupTag(*at) == IPP_TAG_EVENT_NOTIFICATION;
         *at = ippNextAttribute(answer)) {
        Str name = str_from(ippGetName(*at));
        bool number = ippGetValueTag(*at) == IPP_TAG_INTEGER && ippGetInteger(*at, 0) >= 0;
        if (number && str_equal(name, STR("notify-sequence-number")))
            sequence = ippGetInteger(*at, 0);
        else if (number && (str_equal(name, STR("notify-job-id")) || str_equal(name, STR("job-id"))))
            job.id = ippGetInteger(*at, 0);
        else if (str_equal(name, STR("job-state")))
            job.state = job_state_of(*at);
        else if (str_equal(name, STR("job-name")))
            str_copy_cut(str_from(ippGetString(*at, 0, NULL)), job.title, sizeof(job.title));
        else if (number && str_equal(name, STR("job-impressions-completed"))) {
            job.sheets = ippGetInteger(*at, 0);
            impressions = true;
        } else if (number && !impressions && str_equal(name, STR("job-media-sheets-completed")))
            job.sheets = ippGetInteger(*at, 0);
    }
    if (sequence <= station->heard)
        return false;
    station->heard = sequence;
    remember(station, &job);
    return true;
}

static bool fetch(Call *call, bool *ret_heard, Error *err)
{
    Station *station = call->station;
    OWNED(Ipp) request = request_new(station, IPP_OP_GET_NOTIFICATIONS, 0);
    OWNED(Ipp) answer = NULL;

    ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "notify-subscription-ids", station->subscription);
    ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "notify-sequence-numbers", station->heard + 1);
    ippAddBoolean(request, IPP_TAG_OPERATION, "notify-wait", 0);
    if (!call_exchange(call, request, &answer, err))
        return false;
    if (!answer_ok(answer, NULL) || ippGetStatusCode(answer) == IPP_STATUS_OK_EVENTS_COMPLETE) {
        forget(station);
        return true;
    }
    for (ipp_attribute_t *at = ippFirstAttribute(answer); at; at = at ? ippNextAttribute(answer) : NULL)
        if (ippGetName(at) && ippGetGroupTag(at) == IPP_TAG_EVENT_NOTIFICATION && read_event(station, answer, &at))
            *ret_heard = true;
    return true;
}

bool call_listen(Call *call, bool *ret_heard, bool *ret_offered, Error *err)
{
    Station *station = call->station;

    *ret_heard = false;
    *ret_offered = true;
    if (station->subscription != 0 && station->renew_ms != 0 &&
        clock_monotonic_ms(&call->printer->clock) >= station->renew_ms && !renew(call, err))
        return false;
    if (station->subscription != 0 && !fetch(call, ret_heard, err))
        return false;
    if (station->subscription != 0)
        return true;
    if (!subscribe(call, ret_offered, err))
        return false;
    *ret_heard = *ret_offered; /* who knows what happened in between */
    return true;
}

const EndedJob *station_ended(const Station *station, int32_t id, const char *title)
{
    for (size_t i = 1; i <= ENDED_MOST; i++) { /* from the newest on */
        const EndedJob *job = &station->ended[(station->ended_next + ENDED_MOST - i) % ENDED_MOST];
        if (job->id != 0 && (job->title[0] != '\0' ? strcmp(job->title, title) == 0 : id != 0 && job->id == id))
            return job;
    }
    return NULL;
}

/* Both, where there is a queue: the printer behind it sees the paper, the queue sees what never got there. */
static bool listen_to_both(Call *call, bool *ret_heard, bool *ret_offered, Error *err)
{
    StationInfo info;
    bool heard, offered;

    if (!call->station->asked && !call_ask_station(call, &info, err))
        return false;
    if (!call_listen(call, ret_heard, ret_offered, err))
        return false;
    if (call->printer->device.uri[0] == '\0')
        return true;
    OWNED_CALL beyond = call_beyond(call);
    if (!call_listen(&beyond, &heard, &offered, err))
        return error_add(err, "behind the queue");
    *ret_heard = *ret_heard || heard;
    *ret_offered = *ret_offered || offered;
    return true;
}

bool printer_listen(Printer *printer, int deadline_ms, bool *ret_heard, bool *ret_offered, Error *err)
{
    OWNED_CALL call = call_begin(printer, deadline_ms);
    Error why = { 0 };

    return call_result(&call, listen_to_both(&call, ret_heard, ret_offered, &why), &why, "listening to the printer",
                       err);
}
