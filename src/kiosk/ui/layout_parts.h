/* Between the files of layout alone: pads, own content, and sharing of room. */
#ifndef KIOSK_UI_LAYOUT_PARTS_H
#define KIOSK_UI_LAYOUT_PARTS_H

#include <limits.h>

#include "kiosk/ui/layout.h"

#define MM_RADIO         12.0F
#define MM_RADIO_GAP     7.0F
#define MM_FIELD         26.0F
#define MM_FIELD_PAD     7.0F
#define MM_FIELD_GAP     3.0F /* label to box, box to error */
#define MM_SEGMENT       28.0F
#define MM_SEGMENT_HIGH  2.5F
#define MM_SEGMENT_GAP   2.0F
#define MM_SEGMENT_LABEL 4.0F
#define MM_ICON          10.0F
#define MM_ICON_ROW      3.5F
#define MM_ICON_COLUMN   0.5F /* to the line's box: 1.5 to its letters */

typedef struct Pads {
    int top, right, bottom, left;
} Pads;

int layout_px(const Layout *layout, float mm);
/* With the room of a CHOICE's radio; a FIELD's are those of its box. */
Pads layout_pads(const Layout *layout, const Node *node);
Rect layout_inside(const Layout *layout, const Node *node);
LayoutBox *layout_box(Layout *layout, const Node *node);
bool layout_has_radio(const Node *node);
bool layout_is_leaf(const Node *node);
/* Whether its own content stands in the middle by itself. */
bool layout_centres(const Node *node);
bool layout_has_own(const LayoutBox *box);

/* Height for a width of 1 of an IMAGE's page or picture; 0 for all else. */
float layout_aspect(Layout *layout, const Node *node);

/* The three steps of own content: its widths, its height at own_width, its parts within the area. */
void layout_measure_own(Layout *layout, Node *node);
void layout_wrap_own(Layout *layout, Node *node, int width);
void layout_place_own(Layout *layout, Node *node, Rect area);

/* Shares room among items: growers take what is left, counted from nothing and within least and most; when there is too
 * little, all give way by what they can. */
void layout_share(LayoutItem *items, size_t count, int room);

#endif
