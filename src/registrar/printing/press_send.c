/* A job's way to the printer.  Order of acts (DESIGN.md section 7): the register says "creating"; Create-Job; its id;
 * with the request for Send-Document at the printer, "sending", which hands the page out; the page; "sent".  A printer
 * without Create-Job gets Print-Job in its place. */
#include <stdio.h>
#include <string.h>

#include "registrar/printing/press_parts.h"

#define CREATE_DEADLINE_MS 5000
#define SEND_DEADLINE_MS   60000
#define AGAIN_MS           3000 /* before the next try with a printer that took nothing */

void press_title(const ErrandRow *errand, char title[TITLE_MOST])
{
    (void)snprintf(title, TITLE_MOST, "Registrar %.8s-%u", errand->job, (unsigned)errand->epoch);
}

bool press_unsent(Press *press, Error *err)
{
    PressJob *job = &press->job;

    job->unsent = true;
    if (!printer_work_unsent(press->config.office, &press->config.hold, &job->errand, job->made, err))
        return false;
    job->unsent = false;
    job->present = job->made; /* as an orphan */
    return true;
}

static void give_back(Press *press)
{
    Error err = { 0 };

    press->begin_due_ms = press_now_ms(press) + AGAIN_MS;
    if (!press_unsent(press, &err))
        press_trouble(press, &err);
}

/* --- before the first byte ---------------------------------------------------------------------------------------- */

static bool is_ready(Press *press, PrinterInfo *ret_info)
{
    Error err = { 0 };

    if (!printer_ask(press->printer, ASK_DEADLINE_MS, ret_info, &err)) {
        if (err.code != ERR_CANCELLED)
            press_tell(press, "trouble", 0);
        return false;
    }
    const char *word = press_word(ret_info);
    press_tell(press, word, ret_info->reasons);
    return strcmp(word, "ready") == 0;
}

static bool create(Press *press, Error *err)
{
    PressJob *job = &press->job;
    char title[TITLE_MOST];
    int32_t id = 0;

    press_title(&job->errand, title);
    job->made = true; /* unless it is refused: an answer that was lost is no refusal */
    if (!printer_create_job(press->printer, title, CREATE_DEADLINE_MS, &id, err)) {
        job->made = !printer_refused(err);
        return false;
    }
    job->errand.printer_job = id;
    job->errand.phase = ERRAND_CREATED;
    return printer_work_note(press->config.office, &press->config.hold, &job->errand, err);
}

/* Within the request: the register last, so that the time in which a crash can't be told from a print is short. */
static bool before_first_byte(void *ctx, Error *err)
{
    Press *press = ctx;

    atomic_store(&press->sending, true);
    if (atomic_load(&press->stopping))
        return error_set(err, ERR_CANCELLED, "the registrar stops");
    return printer_work_sending(press->config.office, &press->config.hold, &press->job.errand, err);
}

static bool send_bytes(Press *press, Str pdf, PrinterLeft *ret_left, Error *err)
{
    PressJob *job = &press->job;
    const PrinterPage page = { pdf, before_first_byte, press };
    char title[TITLE_MOST];
    int32_t id = job->errand.printer_job;

    if (id != 0)
        return printer_send_document(press->printer, id, &page, SEND_DEADLINE_MS, ret_left, err);
    press_title(&job->errand, title);
    job->made = true;
    const bool sent = printer_print_job(press->printer, title, &page, SEND_DEADLINE_MS, ret_left, &id, err);
    job->made = sent || !printer_refused(err);
    job->errand.printer_job = id;
    return sent;
}

static void log_began(const Press *press)
{
    const ErrandRow *errand = &press->job.errand;

    LOG(press->config.log, LOG_INFO, EVENT_PRINT_BEGAN, LOG_WORD("printer", errand->printer),
        LOG_WORD("job", errand->job), LOG_NUMBER("epoch", errand->epoch),
        LOG_NUMBER("printer_job", errand->printer_job));
}

/* What happened after the first byte is found out by asking; false when none left. */
static bool send_page(Press *press, Str pdf, Error *err)
{
    PressJob *job = &press->job;
    PrinterLeft left = PRINTER_LEFT_NOTHING;
    const bool sent = send_bytes(press, pdf, &left, err);

    atomic_store(&press->sending, false);
    if (!sent && left == PRINTER_LEFT_NOTHING)
        return false;
    log_began(press);
    job->moved_ms = press_now_ms(press);
    if (sent) {
        job->errand.phase = ERRAND_SENT;
        if (!printer_work_told(press->config.office, &press->config.hold, &job->errand, PRINT_SENT, err))
            press_trouble(press, err); /* it is told with the printer's next word */
        return true;
    }
    press_trouble(press, err);
    job->doubted = job->unanswered = true;
    job->unwanted = left == PRINTER_LEFT_PART; /* half a page is nobody's paper */
    if (!job->made) {                          /* it read the page and refused it: it has no such job */
        job->errand.sheets = 0;
        job->unwanted = true;
    }
    return true;
}

void press_begin(Press *press, const PrintJobRow *next)
{
    PressJob *job = &press->job;
    Blob *pdf = NULL;
    PrinterInfo info;
    Error err = { 0 };

    press->begin_due_ms = press_now_ms(press) + AGAIN_MS;
    if (atomic_load(&press->stopping) || !is_ready(press, &info))
        return;
    *job = (PressJob){ .begun_ms = press_now_ms(press) };
    job->moved_ms = job->begun_ms;
    if (!printer_work_page(press->config.office, next, &pdf, &err) ||
        !printer_work_begin(press->config.office, &press->config.hold, next, info.uuid, &job->errand, &err)) {
        press_trouble(press, &err);
        blob_drop(pdf);
        return;
    }
    job->present = true;
    if ((info.proof && !create(press, &err)) || !send_page(press, blob_str(pdf), &err)) {
        if (err.code != ERR_CANCELLED && err.code != ERR_CONFLICT) {
            press_trouble(press, &err);
            press_tell(press, press_word_of_failure(err.code), 0);
        }
        give_back(press);
    } else
        press->begin_due_ms = 0;
    blob_drop(pdf);
}
