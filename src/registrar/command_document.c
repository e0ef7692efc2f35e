/* registrar document: a given document by its number, for an administrator at the command line; serve may run. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "registrar/commands.h"
#include "registrar/office/documents.h"
#include "registrar/settings.h"
#include "wire/code.h"

static const char usage[] =
    "usage: registrar document show    DIR NUMBER\n"
    "       registrar document revoke  DIR NUMBER --reason TEXT\n"
    "       registrar document suspend DIR NUMBER --reason TEXT\n"
    "       registrar document resume  DIR NUMBER --reason TEXT\n"
    "\n"
    "Looks a document up in the register of DIR, or changes whether it is valid, with all its copies: at once on the\n"
    "public page and in the published status list.  `registrar serve` may run meanwhile.\n"
    "  NUMBER         as it stands on the paper: M-2026/000017\n"
    "  revoke         for ever\n"
    "  suspend        until it is resumed\n"
    "  --reason TEXT  kept in the register and in its audit log; people who check the paper do not see it\n";

typedef struct Arguments {
    const char *what, *data, *number, *reason;
} Arguments;

static const struct {
    const char *name;
    DocumentChange change;
    const char *done;
} changes[] = {
    { "revoke", DOCUMENT_CHANGE_REVOKE, "revoked: its code and the status list say so" },
    { "suspend", DOCUMENT_CHANGE_SUSPEND, "suspended: its code and the status list say so" },
    { "resume", DOCUMENT_CHANGE_RESUME, "valid again: its code and the status list say so" },
};

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    if (argc < 4)
        return false;
    ret->what = argv[1];
    ret->data = argv[2];
    ret->number = argv[3];
    if (strcmp(ret->what, "show") == 0)
        return argc == 4;
    if (argc != 6 || strcmp(argv[4], "--reason") != 0)
        return false;
    ret->reason = argv[5];
    for (size_t i = 0; i < COUNT(changes); i++)
        if (strcmp(changes[i].name, ret->what) == 0)
            return true;
    return false;
}

static void print_moment(const char *name, int64_t at_s, int offset_minutes)
{
    DateTime at = date_time_at(at_s * 1000, offset_minutes);

    printf("%s%04d-%02d-%02d %02d:%02d", name, at.date.year, at.date.month, at.date.day, at.hour, at.minute);
}

static bool print_copies(Office *office, const char *document, Error *err)
{
    const int offset = office_config(office)->utc_offset_minutes;
    CopyRow copy;
    bool found;
    int n = 0;

    for (;;) {
        char code[15] = "";
        Code parsed;

        if (!document_copy(office, document, n, &found, &copy, err))
            return false;
        if (!found)
            return true;
        if (code_parse(str_from(copy.code), &parsed))
            code_grouped(&parsed, code);
        printf("  copy %d    %s, %s, %s", copy.n, code, state_name(&validity_states, (int)copy.validity),
               copy.making == MAKING_READY ? state_name(&delivery_states, (int)copy.delivery)
                                           : state_name(&making_states, (int)copy.making));
        print_moment(", asked for at ", copy.asked_at_s, offset);
        printf(", %s\n", copy.place);
        n = copy.n;
    }
}

static bool show(Office *office, const Arguments *arguments, Error *err)
{
    const int offset = office_config(office)->utc_offset_minutes;
    DocumentStanding standing;

    if (!document_look_up(office, arguments->number, "command-line", &standing, err))
        return false;
    switch (standing.find) {
    case DOCUMENT_NEVER_GIVEN: return error_set(err, ERR_NOT_FOUND, "%.40s was never given", arguments->number);
    case DOCUMENT_SKIPPED:
        printf("%s was skipped", arguments->number);
        print_moment(" when the register was restored from a backup at ", standing.skipped_at_s, offset);
        printf(
            " (era %u).\nA paper with this number may have been given in the time that was lost, and is not in the"
            " register then: its\nseal proves itself all the same, and the status list says whether it was revoked by"
            " then.\n",
            standing.skipped_era);
        return true;
    case DOCUMENT_FOUND: break;
    }
    const DocumentRow *document = &standing.document;
    printf("%s is %s%s%s\n", arguments->number, state_name(&document_states, (int)document->state),
           standing.reason[0] ? ": " : "", standing.reason);
    printf("  kind      %s, in %s\n  holder    %s\n", document->template, document->language, document->holder_masked);
    print_moment("  given     ", document->taken_at_s, offset);
    printf("\n");
    return print_copies(office, document->id, err);
}

static bool change(Office *office, const Arguments *arguments, Error *err)
{
    for (size_t i = 0; i < COUNT(changes); i++) {
        if (strcmp(changes[i].name, arguments->what) != 0)
            continue;
        if (!document_change(office, arguments->number, changes[i].change, arguments->reason, "command-line", err))
            return false;
        printf("%s is %s.\n", arguments->number, changes[i].done);
    }
    return true;
}

int command_document(int argc, char **argv)
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
    bool done = registrar_open(arguments.data, NULL, &registrar, &err) &&
                (arguments.reason ? change : show)(registrar.office, &arguments, &err);
    registrar_close(&registrar);
    if (!done)
        fprintf(stderr, "registrar document %s: %s\n", arguments.what, err.text);
    return done ? EXIT_DONE : err.code == ERR_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
}
