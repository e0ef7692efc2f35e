/* registrar token: what the university's own programs show where they change something over the interface. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "registrar/commands.h"
#include "registrar/office/tokens.h"
#include "registrar/settings.h"

#define DAYS_USUAL 365

static const char usage[] =
    "usage: registrar token add DIR NAME --for PURPOSES [--days N]\n"
    "       registrar token list DIR\n"
    "       registrar token remove DIR NAME\n"
    "\n"
    "add prints a bearer, once: a program sends it as \"Authorization: Bearer ...\" to the people's listener, under\n"
    "/office/v1/ (GET /openapi.json describes it); a person signs in to /office with NAME and the bearer as password.\n"
    "The register keeps its hash alone.\n"
    "  --for   one or more of these by commas: catalogue (services and templates), requests (what goes through "
    "people),\n"
    "          payments (invoices), blanks (numbered forms), records (a student's record), campaigns (dates)\n"
    "  --days  how long it is in force; 365 unless said\n"
    "list says of each when it ends and when it was used last.\n";

typedef struct Arguments {
    const char *what, *data, *name, *purpose;
    int days;
} Arguments;

static bool add_read(int argc, char **argv, Arguments *ret)
{
    for (int i = 4; i + 1 < argc; i += 2) {
        int64_t days;

        if (strcmp(argv[i], "--for") == 0)
            ret->purpose = argv[i + 1];
        else if (strcmp(argv[i], "--days") == 0 && str_to_i64(str_from(argv[i + 1]), 1, 100000, &days))
            ret->days = (int)days;
        else
            return false;
    }
    return argc >= 6 && argc % 2 == 0 && ret->purpose;
}

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    *ret = (Arguments){ .days = DAYS_USUAL };
    if (argc < 3)
        return false;
    ret->what = argv[1];
    ret->data = argv[2];
    ret->name = argc > 3 ? argv[3] : NULL;
    if (strcmp(ret->what, "add") == 0)
        return add_read(argc, argv, ret);
    return (strcmp(ret->what, "list") == 0 && argc == 3) || (strcmp(ret->what, "remove") == 0 && argc == 4);
}

static bool add(Office *office, const Arguments *arguments, Error *err)
{
    char bearer[TOKEN_BEARER_SIZE];

    if (!token_add(office, arguments->name, arguments->purpose, arguments->days, bearer, err))
        return false;
    printf("%s\n", bearer);
    mem_wipe(bearer, sizeof bearer);
    return true;
}

static void print_day(const Office *office, const char *label, int64_t at_s)
{
    OWNED_BUF text;

    buf_init(&text, 40);
    if (at_s)
        date_write(&text, date_time_at(at_s * 1000, office_config(office)->utc_offset_minutes).date, LANGUAGE_FIRST,
                   DATE_ISO);
    else
        buf_add_text(&text, "never");
    printf("  %s %s", label, buf_text(&text));
}

static bool list(Office *office, Error *err)
{
    TokenRow rows[TOKENS_MOST];
    size_t count;

    if (!token_list(office, rows, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        printf("%-20s  %s", rows[i].name, rows[i].purpose);
        print_day(office, "made", rows[i].made_at_s);
        print_day(office, "until", rows[i].expires_at_s);
        print_day(office, "used", rows[i].used_at_s);
        printf("\n");
    }
    return true;
}

static bool take_away(Office *office, const char *name, Error *err)
{
    bool found;

    return token_remove(office, name, &found, err) &&
           (found || error_set(err, ERR_NOT_FOUND, "there is no token %.40s", name));
}

static bool act(Office *office, const Arguments *arguments, Error *err)
{
    if (strcmp(arguments->what, "add") == 0)
        return add(office, arguments, err);
    if (strcmp(arguments->what, "list") == 0)
        return list(office, err);
    return take_away(office, arguments->name, err);
}

int command_token(int argc, char **argv)
{
    Arguments arguments;
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
    bool done = registrar_open(arguments.data, NULL, &registrar, &err) && act(registrar.office, &arguments, &err);
    registrar_close(&registrar);
    if (!done)
        fprintf(stderr, "registrar token %s: %s\n", arguments.what, err.text);
    return done ? EXIT_DONE : err.code == ERR_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
}
