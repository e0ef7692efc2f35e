/* Links: the open connections of a listener, and whose they are.  Each has a time by which it must have brought
 * something whole, so that nobody holds one by sending a byte now and then; a client certificate is looked at once a
 * connection.  Until then a connection is a newcomer of its source, from then on one of its certificate's; either has
 * its share of connections and of requests, so that one broken kiosk or one address takes nothing from the others.  All
 * of it is in memory: each registrar guards its own threads (what must hold for all of them lies in the database).
 * Own lock: the network's threads come and go here while the timer's thread looks for those overdue. */
#ifndef REGISTRAR_HTTP_LINK_H
#define REGISTRAR_HTTP_LINK_H

#include <sys/socket.h>

#include "registrar/http/hosts.h"

#define FINGERPRINT_TEXT 65 /* SHA-256 in hex and zero */

#define ARRIVALS_S       8

typedef struct Links Links;
typedef struct Party Party; /* a source, or whose a certificate is */

/* 0 anywhere: no limit. */
typedef struct LinkLimits {
    unsigned newcomers;         /* connections without a certificate so far, in all */
    unsigned a_source;          /* of these, from one source */
    unsigned arrivals;          /* new ones from one source within ARRIVALS_S: each costs a handshake.  Those that show
                                   a certificate do not count, but for a certificate that comes too often itself */
    unsigned a_certificate;     /* connections of one certificate; one more ends its oldest, which may be half dead */
    unsigned requests_a_second; /* of one certificate, or of one source without; four seconds' worth at once */
} LinkLimits;

typedef struct Link {
    struct Link *before, *after; /* in Links, the newest first */
    int socket;                  /* libmicrohttpd's; open as long as the link is in Links */
    int64_t due_ms;              /* monotonic; under the lock of Links */
    Party *party;                /* whose share it is of; under the lock of Links */
    bool proxy;                  /* its source is a proxy of ours, of which a share would be everybody's */
    char source[64];
    const Hosts *hosts;    /* of the listener */
    const HttpHost *host;  /* whose authority signed the certificate; NULL: none did */
    bool certificate_seen; /* the rest is known; only the connection's own network thread touches it */
    char fingerprint[FINGERPRINT_TEXT];
    int64_t certificate_ends_s; /* Unix seconds */
} Link;

/* "1.2.3.4"; IPv6 as "2001:db8:1:2::/64", since a household or an attacker owns all of one; "" for other families.
 * An IPv4 address inside IPv6 is the IPv4 one. */
void source_name(const struct sockaddr *address, char ret[64]);

Links *links_new(const LinkLimits *limits, Error *err) MUST_USE;
void links_free(Links *links);
/* Whether one more newcomer from this address is within the shares. */
bool links_admit(Links *links, const struct sockaddr *address, bool proxy, int64_t now_ms);
/* NULL when there is no memory. */
Link *links_add(Links *links, const struct sockaddr *address, bool proxy, int socket, int64_t due_ms) MUST_USE;
/* Takes it out and frees it; NULL is accepted. */
void links_remove(Links *links, Link *link);
/* link->fingerprint was filled: it is a newcomer no more.  Without memory it stays one. */
void links_know(Links *links, Link *link, int64_t now_ms);
/* Whether one more request is within the share of link's party; else *ret_wait_s says when there will be. */
bool links_spend(Links *links, const Link *link, int64_t now_ms, int *ret_wait_s);
void links_expect(Links *links, Link *link, int64_t due_ms);
/* Shuts the sockets of those overdue; libmicrohttpd then finds them ended and closes them. */
void links_end_overdue(Links *links, int64_t now_ms);

#endif
