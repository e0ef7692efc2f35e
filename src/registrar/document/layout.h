/* The flow of a paper's blocks down its pages: shared by layout.c and layout_table.c.  Millimetres from the page's top
 * left corner. */
#ifndef REGISTRAR_DOCUMENT_LAYOUT_H
#define REGISTRAR_DOCUMENT_LAYOUT_H

#include "base/file.h"
#include "registrar/document/body.h"
#include "registrar/document/sheet.h"

enum { OWN_NUMBER, OWN_CODE, OWN_ADDRESS, OWN_PAGE, OWN_PAGES, OWN_COUNT };

typedef struct Flow {
    Sheets *sheets;
    Typesetter *typesetter;
    Scope scope;
    struct ScopeOwn own[OWN_COUNT]; /* what scope.own points to */
    char number[24];                /* the number's placeholder */
    char page_text[12], pages_text[12];
    bool has_check; /* the first page's foot is taken */
    int page;
    double y;
} Flow;

/* Lowest line of text on this page. */
double flow_limit(const Flow *flow);
void flow_next_page(Flow *flow);
/* Turns the page unless height fits below y. */
void flow_need(Flow *flow, double height);

bool place_rule(Flow *flow, double x, double y, double width, double thickness_points, Error *err) MUST_USE;
/* Takes layout, also when it fails. */
bool place_layout(Flow *flow, PangoLayout *layout, double x, double y, Error *err) MUST_USE;
/* *ret is the caller's.  A word wider than width makes the paper not fit. */
bool set_markup(Flow *flow, StyleName style, const char *markup, double width, PangoAlignment align, PangoLayout **ret,
                Error *err) MUST_USE;
bool set_words(Flow *flow, StyleName style, const Words *words, double width, PangoAlignment align, PangoLayout **ret,
               Error *err) MUST_USE;
double layout_height(PangoLayout *layout);

bool lay_table(Flow *flow, const Block *block, Error *err) MUST_USE;

#endif
