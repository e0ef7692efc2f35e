/* What becomes of a job whose first byte may have left: the printer is asked until it says how it ended; and of one
 * without a byte, which is cancelled there.  Also what the journal holds of an earlier life. */
#include <string.h>

#include "kiosk/devices/printing_parts.h"
#include "kiosk/devices/printing_verdict.h"

#define MOVING_MS      30000 /* so long after the last news paper is taken to be on its way: printers warm up */
#define HAND_ON_MS     3000  /* so long a queue may take to hand it on to its printer */
#define COUNT_MS       2000  /* so long a count may trail behind "completed" */
#define APPEAR_MS      5000  /* so long a printer may take to show a job that it did not answer for */
#define ARRIVE_MS      2000  /* so long it may say that the page of such a job is still coming in */
#define CANCEL_MS      2000  /* between one Cancel-Job that it took and the next */
#define AWAY_POLL_MS   1000
#define LINGER_POLL_MS 2000

/* title: lies with the caller for as long as the ticket. */
static PrinterTicket ticket_of(const Printing *printing, char title[TITLE_MOST])
{
    const PrintingJob *job = &printing->job;
    int64_t age_ms = job->begun_ms != 0 ? printing_now_ms(printing) - job->begun_ms
                                        : clock_wall_ms(&printing->clock) - job->row.began_ms;

    printing_job_title(&job->row.job, title);
    return (PrinterTicket){ .id = job->row.printer_job,
                            .title = title,
                            .age_ms = age_ms < 0 ? -1 : age_ms,
                            .seen = job->seen || job->row.sheets >= 0 };
}

static void tell_change(Printing *printing, PrintPhase phase, PrinterCondition condition)
{
    const PrintingJob *job = &printing->job;

    if (phase == job->told.phase && condition == job->told.condition && job->row.sheets == job->told.sheets)
        return;
    printing->job.moved_ms = printing_now_ms(printing);
    if (!job->given_up && !job->orphan)
        printing_job_tell(printing, phase, condition);
}

static PrintPhase phase_under_way(const PrintingJob *job)
{
    if (job->row.sheets > 0)
        return PRINT_PHASE_SHEETS;
    return job->row.phase == JOURNAL_SENT ? PRINT_PHASE_SENT : PRINT_PHASE_SENDING;
}

/* ---- cancelling ---- */

/* Cancel-Job until the printer took it, and now and then while it goes on all the same; what became of the job is asked
 * for as before. */
static void cancel(Printing *printing)
{
    PrintingJob *job = &printing->job;
    int64_t now_ms = printing_now_ms(printing);
    char title[TITLE_MOST];
    Error err = { 0 };

    if (job->cancel_until_ms == 0)
        job->cancel_until_ms = now_ms + CONFIRM_MS;
    if (now_ms < job->cancel_again_ms)
        return;
    PrinterTicket ticket = ticket_of(printing, title);
    if (printer_cancel_job(printing->printer, &ticket, ASK_DEADLINE_MS, &err)) {
        job->cancel_again_ms = now_ms + CANCEL_MS;
    } else if (!job->complained) {
        job->complained = true;
        printing_job_trouble(printing, &err);
    }
}

/* Told as UNKNOWN; from now on it is asked for only so that the next paper is the next student's. */
static void give_up(Printing *printing)
{
    PrintingJob *job = &printing->job;

    printing_job_tell(printing, PRINT_PHASE_UNKNOWN, job->told.condition);
    job->given_up = true;
    job->recovered = true;
    job->leaving = true;
    printing_note_printer(printing, printing->last.condition, 0, false);
}

/* ---- asking ---- */

/* The printer did not answer, or not as one should. */
static void step_unanswered(Printing *printing, const Error *err)
{
    PrintingJob *job = &printing->job;
    PrinterCondition condition = printing_condition_of_failure(err->code);

    if (err->code == ERR_CANCELLED) /* an order waits */
        return;
    job->doubted = true;
    job->due_ms = printing_now_ms(printing) + AWAY_POLL_MS;
    printing_note_printer(printing, condition, 0, false);
    tell_change(printing, phase_under_way(job), condition);
    if (job->leaving) /* a queue may take it while its printer is away */
        cancel(printing);
}

/* Is it still the printer that took the job?  Sets *ret_info; false when it does not answer. */
static bool compare_printer(Printing *printing, PrinterInfo *ret_info, bool *ret_same, Error *err)
{
    PrintingJob *job = &printing->job;

    if (!printer_ask(printing->printer, ASK_DEADLINE_MS, ret_info, err))
        return false;
    if (ret_info->state == PRINTER_GONE)
        return error_set(err, ERR_OFFLINE, "the printer is away");
    *ret_same = ret_info->uuid[0] == '\0' || job->row.printer_uuid[0] == '\0' ||
                strcmp(ret_info->uuid, job->row.printer_uuid) == 0;
    return true;
}

