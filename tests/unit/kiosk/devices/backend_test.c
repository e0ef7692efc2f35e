#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "kiosk/devices/backend_calls.h"
#include "kiosk/devices/backend_rig.h"

static ApiIssued issued_example(void)
{
    ApiIssued issued = { .document = ID, .number = "M-2026/004817", .code = "7K2M-9QXR-4T8B", .pages = 1 };

    issued.job = (ApiPrintJob){ .id = ID, .copy = ID, .epoch = 3, .state = PRINT_ASSIGNED, .sheets = 1 };
    return issued;
}

/* ---- what comes back ---- */

static void a_session_comes_back_and_the_secret_goes_out_once(void **state)
{
    (void)state;
    ApiSession session = { .token = TOKEN,
                           .given_name = "Dilnoza",
                           .full_name = "Karimova Dilnoza",
                           .number = "391241100123",
                           .seconds_left = 1800 };
    OWNED_BUF body;

    buf_init(&body, 4096);
    assert_true(api_session_write(&session, &body, NULL));
    answer_with(201, "application/json", &body);
    Cmd cmd = cmd_of(CMD_SIGN_IN);
    Msg msg = run(&cmd);
    assert_int_equal(msg.kind, MSG_SIGNED_IN);
    assert_string_equal(msg.as.session.token, TOKEN);
    assert_string_equal(msg.as.session.given_name, "Dilnoza");
    assert_int_equal(peer_count(&peer, "a-secret"), 1);
    assert_int_equal(peer_count(&peer, "POST /kiosk/v1/session - - certified"), 1);
    msg_fini(&msg);
}

static void each_command_asks_for_its_own(void **state)
{
    (void)state;
    static const struct {
        CmdKind kind;
        const char *line;
    } cases[] = {
        { CMD_HEARTBEAT, "POST /kiosk/v1/heartbeat - - certified {" },
        { CMD_CATALOGUE, "GET /kiosk/v1/catalogue - - certified " },
        { CMD_NOTICES, "GET /kiosk/v1/notices - - certified " },
        { CMD_THEME, "GET /kiosk/v1/theme - - certified " },
        { CMD_SIGN_IN, "POST /kiosk/v1/session - - certified {" },
        { CMD_HOME, "GET /kiosk/v1/home Bearer " TOKEN " - certified " },
        { CMD_STUDY, "GET /kiosk/v1/study Bearer " TOKEN " - certified " },
        { CMD_LOOKS, "GET /kiosk/v1/looks Bearer " TOKEN " - certified " },
        { CMD_PREVIEW, "POST /kiosk/v1/preview Bearer " TOKEN " - certified {" },
        { CMD_ISSUE, "PUT /kiosk/v1/requests/" ID " Bearer " TOKEN " - certified {" },
        { CMD_WITHDRAW, "DELETE /kiosk/v1/requests/" ID " Bearer " TOKEN " - certified " },
        { CMD_PAGE, "GET /kiosk/v1/copies/" ID "/page?epoch=3 Bearer " TOKEN " - certified " },
        { CMD_REPORT_PRINT, "PUT /kiosk/v1/print-jobs/" ID " - - certified {" },
        { CMD_DRAFT, "PUT /kiosk/v1/drafts/certificate-of-study Bearer " TOKEN " - certified {" },
        { CMD_DRAFT_OPEN, "GET /kiosk/v1/drafts/certificate-of-study Bearer " TOKEN " - certified " },
    };

    assert_true(peer_rules(&peer, "[{\"status\": 404}]"));
    for (size_t i = 0; i < COUNT(cases); i++) {
        Cmd cmd = cmd_of(cases[i].kind);
        Msg msg = run(&cmd);
        assert_int_equal(msg.kind, MSG_FAILED);
        assert_int_equal(msg.as.failed.command, cases[i].kind);
        assert_int_equal(msg.as.failed.code, ERR_NOT_FOUND);
        assert_int_equal(msg.as.failed.problem.status, 404);
        if (peer_count(&peer, cases[i].line) != 1)
            fail_msg("not asked once: %s", cases[i].line);
    }
    Cmd drop = cmd_of(CMD_DRAFT_DROP), out = cmd_of(CMD_SIGN_OUT);
    assert_true(backend_run(backend, &drop));
    assert_true(TEST_UNTIL(
        3000, peer_count(&peer, "DELETE /kiosk/v1/drafts/certificate-of-study Bearer " TOKEN " - certified ") == 1));
    assert_true(backend_run(backend, &out));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "DELETE /kiosk/v1/session Bearer " TOKEN " - certified ") == 1));
}

