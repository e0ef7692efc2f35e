/* The form, one question a screen, and its review. */
#include "kiosk/app/flow.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

static void set_keyboard(Visit *visit, const Field *field)
{
    switch (field->kind) {
    case FIELD_TEXT:
        typing_letters(visit, field->script, field->capital);
        typing_capital(visit, visit->form.typed);
        break;
    case FIELD_CHOICE: /* what a list is searched for */
    case FIELD_SEVERAL: typing_letters(visit, SCRIPT_ANY, CAPITAL_NONE); break;
    case FIELD_EMAIL: typing_layer(visit, LAYER_EMAIL); break;
    case FIELD_PASSPORT: /* capitals and figures */
        typing_layer(visit, LAYER_EN);
        visit->typing.shift = SHIFT_LOCK;
        break;
    case FIELD_PAPER: break;
    case FIELD_NUMBER:
    case FIELD_DATE:
    case FIELD_PHONE: typing_layer(visit, LAYER_NUMBERS); break;
    case FIELD_KIND_COUNT: break;
    }
}

void form_return(const Step *step)
{
    const Field *field = model_question(step->model, NULL);

    step_show(step, SCREEN_FORM);
    if (field)
        set_keyboard(step->visit, field);
}

/* What the record says, in the answer's own shape, once: who takes it away is not given it again. */
static void prefill(const Step *step, const Field *field)
{
    Visit *visit = step->visit;
    const Service *service = model_service(step->model);
    const char *value = field->prefill ? model_shown(step->model, field->prefill) : NULL;
    uint64_t bit = UINT64_C(1) << (field - service->fields);

    if (!value || (visit->form.prefilled & bit) || form_check_field(field, value, model_today(step->model)) != FORM_OK)
        return;
    visit->form.prefilled |= bit;
    if (form_is_typed(field)) {
        form_unwrite(field, value, visit->form.typed);
        visit->form.picked = field->kind != FIELD_TEXT && field->kind != FIELD_EMAIL;
    } else
        (void)!answers_set(&visit->answers, field->id, str_from(value));
}

void form_open(const Step *step, size_t question)
{
    Visit *visit = step->visit;
    FormState *form = &visit->form;

    form->question = question;
    form->fault = FORM_OK;
    mem_wipe(form->typed, sizeof form->typed);
    mem_wipe(form->search, sizeof form->search);
    form->searching = form->picked = false;
    form->month = 0;
    step_show(step, SCREEN_FORM);
    const Field *field = model_question(step->model, NULL);
    if (!field)
        return;
    const char *answer = answers_get(&visit->answers, field->id);
    if (answer)
        form_unwrite(field, answer, form->typed);
    else
        prefill(step, field);
    form_step_begin(visit, field);
    set_keyboard(visit, field);
}

/* Its place among those that are asked; *ret_total when it is not. */
static size_t place_of(const Step *step, const char *question, size_t *ret_total)
{
    const Service *service = model_service(step->model);
    const Answers *answers = &step->visit->answers;
    size_t total = model_questions(step->model);
    size_t n = 0;

    while (n < total && strcmp(service->fields[form_asked(service, answers, n, NULL)].id, question) != 0)
        n++;
    *ret_total = total;
    return n;
}

void form_stay_at(const Step *step, const char *question)
{
    FormState *form = &step->visit->form;
    size_t total, n = place_of(step, question, &total);

    if (n < total)
        form->question = n;
    else if (total > 0 && step->visit->screen == SCREEN_FORM)
        form_open(step, form->question < total ? form->question : total - 1);
    else
        form->question = 0;
}

void form_go_on(const Step *step, const char *question)
{
    const char *missing = NULL;
    size_t total;
    FormFault fault = form_check(model_service(step->model), &step->visit->answers, model_today(step->model), &missing);
    size_t stood = place_of(step, question, &total);
    size_t first = fault == FORM_OK ? total : place_of(step, missing, &total);

    if (first > stood)
        first = stood;
    if (first < total)
        form_open(step, first);
    else
        form_is_filled(step);
}

void form_is_filled(const Step *step)
{
    if (model_questions(step->model) > 1 || model_hands_in(step->model))
        step_show(step, SCREEN_REVIEW);
    else
        preview_open(step);
}

void form_open_last(const Step *step)
{
    size_t total = model_questions(step->model);

    if (total > 1 || model_hands_in(step->model))
        step_show(step, SCREEN_REVIEW);
    else if (total == 1)
        form_open(step, 0);
    else
        step_show(step, SCREEN_SERVICE);
}

void form_open_fault(const Step *step, const char *field, FormFault fault)
{
    Visit *visit = step->visit;
    size_t total = model_questions(step->model);

    visit->form.changing = total > 1 || model_hands_in(step->model);
    for (size_t n = 0; n < total; n++) {
        form_open(step, n);
        const Field *asked = model_question(step->model, NULL);
        if (asked && strcmp(asked->id, field) == 0) {
            visit->form.fault = fault;
            return;
        }
    }
    fault_show(step, FAULT_REFUSED, CMD_NONE);
}