/* What the printer says of the job now.  When another one stands in its place, nobody knows; but what a queue still
 * holds must not come out there. */
static bool ask_job(Printing *printing, PrinterJob *ret, Error *err)
{
    PrintingJob *job = &printing->job;
    char title[TITLE_MOST];
    PrinterTicket ticket = ticket_of(printing, title);
    PrinterInfo info;
    bool same = true;

    if (job->doubted && !compare_printer(printing, &info, &same, err))
        return false;
    if (!same) {
        *ret = (PrinterJob){ .state = PRINTER_JOB_UNKNOWN, .sheets = -1 };
        return !info.queue || printer_cancel_job(printing->printer, &ticket, ASK_DEADLINE_MS, err);
    }
    if (!printer_ask_job(printing->printer, &ticket, ASK_DEADLINE_MS, ret, err))
        return false;
    job->doubted = false;
    return true;
}

/* More sheets than pages are no progress: a printer that counts on and on would keep the next student waiting. */
static void count_sheets(Printing *printing, const PrinterJob *found)
{
    PrintingJob *job = &printing->job;
    Error err = { 0 };

    job->seen = job->seen || found->made;
    if (found->sheets <= job->row.sheets || job->row.sheets > job->row.job.sheets)
        return;
    job->row.sheets = found->sheets;
    if (!printing_job_move(printing, job->row.phase, &err))
        printing_job_trouble(printing, &err);
}

/* A queue that has not handed the job on moves no paper. */
static bool is_moving(const Printing *printing, const PrinterJob *found, PrinterCondition condition)
{
    int64_t still_ms = printing_now_ms(printing) - printing->job.moved_ms;

    return !found->incoming && condition == PRINTER_READY && found->state != PRINTER_JOB_STOPPED &&
           still_ms < (found->made ? MOVING_MS : HAND_ON_MS);
}

/* The printer knows a job that it did not answer for: whether it has the whole page shows soon. */
static void note_arrival(Printing *printing, const PrinterJob *found)
{
    PrintingJob *job = &printing->job;
    Error err = { 0 };

    if (found->incoming) {
        job->leaving = job->leaving || printing_now_ms(printing) - job->moved_ms > ARRIVE_MS;
        return;
    }
    job->unanswered = false;
    if (!printing_job_move(printing, JOURNAL_SENT, &err))
        printing_job_trouble(printing, &err);
}

static void step_going_on(Printing *printing, const PrinterJob *found)
{
    PrintingJob *job = &printing->job;
    PrinterCondition condition = printing_condition(found->reasons);

    if (found->id != 0)
        job->row.printer_job = found->id;
    if (condition == PRINTER_READY && found->state == PRINTER_JOB_STOPPED)
        condition = PRINTER_TROUBLE;
    printing_note_printer(printing, condition, found->reasons, false);
    count_sheets(printing, found);
    if (job->unanswered)
        note_arrival(printing, found);
    tell_change(printing, phase_under_way(job), condition);
    if (found->again || (job->leaving && (job->cancel_until_ms > 0 || !is_moving(printing, found, condition))))
        cancel(printing);
    else
        printing_mend_queue(printing, found->stalled);
}

/* A job without a number that is not there may still appear. */
static bool may_appear(const Printing *printing, const PrinterJob *found)
{
    const PrintingJob *job = &printing->job;

    return found->state == PRINTER_JOB_UNKNOWN && job->row.printer_job == 0 &&
           printing_now_ms(printing) - job->moved_ms < APPEAR_MS;
}

/* True while "completed" with too few sheets is not yet believed. */
static bool awaits_count(Printing *printing, const PrinterJob *found)
{
    PrintingJob *job = &printing->job;

    if (!printing_count_may_trail(found, job->row.job.sheets))
        return false;
    if (job->count_until_ms == 0)
        job->count_until_ms = printing_now_ms(printing) + COUNT_MS;
    return printing_now_ms(printing) < job->count_until_ms;
}

