/* The copy on a phone: a code on the glass, two digits from the phone, and what became of it.  The link itself is the
 * registrar's, which tells of its changes (wire/events.h); it is asked for all the same, now and then, while it
 * matters. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "wire/qr.h"

#define QR_VERSION_MOST 13

static bool has_link(const PhoneState *phone)
{
    return phone->link.id[0] != '\0';
}

/* The registrar can still say something new of it. */
static bool is_live(const PhoneState *phone)
{
    return has_link(phone) && phone->link.state <= PHONE_MATCHED && !phone->link.withdrawn;
}

bool phone_is_over(const PhoneState *phone)
{
    return has_link(phone) && (phone->link.state == PHONE_USED || phone->link.withdrawn);
}

bool phone_is_in_use(const PhoneState *phone)
{
    return is_live(phone);
}

void phone_drop(Visit *visit)
{
    blob_drop(visit->phone.qr);
    mem_wipe(&visit->phone, sizeof visit->phone);
}

/* --- asking ------------------------------------------------------------------------------------------------------- */

static Cmd *ask(const Step *step, CmdKind kind, const char *id)
{
    PhoneState *phone = &step->visit->phone;
    Cmd *cmd = step_cmd(step, kind);

    cmd->asked = ++step->visit->asked;
    memcpy(cmd->as.phone.id, id, sizeof cmd->as.phone.id);
    phone->asked = cmd->asked;
    phone->watching = kind == CMD_PHONE_STATE;
    phone->doing = phone->watching ? CMD_NONE : kind;
    phone->since_ms = step->now_ms;
    return cmd;
}

static void moved(const Step *step, PhoneNote note)
{
    step->visit->phone.note = note;
    step->visit->phone.moved_ms = step->now_ms;
}

/* The code of before is worth nothing once there is another.  One that was asked for and may have been made, though its
 * answer was lost, is asked for again. */
static void ask_link(const Step *step)
{
    Visit *visit = step->visit;
    PhoneState *phone = &visit->phone;
    const char *copy = visit->issue.paper.copy;
    bool wanted = phone->wanted;
    char key[API_ID_SIZE];

    if (phone->key[0] && strcmp(phone->copy, copy) == 0)
        memcpy(key, phone->key, sizeof key);
    else
        uuid_from_random(step->msg->random, key);
    phone_drop(visit);
    phone->wanted = wanted;
    memcpy(phone->key, key, sizeof phone->key);
    memcpy(phone->copy, copy, sizeof phone->copy);
    moved(step, PHONE_NOTE_NONE);
    Cmd *cmd = ask(step, CMD_PHONE_LINK, copy);
    memcpy(cmd->as.phone.key, key, sizeof cmd->as.phone.key);
}

static void allow(const Step *step)
{
    PhoneState *phone = &step->visit->phone;

    if (phone->link.state != PHONE_OPENED || strlen(phone->digits) != 2 || phone->doing != CMD_NONE)
        return;
    Cmd *cmd = ask(step, CMD_PHONE_DIGITS, phone->link.id);
    memcpy(cmd->as.phone.digits.digits, phone->digits, sizeof cmd->as.phone.digits.digits);
}

static void withdraw(const Step *step)
{
    PhoneState *phone = &step->visit->phone;

    if (phone->doing == CMD_NONE && has_link(phone) && !phone->link.withdrawn &&
        (phone->link.state == PHONE_MATCHED || phone->link.state == PHONE_USED))
        ask(step, CMD_PHONE_END, phone->link.id);
}

/* --- beginning and ending ----------------------------------------------------------------------------------------- */

void phone_begin(const Step *step)
{
    Visit *visit = step->visit;

    if (!model_offers_phone(step->model))
        return;
    if (model_paper_is_out(step->model)) {
        step_show(step, SCREEN_PHONE);
        if (!has_link(&visit->phone) && visit->phone.doing == CMD_NONE)
            ask_link(step);
        return;
    }
    phone_drop(visit);
    issue_release(step); /* a page on its way is not to be printed */
    visit->issue.carrier = CARRIER_PHONE;
    issue_begin(step);
}

void phone_issued(const Step *step)
{
    step_show(step, SCREEN_PHONE);
    ask_link(step);
}

void phone_paper_is_out(const Step *step)
{
    Visit *visit = step->visit;

    if (visit->phone.wanted && model_offers_phone(step->model) && visit->issue.paper.copy[0])
        ask_link(step);
}

void phone_forget(const Step *step)
{
    PhoneState *phone = &step->visit->phone;

    if (has_link(phone) && (phone->link.state == PHONE_OFFERED || phone->link.state == PHONE_OPENED)) {
        Cmd *cmd = step_cmd(step, CMD_PHONE_END);
        memcpy(cmd->as.phone.id, phone->link.id, sizeof cmd->as.phone.id);
    }
    phone_drop(step->visit);
}

/* --- the picture of the code -------------------------------------------------------------------------------------- */

