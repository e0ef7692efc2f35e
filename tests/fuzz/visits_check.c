/* What must hold after every message (MODEL.md sections 1, 2 and 7). */
#include "visits.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "kiosk/screens/screens.h"
#include "visits_count.h"

#define WAKES_ALONE_MOST 200 /* of a visit that nobody touches and no device answers */

/* --- before ------------------------------------------------------------------------------------------------------- */

static bool is_awaited(const Model *model, const Msg *msg)
{
    CmdKind waits = model->visit.waiting.command;
    CmdKind answered = msg->kind == MSG_FAILED ? (CmdKind)msg->as.failed.command : world_command_of(msg->kind, waits);

    if (!model->visit.active || waits == CMD_NONE || answered != waits)
        return false;
    if (msg->kind == MSG_PRINTER)
        return true;
    if (msg->kind == MSG_REPORTED) {
        bool of_paper =
            strcmp(msg->as.reported.id, model->paper.job.id) == 0 && msg->as.reported.epoch == model->paper.job.epoch;
        return msg->as.reported.id[0] && (of_paper ? phase_is_final(model->paper.phase)
                                                   : strcmp(msg->as.reported.id, model->visit.issue.paper.job.id) == 0);
    }
    if (msg->visit != model->visits || msg->asked != model->visit.waiting.asked || answered == CMD_REPORT_PRINT ||
        answered == CMD_ASK_PRINTER)
        return false;
    if (answered == CMD_PREVIEW) {
        uint32_t serial = msg->kind == MSG_PREVIEW ? msg->as.preview.serial : msg->as.failed.serial;
        return serial == model->visit.preview.serial;
    }
    return msg->kind != MSG_PAGE || msg->as.page.epoch == model->visit.issue.paper.job.epoch;
}

void check_before(Player *player, const Msg *msg, Before *before)
{
    const Model *model = &player->model;

    *before = (Before){ .awaited = is_awaited(model, msg),
                        .screen = model_screen(model),
                        .fault = model->visit.fault.kind,
                        .waiting = model->visit.waiting,
                        .visits = model->visits,
                        .impossible = model->impossible,
                        .form_kept = model_form_kept(model),
                        .active = model->visit.active,
                        .signed_in = model->visit.signed_in };
}

/* --- commands ----------------------------------------------------------------------------------------------------- */

static bool needs_session(CmdKind kind)
{
    return kind == CMD_HOME || kind == CMD_PREVIEW || kind == CMD_ISSUE || kind == CMD_PAGE || kind == CMD_SIGN_OUT ||
           kind == CMD_DRAFT || kind == CMD_DRAFT_OPEN || kind == CMD_DRAFT_DROP || kind == CMD_WITHDRAW ||
           kind == CMD_REQUEST || kind == CMD_ANSWER || kind == CMD_RECEIPT || kind == CMD_STUDY || kind == CMD_LOOKS ||
           (kind >= CMD_PAPERS && kind <= CMD_PAPERS_PAGE) || (kind >= CMD_PHONE_LINK && kind <= CMD_PHONE_END) ||
           (kind >= CMD_CARD && kind <= CMD_CARD_BLOCK);
}

/* May carry what a person brought or was told. */
static bool is_personal(CmdKind kind)
{
    return kind == CMD_SIGN_IN || kind == CMD_VISITOR || kind == CMD_CARD_SIGN_IN ||
           (kind >= CMD_GRANT && kind <= CMD_GRANT_END) || needs_session(kind);
}

static Session *session_of(Player *player, const char *token)
{
    const char *number = strchr(token, ' ');
    uint64_t index;

    if (!number || !str_to_u64(str_from(number + 1), 0, UINT32_MAX, &index) || index >= player->world.session_count)
        return NULL;
    return &player->world.sessions[index];
}

