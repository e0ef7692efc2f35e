#include "registrar/settings.h"

#include <limits.h>
#include <string.h>

#include "base/file.h"

#define PATH_MOST 1000

const SettingSpec registrar_settings[] = {
    { "institution.id", SETTING_TEXT, NULL, 1, 48, "in every table: letters, digits and hyphens; never changed later" },
    { "institution.host", SETTING_TEXT, NULL, 1, 63, "in the links of seals: host, with :port where it is not 443" },
    { "institution.file", SETTING_PATH, "institution.json", 1, PATH_MOST, "names, address, signatory, opening hours" },
    { "institution.demo", SETTING_BOOL, "no", 0, 0, "a demo university: nobody in it exists" },
    { "store.database", SETTING_PATH, "registrar.db", 1, PATH_MOST,
      "the SQLite file, or postgresql://USER@HOST/DATABASE as psql takes it" },
    { "keys.folder", SETTING_PATH, "keys", 1, PATH_MOST, "secrets, readable by the registrar's user alone" },
    { "kiosks.address", SETTING_TEXT, "::", 2, 63, "where kiosks are listened to" },
    { "kiosks.port", SETTING_NUMBER, "8444", 0, 65535, "0: any free one" },
    { "kiosks.certificate", SETTING_PATH, "keys/kiosks.pem", 1, PATH_MOST, "the listener's certificate chain" },
    { "kiosks.key", SETTING_PATH, "keys/kiosks.key", 1, PATH_MOST, "its private key" },
    { "kiosks.ca", SETTING_PATH, "keys/ca.pem", 1, PATH_MOST, "the authority that signed the kiosks' certificates" },
    { "kiosks.threads", SETTING_NUMBER, "8", 1, 64, "workers that answer kiosks" },
    { "kiosks.connections", SETTING_NUMBER, "4096", 8, 65536, "most connections at once" },
    { "kiosks.connections_a_source", SETTING_NUMBER, "128", 0, 65536,
      "from one address without a certificate, at once and within 8 s; 0: no limit, as behind a balancer" },
    { "kiosks.connections_a_kiosk", SETTING_NUMBER, "8", 0, 1024,
      "most of one kiosk, one more ends its oldest; 0: no limit" },
    { "kiosks.requests_a_second", SETTING_NUMBER, "25", 0, 1000,
      "of one kiosk, four seconds' worth at once; more is told to come later; 0: no limit" },
    { "kiosks.wrong_tries_a_source", SETTING_NUMBER, "1800", 0, 1000000,
      "wrong passwords an hour from one address, all kiosks behind it together; 0: no limit, as behind a balancer" },
    { "people.address", SETTING_TEXT, "::", 2, 63, "where phones and checkers are listened to" },
    { "people.port", SETTING_NUMBER, "8443", 0, 65535, "0: any free one" },
    { "people.certificate", SETTING_PATH, "keys/people.pem", 1, PATH_MOST,
      "the listener's certificate chain; publicly trusted where there is one" },
    { "people.key", SETTING_PATH, "keys/people.key", 1, PATH_MOST, "its private key" },
    { "people.threads", SETTING_NUMBER, "4", 1, 64, "workers that answer people" },
    { "people.connections", SETTING_NUMBER, "1024", 8, 65536, "most connections at once" },
    { "people.connections_a_source", SETTING_NUMBER, "64", 0, 65536,
      "most from one address, where each browser of staff needs two; 0: no limit" },
    { "people.proxies", SETTING_TEXT, "", 0, 1000,
      "addresses and networks of proxies of your own, whose word on where a request comes from is believed" },
    { "people.forwarded_by", SETTING_TEXT, "X-Forwarded-For", 1, 40,
      "the field that they write it to: X-Forwarded-For or Forwarded" },
    { "people.limits", SETTING_BOOL, "yes", 0, 0, "slow down who tries codes; no only where that itself is measured" },
    { "paths.catalogue", SETTING_PATH, REGISTRAR_CATALOGUE, 1, PATH_MOST, "the services, one JSON file each" },
    { "paths.information", SETTING_PATH, REGISTRAR_INFORMATION, 1, PATH_MOST,
      "the pages of information that come with the program, one JSON file each" },
    { "paths.own_information", SETTING_PATH, "information", 1, PATH_MOST,
      "the university's own pages: each stands before the program's of the same id" },
    { "paths.templates", SETTING_PATH, REGISTRAR_ASSETS "/documents", 1, PATH_MOST, "what papers say" },
    { "paths.words", SETTING_PATH, REGISTRAR_ASSETS "/documents/words/words.json", 1, PATH_MOST,
      "classifiers in words, for papers" },
    { "paths.web", SETTING_PATH, REGISTRAR_ASSETS "/web", 1, PATH_MOST, "the public pages' templates and styles" },
    { "paths.logo", SETTING_PATH, "", 0, PATH_MOST, "SVG in one colour on the letterhead; empty: none" },
    { "hemis.address", SETTING_TEXT, "", 0, 400,
      "of the students' HEMIS, https://student.UNIVERSITY.uz/rest; empty: the register alone knows students" },
    { "hemis.ca", SETTING_PATH, "", 0, PATH_MOST,
      "the only authority that its certificate is believed of; empty: the system's" },
    { "hemis.deadline_ms", SETTING_NUMBER, "8000", 100, 60000, "for each of its answers" },
    { "hemis.sign_in_ms", SETTING_NUMBER, "3000", 100, 3000,
      "for its word on a password; a wrong one is answered no sooner, whoever said so" },
    { "hemis.tries", SETTING_NUMBER, "6", 1, 6,
      "passwords that it may refuse in ten minutes, of all kiosks: at ten it answers nobody of this address" },
    { "hemis.tries_kiosk", SETTING_NUMBER, "2", 1, 2, "of these, of one kiosk" },
    { "hemis.connections", SETTING_NUMBER, "8", 1, 64, "most requests to it at once" },
    { "hemis.dates", SETTING_TEXT, "utc", 3, 5,
      "where a day without a midnight in its seconds is told: utc or local (HEMIS's versions differ)" },
    { "hemis.excused", SETTING_TEXT, "absent_on", 9, 10,
      "which hours of an absence are excused: absent_on or absent_off" },
    { "hemis.semester", SETTING_TEXT, "semester", 8, 9, "what its queries call a semester: semester or _semester" },
    { "hemis.mark_5", SETTING_NUMBER, "90", 3, 100, "points from which a result is marked 5 (credit system)" },
    { "hemis.mark_4", SETTING_NUMBER, "70", 2, 99, "points from which it is marked 4" },
    { "hemis.mark_3", SETTING_NUMBER, "60", 1, 98, "points from which it is marked 3" },
    { "hemis.data_token", SETTING_PATH, "", 0, PATH_MOST,
      "a file with the token of its data API, for `registrar import`; readable by the registrar's user alone" },
    { "hemis.data_pace_ms", SETTING_NUMBER, "100", 0, 60000,
      "between two requests to its data API, which answers ten a second" },
    { "hemis.oauth_client", SETTING_TEXT, "", 0, 100,
      "the registrar's client id there (\"oAuth klientlar\"): phones may sign in on HEMIS's own page; empty: not" },
    { "hemis.oauth_secret", SETTING_PATH, "", 0, PATH_MOST,
      "a file with that client's secret; readable by the registrar's user alone" },
    { "moodle.address", SETTING_TEXT, "", 0, 400,
      "of the university's Moodle, https://lms.UNIVERSITY.uz; empty: none" },
    { "moodle.ca", SETTING_PATH, "", 0, PATH_MOST,
      "the only authority that its certificate is believed of; empty: the system's" },
    { "moodle.token", SETTING_PATH, "", 0, PATH_MOST,
      "a file with the token of its web-service user; readable by the registrar's user alone" },
    { "moodle.match", SETTING_TEXT, "idnumber", 8, 8, "its field that holds the student number: idnumber or username" },
    { "moodle.deadline_ms", SETTING_NUMBER, "5000", 100, 60000, "for each of its answers" },
    { "moodle.connections", SETTING_NUMBER, "4", 1, 64, "most requests to it at once" },
    { "moodle.days_ahead", SETTING_NUMBER, "60", 1, 365, "of deadlines that are told" },
    { "oneid.client", SETTING_TEXT, "", 0, 200,
      "the registrar's client id at OneID: phones may sign in on its page; empty: not" },
    { "oneid.secret", SETTING_PATH, "", 0, PATH_MOST,
      "a file with that client's secret; readable by the registrar's user alone" },
    { "oneid.scope", SETTING_TEXT, "", 0, 200, "of that client; empty: its own name" },
    { "oneid.address", SETTING_TEXT, "https://sso.egov.uz/sso/oauth/Authorization.do", 0, 400,
      "where OneID asks people and answers us" },
    { "oneid.ca", SETTING_PATH, "", 0, PATH_MOST,
      "the only authority that its certificate is believed of; empty: the system's" },
    { "oneid.deadline_ms", SETTING_NUMBER, "3000", 100, 60000, "for each of its answers" },
    { "oneid.connections", SETTING_NUMBER, "4", 1, 64, "most requests to it at once" },
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
        .information_folder = settings_text(settings, "paths.information"),
        .own_information_folder = settings_text(settings, "paths.own_information"),
        .templates_folder = settings_text(settings, "paths.templates"),
        .words_file = settings_text(settings, "paths.words"),
        .logo_file = logo[0] ? logo : NULL,
        .demo = settings_bool(settings, "institution.demo"),
        .limits = settings_bool(settings, "people.limits"),
        .hemis_tries = (int)settings_number(settings, "hemis.tries"),
        .hemis_tries_kiosk = (int)settings_number(settings, "hemis.tries_kiosk"),
        .wrong_tries_a_source = settings_number(settings, "kiosks.wrong_tries_a_source"),
        .clock = clock_system(),
        .random = random_system(),
    };
}

