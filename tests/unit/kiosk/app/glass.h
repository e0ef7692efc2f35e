/* A kiosk without devices for tests: a model, a clock that only tests move, and the commands of the last message.
 * Devices' answers are made here, so that a whole visit is a list of steps. */
#ifndef UNIT_KIOSK_GLASS_H
#define UNIT_KIOSK_GLASS_H

#include "test.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "kiosk/app/app.h"

#define GLASS_WALL_MS INT64_C(1795512720000) /* 2026-11-24 14:32 in Tashkent */

typedef struct Glass {
    Texts *texts;
    Model model;
    CmdList cmds;
    RandomSeeded seed;
    Random random;
    int64_t now_ms;
    uint32_t epoch;                 /* of the job that the registrar gave out last */
    unsigned asked[CMD_KIND_COUNT]; /* how often each command was given */
    char key[API_ID_SIZE];          /* of the last CMD_ISSUE */
    ApiPrintReport report;          /* of the last CMD_REPORT_PRINT */
    char reported_job[API_ID_SIZE];
    ApiHeartbeat heartbeat; /* the last */
    ApiRequest request;     /* of the last CMD_ISSUE */
    ApiDraft draft;         /* of the last CMD_DRAFT */
    uint32_t draft_serial;
    char draft_service[SERVICE_ID_MOST]; /* of the last CMD_DRAFT* */
    char draft_request[API_ID_SIZE];     /* of the last CMD_DRAFT */
    uint32_t preview_serial;
    ApiPrintJob print_job; /* of the last CMD_PRINT */
    int64_t handed_out_ms;
    char withdrawn[API_ID_SIZE];             /* key of the last CMD_WITHDRAW */
    char token[API_TOKEN_SIZE];              /* of the last CMD_SIGN_OUT */
    char phone_id[API_ID_SIZE];              /* of the last CMD_PHONE_* */
    char phone_key[API_ID_SIZE];             /* of the last CMD_PHONE_LINK */
    ApiPhoneDigits phone_digits;             /* of the last CMD_PHONE_DIGITS */
    unsigned links;                          /* for phones, given so far */
    const char *catalogue_json;              /* NULL: glass_catalogue_json */
    void (*seen)(void *ctx, const Cmd *cmd); /* NULL, or told of every command */
    void *seen_ctx;
} Glass;

