#include "registrar/http/exchange.h"

#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "registrar/http/record.h"

/* What every answer says beside its own: nothing may be guessed, told on or framed. */
static const char *const always[][2] = {
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "no-referrer" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "X-Robots-Tag", "noindex, nofollow" },
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

typedef struct Gathering {
    const char *field;
    Buf *values;
} Gathering;

static enum MHD_Result gather(void *arg, enum MHD_ValueKind kind UNUSED, const char *name, const char *value)
{
    const Gathering *gathering = arg;

    if (!value || strcasecmp(name, gathering->field) != 0)
        return MHD_YES;
    if (gathering->values->len > 0)
        buf_add_byte(gathering->values, ',');
    buf_add_text(gathering->values, value);
    return MHD_YES;
}

void exchange_believe(Exchange *exchange, const Proxies *proxies, const char *field)
{
    OWNED_BUF values;
    Gathering gathering = { field, &values };

    buf_init(&values, EXCHANGE_HEADERS_MOST);
    if (!field)
        return;
    MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, gather, &gathering);
    if (!values.failed && values.len > 0)
        forwarded_source(proxies, strcasecmp(field, MHD_HTTP_HEADER_FORWARDED) == 0, buf_str(&values),
                         exchange->request.source);
}

static void read_headers(Exchange *exchange)
{
    HttpServerRequest *request = &exchange->request;
    const char *authorization = header(exchange, MHD_HTTP_HEADER_AUTHORIZATION);

    if (authorization && strncasecmp(authorization, "Bearer ", 7) == 0)
        request->bearer = authorization + 7;
    if (authorization && strncasecmp(authorization, "Basic ", 6) == 0)
        request->basic = authorization + 6;
    request->origin = header(exchange, "Origin");
    request->fetch_site = header(exchange, "Sec-Fetch-Site");
    request->fetch_dest = header(exchange, "Sec-Fetch-Dest");
    request->user_agent = header(exchange, MHD_HTTP_HEADER_USER_AGENT);
    request->host = header(exchange, MHD_HTTP_HEADER_HOST);
    request->accept_language = header(exchange, MHD_HTTP_HEADER_ACCEPT_LANGUAGE);
    request->if_none_match = header(exchange, MHD_HTTP_HEADER_IF_NONE_MATCH);
    request->if_match = header(exchange, MHD_HTTP_HEADER_IF_MATCH);
    request->idempotency_key = header(exchange, "Idempotency-Key");
    request->last_event_id = header(exchange, "Last-Event-ID");
    request->content_type = header(exchange, MHD_HTTP_HEADER_CONTENT_TYPE);
    request->cookies = header(exchange, MHD_HTTP_HEADER_COOKIE);
}

/* A body that says its size is refused before it is sent. */
static bool announces_too_much(const Exchange *exchange)
{
    const char *length = header(exchange, MHD_HTTP_HEADER_CONTENT_LENGTH);
    uint64_t size;

    return length && !str_to_u64(str_from(length), 0, exchange->match.route->body_most, &size);
}

/* A certificate says whose kiosk it is, whatever host it names. */
void exchange_choose_host(Exchange *exchange, const Hosts *hosts, const HttpHost *certified, void *nobody)
{
    const HttpHost *host = certified ? certified : hosts_named(hosts, str_from(header(exchange, MHD_HTTP_HEADER_HOST)));

    exchange->request.context = host ? host->context : nobody;
    if (!host)
        exchange->refused = MHD_HTTP_MISDIRECTED_REQUEST;
}

void exchange_begin(Exchange *exchange, const HttpServerConfig *config, const char *method)
{
    static const int refusals[] = {
        [ROUTE_FOUND] = 0, [ROUTE_NO_PATH] = MHD_HTTP_NOT_FOUND, [ROUTE_NO_METHOD] = MHD_HTTP_METHOD_NOT_ALLOWED
    };
    size_t headers = 0;

    exchange->stage = EXCHANGE_RECEIVING;
    exchange->record = config->record;
    exchange->request.method = method;
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
    else if (exchange_is_large(exchange) && config->admits && !config->admits(&exchange->request))
        exchange->refused = MHD_HTTP_NOT_FOUND;
}

