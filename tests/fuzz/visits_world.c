/* The devices in the mind: a registrar that gives one job a key and a page once an epoch, a printer, and what they were
 * asked.  An event tells how they answer; all ids come from here. */
#include "visits.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "visits_catalogue.h"

static bool grow(void **items, size_t *room, size_t count, size_t size)
{
    if (count < *room)
        return true;
    size_t more = *room ? *room * 2 : 256;
    void *block = mem_resize(*items, more, size);
    if (!block)
        return false;
    *items = block;
    *room = more;
    return true;
}

bool world_open(World *world, Error *err)
{
    for (size_t i = 0; i < COUNT(catalogue_texts); i++) {
        world->catalogues[i] = catalogue_parse(str_from(catalogue_texts[i]), err);
        if (!world->catalogues[i])
            return false;
    }
    return true;
}

void world_close(World *world)
{
    for (size_t i = 0; i < COUNT(world->catalogues); i++)
        catalogue_drop(world->catalogues[i]);
    mem_free(world->jobs);
    mem_free(world->sessions);
}

Asked *world_asked(World *world, CmdKind kind, unsigned back)
{
    uint32_t count = world->asked_count[kind];

    return back < ASKED_MOST && back < count ? &world->asked[kind][(count - 1 - back) % ASKED_MOST] : NULL;
}

static const CmdKind commands_of[MSG_KIND_COUNT] = {
    [MSG_HEARTBEAT] = CMD_HEARTBEAT,
    [MSG_CATALOGUE] = CMD_CATALOGUE,
    [MSG_SIGNED_IN] = CMD_SIGN_IN,
    [MSG_HOME] = CMD_HOME,
    [MSG_PREVIEW] = CMD_PREVIEW,
    [MSG_ISSUED] = CMD_ISSUE,
    [MSG_PAGE] = CMD_PAGE,
    [MSG_REPORTED] = CMD_REPORT_PRINT,
    [MSG_PRINTER] = CMD_ASK_PRINTER,
    [MSG_PRINT] = CMD_PRINT,
    [MSG_DRAFT] = CMD_DRAFT_OPEN,
    [MSG_DRAFT_KEPT] = CMD_DRAFT,
    [MSG_NOTICES] = CMD_NOTICES,
    [MSG_THEME] = CMD_THEME,
    [MSG_WITHDRAWN] = CMD_WITHDRAW,
    [MSG_REQUEST] = CMD_REQUEST,
    [MSG_PAPER_PICTURE] = CMD_PAPERS_PAGE,
    [MSG_STUDY] = CMD_STUDY,
    [MSG_LOOKS] = CMD_LOOKS,
    [MSG_MY_CARD] = CMD_CARD,
    [MSG_GRANT_OFFERED] = CMD_GRANT,
};

CmdKind world_command_of(MsgKind kind, CmdKind waits)
{
    if ((kind == MSG_SIGNED_IN && (waits == CMD_VISITOR || waits == CMD_CARD_SIGN_IN)) ||
        (kind == MSG_ISSUED && waits == CMD_ANSWER))
        return waits;
    if (kind == MSG_MY_CARD && waits >= CMD_CARD && waits <= CMD_CARD_BLOCK)
        return waits;
    return kind < MSG_KIND_COUNT ? commands_of[kind] : CMD_NONE;
}

CmdKind world_newest(World *world, CmdKind first, CmdKind last)
{
    CmdKind newest = CMD_NONE;
    uint32_t number = 0;

    for (CmdKind kind = first; kind <= last; kind++) {
        const Asked *asked = world_asked(world, kind, 0);
        if (asked && asked->number > number) {
            newest = kind;
            number = asked->number;
        }
    }
    return newest;
}

CmdKind world_phone_command(World *world)
{
    return world_newest(world, CMD_PHONE_LINK, CMD_PHONE_END);
}

void world_job_id(uint32_t job, char id[API_ID_SIZE])
{
    (void)!snprintf(id, API_ID_SIZE, "00000000-0000-4000-8000-%012u", job);
}

