#include "kiosk/devices/backend.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <fcntl.h>

#include "base/memory.h"
#include "net/peer.h"

#define ID      "0b9ff2a6-5b4c-4b8e-9c2e-0123456789ab"
#define TOKEN   "a-token-of-a-session"
#define VISIT   7
#define SOON_MS 2000 /* long before the deadline, which is 4 s */

static Peer peer;
static Queue *messages;
static Log *log_to_nowhere;
static Backend *backend;

static int start_peer(void **state)
{
    (void)state;
    Clock clock = clock_system();

    messages = queue_new(sizeof(Msg), 64);
    log_to_nowhere = log_new(open("/dev/null", O_WRONLY | O_CLOEXEC), LOG_DEBUG, false, &clock);
    return messages && log_to_nowhere && peer_start(&peer, true) ? 0 : -1;
}

static int stop_peer(void **state)
{
    (void)state;
    peer_stop(&peer);
    queue_free(messages);
    log_free(log_to_nowhere);
    return 0;
}

static int start_backend(void **state)
{
    (void)state;
    BackendConfig config = { peer.address, peer.ca, peer.certificate, peer.key, 4000, 0 };
    char log[96];

    peer_path(&peer, "requests.log", log);
    unlink(log);
    backend = backend_start(&config, messages, log_to_nowhere, NULL);
    return backend ? 0 : -1;
}

static int stop_backend(void **state)
{
    (void)state;
    backend_stop(steal(&backend));
    for (Msg msg; queue_pop(messages, &msg, 0);)
        msg_fini(&msg);
    return 0;
}

/* Puts text into a file of the peer's folder, for a rule's body_file, and gives its path. */
static const char *body_file(const char *name, const Buf *body, char path[96])
{
    peer_path(&peer, name, path);
    assert_true(buf_ok(body, NULL) && file_write(path, 0600, buf_str(body), NULL));
    return path;
}

/* One rule for everything: status, headers (JSON) and the body in a file. */
static void answer_with(int status, const char *type, const Buf *body)
{
    char path[96], rules[512];

    snprintf(
        rules, sizeof(rules),
        "[{\"status\": %d, \"headers\": {\"Content-Type\": \"%s\", \"Page-Count\": \"2\"}, \"body_file\": \"%s\"}]",
        status, type, body_file("body", body, path));
    assert_true(peer_rules(&peer, rules));
}

static Msg run(const Cmd *cmd)
{
    Msg msg;

    assert_true(backend_run(backend, cmd));
    if (!queue_pop(messages, &msg, 6000))
        fail_msg("no answer to command %d", cmd->kind);
    assert_int_equal(msg.visit, cmd->visit);
    return msg;
}

