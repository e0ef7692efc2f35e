#include "registrar/office/enrolment.h"

#include "fixture.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/crypto.h"

#define SOURCE "192.0.2.1"

/* As a terminal makes it. */
static void make_request(EVP_PKEY *key, const char *name, char ret[ENROL_PEM_SIZE])
{
    X509_REQ *request = X509_REQ_new();
    BIO *memory = BIO_new(BIO_s_mem());
    char *bytes;

    assert_int_equal(X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(request), "CN", MBSTRING_UTF8,
                                                (const unsigned char *)name, -1, -1, 0),
                     1);
    assert_int_equal(X509_REQ_set_pubkey(request, key), 1);
    assert_true(X509_REQ_sign(request, key, EVP_sha256()) > 0);
    assert_int_equal(PEM_write_bio_X509_REQ(memory, request), 1);
    long length = BIO_get_mem_data(memory, &bytes);
    assert_true(str_copy((Str){ bytes, (size_t)length }, ret, ENROL_PEM_SIZE));
    BIO_free_all(memory);
    X509_REQ_free(request);
}

typedef struct Terminal {
    EVP_PKEY *key;
    ApiEnrol enrol;
    uint8_t shared[ENROL_KEY_SIZE];
} Terminal;

static void terminal_make(Terminal *terminal, const char *kiosk, const char *code_text)
{
    EnrolCode code;
    Error err = { 0 };

    *terminal = (Terminal){ .key = EVP_EC_gen("P-256") };
    assert_non_null(terminal->key);
    str_copy_cut(str_from(kiosk), terminal->enrol.kiosk, sizeof terminal->enrol.kiosk);
    make_request(terminal->key, "anybody", terminal->enrol.request);
    assert_true(enrol_code_read(str_from(code_text), &code));
    assert_ok(enrol_key(&code, kiosk, terminal->shared, &err), err);
    assert_ok(enrol_prove(&terminal->enrol, terminal->shared, &err), err);
}

static void terminal_end(Terminal *terminal)
{
    EVP_PKEY_free(terminal->key);
}

static ApiProblemKind ask(OfficeFixture *fixture, const Terminal *terminal, ApiEnrolled *ret)
{
    uint8_t key[ENROL_KEY_SIZE] = { 0 };
    ApiProblem problem;
    Error err = { 0 };

    *ret = (ApiEnrolled){ 0 };
    assert_ok(kiosk_enrol(fixture->office, &terminal->enrol, SOURCE, &problem, ret, key, &err), err);
    if (problem.kind == PROBLEM_NONE)
        assert_memory_equal(key, terminal->shared, sizeof key);
    return problem.kind;
}

static X509 *certificate_of(const char *pem)
{
    BIO *memory = BIO_new_mem_buf(pem, -1);
    X509 *certificate = PEM_read_bio_X509(memory, NULL, NULL, NULL);

    BIO_free_all(memory);
    assert_non_null(certificate);
    return certificate;
}

static void fingerprint_of(const char *pem, char ret[65])
{
    X509 *certificate = certificate_of(pem);
    unsigned char *der = NULL;
    uint8_t hash[SHA256_SIZE];
    Error err = { 0 };
    OWNED_BUF hex;

    buf_init(&hex, 80);
    int length = i2d_X509(certificate, &der);
    assert_ok(sha256((Str){ (const char *)der, (size_t)length }, hash, &err), err);
    hex_write(&hex, hash, sizeof hash);
    assert_true(str_copy(buf_str(&hex), ret, 65));
    OPENSSL_free(der);
    X509_free(certificate);
}

static KioskStanding standing_of(OfficeFixture *fixture, const char *pem, Kiosk *ret)
{
    char fingerprint[65];
    KioskStanding standing;
    Error err = { 0 };

    fixture_pass(2); /* what was looked up is good for a second */
    fingerprint_of(pem, fingerprint);
    assert_ok(kiosk_by_certificate(fixture->office, fingerprint, &standing, ret, &err), err);
    return standing;
}

static void new_kiosk(OfficeFixture *fixture, const char *name, char code[ENROL_CODE_SIZE])
{
    Error err = { 0 };

    assert_ok(kiosk_register(fixture->office, name, "3-bino", "staff:admin", &err), err);
    assert_ok(kiosk_code(fixture->office, name, "staff:admin", code, &err), err);
}

