/* /office/students/NUMBER/services/SERVICE: asked for at the window, with the form and the rules of the student's own
 * glass. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/api/problem.h"
#include "registrar/console/pages.h"
#include "registrar/console/students.h"
#include "registrar/office/desk_asking.h"

#define NAME_SIZE (2 * SERVICE_ID_MOST + 4)

/* A form as it was filled so far, and what is wrong with it. */
typedef struct Filled {
    Answers answers;
    char reason[DESK_ASK_REASON_MOST + 1], owner[OWNER_SIZE], language[12], key[API_ID_SIZE];
    bool again;
    const char *field; /* at fault; NULL: none */
    FormFault fault;
    const char *said; /* of the whole; "": nothing */
    bool is_open;     /* an equal one is: it may be printed again */
} Filled;
OWNED_BY(Filled, mem_free)
OWNED_BY(ApiRequest, mem_free)

/* --- what was typed ----------------------------------------------------------------------------------------------- */

static void read_several(const HttpServerRequest *request, const Field *field, Answers *answers)
{
    OWNED_BUF chosen;

    buf_init(&chosen, ANSWER_BYTES_MOST - 1);
    for (size_t i = 0; i < field->choice_count; i++) {
        char name[NAME_SIZE], value[8];

        (void)snprintf(name, sizeof name, "f.%s.%s", field->id, field->choices[i].id);
        desk_field(request, name, value, sizeof value);
        if (value[0])
            buf_add_format(&chosen, "%s%s", chosen.len ? "," : "", field->choices[i].id);
    }
    if (!chosen.failed)
        (void)!answers_set(answers, field->id, buf_str(&chosen));
}

static void read_answers(const HttpServerRequest *request, const Service *service, Answers *answers)
{
    for (size_t i = 0; i < service->field_count; i++) {
        const Field *field = &service->fields[i];
        char name[NAME_SIZE], value[ANSWER_BYTES_MOST];

        if (field->kind == FIELD_SEVERAL) {
            read_several(request, field, answers);
            continue;
        }
        (void)snprintf(name, sizeof name, "f.%s", field->id);
        desk_field(request, name, value, sizeof value);
        (void)!answers_set(answers, field->id, str_trim(str_from(value)));
    }
    form_drop_unasked(service, answers);
}

