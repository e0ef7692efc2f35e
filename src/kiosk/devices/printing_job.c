/* One copy's way to paper.  Order of acts (DESIGN.md section 7): journal "creating"; Create-Job; journal its id;
 * journal "sending"; Send-Document; journal "sent"; then the printer is asked until it says how it ended. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "kiosk/devices/printing_parts.h"
#include "kiosk/devices/printing_verdict.h"

#define CREATE_DEADLINE_MS 5000
#define SEND_DEADLINE_MS   60000
#define BEGIN_LIMIT_MS     60000 /* from handing out to Send-Document (MODEL.md section 1) */
#define MOVING_MS          30000 /* so long after the last news paper is taken to be on its way: printers warm up */
#define CONFIRM_MS         10000 /* so long a printer may take to confirm a cancel */
#define COUNT_MS           2000  /* so long a count may trail behind "completed" */
#define AWAY_POLL_MS       1000
#define LINGER_POLL_MS     2000
#define TITLE_MOST         64

/* Shown on the printer's panel, and compared when the job is asked for after a crash. */
static void write_title(const ApiPrintJob *job, char title[TITLE_MOST])
{
    snprintf(title, TITLE_MOST, "Registrar %.8s-%u", job->id, (unsigned)job->epoch);
}

static const LogField *job_fields(const PrintingJob *job, LogField fields[6])
{
    fields[0] = LOG_WORD("job", job->row.job.id);
    fields[1] = LOG_NUMBER("epoch", job->row.job.epoch);
    fields[2] = LOG_NUMBER("printer_job", job->row.printer_job);
    fields[3] = (LogField){ 0 };
    return fields;
}

static void log_trouble(Printing *printing, const Error *err)
{
    LogField fields[6];

    log_failure(printing->log, LOG_WARN, EVENT_PRINT_FAILED, err, job_fields(&printing->job, fields));
}

/* ---- telling ---- */

static void tell_row(Printing *printing, const JournalRow *row, PrintPhase phase, PrinterCondition condition,
                     bool recovered, uint32_t visit)
{
    Msg msg = { .kind = recovered ? MSG_PRINT_RECOVERED : MSG_PRINT, .visit = recovered ? 0 : visit };
    MsgPrint *print = &msg.as.print;

    print->job = row->job;
    print->phase = phase;
    print->condition = condition;
    print->sheets = row->sheets;
    print->printer_job = row->printer_job;
    memcpy(print->printer_uuid, row->printer_uuid, sizeof(print->printer_uuid));
    printing->job.told = *print;
    printing_tell(printing, &msg);
}
static_assert(sizeof(((JournalRow *)0)->printer_uuid) == sizeof(((MsgPrint *)0)->printer_uuid), "a uuid fits");

static void tell(Printing *printing, PrintPhase phase, PrinterCondition condition)
{
    PrintingJob *job = &printing->job;

    tell_row(printing, &job->row, phase, condition, job->recovered, job->visit);
}

static void tell_change(Printing *printing, PrintPhase phase, PrinterCondition condition)
{
    const MsgPrint *told = &printing->job.told;

    if (phase == told->phase && condition == told->condition && printing->job.row.sheets == told->sheets)
        return;
    printing->job.moved_ms = printing_now_ms(printing);
    if (!printing->job.given_up && !printing->job.orphan)
        tell(printing, phase, condition);
}

/* ---- the journal ---- */

static bool journal_phase(Printing *printing, JournalPhase phase, Error *err)
{
    printing->job.row.phase = phase;
    return journal_move(printing->journal, &printing->job.row, clock_wall_ms(&printing->clock), err);
}

static void clear_job(Printing *printing)
{
    blob_drop(printing->job.pdf);
    printing->job = (PrintingJob){ 0 };
    printing->idle_due_ms =
        0; /* the printer is looked at anew, and told whatever it says: MSG_PRINT told a condition too */
    printing->told_printer = false;
}

