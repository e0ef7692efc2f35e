/* How a foreign system is asked: a few kept connections for all threads, a breaker around them, and an end that does
 * not wait.  Knows nothing of what is said.  Inside connect/. */
#ifndef REGISTRAR_CONNECT_CHANNEL_H
#define REGISTRAR_CONNECT_CHANNEL_H

#include "base/clock.h"
#include "net/http.h"

#define CHANNEL_CONNECTIONS_MOST 64

typedef struct Channel Channel;

/* Carries a request: net/http, or what a test has in mind.  Any thread, several at once. */
typedef struct ChannelTransport {
    bool (*carry)(void *ctx, const HttpRequest *request, HttpAnswer *ret, Error *err);
    void *ctx;
} ChannelTransport;

typedef struct ChannelConfig {
    const char *whom; /* "HEMIS", for errors; static */
    const char
        *ca_file;    /* the only authority that is trusted; NULL: the system's.  Borrowed while the channel is open */
    int connections; /* most requests at once, 1 .. CHANNEL_CONNECTIONS_MOST */
    Clock clock;
} ChannelConfig;

/* transport: copied; NULL or without a carry: net/http.  Speaks with nobody yet.  NULL: ERR_MEMORY. */
Channel *channel_new(const ChannelConfig *config, const ChannelTransport *transport, Error *err) MUST_USE;
/* No place is taken. */
void channel_free(Channel *channel);
OWNED_BY(Channel, channel_free)

/* Whether whom it leads to is held to be away: the breaker (breaker.h) is open. */
bool channel_is_away(Channel *channel);
/* Quiet: nobody is asked any more; what is under way ends by itself. */
void channel_hush(Channel *channel, bool quiet);

/* One of the connections, for one request.  All-zero is none. */
typedef struct ChannelPlace {
    HttpClient *client; /* NULL: made when it is used */
} ChannelPlace;

/* What a request said of the other end. */
typedef enum ChannelSign {
    CHANNEL_NONE,  /* nothing: the request was not made, or failed here */
    CHANNEL_ALIVE, /* it answered, whatever */
    CHANNEL_DEAD   /* it did not, or said that it can't */
} ChannelSign;

/* Waits deadline_ms at most for a place.  ERR_OFFLINE: the breaker is open, the channel is quiet, or all are in use.
 * What it gives must be given back. */
bool channel_take(Channel *channel, int deadline_ms, ChannelPlace *ret, Error *err) MUST_USE;
void channel_give(Channel *channel, const ChannelPlace *place, ChannelSign sign);
/* As http_do. */
bool channel_carry(Channel *channel, ChannelPlace *place, const HttpRequest *request, HttpAnswer *ret,
                   Error *err) MUST_USE;

#endif