static void a_code_makes_a_terminal_a_kiosk(void **state)
{
    char code[ENROL_CODE_SIZE];
    OfficeFixture fixture;
    Terminal terminal;
    ApiEnrolled enrolled;
    Kiosk kiosk;

    (void)state;
    fixture_open(&fixture);
    new_kiosk(&fixture, "C-3", code);
    terminal_make(&terminal, "C-3", code);
    assert_int_equal(ask(&fixture, &terminal, &enrolled), PROBLEM_NONE);
    assert_string_equal(enrolled.kiosk, "C-3");
    assert_string_equal(enrolled.place, "3-bino");
    assert_string_equal(enrolled.institution, fixture.config.institution);
    assert_true(strstr(enrolled.names[LANGUAGE_FIRST], "Namuna") != NULL);

    /* Of the terminal's own key, in the kiosk's name whatever the request said, for clients alone, for 90 days. */
    X509 *certificate = certificate_of(enrolled.certificate), *authority = certificate_of(enrolled.authority);
    char name[64];
    assert_true(X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof name) > 0);
    assert_string_equal(name, "C-3");
    assert_int_equal(EVP_PKEY_eq(X509_get0_pubkey(certificate), terminal.key), 1);
    assert_int_equal(X509_verify(certificate, X509_get0_pubkey(authority)), 1);
    assert_int_equal(X509_check_purpose(certificate, X509_PURPOSE_SSL_CLIENT, 0), 1);
    assert_int_equal(X509_check_purpose(certificate, X509_PURPOSE_SSL_SERVER, 0), 0);
    X509_free(certificate);
    X509_free(authority);
    assert_int_equal(standing_of(&fixture, enrolled.certificate, &kiosk), KIOSK_KNOWN);
    assert_string_equal(kiosk.id, "C-3");
    assert_int_equal(kiosk.certificate_ends_s, fixture_clock(NULL) / 1000 - 2 + 90 * 86400);
    terminal_end(&terminal);
    fixture_close(&fixture);
}

/* An answer that was lost is asked for again; nobody else's request, and nothing after the quarter of an hour. */
static void a_code_is_good_once_and_for_a_quarter_of_an_hour(void **state)
{
    char code[ENROL_CODE_SIZE];
    OfficeFixture fixture;
    Terminal terminal, thief;
    ApiEnrolled first, again;
    Kiosk kiosk;

    (void)state;
    fixture_open(&fixture);
    new_kiosk(&fixture, "C-3", code);
    terminal_make(&terminal, "C-3", code);
    terminal_make(&thief, "C-3", code);
    assert_int_equal(ask(&fixture, &terminal, &first), PROBLEM_NONE);
    assert_int_equal(ask(&fixture, &terminal, &again), PROBLEM_NONE);
    assert_int_equal(standing_of(&fixture, first.certificate, &kiosk), KIOSK_REVOKED);
    assert_int_equal(standing_of(&fixture, again.certificate, &kiosk), KIOSK_KNOWN);
    assert_int_equal(ask(&fixture, &thief, &first), PROBLEM_ENROL_REFUSED);
    fixture_pass(ENROL_CODE_S);
    assert_int_equal(ask(&fixture, &terminal, &first), PROBLEM_ENROL_REFUSED);
    assert_int_equal(standing_of(&fixture, again.certificate, &kiosk), KIOSK_KNOWN);
    terminal_end(&terminal);
    terminal_end(&thief);
    fixture_close(&fixture);
}

static void five_wrong_ones_end_it(void **state)
{
    char code[ENROL_CODE_SIZE];
    OfficeFixture fixture;
    Terminal terminal, guess;
    ApiEnrolled enrolled;

    (void)state;
    fixture_open(&fixture);
    new_kiosk(&fixture, "C-3", code);
    terminal_make(&terminal, "C-3", code);
    code[18] = code[18] == '0' ? '1' : '0';
    terminal_make(&guess, "C-3", code);
    for (int i = 0; i < ENROL_TRIES; i++)
        assert_int_equal(ask(&fixture, &guess, &enrolled), PROBLEM_ENROL_REFUSED);
    assert_int_equal(ask(&fixture, &terminal, &enrolled), PROBLEM_ENROL_REFUSED);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM kiosk_certificate WHERE kiosk = 'C-3'"), 0);
    terminal_end(&terminal);
    terminal_end(&guess);
    fixture_close(&fixture);
}