static void step_follow(Printing *printing)
{
    PrintingJob *job = &printing->job;
    PrinterJob found;
    Error err = { 0 };

    job->due_ms = printing_now_ms(printing) + (job->given_up ? LINGER_POLL_MS : printing->poll_busy_ms);
    if (!ask_job(printing, &found, &err)) {
        step_unanswered(printing, &err);
    } else if (printing_verdict(&found, job->row.job.sheets) == PRINT_PHASE_NONE) {
        step_going_on(printing, &found);
    } else if (!may_appear(printing, &found) && !awaits_count(printing, &found)) {
        if (found.sheets >= 0 && found.sheets < job->row.sheets) /* sheets that came out do not go back in */
            found.sheets = job->row.sheets;
        count_sheets(printing, &found);
        printing_job_end(printing, printing_verdict(&found, job->row.job.sheets), PRINTER_READY);
        return;
    }
    if (job->cancel_until_ms > 0 && !job->given_up && printing_now_ms(printing) >= job->cancel_until_ms)
        give_up(printing);
}

/* ---- getting rid of a job without a byte ---- */

static bool cancel_orphan(Printing *printing, Error *err)
{
    char title[TITLE_MOST];
    PrinterTicket ticket = ticket_of(printing, title);
    PrinterInfo info;
    bool same;

    if (!compare_printer(printing, &info, &same, err))
        return false;
    if (!same && !info.queue)
        return true; /* it is with another printer, if at all, and holds no page */
    return printer_cancel_job(printing->printer, &ticket, ASK_DEADLINE_MS, err);
}

static void step_orphan(Printing *printing)
{
    Error err = { 0 };

    printing->job.due_ms = printing_now_ms(printing) + LINGER_POLL_MS;
    if (cancel_orphan(printing, &err))
        printing_job_end(printing, PRINT_PHASE_NOT_SENT, PRINTER_READY);
    else
        step_unanswered(printing, &err);
}

/* ---- after a crash ---- */

static void log_recovered(Printing *printing, const JournalRow *row, PrintPhase phase)
{
    LOG(printing->log, LOG_INFO, EVENT_JOURNAL_RECOVERED, LOG_WORD("job", row->job.id),
        LOG_NUMBER("epoch", row->job.epoch), LOG_WORD("phase", journal_phase_name(row->phase)),
        LOG_WORD("state", journal_ended_name(phase)));
}

/* A job that the journal left open becomes the one that is followed, or got rid of. */
static void take_up(Printing *printing, const JournalRow *row)
{
    PrintingJob *job = &printing->job;
    bool unsent = row->phase == JOURNAL_CREATING || row->phase == JOURNAL_CREATED;

    log_recovered(printing, row, unsent ? PRINT_PHASE_NOT_SENT : PRINT_PHASE_NONE);
    *job = (PrintingJob){
        .present = true, .row = *row, .recovered = true, .leaving = true, .doubted = true, .made = true
    };
    job->moved_ms = printing_now_ms(printing);
    printing->queue_was_ours = true;
    if (!unsent)
        return;
    printing_job_tell(printing, PRINT_PHASE_NOT_SENT, PRINTER_UNASKED);
    job->orphan = true;
}

static void take_up_next(Printing *printing)
{
    JournalRow row;
    bool found;
    Error err = { 0 };

    if (printing->journal_fails) /* the same row would come again and again */
        return;
    if (!journal_open_row(printing->journal, &row, &found, &err))
        printing_job_trouble(printing, &err);
    else if (found)
        take_up(printing, &row);
}

/* The registrar may not have heard of it. */
static void tell_ended(void *ctx, const JournalRow *row)
{
    Printing *printing = ctx;

    log_recovered(printing, row, row->ended);
    printing_job_tell_row(printing, row, row->ended, PRINTER_UNASKED, true, 0);
}

void printing_job_recover(Printing *printing)
{
    Error err = { 0 };

    if (!journal_each_ended(printing->journal, tell_ended, printing, &err))
        printing_job_trouble(printing, &err);
    take_up_next(printing);
}

void printing_job_step(Printing *printing)
{
    bool recovered = printing->job.recovered;

    if (printing->job.orphan)
        step_orphan(printing);
    else
        step_follow(printing);
    if (recovered && !printing->job.present)
        take_up_next(printing);
}

void printing_job_leave(Printing *printing)
{
    printing->job.leaving = true;
    printing->job.due_ms = printing_now_ms(printing);
}

void printing_job_settled(Printing *printing, const char *job, uint32_t epoch)
{
    const JournalRow *row = &printing->job.row;
    Error err = { 0 };

    if (printing->job.present && strcmp(row->job.id, job) == 0 && row->job.epoch <= epoch)
        printing->job.settled = true;
    if (!journal_settle(printing->journal, job, epoch, &err))
        log_failure(printing->log, LOG_WARN, EVENT_PRINT_FAILED, &err, NULL);
}

bool printing_job_is_live(const Printing *printing)
{
    return printing->job.present && !printing->job.given_up && !printing->job.orphan;
}
