#include "registrar/api/phone_page.h"

#include <stdio.h>

#include "base/memory.h"
#include "registrar/api/sheet.h"
#include "registrar/http/query.h"
#include "registrar/office/phone.h"

#define COOKIE "__Secure-copy"

/* As long as the link can live from its opening on. */
#define COOKIE_S (PHONE_OPENED_S + PHONE_TAKING_S)

/* A request at a link. */
typedef struct Knock {
    Sheet sheet;
    Token token;
    bool parsed;
    char device[PHONE_DEVICE_SIZE]; /* "": none */
    PhoneView view;
    char here[40], left[12], minutes[12];
} Knock;

static void knock_init(Knock *knock, const HttpServerRequest *request)
{
    *knock = (Knock){ 0 };
    knock->parsed = token_parse(request->parameters[0], &knock->token);
    sheet_init(&knock->sheet, request);
    if (!cookie_get(request->cookies, COOKIE, knock->device, sizeof knock->device))
        knock->device[0] = '\0';
}

static void knock_fini(Knock *knock)
{
    sheet_fini(&knock->sheet);
    mem_wipe(knock, sizeof *knock);
}
#define OWNED_KNOCK __attribute__((cleanup(knock_fini))) Knock

static const Token *token_of(const Knock *knock)
{
    return knock->parsed ? &knock->token : NULL;
}

static Office *office_at(const Knock *knock)
{
    return knock->sheet.context->office;
}

static void write_number(int number, char *array, size_t size)
{
    snprintf(array, size, "%d", number);
}

static bool gone(Knock *knock, const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    bool allowed;
    int wait_s;

    if (!sheet_within_limit(&knock->sheet, request, "unknown-link", &allowed, &wait_s, err))
        return false;
    if (!allowed)
        return sheet_too_many(&knock->sheet, "phone", wait_s, answer, err);
    knock->sheet.values.of[SLOT_PHONE_GONE] = "yes";
    return sheet_answer(&knock->sheet, PAGE_PHONE, 410, answer, err);
}

/* The page of what the link is now.  status: where it is not gone. */
static bool answer_view(Knock *knock, const HttpServerRequest *request, int status, HttpServerAnswer *answer,
                        Error *err)
{
    const PhoneView *view = &knock->view;
    const char **of = knock->sheet.values.of;

    switch (view->door) {
    case DOOR_GONE: return gone(knock, request, answer, err);
    case DOOR_CLOSED: of[SLOT_PHONE_CLOSED] = "yes"; break;
    case DOOR_OTHER: of[SLOT_PHONE_OTHER] = "yes"; break;
    case DOOR_DIGITS: of[SLOT_PHONE_DIGITS] = view->digits; break;
    case DOOR_OPEN: of[SLOT_PHONE_OPEN] = "yes"; break;
    }
    snprintf(knock->here, sizeof knock->here, "/d/%s", knock->token.text);
    write_number(view->left, knock->left, sizeof knock->left);
    write_number(view->minutes_left, knock->minutes, sizeof knock->minutes);
    of[SLOT_HERE] = knock->here;
    of[SLOT_TOKEN] = knock->token.text;
    of[SLOT_PLACE] = view->place;
    of[SLOT_KIND] = paper_title(&view->title, knock->sheet.language);
    of[SLOT_LEFT] = knock->left;
    of[SLOT_MINUTES] = knock->minutes;
    return sheet_answer(&knock->sheet, PAGE_PHONE, status, answer, err);
}

bool phone_page_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_KNOCK knock;

    knock_init(&knock, request);
    if (sheet_moves(&knock.sheet, request, answer))
        return true;
    return phone_door_look(office_at(&knock), token_of(&knock), knock.device, &knock.view, err) &&
           answer_view(&knock, request, knock.view.door == DOOR_OTHER ? 403 : 200, answer, err);
}

/* Post, redirect, get: the page can be loaded again, and knows its phone by the cookie. */
static bool see_other(const Knock *knock, const char *device, HttpServerAnswer *answer)
{
    if (device[0])
        snprintf(answer->cookie, sizeof answer->cookie,
                 COOKIE "=%s; Path=/d/%s; Max-Age=%d; Secure; HttpOnly; SameSite=Strict", device, knock->token.text,
                 COOKIE_S);
    snprintf(answer->location, sizeof answer->location, "/d/%s?l=%s", knock->token.text,
             language_tag(knock->sheet.language));
    answer->status = 303;
    return true;
}

bool phone_page_open(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char device[PHONE_DEVICE_SIZE];
    OWNED_KNOCK knock;

    knock_init(&knock, request);
    if (!phone_door_open(office_at(&knock), token_of(&knock), knock.device, &knock.view, device, err))
        return false;
    bool ours = knock.view.door == DOOR_DIGITS || knock.view.door == DOOR_OPEN;
    bool done = ours ? see_other(&knock, device, answer) : answer_view(&knock, request, 403, answer, err);
    mem_wipe(device, sizeof device);
    return done;
}

/* "certificate-of-study-M-2026-004817.pdf", and by its name for who can read that (RFC 6266, RFC 8187). */
static bool name_file(const Knock *knock, HttpServerAnswer *answer, Error *err)
{
    const PhoneView *view = &knock->view;
    char number[sizeof view->number];
    OWNED_BUF title, text;

    str_copy_cut(str_from(view->number), number, sizeof number);
    for (char *c = number; *c; c++)
        *c = *c == '/' ? '-' : *c;
    buf_init(&title, 128);
    buf_init(&text, sizeof answer->disposition);
    const bool numbered = number[0] != '\0'; /* else HEMIS's, which it has given none */
    buf_add_format(&title, "%s%s%s.pdf", paper_title(&view->title, knock->sheet.language), numbered ? " " : "", number);
    buf_add_format(&text, "attachment; filename=\"%s%s%s.pdf\"", view->kind, numbered ? "-" : "", number);
    if (!title.failed && title.len < 96) {
        buf_add_text(&text, "; filename*=UTF-8''");
        percent_encode(buf_str(&title), &text);
    }
    return buf_ok(&text, err) && (str_copy(buf_str(&text), answer->disposition, sizeof answer->disposition) ||
                                  error_set(err, ERR_RANGE, "name of a file"));
}

bool phone_page_take(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_KNOCK knock;

    knock_init(&knock, request);
    if (!phone_door_take(office_at(&knock), token_of(&knock), knock.device, &knock.view, &answer->blob, err))
        return false;
    if (!answer->blob) {
        bool other = knock.view.door == DOOR_OTHER;
        knock.sheet.values.of[SLOT_PHONE_EARLY] = knock.view.door == DOOR_DIGITS ? "yes" : NULL;
        return answer_view(&knock, request, other ? 403 : 409, answer, err);
    }
    answer->content_type = "application/pdf";
    return name_file(&knock, answer, err);
}
