/* Painting what changed: the list of things to draw is compared with the last picture's, and only where they differ is
 * painted. A thing that stands in both lists in the same order is unchanged, so painting the rectangles of all others
 * gives the same picture as painting everything. */
#ifndef KIOSK_UI_PAINT_H
#define KIOSK_UI_PAINT_H

#include "kiosk/ui/look.h"

#define PAINT_RECTS_MOST 32

typedef struct PaintItem {
    Rect seen;
    uint64_t hash;
} PaintItem;

typedef struct Painter {
    const Theme *theme;
    Text *text;
    Pictures *pictures;
    size_t count, last_count;
    PaintItem items[OPS_MOST], last[OPS_MOST];
    uint16_t slots[16384]; /* of the last picture's items, by hash */
    uint16_t next[OPS_MOST];
} Painter;

/* The next paint is whole; the last picture is wiped. */
void painter_forget(Painter *painter);
/* Compares with the last picture, which list becomes.  Returns how many rectangles, within glass, were written. */
int painter_compare(Painter *painter, const OpList *list, Rect glass, Rect rects[PAINT_RECTS_MOST]);
/* Draws all of list that is seen in rect. */
void painter_draw(Painter *painter, const OpList *list, const Canvas *canvas, Rect rect);

#endif
