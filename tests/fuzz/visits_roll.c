/* What happens next, by chance and by what is on the glass: people touch what is there, devices answer what they were
 * asked, mostly; and now and then anything happens that can. */
#include "visits.h"

#include <string.h>

void roller_begin(Roller *roller, uint64_t seed)
{
    *roller = (Roller){ 0 };
    roller->random = random_seeded(&roller->seeded, seed);
}

/* 0 to sides - 1. */
static uint32_t roll(Roller *roller, uint32_t sides)
{
    uint64_t value;

    return random_fill(&roller->random, &value, sizeof value, NULL) ? (uint32_t)(value % sides) : 0;
}

static bool one_in(Roller *roller, uint32_t sides)
{
    return roll(roller, sides) == 0;
}

static void set(Event *event, MsgKind kind)
{
    *event = (Event){ .kind = (uint16_t)kind };
}

static void set_act(Event *event, Act act, uint16_t arg)
{
    *event = (Event){ .kind = MSG_ACT, .v = { (int32_t)act, arg } };
}

/* --- devices ------------------------------------------------------------------------------------------------------ */

static void spoil_home(Roller *roller, Event *event)
{
    event->v[0] = one_in(roller, 12) ? (int32_t)roll(roller, 4) : 0;
    event->v[1] = one_in(roller, 6) ? (int32_t)roll(roller, 1 << 10) : 0;
    event->v[2] = one_in(roller, 3) ? (int32_t)roll(roller, one_in(roller, 6) ? 30 : 3) : 0;
    event->v[3] = (int32_t)roll(roller, REQUEST_STATE_COUNT);
    event->v[4] = (int32_t)roll(roller, 8);
    event->v[5] = one_in(roller, 3) ? (int32_t)roll(roller, one_in(roller, 6) ? 30 : 4) : 0;
}

static void spoil_failure(Roller *roller, Event *event)
{
    static const uint8_t often[] = { PROBLEM_NONE,       PROBLEM_BUSY, PROBLEM_SESSION_ENDED, PROBLEM_HANDED_OUT,
                                     PROBLEM_KEY_REUSED, PROBLEM_FORM, PROBLEM_LIMIT,         PROBLEM_ALREADY_OPEN };

    event->v[1] = (int32_t)(one_in(roller, 2) ? often[roll(roller, COUNT(often))] : roll(roller, PROBLEM_COUNT + 1));
    event->v[2] = (int32_t)(one_in(roller, 4) ? roll(roller, 100000) : roll(roller, 3));
    event->v[3] = (int32_t)roll(roller, 5);
    event->v[4] = (int32_t)roll(roller, FORM_NOT_PHONE + 1);
    event->v[5] = one_in(roller, 10) ? (int32_t)roll(roller, 4) - 2 : 0;
}

static void roll_request(Roller *roller, Event *event)
{
    set(event, MSG_REQUEST);
    event->v[0] = one_in(roller, 20);
    event->v[1] = (int32_t)roll(roller, REQUEST_STATE_COUNT + 1);
    event->v[2] = (int32_t)roll(roller, 3);
    event->v[3] = (int32_t)roll(roller, 4);
    event->v[4] = (int32_t)roll(roller, 2);
    event->v[5] = (int32_t)roll(roller, one_in(roller, 10) ? 30 : 6);
}

/* The printer goes on; a phase behind the last one, more often than not. */
static void roll_print(Roller *roller, const Player *player, Event *event)
{
    static const PrintPhase ends[] = { PRINT_PHASE_PRINTED,   PRINT_PHASE_PRINTED, PRINT_PHASE_PRINTED,
                                       PRINT_PHASE_PRINTED,   PRINT_PHASE_PARTLY,  PRINT_PHASE_NOT_SENT,
                                       PRINT_PHASE_CANCELLED, PRINT_PHASE_UNKNOWN };
    PrintPhase phase = player->model.paper.phase;

    set(event, MSG_PRINT);
    if (one_in(roller, 20))
        phase = (PrintPhase)roll(roller, PRINT_PHASE_COUNT + 1);
    else if (phase < PRINT_PHASE_SHEETS && one_in(roller, 2))
        phase = (PrintPhase)(phase + 1 + roll(roller, PRINT_PHASE_SHEETS - phase));
    else
        phase = ends[roll(roller, COUNT(ends))];
    event->v[0] = (int32_t)phase;
    event->v[1] = one_in(roller, 4) ? 1 + (int32_t)roll(roller, PRINTER_CONDITION_COUNT + 1) : 0;
    event->v[2] = (int32_t)roll(roller, 4) - 1;
    event->v[3] = one_in(roller, 30) ? (int32_t)roll(roller, 3) : 0;
}

