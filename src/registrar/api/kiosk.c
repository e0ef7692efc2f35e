/* The kiosks' interface: what wire/api.h says, over the office's rules. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/api/access.h"
#include "registrar/api/card_api.h"
#include "registrar/api/etag.h"
#include "registrar/api/enrol_api.h"
#include "registrar/api/events.h"
#include "registrar/api/grant_api.h"
#include "registrar/api/hall_kiosk.h"
#include "registrar/api/idempotency.h"
#include "registrar/api/mine_api.h"
#include "registrar/api/openapi.h"
#include "registrar/api/papers_api.h"
#include "registrar/api/problem.h"
#include "registrar/api/study_api.h"
#include "registrar/http/query.h"
#include "registrar/office/cards.h"
#include "registrar/office/checks.h"
#include "registrar/office/drafts.h"
#include "registrar/office/information.h"
#include "registrar/office/notices.h"
#include "registrar/office/phone.h"
#include "registrar/office/requests.h"
#include "registrar/office/review.h"
#include "registrar/office/sign_in.h"
#include "registrar/office/theme.h"
#include "registrar/office/visitors.h"

#define SMALL_BODY 4096
#define FORM_BODY  (64u << 10) /* forty answers of 512 bytes, escaped */

static bool json(HttpServerAnswer *answer, int status)
{
    answer->status = status;
    answer->content_type = "application/json";
    return true;
}

static bool bad_request(HttpServerAnswer *answer, Error *err)
{
    return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
}

/* An id in an address: what is none is not found, like one that nobody has. */
static bool read_id(Str part, char ret[API_ID_SIZE])
{
    return str_copy(part, ret, API_ID_SIZE) && uuid_valid(ret);
}

static bool answer_sign_in(const HttpServerRequest *request, SignInOutcome outcome, const ApiSession *session,
                           int retry_after_s, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem = { .retry_after_s = retry_after_s };

    switch (outcome) {
    case SIGN_IN_DONE: return json(answer, 201) && api_session_write(session, &answer->body, err);
    case SIGN_IN_REFUSED:
        answer->leave_at_ms = access_refusal_leaves_at_ms(request);
        problem.kind = PROBLEM_SIGN_IN_REFUSED;
        break;
    case SIGN_IN_LIMITED: problem.kind = PROBLEM_LIMIT; break;
    case SIGN_IN_BUSY: problem.kind = PROBLEM_BUSY; break;
    case SIGN_IN_AWAY:
        answer->leave_at_ms = access_refusal_leaves_at_ms(request);
        problem.kind = PROBLEM_HEMIS_AWAY;
        break;
    case SIGN_IN_SPENT:
        answer->leave_at_ms = access_refusal_leaves_at_ms(request);
        problem.kind = PROBLEM_HEMIS_TRIES;
        break;
    }
    return problem_answer(&problem, answer, err);
}

