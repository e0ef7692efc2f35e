/* Who may have a service, why not, and where the way on leads: real students of the fixture, services of the real
 * catalogue with other rules. */
#include "fixture.h"

#include "registrar/office/access.h"
#include "registrar/office/campaigns.h"

#define DILNOZA 1
#define LEFT    2
#define WEAK    3

static OfficeFixture fixture;

static ApiService access_for(int64_t student, bool weak, const Service *service)
{
    OWNED(Shelf) shelf = shelf_take(fixture.office);
    Session session = fixture_session(&fixture, student, &fixture.kiosk);
    OWNED_RECORD record = { 0 };
    ApiService access;
    Error err = { 0 };

    session.weak = weak;
    assert_ok(record_read(fixture.office, student, RECORD_RULES, &record, &err), err);
    assert_ok(service_access(fixture.office, shelf, &session, service, &record, &access, &err), err);
    assert_string_equal(access.service, service->id);
    if (access.allowed != (access.reason == REASON_NONE) || access.allowed != (access.way_on == WAY_ON_NONE))
        fail_msg("%s: allowed %d, reason %d, way on %d", service->id, access.allowed, (int)access.reason,
                 (int)access.way_on);
    return access;
}

/* The certificate of study, with these predicates in place of its own. */
static Service certificate(const Predicate *predicates, size_t count)
{
    OWNED(Shelf) shelf = shelf_take(fixture.office);
    const Service *service = shelf_service(shelf, "certificate-of-study");

    assert_non_null(service);
    Service changed = *service; /* the shelf hangs as long as the office is open */
    changed.predicates = predicates;
    changed.predicate_count = count;
    return changed;
}