static void a_code_is_for_one_name_and_the_newest_counts(void **state)
{
    char code[ENROL_CODE_SIZE], newer[ENROL_CODE_SIZE], other[ENROL_CODE_SIZE];
    OfficeFixture fixture;
    Terminal terminal;
    ApiEnrolled enrolled;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    new_kiosk(&fixture, "C-3", code);
    new_kiosk(&fixture, "C-4", other);
    assert_ok(kiosk_code(fixture.office, "C-3", "staff:admin", newer, &err), err);
    const struct {
        const char *kiosk, *code;
        ApiProblemKind problem;
    } cases[] = { { "C-3", code, PROBLEM_ENROL_REFUSED },
                  { "C-3", other, PROBLEM_ENROL_REFUSED },
                  { "C-9", other, PROBLEM_ENROL_REFUSED },
                  { "A-1", other, PROBLEM_ENROL_REFUSED },
                  { "C-3", newer, PROBLEM_NONE } };
    for (size_t i = 0; i < COUNT(cases); i++) {
        terminal_make(&terminal, cases[i].kiosk, cases[i].code);
        assert_int_equal(ask(&fixture, &terminal, &enrolled), cases[i].problem);
        terminal_end(&terminal);
    }
    assert_refused(kiosk_code(fixture.office, "C-9", "staff:admin", code, &err), ERR_NOT_FOUND, err);
    assert_ok(kiosk_revoke(fixture.office, "C-3", "staff:admin", &err), err);
    assert_refused(kiosk_code(fixture.office, "C-3", "staff:admin", code, &err), ERR_DENIED, err);
    fixture_close(&fixture);
}

/* A terminal that is set up anew: the one before is nobody from then on, and not a moment sooner. */
static void enrolling_again_ends_the_one_before(void **state)
{
    char code[ENROL_CODE_SIZE];
    OfficeFixture fixture;
    Terminal terminal, second;
    ApiEnrolled first, again;
    Kiosk kiosk;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    new_kiosk(&fixture, "C-3", code);
    terminal_make(&terminal, "C-3", code);
    assert_int_equal(ask(&fixture, &terminal, &first), PROBLEM_NONE);
    assert_ok(kiosk_code(fixture.office, "C-3", "staff:admin", code, &err), err);
    assert_int_equal(standing_of(&fixture, first.certificate, &kiosk), KIOSK_KNOWN);
    terminal_make(&second, "C-3", code);
    assert_int_equal(ask(&fixture, &second, &again), PROBLEM_NONE);
    assert_int_equal(standing_of(&fixture, first.certificate, &kiosk), KIOSK_REVOKED);
    assert_int_equal(standing_of(&fixture, again.certificate, &kiosk), KIOSK_KNOWN);
    terminal_end(&terminal);
    terminal_end(&second);
    fixture_close(&fixture);
}

static void what_is_no_request_costs_no_try(void **state)
{
    char code[ENROL_CODE_SIZE];
    OfficeFixture fixture;
    Terminal terminal;
    ApiEnrolled enrolled;
    EVP_PKEY *rsa = EVP_RSA_gen(2048), *p384 = EVP_EC_gen("P-384");
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    new_kiosk(&fixture, "C-3", code);
    for (int i = 0; i < 3 * ENROL_TRIES; i++) {
        terminal_make(&terminal, "C-3", code);
        if (i % 3 == 0)
            make_request(rsa, "C-3", terminal.enrol.request);
        else if (i % 3 == 1)
            make_request(p384, "C-3", terminal.enrol.request);
        else
            str_copy_cut(STR("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n"), terminal.enrol.request,
                         sizeof terminal.enrol.request);
        assert_ok(enrol_prove(&terminal.enrol, terminal.shared, &err), err);
        assert_int_equal(ask(&fixture, &terminal, &enrolled), PROBLEM_BAD_REQUEST);
        terminal_end(&terminal);
    }
    terminal_make(&terminal, "C-3", code);
    assert_int_equal(ask(&fixture, &terminal, &enrolled), PROBLEM_NONE);
    terminal_end(&terminal);
    EVP_PKEY_free(rsa);
    EVP_PKEY_free(p384);
    fixture_close(&fixture);
}

