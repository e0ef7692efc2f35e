#include "registrar/office/prints.h"

#include <string.h>

#include "base/crypto.h"
#include "registrar/office/access.h"
#include "registrar/office/feed.h"
#include "registrar/store/printers.h"

#define PAGE_BYTES_MOST (16u << 20)
#define SILENT_MOST     64
#define EVIDENCE_MOST   100 /* reports of one job that changed nothing: who stammers or lies fills no disk */

static const ApiPrintState told[] = {
    [JOB_WAITING] = PRINT_WAITING, [JOB_HELD] = PRINT_HELD,           [JOB_ASSIGNED] = PRINT_ASSIGNED,
    [JOB_SENDING] = PRINT_SENDING, [JOB_SENT] = PRINT_SENT,           [JOB_PRINTED] = PRINT_PRINTED,
    [JOB_PARTLY] = PRINT_PARTLY,   [JOB_CANCELLED] = PRINT_CANCELLED, [JOB_ABORTED] = PRINT_ABORTED,
    [JOB_UNKNOWN] = PRINT_UNKNOWN, [JOB_EXPIRED] = PRINT_EXPIRED,
};
static_assert(COUNT(told) == PRINT_STATE_COUNT, "one row per state");

static const CopyDelivery delivery_of[] = {
    [JOB_WAITING] = DELIVERY_WAITING,  [JOB_HELD] = DELIVERY_WAITING,        [JOB_ASSIGNED] = DELIVERY_WAITING,
    [JOB_SENDING] = DELIVERY_PRINTING, [JOB_SENT] = DELIVERY_PRINTING,       [JOB_PRINTED] = DELIVERY_PRINTED,
    [JOB_PARTLY] = DELIVERY_PARTLY,    [JOB_CANCELLED] = DELIVERY_CANCELLED, [JOB_ABORTED] = DELIVERY_CANCELLED,
    [JOB_UNKNOWN] = DELIVERY_UNKNOWN,  [JOB_EXPIRED] = DELIVERY_CANCELLED,
};

void job_tell(const PrintJobRow *job, ApiPrintJob *ret)
{
    *ret = (ApiPrintJob){ .epoch = job->epoch, .state = told[job->state], .sheets = job->sheets_expected };
    memcpy(ret->id, job->id, sizeof ret->id);
    memcpy(ret->copy, job->copy, sizeof ret->copy);
}

bool job_say(StoreTransaction *transaction, const PrintJobRow *job, JobState now, int64_t now_ms, Error *err)
{
    const FeedEvent event = { .what = CHANGED_JOB,
                              .kiosk = job->owner,
                              .id = job->id,
                              .version = api_print_state_name(told[now]),
                              .at_ms = now_ms };

    if (!job->owner[0])
        return true;
    if (printer_of_owner(job->owner))
        return now != JOB_CANCELLED || errands_unwant(transaction, job->id, err);
    return feed_say(transaction, &event, err);
}

/* --- moving ------------------------------------------------------------------------------------------------------ */

bool request_fulfil(StoreTransaction *transaction, const CopyRow *copy, const char *actor, int64_t now_ms, Error *err)
{
    DocumentRow document;
    RequestRow request;
    bool found;

    if (!documents_get(transaction, copy->document, &found, &document, err))
        return false;
    if (!found || !document.request[0])
        return true;
    if (!requests_get(transaction, document.request, &found, &request, err))
        return false;
    if (!found || (request.state != ASKED_OPEN && request.state != ASKED_APPROVED))
        return true;
    const Move move = { .id = request.id,
                        .from = (int)request.state,
                        .to = ASKED_FULFILLED,
                        .epoch = request.epoch,
                        .actor = actor,
                        .at_ms = now_ms };
    return state_move(transaction, &request_states, &move, err);
}

