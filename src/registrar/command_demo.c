/* registrar demo: a register of any size to look at, to measure and to break, in which nobody exists.  One folder, or
 * one for each institution of a country. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "registrar/commands.h"
#include "registrar/demo/demo.h"
#include "registrar/demo_campaigns.h"
#include "registrar/demo_windows.h"
#include "registrar/demo_documents.h"
#include "registrar/demo_students.h"
#include "registrar/new_registrar.h"
#include "registrar/office/import.h"

#define DEMO_LISTS     REGISTRAR_ASSETS "/demo"
#define DEMO_HOST      "localhost:8443"
#define PASSWORDS_FILE "passwords.txt"
#define SAID_EACH      50000 /* students */

static const char usage[] =
    "usage: registrar demo DIR --students N [--institutions M] [--passwords K] [--bare] [--documents D] [--seed S]\n"
    "                          [--host HOST[:PORT]] [--database ADDRESS]\n"
    "\n"
    "Makes DIR as `registrar init --demo` does, with N students, 60 to 1,400,000, of whom nobody exists; for more than "
    "one\n"
    "institution DIR/ID for each, with its own keys, names, colour, register and host ID.HOST.  The same seed gives "
    "the\n"
    "same students, a larger N or M only adds some.  The first of the first institution are always the well-known "
    "ones:\n"
    "number 401241100873, password bahor2026.\n"
    "  --institutions M   1 to 210 (1); each has at least 60 students\n"
    "  --passwords K      of each institution the first K students can sign in (the well-known; 10 where there are\n"
    "                     several): to store a password takes 24 ms by design, 1,400,000 of them hours.  Their numbers "
    "and\n"
    "                     passwords stand in " PASSWORDS_FILE
    " of each folder; everybody else has a record and no password\n"
    "  --bare             but for the well-known, nobody's record has more than a profile and results: less than half\n"
    "                     the room\n"
    "  --documents D      of each institution D students, as far as they may, have been given a certificate at a "
    "kiosk\n"
    "                     (FOLDER/kiosk), issued, sealed and printed as any other; each takes about a twentieth of a "
    "second\n"
    "  --seed S           another country (2026)\n"
    "  --host HOST        as of `registrar init` (" DEMO_HOST ")\n"
    "  --database ADDRESS postgresql://... for all of them, instead of registrar.db in each folder\n"
    "What is half made, because it was stopped or the disk was full, has no registrar.ini and is refused: remove it, "
    "and\n"
    "with --database the database that holds it.\n";

typedef struct Arguments {
    const char *folder, *host, *database;
    size_t passwords, documents;
    bool passwords_given, bare;
    DemoPlan plan;
} Arguments;

/* One institution while it is made. */
typedef struct Making {
    const Arguments *arguments;
    const Demo *demo;
    const DemoUniversity *university;
    size_t number;
    char folder[PATH_MAX];
    Clock clock;
    Random random;
    Buf passwords; /* lines of PASSWORDS_FILE */
} Making;

/* --- what was asked for ------------------------------------------------------------------------------------------ */

typedef struct Option {
    const char *name;
    const char **text;
    uint64_t *number, least, most;
    bool *given;
} Option;

static bool option_read(const Option *option, const char *value)
{
    if (option->given && *option->given)
        return false;
    if (option->given)
        *option->given = true;
    if (option->text && *option->text)
        return false;
    if (option->text)
        *option->text = value;
    return option->text || str_to_u64(str_from(value), option->least, option->most, option->number);
}

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    uint64_t students = 0, institutions = 1, passwords = 0, documents = 0, seed = 2026;
    bool has_students = false, has_institutions = false, has_seed = false, has_documents = false;
    const Option options[] = {
        { "--students", NULL, &students, DEMO_STUDENTS_LEAST, DEMO_STUDENTS_MOST, &has_students },
        { "--institutions", NULL, &institutions, 1, DEMO_INSTITUTIONS_MOST, &has_institutions },
        { "--passwords", NULL, &passwords, 0, DEMO_STUDENTS_MOST, &ret->passwords_given },
        { "--documents", NULL, &documents, 0, DEMO_STUDENTS_MOST, &has_documents },
        { "--seed", NULL, &seed, 0, UINT64_MAX, &has_seed },
        { "--host", &ret->host, NULL, 0, 0, NULL },
        { "--database", &ret->database, NULL, 0, 0, NULL },
    };

    for (int i = 1; i < argc; i++) {
        const Option *option = NULL;

        for (size_t k = 0; k < COUNT(options) && !option; k++)
            if (strcmp(argv[i], options[k].name) == 0)
                option = &options[k];
        if (strcmp(argv[i], "--bare") == 0 && !ret->bare)
            ret->bare = true;
        else if (!option && argv[i][0] != '-' && !ret->folder)
            ret->folder = argv[i];
        else if (!option || i + 1 == argc || !option_read(option, argv[++i]))
            return false;
    }
    if (!ret->host)
        ret->host = DEMO_HOST;
    ret->documents = documents;
    ret->plan = (DemoPlan){ seed, students, institutions };
    ret->passwords = ret->passwords_given ? passwords : institutions > 1 ? 10 : SIZE_MAX;
    return ret->folder && has_students && students >= institutions * DEMO_STUDENTS_LEAST;
}

