/* The registrar in the mind: keeps what it is sent, and checks each answer with its own bound copy of the form. */
#include "fillings.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

#define ASKED_MOST 64
#define REQUEST_ID "30000000-0000-4000-8000-000000000001"

static Msg answer_to(const Cmd *cmd, MsgKind kind)
{
    return (Msg){ .kind = kind, .visit = cmd->visit, .asked = cmd->asked };
}

static void bind(const char *service, BoundService *ret)
{
    const Service *found = catalogue_find(hall.catalogue, str_from(service));

    assert(found);
    service_bind(found, &hall.students[hall.who].lists, ret);
}

static ApiRequestLine returned_line(void)
{
    ApiRequestLine line = { .id = REQUEST_ID, .number = "S-2026/000123", .state = REQUEST_RETURNED };

    str_copy_cut(str_from(hall.service), line.service, sizeof line.service);
    (void)!snprintf(line.words, sizeof line.words, MARK "%c words", letter_of(hall.who));
    return line;
}

static void tell_home(const Cmd *cmd)
{
    Student *student = &hall.students[hall.who];
    Msg msg = answer_to(cmd, MSG_HOME);
    ApiHome *home = msg.as.home = mem_new(1, sizeof *home);

    assert(home);
    for (size_t i = 0; i < catalogue_count(hall.catalogue); i++) {
        ApiService *service = &home->services[home->service_count];
        const char *id = catalogue_at(hall.catalogue, i)->id;
        if (strcmp(id, VISITOR_SERVICE) == 0)
            continue;
        *service = (ApiService){ .allowed = true, .copies_left = -1 };
        str_copy_cut(str_from(id), service->service, sizeof service->service);
        home->service_count++;
    }
    home->lists = student->lists;
    if (student->begun) {
        home->draft_count = 1;
        memcpy(home->drafts[0].service, student->service, sizeof home->drafts[0].service);
    }
    if (student->returned) {
        home->request_count = 1;
        home->requests[0] = returned_line();
    }
    hall_send(&msg);
}

static void tell_request(const Cmd *cmd)
{
    const Student *student = &hall.students[hall.who];
    Msg msg = answer_to(cmd, MSG_REQUEST);
    ApiRequestDetails *details = msg.as.details = mem_new(1, sizeof *details);

    assert(details);
    details->line = returned_line();
    details->can_answer = student->returned;
    details->begun = student->begun_anew;
    details->answers = student->begun_anew ? student->anew.answers : student->handed;
    details->language = student->anew.language;
    if (student->begun_anew)
        memcpy(details->question, student->anew.question, sizeof details->question);
    hall_send(&msg);
}

/* Of a form in progress, or of an answer to what was returned. */
static void put_draft(const Cmd *cmd, ApiDraft *kept)
{
    *kept = cmd->as.draft.draft;
    if (hall.loses && kept->answers.count > 1)
        kept->answers.count--;
}

static void keep_draft(const Cmd *cmd)
{
    static BoundService bound;
    Student *student = &hall.students[hall.who];
    const char *field = "";
    Msg msg = answer_to(cmd, MSG_DRAFT_KEPT);

    bind(cmd->as.draft.service, &bound);
    if (form_check_begun(&bound.service, &cmd->as.draft.draft.answers, model_today(&hall.model), &field) != FORM_OK)
        broke("the registrar does not take what is kept of %s.%s", cmd->as.draft.service, field);
    if (cmd->as.draft.request[0]) {
        if (!student->returned || strcmp(cmd->as.draft.request, REQUEST_ID) != 0)
            broke("what nobody returned is answered anew");
        student->begun_anew = cmd->as.draft.draft.answers.count > 0;
        put_draft(cmd, &student->anew);
    } else {
        if (hall.anew)
            broke("an answer to what was returned is kept as another form");
        student->begun = cmd->as.draft.draft.answers.count > 0;
        put_draft(cmd, &student->draft);
        memcpy(student->service, cmd->as.draft.service, sizeof student->service);
    }
    msg.as.kept.serial = cmd->as.draft.serial;
    hall_send(&msg);
}

static void tell_draft(const Cmd *cmd)
{
    const Student *student = &hall.students[hall.who];
    Msg msg = answer_to(cmd, MSG_DRAFT);

    msg.as.draft = mem_new(1, sizeof *msg.as.draft);
    assert(msg.as.draft);
    *msg.as.draft = student->draft;
    hall_send(&msg);
}

static void let_in(const Cmd *cmd, bool visitor)
{
    Msg msg = answer_to(cmd, MSG_SIGNED_IN);
    ApiSession *session = &msg.as.session;

    session->visitor = visitor;
    session->seconds_left = 1800;
    (void)!snprintf(session->token, sizeof session->token, MARK "%c token", letter_of(hall.who));
    (void)!snprintf(session->given_name, sizeof session->given_name, MARK "%c", letter_of(hall.who));
    if (!visitor)
        (void)!snprintf(session->number, sizeof session->number, "39224110070%u", hall.who);
    hall_send(&msg);
}

