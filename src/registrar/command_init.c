/* registrar init: a folder from which a registrar serves, with nothing in it that a person would have to know by heart:
 * registrar.ini names every setting, institution.json every text. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "registrar/commands.h"
#include "registrar/office/envelope.h"
#include "registrar/office/import.h"
#include "registrar/settings.h"
#include "registrar/store/acts.h"
#include "registrar/store/keys.h"
#include "wire/json.h"

#define DEMO_UNIVERSITY REGISTRAR_ASSETS "/demo/university.json"
#define DEMO_LOGO       REGISTRAR_ASSETS "/logos/namuna.svg"
#define DEMO_BYTES_MOST (64u << 20)
#define DEMO_HOST       "localhost:8443"

static const char usage[] =
    "usage: registrar init DIR --host HOST[:PORT] [--id ID] [--backup-key FILE]\n"
    "       registrar init DIR --demo [--host HOST[:PORT]] [--backup-key FILE]\n"
    "\n"
    "Makes DIR with the keys, the database, registrar.ini and institution.json of a new registrar; and beside it the\n"
    "private key that its backups are opened with, which belongs off this machine.\n"
    "  --host HOST   in the link of every seal, so it can't be changed later: the name under which phones find\n"
    "                this registrar; with :PORT where that is not 443\n"
    "  --id ID       of the institution, in every table: lower-case letters, digits and hyphens (university)\n"
    "  --backup-key FILE  where that key is written (DIR-backup-key.pem)\n"
    "  --demo        the demo university with sixty students, of whom nobody exists; HOST is then " DEMO_HOST "\n";

typedef struct Arguments {
    const char *folder, *host, *id, *backup_key;
    bool demo;
} Arguments;

typedef struct Init {
    Arguments arguments;
    json_t *university; /* NULL: not the demo's */
    const char *id;
    Random random;
    Clock clock;
    Keys keys;
    Store *store;
    size_t students;
    char backup_key[PATH_MAX];
} Init;

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    const struct {
        const char *name;
        const char **value;
    } options[] = { { "--host", &ret->host }, { "--id", &ret->id }, { "--backup-key", &ret->backup_key } };

    for (int i = 1; i < argc; i++) {
        const char **value = argv[i][0] == '-' ? NULL : &ret->folder;

        if (strcmp(argv[i], "--demo") == 0) {
            ret->demo = true;
            continue;
        }
        for (size_t k = 0; k < COUNT(options) && !value; k++)
            if (strcmp(argv[i], options[k].name) == 0 && i + 1 < argc) {
                value = options[k].value;
                i++;
            }
        if (!value || *value)
            return false;
        *value = argv[i];
    }
    if (ret->demo && !ret->host)
        ret->host = DEMO_HOST;
    return ret->folder && ret->host && !(ret->demo && ret->id);
}

/* --- what was asked for ------------------------------------------------------------------------------------------ */

static bool is_made_of(Str text, const char *allowed)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '\0' || !strchr(allowed, text.ptr[i]))
            return false;
    return text.len > 0;
}

static bool check_host(const char *host, Error *err)
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

static bool check_id(const char *id, Error *err)
{
    if (strlen(id) > 40 || !is_made_of(str_from(id), "abcdefghijklmnopqrstuvwxyz0123456789-"))
        return error_set(err, ERR_ARGUMENT, "--id wants 1 to 40 lower-case letters, digits and hyphens");
    return true;
}

/* Nothing that is there already is written over or mixed with. */
static bool check_unused(const char *path, Error *err)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    bool used = false;

    if (!folder)
        return errno == ENOENT || error_set_errno(err, "%.100s", path);
    while (!used && (entry = readdir(folder)) != NULL)
        used = strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(folder);
    return !used || error_set(err, ERR_EXISTS, "%.100s is in use: init wants a new or an empty folder", path);
}

static bool read_university(Init *init, Error *err)
{
    if (!init->arguments.demo) {
        init->id = init->arguments.id ? init->arguments.id : "university";
        return true;
    }
    OWNED_BUF json;

    buf_init(&json, DEMO_BYTES_MOST);
    if (!file_read(DEMO_UNIVERSITY, &json, err))
        return false;
    init->university = json_read(buf_str(&json), err);
    if (!init->university)
        return error_add(err, DEMO_UNIVERSITY);
    init->id = json_string_value(json_object_get(json_object_get(init->university, "institution"), "id"));
    return init->id || error_set(err, ERR_FORMAT, "%s: institution.id", DEMO_UNIVERSITY);
}

/* --- files ------------------------------------------------------------------------------------------------------- */

static bool write_file(const Init *init, const char *name, const Buf *bytes, Error *err)
{
    char path[PATH_MAX];

    return buf_ok(bytes, err) && path_join(path, sizeof path, init->arguments.folder, name, err) &&
           file_write(path, 0600, buf_str(bytes), err);
}

