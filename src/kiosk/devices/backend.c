#include "kiosk/devices/backend.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "kiosk/devices/backend_calls.h"
#include "kiosk/devices/witness.h"
#include "net/http.h"

#define ERRANDS_MOST         64
#define REPORTS_MOST         64
#define BACKOFF_FIRST_MS     1000
#define BACKOFF_MOST_MS      30000
#define GIVE_WAY_MS          500  /* so long what nobody waits for may hold up what a student waits for */
#define SIGN_OUT_DEADLINE_MS 3000 /* the next visitor waits for it */
#define TELL_TRIES           200
#define TELL_WAIT_MS         10
#define FAREWELL_WAIT_MS     250

/* A command on its way. */
typedef struct Errand {
    uint64_t place;   /* among all of its visit and of those before: place_of */
    uint64_t turn;    /* among all */
    int64_t began_ms; /* monotonic, of the request under way */
    Cmd cmd;          /* may hold secrets: errand_free wipes it */
} Errand;

typedef struct Report {
    Errand *errand; /* owned */
    int64_t due_ms;
    int64_t backoff_ms;
} Report;

struct Backend {
    char *address;
    int deadline_ms;
    HttpClient *http;
    Queue *errands; /* Errand *, owned by the queue */
    Queue *messages;
    Log *log;
    Clock clock;
    pthread_t thread;
    bool running;
    uint64_t turns; /* of the thread that calls backend_run */
    atomic_bool stopping;
    atomic_llong farewell_until_ms; /* monotonic; once it stops: until when reports may still go out */
    int farewell_ms;
    atomic_ullong cancelled_before; /* a visit's errands of an earlier place are not wanted any more */
    atomic_ullong newest_preview;
    atomic_uint waiting;  /* errands in the queue */
    atomic_uint students; /* ... those that a student waits for */
    atomic_uint owed;     /* answers: backend_owes */
    atomic_uint visitor;  /* the newest visit of which a student waited for something */
    /* The thread's own. */
    Report reports[REPORTS_MOST];
    size_t report_count;
    Witness witness; /* the thread's */
};

static void errand_free(Errand *errand)
{
    if (errand)
        mem_free_wiped(errand, sizeof(*errand));
}
OWNED_BY(Errand, errand_free)

static int64_t now_ms(const Backend *backend)
{
    return clock_monotonic_ms(&backend->clock);
}

/* Gives the message away, waiting a little while the queue is full. */
static void tell(Backend *backend, Msg *msg)
{
    static const struct timespec wait = { .tv_nsec = TELL_WAIT_MS * 1000000L };

    for (int i = 0; i < TELL_TRIES && !atomic_load(&backend->stopping); i++) {
        if (queue_push(backend->messages, msg)) {
            mem_wipe(msg, sizeof(*msg)); /* what it owned has moved; what it knew stays in one place */
            return;
        }
        nanosleep(&wait, NULL);
    }
    msg_fini(msg);
}

/* ---- whether an answer is still wanted ---- */

/* Of a visit, whose student waits for it, and worth nothing after it. */
static bool ends_with_visit(CmdKind kind)
{
    static const bool of_visit[CMD_KIND_COUNT] = {
        [CMD_SIGN_IN] = true,      [CMD_VISITOR] = true,      [CMD_HOME] = true,        [CMD_PREVIEW] = true,
        [CMD_ISSUE] = true,        [CMD_ANSWER] = true,       [CMD_PAGE] = true,        [CMD_DRAFT_OPEN] = true,
        [CMD_WITHDRAW] = true,     [CMD_REQUEST] = true,      [CMD_RECEIPT] = true,     [CMD_PHONE_LINK] = true,
        [CMD_PHONE_STATE] = true,  [CMD_PHONE_DIGITS] = true, [CMD_PAPERS] = true,      [CMD_PAPERS_STATE] = true,
        [CMD_PAPERS_PAGE] = true,  [CMD_STUDY] = true,        [CMD_LOOKS] = true,       [CMD_TICKET] = true,
        [CMD_TICKET_STATE] = true, [CMD_TICKET_SLIP] = true,  [CMD_CALL] = true,        [CMD_CALL_STATE] = true,
        [CMD_CARD_SIGN_IN] = true, [CMD_CARD] = true,         [CMD_CARD_SET] = true,    [CMD_GRANT] = true,
        [CMD_GRANT_STATE] = true,  [CMD_GRANT_DIGITS] = true, [CMD_GRANT_TOKEN] = true,
    };

    return kind < CMD_KIND_COUNT && of_visit[kind];
}

