/* One of many, with a search field over a list that scrolls: countries, districts, programmes.  The caller searches
 * (folded forms are no matter of pixels) and adds what was found; the chosen one is in sight when the list appears.
 *
 *     picklist_open(tree, &list);
 *     for each that was found: picklist_item(tree, &list, &item);
 *     picklist_close(tree, &list);
 *
 * The keyboard goes below it, as for any field being filled. */
#ifndef KIOSK_UI_PICKLIST_H
#define KIOSK_UI_PICKLIST_H

#include "kiosk/ui/tree.h"

typedef struct PickList {
    const char *id;    /* of the list that scrolls; the field is "<id>.search", its eraser "<id>.search.clear" */
    const char *label; /* over the field: what is searched */
    const char *hint;  /* in the empty field */
    const char *typed; /* so far; "": none */
    const char *clear; /* spoken: empties the field; its button is there while something is typed */
    const char *found; /* under the field: "14 of 208", or that nothing was found and what to do; NULL: nothing */
    bool none;         /* nothing was found: `found` stands in the list's place */
    bool filling;      /* typed text goes to the field */
    bool whole;        /* the list does not scroll by itself: what is around it does.  For low glasses */
    float item_height; /* mm at least; 0: 20 */
    float min_height;  /* mm of the list, below which it doesn't give way; 0: 50 */
    Send send_search;  /* a touch on the field, while it isn't filled */
    Send send_clear;
} PickList;

typedef struct PickItem {
    const char *id; /* of the ROLE_CHOICE */
    const char *label;
    const char *help; /* softly below; NULL: none */
    bool chosen;
    bool opens;        /* a touch leads on: a button, not a choice */
    Language language; /* of label and help */
    Send send;
} PickItem;

void picklist_open(Tree *tree, const PickList *list);
void picklist_item(Tree *tree, const PickList *list, const PickItem *item);
void picklist_close(Tree *tree, const PickList *list);

#endif