static const char glass_catalogue_json[] =
    "{\"services\":["
    "{\"id\":\"certificate-of-study\",\"group\":\"documents\",\"icon\":\"doc\",\"order\":10,"
    "\"titles\":{\"uz\":\"Oʻqish joyidan maʼlumotnoma\",\"uz-Cyrl\":\"Ўқиш жойидан маълумотнома\","
    "\"ru\":\"Справка с места учёбы\",\"en\":\"Certificate of study\"},"
    "\"help\":{\"uz\":\"Universitetda oʻqiyotganingizni tasdiqlovchi rasmiy hujjat.\","
    "\"uz-Cyrl\":\"Университетда ўқиётганингизни тасдиқловчи расмий ҳужжат.\","
    "\"ru\":\"Официальный документ о том, что вы учитесь в университете.\","
    "\"en\":\"The official paper that says that you study at the university.\"},"
    "\"contains\":[{\"uz\":\"F. I. Sh. va tugʻilgan sana\",\"uz-Cyrl\":\"Ф. И. Ш. ва туғилган сана\","
    "\"ru\":\"Ф. И. О. и дата рождения\",\"en\":\"Your name and date of birth\"},"
    "{\"uz\":\"Fakultet va yoʻnalish\",\"uz-Cyrl\":\"Факультет ва йўналиш\",\"ru\":\"Факультет и направление\","
    "\"en\":\"Faculty and programme\"},"
    "{\"uz\":\"Kurs va taʼlim shakli\",\"uz-Cyrl\":\"Курс ва таълим шакли\",\"ru\":\"Курс и форма обучения\","
    "\"en\":\"Year and form of study\"},"
    "{\"uz\":\"Kim uchun berilgani\",\"uz-Cyrl\":\"Ким учун берилгани\",\"ru\":\"Для кого выдана\","
    "\"en\":\"Whom it was given for\"}],"
    "\"whom\":{\"uz\":\"Barcha talabalarga\",\"uz-Cyrl\":\"Барча талабаларга\",\"ru\":\"Всем студентам\","
    "\"en\":\"Every student\"},"
    "\"for\":[{\"is\":\"status\",\"in\":[\"11\"]}],"
    "\"form\":[{\"id\":\"receiver\",\"type\":\"choice\",\"required\":true,"
    "\"label\":{\"uz\":\"Maʼlumotnoma kim uchun?\",\"uz-Cyrl\":\"Маълумотнома ким учун?\",\"ru\":\"Для кого справка?\","
    "\"en\":\"Whom is the certificate for?\"},"
    "\"help\":{\"uz\":\"Tanlaganingiz hujjatning oxirgi qatorida yoziladi.\","
    "\"uz-Cyrl\":\"Танлаганингиз ҳужжатнинг охирги қаторида ёзилади.\","
    "\"ru\":\"Выбранное будет в последней строке документа.\",\"en\":\"It stands in the paper’s last line.\"},"
    "\"choices\":[{\"id\":\"any\",\"label\":{\"uz\":\"Talab qilingan joyga\",\"uz-Cyrl\":\"Талаб қилинган жойга\","
    "\"ru\":\"По месту требования\",\"en\":\"Wherever it is asked for\"},"
    "\"help\":{\"uz\":\"Qayerga berishni aniq bilmasangiz, shuni tanlang\","
    "\"uz-Cyrl\":\"Қаерга беришни аниқ билмасангиз, шуни танланг\",\"ru\":\"Если не знаете точно, выберите это\","
    "\"en\":\"Choose this when you are not sure\"}},"
    "{\"id\":\"bank\",\"label\":{\"uz\":\"Bankka\",\"uz-Cyrl\":\"Банкка\",\"ru\":\"В банк\",\"en\":\"A bank\"}},"
    "{\"id\":\"other\",\"label\":{\"uz\":\"Boshqa joyga\",\"uz-Cyrl\":\"Бошқа жойга\",\"ru\":\"В другое место\","
    "\"en\":\"Somewhere else\"}}]},"
    "{\"id\":\"place\",\"type\":\"text\",\"required\":true,\"quoted\":true,\"least\":3,\"most\":80,"
    "\"label\":{\"uz\":\"Tashkilot nomini yozing\",\"uz-Cyrl\":\"Ташкилот номини ёзинг\","
    "\"ru\":\"Напишите название организации\",\"en\":\"Write the name of the organisation\"},"
    "\"example\":{\"uz\":\"Chirchiq shahar hokimligi\",\"uz-Cyrl\":\"Чирчиқ шаҳар ҳокимлиги\","
    "\"ru\":\"Хокимият города Чирчик\",\"en\":\"Chirchiq city hall\"},"
    "\"when\":{\"equals\":[\"receiver\",\"other\"]}}],"
    "\"yields\":{\"document\":\"certificate-of-study\",\"languages\":[\"uz\",\"en\"]},\"source\":\"ours\","
    "\"promise\":{\"working_hours\":0},\"fee\":0,\"limit\":{\"day\":3},\"repeat\":\"always\"}]}";

