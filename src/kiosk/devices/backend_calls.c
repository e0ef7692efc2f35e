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
#define FORM         "application/x-www-form-urlencoded"

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

static bool path_withdraw(const Cmd *cmd, Buf *url, Error *err)
{
    return add_id(url, cmd->as.withdraw.key, err);
}

static bool path_answer(const Cmd *cmd, Buf *url, Error *err)
{
    if (!add_id(url, cmd->as.issue.key, err))
        return false;
    buf_add_text(url, "/answers");
    return true;
}

static bool path_grant(const Cmd *cmd, Buf *url, Error *err)
{
    return add_id(url, cmd->as.grant.id, err);
}

static bool path_grant_digits(const Cmd *cmd, Buf *url, Error *err)
{
    if (!add_id(url, cmd->as.grant.id, err))
        return false;
    buf_add_text(url, "/digits");
    return true;
}

static bool path_papers(const Cmd *cmd, Buf *url, Error *err)
{
    return add_id(url, cmd->as.papers.id, err);
}

/* Pages are counted from 1 there. */
static bool path_papers_page(const Cmd *cmd, Buf *url, Error *err)
{
    if (!add_id(url, cmd->as.papers.id, err))
        return false;
    buf_add_format(url, "/pages/%d?width=%d", cmd->as.papers.page + 1, cmd->as.papers.width);
    return true;
}

static bool path_report(const Cmd *cmd, Buf *url, Error *err)
{
    return add_id(url, cmd->as.report.job, err);
}

static bool path_phone_link(const Cmd *cmd, Buf *url, Error *err)
{
    if (!add_id(url, cmd->as.phone.id, err))
        return false;
    buf_add_text(url, "/phone-link");
    return true;
}

static bool path_phone(const Cmd *cmd, Buf *url, Error *err)
{
    return add_id(url, cmd->as.phone.id, err);
}

