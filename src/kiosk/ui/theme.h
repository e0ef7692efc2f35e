/* Theme: a value for each colour role, read from an INI file and refused where text would be hard to read. */
#ifndef KIOSK_UI_THEME_H
#define KIOSK_UI_THEME_H

#include "base/error.h"
#include "kiosk/ui/tree.h"

typedef uint32_t Pixel; /* 0xRRGGBB */

typedef struct Theme {
    Pixel colour[COLOUR_COUNT]; /* [COLOUR_NONE] is unused */
    Pixel star, star_line;      /* fill and outline of the ornament's stars */
    bool shadow;                /* cards throw one */
    bool ornament;
    bool card_border; /* what throws a shadow gets an outline in line */
} Theme;

#define THEME_CONTRAST_LEAST 4.5

/* Errors: what the INI file lacks or misspells; ERR_RANGE when a pair of text and ground is under THEME_CONTRAST_LEAST.
 */
bool theme_load(Theme *theme, const char *path, Error *err) MUST_USE;
/* Contrast ratio, 1..21.  Source: WCAG 2.2, "contrast ratio" and "relative luminance". */
double theme_contrast(Pixel a, Pixel b);
/* The lowest ratio among all pairs that text may stand in. */
double theme_lowest_contrast(const Theme *theme);
/* part/255 of over on under. */
Pixel theme_mix(Pixel under, Pixel over, unsigned part);
/* "ink-soft" */
const char *theme_colour_name(Colour colour);

#endif