/* The answer to a command as its device may give it: well; spoiled within its type. */
static void answer(Roller *roller, const Player *player, MsgKind kind, Event *event)
{
    bool honest = !one_in(roller, 5);

    if (kind == MSG_PRINT) {
        roll_print(roller, player, event);
        return;
    }
    set(event, kind);
    if (kind == MSG_HOME)
        spoil_home(roller, event);
    else if (kind == MSG_FAILED)
        spoil_failure(roller, event);
    else if (kind == MSG_REQUEST)
        roll_request(roller, event);
    else if (kind == MSG_MY_CARD) {
        event->v[0] = one_in(roller, 3) ? (int32_t)roll(roller, API_CARD_STATE_COUNT) : 0;
        event->v[1] = one_in(roller, 8);
        event->v[2] = one_in(roller, 2);
    } else if (kind == MSG_PAPERS)
        event->v[1] = (int32_t)roll(roller, 12);
    else if (kind == MSG_SIGNED_IN) {
        event->v[0] = one_in(roller, 40);
        event->v[1] = one_in(roller, 60) ? -1790 : 0;
        event->v[2] = (int32_t)roll(roller, 4);
    } else if (kind == MSG_ISSUED && !honest) {
        event->v[0] = (int32_t)roll(roller, PRINT_STATE_COUNT + 2);
        event->v[1] = one_in(roller, 3);
        event->v[2] = one_in(roller, 4) ? (int32_t)roll(roller, 4) : 0;
        event->v[3] = one_in(roller, 4) ? (int32_t)roll(roller, 200) - 100 : 0;
    } else if (kind == MSG_ISSUED) {
        event->v[4] = one_in(roller, 3) ? (int32_t)roll(roller, REQUEST_STATE_COUNT) : 0;
        event->v[5] = one_in(roller, 5);
    } else if (kind == MSG_DRAFT) {
        event->v[0] = one_in(roller, 20);
        event->v[1] = (int32_t)roll(roller, 16);
        event->v[2] = (int32_t)roll(roller, 5);
        event->v[3] = (int32_t)roll(roller, 5);
    } else if (kind == MSG_DRAFT_KEPT)
        event->v[0] = one_in(roller, 20) ? (int32_t)roll(roller, 5) - 2 : 0;
    else if (kind == MSG_CATALOGUE)
        event->v[0] = (int32_t)roll(roller, 4);
    else if (kind == MSG_NOTICES) {
        event->v[0] = (int32_t)roll(roller, NOTICES_MOST + 2);
        event->v[1] = (int32_t)roll(roller, 240) - 120;
        event->v[2] = (int32_t)roll(roller, 240);
    } else if (kind == MSG_THEME) {
        event->v[0] = (int32_t)roll(roller, 4);
        event->v[1] = (int32_t)roll(roller, 1 << 24);
        event->v[2] = one_in(roller, 2);
    } else if (kind == MSG_HEARTBEAT) {
        event->v[3] = (int32_t)roll(roller, 3);
        event->v[4] = (int32_t)roll(roller, 3);
    } else if (kind == MSG_PRINTER && !honest) {
        event->v[0] = (int32_t)roll(roller, PRINTER_CONDITION_COUNT + 2);
        event->v[1] = (int32_t)roll(roller, 4);
    } else if ((kind == MSG_PREVIEW || kind == MSG_PAGE || kind == MSG_REPORTED) && one_in(roller, 12)) {
        event->v[0] = one_in(roller, 3);
        event->v[1] = (int32_t)roll(roller, 5) - 2;
        event->v[2] = (int32_t)roll(roller, 3) - 1;
    }
}

/* --- people ------------------------------------------------------------------------------------------------------- */