static int add_piece(const char *bytes, size_t size, void *text)
{
    buf_add(text, bytes, size);
    return 0;
}

static bool write_demo_institution(const Init *init, Buf *text, Error *err)
{
    json_t *institution = json_deep_copy(json_object_get(init->university, "institution"));
    bool done = institution && json_object_set_new(institution, "host", json_string(init->arguments.host)) == 0 &&
                json_dump_callback(institution, add_piece, text, JSON_INDENT(2)) == 0;

    json_decref(institution);
    buf_add_byte(text, '\n');
    return done || error_set(err, ERR_MEMORY, "institution.json");
}

/* Empty texts are refused by name when the registrar starts, so that none is forgotten. */
static void write_blank_institution(const Init *init, Buf *text)
{
    static const char blank[] = "{ \"uz\": \"\", \"uz-Cyrl\": \"\", \"ru\": \"\", \"en\": \"\" }";

    buf_add_format(text, "{\n  \"id\": \"%s\",\n  \"host\": \"%s\",\n", init->id, init->arguments.host);
    buf_add_format(text, "  \"names\": %s,\n  \"ministry\": %s,\n  \"address\": %s,\n  \"city\": %s,\n", blank, blank,
                   blank, blank);
    buf_add_text(text, "  \"phone\": \"\",\n  \"email\": \"\",\n");
    buf_add_format(text, "  \"signatory\": {\n    \"role\": %s,\n    \"name\": %s\n  },\n", blank, blank);
    buf_add_text(text, "  \"opening_hours\": [{ \"days\": [1, 2, 3, 4, 5], \"from\": \"09:00\", \"to\": \"17:00\" }],\n"
                       "  \"utc_offset_minutes\": 300\n}\n");
}

static bool write_institution(const Init *init, Error *err)
{
    OWNED_BUF text;

    buf_init(&text, 64u << 10);
    if (!init->university)
        write_blank_institution(init, &text);
    else if (!write_demo_institution(init, &text, err))
        return false;
    return write_file(init, "institution.json", &text, err);
}

/* A copy beside the settings, so that a university puts its own in its place. */
static bool write_logo(const Init *init, Error *err)
{
    OWNED_BUF svg;

    buf_init(&svg, 1u << 20);
    return !init->university || (file_read(DEMO_LOGO, &svg, err) && write_file(init, "logo.svg", &svg, err));
}

/* What init itself decides; every other setting stands in the file as a comment with its fallback. */
static const char *decided(const Init *init, const char *key)
{
    bool local = strncmp(init->arguments.host, "localhost", strlen("localhost")) == 0;

    if (strcmp(key, "institution.id") == 0)
        return init->id;
    if (strcmp(key, "institution.host") == 0)
        return init->arguments.host;
    if (!init->arguments.demo)
        return NULL;
    if (strcmp(key, "institution.demo") == 0)
        return "yes";
    if (strcmp(key, "paths.logo") == 0)
        return "logo.svg";
    /* the demo's passwords are public: the network is let in only when a host for it was named */
    if (strcmp(key, "kiosks.address") == 0 || strcmp(key, "people.address") == 0)
        return local ? "127.0.0.1" : "0.0.0.0";
    return NULL;
}

static bool write_settings(const Init *init, Error *err)
{
    Str section = { 0 };
    OWNED_BUF ini;

    buf_init(&ini, 64u << 10);
    buf_add_text(&ini,
                 "; A registrar's settings.  Paths are relative to this file.  What is commented out stands at what "
                 "suits most.\n");
    for (size_t i = 0; i < registrar_setting_count; i++) {
        const SettingSpec *spec = &registrar_settings[i];
        const char *value = decided(init, spec->key);
        Str name = str_from(spec->key);
        Str in = str_split(&name, '.');

        if (!str_equal(in, section))
            buf_add_format(&ini, "\n[" STR_FMT "]\n", STR_ARG(in));
        section = in;
        buf_add_format(&ini, "; %s\n%s" STR_FMT " = %s\n", spec->help, value ? "" : "; ", STR_ARG(name),
                       value ? value : spec->fallback);
    }
    return write_file(init, "registrar.ini", &ini, err);
}

/* --- the register ------------------------------------------------------------------------------------------------ */

static bool put_first(StoreTransaction *transaction, void *arg, Error *err)
{
    const Init *init = arg;
    char object[64];

    snprintf(object, sizeof object, "institution:%.40s", init->id);
    return institutions_set_host(transaction, init->arguments.host, err) &&
           acts_add(transaction, &(Act){ clock_wall_ms(&init->clock), "command-line", "registrar.made", object, NULL },
                    err);
}

static bool import_demo(Init *init, Error *err)
{
    OWNED(Passwords) passwords = passwords_start(init->keys.pepper, &init->random, err);
    const ImportInput input = { .students = json_object_get(init->university, "students"),
                                .source = "demo",
                                .now_s = clock_wall_s(&init->clock),
                                .keys = &init->keys,
                                .passwords = passwords,
                                .random = &init->random };

    init->students = json_array_size(input.students);
    return passwords && import_students(init->store, &input, err);
}