static Cmd cmd_of(CmdKind kind)
{
    Cmd cmd = { .kind = kind, .visit = VISIT };

    snprintf(cmd.token, sizeof(cmd.token), "%s", TOKEN);
    if (kind == CMD_SIGN_IN) {
        snprintf(cmd.as.sign_in.number, sizeof(cmd.as.sign_in.number), "391241100123");
        snprintf(cmd.as.sign_in.password, sizeof(cmd.as.sign_in.password), "a-secret");
    } else if (kind == CMD_PREVIEW) {
        snprintf(cmd.as.preview.preview.service, sizeof(cmd.as.preview.preview.service), "certificate-of-study");
        cmd.as.preview.preview.width = 700;
        cmd.as.preview.serial = 31;
    } else if (kind == CMD_ISSUE) {
        snprintf(cmd.as.issue.key, sizeof(cmd.as.issue.key), ID);
        snprintf(cmd.as.issue.request.service, sizeof(cmd.as.issue.request.service), "certificate-of-study");
    } else if (kind == CMD_PAGE) {
        snprintf(cmd.as.page.copy, sizeof(cmd.as.page.copy), ID);
        cmd.as.page.epoch = 3;
    } else if (kind == CMD_REPORT_PRINT) {
        snprintf(cmd.as.report.job, sizeof(cmd.as.report.job), ID);
        cmd.as.report.report = (ApiPrintReport){ .epoch = 3, .state = PRINT_PRINTED, .sheets = 1 };
    } else if (kind == CMD_DRAFT || kind == CMD_DRAFT_OPEN || kind == CMD_DRAFT_DROP) {
        snprintf(cmd.as.draft.service, sizeof(cmd.as.draft.service), "certificate-of-study");
        assert_true(answers_set(&cmd.as.draft.draft.answers, "receiver", STR("a-bank")));
        cmd.as.draft.serial = 5;
    }
    return cmd;
}

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
        { CMD_SIGN_IN, "POST /kiosk/v1/session - - certified {" },
        { CMD_HOME, "GET /kiosk/v1/home Bearer " TOKEN " - certified " },
        { CMD_PREVIEW, "POST /kiosk/v1/preview Bearer " TOKEN " - certified {" },
        { CMD_ISSUE, "PUT /kiosk/v1/requests/" ID " Bearer " TOKEN " - certified {" },
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
    static const CmdKind kinds[] = { CMD_HEARTBEAT, CMD_CATALOGUE, CMD_SIGN_IN,      CMD_HOME,      CMD_PREVIEW,
                                     CMD_ISSUE,     CMD_PAGE,      CMD_REPORT_PRINT, CMD_DRAFT_OPEN };

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
    BackendConfig config = { "https://127.0.0.1:1", peer.ca, NULL, NULL, 2000, 0 };
    Cmd cmd = cmd_of(CMD_HOME);

    backend_stop(steal(&backend));
    backend = backend_start(&config, messages, log_to_nowhere, NULL);
    assert_non_null(backend);
    Msg msg = run(&cmd);
    assert_int_equal(msg.kind, MSG_FAILED);
    assert_int_equal(msg.as.failed.code, ERR_OFFLINE);
    assert_int_equal(msg.as.failed.problem.kind, PROBLEM_NONE);
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
    assert_true(backend_run(backend, &late)); /* of a visit that is over for good */
    assert_true(queue_pop(messages, &msg, 3000));
    assert_int_equal(msg.as.failed.command, CMD_HOME);
    assert_true(queue_pop(messages, &msg, 3000));
    assert_int_equal(msg.as.failed.command, CMD_PREVIEW);
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "DELETE /kiosk/v1/session") == 1));

    out.visit = VISIT + 1;
    assert_true(backend_run(backend, &out));
    out.visit = VISIT;
    assert_true(backend_run(backend, &out)); /* takes nothing back */
    assert_true(backend_run(backend, &late));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "DELETE /kiosk/v1/session") == 3));
    assert_false(queue_pop(messages, &msg, 300));
    assert_int_equal(peer_count(&peer, "GET /kiosk/v1/copies/"), 1);
}

/* ---- reports ---- */

static void a_report_is_repeated_until_it_is_heard(void **state)
{
    (void)state;
    ApiPrintJob job = { .id = ID, .copy = ID, .epoch = 3, .state = PRINT_PRINTED, .sheets = 1 };
    Cmd report = cmd_of(CMD_REPORT_PRINT), home = cmd_of(CMD_HOME);
    char path[96], rules[512];
    OWNED_BUF body;
    Msg msg;

    buf_init(&body, 4096);
    assert_true(api_print_job_write(&job, &body, NULL));
    snprintf(rules, sizeof(rules),
             "[{\"method\": \"PUT\", \"times\": 1, \"act\": \"close\"}, {\"method\": \"PUT\", \"times\": 1, "
             "\"status\": 503},"
             " {\"method\": \"PUT\", \"headers\": {\"Content-Type\": \"application/json\"}, \"body_file\": \"%s\"}, "
             "{\"status\": 503}]",
             body_file("job", &body, path));
    assert_true(peer_rules(&peer, rules));
    assert_true(backend_run(backend, &report));
    msg = run(&home); /* not held up */
    assert_int_equal(msg.as.failed.command, CMD_HOME);
    assert_true(queue_pop(messages, &msg, 8000));
    assert_int_equal(msg.kind, MSG_REPORTED);
    assert_string_equal(msg.as.reported.id, ID);
    assert_int_equal(msg.as.reported.state, PRINT_PRINTED);
    assert_int_equal(peer_count(&peer, "PUT /kiosk/v1/print-jobs/" ID), 3);
}

