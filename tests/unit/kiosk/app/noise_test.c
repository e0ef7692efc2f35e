/* A hundred thousand messages without sense or order, of this visit, of others and of none: what must hold, holds. */
#include "kiosk/app/glass.h"

#define MESSAGES      100000
#define SESSIONS_MOST 100000
#define PRINTS_MOST   100000

static Glass glass;

typedef struct Witness {
    bool open[SESSIONS_MOST]; /* sessions by the number in their token */
    unsigned sessions;
    struct {
        char id[API_ID_SIZE];
        uint32_t epoch;
    } prints[PRINTS_MOST];
    unsigned print_count;
    bool ended; /* CMD_FORGET was given by the last message */
    unsigned ends;
} Witness;

static Witness witness;

static void session_ends(const Cmd *cmd)
{
    uint64_t number;

    if (cmd->token[0] && str_to_u64(str_from(cmd->token), 0, SESSIONS_MOST - 1, &number))
        witness.open[number] = false;
}

static void print_begins(const Cmd *cmd)
{
    const ApiPrintJob *job = &cmd->as.print.job;

    for (unsigned i = 0; i < witness.print_count; i++)
        if (strcmp(witness.prints[i].id, job->id) == 0 && witness.prints[i].epoch == job->epoch)
            fail_msg("%s was printed twice in epoch %u", job->id, job->epoch);
    assert_true(witness.print_count < PRINTS_MOST);
    memcpy(witness.prints[witness.print_count].id, job->id, API_ID_SIZE);
    witness.prints[witness.print_count++].epoch = job->epoch;
    assert_non_null(cmd->as.print.pdf);
    assert_true(glass.now_ms - cmd->as.print.handed_out_ms <= PAGE_LIMIT_MS);
}

static void seen(void *ctx, const Cmd *cmd)
{
    (void)ctx;
    assert_true(cmd->kind > CMD_NONE && cmd->kind < CMD_KIND_COUNT);
    if (cmd->kind == CMD_SIGN_OUT)
        session_ends(cmd);
    else if (cmd->kind == CMD_PRINT)
        print_begins(cmd);
    else if (cmd->kind == CMD_ISSUE)
        assert_true(uuid_valid(cmd->as.issue.key));
    else if (cmd->kind == CMD_FORGET) {
        witness.ended = true;
        witness.ends++;
    }
}

static uint32_t roll(uint32_t sides)
{
    uint32_t value;

    assert_true(random_fill(&glass.random, &value, sizeof value, NULL));
    return value % sides;
}

/* Mostly of this visit. */
static uint32_t roll_visit(void)
{
    uint32_t visits = glass.model.visits;

    return roll(8) ? visits : visits ? roll(visits + 1) : 0;
}

static void roll_session(Msg *msg)
{
    assert_true(witness.sessions < SESSIONS_MOST);
    msg->as.session =
        (ApiSession){ .given_name = "Malika", .number = "392241100742", .seconds_left = (int32_t)roll(1800) };
    assert_true(snprintf(msg->as.session.token, sizeof msg->as.session.token, "%u", witness.sessions) > 0);
    witness.open[witness.sessions++] = true;
}

static void roll_home(Msg *msg)
{
    ApiHome *home = mem_new(1, sizeof *home);

    assert_non_null(home);
    home->service_count = 1;
    home->services[0] = (ApiService){ .service = "certificate-of-study", .allowed = roll(4) != 0 };
    home->request_count = roll(3);
    for (size_t i = 0; i < home->request_count; i++) {
        uint8_t random[16] = { (uint8_t)roll(256), (uint8_t)roll(256), (uint8_t)roll(256), (uint8_t)roll(256) };
        uuid_from_random(random, home->requests[i].id);
        str_copy_cut(STR("certificate-of-study"), home->requests[i].service, SERVICE_ID_MOST);
        home->requests[i].state = (ApiRequestState)roll(REQUEST_STATE_COUNT);
    }
    home->draft_count = roll(2);
    str_copy_cut(STR("certificate-of-study"), home->drafts[0].service, SERVICE_ID_MOST);
    msg->as.home = home;
}