static bool fill_register(Init *init, Error *err)
{
    char path[PATH_MAX];

    if (!path_join(path, sizeof path, init->arguments.folder, "registrar.db", err))
        return false;
    init->store = store_open(path, init->id, NULL, err);
    return init->store && store_write(init->store, put_first, init, err) &&
           (!init->university || import_demo(init, err));
}

static bool make_keys(Init *init, Error *err)
{
    char path[PATH_MAX];

    return path_join(path, sizeof path, init->arguments.folder, "keys", err) &&
           keys_make(path, init->id, init->arguments.host, &init->random, clock_wall_s(&init->clock), err) &&
           keys_load(path, &init->keys, err);
}

/* Not in the folder, so that who copies the folder has not both; "DIR-backup-key.pem" however DIR was written. */
static bool place_backup_key(Init *init, Error *err)
{
    const char *given = init->arguments.backup_key;
    char folder[PATH_MAX];
    int len;

    if (!realpath(init->arguments.folder, folder))
        return error_set_errno(err, "%.100s", init->arguments.folder);
    len = given ? snprintf(init->backup_key, sizeof init->backup_key, "%s", given)
                : snprintf(init->backup_key, sizeof init->backup_key, "%s-backup-key.pem", folder);
    if (len < 0 || (size_t)len >= sizeof init->backup_key)
        return error_set(err, ERR_RANGE, "path of %d bytes", len);
    return access(init->backup_key, F_OK) != 0 ||
           error_set(err, ERR_EXISTS, "%.100s is there already: it opens another registrar's backups",
                     init->backup_key);
}

static bool make_backup_key(const Init *init, Error *err)
{
    OWNED_BUF name, key, certificate, words;

    buf_init(&name, 80);
    buf_init(&key, 16u << 10);
    buf_init(&certificate, 16u << 10);
    buf_init(&words, 32u << 10);
    buf_add_format(&name, "Backups of %s", init->id);
    buf_add_format(
        &words,
        "This opens the backups of the registrar %s, and nobody else does.  It belongs off the machine that\n"
        "makes them: on two sticks in two safes.  `registrar restore FILE DIR --key THIS` wants it.\n\n",
        init->id);
    if (!buf_ok(&name, err) || !envelope_key_make(buf_text(&name), clock_wall_s(&init->clock), &key, &certificate, err))
        return false;
    buf_add_str(&words, buf_str(&key));
    return buf_ok(&words, err) && file_write(init->backup_key, 0600, buf_str(&words), err) &&
           write_file(init, "backup.pem", &certificate, err);
}

/* registrar.ini comes last: a folder without it is no registrar's. */
static bool make(Init *init, Error *err)
{
    const Arguments *arguments = &init->arguments;

    if (!check_host(arguments->host, err) || (arguments->id && !check_id(arguments->id, err)) ||
        !check_unused(arguments->folder, err) || !read_university(init, err))
        return false;
    if (!folder_make(arguments->folder, 0700, err))
        return false;
    if (chmod(arguments->folder, 0700) < 0)
        return error_set_errno(err, "%.100s", arguments->folder);
    return (place_backup_key(init, err) && make_keys(init, err) && make_backup_key(init, err) &&
            write_institution(init, err) && write_logo(init, err) && fill_register(init, err) &&
            write_settings(init, err)) ||
           error_add(err, "%.60s is half made, remove it", arguments->folder);
}

static void say_made(const Init *init)
{
    const char *folder = init->arguments.folder;

    printf("%s is made: keys/, registrar.db, registrar.ini, institution.json.\n", folder);
    printf("keys/ signs papers and knows kiosks: keep a copy of it apart, under lock.\n"
           "%s opens its backups: carry it off this machine, then remove it here.\n\nNext:\n",
           init->backup_key);
    if (init->university)
        printf("  (%zu students of the demo university; one of them: number 401241100873, password bahor2026)\n",
               init->students);
    else
        printf("  Write the university's names, address, signatory and hours into %s/institution.json.\n", folder);
    printf("  registrar kiosk add %s A-2 --place \"1-bino, 1-qavat\" --address https://%.*s:8444 --out a-2\n"
           "  registrar serve %s\n",
           folder, (int)strcspn(init->arguments.host, ":"), init->arguments.host, folder);
}

int command_init(int argc, char **argv)
{
    Init init = { .random = random_system(), .clock = clock_system() };
    Error err = { 0 };

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return EXIT_DONE;
    }
    if (!arguments_read(argc, argv, &init.arguments)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    bool done = make(&init, &err);
    store_close(init.store);
    keys_fini(&init.keys);
    if (done)
        say_made(&init);
    else
        fprintf(stderr, "registrar init: %s\n", err.text);
    json_decref(init.university);
    return done ? EXIT_DONE : err.code == ERR_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
}