static bool leaves(Act act)
{
    return act == ACT_FINISH || act == ACT_BACK || act == ACT_LANGUAGES;
}

/* A control of the glass: mostly what leads on, seldom a key of its keyboard, and the way out as the plan says. */
static void touch(Roller *roller, Player *player, Event *event)
{
    const Tree *tree = player_tree(player);
    const Node *chosen = NULL, *leading = NULL;
    uint32_t seen = 0;
    bool keys = one_in(roller, 40), way_out = roller->plan == PLAN_WANDERS || one_in(roller, 10);

    for (size_t i = 0; i < tree_count(tree); i++) {
        const Node *node = tree_at(tree, i);
        if (!node_is_control(node) || (node->send.act == ACT_KEYBOARD) != keys)
            continue;
        if (node->state & NODE_MAIN)
            leading = node;
        if (!way_out && leaves((Act)node->send.act))
            continue;
        if (one_in(roller, ++seen))
            chosen = node;
    }
    if (leading && !keys && roll(roller, 4) > 0)
        chosen = leading;
    if (!chosen)
        chosen = leading;
    if (chosen)
        set_act(event, (Act)chosen->send.act, chosen->send.arg);
    else
        set_act(event, one_in(roller, 2) ? ACT_STAY : ACT_BACK, 0);
}

static void type(Roller *roller, Event *event, int32_t text)
{
    set(event, MSG_TEXT);
    event->v[0] = one_in(roller, 12) ? (int32_t)roll(roller, 16) : text;
    event->v[1] = text == 0 && one_in(roller, 20);
}

/* Which of the texts answers a question of this kind, mostly. */
static int32_t text_for(const Field *field)
{
    switch (field->kind) {
    case FIELD_TEXT: return 2;
    case FIELD_DATE: return 8;
    case FIELD_EMAIL: return 11;
    case FIELD_PHONE: return 12;
    case FIELD_NUMBER:
    case FIELD_CHOICE:
    case FIELD_SEVERAL:
    case FIELD_PAPER:
    case FIELD_KIND_COUNT: break;
    case FIELD_PASSPORT: return 16;
    }
    return 10;
}

static void fill_form(Roller *roller, Player *player, Event *event)
{
    const Field *field = model_question(&player->model, NULL);
    const char *given = field ? answers_get(&player->model.visit.answers, field->id) : NULL;
    bool chosen = field && (field->kind == FIELD_CHOICE || field->kind == FIELD_SEVERAL);

    if (!field || one_in(roller, 10))
        touch(roller, player, event);
    else if (field->kind == FIELD_PAPER && (!given || one_in(roller, 3)))
        set_act(event, one_in(roller, 3) ? ACT_PAPER_WINDOW : ACT_PAPER_PHOTO, 0);
    else if (chosen && field->choice_count > 0 && (!given || one_in(roller, 4)))
        set_act(event, ACT_CHOOSE, (uint16_t)roll(roller, (uint32_t)field->choice_count));
    else if (!chosen && field->kind != FIELD_PAPER && !player->model.visit.form.typed[0])
        type(roller, event, text_for(field));
    else
        set_act(event, ACT_FORM_NEXT, 0);
}

static void sign_in(Roller *roller, Event *event, const Player *player)
{
    const SignInState *state = &player->model.visit.sign_in;

    if (!state->number[0])
        type(roller, event, 0);
    else if (state->filling == SIGN_IN_PASSWORD && !state->password[0])
        type(roller, event, 1);
    else
        set_act(event, ACT_SIGN_IN, 0);
}

static void allow(Roller *roller, const Player *player, Event *event)
{
    if (player->model.visit.phone.digits[0] && player->model.visit.phone.digits[1])
        set_act(event, ACT_PHONE_ALLOW, 0);
    else
        type(roller, event, 10);
}

/* A card is held to the reader, or its code to the scanner; seldom something goes wrong with it. */
static void hold_card(Roller *roller, Event *event)
{
    set(event, MSG_CARD);
    event->v[0] = one_in(roller, 12) ? (int32_t)roll(roller, CARD_WHAT_COUNT) : CARD_WAS_READ;
    event->v[1] = one_in(roller, 20);
    event->v[2] = one_in(roller, 3);
    event->v[3] = one_in(roller, 5) ? (int32_t)roll(roller, CARD_NUMBER + 1) : CARD_OK;
    event->v[4] = one_in(roller, 3);
    event->v[5] = one_in(roller, 20);
}