static void add_typed(const Model *model, Answers *answers)
{
    const Field *field = model->visit.screen == SCREEN_FORM ? model_question(model, NULL) : NULL;
    char answer[ANSWER_BYTES_MOST];

    if (!field || !form_is_typed(field))
        return;
    form_write(field, model->visit.form.typed, answer);
    if (form_check_field(field, answer, model_today(model)) == FORM_OK)
        (void)!answers_set(answers, field->id, str_from(answer));
    mem_wipe(answer, sizeof answer);
}

void form_filled(const Model *model, Answers *ret)
{
    const Service *service = model_service(model);

    *ret = model->visit.answers;
    add_typed(model, ret);
    if (service)
        (void)form_keep_fitting(service, ret, model_today(model));
}

bool form_is_begun(const Model *model)
{
    Answers answers;

    form_filled(model, &answers);
    bool any = answers.count > 0;
    mem_wipe(&answers, sizeof answers);
    return any;
}

/* Puts what was typed among the answers; a changed answer is another request, so it gets another key. */
static void keep_answer(const Step *step, const Field *field)
{
    Visit *visit = step->visit;
    char answer[ANSWER_BYTES_MOST];
    const char *before = answers_get(&visit->answers, field->id);

    if (!form_is_typed(field))
        return;
    form_write(field, visit->form.typed, answer);
    if (strcmp(before ? before : "", answer) != 0) {
        issue_forget(step);
        visit->draft.changed = true;
        if (!answers_set(&visit->answers, field->id, str_from(answer)))
            visit->form.fault = FORM_LONG;
    }
    mem_wipe(answer, sizeof answer);
}

/* One of the choices, or one of several in or out. */
static void choose(const Step *step, const Field *field, uint16_t arg)
{
    Visit *visit = step->visit;
    const char *before = answers_get(&visit->answers, field->id);
    char answer[ANSWER_BYTES_MOST];

    if (form_is_typed(field) || arg >= field->choice_count)
        return;
    visit->form.fault = FORM_OK;
    visit->form.searching = false;
    if (field->kind == FIELD_SEVERAL)
        several_turn(field, before ? before : "", arg, answer);
    else
        str_copy_cut(str_from(field->choices[arg].id), answer, sizeof answer);
    if (before && strcmp(before, answer) == 0)
        return;
    issue_forget(step);
    visit->draft.changed = true;
    if (!answers_set(&visit->answers, field->id, str_from(answer)))
        visit->form.fault = FORM_LONG;
}

static void search(const Step *step, const Field *field, bool begins)
{
    FormState *form = &step->visit->form;

    if (!field_is_searched(field))
        return;
    form->searching = begins;
    if (!begins)
        mem_wipe(form->search, sizeof form->search);
}

/* This answer is a matter for another service.  Who comes back here is asked anew. */
static void lead_elsewhere(const Step *step, const Field *field, const char *leads_to)
{
    Visit *visit = step->visit;
    const Service *service = catalogue_find(step->model->catalogue, str_from(leads_to));
    Led led = { 0 };

    str_copy_cut(str_from(visit->service), led.service, sizeof led.service);
    str_copy_cut(str_from(field->id), led.field, sizeof led.field);
    str_copy_cut(str_from(answers_get(&visit->answers, field->id)), led.choice, sizeof led.choice);
    (void)!answers_set(&visit->answers, field->id, STR(""));
    draft_save(step);
    if (!service || !model_offers(step->model, service)) {
        fault_show(step, FAULT_NOT_ALLOWED, CMD_NONE);
        return;
    }
    service_open(step, service);
    visit->led = led;
}

/* A question was answered: on to the next, or to what comes after them. */
static void go_further(const Step *step)
{
    Visit *visit = step->visit;
    size_t total = model_questions(step->model);
    size_t following = visit->form.question + 1;
    const char *missing = NULL;

    /* After a change the review comes at once, unless the change brought a question that has no answer yet. */
    if (visit->form.changing && (total > 1 || model_hands_in(step->model)) &&
        form_check(model_service(step->model), &visit->answers, model_today(step->model), &missing) == FORM_OK)
        step_show(step, SCREEN_REVIEW);
    else if (following < total)
        form_open(step, following);
    else
        form_is_filled(step);
}

bool model_is_of_record(const Model *model, const Field *field)
{
    const char *value = field->prefill ? model_shown(model, field->prefill) : NULL;
    const char *answer = answers_get(&model->visit.answers, field->id);
    char typed[ANSWER_BYTES_MOST];

    if (form_is_typed(field)) {
        form_write(field, model->visit.form.typed, typed);
        answer = typed;
    }
    bool same = value && answer && strcmp(answer, value) == 0;
    mem_wipe(typed, sizeof typed);
    return same;
}

