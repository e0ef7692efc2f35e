/* Papers that a form wants, photographed with the student's own phone: a code on the glass, pages as they come, and the
 * answer that names them.  The photographs are the registrar's, which tells of each change (wire/papers.h); they are
 * asked for all the same, now and then, while it matters. */
#include "kiosk/app/flow.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

#define PICTURE_TRIES 2

static bool has_set(const PapersState *papers)
{
    return papers->set.id[0] != '\0';
}

bool papers_are_awaited(const PapersState *papers)
{
    return has_set(papers) && (papers->set.state == PAPERS_OFFERED || papers->set.state == PAPERS_OPENED);
}

void papers_drop(Visit *visit)
{
    PapersState *papers = &visit->papers;

    code_drop(&papers->code);
    for (size_t i = 0; i < COUNT(papers->pictures); i++)
        blob_drop(papers->pictures[i]);
    mem_wipe(papers, sizeof *papers);
}

/* --- asking ------------------------------------------------------------------------------------------------------- */

static Cmd *ask(const Step *step, CmdKind kind)
{
    PapersState *papers = &step->visit->papers;
    Cmd *cmd = step_cmd(step, kind);

    cmd->asked = ++step->visit->asked;
    memcpy(cmd->as.papers.id, papers->set.id, sizeof cmd->as.papers.id);
    papers->doing = kind;
    papers->asked = cmd->asked;
    papers->since_ms = step->now_ms;
    return cmd;
}

static void moved(const Step *step, PapersNote note)
{
    step->visit->papers.note = note;
    step->visit->papers.moved_ms = step->now_ms;
}

static void ask_set(const Step *step)
{
    Visit *visit = step->visit;
    char field[SERVICE_ID_MOST];

    memcpy(field, visit->papers.field, sizeof field);
    papers_drop(visit);
    memcpy(visit->papers.field, field, sizeof field);
    moved(step, PAPERS_NOTE_NONE);
    Cmd *cmd = ask(step, CMD_PAPERS);
    memcpy(cmd->as.papers.wanted.service, visit->service, sizeof cmd->as.papers.wanted.service);
    memcpy(cmd->as.papers.wanted.field, field, sizeof cmd->as.papers.wanted.field);
}

/* The next page that is there and not on the glass yet: one at a time. */
static void ask_picture(const Step *step)
{
    PapersState *papers = &step->visit->papers;
    int page = 0;

    while (page < papers->set.pages && page < PAPERS_PAGES_MOST && papers->pictures[page])
        page++;
    if (papers->doing != CMD_NONE || page >= papers->set.pages || page >= PAPERS_PAGES_MOST ||
        papers->picture_tries >= PICTURE_TRIES)
        return;
    Cmd *cmd = ask(step, CMD_PAPERS_PAGE);
    cmd->as.papers.page = page;
    cmd->as.papers.width = model_papers_pixels(step->model);
}

/* --- beginning and ending ----------------------------------------------------------------------------------------- */

/* The answer to this question as the form has it: the id of its photographs, or NULL. */
static const char *answered_with(const Visit *visit, const char *field)
{
    const char *answer = answers_get(&visit->answers, field);

    return answer ? paper_photos(answer) : NULL;
}

/* Nobody photographs for it any more.  What names the answer stays, and what somebody else's request names too. */
static void end_unused(const Step *step)
{
    PapersState *papers = &step->visit->papers;

    if (!step->visit->signed_in || !papers_are_awaited(papers) || papers->set.pages > 0)
        return;
    Cmd *cmd = step_cmd(step, CMD_PAPERS_END);
    memcpy(cmd->as.papers.id, papers->set.id, sizeof cmd->as.papers.id);
}

void papers_forget(const Step *step)
{
    end_unused(step);
    papers_drop(step->visit);
}

void papers_begin(const Step *step, const Field *field)
{
    Visit *visit = step->visit;
    PapersState *papers = &visit->papers;
    const char *photos = answered_with(visit, field->id);
    bool same = strcmp(papers->field, field->id) == 0;

    step_show(step, SCREEN_PAPER);
    if (same &&
        (papers->doing == CMD_PAPERS || papers_are_awaited(papers) || (photos && strcmp(photos, papers->set.id) == 0)))
        return;
    papers_forget(step);
    str_copy_cut(str_from(field->id), papers->field, sizeof papers->field);
    if (!photos) {
        ask_set(step);
        return;
    }
    str_copy_cut(str_from(photos), papers->set.id, sizeof papers->set.id);
    papers->set.state = PAPERS_GIVEN;
    moved(step, PAPERS_NOTE_NONE);
    ask(step, CMD_PAPERS_STATE);
}

