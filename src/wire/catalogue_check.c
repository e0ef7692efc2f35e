/* What one member of a service demands of another. */
#include <string.h>

#include "base/date.h"
#include "wire/catalogue_read.h"

/* --- conditions --------------------------------------------------------------------------------------------------- */

typedef struct Form {
    const Field *fields;
    size_t count;
} Form;

/* The question among the first `before` of the form: a condition may only look back. */
static const Field *field_before(const Form *form, size_t before, const char *id, size_t length)
{
    for (size_t i = 0; i < before; i++)
        if (str_equal_text((Str){ id, length }, form->fields[i].id))
            return &form->fields[i];
    return NULL;
}

/* ... and is asked whenever this one is. */
static const Field *field_asked_before(const Form *form, size_t index, const char *id)
{
    const Field *field = field_before(form, index, id, strlen(id));

    return field && (field->asked == ASKED_ALWAYS || field->asked == form->fields[index].asked) ? field : NULL;
}

static bool is_offered(const Field *field, const char *value)
{
    for (size_t i = 0; i < field->choice_count; i++)
        if (strcmp(field->choices[i].id, value) == 0)
            return true;
    return false;
}

/* Whether an answer to the question can be this value at all: else the condition would never hold. */
static bool can_be(const Field *field, const char *value)
{
    int64_t number;
    Date date;

    switch (field->kind) {
    case FIELD_CHOICE:
    case FIELD_SEVERAL: return is_offered(field, value);
    case FIELD_TEXT:
    case FIELD_EMAIL:
    case FIELD_PHONE:
    case FIELD_PAPER:
    case FIELD_PASSPORT: return true;
    case FIELD_NUMBER: return str_to_i64(str_from(value), field->least, field->most, &number);
    case FIELD_DATE: return date_parse(str_from(value), &date);
    case FIELD_KIND_COUNT: break;
    }
    return false;
}

static bool compared_checked(Reader *reader, const Condition *condition, const Field *field)
{
    if (condition->kind == CONDITION_BETWEEN && field->kind != FIELD_NUMBER && field->kind != FIELD_DATE)
        return reader_refuse(reader, "only a number or a date lies between two others");
    for (size_t i = 0; i < condition->value_count; i++)
        if (!can_be(field, condition->values[i]))
            return reader_refuse(reader, "a value that its question can't have");
    return true;
}

static bool condition_checked(Reader *reader, const Form *form, size_t index, const Condition *condition)
{
    if (condition->field) {
        const Field *field = field_asked_before(form, index, condition->field);

        return field ? compared_checked(reader, condition, field)
                     : reader_refuse(reader, "looks at a question that is not asked before");
    }
    for (size_t i = 0; i < condition->part_count; i++)
        if (!condition_checked(reader, form, index, &condition->parts[i]))
            return false;
    return true;
}

/* --- a choice's words on paper ------------------------------------------------------------------------------------ */

/* A student's own words get onto a sealed paper in quotes alone (MODEL.md section 4); what can be nothing but a number,
 * a day or an address may stand there as it is.  A choice has a sentence of its own. */
static bool may_be_quoted(const Field *field)
{
    switch (field->kind) {
    case FIELD_TEXT: return field->quoted;
    case FIELD_NUMBER:
    case FIELD_DATE:
    case FIELD_EMAIL:
    case FIELD_PHONE:
    case FIELD_PASSPORT: return true;
    case FIELD_CHOICE:
    case FIELD_SEVERAL:
    case FIELD_PAPER:
    case FIELD_KIND_COUNT: break;
    }
    return false;
}

static bool paper_checked(Reader *reader, const Form *form, const char *text)
{
    const char *open = text;

    while ((open = strpbrk(open, "{}"))) {
        const char *close = *open == '{' ? strchr(open, '}') : NULL;
        const Field *field = NULL;

        if (close)
            field = field_before(form, form->count, open + 1, (size_t)(close - open) - 1);
        if (!field || !may_be_quoted(field))
            return reader_refuse(reader, "{...} names no question of this form that may stand on a paper");
        open = close + 1;
    }
    return true;
}

static bool choice_checked(Reader *reader, const Form *form, const Choice *choice)
{
    size_t length = reader_down(reader, "paper");

    for (Language l = 0; l < LANGUAGE_COUNT; l++)
        if (choice->paper.in[l]) {
            size_t inner = reader_down(reader, language_tag(l));

            if (!paper_checked(reader, form, choice->paper.in[l]))
                return false;
            reader_up(reader, inner);
        }
    reader_up(reader, length);
    return true;
}

/* --- a form ------------------------------------------------------------------------------------------------------- */

static bool field_checked(Reader *reader, const Form *form, size_t index)
{
    const Field *field = &form->fields[index];
    size_t length = reader_down(reader, "id");

    if (field_before(form, index, field->id, strlen(field->id)))
        return reader_refuse(reader, "two questions of one id");
    reader_up(reader, length);
    reader_down(reader, "after");
    const Field *earlier = field->after ? field_asked_before(form, index, field->after) : NULL;
    if (field->after && (field->kind != FIELD_DATE || !earlier || earlier->kind != FIELD_DATE))
        return reader_refuse(reader, "a date comes after a date that is asked before");
    reader_up(reader, length);
    reader_down(reader, "when");
    if (!condition_checked(reader, form, index, &field->when))
        return false;
    reader_up(reader, length);
    reader_down(reader, "choices");
    for (size_t i = 0; i < field->choice_count; i++) {
        size_t inner = reader_down_at(reader, i);

        if (!choice_checked(reader, form, &field->choices[i]))
            return false;
        reader_up(reader, inner);
    }
    reader_up(reader, length);
    return true;
}

bool form_checked(Reader *reader, const char *key, const Field *fields, size_t count)
{
    const Form form = { fields, count };
    size_t length = reader_down(reader, key);

    for (size_t i = 0; i < count; i++) {
        size_t inner = reader_down_at(reader, i);

        if (!field_checked(reader, &form, i))
            return false;
        reader_up(reader, inner);
    }
    reader_up(reader, length);
    return true;
}
