#include "registrar/http/server.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>

#include "base/file.h"
#include "base/memory.h"
#include "certificates.h"
#include "test.h"
#include "tls_client.h"

#define HOST   " HTTP/1.1\r\nHost: localhost\r\n"
#define FOLDER BINARY_DIR "/http-test"

static atomic_int slow_running, at_gate;
static atomic_bool gate_open;

/* --- the routes of a made-up office --- */

static bool say(HttpServerAnswer *answer, const char *text)
{
    answer->content_type = "text/plain; charset=utf-8";
    buf_add_text(&answer->body, text);
    return true;
}

static bool hello(const HttpServerRequest *request UNUSED, HttpServerAnswer *answer, Error *err UNUSED)
{
    answer->cache = "private, no-cache";
    answer->language = "uz";
    return str_copy(STR("\"v1\""), answer->etag, sizeof answer->etag) && say(answer, "salom");
}

static bool echo(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err UNUSED)
{
    answer->content_type = "application/octet-stream";
    buf_add_str(&answer->body, request->body);
    return true;
}

static bool who(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err UNUSED)
{
    buf_add_format(&answer->body, "%s|%s|%d|%s|" STR_FMT, request->source, request->client_fingerprint,
                   request->client_expired, request->bearer ? request->bearer : "", STR_ARG(request->parameters[0]));
    return true;
}

static bool fails(const HttpServerRequest *request UNUSED, HttpServerAnswer *answer, Error *err)
{
    buf_add_text(&answer->body, "half an answer");
    return error_set(err, ERR_STORE, "the disk is gone");
}

/* As where the database is away for a moment. */
static bool is_busy(const HttpServerRequest *request UNUSED, HttpServerAnswer *answer UNUSED, Error *err)
{
    return error_set(err, ERR_BUSY, "on purpose");
}

static bool slow(const HttpServerRequest *request UNUSED, HttpServerAnswer *answer, Error *err UNUSED)
{
    atomic_fetch_add(&slow_running, 1);
    nanosleep(&(struct timespec){ .tv_nsec = 400000000 }, NULL);
    atomic_fetch_sub(&slow_running, 1);
    return say(answer, "slow");
}

static bool gate(const HttpServerRequest *request UNUSED, HttpServerAnswer *answer, Error *err UNUSED)
{
    atomic_fetch_add(&at_gate, 1);
    while (!atomic_load(&gate_open))
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    return say(answer, "open");
}

static bool later(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err UNUSED)
{
    answer->leave_at_ms = request->arrived_ms + 600;
    return say(answer, "later");
}

static bool fallback(const HttpServerRequest *request UNUSED, HttpServerAnswer *answer, Error *err UNUSED)
{
    buf_add_format(&answer->body, "sorry %d", answer->status);
    return true;
}

static const HttpRoute routes[] = {
    { "hello", "GET", "/hello", 0, false, hello }, { "echo", "POST", "/echo", 1000, false, echo },
    { "who", "GET", "/who/{name}", 0, true, who }, { "fails", "GET", "/fails", 0, false, fails },
    { "busy", "GET", "/busy", 0, false, is_busy }, { "slow", "GET", "/slow", 0, false, slow },
    { "later", "GET", "/later", 0, false, later }, { "gate", "GET", "/gate", 0, false, gate },
};

/* --- a listener --- */

typedef struct Fixture {
    Log *log;
    int log_file;
    HttpServer *server;
    uint16_t port;
} Fixture;

