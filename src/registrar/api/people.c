/* The public pages: whoever is handed a paper learns whether it is genuine. */
#include <stdio.h>

#include "registrar/api/pages.h"
#include "registrar/api/public_keys.h"
#include "registrar/api/routes.h"
#include "registrar/http/query.h"
#include "registrar/http/speak.h"
#include "registrar/office/checks.h"
#include "registrar/office/institution.h"

#define TYPED_MOST 40 /* bytes shown of what is no code */

/* A page being made: its values and the buffers that they point into. */
typedef struct Sheet {
    const ApiContext *context;
    Language language;
    PageValues values;
    char offset[8], phone_link[32], wait[12];
    char address[256];
    Buf checked_date, checked_time, date, changed, keys;
} Sheet;

static void sheet_fini(Sheet *sheet)
{
    Buf *const bufs[] = { &sheet->checked_date, &sheet->checked_time, &sheet->date, &sheet->changed, &sheet->keys };

    for (size_t i = 0; i < COUNT(bufs); i++)
        buf_fini(bufs[i]);
}
#define OWNED_SHEET __attribute__((cleanup(sheet_fini))) Sheet

static const char *institution_line(const Institution *institution, const char *name, Language language)
{
    const LocalText *text = institution_text(institution, name);

    return text ? local_text(text, language) : "";
}

/* "tel:" takes digits and a plus. */
static void phone_link(const char *phone, char *array, size_t size)
{
    OWNED_BUF link;

    buf_init(&link, size);
    for (; *phone; phone++) {
        if (*phone == '+' || (*phone >= '0' && *phone <= '9'))
            buf_add_byte(&link, (uint8_t)*phone);
    }
    str_copy_cut(buf_str(&link), array, size);
}

static void one_line(const char *text, char *array, size_t size)
{
    str_copy_cut(str_from(text), array, size);
    for (; *array; array++) {
        if (*array == '\n')
            *array = ' ';
    }
}

static void sheet_init(Sheet *sheet, const HttpServerRequest *request)
{
    const char **of = sheet->values.of;

    *sheet = (Sheet){ .context = request->context };
    const Institution *institution = sheet->context->institution;
    sheet->language = speak(request->query, request->accept_language, page_languages, page_language_count);
    buf_init(&sheet->checked_date, 64);
    buf_init(&sheet->checked_time, 16);
    buf_init(&sheet->date, 64);
    buf_init(&sheet->changed, 96);
    buf_init(&sheet->keys, PUBLIC_KEYS_BYTES_MOST);
    one_line(institution_line(institution, "address", sheet->language), sheet->address, sizeof sheet->address);
    phone_link(institution_phone(institution), sheet->phone_link, sizeof sheet->phone_link);
    of[SLOT_LANGUAGE] = language_tag(sheet->language);
    of[SLOT_INSTITUTION] = institution_line(institution, "names", sheet->language);
    of[SLOT_PHONE] = institution_phone(institution);
    of[SLOT_PHONE_LINK] = sheet->phone_link;
    of[SLOT_EMAIL] = institution_email(institution);
    of[SLOT_ADDRESS] = sheet->address;
    of[sheet->language == LANGUAGE_UZ ? SLOT_IS_UZ : sheet->language == LANGUAGE_RU ? SLOT_IS_RU : SLOT_IS_EN] = "yes";
}

static bool sheet_answer(Sheet *sheet, PageName name, int status, HttpServerAnswer *answer, Error *err)
{
    buf_clear(&answer->body);
    answer->status = status;
    answer->content_type = "text/html; charset=utf-8";
    answer->language = language_tag(sheet->language);
    answer->security = page_policy(sheet->context->pages, name);
    return page_write(sheet->context->pages, name, sheet->language, &sheet->values, &answer->body, err);
}

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
    of[SLOT_KIND] = local_text(&check->title, sheet->language);
    of[SLOT_HOLDER] = check->masked_holder;
    of[SLOT_DATE] = buf_text(&sheet->date);
    of[SLOT_CHANGED] = buf_text(&sheet->changed);
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

