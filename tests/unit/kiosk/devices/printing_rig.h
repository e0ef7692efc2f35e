/* For tests: a kiosk's printer with its journal, what it said, and acts that happen at a certain word of it. */
#ifndef TESTS_PRINTING_RIG_H
#define TESTS_PRINTING_RIG_H

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>

#include "kiosk/devices/printing.h"
#include "kiosk/devices/printing_journal.h"
#include "print/printer.h"
#include "print/simulator.h"

#define JOB       rig.job /* of this test only: no job is ever printed twice, and some are known by their titles alone */
#define OTHER     rig.other
#define SEEN_MOST 400
#define AWAIT_MS  15000

typedef struct Rig {
    Queue *messages;
    Log *log;
    Clock clock;
    char journal[96];
    char job[37], other[37], title[64];
    int poll_idle_ms, poll_busy_ms;
    Printing *printing;
    pthread_mutex_t lock; /* of what follows */
    Msg seen[SEEN_MOST];
    size_t seen_count;
    size_t next; /* in seen: where a search begins */
    /* On the printing thread, right after it told that phase: nothing later has happened.  Once. */
    PrintPhase act_at;
    void (*act)(void);
} Rig;

static Simulator simulator;
static Rig rig = { .lock = PTHREAD_MUTEX_INITIALIZER, .poll_idle_ms = 100, .poll_busy_ms = 30 };
static atomic_llong skipped_ms; /* the test's clock runs ahead by so much */

static int64_t rig_wall_ms(void *ctx)
{
    (void)ctx;
    Clock system = clock_system();
    return clock_wall_ms(&system);
}

static int64_t rig_monotonic_ms(void *ctx)
{
    (void)ctx;
    Clock system = clock_system();
    return clock_monotonic_ms(&system) + atomic_load(&skipped_ms);
}

