/* Colours as people see them: how far apart two are, and how to make one lighter or darker without it becoming another.
 * Contrast is WCAG 2.2's ("contrast ratio", "relative luminance"); lightness, chroma and hue are Oklab's, whose hue
 * holds while lightness moves (Ottosson 2020, "A perceptual color space for image processing"). */
#ifndef BASE_COLOUR_H
#define BASE_COLOUR_H

#include <stdint.h>

#include "base/str.h"

typedef uint32_t Rgb; /* 0xRRGGBB, sRGB */

typedef struct Oklch {
    double lightness; /* 0 black .. 1 white */
    double chroma;    /* 0 grey .. about 0.32 */
    double hue;       /* radians; means nothing where chroma is 0 */
} Oklch;

/* "#RRGGBB" */
bool rgb_parse(Str text, Rgb *ret) MUST_USE;
void rgb_write(Rgb rgb, char ret[8]);
/* 1..21 */
double rgb_contrast(Rgb a, Rgb b);
/* The lowest against any of the grounds. */
double rgb_contrast_least(Rgb rgb, const Rgb *grounds, size_t count);

Oklch rgb_to_oklch(Rgb rgb);
/* What no screen can show loses chroma, never hue or lightness.  Any lightness. */
Rgb rgb_from_oklch(Oklch oklch);

/* Where lightness may go to become readable. */
typedef enum Towards { TOWARDS_BLACK, TOWARDS_WHITE } Towards;
/* The colour nearest to wanted whose contrast to each of the grounds is at least `least`: as it stands when it is
 * readable already, black or white when nothing else is. */
Rgb rgb_readable(Oklch wanted, Towards towards, const Rgb *grounds, size_t count, double least);

#endif
