#include "registrar/http/link.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

#define ROWS_OF_PARTIES        1024 /* a power of two */
#define BURST_S                4
#define ARRIVALS_A_CERTIFICATE 16
#define SECOND_US              INT64_C(1000000)
#define ARRIVALS_US            (ARRIVALS_S * SECOND_US)
#define ENDED_MS               INT64_MIN /* due_ms of one that was shut already */

struct Party {
    Party *next; /* in its row of Links.parties */
    char name[FINGERPRINT_TEXT];
    bool is_source;
    unsigned links;
    int64_t requests_us, arrivals_us; /* monotonic: when all that it spent is back; each moves that by its price */
};

struct Links {
    pthread_mutex_t lock;
    LinkLimits limits;
    Link *first;
    unsigned newcomers;
    Party *parties[ROWS_OF_PARTIES];
};

void source_name(const struct sockaddr *address, char ret[64])
{
    ret[0] = '\0';
    if (address->sa_family == AF_INET) {
        struct sockaddr_in four;
        memcpy(&four, address, sizeof four);
        inet_ntop(AF_INET, &four.sin_addr, ret, 64);
        return;
    }
    if (address->sa_family != AF_INET6)
        return;
    struct sockaddr_in6 six;
    memcpy(&six, address, sizeof six);
    if (IN6_IS_ADDR_V4MAPPED(&six.sin6_addr)) {
        inet_ntop(AF_INET, &six.sin6_addr.s6_addr[12], ret, 64);
        return;
    }
    memset(&six.sin6_addr.s6_addr[8], 0, 8);
    inet_ntop(AF_INET6, &six.sin6_addr, ret, 56);
    size_t len = strlen(ret);
    snprintf(ret + len, 64 - len, "/64");
}

/* --- parties; all under the lock ---------------------------------------------------------------------------------- */

/* FNV-1a.  Who wants many names in one row needs as many addresses or certificates. */
static Party **row_of(Links *links, const char *name)
{
    uint32_t hash = 2166136261u;

    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return &links->parties[hash & (ROWS_OF_PARTIES - 1)];
}

/* NULL when there is no memory.  One without links stays until what it spent is back, which links_end_overdue sees: who
 * comes again is not new. */
static Party *party_of(Links *links, const char *name)
{
    Party **row = row_of(links, name), *party = *row;

    while (party && strcmp(party->name, name) != 0)
        party = party->next;
    if (party)
        return party;
    party = mem_new(1, sizeof(*party));
    if (!party)
        return NULL;
    str_copy_cut(str_from(name), party->name, sizeof party->name);
    party->next = *row;
    *row = party;
    return party;
}

/* Spends one of so many that come back within so long, as one moment: *spent_us is when all will be back.  0, or how
 * long until there is one.  A most of 0: no limit. */
static int64_t spend(int64_t *spent_us, unsigned most, int64_t within_us, int64_t now_us)
{
    if (most == 0)
        return 0;
    int64_t after_us = (*spent_us > now_us ? *spent_us : now_us) + within_us / most;
    int64_t over_us = after_us - now_us - within_us;
    if (over_us > 0)
        return over_us;
    *spent_us = after_us;
    return 0;
}

static void forget_parties(Links *links, int64_t now_ms)
{
    for (size_t i = 0; i < ROWS_OF_PARTIES; i++) {
        for (Party **at = &links->parties[i]; *at;) {
            Party *party = *at;

            if (party->links > 0 || party->requests_us > now_ms * 1000 || party->arrivals_us > now_ms * 1000) {
                at = &party->next;
                continue;
            }
            *at = party->next;
            mem_free(party);
        }
    }
}

static bool is_newcomer(const Link *link)
{
    return link->party->is_source;
}

static void shut(Link *link)
{
    link->due_ms = ENDED_MS;
    shutdown(link->socket, SHUT_RDWR);
}

static void end_oldest_over(Links *links, const Party *party, unsigned most)
{
    Link *oldest = NULL;
    unsigned open = 0;

    if (most == 0 || party->links <= most)
        return;
    for (Link *link = links->first; link; link = link->after) {
        if (link->party != party || link->due_ms == ENDED_MS)
            continue;
        oldest = link;
        open++;
    }
    if (open > most)
        shut(oldest);
}

