#include "registrar/settings.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define PATH_MOST 1000

const SettingSpec registrar_settings[] = {
    { "institution.id", SETTING_TEXT, NULL, 1, 48, "in every table: letters, digits and hyphens; never changed later" },
    { "institution.host", SETTING_TEXT, NULL, 1, 63, "in the links of seals: host, with :port where it is not 443" },
    { "institution.file", SETTING_PATH, "institution.json", 1, PATH_MOST, "names, address, signatory, opening hours" },
    { "institution.demo", SETTING_BOOL, "no", 0, 0, "a demo university: nobody in it exists" },
    { "store.database", SETTING_PATH, "registrar.db", 1, PATH_MOST, "the SQLite file" },
    { "keys.folder", SETTING_PATH, "keys", 1, PATH_MOST, "secrets, readable by the registrar's user alone" },
    { "kiosks.address", SETTING_TEXT, "::", 2, 63, "where kiosks are listened to" },
    { "kiosks.port", SETTING_NUMBER, "8444", 0, 65535, "0: any free one" },
    { "kiosks.certificate", SETTING_PATH, "keys/kiosks.pem", 1, PATH_MOST, "the listener's certificate chain" },
    { "kiosks.key", SETTING_PATH, "keys/kiosks.key", 1, PATH_MOST, "its private key" },
    { "kiosks.ca", SETTING_PATH, "keys/ca.pem", 1, PATH_MOST, "the authority that signed the kiosks' certificates" },
    { "kiosks.threads", SETTING_NUMBER, "8", 1, 64, "workers that answer kiosks" },
    { "kiosks.connections", SETTING_NUMBER, "4096", 8, 65536, "most connections at once" },
    { "people.address", SETTING_TEXT, "::", 2, 63, "where phones and checkers are listened to" },
    { "people.port", SETTING_NUMBER, "8443", 0, 65535, "0: any free one" },
    { "people.certificate", SETTING_PATH, "keys/people.pem", 1, PATH_MOST,
      "the listener's certificate chain; publicly trusted where there is one" },
    { "people.key", SETTING_PATH, "keys/people.key", 1, PATH_MOST, "its private key" },
    { "people.threads", SETTING_NUMBER, "4", 1, 64, "workers that answer people" },
    { "people.connections", SETTING_NUMBER, "1024", 8, 65536, "most connections at once" },
    { "people.connections_a_source", SETTING_NUMBER, "64", 0, 65536, "most from one address; 0: no limit" },
    { "people.limits", SETTING_BOOL, "yes", 0, 0, "slow down who tries codes; no only where that itself is measured" },
    { "paths.catalogue", SETTING_PATH, REGISTRAR_CATALOGUE, 1, PATH_MOST, "the services, one JSON file each" },
    { "paths.templates", SETTING_PATH, REGISTRAR_ASSETS "/documents", 1, PATH_MOST, "what papers say" },
    { "paths.web", SETTING_PATH, REGISTRAR_ASSETS "/web", 1, PATH_MOST, "the public pages' templates and styles" },
    { "paths.logo", SETTING_PATH, "", 0, PATH_MOST, "SVG in one colour on the letterhead; empty: none" },
};
const size_t registrar_setting_count = COUNT(registrar_settings);

Settings *registrar_read(const char *folder, Error *err)
{
    char path[PATH_MAX];
    Settings *settings;

    if (!path_join(path, sizeof path, folder, "registrar.ini", err))
        return NULL;
    settings = settings_load(path, registrar_settings, registrar_setting_count, err);
    if (!settings && err->code == ERR_NOT_FOUND)
        error_set(err, ERR_NOT_FOUND, "%s holds no registrar: make one with `registrar init`", folder);
    return settings;
}

OfficeConfig registrar_office_config(const Settings *settings)
{
    const char *logo = settings_text(settings, "paths.logo");

    return (OfficeConfig){
        .institution = settings_text(settings, "institution.id"),
        .host = settings_text(settings, "institution.host"),
        .institution_file = settings_text(settings, "institution.file"),
        .keys_folder = settings_text(settings, "keys.folder"),
        .catalogue_folder = settings_text(settings, "paths.catalogue"),
        .templates_folder = settings_text(settings, "paths.templates"),
        .logo_file = logo[0] ? logo : NULL,
        .demo = settings_bool(settings, "institution.demo"),
        .limits = settings_bool(settings, "people.limits"),
        .clock = clock_system(),
        .random = random_system(),
    };
}

bool registrar_store_open(Registrar *registrar, Log *log, Error *err)
{
    const char *database = settings_text(registrar->settings, "store.database");
    struct stat there;

    registrar->lock = folder_lock(database, false, err);
    if (!registrar->lock)
        return false;
    /* An empty file would be made a register that begins at number 1. */
    if (stat(database, &there) != 0 || there.st_size == 0)
        return error_set(err, ERR_NOT_FOUND, "%.80s is not there, or empty: bring it back with `registrar restore`",
                         database);
    registrar->store = store_open(database, settings_text(registrar->settings, "institution.id"), log, err);
    return registrar->store != NULL;
}

bool registrar_open(const char *folder, Log *log, Registrar *ret, Error *err)
{
    Registrar opened = { 0 };

    opened.settings = registrar_read(folder, err);
    if (opened.settings) {
        OfficeConfig config = registrar_office_config(opened.settings);

        if (registrar_store_open(&opened, log, err))
            opened.office = office_open(&config, opened.store, log, err);
    }
    if (!opened.office) {
        registrar_close(&opened);
        return error_add(err, "%.100s", folder);
    }
    *ret = opened;
    return true;
}

void registrar_close(Registrar *registrar)
{
    office_close(registrar->office);
    store_close(registrar->store);
    folder_unlock(registrar->lock);
    settings_free(registrar->settings);
    *registrar = (Registrar){ 0 };
}