static void pages_and_previews_are_files(void **state)
{
    (void)state;
    OWNED_BUF body;

    buf_init(&body, 64);
    buf_add_text(&body, "%PDF-1.5 a page");
    answer_with(200, "application/pdf", &body);
    Cmd cmd = cmd_of(CMD_PAGE);
    Msg msg = run(&cmd);
    assert_int_equal(msg.kind, MSG_PAGE);
    assert_int_equal(msg.as.page.epoch, 3);
    assert_true(str_equal(blob_str(msg.as.page.pdf), buf_str(&body)));
    msg_fini(&msg);

    cmd = cmd_of(CMD_PREVIEW); /* a PDF is no preview */
    msg = run(&cmd);
    assert_int_equal(msg.kind, MSG_FAILED);
    assert_int_equal(msg.as.failed.code, ERR_PROTOCOL);
    assert_int_equal(msg.as.failed.serial, 31);

    answer_with(200, "image/png", &body);
    msg = run(&cmd);
    assert_int_equal(msg.kind, MSG_PREVIEW);
    assert_int_equal(msg.as.preview.pages, 2);
    assert_int_equal(msg.as.preview.serial, 31);
    msg_fini(&msg);
}

static void a_draft_is_kept_and_comes_back(void **state)
{
    (void)state;
    ApiDraft draft = { .language = LANGUAGE_RU, .question = "place" };
    Cmd keep = cmd_of(CMD_DRAFT), open = cmd_of(CMD_DRAFT_OPEN);
    OWNED_BUF body;

    assert_true(peer_rules(&peer, "[{\"status\": 204}]"));
    Msg msg = run(&keep);
    assert_int_equal(msg.kind, MSG_DRAFT_KEPT);
    assert_int_equal(msg.as.kept.serial, 5);
    assert_int_equal(peer_count(&peer, "\"answers\":{\"receiver\":\"a-bank\"}"), 1);

    Cmd anew = cmd_of(CMD_DRAFT); /* of a request that was returned */
    memcpy(anew.as.draft.request, ID, sizeof ID);
    msg = run(&anew);
    assert_int_equal(msg.kind, MSG_DRAFT_KEPT);
    assert_int_equal(peer_count(&peer, "PUT /kiosk/v1/requests/" ID "/draft Bearer " TOKEN " - certified {"), 1);

    assert_true(peer_rules(&peer, "[{\"status\": 503}]"));
    msg = run(&keep);
    assert_int_equal(msg.kind, MSG_FAILED);
    assert_int_equal(msg.as.failed.serial, 5);

    buf_init(&body, 4096);
    assert_true(answers_set(&draft.answers, "receiver", STR("other")));
    assert_true(api_draft_write(&draft, &body, NULL));
    answer_with(200, "application/json", &body);
    msg = run(&open);
    assert_int_equal(msg.kind, MSG_DRAFT);
    assert_int_equal(msg.as.draft->language, LANGUAGE_RU);
    assert_string_equal(msg.as.draft->question, "place");
    assert_string_equal(answers_get(&msg.as.draft->answers, "receiver"), "other");
    msg_fini(&msg);
}

static void a_link_carries_its_key_and_nothing_else_does(void **state)
{
    (void)state;
    for (CmdKind kind = CMD_PHONE_LINK; kind <= CMD_PHONE_END; kind++) {
        Cmd cmd = cmd_of(kind);
        BackendCall call;

        snprintf(cmd.as.phone.key, sizeof(cmd.as.phone.key), ID);
        assert_true(backend_call_init(&call, "https://localhost", &cmd, NULL));
        if (kind == CMD_PHONE_LINK)
            assert_string_equal(call.http.idempotency_key, "\"" ID "\"");
        else
            assert_null(call.http.idempotency_key);
        backend_call_fini(&call);
    }
}

