/* Layout: rectangles for all nodes of a tree, in four walks over its array (widths up, widths down, heights up, heights
 * and places down), so that its cost grows with the number of nodes alone.  Reads nothing but tree, sizes and fonts.
 * Rules: LAYOUT.md. */
#ifndef KIOSK_UI_LAYOUT_H
#define KIOSK_UI_LAYOUT_H

#include "kiosk/ui/picture.h"
#include "kiosk/ui/text.h"

#define LAYOUT_LINES_MOST 3000

/* What layout knows of a node beyond its rect. */
typedef struct LayoutBox {
    int natural, piece;         /* width on one line; width of the widest piece */
    int need;                   /* height of what is in it */
    int least;                  /* height that it can do with: what scrolls inside it gives way */
    int own_natural, own_piece; /* the same of its own content: icon, label */
    int own_width, own_height;
    int label_height;
    int icon_size;        /* 0: none */
    uint16_t line, lines; /* of the label, in Layout.lines */
    uint16_t error_line, error_lines;
    Rect mark; /* radio of a CHOICE, segments of a PROGRESS, box of a FIELD */
    Rect icon; /* icon, picture or page */
    Rect label;
    Rect error;              /* words below a FIELD's box */
    int scroll, scroll_most; /* pixels that its children are moved up, now and at most */
    bool flat;               /* has `scroll`, but what is around it scrolls instead */
} LayoutBox;

/* Of a row, a column or a grid's rows, while it is shared out */
typedef struct LayoutItem {
    int base, least, most, size;
    float grow;
} LayoutItem;

typedef struct Layout {
    const Metrics *metrics;
    Text *text;
    Pictures *pictures;
    Tree *tree;
    size_t line_count;
    TextLine lines[LAYOUT_LINES_MOST];
    LayoutBox boxes[TREE_NODES_MOST];
    LayoutItem items[TREE_NODES_MOST + 1];
} Layout;

/* Writes rect, clip and cut of the tree's nodes.  All but tree stay borrowed until the next run. */
void layout_run(Layout *layout, Tree *tree, const Metrics *metrics, Text *text, Pictures *pictures);
/* Moves what is inside a scrolling node; offset is held within 0..scroll_most.  Returns whether anything moved. */
bool layout_scroll(Layout *layout, uint16_t index, int offset);

/* How the node's label (a FIELD's value) is set. */
TextLook layout_look(const Layout *layout, const Node *node);
TextRole layout_text_role(const Node *node);
/* A FIELD's label and error. */
TextLook layout_caption_look(const Layout *layout, const Node *node);
TextLook layout_error_look(const Layout *layout, const Node *node);

#endif
