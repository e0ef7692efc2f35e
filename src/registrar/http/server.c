#include "registrar/http/server.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/queue.h"
#include "registrar/http/exchange.h"
#include "registrar/http/forwarded.h"
#include "registrar/http/hold.h"
#include "registrar/http/listen.h"
#include "registrar/http/peer.h"
#include "registrar/http/timer.h"

#define NETWORK_THREADS  2
#define MEMORY_A_LINK    (16u << 10) /* libmicrohttpd's pool: line, fields and answer's head; 32 KiB by default */
#define WAITING_A_WORKER 64          /* requests that wait for a worker; more are answered 503 */
#define ASK_MS           15000       /* from connecting to the first line: a place is not kept for who says nothing */
#define RECEIVE_MS       15000       /* from the first line to the whole request */
#define LARGE_MOST       24          /* large bodies that come at once: each is a few megabytes of memory */
#define SLOWEST          64          /* bytes a millisecond of a line that still brings a large one: 0.5 Mbit/s */
#define ANSWER_MS        60000       /* from there to the last byte of the answer */
#define STOP_MS          5000
#define TLS_PRIORITIES   "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"
#define THREADS_MOST     64
#define GIVES_WAY_NICE   5 /* a third of the processor where others want all of it */

struct HttpServer {
    HttpServerConfig config;
    Clock clock;
    Log *log;
    uint16_t port;
    struct MHD_Daemon *daemon;
    Hosts *hosts;
    Proxies proxies;
    Links *links;
    Timer *timer;
    Hold *hold;
    Queue *work;         /* of Exchange * */
    atomic_uint waiting; /* in it */
    pthread_t workers[THREADS_MOST];
    unsigned worker_count;
    Queue *slow_work; /* of slow routes; NULL: there are no threads for them */
    pthread_t slow_workers[THREADS_MOST];
    unsigned slow_worker_count;
    atomic_bool stopping;
    atomic_uint under_way;             /* exchanges */
    atomic_uint large;                 /* of them, with a place for a large body */
    atomic_uint too_many, turned_away; /* requests and connections of the last second that were over a share */
};

static int64_t now_ms(const HttpServer *server)
{
    return clock_monotonic_ms(&server->clock);
}

static Link *link_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    return info ? info->socket_context : NULL;
}

/* --- on the network's threads --- */

static enum MHD_Result on_accept(void *ctx, const struct sockaddr *address, socklen_t size UNUSED)
{
    HttpServer *server = ctx;

    if (atomic_load(&server->stopping))
        return MHD_NO;
    if (links_admit(server->links, address, proxies_have(&server->proxies, address), now_ms(server)))
        return MHD_YES;
    atomic_fetch_add(&server->turned_away, 1);
    return MHD_NO;
}

static void on_connection(void *ctx, struct MHD_Connection *connection, void **socket_context,
                          enum MHD_ConnectionNotificationCode what)
{
    HttpServer *server = ctx;

    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        links_remove(server->links, *socket_context);
        *socket_context = NULL;
        return;
    }
    const struct sockaddr *address =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
    int socket_ = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    int64_t idle_ms = INT64_C(1000) * server->config.idle_s;
    int64_t due_ms = now_ms(server) + (idle_ms < ASK_MS ? idle_ms : ASK_MS);
    Link *link = links_add(server->links, address, proxies_have(&server->proxies, address), socket_, due_ms);
    if (link)
        link->hosts = server->hosts;
    *socket_context = link;
}

/* GnuTLS asks for a certificate in the middle of a handshake, and knows of ours only what libmicrohttpd left with the
 * session: its connection. */
static int on_hello(gnutls_session_t session, const gnutls_datum_t *authorities UNUSED, int authority_count UNUSED,
                    const gnutls_pk_algorithm_t *algorithms UNUSED, int algorithm_count UNUSED,
                    gnutls_pcert_st **ret_chain, unsigned *ret_length, gnutls_privkey_t *ret_key)
{
    struct MHD_Connection *connection = gnutls_session_get_ptr(session);
    const Link *link = connection ? link_of(connection) : NULL;

    if (!link)
        return -1;
    hosts_greet(link->hosts, session, ret_chain, ret_length, ret_key);
    return 0;
}

