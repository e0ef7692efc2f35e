/* registrar init: a folder from which a registrar serves, with nothing in it that a person would have to know by heart:
 * registrar.ini names every setting, institution.json every text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "registrar/commands.h"
#include "registrar/connect/hemis/hemis.h"
#include "registrar/demo_campaigns.h"
#include "registrar/demo_windows.h"
#include "registrar/demo_students.h"
#include "registrar/new_registrar.h"
#include "registrar/office/import.h"
#include "wire/json.h"

#define DEMO_LISTS    REGISTRAR_ASSETS "/demo"
#define DEMO_HOST     "localhost:8443"
#define DEMO_SEED     2026
#define DEMO_STUDENTS 600

static const char usage[] =
    "usage: registrar init DIR --host HOST[:PORT] [--id ID] [--hemis ADDRESS [--hemis-ca FILE]] [--database ADDRESS]\n"
    "                      [--backup-key FILE]\n"
    "       registrar init DIR --demo [--students N | --hemis ADDRESS [--hemis-ca FILE]] [--host HOST[:PORT]]\n"
    "                      [--database ADDRESS] [--backup-key FILE]\n"
    "\n"
    "Makes DIR with the keys, the database, registrar.ini and institution.json of a new registrar; and beside it the\n"
    "private key that its backups are opened with, which belongs off this machine.\n"
    "  --host HOST   in the link of every seal, so it can't be changed later: the name under which phones find\n"
    "                this registrar; with :PORT where that is not 443\n"
    "  --id ID       of the institution, in every table: lower-case letters, digits and hyphens (university)\n"
    "  --hemis ADDRESS  the university's HEMIS, https://student.UNIVERSITY.uz/rest; with --demo nobody is in the\n"
    "                register before HEMIS tells of them\n"
    "  --hemis-ca FILE  the only authority that its certificate is believed of (the system's)\n"
    "  --database ADDRESS  postgresql://... instead of registrar.db in DIR\n"
    "  --backup-key FILE  where that key is written (DIR-backup-key.pem)\n"
    "  --demo        the demo university with six hundred students, of whom nobody exists; HOST is then " DEMO_HOST "\n"
    "  --students N  so many of them, 60 or more; the first are always the same (assets/demo/README.md)\n";

typedef struct Arguments {
    const char *folder, *host, *id, *backup_key, *database;
    const char *students, *hemis, *hemis_ca;
    bool demo;
} Arguments;

typedef struct Init {
    Arguments arguments;
    Demo *demo; /* NULL: not the demo's */
    DemoUniversity *university;
    json_t *institution;
    const char *id;
    Random random;
    Clock clock;
    size_t students;
    char backup_key[PATH_MAX], hemis_ca[PATH_MAX];
} Init;

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    const struct {
        const char *name;
        const char **value;
    } options[] = { { "--host", &ret->host },
                    { "--id", &ret->id },
                    { "--backup-key", &ret->backup_key },
                    { "--database", &ret->database },
                    { "--students", &ret->students },
                    { "--hemis", &ret->hemis },
                    { "--hemis-ca", &ret->hemis_ca } };

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
    return ret->folder && ret->host && !(ret->demo && ret->id) && (ret->demo || !ret->students) &&
           !(ret->hemis && ret->students) && (ret->hemis || !ret->hemis_ca);
}

/* An address that could never be asked is refused now, not when the first student stands there. */
static bool check_hemis(Init *init, Error *err)
{
    const Arguments *arguments = &init->arguments;
    const HemisConfig config = { .address = arguments->hemis,
                                 .ca_file = arguments->hemis_ca,
                                 .deadline_ms = 1000,
                                 .connections = 1,
                                 .mark_least = { 90, 70, 60 },
                                 .clock = init->clock };

    if (!arguments->hemis)
        return true;
    if (arguments->hemis_ca && !realpath(arguments->hemis_ca, init->hemis_ca))
        return error_set(err, ERR_ARGUMENT, "--hemis-ca: %.100s is not there", arguments->hemis_ca);
    OWNED(Hemis) hemis = hemis_new(&config, err);
    return hemis || error_add(err, "--hemis");
}

