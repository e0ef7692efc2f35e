#include "kiosk/devices/backend_events.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "net/http.h"

#define PATH          "/kiosk/v1/events"
#define URL_MOST      1024
#define PAUSE_FIRST_S 1
#define PAUSE_MOST_S  30
#define AT_ONCE_MS    500 /* an answer with nothing in it that comes sooner is none that was held */
#define HURRIED_MOST  16  /* answers that come sooner than that; one is forgiven in each such time */
#define TELL_TRIES    200
#define TELL_WAIT_MS  10

struct BackendEvents {
    char *address;
    int deadline_ms;
    HttpClient *http;
    Queue *ends; /* nothing is in it: its closing ends a pause */
    Queue *messages;
    Log *log;
    Clock clock;
    Random random;
    pthread_t thread;
    bool running;
    atomic_bool stopping;
    /* The thread's own. */
    int64_t cursor; /* -1: none */
    unsigned failures;
    int64_t hurried_ms; /* until when what came at once is made up for */
};

/* --- what is told ------------------------------------------------------------------------------------------------- */

static void tell(BackendEvents *events, const ApiEvent *event)
{
    Msg msg = { .kind = MSG_CHANGED };

    msg.as.changed.anything = event == NULL;
    if (event)
        msg.as.changed.event = *event;
    for (int i = 0; i < TELL_TRIES && !atomic_load(&events->stopping) && !queue_push(events->messages, &msg); i++) {
        char end;
        (void)!queue_pop(events->ends, &end, TELL_WAIT_MS); /* the glass is busy */
    }
}

/* False: an answer as nobody gives it who holds requests; asking on at once would be no rest for either. */
static bool take(BackendEvents *events, Str body, int64_t took_ms, Error *err)
{
    ApiEvents told;

    if (!api_events_read(body, &told, err))
        return false;
    if (told.reset)
        tell(events, NULL);
    for (size_t i = 0; i < told.count; i++)
        tell(events, &told.items[i]);
    bool goes_on = told.cursor > events->cursor || took_ms >= AT_ONCE_MS;
    events->cursor = told.cursor;
    return goes_on || (told.reset && events->failures == 0) || error_set(err, ERR_PROTOCOL, "not held");
}

/* --- asking ------------------------------------------------------------------------------------------------------- */

static bool ask(BackendEvents *events, HttpAnswer *ret, Error *err)
{
    OWNED_BUF url;

    buf_init(&url, URL_MOST);
    buf_add_text(&url, events->address);
    buf_add_text(&url, PATH);
    if (events->cursor >= 0)
        buf_add_format(&url, "?after=%lld", (long long)events->cursor);
    const HttpRequest request = { .method = "GET",
                                  .url = buf_text(&url),
                                  .accept = "application/json",
                                  .answer_most = EVENTS_BYTES_MOST,
                                  .deadline_ms = EVENTS_HELD_MS + EVENTS_JITTER_MS + events->deadline_ms };
    return buf_ok(&url, err) && http_do(events->http, &request, ret, err);
}

/* True when it may ask on at once; else *ret_wait_s says how long the registrar wants to be left alone (0: it does
 * not). */
static bool ask_once(BackendEvents *events, int *ret_wait_s, Error *err)
{
    int64_t began_ms = clock_monotonic_ms(&events->clock);
    HttpAnswer answer;
    bool done = false;

    *ret_wait_s = 0;
    if (!ask(events, &answer, err))
        return false;
    if (answer.status == 200)
        done = take(events, buf_str(&answer.body), clock_monotonic_ms(&events->clock) - began_ms, err);
    else {
        *ret_wait_s = answer.retry_after_s;
        error_set(err, ERR_PROTOCOL, "status %d", answer.status);
        if (answer.status == 403) /* our certificate counts no more */
            tell(events, &(ApiEvent){ .what = CHANGED_KIOSK });
    }
    http_answer_fini(&answer);
    return done;
}

