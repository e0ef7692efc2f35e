/* A property test of app_update: plays many random messages in many visits and checks after each what must always hold.
 *
 *   visits [--seed N] [--messages N] [--plant NAME] [--file FILE]   rolls messages; a list that breaks something is
 * shrunk, written to FILE and printed visits --replay FILE [--plant NAME]                             plays such a list
 * again
 *
 * Exit code 0: all held (and everything was reached); 1: something broke; 2: not run. */
#include "visits.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

#define MESSAGES         1000000
#define MESSAGES_A_VISIT 10 /* at most, on average */
#define COVERED_FROM     50000

typedef struct Options {
    uint64_t seed, messages;
    Plant plant;
    const char *file, *replay;
} Options;

static Player player;

static bool option_number(const char *text, uint64_t *ret)
{
    return str_to_u64(str_from(text), 0, UINT32_MAX, ret);
}

static bool option_plant(const char *text, Plant *ret)
{
    for (unsigned plant = 0; plant < PLANT_COUNT; plant++)
        if (strcmp(text, name_of_plant(plant)) == 0) {
            *ret = (Plant)plant;
            return true;
        }
    return false;
}

static bool options_read(int argc, char **argv, Options *options)
{
    for (int i = 1; i < argc; i += 2) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;
        bool taken = value && ((strcmp(argv[i], "--seed") == 0 && option_number(value, &options->seed)) ||
                               (strcmp(argv[i], "--messages") == 0 && option_number(value, &options->messages)) ||
                               (strcmp(argv[i], "--plant") == 0 && option_plant(value, &options->plant)));
        if (!taken && value && strcmp(argv[i], "--file") == 0)
            options->file = value;
        else if (!taken && value && strcmp(argv[i], "--replay") == 0)
            options->replay = value;
        else if (!taken)
            return false;
    }
    return true;
}

/* --- a list that broke something ---------------------------------------------------------------------------------- */

static void print_list(const Events *events, Plant plant)
{
    if (!player_open(&player, plant))
        return;
    for (size_t i = 0; i < events->count; i++) {
        Buf line;

        buf_init(&line, 400);
        event_write(&events->items[i], &line);
        (void)player_take(&player, &events->items[i]);
        printf("  %3zu  %-52s -> %s", i + 1, buf_text(&line), name_of_screen(model_screen(&player.model)));
        if (player.model.visit.active && player.model.visit.screen == SCREEN_FAULT)
            printf(", %s", name_of_fault(player.model.visit.fault.kind));
        printf("\n");
        buf_fini(&line);
    }
    player_close(&player);
}

static bool write_list(const Events *events, const char *broken, const char *text, const char *path)
{
    Error err = { 0 };
    OWNED_BUF buf;

    buf_init(&buf, 64u << 20);
    buf_add_format(&buf, "# %s: %s\n", broken, text);
    for (size_t i = 0; i < events->count; i++) {
        event_write(&events->items[i], &buf);
        buf_add_byte(&buf, '\n');
    }
    if (!buf_ok(&buf, &err) || !file_write(path, 0644, buf_str(&buf), &err)) {
        (void)!fprintf(stderr, "visits: %s: %s\n", path, err.text);
        return false;
    }
    return true;
}

static bool read_list(const char *path, Events *events)
{
    Error err = { 0 };
    OWNED_BUF buf;

    buf_init(&buf, 64u << 20);
    if (!file_read(path, &buf, &err)) {
        (void)!fprintf(stderr, "visits: %s: %s\n", path, err.text);
        return false;
    }
    for (Str rest = buf_str(&buf); rest.ptr;) {
        Event event;
        Str line = str_split(&rest, '\n');
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        if (!event_read(line, &event, &err) || !events_add(events, &event)) {
            (void)!fprintf(stderr, "visits: %s: %s\n", path, err.text);
            return false;
        }
    }
    return true;
}

/* The kiosk's assertions speak on stderr each time: while a list shrinks nobody wants to hear them. */
static int silence(void)
{
    int kept = dup(STDERR_FILENO);
    int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);

    if (nothing >= 0) {
        dup2(nothing, STDERR_FILENO);
        close(nothing);
    }
    return kept;
}

static void broke(Events *events, const Options *options, const char *broken, const char *found)
{
    char text[200];
    size_t taken, before = events->count;

    printf("broken after %zu messages: %s: %s\n", before, broken, found);
    (void)fflush(stdout);
    int heard = silence();
    bool shrunk = events_shrink(events, options->plant, broken);
    dup2(heard, STDERR_FILENO);
    close(heard);
    const char *again = events_play(events, options->plant, text, &taken);
    if (!shrunk || !again || !write_list(events, again, text, options->file))
        return;
    printf("shrunk to %zu messages, which break %s: %s\n", events->count, again, text);
    print_list(events, options->plant);
    printf("plays again with: --replay %s%s%s\n", options->file, options->plant ? " --plant " : "",
           options->plant ? name_of_plant(options->plant) : "");
}

