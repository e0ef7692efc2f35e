/* The flow of a paper's blocks down its pages: shared by layout*.c.  Millimetres from the page's top left corner;
 * measures are those of the look's notes on paper. */
#ifndef REGISTRAR_DOCUMENT_LAYOUT_H
#define REGISTRAR_DOCUMENT_LAYOUT_H

#include "base/file.h"
#include "registrar/document/body.h"
#include "registrar/document/sheet.h"

#define LEFT        25.0
#define RIGHT       190.0
#define TEXT_WIDTH  (RIGHT - LEFT)
#define TOP         20.0
#define FOOT_Y      281.0
#define BOTTOM      276.0 /* the text's lowest line on a page without a check block */
#define CHECK_RULE  239.2
#define SIGNATURE_Y 231.0 /* foot of its line on a first page with room */

#define RULE_THICK  1.2 /* points */
#define RULE_END    0.9
#define RULE_OUTER  0.7
#define RULE_HALF   0.5
#define RULE_HAIR   0.35
#define RULE_INNER  0.25

enum { OWN_NUMBER, OWN_CODE, OWN_ADDRESS, OWN_PAGE, OWN_PAGES, OWN_COUNT };

typedef struct Flow {
    Sheets *sheets;
    Typesetter *typesetter;
    Scope scope;
    struct ScopeOwn own[OWN_COUNT]; /* what scope.own points to */
    char number[24];                /* the number's placeholder */
    char page_text[12], pages_text[12];
    bool has_check; /* the first page's foot is taken */
    const Body *body;
    size_t block;       /* that is being set */
    double tail;        /* flow_tail's answer for it; < 0: not asked yet */
    const Block *stamp; /* waits for the signature that it stands by; NULL: none */
    int page;
    int at_page; /* where `at` holds: the first one, or the one that a turn began */
    double y;
} Flow;

/* Lowest line of text on this page. */
double flow_limit(const Flow *flow);
void flow_next_page(Flow *flow);
/* Turns the page unless height fits below y. */
void flow_need(Flow *flow, double height);
/* Height of the signatures that follow the block that is being set, which its end keeps free below it, so that no
 * signature stands alone on a page.  0: none follow at once. */
double flow_tail(Flow *flow);
/* Text below the limit makes the paper not fit. */
void flow_check_low(Flow *flow);

bool place_rule(Flow *flow, double x, double y, double width, double thickness_points, Error *err) MUST_USE;
/* Takes layout, also when it fails. */
bool place_layout(Flow *flow, PangoLayout *layout, double x, double y, Error *err) MUST_USE;
/* *ret is the caller's.  A word wider than width makes the paper not fit. */
bool set_words(Flow *flow, StyleName style, const Words *words, double width, PangoAlignment align, PangoLayout **ret,
               Error *err) MUST_USE;
/* As set_words, of this size. */
bool set_words_sized(Flow *flow, const Placed *box, const Words *words, PangoAlignment align, PangoLayout **ret,
                     Error *err) MUST_USE;
/* Sets words at a place; *ret_bottom is where they end.  Without words nothing is set and *ret_bottom is y. */
bool place_words(Flow *flow, StyleName style, const Words *words, double x, double y, double width,
                 PangoAlignment align, double *ret_bottom, Error *err) MUST_USE;
double layout_height(PangoLayout *layout);
double layout_baseline(PangoLayout *layout);

bool lay_letterhead(Flow *flow, const Block *block, Error *err) MUST_USE;
bool lay_number(Flow *flow, const Block *block, Error *err) MUST_USE;
bool lay_heading(Flow *flow, const Block *block, Error *err) MUST_USE;
bool lay_paragraph(Flow *flow, StyleName style, const Words *words, Error *err) MUST_USE;
bool lay_pairs(Flow *flow, const Block *block, Error *err) MUST_USE;
bool lay_figures(Flow *flow, const Block *block, Error *err) MUST_USE;
bool lay_fraction(Flow *flow, const Block *block, Error *err) MUST_USE;
bool lay_table(Flow *flow, const Block *block, Error *err) MUST_USE;
bool lay_signatures(Flow *flow, const Block *block, Error *err) MUST_USE;
/* What signatures need on this page, with what waits for them; 0: none stand there. */
double signatures_room(Flow *flow, const Block *block, bool stamp);
bool lay_placed(Flow *flow, const Block *block, Error *err) MUST_USE;
/* A stamp's ring around this point. */
bool place_stamp(Flow *flow, const Words *words, double x, double y, Error *err) MUST_USE;
/* The address as a code, and words beside it. */
bool lay_link(Flow *flow, const Block *block, Error *err) MUST_USE;
bool lay_check(Flow *flow, const Block *block, Error *err) MUST_USE;
/* On this page of the flow. */
bool lay_foot(Flow *flow, const Block *block, Error *err) MUST_USE;

#endif