/* The job is final: written, told unless that is known already, and gone. */
static void end_job(Printing *printing, PrintPhase phase, PrinterCondition condition)
{
    PrintingJob *job = &printing->job;
    bool known = job->orphan || (job->given_up && phase == PRINT_PHASE_UNKNOWN);
    Error err = { 0 };

    job->row.phase = JOURNAL_ENDED;
    job->row.ended = phase;
    if (!journal_move(printing->journal, &job->row, clock_wall_ms(&printing->clock), &err)) {
        log_trouble(printing, &err);
        printing->journal_fails = true;
    }
    LogField fields[6];
    job_fields(job, fields);
    fields[3] = LOG_WORD("state", journal_ended_name(phase));
    fields[4] = LOG_NUMBER("sheets", job->row.sheets);
    fields[5] = (LogField){ 0 };
    log_write(printing->log, LOG_INFO, EVENT_PRINT_ENDED, fields);
    if (known && job->settled && !journal_settle(printing->journal, job->row.job.id, job->row.job.epoch, &err))
        log_trouble(printing, &err);
    if (!known)
        tell(printing, phase, condition);
    clear_job(printing);
}

/* ---- before the first byte ---- */

/* No byte left.  What the printer may still hold of it is cancelled, now or when it answers again; it holds nothing to
 * read. */
static void end_unsent(Printing *printing, PrinterCondition condition)
{
    PrintingJob *job = &printing->job;

    blob_drop(job->pdf);
    job->pdf = NULL;
    if (!job->made) {
        end_job(printing, PRINT_PHASE_NOT_SENT, condition);
        return;
    }
    tell(printing, PRINT_PHASE_NOT_SENT, condition);
    job->orphan = true;
    job->due_ms = 0;
    printing_job_step(printing);
}

/* CMD_PRINT_STOP is seen at once, also while its order still waits. */
static bool not_stopped(const Printing *printing, Error *err)
{
    if (atomic_load(&printing->stopped_visit) != printing->job.visit)
        return true;
    return error_set(err, ERR_CANCELLED, "stopped");
}

static bool look_before(Printing *printing, PrinterCondition *ret_condition, Error *err)
{
    PrinterInfo info;

    *ret_condition = PRINTER_READY;
    if (!not_stopped(printing, err))
        return false;
    if (!printer_ask(printing->printer, ASK_DEADLINE_MS, &info, err)) {
        *ret_condition = err->code == ERR_CANCELLED ? PRINTER_READY : PRINTER_TROUBLE;
        return false;
    }
    *ret_condition = printing_condition_of(&info);
    printing_note_printer(printing, *ret_condition, info.reasons, false);
    if (*ret_condition != PRINTER_READY)
        return error_set(err, ERR_DENIED, "the printer can't print now");
    memcpy(printing->job.row.printer_uuid, info.uuid, sizeof(printing->job.row.printer_uuid));
    return true;
}
static_assert(sizeof(((PrinterInfo *)0)->uuid) == sizeof(((JournalRow *)0)->printer_uuid), "a uuid fits");

static PrinterCondition condition_of_failure(ErrorCode code)
{
    if (code == ERR_OFFLINE || code == ERR_TIMEOUT)
        return PRINTER_OFF;
    if (code == ERR_DENIED || code == ERR_BUSY)
        return PRINTER_PAUSED; /* takes no job now */
    return code == ERR_CANCELLED ? PRINTER_READY : PRINTER_TROUBLE;
}

/* Journal, Create-Job, journal.  On failure *ret_condition says why to a person. */
static bool create(Printing *printing, PrinterCondition *ret_condition, Error *err)
{
    PrintingJob *job = &printing->job;
    char title[TITLE_MOST];

    *ret_condition = PRINTER_TROUBLE;
    write_title(&job->row.job, title);
    if (!journal_phase(printing, JOURNAL_CREATING, err))
        return false;
    job->made = true; /* unless it is refused: an answer that was lost is no refusal */
    if (!not_stopped(printing, err) ||
        !printer_create_job(printing->printer, title, CREATE_DEADLINE_MS, &job->row.printer_job, err)) {
        *ret_condition = condition_of_failure(err->code);
        job->made = err->code != ERR_BUSY && err->code != ERR_DENIED && err->code != ERR_UNSUPPORTED;
        return false;
    }
    if (!journal_phase(printing, JOURNAL_CREATED, err))
        return false;
    LogField fields[6];
    log_write(printing->log, LOG_INFO, EVENT_PRINT_BEGAN, job_fields(job, fields));
    *ret_condition = PRINTER_READY;
    tell(printing, PRINT_PHASE_CREATED, PRINTER_READY);
    return true;
}

