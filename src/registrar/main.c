/* registrar: one program, one command a task. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/macros.h"
#include "registrar/commands.h"

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *what;
} commands[] = {
    { "init", command_init, "makes a folder with keys, database and settings" },
    { "serve", command_serve, "serves kiosks and people from such a folder" },
    { "kiosk", command_kiosk, "adds a kiosk: its key, its certificate, its kiosk.ini" },
    { "seal", command_seal, "says whether a PDF is what its issuer sealed" },
};

static void print_help(FILE *stream)
{
    fputs("usage: registrar COMMAND ...\n\n", stream);
    for (size_t i = 0; i < COUNT(commands); i++)
        fprintf(stream, "  %-6s  %s\n", commands[i].name, commands[i].what);
    fputs("\nregistrar COMMAND --help says what a command takes; registrar --version, which release this is.\n",
          stream);
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";

    umask(077); /* nothing that a registrar writes is anybody else's to read, unless it says so itself */
    for (size_t i = 0; i < COUNT(commands); i++)
        if (strcmp(name, commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        print_help(stdout);
        return EXIT_DONE;
    }
    if (strcmp(name, "--version") == 0) {
        puts("registrar " REGISTRAR_VERSION);
        return EXIT_DONE;
    }
    if (name[0])
        fprintf(stderr, "registrar: there is no command %.40s\n\n", name);
    print_help(stderr);
    return EXIT_USAGE;
}
