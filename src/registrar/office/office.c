#include "registrar/office/office.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "registrar/office/finisher.h"
#include "registrar/office/inside.h"
#include "registrar/office/limits.h"
#include "registrar/office/predicates.h"
#include "registrar/store/keys.h"

#define CERTIFICATES_ROOM 16384 /* a second's worth of a large fleet */
#define SHAPES_ROOM       4096
#define SOURCES_ROOM      65536

void actor_student(char ret[ACTOR_SIZE], int64_t student)
{
    snprintf(ret, ACTOR_SIZE, "student:%lld", (long long)student);
}

void actor_kiosk(char ret[ACTOR_SIZE], const char *kiosk)
{
    snprintf(ret, ACTOR_SIZE, "kiosk:%.36s", kiosk);
}

void office_check_address(const Office *office, char ret[80])
{
    snprintf(ret, 80, "%.63s/v/", office->config.host);
}

bool office_new_id(const Office *office, char ret[37], Error *err)
{
    uint8_t bytes[16];

    if (!random_fill(&office->config.random, bytes, sizeof bytes, err))
        return false;
    uuid_from_random(bytes, ret);
    return true;
}

/* --- configuration ----------------------------------------------------------------------------------------------- */

static bool own_text(Office *office, const char **text, Error *err)
{
    if (!*text)
        return true;
    assert(office->text_count < OFFICE_TEXTS_MOST);
    char *copy = mem_copy_text(*text);
    if (!copy)
        return error_set(err, ERR_MEMORY, "office");
    office->texts[office->text_count++] = copy;
    *text = copy;
    return true;
}

static bool own_config(Office *office, Error *err)
{
    OfficeConfig *config = &office->config;
    const char **const texts[] = { &config->institution,      &config->host,
                                   &config->institution_file, &config->keys_folder,
                                   &config->catalogue_folder, &config->templates_folder,
                                   &config->logo_file };

    for (size_t i = 0; i < COUNT(texts); i++)
        if (!own_text(office, texts[i], err))
            return false;
    return true;
}

/* What the configuration leaves open is read from institution.json. */
static bool load_institution(Office *office, Error *err)
{
    OfficeConfig *config = &office->config;
    const LocalText *names;

    office->institution = institution_load(config->institution_file, err);
    if (!office->institution)
        return false;
    if (strcmp(institution_id(office->institution), config->institution) != 0)
        return error_set(err, ERR_CONFLICT, "%.80s is of %.40s, not of %.40s", config->institution_file,
                         institution_id(office->institution), config->institution);
    names = institution_text(office->institution, "names");
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (!own_text(office, &config->names[i], err))
            return false;
        if (!config->names[i])
            config->names[i] = local_text(names, (Language)i);
    }
    if (config->utc_offset_minutes == 0)
        config->utc_offset_minutes = institution_utc_offset_minutes(office->institution);
    return true;
}

/* --- catalogue --------------------------------------------------------------------------------------------------- */

typedef struct Gathering {
    const char *folder;
    Buf *json;
} Gathering;

static bool gather_service(void *ctx, const char *name, Error *err)
{
    Gathering *gathering = ctx;
    char path[PATH_MAX];

    if (!path_join(path, sizeof path, gathering->folder, name, err))
        return false;
    if (!str_ends(buf_str(gathering->json), STR("[")))
        buf_add_byte(gathering->json, ',');
    return file_read(path, gathering->json, err);
}

static bool load_catalogue(Office *office, Error *err)
{
    OWNED_BUF json;
    Gathering gathering = { office->config.catalogue_folder, &json };

    buf_init(&json, CATALOGUE_BYTES_MOST);
    buf_add_text(&json, "{\"services\":[");
    if (!folder_each(office->config.catalogue_folder, ".json", gather_service, &gathering, err))
        return error_add(err, "catalogue");
    buf_add_text(&json, "]}");
    if (!buf_ok(&json, err))
        return error_add(err, "catalogue");
    office->catalogue = catalogue_parse(buf_str(&json), err);
    if (!office->catalogue || !predicates_check_catalogue(office->catalogue, err) ||
        !papers_check_catalogue(&office->papers, office->catalogue, err))
        return error_add(err, "catalogue");
    LOG(office->log, LOG_INFO, EVENT_CATALOGUE_LOADED, LOG_NUMBER("services", catalogue_count(office->catalogue)),
        LOG_WORD("version", catalogue_version(office->catalogue)));
    return true;
}

