#include "registrar/api/sheet.h"

#include <stdio.h>
#include <string.h>

#include "registrar/api/looks.h"
#include "registrar/api/public_keys.h"
#include "registrar/http/speak.h"
#include "registrar/office/checks.h"

void sheet_fini(Sheet *sheet)
{
    Buf *const bufs[] = { &sheet->checked_date, &sheet->checked_time, &sheet->date,
                          &sheet->until,        &sheet->changed,      &sheet->keys };

    for (size_t i = 0; i < COUNT(bufs); i++)
        buf_fini(bufs[i]);
    pages_drop(sheet->pages);
}

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

static void put_institution(Sheet *sheet, const Institution *institution)
{
    const char **of = sheet->values.of;

    phone_link(institution_phone(institution), sheet->phone_link, sizeof sheet->phone_link);
    of[SLOT_PHONE] = institution_phone(institution);
    of[SLOT_PHONE_LINK] = sheet->phone_link;
    of[SLOT_EMAIL] = institution_email(institution);
}

void sheet_speak(Sheet *sheet, Language language)
{
    const Institution *institution = sheet->context->institution;
    const char **of = sheet->values.of;

    sheet->language = language;
    of[SLOT_LANGUAGE] = language_tag(language);
    if (!institution)
        return;
    one_line(institution_line(institution, "address", language), sheet->address, sizeof sheet->address);
    of[SLOT_ADDRESS] = sheet->address;
    of[SLOT_INSTITUTION] = institution_line(institution, "names", language);
}

void sheet_init(Sheet *sheet, const HttpServerRequest *request)
{
    *sheet = (Sheet){ .context = request->context };
    sheet->pages = looks_take(sheet->context->looks);
    const Institution *institution = sheet->context->institution;
    size_t count;
    const Language *languages = pages_languages(sheet->pages, &count);
    buf_init(&sheet->checked_date, 64);
    buf_init(&sheet->checked_time, 16);
    buf_init(&sheet->date, 64);
    buf_init(&sheet->until, 64);
    buf_init(&sheet->changed, 96);
    buf_init(&sheet->keys, PUBLIC_KEYS_BYTES_MOST);
    if (institution)
        put_institution(sheet, institution);
    sheet_speak(sheet, speak(request->query, request->accept_language, languages, count));
}

bool sheet_moves(const Sheet *sheet, const HttpServerRequest *request, HttpServerAnswer *answer)
{
    static const char plain[] = "-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const char *path = request->path;

    if (path[0] != '/' || path[1] < 'A' || path[1] > 'Z' || path[strspn(path, plain)] || strlen(path) > 128)
        return false; /* the page says that this is none of its tokens */
    (void)snprintf(answer->location, sizeof answer->location, "/%c%s?l=%s", path[1] - 'A' + 'a', path + 2,
                   language_tag(sheet->language));
    answer->status = 303;
    return true;
}

bool sheet_answer(Sheet *sheet, PageName name, int status, HttpServerAnswer *answer, Error *err)
{
    buf_clear(&answer->body);
    answer->status = status;
    answer->content_type = "text/html; charset=utf-8";
    answer->language = language_tag(sheet->language);
    str_copy_cut(str_from(page_policy(sheet->pages, name)), answer->security, sizeof answer->security);
    return page_write(sheet->pages, name, sheet->language, &sheet->values, &answer->body, err);
}

bool sheet_within_limit(const Sheet *sheet, const HttpServerRequest *request, const char *what, bool *ret_allowed,
                        int *ret_wait_s, Error *err)
{
    OWNED_BUF source;

    buf_init(&source, 96);
    buf_add_format(&source, "ip:%s", request->source);
    return office_limit(sheet->context->office, what, buf_text(&source), ret_allowed, ret_wait_s, err);
}

bool sheet_too_many(Sheet *sheet, const char *route, int wait_s, HttpServerAnswer *answer, Error *err)
{
    OWNED_BUF wait;

    LOG(sheet->context->log, LOG_WARN, EVENT_HTTP_LIMITED, LOG_WORD("listener", "people"), LOG_WORD("route", route),
        LOG_WORD("limit", "unknown"));
    buf_init(&wait, sizeof sheet->wait);
    buf_add_format(&wait, "%d", wait_s);
    str_copy_cut(buf_str(&wait), sheet->wait, sizeof sheet->wait);
    sheet->values.of[SLOT_TOO_MANY] = "yes";
    sheet->values.of[SLOT_WAIT] = sheet->wait;
    answer->retry_after_s = wait_s;
    return sheet_answer(sheet, PAGE_SORRY, 429, answer, err);
}
