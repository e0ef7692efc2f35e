/* Record: what was asked and answered, a line of JSON each, for a judge of the interface (tests/web/run-openapi).  For
 * institutions that are a demonstration alone: whoever opens it has made sure of that, since bodies stand in it.
 * Without one it costs a comparison.
 *
 *   {"listener": "kiosks", "method": "GET", "path": "/kiosk/v1/home", "query": "a=b" or null, "certificate": true,
 *    "request": {"headers": [["Accept", "..."]], "body": "..." or {"bytes": 7} or null},
 *    "answer": {"status": 200, "headers": [["ETag", "..."]], "body": "..." or {"bytes": 7} or null}}
 *
 * Bodies that are no text (or pages, whose text nobody judges) are told by their size; of Authorization the scheme is
 * told, of Cookie nothing.  Lines of several processes in one file do not mix. */
#ifndef REGISTRAR_HTTP_RECORD_H
#define REGISTRAR_HTTP_RECORD_H

#include <microhttpd.h>

#include "registrar/http/server.h"

/* Appends to the file, which it makes where there is none. */
/* listener: "kiosks"; borrowed. */
HttpRecord *http_record_open(const char *path, const char *listener, Error *err) MUST_USE;
void http_record_close(HttpRecord *record);
OWNED_BY(HttpRecord, http_record_close)

typedef struct HttpRecorded {
    const HttpServerRequest *request; /* its body apart */
    struct MHD_Connection *connection;
    Str request_body;
    unsigned status;
    struct MHD_Response *response; /* with all its headers */
    Str answer_body;
} HttpRecorded;

/* A line that can't be written is left out.  Any thread. */
void http_record_add(HttpRecord *record, const HttpRecorded *recorded);

#endif
