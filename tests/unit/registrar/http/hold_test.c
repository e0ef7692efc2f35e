/* Requests that are held: what wakes them, what ends them, and that they cost no thread meanwhile. */
#include "registrar/http/hold.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>

#include "registrar/http/server.h"
#include "test.h"
#include "tls_client.h"

#define HOST   " HTTP/1.1\r\nHost: localhost\r\n"
#define FOLDER BINARY_DIR "/hold-test"

typedef struct Office {
    HttpServer *server;
    atomic_int news[2];   /* of "one" and "two" */
    atomic_int looks;     /* how often a handler ran */
    atomic_bool tells;    /* the next handler tells of its own topic after it has looked */
    atomic_int moment_ms; /* until a request is held no longer */
} Office;

static size_t which(const HttpServerRequest *request)
{
    return str_equal_text(request->parameters[0], "two") ? 1 : 0;
}

static bool events(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err UNUSED)
{
    Office *office = request->context;
    int news = atomic_load(&office->news[which(request)]);

    atomic_fetch_add(&office->looks, 1);
    if (atomic_exchange(&office->tells, false)) {
        atomic_store(&office->news[which(request)], 7);
        http_server_wake(office->server, which(request) ? "office two" : "office one");
    }
    if (!news && !request->hold_over) {
        answer->hold.until_ms = request->arrived_ms + atomic_load(&office->moment_ms);
        str_copy_cut(STR("office all"), answer->hold.topics[0], HTTP_HOLD_TOPIC_SIZE);
        str_copy_cut(which(request) ? STR("office two") : STR("office one"), answer->hold.topics[1],
                     HTTP_HOLD_TOPIC_SIZE);
        buf_add_text(&answer->body, "never sent");
        return true;
    }
    buf_add_format(&answer->body, "news %d", news);
    return true;
}

static bool hello(const HttpServerRequest *request UNUSED, HttpServerAnswer *answer, Error *err UNUSED)
{
    buf_add_text(&answer->body, "salom");
    return true;
}

static const HttpRoute routes[] = {
    { "events", "GET", "/events/{whose}", 0, false, events },
    { "hello", "GET", "/hello", 0, false, hello },
};

typedef struct Fixture {
    Office office;
    Log *log;
    int log_file;
} Fixture;

static void fixture_start(Fixture *fixture, int moment_ms)
{
    Clock clock = clock_system();
    const HttpHost host = { .certificate_file = FOLDER "/server.pem",
                            .key_file = FOLDER "/server.key",
                            .client_ca_file = FOLDER "/ca.pem",
                            .context = &fixture->office };
    HttpServerConfig config = { .listener = "kiosks",
                                .address = "127.0.0.1",
                                .hosts = &host,
                                .host_count = 1,
                                .routes = routes,
                                .route_count = COUNT(routes),
                                .threads = 1,
                                .connections_most = 200,
                                .idle_s = 30,
                                .fallback = hello };
    Error error = { 0 };

    *fixture = (Fixture){ .log_file = open(FOLDER "/log", O_CREAT | O_TRUNC | O_WRONLY, 0600) };
    atomic_store(&fixture->office.moment_ms, moment_ms);
    fixture->log = log_new(fixture->log_file, LOG_INFO, false, &clock);
    fixture->office.server = http_server_start(&config, clock, fixture->log, &error);
    if (!fixture->office.server)
        fail_msg("%s", error.text);
}

static void fixture_stop(Fixture *fixture)
{
    http_server_stop(fixture->office.server);
    log_free(fixture->log);
    close(fixture->log_file);
}

static void wait_for(const Fixture *fixture, size_t held)
{
    for (int i = 0; i < 10000 && http_server_held(fixture->office.server) != held; i++)
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    assert_int_equal(http_server_held(fixture->office.server), held);
}

static void ask(TlsClient *client, const Fixture *fixture, const char *request)
{
    assert_true(client_open(client, http_server_port(fixture->office.server), NULL, NULL));
    assert_true(client_send(client, request));
}

#define ONE "GET /events/one" HOST "\r\n"
#define TWO "GET /events/two" HOST "\r\n"

static void test_wakes_who_waits_for_it(void **state UNUSED)
{
    Fixture fixture;
    TlsClient one, two;

    fixture_start(&fixture, 20000);
    ask(&one, &fixture, ONE);
    ask(&two, &fixture, TWO);
    wait_for(&fixture, 2);
    int looks = atomic_load(&fixture.office.looks);
    http_server_wake(fixture.office.server, "office three");
    http_server_wake(fixture.office.server, "");
    atomic_store(&fixture.office.news[0], 5);
    http_server_wake(fixture.office.server, "office one");
    assert_int_equal(client_read(&one, false, 5000), 200);
    assert_string_equal(client_body(&one), "news 5");
    assert_int_equal(http_server_held(fixture.office.server), 1);
    assert_int_equal(atomic_load(&fixture.office.looks), looks + 1); /* nobody else looked */

    atomic_store(&fixture.office.news[1], 6);
    http_server_wake(fixture.office.server, "office all");
    assert_int_equal(client_read(&two, false, 5000), 200);
    assert_string_equal(client_body(&two), "news 6");

    /* The same connection is held again, and what was not for it wakes it without an answer. */
    atomic_store(&fixture.office.news[0], 0);
    assert_true(client_send(&one, ONE));
    wait_for(&fixture, 1);
    looks = atomic_load(&fixture.office.looks);
    http_server_wake(fixture.office.server, "office all");
    while (atomic_load(&fixture.office.looks) == looks)
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    wait_for(&fixture, 1);
    atomic_store(&fixture.office.news[0], 8);
    http_server_wake(fixture.office.server, "office one");
    assert_int_equal(client_read(&one, false, 5000), 200);
    assert_string_equal(client_body(&one), "news 8");
    client_close(&one);
    client_close(&two);
    fixture_stop(&fixture);
}