/* ---- sending ---- */

/* From "created" to "sent".  False when no byte left; what happened after the first byte is found out by asking. */
static bool send_page(Printing *printing, PrinterCondition *ret_condition, Error *err)
{
    PrintingJob *job = &printing->job;
    bool byte_left = false;

    *ret_condition = PRINTER_READY;
    if (printing_now_ms(printing) - job->handed_out_ms > BEGIN_LIMIT_MS)
        return error_set(err, ERR_TIMEOUT, "the page was handed out too long ago");
    if (!not_stopped(printing, err))
        return false;
    if (!journal_phase(printing, JOURNAL_SENDING, err)) {
        *ret_condition = PRINTER_TROUBLE;
        return false;
    }
    tell(printing, PRINT_PHASE_SENDING, PRINTER_READY);
    bool sent = printer_send_document(printing->printer, job->row.printer_job, blob_str(job->pdf), SEND_DEADLINE_MS,
                                      &byte_left, err);
    if (!sent && !byte_left) {
        *ret_condition = condition_of_failure(err->code);
        return false;
    }
    blob_drop(job->pdf);
    job->pdf = NULL;
    job->moved_ms = printing_now_ms(printing);
    job->due_ms = job->moved_ms;
    if (!sent) { /* half of a page must not come out to whoever is next */
        log_trouble(printing, err);
        job->leaving = true;
        job->doubted = true;
        job->cancel_until_ms = job->moved_ms + CONFIRM_MS;
        return true;
    }
    if (!journal_phase(printing, JOURNAL_SENT, err))
        log_trouble(printing, err);
    tell(printing, PRINT_PHASE_SENT, PRINTER_READY);
    return true;
}

/* Not begun at all: told, and nothing is kept of it. */
static void refuse(Printing *printing, uint32_t visit, const ApiPrintJob *job, PrinterCondition condition)
{
    Msg msg = { .kind = MSG_PRINT, .visit = visit };

    msg.as.print = (MsgPrint){ .job = *job, .phase = PRINT_PHASE_NOT_SENT, .condition = condition, .sheets = -1 };
    printing_tell(printing, &msg);
}

/* The same job and epoch once more: it is not printed again, but its end, if it has one, is told. */
static void tell_earlier(Printing *printing, uint32_t visit, const ApiPrintJob *job)
{
    JournalRow row;

    if (journal_find(printing->journal, job->id, job->epoch, &row, NULL) && row.phase == JOURNAL_ENDED)
        tell_row(printing, &row, row.ended, PRINTER_READY, false, visit);
}

void printing_job_begin(Printing *printing, uint32_t visit, const ApiPrintJob *asked, Blob *pdf, int64_t handed_out_ms)
{
    PrintingJob *job = &printing->job;
    PrinterCondition condition = PRINTER_TROUBLE;
    OWNED(Blob) page = pdf;
    Error err = { 0 };

    bool same = job->present && strcmp(job->row.job.id, asked->id) == 0 && job->row.job.epoch == asked->epoch;
    if (same)
        return;
    if (job->present || !page || asked->sheets <= 0 || asked->id[0] == '\0') {
        refuse(printing, visit, asked,
               job->present && job->told.condition != PRINTER_READY ? job->told.condition : PRINTER_TROUBLE);
        return;
    }
    *job = (PrintingJob){ .visit = visit, .handed_out_ms = handed_out_ms, .moved_ms = printing_now_ms(printing) };
    job->row = (JournalRow){ .job = *asked, .sheets = -1 };
    if (!journal_add(printing->journal, &job->row, clock_wall_ms(&printing->clock), &err)) {
        log_trouble(printing, &err);
        *job = (PrintingJob){ 0 };
        if (err.code == ERR_EXISTS)
            tell_earlier(printing, visit, asked);
        else
            refuse(printing, visit, asked, PRINTER_TROUBLE);
        return;
    }
    job->present = true;
    job->pdf = steal(&page);
    if (!look_before(printing, &condition, &err) || !create(printing, &condition, &err) ||
        !send_page(printing, &condition, &err)) {
        log_trouble(printing, &err);
        end_unsent(printing, condition);
    }
}

