/* Between the files of layout alone: pads, own content, and sharing of room. */
#ifndef KIOSK_UI_LAYOUT_PARTS_H
#define KIOSK_UI_LAYOUT_PARTS_H

#include <limits.h>

#include "kiosk/ui/layout.h"

#define MM_MARK          12.0F
#define MM_MARK_GAP      7.0F
#define MM_FIELD         26.0F
#define MM_FIELD_PAD     7.0F
#define MM_FIELD_GAP     3.0F /* label to box, box to error */
#define MM_SEGMENT       28.0F
#define SEGMENTS_WIDE    4 /* of that width: more of them share their room */
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
/* Those in the flow; what lies over it is placed by itself. */
#define EACH_CHILD(layout, node, child)                                                                                \
    for (Node *child = flowing_at(layout, (node)->first); child; child = flowing_at(layout, child->next))

static inline Node *node_at(const Layout *layout, uint16_t index)
{
    return index == NODE_NONE ? NULL : tree_at(layout->tree, index);
}

static inline Node *flowing_at(const Layout *layout, uint16_t index)
{
    Node *node = node_at(layout, index);

    while (node && node->style.over)
        node = node_at(layout, node->next);
    return node;
}

static inline int larger(int a, int b)
{
    return a > b ? a : b;
}

static inline int smaller(int a, int b)
{
    return a < b ? a : b;
}

static inline int most_or_any(const Layout *layout, float mm)
{
    return mm > 0 ? layout_px(layout, mm) : INT_MAX;
}

static inline unsigned columns_of(const Node *node)
{
    return node->style.columns > 1 ? node->style.columns : 1;
}

/* A box that flows like a column: also that of a grid with one column. */
static inline bool is_grid(const Node *node)
{
    return node->style.columns > 1;
}

static inline bool is_row(const Node *node)
{
    return node->style.axis == AXIS_ROW && !is_grid(node);
}

/* With the room of a CHOICE's or CHECK's mark; a FIELD's are those of its box. */
Pads layout_pads(const Layout *layout, const Node *node);
Rect layout_inside(const Layout *layout, const Node *node);
LayoutBox *layout_box(Layout *layout, const Node *node);
/* A CHOICE's radio or a CHECK's box. */
bool layout_has_mark(const Node *node);
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

/* Places what is inside a node whose own rect is known. */
void layout_place(Layout *layout, Node *node);
/* What has to scroll as a whole has nothing that scrolls inside of it: heights of what is inside, anew. */
void layout_flatten(Layout *layout, Node *outer);
/* What scrolling ancestors leave of it. */
void layout_clip(Layout *layout, Node *node);
/* Marks what does not fit into its parent. */
void layout_check(Layout *layout, Node *node);

/* How far below its top a node's first line stands; its whole height where it has none. */
int layout_baseline_of(Layout *layout, const Node *node);
/* The lowest of its children's. */
int layout_baseline(Layout *layout, const Node *node);

/* Shares room among items: growers take what is left, counted from nothing and within least and most; when there is too
 * little, all give way by what they can. */
void layout_share(LayoutItem *items, size_t count, int room);

#endif