size_t world_job(const World *world, const char *id)
{
    uint64_t number;

    if (strncmp(id, "00000000-0000-4000-8000-", 24) != 0 ||
        !str_to_u64(str_from(id + 24), 0, world->job_count ? world->job_count - 1 : 0, &number))
        return SIZE_MAX;
    return number < world->job_count ? (size_t)number : SIZE_MAX;
}

void world_mark(uint32_t visit, const char *what, char *text, size_t size)
{
    Buf buf;
    char digits[12];

    (void)!snprintf(digits, sizeof digits, "%u", visit);
    for (char *digit = digits; *digit; digit++) /* letters, so that a field for digits takes nothing of it */
        *digit = (char)(*digit - '0' + 'a');
    buf_init(&buf, size);
    buf_add_format(&buf, MARK "%sQ %s", digits, what);
    str_copy_cut(buf_str(&buf), text, size);
    buf_fini(&buf);
}

void world_page(uint32_t visit, uint32_t job, uint32_t epoch, char *text, size_t size)
{
    char what[32];

    (void)!snprintf(what, sizeof what, "page %u %u", job, epoch);
    world_mark(visit, what, text, size);
}

/* --- what devices answer ------------------------------------------------------------------------------------------ */

static void make_act(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    (void)player, (void)answering;
    msg->as.act.act = (uint16_t)event->v[0];
    msg->as.act.arg = (uint16_t)event->v[1];
}

static const char *const typed_texts[] = { NULL,        NULL,   NULL,       "'",        "\xff",      "\u202E",
                                           "",          " o'",  "01012024", "31022025", "7",         "a.b@gmail.com",
                                           "901234567", "+998", "-7",       "an",       "aa1234567", "2580" };

/* The usual number and what an event adds to it, which may be anything. */
static int32_t wrapped(int32_t usual, int32_t more)
{
    return (int32_t)((uint32_t)usual + (uint32_t)more);
}

/* The first three are personal: the student's number, the password, and words for a paper. */
static void make_text(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    uint32_t visit = player->model.visits;
    uint32_t which = (uint32_t)event->v[0];

    (void)answering;
    if (which == 0)
        (void)!snprintf(msg->as.text, sizeof msg->as.text, MARK_NUMBER "%05u%u", visit % 100000,
                        (unsigned)event->v[1] % 2);
    else if (which == 1)
        world_mark(visit, "password", msg->as.text, sizeof msg->as.text);
    else if (which == 2)
        world_mark(visit, "words", msg->as.text, sizeof msg->as.text);
    else
        str_copy_cut(str_from(typed_texts[which % COUNT(typed_texts)]), msg->as.text, sizeof msg->as.text);
}

static void make_key(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    (void)player, (void)answering;
    msg->as.key = (EditKey)((uint32_t)event->v[0] % 4);
}

static void make_window(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    (void)player, (void)answering;
    msg->as.window.width = wrapped(1080, event->v[0]);
    msg->as.window.height = wrapped(1920, event->v[1]);
    msg->as.window.pixels_per_mm = 3.2154F + (float)event->v[2] / 1000.0F;
}

/* "" is a registrar that has none. */
static void version(int32_t n, char ret[API_VERSION_SIZE])
{
    ret[0] = '\0';
    if (n)
        (void)!snprintf(ret, API_VERSION_SIZE, "%d", n);
}

static void make_heartbeat(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    ApiHeartbeatAnswer *answer = &msg->as.heartbeat;
    const World *world = &player->world;

    (void)answering;
    *answer = (ApiHeartbeatAnswer){ .now_s = player->wall_ms / 1000, .office_hours = "17:00" };
    str_copy_cut(str_from(event->v[0] ? "another" : catalogue_version(world->catalogues[world->catalogue])),
                 answer->catalogue, sizeof answer->catalogue);
    if (event->v[1])
        memset(answer->place, 'p', sizeof answer->place - 1);
    if (event->v[2])
        answer->office_hours[0] = '\0';
    version(event->v[3], answer->notices);
    version(event->v[4], answer->theme);
    version(event->v[5] & 3, answer->information);
    answer->hall = (event->v[5] & 4) == 0;
    answer->phone_sign_in = (event->v[5] & 8) == 0;
}

