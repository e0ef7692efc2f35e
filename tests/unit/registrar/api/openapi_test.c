/* The documents and the tables of routes name the same. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/api/openapi.h"
#include "registrar/api/problem.h"
#include "registrar/api/routes.h"
#include "wire/json.h"
#include "test.h"

static json_t *read(Str document)
{
    Error err = { 0 };
    json_t *json = json_read(document, &err);

    if (!json)
        fail_msg("%s", err.text);
    return json;
}

static json_t *operation(const json_t *document, const char *pattern, const char *method)
{
    char lower[16] = "";

    for (size_t i = 0; method[i] && i + 1 < sizeof lower; i++)
        lower[i] = (char)(method[i] + ('a' - 'A'));
    return json_object_get(json_object_get(json_object_get(document, "paths"), pattern), lower);
}

static void demand_documented(const json_t *document, const HttpRoute *routes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!json_object_get(operation(document, routes[i].pattern, routes[i].method), "responses"))
            fail_msg("%s %s is in no document of assets/openapi", routes[i].method, routes[i].pattern);
}

static bool has_route(const HttpRoute *routes, size_t count, const char *pattern, const char *method)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(routes[i].pattern, pattern) == 0 && strcasecmp(routes[i].method, method) == 0)
            return true;
    return false;
}

static void demand_served(const json_t *document, const HttpRoute *routes, size_t count)
{
    const char *pattern, *method;
    json_t *path, *one;

    json_object_foreach(json_object_get(document, "paths"), pattern, path)
    {
        json_object_foreach(path, method, one)
        {
            if (strcmp(method, "parameters") != 0 && !has_route(routes, count, pattern, method))
                fail_msg("%s %s is documented, and there is no such route", method, pattern);
        }
    }
}

static void test_the_kiosks_document_and_table_are_one(void **state)
{
    OWNED(json_t) document = read(openapi_kiosks());

    (void)state;
    demand_documented(document, api_kiosk_routes, api_kiosk_route_count);
    demand_served(document, api_kiosk_routes, api_kiosk_route_count);
}

static void test_the_peoples_document_and_table_are_one(void **state)
{
    OWNED(json_t) document = read(openapi_people());

    (void)state;
    demand_documented(document, api_people_routes, api_people_route_count);
    demand_served(document, api_people_routes, api_people_route_count);
}

/* Two operations of one name would be told apart by nobody. */
static void test_operations_have_names_of_their_own(void **state)
{
    const Str documents[] = { openapi_kiosks(), openapi_people() };

    (void)state;
    for (size_t i = 0; i < COUNT(documents); i++) {
        OWNED(json_t) document = read(documents[i]);
        OWNED(json_t) seen = json_object();
        const char *pattern, *method;
        json_t *path, *one;

        json_object_foreach(json_object_get(document, "paths"), pattern, path)
        {
            json_object_foreach(path, method, one)
            {
                const char *id = json_string_value(json_object_get(one, "operationId"));

                if (strcmp(method, "parameters") == 0)
                    continue;
                if (!id || json_object_get(seen, id))
                    fail_msg("%s %s: an operationId is missing, or stands twice", method, pattern);
                json_object_set_new(seen, id, json_true());
            }
        }
    }
}

/* Every kind of problem is one of the schema's, and the schema knows no other. */
static void test_the_problems_are_those_that_there_are(void **state)
{
    OWNED(json_t) document = read(openapi_kiosks());
    const json_t *schemas = json_object_get(json_object_get(document, "components"), "schemas");
    const json_t *properties = json_object_get(json_object_get(schemas, "Problem"), "properties");
    const json_t *types = json_object_get(json_object_get(properties, "type"), "enum");

    (void)state;
    assert_int_equal(json_array_size(types), PROBLEM_COUNT - 1);
    for (size_t i = 0; i < json_array_size(types); i++) {
        const char *type = json_string_value(json_array_get(types, i));
        ApiProblemKind kind;

        if (strncmp(type, "/problems/", 10) != 0 || !api_problem_parse(str_from(type + 10), &kind))
            fail_msg("%s is no problem of wire/api.h", type);
    }
}

