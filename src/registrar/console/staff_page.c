/* /office/staff: who may sign in, and what each may do.  Every act wants a one-time code of now. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/api/problem.h"
#include "registrar/console/pages.h"
#include "registrar/console/sign_in_page.h"
#include "registrar/console/staff_words.h"

#define HERE      "/office/staff"
#define PATH_SIZE (sizeof HERE + STAFF_NAME_SIZE + 1)

OWNED_BY(StaffAccount, mem_free)

/* --- showing -------------------------------------------------------------------------------------------------------
 */

/* "is-new", "is-active", "is-locked" */
static void put_state(json_t *object, StaffState state)
{
    char name[24];

    (void)snprintf(name, sizeof name, "is-%s", staff_state_name(state));
    (void)json_object_set_new(object, name, json_true());
}

static void put_account(const Desk *desk, const StaffAccount *account, json_t *object)
{
    OWNED_BUF roles, scope, time;

    buf_init(&roles, 512);
    buf_init(&scope, 1024);
    buf_init(&time, 96);
    staff_words_roles(desk, account->roles, &roles);
    staff_words_scope(desk, &account->scope, &scope);
    staff_words_time(desk, account->row.signed_in_at_s, &time);
    (void)json_object_set_new(object, "who", json_string(account->row.name));
    (void)json_object_set_new(object, "who-name", json_string(account->row.full_name));
    (void)json_object_set_new(object, "who-roles", json_string(buf_text(&roles)));
    (void)json_object_set_new(object, "who-scope", json_string(buf_text(&scope)));
    (void)json_object_set_new(object, "who-signed-in", json_string(buf_text(&time)));
    put_state(object, account->row.state);
}

