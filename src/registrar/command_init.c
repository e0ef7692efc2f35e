#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "registrar/commands.h"
#include "registrar/office/import.h"
#include "registrar/office/institution.h"
#include "registrar/settings.h"
#include "wire/json.h"

#define HOST_MOST       63
#define DEMO_BYTES_MOST (64u << 20)
#define LOGO_BYTES_MOST (1u << 20)

typedef struct Init {
    const char *folder;
    const char *host;
    bool demo;
    Clock clock;
    Random random;
    json_t *university; /* --demo: what is in the folder of assets; owned */
    char id[64];
} Init;

/* What an institution fills in before it opens. */
static const char blank_institution[] =
    "{\n"
    "  \"id\": \"universitet\", \"code\": \"000\",\n"
    "  \"names\": { \"uz\": \"Universitet\", \"uz-Cyrl\": \"Университет\", \"ru\": \"Университет\", \"en\": "
    "\"University\" },\n"
    "  \"ministry\": { \"uz\": \"Oʻzbekiston Respublikasi Oliy taʼlim, fan va innovatsiyalar vazirligi\",\n"
    "    \"uz-Cyrl\": \"Ўзбекистон Республикаси Олий таълим, фан ва инновациялар вазирлиги\",\n"
    "    \"ru\": \"Министерство высшего образования, науки и инноваций Республики Узбекистан\",\n"
    "    \"en\": \"Ministry of Higher Education, Science and Innovation of the Republic of Uzbekistan\" },\n"
    "  \"address\": { \"uz\": \"Manzil\" }, \"city\": { \"uz\": \"Shahar\" },\n"
    "  \"phone\": \"+998\", \"email\": \"registrator@example.uz\",\n"
    "  \"signatory\": { \"role\": { \"uz\": \"Registrator ofisi boshligʻi\", \"uz-Cyrl\": \"Регистратор офиси "
    "бошлиғи\",\n"
    "      \"ru\": \"Начальник офиса регистратора\", \"en\": \"Head of the Registrar’s Office\" },\n"
    "    \"name\": { \"uz\": \"\" } },\n"
    "  \"opening_hours\": [ { \"days\": [1, 2, 3, 4, 5], \"from\": \"09:00\", \"to\": \"17:00\" } ],\n"
    "  \"utc_offset_minutes\": 300\n"
    "}\n";

static int usage(const char *why)
{
    fprintf(stderr, "registrar init: %s\nusage: registrar init DIR [--demo] [--host HOST[:PORT]]\n", why);
    return EXIT_USAGE;
}

/* A host of links: what a QR code's alphanumeric segment can hold, in lower case. */
static bool is_host(const char *host)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789.-:";

    return host[0] && strlen(host) <= HOST_MOST && strspn(host, allowed) == strlen(host);
}

static const char *parse(int argc, char **argv, Init *init)
{
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--demo"))
            init->demo = true;
        else if (!strcmp(argv[i], "--host") && i + 1 < argc)
            init->host = argv[++i];
        else if (argv[i][0] == '-' || init->folder)
            return "there is something that is not understood";
        else
            init->folder = argv[i];
    }
    if (!init->folder)
        return "where? DIR is needed";
    return is_host(init->host) ? NULL : "HOST has small letters, digits, dots and hyphens, and perhaps :PORT";
}

static bool write_in(const Init *init, const char *name, mode_t mode, Str bytes, Error *err)
{
    char path[PATH_MAX];

    return path_join(path, sizeof path, init->folder, name, err) && file_write(path, mode, bytes, err);
}

static bool refuse_used(const Init *init, Error *err)
{
    static const char *const names[] = { "registrar.ini", "registrar.db", "keys" };
    char path[PATH_MAX];

    for (size_t i = 0; i < COUNT(names); i++) {
        if (!path_join(path, sizeof path, init->folder, names[i], err))
            return false;
        if (access(path, F_OK) == 0)
            return error_set(err, ERR_EXISTS, "%.80s is in use: it holds %s. Nothing was changed", init->folder,
                             names[i]);
    }
    return true;
}

static bool read_university(Init *init, Error *err)
{
    OWNED_BUF json;

    buf_init(&json, DEMO_BYTES_MOST);
    if (!file_read(REGISTRAR_ASSETS "/demo/university.json", &json, err))
        return false;
    init->university = json_read(buf_str(&json), err);
    return init->university != NULL;
}