/* The first line is there.  What this returns is the context of the request from here on. */
static void *on_target(void *ctx, const char *target, struct MHD_Connection *connection)
{
    HttpServer *server = ctx;
    Link *link = link_of(connection);
    Exchange *exchange = link ? exchange_new(connection, target) : NULL;

    if (!exchange)
        return NULL;
    atomic_fetch_add(&server->under_way, 1);
    links_expect(server->links, link, now_ms(server) + RECEIVE_MS);
    return exchange;
}

static void see_certificate(HttpServer *server, Link *link, struct MHD_Connection *connection)
{
    link->certificate_seen = true;
    gnutls_session_t session = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION)->tls_session;
    if (peer_certificate(session, server->hosts, link->fingerprint, &link->certificate_ends_s, &link->host) ==
        PEER_REFUSED)
        LOG(server->log, LOG_WARN, EVENT_TLS_REFUSED, LOG_WORD("reason", "not-signed-by-our-authority"));
    if (link->fingerprint[0])
        links_know(server->links, link, now_ms(server));
}

/* One request more than its share: answered at once, whatever it is. */
static void spend(HttpServer *server, Exchange *exchange, const Link *link)
{
    int wait_s;

    if (exchange->refused == MHD_HTTP_MISDIRECTED_REQUEST ||
        links_spend(server->links, link, exchange->request.arrived_ms, &wait_s))
        return;
    exchange->refused = MHD_HTTP_TOO_MANY_REQUESTS;
    exchange->answer.retry_after_s = wait_s;
    atomic_fetch_add(&server->too_many, 1);
}

/* A body of megabytes has a place, and the time that a slow line needs. */
static void make_room(HttpServer *server, Exchange *exchange)
{
    if (exchange->refused || !exchange_is_large(exchange))
        return;
    exchange->large = true;
    if (atomic_fetch_add(&server->large, 1) >= LARGE_MOST)
        exchange->refused = MHD_HTTP_SERVICE_UNAVAILABLE;
    else
        links_expect(server->links, link_of(exchange->connection),
                     exchange->request.arrived_ms + RECEIVE_MS + (int64_t)(exchange->match.route->body_most / SLOWEST));
}

static void begin(HttpServer *server, Exchange *exchange, const char *method)
{
    HttpServerRequest *request = &exchange->request;
    Link *link = link_of(exchange->connection);

    assert(link); /* on_target begins no exchange without one */
    request->arrived_ms = now_ms(server);
    if (!link->certificate_seen)
        see_certificate(server, link, exchange->connection);
    str_copy_cut(str_from(link->source), request->source, sizeof request->source);
    str_copy_cut(str_from(link->fingerprint), request->client_fingerprint, sizeof request->client_fingerprint);
    request->client_expired = link->fingerprint[0] && link->certificate_ends_s < clock_wall_s(&server->clock);
    if (link->proxy)
        exchange_believe(exchange, &server->proxies, server->config.forwarded_by);
    exchange_choose_host(exchange, server->hosts, link->host, server->config.nobody);
    exchange_begin(exchange, &server->config, method);
    spend(server, exchange, link);
    make_room(server, exchange);
}

/* What has no handler is answered here: the fallback does not wait for anything.  Too many are not logged one by one.
 */
static enum MHD_Result answer_here(HttpServer *server, Exchange *exchange, bool last)
{
    Log *log = exchange->refused == MHD_HTTP_TOO_MANY_REQUESTS ? NULL : server->log;

    links_expect(server->links, link_of(exchange->connection), now_ms(server) + ANSWER_MS);
    exchange_work(exchange, &server->config, &server->clock, log);
    exchange->stage = EXCHANGE_ANSWERED;
    return exchange_send(exchange, last);
}

static bool queue_for_worker(HttpServer *server, Exchange *exchange)
{
    if (server->slow_work && exchange->match.route && server->config.is_slow(exchange->match.route))
        return queue_push(server->slow_work, &exchange);
    atomic_fetch_add(&server->waiting, 1);
    if (queue_push(server->work, &exchange))
        return true;
    atomic_fetch_sub(&server->waiting, 1);
    return false;
}

