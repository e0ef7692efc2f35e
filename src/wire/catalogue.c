#include "wire/catalogue.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "wire/catalogue_read.h"

struct Catalogue {
    atomic_uint owners;
    ArenaBlock *blocks;
    Service *services;
    size_t count;
    char version[17];
    Buf json;
};

/* In the order in which home shows them. */
static const char *const groups[] = { "documents", "study", "applications", "payments", "housing", "information" };

static int group_order(const char *group)
{
    for (size_t i = 0; i < COUNT(groups); i++)
        if (!strcmp(groups[i], group))
            return (int)i;
    return (int)COUNT(groups);
}

/* --- one service ----------------------------------------------------------------------------------------------------
 */

static bool predicate_read(Reader *reader, const json_t *json, void *ret_predicate)
{
    static const char *const keys[] = { "is", "in", "else" };
    Predicate *predicate = ret_predicate;

    return reader_object(reader, json, keys, COUNT(keys)) && reader_id(reader, json, "is", &predicate->is) &&
           reader_needs(reader, json, "in") &&
           reader_values(reader, json, "in", &predicate->in, &predicate->in_count) &&
           (!json_object_get(json, "else") || reader_id(reader, json, "else", &predicate->otherwise));
}

static bool text_item(Reader *reader, const json_t *json, void *ret_text)
{
    return reader_local_here(reader, json, ret_text);
}

static bool promise_read(Reader *reader, const json_t *object, Service *service)
{
    static const char *const keys[] = { "working_hours" };
    const json_t *json = json_object_get(object, "promise");
    size_t length = reader_down(reader, "promise");
    int64_t hours;

    if (!reader_object(reader, json, keys, COUNT(keys)) ||
        !reader_number(reader, json, "working_hours", 0, 2000, NUMBER_NEEDED, &hours))
        return false;
    service->promise_hours = (int)hours;
    reader_up(reader, length);
    return true;
}

static bool limit_read(Reader *reader, const json_t *object, Service *service)
{
    static const char *const keys[] = { "day" };
    const json_t *json = json_object_get(object, "limit");
    size_t length = reader_down(reader, "limit");
    int64_t day = 0;

    if (json && (!reader_object(reader, json, keys, COUNT(keys)) ||
                 !reader_number(reader, json, "day", 1, 100, NUMBER_NEEDED, &day)))
        return false;
    service->limit_day = (int)day;
    reader_up(reader, length);
    return true;
}

static bool terms_read(Reader *reader, const json_t *json, Service *service)
{
    static const char *const sources[] = { "ours", "hemis" };
    static const char *const repeats[] = { "always", "daily", "semester" };
    int source, repeat;

    if (!reader_word(reader, json, "source", sources, COUNT(sources), -1, &source) ||
        !reader_word(reader, json, "repeat", repeats, COUNT(repeats), 0, &repeat) ||
        !reader_number(reader, json, "fee", 0, INT64_C(1000000000), 0, &service->fee) ||
        !promise_read(reader, json, service) || !limit_read(reader, json, service))
        return false;
    service->from_hemis = source == 1;
    service->repeat = repeat == 0 ? REPEAT_ALWAYS : repeat == 1 ? REPEAT_DAILY : REPEAT_SEMESTER;
    return true;
}

/* What is chosen of the record costs something: the question's items have sums. */
static bool fee_of_read(Reader *reader, const json_t *json, Service *service)
{
    if (!json_object_get(json, "fee_of"))
        return true;
    if (!reader_id(reader, json, "fee_of", &service->fee_of))
        return false;
    for (size_t i = 0; i < service->field_count; i++)
        if (!strcmp(service->fields[i].id, service->fee_of) && service->fields[i].from)
            return true;
    reader_down(reader, "fee_of");
    return reader_refuse(reader, "names no question whose choices come from a list");
}

