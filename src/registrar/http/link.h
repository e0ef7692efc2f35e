/* Links: the open connections of a listener.  Each has a time by which it must have brought something whole, so that
 * nobody holds one by sending a byte now and then; no source has more than its share; a client certificate is looked at
 * once a connection.  Own lock: the network's threads come and go here while the timer's thread looks for those
 * overdue. */
#ifndef REGISTRAR_HTTP_LINK_H
#define REGISTRAR_HTTP_LINK_H

#include <sys/socket.h>

#include "base/error.h"

typedef struct Links Links;

typedef struct Link {
    struct Link *before, *after; /* in Links */
    int socket;                  /* libmicrohttpd's; open as long as the link is in Links */
    int64_t due_ms;              /* monotonic; under the lock of Links */
    char source[64];
    bool certificate_seen; /* the rest is known; only the connection's own network thread touches it */
    char fingerprint[65];
    int64_t certificate_ends_s; /* Unix seconds */
} Link;

/* "1.2.3.4"; IPv6 as "2001:db8:1:2::/64", since a household or an attacker owns all of one; "" for other families.
 * An IPv4 address inside IPv6 is the IPv4 one. */
void source_name(const struct sockaddr *address, char ret[64]);

Links *links_new(unsigned most_a_source, Error *err) MUST_USE;
void links_free(Links *links);
/* Whether one more from this address is within its share. */
bool links_admit(Links *links, const struct sockaddr *address);
/* NULL when there is no memory. */
Link *links_add(Links *links, const struct sockaddr *address, int socket, int64_t due_ms) MUST_USE;
/* Takes it out and frees it; NULL is accepted. */
void links_remove(Links *links, Link *link);
void links_expect(Links *links, Link *link, int64_t due_ms);
/* Shuts the sockets of those overdue; libmicrohttpd then finds them ended and closes them. */
void links_end_overdue(Links *links, int64_t now_ms);

#endif
