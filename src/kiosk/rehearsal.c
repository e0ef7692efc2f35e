#include "kiosk/rehearsal.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "kiosk/app/acts.h"

#define QUESTIONS_MOST 24 /* of one form; more are not rehearsed */
#define START_MS       1000

typedef struct Rehearsal {
    const RehearsalPlan *plan;
    Model model;
    CmdList cmds;
    Random random;
    int64_t now_ms;
    uint32_t preview_serial;
    ApiPrintJob job; /* of the last CMD_PRINT */
    bool *shown;
    const char *service;
    bool failed;
    Error *err;
} Rehearsal;

/* What a kiosk shows when its registrar can't be asked for the real ones. */
static const char own_service[] =
    "{\"services\":[{\"id\":\"self-test\",\"group\":\"documents\",\"icon\":\"doc\",\"order\":10,"
    "\"titles\":{\"uz\":\"Sinov\",\"uz-Cyrl\":\"Синов\",\"ru\":\"Проверка\",\"en\":\"Self-test\"},"
    "\"help\":{\"uz\":\"Kiosk oʻzini tekshirmoqda.\",\"uz-Cyrl\":\"Киоск ўзини текширмоқда.\","
    "\"ru\":\"Киоск проверяет себя.\",\"en\":\"The kiosk tests itself.\"},"
    "\"whom\":{\"uz\":\"Barchaga\",\"uz-Cyrl\":\"Барчага\",\"ru\":\"Всем\",\"en\":\"Everybody\"},"
    "\"for\":[{\"is\":\"status\",\"in\":[\"11\"]}],"
    "\"form\":[{\"id\":\"receiver\",\"type\":\"choice\",\"required\":true,"
    "\"label\":{\"uz\":\"Kim uchun?\",\"uz-Cyrl\":\"Ким учун?\",\"ru\":\"Для кого?\",\"en\":\"For whom?\"},"
    "\"choices\":[{\"id\":\"bank\",\"label\":{\"uz\":\"Bankka\",\"uz-Cyrl\":\"Банкка\",\"ru\":\"В банк\",\"en\":\"A "
    "bank\"}},"
    "{\"id\":\"any\",\"label\":{\"uz\":\"Istalgan joyga\",\"uz-Cyrl\":\"Исталган жойга\","
    "\"ru\":\"По месту требования\",\"en\":\"Anywhere\"}}]},"
    "{\"id\":\"place\",\"type\":\"text\",\"required\":true,\"least\":3,\"most\":80,"
    "\"label\":{\"uz\":\"Tashkilot nomi\",\"uz-Cyrl\":\"Ташкилот номи\",\"ru\":\"Название организации\","
    "\"en\":\"Name of the organisation\"}}],"
    "\"yields\":{\"document\":\"certificate-of-study\",\"languages\":[\"uz\",\"en\"]},\"source\":\"ours\","
    "\"promise\":{\"working_hours\":0},\"fee\":0,\"limit\":{\"day\":3},\"repeat\":\"always\"}]}";

/* --- messages --------------------------------------------------------------------------------------------------- */

static void take_commands(Rehearsal *r)
{
    for (size_t i = 0; i < r->cmds.count; i++) {
        Cmd *cmd = &r->cmds.items[i];
        if (cmd->kind == CMD_PREVIEW)
            r->preview_serial = cmd->as.preview.serial;
        else if (cmd->kind == CMD_PRINT)
            r->job = cmd->as.print.job;
        cmd_fini(cmd);
    }
    r->cmds.count = 0;
}

static void send(Rehearsal *r, Msg *msg)
{
    msg->monotonic_ms = r->now_ms;
    msg->at_ms = r->plan->wall_ms + r->now_ms - START_MS;
    if (!random_fill(&r->random, msg->random, sizeof msg->random, r->err)) {
        r->failed = true;
        msg_fini(msg);
        return;
    }
    app_update(&r->model, msg, &r->cmds);
    take_commands(r);
}

static void act(Rehearsal *r, Act act, uint16_t arg)
{
    Msg msg = { .kind = MSG_ACT, .as.act = { (uint16_t)act, arg } };

    send(r, &msg);
}