static FormFault fault_of(const Model *model, const Field *field)
{
    const char *answer = answers_get(&model->visit.answers, field->id);
    FormFault fault = form_check_field(field, answer, model_today(model));
    Date earlier, date;

    if (fault == FORM_OK && answer && model_comes_after(model, field, &earlier) &&
        date_parse(str_from(answer), &date) && date_compare(date, earlier) < 0)
        return FORM_OUT_OF_RANGE;
    return fault;
}

static void next(const Step *step, const Field *field)
{
    Visit *visit = step->visit;

    keep_answer(step, field);
    if (visit->form.fault == FORM_OK)
        visit->form.fault = fault_of(step->model, field);
    if (visit->form.fault != FORM_OK)
        return;
    form_drop_unasked(model_service(step->model), &visit->answers); /* they would be refused */
    visit->draft.changed = true;                                    /* also where the student stands */
    Terms terms = model_terms(step->model);
    if (terms.leads_to && answers_get(&visit->answers, field->id)) {
        lead_elsewhere(step, field, terms.leads_to);
        return;
    }
    visit->document_language = model_document_language(step->model, visit->document_language);
    go_further(step);
    draft_save(step);
}

static void back(const Step *step, const Field *field)
{
    Visit *visit = step->visit;

    if (visit->form.searching) { /* the keyboard goes first */
        visit->form.searching = false;
        return;
    }
    if (field)
        keep_answer(step, field);
    if (visit->form.changing)
        step_show(step, SCREEN_REVIEW);
    else if (visit->form.question > 0)
        form_open(step, visit->form.question - 1);
    else if (model_is_introducing(step->model)) {
        visit_end(step);
        return;
    } else
        step_show(step, visit->anew.id[0] ? SCREEN_REVIEW : SCREEN_SERVICE);
    visit->form.changing = false;
    draft_save(step);
}

/* The record is wrong: that is put right by another service, and what is filled in here waits. */
static void to_correction(const Step *step)
{
    const Service *service = model_correction(step->model);

    if (!service)
        return;
    draft_save(step);
    if (model_form_kept(step->model) == FORM_NOT_KEPT)
        visit_leave(step, LEAVING_HOME);
    else
        service_open(step, service);
}

void form_act(const Step *step, Act act, uint16_t arg)
{
    const Field *field = model_question(step->model, NULL);

    if (act == ACT_FINISH)
        visit_leave(step, LEAVING_FINISH);
    else if (act == ACT_BACK)
        back(step, field);
    else if (act == ACT_FORM_NEXT && field)
        next(step, field);
    else if (act == ACT_CHOOSE && field)
        choose(step, field, arg);
    else if (act == ACT_PAPER_PHOTO && field && field->kind == FIELD_PAPER)
        papers_begin(step, field);
    else if (act == ACT_PAPER_WINDOW && field && field->kind == FIELD_PAPER)
        papers_at_window(step, field);
    else if (act == ACT_SERVICE)
        to_correction(step);
    else if (act == ACT_FORM_SEARCH && field)
        search(step, field, arg != 0);
    else if (act == ACT_FORM_STEP && field)
        form_step(step, field, arg != 0);
    else if (act == ACT_FORM_DAY && field)
        form_day(step, arg);
    else if (act == ACT_FORM_MONTH && arg <= YEAR_AFTER)
        form_month(step, (FormMonth)arg);
}

void review_act(const Step *step, Act act, uint16_t arg)
{
    Visit *visit = step->visit;
    const Service *service = model_service(step->model);
    const char *missing = NULL;
    FormFault fault;

    if (act == ACT_FINISH)
        visit_leave(step, LEAVING_FINISH);
    else if (visit->waiting.command == CMD_VISITOR)
        return;
    else if (act == ACT_BACK && visit->anew.id[0])
        visit_leave(step, LEAVING_HOME);
    else if (act == ACT_BACK) {
        size_t total = model_questions(step->model);
        visit->form.changing = false;
        if (total > 0)
            form_open(step, total - 1);
        else
            step_show(step, SCREEN_SERVICE);
    } else if (act == ACT_CHANGE && arg < model_questions(step->model)) {
        visit->form.changing = true;
        form_open(step, arg);
    } else if (act == ACT_REVIEW_NEXT && service) {
        fault = form_check(service, &visit->answers, model_today(step->model), &missing);
        if (fault == FORM_OK && model_is_introducing(step->model))
            visitor_send(step);
        else if (fault == FORM_OK && visit->anew.id[0])
            answer_send(step);
        else if (fault == FORM_OK && model_hands_in(step->model)) {
            visit->issue.carrier = CARRIER_PAPER;
            issue_begin(step);
        } else if (fault == FORM_OK)
            preview_open(step);
        else
            form_open_fault(step, missing ? missing : "", fault);
    }
}
