#include "registrar/http/route.h"

#include "test.h"

static bool never(const HttpServerRequest *request UNUSED, HttpServerAnswer *answer UNUSED, Error *err UNUSED)
{
    return false;
}

static const HttpRoute routes[] = {
    { "home", "GET", "/", 0, false, never },
    { "check", "GET", "/v/{code}", 0, true, never },
    { "session-begin", "POST", "/kiosk/v1/session", 10, false, never },
    { "session-end", "DELETE", "/kiosk/v1/session", 10, false, never },
    { "page", "GET", "/kiosk/v1/copies/{id}/page", 0, false, never },
    { "two", "PUT", "/a/{one}/b/{two}", 10, false, never },
};

static void test_finds(void **state UNUSED)
{
    static const struct {
        const char *method, *path;
        RouteOutcome outcome;
        const char *route; /* or what is allowed */
        const char *parameter;
    } cases[] = {
        { "GET", "/", ROUTE_FOUND, "home", NULL },
        { "HEAD", "/", ROUTE_FOUND, "home", NULL },
        { "GET", "/v/7K3M-9QXD-2HVT", ROUTE_FOUND, "check", "7K3M-9QXD-2HVT" },
        { "GET", "/V/7K3M9QXD2HVT", ROUTE_FOUND, "check", "7K3M9QXD2HVT" },
        { "GET", "/v/%37K3M", ROUTE_FOUND, "check", "7K3M" },
        { "GET", "/v/a%2Fb", ROUTE_FOUND, "check", "a/b" },
        { "GET", "/%76/a", ROUTE_NO_PATH, "", NULL },
        { "GET", "/v/", ROUTE_NO_PATH, "", NULL },
        { "GET", "/v", ROUTE_NO_PATH, "", NULL },
        { "GET", "/v/a/", ROUTE_NO_PATH, "", NULL },
        { "GET", "/v/a/b", ROUTE_NO_PATH, "", NULL },
        { "GET", "/v/a%00b", ROUTE_NO_PATH, "", NULL },
        { "GET", "/v/%", ROUTE_NO_PATH, "", NULL },
        { "GET", "//v/a", ROUTE_NO_PATH, "", NULL },
        { "GET", "", ROUTE_NO_PATH, "", NULL },
        { "GET", "*", ROUTE_NO_PATH, "", NULL },
        { "POST", "/v/a", ROUTE_NO_METHOD, "GET, HEAD", NULL },
        { "get", "/", ROUTE_NO_METHOD, "GET, HEAD", NULL },
        { "POST", "/kiosk/v1/session", ROUTE_FOUND, "session-begin", NULL },
        { "DELETE", "/kiosk/v1/session", ROUTE_FOUND, "session-end", NULL },
        { "PUT", "/kiosk/v1/session", ROUTE_NO_METHOD, "POST, DELETE", NULL },
        { "POST", "/KIOSK/v1/session", ROUTE_NO_PATH, "", NULL },
        { "GET", "/kiosk/v1/copies/77/page", ROUTE_FOUND, "page", "77" },
        { "GET", "/kiosk/v1/copies//page", ROUTE_NO_PATH, "", NULL },
        { "GET", "/kiosk/v1/copies/77/pages", ROUTE_NO_PATH, "", NULL },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        RouteMatch match;
        RouteOutcome outcome = route_find(routes, COUNT(routes), cases[i].method, str_from(cases[i].path), &match);

        if (outcome != cases[i].outcome)
            fail_msg("%s %s: %d", cases[i].method, cases[i].path, outcome);
        assert_string_equal(outcome == ROUTE_FOUND ? match.route->name : match.allow, cases[i].route);
        if (cases[i].parameter && !str_equal_text(match.parameters[0], cases[i].parameter))
            fail_msg("%s: " STR_FMT, cases[i].path, STR_ARG(match.parameters[0]));
        assert_int_equal(match.parameter_count, cases[i].parameter ? 1 : 0);
    }
}

static void test_takes_two_parameters(void **state UNUSED)
{
    RouteMatch match;

    assert_int_equal(route_find(routes, COUNT(routes), "PUT", STR("/a/x%20y/b/z"), &match), ROUTE_FOUND);
    assert_int_equal(match.parameter_count, 2);
    assert_true(str_equal_text(match.parameters[0], "x y"));
    assert_true(str_equal_text(match.parameters[1], "z"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds),
        cmocka_unit_test(test_takes_two_parameters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