static void answer_is(const Step *step, const char *value)
{
    Visit *visit = step->visit;
    const char *before = answers_get(&visit->answers, visit->papers.field);

    if (strcmp(before ? before : "", value) == 0)
        return;
    issue_forget(step); /* another answer is another request */
    visit->form.fault = FORM_OK;
    visit->draft.changed = true;
    if (!answers_set(&visit->answers, visit->papers.field, str_from(value)))
        visit->form.fault = FORM_LONG;
    draft_save(step);
}

/* As soon as there is a page: whoever walks off finds it again. */
static void answer_with_photos(const Step *step)
{
    char value[ANSWER_BYTES_MOST];

    (void)snprintf(value, sizeof value, PAPER_PHOTO "%s", step->visit->papers.set.id);
    answer_is(step, value);
}

void papers_at_window(const Step *step, const Field *field)
{
    Visit *visit = step->visit;

    papers_forget(step);
    str_copy_cut(str_from(field->id), visit->papers.field, sizeof visit->papers.field);
    answer_is(step, PAPER_AT_WINDOW);
    papers_drop(visit);
}

/* --- answers ------------------------------------------------------------------------------------------------------ */

/* Once a phone is at it nobody else needs the code. */
static void drop_code(PapersState *papers)
{
    code_drop(&papers->code);
    mem_wipe(papers->set.address, sizeof papers->set.address);
}

static void look_again(const Step *step, int64_t in_ms)
{
    PapersState *papers = &step->visit->papers;

    papers->poll_at_ms = step->now_ms + (papers->changed ? 0 : in_ms);
    papers->changed = false;
}

static void take_set(const Step *step)
{
    PapersState *papers = &step->visit->papers;

    papers->set = step->msg->as.papers;
    papers->set.address[sizeof papers->set.address - 1] = '\0';
    look_again(step, PHONE_POLL_MS);
    moved(step, PAPERS_NOTE_NONE);
    if (code_keep(step->model, &papers->code, papers->set.address))
        return;
    papers_forget(step); /* an address that no code can hold: nobody could open it */
    moved(step, PAPERS_NOTE_REFUSED);
}

static PapersNote note_of(ApiPapersState state)
{
    return state == PAPERS_EXPIRED ? PAPERS_NOTE_LATE : state == PAPERS_ENDED ? PAPERS_NOTE_ENDED : PAPERS_NOTE_NONE;
}

/* A phone that does something stands for a touch: somebody is there. */
static void take_state(const Step *step)
{
    PapersState *papers = &step->visit->papers;
    const ApiPapers *now = &step->msg->as.papers;
    bool turned = now->state != papers->set.state || now->pages != papers->set.pages;

    if (strcmp(now->id, papers->set.id) != 0 || now->state >= PAPERS_STATE_COUNT || now->pages < 0)
        return;
    papers->set.state = now->state;
    papers->set.pages = now->pages < PAPERS_PAGES_MOST ? now->pages : PAPERS_PAGES_MOST;
    papers->set.most = now->most;
    papers->set.seconds_left = now->seconds_left;
    look_again(step, PHONE_POLL_MS);
    papers->unsaid = false;
    if (!turned)
        return;
    if (papers->set.state != PAPERS_OFFERED)
        drop_code(papers);
    papers->picture_tries = 0;
    moved(step, note_of(papers->set.state));
    visit_touch(step);
    if (papers->set.pages > 0 && papers->note == PAPERS_NOTE_NONE)
        answer_with_photos(step);
}

static void no_set(const Step *step)
{
    ApiProblemKind problem = step->msg->as.failed.problem.kind;

    if (problem == PROBLEM_SESSION_ENDED && step->visit->screen == SCREEN_PAPER)
        sign_in_again(step);
    else if (problem == PROBLEM_LIMIT)
        moved(step, PAPERS_NOTE_LIMIT);
    else if (problem == PROBLEM_NOT_ALLOWED || problem == PROBLEM_NOT_FOUND)
        moved(step, PAPERS_NOTE_REFUSED);
    else
        moved(step, PAPERS_NOTE_AWAY);
}

