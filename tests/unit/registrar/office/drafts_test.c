#include "fixture.h"

#include "base/memory.h"
#include "registrar/office/drafts.h"
#include "registrar/office/finisher.h"

#include "../../wire/catalogue_sample.h"

#define DILNOZA 1
#define LEFT    2 /* expelled: nothing is for them */
#define WEAK    3
#define SERVICE "certificate-of-study"
#define MARKER  "Xokimiyat-marker"

typedef struct Desk {
    OfficeFixture fixture;
    Session session;
    char services[128];
} Desk;

/* A catalogue of the test's own: the sample's form with every kind of question, under the paper that there is. */
static void set_services(Desk *desk, const char *json)
{
    Error err = { 0 };
    char path[192];

    snprintf(desk->services, sizeof desk->services, "%s/services", desk->fixture.folder);
    snprintf(path, sizeof path, "%s/service.json", desk->services);
    assert_ok(folder_make(desk->services, 0700, &err), err);
    assert_ok(file_write(path, 0600, str_from(json), &err), err);
    office_close(desk->fixture.office);
    desk->fixture.config.catalogue_folder = desk->services;
    fixture_office_open(&desk->fixture);
}

static void desk_open(Desk *desk)
{
    *desk = (Desk){ 0 };
    fixture_open(&desk->fixture);
    set_services(desk, SAMPLE_SERVICE(SERVICE, "documents", "10"));
    desk->session = fixture_session(&desk->fixture, DILNOZA, &desk->fixture.kiosk);
}

static ApiDraft draft_of(const char *receiver, const char *place, const char *question)
{
    ApiDraft draft = { .language = LANGUAGE_EN };

    assert_true(answers_set(&draft.answers, "receiver", str_from(receiver)));
    assert_true(answers_set(&draft.answers, "place", str_from(place)));
    assert_true(str_copy(str_from(question), draft.question, sizeof draft.question));
    return draft;
}

static ApiProblem keep(Desk *desk, const Session *session, const char *service, const ApiDraft *draft)
{
    ApiProblem problem;
    Error err = { 0 };

    assert_ok(office_draft_keep(desk->fixture.office, session, service, draft, &problem, &err), err);
    return problem;
}

static ApiProblemKind get(Desk *desk, const Session *session, ApiDraft *ret)
{
    ApiProblem problem;
    Error err = { 0 };

    *ret = (ApiDraft){ 0 };
    assert_ok(office_draft_get(desk->fixture.office, session, SERVICE, &problem, ret, &err), err);
    return problem.kind;
}

static ApiHome *home(Desk *desk, const Session *session)
{
    ApiHome *home = mem_new(1, sizeof *home);
    Error err = { 0 };

    assert_non_null(home);
    assert_ok(office_home(desk->fixture.office, session, home, &err), err);
    return home;
}

static size_t offered(Desk *desk, const Session *session)
{
    ApiHome *seen = home(desk, session);
    size_t count = seen->draft_count;

    mem_free(seen);
    return count;
}

static int64_t rows(const Desk *desk)
{
    return fixture_rows(&desk->fixture, "SELECT count(*) FROM draft");
}

static void what_was_kept_is_offered_anywhere(void **state)
{
    Desk desk;
    ApiDraft draft = draft_of("other", MARKER, "copies"), back;

    (void)state;
    desk_open(&desk);
    assert_int_equal(keep(&desk, &desk.session, SERVICE, &draft).kind, PROBLEM_NONE);
    fixture_pass(3600);
    Session elsewhere = fixture_session(&desk.fixture, DILNOZA, &desk.fixture.other_kiosk);
    ApiHome *seen = home(&desk, &elsewhere);
    assert_int_equal(seen->draft_count, 1);
    assert_string_equal(seen->drafts[0].service, SERVICE);
    assert_int_equal(seen->drafts[0].saved_at_s, INT64_C(1795500000));
    assert_int_equal(seen->drafts[0].answered, 2);
    assert_int_equal(seen->drafts[0].of, 3);
    assert_int_equal(seen->request_count, 0); /* it is no request */
    mem_free(seen);
    assert_int_equal(get(&desk, &elsewhere, &back), PROBLEM_NONE);
    assert_int_equal(back.language, LANGUAGE_EN);
    assert_string_equal(back.question, "copies");
    assert_string_equal(answers_get(&back.answers, "receiver"), "other");
    assert_string_equal(answers_get(&back.answers, "place"), MARKER);
    fixture_close(&desk.fixture);
}

