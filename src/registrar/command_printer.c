/* registrar printer: the office's own printers; serve may run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "registrar/commands.h"
#include "registrar/office/printers.h"
#include "registrar/printing/printer_trial.h"
#include "registrar/settings.h"

static const char usage[] =
    "usage: registrar printer add DIR NAME URI [--place TEXT]\n"
    "       registrar printer list DIR\n"
    "       registrar printer remove DIR NAME\n"
    "       registrar printer test DIR NAME [--sheet]\n"
    "\n"
    "The printers of the office, where staff have papers printed that no kiosk prints.  One registrar that serves "
    "works\n"
    "each of them, and takes it within seconds.\n"
    "  NAME     letters, digits, - and _: \"Front-1\"\n"
    "  URI      ipp://HOST[:PORT]/ipp/print, or ipps://: a printer with IPP Everywhere, or a print server's queue\n"
    "  --place  where it stands, in a few words\n"
    "  test     asks the printer how it is, from this machine; --sheet has it print one and counts it\n";

typedef struct Arguments {
    const char *what, *data, *name, *uri, *place;
    bool sheet;
} Arguments;

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    if (argc < 3)
        return false;
    *ret = (Arguments){ .what = argv[1], .data = argv[2], .name = argc > 3 ? argv[3] : NULL, .place = "" };
    if (strcmp(ret->what, "list") == 0)
        return argc == 3;
    if (strcmp(ret->what, "remove") == 0)
        return argc == 4;
    if (strcmp(ret->what, "test") == 0) {
        ret->sheet = argc == 5 && strcmp(argv[4], "--sheet") == 0;
        return argc == 4 || ret->sheet;
    }
    if (strcmp(ret->what, "add") != 0 || (argc != 5 && (argc != 7 || strcmp(argv[5], "--place") != 0)))
        return false;
    ret->uri = argv[4];
    ret->place = argc == 7 ? argv[6] : "";
    return true;
}

static bool add(Office *office, const Arguments *arguments, Error *err)
{
    if (!printer_add(office, "command-line", arguments->name, arguments->place, arguments->uri, err))
        return false;
    printf("Printer %s is added.\n", arguments->name);
    return true;
}

static bool take_away(Office *office, const Arguments *arguments, Error *err)
{
    if (!printer_remove(office, "command-line", arguments->name, err))
        return false;
    printf("Printer %s is removed.\n", arguments->name);
    return true;
}

static bool list(Office *office, const Arguments *arguments UNUSED, Error *err)
{
    PrinterRow printers[PRINTERS_MOST];
    StripCell cells[PRINTERS_MOST];
    size_t count, cell_count;

    if (!printers_view(office, printers, COUNT(printers), &count, err) ||
        !strip_view(office, cells, COUNT(cells), &cell_count, err))
        return false;
    if (count == 0)
        printf("There are no printers: `registrar printer add` adds one.\n");
    for (size_t i = 0; i < count; i++) {
        const StripCell *cell = &cells[i]; /* the office's come first, by name too */

        printf("%-12s %-10s %d in line, %d sheets today  %s%s%s\n", printers[i].id,
               cell->state == STRIP_SILENT ? "not served" : cell->row.state, cell->row.jobs, cell->row.sheets,
               printers[i].uri, printers[i].place[0] ? "  " : "", printers[i].place);
    }
    return true;
}

/* From this machine, whatever serves: a printer that answers here may be out of reach there. */
static bool test(Office *office, const Arguments *arguments, Error *err)
{
    PrinterRow printer;
    PrinterTrial trial;

    if (!printer_find(office, arguments->name, &printer, err) ||
        !printer_trial(printer.uri, arguments->sheet, &trial, err))
        return false;
    printf("%s\n", trial.words);
    return trial.passed || error_set(err, ERR_DENIED, "the office can't rely on this printer");
}

int command_printer(int argc, char **argv)
{
    static const struct {
        const char *name;
        bool (*run)(Office *office, const Arguments *arguments, Error *err);
    } kinds[] = { { "add", add }, { "list", list }, { "remove", take_away }, { "test", test } };
    Arguments arguments = { 0 };
    Registrar registrar = { 0 };
    Error err = { 0 };
    bool done;

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return EXIT_DONE;
    }
    if (!arguments_read(argc, argv, &arguments)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    done = registrar_open(arguments.data, NULL, &registrar, &err);
    for (size_t i = 0; done && i < COUNT(kinds); i++)
        if (strcmp(arguments.what, kinds[i].name) == 0) {
            done = kinds[i].run(registrar.office, &arguments, &err);
            break;
        }
    registrar_close(&registrar);
    if (!done)
        fprintf(stderr, "registrar printer %s: %s\n", arguments.what, err.text);
    return done ? EXIT_DONE : err.code == ERR_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
}