/* --- students ---------------------------------------------------------------------------------------------------- */

/* Where somebody looks on, long work says how far it is. */
static bool say_progress(void *ctx, size_t stored, Error *err)
{
    const Making *making = ctx;

    (void)err;
    if (stored % SAID_EACH < IMPORT_AT_ONCE && stored >= SAID_EACH)
        fprintf(stderr, "%s: %zu of %zu students\n", demo_university_id(making->university), stored,
                demo_university_students(making->university));
    return true;
}

static bool write_passwords(const Making *making, Error *err)
{
    char path[PATH_MAX];

    return making->passwords.len == 0 || (path_join(path, sizeof path, making->folder, PASSWORDS_FILE, err) &&
                                          file_write(path, 0600, buf_str(&making->passwords), err));
}

static size_t passwords_of(const Making *making)
{
    size_t wanted = making->arguments->passwords;

    return wanted == SIZE_MAX ? demo_university_known(making->university) : wanted;
}

static bool fill(void *ctx, Store *store, const Keys *keys, Error *err)
{
    Making *making = ctx;
    OWNED(Passwords) passwords = passwords_start(keys->pepper, &making->random, err);
    DemoStudents students = { making->university, passwords_of(making), making->arguments->bare, &making->passwords };
    const ImportInput input = { .count = demo_university_students(making->university),
                                .get = demo_students_get,
                                .ctx = &students,
                                .source = "demo",
                                .now_s = clock_wall_s(&making->clock),
                                .keys = keys,
                                .passwords = passwords,
                                .random = &making->random,
                                .progress = say_progress,
                                .progress_ctx = making };

    return passwords && import_students(store, &input, err) && demo_campaigns_put(store, input.now_s * 1000, err) &&
           demo_windows_put(store, input.now_s * 1000, err) && write_passwords(making, err);
}

/* --- folders ----------------------------------------------------------------------------------------------------- */

static bool write_host(const Making *making, Buf *host, Error *err)
{
    if (making->arguments->plan.institutions > 1)
        buf_add_format(host, "%s.", demo_university_id(making->university));
    buf_add_text(host, making->arguments->host);
    return buf_ok(host, err) && registrar_check_host(buf_text(host), err);
}

static bool give_documents(const Making *making, const char *host, size_t *ret_given, Error *err)
{
    const DemoDocuments documents = { making->folder, host, making->arguments->documents,
                                      demo_university_students(making->university) };

    *ret_given = 0;
    return documents.wanted == 0 || demo_documents_give(&documents, ret_given, err);
}

static bool make_university(Making *making, Error *err)
{
    const Arguments *arguments = making->arguments;
    char backup_key[PATH_MAX];
    OWNED_BUF host;

    buf_init(&host, 128);
    OWNED(DemoUniversity) university = demo_university_new(making->demo, making->number, err);
    if (!university)
        return false;
    making->university = university;
    if (!str_copy(str_from(arguments->folder), making->folder, sizeof making->folder))
        return error_set(err, ERR_RANGE, "path of %zu bytes", strlen(arguments->folder));
    if (arguments->plan.institutions > 1 &&
        !path_join(making->folder, sizeof making->folder, arguments->folder, demo_university_id(university), err))
        return false;
    json_t *institution = demo_university_json(university, err);
    const NewRegistrar wanted = { .folder = making->folder,
                                  .id = demo_university_id(university),
                                  .host = write_host(making, &host, err) ? buf_text(&host) : NULL,
                                  .database = arguments->database,
                                  .institution = institution,
                                  .demo = true,
                                  .clock = &making->clock,
                                  .random = &making->random,
                                  .fill = fill,
                                  .ctx = making };
    bool done = institution && wanted.host && registrar_make(&wanted, backup_key, err);
    size_t documents = 0;
    json_decref(institution);
    if (!done || !give_documents(making, wanted.host, &documents, err))
        return false;
    printf("%s: %zu students", making->folder, demo_university_students(university));
    if (arguments->documents)
        printf(", %zu documents", documents);
    putchar('\n');
    return true;
}

static bool make_all(const Arguments *arguments, Error *err)
{
    OWNED(Demo) demo = demo_open(DEMO_LISTS, &arguments->plan, err);

    if (!demo || !registrar_check_unused(arguments->folder, err))
        return false;
    for (size_t i = 0; i < arguments->plan.institutions; i++) {
        Making making = {
            .arguments = arguments, .demo = demo, .number = i, .clock = clock_system(), .random = random_system()
        };
        bool done;

        buf_init(&making.passwords, 64u << 20);
        done = make_university(&making, err);
        buf_fini(&making.passwords);
        if (!done)
            return false;
        fflush(stdout);
    }
    return true;
}

int command_demo(int argc, char **argv)
{
    Arguments arguments = { 0 };
    Error err = { 0 };

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return EXIT_DONE;
    }
    if (!arguments_read(argc, argv, &arguments)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    if (!make_all(&arguments, &err)) {
        fprintf(stderr, "registrar demo: %s\n", err.text);
        return err.code == ERR_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
    }
    return EXIT_DONE;
}