static void check_whose(Player *player, const Cmd *cmd, const Msg *msg)
{
    const char *name = name_of_command(cmd->kind);
    bool late_session = cmd->kind == CMD_SIGN_OUT && msg->kind == MSG_SIGNED_IN && cmd->visit == msg->visit;
    size_t at;

    if (cmd->visit && cmd->visit != player->model.visits && !late_session)
        player_break(player, "visits-mixed", "%s goes out for visit %u in visit %u", name, cmd->visit,
                     player->model.visits);
    if (needs_session(cmd->kind) && !cmd->token[0])
        player_break(player, "no-session", "%s goes out without a session", name);
    if (cmd->token[0]) {
        const Session *session = session_of(player, cmd->token);
        if (!session || session->visit != cmd->visit)
            player_break(player, "visits-mixed", "%s of visit %u carries another's token", name, cmd->visit);
        else if (!session->open)
            player_break(player, "session-over", "%s carries the token of a session that was ended", name);
    }
    if (!marks_are(&cmd->as, sizeof cmd->as, is_personal(cmd->kind) ? cmd->visit : 0, &at))
        player_break(player, "personal-command", "%s of visit %u holds what is personal%s at byte %zu", name,
                     cmd->visit, is_personal(cmd->kind) ? " of another" : "", at);
}

static void check_issue(Player *player, const Cmd *cmd)
{
    const char *key = cmd->as.issue.key;

    if (!uuid_valid(key))
        player_break(player, "bad-key", "\"%s\" is no key", key);
    if (cmd->as.issue.request.carrier == CARRIER_PHONE && model_hands_in(&player->model))
        player_break(player, "bad-phone", "what people decide goes to a phone");
    if (cmd->as.issue.request.carrier == CARRIER_PHONE && player->model.visit.session.weak)
        player_break(player, "bad-phone", "a document goes to a phone in a weak session");
    if (player->asking_key[0] && strcmp(player->asking_key, key) != 0)
        player_break(player, "asked-twice", "the same is asked for under %s and %s", player->asking_key, key);
    memcpy(player->asking_key, key, sizeof player->asking_key);
}

/* One of this visit's own requests, after a yes; or once more, when no answer came. */
static void check_withdraw(Player *player, const Cmd *cmd, const Msg *msg)
{
    const MineState *mine = &player->model.visit.mine;
    bool meant = msg->kind == MSG_ACT && (msg->as.act.act == ACT_WITHDRAW_YES || msg->as.act.act == ACT_TRY_AGAIN);

    if (!meant)
        player_break(player, "bad-withdrawal", "nobody said yes to it");
    if (!uuid_valid(cmd->as.withdraw.key) || strcmp(cmd->as.withdraw.key, mine->line.id) != 0)
        player_break(player, "bad-withdrawal", "\"%s\" is not what is on the glass", cmd->as.withdraw.key);
    else if (!request_can_be_withdrawn(&mine->line))
        player_break(player, "bad-withdrawal", "%s is decided", cmd->as.withdraw.key);
}

/* What staff returned goes back under its own key, as somebody looked it through. */
static void check_answer(Player *player, const Cmd *cmd)
{
    const Anew *anew = &player->model.visit.anew;

    if (!uuid_valid(cmd->as.issue.key) || strcmp(cmd->as.issue.key, anew->id) != 0)
        player_break(player, "bad-answer", "\"%s\" is not what is answered anew", cmd->as.issue.key);
    if (memcmp(&cmd->as.issue.request.answers, &player->model.visit.answers, sizeof(Answers)) != 0)
        player_break(player, "bad-answer", "other answers than those on the glass");
}

/* Codes are for the question that is on the glass; what is looked at has an id. */
static void check_papers(Player *player, const Cmd *cmd)
{
    const Visit *visit = &player->model.visit;

    if (cmd->kind != CMD_PAPERS && !uuid_valid(cmd->as.papers.id))
        player_break(player, "bad-papers", "%s names \"%s\"", name_of_command(cmd->kind), cmd->as.papers.id);
    if (cmd->kind == CMD_PAPERS &&
        (strcmp(cmd->as.papers.wanted.service, visit->service) != 0 || !cmd->as.papers.wanted.field[0]))
        player_break(player, "bad-papers", "a code for %s.%s", cmd->as.papers.wanted.service,
                     cmd->as.papers.wanted.field);
    if (cmd->kind == CMD_PAPERS_PAGE && visit->active &&
        (cmd->as.papers.page < 0 || cmd->as.papers.page >= visit->papers.set.pages))
        player_break(player, "bad-papers", "page %d of %d", cmd->as.papers.page, visit->papers.set.pages);
}

