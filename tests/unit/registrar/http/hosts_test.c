#include "registrar/http/hosts.h"

#include "base/file.h"
#include "certificates.h"
#include "test.h"
#include "tls_client.h"

#define FOLDER BINARY_DIR "/hosts-test"

static HttpHost host(const char *name, const char *certificate, const char *authority, const char *context)
{
    static char paths[96][256];
    static size_t used;
    char *const at[] = { paths[used % 96], paths[(used + 1) % 96], paths[(used + 2) % 96] };

    used += 3;
    snprintf(at[0], 256, FOLDER "/%s.pem", certificate);
    snprintf(at[1], 256, FOLDER "/%s.key", certificate);
    snprintf(at[2], 256, FOLDER "/%s.pem", authority ? authority : "");
    return (HttpHost){ name, at[0], at[1], authority ? at[2] : NULL, (void *)(uintptr_t)context };
}

/* "-": nobody. */
static const char *whose(const HttpHost *found)
{
    return found ? found->context : "-";
}

static void test_finds_who_is_asked(void **state UNUSED)
{
    static const struct {
        const char *name, *whose;
    } cases[] = {
        { "hujjat.namuna.uz", "A" },
        { "HUJJAT.Namuna.UZ", "A" },
        { "hujjat.namuna.uz:8443", "A" },
        { "hujjat.namuna.uz.", "A" },
        { "hujjat.namuna.uz.:443", "A" },
        { "www.namuna.uz", "A" },
        { "b.example", "B" },
        { "192.0.2.7", "C" },
        { "192.0.2.7:8443", "C" },
        { "[2001:db8::7]", "-" },
        { "[2001:db8::7]:8443", "-" },
        { "localhost", "-" },
        { "all.example", "-" },
        { "any.b.example", "-" },
        { "namuna.uz", "-" },
        { "hujjat.namuna.u", "-" },
        { "hujjat.namuna.uz.b", "-" },
        { "", "-" },
        { ":8443", "-" },
        { "*.b.example", "-" },
    };
    const HttpHost hosts[] = { host("hujjat.namuna.uz:8443", "server-a", NULL, "A"),
                               host("b.example", "server-b", NULL, "B"), host("192.0.2.7", "server-c", NULL, "C") };
    Error error = { 0 };
    Hosts *several = hosts_open(hosts, COUNT(hosts), &error);
    Hosts *one = hosts_open(hosts, 1, &error);

    assert_non_null(several);
    assert_non_null(one);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *found = whose(hosts_named(several, str_from(cases[i].name)));

        if (strcmp(found, cases[i].whose) != 0)
            fail_msg("%s: of %s, not of %s", cases[i].name, found, cases[i].whose);
        assert_string_equal(whose(hosts_named(one, str_from(cases[i].name))), "A");
    }
    assert_string_equal(whose(hosts_named(several, (Str){ 0 })), "-");
    hosts_close(one);
    hosts_close(several);
}

static void test_refuses_what_could_not_be_told_apart(void **state UNUSED)
{
    const struct {
        const char *name;
        HttpHost hosts[2];
        ErrorCode code;
    } cases[] = {
        { "one name",
          { host("a.example:1", "server-a", "ca-a", "A"), host("A.example:2", "server-b", "ca-b", "B") },
          ERR_CONFLICT },
        { "one authority",
          { host("a.example", "server-a", "ca-a", "A"), host("b.example", "server-b", "ca-a", "B") },
          ERR_CONFLICT },
        { "one authority's key under two names",
          { host("a.example", "server-a", "ca-a", "A"), host("b.example", "server-b", "ca-a-renewed", "B") },
          ERR_CONFLICT },
        { "no name", { host("a.example", "server-a", NULL, "A"), host(NULL, "server-b", NULL, "B") }, ERR_ARGUMENT },
        { "no certificate",
          { host("a.example", "server-a", NULL, "A"), host("b.example", "nothing", NULL, "B") },
          ERR_NOT_FOUND },
        { "no authority",
          { host("a.example", "server-a", "ca-a", "A"), host("b.example", "server-b", "nothing", "B") },
          ERR_NOT_FOUND },
        { "what is none",
          { host("a.example", "server-a", "ca-a", "A"), host("b.example", "server-b", "no-pem", "B") },
          ERR_CRYPTO },
    };
    Error error = { 0 };

    for (size_t i = 0; i < COUNT(cases); i++) {
        Hosts *hosts = hosts_open(cases[i].hosts, 2, &error);

        if (hosts || error.code != cases[i].code)
            fail_msg("%s: %s (%s)", cases[i].name, error_code_name(error.code), error.text);
        error_clear(&error);
    }
}

