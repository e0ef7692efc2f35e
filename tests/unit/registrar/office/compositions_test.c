/* What a paper is before it has a number: its terms, how long it is good, and what it reads of a record. */
#include "fixture.h"

#include "registrar/office/compositions.h"

#define DILNOZA 1
#define SERVICE "certificate-of-study"

/* --- how long it is good ------------------------------------------------------------------------------------------ */

typedef struct Desk {
    OfficeFixture fixture;
    Session session;
} Desk;

/* An embassy's certificate is good for ninety days: its answer says so, not the service. */
static ApiProblemKind ask(Desk *desk, int key, bool again, ApiIssued *ret)
{
    ApiRequest request = fixture_request("embassy");
    ApiProblem problem;
    Error err = { 0 };
    bool made;

    assert_true(answers_set(&request.answers, "name", STR("yes")));
    request.language = LANGUAGE_EN;
    request.again = again;
    assert_ok(
        office_request(desk->fixture.office, &desk->session, fixture_key(key), &request, &problem, &made, ret, &err),
        err);
    return problem.kind;
}

static Check check(const Desk *desk, const char *code)
{
    Error err = { 0 };
    Check seen;

    assert_ok(office_check(desk->fixture.office, code, &seen, &err), err);
    return seen;
}

static void a_paper_is_good_to_the_end_of_its_last_day(void **state)
{
    static const int64_t end_s = INT64_C(1803322800); /* 2027-02-23, midnight in Tashkent */
    static const char claim[] = { 4, 0x1A, 0x6B, 0x7C, (char)0x85, (char)0xB0, 0 };
    ApiIssued issued, more;
    Desk desk;

    (void)state;
    fixture_open(&desk.fixture);
    desk.session = fixture_session(&desk.fixture, DILNOZA, &desk.fixture.kiosk);
    assert_int_equal(ask(&desk, 1, false, &issued), PROBLEM_NONE);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT expires_at_s FROM document"), end_s);
    assert_int_equal(0x6B7C85B0, end_s);
    assert_true(fixture_lies_open(&desk.fixture, "SELECT seal FROM copy WHERE institution = ?1", claim));
    Check seen = check(&desk, issued.code);
    assert_int_equal(seen.state, CHECK_VALID);
    assert_int_equal(seen.until.month, 2);
    assert_int_equal(seen.until.day, 22);

    fixture_pass(end_s - fixture_clock(NULL) / 1000 - 1);
    seen = check(&desk, issued.code);
    assert_int_equal(seen.state, CHECK_VALID);
    fixture_pass(1);
    seen = check(&desk, issued.code);
    assert_int_equal(seen.state, CHECK_EXPIRED);
    assert_int_equal(seen.changed_s, end_s);
    assert_int_equal(seen.until.day, 22);
    assert_int_equal(ask(&desk, 1, true, &more), PROBLEM_NOT_ALLOWED); /* no further copy of it */
    fixture_close(&desk.fixture);
}

/* --- composing ---------------------------------------------------------------------------------------------------- */

typedef struct Composing {
    OfficeFixture fixture;
    Shelf *shelf;
    const Service *service;
    Answers answers;
    Record record;
} Composing;

static void composing_open(Composing *composing)
{
    Error err = { 0 };

    *composing = (Composing){ 0 };
    fixture_open(&composing->fixture);
    composing->shelf = shelf_take(composing->fixture.office);
    composing->service = shelf_service(composing->shelf, SERVICE);
    assert_true(answers_set(&composing->answers, "receiver", STR("any")));
    assert_ok(record_read(composing->fixture.office, DILNOZA, composition_parts(composing->shelf, composing->service),
                          &composing->record, &err),
              err);
}

static void composing_close(Composing *composing)
{
    record_fini(&composing->record);
    shelf_drop(composing->shelf);
    fixture_close(&composing->fixture);
}

static bool compose(const Composing *composing, const Service *service, Language language, Composition *ret,
                    const char **ret_missing)
{
    const CompositionSources sources = { .shelf = composing->shelf,
                                         .service = service,
                                         .language = language,
                                         .answers = &composing->answers,
                                         .record = &composing->record };
    Error err = { 0 };

    return composition_make(composing->fixture.office, &sources, ret, ret_missing, &err);
}

