#define FIXTURE_PASSWORDS
#include "fixture.h"

#include "registrar/office/access.h"
#include "registrar/office/documents.h"
#include "registrar/office/finisher.h"
#include "registrar/office/phone.h"

#define DILNOZA 1

/* --- rules -------------------------------------------------------------------------------------------------------- */

static void time_and_session_count_at_once(void **state UNUSED)
{
    static const struct {
        LinkState row;
        bool session_lives;
        int64_t now_s; /* it ends at 100 */
        LinkState now;
    } cases[] = {
        { LINK_OFFERED, true, 99, LINK_OFFERED },  { LINK_OFFERED, true, 100, LINK_EXPIRED },
        { LINK_OFFERED, false, 99, LINK_DENIED },  { LINK_OFFERED, false, 100, LINK_DENIED },
        { LINK_OPENED, true, 99, LINK_OPENED },    { LINK_OPENED, true, 100, LINK_EXPIRED },
        { LINK_OPENED, false, 99, LINK_DENIED },   { LINK_MATCHED, true, 99, LINK_MATCHED },
        { LINK_MATCHED, false, 99, LINK_MATCHED }, { LINK_MATCHED, false, 100, LINK_EXPIRED },
        { LINK_USED, false, 99, LINK_USED },       { LINK_USED, true, 100, LINK_USED },
        { LINK_DENIED, true, 99, LINK_DENIED },    { LINK_EXPIRED, true, 99, LINK_EXPIRED },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        const PhoneLinkRow link = { .state = cases[i].row, .ends_at_s = 100 };
        LinkState now = phone_link_now(&link, cases[i].session_lives, cases[i].now_s);

        if (now != cases[i].now)
            fail_msg("case %zu: %s", i, state_name(&link_states, (int)now));
    }
}

static void a_door_opens_to_one_phone(void **state UNUSED)
{
    static const uint8_t ours[LINK_HASH_SIZE] = { 1 }, others[LINK_HASH_SIZE] = { 2 };
    static const struct {
        const char *name;
        LinkState now;
        const uint8_t *device;
        int left;
        CopyValidity validity;
        PhoneDoor door;
    } cases[] = {
        { "nobody yet", LINK_OFFERED, NULL, 3, VALIDITY_VALID, DOOR_CLOSED },
        { "nobody yet, somebody with a cookie", LINK_OFFERED, others, 3, VALIDITY_VALID, DOOR_CLOSED },
        { "opened here", LINK_OPENED, ours, 3, VALIDITY_VALID, DOOR_DIGITS },
        { "opened elsewhere", LINK_OPENED, others, 3, VALIDITY_VALID, DOOR_OTHER },
        { "opened, no cookie", LINK_OPENED, NULL, 3, VALIDITY_VALID, DOOR_OTHER },
        { "allowed here", LINK_MATCHED, ours, 3, VALIDITY_VALID, DOOR_OPEN },
        { "allowed elsewhere", LINK_MATCHED, NULL, 3, VALIDITY_VALID, DOOR_OTHER },
        { "once more", LINK_USED, ours, 1, VALIDITY_VALID, DOOR_OPEN },
        { "once more, elsewhere", LINK_USED, others, 1, VALIDITY_VALID, DOOR_OTHER },
        { "used up", LINK_USED, ours, 0, VALIDITY_VALID, DOOR_GONE },
        { "denied", LINK_DENIED, ours, 3, VALIDITY_VALID, DOOR_GONE },
        { "over", LINK_EXPIRED, ours, 3, VALIDITY_VALID, DOOR_GONE },
        { "revoked meanwhile", LINK_MATCHED, ours, 3, VALIDITY_REVOKED, DOOR_GONE },
        { "suspended meanwhile", LINK_USED, ours, 2, VALIDITY_SUSPENDED, DOOR_GONE },
        { "never taken", LINK_OFFERED, NULL, 3, VALIDITY_EXPIRED, DOOR_GONE },
    };
    PhoneLinkRow link = { .ends_at_s = 100 };

    memcpy(link.device_hash, ours, sizeof ours);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const CopyRow copy = { .making = MAKING_READY, .validity = cases[i].validity };
        link.left = cases[i].left;
        PhoneDoor door = phone_door(&link, cases[i].now, &copy, cases[i].device, 99);
        if (door != cases[i].door)
            fail_msg("%s: %d", cases[i].name, (int)door);
    }
    link.left = 3;
    assert_int_equal(phone_door(&link, LINK_USED, &(CopyRow){ .making = MAKING_READY }, ours, 100), DOOR_GONE);
    assert_int_equal(phone_door(&link, LINK_MATCHED, &(CopyRow){ .making = MAKING_PREPARING }, ours, 99), DOOR_GONE);
}

