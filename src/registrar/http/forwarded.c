#include "registrar/http/forwarded.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "registrar/http/link.h"

#define HOPS_MOST 16 /* of one field; what lies further back is nobody's business of ours */

static bool address_read(Str text, struct in6_addr *ret)
{
    char array[INET6_ADDRSTRLEN];
    struct in_addr four;

    if (!str_copy(text, array, sizeof array))
        return false;
    if (inet_pton(AF_INET6, array, ret) == 1)
        return true;
    if (inet_pton(AF_INET, array, &four) != 1)
        return false;
    memset(ret, 0, sizeof *ret);
    memset(&ret->s6_addr[10], 0xff, 2);
    memcpy(&ret->s6_addr[12], &four, sizeof four);
    return true;
}

/* --- whom we believe ---------------------------------------------------------------------------------------------- */

static bool network_read(Str text, Network *ret)
{
    Str address = str_split(&text, '/');
    uint64_t bits = 128;

    if (!address_read(address, &ret->address))
        return false;
    unsigned before = IN6_IS_ADDR_V4MAPPED(&ret->address) && !memchr(address.ptr, ':', address.len) ? 96 : 0;
    if (text.ptr && !str_to_u64(text, 0, 128 - before, &bits))
        return false;
    ret->bits = text.ptr ? before + (unsigned)bits : 128;
    return true;
}

bool proxies_read(const char *list, Proxies *ret, Error *err)
{
    Str rest = str_from(list);

    *ret = (Proxies){ 0 };
    while (rest.len > 0) {
        size_t len = 0;

        while (len < rest.len && !strchr(", \t", rest.ptr[len]))
            len++;
        if (len > 0 && ret->count == PROXIES_MOST)
            return error_set(err, ERR_ARGUMENT, "proxies: more than %d", PROXIES_MOST);
        if (len > 0 && !network_read((Str){ rest.ptr, len }, &ret->networks[ret->count++]))
            return error_set(err, ERR_ARGUMENT, "proxies: %.*s is no address and no network",
                             (int)(len < 60 ? len : 60), rest.ptr);
        len += len < rest.len;
        rest = (Str){ rest.ptr + len, rest.len - len };
    }
    return true;
}

static bool network_has(const Network *network, const struct in6_addr *address)
{
    const unsigned whole = network->bits / 8, part = network->bits % 8;

    if (memcmp(network->address.s6_addr, address->s6_addr, whole) != 0)
        return false;
    return part == 0 || ((network->address.s6_addr[whole] ^ address->s6_addr[whole]) & (0xff00u >> part) & 0xff) == 0;
}

static bool is_ours(const Proxies *proxies, const struct in6_addr *address)
{
    for (size_t i = 0; i < proxies->count; i++) {
        if (network_has(&proxies->networks[i], address))
            return true;
    }
    return false;
}

bool proxies_have(const Proxies *proxies, const struct sockaddr *address)
{
    struct in6_addr six = { 0 };

    if (proxies->count == 0)
        return false;
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 whole;
        memcpy(&whole, address, sizeof whole);
        six = whole.sin6_addr;
    } else if (address->sa_family == AF_INET) {
        struct sockaddr_in whole;
        memcpy(&whole, address, sizeof whole);
        memset(&six.s6_addr[10], 0xff, 2);
        memcpy(&six.s6_addr[12], &whole.sin_addr, sizeof whole.sin_addr);
    } else {
        return false;
    }
    return is_ours(proxies, &six);
}

/* --- what they say ------------------------------------------------------------------------------------------------ */

/* "192.0.2.43", "192.0.2.43:4711", "[2001:db8::17]:4711", and, as some write it, a bare IPv6 address.  "unknown" and
 * "_hidden" are nobody. */
static bool node_read(Str node, struct in6_addr *ret)
{
    node = str_trim(node);
    if (node.len >= 2 && node.ptr[0] == '"' && node.ptr[node.len - 1] == '"')
        node = (Str){ node.ptr + 1, node.len - 2 };
    if (node.len > 0 && node.ptr[0] == '[') {
        const char *end = memchr(node.ptr, ']', node.len);
        return end && address_read((Str){ node.ptr + 1, (size_t)(end - node.ptr) - 1 }, ret);
    }
    if (address_read(node, ret))
        return true;
    return address_read(str_split(&node, ':'), ret);
}

/* The value of "for" of one element of Forwarded: for=192.0.2.60;proto=http;by=203.0.113.43 */
static Str for_of(Str element)
{
    while (element.ptr) {
        Str pair = str_trim(str_split(&element, ';'));

        if (pair.len >= 4 && strncasecmp(pair.ptr, "for=", 4) == 0)
            return (Str){ pair.ptr + 4, pair.len - 4 };
    }
    return (Str){ 0 };
}

/* Cuts the last element off; commas inside quotes divide nothing. */
static Str cut_last(Str *values)
{
    size_t begin = values->len;
    bool quoted = false;

    while (begin > 0 && (quoted || values->ptr[begin - 1] != ',')) {
        begin--;
        if (values->ptr[begin] == '"')
            quoted = !quoted;
    }
    Str last = { values->ptr + begin, values->len - begin };
    *values = begin > 0 ? (Str){ values->ptr, begin - 1 } : (Str){ 0 };
    return str_trim(last);
}

void forwarded_source(const Proxies *proxies, bool forwarded, Str values, char ret[64])
{
    struct in6_addr address, source = { 0 };
    bool found = false, ours = true;

    for (int hops = 0; values.ptr && ours && hops < HOPS_MOST; hops++) {
        Str element = cut_last(&values);

        if (!node_read(forwarded ? for_of(element) : element, &address))
            break;
        source = address;
        found = true;
        ours = is_ours(proxies, &address);
    }
    if (!found)
        return;
    const struct sockaddr_in6 named = { .sin6_family = AF_INET6, .sin6_addr = source };
    source_name((const struct sockaddr *)&named, ret);
}
