#include "fixture.h"

#include "base/memory.h"
#include "registrar/office/invoices.h"
#include "registrar/office/review.h"
#include "registrar/office/review_inbox.h"
#include "registrar/office/review_rules.h"
#include "registrar/office/templates.h"

#define DILNOZA 1
#define CLERK   "staff:anna"

typedef struct Desk {
    OfficeFixture fixture;
    Session session;
    Inbox *inbox;
} Desk;

static void desk_open(Desk *desk)
{
    fixture_open(&desk->fixture);
    desk->session = fixture_session(&desk->fixture, DILNOZA, &desk->fixture.kiosk);
    desk->inbox = mem_new(1, sizeof *desk->inbox);
    assert_non_null(desk->inbox);
}

static void desk_close(Desk *desk)
{
    review_inbox_fini(desk->inbox);
    mem_free(desk->inbox);
    fixture_close(&desk->fixture);
}

static void hand_in(Desk *desk, int key, const char *service, const char *field, const char *value)
{
    ApiRequest request = { .language = LANGUAGE_UZ };
    ApiProblem problem;
    ApiIssued issued = { 0 };
    Error err = { 0 };
    bool made;

    str_copy_cut(str_from(service), request.service, sizeof request.service);
    assert_true(!field || answers_set(&request.answers, field, str_from(value)));
    if (str_starts(str_from(service), STR("student-card"))) /* in which language */
        assert_true(answers_set(&request.answers, "language", STR("uz")));
    if (!strcmp(service, "name-correction"))
        assert_true(answers_set(&request.answers, "given", STR("Dilnoza")));
    assert_ok(office_request(desk->fixture.office, &desk->session, fixture_key(key), &request, &problem, &made, &issued,
                             &err),
              err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
}

static const Inbox *look(Desk *desk, InboxWanted wanted)
{
    Error err = { 0 };

    wanted.clerk = CLERK;
    wanted.unit = wanted.unit ? wanted.unit : "";
    wanted.service = wanted.service ? wanted.service : "";
    wanted.whose = wanted.whose ? wanted.whose : "";
    wanted.typed = wanted.typed ? wanted.typed : "";
    wanted.after = wanted.after ? wanted.after : "";
    review_inbox_fini(desk->inbox);
    assert_ok(review_inbox(desk->fixture.office, &wanted, desk->inbox, &err), err);
    return desk->inbox;
}

static StaffScope scope_of(ScopeKind kind, const char *name)
{
    StaffScope scope = { 0 };

    scope.count[kind] = 1;
    str_copy_cut(str_from(name), scope.names[kind][0], SCOPE_NAME_SIZE);
    return scope;
}

/* Whatever changes a request, the next who looks finds it in its list, once. */
static void a_request_is_in_the_list_where_it_stands(void **state)
{
    Desk desk;
    ApiProblem problem;
    InvoiceRow invoice;
    char lacks[SERVICE_ID_MOST];
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    hand_in(&desk, 1, "student-card-duplicate", "why", "lost");
    hand_in(&desk, 2, "name-correction", "surname", "Karimova");
    const Inbox *inbox = look(&desk, (InboxWanted){ .list = INBOX_PAYMENT });
    assert_int_equal(inbox->count, 1);
    assert_int_equal(inbox->of_list[INBOX_REVIEW], 1);
    assert_string_equal(inbox->lines[0].holder, "Karimova Dilnoza Baxtiyor qizi");
    const char *paid = "H-2026/000001";
    assert_ok(invoice_pay(desk.fixture.office, CLERK, paid, "77", &problem, &invoice, lacks, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    inbox = look(&desk, (InboxWanted){ .list = INBOX_REVIEW }); /* within one epoch of the request */
    assert_int_equal(inbox->of_list[INBOX_PAYMENT], 0);
    assert_int_equal(inbox->count, 2);
    assert_true(inbox->lines[0].row.due_s <= inbox->lines[1].row.due_s);

    const InboxRow first = inbox->lines[0].row;
    const Decision decision = { .clerk = CLERK, .id = first.id, .epoch = first.epoch, .words = "Rasm" };
    assert_ok(review_claim(desk.fixture.office, &decision, &problem, &err), err);
    inbox = look(&desk, (InboxWanted){ .list = INBOX_REVIEW, .whose = "mine" });
    assert_int_equal(inbox->count, 1);
    assert_int_equal(inbox->mine, 1);
    assert_int_equal(inbox->free, 1);
    assert_string_equal(inbox->lines[0].row.clerk, CLERK);
    const Decision declined = { .clerk = CLERK, .id = first.id, .epoch = first.epoch + 1, .words = "Rasm" };
    assert_ok(review_decline(desk.fixture.office, &declined, &problem, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    assert_int_equal(look(&desk, (InboxWanted){ .list = INBOX_OVER })->count, 1);
    assert_int_equal(look(&desk, (InboxWanted){ .list = INBOX_REVIEW })->count, 1);
    desk_close(&desk);
}

static void what_a_scope_does_not_name_is_not_there(void **state)
{
    const StaffScope archive = scope_of(SCOPE_UNIT, "archive"), other = scope_of(SCOPE_FACULTY, "401-999"),
                     own = scope_of(SCOPE_FACULTY, "401-101");
    char number[REQUEST_NUMBER_SIZE];
    Desk desk;
    Error err = { 0 };
    bool seen;

    (void)state;
    desk_open(&desk);
    hand_in(&desk, 1, "name-correction", "surname", "Karimova");
    const Inbox *inbox = look(&desk, (InboxWanted){ .list = INBOX_REVIEW });
    const InboxRow row = inbox->lines[0].row;
    const StaffScope unit = scope_of(SCOPE_UNIT, row.unit);
    assert_string_equal(row.faculty, "401-101");
    const struct {
        const StaffScope *scope;
        bool sees;
    } cases[] = { { NULL, true }, { &unit, true }, { &own, true }, { &archive, false }, { &other, false } };
    for (size_t i = 0; i < COUNT(cases); i++) {
        inbox = look(&desk, (InboxWanted){ .list = INBOX_REVIEW, .scope = cases[i].scope });
        assert_int_equal(inbox->count, cases[i].sees);
        assert_int_equal(inbox->of_list[INBOX_REVIEW], cases[i].sees);
        assert_int_equal(inbox->service_count, cases[i].sees);
        inbox = look(&desk, (InboxWanted){ .scope = cases[i].scope, .typed = "karimova" });
        assert_int_equal(inbox->count, cases[i].sees);
        assert_ok(review_sees(desk.fixture.office, cases[i].scope, row.id, number, &seen, &err), err);
        assert_int_equal(seen, cases[i].sees);
        assert_string_equal(number, cases[i].sees ? row.number : "");
    }
    desk_close(&desk);
}

static void what_waits_for_money_stands_in_no_unit_and_is_seen_by_all(void **state)
{
    const StaffScope archive = scope_of(SCOPE_UNIT, "archive"), other = scope_of(SCOPE_FACULTY, "401-999");
    char number[REQUEST_NUMBER_SIZE];
    Desk desk;
    Error err = { 0 };
    bool seen;

    (void)state;
    desk_open(&desk);
    hand_in(&desk, 1, "student-card-duplicate", "why", "lost");
    const Inbox *inbox = look(&desk, (InboxWanted){ .list = INBOX_PAYMENT, .scope = &archive });
    assert_int_equal(inbox->count, 1);
    assert_int_equal(inbox->of_list[INBOX_PAYMENT], 1);
    assert_string_equal(inbox->lines[0].row.unit, "");
    const InboxRow row = inbox->lines[0].row;
    assert_ok(review_sees(desk.fixture.office, &archive, row.id, number, &seen, &err), err);
    assert_true(seen);
    assert_int_equal(look(&desk, (InboxWanted){ .list = INBOX_PAYMENT, .scope = &other })->count, 0);
    assert_ok(review_sees(desk.fixture.office, &other, row.id, number, &seen, &err), err);
    assert_false(seen);
    desk_close(&desk);
}

static void what_was_typed_finds_it(void **state)
{
    static const struct {
        const char *typed;
        size_t count;
    } cases[] = {
        { "S-2026/000001", 1 }, { "s-2026/1", 1 },     { "1", 1 },       { "2", 0 },
        { FIXTURE_DILNOZA, 1 }, { "401241100999", 0 }, { "Дилноза", 1 }, { "dilnoza KARIMOVA", 1 },
        { "Aliyev", 0 },        { "?!", 0 },           { "S-2026/", 0 }, { "S-99999999999/1", 0 },
    };
    Desk desk;

    (void)state;
    desk_open(&desk);
    hand_in(&desk, 1, "name-correction", "surname", "Karimova");
    for (size_t i = 0; i < COUNT(cases); i++)
        if (look(&desk, (InboxWanted){ .typed = cases[i].typed })->count != cases[i].count)
            fail_msg("%s finds %zu", cases[i].typed, desk.inbox->count);
    assert_int_equal(look(&desk, (InboxWanted){ .typed = "1", .service = "name-correction" })->count, 1);
    assert_int_equal(look(&desk, (InboxWanted){ .typed = "1", .service = "transfer" })->count, 0);
    desk_close(&desk);
}

static const ReviewRule *rule_of(const ReviewRule *rules, size_t count, const char *is)
{
    size_t i = 0;

    while (i < count && strcmp(rules[i].is, is) != 0)
        i++;
    if (i == count)
        fail_msg("no rule %s", is);
    return &rules[i];
}

/* An application is no obstacle to itself; what the record says now counts. */
static void rules_are_judged_as_the_record_is_now(void **state)
{
    Desk desk;
    ReviewRule rules[REVIEW_RULES_MOST];
    ApiProblem problem;
    Error err = { 0 };
    size_t count;

    (void)state;
    desk_open(&desk);
    hand_in(&desk, 1, "student-card-duplicate", "why", "lost");
    const InboxRow row = look(&desk, (InboxWanted){ .list = INBOX_PAYMENT })->lines[0].row;
    Review *review = mem_new(1, sizeof *review);
    assert_non_null(review);
    assert_ok(review_open(desk.fixture.office, CLERK, row.id, true, &problem, review, &err), err);
    assert_ok(review_rules(desk.fixture.office, review, NULL, rules, &count, &err), err);
    assert_true(count > 0);
    assert_int_equal(rule_of(rules, count, "status")->state, RULE_HOLDS);
    assert_int_equal(rule_of(rules, count, "answers")->state, RULE_HOLDS);
    for (size_t i = 0; i < count; i++)
        assert_true((rules[i].state == RULE_FAILS) == (strcmp(rules[i].is, "payment-unpaid") == 0));
    fixture_rows(&desk.fixture, "UPDATE record SET body = replace(body, '\"status\":\"11\"', '\"status\":\"12\"')");
    assert_ok(review_rules(desk.fixture.office, review, NULL, rules, &count, &err), err);
    assert_int_equal(rule_of(rules, count, "status")->state, RULE_FAILS);
    review_fini(review);
    mem_free(review);
    desk_close(&desk);
}

static ApiProblemKind keep(Desk *desk, const char *id, uint32_t epoch, const char *service, const char *uz)
{
    TemplateEntry entry = { .clerk = CLERK, .id = id, .epoch = epoch, .service = service };
    ApiProblem problem;
    Error err = { 0 };

    for (Language language = 0; language < LANGUAGE_COUNT; language++)
        entry.words[language] = language == LANGUAGE_FIRST ? uz : "";
    assert_ok(template_keep(desk->fixture.office, &entry, &problem, &err), err);
    return problem.kind;
}

static void templates_are_kept_by_service_and_by_epoch(void **state)
{
    AnswerTemplates templates;
    ApiProblem problem;
    Desk desk;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    assert_int_equal(keep(&desk, "", 0, "", "Rasm aniq emas"), PROBLEM_NONE);
    assert_int_equal(keep(&desk, "", 0, "name-correction", "Pasport kerak"), PROBLEM_NONE);
    assert_int_equal(keep(&desk, "", 0, "no-such", "x"), PROBLEM_FORM);
    assert_int_equal(keep(&desk, "", 0, "", " "), PROBLEM_FORM);
    assert_ok(templates_list(desk.fixture.office, "name-correction", &templates, &err), err);
    assert_int_equal(templates.count, 2);
    assert_string_equal(local_text(&templates.templates[0].words, LANGUAGE_RU), "Pasport kerak"); /* its own first */
    AnswerTemplateRow row = templates.templates[0].row;
    templates_fini(&templates);
    assert_ok(templates_list(desk.fixture.office, "transfer", &templates, &err), err);
    assert_int_equal(templates.count, 1);
    templates_fini(&templates);
    assert_int_equal(keep(&desk, row.id, row.epoch, "", "Pasport nusxasi kerak"), PROBLEM_NONE);
    assert_int_equal(keep(&desk, row.id, row.epoch, "", "Boshqa"), PROBLEM_CHANGED);
    assert_ok(template_remove(desk.fixture.office, CLERK, row.id, row.epoch, &problem, &err), err);
    assert_int_equal(problem.kind, PROBLEM_CHANGED);
    assert_ok(template_remove(desk.fixture.office, CLERK, row.id, row.epoch + 1, &problem, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    assert_ok(templates_list(desk.fixture.office, NULL, &templates, &err), err);
    assert_int_equal(templates.count, 1);
    templates_fini(&templates);
    desk_close(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_is_in_the_list_where_it_stands),
        cmocka_unit_test(what_a_scope_does_not_name_is_not_there),
        cmocka_unit_test(what_waits_for_money_stands_in_no_unit_and_is_seen_by_all),
        cmocka_unit_test(what_was_typed_finds_it),
        cmocka_unit_test(rules_are_judged_as_the_record_is_now),
        cmocka_unit_test(templates_are_kept_by_service_and_by_epoch),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
