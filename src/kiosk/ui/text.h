/* Lines of text: measured, wrapped, and drawn once into a mask that is kept until it is not used or must be forgotten.
 */
#ifndef KIOSK_UI_TEXT_H
#define KIOSK_UI_TEXT_H

#include "kiosk/ui/draw.h"
#include "kiosk/ui/font.h"

typedef struct Text Text;

Text *text_new(const char *fonts_folder, Error *err) MUST_USE;
void text_free(Text *text);
OWNED_BY(Text, text_free)
/* Wipes every line. */
void text_forget(Text *text);
/* Lines that are kept, for tests. */
size_t text_kept(const Text *text);

/* Width in pixels, rounded up.  The line has no "\n". */
int text_width(Text *text, const TextLook *look, Str line);
/* Of a text of several lines: the widest line, and the widest piece that can't be broken. */
void text_measure(Text *text, const TextLook *look, Str words, int *ret_widest, int *ret_piece);

typedef struct TextLine {
    Str words; /* without blanks at its end */
    int width; /* pixels */
} TextLine;
/* Breaks words at blanks and hyphens (and, when one piece alone is too wide, inside it) into lines of at most width
 * pixels. Writes at most `most`; returns how many; *ret_torn: a piece had to be broken inside, or there were more
 * lines. */
size_t text_wrap(Text *text, const TextLook *look, Str words, int width, TextLine *lines, size_t most, bool *ret_torn);

/* The last characters that fit into width; all of words when they do. */
Str text_tail(Text *text, const TextLook *look, Str words, int width);

/* Coverage of a line; left, top: from the line's start on the baseline.  Valid until the next call.  NULL for blanks
 * and without memory. */
const Mask *text_mask(Text *text, const TextLook *look, Str line);

#endif
