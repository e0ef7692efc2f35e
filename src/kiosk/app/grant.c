/* Signing in with one's own phone (wire/grant.h): a code on the glass, two digits from the phone, and the session that
 * comes of them.  The registrar tells of each change; it is asked for all the same, now and then, while it matters. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"

#define POLL_MS      5000 /* where no event tells: RFC 8628's own pace */
#define POLL_AWAY_MS 2000
#define SECOND_MS    1000

bool model_offers_grant(const Model *model)
{
    return model->registrar.grants;
}

static bool has_grant(const GrantState *grant)
{
    return grant->offer.grant[0] != '\0';
}

bool grant_is_live(const GrantState *grant)
{
    return has_grant(grant) && grant->state <= GRANT_MATCHED;
}

void grant_drop(Visit *visit)
{
    code_drop(&visit->grant.code);
    mem_wipe(&visit->grant, sizeof visit->grant);
}

/* --- asking ------------------------------------------------------------------------------------------------------- */

static Cmd *ask(const Step *step, CmdKind kind)
{
    GrantState *grant = &step->visit->grant;
    Cmd *cmd = errand_ask(step, &grant->errand, kind);

    memcpy(cmd->as.grant.id, grant->offer.grant, sizeof cmd->as.grant.id);
    return cmd;
}

/* Nobody waits for it any more: what the phone does with it comes to nothing. */
static void end(const Step *step)
{
    if (!grant_is_live(&step->visit->grant))
        return;
    Cmd *cmd = step_cmd(step, CMD_GRANT_END);
    memcpy(cmd->as.grant.id, step->visit->grant.offer.grant, sizeof cmd->as.grant.id);
}

static void over(const Step *step, GrantNote note)
{
    grant_drop(step->visit);
    step->visit->grant.note = note;
}

static void ask_offer(const Step *step)
{
    end(step);
    over(step, GRANT_NOTE_NONE);
    ask(step, CMD_GRANT);
}

void grant_open(const Step *step)
{
    Visit *visit = step->visit;

    if (!model_offers_grant(step->model) || visit->signed_in || visit->waiting.command != CMD_NONE)
        return;
    mem_wipe(visit->sign_in.password, sizeof visit->sign_in.password);
    visit->sign_in.note = SIGN_IN_NOTE_NONE;
    step_show(step, SCREEN_GRANT);
    ask_offer(step);
}

void grant_forget(const Step *step)
{
    end(step);
    grant_drop(step->visit);
}

static void send_digits(const Step *step)
{
    GrantState *grant = &step->visit->grant;

    if (!has_grant(grant) || grant->state != GRANT_DIGITS || strlen(grant->digits) != 2 ||
        grant->errand.doing == CMD_GRANT_DIGITS)
        return;
    Cmd *cmd = ask(step, CMD_GRANT_DIGITS);
    memcpy(cmd->as.grant.digits.digits, grant->digits, sizeof cmd->as.grant.digits.digits);
}

static void ask_token(const Step *step)
{
    Cmd *cmd = ask(step, CMD_GRANT_TOKEN);

    memcpy(cmd->as.grant.device_code, step->visit->grant.offer.device_code, sizeof cmd->as.grant.device_code);
}

/* --- answers ------------------------------------------------------------------------------------------------------ */

static void offered(const Step *step)
{
    GrantState *grant = &step->visit->grant;

    grant->offer = step->msg->as.grant_offer;
    grant->state = GRANT_OFFERED;
    grant->ends_at_ms = step->now_ms + (int64_t)grant->offer.expires_in * SECOND_MS;
    grant->poll_at_ms = step->now_ms + POLL_MS;
    visit_touch(step); /* whoever takes out a phone is there */
    if (!code_keep(step->model, &grant->code, grant->offer.verification_uri_complete)) {
        grant_forget(step); /* an address that no code can hold */
        grant->note = GRANT_NOTE_AWAY;
    }
}

