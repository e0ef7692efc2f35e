/* A dialog over the darkened screen.  While it is there only what is in it is touched, focused, spoken and left: Escape
 * activates its control that is NODE_LEAVE.  Add it as the last child of the root (after the frame was closed).
 *
 *     dialog_open(tree, &(Dialog){ .id = "withdraw", .title = ..., .icon = "warn", .ink = COLOUR_WARN });
 *     ... words, fields: scrolls, its title too, when it is higher than the glass lets it ...
 *     dialog_actions(tree, &dialog);
 *     ... buttons, the way back first; they stand in a row ...
 *     dialog_close(tree); */
#ifndef KIOSK_UI_DIALOG_H
#define KIOSK_UI_DIALOG_H

#include "kiosk/ui/tree.h"

typedef struct Dialog {
    const char *id;    /* of the ROLE_DIALOG node; its body is "<id>.body" */
    const char *title; /* translated */
    const char *icon;  /* NULL: none */
    Colour ink;        /* of the icon; COLOUR_NONE: brand */
    float width;       /* mm at most; 0: 240 */
    bool low;          /* stands at the bottom, in reach, instead of in the middle */
    bool stacked;      /* actions below each other: large text, narrow glass */
    bool large;        /* as high as the glass lets it, for lists and sheets */
} Dialog;

/* The ROLE_DIALOG node; what follows is its body. */
Node *dialog_open(Tree *tree, const Dialog *dialog);
void dialog_actions(Tree *tree, const Dialog *dialog);
void dialog_close(Tree *tree);

#endif
