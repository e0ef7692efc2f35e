#include "wire/form.h"

#include <string.h>

#include "base/memory.h"
#include "wire/json.h"
#include "wire/lists.h"

/* --- answers ------------------------------------------------------------------------------------------------------ */

/* answers->count when there is none. */
static size_t answer_find(const Answers *answers, const char *field)
{
    size_t i = 0;

    while (i < answers->count && strcmp(answers->items[i].field, field) != 0)
        i++;
    return i;
}

const char *answers_get(const Answers *answers, const char *field)
{
    size_t at = answer_find(answers, field);

    return at < answers->count ? answers->items[at].value : NULL;
}

static void answer_remove(Answers *answers, size_t at)
{
    Answer *items = answers->items;

    answers->count--;
    memmove(&items[at], &items[at + 1], (answers->count - at) * sizeof *items);
    mem_wipe(&items[answers->count], sizeof *items);
}

bool answers_set(Answers *answers, const char *field, Str value)
{
    size_t at = answer_find(answers, field);
    bool replaces = at < answers->count;
    Answer made = { 0 };

    if (!value.len) {
        if (replaces)
            answer_remove(answers, at);
        return true;
    }
    if (at == ANSWERS_MOST || !str_copy(str_from(field), made.field, sizeof made.field) || !made.field[0] ||
        !str_copy(value, made.value, sizeof made.value))
        return false;
    answers->items[at] = made;
    answers->count += !replaces;
    mem_wipe(&made, sizeof made);
    return true;
}

bool answers_write(const Answers *answers, Buf *ret, Error *err)
{
    OWNED(json_t) json = json_object();

    for (size_t i = 0; json && i < answers->count; i++)
        if (json_object_set_new(json, answers->items[i].field, json_string(answers->items[i].value)) != 0)
            return error_set(err, ERR_FORMAT, "an answer is not text");
    return json ? json_write(json, ret, err) : error_set(err, ERR_MEMORY, "answers");
}

bool answers_read(Str text, Answers *ret, Error *err)
{
    OWNED(json_t) json = json_read(text, err);
    json_t *value;
    const char *field;

    memset(ret, 0, sizeof *ret);
    if (!json)
        return false;
    if (!json_is_object(json))
        return error_set(err, ERR_FORMAT, "answers are an object");
    json_object_foreach(json, field, value)
    {
        /* An empty answer is none: it would give two canonical texts for the same answers. */
        if (!json_is_string(value) || json_string_length(value) == 0 ||
            !answers_set(ret, field, (Str){ json_string_value(value), json_string_length(value) })) {
            mem_wipe(ret, sizeof *ret);
            return error_set(err, ERR_FORMAT, "an answer that is not text, empty, too long, or one too many");
        }
    }
    return true;
}

/* --- conditions --------------------------------------------------------------------------------------------------- */

/* Of several that were chosen, one is enough. */
static bool one_of(const Condition *condition, const char *value, bool several)
{
    for (size_t i = 0; i < condition->value_count; i++)
        if (several ? several_has(value, condition->values[i]) : !strcmp(condition->values[i], value))
            return true;
    return false;
}

/* Numbers as numbers; else by bytes, which is the order of ISO dates. */
static bool between(const Condition *condition, const char *value)
{
    int64_t low, high, number;

    if (condition->value_count != 2)
        return false;
    if (str_to_i64(str_from(condition->values[0]), INT64_MIN, INT64_MAX, &low) &&
        str_to_i64(str_from(condition->values[1]), INT64_MIN, INT64_MAX, &high))
        return str_to_i64(str_from(value), low, high, &number);
    return strcmp(condition->values[0], value) <= 0 && strcmp(value, condition->values[1]) <= 0;
}

/* Answers as conditions see them: those to questions that are not asked don't count, whatever was said before. */
typedef struct Said {
    const Answers *answers;
    const Service *service; /* NULL: all count */
    uint64_t asked;         /* bit i: its i-th question; known for those before the one that is looked at */
} Said;
static_assert(FORM_FIELDS_MOST <= 64, "a bit for every question");