static void no_state(const Step *step)
{
    PapersState *papers = &step->visit->papers;
    ApiProblemKind problem = step->msg->kind == MSG_FAILED ? step->msg->as.failed.problem.kind : PROBLEM_NONE;

    if (problem == PROBLEM_NOT_FOUND) {
        papers->set.state = PAPERS_ENDED;
        papers->set.pages = 0;
        drop_code(papers);
        moved(step, PAPERS_NOTE_ENDED);
        return;
    }
    look_again(step, PHONE_POLL_AWAY_MS);
    papers->unsaid = true;
}

static void take_picture(const Step *step)
{
    PapersState *papers = &step->visit->papers;
    int page = step->msg->as.picture.page;

    if (page < 0 || page >= PAPERS_PAGES_MOST || !step->msg->as.picture.png) {
        papers->picture_tries++;
        return;
    }
    blob_drop(papers->pictures[page]);
    papers->pictures[page] = steal(&step->msg->as.picture.png);
}

void papers_take(const Step *step)
{
    PapersState *papers = &step->visit->papers;
    CmdKind did = papers->doing;
    bool failed = step->msg->kind == MSG_FAILED;
    bool of_picture = failed ? step->msg->as.failed.command == CMD_PAPERS_PAGE : step->msg->kind == MSG_PAPER_PICTURE;

    if (did == CMD_NONE || step->msg->asked != papers->asked || of_picture != (did == CMD_PAPERS_PAGE))
        return;
    papers->doing = CMD_NONE;
    if (did == CMD_PAPERS_PAGE && failed)
        papers->picture_tries++;
    else if (did == CMD_PAPERS_PAGE)
        take_picture(step);
    else if (did == CMD_PAPERS)
        failed ? no_set(step) : take_set(step);
    else
        failed ? no_state(step) : take_state(step);
}

void papers_changed(const Step *step, const char *id)
{
    PapersState *papers = &step->visit->papers;

    if (!papers_are_awaited(papers) || (id && strcmp(papers->set.id, id) != 0))
        return;
    papers->poll_at_ms = step->now_ms;
    papers->changed = papers->doing == CMD_PAPERS_STATE;
}

/* --- time --------------------------------------------------------------------------------------------------------- */

/* Neither an answer nor a failure. */
static void silence_is_over(const Step *step)
{
    PapersState *papers = &step->visit->papers;
    CmdKind did = papers->doing;

    papers->doing = CMD_NONE;
    papers->asked = 0;
    if (did == CMD_PAPERS)
        moved(step, PAPERS_NOTE_AWAY);
    else if (did == CMD_PAPERS_PAGE)
        papers->picture_tries++;
    else
        no_state(step);
}

void papers_time(const Step *step)
{
    PapersState *papers = &step->visit->papers;

    if (papers->doing != CMD_NONE && step->now_ms >= papers->since_ms + WAITING_LIMIT_MS)
        silence_is_over(step);
    if (papers->set.state == PAPERS_OFFERED && papers->set.address[0])
        (void)code_keep(step->model, &papers->code, papers->set.address);
    if (papers->doing == CMD_NONE && papers_are_awaited(papers) && step->now_ms >= papers->poll_at_ms)
        ask(step, CMD_PAPERS_STATE);
    if (step->visit->screen == SCREEN_PAPER && has_set(papers))
        ask_picture(step);
}

int64_t papers_next_wake(const Visit *visit)
{
    const PapersState *papers = &visit->papers;

    if (papers->doing != CMD_NONE)
        return papers->since_ms + WAITING_LIMIT_MS;
    return papers_are_awaited(papers) ? papers->poll_at_ms : INT64_MAX;
}

/* --- acts --------------------------------------------------------------------------------------------------------- */

/* Instead of what there is: the registrar ends the set before. */
static void take_again(const Step *step)
{
    if (step->visit->papers.doing == CMD_PAPERS || step->visit->papers.note == PAPERS_NOTE_LIMIT)
        return;
    ask_set(step);
}

void papers_act(const Step *step, Act act, uint16_t arg UNUSED)
{
    Visit *visit = step->visit;
    const Field *field = model_question(step->model, NULL);

    if (act == ACT_FINISH)
        visit_leave(step, LEAVING_FINISH);
    else if (!field || field->kind != FIELD_PAPER || act == ACT_BACK)
        form_return(step);
    else if (act == ACT_PAPER_NEW)
        take_again(step);
    else if (act == ACT_PAPER_WINDOW) {
        papers_at_window(step, field);
        form_return(step);
    } else if (act == ACT_FORM_NEXT && answered_with(visit, field->id)) {
        form_return(step);
        form_act(step, ACT_FORM_NEXT, 0);
    }
}
