#include "registrar/printing/press.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "print/printer_verdict.h"
#include "registrar/printing/press_parts.h"

#define LISTEN_MS      1500   /* how often a printer that tells of itself is heard */
#define LISTEN_ANEW_MS 300000 /* how often another is asked whether it would */
#define LAST_WAIT_MS   10000
#define TROUBLE_MS     2000 /* after the register could not be asked */

int64_t press_now_ms(const Press *press)
{
    return clock_monotonic_ms(&press->config.clock);
}

void press_trouble(const Press *press, const Error *err)
{
    log_failure(press->config.log, LOG_WARN, EVENT_PRINT_FAILED, err,
                (const LogField[]){ LOG_WORD("printer", press->config.hold.id),
                                    LOG_WORD("job", press->job.errand.job),
                                    LOG_NUMBER("epoch", press->job.errand.epoch),
                                    LOG_NUMBER("printer_job", press->job.errand.printer_job),
                                    { 0 } });
}

/* --- how the printer is ------------------------------------------------------------------------------------------- */

const char *press_word_of_reasons(unsigned reasons)
{
    static const struct {
        PrinterReason reason;
        const char *word; /* as kiosks say it of theirs */
    } rows[] = {
        { PRINTER_REASON_JAM, "jammed" },           { PRINTER_REASON_DOOR_OPEN, "open" },
        { PRINTER_REASON_TRAY_MISSING, "no-tray" }, { PRINTER_REASON_PAPER_OUT, "no-paper" },
        { PRINTER_REASON_TONER_OUT, "no-toner" },   { PRINTER_REASON_PAUSED, "paused" },
        { PRINTER_REASON_NOT_ACCEPTING, "paused" }, { PRINTER_REASON_OTHER, "trouble" },
    };
    const unsigned worst = printer_worst_reason(reasons);

    for (size_t i = 0; i < COUNT(rows); i++)
        if (worst == (unsigned)rows[i].reason)
            return rows[i].word;
    return "ready";
}

const char *press_word(const PrinterInfo *info)
{
    if (info->state == PRINTER_GONE)
        return "off";
    const char *word = press_word_of_reasons(info->reasons);
    return strcmp(word, "ready") == 0 && !info->takes_pdf ? "trouble" : word;
}

const char *press_word_of_failure(ErrorCode code)
{
    if (code == ERR_OFFLINE || code == ERR_TIMEOUT)
        return "off";
    return code == ERR_DENIED || code == ERR_BUSY ? "paused" : "trouble";
}

void press_tell(Press *press, const char *word, unsigned reasons)
{
    char state[PRINTER_STATE_SIZE];
    Error err = { 0 };

    (void)snprintf(state, sizeof state, "%s%s%s", word, reasons & PRINTER_REASON_PAPER_LOW ? ",paper-low" : "",
                   reasons & PRINTER_REASON_TONER_LOW ? ",toner-low" : "");
    if (strcmp(state, press->state) == 0)
        return;
    if (!printer_work_state(press->config.office, &press->config.hold, state, &err)) {
        press_trouble(press, &err);
        return;
    }
    LOG(press->config.log, LOG_INFO, EVENT_PRINTER_STATE, LOG_WORD("printer", press->config.hold.id),
        LOG_WORD("state", word), LOG_NUMBER("reasons", reasons));
    memcpy(press->state, state, sizeof state);
}

static void look_at_printer(Press *press)
{
    PrinterInfo info;
    Error err = { 0 };

    press->idle_due_ms = press_now_ms(press) + press->config.idle_ms;
    if (printer_ask(press->printer, ASK_DEADLINE_MS, &info, &err))
        press_tell(press, press_word(&info), info.reasons);
    else if (err.code != ERR_CANCELLED)
        press_tell(press, "trouble", 0);
}