static bool parts_read(Reader *reader, const json_t *json, Service *service)
{
    void *predicates = NULL, *fields = NULL, *contains = NULL, *bring = NULL, *ground = NULL;

    if (!reader_needs(reader, json, "for") ||
        !reader_list(reader, json, "for", sizeof(Predicate), 16, predicate_read, &predicates,
                     &service->predicate_count) ||
        !reader_list(reader, json, "form", sizeof(Field), FORM_FIELDS_MOST, field_read, &fields,
                     &service->field_count) ||
        !reader_list(reader, json, "contains", sizeof(LocalText), COUNT(service->contains), text_item, &contains,
                     &service->contains_count) ||
        !reader_list(reader, json, "bring", sizeof(LocalText), 20, text_item, &bring, &service->bring_count) ||
        !reader_list(reader, json, "ground", sizeof(LocalText), GROUNDS_MOST, text_item, &ground,
                     &service->ground_count) ||
        (json_object_get(json, "topic") && !reader_id(reader, json, "topic", &service->topic)))
        return false;
    service->bring = bring;
    service->ground = ground;
    service->predicates = predicates;
    service->fields = fields;
    if (service->contains_count)
        memcpy(service->contains, contains, service->contains_count * sizeof(LocalText));
    return true;
}

static bool group_checked(Reader *reader, const Service *service)
{
    size_t length = reader_down(reader, "group");

    if (group_order(service->group) == (int)COUNT(groups))
        return reader_refuse(reader, "no such group");
    reader_up(reader, length);
    return true;
}

static bool service_read(Reader *reader, const json_t *json, void *ret_service)
{
    static const char *const keys[] = { "id",       "group",   "icon",  "order",  "titles", "help",
                                        "contains", "whom",    "for",   "form",   "yields", "through",
                                        "source",   "promise", "fee",   "limit",  "repeat", "bring",
                                        "portal",   "decided", "topic", "ground", "fee_of", "off" };
    Service *service = ret_service;
    int64_t order;

    if (!reader_object(reader, json, keys, COUNT(keys)) || !reader_id(reader, json, "id", &service->id) ||
        !reader_id(reader, json, "group", &service->group) || !reader_id(reader, json, "icon", &service->icon) ||
        !reader_bool(reader, json, "off", &service->off) ||
        !reader_number(reader, json, "order", 0, 10000, NUMBER_NEEDED, &order) ||
        !reader_local(reader, json, "titles", true, &service->title) ||
        !reader_local(reader, json, "help", true, &service->help) ||
        !reader_local(reader, json, "whom", true, &service->whom) || !parts_read(reader, json, service) ||
        !decided_read(reader, json, service) || !terms_read(reader, json, service) ||
        !fee_of_read(reader, json, service))
        return false;
    service->order = (int)order;
    return group_checked(reader, service) && form_checked(reader, "form", service->fields, service->field_count) &&
           form_checked(reader, "through.asks", service->asks, service->ask_count) && as_decided(reader, service);
}

/* --- all of them ----------------------------------------------------------------------------------------------------
 */

static int in_order(const void *a, const void *b)
{
    const Service *x = a, *y = b;
    int groups_apart = group_order(x->group) - group_order(y->group);

    if (groups_apart)
        return groups_apart;
    return x->order != y->order ? (x->order < y->order ? -1 : 1) : strcmp(x->id, y->id);
}

static json_t *service_json(const json_t *services, const char *id)
{
    json_t *service;
    size_t index;

    json_array_foreach(services, index, service)
    {
        if (strcmp(json_string_value(json_object_get(service, "id")), id) == 0)
            return service;
    }
    return NULL;
}

/* The text does not tell in which order its files were read. */
static bool sort_json(const Catalogue *catalogue, json_t *json, Error *err)
{
    const json_t *services = json_object_get(json, "services");
    json_t *sorted = json_array();

    for (size_t i = 0; i < catalogue->count; i++)
        json_array_append(sorted, service_json(services, catalogue->services[i].id));
    if (json_array_size(sorted) != catalogue->count) {
        json_decref(sorted);
        sorted = NULL;
    }
    return json_object_set_new(json, "services", sorted) == 0 ||
           error_set(err, ERR_MEMORY, "no memory for a catalogue");
}

