#include "registrar/office/tallies.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define SLOTS (2 * TALLIES_MOST) /* a power of two */
static_assert((SLOTS & (SLOTS - 1)) == 0, "slots are masked");

bool tallies_init(Tallies *tallies, TallyList *list, Error *err)
{
    *list = (TallyList){ .rows = mem_new(TALLIES_MOST, sizeof *list->rows), .room = TALLIES_MOST };
    *tallies = (Tallies){ .list = list, .slots = mem_new(SLOTS, sizeof *tallies->slots) };
    return (list->rows && tallies->slots) || error_set(err, ERR_MEMORY, "tallies");
}

void tallies_clear(Tallies *tallies)
{
    memset(tallies->list->rows, 0, tallies->list->room * sizeof *tallies->list->rows);
    memset(tallies->slots, 0, SLOTS * sizeof *tallies->slots);
    tallies->list->count = 0;
}

/* FNV-1a. */
static size_t hash(Str key)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < key.len; i++)
        hash = (hash ^ (uint8_t)key.ptr[i]) * 16777619u;
    return hash;
}

Tally *tallies_of(Tallies *tallies, Str key)
{
    TallyList *list = tallies->list;
    size_t at = hash(key) & (SLOTS - 1);

    while (tallies->slots[at]) {
        TallyRow *row = &list->rows[tallies->slots[at] - 1];

        if (str_equal_text(key, row->key))
            return &row->tally;
        at = (at + 1) & (SLOTS - 1);
    }
    if (key.len > 0 && (list->count >= list->room - 1 || key.len >= STATISTICS_KEY_SIZE))
        return tallies_of(tallies, STR("")); /* whose place is kept */
    str_copy_cut(key, list->rows[list->count].key, STATISTICS_KEY_SIZE);
    tallies->slots[at] = (uint16_t)++list->count;
    return &list->rows[list->count - 1].tally;
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const TallyRow *)a)->key, ((const TallyRow *)b)->key);
}

void tallies_end(Tallies *tallies)
{
    if (tallies->list && tallies->list->rows && tallies->slots)
        qsort(tallies->list->rows, tallies->list->count, sizeof *tallies->list->rows, by_key);
    mem_free(tallies->slots);
    tallies->slots = NULL;
}
