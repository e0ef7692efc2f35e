/* What a template holds inside: read by template*.c, set by layout*.c.  Lengths are in millimetres from the page's top
 * left corner. */
#ifndef REGISTRAR_DOCUMENT_BODY_H
#define REGISTRAR_DOCUMENT_BODY_H

#include "registrar/document/template.h"
#include "registrar/document/words.h"

#define TEMPLATE_BYTES_MOST      (256u << 10)
#define TEMPLATE_BLOCKS_MOST     64
#define TEMPLATE_ROWS_MOST       64 /* of one list of pairs */
#define TEMPLATE_COLUMNS_MOST    12
#define TEMPLATE_CELLS_MOST      8 /* of one strip of figures */
#define TEMPLATE_SIGNATURES_MOST 6
#define TEMPLATE_PAGES_MOST      20
#define BLOCK_WORDS_MOST         4

/* A code of the largest version in modules of 0.508 mm, and what may stand on a page beside it. */
#define CODE_SIZE_LEAST 35.1
#define CODE_SIZE_MOST  46.0

/* What the code of a link holds: version 3 at the most, of modules that any phone reads. */
#define LINK_SCHEME    "https://"
#define LINK_HOST_MOST 32

typedef enum BlockKind {
    BLOCK_LETTERHEAD,
    BLOCK_NUMBER,
    BLOCK_HEADING,
    BLOCK_PARAGRAPH,
    BLOCK_NOTE,
    BLOCK_PAIRS,
    BLOCK_TABLE,
    BLOCK_FIGURES,
    BLOCK_FRACTION,
    BLOCK_SIGNATURE,
    BLOCK_SIGNATURES,
    BLOCK_STAMP,
    BLOCK_TURN,
    BLOCK_PANEL,
    BLOCK_BOX,
    BLOCK_PHOTO,
    BLOCK_LOGO,
    BLOCK_LINK,
    BLOCK_CHECK,
    BLOCK_FOOT,
    BLOCK_KIND_COUNT
} BlockKind;

/* Places of a block's words, by kind. */
enum { LETTERHEAD_MINISTRY, LETTERHEAD_NAME, LETTERHEAD_SECOND_NAME, LETTERHEAD_ADDRESS };
enum { NUMBER_LEFT, NUMBER_RIGHT, NUMBER_BLANK };
enum { HEADING_TITLE, HEADING_SUBTITLE, HEADING_SECOND };
enum { PARAGRAPH_TEXT };
enum { NOTE_TEXT };
enum { FRACTION_NAME, FRACTION_OVER, FRACTION_UNDER, FRACTION_RESULT };
enum { STAMP_TEXT };
enum { BOX_TEXT };
enum { PHOTO_NONE };
enum { LINK_ADDRESS, LINK_TEXT };
enum { CHECK_HEAD, CHECK_NOTE, CHECK_SECOND_NOTE };
enum { FOOT_LEFT, FOOT_CENTRE, FOOT_RIGHT };

/* Left out unless `present` has a value, and when `absent` has one.  Empty: no such condition. */
typedef struct Presence {
    Str present, absent;
} Presence;

typedef enum RowStyle { ROW_PLAIN, ROW_STRONG, ROW_FIGURES } RowStyle;

typedef struct PairRow {
    Words label, value;
    RowStyle style;
    bool wide; /* has a line of its own among two columns */
    Presence when;
} PairRow;

typedef struct Pairs {
    PairRow *rows;
    size_t count;
    int columns; /* 1 or 2 */
} Pairs;

typedef enum ColumnAlign { COLUMN_LEFT, COLUMN_RIGHT, COLUMN_FIGURES } ColumnAlign;

typedef struct Column {
    Words head, second, text; /* second: the other language, under the head */
    double width;
    ColumnAlign align;
} Column;

/* A strong line under a group or under all: words in some of the columns, each as wide as is left until the next. */
typedef struct SumLine {
    Words cells[TEMPLATE_COLUMNS_MOST];
    bool present;
} SumLine;

typedef struct Table {
    Str rows; /* which list of the values */
    Column *columns;
    size_t column_count;
    Str group;        /* the row's field; a group ends where its value changes; empty: no groups */
    Str group_rows;   /* a list with a record for each group, in the same order; empty: none */
    Words group_text; /* with fields of the group's first row and of its record */
    SumLine subtotal; /* with fields of the group's record and of the paper */
    SumLine total;    /* with fields of the paper */
    Words empty;      /* what stands there instead of rows */
    bool small;
} Table;

typedef struct FigureCell {
    Words label, value;
    Presence when;
} FigureCell;

typedef struct FigureStrip {
    FigureCell cells[TEMPLATE_CELLS_MOST];
    size_t count;
} FigureStrip;

typedef struct Signature {
    Words role, name, caption;
    Presence when;
} Signature;

typedef struct Signatures {
    Signature rows[TEMPLATE_SIGNATURES_MOST];
    size_t count;
} Signatures;

typedef enum PanelShade { PANEL_LIGHT, PANEL_BRAND, PANEL_LINE } PanelShade;
typedef enum BoxAlign { BOX_LEFT, BOX_CENTRE, BOX_RIGHT } BoxAlign;

/* A block at a place of its own: the text does not flow around it. */
typedef struct Placed {
    bool present;
    double x, y, width, height;
    double points; /* box: size of its type */
    bool strong;   /* box: in bold */
    PanelShade shade;
    BoxAlign align;
    Str image; /* photo: the field that holds it */
} Placed;

typedef struct Block {
    BlockKind kind;
    double at;                     /* never higher than this; 0: where the one before ends */
    Words words[BLOCK_WORDS_MOST]; /* by the kind's places */
    Presence when;
    bool plain; /* heading: a sentence, not spaced capitals */
    Placed placed;
    Pairs pairs;
    Table *table; /* owned, as the two below; NULL for other kinds */
    FigureStrip *figures;
    Signatures *signatures; /* also of the kind that has but one */
} Block;

typedef struct Body {
    bool present;
    const char *title;
    Block *blocks;
    size_t block_count;
} Body;

#define FIELD_NAME_MOST 64

/* A field that is shown in one language, with the conditions of the block and of the row it stands in. */
typedef struct FieldUse {
    char name[FIELD_NAME_MOST]; /* of a list's record: "results.rows.subject" */
    Language language;
    int block;
    bool shown; /* itself: of no list's record, and not for a condition or a picture alone */
    Presence guards[2];
    size_t guard_count;
} FieldUse;

typedef struct Sealed {
    SealField field;
    const char *value; /* name of the field whose value is sealed */
} Sealed;

struct Template {
    json_t *json; /* owns every text below */
    const char *id;
    const char *reg;
    char version[17];
    PageSize page;
    int pages_most;
    Sealed sealed[SEAL_FIELDS_MOST];
    size_t sealed_count;
    Body bodies[LANGUAGE_COUNT];
    FieldUse *uses;
    size_t use_count;
};

bool presence_holds(const Presence *when, const Scope *scope);

#endif