/* What the step at hand wants, mostly: a card, its PIN twice, or yes. */
static void at_card(Roller *roller, Player *player, Event *event)
{
    const CardState *card = &player->model.visit.card;
    const bool types = card->step == CARD_STEP_PIN || card->step == CARD_STEP_NEW || card->step == CARD_STEP_AGAIN;

    if (one_in(roller, 6))
        touch(roller, player, event);
    else if (card->step == CARD_STEP_HOLD || (types && !card->card[0])) {
        hold_card(roller, event);
    } else if (types && !card->pin[0])
        type(roller, event, one_in(roller, 8) ? 10 : 17);
    else if (types)
        set_act(event, ACT_CARD_ENTER, 0);
    else if (card->step == CARD_STEP_BLOCK)
        set_act(event, ACT_CARD_BLOCK_YES, 0);
    else
        set_act(event, one_in(roller, 3) ? ACT_CARD_BLOCK : ACT_CARD_NEW, 0);
}

static bool is_dear(ScreenKind screen) /* many messages away from the attract screen */
{
    return screen == SCREEN_FORM || screen == SCREEN_REVIEW || screen == SCREEN_PREVIEW || screen == SCREEN_PRINTING ||
           screen == SCREEN_FAULT || screen == SCREEN_DONE || screen == SCREEN_PHONE || screen == SCREEN_PAPER ||
           screen == SCREEN_CARD || screen == SCREEN_GRANT;
}

static void somebody_acts(Roller *roller, Player *player, Event *event)
{
    const Model *model = &player->model;
    ScreenKind screen = model_screen(model);

    if ((screen == SCREEN_ATTRACT || screen == SCREEN_SIGN_IN) && one_in(roller, 60))
        hold_card(roller, event);
    else if (screen == SCREEN_ATTRACT && one_in(roller, 8))
        touch(roller, player, event); /* one of its doors, perhaps */
    else if (screen == SCREEN_ATTRACT)
        set_act(event, one_in(roller, 4) ? ACT_LANGUAGE : ACT_START, (uint16_t)roll(roller, LANGUAGE_COUNT));
    else if (roller->plan == PLAN_LOOKS_IN && roll(roller, 4) && !is_dear(screen))
        set_act(event, ACT_FINISH, 0);
    else if (model->visit.choosing_language)
        touch(roller, player, event);
    else if (screen == SCREEN_SIGN_IN && one_in(roller, 40))
        set_act(event, ACT_GRANT, 0);
    else if (screen == SCREEN_SIGN_IN && roll(roller, 12))
        sign_in(roller, event, player);
    else if (screen == SCREEN_HOME && model->visit.home && one_in(roller, 3) && model->visit.home->request_count)
        set_act(event, ACT_REQUEST, (uint16_t)roll(roller, 3));
    else if (screen == SCREEN_HOME && model->visit.home && one_in(roller, 12))
        set_act(event, one_in(roller, 2) ? ACT_REQUESTS : ACT_CARD, 0);
    else if (screen == SCREEN_REQUEST && model->visit.mine.details && one_in(roller, 2))
        set_act(event, ACT_ANSWER_ANEW, 0);
    else if (screen == SCREEN_FAULT && model->visit.fault.kind == FAULT_UNKNOWN && one_in(roller, 3))
        set_act(event, ACT_DID_NOT, 0);
    else if (screen == SCREEN_TICKET && one_in(roller, 3))
        set_act(event, ACT_TICKET_GIVE_UP, 0);
    else if (screen == SCREEN_SEARCH && one_in(roller, 3))
        type(roller, event, one_in(roller, 2) ? 15 : 2);
    else if (screen == SCREEN_GRANT && model->visit.grant.state == GRANT_DIGITS && roll(roller, 4)) {
        if (model->visit.grant.digits[0] && model->visit.grant.digits[1])
            set_act(event, ACT_GRANT_DIGITS, 0);
        else
            type(roller, event, 10);
    } else if (screen == SCREEN_CARD)
        at_card(roller, player, event);
    else if (screen == SCREEN_FORM)
        fill_form(roller, player, event);
    else if (screen == SCREEN_DONE)
        set_act(event, one_in(roller, 3) ? ACT_TO_PHONE : one_in(roller, 3) ? ACT_SOMETHING_ELSE : ACT_FINISH, 0);
    else if (screen == SCREEN_PREVIEW && model->visit.preview.png && one_in(roller, 2))
        set_act(event, one_in(roller, 3) ? ACT_BOTH : ACT_TO_PHONE, 0);
    else if (screen == SCREEN_PHONE && model->visit.phone.link.state == PHONE_OPENED && roll(roller, 4))
        allow(roller, player, event);
    else if (screen == SCREEN_PHONE && model->visit.phone.link.state > PHONE_OPENED && one_in(roller, 3))
        set_act(event, ACT_PHONE_WITHDRAW, 0);
    else
        touch(roller, player, event);
    event->after_ms = one_in(roller, 30) ? roll(roller, 70000) : roll(roller, 300);
}