/* The job may have gone on meanwhile, under another epoch: what was reported is what was heard. */
static void what_was_heard_is_what_was_reported(void **state)
{
    (void)state;
    ApiPrintJob job = { .id = ID, .copy = ID, .epoch = 9, .state = PRINT_ASSIGNED, .sheets = 1 };
    Cmd report = cmd_of(CMD_REPORT_PRINT);
    OWNED_BUF body;
    OWNED_BUF other;

    buf_init(&body, 4096);
    assert_true(api_print_job_write(&job, &body, NULL));
    answer_with(200, "application/json", &body);
    Msg msg = run(&report);
    assert_int_equal(msg.kind, MSG_REPORTED);
    assert_string_equal(msg.as.reported.id, ID);
    assert_int_equal(msg.as.reported.epoch, 3);

    job.id[0] = '1';
    buf_init(&other, 4096);
    assert_true(api_print_job_write(&job, &other, NULL));
    answer_with(200, "application/json", &other);
    msg = run(&report);
    assert_int_equal(msg.kind, MSG_FAILED);
    assert_int_equal(msg.as.failed.code, ERR_PROTOCOL);
}

static void a_report_that_hangs_gives_way(void **state)
{
    (void)state;
    Cmd report = cmd_of(CMD_REPORT_PRINT), home = cmd_of(CMD_HOME);

    assert_true(peer_rules(&peer, "[{\"method\": \"PUT\", \"act\": \"hang\"}, {\"status\": 503}]"));
    assert_true(backend_run(backend, &report));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "PUT") == 1));
    int64_t began = test_now_ms();
    Msg msg = run(&home);
    assert_int_equal(msg.as.failed.command, CMD_HOME);
    assert_in_range(test_now_ms() - began, 0, SOON_MS + 500);
}

static void a_report_refused_for_good_is_not_repeated(void **state)
{
    (void)state;
    Cmd report = cmd_of(CMD_REPORT_PRINT);

    assert_true(peer_rules(&peer, "[{\"status\": 404}]"));
    Msg msg = run(&report);
    assert_int_equal(msg.kind, MSG_FAILED);
    assert_int_equal(msg.as.failed.command, CMD_REPORT_PRINT);
    assert_int_equal(peer_count(&peer, "PUT"), 1);
}

static void a_later_report_takes_the_place_of_a_waiting_one(void **state)
{
    (void)state;
    Cmd sent = cmd_of(CMD_REPORT_PRINT), printed = cmd_of(CMD_REPORT_PRINT);

    assert_true(peer_rules(&peer, "[{\"times\": 1, \"status\": 503}, {\"status\": 404}]"));
    sent.as.report.report.state = PRINT_SENT;
    assert_true(backend_run(backend, &sent));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "PUT") == 1));
    Msg msg = run(&printed);
    assert_int_equal(msg.kind, MSG_FAILED);
    assert_false(queue_pop(messages, &msg, 1300)); /* when the first one's turn would have come */
    assert_int_equal(peer_count(&peer, "PUT"), 2);
}

static void stopping_takes_no_time_but_signs_out(void **state)
{
    (void)state;
    Cmd page = cmd_of(CMD_PAGE), out = cmd_of(CMD_SIGN_OUT);

    assert_true(peer_rules(&peer, "[{\"method\": \"GET\", \"act\": \"hang\"}, {\"status\": 204}]"));
    assert_true(backend_run(backend, &page));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "GET") == 1));
    assert_true(backend_run(backend, &out));
    int64_t began = test_now_ms();
    backend_stop(steal(&backend));
    assert_in_range(test_now_ms() - began, 0, SOON_MS);
    assert_int_equal(peer_count(&peer, "DELETE"), 1);
}

