/* registrar purge: takes away at once what has outlived its keeping time; serve may run, and does it each hour. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "registrar/commands.h"
#include "registrar/office/keeping.h"
#include "registrar/settings.h"

static const char usage[] = "usage: registrar purge DIR [--dry-run]\n"
                            "       registrar purge --table\n"
                            "\n"
                            "Takes away what has outlived its keeping time, and writes into the audit log what it "
                            "took.  `registrar serve` does\n"
                            "it by itself each hour, and may run meanwhile.\n"
                            "  --dry-run  says what is due, and takes nothing\n"
                            "  --table    says how long each table is kept, and why\n";

static void print_table(void)
{
    size_t count;
    const KeepingRule *rules = keeping_table(&count);

    for (size_t i = 0; i < count; i++)
        printf("%-18s %s\n", rules[i].table, rules[i].rule);
}

static void print_taken(const int64_t rows[PURGE_COUNT], const char *what)
{
    int64_t all = 0;

    for (int i = 0; i < PURGE_COUNT; i++)
        if (rows[i] > 0) {
            printf("%-24s %" PRId64 "\n", purge_name((Purge)i), rows[i]);
            all += rows[i];
        }
    printf("%" PRId64 " rows %s\n", all, what);
}

static bool take(Store *store, Error *err)
{
    const Clock clock = clock_system();
    int64_t rows[PURGE_COUNT] = { 0 };
    PurgeRun run;
    PurgeTaken taken;

    if (!purge_begin(store, "command-line", 0, clock_wall_s(&clock), &run, err))
        return false;
    while (run.n != 0) {
        if (!purge_bite(store, &run, clock_wall_ms(&clock), &taken, err))
            return false;
        for (int i = 0; i < PURGE_COUNT; i++)
            rows[i] += taken.rows[i];
    }
    print_taken(rows, "are gone");
    return true;
}

static bool look(Store *store, Error *err)
{
    const Clock clock = clock_system();
    PurgeTaken due;

    if (!purge_look(store, clock_wall_s(&clock), &due, err))
        return false;
    print_taken(due.rows, "are due");
    return true;
}

int command_purge(int argc, char **argv)
{
    const bool dry = argc == 3 && strcmp(argv[2], "--dry-run") == 0;
    Registrar registrar = { 0 };
    Error err = { 0 };

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return EXIT_DONE;
    }
    if (argc == 2 && strcmp(argv[1], "--table") == 0) {
        print_table();
        return EXIT_DONE;
    }
    if ((argc != 2 && !dry) || argv[1][0] == '-') {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    registrar.settings = registrar_read(argv[1], &err);
    bool done = registrar.settings && registrar_store_open(&registrar, NULL, &err) &&
                (dry ? look(registrar.store, &err) : take(registrar.store, &err));
    registrar_close(&registrar);
    if (!done)
        fprintf(stderr, "registrar purge: %s\n", err.text);
    return done ? EXIT_DONE : EXIT_FAILED;
}
