/* The registrar: one program, a table of commands. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/macros.h"
#include "registrar/commands.h"

static int command_help(int argc, char **argv);

static int command_version(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    puts("registrar " REGISTRAR_VERSION);
    return EXIT_DONE;
}

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *usage;
    const char *help; /* NULL: another spelling */
} commands[] = {
    { "init", command_init, "DIR --host HOST[:PORT] [--id ID] | DIR --demo [--host HOST[:PORT]]",
      "makes keys, database and registrar.ini in DIR; --demo with a university that does not exist" },
    { "serve", command_serve, "DIR [--kiosks PORT] [--people PORT]", "listens to kiosks and to people" },
    { "kiosk", command_kiosk, "add DIR NAME --place TEXT --address URL --out OUT",
      "makes a kiosk's key, certificate and kiosk.ini in OUT" },
    { "backup", command_backup, "DIR FILE [--to CERTIFICATE]", "seals a copy of the register, while it serves" },
    { "restore", command_restore, "FILE DIR --key KEY [--status-list FILE]... [--seen NUMBER]... [--replace]",
      "brings the register back from a backup, in a new era" },
    { "document", command_document, "show|revoke|suspend|resume DIR NUMBER [--reason TEXT]",
      "looks a document up by its number, or changes whether it is valid" },
    { "seal", command_seal, "verify FILE.pdf ...", "says whether a paper is genuine" },
    { "help", command_help, "", "says this" },
    { "--help", command_help, "", NULL },
    { "-h", command_help, "", NULL },
    { "version", command_version, "", "says which version this is" },
    { "--version", command_version, "", NULL },
};

static void say_commands(FILE *out)
{
    fputs("usage: registrar COMMAND ...\n\n", out);
    for (size_t i = 0; i < COUNT(commands); i++)
        if (commands[i].help)
            fprintf(out, "  %s %s\n      %s\n", commands[i].name, commands[i].usage, commands[i].help);
    fputs("\nExit codes: 0 done, 1 failed or no, 2 used wrongly.\n", out);
}

static int command_help(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    say_commands(stdout);
    return EXIT_DONE;
}

int main(int argc, char **argv)
{
    umask(077); /* what a registrar writes is nobody else's to read, unless it says so itself */
    for (size_t i = 0; argc > 1 && i < COUNT(commands); i++)
        if (!strcmp(commands[i].name, argv[1]))
            return commands[i].run(argc - 1, argv + 1);
    if (argc > 1)
        fprintf(stderr, "registrar: there is no command %s\n\n", argv[1]);
    say_commands(stderr);
    return EXIT_USAGE;
}
