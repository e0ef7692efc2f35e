#define FIXTURE_PASSWORDS
#include "fixture.h"

#include <sys/stat.h>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/crypto.h"
#include "base/settings.h"
#include "registrar/store/kiosks.h"

static X509 *certificate_in(const char *folder, const char *name)
{
    char path[256];
    FILE *file;
    X509 *certificate;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "r");
    assert_non_null(file);
    certificate = PEM_read_X509(file, NULL, NULL, NULL);
    fclose(file);
    assert_non_null(certificate);
    return certificate;
}

static void fingerprint_of(const OfficeFixture *fixture, const char *kiosk, char ret[65])
{
    char folder[128];
    unsigned char hash[32];
    unsigned size = 0;
    OWNED_BUF hex;

    snprintf(folder, sizeof folder, "%s/%s", fixture->folder, kiosk);
    X509 *certificate = certificate_in(folder, "certificate.pem");
    assert_int_equal(X509_digest(certificate, EVP_sha256(), hash, &size), 1);
    X509_free(certificate);
    buf_init(&hex, 80);
    hex_write(&hex, hash, sizeof hash);
    assert_true(str_copy(buf_str(&hex), ret, 65));
}

static KioskStanding standing(OfficeFixture *fixture, const char *fingerprint, Kiosk *ret)
{
    KioskStanding found;
    Kiosk kiosk;
    Error err = { 0 };

    assert_ok(kiosk_by_certificate(fixture->office, fingerprint, &found, ret ? ret : &kiosk, &err), err);
    return found;
}

typedef struct Revoking {
    const char *kiosk;
} Revoking;

static bool revoke_kiosk(StoreTransaction *transaction, void *arg, Error *err)
{
    const Revoking *revoking = arg;

    return kiosks_revoke(transaction, revoking->kiosk, 1, err);
}

static void a_kiosk_is_known_by_its_certificate(void **state)
{
    OfficeFixture fixture;
    char print[65];
    Kiosk kiosk;

    (void)state;
    fixture_open(&fixture);
    fingerprint_of(&fixture, "A-2", print);
    assert_int_equal(standing(&fixture, print, &kiosk), KIOSK_KNOWN);
    assert_string_equal(kiosk.id, "A-2");
    assert_string_equal(kiosk.place, "1-bino, 1-qavat");
    assert_int_equal(standing(&fixture, "", NULL), KIOSK_UNKNOWN);
    assert_int_equal(standing(&fixture, "zz", NULL), KIOSK_UNKNOWN);
    assert_int_equal(standing(&fixture, "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", NULL),
                     KIOSK_UNKNOWN);
    fixture_close(&fixture);
}

static void a_revoked_one_is_refused_within_a_second_and_its_session_ends(void **state)
{
    OfficeFixture fixture;
    char print[65];
    ApiSignIn given = { .number = FIXTURE_DILNOZA, .password = FIXTURE_PASSWORD };
    SignInOutcome outcome;
    ApiSession session;
    Session found_session;
    Revoking revoking = { "A-2" };
    Error err = { 0 };
    bool found;
    int wait_s;

    (void)state;
    fixture_open(&fixture);
    fingerprint_of(&fixture, "A-2", print);
    assert_int_equal(standing(&fixture, print, NULL), KIOSK_KNOWN);
    assert_ok(sign_in(fixture.office, &fixture.other_kiosk, "s", &given, &outcome, &session, &wait_s, &err), err);
    assert_int_equal(outcome, SIGN_IN_DONE);
    assert_ok(store_write(fixture.store, revoke_kiosk, &revoking, &err), err);
    fixture_pass(1);
    assert_int_equal(standing(&fixture, print, NULL), KIOSK_REVOKED);
    assert_ok(session_find(fixture.office, &fixture.other_kiosk, session.token, &found, &found_session, &err), err);
    assert_false(found);
    fixture_close(&fixture);
}

