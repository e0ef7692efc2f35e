/* The page to sign in at says nothing of the office, and the same to all whom it does not let in, at the same time. */
#include "registrar/console/sign_in_page.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/console/frame.h"
#include "registrar/console/pages.h"
#include "registrar/http/query.h"
#include "wire/base32.h"
#include "wire/qr.h"

#define TO_SIZE              200
#define CODE_SIZE            16
#define REFUSED_AT_MS        1000 /* a refusal's earliest */
#define QR_QUIET             4
#define QR_VERSION           13

#define WAIT_IN_SECONDS_MOST 90 /* longer ones are told in minutes */

/* --- the page ------------------------------------------------------------------------------------------------------
 */

/* A page of ours and nothing else: what is asked for after a sign-in goes into Location. */
static bool is_page_of_ours(const char *to)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/?=&%._~:+,-"; /* RFC 3986, and no more */
    const Str page = str_from(to);
    const bool within = str_starts(page, STR("/office/")) || str_starts(page, STR("/office?"));

    return (within || strcmp(to, "/office") == 0) && strspn(to, plain) == page.len && !strstr(to, "//") &&
           !strstr(to, "..") && !str_starts(page, STR("/office/sign-in")) && !str_starts(page, STR("/office/live"));
}

static bool show(Desk *desk, const char *to, int status, HttpServerAnswer *answer, Error *err)
{
    const char *phone = desk->sheet.values.of[SLOT_PHONE];

    desk->sheet.values.of[SLOT_HERE] = "/office/sign-in";
    (void)json_object_set_new(desk->view, "to", json_string(is_page_of_ours(to) ? to : ""));
    (void)json_object_set_new(desk->view, "phone", json_string(phone ? phone : ""));
    (void)json_object_set_new(desk->view, "phone-link",
                              json_string(phone ? desk->sheet.values.of[SLOT_PHONE_LINK] : ""));
    answer->challenge = "Cookie"; /* nothing that a browser would ask a person for by itself */
    return desk_view(desk, "sign-in", status, answer, err);
}

bool sign_in_wanted(Desk *desk, const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char to[TO_SIZE] = "";

    if (strcmp(request->method, "POST") != 0)
        (void)snprintf(to, sizeof to, "%s%s%s", request->path, request->query && request->query[0] ? "?" : "",
                       request->query ? request->query : "");
    if (request->cookies && strstr(request->cookies, DESK_COOKIE "="))
        (void)json_object_set_new(desk->view, "over", json_true());
    return show(desk, strlen(to) + 1 < sizeof to ? to : "", 401, answer, err);
}

bool page_sign_in(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_DESK desk;

    return desk_open_nobody(request, &desk, err) && show(&desk, "", 200, answer, err);
}

/* --- letting in ----------------------------------------------------------------------------------------------------
 */

void sign_in_device(const char *user_agent, char ret[STAFF_DEVICE_SIZE])
{
    static const struct {
        const char *mark, *name;
    } browsers[] = { { "Firefox/", "Firefox" }, { "Edg/", "Edge" },        { "YaBrowser/", "Yandex" },
                     { "OPR/", "Opera" },       { "Chrome/", "Chromium" }, { "Safari/", "Safari" } },
      systems[] = { { "Windows", "Windows" },
                    { "Android", "Android" },
                    { "iPhone", "iPhone" },
                    { "Mac OS", "macOS" },
                    { "Linux", "Linux" } };
    const char *browser = "", *system = "";

    for (size_t i = 0; user_agent && !browser[0] && i < COUNT(browsers); i++)
        browser = strstr(user_agent, browsers[i].mark) ? browsers[i].name : "";
    for (size_t i = 0; user_agent && !system[0] && i < COUNT(systems); i++)
        system = strstr(user_agent, systems[i].mark) ? systems[i].name : "";
    (void)snprintf(ret, STAFF_DEVICE_SIZE, "%s%s%s", browser, browser[0] && system[0] ? ", " : "", system);
}

/* __Host-: of this host alone, over TLS alone, whatever other hosts of the university set (RFC 6265bis). */
static void set_cookie(HttpServerAnswer *answer, const char *bearer, int for_s)
{
    (void)snprintf(answer->cookie, sizeof answer->cookie,
                   DESK_COOKIE "=%s; Path=/; Max-Age=%d; Secure; HttpOnly; SameSite=Strict", bearer, for_s);
}