static inline void glass_note(Glass *glass)
{
    for (size_t i = 0; i < glass->cmds.count; i++) {
        const Cmd *cmd = &glass->cmds.items[i];
        glass->asked[cmd->kind]++;
        if (glass->seen)
            glass->seen(glass->seen_ctx, cmd);
        if (cmd->kind == CMD_ISSUE) {
            memcpy(glass->key, cmd->as.issue.key, sizeof glass->key);
            glass->request = cmd->as.issue.request;
        } else if (cmd->kind == CMD_REPORT_PRINT) {
            glass->report = cmd->as.report.report;
            memcpy(glass->reported_job, cmd->as.report.job, sizeof glass->reported_job);
        } else if (cmd->kind == CMD_HEARTBEAT)
            glass->heartbeat = cmd->as.heartbeat;
        else if (cmd->kind == CMD_PREVIEW)
            glass->preview_serial = cmd->as.preview.serial;
        else if (cmd->kind == CMD_PRINT) {
            glass->print_job = cmd->as.print.job;
            glass->handed_out_ms = cmd->as.print.handed_out_ms;
        } else if (cmd->kind == CMD_DRAFT || cmd->kind == CMD_DRAFT_OPEN || cmd->kind == CMD_DRAFT_DROP) {
            memcpy(glass->draft_service, cmd->as.draft.service, sizeof glass->draft_service);
            if (cmd->kind == CMD_DRAFT) {
                glass->draft = cmd->as.draft.draft;
                glass->draft_serial = cmd->as.draft.serial;
                memcpy(glass->draft_request, cmd->as.draft.request, sizeof glass->draft_request);
            }
        } else if (cmd->kind >= CMD_PHONE_LINK && cmd->kind <= CMD_PHONE_END) {
            memcpy(glass->phone_id, cmd->as.phone.id, sizeof glass->phone_id);
            if (cmd->kind == CMD_PHONE_LINK)
                memcpy(glass->phone_key, cmd->as.phone.key, sizeof glass->phone_key);
            if (cmd->kind == CMD_PHONE_DIGITS)
                glass->phone_digits = cmd->as.phone.digits;
        } else if (cmd->kind == CMD_WITHDRAW)
            memcpy(glass->withdrawn, cmd->as.withdraw.key, sizeof glass->withdrawn);
        else if (cmd->kind == CMD_SIGN_OUT)
            memcpy(glass->token, cmd->token, sizeof glass->token);
    }
    for (size_t i = 0; i < glass->cmds.count; i++)
        cmd_fini(&glass->cmds.items[i]);
}

static inline void glass_send(Glass *glass, Msg *msg)
{
    msg->monotonic_ms = glass->now_ms;
    msg->at_ms = GLASS_WALL_MS + glass->now_ms;
    assert_true(random_fill(&glass->random, msg->random, sizeof msg->random, NULL));
    app_update(&glass->model, msg, &glass->cmds);
    glass_note(glass);
}

static inline void glass_act(Glass *glass, Act act, uint16_t arg)
{
    Msg msg = { .kind = MSG_ACT, .as.act = { (uint16_t)act, arg } };

    glass_send(glass, &msg);
}

static inline void glass_type(Glass *glass, const char *text)
{
    Msg msg = { .kind = MSG_TEXT };

    assert_true(str_copy(str_from(text), msg.as.text, sizeof msg.as.text));
    glass_send(glass, &msg);
}

static inline void glass_key(Glass *glass, EditKey key)
{
    Msg msg = { .kind = MSG_KEY, .as.key = key };

    glass_send(glass, &msg);
}

/* Moves the clock, waking the model whenever it asks to be. */
static inline void glass_wait(Glass *glass, int64_t ms)
{
    int64_t until_ms = glass->now_ms + ms;

    for (;;) {
        int64_t wake_ms = app_next_wake(&glass->model);
        if (wake_ms > until_ms)
            break;
        glass->now_ms = wake_ms > glass->now_ms ? wake_ms : glass->now_ms;
        Msg tick = { .kind = MSG_TICK };
        glass_send(glass, &tick);
        assert_true(app_next_wake(&glass->model) > glass->now_ms); /* no tick may ask for itself again */
    }
    glass->now_ms = until_ms;
}

static inline void glass_job_id(Glass *glass, char id[API_ID_SIZE])
{
    assert_true(snprintf(id, API_ID_SIZE, "00000000-0000-4000-8000-%012u", glass->model.visits) > 0);
}

static inline ApiIssued glass_issued(Glass *glass, ApiPrintState state)
{
    ApiIssued issued = { .document = "10000000-0000-4000-8000-000000000001",
                         .number = "M-2026/004817",
                         .code = "7K3M-QX92-PD4T",
                         .pages = 2 };

    glass_job_id(glass, issued.job.id);
    memcpy(issued.job.copy, "20000000-0000-4000-8000-000000000001", API_ID_SIZE);
    memcpy(issued.copy, issued.job.copy, API_ID_SIZE);
    if (state == PRINT_ASSIGNED)
        glass->epoch++;
    issued.job.epoch = glass->epoch;
    issued.job.state = state;
    issued.job.sheets = 2;
    return issued;
}