static void restart_with_farewell(int farewell_ms)
{
    BackendConfig config = { peer.address, peer.ca, peer.certificate, peer.key, 4000, farewell_ms };

    backend_stop(steal(&backend));
    backend = backend_start(&config, messages, log_to_nowhere, NULL);
    assert_non_null(backend);
}

/* One waits for its repetition, one has just been asked for. */
static void reports_go_out_before_the_end(void **state)
{
    (void)state;
    Cmd report = cmd_of(CMD_REPORT_PRINT);

    restart_with_farewell(2000);
    assert_true(peer_rules(&peer, "[{\"times\": 1, \"status\": 500}, {\"status\": 404}]"));
    assert_true(backend_run(backend, &report));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "PUT") == 1));
    report.as.report.report.epoch++;
    assert_true(backend_run(backend, &report));
    int64_t began = test_now_ms();
    backend_stop(steal(&backend));
    assert_in_range(test_now_ms() - began, 0, SOON_MS + 500);
    assert_int_equal(peer_count(&peer, "PUT"), 3);
}

static void a_silent_registrar_holds_the_end_up_only_so_long(void **state)
{
    (void)state;
    Cmd report = cmd_of(CMD_REPORT_PRINT);

    restart_with_farewell(700);
    assert_true(peer_rules(&peer, "[{\"act\": \"hang\"}]"));
    assert_true(backend_run(backend, &report));
    assert_true(TEST_UNTIL(3000, peer_count(&peer, "PUT") == 1));
    int64_t began = test_now_ms();
    backend_stop(steal(&backend));
    assert_in_range(test_now_ms() - began, 500, SOON_MS);
}

static void commands_of_others_are_not_taken(void **state)
{
    (void)state;
    Cmd cmd = cmd_of(CMD_PRINT_STOP);

    assert_false(backend_run(backend, &cmd));
}

int main(void)
{
#define BACKEND_TEST(test) cmocka_unit_test_setup_teardown(test, start_backend, stop_backend)
    const struct CMUnitTest tests[] = {
        BACKEND_TEST(a_session_comes_back_and_the_secret_goes_out_once),
        BACKEND_TEST(each_command_asks_for_its_own),
        BACKEND_TEST(pages_and_previews_are_files),
        BACKEND_TEST(a_draft_is_kept_and_comes_back),
        BACKEND_TEST(an_open_request_is_an_answer),
        BACKEND_TEST(a_known_catalogue_is_not_sent_again),
        BACKEND_TEST(problems_are_told_by_their_kind),
        BACKEND_TEST(nonsense_is_a_broken_protocol),
        BACKEND_TEST(an_id_that_is_none_is_never_asked_for),
        BACKEND_TEST(a_registrar_that_is_away_is_offline),
        BACKEND_TEST(a_sign_out_ends_what_is_under_way_and_what_waits),
        BACKEND_TEST(what_nobody_waits_for_gives_way),
        BACKEND_TEST(a_draft_outlives_its_visit),
        BACKEND_TEST(a_cancel_does_not_reach_what_is_asked_after_it),
        BACKEND_TEST(a_newer_preview_takes_the_place_of_an_older),
        BACKEND_TEST(a_late_sign_out_leaves_the_next_visit_alone),
        BACKEND_TEST(a_report_is_repeated_until_it_is_heard),
        BACKEND_TEST(what_was_heard_is_what_was_reported),
        BACKEND_TEST(a_report_that_hangs_gives_way),
        BACKEND_TEST(a_report_refused_for_good_is_not_repeated),
        BACKEND_TEST(a_later_report_takes_the_place_of_a_waiting_one),
        BACKEND_TEST(stopping_takes_no_time_but_signs_out),
        BACKEND_TEST(reports_go_out_before_the_end),
        BACKEND_TEST(a_silent_registrar_holds_the_end_up_only_so_long),
        BACKEND_TEST(commands_of_others_are_not_taken),
    };

    return cmocka_run_group_tests(tests, start_peer, stop_peer);
}
