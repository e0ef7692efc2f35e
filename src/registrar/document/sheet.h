/* Sheets: everything that stands on a paper's pages, in drawing order, before anything is drawn.  Lengths in points.
 * One layout serves all: it is counted, hashed, and drawn as PDF and as pixels. */
#ifndef REGISTRAR_DOCUMENT_SHEET_H
#define REGISTRAR_DOCUMENT_SHEET_H

#include "registrar/document/body.h"
#include "registrar/document/document.h"
#include "registrar/document/emblem.h"
#include "registrar/document/typeset.h"

#define MODULE    MM(0.508) /* 12 dots at 600 dpi, 6 at 300: a code is drawn in whole printer dots */
#define CODE_SIDE 61        /* modules of the version aimed at: the placeholder's size */

typedef enum ItemKind {
    ITEM_TEXT,
    ITEM_RULE,
    ITEM_FRAME, /* a line inside the edge of its rectangle */
    ITEM_RING,  /* likewise, round */
    ITEM_PANEL,
    ITEM_EMBLEM,
    ITEM_PICTURE,
    ITEM_CODE,
} ItemKind;

typedef struct Item {
    ItemKind kind;
    bool white; /* text: over a dark panel */
    int page;
    double x, y;
    double width, height;     /* of all but text; a code: 0 for modules of the usual size */
    double thickness;         /* frame, ring */
    PanelShade shade;         /* panel */
    PangoLayout *layout;      /* text; owned */
    cairo_surface_t *picture; /* owned */
    Qr *code;                 /* a code of its own, owned; NULL: the paper's */
} Item;

typedef struct Sheets {
    Item *items;
    size_t count, room;
    PageSize page;
    int pages;
    bool fits;
    Emblem *emblem; /* NULL: none */
} Sheets;

/* Takes item's layout, picture and code, also when it fails. */
bool sheets_add(Sheets *sheets, Item item, Error *err) MUST_USE;
void sheets_fini(Sheets *sheets);

/* Sets every block of the template in input's language. */
bool sheets_lay_out(const DocumentInput *input, Sheets *ret, Error *err) MUST_USE;
/* Over all text, page by page, in drawing order. */
bool sheets_text_hash(const Sheets *sheets, uint8_t ret[SEAL_HASH_SIZE], Error *err) MUST_USE;

/* In points from the page's top left corner.  qr NULL: a ghost of the same size. */
void sheets_draw(const Sheets *sheets, int page, const Qr *qr, cairo_t *cairo);
/* Words across the page that say that it is none. */
bool sheets_draw_watermark(const Sheets *sheets, Typesetter *typesetter, const char *words, cairo_t *cairo,
                           Error *err) MUST_USE;
double sheets_width(const Sheets *sheets); /* points */
double sheets_height(const Sheets *sheets);

#define OWNED_SHEETS __attribute__((cleanup(sheets_fini))) Sheets

#endif
