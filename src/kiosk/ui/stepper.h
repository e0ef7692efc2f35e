/* A small number with "less" and "more" beside it: copies, volume.  At an end its button is disabled and said to be. */
#ifndef KIOSK_UI_STEPPER_H
#define KIOSK_UI_STEPPER_H

#include "kiosk/ui/tree.h"

typedef struct Stepper {
    const char *id;          /* of the value, spoken when it changes; buttons are "<id>.less" and "<id>.more" */
    const char *label;       /* what is counted, above it; NULL or "": none */
    const char *value;       /* as the language writes it: "2" */
    const char *unit;        /* beside the value: "copies"; NULL: none */
    const char *less, *more; /* spoken: "One copy less" */
    bool at_least, at_most;  /* no further down, no further up */
    float width;             /* mm of the value between the buttons; 0: what is left */
    Send send_less, send_more;
} Stepper;

void stepper_build(Tree *tree, const Stepper *stepper);

#endif
