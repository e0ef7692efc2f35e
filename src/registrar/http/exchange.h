/* Exchange: one request and its answer, from the first line to the last byte.  It passes from a network thread to a
 * worker, perhaps to the timer or the hold, and back to the network thread; only one of them holds it at a time. */
#ifndef REGISTRAR_HTTP_EXCHANGE_H
#define REGISTRAR_HTTP_EXCHANGE_H

#include <microhttpd.h>

#include "registrar/http/hosts.h"
#include "registrar/http/forwarded.h"
#include "registrar/http/link.h"
#include "registrar/http/route.h"

#define EXCHANGE_HEADERS_MOST (8u << 10) /* bytes of header fields; more is 431 */
#define EXCHANGE_SURPLUS_MOST                                                                                          \
    (1u << 20) /* of a body that is too large: read and forgotten, so that its sender hears of it */
#define EXCHANGE_ANSWER_MOST (16u << 20)

typedef enum ExchangeStage {
    EXCHANGE_NEW,       /* only the first line is known */
    EXCHANGE_RECEIVING, /* the head is there, the body comes */
    EXCHANGE_WORKING,   /* a worker, the timer or the hold has it; the connection is suspended */
    EXCHANGE_ANSWERED   /* answer is complete and may leave */
} ExchangeStage;

typedef struct Exchange {
    ExchangeStage stage;
    struct MHD_Connection *connection;
    HttpServerRequest request;
    HttpServerAnswer answer;
    Buf body;
    size_t surplus;                      /* bytes of the body that were forgotten */
    bool large;                          /* one of the listener's places for large bodies is its */
    int refused;                         /* status that the fallback answers; 0: a handler does */
    char target[ROUTE_PATH_MOST + 1024]; /* path, zero, query */
    RouteMatch match;
    struct Exchange *next; /* in the timer's list, or the hold's */
    int64_t held_until_ms; /* 0: it was not held yet */
    int socket;            /* of its connection */
    HttpRecord *record;    /* from exchange_begin on; NULL: none */
    int hold_end;          /* HoldEnd, between the hold's own hands */
} Exchange;

/* target: the request's path and query as they came.  NULL when there is no memory. */
Exchange *exchange_new(struct MHD_Connection *connection, const char *target) MUST_USE;
/* Wipes and frees; NULL is accepted. */
void exchange_free(Exchange *exchange);
/* It came by one of these proxies: its source is whom that one names in this field, where it names anybody. */
void exchange_believe(Exchange *exchange, const Proxies *proxies, const char *field);
/* The head is there: finds whose request it is, by the client's certificate (NULL: it has none), else by
 * the Host field.  What is nobody's
 * is refused with 421, in the context for that. */
void exchange_choose_host(Exchange *exchange, const Hosts *hosts, const HttpHost *certified, void *nobody);
/* Then finds the route and fills request from the header fields; refused is set when there is nothing to
 * hand it to. */
void exchange_begin(Exchange *exchange, const HttpServerConfig *config, const char *method);
/* Its route takes more than HTTP_LARGE_BODY. */
bool exchange_is_large(const Exchange *exchange);
/* A part of the body.  False: enough of it was forgotten, the connection is to be cut. */
bool exchange_receive(Exchange *exchange, Str part) MUST_USE;
/* Runs handler or fallback, and settles ETags.  Never fails: a handler that does becomes a 500.  May be run again when
 * the answer was to hold the request. */
void exchange_work(Exchange *exchange, const HttpServerConfig *config, const Clock *clock, Log *log);
/* The answer is to hold it. */
bool exchange_is_held(const Exchange *exchange);
/* Hands the answer to libmicrohttpd, which sends it. */
enum MHD_Result exchange_send(Exchange *exchange, bool last);

#endif