static void type(Rehearsal *r, const char *text)
{
    Msg msg = { .kind = MSG_TEXT };

    str_copy_cut(str_from(text), msg.as.text, sizeof msg.as.text);
    send(r, &msg);
}

static void let_pass(Rehearsal *r, int64_t ms)
{
    int64_t until_ms = r->now_ms + ms;

    for (int64_t wake_ms; !r->failed && (wake_ms = app_next_wake(&r->model)) <= until_ms;) {
        Msg tick = { .kind = MSG_TICK };
        r->now_ms = wake_ms > r->now_ms ? wake_ms : r->now_ms;
        send(r, &tick);
        if (!r->failed && app_next_wake(&r->model) <= r->now_ms)
            r->failed = !error_set(r->err, ERR_INTERNAL, "%s: it would never sleep again", app_screen_name(&r->model));
    }
    r->now_ms = until_ms;
}

/* An answer to what the visit waits for. */
static Msg answer(const Rehearsal *r, MsgKind kind)
{
    return (Msg){ .kind = kind, .visit = r->model.visits, .asked = r->model.visit.waiting.asked };
}

/* part 0: none */
static void show(Rehearsal *r, const char *what, size_t part)
{
    char place[128], number[24] = "";

    if (r->failed)
        return;
    if (part > 0)
        (void)snprintf(number, sizeof number, " %zu", part);
    (void)snprintf(place, sizeof place, "%s%s%s%s%s%s", app_screen_name(&r->model), *what ? " " : "", what,
                   *r->service ? " " : "", r->service, number);
    r->shown[model_screen(&r->model)] = true;
    if (!r->plan->show(r->plan->ctx, &r->model, place))
        r->failed = !error_set(r->err, ERR_CANCELLED, "at %s", place);
}

/* --- the registrar's and the printer's answers -------------------------------------------------------------------- */

static void heartbeat(Rehearsal *r, const char *catalogue)
{
    Msg msg = { .kind = MSG_HEARTBEAT };

    str_copy_cut(str_from(r->plan->config->place), msg.as.heartbeat.place, sizeof msg.as.heartbeat.place);
    str_copy_cut(STR("18:00"), msg.as.heartbeat.office_hours, sizeof msg.as.heartbeat.office_hours);
    str_copy_cut(str_from(catalogue), msg.as.heartbeat.catalogue, sizeof msg.as.heartbeat.catalogue);
    send(r, &msg);
}

static void printer(Rehearsal *r, PrinterCondition condition)
{
    Msg msg = { .kind = MSG_PRINTER, .as.printer = { condition, false, false } };

    send(r, &msg);
}

static void refuse(Rehearsal *r, CmdKind command, ApiProblemKind problem)
{
    Msg msg = answer(r, MSG_FAILED);

    if (command == CMD_HEARTBEAT || command == CMD_CATALOGUE)
        msg.visit = msg.asked = 0;
    msg.as.failed.command = (uint8_t)command;
    msg.as.failed.code = problem == PROBLEM_NONE ? ERR_OFFLINE : ERR_PROTOCOL;
    msg.as.failed.problem.kind = problem;
    send(r, &msg);
}

static void serve(Rehearsal *r)
{
    Msg msg = { .kind = MSG_CATALOGUE };

    heartbeat(r, "self-test");
    msg.as.catalogue =
        r->plan->catalogue ? catalogue_keep(r->plan->catalogue) : catalogue_parse(str_from(own_service), r->err);
    if (!msg.as.catalogue) {
        r->failed = true;
        return;
    }
    send(r, &msg);
    heartbeat(r, catalogue_version(r->model.catalogue));
    printer(r, PRINTER_READY);
}

static void sign_in(Rehearsal *r)
{
    Msg msg = answer(r, MSG_SIGNED_IN);

    msg.as.session = (ApiSession){
        .token = "rehearsal", .given_name = "Abdulaziz", .number = "000000000000", .seconds_left = 86400
    };
    send(r, &msg);
}

