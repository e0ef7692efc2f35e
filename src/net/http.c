#include "net/http.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <curl/curl.h>
#include <openssl/ssl.h>

#include "base/clock.h"
#include "base/memory.h"
#include "net/curl_memory.h"

#define HEADERS_MOST       (16u << 10) /* bytes of header lines that an answer may have */
#define RETRY_AFTER_S_MOST 86400
#define PAGE_COUNT_MOST    1000
#define BEARER_BYTES_MOST  2100 /* HEMIS's are JWTs */
#define HEADER_VALUE_MOST  256
#define LOOK_UP_MS         200 /* how often given_up is asked while nothing moves */

struct HttpClient {
    CURLM *multi; /* keeps the connections */
    CURL *easy;
    char *ca_file, *certificate_file, *key_file; /* NULL: none */
    Clock clock;
    atomic_bool cancelled;
};

/* One http_do. */
typedef struct Exchange {
    const HttpRequest *request;
    HttpAnswer *answer;
    struct curl_slist *headers;
    int64_t until_ms; /* monotonic */
    size_t header_bytes;
    bool started;   /* libcurl was about to send the request */
    bool repeating; /* it was about to send it again */
    bool too_large;
    char words[CURL_ERROR_SIZE];
} Exchange;

static void exchange_fini(Exchange *exchange)
{
    curl_slist_free_all(exchange->headers);
}

#define OWNED_EXCHANGE __attribute__((cleanup(exchange_fini))) Exchange

static bool copy_path(const char *path, char **ret_copy, Error *err)
{
    if (!path)
        return true;
    *ret_copy = mem_copy_text(path);
    return *ret_copy ? true : error_set(err, ERR_MEMORY, "HTTP client");
}

HttpClient *http_client_new(const HttpIdentity *identity, Error *err)
{
    if (!curl_memory_start(err))
        return NULL;

    OWNED(HttpClient) client = mem_new(1, sizeof(*client));
    if (!client) {
        error_set(err, ERR_MEMORY, "HTTP client");
        return NULL;
    }
    client->clock = clock_system();
    if (!copy_path(identity->ca_file, &client->ca_file, err) ||
        !copy_path(identity->certificate_file, &client->certificate_file, err) ||
        !copy_path(identity->key_file, &client->key_file, err))
        return NULL;
    client->multi = curl_multi_init();
    client->easy = curl_easy_init();
    if (!client->multi || !client->easy) {
        error_set(err, ERR_MEMORY, "HTTP client");
        return NULL;
    }
    return steal(&client);
}

void http_client_free(HttpClient *client)
{
    if (!client)
        return;
    curl_easy_cleanup(client->easy);
    curl_multi_cleanup(client->multi);
    mem_free(client->ca_file);
    mem_free(client->certificate_file);
    mem_free(client->key_file);
    mem_free(client);
}

void http_cancel(HttpClient *client)
{
    atomic_store(&client->cancelled, true);
    curl_multi_wakeup(client->multi);
}

void http_look_up(HttpClient *client)
{
    curl_multi_wakeup(client->multi);
}

void http_answer_fini(HttpAnswer *answer)
{
    if (answer)
        buf_fini(&answer->body);
}

/* ---- what libcurl asks of us ---- */

static size_t take_body(char *bytes, size_t one, size_t count, void *ctx)
{
    Exchange *exchange = ctx;

    buf_add(&exchange->answer->body, bytes, one * count);
    if (exchange->answer->body.failed) {
        exchange->too_large = true;
        return 0;
    }
    return one * count;
}

static size_t count_header(char *bytes, size_t one, size_t count, void *ctx)
{
    Exchange *exchange = ctx;

    (void)bytes;
    exchange->header_bytes += one * count;
    if (exchange->header_bytes > HEADERS_MOST) {
        exchange->too_large = true;
        return 0;
    }
    return one * count;
}

/* libcurl sends a request again by itself when a kept connection dies before the answer, whatever the method.  The peer
 * may have acted on the first, so the second is refused here: whether to ask again is the caller's to know. */
