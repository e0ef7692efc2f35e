#include "kiosk/devices/printing.h"

#include <signal.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "kiosk/devices/printing_parts.h"
#include "kiosk/devices/printing_verdict.h"

#define ORDERS_MOST      32
#define LAST_WAIT_MS     10000 /* printing_stop waits so long for a job under way */
#define LAST_LOOK_MS     20
#define TELL_TRIES       200
#define TELL_WAIT_MS     10

#define LISTEN_MS        1500   /* how often a printer that tells of itself is heard */
#define LISTEN_ANEW_MS   300000 /* how often another is asked whether it would */
#define QUEUE_RESUMES_MS 600000

typedef enum OrderKind {
    ORDER_END, /* of the thread */
    ORDER_PRINT,
    ORDER_LOOK, /* at Printing.stop */
    ORDER_ASK_PRINTER,
    ORDER_SETTLED
} OrderKind;

/* A command, small enough to lie in a queue. */
typedef struct Order {
    OrderKind kind;
    uint32_t visit;
    uint32_t stops;  /* ORDER_PRINT: Printing.stops when it came */
    ApiPrintJob job; /* ORDER_PRINT; ORDER_SETTLED: id and epoch */
    Blob *pdf;       /* ORDER_PRINT; owned */
    int64_t handed_out_ms;
} Order;

int64_t printing_now_ms(const Printing *printing)
{
    return clock_monotonic_ms(&printing->clock);
}

void printing_tell(Printing *printing, Msg *msg)
{
    static const struct timespec wait = { .tv_nsec = TELL_WAIT_MS * 1000000L };

    for (int i = 0; i < TELL_TRIES; i++) {
        if (queue_push(printing->messages, msg))
            return;
        nanosleep(&wait, NULL);
    }
}

/* Of a later or the same visit: an earlier one's ended before this job was asked for. */
bool printing_is_stopped(const Printing *printing)
{
    const PrintingJob *job = &printing->job;
    unsigned long long stop = atomic_load(&printing->stop);

    return (int32_t)((uint32_t)(stop >> 32) - job->stops_before) > 0 && (int32_t)((uint32_t)stop - job->visit) >= 0;
}

/* ---- the printer itself ---- */

void printing_note_printer(Printing *printing, PrinterCondition condition, unsigned reasons, bool always)
{
    bool paper_low = (reasons & PRINTER_REASON_PAPER_LOW) != 0;
    bool toner_low = (reasons & PRINTER_REASON_TONER_LOW) != 0;

    /* A job that nobody knows the end of: nothing may be printed over it. */
    if (condition == PRINTER_READY && printing->job.present && !printing_job_is_live(printing))
        condition = PRINTER_TROUBLE;
    if (printing->told_printer && !always && condition == printing->last.condition &&
        paper_low == printing->last.paper_low && toner_low == printing->last.toner_low)
        return;
    if (!printing->told_printer || condition != printing->last.condition)
        LOG(printing->log, LOG_INFO, EVENT_PRINTER_STATE, LOG_NUMBER("state", condition),
            LOG_NUMBER("reasons", reasons));
    printing->told_printer = true;
    printing->last.condition = condition;
    printing->last.paper_low = paper_low;
    printing->last.toner_low = toner_low;

    Msg msg = { .kind = MSG_PRINTER };
    msg.as.printer.condition = condition;
    msg.as.printer.paper_low = paper_low;
    msg.as.printer.toner_low = toner_low;
    printing_tell(printing, &msg);
}

void printing_mend_queue(Printing *printing, bool stalled)
{
    int64_t now_ms = printing_now_ms(printing);
    int64_t oldest_ms = printing->resumed_ms[0];
    Error err = { 0 };

    if (!stalled || !printing->queue_was_ours || (oldest_ms != 0 && now_ms - oldest_ms < QUEUE_RESUMES_MS))
        return;
    memmove(printing->resumed_ms, printing->resumed_ms + 1, sizeof(printing->resumed_ms) - sizeof(oldest_ms));
    printing->resumed_ms[QUEUE_RESUMES - 1] = now_ms;
    if (printer_resume(printing->printer, ASK_DEADLINE_MS, &err))
        log_write(printing->log, LOG_WARN, EVENT_QUEUE_RESUMED, (const LogField[]){ { 0 } });
    else if (err.code != ERR_CANCELLED)
        log_failure(printing->log, LOG_WARN, EVENT_QUEUE_RESUMED, &err, NULL);
}