/* Both authorities have one name: only their keys tell them apart. */
static void test_tells_clients_by_their_authority(void **state UNUSED)
{
    static const struct {
        const char *certificate, *whose;
    } cases[] = {
        { "client-a", "A" },    { "client-b", "B" }, { "expired-b", "B" },          { "client-stranger", "-" },
        { "signed-self", "-" }, { "server-a", "-" }, { "signed-by-client-a", "-" },
    };
    const HttpHost hosts[] = { host("a.example", "server-a", "ca-a", "A"), host("b.example", "server-b", "ca-b", "B") };
    Error error = { 0 };
    Hosts *several = hosts_open(hosts, COUNT(hosts), &error);

    assert_non_null(several);
    for (size_t i = 0; i < COUNT(cases); i++) {
        gnutls_x509_privkey_t key;
        gnutls_x509_crt_t certificate;

        certificate_load(FOLDER, cases[i].certificate, &certificate, &key);
        const char *found = whose(hosts_signed(several, certificate));
        if (strcmp(found, cases[i].whose) != 0)
            fail_msg("%s: of %s, not of %s", cases[i].certificate, found, cases[i].whose);
        gnutls_x509_crt_deinit(certificate);
        gnutls_x509_privkey_deinit(key);
    }
    hosts_close(several);
}

/* --- on a listener ----------------------------------------------------------------------------------------------- */

static bool say_whose(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err UNUSED)
{
    buf_add_format(&answer->body, "%s %d", (const char *)request->context, request->client_fingerprint[0] != '\0');
    return true;
}

static const HttpRoute routes[] = { { "whose", "GET", "/whose", 0, false, say_whose } };

static HttpServer *start(const HttpHost *hosts, size_t count, Log *log)
{
    static char nobody[] = "-";
    const HttpServerConfig config = { .listener = "kiosks",
                                      .address = "127.0.0.1",
                                      .hosts = hosts,
                                      .host_count = count,
                                      .routes = routes,
                                      .route_count = COUNT(routes),
                                      .threads = 1,
                                      .connections_most = 20,
                                      .idle_s = 30,
                                      .fallback = say_whose,
                                      .nobody = nobody };
    Error error = { 0 };
    HttpServer *server = http_server_start(&config, clock_system(), log, &error);

    if (!server)
        fail_msg("%s", error.text);
    return server;
}

/* The common name of the certificate that the listener showed. */
static void shown(const TlsClient *client, char ret[64])
{
    unsigned count = 0;
    const gnutls_datum_t *chain = gnutls_certificate_get_peers(client->session, &count);
    gnutls_x509_crt_t certificate;
    size_t size = 64;

    assert_true(count > 0);
    gnutls_x509_crt_init(&certificate);
    assert_int_equal(gnutls_x509_crt_import(certificate, &chain[0], GNUTLS_X509_FMT_DER), 0);
    assert_int_equal(gnutls_x509_crt_get_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, 0, ret, &size), 0);
    gnutls_x509_crt_deinit(certificate);
}