static int refuse_repeat(void *ctx, char *peer, char *local, int peer_port, int local_port)
{
    Exchange *exchange = ctx;

    (void)peer, (void)local, (void)peer_port, (void)local_port;
    exchange->repeating = exchange->started;
    exchange->started = true;
    return exchange->repeating ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

/* OpenSSL keeps what it has read in a buffer of its own: session tokens and pages. */
static CURLcode wipe_what_was_read(CURL *easy, void *ssl_context, void *ctx)
{
    (void)easy, (void)ctx;
    SSL_CTX_set_options(ssl_context, SSL_OP_CLEANSE_PLAINTEXT);
    return CURLE_OK;
}

/* ---- the request ---- */

/* libcurl itself is the judge of what the host is, so that no two parsers can differ. */
static bool url_allowed(const char *url, Error *err)
{
    CURLU *parts = curl_url();
    char *scheme = NULL;
    char *host = NULL;
    bool allowed = false;

    if (parts && curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK &&
        curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
        curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK) {
        bool loopback = strcmp(host, "127.0.0.1") == 0 || strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0;
        allowed = strcmp(scheme, "https") == 0 || (strcmp(scheme, "http") == 0 && loopback);
    }
    curl_free(scheme);
    curl_free(host);
    curl_url_cleanup(parts);
    return allowed ? true : error_set(err, ERR_ARGUMENT, "address is neither https nor on this machine");
}

static bool header_value_ok(const char *value)
{
    for (const char *at = value; *at != '\0'; at++)
        if (*at < ' ' || *at > '~')
            return false;
    return true;
}

static bool add_header(Exchange *exchange, const char *name, const char *value, size_t most, Error *err)
{
    if (!value)
        return true;
    if (!header_value_ok(value))
        return error_set(err, ERR_ARGUMENT, "header %s holds what it may not", name);

    OWNED_BUF line;
    buf_init(&line, most);
    buf_add_text(&line, name);
    buf_add_text(&line, value);
    if (!buf_ok(&line, err))
        return error_add(err, "header %s", name);
    struct curl_slist *longer = curl_slist_append(exchange->headers, buf_text(&line));
    if (!longer)
        return error_set(err, ERR_MEMORY, "header %s", name);
    exchange->headers = longer;
    return true;
}

static bool add_headers(Exchange *exchange, Error *err)
{
    const HttpRequest *request = exchange->request;

    return add_header(exchange, "Authorization: Bearer ", request->bearer, BEARER_BYTES_MOST, err) &&
           add_header(exchange, "Accept: ", request->accept, HEADER_VALUE_MOST, err) &&
           add_header(exchange, "If-None-Match: ", request->etag, HEADER_VALUE_MOST, err) &&
           add_header(exchange, "Idempotency-Key: ", request->idempotency_key, HEADER_VALUE_MOST, err) &&
           /* An empty value takes libcurl's own header away: no waiting for "100 Continue", no form type. */
           add_header(exchange, "Expect:", "", HEADER_VALUE_MOST, err) &&
           add_header(exchange, request->content_type ? "Content-Type: " : "Content-Type:",
                      request->content_type ? request->content_type : "", HEADER_VALUE_MOST, err);
}

/* Each returns 0, or something else when libcurl refused an option, which it does without memory only. */
static int set_trust(const HttpClient *client)
{
    CURL *easy = client->easy;
    int wrong = (int)curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);

    wrong |= (int)curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, wipe_what_was_read);
    if (client->ca_file) {
        wrong |= (int)curl_easy_setopt(easy, CURLOPT_CAINFO, client->ca_file);
        /* Debian builds libcurl with a folder of authorities, which would be trusted beside the file. */
        wrong |= (int)curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    }
    if (client->certificate_file)
        wrong |= (int)curl_easy_setopt(easy, CURLOPT_SSLCERT, client->certificate_file);
    if (client->key_file)
        wrong |= (int)curl_easy_setopt(easy, CURLOPT_SSLKEY, client->key_file);
    return wrong;
}

static int set_manners(CURL *easy)
{
    int wrong = (int)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);

    wrong |= (int)curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https,http");
    wrong |= (int)curl_easy_setopt(easy, CURLOPT_PROXY, ""); /* nor any from the environment */
    wrong |= (int)curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    wrong |= (int)curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    /* Without this, giving up while a name is looked up waits for the resolver, which can take half a minute. */
    wrong |= (int)curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    return wrong;
}

static int set_request(CURL *easy, const Exchange *exchange)
{
    const HttpRequest *request = exchange->request;
    int wrong = (int)curl_easy_setopt(easy, CURLOPT_URL, request->url);

    if (request->content_type) {
        wrong |= (int)curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.len);
        wrong |= (int)curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body.len > 0 ? request->body.ptr : "");
    }
    wrong |= (int)curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
    wrong |= (int)curl_easy_setopt(easy, CURLOPT_HTTPHEADER, exchange->headers);
    wrong |= (int)curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)request->deadline_ms);
    wrong |= (int)curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)request->deadline_ms);
    return wrong;
}

