/* registrar window: which windows there are in the hall, and what each is for; serve may run. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/commands.h"
#include "registrar/office/windows.h"
#include "registrar/settings.h"

static const char usage[] =
    "usage: registrar window add DIR NUMBER --topics ID[,ID...] [--place TEXT]\n"
    "       registrar window list DIR\n"
    "       registrar window remove DIR NUMBER\n"
    "\n"
    "The windows of the hall that people wait for with a ticket.  Who works there opens and closes them.\n"
    "  NUMBER    1 to 99, as it stands above the window; one that is there is changed\n"
    "  --topics  what it is for: ids of \"topics\" in institution.json\n"
    "  --place   where it is, in a few words: tickets say it beside the number\n";

typedef struct Arguments {
    const char *what, *data, *number;
    const char *topics, *place;
} Arguments;

static bool add_read(int argc, char **argv, Arguments *ret)
{
    for (int i = 4; i < argc; i += 2) {
        const char **value = strcmp(argv[i], "--topics") == 0  ? &ret->topics
                             : strcmp(argv[i], "--place") == 0 ? &ret->place
                                                               : NULL;

        if (!value || *value || i + 1 == argc)
            return false;
        *value = argv[i + 1];
    }
    return ret->topics != NULL;
}

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    if (argc < 3)
        return false;
    ret->what = argv[1];
    ret->data = argv[2];
    ret->number = argc > 3 ? argv[3] : NULL;
    if (strcmp(ret->what, "add") == 0)
        return ret->number && add_read(argc, argv, ret);
    return (strcmp(ret->what, "list") == 0 && argc == 3) || (strcmp(ret->what, "remove") == 0 && argc == 4);
}

static bool number_of(const Arguments *arguments, int *ret, Error *err)
{
    uint64_t number;

    if (!str_to_u64(str_from(arguments->number), 1, WINDOWS_MOST, &number))
        return error_set(err, ERR_ARGUMENT, "a window's number is 1 to %d", WINDOWS_MOST);
    *ret = (int)number;
    return true;
}

static bool add(Office *office, const Arguments *arguments, Error *err)
{
    const char *place = arguments->place ? arguments->place : "";
    int number = 0;

    if (!number_of(arguments, &number, err) ||
        !window_put(office, "command-line", number, place, arguments->topics, err))
        return false;
    printf("Window %d is for %s.\n", number, arguments->topics);
    return true;
}

static bool take_away(Office *office, const Arguments *arguments, Error *err)
{
    int number = 0;

    if (!number_of(arguments, &number, err) || !window_remove(office, "command-line", number, err))
        return false;
    printf("Window %d is removed.\n", number);
    return true;
}

static bool list(Office *office, Error *err)
{
    const Topics *topics = hall_topics(office);
    HallView *view;

    if (!windows_view(office, &view, err))
        return false;
    for (size_t i = 0; i < topics->count; i++)
        printf("%s  %-16s %s\n", topics->items[i].letter, topics->items[i].id,
               local_text(&topics->items[i].titles, LANGUAGE_FIRST));
    if (topics->count == 0)
        printf("institution.json names no topics: there are no tickets.\n");
    if (view->window_count == 0)
        printf("There are no windows: `registrar window add` makes one.\n");
    for (size_t i = 0; i < view->window_count; i++) {
        const WindowLine *line = &view->windows[i];

        printf("%-3d %-7s %s%s%s, %d waiting%s%s\n", line->window.number, window_state_name(line->window.state),
               line->window.topics, line->window.place[0] ? ", " : "", line->window.place, line->waiting,
               line->window.clerk[0] ? ", by " : "", line->window.clerk);
    }
    mem_free(view);
    return true;
}

int command_window(int argc, char **argv)
{
    Arguments arguments = { 0 };
    Registrar registrar = { 0 };
    Error err = { 0 };

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return EXIT_DONE;
    }
    if (!arguments_read(argc, argv, &arguments)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    bool done = registrar_open(arguments.data, NULL, &registrar, &err);
    if (done)
        done = strcmp(arguments.what, "add") == 0    ? add(registrar.office, &arguments, &err)
               : strcmp(arguments.what, "list") == 0 ? list(registrar.office, &err)
                                                     : take_away(registrar.office, &arguments, &err);
    registrar_close(&registrar);
    if (!done)
        fprintf(stderr, "registrar window %s: %s\n", arguments.what, err.text);
    return done ? EXIT_DONE : err.code == ERR_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
}