static bool move_delivery(StoreTransaction *transaction, const CopyRow *copy, JobState to, int64_t now_ms, Error *err)
{
    const Move move = {
        .id = copy->id, .from = (int)copy->delivery, .to = (int)delivery_of[to], .epoch = copy->epoch, .at_ms = now_ms
    };

    return copy->delivery == delivery_of[to] || state_move(transaction, &delivery_states, &move, err);
}

bool job_move(StoreTransaction *transaction, const PrintJobRow *job, JobState to, const char *actor, int64_t now_ms,
              Error *err)
{
    const Move move = {
        .id = job->id, .from = (int)job->state, .to = (int)to, .epoch = job->epoch, .actor = actor, .at_ms = now_ms
    };
    bool keeps_owner = to == JOB_SENDING || to == JOB_SENT;
    CopyRow copy;
    bool found;

    /* Its last owner is remembered, so that a report that comes once more is known as its own. */
    if ((keeps_owner && !print_jobs_lease(transaction, job->id, job->owner, now_ms / 1000 + PRINT_LEASE_S, err)) ||
        !state_move(transaction, &job_states, &move, err) || !desk_tell(transaction, "prints", err) ||
        !copies_get(transaction, job->copy, &found, &copy, err))
        return false;
    if (!found)
        return error_set(err, ERR_STORE, "a job without its copy");
    /* A copy that was replaced meanwhile stays superseded, whatever is still heard of its job: the student waits for
     * the new one. */
    if (copy.delivery == DELIVERY_SUPERSEDED)
        return true;
    return move_delivery(transaction, &copy, to, now_ms, err) &&
           (to != JOB_PRINTED || job->at_window || request_fulfil(transaction, &copy, actor, now_ms, err));
}

/* --- the page ---------------------------------------------------------------------------------------------------- */

typedef struct Handing {
    const Shelf *shelf;
    const Session *session;
    const char *copy_id;
    uint32_t epoch;
    int64_t now_ms;
    bool found, handed_out;
    PrintJobRow job;
    Buf *sealed;
} Handing;

static bool read_page(StoreTransaction *transaction, void *arg, Error *err)
{
    Handing *handing = arg;
    CopyRow copy;
    DocumentRow document;
    bool kept;

    buf_clear(handing->sealed);
    if (!copies_get(transaction, handing->copy_id, &handing->found, &copy, err))
        return false;
    if (!handing->found || copy.making != MAKING_READY) {
        handing->found = false;
        return true;
    }
    if (!documents_get(transaction, copy.document, &handing->found, &document, err) ||
        !print_jobs_of_copy(transaction, copy.id, &handing->found, &handing->job, err))
        return false;
    if (!document_is_kept_from(transaction, handing->shelf, handing->session, &document, &kept, err))
        return false;
    handing->found = handing->found && document.student == handing->session->student && !kept;
    return !handing->found || copies_page(transaction, copy.id, handing->sealed, err);
}

static bool hand_out(StoreTransaction *transaction, void *arg, Error *err)
{
    Handing *handing = arg;
    CopyRow copy;
    char actor[ACTOR_SIZE];
    bool found;

    handing->handed_out = false;
    if (!copies_get(transaction, handing->copy_id, &found, &copy, err) ||
        !print_jobs_get(transaction, handing->job.id, &found, &handing->job, err))
        return false;
    if (!found || copy.validity != VALIDITY_VALID || handing->job.state != JOB_ASSIGNED ||
        handing->job.epoch != handing->epoch || strcmp(handing->job.owner, handing->session->kiosk) != 0)
        return true;
    actor_student(actor, handing->session->student);
    handing->handed_out = true;
    return job_move(transaction, &handing->job, JOB_SENDING, actor, handing->now_ms, err);
}

