/* One service on home: a row, or the card of the only one. */
#ifndef KIOSK_SCREENS_OFFER_H
#define KIOSK_SCREENS_OFFER_H

#include "kiosk/screens/parts.h"

typedef enum OfferKind {
    OFFER_SMALL, /* its title, and where there is room what it is for */
    OFFER_ROW,   /* both, with a plate */
    OFFER_LARGE  /* the same, where there are few */
} OfferKind;

/* index: in the catalogue.  terse: without what it is for; why not is said all the same. */
void offer_row(Page *page, size_t index, OfferKind kind, bool terse);
/* The line under its name: what it is for, or why it is not for this student. */
const char *offer_words(Page *page, const Service *service);
/* With its picture and with what one wants to know before touching it.  above: height in mm of what shares the content
 * that is in sight with it. */
void offer_card(Page *page, size_t index, float above);

#endif