/* Somebody looks at the glass for what comes of it. */
static bool is_for_the_glass(CmdKind kind)
{
    return kind != CMD_HEARTBEAT && kind != CMD_REPORT_PRINT && kind != CMD_SIGN_OUT;
}

/* What ends a visit's commands may come late, when the next visit has begun: its own come after it whatever their turn
 * is. */
static uint64_t place_of(const Cmd *cmd, uint64_t turn)
{
    return (uint64_t)cmd->visit << 32 | (uint32_t)turn;
}

static bool is_unwanted(const Backend *backend, const Errand *errand)
{
    CmdKind kind = errand->cmd.kind;

    if (kind == CMD_PREVIEW && errand->turn < atomic_load(&backend->newest_preview))
        return true;
    return ends_with_visit(kind) && errand->place < atomic_load(&backend->cancelled_before);
}

typedef struct Wish {
    const Backend *backend;
    const Errand *errand;
} Wish;

/* What nobody stands and waits for makes way for what came after it. */
static bool is_in_the_way(const Backend *backend, const Cmd *cmd)
{
    CmdKind kind = cmd->kind;

    if (kind == CMD_REPORT_PRINT)
        return atomic_load(&backend->waiting) > 0;
    if (ends_with_visit(kind) || kind == CMD_CATALOGUE || atomic_load(&backend->students) == 0)
        return false;
    /* What a student filled in is in nobody's way who is still the same: what comes next may be to read it again. */
    return (kind != CMD_DRAFT && kind != CMD_DRAFT_DROP) || cmd->visit != atomic_load(&backend->visitor);
}

static bool given_up(void *ctx)
{
    const Wish *wish = ctx;
    const Backend *backend = wish->backend;
    CmdKind kind = wish->errand->cmd.kind;
    bool late = now_ms(backend) - wish->errand->began_ms > GIVE_WAY_MS;

    if (late && is_in_the_way(backend, &wish->errand->cmd))
        return true;
    if (kind == CMD_SIGN_OUT)
        return false; /* also when the kiosk goes down: it is bounded, and the session is somebody's */
    if (kind == CMD_REPORT_PRINT && atomic_load(&backend->stopping))
        return now_ms(backend) >= atomic_load(&backend->farewell_until_ms);
    return atomic_load(&backend->stopping) || is_unwanted(backend, wish->errand);
}

/* ---- one request ---- */

static bool ask(Backend *backend, Errand *errand, HttpAnswer *ret, Error *err)
{
    BackendCall call;
    Wish wish = { backend, errand };

    if (!backend_call_init(&call, backend->address, &errand->cmd, err))
        return false;
    call.http.deadline_ms = backend->deadline_ms;
    if (errand->cmd.kind == CMD_SIGN_OUT && backend->deadline_ms > SIGN_OUT_DEADLINE_MS)
        call.http.deadline_ms = SIGN_OUT_DEADLINE_MS;
    call.http.given_up = given_up;
    call.http.given_up_ctx = &wish;
    errand->began_ms = now_ms(backend);
    bool ok = http_do(backend->http, &call.http, ret, err);
    backend_call_fini(&call);
    return ok;
}

