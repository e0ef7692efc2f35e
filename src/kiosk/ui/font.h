/* Faces: Inter in four weights, Noto Sans where Inter has no letter; set by SDL_ttf.
 * SDL_ttf knows of no second face, no tracking, no figures of equal width and no parts of pixels: see font.c for how
 * these are done over it. */
#ifndef KIOSK_UI_FONT_H
#define KIOSK_UI_FONT_H

#include "base/error.h"
#include "base/str.h"
#include "kiosk/ui/metrics.h"

typedef struct Fonts Fonts;

/* Opens Inter-{Regular,Medium,SemiBold,Bold}.otf and NotoSans-{Regular,Bold}.ttf of folder. */
Fonts *fonts_new(const char *folder, Error *err) MUST_USE;
void fonts_free(Fonts *fonts);
OWNED_BY(Fonts, fonts_free)
/* Wipes what is kept of the texts, here and in SDL_ttf.  The shapes of letters stay. */
void fonts_forget(Fonts *fonts);

/* A character with the marks it bears.  Lengths in 1/64 px. */
typedef struct Letter {
    uint32_t start; /* byte of the line that it begins at */
    uint16_t size;  /* bytes */
    uint8_t face;
    bool alone;     /* drawn by itself, for it is tracked or beside figures of equal width */
    int32_t x;      /* from the line's start, kerned and tracked */
    int32_t width;  /* without kerning and tracking to the next: a line that ends here is x + width wide */
    int32_t indent; /* of a figure in its cell */
} Letter;

/* Writes the letters of one line (no line breaks in it), at most `most`, in order; returns how many. */
size_t fonts_shape(Fonts *fonts, const TextLook *look, Str line, Letter *letters, size_t most);

/* Coverage of some letters: valid until the next call. */
typedef struct LetterMask {
    const uint8_t *rows; /* NULL for blanks */
    int stride, width, height;
    int left, top; /* pixels of its corner from the line's start and the baseline (y down) */
} LetterMask;
/* Draws letters[0] and those after it that go with it, of the count that are left of the line; returns how many. */
size_t fonts_draw(Fonts *fonts, const TextLook *look, Str line, const Letter *letters, size_t count, LetterMask *ret);

#endif
