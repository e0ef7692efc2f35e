#include "registrar/office/office.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/office/finisher.h"
#include "registrar/office/courses.h"
#include "registrar/office/freshening.h"
#include "registrar/office/inside.h"
#include "registrar/office/limits.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/office/theme.h"
#include "registrar/office/working_time.h"
#include "registrar/store/acts.h"
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

const char *actor_name(const char *actor)
{
    static const char *const kinds[] = { "staff:", "token:" };

    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_starts(str_from(actor), str_from(kinds[i])))
            return actor + strlen(kinds[i]);
    return actor;
}

void office_check_address(const Office *office, char ret[80])
{
    snprintf(ret, 80, "%.63s/v/", office->config.host);
}

bool office_phone_address(const Office *office, char room, const char *token, char *ret, size_t size, Error *err)
{
    OWNED_BUF address;

    buf_init(&address, size);
    buf_add_text(&address, "HTTPS://");
    for (const char *c = office->config.host; *c; c++)
        buf_add_byte(&address, (uint8_t)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c));
    buf_add_format(&address, "/%c/%s", room, token);
    return buf_ok(&address, err) && (str_copy(buf_str(&address), ret, size) ||
                                     error_set(err, ERR_RANGE, "an address of more than %zu letters", size - 1));
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
    const char **const texts[] = { &config->institution,        &config->host,
                                   &config->institution_file,   &config->keys_folder,
                                   &config->catalogue_folder,   &config->templates_folder,
                                   &config->words_file,         &config->logo_file,
                                   &config->information_folder, &config->own_information_folder };

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

/* --- keys -------------------------------------------------------------------------------------------------------- */

static const char *use_name(CoseUse use)
{
    return use == COSE_SEAL ? "seal" : use == COSE_STATUS_LIST ? "status-list" : "audit-head";
}

/* The key must be new to the register, or the one that it knows. */
static bool publish_key(StoreTransaction *transaction, const Office *office, const CosePublicKey *own,
                        const KeyRow *known, size_t count, Error *err)
{
    char object[16], detail[40];
    KeyRow row = { .kid = own->kid, .use = use_name(own->use), .state = "active" };

    memcpy(row.bytes, own->bytes, sizeof row.bytes);
    for (size_t i = 0; i < count; i++)
        if (known[i].kid == own->kid)
            return !memcmp(known[i].bytes, own->bytes, sizeof own->bytes) ||
                   error_set(err, ERR_CONFLICT, "key %d of the folder is not the register's", own->kid);
    snprintf(object, sizeof object, "key:%u", own->kid);
    snprintf(detail, sizeof detail, "{\"use\":\"%s\"}", row.use);
    return keys_add(transaction, &row, err) &&
           acts_add_for_ever(transaction, &(Act){ office_now_ms(office), "office", "key.published", object, detail },
                             err);
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
        if (!publish_key(transaction, office, &own[i], known, count, err))
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

/* Seals of before lead to the other host. */
static bool publish_host(StoreTransaction *transaction, const Office *office, Error *err)
{
    const char *host = office->config.host;
    char known[INSTITUTION_HOST_SIZE], object[INSTITUTION_HOST_SIZE + 8];

    if (!institutions_host(transaction, known, err))
        return false;
    if (strcmp(known, host) == 0)
        return true;
    snprintf(object, sizeof object, "host:%.63s", host);
    return institutions_set_host(transaction, host, err) &&
           acts_add(transaction, &(Act){ office_now_ms(office), "office", "host.published", object, NULL }, err);
}

static bool publish_keys(StoreTransaction *transaction, void *arg, Error *err)
{
    Office *office = arg;

    office->public_key_count = 0;
    return publish_host(transaction, office, err) &&
           publish_use(transaction, office, office->keys.public_seals, office->keys.seal_count, err) &&
           publish_use(transaction, office, &office->keys.public_list, 1, err) &&
           publish_use(transaction, office, &office->keys.public_head, 1, err);
}

/* --- opening and closing ----------------------------------------------------------------------------------------- */

static bool make_memos(Office *office, Error *err)
{
    office->certificates = memo_new(sizeof(FoundKiosk), CERTIFICATES_ROOM);
    office->shapes = memo_new(sizeof(char), SHAPES_ROOM);
    office->sources = memo_new(sizeof(Bucket), SOURCES_ROOM);
    office->debts = queue_new(sizeof(LimitDebt), LIMIT_DEBTS_MOST);
    office->checks = queue_new(sizeof(NotedCheck), NOTED_CHECKS_MOST);
    return (office->certificates && office->shapes && office->sources && office->debts && office->checks) ||
           error_set(err, ERR_MEMORY, "office");
}

static bool start_passwords(Office *office, Error *err)
{
    const OfficeConfig *config = &office->config;

    office->passwords = passwords_start_with(config->password_workers, office->keys.pepper, &config->random, err);
    return office->passwords != NULL;
}

static bool begin(Office *office, Error *err)
{
    return own_config(office, err) && make_memos(office, err) && load_institution(office, err) &&
           theme_load_own(office, err) && keys_complete(office->config.keys_folder, &office->config.random, err) &&
           keys_load(office->config.keys_folder, &office->keys, err) &&
           store_write(office->store, publish_keys, office, err) && shelf_keeper_open(office, err) &&
           working_time_follow(office, err) && start_passwords(office, err) && finisher_start(office, err) &&
           freshening_start(office, err) && courses_start(office, err) &&
           (!office->config.follows || shelf_keeper_watch(office, err));
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
    courses_stop(office);
    freshening_stop(office);
    finisher_stop(office);
    passwords_stop(office->passwords);
    queue_free(office->debts);
    queue_free(office->checks);
    memo_free(office->sources);
    memo_free(office->shapes);
    memo_free(office->certificates);
    shelf_keeper_close(office);
    api_theme_fini(&office->own_theme);
    institution_free(office->institution);
    keys_fini(&office->keys);
    for (size_t i = 0; i < office->text_count; i++)
        mem_free(office->texts[i]);
    mem_free(office);
}

Catalogue *office_catalogue(Office *office, Error *err)
{
    if (!shelf_follow(office, err))
        return NULL;
    OWNED(Shelf) shelf = shelf_take(office);
    return catalogue_keep(shelf_catalogue(shelf));
}

const OfficeConfig *office_config(const Office *office)
{
    return &office->config;
}

Date office_today(const Office *office)
{
    return date_time_at(office_now_ms(office), office->config.utc_offset_minutes).date;
}
