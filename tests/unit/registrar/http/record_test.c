#include "registrar/http/record.h"

#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "certificates.h"
#include "test.h"
#include "tls_client.h"

#define HOST   " HTTP/1.1\r\nHost: localhost\r\n"
#define FOLDER BINARY_DIR "/http-record-test"
#define RECORD FOLDER "/record"

static bool echo(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err UNUSED)
{
    answer->content_type = "text/plain; charset=utf-8";
    buf_add_str(&answer->body, request->body);
    return true;
}

static bool page(const HttpServerRequest *request UNUSED, HttpServerAnswer *answer, Error *err UNUSED)
{
    answer->content_type = "text/html; charset=utf-8";
    buf_add_text(&answer->body, "<p>salom");
    return str_copy(STR("secret=1; Secure"), answer->cookie, sizeof answer->cookie);
}

static bool picture(const HttpServerRequest *request UNUSED, HttpServerAnswer *answer, Error *err UNUSED)
{
    answer->content_type = "image/png";
    buf_add_str(&answer->body, (Str){ "\x89PNG\0\xff", 6 });
    return true;
}

static bool fallback(const HttpServerRequest *request UNUSED, HttpServerAnswer *answer UNUSED, Error *err UNUSED)
{
    return true;
}

static const HttpRoute routes[] = {
    { "echo", "POST", "/echo", 1000, false, echo },
    { "page", "GET", "/page", 0, false, page },
    { "picture", "GET", "/picture", 0, false, picture },
};

static HttpServer *start(HttpRecord *record)
{
    const HttpHost host = { .certificate_file = FOLDER "/server.pem",
                            .key_file = FOLDER "/server.key",
                            .client_ca_file = FOLDER "/server.pem" };
    const HttpServerConfig config = { .listener = "kiosks",
                                      .address = "127.0.0.1",
                                      .hosts = &host,
                                      .host_count = 1,
                                      .routes = routes,
                                      .route_count = COUNT(routes),
                                      .threads = 1,
                                      .connections_most = 20,
                                      .idle_s = 30,
                                      .record = record,
                                      .fallback = fallback };
    Clock clock = clock_system();
    Error err = { 0 };
    HttpServer *server = http_server_start(&config, clock, NULL, &err);

    if (!server)
        fail_msg("%s", err.text);
    return server;
}

/* What was recorded of these requests, of which each wants its status. */
static void record(const char *const *requests, const int *statuses, size_t count, Buf *ret)
{
    TlsClient client;
    Error err = { 0 };

    unlink(RECORD);
    HttpRecord *file = http_record_open(RECORD, "kiosks", &err);
    assert_non_null(file);
    HttpServer *server = start(file);
    assert_true(client_open(&client, http_server_port(server), NULL, NULL));
    for (size_t i = 0; i < count; i++)
        assert_int_equal(client_ask(&client, requests[i], 5000), statuses[i]);
    client_close(&client);
    http_server_stop(server);
    http_record_close(file);
    buf_init(ret, 1u << 20);
    assert_ok(file_read(RECORD, ret, &err), err);
}

static bool has(const Buf *recorded, const char *text)
{
    return memmem(recorded->data, recorded->len, text, strlen(text)) != NULL;
}

static void test_an_exchange_is_a_line(void **state UNUSED)
{
    static const char *const requests[] = {
        "POST /echo?a=b%20c HTTP/1.1\r\nHost: localhost\r\nX-Quoted: \"a\\b\"\r\nContent-Length: 7\r\n\r\n\"a\"\n\t\\b",
        "GET /page" HOST "\r\n",
        "GET /picture" HOST "\r\n",
        "GET /nothing" HOST "\r\n",
    };
    static const int statuses[] = { 200, 200, 200, 404 };
    OWNED_BUF said;

    record(requests, statuses, COUNT(requests), &said);
    size_t lines = 0;
    for (size_t i = 0; i < said.len; i++)
        lines += said.data[i] == '\n';
    assert_int_equal(lines, COUNT(requests));
    assert_true(has(&said, "{\"listener\":\"kiosks\",\"method\":\"POST\",\"path\":\"/echo\",\"query\":\"a=b%20c\","
                           "\"certificate\":false,\"request\":{\"headers\":[[\"Host\",\"localhost\"],"
                           "[\"X-Quoted\",\"\\\"a\\\\b\\\"\"],[\"Content-Length\",\"7\"]],"
                           "\"body\":\"\\\"a\\\"\\u000a\\u0009\\\\b\"},\"answer\":{\"status\":200,\"headers\":[["));
    assert_true(has(&said, "\"body\":\"\\\"a\\\"\\u000a\\u0009\\\\b\"}}\n")); /* the answer: what was sent */
    assert_true(has(&said, "[\"Content-Type\",\"text/html; charset=utf-8\"]"));
    assert_true(has(&said, "\"body\":{\"bytes\":8}}}\n")); /* a page */
    assert_true(has(&said, "\"body\":{\"bytes\":6}}}\n")); /* a picture */
    assert_true(has(&said, "\"path\":\"/nothing\",\"query\":null,"));
    assert_true(has(&said, "\"answer\":{\"status\":404,"));
}

static void test_bearers_and_cookies_are_not_told(void **state UNUSED)
{
    static const char *const requests[] = {
        "GET /page" HOST "Authorization: Bearer deepest-secret\r\nCookie: a=deeper-secret\r\n\r\n",
        "GET /page" HOST "authorization: Basic deepest-secret\r\ncookie: deeper-secret\r\n\r\n",
    };
    static const int statuses[] = { 200, 200 };
    OWNED_BUF said;

    record(requests, statuses, COUNT(requests), &said);
    assert_true(has(&said, "[\"Authorization\",\"Bearer\"]"));
    assert_true(has(&said, "[\"Cookie\",\"\"]"));
    assert_true(has(&said, "[\"authorization\",\"Basic\"]"));
    assert_false(has(&said, "deepe"));
}

static void test_bytes_that_are_no_text_stay_json(void **state UNUSED)
{
    static const char *const requests[] = {
        "POST /echo" HOST "X-Strange: \xff\xfe\r\nContent-Length: 2\r\n\r\n\xff\xfe",
        "GET /\xc3\x28" HOST "\r\n",
    };
    static const int statuses[] = { 200, 404 };
    OWNED_BUF said;

    record(requests, statuses, COUNT(requests), &said);
    assert_true(utf8_valid(buf_str(&said)));
    assert_true(has(&said, "[\"X-Strange\",\"\\u00ff\\u00fe\"]"));
    assert_true(has(&said, "\"body\":{\"bytes\":2}}"));
    assert_true(has(&said, "\"path\":\"/\\u00c3(\""));
}

static void test_a_file_that_cannot_be_written(void **state UNUSED)
{
    Error err = { 0 };

    assert_null(http_record_open(FOLDER "/nothing/record", "kiosks", &err));
    assert_true(err.code != ERR_NONE && strstr(err.text, "record"));
    http_record_close(NULL);
}

static int make_certificate(void **state UNUSED)
{
    Error err = { 0 };

    assert_ok(folder_make(FOLDER, 0700, &err), err);
    certificate_make(FOLDER, &(CertificateWish){ .name = "server", .dns = "localhost" });
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_exchange_is_a_line),
        cmocka_unit_test(test_bearers_and_cookies_are_not_told),
        cmocka_unit_test(test_bytes_that_are_no_text_stay_json),
        cmocka_unit_test(test_a_file_that_cannot_be_written),
    };

    return cmocka_run_group_tests(tests, make_certificate, NULL);
}
