/* A page's template taken apart: a flat list of pieces. */
#ifndef REGISTRAR_API_PAGE_TEMPLATE_H
#define REGISTRAR_API_PAGE_TEMPLATE_H

#include "registrar/api/page_texts.h"
#include "registrar/api/pages.h"

#define TEXT_VALUES_MOST 2

typedef enum PieceKind {
    PIECE_WORDS, /* as they stand */
    PIECE_VALUE,
    PIECE_TEXT,
    PIECE_WHEN,   /* skips to end unless the value is there */
    PIECE_UNLESS, /* skips to end when it is */
} PieceKind;

typedef struct Piece {
    PieceKind kind;
    Str words; /* borrowed from the template's source */
    PageSlot slot;
    size_t text; /* index in PageTexts */
    PageSlot values[TEXT_VALUES_MOST];
    size_t value_count;
    size_t end; /* index of the piece behind the section */
} Piece;

typedef struct PageTemplate {
    Buf source; /* with what it includes */
    Piece *pieces;
    size_t count, room;
    char policy[512];
} PageTemplate;

/* Reads folder/file with what it includes; marks the texts that it uses. */
bool page_template_load(const char *folder, const char *file, PageTexts *texts, PageTemplate *ret, Error *err) MUST_USE;
void page_template_fini(PageTemplate *template);

#endif
