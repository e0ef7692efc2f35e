/* Keyboards on the glass, as nodes.  A key's Send has the act that was given and, as arg, the number of its output in a
 * fixed table. */
#ifndef KIOSK_UI_KEYBOARD_H
#define KIOSK_UI_KEYBOARD_H

#include "kiosk/ui/tree.h"

typedef enum KeyboardKind { KEYBOARD_NUMBERS, KEYBOARD_LATIN, KEYBOARD_SYMBOLS, KEYBOARD_KIND_COUNT } KeyboardKind;

/* Args that are not characters. */
typedef enum KeyboardKey {
    KEYBOARD_ERASE = 1,
    KEYBOARD_CLEAR,
    KEYBOARD_SHIFT,
    KEYBOARD_TO_NUMBERS,
    KEYBOARD_TO_LATIN,
    KEYBOARD_TO_SYMBOLS,
    KEYBOARD_FIRST_TEXT = 16 /* from here on: keyboard_text */
} KeyboardKey;

/* Translated by the screen: ui has no texts. */
typedef struct KeyboardLabels {
    const char *erase, *clear, *space, *shift;
} KeyboardLabels;

/* Adds the keyboard's bed and keys to the open node.
 * Ids: "key.a", "key.oʻ", "key.erase", "key.space", "key.shift", "key.clear", "key.latin", "key.symbols". */
void keyboard_build(Tree *tree, KeyboardKind kind, bool shifted, KeyboardLabels labels, uint16_t act);
/* What a key types, UTF-8 ("oʻ" with U+02BB); NULL for keys that are not characters or an arg that is none. */
const char *keyboard_text(uint16_t arg, bool shifted);

#endif