/* Some that run, some that are over or have not begun, and an end that may come while nobody looks. */
static void make_notices(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    uint32_t count = (uint32_t)event->v[0] % (NOTICES_MOST + 2);
    ApiNotices *notices;

    (void)answering;
    if (count > NOTICES_MOST)
        return; /* "not newer than yours" */
    notices = msg->as.notices = mem_new(1, sizeof *notices);
    if (!notices)
        return;
    version(event->v[0], notices->version);
    for (notices->count = 0; notices->count < count; notices->count++) {
        ApiNotice *notice = &notices->items[notices->count];
        notice->id = (int64_t)notices->count + 1;
        notice->severity = (NoticeSeverity)(notices->count % NOTICE_SEVERITY_COUNT);
        notice->from_s = player->wall_ms / 1000 + wrapped(event->v[1], (int32_t)notices->count);
        notice->until_s = notice->from_s + (uint32_t)event->v[2] % 3600;
        str_copy_cut(STR("Ertaga yopiq"), notice->texts[notices->count % LANGUAGE_COUNT],
                     sizeof notice->texts[notices->count % LANGUAGE_COUNT]);
    }
}

static void make_theme(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    ApiTheme *theme = &msg->as.theme;

    (void)player, (void)answering;
    version(1 + (event->v[0] & 3), theme->version);
    theme->brand = (Rgb)event->v[1] & 0xffffff;
    theme->logo = event->v[2] ? blob_new("<svg", 4) : NULL;
}

static void make_catalogue(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    World *world = &player->world;
    uint32_t which = (uint32_t)event->v[0] % 4;

    (void)answering;
    if (which == 3)
        return; /* "not newer than yours" */
    world->catalogue = which;
    msg->as.catalogue = catalogue_keep(world->catalogues[which]);
}

static void make_session(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    World *world = &player->world;
    ApiSession *session = &msg->as.session;
    uint32_t visit = answering->visit;
    char what[24];

    if (!grow((void **)&world->sessions, &world->session_room, world->session_count, sizeof world->sessions[0]))
        return;
    (void)!snprintf(what, sizeof what, "%zu", world->session_count);
    world_mark(visit, what, session->token, sizeof session->token);
    world_mark(visit, "given", session->given_name, sizeof session->given_name);
    world_mark(visit, "full name", session->full_name, sizeof session->full_name);
    (void)!snprintf(session->number, sizeof session->number, MARK_NUMBER "%05u%u", visit % 100000,
                    (unsigned)event->v[0] % 2);
    session->seconds_left = wrapped(1800, event->v[1]);
    session->weak = (event->v[2] & 1) != 0;
    session->from_verifier = (event->v[2] & 2) != 0;
    world->sessions[world->session_count++] = (Session){ visit, true };
    world->sessions_open++;
}

static void fill_requests(const World *world, const Event *event, uint32_t visit, ApiHome *home)
{
    size_t shown = home->request_count < API_REQUESTS_MOST ? home->request_count : API_REQUESTS_MOST;

    for (size_t i = 0; i < shown; i++) {
        ApiRequestLine *line = &home->requests[i];
        if (world->job_count > i)
            memcpy(line->id, world->jobs[world->job_count - 1 - i].key, sizeof line->id);
        else
            world_job_id(900000000 + (uint32_t)i, line->id);
        str_copy_cut(str_from(service_ids[event->v[4] & 3]), line->service, sizeof line->service);
        world_mark(visit, "no", line->number, sizeof line->number);
        world_mark(visit, "bill", line->invoice, sizeof line->invoice);
        world_mark(visit, "what staff wrote", line->words, sizeof line->words);
        line->state = (ApiRequestState)(((uint32_t)event->v[3] + i) % REQUEST_STATE_COUNT);
        line->promised_at_s = event->v[4] & 4 ? 1 : INT64_C(4000000000);
    }
}