static void the_newest_takes_the_place_of_the_one_before(void **state)
{
    Desk desk;
    ApiDraft first = draft_of("other", "", "place"), second = draft_of("bank", "", ""), nothing = { 0 }, back;

    (void)state;
    desk_open(&desk);
    keep(&desk, &desk.session, SERVICE, &first);
    keep(&desk, &desk.session, SERVICE, &second);
    keep(&desk, &desk.session, SERVICE, &second); /* as often as it is asked */
    assert_int_equal(rows(&desk), 1);
    assert_int_equal(get(&desk, &desk.session, &back), PROBLEM_NONE);
    assert_string_equal(answers_get(&back.answers, "receiver"), "bank");
    /* Every answer was taken back: there is nothing to keep. */
    assert_int_equal(keep(&desk, &desk.session, SERVICE, &nothing).kind, PROBLEM_NONE);
    assert_int_equal(rows(&desk), 0);
    assert_int_equal(get(&desk, &desk.session, &back), PROBLEM_NOT_FOUND);
    fixture_close(&desk.fixture);
}

static void it_is_its_students_alone(void **state)
{
    Desk desk;
    ApiDraft draft = draft_of("other", MARKER, "copies"), back;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    keep(&desk, &desk.session, SERVICE, &draft);
    Session other = fixture_session(&desk.fixture, WEAK, &desk.fixture.kiosk);
    assert_int_equal(get(&desk, &other, &back), PROBLEM_NOT_FOUND);
    assert_int_equal(offered(&desk, &other), 0);
    assert_ok(office_draft_drop(desk.fixture.office, &other, SERVICE, &err), err);
    assert_int_equal(rows(&desk), 1);
    assert_ok(office_draft_drop(desk.fixture.office, &desk.session, SERVICE, &err), err);
    assert_ok(office_draft_drop(desk.fixture.office, &desk.session, "no-such-service", &err), err);
    assert_int_equal(rows(&desk), 0);
    fixture_close(&desk.fixture);
}

static void what_fits_no_form_is_refused(void **state)
{
    static const struct {
        const char *name, *service, *receiver, *place, *question, *field;
        ApiProblemKind wanted;
    } cases[] = {
        { "no such service", "transcript", "bank", "", "", "", PROBLEM_NOT_FOUND },
        { "not offered", SERVICE, "moon", "", "", "receiver", PROBLEM_FORM },
        { "too short", SERVICE, "other", "X", "", "place", PROBLEM_FORM },
        { "not asked", SERVICE, "bank", MARKER, "", "place", PROBLEM_FORM },
        { "no such question", SERVICE, "bank", "", "colour", "colour", PROBLEM_FORM },
        { "begun", SERVICE, "other", "", "place", "", PROBLEM_NONE },
    };
    Desk desk;

    (void)state;
    desk_open(&desk);
    for (size_t i = 0; i < COUNT(cases); i++) {
        ApiDraft draft = draft_of(cases[i].receiver, cases[i].place, cases[i].question);
        ApiProblem problem = keep(&desk, &desk.session, cases[i].service, &draft);
        if (problem.kind != cases[i].wanted || strcmp(problem.field, cases[i].field) != 0 ||
            rows(&desk) != (cases[i].wanted == PROBLEM_NONE))
            fail_msg("%s: %s at %s", cases[i].name, api_problem_slug(problem.kind), problem.field);
    }
    fixture_close(&desk.fixture);
}

