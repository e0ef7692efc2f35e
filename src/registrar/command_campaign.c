/* registrar campaign: from when to when something is open, and for whom; serve may run. */
#include <stdio.h>
#include <string.h>

#include "registrar/commands.h"
#include "registrar/office/campaigns.h"
#include "registrar/settings.h"
#include "wire/json.h"

static const char usage[] =
    "usage: registrar campaign add DIR ID --kind KIND --from DAY --to DAY [--opens DAY]\n"
    "                              [--form CODE] [--type CODE] [--year NUMBER] [--faculty CODE]\n"
    "       registrar campaign list DIR\n"
    "       registrar campaign remove DIR ID\n"
    "\n"
    "When something is open for students: services ask for it, papers show its days.\n"
    "  ID             small letters, digits, hyphens: winter-session-part-time; one that is there is replaced\n"
    "  --kind KIND    session, graduation, transfer, reinstatement, retake, electives, distribution,\n"
    "                 admission, dormitory, rent-subsidy, mobility, academic-leave\n"
    "  --from, --to   its first and last day, 2027-01-11\n"
    "  --opens DAY    from when on it may be asked for, where that is earlier: call-up letters before a session\n"
    "  --form CODE    for this form of study alone (HEMIS: 13 part-time, 16 distance); --type (11 bachelors),\n"
    "  --year NUMBER  --year (of study) and --faculty (its code, as records have it) alike; without them: of any\n";

typedef struct Arguments {
    const char *what, *data, *id;
    const char *kind, *from, *to, *opens, *form, *type, *year, *faculty;
} Arguments;

static bool add_read(int argc, char **argv, Arguments *ret)
{
    const struct {
        const char *name;
        const char **value;
    } options[] = {
        { "--kind", &ret->kind }, { "--from", &ret->from }, { "--to", &ret->to },     { "--opens", &ret->opens },
        { "--form", &ret->form }, { "--type", &ret->type }, { "--year", &ret->year }, { "--faculty", &ret->faculty },
    };

    for (int i = 4; i < argc; i += 2) {
        size_t k = 0;

        while (k < COUNT(options) && strcmp(argv[i], options[k].name) != 0)
            k++;
        if (k == COUNT(options) || *options[k].value || i + 1 == argc)
            return false;
        *options[k].value = argv[i + 1];
    }
    return ret->kind && ret->from && ret->to;
}

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    if (argc < 3)
        return false;
    ret->what = argv[1];
    ret->data = argv[2];
    ret->id = argc > 3 ? argv[3] : NULL;
    if (strcmp(ret->what, "add") == 0)
        return ret->id && add_read(argc, argv, ret);
    return (strcmp(ret->what, "list") == 0 && argc == 3) || (strcmp(ret->what, "remove") == 0 && argc == 4);
}

/* As a program would put it, so that both are checked by the same rules. */
static bool body_of(const Arguments *arguments, Buf *body, Error *err)
{
    uint64_t year = 0;

    if (arguments->year && !str_to_u64(str_from(arguments->year), 1, 6, &year))
        return error_set(err, ERR_ARGUMENT, "--year wants a number from 1 to 6");
    OWNED(json_t)
    json = json_pack("{s:s, s:s, s:s, s:s*, s:s*, s:s*, s:s*}", "kind", arguments->kind, "from", arguments->from, "to",
                     arguments->to, "opens", arguments->opens, "education_form", arguments->form, "education_type",
                     arguments->type, "faculty", arguments->faculty);
    if (!json || (year && json_object_set_new(json, "year", json_integer((json_int_t)year)) != 0))
        return error_set(err, ERR_ARGUMENT, "it is not written in UTF-8");
    return json_write(json, body, err);
}

static bool change(Office *office, const CampaignWish *wish, Error *err)
{
    char version[CAMPAIGN_VERSION_SIZE];
    CampaignOutcome outcome;

    if (!campaign_change(office, wish, &outcome, version, err))
        return false;
    if (outcome == CAMPAIGN_UNKNOWN)
        return error_set(err, ERR_NOT_FOUND, "there is no campaign %.47s", wish->row.id);
    printf("Campaign %s is %s.\n", wish->row.id,
           wish->gone                    ? "removed"
           : outcome == CAMPAIGN_CHANGED ? "replaced"
                                         : "added");
    return true;
}

static bool add(Office *office, const Arguments *arguments, Error *err)
{
    CampaignWish wish = { .actor = "command-line" };
    Error why = { 0 };
    OWNED_BUF body;

    buf_init(&body, 4096);
    if (!body_of(arguments, &body, err))
        return false;
    if (!campaign_parse(arguments->id, buf_str(&body), &wish.row, &why))
        return error_set(err, why.code == ERR_FORMAT ? ERR_ARGUMENT : why.code, "%s", why.text);
    return change(office, &wish, err);
}

static bool take_away(Office *office, const char *id, Error *err)
{
    CampaignWish wish = { .actor = "command-line", .gone = true };

    return str_copy(str_from(id), wish.row.id, sizeof wish.row.id)
               ? change(office, &wish, err)
               : error_set(err, ERR_NOT_FOUND, "there is no campaign %.47s", id);
}

static void print_code(const char *what, const char *code)
{
    if (code[0])
        printf("  %s %s", what, code);
}

static bool list(Office *office, Error *err)
{
    OWNED(CampaignList) all = NULL;

    if (!campaign_all(office, &all, err))
        return false;
    if (all->count == 0)
        printf("There are no campaigns: `registrar campaign add` makes one.\n");
    for (size_t i = 0; i < all->count; i++) {
        const CampaignRow *row = &all->rows[i];

        printf("%-32s %-13s %s to %s, opens %s", row->id, row->kind, row->from, row->to, row->opens);
        print_code("form", row->form);
        print_code("type", row->type);
        if (row->year)
            printf("  year %lld", (long long)row->year);
        print_code("faculty", row->faculty);
        printf("  by %s\n", row->author);
    }
    return true;
}

int command_campaign(int argc, char **argv)
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
                                                     : take_away(registrar.office, arguments.id, &err);
    registrar_close(&registrar);
    if (!done)
        fprintf(stderr, "registrar campaign %s: %s\n", arguments.what, err.text);
    return done ? EXIT_DONE : err.code == ERR_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
}
