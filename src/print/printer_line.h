/* A connection to a printer that ends by force at its time or when it is interrupted.  libcups bounds neither looking
 * up a name, nor a TLS handshake, nor an answer that drips; so a thread of the line's own dials, and then watches while
 * the caller talks. */
#ifndef PRINT_PRINTER_LINE_H
#define PRINT_PRINTER_LINE_H

#include <stdatomic.h>
#include <stdint.h>

#include <cups/http.h>

#include "base/error.h"

typedef struct Line Line;

typedef struct LineTarget {
    char host[256];
    int port;
    bool tls;
} LineTarget;

/* until_ms: monotonic.  interrupted is looked at until line_close.
 * ERR_OFFLINE, ERR_TIMEOUT, ERR_CANCELLED, ERR_MEMORY. */
Line *line_open(const LineTarget *target, int64_t until_ms, const atomic_bool *interrupted, Error *err) MUST_USE;
/* Waits for the watching thread, which ends at once. */
void line_close(Line *line);
OWNED_BY(Line, line_close)
http_t *line_http(Line *line);
/* True when the last exchange left the connection fit for another one. */
bool line_lasts(Line *line);

#endif
