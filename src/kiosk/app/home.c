/* What the student may ask for, and one service of it. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"

void service_bind_now(const Step *step)
{
    Visit *visit = step->visit;
    const Catalogue *catalogue = step->model->catalogue;
    const Service *service =
        catalogue && visit->service[0] ? catalogue_find(catalogue, str_from(visit->service)) : NULL;

    mem_wipe(&visit->bound, sizeof visit->bound);
    if (service)
        service_bind(service, visit->home ? &visit->home->lists : NULL, &visit->bound);
}

void service_choose(const Step *step, const char *id)
{
    Visit *visit = step->visit;

    papers_forget(step);
    code_drop(&visit->portal);
    mem_wipe(&visit->anew, sizeof visit->anew);
    str_copy_cut(str_from(id), visit->service, sizeof visit->service);
    service_bind_now(step);
}

/* Home as it is now.  The record's lists may not be what they were: what was chosen of them stays as far as it is still
 * there. */
static void replace(const Step *step, ApiHome *home)
{
    Visit *visit = step->visit;
    const Field *field = model_question(step->model, NULL);
    char question[SERVICE_ID_MOST] = "";

    if (field)
        str_copy_cut(str_from(field->id), question, sizeof question);
    mem_free_wiped(visit->home, sizeof *visit->home);
    visit->home = home;
    service_bind_now(step);
    const Service *service = model_service(step->model);
    if (!service || visit->issue.issued || visit->issue.from_home ||
        !form_keep_fitting(service, &visit->answers, model_today(step->model)))
        return;
    issue_forget(step); /* another answer is another request */
    visit->draft.changed = true;
    form_stay_at(step, question);
}

void home_open(const Step *step)
{
    Visit *visit = step->visit;

    if (visit->issue.issued && !visit->issue.from_home && !visit->issue.anew)
        draft_forget_line(visit, visit->service); /* it went with the request; home says so a moment later */
    draft_end(step);
    preview_drop(visit);
    issue_forget(step);
    mem_wipe(&visit->fault, sizeof visit->fault);
    mem_wipe(visit->group, sizeof visit->group);
    service_choose(step, "");
    mem_wipe(visit->search, sizeof visit->search);
    visit->searching = false;
    mine_forget(visit);
    mem_wipe(&visit->led, sizeof visit->led);
    mem_wipe(&visit->answers, sizeof visit->answers);
    mem_wipe(&visit->form, sizeof visit->form);
    mem_wipe(&visit->slip, sizeof visit->slip);
    draft_forget(visit);
    information_forget(visit, false);
    study_forget(visit);
    step_show(step, SCREEN_HOME);
    step_ask(step, CMD_HOME);
}

static void search_open(const Step *step)
{
    draft_open_is_over(step->visit);
    step->visit->searching = true;
    step_show(step, SCREEN_SEARCH);
    typing_letters(step->visit, SCRIPT_ANY, CAPITAL_NONE);
}

void home_return(const Step *step)
{
    if (study_return(step))
        return;
    if (step->visit->searching)
        search_open(step);
    else
        step_show(step, SCREEN_HOME);
    record_look(step);
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
    replace(step, steal(&step->msg->as.home));
    if (visit->home->service_count > API_SERVICES_MOST)
        visit->home->service_count = API_SERVICES_MOST;
    if (visit->home->request_count > API_REQUESTS_MOST)
        visit->home->request_count = API_REQUESTS_MOST;
    if (visit->home->draft_count > API_DRAFTS_MOST)
        visit->home->draft_count = API_DRAFTS_MOST;
    if (visit->home->shown_count > API_SHOWN_MOST)
        visit->home->shown_count = API_SHOWN_MOST;
    mine_home(step);
    information_go_on(step);
    record_look(step);
}

