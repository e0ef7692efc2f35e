/* Keyboards on the glass, as nodes.  A key's Send has the act that was given and, as arg, the number of its output in a
 * fixed table.  Which letters stand where: keyboard_layouts.c. */
#ifndef KIOSK_UI_KEYBOARD_H
#define KIOSK_UI_KEYBOARD_H

#include "kiosk/ui/tree.h"

typedef enum KeyboardKind {
    KEYBOARD_NUMBERS, /* a pad of three columns */
    KEYBOARD_UZ,
    KEYBOARD_UZ_CYRL,
    KEYBOARD_RU,
    KEYBOARD_EN,
    KEYBOARD_EMAIL,
    KEYBOARD_SYMBOLS,
    KEYBOARD_KIND_COUNT
} KeyboardKind;

/* Args that are not characters. */
typedef enum KeyboardKey {
    KEYBOARD_ERASE = 1,
    KEYBOARD_CLEAR,
    KEYBOARD_SHIFT,
    KEYBOARD_TO_LETTERS = 5, /* from symbols back to the letters before them */
    KEYBOARD_TO_SYMBOLS,
    KEYBOARD_NEXT_LETTERS,   /* another language's letters */
    KEYBOARD_FIRST_TEXT = 16 /* from here on: keyboard_text */
} KeyboardKey;

typedef enum KeyboardCase { KEYBOARD_SMALL, KEYBOARD_CAPITAL /* one, then small */, KEYBOARD_CAPITALS } KeyboardCase;

/* Translated by the screen: ui has no texts. */
typedef struct KeyboardLabels {
    const char *erase, *clear, *space, *shift, *lock;
    const char *language; /* spoken with the short name of the letters that come next */
} KeyboardLabels;

/* The floor of a key in any direction, millimetres, and what it is where there is room. */
#define KEYBOARD_KEY_LEAST 9.0F
#define KEYBOARD_KEY_MOST  32.0F
#define KEYBOARD_PAD_LEAST 15.0F
#define KEYBOARD_PAD_MOST  43.0F

typedef struct Keyboard {
    KeyboardKind kind;
    KeyboardKind letters; /* SYMBOLS: where its key leads back to */
    KeyboardKind next;    /* letters: where the language's key leads; KEYBOARD_NUMBERS: there is no such key */
    KeyboardCase shift;
    float height; /* of the whole with its bed, millimetres: keys become shallower to fit, down to the floor; 0: as
                   * the look has it */
    float width;  /* NUMBERS: of the whole, millimetres: words give way to icons where keys are narrow; 0: they don't */
    bool flat;    /* NUMBERS: two rows instead of four, for a glass that is wide and low */
    bool minus;   /* NUMBERS: a minus instead of "clear" */
    KeyboardLabels labels;
    uint16_t act;
} Keyboard;

/* Adds the keyboard's bed and keys to the open node.
 * Ids: "key.a", "key.oʻ", "key.@gmail.com", "key.erase", "key.space", "key.shift", "key.clear", "key.letters",
 * "key.symbols", "key.language". */
void keyboard_build(Tree *tree, const Keyboard *keyboard);
/* The least and the most height that it wants, millimetres. */
float keyboard_height_least(KeyboardKind kind, bool flat);
float keyboard_height_most(KeyboardKind kind, bool flat);
/* What a key types, UTF-8 ("oʻ" with U+02BB; "Sh", or "SH" among capitals); NULL for keys that are not characters or an
 * arg that is none. */
const char *keyboard_text(uint16_t arg, KeyboardCase shift);

#endif