/* ---- following ---- */

static PrintPhase phase_under_way(const PrintingJob *job)
{
    if (job->row.sheets > 0)
        return PRINT_PHASE_SHEETS;
    return job->row.phase == JOURNAL_SENT ? PRINT_PHASE_SENT : PRINT_PHASE_SENDING;
}

/* The printer did not answer, or not as one should. */
static void step_unanswered(Printing *printing, const Error *err)
{
    PrintingJob *job = &printing->job;
    PrinterCondition condition = condition_of_failure(err->code);

    if (err->code == ERR_CANCELLED) /* an order waits */
        return;
    job->doubted = true;
    job->due_ms = printing_now_ms(printing) + AWAY_POLL_MS;
    printing_note_printer(printing, condition, 0, false);
    tell_change(printing, phase_under_way(job), condition);
}

/* Is it still the printer that took the job?  Sets *ret_same; false when it does not answer. */
static bool compare_printer(Printing *printing, bool *ret_same, Error *err)
{
    PrintingJob *job = &printing->job;
    PrinterInfo info;

    if (!printer_ask(printing->printer, ASK_DEADLINE_MS, &info, err))
        return false;
    if (info.state == PRINTER_GONE)
        return error_set(err, ERR_OFFLINE, "the printer is away");
    *ret_same =
        info.uuid[0] == '\0' || job->row.printer_uuid[0] == '\0' || strcmp(info.uuid, job->row.printer_uuid) == 0;
    return true;
}

/* What the printer says of the job now.  One that it gave to somebody else since is not ours. */
static bool ask_job(Printing *printing, PrinterJob *ret, Error *err)
{
    PrintingJob *job = &printing->job;
    char title[TITLE_MOST];
    bool same = true;

    if (job->doubted && !compare_printer(printing, &same, err))
        return false;
    *ret = (PrinterJob){ .id = job->row.printer_job, .state = PRINTER_JOB_UNKNOWN, .sheets = -1 };
    if (same && !printer_ask_job(printing->printer, job->row.printer_job, ASK_DEADLINE_MS, ret, err))
        return false;
    write_title(&job->row.job, title);
    if (job->doubted && ret->title[0] != '\0' && strcmp(ret->title, title) != 0)
        *ret = (PrinterJob){ .id = job->row.printer_job, .state = PRINTER_JOB_UNKNOWN, .sheets = -1 };
    job->doubted = false;
    return true;
}

static bool is_moving(const Printing *printing, const PrinterJob *found, PrinterCondition condition)
{
    return !found->incoming && condition == PRINTER_READY && found->state != PRINTER_JOB_STOPPED &&
           printing_now_ms(printing) - printing->job.moved_ms < MOVING_MS;
}

/* Cancel-Job until the printer took it; what became of the job is asked for afterwards, as before. */
static void cancel(Printing *printing)
{
    PrintingJob *job = &printing->job;
    Error err = { 0 };

    if (job->cancel_until_ms == 0)
        job->cancel_until_ms = printing_now_ms(printing) + CONFIRM_MS;
    if (job->cancelled)
        return;
    if (printer_cancel_job(printing->printer, job->row.printer_job, ASK_DEADLINE_MS, &err))
        job->cancelled = true;
    else
        log_trouble(printing, &err);
}