/* Who wants it on the phone alone gets no paper. */
static void check_no_paper(Player *player, const char *what)
{
    const Asked *issue = world_asked(&player->world, CMD_ISSUE, 0);

    if (issue && issue->for_phone)
        player_break(player, "printed-for-phone", "%s of what is for the phone alone", what);
}

/* Codes are for what was issued in this visit, digits for a phone that shows some, and neither for a first password. */
static void check_phone(Player *player, const Cmd *cmd)
{
    const Visit *visit = &player->model.visit;

    if (!uuid_valid(cmd->as.phone.id))
        player_break(player, "bad-phone", "%s names \"%s\"", name_of_command(cmd->kind), cmd->as.phone.id);
    if (visit->active && visit->session.weak)
        player_break(player, "bad-phone", "%s in a weak session", name_of_command(cmd->kind));
    if (cmd->kind == CMD_PHONE_LINK && (!visit->issue.issued || strcmp(cmd->as.phone.id, visit->issue.paper.copy) != 0))
        player_break(player, "bad-phone", "a code is asked for a copy that was not issued in this visit");
    if (cmd->kind == CMD_PHONE_DIGITS &&
        (visit->phone.link.state != PHONE_OPENED || strspn(cmd->as.phone.digits.digits, "0123456789") != 2))
        player_break(player, "bad-phone", "digits that no phone shows");
}

static void check_page(Player *player, const Cmd *cmd)
{
    World *world = &player->world;
    const Asked *issue = world_asked(world, CMD_ISSUE, 0);
    char id[API_ID_SIZE];

    check_no_paper(player, "the page");

    memcpy(id, cmd->as.page.copy, sizeof id);
    id[0] = '0';
    size_t job = world_job(world, id);
    if (job == SIZE_MAX || !issue || strcmp(world->jobs[job].key, issue->key) != 0)
        player_break(player, "wrong-page", "the page of %s is asked for, which is not what the student asked for", id);
    if (player->page_out && player->page_job != job)
        player_break(player, "page-lost", "job %u was neither printed nor given back", player->page_job);
    player->page_out = true;
    player->page_job = (uint32_t)job;
    player->page_epoch = cmd->as.page.epoch;
}

static void note_paper(Player *player, const char *job, uint32_t epoch, uint32_t visit, PaperEnd end)
{
    World *world = &player->world;
    size_t kept = 0;

    for (size_t i = 0; i < world->paper_count; i++)
        if (world->papers[i].end != PAPER_ENDED)
            world->papers[kept++] = world->papers[i];
    world->paper_count = kept;
    if (kept == PAPERS_MOST)
        return;
    world->papers[kept] = (PaperSeen){ .epoch = epoch, .visit = visit, .end = end };
    memcpy(world->papers[kept].job, job, API_ID_SIZE);
    world->paper_count++;
}

static void check_not_over(Player *player, const char *job)
{
    const World *world = &player->world;

    for (size_t i = 0; i < world->paper_count; i++)
        if (world->papers[i].end != PAPER_ENDED)
            player_break(player, "printed-over", "%s is printed over %s, whose end is not known", job,
                         world->papers[i].job);
}

/* A slip is of no job that the registrar knows. */
static void check_slip(Player *player, const Cmd *cmd)
{
    const ApiPrintJob *job = &cmd->as.print.job;
    size_t at;

    if (!cmd->as.print.pdf || !uuid_valid(job->id))
        player_break(player, "no-page", "a slip is printed without a page");
    else if (!marks_are(blob_str(cmd->as.print.pdf).ptr, blob_str(cmd->as.print.pdf).len, cmd->visit, &at))
        player_break(player, "wrong-page", "a slip of visit %u is another's", cmd->visit);
    check_not_over(player, "a slip");
    note_paper(player, job->id, job->epoch, cmd->visit, PAPER_OPEN);
}