/* --- links -------------------------------------------------------------------------------------------------------- */

Links *links_new(const LinkLimits *limits, Error *err)
{
    Links *links = mem_new(1, sizeof(*links));

    if (!links) {
        error_set(err, ERR_MEMORY, "links");
        return NULL;
    }
    pthread_mutex_init(&links->lock, NULL);
    links->limits = *limits;
    return links;
}

void links_free(Links *links)
{
    if (!links)
        return;
    while (links->first)
        links_remove(links, links->first);
    forget_parties(links, INT64_MAX / 1000);
    pthread_mutex_destroy(&links->lock);
    mem_free(links);
}

bool links_admit(Links *links, const struct sockaddr *address, bool proxy, int64_t now_ms)
{
    const LinkLimits *limits = &links->limits;
    char source[64];
    bool within;

    source_name(address, source);
    pthread_mutex_lock(&links->lock);
    Party *party = party_of(links, source);
    within = party && (limits->newcomers == 0 || links->newcomers < limits->newcomers) &&
             (proxy || ((limits->a_source == 0 || party->links < limits->a_source) &&
                        spend(&party->arrivals_us, limits->arrivals, ARRIVALS_US, now_ms * 1000) == 0));
    pthread_mutex_unlock(&links->lock);
    return within;
}

Link *links_add(Links *links, const struct sockaddr *address, bool proxy, int socket, int64_t due_ms)
{
    Link *link = mem_new(1, sizeof(*link));

    if (!link)
        return NULL;
    link->socket = socket;
    link->due_ms = due_ms;
    link->proxy = proxy;
    source_name(address, link->source);
    pthread_mutex_lock(&links->lock);
    link->party = party_of(links, link->source);
    if (link->party) {
        link->party->links++;
        link->party->is_source = true;
        link->after = links->first;
        if (link->after)
            link->after->before = link;
        links->first = link;
        links->newcomers++;
    }
    pthread_mutex_unlock(&links->lock);
    if (link->party)
        return link;
    mem_free(link);
    return NULL;
}

void links_remove(Links *links, Link *link)
{
    if (!link)
        return;
    pthread_mutex_lock(&links->lock);
    if (link->before)
        link->before->after = link->after;
    else
        links->first = link->after;
    if (link->after)
        link->after->before = link->before;
    links->newcomers -= is_newcomer(link);
    link->party->links--;
    pthread_mutex_unlock(&links->lock);
    mem_free(link);
}

void links_know(Links *links, Link *link, int64_t now_ms)
{
    const LinkLimits *limits = &links->limits;

    pthread_mutex_lock(&links->lock);
    Party *source = link->party, *party = source->is_source ? party_of(links, link->fingerprint) : NULL;
    if (party) {
        if (limits->arrivals > 0 && spend(&party->arrivals_us, ARRIVALS_A_CERTIFICATE, ARRIVALS_US, now_ms * 1000) == 0)
            source->arrivals_us -= ARRIVALS_US / limits->arrivals;
        links->newcomers--;
        source->links--;
        party->links++;
        link->party = party;
        end_oldest_over(links, party, limits->a_certificate);
    }
    pthread_mutex_unlock(&links->lock);
}

bool links_spend(Links *links, const Link *link, int64_t now_ms, int *ret_wait_s)
{
    pthread_mutex_lock(&links->lock);
    int64_t wait_us =
        spend(&link->party->requests_us, BURST_S * links->limits.requests_a_second, BURST_S * SECOND_US, now_ms * 1000);
    pthread_mutex_unlock(&links->lock);
    *ret_wait_s = (int)((wait_us + SECOND_US - 1) / SECOND_US);
    return wait_us == 0;
}

void links_expect(Links *links, Link *link, int64_t due_ms)
{
    pthread_mutex_lock(&links->lock);
    if (link->due_ms != ENDED_MS)
        link->due_ms = due_ms;
    pthread_mutex_unlock(&links->lock);
}

void links_end_overdue(Links *links, int64_t now_ms)
{
    pthread_mutex_lock(&links->lock);
    for (Link *link = links->first; link; link = link->after) {
        if (link->due_ms <= now_ms)
            shut(link);
    }
    forget_parties(links, now_ms);
    pthread_mutex_unlock(&links->lock);
}