static void a_phones_link_is_asked_for_in_four_ways(void **state)
{
    (void)state;
    static const struct {
        CmdKind kind;
        const char *line;
    } cases[] = {
        { CMD_PHONE_LINK, "POST /kiosk/v1/copies/" ID "/phone-link" },
        { CMD_PHONE_STATE, "GET /kiosk/v1/phone-links/" ID },
        { CMD_PHONE_DIGITS, "PUT /kiosk/v1/phone-links/" ID "/digits" },
        { CMD_PHONE_END, "DELETE /kiosk/v1/phone-links/" ID },
    };
    const ApiPhoneLink link = { .id = ID, .code = "7K2M-9QXR-4T8B", .state = PHONE_MATCHED, .seconds_left = 300 };
    OWNED_BUF body;

    buf_init(&body, 4096);
    assert_true(api_phone_link_write(&link, &body, NULL));
    for (size_t i = 0; i < COUNT(cases); i++) {
        Cmd cmd = cmd_of(cases[i].kind);

        answer_with(cases[i].kind == CMD_PHONE_LINK ? 201 : 200, "application/json", &body);
        cmd.asked = 9;
        Msg msg = run(&cmd);
        assert_int_equal(msg.kind, MSG_PHONE);
        assert_int_equal(msg.asked, 9);
        assert_int_equal(msg.as.phone.state, PHONE_MATCHED);
        assert_int_equal(peer_count(&peer, cases[i].line), 1);
        if (cases[i].kind == CMD_PHONE_DIGITS)
            assert_int_equal(peer_count(&peer, "{\"digits\":\"47\"}"), 1);
        snprintf(cmd.as.phone.id, sizeof(cmd.as.phone.id), "../session");
        assert_int_equal(run(&cmd).as.failed.code, ERR_ARGUMENT);
    }
}

/* Nothing to print yet: its number, its promise and what is to be paid come instead. */
static void what_is_handed_in_is_an_answer(void **state)
{
    (void)state;
    ApiIssued issued = { .state = REQUEST_PAYMENT,
                         .number = "S-2026/000123",
                         .promised_at_s = 1795600000,
                         .sum = 412000,
                         .invoice = "2026-0000417" };
    Cmd cmd = cmd_of(CMD_ISSUE);
    OWNED_BUF body;

    buf_init(&body, 4096);
    assert_true(api_issued_write(&issued, &body, NULL));
    answer_with(201, "application/json", &body);
    Msg msg = run(&cmd);
    assert_int_equal(msg.kind, MSG_ISSUED);
    assert_false(msg.as.issued.already_open);
    assert_int_equal(msg.as.issued.issued.state, REQUEST_PAYMENT);
    assert_int_equal(msg.as.issued.issued.sum, 412000);
    assert_string_equal(msg.as.issued.issued.invoice, "2026-0000417");
    assert_string_equal(msg.as.issued.issued.job.id, "");
}

static void a_withdrawal_is_an_answer_without_a_body(void **state)
{
    (void)state;
    Cmd cmd = cmd_of(CMD_WITHDRAW);

    assert_true(peer_rules(&peer, "[{\"status\": 204}]"));
    cmd.asked = 9;
    Msg msg = run(&cmd);
    assert_int_equal(msg.kind, MSG_WITHDRAWN);
    assert_int_equal(msg.asked, 9);
    assert_true(peer_rules(&peer, "[{\"status\": 409}]"));
    msg = run(&cmd);
    assert_int_equal(msg.kind, MSG_FAILED);
    assert_int_equal(msg.as.failed.code, ERR_CONFLICT);
    snprintf(cmd.as.withdraw.key, sizeof(cmd.as.withdraw.key), "../session");
    assert_int_equal(run(&cmd).as.failed.code, ERR_ARGUMENT);
}