static bool post_session(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiSignIn given = { 0 };
    ApiSession session = { 0 };
    SignInOutcome outcome = SIGN_IN_REFUSED;
    Caller caller;
    int retry_after_s = 0;
    Access access = access_kiosk(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    bool read = api_sign_in_read(request->body, &given, NULL);
    bool done = read ? sign_in(office_of(request), &caller.kiosk, request->source, &given, &outcome, &session,
                               &retry_after_s, err) &&
                           answer_sign_in(request, outcome, &session, retry_after_s, answer, err)
                     : bad_request(answer, err);
    mem_wipe(&given, sizeof given);
    mem_wipe(&session, sizeof session);
    return done;
}

/* A person without an account: answered like a sign-in. */
static bool post_visitor(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiVisitor given = { 0 };
    ApiSession session = { 0 };
    ApiProblem problem = { 0 };
    SignInOutcome outcome = SIGN_IN_REFUSED;
    Caller caller;
    int retry_after_s = 0;
    Access access = access_kiosk(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!api_visitor_read(request->body, &given, NULL))
        return bad_request(answer, err);
    bool done = visitor_enter(office_of(request), &caller.kiosk, request->source, &given, &problem, &outcome, &session,
                              &retry_after_s, err) &&
                (problem.kind != PROBLEM_NONE ? problem_answer(&problem, answer, err)
                                              : answer_sign_in(request, outcome, &session, retry_after_s, answer, err));
    mem_wipe(&given, sizeof given);
    mem_wipe(&session, sizeof session);
    return done;
}

/* A card and its PIN: answered like a sign-in. */
static bool post_card_session(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiCardPin given = { 0 };
    ApiSession session = { 0 };
    ApiProblem problem = { 0 };
    SignInOutcome outcome = SIGN_IN_REFUSED;
    Caller caller;
    int retry_after_s = 0;
    Access access = access_kiosk(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!api_card_pin_read(request->body, &given, NULL))
        return bad_request(answer, err);
    bool done = card_sign_in(office_of(request), &caller.kiosk, request->source, &given, &problem, &outcome, &session,
                             &retry_after_s, err) &&
                (problem.kind != PROBLEM_NONE ? problem_answer(&problem, answer, err)
                                              : answer_sign_in(request, outcome, &session, retry_after_s, answer, err));
    mem_wipe(&given, sizeof given);
    mem_wipe(&session, sizeof session);
    return done;
}

static bool delete_session(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    answer->status = 204;
    return session_end(office_of(request), &caller.kiosk, request->bearer, err);
}

static void set_version(HttpServerAnswer *answer, const char *version)
{
    etag_of_version(version, answer);
    answer->cache = "private, no-cache";
}

static bool get_catalogue(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    Caller caller;
    Access access = access_kiosk(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    OWNED(Catalogue) catalogue = office_catalogue(office_of(request), err);
    if (!catalogue)
        return false;
    set_version(answer, catalogue_version(catalogue));
    buf_add_str(&answer->body, catalogue_json(catalogue));
    return json(answer, 200);
}

static bool get_information(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char version[INFORMATION_VERSION_SIZE];
    Caller caller;
    Access access = access_kiosk(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!office_information(office_of(request), &answer->body, version, err))
        return false;
    set_version(answer, version);
    return json(answer, 200);
}

static bool get_notices(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char version[API_VERSION_SIZE];
    Caller caller;
    Access access = access_kiosk(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!notices_of_kiosk(office_of(request), &caller.kiosk, &answer->body, version, err))
        return false;
    set_version(answer, version);
    return json(answer, 200);
}

static bool get_theme(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiTheme theme = { 0 };
    Caller caller;
    Access access = access_kiosk(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!theme_get(office_of(request), &theme, err))
        return false;
    set_version(answer, theme.version);
    bool done = json(answer, 200) && api_theme_write(&theme, &answer->body, err);
    api_theme_fini(&theme);
    return done;
}

static bool get_home(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiHome home = { 0 };
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    return office_home(office_of(request), &caller.session, &home, err) && json(answer, 200) &&
           api_home_write(&home, &answer->body, err);
}

/* As access_session, with the service that the path names: what is too long for one names none. */
static Access access_service(const HttpServerRequest *request, HttpServerAnswer *answer, Caller *ret,
                             char ret_service[SERVICE_ID_MOST], Error *err)
{
    Access access = access_session(request, answer, ret, err);

    if (access != ACCESS_GRANTED || str_copy(request->parameters[0], ret_service, SERVICE_ID_MOST))
        return access;
    return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err) ? ACCESS_REFUSED : ACCESS_FAILED;
}

static bool get_draft(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiDraft draft = { 0 };
    ApiProblem problem = { 0 };
    char service[SERVICE_ID_MOST];
    Caller caller;
    Access access = access_service(request, answer, &caller, service, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!office_draft_get(office_of(request), &caller.session, service, &problem, &draft, err))
        return false;
    if (problem.kind != PROBLEM_NONE)
        return problem_answer(&problem, answer, err);
    bool done = json(answer, 200) && api_draft_write(&draft, &answer->body, err);
    mem_wipe(&draft, sizeof draft);
    return done;
}

static bool put_draft(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiDraft draft = { 0 };
    ApiProblem problem = { 0 };
    char service[SERVICE_ID_MOST];
    Caller caller;
    Access access = access_service(request, answer, &caller, service, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!api_draft_read(request->body, &draft, NULL))
        return bad_request(answer, err);
    bool done = office_draft_keep(office_of(request), &caller.session, service, &draft, &problem, err);
    mem_wipe(&draft, sizeof draft);
    if (done && problem.kind != PROBLEM_NONE)
        return problem_answer(&problem, answer, err);
    answer->status = 204;
    return done;
}

static bool delete_draft(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char service[SERVICE_ID_MOST];
    Caller caller;
    Access access = access_service(request, answer, &caller, service, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    answer->status = 204;
    return office_draft_drop(office_of(request), &caller.session, service, err);
}

static bool post_preview(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiPreview preview = { 0 };
    ApiProblem problem = { 0 };
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!api_preview_read(request->body, &preview, NULL))
        return bad_request(answer, err);
    if (!office_preview(office_of(request), &caller.session, &preview, &problem, &answer->blob, &answer->page_count,
                        err))
        return false;
    if (problem.kind != PROBLEM_NONE)
        return problem_answer(&problem, answer, err);
    answer->content_type = "image/png";
    return true;
}

static bool put_request(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiRequest asked = { 0 };
    ApiProblem problem = { 0 };
    ApiIssued issued = { 0 };
    char key[API_ID_SIZE];
    bool made = false;
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!read_id(request->parameters[0], key) || !api_request_read(request->body, &asked, NULL))
        return bad_request(answer, err);
    if (!office_request(office_of(request), &caller.session, key, &asked, &problem, &made, &issued, err))
        return false;
    if (problem.kind == PROBLEM_ALREADY_OPEN)
        return problem_answer_open(&issued, answer, err);
    if (problem.kind != PROBLEM_NONE)
        return problem_answer(&problem, answer, err);
    return json(answer, made ? 201 : 200) && api_issued_write(&issued, &answer->body, err);
}