static void check_print(Player *player, const Cmd *cmd)
{
    World *world = &player->world;
    const ApiPrintJob *job = &cmd->as.print.job;
    size_t number = world_job(world, job->id);
    char page[API_ID_SIZE + 32];

    if (job_is_slip(job)) {
        check_slip(player, cmd);
        return;
    }
    check_no_paper(player, "a print");
    if (!cmd->as.print.pdf || number == SIZE_MAX) {
        player_break(player, "no-page", "%s is printed without a page", job->id);
        return;
    }
    if (job->epoch < 64 && (world->jobs[number].printed >> job->epoch & 1))
        player_break(player, "printed-twice", "job %zu epoch %u goes to the printer twice", number, job->epoch);
    world->jobs[number].printed |= job->epoch < 64 ? UINT64_C(1) << job->epoch : 0;
    check_not_over(player, job->id);
    world_page(cmd->visit, (uint32_t)number, job->epoch, page, sizeof page);
    if (!str_equal_text((Str){ blob_str(cmd->as.print.pdf).ptr, strlen(blob_str(cmd->as.print.pdf).ptr) }, page))
        player_break(player, "wrong-page", "job %zu epoch %u of visit %u gets the page \"%s\"", number, job->epoch,
                     cmd->visit, blob_str(cmd->as.print.pdf).ptr);
    if (player->model.monotonic_ms - cmd->as.print.handed_out_ms > PAGE_LIMIT_MS)
        player_break(player, "late-page", "job %zu is printed with an old page", number);
    player->page_out = player->page_out && player->page_job != number;
    note_paper(player, job->id, job->epoch, cmd->visit, PAPER_OPEN);
}

static void check_report(Player *player, const Cmd *cmd)
{
    const ApiPrintReport *report = &cmd->as.report.report;
    size_t number = world_job(&player->world, cmd->as.report.job);

    if (report->state == PRINT_WAITING && !report->no_byte_left)
        player_break(player, "bad-report", "a job goes back to waiting without proof");
    if (player->page_out && number == player->page_job)
        player->page_out = false;
}

/* Only what the form takes is kept. */
static void check_draft(Player *player, const Cmd *cmd)
{
    const Model *model = &player->model;
    const Service *service =
        model->catalogue ? catalogue_find(model->catalogue, str_from(cmd->as.draft.service)) : NULL;
    static BoundService bound;
    const char *field = "";

    if (service)
        service_bind(service, model->visit.home ? &model->visit.home->lists : NULL, &bound);
    if (!cmd->as.draft.service[0])
        player_break(player, "bad-draft", "a form of no service is kept");
    else if (cmd->as.draft.request[0] && !uuid_valid(cmd->as.draft.request))
        player_break(player, "bad-draft", "\"%s\" is no request that was returned", cmd->as.draft.request);
    else if (service && model->visit.active &&
             form_check_begun(&bound.service, &cmd->as.draft.draft.answers, model_today(model), &field) != FORM_OK)
        player_break(player, "bad-draft", "the answer to %s fits no form and is kept", field);
}

/* Who leaves by a touch is asked before what they filled in is lost. */
static void check_nothing_lost(Player *player, const Msg *msg, const Before *before)
{
    bool asked = before->screen == SCREEN_LEAVE || before->screen == SCREEN_STILL_THERE;
    bool kept = false;

    for (size_t i = 0; i < player->cmds.count; i++)
        kept |= player->cmds.items[i].kind == CMD_DRAFT;
    if (msg->kind == MSG_ACT && before->form_kept == FORM_NOT_KEPT && !asked && !kept)
        player_break(player, "lost", "what was filled in is lost on %s, and nobody was asked",
                     name_of_screen(before->screen));
}

