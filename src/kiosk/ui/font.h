/* Faces: Inter in four weights, Noto Sans where Inter has no letter.  Shaping by HarfBuzz, outlines by FreeType.
 * Keeps nothing of the texts: what the libraries remember of the last one is wiped by fonts_forget. */
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
void fonts_forget(Fonts *fonts);

typedef struct Glyph {
    uint16_t id;
    uint8_t face;
    uint32_t cluster; /* byte of the text that it begins at */
    int32_t x, y;     /* pen, 1/64 px from the line's start and baseline (y down) */
    int32_t advance;  /* with tracking */
} Glyph;

/* Writes the glyphs of one line (no line breaks in it), at most `most`, in visual order; returns how many. */
size_t fonts_shape(Fonts *fonts, const TextLook *look, Str line, Glyph *glyphs, size_t most);

/* Coverage of one glyph: valid until the next call. */
typedef struct GlyphMask {
    const uint8_t *rows;
    int stride, width, height;
    int left, top; /* pixels of its corner from the line's start and the baseline (y down) */
} GlyphMask;
/* False for blanks. */
bool fonts_draw(Fonts *fonts, const TextLook *look, const Glyph *glyph, GlyphMask *ret);

#endif