/* Waits grow: nobody reads 900 seconds as a quarter of an hour. */
static bool say_wait(Desk *desk, const char *to, int wait_s, HttpServerAnswer *answer, Error *err)
{
    if (wait_s > WAIT_IN_SECONDS_MOST)
        (void)json_object_set_new(desk->view, "wait-minutes", json_integer((wait_s + 59) / 60));
    else
        (void)json_object_set_new(desk->view, "wait", json_integer(wait_s));
    answer->retry_after_s = wait_s;
    return show(desk, to, 429, answer, err);
}

static bool enter(Desk *desk, const char *bearer, const char *to, HttpServerAnswer *answer, Error *err)
{
    bool known;

    if (!staff_session_find(desk->sheet.context->office, bearer, true, &known, &desk->staff, err))
        return false;
    set_cookie(answer, bearer, STAFF_SESSION_S);
    const char *home = is_page_of_ours(to) ? to : frame_home(desk);
    return desk_see_other(desk, desk->staff.first ? "/office/first" : home, NULL, answer, err);
}

/* At the first full second after that, whatever failed and however long it took, so that the time tells nothing
 * (MODEL.md section 6).  No thread waits for it. */
static int64_t refusal_leaves_at_ms(const HttpServerRequest *request)
{
    const int64_t now_ms = clock_monotonic_ms(&office_config(office_of(request))->clock);
    const int64_t least_ms = request->arrived_ms + REFUSED_AT_MS;

    return ((now_ms > least_ms ? now_ms : least_ms) + 999) / 1000 * 1000;
}

static bool answer_sign_in(Desk *desk, const HttpServerRequest *request, const StaffSignIn *given, const char *to,
                           HttpServerAnswer *answer, Error *err)
{
    char bearer[STAFF_BEARER_TEXT_SIZE] = "";
    SignInOutcome outcome;
    int wait_s;

    if (!staff_sign_in(office_of(request), given, &outcome, bearer, &wait_s, err))
        return false;
    switch (outcome) {
    case SIGN_IN_DONE: {
        bool done = enter(desk, bearer, to, answer, err);
        mem_wipe(bearer, sizeof bearer);
        return done;
    }
    case SIGN_IN_REFUSED:
        (void)json_object_set_new(desk->view, "wrong", json_true());
        answer->leave_at_ms = refusal_leaves_at_ms(request);
        return show(desk, to, 401, answer, err);
    case SIGN_IN_LIMITED:
    case SIGN_IN_BUSY:
    case SIGN_IN_AWAY: /* of students: HEMIS knows no staff */
    case SIGN_IN_SPENT: return say_wait(desk, to, wait_s, answer, err);
    }
    return error_set(err, ERR_INTERNAL, "outcome");
}

/* Somebody else's form would sign a person in as somebody else. */
static bool is_from_here(const HttpServerRequest *request)
{
    return desk_is_same_origin(request) &&
           str_starts(str_from(request->content_type), STR("application/x-www-form-urlencoded"));
}

bool page_sign_in_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char name[STAFF_NAME_SIZE], password[STAFF_PASSWORD_SIZE], code[CODE_SIZE], to[TO_SIZE], device[STAFF_DEVICE_SIZE];
    OWNED_DESK desk;

    if (!desk_open_nobody(request, &desk, err))
        return false;
    if (!is_from_here(request)) {
        (void)json_object_set_new(desk.view, "not-ours", json_true());
        return desk_view(&desk, "refused", 403, answer, err);
    }
    desk_field(request, "name", name, sizeof name);
    desk_field(request, "password", password, sizeof password);
    desk_field(request, "code", code, sizeof code);
    desk_field(request, "to", to, sizeof to);
    sign_in_device(request->user_agent, device);
    for (char *c = name; *c; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    const StaffSignIn given = { name, password, code, device, request->source };
    bool done = answer_sign_in(&desk, request, &given, to, answer, err);
    mem_wipe(password, sizeof password);
    mem_wipe(code, sizeof code);
    return done;
}

bool page_sign_out(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_DESK desk;
    const Access access = desk_open_any(request, answer, &desk, err);
    int ended;

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    set_cookie(answer, "", 0);
    return staff_session_end(office_of(request), &desk.staff, desk.staff.id, NULL, &ended, err) &&
           desk_see_other(&desk, "/office/sign-in", NULL, answer, err);
}

/* --- the first sign-in ---------------------------------------------------------------------------------------------
 */

/* Runs of dark modules, row by row. */
static void write_modules(const Qr *qr, Buf *path)
{
    for (int row = 0; row < qr->side; row++)
        for (int column = 0; column < qr->side;) {
            int run = 0;

            while (column + run < qr->side && qr->dark[row][column + run])
                run++;
            if (run > 0)
                buf_add_format(path, "M%d %dh%dv1h-%dz", column + QR_QUIET, row + QR_QUIET, run, run);
            column += run + 1;
        }
}