static void make_home(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    ApiHome *home = event->v[0] == 1 ? NULL : mem_new(1, sizeof *home);

    if (!home)
        return; /* an answer without one */
    home->service_count = event->v[0] == 0 ? COUNT(service_ids) : event->v[0] == 2 ? 0 : API_SERVICES_MOST + 5;
    for (size_t i = 0; i < COUNT(service_ids); i++) {
        ApiService *service = &home->services[i];
        str_copy_cut(str_from(service_ids[i]), service->service, sizeof service->service);
        service->allowed = ((uint32_t)event->v[1] >> i & 1) == 0;
        service->reason = service->allowed ? REASON_NONE : (ApiReason)((uint32_t)event->v[1] / 16 % REASON_COUNT);
        service->way_on = service->allowed ? WAY_ON_NONE : (ApiWayOn)((uint32_t)event->v[1] / 16 % WAY_ON_COUNT);
        str_copy_cut(service->way_on == WAY_ON_SERVICE ? STR("transcript") : STR("2026-12-01"), service->way_on_value,
                     sizeof service->way_on_value);
        service->copies_left = (event->v[1] & 64) ? 0 : 3;
    }
    home->draft_count = (uint32_t)event->v[5] % (API_DRAFTS_MOST + 3);
    for (size_t i = 0; i < home->draft_count && i < API_DRAFTS_MOST; i++)
        str_copy_cut(str_from(service_ids[i % COUNT(service_ids)]), home->drafts[i].service, SERVICE_ID_MOST);
    home->request_count = (uint32_t)event->v[2] % (API_REQUESTS_MOST + 3);
    fill_requests(&player->world, event, answering->visit, home);
    home->shown_count = 1;
    str_copy_cut(STR("student.passport_name"), home->shown[0].field, sizeof home->shown[0].field);
    world_mark(answering->visit, "passport", home->shown[0].value, sizeof home->shown[0].value);
    world_lists(answering->visit, (uint32_t)event->v[1] % 4 == 1 ? 0 : 3, &home->lists);
    msg->as.home = home;
}

/* A form that was begun before, with answers that this form may not know. */
static void make_draft(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    static const char *const receivers[] = { "any", "bank", "other", "moon" };
    static const char *const questions[] = { "place", "receiver", "", "since", "no-such-field" };
    ApiDraft *draft = event->v[0] ? NULL : mem_new(1, sizeof *draft);
    char words[40];

    (void)player;
    if (!draft)
        return;
    world_mark(answering->visit, "words", words, sizeof words);
    (void)!answers_set(&draft->answers, "receiver", str_from(receivers[(uint32_t)event->v[1] % COUNT(receivers)]));
    if (event->v[1] & 4)
        (void)!answers_set(&draft->answers, "place", str_from(words));
    if (event->v[1] & 8)
        (void)!answers_set(&draft->answers, "no-such-field", str_from(words));
    draft->language = (Language)((uint32_t)event->v[2] % (LANGUAGE_COUNT + 1));
    str_copy_cut(str_from(questions[(uint32_t)event->v[3] % COUNT(questions)]), draft->question,
                 sizeof draft->question);
    msg->as.draft = draft;
}

static void make_draft_kept(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    (void)player;
    msg->as.kept.serial = answering->asked.serial + (uint32_t)event->v[0];
}

static void make_preview(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    char text[40];

    (void)player;
    world_mark(answering->visit, "png", text, sizeof text);
    msg->as.preview.png = event->v[0] ? NULL : blob_new(text, strlen(text));
    msg->as.preview.pages = wrapped(2, event->v[1]);
    msg->as.preview.serial = answering->asked.serial + (uint32_t)event->v[2];
}

/* The registrar's job for a key; SIZE_MAX when there is no memory. */
static size_t job_for(World *world, const char *key, bool anew)
{
    size_t from = world->job_count > 64 ? world->job_count - 64 : 0;

    for (size_t i = world->job_count; !anew && i > from; i--)
        if (strcmp(world->jobs[i - 1].key, key) == 0)
            return i - 1;
    if (!grow((void **)&world->jobs, &world->job_room, world->job_count, sizeof world->jobs[0]))
        return SIZE_MAX;
    world->jobs[world->job_count] = (Job){ .epoch = 1 };
    memcpy(world->jobs[world->job_count].key, key, API_ID_SIZE);
    return world->job_count++;
}