static inline Msg glass_answer(Glass *glass, MsgKind kind)
{
    Msg msg = { .kind = kind, .visit = glass->model.visits, .asked = glass->model.visit.waiting.asked };

    return msg;
}

static inline void glass_signed_in(Glass *glass)
{
    Msg msg = glass_answer(glass, MSG_SIGNED_IN);

    msg.as.session = (ApiSession){ .token = "secret-token",
                                   .given_name = "Malika",
                                   .full_name = "Malika Yoʻldosheva",
                                   .number = "392241100742",
                                   .seconds_left = 1800 };
    glass_send(glass, &msg);
}

static inline void glass_home(Glass *glass)
{
    Msg msg = glass_answer(glass, MSG_HOME);
    ApiHome *home = mem_new(1, sizeof *home);

    assert_non_null(home);
    home->service_count = 1;
    home->services[0] = (ApiService){ .service = "certificate-of-study", .allowed = true, .copies_left = 3 };
    msg.as.home = home;
    glass_send(glass, &msg);
}

/* The registrar has what the last CMD_DRAFT sent. */
static inline void glass_kept(Glass *glass)
{
    Msg msg = glass_answer(glass, MSG_DRAFT_KEPT);

    msg.as.kept.serial = glass->draft_serial;
    glass_send(glass, &msg);
}

/* Home as glass_home says it, asked for just now, with one form that was begun. */
static inline void glass_home_begun(Glass *glass, int answered, int of, int64_t before_s)
{
    Msg msg = glass_answer(glass, MSG_HOME);
    ApiHome *home = mem_new(1, sizeof *home);

    assert_non_null(home);
    home->service_count = 1;
    home->services[0] = (ApiService){ .service = "certificate-of-study", .allowed = true, .copies_left = 3 };
    home->draft_count = 1;
    home->drafts[0] = (ApiDraftLine){ .service = "certificate-of-study",
                                      .saved_at_s = (GLASS_WALL_MS + glass->now_ms) / 1000 - before_s,
                                      .answered = answered,
                                      .of = of };
    msg.as.home = home;
    glass->model.visit.waiting = (Waiting){ .command = CMD_HOME, .since_ms = glass->now_ms };
    glass_send(glass, &msg);
}

static inline void glass_draft(Glass *glass, const char *receiver, const char *place, const char *question)
{
    Msg msg = glass_answer(glass, MSG_DRAFT);
    ApiDraft *draft = mem_new(1, sizeof *draft);

    assert_non_null(draft);
    draft->language = LANGUAGE_EN;
    assert_true(answers_set(&draft->answers, "receiver", str_from(receiver)));
    assert_true(answers_set(&draft->answers, "place", str_from(place)));
    assert_true(str_copy(str_from(question), draft->question, sizeof draft->question));
    msg.as.draft = draft;
    glass_send(glass, &msg);
}

static inline void glass_preview(Glass *glass)
{
    Msg msg = glass_answer(glass, MSG_PREVIEW);

    msg.as.preview.png = blob_new("png", 3);
    msg.as.preview.pages = 2;
    msg.as.preview.serial = glass->preview_serial;
    glass_send(glass, &msg);
}

static inline void glass_issue(Glass *glass, ApiPrintState state, bool already_open)
{
    Msg msg = glass_answer(glass, MSG_ISSUED);

    msg.as.issued.issued = glass_issued(glass, state);
    msg.as.issued.already_open = already_open;
    glass_send(glass, &msg);
}

/* The document is issued for a phone: there is no print job. */
static inline void glass_issue_for_phone(Glass *glass)
{
    Msg msg = glass_answer(glass, MSG_ISSUED);

    msg.as.issued.issued = glass_issued(glass, PRINT_WAITING);
    msg.as.issued.issued.job = (ApiPrintJob){ 0 };
    glass_send(glass, &msg);
}

