/* A listener met by those who ask too much, too slowly, or from behind a proxy.  Time is the test's: it leaps. */
#include "registrar/http/server.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <sys/wait.h>

#include "base/memory.h"
#include "test.h"
#include "tls_client.h"

#define HOST        " HTTP/1.1\r\nHost: localhost\r\n"
#define FOLDER      BINARY_DIR "/http-limits-test"
#define LARGE_BYTES (8u << 20) /* more than the sockets of both sides keep */

static _Atomic int64_t leapt_ms;
static atomic_int at_gate;
static atomic_bool gate_open;

static int64_t leaping_wall_ms(void *ctx UNUSED)
{
    const Clock clock = clock_system();

    return clock_wall_ms(&clock) + atomic_load(&leapt_ms);
}

static int64_t leaping_monotonic_ms(void *ctx UNUSED)
{
    const Clock clock = clock_system();

    return clock_monotonic_ms(&clock) + atomic_load(&leapt_ms);
}

static void leap(int64_t ms)
{
    atomic_fetch_add(&leapt_ms, ms);
}

/* --- the routes of a made-up office --- */

static bool who(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err UNUSED)
{
    buf_add_text(&answer->body, request->source);
    return true;
}

static bool take(const HttpServerRequest *request UNUSED, HttpServerAnswer *answer, Error *err UNUSED)
{
    answer->status = 204;
    return true;
}

static bool large(const HttpServerRequest *request UNUSED, HttpServerAnswer *answer, Error *err UNUSED)
{
    for (unsigned i = 0; i < LARGE_BYTES / 16; i++)
        buf_add_text(&answer->body, "sixteen letters\n");
    return true;
}

static bool gate(const HttpServerRequest *request UNUSED, HttpServerAnswer *answer, Error *err UNUSED)
{
    atomic_fetch_add(&at_gate, 1);
    while (!atomic_load(&gate_open))
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    answer->status = 204;
    return true;
}

static bool fallback(const HttpServerRequest *request UNUSED, HttpServerAnswer *answer, Error *err UNUSED)
{
    buf_add_format(&answer->body, "sorry %d", answer->status);
    return true;
}

static const HttpRoute routes[] = {
    { "who", "GET", "/who", 0, false, who },
    { "take", "PUT", "/take", 1000, false, take },
    { "large", "GET", "/large", 0, false, large },
    { "gate", "GET", "/gate", 0, false, gate },
};

/* --- a listener --- */

typedef struct Fixture {
    Log *log;
    HttpServer *server;
    uint16_t port;
} Fixture;

static void fixture_start(Fixture *fixture, HttpServerConfig config)
{
    const Clock clock = { leaping_wall_ms, leaping_monotonic_ms, NULL };
    const HttpHost host = { .certificate_file = FOLDER "/server.pem",
                            .key_file = FOLDER "/server.key",
                            .client_ca_file = FOLDER "/ca.pem" };
    Error error = { 0 };

    config.listener = "kiosks";
    config.address = "127.0.0.1";
    config.hosts = &host;
    config.host_count = 1;
    config.routes = routes;
    config.route_count = COUNT(routes);
    config.threads = config.threads ? config.threads : 2;
    config.connections_most = 200;
    config.idle_s = 3600; /* libmicrohttpd's own clock does not leap */
    config.fallback = fallback;
    fixture->log = log_new(open("/dev/null", O_WRONLY | O_CLOEXEC), LOG_INFO, false, &clock);
    fixture->server = http_server_start(&config, clock, fixture->log, &error);
    if (!fixture->server)
        fail_msg("%s", error.text);
    fixture->port = http_server_port(fixture->server);
}

static void fixture_stop(Fixture *fixture)
{
    http_server_stop(fixture->server);
    log_free(fixture->log);
}

static void open_kiosk(TlsClient *client, const Fixture *fixture, const char *name)
{
    char certificate[256], key[256];

    snprintf(certificate, sizeof certificate, FOLDER "/%s.pem", name);
    snprintf(key, sizeof key, FOLDER "/%s.key", name);
    assert_true(client_open(client, fixture->port, certificate, key));
}

static bool ends_within(TlsClient *client, int ms)
{
    int64_t until_ms = client_now_ms() + ms;

    for (size_t len = 0; !client->ended && client_now_ms() < until_ms; len = 0)
        client_read_more(client, &len, until_ms);
    return client->ended;
}

/* --- slowly --- */