static void fixture_start(Fixture *fixture, const HttpServerConfig *change)
{
    Clock clock = clock_system();
    const HttpHost host = { .certificate_file = FOLDER "/server.pem",
                            .key_file = FOLDER "/server.key",
                            .client_ca_file = FOLDER "/ca.pem" };
    HttpServerConfig config = { .listener = "kiosks",
                                .address = "127.0.0.1",
                                .hosts = &host,
                                .host_count = 1,
                                .routes = routes,
                                .route_count = COUNT(routes),
                                .threads = 2,
                                .connections_most = 200,
                                .idle_s = 30,
                                .fallback = fallback };
    Error error = { 0 };

    if (change && change->idle_s)
        config.idle_s = change->idle_s;
    if (change && change->threads)
        config.threads = change->threads;
    if (change)
        config.connections_a_source = change->connections_a_source;
    if (change) {
        config.is_slow = change->is_slow;
        config.slow_threads = change->slow_threads;
    }
    fixture->log_file = open(FOLDER "/log", O_CREAT | O_TRUNC | O_WRONLY, 0600);
    fixture->log = log_new(fixture->log_file, LOG_INFO, false, &clock);
    fixture->server = http_server_start(&config, clock, fixture->log, &error);
    if (!fixture->server)
        fail_msg("%s", error.text);
    fixture->port = http_server_port(fixture->server);
}

static void fixture_stop(Fixture *fixture)
{
    http_server_stop(fixture->server);
    log_free(fixture->log);
    close(fixture->log_file);
}

static void open_plain(TlsClient *client, const Fixture *fixture)
{
    assert_true(client_open(client, fixture->port, NULL, NULL));
}

/* --- tests --- */