bool office_page(Office *office, const Session *session, const char *copy, uint32_t epoch, ApiProblem *ret_problem,
                 Blob **ret_pdf, Error *err)
{
    OWNED(Shelf) shelf = shelf_take(office);
    OWNED_BUF sealed, plain;
    Handing handing = { .shelf = shelf,
                        .session = session,
                        .copy_id = copy,
                        .epoch = epoch,
                        .now_ms = office_now_ms(office),
                        .sealed = &sealed };

    buf_init(&sealed, PAGE_BYTES_MOST);
    buf_init(&plain, PAGE_BYTES_MOST);
    *ret_problem = (ApiProblem){ 0 };
    if (!store_read(office->store, read_page, &handing, err))
        return error_add(err, "page");
    if (!handing.found) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
        return true;
    }
    /* Opened before it counts as handed out: what can fail has failed by then. */
    if (!crypto_open(office->keys.page, str_from(copy), buf_str(&sealed), &plain, err))
        return error_add(err, "page");
    OWNED(Blob) pdf = blob_take_buf(&plain);
    if (!pdf)
        return error_set(err, ERR_MEMORY, "page");
    if (!store_write(office->store, hand_out, &handing, err))
        return error_add(err, "page");
    if (!handing.handed_out) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_HANDED_OUT };
        return true;
    }
    LOG(office->log, LOG_INFO, EVENT_PAGE_HANDED_OUT, LOG_WORD("copy", copy), LOG_WORD("job", handing.job.id),
        LOG_NUMBER("epoch", epoch), LOG_WORD("kiosk", session->kiosk));
    *ret_pdf = steal(&pdf);
    return true;
}

/* --- reports ----------------------------------------------------------------------------------------------------- */

static JobState job_of(ApiPrintState state)
{
    for (int job = 0; job < (int)COUNT(told); job++)
        if (told[job] == state)
            return (JobState)job;
    return JOB_UNKNOWN;
}

/* "Completed" is believed only when the sheets that the printer itself counts match (DESIGN.md section 7). */
static JobState believed(const PrintJobRow *job, const ApiPrintReport *report)
{
    JobState said = job_of(report->state);

    if (job->state == JOB_UNKNOWN) /* a person looked, or the printer was asked by its job id */
        return said;
    if (said == JOB_PRINTED && report->sheets != job->sheets_expected)
        return report->sheets > 0 && report->sheets < job->sheets_expected ? JOB_PARTLY : JOB_UNKNOWN;
    if (said == JOB_CANCELLED && report->sheets != 0)
        return report->sheets > 0 ? JOB_PARTLY : JOB_UNKNOWN;
    return said;
}

bool print_verdict(const PrintJobRow *job, const ApiPrintReport *report, JobState *ret)
{
    JobState to = believed(job, report);
    bool kiosks_to_tell = to != JOB_HELD && to != JOB_EXPIRED && to != JOB_ASSIGNED && job->state != JOB_WAITING &&
                          job->state != JOB_HELD && !(job->state == JOB_ASSIGNED && to != JOB_WAITING);

    *ret = to;
    if (to == job->state)
        return true; /* said once more */
    if (!kiosks_to_tell || !state_may_move(&job_states, (int)job->state, (int)to))
        return false;
    return job->state != JOB_SENDING || to != JOB_WAITING || report->no_byte_left;
}

typedef struct Reporting {
    const Kiosk *kiosk;
    const char *job_id;
    const ApiPrintReport *report;
    int64_t now_ms;
    bool found, counted;
    PrintJobRow job;
} Reporting;

static bool keep_report(StoreTransaction *transaction, const PrintReportRow *row, bool moves, Error *err)
{
    int64_t kept = 0;

    if (!moves && !print_reports_count(transaction, row->job, row->counted, &kept, err))
        return false;
    return kept >= EVIDENCE_MOST || print_reports_add(transaction, row, err);
}

