#include "fake_office.h"
#include "registrar/http/route.h"
#include "test.h"

#define SIGN_IN "{\"number\":\"401241100873\",\"password\":\"bahor2026\"}"
#define REQUEST "{\"service\":\"certificate-of-study\",\"language\":\"uz\",\"answers\":{},\"again\":false}"
#define PREVIEW "{\"service\":\"certificate-of-study\",\"language\":\"uz\",\"answers\":{},\"width\":600}"
#define DRAFT   "{\"language\":\"ru\",\"question\":\"place\",\"answers\":{\"receiver\":\"other\"}}"
#define REPORT                                                                                                         \
    "{\"epoch\":3,\"state\":\"printed\",\"no_byte_left\":false,\"sheets\":1,\"printer_uuid\":\"u\",\"printer_job\":4}"
#define BEAT "{\"version\":\"0.1\",\"screen\":\"attract\",\"printer\":\"idle\",\"uptime_s\":5}"

static ApiContext context = { .office = &office };
static HttpServerAnswer answer;

static void forget_answer(void)
{
    buf_fini(&answer.body);
    blob_drop(answer.blob);
    answer = (HttpServerAnswer){ .status = 200 };
    buf_init(&answer.body, 1u << 20);
}

/* As the listener does it: finds the route, runs its handler. */
static bool ask(const char *method, const char *path, const char *body, const char *certificate, const char *bearer)
{
    HttpServerRequest request = { .method = method,
                                  .path = path,
                                  .body = str_from(body),
                                  .bearer = bearer,
                                  .source = "10.0.0.1",
                                  .arrived_ms = 5000,
                                  .context = &context };
    RouteMatch match;
    Error error = { 0 };
    Str query = str_from(path), route = str_split(&query, '?');

    forget_answer();
    request.query = query.ptr;
    str_copy_cut(str_from(certificate), request.client_fingerprint, sizeof request.client_fingerprint);
    assert_int_equal(route_find(api_kiosk_routes, api_kiosk_route_count, method, route, &match), ROUTE_FOUND);
    memcpy(request.parameters, match.parameters, sizeof request.parameters);
    request.parameter_count = match.parameter_count;
    return match.route->handler(&request, &answer, &error);
}

static void assert_problem(const char *name, ApiProblemKind kind)
{
    ApiProblem problem;
    Error error = { 0 };

    if (!answer.content_type || strcmp(answer.content_type, "application/problem+json") != 0)
        fail_msg("%s: %d %s", name, answer.status, answer.content_type);
    assert_ok(api_problem_read(buf_str(&answer.body), answer.status, &problem, &error), error);
    if (problem.kind != kind)
        fail_msg("%s: %s", name, api_problem_slug(problem.kind));
}

static const struct {
    const char *name, *method, *path, *body;
    bool needs_session;
    int status; /* when all is well */
} routes[] = {
    { "sign-in", "POST", "/kiosk/v1/session", SIGN_IN, false, 201 },
    { "sign-out", "DELETE", "/kiosk/v1/session", NULL, true, 204 },
    { "home", "GET", "/kiosk/v1/home", NULL, true, 200 },
    { "preview", "POST", "/kiosk/v1/preview", PREVIEW, true, 200 },
    { "request", "PUT", "/kiosk/v1/requests/" UUID, REQUEST, true, 200 },
    { "page", "GET", "/kiosk/v1/copies/" UUID "/page?epoch=3", NULL, true, 200 },
    { "print-job", "PUT", "/kiosk/v1/print-jobs/" UUID, REPORT, false, 200 },
    { "heartbeat", "POST", "/kiosk/v1/heartbeat", BEAT, false, 200 },
    { "draft", "GET", "/kiosk/v1/drafts/certificate-of-study", NULL, true, 200 },
    { "keep a draft", "PUT", "/kiosk/v1/drafts/certificate-of-study", DRAFT, true, 204 },
    { "notices", "GET", "/kiosk/v1/notices", NULL, false, 200 },
    { "theme", "GET", "/kiosk/v1/theme", NULL, false, 200 },
    { "events", "GET", "/kiosk/v1/events?after=7", NULL, false, 200 },
    { "drop a draft", "DELETE", "/kiosk/v1/drafts/certificate-of-study", NULL, true, 204 },
};

