/* registrar kiosk add: a code that a new terminal is enrolled with, or all that it needs in one folder to be carried
 * there; kiosk code: the code once more; kiosk revoke: it counts no more. */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "registrar/commands.h"
#include "registrar/office/enrolment.h"
#include "registrar/settings.h"
#include "wire/qr.h"

#define ACTOR "command-line"

static const char usage[] =
    "usage: registrar kiosk add DIR NAME --place TEXT --address URL [--out FOLDER]\n"
    "       registrar kiosk code DIR NAME --address URL\n"
    "       registrar kiosk revoke DIR NAME\n"
    "\n"
    "Adds a kiosk to the registrar in DIR, and shows the code that its terminal is enrolled with: type it there, or "
    "hold\n"
    "the QR code to its scanner.  A code is good once, within 15 minutes, for this kiosk alone; `kiosk code` makes\n"
    "another one, also for a terminal that is set up anew.\n"
    "  NAME            letters, digits and hyphens, such as A-2; on papers and in logs\n"
    "  --place TEXT    where it stands, as papers and screens say it: \"1-bino, 1-qavat\"\n"
    "  --address URL   where it finds this registrar: https://registrar.example.uz:8444\n"
    "  --out FOLDER    makes no code: writes key.pem, certificate.pem (90 days), ca.pem and kiosk.ini into FOLDER, for "
    "a\n"
    "                  terminal that can't be enrolled over the network; FOLDER is made when it is not there\n"
    "\n"
    "A kiosk that is revoked counts no more, for ever and at once: its visit ends, its glass says that it is out of\n"
    "service.  For one that was stolen, or is given away.\n";

typedef struct Arguments {
    const char *data, *name, *place, *address, *out;
} Arguments;

/* From argv[2] on. */
static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    const struct {
        const char *name;
        const char **value;
    } options[] = { { "--place", &ret->place }, { "--address", &ret->address }, { "--out", &ret->out } };

    for (int i = 2; i < argc; i++) {
        const char **value = argv[i][0] == '-' ? NULL : ret->data ? &ret->name : &ret->data;

        for (size_t k = 0; k < COUNT(options) && !value; k++)
            if (strcmp(argv[i], options[k].name) == 0 && i + 1 < argc) {
                value = options[k].value;
                i++;
            }
        if (!value || *value)
            return false;
        *value = argv[i];
    }
    return ret->data && ret->name;
}

/* Another kiosk's key is never written over. */
static bool is_free(const char *out, Error *err)
{
    static const char *const names[] = { "kiosk.ini", "key.pem", "certificate.pem" };

    for (size_t i = 0; i < COUNT(names); i++) {
        char path[PATH_MAX];

        if (!path_join(path, sizeof path, out, names[i], err))
            return false;
        if (access(path, F_OK) == 0)
            return error_set(err, ERR_EXISTS, "%.100s holds a kiosk's %s already", out, names[i]);
    }
    return true;
}

/* --- codes -------------------------------------------------------------------------------------------------------- */

static bool is_dark(const Qr *qr, int row, int column)
{
    const int r = row - QR_QUIET, c = column - QR_QUIET;

    return r >= 0 && c >= 0 && r < qr->side && c < qr->side && qr->dark[r][c];
}

/* Two rows of modules in one of letters, dark on light whatever the terminal's own colours are. */
static void show_qr(const Qr *qr)
{
    static const char *const halves[2][2] = { { " ", "▄" }, { "▀", "█" } }; /* [upper is dark][lower is dark] */
    const int side = qr->side + 2 * QR_QUIET;

    for (int row = 0; row < side; row += 2) {
        fputs("  \033[30;107m", stdout);
        for (int column = 0; column < side; column++)
            fputs(halves[is_dark(qr, row, column)][is_dark(qr, row + 1, column)], stdout);
        fputs("\033[0m\n", stdout);
    }
}

