#include "kiosk/devices/backend_calls.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"

#define URL_MOST     1024
#define BODY_MOST    (64u << 10)
#define SMALL_ANSWER (64u << 10)
#define HOME_ANSWER  (512u << 10)
#define DRAFT_ANSWER (128u << 10)
#define PAPER_ANSWER (16u << 20) /* a preview or a page */
#define JSON         "application/json"

typedef bool WritePath(const Cmd *cmd, Buf *url, Error *err);
typedef bool WriteBody(const Cmd *cmd, Buf *body, Error *err);
typedef bool ReadAnswer(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err);

typedef struct Route {
    const char *name;
    const char *method;
    const char *path; /* what comes before what write_path adds */
    WritePath *write_path;
    WriteBody *write_body; /* NULL: no body */
    ReadAnswer *read;      /* of a success; NULL: no message */
    const char *accept;
    size_t answer_most;
    bool bearer;
} Route;

/* ---- what is asked ---- */

static bool add_id(Buf *url, const char *id, Error *err)
{
    if (!uuid_valid(id))
        return error_set(err, ERR_ARGUMENT, "an id that is none");
    buf_add_text(url, id);
    return true;
}

static bool path_issue(const Cmd *cmd, Buf *url, Error *err)
{
    return add_id(url, cmd->as.issue.key, err);
}

static bool path_page(const Cmd *cmd, Buf *url, Error *err)
{
    if (!add_id(url, cmd->as.page.copy, err))
        return false;
    buf_add_format(url, "/page?epoch=%u", (unsigned)cmd->as.page.epoch);
    return true;
}

static bool path_report(const Cmd *cmd, Buf *url, Error *err)
{
    return add_id(url, cmd->as.report.job, err);
}