static void add_request(const Rehearsal *r, ApiHome *home, ApiRequestState state)
{
    ApiRequestLine *line = &home->requests[home->request_count];

    *line = (ApiRequestLine){ .number = "S-2026/000000",
                              .invoice = "2026-0000000",
                              .sum = 412000,
                              .words = "Namuna",
                              .state = state,
                              .at_s = r->plan->wall_ms / 1000,
                              .promised_at_s = r->plan->wall_ms / 1000 + 86400 };
    (void)snprintf(line->id, sizeof line->id, "00000000-0000-4000-8000-%012zu", home->request_count);
    str_copy_cut(str_from(home->services[0].service), line->service, sizeof line->service);
    home->request_count++;
}

/* Everything is offered to everybody; mine: a request in every state, and something was begun. */
static void home(Rehearsal *r, bool mine)
{
    Msg msg = answer(r, MSG_HOME);
    ApiHome *home = mem_new(1, sizeof *home);

    if (!home) {
        r->failed = !error_set(r->err, ERR_MEMORY, "a home");
        return;
    }
    for (size_t i = 0; i < catalogue_count(r->model.catalogue) && i < API_SERVICES_MOST; i++) {
        ApiService *offer = &home->services[home->service_count++];
        *offer = (ApiService){ .allowed = true, .copies_left = 3 };
        str_copy_cut(str_from(catalogue_at(r->model.catalogue, i)->id), offer->service, sizeof offer->service);
    }
    if (mine && home->service_count > 0) {
        home->draft_count = 1;
        for (int i = 0; i < REQUEST_STATE_COUNT; i++)
            add_request(r, home, (ApiRequestState)i);
        home->drafts[0] = (ApiDraftLine){ .saved_at_s = r->plan->wall_ms / 1000, .answered = 1, .of = 2 };
        str_copy_cut(str_from(home->services[0].service), home->drafts[0].service, sizeof home->drafts[0].service);
    }
    msg.as.home = home;
    send(r, &msg);
}

static void preview(Rehearsal *r)
{
    Msg msg = answer(r, MSG_PREVIEW);

    msg.as.preview.png = blob_new("", 0); /* no paper is drawn here: where it would be stays blank */
    msg.as.preview.pages = 2;
    msg.as.preview.serial = r->preview_serial;
    send(r, &msg);
}

static void issue(Rehearsal *r)
{
    Msg issued = answer(r, MSG_ISSUED), page;

    issued.as.issued.issued = (ApiIssued){ .document = "00000000-0000-4000-8000-000000000002",
                                           .number = "M-2026/000000",
                                           .code = "0000-0000-0000",
                                           .copy = "00000000-0000-4000-8000-000000000003",
                                           .pages = 2,
                                           .job = { .id = "00000000-0000-4000-8000-000000000004",
                                                    .copy = "00000000-0000-4000-8000-000000000003",
                                                    .epoch = 1,
                                                    .state = PRINT_ASSIGNED,
                                                    .sheets = 2 } };
    (void)snprintf(issued.as.issued.issued.job.id, API_ID_SIZE, "00000000-0000-4000-8000-%012u", r->model.visits);
    send(r, &issued);
    page = answer(r, MSG_PAGE);
    page.as.page.pdf = blob_new("%PDF", 4);
    page.as.page.epoch = 1;
    send(r, &page);
}

static void print(Rehearsal *r, PrintPhase phase, PrinterCondition condition, int sheets)
{
    Msg msg = answer(r, MSG_PRINT);

    msg.as.print = (MsgPrint){ .job = r->job, .phase = phase, .condition = condition, .sheets = sheets };
    send(r, &msg);
}

/* --- the acts ----------------------------------------------------------------------------------------------------- */

static void play_out_of_service(Rehearsal *r)
{
    show(r, "starting", 0);
    r->model.closed = true;
    show(r, "closed", 0);
    r->model.closed = false;
    refuse(r, CMD_HEARTBEAT, PROBLEM_NONE);
    show(r, "no registrar", 0);
    refuse(r, CMD_HEARTBEAT, PROBLEM_UNKNOWN_KIOSK);
    show(r, "unknown kiosk", 0);
}