/* However much a registrar says is new, and however fast: what it tells is asked for, by the kiosk and of it. */
static void keep_pace(BackendEvents *events, int64_t took_ms)
{
    int64_t now_ms = clock_monotonic_ms(&events->clock);
    char end;

    if (took_ms >= AT_ONCE_MS)
        return;
    events->hurried_ms = (events->hurried_ms > now_ms ? events->hurried_ms : now_ms) + AT_ONCE_MS;
    if (events->hurried_ms - now_ms > HURRIED_MOST * AT_ONCE_MS)
        (void)!queue_pop(events->ends, &end, AT_ONCE_MS);
}

/* --- the thread --------------------------------------------------------------------------------------------------- */

static int pause_ms(const BackendEvents *events, int wait_s)
{
    int most_s = PAUSE_FIRST_S;
    uint16_t chance = 0;

    for (unsigned i = 1; i < events->failures && most_s < PAUSE_MOST_S; i++)
        most_s *= 2;
    most_s = most_s < PAUSE_MOST_S ? most_s : PAUSE_MOST_S;
    (void)!random_fill(&events->random, &chance, sizeof chance, NULL);
    int ms = most_s * 500 + (int)((int64_t)most_s * 500 * chance / UINT16_MAX);
    int least_ms = (wait_s < 3600 ? wait_s : 3600) * 1000;
    return ms > least_ms ? ms : least_ms + ms / 4;
}

static void *work(void *ctx)
{
    BackendEvents *events = ctx;

    while (!atomic_load(&events->stopping)) {
        Error err = { 0 };
        int64_t began_ms = clock_monotonic_ms(&events->clock);
        int wait_s;
        char end;

        if (ask_once(events, &wait_s, &err)) {
            events->failures = 0;
            keep_pace(events, clock_monotonic_ms(&events->clock) - began_ms);
            continue;
        }
        if (atomic_load(&events->stopping))
            break;
        if (events->failures++ == 0) /* heartbeats say the rest */
            log_failure(events->log, LOG_WARN, EVENT_BACKEND_FAILED, &err,
                        (const LogField[]){ LOG_WORD("command", "events"), { 0 } });
        (void)!queue_pop(events->ends, &end, pause_ms(events, wait_s));
    }
    return NULL;
}

/* --- from outside ------------------------------------------------------------------------------------------------- */

static bool open_parts(BackendEvents *events, const BackendConfig *config, Error *err)
{
    HttpIdentity identity = { config->ca_file, config->certificate_file, config->key_file };
    size_t len = strlen(config->address);

    events->address = mem_copy_text(config->address);
    events->ends = queue_new(sizeof(char), 1);
    if (!events->address || !events->ends)
        return error_set(err, ERR_MEMORY, "events");
    while (len > 0 && events->address[len - 1] == '/')
        events->address[--len] = '\0';
    events->http = http_client_new(&identity, err);
    return events->http != NULL;
}

/* Signals are for the program's own threads. */
static bool start_thread(BackendEvents *events, Error *err)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    events->running = pthread_create(&events->thread, NULL, work, events) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return events->running || error_set(err, ERR_MEMORY, "events: no thread");
}

BackendEvents *backend_events_start(const BackendConfig *config, Queue *messages, Log *log, Error *err)
{
    OWNED(BackendEvents) events = mem_new(1, sizeof *events);

    if (!events) {
        error_set(err, ERR_MEMORY, "events");
        return NULL;
    }
    events->deadline_ms = config->deadline_ms;
    events->messages = messages;
    events->log = log;
    events->clock = clock_system();
    events->random = random_system();
    events->cursor = -1;
    if (!open_parts(events, config, err) || !start_thread(events, err))
        return NULL;
    return steal(&events);
}

void backend_events_stop(BackendEvents *events)
{
    if (!events)
        return;
    if (events->running) {
        atomic_store(&events->stopping, true);
        queue_close(events->ends);
        http_cancel(events->http);
        pthread_join(events->thread, NULL);
    }
    http_client_free(events->http);
    queue_free(events->ends);
    mem_free(events->address);
    mem_free(events);
}