static void log_answer(Backend *backend, const Errand *errand, int status)
{
    if (status >= 400)
        LOG(backend->log, status >= 500 ? LOG_WARN : LOG_INFO, EVENT_BACKEND_FAILED,
            LOG_WORD("command", backend_command_name(errand->cmd.kind)), LOG_NUMBER("status", status));
}

static void log_no_answer(Backend *backend, const Errand *errand, const Error *err)
{
    const LogField fields[] = { LOG_WORD("command", backend_command_name(errand->cmd.kind)), { 0 } };

    if (err->code != ERR_CANCELLED)
        log_failure(backend->log, LOG_WARN, EVENT_BACKEND_FAILED, err, fields);
}

static void run_errand(Backend *backend, Errand *errand)
{
    HttpAnswer answer;
    Error err = { 0 };
    bool any = false;
    Msg msg;

    if (is_unwanted(backend, errand))
        return;
    if (errand->cmd.kind == CMD_HEARTBEAT)
        witness_say(&backend->witness, &errand->cmd.as.heartbeat);
    if (ask(backend, errand, &answer, &err)) {
        log_answer(backend, errand, answer.status);
        backend_answer(&errand->cmd, &answer, &msg, &any);
        if (any && msg.kind == MSG_HEARTBEAT)
            witness_hear(&backend->witness, &msg.as.heartbeat, now_ms(backend));
        http_answer_fini(&answer);
    } else {
        log_no_answer(backend, errand, &err);
        /* Whoever fills in a form is told that its last answer was not kept. */
        any = errand->cmd.kind == CMD_DRAFT ||
              (err.code != ERR_CANCELLED && errand->cmd.kind != CMD_SIGN_OUT && errand->cmd.kind != CMD_DRAFT_DROP);
        backend_failure(&errand->cmd, err.code, &msg);
    }
    if (any && !is_unwanted(backend, errand))
        tell(backend, &msg);
    else
        msg_fini(&msg);
}

/* ---- reports of prints: until they are heard ---- */

static bool same_print(const Cmd *a, const Cmd *b)
{
    return strcmp(a->as.report.job, b->as.report.job) == 0 && a->as.report.report.epoch == b->as.report.report.epoch;
}

static void drop_report(Backend *backend, size_t at)
{
    errand_free(backend->reports[at].errand);
    backend->report_count--;
    memmove(&backend->reports[at], &backend->reports[at + 1], (backend->report_count - at) * sizeof(Report));
}

static void add_report(Backend *backend, Errand *errand)
{
    for (size_t i = 0; i < backend->report_count; i++)
        if (same_print(&backend->reports[i].errand->cmd, &errand->cmd))
            drop_report(backend, i--);
    if (backend->report_count == REPORTS_MOST) { /* the journal still has it */
        Msg msg;
        backend_failure(&errand->cmd, ERR_LIMIT, &msg);
        tell(backend, &msg);
        errand_free(errand);
        return;
    }
    backend->reports[backend->report_count++] = (Report){ errand, now_ms(backend), BACKOFF_FIRST_MS };
}

static bool refused_for_good(int status)
{
    return status == 400 || status == 404 || status == 409 || status == 422;
}

static void send_report(Backend *backend, size_t at)
{
    Report *report = &backend->reports[at];
    HttpAnswer answer;
    Error err = { 0 };
    Msg msg;
    bool any;
    bool done = false;

    if (ask(backend, report->errand, &answer, &err)) {
        log_answer(backend, report->errand, answer.status);
        done = answer.status < 300 || refused_for_good(answer.status);
        if (done) {
            backend_answer(&report->errand->cmd, &answer, &msg, &any);
            tell(backend, &msg);
        }
        http_answer_fini(&answer);
    } else {
        log_no_answer(backend, report->errand, &err);
        done = err.code == ERR_ARGUMENT; /* no registrar can take it */
        if (done) {
            backend_failure(&report->errand->cmd, err.code, &msg);
            tell(backend, &msg);
        }
    }
    if (done) {
        drop_report(backend, at);
        return;
    }
    report->due_ms = now_ms(backend) + report->backoff_ms;
    if (err.code != ERR_CANCELLED) /* gave way: not the registrar's fault */
        report->backoff_ms = report->backoff_ms * 2 < BACKOFF_MOST_MS ? report->backoff_ms * 2 : BACKOFF_MOST_MS;
}

