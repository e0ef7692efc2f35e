#include <string.h>

#include "wire/catalogue_read.h"
#include "wire/lists.h"

/* --- conditions --------------------------------------------------------------------------------------------------- */

typedef struct ConditionRow ConditionRow;

struct ConditionRow {
    const char *key;
    ConditionKind kind;
    size_t least, most; /* values after the field, or parts */
    bool (*read)(Reader *reader, const json_t *object, const ConditionRow *row, unsigned deep, Condition *ret);
};

static bool read_compared(Reader *reader, const json_t *object, const ConditionRow *row, unsigned deep, Condition *ret)
{
    const char *const *values;
    size_t count;

    (void)deep;
    if (!reader_values(reader, object, row->key, &values, &count))
        return false;
    if (count < 1 + row->least || count > 1 + row->most)
        return reader_refuse(reader, "wants a field and its values");
    ret->field = values[0];
    ret->values = values + 1;
    ret->value_count = count - 1;
    return true;
}

static bool read_exists(Reader *reader, const json_t *object, const ConditionRow *row, unsigned deep, Condition *ret)
{
    (void)deep;
    return reader_id(reader, object, row->key, &ret->field);
}

static bool read_parts(Reader *reader, const json_t *object, const ConditionRow *row, unsigned deep, Condition *ret)
{
    const json_t *list = json_object_get(object, row->key);
    size_t count = json_array_size(list), length = reader_down(reader, row->key);
    Condition *parts;

    if (count < row->least || count > row->most)
        return reader_refuse(reader, "wants a list of conditions");
    parts = reader_alloc(reader, count, sizeof *parts);
    if (!parts)
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t inner = reader_down_at(reader, i);

        if (!condition_read(reader, json_array_get(list, i), deep + 1, &parts[i]))
            return false;
        reader_up(reader, inner);
    }
    ret->parts = parts;
    ret->part_count = count;
    reader_up(reader, length);
    return true;
}

static bool read_not(Reader *reader, const json_t *object, const ConditionRow *row, unsigned deep, Condition *ret)
{
    size_t length = reader_down(reader, row->key);
    Condition *part = reader_alloc(reader, 1, sizeof *part);

    if (!part || !condition_read(reader, json_object_get(object, row->key), deep + 1, part))
        return false;
    ret->parts = part;
    ret->part_count = 1;
    reader_up(reader, length);
    return true;
}

/* {"equals": [FIELD, VALUE]}, {"in": [FIELD, VALUE...]}, {"between": [FIELD, LOW, HIGH]}, {"exists": FIELD},
 * {"and": [...]}, {"or": [...]}, {"not": CONDITION}: a closed list, no scripting (DESIGN.md section 5). */
static const ConditionRow condition_rows[] = {
    { "equals", CONDITION_EQUALS, 1, 1, read_compared },
    { "in", CONDITION_IN, 1, CHOICES_MOST, read_compared },
    { "between", CONDITION_BETWEEN, 2, 2, read_compared },
    { "exists", CONDITION_EXISTS, 0, 0, read_exists },
    { "and", CONDITION_AND, 1, FORM_FIELDS_MOST, read_parts },
    { "or", CONDITION_OR, 1, FORM_FIELDS_MOST, read_parts },
    { "not", CONDITION_NOT, 1, 1, read_not },
};

bool condition_read(Reader *reader, const json_t *json, unsigned deep, Condition *ret)
{
    if (deep > CONDITIONS_DEEP_MOST)
        return reader_refuse(reader, "conditions inside conditions, too deep");
    if (!json_is_object(json) || json_object_size(json) != 1)
        return reader_refuse(reader, "wants one condition");
    for (size_t i = 0; i < COUNT(condition_rows); i++)
        if (json_object_get(json, condition_rows[i].key)) {
            ret->kind = condition_rows[i].kind;
            return condition_rows[i].read(reader, json, &condition_rows[i], deep, ret);
        }
    return reader_refuse(reader, "no such condition");
}

/* --- questions ---------------------------------------------------------------------------------------------------- */

static bool choice_read(Reader *reader, const json_t *json, void *ret_choice)
{
    static const char *const keys[] = { "id", "label", "help", "icon", "paper", "sets" };
    Choice *choice = ret_choice;

    return reader_object(reader, json, keys, COUNT(keys)) && reader_id(reader, json, "id", &choice->id) &&
           reader_local(reader, json, "label", true, &choice->label) &&
           reader_local(reader, json, "help", false, &choice->help) &&
           reader_local(reader, json, "paper", false, &choice->paper) && sets_read(reader, json, &choice->sets) &&
           (!json_object_get(json, "icon") || reader_id(reader, json, "icon", &choice->icon));
}

/* Bounds of least and most for a kind, when they are not given. */
static const struct {
    int64_t floor, ceiling, least, most;
} bounds[] = {
    [FIELD_CHOICE] = { 0, 0, 0, 0 },
    [FIELD_TEXT] = { 0, 250, 1, 120 },
    [FIELD_NUMBER] = { INT64_MIN, INT64_MAX, 0, INT64_MAX },
    [FIELD_DATE] = { -40000, 40000, -40000, 40000 },
    [FIELD_SEVERAL] = { 0, CHOICES_MOST, 0, CHOICES_MOST },
    [FIELD_EMAIL] = { 0, 250, 0, 120 },
    [FIELD_PHONE] = { 0, 0, 0, 0 },
    [FIELD_PAPER] = { 1, PAPER_PHOTOS_MOST, 1, 4 },
    [FIELD_PASSPORT] = { 0, 0, 0, 0 },
};
static_assert(COUNT(bounds) == FIELD_KIND_COUNT, "one row per FieldKind");