/* --- anything at all ---------------------------------------------------------------------------------------------- */

static void anything(Roller *roller, Player *player, Event *event)
{
    MsgKind kind = (MsgKind)roll(roller, MSG_KIND_COUNT);

    answer(roller, player, kind, event);
    if (kind == MSG_ACT)
        set_act(event, (Act)(one_in(roller, 4) ? roll(roller, 65536) : roll(roller, ACT_COUNT)),
                (uint16_t)(one_in(roller, 4) ? roll(roller, 65536) : roll(roller, 5)));
    else if (kind == MSG_TEXT)
        event->v[0] = (int32_t)roll(roller, 16);
    else if (kind == MSG_KEY)
        event->v[0] = (int32_t)roll(roller, 4);
    else if (kind == MSG_WINDOW) {
        event->v[0] = (int32_t)roll(roller, 4000) - 2000;
        event->v[1] = (int32_t)roll(roller, 6000) - 3000;
        event->v[2] = (int32_t)roll(roller, 20000) - 5000;
    } else if (kind == MSG_HEARTBEAT)
        for (size_t i = 0; i < 3; i++)
            event->v[i] = one_in(roller, 3);
    else if (kind == MSG_FAILED)
        event->v[0] = (int32_t)(one_in(roller, 8) ? roll(roller, 256) : roll(roller, CMD_KIND_COUNT));
    else if (kind == MSG_PRINT_RECOVERED) {
        roll_print(roller, player, event);
        event->kind = MSG_PRINT_RECOVERED;
        event->v[3] = (int32_t)roll(roller, 4);
    }
    if (kind != MSG_WINDOW && one_in(roller, 8)) { /* as far as its type goes; the glass's size is our own to tell */
        static const int32_t ends[] = { INT32_MIN, INT32_MAX, -1, 0, 1, 255, 65535 };
        event->v[roll(roller, EVENT_VALUES)] = ends[roll(roller, COUNT(ends))];
    }
    if (one_in(roller, 2))
        event->back = (uint16_t)roll(roller, 3);
    if (one_in(roller, 8))
        event->stray = one_in(roller, 2) ? UINT32_MAX - roll(roller, 3) + 1 : roll(roller, UINT32_MAX);
    if (one_in(roller, 40))
        event->wall_s = (int32_t)roll(roller, 7200) - 3600;
}

static void time_passes(Roller *roller, Event *event)
{
    set(event, MSG_TICK);
    if (roll(roller, 3))
        event->v[0] = 1; /* app_next_wake */
    else
        event->after_ms = roll(roller, one_in(roller, 2) ? 2000 : 400000);
}

/* --- next --------------------------------------------------------------------------------------------------------- */

static MsgKind answer_to(CmdKind command)
{
    for (unsigned kind = 0; kind < MSG_KIND_COUNT; kind++)
        if (world_command_of((MsgKind)kind, command) == command)
            return (MsgKind)kind;
    return MSG_FAILED;
}