bool exchange_is_large(const Exchange *exchange)
{
    return exchange->match.route && exchange->match.route->body_most > HTTP_LARGE_BODY;
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

    if (exchange->answer.hold.until_ms)
        answer_clear(&exchange->answer); /* of the time before */
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

/* Whoever has it already is told so.  Only what is asked for can be had already, not what is done. */
static void settle_etag(Exchange *exchange)
{
    HttpServerAnswer *answer = &exchange->answer;
    const HttpRoute *route = exchange->match.route;

    if (answer->status != MHD_HTTP_OK || !answer->etag[0] || !exchange->request.if_none_match || !route ||
        strcmp(route->method, "GET") != 0 || !etag_listed(exchange->request.if_none_match, answer->etag))
        return;
    buf_clear(&answer->body);
    blob_drop(steal(&answer->blob));
    answer->content_type = NULL;
    answer->status = MHD_HTTP_NOT_MODIFIED;
}

static size_t answer_size(const HttpServerAnswer *answer)
{
    return answer->blob ? blob_str(answer->blob).len : answer->body.len;
}

bool exchange_is_held(const Exchange *exchange)
{
    return exchange->answer.hold.until_ms > 0 && !exchange->request.hold_over && !exchange->refused;
}

/* What may go well in a moment is to be asked again, and who asks has the keys for it; what is wrong is not. */
static int status_of(const Error *error)
{
    bool passing = error->code == ERR_BUSY || error->code == ERR_TIMEOUT || error->code == ERR_OFFLINE;

    return passing ? MHD_HTTP_SERVICE_UNAVAILABLE : MHD_HTTP_INTERNAL_SERVER_ERROR;
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
        exchange->refused = status_of(&error);
        if (!handle(exchange, config, &error))
            answer_clear(&exchange->answer);
        exchange->answer.status = exchange->refused;
    }
    if (!exchange->record)
        buf_clear(&exchange->body);
    if (exchange_is_held(exchange))
        return;
    settle_etag(exchange);
    /* Nothing new within its time: what every kiosk hears all day is no news for the log either. */
    LogLevel level = exchange->request.hold_over && exchange->answer.status == MHD_HTTP_OK ? LOG_DEBUG : LOG_INFO;
    LOG(log, level, EVENT_HTTP_ANSWERED, LOG_WORD("listener", config->listener), LOG_WORD("route", route),
        LOG_WORD("method", exchange->match.route ? exchange->match.route->method : "none"),
        LOG_NUMBER("status", exchange->answer.status), LOG_NUMBER("bytes", answer_size(&exchange->answer)),
        LOG_NUMBER("ms", clock_monotonic_ms(clock) - exchange->request.arrived_ms));
}

static void drop_body(void *blob)
{
    blob_drop(blob);
}

/* libmicrohttpd keeps the body until its last byte has left; then it is wiped. */
static struct MHD_Response *response_new(HttpServerAnswer *answer, Str *ret_body)
{
    *ret_body = STR("");
    if (!answer->blob && answer->body.len > 0) {
        answer->blob = blob_take_buf(&answer->body);
        if (!answer->blob)
            return NULL;
    }
    if (!answer->blob)
        return MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    Str bytes = *ret_body = blob_str(answer->blob);
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

static void record(const Exchange *exchange, struct MHD_Response *response, Str body)
{
    const HttpRecorded recorded = { .request = &exchange->request,
                                    .connection = exchange->connection,
                                    .request_body = buf_str(&exchange->body),
                                    .status = (unsigned)exchange->answer.status,
                                    .response = response,
                                    .answer_body = body };

    http_record_add(exchange->record, &recorded);
}

enum MHD_Result exchange_send(Exchange *exchange, bool last)
{
    HttpServerAnswer *answer = &exchange->answer;
    unsigned status = (unsigned)answer->status;
    Str body;
    struct MHD_Response *response = response_new(answer, &body);

    if (!response)
        return MHD_NO;
    for (size_t i = 0; i < COUNT(always); i++)
        add_text(response, always[i][0], always[i][1]);
    add_text(response, "Content-Security-Policy", answer->security[0] ? answer->security : NOTHING_MAY_RUN);
    add_text(response, MHD_HTTP_HEADER_CACHE_CONTROL, answer->cache ? answer->cache : "no-store");
    add_text(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->content_type);
    add_text(response, MHD_HTTP_HEADER_CONTENT_LANGUAGE, answer->language);
    add_text(response, MHD_HTTP_HEADER_ETAG, answer->etag);
    add_text(response, MHD_HTTP_HEADER_SET_COOKIE, answer->cookie);
    add_text(response, MHD_HTTP_HEADER_LOCATION, answer->location);
    add_text(response, MHD_HTTP_HEADER_CONTENT_DISPOSITION, answer->disposition);
    add_number(response, MHD_HTTP_HEADER_RETRY_AFTER, answer->retry_after_s);
    if (status == MHD_HTTP_UNAUTHORIZED)
        add_text(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, answer->challenge ? answer->challenge : "Bearer");
    add_number(response, "Page-Count", answer->page_count);
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
        add_text(response, MHD_HTTP_HEADER_ALLOW,
                 exchange->match.route ? exchange->match.route->method : exchange->match.allow);
    if (last)
        add_text(response, MHD_HTTP_HEADER_CONNECTION, "close");
    if (exchange->record)
        record(exchange, response, body);
    enum MHD_Result queued = MHD_queue_response(exchange->connection, status, response);
    MHD_destroy_response(response);
    return queued;
}
