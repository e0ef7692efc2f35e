#include "registrar/api/grant_page.h"

#include <stdio.h>

#include "base/memory.h"
#include "registrar/api/access.h"
#include "registrar/api/sheet.h"
#include "registrar/http/query.h"
#include "registrar/office/grants.h"

#define COOKIE          "__Secure-sign-in"
#define COOKIE_S        (GRANT_OFFERED_S + GRANT_TAKING_S)
#define STATE_SIZE      128
#define HEMIS_CODE_SIZE 512
#define CODE_MOST       32 /* as it is typed: hyphens and spaces anywhere */

/* A request at a code. */
typedef struct Knock {
    Sheet sheet;
    char code[GRANT_CODE_LENGTH + 1]; /* "": malformed */
    char grouped[GRANT_CODE_SIZE];
    char phone[GRANT_PHONE_SIZE];
    GrantView view;
    char here[40], wait[12], left[12];
    ApiSignIn given; /* grant_page_password alone */
} Knock;

static void knock_init(Knock *knock, const HttpServerRequest *request)
{
    *knock = (Knock){ 0 };
    if (request->parameter_count > 0 && !grant_code_parse(request->parameters[0], knock->code))
        knock->code[0] = '\0';
    sheet_init(&knock->sheet, request);
    if (!cookie_get(request->cookies, COOKIE, knock->phone, sizeof knock->phone))
        knock->phone[0] = '\0';
}

static void knock_fini(Knock *knock)
{
    sheet_fini(&knock->sheet);
    mem_wipe(knock, sizeof *knock);
}
#define OWNED_KNOCK __attribute__((cleanup(knock_fini))) Knock

