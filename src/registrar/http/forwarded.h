/* Where a request comes from when proxies of ours stand between: "X-Forwarded-For" or "Forwarded" (RFC 7239), believed
 * from listed addresses alone, since anybody can write them.  Pure. */
#ifndef REGISTRAR_HTTP_FORWARDED_H
#define REGISTRAR_HTTP_FORWARDED_H

#include <netinet/in.h>
#include <sys/socket.h>

#include "base/buf.h"

#define PROXIES_MOST 32

typedef struct Network {
    struct in6_addr address; /* IPv4 as ::ffff:1.2.3.4 */
    unsigned bits;           /* of it that count, 0..128 */
} Network;

typedef struct Proxies {
    size_t count;
    Network networks[PROXIES_MOST];
} Proxies;

/* list: "10.0.0.0/8, 192.0.2.7 2001:db8::/32"; NULL or "": none.  ERR_ARGUMENT names what is no address. */
bool proxies_read(const char *list, Proxies *ret, Error *err) MUST_USE;
bool proxies_have(const Proxies *proxies, const struct sockaddr *address);

/* values: all values of the field in their order, joined by commas.  forwarded: they are of "Forwarded", else of
 * "X-Forwarded-For".  Each proxy adds whom it heard from at the end, so the last one that is no proxy of ours is the
 * source, written as source_name does.  ret keeps what it was when nothing in there can be believed. */
void forwarded_source(const Proxies *proxies, bool forwarded, Str values, char ret[64]);

#endif