static void an_open_request_is_an_answer(void **state)
{
    (void)state;
    ApiIssued issued = issued_example();
    ApiProblem problem = { .kind = PROBLEM_ALREADY_OPEN, .status = 409 };
    OWNED_BUF body;
    OWNED_BUF open;

    buf_init(&body, 4096);
    assert_true(api_issued_write(&issued, &body, NULL));
    answer_with(201, "application/json", &body);
    Cmd cmd = cmd_of(CMD_ISSUE);
    Msg msg = run(&cmd);
    assert_int_equal(msg.kind, MSG_ISSUED);
    assert_false(msg.as.issued.already_open);
    assert_string_equal(msg.as.issued.issued.number, "M-2026/004817");

    /* The problem's members and the open request's, in one object. */
    buf_init(&open, 4096);
    assert_true(api_problem_write(&problem, &open, NULL));
    assert_true(open.data[open.len - 1] == '}' && body.data[0] == '{');
    open.len--;
    buf_add_byte(&open, ',');
    buf_add(&open, body.data + 1, body.len - 1);
    answer_with(409, "application/problem+json", &open);
    msg = run(&cmd);
    assert_int_equal(msg.kind, MSG_ISSUED);
    assert_true(msg.as.issued.already_open);
    assert_string_equal(msg.as.issued.issued.job.id, ID);
}

static void a_known_catalogue_is_not_sent_again(void **state)
{
    (void)state;
    Cmd cmd = cmd_of(CMD_CATALOGUE), after = cmd_of(CMD_HEARTBEAT);

    assert_true(peer_rules(&peer, "[{\"path\": \"/kiosk/v1/catalogue\", \"status\": 304}, {\"status\": 503}]"));
    snprintf(cmd.as.catalogue.etag, sizeof(cmd.as.catalogue.etag), "00112233aabbccdd");
    assert_true(backend_run(backend, &cmd));
    Msg msg = run(&after);
    assert_int_equal(msg.kind, MSG_FAILED);
    assert_int_equal(msg.as.failed.command, CMD_HEARTBEAT);
    assert_int_equal(peer_count(&peer, "GET /kiosk/v1/catalogue - \"00112233aabbccdd\""), 1);
}

static void notices_and_theme_are_told(void **state)
{
    (void)state;
    OWNED_BUF body;
    Cmd cmd = cmd_of(CMD_NOTICES);

    buf_init(&body, 4096);
    buf_add_text(&body, "{\"notices\":[{\"id\":7,\"severity\":\"warn\",\"from_s\":1,\"until_s\":2,"
                        "\"texts\":{\"uz\":\"Ertaga yopiq\"}}]}");
    answer_with(200, "application/json", &body);
    Msg msg = run(&cmd);
    assert_int_equal(msg.kind, MSG_NOTICES);
    assert_int_equal(msg.as.notices->count, 1);
    assert_string_equal(msg.as.notices->items[0].texts[LANGUAGE_UZ], "Ertaga yopiq");
    msg_fini(&msg);

    buf_clear(&body);
    buf_add_text(&body, "{\"version\":\"t1\",\"brand\":\"#7A1F2B\",\"logo\":\"PHN2Zy8-\"}");
    answer_with(200, "application/json", &body);
    cmd = cmd_of(CMD_THEME);
    msg = run(&cmd);
    assert_int_equal(msg.kind, MSG_THEME);
    assert_int_equal(msg.as.theme.brand, 0x7a1f2b);
    assert_true(str_equal_text(blob_str(msg.as.theme.logo), "<svg/>"));
    msg_fini(&msg);
}

static void a_known_theme_is_not_sent_again(void **state)
{
    (void)state;
    Cmd cmd = cmd_of(CMD_THEME), after = cmd_of(CMD_HEARTBEAT);

    assert_true(peer_rules(&peer, "[{\"path\": \"/kiosk/v1/theme\", \"status\": 304}, {\"status\": 503}]"));
    snprintf(cmd.as.known.etag, sizeof(cmd.as.known.etag), "t1");
    assert_true(backend_run(backend, &cmd));
    Msg msg = run(&after);
    assert_int_equal(msg.as.failed.command, CMD_HEARTBEAT);
    assert_int_equal(peer_count(&peer, "GET /kiosk/v1/theme - \"t1\""), 1);
}

/* ---- what goes wrong ---- */

