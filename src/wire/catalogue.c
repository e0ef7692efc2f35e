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
    static const char *const keys[] = { "is", "in" };
    Predicate *predicate = ret_predicate;

    return reader_object(reader, json, keys, COUNT(keys)) && reader_id(reader, json, "is", &predicate->is) &&
           reader_values(reader, json, "in", &predicate->in, &predicate->in_count);
}

static bool language_item(Reader *reader, const json_t *json, void *ret_language)
{
    return (json_is_string(json) && language_parse(str_from(json_string_value(json)), ret_language)) ||
           reader_refuse(reader, "no language that we speak");
}

static bool text_item(Reader *reader, const json_t *json, void *ret_text)
{
    return reader_local_here(reader, json, ret_text);
}

static bool document_read(Reader *reader, const json_t *json, Service *service)
{
    void *languages = NULL;

    if (!reader_id(reader, json, "document", &service->document) ||
        !reader_list(reader, json, "languages", sizeof(Language), LANGUAGE_COUNT, language_item, &languages,
                     &service->language_count))
        return false;
    if (service->language_count == 0)
        return reader_refuse(reader, "a document wants its languages");
    memcpy(service->languages, languages, service->language_count * sizeof(Language));
    return true;
}

/* {"document": ID, "languages": [...]}, {"application": ID}, {"information": ID}, {"ticket": ID}, {"action": ID} */
static bool yields_read(Reader *reader, const json_t *object, Service *service)
{
    static const char *const keys[] = { "document", "languages", "application", "information", "ticket", "action" };
    static const struct {
        const char *key;
        YieldKind kind;
    } kinds[] = { { "document", YIELD_DOCUMENT },
                  { "application", YIELD_APPLICATION },
                  { "information", YIELD_INFORMATION },
                  { "ticket", YIELD_TICKET },
                  { "action", YIELD_ACTION } };
    const json_t *json = json_object_get(object, "yields");
    size_t length = reader_down(reader, "yields"), found = 0;

    if (!reader_object(reader, json, keys, COUNT(keys)))
        return false;
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (json_object_get(json, kinds[i].key)) {
            service->yields = kinds[i].kind;
            found++;
        }
    if (found != 1)
        return reader_refuse(reader, "wants exactly one of document, application, information, ticket, action");
    if (service->yields == YIELD_DOCUMENT && !document_read(reader, json, service))
        return false;
    reader_up(reader, length);
    return true;
}

static bool promise_read(Reader *reader, const json_t *object, Service *service)
{
    static const char *const keys[] = { "working_hours" };
    const json_t *json = json_object_get(object, "promise");
    size_t length = reader_down(reader, "promise");
    int64_t hours;

    if (!reader_object(reader, json, keys, COUNT(keys)) ||
        !reader_number(reader, json, "working_hours", 0, 2000, 0, &hours))
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

    if (json &&
        (!reader_object(reader, json, keys, COUNT(keys)) || !reader_number(reader, json, "day", 1, 100, 0, &day)))
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

    if (!reader_word(reader, json, "source", sources, COUNT(sources), 0, &source) ||
        !reader_word(reader, json, "repeat", repeats, COUNT(repeats), 0, &repeat) ||
        !reader_number(reader, json, "fee", 0, INT64_C(1000000000), 0, &service->fee) ||
        !promise_read(reader, json, service) || !limit_read(reader, json, service))
        return false;
    service->from_hemis = source == 1;
    service->repeat = repeat == 0 ? REPEAT_ALWAYS : repeat == 1 ? REPEAT_DAILY : REPEAT_SEMESTER;
    return true;
}

static bool parts_read(Reader *reader, const json_t *json, Service *service)
{
    void *predicates = NULL, *fields = NULL, *contains = NULL, *bring = NULL;

    if (!reader_list(reader, json, "for", sizeof(Predicate), 16, predicate_read, &predicates,
                     &service->predicate_count) ||
        !reader_list(reader, json, "form", sizeof(Field), FORM_FIELDS_MOST, field_read, &fields,
                     &service->field_count) ||
        !reader_list(reader, json, "contains", sizeof(LocalText), COUNT(service->contains), text_item, &contains,
                     &service->contains_count) ||
        !reader_list(reader, json, "bring", sizeof(LocalText), 20, text_item, &bring, &service->bring_count))
        return false;
    service->bring = bring;
    service->predicates = predicates;
    service->fields = fields;
    if (service->contains_count)
        memcpy(service->contains, contains, service->contains_count * sizeof(LocalText));
    return true;
}

/* A condition may only look at a question that was asked before. */
static bool condition_known(const Service *service, size_t before, const Condition *condition)
{
    bool known = condition->field == NULL;

    for (size_t i = 0; !known && i < before; i++)
        known = !strcmp(service->fields[i].id, condition->field);
    for (size_t i = 0; known && i < condition->part_count; i++)
        known = condition_known(service, before, &condition->parts[i]);
    return known;
}

static bool service_checked(Reader *reader, const Service *service)
{
    for (size_t i = 0; i < service->field_count; i++) {
        for (size_t j = 0; j < i; j++)
            if (!strcmp(service->fields[i].id, service->fields[j].id))
                return reader_refuse(reader, "two questions of one id");
        if (!condition_known(service, i, &service->fields[i].when))
            return reader_refuse(reader, "a condition on a question that is not asked before");
    }
    if (group_order(service->group) == (int)COUNT(groups))
        return reader_refuse(reader, "no such group");
    return true;
}

static bool service_read(Reader *reader, const json_t *json, void *ret_service)
{
    static const char *const keys[] = { "id",       "group", "icon",  "order",  "titles", "help",
                                        "contains", "whom",  "for",   "form",   "yields", "source",
                                        "promise",  "fee",   "limit", "repeat", "bring" };
    Service *service = ret_service;
    int64_t order;

    if (!reader_object(reader, json, keys, COUNT(keys)) || !reader_id(reader, json, "id", &service->id) ||
        !reader_id(reader, json, "group", &service->group) || !reader_id(reader, json, "icon", &service->icon) ||
        !reader_number(reader, json, "order", 0, 10000, 0, &order) ||
        !reader_local(reader, json, "titles", true, &service->title) ||
        !reader_local(reader, json, "help", true, &service->help) ||
        !reader_local(reader, json, "whom", false, &service->whom) || !parts_read(reader, json, service) ||
        !yields_read(reader, json, service) || !terms_read(reader, json, service))
        return false;
    service->order = (int)order;
    return service_checked(reader, service);
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

static bool version_make(Catalogue *catalogue, const json_t *json, Error *err)
{
    uint8_t hash[SHA256_SIZE];
    OWNED_BUF hex;

    buf_init(&hex, 2 * sizeof hash + 1);
    buf_init(&catalogue->json, CATALOGUE_BYTES_MOST);
    if (!json_write(json, &catalogue->json, err) || !sha256(buf_str(&catalogue->json), hash, err))
        return false;
    hex_write(&hex, hash, 8);
    return buf_ok(&hex, err) && (str_copy(buf_str(&hex), catalogue->version, sizeof catalogue->version) ||
                                 error_set(err, ERR_INTERNAL, "version"));
}

static bool services_read(Catalogue *catalogue, Reader *reader, const json_t *json)
{
    static const char *const keys[] = { "services" };
    void *services = NULL;

    if (!reader_object(reader, json, keys, COUNT(keys)) ||
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

Catalogue *catalogue_parse(Str text, Error *err)
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
    done = json && services_read(catalogue, &reader, json) && version_make(catalogue, json, err);
    catalogue->blocks = reader.blocks;
    return done ? steal(&catalogue) : NULL;
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
