/* The account of blanks as a page shows it.  Inside console/. */
#ifndef REGISTRAR_CONSOLE_BLANKS_VIEW_H
#define REGISTRAR_CONSOLE_BLANKS_VIEW_H

#include "registrar/console/desk.h"
#include "registrar/office/blanks.h"

#define BLANK_STATE_COUNT (BLANK_RETURNED + 1)

/* A text of the part's own that begins with "say.blanks."; "" where there is none. */
const char *say_blank(const Desk *desk, const char *id);
/* What is printed on a form of this kind, in words: the service's title; the kind itself where none is offered. */
const char *say_blank_kind(const Desk *desk, const Catalogue *catalogue, const char *kind);
/* Fills desk->view["kinds"]: those that services are printed on. */
void blanks_put_kinds(const Desk *desk, const Catalogue *catalogue);
/* Fills desk->view: "series", a row for each kind and series with how many are in each state; "holders", a row for each
 * person and kind. */
void blanks_put_account(const Desk *desk, const Catalogue *catalogue, const BlankAccount *account);

#endif
