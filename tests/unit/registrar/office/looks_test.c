/* Who looked: acts of staff, sign-ins, copies and checks, newest first and in closed words. */
#include "fixture.h"

#include "base/memory.h"
#include "registrar/office/averages.h"
#include "registrar/office/documents.h"
#include "registrar/office/finisher.h"
#include "registrar/office/looks.h"
#include "registrar/office/review.h"
#include "registrar/store/acts.h"

#define DILNOZA 1
#define OTHER   2
#define CLERK   "token:anna"

static OfficeFixture fixture;
static Session session;
static ApiLooks looks;

static int open_fixture(void **state)
{
    (void)state;
    fixture_open(&fixture);
    session = fixture_session(&fixture, DILNOZA, &fixture.kiosk);
    return 0;
}

static int close_fixture(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static void ask(void)
{
    ApiProblem problem;
    Error err = { 0 };

    assert_ok(looks_of(fixture.office, &session, &problem, &looks, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    for (size_t i = 1; i < looks.count; i++)
        assert_true(looks.items[i - 1].at_s >= looks.items[i].at_s);
}

static const ApiLook *look_of(LookKind kind)
{
    size_t i = 0;

    while (i < looks.count && looks.items[i].kind != kind)
        i++;
    if (i == looks.count)
        fail_msg("no look of kind %d", (int)kind);
    return &looks.items[i];
}

typedef struct Noting {
    const char *actor, *act, *object;
} Noting;

static bool note(StoreTransaction *transaction, void *arg, Error *err)
{
    const Noting *noting = arg;

    return acts_add(transaction, &(Act){ fixture_clock(NULL), noting->actor, noting->act, noting->object, NULL }, err);
}

static void note_act(const char *actor, const char *act, const char *object)
{
    Noting noting = { actor, act, object };
    Error err = { 0 };

    assert_ok(store_write(fixture.store, note, &noting, &err), err);
}

static ApiIssued issue(int key)
{
    ApiRequest request = fixture_request("any");
    ApiProblem problem;
    ApiIssued issued = { 0 };
    Error err = { 0 };
    bool made;

    assert_ok(office_request(fixture.office, &session, fixture_key(key), &request, &problem, &made, &issued, &err),
              err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    return issued;
}

static void nothing_happened_yet(void **state)
{
    (void)state;
    ask();
    assert_int_equal(looks.count, 0);
    assert_false(looks.more);
}

static void a_sign_in_says_where(void **state)
{
    (void)state;
    note_act("student:1", "session.begun", "kiosk:A-2");
    fixture_pass(60);
    note_act("student:1", "session.begun", "kiosk:gone");
    note_act("student:1", "session.ended", "kiosk:A-2");
    note_act("student:2", "session.begun", "kiosk:A-2");
    ask();
    assert_int_equal(looks.count, 2);
    assert_int_equal(looks.items[0].kind, LOOK_SIGNED_IN);
    assert_string_equal(looks.items[0].place, "");
    assert_int_equal(looks.items[1].by, LOOK_BY_STUDENT);
    assert_string_equal(looks.items[1].place, "1-bino, 1-qavat");
}

static void copies_and_checks_are_told(void **state)
{
    const ApiIssued issued = issue(1);
    char code[13], *at = code;
    Error err = { 0 };

    (void)state;
    for (const char *from = issued.code; *from; from++)
        if (*from != '-' && *from != ' ')
            *at++ = *from;
    *at = '\0';
    fixture_pass(100);
    for (int i = 0; i < 3; i++)
        assert_ok(checks_note(fixture.office, code, &err), err);
    assert_ok(checks_note(fixture.office, "000000000000", &err), err); /* nobody's */
    assert_ok(finisher_round(fixture.office, &err), err);
    fixture_pass(3600);
    assert_ok(checks_note(fixture.office, code, &err), err);
    assert_ok(checks_settle(fixture.office, &err), err);
    ask();
    assert_int_equal(looks.count, 3);
    assert_int_equal(looks.items[0].kind, LOOK_CHECKED);
    assert_int_equal(looks.items[0].times, 1);
    assert_int_equal(looks.items[1].times, 3);
    assert_int_equal(looks.items[1].by, LOOK_BY_HOLDER);
    assert_int_equal(looks.items[1].at_s, fixture_clock(NULL) / 1000 - 3600);
    assert_string_equal(looks.items[1].number, issued.number);
    assert_string_equal(looks.items[1].service, "certificate-of-study");
    assert_int_equal(looks.items[2].kind, LOOK_ISSUED);
    assert_int_equal(looks.items[2].by, LOOK_BY_STUDENT);
    assert_string_equal(looks.items[2].place, "1-bino, 1-qavat");
    session.student = OTHER;
    ask();
    assert_int_equal(looks.count, 0);
}

/* More than wait for a round are written by who brings them. */
static void no_check_is_lost(void **state)
{
    const ApiIssued issued = issue(1);
    char code[13];
    Error err = { 0 };

    (void)state;
    snprintf(code, sizeof code, "%.4s%.4s%.4s", issued.code, issued.code + 5, issued.code + 10);
    for (int i = 0; i < NOTED_CHECKS_MOST + 40; i++)
        assert_ok(checks_note(fixture.office, code, &err), err);
    for (int i = 0; i < 2; i++)
        assert_ok(checks_settle(fixture.office, &err), err);
    ask();
    assert_int_equal(look_of(LOOK_CHECKED)->times, NOTED_CHECKS_MOST + 40);
}

static bool see(void *ctx UNUSED, const Averages *averages UNUSED, Error *err UNUSED)
{
    return true;
}

static void what_staff_look_at_is_told(void **state)
{
    const ApiIssued issued = issue(1);
    DocumentStanding standing;
    Error err = { 0 };
    char object[64];

    (void)state;
    fixture_pass(10);
    assert_ok(averages_of(fixture.office, FIXTURE_DILNOZA, CLERK, see, NULL, &err), err);
    fixture_pass(10);
    assert_ok(document_look_up(fixture.office, issued.number, "command-line", &standing, &err), err);
    fixture_pass(10);
    snprintf(object, sizeof object, "document:%s", issued.document);
    note_act(CLERK, "document.suspended", object);
    note_act(CLERK, "record.corrected", "student:1");
    note_act("office", "record.looked-through", "student:1"); /* a round of ours is nobody */
    ask();
    assert_int_equal(looks.count, 5);
    assert_int_equal(look_of(LOOK_CORRECTED)->on, LOOK_ON_RECORD);
    assert_int_equal(look_of(LOOK_WORKED)->on, LOOK_ON_DOCUMENT);
    assert_string_equal(look_of(LOOK_WORKED)->number, issued.number);
    assert_int_equal(looks.items[2].kind, LOOK_SEEN);
    assert_int_equal(looks.items[2].on, LOOK_ON_DOCUMENT);
    assert_int_equal(looks.items[3].kind, LOOK_SEEN);
    assert_int_equal(looks.items[3].on, LOOK_ON_RECORD);
    assert_int_equal(looks.items[3].by, LOOK_BY_STAFF);
    assert_string_equal(looks.items[3].unit, "");
}

/* A clerk who claimed a request is known by the unit; a look at it names it. */
static void a_clerk_is_told_by_the_unit(void **state)
{
    ApiRequest request = { .service = "academic-record", .language = LANGUAGE_UZ };
    Review *review = mem_new(1, sizeof *review);
    ReviewQueue *queue = mem_new(1, sizeof *queue);
    const ReviewQuery query = { str_from(""), "", "" };
    ApiProblem problem;
    ApiIssued issued = { 0 };
    Error err = { 0 };
    bool made, known;

    (void)state;
    session.student = OTHER; /* who left: academic-record is for them */
    assert_true(answers_set(&request.answers, "reason", STR("transfer")));
    assert_ok(office_request(fixture.office, &session, fixture_key(1), &request, &problem, &made, &issued, &err), err);
    if (problem.kind != PROBLEM_NONE)
        fail_msg("%s %s", api_problem_slug(problem.kind), problem.field);
    assert_ok(review_queue(fixture.office, &query, &known, queue, &err), err);
    assert_int_equal(queue->count, 1);
    const Decision decision = { .clerk = CLERK,
                                .id = queue->lines[0].line.request.id,
                                .epoch = queue->lines[0].line.request.epoch };
    assert_ok(review_claim(fixture.office, &decision, &problem, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    fixture_pass(5);
    assert_ok(review_open(fixture.office, CLERK, decision.id, false, &problem, review, &err), err);
    review_fini(review);
    fixture_pass(5);
    assert_ok(review_open(fixture.office, CLERK, decision.id, true, &problem, review, &err), err);
    review_fini(review);
    ask();
    assert_true(looks.count >= 2);
    assert_int_equal(looks.items[0].on, LOOK_ON_RECORD);
    assert_int_equal(looks.items[1].on, LOOK_ON_REQUEST);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(looks.items[i].kind, LOOK_SEEN);
        assert_string_equal(looks.items[i].number, issued.number);
        assert_true(looks.items[i].unit[0] != '\0');
    }
    review_queue_fini(queue);
    mem_free(queue);
    mem_free(review);
}

static void older_ones_are_cut_off(void **state)
{
    (void)state;
    for (int i = 0; i < LOOKS_MOST + 1; i++) {
        note_act(i % 2 ? CLERK : "student:1", i % 2 ? "student.averages-read" : "session.begun",
                 i % 2 ? "student:1" : "kiosk:A-1");
        fixture_pass(1);
    }
    ask();
    assert_int_equal(looks.count, LOOKS_MOST);
    assert_true(looks.more);
    assert_int_equal(looks.items[0].at_s, fixture_clock(NULL) / 1000 - 1);
    assert_int_equal(looks.items[LOOKS_MOST - 1].at_s, fixture_clock(NULL) / 1000 - LOOKS_MOST);
}

static void a_first_password_shows_nothing(void **state)
{
    ApiProblem problem;
    Error err = { 0 };

    (void)state;
    note_act("student:1", "session.begun", "kiosk:A-1");
    session.weak = true;
    assert_ok(looks_of(fixture.office, &session, &problem, &looks, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NOT_ALLOWED);
    assert_int_equal(looks.count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_happened_yet),   TEST(a_sign_in_says_where),           TEST(copies_and_checks_are_told),
        TEST(no_check_is_lost),       TEST(what_staff_look_at_is_told),     TEST(a_clerk_is_told_by_the_unit),
        TEST(older_ones_are_cut_off), TEST(a_first_password_shows_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