static void a_certificate_ends_after_ninety_days(void **state)
{
    OfficeFixture fixture;
    char print[65];

    (void)state;
    fixture_open(&fixture);
    fingerprint_of(&fixture, "A-1", print);
    fixture_pass(INT64_C(90) * 86400 - 10);
    assert_int_equal(standing(&fixture, print, NULL), KIOSK_KNOWN);
    fixture_pass(20);
    assert_int_equal(standing(&fixture, print, NULL), KIOSK_CERTIFICATE_EXPIRED);
    fixture_close(&fixture);
}

static void certificates_are_for_one_use_each(void **state)
{
    static const struct {
        const char *folder, *name;
        int purpose;
        bool good;
    } cases[] = {
        { "A-1", "certificate.pem", X509_PURPOSE_SSL_CLIENT, true },
        { "A-1", "certificate.pem", X509_PURPOSE_SSL_SERVER, false },
        { "keys", "kiosks.pem", X509_PURPOSE_SSL_SERVER, true },
        { "keys", "kiosks.pem", X509_PURPOSE_SSL_CLIENT, false },
        { "keys", "people.pem", X509_PURPOSE_SSL_SERVER, true },
    };
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    X509 *ca = certificate_in(fixture.keys, "ca.pem");
    for (size_t i = 0; i < COUNT(cases); i++) {
        char folder[128];

        snprintf(folder, sizeof folder, "%s/%s", fixture.folder, cases[i].folder);
        X509 *certificate = certificate_in(folder, cases[i].name);
        assert_int_equal(X509_verify(certificate, X509_get0_pubkey(ca)), 1);
        assert_int_equal(X509_check_purpose(certificate, cases[i].purpose, 0) == 1, cases[i].good);
        if (!strcmp(cases[i].folder, "keys")) {
            assert_int_equal(X509_check_host(certificate, "hujjat.namuna.uz", 0, 0, NULL), 1);
            assert_int_equal(X509_check_host(certificate, "localhost", 0, 0, NULL), 1);
            assert_int_equal(X509_check_ip_asc(certificate, "127.0.0.1", 0), 1);
            assert_int_equal(X509_check_ip_asc(certificate, "::1", 0), 1);
            assert_int_equal(X509_check_host(certificate, "example.uz", 0, 0, NULL), 0);
        }
        X509_free(certificate);
    }
    X509_free(ca);
    fixture_close(&fixture);
}

static void what_is_written_is_private_and_read_by_the_kiosk(void **state)
{
    /* Of src/kiosk/options.c, as far as `kiosk add` writes them. */
    static const SettingSpec specs[] = {
        { "registrar.address", SETTING_TEXT, NULL, 8, 200, "" },
        { "registrar.ca", SETTING_PATH, NULL, 1, 200, "" },
        { "registrar.certificate", SETTING_PATH, NULL, 1, 200, "" },
        { "registrar.key", SETTING_PATH, NULL, 1, 200, "" },
        { "kiosk.id", SETTING_TEXT, NULL, 1, 36, "" },
        { "kiosk.place", SETTING_TEXT, NULL, 0, 90, "" },
        { "institution.id", SETTING_TEXT, NULL, 0, 48, "" },
        { "institution.demo", SETTING_BOOL, NULL, 0, 0, "" },
        { "institution.utc_offset_minutes", SETTING_NUMBER, NULL, -720, 840, "" },
        { "institution.name_uz", SETTING_TEXT, NULL, 0, 120, "" },
        { "institution.name_uz_cyrl", SETTING_TEXT, NULL, 0, 200, "" },
        { "institution.name_ru", SETTING_TEXT, NULL, 0, 200, "" },
        { "institution.name_en", SETTING_TEXT, NULL, 0, 120, "" },
    };
    OfficeFixture fixture;
    struct stat file;
    char path[256];
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    snprintf(path, sizeof path, "%s/A-1/key.pem", fixture.folder);
    assert_int_equal(stat(path, &file), 0);
    assert_int_equal(file.st_mode & 0777, 0600);
    snprintf(path, sizeof path, "%s/A-1/kiosk.ini", fixture.folder);
    OWNED(Settings) settings = settings_load(path, specs, COUNT(specs), &err);
    if (!settings)
        fail_msg("%s", err.text);
    assert_string_equal(settings_text(settings, "kiosk.id"), "A-1");
    assert_string_equal(settings_text(settings, "kiosk.place"), "1-bino, 1-qavat");
    assert_string_equal(settings_text(settings, "institution.name_ru"), "Государственный университет «Намуна»");
    assert_int_equal(settings_number(settings, "institution.utc_offset_minutes"), 300);
    fixture_close(&fixture);
}

