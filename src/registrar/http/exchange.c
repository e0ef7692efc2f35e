#include "registrar/http/exchange.h"

#include <string.h>
#include <strings.h>

#include "base/memory.h"

/* What every answer says beside its own: nothing may be guessed, told on or framed. */
static const char *const always[][2] = {
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "no-referrer" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
};
#define NOTHING_MAY_RUN "default-src 'none'; frame-ancestors 'none'"

Exchange *exchange_new(struct MHD_Connection *connection, const char *target)
{
    Exchange *exchange = mem_new(1, sizeof(*exchange));

    if (!exchange)
        return NULL;
    exchange->connection = connection;
    buf_init(&exchange->body, 0);
    buf_init(&exchange->answer.body, EXCHANGE_ANSWER_MOST);
    Str query = str_from(target), path = str_split(&query, '?');
    if (path.len >= ROUTE_PATH_MOST || !str_copy(path, exchange->target, sizeof exchange->target) ||
        !str_copy(query, exchange->target + path.len + 1, sizeof exchange->target - path.len - 1)) {
        exchange->refused = MHD_HTTP_URI_TOO_LONG;
        exchange->target[0] = '\0';
    }
    exchange->request.path = exchange->target;
    exchange->request.query = exchange->refused || !query.ptr ? NULL : exchange->target + path.len + 1;
    return exchange;
}

void exchange_free(Exchange *exchange)
{
    if (!exchange)
        return;
    buf_fini(&exchange->body);
    buf_fini(&exchange->answer.body);
    blob_drop(exchange->answer.blob);
    mem_free_wiped(exchange, sizeof(*exchange));
}

static enum MHD_Result add_size(void *total, enum MHD_ValueKind kind UNUSED, const char *name, const char *value)
{
    *(size_t *)total += strlen(name) + (value ? strlen(value) : 0) + 4;
    return MHD_YES;
}

static const char *header(const Exchange *exchange, const char *name)
{
    return MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
}

static void read_headers(Exchange *exchange)
{
    HttpServerRequest *request = &exchange->request;
    const char *authorization = header(exchange, MHD_HTTP_HEADER_AUTHORIZATION);

    if (authorization && strncasecmp(authorization, "Bearer ", 7) == 0)
        request->bearer = authorization + 7;
    request->accept_language = header(exchange, MHD_HTTP_HEADER_ACCEPT_LANGUAGE);
    request->if_none_match = header(exchange, MHD_HTTP_HEADER_IF_NONE_MATCH);
    request->content_type = header(exchange, MHD_HTTP_HEADER_CONTENT_TYPE);
}

/* A body that says its size is refused before it is sent. */
static bool announces_too_much(const Exchange *exchange)
{
    const char *length = header(exchange, MHD_HTTP_HEADER_CONTENT_LENGTH);
    uint64_t size;

    return length && !str_to_u64(str_from(length), 0, exchange->match.route->body_most, &size);
}

void exchange_begin(Exchange *exchange, const HttpServerConfig *config, const char *method)
{
    static const int refusals[] = {
        [ROUTE_FOUND] = 0, [ROUTE_NO_PATH] = MHD_HTTP_NOT_FOUND, [ROUTE_NO_METHOD] = MHD_HTTP_METHOD_NOT_ALLOWED
    };
    size_t headers = 0;

    exchange->stage = EXCHANGE_RECEIVING;
    exchange->request.method = method;
    exchange->request.context = config->context;
    read_headers(exchange);
    MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, add_size, &headers);
    if (headers > EXCHANGE_HEADERS_MOST)
        exchange->refused = MHD_HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE;
    if (exchange->refused)
        return;
    exchange->refused =
        refusals[route_find(config->routes, config->route_count, method, str_from(exchange->target), &exchange->match)];
    if (exchange->refused)
        return;
    memcpy(exchange->request.parameters, exchange->match.parameters, sizeof exchange->request.parameters);
    exchange->request.parameter_count = exchange->match.parameter_count;
    buf_init(&exchange->body, exchange->match.route->body_most);
    if (announces_too_much(exchange))
        exchange->refused = MHD_HTTP_CONTENT_TOO_LARGE;
}

bool exchange_receive(Exchange *exchange, Str part)
{
    if (!exchange->refused)
        buf_add_str(&exchange->body, part);
    if (!exchange->refused && !exchange->body.failed)
        return true;
    if (!exchange->refused)
        exchange->refused = MHD_HTTP_CONTENT_TOO_LARGE;
    exchange->surplus += part.len;
    return exchange->surplus <= EXCHANGE_SURPLUS_MOST;
}

static void answer_clear(HttpServerAnswer *answer)
{
    buf_fini(&answer->body);
    blob_drop(answer->blob);
    *answer = (HttpServerAnswer){ 0 };
    buf_init(&answer->body, EXCHANGE_ANSWER_MOST);
}

static bool handle(Exchange *exchange, const HttpServerConfig *config, Error *err)
{
    const HttpRoute *route = exchange->match.route;
    HttpHandler handler = route && !exchange->refused ? route->handler : config->fallback;

    exchange->answer.status = exchange->refused ? exchange->refused : MHD_HTTP_OK;
    return handler(&exchange->request, &exchange->answer, err) && buf_ok(&exchange->answer.body, err);
}