/* The institution's own words; also its id, which is in every table. */
static bool write_institution(Init *init, Error *err)
{
    OWNED_BUF text;
    json_t *json;

    buf_init(&text, 64u << 10);
    if (init->demo) {
        json = json_object_get(init->university, "institution");
        if (!json || json_object_set_new(json, "host", json_string(init->host)) != 0 || !json_write(json, &text, err))
            return error_set(err, ERR_FORMAT, "the demo university has no institution");
    } else
        buf_add_text(&text, blank_institution);
    if (!buf_ok(&text, err))
        return false;
    OWNED(Institution) institution = institution_parse(buf_str(&text), err);
    if (!institution)
        return false;
    str_copy_cut(str_from(institution_id(institution)), init->id, sizeof init->id);
    return write_in(init, "institution.json", 0644, buf_str(&text), err);
}

static bool write_logo(const Init *init, Error *err)
{
    OWNED_BUF svg;

    buf_init(&svg, LOGO_BYTES_MOST);
    return !init->demo || (file_read(REGISTRAR_ASSETS "/logos/namuna.svg", &svg, err) &&
                           write_in(init, "logo.svg", 0644, buf_str(&svg), err));
}

/* The last file: with it the folder is a registrar's. */
static bool write_ini(const Init *init, Error *err)
{
    OWNED_BUF ini;

    buf_init(&ini, 16u << 10);
    buf_add_format(&ini,
                   "; Written by `registrar init`.  Paths are relative to this file.\n[institution]\nid = %s\n"
                   "host = %s\ndemo = %s\n",
                   init->id, init->host, init->demo ? "yes" : "no");
    buf_add_format(&ini, "\n[paths]\n%slogo = logo.svg\n", init->demo ? "" : "; ");
    buf_add_text(&ini, "\n; Every other key, with what it is when it is not given:\n");
    for (size_t i = 0; i < registrar_setting_count; i++) {
        const SettingSpec *spec = &registrar_settings[i];

        if (spec->fallback && strncmp(spec->key, "paths.", 6) != 0)
            buf_add_format(&ini, "; %s = %s  (%s)\n", spec->key, spec->fallback, spec->help);
    }
    return buf_ok(&ini, err) && write_in(init, "registrar.ini", 0644, buf_str(&ini), err);
}

static bool import_demo(const Init *init, const char *keys_folder, Store *store, size_t *ret_count, Error *err)
{
    ImportInput input = { .students = json_object_get(init->university, "students"),
                          .source = "demo",
                          .now_s = clock_wall_s(&init->clock),
                          .random = &init->random };
    Keys keys;

    if (!keys_load(keys_folder, &keys, err))
        return false;
    OWNED(Passwords) passwords = passwords_start(keys.pepper, &init->random, err);
    input.keys = &keys;
    input.passwords = passwords;
    bool done = passwords && import_students(store, &input, err);
    keys_fini(&keys);
    *ret_count = json_array_size(input.students);
    return done;
}

static bool make(Init *init, size_t *ret_students, Error *err)
{
    char database[PATH_MAX], keys[PATH_MAX];

    if (!folder_make(init->folder, 0700, err) || !refuse_used(init, err) ||
        (init->demo && !read_university(init, err)) || !write_institution(init, err) || !write_logo(init, err) ||
        !path_join(keys, sizeof keys, init->folder, "keys", err) ||
        !path_join(database, sizeof database, init->folder, "registrar.db", err) ||
        !keys_make(keys, init->id, init->host, &init->random, clock_wall_s(&init->clock), err))
        return false;
    OWNED(Store) store = store_open(database, init->id, NULL, err);
    return store && (!init->demo || import_demo(init, keys, store, ret_students, err)) && write_ini(init, err);
}

int command_init(int argc, char **argv)
{
    Init init = { .host = "localhost:8443", .clock = clock_system(), .random = random_system() };
    const char *wrong = parse(argc, argv, &init);
    size_t students = 0;
    Error err = { 0 };

    if (wrong)
        return usage(wrong);
    bool done = make(&init, &students, &err);
    json_decref(init.university);
    if (!done) {
        fprintf(stderr, "registrar init: %s\n", err.text);
        return EXIT_FAILED;
    }
    if (init.demo)
        printf("A demo university with %zu students is in %s.\n", students, init.folder);
    else
        printf("A registrar is in %s. Before it opens, say in %s/institution.json whose it is.\n", init.folder,
               init.folder);
    printf("Its secrets are in %s/keys: keep a copy apart from every backup.\nNext: registrar serve %s\n", init.folder,
           init.folder);
    return EXIT_DONE;
}
