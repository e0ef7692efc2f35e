/* A page's template taken apart: a flat list of pieces. */
#ifndef REGISTRAR_API_PAGE_TEMPLATE_H
#define REGISTRAR_API_PAGE_TEMPLATE_H

#include "registrar/api/page_texts.h"
#include "registrar/api/pages.h"
#include "registrar/api/view_assets.h"

#define TEXT_VALUES_MOST 2

typedef enum PieceKind {
    PIECE_WORDS, /* as they stand */
    PIECE_VALUE,
    PIECE_TEXT,
    PIECE_WHEN,   /* skips to end unless the value is there */
    PIECE_UNLESS, /* skips to end when it is */
    PIECE_EACH,   /* what stands before end, once for each language */
} PieceKind;

typedef struct Piece {
    PieceKind kind;
    Str words; /* borrowed from the template's source */
    PageSlot slot;
    Str name;    /* of a view's value, in the slot's place; borrowed likewise */
    size_t text; /* index in PageTexts */
    PageSlot values[TEXT_VALUES_MOST];
    Str names[TEXT_VALUES_MOST]; /* of a view, in their place */
    size_t value_count;
    size_t end; /* index of the piece behind the section */
} Piece;

typedef struct PageTemplate {
    Buf source; /* with what it includes */
    Piece *pieces;
    size_t count, room;
    char policy[512];
} PageTemplate;

/* Reads folder/file with what it includes; marks the texts that it uses.  brand takes the place of the product's own
 * colour in styles and marks; 0: it stays.  assets: the page is a view (views.h), which names these; NULL: it is none.
 */
bool page_template_load(const char *folder, const char *file, Rgb brand, PageTexts *texts, const ViewAssets *assets,
                        PageTemplate *ret, Error *err) MUST_USE;
void page_template_fini(PageTemplate *template);
/* The product's own colour in bytes becomes brand ("#0B4F5C"); "": nothing does. */
void page_put_brand(const char *brand, Buf *bytes);

#endif