/* RFC 9110 section 13.1.2: weak comparison against each of a list, or "*". */
static bool etag_listed(const char *list, const char *etag)
{
    Str rest = str_from(list);

    while (rest.ptr) {
        Str one = str_trim(str_split(&rest, ','));

        if (str_starts(one, STR("W/")))
            one = (Str){ one.ptr + 2, one.len - 2 };
        if (str_equal_text(one, "*") || str_equal_text(one, etag))
            return true;
    }
    return false;
}

static void settle_etag(Exchange *exchange)
{
    HttpServerAnswer *answer = &exchange->answer;

    if (answer->status != MHD_HTTP_OK || !answer->etag[0] || !exchange->request.if_none_match ||
        !etag_listed(exchange->request.if_none_match, answer->etag))
        return;
    buf_clear(&answer->body);
    blob_drop(steal(&answer->blob));
    answer->status = MHD_HTTP_NOT_MODIFIED;
}

static size_t answer_size(const HttpServerAnswer *answer)
{
    return answer->blob ? blob_str(answer->blob).len : answer->body.len;
}

void exchange_work(Exchange *exchange, const HttpServerConfig *config, const Clock *clock, Log *log)
{
    const char *route = exchange->match.route ? exchange->match.route->name : "none";
    Error error = { 0 };

    exchange->request.body = buf_str(&exchange->body);
    if (!handle(exchange, config, &error)) {
        log_failure(log, LOG_ERROR, EVENT_HTTP_FAILED, &error,
                    (const LogField[]){ LOG_WORD("listener", config->listener), LOG_WORD("route", route), { 0 } });
        answer_clear(&exchange->answer);
        exchange->refused = MHD_HTTP_INTERNAL_SERVER_ERROR;
        if (!handle(exchange, config, &error))
            answer_clear(&exchange->answer);
        exchange->answer.status = MHD_HTTP_INTERNAL_SERVER_ERROR;
    }
    settle_etag(exchange);
    buf_clear(&exchange->body);
    LOG(log, LOG_INFO, EVENT_HTTP_ANSWERED, LOG_WORD("listener", config->listener), LOG_WORD("route", route),
        LOG_WORD("method", exchange->match.route ? exchange->match.route->method : "none"),
        LOG_NUMBER("status", exchange->answer.status), LOG_NUMBER("bytes", answer_size(&exchange->answer)),
        LOG_NUMBER("ms", clock_monotonic_ms(clock) - exchange->request.arrived_ms));
}

static void drop_body(void *blob)
{
    blob_drop(blob);
}

/* libmicrohttpd keeps the body until its last byte has left; then it is wiped. */
static struct MHD_Response *response_new(HttpServerAnswer *answer)
{
    if (!answer->blob && answer->body.len > 0) {
        answer->blob = blob_take_buf(&answer->body);
        if (!answer->blob)
            return NULL;
    }
    if (!answer->blob)
        return MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    Str bytes = blob_str(answer->blob);
    void *unchanged = (void *)(uintptr_t)bytes.ptr; /* libmicrohttpd only reads it, but its face does not say so */
    struct MHD_Response *response =
        MHD_create_response_from_buffer_with_free_callback_cls(bytes.len, unchanged, drop_body, answer->blob);
    if (response)
        answer->blob = NULL;
    return response;
}

static void add_number(struct MHD_Response *response, const char *name, int number)
{
    OWNED_BUF text;

    buf_init(&text, 16);
    if (number <= 0)
        return;
    buf_add_format(&text, "%d", number);
    MHD_add_response_header(response, name, buf_text(&text));
}

static void add_text(struct MHD_Response *response, const char *name, const char *text)
{
    if (text && text[0])
        MHD_add_response_header(response, name, text);
}

enum MHD_Result exchange_send(Exchange *exchange, bool last)
{
    HttpServerAnswer *answer = &exchange->answer;
    unsigned status = (unsigned)answer->status;
    struct MHD_Response *response = response_new(answer);

    if (!response)
        return MHD_NO;
    for (size_t i = 0; i < COUNT(always); i++)
        add_text(response, always[i][0], always[i][1]);
    add_text(response, "Content-Security-Policy", answer->security ? answer->security : NOTHING_MAY_RUN);
    add_text(response, MHD_HTTP_HEADER_CACHE_CONTROL, answer->cache ? answer->cache : "no-store");
    add_text(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->content_type);
    add_text(response, MHD_HTTP_HEADER_CONTENT_LANGUAGE, answer->language);
    add_text(response, MHD_HTTP_HEADER_ETAG, answer->etag);
    add_number(response, MHD_HTTP_HEADER_RETRY_AFTER, answer->retry_after_s);
    if (status == MHD_HTTP_UNAUTHORIZED)
        add_text(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer");
    add_number(response, "Page-Count", answer->page_count);
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
        add_text(response, MHD_HTTP_HEADER_ALLOW, exchange->match.allow);
    if (last)
        add_text(response, MHD_HTTP_HEADER_CONNECTION, "close");
    enum MHD_Result queued = MHD_queue_response(exchange->connection, status, response);
    MHD_destroy_response(response);
    return queued;
}