static const char *said(const Said *all, const char *field, bool *ret_several)
{
    *ret_several = false;
    for (size_t i = 0; all->service && i < all->service->field_count; i++)
        if (!strcmp(all->service->fields[i].id, field)) {
            *ret_several = all->service->fields[i].kind == FIELD_SEVERAL;
            return all->asked >> i & 1 ? answers_get(all->answers, field) : NULL;
        }
    return answers_get(all->answers, field);
}

static bool holds(const Condition *condition, const Said *all);

static size_t parts_that_hold(const Condition *condition, const Said *all)
{
    size_t held = 0;

    for (size_t i = 0; i < condition->part_count; i++)
        held += holds(&condition->parts[i], all);
    return held;
}

static bool holds(const Condition *condition, const Said *all)
{
    bool several = false;
    const char *value = condition->field ? said(all, condition->field, &several) : NULL;

    switch (condition->kind) {
    case CONDITION_ALWAYS: return true;
    case CONDITION_EQUALS:
    case CONDITION_IN: return value && one_of(condition, value, several);
    case CONDITION_BETWEEN: return value && between(condition, value);
    case CONDITION_EXISTS: return value != NULL;
    case CONDITION_AND: return parts_that_hold(condition, all) == condition->part_count;
    case CONDITION_OR: return parts_that_hold(condition, all) > 0;
    case CONDITION_NOT: return parts_that_hold(condition, all) == 0;
    }
    return false;
}

bool condition_holds(const Condition *condition, const Answers *answers)
{
    return holds(condition, &(Said){ .answers = answers });
}

/* Bit i: the form's i-th question is asked.  Conditions look back alone, so one walk decides all. */
static uint64_t questions_asked(const Service *service, const Answers *answers)
{
    Said all = { answers, service, 0 };

    for (size_t i = 0; i < service->field_count; i++)
        if (holds(&service->fields[i].when, &all))
            all.asked |= UINT64_C(1) << i;
    return all.asked;
}

/* --- the whole form ----------------------------------------------------------------------------------------------- */

static FormFault at_fault(FormFault fault, const char *field, const char **ret_field)
{
    if (ret_field)
        *ret_field = field;
    return fault;
}

static bool is_asked(const Service *service, uint64_t asked, const char *id)
{
    for (size_t i = 0; i < service->field_count; i++)
        if (!strcmp(service->fields[i].id, id))
            return asked >> i & 1;
    return false;
}

/* ISO dates have the order of their bytes. */
static bool is_too_early(const Field *field, const Answers *answers)
{
    const char *earlier = field->after ? answers_get(answers, field->after) : NULL;
    const char *value = answers_get(answers, field->id);

    return earlier && value && strcmp(value, earlier) < 0;
}

static FormFault check(const Service *service, const Answers *answers, Date today, bool begun, const char **ret_field)
{
    uint64_t asked = questions_asked(service, answers);

    for (size_t i = 0; i < answers->count; i++)
        if (!is_asked(service, asked, answers->items[i].field))
            return at_fault(FORM_UNKNOWN, answers->items[i].field, ret_field);
    for (size_t i = 0; i < service->field_count; i++) {
        const Field *field = &service->fields[i];
        FormFault fault = FORM_OK;

        if (asked >> i & 1)
            fault = form_check_field(field, answers_get(answers, field->id), today);
        if (fault == FORM_OK && is_too_early(field, answers))
            fault = FORM_OUT_OF_RANGE;
        if (fault != FORM_OK && !(begun && fault == FORM_MISSING))
            return at_fault(fault, field->id, ret_field);
    }
    return FORM_OK;
}

FormFault form_check(const Service *service, const Answers *answers, Date today, const char **ret_field)
{
    return check(service, answers, today, false, ret_field);
}

FormFault form_check_begun(const Service *service, const Answers *answers, Date today, const char **ret_field)
{
    return check(service, answers, today, true, ret_field);
}

