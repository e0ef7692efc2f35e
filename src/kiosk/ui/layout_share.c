#include <math.h>

#include "kiosk/ui/layout_parts.h"

/* Gives growers their share of left; true when all got theirs within bounds, else one more round is due. */
static bool grow_round(LayoutItem *items, size_t count, float left, float weights)
{
    float given = 0;
    int start = 0;

    for (size_t i = 0; i < count; i++) {
        float share = weights > 0 ? left * items[i].grow / weights : 0;
        if (items[i].grow <= 0 || items[i].size >= 0)
            continue;
        if (share < (float)items[i].least || share > (float)items[i].most) {
            items[i].size = share < (float)items[i].least ? items[i].least : items[i].most;
            return false;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (items[i].grow <= 0 || items[i].size >= 0)
            continue;
        given += left * items[i].grow / weights; /* rounded as a sum, so that no pixel is lost */
        items[i].size = (int)lroundf(given) - start;
        start += items[i].size;
    }
    return true;
}

static void grow(LayoutItem *items, size_t count, int room)
{
    bool done = false;

    while (!done) {
        float weights = 0, left = (float)room;
        for (size_t i = 0; i < count; i++) {
            if (items[i].size >= 0)
                left -= (float)items[i].size;
            else
                weights += items[i].grow;
        }
        done = grow_round(items, count, left > 0 ? left : 0, weights);
    }
}

static void shrink(LayoutItem *items, size_t count, int missing)
{
    int able = 0;
    float taken = 0;
    int start = 0;

    for (size_t i = 0; i < count; i++)
        able += items[i].size > items[i].least ? items[i].size - items[i].least : 0;
    if (able == 0)
        return;
    for (size_t i = 0; i < count; i++) {
        int can = items[i].size > items[i].least ? items[i].size - items[i].least : 0;
        int take;
        taken += (float)can * fminf((float)missing / (float)able, 1);
        take = (int)lroundf(taken) - start;
        start += take;
        items[i].size -= take;
    }
}

void layout_share(LayoutItem *items, size_t count, int room)
{
    int sum = 0;

    for (size_t i = 0; i < count; i++) {
        int size = items[i].base < items[i].most ? items[i].base : items[i].most;
        items[i].size = items[i].grow > 0 ? -1 : size; /* -1: not given yet */
    }
    grow(items, count, room);
    for (size_t i = 0; i < count; i++)
        sum += items[i].size;
    if (sum > room)
        shrink(items, count, sum - room);
}
