#include <stdio.h>
#include <string.h>

#include "base/macros.h"
#include "registrar/commands.h"
#include "registrar/office/kiosks.h"
#include "registrar/settings.h"

typedef struct Arguments {
    const char *folder, *name;
    const char *place, *address, *out;
} Arguments;

static int usage(const char *why)
{
    fprintf(stderr, "registrar kiosk: %s\nusage: registrar kiosk add DIR NAME --place TEXT --address URL --out OUT\n",
            why);
    return EXIT_USAGE;
}

/* What is wrong with the arguments; NULL: nothing. */
static const char *parse(int argc, char **argv, Arguments *ret)
{
    const struct {
        const char *name;
        const char **value;
    } options[] = { { "--place", &ret->place }, { "--address", &ret->address }, { "--out", &ret->out } };

    if (argc < 2 || strcmp(argv[1], "add") != 0)
        return "what is to be done? add";
    for (int i = 2; i < argc; i++) {
        const char **value = NULL;

        for (size_t j = 0; j < COUNT(options); j++)
            if (!strcmp(argv[i], options[j].name))
                value = options[j].value;
        if (value && (*value || i + 1 == argc))
            return "an option stands twice, or without its value";
        if (value)
            *value = argv[++i];
        else if (argv[i][0] == '-' || ret->name)
            return "there is something that is not understood";
        else if (!ret->folder)
            ret->folder = argv[i];
        else
            ret->name = argv[i];
    }
    if (!ret->folder || !ret->name || !ret->place || !ret->address || !ret->out)
        return "DIR, NAME, --place, --address and --out are all needed";
    return NULL;
}

int command_kiosk(int argc, char **argv)
{
    Arguments arguments = { 0 };
    const char *wrong = parse(argc, argv, &arguments);
    Registrar registrar = { 0 };
    Error err = { 0 };

    if (wrong)
        return usage(wrong);
    bool done = registrar_open(arguments.folder, NULL, &registrar, &err) &&
                kiosk_add(registrar.office, arguments.name, arguments.place, arguments.address, arguments.out, &err);
    registrar_close(&registrar);
    if (!done) {
        fprintf(stderr, "registrar kiosk: %s\n", err.text);
        return err.code == ERR_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
    }
    printf("Kiosk %s may ask this registrar for 90 days. Its files are in %s: they hold its private key.\n"
           "Add its printer to %s/kiosk.ini:\n\n[printer]\nuri = ipp://ADDRESS/ipp/print\n",
           arguments.name, arguments.out, arguments.out);
    return EXIT_DONE;
}