static void play_attract(Rehearsal *r)
{
    for (int i = PRINTER_READY; i < PRINTER_CONDITION_COUNT; i++) {
        printer(r, (PrinterCondition)i);
        show(r, printer_condition_name((PrinterCondition)i), 0);
    }
    printer(r, PRINTER_READY);
}

static void to_home(Rehearsal *r, bool mine)
{
    act(r, ACT_START, 0);
    type(r, "000000000000");
    act(r, ACT_SIGN_IN, 0);
    type(r, "rehearsal");
    act(r, ACT_SIGN_IN, 0);
    sign_in(r);
    home(r, mine);
}

static void play_sign_in(Rehearsal *r)
{
    act(r, ACT_START, 0);
    show(r, "", 0);
    act(r, ACT_LANGUAGES, 0);
    show(r, "languages", 0);
    act(r, ACT_LANGUAGES, 0);
    act(r, ACT_SETTINGS, 0);
    show(r, "settings", 0);
    act(r, ACT_SETTINGS, 0);
    act(r, ACT_SIGN_IN, 0);
    show(r, "too short", 0);
    type(r, "000000000000");
    act(r, ACT_SIGN_IN, 0);
    show(r, "password", 0);
    type(r, "rehearsal");
    act(r, ACT_SIGN_IN, 0);
    let_pass(r, WAITING_LONG_MS + 1);
    show(r, "waiting", 0);
    refuse(r, CMD_SIGN_IN, PROBLEM_SIGN_IN_REFUSED);
    show(r, "refused", 0);
    act(r, ACT_FINISH, 0);
}

/* The last is the one that leads to more questions, if any; not one that leads to another service. */
static uint16_t last_choice(const Field *field)
{
    size_t last = field->choice_count - 1;

    while (last > 0 && field->choices[last].sets && field->choices[last].sets->service)
        last--;
    return (uint16_t)last;
}

/* Whatever the question is, one of these answers it; the kinds of questions are the catalogue's. */
static bool answer_question(Rehearsal *r)
{
    static const char *const texts[] = { "",       "1",          "24112026",  "24111999", "24112027",
                                         "Namuna", "9989012345", "901234567", "a@b.uz" };
    const Visit *visit = &r->model.visit;
    size_t question = visit->form.question;

    for (size_t i = 0; i < COUNT(texts); i++) {
        Msg clear = { .kind = MSG_KEY, .as.key = EDIT_CLEAR };
        const Field *field = model_question(&r->model, NULL);
        if (i == 0 && field && field->choice_count > 0)
            act(r, ACT_CHOOSE, last_choice(field));
        else if (i > 0) {
            send(r, &clear);
            type(r, texts[i]);
        }
        if (i == 1)
            show(r, "filled in", question + 1);
        act(r, ACT_FORM_NEXT, 0);
        if (r->failed || visit->screen != SCREEN_FORM || visit->form.question != question)
            return !r->failed;
    }
    return false;
}

/* As far as the review, or the preview where nothing is asked. */
static bool fill_in(Rehearsal *r)
{
    for (size_t i = 0; i < QUESTIONS_MOST && r->model.visit.screen == SCREEN_FORM; i++) {
        show(r, "", r->model.visit.form.question + 1);
        if (!answer_question(r))
            return false;
    }
    return r->model.visit.screen != SCREEN_FORM;
}

/* What people decide, as the registrar may answer it. */
static void play_handed_in(Rehearsal *r)
{
    static const ApiRequestState states[] = { REQUEST_REVIEW, REQUEST_PAYMENT };

    show(r, "waiting", 0);
    for (size_t i = 0; i < COUNT(states); i++) {
        Msg msg = answer(r, MSG_ISSUED);
        if (i > 0)
            r->model.visit.waiting = (Waiting){ .command = CMD_ISSUE, .asked = msg.asked, .since_ms = r->now_ms };
        msg.as.issued.issued = (ApiIssued){ .state = states[i],
                                            .number = "S-2026/000000",
                                            .invoice = "2026-0000000",
                                            .sum = 412000,
                                            .promised_at_s = r->plan->wall_ms / 1000 + 86400 };
        send(r, &msg);
        show(r, "", i + 1);
    }
}

