/* A socket that listens. */
#ifndef REGISTRAR_HTTP_LISTEN_H
#define REGISTRAR_HTTP_LISTEN_H

#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

/* address: numbers, "127.0.0.1" or "::" (which takes IPv4 too).  port 0: any free one.  *ret_socket is the caller's. */
bool listen_on(const char *address, uint16_t port, int *ret_socket, uint16_t *ret_port, Error *err) MUST_USE;

#endif
