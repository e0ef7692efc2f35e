/* One face of libcurl: one request at a time, with a deadline, pins, a client certificate, and cancelling from another
 * thread. Connections are kept between requests of one HttpClient.  One thread a client, but http_cancel and
 * http_look_up from any. No proxies, no redirects, no cookies, TLS 1.2 or newer.  What libcurl held of a request is
 * wiped when it lets go of it. */
#ifndef NET_HTTP_H
#define NET_HTTP_H

#include "base/blob.h"
#include "base/error.h"

typedef struct HttpClient HttpClient;

typedef struct HttpIdentity {
    const char *ca_file;          /* the only authority that is trusted; NULL: the system's */
    const char *certificate_file; /* NULL: none */
    const char *key_file;
} HttpIdentity;

typedef struct HttpRequest {
    const char *method;       /* "GET" */
    const char *url;          /* https only, http to loopback for tests */
    const char *bearer;       /* NULL: none.  Secret: not kept after the call */
    const char *content_type; /* NULL: no body */
    Str body;
    const char *accept;          /* NULL: any */
    const char *etag;            /* If-None-Match, with its quotes; NULL: none */
    const char *idempotency_key; /* Idempotency-Key, with its quotes; NULL: none */
    size_t answer_most;          /* bytes; more is ERR_PROTOCOL */
    int deadline_ms;             /* for all of it: connecting, sending, receiving */
    bool (*given_up)(void *ctx); /* NULL: never.  Asked before the request, at each http_look_up and five times a
                                  * second; true ends it with ERR_CANCELLED */
    void *given_up_ctx;
} HttpRequest;

typedef struct HttpAnswer {
    int status;
    Buf body; /* wiped by http_answer_fini */
    char content_type[64];
    char etag[64];     /* with its quotes */
    int retry_after_s; /* 0: not said */
    int page_count;    /* header Page-Count; 0: not said */
} HttpAnswer;

/* The files are read at the first connection, not here. */
HttpClient *http_client_new(const HttpIdentity *identity, Error *err) MUST_USE;
void http_client_free(HttpClient *client);
OWNED_BY(HttpClient, http_client_free)

/* True when an answer of any status came.  ERR_OFFLINE: not reached; ERR_TIMEOUT; ERR_CANCELLED; ERR_CRYPTO: not whom
 * we trust; ERR_PROTOCOL; ERR_ARGUMENT: the request itself.  cause is the CURLcode.  Never repeats a request, never
 * follows a redirect. *ret is written on success only, and is then ended by http_answer_fini. */
bool http_do(HttpClient *client, const HttpRequest *request, HttpAnswer *ret, Error *err) MUST_USE;
/* Whether of a request that ended so a byte may have come to its server: false where it was never reached, or was not
 * whom we trust, and of an error that is not http_do's. */
bool http_was_sent(const Error *err);
/* Ends the request under way, or the next one when none is, with ERR_CANCELLED. */
void http_cancel(HttpClient *client);
/* Has the request under way, if any, ask its given_up at once. */
void http_look_up(HttpClient *client);
void http_answer_fini(HttpAnswer *answer);

#endif
