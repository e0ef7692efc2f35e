#include "registrar/console/desk.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "base/texts.h"
#include "registrar/console/frame.h"
#include "registrar/console/sign_in_page.h"
#include "registrar/http/query.h"
#include "registrar/office/feed.h"

/* --- who ---------------------------------------------------------------------------------------------------------- */

/* Nobody else can make it who does not know the bearer, and no page of another origin can read it. */
static bool make_csrf(const char *secret, char ret[CSRF_SIZE], Error *err)
{
    uint8_t mac[SHA256_SIZE];
    OWNED_BUF text;

    buf_init(&text, 2 * SHA256_SIZE);
    if (!hmac_sha256(str_from(secret), STR("registrar: forms of the office"), mac, err))
        return false;
    hex_write(&text, mac, (CSRF_SIZE - 1) / 2);
    return buf_ok(&text, err) && (str_copy(buf_str(&text), ret, CSRF_SIZE) || error_set(err, ERR_INTERNAL, "proof"));
}

/* Browsers say who asks in Sec-Fetch-Site, which no page can set.  One that does not know it names the page's origin;
 * of a page that tells nobody where its reader comes from (ours do not) that would be "null". */
bool desk_is_same_origin(const HttpServerRequest *request)
{
    const Str origin = str_from(request->origin);

    if (request->fetch_site)
        return strcmp(request->fetch_site, "same-origin") == 0;
    return request->host && str_starts(origin, STR("https://")) &&
           str_equal_text((Str){ origin.ptr + 8, origin.len - 8 }, request->host);
}

/* A form comes from a page of this very host, and knows what only its page was told. */
static bool is_own_form(const HttpServerRequest *request, const Desk *desk)
{
    char given[CSRF_SIZE] = "";

    if (strcmp(request->method, "POST") != 0)
        return true;
    desk_field(request, "csrf", given, sizeof given);
    return desk_is_same_origin(request) &&
           str_starts(str_from(request->content_type), STR("application/x-www-form-urlencoded")) &&
           mem_equal_secret(given, desk->csrf, CSRF_SIZE);
}

/* What a page asks for by itself (a list that follows what happens) is no sign of a person. */
static bool is_by_person(const HttpServerRequest *request)
{
    return !request->fetch_dest || strcmp(request->fetch_dest, "document") == 0;
}

/* How often each topic had changed before the page read anything: what changes while it is made and sent, and before
 * its browser listens, is then news to it (live.c). */
static bool put_live(Desk *desk, Error *err)
{
    Feed *feed = desk->sheet.context->feed;
    DeskCounts counts;
    OWNED_BUF text;

    buf_init(&text, 160);
    if (feed) {
        feed_desk_counts(feed, &counts);
        desk_counts_write(&counts, &text);
    }
    return buf_ok(&text, err) &&
           (json_object_set_new(desk->view, "live-after", json_stringn(text.len ? text.data : "", text.len)) == 0 ||
            error_set(err, ERR_MEMORY, "view"));
}

bool desk_open_nobody(const HttpServerRequest *request, Desk *ret, Error *err)
{
    *ret = (Desk){ .query = request->query, .source = request->source };
    sheet_init(&ret->sheet, request);
    ret->sheet.values.of[SLOT_HERE] = request->path;
    ret->view = json_object();
    return ret->view ? put_live(ret, err) : error_set(err, ERR_MEMORY, "view");
}

/* Who looks: the frame shows it. */
static void fill_slots(Desk *desk)
{
    const char **of = desk->sheet.values.of;

    of[SLOT_USER] = desk->staff.full_name;
    of[SLOT_CSRF] = desk->csrf;
}

static Access know(const HttpServerRequest *request, HttpServerAnswer *answer, Desk *desk, Error *err)
{
    char bearer[STAFF_BEARER_TEXT_SIZE];
    bool known = false;
    bool done = !cookie_get(request->cookies, DESK_COOKIE, bearer, sizeof bearer) ||
                (staff_session_find(office_of(request), bearer, is_by_person(request), &known, &desk->staff, err) &&
                 (!known || make_csrf(bearer, desk->csrf, err)));

    mem_wipe(bearer, sizeof bearer);
    if (!done)
        return ACCESS_FAILED;
    if (!known)
        return sign_in_wanted(desk, request, answer, err) ? ACCESS_REFUSED : ACCESS_FAILED;
    staff_actor(desk->clerk, desk->staff.name);
    fill_slots(desk);
    return ACCESS_GRANTED;
}

static Access refuse(Desk *desk, const char *why, HttpServerAnswer *answer, Error *err)
{
    (void)json_object_set_new(desk->view, why, json_true());
    return desk_view(desk, "refused", 403, answer, err) ? ACCESS_REFUSED : ACCESS_FAILED;
}

static Access go_to(const Desk *desk, const char *path, HttpServerAnswer *answer, Error *err)
{
    return desk_see_other(desk, path, NULL, answer, err) ? ACCESS_REFUSED : ACCESS_FAILED;
}