static GrantCaller caller_of(const Knock *knock, const HttpServerRequest *request)
{
    return (GrantCaller){ knock->code[0] ? knock->code : NULL, knock->phone, request->source };
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static const char *put_number(int number, char array[12])
{
    (void)snprintf(array, 12, "%d", number);
    return array;
}

static void put_door(Knock *knock)
{
    static const PageSlot slots[] = {
        [GRANT_DOOR_GONE] = SLOT_GRANT_GONE,         [GRANT_DOOR_LIMITED] = SLOT_GRANT_GONE,
        [GRANT_DOOR_CLOSED] = SLOT_GRANT_CLOSED,     [GRANT_DOOR_OTHER] = SLOT_GRANT_OTHER,
        [GRANT_DOOR_PASSWORD] = SLOT_GRANT_PASSWORD, [GRANT_DOOR_CONSENT] = SLOT_GRANT_CONSENT,
        [GRANT_DOOR_DIGITS] = SLOT_GRANT_DIGITS,     [GRANT_DOOR_DONE] = SLOT_GRANT_DONE,
        [GRANT_DOOR_DENIED] = SLOT_GRANT_DENIED,     [GRANT_DOOR_EXPIRED] = SLOT_GRANT_EXPIRED,
    };
    static_assert(COUNT(slots) == GRANT_DOOR_COUNT, "one slot per door");
    const GrantView *view = &knock->view;
    const char **of = knock->sheet.values.of;

    of[slots[view->door]] = view->door == GRANT_DOOR_DIGITS ? view->digits : "yes";
    if (view->door == GRANT_DOOR_GONE)
        return;
    (void)snprintf(knock->here, sizeof knock->here, "/g/%s", knock->code);
    grant_code_grouped(knock->code, knock->grouped);
    of[SLOT_HERE] = knock->here;
    of[SLOT_TOKEN] = knock->code;
    of[SLOT_CODE] = knock->grouped;
    of[SLOT_KIOSK] = view->kiosk;
    of[SLOT_PLACE] = view->place;
    of[SLOT_LEFT] = put_number(view->tries_left, knock->left);
    of[SLOT_GRANT_PAGE] = view->has_page[GRANT_PAGE_HEMIS] ? "yes" : NULL;
    of[SLOT_GRANT_ONEID] = view->has_page[GRANT_PAGE_ONEID] ? "yes" : NULL;
    of[SLOT_GRANT_PAGES] = view->has_page[GRANT_PAGE_HEMIS] || view->has_page[GRANT_PAGE_ONEID] ? "yes" : NULL;
    if (view->door == GRANT_DOOR_CONSENT)
        of[SLOT_HOLDER] = paper_title(&view->name, knock->sheet.language);
}

static bool answer_view(Knock *knock, int status, HttpServerAnswer *answer, Error *err)
{
    const GrantDoor door = knock->view.door;

    if (door == GRANT_DOOR_LIMITED)
        return sheet_too_many(&knock->sheet, "grant", knock->view.wait_s, answer, err);
    put_door(knock);
    return sheet_answer(&knock->sheet, PAGE_GRANT,
                        door == GRANT_DOOR_GONE    ? 410
                        : door == GRANT_DOOR_OTHER ? 403
                                                   : status,
                        answer, err);
}

/* Post, redirect, get: the page can be loaded again, and knows its phone by the cookie. */
static bool see_other(const Knock *knock, const char *phone, HttpServerAnswer *answer)
{
    if (phone[0])
        (void)snprintf(answer->cookie, sizeof answer->cookie,
                       COOKIE "=%s; Path=/g/%s; Max-Age=%d; Secure; HttpOnly; SameSite=Strict", phone, knock->code,
                       COOKIE_S);
    (void)snprintf(answer->location, sizeof answer->location, "/g/%s?l=%s", knock->code,
                   language_tag(knock->sheet.language));
    answer->status = 303;
    return true;
}

/* --- the doors ---------------------------------------------------------------------------------------------------- */

bool grant_page_ask(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char typed[CODE_MOST];
    OWNED_KNOCK knock;

    knock_init(&knock, request);
    if (query_may(request->query, "code", typed, sizeof typed) && !typed[0]) {
        knock.sheet.values.of[SLOT_GRANT_ASK] = "yes";
        return sheet_answer(&knock.sheet, PAGE_GRANT, 200, answer, err);
    }
    if (grant_code_parse(str_from(typed), knock.code))
        return see_other(&knock, "", answer);
    knock.sheet.values.of[SLOT_GRANT_ASK] = knock.sheet.values.of[SLOT_NOT_A_CODE] = "yes";
    knock.sheet.values.of[SLOT_CODE] = typed;
    return sheet_answer(&knock.sheet, PAGE_GRANT, 400, answer, err);
}

bool grant_page_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_KNOCK knock;

    knock_init(&knock, request);
    if (sheet_moves(&knock.sheet, request, answer))
        return true;
    const GrantCaller caller = caller_of(&knock, request);
    return grant_door_look(office_of(request), &caller, &knock.view, err) && answer_view(&knock, 200, answer, err);
}

bool grant_page_open(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char phone[GRANT_PHONE_SIZE];
    OWNED_KNOCK knock;

    knock_init(&knock, request);
    const GrantCaller caller = caller_of(&knock, request);
    if (!grant_door_open(office_of(request), &caller, &knock.view, phone, err))
        return false;
    const GrantDoor door = knock.view.door;
    const bool shut = door == GRANT_DOOR_GONE || door == GRANT_DOOR_LIMITED || door == GRANT_DOOR_OTHER;
    bool done = shut ? answer_view(&knock, 200, answer, err) : see_other(&knock, phone, answer);
    mem_wipe(phone, sizeof phone);
    return done;
}

/* The status that goes with why nobody was let in, and what is said of it; 0: all is well. */
static int put_outcome(Knock *knock, SignInOutcome outcome, int wait_s, HttpServerAnswer *answer)
{
    const char **of = knock->sheet.values.of;

    switch (outcome) {
    case SIGN_IN_DONE: return 0;
    case SIGN_IN_REFUSED: of[SLOT_GRANT_WRONG] = "yes"; return 401;
    case SIGN_IN_AWAY: of[SLOT_GRANT_AWAY] = "yes"; return 503;
    case SIGN_IN_LIMITED:
    case SIGN_IN_BUSY:
    case SIGN_IN_SPENT: break;
    }
    answer->retry_after_s = wait_s > 0 ? wait_s : 1;
    of[SLOT_WAIT] = put_number(answer->retry_after_s, knock->wait);
    return outcome == SIGN_IN_BUSY ? 503 : 429;
}