/* Taken back while nobody has decided. */
static bool delete_request(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem = { 0 };
    char key[API_ID_SIZE];
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!read_id(request->parameters[0], key))
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    if (!review_withdraw(office_of(request), &caller.session, key, &problem, err))
        return false;
    answer->status = 204;
    return problem.kind == PROBLEM_NONE || problem_answer(&problem, answer, err);
}

static bool get_page(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem = { 0 };
    char copy[API_ID_SIZE], text[16];
    uint64_t epoch;
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!strcmp(request->method, "HEAD")) /* it would be handed out to nobody */
        return problem_answer_kind(PROBLEM_METHOD, answer, err);
    if (!read_id(request->parameters[0], copy))
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    if (!query_get(request->query, "epoch", text, sizeof text) || !str_to_u64(str_from(text), 0, UINT32_MAX, &epoch))
        return bad_request(answer, err);
    if (!office_page(office_of(request), &caller.session, copy, (uint32_t)epoch, &problem, &answer->blob, err))
        return false;
    if (problem.kind != PROBLEM_NONE)
        return problem_answer(&problem, answer, err);
    answer->content_type = "application/pdf";
    return true;
}

static bool put_print_job(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiPrintReport report = { 0 };
    ApiPrintJob now = { 0 };
    ApiProblem problem = { 0 };
    char job[API_ID_SIZE];
    Caller caller;
    Access access = access_kiosk(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!read_id(request->parameters[0], job))
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    if (!api_print_report_read(request->body, &report, NULL))
        return bad_request(answer, err);
    if (!office_print_report(office_of(request), &caller.kiosk, job, &report, &problem, &now, err))
        return false;
    if (problem.kind != PROBLEM_NONE)
        return problem_answer(&problem, answer, err);
    return json(answer, 200) && api_print_job_write(&now, &answer->body, err);
}

/* --- the copy on a phone ------------------------------------------------------------------------------------------ */

static bool answer_phone(const ApiProblem *problem, ApiPhoneLink *link, int status, HttpServerAnswer *answer,
                         Error *err)
{
    bool done = problem->kind != PROBLEM_NONE ? problem_answer(problem, answer, err)
                                              : json(answer, status) && api_phone_link_write(link, &answer->body, err);

    mem_wipe(link, sizeof *link);
    return done;
}

typedef bool PhoneAct(Office *office, const Session *session, const char *id, ApiProblem *ret_problem,
                      ApiPhoneLink *ret, Error *err);

static bool act_on_phone(const HttpServerRequest *request, PhoneAct *act, HttpServerAnswer *answer, Error *err)
{
    ApiPhoneLink link = { 0 };
    ApiProblem problem = { 0 };
    char id[API_ID_SIZE];
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!read_id(request->parameters[0], id))
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    return act(office_of(request), &caller.session, id, &problem, &link, err) &&
           answer_phone(&problem, &link, 200, answer, err);
}

