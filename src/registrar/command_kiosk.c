/* registrar kiosk add: what a new terminal needs, in one folder to be carried there.  registrar kiosk revoke: it counts
 * no more. */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "registrar/commands.h"
#include "registrar/office/kiosks.h"
#include "registrar/settings.h"

static const char usage[] =
    "usage: registrar kiosk add DIR NAME --place TEXT --address URL --out FOLDER\n"
    "       registrar kiosk revoke DIR NAME\n"
    "\n"
    "Adds a kiosk to the registrar in DIR and writes what the terminal needs into FOLDER: key.pem, certificate.pem\n"
    "(90 days), ca.pem, kiosk.ini.\n"
    "  NAME            letters, digits and hyphens, such as A-2; on papers and in logs\n"
    "  --place TEXT    where it stands, as papers and screens say it: \"1-bino, 1-qavat\"\n"
    "  --address URL   where it finds this registrar: https://registrar.example.uz:8444\n"
    "  --out FOLDER    made when it is not there\n"
    "\n"
    "A kiosk that is revoked counts no more, for ever and at once: its visit ends, its glass says that it is out of\n"
    "service.  For one that was stolen, or is given away.\n";

typedef struct Arguments {
    const char *data, *name, *place, *address, *out;
} Arguments;

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    const struct {
        const char *name;
        const char **value;
    } options[] = { { "--place", &ret->place }, { "--address", &ret->address }, { "--out", &ret->out } };

    if (argc < 2 || strcmp(argv[1], "add") != 0)
        return false;
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
    return ret->data && ret->name && ret->place && ret->address && ret->out;
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

static int revoke_kiosk(const char *data, const char *name)
{
    Registrar registrar = { 0 };
    Error err = { 0 };
    bool done = registrar_open(data, NULL, &registrar, &err) && kiosk_revoke(registrar.office, name, &err);

    registrar_close(&registrar);
    if (done)
        printf("Kiosk %s is revoked.\n", name);
    else
        fprintf(stderr, "registrar kiosk revoke: %s\n", err.text);
    return done ? EXIT_DONE : EXIT_FAILED;
}

int command_kiosk(int argc, char **argv)
{
    Arguments arguments = { 0 };
    Registrar registrar = { 0 };
    Error err = { 0 };

    if (argc == 4 && strcmp(argv[1], "revoke") == 0 && argv[2][0] != '-' && argv[3][0] != '-')
        return revoke_kiosk(argv[2], argv[3]);
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return EXIT_DONE;
    }
    if (!arguments_read(argc, argv, &arguments)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    bool done = is_free(arguments.out, &err) && registrar_open(arguments.data, NULL, &registrar, &err) &&
                kiosk_add(registrar.office, arguments.name, arguments.place, arguments.address, arguments.out, &err);
    registrar_close(&registrar);
    if (done)
        printf("Kiosk %s is added. Carry %s to the terminal, tell its kiosk.ini the printer, and start\n"
               "`kiosk --config kiosk.ini` there. Its certificate is good for 90 days.\n",
               arguments.name, arguments.out);
    else
        fprintf(stderr, "registrar kiosk add: %s\n", err.text);
    return done ? EXIT_DONE : err.code == ERR_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
}
