/* Signing in on HEMIS's own page: what is asked for a code, and what the answers mean. */
#include "test.h"

#include <string.h>

#include "registrar/connect/hemis/inside.h"

#define BACK   "https://registrar.namuna.uz/back/hemis"
#define SECRET "the client's secret & more"
#define STUDENT_TOKEN                                                                                                  \
    "{\"type\":\"student\",\"student_id_number\":\"401241111939\",\"student_api_token\":\"for-the-record\"}"

typedef struct World {
    int status[2]; /* of the token's answer, and of who it is; 0: 200 */
    const char *of[2];
    ErrorCode fault;
    unsigned asked;
    char form[600], bearer[100];
    Hemis *hemis;
} World;

static bool carry(void *ctx, const HttpRequest *request, HttpAnswer *ret, Error *err)
{
    World *world = ctx;
    const bool who = strstr(request->url, "/oauth/api/user?fields=") != NULL;

    if (who) {
        assert_string_equal(request->method, "GET");
        str_copy_cut(str_from(request->bearer), world->bearer, sizeof world->bearer);
    } else {
        assert_string_equal(request->url, "https://student.namuna.uz/oauth/access-token");
        assert_string_equal(request->content_type, "application/x-www-form-urlencoded");
        assert_true(str_copy(request->body, world->form, sizeof world->form));
    }
    world->asked++;
    if (world->fault)
        return error_set(err, world->fault, "as the test has it");
    memset(ret, 0, sizeof *ret);
    ret->status = world->status[who] ? world->status[who] : 200;
    buf_init(&ret->body, 10000);
    buf_add_text(&ret->body, world->of[who]);
    return true;
}

static void begin(World *world)
{
    const HemisConfig config = { .address = "https://student.namuna.uz/rest/",
                                 .deadline_ms = 1000,
                                 .connections = 1,
                                 .mark_least = { 90, 70, 60 },
                                 .oauth_client = "registrar-1",
                                 .oauth_secret = SECRET,
                                 .clock = clock_system() };
    Error err = { 0 };

    *world = (World){ .of = { "{\"access_token\":\"an-access\",\"token_type\":\"Bearer\"}", STUDENT_TOKEN } };
    world->hemis = hemis_new_over(&config, &(HemisTransport){ carry, world }, &err);
    assert_ok(world->hemis, err);
}

static void its_address_says_who_asks_and_where_to_come_back(void **state)
{
    (void)state;
    World world;
    Error err = { 0 };
    OWNED_BUF address;

    begin(&world);
    buf_init(&address, 1000);
    assert_true(hemis_has_page(world.hemis));
    assert_ok(hemis_page_address(world.hemis, BACK, "WDJBMJHT.ru.x&y", &address, &err), err);
    assert_string_equal(
        buf_text(&address),
        "https://student.namuna.uz/oauth/authorize?response_type=code&client_id=registrar-1&redirect_uri="
        "https%3A%2F%2Fregistrar.namuna.uz%2Fback%2Fhemis&state=WDJBMJHT.ru.x%26y");
    hemis_free(world.hemis);
}

static void a_code_says_who_it_is(void **state)
{
    (void)state;
    World world;
    Error err = { 0 };
    HemisToken token;
    char number[HEMIS_NUMBER_SIZE];

    begin(&world);
    assert_int_equal(hemis_page_who(world.hemis, BACK, "a code=1", number, &token, &err), HEMIS_OK);
    assert_string_equal(number, "401241111939");
    assert_string_equal(token.text, "for-the-record");
    assert_string_equal(world.bearer, "an-access");
    assert_non_null(strstr(world.form, "&code=a%20code%3D1&"));
    assert_non_null(strstr(world.form, "&client_secret=the%20client%27s%20secret%20%26%20more"));
    hemis_free(world.hemis);
}

typedef struct Case {
    const char *name;
    int which, status;
    const char *answer;
    HemisOutcome wanted;
    const char *token;
} Case;

