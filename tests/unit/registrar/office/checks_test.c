#include "fixture.h"
#include "registrar/office/limits.h"

#include "base/crypto.h"

typedef struct IssuedPaper {
    ApiIssued issued;
    uint8_t sha256[32];
} IssuedPaper;

static IssuedPaper issue(OfficeFixture *fixture)
{
    const Session session = fixture_session(fixture, 1, &fixture->kiosk);
    const ApiRequest request = fixture_request("any");
    IssuedPaper paper = { 0 };
    ApiProblem problem;
    Error err = { 0 };
    OWNED(Blob) pdf = NULL;
    bool made;

    assert_ok(office_request(fixture->office, &session, fixture_key(1), &request, &problem, &made, &paper.issued, &err),
              err);
    assert_ok(
        office_page(fixture->office, &session, paper.issued.job.copy, paper.issued.job.epoch, &problem, &pdf, &err),
        err);
    assert_non_null(pdf);
    assert_ok(sha256(blob_str(pdf), paper.sha256, &err), err);
    return paper;
}

static void a_code_is_known_in_every_spelling(void **state)
{
    OfficeFixture fixture;
    Check check;
    Error err = { 0 };
    char spelled[40];

    (void)state;
    fixture_open(&fixture);
    IssuedPaper paper = issue(&fixture);
    assert_ok(office_check(fixture.office, paper.issued.code, &check, &err), err);
    assert_int_equal(check.state, CHECK_VALID);
    assert_string_equal(check.kind, "certificate-of-study");
    assert_string_equal(check.masked_holder, "K*****a D*****a");
    assert_string_equal(check.number, paper.issued.number);
    assert_int_equal(check.issued.year, 2026);
    assert_int_equal(check.issued.day, 24);
    assert_int_equal(check.changed_s, 0);
    assert_string_equal(paper_title(&check.title, LANGUAGE_UZ), "Oʻqish joyidan maʼlumotnoma");
    assert_string_equal(paper_title(&check.title, LANGUAGE_RU), "Справка с места учёбы"); /* the catalogue's */
    str_copy_cut(str_from(paper.issued.code), spelled, sizeof spelled);
    for (char *c = spelled; *c; c++)
        *c = *c == '0' ? 'o' : *c == '1' ? 'l' : *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    assert_ok(office_check(fixture.office, spelled, &check, &err), err);
    assert_int_equal(check.state, CHECK_VALID);
    fixture_close(&fixture);
}

static void all_else_is_unknown_and_tells_nothing(void **state)
{
    static const char *const codes[] = {
        NULL, "", "7K3M-9QXD-2HVT", "M-2026/000001", "UUUU-UUUU-UUUU", "------------", "%", "7K3M9QXD2HVT7K3M9QXD2HVT"
    };
    OfficeFixture fixture;
    const Check nothing = { 0 };
    Check check;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    (void)issue(&fixture);
    for (size_t i = 0; i < COUNT(codes); i++) {
        memset(&check, 0xFF, sizeof check);
        assert_ok(office_check(fixture.office, codes[i], &check, &err), err);
        assert_memory_equal(&check, &nothing, sizeof check);
    }
    fixture_close(&fixture);
}

static void a_code_without_its_page_is_unknown(void **state)
{
    OfficeFixture fixture;
    Check check;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    IssuedPaper paper = issue(&fixture);
    fixture_rows(&fixture, "UPDATE copy SET making = 'preparing'");
    fixture_rows(&fixture, "UPDATE copy SET lease_s = 99999999999");
    assert_ok(office_check(fixture.office, paper.issued.code, &check, &err), err);
    assert_int_equal(check.state, CHECK_UNKNOWN);
    fixture_close(&fixture);
}

static void validity_is_told_with_its_day(void **state)
{
    static const struct {
        const char *validity;
        CheckState state;
    } cases[] = { { "suspended", CHECK_SUSPENDED },
                  { "revoked", CHECK_REVOKED },
                  { "replaced", CHECK_REPLACED },
                  { "expired", CHECK_EXPIRED } };
    OfficeFixture fixture;
    Check check;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    IssuedPaper paper = issue(&fixture);
    for (size_t i = 0; i < COUNT(cases); i++) {
        char sql[128];

        snprintf(sql, sizeof sql, "UPDATE copy SET validity = '%s', changed_at_s = 1795600000", cases[i].validity);
        fixture_rows(&fixture, sql);
        assert_ok(office_check(fixture.office, paper.issued.code, &check, &err), err);
        assert_int_equal(check.state, cases[i].state);
        assert_int_equal(check.changed_s, 1795600000);
    }
    fixture_close(&fixture);
}

static void the_register_confirms_the_very_file(void **state)
{
    OfficeFixture fixture;
    Error err = { 0 };
    Code code, other;
    bool confirmed;

    (void)state;
    fixture_open(&fixture);
    IssuedPaper paper = issue(&fixture);
    assert_true(code_parse(str_from(paper.issued.code), &code));
    assert_true(code_parse(STR("7K3M9QXD2HVT"), &other));
    assert_ok(office_check_file(fixture.office, &code, paper.sha256, &confirmed, &err), err);
    assert_true(confirmed);
    assert_ok(office_check_file(fixture.office, &other, paper.sha256, &confirmed, &err), err);
    assert_false(confirmed);
    paper.sha256[31] ^= 1;
    assert_ok(office_check_file(fixture.office, &code, paper.sha256, &confirmed, &err), err);
    assert_false(confirmed);
    fixture_close(&fixture);
}