static void test_ends_what_is_not_whole_in_time(void **state UNUSED)
{
    static const struct {
        const char *name, *sent;
    } cases[] = {
        { "nothing", "" },
        { "half a line", "GET /wh" },
        { "half a head", "GET /who" HOST "Accept" },
        { "half a body", "PUT /take" HOST "Content-Length: 900\r\n\r\nbegun" },
        { "no answer read", "GET /large" HOST "\r\n" },
    };
    Fixture fixture;
    TlsClient client, witness, patient;

    fixture_start(&fixture, (HttpServerConfig){ 0 });
    for (size_t i = 0; i < COUNT(cases); i++) {
        open_kiosk(&client, &fixture, "client");
        assert_true(client_send(&client, cases[i].sent));
        /* With a witness that says nothing all that is overdue ends; twice, for what was sent may have been read late.
         */
        for (int leaps = 0; leaps < 2; leaps++) {
            open_kiosk(&witness, &fixture, "client");
            leap(100000);
            assert_true(ends_within(&witness, 10000));
            client_close(&witness);
        }
        open_kiosk(&patient, &fixture, "client");
        if (!ends_within(&client, 10000))
            fail_msg("%s is waited for", cases[i].name);
        assert_int_equal(client_ask(&patient, "GET /who" HOST "\r\n", 5000), 200);
        client_close(&patient);
        client_close(&client);
    }
    fixture_stop(&fixture);
}

/* Never quiet for long: bytes come all the time, the whole never does. */
static void test_ends_who_trickles_a_handshake(void **state UNUSED)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    Fixture fixture;
    ssize_t got = -1;
    char byte;

    fixture_start(&fixture, (HttpServerConfig){ 0 });
    address.sin_port = htons(fixture.port);
    int socket_ = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(socket_, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(send(socket_, "\x16\x03\x01", 3, MSG_NOSIGNAL), 3);
    for (int i = 0; i < 400 && got < 0; i++) {
        leap(100);
        nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
        got = recv(socket_, &byte, 1, MSG_DONTWAIT);
    }
    assert_int_equal(got, 0);
    close(socket_);
    fixture_stop(&fixture);
}

/* --- too much --- */

static void test_a_certificate_has_its_share_of_requests(void **state UNUSED)
{
    Fixture fixture;
    TlsClient client, other;
    int answered = 0;

    fixture_start(&fixture, (HttpServerConfig){ .requests_a_second = 5 });
    open_kiosk(&client, &fixture, "client");
    open_kiosk(&other, &fixture, "client-2");
    while (answered < 100 && client_ask(&client, "GET /who" HOST "\r\n", 5000) == 200)
        answered++;
    assert_in_range(answered, 20, 40); /* four seconds' worth, and what came back meanwhile */
    assert_non_null(strstr(client.answer, "HTTP/1.1 429 "));
    assert_string_equal(client_body(&client), "sorry 429");
    assert_true(client_header(&client, "Retry-After", "1"));
    assert_false(client_header(&client, "Connection", "close")); /* a handshake costs more than ten refusals */
    assert_int_equal(client_ask(&other, "GET /who" HOST "\r\n", 5000), 200);
    assert_int_equal(client_ask(&client, "PUT /take" HOST "Content-Length: 5\r\n\r\nhello", 5000), 429);
    client_close(&client);
    open_kiosk(&client, &fixture, "client"); /* another connection is no other kiosk */
    assert_int_equal(client_ask(&client, "GET /who" HOST "\r\n", 5000), 429);
    leap(4000);
    assert_int_equal(client_ask(&client, "PUT /take" HOST "Content-Length: 5\r\n\r\nhello", 5000), 204);
    client_close(&client);
    client_close(&other);
    fixture_stop(&fixture);
}

static void test_one_connection_more_ends_a_kiosks_oldest(void **state UNUSED)
{
    Fixture fixture;
    TlsClient clients[3], other;

    fixture_start(&fixture, (HttpServerConfig){ .connections_a_certificate = 2 });
    open_kiosk(&other, &fixture, "client-2");
    assert_int_equal(client_ask(&other, "GET /who" HOST "\r\n", 5000), 200);
    for (size_t i = 0; i < COUNT(clients); i++) {
        open_kiosk(&clients[i], &fixture, "client");
        assert_int_equal(client_ask(&clients[i], "GET /who" HOST "\r\n", 5000), 200);
    }
    assert_true(ends_within(&clients[0], 5000));
    assert_int_equal(client_ask(&clients[1], "GET /who" HOST "\r\n", 5000), 200);
    assert_int_equal(client_ask(&clients[2], "GET /who" HOST "\r\n", 5000), 200);
    assert_int_equal(client_ask(&other, "GET /who" HOST "\r\n", 5000), 200);
    for (size_t i = 0; i < COUNT(clients); i++)
        client_close(&clients[i]);
    client_close(&other);
    fixture_stop(&fixture);
}

