/* The tree of nodes that a screen is: what is laid out, drawn, touched, walked by focus, spoken, driven by scripts and
 * checked by tests. Nothing is drawn that is not a node, so nothing is drawn that cannot be spoken. A flat array in an
 * arena; texts that a screen makes on the way live in it too, until tree_clear.  ui knows nothing of students. */
#ifndef KIOSK_UI_TREE_H
#define KIOSK_UI_TREE_H

#include "base/blob.h"
#include "base/language.h"

#define TREE_NODES_MOST 800
#define TREE_TEXT_MOST  (256u << 10)
#define NODE_ID_SIZE    64
#define NODE_NONE       UINT16_MAX

typedef enum Role {
    ROLE_GROUP, /* only holds others; not spoken */
    ROLE_HEADING,
    ROLE_TEXT,
    ROLE_BUTTON,
    ROLE_CHOICE,   /* one of several: spoken with "2 of 6", NODE_CHOSEN */
    ROLE_FIELD,    /* label = what is asked, value = what was typed */
    ROLE_KEY,      /* of a keyboard on the glass */
    ROLE_IMAGE,    /* label says what it shows; "" for decoration, which is not spoken */
    ROLE_PROGRESS, /* value "2/3" */
    ROLE_STATUS,   /* spoken when it changes */
    ROLE_ALERT,    /* spoken at once */
    ROLE_CHECK,    /* a box that is ticked or not, beside others: NODE_CHOSEN */
    ROLE_TAB,      /* one of several pages: spoken with "2 of 3", NODE_CHOSEN */
    ROLE_ROW,      /* of a table: `said` is its sentence, what is inside is drawn only */
    ROLE_CHART,    /* `said` tells it in words, what is inside is drawn only */
    ROLE_DIALOG,   /* while it is there, nothing else is touched, focused or left */
    ROLE_COUNT
} Role;

typedef enum NodeState {
    NODE_DISABLED = 1 << 0,
    NODE_CHOSEN = 1 << 1,
    NODE_FILLING = 1 << 2, /* the field that typed text goes to */
    NODE_SECRET = 1 << 3,  /* value is drawn and spoken as dots or stars */
    NODE_FAULTY = 1 << 4,  /* why stands in "error" */
    NODE_MAIN = 1 << 5,    /* the screen's one main action: Enter on no other control */
    NODE_LEAVE = 1 << 6,   /* what Escape means here */
    NODE_PEEK = 1 << 7     /* the last letter of a secret is drawn as it is; never spoken, never printed */
} NodeState;

/* What a touch means, in the application's words.  Opaque here; act 0: nothing. */
typedef struct Send {
    uint16_t act, arg;
} Send;

/* Roles of the theme; their values are in kiosk/themes. */
typedef enum Colour {
    COLOUR_NONE,
    COLOUR_GROUND,
    COLOUR_SURFACE,
    COLOUR_INK,
    COLOUR_INK_SOFT,
    COLOUR_LINE,
    COLOUR_EDGE,
    COLOUR_BRAND,
    COLOUR_BRAND_DEEP,
    COLOUR_BRAND_LINE,
    COLOUR_ON_BRAND,
    COLOUR_TINT,
    COLOUR_GOOD,
    COLOUR_GOOD_TINT,
    COLOUR_WARN,
    COLOUR_WARN_TINT,
    COLOUR_BAD,
    COLOUR_BAD_TINT,
    COLOUR_FOCUS,
    COLOUR_BED,   /* under the keyboard */
    COLOUR_PAPER, /* white in every theme */
    COLOUR_WALL,  /* the whole glass where nobody works: the resting screen, "still there?" */
    COLOUR_ON_WALL,
    COLOUR_COUNT
} Colour;

/* By the height of capitals; millimetres, weights and lines are in metrics.c. */
typedef enum TextRole {
    TEXT_BODY,
    TEXT_CAPTION,
    TEXT_HEADING,
    TEXT_TITLE,
    TEXT_DISPLAY,
    TEXT_HERO,
    TEXT_PAD,
    TEXT_KEY,
    TEXT_COUNTDOWN,
    TEXT_ROLE_COUNT
} TextRole;

typedef enum Weight { WEIGHT_OF_ROLE, WEIGHT_REGULAR, WEIGHT_MEDIUM, WEIGHT_SEMIBOLD, WEIGHT_BOLD } Weight;
typedef enum Axis { AXIS_COLUMN, AXIS_ROW, AXIS_STACK /* children over each other, each the whole inside */ } Axis;
typedef enum Align { ALIGN_START, ALIGN_CENTRE, ALIGN_END, ALIGN_STRETCH, ALIGN_BASELINE /* of a row's words */ } Align;
typedef enum Justify { JUSTIFY_START, JUSTIFY_CENTRE, JUSTIFY_END, JUSTIFY_BETWEEN } Justify;

/* All zero is: a column as high as its content and as wide as its parent gives, no fill, body text in ink.
 * Lengths are millimetres; px fields are device pixels (hairlines).  How each role uses it: LAYOUT.md. */