static int set_callbacks(CURL *easy, Exchange *exchange)
{
    int wrong = (int)curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, exchange->words);

    wrong |= (int)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    wrong |= (int)curl_easy_setopt(easy, CURLOPT_WRITEDATA, exchange);
    wrong |= (int)curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, count_header);
    wrong |= (int)curl_easy_setopt(easy, CURLOPT_HEADERDATA, exchange);
    wrong |= (int)curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, refuse_repeat);
    wrong |= (int)curl_easy_setopt(easy, CURLOPT_PREREQDATA, exchange);
    return wrong;
}

/* ---- running it ---- */

static ErrorCode meaning(CURLcode code)
{
    static const struct {
        CURLcode code;
        ErrorCode error;
    } meanings[] = {
        { CURLE_COULDNT_RESOLVE_HOST, ERR_OFFLINE },
        { CURLE_COULDNT_CONNECT, ERR_OFFLINE },
        { CURLE_SEND_ERROR, ERR_OFFLINE },
        { CURLE_RECV_ERROR, ERR_OFFLINE },
        { CURLE_GOT_NOTHING, ERR_OFFLINE },
        { CURLE_PARTIAL_FILE, ERR_OFFLINE },
        { CURLE_OPERATION_TIMEDOUT, ERR_TIMEOUT },
        { CURLE_SSL_CONNECT_ERROR, ERR_CRYPTO },
        { CURLE_PEER_FAILED_VERIFICATION, ERR_CRYPTO },
        { CURLE_SSL_CACERT_BADFILE, ERR_CRYPTO },
        { CURLE_SSL_CERTPROBLEM, ERR_CRYPTO },
        { CURLE_SSL_CLIENTCERT, ERR_CRYPTO },
        { CURLE_SSL_CIPHER, ERR_CRYPTO },
        { CURLE_SSL_ISSUER_ERROR, ERR_CRYPTO },
        { CURLE_WEIRD_SERVER_REPLY, ERR_PROTOCOL },
        { CURLE_UNSUPPORTED_PROTOCOL, ERR_PROTOCOL }, /* of the answer: HTTP/0.9 */
        { CURLE_WRITE_ERROR, ERR_PROTOCOL },          /* larger than was allowed */
        { CURLE_OUT_OF_MEMORY, ERR_MEMORY },
        { CURLE_URL_MALFORMAT, ERR_ARGUMENT },
    };

    for (size_t i = 0; i < COUNT(meanings); i++)
        if (meanings[i].code == code)
            return meanings[i].error;
    return ERR_INTERNAL;
}

bool http_was_sent(const Error *err)
{
    if (err->code != ERR_OFFLINE && err->code != ERR_TIMEOUT && err->code != ERR_PROTOCOL && err->code != ERR_CANCELLED)
        return false;
    return err->cause != 0 && err->cause != CURLE_COULDNT_RESOLVE_HOST && err->cause != CURLE_COULDNT_CONNECT;
}

static bool failed(const Exchange *exchange, CURLcode code, Error *err)
{
    if (exchange->repeating)
        return error_set_cause(err, ERR_OFFLINE, (int)code, "the connection died before an answer");
    if (exchange->too_large)
        return error_set_cause(err, ERR_PROTOCOL, (int)code, "the answer is over its limit");
    return error_set_cause(err, meaning(code), (int)code, "%s",
                           exchange->words[0] != '\0' ? exchange->words : curl_easy_strerror(code));
}

/* False when nobody wants the answer any more. */
static bool still_wanted(HttpClient *client, const HttpRequest *request)
{
    if (atomic_exchange(&client->cancelled, false))
        return false;
    return !request->given_up || !request->given_up(request->given_up_ctx);
}