static void test_who_may_ask(void **state UNUSED)
{
    fake_office_reset();
    for (size_t i = 0; i < COUNT(routes); i++) {
        const char *name = routes[i].name;
        assert_true(ask(routes[i].method, routes[i].path, routes[i].body, NULL, BEARER));
        assert_problem(name, PROBLEM_UNKNOWN_KIOSK);
        assert_true(ask(routes[i].method, routes[i].path, routes[i].body, "dd", BEARER));
        assert_problem(name, PROBLEM_UNKNOWN_KIOSK);
        assert_true(ask(routes[i].method, routes[i].path, routes[i].body, REVOKED_KIOSK, BEARER));
        assert_problem(name, PROBLEM_UNKNOWN_KIOSK);
        assert_int_equal(answer.status, 403);
        assert_true(ask(routes[i].method, routes[i].path, routes[i].body, KNOWN_KIOSK, NULL));
        if (routes[i].needs_session)
            assert_problem(name, PROBLEM_SESSION_ENDED);
        assert_int_equal(answer.status, routes[i].needs_session ? 401 : routes[i].status);
        assert_true(ask(routes[i].method, routes[i].path, routes[i].body, OTHER_KIOSK, BEARER));
        assert_int_equal(answer.status, routes[i].needs_session ? 401 : routes[i].status);
        assert_true(ask(routes[i].method, routes[i].path, routes[i].body, KNOWN_KIOSK, BEARER));
        if (answer.status != routes[i].status)
            fail_msg("%s: %d %s", name, answer.status, buf_text(&answer.body));
    }
    assert_int_equal(office.ended, 1);
}

static void test_refuses_what_it_cannot_read(void **state UNUSED)
{
    static const char *const bodies[] = { "", "{", "{}", "[]", "null", "\xff\xfe" };

    fake_office_reset();
    for (size_t i = 0; i < COUNT(routes); i++) {
        for (size_t k = 0; routes[i].body && k < COUNT(bodies); k++) {
            assert_true(ask(routes[i].method, routes[i].path, bodies[k], KNOWN_KIOSK, BEARER));
            assert_problem(routes[i].name, PROBLEM_BAD_REQUEST);
        }
    }
    assert_true(ask("PUT", "/kiosk/v1/requests/no-uuid", REQUEST, KNOWN_KIOSK, BEARER));
    assert_problem("request", PROBLEM_BAD_REQUEST);
    assert_true(ask("GET", "/kiosk/v1/copies/no-uuid/page?epoch=1", NULL, KNOWN_KIOSK, BEARER));
    assert_problem("page", PROBLEM_NOT_FOUND);
    assert_true(ask("GET", "/kiosk/v1/copies/" UUID "/page", NULL, KNOWN_KIOSK, BEARER));
    assert_problem("page", PROBLEM_BAD_REQUEST);
    assert_true(ask("GET", "/kiosk/v1/copies/" UUID "/page?epoch=4294967296", NULL, KNOWN_KIOSK, BEARER));
    assert_problem("page", PROBLEM_BAD_REQUEST);
    assert_true(ask("PUT", "/kiosk/v1/print-jobs/no-uuid", REPORT, KNOWN_KIOSK, BEARER));
    assert_problem("print-job", PROBLEM_NOT_FOUND);
}

static void test_says_the_offices_problems(void **state UNUSED)
{
    static const struct {
        size_t route;
        ApiProblemKind kind;
        int status;
    } cases[] = {
        { 3, PROBLEM_FORM, 422 },        { 3, PROBLEM_NOT_ALLOWED, 403 }, { 3, PROBLEM_TOO_LARGE_FOR_SEAL, 422 },
        { 3, PROBLEM_NOT_FOUND, 404 },   { 4, PROBLEM_KEY_REUSED, 422 },  { 4, PROBLEM_ALREADY_OPEN, 409 },
        { 4, PROBLEM_FORM, 422 },        { 5, PROBLEM_HANDED_OUT, 409 },  { 5, PROBLEM_NOT_FOUND, 404 },
        { 6, PROBLEM_NOT_FOUND, 404 },   { 4, PROBLEM_BUSY, 503 },        { 8, PROBLEM_NOT_FOUND, 404 },
        { 8, PROBLEM_NOT_ALLOWED, 403 }, { 9, PROBLEM_NOT_FOUND, 404 },   { 9, PROBLEM_NOT_ALLOWED, 403 },
        { 9, PROBLEM_FORM, 422 },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        fake_office_reset();
        office.problem = cases[i].kind;
        size_t route = cases[i].route;
        assert_true(ask(routes[route].method, routes[route].path, routes[route].body, KNOWN_KIOSK, BEARER));
        assert_problem(routes[route].name, cases[i].kind);
        assert_int_equal(answer.status, cases[i].status);
        assert_null(answer.blob);
    }
}

