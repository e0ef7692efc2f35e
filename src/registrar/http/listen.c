#include "registrar/http/listen.h"

#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 512 /* a hall of kiosks that comes back at once after a power cut */

static bool open_on(const struct addrinfo *info, int socket_, Error *err)
{
    int on = 1, off = 0;

    setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (info->ai_family == AF_INET6)
        setsockopt(socket_, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (bind(socket_, info->ai_addr, info->ai_addrlen) < 0)
        return error_set_errno(err, "bind");
    return listen(socket_, BACKLOG) == 0 || error_set_errno(err, "listen");
}

static bool port_of(int socket_, uint16_t *ret_port, Error *err)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    char port[8];
    uint64_t number;

    if (getsockname(socket_, (struct sockaddr *)&address, &size) < 0)
        return error_set_errno(err, "getsockname");
    if (getnameinfo((struct sockaddr *)&address, size, NULL, 0, port, sizeof port, NI_NUMERICSERV) != 0 ||
        !str_to_u64(str_from(port), 1, UINT16_MAX, &number))
        return error_set(err, ERR_INTERNAL, "port of a socket");
    *ret_port = (uint16_t)number;
    return true;
}

bool listen_on(const char *address, uint16_t port, int *ret_socket, uint16_t *ret_port, Error *err)
{
    struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE, .ai_socktype = SOCK_STREAM };
    struct addrinfo *info;
    char service[8];

    snprintf(service, sizeof service, "%u", (unsigned)port);
    int failed = getaddrinfo(address, service, &hints, &info);
    if (failed)
        return error_set_cause(err, ERR_ARGUMENT, failed, "address %s: %s", address, gai_strerror(failed));
    int socket_ = socket(info->ai_family, info->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool done =
        socket_ >= 0 ? open_on(info, socket_, err) && port_of(socket_, ret_port, err) : error_set_errno(err, "socket");
    freeaddrinfo(info);
    if (!done) {
        if (socket_ >= 0)
            close(socket_);
        return error_add(err, "listen on %s port %u", address, (unsigned)port);
    }
    *ret_socket = socket_;
    return true;
}