static bool draw(const PhoneState *phone, const Model *model, Blob **ret, int *ret_module_px, int *ret_px)
{
    OWNED_BUF png;
    Qr qr;

    buf_init(&png, 1u << 20);
    if (!qr_make(str_from(phone->link.address), (Str){ "", 0 }, QR_VERSION_MOST, &qr, NULL))
        return false;
    *ret_module_px = model_qr_module(model, qr.side + 2 * QR_QUIET);
    if (phone->qr && phone->module_px == *ret_module_px)
        return false;
    if (!qr_png(&qr, *ret_module_px, &png, NULL))
        return false;
    *ret_px = (qr.side + 2 * QR_QUIET) * *ret_module_px;
    *ret = blob_take_buf(&png);
    return *ret != NULL;
}

/* As large as the glass has room for it now. */
static void keep_picture(const Step *step)
{
    PhoneState *phone = &step->visit->phone;
    int module_px, px;
    Blob *png;

    if (phone->link.state != PHONE_OFFERED || !draw(phone, step->model, &png, &module_px, &px))
        return;
    blob_drop(phone->qr);
    phone->qr = png;
    phone->module_px = module_px;
    phone->qr_px = px;
}

/* Once a phone is at it nobody else needs it. */
static void drop_picture(PhoneState *phone)
{
    blob_drop(steal(&phone->qr));
    mem_wipe(phone->link.address, sizeof phone->link.address);
}

/* --- looking at it ------------------------------------------------------------------------------------------------ */

/* What changed while it was being asked for may not be in the answer. */
static void look_again(const Step *step, int64_t in_ms)
{
    PhoneState *phone = &step->visit->phone;

    phone->poll_at_ms = step->now_ms + (phone->changed ? 0 : in_ms);
    phone->changed = false;
}

static bool is_asking(const PhoneState *phone)
{
    return phone->watching || phone->doing != CMD_NONE;
}

void phone_changed(const Step *step, const char *link)
{
    PhoneState *phone = &step->visit->phone;

    if (!is_live(phone) || (link && strcmp(phone->link.id, link) != 0))
        return;
    phone->poll_at_ms = step->now_ms;
    phone->changed = is_asking(phone);
}

/* --- answers ------------------------------------------------------------------------------------------------------ */

static void take_link(const Step *step)
{
    PhoneState *phone = &step->visit->phone;

    phone->link = step->msg->as.phone;
    phone->key[0] = '\0';
    phone->link.address[sizeof phone->link.address - 1] = '\0';
    phone->poll_at_ms = step->now_ms + PHONE_POLL_MS;
    moved(step, PHONE_NOTE_NONE);
    keep_picture(step);
    if (!phone->qr) { /* an address that no code can hold: nobody could open it */
        phone_forget(step);
        moved(step, PHONE_NOTE_REFUSED);
    }
}

static PhoneNote note_of(const PhoneState *phone, CmdKind did)
{
    if (phone->link.state == PHONE_EXPIRED)
        return PHONE_NOTE_LATE;
    if (phone->link.state == PHONE_DENIED && !phone->link.withdrawn)
        return did == CMD_PHONE_DIGITS ? PHONE_NOTE_WRONG : PHONE_NOTE_ENDED;
    return PHONE_NOTE_NONE;
}

/* A phone that does something stands for a touch: somebody is there. */
static void take_state(const Step *step, CmdKind did)
{
    Visit *visit = step->visit;
    PhoneState *phone = &visit->phone;
    const ApiPhoneLink *now = &step->msg->as.phone;
    bool turned = now->state != phone->link.state || now->withdrawn != phone->link.withdrawn;

    if (strcmp(now->id, phone->link.id) != 0 || now->state >= PHONE_STATE_COUNT)
        return;
    phone->link.state = now->state;
    phone->link.withdrawn = now->withdrawn;
    phone->link.taken_at_s = now->taken_at_s;
    look_again(step, PHONE_POLL_MS);
    phone->unsaid = false;
    if (!turned)
        return;
    mem_wipe(phone->digits, sizeof phone->digits);
    drop_picture(phone);
    moved(step, note_of(phone, did));
    visit_touch(step);
    if (phone->link.state == PHONE_OPENED) {
        typing_layer(visit, LAYER_NUMBERS);
        if (visit->screen == SCREEN_DONE)
            step_show(step, SCREEN_PHONE);
    }
}

static void no_link(const Step *step)
{
    const ApiProblem *problem = &step->msg->as.failed.problem;

    if (problem->kind != PROBLEM_NONE && problem->kind != PROBLEM_BUSY && problem->kind != PROBLEM_INTERNAL)
        step->visit->phone.key[0] = '\0'; /* it was answered: none was made */
    if (problem->kind == PROBLEM_SESSION_ENDED && step->visit->screen == SCREEN_PHONE)
        sign_in_again(step);
    else if (problem->kind == PROBLEM_LIMIT)
        moved(step, PHONE_NOTE_LIMIT);
    else if (problem->kind == PROBLEM_NOT_ALLOWED || problem->kind == PROBLEM_NOT_FOUND)
        moved(step, PHONE_NOTE_REFUSED);
    else
        moved(step, PHONE_NOTE_AWAY);
}