static int replay(const Options *options)
{
    Events events = { 0 };
    char text[200];
    size_t taken;

    if (!read_list(options->replay, &events)) {
        events_free(&events);
        return 2;
    }
    const char *broken = events_play(&events, options->plant, text, &taken);
    print_list(&events, options->plant);
    if (broken)
        printf("broken after %zu messages: %s: %s\n", taken + 1, broken, text);
    else
        printf("all holds in %zu messages\n", taken);
    events_free(&events);
    return broken ? 1 : 0;
}

/* --- what was reached --------------------------------------------------------------------------------------------- */

static unsigned miss(uint32_t count, const char *what, const char *name, unsigned kind)
{
    if (count)
        return 0;
    printf("never reached: %s %s (%u)\n", what, name, kind);
    return 1;
}

static void print_matrix(const Coverage *coverage)
{
    printf("%-15s", "");
    for (unsigned kind = 0; kind < MSG_KIND_COUNT; kind++)
        printf(" %9.9s", name_of_message(kind));
    printf("\n");
    for (unsigned screen = 0; screen < SCREEN_COUNT; screen++) {
        printf("%-15s", name_of_screen(screen));
        for (unsigned kind = 0; kind < MSG_KIND_COUNT; kind++)
            printf(" %9u", coverage->messages[screen][kind]);
        printf("\n");
    }
}

static unsigned print_coverage(const Coverage *coverage)
{
    unsigned missed = 0;

    print_matrix(coverage);
    printf("commands:");
    for (unsigned kind = CMD_NONE + 1; kind < CMD_KIND_COUNT; kind++)
        printf(" %s %u", name_of_command(kind), coverage->commands[kind]);
    printf("\nfaults:");
    for (unsigned kind = FAULT_NONE + 1; kind < FAULT_KIND_COUNT; kind++)
        printf(" %s %u", name_of_fault(kind), coverage->faults[kind]);
    printf("\n");
    for (unsigned screen = 0; screen < SCREEN_COUNT; screen++) {
        uint32_t total = 0;
        for (unsigned kind = 0; kind < MSG_KIND_COUNT; kind++)
            total += coverage->messages[screen][kind];
        total += screen == SCREEN_DISPLAY; /* of another kind of kiosk, which nobody visits */
        missed += miss(total, "screen", name_of_screen(screen), screen);
    }
    for (unsigned kind = 0; kind < MSG_KIND_COUNT; kind++) {
        uint32_t total = 0;
        for (unsigned screen = 0; screen < SCREEN_COUNT; screen++)
            total += coverage->messages[screen][kind];
        missed += miss(total, "message", name_of_message(kind), kind);
    }
    for (unsigned kind = CMD_NONE + 1; kind < CMD_KIND_COUNT; kind++)
        missed += miss(coverage->commands[kind], "command", name_of_command(kind), kind);
    for (unsigned kind = FAULT_NONE + 1; kind < FAULT_KIND_COUNT; kind++)
        missed += miss(coverage->faults[kind], "fault", name_of_fault(kind), kind);
    return missed;
}

static int play(const Options *options)
{
    Events events = { 0 };
    Roller roller;
    Event event;

    roller_begin(&roller, options->seed);
    if (!player_open(&player, options->plant))
        return 2;
    for (uint64_t i = 0; i < options->messages && !player.broken; i++) {
        roll_event(&roller, &player, &event);
        if (!events_add(&events, &event))
            return 2;
        (void)player_take(&player, &event);
    }
    Coverage coverage = player.coverage;
    const char *broken = player.broken;
    char text[sizeof player.broken_text];
    memcpy(text, player.broken_text, sizeof text);
    player_close(&player);
    if (broken)
        broke(&events, options, broken, text);
    unsigned missed = broken ? 0 : print_coverage(&coverage);
    bool few = (uint64_t)coverage.visits * MESSAGES_A_VISIT < events.count;
    printf("%s: %zu messages in %u visits, %u papers, seed %llu%s\n", broken ? "broken" : "all holds", events.count,
           coverage.visits, coverage.prints, (unsigned long long)options->seed, few ? ": too few visits" : "");
    events_free(&events);
    if (options->messages < COVERED_FROM)
        return broken ? 1 : 0;
    return broken || missed || few ? 1 : 0;
}

int main(int argc, char **argv)
{
    Options options = { .seed = 1, .messages = MESSAGES, .file = "visits.broken" };

    if (!options_read(argc, argv, &options)) {
        (void)!fprintf(stderr,
                       "usage: visits [--seed N] [--messages N] [--plant NAME] [--file FILE] [--replay FILE]\n");
        return 2;
    }
    return options.replay ? replay(&options) : play(&options);
}