static void read_form(const HttpServerRequest *request, const DeskForm *form, Filled *ret)
{
    char again[8];

    read_answers(request, form->service, &ret->answers);
    desk_field(request, "reason", ret->reason, sizeof ret->reason);
    desk_field(request, "owner", ret->owner, sizeof ret->owner);
    desk_field(request, "language", ret->language, sizeof ret->language);
    desk_field(request, "key", ret->key, sizeof ret->key);
    desk_field(request, "again", again, sizeof again);
    ret->again = again[0] != '\0';
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static const char *type_of(FieldKind kind)
{
    switch (kind) {
    case FIELD_NUMBER: return "number";
    case FIELD_DATE: return "date";
    case FIELD_EMAIL: return "email";
    case FIELD_PHONE: return "tel";
    case FIELD_CHOICE:
    case FIELD_TEXT:
    case FIELD_SEVERAL:
    case FIELD_PAPER:
    case FIELD_PASSPORT:
    case FIELD_KIND_COUNT: break;
    }
    return "text";
}

static json_t *choices_of(const Desk *desk, const Field *field, const char *value)
{
    json_t *list = json_array();

    for (size_t i = 0; i < field->choice_count; i++) {
        const Choice *choice = &field->choices[i];
        json_t *one = json_object();

        view_put(one, "choice-id", choice->id);
        view_put(one, "choice-label", local_text(&choice->label, desk->sheet.language));
        view_put_when(
            one, "is-chosen",
            value && (field->kind == FIELD_SEVERAL ? several_has(value, choice->id) : strcmp(value, choice->id) == 0));
        (void)json_array_append_new(list, one);
    }
    return list;
}

static json_t *field_json(const Desk *desk, const Field *field, const Filled *filled)
{
    const char *value = answers_get(&filled->answers, field->id);
    const bool at_fault = filled->field && strcmp(filled->field, field->id) == 0;
    json_t *one = json_object();

    view_put(one, "field-id", field->id);
    view_put(one, "field-label", local_text(&field->label, desk->sheet.language));
    view_put(one, "field-help", local_text(&field->help, desk->sheet.language));
    view_put(one, "field-type", type_of(field->kind));
    view_put(one, "field-value", value);
    view_put(one, "field-fault",
             !at_fault                           ? ""
             : filled->fault == FORM_MISSING     ? say_student(desk, "fault-missing")
             : filled->fault == FORM_NOT_OFFERED ? say_student(desk, "fault-not-offered")
                                                 : say_student(desk, "fault-wrong"));
    view_put_when(one, "is-required", field->required);
    view_put_when(one, "is-choice", field->kind == FIELD_CHOICE);
    view_put_when(one, "is-several", field->kind == FIELD_SEVERAL);
    view_put_when(one, "is-paper", field->kind == FIELD_PAPER);
    view_put_when(one, "is-brought", value && paper_is_brought(value));
    view_put_when(one, "is-line",
                  field->kind != FIELD_CHOICE && field->kind != FIELD_SEVERAL && field->kind != FIELD_PAPER);
    (void)json_object_set_new(one, "choices", choices_of(desk, field, value));
    return one;
}

/* Some question depends on what another is answered. */
static bool has_conditions(const Service *service)
{
    for (size_t i = 0; i < service->field_count; i++)
        if (service->fields[i].when.kind != CONDITION_ALWAYS)
            return true;
    return false;
}

static void put_fields(const Desk *desk, const DeskForm *form, const Filled *filled)
{
    json_t *list = json_array();
    size_t total;

    for (size_t n = 0;; n++) {
        const size_t at = form_asked(form->service, &filled->answers, n, &total);

        if (at >= form->service->field_count)
            break;
        (void)json_array_append_new(list, field_json(desk, &form->service->fields[at], filled));
    }
    (void)json_object_set_new(desk->view, "fields", list);
    view_put_when(desk->view, "may-ask-more", has_conditions(form->service));
}

static void put_languages(const Desk *desk, const DeskForm *form, const Filled *filled)
{
    json_t *list = json_array();
    Terms terms;

    service_terms(form->service, &filled->answers, &terms);
    for (size_t i = 0; terms.document && i < terms.language_count; i++) {
        const char *tag = language_tag(terms.languages[i]);
        json_t *one = json_object();

        view_put(one, "paper-tag", tag);
        view_put(one, "paper-tongue", language_own_name(terms.languages[i]));
        view_put_when(one, "is-chosen", strcmp(filled->language, tag) == 0);
        (void)json_array_append_new(list, one);
    }
    (void)json_object_set_new(desk->view, "paper-languages", list);
}

static void mark_printer(const Desk *desk, const Filled *filled)
{
    const json_t *printers = json_object_get(desk->view, "printers");

    for (size_t i = 0; i < json_array_size(printers); i++) {
        json_t *one = json_array_get(printers, i);

        view_put_when(one, "is-chosen",
                      strcmp(json_string_value(json_object_get(one, "printer-owner")), filled->owner) == 0);
    }
    view_put_when(desk->view, "is-at-window", strcmp(filled->owner, WINDOW_OWNER) == 0);
}

static bool show(Desk *desk, const DeskForm *form, const Filled *filled, int status, HttpServerAnswer *answer,
                 Error *err)
{
    json_t *view = desk->view;

    view_put(view, "number", form->number);
    view_put(view, "name", form->name[0] ? form->name : form->number);
    view_put(view, "service", form->service->id);
    view_put(view, "title", say_title(desk, &form->service->title, form->service->id));
    view_put(view, "help", local_text(&form->service->help, desk->sheet.language));
    view_put(view, "fault", filled->said);
    view_put(view, "reason", filled->reason);
    view_put(view, "key", filled->key);
    view_put_when(view, "is-allowed", form->access.allowed || filled->is_open);
    view_put_when(view, "is-equal", filled->is_open);
    view_put_when(view, "yields-paper", form->service->yields == YIELD_DOCUMENT && !form->service->through);
    put_fields(desk, form, filled);
    put_languages(desk, form, filled);
    if (!put_printers(desk, view, err))
        return false;
    mark_printer(desk, filled);
    return desk_view(desk, "student-ask", status, answer, err);
}

/* The form of this address; NULL: the answer says that there is none. */
static bool open_form(const HttpServerRequest *request, Desk *desk, char *path, size_t path_size, DeskForm **ret,
                      HttpServerAnswer *answer, Error *err)
{
    char number[STUDENT_NUMBER_SIZE], service[SERVICE_ID_MOST];
    const DeskWho who = who_of(desk);

    *ret = NULL;
    if (student_path(request, number, path, path_size) && str_copy(request->parameters[1], service, sizeof service) &&
        !desk_form_open(desk->sheet.context->office, &who, number, service, desk->sheet.language, ret, err))
        return false;
    return *ret || student_not_found(desk, answer, err);
}

bool page_student_ask(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char path[128];
    OWNED(DeskForm) form = NULL;
    OWNED_DESK desk;
    const Access access = desk_open(request, RIGHT_ISSUE, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!open_form(request, &desk, path, sizeof path, &form, answer, err))
        return false;
    if (!form)
        return true;
    OWNED(Filled) filled = mem_new(1, sizeof *filled);
    if (!filled)
        return error_set(err, ERR_MEMORY, "form");
    filled->answers = form->prefilled;
    filled->said = "";
    str_copy_cut(str_from(language_tag(desk.sheet.language)), filled->language, sizeof filled->language);
    str_copy_cut(str_from(form->key), filled->key, sizeof filled->key);
    return show(&desk, form, filled, 200, answer, err);
}

/* --- asked for ---------------------------------------------------------------------------------------------------- */

/* What is refused is said beside what was typed. */
static const char *words_of(const Desk *desk, const ApiProblem *problem)
{
    switch ((int)problem->kind) {
    case PROBLEM_FORM:
        return strcmp(problem->field, "reason") ? say_student(desk, "ask-form") : say_student(desk, "wants-reason");
    case PROBLEM_ALREADY_OPEN: return say_student(desk, "ask-open");
    case PROBLEM_NOT_ALLOWED: return say_student(desk, "ask-not-allowed");
    case PROBLEM_NOT_FOUND: return say_student(desk, "ask-no-printer");
    default: return desk_text(desk, "said.", api_problem_slug(problem->kind));
    }
}

static bool refuse(Desk *desk, const DeskForm *form, Filled *filled, const ApiProblem *problem,
                   HttpServerAnswer *answer, Error *err)
{
    filled->said = words_of(desk, problem);
    filled->is_open = problem->kind == PROBLEM_ALREADY_OPEN;
    if (problem->kind == PROBLEM_FORM) {
        filled->field = problem->field;
        filled->fault = problem->fault;
    }
    return show(desk, form, filled, 422, answer, err);
}

static bool ask(Desk *desk, const DeskForm *form, const Filled *filled, ApiProblem *ret_problem, ApiIssued *ret,
                Error *err)
{
    const DeskWho who = who_of(desk);
    OWNED(ApiRequest) asked = mem_new(1, sizeof *asked);
    bool made;

    if (!asked)
        return error_set(err, ERR_MEMORY, "request");
    str_copy_cut(str_from(form->service->id), asked->service, sizeof asked->service);
    if (!language_parse(str_from(filled->language), &asked->language))
        asked->language = desk->sheet.language;
    asked->answers = filled->answers;
    asked->again = filled->again;
    const DeskAsking asking = { .who = &who,
                                .number = form->number,
                                .key = filled->key,
                                .reason = filled->reason,
                                .owner = filled->owner,
                                .request = asked };
    return desk_ask(desk->sheet.context->office, &asking, ret_problem, &made, ret, err);
}

bool page_student_ask_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char path[128], act[8];
    ApiProblem problem;
    ApiIssued issued;
    bool fresh;
    OWNED(DeskForm) form = NULL;
    OWNED_DESK desk;
    const Access access = desk_open(request, RIGHT_ISSUE, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!open_form(request, &desk, path, sizeof path, &form, answer, err))
        return false;
    if (!form)
        return true;
    OWNED(Filled) filled = mem_new(1, sizeof *filled);
    if (!filled)
        return error_set(err, ERR_MEMORY, "form");
    filled->said = "";
    read_form(request, form, filled);
    desk_field(request, "act", act, sizeof act);
    if (strcmp(act, "look") == 0) /* what these answers ask for beside */
        return show(&desk, form, filled, 200, answer, err);
    if (!desk_fresh(&desk, request, &fresh, err))
        return false;
    if (!fresh) {
        filled->said = say_student(&desk, "needs-code");
        return show(&desk, form, filled, 422, answer, err);
    }
    if (!ask(&desk, form, filled, &problem, &issued, err))
        return false;
    return problem.kind == PROBLEM_NONE ? desk_redirect(&desk, path, &problem, answer, err)
                                        : refuse(&desk, form, filled, &problem, answer, err);
}