/* Out of service: the registrar comes back by and by. */
static void comes_into_service(Roller *roller, Player *player, Event *event)
{
    const Model *model = &player->model;

    if (one_in(roller, 8))
        time_passes(roller, event);
    else if (model_out(model) == OUT_CLOCK) {
        set(event, MSG_TICK);
        event->wall_s = 86400;
    } else if (!model->catalogue)
        answer(roller, player, MSG_CATALOGUE, event);
    else
        set(event, MSG_HEARTBEAT);
}

/* Something is waited for: well, badly, late, twice, for an older visit, or never. */
static void device_speaks(Roller *roller, Player *player, Event *event)
{
    CmdKind waits = player->model.visit.waiting.command;
    MsgKind kind = one_in(roller, 7) ? MSG_FAILED : answer_to(waits);

    answer(roller, player, kind, event);
    event->after_ms = roll(roller, one_in(roller, 20) ? 90000 : 800);
    if (one_in(roller, 25))
        event->back = (uint16_t)(1 + roll(roller, 2));
    if (one_in(roller, 60))
        event->stray = UINT32_MAX; /* of the visit before */
}

/* Of the paper that is followed: of this life, or of an earlier one. */
static void printer_speaks(Roller *roller, const Player *player, Event *event)
{
    const char *job = player->model.paper.job.id;
    uint64_t number = 0;

    roll_print(roller, player, event);
    event->after_ms = roll(roller, 4000);
    if (strncmp(job, RECOVERED_ID, strlen(RECOVERED_ID)) == 0 &&
        str_to_u64(str_from(job + strlen(RECOVERED_ID)), 0, 999, &number)) {
        event->kind = MSG_PRINT_RECOVERED;
        event->v[3] = (int32_t)number;
    }
}

/* The registrar of a phone's link: the phone goes a step further, or something else comes of it. */
static void phone_speaks(Roller *roller, Player *player, Event *event)
{
    CmdKind command = world_phone_command(&player->world);
    ApiPhoneState state = player->model.visit.phone.link.state;

    if (one_in(roller, 7)) {
        answer(roller, player, MSG_FAILED, event);
        event->v[0] = (int32_t)command;
    } else {
        set(event, MSG_PHONE);
        if (command != CMD_PHONE_LINK && one_in(roller, 2))
            event->v[0] = 2 + (int32_t)(one_in(roller, 5) ? roll(roller, PHONE_STATE_COUNT) : state);
        event->v[1] = command == CMD_PHONE_END && roll(roller, 5);
        event->v[2] = one_in(roller, 60);
        event->v[3] = one_in(roller, 60);
    }
    event->after_ms = roll(roller, one_in(roller, 20) ? 40000 : 900);
}

/* A phone signs in: its codes come, it goes a step further, or something else comes of it. */
static void grant_speaks(Roller *roller, Player *player, Event *event)
{
    const GrantState *grant = &player->model.visit.grant;
    const CmdKind doing = grant->errand.doing;

    if (one_in(roller, 8)) {
        answer(roller, player, MSG_FAILED, event);
        event->v[0] = (int32_t)doing;
    } else if (doing == CMD_GRANT) {
        set(event, MSG_GRANT_OFFERED);
        event->v[0] = one_in(roller, 40);
        event->v[1] = one_in(roller, 20) ? -119 : 0;
    } else if (doing == CMD_GRANT_TOKEN)
        answer(roller, player, MSG_SIGNED_IN, event);
    else {
        set(event, MSG_GRANT);
        if (doing == CMD_GRANT_DIGITS)
            event->v[0] = 1 + (int32_t)(roll(roller, 3) ? GRANT_MATCHED : GRANT_DENIED);
        else if (one_in(roller, 2))
            event->v[0] = 1 + (int32_t)(one_in(roller, 8) ? roll(roller, GRANT_STATE_COUNT) : grant->state + 1);
        event->v[1] = one_in(roller, 60);
        event->v[2] = one_in(roller, 20) ? -59 : 0;
    }
    event->after_ms = roll(roller, one_in(roller, 20) ? 40000 : 900);
}

