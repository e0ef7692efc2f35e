#include "registrar/office/fields.h"

#include <stdio.h>
#include <string.h>

#include "registrar/office/fields_inside.h"

#define VALUE_BYTES_MOST 2048
#define LARGE_BYTES_MOST (96u << 10) /* a photo of 64 KB in base64 */

const FieldGroup *const field_groups[FIELD_GROUPS] = { &fields_of_office,   &fields_of_profile,     &fields_of_results,
                                                       &fields_of_averages, &fields_of_assessments, &fields_of_study,
                                                       &fields_of_money,    &fields_of_leaving,     &fields_of_chosen,
                                                       &fields_of_request,  &fields_of_ticket };

/* --- the registry ------------------------------------------------------------------------------------------------- */

/* Goes through the registry; a list's fields come right after it. */
typedef struct Walk {
    size_t group, at;     /* of the next row */
    size_t index;         /* of the row under way, in the whole registry */
    const FieldRow *row;  /* NULL: at the end */
    const FieldRow *list; /* whose field the row is; NULL: a field of the paper */
} Walk;

static bool is_under(const char *name, const char *list)
{
    const size_t length = strlen(list);

    return !strncmp(name, list, length) && name[length] == '.';
}

static bool walk_next(Walk *walk)
{
    const bool first = walk->row == NULL;
    const FieldRow *before = walk->row;

    while (walk->group < FIELD_GROUPS && walk->at == field_groups[walk->group]->count) {
        walk->group++;
        walk->at = 0;
    }
    walk->row = walk->group < FIELD_GROUPS ? &field_groups[walk->group]->rows[walk->at++] : NULL;
    if (!walk->row)
        return false;
    walk->index = first ? 0 : walk->index + 1;
    assert(walk->index < FIELDS_MOST);
    if (before && before->rows)
        walk->list = before;
    if (walk->list && !is_under(walk->row->name, walk->list->name))
        walk->list = NULL;
    return true;
}

static const FieldRow *row_named(const char *name)
{
    Walk walk = { 0 };

    while (walk_next(&walk))
        if (!strcmp(walk.row->name, name))
            return walk.row;
    return NULL;
}

/* "staff.employer": the id of a question; which service asks it is checked when both are on one shelf. */
static bool is_question(const char *name)
{
    const char *id = !strncmp(name, FIELD_OF_ANSWER, strlen(FIELD_OF_ANSWER)) ? name + strlen(FIELD_OF_ANSWER)
                     : !strncmp(name, FIELD_OF_STAFF, strlen(FIELD_OF_STAFF)) ? name + strlen(FIELD_OF_STAFF)
                                                                              : "";

    return id[0] && strlen(id) < SERVICE_ID_MOST && id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-_")] == '\0';
}

bool field_known(const char *name)
{
    return is_question(name) || row_named(name) != NULL;
}

bool field_is_of_record(const char *name)
{
    const FieldRow *row = row_named(name);
    Walk walk = { 0 };

    if (!row || !row->write || row->due != DUE_RECORD || row->large)
        return false;
    while (walk_next(&walk) && walk.row != row)
        continue;
    return walk.list == NULL;
}

static FieldPhase due_of(const char *name)
{
    const FieldRow *row = row_named(name);

    if (row)
        return row->due;
    return !strncmp(name, FIELD_OF_STAFF, strlen(FIELD_OF_STAFF)) ? DUE_APPROVAL : DUE_ASKING;
}

static bool after_record(const char *name)
{
    return due_of(name) > DUE_RECORD;
}

static bool after_asking(const char *name)
{
    return due_of(name) > DUE_ASKING;
}

static bool after_approval(const char *name)
{
    return due_of(name) > DUE_APPROVAL;
}

/* --- what a template shows ---------------------------------------------------------------------------------------- */

static bool is_chosen(const FieldChoice *choice, size_t index)
{
    return choice->chosen[index / 64] >> (index % 64) & 1;
}

static void choose(const Walk *walk, FieldChoice *ret)
{
    const FieldRow *row = walk->row;

    ret->chosen[walk->index / 64] |= UINT64_C(1) << (walk->index % 64);
    if (row->part != PART_NONE)
        ret->parts |= RECORD_OF(row->part);
    ret->parts |= RECORD_OF(row->also);
    ret->session |= row->of_session;
}