static size_t ids_together(const Field *field)
{
    size_t length = 0;

    for (size_t i = 0; i < field->choice_count; i++)
        length += strlen(field->choices[i].id) + 1;
    return length;
}

static bool field_checked(Reader *reader, const Field *field)
{
    bool chosen = field->kind == FIELD_CHOICE || field->kind == FIELD_SEVERAL;

    if (field->from && (!chosen || field->choice_count))
        return reader_refuse(reader, "what comes from a list has no choices of its own");
    if (chosen && !field->from && field->choice_count < 2)
        return reader_refuse(reader, "a choice wants two choices or more");
    if (!chosen && field->choice_count)
        return reader_refuse(reader, "choices belong to a choice");
    if (field->kind == FIELD_SEVERAL && ids_together(field) >= ANSWER_BYTES_MOST)
        return reader_refuse(reader, "the ids of all choices together are too long for one answer");
    if (field->kind == FIELD_SEVERAL && !field->from && field->least > (int64_t)field->choice_count)
        return reader_refuse(reader, "least is above the number of choices");
    if (field->kind != FIELD_TEXT && (field->script != SCRIPT_ANY || field->capital != CAPITAL_SENTENCE))
        return reader_refuse(reader, "script and capital belong to text");
    if (field->least > field->most)
        return reader_refuse(reader, "least is above most");
    if (field->quoted && (field->kind != FIELD_TEXT || field->most > 80))
        return reader_refuse(reader, "quoted words are text of at most 80 letters");
    for (size_t i = 0; field->kind == FIELD_SEVERAL && i < field->choice_count; i++)
        if (field->choices[i].sets)
            return reader_refuse(reader, "one of several sets nothing");
    for (size_t i = 0; i < field->choice_count; i++)
        for (size_t j = 0; j < i; j++)
            if (!strcmp(field->choices[i].id, field->choices[j].id))
                return reader_refuse(reader, "two choices of one id");
    return true;
}

/* Of the record: a closed list of lists. */
static bool from_read(Reader *reader, const json_t *json, Field *field)
{
    int which = 0;

    if (!json_object_get(json, "from"))
        return true;
    if (!reader_word(reader, json, "from", list_names, list_name_count, -1, &which))
        return false;
    field->from = list_names[which];
    return true;
}

bool field_read(Reader *reader, const json_t *json, void *ret_field)
{
    static const char *const keys[] = { "id",      "type",  "label", "help",    "example", "required",
                                        "quoted",  "least", "most",  "choices", "when",    "script",
                                        "capital", "shows", "from",  "after",   "prefill", "decided" };
    static const char *const kinds[] = { "choice", "text",  "number", "date",    "several",
                                         "email",  "phone", "paper",  "passport" };
    static const char *const scripts[] = { "any", "latin", "cyrillic" };
    static const char *const capitals[] = { "none", "sentence", "words" };
    static const char *const decided[] = { "", "here", "portal" };
    Field *field = ret_field;
    void *choices = NULL;
    int kind = 0, script, capital, asked;

    if (!reader_object(reader, json, keys, COUNT(keys)) || !reader_id(reader, json, "id", &field->id) ||
        !reader_word(reader, json, "type", kinds, COUNT(kinds), -1, &kind) ||
        !reader_word(reader, json, "script", scripts, COUNT(scripts), SCRIPT_ANY, &script) ||
        !reader_word(reader, json, "capital", capitals, COUNT(capitals), CAPITAL_SENTENCE, &capital) ||
        !reader_word(reader, json, "decided", decided, COUNT(decided), ASKED_ALWAYS, &asked))
        return false;
    field->kind = (FieldKind)kind;
    field->script = (FieldScript)script;
    field->capital = (FieldCapital)capital;
    field->asked = (FieldAsked)asked;
    if (!reader_local(reader, json, "label", true, &field->label) ||
        !reader_local(reader, json, "help", false, &field->help) ||
        !reader_local(reader, json, "example", false, &field->example) ||
        (json_object_get(json, "shows") && !reader_text(reader, json, "shows", &field->shows)) ||
        (json_object_get(json, "prefill") && !reader_text(reader, json, "prefill", &field->prefill)) ||
        (json_object_get(json, "after") && !reader_id(reader, json, "after", &field->after)) ||
        !from_read(reader, json, field) || !reader_bool(reader, json, "required", &field->required) ||
        !reader_bool(reader, json, "quoted", &field->quoted) ||
        !reader_number(reader, json, "least", bounds[kind].floor, bounds[kind].ceiling, bounds[kind].least,
                       &field->least) ||
        !reader_number(reader, json, "most", bounds[kind].floor, bounds[kind].ceiling, bounds[kind].most,
                       &field->most) ||
        !reader_list(reader, json, "choices", sizeof(Choice), CHOICES_MOST, choice_read, &choices,
                     &field->choice_count))
        return false;
    field->choices = choices;
    if (json_object_get(json, "when")) {
        size_t length = reader_down(reader, "when");
        if (!condition_read(reader, json_object_get(json, "when"), 0, &field->when))
            return false;
        reader_up(reader, length);
    }
    return field_checked(reader, field);
}
