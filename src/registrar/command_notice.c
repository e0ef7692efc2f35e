/* registrar notice: what the office tells everybody who comes to a kiosk; serve may run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "registrar/commands.h"
#include "registrar/office/notices.h"
#include "registrar/settings.h"

static const char usage[] =
    "usage: registrar notice add DIR --uz TEXT [--uz-Cyrl TEXT] [--ru TEXT] [--en TEXT] --until WHEN [--from WHEN]\n"
    "                            [--warn] [--kiosk NAME]... [--place TEXT]... [--rank NUMBER]\n"
    "       registrar notice list DIR\n"
    "       registrar notice remove DIR NUMBER\n"
    "\n"
    "Short words on the kiosks' resting screen, there at once, five at most at one time.\n"
    "  --uz TEXT      in each language one line of 120 letters at most; who reads another sees the Uzbek one\n"
    "  --until WHEN   2026-12-01 (that day is still in it) or \"2026-12-01 18:00\"\n"
    "  --from WHEN    as above, at that day's beginning; without it: at once\n"
    "  --warn         it keeps somebody from getting something: marked, and shown to who has signed in too\n"
    "  --kiosk NAME   for this kiosk alone; may be said again\n"
    "  --place TEXT   for the kiosks of a place, written as `kiosk add` was told it; may be said again\n"
    "  --rank NUMBER  the lowest is shown first (0)\n";

typedef struct Arguments {
    const char *what, *data, *number, *from, *until, *rank;
    NoticeWish wish;
} Arguments;

/* --- arguments --------------------------------------------------------------------------------------------------- */

static const char **language_of(Arguments *arguments, const char *option)
{
    Language language;

    return str_starts(str_from(option), STR("--")) && language_parse(str_from(option + 2), &language)
               ? &arguments->wish.texts[language]
               : NULL;
}

static const char **place_of(Arguments *arguments, const char *option)
{
    NoticeWish *wish = &arguments->wish;
    const struct {
        const char *name;
        const char **value;
    } options[] = { { "--from", &arguments->from }, { "--until", &arguments->until }, { "--rank", &arguments->rank } };

    for (size_t i = 0; i < COUNT(options); i++)
        if (strcmp(option, options[i].name) == 0)
            return options[i].value;
    if (strcmp(option, "--kiosk") == 0 && wish->kiosk_count < NOTICE_FOR_MOST)
        return &wish->kiosks[wish->kiosk_count++];
    if (strcmp(option, "--place") == 0 && wish->place_count < NOTICE_FOR_MOST)
        return &wish->places[wish->place_count++];
    return language_of(arguments, option);
}

static bool add_read(int argc, char **argv, Arguments *ret)
{
    for (int i = 3; i < argc; i++) {
        if (strcmp(argv[i], "--warn") == 0) {
            ret->wish.severity = NOTICE_WARN;
            continue;
        }
        const char **value = place_of(ret, argv[i]);
        if (!value || *value || i + 1 == argc)
            return false;
        *value = argv[++i];
    }
    return ret->until != NULL;
}

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    if (argc < 3)
        return false;
    ret->what = argv[1];
    ret->data = argv[2];
    if (strcmp(ret->what, "add") == 0)
        return add_read(argc, argv, ret);
    if (strcmp(ret->what, "list") == 0)
        return argc == 3;
    ret->number = argc == 4 ? argv[3] : NULL;
    return strcmp(ret->what, "remove") == 0 && ret->number;
}