static void test_an_open_request_is_inside_its_problem(void **state UNUSED)
{
    ApiIssued open;
    Error error = { 0 };

    fake_office_reset();
    office.problem = PROBLEM_ALREADY_OPEN;
    assert_true(ask("PUT", "/kiosk/v1/requests/" UUID, REQUEST, KNOWN_KIOSK, BEARER));
    assert_problem("request", PROBLEM_ALREADY_OPEN);
    assert_ok(api_issued_read(buf_str(&answer.body), &open, &error), error);
    assert_string_equal(open.number, "M-2026/000001");
    assert_int_equal(open.job.epoch, 3);
}

static void test_answers_carry_what_they_should(void **state UNUSED)
{
    ApiIssued issued;
    Error error = { 0 };

    fake_office_reset();
    office.made = true;
    assert_true(ask("PUT", "/kiosk/v1/requests/" UUID, REQUEST, KNOWN_KIOSK, BEARER));
    assert_int_equal(answer.status, 201);
    assert_ok(api_issued_read(buf_str(&answer.body), &issued, &error), error);
    assert_true(ask("POST", "/kiosk/v1/preview", PREVIEW, KNOWN_KIOSK, BEARER));
    assert_string_equal(answer.content_type, "image/png");
    assert_int_equal(answer.page_count, 2);
    assert_true(str_equal_text(blob_str(answer.blob), "PNG"));
    assert_true(ask("GET", "/kiosk/v1/copies/" UUID "/page?epoch=3", NULL, KNOWN_KIOSK, BEARER));
    assert_string_equal(answer.content_type, "application/pdf");
    assert_null(answer.cache); /* no-store */
}

/* Each in quotes, so that a kiosk that has it is told so. */
static void test_versions_are_entity_tags(void **state UNUSED)
{
    ApiTheme theme;
    Error error = { 0 };

    fake_office_reset();
    assert_true(ask("GET", "/kiosk/v1/notices", NULL, KNOWN_KIOSK, NULL));
    assert_string_equal(answer.etag, "\"n1\"");
    assert_string_equal(answer.cache, "private, no-cache");
    assert_true(ask("GET", "/kiosk/v1/theme", NULL, KNOWN_KIOSK, NULL));
    assert_string_equal(answer.etag, "\"t1\"");
    assert_ok(api_theme_read(buf_str(&answer.body), &theme, &error), error);
    assert_int_equal(theme.brand, 0x7a1f2b);
    assert_string_equal(theme.version, "t1");
}

static void test_a_draft_goes_there_and_back(void **state UNUSED)
{
    static const char nobodys[] = "/kiosk/v1/drafts/an-id-of-forty-eight-letters-is-too-long-for-our";
    ApiDraft draft;
    Error error = { 0 };

    fake_office_reset();
    assert_true(ask("PUT", "/kiosk/v1/drafts/certificate-of-study", DRAFT, KNOWN_KIOSK, BEARER));
    assert_string_equal(office.draft_service, "certificate-of-study");
    assert_string_equal(answers_get(&office.draft.answers, "receiver"), "other");
    assert_int_equal(answer.body.len, 0);
    assert_true(ask("GET", "/kiosk/v1/drafts/certificate-of-study", NULL, KNOWN_KIOSK, BEARER));
    assert_ok(api_draft_read(buf_str(&answer.body), &draft, &error), error);
    assert_int_equal(draft.language, LANGUAGE_RU);
    assert_string_equal(draft.question, "place");
    assert_string_equal(answers_get(&draft.answers, "receiver"), "other");
    assert_null(answer.cache); /* no-store */
    assert_true(ask("DELETE", "/kiosk/v1/drafts/certificate-of-study", NULL, KNOWN_KIOSK, BEARER));
    assert_int_equal(office.dropped, 1);

    fake_office_reset();
    assert_true(ask("GET", nobodys, NULL, KNOWN_KIOSK, BEARER));
    assert_problem("get", PROBLEM_NOT_FOUND);
    assert_true(ask("PUT", nobodys, DRAFT, KNOWN_KIOSK, BEARER));
    assert_problem("put", PROBLEM_NOT_FOUND);
    assert_true(ask("DELETE", nobodys, NULL, KNOWN_KIOSK, BEARER));
    assert_problem("delete", PROBLEM_NOT_FOUND);
    assert_string_equal(office.draft_service, "");
}