static void ask_printer(Printing *printing, bool always)
{
    PrinterInfo info;
    Error err = { 0 };

    if (printer_ask(printing->printer, ASK_DEADLINE_MS, &info, &err)) {
        printing_note_printer(printing, printing_condition_of(&info), info.reasons, always);
        printing_mend_queue(printing, info.stalled);
        if (info.state == PRINTER_IDLE && !printing->job.present)
            printing->queue_was_ours = false;
    } else if (err.code != ERR_CANCELLED) {
        printing_note_printer(printing, PRINTER_TROUBLE, 0, always);
    }
    printing->idle_due_ms = printing_now_ms(printing) + printing->poll_idle_ms;
}

/* What is heard is a reason to ask, and so is a printer that can't be heard any more. */
static void listen_to_printer(Printing *printing)
{
    bool heard = false, offered = true;
    Error err = { 0 };

    bool answered = printer_listen(printing->printer, ASK_DEADLINE_MS, &heard, &offered, &err);
    int64_t now_ms = printing_now_ms(printing);
    printing->listen_due_ms = now_ms + (!answered ? printing->poll_idle_ms : offered ? LISTEN_MS : LISTEN_ANEW_MS);
    if (!heard && (answered || err.code == ERR_CANCELLED || printing->last.condition == PRINTER_OFF))
        return;
    if (printing->job.present)
        printing->job.due_ms = now_ms;
    else
        printing->idle_due_ms = now_ms;
}

/* ---- the thread ---- */

/* Not by its order alone, for which there may be no room.  The interrupt came before the number. */
static void take_stop(Printing *printing)
{
    uint32_t stops = (uint32_t)(atomic_load(&printing->stop) >> 32);

    if (stops == printing->stops_seen)
        return;
    printing->stops_seen = stops;
    printer_forget_interrupt(printing->printer);
    if (printing->job.present && !printing->job.recovered && printing_is_stopped(printing))
        printing_job_leave(printing);
}

static void follow(Printing *printing, Order *order)
{
    switch (order->kind) {
    case ORDER_PRINT:
        printing_job_begin(printing, order->visit, order->stops, &order->job, order->pdf, order->handed_out_ms);
        break;
    case ORDER_ASK_PRINTER: ask_printer(printing, true); break;
    case ORDER_SETTLED: printing_job_settled(printing, order->job.id, order->job.epoch); break;
    case ORDER_LOOK:
    case ORDER_END: break;
    }
}

/* Until the next thing is due: a job's step, or a look at the idle printer. */
static int wait_ms(const Printing *printing)
{
    int64_t due_ms = printing->job.present ? printing->job.due_ms : printing->idle_due_ms;
    int64_t next_ms = due_ms < printing->listen_due_ms ? due_ms : printing->listen_due_ms;
    int64_t left_ms = next_ms - printing_now_ms(printing);

    return left_ms <= 0 ? 0 : left_ms > 60000 ? 60000 : (int)left_ms;
}

static void do_what_is_due(Printing *printing)
{
    int64_t now_ms = printing_now_ms(printing);

    if (printing->job.present && now_ms >= printing->job.due_ms)
        printing_job_step(printing);
    else if (!printing->job.present && now_ms >= printing->idle_due_ms)
        ask_printer(printing, false);
    if (now_ms >= printing->listen_due_ms)
        listen_to_printer(printing);
}

/* The kiosk goes down: what is on its way to paper is still brought to its truth. */
static void see_job_through(Printing *printing)
{
    int64_t until_ms = printing_now_ms(printing) + LAST_WAIT_MS;

    printer_forget_interrupt(printing->printer);
    if (printing_job_is_live(printing))
        printing_job_leave(printing);
    while (printing_job_is_live(printing) && printing_now_ms(printing) < until_ms) {
        nanosleep(&(struct timespec){ .tv_nsec = LAST_LOOK_MS * 1000000L }, NULL);
        do_what_is_due(printing);
    }
}

static void *work(void *ctx)
{
    Printing *printing = ctx;

    printing_job_recover(printing);
    ask_printer(printing, true);
    for (;;) {
        Order order;
        if (queue_pop(printing->orders, &order, wait_ms(printing))) {
            if (order.kind == ORDER_END)
                break;
            take_stop(printing);
            follow(printing, &order);
        }
        take_stop(printing);
        do_what_is_due(printing);
        mem_wipe_stack(); /* a page has passed over it */
    }
    see_job_through(printing);
    return NULL;
}

