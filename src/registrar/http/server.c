#include "registrar/http/server.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/queue.h"
#include "registrar/http/exchange.h"
#include "registrar/http/listen.h"
#include "registrar/http/peer.h"
#include "registrar/http/timer.h"

#define NETWORK_THREADS  2
#define MEMORY_A_LINK    (16u << 10) /* libmicrohttpd's pool: line, fields and answer's head; 32 KiB by default */
#define WAITING_A_WORKER 64          /* requests that wait for a worker; more are answered 503 */
#define ASK_MS           15000       /* from connecting to the first line: a place is not kept for who says nothing */
#define RECEIVE_MS       15000       /* from the first line to the whole request */
#define ANSWER_MS        60000       /* from there to the last byte of the answer */
#define STOP_MS          5000
#define PEM_MOST         (64u << 10)
#define TLS_PRIORITIES   "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"
#define THREADS_MOST     64

struct HttpServer {
    HttpServerConfig config;
    Clock clock;
    Log *log;
    uint16_t port;
    struct MHD_Daemon *daemon;
    Links *links;
    Timer *timer;
    Queue *work; /* of Exchange * */
    pthread_t workers[THREADS_MOST];
    unsigned worker_count;
    atomic_bool stopping;
    atomic_uint under_way; /* exchanges */
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

    return !atomic_load(&server->stopping) && links_admit(server->links, address) ? MHD_YES : MHD_NO;
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
    *socket_context =
        links_add(server->links, address, socket_, now_ms(server) + (idle_ms < ASK_MS ? idle_ms : ASK_MS));
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
    if (peer_certificate(session, link->fingerprint, &link->certificate_ends_s) == PEER_REFUSED)
        LOG(server->log, LOG_WARN, EVENT_TLS_REFUSED, LOG_WORD("reason", "not-signed-by-our-authority"));
}

static void begin(HttpServer *server, Exchange *exchange, const char *method)
{
    HttpServerRequest *request = &exchange->request;
    Link *link = link_of(exchange->connection);

    request->arrived_ms = now_ms(server);
    if (server->config.client_ca_file && !link->certificate_seen)
        see_certificate(server, link, exchange->connection);
    str_copy_cut(str_from(link->source), request->source, sizeof request->source);
    str_copy_cut(str_from(link->fingerprint), request->client_fingerprint, sizeof request->client_fingerprint);
    request->client_expired = link->fingerprint[0] && link->certificate_ends_s < clock_wall_s(&server->clock);
    exchange_begin(exchange, &server->config, method);
}

/* What has no handler is answered here: the fallback does not wait for anything. */
static enum MHD_Result answer_here(HttpServer *server, Exchange *exchange)
{
    exchange_work(exchange, &server->config, &server->clock, server->log);
    exchange->stage = EXCHANGE_ANSWERED;
    return exchange_send(exchange, true);
}