/* Neither kept nor told, and what was kept before is there when the service is again. */
static void what_one_may_not_ask_for_is_not_offered(void **state)
{
    Desk desk;
    ApiDraft draft = draft_of("bank", "", ""), back;

    (void)state;
    desk_open(&desk);
    Session left = fixture_session(&desk.fixture, LEFT, &desk.fixture.kiosk);
    assert_int_equal(keep(&desk, &left, SERVICE, &draft).kind, PROBLEM_NOT_ALLOWED);
    assert_int_equal(get(&desk, &left, &back), PROBLEM_NOT_ALLOWED);

    assert_int_equal(keep(&desk, &desk.session, SERVICE, &draft).kind, PROBLEM_NONE);
    Session weak = desk.session;
    weak.weak = true;
    ApiHome *seen = home(&desk, &weak);
    assert_false(seen->services[0].allowed); /* the paper shows a PINFL */
    assert_int_equal(seen->draft_count, 0);
    mem_free(seen);
    assert_int_equal(get(&desk, &weak, &back), PROBLEM_NOT_ALLOWED);
    assert_int_equal(keep(&desk, &weak, SERVICE, &draft).kind, PROBLEM_NOT_ALLOWED);
    assert_int_equal(offered(&desk, &desk.session), 1);
    fixture_close(&desk.fixture);
}

static bool issue(Desk *desk, int key, const ApiDraft *draft, bool again, ApiProblemKind wanted)
{
    ApiRequest request = { .service = SERVICE, .language = draft->language, .answers = draft->answers, .again = again };
    ApiProblem problem;
    ApiIssued issued;
    Error err = { 0 };
    bool made;

    assert_ok(office_request(desk->fixture.office, &desk->session, fixture_key(key), &request, &problem, &made, &issued,
                             &err),
              err);
    assert_int_equal(problem.kind, wanted);
    return made;
}

static void it_goes_with_the_request_that_is_made(void **state)
{
    Desk desk;
    ApiDraft draft = draft_of("bank", "", ""), wrong = draft_of("other", "", "place");

    (void)state;
    desk_open(&desk);
    keep(&desk, &desk.session, SERVICE, &draft);
    issue(&desk, 1, &wrong, false, PROBLEM_FORM); /* refused: nothing was made, nothing goes */
    assert_int_equal(rows(&desk), 1);
    assert_true(issue(&desk, 2, &draft, false, PROBLEM_NONE));
    assert_int_equal(rows(&desk), 0);
    assert_int_equal(offered(&desk, &desk.session), 0);

    /* The same once more: a question first, then the open one is theirs, and the form is done with. */
    keep(&desk, &desk.session, SERVICE, &draft);
    issue(&desk, 3, &draft, false, PROBLEM_ALREADY_OPEN);
    assert_int_equal(rows(&desk), 1);
    issue(&desk, 3, &draft, true, PROBLEM_NONE);
    assert_int_equal(rows(&desk), 0);
    fixture_close(&desk.fixture);
}

/* Three copies a day: drafts are none of them, however many were kept. */
static void it_counts_for_no_limit(void **state)
{
    Desk desk;
    ApiDraft draft = draft_of("bank", "", "");

    (void)state;
    desk_open(&desk);
    for (int i = 0; i < 10; i++)
        keep(&desk, &desk.session, SERVICE, &draft);
    ApiHome *seen = home(&desk, &desk.session);
    assert_true(seen->services[0].allowed);
    assert_int_equal(seen->services[0].copies_left, 3);
    mem_free(seen);
    assert_true(issue(&desk, 1, &draft, false, PROBLEM_NONE)); /* and it is no equal open request */
    fixture_close(&desk.fixture);
}

static void nothing_of_it_lies_open(void **state)
{
    Desk desk;
    ApiDraft draft = draft_of("other", MARKER, "copies"), back;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    keep(&desk, &desk.session, SERVICE, &draft);
    static const char answers[] = "SELECT answers FROM draft WHERE institution = ?1";
    assert_false(fixture_lies_open(&desk.fixture, answers, MARKER));
    assert_false(fixture_lies_open(&desk.fixture, answers, "receiver"));
    /* Put into another student's row it opens nothing, and home goes on without it. */
    fixture_rows(&desk.fixture, "UPDATE draft SET student = 3");
    Session other = fixture_session(&desk.fixture, WEAK, &desk.fixture.kiosk);
    assert_int_equal(get(&desk, &other, &back), PROBLEM_NOT_FOUND);
    assert_int_equal(offered(&desk, &other), 0);
    assert_ok(finisher_round(desk.fixture.office, &err), err);
    fixture_close(&desk.fixture);
}