static void problems_are_told_by_their_kind(void **state)
{
    (void)state;
    static const struct {
        int status;
        ApiProblemKind told; /* in the body; PROBLEM_NONE: no body */
        ApiProblemKind problem;
        ErrorCode code;
    } cases[] = {
        { 401, PROBLEM_SIGN_IN_REFUSED, PROBLEM_SIGN_IN_REFUSED, ERR_DENIED },
        { 401, PROBLEM_SESSION_ENDED, PROBLEM_SESSION_ENDED, ERR_DENIED },
        { 403, PROBLEM_UNKNOWN_KIOSK, PROBLEM_UNKNOWN_KIOSK, ERR_DENIED },
        { 409, PROBLEM_HANDED_OUT, PROBLEM_HANDED_OUT, ERR_CONFLICT },
        { 422, PROBLEM_TOO_LARGE_FOR_SEAL, PROBLEM_TOO_LARGE_FOR_SEAL, ERR_FORMAT },
        { 429, PROBLEM_LIMIT, PROBLEM_LIMIT, ERR_LIMIT },
        { 500, PROBLEM_INTERNAL, PROBLEM_INTERNAL, ERR_INTERNAL },
        { 502, PROBLEM_NONE, PROBLEM_BUSY, ERR_BUSY },
        { 418, PROBLEM_NONE, PROBLEM_NONE, ERR_PROTOCOL },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        ApiProblem problem = { .kind = cases[i].told, .status = cases[i].status, .retry_after_s = 9 };
        OWNED_BUF body;
        buf_init(&body, 4096);
        if (cases[i].told != PROBLEM_NONE)
            assert_true(api_problem_write(&problem, &body, NULL));
        answer_with(cases[i].status, cases[i].told != PROBLEM_NONE ? "application/problem+json" : "text/html", &body);
        Cmd cmd = cmd_of(CMD_ISSUE);
        Msg msg = run(&cmd);
        if (msg.kind != MSG_FAILED || msg.as.failed.code != cases[i].code ||
            msg.as.failed.problem.kind != cases[i].problem)
            fail_msg("%d: %s, problem %d", cases[i].status, error_code_name(msg.as.failed.code),
                     msg.as.failed.problem.kind);
        assert_int_equal(msg.as.failed.problem.status, cases[i].status);
        if (cases[i].told != PROBLEM_NONE)
            assert_int_equal(msg.as.failed.problem.retry_after_s, 9);
    }
}

static void nonsense_is_a_broken_protocol(void **state)
{
    (void)state;
    static const CmdKind kinds[] = { CMD_NOTICES, CMD_THEME, CMD_HEARTBEAT, CMD_CATALOGUE,    CMD_SIGN_IN,   CMD_HOME,
                                     CMD_PREVIEW, CMD_ISSUE, CMD_PAGE,      CMD_REPORT_PRINT, CMD_DRAFT_OPEN };

    assert_true(
        peer_rules(&peer, "[{\"status\": 200, \"body\": \"<html>\", \"headers\": {\"Content-Type\": \"text/html\"}}]"));
    for (size_t i = 0; i < COUNT(kinds); i++) {
        Cmd cmd = cmd_of(kinds[i]);
        Msg msg = run(&cmd);
        assert_int_equal(msg.kind, MSG_FAILED);
        assert_int_equal(msg.as.failed.code, ERR_PROTOCOL);
    }
}

static void an_id_that_is_none_is_never_asked_for(void **state)
{
    (void)state;
    Cmd cmd = cmd_of(CMD_PAGE);

    assert_true(peer_rules(&peer, "[{}]"));
    snprintf(cmd.as.page.copy, sizeof(cmd.as.page.copy), "../session");
    Msg msg = run(&cmd);
    assert_int_equal(msg.as.failed.code, ERR_ARGUMENT);
    static const char *const services[] = { "", "../session", "a/b", "a?b", "a%2Fb", "A" };
    for (size_t i = 0; i < COUNT(services); i++) {
        cmd = cmd_of(CMD_DRAFT_OPEN);
        snprintf(cmd.as.draft.service, sizeof(cmd.as.draft.service), "%s", services[i]);
        msg = run(&cmd);
        assert_int_equal(msg.as.failed.code, ERR_ARGUMENT);
    }
    assert_int_equal(peer_count(&peer, "GET"), 0);
}