static void send_due_report(Backend *backend)
{
    for (size_t i = 0; i < backend->report_count; i++)
        if (backend->reports[i].due_ms <= now_ms(backend)) {
            send_report(backend, i);
            return;
        }
}

/* ---- the thread ---- */

static int wait_ms(const Backend *backend)
{
    int64_t least_ms = -1;

    for (size_t i = 0; i < backend->report_count; i++) {
        int64_t left_ms = backend->reports[i].due_ms - now_ms(backend);
        left_ms = left_ms > 0 ? left_ms : 0;
        least_ms = least_ms < 0 || left_ms < least_ms ? left_ms : least_ms;
    }
    return (int)least_ms;
}

/* Takes the errand. */
static void take_errand(Backend *backend, Errand *errand)
{
    OWNED(Errand) own = errand;

    if (errand->cmd.kind == CMD_REPORT_PRINT)
        add_report(backend, steal(&own));
    else if (errand->cmd.kind == CMD_SIGN_OUT || !atomic_load(&backend->stopping))
        run_errand(backend, errand);
}

/* The kiosk goes down: what became of paper is told once more, so that nobody waits for the next start to learn it.
 * Again and again, since the first try may only find out that a kept connection is dead. */
static void say_farewell(Backend *backend)
{
    static const struct timespec wait = { .tv_nsec = FAREWELL_WAIT_MS * 1000000L };

    while (backend->report_count > 0 && now_ms(backend) < atomic_load(&backend->farewell_until_ms)) {
        for (size_t i = backend->report_count; i > 0; i--) /* from behind: what is heard drops out */
            send_report(backend, i - 1);
        if (backend->report_count > 0)
            nanosleep(&wait, NULL);
    }
    while (backend->report_count > 0)
        drop_report(backend, backend->report_count - 1);
}

static void *work(void *ctx)
{
    Backend *backend = ctx;

    for (;;) {
        Errand *errand;
        if (queue_pop(backend->errands, &errand, wait_ms(backend))) {
            atomic_fetch_sub(&backend->waiting, 1);
            if (ends_with_visit(errand->cmd.kind))
                atomic_fetch_sub(&backend->students, 1);
            unsigned owed = is_for_the_glass(errand->cmd.kind) ? 1 : 0;
            take_errand(backend, errand);
            atomic_fetch_sub(&backend->owed, owed); /* after its answer lies in messages */
        } else if (atomic_load(&backend->stopping)) {
            break; /* closed, and empty */
        }
        if (!atomic_load(&backend->stopping))
            send_due_report(backend);
        mem_wipe_stack(); /* passwords, answers and pages have passed over it */
    }
    say_farewell(backend);
    witness_fini(&backend->witness);
    return NULL;
}

/* ---- from outside ---- */

static bool open_parts(Backend *backend, const BackendConfig *config, Error *err)
{
    HttpIdentity identity = { config->ca_file, config->certificate_file, config->key_file };
    size_t len = strlen(config->address);

    while (len > 0 && config->address[len - 1] == '/')
        len--;
    backend->address = mem_new(len + 1, 1);
    backend->errands = queue_new(sizeof(Errand *), ERRANDS_MOST);
    if (!backend->address || !backend->errands)
        return error_set(err, ERR_MEMORY, "backend");
    memcpy(backend->address, config->address, len);
    backend->http = http_client_new(&identity, err);
    return backend->http != NULL;
}