/* What an honest registrar says of the job; what came back unprinted is assigned in a new epoch. */
static ApiPrintState job_state(Job *job)
{
    if (job->handed_epoch != job->epoch)
        return PRINT_ASSIGNED;
    if (!job->released)
        return PRINT_SENDING;
    job->released = false;
    job->epoch++;
    return PRINT_ASSIGNED;
}

static void make_issued(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    World *world = &player->world;
    ApiIssued *issued = &msg->as.issued.issued;
    size_t number = job_for(world, answering->asked.key, false);

    world_job_id((uint32_t)number, issued->copy);
    issued->copy[0] = '2';
    world_mark(answering->visit, "no", issued->number, sizeof issued->number);
    world_mark(answering->visit, "c", issued->code, sizeof issued->code);
    msg->as.issued.already_open = event->v[1] != 0;
    if (answering->asked.for_phone && event->v[0] == 0) {
        issued->pages = wrapped(2, event->v[3]);
        return; /* no print job */
    }
    if (answering->asked.handed_in && !event->v[5]) { /* people decide, or it is paid first */
        issued->state = event->v[4] ? (ApiRequestState)((uint32_t)event->v[4] % REQUEST_STATE_COUNT) : REQUEST_REVIEW;
        world_mark(answering->visit, "bill", issued->invoice, sizeof issued->invoice);
        memset(issued->copy, 0, sizeof issued->copy);
        return;
    }
    if (number != SIZE_MAX && answering->asked.again && world->jobs[number].printed)
        number = job_for(world, answering->asked.key, true); /* a new copy that replaces it */
    if (number == SIZE_MAX)
        return;
    Job *job = &world->jobs[number];
    if (!event->v[0])
        issued->job.state = job_state(job);
    else
        issued->job.state = (ApiPrintState)((uint32_t)wrapped(event->v[0], -1) % (PRINT_STATE_COUNT + 1));
    job->epoch += (uint32_t)event->v[2] & 3;
    issued->job.epoch = job->epoch;
    issued->job.sheets = issued->pages = wrapped(2, event->v[3]);
    world_job_id((uint32_t)number, issued->job.id);
    memcpy(issued->job.copy, issued->job.id, sizeof issued->job.copy);
    issued->job.copy[0] = '2';
    memcpy(issued->copy, issued->job.copy, sizeof issued->copy);
}

/* A new link for CMD_PHONE_LINK, else the one that was asked for; in the state that it has on the glass, or another. */
static void make_phone(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    ApiPhoneLink *link = &msg->as.phone;
    const ApiPhoneLink *now = &player->model.visit.phone.link;

    memcpy(link->id, answering->asked.key, sizeof link->id);
    link->state =
        event->v[0] ? (ApiPhoneState)((uint32_t)wrapped(event->v[0], -1) % (PHONE_STATE_COUNT + 1)) : now->state;
    link->withdrawn = event->v[1] != 0;
    link->taken_at_s = link->state == PHONE_USED ? player->wall_ms / 1000 : 0;
    world_mark(answering->visit, "ph", link->code, sizeof link->code);
    if (world_phone_command(&player->world) != CMD_PHONE_LINK && !event->v[2])
        return;
    (void)!snprintf(link->id, sizeof link->id, "00000000-0000-4000-9000-%012u", ++player->world.links);
    (void)!snprintf(link->address, sizeof link->address, "HTTPS://LOCALHOST:8443/D/%028u", player->world.links);
    if (event->v[3]) /* no QR code holds it */
        memset(link->address, '@', sizeof link->address - 1);
    link->state = event->v[0] ? link->state : PHONE_OFFERED;
}

