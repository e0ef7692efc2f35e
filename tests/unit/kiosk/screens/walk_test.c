/* Somebody who touches whatever is on the glass, while the registrar and the printer answer well, badly, late or not at
 * all. */
#include "kiosk/app/glass.h"

#include "gallery/asked.h"
#include "kiosk/screens/screens.h"

#define TOUCHES      20000
#define PENDING_MOST 64

typedef struct Pending {
    CmdKind command;
    uint32_t visit, asked, serial;
} Pending;

static Glass glass;
static Pending pending[PENDING_MOST];
static size_t pending_count;
static bool forgot;

static uint32_t roll(uint32_t sides)
{
    uint32_t value;

    assert_true(random_fill(&glass.random, &value, sizeof value, NULL));
    return value % sides;
}

static bool is_answered(CmdKind kind)
{
    static const bool answered[CMD_KIND_COUNT] = {
        [CMD_HEARTBEAT] = true,    [CMD_CATALOGUE] = true,  [CMD_SIGN_IN] = true,      [CMD_HOME] = true,
        [CMD_PREVIEW] = true,      [CMD_ISSUE] = true,      [CMD_PAGE] = true,         [CMD_REPORT_PRINT] = true,
        [CMD_PRINT] = true,        [CMD_PRINT_STOP] = true, [CMD_ASK_PRINTER] = true,  [CMD_DRAFT] = true,
        [CMD_DRAFT_OPEN] = true,   [CMD_PHONE_LINK] = true, [CMD_PHONE_STATE] = true,  [CMD_PHONE_DIGITS] = true,
        [CMD_PHONE_END] = true,    [CMD_WITHDRAW] = true,   [CMD_CARD_SIGN_IN] = true, [CMD_CARD] = true,
        [CMD_CARD_SET] = true,     [CMD_CARD_BLOCK] = true, [CMD_GRANT] = true,        [CMD_GRANT_STATE] = true,
        [CMD_GRANT_DIGITS] = true, [CMD_GRANT_TOKEN] = true
    };

    return answered[kind];
}

static void seen(void *ctx, const Cmd *cmd)
{
    (void)ctx;
    if (cmd->kind == CMD_FORGET)
        forgot = true;
    if (cmd->kind == CMD_CANCEL_REQUESTS) { /* what is under way for the visit is forgotten, most of the time */
        size_t kept = 0;
        for (size_t i = 0; i < pending_count; i++)
            if (pending[i].visit != cmd->visit || pending[i].command == CMD_REPORT_PRINT ||
                pending[i].command == CMD_PRINT || roll(4) == 0)
                pending[kept++] = pending[i];
        pending_count = kept;
    }
    if (is_answered(cmd->kind) && pending_count < PENDING_MOST)
        pending[pending_count++] = (Pending){ cmd->kind, cmd->visit, cmd->asked,
                                              cmd->kind == CMD_PREVIEW ? cmd->as.preview.serial
                                              : cmd->kind == CMD_DRAFT ? cmd->as.draft.serial
                                                                       : 0 };
}

static Msg of(const Pending *asked, MsgKind kind)
{
    return (Msg){ .kind = kind, .visit = asked->visit, .asked = asked->asked };
}

static void answer_session(const Pending *asked)
{
    Msg msg = of(asked, MSG_SIGNED_IN);

    msg.as.session = (ApiSession){ .token = "token",
                                   .given_name = "Malika",
                                   .number = "392241100742",
                                   .weak = roll(4) == 0,
                                   .from_verifier = roll(4) == 0,
                                   .seconds_left = 1800 };
    glass_send(&glass, &msg);
}

static void answer_service(size_t index, ApiService *ret)
{
    *ret = (ApiService){ .allowed = roll(5) != 0,
                         .reason = (ApiReason)roll(REASON_COUNT),
                         .way_on = (ApiWayOn)roll(WAY_ON_COUNT),
                         .copies_left = (int)roll(5) - 1 };
    str_copy_cut(str_from(catalogue_at(glass.model.catalogue, index)->id), ret->service, sizeof ret->service);
    str_copy_cut(ret->way_on == WAY_ON_SERVICE ? STR("transcript") : STR("2026-12-01"), ret->way_on_value,
                 sizeof ret->way_on_value);
}

