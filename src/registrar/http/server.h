/* A listener: TLS, routing, limits and answers over libmicrohttpd.  Knows no office: routes are handed to it as a
 * table, and the caller's handlers know what they mean.  Handlers run on the listener's own worker threads, where they
 * may wait; two more threads do nothing but the network, so that a slow handler or a slow peer keeps nobody else
 * waiting. */
#ifndef REGISTRAR_HTTP_SERVER_H
#define REGISTRAR_HTTP_SERVER_H

#include "base/blob.h"
#include "base/clock.h"
#include "base/log.h"

typedef struct HttpServer HttpServer;

typedef struct HttpServerRequest {
    const char *method, *path;
    Str parameters[4]; /* of the route's "{...}" parts, in order */
    size_t parameter_count;
    const char *query;  /* raw, NULL: none; http/query.h reads it */
    const char *bearer; /* NULL: none */
    const char *accept_language;
    const char *if_none_match;
    const char *content_type;
    Str body;
    char source[64]; /* "1.2.3.4", IPv6 as its /64: the peer of the connection; forwarded addresses are not believed */
    char client_fingerprint[65]; /* SHA-256 of the client certificate that the CA signed, hex; "" when there is none */
    bool client_expired;         /* it is that certificate, past its time */
    int64_t arrived_ms;          /* monotonic, when the head of the request was there */
    void *context;               /* of the route table */
} HttpServerRequest;

typedef struct HttpServerAnswer {
    int status;
    const char *content_type; /* static */
    Buf body;                 /* one of body or blob */
    Blob *blob;
    char etag[64];
    int retry_after_s;
    int page_count;       /* header Page-Count, 0: none */
    const char *cache;    /* Cache-Control; NULL: no-store */
    const char *language; /* Content-Language; NULL */
    const char *security; /* Content-Security-Policy; NULL: nothing may be loaded, framed or run */
    int64_t leave_at_ms;  /* monotonic: the answer leaves then, and no thread waits for it; 0: at once */
} HttpServerAnswer;

/* Fills *answer (zeroed, body with the listener's limit).  False: 500, and the error is logged. */
typedef bool (*HttpHandler)(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

typedef struct HttpRoute {
    const char *name;    /* for the log: "check"; paths are in no log */
    const char *method;  /* "GET" also answers HEAD */
    const char *pattern; /* "/kiosk/v1/copies/{id}/page"; matching folds the case of literal parts when fold is true */
    size_t body_most;    /* bytes; more is 413.  0: a body is not read */
    bool fold;
    HttpHandler handler;
} HttpRoute;

typedef struct HttpServerConfig {
    const char *listener; /* "kiosks" or "people", for the log */
    const char *address;  /* "127.0.0.1", "::" */
    uint16_t port;        /* 0: any free one */
    const char *certificate_file, *key_file;
    const char
        *client_ca_file; /* NULL: client certificates are not asked for.  They are never demanded: handlers refuse */
    const HttpRoute *routes;
    size_t route_count;
    void *context;
    unsigned threads; /* that run handlers, 1..64 */
    unsigned connections_most;
    unsigned connections_a_source; /* 0: no limit */
    unsigned idle_s;               /* a connection without a whole request for this long is closed */
    HttpHandler
        fallback; /* 404, 405, 408, 413, 414, 431, 500, 503 in the listener's own manner; status is set already */
} HttpServerConfig;

HttpServer *http_server_start(const HttpServerConfig *config, Clock clock, Log *log, Error *err) MUST_USE;
uint16_t http_server_port(const HttpServer *server);
/* Stops accepting, lets what is under way end (at most 5 s, but a handler that runs is always waited for), then frees.
 */
void http_server_stop(HttpServer *server);
OWNED_BY(HttpServer, http_server_stop)

#endif