void record_look(const Step *step)
{
    Visit *visit = step->visit;

    if (!visit->record_is_new || visit->screen != SCREEN_HOME || visit->waiting.command != CMD_NONE)
        return;
    visit->record_is_new = false;
    study_forget(visit); /* asked for when they come to it */
    step_ask(step, CMD_HOME);
}

void record_changed(const Step *step)
{
    Visit *visit = step->visit;

    if (!visit->signed_in)
        return;
    visit->record_is_new = true;
    study_changed(step);
    record_look(step);
}

void service_open(const Step *step, const Service *service)
{
    Visit *visit = step->visit;

    draft_open_is_over(visit);
    draft_end(step);
    draft_forget(visit);
    mem_wipe(&visit->answers, sizeof visit->answers);
    mem_wipe(&visit->form, sizeof visit->form);
    mem_wipe(&visit->led, sizeof visit->led);
    service_choose(step, service->id);
    visit->study.opened = false;
    issue_forget(step);
    visit->document_language = model_document_language(step->model, visit->language);
    step_show(step, SCREEN_SERVICE);
}

/* What the record says is looked up beside the papers of these. */
static bool has_doors(const Model *model, const char *group)
{
    return model_studies(model) && (!strcmp(group, "study") || !strcmp(group, "payments"));
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
    if (offered == 1 && model_offers(step->model, first) && !has_doors(step->model, first->group))
        service_open(step, first);
    else if (offered > 0)
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
    else if (act == ACT_REQUEST && arg < visit->home->request_count)
        mine_open(step, &visit->home->requests[arg]);
    else if (act == ACT_REQUESTS)
        mine_show(step);
    else if (act == ACT_SEARCH)
        search_open(step);
    else if (act == ACT_INFORMATION)
        information_open(step, arg);
    else if (act == ACT_STUDY)
        study_open(step, arg);
    else if (act == ACT_LOOKS)
        looks_open(step);
    else if (act == ACT_CARD)
        card_open(step);
}

void search_act(const Step *step, Act act, uint16_t arg)
{
    Visit *visit = step->visit;
    const Catalogue *catalogue = step->model->catalogue;
    const Service *service = catalogue && arg < catalogue_count(catalogue) ? catalogue_at(catalogue, arg) : NULL;

    if (act == ACT_FINISH)
        visit_end(step);
    else if (act == ACT_SEARCH)
        mem_wipe(visit->search, sizeof visit->search);
    else if (act == ACT_BACK || act == ACT_HOME) {
        mem_wipe(visit->search, sizeof visit->search);
        visit->searching = false;
        step_show(step, SCREEN_HOME);
    } else if (act == ACT_SERVICE && service && model_offers(step->model, service))
        service_open(step, service);
    else if (act == ACT_ARTICLE)
        information_read(step, arg);
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
        form_is_filled(step);
}

/* What to ask for instead, where this one is not for the student. */
static void open_instead(const Step *step, const ApiService *offer)
{
    const Catalogue *catalogue = step->model->catalogue;
    const Service *service = catalogue ? catalogue_find(catalogue, str_from(offer->way_on_value)) : NULL;

    if (offer->way_on == WAY_ON_SERVICE && service && model_offers(step->model, service))
        service_open(step, service);
}

void service_act(const Step *step, Act act)
{
    const Service *service = model_service(step->model);
    const ApiService *offer = service ? model_offer(step->model, service->id) : NULL;

    if (act == ACT_BACK || act == ACT_HOME) {
        draft_open_is_over(step->visit);
        if (model_form_kept(step->model) == FORM_NOTHING && !step->visit->led.service[0])
            home_return(step);
        else
            visit_leave(step, LEAVING_HOME); /* home then says what was begun */
    } else if (act == ACT_FINISH)
        visit_leave(step, LEAVING_FINISH);
    else if (act == ACT_CONTINUE && offer && offer->allowed)
        continue_service(step, service);
    else if (act == ACT_SERVICE && offer && !offer->allowed)
        open_instead(step, offer);
}