static Access open_signed_in(const HttpServerRequest *request, HttpServerAnswer *answer, Desk *ret, Error *err)
{
    if (!desk_open_nobody(request, ret, err))
        return ACCESS_FAILED;
    const Access access = know(request, answer, ret, err);
    if (access != ACCESS_GRANTED)
        return access;
    return is_own_form(request, ret) ? ACCESS_GRANTED : refuse(ret, "not-ours", answer, err);
}

Access desk_open_any(const HttpServerRequest *request, HttpServerAnswer *answer, Desk *ret, Error *err)
{
    const Access access = open_signed_in(request, answer, ret, err);

    return access == ACCESS_GRANTED && ret->staff.first ? go_to(ret, "/office/first", answer, err) : access;
}

Access desk_open(const HttpServerRequest *request, Right right, HttpServerAnswer *answer, Desk *ret, Error *err)
{
    const Access access = desk_open_any(request, answer, ret, err);

    return access != ACCESS_GRANTED || desk_may(ret, right) ? access : refuse(ret, "no-right", answer, err);
}

Access desk_open_first(const HttpServerRequest *request, HttpServerAnswer *answer, Desk *ret, Error *err)
{
    const Access access = open_signed_in(request, answer, ret, err);

    return access == ACCESS_GRANTED && !ret->staff.first ? go_to(ret, frame_home(ret), answer, err) : access;
}

void desk_close(Desk *desk)
{
    json_decref(desk->view);
    sheet_fini(&desk->sheet);
    mem_wipe(desk, sizeof *desk);
}

bool desk_may(const Desk *desk, Right right)
{
    return !desk->staff.first && staff_roles_may(desk->staff.roles, right);
}

const StaffScope *desk_scope(const Desk *desk)
{
    return &desk->staff.scope;
}

/* --- what --------------------------------------------------------------------------------------------------------- */

void desk_field(const HttpServerRequest *request, const char *name, char *array, size_t size)
{
    /* The listener ends a body with a zero byte that it does not count. */
    if (!request->body.len || !query_get(request->body.ptr, name, array, size))
        array[0] = '\0';
}

void desk_asked(const char *query, const char *name, char *array, size_t size)
{
    (void)!query_get(query, name, array, size);
}

const char *desk_text(const Desk *desk, const char *prefix, const char *id)
{
    char whole[64];
    const char *text;

    (void)snprintf(whole, sizeof whole, "%s%s", prefix, id);
    text = pages_text(desk->sheet.pages, desk->sheet.language, whole);
    return text ? text : id;
}

void desk_say(Desk *desk, const ApiProblem *problem)
{
    const bool done = problem->kind == PROBLEM_NONE;
    const char *text = desk_text(desk, "said.", done ? "done" : api_problem_slug(problem->kind));
    const char *values[] = { problem->field };
    OWNED_BUF said;

    buf_init(&said, sizeof desk->said - 1);
    text_fill(&said, text, values, 1);
    str_copy_cut(buf_str(&said), desk->said, sizeof desk->said);
    desk->sheet.values.of[SLOT_SAID] = desk->said;
    desk->sheet.values.of[SLOT_WAS_DONE] = done ? "yes" : NULL;
}

bool desk_fresh(Desk *desk, const HttpServerRequest *request, bool *ret_fresh, Error *err)
{
    char code[16];
    int wait_s;

    desk_field(request, "totp", code, sizeof code);
    bool done = staff_fresh(office_of(request), &desk->staff, code, request->source, ret_fresh, &wait_s, err);
    mem_wipe(code, sizeof code);
    return done;
}

bool desk_unfresh(const Desk *desk, const char *path, HttpServerAnswer *answer, Error *err)
{
    return desk_see_other(desk, path, "code", answer, err);
}

/* --- answers ------------------------------------------------------------------------------------------------------ */

bool desk_view(Desk *desk, const char *name, int status, HttpServerAnswer *answer, Error *err)
{
    const char *const *of = desk->sheet.values.of;

    if (!frame_fill(desk, err))
        return false;
    buf_clear(&answer->body);
    answer->status = status;
    answer->content_type = "text/html; charset=utf-8";
    answer->language = of[SLOT_LANGUAGE];
    str_copy_cut(str_from(view_policy()), answer->security, sizeof answer->security);
    return view_write(desk->sheet.pages, name, desk->sheet.language, desk->view, &answer->body, err);
}

bool desk_see_other(const Desk *desk, const char *path, const char *slug, HttpServerAnswer *answer, Error *err)
{
    OWNED_BUF location;

    buf_init(&location, sizeof answer->location - 1);
    buf_add_format(&location, "%s%cl=%s%s%s", path, strchr(path, '?') ? '&' : '?', language_tag(desk->sheet.language),
                   slug ? "&said=" : "", slug ? slug : "");
    answer->status = 303;
    return buf_ok(&location, err) && (str_copy(buf_str(&location), answer->location, sizeof answer->location) ||
                                      error_set(err, ERR_RANGE, "location"));
}

bool desk_redirect(const Desk *desk, const char *path, const ApiProblem *problem, HttpServerAnswer *answer, Error *err)
{
    return desk_see_other(desk, path, problem->kind == PROBLEM_NONE ? "done" : api_problem_slug(problem->kind), answer,
                          err);
}
