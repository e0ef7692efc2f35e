/* One copy's way to the printer.  Order of acts (DESIGN.md section 7): journal "creating"; Create-Job; journal its id;
 * with the request for Send-Document at the printer, journal "sending"; the page; journal "sent".  A printer without
 * Create-Job gets Print-Job in its place, journalled the same way: what it has of the job then only its title tells. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "kiosk/devices/printing_parts.h"
#include "kiosk/devices/printing_verdict.h"

#define CREATE_DEADLINE_MS 5000
#define SEND_DEADLINE_MS   60000
#define BEGIN_LIMIT_MS     60000 /* from handing out to Send-Document (MODEL.md section 1) */

void printing_job_title(const ApiPrintJob *job, char title[TITLE_MOST])
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

void printing_job_trouble(Printing *printing, const Error *err)
{
    LogField fields[6];

    log_failure(printing->log, LOG_WARN, EVENT_PRINT_FAILED, err, job_fields(&printing->job, fields));
}

/* ---- telling ---- */

void printing_job_tell_row(Printing *printing, const JournalRow *row, PrintPhase phase, PrinterCondition condition,
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

void printing_job_tell(Printing *printing, PrintPhase phase, PrinterCondition condition)
{
    PrintingJob *job = &printing->job;

    printing_job_tell_row(printing, &job->row, phase, condition, job->recovered, job->visit);
}

/* ---- the journal ---- */

bool printing_job_move(Printing *printing, JournalPhase phase, Error *err)
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

void printing_job_end(Printing *printing, PrintPhase phase, PrinterCondition condition)
{
    PrintingJob *job = &printing->job;
    bool known = job->orphan || (job->given_up && phase == PRINT_PHASE_UNKNOWN);
    Error err = { 0 };

    job->row.ended = phase;
    if (!printing_job_move(printing, JOURNAL_ENDED, &err)) {
        printing_job_trouble(printing, &err);
        printing->journal_fails = true;
    }
    LogField fields[6];
    job_fields(job, fields);
    fields[3] = LOG_WORD("state", journal_ended_name(phase));
    fields[4] = LOG_NUMBER("sheets", job->row.sheets);
    fields[5] = (LogField){ 0 };
    log_write(printing->log, LOG_INFO, EVENT_PRINT_ENDED, fields);
    if (known && job->settled && !journal_settle(printing->journal, job->row.job.id, job->row.job.epoch, &err))
        printing_job_trouble(printing, &err);
    if (!known)
        printing_job_tell(printing, phase, condition);
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
        printing_job_end(printing, PRINT_PHASE_NOT_SENT, condition);
        return;
    }
    printing_job_tell(printing, PRINT_PHASE_NOT_SENT, condition);
    job->orphan = true;
    job->due_ms = 0;
    printing_job_step(printing);
}

/* A CMD_PRINT_STOP is seen at once, also while orders wait. */
static bool not_stopped(const Printing *printing, Error *err)
{
    return printing_is_stopped(printing) ? error_set(err, ERR_CANCELLED, "stopped") : true;
}

static bool look_before(Printing *printing, PrinterInfo *ret_info, PrinterCondition *ret_condition, Error *err)
{
    *ret_condition = PRINTER_READY;
    if (!not_stopped(printing, err))
        return false;
    if (!printer_ask(printing->printer, ASK_DEADLINE_MS, ret_info, err)) {
        *ret_condition = err->code == ERR_CANCELLED ? PRINTER_READY : PRINTER_TROUBLE;
        return false;
    }
    *ret_condition = printing_condition_of(ret_info);
    printing_note_printer(printing, *ret_condition, ret_info->reasons, false);
    if (*ret_condition != PRINTER_READY)
        return error_set(err, ERR_DENIED, "the printer can't print now");
    memcpy(printing->job.row.printer_uuid, ret_info->uuid, sizeof(printing->job.row.printer_uuid));
    return true;
}
static_assert(sizeof(((PrinterInfo *)0)->uuid) == sizeof(((JournalRow *)0)->printer_uuid), "a uuid fits");

PrinterCondition printing_condition_of_failure(ErrorCode code)
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
    printing_job_title(&job->row.job, title);
    if (!printing_job_move(printing, JOURNAL_CREATING, err))
        return false;
    job->made = true; /* unless it is refused: an answer that was lost is no refusal */
    if (!not_stopped(printing, err) ||
        !printer_create_job(printing->printer, title, CREATE_DEADLINE_MS, &job->row.printer_job, err)) {
        *ret_condition = printing_condition_of_failure(err->code);
        job->made = !printer_refused(err);
        return false;
    }
    if (!printing_job_move(printing, JOURNAL_CREATED, err))
        return false;
    *ret_condition = PRINTER_READY;
    printing_job_tell(printing, PRINT_PHASE_CREATED, PRINTER_READY);
    return true;
}

/* ---- sending ---- */

static bool may_begin(const Printing *printing, Error *err)
{
    if (printing_now_ms(printing) - printing->job.handed_out_ms > BEGIN_LIMIT_MS)
        return error_set(err, ERR_TIMEOUT, "the page was handed out too long ago");
    return not_stopped(printing, err);
}

