/* What a service yields, through whom, and what a single answer makes of it. */
#include <string.h>

#include "wire/catalogue_read.h"

/* Parts of an office of the registrar and of the house around it (facts of the duties: orders 373 of 2021, 73 of 2025).
 */
static const char *const units[] = {
    "front-office", "back-office", "dean", "accounting", "archive", "international", "careers", "military",
};

static const char *const corrections[] = { "passport-name" };

/* --- languages ---------------------------------------------------------------------------------------------------- */

static bool language_item(Reader *reader, const json_t *json, void *ret_language)
{
    return (json_is_string(json) && language_parse(str_from(json_string_value(json)), ret_language)) ||
           reader_refuse(reader, "no language that we speak");
}

bool languages_read(Reader *reader, const json_t *object, Language ret[LANGUAGE_COUNT], size_t *ret_count)
{
    void *items = NULL;

    if (!reader_list(reader, object, "languages", sizeof(Language), LANGUAGE_COUNT, language_item, &items, ret_count))
        return false;
    if (json_object_get(object, "languages") && *ret_count == 0)
        return reader_refuse(reader, "a document wants its languages");
    if (*ret_count)
        memcpy(ret, items, *ret_count * sizeof(Language));
    for (size_t i = 0; i < *ret_count; i++)
        for (size_t j = 0; j < i; j++)
            if (ret[i] == ret[j])
                return reader_refuse(reader, "a language stands twice");
    return true;
}

/* --- yields ------------------------------------------------------------------------------------------------------- */

static bool document_read(Reader *reader, const json_t *json, Service *service)
{
    static const char *const keys[] = { "document", "languages", "valid_days" };
    int64_t days;

    if (!reader_object(reader, json, keys, COUNT(keys)) || !reader_id(reader, json, "document", &service->document) ||
        !reader_needs(reader, json, "languages") ||
        !languages_read(reader, json, service->languages, &service->language_count) ||
        !reader_number(reader, json, "valid_days", 1, VALID_DAYS_MOST, 0, &days))
        return false;
    service->yields = YIELD_DOCUMENT;
    service->valid_days = (int)days;
    return true;
}

static bool correction_read(Reader *reader, const json_t *json, Service *service)
{
    static const char *const keys[] = { "correction" };
    int which;

    if (!reader_object(reader, json, keys, COUNT(keys)) ||
        !reader_word(reader, json, "correction", corrections, COUNT(corrections), -1, &which))
        return false;
    service->yields = YIELD_ACTION;
    service->correction = corrections[which];
    return true;
}

static bool application_read(Reader *reader, const json_t *json, Service *service)
{
    static const char *const keys[] = { "application", "document", "languages", "valid_days" };
    static const char *const outcomes[] = { "order",  "decision",   "place",  "contract", "account",
                                            "record", "membership", "report", "papers" };
    static_assert(COUNT(outcomes) == OUTCOME_COUNT - 1, "one word per outcome");
    int which;
    int64_t days;

    if (!reader_object(reader, json, keys, COUNT(keys)) ||
        !reader_word(reader, json, "application", outcomes, COUNT(outcomes), -1, &which) ||
        (json_object_get(json, "document") &&
         (!reader_id(reader, json, "document", &service->document) || !reader_needs(reader, json, "languages"))) ||
        !languages_read(reader, json, service->languages, &service->language_count) ||
        !reader_number(reader, json, "valid_days", 1, VALID_DAYS_MOST, 0, &days))
        return false;
    service->yields = YIELD_APPLICATION;
    service->outcome = (ServiceOutcome)(which + 1);
    service->valid_days = (int)days;
    return true;
}

/* {"document": ID, "languages": [...]}, {"application": OUTCOME} or {"correction": WHAT}. */
static bool yields_read(Reader *reader, const json_t *object, Service *service)
{
    const json_t *json = json_object_get(object, "yields");
    size_t length = reader_down(reader, "yields");
    bool done = json_object_get(json, "correction")    ? correction_read(reader, json, service)
                : json_object_get(json, "application") ? application_read(reader, json, service)
                                                       : document_read(reader, json, service);

    if (done)
        reader_up(reader, length);
    return done;
}