/* Photographs come at once; a few pages, or none at first. */
static void tell_papers(const Cmd *cmd)
{
    Msg msg = answer_to(cmd, MSG_PAPERS);
    ApiPapers *papers = &msg.as.papers;

    papers->most = 4;
    papers->seconds_left = 600;
    if (cmd->kind == CMD_PAPERS) {
        (void)!snprintf(papers->id, sizeof papers->id, "40000000-0000-4000-8000-%012u", ++hall.photos);
        (void)!snprintf(papers->address, sizeof papers->address, "HTTPS://LOCALHOST/U/%028u", hall.photos);
    } else {
        memcpy(papers->id, cmd->as.papers.id, sizeof papers->id);
        papers->state = one_in(2) ? PAPERS_OPENED : PAPERS_GIVEN;
        papers->pages = 1 + (int)roll(4);
    }
    hall_send(&msg);
}

static void tell_picture(const Cmd *cmd)
{
    Msg msg = answer_to(cmd, MSG_PAPER_PICTURE);

    msg.as.picture.png = blob_new("picture", 7);
    msg.as.picture.page = cmd->as.papers.page;
    hall_send(&msg);
}

/* Both ends check with the same code: what the glass sends is never refused here. */
static void take_form(const char *service, const Answers *answers)
{
    static BoundService bound;
    const char *field = "";

    bind(service, &bound);
    if (form_check(&bound.service, answers, model_today(&hall.model), &field) != FORM_OK)
        broke("the registrar refuses %s.%s", service, field);
    hall.issued = true;
    hall.handed = *answers;
}

static void take_issue(const Cmd *cmd)
{
    Student *student = &hall.students[hall.who];
    Msg msg = answer_to(cmd, MSG_ISSUED);

    take_form(cmd->as.issue.request.service, &cmd->as.issue.request.answers);
    student->begun = student->begun_anew = student->returned = false;
    if (cmd->kind == CMD_ISSUE)
        student->handed = cmd->as.issue.request.answers;
    else
        hall.answered_anew++;
    msg.as.issued.issued = (ApiIssued){ .state = REQUEST_REVIEW, .number = "S-2026/000123" };
    hall_send(&msg);
}

static void serve(const Cmd *cmd)
{
    if (!holds_only(&cmd->as, sizeof cmd->as, cmd->visit ? hall.who : STUDENTS))
        broke("a command (%d) holds another's", (int)cmd->kind);
    if (cmd->kind == CMD_HOME)
        tell_home(cmd);
    else if (cmd->kind == CMD_SIGN_IN || cmd->kind == CMD_VISITOR)
        let_in(cmd, cmd->kind == CMD_VISITOR);
    else if (cmd->kind == CMD_DRAFT)
        keep_draft(cmd);
    else if (cmd->kind == CMD_DRAFT_OPEN)
        tell_draft(cmd);
    else if (cmd->kind == CMD_DRAFT_DROP)
        hall.students[hall.who].begun = false;
    else if (cmd->kind == CMD_PAPERS || cmd->kind == CMD_PAPERS_STATE)
        tell_papers(cmd);
    else if (cmd->kind == CMD_PAPERS_PAGE)
        tell_picture(cmd);
    else if (cmd->kind == CMD_REQUEST)
        tell_request(cmd);
    else if (cmd->kind == CMD_ISSUE || cmd->kind == CMD_ANSWER)
        take_issue(cmd);
    else if (cmd->kind == CMD_PREVIEW)
        take_form(cmd->as.preview.preview.service, &cmd->as.preview.preview.answers);
}

/* What the kiosk asked and nobody has answered yet; an answer may make it ask further. */
static Cmd asked[ASKED_MOST];
static size_t asked_count;
static bool answering;

static void answer_all(void)
{
    if (answering)
        return;
    answering = true;
    for (size_t i = 0; i < asked_count; i++) {
        serve(&asked[i]);
        cmd_fini(&asked[i]);
    }
    asked_count = 0;
    answering = false;
}

void hall_send(Msg *msg)
{
    msg->monotonic_ms = hall.now_ms;
    msg->at_ms = WALL_MS + hall.now_ms;
    (void)!random_fill(&hall.random, msg->random, sizeof msg->random, NULL);
    app_update(&hall.model, msg, &hall.cmds);
    hall.messages++;
    for (size_t i = 0; i < hall.cmds.count; i++) {
        assert(asked_count < ASKED_MOST);
        asked[asked_count++] = hall.cmds.items[i];
    }
    hall.cmds.count = 0;
    answer_all();
}