static void a_registrar_that_is_away_is_offline(void **state)
{
    (void)state;
    BackendConfig config = { "https://127.0.0.1:1", peer.ca, NULL, NULL, 2000, 0, NULL };
    Cmd cmd = cmd_of(CMD_HOME);

    backend_stop(steal(&backend));
    backend = backend_start(&config, messages, log_to_nowhere, NULL);
    assert_non_null(backend);
    Msg msg = run(&cmd);
    assert_int_equal(msg.kind, MSG_FAILED);
    assert_int_equal(msg.as.failed.code, ERR_OFFLINE);
    assert_int_equal(msg.as.failed.problem.kind, PROBLEM_NONE);
}

/* Whoever plays a visit goes on when nothing is owed any more, and finds the answer in the queue then. */
static void what_the_glass_waits_for_is_owed(void **state)
{
    (void)state;
    Cmd home = cmd_of(CMD_HOME), draft = cmd_of(CMD_DRAFT), drop = cmd_of(CMD_DRAFT_DROP),
        cancel = cmd_of(CMD_CANCEL_REQUESTS);
    Msg msg;

    assert_true(peer_rules(&peer, "[{\"method\": \"GET\", \"act\": \"hang\"}, {\"status\": 204}]"));
    assert_int_equal(backend_owes(backend), 0);
    assert_true(backend_run(backend, &home));
    assert_true(backend_run(backend, &draft));
    assert_true(backend_run(backend, &drop)); /* told nobody */
    assert_int_equal(backend_owes(backend), 3);
    assert_true(backend_run(backend, &cancel)); /* home's answer is no more wanted: none comes */
    assert_true(TEST_UNTIL(6000, backend_owes(backend) == 0));
    assert_true(queue_pop(messages, &msg, 0));
    assert_int_equal(msg.kind, MSG_DRAFT_KEPT);
    assert_false(queue_pop(messages, &msg, 0));
}

static void what_goes_on_beside_is_not_owed(void **state)
{
    (void)state;
    Cmd beat = cmd_of(CMD_HEARTBEAT), out = cmd_of(CMD_SIGN_OUT), other = cmd_of(CMD_PRINT_STOP);

    assert_true(peer_rules(&peer, "[{\"act\": \"hang\"}]"));
    assert_true(backend_run(backend, &beat));
    assert_true(backend_run(backend, &out));
    assert_false(backend_run(backend, &other));
    assert_int_equal(backend_owes(backend), 0);
}

/* ---- the end of a visit ---- */

static void a_sign_out_ends_what_is_under_way_and_what_waits(void **state)
{
    (void)state;
    Cmd page = cmd_of(CMD_PAGE), home = cmd_of(CMD_HOME), out = cmd_of(CMD_SIGN_OUT), beat = cmd_of(CMD_HEARTBEAT);

    assert_true(peer_rules(
        &peer,
        "[{\"method\": \"GET\", \"act\": \"hang\"}, {\"method\": \"DELETE\", \"status\": 204}, {\"status\": 503}]"));
    assert_true(backend_run(backend, &page));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "GET /kiosk/v1/copies/") == 1));
    assert_true(backend_run(backend, &home));
    int64_t began = test_now_ms();
    assert_true(backend_run(backend, &out));
    beat.visit = VISIT + 1;
    Msg msg = run(&beat);
    assert_int_equal(msg.as.failed.command, CMD_HEARTBEAT);
    assert_in_range(test_now_ms() - began, 0, SOON_MS);
    assert_int_equal(peer_count(&peer, "DELETE /kiosk/v1/session"), 1);
    assert_int_equal(peer_count(&peer, "GET /kiosk/v1/home"), 0);
}

/* The registrar takes connections and says nothing: the next student's sign-in is on its way within a second all the
 * same, whatever the last visit left to be told. */