static void check_command(Player *player, const Cmd *cmd, const Msg *msg)
{
    World *world = &player->world;

    if (cmd->kind <= CMD_NONE || cmd->kind >= CMD_KIND_COUNT) {
        player_break(player, "bad-command", "there is no command %d", (int)cmd->kind);
        return;
    }
    check_whose(player, cmd, msg);
    if (cmd->kind == CMD_ISSUE)
        check_issue(player, cmd);
    else if (cmd->kind == CMD_DRAFT)
        check_draft(player, cmd);
    else if (cmd->kind >= CMD_PHONE_LINK && cmd->kind <= CMD_PHONE_END)
        check_phone(player, cmd);
    else if (cmd->kind == CMD_ANSWER)
        check_answer(player, cmd);
    else if (cmd->kind >= CMD_PAPERS && cmd->kind <= CMD_PAPERS_PAGE)
        check_papers(player, cmd);
    else if (cmd->kind == CMD_WITHDRAW)
        check_withdraw(player, cmd, msg);
    else if (cmd->kind == CMD_PAGE)
        check_page(player, cmd);
    else if (cmd->kind == CMD_PRINT)
        check_print(player, cmd);
    else if (cmd->kind == CMD_REPORT_PRINT)
        check_report(player, cmd);
    else if (cmd->kind == CMD_PRINT_STOP)
        for (size_t i = 0; i < world->paper_count; i++)
            world->papers[i].stopped |= world->papers[i].visit == cmd->visit;
}

/* What needs the session goes out before the session is ended, or it is lost. */
static void check_order(Player *player)
{
    const char *ended = NULL;

    for (size_t i = 0; i < player->cmds.count; i++) {
        const Cmd *cmd = &player->cmds.items[i];
        if (ended && needs_session(cmd->kind) && strcmp(ended, cmd->token) == 0)
            player_break(player, "session-over", "%s goes out behind sign-out", name_of_command(cmd->kind));
        if (cmd->kind == CMD_SIGN_OUT)
            ended = cmd->token;
    }
}

/* After all were looked at: FORGET comes behind SIGN_OUT and names the same session. */
static void close_sessions(Player *player)
{
    for (size_t i = 0; i < player->cmds.count; i++) {
        const Cmd *cmd = &player->cmds.items[i];
        Session *session = cmd->kind == CMD_SIGN_OUT ? session_of(player, cmd->token) : NULL;
        if (session && session->open) {
            session->open = false;
            player->world.sessions_open--;
        }
    }
}

static size_t commands_given(const Player *player, CmdKind kind)
{
    size_t given = 0;

    for (size_t i = 0; i < player->cmds.count; i++)
        given += player->cmds.items[i].kind == kind;
    return given;
}

/* --- the printer's side ------------------------------------------------------------------------------------------- */

static bool is_reported(const Player *player, const char *job)
{
    for (size_t i = 0; i < player->cmds.count; i++)
        if (player->cmds.items[i].kind == CMD_REPORT_PRINT && strcmp(player->cmds.items[i].as.report.job, job) == 0)
            return true;
    return false;
}

static void paper_speaks(Player *player, const Msg *msg)
{
    World *world = &player->world;
    const MsgPrint *print = &msg->as.print;
    bool final = phase_is_final(print->phase);

    if (print->phase >= PRINT_PHASE_COUNT || print->condition >= PRINTER_CONDITION_COUNT || !print->job.id[0])
        return;
    for (size_t i = 0; i < world->paper_count; i++) {
        PaperSeen *paper = &world->papers[i];
        if (strcmp(paper->job, print->job.id) != 0 || paper->epoch != print->job.epoch)
            continue;
        if (paper->end == PAPER_ENDED || !final)
            return;
        bool slip = job_is_slip(&print->job); /* nobody is told of it, and nobody looks for it */
        PaperEnd end = print->phase == PRINT_PHASE_UNKNOWN && !slip ? PAPER_UNKNOWN : PAPER_ENDED;
        if (!slip && paper->end != end && !is_reported(player, paper->job))
            player_break(player, "end-untold", "the registrar is not told how %s ended", paper->job);
        paper->end = end;
        return;
    }
    if (msg->kind == MSG_PRINT_RECOVERED && (!final || print->phase == PRINT_PHASE_UNKNOWN))
        note_paper(player, print->job.id, print->job.epoch, 0,
                   print->phase == PRINT_PHASE_UNKNOWN ? PAPER_UNKNOWN : PAPER_OPEN);
}