/* Of what is on the glass now, or of something that is not. */
static void make_changed(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    static const ApiPrintState states[] = { PRINT_CANCELLED, PRINT_WAITING, PRINT_PRINTED, PRINT_PARTLY };
    const Model *model = &player->model;
    ApiEvent *told = &msg->as.changed.event;

    (void)answering;
    msg->as.changed.anything = event->v[1] != 0;
    told->what = (ApiChange)((uint32_t)event->v[0] % (API_CHANGE_COUNT + 1));
    if (event->v[2])
        world_job_id(900000000, told->id);
    else
        memcpy(told->id,
               told->what == CHANGED_JOB      ? model->paper.job.id
               : told->what == CHANGED_PAPERS ? model->visit.papers.set.id
                                              : model->visit.phone.link.id,
               API_ID_SIZE);
    if (told->what == CHANGED_JOB)
        str_copy_cut(str_from(api_print_state_name(states[(uint32_t)event->v[3] % COUNT(states)])), told->version,
                     sizeof told->version);
    else if (told->what == CHANGED_CATALOGUE && event->v[3])
        str_copy_cut(str_from(catalogue_version(player->world.catalogues[player->world.catalogue])), told->version,
                     sizeof told->version);
}

static void make_failed(Player *player, const Event *event, const Answering *answering, Msg *msg);

/* One page for one epoch: whoever asks again in another command is told so. */
static void make_page(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    World *world = &player->world;
    const Asked *asked = &answering->asked;
    Job *job = asked->job < world->job_count ? &world->jobs[asked->job] : NULL;
    char text[API_ID_SIZE + 32];

    if (job && job->handed_epoch >= asked->epoch && job->handed_to != asked->number) {
        Event refused = { .v = { CMD_PAGE, PROBLEM_HANDED_OUT } };
        msg->kind = MSG_FAILED;
        make_failed(player, &refused, answering, msg);
        return;
    }
    msg->as.page.epoch = asked->epoch + (uint32_t)event->v[1];
    if (!event->v[0]) {
        world_page(answering->visit, asked->job, asked->epoch, text, sizeof text);
        msg->as.page.pdf = blob_new(text, strlen(text) + 1);
    }
    if (job) {
        job->handed_epoch = asked->epoch;
        job->handed_to = asked->number;
        job->released = false;
    }
}

static void make_reported(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    ApiPrintJob *job = &msg->as.reported;
    size_t number = answering->asked.job;

    memcpy(job->id, answering->asked.key, sizeof job->id);
    job->epoch = answering->asked.epoch;
    job->state = (ApiPrintState)answering->asked.command_state;
    if (event->v[0])
        world_job_id(800000000, job->id);
    else if (number < player->world.job_count && job->state == PRINT_WAITING)
        player->world.jobs[number].released = true;
}

static void make_failed(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    static const char *const fields[] = { "", "receiver", "place", "since", "no-such-field" };
    ApiProblem *problem = &msg->as.failed.problem;
    CmdKind waits = player->model.visit.waiting.command;

    msg->as.failed.command = (uint8_t)(event->v[0] ? event->v[0] : (int)waits);
    problem->kind = (ApiProblemKind)((uint32_t)event->v[1] % (PROBLEM_COUNT + 1));
    msg->as.failed.code = problem->kind == PROBLEM_NONE ? ERR_OFFLINE : ERR_PROTOCOL;
    problem->retry_after_s = event->v[2];
    str_copy_cut(str_from(fields[(uint32_t)event->v[3] % COUNT(fields)]), problem->field, sizeof problem->field);
    problem->fault = (FormFault)((uint32_t)event->v[4] % (FORM_NOT_PHONE + 1));
    msg->as.failed.serial = answering->asked.serial + (uint32_t)event->v[5];
    if (msg->as.failed.command == CMD_HEARTBEAT || msg->as.failed.command == CMD_CATALOGUE ||
        msg->as.failed.command == CMD_NOTICES || msg->as.failed.command == CMD_THEME ||
        msg->as.failed.command == CMD_INFORMATION || msg->as.failed.command == CMD_HALL)
        msg->visit = event->stray; /* the machine's own, of no visit */
}

static void make_printer(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    (void)player, (void)answering;
    msg->as.printer.condition =
        event->v[0] ? (PrinterCondition)((uint32_t)wrapped(event->v[0], -1) % (PRINTER_CONDITION_COUNT + 1))
                    : PRINTER_READY;
    msg->as.printer.paper_low = (event->v[1] & 1) != 0;
    msg->as.printer.toner_low = (event->v[1] & 2) != 0;
}

