/* Exchange: one request and its answer, from the first line to the last byte.  It passes from a network thread to a
 * worker, perhaps to the timer, and back to the network thread; only one of them holds it at a time. */
#ifndef REGISTRAR_HTTP_EXCHANGE_H
#define REGISTRAR_HTTP_EXCHANGE_H

#include <microhttpd.h>

#include "registrar/http/link.h"
#include "registrar/http/route.h"

#define EXCHANGE_HEADERS_MOST (8u << 10) /* bytes of header fields; more is 431 */
#define EXCHANGE_SURPLUS_MOST                                                                                          \
    (1u << 20) /* of a body that is too large: read and forgotten, so that its sender hears of it */
#define EXCHANGE_ANSWER_MOST (16u << 20)

typedef enum ExchangeStage {
    EXCHANGE_NEW,       /* only the first line is known */
    EXCHANGE_RECEIVING, /* the head is there, the body comes */
    EXCHANGE_WORKING,   /* a worker or the timer has it; the connection is suspended */
    EXCHANGE_ANSWERED   /* answer is complete and may leave */
} ExchangeStage;

typedef struct Exchange {
    ExchangeStage stage;
    struct MHD_Connection *connection;
    HttpServerRequest request;
    HttpServerAnswer answer;
    Buf body;
    size_t surplus;                      /* bytes of the body that were forgotten */
    int refused;                         /* status that the fallback answers; 0: a handler does */
    char target[ROUTE_PATH_MOST + 1024]; /* path, zero, query */
    RouteMatch match;
    struct Exchange *next; /* in the timer's list */
} Exchange;

/* target: the request's path and query as they came.  NULL when there is no memory. */
Exchange *exchange_new(struct MHD_Connection *connection, const char *target) MUST_USE;
/* Wipes and frees; NULL is accepted. */
void exchange_free(Exchange *exchange);
/* The head is there: finds the route and fills request from the header fields; refused is set when there is nothing to
 * hand it to. */
void exchange_begin(Exchange *exchange, const HttpServerConfig *config, const char *method);
/* A part of the body.  False: enough of it was forgotten, the connection is to be cut. */
bool exchange_receive(Exchange *exchange, Str part) MUST_USE;
/* Runs handler or fallback, and settles ETags.  Never fails: a handler that does becomes a 500. */
void exchange_work(Exchange *exchange, const HttpServerConfig *config, const Clock *clock, Log *log);
/* Hands the answer to libmicrohttpd, which sends it. */
enum MHD_Result exchange_send(Exchange *exchange, bool last);

#endif