/* --- through ------------------------------------------------------------------------------------------------------ */

static bool unit_item(Reader *reader, const json_t *json, void *ret_unit)
{
    const char *unit = json_string_value(json);

    for (size_t i = 0; unit && i < COUNT(units); i++)
        if (!strcmp(units[i], unit)) {
            *(const char **)ret_unit = units[i];
            return true;
        }
    return reader_refuse(reader, "no unit that decides");
}

static bool units_read(Reader *reader, const json_t *json, Service *service)
{
    void *items = NULL;

    if (!reader_needs(reader, json, "units") ||
        !reader_list(reader, json, "units", sizeof(const char *), UNITS_MOST, unit_item, &items, &service->unit_count))
        return false;
    if (service->unit_count == 0)
        return reader_refuse(reader, "wants a unit that decides");
    memcpy(service->units, items, service->unit_count * sizeof service->units[0]);
    return true;
}

/* {"units": [...], "hand_out": "kiosk" or "window", "blank": KIND, "asks": [fields]}: who decides, and how it gets to
 * the student. */
static bool through_read(Reader *reader, const json_t *object, Service *service)
{
    static const char *const keys[] = { "units", "hand_out", "blank", "asks" };
    static const char *const places[] = { "kiosk", "window" };
    const json_t *json = json_object_get(object, "through");
    size_t length = reader_down(reader, "through");
    void *asks = NULL;
    int place = 0;

    service->through = json != NULL;
    if (service->through &&
        (!reader_object(reader, json, keys, COUNT(keys)) || !units_read(reader, json, service) ||
         !reader_word(reader, json, "hand_out", places, COUNT(places), 0, &place) ||
         (json_object_get(json, "blank") && !reader_id(reader, json, "blank", &service->blank)) ||
         !reader_list(reader, json, "asks", sizeof(Field), FORM_FIELDS_MOST, field_read, &asks, &service->ask_count)))
        return false;
    service->asks = asks;
    service->at_window = place == 1;
    if (service->blank && !service->at_window)
        return reader_refuse(reader, "a numbered form leaves the house at a window");
    reader_up(reader, length);
    return service->through || service->yields == YIELD_DOCUMENT || reader_refuse(reader, "people alone decide this");
}

/* --- decided here or on a portal ---------------------------------------------------------------------------------- */

/* {"name": ..., "address": "https://...", "document": ID, "languages": [...]}: the sheet that is prepared for it. */
static bool portal_read(Reader *reader, const json_t *object, Service *sheet)
{
    static const char *const keys[] = { "name", "address", "document", "languages" };
    const json_t *json = json_object_get(object, "portal");
    size_t length = reader_down(reader, "portal");
    Portal *portal = reader_alloc(reader, 1, sizeof *portal);

    if (!portal || !reader_object(reader, json, keys, COUNT(keys)) ||
        !reader_local(reader, json, "name", true, &portal->name) ||
        !reader_text(reader, json, "address", &portal->address) ||
        !reader_id(reader, json, "document", &sheet->document) || !reader_needs(reader, json, "languages") ||
        !languages_read(reader, json, sheet->languages, &sheet->language_count))
        return false;
    if (!str_starts(str_from(portal->address), STR("https://")))
        return reader_refuse(reader, "a portal's address begins with https://");
    sheet->yields = YIELD_DOCUMENT;
    sheet->portal = portal;
    reader_up(reader, length);
    return true;
}