static ApiIssued ask(const char *receiver, int key)
{
    ApiRequest request = fixture_request(receiver);
    Session session = fixture_session(&fixture, DILNOZA, &fixture.kiosk);
    ApiProblem problem;
    ApiIssued issued = { 0 };
    Error err = { 0 };
    bool made;

    assert_ok(office_request(fixture.office, &session, fixture_key(key), &request, &problem, &made, &issued, &err),
              err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    return issued;
}

/* --- the way on --------------------------------------------------------------------------------------------------- */

static void a_way_on_leads_somewhere(void **state)
{
    static const char *const studies[] = { "11" }, *const left[] = { "12" }, *const debts[] = { "some" };
    static const struct {
        const char *name;
        Predicate predicate;
        ApiReason reason;
        ApiWayOn way_on;
        const char *value;
    } cases[] = {
        { "allowed", { "status", studies, 1, NULL }, REASON_NONE, WAY_ON_NONE, "" },
        { "nothing else serves", { "status", left, 1, NULL }, REASON_STATUS, WAY_ON_WINDOW, "" },
        { "another service does",
          { "status", left, 1, "certificate-of-study" },
          REASON_STATUS,
          WAY_ON_SERVICE,
          "certificate-of-study" },
        { "another, which she may not have either",
          { "debts", debts, 1, "diploma-duplicate" },
          REASON_NO_DEBTS,
          WAY_ON_WINDOW,
          "" },
        { "another, that has been taken away", { "status", left, 1, "gone" }, REASON_STATUS, WAY_ON_WINDOW, "" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Service service = certificate(&cases[i].predicate, 1);
        ApiService access = access_for(DILNOZA, false, &service);

        if (access.reason != cases[i].reason || access.way_on != cases[i].way_on ||
            strcmp(access.way_on_value, cases[i].value) != 0)
            fail_msg("%s: reason %d, way on %d %s", cases[i].name, (int)access.reason, (int)access.way_on,
                     access.way_on_value);
    }
}

static void put_campaign(const char *opens)
{
    CampaignWish wish = { .actor = "command-line" };
    char json[160], version[CAMPAIGN_VERSION_SIZE];
    CampaignOutcome outcome;
    Error err = { 0 };

    snprintf(json, sizeof json,
             "{\"kind\":\"session\",\"opens\":\"%s\",\"from\":\"2027-01-11\",\"to\":\"2027-01-30\",\"education_form\":"
             "\"11\"}",
             opens);
    assert_ok(campaign_parse("winter", str_from(json), &wish.row, &err), err);
    assert_ok(campaign_change(fixture.office, &wish, &outcome, version, &err), err);
}

/* It is the 24th of November. */
static void a_season_opens_on_its_day(void **state)
{
    static const char *const session[] = { "session" };
    static const Predicate campaign = { "campaign", session, 1, "certificate-of-study" };
    Service service = certificate(&campaign, 1);

    (void)state;
    ApiService access = access_for(DILNOZA, false, &service);
    assert_int_equal(access.reason, REASON_SEASON);
    assert_int_equal(access.way_on, WAY_ON_SERVICE); /* nobody knows when */
    put_campaign("2026-11-25");
    access = access_for(DILNOZA, false, &service);
    assert_int_equal(access.reason, REASON_SEASON);
    assert_int_equal(access.way_on, WAY_ON_DATE);
    assert_string_equal(access.way_on_value, "2026-11-25");
    put_campaign("2026-11-24");
    assert_true(access_for(DILNOZA, false, &service).allowed);
}

/* --- limits ------------------------------------------------------------------------------------------------------- */

static void limits_end_tomorrow(void **state)
{
    Service service = certificate(NULL, 0);

    (void)state;
    assert_int_equal(access_for(DILNOZA, false, &service).copies_left, service.limit_day);
    (void)ask("any", 1);
    ApiService access = access_for(DILNOZA, false, &service);
    assert_true(access.allowed);
    assert_int_equal(access.copies_left, service.limit_day - 1);
    service.limit_day = 1; /* as an answer may have it */
    access = access_for(DILNOZA, false, &service);
    assert_int_equal(access.reason, REASON_LIMIT);
    assert_int_equal(access.copies_left, 0);
    service.limit_of_paper = true; /* of a paper that was not given today */
    const char *own = service.document;
    service.document = "another-paper";
    assert_int_equal(access_for(DILNOZA, false, &service).copies_left, 1);
    service.document = own;
    assert_int_equal(access_for(DILNOZA, false, &service).copies_left, 0);
    service.limit_of_paper = false;
    assert_string_equal(access.way_on_value, "2026-11-25");
    fixture_pass(13 * 3600 + 60); /* a minute into the 25th */
    access = access_for(DILNOZA, false, &service);
    assert_true(access.allowed);
    assert_int_equal(access.copies_left, 1);
    service.limit_day = 0;
    assert_int_equal(access_for(DILNOZA, false, &service).copies_left, -1);
}

static void once_a_day_and_once_a_semester(void **state)
{
    Service daily = certificate(NULL, 0), once = daily;

    (void)state;
    daily.repeat = REPEAT_DAILY;
    once.repeat = REPEAT_SEMESTER;
    assert_true(access_for(DILNOZA, false, &daily).allowed);
    assert_true(access_for(DILNOZA, false, &once).allowed);
    (void)ask("any", 1);
    ApiService access = access_for(DILNOZA, false, &daily);
    assert_int_equal(access.reason, REASON_LIMIT);
    assert_int_equal(access.way_on, WAY_ON_DATE);
    access = access_for(DILNOZA, false, &once);
    assert_int_equal(access.reason, REASON_SEMESTER);
    assert_int_equal(access.way_on, WAY_ON_WINDOW);
    fixture_pass(86400);
    assert_true(access_for(DILNOZA, false, &daily).allowed);
    assert_int_equal(access_for(DILNOZA, false, &once).reason, REASON_SEMESTER);
    assert_true(access_for(WEAK, false, &once).allowed); /* another student was given none */
}

/* What people decide has its paper later: askings are counted. */
static void what_goes_through_people_is_counted_when_it_is_asked_for(void **state)
{
    Service service = certificate(NULL, 0);

    (void)state;
    (void)ask("any", 1);
    service.through = true;
    service.limit_day = 2;
    assert_int_equal(access_for(DILNOZA, false, &service).copies_left, 1);
    service.limit_day = 1;
    assert_int_equal(access_for(DILNOZA, false, &service).reason, REASON_LIMIT);
}

/* --- the rest ----------------------------------------------------------------------------------------------------- */

static void a_first_password_gives_no_pinfl(void **state)
{
    OWNED(Shelf) shelf = shelf_take(fixture.office);
    const Service *service = shelf_service(shelf, "certificate-of-study");

    (void)state;
    assert_int_equal(access_for(DILNOZA, true, service).reason, REASON_WEAK);
    assert_int_equal(access_for(LEFT, false, service).reason, REASON_STATUS);
    assert_true(access_for(DILNOZA, false, service).allowed);
}

/* It is Tuesday, 11:00; the office is open from 9 to 17. */
static void a_promise_is_in_working_hours(void **state)
{
    static const struct {
        int hours;
        int64_t after_s;
    } cases[] = { { 0, 0 }, { 2, 7200 }, { 6, 6 * 3600 }, { 8, 86400 }, { 32, 6 * 86400 } };
    Service service = certificate(NULL, 0);
    int64_t now_s = fixture_clock(NULL) / 1000;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        service.promise_hours = cases[i].hours;
        assert_int_equal(access_for(DILNOZA, false, &service).promised_at_s,
                         cases[i].hours ? now_s + cases[i].after_s : 0);
    }
}

static int open_office(void **state)
{
    (void)state;
    fixture_open(&fixture);
    return 0;
}

static int close_office(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

#define AT_AN_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)

int main(void)
{
    const struct CMUnitTest tests[] = {
        AT_AN_OFFICE(a_way_on_leads_somewhere),
        AT_AN_OFFICE(a_season_opens_on_its_day),
        AT_AN_OFFICE(limits_end_tomorrow),
        AT_AN_OFFICE(once_a_day_and_once_a_semester),
        AT_AN_OFFICE(what_goes_through_people_is_counted_when_it_is_asked_for),
        AT_AN_OFFICE(a_first_password_gives_no_pinfl),
        AT_AN_OFFICE(a_promise_is_in_working_hours),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
