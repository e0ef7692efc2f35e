/* The form, one question a screen, and its review. */
#include "kiosk/app/flow.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

static void set_keyboard(Visit *visit, const Field *field)
{
    bool words = field->kind == FIELD_TEXT;

    visit->typing =
        (TypingState){ .layer = words ? LAYER_LATIN : LAYER_NUMBERS, .shifted = words && !visit->form.typed[0] };
}

void form_return(const Step *step)
{
    const Field *field = model_question(step->model, NULL);

    step_show(step, SCREEN_FORM);
    if (field)
        set_keyboard(step->visit, field);
}

/* The digits of what answer_written made: also of a date that there is not, which its student is about to mend. */
static void date_unwritten(const char *answer, char typed[ANSWER_BYTES_MOST])
{
    if (strlen(answer) == 10 && answer[4] == '-' && answer[7] == '-')
        snprintf(typed, ANSWER_BYTES_MOST, "%.2s%.2s%.4s", answer + 8, answer + 5, answer);
    else
        str_copy_cut(str_from(answer), typed, ANSWER_BYTES_MOST);
}

void form_open(const Step *step, size_t question)
{
    Visit *visit = step->visit;
    FormState *form = &visit->form;

    form->question = question;
    form->fault = FORM_OK;
    mem_wipe(form->typed, sizeof form->typed);
    step_show(step, SCREEN_FORM);
    const Field *field = model_question(step->model, NULL);
    if (!field)
        return;
    const char *answer = answers_get(&visit->answers, field->id);
    if (answer && field->kind == FIELD_DATE)
        date_unwritten(answer, form->typed);
    else if (answer && field->kind != FIELD_CHOICE)
        str_copy_cut(str_from(answer), form->typed, sizeof form->typed);
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
    else if (total > 1)
        step_show(step, SCREEN_REVIEW);
    else
        preview_open(step);
}

void form_open_last(const Step *step)
{
    size_t total = model_questions(step->model);

    if (total > 1)
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

    visit->form.changing = total > 1;
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

/* What was typed as the answer's own shape: a number has one text, "2" for "02"; a half-typed date is given as it is,
 * and its check says what is wrong. */
static void answer_written(const Field *field, const char *typed, char answer[ANSWER_BYTES_MOST])
{
    if (field->kind == FIELD_DATE && strlen(typed) == DATE_DIGITS)
        snprintf(answer, ANSWER_BYTES_MOST, "%.4s-%.2s-%.2s", typed + 4, typed + 2, typed);
    else {
        if (field->kind == FIELD_NUMBER)
            while (typed[0] == '0' && typed[1])
                typed++;
        str_copy_cut(str_trim(str_from(typed)), answer, ANSWER_BYTES_MOST);
    }
}

static void add_typed(const Model *model, Answers *answers)
{
    const Field *field = model->visit.screen == SCREEN_FORM ? model_question(model, NULL) : NULL;
    char answer[ANSWER_BYTES_MOST];

    if (!field || field->kind == FIELD_CHOICE)
        return;
    answer_written(field, model->visit.form.typed, answer);
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

    if (field->kind == FIELD_CHOICE)
        return;
    answer_written(field, visit->form.typed, answer);
    if (strcmp(before ? before : "", answer) != 0) {
        issue_forget(step);
        visit->draft.changed = true;
        if (!answers_set(&visit->answers, field->id, str_from(answer)))
            visit->form.fault = FORM_LONG;
    }
    mem_wipe(answer, sizeof answer);
}

/* Answers to questions that are no longer asked would be refused: they go. */
static void drop_unasked(const Step *step)
{
    const Service *service = model_service(step->model);
    Answers *answers = &step->visit->answers;

    for (size_t i = 0; service && i < service->field_count; i++)
        if (!condition_holds(&service->fields[i].when, answers) && answers_get(answers, service->fields[i].id))
            (void)!answers_set(answers, service->fields[i].id, (Str){ 0 });
}

static void choose(const Step *step, const Field *field, uint16_t arg)
{
    Visit *visit = step->visit;
    const char *before = answers_get(&visit->answers, field->id);

    if (field->kind != FIELD_CHOICE || arg >= field->choice_count)
        return;
    visit->form.fault = FORM_OK;
    if (before && strcmp(before, field->choices[arg].id) == 0)
        return;
    issue_forget(step);
    visit->draft.changed = true;
    if (!answers_set(&visit->answers, field->id, str_from(field->choices[arg].id)))
        visit->form.fault = FORM_LONG;
}

/* A question was answered: on to the next, or to what comes after them. */
static void go_further(const Step *step)
{
    Visit *visit = step->visit;
    size_t total = model_questions(step->model);
    size_t following = visit->form.question + 1;
    const char *missing = NULL;

    /* After a change the review comes at once, unless the change brought a question that has no answer yet. */
    if (visit->form.changing && total > 1 &&
        form_check(model_service(step->model), &visit->answers, model_today(step->model), &missing) == FORM_OK)
        step_show(step, SCREEN_REVIEW);
    else if (following < total)
        form_open(step, following);
    else if (total > 1)
        step_show(step, SCREEN_REVIEW);
    else
        preview_open(step);
}

static void next(const Step *step, const Field *field)
{
    Visit *visit = step->visit;

    keep_answer(step, field);
    if (visit->form.fault == FORM_OK)
        visit->form.fault = form_check_field(field, answers_get(&visit->answers, field->id), model_today(step->model));
    if (visit->form.fault != FORM_OK)
        return;
    drop_unasked(step);
    visit->draft.changed = true; /* also where the student stands */
    go_further(step);
    draft_save(step);
}

static void back(const Step *step, const Field *field)
{
    Visit *visit = step->visit;

    if (field)
        keep_answer(step, field);
    if (visit->form.changing)
        step_show(step, SCREEN_REVIEW);
    else if (visit->form.question > 0)
        form_open(step, visit->form.question - 1);
    else
        step_show(step, SCREEN_SERVICE);
    visit->form.changing = false;
    draft_save(step);
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
}

void review_act(const Step *step, Act act, uint16_t arg)
{
    Visit *visit = step->visit;
    const Service *service = model_service(step->model);
    const char *missing = NULL;
    FormFault fault;

    if (act == ACT_FINISH)
        visit_leave(step, LEAVING_FINISH);
    else if (act == ACT_BACK) {
        size_t total = model_questions(step->model);
        visit->form.changing = false;
        form_open(step, total > 0 ? total - 1 : 0);
    } else if (act == ACT_CHANGE && arg < model_questions(step->model)) {
        visit->form.changing = true;
        form_open(step, arg);
    } else if (act == ACT_REVIEW_NEXT && service) {
        fault = form_check(service, &visit->answers, model_today(step->model), &missing);
        if (fault == FORM_OK)
            preview_open(step);
        else
            form_open_fault(step, missing ? missing : "", fault);
    }
}
