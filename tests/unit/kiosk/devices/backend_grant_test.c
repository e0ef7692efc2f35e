/* Signing in with a phone, as a kiosk asks for it: the forms of RFC 8628, and what the answers are on the glass. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "kiosk/devices/backend_rig.h"

#define JSON   "application/json"
#define DEVICE "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS-0"

static Cmd grant_cmd(CmdKind kind)
{
    Cmd cmd = { .kind = kind, .visit = VISIT, .asked = 9 };

    snprintf(cmd.as.grant.id, sizeof(cmd.as.grant.id), ID);
    snprintf(cmd.as.grant.device_code, sizeof(cmd.as.grant.device_code), DEVICE);
    snprintf(cmd.as.grant.digits.digits, sizeof(cmd.as.grant.digits.digits), "47");
    return cmd;
}

static void a_code_is_asked_for_by_form(void **state)
{
    (void)state;
    const ApiGrantOffer offer = { .grant = ID,
                                  .device_code = DEVICE,
                                  .user_code = "WDJB-MJHT",
                                  .verification_uri = "https://hujjat.namuna.uz/g",
                                  .verification_uri_complete = "HTTPS://HUJJAT.NAMUNA.UZ/G/WDJBMJHT",
                                  .expires_in = GRANT_OFFERED_S,
                                  .interval = GRANT_INTERVAL_S };
    Cmd cmd = grant_cmd(CMD_GRANT);
    OWNED_BUF body;

    buf_init(&body, 4096);
    assert_true(api_grant_offer_write(&offer, &body, NULL));
    answer_with(200, JSON, &body);
    Msg msg = run(&cmd);
    assert_int_equal(msg.kind, MSG_GRANT_OFFERED);
    assert_int_equal(msg.asked, 9);
    assert_string_equal(msg.as.grant_offer.device_code, DEVICE);
    assert_string_equal(msg.as.grant_offer.user_code, "WDJB-MJHT");
    assert_int_equal(peer_count(&peer, "POST /kiosk/v1/oauth/device_authorization"), 1);
    assert_int_equal(peer_count(&peer, "client_id=kiosk"), 1);
}

static void how_it_stands_and_the_digits(void **state)
{
    (void)state;
    static const struct {
        CmdKind kind;
        const char *line;
    } cases[] = {
        { CMD_GRANT_STATE, "GET /kiosk/v1/sign-in-grants/" ID },
        { CMD_GRANT_DIGITS, "PUT /kiosk/v1/sign-in-grants/" ID "/digits" },
    };
    const ApiGrant grant = { .id = ID, .state = GRANT_MATCHED, .seconds_left = 30 };
    OWNED_BUF body;

    buf_init(&body, 4096);
    assert_true(api_grant_write(&grant, &body, NULL));
    answer_with(200, JSON, &body);
    for (size_t i = 0; i < COUNT(cases); i++) {
        Cmd cmd = grant_cmd(cases[i].kind);
        Msg msg = run(&cmd);

        assert_int_equal(msg.kind, MSG_GRANT);
        assert_int_equal(msg.as.grant.state, GRANT_MATCHED);
        assert_int_equal(peer_count(&peer, cases[i].line), 1);
        snprintf(cmd.as.grant.id, sizeof(cmd.as.grant.id), "../session");
        assert_int_equal(run(&cmd).as.failed.code, ERR_ARGUMENT);
    }
    assert_int_equal(peer_count(&peer, "{\"digits\":\"47\"}"), 1);
}

static void the_token_is_a_session(void **state)
{
    (void)state;
    const ApiGrantToken token = {
        .session = { .token = TOKEN, .full_name = "Malika", .number = "391241100123", .seconds_left = 1800 }
    };
    Cmd cmd = grant_cmd(CMD_GRANT_TOKEN);
    OWNED_BUF body;

    buf_init(&body, 4096);
    assert_true(api_grant_token_write(&token, &body, NULL));
    answer_with(200, JSON, &body);
    Msg msg = run(&cmd);
    assert_int_equal(msg.kind, MSG_SIGNED_IN);
    assert_string_equal(msg.as.session.token, TOKEN);
    assert_int_equal(peer_count(&peer, "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"
                                       "&client_id=kiosk&device_code=" DEVICE),
                     1);
}

/* RFC 6749's errors are no problem+json: their status says what they are to the glass. */
static void a_refused_token_is_over(void **state)
{
    (void)state;
    const ApiGrantRefusal refusal = { GRANT_INVALID_GRANT };
    Cmd cmd = grant_cmd(CMD_GRANT_TOKEN);
    OWNED_BUF body;

    buf_init(&body, 4096);
    assert_true(api_grant_refusal_write(&refusal, &body, NULL));
    answer_with(400, JSON, &body);
    Msg msg = run(&cmd);
    assert_int_equal(msg.kind, MSG_FAILED);
    assert_int_equal(msg.as.failed.problem.kind, PROBLEM_BAD_REQUEST);
}

static void leaving_ends_it(void **state)
{
    (void)state;
    Cmd cmd = grant_cmd(CMD_GRANT_END), last = cmd_of(CMD_HOME);

    assert_true(peer_rules(&peer, "[{\"method\": \"DELETE\", \"status\": 204}, {\"status\": 503}]"));
    assert_true(backend_run(backend, &cmd));
    (void)run(&last); /* the only one that anybody waits for */
    backend_stop(steal(&backend));
    assert_int_equal(peer_count(&peer, "DELETE /kiosk/v1/sign-in-grants/" ID), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BACKEND_TEST(a_code_is_asked_for_by_form),
        BACKEND_TEST(how_it_stands_and_the_digits),
        BACKEND_TEST(the_token_is_a_session),
        BACKEND_TEST(a_refused_token_is_over),
        BACKEND_TEST(leaving_ends_it),
    };

    return cmocka_run_group_tests(tests, start_peer, stop_peer);
}