static void test_sign_in_that_fails(void **state UNUSED)
{
    fake_office_reset();
    assert_true(ask("POST", "/kiosk/v1/session", SIGN_IN, KNOWN_KIOSK, NULL));
    assert_int_equal(answer.leave_at_ms, 0);
    office.outcome = SIGN_IN_REFUSED;
    assert_true(ask("POST", "/kiosk/v1/session", SIGN_IN, KNOWN_KIOSK, NULL));
    assert_problem("refused", PROBLEM_SIGN_IN_REFUSED);
    assert_int_equal(answer.status, 401);
    assert_int_equal(answer.leave_at_ms, 6000); /* came at 5000, a second's deadline */
    office.outcome = SIGN_IN_LIMITED;
    assert_true(ask("POST", "/kiosk/v1/session", SIGN_IN, KNOWN_KIOSK, NULL));
    assert_problem("limited", PROBLEM_LIMIT);
    assert_int_equal(answer.status, 429);
    assert_int_equal(answer.retry_after_s, 42);
    assert_int_equal(answer.leave_at_ms, 0);
    office.outcome = SIGN_IN_BUSY;
    assert_true(ask("POST", "/kiosk/v1/session", SIGN_IN, KNOWN_KIOSK, NULL));
    assert_problem("busy", PROBLEM_BUSY);
    assert_int_equal(answer.status, 503);
}

static void test_a_broken_office_is_an_error(void **state UNUSED)
{
    fake_office_reset();
    office.broken = true;
    for (size_t i = 0; i < COUNT(routes); i++)
        assert_false(ask(routes[i].method, routes[i].path, routes[i].body, KNOWN_KIOSK, BEARER));
    assert_false(ask("GET", "/healthz", NULL, NULL, NULL));
}

static void test_fallback(void **state UNUSED)
{
    static const struct {
        int status;
        ApiProblemKind kind;
    } cases[] = {
        { 404, PROBLEM_NOT_FOUND }, { 405, PROBLEM_METHOD },   { 413, PROBLEM_TOO_LARGE },
        { 431, PROBLEM_TOO_LARGE }, { 500, PROBLEM_INTERNAL }, { 503, PROBLEM_BUSY },
    };
    HttpServerRequest request = { .context = &context };
    Error error = { 0 };

    for (size_t i = 0; i < COUNT(cases); i++) {
        forget_answer();
        answer.status = cases[i].status;
        assert_ok(api_kiosk_fallback(&request, &answer, &error), error);
        assert_problem("fallback", cases[i].kind);
        assert_int_equal(answer.status, cases[i].status);
        assert_int_equal(answer.retry_after_s, cases[i].status == 503 ? 1 : 0);
    }
}

static int finish(void **state UNUSED)
{
    forget_answer();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_who_may_ask),
        cmocka_unit_test(test_refuses_what_it_cannot_read),
        cmocka_unit_test(test_says_the_offices_problems),
        cmocka_unit_test(test_an_open_request_is_inside_its_problem),
        cmocka_unit_test(test_answers_carry_what_they_should),
        cmocka_unit_test(test_versions_are_entity_tags),
        cmocka_unit_test(test_a_draft_goes_there_and_back),
        cmocka_unit_test(test_sign_in_that_fails),
        cmocka_unit_test(test_a_broken_office_is_an_error),
        cmocka_unit_test(test_fallback),
    };

    return cmocka_run_group_tests(tests, NULL, finish);
}