static void make_print(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    MsgPrint *print = &msg->as.print;

    (void)player;
    memcpy(print->job.id, answering->asked.key, sizeof print->job.id);
    print->job.epoch = answering->asked.epoch;
    print->phase = (PrintPhase)((uint32_t)event->v[0] % (PRINT_PHASE_COUNT + 1));
    print->condition = event->v[1]
                           ? (PrinterCondition)((uint32_t)wrapped(event->v[1], -1) % (PRINTER_CONDITION_COUNT + 1))
                           : PRINTER_READY;
    print->sheets = event->v[2];
    print->printer_job = event->v[4];
    memcpy(print->printer_uuid, "urn:uuid:printer", 17);
    if (msg->kind == MSG_PRINT_RECOVERED) /* of an earlier life: by a number of its own */
        (void)!snprintf(print->job.id, sizeof print->job.id, RECOVERED_ID "%03u", (uint32_t)event->v[3] % 1000);
    else if (event->v[3] == 1)
        world_job_id(800000000, print->job.id);
    else if (event->v[3] == 2)
        print->job.epoch++;
    if (msg->kind == MSG_PRINT_RECOVERED)
        print->job.epoch = 1;
}

static void (*const makers[MSG_KIND_COUNT])(Player *player, const Event *event, const Answering *answering,
                                            Msg *msg) = {
    [MSG_ACT] = make_act,
    [MSG_TEXT] = make_text,
    [MSG_KEY] = make_key,
    [MSG_WINDOW] = make_window,
    [MSG_HEARTBEAT] = make_heartbeat,
    [MSG_CATALOGUE] = make_catalogue,
    [MSG_SIGNED_IN] = make_session,
    [MSG_HOME] = make_home,
    [MSG_PREVIEW] = make_preview,
    [MSG_ISSUED] = make_issued,
    [MSG_PAGE] = make_page,
    [MSG_REPORTED] = make_reported,
    [MSG_FAILED] = make_failed,
    [MSG_PRINTER] = make_printer,
    [MSG_PRINT] = make_print,
    [MSG_PRINT_RECOVERED] = make_print,
    [MSG_DRAFT] = make_draft,
    [MSG_DRAFT_KEPT] = make_draft_kept,
    [MSG_NOTICES] = make_notices,
    [MSG_THEME] = make_theme,
    [MSG_PHONE] = make_phone,
    [MSG_CHANGED] = make_changed,
    [MSG_REQUEST] = make_request,
    [MSG_INFORMATION] = make_information,
    [MSG_STUDY] = make_study,
    [MSG_LOOKS] = make_looks,
    [MSG_HALL] = make_hall,
    [MSG_TICKET] = make_ticket,
    [MSG_CALL] = make_call,
    [MSG_SLIP] = make_slip,
    [MSG_PAPERS] = make_papers,
    [MSG_PAPER_PICTURE] = make_picture,
    [MSG_GRANT_OFFERED] = make_grant_offer,
    [MSG_GRANT] = make_grant,
    [MSG_CARD] = make_card,
    [MSG_MY_CARD] = make_my_card,
};

static CmdKind answered_command(Player *player, const Event *event)
{
    if (event->kind == MSG_PHONE)
        return world_phone_command(&player->world);
    if (event->kind == MSG_PAPERS)
        return world_papers_command(&player->world);
    if (event->kind == MSG_GRANT)
        return world_newest(&player->world, CMD_GRANT_STATE, CMD_GRANT_DIGITS);
    if (event->kind == MSG_SIGNED_IN && player->model.visit.grant.errand.doing == CMD_GRANT_TOKEN)
        return CMD_GRANT_TOKEN;
    if (event->kind == MSG_TICKET)
        return world_newest(&player->world, CMD_TICKET, CMD_TICKET_END);
    if (event->kind == MSG_CALL)
        return world_newest(&player->world, CMD_CALL, CMD_CALL_END);
    if (event->kind == MSG_SLIP)
        return world_asked(&player->world, CMD_TICKET_SLIP, 0) && player->model.visit.screen == SCREEN_TICKET
                   ? CMD_TICKET_SLIP
                   : CMD_RECEIPT;
    if (event->kind == MSG_FAILED) {
        unsigned command = event->v[0] ? (uint8_t)event->v[0] : player->model.visit.waiting.command;
        return command < CMD_KIND_COUNT ? (CmdKind)command : CMD_NONE;
    }
    return world_command_of((MsgKind)event->kind, player->model.visit.waiting.command);
}