static void write_groups(const uint8_t secret[TOTP_SECRET_SIZE], Buf *buf)
{
    OWNED_BUF text;

    buf_init(&text, 64);
    base32_write(&text, secret, TOTP_SECRET_SIZE);
    for (size_t i = 0; i < text.len; i++)
        buf_add_format(buf, "%s%c", i > 0 && i % 4 == 0 ? " " : "", text.data[i]);
    mem_wipe(text.data, text.len);
}

bool sign_in_put_secret(Desk *desk, const char *name, const uint8_t secret[TOTP_SECRET_SIZE], Error *err)
{
    OWNED_BUF address, path, groups;
    Qr qr;

    buf_init(&address, TOTP_ADDRESS_MOST);
    buf_init(&path, 64u << 10);
    buf_init(&groups, 64);
    staff_totp_address(desk->sheet.context->office, name, secret, &address);
    bool done = buf_ok(&address, err) && qr_make_bytes(buf_str(&address), QR_VERSION, &qr, err);
    if (done) {
        write_modules(&qr, &path);
        write_groups(secret, &groups);
        done = buf_ok(&path, err) && buf_ok(&groups, err);
    }
    if (done) {
        (void)json_object_set_new(desk->view, "qr-side", json_integer(qr.side + 2 * QR_QUIET));
        (void)json_object_set_new(desk->view, "qr-path", json_string(buf_text(&path)));
        (void)json_object_set_new(desk->view, "secret", json_string(buf_text(&groups)));
        (void)json_object_set_new(desk->view, "otpauth", json_string(buf_text(&address)));
    }
    mem_wipe(&qr, sizeof qr);
    mem_wipe(address.data, address.len);
    mem_wipe(path.data, path.len);
    mem_wipe(groups.data, groups.len);
    return done || error_add(err, "secret");
}

static bool show_first(Desk *desk, const char *fault, int status, HttpServerAnswer *answer, Error *err)
{
    uint8_t secret[TOTP_SECRET_SIZE];
    char id[48];

    if (fault) {
        (void)snprintf(id, sizeof id, "say.sign-in.fault.%s", fault);
        (void)json_object_set_new(desk->view, "fault",
                                  json_string(view_text(desk->sheet.pages, desk->sheet.language, id)));
    }
    (void)json_object_set_new(desk->view, "name", json_string(desk->staff.name));
    bool done = staff_first_secret(desk->sheet.context->office, &desk->staff, secret, err) &&
                sign_in_put_secret(desk, desk->staff.name, secret, err) &&
                desk_view(desk, "first", status, answer, err);
    mem_wipe(secret, sizeof secret);
    return done;
}

bool page_first_sign_in(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_DESK desk;
    const Access access = desk_open_first(request, answer, &desk, err);

    return access == ACCESS_GRANTED ? show_first(&desk, NULL, 200, answer, err) : access == ACCESS_REFUSED;
}

const char *password_change_word(PasswordChange change, PasswordFault fault)
{
    switch (change) {
    case PASSWORD_CHANGED: return NULL;
    case PASSWORD_NOT_TAKEN: return password_fault_name(fault);
    case PASSWORD_SAME: return "same";
    case PASSWORD_WRONG_OLD: return "wrong";
    case PASSWORD_TOO_OFTEN: return "often";
    }
    return NULL;
}

bool page_first_sign_in_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char password[STAFF_PASSWORD_SIZE], again[STAFF_PASSWORD_SIZE], code[CODE_SIZE];
    PasswordChange change = PASSWORD_NOT_TAKEN;
    PasswordFault fault = PASSWORD_FINE;
    int wait_s = 0;
    OWNED_DESK desk;
    const Access access = desk_open_first(request, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    desk_field(request, "password", password, sizeof password);
    desk_field(request, "again", again, sizeof again);
    desk_field(request, "code", code, sizeof code);
    const bool same = strcmp(password, again) == 0;
    bool done = !same || staff_change_password(office_of(request), &desk.staff, NULL, code, password, request->source,
                                               &change, &fault, &wait_s, err);
    mem_wipe(password, sizeof password);
    mem_wipe(again, sizeof again);
    mem_wipe(code, sizeof code);
    if (!done)
        return false;
    if (change == PASSWORD_CHANGED)
        return desk_see_other(&desk, frame_home(&desk), "done", answer, err);
    answer->retry_after_s = wait_s;
    return show_first(&desk, same ? password_change_word(change, fault) : "differs", wait_s > 0 ? 429 : 422, answer,
                      err);
}
