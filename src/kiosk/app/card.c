/* A card and its PIN: who signs in with one, and the student's own.  A card alone opens nothing; what was read and
 * typed is wiped as soon as it is done with. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"

bool model_tells_card(const Model *model)
{
    return model->reads_cards && model->visit.signed_in && !model->visit.session.visitor;
}

bool model_sets_card(const Model *model)
{
    return model_tells_card(model) && model->visit.card.told && model->visit.card.mine.may_set;
}

bool card_waits_for(CmdKind command)
{
    return command == CMD_CARD_SIGN_IN || command == CMD_CARD || command == CMD_CARD_SET || command == CMD_CARD_BLOCK;
}

static bool is_waiting(const Visit *visit)
{
    return card_waits_for(visit->waiting.command);
}

void card_forget(Visit *visit)
{
    const bool stays = visit->card.stays;

    code_drop(&visit->card.code);
    mem_wipe(&visit->card, sizeof visit->card);
    visit->card.stays = stays;
}

static void show(const Step *step, CardStep at, CardNote note)
{
    Visit *visit = step->visit;

    visit->card.step = at;
    visit->card.note = note;
    mem_wipe(visit->card.pin, sizeof visit->card.pin);
    if (at != CARD_STEP_AGAIN)
        mem_wipe(visit->card.first, sizeof visit->card.first);
    typing_layer(visit, LAYER_NUMBERS);
    step_show(step, SCREEN_CARD);
}

/* --- what a reader or a scanner reads ----------------------------------------------------------------------------- */

static bool is_covered(const Visit *visit)
{
    return visit->choosing_language || visit->settings_shown || visit->help.shown || visit->still_there_ms != 0 ||
           visit->leaving != LEAVING_NOT;
}

/* Nobody is signed in, and somebody may. */
static bool asks_who(const Visit *visit)
{
    return !visit->signed_in && visit->waiting.command == CMD_NONE &&
           (visit->screen == SCREEN_SIGN_IN || (visit->screen == SCREEN_CARD && visit->card.step == CARD_STEP_PIN));
}

static bool asks_which(const Visit *visit)
{
    return visit->signed_in && visit->screen == SCREEN_CARD && visit->card.step == CARD_STEP_HOLD && !is_waiting(visit);
}

bool app_takes_card(const Model *model)
{
    const Visit *visit = &model->visit;

    if (!visit->active)
        return model_screen(model) == SCREEN_ATTRACT;
    return !is_covered(visit) && (asks_who(visit) || asks_which(visit));
}

static CardNote note_of(CardFault fault)
{
    return fault == CARD_OK ? CARD_NOTE_NONE : fault == CARD_NUMBER ? CARD_NOTE_NUMBER : CARD_NOTE_UNREADABLE;
}

static void keep(Visit *visit, const MsgCard *read)
{
    CardState *card = &visit->card;

    card->kind = read->kind;
    card->stays = card->stays || read->stays;
    memcpy(card->card, read->card, sizeof card->card);
}

/* A printed number is the number, and no more than typed: its password is asked. */
static void take_number(const Step *step, const char *digits)
{
    Visit *visit = step->visit;
    const size_t length = strlen(digits);

    if (length < NUMBER_DIGITS_LEAST || length > NUMBER_DIGITS_MOST) {
        show(step, CARD_STEP_PIN, CARD_NOTE_NUMBER);
        return;
    }
    card_forget(visit);
    mem_wipe(&visit->sign_in.password, sizeof visit->sign_in.password);
    str_copy_cut(str_from(digits), visit->sign_in.number, sizeof visit->sign_in.number);
    visit->sign_in.note = SIGN_IN_NOTE_NONE;
    sign_in_focus(visit, SIGN_IN_PASSWORD);
    step_show(step, SCREEN_SIGN_IN);
}

static void take_who(const Step *step, const MsgCard *read)
{
    if (read->fault == CARD_NUMBER) {
        take_number(step, read->card);
        return;
    }
    card_forget(step->visit);
    if (read->fault == CARD_OK)
        keep(step->visit, read);
    show(step, CARD_STEP_PIN, note_of(read->fault));
}

static void take_which(const Step *step, const MsgCard *read)
{
    if (read->fault == CARD_OK)
        keep(step->visit, read);
    show(step, read->fault == CARD_OK ? CARD_STEP_NEW : CARD_STEP_HOLD, note_of(read->fault));
}