static void test_newcomers_have_few_places(void **state UNUSED)
{
    Fixture fixture;
    TlsClient client, silent;

    fixture_start(&fixture, (HttpServerConfig){ .newcomers_most = 1 });
    assert_true(client_open(&silent, fixture.port, NULL, NULL));
    assert_false(client_open(&client, fixture.port, FOLDER "/client.pem", FOLDER "/client.key"));
    client_close(&client);
    client_close(&silent);
    for (int i = 0; i < 500 && !client_open(&client, fixture.port, FOLDER "/client.pem", FOLDER "/client.key"); i++) {
        client_close(&client);
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
    }
    assert_int_equal(client_ask(&client, "GET /who" HOST "\r\n", 5000), 200);
    assert_true(client_open(&silent, fixture.port, NULL, NULL)); /* who showed a certificate is no newcomer */
    client_close(&silent);
    client_close(&client);
    fixture_stop(&fixture);
}

static void test_says_busy_of_what_it_does_not_know_too(void **state UNUSED)
{
    enum { PLACES = 64 };
    static TlsClient clients[1 + PLACES], late;
    Fixture fixture;

    atomic_store(&gate_open, false);
    fixture_start(&fixture, (HttpServerConfig){ .threads = 1 });
    for (size_t i = 0; i < COUNT(clients); i++) {
        open_kiosk(&clients[i], &fixture, "client");
        assert_true(client_send(&clients[i], "GET /gate" HOST "\r\n"));
        while (i == 0 && atomic_load(&at_gate) == 0)
            nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    }
    /* Two network threads read them: until the last place is taken a late one waits too. */
    open_kiosk(&late, &fixture, "client");
    int status = 0;
    for (int i = 0; i < 100 && status != 503; i++) {
        if (i == 0 || status != 0)
            assert_true(client_send(&late, "GET /nothing" HOST "\r\n"));
        status = client_read(&late, false, 50);
        if (status == 0) { /* it has a place */
            client_close(&late);
            open_kiosk(&late, &fixture, "client");
            assert_true(client_send(&late, "GET /nothing" HOST "\r\n"));
        }
    }
    assert_int_equal(status, 503);
    atomic_store(&gate_open, true);
    for (size_t i = 0; i < COUNT(clients); i++)
        client_close(&clients[i]);
    client_close(&late);
    fixture_stop(&fixture);
}

/* --- behind a proxy --- */

static void test_believes_its_proxies_alone(void **state UNUSED)
{
    static const struct {
        const char *proxies, *field, *head, *source;
    } cases[] = {
        { NULL, NULL, "X-Forwarded-For: 203.0.113.9\r\n", "127.0.0.1" },
        { "10.0.0.0/8", "X-Forwarded-For", "X-Forwarded-For: 203.0.113.9\r\n", "127.0.0.1" },
        { "127.0.0.1", "X-Forwarded-For", "X-Forwarded-For: 203.0.113.9\r\n", "203.0.113.9" },
        { "127.0.0.1", "X-Forwarded-For", "x-forwarded-for: 1.2.3.4\r\nX-Forwarded-For: 203.0.113.9\r\n",
          "203.0.113.9" },
        { "127.0.0.1", "X-Forwarded-For", "Forwarded: for=203.0.113.9\r\n", "127.0.0.1" }, /* anybody's word */
        { "127.0.0.1", "Forwarded", "Forwarded: for=1.2.3.4\r\nForwarded: for=\"[2001:db8::7]\"\r\n", "2001:db8::/64" },
        { "127.0.0.1", "X-Forwarded-For", "", "127.0.0.1" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        Fixture fixture;
        TlsClient client;
        char request[256];

        fixture_start(&fixture, (HttpServerConfig){ .proxies = cases[i].proxies, .forwarded_by = cases[i].field });
        open_kiosk(&client, &fixture, "client");
        snprintf(request, sizeof request, "GET /who" HOST "%s\r\n", cases[i].head);
        assert_int_equal(client_ask(&client, request, 5000), 200);
        assert_string_equal(client_body(&client), cases[i].source);
        client_close(&client);
        fixture_stop(&fixture);
    }
}

static int make_certificates(void **state UNUSED)
{
    int status = 1;
    pid_t maker = fork();

    if (maker == 0) {
        execl(SOURCE_DIR "/tests/faults/certificates", "certificates", FOLDER, (char *)NULL);
        _exit(127);
    }
    return maker < 0 || waitpid(maker, &status, 0) != maker || status != 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends_what_is_not_whole_in_time),
        cmocka_unit_test(test_ends_who_trickles_a_handshake),
        cmocka_unit_test(test_a_certificate_has_its_share_of_requests),
        cmocka_unit_test(test_one_connection_more_ends_a_kiosks_oldest),
        cmocka_unit_test(test_newcomers_have_few_places),
        cmocka_unit_test(test_says_busy_of_what_it_does_not_know_too),
        cmocka_unit_test(test_believes_its_proxies_alone),
    };

    return cmocka_run_group_tests(tests, make_certificates, NULL);
}