/* A day, or a day and a time, of the institution's clock; whole_day: what a day alone means. */
static bool when_read(const char *text, int offset_minutes, int64_t whole_day_s, int64_t *ret, Error *err)
{
    Str rest = str_from(text);
    Str day = str_split(&rest, ' ');
    Str hour = str_split(&rest, ':');
    uint64_t hours = 0, minutes = 0;
    Date date;

    if (!date_parse(day, &date) ||
        (hour.ptr && (!str_to_u64(hour, 0, 23, &hours) || !str_to_u64(rest, 0, 59, &minutes))))
        return error_set(err, ERR_ARGUMENT, "%.40s: no time such as 2026-12-01 or \"2026-12-01 18:00\"", text);
    *ret = date_start_s(date, offset_minutes);
    *ret += hour.ptr ? (int64_t)(hours * 3600 + minutes * 60) : whole_day_s;
    return true;
}

/* --- what is done ------------------------------------------------------------------------------------------------ */

static bool add(Office *office, Arguments *arguments, Error *err)
{
    const int offset = office_config(office)->utc_offset_minutes;
    NoticeWish *wish = &arguments->wish;
    int64_t id;

    if ((arguments->from && !when_read(arguments->from, offset, 0, &wish->from_s, err)) ||
        !when_read(arguments->until, offset, 86400, &wish->until_s, err))
        return false;
    if (arguments->rank && !str_to_i64(str_from(arguments->rank), 0, NOTICE_RANK_MOST, &wish->rank))
        return error_set(err, ERR_ARGUMENT, "--rank wants a number from 0 to %d", NOTICE_RANK_MOST);
    if (!notice_add(office, wish, &id, err))
        return false;
    printf("Notice %lld is added: kiosks show it from its beginning on.\n", (long long)id);
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (!wish->texts[i])
            printf("It has no text in %s: another language's stands for it.\n", language_tag((Language)i));
    return true;
}

static void print_when(const char *name, int64_t at_s, int offset_minutes)
{
    DateTime at = date_time_at(at_s * 1000, offset_minutes);

    printf("%s%04d-%02d-%02d %02d:%02d", name, at.date.year, at.date.month, at.date.day, at.hour, at.minute);
}

static void print_notice(const NoticeRow *row, int offset_minutes)
{
    printf("%lld  %s", (long long)row->id, row->severity);
    print_when("  from ", row->from_s, offset_minutes);
    print_when(" until ", row->until_s, offset_minutes);
    printf(row->for_count ? ", for" : ", for every kiosk");
    for (size_t i = 0; i < row->for_count; i++)
        printf("%s %s%s", i ? "," : "", row->for_whom[i].place ? "the place " : "", row->for_whom[i].name);
    printf("\n");
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (row->texts[i][0])
            printf("    %-8s %s\n", language_tag((Language)i), row->texts[i]);
}

static bool list(Office *office, Error *err)
{
    NoticeRow *rows = mem_new(NOTICES_LISTED_MOST, sizeof *rows);
    size_t count = 0;
    bool done = rows ? notice_list(office, rows, &count, err) : error_set(err, ERR_MEMORY, "notices");

    if (done && count == 0)
        printf("There are no notices: `registrar notice add` makes one.\n");
    for (size_t i = 0; i < count; i++)
        print_notice(&rows[i], office_config(office)->utc_offset_minutes);
    mem_free(rows);
    return done;
}

static bool remove_one(Office *office, const char *number, Error *err)
{
    NoticeOutcome outcome;
    int64_t id;

    if (!str_to_i64(str_from(number), 1, INT64_MAX, &id))
        return error_set(err, ERR_ARGUMENT, "%.20s is no notice's number", number);
    if (!notice_remove(office, id, 0, NULL, &outcome, err))
        return false;
    if (outcome != NOTICE_CHANGED)
        return error_set(err, ERR_NOT_FOUND, "there is no notice %lld", (long long)id);
    printf("Notice %lld is removed: kiosks that can be reached show it no more.\n", (long long)id);
    return true;
}

int command_notice(int argc, char **argv)
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
                                                     : remove_one(registrar.office, arguments.number, &err);
    registrar_close(&registrar);
    if (!done)
        fprintf(stderr, "registrar notice %s: %s\n", arguments.what, err.text);
    return done ? EXIT_DONE : err.code == ERR_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
}