/* What was kept elsewhere, with answers that this form may not know. */
static void roll_draft(Msg *msg)
{
    static const char *const receivers[] = { "any", "bank", "other", "moon", "" };
    static const char *const places[] = { "Chirchiq", "", "", "X" };
    ApiDraft *draft = mem_new(1, sizeof *draft);

    assert_non_null(draft);
    assert_true(answers_set(&draft->answers, "receiver", str_from(receivers[roll(COUNT(receivers))])));
    assert_true(answers_set(&draft->answers, "place", str_from(places[roll(COUNT(places))])));
    draft->language = (Language)roll(LANGUAGE_COUNT);
    str_copy_cut(roll(2) ? STR("place") : STR("nowhere"), draft->question, sizeof draft->question);
    msg->as.draft = draft;
}

/* One job for each key, and a fresh epoch with each assignment, as the registrar promises; sometimes an answer comes
 * twice. */
static void roll_issued(Msg *msg)
{
    msg->as.issued.issued = glass_issued(&glass, roll(3) ? PRINT_ASSIGNED : (ApiPrintState)roll(PRINT_STATE_COUNT));
    memcpy(msg->as.issued.issued.job.id, glass.model.visit.issue.key, API_ID_SIZE);
    msg->as.issued.already_open = roll(6) == 0;
}

static void roll_print(Msg *msg)
{
    msg->as.print = (MsgPrint){ .job = glass.model.paper.job,
                                .phase = (PrintPhase)roll(PRINT_PHASE_COUNT + 1),
                                .condition = (PrinterCondition)roll(PRINTER_CONDITION_COUNT + 1),
                                .sheets = (int)roll(4) - 1 };
    if (roll(8) == 0)
        msg->as.print.job = (ApiPrintJob){ .id = "40000000-0000-4000-8000-000000000001", .epoch = roll(4) };
}

static void roll_text(Msg *msg)
{
    static const char *const texts[] = { "392241100742", "bahor2026", "Chirchiq sogʻliq", "'", "\xff",
                                         "\u202E",       "",          "24112026" };

    assert_true(str_copy(str_from(texts[roll(COUNT(texts))]), msg->as.text, sizeof msg->as.text));
}

/* What a person who stands there would touch. */
static Act likely_act(void)
{
    static const Act acts[SCREEN_COUNT][4] = {
        [SCREEN_ATTRACT] = { ACT_START, ACT_LANGUAGE, ACT_START, ACT_START },
        [SCREEN_SIGN_IN] = { ACT_SIGN_IN, ACT_SIGN_IN, ACT_SIGN_IN, ACT_SIGN_IN_FIELD },
        [SCREEN_HOME] = { ACT_SERVICE, ACT_DRAFT, ACT_GROUP, ACT_REQUEST },
        [SCREEN_SERVICE] = { ACT_CONTINUE, ACT_CONTINUE, ACT_CONTINUE, ACT_BACK },
        [SCREEN_FORM] = { ACT_FORM_NEXT, ACT_FORM_NEXT, ACT_CHOOSE, ACT_CHOOSE },
        [SCREEN_REVIEW] = { ACT_REVIEW_NEXT, ACT_REVIEW_NEXT, ACT_CHANGE, ACT_BACK },
        [SCREEN_PREVIEW] = { ACT_PRINT, ACT_PRINT, ACT_DOCUMENT_LANGUAGE, ACT_BACK },
        [SCREEN_PRINTING] = { ACT_NONE, ACT_NONE, ACT_NONE, ACT_STOP },
        [SCREEN_DONE] = { ACT_SOMETHING_ELSE, ACT_SOMETHING_ELSE, ACT_NONE, ACT_FINISH },
        [SCREEN_FAULT] = { ACT_TRY_AGAIN, ACT_CAME_OUT, ACT_DID_NOT, ACT_LOOKED },
        [SCREEN_LEAVE] = { ACT_STAY, ACT_STAY, ACT_STAY, ACT_LEAVE },
        [SCREEN_STILL_THERE] = { ACT_STAY, ACT_STAY, ACT_STAY, ACT_FINISH },
    };

    return acts[model_screen(&glass.model)][roll(4)];
}