/* What is heard is a reason to ask. */
static void listen_to_printer(Press *press)
{
    bool heard = false, offered = true;
    Error err = { 0 };
    const bool answered = printer_listen(press->printer, ASK_DEADLINE_MS, &heard, &offered, &err);
    const int64_t now_ms = press_now_ms(press);

    press->listen_due_ms = now_ms + (!answered ? press->config.idle_ms : offered ? LISTEN_MS : LISTEN_ANEW_MS);
    if (heard)
        press->idle_due_ms = press->job_due_ms = now_ms;
}

/* --- the thread --------------------------------------------------------------------------------------------------- */

/* True when this press has lost its printer. */
static bool step(Press *press, int *ret_wait_ms)
{
    const int64_t now_ms = press_now_ms(press);
    PrinterWork work;
    Error err = { 0 };

    *ret_wait_ms = press->config.look_ms;
    if (!printer_work_look(press->config.office, &press->config.hold, &work, &err)) {
        press_trouble(press, &err);
        *ret_wait_ms = TROUBLE_MS;
        return false;
    }
    if (work.lost) {
        LOG(press->config.log, LOG_WARN, EVENT_PRINTER_LOST, LOG_WORD("printer", press->config.hold.id),
            LOG_NUMBER("epoch", press->config.hold.epoch));
        return true;
    }
    if (work.has_errand) {
        if (now_ms >= press->job_due_ms)
            press_follow(press, &work);
        *ret_wait_ms = press->config.busy_ms;
    } else if (work.has_job && now_ms >= press->begin_due_ms) {
        press_begin(press, &work.job);
        *ret_wait_ms = press->config.busy_ms;
    } else if (now_ms >= press->idle_due_ms)
        look_at_printer(press);
    if (press_now_ms(press) >= press->listen_due_ms)
        listen_to_printer(press);
    return false;
}

static void *work_on(void *ctx)
{
    Press *press = ctx;
    int wait_ms = 0;
    bool stop = false;

    pthread_setname_np(pthread_self(), "press");
    while (!step(press, &wait_ms) && !queue_pop(press->stops, &stop, wait_ms))
        mem_wipe_stack(); /* a page has passed over it */
    return NULL;
}

/* --- from outside ------------------------------------------------------------------------------------------------- */

Press *press_start(const PressConfig *config, Error *err)
{
    OWNED(Press) press = mem_new(1, sizeof *press);

    if (!press || !(press->stops = queue_new(sizeof(bool), 1))) {
        error_set(err, ERR_MEMORY, "printer %s", config->hold.id);
        return NULL;
    }
    press->config = *config;
    press->printer = printer_open(config->hold.uri, err);
    if (!press->printer)
        return NULL;
    press->running = pthread_create(&press->thread, NULL, work_on, press) == 0;
    if (!press->running) {
        error_set(err, ERR_MEMORY, "printer %s: no thread", config->hold.id);
        return NULL;
    }
    LOG(config->log, LOG_INFO, EVENT_PRINTER_TAKEN, LOG_WORD("printer", config->hold.id),
        LOG_NUMBER("epoch", config->hold.epoch));
    return steal(&press);
}

const PrinterHold *press_hold(const Press *press)
{
    return &press->config.hold;
}

void press_hurry(Press *press)
{
    const bool stop = true;

    if (!press->running || atomic_exchange(&press->stopping, true))
        return;
    press->stop_by_ms = press_now_ms(press) + LAST_WAIT_MS;
    if (queue_push(press->stops, &stop) && !atomic_load(&press->sending))
        printer_interrupt(press->printer);
}

void press_stop(Press *press)
{
    if (!press)
        return;
    press_hurry(press);
    if (press->running) {
        while (atomic_load(&press->sending) && press_now_ms(press) < press->stop_by_ms)
            nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
        printer_interrupt(press->printer);
        pthread_join(press->thread, NULL);
    }
    printer_close(press->printer);
    queue_free(press->stops);
    mem_free(press);
}
