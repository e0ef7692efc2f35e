/* What the student may ask for, and one service of it. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"

void home_open(const Step *step)
{
    Visit *visit = step->visit;

    if (visit->issue.issued && !visit->issue.from_home)
        draft_forget_line(visit, visit->service); /* it went with the request; home says so a moment later */
    preview_drop(visit);
    issue_forget(step);
    mem_wipe(&visit->fault, sizeof visit->fault);
    mem_wipe(visit->group, sizeof visit->group);
    mem_wipe(visit->service, sizeof visit->service);
    mem_wipe(&visit->answers, sizeof visit->answers);
    mem_wipe(&visit->form, sizeof visit->form);
    draft_forget(visit);
    step_show(step, SCREEN_HOME);
    step_ask(step, CMD_HOME);
}

bool home_is_left(const Visit *visit)
{
    return visit->home && visit->screen != SCREEN_HOME;
}

void home_take(const Step *step)
{
    Visit *visit = step->visit;

    if (!step_answers(step, CMD_HOME))
        return;
    if (step->msg->kind == MSG_FAILED || !step->msg->as.home) {
        if (!home_is_left(visit))
            fault_failed(step, CMD_HOME);
        return;
    }
    mem_free_wiped(visit->home, sizeof *visit->home);
    visit->home = steal(&step->msg->as.home);
    if (visit->home->service_count > API_SERVICES_MOST)
        visit->home->service_count = API_SERVICES_MOST;
    if (visit->home->request_count > API_REQUESTS_MOST)
        visit->home->request_count = API_REQUESTS_MOST;
    if (visit->home->draft_count > API_DRAFTS_MOST)
        visit->home->draft_count = API_DRAFTS_MOST;
}

Language service_language(const Service *service, Language wanted)
{
    for (size_t i = 0; i < service->language_count; i++)
        if (service->languages[i] == wanted)
            return wanted;
    return service->languages[0];
}

void service_open(const Step *step, const Service *service)
{
    Visit *visit = step->visit;

    draft_open_is_over(visit);
    draft_forget(visit);
    mem_wipe(&visit->answers, sizeof visit->answers);
    mem_wipe(&visit->form, sizeof visit->form);
    str_copy_cut(str_from(service->id), visit->service, sizeof visit->service);
    issue_forget(step);
    visit->document_language = service_language(service, visit->language);
    step_show(step, SCREEN_SERVICE);
}

/* One of "my requests": the registrar knows what was asked, so its key alone brings the paper.  Answers that were given
 * to another service before belong to that. */
static void open_request(const Step *step, const ApiRequestLine *line)
{
    Visit *visit = step->visit;

    issue_forget(step);
    mem_wipe(&visit->answers, sizeof visit->answers);
    mem_wipe(&visit->form, sizeof visit->form);
    draft_forget(visit);
    str_copy_cut(str_from(line->service), visit->service, sizeof visit->service);
    str_copy_cut(str_from(line->id), visit->issue.key, sizeof visit->issue.key);
    visit->issue.from_home = true;
    visit->issue.again = true;
    visit->document_language = visit->language;
    if (line->state == REQUEST_UNKNOWN)
        fault_show(step, FAULT_ASK_AGAIN, CMD_ISSUE);
    else
        issue_begin(step);
}

/* A group of one service is no choice: it opens at once. */
static void open_group(const Step *step, const Service *first)
{
    const Catalogue *catalogue = step->model->catalogue;
    size_t offered = 0;

    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        const Service *service = catalogue_at(catalogue, i);
        offered += strcmp(service->group, first->group) == 0 && model_offers(step->model, service);
    }
    if (offered == 1 && model_offers(step->model, first))
        service_open(step, first);
    else if (offered > 1)
        str_copy_cut(str_from(first->group), step->visit->group, sizeof step->visit->group);
}

/* A form that was begun before: on with it, or anew. */
static void open_draft(const Step *step, Act act, size_t index)
{
    Visit *visit = step->visit;
    const char *name = index < visit->home->draft_count ? visit->home->drafts[index].service : "";
    const Catalogue *catalogue = step->model->catalogue;
    const Service *service = catalogue ? catalogue_find(catalogue, str_from(name)) : NULL;

    if (!service || !model_offers(step->model, service))
        return;
    if (act == ACT_DRAFT) {
        draft_open(step, service);
        return;
    }
    draft_drop(step, service->id);
    service_open(step, service);
}

void home_act(const Step *step, Act act, uint16_t arg)
{
    Visit *visit = step->visit;
    const Catalogue *catalogue = step->model->catalogue;
    const Service *service = catalogue && arg < catalogue_count(catalogue) ? catalogue_at(catalogue, arg) : NULL;

    if (act == ACT_FINISH)
        visit_end(step);
    else if (act == ACT_BACK || act == ACT_HOME)
        mem_wipe(visit->group, sizeof visit->group);
    else if (!visit->home)
        return;
    else if (act == ACT_GROUP && service)
        open_group(step, service);
    else if (act == ACT_SERVICE && service && model_offers(step->model, service))
        service_open(step, service);
    else if ((act == ACT_DRAFT || act == ACT_DRAFT_DROP) && visit->waiting.command == CMD_NONE)
        open_draft(step, act, arg);
    else if (act == ACT_REQUEST && arg < visit->home->request_count && visit->waiting.command == CMD_NONE)
        open_request(step, &visit->home->requests[arg]);
}

/* On to the form: where it was left when it was begun before, in this visit or another. */
static void continue_service(const Step *step, const Service *service)
{
    Visit *visit = step->visit;

    if (visit->answers.count == 0 && draft_is_offered(visit, service->id)) {
        if (visit->waiting.command == CMD_NONE)
            draft_open(step, service);
    } else if (model_questions(step->model) > 0)
        form_open(step, 0);
    else
        preview_open(step);
}

void service_act(const Step *step, Act act)
{
    const Service *service = model_service(step->model);
    const ApiService *offer = service ? model_offer(step->model, service->id) : NULL;

    if (act == ACT_BACK || act == ACT_HOME) {
        draft_open_is_over(step->visit);
        if (model_form_kept(step->model) == FORM_NOTHING)
            step_show(step, SCREEN_HOME);
        else
            visit_leave(step, LEAVING_HOME); /* home then says what was begun */
    } else if (act == ACT_FINISH)
        visit_leave(step, LEAVING_FINISH);
    else if (act == ACT_CONTINUE && offer && offer->allowed)
        continue_service(step, service);
}