/* --- an office ---------------------------------------------------------------------------------------------------- */

typedef struct Desk {
    OfficeFixture fixture;
    Session session;
    const Once *once; /* offer asks with it; NULL: without a key */
    ApiIssued issued;
    ApiPhoneLink link;
    Token token;
    char device[PHONE_DEVICE_SIZE];
    PhoneView view;
} Desk;

static Desk desk;

static void sign_in_as(const char *number, const char *password)
{
    ApiSignIn given = { 0 };
    ApiSession session;
    SignInOutcome outcome;
    Error err = { 0 };
    bool found;
    int wait_s;

    str_copy_cut(str_from(number), given.number, sizeof given.number);
    str_copy_cut(str_from(password), given.password, sizeof given.password);
    assert_ok(sign_in(desk.fixture.office, &desk.fixture.kiosk, "ip", &given, &outcome, &session, &wait_s, &err), err);
    assert_int_equal(outcome, SIGN_IN_DONE);
    assert_ok(session_find(desk.fixture.office, &desk.fixture.kiosk, session.token, &found, &desk.session, &err), err);
    assert_true(found);
}

static int set_up(void **state UNUSED)
{
    desk = (Desk){ 0 };
    fixture_open(&desk.fixture);
    sign_in_as(FIXTURE_DILNOZA, FIXTURE_PASSWORD);
    return 0;
}

static int tear_down(void **state UNUSED)
{
    fixture_close(&desk.fixture);
    return 0;
}

static ApiProblemKind ask(int key, const char *receiver, ApiCarrier carrier)
{
    ApiRequest request = fixture_request(receiver);
    ApiProblem problem;
    Error err = { 0 };
    bool made;

    request.carrier = carrier;
    assert_ok(office_request(desk.fixture.office, &desk.session, fixture_key(key), &request, &problem, &made,
                             &desk.issued, &err),
              err);
    return problem.kind;
}

static ApiProblemKind offer(void)
{
    ApiProblem problem;
    Error err = { 0 };

    assert_ok(
        phone_link_make(desk.fixture.office, &desk.session, desk.issued.copy, desk.once, &problem, &desk.link, &err),
        err);
    if (problem.kind == PROBLEM_NONE)
        assert_true(token_parse(str_from(strrchr(desk.link.address, '/') + 1), &desk.token));
    return problem.kind;
}

