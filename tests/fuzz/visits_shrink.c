/* From a list that breaks something to the shortest that breaks the same: the tail of it, then without chunks of it,
 * then without single events, then with plainer ones (Zeller and Hildebrandt, "Simplifying and isolating
 * failure-inducing input", 2002). */
#include "visits.h"

#include <string.h>

#include "base/memory.h"

#define OPENING     6        /* events that switch the kiosk on: a tail is tried behind them */
#define REPLAY_MOST 20000000 /* messages in all: half a minute */

typedef struct Shrinking {
    Events *best; /* breaks the check */
    Events trial;
    size_t played; /* messages so far */
    Plant plant;
    const char *check;
} Shrinking;

/* Whether the trial breaks the same check; then it is the best, without what came after. */
static bool try_it(Shrinking *shrinking)
{
    char text[200];
    size_t taken;

    if (shrinking->played >= REPLAY_MOST)
        return false;
    const char *broken = events_play(&shrinking->trial, shrinking->plant, text, &taken);

    shrinking->played += taken;
    if (!broken || strcmp(broken, shrinking->check) != 0)
        return false;
    Events was = *shrinking->best;
    *shrinking->best = shrinking->trial;
    shrinking->trial = was;
    shrinking->best->count = taken + 1;
    return true;
}

/* The trial is the best without count events from "from". */
static bool try_without(Shrinking *shrinking, size_t from, size_t count)
{
    const Events *best = shrinking->best;
    Events *trial = &shrinking->trial;

    memcpy(trial->items, best->items, from * sizeof best->items[0]);
    memcpy(trial->items + from, best->items + from + count, (best->count - from - count) * sizeof best->items[0]);
    trial->count = best->count - count;
    return try_it(shrinking);
}

/* Most breaks need one visit: the shortest tail by doubling. */
static void try_tails(Shrinking *shrinking)
{
    for (size_t tail = 16; tail + OPENING < shrinking->best->count; tail *= 2)
        if (try_without(shrinking, OPENING, shrinking->best->count - OPENING - tail))
            return;
}

static void try_chunks(Shrinking *shrinking)
{
    for (size_t size = shrinking->best->count / 2; size > 0; size /= 2) {
        bool shrunk = true;
        while (shrunk) {
            shrunk = false;
            for (size_t from = 0; from + size <= shrinking->best->count;)
                if (try_without(shrinking, from, size))
                    shrunk = true;
                else
                    from += size;
        }
    }
}

static bool try_value(Shrinking *shrinking, size_t index, const Event *plainer)
{
    const Events *best = shrinking->best;

    if (index >= best->count || memcmp(&best->items[index], plainer, sizeof *plainer) == 0)
        return false;
    memcpy(shrinking->trial.items, best->items, best->count * sizeof best->items[0]);
    shrinking->trial.count = best->count;
    shrinking->trial.items[index] = *plainer;
    return try_it(shrinking);
}

static void try_plainer(Shrinking *shrinking)
{
    for (size_t i = 0; i < shrinking->best->count; i++) {
        for (size_t v = 0; v < EVENT_VALUES + 4 && i < shrinking->best->count; v++) {
            Event plainer = shrinking->best->items[i];
            if (v < EVENT_VALUES)
                plainer.v[v] = 0;
            else if (v == EVENT_VALUES)
                plainer.after_ms = 0;
            else if (v == EVENT_VALUES + 1)
                plainer.wall_s = 0;
            else if (v == EVENT_VALUES + 2)
                plainer.stray = 0;
            else
                plainer.back = 0;
            try_value(shrinking, i, &plainer);
        }
        /* A number that must be there is halved as far as it goes. */
        for (size_t v = 0; v < EVENT_VALUES && i < shrinking->best->count; v++)
            for (Event half = shrinking->best->items[i]; half.v[v] / 2 != half.v[v];) {
                half.v[v] /= 2;
                if (!try_value(shrinking, i, &half))
                    break;
            }
        for (Event half = i < shrinking->best->count ? shrinking->best->items[i] : (Event){ 0 };
             half.after_ms > 1000;) {
            half.after_ms /= 2;
            if (!try_value(shrinking, i, &half))
                break;
        }
    }
}

bool events_shrink(Events *events, Plant plant, const char *check)
{
    Shrinking shrinking = { .best = events, .plant = plant, .check = check };
    size_t before;

    for (size_t i = 0; i < events->count; i++)
        if (!events_add(&shrinking.trial, &events->items[i])) {
            events_free(&shrinking.trial);
            return false;
        }
    try_tails(&shrinking);
    do {
        before = events->count;
        try_chunks(&shrinking);
        try_plainer(&shrinking);
    } while (events->count < before);
    events_free(&shrinking.trial);
    return true;
}