static void test_misses_nothing_between_look_and_hold(void **state UNUSED)
{
    Fixture fixture;
    TlsClient client;

    fixture_start(&fixture, 20000);
    for (int i = 0; i < 20; i++) {
        atomic_store(&fixture.office.news[0], 0);
        atomic_store(&fixture.office.tells, true);
        ask(&client, &fixture, ONE);
        assert_int_equal(client_read(&client, false, 5000), 200);
        assert_string_equal(client_body(&client), "news 7");
        client_close(&client);
    }
    fixture_stop(&fixture);
}

static void test_holds_without_a_thread_until_its_moment(void **state UNUSED)
{
    enum { MOMENT_MS = 600 };
    Fixture fixture;
    TlsClient waiting[8], quick;

    fixture_start(&fixture, MOMENT_MS);
    int64_t began_ms = client_now_ms();
    for (size_t i = 0; i < COUNT(waiting); i++)
        ask(&waiting[i], &fixture, ONE);
    ask(&quick, &fixture, "GET /hello" HOST "\r\n"); /* the one worker is free */
    assert_int_equal(client_read(&quick, false, 5000), 200);
    for (size_t i = 0; i < COUNT(waiting); i++) {
        assert_int_equal(client_read(&waiting[i], false, 10000), 200);
        assert_string_equal(client_body(&waiting[i]), "news 0");
        assert_true(client_now_ms() - began_ms >= MOMENT_MS);
        client_close(&waiting[i]);
    }
    assert_int_equal(atomic_load(&fixture.office.looks), 2 * COUNT(waiting));
    client_close(&quick);
    fixture_stop(&fixture);
}

static void test_lets_go_of_who_went_away(void **state UNUSED)
{
    Fixture fixture;
    TlsClient gone, cut, stays;

    fixture_start(&fixture, 60000);
    ask(&gone, &fixture, ONE);
    ask(&cut, &fixture, TWO);
    ask(&stays, &fixture, TWO);
    wait_for(&fixture, 3);
    int64_t began_ms = client_now_ms();
    gnutls_bye(gone.session, GNUTLS_SHUT_WR); /* with the peer's last word, which nobody reads, and without it */
    client_close(&gone);
    setsockopt(cut.socket, SOL_SOCKET, SO_LINGER, &(struct linger){ 1, 0 }, sizeof(struct linger));
    close(cut.socket);
    cut.socket = 0;
    wait_for(&fixture, 1);
    assert_true(client_now_ms() - began_ms < HOLD_LOOK_MS + 3000);
    http_server_wake(fixture.office.server, "office two"); /* who is there still hears */
    wait_for(&fixture, 1);
    client_close(&cut);
    client_close(&stays);
    fixture_stop(&fixture);
}

static void *stop(void *server)
{
    http_server_stop(server);
    return NULL;
}

static void test_answers_at_once_when_it_stops(void **state UNUSED)
{
    Fixture fixture;
    TlsClient clients[5];
    pthread_t thread;

    fixture_start(&fixture, 60000);
    for (size_t i = 0; i < COUNT(clients); i++)
        ask(&clients[i], &fixture, ONE);
    wait_for(&fixture, COUNT(clients));
    int64_t began_ms = client_now_ms();
    assert_int_equal(pthread_create(&thread, NULL, stop, fixture.office.server), 0);
    for (size_t i = 0; i < COUNT(clients); i++) {
        assert_int_equal(client_read(&clients[i], false, 5000), 200);
        assert_string_equal(client_body(&clients[i]), "news 0");
        assert_true(client_header(&clients[i], "Connection", "close"));
        client_close(&clients[i]);
    }
    pthread_join(thread, NULL);
    assert_true(client_now_ms() - began_ms < 3000);
    log_free(fixture.log);
    close(fixture.log_file);
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
        cmocka_unit_test(test_wakes_who_waits_for_it),
        cmocka_unit_test(test_misses_nothing_between_look_and_hold),
        cmocka_unit_test(test_holds_without_a_thread_until_its_moment),
        cmocka_unit_test(test_lets_go_of_who_went_away),
        cmocka_unit_test(test_answers_at_once_when_it_stops),
    };

    return cmocka_run_group_tests(tests, make_certificates, NULL);
}