static void told(const Step *step, CmdKind did)
{
    GrantState *grant = &step->visit->grant;
    const ApiGrant *now = &step->msg->as.grant;
    const bool turned = now->state != grant->state;

    if (strcmp(now->id, grant->offer.grant) != 0 || now->state >= GRANT_STATE_COUNT)
        return;
    grant->poll_at_ms = step->now_ms + (grant->errand.changed ? 0 : POLL_MS);
    grant->unsaid = false;
    if (now->state == GRANT_DENIED)
        over(step, did == CMD_GRANT_DIGITS ? GRANT_NOTE_WRONG : GRANT_NOTE_DENIED);
    else if (now->state == GRANT_EXPIRED || now->state == GRANT_USED)
        over(step, GRANT_NOTE_LATE);
    if (!turned || now->state > GRANT_MATCHED)
        return;
    grant->state = now->state;
    grant->ends_at_ms = step->now_ms + (int64_t)now->seconds_left * SECOND_MS;
    code_drop(&grant->code); /* a phone is at it: nobody else needs it */
    visit_touch(step);
    if (grant->state == GRANT_DIGITS)
        typing_layer(step->visit, LAYER_NUMBERS);
    else if (grant->state == GRANT_MATCHED)
        ask_token(step);
}

/* What was asked may have come about all the same: it is looked at again. */
static void no_answer(const Step *step, CmdKind did)
{
    GrantState *grant = &step->visit->grant;
    const ApiProblem *problem = step->msg->kind == MSG_FAILED ? &step->msg->as.failed.problem : NULL;

    if (problem && problem->kind == PROBLEM_UNKNOWN_KIOSK) {
        machine_is_unknown(step);
        return;
    }
    if (did == CMD_GRANT) {
        over(step, problem && problem->kind == PROBLEM_LIMIT ? GRANT_NOTE_LIMIT : GRANT_NOTE_AWAY);
    } else if (problem && (problem->kind == PROBLEM_NOT_FOUND || problem->kind == PROBLEM_BAD_REQUEST)) {
        over(step, GRANT_NOTE_LATE); /* the token was refused, or the grant is nobody's any more */
    } else {
        mem_wipe(grant->digits, sizeof grant->digits);
        grant->unsaid = grant->unsaid || did != CMD_GRANT_STATE;
        grant->poll_at_ms = step->now_ms + POLL_AWAY_MS;
        if (did == CMD_GRANT_TOKEN)
            grant->state = GRANT_DIGITS; /* looked at again: matched still, it is asked for once more */
    }
}

void grant_take(const Step *step)
{
    GrantState *grant = &step->visit->grant;
    const CmdKind did = grant->errand.doing;
    const MsgKind kind = step->msg->kind;

    if (!errand_answers(step, &grant->errand)) {
        if (kind == MSG_SIGNED_IN)
            sign_in_return(step);
        return;
    }
    if (kind == MSG_FAILED)
        no_answer(step, did);
    else if (kind == MSG_SIGNED_IN && did == CMD_GRANT_TOKEN) {
        grant_drop(step->visit);
        sign_in_enter(step);
    } else if (kind == MSG_SIGNED_IN)
        sign_in_return(step);
    else if (kind == MSG_GRANT_OFFERED && did == CMD_GRANT)
        offered(step);
    else if (kind == MSG_GRANT && did != CMD_GRANT)
        told(step, did);
}

bool grant_waits_for(const Visit *visit, CmdKind command)
{
    return visit->grant.errand.doing == command;
}

void grant_changed(const Step *step, const char *id)
{
    GrantState *grant = &step->visit->grant;

    if (!grant_is_live(grant) || (id && strcmp(grant->offer.grant, id) != 0))
        return;
    grant->poll_at_ms = step->now_ms;
    grant->errand.changed = grant->errand.doing != CMD_NONE;
}

/* --- time --------------------------------------------------------------------------------------------------------- */

