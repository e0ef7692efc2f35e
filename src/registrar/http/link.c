#include "registrar/http/link.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

struct Links {
    pthread_mutex_t lock;
    Link *first;
    unsigned most_a_source; /* 0: no limit */
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

Links *links_new(unsigned most_a_source, Error *err)
{
    Links *links = mem_new(1, sizeof(*links));

    if (!links) {
        error_set(err, ERR_MEMORY, "links");
        return NULL;
    }
    pthread_mutex_init(&links->lock, NULL);
    links->most_a_source = most_a_source;
    return links;
}

void links_free(Links *links)
{
    if (!links)
        return;
    while (links->first)
        links_remove(links, links->first);
    pthread_mutex_destroy(&links->lock);
    mem_free(links);
}

bool links_admit(Links *links, const struct sockaddr *address)
{
    char source[64];
    unsigned count = 0;

    if (links->most_a_source == 0)
        return true;
    source_name(address, source);
    pthread_mutex_lock(&links->lock);
    for (const Link *link = links->first; link; link = link->after)
        count += strcmp(link->source, source) == 0;
    pthread_mutex_unlock(&links->lock);
    return count < links->most_a_source;
}

Link *links_add(Links *links, const struct sockaddr *address, int socket, int64_t due_ms)
{
    Link *link = mem_new(1, sizeof(*link));

    if (!link)
        return NULL;
    link->socket = socket;
    link->due_ms = due_ms;
    source_name(address, link->source);
    pthread_mutex_lock(&links->lock);
    link->after = links->first;
    if (link->after)
        link->after->before = link;
    links->first = link;
    pthread_mutex_unlock(&links->lock);
    return link;
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
    pthread_mutex_unlock(&links->lock);
    mem_free(link);
}

void links_expect(Links *links, Link *link, int64_t due_ms)
{
    pthread_mutex_lock(&links->lock);
    link->due_ms = due_ms;
    pthread_mutex_unlock(&links->lock);
}

void links_end_overdue(Links *links, int64_t now_ms)
{
    pthread_mutex_lock(&links->lock);
    for (Link *link = links->first; link; link = link->after) {
        if (link->due_ms <= now_ms)
            shutdown(link->socket, SHUT_RDWR);
    }
    pthread_mutex_unlock(&links->lock);
}
