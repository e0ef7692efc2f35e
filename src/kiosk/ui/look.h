/* How each role looks: from a laid out tree to a flat list of things to draw, back to front. */
#ifndef KIOSK_UI_LOOK_H
#define KIOSK_UI_LOOK_H

#include "kiosk/ui/layout.h"

typedef enum OpKind { OP_FILL, OP_BOX, OP_SHADOW, OP_STARS, OP_WORDS, OP_ICON, OP_ART, OP_PAGE } OpKind;

/* One thing to draw.  Borrows words, name and page from the tree. */
typedef struct Op {
    OpKind kind;
    Rect rect;  /* of the thing */
    Rect seen;  /* beyond this it draws nothing: the dirty rectangle when it changes */
    Pixel fill; /* BOX: inside; WORDS, ICON: ink; SHADOW; STARS: ground */
    Pixel line; /* BOX: border */
    int radius;
    int thickness; /* BOX: of the border, 0: none */
    bool filled, dashed;
    TextLook look; /* WORDS */
    int baseline;  /* WORDS: pixels below rect.y */
    Str words;
    const char *name; /* ICON, ART */
    float mm;         /* ICON: its size, for its strokes */
    Blob *page;       /* PAGE */
} Op;

#define OPS_MOST 6000

/* What children inherit. */
typedef struct LookInk {
    Pixel ink, under;
    bool on_brand;
    Rect view; /* what scrolling ancestors leave of the glass */
} LookInk;

typedef struct OpList {
    size_t count;
    Op ops[OPS_MOST];
    LookInk inks[TREE_NODES_MOST];
} OpList;

/* pressed, focus: indexes, or NODE_NONE. */
void look_build(OpList *list, const Layout *layout, const Theme *theme, uint16_t pressed, uint16_t focus);

#endif
