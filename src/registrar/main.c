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
    { "demo", command_demo, "DIR --students N [--institutions M] [--passwords K] [--documents D] [--seed S]",
      "makes a demo of any size: up to 1,400,000 students in 210 institutions, of whom nobody exists" },
    { "serve", command_serve, "DIR [--kiosks PORT] [--people PORT]", "listens to kiosks and to people" },
    { "migrate", command_migrate, "DIR --to ADDRESS",
      "carries the register into another database, to be served from there" },
    { "kiosk", command_kiosk, "add DIR NAME --place TEXT --address URL --out OUT | revoke DIR NAME",
      "makes a kiosk's key, certificate and kiosk.ini in OUT, or has a kiosk count no more" },
    { "backup", command_backup, "DIR FILE [--to CERTIFICATE]", "seals a copy of the register, while it serves" },
    { "restore", command_restore, "FILE DIR --key KEY [--status-list FILE]... [--seen NUMBER]... [--replace]",
      "brings the register back from a backup, in a new era" },
    { "audit", command_audit, "verify DIR [--head FILE]... | show DIR [--object X] [--actor X] [--since DATE]",
      "proves that no entry of the audit log was changed or left out, or prints entries" },
    { "purge", command_purge, "DIR [--dry-run] | --table", "takes away what has outlived its keeping time" },
    { "document", command_document, "show|revoke|suspend|resume DIR NUMBER [--reason TEXT]",
      "looks a document up by its number, or changes whether it is valid" },
    { "notice", command_notice, "add|list|remove DIR ...",
      "what the resting kiosks tell everybody, in every language" },
    { "theme", command_theme, "set|show DIR [--brand '#RRGGBB'] [--logo FILE]",
      "the university's colour and logo on its kiosks" },
    { "catalogue", command_catalogue,
      "check [DIR] [--services FOLDER] [--templates FOLDER] | show DIR | remove DIR ...",
      "says whether services and templates fit together, or what is offered" },
    { "information", command_information, "list DIR | check [DIR] [--pages FOLDER] | put DIR FILE | remove DIR ID",
      "the pages of information that kiosks show: whether they are whole, and which there are" },
    { "token", command_token, "add DIR NAME --for PURPOSES [--days N] | list DIR | remove DIR NAME",
      "what the university's own programs change the catalogue with" },
    { "staff", command_staff,
      "add DIR NAME --name \"FULL NAME\" --role ROLES [--scope SCOPE] | list DIR | role|reset|lock|remove DIR NAME",
      "the people of the office who may sign in to its console, and what each may do there" },
    { "campaign", command_campaign, "add DIR ID --kind KIND --from DAY --to DAY ... | list DIR | remove DIR ID",
      "from when to when something is open, and for whom: sessions, graduations, times for applications" },
    { "window", command_window, "add DIR NUMBER --topics ID,... [--place TEXT] | list DIR | remove DIR NUMBER",
      "the windows of the hall that people take tickets for" },
    { "printer", command_printer,
      "add DIR NAME URI [--place TEXT] | list DIR | remove DIR NAME | test DIR NAME [--sheet]",
      "the office's own printers, for papers that no kiosk prints" },
    { "student", command_student, "find DIR NAME | anomalies DIR | gpa DIR NUMBER | differences DIR, each [--json]",
      "finds students however their names are spelled, lists doubtful names, or compares averages with HEMIS's" },
    { "import", command_import, "hemis DIR [--all] [--report FILE]",
      "reads students and results of the university's HEMIS into the register" },
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