static void answer_home(const Pending *asked)
{
    Msg msg = of(asked, MSG_HOME);
    ApiHome *home = mem_new(1, sizeof *home);

    assert_non_null(home);
    home->service_count = roll(10) ? catalogue_count(glass.model.catalogue) : 0;
    if (roll(6) == 0)
        home->service_count = 1;
    for (size_t i = 0; i < home->service_count; i++)
        answer_service(i, &home->services[i]);
    home->shown_count = roll(2);
    home->shown[0] = (ApiShown){ .field = "student.passport_name", .value = "YULDOSHEVA MALIKA" };
    home->request_count = roll(5);
    for (size_t i = 0; i < home->request_count; i++) {
        home->requests[i] =
            asked_line(&glass, (unsigned)i + 1, "academic-record", (ApiRequestState)roll(REQUEST_STATE_COUNT));
        home->requests[i].promised_at_s = 1795000000 + (int64_t)roll(1000000);
    }
    home->draft_count = roll(3) == 0;
    home->drafts[0] = (ApiDraftLine){
        .service = "certificate-of-study", .saved_at_s = 1795000000, .answered = 1, .of = (int)roll(2) + 1
    };
    msg.as.home = home;
    glass_send(&glass, &msg);
}

static void answer_preview(const Pending *asked)
{
    Msg msg = of(asked, MSG_PREVIEW);

    msg.as.preview.png = blob_new("png", 3);
    msg.as.preview.pages = 1 + (int)roll(5);
    msg.as.preview.serial = asked->serial;
    glass_send(&glass, &msg);
}

static void answer_issue(const Pending *asked)
{
    Msg msg = of(asked, MSG_ISSUED);

    msg.as.issued.issued = glass_issued(&glass, roll(4) ? PRINT_ASSIGNED : (ApiPrintState)roll(PRINT_STATE_COUNT));
    msg.as.issued.already_open = roll(5) == 0;
    if (glass.request.carrier == CARRIER_PHONE)
        msg.as.issued.issued.job = (ApiPrintJob){ 0 };
    else if (model_hands_in(&glass.model) && roll(5))
        msg.as.issued.issued = (ApiIssued){ .number = "S-2026/000123",
                                            .state = (ApiRequestState)roll(REQUEST_STATE_COUNT),
                                            .promised_at_s = 1796000000,
                                            .sum = 412000,
                                            .invoice = "2026-0000417" };
    glass_send(&glass, &msg);
}

/* The phone goes on, or does not; what is said of a link is of the one on the glass. */
static void answer_phone(const Pending *asked)
{
    Msg msg = of(asked, MSG_PHONE);
    const ApiPhoneLink *now = &glass.model.visit.phone.link;
    ApiPhoneState next = (ApiPhoneState)(now->state + 1);

    msg.as.phone = *now;
    if (asked->command == CMD_PHONE_LINK)
        msg.as.phone = (ApiPhoneLink){ .id = "40000000-0000-4000-8000-000000000001",
                                       .address = "HTTPS://HUJJAT.NAMUNA.UZ/D/7K3M9QXD2HVT58WE3TQFR6XK4A2B",
                                       .code = "58WE-3TQF-R6XK" };
    else if (asked->command == CMD_PHONE_END)
        msg.as.phone.withdrawn = true;
    else if (roll(2))
        msg.as.phone.state = roll(5) && next <= PHONE_USED ? next : (ApiPhoneState)roll(PHONE_STATE_COUNT);
    glass_send(&glass, &msg);
}

static void answer_page(const Pending *asked)
{
    Msg msg = of(asked, MSG_PAGE);

    msg.as.page.pdf = blob_new("%PDF", 4);
    msg.as.page.epoch = glass.epoch;
    glass_send(&glass, &msg);
}

/* The printer goes through its phases in their order, with faults on the way, to one of the ends. */
static void answer_print(const Pending *asked)
{
    static const PrintPhase ends[] = { PRINT_PHASE_PRINTED, PRINT_PHASE_PRINTED,   PRINT_PHASE_PRINTED,
                                       PRINT_PHASE_PARTLY,  PRINT_PHASE_CANCELLED, PRINT_PHASE_UNKNOWN,
                                       PRINT_PHASE_NOT_SENT };
    PrintPhase phase = glass.model.paper.phase < PRINT_PHASE_SHEETS && roll(3) ? glass.model.paper.phase + 1
                       : roll(3)                                               ? PRINT_PHASE_SHEETS
                                                                               : ends[roll(COUNT(ends))];
    Msg msg = of(asked, MSG_PRINT);

    if (!glass.model.paper.job.id[0])
        return;
    msg.as.print = (MsgPrint){ .job = glass.model.paper.job,
                               .phase = phase,
                               .condition = roll(3) ? PRINTER_READY : (PrinterCondition)roll(PRINTER_CONDITION_COUNT),
                               .sheets = (int)roll(3),
                               .printer_job = 1 };
    glass_send(&glass, &msg);
    if (glass.model.paper.job.id[0] && !phase_is_final(glass.model.paper.phase) && pending_count < PENDING_MOST)
        pending[pending_count++] = *asked;
}