/* The answer that is waited for. */
static MsgKind awaited(void)
{
    static const struct {
        CmdKind command;
        MsgKind answer;
    } answers[] = { { CMD_SIGN_IN, MSG_SIGNED_IN },   { CMD_HOME, MSG_HOME },       { CMD_PREVIEW, MSG_PREVIEW },
                    { CMD_ISSUE, MSG_ISSUED },        { CMD_PAGE, MSG_PAGE },       { CMD_REPORT_PRINT, MSG_REPORTED },
                    { CMD_ASK_PRINTER, MSG_PRINTER }, { CMD_DRAFT_OPEN, MSG_DRAFT } };

    for (size_t i = 0; i < COUNT(answers); i++)
        if (glass.model.visit.waiting.command == answers[i].command)
            return roll(8) ? answers[i].answer : MSG_FAILED;
    if (model_screen(&glass.model) == SCREEN_FORM && roll(3) == 0)
        return MSG_TEXT;
    if (glass.model.visit.draft.under_way && roll(2) == 0)
        return roll(3) ? MSG_DRAFT_KEPT : MSG_FAILED;
    return model_is_printing(&glass.model) ? MSG_PRINT : MSG_ACT;
}

static void roll_message(Msg *msg)
{
    /* Acts and answers more often than the rest, so that visits get somewhere. */
    static const MsgKind often[] = { MSG_ACT,  MSG_ACT,     MSG_ACT,    MSG_TEXT, MSG_SIGNED_IN,
                                     MSG_HOME, MSG_PREVIEW, MSG_ISSUED, MSG_PAGE, MSG_PRINT };
    static const CmdKind failing[] = { CMD_SIGN_IN, CMD_HOME,         CMD_PREVIEW, CMD_ISSUE,
                                       CMD_PAGE,    CMD_REPORT_PRINT, CMD_DRAFT,   CMD_DRAFT_OPEN };
    MsgKind kind = roll(2) ? awaited() : roll(3) ? often[roll(COUNT(often))] : (MsgKind)roll(MSG_KIND_COUNT);

    *msg = (Msg){ .kind = kind, .visit = roll_visit(), .asked = glass.model.visit.waiting.asked };
    switch (kind) {
    case MSG_ACT:
        msg->as.act.act = (uint16_t)(roll(2) ? likely_act() : roll(40) ? roll(ACT_COUNT) : roll(65536));
        msg->as.act.arg = (uint16_t)(roll(10) ? roll(4) : roll(65536));
        if (msg->as.act.act == ACT_FINISH && roll(10)) /* or no visit gets far */
            msg->as.act.act = ACT_PRINT;
        break;
    case MSG_TEXT: roll_text(msg); break;
    case MSG_KEY: msg->as.key = (EditKey)roll(4); break;
    case MSG_SIGNED_IN: roll_session(msg); break;
    case MSG_HOME: roll_home(msg); break;
    case MSG_PREVIEW:
        msg->as.preview.png = roll(8) ? blob_new("png", 3) : NULL;
        msg->as.preview.pages = (int)roll(3);
        msg->as.preview.serial = roll(4) ? glass.preview_serial : roll(4);
        break;
    case MSG_ISSUED: roll_issued(msg); break;
    case MSG_PAGE:
        msg->as.page.pdf = roll(8) ? blob_new("pdf", 3) : NULL;
        msg->as.page.epoch = roll(4) ? glass.epoch : roll(glass.epoch + 1);
        break;
    case MSG_REPORTED: msg->as.reported = glass.model.paper.job; break;
    case MSG_FAILED:
        msg->as.failed.command = (uint8_t)(roll(20) ? failing[roll(COUNT(failing))] : (CmdKind)roll(256));
        msg->as.failed.problem.kind = (ApiProblemKind)roll(PROBLEM_COUNT);
        msg->as.failed.serial =
            msg->as.failed.command == CMD_DRAFT ? glass.model.visit.draft.serial : glass.preview_serial;
        break;
    case MSG_DRAFT: roll_draft(msg); break;
    case MSG_DRAFT_KEPT: msg->as.kept.serial = glass.model.visit.draft.serial; break;
    case MSG_PRINTER: msg->as.printer.condition = (PrinterCondition)roll(PRINTER_CONDITION_COUNT); break;
    case MSG_PRINT:
    case MSG_PRINT_RECOVERED: roll_print(msg); break;
    case MSG_HEARTBEAT: str_copy_cut(STR("17:00"), msg->as.heartbeat.office_hours, 16); break;
    case MSG_TICK:
    case MSG_WINDOW:
    case MSG_CATALOGUE:
    case MSG_KIND_COUNT: break;
    }
}

