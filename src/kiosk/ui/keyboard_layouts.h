/* What stands on each keyboard, as data.  Inside ui only. */
#ifndef KIOSK_UI_KEYBOARD_LAYOUTS_H
#define KIOSK_UI_KEYBOARD_LAYOUTS_H

#include "kiosk/ui/keyboard.h"

#define KEYBOARD_ROWS 4 /* above the last one, which has the space */

typedef struct KeyboardLayout {
    Language language;
    const char *name; /* of its language's key: short, as its speakers write it */
    const char *back; /* of the key that leads to it from the symbols */
    const char *rows[KEYBOARD_ROWS];
    const char *last; /* what stands on the last row beside the space; none: NULL */
    const char *own;  /* letters that only this language has: they stand out */
    bool no_space;
} KeyboardLayout;

extern const KeyboardLayout keyboard_layouts[KEYBOARD_KIND_COUNT];

/* The arg of the key that types this (its small form). */
uint16_t keyboard_arg(Str plain);
/* Whether a list of texts, by blanks, has this one. */
bool keyboard_list_has(const char *list, Str text);

#endif
