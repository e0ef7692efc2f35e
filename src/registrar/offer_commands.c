#include "registrar/offer_commands.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "registrar/settings.h"
#include "wire/json.h"

#define ACTOR "command-line"

void offer_faults_print(const ShelfFaults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        const ShelfFault *fault = &faults->items[i];

        printf("%s: %s%s%s\n", fault->file, fault->path, fault->path[0] ? ": " : "", fault->reason);
    }
    if (faults->count == SHELF_FAULTS_MOST)
        printf("and perhaps more\n");
}

/* *ret_outcome is REFUSED: printed. */
static bool change(Office *office, const OfferWish *wish, OfferOutcome *ret_outcome, Error *err)
{
    char version[SHELF_HASH_SIZE];
    ShelfFaults *faults = mem_new(1, sizeof *faults);
    bool done = faults ? offer_change(office, wish, ret_outcome, version, faults, err)
                       : error_set(err, ERR_MEMORY, "%s", shelf_kind_name(wish->kind));

    if (done && *ret_outcome == OFFER_REFUSED)
        offer_faults_print(faults);
    mem_free(faults);
    return done;
}

/* --- putting ------------------------------------------------------------------------------------------------------ */

/* As what it is put: its own id, wherever it lies. */
static bool read_id(Str body, char ret[SHELF_ID_SIZE], Error *err)
{
    OWNED(json_t) json = json_read(body, err);
    const json_t *id = json_object_get(json, "id");

    if (!json)
        return false;
    return (json_is_string(id) && str_copy(str_from(json_string_value(id)), ret, SHELF_ID_SIZE) && ret[0]) ||
           error_set(err, ERR_FORMAT, "id: missing, or no id");
}

bool offer_put_file(const char *data, ShelfKind kind, const char *path, bool *ret_whole, Error *err)
{
    OfferOutcome outcome = OFFER_REFUSED;
    Registrar registrar = { 0 };
    char id[SHELF_ID_SIZE];
    OWNED_BUF body;

    buf_init(&body, SHELF_FILE_MOST);
    if (!file_read(path, &body, err))
        return false;
    if (!read_id(buf_str(&body), id, err))
        return error_add(err, "%.80s", path);
    const OfferWish wish = { .kind = kind, .id = id, .body = buf_str(&body), .actor = ACTOR };
    bool done = registrar_open(data, NULL, &registrar, err) && change(registrar.office, &wish, &outcome, err);
    *ret_whole = done && outcome != OFFER_REFUSED;
    registrar_close(&registrar);
    return done;
}

/* --- taking away -------------------------------------------------------------------------------------------------- */

static bool remove_checked(Office *office, const OfferWish *wish, bool *ret_whole, Error *err)
{
    OfferOutcome outcome = OFFER_REFUSED;
    bool done = change(office, wish, &outcome, err);

    if (done && outcome == OFFER_NOT_FOUND)
        done = error_set(err, ERR_NOT_FOUND, "no %s %.47s was put", shelf_kind_name(wish->kind), wish->id);
    *ret_whole = done && outcome == OFFER_CHANGED;
    return done;
}

/* What was put may be the reason why no office opens any more. */
static bool remove_unseen(Store *store, const OfferWish *wish, bool *ret_whole, Error *err)
{
    const Clock clock = clock_system();

    return offer_remove_unseen(store, wish->kind, wish->id, clock_wall_ms(&clock), ret_whole, err) &&
           (*ret_whole || error_set(err, ERR_NOT_FOUND, "no %s %.47s was put", shelf_kind_name(wish->kind), wish->id));
}

bool offer_take_away(const char *data, ShelfKind kind, const char *id, bool *ret_whole, Error *err)
{
    const OfferWish wish = { .kind = kind, .id = id, .actor = ACTOR };
    Registrar registrar = { .settings = registrar_read(data, err) };
    Error why = { 0 };
    bool done = registrar.settings && registrar_store_open(&registrar, NULL, err);

    if (done) {
        const OfficeConfig config = registrar_office_config(registrar.settings);
        registrar.office = office_open(&config, registrar.store, NULL, &why);
        if (registrar.office)
            done = remove_checked(registrar.office, &wish, ret_whole, err);
        else if (why.code == ERR_FORMAT)
            done = remove_unseen(registrar.store, &wish, ret_whole, err);
        else
            done = error_set_cause(err, why.code, why.cause, "%s", why.text);
    }
    registrar_close(&registrar);
    return done;
}