static void test_answers_for_whom_it_is_asked(void **state UNUSED)
{
    static const struct {
        const char *name, *sni, *client, *host, *shown;
        int status;
        const char *whose;
    } cases[] = {
        { "people of A", "a.example", NULL, "a.example:8443", "server-a", 200, "A 0" },
        { "people of B", "b.example", NULL, "b.example", "server-b", 200, "B 0" },
        { "by the Host field alone", NULL, NULL, "b.example", "server-a", 200, "B 0" },
        { "the Host field, not the handshake", "a.example", NULL, "b.example", "server-a", 200, "B 0" },
        { "nobody's host", "a.example", NULL, "c.example", "server-a", 421, "- 0" },
        { "nobody's handshake", "c.example", NULL, "b.example", "server-a", 200, "B 0" },
        { "a kiosk of A", "a.example", "client-a", "a.example", "server-a", 200, "A 1" },
        { "a kiosk of B", "b.example", "client-b", "b.example", "server-b", 200, "B 1" },
        { "a kiosk of A that asks B", "b.example", "client-a", "b.example", "server-b", 200, "A 1" },
        { "a kiosk of B that asks A", "a.example", "client-b", "a.example", "server-a", 200, "B 1" },
        { "a kiosk of A that asks nobody", "c.example", "client-a", "c.example", "server-a", 200, "A 1" },
        { "a stranger's", "a.example", "client-stranger", "a.example", "server-a", 200, "A 0" },
        { "a stranger's, to nobody", "a.example", "client-stranger", "c.example", "server-a", 421, "- 0" },
    };
    static const char *const versions[] = { "NORMAL:-VERS-ALL:+VERS-TLS1.2", "NORMAL:-VERS-ALL:+VERS-TLS1.3" };
    const HttpHost hosts[] = { host("a.example:8443", "server-a", "ca-a", "A"),
                               host("b.example:8443", "server-b", "ca-b", "B") };
    Clock clock = clock_system();
    Log *log = log_new(STDERR_FILENO, LOG_ERROR, false, &clock);
    HttpServer *server = start(hosts, COUNT(hosts), log);

    for (size_t i = 0; i < 2 * COUNT(cases); i++) {
        const char *client_name = cases[i / 2].client;
        char certificate[256], key[256], ask[128], seen[64];
        TlsClient client;

        snprintf(certificate, sizeof certificate, FOLDER "/%s.pem", client_name ? client_name : "");
        snprintf(key, sizeof key, FOLDER "/%s.key", client_name ? client_name : "");
        if (!client_open_to(&client, http_server_port(server), client_name ? certificate : NULL, key, cases[i / 2].sni,
                            versions[i % 2]))
            fail_msg("%s: handshake", cases[i / 2].name);
        shown(&client, seen);
        assert_string_equal(seen, cases[i / 2].shown);
        snprintf(ask, sizeof ask, "GET /whose HTTP/1.1\r\nHost: %s\r\n\r\n", cases[i / 2].host);
        for (int again = 0; again < 2; again++) {
            int status = client_ask(&client, ask, 5000);

            if (status != cases[i / 2].status || strcmp(client_body(&client), cases[i / 2].whose) != 0)
                fail_msg("%s: %d %s", cases[i / 2].name, status, client_body(&client));
        }
        client_close(&client);
    }
    http_server_stop(server);
    log_free(log);
}

static int make_certificates(void **state UNUSED)
{
    static const CertificateWish wishes[] = {
        { .name = "ca-a", .subject = "CN=Registrar" },
        { .name = "ca-a-renewed", .subject = "CN=Registrar renewed", .key = "ca-a" },
        { .name = "ca-b", .subject = "CN=Registrar" },
        { .name = "ca-stranger", .subject = "CN=Registrar" },
        { .name = "server-a",
          .authority = "ca-a",
          .subject = "CN=server-a",
          .dns = "localhost,hujjat.namuna.uz,www.namuna.uz,all.example,b.example" },
        { .name = "server-b",
          .authority = "ca-b",
          .subject = "CN=server-b",
          .dns = "localhost,all.example,*.b.example" },
        { .name = "server-c", .authority = "ca-b", .subject = "CN=server-c", .dns = "localhost" },
        { .name = "client-a", .authority = "ca-a" },
        { .name = "client-b", .authority = "ca-b" },
        { .name = "expired-b", .authority = "ca-b", .ends = 1700000000 },
        { .name = "client-stranger", .authority = "ca-stranger" },
        { .name = "signed-self", .subject = "CN=Registrar" },
        { .name = "signed-by-client-a", .authority = "client-a" },
    };
    Error error = { 0 };

    assert_ok(folder_make(FOLDER, 0700, &error), error);
    for (size_t i = 0; i < COUNT(wishes); i++)
        certificate_make(FOLDER, &wishes[i]);
    assert_ok(file_write(FOLDER "/no-pem.pem", 0600, STR("-----BEGIN CERTIFICATE-----\nAAAA\n"), &error), error);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds_who_is_asked),
        cmocka_unit_test(test_refuses_what_could_not_be_told_apart),
        cmocka_unit_test(test_tells_clients_by_their_authority),
        cmocka_unit_test(test_answers_for_whom_it_is_asked),
    };

    return cmocka_run_group_tests(tests, make_certificates, NULL);
}