bool print_report_take(StoreTransaction *transaction, const char *owner, const char *actor,
                       const ApiPrintReport *report, int64_t now_ms, PrintJobRow *job, bool *ret_counted, Error *err)
{
    JobState to = JOB_WAITING;
    const bool counted =
        report->epoch == job->epoch && strcmp(job->owner, owner) == 0 && print_verdict(job, report, &to);
    const PrintReportRow row = { .job = job->id,
                                 .kiosk = owner,
                                 .epoch = report->epoch,
                                 .at_ms = now_ms,
                                 .state = api_print_state_name(report->state),
                                 .no_byte_left = report->no_byte_left,
                                 .sheets = report->sheets,
                                 .printer_uuid = report->printer_uuid,
                                 .printer_job = report->printer_job,
                                 .counted = counted };
    char id[ID_SIZE];
    bool found;

    *ret_counted = counted;
    if (!keep_report(transaction, &row, counted && to != job->state, err))
        return false;
    if (!counted)
        return true;
    memcpy(id, job->id, sizeof id);
    return print_jobs_told(transaction, &row, err) &&
           (to == job->state || job_move(transaction, job, to, actor, now_ms, err)) &&
           print_jobs_get(transaction, id, &found, job, err);
}

static bool take_report(StoreTransaction *transaction, void *arg, Error *err)
{
    Reporting *reporting = arg;
    char actor[ACTOR_SIZE];

    if (!print_jobs_get(transaction, reporting->job_id, &reporting->found, &reporting->job, err))
        return false;
    actor_kiosk(actor, reporting->kiosk->id);
    return !reporting->found || print_report_take(transaction, reporting->kiosk->id, actor, reporting->report,
                                                  reporting->now_ms, &reporting->job, &reporting->counted, err);
}

bool office_print_report(Office *office, const Kiosk *kiosk, const char *job, const ApiPrintReport *report,
                         ApiProblem *ret_problem, ApiPrintJob *ret, Error *err)
{
    Reporting reporting = { .kiosk = kiosk, .job_id = job, .report = report, .now_ms = office_now_ms(office) };

    *ret_problem = (ApiProblem){ 0 };
    if (!store_write(office->store, take_report, &reporting, err))
        return error_add(err, "print report");
    if (!reporting.found) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
        return true;
    }
    job_tell(&reporting.job, ret);
    LOG(office->log, LOG_INFO, EVENT_PRINT_REPORTED, LOG_WORD("job", job), LOG_NUMBER("epoch", report->epoch),
        LOG_WORD("kiosk", kiosk->id), LOG_WORD("state", api_print_state_name(report->state)),
        LOG_NUMBER("sheets", report->sheets), LOG_NUMBER("stale", !reporting.counted));
    return true;
}

/* --- time-outs --------------------------------------------------------------------------------------------------- */

typedef struct TimingOut {
    int64_t now_ms;
} TimingOut;

static bool time_out(StoreTransaction *transaction, void *arg, Error *err)
{
    const TimingOut *timing = arg;
    PrintJobRow silent[SILENT_MOST];
    size_t count;

    if (!print_jobs_silent(transaction, timing->now_ms / 1000, silent, SILENT_MOST, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        JobState to = silent[i].state == JOB_ASSIGNED ? JOB_WAITING : JOB_UNKNOWN;

        if (!job_move(transaction, &silent[i], to, "office", timing->now_ms, err) ||
            !job_say(transaction, &silent[i], to, timing->now_ms, err))
            return false;
    }
    return true;
}

static bool any_silent(StoreTransaction *transaction, void *arg, Error *err)
{
    const TimingOut *timing = arg;
    PrintJobRow first;
    size_t count;

    return print_jobs_silent(transaction, timing->now_ms / 1000, &first, 1, &count, err) &&
           (count > 0 || error_set(err, ERR_NOT_FOUND, "all is heard of"));
}

bool prints_time_out(Office *office, Error *err)
{
    TimingOut timing = { office_now_ms(office) };
    Error none = { 0 };

    if (!store_read(office->store, any_silent, &timing, &none))
        return none.code == ERR_NOT_FOUND || error_set_cause(err, none.code, none.cause, "%s", none.text);
    return store_write(office->store, time_out, &timing, err) || error_add(err, "silent print jobs");
}