static bool show_code(const Arguments *arguments, const char code[ENROL_CODE_SIZE], Error *err)
{
    EnrolTicket ticket = { 0 };
    char text[ENROL_TICKET_SIZE];
    Qr qr;

    str_copy_cut(str_from(arguments->address), ticket.address, sizeof ticket.address);
    str_copy_cut(str_from(arguments->name), ticket.kiosk, sizeof ticket.kiosk);
    memcpy(ticket.code, code, sizeof ticket.code);
    bool done = enrol_ticket_write(&ticket, text, err) && qr_make_bytes(str_from(text), 13, &qr, err);
    if (done && isatty(STDOUT_FILENO))
        show_qr(&qr);
    if (done)
        printf("At the terminal: address %s\n"
               "                 kiosk   %s\n"
               "                 code    %s\n"
               "or hold to its scanner a QR code of:\n"
               "  %s\n"
               "Good once, within %d minutes.\n",
               ticket.address, ticket.kiosk, ticket.code, text, ENROL_CODE_S / 60);
    mem_wipe(&ticket, sizeof ticket);
    mem_wipe(text, sizeof text);
    mem_wipe(&qr, sizeof qr);
    return done;
}

static bool give_code(Registrar *registrar, const Arguments *arguments, Error *err)
{
    char code[ENROL_CODE_SIZE];
    bool done = kiosk_code(registrar->office, arguments->name, ACTOR, code, err) && show_code(arguments, code, err);

    mem_wipe(code, sizeof code);
    return done;
}

/* --- commands ----------------------------------------------------------------------------------------------------- */

static bool needs_address(const char *address, Error *err)
{
    return enrol_address_valid(address) ||
           error_set(err, ERR_ARGUMENT, "an address is https://, a host, and perhaps a port");
}

static bool add_with_code(Registrar *registrar, const Arguments *arguments, Error *err)
{
    if (!needs_address(arguments->address, err) ||
        !kiosk_register(registrar->office, arguments->name, arguments->place, ACTOR, err))
        return false;
    printf("Kiosk %s is added.\n", arguments->name);
    return give_code(registrar, arguments, err);
}

static bool add_with_folder(Registrar *registrar, const Arguments *arguments, Error *err)
{
    if (!kiosk_add(registrar->office, arguments->name, arguments->place, arguments->address, arguments->out, err))
        return false;
    printf("Kiosk %s is added. Carry %s to the terminal, tell its kiosk.ini the printer, and start\n"
           "`kiosk --config kiosk.ini` there. Its certificate is good for 90 days.\n",
           arguments->name, arguments->out);
    return true;
}

static bool run_add(Registrar *registrar, const Arguments *arguments, Error *err)
{
    return arguments->out ? add_with_folder(registrar, arguments, err) : add_with_code(registrar, arguments, err);
}

static bool run_code(Registrar *registrar, const Arguments *arguments, Error *err)
{
    return needs_address(arguments->address, err) && give_code(registrar, arguments, err);
}

static bool run_revoke(Registrar *registrar, const Arguments *arguments, Error *err)
{
    if (!kiosk_revoke(registrar->office, arguments->name, ACTOR, err))
        return false;
    printf("Kiosk %s is revoked.\n", arguments->name);
    return true;
}

typedef struct Command {
    const char *name;
    bool place, address, out; /* that it takes; the first two it needs */
    bool (*run)(Registrar *registrar, const Arguments *arguments, Error *err);
} Command;

static const Command commands[] = {
    { "add", true, true, true, run_add },
    { "code", false, true, false, run_code },
    { "revoke", false, false, false, run_revoke },
};

static bool takes(const Command *command, const Arguments *arguments)
{
    return !arguments->place == !command->place && !arguments->address == !command->address &&
           (command->out || !arguments->out);
}

static int run(const Command *command, const Arguments *arguments)
{
    Registrar registrar = { 0 };
    Error err = { 0 };
    bool done = (!arguments->out || is_free(arguments->out, &err)) &&
                registrar_open(arguments->data, NULL, &registrar, &err) && command->run(&registrar, arguments, &err);

    registrar_close(&registrar);
    if (!done)
        fprintf(stderr, "registrar kiosk %s: %s\n", command->name, err.text);
    return done ? EXIT_DONE : err.code == ERR_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
}

int command_kiosk(int argc, char **argv)
{
    Arguments arguments = { 0 };

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return EXIT_DONE;
    }
    for (size_t i = 0; i < COUNT(commands) && argc > 1; i++)
        if (strcmp(argv[1], commands[i].name) == 0 && arguments_read(argc, argv, &arguments) &&
            takes(&commands[i], &arguments))
            return run(&commands[i], &arguments);
    fputs(usage, stderr);
    return EXIT_USAGE;
}
