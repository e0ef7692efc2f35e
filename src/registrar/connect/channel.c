#include "registrar/connect/channel.h"

#include <pthread.h>
#include <time.h>

#include "base/memory.h"
#include "registrar/connect/breaker.h"

/* The lock is held for moments, never while somebody is asked. */
struct Channel {
    ChannelConfig config;
    ChannelTransport transport;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t idle;  /* a connection came back */
    Breaker breaker;
    HttpClient *clients[CHANNEL_CONNECTIONS_MOST]; /* those that nobody uses, each with its kept connection */
    int waiting_clients, used;
    bool quiet;
};

static bool locks_start(Channel *channel)
{
    pthread_condattr_t monotonic;

    if (pthread_condattr_init(&monotonic) != 0)
        return false;
    bool started =
        pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0 && pthread_mutex_init(&channel->lock, NULL) == 0;
    if (started && pthread_cond_init(&channel->idle, &monotonic) != 0) {
        pthread_mutex_destroy(&channel->lock);
        started = false;
    }
    pthread_condattr_destroy(&monotonic);
    return started;
}

Channel *channel_new(const ChannelConfig *config, const ChannelTransport *transport, Error *err)
{
    assert(config->connections >= 1 && config->connections <= CHANNEL_CONNECTIONS_MOST);
    Channel *channel = mem_new(1, sizeof *channel);
    if (!channel || !locks_start(channel)) {
        mem_free(channel);
        error_set(err, ERR_MEMORY, "%s", config->whom);
        return NULL;
    }
    channel->config = *config;
    channel->transport = transport ? *transport : (ChannelTransport){ 0 };
    return channel;
}

void channel_free(Channel *channel)
{
    if (!channel)
        return;
    assert(channel->used == 0);
    for (int i = 0; i < channel->waiting_clients; i++)
        http_client_free(channel->clients[i]);
    pthread_cond_destroy(&channel->idle);
    pthread_mutex_destroy(&channel->lock);
    mem_free(channel);
}

bool channel_is_away(Channel *channel)
{
    pthread_mutex_lock(&channel->lock);
    bool away = breaker_is_open(&channel->breaker);
    pthread_mutex_unlock(&channel->lock);
    return away;
}

void channel_hush(Channel *channel, bool quiet)
{
    pthread_mutex_lock(&channel->lock);
    channel->quiet = quiet;
    pthread_mutex_unlock(&channel->lock);
}

/* Until one of the connections is free, or the deadline is over. */
static bool wait_for_place(Channel *channel, int deadline_ms)
{
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += deadline_ms / 1000;
    until.tv_nsec += (long)(deadline_ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    while (channel->used >= channel->config.connections)
        if (pthread_cond_timedwait(&channel->idle, &channel->lock, &until) != 0)
            return false;
    return true;
}

bool channel_take(Channel *channel, int deadline_ms, ChannelPlace *ret, Error *err)
{
    pthread_mutex_lock(&channel->lock);
    bool place =
        !breaker_is_open(&channel->breaker) || clock_monotonic_ms(&channel->config.clock) >= channel->breaker.until_ms;
    place = place && wait_for_place(channel, deadline_ms);
    /* Asked last: whom it lets through is asked. */
    bool taken =
        place && !channel->quiet && breaker_lets(&channel->breaker, clock_monotonic_ms(&channel->config.clock));
    if (taken) {
        channel->used++;
        ret->client = channel->waiting_clients > 0 ? channel->clients[--channel->waiting_clients] : NULL;
    }
    pthread_mutex_unlock(&channel->lock);
    return taken ||
           error_set(err, ERR_OFFLINE, "%s is not asked: it did not answer before, or all connections are in use",
                     channel->config.whom);
}

void channel_give(Channel *channel, const ChannelPlace *place, ChannelSign sign)
{
    pthread_mutex_lock(&channel->lock);
    channel->used--;
    if (place->client)
        channel->clients[channel->waiting_clients++] = place->client;
    if (sign == CHANNEL_ALIVE)
        breaker_answered(&channel->breaker);
    else if (sign == CHANNEL_DEAD)
        breaker_failed(&channel->breaker, clock_monotonic_ms(&channel->config.clock));
    else
        breaker_unused(&channel->breaker);
    pthread_cond_signal(&channel->idle);
    pthread_mutex_unlock(&channel->lock);
}

bool channel_carry(Channel *channel, ChannelPlace *place, const HttpRequest *request, HttpAnswer *ret, Error *err)
{
    const HttpIdentity identity = { channel->config.ca_file, NULL, NULL };

    if (channel->transport.carry)
        return channel->transport.carry(channel->transport.ctx, request, ret, err);
    if (!place->client)
        place->client = http_client_new(&identity, err);
    return place->client && http_do(place->client, request, ret, err);
}
