/* A listener: TLS, routing, limits and answers over libmicrohttpd.  Knows no office: routes are handed to it as a
 * table, and the caller's handlers know what they mean.  Handlers run on the listener's own worker threads, where they
 * may wait, those of routes that wait for others on threads of their own; two more threads do nothing but the network,
 * so that a slow handler or a slow peer keeps nobody else waiting. */
#ifndef REGISTRAR_HTTP_SERVER_H
#define REGISTRAR_HTTP_SERVER_H

#include "base/blob.h"
#include "base/clock.h"
#include "base/log.h"

typedef struct HttpServer HttpServer;
typedef struct HttpRecord HttpRecord; /* http/record.h */

typedef struct HttpServerRequest {
    const char *method, *path;
    Str parameters[4]; /* of the route's "{...}" parts, in order */
    size_t parameter_count;
    const char *query;      /* raw, NULL: none; http/query.h reads it */
    const char *bearer;     /* NULL: none */
    const char *basic;      /* of Basic authentication, still in base64; NULL: none */
    const char *origin;     /* from whose page a form was sent; NULL: not said */
    const char *fetch_site; /* what a browser says of who asks: "same-origin"; NULL: not said */
    const char *fetch_dest; /* and for what: "document", when somebody goes to a page; NULL: not said */
    const char *user_agent; /* NULL: none */
    const char *host;       /* the field as it came; NULL: none */
    const char *accept_language;
    const char *if_none_match;
    const char *if_match;        /* NULL: none; the handler looks at it */
    const char *idempotency_key; /* raw, NULL: none */
    const char *last_event_id;   /* of an EventSource that asks again; NULL: none */
    const char *content_type;
    const char *cookies; /* raw, NULL: none; cookie_get reads one */
    Str body;
    char source[64]; /* "1.2.3.4", IPv6 as its /64: the peer of the connection, or whom a proxy of ours names */
    char client_fingerprint[65]; /* SHA-256 of the client certificate that the CA signed, hex; "" when there is none */
    bool client_expired;         /* it is that certificate, past its time */
    int64_t arrived_ms;          /* monotonic, when the head of the request was there */
    bool held;                   /* it was held: its handler runs once more */
    bool hold_over;              /* it is held no longer: what there is to say is said now */
    void *context;               /* of the host: whose certificate the client's is, else of whom the Host field names */
} HttpServerRequest;

#define HTTP_HOLD_TOPICS     2
#define HTTP_HOLD_TOPIC_SIZE 112

/* What a handler answers when there is nothing to say yet.  The request then waits, without a thread, until somebody
 * tells http_server_wake one of its topics, or until its moment, and the handler runs again.  Routes without a body
 * alone. */
typedef struct HttpHold {
    char topics[HTTP_HOLD_TOPICS][HTTP_HOLD_TOPIC_SIZE]; /* "": none */
    int64_t until_ms; /* monotonic; 0: the answer is ready.  Of a request's holds the first one's counts */
} HttpHold;

typedef struct HttpServerAnswer {
    int status;
    const char *content_type; /* static */
    Buf body;                 /* one of body or blob */
    Blob *blob;
    char etag[64];
    int retry_after_s;
    int page_count;        /* header Page-Count, 0: none */
    const char *cache;     /* Cache-Control; NULL: no-store */
    const char *language;  /* Content-Language; NULL */
    char cookie[320];      /* Set-Cookie; "": none */
    char location[1024];   /* Location; "": none */
    char disposition[448]; /* Content-Disposition; "": none */
    const char *challenge; /* WWW-Authenticate of a 401; NULL: Bearer */
    char security[512];    /* Content-Security-Policy; "": nothing may be loaded, framed or run */
    int64_t leave_at_ms;   /* monotonic: the answer leaves then, and no thread waits for it; 0: at once */
    HttpHold hold;
} HttpServerAnswer;

/* Fills *answer (zeroed, body with the listener's limit).  False: the error is logged, and answered with 503 where it
 * may go well in a moment (ERR_BUSY, ERR_TIMEOUT, ERR_OFFLINE), else with 500. */
typedef bool (*HttpHandler)(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

typedef struct HttpRoute {
    const char *name;    /* for the log: "check"; paths are in no log */
    const char *method;  /* "GET" also answers HEAD */
    const char *pattern; /* "/kiosk/v1/copies/{id}/page"; matching folds the case of literal parts when fold is true */
    size_t body_most;    /* bytes; more is 413.  0: a body is not read */
    bool fold;
    HttpHandler handler;
} HttpRoute;

#define HTTP_LARGE_BODY (1u << 20) /* what a route takes that takes more is megabytes: see `admits` */

/* One of those who are asked on a listener: http/hosts.h says how a request finds it. */
typedef struct HttpHost {
    const char *name; /* "hujjat.namuna.uz"; ":port" in it counts for nothing.  NULL: of the only host */
    const char *certificate_file, *key_file;
    /* NULL: client certificates are not asked for.  They are never demanded: handlers refuse. */
    const char *client_ca_file;
    void *context; /* what its requests are handled in */
} HttpHost;

typedef struct HttpServerConfig {
    const char *listener;  /* "kiosks" or "people", for the log */
    const char *address;   /* "127.0.0.1", "::" */
    uint16_t port;         /* 0: any free one */
    const HttpHost *hosts; /* read at the start only */
    size_t host_count;
    const HttpRoute *routes;
    size_t route_count;
    unsigned threads; /* that run handlers, 1..64 */
    /* Whether a route's handler waits for somebody outside of the house: then slow_threads others run it, 1..64.  NULL:
     * none does. */
    bool (*is_slow)(const HttpRoute *route);
    unsigned slow_threads;
    unsigned connections_most;
    unsigned newcomers_most;            /* connections that showed no certificate yet; 0: no limit, as below */
    unsigned connections_a_source;      /* of these, from one source */
    unsigned connections_a_certificate; /* one more ends its oldest */
    unsigned requests_a_second; /* of one certificate, or of one source without; more is 429 at once, after a burst */
    unsigned idle_s;            /* a connection without a whole request for this long is closed */
    const char *proxies;        /* "10.0.0.0/8, 2001:db8::7": whose word on where a request comes from is believed,
                                   and of whom no share of connections is asked; NULL: nobody's */
    const char *forwarded_by;   /* the field that they write: "X-Forwarded-For" or "Forwarded" (RFC 7239) */
    HttpRecord *record;         /* of each exchange; NULL: none.  Borrowed until the stop */
    /* Whether somebody may send a body to a route that takes more than HTTP_LARGE_BODY: asked when the head is there,
     * on the network's thread, so it waits for nothing.  Who may not is told 404 before the body is read.  NULL: all
     * may. */
    bool (*admits)(const HttpServerRequest *request);
    bool gives_way;       /* its threads run where others' leave the processor to them */
    HttpHandler fallback; /* 404, 405, 408, 413, 414, 421, 429, 431, 500, 503 in the listener's own manner; status is
                             set already */
    void *nobody;         /* context of requests that are nobody's: 421 */
} HttpServerConfig;

HttpServer *http_server_start(const HttpServerConfig *config, Clock clock, Log *log, Error *err) MUST_USE;
uint16_t http_server_port(const HttpServer *server);
/* Something is new for who waits for this topic: their handlers run again.  Any thread. */
void http_server_wake(HttpServer *server, const char *topic);
/* Requests that are held now. */
size_t http_server_held(const HttpServer *server);
/* Stops accepting, lets what is under way end (at most 5 s, but a handler that runs is always waited for), then frees.
 */
void http_server_stop(HttpServer *server);
OWNED_BY(HttpServer, http_server_stop)

#endif
