/* How each role looks: from a laid out tree to a flat list of things to draw, back to front. */
#ifndef KIOSK_UI_LOOK_H
#define KIOSK_UI_LOOK_H

#include "kiosk/ui/layout.h"

typedef enum OpKind {
    OP_FILL,
    OP_BOX,
    OP_SHADOW,
    OP_STARS,
    OP_WORDS,
    OP_ICON,
    OP_ART,
    OP_PAGE,
    OP_LOGO,
    OP_VEIL,
    OP_FADE,
    OP_LINE
} OpKind;

/* One thing to draw.  Borrows words, name and page from the tree. */
typedef struct Op {
    OpKind kind;
    uint16_t node; /* whose it is; NODE_NONE: the glass's */
    Rect rect;     /* of the thing */
    Rect seen;     /* beyond this it draws nothing: the dirty rectangle when it changes */
    Pixel fill;    /* BOX: inside; WORDS, ICON: ink; SHADOW; STARS: ground */
    Pixel line;    /* BOX: border */
    int radius;
    int thickness; /* BOX: of the border, 0: none; LINE; VEIL: part of 255 */
    bool rises;    /* LINE: from the lower left corner; FADE: solid at its top */
    bool filled, dashed;
    TextLook look; /* WORDS */
    int baseline;  /* WORDS: pixels below rect.y */
    Str words;
    const char *name; /* ICON, ART */
    float mm;         /* ICON: its size, for its strokes */
    Blob *page;       /* PAGE, LOGO */
} Op;

#define OPS_MOST 6000

/* What children inherit. */
typedef struct LookInk {
    Pixel ink, under;
    bool on_brand;
    bool disabled; /* or inside of what is */
    Rect view;     /* what scrolling ancestors leave of the glass */
} LookInk;

typedef struct OpList {
    size_t count;
    Op ops[OPS_MOST];
    LookInk inks[TREE_NODES_MOST];
} OpList;

typedef struct LookNow {
    uint16_t pressed, focus; /* indexes, or NODE_NONE */
    bool left_handed;        /* scroll bars at the left */
} LookNow;

void look_build(OpList *list, const Layout *layout, const Theme *theme, const LookNow *now);

#endif