bool form_keep_fitting(const Service *service, Answers *answers, Date today)
{
    const char *field = NULL;
    bool any = false;

    /* Each round takes one away; what hung on it is at fault in the next. */
    while (form_check_begun(service, answers, today, &field) != FORM_OK) {
        answer_remove(answers, answer_find(answers, field));
        any = true;
    }
    return any;
}

size_t form_answered(const Service *service, const Answers *answers)
{
    uint64_t asked = questions_asked(service, answers);
    size_t answered = 0;

    for (size_t i = 0; i < service->field_count; i++)
        answered += (asked >> i & 1) && answers_get(answers, service->fields[i].id);
    return answered;
}

size_t form_asked(const Service *service, const Answers *answers, size_t n, size_t *ret_total)
{
    uint64_t asked = questions_asked(service, answers);
    size_t found = FORM_FIELDS_MOST, total = 0;

    for (size_t i = 0; i < service->field_count; i++)
        if (asked >> i & 1) {
            if (total == n)
                found = i;
            total++;
        }
    if (ret_total)
        *ret_total = total;
    return found;
}

void form_drop_unasked(const Service *service, Answers *answers)
{
    size_t i = 0;

    while (i < answers->count) {
        if (is_asked(service, questions_asked(service, answers), answers->items[i].field))
            i++;
        else {
            answer_remove(answers, i);
            i = 0; /* what hung on it */
        }
    }
}

/* --- what it comes to --------------------------------------------------------------------------------------------- */

const Sets *form_sets(const Field *field, const Answers *answers)
{
    const char *answer = answers_get(answers, field->id);

    if (field->kind != FIELD_CHOICE || !answer || !condition_holds(&field->when, answers))
        return NULL;
    for (size_t i = 0; i < field->choice_count; i++)
        if (!strcmp(field->choices[i].id, answer))
            return field->choices[i].sets;
    return NULL;
}

void service_terms(const Service *service, const Answers *answers, Terms *ret)
{
    *ret = (Terms){ .document = service->document,
                    .languages = service->languages,
                    .language_count = service->language_count,
                    .valid_days = service->valid_days,
                    .limit_day = service->limit_day };
    for (size_t i = 0; i < service->field_count; i++) {
        const Sets *sets = form_sets(&service->fields[i], answers);

        if (!sets)
            continue;
        if (sets->document)
            ret->document = sets->document;
        if (sets->language_count) {
            ret->languages = sets->languages;
            ret->language_count = sets->language_count;
        }
        if (sets->valid_days)
            ret->valid_days = sets->valid_days;
        if (sets->copies) {
            ret->limit_day = sets->copies;
            ret->limit_of_paper = sets->document != NULL;
        }
        if (sets->service)
            ret->leads_to = sets->service;
    }
}

bool terms_have_language(const Terms *terms, Language language)
{
    for (size_t i = 0; i < terms->language_count; i++)
        if (terms->languages[i] == language)
            return true;
    return false;
}

Service service_asks(const Service *service)
{
    return (Service){ .id = service->id, .fields = service->asks, .field_count = service->ask_count };
}

/* --- what it costs ------------------------------------------------------------------------------------------------ */

bool service_costs(const Service *service)
{
    return service->fee > 0 || service->fee_of;
}

static int64_t sum_of_chosen(const Field *field, const char *value)
{
    int64_t sum = 0;

    for (size_t i = 0; i < field->choice_count; i++)
        if (field->choices[i].item && several_has(value, field->choices[i].id))
            sum += field->choices[i].item->sum;
    return sum;
}

int64_t service_fee(const Service *service, const Answers *answers)
{
    int64_t fee = service->fee;

    for (size_t i = 0; service->fee_of && i < service->field_count; i++) {
        const Field *field = &service->fields[i];
        const char *value = strcmp(field->id, service->fee_of) == 0 ? answers_get(answers, field->id) : NULL;

        if (value)
            fee += sum_of_chosen(field, value);
    }
    return fee;
}
