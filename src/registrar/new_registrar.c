#include "registrar/new_registrar.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "registrar/office/calendar.h"
#include "registrar/office/envelope.h"
#include "registrar/settings.h"
#include "registrar/store/acts.h"
#include "registrar/store/keys.h"

#define DEMO_LOGO  REGISTRAR_ASSETS "/logos/namuna.svg"
#define DEMO_PAGES REGISTRAR_ASSETS "/demo/information"
#define OWN_PAGES  "information" /* where paths.own_information looks for them */

/* --- what was asked for ------------------------------------------------------------------------------------------ */

static bool is_made_of(Str text, const char *allowed)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '\0' || !strchr(allowed, text.ptr[i]))
            return false;
    return text.len > 0;
}

bool registrar_check_host(const char *host, Error *err)
{
    Str port = str_from(host);
    Str name = str_split(&port, ':');
    uint64_t number;

    if (strlen(host) > 63 || !is_made_of(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") || name.ptr[0] == '.' ||
        name.ptr[0] == '-' || (port.ptr && !str_to_u64(port, 1, UINT16_MAX, &number)))
        return error_set(err, ERR_ARGUMENT,
                         "--host wants a name in small letters or an IPv4 address, with :port where it is not 443");
    return true;
}

bool registrar_check_id(const char *id, Error *err)
{
    if (strlen(id) > 40 || !is_made_of(str_from(id), "abcdefghijklmnopqrstuvwxyz0123456789-"))
        return error_set(err, ERR_ARGUMENT, "--id wants 1 to 40 lower-case letters, digits and hyphens");
    return true;
}

/* Nothing that is there already is written over or mixed with. */
bool registrar_check_unused(const char *folder, Error *err)
{
    DIR *names = opendir(folder);
    const struct dirent *entry;
    bool used = false;

    if (!names)
        return errno == ENOENT || error_set_errno(err, "%.100s", folder);
    while (!used && (entry = readdir(names)) != NULL)
        used = strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(names);
    return !used || error_set(err, ERR_EXISTS, "%.100s is in use: only a new or an empty folder is filled", folder);
}

/* --- files ------------------------------------------------------------------------------------------------------- */

static bool write_file(const NewRegistrar *wanted, const char *name, const Buf *bytes, Error *err)
{
    char path[PATH_MAX];

    return buf_ok(bytes, err) && path_join(path, sizeof path, wanted->folder, name, err) &&
           file_write(path, 0600, buf_str(bytes), err);
}

static int add_piece(const char *bytes, size_t size, void *text)
{
    buf_add(text, bytes, size);
    return 0;
}

static bool write_given_institution(const NewRegistrar *wanted, Buf *text, Error *err)
{
    json_t *institution = json_deep_copy(wanted->institution);
    bool done = institution && json_object_set_new(institution, "host", json_string(wanted->host)) == 0 &&
                json_dump_callback(institution, add_piece, text, JSON_INDENT(2)) == 0;

    json_decref(institution);
    buf_add_byte(text, '\n');
    return done || error_set(err, ERR_MEMORY, "institution.json");
}

/* Those that are known ahead, of this year and the next: the office adds the hayits, and what decrees move. */
static void write_holidays(Buf *text)
{
    const Clock clock = clock_system();
    const int year = date_time_at(clock_wall_ms(&clock), 300).date.year;

    for (int i = 0; i < 2 * CALENDAR_FIXED; i++) {
        Date days[CALENDAR_FIXED];

        calendar_fixed_holidays(year + i / CALENDAR_FIXED, days);
        buf_add_text(text, i == 0 ? "\"" : i == CALENDAR_FIXED ? ",\n                \"" : ", \"");
        date_write(text, days[i % CALENDAR_FIXED], LANGUAGE_FIRST, DATE_ISO);
        buf_add_byte(text, '"');
    }
}

/* Empty texts are refused by name when the registrar starts, so that none is forgotten. */
static void write_blank_institution(const NewRegistrar *wanted, Buf *text)
{
    static const char blank[] = "{ \"uz\": \"\", \"uz-Cyrl\": \"\", \"ru\": \"\", \"en\": \"\" }";

    buf_add_format(text, "{\n  \"id\": \"%s\",\n  \"host\": \"%s\",\n", wanted->id, wanted->host);
    buf_add_format(text, "  \"names\": %s,\n  \"ministry\": %s,\n  \"address\": %s,\n  \"city\": %s,\n", blank, blank,
                   blank, blank);
    buf_add_text(text, "  \"phone\": \"\",\n  \"email\": \"\",\n  \"brand\": \"\",\n"); /* it may stay empty */
    buf_add_format(text, "  \"signatory\": {\n    \"role\": %s,\n    \"name\": %s\n  },\n", blank, blank);
    buf_add_text(text, "  \"opening_hours\": [{ \"days\": [1, 2, 3, 4, 5], \"from\": \"09:00\", \"to\": \"17:00\" }],\n"
                       "  \"holidays\": [");
    write_holidays(text);
    buf_add_text(text, "],\n  \"working_days_moved\": [],\n"
                       "  \"topics\": [],\n"
                       "  \"marking\": { \"system\": \"credit\", \"gpa_limit\": \"2.4\" },\n"
                       "  \"utc_offset_minutes\": 300\n}\n");
}

static bool write_institution(const NewRegistrar *wanted, Error *err)
{
    OWNED_BUF text;

    buf_init(&text, 64u << 10);
    if (!wanted->institution)
        write_blank_institution(wanted, &text);
    else if (!write_given_institution(wanted, &text, err))
        return false;
    return write_file(wanted, "institution.json", &text, err);
}

/* A copy beside the settings, so that a university puts its own in its place. */
static bool write_logo(const NewRegistrar *wanted, Error *err)
{
    OWNED_BUF svg;

    buf_init(&svg, 1u << 20);
    return !wanted->demo || (file_read(DEMO_LOGO, &svg, err) && write_file(wanted, "logo.svg", &svg, err));
}

static bool copy_page(void *ctx, const char *name, Error *err)
{
    const NewRegistrar *wanted = ctx;
    char from[PATH_MAX], own[PATH_MAX];
    OWNED_BUF page;

    buf_init(&page, 256u << 10);
    return path_join(from, sizeof from, DEMO_PAGES, name, err) && file_read(from, &page, err) &&
           path_join(own, sizeof own, OWN_PAGES, name, err) && write_file(wanted, own, &page, err);
}

/* A university's own pages of information: clubs, events, who sits where. */
static bool write_pages(const NewRegistrar *wanted, Error *err)
{
    char folder[PATH_MAX];

    return !wanted->demo ||
           (path_join(folder, sizeof folder, wanted->folder, OWN_PAGES, err) && folder_make(folder, 0700, err) &&
            folder_each(DEMO_PAGES, ".json", copy_page, (void *)(uintptr_t)wanted, err));
}

/* A name that means this machine, wherever it is looked up (RFC 6761). */
static bool is_local(const char *host)
{
    Str rest = str_from(host);
    Str name = str_split(&rest, ':');

    return str_equal_text(name, "localhost") || str_ends(name, STR(".localhost"));
}

/* What is decided now; every other setting stands in the file as a comment with its fallback. */
static const char *decided(const NewRegistrar *wanted, const char *key)
{
    if (strcmp(key, "institution.id") == 0)
        return wanted->id;
    if (strcmp(key, "institution.host") == 0)
        return wanted->host;
    if (strcmp(key, "store.database") == 0)
        return wanted->database;
    if (strcmp(key, "hemis.address") == 0)
        return wanted->hemis;
    if (strcmp(key, "hemis.ca") == 0)
        return wanted->hemis_ca;
    if (!wanted->demo)
        return NULL;
    if (strcmp(key, "institution.demo") == 0)
        return "yes";
    if (strcmp(key, "paths.logo") == 0)
        return "logo.svg";
    /* the demo's passwords are public: the network is let in only when a host for it was named, and to the pages alone
     */
    if (strcmp(key, "kiosks.address") == 0)
        return "127.0.0.1";
    if (strcmp(key, "people.address") == 0)
        return is_local(wanted->host) ? "127.0.0.1" : "0.0.0.0";
    return NULL;
}

static bool write_settings(const NewRegistrar *wanted, Error *err)
{
    Str section = { 0 };
    OWNED_BUF ini;

    buf_init(&ini, 64u << 10);
    buf_add_text(&ini,
                 "; A registrar's settings.  Paths are relative to this file.  What is commented out stands at what "
                 "suits most.\n");
    for (size_t i = 0; i < registrar_setting_count; i++) {
        const SettingSpec *spec = &registrar_settings[i];
        const char *value = decided(wanted, spec->key);
        Str name = str_from(spec->key);
        Str in = str_split(&name, '.');

        if (!str_equal(in, section))
            buf_add_format(&ini, "\n[" STR_FMT "]\n", STR_ARG(in));
        section = in;
        buf_add_format(&ini, "; %s\n%s" STR_FMT " = %s\n", spec->help, value ? "" : "; ", STR_ARG(name),
                       value ? value : spec->fallback);
    }
    return write_file(wanted, "registrar.ini", &ini, err);
}

/* --- the register ------------------------------------------------------------------------------------------------ */

static bool put_first(StoreTransaction *transaction, void *arg, Error *err)
{
    const NewRegistrar *wanted = arg;
    char object[64], host[INSTITUTION_HOST_SIZE];

    snprintf(object, sizeof object, "institution:%.40s", wanted->id);
    if (!institutions_host(transaction, host, err))
        return false;
    if (host[0]) /* a database that many share */
        return error_set(err, ERR_EXISTS, "the database holds the institution %.40s already", wanted->id);
    return institutions_set_host(transaction, wanted->host, err) &&
           acts_add(transaction, &(Act){ clock_wall_ms(wanted->clock), "command-line", "registrar.made", object, NULL },
                    err);
}

static bool fill_register(const NewRegistrar *wanted, const Keys *keys, Error *err)
{
    char path[PATH_MAX];

    if (!wanted->database && !path_join(path, sizeof path, wanted->folder, "registrar.db", err))
        return false;
    OWNED(Store) store = store_open(wanted->database ? wanted->database : path, wanted->id, NULL, err);
    return store && store_write(store, put_first, (void *)(uintptr_t)wanted, err) &&
           (!wanted->fill || wanted->fill(wanted->ctx, store, keys, err));
}

static bool make_keys(const NewRegistrar *wanted, Keys *ret_keys, Error *err)
{
    char path[PATH_MAX];

    return path_join(path, sizeof path, wanted->folder, "keys", err) &&
           keys_make(path, wanted->id, wanted->host, wanted->random, clock_wall_s(wanted->clock), err) &&
           keys_load(path, ret_keys, err);
}

/* Not in the folder, so that who copies the folder has not both; "DIR-backup-key.pem" however DIR was written. */
static bool place_backup_key(const NewRegistrar *wanted, char ret_path[PATH_MAX], Error *err)
{
    char folder[PATH_MAX];
    int len;

    if (!realpath(wanted->folder, folder))
        return error_set_errno(err, "%.100s", wanted->folder);
    len = wanted->backup_key ? snprintf(ret_path, PATH_MAX, "%s", wanted->backup_key)
                             : snprintf(ret_path, PATH_MAX, "%s-backup-key.pem", folder);
    if (len < 0 || len >= PATH_MAX)
        return error_set(err, ERR_RANGE, "path of %d bytes", len);
    return access(ret_path, F_OK) != 0 ||
           error_set(err, ERR_EXISTS, "%.100s is there already: it opens another registrar's backups", ret_path);
}

static bool make_backup_key(const NewRegistrar *wanted, const char *path, Error *err)
{
    OWNED_BUF name, key, certificate, words;

    buf_init(&name, 80);
    buf_init(&key, 16u << 10);
    buf_init(&certificate, 16u << 10);
    buf_init(&words, 32u << 10);
    buf_add_format(&name, "Backups of %s", wanted->id);
    buf_add_format(
        &words,
        "This opens the backups of the registrar %s, and nobody else does.  It belongs off the machine that\n"
        "makes them: on two sticks in two safes.  `registrar restore FILE DIR --key THIS` wants it.\n\n",
        wanted->id);
    if (!buf_ok(&name, err) ||
        !envelope_key_make(buf_text(&name), clock_wall_s(wanted->clock), &key, &certificate, err))
        return false;
    buf_add_str(&words, buf_str(&key));
    return buf_ok(&words, err) && file_write(path, 0600, buf_str(&words), err) &&
           write_file(wanted, "backup.pem", &certificate, err);
}

/* registrar.ini comes last: a folder without it is no registrar's. */
bool registrar_make(const NewRegistrar *wanted, char ret_backup_key[PATH_MAX], Error *err)
{
    Keys keys = { 0 };

    if (!registrar_check_unused(wanted->folder, err) || !folder_make(wanted->folder, 0700, err))
        return false;
    if (chmod(wanted->folder, 0700) < 0)
        return error_set_errno(err, "%.100s", wanted->folder);
    bool done = place_backup_key(wanted, ret_backup_key, err) && make_keys(wanted, &keys, err) &&
                make_backup_key(wanted, ret_backup_key, err) && write_institution(wanted, err) &&
                write_logo(wanted, err) && write_pages(wanted, err) && fill_register(wanted, &keys, err) &&
                write_settings(wanted, err);
    keys_fini(&keys);
    return done || error_add(err, "%.60s is half made, remove it", wanted->folder);
}
