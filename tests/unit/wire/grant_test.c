#include "wire/grant.h"

#include <string.h>

#include "test.h"

#define ID "0b7e7dee-87ab-4c07-b6c2-3cb3c5a9a4b1"

static void a_code_is_read_as_people_type_it(void **state)
{
    static const struct {
        const char *name, *typed, *code;
    } cases[] = {
        { "as it is shown", "WDJB-MJHT", "WDJBMJHT" },
        { "small letters", "wdjb-mjht", "WDJBMJHT" },
        { "without hyphen", "WDJBMJHT", "WDJBMJHT" },
        { "with spaces", " wdjb mjht ", "WDJBMJHT" },
        { "a letter short", "WDJB-MJH", NULL },
        { "a letter more", "WDJB-MJHTT", NULL },
        { "a vowel", "WDJB-MJHA", NULL },
        { "a digit", "WDJB-MJH1", NULL },
        { "another script", "WDJB-MJHТ", NULL },
        { "nothing", "", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char code[GRANT_CODE_LENGTH + 1] = "", shown[GRANT_CODE_SIZE];
        bool read = grant_code_parse(str_from(cases[i].typed), code);

        if (read != (cases[i].code != NULL) || (read && strcmp(code, cases[i].code) != 0))
            fail_msg("%s: %d %s", cases[i].name, read, code);
        if (read) {
            grant_code_grouped(code, shown);
            assert_string_equal(shown, "WDJB-MJHT");
        }
    }
    assert_false(grant_code_parse((Str){ "WDJBMJH\0", 8 }, (char[GRANT_CODE_LENGTH + 1]){ 0 }));
}

static void the_offer_is_what_the_rfc_names(void **state)
{
    const ApiGrantOffer offer = { .grant = ID,
                                  .device_code = "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS0A",
                                  .user_code = "WDJB-MJHT",
                                  .verification_uri = "https://kirish.namuna.uz/g",
                                  .verification_uri_complete = "HTTPS://KIRISH.NAMUNA.UZ/G/WDJB-MJHT",
                                  .expires_in = GRANT_OFFERED_S,
                                  .interval = GRANT_INTERVAL_S };
    ApiGrantOffer again;
    OWNED_BUF text;
    Error err = { 0 };

    (void)state;
    buf_init(&text, 4096);
    assert_ok(api_grant_offer_write(&offer, &text, &err), err);
    assert_string_equal(buf_text(&text),
                        "{\"device_code\":\"GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS0A\",\"expires_in\":120,"
                        "\"grant\":\"" ID "\",\"interval\":5,\"user_code\":\"WDJB-MJHT\","
                        "\"verification_uri\":\"https://kirish.namuna.uz/g\","
                        "\"verification_uri_complete\":\"HTTPS://KIRISH.NAMUNA.UZ/G/WDJB-MJHT\"}");
    assert_ok(api_grant_offer_read(buf_str(&text), &again, &err), err);
    assert_memory_equal(&again, &offer, sizeof offer);
}

static void an_offer_without_a_code_is_refused(void **state)
{
    static const char *const texts[] = {
        "{}",
        "[]",
        "{\"device_code\":\"a\",\"expires_in\":120,\"grant\":\"" ID "\",\"interval\":5,\"user_code\":\"AEIO-UAEI\","
        "\"verification_uri\":\"u\",\"verification_uri_complete\":\"u\"}",
        "{\"device_code\":\"a\",\"expires_in\":0,\"grant\":\"" ID "\",\"interval\":5,\"user_code\":\"WDJB-MJHT\","
        "\"verification_uri\":\"u\",\"verification_uri_complete\":\"u\"}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        ApiGrantOffer offer;
        Error err = { 0 };

        assert_false(api_grant_offer_read(str_from(texts[i]), &offer, &err));
    }
}

static void states_and_refusals_come_back(void **state)
{
    Error err = { 0 };

    (void)state;
    for (int i = 0; i < GRANT_STATE_COUNT; i++) {
        const ApiGrant grant = { .id = ID, .state = (ApiGrantState)i, .seconds_left = i };
        ApiGrantState named;
        ApiGrant again;
        OWNED_BUF text;

        buf_init(&text, 512);
        assert_ok(api_grant_write(&grant, &text, &err), err);
        assert_ok(api_grant_read(buf_str(&text), &again, &err), err);
        assert_string_equal(again.id, grant.id);
        assert_int_equal(again.state, grant.state);
        assert_int_equal(again.seconds_left, grant.seconds_left);
        assert_true(grant_state_parse(str_from(grant_state_name(grant.state)), &named));
        assert_int_equal(named, i);
    }
    for (int i = 0; i < GRANT_REFUSAL_COUNT; i++) {
        const ApiGrantRefusal refusal = { (GrantRefusal)i };
        ApiGrantRefusal again;
        OWNED_BUF text;

        buf_init(&text, 512);
        assert_ok(api_grant_refusal_write(&refusal, &text, &err), err);
        assert_ok(api_grant_refusal_read(buf_str(&text), &again, &err), err);
        assert_int_equal(again.error, i);
    }
    assert_ok(api_grant_refusal_read(STR("{\"error\":\"slow_down\",\"error_description\":\"x\"}"),
                                     &(ApiGrantRefusal){ 0 }, &err),
              err);
    assert_false(grant_state_parse(STR("lost"), &(ApiGrantState){ 0 }));
}

static void the_token_is_the_sessions(void **state)
{
    const ApiGrantToken token = { .session = { .token = "bearer-of-this-session",
                                               .given_name = "Dilnoza",
                                               .full_name = "Karimova Dilnoza",
                                               .number = "401241100873",
                                               .seconds_left = 1800 } };
    ApiGrantToken again;
    OWNED_BUF text;
    Error err = { 0 };

    (void)state;
    buf_init(&text, 4096);
    assert_ok(api_grant_token_write(&token, &text, &err), err);
    assert_non_null(strstr(buf_text(&text), "\"access_token\":\"bearer-of-this-session\""));
    assert_non_null(strstr(buf_text(&text), "\"expires_in\":1800"));
    assert_non_null(strstr(buf_text(&text), "\"token_type\":\"Bearer\""));
    assert_ok(api_grant_token_read(buf_str(&text), &again, &err), err);
    assert_memory_equal(&again, &token, sizeof token);
}

static void a_token_of_another_session_is_refused(void **state)
{
    static const char *const texts[] = {
        "{\"access_token\":\"a\",\"expires_in\":1800,\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"a\",\"expires_in\":1800,\"token_type\":\"Bearer\",\"session\":[]}",
    };
    const ApiSession session = { .token = "mine", .given_name = "D", .full_name = "K D", .number = "1" };
    const ApiGrantToken nothing = { 0 };
    OWNED_BUF text;
    Error err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_false(api_grant_token_read(str_from(texts[i]), &(ApiGrantToken){ 0 }, &err));
    buf_init(&text, 4096);
    buf_add_text(&text, "{\"access_token\":\"another\",\"expires_in\":1800,\"token_type\":\"Bearer\",\"session\":");
    assert_ok(api_session_write(&session, &text, &err), err);
    buf_add_text(&text, "}");
    ApiGrantToken token = { .session = { .token = "left" } };
    assert_false(api_grant_token_read(buf_str(&text), &token, &err));
    assert_memory_equal(&token, &nothing, sizeof token);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_is_read_as_people_type_it),   cmocka_unit_test(the_offer_is_what_the_rfc_names),
        cmocka_unit_test(an_offer_without_a_code_is_refused), cmocka_unit_test(states_and_refusals_come_back),
        cmocka_unit_test(the_token_is_the_sessions),          cmocka_unit_test(a_token_of_another_session_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