static bool make_phone_link(const HttpServerRequest *request, const Session *session, const char *copy,
                            HttpServerAnswer *answer, Error *err)
{
    ApiPhoneLink link = { 0 };
    ApiProblem problem = { 0 };
    char actor[32];
    Once once;
    bool fit;

    snprintf(actor, sizeof actor, "phone-link:%lld", (long long)session->student);
    if (!idempotency_read(request, office_of(request), actor, &once, &fit, err))
        return false;
    if (!fit)
        return bad_request(answer, err);
    return phone_link_make(office_of(request), session, copy, &once, &problem, &link, err) &&
           answer_phone(&problem, &link, 201, answer, err);
}

static bool post_phone_link(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char copy[API_ID_SIZE];
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!read_id(request->parameters[0], copy))
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    return make_phone_link(request, &caller.session, copy, answer, err);
}

static bool get_phone_link(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return act_on_phone(request, phone_link_look, answer, err);
}

static bool delete_phone_link(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return act_on_phone(request, phone_link_withdraw, answer, err);
}

static bool put_phone_digits(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiPhoneDigits given = { 0 };
    ApiPhoneLink link = { 0 };
    ApiProblem problem = { 0 };
    char id[API_ID_SIZE];
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!read_id(request->parameters[0], id))
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    if (!api_phone_digits_read(request->body, &given, NULL) || strspn(given.digits, "0123456789") != 2)
        return bad_request(answer, err); /* no try: nothing was typed to the end */
    return phone_link_digits(office_of(request), &caller.session, id, given.digits, &problem, &link, err) &&
           answer_phone(&problem, &link, 200, answer, err);
}

static bool post_heartbeat(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiHeartbeat heartbeat = { 0 };
    ApiHeartbeatAnswer known = { 0 };
    Caller caller;
    Access access = access_kiosk(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!api_heartbeat_read(request->body, &heartbeat, NULL))
        return bad_request(answer, err);
    return kiosk_heartbeat(office_of(request), &caller.kiosk, &heartbeat, &known, err) && json(answer, 200) &&
           api_heartbeat_answer_write(&known, &answer->body, err);
}

/* For a balancer: the register can be read.  Says nothing else, so it needs no certificate. */
static bool get_health(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    Check nothing;

    answer->content_type = "text/plain; charset=utf-8";
    buf_add_text(&answer->body, "ok\n");
    return office_check(office_of(request), NULL, &nothing, err);
}

bool api_kiosk_fallback(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return problem_fallback(request, answer, err);
}

/* A password waits for HEMIS. */
bool api_kiosk_is_slow(const HttpRoute *route)
{
    return route->handler == post_session;
}

