/* /office/me: one's own account: where one is signed in, and the password. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/console/pages.h"
#include "registrar/console/sign_in_page.h"
#include "registrar/console/staff_words.h"

static bool show(Desk *desk, const char *fault, int status, HttpServerAnswer *answer, Error *err)
{
    OWNED_BUF roles, scope;
    char id[48];
    json_t *sessions;

    buf_init(&roles, 512);
    buf_init(&scope, 1024);
    if (!staff_words_sessions(desk, desk->staff.name, &sessions, err))
        return false;
    staff_words_roles(desk, desk->staff.roles, &roles);
    staff_words_scope(desk, &desk->staff.scope, &scope);
    (void)json_object_set_new(desk->view, "sessions", sessions);
    (void)json_object_set_new(desk->view, "has-others", json_boolean(json_array_size(sessions) > 1));
    (void)json_object_set_new(desk->view, "name", json_string(desk->staff.name));
    (void)json_object_set_new(desk->view, "full-name", json_string(desk->staff.full_name));
    (void)json_object_set_new(desk->view, "roles", json_string(buf_text(&roles)));
    (void)json_object_set_new(desk->view, "scope", json_string(buf_text(&scope)));
    if (fault) {
        (void)snprintf(id, sizeof id, "say.sign-in.fault.%s", fault);
        (void)json_object_set_new(desk->view, "fault",
                                  json_string(view_text(desk->sheet.pages, desk->sheet.language, id)));
    }
    return desk_view(desk, "me", status, answer, err);
}

bool page_me(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_DESK desk;
    const Access access = desk_open_any(request, answer, &desk, err);

    return access == ACCESS_GRANTED ? show(&desk, NULL, 200, answer, err) : access == ACCESS_REFUSED;
}

static bool end_sessions(Desk *desk, const HttpServerRequest *request, const char *act, HttpServerAnswer *answer,
                         Error *err)
{
    const bool everywhere = strcmp(act, "end-all") == 0, others = strcmp(act, "end-others") == 0;
    char id[37];
    int ended;

    desk_field(request, "id", id, sizeof id);
    if (!everywhere && !others && !id[0])
        return show(desk, NULL, 400, answer, err);
    if (!staff_session_end(office_of(request), &desk->staff, everywhere || others ? NULL : id,
                           others ? desk->staff.id : NULL, &ended, err))
        return false;
    const ApiProblem problem = { .kind = ended > 0 || others ? PROBLEM_NONE : PROBLEM_NOT_FOUND };
    return everywhere ? desk_see_other(desk, "/office/sign-in", NULL, answer, err)
                      : desk_redirect(desk, "/office/me", &problem, answer, err);
}

static bool change_password(Desk *desk, const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char old[STAFF_PASSWORD_SIZE], password[STAFF_PASSWORD_SIZE], again[STAFF_PASSWORD_SIZE];
    PasswordChange change = PASSWORD_NOT_TAKEN;
    PasswordFault fault = PASSWORD_FINE;
    int wait_s = 0;

    desk_field(request, "old", old, sizeof old);
    desk_field(request, "password", password, sizeof password);
    desk_field(request, "again", again, sizeof again);
    const bool same = strcmp(password, again) == 0;
    bool done = !same || staff_change_password(office_of(request), &desk->staff, old, "", password, request->source,
                                               &change, &fault, &wait_s, err);
    mem_wipe(old, sizeof old);
    mem_wipe(password, sizeof password);
    mem_wipe(again, sizeof again);
    if (!done)
        return false;
    if (change == PASSWORD_CHANGED)
        return desk_redirect(desk, "/office/me", &(ApiProblem){ .kind = PROBLEM_NONE }, answer, err);
    answer->retry_after_s = wait_s;
    return show(desk, same ? password_change_word(change, fault) : "differs", wait_s > 0 ? 429 : 422, answer, err);
}

bool page_me_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char act[16];
    OWNED_DESK desk;
    const Access access = desk_open_any(request, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    desk_field(request, "act", act, sizeof act);
    if (strcmp(act, "password") == 0)
        return change_password(&desk, request, answer, err);
    if (strcmp(act, "end") == 0 || strcmp(act, "end-others") == 0 || strcmp(act, "end-all") == 0)
        return end_sessions(&desk, request, act, answer, err);
    return show(&desk, NULL, 400, answer, err);
}