/* ---- from outside ---- */

static bool open_parts(Printing *printing, const PrintingConfig *config, Error *err)
{
    printing->orders = queue_new(sizeof(Order), ORDERS_MOST);
    if (!printing->orders)
        return error_set(err, ERR_MEMORY, "printing");
    printing->printer = printer_open(config->printer_uri, err);
    if (!printing->printer)
        return false;
    printing->journal = journal_open(config->journal_file, clock_wall_ms(&printing->clock), err);
    return printing->journal != NULL;
}

/* Signals are for the program's own threads. */
static bool start_thread(Printing *printing, Error *err)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    printing->running = pthread_create(&printing->thread, NULL, work, printing) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return printing->running ? true : error_set(err, ERR_MEMORY, "printing: no thread");
}

Printing *printing_start(const PrintingConfig *config, Queue *messages, Clock clock, Log *log, Error *err)
{
    OWNED(Printing) printing = mem_new(1, sizeof(*printing));

    if (!printing) {
        error_set(err, ERR_MEMORY, "printing");
        return NULL;
    }
    printing->poll_idle_ms = config->poll_idle_ms;
    printing->poll_busy_ms = config->poll_busy_ms;
    printing->messages = messages;
    printing->clock = clock;
    printing->log = log;
    if (!open_parts(printing, config, err) || !start_thread(printing, err))
        return NULL;
    return steal(&printing);
}

void printing_stop(Printing *printing)
{
    if (!printing)
        return;
    if (printing->running) {
        Order end = { .kind = ORDER_END };
        printer_interrupt(printing->printer);
        while (!queue_push(printing->orders, &end)) /* full: the thread takes one out soon */
            nanosleep(&(struct timespec){ .tv_nsec = TELL_WAIT_MS * 1000000L }, NULL);
        pthread_join(printing->thread, NULL);
    }
    for (Order order; printing->orders && queue_pop(printing->orders, &order, 0);)
        blob_drop(order.pdf);
    blob_drop(printing->job.pdf);
    queue_free(printing->orders);
    journal_close(printing->journal);
    printer_close(printing->printer);
    mem_free(printing);
}

/* No room: the thread hangs in one act while commands pile up.  On the caller's thread, which must not wait. */
static void refuse(Printing *printing, Order *order)
{
    Msg msg = { .kind = MSG_PRINT, .visit = order->visit };

    if (order->kind == ORDER_PRINT) {
        msg.as.print =
            (MsgPrint){ .job = order->job, .phase = PRINT_PHASE_NOT_SENT, .condition = PRINTER_TROUBLE, .sheets = -1 };
        if (!queue_push(printing->messages, &msg))
            log_failure(printing->log, LOG_WARN, EVENT_PRINT_FAILED,
                        &(Error){ .code = ERR_BUSY, .text = "queues are full" }, NULL);
    }
    blob_drop(order->pdf);
}

bool printing_run(Printing *printing, const Cmd *cmd)
{
    Order order = { .visit = cmd->visit };

    if (cmd->kind == CMD_PRINT) {
        order.kind = ORDER_PRINT;
        order.job = cmd->as.print.job;
        order.pdf = blob_keep(cmd->as.print.pdf);
        order.handed_out_ms = cmd->as.print.handed_out_ms;
        order.stops = printing->stops;
    } else if (cmd->kind == CMD_SETTLED) {
        static_assert(sizeof(order.job.id) == sizeof(cmd->as.settled.job), "an id fits");
        order.kind = ORDER_SETTLED;
        memcpy(order.job.id, cmd->as.settled.job, sizeof(order.job.id));
        order.job.epoch = cmd->as.settled.epoch;
    } else if (cmd->kind == CMD_PRINT_STOP) {
        order.kind = ORDER_LOOK;
        /* What the thread waits for ends at once.  In this order, so that it does not keep the interrupt for the next
         * call once it has seen the stop. */
        printer_interrupt(printing->printer);
        printing->stops++;
        atomic_store(&printing->stop, (unsigned long long)printing->stops << 32 | cmd->visit);
    } else if (cmd->kind == CMD_ASK_PRINTER) {
        order.kind = ORDER_ASK_PRINTER;
    } else {
        return false;
    }
    if (!queue_push(printing->orders, &order))
        refuse(printing, &order);
    return true;
}