bool as_decided(Reader *reader, Service *service)
{
    FieldAsked other = service->portal ? ASKED_HERE : ASKED_FOR_PORTAL;
    Field *fields = reader_alloc(reader, service->field_count ? service->field_count : 1, sizeof *fields);
    size_t count = 0;

    if (!fields)
        return false;
    for (size_t i = 0; i < service->field_count; i++)
        if (service->fields[i].asked != other)
            fields[count++] = service->fields[i];
    service->fields = fields;
    service->field_count = count;
    if (service->portal) {
        service->promise_hours = 0;
        service->fee = 0;
        service->fee_of = NULL;
    }
    return true;
}

/* A service may have both ways, each of which is read and checked; the university chooses one. */
bool decided_read(Reader *reader, const json_t *object, Service *service)
{
    static const char *const ways[] = { "here", "portal" };
    bool has_here = json_object_get(object, "yields"), has_portal = json_object_get(object, "portal");
    Service sheet = *service;
    int way;

    if (!has_here && !has_portal)
        return reader_needs(reader, object, "yields");
    if (!reader_word(reader, object, "decided", ways, COUNT(ways), has_here ? 0 : 1, &way) ||
        (has_portal && !portal_read(reader, object, &sheet)) ||
        (has_here && (!yields_read(reader, object, service) || !through_read(reader, object, service))))
        return false;
    if (way == 0 ? !has_here : !has_portal) {
        reader_down(reader, "decided");
        return reader_refuse(reader, "names the way that the service does not have");
    }
    if (way == 1)
        *service = sheet;
    return true;
}

/* --- what an answer sets ------------------------------------------------------------------------------------------ */

bool sets_read(Reader *reader, const json_t *object, const Sets **ret)
{
    static const char *const keys[] = { "document", "service", "languages", "valid_days", "copies" };
    const json_t *json = json_object_get(object, "sets");
    size_t length = reader_down(reader, "sets");
    Sets *sets = json ? reader_alloc(reader, 1, sizeof *sets) : NULL;
    int64_t days = 0, copies = 0;

    if (json && (!sets || !reader_object(reader, json, keys, COUNT(keys)) ||
                 (json_object_get(json, "document") && !reader_id(reader, json, "document", &sets->document)) ||
                 (json_object_get(json, "service") && !reader_id(reader, json, "service", &sets->service)) ||
                 !languages_read(reader, json, sets->languages, &sets->language_count) ||
                 !reader_number(reader, json, "valid_days", 1, VALID_DAYS_MOST, 0, &days) ||
                 !reader_number(reader, json, "copies", 1, 100, 0, &copies)))
        return false;
    if (sets) {
        sets->valid_days = (int)days;
        sets->copies = (int)copies;
        if (json_object_size(json) == 0 || (sets->service && json_object_size(json) > 1))
            return reader_refuse(reader, "wants something that it sets, or the one service that it leads to");
    }
    *ret = sets;
    reader_up(reader, length);
    return true;
}

/* --- all services ------------------------------------------------------------------------------------------------- */

static bool leads_somewhere(const Service *services, size_t count, const Service *from, const char *to)
{
    for (size_t i = 0; i < count; i++)
        if (&services[i] != from && !strcmp(services[i].id, to))
            return true;
    return false;
}

static bool way_checked(const Service *services, size_t count, const Service *from, const char *to, Error *err)
{
    return !to || leads_somewhere(services, count, from, to) ||
           error_set(err, ERR_FORMAT, "services: %s leads to %s, which is no other service", from->id, to);
}

bool ways_checked(const Service *services, size_t count, Error *err)
{
    for (const Service *service = services; service < services + count; service++) {
        for (size_t i = 0; i < service->predicate_count; i++)
            if (!way_checked(services, count, service, service->predicates[i].otherwise, err))
                return false;
        for (size_t i = 0; i < service->field_count; i++)
            for (size_t j = 0; j < service->fields[i].choice_count; j++) {
                const Sets *sets = service->fields[i].choices[j].sets;

                if (!way_checked(services, count, service, sets ? sets->service : NULL, err))
                    return false;
            }
    }
    return true;
}