static void it_needs_a_record_and_no_session(void **state)
{
    Composing composing;
    OWNED_COMPOSITION composition = { 0 };
    const char *missing;

    (void)state;
    composing_open(&composing);
    assert_true(compose(&composing, composing.service, LANGUAGE_UZ, &composition, &missing));
    assert_null(missing);
    assert_string_equal(composition.holder, "Karimova Dilnoza Baxtiyor qizi");
    assert_string_equal(json_string_value(json_object_get(composition.values, "student.number")), FIXTURE_DILNOZA);
    assert_int_equal(composition.expires_at_s, 0);
    composing_close(&composing);
}

static void a_certificate_reads_the_profile_alone(void **state)
{
    Composing composing;

    (void)state;
    composing_open(&composing);
    assert_int_equal(shelf_paper(composing.shelf, SERVICE)->fields.parts, RECORD_PROFILE);
    assert_false(composition_parts(composing.shelf, composing.service) & RECORD_OF(PART_RESULTS));
    assert_non_null(composing.record.parts[PART_PROFILE]);
    assert_null(composing.record.parts[PART_RESULTS]);
    composing_close(&composing);
}

static void a_service_that_judges_results_reads_them(void **state)
{
    static const char *const none[] = { "none" };
    const Predicate debts = { .is = "debts", .in = none, .in_count = 1 };
    Composing composing;

    (void)state;
    composing_open(&composing);
    Service service = *composing.service;
    service.predicates = &debts;
    service.predicate_count = 1;
    assert_true(composition_parts(composing.shelf, &service) & RECORD_OF(PART_RESULTS));
    composing_close(&composing);
}

static void a_paper_for_abroad_is_the_passports(void **state)
{
    Composing composing;
    OWNED_COMPOSITION english = { 0 };
    OWNED_COMPOSITION uzbek = { 0 };
    const char *missing;

    (void)state;
    composing_open(&composing);
    json_object_set_new(composing.record.parts[PART_PROFILE], "passport_name",
                        json_pack("{s:s,s:s}", "surname", "KARIMOVA", "given", "DILNOZAKHON"));
    assert_true(compose(&composing, composing.service, LANGUAGE_EN, &english, &missing));
    assert_string_equal(json_string_value(json_object_get(english.values, "student.name")), "Dilnozakhon KARIMOVA");
    assert_string_equal(english.holder, "Dilnozakhon KARIMOVA"); /* what the seal says is on the paper */
    assert_string_equal(english.holder_masked, "K*****a D*****n");
    assert_true(compose(&composing, composing.service, LANGUAGE_UZ, &uzbek, &missing));
    assert_string_equal(uzbek.holder, "Karimova Dilnoza Baxtiyor qizi");
    assert_string_equal(uzbek.holder_masked, "K*****a D*****a");
    composing_close(&composing);
}

static void what_a_record_lacks_keeps_its_paper_back_alone(void **state)
{
    Composing composing;
    OWNED_COMPOSITION composition = { 0 };
    const char *missing;

    (void)state;
    composing_open(&composing);
    const Paper *paper = shelf_paper(composing.shelf, SERVICE);
    assert_null(composition_missing(composing.fixture.office, composing.shelf, paper, &composing.record, NULL));
    json_object_del(composing.record.parts[PART_PROFILE], "language"); /* which it does not show */
    assert_null(composition_missing(composing.fixture.office, composing.shelf, paper, &composing.record, NULL));
    json_object_del(composing.record.parts[PART_PROFILE], "birth_date");
    assert_string_equal(composition_missing(composing.fixture.office, composing.shelf, paper, &composing.record, NULL),
                        "student.birth_date");
    assert_true(compose(&composing, composing.service, LANGUAGE_UZ, &composition, &missing));
    assert_string_equal(missing, "student.birth_date");
    composing_close(&composing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_paper_is_good_to_the_end_of_its_last_day),
        cmocka_unit_test(it_needs_a_record_and_no_session),
        cmocka_unit_test(a_certificate_reads_the_profile_alone),
        cmocka_unit_test(a_service_that_judges_results_reads_them),
        cmocka_unit_test(a_paper_for_abroad_is_the_passports),
        cmocka_unit_test(what_a_record_lacks_keeps_its_paper_back_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