void fields_choose(const Template *template, FieldChoice *ret)
{
    *ret = (FieldChoice){ .parts = RECORD_PROFILE };
    for (size_t i = 0; i < template_use_count(template); i++) {
        const char *name = template_use_at(template, i).name;
        Walk walk = { 0 };

        while (walk_next(&walk) && strcmp(walk.row->name, name) != 0)
            continue;
        if (walk.row)
            choose(&walk, ret);
    }
}

/* --- values ------------------------------------------------------------------------------------------------------- */

/* Where the values are put, and how much of them is wanted. */
typedef struct Output {
    json_t *values;
    const FieldChoice *choice;
    bool rows; /* of lists; else whether they have a value is all */
} Output;

static bool set_text(json_t *values, const char *name, const char *text, Error *err)
{
    json_t *value = json_string(text);

    if (!value)
        return error_set(err, ERR_FORMAT, "%s is not UTF-8", name);
    return json_object_set_new(values, name, value) == 0 || error_set(err, ERR_MEMORY, "%s", name);
}

static const json_t *part_of(const FieldSources *sources, const FieldRow *row)
{
    return row->part == PART_NONE ? NULL : sources->record->parts[row->part];
}

/* What no paper could show is as good as missing. */
static bool has_value(const Buf *value)
{
    return value->len > 0 && !value->failed;
}

static bool make_field(FieldMaking *making, const FieldRow *row, const Output *output, Error *err)
{
    OWNED_BUF value;

    buf_init(&value, row->large ? LARGE_BYTES_MOST : VALUE_BYTES_MOST);
    making->part = part_of(making->from, row);
    if (row->write)
        row->write(making, row, &value);
    return !has_value(&value) || set_text(output->values, row->name, buf_text(&value), err);
}

/* The fields of one row of a list, by their names without the list's.  Text without a value is empty in a row. */
static bool make_row(FieldMaking *making, Walk walk, const Output *output, json_t *values, Error *err)
{
    const FieldRow *list = walk.row;

    while (walk_next(&walk) && walk.list == list) {
        OWNED_BUF value;

        buf_init(&value, VALUE_BYTES_MOST);
        if (!is_chosen(output->choice, walk.index))
            continue;
        making->part = part_of(making->from, walk.row);
        walk.row->write(making, walk.row, &value);
        if (!set_text(values, walk.row->name + strlen(list->name) + 1, has_value(&value) ? buf_text(&value) : "", err))
            return false;
    }
    return true;
}

static bool make_rows(FieldMaking *making, const Walk *walk, const FieldItems *items, const Output *output,
                      json_t *array, Error *err)
{
    for (size_t i = 0; i < items->count; i++) {
        FieldMaking inner = *making;
        json_t *values = json_object();

        inner.item = items->items[i];
        inner.row = items->records ? items->items[i] : NULL;
        inner.n = i + 1;
        if (!values || json_array_append_new(array, values) != 0)
            return error_set(err, ERR_MEMORY, "%s", walk->row->name);
        if (!make_row(&inner, *walk, output, values, err))
            return false;
    }
    return true;
}

static bool make_list(FieldMaking *making, const Walk *walk, const Output *output, Error *err)
{
    FieldItems items;
    json_t *array;

    items.count = 0;
    items.records = false;
    making->part = part_of(making->from, walk->row);
    if (!walk->row->rows(making, walk->row, &items))
        return true;
    array = json_array();
    if (!array || json_object_set_new(output->values, walk->row->name, array) != 0)
        return error_set(err, ERR_MEMORY, "%s", walk->row->name);
    return !output->rows || make_rows(making, walk, &items, output, array, err);
}

static bool make_registry(FieldMaking *making, const Output *output, Error *err)
{
    Walk walk = { 0 };

    while (walk_next(&walk)) {
        if (walk.list || !is_chosen(output->choice, walk.index))
            continue;
        if (walk.row->rows ? !make_list(making, &walk, output, err) : !make_field(making, walk.row, output, err))
            return false;
    }
    return true;
}