static void answer_kept(const Pending *asked)
{
    Msg msg = of(asked, MSG_DRAFT_KEPT);

    msg.as.kept.serial = asked->serial;
    glass_send(&glass, &msg);
}

static void answer_draft(const Pending *asked)
{
    Msg msg = of(asked, MSG_DRAFT);
    ApiDraft *draft = mem_new(1, sizeof *draft);

    assert_non_null(draft);
    assert_true(answers_set(&draft->answers, "receiver", roll(2) ? STR("bank") : STR("other")));
    assert_true(str_copy(roll(2) ? STR("place") : STR(""), draft->question, sizeof draft->question));
    msg.as.draft = draft;
    glass_send(&glass, &msg);
}

static void answer_card(const Pending *asked)
{
    Msg msg = of(asked, MSG_MY_CARD);
    bool active = asked->command == CMD_CARD_SET || (asked->command == CMD_CARD && roll(2));

    msg.as.my_card = (ApiCard){ .state = active                             ? API_CARD_ACTIVE
                                         : asked->command == CMD_CARD_BLOCK ? API_CARD_BLOCKED
                                                                            : (ApiCardState)roll(API_CARD_STATE_COUNT),
                                .since_s = 1795000000,
                                .used_at_s = roll(2) ? 1795600000 : 0,
                                .may_set = roll(4) != 0,
                                .by_wrong_pins = roll(2) };
    glass_send(&glass, &msg);
}

/* A phone goes on with it, or does not. */
static void answer_grant(const Pending *asked)
{
    Msg msg = of(asked, asked->command == CMD_GRANT ? MSG_GRANT_OFFERED : MSG_GRANT);
    const ApiGrantState now = glass.model.visit.grant.state;

    if (asked->command == CMD_GRANT)
        msg.as.grant_offer = (ApiGrantOffer){ .grant = "60000000-0000-4000-8000-000000000001",
                                              .device_code = "device",
                                              .user_code = "WDJB-MJHT",
                                              .verification_uri = "https://hujjat.namuna.uz/g",
                                              .verification_uri_complete = "HTTPS://HUJJAT.NAMUNA.UZ/G/WDJBMJHT",
                                              .expires_in = 120,
                                              .interval = 5 };
    else
        msg.as.grant =
            (ApiGrant){ .id = "60000000-0000-4000-8000-000000000001",
                        .state = asked->command == CMD_GRANT_DIGITS ? (roll(2) ? GRANT_MATCHED : GRANT_DENIED)
                                 : now < GRANT_DIGITS && roll(2)    ? (ApiGrantState)(now + 1)
                                 : roll(8)                          ? now
                                                                    : (ApiGrantState)roll(GRANT_STATE_COUNT),
                        .seconds_left = 60 };
    glass_send(&glass, &msg);
}

/* The reader comes and goes; a card is held to it, good or not, and pulled out. */
static void hold_card(void)
{
    Msg msg = { .kind = MSG_CARD, .as.card = { .what = roll(3) ? CARD_WAS_READ : (CardWhat)roll(CARD_WHAT_COUNT) } };

    msg.as.card.reader = roll(8) != 0;
    if (msg.as.card.what == CARD_WAS_READ) {
        msg.as.card.kind = (CardKind)roll(CARD_KIND_COUNT);
        msg.as.card.fault = roll(2) ? CARD_OK : (CardFault)roll(CARD_NUMBER + 1);
        msg.as.card.stays = msg.as.card.kind == CARD_CHIP && roll(2);
        assert_true(str_copy(msg.as.card.fault == CARD_NUMBER ? STR("392241100742") : STR("04A1B2C3D4E580"),
                             msg.as.card.card, sizeof msg.as.card.card));
    }
    glass_send(&glass, &msg);
}

