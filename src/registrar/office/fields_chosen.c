/* What the student chose from a list of the record: subjects to be taken again, electives, ... */
#include <string.h>

#include "base/number.h"
#include "registrar/office/fields_inside.h"
#include "wire/lists.h"

typedef struct Chosen {
    const ListItem *items[LIST_ITEMS_MOST];
    size_t count;
} Chosen;

/* Of the first question whose choices come from a list.  False: nothing was chosen yet. */
static bool chosen(const FieldMaking *making, Chosen *ret)
{
    const Service *service = making->from->service;
    const Field *field = service ? fields_chosen_from(service) : NULL;
    const char *answer = field && making->from->answers ? answers_get(making->from->answers, field->id) : NULL;

    ret->count = 0;
    for (size_t i = 0; answer && i < field->choice_count && ret->count < COUNT(ret->items); i++) {
        const Choice *choice = &field->choices[i];

        if (choice->item && several_has(answer, choice->id))
            ret->items[ret->count++] = choice->item;
    }
    return ret->count > 0;
}

const Field *fields_chosen_from(const Service *service)
{
    for (size_t i = 0; i < service->field_count; i++)
        if (service->fields[i].from && service->fields[i].kind == FIELD_SEVERAL)
            return &service->fields[i];
    return NULL;
}

static bool gather(const FieldMaking *making, const FieldRow *list UNUSED, FieldItems *ret)
{
    Chosen all;

    if (!chosen(making, &all))
        return false;
    for (; ret->count < all.count && ret->count < FIELD_ROWS_MOST; ret->count++)
        ret->items[ret->count] = all.items[ret->count];
    return true;
}

static void write_count(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    Chosen all;

    if (chosen(making, &all))
        number_write(value, (int64_t)all.count, making->language);
}

static void write_credits(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    Chosen all;
    int64_t credits = 0;

    if (!chosen(making, &all))
        return;
    for (size_t i = 0; i < all.count; i++)
        credits += all.items[i]->credits;
    number_write(value, credits, making->language);
}

/* Nothing where one of them has no sum: a total that leaves something out is none. */
static void write_sum(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    Chosen all;
    int64_t sum = 0;

    if (!chosen(making, &all))
        return;
    for (size_t i = 0; i < all.count; i++) {
        if (all.items[i]->sum == 0)
            return;
        sum += all.items[i]->sum;
    }
    number_write(value, sum, making->language);
}

static void write_name(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    const ListItem *item = making->item;

    buf_add_text(value, item->label[making->language]);
}

static void write_of_item(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const ListItem *item = making->item;
    const int64_t number = !strcmp(field->path, "credits")    ? item->credits
                           : !strcmp(field->path, "semester") ? item->semester
                                                              : item->sum;

    if (number > 0)
        number_write(value, number, making->language);
    else
        add_none(making, value);
}

static const FieldRow rows[] = {
    FIELD("chosen.count", PART_NONE, write_count, "", .due = DUE_ASKING),
    FIELD("chosen.credits", PART_NONE, write_credits, "", .due = DUE_ASKING),
    FIELD("chosen.sum", PART_NONE, write_sum, "", .due = DUE_ASKING),
    LIST("chosen.rows", PART_NONE, gather, "", .due = DUE_ASKING),
    FIELD("chosen.rows.n", PART_NONE, field_n, "", .due = DUE_ASKING),
    FIELD("chosen.rows.name", PART_NONE, write_name, "", .due = DUE_ASKING),
    FIELD("chosen.rows.semester", PART_NONE, write_of_item, "semester", .due = DUE_ASKING),
    FIELD("chosen.rows.credits", PART_NONE, write_of_item, "credits", .due = DUE_ASKING),
    FIELD("chosen.rows.sum", PART_NONE, write_of_item, "sum", .due = DUE_ASKING),
};

const FieldGroup fields_of_chosen = { rows, COUNT(rows) };