static void hand_to_worker(HttpServer *server, Exchange *exchange)
{
    links_expect(server->links, link_of(exchange->connection), now_ms(server) + ANSWER_MS);
    exchange->stage = EXCHANGE_WORKING;
    MHD_suspend_connection(exchange->connection);
    if (queue_for_worker(server, exchange))
        return;
    LOG(server->log, LOG_WARN, EVENT_HTTP_LIMITED, LOG_WORD("listener", server->config.listener),
        LOG_WORD("route", exchange->match.route ? exchange->match.route->name : "none"), LOG_WORD("limit", "workers"));
    exchange->refused = MHD_HTTP_SERVICE_UNAVAILABLE;
    exchange_work(exchange, &server->config, &server->clock, server->log);
    exchange->stage = EXCHANGE_ANSWERED;
    MHD_resume_connection(exchange->connection);
}

/* libmicrohttpd calls this first with the head, then with each part of the body, then with none, and again after a
 * suspended connection was resumed.  An answer on the first call would end the connection after it, so only a body that
 * is too large is answered there. */
static enum MHD_Result on_request(void *ctx, struct MHD_Connection *connection UNUSED, const char *path UNUSED,
                                  const char *method, const char *version UNUSED, const char *part, size_t *part_size,
                                  void **request_context)
{
    HttpServer *server = ctx;
    Exchange *exchange = *request_context;

    if (!exchange)
        return MHD_NO;
    switch (exchange->stage) {
    case EXCHANGE_NEW:
        begin(server, exchange, method);
        return exchange->refused == MHD_HTTP_CONTENT_TOO_LARGE ? answer_here(server, exchange, true) : MHD_YES;
    case EXCHANGE_RECEIVING:
        if (*part_size > 0) {
            bool more = exchange_receive(exchange, (Str){ part, *part_size });
            *part_size = 0;
            return more ? MHD_YES : MHD_NO;
        }
        if (exchange->refused == MHD_HTTP_TOO_MANY_REQUESTS)
            return answer_here(server, exchange, atomic_load(&server->stopping));
        hand_to_worker(server, exchange);
        return MHD_YES;
    case EXCHANGE_WORKING: return MHD_YES;
    case EXCHANGE_ANSWERED: return exchange_send(exchange, atomic_load(&server->stopping));
    }
    return MHD_NO;
}

static void on_completed(void *ctx, struct MHD_Connection *connection, void **request_context,
                         enum MHD_RequestTerminationCode how UNUSED)
{
    HttpServer *server = ctx;
    Exchange *exchange = *request_context;
    Link *link = link_of(connection);

    *request_context = NULL;
    if (!exchange)
        return;
    if (exchange->large)
        atomic_fetch_sub(&server->large, 1);
    exchange_free(exchange);
    if (link)
        links_expect(server->links, link, now_ms(server) + INT64_C(1000) * server->config.idle_s);
    atomic_fetch_sub(&server->under_way, 1);
}

/* Paths stay as they came: route.c decodes their parts, so that "%2F" divides nothing. */
static size_t leave_encoded(void *ctx UNUSED, struct MHD_Connection *connection UNUSED, char *text)
{
    return str_from(text).len;
}

/* --- on the workers' threads, the timer's and the hold's --- */

static void send_off(Exchange *exchange)
{
    struct MHD_Connection *connection = exchange->connection;

    exchange->stage = EXCHANGE_ANSWERED;
    MHD_resume_connection(connection); /* the network's thread has it now */
}

static void run_handler(HttpServer *server, Exchange *exchange)
{
    uint64_t told = hold_told(server->hold);

    exchange_work(exchange, &server->config, &server->clock, server->log);
    if (exchange_is_held(exchange)) {
        Link *link = link_of(exchange->connection);
        int64_t until_ms = exchange->held_until_ms ? exchange->held_until_ms : exchange->answer.hold.until_ms;
        links_expect(server->links, link, until_ms + ANSWER_MS);
        exchange->socket = link->socket;
        hold_keep(server->hold, exchange, told);
    } else if (exchange->answer.leave_at_ms > now_ms(server))
        timer_keep(server->timer, exchange);
    else
        send_off(exchange);
}

static void *work(void *arg)
{
    HttpServer *server = arg;
    Exchange *exchange;

    while (queue_pop(server->work, &exchange, -1)) {
        atomic_fetch_sub(&server->waiting, 1);
        run_handler(server, exchange);
    }
    return NULL;
}