static void what_nobody_waits_for_gives_way(void **state)
{
    (void)state;
    static const struct {
        CmdKind kind;
        const char *line;
        bool told; /* that it was given up */
    } cases[] = {
        { CMD_SIGN_OUT, "DELETE /kiosk/v1/session", false },
        { CMD_DRAFT, "PUT /kiosk/v1/drafts/", true },
        { CMD_DRAFT_DROP, "DELETE /kiosk/v1/drafts/", false },
        { CMD_HEARTBEAT, "POST /kiosk/v1/heartbeat", false },
    };

    assert_true(peer_rules(&peer, "[{\"method\": \"POST\", \"path\": \"/kiosk/v1/session\", \"status\": 503},"
                                  " {\"act\": \"hang\"}]"));
    for (size_t i = 0; i < COUNT(cases); i++) {
        Cmd cmd = cmd_of(cases[i].kind), next = cmd_of(CMD_SIGN_IN);
        Msg msg;

        assert_true(backend_run(backend, &cmd));
        assert_true(TEST_UNTIL(3000, peer_count(&peer, cases[i].line) == 1));
        int64_t began = test_now_ms();
        next.visit = VISIT + 1;
        assert_true(backend_run(backend, &next));
        assert_true(queue_pop(messages, &msg, 6000));
        if (cases[i].told) {
            assert_int_equal(msg.as.failed.command, cases[i].kind);
            assert_int_equal(msg.as.failed.code, ERR_CANCELLED);
            assert_true(queue_pop(messages, &msg, 6000));
        }
        assert_int_equal(msg.visit, VISIT + 1);
        assert_int_equal(msg.as.failed.command, CMD_SIGN_IN);
        if (test_now_ms() - began > SOON_MS + 500)
            fail_msg("%s held the next visitor up", cases[i].line);
    }
}

/* The registrar is slow: whoever goes back to a form finds in it what was filled in last. */
static void a_draft_is_kept_before_it_is_opened_again(void **state)
{
    (void)state;
    Cmd draft = cmd_of(CMD_DRAFT), open = cmd_of(CMD_DRAFT_OPEN);
    Msg msg;

    assert_true(peer_rules(&peer, "[{\"method\": \"PUT\", \"delay\": 1.5, \"status\": 204}, {\"status\": 404}]"));
    assert_true(backend_run(backend, &draft));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "PUT /kiosk/v1/drafts/") == 1));
    assert_true(backend_run(backend, &open));
    assert_true(queue_pop(messages, &msg, 8000));
    assert_int_equal(msg.kind, MSG_DRAFT_KEPT);
    assert_true(queue_pop(messages, &msg, 8000));
    assert_int_equal(msg.as.failed.command, CMD_DRAFT_OPEN);
}

/* What was filled in last is told before the session ends, although the visit is over. */
static void a_draft_outlives_its_visit(void **state)
{
    (void)state;
    Cmd home = cmd_of(CMD_HOME), cancel = cmd_of(CMD_CANCEL_REQUESTS), draft = cmd_of(CMD_DRAFT),
        out = cmd_of(CMD_SIGN_OUT);

    assert_true(peer_rules(&peer, "[{\"method\": \"GET\", \"act\": \"hang\"}, {\"delay\": 1, \"status\": 204}]"));
    assert_true(backend_run(backend, &home));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "GET") == 1));
    assert_true(backend_run(backend, &cancel));
    assert_true(backend_run(backend, &draft));
    assert_true(backend_run(backend, &out));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "PUT") == 1));
    assert_int_equal(peer_count(&peer, "DELETE"), 0);
    Msg msg;
    assert_true(queue_pop(messages, &msg, 5000));
    assert_int_equal(msg.kind, MSG_DRAFT_KEPT);
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "DELETE /kiosk/v1/session") == 1));
}

static void a_cancel_does_not_reach_what_is_asked_after_it(void **state)
{
    (void)state;
    Cmd page = cmd_of(CMD_PAGE), cancel = cmd_of(CMD_CANCEL_REQUESTS), home = cmd_of(CMD_HOME);

    assert_true(peer_rules(&peer, "[{\"path\": \"/kiosk/v1/copies/*\", \"act\": \"hang\"}, {\"status\": 503}]"));
    for (int i = 0; i < 20; i++) {
        assert_true(backend_run(backend, &page));
        assert_true(backend_run(backend, &cancel));
        Msg msg = run(&home);
        assert_int_equal(msg.as.failed.command, CMD_HOME);
        assert_int_equal(msg.as.failed.code, ERR_BUSY);
    }
}

static void a_newer_preview_takes_the_place_of_an_older(void **state)
{
    (void)state;
    Cmd older = cmd_of(CMD_PREVIEW), newer = cmd_of(CMD_PREVIEW);

    assert_true(peer_rules(&peer, "[{\"times\": 1, \"act\": \"hang\"}, {\"status\": 503}]"));
    assert_true(backend_run(backend, &older));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "POST /kiosk/v1/preview") == 1));
    newer.as.preview.serial = 32;
    Msg msg = run(&newer);
    assert_int_equal(msg.as.failed.serial, 32);
    assert_false(queue_pop(messages, &msg, 50));
}