/* Whoever pulls out the card takes leave with it; while its PIN is typed nothing has begun yet. */
static void pulled(const Step *step)
{
    Visit *visit = step->visit;
    CardState *card = &visit->card;
    const bool setting = card->step == CARD_STEP_NEW || card->step == CARD_STEP_AGAIN;

    if (!visit->active || !card->stays)
        return;
    card->stays = false;
    if (visit->screen == SCREEN_CARD && !visit->signed_in) {
        if (visit->waiting.command == CMD_CARD_SIGN_IN) { /* a session that comes all the same is ended at once */
            step_cmd(step, CMD_CANCEL_REQUESTS);
            visit->waiting = (Waiting){ 0 };
        }
        card_forget(visit);
        show(step, CARD_STEP_PIN, CARD_NOTE_PULLED);
    } else if (visit->screen == SCREEN_CARD && setting && !is_waiting(visit)) {
        mem_wipe(card->card, sizeof card->card);
        show(step, CARD_STEP_HOLD, CARD_NOTE_PULLED);
    } else if (visit->signed_in && visit->session_by_card && !model_is_printing(step->model))
        visit_leave(step, LEAVING_FINISH);
}

void card_heard(const Step *step)
{
    const MsgCard *read = &step->msg->as.card;
    Visit *visit = step->visit;

    if (read->what == CARD_READER_IS)
        step->model->reads_cards = step->model->scans || read->reader;
    else if (read->what == CARD_WAS_PULLED)
        pulled(step);
    else if (read->what == CARD_WAS_READ && app_takes_card(step->model)) {
        if (!visit->active)
            visit_begin(step, step->model->language);
        visit_touch(step);
        (visit->signed_in ? take_which : take_who)(step, read);
    }
}

/* --- asking the registrar ----------------------------------------------------------------------------------------- */

static void ask_with_pin(const Step *step, CmdKind kind)
{
    CardState *card = &step->visit->card;
    Cmd *cmd = step_ask(step, kind);

    cmd->as.card.kind = card->kind;
    memcpy(cmd->as.card.card, card->card, sizeof cmd->as.card.card);
    memcpy(cmd->as.card.pin, card->pin, sizeof cmd->as.card.pin);
    card->note = CARD_NOTE_NONE;
}

static void enter_new(const Step *step)
{
    CardState *card = &step->visit->card;

    if (card_pin_easy(str_from(card->pin))) {
        show(step, CARD_STEP_NEW, CARD_NOTE_EASY);
        return;
    }
    memcpy(card->first, card->pin, sizeof card->first);
    show(step, CARD_STEP_AGAIN, CARD_NOTE_NONE);
}

static void enter(const Step *step)
{
    CardState *card = &step->visit->card;
    const bool waits = card->note == CARD_NOTE_LIMITED && step->model->wall_ms < card->wait_until_ms;

    if (is_waiting(step->visit) || waits || !card->card[0] || !card_pin_valid(str_from(card->pin)))
        return;
    if (card->step == CARD_STEP_PIN)
        ask_with_pin(step, CMD_CARD_SIGN_IN);
    else if (card->step == CARD_STEP_NEW)
        enter_new(step);
    else if (card->step == CARD_STEP_AGAIN && strcmp(card->first, card->pin) != 0)
        show(step, CARD_STEP_NEW, CARD_NOTE_DIFFERENT);
    else if (card->step == CARD_STEP_AGAIN)
        ask_with_pin(step, CMD_CARD_SET);
}

void card_open(const Step *step)
{
    if (!model_tells_card(step->model))
        return;
    draft_open_is_over(step->visit);
    card_forget(step->visit);
    step->visit->card.before = step->visit->screen;
    show(step, CARD_STEP_MINE, CARD_NOTE_NONE);
    step_ask(step, CMD_CARD);
}

static CardNote note_of_problem(ApiProblemKind kind)
{
    switch ((int)kind) {
    case PROBLEM_SIGN_IN_REFUSED: return CARD_NOTE_WRONG;
    case PROBLEM_LIMIT: return CARD_NOTE_LIMITED;
    case PROBLEM_CARD_BLOCKED: return CARD_NOTE_BLOCKED;
    case PROBLEM_CARD_TAKEN: return CARD_NOTE_TAKEN;
    case PROBLEM_PIN_EASY: return CARD_NOTE_EASY;
    case PROBLEM_NOT_ALLOWED: return CARD_NOTE_DENIED;
    default: return CARD_NOTE_AWAY;
    }
}

static void failed(const Step *step, CmdKind command, const ApiProblem *problem)
{
    CardState *card = &step->visit->card;
    const CardNote note = note_of_problem(problem->kind);

    if (problem->kind == PROBLEM_UNKNOWN_KIOSK) {
        machine_is_unknown(step);
        return;
    }
    if (note == CARD_NOTE_LIMITED)
        card->wait_until_ms = step->model->wall_ms + (int64_t)problem->retry_after_s * 1000;
    if (note == CARD_NOTE_AWAY)
        machine_doubt(step);
    if (note == CARD_NOTE_BLOCKED)
        mem_wipe(card->card, sizeof card->card);
    if (command == CMD_CARD_SIGN_IN)
        show(step, CARD_STEP_PIN, note);
    else
        show(step, command == CMD_CARD_SET && note == CARD_NOTE_EASY ? CARD_STEP_NEW : CARD_STEP_MINE, note);
}

