#include "wire/form.h"

#include <string.h>

#include "base/memory.h"
#include "wire/json.h"

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

static bool one_of(const Condition *condition, const char *value)
{
    for (size_t i = 0; i < condition->value_count; i++)
        if (!strcmp(condition->values[i], value))
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

static const char *said(const Said *all, const char *field)
{
    for (size_t i = 0; all->service && i < all->service->field_count; i++)
        if (!strcmp(all->service->fields[i].id, field))
            return all->asked >> i & 1 ? answers_get(all->answers, field) : NULL;
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
    const char *value = condition->field ? said(all, condition->field) : NULL;

    switch (condition->kind) {
    case CONDITION_ALWAYS: return true;
    case CONDITION_EQUALS:
    case CONDITION_IN: return value && one_of(condition, value);
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

/* --- fields ------------------------------------------------------------------------------------------------------- */

static FormFault check_choice(const Field *field, const char *value, Date today)
{
    (void)today;
    for (size_t i = 0; i < field->choice_count; i++)
        if (!strcmp(field->choices[i].id, value))
            return FORM_OK;
    return FORM_NOT_OFFERED;
}

/* Words in quotes must not end their quotes themselves. */
static bool is_double_quote(uint32_t c)
{
    return c == '"' || c == 0xAB || c == 0xBB || (c >= 0x201C && c <= 0x201F) || (c >= 0x301D && c <= 0x301F) ||
           c == 0xFF02;
}

#define MARKS_MOST 2 /* on one letter: what any spelling needs */

/* Marks that stand on the letter before.  Piled up they would run over the lines above, on a paper through what it
 * says.  Of the alphabets that our papers' faces have; others are refused when the paper is drawn. */
static bool is_mark(uint32_t c)
{
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0483 && c <= 0x0489) || (c >= 0x1AB0 && c <= 0x1AFF) ||
           (c >= 0x1DC0 && c <= 0x1DFF) || (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xA66F && c <= 0xA67D) ||
           (c >= 0xA69E && c <= 0xA69F) || (c >= 0xA8E0 && c <= 0xA8F1) || (c >= 0xFE20 && c <= 0xFE2F);
}

static FormFault check_text(const Field *field, const char *value, Date today)
{
    Str s = str_from(value), rest = s;
    int marks = 0;

    (void)today;
    if (!utf8_valid(s))
        return FORM_CHARACTERS;
    while (rest.len) {
        uint32_t c = utf8_next(&rest);

        marks = is_mark(c) ? marks + 1 : 0;
        if (utf8_is_unwanted(c) || marks > MARKS_MOST || (field->quoted && is_double_quote(c)))
            return FORM_CHARACTERS;
    }
    size_t count = utf8_count(str_trim(s));
    if (count < (size_t)field->least)
        return FORM_SHORT;
    return count > (size_t)field->most ? FORM_LONG : FORM_OK;
}

/* "7", never "007" or "-0": one number has one text, since answers are compared by their bytes. */
static bool is_shortest(const char *digits)
{
    const char *first = digits[0] == '-' ? digits + 1 : digits;

    return first[0] != '0' || (first == digits && first[1] == '\0');
}

static FormFault check_number(const Field *field, const char *value, Date today)
{
    int64_t number;

    (void)today;
    if (!str_to_i64(str_from(value), INT64_MIN, INT64_MAX, &number) || !is_shortest(value))
        return FORM_NOT_NUMBER;
    return number < field->least || number > field->most ? FORM_OUT_OF_RANGE : FORM_OK;
}

static FormFault check_date(const Field *field, const char *value, Date today)
{
    Date date;

    if (!date_parse(str_from(value), &date))
        return FORM_NOT_DATE;
    int64_t days = (date_start_s(date, 0) - date_start_s(today, 0)) / 86400;
    return days < field->least || days > field->most ? FORM_OUT_OF_RANGE : FORM_OK;
}

static FormFault (*const checks[])(const Field *field, const char *value, Date today) = {
    [FIELD_CHOICE] = check_choice,
    [FIELD_TEXT] = check_text,
    [FIELD_NUMBER] = check_number,
    [FIELD_DATE] = check_date,
};
static_assert(COUNT(checks) == FIELD_KIND_COUNT, "one check per FieldKind");

FormFault form_check_field(const Field *field, const char *value, Date today)
{
    if (!value || !value[0])
        return field->required ? FORM_MISSING : FORM_OK;
    return checks[field->kind](field, value, today);
}

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
