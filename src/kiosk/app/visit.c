/* A visit's beginning, its end, and the limits of time (LOOK.md "Kiosk: the visit", 6). */
#include "kiosk/app/flow.h"

#include "base/memory.h"

void visit_begin(const Step *step, Language language)
{
    GlassSettings glass = model_glass(step->model);

    step->model->visits++;
    *step->visit = (Visit){ .active = true, .language = language, .glass = glass, .touched_ms = step->now_ms };
    sign_in_focus(step->visit, SIGN_IN_NUMBER);
    step_show(step, SCREEN_SIGN_IN);
}

void visit_end(const Step *step)
{
    Visit *visit = step->visit;

    step_cmd(step, CMD_CANCEL_REQUESTS);
    paper_leave(step);
    issue_release(step);
    draft_end(step);
    papers_forget(step);
    grant_forget(step);
    help_end(step);
    if (visit->signed_in)
        step_cmd(step, CMD_SIGN_OUT);
    step_cmd(step, CMD_FORGET);
    /* The registrar ends what session a kiosk at rest still has: a sign-out that was lost is made good at once, or as
     * soon as the registrar is back. */
    step->model->registrar.heartbeat_at_ms = step->now_ms;
    blob_drop(visit->preview.png);
    phone_drop(visit);
    papers_drop(visit);
    mine_forget(visit);
    study_forget(visit);
    code_drop(&visit->portal);
    card_forget(visit);
    grant_drop(visit);
    ticket_drop(visit);
    information_forget(visit, true);
    mem_free_wiped(visit->home, sizeof *visit->home);
    mem_wipe(visit, sizeof *visit);
    machine_take_catalogue(step->model);
    information_change(step->model);
    theme_change(step->model);
    step->model->turned_ms = step->now_ms; /* what the resting screen shows next is not taken away too soon */
}

static void leave(const Step *step, Leaving how)
{
    step->visit->leaving = LEAVING_NOT;
    if (how == LEAVING_HOME)
        home_open(step);
    else
        visit_end(step);
}

/* While the registrar answers, what is on its way arrives: it is sent before the session's end. */
static bool would_be_lost(const Model *model)
{
    FormKept kept = model_form_kept(model);

    return kept == FORM_NOT_KEPT || (kept == FORM_BEING_KEPT && model->registrar.lost > 0);
}

void visit_leave(const Step *step, Leaving how)
{
    draft_save(step);
    if (would_be_lost(step->model))
        step->visit->leaving = how;
    else
        leave(step, how);
}

void visit_leave_act(const Step *step, Act act)
{
    if (act == ACT_STAY || act == ACT_BACK)
        step->visit->leaving = LEAVING_NOT;
    else if (act == ACT_LEAVE || act == ACT_FINISH)
        leave(step, step->visit->leaving);
}

void visit_touch(const Step *step)
{
    step->visit->touched_ms = step->now_ms;
    step->visit->still_there_ms = 0;
}

/* When the glass asks "still there?"; a student is not thrown out while paper moves. */
static int64_t idle_at(const Model *model)
{
    const Visit *visit = &model->visit;
    int64_t since_ms = visit->touched_ms;

    if (visit->screen == SCREEN_PAPER && papers_are_awaited(&visit->papers))
        return (visit->papers.moved_ms > since_ms ? visit->papers.moved_ms : since_ms) + PAPERS_LIMIT_MS;
    if (visit->screen == SCREEN_GRANT && grant_is_live(&visit->grant)) /* a phone is in hand; it ends by itself */
        return visit->grant.ends_at_ms > since_ms ? visit->grant.ends_at_ms + IDLE_LIMIT_MS : since_ms + IDLE_LIMIT_MS;
    if (visit->help.shown && model_help_is_open(model))
        return (visit->help.moved_ms > since_ms ? visit->help.moved_ms : since_ms) + HELP_LIMIT_MS;
    if (!model_is_printing(model))
        return since_ms + IDLE_LIMIT_MS;
    if (model->paper.moved_ms > since_ms)
        since_ms = model->paper.moved_ms;
    return since_ms + PRINTING_LIMIT_MS;
}

bool visit_is_at_its_end(const Visit *visit)
{
    if (visit->help.shown)
        return false;
    return visit->screen == SCREEN_DONE || (visit->screen == SCREEN_PHONE && phone_is_over(&visit->phone)) ||
           (visit->screen == SCREEN_HANDED_IN && visit->waiting.command == CMD_NONE);
}

/* Whoever takes out a phone, or has one at the code, is given the time for it. */
int64_t visit_done_at(const Visit *visit)
{
    int64_t at_ms = (visit->done_ms > visit->touched_ms ? visit->done_ms : visit->touched_ms) + DONE_LIMIT_MS;
    int64_t phone_ms = visit->phone.moved_ms + PHONE_LIMIT_MS;

    if (visit->screen == SCREEN_HANDED_IN)
        return (visit->shown_ms > visit->touched_ms ? visit->shown_ms : visit->touched_ms) + HANDED_IN_LIMIT_MS;

    return phone_is_in_use(&visit->phone) && phone_ms > at_ms ? phone_ms : at_ms;
}

