/* For tests: a kiosk's way to a registrar that a peer plays. */
#ifndef TESTS_BACKEND_RIG_H
#define TESTS_BACKEND_RIG_H

#include <fcntl.h>

#include "base/memory.h"
#include "kiosk/devices/backend.h"
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
    BackendConfig config = { peer.address, peer.ca, peer.certificate, peer.key, 4000, 0, NULL };
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
    } else if (kind == CMD_WITHDRAW) {
        snprintf(cmd.as.withdraw.key, sizeof(cmd.as.withdraw.key), ID);
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
    } else if (kind >= CMD_PHONE_LINK && kind <= CMD_PHONE_END) {
        snprintf(cmd.as.phone.id, sizeof(cmd.as.phone.id), ID);
        snprintf(cmd.as.phone.digits.digits, sizeof(cmd.as.phone.digits.digits), "47");
    }
    return cmd;
}

#define BACKEND_TEST(test) cmocka_unit_test_setup_teardown(test, start_backend, stop_backend)

#endif