static bool open_university(Init *init, Error *err)
{
    uint64_t students = DEMO_STUDENTS;

    if (!init->arguments.demo) {
        init->id = init->arguments.id ? init->arguments.id : "university";
        return true;
    }
    if (init->arguments.students &&
        !str_to_u64(str_from(init->arguments.students), DEMO_STUDENTS_LEAST, DEMO_STUDENTS_MOST, &students))
        return error_set(err, ERR_ARGUMENT, "--students: %d to %d", DEMO_STUDENTS_LEAST, DEMO_STUDENTS_MOST);
    init->demo = demo_open(DEMO_LISTS, &(DemoPlan){ DEMO_SEED, students, 1 }, err);
    init->university = init->demo ? demo_university_new(init->demo, 0, err) : NULL;
    init->institution = init->university ? demo_university_json(init->university, err) : NULL;
    if (!init->institution)
        return error_add(err, DEMO_LISTS);
    init->id = demo_university_id(init->university);
    return true;
}

static void close_university(Init *init)
{
    json_decref(init->institution);
    demo_university_free(init->university);
    demo_close(init->demo);
}

/* --- the register ------------------------------------------------------------------------------------------------ */

static bool import_demo_students(Init *init, Store *store, const Keys *keys, int64_t now_s, Error *err)
{
    DemoStudents students = { .university = init->university, .passwords = demo_university_known(init->university) };
    OWNED(Passwords) passwords = passwords_start(keys->pepper, &init->random, err);
    const ImportInput input = { .count = demo_university_students(init->university),
                                .get = demo_students_get,
                                .ctx = &students,
                                .source = "demo",
                                .now_s = now_s,
                                .keys = keys,
                                .passwords = passwords,
                                .random = &init->random };

    init->students = input.count;
    return passwords && import_students(store, &input, err);
}

static bool import_demo(void *ctx, Store *store, const Keys *keys, Error *err)
{
    Init *init = ctx;
    const int64_t now_s = clock_wall_s(&init->clock);

    return (init->arguments.hemis || import_demo_students(init, store, keys, now_s, err)) &&
           demo_campaigns_put(store, now_s * 1000, err) && demo_windows_put(store, now_s * 1000, err);
}

static bool make(Init *init, Error *err)
{
    const Arguments *arguments = &init->arguments;

    if (!registrar_check_host(arguments->host, err) || (arguments->id && !registrar_check_id(arguments->id, err)) ||
        !check_hemis(init, err) || !open_university(init, err))
        return false;
    const NewRegistrar wanted = { .folder = arguments->folder,
                                  .id = init->id,
                                  .host = arguments->host,
                                  .database = arguments->database,
                                  .backup_key = arguments->backup_key,
                                  .hemis = arguments->hemis,
                                  .hemis_ca = init->hemis_ca[0] ? init->hemis_ca : NULL,
                                  .institution = init->institution,
                                  .demo = arguments->demo,
                                  .clock = &init->clock,
                                  .random = &init->random,
                                  .fill = init->university ? import_demo : NULL,
                                  .ctx = init };
    return registrar_make(&wanted, init->backup_key, err);
}

static void say_made(const Init *init)
{
    const char *folder = init->arguments.folder;

    printf("%s is made: keys/, %sregistrar.ini, institution.json.\n", folder,
           init->arguments.database ? "" : "registrar.db, ");
    printf("keys/ signs papers and knows kiosks: keep a copy of it apart, under lock.\n"
           "%s opens its backups: carry it off this machine, then remove it here.\n\nNext:\n",
           init->backup_key);
    if (init->university && init->arguments.hemis)
        puts("  (the demo university; its students are those that HEMIS has)");
    else if (init->university)
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
    if (done)
        say_made(&init);
    else
        fprintf(stderr, "registrar init: %s\n", err.text);
    close_university(&init);
    return done ? EXIT_DONE : err.code == ERR_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
}