void card_is_silent(const Step *step)
{
    if (step->visit->screen == SCREEN_CARD)
        show(step, step->visit->signed_in ? CARD_STEP_MINE : CARD_STEP_PIN, CARD_NOTE_AWAY);
}

static void told(const Step *step, CmdKind command)
{
    CardState *card = &step->visit->card;

    card->mine = step->msg->as.my_card;
    card->told = true;
    code_drop(&card->code);
    if (card->mine.block_address[0])
        (void)code_keep(step->model, &card->code, card->mine.block_address); /* without it the rest is as good */
    if (command == CMD_CARD_SET)
        mem_wipe(card->card, sizeof card->card);
    if (command != CMD_CARD)
        show(step, CARD_STEP_MINE, command == CMD_CARD_SET ? CARD_NOTE_DONE : CARD_NOTE_NONE);
}

/* The session may be over meanwhile: then the password is asked, as anywhere. */
void card_take(const Step *step)
{
    Visit *visit = step->visit;
    const CmdKind command = visit->waiting.command;
    const MsgKind kind = step->msg->kind;

    if (!card_waits_for(command) || (kind == MSG_SIGNED_IN) != (command == CMD_CARD_SIGN_IN && kind != MSG_FAILED) ||
        !step_answers(step, command)) {
        if (kind == MSG_SIGNED_IN)
            sign_in_return(step);
        return;
    }
    if (kind == MSG_SIGNED_IN) {
        sign_in_enter(step);
        visit->session_by_card = true;
        card_forget(visit);
    } else if (kind == MSG_MY_CARD)
        told(step, command);
    else if (step->msg->as.failed.problem.kind == PROBLEM_SESSION_ENDED)
        sign_in_again(step);
    else
        failed(step, command, &step->msg->as.failed.problem);
}

/* --- hands -------------------------------------------------------------------------------------------------------- */

static bool takes_pin(const Visit *visit)
{
    const CardState *card = &visit->card;

    return !is_waiting(visit) && card->card[0] &&
           (card->step == CARD_STEP_PIN || card->step == CARD_STEP_NEW || card->step == CARD_STEP_AGAIN);
}

void card_text(const Step *step, const char *text)
{
    CardState *card = &step->visit->card;
    size_t length = strlen(card->pin);

    for (; takes_pin(step->visit) && *text && length < CARD_PIN_MOST; text++)
        if (*text >= '0' && *text <= '9') {
            card->pin[length++] = *text;
            card->note = card->note == CARD_NOTE_LIMITED ? card->note : CARD_NOTE_NONE;
        }
}

void card_key(const Step *step, EditKey key)
{
    CardState *card = &step->visit->card;
    const size_t length = strlen(card->pin);

    if (key == EDIT_ENTER)
        enter(step);
    else if (key == EDIT_CLEAR && takes_pin(step->visit))
        mem_wipe(card->pin, sizeof card->pin);
    else if (key == EDIT_ERASE && takes_pin(step->visit) && length > 0)
        card->pin[length - 1] = '\0';
}

static void back(const Step *step)
{
    Visit *visit = step->visit;
    const CardStep at = visit->card.step;

    if (is_waiting(visit)) {
        step_cmd(step, CMD_CANCEL_REQUESTS);
        visit->waiting = (Waiting){ 0 };
    }
    if (!visit->signed_in) {
        card_forget(visit);
        sign_in_focus(visit, visit->sign_in.number[0] ? SIGN_IN_PASSWORD : SIGN_IN_NUMBER);
        step_show(step, SCREEN_SIGN_IN);
    } else if (at == CARD_STEP_MINE) {
        const ScreenKind before = visit->card.before;

        card_forget(visit);
        if (before == SCREEN_REQUESTS)
            mine_show(step);
        else
            step_show(step, SCREEN_HOME);
    } else
        show(step, at == CARD_STEP_AGAIN ? CARD_STEP_NEW : CARD_STEP_MINE, CARD_NOTE_NONE);
}

void card_act(const Step *step, Act act)
{
    Visit *visit = step->visit;
    const bool mine = visit->signed_in && visit->card.step == CARD_STEP_MINE;

    if (act == ACT_FINISH)
        visit_leave(step, LEAVING_FINISH);
    else if (act == ACT_BACK)
        back(step);
    else if (is_waiting(visit))
        return;
    else if (act == ACT_CARD_ENTER)
        enter(step);
    else if (act == ACT_CARD_NEW && mine && model_sets_card(step->model))
        show(step, CARD_STEP_HOLD, CARD_NOTE_NONE);
    else if (act == ACT_CARD_BLOCK && mine && visit->card.mine.state == API_CARD_ACTIVE)
        show(step, CARD_STEP_BLOCK, CARD_NOTE_NONE);
    else if (act == ACT_CARD_BLOCK_YES && visit->signed_in && visit->card.step == CARD_STEP_BLOCK)
        step_ask(step, CMD_CARD_BLOCK);
}