static void what_can_be_no_kiosk_is_refused(void **state)
{
    static const struct {
        const char *name, *place, *address;
        ErrorCode code;
    } cases[] = {
        { "", "hall", "https://h:1", ERR_ARGUMENT },
        { "A 3", "hall", "https://h:1", ERR_ARGUMENT },
        { "../A", "hall", "https://h:1", ERR_ARGUMENT },
        { "A-3", "", "https://h:1", ERR_ARGUMENT },
        { "A-3", "a\nb = c", "https://h:1", ERR_ARGUMENT },
        { "A-3", "\xff", "https://h:1", ERR_ARGUMENT },
        { "A-3", "hall", "http://h:1", ERR_ARGUMENT },
        { "A-1", "hall", "https://h:1", ERR_EXISTS },
        { "a123456789012345678901234567890123456", "hall", "https://h:1", ERR_ARGUMENT },
    };
    OfficeFixture fixture;
    char folder[128];
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    snprintf(folder, sizeof folder, "%s/new", fixture.folder);
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_refused(kiosk_add(fixture.office, cases[i].name, cases[i].place, cases[i].address, folder, &err),
                       cases[i].code, err);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM kiosk"), 2);
    fixture_close(&fixture);
}

static void a_heartbeat_tells_time_hours_and_versions(void **state)
{
    static const struct {
        int64_t at_s; /* Tashkent time in the comment */
        const char *until;
    } cases[] = { { 1795500000, "17:00" }, /* Tuesday 2026-11-24, 11:00 */
                  { 1795524000, "" },      /* 17:40 */
                  { 1795480000, "" },      /* 05:26 */
                  { 1795845600, "" } };    /* Saturday, 11:00 */
    const ApiHeartbeat heartbeat = { .version = "1.0", .screen = "attract", .printer = "ready" };
    OfficeFixture fixture;
    ApiHeartbeatAnswer answer;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    for (size_t i = 0; i < COUNT(cases); i++) {
        atomic_store(&fixture_ms, cases[i].at_s * 1000);
        assert_ok(kiosk_heartbeat(fixture.office, &fixture.kiosk, &heartbeat, &answer, &err), err);
        assert_int_equal(answer.now_s, cases[i].at_s);
        assert_string_equal(answer.office_hours, cases[i].until);
        assert_string_equal(answer.place, "1-bino, 1-qavat");
        OWNED(Catalogue) catalogue = office_catalogue(fixture.office, &err);
        assert_non_null(catalogue);
        assert_string_equal(answer.catalogue, catalogue_version(catalogue));
    }
    assert_int_equal(fixture_rows(&fixture, "SELECT seen_at_s FROM kiosk WHERE id = 'A-1' AND screen = 'attract'"),
                     1795845600);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kiosk_is_known_by_its_certificate),
        cmocka_unit_test(a_revoked_one_is_refused_within_a_second_and_its_session_ends),
        cmocka_unit_test(a_certificate_ends_after_ninety_days),
        cmocka_unit_test(certificates_are_for_one_use_each),
        cmocka_unit_test(what_is_written_is_private_and_read_by_the_kiosk),
        cmocka_unit_test(what_can_be_no_kiosk_is_refused),
        cmocka_unit_test(a_heartbeat_tells_time_hours_and_versions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