/* An answer to an earlier visit's sign-in may come when the next one has begun: it is signed out at once. */
static void a_late_sign_out_leaves_the_next_visit_alone(void **state)
{
    (void)state;
    Cmd home = cmd_of(CMD_HOME), next = cmd_of(CMD_PREVIEW), out = cmd_of(CMD_SIGN_OUT), late = cmd_of(CMD_PAGE);
    Msg msg;

    assert_true(peer_rules(&peer, "[{\"method\": \"GET\", \"delay\": 1, \"status\": 503}, {\"status\": 503}]"));
    home.visit = next.visit = VISIT + 1;
    assert_true(backend_run(backend, &home));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "GET /kiosk/v1/home") == 1));
    assert_true(backend_run(backend, &next));
    assert_true(backend_run(backend, &out));
    assert_true(backend_run(backend, &late)); /* asked after its visit's end: nothing takes it back but the next end */
    assert_true(queue_pop(messages, &msg, 3000));
    assert_int_equal(msg.as.failed.command, CMD_HOME);
    assert_true(queue_pop(messages, &msg, 3000));
    assert_int_equal(msg.as.failed.command, CMD_PREVIEW);
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "DELETE /kiosk/v1/session") == 1));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "GET /kiosk/v1/copies/") == 1)); /* under way for a second */

    out.visit = VISIT + 1;
    assert_true(backend_run(backend, &out));
    out.visit = VISIT;
    assert_true(backend_run(backend, &out)); /* takes nothing back */
    assert_true(backend_run(backend, &late));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "DELETE /kiosk/v1/session") == 3));
    assert_false(queue_pop(messages, &msg, 300));
    assert_int_equal(peer_count(&peer, "GET /kiosk/v1/copies/"), 1);
}

static void commands_of_others_are_not_taken(void **state)
{
    (void)state;
    Cmd cmd = cmd_of(CMD_PRINT_STOP);

    assert_false(backend_run(backend, &cmd));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BACKEND_TEST(a_session_comes_back_and_the_secret_goes_out_once),
        BACKEND_TEST(each_command_asks_for_its_own),
        BACKEND_TEST(pages_and_previews_are_files),
        BACKEND_TEST(a_draft_is_kept_and_comes_back),
        cmocka_unit_test(a_link_carries_its_key_and_nothing_else_does),
        BACKEND_TEST(a_phones_link_is_asked_for_in_four_ways),
        BACKEND_TEST(what_is_handed_in_is_an_answer),
        BACKEND_TEST(a_withdrawal_is_an_answer_without_a_body),
        BACKEND_TEST(an_open_request_is_an_answer),
        BACKEND_TEST(a_known_catalogue_is_not_sent_again),
        BACKEND_TEST(notices_and_theme_are_told),
        BACKEND_TEST(a_known_theme_is_not_sent_again),
        BACKEND_TEST(problems_are_told_by_their_kind),
        BACKEND_TEST(nonsense_is_a_broken_protocol),
        BACKEND_TEST(an_id_that_is_none_is_never_asked_for),
        BACKEND_TEST(a_registrar_that_is_away_is_offline),
        BACKEND_TEST(what_the_glass_waits_for_is_owed),
        BACKEND_TEST(what_goes_on_beside_is_not_owed),
        BACKEND_TEST(a_sign_out_ends_what_is_under_way_and_what_waits),
        BACKEND_TEST(what_nobody_waits_for_gives_way),
        BACKEND_TEST(a_draft_is_kept_before_it_is_opened_again),
        BACKEND_TEST(a_draft_outlives_its_visit),
        BACKEND_TEST(a_cancel_does_not_reach_what_is_asked_after_it),
        BACKEND_TEST(a_newer_preview_takes_the_place_of_an_older),
        BACKEND_TEST(a_late_sign_out_leaves_the_next_visit_alone),
        BACKEND_TEST(commands_of_others_are_not_taken),
    };

    return cmocka_run_group_tests(tests, start_peer, stop_peer);
}