/* Of photographs: a phone sends them, or their pictures come to the glass. */
static void papers_speak(Roller *roller, Player *player, Event *event)
{
    const PapersState *papers = &player->model.visit.papers;

    if (one_in(roller, 7)) {
        answer(roller, player, MSG_FAILED, event);
        event->v[0] = (int32_t)papers->doing;
    } else if (papers->doing == CMD_PAPERS_PAGE) {
        set(event, MSG_PAPER_PICTURE);
        event->v[0] = one_in(roller, 12);
        event->v[1] = one_in(roller, 20) ? (int32_t)roll(roller, 20) - 10 : 0;
    } else {
        set(event, MSG_PAPERS);
        event->v[0] = papers->doing == CMD_PAPERS_STATE && one_in(roller, 2)
                          ? 1 + (int32_t)roll(roller, PAPERS_STATE_COUNT + 1)
                          : 0;
        event->v[1] = (int32_t)roll(roller, 6);
        event->v[2] = one_in(roller, 60);
        event->v[3] = one_in(roller, 60);
    }
    event->after_ms = roll(roller, one_in(roller, 20) ? 40000 : 900);
}

/* One of "my requests" in full. */
static void request_is_told(Roller *roller, Player *player, Event *event)
{
    if (one_in(roller, 8)) {
        answer(roller, player, MSG_FAILED, event);
        event->v[0] = CMD_REQUEST;
    } else
        roll_request(roller, event);
    event->after_ms = roll(roller, one_in(roller, 20) ? 40000 : 900);
}

/* The hall: a ticket or a call goes on, the machine hears of windows and pages. */
static void hall_speaks(Roller *roller, Player *player, Event *event)
{
    const Visit *visit = &player->model.visit;
    CmdKind doing = visit->tickets.errand.doing != CMD_NONE ? visit->tickets.errand.doing : visit->help.errand.doing;

    if (one_in(roller, 7)) {
        answer(roller, player, MSG_FAILED, event);
        event->v[0] = (int32_t)doing;
    } else {
        set(event, visit->tickets.errand.doing != CMD_NONE ? MSG_TICKET : MSG_CALL);
        event->v[0] = (int32_t)(one_in(roller, 3) ? roll(roller, TICKET_STATE_COUNT + 1) : 0);
        event->v[1] = one_in(roller, 30);
        event->v[2] = one_in(roller, 3);
        event->v[3] = one_in(roller, 30);
    }
    event->after_ms = roll(roller, one_in(roller, 20) ? 40000 : 900);
}

static void university_speaks(Roller *roller, Event *event)
{
    set(event, one_in(roller, 2) ? MSG_HALL : MSG_INFORMATION);
    event->v[0] = one_in(roller, 6) ? 1 + (int32_t)roll(roller, 2) : 0;
    for (size_t i = 1; i < EVENT_VALUES; i++)
        event->v[i] = one_in(roller, 5) ? (int32_t)roll(roller, 4) : 0;
}

/* The registrar says at once what changed; seldom that it does not know this kiosk any more. */
static void registrar_speaks(Roller *roller, Event *event)
{
    set(event, MSG_CHANGED);
    event->v[0] = (int32_t)roll(roller, one_in(roller, 20) ? API_CHANGE_COUNT + 1 : CHANGED_KIOSK);
    event->v[1] = one_in(roller, 10);
    event->v[2] = one_in(roller, 4);
    event->v[3] = (int32_t)roll(roller, 4);
    event->after_ms = roll(roller, 900);
}

static void make_plan(Roller *roller, const Player *player)
{
    uint32_t chance = roll(roller, 100);

    roller->visit = player->model.visits;
    roller->plan = chance < 66   ? PLAN_LOOKS_IN
                   : chance < 92 ? PLAN_GOES_THROUGH
                   : chance < 99 ? PLAN_WANDERS
                                 : PLAN_WALKS_AWAY;
    roller->steps = 3 + roll(roller, 40);
}

static bool open_the_day(const Player *player, Event *event)
{
    static const MsgKind first[] = { MSG_WINDOW, MSG_HEARTBEAT,   MSG_CATALOGUE, MSG_PRINTER,
                                     MSG_CARD,   MSG_INFORMATION, MSG_HALL };

    if (player->taken >= COUNT(first))
        return false;
    set(event, first[player->taken]);
    if (event->kind == MSG_CARD)
        event->v[0] = CARD_READER_IS; /* there is one */
    return true;
}