/* Told as UNKNOWN; from now on it is asked for only so that the next paper is the next student's. */
static void give_up(Printing *printing)
{
    PrintingJob *job = &printing->job;

    tell(printing, PRINT_PHASE_UNKNOWN, job->told.condition);
    job->given_up = true;
    job->recovered = true;
    printing_note_printer(printing, printing->last.condition, 0, false);
}

static void step_going_on(Printing *printing, const PrinterJob *found)
{
    PrintingJob *job = &printing->job;
    PrinterCondition condition = printing_condition(found->reasons);

    if (condition == PRINTER_READY && found->state == PRINTER_JOB_STOPPED)
        condition = PRINTER_TROUBLE;
    printing_note_printer(printing, condition, found->reasons, false);
    if (found->sheets > job->row.sheets)
        job->row.sheets = found->sheets;
    tell_change(printing, phase_under_way(job), condition);
    if (job->leaving && (job->cancel_until_ms > 0 || !is_moving(printing, found, condition)))
        cancel(printing);
}

static void step_follow(Printing *printing)
{
    PrintingJob *job = &printing->job;
    PrinterJob found;
    Error err = { 0 };

    job->due_ms = printing_now_ms(printing) + (job->given_up ? LINGER_POLL_MS : printing->poll_busy_ms);
    if (!ask_job(printing, &found, &err)) {
        step_unanswered(printing, &err);
        if (job->leaving && job->cancel_until_ms == 0)
            job->cancel_until_ms = printing_now_ms(printing) + CONFIRM_MS;
    } else if (printing_verdict(&found, job->row.job.sheets) == PRINT_PHASE_NONE) {
        step_going_on(printing, &found);
    } else if (printing_count_may_trail(&found, job->row.job.sheets) &&
               (job->count_until_ms == 0 || printing_now_ms(printing) < job->count_until_ms)) {
        if (job->count_until_ms == 0)
            job->count_until_ms = printing_now_ms(printing) + COUNT_MS;
    } else {
        job->row.sheets = found.sheets;
        end_job(printing, printing_verdict(&found, job->row.job.sheets), PRINTER_READY);
        return;
    }
    if (job->cancel_until_ms > 0 && !job->given_up && printing_now_ms(printing) >= job->cancel_until_ms)
        give_up(printing);
}

/* ---- getting rid of a job without a byte ---- */

static bool cancel_orphan(Printing *printing, Error *err)
{
    PrintingJob *job = &printing->job;
    char title[TITLE_MOST];
    bool same;

    if (!compare_printer(printing, &same, err))
        return false;
    if (!same)
        return true; /* it is with another printer, if at all, and holds no page */
    if (job->row.printer_job == 0) {
        write_title(&job->row.job, title);
        if (!printer_find_job(printing->printer, title, ASK_DEADLINE_MS, &job->row.printer_job, err))
            return false;
    }
    return job->row.printer_job == 0 ||
           printer_cancel_job(printing->printer, job->row.printer_job, ASK_DEADLINE_MS, err);
}

static void step_orphan(Printing *printing)
{
    Error err = { 0 };

    printing->job.due_ms = printing_now_ms(printing) + LINGER_POLL_MS;
    if (cancel_orphan(printing, &err))
        end_job(printing, PRINT_PHASE_NOT_SENT, PRINTER_READY);
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
    if (!unsent)
        return;
    tell(printing, PRINT_PHASE_NOT_SENT, PRINTER_UNASKED);
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
        log_trouble(printing, &err);
    else if (found)
        take_up(printing, &row);
}

/* The registrar may not have heard of it. */
static void tell_ended(void *ctx, const JournalRow *row)
{
    Printing *printing = ctx;

    log_recovered(printing, row, row->ended);
    tell_row(printing, row, row->ended, PRINTER_UNASKED, true, 0);
}

void printing_job_recover(Printing *printing)
{
    Error err = { 0 };

    if (!journal_each_ended(printing->journal, tell_ended, printing, &err))
        log_trouble(printing, &err);
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