static void test_the_documents_are_given_with_tags_of_their_content(void **state)
{
    const struct {
        HttpHandler handler;
        Str document;
    } cases[] = { { openapi_kiosks_get, openapi_kiosks() }, { openapi_people_get, openapi_people() } };
    char tags[COUNT(cases)][64];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        HttpServerAnswer answer = { 0 };
        Error err = { 0 };

        buf_init(&answer.body, 1u << 20);
        assert_true(cases[i].handler(&(HttpServerRequest){ 0 }, &answer, &err));
        assert_string_equal(answer.content_type, "application/json");
        assert_true(str_equal(buf_str(&answer.body), cases[i].document));
        assert_int_equal(strlen(answer.etag), 18);
        memcpy(tags[i], answer.etag, sizeof tags[i]);
        buf_fini(&answer.body);
    }
    assert_string_not_equal(tags[0], tags[1]);
}

static void test_every_problem_has_a_page(void **state)
{
    (void)state;
    for (int kind = PROBLEM_NONE + 1; kind < PROBLEM_COUNT; kind++) {
        HttpServerRequest request = { .parameters = { str_from(api_problem_slug((ApiProblemKind)kind)) },
                                      .parameter_count = 1 };
        HttpServerAnswer answer = { .status = 200 };
        Error err = { 0 };

        buf_init(&answer.body, 4096);
        assert_true(problem_page(&request, &answer, &err));
        assert_int_equal(answer.status, 200);
        assert_string_equal(answer.content_type, "text/plain; charset=utf-8");
        assert_true(answer.body.len > 60);
        buf_fini(&answer.body);
    }
}

static void test_no_problem_has_no_page(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const char *const slugs[] = { "none", "nothing", "LIMIT" };
        HttpServerRequest request = { .parameters = { str_from(slugs[i]) }, .parameter_count = 1 };
        HttpServerAnswer answer = { .status = 200 };
        Error err = { 0 };

        buf_init(&answer.body, 4096);
        assert_true(problem_page(&request, &answer, &err));
        assert_int_equal(answer.status, 404);
        buf_fini(&answer.body);
    }
}

static void test_what_a_listener_answers_by_itself(void **state)
{
    static const struct {
        const char *path;
        int status;
        const char *slug;
    } cases[] = {
        { "/kiosk/v1/nothing", 404, "not-found" },
        { "/kiosk/v2/home", 404, "unknown-version" },
        { "/kiosk/v0/home", 404, "unknown-version" },
        { "/kiosk/v12", 404, "unknown-version" },
        { "/kiosk/v/home", 404, "not-found" },
        { "/kiosk/v1x/home", 404, "not-found" },
        { "/kiosk", 404, "not-found" },
        { "", 404, "not-found" },
        { "/kiosk/v1/home", 405, "method-not-allowed" },
        { "/kiosk/v1/session", 413, "too-large" },
        { "", 414, "too-large" },
        { "/kiosk/v1/home", 431, "too-large" },
        { "/kiosk/v1/home", 429, "limit" },
        { "/kiosk/v1/home", 503, "busy" },
        { "/kiosk/v1/home", 500, "internal" },
        { "/kiosk/v1/home", 400, "bad-request" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        HttpServerRequest request = { .path = cases[i].path };
        HttpServerAnswer answer = { .status = cases[i].status };
        ApiProblem problem;
        Error err = { 0 };

        buf_init(&answer.body, 4096);
        assert_true(problem_fallback(&request, &answer, &err));
        assert_int_equal(answer.status, cases[i].status);
        assert_true(api_problem_read(buf_str(&answer.body), answer.status, &problem, &err));
        if (strcmp(api_problem_slug(problem.kind), cases[i].slug) != 0)
            fail_msg("%s %d: %s", cases[i].path, cases[i].status, api_problem_slug(problem.kind));
        assert_int_equal(answer.retry_after_s > 0, cases[i].status == 503);
        OWNED(json_t) json = json_loadb(answer.body.data, answer.body.len, 0, NULL);
        assert_int_equal(json_array_size(json_object_get(json, "versions")), problem.kind == PROBLEM_VERSION);
        buf_fini(&answer.body);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_kiosks_document_and_table_are_one),
        cmocka_unit_test(test_the_peoples_document_and_table_are_one),
        cmocka_unit_test(test_operations_have_names_of_their_own),
        cmocka_unit_test(test_the_problems_are_those_that_there_are),
        cmocka_unit_test(test_the_documents_are_given_with_tags_of_their_content),
        cmocka_unit_test(test_every_problem_has_a_page),
        cmocka_unit_test(test_no_problem_has_no_page),
        cmocka_unit_test(test_what_a_listener_answers_by_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