/* The answer to the last CMD_PHONE_*; a link that was asked for is a new one. */
static inline void glass_phone(Glass *glass, ApiPhoneState state, bool withdrawn)
{
    Msg msg = glass_answer(glass, MSG_PHONE);
    ApiPhoneLink *link = &msg.as.phone;
    bool anew = glass->model.visit.phone.doing == CMD_PHONE_LINK;

    msg.asked = glass->model.visit.phone.asked;
    glass->links += anew;
    *link = (ApiPhoneLink){ .code = "58WE-3TQF-R6XK", .state = state, .withdrawn = withdrawn, .seconds_left = 300 };
    assert_true(snprintf(link->id, sizeof link->id, "30000000-0000-4000-8000-%012u", glass->links) > 0);
    if (anew)
        str_copy_cut(STR("HTTPS://HUJJAT.NAMUNA.UZ/D/7K3M9QXD2HVT58WE3TQFR6XK4A2B"), link->address,
                     sizeof link->address);
    if (state == PHONE_USED)
        link->taken_at_s = (GLASS_WALL_MS + glass->now_ms) / 1000;
    glass_send(glass, &msg);
}

/* The registrar tells that the link has changed. */
static inline void glass_phone_told(Glass *glass)
{
    Msg msg = { .kind = MSG_CHANGED, .as.changed.event.what = CHANGED_PHONE_LINK };

    memcpy(msg.as.changed.event.id, glass->model.visit.phone.link.id, API_ID_SIZE);
    glass_send(glass, &msg);
}

/* ... and says this when it is asked. */
static inline void glass_phone_turns(Glass *glass, ApiPhoneState state)
{
    glass->now_ms += 1000;
    glass_phone_told(glass);
    glass_phone(glass, state, false);
}

static inline void glass_page(Glass *glass)
{
    Msg msg = glass_answer(glass, MSG_PAGE);

    msg.as.page.pdf = blob_new("%PDF", 4);
    msg.as.page.epoch = glass->epoch;
    glass_send(glass, &msg);
}

static inline void glass_print(Glass *glass, PrintPhase phase, PrinterCondition condition, int sheets)
{
    Msg msg = glass_answer(glass, MSG_PRINT);

    msg.as.print = (MsgPrint){ .job = glass->print_job,
                               .phase = phase,
                               .condition = condition,
                               .sheets = sheets,
                               .printer_uuid = "uuid",
                               .printer_job = 7 };
    glass_send(glass, &msg);
}

/* The request is taken back. */
static inline void glass_withdrawn(Glass *glass)
{
    Msg msg = glass_answer(glass, MSG_WITHDRAWN);

    glass_send(glass, &msg);
}

static inline void glass_printer(Glass *glass, PrinterCondition condition)
{
    Msg msg = { .kind = MSG_PRINTER, .as.printer = { condition, false, false } };

    glass_send(glass, &msg);
}

static inline void glass_reported(Glass *glass)
{
    Msg msg = { .kind = MSG_REPORTED };

    memcpy(msg.as.reported.id, glass->reported_job, API_ID_SIZE);
    msg.as.reported.epoch = glass->report.epoch;
    msg.as.reported.state = glass->report.state;
    glass_send(glass, &msg);
}

static inline void glass_fail(Glass *glass, CmdKind command, ApiProblemKind problem)
{
    Msg msg = glass_answer(glass, MSG_FAILED);

    if (command == CMD_HEARTBEAT || command == CMD_CATALOGUE)
        msg.visit = 0;
    if (command >= CMD_PHONE_LINK && command <= CMD_PHONE_END)
        msg.asked = glass->model.visit.phone.asked;
    msg.as.failed.command = (uint8_t)command;
    msg.as.failed.code = problem == PROBLEM_NONE ? ERR_OFFLINE : ERR_PROTOCOL;
    msg.as.failed.problem = (ApiProblem){ .kind = problem, .retry_after_s = problem == PROBLEM_LIMIT ? 120 : 0 };
    msg.as.failed.serial = command == CMD_DRAFT ? glass->draft_serial : glass->preview_serial;
    glass_send(glass, &msg);
}

/* As glass_fail, of a form's question. */
static inline void glass_fail_form(Glass *glass, CmdKind command, const char *field, FormFault fault)
{
    Msg msg = glass_answer(glass, MSG_FAILED);

    msg.as.failed.command = (uint8_t)command;
    msg.as.failed.code = ERR_PROTOCOL;
    msg.as.failed.problem = (ApiProblem){ .kind = PROBLEM_FORM, .fault = fault };
    str_copy_cut(str_from(field), msg.as.failed.problem.field, sizeof msg.as.failed.problem.field);
    msg.as.failed.serial = glass->preview_serial;
    glass_send(glass, &msg);
}

