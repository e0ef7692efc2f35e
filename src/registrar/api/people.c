/* The public pages: whoever is handed a paper learns whether it is genuine. */
#include <stdio.h>

#include "registrar/api/audit_head.h"
#include "registrar/api/blanks_api.h"
#include "registrar/api/campaigns_api.h"
#include "registrar/api/card_page.h"
#include "registrar/api/etag.h"
#include "registrar/api/grant_page.h"
#include "registrar/api/hall_api.h"
#include "registrar/api/invoices_api.h"
#include "registrar/api/offers_api.h"
#include "registrar/api/openapi.h"
#include "registrar/api/orders_api.h"
#include "registrar/api/papers_api.h"
#include "registrar/api/phone_page.h"
#include "registrar/api/photo_page.h"
#include "registrar/api/problem.h"
#include "registrar/api/public_keys.h"
#include "registrar/api/requests_api.h"
#include "registrar/api/sheet.h"
#include "registrar/api/ticket_page.h"
#include "registrar/http/query.h"
#include "registrar/office/checks.h"
#include "registrar/office/looks.h"
#include "registrar/office/shelf_files.h"

#define TYPED_MOST 40 /* bytes shown of what is no code */

/* "2026-yil 24-noyabr, 10:49" in parts. */
static void write_moment(int64_t wall_ms, int offset_minutes, Language language, Buf *date, Buf *time)
{
    DateTime moment = date_time_at(wall_ms, offset_minutes);

    date_write(date, moment.date, language, DATE_WORDS);
    if (date == time)
        buf_add_text(date, ", ");
    time_write(time, moment.hour, moment.minute);
}

static PageSlot slot_of(CheckState state)
{
    switch (state) {
    case CHECK_UNKNOWN: return SLOT_UNKNOWN;
    case CHECK_VALID: return SLOT_VALID;
    case CHECK_SUSPENDED: return SLOT_SUSPENDED;
    case CHECK_REVOKED: return SLOT_REVOKED;
    case CHECK_REPLACED: return SLOT_REPLACED;
    case CHECK_EXPIRED: return SLOT_EXPIRED;
    }
    return SLOT_UNKNOWN;
}

static void fill_known(Sheet *sheet, const Check *check, int offset)
{
    const char **of = sheet->values.of;

    date_write(&sheet->date, check->issued, sheet->language, DATE_FIGURES);
    if (check->changed_s)
        write_moment(check->changed_s * 1000, offset, sheet->language, &sheet->changed, &sheet->changed);
    of[SLOT_KNOWN] = "yes";
    of[SLOT_KIND] = paper_title(&check->title, sheet->language);
    of[SLOT_HOLDER] = check->masked_holder;
    of[SLOT_DATE] = buf_text(&sheet->date);
    if (check->until.year)
        date_write(&sheet->until, check->until, sheet->language, DATE_FIGURES);
    of[SLOT_UNTIL] = buf_text(&sheet->until);
    of[SLOT_CHANGED] = buf_text(&sheet->changed);
    of[SLOT_ON_PHONE] = check->on_phone ? "yes" : NULL;
}

static bool fill_check(Sheet *sheet, const Check *check, Error *err)
{
    const OfficeConfig *config = office_config(sheet->context->office);
    const char **of = sheet->values.of;
    OWNED_BUF offset;

    buf_init(&offset, sizeof sheet->offset);
    buf_add_format(&offset, "%d", config->utc_offset_minutes);
    str_copy_cut(buf_str(&offset), sheet->offset, sizeof sheet->offset);
    write_moment(clock_wall_ms(&config->clock), config->utc_offset_minutes, sheet->language, &sheet->checked_date,
                 &sheet->checked_time);
    if (!public_keys_write(sheet->context->office, &sheet->keys, err))
        return false;
    of[slot_of(check->state)] = "yes";
    of[SLOT_CHECKED_DATE] = buf_text(&sheet->checked_date);
    of[SLOT_CHECKED_TIME] = buf_text(&sheet->checked_time);
    of[SLOT_OFFSET] = sheet->offset;
    of[SLOT_ISSUER] = config->host;
    of[SLOT_KEYS] = buf_text(&sheet->keys);
    if (check->state != CHECK_UNKNOWN)
        fill_known(sheet, check, config->utc_offset_minutes);
    return true;
}