static void play_paper(Rehearsal *r)
{
    if (r->model.visit.screen == SCREEN_REVIEW) {
        show(r, "", 0);
        act(r, ACT_REVIEW_NEXT, 0);
    }
    if (r->model.visit.screen == SCREEN_HANDED_IN) {
        play_handed_in(r);
        return;
    }
    show(r, "waiting", 0);
    preview(r);
    show(r, "", 0);
    act(r, ACT_PRINT, 0);
    show(r, "issuing", 0);
    issue(r);
    print(r, PRINT_PHASE_SENT, PRINTER_READY, 0);
    show(r, "sent", 0);
    print(r, PRINT_PHASE_SHEETS, PRINTER_READY, 1);
    show(r, "one is out", 0);
    for (int i = PRINTER_OFF; i < PRINTER_CONDITION_COUNT; i++) {
        print(r, PRINT_PHASE_SHEETS, (PrinterCondition)i, 1);
        show(r, printer_condition_name((PrinterCondition)i), 0);
    }
    print(r, PRINT_PHASE_PRINTED, PRINTER_READY, 2);
    show(r, "", 0);
}

/* How a link to a phone goes, from its code to its end. */
static void play_phone(Rehearsal *r)
{
    static const ApiPhoneState states[] = { PHONE_OFFERED, PHONE_OPENED, PHONE_MATCHED, PHONE_USED, PHONE_EXPIRED };

    act(r, ACT_TO_PHONE, 0);
    show(r, "waiting", 0);
    for (size_t i = 0; i < COUNT(states); i++) {
        Msg msg = { .kind = MSG_PHONE, .visit = r->model.visits, .asked = r->model.visit.phone.asked };
        msg.as.phone = (ApiPhoneLink){ .id = "00000000-0000-4000-8000-000000000005",
                                       .address = "HTTPS://EXAMPLE.UZ/D/0000000000000000",
                                       .code = "0000-0000-0000",
                                       .state = states[i],
                                       .seconds_left = 300 };
        send(r, &msg);
        show(r, "", i + 1);
        let_pass(r, 1500); /* it is asked for again */
    }
}

static void play_service(Rehearsal *r, size_t index)
{
    const Service *service = catalogue_at(r->model.catalogue, index);

    to_home(r, false);
    show(r, "", 0);
    r->service = service->id;
    act(r, ACT_SERVICE, (uint16_t)index);
    show(r, "", 0);
    act(r, ACT_CONTINUE, 0);
    if (fill_in(r)) {
        play_paper(r);
        if (r->model.visit.screen != SCREEN_HANDED_IN)
            play_phone(r);
    }
    act(r, ACT_FINISH, 0);
    if (model_screen(&r->model) == SCREEN_LEAVE) {
        show(r, "", 0);
        act(r, ACT_LEAVE, 0);
    }
    r->service = "";
}

/* Every way in which it can go wrong, as the model holds it: getting there by messages is what journeys are for. */
static void play_faults(Rehearsal *r)
{
    Visit *visit = &r->model.visit;

    to_home(r, true);
    show(r, "mine", 0);
    act(r, ACT_SERVICE, 0);
    for (int i = FAULT_NONE + 1; i < FAULT_KIND_COUNT; i++) {
        visit->screen = SCREEN_FAULT;
        visit->fault = (FaultState){ .kind = (FaultKind)i, .condition = PRINTER_NO_PAPER, .sheets = 1 };
        show(r, "", (size_t)i);
        visit->fault.at_window = true;
        show(r, "window", (size_t)i);
    }
    visit->fault = (FaultState){ 0 };
    visit->screen = SCREEN_HOME;
    act(r, ACT_FINISH, 0);
}