/* --- keys -------------------------------------------------------------------------------------------------------- */

static const char *use_name(CoseUse use)
{
    return use == COSE_SEAL ? "seal" : "status-list";
}

/* The key must be new to the register, or the one that it knows. */
static bool publish_key(StoreTransaction *transaction, const CosePublicKey *own, const KeyRow *known, size_t count,
                        Error *err)
{
    KeyRow row = { .kid = own->kid, .use = use_name(own->use), .state = "active" };

    memcpy(row.bytes, own->bytes, sizeof row.bytes);
    for (size_t i = 0; i < count; i++)
        if (known[i].kid == own->kid)
            return !memcmp(known[i].bytes, own->bytes, sizeof own->bytes) ||
                   error_set(err, ERR_CONFLICT, "key %d of the folder is not the register's", own->kid);
    return keys_add(transaction, &row, err);
}

static bool publish_use(StoreTransaction *transaction, Office *office, const CosePublicKey *own, size_t own_count,
                        Error *err)
{
    const CoseUse use = own[0].use;
    KeyRow known[SEALS_MOST];
    size_t count;

    if (!keys_list(transaction, use_name(use), known, SEALS_MOST, &count, err))
        return false;
    for (size_t i = 0; i < own_count; i++)
        if (!publish_key(transaction, &own[i], known, count, err))
            return false;
    if (!keys_list(transaction, use_name(use), known, SEALS_MOST, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        CosePublicKey *key = &office->public_keys[office->public_key_count];

        if (!strcmp(known[i].state, "compromised"))
            continue;
        *key = (CosePublicKey){ .kid = (uint8_t)known[i].kid, .use = use };
        memcpy(key->bytes, known[i].bytes, sizeof key->bytes);
        office->public_key_count++;
    }
    return true;
}

static bool publish_keys(StoreTransaction *transaction, void *arg, Error *err)
{
    Office *office = arg;

    office->public_key_count = 0;
    return institutions_set_host(transaction, office->config.host, err) &&
           publish_use(transaction, office, office->keys.public_seals, office->keys.seal_count, err) &&
           publish_use(transaction, office, &office->keys.public_list, 1, err);
}

/* --- opening and closing ----------------------------------------------------------------------------------------- */

static bool make_memos(Office *office, Error *err)
{
    office->certificates = memo_new(sizeof(FoundKiosk), CERTIFICATES_ROOM);
    office->shapes = memo_new(sizeof(char), SHAPES_ROOM);
    office->sources = memo_new(sizeof(Bucket), SOURCES_ROOM);
    return (office->certificates && office->shapes && office->sources) || error_set(err, ERR_MEMORY, "office");
}

static bool begin(Office *office, Error *err)
{
    return own_config(office, err) && make_memos(office, err) && load_institution(office, err) &&
           keys_complete(office->config.keys_folder, &office->config.random, err) &&
           keys_load(office->config.keys_folder, &office->keys, err) &&
           store_write(office->store, publish_keys, office, err) &&
           papers_load(office->config.templates_folder, office->store, &office->papers, err) &&
           load_catalogue(office, err) &&
           (office->passwords = passwords_start(office->keys.pepper, &office->config.random, err)) != NULL &&
           finisher_start(office, err);
}

Office *office_open(const OfficeConfig *config, Store *store, Log *log, Error *err)
{
    OWNED(Office) office = mem_new(1, sizeof(*office));

    if (!office) {
        error_set(err, ERR_MEMORY, "office");
        return NULL;
    }
    office->config = *config;
    office->store = store;
    office->log = log;
    if (!begin(office, err)) {
        error_add(err, "office");
        return NULL;
    }
    return steal(&office);
}

void office_close(Office *office)
{
    if (!office)
        return;
    finisher_stop(office);
    passwords_stop(office->passwords);
    memo_free(office->sources);
    memo_free(office->shapes);
    memo_free(office->certificates);
    catalogue_drop(office->catalogue);
    papers_fini(&office->papers);
    institution_free(office->institution);
    keys_fini(&office->keys);
    for (size_t i = 0; i < office->text_count; i++)
        mem_free(office->texts[i]);
    mem_free(office);
}

Catalogue *office_catalogue(Office *office)
{
    return office->catalogue;
}

const OfficeConfig *office_config(const Office *office)
{
    return &office->config;
}

Date office_today(const Office *office)
{
    return date_time_at(office_now_ms(office), office->config.utc_offset_minutes).date;
}