static bool check_code(const HttpServerRequest *request, Str typed, HttpServerAnswer *answer, Error *err)
{
    OWNED_SHEET sheet;
    char text[TYPED_MOST], grouped[15], here[24];
    Code code;
    Check check;
    bool parsed = code_parse(typed, &code), allowed = true;
    int wait_s = 0;

    sheet_init(&sheet, request);
    str_copy_cut(typed, text, sizeof text);
    if (!office_check(sheet.context->office, parsed ? code.text : NULL, &check, err) ||
        (check.state != CHECK_UNKNOWN && !checks_note(sheet.context->office, code.text, err)))
        return false;
    if (check.state == CHECK_UNKNOWN && !sheet_within_limit(&sheet, request, "unknown-code", &allowed, &wait_s, err))
        return false;
    if (!allowed)
        return sheet_too_many(&sheet, "check", wait_s, answer, err);
    sheet.values.of[SLOT_CODE] = text;
    if (parsed) {
        code_grouped(&code, grouped);
        snprintf(here, sizeof here, "/v/%s", grouped);
        sheet.values.of[SLOT_HERE] = here;
        sheet.values.of[SLOT_CODE] = grouped;
        sheet.values.of[SLOT_BARE_CODE] = code.text;
    }
    return fill_check(&sheet, &check, err) &&
           sheet_answer(&sheet, PAGE_CHECK, check.state == CHECK_UNKNOWN ? 404 : 200, answer, err);
}

static bool get_check(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return check_code(request, request->parameters[0], answer, err);
}

static bool answer_home(const HttpServerRequest *request, const char *typed, HttpServerAnswer *answer, Error *err)
{
    OWNED_SHEET sheet;

    sheet_init(&sheet, request);
    sheet.values.of[SLOT_HERE] = "/";
    sheet.values.of[SLOT_CODE] = typed;
    sheet.values.of[SLOT_NOT_A_CODE] = typed;
    return sheet_answer(&sheet, PAGE_HOME, 200, answer, err);
}

/* The form of the home page, where people put spaces between groups.  What can't be a code is said beside the field,
 * since its writer sees that it can't. */
static bool get_typed(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char typed[64], dense[64];
    size_t len = 0;
    Code code;

    if (!query_get(request->query, "code", typed, sizeof typed) || !typed[0])
        return answer_home(request, NULL, answer, err);
    for (const char *at = typed; *at; at++) {
        if (*at != ' ')
            dense[len++] = *at;
    }
    if (code_parse((Str){ dense, len }, &code))
        return check_code(request, (Str){ dense, len }, answer, err);
    return answer_home(request, typed, answer, err);
}

static bool get_home(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return answer_home(request, NULL, answer, err);
}

static bool get_keys(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    const ApiContext *context = request->context;

    answer->content_type = "application/json";
    answer->cache = "public, max-age=3600";
    return public_keys_write(context->office, &answer->body, err) && etag_of_text(buf_str(&answer->body), answer, err);
}

/* Nothing in it is anybody's: a checker fetches the whole list, and nobody learns which paper is in doubt. */
static bool get_status_list(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    const ApiContext *context = request->context;
    bool found = false;
    uint64_t list;
    int64_t version = 0;
    char text[API_VERSION_SIZE];

    if (str_to_u64(request->parameters[0], 1, UINT32_MAX, &list) &&
        !office_status_list(context->office, (uint32_t)list, &found, &version, &answer->body, err))
        return false;
    if (!found) {
        answer->status = 404;
        return api_people_fallback(request, answer, err);
    }
    snprintf(text, sizeof text, "%lld", (long long)version);
    etag_of_version(text, answer);
    answer->content_type = "application/statuslist+cwt";
    answer->cache = "public, max-age=60";
    return true;
}

static bool get_audit_head(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    const ApiContext *context = request->context;
    bool found;

    if (!audit_head_write(context->office, &found, &answer->body, err))
        return false;
    if (!found) {
        answer->status = 404;
        return api_people_fallback(request, answer, err);
    }
    answer->content_type = "application/json";
    answer->cache = "public, max-age=1";
    return etag_of_text(buf_str(&answer->body), answer, err);
}

static bool get_audit_entry(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    const ApiContext *context = request->context;
    bool found = false;
    uint64_t position;

    if (str_to_u64(request->parameters[0], 1, INT64_MAX, &position) &&
        !audit_entry_write(context->office, (int64_t)position, &found, &answer->body, err))
        return false;
    if (!found) {
        answer->status = 404;
        return api_people_fallback(request, answer, err);
    }
    answer->content_type = "application/json";
    answer->cache = "public, max-age=60";
    return etag_of_text(buf_str(&answer->body), answer, err);
}

static bool get_health(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    const ApiContext *context = request->context;
    Check nothing;

    answer->content_type = "text/plain; charset=utf-8";
    buf_add_text(&answer->body, "ok\n");
    return office_check(context->office, NULL, &nothing, err);
}

static bool sorry_page(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_SHEET sheet;

    sheet_init(&sheet, request);
    sheet.values.of[SLOT_HERE] = "/";
    if (answer->status == 503)
        answer->retry_after_s = 1;
    PageSlot what = answer->status == 404   ? SLOT_NOT_FOUND
                    : answer->status == 421 ? SLOT_NOBODYS
                    : answer->status >= 500 ? SLOT_FAILED
                                            : SLOT_NOT_SO;
    sheet.values.of[what] = "yes";
    return sheet_answer(&sheet, PAGE_SORRY, answer->status, answer, err);
}

