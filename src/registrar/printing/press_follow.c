/* What becomes of a job whose first byte may have left: the printer is asked until it says how it ended; and of one
 * without a byte, which is cancelled there. */
#include <string.h>

#include "print/printer_verdict.h"
#include "registrar/printing/press_parts.h"

#define COUNT_MS   2000  /* so long a count may trail behind "completed" */
#define APPEAR_MS  5000  /* so long a printer may take to show a job that it did not answer for */
#define ARRIVE_MS  2000  /* so long it may say that the page of such a job is still coming in */
#define CANCEL_MS  2000  /* between one Cancel-Job that it took and the next */
#define CONFIRM_MS 10000 /* so long it may take to confirm one; then nobody knows */
#define LINGER_MS  2000
#define RESUME_MS  60000

/* title: lies with the caller for as long as the ticket. */
static PrinterTicket ticket_of(const Press *press, char title[TITLE_MOST])
{
    const PressJob *job = &press->job;
    const int64_t age_ms = job->begun_ms ? press_now_ms(press) - job->begun_ms
                                         : clock_wall_ms(&press->config.clock) - job->errand.began_at_ms;

    press_title(&job->errand, title);
    return (PrinterTicket){ .id = job->errand.printer_job,
                            .title = title,
                            .age_ms = age_ms < 0 ? -1 : age_ms,
                            .seen = job->seen || job->errand.sheets >= 0 };
}

static bool cancel_now(Press *press, Error *err)
{
    char title[TITLE_MOST];
    const PrinterTicket ticket = ticket_of(press, title);

    return printer_cancel_job(press->printer, &ticket, ASK_DEADLINE_MS, err);
}