/* {answer.ID} and {staff.ID}, which only this template and its service know. */
static bool make_answers(const FieldMaking *making, const Template *template, const Output *output, Error *err)
{
    const FieldSources *from = making->from;
    const Service *service = from->service;

    for (size_t i = 0; service && i < template_use_count(template); i++) {
        const TemplateUse use = template_use_at(template, i);
        const bool by_staff = !strncmp(use.name, FIELD_OF_STAFF, strlen(FIELD_OF_STAFF));
        const FieldsAsked asked = { .fields = by_staff ? service->asks : service->fields,
                                    .count = by_staff ? service->ask_count : service->field_count,
                                    .answers = by_staff ? from->staff : from->answers,
                                    .by_staff = by_staff };
        OWNED_BUF value;

        buf_init(&value, VALUE_BYTES_MOST);
        if (!is_question(use.name))
            continue;
        field_answer(making, &asked, strchr(use.name, '.') + 1, &value);
        if (has_value(&value) && !set_text(output->values, use.name, buf_text(&value), err))
            return false;
    }
    return true;
}

/* Of the oldest part that is shown; a picture is no statement of a day. */
static int64_t as_of(const Record *record, unsigned parts)
{
    int64_t oldest = record->as_of_s[PART_PROFILE];

    for (RecordPart part = 0; part < RECORD_PART_COUNT; part++)
        if ((parts & RECORD_RULES & RECORD_OF(part)) && record->parts[part] && record->as_of_s[part] < oldest)
            oldest = record->as_of_s[part];
    return oldest;
}

static const char *lacking(const FieldSources *sources, const Template *template, Language language,
                           const json_t *values)
{
    return template_lacks(template, language, values,
                          !sources->answers ? after_record
                          : !sources->staff ? after_asking
                                            : after_approval);
}

static json_t *make(const FieldSources *sources, const Template *template, const FieldChoice *choice, Language language,
                    bool rows, Error *err)
{
    FieldMarks marks = { .tried = false };
    FieldMaking making = {
        .from = sources, .language = language, .as_of_s = as_of(sources->record, choice->parts), .marks = &marks
    };
    Output output = { json_object(), choice, rows };

    if (!output.values)
        error_set(err, ERR_MEMORY, "fields");
    else if (!make_registry(&making, &output, err) || !make_answers(&making, template, &output, err)) {
        json_decref(output.values);
        output.values = NULL;
    }
    field_marks_fini(&marks);
    return output.values;
}

json_t *fields_make(const FieldSources *sources, const Template *template, const FieldChoice *choice, Language language,
                    const char **ret_missing, Error *err)
{
    json_t *values = make(sources, template, choice, language, true, err);

    if (values)
        *ret_missing = lacking(sources, template, language, values);
    return values;
}

const char *fields_missing(const FieldSources *sources, const Template *template, const FieldChoice *choice,
                           Language language)
{
    json_t *values = make(sources, template, choice, language, false, NULL);
    const char *missing = values ? lacking(sources, template, language, values) : "memory";

    json_decref(values);
    return missing;
}

void fields_write(const FieldSources *sources, const char *name, Language language, Buf *value)
{
    const FieldRow *row = row_named(name);
    FieldMarks marks = { .tried = false };
    FieldMaking making = {
        .from = sources, .language = language, .as_of_s = sources->record->as_of_s[PART_PROFILE], .marks = &marks
    };

    if (!row || !row->write)
        return;
    making.part = part_of(sources, row);
    row->write(&making, row, value);
    field_marks_fini(&marks);
}

bool fields_add_copy(json_t *values, int copy_n, const char *place, Error *err)
{
    char n[16];

    (void)snprintf(n, sizeof n, "%d", copy_n);
    return set_text(values, "copy.n", n, err) && set_text(values, "kiosk.place", place, err);
}

bool fields_add_lines(json_t *values, const Template *template, Error *err)
{
    for (size_t i = 0; i < template_use_count(template); i++) {
        const char *name = template_use_at(template, i).name;

        if (after_asking(name) && !json_object_get(values, name) && !set_text(values, name, "____________", err))
            return false;
    }
    return true;
}

Date fields_valid_until(const FieldSources *sources)
{
    const int offset = institution_utc_offset_minutes(sources->institution);

    return date_add_days(date_time_at(sources->issued_s * 1000, offset).date, sources->valid_days);
}