#define MUST(call)                                                                                                     \
    do {                                                                                                               \
        if (!(call))                                                                                                   \
            fail_msg("%s: %s", #call, err.text);                                                                       \
    } while (0)

static inline void rig_collect(void *ctx)
{
    void (*act)(void) = NULL;

    (void)ctx;
    pthread_mutex_lock(&rig.lock);
    while (rig.seen_count < SEEN_MOST && queue_pop(rig.messages, &rig.seen[rig.seen_count], 0)) {
        const Msg *msg = &rig.seen[rig.seen_count++];
        if (rig.act && msg->kind == MSG_PRINT && msg->as.print.phase == rig.act_at) {
            act = rig.act;
            rig.act = NULL;
        }
    }
    pthread_mutex_unlock(&rig.lock);
    if (act)
        act();
}

static inline void at_phase(PrintPhase phase, void (*act)(void))
{
    pthread_mutex_lock(&rig.lock);
    rig.act_at = phase;
    rig.act = act;
    pthread_mutex_unlock(&rig.lock);
}

static inline void power_on_at(const char *uri)
{
    Error err = { 0 };
    PrintingConfig config = { .printer_uri = uri,
                              .journal_file = rig.journal,
                              .poll_idle_ms = rig.poll_idle_ms,
                              .poll_busy_ms = rig.poll_busy_ms };

    pthread_mutex_lock(&rig.lock);
    rig.seen_count = rig.next = 0;
    pthread_mutex_unlock(&rig.lock);
    MUST(rig.printing = printing_start(&config, rig.messages, rig.clock, rig.log, &err));
}

static inline void power_on(void)
{
    power_on_at(simulator.uri);
}

static inline void power_off(void)
{
    at_phase(PRINT_PHASE_NONE, NULL);
    printing_stop(steal(&rig.printing));
    for (Msg msg; queue_pop(rig.messages, &msg, 0);)
        ;
}

typedef bool Fits(const Msg *msg, int wanted);

/* The next message that fits; what came before it is passed over.  NULL when there is none yet. */
static inline const Msg *seen_next(Fits *fits, int wanted, bool pass)
{
    const Msg *found = NULL;

    pthread_mutex_lock(&rig.lock);
    size_t i = rig.next;
    while (i < rig.seen_count && !found) {
        const Msg *msg = &rig.seen[i++];
        if (fits(msg, wanted))
            found = msg;
    }
    if (pass)
        rig.next = i;
    pthread_mutex_unlock(&rig.lock);
    return found;
}

static inline const Msg *await_from(Fits *fits, int wanted, const char *what, const char *file, int line)
{
    for (int64_t end = test_now_ms() + AWAIT_MS; test_now_ms() < end; test_nap_ms(2)) {
        const Msg *msg = seen_next(fits, wanted, true);
        if (msg)
            return msg;
    }
    for (size_t i = 0; i < rig.seen_count; i++)
        print_message("%zu: kind %d phase %d condition %d sheets %d; printer %d\n", i, rig.seen[i].kind,
                      rig.seen[i].as.print.phase, rig.seen[i].as.print.condition, rig.seen[i].as.print.sheets,
                      rig.seen[i].as.printer.condition);
    print_message("%s:%d: did not come: %s %d\n", file, line, what, wanted);
    fail();
    abort(); /* fail does not come back, which its header does not say */
}

#define AWAIT(fits, wanted) await_from(fits, (int)(wanted), #fits, __FILE__, __LINE__)

/* Without passing anything over. */
static inline bool has_come(Fits *fits, int wanted)
{
    return seen_next(fits, wanted, false) != NULL;
}

static inline bool is_print(const Msg *msg, int phase)
{
    return msg->kind == MSG_PRINT && msg->as.print.phase == (PrintPhase)phase;
}

static inline bool is_recovered(const Msg *msg, int phase)
{
    return msg->kind == MSG_PRINT_RECOVERED && msg->as.print.phase == (PrintPhase)phase;
}

static inline bool is_print_in_condition(const Msg *msg, int condition)
{
    return msg->kind == MSG_PRINT && msg->as.print.condition == (PrinterCondition)condition;
}

static inline bool is_printer(const Msg *msg, int condition)
{
    return msg->kind == MSG_PRINTER && msg->as.printer.condition == (PrinterCondition)condition;
}

static inline bool phase_is_end(PrintPhase phase)
{
    return phase == PRINT_PHASE_PRINTED || phase == PRINT_PHASE_PARTLY || phase == PRINT_PHASE_NOT_SENT ||
           phase == PRINT_PHASE_CANCELLED || phase == PRINT_PHASE_UNKNOWN;
}

/* Of any life. */
static inline bool is_end(const Msg *msg, int wanted)
{
    (void)wanted;
    return (msg->kind == MSG_PRINT || msg->kind == MSG_PRINT_RECOVERED) && phase_is_end(msg->as.print.phase);
}

/* What the printer knows JOB by. */
static inline const char *title_of(unsigned epoch)
{
    snprintf(rig.title, sizeof(rig.title), "Registrar %.8s-%u", rig.job, epoch);
    return rig.title;
}

static inline Cmd print_cmd(const char *id, uint32_t epoch, int pages)
{
    Cmd cmd = { .kind = CMD_PRINT, .visit = 7 };
    OWNED_BUF pdf;

    pdf_of(&pdf, pages);
    snprintf(cmd.as.print.job.id, sizeof(cmd.as.print.job.id), "%s", id);
    cmd.as.print.job.epoch = epoch;
    cmd.as.print.job.sheets = pages;
    cmd.as.print.pdf = blob_take_buf(&pdf);
    cmd.as.print.handed_out_ms = clock_monotonic_ms(&rig.clock);
    return cmd;
}

static inline void print(const char *id, uint32_t epoch, int pages)
{
    Cmd cmd = print_cmd(id, epoch, pages);

    assert_true(printing_run(rig.printing, &cmd));
    blob_drop(cmd.as.print.pdf);
}

static inline void tell_simply(CmdKind kind)
{
    Cmd cmd = { .kind = kind, .visit = 7 };

    assert_true(printing_run(rig.printing, &cmd));
}

static inline void settle(const char *id, uint32_t epoch)
{
    Cmd cmd = { .kind = CMD_SETTLED };

    snprintf(cmd.as.settled.job, sizeof(cmd.as.settled.job), "%s", id);
    cmd.as.settled.epoch = epoch;
    assert_true(printing_run(rig.printing, &cmd));
}

/* Lets the printing thread's clock run until that has come, in steps in which the printer is asked. */
static inline const Msg *await_soon(Fits *fits, int wanted, int skip_most_ms)
{
    for (int skipped = 0; !has_come(fits, wanted) && skipped < skip_most_ms; skipped += 250) {
        atomic_fetch_add(&skipped_ms, 250);
        test_nap_ms(10);
    }
    return await_from(fits, wanted, "soon", __FILE__, __LINE__);
}

static inline bool rig_start(SimulatorKind kind, const char *option)
{
    rig.clock = (Clock){ rig_wall_ms, rig_monotonic_ms, NULL };
    rig.messages = queue_new(sizeof(Msg), 64);
    rig.log = log_new(open("/dev/null", O_WRONLY | O_CLOEXEC), LOG_DEBUG, false, &rig.clock);
    if (!rig.messages || !rig.log || !simulator_start_kind(&simulator, kind, option))
        return false;
    queue_on_push(rig.messages, rig_collect, NULL);
    return true;
}

static inline void rig_stop(void)
{
    simulator_stop(&simulator);
    queue_free(steal(&rig.messages));
    log_free(steal(&rig.log));
}

/* Before each test: a printer without faults or jobs, an empty journal. */
static inline bool rig_mend(void)
{
    static const char *const endings[] = { "", "-wal", "-shm" };
    static unsigned tests = 0;
    OWNED(Printer) printer = printer_open(simulator.uri, NULL);
    PrinterInfo info;

    atomic_store(&skipped_ms, 0);
    tests++;
    snprintf(rig.job, sizeof(rig.job), "%08x-5b4c-4b8e-9c2e-0123456789ab", tests);
    snprintf(rig.other, sizeof(rig.other), "7777%04x-5b4c-4b8e-9c2e-0123456789ab", tests);
    snprintf(rig.journal, sizeof(rig.journal), "%s/print.db", simulator.folder);
    for (size_t i = 0; i < COUNT(endings); i++) {
        char path[128];
        snprintf(path, sizeof(path), "%s%s", rig.journal, endings[i]);
        unlink(path);
    }
    for (Msg msg; queue_pop(rig.messages, &msg, 0);)
        ;
    return simulator_fault(&simulator, "clear", NULL, NULL) && printer &&
           TEST_UNTIL(15000, printer_ask(printer, 2000, &info, NULL) && info.state == PRINTER_IDLE);
}

/* ---- crashes ---- */

typedef struct Fatal {
    Queue *messages;
    PrintPhase phase;
} Fatal;

/* On the printing thread, right after it told: nothing later than this message has happened. */
static inline void die_at(void *ctx)
{
    const Fatal *fatal = ctx;

    for (Msg msg; queue_pop(fatal->messages, &msg, 0);)
        if (msg.kind == MSG_PRINT && msg.as.print.phase == fatal->phase)
            kill(getpid(), SIGKILL);
}

/* A kiosk that prints, and dies as soon as it tells that phase. */
static inline void crash_at(PrintPhase phase, int pages)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        Fatal fatal = { queue_new(sizeof(Msg), SEEN_MOST), phase };
        PrintingConfig config = { simulator.uri, rig.journal, 15000, 30 };
        queue_on_push(fatal.messages, die_at, &fatal);
        Printing *printing = printing_start(&config, fatal.messages, rig.clock, rig.log, NULL);
        Cmd cmd = print_cmd(JOB, 1, pages);
        if (!printing || !printing_run(printing, &cmd))
            _exit(1);
        test_nap_ms(AWAIT_MS);
        _exit(2);
    }
    assert_true(pid > 0 && waitpid(pid, &status, 0) == pid);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

#endif