static void test_answers_and_keeps_the_connection(void **state UNUSED)
{
    Fixture fixture;
    TlsClient client;

    fixture_start(&fixture, NULL);
    open_plain(&client, &fixture);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(client_ask(&client, "GET /hello" HOST "\r\n", 5000), 200);
        assert_string_equal(client_body(&client), "salom");
    }
    assert_true(client_header(&client, "Content-Type", "text/plain; charset=utf-8"));
    assert_true(client_header(&client, "X-Content-Type-Options", "nosniff"));
    assert_true(client_header(&client, "Referrer-Policy", "no-referrer"));
    assert_true(client_header(&client, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"));
    assert_true(client_header(&client, "Cache-Control", "private, no-cache"));
    assert_true(client_header(&client, "Content-Language", "uz"));
    assert_true(client_header(&client, "ETag", "\"v1\""));
    assert_true(client_header(&client, "Date", NULL));
    assert_false(client_header(&client, "Connection", "close"));
    assert_false(client_header(&client, "Server", NULL));
    client_close(&client);
    fixture_stop(&fixture);
}

static void test_answers_by_the_book(void **state UNUSED)
{
    static const struct {
        const char *name, *request;
        int status;
        const char *body; /* NULL: any */
    } cases[] = {
        { "HEAD", "HEAD /hello" HOST "\r\n", 200, "" },
        { "unknown path", "GET /nowhere" HOST "\r\n", 404, "sorry 404" },
        { "unknown method", "DELETE /hello" HOST "\r\n", 405, "sorry 405" },
        { "strange method", "BREW /hello" HOST "\r\n", 405, "sorry 405" },
        { "failing handler", "GET /fails" HOST "\r\n", 500, "sorry 500" },
        { "busy handler", "GET /busy" HOST "\r\n", 503, "sorry 503" },
        { "same ETag", "GET /hello" HOST "If-None-Match: \"v0\", W/\"v1\"\r\n\r\n", 304, "" },
        { "any ETag", "GET /hello" HOST "If-None-Match: *\r\n\r\n", 304, "" },
        { "other ETag", "GET /hello" HOST "If-None-Match: \"v2\"\r\n\r\n", 200, "salom" },
        { "body", "POST /echo" HOST "Content-Length: 5\r\n\r\nsalom", 200, "salom" },
        { "body in chunks", "POST /echo" HOST "Transfer-Encoding: chunked\r\n\r\n3\r\nsal\r\n2\r\nom\r\n0\r\n\r\n", 200,
          "salom" },
        { "no body", "POST /echo" HOST "Content-Length: 0\r\n\r\n", 200, "" },
        { "body where none is read", "GET /hello" HOST "Content-Length: 0\r\n\r\n", 200, "salom" },
        { "bearer", "GET /who/x" HOST "Authorization: Bearer abc\r\n\r\n", 200, "127.0.0.1||0|abc|x" },
        { "another scheme", "GET /who/x" HOST "Authorization: Basic abc\r\n\r\n", 200, "127.0.0.1||0||x" },
        { "folded path", "GET /WHO/Xy" HOST "\r\n", 200, "127.0.0.1||0||Xy" },
        { "forwarded addresses are not believed", "GET /who/x" HOST "X-Forwarded-For: 9.9.9.9\r\n\r\n", 200,
          "127.0.0.1||0||x" },
    };
    Fixture fixture;
    TlsClient client;

    fixture_start(&fixture, NULL);
    open_plain(&client, &fixture);
    for (size_t i = 0; i < COUNT(cases); i++) {
        int status = client_ask(&client, cases[i].request, 5000);
        if (status != cases[i].status)
            fail_msg("%s: %d: %s", cases[i].name, status, client.answer);
        if (cases[i].body)
            assert_string_equal(client_body(&client), cases[i].body);
        if (status == 405)
            assert_true(client_header(&client, "Allow", "GET, HEAD"));
        assert_false(client.ended);
    }
    client_close(&client);
    fixture_stop(&fixture);
}

static void test_refuses_what_is_too_large(void **state UNUSED)
{
    Fixture fixture;
    TlsClient client;
    char *large = mem_new(1, 32u << 10);

    fixture_start(&fixture, NULL);
    open_plain(&client, &fixture);
    assert_int_equal(client_ask(&client, "POST /echo" HOST "Content-Length: 1001\r\n\r\n", 5000), 413);
    assert_string_equal(client_body(&client), "sorry 413");
    client_close(&client);

    open_plain(&client, &fixture);
    assert_int_equal(client_ask(&client, "GET /hello" HOST "Content-Length: 99999999999999999999\r\n\r\n", 5000), 413);
    client_close(&client);

    open_plain(&client, &fixture);
    memset(large, 'a', 4096);
    assert_true(client_send(&client, "POST /echo" HOST "Transfer-Encoding: chunked\r\n\r\n1000\r\n"));
    assert_true(client_send(&client, large));
    assert_int_equal(client_ask(&client, "\r\n0\r\n\r\n", 5000), 413);
    client_close(&client);

    open_plain(&client, &fixture);
    memset(large, 'a', 9000);
    large[9000] = '\0';
    assert_true(client_send(&client, "GET /hello" HOST "X-Long: "));
    assert_true(client_send(&client, large));
    assert_int_equal(client_ask(&client, "\r\n\r\n", 5000), 431);
    client_close(&client);

    open_plain(&client, &fixture);
    large[1500] = '\0';
    assert_true(client_send(&client, "GET /"));
    assert_true(client_send(&client, large));
    assert_int_equal(client_ask(&client, HOST "\r\n", 5000), 414);
    client_close(&client);
    mem_free(large);
    fixture_stop(&fixture);
}

static void test_knows_client_certificates(void **state UNUSED)
{
    static const struct {
        const char *name, *file;
        int fingerprint, expired;
    } cases[] = {
        { "none", NULL, 0, 0 },
        { "of our authority", "client", 1, 0 },
        { "past its time", "expired", 1, 1 },
        { "of another authority", "foreign", 0, 0 },
        { "our server's own", "server-only", 0, 0 },
    };
    Fixture fixture;

    fixture_start(&fixture, NULL);
    for (size_t i = 0; i < COUNT(cases); i++) {
        TlsClient client;
        char certificate[256], key[256], fingerprint[65] = "";
        int expired = 0;

        snprintf(certificate, sizeof certificate, FOLDER "/%s.pem", cases[i].file ? cases[i].file : "");
        snprintf(key, sizeof key, FOLDER "/%s.key", cases[i].file ? cases[i].file : "");
        if (!client_open(&client, fixture.port, cases[i].file ? certificate : NULL, key))
            fail_msg("%s: handshake", cases[i].name);
        assert_int_equal(client_ask(&client, "GET /who/x" HOST "\r\n", 5000), 200);
        sscanf(client_body(&client), "127.0.0.1|%64[0-9a-f]|%d|", fingerprint, &expired);
        if ((strlen(fingerprint) == 64) != cases[i].fingerprint || expired != cases[i].expired)
            fail_msg("%s: %s", cases[i].name, client_body(&client));
        client_close(&client);
    }
    fixture_stop(&fixture);
}

static void test_waits_without_a_thread(void **state UNUSED)
{
    HttpServerConfig one = { .threads = 1 };
    Fixture fixture;
    TlsClient waiting[8], quick;
    int64_t began_ms = client_now_ms();

    fixture_start(&fixture, &one);
    for (size_t i = 0; i < COUNT(waiting); i++)
        open_plain(&waiting[i], &fixture);
    open_plain(&quick, &fixture);
    began_ms = client_now_ms();
    for (size_t i = 0; i < COUNT(waiting); i++)
        assert_true(client_send(&waiting[i], "GET /later" HOST "\r\n"));
    assert_int_equal(client_ask(&quick, "GET /hello" HOST "\r\n", 5000), 200);
    assert_true(client_now_ms() - began_ms < 500);
    for (size_t i = 0; i < COUNT(waiting); i++) {
        assert_int_equal(client_read(&waiting[i], false, 5000), 200);
        assert_true(client_now_ms() - began_ms >= 600);
        client_close(&waiting[i]);
    }
    assert_true(client_now_ms() - began_ms < 3000);
    client_close(&quick);
    fixture_stop(&fixture);
}

static void test_says_busy_when_workers_are(void **state UNUSED)
{
    enum { PLACES = 64, MORE = 3 }; /* one runs, PLACES wait, MORE are refused */
    static TlsClient clients[1 + PLACES + MORE];
    HttpServerConfig one = { .threads = 1 };
    Fixture fixture;
    int refused = 0, status[COUNT(clients)] = { 0 };

    atomic_store(&gate_open, false);
    fixture_start(&fixture, &one);
    for (size_t i = 0; i < COUNT(clients); i++) {
        open_plain(&clients[i], &fixture);
        assert_true(client_send(&clients[i], "GET /gate" HOST "\r\n"));
        while (i == 0 && atomic_load(&at_gate) == 0)
            nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    }
    /* Two network threads read them, so which ones come last is not said. */
    for (int64_t until_ms = client_now_ms() + 20000; refused < MORE && client_now_ms() < until_ms;) {
        for (size_t i = 0; i < COUNT(clients); i++) {
            if (status[i] == 0)
                refused += (status[i] = client_read(&clients[i], false, 1)) == 503;
        }
    }
    assert_int_equal(refused, MORE);
    atomic_store(&gate_open, true);
    for (size_t i = 0; i < COUNT(clients); i++) {
        if (status[i] == 0)
            assert_int_equal(client_read(&clients[i], false, 5000), 200);
    }
    for (size_t i = 0; i < COUNT(clients); i++)
        client_close(&clients[i]);
    fixture_stop(&fixture);
}

static bool is_gate(const HttpRoute *route)
{
    return route->handler == gate;
}

/* As many as there are threads for them wait for somebody outside, and one more: the others are answered as ever. */
static void test_slow_routes_hold_nobody_else(void **state UNUSED)
{
    enum { SLOW = 2 };
    HttpServerConfig lanes = { .threads = 1, .is_slow = is_gate, .slow_threads = SLOW };
    TlsClient waiting[SLOW + 1], other;
    Fixture fixture;

    atomic_store(&gate_open, false);
    atomic_store(&at_gate, 0);
    fixture_start(&fixture, &lanes);
    for (size_t i = 0; i < COUNT(waiting); i++) {
        open_plain(&waiting[i], &fixture);
        assert_true(client_send(&waiting[i], "GET /gate" HOST "\r\n"));
    }
    while (atomic_load(&at_gate) < SLOW)
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    open_plain(&other, &fixture);
    for (int i = 0; i < 5; i++) {
        assert_true(client_send(&other, "GET /hello" HOST "\r\n"));
        assert_int_equal(client_read(&other, false, 5000), 200);
    }
    assert_int_equal(atomic_load(&at_gate), SLOW);
    atomic_store(&gate_open, true);
    for (size_t i = 0; i < COUNT(waiting); i++) {
        assert_int_equal(client_read(&waiting[i], false, 5000), 200);
        client_close(&waiting[i]);
    }
    client_close(&other);
    fixture_stop(&fixture);
}

static void test_ends_slow_clients(void **state UNUSED)
{
    HttpServerConfig short_ = { .idle_s = 2 };
    Fixture fixture;
    TlsClient trickling;
    int64_t began_ms = client_now_ms();

    fixture_start(&fixture, &short_);
    open_plain(&trickling, &fixture);
    /* Never quiet for long enough that a time-out between bytes would notice. */
    for (const char *at = "GET /hello HTTP/1.1\r\nHost: localhost"; *at && !trickling.ended; at++) {
        size_t len = 0;
        if (!client_send_bytes(&trickling, at, 1))
            break;
        client_read_more(&trickling, &len, client_now_ms() + 300);
    }
    assert_true(client_now_ms() - began_ms < 8000);
    client_close(&trickling);
    fixture_stop(&fixture);
}

static void test_limits_a_source(void **state UNUSED)
{
    HttpServerConfig two = { .connections_a_source = 2 };
    Fixture fixture;
    TlsClient first, second, third;

    fixture_start(&fixture, &two);
    open_plain(&first, &fixture);
    open_plain(&second, &fixture);
    assert_false(client_open(&third, fixture.port, NULL, NULL));
    client_close(&third);
    client_close(&second);
    for (int i = 0; i < 200 && !client_open(&third, fixture.port, NULL, NULL); i++) {
        client_close(&third);
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
    }
    assert_int_equal(client_ask(&third, "GET /hello" HOST "\r\n", 5000), 200);
    client_close(&third);
    client_close(&first);
    fixture_stop(&fixture);
}

static void *stop(void *server)
{
    http_server_stop(server);
    return NULL;
}

static void test_stops_when_what_is_under_way_ended(void **state UNUSED)
{
    Fixture fixture;
    TlsClient slow_one, later_one, idle;
    pthread_t thread;

    fixture_start(&fixture, NULL);
    open_plain(&slow_one, &fixture);
    open_plain(&later_one, &fixture);
    open_plain(&idle, &fixture);
    assert_true(client_send(&slow_one, "GET /slow" HOST "\r\n"));
    assert_true(client_send(&later_one, "GET /later" HOST "\r\n"));
    while (atomic_load(&slow_running) == 0)
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    int64_t began_ms = client_now_ms();
    assert_int_equal(pthread_create(&thread, NULL, stop, fixture.server), 0);
    assert_int_equal(client_read(&slow_one, false, 5000), 200);
    assert_true(client_header(&slow_one, "Connection", "close"));
    assert_int_equal(client_read(&later_one, false, 5000), 200);
    pthread_join(thread, NULL);
    assert_true(client_now_ms() - began_ms < 3000);
    TlsClient late;
    assert_false(client_open(&late, fixture.port, NULL, NULL));
    client_close(&late);
    client_close(&slow_one);
    client_close(&later_one);
    client_close(&idle);
    log_free(fixture.log);
    close(fixture.log_file);
}

static void test_logs_names_only(void **state UNUSED)
{
    Fixture fixture;
    TlsClient client;
    Error error = { 0 };
    OWNED_BUF log;

    buf_init(&log, 1u << 20);
    fixture_start(&fixture, NULL);
    open_plain(&client, &fixture);
    assert_int_equal(
        client_ask(&client, "GET /who/7K3M9QXD2HVT?l=ru" HOST "Authorization: Bearer secret\r\n\r\n", 5000), 200);
    assert_int_equal(client_ask(&client, "GET /v/7K3M9QXD2HVT/other" HOST "\r\n", 5000), 404);
    client_close(&client);
    fixture_stop(&fixture);
    assert_ok(file_read(FOLDER "/log", &log, &error), error);
    assert_non_null(strstr(buf_text(&log), "who"));
    assert_non_null(strstr(buf_text(&log), "404"));
    assert_null(strstr(buf_text(&log), "7K3M"));
    assert_null(strstr(buf_text(&log), "secret"));
    assert_null(strstr(buf_text(&log), "127.0.0.1"));
}

static void test_says_why_it_does_not_start(void **state UNUSED)
{
    const HttpHost host = { .certificate_file = FOLDER "/server.pem", .key_file = FOLDER "/server.key" };
    const HttpHost keyless = { .certificate_file = FOLDER "/server.pem", .key_file = FOLDER "/none.key" };
    const HttpHost wrong_key = { .certificate_file = FOLDER "/server.pem", .key_file = FOLDER "/client.key" };
    HttpServerConfig good = { .listener = "people",
                              .address = "127.0.0.1",
                              .hosts = &host,
                              .host_count = 1,
                              .routes = routes,
                              .route_count = COUNT(routes),
                              .threads = 1,
                              .connections_most = 8,
                              .idle_s = 5,
                              .fallback = fallback };
    HttpServerConfig no_key = good, no_pem = good, no_address = good, taken = good;
    Error error = { 0 };
    Clock clock = clock_system();
    Log *log = log_new(2, LOG_ERROR, false, &clock);

    no_key.hosts = &keyless;
    assert_refused(http_server_start(&no_key, clock, log, &error), ERR_NOT_FOUND, error);
    no_pem.hosts = &wrong_key;
    assert_refused(http_server_start(&no_pem, clock, log, &error), ERR_CRYPTO, error);
    no_address.address = "nowhere";
    assert_refused(http_server_start(&no_address, clock, log, &error), ERR_ARGUMENT, error);
    HttpServer *server = http_server_start(&good, clock, log, &error);
    assert_non_null(server);
    taken.port = http_server_port(server);
    assert_refused(http_server_start(&taken, clock, log, &error), ERR_IO, error);
    http_server_stop(server);
    http_server_stop(NULL);
    log_free(log);
}

/* --- certificates --- */

static int make_certificates(void **state UNUSED)
{
    int status = 1;
    pid_t maker = fork();

    if (maker == 0) {
        execl(SOURCE_DIR "/tests/faults/certificates", "certificates", FOLDER, (char *)NULL);
        _exit(127);
    }
    if (maker < 0 || waitpid(maker, &status, 0) != maker || status != 0)
        return 1;
    certificate_make(FOLDER, &(CertificateWish){ .name = "expired", .authority = "ca", .ends = time(NULL) - 3600 });
    certificate_make(FOLDER, &(CertificateWish){ .name = "foreign", .authority = "other-ca" });
    certificate_make(FOLDER, &(CertificateWish){ .name = "server-only", .authority = "ca", .dns = "localhost" });
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers_and_keeps_the_connection),
        cmocka_unit_test(test_answers_by_the_book),
        cmocka_unit_test(test_refuses_what_is_too_large),
        cmocka_unit_test(test_knows_client_certificates),
        cmocka_unit_test(test_waits_without_a_thread),
        cmocka_unit_test(test_says_busy_when_workers_are),
        cmocka_unit_test(test_slow_routes_hold_nobody_else),
        cmocka_unit_test(test_ends_slow_clients),
        cmocka_unit_test(test_limits_a_source),
        cmocka_unit_test(test_stops_when_what_is_under_way_ended),
        cmocka_unit_test(test_logs_names_only),
        cmocka_unit_test(test_says_why_it_does_not_start),
    };

    return cmocka_run_group_tests(tests, make_certificates, NULL);
}
