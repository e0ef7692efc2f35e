/* /office/templates: words that clerks say again and again, in every language that students read.  Kept by who
 * decides on applications, and by who keeps what the office says. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/api/problem.h"
#include "registrar/console/applications.h"
#include "registrar/console/pages.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/office/templates.h"

static void put_services(const Desk *desk, const Shelf *shelf, const char *chosen, json_t *object)
{
    const Catalogue *catalogue = shelf_catalogue(shelf);
    json_t *list = json_array();

    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        const Service *service = catalogue_at(catalogue, i);
        json_t *one;

        if (!service->through)
            continue;
        one = json_object();
        view_put(one, "choice-id", service->id);
        view_put(one, "choice-name", say_title(desk, &service->title, service->id));
        view_put_when(one, "is-chosen", !strcmp(service->id, chosen));
        (void)json_array_append_new(list, one);
    }
    (void)json_object_set_new(object, "services", list);
}

/* template NULL: a form for a new one. */
static void put_form(const Desk *desk, const Shelf *shelf, const AnswerTemplate *template, json_t *object)
{
    json_t *list = json_array();

    for (Language language = 0; language < LANGUAGE_COUNT; language++) {
        const char *words = template ? template->words.in[language] : NULL;
        json_t *one;

        if (!language_is_whole(language))
            continue;
        one = json_object();
        view_put(one, "words-tag", language_tag(language));
        view_put(one, "words-name", language_own_name(language));
        view_put(one, "words-text", words);
        view_put_when(one, "is-required", language == LANGUAGE_FIRST);
        (void)json_array_append_new(list, one);
    }
    (void)json_object_set_new(object, "languages-of", list);
    view_put(object, "template-id", template ? template->row.id : "");
    (void)json_object_set_new(object, "template-epoch", json_integer(template ? (json_int_t) template->row.epoch : 0));
    put_services(desk, shelf, template ? template->row.service : "", object);
}

static void put_template(const Desk *desk, const Shelf *shelf, const AnswerTemplate *template, json_t *list)
{
    const Service *service = shelf_service(shelf, template->row.service);
    json_t *one = json_object();
    OWNED_BUF when;

    buf_init(&when, 80);
    say_moment(desk, template->row.changed_at_s, &when);
    put_form(desk, shelf, template, one);
    view_put(one, "template-words", local_text(&template->words, desk->sheet.language));
    view_put(one, "template-service", service ? say_title(desk, &service->title, service->id) : template->row.service);
    view_put(one, "template-author", actor_name(template->row.author));
    view_put(one, "template-when", buf_text(&when));
    (void)json_array_append_new(list, one);
}

static bool show(Desk *desk, int status, HttpServerAnswer *answer, Error *err)
{
    Office *office = desk->sheet.context->office;
    OWNED(Shelf) shelf = shelf_take(office);
    json_t *list = json_array();
    AnswerTemplates templates;

    (void)json_object_set_new(desk->view, "templates", list);
    if (!templates_list(office, NULL, &templates, err))
        return false;
    for (size_t i = 0; i < templates.count; i++)
        put_template(desk, shelf, &templates.templates[i], list);
    templates_fini(&templates);
    put_form(desk, shelf, NULL, desk->view);
    return desk_view(desk, "templates", status, answer, err);
}

/* Whoever decides on applications, and whoever keeps what the office says: the second is asked for where the first
 * right is not there, so that the refusal is that of all pages. */
static Access open_desk(const HttpServerRequest *request, HttpServerAnswer *answer, Desk *desk, Error *err)
{
    Access access = desk_open_any(request, answer, desk, err);

    if (access != ACCESS_GRANTED || desk_may(desk, RIGHT_REQUESTS) || desk_may(desk, RIGHT_CONTENT))
        return access;
    desk_close(desk);
    return desk_open(request, RIGHT_REQUESTS, answer, desk, err);
}

bool page_templates(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_DESK desk;
    Access access = open_desk(request, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    return show(&desk, 200, answer, err);
}

static bool keep(const HttpServerRequest *request, TemplateEntry *entry, ApiProblem *ret_problem, Error *err)
{
    char service[SERVICE_SIZE], words[LANGUAGE_COUNT][REVIEW_WORDS_MOST + 1];

    desk_field(request, "service", service, sizeof service);
    entry->service = service;
    for (Language language = 0; language < LANGUAGE_COUNT; language++) {
        char name[24];

        (void)snprintf(name, sizeof name, "words.%s", language_tag(language));
        desk_field(request, name, words[language], sizeof words[language]);
        entry->words[language] = words[language];
    }
    return template_keep(office_of(request), entry, ret_problem, err);
}

bool page_templates_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char act[16], id[ID_SIZE], epoch[16];
    ApiProblem problem = { .kind = PROBLEM_BAD_REQUEST };
    uint64_t seen = 0;
    OWNED_DESK desk;
    Access access = open_desk(request, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    desk_field(request, "act", act, sizeof act);
    desk_field(request, "id", id, sizeof id);
    desk_field(request, "epoch", epoch, sizeof epoch);
    if (str_to_u64(str_from(epoch), 0, UINT32_MAX, &seen)) {
        TemplateEntry entry = { .clerk = desk.clerk, .id = id, .epoch = (uint32_t)seen };

        if (!strcmp(act, "keep") ? !keep(request, &entry, &problem, err)
                                 : !strcmp(act, "remove") &&
                                       !template_remove(office_of(request), desk.clerk, id, entry.epoch, &problem, err))
            return false;
    }
    if (problem.kind == PROBLEM_NONE)
        return desk_redirect(&desk, "/office/templates", &problem, answer, err);
    desk_say(&desk, &problem);
    view_put(desk.view, "said", desk.said);
    view_put_when(desk.view, "was-done", false);
    return show(&desk, problem_of(problem.kind).status, answer, err);
}