bool grant_page_password(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    SignInOutcome outcome = SIGN_IN_DONE;
    int wait_s, status = 0;
    bool tried;
    OWNED_KNOCK knock;

    knock_init(&knock, request);
    const GrantCaller caller = caller_of(&knock, request);
    /* The listener ends a body with a zero byte that it does not count. */
    if (!request->body.len || !query_get(request->body.ptr, "number", knock.given.number, sizeof knock.given.number) ||
        !query_get(request->body.ptr, "password", knock.given.password, sizeof knock.given.password)) {
        if (!grant_door_look(office_of(request), &caller, &knock.view, err))
            return false;
        if (knock.view.door == GRANT_DOOR_PASSWORD)
            status = put_outcome(&knock, SIGN_IN_REFUSED, 0, answer);
        return answer_view(&knock, status ? status : 200, answer, err);
    }
    if (!grant_door_sign_in(office_of(request), &caller, &knock.given, &tried, &outcome, &wait_s, &knock.view, err))
        return false;
    if (tried && outcome != SIGN_IN_DONE) {
        status = put_outcome(&knock, outcome, wait_s, answer);
        if (outcome != SIGN_IN_LIMITED && outcome != SIGN_IN_BUSY)
            answer->leave_at_ms = access_refusal_leaves_at_ms(request);
        knock.sheet.values.of[SLOT_NUMBER] = knock.given.number;
        return answer_view(&knock, status, answer, err);
    }
    const GrantDoor door = knock.view.door;
    const bool shut = door == GRANT_DOOR_GONE || door == GRANT_DOOR_LIMITED || door == GRANT_DOOR_OTHER;
    return shut ? answer_view(&knock, 200, answer, err) : see_other(&knock, "", answer);
}

/* --- pages of others ---------------------------------------------------------------------------------------------- */

static bool leave(const HttpServerRequest *request, GrantPage page, HttpServerAnswer *answer, Error *err)
{
    OWNED_KNOCK knock;
    OWNED_BUF address;

    knock_init(&knock, request);
    buf_init(&address, sizeof answer->location - 1);
    const GrantCaller caller = caller_of(&knock, request);
    if (!grant_door_leave(office_of(request), &caller, page, knock.sheet.language, &knock.view, &address, err))
        return false;
    if (!address.len)
        return answer_view(&knock, 200, answer, err);
    answer->status = 303;
    return str_copy(buf_str(&address), answer->location, sizeof answer->location) ||
           error_set(err, ERR_RANGE, "address of another's page");
}

bool grant_page_leave(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return leave(request, GRANT_PAGE_HEMIS, answer, err);
}

bool grant_page_leave_oneid(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return leave(request, GRANT_PAGE_ONEID, answer, err);
}