/* "My requests", what became of each, and the search; what is handed in also where no service of this catalogue is. */
static void play_asked(Rehearsal *r)
{
    Visit *visit = &r->model.visit;

    to_home(r, true);
    act(r, ACT_REQUESTS, 0);
    show(r, "", 0);
    for (size_t i = 0; i < REQUEST_STATE_COUNT; i++) {
        act(r, ACT_REQUEST_LOOK, (uint16_t)i);
        show(r, "", i + 1);
        act(r, ACT_WITHDRAW, 0);
        if (visit->mine.asking) {
            show(r, "withdraw", i + 1);
            act(r, ACT_BACK, 0);
        }
        act(r, ACT_BACK, 0);
    }
    act(r, ACT_BACK, 0);
    act(r, ACT_SEARCH, 1);
    show(r, "", 0);
    type(r, "a");
    show(r, "typed", 0);
    act(r, ACT_BACK, 0);
    act(r, ACT_SERVICE, 0);
    visit->screen = SCREEN_HANDED_IN;
    visit->waiting = (Waiting){ .command = CMD_ISSUE };
    play_handed_in(r);
    act(r, ACT_FINISH, 0);
}

static void grant_is(Rehearsal *r, ApiGrantState state)
{
    Msg msg = { .kind = MSG_GRANT, .visit = r->model.visits, .asked = r->model.visit.grant.errand.asked };

    msg.as.grant = (ApiGrant){ .id = "00000000-0000-4000-8000-000000000006", .state = state, .seconds_left = 60 };
    send(r, &msg);
}

/* Signing in with a phone: its code, its digits, and their end. */
static void play_grant(Rehearsal *r)
{
    r->model.registrar.grants = true;
    act(r, ACT_START, 0);
    show(r, "with phones", 0);
    act(r, ACT_GRANT, 0);
    show(r, "waiting", 0);
    Msg offer = { .kind = MSG_GRANT_OFFERED, .visit = r->model.visits, .asked = r->model.visit.grant.errand.asked };
    offer.as.grant_offer = (ApiGrantOffer){ .grant = "00000000-0000-4000-8000-000000000006",
                                            .user_code = "BCDF-GHJK",
                                            .verification_uri = "https://example.uz/g",
                                            .verification_uri_complete = "HTTPS://EXAMPLE.UZ/G/BCDFGHJK",
                                            .expires_in = 120,
                                            .interval = 5 };
    send(r, &offer);
    show(r, "code", 0);
    for (ApiGrantState state = GRANT_OPENED; state <= GRANT_DIGITS; state++) {
        let_pass(r, 5500); /* it is asked for again */
        grant_is(r, state);
        show(r, grant_state_name(state), 0);
    }
    type(r, "42");
    act(r, ACT_GRANT_DIGITS, 0);
    grant_is(r, GRANT_DENIED);
    show(r, "denied", 0);
    act(r, ACT_FINISH, 0);
    r->model.registrar.grants = false;
}

static void read_card(Rehearsal *r, CardFault fault)
{
    Msg msg = { .kind = MSG_CARD, .as.card = { .what = CARD_WAS_READ, .kind = CARD_CHIP, .fault = fault } };

    str_copy_cut(STR("00000000000000"), msg.as.card.card, sizeof msg.as.card.card);
    send(r, &msg);
}

static void my_card(Rehearsal *r, ApiCardState state)
{
    Msg msg = answer(r, MSG_MY_CARD);

    msg.as.my_card = (ApiCard){ .state = state, .since_s = r->plan->wall_ms / 1000, .may_set = true };
    send(r, &msg);
}

