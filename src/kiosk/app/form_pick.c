/* Answers that are picked although they could be typed: a small number by its steps, a day from a calendar. */
#include "kiosk/app/flow.h"

#include <stdio.h>
#include <string.h>

#define MONTHS       12
#define YEAR_LEAST   1900 /* base/date.h */
#define YEAR_MOST    2199
#define NUMBER_BYTES 24

bool field_is_searched(const Field *field)
{
    return field->kind == FIELD_CHOICE && field->choice_count > CHOICES_AT_ONCE;
}

bool field_is_stepped(const Field *field)
{
    return field->kind == FIELD_NUMBER && field->least >= -STEPS_MOST && field->most <= field->least + STEPS_MOST &&
           field->most > field->least;
}

/* --- a small number ---------------------------------------------------------------------------------------------- */

static void set_typed(Visit *visit, int64_t number)
{
    (void)snprintf(visit->form.typed, sizeof visit->form.typed, "%lld", (long long)number);
    visit->form.picked = true;
}

/* What must be answered begins with the least: it is right for most. */
void form_step_begin(Visit *visit, const Field *field)
{
    if (field_is_stepped(field) && field->required && !visit->form.typed[0])
        set_typed(visit, field->least);
}

static void typed_changed(const Step *step)
{
    step->visit->form.fault = FORM_OK;
    step->visit->draft.changed = true;
}

void form_step(const Step *step, const Field *field, bool more)
{
    FormState *form = &step->visit->form;
    int64_t number;

    if (!field_is_stepped(field))
        return;
    if (!str_to_i64(str_from(form->typed), field->least, field->most, &number))
        set_typed(step->visit, more ? field->least : field->most);
    else if (more ? number < field->most : number > field->least)
        set_typed(step->visit, number + (more ? 1 : -1));
    else
        return;
    typed_changed(step);
}

/* --- a day ------------------------------------------------------------------------------------------------------- */

static int month_of(Date date)
{
    return date.year * MONTHS + date.month - 1;
}

static Date first_of(int month)
{
    return (Date){ month / MONTHS, month % MONTHS + 1, 1 };
}

bool model_typed_day(const Model *model, Date *ret)
{
    char answer[ANSWER_BYTES_MOST];
    const Field *field = model_question(model, NULL);

    if (!field || field->kind != FIELD_DATE)
        return false;
    form_write(field, model->visit.form.typed, answer);
    return date_parse(str_from(answer), ret);
}

static int bounded(int64_t days)
{
    return days < -200000 ? -200000 : days > 200000 ? 200000 : (int)days;
}

/* The first day that the question takes, in days from today: its own, or the answer that it comes after. */
static int64_t first_day(const Model *model, const Field *field)
{
    Date earlier;

    if (!model_comes_after(model, field, &earlier))
        return field->least;
    int64_t days = date_days_between(model_today(model), earlier);
    return days > field->least ? days : field->least;
}

bool model_comes_after(const Model *model, const Field *field, Date *ret)
{
    const char *answer = field->after ? answers_get(&model->visit.answers, field->after) : NULL;

    return answer && date_parse(str_from(answer), ret);
}

bool model_day_fits(const Model *model, Date day)
{
    const Field *field = model_question(model, NULL);
    int days = date_days_between(model_today(model), day);

    return field && field->kind == FIELD_DATE && days >= first_day(model, field) && days <= field->most;
}

/* What was typed, or what the student looked at, or the day of those that fit which is nearest to today; where one day
 * follows another, nearest to that. */
Date model_month(const Model *model)
{
    const Field *field = model_question(model, NULL);
    Date today = model_today(model), day = today, earlier;

    if (model->visit.form.month)
        return first_of(model->visit.form.month);
    if (model_typed_day(model, &day) || !field)
        return first_of(month_of(day));
    if (model_comes_after(model, field, &earlier))
        day = date_add_days(today, bounded(first_day(model, field)));
    else if (field->least > 0)
        day = date_add_days(today, bounded(field->least));
    else if (field->most < 0)
        day = date_add_days(today, bounded(field->most));
    return first_of(month_of(day));
}

static int month_on_the_way(const Model *model, FormMonth way)
{
    static const int months[] = {
        [MONTH_BEFORE] = -1, [MONTH_AFTER] = 1, [YEAR_BEFORE] = -MONTHS, [YEAR_AFTER] = MONTHS
    };

    return month_of(model_month(model)) + months[way];
}

bool model_month_fits(const Model *model, FormMonth way)
{
    const Field *field = model_question(model, NULL);
    int month = month_on_the_way(model, way);
    Date first = first_of(month), today = model_today(model);

    if (!field || field->kind != FIELD_DATE || first.year < YEAR_LEAST || first.year > YEAR_MOST)
        return false;
    Date last = { first.year, first.month, date_days_in_month(first.year, first.month) };
    return date_days_between(today, last) >= first_day(model, field) && date_days_between(today, first) <= field->most;
}

void form_month(const Step *step, FormMonth way)
{
    if (model_month_fits(step->model, way))
        step->visit->form.month = month_on_the_way(step->model, way);
}

void form_day(const Step *step, unsigned day)
{
    FormState *form = &step->visit->form;
    Date month = model_month(step->model);
    Date chosen = { month.year, month.month, (int)day };

    if (day < 1 || (int)day > date_days_in_month(month.year, month.month) || !model_day_fits(step->model, chosen))
        return;
    (void)snprintf(form->typed, sizeof form->typed, "%02d%02d%04d", chosen.day, chosen.month, chosen.year);
    form->month = month_of(month);
    form->picked = true;
    typed_changed(step);
}