/* Runs what was added to the multi handle to its end, its deadline or its cancelling. */
static bool drive(HttpClient *client, Exchange *exchange, Error *err)
{
    for (;;) {
        int running = 0;
        CURLMcode code = curl_multi_perform(client->multi, &running);
        if (code != CURLM_OK)
            return error_set_cause(err, ERR_INTERNAL, (int)code, "%s", curl_multi_strerror(code));

        int left = 0;
        CURLMsg *done = curl_multi_info_read(client->multi, &left);
        if (done)
            return done->data.result == CURLE_OK || failed(exchange, done->data.result, err);
        if (!still_wanted(client, exchange->request))
            return error_set(err, ERR_CANCELLED, "cancelled");

        int64_t left_ms = exchange->until_ms - clock_monotonic_ms(&client->clock);
        if (left_ms <= 0)
            return error_set_cause(err, ERR_TIMEOUT, CURLE_OPERATION_TIMEDOUT, "no answer in time");
        if (exchange->request->given_up && left_ms > LOOK_UP_MS)
            left_ms = LOOK_UP_MS;
        code = curl_multi_poll(client->multi, NULL, 0, (int)left_ms, NULL);
        if (code != CURLM_OK)
            return error_set_cause(err, ERR_INTERNAL, (int)code, "%s", curl_multi_strerror(code));
    }
}

/* With CURLOPT_NOSIGNAL a write to a dead connection raises SIGPIPE, which would end the program. */
static bool drive_without_sigpipe(HttpClient *client, Exchange *exchange, Error *err)
{
    static const struct timespec at_once;
    sigset_t pipe_only, before, pending;

    sigemptyset(&pipe_only);
    sigaddset(&pipe_only, SIGPIPE);
    sigpending(&pending);
    pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
    bool ok = drive(client, exchange, err);
    if (!sigismember(&pending, SIGPIPE))
        while (sigtimedwait(&pipe_only, NULL, &at_once) > 0)
            ;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ok;
}

/* ---- the answer ---- */

static void read_text_header(CURL *easy, const char *name, char *array, size_t size)
{
    struct curl_header *header;

    if (curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK ||
        !str_copy(str_from(header->value), array, size))
        array[0] = '\0';
}

static int read_number_header(CURL *easy, const char *name, uint64_t most)
{
    char text[16];
    uint64_t number;

    read_text_header(easy, name, text, sizeof(text));
    return str_to_u64(str_from(text), 1, most, &number) ? (int)number : 0;
}

static bool read_head(CURL *easy, HttpAnswer *answer, Error *err)
{
    long status = 0;

    if (curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status) != CURLE_OK || status < 200 || status > 599)
        return error_set(err, ERR_PROTOCOL, "the answer has no status");
    answer->status = (int)status;
    read_text_header(easy, "Content-Type", answer->content_type, sizeof(answer->content_type));
    read_text_header(easy, "ETag", answer->etag, sizeof(answer->etag));
    answer->retry_after_s = read_number_header(easy, "Retry-After", RETRY_AFTER_S_MOST);
    answer->page_count = read_number_header(easy, "Page-Count", PAGE_COUNT_MOST);
    return true;
}

static bool set_up(HttpClient *client, Exchange *exchange, Error *err)
{
    if (!url_allowed(exchange->request->url, err) || !add_headers(exchange, err))
        return false;

    curl_easy_reset(client->easy); /* keeps connections and TLS sessions */
    if (set_manners(client->easy) || set_trust(client) || set_request(client->easy, exchange) ||
        set_callbacks(client->easy, exchange))
        return error_set(err, ERR_MEMORY, "libcurl refuses an option");
    return true;
}

bool http_do(HttpClient *client, const HttpRequest *request, HttpAnswer *ret, Error *err)
{
    HttpAnswer answer = { 0 };
    OWNED_EXCHANGE exchange = { .request = request, .answer = &answer };

    assert(request->deadline_ms > 0);
    if (!still_wanted(client, request))
        return error_set(err, ERR_CANCELLED, "cancelled before it began");
    buf_init(&answer.body, request->answer_most);
    exchange.until_ms = clock_monotonic_ms(&client->clock) + request->deadline_ms;

    bool ok = set_up(client, &exchange, err);
    if (ok && curl_multi_add_handle(client->multi, client->easy) != CURLM_OK)
        ok = error_set(err, ERR_INTERNAL, "libcurl takes no request");
    if (ok) {
        ok = drive_without_sigpipe(client, &exchange, err) && read_head(client->easy, &answer, err);
        curl_multi_remove_handle(client->multi, client->easy);
    }
    curl_easy_reset(client->easy); /* lets go of the bearer and of pointers into the request */
    if (!ok) {
        http_answer_fini(&answer);
        return error_add(err, "%s", request->method);
    }
    *ret = answer;
    return true;
}
