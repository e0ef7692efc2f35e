/* registrar information: the pages of information that kiosks show, before they are copied and as they stand. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/commands.h"
#include "registrar/offer_commands.h"
#include "registrar/settings.h"

static const char usage[] =
    "usage: registrar information list DIR\n"
    "       registrar information check [DIR] [--pages FOLDER] [--own FOLDER]\n"
    "       registrar information put DIR FILE\n"
    "       registrar information remove DIR ID\n"
    "\n"
    "Pages come with the program (paths.information); the university's own lie in DIR/information\n"
    "(paths.own_information), each before the program's of the same id; what is put stands before both.  `serve` "
    "takes\n"
    "what changed by itself, and refuses what is broken.\n"
    "  list    what is shown: id, topic, version, and where it is from\n"
    "  check   whether all of it is whole, one line a fault: file, path in it, reason; and the services that pages "
    "lead\n"
    "          to and that are not offered: their buttons are not shown\n"
    "  put     a page, into the register: every registrar of it shows it at once\n"
    "  remove  takes away what was put; the folders' page stands again, where there is one\n";

typedef struct Arguments {
    const char *what, *data, *pages, *own;
    const char *object; /* a file or an id */
} Arguments;

static bool check_arguments(int argc, char **argv, Arguments *ret)
{
    for (int i = 2; i < argc; i++) {
        const bool pages = strcmp(argv[i], "--pages") == 0, own = strcmp(argv[i], "--own") == 0;
        const char **value = pages ? &ret->pages : own ? &ret->own : argv[i][0] == '-' ? NULL : &ret->data;

        if (!value || *value || ((pages || own) && ++i == argc))
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
        return check_arguments(argc, argv, ret);
    ret->data = argc > 2 ? argv[2] : NULL;
    ret->object = argc > 3 ? argv[3] : NULL;
    if (strcmp(ret->what, "list") == 0)
        return argc == 3;
    return argc == 4 && (strcmp(ret->what, "put") == 0 || strcmp(ret->what, "remove") == 0);
}

/* --- check -------------------------------------------------------------------------------------------------------- */

static void print_unoffered(const Shelf *shelf)
{
    const Information *information = shelf_information(shelf);

    for (size_t i = 0; i < information_count(information); i++) {
        const Article *article = information_at(information, i);

        for (size_t b = 0; b < article->block_count; b++)
            if (article->blocks[b].kind == ARTICLE_SERVICE && !shelf_service(shelf, article->blocks[b].id))
                printf("%s: blocks[%zu]: %s is not offered, and not shown\n", article->id, b, article->blocks[b].id);
    }
}

static bool check_folders(const ShelfFolders *folders, Store *store, bool *ret_whole, Error *err)
{
    ShelfFaults *faults = mem_new(1, sizeof *faults);

    if (!faults)
        return error_set(err, ERR_MEMORY, "information");
    OWNED(Shelf) shelf = shelf_try(folders, store, faults, err);
    bool done = shelf || faults->count > 0;
    *ret_whole = shelf != NULL;
    if (shelf) {
        print_unoffered(shelf);
        printf("whole: %zu pages, version %s\n", information_count(shelf_information(shelf)),
               information_version(shelf_information(shelf)));
    } else
        offer_faults_print(faults);
    mem_free(faults);
    return done;
}

static ShelfFolders with(const Arguments *arguments, ShelfFolders folders)
{
    folders.information = arguments->pages ? arguments->pages : folders.information;
    folders.own_information = arguments->own ? arguments->own : folders.own_information;
    return folders;
}

static bool check(const Arguments *arguments, bool *ret_whole, Error *err)
{
    static const ShelfFolders built = { REGISTRAR_CATALOGUE, REGISTRAR_ASSETS "/documents",
                                        REGISTRAR_ASSETS "/documents/words/words.json", REGISTRAR_INFORMATION, NULL };
    Registrar registrar = { 0 };
    char words[PATH_MAX];

    if (!arguments->data) {
        const ShelfFolders folders = with(arguments, built);
        return check_folders(&folders, NULL, ret_whole, err);
    }
    registrar.settings = registrar_read(arguments->data, err);
    bool done = registrar.settings && registrar_store_open(&registrar, NULL, err);
    if (done) {
        const OfficeConfig config = registrar_office_config(registrar.settings);
        const ShelfFolders folders = with(arguments, shelf_folders(&config, words, sizeof words));
        done = check_folders(&folders, registrar.store, ret_whole, err);
    }
    registrar_close(&registrar);
    return done;
}

/* --- list --------------------------------------------------------------------------------------------------------- */

static void print_page(const Information *information, const ShelfFile *file)
{
    const Article *article = information_find(information, file->id);

    printf("%-32s  %-9s  %s  %s\n", file->id, article ? information_topic_name(article->topic) : "off", file->version,
           file->put ? "interface" : file->name);
}

static bool list(const Arguments *arguments, Error *err)
{
    Registrar registrar = { 0 };

    if (!registrar_open(arguments->data, NULL, &registrar, err))
        return false;
    Shelf *shelf = office_shelf(registrar.office, err);
    for (size_t i = 0; shelf && i < shelf_files(shelf)->count; i++)
        if (shelf_files(shelf)->items[i].kind == SHELF_INFORMATION)
            print_page(shelf_information(shelf), &shelf_files(shelf)->items[i]);
    bool done = shelf != NULL;
    shelf_drop(shelf);
    registrar_close(&registrar);
    return done;
}

int command_information(int argc, char **argv)
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
    else if (strcmp(arguments.what, "list") == 0)
        done = list(&arguments, &err);
    else if (strcmp(arguments.what, "put") == 0)
        done = offer_put_file(arguments.data, SHELF_INFORMATION, arguments.object, &whole, &err);
    else
        done = offer_take_away(arguments.data, SHELF_INFORMATION, arguments.object, &whole, &err);
    if (!done)
        fprintf(stderr, "registrar information %s: %s\n", arguments.what, err.text);
    return done && whole ? EXIT_DONE : EXIT_FAILED;
}