/* Signing in with a card that is not known, and the student's own: without one, set, blocked. */
static void play_card(Rehearsal *r)
{
    Msg reader = { .kind = MSG_CARD, .as.card = { .what = CARD_READER_IS, .reader = true } };

    send(r, &reader);
    read_card(r, CARD_UNREADABLE);
    show(r, "unreadable", 0);
    read_card(r, CARD_OK);
    type(r, "2580");
    show(r, "PIN", 0);
    act(r, ACT_CARD_ENTER, 0);
    refuse(r, CMD_CARD_SIGN_IN, PROBLEM_SIGN_IN_REFUSED);
    show(r, "refused", 0);
    act(r, ACT_FINISH, 0);
    to_home(r, false);
    act(r, ACT_CARD, 0);
    show(r, "waiting", 0);
    my_card(r, API_CARD_NONE);
    show(r, "none", 0);
    act(r, ACT_CARD_NEW, 0);
    show(r, "hold", 0);
    read_card(r, CARD_OK);
    for (int i = 0; i < 2; i++) {
        show(r, "new PIN", (size_t)i + 1);
        type(r, "2580");
        act(r, ACT_CARD_ENTER, 0);
    }
    my_card(r, API_CARD_ACTIVE);
    show(r, "active", 0);
    act(r, ACT_CARD_BLOCK, 0);
    show(r, "block", 0);
    act(r, ACT_CARD_BLOCK_YES, 0);
    my_card(r, API_CARD_BLOCKED);
    show(r, "blocked", 0);
    act(r, ACT_FINISH, 0);
    reader.as.card.reader = false;
    send(r, &reader);
}

static void play_left_alone(Rehearsal *r)
{
    act(r, ACT_START, 0);
    let_pass(r, IDLE_LIMIT_MS + 1000);
    show(r, "", 0);
    act(r, ACT_STAY, 0);
    act(r, ACT_FINISH, 0);
}

/* What is read, and the hall, while the registrar has not answered yet: the frame, its texts and its bar. */
static void play_read(Rehearsal *r)
{
    static const ScreenKind screens[] = { SCREEN_INFORMATION, SCREEN_ARTICLE, SCREEN_STUDY, SCREEN_LOOKS,
                                          SCREEN_TOPICS,      SCREEN_TICKET,  SCREEN_CALL,  SCREEN_PAPER };

    to_home(r, false);
    for (size_t i = 0; i < COUNT(screens) && !r->failed; i++) {
        r->model.visit.screen = screens[i];
        show(r, "", 0);
    }
    r->model.visit.screen = SCREEN_HOME;
    act(r, ACT_FINISH, 0);
    r->model.display = true;
    show(r, "", 0);
    r->model.display = false;
}

/* What was filled in and could not be kept is not lost without a question. */
static void play_leaving(Rehearsal *r)
{
    to_home(r, false);
    for (size_t i = 0; i < catalogue_count(r->model.catalogue); i++) {
        act(r, ACT_SERVICE, (uint16_t)i);
        act(r, ACT_CONTINUE, 0);
        if (r->model.visit.screen == SCREEN_FORM)
            break;
        act(r, ACT_HOME, 0);
    }
    (void)answer_question(r);
    r->model.visit.draft = (DraftState){ .changed = true, .failed = true };
    act(r, ACT_FINISH, 0);
    show(r, "", 0);
    act(r, ACT_LEAVE, 0);
}

bool rehearsal_play(const RehearsalPlan *plan, bool shown[SCREEN_COUNT], Error *err)
{
    Rehearsal *r = mem_new(1, sizeof *r); /* a model is too large for a stack */
    bool played;

    if (!r)
        return error_set(err, ERR_MEMORY, "a rehearsal");
    r->plan = plan;
    r->random = random_system();
    r->now_ms = START_MS;
    r->service = "";
    r->shown = shown;
    r->err = err;
    app_init(&r->model, plan->config);
    Msg window = { .kind = MSG_WINDOW,
                   .as.window = { plan->window.width, plan->window.height, plan->window.pixels_per_mm } };
    send(r, &window);
    play_out_of_service(r);
    serve(r);
    void (*const parts[])(Rehearsal *) = { play_attract, play_sign_in,    play_faults, play_asked,  play_card,
                                           play_grant,   play_left_alone, play_read,   play_leaving };
    for (size_t i = 0; i < COUNT(parts) && !r->failed; i++)
        parts[i](r);
    for (size_t i = 0; !r->failed && i < catalogue_count(r->model.catalogue); i++)
        play_service(r, i);
    played = !r->failed;
    app_fini(&r->model);
    mem_free_wiped(r, sizeof *r);
    return played;
}