static ApiPhoneState look(void)
{
    ApiProblem problem;
    ApiPhoneLink link;
    Error err = { 0 };

    assert_ok(phone_link_look(desk.fixture.office, &desk.session, desk.link.id, &problem, &link, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    assert_string_equal(link.address, "");
    return link.state;
}

static PhoneDoor door(const char *device)
{
    Error err = { 0 };

    assert_ok(phone_door_look(desk.fixture.office, &desk.token, device, &desk.view, &err), err);
    return desk.view.door;
}

static PhoneDoor open_door(void)
{
    Error err = { 0 };

    assert_ok(phone_door_open(desk.fixture.office, &desk.token, NULL, &desk.view, desk.device, &err), err);
    return desk.view.door;
}

static ApiPhoneState type(const char *digits)
{
    ApiProblem problem;
    ApiPhoneLink link = { 0 };
    Error err = { 0 };

    assert_ok(phone_link_digits(desk.fixture.office, &desk.session, desk.link.id, digits, &problem, &link, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    return link.state;
}

static bool take(const char *device)
{
    OWNED(Blob) pdf = NULL;
    Error err = { 0 };

    assert_ok(phone_door_take(desk.fixture.office, &desk.token, device, &desk.view, &pdf, &err), err);
    return pdf && str_starts(blob_str(pdf), STR("%PDF-"));
}

static ApiPhoneLink withdraw(void)
{
    ApiProblem problem;
    ApiPhoneLink link = { 0 };
    Error err = { 0 };

    assert_ok(phone_link_withdraw(desk.fixture.office, &desk.session, desk.link.id, &problem, &link, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    return link;
}

static void round_of_the_office(void)
{
    Error err = { 0 };

    assert_ok(finisher_round(desk.fixture.office, &err), err);
}

static int64_t rows(const char *sql)
{
    return fixture_rows(&desk.fixture, sql);
}

static void to_allowed(int key)
{
    assert_int_equal(ask(key, "any", CARRIER_PHONE), PROBLEM_NONE);
    assert_int_equal(offer(), PROBLEM_NONE);
    assert_int_equal(open_door(), DOOR_DIGITS);
    assert_int_equal(type(desk.view.digits), PHONE_MATCHED);
}

static void a_phone_takes_its_copy(void **state UNUSED)
{
    to_allowed(1);
    assert_string_equal(desk.issued.job.id, "");
    assert_true(str_starts(str_from(desk.link.address), STR("HTTPS://HUJJAT.NAMUNA.UZ/D/")));
    assert_int_equal(rows("SELECT count(*) FROM print_job"), 0);
    assert_false(take(NULL));
    assert_false(take("somebody else's"));
    assert_int_equal(look(), PHONE_MATCHED);
    for (int i = 0; i < PHONE_DOWNLOADS; i++)
        assert_true(take(desk.device));
    assert_false(take(desk.device));
    assert_int_equal(look(), PHONE_USED);
    assert_int_equal(rows("SELECT delivery = 'downloaded' AND validity = 'valid' FROM copy"), 1);
    assert_int_equal(rows("SELECT state = 'fulfilled' FROM request"), 1);
    assert_int_equal(rows("SELECT count(*) FROM act WHERE act IN ('phone-link.offered', 'phone-link.opened',"
                          " 'phone-link.matched', 'phone-link.used')"),
                     4);
}

static void looking_changes_nothing(void **state UNUSED)
{
    ask(1, "any", CARRIER_PHONE);
    offer();
    int64_t acts = rows("SELECT count(*) FROM act");
    for (int i = 0; i < 5; i++) {
        assert_int_equal(door(NULL), DOOR_CLOSED);
        assert_int_equal(door("a cookie"), DOOR_CLOSED);
    }
    assert_string_equal(desk.view.digits, "");
    assert_string_equal(desk.view.number, "");
    assert_int_equal(rows("SELECT count(*) FROM act"), acts);
    assert_int_equal(look(), PHONE_OFFERED);
}

static void each_state_has_its_time(void **state UNUSED)
{
    ask(1, "any", CARRIER_PHONE);
    offer();
    fixture_pass(PHONE_OFFERED_S - 1);
    assert_int_equal(door(NULL), DOOR_CLOSED);
    fixture_pass(1);
    assert_int_equal(door(NULL), DOOR_GONE);
    assert_int_equal(open_door(), DOOR_GONE);
    assert_int_equal(look(), PHONE_EXPIRED);

    offer();
    open_door();
    fixture_pass(PHONE_OPENED_S);
    assert_int_equal(type(desk.view.digits), PHONE_EXPIRED);

    offer();
    open_door();
    assert_int_equal(type(desk.view.digits), PHONE_MATCHED);
    fixture_pass(PHONE_TAKING_S - 1);
    assert_true(take(desk.device));
    fixture_pass(1);
    assert_false(take(desk.device)); /* one download is left, and no time */
    assert_int_equal(look(), PHONE_USED);
}

static void the_office_closes_what_is_over(void **state UNUSED)
{
    ask(1, "any", CARRIER_PHONE);
    offer();
    fixture_pass(PHONE_OFFERED_S);
    round_of_the_office();
    assert_int_equal(rows("SELECT state = 'expired' FROM phone_link"), 1);
    assert_int_equal(rows("SELECT validity = 'valid' FROM copy"), 1); /* the next link leads to it */
    fixture_pass(PHONE_LEFT_S);
    round_of_the_office();
    assert_int_equal(rows("SELECT validity = 'expired' AND delivery = 'expired' FROM copy"), 1);
    assert_int_equal(rows("SELECT state = 'open' FROM request"), 1); /* it may be asked for still */
    assert_int_equal(offer(), PROBLEM_NONE);
    assert_int_equal(rows("SELECT count(*) FROM copy"), 2);
    assert_int_equal(rows("SELECT count(*) FROM copy WHERE replaces IS NOT NULL"), 0);
}

static void three_failures_and_no_more(void **state UNUSED)
{
    ask(1, "any", CARRIER_PHONE);
    for (int i = 0; i < 10; i++) /* codes that nobody opened are nobody's failure */
        assert_int_equal(offer(), PROBLEM_NONE);
    for (int i = 0; i < PHONE_FAILURES_MOST; i++) {
        assert_int_equal(offer(), PROBLEM_NONE);
        open_door();
        char wrong[3] = { desk.view.digits[0], desk.view.digits[1] == '9' ? '0' : (char)(desk.view.digits[1] + 1), 0 };
        assert_int_equal(type(wrong), PHONE_DENIED);
        assert_int_equal(type(desk.view.digits), PHONE_DENIED);
    }
    assert_int_equal(offer(), PROBLEM_LIMIT);
    assert_int_equal(rows("SELECT count(*) FROM copy"), 1); /* one copy for all of them */
    sign_in_as(FIXTURE_DILNOZA, FIXTURE_PASSWORD);
    assert_int_equal(offer(), PROBLEM_NONE);
}

static Once once_of(const char *key, uint8_t asked)
{
    Once once = { .office = desk.fixture.office, .actor = "phone-link:1", .hash = { asked } };

    str_copy_cut(str_from(key), once.key, sizeof once.key);
    return once;
}

static void asked_again_with_its_key_a_link_is_the_same(void **state UNUSED)
{
    const Once first = once_of("a key of the kiosk's", 1), reused = once_of("a key of the kiosk's", 2);
    const Once second = once_of("another of its keys", 1);
    ApiPhoneLink told;

    ask(1, "any", CARRIER_PHONE);
    desk.once = &first;
    assert_int_equal(offer(), PROBLEM_NONE);
    told = desk.link;
    assert_int_equal(open_door(), DOOR_DIGITS); /* what became of it meanwhile is for looking */
    int64_t acts = rows("SELECT count(*) FROM act");
    assert_int_equal(offer(), PROBLEM_NONE);
    assert_memory_equal(&told, &desk.link, sizeof told);
    assert_int_equal(rows("SELECT count(*) FROM phone_link"), 1);
    assert_int_equal(rows("SELECT count(*) FROM act"), acts);
    assert_int_equal(
        rows("SELECT count(*) FROM idempotency WHERE actor = 'phone-link:1' AND answer NOT LIKE '%HTTPS%'"), 1);
    desk.once = &reused;
    assert_int_equal(offer(), PROBLEM_KEY_REUSED);
    assert_int_equal(rows("SELECT count(*) FROM phone_link"), 1);
    desk.once = &second;
    assert_int_equal(offer(), PROBLEM_NONE);
    assert_string_not_equal(told.id, desk.link.id);
    assert_int_equal(rows("SELECT count(*) FROM phone_link"), 2);
}

typedef struct Twin {
    pthread_t thread;
    const Once *once;
    ApiProblem problem;
    ApiPhoneLink link;
    Error err;
    bool done;
} Twin;

static void *offer_too(void *arg)
{
    Twin *twin = arg;

    twin->done = phone_link_make(desk.fixture.office, &desk.session, desk.issued.copy, twin->once, &twin->problem,
                                 &twin->link, &twin->err);
    return NULL;
}

static void of_several_at_once_one_acts(void **state UNUSED)
{
    const Once once = once_of("a key of the kiosk's", 1);
    Twin twins[8] = { 0 };

    ask(1, "any", CARRIER_PHONE);
    for (size_t i = 0; i < COUNT(twins); i++) {
        twins[i].once = &once;
        assert_int_equal(pthread_create(&twins[i].thread, NULL, offer_too, &twins[i]), 0);
    }
    for (size_t i = 0; i < COUNT(twins); i++) {
        pthread_join(twins[i].thread, NULL);
        assert_ok(twins[i].done, twins[i].err);
        assert_int_equal(twins[i].problem.kind, PROBLEM_NONE);
        assert_memory_equal(&twins[i].link, &twins[0].link, sizeof twins[0].link);
    }
    assert_int_equal(rows("SELECT count(*) FROM phone_link"), 1);
}

static void a_newer_link_ends_the_older_ones(void **state UNUSED)
{
    char device[PHONE_DEVICE_SIZE];
    Token older;

    to_allowed(1);
    memcpy(device, desk.device, sizeof device);
    older = desk.token;
    assert_int_equal(offer(), PROBLEM_NONE); /* though that phone was allowed: one copy, one phone */
    Token newer = desk.token;
    desk.token = older;
    assert_false(take(device));
    desk.token = newer;
    assert_int_equal(door(NULL), DOOR_CLOSED);
}

static void withdrawn_copies_are_nobodys(void **state UNUSED)
{
    to_allowed(1);
    assert_true(withdraw().withdrawn);
    assert_false(take(desk.device));
    assert_int_equal(rows("SELECT validity = 'expired' AND delivery = 'expired' FROM copy WHERE n = 1"), 1);

    assert_int_equal(offer(), PROBLEM_NONE);
    open_door();
    type(desk.view.digits);
    assert_true(take(desk.device));
    assert_true(withdraw().withdrawn);
    assert_true(withdraw().withdrawn); /* twice is once */
    assert_false(take(desk.device));
    assert_int_equal(rows("SELECT validity = 'revoked' AND delivery = 'downloaded' FROM copy WHERE n = 2"), 1);
    assert_int_equal(rows("SELECT changes = told FROM status_list"), 1); /* and published so */
}

static void the_end_of_a_session_denies_what_waits(void **state UNUSED)
{
    Session before = desk.session;

    ask(1, "any", CARRIER_PHONE);
    offer();
    open_door();
    sign_in_as(FIXTURE_DILNOZA, FIXTURE_PASSWORD); /* whoever signs in next ends it */
    assert_int_equal(door(desk.device), DOOR_GONE);
    ApiProblem problem;
    ApiPhoneLink link;
    Error err = { 0 };
    assert_ok(phone_link_look(desk.fixture.office, &desk.session, desk.link.id, &problem, &link, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NOT_FOUND); /* of another session, though of the same student */
    assert_ok(phone_link_look(desk.fixture.office, &before, desk.link.id, &problem, &link, &err), err);
    assert_int_equal(link.state, PHONE_DENIED);
}

static void who_may_have_none(void **state UNUSED)
{
    Error err = { 0 };

    assert_int_equal(ask(1, "any", CARRIER_PAPER), PROBLEM_NONE);
    desk.session.weak = true;
    assert_int_equal(offer(), PROBLEM_NOT_ALLOWED);
    assert_int_equal(ask(2, "bank", CARRIER_PHONE), PROBLEM_NOT_ALLOWED);
    desk.session.weak = false;
    desk.session.student = 2;
    assert_int_equal(offer(), PROBLEM_NOT_FOUND);
    desk.session.student = DILNOZA;
    assert_ok(
        document_change(desk.fixture.office, desk.issued.number, DOCUMENT_CHANGE_SUSPEND, "a test", "staff:1", &err),
        err);
    assert_int_equal(offer(), PROBLEM_NOT_ALLOWED);
    assert_ok(
        document_change(desk.fixture.office, desk.issued.number, DOCUMENT_CHANGE_RESUME, "a test", "staff:1", &err),
        err);
    assert_int_equal(offer(), PROBLEM_NONE);
}

/* One document, one number, whatever carries it; and one of the day's copies. */
static void paper_and_phone_are_one_wish(void **state UNUSED)
{
    assert_int_equal(ask(1, "any", CARRIER_PHONE), PROBLEM_NONE);
    assert_int_equal(offer(), PROBLEM_NONE);
    assert_int_equal(ask(1, "any", CARRIER_PAPER), PROBLEM_NONE);
    assert_int_equal(desk.issued.job.state, PRINT_ASSIGNED);
    assert_int_equal(ask(2, "any", CARRIER_PHONE), PROBLEM_NONE); /* another key, the same wish: no question */
    assert_string_equal(desk.issued.job.id, "");
    assert_int_equal(rows("SELECT state = 'cancelled' FROM print_job"), 1); /* and no paper of it any more */
    assert_int_equal(rows("SELECT count(*) FROM document"), 1);
    assert_int_equal(rows("SELECT count(*) FROM copy WHERE kind = 'phone'"), 1);
    assert_int_equal(rows("SELECT count(DISTINCT code) = count(*) AND count(DISTINCT status_index) = count(*)"
                          " FROM copy"),
                     1);
    assert_int_equal(ask(3, "any", CARRIER_PAPER), PROBLEM_ALREADY_OPEN); /* a second paper is asked about */

    OWNED(Shelf) shelf = shelf_take(desk.fixture.office);
    const Service *service = shelf_service(shelf, "certificate-of-study");
    ApiService access;
    OWNED_RECORD record = { 0 };
    Error err = { 0 };
    assert_ok(record_read(desk.fixture.office, DILNOZA, RECORD_RULES, &record, &err), err);
    assert_ok(service_access(desk.fixture.office, shelf, &desk.session, service, &record, &access, &err), err);
    assert_int_equal(access.copies_left, service->limit_day - 1);
}

static void unknown_tokens_find_a_closed_world(void **state UNUSED)
{
    Token nobodys = { "0000000000000000000000000000" };
    PhoneView view;
    Error err = { 0 };
    OWNED(Blob) pdf = NULL;
    char device[PHONE_DEVICE_SIZE];

    assert_ok(phone_door_look(desk.fixture.office, &nobodys, NULL, &view, &err), err);
    assert_int_equal(view.door, DOOR_GONE);
    assert_ok(phone_door_open(desk.fixture.office, &nobodys, NULL, &view, device, &err), err);
    assert_int_equal(view.door, DOOR_GONE);
    assert_string_equal(device, "");
    assert_ok(phone_door_take(desk.fixture.office, NULL, "cookie", &view, &pdf, &err), err);
    assert_int_equal(view.door, DOOR_GONE);
    assert_null(pdf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_and_session_count_at_once),
        cmocka_unit_test(a_door_opens_to_one_phone),
        cmocka_unit_test_setup_teardown(a_phone_takes_its_copy, set_up, tear_down),
        cmocka_unit_test_setup_teardown(looking_changes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_state_has_its_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_office_closes_what_is_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(three_failures_and_no_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(asked_again_with_its_key_a_link_is_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_several_at_once_one_acts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_newer_link_ends_the_older_ones, set_up, tear_down),
        cmocka_unit_test_setup_teardown(withdrawn_copies_are_nobodys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_end_of_a_session_denies_what_waits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_may_have_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(paper_and_phone_are_one_wish, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unknown_tokens_find_a_closed_world, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