void grant_time(const Step *step)
{
    GrantState *grant = &step->visit->grant;

    if (grant->errand.doing != CMD_NONE && step->now_ms >= grant->errand.since_ms + WAITING_LIMIT_MS) {
        const CmdKind did = grant->errand.doing;

        grant->errand = (Errand){ 0 };
        no_answer(step, did);
    }
    if (!grant_is_live(grant))
        return;
    if (step->now_ms >= grant->ends_at_ms && grant->errand.doing != CMD_GRANT_TOKEN) {
        end(step);
        over(step, GRANT_NOTE_LATE);
        return;
    }
    if (grant->state == GRANT_OFFERED)
        (void)code_keep(step->model, &grant->code, grant->offer.verification_uri_complete);
    if (grant->errand.doing == CMD_NONE && step->now_ms >= grant->poll_at_ms)
        ask(step, CMD_GRANT_STATE);
}

int64_t grant_next_wake(const Model *model)
{
    const GrantState *grant = &model->visit.grant;
    int64_t wake_ms = INT64_MAX;

    if (grant->errand.doing != CMD_NONE)
        wake_ms = grant->errand.since_ms + WAITING_LIMIT_MS;
    if (!grant_is_live(grant))
        return wake_ms;
    if (grant->errand.doing == CMD_NONE && grant->poll_at_ms < wake_ms)
        wake_ms = grant->poll_at_ms;
    if (grant->errand.doing != CMD_GRANT_TOKEN) { /* its seconds are told */
        const int64_t left_ms = grant->ends_at_ms - model->monotonic_ms;
        const int64_t second_ms =
            left_ms > 0 ? grant->ends_at_ms - (left_ms - 1) / SECOND_MS * SECOND_MS : grant->ends_at_ms;

        wake_ms = second_ms < wake_ms ? second_ms : wake_ms;
    }
    return wake_ms;
}

int model_grant_seconds(const Model *model)
{
    const int64_t left_ms = model->visit.grant.ends_at_ms - model->monotonic_ms;

    return left_ms > 0 ? (int)((left_ms + SECOND_MS - 1) / SECOND_MS) : 0;
}

/* --- hands -------------------------------------------------------------------------------------------------------- */

void grant_text(const Step *step, const char *text)
{
    GrantState *grant = &step->visit->grant;
    size_t length = strlen(grant->digits);

    if (!has_grant(grant) || grant->state != GRANT_DIGITS || grant->errand.doing == CMD_GRANT_DIGITS)
        return;
    for (; *text && length < 2; text++)
        if (*text >= '0' && *text <= '9')
            grant->digits[length++] = *text;
}

void grant_key(const Step *step, EditKey key)
{
    GrantState *grant = &step->visit->grant;
    const size_t length = strlen(grant->digits);

    if (key == EDIT_ENTER)
        send_digits(step);
    else if (grant->errand.doing != CMD_GRANT_DIGITS && length > 0 && (key == EDIT_ERASE || key == EDIT_CLEAR))
        grant->digits[key == EDIT_CLEAR ? 0 : length - 1] = '\0';
}

void grant_act(const Step *step, Act act)
{
    Visit *visit = step->visit;

    if (act == ACT_FINISH)
        visit_leave(step, LEAVING_FINISH);
    else if (act == ACT_BACK) {
        if (visit->grant.errand.doing == CMD_GRANT_TOKEN)
            return; /* the session is as good as here */
        grant_forget(step);
        sign_in_focus(visit, visit->sign_in.number[0] ? SIGN_IN_PASSWORD : SIGN_IN_NUMBER);
        step_show(step, SCREEN_SIGN_IN);
    } else if (act == ACT_GRANT_DIGITS)
        send_digits(step);
    else if (act == ACT_GRANT_NEW && visit->grant.errand.doing == CMD_NONE && !grant_is_live(&visit->grant) &&
             visit->grant.note != GRANT_NOTE_LIMIT)
        ask_offer(step);
}