static void answer_badly(const Pending *asked)
{
    Msg msg = of(asked, MSG_FAILED);

    msg.as.failed.command = (uint8_t)asked->command;
    msg.as.failed.problem = (ApiProblem){ .kind = (ApiProblemKind)(roll(2) ? PROBLEM_NONE : roll(PROBLEM_COUNT)),
                                          .retry_after_s = (int)roll(60),
                                          .field = "receiver",
                                          .fault = FORM_NOT_OFFERED };
    msg.as.failed.serial = asked->serial;
    glass_send(&glass, &msg);
}

static void answer(void)
{
    size_t index = roll((uint32_t)pending_count);
    Pending asked = pending[index];
    bool of_printer = asked.command == CMD_PRINT || asked.command == CMD_PRINT_STOP || asked.command == CMD_ASK_PRINTER;

    pending[index] = pending[--pending_count];
    if (!of_printer && asked.command != CMD_REPORT_PRINT && roll(6) == 0) {
        answer_badly(&asked);
        return;
    }
    switch (asked.command) {
    case CMD_HEARTBEAT: glass_heartbeat(&glass, catalogue_version(glass.model.catalogue)); break;
    case CMD_CATALOGUE: glass_catalogue(&glass); break;
    case CMD_SIGN_IN: answer_session(&asked); break;
    case CMD_HOME: answer_home(&asked); break;
    case CMD_PREVIEW: answer_preview(&asked); break;
    case CMD_ISSUE: answer_issue(&asked); break;
    case CMD_PAGE: answer_page(&asked); break;
    case CMD_WITHDRAW: {
        Msg msg = of(&asked, MSG_WITHDRAWN);
        glass_send(&glass, &msg);
        break;
    }
    case CMD_REPORT_PRINT: glass_reported(&glass); break;
    case CMD_DRAFT: answer_kept(&asked); break;
    case CMD_DRAFT_OPEN: answer_draft(&asked); break;
    case CMD_PHONE_LINK:
    case CMD_PHONE_STATE:
    case CMD_PHONE_DIGITS:
    case CMD_PHONE_END: answer_phone(&asked); break;
    case CMD_GRANT_TOKEN:
    case CMD_CARD_SIGN_IN: answer_session(&asked); break;
    case CMD_GRANT:
    case CMD_GRANT_STATE:
    case CMD_GRANT_DIGITS: answer_grant(&asked); break;
    case CMD_CARD:
    case CMD_CARD_SET:
    case CMD_CARD_BLOCK: answer_card(&asked); break;
    case CMD_PRINT:
    case CMD_PRINT_STOP: answer_print(&asked); break;
    case CMD_ASK_PRINTER:
        glass_printer(&glass, roll(3) ? PRINTER_READY : (PrinterCondition)roll(PRINTER_CONDITION_COUNT));
        break;
    case CMD_VISITOR:
    case CMD_REQUEST:
    case CMD_ANSWER:
    case CMD_RECEIPT:
    case CMD_PAPERS:
    case CMD_PAPERS_STATE:
    case CMD_PAPERS_END:
    case CMD_PAPERS_PAGE:
    case CMD_INFORMATION:
    case CMD_STUDY:
    case CMD_LOOKS:
    case CMD_HALL:
    case CMD_TICKET:
    case CMD_TICKET_STATE:
    case CMD_TICKET_END:
    case CMD_TICKET_SLIP:
    case CMD_CALL:
    case CMD_CALL_STATE:
    case CMD_CALL_END:
    case CMD_NONE:
    case CMD_NOTICES:
    case CMD_THEME:
    case CMD_DRAFT_DROP:
    case CMD_SIGN_OUT:
    case CMD_CANCEL_REQUESTS:
    case CMD_SETTLED:
    case CMD_FORGET:
    case CMD_GRANT_END:
    case CMD_KIND_COUNT: break;
    }
}

/* A control of the tree, any one; NULL when there is none but keys and the frame's own. */
static const Node *control(const Tree *tree, size_t *ret_ways)
{
    const Node *chosen = NULL;
    size_t count = 0;

    *ret_ways = 0;
    for (size_t i = 0; i < tree_count(tree); i++) {
        const Node *node = tree_at(tree, i);
        if (!node_is_control(node) || node->role == ROLE_KEY)
            continue;
        bool of_frame = strncmp(node->id, "strip.", 6) == 0 || strcmp(node->id, "settings") == 0;
        *ret_ways += !of_frame;
        bool leaves = of_frame || strcmp(node->id, "finish") == 0 || strcmp(node->id, "back") == 0;
        if ((!leaves || roll(8) == 0) && roll((uint32_t)++count) == 0)
            chosen = node;
    }
    return chosen;
}