static bool phone_link_is_shown(const Model *model)
{
    return model->visit.phone.link.id[0] && model->visit.phone.link.state < PHONE_USED;
}

/* A phone is at it, and there is nothing to type here. */
static bool grant_is_watched(const Model *model)
{
    return model->visit.grant.offer.grant[0] && model->visit.grant.state != GRANT_DIGITS;
}

void roll_event(Roller *roller, Player *player, Event *event)
{
    const Model *model = &player->model;

    if (open_the_day(player, event))
        return;
    if (model->visits != roller->visit)
        make_plan(roller, player);
    if (roller->steps > 0)
        roller->steps--;
    if (one_in(roller, 1500))
        roller->beats_lost = 3;
    if (roller->beats_lost > 0) {
        roller->beats_lost--;
        *event = (Event){ .kind = MSG_FAILED, .v = { CMD_HEARTBEAT, one_in(roller, 10) ? PROBLEM_UNKNOWN_KIOSK : 0 } };
    } else if (one_in(roller, 4000))
        *event = (Event){ .kind = EVENT_KIND_BAD };
    else if (one_in(roller, 24))
        anything(roller, player, event);
    else if (one_in(roller, 40))
        registrar_speaks(roller, event);
    else if (model_screen(model) == SCREEN_OUT_OF_SERVICE)
        comes_into_service(roller, player, event);
    else if (one_in(roller, 50) || (roller->plan == PLAN_WALKS_AWAY && roller->steps == 0 && model->visit.active))
        time_passes(roller, event);
    else if (roller->plan != PLAN_WALKS_AWAY && roller->steps == 0 && model->visit.active && one_in(roller, 2))
        set_act(event, ACT_FINISH, 0); /* nobody stays for ever */
    else if (model->visit.waiting.command != CMD_NONE && roll(roller, 10))
        device_speaks(roller, player, event);
    else if (model->visit.draft.under_way && one_in(roller, 3)) {
        answer(roller, player, one_in(roller, 5) ? MSG_FAILED : MSG_DRAFT_KEPT, event);
        event->v[0] = event->kind == MSG_FAILED ? CMD_DRAFT : event->v[0];
    } else if ((model->visit.phone.watching || model->visit.phone.doing != CMD_NONE) && roll(roller, 3))
        phone_speaks(roller, player, event);
    else if (model->visit.grant.errand.doing != CMD_NONE && roll(roller, 3))
        grant_speaks(roller, player, event);
    else if (model->visit.papers.doing != CMD_NONE && roll(roller, 3))
        papers_speak(roller, player, event);
    else if ((model->visit.tickets.errand.doing != CMD_NONE || model->visit.help.errand.doing != CMD_NONE) &&
             roll(roller, 3))
        hall_speaks(roller, player, event);
    else if (model->visit.slip.phase == SLIP_ASKED && roll(roller, 3)) {
        answer(roller, player, one_in(roller, 8) ? MSG_FAILED : MSG_SLIP, event);
        if (event->kind == MSG_FAILED)
            event->v[0] = model->visit.screen == SCREEN_TICKET ? CMD_TICKET_SLIP : CMD_RECEIPT;
    } else if (one_in(roller, 60))
        university_speaks(roller, event);
    else if (model->visit.mine.looking && roll(roller, 3))
        request_is_told(roller, player, event);
    else if (papers_are_awaited(&model->visit.papers) && one_in(roller, 2)) {
        set(event, MSG_TICK);
        event->v[0] = 1; /* it is asked what came */
    } else if (grant_is_watched(model) && roll(roller, 4)) {
        set(event, MSG_TICK);
        event->v[0] = 1; /* it is asked how it is */
    } else if (phone_link_is_shown(model) && model->visit.phone.link.state != PHONE_OPENED && roll(roller, 4)) {
        set(event, MSG_TICK);
        event->v[0] = 1; /* it is asked how the link is */
    } else if (model->paper.job.id[0] && !phase_is_final(model->paper.phase) && roll(roller, 3))
        printer_speaks(roller, player, event);
    else if (one_in(roller, 40)) { /* an answer that nobody waits for any more */
        anything(roller, player, event);
        event->back = (uint16_t)roll(roller, 4);
    } else
        somebody_acts(roller, player, event);
}