static void *work_slowly(void *arg)
{
    HttpServer *server = arg;
    Exchange *exchange;

    while (queue_pop(server->slow_work, &exchange, -1))
        run_handler(server, exchange);
    return NULL;
}

/* Who hears of a change asks for what it is: they are woken no faster than that is answered, or thousands at once would
 * find the queue full. */
static void keep_pace(const HttpServer *server)
{
    const struct timespec moment = { .tv_nsec = 1000 * 1000 };

    while (atomic_load(&server->waiting) > server->config.threads && !atomic_load(&server->stopping))
        nanosleep(&moment, NULL);
}

static void run_again(void *ctx, Exchange *exchange, HoldEnd end)
{
    if (end == HOLD_WOKEN)
        keep_pace(ctx);
    exchange->request.held = true;
    exchange->request.hold_over = end != HOLD_WOKEN;
    if (end == HOLD_GONE) {
        exchange->record = NULL; /* nobody was answered */
        send_off(exchange);      /* libmicrohttpd finds out that nobody is there, and ends the connection */
    } else
        run_handler(ctx, exchange);
}

static void log_refused(const HttpServer *server, const char *limit, unsigned count)
{
    if (count > 0)
        LOG(server->log, LOG_WARN, EVENT_HTTP_LIMITED, LOG_WORD("listener", server->config.listener),
            LOG_WORD("route", "any"), LOG_WORD("limit", limit), LOG_NUMBER("count", count));
}

static void each_second(void *ctx, int64_t at_ms)
{
    HttpServer *server = ctx;

    links_end_overdue(server->links, at_ms);
    log_refused(server, "requests", atomic_exchange(&server->too_many, 0));
    log_refused(server, "connections", atomic_exchange(&server->turned_away, 0));
}

/* --- start and stop --- */

static bool start_daemon(HttpServer *server, int socket_, Error *err)
{
    const HttpServerConfig *config = &server->config;

    server->daemon = MHD_start_daemon(
        MHD_USE_TLS | MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, server->port, on_accept, server,
        on_request, server, MHD_OPTION_LISTEN_SOCKET, socket_, MHD_OPTION_THREAD_POOL_SIZE, NETWORK_THREADS,
        MHD_OPTION_HTTPS_CERT_CALLBACK, on_hello, MHD_OPTION_HTTPS_PRIORITIES, TLS_PRIORITIES,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_A_LINK, MHD_OPTION_CONNECTION_LIMIT,
        config->connections_most, MHD_OPTION_CONNECTION_TIMEOUT, config->idle_s, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, server, MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
        MHD_OPTION_URI_LOG_CALLBACK, on_target, server, MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL,
        MHD_OPTION_END);
    return server->daemon || error_set(err, ERR_INTERNAL, "listener %s does not start", config->listener);
}

static bool start_threads(HttpServer *server, pthread_t *threads, unsigned *count, unsigned most, void *(*run)(void *),
                          Error *err)
{
    while (*count < most) {
        int failed = pthread_create(&threads[*count], NULL, run, server);
        if (failed)
            return error_set_cause(err, ERR_INTERNAL, failed, "worker's thread");
        ++*count;
    }
    return true;
}

static bool start_workers(HttpServer *server, Error *err)
{
    const HttpServerConfig *config = &server->config;

    return start_threads(server, server->workers, &server->worker_count, config->threads, work, err) &&
           start_threads(server, server->slow_workers, &server->slow_worker_count,
                         config->is_slow ? config->slow_threads : 0, work_slowly, err);
}