static void who_asks_and_asks_is_told_to_wait(void **state)
{
    OfficeFixture fixture;
    Terminal terminal;
    ApiEnrolled enrolled;
    ApiProblemKind last = PROBLEM_NONE;

    (void)state;
    fixture_open(&fixture);
    terminal_make(&terminal, "C-3", "0410-6105-ZBXZ-SZFY");
    for (int i = 0; i < 100 && last != PROBLEM_LIMIT; i++)
        last = ask(&fixture, &terminal, &enrolled);
    assert_int_equal(last, PROBLEM_LIMIT);
    fixture_pass(3600);
    assert_int_equal(ask(&fixture, &terminal, &enrolled), PROBLEM_ENROL_REFUSED);
    terminal_end(&terminal);
    fixture_close(&fixture);
}

static ApiProblemKind renew(OfficeFixture *fixture, const char *pem, const char *request, ApiRenewed *ret)
{
    ApiRenewal renewal = { "" };
    ApiProblem problem;
    char fingerprint[65];
    Error err = { 0 };

    fixture_pass(2);
    fingerprint_of(pem, fingerprint);
    str_copy_cut(str_from(request), renewal.request, sizeof renewal.request);
    assert_ok(kiosk_renew(fixture->office, fingerprint, &renewal, &problem, ret, &err), err);
    return problem.kind;
}

/* Also when it ran out over a summer; not after two hundred days, and not when it is revoked. */
static void a_certificate_renews_itself(void **state)
{
    char code[ENROL_CODE_SIZE];
    OfficeFixture fixture;
    Terminal terminal;
    ApiEnrolled enrolled;
    ApiRenewed next = { "" }, later = { "" };
    Kiosk kiosk;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    new_kiosk(&fixture, "C-3", code);
    terminal_make(&terminal, "C-3", code);
    assert_int_equal(ask(&fixture, &terminal, &enrolled), PROBLEM_NONE);
    assert_int_equal(renew(&fixture, enrolled.certificate, terminal.enrol.request, &next), PROBLEM_NONE);
    assert_int_equal(standing_of(&fixture, enrolled.certificate, &kiosk), KIOSK_KNOWN); /* an answer may be lost */
    assert_int_equal(standing_of(&fixture, next.certificate, &kiosk), KIOSK_KNOWN);
    assert_int_equal(renew(&fixture, next.certificate, "nothing", &later), PROBLEM_BAD_REQUEST);

    fixture_pass(INT64_C(86400) * (90 + 199));
    assert_int_equal(standing_of(&fixture, next.certificate, &kiosk), KIOSK_CERTIFICATE_EXPIRED);
    assert_int_equal(renew(&fixture, next.certificate, terminal.enrol.request, &later), PROBLEM_NONE);
    assert_int_equal(standing_of(&fixture, later.certificate, &kiosk), KIOSK_KNOWN);
    fixture_pass(INT64_C(86400) * 2);
    assert_int_equal(renew(&fixture, next.certificate, terminal.enrol.request, &next), PROBLEM_UNKNOWN_KIOSK);
    assert_ok(kiosk_revoke(fixture.office, "C-3", "staff:admin", &err), err);
    assert_int_equal(renew(&fixture, later.certificate, terminal.enrol.request, &next), PROBLEM_UNKNOWN_KIOSK);
    terminal_end(&terminal);
    fixture_close(&fixture);
}

static void without_the_authoritys_key_another_registrar_is_asked(void **state)
{
    char code[ENROL_CODE_SIZE], path[160];
    OfficeFixture fixture;
    Terminal terminal;
    ApiEnrolled enrolled;

    (void)state;
    fixture_open(&fixture);
    new_kiosk(&fixture, "C-3", code);
    terminal_make(&terminal, "C-3", code);
    snprintf(path, sizeof path, "%s/ca.key", fixture.keys);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(ask(&fixture, &terminal, &enrolled), PROBLEM_BUSY);
    terminal_end(&terminal);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_makes_a_terminal_a_kiosk),
        cmocka_unit_test(a_code_is_good_once_and_for_a_quarter_of_an_hour),
        cmocka_unit_test(five_wrong_ones_end_it),
        cmocka_unit_test(a_code_is_for_one_name_and_the_newest_counts),
        cmocka_unit_test(enrolling_again_ends_the_one_before),
        cmocka_unit_test(what_is_no_request_costs_no_try),
        cmocka_unit_test(who_asks_and_asks_is_told_to_wait),
        cmocka_unit_test(a_certificate_renews_itself),
        cmocka_unit_test(without_the_authoritys_key_another_registrar_is_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