static bool contains(const void *bytes, size_t size, const char *text)
{
    return memmem(bytes, size, text, strlen(text)) != NULL;
}

static void nothing_is_left(void)
{
    static const Visit fresh;
    const Model *model = &glass.model;

    assert_memory_equal(&model->visit, &fresh, sizeof fresh);
    assert_false(contains(model, sizeof *model, "Malika"));
    assert_false(contains(model, sizeof *model, "392241100742"));
    assert_false(contains(model, sizeof *model, "bahor2026"));
    assert_false(contains(model, sizeof *model, "Chirchiq"));
    if (model->paper.job.id[0]) /* outlives its visit only while its end is not known */
        assert_true(!phase_is_final(model->paper.phase) || model->paper.phase == PRINT_PHASE_UNKNOWN);
}

static void what_must_hold_holds(void **state)
{
    Error err = { 0 };
    OWNED(Texts) texts = texts_none(&err);
    bool visited[SCREEN_COUNT] = { false };
    Msg msg;

    (void)state;
    assert_non_null(texts);
    glass_open(&glass, texts, LANGUAGE_UZ);
    glass_serve(&glass);
    glass.seen = seen;
    for (unsigned i = 0; i < MESSAGES; i++) {
        uint32_t visits = glass.model.visits;
        witness.ended = false;
        glass.now_ms += roll(50) ? roll(300) : roll(40000);
        if (roll(16) == 0 && app_next_wake(&glass.model) < glass.now_ms + 120000)
            glass_wait(&glass, app_next_wake(&glass.model) - glass.now_ms);
        if (model_screen(&glass.model) == SCREEN_OUT_OF_SERVICE)
            glass_heartbeat(&glass, catalogue_version(glass.model.catalogue));
        witness.ended = false;
        roll_message(&msg);
        glass_send(&glass, &msg);
        if (!glass.model.visit.active)
            nothing_is_left();
        assert_true(glass.model.visits == visits || glass.model.visits == visits + 1);
        assert_true(app_screen_name(&glass.model)[0]);
        visited[model_screen(&glass.model)] = true;
    }
    if (glass.model.visit.active) {
        glass.model.visit.fault.kind = FAULT_NONE;
        glass_wait(&glass, 600000);
    }
    assert_false(glass.model.visit.active);
    for (unsigned i = 0; i < witness.sessions; i++)
        if (witness.open[i])
            fail_msg("session %u of %u was never ended", i, witness.sessions);
    for (int i = SCREEN_ATTRACT; i < SCREEN_COUNT; i++)
        if (!visited[i])
            fail_msg("screen %d was never reached: the noise is too weak", i);
    assert_true(witness.ends > 100 && witness.print_count > 50);
    print_message("%u visits, %u sessions, %u prints\n", witness.ends, witness.sessions, witness.print_count);
    glass_close(&glass);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(what_must_hold_holds) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
