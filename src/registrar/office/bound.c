#include "registrar/office/bound.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/office/lists.h"
#include "wire/json.h"

typedef struct Reading {
    Office *office;
    int64_t student;
    const Service *service;
    Bound *bound;
} Reading;

static bool read_lists(StoreTransaction *transaction, void *arg, Error *err)
{
    const Reading *reading = arg;

    reading->bound->lists = (Lists){ 0 };
    return lists_of(transaction, reading->office, reading->student, reading->service, &reading->bound->lists, err);
}

static Bound *bound_new(Error *err)
{
    Bound *bound = mem_new(1, sizeof *bound);

    if (!bound)
        error_set(err, ERR_MEMORY, "lists of a record");
    return bound;
}

bool bound_now(Office *office, int64_t student, const Service *service, Bound **ret, Error *err)
{
    OWNED(Bound) bound = bound_new(err);
    Reading reading = { office, student, service, bound };

    if (!bound || (service_wants_lists(service) && !store_read(office->store, read_lists, &reading, err)))
        return error_add(err, "lists of %s", service->id);
    service_bind(service, &bound->lists, &bound->bound);
    *ret = steal(&bound);
    return true;
}

bool bound_then(const Service *service, Str items, Bound **ret, Error *err)
{
    OWNED(Bound) bound = bound_new(err);
    OWNED(json_t) json = items.len ? json_read(items, err) : NULL;

    if (!bound || (items.len && !json) || !lists_read(json, &bound->lists, err))
        return error_add(err, "what was chosen of %s", service->id);
    service_bind(service, &bound->lists, &bound->bound);
    *ret = steal(&bound);
    return true;
}

static bool is_chosen(const Bound *bound, const char *list, const char *item, const Answers *answers)
{
    const Service *service = bound_service(bound);

    for (size_t i = 0; i < service->field_count; i++) {
        const Field *field = &service->fields[i];
        const char *value = field->from && !strcmp(field->from, list) ? answers_get(answers, field->id) : NULL;

        if (value && several_has(value, item))
            return true;
    }
    return false;
}

/* False without room, which what was read from lists has. */
static bool keep_chosen(const Bound *bound, const Answers *answers, Lists *ret)
{
    for (size_t i = 0; i < bound->lists.count; i++) {
        const FormList *list = &bound->lists.lists[i];

        if (!lists_begin(ret, list->name))
            return false;
        for (size_t j = list->first; j < list->first + list->count; j++) {
            const ListItem *item = &bound->lists.items[j];
            ListItem *kept = is_chosen(bound, list->name, item->id, answers) ? lists_add(ret) : NULL;

            if (kept)
                *kept = *item;
        }
    }
    return true;
}

bool bound_items(const Bound *bound, const Answers *answers, Buf *ret, Error *err)
{
    Lists *chosen = mem_new(1, sizeof *chosen);
    bool done = chosen && keep_chosen(bound, answers, chosen);
    OWNED(json_t) json = done && chosen->item_count ? lists_write(chosen, err) : NULL;

    done = done ? chosen->item_count == 0 || (json && json_write(json, ret, err))
                : error_set(err, ERR_MEMORY, "what was chosen");
    mem_free(chosen);
    return done;
}

void bound_free(Bound *bound)
{
    mem_free(bound);
}
