/* What a template holds inside: read by template.c, set by layout.c.  Lengths are in millimetres from the sheet's top
 * left corner. */
#ifndef REGISTRAR_DOCUMENT_BODY_H
#define REGISTRAR_DOCUMENT_BODY_H

#include "registrar/document/template.h"
#include "registrar/document/words.h"

#define TEMPLATE_BYTES_MOST   (256u << 10)
#define TEMPLATE_BLOCKS_MOST  64
#define TEMPLATE_ROWS_MOST    64 /* of one list of pairs */
#define TEMPLATE_COLUMNS_MOST 12
#define TEMPLATE_PAGES_MOST   20
#define BLOCK_WORDS_MOST      4

typedef enum BlockKind {
    BLOCK_LETTERHEAD,
    BLOCK_NUMBER,
    BLOCK_HEADING,
    BLOCK_PARAGRAPH,
    BLOCK_PAIRS,
    BLOCK_TABLE,
    BLOCK_SIGNATURE,
    BLOCK_CHECK,
    BLOCK_FOOT,
    BLOCK_KIND_COUNT
} BlockKind;

/* Places of a block's words, by kind. */
enum { LETTERHEAD_MINISTRY, LETTERHEAD_NAME, LETTERHEAD_SECOND_NAME, LETTERHEAD_ADDRESS };
enum { NUMBER_LEFT, NUMBER_RIGHT };
enum { HEADING_TITLE, HEADING_SUBTITLE, HEADING_SECOND };
enum { PARAGRAPH_TEXT };
enum { SIGNATURE_ROLE, SIGNATURE_NAME, SIGNATURE_CAPTION };
enum { CHECK_HEAD, CHECK_NOTE, CHECK_SECOND_NOTE };
enum { FOOT_LEFT, FOOT_CENTRE, FOOT_RIGHT };

typedef enum RowStyle { ROW_PLAIN, ROW_STRONG, ROW_FIGURES } RowStyle;

/* Left out unless `present` has a value, and when `absent` has one.  Empty: no such condition. */
typedef struct Presence {
    Str present, absent;
} Presence;

typedef struct PairRow {
    Words label, value;
    RowStyle style;
    Presence when;
} PairRow;

typedef enum ColumnAlign { COLUMN_LEFT, COLUMN_RIGHT, COLUMN_FIGURES } ColumnAlign;

typedef struct Column {
    Words head, second, text; /* second: the other language, under the head */
    double width;
    ColumnAlign align;
} Column;

typedef struct Block {
    BlockKind kind;
    double at;                     /* never higher than this; 0: where the one before ends */
    Words words[BLOCK_WORDS_MOST]; /* by the kind's places */
    Presence when;
    bool plain;     /* heading: a sentence, not spaced capitals */
    Str rows_field; /* table: which list of the values */
    PairRow *rows;
    size_t row_count;
    Column *columns;
    size_t column_count;
} Block;

typedef struct Body {
    bool present;
    const char *title;
    Block *blocks;
    size_t block_count;
} Body;

typedef struct Sealed {
    SealField field;
    const char *value; /* name of the field whose value is sealed */
} Sealed;

struct Template {
    json_t *json; /* owns every text below */
    const char *id;
    const char *reg;
    char version[17];
    int pages_most;
    Sealed sealed[SEAL_FIELDS_MOST];
    size_t sealed_count;
    Body bodies[LANGUAGE_COUNT];
};

bool presence_holds(const Presence *when, const Scope *scope);

#endif