/* The cookie is bound to its path, and comes with nothing that another site sent: the page itself goes on to there. */
static bool come_back(const HttpServerRequest *request, GrantPage page, HttpServerAnswer *answer, Error *err)
{
    static const char *const doors[] = { [GRANT_PAGE_HEMIS] = "/back", [GRANT_PAGE_ONEID] = "/back/oneid" };
    char state[STATE_SIZE], code[HEMIS_CODE_SIZE];
    Language language;
    OWNED_KNOCK knock;
    OWNED_BUF on;

    knock_init(&knock, request);
    buf_init(&on, 2048);
    if (!query_get(request->query, "state", state, sizeof state) || !grant_state_read(state, knock.code, &language)) {
        knock.sheet.values.of[SLOT_GRANT_GONE] = "yes";
        return sheet_answer(&knock.sheet, PAGE_GRANT, 410, answer, err);
    }
    sheet_speak(&knock.sheet, language);
    const bool has_code = query_get(request->query, "code", code, sizeof code) && code[0]; /* else: cancelled there */
    buf_add_format(&on, "/g/%s%s?l=%s", knock.code, has_code ? doors[page] : "", language_tag(language));
    if (has_code) {
        buf_add_text(&on, "&state=");
        percent_encode(str_from(state), &on);
        buf_add_text(&on, "&code=");
        percent_encode(str_from(code), &on);
        mem_wipe(code, sizeof code);
    }
    if (!buf_ok(&on, err))
        return false;
    knock.sheet.values.of[SLOT_GRANT_BACK] = buf_text(&on);
    return sheet_answer(&knock.sheet, PAGE_GRANT, 200, answer, err);
}

bool grant_page_back(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return come_back(request, GRANT_PAGE_HEMIS, answer, err);
}

bool grant_page_back_oneid(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return come_back(request, GRANT_PAGE_ONEID, answer, err);
}

static bool returned(const HttpServerRequest *request, GrantPage page, HttpServerAnswer *answer, Error *err)
{
    char state[STATE_SIZE], code[HEMIS_CODE_SIZE];
    SignInOutcome outcome = SIGN_IN_DONE;
    bool tried;
    OWNED_KNOCK knock;

    knock_init(&knock, request);
    const GrantCaller caller = caller_of(&knock, request);
    if (!query_get(request->query, "state", state, sizeof state) ||
        !query_get(request->query, "code", code, sizeof code))
        return see_other(&knock, "", answer);
    bool done = grant_door_return(office_of(request), &caller, page, state, code, &tried, &outcome, &knock.view, err);
    mem_wipe(code, sizeof code);
    if (!done)
        return false;
    if (!tried || outcome == SIGN_IN_DONE)
        return knock.view.door == GRANT_DOOR_GONE || knock.view.door == GRANT_DOOR_LIMITED ||
                       knock.view.door == GRANT_DOOR_OTHER
                   ? answer_view(&knock, 200, answer, err)
                   : see_other(&knock, "", answer);
    const PageSlot refused = page == GRANT_PAGE_ONEID ? SLOT_GRANT_UNKNOWN : SLOT_GRANT_REFUSED;
    const PageSlot away = page == GRANT_PAGE_ONEID ? SLOT_GRANT_ONEID_AWAY : SLOT_GRANT_AWAY;
    knock.sheet.values.of[outcome == SIGN_IN_REFUSED ? refused : away] = "yes";
    return answer_view(&knock, outcome == SIGN_IN_REFUSED ? 401 : 503, answer, err);
}

bool grant_page_return(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return returned(request, GRANT_PAGE_HEMIS, answer, err);
}

bool grant_page_return_oneid(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return returned(request, GRANT_PAGE_ONEID, answer, err);
}

/* ------------------------------------------------------------------------------------------------------------------ */

typedef bool GrantAct(Office *office, const GrantCaller *caller, GrantView *ret, Error *err);

static bool act(const HttpServerRequest *request, GrantAct *what, HttpServerAnswer *answer, Error *err)
{
    OWNED_KNOCK knock;

    knock_init(&knock, request);
    const GrantCaller caller = caller_of(&knock, request);
    if (!what(office_of(request), &caller, &knock.view, err))
        return false;
    const GrantDoor door = knock.view.door;
    if (door == GRANT_DOOR_GONE || door == GRANT_DOOR_LIMITED || door == GRANT_DOOR_OTHER || !knock.phone[0])
        return answer_view(&knock, 200, answer, err); /* who denied it without having opened it has no page to go to */
    return see_other(&knock, "", answer);
}

bool grant_page_consent(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return act(request, grant_door_consent, answer, err);
}

bool grant_page_cancel(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return act(request, grant_door_cancel, answer, err);
}