void world_message(Player *player, const Event *event, Msg *msg)
{
    CmdKind command = answered_command(player, event);
    Asked *asked = world_asked(&player->world, command, event->back);
    Answering answering = { .visit = player->model.visits };

    if (command != CMD_NONE && asked) {
        answering.asked = *asked;
        answering.was_asked = true;
        answering.visit = asked->visit;
        asked->answered = true;
    }
    answering.visit += event->stray;
    *msg = (Msg){ .kind = event->kind < MSG_KIND_COUNT ? (MsgKind)event->kind : (MsgKind)EVENT_KIND_BAD };
    if (command != CMD_NONE) {
        msg->visit = answering.visit;
        msg->asked = answering.asked.asked;
    }
    if (event->kind < MSG_KIND_COUNT && makers[event->kind])
        makers[event->kind](player, event, &answering, msg);
}

/* --- what devices are asked --------------------------------------------------------------------------------------- */

void world_take(Player *player, const Cmd *cmd)
{
    World *world = &player->world;
    Asked asked = { .visit = cmd->visit, .asked = cmd->asked, .number = ++world->commands, .job = UINT32_MAX };
    const char *job = NULL;

    if (cmd->kind == CMD_PREVIEW)
        asked.serial = cmd->as.preview.serial;
    else if (cmd->kind == CMD_DRAFT)
        asked.serial = cmd->as.draft.serial;
    else if (cmd->kind == CMD_ISSUE) {
        memcpy(asked.key, cmd->as.issue.key, sizeof asked.key);
        asked.again = cmd->as.issue.request.again;
        asked.for_phone = cmd->as.issue.request.carrier == CARRIER_PHONE;
        asked.handed_in = model_hands_in(&player->model);
    } else if (cmd->kind == CMD_ANSWER) {
        memcpy(asked.key, cmd->as.issue.key, sizeof asked.key);
        asked.handed_in = true;
    } else if (cmd->kind >= CMD_PAPERS && cmd->kind <= CMD_PAPERS_PAGE) {
        memcpy(asked.key, cmd->as.papers.id, sizeof asked.key);
        asked.job = (uint32_t)cmd->as.papers.page;
    } else if (cmd->kind == CMD_WITHDRAW || cmd->kind == CMD_REQUEST) {
        memcpy(asked.key, cmd->as.withdraw.key, sizeof asked.key);
    } else if (cmd->kind >= CMD_GRANT_STATE && cmd->kind <= CMD_GRANT_END) {
        memcpy(asked.key, cmd->as.grant.id, sizeof asked.key);
    } else if (cmd->kind >= CMD_PHONE_LINK && cmd->kind <= CMD_PHONE_END) {
        memcpy(asked.key, cmd->as.phone.id, sizeof asked.key);
    } else if (cmd->kind == CMD_PAGE) {
        memcpy(asked.key, cmd->as.page.copy, sizeof asked.key);
        asked.key[0] = '0'; /* the job's id */
        asked.epoch = cmd->as.page.epoch;
        job = asked.key;
    } else if (cmd->kind == CMD_REPORT_PRINT) {
        memcpy(asked.key, cmd->as.report.job, sizeof asked.key);
        asked.epoch = cmd->as.report.report.epoch;
        asked.command_state = (int32_t)cmd->as.report.report.state;
        job = asked.key;
    } else if (cmd->kind == CMD_PRINT) {
        memcpy(asked.key, cmd->as.print.job.id, sizeof asked.key);
        asked.epoch = cmd->as.print.job.epoch;
        job = asked.key;
    }
    if (job)
        asked.job = (uint32_t)world_job(world, job); /* SIZE_MAX becomes UINT32_MAX */
    world->asked[cmd->kind][world->asked_count[cmd->kind]++ % ASKED_MOST] = asked;
}