/* The journal last, so that the time in which a crash can't be told from a print is as short as can be. */
static bool before_first_byte(void *ctx, Error *err)
{
    Printing *printing = ctx;

    LogField fields[6];

    if (!may_begin(printing, err))
        return false;
    log_write(printing->log, LOG_INFO, EVENT_PRINT_BEGAN, job_fields(&printing->job, fields));
    printing_job_tell(printing, PRINT_PHASE_SENDING, PRINTER_READY);
    return printing_job_move(printing, JOURNAL_SENDING, err);
}

static bool send_bytes(Printing *printing, PrinterLeft *ret_left, Error *err)
{
    PrintingJob *job = &printing->job;
    PrinterPage page = { blob_str(job->pdf), before_first_byte, printing };
    char title[TITLE_MOST];

    if (job->row.printer_job != 0)
        return printer_send_document(printing->printer, job->row.printer_job, &page, SEND_DEADLINE_MS, ret_left, err);
    printing_job_title(&job->row.job, title);
    job->made = true;
    bool sent =
        printer_print_job(printing->printer, title, &page, SEND_DEADLINE_MS, ret_left, &job->row.printer_job, err);
    job->made = sent || !printer_refused(err);
    return sent;
}

/* Bytes left, and no answer says that they arrived.  A part of a page must not come out to whoever is next; a whole one
 * is looked for. */
static void doubt(Printing *printing, PrinterLeft left)
{
    PrintingJob *job = &printing->job;

    job->doubted = true;
    job->unanswered = left == PRINTER_LEFT_ALL;
    if (job->unanswered)
        return;
    job->leaving = true;
    job->cancel_until_ms = printing_now_ms(printing) + CONFIRM_MS;
}

/* From "created" to "sent".  False when no byte left; what happened after the first byte is found out by asking. */
static bool send_page(Printing *printing, PrinterCondition *ret_condition, Error *err)
{
    PrintingJob *job = &printing->job;
    PrinterLeft left = PRINTER_LEFT_NOTHING;

    *ret_condition = PRINTER_READY;
    if (!may_begin(printing, err))
        return false;
    bool sent = send_bytes(printing, &left, err);
    if (!sent && left == PRINTER_LEFT_NOTHING) {
        *ret_condition = printing_condition_of_failure(err->code);
        return false;
    }
    blob_drop(job->pdf);
    job->pdf = NULL;
    job->moved_ms = printing_now_ms(printing);
    job->due_ms = job->moved_ms;
    if (sent) {
        if (!printing_job_move(printing, JOURNAL_SENT, err))
            printing_job_trouble(printing, err);
        printing_job_tell(printing, PRINT_PHASE_SENT, PRINTER_READY);
        return true;
    }
    printing_job_trouble(printing, err);
    if (job->made) {
        doubt(printing, left);
        return true;
    }
    job->row.sheets = 0; /* it read the page and refused it: it has no such job */
    printing_job_end(printing, PRINT_PHASE_CANCELLED, printing_condition_of_failure(err->code));
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
        printing_job_tell_row(printing, &row, row.ended, PRINTER_READY, false, visit);
}

static bool journal_new(Printing *printing, uint32_t visit, const ApiPrintJob *asked)
{
    PrintingJob *job = &printing->job;
    Error err = { 0 };

    if (journal_add(printing->journal, &job->row, clock_wall_ms(&printing->clock), &err))
        return true;
    printing_job_trouble(printing, &err);
    *job = (PrintingJob){ 0 };
    if (err.code == ERR_EXISTS)
        tell_earlier(printing, visit, asked);
    else
        refuse(printing, visit, asked, PRINTER_TROUBLE);
    return false;
}

void printing_job_begin(Printing *printing, uint32_t visit, uint32_t stops_before, const ApiPrintJob *asked, Blob *pdf,
                        int64_t handed_out_ms)
{
    PrintingJob *job = &printing->job;
    PrinterCondition condition = PRINTER_TROUBLE;
    OWNED(Blob) page = pdf;
    PrinterInfo info;
    Error err = { 0 };

    bool same = job->present && strcmp(job->row.job.id, asked->id) == 0 && job->row.job.epoch == asked->epoch;
    if (same)
        return;
    if (job->present || !page || asked->sheets <= 0 || asked->id[0] == '\0') {
        refuse(printing, visit, asked,
               job->present && job->told.condition != PRINTER_READY ? job->told.condition : PRINTER_TROUBLE);
        return;
    }
    *job = (PrintingJob){ .visit = visit, .stops_before = stops_before, .handed_out_ms = handed_out_ms };
    job->begun_ms = job->moved_ms = printing_now_ms(printing);
    job->row = (JournalRow){ .job = *asked, .sheets = -1 };
    if (!journal_new(printing, visit, asked))
        return;
    job->present = true;
    job->pdf = steal(&page);
    printing->queue_was_ours = true;
    if (!look_before(printing, &info, &condition, &err) || (info.proof && !create(printing, &condition, &err)) ||
        !send_page(printing, &condition, &err)) {
        printing_job_trouble(printing, &err);
        end_unsent(printing, condition);
    }
}
