#include "registrar/houses.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "registrar/hemis_settings.h"
#include "registrar/moodle_settings.h"
#include "registrar/oneid_settings.h"
#include "registrar/office/institution.h"

/* --- finding ----------------------------------------------------------------------------------------------------- */

static bool add(Houses *houses, const char *folder, Error *err)
{
    House *larger = mem_resize(houses->list, houses->count + 1, sizeof(House));

    if (!larger)
        return error_set(err, ERR_MEMORY, "houses");
    houses->list = larger;
    House *house = &houses->list[houses->count];
    memset(house, 0, sizeof *house);
    if (!str_copy(str_from(folder), house->folder, sizeof house->folder))
        return error_set(err, ERR_RANGE, "%.60s...: a path of %zu bytes", folder, strlen(folder));
    houses->count++;
    return true;
}

static bool is_registrars(const char *folder, Error *err, bool *ret)
{
    char path[PATH_MAX];

    if (!path_join(path, sizeof path, folder, "registrar.ini", err))
        return false;
    *ret = access(path, F_OK) == 0;
    return true;
}

static int by_folder(const void *a, const void *b)
{
    return strcmp(((const House *)a)->folder, ((const House *)b)->folder);
}

static bool add_inside(Houses *houses, const char *folder, Error *err)
{
    size_t before = houses->count;
    const struct dirent *entry;
    DIR *open = opendir(folder);
    char path[PATH_MAX];
    bool done = true;

    if (!open)
        return errno == ENOENT || errno == ENOTDIR || error_set_errno(err, "%.100s", folder);
    while (done && (entry = readdir(open)) != NULL) {
        bool holds = false;

        if (entry->d_name[0] == '.')
            continue;
        done = path_join(path, sizeof path, folder, entry->d_name, err) && is_registrars(path, err, &holds) &&
               (!holds || add(houses, path, err));
    }
    closedir(open);
    if (houses->count > before)
        qsort(houses->list + before, houses->count - before, sizeof(House), by_folder);
    return done;
}