/* Neither an answer nor a failure: the device is silent, and the student is told what an unreachable registrar means.
 * Nobody waits for a home that was left. */
static void waiting_is_over(const Step *step)
{
    CmdKind command = step->visit->waiting.command;

    step->visit->waiting = (Waiting){ 0 };
    if (command == CMD_ASK_PRINTER)
        step->visit->fault.condition = step->model->printer.condition = PRINTER_OFF;
    else if (card_waits_for(command))
        card_is_silent(step);
    else if (command != CMD_HOME || !home_is_left(step->visit))
        fault_show(step, FAULT_AWAY, command == CMD_PAGE || command == CMD_REPORT_PRINT ? CMD_ISSUE : command);
}

/* INT64_MAX: not now.  The password is never asked between a student and their paper: not while it is on its way, not
 * before "take your paper" was read, not before somebody looked for it. */
static int64_t session_over_at(const Model *model)
{
    const Visit *visit = &model->visit;
    bool looks = visit->screen == SCREEN_FAULT && visit->fault.kind == FAULT_UNKNOWN;

    bool ends = visit->screen == SCREEN_DONE || visit->screen == SCREEN_PHONE || visit->screen == SCREEN_HANDED_IN;

    if (!visit->signed_in || model_is_printing(model) || ends || looks)
        return INT64_MAX;
    return visit->session_ends_ms;
}

/* Where the state decides: the way there, beside the paper that was prepared. */
static void keep_portal(const Step *step)
{
    const Service *service = step->visit->screen == SCREEN_DONE ? model_service(step->model) : NULL;

    if (service && service->portal)
        (void)code_keep(step->model, &step->visit->portal, service->portal->address);
}

void visit_time(const Step *step)
{
    Visit *visit = step->visit;
    int64_t now_ms = step->now_ms;

    if (!visit->active)
        return;
    if (visit->waiting.command != CMD_NONE && now_ms >= visit->waiting.since_ms + WAITING_LIMIT_MS)
        waiting_is_over(step);
    if (now_ms >= session_over_at(step->model))
        sign_in_again(step);
    draft_time(step);
    sign_in_time(step);
    phone_time(step);
    grant_time(step);
    papers_time(step);
    slip_time(step);
    ticket_time(step);
    help_time(step);
    mine_time(step);
    keep_portal(step);
    information_time(step);

    if (visit->still_there_ms) {
        if (now_ms >= visit->still_there_ms + STILL_THERE_MS)
            visit_end(step);
    } else if (visit_is_at_its_end(visit)) {
        if (now_ms >= visit_done_at(visit))
            visit_end(step);
    } else if (now_ms >= idle_at(step->model)) {
        visit->still_there_ms = now_ms;
        draft_save(step); /* the last answer too, so that the question can say what becomes of it */
    }
}

/* The next whole second of a countdown that ends at end_ms. */
static int64_t next_second(int64_t end_ms, int64_t now_ms)
{
    int64_t left_ms = end_ms - now_ms;

    return left_ms <= 0 ? end_ms : end_ms - (left_ms - 1) / 1000 * 1000;
}

int64_t visit_next_wake(const Model *model)
{
    const Visit *visit = &model->visit;
    int64_t now_ms = model->monotonic_ms;
    int64_t wake_ms;

    if (!visit->active)
        return INT64_MAX;
    if (visit->still_there_ms)
        wake_ms = next_second(visit->still_there_ms + STILL_THERE_MS, now_ms);
    else if (visit_is_at_its_end(visit))
        wake_ms = next_second(visit_done_at(visit), now_ms);
    else
        wake_ms = idle_at(model);

    int64_t since_ms = model_waiting_since(model);
    if (since_ms >= 0 && !model_waits_long(model) && since_ms + WAITING_LONG_MS < wake_ms)
        wake_ms = since_ms + WAITING_LONG_MS;
    if (visit->waiting.command != CMD_NONE && visit->waiting.since_ms + WAITING_LIMIT_MS < wake_ms)
        wake_ms = visit->waiting.since_ms + WAITING_LIMIT_MS;
    if (draft_next_wake(visit) < wake_ms)
        wake_ms = draft_next_wake(visit);
    if (papers_next_wake(visit) < wake_ms)
        wake_ms = papers_next_wake(visit);
    if (ticket_next_wake(visit) < wake_ms)
        wake_ms = ticket_next_wake(visit);
    if (help_next_wake(visit) < wake_ms)
        wake_ms = help_next_wake(visit);
    if (slip_next_wake(visit) < wake_ms)
        wake_ms = slip_next_wake(visit);
    if (mine_next_wake(visit) < wake_ms)
        wake_ms = mine_next_wake(visit);
    if (phone_next_wake(model) < wake_ms)
        wake_ms = phone_next_wake(model);
    if (grant_next_wake(model) < wake_ms)
        wake_ms = grant_next_wake(model);
    if (sign_in_next_wake(visit) < wake_ms)
        wake_ms = sign_in_next_wake(visit);
    int64_t over_ms = session_over_at(model);
    return over_ms < wake_ms ? over_ms : wake_ms;
}