/* A person looks into the tray: whatever lay there is known now. */
static void person_looks(Player *player, const Msg *msg, const Before *before)
{
    World *world = &player->world;
    unsigned act = msg->as.act.act;
    bool own = before->fault == FAULT_UNKNOWN && (act == ACT_CAME_OUT || act == ACT_DID_NOT);
    bool others = before->fault == FAULT_PAPER_BEFORE && act == ACT_LOOKED;

    if (before->screen != SCREEN_FAULT || (!own && !others))
        return;
    for (size_t i = 0; i < world->paper_count; i++)
        if (world->papers[i].end == PAPER_UNKNOWN)
            world->papers[i].end = PAPER_ENDED;
}

/* A person of the office looks, and says in the queue what came out of one job. */
static void office_looks(Player *player, const Msg *msg)
{
    World *world = &player->world;
    const ApiEvent *event = &msg->as.changed.event;

    if (msg->as.changed.anything || event->what != CHANGED_JOB ||
        strcmp(event->version, api_print_state_name(PRINT_WAITING)) == 0)
        return;
    for (size_t i = 0; i < world->paper_count; i++)
        if (world->papers[i].end == PAPER_UNKNOWN && strcmp(world->papers[i].job, event->id) == 0)
            world->papers[i].end = PAPER_ENDED;
}

/* --- the end of a visit ------------------------------------------------------------------------------------------- */

static void keep_field(Model *model, const uint8_t *fresh, size_t at, size_t size)
{
    memcpy((uint8_t *)model + at, fresh + at, size);
}
#define KEEP(field) keep_field(&now, player->fresh, offsetof(Model, field), sizeof now.field)

/* Nothing but counters and what the machine knows differs from a kiosk that was just switched on. */
static void check_fresh(Player *player)
{
    static Model now;
    const Model *model = &player->model;
    size_t at;

    memcpy(&now, model, sizeof now);
    KEEP(wall_ms);
    KEEP(monotonic_ms);
    KEEP(started_ms);
    KEEP(window);
    KEEP(place);
    KEEP(catalogue);
    KEEP(theme);
    KEEP(notices);
    KEEP(information);
    KEEP(hall);
    KEEP(hall_calls);
    KEEP(turned_ms);
    KEEP(printer);
    KEEP(reads_cards);
    KEEP(registrar);
    KEEP(paper);
    KEEP(behind);
    KEEP(behind_count);
    KEEP(visits);
    KEEP(greeting);
    KEEP(impossible);
    if (memcmp(&now, player->fresh, sizeof now) != 0) {
        for (at = 0; at < sizeof now && ((uint8_t *)&now)[at] == player->fresh[at]; at++)
            continue;
        player_break(player, "not-fresh", "after the visit byte %zu of the model is not as in a fresh one", at);
    }
    if (!marks_are(model, sizeof *model, 0, &at))
        player_break(player, "left-behind", "after the visit something personal stands at byte %zu of the model", at);
    if (model->paper.job.id[0] && (model->paper.visit != 0 || !model_paper_blocks(model)))
        player_break(player, "left-behind", "after the visit a settled paper is still there");
    if (player->world.sessions_open > 0)
        player_break(player, "session-left", "a session was never ended");
    if (player->page_out)
        player_break(player, "page-lost", "after the visit job %u was neither printed nor given back",
                     player->page_job);
}

static void check_papers_stopped(Player *player)
{
    const World *world = &player->world;

    for (size_t i = 0; i < world->paper_count; i++)
        if (world->papers[i].end == PAPER_OPEN && world->papers[i].visit == player->model.visits &&
            !world->papers[i].stopped)
            player_break(player, "not-stopped", "the visit ended while %s was on its way", world->papers[i].job);
}

static void check_owned(Player *player)
{
    const Model *model = &player->model;
    long catalogues = (model->catalogue != NULL) + (model->catalogue_next != NULL);
    long pictures = (model->visit.preview.png != NULL) + (model->visit.phone.qr != NULL) +
                    (player->planted.kind != CMD_NONE) + (model->theme.logo != NULL) + (model->theme_next.logo != NULL);

    if (owned_count.homes != (model->visit.home != NULL))
        player_break(player, "memory", "%ld homes are owned", owned_count.homes);
    if (owned_count.drafts != 0)
        player_break(player, "memory", "%ld forms are owned", owned_count.drafts);
    if (owned_count.catalogues != catalogues)
        player_break(player, "memory", "%ld catalogues are owned, not %ld", owned_count.catalogues, catalogues);
    for (size_t i = 0; i < player->cmds.count; i++)
        pictures += player->cmds.items[i].kind == CMD_PRINT && player->cmds.items[i].as.print.pdf;
    if (owned_count.blobs != pictures)
        player_break(player, "memory", "%ld blobs are owned, not %ld", owned_count.blobs, pictures);
}

