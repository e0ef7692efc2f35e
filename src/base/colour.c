#include "base/colour.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define HALVINGS 20          /* of a range of 1: finer than a step of sRGB */
#define STEP     (1.0 / 512) /* past an edge that halving came too short of */

bool rgb_parse(Str text, Rgb *ret)
{
    Rgb rgb = 0;

    if (text.len != 7 || text.ptr[0] != '#')
        return false;
    for (size_t i = 1; i < text.len; i++) {
        static const char digits[] = "0123456789ABCDEFabcdef";
        const char *at = memchr(digits, text.ptr[i], sizeof digits - 1);
        if (!at)
            return false;
        unsigned digit = (unsigned)(at - digits);
        rgb = rgb << 4 | (digit < 16 ? digit : digit - 6);
    }
    *ret = rgb;
    return true;
}

void rgb_write(Rgb rgb, char ret[8])
{
    (void)snprintf(ret, 8, "#%06X", (unsigned)(rgb & 0xffffff));
}

static double channel(Rgb rgb, int shift)
{
    double c = (rgb >> shift & 0xff) / 255.0;

    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(Rgb rgb)
{
    return 0.2126 * channel(rgb, 16) + 0.7152 * channel(rgb, 8) + 0.0722 * channel(rgb, 0);
}

double rgb_contrast(Rgb a, Rgb b)
{
    double la = luminance(a), lb = luminance(b);

    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

double rgb_contrast_least(Rgb rgb, const Rgb *grounds, size_t count)
{
    double least = 21;

    for (size_t i = 0; i < count; i++)
        least = fmin(least, rgb_contrast(rgb, grounds[i]));
    return least;
}

Oklch rgb_to_oklch(Rgb rgb)
{
    double red = channel(rgb, 16), green = channel(rgb, 8), blue = channel(rgb, 0);
    double l = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
    double m = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
    double s = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
    double a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    double b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;

    return (Oklch){ 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, hypot(a, b), atan2(b, a) };
}

/* Linear light; false when it is outside of sRGB by more than rounding. */
static bool linear(Oklch oklch, double ret[3])
{
    double a = oklch.chroma * cos(oklch.hue), b = oklch.chroma * sin(oklch.hue);
    double l = pow(oklch.lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
    double m = pow(oklch.lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
    double s = pow(oklch.lightness - 0.0894841775 * a - 1.2914855480 * b, 3);

    ret[0] = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
    ret[1] = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
    ret[2] = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
    return fmin(fmin(ret[0], ret[1]), ret[2]) >= -0.0001 && fmax(fmax(ret[0], ret[1]), ret[2]) <= 1.0001;
}

static Rgb byte(double light)
{
    double c = fmin(fmax(light, 0), 1);

    return (Rgb)lround(255 * (c <= 0.0031308 ? c * 12.92 : 1.055 * pow(c, 1 / 2.4) - 0.055));
}

Rgb rgb_from_oklch(Oklch oklch)
{
    double light[3], within = 0, beyond = oklch.chroma;

    oklch.lightness = fmin(fmax(oklch.lightness, 0), 1);
    if (!linear(oklch, light)) {
        for (int i = 0; i < HALVINGS; i++) {
            oklch.chroma = (within + beyond) / 2;
            *(linear(oklch, light) ? &within : &beyond) = oklch.chroma;
        }
        oklch.chroma = within;
        (void)linear(oklch, light);
    }
    return byte(light[0]) << 16 | byte(light[1]) << 8 | byte(light[2]);
}

Rgb rgb_readable(Oklch wanted, Towards towards, const Rgb *grounds, size_t count, double least)
{
    double end = towards == TOWARDS_WHITE ? 1 : 0;
    double near = fmin(fmax(wanted.lightness, 0), 1), far = end;
    Oklch tried = wanted;
    Rgb rgb = rgb_from_oklch(wanted);

    if (rgb_contrast_least(rgb, grounds, count) >= least)
        return rgb;
    for (int i = 0; i < HALVINGS; i++) {
        tried.lightness = (near + far) / 2;
        *(rgb_contrast_least(rgb_from_oklch(tried), grounds, count) >= least ? &far : &near) = tried.lightness;
    }
    /* Luminance follows lightness except for rounding and the chroma that is lost on the way. */
    tried.lightness = far;
    do {
        rgb = rgb_from_oklch(tried);
        if (rgb_contrast_least(rgb, grounds, count) >= least)
            return rgb;
        tried.lightness += end > 0 ? STEP : -STEP;
    } while (tried.lightness >= 0 && tried.lightness <= 1);
    return end > 0 ? 0xffffff : 0x000000;
}