static void after_thirty_days_it_is_gone(void **state)
{
    Desk desk;
    ApiDraft draft = draft_of("bank", "", "");

    (void)state;
    desk_open(&desk);
    keep(&desk, &desk.session, SERVICE, &draft);
    fixture_pass(DRAFT_KEPT_S - 60);
    assert_int_equal(offered(&desk, &desk.session), 1);
    fixture_pass(60);
    assert_int_equal(offered(&desk, &desk.session), 0);
    /* The finisher's first round at a start purges. */
    office_close(desk.fixture.office);
    fixture_office_open(&desk.fixture);
    for (int i = 0; i < 1500 && rows(&desk) > 0; i++) /* 30 s: a busy machine may need them */
        usleep(20000);
    assert_int_equal(rows(&desk), 0);
    fixture_close(&desk.fixture);
}

/* The sample's form with another list of places to choose from. */
static char *changed_form(void)
{
    json_t *service = json_loads(SAMPLE_SERVICE(SERVICE, "documents", "10"), 0, NULL);
    json_t *choice = json_array_get(json_object_get(json_array_get(json_object_get(service, "form"), 0), "choices"), 1);

    assert_non_null(choice);
    json_object_set_new(choice, "id", json_string("embassy"));
    json_object_del(choice, "paper");
    json_array_remove(json_object_get(service, "form"), 1); /* "place", asked for what is not offered any more */
    json_t *until = json_array_get(json_object_get(service, "form"), 2);
    json_object_set_new(until, "when", json_pack("{s:s}", "exists", "copies"));
    char *text = json_dumps(service, 0);
    json_decref(service);
    return text;
}

static void what_still_fits_a_changed_form_stays(void **state)
{
    Desk desk;
    ApiDraft draft = draft_of("other", MARKER, "place"), bank = draft_of("bank", "", "copies"), back;
    char *changed = changed_form();

    (void)state;
    desk_open(&desk);
    assert_true(answers_set(&draft.answers, "copies", STR("2")));
    assert_int_equal(keep(&desk, &desk.session, SERVICE, &draft).kind, PROBLEM_NONE);
    set_services(&desk, changed);
    ApiHome *seen = home(&desk, &desk.session);
    assert_int_equal(seen->draft_count, 1);
    assert_int_equal(seen->drafts[0].answered, 1);
    assert_int_equal(seen->drafts[0].of, 3);
    mem_free(seen);
    assert_int_equal(get(&desk, &desk.session, &back), PROBLEM_NONE);
    assert_int_equal(back.answers.count, 1);
    assert_string_equal(answers_get(&back.answers, "copies"), "2");
    assert_string_equal(back.question, ""); /* where the student stood is no more */

    /* What does not fit is gone for good, not only unseen. */
    set_services(&desk, SAMPLE_SERVICE(SERVICE, "documents", "10"));
    assert_int_equal(get(&desk, &desk.session, &back), PROBLEM_NONE);
    assert_int_equal(back.answers.count, 1);

    /* Nothing fits, or the service is no more: nothing is kept. */
    bank.answers.count = 0;
    assert_true(answers_set(&bank.answers, "receiver", STR("other")));
    keep(&desk, &desk.session, SERVICE, &bank);
    set_services(&desk, changed);
    assert_int_equal(offered(&desk, &desk.session), 0);
    assert_int_equal(rows(&desk), 0);
    set_services(&desk, SAMPLE_SERVICE(SERVICE, "documents", "10"));
    keep(&desk, &desk.session, SERVICE, &bank);
    fixture_rows(&desk.fixture, "UPDATE draft SET service = 'given-up'");
    assert_int_equal(offered(&desk, &desk.session), 0);
    assert_int_equal(rows(&desk), 0);
    free(changed);
    fixture_close(&desk.fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_kept_is_offered_anywhere),
        cmocka_unit_test(the_newest_takes_the_place_of_the_one_before),
        cmocka_unit_test(it_is_its_students_alone),
        cmocka_unit_test(what_fits_no_form_is_refused),
        cmocka_unit_test(what_one_may_not_ask_for_is_not_offered),
        cmocka_unit_test(it_goes_with_the_request_that_is_made),
        cmocka_unit_test(it_counts_for_no_limit),
        cmocka_unit_test(nothing_of_it_lies_open),
        cmocka_unit_test(after_thirty_days_it_is_gone),
        cmocka_unit_test(what_still_fits_a_changed_form_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