/* --- the glass ---------------------------------------------------------------------------------------------------- */

static uint64_t shape_of(const Model *model)
{
    const Visit *visit = &model->visit;
    const ApiNotice *notices[NOTICES_MOST];
    uint64_t parts[] = { model_screen(model),
                         visit->fault.kind,
                         visit->fault.at_window,
                         visit->fault.condition,
                         visit->fault.retry_at_ms > model->wall_ms,
                         visit->waiting.command,
                         visit->choosing_language,
                         visit->form.question,
                         visit->home ? visit->home->service_count + 1 : 0,
                         visit->group[0] != 0,
                         visit->leaving,
                         visit->draft.under_way,
                         visit->draft.kept,
                         visit->preview.png != NULL,
                         model_paper_blocks(model),
                         model->paper.phase,
                         model->catalogue != NULL,
                         model_notices(model, notices),
                         model_brand(model) != 0,
                         visit->sign_in.note,
                         visit->phone.link.state,
                         visit->phone.link.withdrawn,
                         visit->phone.note,
                         visit->phone.doing,
                         visit->phone.unsaid,
                         visit->phone.qr != NULL,
                         visit->phone.digits[0],
                         visit->phone.digits[1],
                         visit->done_ms != 0,
                         visit->mine.asking,
                         visit->mine.withdrawn,
                         visit->mine.too_late,
                         visit->mine.line.state,
                         visit->issue.paper.state,
                         visit->issue.issued,
                         visit->search[0] != 0,
                         visit->led.service[0] != 0,
                         visit->papers.set.state,
                         (uint64_t)visit->papers.set.pages,
                         visit->papers.note,
                         visit->papers.doing,
                         visit->papers.code.png != NULL,
                         visit->anew.id[0] != 0,
                         visit->visitor.note,
                         visit->mine.details != NULL,
                         visit->answers.count,
                         model_waits_long(model) };
    uint64_t hash = 1469598103934665603U;

    for (size_t i = 0; i < COUNT(parts); i++)
        hash = (hash ^ parts[i]) * 1099511628211U;
    return hash;
}

static bool leads_on(const Tree *tree)
{
    for (size_t i = 0; i < tree_count(tree); i++)
        if (node_is_control(tree_at(tree, i)) && tree_at(tree, i)->send.act != ACT_KEYBOARD)
            return true;
    return false;
}

static void check_glass(Player *player)
{
    const Model *model = &player->model;
    uint64_t shape = shape_of(model);
    ScreenKind screen = model_screen(model);

    if (shape == player->shown)
        return;
    player->shown = shape;
    const Tree *tree = player_tree(player);
    if (tree_failed(tree) || tree_count(tree) == 0)
        player_break(player, "glass", "the tree of %s can't be built", name_of_screen(screen));
    /* Out of service a person can do nothing: the next heartbeat leads on.  While something is waited for, its end
     * does. */
    bool waits =
        screen == SCREEN_OUT_OF_SERVICE || model->visit.waiting.command != CMD_NONE || model_is_printing(model);
    if (!leads_on(tree) && (!waits || app_next_wake(model) == INT64_MAX))
        player_break(player, "no-way-on", "%s, fault %s: nothing can be touched and nothing is waited for",
                     name_of_screen(screen), name_of_fault(model->visit.fault.kind));
}