static bool version_make(Catalogue *catalogue, json_t *json, Error *err)
{
    uint8_t hash[SHA256_SIZE];
    OWNED_BUF hex;

    buf_init(&hex, 2 * sizeof hash + 1);
    buf_init(&catalogue->json, CATALOGUE_BYTES_MOST);
    if (!sort_json(catalogue, json, err) || !json_write(json, &catalogue->json, err) ||
        !sha256(buf_str(&catalogue->json), hash, err))
        return false;
    hex_write(&hex, hash, 8);
    return buf_ok(&hex, err) && (str_copy(buf_str(&hex), catalogue->version, sizeof catalogue->version) ||
                                 error_set(err, ERR_INTERNAL, "version"));
}

static bool services_read(Catalogue *catalogue, Reader *reader, const json_t *json)
{
    static const char *const keys[] = { "services" };
    void *services = NULL;

    if (!reader_object(reader, json, keys, COUNT(keys)) || !reader_needs(reader, json, "services") ||
        !reader_list(reader, json, "services", sizeof(Service), CATALOGUE_SERVICES_MOST, service_read, &services,
                     &catalogue->count))
        return false;
    catalogue->services = services;
    if (catalogue->count)
        qsort(catalogue->services, catalogue->count, sizeof(Service), in_order);
    for (size_t i = 0; i < catalogue->count; i++)
        for (size_t j = 0; j < i; j++)
            if (!strcmp(catalogue->services[i].id, catalogue->services[j].id))
                return error_set(reader->err, ERR_FORMAT, "services: two of id %s", catalogue->services[i].id);
    return true;
}

/* Those that are off are not offered; they were checked like any other, so that they can be switched on. */
static void drop_off(Catalogue *catalogue)
{
    size_t kept = 0;

    for (size_t i = 0; i < catalogue->count; i++)
        if (!catalogue->services[i].off)
            catalogue->services[kept++] = catalogue->services[i];
    catalogue->count = kept;
}

static Catalogue *parse(Str text, bool whole, Error *err)
{
    OWNED(json_t) json = NULL;
    OWNED(Catalogue) catalogue = mem_new(1, sizeof *catalogue);
    Reader reader = { .err = err };
    bool done;

    if (!catalogue) {
        error_set(err, ERR_MEMORY, "no memory for a catalogue");
        return NULL;
    }
    atomic_init(&catalogue->owners, 1);
    if (text.len > CATALOGUE_BYTES_MOST) {
        error_set(err, ERR_RANGE, "a catalogue over its size");
        return NULL;
    }
    json = json_read(text, err);
    done = json && services_read(catalogue, &reader, json);
    if (done && whole)
        drop_off(catalogue);
    done = done && (!whole || ways_checked(catalogue->services, catalogue->count, err)) &&
           version_make(catalogue, json, err);
    catalogue->blocks = reader.blocks;
    return done ? steal(&catalogue) : NULL;
}

Catalogue *catalogue_parse(Str text, Error *err)
{
    return parse(text, true, err);
}

Catalogue *catalogue_parse_one(Str text, Error *err)
{
    return parse(text, false, err);
}

Catalogue *catalogue_keep(Catalogue *catalogue)
{
    if (catalogue)
        atomic_fetch_add(&catalogue->owners, 1);
    return catalogue;
}

void catalogue_drop(Catalogue *catalogue)
{
    if (!catalogue || atomic_fetch_sub(&catalogue->owners, 1) != 1)
        return;
    blocks_free(catalogue->blocks);
    buf_fini(&catalogue->json);
    mem_free(catalogue);
}

size_t catalogue_count(const Catalogue *catalogue)
{
    return catalogue->count;
}

const Service *catalogue_at(const Catalogue *catalogue, size_t index)
{
    assert(index < catalogue->count);
    return &catalogue->services[index];
}

const Service *catalogue_find(const Catalogue *catalogue, Str id)
{
    for (size_t i = 0; i < catalogue->count; i++)
        if (str_equal_text(id, catalogue->services[i].id))
            return &catalogue->services[i];
    return NULL;
}

const char *catalogue_version(const Catalogue *catalogue)
{
    return catalogue->version;
}

Str catalogue_json(const Catalogue *catalogue)
{
    return buf_str(&catalogue->json);
}
