#include "wire/lists.h"

#include <string.h>

#include "wire/json.h"

const char *const list_names[] = {
    "debts", "subjects", "results", "electives", "semesters", "programmes", "clubs", "groups",
};
const size_t list_name_count = COUNT(list_names);
static_assert(COUNT(list_names) <= LISTS_MOST, "room for every list");

const FormList *lists_find(const Lists *lists, const char *name)
{
    for (size_t i = 0; i < lists->count; i++)
        if (strcmp(lists->lists[i].name, name) == 0)
            return &lists->lists[i];
    return NULL;
}

bool lists_begin(Lists *lists, const char *name)
{
    if (lists->count == LISTS_MOST || lists_find(lists, name))
        return false;
    FormList *list = &lists->lists[lists->count];

    *list = (FormList){ .first = lists->item_count };
    if (!str_copy(str_from(name), list->name, sizeof list->name))
        return false;
    lists->count++;
    return true;
}

ListItem *lists_add(Lists *lists)
{
    if (lists->count == 0 || lists->item_count == LIST_ITEMS_MOST)
        return NULL;
    ListItem *item = &lists->items[lists->item_count++];

    *item = (ListItem){ 0 };
    lists->lists[lists->count - 1].count++;
    return item;
}

/* --- JSON --------------------------------------------------------------------------------------------------------- */

static json_t *label_write(const ListItem *item)
{
    json_t *label = json_object();

    for (Language l = 0; label && l < LANGUAGE_COUNT; l++)
        json_object_set_new(label, language_tag(l), json_string(item->label[l]));
    return label;
}

static json_t *item_write(const ListItem *item)
{
    return json_pack("{s:s, s:o, s:i, s:i, s:I}", "id", item->id, "label", label_write(item), "credits", item->credits,
                     "semester", item->semester, "sum", (json_int_t)item->sum);
}

json_t *lists_write(const Lists *lists, Error *err)
{
    OWNED(json_t) json = json_object();

    for (size_t i = 0; i < lists->count; i++) {
        const FormList *list = &lists->lists[i];
        json_t *items = json_array();

        for (size_t j = 0; j < list->count; j++)
            json_array_append_new(items, item_write(&lists->items[list->first + j]));
        if (json_array_size(items) != list->count || json_object_set_new(json, list->name, items) != 0) {
            error_set(err, ERR_FORMAT, "a list's item is not text, or no memory");
            return NULL;
        }
    }
    return json ? steal(&json) : (error_set(err, ERR_MEMORY, "lists"), NULL);
}

static bool label_read(const json_t *json, ListItem *ret)
{
    for (Language l = 0; l < LANGUAGE_COUNT; l++) {
        const json_t *text = json_object_get(json, language_tag(l));

        if (!json_is_string(text) || json_string_length(text) == 0 ||
            !str_copy((Str){ json_string_value(text), json_string_length(text) }, ret->label[l], sizeof ret->label[l]))
            return false;
    }
    return true;
}

static bool is_id(const char *text)
{
    size_t length = strlen(text);

    return length > 0 && length < SERVICE_ID_MOST && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

static bool item_read(const json_t *json, ListItem *ret)
{
    const char *id = json_string_value(json_object_get(json, "id"));
    json_int_t credits = json_integer_value(json_object_get(json, "credits"));
    json_int_t semester = json_integer_value(json_object_get(json, "semester"));

    ret->sum = json_integer_value(json_object_get(json, "sum"));
    if (!id || !is_id(id) || !str_copy(str_from(id), ret->id, sizeof ret->id) ||
        !label_read(json_object_get(json, "label"), ret) || ret->sum < 0 || ret->sum > LIST_SUM_MOST || credits < 0 ||
        credits > 1000 || semester < 0 || semester > 100)
        return false;
    ret->credits = (int)credits;
    ret->semester = (int)semester;
    return true;
}

static bool is_new(const Lists *lists)
{
    const FormList *list = &lists->lists[lists->count - 1];
    const ListItem *last = &lists->items[lists->item_count - 1];

    for (size_t i = list->first; i + 1 < lists->item_count; i++)
        if (strcmp(lists->items[i].id, last->id) == 0)
            return false;
    return true;
}

bool lists_read(json_t *json, Lists *ret, Error *err)
{
    const char *name;
    json_t *items, *item;
    size_t index;

    *ret = (Lists){ 0 };
    if (json && !json_is_object(json))
        return error_set(err, ERR_PROTOCOL, "lists: not an object");
    json_object_foreach(json, name, items)
    {
        if (!json_is_array(items) || !lists_begin(ret, name))
            return error_set(err, ERR_PROTOCOL, "lists: no list, or one too many");
        json_array_foreach(items, index, item)
        {
            ListItem *made = lists_add(ret);

            if (!made || !item_read(item, made) || !is_new(ret))
                return error_set(err, ERR_PROTOCOL, "lists.%s[%zu]", ret->lists[ret->count - 1].name, index);
        }
    }
    return true;
}

/* --- binding ------------------------------------------------------------------------------------------------------ */

/* All choices of several must fit into one answer (several_turn). */
static size_t fitting(const Lists *lists, const FormList *list)
{
    size_t bytes = 0, i = 0;

    for (; i < list->count; i++) {
        bytes += strlen(lists->items[list->first + i].id) + 1;
        if (bytes >= ANSWER_BYTES_MOST)
            break;
    }
    return i;
}

static void bind_field(Field *field, const Lists *lists, BoundService *bound)
{
    const FormList *list = lists ? lists_find(lists, field->from) : NULL;

    field->choices = list ? &bound->choices[list->first] : NULL;
    field->choice_count = 0;
    if (list)
        field->choice_count = field->kind == FIELD_SEVERAL ? fitting(lists, list) : list->count;
}

void service_bind(const Service *service, const Lists *lists, BoundService *ret)
{
    *ret = (BoundService){ .service = *service };
    assert(service->field_count <= FORM_FIELDS_MOST);
    for (size_t i = 0; lists && i < lists->item_count; i++) {
        const ListItem *item = &lists->items[i];

        ret->choices[i] = (Choice){ .id = item->id, .item = item };
        for (Language l = 0; l < LANGUAGE_COUNT; l++)
            ret->choices[i].label.in[l] = item->label[l];
    }
    for (size_t i = 0; i < service->field_count; i++) {
        ret->fields[i] = service->fields[i];
        if (ret->fields[i].from)
            bind_field(&ret->fields[i], lists, ret);
    }
    ret->service.fields = ret->fields;
}

bool service_wants_lists(const Service *service)
{
    for (size_t i = 0; i < service->field_count; i++)
        if (service->fields[i].from)
            return true;
    return false;
}
