#include "print/printer_exchange.h"

#include <string.h>

#include "base/memory.h"

#define ANSWER_BYTES_MOST (1u << 20)
#define USER              "kiosk" /* one name for all: printers keep it and show it */

Call call_begin(Printer *printer, int deadline_ms)
{
    return (Call){ .printer = printer,
                   .station = &printer->front,
                   .until_ms = clock_monotonic_ms(&printer->clock) + deadline_ms };
}

Call call_beyond(const Call *call)
{
    return (Call){ .printer = call->printer, .station = &call->printer->device, .until_ms = call->until_ms };
}

void call_end(Call *call)
{
    line_close(call->line);
}

bool call_result(Call *call, bool ok, const Error *why, const char *what, Error *err)
{
    if (ok)
        return true;
    if (why->code == ERR_CANCELLED)
        atomic_store(&call->printer->interrupted, false);
    if (err)
        *err = *why;
    return error_add(err, "%s", what);
}

bool station_set(Station *station, const char *uri)
{
    char scheme[16], user[64];
    Station set = { 0 };
    int port;
    size_t len = strcspn(uri, "?"); /* options of a cupsd's backend, which are no part of the address */

    if (len == 0 || !str_copy((Str){ uri, len }, set.uri, sizeof(set.uri)) ||
        httpSeparateURI(HTTP_URI_CODING_ALL, set.uri, scheme, sizeof(scheme), user, sizeof(user), set.target.host,
                        sizeof(set.target.host), &port, set.resource, sizeof(set.resource)) < HTTP_URI_STATUS_OK ||
        (strcmp(scheme, "ipp") != 0 && strcmp(scheme, "ipps") != 0) || set.target.host[0] == '\0')
        return false;
    set.target.port = port;
    set.target.tls = strcmp(scheme, "ipps") == 0;
    *station = set;
    return true;
}

ipp_t *request_new(const Station *station, ipp_op_t operation, int32_t job)
{
    ipp_t *request = ippNewRequest(operation);

    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, station->uri);
    if (job != 0)
        ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, USER);
    return request;
}

void request_only(ipp_t *request, const char *const *names, int count)
{
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", count, NULL, names);
}

/* ---- why it failed ---- */

/* What cut the line short says more than what libcups made of it. */
static bool exchange_failed(Call *call, ErrorCode code, const char *words, Error *err)
{
    if (atomic_load(&call->printer->interrupted))
        return error_set(err, ERR_CANCELLED, "%s: interrupted", words);
    if (clock_monotonic_ms(&call->printer->clock) >= call->until_ms)
        return error_set(err, ERR_TIMEOUT, "%s: no answer in time", words);
    return error_set(err, code, "%s", words);
}

static bool http_refused(Call *call, http_status_t status, Error *err)
{
    static const struct {
        int status;
        ErrorCode code;
    } meanings[] = {
        { HTTP_STATUS_ERROR, ERR_OFFLINE },
        { HTTP_STATUS_UNAUTHORIZED, ERR_DENIED },
        { HTTP_STATUS_FORBIDDEN, ERR_DENIED },
        { HTTP_STATUS_NOT_FOUND, ERR_NOT_FOUND },
        { HTTP_STATUS_UPGRADE_REQUIRED, ERR_DENIED }, /* wants ipps */
        { HTTP_STATUS_SERVICE_UNAVAILABLE, ERR_BUSY },
    };

    for (size_t i = 0; i < COUNT(meanings); i++)
        if (meanings[i].status == (int)status)
            return exchange_failed(call, meanings[i].code, httpStatus(status), err);
    return exchange_failed(call, ERR_PROTOCOL, httpStatus(status), err);
}

/* ---- sending ---- */

static bool send_head(http_t *http, const char *resource, ipp_t *request, size_t document_size)
{
    ipp_state_t state;

    httpClearFields(http);
    httpSetField(http, HTTP_FIELD_CONTENT_TYPE, "application/ipp");
    httpSetLength(http, ippLength(request) + document_size);
    if (httpPost(http, resource) != 0)
        return false;
    while ((state = ippWrite(http, request)) != IPP_STATE_DATA)
        if (state == IPP_STATE_ERROR)
            return false;
    return httpFlushWrite(http) >= 0;
}

/* A printer that answers before it was sent the document refuses it, or is closing; it gets none. */
static bool send_page(http_t *http, const PrinterPage *page, int refusal_ms, PrinterLeft *left, Error *err)
{
    if (httpWait(http, refusal_ms))
        return true;
    if (page->before_first_byte && !page->before_first_byte(page->ctx, err))
        return false;
    *left = PRINTER_LEFT_PART;
    if (httpWrite2(http, page->pdf.ptr, page->pdf.len) != (ssize_t)page->pdf.len || httpFlushWrite(http) < 0)
        return error_set(err, ERR_OFFLINE, "the connection died");
    *left = PRINTER_LEFT_ALL;
    return true;
}

/* ---- receiving ---- */