typedef struct Style {
    Axis axis;
    Align align;         /* of children across the axis; in a column ALIGN_START makes them as wide as the inside */
    Justify justify;     /* along it */
    float width, height; /* 0: by content or parent; height is a least where content needs more */
    float min_width, min_height, max_width, max_height;
    float grow; /* share of what is left along the parent's axis */
    float gap;  /* between children */
    float pad_top, pad_right, pad_bottom, pad_left;
    unsigned columns; /* >1: children fill a grid of equal columns, row by row */
    bool fold;        /* of a grid: fewer columns where its longest word has no room in one */
    bool reverse;     /* of a row: its children from right to left */
    float corner;
    Colour fill, border;
    unsigned border_px; /* 0 with a border colour: 3 */
    bool dashed;
    bool shadow; /* the card's; an outline in the contrast theme */
    TextRole text;
    Weight weight;
    Colour ink; /* COLOUR_NONE: inherited, at the root COLOUR_INK */
    Align text_align;
    unsigned lines_most;   /* 0: any; text over it is a layout fault that tests report, never silently cut */
    bool tabular;          /* digits in equal cells */
    float text_scale_most; /* the words grow no further than this, whatever the text size; 0: as far as it says.  For
                            * keys, whose room does not grow */
    bool scroll;           /* children may be taller than this: dragged, with a bar */
    bool ornament;         /* the star lattice of the attract screen as background */
    bool over;             /* lies over its parent's whole rect, outside of the flow (dialogs) */
    bool veil;             /* darkens what is below it */
    const float *weights;  /* of a grid with columns > 1: their widths' proportion; not copied; NULL: equal */
    float icon_size;       /* mm, for icon; 0: 10 */
} Style;

typedef struct Rect {
    int x, y, w, h; /* pixels */
} Rect;

typedef struct Node {
    char id[NODE_ID_SIZE]; /* stable: "sign-in.number"; "" for those that nobody names */
    Role role;
    unsigned state;    /* NodeState bits */
    const char *label; /* in the arena, never NULL; drawn for all roles but GROUP and IMAGE */
    const char *value; /* FIELD, PROGRESS; never NULL */
    const char *hint;  /* FIELD: drawn softly while value is empty; never NULL */
    const char *error; /* NODE_FAULTY: drawn below the FIELD's box, spoken with it; never NULL */
    const char *said;  /* spoken instead of the label and of all that is inside; never NULL, "": those are spoken */
    const char *icon;  /* file of assets/icons without ".svg"; NULL: none */
    bool icon_after;   /* of a row: after the label instead of before it */
    Blob *image;       /* PNG for IMAGE, kept by the tree; NULL: none */
    const float *line; /* CHART: heights 0..1 of points in equal columns, joined by a line; in the arena; NULL: none */
    uint16_t line_points;
    Language language; /* of label and value, for speech and shaping */
    Send send;
    Style style;
    uint16_t parent, first, last, next; /* NODE_NONE at the ends */
    Rect rect;                          /* by layout; clip is what its scrolling parents leave of it */
    Rect clip;
    bool cut; /* by layout: text or content did not fit */
} Node;

typedef struct Tree Tree;

Tree *tree_new(Error *err) MUST_USE;
void tree_free(Tree *tree);
OWNED_BY(Tree, tree_free)
/* Wipes all texts and begins anew; language: of what follows. */
void tree_clear(Tree *tree, Language language);

/* Opens a node as the last child of the open one; what follows goes inside until tree_close.  The node stays valid
 * until tree_clear. id may be NULL.  label is copied.  Over the named maxima nothing is added and tree_failed tells. */
Node *tree_open(Tree *tree, Role role, const char *id, const char *label, Style style);
void tree_close(Tree *tree);
/* A node without children. */
Node *tree_leaf(Tree *tree, Role role, const char *id, const char *label, Style style);
/* Copies of text in the arena. */
const char *tree_text(Tree *tree, const char *text);
const char *tree_format(Tree *tree, const char *format, ...) PRINTF_LIKE(2, 3);
/* A copy of numbers in the arena; NULL when there is no room. */
const float *tree_numbers(Tree *tree, const float *numbers, size_t count);
void tree_set_image(Tree *tree, Node *node, Blob *image);
bool tree_failed(const Tree *tree);

size_t tree_count(const Tree *tree);
Node *tree_at(const Tree *tree, size_t index); /* 0 is the root; parents stand before children */
uint16_t tree_index(const Tree *tree, const Node *node);
/* By id; NULL when there is none. */
Node *tree_find(const Tree *tree, const char *id);
/* A control: has something to send and is not disabled. */
bool node_is_control(const Node *node);
/* The node that alone can be touched and focused with all that is inside: the last ROLE_DIALOG, else the root. */
uint16_t tree_scope(const Tree *tree);
bool tree_is_inside(const Tree *tree, uint16_t index, uint16_t around);
/* Lines "role id "label" = value [state] rect", indented: for a failed expectation, and "tree FILE" of scripts.
 * Secrets as stars. */
void tree_print(const Tree *tree, Buf *buf);
/* Appends text as one line: stars for a secret, as many as it has characters; line ends as spaces. */
void tree_words(Buf *buf, const char *text, bool secret);
/* "2 of 6": the node's place among those of its role and parent (CHOICE, CHECK, TAB); false for all else. */
bool tree_place(const Tree *tree, const Node *node, unsigned *ret_place, unsigned *ret_all);
/* All words as they would be spoken, a line each, in order; of a dialog alone while there is one. */
void tree_speech(const Tree *tree, Buf *buf);

#endif