static const Case cases[] = {
    { "number in the inner object, no token", 1, 0, "{\"data\":{\"student_id_number\":\"401241111939\"}}", HEMIS_OK,
      "" },
    { "a null token", 1, 0, "{\"student_id_number\":\"401241111939\",\"student_api_token\":null}", HEMIS_OK, "" },
    { "of somebody employed", 1, 0, "{\"type\":\"employee\",\"student_id_number\":\"401241111939\"}", HEMIS_REFUSED,
      NULL },
    { "without a number", 1, 0, "{\"type\":\"student\"}", HEMIS_STRANGE, NULL },
    { "a number that breaks lines", 1, 0, "{\"student_id_number\":\"4012\\n\"}", HEMIS_STRANGE, NULL },
    { "a token that breaks a header", 1, 0, "{\"student_id_number\":\"4\",\"student_api_token\":\"a\\r\\nb\"}",
      HEMIS_STRANGE, NULL },
    { "a list", 1, 0, "[]", HEMIS_STRANGE, NULL },
    { "who: refused", 1, 401, "{}", HEMIS_REFUSED, NULL },
    { "who: 500", 1, 500, "", HEMIS_AWAY, NULL },
    { "a code that is none", 0, 400, "{\"error\":\"invalid_grant\"}", HEMIS_REFUSED, NULL },
    { "a client that is none", 0, 401, "{\"error\":\"invalid_client\"}", HEMIS_REFUSED, NULL },
    { "no token came of it", 0, 0, "{\"token_type\":\"Bearer\"}", HEMIS_STRANGE, NULL },
    { "a page", 0, 0, "<html>", HEMIS_STRANGE, NULL },
    { "sent elsewhere", 0, 302, "", HEMIS_STRANGE, NULL },
    { "too many", 0, 429, "", HEMIS_LIMITED, NULL },
    { "503", 0, 503, "", HEMIS_AWAY, NULL },
};

static void what_the_answers_mean(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        World world;
        Error err = { 0 };
        HemisToken token;
        char number[HEMIS_NUMBER_SIZE];

        begin(&world);
        world.of[cases[i].which] = cases[i].answer;
        world.status[cases[i].which] = cases[i].status;
        const HemisOutcome outcome = hemis_page_who(world.hemis, BACK, "code", number, &token, &err);
        if (outcome != cases[i].wanted || strcmp(token.text, cases[i].token ? cases[i].token : "") != 0)
            fail_msg("%s: %s, \"%s\"", cases[i].name, hemis_outcome_name(outcome), token.text);
        assert_true(outcome == HEMIS_OK || err.code != ERR_NONE);
        assert_null(strstr(err.text, "secret"));
        hemis_free(world.hemis);
    }
}

static void nobody_there_is_away(void **state)
{
    (void)state;
    World world;
    Error err = { 0 };
    HemisToken token;
    char number[HEMIS_NUMBER_SIZE];

    begin(&world);
    world.fault = ERR_TIMEOUT;
    assert_int_equal(hemis_page_who(world.hemis, BACK, "code", number, &token, &err), HEMIS_AWAY);
    assert_int_equal(world.asked, 1);
    hemis_free(world.hemis);
}

static void a_client_has_a_secret(void **state)
{
    (void)state;
    HemisConfig config = { .address = "https://student.namuna.uz/rest",
                           .deadline_ms = 1000,
                           .connections = 1,
                           .mark_least = { 90, 70, 60 },
                           .oauth_client = "registrar-1",
                           .clock = clock_system() };
    Error err = { 0 };

    assert_null(hemis_new(&config, &err));
    config.oauth_client = NULL;
    OWNED(Hemis) hemis = hemis_new(&config, &err);
    assert_non_null(hemis);
    assert_false(hemis_has_page(hemis));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_address_says_who_asks_and_where_to_come_back),
        cmocka_unit_test(a_code_says_who_it_is),
        cmocka_unit_test(what_the_answers_mean),
        cmocka_unit_test(nobody_there_is_away),
        cmocka_unit_test(a_client_has_a_secret),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