static void check_glass(const Tree *tree, size_t ways)
{
    const Model *model = &glass.model;
    /* Where there is nothing to touch, time ends it: an answer, the printer, or the registrar that comes back. */
    bool waits = model->visit.waiting.command != CMD_NONE || model_is_printing(model) ||
                 model_screen(model) == SCREEN_OUT_OF_SERVICE;

    assert_false(tree_failed(tree));
    if (ways == 0 && !waits)
        fail_msg("no way on from %s, fault %d", app_screen_name(model), (int)model->visit.fault.kind);
    assert_true(app_next_wake(model) < INT64_MAX);
    assert_int_equal(model->impossible, 0);
}

static void type_something(void)
{
    static const char *const texts[] = { "392241100742", "bahor2026", "Chirchiq", "24112026" };

    glass_type(&glass, texts[roll(COUNT(texts))]);
}

/* The certificate, and services of every other kind. */
static const char *whole_catalogue(void)
{
    static char text[65536];
    size_t own = strlen(glass_catalogue_json) - 2; /* without its end */

    (void)snprintf(text, sizeof text, "%.*s,%s", (int)own, glass_catalogue_json, strchr(asked_catalogue(), '[') + 1);
    return text;
}

/* What this catalogue and this registrar have no way to: tests/fuzz/visits walks there. */
static bool is_elsewhere(ScreenKind screen)
{
    static const ScreenKind screens[] = { SCREEN_DISPLAY, SCREEN_PAPER,  SCREEN_INFORMATION,
                                          SCREEN_ARTICLE, SCREEN_STUDY,  SCREEN_LOOKS,
                                          SCREEN_TOPICS,  SCREEN_TICKET, SCREEN_CALL };

    for (size_t i = 0; i < COUNT(screens); i++)
        if (screens[i] == screen)
            return true;
    return false;
}

static void every_way_leads_on(void **state)
{
    Error err = { 0 };
    OWNED(Texts) texts = texts_none(&err);
    OWNED(Tree) tree = tree_new(&err);
    unsigned visited[SCREEN_COUNT] = { 0 };
    size_t ways;

    (void)state;
    assert_non_null(texts);
    assert_non_null(tree);
    glass_open(&glass, texts, LANGUAGE_UZ);
    glass.catalogue_json = whole_catalogue();
    glass_serve(&glass);
    glass.seen = seen;
    for (unsigned i = 0; i < TOUCHES; i++) {
        tree_clear(tree, model_language(&glass.model));
        screen_build(&glass.model, tree);
        const Node *node = control(tree, &ways);
        check_glass(tree, ways);
        visited[model_screen(&glass.model)]++;
        if (pending_count > 0 && roll(3))
            answer();
        else if (roll(40) == 0)
            glass_wait(&glass, 1000 + roll(90000));
        else if (roll(60) == 0)
            hold_card();
        else if (model_screen(&glass.model) == SCREEN_CARD && roll(2)) {
            glass_type(&glass, roll(3) ? "2580" : "1234");
            glass_key(&glass, EDIT_ENTER);
        } else if (model_screen(&glass.model) == SCREEN_SIGN_IN && roll(6) == 0)
            glass_act(&glass, ACT_GRANT, 0);
        else if (model_screen(&glass.model) == SCREEN_GRANT && roll(2)) {
            glass_type(&glass, "42");
            glass_key(&glass, EDIT_ENTER);
        } else if (glass.model.visit.screen == SCREEN_SIGN_IN || (glass.model.visit.screen == SCREEN_FORM && roll(2)) ||
                   (glass.model.visit.phone.link.state == PHONE_OPENED && roll(2))) {
            type_something();
            glass_key(&glass, EDIT_ENTER);
        } else if (node)
            glass_act(&glass, (Act)node->send.act, node->send.arg);
        glass_wait(&glass, roll(400));
    }
    glass.seen = NULL;
    glass_wait(&glass, 1000000); /* whoever stands there leaves */
    assert_false(glass.model.visit.active);
    for (int i = SCREEN_ATTRACT; i < SCREEN_COUNT; i++)
        if (visited[i] == 0 && !is_elsewhere((ScreenKind)i))
            fail_msg("screen %d was never reached", i);
    assert_true(forgot);
    glass_close(&glass);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_way_leads_on) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