static bool path_phone_digits(const Cmd *cmd, Buf *url, Error *err)
{
    if (!add_id(url, cmd->as.phone.id, err))
        return false;
    buf_add_text(url, "/digits");
    return true;
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

/* Of a service, or of a request that is answered anew. */
static bool path_keep(const Cmd *cmd, Buf *url, Error *err)
{
    if (!cmd->as.draft.request[0]) {
        buf_add_text(url, "drafts/");
        return path_draft(cmd, url, err);
    }
    buf_add_text(url, "requests/");
    if (!add_id(url, cmd->as.draft.request, err))
        return false;
    buf_add_text(url, "/draft");
    return true;
}

static bool path_receipt(const Cmd *cmd, Buf *url, Error *err)
{
    if (!add_id(url, cmd->as.receipt.key, err))
        return false;
    buf_add_format(url, "/receipt?language=%s", language_tag(cmd->as.receipt.language));
    return true;
}

static bool path_ticket(const Cmd *cmd, Buf *url, Error *err)
{
    return add_id(url, cmd->as.ticket.id, err);
}

static bool path_ticket_slip(const Cmd *cmd, Buf *url, Error *err)
{
    if (!add_id(url, cmd->as.ticket.id, err))
        return false;
    buf_add_format(url, "/slip?language=%s", language_tag(cmd->as.ticket.language));
    return true;
}

static bool path_call(const Cmd *cmd, Buf *url, Error *err)
{
    return add_id(url, cmd->as.call.id, err);
}

static bool write_ticket(const Cmd *cmd, Buf *body, Error *err)
{
    return api_ticket_ask_write(&cmd->as.ticket.ask, body, err);
}

static bool write_call(const Cmd *cmd, Buf *body, Error *err)
{
    return api_call_ask_write(&cmd->as.call.ask, body, err);
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

static bool write_visitor(const Cmd *cmd, Buf *body, Error *err)
{
    return api_visitor_write(&cmd->as.visitor, body, err);
}

/* The forms of OAuth (RFC 8628): nothing in them needs escaping, but for the colons of the grant's type. */
static bool write_grant(const Cmd *cmd, Buf *body, Error *err)
{
    (void)cmd;
    buf_add_text(body, "client_id=" GRANT_CLIENT_ID);
    return buf_ok(body, err);
}

static bool write_grant_token(const Cmd *cmd, Buf *body, Error *err)
{
    for (const char *c = "grant_type=" GRANT_TYPE; *c; c++)
        buf_add_text(body, *c == ':' ? "%3A" : (const char[]){ *c, '\0' });
    buf_add_format(body, "&client_id=" GRANT_CLIENT_ID "&device_code=%s", cmd->as.grant.device_code);
    return buf_ok(body, err);
}

static bool write_grant_digits(const Cmd *cmd, Buf *body, Error *err)
{
    return api_phone_digits_write(&cmd->as.grant.digits, body, err);
}

static bool write_card(const Cmd *cmd, Buf *body, Error *err)
{
    return api_card_pin_write(&cmd->as.card, body, err);
}

static bool write_papers(const Cmd *cmd, Buf *body, Error *err)
{
    return api_papers_wanted_write(&cmd->as.papers.wanted, body, err);
}

static bool write_digits(const Cmd *cmd, Buf *body, Error *err)
{
    return api_phone_digits_write(&cmd->as.phone.digits, body, err);
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

static bool read_information(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    (void)cmd;
    Information *information = information_parse(buf_str(&answer->body), err);
    if (!information)
        return false;
    ret->kind = MSG_INFORMATION;
    ret->as.information = information;
    return true;
}

static bool read_notices(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    ApiNotices *notices = mem_new(1, sizeof(*notices));

    (void)cmd;
    if (!notices)
        return error_set(err, ERR_MEMORY, "notices");
    if (!api_notices_read(buf_str(&answer->body), notices, err)) {
        mem_free(notices);
        return false;
    }
    ret->kind = MSG_NOTICES;
    ret->as.notices = notices;
    return true;
}

static bool read_theme(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    (void)cmd;
    if (!api_theme_read(buf_str(&answer->body), &ret->as.theme, err))
        return false;
    ret->kind = MSG_THEME;
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

static bool read_study(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    ApiStudy *study = mem_new(1, sizeof(*study));

    (void)cmd;
    if (!study)
        return error_set(err, ERR_MEMORY, "study");
    if (!api_study_read(buf_str(&answer->body), study, err)) {
        mem_free_wiped(study, sizeof(*study));
        return false;
    }
    ret->kind = MSG_STUDY;
    ret->as.study = study;
    return true;
}

static bool read_looks(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    ApiLooks *looks = mem_new(1, sizeof(*looks));

    (void)cmd;
    if (!looks)
        return error_set(err, ERR_MEMORY, "looks");
    if (!api_looks_read(buf_str(&answer->body), looks, err)) {
        mem_free_wiped(looks, sizeof(*looks));
        return false;
    }
    ret->kind = MSG_LOOKS;
    ret->as.looks = looks;
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

static bool read_phone(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    (void)cmd;
    ret->kind = MSG_PHONE;
    return api_phone_link_read(buf_str(&answer->body), &ret->as.phone, err);
}

static bool read_details(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    ApiRequestDetails *details = mem_new(1, sizeof(*details));

    (void)cmd;
    if (!details)
        return error_set(err, ERR_MEMORY, "request");
    if (!api_request_details_read(buf_str(&answer->body), details, err)) {
        mem_free_wiped(details, sizeof(*details));
        return false;
    }
    ret->kind = MSG_REQUEST;
    ret->as.details = details;
    return true;
}

static bool read_papers(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    (void)cmd;
    ret->kind = MSG_PAPERS;
    return api_papers_read(buf_str(&answer->body), &ret->as.papers, err);
}

static bool read_picture(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    if (!take_file(answer, "image/png", &ret->as.picture.png, err))
        return false;
    ret->kind = MSG_PAPER_PICTURE;
    ret->as.picture.page = cmd->as.papers.page;
    return true;
}

static bool read_slip(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    (void)cmd;
    if (!take_file(answer, "application/pdf", &ret->as.slip.pdf, err))
        return false;
    ret->kind = MSG_SLIP;
    return true;
}

static bool read_hall(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    ApiHall *hall = mem_new(1, sizeof(*hall));

    (void)cmd;
    if (!hall)
        return error_set(err, ERR_MEMORY, "hall");
    if (!api_hall_read(buf_str(&answer->body), hall, err)) {
        mem_free(hall);
        return false;
    }
    ret->kind = MSG_HALL;
    ret->as.hall = hall;
    return true;
}

static bool read_ticket(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    (void)cmd;
    ret->kind = MSG_TICKET;
    return api_ticket_read(buf_str(&answer->body), &ret->as.ticket, err);
}

static bool read_call(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    (void)cmd;
    ret->kind = MSG_CALL;
    return api_call_read(buf_str(&answer->body), &ret->as.call, err);
}

static bool read_card(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    (void)cmd;
    ret->kind = MSG_MY_CARD;
    return api_card_read(buf_str(&answer->body), &ret->as.my_card, err);
}

static bool read_grant_offer(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    (void)cmd;
    ret->kind = MSG_GRANT_OFFERED;
    return api_grant_offer_read(buf_str(&answer->body), &ret->as.grant_offer, err);
}

static bool read_grant(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    (void)cmd;
    ret->kind = MSG_GRANT;
    return api_grant_read(buf_str(&answer->body), &ret->as.grant, err);
}

static bool read_grant_token(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    ApiGrantToken token;

    (void)cmd;
    bool done = api_grant_token_read(buf_str(&answer->body), &token, err);
    ret->kind = MSG_SIGNED_IN;
    ret->as.session = token.session;
    mem_wipe(&token, sizeof token);
    return done;
}

static bool read_withdrawn(const Cmd *cmd, HttpAnswer *answer, Msg *ret, Error *err)
{
    (void)cmd, (void)answer, (void)err;
    ret->kind = MSG_WITHDRAWN;
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
    [CMD_NOTICES] = { "notices", "GET", API "notices", NULL, NULL, read_notices, JSON, NOTICES_BYTES_MOST, false },
    [CMD_INFORMATION] = { "information", "GET", API "information", NULL, NULL, read_information, JSON,
                          INFORMATION_BYTES_MOST, false },
    [CMD_THEME] = { "theme", "GET", API "theme", NULL, NULL, read_theme, JSON, THEME_BYTES_MOST, false },
    [CMD_SIGN_IN] = { "sign-in", "POST", API "session", NULL, write_sign_in, read_session, JSON, SMALL_ANSWER, false },
    [CMD_SIGN_OUT] = { "sign-out", "DELETE", API "session", NULL, NULL, NULL, NULL, SMALL_ANSWER, true },
    [CMD_HOME] = { "home", "GET", API "home", NULL, NULL, read_home, JSON, HOME_ANSWER, true },
    [CMD_STUDY] = { "study", "GET", API "study", NULL, NULL, read_study, JSON, STUDY_BYTES_MOST, true },
    [CMD_LOOKS] = { "looks", "GET", API "looks", NULL, NULL, read_looks, JSON, LOOKS_BYTES_MOST, true },
    [CMD_PREVIEW] = { "preview", "POST", API "preview", NULL, write_preview, read_preview, "image/png", PAPER_ANSWER,
                      true },
    [CMD_ISSUE] = { "issue", "PUT", API "requests/", path_issue, write_issue, read_issued, JSON, SMALL_ANSWER, true },
    [CMD_PAGE] = { "page", "GET", API "copies/", path_page, NULL, read_page, "application/pdf", PAPER_ANSWER, true },
    [CMD_WITHDRAW] = { "withdraw", "DELETE", API "requests/", path_withdraw, NULL, read_withdrawn, NULL, SMALL_ANSWER,
                       true },
    [CMD_REPORT_PRINT] = { "report", "PUT", API "print-jobs/", path_report, write_report, read_reported, JSON,
                           SMALL_ANSWER, false },
    [CMD_DRAFT] = { "draft", "PUT", API, path_keep, write_draft, read_kept, NULL, SMALL_ANSWER, true },
    [CMD_DRAFT_OPEN] = { "draft-open", "GET", API "drafts/", path_draft, NULL, read_draft, JSON, DRAFT_ANSWER, true },
    [CMD_PHONE_LINK] = { "phone-link", "POST", API "copies/", path_phone_link, NULL, read_phone, JSON, SMALL_ANSWER,
                         true },
    [CMD_PHONE_STATE] = { "phone-state", "GET", API "phone-links/", path_phone, NULL, read_phone, JSON, SMALL_ANSWER,
                          true },
    [CMD_PHONE_DIGITS] = { "phone-digits", "PUT", API "phone-links/", path_phone_digits, write_digits, read_phone, JSON,
                           SMALL_ANSWER, true },
    [CMD_PHONE_END] = { "phone-end", "DELETE", API "phone-links/", path_phone, NULL, read_phone, JSON, SMALL_ANSWER,
                        true },
    [CMD_VISITOR] = { "visitor", "POST", API "visitors", NULL, write_visitor, read_session, JSON, SMALL_ANSWER, false },
    [CMD_CARD_SIGN_IN] = { "card-sign-in", "POST", API "card-session", NULL, write_card, read_session, JSON,
                           SMALL_ANSWER, false },
    [CMD_CARD] = { "card", "GET", API "card", NULL, NULL, read_card, JSON, SMALL_ANSWER, true },
    [CMD_CARD_SET] = { "card-set", "PUT", API "card", NULL, write_card, read_card, JSON, SMALL_ANSWER, true },
    [CMD_CARD_BLOCK] = { "card-block", "DELETE", API "card", NULL, NULL, read_card, JSON, SMALL_ANSWER, true },
    [CMD_GRANT] = { "grant", "POST", API "oauth/device_authorization", NULL, write_grant, read_grant_offer, JSON,
                    SMALL_ANSWER, false },
    [CMD_GRANT_STATE] = { "grant-state", "GET", API "sign-in-grants/", path_grant, NULL, read_grant, JSON, SMALL_ANSWER,
                          false },
    [CMD_GRANT_DIGITS] = { "grant-digits", "PUT", API "sign-in-grants/", path_grant_digits, write_grant_digits,
                           read_grant, JSON, SMALL_ANSWER, false },
    [CMD_GRANT_TOKEN] = { "grant-token", "POST", API "oauth/token", NULL, write_grant_token, read_grant_token, JSON,
                          SMALL_ANSWER, false },
    [CMD_GRANT_END] = { "grant-end", "DELETE", API "sign-in-grants/", path_grant, NULL, NULL, NULL, SMALL_ANSWER,
                        false },
    [CMD_REQUEST] = { "request", "GET", API "requests/", path_withdraw, NULL, read_details, JSON, DRAFT_ANSWER, true },
    [CMD_ANSWER] = { "answer", "PUT", API "requests/", path_answer, write_issue, read_issued, JSON, SMALL_ANSWER,
                     true },
    [CMD_PAPERS] = { "papers", "POST", API "papers", NULL, write_papers, read_papers, JSON, SMALL_ANSWER, true },
    [CMD_PAPERS_STATE] = { "papers-state", "GET", API "papers/", path_papers, NULL, read_papers, JSON, SMALL_ANSWER,
                           true },
    [CMD_PAPERS_END] = { "papers-end", "DELETE", API "papers/", path_papers, NULL, NULL, NULL, SMALL_ANSWER, true },
    [CMD_PAPERS_PAGE] = { "papers-page", "GET", API "papers/", path_papers_page, NULL, read_picture, "image/png",
                          PAPER_ANSWER, true },
    [CMD_RECEIPT] = { "receipt", "GET", API "requests/", path_receipt, NULL, read_slip, "application/pdf", PAPER_ANSWER,
                      true },
    [CMD_HALL] = { "hall", "GET", API "hall", NULL, NULL, read_hall, JSON, HALL_BYTES_MOST, false },
    [CMD_TICKET] = { "ticket", "POST", API "tickets", NULL, write_ticket, read_ticket, JSON, SMALL_ANSWER, true },
    [CMD_TICKET_STATE] = { "ticket-state", "GET", API "tickets/", path_ticket, NULL, read_ticket, JSON, SMALL_ANSWER,
                           true },
    [CMD_TICKET_END] = { "ticket-end", "DELETE", API "tickets/", path_ticket, NULL, read_ticket, JSON, SMALL_ANSWER,
                         true },
    [CMD_TICKET_SLIP] = { "ticket-slip", "GET", API "tickets/", path_ticket_slip, NULL, read_slip, "application/pdf",
                          PAPER_ANSWER, true },
    [CMD_CALL] = { "call", "POST", API "calls", NULL, write_call, read_call, JSON, SMALL_ANSWER, true },
    [CMD_CALL_STATE] = { "call-state", "GET", API "calls/", path_call, NULL, read_call, JSON, SMALL_ANSWER, true },
    [CMD_CALL_END] = { "call-end", "DELETE", API "calls/", path_call, NULL, read_call, JSON, SMALL_ANSWER, true },
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

/* What we have already; NULL for what has no version. */
static const char *known_version(const Cmd *cmd)
{
    if (cmd->kind == CMD_CATALOGUE)
        return cmd->as.catalogue.etag;
    return cmd->kind == CMD_NOTICES || cmd->kind == CMD_THEME || cmd->kind == CMD_INFORMATION || cmd->kind == CMD_HALL
               ? cmd->as.known.etag
               : NULL;
}

/* An entity tag stands in quotes (RFC 9110 section 8.8.3); the model keeps the bare version. */
static void set_etag(BackendCall *call, const Cmd *cmd)
{
    const char *known = known_version(cmd);

    if (!known || known[0] == '\0')
        return;
    snprintf(call->etag, sizeof(call->etag), "\"%s\"", known);
    call->http.etag = call->etag;
}

static void set_idempotency_key(BackendCall *call, const Cmd *cmd)
{
    if (cmd->kind != CMD_PHONE_LINK || cmd->as.phone.key[0] == '\0')
        return;
    snprintf(call->idempotency_key, sizeof call->idempotency_key, "\"%s\"", cmd->as.phone.key);
    call->http.idempotency_key = call->idempotency_key;
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
        call->http.content_type = cmd->kind == CMD_GRANT || cmd->kind == CMD_GRANT_TOKEN ? FORM : JSON;
        call->http.body = buf_str(&call->body);
    }
    set_etag(call, cmd);
    set_idempotency_key(call, cmd);
    return true;
}

void backend_call_fini(BackendCall *call)
{
    buf_fini(&call->url);
    buf_fini(&call->body);
}

/* ---- answers ---- */

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
    if (known_version(cmd) && answer->status == 304) {
        *ret_any = false;
        return;
    }
    if ((success && route->read(cmd, answer, ret, NULL)) || already_open(cmd, answer, ret))
        return;
    mem_wipe(ret, sizeof(*ret));
    if (success)
        backend_failure(cmd, ERR_PROTOCOL, ret);
    else
        backend_problem(cmd, answer, ret);
}
