/* registrar catalogue: whether services and templates fit together, before they are copied; and what is offered. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/commands.h"
#include "registrar/offer_commands.h"
#include "registrar/office/offers.h"
#include "registrar/settings.h"

static const char usage[] =
    "usage: registrar catalogue check [DIR] [--services FOLDER] [--templates FOLDER] [--words FILE]\n"
    "       registrar catalogue show DIR\n"
    "       registrar catalogue remove DIR service|template ID\n"
    "\n"
    "`serve` takes changed files by itself, and refuses those that are broken; check says the same of folders before\n"
    "they are copied, one line a fault: file, path in it, reason.  DIR gives the folders that are not named here, and\n"
    "what was put over the interface; without DIR they are those that came with the program.\n"
    "  show    what is offered: service or template, version, folder or interface\n"
    "  remove  takes away what was put over the interface\n";

typedef struct Arguments {
    const char *what, *data;
    ShelfFolders folders;
    ShelfKind kind; /* of what is removed */
    const char *id;
} Arguments;

static bool check_read(int argc, char **argv, Arguments *ret)
{
    const struct {
        const char *name;
        const char **value;
    } options[] = { { "--services", &ret->folders.services },
                    { "--templates", &ret->folders.templates },
                    { "--words", &ret->folders.words } };

    for (int i = 2; i < argc; i++) {
        const char **value = argv[i][0] == '-' ? NULL : &ret->data;

        for (size_t k = 0; k < COUNT(options) && !value; k++)
            if (strcmp(argv[i], options[k].name) == 0 && i + 1 < argc) {
                value = options[k].value;
                i++;
            }
        if (!value || *value)
            return false;
        *value = argv[i];
    }
    return true;
}

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    if (argc < 2)
        return false;
    ret->what = argv[1];
    if (strcmp(ret->what, "check") == 0)
        return check_read(argc, argv, ret);
    ret->data = argc > 2 ? argv[2] : NULL;
    if (strcmp(ret->what, "show") == 0)
        return argc == 3;
    if (strcmp(ret->what, "remove") != 0 || argc != 5)
        return false;
    ret->id = argv[4];
    ret->kind = strcmp(argv[3], shelf_kind_name(SHELF_SERVICE)) == 0 ? SHELF_SERVICE : SHELF_TEMPLATE;
    return strcmp(argv[3], shelf_kind_name(ret->kind)) == 0;
}

/* --- check -------------------------------------------------------------------------------------------------------- */

static ShelfFolders merged(ShelfFolders given, ShelfFolders own)
{
    return (ShelfFolders){ given.services ? given.services : own.services,
                           given.templates ? given.templates : own.templates, given.words ? given.words : own.words,
                           own.information, own.own_information };
}

static void print_shelf(const Shelf *shelf)
{
    const Catalogue *catalogue = shelf_catalogue(shelf);

    printf("whole: %zu services, %zu templates, version %s\n", catalogue_count(catalogue), shelf_papers(shelf)->count,
           catalogue_version(catalogue));
}

static bool check_folders(const ShelfFolders *folders, Store *store, bool *ret_whole, Error *err)
{
    ShelfFaults *faults = mem_new(1, sizeof *faults);

    if (!faults)
        return error_set(err, ERR_MEMORY, "catalogue");
    OWNED(Shelf) shelf = shelf_try(folders, store, faults, err);
    bool done = shelf || faults->count > 0;
    *ret_whole = shelf != NULL;
    if (shelf)
        print_shelf(shelf);
    else
        offer_faults_print(faults);
    mem_free(faults);
    return done;
}

static bool check(const Arguments *arguments, bool *ret_whole, Error *err)
{
    static const ShelfFolders built = { REGISTRAR_CATALOGUE, REGISTRAR_ASSETS "/documents",
                                        REGISTRAR_ASSETS "/documents/words/words.json", REGISTRAR_INFORMATION, NULL };
    Registrar registrar = { 0 };
    char words[PATH_MAX];

    if (!arguments->data) {
        const ShelfFolders folders = merged(arguments->folders, built);
        return check_folders(&folders, NULL, ret_whole, err);
    }
    registrar.settings = registrar_read(arguments->data, err);
    bool done = registrar.settings && registrar_store_open(&registrar, NULL, err);
    if (done) {
        const OfficeConfig config = registrar_office_config(registrar.settings);
        const ShelfFolders folders = merged(arguments->folders, shelf_folders(&config, words, sizeof words));
        done = check_folders(&folders, registrar.store, ret_whole, err);
    }
    registrar_close(&registrar);
    return done;
}

/* --- show ---------------------------------------------------------------------------------------------- */

static bool show(const Arguments *arguments, Error *err)
{
    Registrar registrar = { 0 };

    if (!registrar_open(arguments->data, NULL, &registrar, err))
        return false;
    Shelf *shelf = office_shelf(registrar.office, err);
    for (size_t i = 0; shelf && i < shelf_files(shelf)->count; i++) {
        const ShelfFile *file = &shelf_files(shelf)->items[i];

        if (file->kind == SHELF_SERVICE || file->kind == SHELF_TEMPLATE)
            printf("%-8s  %-32s  %s  %s\n", shelf_kind_name(file->kind), file->id, file->version,
                   file->put ? "interface" : file->name);
    }
    bool done = shelf != NULL;
    shelf_drop(shelf);
    registrar_close(&registrar);
    return done;
}

int command_catalogue(int argc, char **argv)
{
    Arguments arguments = { 0 };
    Error err = { 0 };
    bool whole = true, done;

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return EXIT_DONE;
    }
    if (!arguments_read(argc, argv, &arguments)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    if (strcmp(arguments.what, "check") == 0)
        done = check(&arguments, &whole, &err);
    else if (strcmp(arguments.what, "show") == 0)
        done = show(&arguments, &err);
    else
        done = offer_take_away(arguments.data, arguments.kind, arguments.id, &whole, &err);
    if (!done)
        fprintf(stderr, "registrar catalogue %s: %s\n", arguments.what, err.text);
    return done && whole ? EXIT_DONE : EXIT_FAILED;
}