bool houses_find(const char *const *folders, size_t count, Houses *ret, Error *err)
{
    Houses houses = { 0 };
    bool done = true;

    for (size_t i = 0; i < count && done; i++) {
        size_t before = houses.count;
        bool itself = false;

        done = is_registrars(folders[i], err, &itself) &&
               (itself ? add(&houses, folders[i], err) : add_inside(&houses, folders[i], err));
        if (done && houses.count == before)
            done =
                error_set(err, ERR_NOT_FOUND, "%.100s holds no registrar: make one with `registrar init`", folders[i]);
    }
    if (!done) {
        mem_free(houses.list);
        return false;
    }
    *ret = houses;
    return true;
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

/* Of the listeners' sections, what each institution has for itself. */
static bool is_own(const char *key)
{
    static const char *const own[] = { "kiosks.certificate", "kiosks.key",
                                       "kiosks.ca",          "kiosks.wrong_tries_a_source",
                                       "people.certificate", "people.key",
                                       "people.limits" };

    for (size_t i = 0; i < COUNT(own); i++)
        if (!strcmp(key, own[i]))
            return true;
    return strncmp(key, "kiosks.", 7) != 0 && strncmp(key, "people.", 7) != 0;
}

static bool is_given(const HousesWish *wish, const char *key)
{
    return (wish->address && (!strcmp(key, "kiosks.address") || !strcmp(key, "people.address"))) ||
           (wish->kiosks && !strcmp(key, "kiosks.port")) || (wish->people && !strcmp(key, "people.port"));
}

static bool says_alike(const SettingSpec *spec, const Settings *one, const Settings *other)
{
    switch (spec->kind) {
    case SETTING_NUMBER: return settings_number(one, spec->key) == settings_number(other, spec->key);
    case SETTING_BOOL: return settings_bool(one, spec->key) == settings_bool(other, spec->key);
    case SETTING_TEXT:
    case SETTING_PATH: return !strcmp(settings_text(one, spec->key), settings_text(other, spec->key));
    }
    return false;
}

static bool agree(const House *first, const House *house, const HousesWish *wish, Error *err)
{
    for (size_t i = 0; i < registrar_setting_count; i++) {
        const SettingSpec *spec = &registrar_settings[i];

        if (!is_own(spec->key) && !is_given(wish, spec->key) &&
            !says_alike(spec, first->registrar.settings, house->registrar.settings))
            return error_set(err, ERR_CONFLICT, "%.50s and %.50s share a listener and differ in %s", first->folder,
                             house->folder, spec->key);
    }
    return true;
}

/* Speaks with nobody yet. */
static bool open_hemis(Registrar *registrar, OfficeConfig *config, Error *err)
{
    if (!hemis_is_set(registrar->settings))
        return true;
    OWNED(Institution) institution = institution_load(config->institution_file, err);
    if (!institution)
        return false;
    registrar->hemis = hemis_from_settings(registrar->settings, institution_utc_offset_minutes(institution), err);
    config->hemis = registrar->hemis;
    return registrar->hemis || error_add(err, "HEMIS");
}

/* Nor it. */
static bool open_moodle(Registrar *registrar, OfficeConfig *config, Error *err)
{
    if (!moodle_is_set(registrar->settings))
        return true;
    config->moodle = registrar->moodle = moodle_from_settings(registrar->settings, err);
    return registrar->moodle || error_add(err, "Moodle");
}

static bool open_oneid(Registrar *registrar, OfficeConfig *config, Error *err)
{
    if (!oneid_is_set(registrar->settings))
        return true;
    config->oneid = registrar->oneid = oneid_from_settings(registrar->settings, err);
    return registrar->oneid || error_add(err, "OneID");
}

static bool open_office(House *house, const Houses *houses, const HousesWish *wish, Log *log UNUSED, Error *err)
{
    Registrar *registrar = &house->registrar;
    OfficeConfig config = registrar_office_config(registrar->settings);

    config.follows = true;
    if (wish->no_limits)
        config.limits = false;
    config.password_workers = houses->password_workers;
    registrar->database = wish->database;
    if (!open_hemis(registrar, &config, err) || !open_moodle(registrar, &config, err) ||
        !open_oneid(registrar, &config, err) || !registrar_store_open(registrar, house->log, err))
        return false;
    registrar->office = office_open(&config, registrar->store, house->log, err);
    return registrar->office && api_context_init(&house->context, registrar->office, house->log,
                                                 settings_text(registrar->settings, "paths.web"), err);
}

static void house_close(House *house)
{
    api_context_fini(&house->context);
    registrar_close(&house->registrar);
    log_free(house->log);
    house->log = NULL;
}

static bool read_settings(House *house, const Houses *houses, const HousesWish *wish UNUSED, Log *log, Error *err)
{
    house->registrar.settings = registrar_read(house->folder, err);
    if (!house->registrar.settings)
        return false;
    const char *institution = settings_text(house->registrar.settings, "institution.id");
    house->log = houses->asked == 1 ? log_share(log, NULL, NULL) : log_share(log, "institution", institution);
    return house->log || error_set(err, ERR_MEMORY, "log");
}

/* What passes stands together at the front before it is opened, since pieces of it are then known by address. */
static bool sift(Houses *houses, Log *log, bool (*pass)(House *, const Houses *, const HousesWish *, Log *, Error *),
                 const HousesWish *wish, Error *err)
{
    size_t kept = 0, count = houses->count;

    for (size_t i = 0; i < count; i++) {
        House *house = &houses->list[kept];

        if (kept != i)
            *house = houses->list[i];
        house->registrar.beside = kept > 0 ? houses->list[0].registrar.store : NULL;
        if (pass(house, houses, wish, log, err)) {
            kept++;
            continue;
        }
        house_close(house);
        if (houses->asked > 1) {
            error_add(err, "%.60s", house->folder);
            log_failure(log, LOG_ERROR, EVENT_INSTITUTION_FAILED, err, (const LogField[]){ { 0 } });
        }
    }
    houses->count = kept;
    if (kept > 0)
        error_clear(err);
    return kept > 0;
}

const Settings *houses_settings(const Houses *houses)
{
    return houses->list[0].registrar.settings;
}

bool houses_open(Houses *houses, const HousesWish *wish, Log *log, Error *err)
{
    Random random = random_system();

    houses->asked = houses->count;
    if (houses->asked > 1 && !(houses->password_workers = password_workers_start(&random, err)))
        return false;
    if (!sift(houses, log, read_settings, wish, err))
        return false;
    for (size_t i = 1; i < houses->count; i++)
        if (!agree(&houses->list[0], &houses->list[i], wish, err))
            return false;
    return sift(houses, log, open_office, wish, err) &&
           api_context_init_nobody(&houses->nobody, log, settings_text(houses_settings(houses), "paths.web"), err);
}

void houses_close(Houses *houses)
{
    api_context_fini(&houses->nobody);
    for (size_t i = houses->count; i > 0; i--) /* the first one's connections and their log may be all the others' */
        house_close(&houses->list[i - 1]);
    password_workers_stop(houses->password_workers);
    mem_free(houses->list);
    *houses = (Houses){ 0 };
}