static bool put_list(Desk *desk, const char *chosen, Error *err)
{
    OWNED(StaffAccount) accounts = mem_new(STAFF_MOST, sizeof *accounts);
    json_t *rows = json_array();
    size_t count = 0;

    (void)json_object_set_new(desk->view, "rows", rows);
    if (!accounts)
        return error_set(err, ERR_MEMORY, "staff");
    if (!staff_list(desk->sheet.context->office, accounts, STAFF_MOST, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        json_t *row = json_object();

        put_account(desk, &accounts[i], row);
        (void)json_object_set_new(row, "is-chosen", json_boolean(strcmp(accounts[i].row.name, chosen) == 0));
        (void)json_array_append_new(rows, row);
    }
    (void)json_object_set_new(desk->view, "count", json_integer((json_int_t)count));
    return true;
}

/* One account beside the list.  Their own is nobody's to change here. */
static bool put_one(Desk *desk, const StaffAccount *account, Error *err)
{
    json_t *one = json_object(), *sessions;
    const bool own = strcmp(account->row.name, desk->staff.name) == 0;

    (void)json_object_set_new(desk->view, "one", one);
    if (!staff_words_sessions(desk, account->row.name, &sessions, err))
        return false;
    put_account(desk, account, one);
    (void)json_object_set_new(one, "who-epoch", json_integer((json_int_t)account->row.epoch));
    (void)json_object_set_new(one, "who-typed-scope", json_string(account->row.scope));
    (void)json_object_set_new(one, "choices", staff_words_choices(desk, account->roles));
    (void)json_object_set_new(one, "who-sessions", sessions);
    (void)json_object_set_new(one, "may-change", json_boolean(!own));
    return true;
}

static bool show(Desk *desk, const char *name, int status, HttpServerAnswer *answer, Error *err)
{
    StaffAccount account;
    bool found = false;

    if (name[0] && !staff_find(desk->sheet.context->office, name, &found, &account, err))
        return false;
    if (found && !put_one(desk, &account, err))
        return false;
    desk->sheet.values.of[SLOT_HERE] = HERE;
    (void)json_object_set_new(desk->view, "choices", staff_words_choices(desk, 0));
    (void)json_object_set_new(desk->view, "is-missing", json_boolean(name[0] && !found));
    return put_list(desk, name, err) &&
           desk_view(desk, "staff", status == 200 && name[0] && !found ? 404 : status, answer, err);
}

static void name_of(const HttpServerRequest *request, char ret[STAFF_NAME_SIZE])
{
    if (request->parameter_count == 0 || !str_copy(request->parameters[0], ret, STAFF_NAME_SIZE))
        ret[0] = '\0';
}

bool page_staff(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char name[STAFF_NAME_SIZE];
    OWNED_DESK desk;
    const Access access = desk_open(request, RIGHT_STAFF, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    name_of(request, name);
    if (request->parameter_count > 0 && !name[0])
        str_copy_cut(STR("?"), name, sizeof name); /* nobody's */
    return show(&desk, name, 200, answer, err);
}

/* --- acts ----------------------------------------------------------------------------------------------------------
 */

/* What a form says; strings live in it. */
typedef struct Form {
    char name[STAFF_NAME_SIZE], full_name[STAFF_FULL_NAME_SIZE], scope[SCOPE_TEXT_SIZE], roles[STAFF_ROLES_SIZE];
    char act[16];
    uint32_t epoch;
} Form;

static bool form_read(const HttpServerRequest *request, Form *form)
{
    char text[24];
    unsigned roles = 0;
    uint64_t epoch;
    OWNED_BUF buf;

    buf_init(&buf, sizeof form->roles - 1);
    desk_field(request, "act", form->act, sizeof form->act);
    desk_field(request, "full-name", form->full_name, sizeof form->full_name);
    desk_field(request, "scope", form->scope, sizeof form->scope);
    for (int i = 0; i < ROLE_OF_COUNT; i++) {
        char field[32];

        (void)snprintf(field, sizeof field, "role-%s", role_name((Role)i));
        desk_field(request, field, text, sizeof text);
        if (text[0] && strcmp(text, "yes") != 0)
            return false;
        roles |= text[0] ? 1u << i : 0;
    }
    staff_roles_write(roles, &buf);
    str_copy_cut(buf_str(&buf), form->roles, sizeof form->roles);
    desk_field(request, "epoch", text, sizeof text);
    if (!text[0] && strcmp(form->act, "add") == 0)
        return true;
    if (!str_to_u64(str_from(text), 1, UINT32_MAX, &epoch))
        return false;
    form->epoch = (uint32_t)epoch;
    return true;
}

/* Told once, on this very page: whoever loads it again is told that the account has changed. */
static bool show_secrets(Desk *desk, const Form *form, StaffSecrets *secrets, HttpServerAnswer *answer, Error *err)
{
    (void)json_object_set_new(desk->view, "made-password", json_string(secrets->password));
    (void)json_object_set_new(desk->view, "made-name", json_string(form->name));
    bool done = sign_in_put_secret(desk, form->name, secrets->secret, err) && show(desk, form->name, 201, answer, err);
    mem_wipe(secrets, sizeof *secrets);
    return done;
}

static bool say_problem(Desk *desk, const Form *form, const ApiProblem *problem, HttpServerAnswer *answer, Error *err)
{
    char id[64];

    if (problem->kind == PROBLEM_FORM)
        (void)snprintf(id, sizeof id, "say.staff.fault.%s", problem->field);
    else
        (void)snprintf(id, sizeof id, "say.staff.fault.%s", api_problem_slug(problem->kind));
    (void)json_object_set_new(desk->view, "fault", json_string(view_text(desk->sheet.pages, desk->sheet.language, id)));
    (void)json_object_set_new(desk->view, "typed-name", json_string(form->name));
    (void)json_object_set_new(desk->view, "typed-full-name", json_string(form->full_name));
    (void)json_object_set_new(desk->view, "typed-scope", json_string(form->scope));
    return show(desk, strcmp(form->act, "add") == 0 ? "" : form->name, problem_of(problem->kind).status, answer, err);
}

static bool run(Desk *desk, const Form *form, Office *office, ApiProblem *problem, StaffSecrets *secrets, Error *err)
{
    const StaffWish wish = { form->name, form->full_name, form->roles, form->scope };

    *problem = (ApiProblem){ .kind = PROBLEM_BAD_REQUEST };
    if (strcmp(form->act, "add") == 0)
        return staff_add(office, &wish, NULL, desk->clerk, problem, secrets, err);
    if (strcmp(form->act, "role") == 0)
        return staff_set_roles(office, &wish, form->epoch, desk->clerk, problem, err);
    if (strcmp(form->act, "reset") == 0)
        return staff_reset(office, form->name, form->epoch, desk->clerk, problem, secrets, err);
    if (strcmp(form->act, "lock") == 0 || strcmp(form->act, "unlock") == 0)
        return staff_lock(office, form->name, form->act[0] == 'l', form->epoch, desk->clerk, problem, err);
    if (strcmp(form->act, "remove") == 0)
        return staff_remove(office, form->name, form->epoch, desk->clerk, problem, err);
    return true;
}

static bool act(Desk *desk, const HttpServerRequest *request, Form *form, HttpServerAnswer *answer, Error *err)
{
    char path[PATH_SIZE];
    StaffSecrets secrets = { 0 };
    ApiProblem problem = { .kind = PROBLEM_BAD_REQUEST };
    bool fresh;

    (void)snprintf(path, sizeof path, HERE "%s%s", staff_name_fits(form->name) ? "/" : "",
                   staff_name_fits(form->name) ? form->name : "");
    if (!form_read(request, form))
        return say_problem(desk, form, &problem, answer, err);
    if (!desk_fresh(desk, request, &fresh, err))
        return false;
    if (!fresh)
        return desk_unfresh(desk, strcmp(form->act, "add") == 0 ? HERE : path, answer, err);
    if (!run(desk, form, office_of(request), &problem, &secrets, err))
        return false;
    if (problem.kind != PROBLEM_NONE) {
        mem_wipe(&secrets, sizeof secrets);
        return say_problem(desk, form, &problem, answer, err);
    }
    if (secrets.password[0])
        return show_secrets(desk, form, &secrets, answer, err);
    return desk_redirect(desk, strcmp(form->act, "remove") == 0 ? HERE : path, &problem, answer, err);
}

bool page_staff_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    Form form = { .epoch = 0 };
    OWNED_DESK desk;
    const Access access = desk_open(request, RIGHT_STAFF, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (request->parameter_count > 0)
        name_of(request, form.name);
    else
        desk_field(request, "name", form.name, sizeof form.name);
    return act(&desk, request, &form, answer, err);
}