/* What was asked of a link may have come about all the same: it is looked at again. */
static void no_answer(const Step *step, CmdKind did)
{
    PhoneState *phone = &step->visit->phone;
    ApiProblemKind problem = step->msg->kind == MSG_FAILED ? step->msg->as.failed.problem.kind : PROBLEM_NONE;

    if (problem == PROBLEM_NOT_FOUND || problem == PROBLEM_SESSION_ENDED) {
        phone->link.state = PHONE_EXPIRED;
        drop_picture(phone);
        moved(step, PHONE_NOTE_ENDED);
        return;
    }
    look_again(step, PHONE_POLL_AWAY_MS);
    phone->unsaid = did != CMD_PHONE_STATE || phone->unsaid;
    mem_wipe(phone->digits, sizeof phone->digits);
}

void phone_take(const Step *step)
{
    PhoneState *phone = &step->visit->phone;
    CmdKind did = phone->watching ? CMD_PHONE_STATE : phone->doing;

    if (did == CMD_NONE || step->msg->asked != phone->asked)
        return;
    phone->watching = false;
    phone->doing = CMD_NONE;
    if (step->msg->kind == MSG_FAILED && did == CMD_PHONE_LINK)
        no_link(step);
    else if (step->msg->kind == MSG_FAILED)
        no_answer(step, did);
    else if (did == CMD_PHONE_LINK)
        take_link(step);
    else
        take_state(step, did);
}

/* --- time --------------------------------------------------------------------------------------------------------- */

/* Neither an answer nor a failure. */
static void silence_is_over(const Step *step)
{
    PhoneState *phone = &step->visit->phone;
    CmdKind did = phone->watching ? CMD_PHONE_STATE : phone->doing;

    phone->watching = false;
    phone->doing = CMD_NONE;
    phone->asked = 0;
    if (did == CMD_PHONE_LINK)
        moved(step, PHONE_NOTE_AWAY);
    else
        no_answer(step, did);
}

void phone_time(const Step *step)
{
    PhoneState *phone = &step->visit->phone;

    if (is_asking(phone) && step->now_ms >= phone->since_ms + WAITING_LIMIT_MS)
        silence_is_over(step);
    if (!is_live(phone))
        return;
    keep_picture(step);
    if (!is_asking(phone) && step->now_ms >= phone->poll_at_ms)
        ask(step, CMD_PHONE_STATE, phone->link.id);
}

int64_t phone_next_wake(const Model *model)
{
    const PhoneState *phone = &model->visit.phone;

    if (is_asking(phone))
        return phone->since_ms + WAITING_LIMIT_MS;
    return is_live(phone) ? phone->poll_at_ms : INT64_MAX;
}

/* --- acts --------------------------------------------------------------------------------------------------------- */

static void type_digit(const Step *step, unsigned digit)
{
    PhoneState *phone = &step->visit->phone;
    size_t len = strlen(phone->digits);

    if (phone->link.state != PHONE_OPENED || !has_link(phone) || phone->doing != CMD_NONE || digit > 9 || len >= 2)
        return;
    phone->digits[len] = (char)('0' + digit);
    phone->digits[len + 1] = '\0';
}

static void erase(const Step *step, bool all)
{
    PhoneState *phone = &step->visit->phone;
    size_t len = strlen(phone->digits);

    if (phone->doing == CMD_NONE && len > 0)
        phone->digits[all ? 0 : len - 1] = '\0';
}

void phone_text(const Step *step, const char *text)
{
    for (; *text; text++)
        if (*text >= '0' && *text <= '9')
            type_digit(step, (unsigned)(*text - '0'));
}

void phone_key(const Step *step, EditKey key)
{
    if (key == EDIT_ENTER)
        allow(step);
    else if (key == EDIT_ERASE || key == EDIT_CLEAR)
        erase(step, key == EDIT_CLEAR);
}

/* After what came to nothing, or instead of a code that another phone opened. */
static void make_new(const Step *step)
{
    const PhoneState *phone = &step->visit->phone;
    bool may = !has_link(phone) || phone->link.state == PHONE_OPENED || phone->link.state > PHONE_USED;

    if (may && phone->doing == CMD_NONE && phone->note != PHONE_NOTE_LIMIT && phone->note != PHONE_NOTE_REFUSED)
        ask_link(step);
}

void phone_act(const Step *step, Act act)
{
    Visit *visit = step->visit;
    bool issuing = visit->waiting.command != CMD_NONE;

    if (act == ACT_FINISH)
        visit_leave(step, LEAVING_FINISH);
    else if (act == ACT_BACK && model_paper_is_out(step->model))
        step_show(step, SCREEN_DONE);
    else if (issuing)
        return;
    else if (act == ACT_SOMETHING_ELSE || act == ACT_HOME)
        visit_leave(step, LEAVING_HOME);
    else if (act == ACT_PHONE_ALLOW)
        allow(step);
    else if (act == ACT_PHONE_NEW)
        make_new(step);
    else if (act == ACT_PHONE_WITHDRAW)
        withdraw(step);
}