static void check_time(Player *player, const Event *event)
{
    const Model *model = &player->model;
    int64_t wake_ms = app_next_wake(model);

    if (player->plant == PLANT_SLEEPS_NOT && model->visit.choosing_language)
        wake_ms = model->monotonic_ms;
    player->late_wakes = wake_ms <= model->monotonic_ms ? player->late_wakes + 1 : 0;
    if (player->late_wakes >= 2)
        player_break(player, "busy-loop", "app_next_wake is in the past again and again");
    player->wakes_alone = event->kind == MSG_TICK && model->visit.active ? player->wakes_alone + 1 : 0;
    if (player->wakes_alone > WAKES_ALONE_MOST)
        player_break(player, "never-ends", "nobody is there any more and the visit does not end");
}

/* --- asking once -------------------------------------------------------------------------------------------------- */

/* What the student wants changed, or they began anew: what is asked next is something else. */
static void follow_asking(Player *player, const Msg *msg, const Before *before)
{
    const Visit *visit = &player->model.visit;
    Asking *asking = &player->asking;
    ApiProblemKind problem = msg->kind == MSG_FAILED ? msg->as.failed.problem.kind : PROBLEM_NONE;
    bool burnt = problem == PROBLEM_KEY_REUSED || problem == PROBLEM_FORM; /* refused: nothing was made of it */
    bool same = asking->language == visit->document_language && strcmp(asking->service, visit->service) == 0 &&
                asking->answers.count == visit->answers.count &&
                memcmp(&asking->answers, &visit->answers, sizeof asking->answers) == 0;
    bool anew = before->screen == SCREEN_HOME || visit->screen == SCREEN_HOME || before->screen == SCREEN_SEARCH ||
                before->screen == SCREEN_REQUEST || burnt || !visit->signed_in ||
                msg->kind == MSG_DRAFT; /* gone on with as it was kept: the form begins there */

    if (same && !anew)
        return;
    player->asking_key[0] = '\0';
    memcpy(asking->service, visit->service, sizeof asking->service);
    asking->language = visit->document_language;
    asking->answers = visit->answers;
}

/* --- after -------------------------------------------------------------------------------------------------------- */

static void check_handled(Player *player, const Event *event, const Before *before)
{
    const Model *model = &player->model;
    uint32_t impossible = before->impossible + (event->kind >= MSG_KIND_COUNT);
    const Waiting *waiting = &model->visit.waiting;

    if (model->impossible != impossible)
        player_break(player, "unhandled", "%s on %s counts as impossible", name_of_message(event->kind),
                     name_of_screen(before->screen));
    if (before->awaited && model->visit.active && waiting->command == before->waiting.command &&
        waiting->since_ms == before->waiting.since_ms && waiting->since_ms != model->monotonic_ms)
        player_break(player, "unheard", "%s came and %s is still waited for", name_of_message(event->kind),
                     name_of_command(waiting->command));
    if (model->visits != before->visits && (model->visits != before->visits + 1 || before->active))
        player_break(player, "visits-mixed", "visit %u begins within visit %u", model->visits, before->visits);
}

void check_after(Player *player, const Event *event, const Msg *msg, const Before *before)
{
    const Model *model = &player->model;
    bool ended = before->active && !model->visit.active;

    check_handled(player, event, before);
    follow_asking(player, msg, before);
    for (size_t i = 0; i < player->cmds.count; i++)
        check_command(player, &player->cmds.items[i], msg);
    check_order(player);
    close_sessions(player);
    if (msg->kind == MSG_PRINT || msg->kind == MSG_PRINT_RECOVERED)
        paper_speaks(player, msg);
    else if (msg->kind == MSG_ACT)
        person_looks(player, msg, before);
    else if (msg->kind == MSG_CHANGED)
        office_looks(player, msg);
    if (commands_given(player, CMD_FORGET) != ended)
        player_break(player, "not-forgotten", "the glass is told to forget %zu times at the end of %d visits",
                     commands_given(player, CMD_FORGET), ended);
    if (ended) {
        check_papers_stopped(player);
        check_nothing_lost(player, msg, before);
    }
    check_glass(player);
    if (!model->visit.active) {
        tree_clear(player->tree, LANGUAGE_UZ);
        player->tree_fresh = false;
        check_fresh(player);
        check_owned(player);
    }
    if (player->world.sessions_open > 1)
        player_break(player, "session-left", "%zu sessions are open", player->world.sessions_open);
    check_time(player, event);
}