static void hand_to_worker(HttpServer *server, Exchange *exchange)
{
    links_expect(server->links, link_of(exchange->connection), now_ms(server) + ANSWER_MS);
    exchange->stage = EXCHANGE_WORKING;
    MHD_suspend_connection(exchange->connection);
    if (queue_push(server->work, &exchange))
        return;
    LOG(server->log, LOG_WARN, EVENT_HTTP_LIMITED, LOG_WORD("listener", server->config.listener),
        LOG_WORD("route", exchange->match.route->name), LOG_WORD("limit", "workers"));
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
        return exchange->refused == MHD_HTTP_CONTENT_TOO_LARGE ? answer_here(server, exchange) : MHD_YES;
    case EXCHANGE_RECEIVING:
        if (*part_size > 0) {
            bool more = exchange_receive(exchange, (Str){ part, *part_size });
            *part_size = 0;
            return more ? MHD_YES : MHD_NO;
        }
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

/* --- on the workers' threads and the timer's --- */

static void send_off(Exchange *exchange)
{
    struct MHD_Connection *connection = exchange->connection;

    exchange->stage = EXCHANGE_ANSWERED;
    MHD_resume_connection(connection); /* the network's thread has it now */
}

static void *work(void *arg)
{
    HttpServer *server = arg;
    Exchange *exchange;

    while (queue_pop(server->work, &exchange, -1)) {
        exchange_work(exchange, &server->config, &server->clock, server->log);
        if (exchange->answer.leave_at_ms > now_ms(server))
            timer_keep(server->timer, exchange);
        else
            send_off(exchange);
    }
    return NULL;
}

static void each_second(void *ctx, int64_t at_ms)
{
    HttpServer *server = ctx;

    links_end_overdue(server->links, at_ms);
}

/* --- start and stop --- */

typedef struct Pem {
    Buf key, certificate, client_ca;
} Pem;

static void pem_fini(Pem *pem)
{
    buf_fini(&pem->key);
    buf_fini(&pem->certificate);
    buf_fini(&pem->client_ca);
}

static bool pem_read(const HttpServerConfig *config, Pem *ret, Error *err)
{
    return file_read(config->key_file, &ret->key, err) && file_read(config->certificate_file, &ret->certificate, err) &&
           (!config->client_ca_file || file_read(config->client_ca_file, &ret->client_ca, err));
}

static bool start_daemon(HttpServer *server, const Pem *pem, int socket_, Error *err)
{
    const HttpServerConfig *config = &server->config;
    struct MHD_OptionItem trust[] = {
        { MHD_OPTION_HTTPS_MEM_TRUST, 0, pem->client_ca.data },
        { MHD_OPTION_END, 0, NULL },
    };

    server->daemon = MHD_start_daemon(
        MHD_USE_TLS | MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, server->port, on_accept, server,
        on_request, server, MHD_OPTION_LISTEN_SOCKET, socket_, MHD_OPTION_THREAD_POOL_SIZE, NETWORK_THREADS,
        MHD_OPTION_HTTPS_MEM_KEY, buf_text(&pem->key), MHD_OPTION_HTTPS_MEM_CERT, buf_text(&pem->certificate),
        MHD_OPTION_HTTPS_PRIORITIES, TLS_PRIORITIES, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_A_LINK,
        MHD_OPTION_CONNECTION_LIMIT, config->connections_most, MHD_OPTION_CONNECTION_TIMEOUT, config->idle_s,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, server, MHD_OPTION_URI_LOG_CALLBACK, on_target, server,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL, MHD_OPTION_ARRAY, config->client_ca_file ? trust : trust + 1,
        MHD_OPTION_END);
    return server->daemon ||
           error_set(err, ERR_CRYPTO, "listener %s does not start: key and certificate may not fit", config->listener);
}

static bool start_workers(HttpServer *server, Error *err)
{
    while (server->worker_count < server->config.threads) {
        int failed = pthread_create(&server->workers[server->worker_count], NULL, work, server);
        if (failed)
            return error_set_cause(err, ERR_INTERNAL, failed, "worker's thread");
        server->worker_count++;
    }
    return true;
}

static bool start(HttpServer *server, Error *err)
{
    const HttpServerConfig *config = &server->config;
    Pem pem __attribute__((cleanup(pem_fini))) = { 0 };
    int socket_;

    buf_init(&pem.key, PEM_MOST);
    buf_init(&pem.certificate, PEM_MOST);
    buf_init(&pem.client_ca, PEM_MOST);
    server->work = queue_new(sizeof(Exchange *), (size_t)config->threads * WAITING_A_WORKER);
    if (!server->work)
        return error_set(err, ERR_MEMORY, "queue of requests");
    server->links = links_new(config->connections_a_source, err);
    if (!server->links || !pem_read(config, &pem, err))
        return false;
    server->timer = timer_start(&server->clock, send_off, each_second, server, err);
    if (!server->timer || !start_workers(server, err) ||
        !listen_on(config->address, config->port, &socket_, &server->port, err))
        return false;
    if (!start_daemon(server, &pem, socket_, err)) {
        close(socket_);
        return false;
    }
    return true;
}

HttpServer *http_server_start(const HttpServerConfig *config, Clock clock, Log *log, Error *err)
{
    assert(config->threads >= 1 && config->threads <= THREADS_MOST && config->fallback && config->idle_s > 0);
    OWNED(HttpServer) server = mem_new(1, sizeof(*server));

    if (!server) {
        error_set(err, ERR_MEMORY, "listener");
        return NULL;
    }
    server->config = *config;
    server->clock = clock;
    server->log = log;
    if (!start(server, err)) {
        error_add(err, "listener %s", config->listener);
        return NULL;
    }
    return steal(&server);
}

uint16_t http_server_port(const HttpServer *server)
{
    return server->port;
}

/* Nobody new is let in; what is under way gets its time, and what only waits for its moment is sent now.
 * MHD_quiesce_daemon would do the first, but ends the program when a network thread leaves the listening socket at the
 * same moment (0.9.75: "Failed to remove listen FD from epoll set"). */
static void drain(HttpServer *server)
{
    const struct timespec moment = { .tv_nsec = 10 * 1000 * 1000 };

    atomic_store(&server->stopping, true);
    timer_hurry(server->timer);
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
    for (unsigned i = 0; i < server->worker_count; i++)
        pthread_join(server->workers[i], NULL);
    timer_stop(server->timer);
    if (server->daemon)
        MHD_stop_daemon(server->daemon); /* closes the listening socket too */
    links_free(server->links);
    queue_free(server->work);
    mem_free(server);
}