static bool read_seal(StoreTransaction *transaction, void *arg, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!rows_open(&rows, transaction, "SELECT seal FROM copy WHERE institution = ?1", NULL, 0, err) ||
        !rows_next(&rows, &row, err))
        return false;
    assert_true(row);
    buf_add_str(arg, rows_bytes(&rows, 0));
    return true;
}

static void the_seal_in_the_register_is_verified_by_the_published_key(void **state)
{
    OfficeFixture fixture;
    CosePublicKey keys[4];
    SealClaims claims;
    Error err = { 0 };
    OWNED_BUF token;

    (void)state;
    buf_init(&token, 4096);
    fixture_open(&fixture);
    IssuedPaper paper = issue(&fixture);
    assert_int_equal(office_public_keys(fixture.office, keys, COUNT(keys)), 3);
    assert_int_equal(keys[0].kid, 1);
    assert_int_equal(keys[1].use, COSE_STATUS_LIST);
    assert_int_equal(keys[2].use, COSE_AUDIT_HEAD);
    assert_ok(store_read(fixture.store, read_seal, &token, &err), err);
    assert_ok(seal_read(&keys[0], buf_str(&token), &claims, &err), err);
    assert_string_equal(claims.number, paper.issued.number);
    assert_string_equal(claims.holder, "Karimova Dilnoza Baxtiyor qizi");
    assert_string_equal(claims.issuer, "hujjat.namuna.uz");
    assert_int_equal(claims.field_count, 3);
    fixture_close(&fixture);
}

static void a_source_has_thirty_unknown_codes_and_then_one_each_two_seconds(void **state)
{
    OfficeFixture fixture;
    Error err = { 0 };
    bool allowed;
    int wait_s;

    (void)state;
    fixture_open(&fixture);
    for (int i = 0; i < 30; i++) {
        assert_ok(office_limit(fixture.office, "unknown-code", "ip:1.2.3.4", &allowed, &wait_s, &err), err);
        assert_true(allowed);
    }
    for (int i = 0; i < 5; i++) {
        assert_ok(office_limit(fixture.office, "unknown-code", "ip:1.2.3.4", &allowed, &wait_s, &err), err);
        assert_false(allowed);
        assert_int_equal(wait_s, 2); /* refused looks do not make it longer */
    }
    assert_ok(office_limit(fixture.office, "unknown-code", "ip:1.2.3.5", &allowed, &wait_s, &err), err);
    assert_true(allowed);
    fixture_pass(2);
    assert_ok(office_limit(fixture.office, "unknown-code", "ip:1.2.3.4", &allowed, &wait_s, &err), err);
    assert_true(allowed);
    assert_ok(office_limit(fixture.office, "unknown-code", "ip:1.2.3.4", &allowed, &wait_s, &err), err);
    assert_false(allowed);
    fixture_pass(60);
    for (int i = 0; i < 30; i++) {
        assert_ok(office_limit(fixture.office, "unknown-code", "ip:1.2.3.4", &allowed, &wait_s, &err), err);
        assert_true(allowed);
    }
    assert_refused(office_limit(fixture.office, "nothing", "ip:1.2.3.4", &allowed, &wait_s, &err), ERR_ARGUMENT, err);
    fixture_close(&fixture);
}

static int spend_codes(Office *office, int tries)
{
    Error err = { 0 };
    int spent = 0, wait_s;
    bool allowed;

    for (int i = 0; i < tries; i++) {
        assert_ok(office_limit(office, "unknown-code", "ip:1.2.3.4", &allowed, &wait_s, &err), err);
        spent += allowed;
    }
    return spent;
}

/* Two registrars on one database. */
static void what_a_source_spent_is_known_to_all_registrars(void **state)
{
    OfficeFixture fixture;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    Office *other = office_open(&fixture.config, fixture.store, NULL, &err);
    if (!other)
        fail_msg("%s", err.text);
    assert_int_equal(spend_codes(fixture.office, 40), 30);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM limit_count WHERE subject LIKE '%1.2.3.4%'"), 0);
    assert_ok(limits_settle(fixture.office, &err), err);
    assert_int_equal(spend_codes(other, 5), 5); /* it has not asked the database yet */
    assert_ok(limits_settle(other, &err), err);
    assert_int_equal(spend_codes(other, 5), 0);
    fixture_pass(20);
    assert_int_equal(spend_codes(other, 20), 10);
    assert_ok(limits_settle(other, &err), err);
    fixture_pass(60);
    assert_int_equal(spend_codes(other, 40), 30);
    office_close(other);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_is_known_in_every_spelling),
        cmocka_unit_test(all_else_is_unknown_and_tells_nothing),
        cmocka_unit_test(a_code_without_its_page_is_unknown),
        cmocka_unit_test(validity_is_told_with_its_day),
        cmocka_unit_test(the_register_confirms_the_very_file),
        cmocka_unit_test(the_seal_in_the_register_is_verified_by_the_published_key),
        cmocka_unit_test(a_source_has_thirty_unknown_codes_and_then_one_each_two_seconds),
        cmocka_unit_test(what_a_source_spent_is_known_to_all_registrars),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