const HttpRoute api_kiosk_routes[] = {
    { "sign-in", "POST", "/kiosk/v1/session", SMALL_BODY, false, post_session },
    { "sign-out", "DELETE", "/kiosk/v1/session", 0, false, delete_session },
    { "card-sign-in", "POST", "/kiosk/v1/card-session", SMALL_BODY, false, post_card_session },
    { "card", "GET", "/kiosk/v1/card", 0, false, card_api_get },
    { "card-set", "PUT", "/kiosk/v1/card", CARD_API_BODY_MOST, false, card_api_put },
    { "card-block", "DELETE", "/kiosk/v1/card", 0, false, card_api_block },
    { "oauth-device", "POST", "/kiosk/v1/oauth/device_authorization", GRANT_FORM_BODY_MOST, false, grant_api_offer },
    { "oauth-token", "POST", "/kiosk/v1/oauth/token", GRANT_FORM_BODY_MOST, false, grant_api_token },
    { "sign-in-grant", "GET", "/kiosk/v1/sign-in-grants/{id}", 0, false, grant_api_get },
    { "sign-in-grant-digits", "PUT", "/kiosk/v1/sign-in-grants/{id}/digits", SMALL_BODY, false, grant_api_digits },
    { "sign-in-grant-end", "DELETE", "/kiosk/v1/sign-in-grants/{id}", 0, false, grant_api_delete },
    { "visitor", "POST", "/kiosk/v1/visitors", FORM_BODY, false, post_visitor },
    { "catalogue", "GET", "/kiosk/v1/catalogue", 0, false, get_catalogue },
    { "information", "GET", "/kiosk/v1/information", 0, false, get_information },
    { "notices", "GET", "/kiosk/v1/notices", 0, false, get_notices },
    { "theme", "GET", "/kiosk/v1/theme", 0, false, get_theme },
    { "home", "GET", "/kiosk/v1/home", 0, false, get_home },
    { "study", "GET", "/kiosk/v1/study", 0, false, study_api_get },
    { "looks", "GET", "/kiosk/v1/looks", 0, false, looks_api_get },
    { "draft", "GET", "/kiosk/v1/drafts/{service}", 0, false, get_draft },
    { "draft", "PUT", "/kiosk/v1/drafts/{service}", FORM_BODY, false, put_draft },
    { "draft", "DELETE", "/kiosk/v1/drafts/{service}", 0, false, delete_draft },
    { "preview", "POST", "/kiosk/v1/preview", FORM_BODY, false, post_preview },
    { "request", "PUT", "/kiosk/v1/requests/{uuid}", FORM_BODY, false, put_request },
    { "request-details", "GET", "/kiosk/v1/requests/{uuid}", 0, false, mine_api_get },
    { "request-answer", "PUT", "/kiosk/v1/requests/{uuid}/answers", MINE_API_BODY_MOST, false, mine_api_answer },
    { "request-draft", "PUT", "/kiosk/v1/requests/{uuid}/draft", MINE_API_BODY_MOST, false, mine_api_keep },
    { "request-receipt", "GET", "/kiosk/v1/requests/{uuid}/receipt", 0, false, mine_api_receipt },
    { "request-withdraw", "DELETE", "/kiosk/v1/requests/{uuid}", 0, false, delete_request },
    { "page", "GET", "/kiosk/v1/copies/{id}/page", 0, false, get_page },
    { "print-job", "PUT", "/kiosk/v1/print-jobs/{id}", SMALL_BODY, false, put_print_job },
    { "phone-link", "POST", "/kiosk/v1/copies/{id}/phone-link", 0, false, post_phone_link },
    { "phone-link", "GET", "/kiosk/v1/phone-links/{id}", 0, false, get_phone_link },
    { "phone-link", "DELETE", "/kiosk/v1/phone-links/{id}", 0, false, delete_phone_link },
    { "phone-digits", "PUT", "/kiosk/v1/phone-links/{id}/digits", SMALL_BODY, false, put_phone_digits },
    { "hall", "GET", "/kiosk/v1/hall", 0, false, hall_kiosk_get },
    { "ticket-take", "POST", "/kiosk/v1/tickets", HALL_BODY_MOST, false, ticket_kiosk_post },
    { "ticket", "GET", "/kiosk/v1/tickets/{id}", 0, false, ticket_kiosk_get },
    { "ticket-give-up", "DELETE", "/kiosk/v1/tickets/{id}", 0, false, ticket_kiosk_delete },
    { "ticket-slip", "GET", "/kiosk/v1/tickets/{id}/slip", 0, false, ticket_kiosk_slip },
    { "call-make", "POST", "/kiosk/v1/calls", HALL_BODY_MOST, false, call_kiosk_post },
    { "call", "GET", "/kiosk/v1/calls/{id}", 0, false, call_kiosk_get },
    { "call-give-up", "DELETE", "/kiosk/v1/calls/{id}", 0, false, call_kiosk_delete },
    { "papers", "POST", "/kiosk/v1/papers", PAPERS_BODY_MOST, false, papers_api_offer },
    { "papers", "GET", "/kiosk/v1/papers/{id}", 0, false, papers_api_look },
    { "papers", "DELETE", "/kiosk/v1/papers/{id}", 0, false, papers_api_end },
    { "papers-page", "GET", "/kiosk/v1/papers/{id}/pages/{n}", 0, false, papers_api_page },
    { "heartbeat", "POST", "/kiosk/v1/heartbeat", SMALL_BODY, false, post_heartbeat },
    { "enrol", "POST", "/kiosk/v1/enrol", ENROL_BODY_MOST, false, enrol_api_enrol },
    { "renew", "POST", "/kiosk/v1/renew", ENROL_BODY_MOST, false, enrol_api_renew },
    { "events", "GET", "/kiosk/v1/events", 0, false, api_events_get },
    { "openapi", "GET", "/kiosk/v1/openapi.json", 0, false, openapi_kiosks_get },
    { "problem", "GET", "/problems/{slug}", 0, false, problem_page },
    { "health", "GET", "/healthz", 0, false, get_health },
};
const size_t api_kiosk_route_count = COUNT(api_kiosk_routes);
