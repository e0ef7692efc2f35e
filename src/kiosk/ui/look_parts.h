/* Between the files of look alone: what is being drawn, and the pieces it is drawn of. */
#ifndef KIOSK_UI_LOOK_PARTS_H
#define KIOSK_UI_LOOK_PARTS_H

#include "kiosk/ui/layout_parts.h"
#include "kiosk/ui/look.h"

#define PX_EDGE      3  /* borders; tokens of the look, "Lines" */
#define PX_STRONG    5  /* focus, field being filled */
#define PRESSED_PART 34 /* of 255: how much darker a pressed surface is */

typedef struct Look {
    OpList *list;
    const Layout *layout;
    const Theme *theme;
    const Node *node;
    const LayoutBox *box;
    LookInk inherited, own;
    Colour fill, border;
    bool pressed;
} Look;

int look_px(const Look *look, float mm);
Pixel look_colour(const Look *look, Colour role);
Pixel look_ink(const Look *look);

/* Adds what is seen of a thing. */
void look_emit(Look *look, Op op);
void look_box(Look *look, Rect rect, int radius, Pixel fill);
void look_ring(Look *look, Rect rect, int radius, int thickness, Pixel line);
void look_shadow(Look *look, Rect rect, int radius);
void look_icon(Look *look, Rect rect, const char *name, Pixel ink);
/* rect: the line's box, as wide as its words.  bounds: what cuts it off. */
void look_words(Look *look, Rect rect, Rect bounds, const TextLook *set, TextRole role, Str words, Pixel ink);
/* Lines of the layout, below each other. */
void look_lines(Look *look, size_t first, size_t count, Rect area, const TextLook *set, TextRole role, Align align,
                Pixel ink);

/* What roles draw beside box and label. */
void look_field(Look *look);
void look_mark(Look *look);  /* of a CHOICE or CHECK, at the left */
void look_check(Look *look); /* of a chosen one with an icon, in the corner */
void look_tab(Look *look);
void look_progress(Look *look);
void look_line(Look *look); /* of a CHART */
void look_focus(Look *look);
/* Bar and soft edges of what scrolls; under: its ground. */
void look_scroller(Look *look, Pixel under, bool left_handed);

#endif
