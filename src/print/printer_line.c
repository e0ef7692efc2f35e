#include "print/printer_line.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <strings.h>
#include <sys/socket.h>

#include <cups/cups.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/queue.h"

#define LOOK_MS    50   /* how often a waiting line looks whether it was interrupted */
#define PATIENCE_S 10.0 /* least time-out that libcups leaves as it is during a TLS handshake */

/* Shared by the caller and the line's thread; the last of them frees it, since an abandoned thread may still hang in
 * the resolver. */
struct Line {
    LineTarget target;
    int64_t until_ms;
    const atomic_bool *interrupted; /* the thread looks at it only between taking over and hanging up */
    Clock clock;
    pthread_t thread;
    http_t *http;    /* the caller's, once dialled */
    Queue *dialled;  /* http_t *, NULL when it failed; closed by a caller who waits no more */
    Queue *hung_up;  /* a byte: the caller is done */
    int abandoned;   /* in the shape that libcups polls */
    char words[128]; /* why dialling failed */
    atomic_int holders;
};

static void line_drop(Line *line)
{
    if (atomic_fetch_sub(&line->holders, 1) > 1)
        return;
    queue_free(line->dialled);
    queue_free(line->hung_up);
    mem_free(line);
}

static int64_t left_ms(const Line *line)
{
    return line->until_ms - clock_monotonic_ms(&line->clock);
}

/* libcups asks this when nothing moved for PATIENCE_S.  GnuTLS takes errno for the reason. */
static int keep_waiting(http_t *http, void *ctx)
{
    Line *line = ctx;

    (void)http;
    if (!__atomic_load_n(&line->abandoned, __ATOMIC_RELAXED))
        return 1;
    errno = ETIMEDOUT;
    return 0;
}

static http_t *dial(Line *line)
{
    http_encryption_t encryption = line->target.tls ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED;
    http_t *http = httpConnect2(line->target.host, line->target.port, NULL, AF_UNSPEC, encryption, 1, 0, NULL);
    int64_t left = left_ms(line);

    if (http && left > 0) {
        httpSetTimeout(http, PATIENCE_S, keep_waiting, line);
        if (httpReconnect2(http, (int)left, &line->abandoned) == 0)
            return http;
    }
    snprintf(line->words, sizeof(line->words), "%s", cupsLastErrorString());
    httpClose(http);
    return NULL;
}

/* Until the caller hangs up.  The caller closes the connection only after this has returned, so that the descriptor is
 * the right one. */
static void watch(Line *line, http_t *http)
{
    char byte;

    while (!queue_pop(line->hung_up, &byte, LOOK_MS))
        if (atomic_load(line->interrupted) || left_ms(line) <= 0)
            shutdown(httpGetFd(http), SHUT_RDWR);
}

static void *keep(void *ctx)
{
    Line *line = ctx;
    http_t *http = dial(line);

    if (!queue_push(line->dialled, &http))
        httpClose(http);
    else if (http)
        watch(line, http);
    line_drop(line);
    return NULL;
}

/* Signals are for the program's own threads. */
static bool start_thread(Line *line)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(&line->thread, NULL, keep, line) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

static bool wait_until_dialled(Line *line)
{
    for (;;) {
        int64_t left = left_ms(line);
        if (atomic_load(line->interrupted) || left <= 0)
            break;
        if (queue_pop(line->dialled, &line->http, left < LOOK_MS ? (int)left : LOOK_MS))
            return true;
    }
    /* It may have come just now. */
    queue_close(line->dialled);
    return queue_pop(line->dialled, &line->http, 0);
}

static Line *line_new(const LineTarget *target, int64_t until_ms, const atomic_bool *interrupted)
{
    Line *line = mem_new(1, sizeof(*line));

    if (!line)
        return NULL;
    line->target = *target;
    line->until_ms = until_ms;
    line->interrupted = interrupted;
    line->clock = clock_system();
    line->dialled = queue_new(sizeof(http_t *), 1);
    line->hung_up = queue_new(1, 1);
    atomic_init(&line->holders, 1);
    if (!line->dialled || !line->hung_up) {
        line_drop(line);
        return NULL;
    }
    return line;
}

Line *line_open(const LineTarget *target, int64_t until_ms, const atomic_bool *interrupted, Error *err)
{
    Line *line = line_new(target, until_ms, interrupted);

    if (!line) {
        error_set(err, ERR_MEMORY, "connection to the printer");
        return NULL;
    }
    atomic_fetch_add(&line->holders, 1);
    if (!start_thread(line)) {
        line_drop(line);
        line_drop(line);
        error_set(err, ERR_MEMORY, "connection to the printer");
        return NULL;
    }
    if (!wait_until_dialled(line)) {
        bool cancelled = atomic_load(interrupted);
        __atomic_store_n(&line->abandoned, 1, __ATOMIC_RELAXED);
        pthread_detach(line->thread);
        line_drop(line);
        error_set(err, cancelled ? ERR_CANCELLED : ERR_TIMEOUT, "connecting to the printer");
        return NULL;
    }
    if (!line->http) {
        pthread_join(line->thread, NULL);
        error_set(err, left_ms(line) > 0 ? ERR_OFFLINE : ERR_TIMEOUT, "connecting to the printer: %s", line->words);
        line_drop(line);
        return NULL;
    }
    return line;
}

void line_close(Line *line)
{
    if (!line)
        return;
    if (!queue_push(line->hung_up, ""))
        assert(!"a line is hung up once");
    pthread_join(line->thread, NULL);
    httpClose(line->http);
    line_drop(line);
}

http_t *line_http(Line *line)
{
    return line->http;
}

bool line_lasts(Line *line)
{
    return httpGetStatus(line->http) == HTTP_STATUS_OK &&
           strcasecmp(httpGetField(line->http, HTTP_FIELD_CONNECTION), "close") != 0 && !httpWait(line->http, 0);
}