/* A service's id is letters, digits and hyphens, as it came with the catalogue. */
static bool path_draft(const Cmd *cmd, Buf *url, Error *err)
{
    const char *service = cmd->as.draft.service;

    for (const char *c = service; *c; c++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", *c))
            return error_set(err, ERR_ARGUMENT, "no service's id");
    buf_add_text(url, service);
    return service[0] || error_set(err, ERR_ARGUMENT, "no service's id");
}

static bool write_heartbeat(const Cmd *cmd, Buf *body, Error *err)
{
    return api_heartbeat_write(&cmd->as.heartbeat, body, err);
}

static bool write_sign_in(const Cmd *cmd, Buf *body, Error *err)
{
    return api_sign_in_write(&cmd->as.sign_in, body, err);
}

static bool write_preview(const Cmd *cmd, Buf *body, Error *err)
{
    return api_preview_write(&cmd->as.preview.preview, body, err);
}

static bool write_issue(const Cmd *cmd, Buf *body, Error *err)
{
    return api_request_write(&cmd->as.issue.request, body, err);
}

static bool write_draft(const Cmd *cmd, Buf *body, Error *err)
{
    return api_draft_write(&cmd->as.draft.draft, body, err);
}

static bool write_report(const Cmd *cmd, Buf *body, Error *err)
{
    return api_print_report_write(&cmd->as.report.report, body, err);
}

/* ---- what is answered ---- */

static bool read_heartbeat(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    (void)cmd;
    ret->kind = MSG_HEARTBEAT;
    return api_heartbeat_answer_read(buf_str(&answer->body), &ret->as.heartbeat, err);
}

static bool read_catalogue(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    (void)cmd;
    Catalogue *catalogue = catalogue_parse(buf_str(&answer->body), err);
    if (!catalogue)
        return false;
    ret->kind = MSG_CATALOGUE;
    ret->as.catalogue = catalogue;
    return true;
}

static bool read_session(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    (void)cmd;
    ret->kind = MSG_SIGNED_IN;
    return api_session_read(buf_str(&answer->body), &ret->as.session, err);
}

static bool read_home(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    ApiHome *home = mem_new(1, sizeof(*home));

    (void)cmd;
    if (!home)
        return error_set(err, ERR_MEMORY, "home");
    if (!api_home_read(buf_str(&answer->body), home, err)) {
        mem_free_wiped(home, sizeof(*home));
        return false;
    }
    ret->kind = MSG_HOME;
    ret->as.home = home;
    return true;
}

static bool read_draft(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    ApiDraft *draft = mem_new(1, sizeof(*draft));

    (void)cmd;
    if (!draft)
        return error_set(err, ERR_MEMORY, "draft");
    if (!api_draft_read(buf_str(&answer->body), draft, err)) {
        mem_free_wiped(draft, sizeof(*draft));
        return false;
    }
    ret->kind = MSG_DRAFT;
    ret->as.draft = draft;
    return true;
}

static bool read_kept(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    (void)answer, (void)err;
    ret->kind = MSG_DRAFT_KEPT;
    ret->as.kept.serial = cmd->as.draft.serial;
    return true;
}

static bool take_file(HttpAnswer *answer, const char *type, Blob **ret, Error *err)
{
    if (!str_equal_text(str_from(answer->content_type), type) || answer->body.len == 0)
        return error_set(err, ERR_PROTOCOL, "not %s", type);
    Blob *blob = blob_take_buf(&answer->body);
    if (!blob)
        return error_set(err, ERR_MEMORY, "%s", type);
    *ret = blob;
    return true;
}

static bool read_preview(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    if (answer->page_count < 1)
        return error_set(err, ERR_PROTOCOL, "a preview without Page-Count");
    if (!take_file(answer, "image/png", &ret->as.preview.png, err))
        return false;
    ret->kind = MSG_PREVIEW;
    ret->as.preview.pages = answer->page_count;
    ret->as.preview.serial = cmd->as.preview.serial;
    return true;
}

static bool read_issued(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    (void)cmd;
    ret->kind = MSG_ISSUED;
    return api_issued_read(buf_str(&answer->body), &ret->as.issued.issued, err);
}

static bool read_page(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    if (!take_file(answer, "application/pdf", &ret->as.page.pdf, err))
        return false;
    ret->kind = MSG_PAGE;
    ret->as.page.epoch = cmd->as.page.epoch;
    return true;
}

/* Which report was heard: the registrar tells the job as it is now, which may have gone on without us. */
static bool read_reported(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    ret->kind = MSG_REPORTED;
    if (!api_print_job_read(buf_str(&answer->body), &ret->as.reported, err))
        return false;
    if (strcmp(ret->as.reported.id, cmd->as.report.job) != 0)
        return error_set(err, ERR_PROTOCOL, "another job than was reported");
    ret->as.reported.epoch = cmd->as.report.report.epoch;
    return true;
}

/* ---- the table ---- */

#define API "/kiosk/v1/"

static const Route routes[CMD_KIND_COUNT] = {
    [CMD_HEARTBEAT] = { "heartbeat", "POST", API "heartbeat", NULL, write_heartbeat, read_heartbeat, JSON, SMALL_ANSWER,
                        false },
    [CMD_CATALOGUE] = { "catalogue", "GET", API "catalogue", NULL, NULL, read_catalogue, JSON, CATALOGUE_BYTES_MOST,
                        false },
    [CMD_SIGN_IN] = { "sign-in", "POST", API "session", NULL, write_sign_in, read_session, JSON, SMALL_ANSWER, false },
    [CMD_SIGN_OUT] = { "sign-out", "DELETE", API "session", NULL, NULL, NULL, NULL, SMALL_ANSWER, true },
    [CMD_HOME] = { "home", "GET", API "home", NULL, NULL, read_home, JSON, HOME_ANSWER, true },
    [CMD_PREVIEW] = { "preview", "POST", API "preview", NULL, write_preview, read_preview, "image/png", PAPER_ANSWER,
                      true },
    [CMD_ISSUE] = { "issue", "PUT", API "requests/", path_issue, write_issue, read_issued, JSON, SMALL_ANSWER, true },
    [CMD_PAGE] = { "page", "GET", API "copies/", path_page, NULL, read_page, "application/pdf", PAPER_ANSWER, true },
    [CMD_REPORT_PRINT] = { "report", "PUT", API "print-jobs/", path_report, write_report, read_reported, JSON,
                           SMALL_ANSWER, false },
    [CMD_DRAFT] = { "draft", "PUT", API "drafts/", path_draft, write_draft, read_kept, NULL, SMALL_ANSWER, true },
    [CMD_DRAFT_OPEN] = { "draft-open", "GET", API "drafts/", path_draft, NULL, read_draft, JSON, DRAFT_ANSWER, true },
    [CMD_DRAFT_DROP] = { "draft-drop", "DELETE", API "drafts/", path_draft, NULL, NULL, NULL, SMALL_ANSWER, true },
};

static const Route *route_of(CmdKind kind)
{
    return kind < CMD_KIND_COUNT && routes[kind].method ? &routes[kind] : NULL;
}

const char *backend_command_name(CmdKind kind)
{
    const Route *route = route_of(kind);

    return route ? route->name : NULL;
}

/* An entity tag stands in quotes (RFC 9110 section 8.8.3); the model keeps the bare version. */
static void set_etag(BackendCall *call, const Cmd *cmd)
{
    if (cmd->kind != CMD_CATALOGUE || cmd->as.catalogue.etag[0] == '\0')
        return;
    snprintf(call->etag, sizeof(call->etag), "\"%s\"", cmd->as.catalogue.etag);
    call->http.etag = call->etag;
}

bool backend_call_init(BackendCall *call, const char *address, const Cmd *cmd, Error *err)
{
    const Route *route = route_of(cmd->kind);

    assert(route);
    *call = (BackendCall){ 0 };
    buf_init(&call->url, URL_MOST);
    buf_init(&call->body, BODY_MOST);
    buf_add_text(&call->url, address);
    buf_add_text(&call->url, route->path);
    if ((route->write_path && !route->write_path(cmd, &call->url, err)) ||
        (route->write_body && !route->write_body(cmd, &call->body, err)) || !buf_ok(&call->url, err) ||
        !buf_ok(&call->body, err)) {
        backend_call_fini(call);
        return error_add(err, "%s", route->name);
    }
    call->http.method = route->method;
    call->http.url = buf_text(&call->url);
    call->http.accept = route->accept;
    call->http.answer_most = route->answer_most;
    if (route->bearer && cmd->token[0] != '\0')
        call->http.bearer = cmd->token;
    if (route->write_body) {
        call->http.content_type = JSON;
        call->http.body = buf_str(&call->body);
    }
    set_etag(call, cmd);
    return true;
}

void backend_call_fini(BackendCall *call)
{
    buf_fini(&call->url);
    buf_fini(&call->body);
}

/* ---- failures ---- */

static const struct {
    int status;
    ErrorCode code;
    ApiProblemKind problem; /* when the body does not say: a proxy answered, or nothing of ours */
} statuses[] = {
    { 400, ERR_ARGUMENT, PROBLEM_BAD_REQUEST },
    { 401, ERR_DENIED, PROBLEM_SESSION_ENDED },
    { 403, ERR_DENIED, PROBLEM_NOT_ALLOWED },
    { 404, ERR_NOT_FOUND, PROBLEM_NOT_FOUND },
    { 409, ERR_CONFLICT, PROBLEM_NONE },
    { 422, ERR_FORMAT, PROBLEM_NONE },
    { 429, ERR_LIMIT, PROBLEM_LIMIT },
    { 500, ERR_INTERNAL, PROBLEM_INTERNAL },
    { 502, ERR_BUSY, PROBLEM_BUSY },
    { 503, ERR_BUSY, PROBLEM_BUSY },
    { 504, ERR_BUSY, PROBLEM_BUSY },
};

void backend_failure(const Cmd *cmd, ErrorCode code, Msg *ret)
{
    *ret = (Msg){ .kind = MSG_FAILED, .visit = cmd->visit, .asked = cmd->asked };
    ret->as.failed.command = (uint8_t)cmd->kind;
    ret->as.failed.code = code;
    if (cmd->kind == CMD_PREVIEW)
        ret->as.failed.serial = cmd->as.preview.serial;
    else if (cmd->kind == CMD_DRAFT)
        ret->as.failed.serial = cmd->as.draft.serial;
}

static void problem_failure(const Cmd *cmd, const HttpAnswer *answer, Msg *ret)
{
    ApiProblem problem = { 0 };
    ErrorCode code = ERR_PROTOCOL;

    bool told = str_starts(str_from(answer->content_type), STR("application/problem+json")) &&
                api_problem_read(buf_str(&answer->body), answer->status, &problem, NULL);
    for (size_t i = 0; i < COUNT(statuses); i++) {
        if (statuses[i].status != answer->status)
            continue;
        code = statuses[i].code;
        if (!told)
            problem = (ApiProblem){ .kind = statuses[i].problem };
    }
    problem.status = answer->status;
    if (problem.retry_after_s == 0)
        problem.retry_after_s = answer->retry_after_s;
    backend_failure(cmd, code, ret);
    ret->as.failed.problem = problem;
}

/* 409 with the open request inside is an answer of its own: the student is asked "print again?". */
static bool already_open(const Cmd *cmd, HttpAnswer *answer, Msg *ret)
{
    ApiProblem problem;

    if (cmd->kind != CMD_ISSUE || answer->status != 409 ||
        !api_problem_read(buf_str(&answer->body), answer->status, &problem, NULL) ||
        problem.kind != PROBLEM_ALREADY_OPEN || !read_issued(cmd, answer, ret, NULL))
        return false;
    ret->as.issued.already_open = true;
    return true;
}

void backend_answer(const Cmd *cmd, HttpAnswer *answer, Msg *ret, bool *ret_any)
{
    const Route *route = route_of(cmd->kind);
    bool success = answer->status >= 200 && answer->status < 300;

    assert(route);
    *ret = (Msg){ .visit = cmd->visit, .asked = cmd->asked };
    *ret_any = route->read != NULL;
    if (!route->read)
        return;
    if (cmd->kind == CMD_CATALOGUE && answer->status == 304) {
        *ret_any = false;
        return;
    }
    if ((success && route->read(cmd, answer, ret, NULL)) || already_open(cmd, answer, ret))
        return;
    mem_wipe(ret, sizeof(*ret));
    if (success)
        backend_failure(cmd, ERR_PROTOCOL, ret);
    else
        problem_failure(cmd, answer, ret);
}
