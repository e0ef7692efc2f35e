/* Check boxes: several of them may be ticked.  A whole row is touched.  (A single answer of several is a ROLE_CHOICE.)
 */
#ifndef KIOSK_UI_CHECK_H
#define KIOSK_UI_CHECK_H

#include "kiosk/ui/tree.h"

typedef struct Check {
    const char *id;
    const char *label; /* translated */
    const char *help;  /* a soft line below it; NULL or "": none */
    bool ticked, disabled;
    float height; /* mm at least; 0: 30 */
    Send send;    /* a touch turns it over: the application does */
} Check;

/* A card of its own with a box at the left.  Returned open-handed: the caller may still change style and state. */
Node *check_build(Tree *tree, const Check *check);

#endif