/* Signals are for the program's own threads. */
static bool start_thread(Backend *backend, Error *err)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    backend->running = pthread_create(&backend->thread, NULL, work, backend) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return backend->running ? true : error_set(err, ERR_MEMORY, "backend: no thread");
}

Backend *backend_start(const BackendConfig *config, Queue *messages, Log *log, Error *err)
{
    OWNED(Backend) backend = mem_new(1, sizeof(*backend));

    if (!backend) {
        error_set(err, ERR_MEMORY, "backend");
        return NULL;
    }
    backend->deadline_ms = config->deadline_ms;
    backend->farewell_ms = config->farewell_ms;
    backend->messages = messages;
    backend->log = log;
    backend->clock = clock_system();
    witness_init(&backend->witness, config->witness_file, log);
    if (!open_parts(backend, config, err) || !start_thread(backend, err))
        return NULL;
    return steal(&backend);
}

void backend_stop(Backend *backend)
{
    if (!backend)
        return;
    if (backend->running) {
        atomic_store(&backend->farewell_until_ms, now_ms(backend) + backend->farewell_ms);
        atomic_store(&backend->stopping, true);
        queue_close(backend->errands);
        http_look_up(backend->http);
        pthread_join(backend->thread, NULL);
    }
    http_client_free(backend->http);
    queue_free(backend->errands);
    mem_free(backend->address);
    mem_free(backend);
}

/* What is no use any more ends at once, whether it waits or is under way. */
static void end_earlier(Backend *backend, const Cmd *cmd, uint64_t turn)
{
    uint64_t place = place_of(cmd, turn);

    if (cmd->kind == CMD_SIGN_OUT || cmd->kind == CMD_CANCEL_REQUESTS) {
        if (place > atomic_load(&backend->cancelled_before)) /* written by this thread alone */
            atomic_store(&backend->cancelled_before, place);
    } else if (cmd->kind == CMD_PREVIEW)
        atomic_store(&backend->newest_preview, turn);
}

static void refuse(Backend *backend, const Cmd *cmd, ErrorCode code)
{
    Msg msg;

    backend_failure(cmd, code, &msg);
    if (cmd->kind != CMD_SIGN_OUT && cmd->kind != CMD_DRAFT_DROP && !queue_push(backend->messages, &msg))
        log_failure(backend->log, LOG_WARN, EVENT_BACKEND_FAILED, &(Error){ .code = code, .text = "queues are full" },
                    NULL);
}

bool backend_run(Backend *backend, const Cmd *cmd)
{
    if (cmd->kind != CMD_CANCEL_REQUESTS && !backend_command_name(cmd->kind))
        return false;
    uint64_t turn = ++backend->turns;
    end_earlier(backend, cmd, turn);
    if (cmd->kind == CMD_CANCEL_REQUESTS) {
        http_look_up(backend->http);
        return true;
    }

    OWNED(Errand) errand = mem_new(1, sizeof(*errand));
    if (!errand) {
        refuse(backend, cmd, ERR_MEMORY);
        return true;
    }
    errand->place = place_of(cmd, turn);
    errand->turn = turn;
    errand->cmd = *cmd;
    unsigned student = ends_with_visit(cmd->kind) ? 1 : 0;
    if (student > 0)
        atomic_store(&backend->visitor, cmd->visit);
    unsigned owed = is_for_the_glass(cmd->kind) ? 1 : 0;
    atomic_fetch_add(&backend->students, student);
    atomic_fetch_add(&backend->owed, owed);
    atomic_fetch_add(&backend->waiting, 1);
    if (!queue_push(backend->errands, &errand)) {
        atomic_fetch_sub(&backend->owed, owed);
        atomic_fetch_sub(&backend->students, student);
        atomic_fetch_sub(&backend->waiting, 1);
        refuse(backend, cmd, ERR_BUSY);
        return true;
    }
    steal(&errand);
    http_look_up(backend->http);
    return true;
}

unsigned backend_owes(const Backend *backend)
{
    return atomic_load(&backend->owed);
}