static bool start(HttpServer *server, Error *err)
{
    const HttpServerConfig *config = &server->config;
    int socket_;

    server->hosts = hosts_open(config->hosts, config->host_count, err);
    if (!server->hosts)
        return false;
    server->work = queue_new(sizeof(Exchange *), (size_t)config->threads * WAITING_A_WORKER);
    if (config->is_slow)
        server->slow_work = queue_new(sizeof(Exchange *), (size_t)config->slow_threads * WAITING_A_WORKER);
    if (!server->work || (config->is_slow && !server->slow_work))
        return error_set(err, ERR_MEMORY, "queue of requests");
    server->links = links_new(&(LinkLimits){ .newcomers = config->newcomers_most,
                                             .a_source = config->connections_a_source,
                                             .arrivals = config->newcomers_most > 0 ? config->connections_a_source : 0,
                                             .a_certificate = config->connections_a_certificate,
                                             .requests_a_second = config->requests_a_second },
                              err);
    if (!server->links || !proxies_read(config->proxies, &server->proxies, err))
        return false;
    server->timer = timer_start(&server->clock, send_off, each_second, server, err);
    server->hold = hold_start(&server->clock, run_again, server, err);
    if (!server->timer || !server->hold || !start_workers(server, err) ||
        !listen_on(config->address, config->port, &socket_, &server->port, err))
        return false;
    if (!start_daemon(server, socket_, err)) {
        close(socket_);
        return false;
    }
    return true;
}

typedef struct Start {
    HttpServer *server;
    Error *err;
    bool done;
} Start;

/* On a thread of its own, whose niceness those that it makes take over, libmicrohttpd's too. */
static void *start_giving_way(void *arg)
{
    Start *what = arg;

    /* Niceness is a thread's in Linux (setpriority(2)), and being nicer is always allowed. */
    setpriority(PRIO_PROCESS, 0, GIVES_WAY_NICE);
    what->done = start(what->server, what->err);
    return NULL;
}

static bool start_as_told(HttpServer *server, Error *err)
{
    Start what = { .server = server, .err = err };
    pthread_t thread;

    if (!server->config.gives_way)
        return start(server, err);
    int failed = pthread_create(&thread, NULL, start_giving_way, &what);
    if (failed)
        return error_set_cause(err, ERR_INTERNAL, failed, "starting thread");
    pthread_join(thread, NULL);
    return what.done;
}

HttpServer *http_server_start(const HttpServerConfig *config, Clock clock, Log *log, Error *err)
{
    assert(config->threads >= 1 && config->threads <= THREADS_MOST && config->fallback && config->idle_s > 0);
    assert(!config->is_slow || (config->slow_threads >= 1 && config->slow_threads <= THREADS_MOST));
    OWNED(HttpServer) server = mem_new(1, sizeof(*server));

    if (!server) {
        error_set(err, ERR_MEMORY, "listener");
        return NULL;
    }
    server->config = *config;
    server->clock = clock;
    server->log = log;
    if (!start_as_told(server, err)) {
        error_add(err, "listener %s", config->listener);
        return NULL;
    }
    return steal(&server);
}

uint16_t http_server_port(const HttpServer *server)
{
    return server->port;
}

void http_server_wake(HttpServer *server, const char *topic)
{
    hold_wake(server->hold, topic);
}

size_t http_server_held(const HttpServer *server)
{
    return hold_count(server->hold);
}

/* Nobody new is let in; what is under way gets its time, and what only waits for its moment is sent now.
 * MHD_quiesce_daemon would do the first, but ends the program when a network thread leaves the listening socket at the
 * same moment (0.9.75: "Failed to remove listen FD from epoll set"). */
static void drain(HttpServer *server)
{
    const struct timespec moment = { .tv_nsec = 10 * 1000 * 1000 };

    atomic_store(&server->stopping, true);
    timer_hurry(server->timer);
    hold_hurry(server->hold);
    for (int waited_ms = 0; waited_ms < STOP_MS && atomic_load(&server->under_way) > 0; waited_ms += 10)
        nanosleep(&moment, NULL);
}

void http_server_stop(HttpServer *server)
{
    if (!server)
        return;
    if (server->daemon)
        drain(server);
    if (server->work)
        queue_close(server->work); /* what it holds is still worked off: suspended connections must be resumed */
    if (server->slow_work)
        queue_close(server->slow_work);
    for (unsigned i = 0; i < server->worker_count; i++)
        pthread_join(server->workers[i], NULL);
    for (unsigned i = 0; i < server->slow_worker_count; i++)
        pthread_join(server->slow_workers[i], NULL);
    hold_stop(server->hold);
    timer_stop(server->timer);
    if (server->daemon)
        MHD_stop_daemon(server->daemon); /* closes the listening socket too */
    links_free(server->links);
    hosts_close(server->hosts);
    queue_free(server->work);
    queue_free(server->slow_work);
    mem_free(server);
}