/* Is it still the printer that took the job?  False when it does not answer. */
static bool compare_printer(Press *press, PrinterInfo *ret_info, bool *ret_same, Error *err)
{
    const char *uuid = press->job.errand.printer_uuid;

    if (!printer_ask(press->printer, ASK_DEADLINE_MS, ret_info, err))
        return false;
    if (ret_info->state == PRINTER_GONE)
        return error_set(err, ERR_OFFLINE, "the printer is away");
    *ret_same = !ret_info->uuid[0] || !uuid[0] || strcmp(ret_info->uuid, uuid) == 0;
    return true;
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

static void log_ended(const Press *press, ApiPrintState state)
{
    const ErrandRow *errand = &press->job.errand;

    LOG(press->config.log, LOG_INFO, EVENT_PRINT_ENDED, LOG_WORD("printer", errand->printer),
        LOG_WORD("job", errand->job), LOG_NUMBER("epoch", errand->epoch),
        LOG_NUMBER("printer_job", errand->printer_job), LOG_WORD("state", api_print_state_name(state)),
        LOG_NUMBER("sheets", errand->sheets));
}

/* What the register could not hear is found out and told once more. */
static void tell(Press *press, ApiPrintState state)
{
    Error err = { 0 };

    if (!printer_work_told(press->config.office, &press->config.hold, &press->job.errand, state, &err)) {
        press_trouble(press, &err);
        return;
    }
    if (state == PRINT_SENT)
        return;
    log_ended(press, state);
    press->idle_due_ms = 0;
    if (state != PRINT_UNKNOWN)
        press->job = (PressJob){ 0 };
}

static void end(Press *press)
{
    Error err = { 0 };

    if (printer_work_end(press->config.office, &press->config.hold, &err)) {
        press->job = (PressJob){ 0 };
        press->idle_due_ms = 0;
    } else
        press_trouble(press, &err);
}

/* --- cancelling --------------------------------------------------------------------------------------------------- */

/* Cancel-Job until the printer took it, and now and then while it goes on all the same. */
static void cancel(Press *press)
{
    PressJob *job = &press->job;
    const int64_t now_ms = press_now_ms(press);
    Error err = { 0 };

    if (job->cancel_until_ms == 0)
        job->cancel_until_ms = now_ms + CONFIRM_MS;
    if (now_ms < job->cancel_again_ms)
        return;
    if (cancel_now(press, &err)) {
        job->cancel_again_ms = now_ms + CANCEL_MS;
    } else if (!job->complained) {
        job->complained = true;
        press_trouble(press, &err);
    }
}

/* It holds no page, or a person said what became of it: the printer is to be rid of it, whatever it says. */
static void get_rid(Press *press)
{
    PrinterInfo info = { 0 };
    bool same = true;
    Error err = { 0 };

    press->job_due_ms = press_now_ms(press) + LINGER_MS;
    if (!compare_printer(press, &info, &same, &err) || ((same || info.queue) && !cancel_now(press, &err))) {
        if (err.code != ERR_CANCELLED)
            press_tell(press, press_word_of_failure(err.code), 0);
        return;
    }
    end(press);
}

/* --- asking ------------------------------------------------------------------------------------------------------- */

static void hear_nothing(Press *press, const PrinterWork *work, const Error *err)
{
    PressJob *job = &press->job;
    const int64_t now_ms = press_now_ms(press);

    if (err->code == ERR_CANCELLED)
        return;
    job->doubted = true;
    job->away_ms = job->away_ms ? job->away_ms : now_ms;
    press->job_due_ms = now_ms + LINGER_MS;
    press_tell(press, press_word_of_failure(err->code), 0);
    if (now_ms - job->away_ms >= PRESS_AWAY_MS && work->job.state != JOB_UNKNOWN)
        tell(press, PRINT_UNKNOWN);
}

/* When another printer stands in its place nobody knows; but what a queue still holds must not come out there. */
static bool ask_job(Press *press, PrinterJob *ret, Error *err)
{
    PressJob *job = &press->job;
    char title[TITLE_MOST];
    const PrinterTicket ticket = ticket_of(press, title);
    PrinterInfo info;
    bool same = true;

    if (job->doubted && !compare_printer(press, &info, &same, err))
        return false;
    if (!same) {
        *ret = (PrinterJob){ .state = PRINTER_JOB_UNKNOWN, .sheets = -1 };
        return !info.queue || printer_cancel_job(press->printer, &ticket, ASK_DEADLINE_MS, err);
    }
    if (!printer_ask_job(press->printer, &ticket, ASK_DEADLINE_MS, ret, err))
        return false;
    job->doubted = false;
    job->away_ms = 0;
    return true;
}

/* True when there are more than before. */
static bool count_sheets(PressJob *job, const PrinterJob *found)
{
    job->seen = job->seen || found->made;
    if (found->sheets <= job->errand.sheets)
        return false;
    job->errand.sheets = found->sheets;
    return true;
}

static void mend_queue(Press *press, bool stalled)
{
    const int64_t now_ms = press_now_ms(press);
    Error err = { 0 };

    if (!stalled || (press->resumed_ms && now_ms - press->resumed_ms < RESUME_MS))
        return;
    press->resumed_ms = now_ms;
    if (printer_resume(press->printer, ASK_DEADLINE_MS, &err))
        LOG(press->config.log, LOG_WARN, EVENT_QUEUE_RESUMED, LOG_WORD("printer", press->config.hold.id));
    else
        press_trouble(press, &err);
}

static void go_on(Press *press, const PrinterWork *work, const PrinterJob *found)
{
    PressJob *job = &press->job;
    const int64_t now_ms = press_now_ms(press);
    const char *word = press_word_of_reasons(found->reasons);
    const bool stopped = strcmp(word, "ready") == 0 && found->state == PRINTER_JOB_STOPPED;
    bool news = count_sheets(job, found);

    if (found->id != 0)
        job->errand.printer_job = found->id;
    press_tell(press, work->job.state == JOB_UNKNOWN ? "look" : stopped ? "trouble" : word, found->reasons);
    if (job->unanswered && found->incoming) {
        /* Whoever sent it is gone, or was cut off. */
        job->unwanted = job->unwanted || now_ms - job->moved_ms > ARRIVE_MS;
    } else if (job->errand.phase == ERRAND_SENDING) {
        job->unanswered = false;
        job->errand.phase = ERRAND_SENT;
        news = true;
    }
    if (news) {
        job->moved_ms = now_ms;
        tell(press, PRINT_SENT);
    }
    if (found->again || job->unwanted || work->errand.unwanted)
        cancel(press);
    else
        mend_queue(press, found->stalled);
}

/* A job without a number that is not there may still appear. */
static bool may_appear(const Press *press, const PrinterJob *found)
{
    const PressJob *job = &press->job;

    return found->state == PRINTER_JOB_UNKNOWN && job->errand.printer_job == 0 && job->made &&
           press_now_ms(press) - job->moved_ms < APPEAR_MS;
}

/* True while "completed" with too few sheets is not yet believed. */
static bool awaits_count(Press *press, const PrinterJob *found, int pages)
{
    PressJob *job = &press->job;
    const int64_t now_ms = press_now_ms(press);

    if (!printer_count_may_trail(found, pages))
        return false;
    if (job->count_until_ms == 0)
        job->count_until_ms = now_ms + COUNT_MS;
    return now_ms < job->count_until_ms;
}

static ApiPrintState state_of(PrinterOutcome outcome)
{
    switch (outcome) {
    case PRINTER_OUTCOME_PRINTED: return PRINT_PRINTED;
    case PRINTER_OUTCOME_PARTLY: return PRINT_PARTLY;
    case PRINTER_OUTCOME_CANCELLED: return PRINT_CANCELLED;
    case PRINTER_OUTCOME_NONE:
    case PRINTER_OUTCOME_UNKNOWN: return PRINT_UNKNOWN;
    }
    return PRINT_UNKNOWN;
}

/* Of one that is unknown already only an end is news. */
static void conclude(Press *press, const PrinterWork *work, PrinterJob *found)
{
    PressJob *job = &press->job;

    if (found->sheets >= 0 && found->sheets < job->errand.sheets) /* sheets that came out do not go back in */
        found->sheets = job->errand.sheets;
    (void)count_sheets(job, found);
    const PrinterOutcome outcome = job->made || found->state != PRINTER_JOB_UNKNOWN
                                       ? printer_outcome(found, work->job.sheets_expected)
                                       : PRINTER_OUTCOME_CANCELLED; /* refused after it was read: no such job */
    if (outcome == PRINTER_OUTCOME_UNKNOWN)
        press_tell(press, "look", 0);
    if (outcome != PRINTER_OUTCOME_UNKNOWN || work->job.state != JOB_UNKNOWN)
        tell(press, state_of(outcome));
}

static void ask(Press *press, const PrinterWork *work)
{
    PressJob *job = &press->job;
    PrinterJob found;
    Error err = { 0 };

    press->job_due_ms = press_now_ms(press) + (work->job.state == JOB_UNKNOWN ? LINGER_MS : press->config.busy_ms);
    if (!ask_job(press, &found, &err)) {
        hear_nothing(press, work, &err);
        if (job->unwanted || work->errand.unwanted)
            cancel(press); /* a queue may take it while its printer is away */
    } else if (printer_outcome(&found, work->job.sheets_expected) == PRINTER_OUTCOME_NONE) {
        go_on(press, work, &found);
    } else if (!may_appear(press, &found) && !awaits_count(press, &found, work->job.sheets_expected)) {
        conclude(press, work, &found);
        return;
    }
    if (job->present && job->cancel_until_ms > 0 && press_now_ms(press) >= job->cancel_until_ms &&
        work->job.state != JOB_UNKNOWN) {
        press_tell(press, "look", 0);
        tell(press, PRINT_UNKNOWN);
    }
}

/* --- from an earlier life, or another registrar ------------------------------------------------------------------- */

static void take_up(Press *press, const ErrandRow *errand)
{
    LOG(press->config.log, LOG_INFO, EVENT_JOURNAL_RECOVERED, LOG_WORD("printer", errand->printer),
        LOG_WORD("job", errand->job), LOG_NUMBER("epoch", errand->epoch),
        LOG_WORD("phase", errand_phase_name(errand->phase)));
    press->job = (PressJob){ .present = true,
                             .errand = *errand,
                             .doubted = true,
                             .made = true,
                             .unanswered = errand->phase == ERRAND_SENDING,
                             .unsent = errand->phase == ERRAND_CREATING || errand->phase == ERRAND_CREATED,
                             .moved_ms = press_now_ms(press) };
}

void press_follow(Press *press, const PrinterWork *work)
{
    PressJob *job = &press->job;
    Error err = { 0 };

    if (!job->present || strcmp(job->errand.job, work->errand.job) != 0 || job->errand.epoch != work->errand.epoch)
        take_up(press, &work->errand);
    if (job->unsent) {
        if (!press_unsent(press, &err))
            press_trouble(press, &err);
    } else if (job->errand.phase == ERRAND_ORPHAN || work->decided)
        get_rid(press);
    else
        ask(press, work);
}