/* A source that asked for too many unknown codes hears so at once; an honest code never comes here. */
static bool within_limit(const Sheet *sheet, const HttpServerRequest *request, bool *ret_allowed, int *ret_wait_s,
                         Error *err)
{
    OWNED_BUF source;

    buf_init(&source, 96);
    buf_add_format(&source, "ip:%s", request->source);
    return office_limit(sheet->context->office, "unknown-code", buf_text(&source), ret_allowed, ret_wait_s, err);
}

static bool too_many(Sheet *sheet, int wait_s, HttpServerAnswer *answer, Error *err)
{
    OWNED_BUF wait;

    LOG(sheet->context->log, LOG_WARN, EVENT_HTTP_LIMITED, LOG_WORD("listener", "people"), LOG_WORD("route", "check"),
        LOG_WORD("limit", "unknown-codes"));
    buf_init(&wait, sizeof sheet->wait);
    buf_add_format(&wait, "%d", wait_s);
    str_copy_cut(buf_str(&wait), sheet->wait, sizeof sheet->wait);
    sheet->values.of[SLOT_TOO_MANY] = "yes";
    sheet->values.of[SLOT_WAIT] = sheet->wait;
    answer->retry_after_s = wait_s;
    return sheet_answer(sheet, PAGE_SORRY, 429, answer, err);
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
    if (!office_check(sheet.context->office, parsed ? code.text : NULL, &check, err))
        return false;
    if (check.state == CHECK_UNKNOWN && !within_limit(&sheet, request, &allowed, &wait_s, err))
        return false;
    if (!allowed)
        return too_many(&sheet, wait_s, answer, err);
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
    return public_keys_write(context->office, &answer->body, err);
}

/* Nothing in it is anybody's: a checker fetches the whole list, and nobody learns which paper is in doubt. */
static bool get_status_list(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    const ApiContext *context = request->context;
    bool found = false;
    uint64_t list;
    int64_t version = 0;
    OWNED_BUF etag;

    buf_init(&etag, sizeof answer->etag);
    if (str_to_u64(request->parameters[0], 1, UINT32_MAX, &list) &&
        !office_status_list(context->office, (uint32_t)list, &found, &version, &answer->body, err))
        return false;
    if (!found) {
        answer->status = 404;
        return api_people_fallback(request, answer, err);
    }
    buf_add_format(&etag, "\"%lld\"", (long long)version);
    str_copy_cut(buf_str(&etag), answer->etag, sizeof answer->etag);
    answer->content_type = "application/statuslist+cwt";
    answer->cache = "public, max-age=60";
    return true;
}

static bool get_health(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    const ApiContext *context = request->context;
    Check nothing;

    answer->content_type = "text/plain; charset=utf-8";
    buf_add_text(&answer->body, "ok\n");
    return office_check(context->office, NULL, &nothing, err);
}

bool api_people_fallback(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_SHEET sheet;

    sheet_init(&sheet, request);
    sheet.values.of[SLOT_HERE] = "/";
    if (answer->status == 503)
        answer->retry_after_s = 1;
    sheet.values.of[answer->status == 404 ? SLOT_NOT_FOUND : answer->status >= 500 ? SLOT_FAILED : SLOT_NOT_SO] = "yes";
    return sheet_answer(&sheet, PAGE_SORRY, answer->status, answer, err);
}

const HttpRoute api_people_routes[] = {
    { "home", "GET", "/", 0, false, get_home },
    { "check", "GET", "/v/{code}", 0, true, get_check },
    { "check-typed", "GET", "/v", 0, true, get_typed },
    { "keys", "GET", "/keys", 0, false, get_keys },
    { "status-list", "GET", "/status/{list}", 0, false, get_status_list },
    { "health", "GET", "/healthz", 0, false, get_health },
};
const size_t api_people_route_count = COUNT(api_people_routes);
