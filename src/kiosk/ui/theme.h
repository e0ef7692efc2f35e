/* Theme: a value for each colour role, read from an INI file and refused where text would be hard to read; a
 * university's own colour takes the place of the file's brand, as dark or light as reading wants it. */
#ifndef KIOSK_UI_THEME_H
#define KIOSK_UI_THEME_H

#include "base/colour.h"
#include "base/error.h"
#include "kiosk/ui/tree.h"

typedef Rgb Pixel;

typedef struct Theme {
    Pixel colour[COLOUR_COUNT]; /* [COLOUR_NONE] is unused */
    Pixel star, star_line;      /* fill and outline of the ornament's stars */
    bool shadow;                /* cards throw one */
    bool ornament;
    bool card_border; /* what throws a shadow gets an outline in line */
    bool takes_brand; /* of the university; the theme for low sight has its own */
} Theme;

#define THEME_CONTRAST_LEAST 4.5
#define THEME_CONTRAST_AIM   7.0 /* of what stands on or in a brand that was set */

/* Errors: what the INI file lacks or misspells; ERR_RANGE when a pair of text and ground is under THEME_CONTRAST_LEAST.
 */
bool theme_load(Theme *theme, const char *path, Error *err) MUST_USE;
/* Gives a theme as it was read the hue of brand: darker where its ground is light, lighter where it is dark, until all
 * that stands on it, and it on others, has THEME_CONTRAST_AIM; what goes with the brand (tint, wall, ornament) keeps
 * its distance from it.  Any colour will do.  Does nothing to a theme that takes none. */
void theme_set_brand(Theme *theme, Pixel brand);
/* Contrast ratio, 1..21.  Source: WCAG 2.2, "contrast ratio" and "relative luminance". */
double theme_contrast(Pixel a, Pixel b);
/* The lowest ratio among all pairs that text may stand in. */
double theme_lowest_contrast(const Theme *theme);
/* part/255 of over on under. */
Pixel theme_mix(Pixel under, Pixel over, unsigned part);
/* "ink-soft" */
const char *theme_colour_name(Colour colour);

#endif