static inline void glass_heartbeat(Glass *glass, const char *catalogue)
{
    Msg msg = { .kind = MSG_HEARTBEAT };

    msg.as.heartbeat =
        (ApiHeartbeatAnswer){ .place = "Bosh bino, 1-qavat", .office_hours = "17:00", .phone_sign_in = true };
    str_copy_cut(str_from(catalogue), msg.as.heartbeat.catalogue, sizeof msg.as.heartbeat.catalogue);
    glass_send(glass, &msg);
}

static inline void glass_catalogue(Glass *glass)
{
    Msg msg = { .kind = MSG_CATALOGUE };
    Error err = { 0 };

    msg.as.catalogue =
        catalogue_parse(str_from(glass->catalogue_json ? glass->catalogue_json : glass_catalogue_json), &err);
    if (!msg.as.catalogue)
        fail_msg("%s", err.text);
    glass_send(glass, &msg);
}

/* A kiosk that was switched on; nothing has answered yet. */
static inline void glass_open(Glass *glass, Texts *texts, Language language)
{
    *glass = (Glass){ .now_ms = 1000 };
    glass->random = random_seeded(&glass->seed, 42);
    glass->texts = texts;
    AppConfig config = { .texts = texts,
                         .institution = { "Namuna davlat universiteti", "Намуна давлат университети",
                                          "Государственный университет Намуна", "Namuna State University" },
                         .place = "Bosh bino, 1-qavat",
                         .utc_offset_minutes = 300,
                         .built_s = GLASS_WALL_MS / 1000 - 86400,
                         .language = language,
                         .speaks = true,
                         .version = "0.1.0" };
    app_init(&glass->model, &config);
    Msg window = { .kind = MSG_WINDOW, .as.window = { 1080, 1920, 3.2154F } };
    glass_send(glass, &window);
}

/* The registrar answered, the catalogue is there, the printer is well: the attract screen. */
static inline void glass_serve(Glass *glass)
{
    glass_heartbeat(glass, "new");
    glass_catalogue(glass);
    glass_heartbeat(glass, catalogue_version(glass->model.catalogue));
    glass_printer(glass, PRINTER_READY);
    memset(glass->asked, 0, sizeof glass->asked);
}

static inline void glass_close(Glass *glass)
{
    app_fini(&glass->model);
    mem_wipe(glass, sizeof *glass);
}

/* --- the way to a screen of the happy visit ----------------------------------------------------------------------- */

static inline void glass_to_home(Glass *glass)
{
    glass_act(glass, ACT_START, 0);
    glass_type(glass, "392241100742");
    glass_act(glass, ACT_SIGN_IN, 0);
    glass_type(glass, "bahor2026");
    glass_act(glass, ACT_SIGN_IN, 0);
    glass_signed_in(glass);
    glass_home(glass);
}

static inline void glass_to_form(Glass *glass)
{
    glass_to_home(glass);
    glass_act(glass, ACT_SERVICE, 0);
    glass_act(glass, ACT_CONTINUE, 0);
}

static inline void glass_choose(Glass *glass, const char *choice)
{
    const Field *field = model_question(&glass->model, NULL);

    assert_non_null(field);
    for (size_t i = 0; i < field->choice_count; i++)
        if (strcmp(field->choices[i].id, choice) == 0) {
            glass_act(glass, ACT_CHOOSE, (uint16_t)i);
            return;
        }
    fail_msg("no choice %s", choice);
}

static inline void glass_to_preview(Glass *glass)
{
    glass_to_form(glass);
    glass_choose(glass, "bank");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_preview(glass);
}

/* Up to CMD_PRINT. */
static inline void glass_to_printer(Glass *glass)
{
    glass_to_preview(glass);
    glass_act(glass, ACT_PRINT, 0);
    glass_issue(glass, PRINT_ASSIGNED, false);
    glass_page(glass);
}

#endif