const char *registrar_database(const Registrar *registrar)
{
    return registrar->database ? registrar->database : settings_text(registrar->settings, "store.database");
}

/* What is not there would be made a register that begins at number 1. */
static bool find_register(const char *database, const char *institution, Error *err)
{
    char where[120];
    bool there;

    if (!store_is_there(database, institution, &there, err))
        return false;
    if (there)
        return true;
    store_describe(database, where, sizeof where);
    return error_set(err, ERR_NOT_FOUND,
                     store_is_postgresql(database)
                         ? "%s holds no register of %.40s: make it with `registrar init`, or bring its backup back"
                         : "%.80s is not there, or holds no register of %.40s: bring it back with `registrar restore`",
                     where, institution);
}

bool registrar_store_open(Registrar *registrar, Log *log, Error *err)
{
    const char *database = registrar_database(registrar);
    const char *institution = settings_text(registrar->settings, "institution.id");

    if (!store_is_postgresql(database)) {
        registrar->lock = folder_lock(database, false, err);
        if (!registrar->lock)
            return false;
    }
    if (!find_register(database, institution, err))
        return false;
    registrar->store = registrar->beside && strcmp(store_address(registrar->beside), database) == 0
                           ? store_open_beside(registrar->beside, institution, log, err)
                           : store_open(database, institution, log, err);
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
    hemis_free(registrar->hemis);
    moodle_free(registrar->moodle);
    oneid_free(registrar->oneid);
    store_close(registrar->store);
    folder_unlock(registrar->lock);
    settings_free(registrar->settings);
    *registrar = (Registrar){ 0 };
}