/* Under /office/v1/ programs ask, not people. */
bool api_people_fallback(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return str_starts(str_from(request->path), STR("/office/v")) ? problem_fallback(request, answer, err)
                                                                 : sorry_page(request, answer, err);
}

/* A password waits for HEMIS, and so does its code; OneID's for OneID. */
bool api_people_is_slow(const HttpRoute *route)
{
    return route->handler == grant_page_password || route->handler == grant_page_return ||
           route->handler == grant_page_return_oneid;
}

const HttpRoute api_people_routes[] = {
    { "home", "GET", "/", 0, false, get_home },
    { "check", "GET", "/v/{code}", 0, true, get_check },
    { "check-typed", "GET", "/v", 0, true, get_typed },
    { "phone", "GET", "/d/{token}", 0, true, phone_page_get },
    { "phone-open", "POST", "/d/{token}", PHONE_PAGE_BODY, true, phone_page_open },
    { "phone-take", "POST", "/d/{token}/file", PHONE_PAGE_BODY, true, phone_page_take },
    { "grant-ask", "GET", "/g", 0, true, grant_page_ask },
    { "grant", "GET", "/g/{code}", 0, true, grant_page_get },
    { "grant-open", "POST", "/g/{code}", GRANT_PAGE_BODY, true, grant_page_open },
    { "grant-password", "POST", "/g/{code}/password", GRANT_PAGE_BODY, true, grant_page_password },
    { "grant-leave", "GET", "/g/{code}/hemis", 0, true, grant_page_leave },
    { "grant-back", "GET", "/back/hemis", 0, false, grant_page_back },
    { "grant-return", "GET", "/g/{code}/back", 0, true, grant_page_return },
    { "grant-leave-oneid", "GET", "/g/{code}/oneid", 0, true, grant_page_leave_oneid },
    { "grant-back-oneid", "GET", "/back/oneid", 0, false, grant_page_back_oneid },
    { "grant-return-oneid", "GET", "/g/{code}/back/oneid", 0, true, grant_page_return_oneid },
    { "grant-consent", "POST", "/g/{code}/consent", GRANT_PAGE_BODY, true, grant_page_consent },
    { "grant-cancel", "POST", "/g/{code}/cancel", GRANT_PAGE_BODY, true, grant_page_cancel },
    { "card-page", "GET", "/c/{token}", 0, true, card_page_get },
    { "card-page-block", "POST", "/c/{token}", CARD_PAGE_BODY, true, card_page_block },
    { "ticket", "GET", "/t/{token}", 0, true, ticket_page_get },
    { "ticket-leave", "POST", "/t/{token}", TICKET_PAGE_BODY, true, ticket_page_leave },
    { "photo", "GET", "/u/{token}", 0, true, photo_page_get },
    { "photo-send", "POST", "/u/{token}", PHOTO_PAGE_BODY, true, photo_page_send },
    { "photo-done", "POST", "/u/{token}/done", PHOTO_PAGE_DONE, true, photo_page_done },
    { "keys", "GET", "/keys", 0, false, get_keys },
    { "status-list", "GET", "/status/{list}", 0, false, get_status_list },
    { "audit-head", "GET", "/audit/head", 0, false, get_audit_head },
    { "audit-entry", "GET", "/audit/entries/{position}", 0, false, get_audit_entry },
    { "services", "GET", "/office/v1/services", 0, false, offers_services },
    { "service", "GET", "/office/v1/services/{id}", 0, false, offers_service_get },
    { "service-put", "PUT", "/office/v1/services/{id}", SHELF_FILE_MOST, false, offers_service_put },
    { "service-remove", "DELETE", "/office/v1/services/{id}", 0, false, offers_service_remove },
    { "templates", "GET", "/office/v1/templates", 0, false, offers_templates },
    { "template", "GET", "/office/v1/templates/{id}", 0, false, offers_template_get },
    { "template-put", "PUT", "/office/v1/templates/{id}", SHELF_FILE_MOST, false, offers_template_put },
    { "template-remove", "DELETE", "/office/v1/templates/{id}", 0, false, offers_template_remove },
    { "information-pages", "GET", "/office/v1/information", 0, false, offers_pages },
    { "information-page", "GET", "/office/v1/information/{id}", 0, false, offers_page_get },
    { "information-put", "PUT", "/office/v1/information/{id}", SHELF_FILE_MOST, false, offers_page_put },
    { "information-remove", "DELETE", "/office/v1/information/{id}", 0, false, offers_page_remove },
    { "campaigns", "GET", "/office/v1/campaigns", 0, false, campaigns_api_list },
    { "campaign", "GET", "/office/v1/campaigns/{id}", 0, false, campaigns_api_get },
    { "campaign-put", "PUT", "/office/v1/campaigns/{id}", CAMPAIGN_BODY_MOST, false, campaigns_api_put },
    { "campaign-remove", "DELETE", "/office/v1/campaigns/{id}", 0, false, campaigns_api_remove },
    { "requests", "GET", "/office/v1/requests", 0, false, requests_api_list },
    { "request", "GET", "/office/v1/requests/{id}", 0, false, requests_api_get },
    { "request-claim", "POST", "/office/v1/requests/{id}/claim", REQUESTS_BODY_MOST, false, requests_api_claim },
    { "request-approve", "POST", "/office/v1/requests/{id}/approve", REQUESTS_BODY_MOST, false, requests_api_approve },
    { "request-return", "POST", "/office/v1/requests/{id}/return", REQUESTS_BODY_MOST, false, requests_api_return },
    { "request-decline", "POST", "/office/v1/requests/{id}/decline", REQUESTS_BODY_MOST, false, requests_api_decline },
    { "request-papers", "GET", "/office/v1/requests/{id}/papers", 0, false, papers_api_list },
    { "request-paper", "GET", "/office/v1/requests/{id}/papers/{field}/pages/{n}", 0, false, papers_api_view },
    { "request-paper-seen", "POST", "/office/v1/requests/{id}/papers/{field}/seen", PAPERS_BODY_MOST, false,
      papers_api_seen },
    { "request-page", "GET", "/office/v1/requests/{id}/page", 0, false, requests_api_page },
    { "request-printed", "PUT", "/office/v1/requests/{id}/printed", REQUESTS_BODY_MOST, false, requests_api_printed },
    { "request-again", "POST", "/office/v1/requests/{id}/again", REQUESTS_BODY_MOST, false, requests_api_again },
    { "request-hand-out", "POST", "/office/v1/requests/{id}/hand-out", REQUESTS_BODY_MOST, false,
      requests_api_hand_out },
    { "request-confirm", "POST", "/office/v1/requests/{id}/confirm", ORDERS_BODY_MOST, false, orders_api_confirm },
    { "visitors", "GET", "/office/v1/visitors", 0, false, orders_api_visitors },
    { "orders", "GET", "/office/v1/orders", 0, false, orders_api_list },
    { "order", "GET", "/office/v1/orders/{id}", 0, false, orders_api_get },
    { "order-issue", "POST", "/office/v1/orders/{id}/issue", ORDERS_BODY_MOST, false, orders_api_issue },
    { "order-drop", "POST", "/office/v1/orders/{id}/drop", ORDERS_BODY_MOST, false, orders_api_drop },
    { "portals", "GET", "/office/v1/portals", 0, false, orders_api_portals },
    { "invoices", "GET", "/office/v1/invoices", 0, false, invoices_api_list },
    { "invoice", "GET", "/office/v1/invoices/{number}", 0, false, invoices_api_get },
    { "invoice-put", "PUT", "/office/v1/invoices/{number}", INVOICE_BODY_MOST, false, invoices_api_put },
    { "blanks", "GET", "/office/v1/blanks", 0, false, blanks_api_list },
    { "blanks-receive", "POST", "/office/v1/blanks", BLANK_BODY_MOST, false, blanks_api_receive },
    { "blank", "GET", "/office/v1/blanks/{id}", 0, false, blanks_api_get },
    { "blank-put", "PUT", "/office/v1/blanks/{id}", BLANK_BODY_MOST, false, blanks_api_put },
    { "blank-spoil", "POST", "/office/v1/blanks/{id}/spoil", BLANK_BODY_MOST, false, blanks_api_spoil },
    { "windows", "GET", "/office/v1/windows", 0, false, hall_api_windows },
    { "window-put", "PUT", "/office/v1/windows/{number}", HALL_API_BODY_MOST, false, hall_api_window_put },
    { "window-next", "POST", "/office/v1/windows/{number}/next", HALL_API_BODY_MOST, false, hall_api_window_next },
    { "tickets", "GET", "/office/v1/tickets", 0, false, hall_api_tickets },
    { "ticket-put", "PUT", "/office/v1/tickets/{id}", HALL_API_BODY_MOST, false, hall_api_ticket_put },
    { "calls", "GET", "/office/v1/calls", 0, false, hall_api_calls },
    { "call-put", "PUT", "/office/v1/calls/{id}", HALL_API_BODY_MOST, false, hall_api_call_put },
    { "openapi", "GET", "/openapi.json", 0, false, openapi_people_get },
    { "problem", "GET", "/problems/{slug}", 0, false, problem_page },
    { "health", "GET", "/healthz", 0, false, get_health },
};
const size_t api_people_route_count = COUNT(api_people_routes);