typedef struct Source {
    http_t *http;
    size_t room; /* bytes that the answer may still have */
} Source;

/* All or nothing, as ippReadIO wants it. */
static ssize_t read_whole(void *ctx, ipp_uchar_t *bytes, size_t size)
{
    Source *source = ctx;
    size_t got = 0;

    if (size > source->room)
        return -1;
    while (got < size) {
        ssize_t more = httpRead2(source->http, (char *)bytes + got, size - got);
        if (more <= 0)
            return -1;
        got += (size_t)more;
    }
    source->room -= size;
    return (ssize_t)got;
}

static bool receive(Call *call, http_t *http, ipp_t **ret_answer, Error *err)
{
    http_status_t status;
    ipp_state_t state;

    while ((status = httpUpdate(http)) == HTTP_STATUS_CONTINUE)
        ;
    if (status != HTTP_STATUS_OK)
        return http_refused(call, status, err);

    OWNED(Ipp) answer = ippNew();
    Source source = { http, ANSWER_BYTES_MOST };
    while ((state = ippReadIO(&source, read_whole, 1, NULL, answer)) != IPP_STATE_DATA)
        if (state == IPP_STATE_ERROR)
            return exchange_failed(call, ERR_PROTOCOL, "broken answer", err);
    httpFlush(http);
    *ret_answer = steal(&answer);
    return true;
}

static bool connected(Call *call, Error *err)
{
    if (call->line && !line_lasts(call->line)) {
        line_close(call->line);
        call->line = NULL;
    }
    if (!call->line)
        call->line = line_open(&call->station->target, call->until_ms, &call->printer->interrupted, err);
    return call->line != NULL;
}

static bool exchange(Call *call, ipp_t *request, const PrinterPage *page, int refusal_ms, PrinterLeft *left,
                     ipp_t **ret_answer, Error *err)
{
    Error why = { 0 };

    if (!connected(call, err))
        return false;
    http_t *http = line_http(call->line);
    if (!send_head(http, call->station->resource, request, page ? page->pdf.len : 0))
        return exchange_failed(call, ERR_OFFLINE, "the connection died", err);
    if (page && !send_page(http, page, refusal_ms, left, &why)) {
        if (why.code == ERR_OFFLINE)
            return exchange_failed(call, why.code, why.text, err);
        if (err)
            *err = why;
        return false;
    }
    return receive(call, http, ret_answer, err);
}

bool call_exchange(Call *call, ipp_t *request, ipp_t **ret_answer, Error *err)
{
    return exchange(call, request, NULL, 0, NULL, ret_answer, err)
               ? true
               : error_add(err, "%s", ippOpString(ippGetOperation(request)));
}

bool call_exchange_page(Call *call, ipp_t *request, const PrinterPage *page, int refusal_ms, PrinterLeft *ret_left,
                        ipp_t **ret_answer, Error *err)
{
    *ret_left = PRINTER_LEFT_NOTHING;
    return exchange(call, request, page, refusal_ms, ret_left, ret_answer, err)
               ? true
               : error_add(err, "%s", ippOpString(ippGetOperation(request)));
}

bool answer_ok(ipp_t *answer, Error *err)
{
    static const struct {
        ipp_status_t status;
        ErrorCode code;
    } meanings[] = {
        { IPP_STATUS_ERROR_BUSY, ERR_BUSY },
        { IPP_STATUS_ERROR_TEMPORARY, ERR_BUSY },
        { IPP_STATUS_ERROR_TOO_MANY_JOBS, ERR_BUSY },
        { IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS, ERR_DENIED },
        { IPP_STATUS_ERROR_PRINTER_IS_DEACTIVATED, ERR_DENIED },
        { IPP_STATUS_ERROR_FORBIDDEN, ERR_DENIED },
        { IPP_STATUS_ERROR_NOT_AUTHENTICATED, ERR_DENIED },
        { IPP_STATUS_ERROR_NOT_AUTHORIZED, ERR_DENIED },
        { IPP_STATUS_ERROR_NOT_POSSIBLE, ERR_CONFLICT },
        { IPP_STATUS_ERROR_NOT_FOUND, ERR_NOT_FOUND },
        { IPP_STATUS_ERROR_GONE, ERR_NOT_FOUND },
        { IPP_STATUS_ERROR_OPERATION_NOT_SUPPORTED, ERR_UNSUPPORTED },
        { IPP_STATUS_ERROR_VERSION_NOT_SUPPORTED, ERR_UNSUPPORTED },
        { IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED, ERR_UNSUPPORTED },
    };
    ipp_status_t status = ippGetStatusCode(answer);

    if (status >= IPP_STATUS_OK && status < IPP_STATUS_REDIRECTION_OTHER_SITE)
        return true;
    for (size_t i = 0; i < COUNT(meanings); i++)
        if (meanings[i].status == status)
            return error_set_cause(err, meanings[i].code, (int)status, "%s", ippErrorString(status));
    return error_set_cause(err, ERR_PROTOCOL, (int)status, "%s", ippErrorString(status));
}
