#include "kiosk/ui/theme.h"

#include <math.h>

#include "base/settings.h"

#define COLOUR_ROW(name)                                                                                               \
    {                                                                                                                  \
        "colour." name, SETTING_TEXT, NULL, 7, 7, "#RRGGBB"                                                            \
    }
#define SHAPE_ROW(name)                                                                                                \
    {                                                                                                                  \
        "shape." name, SETTING_BOOL, NULL, 0, 0, "yes or no"                                                           \
    }

/* In the order of Colour, less COLOUR_NONE; what is no role of nodes follows. */
static const SettingSpec specs[] = {
    COLOUR_ROW("ground"),     COLOUR_ROW("surface"),   COLOUR_ROW("ink"),       COLOUR_ROW("ink-soft"),
    COLOUR_ROW("line"),       COLOUR_ROW("edge"),      COLOUR_ROW("brand"),     COLOUR_ROW("brand-deep"),
    COLOUR_ROW("brand-line"), COLOUR_ROW("on-brand"),  COLOUR_ROW("tint"),      COLOUR_ROW("good"),
    COLOUR_ROW("good-tint"),  COLOUR_ROW("warn"),      COLOUR_ROW("warn-tint"), COLOUR_ROW("bad"),
    COLOUR_ROW("bad-tint"),   COLOUR_ROW("focus"),     COLOUR_ROW("bed"),       COLOUR_ROW("paper"),
    COLOUR_ROW("star"),       COLOUR_ROW("star-line"), SHAPE_ROW("shadow"),     SHAPE_ROW("ornament"),
    SHAPE_ROW("card-border"),
};
static_assert(COUNT(specs) == COLOUR_COUNT - 1 + 5, "a row per Colour, then stars and shapes");

/* Which text stands on what (tokens of the look). */
static const struct {
    Colour text, ground;
} pairs[] = {
    { COLOUR_INK, COLOUR_GROUND },    { COLOUR_INK, COLOUR_SURFACE },     { COLOUR_INK, COLOUR_TINT },
    { COLOUR_INK, COLOUR_GOOD_TINT }, { COLOUR_INK, COLOUR_WARN_TINT },   { COLOUR_INK, COLOUR_BAD_TINT },
    { COLOUR_INK, COLOUR_BED },       { COLOUR_INK_SOFT, COLOUR_GROUND }, { COLOUR_INK_SOFT, COLOUR_SURFACE },
    { COLOUR_INK_SOFT, COLOUR_TINT }, { COLOUR_BRAND, COLOUR_GROUND },    { COLOUR_BRAND, COLOUR_SURFACE },
    { COLOUR_BRAND, COLOUR_TINT },    { COLOUR_ON_BRAND, COLOUR_BRAND },  { COLOUR_GOOD, COLOUR_GROUND },
    { COLOUR_GOOD, COLOUR_SURFACE },  { COLOUR_GOOD, COLOUR_GOOD_TINT },  { COLOUR_WARN, COLOUR_GROUND },
    { COLOUR_WARN, COLOUR_SURFACE },  { COLOUR_WARN, COLOUR_WARN_TINT },  { COLOUR_BAD, COLOUR_GROUND },
    { COLOUR_BAD, COLOUR_SURFACE },   { COLOUR_BAD, COLOUR_BAD_TINT },    { COLOUR_FOCUS, COLOUR_GROUND },
    { COLOUR_FOCUS, COLOUR_SURFACE },
};

static bool parse(const char *key, const char *text, Pixel *ret, Error *err)
{
    Pixel value = 0;

    if (text[0] != '#')
        return error_set(err, ERR_FORMAT, "%s: not #RRGGBB", key);
    for (int i = 1; i < 7; i++) {
        char c = text[i];
        unsigned digit;
        if (c >= '0' && c <= '9')
            digit = (unsigned)(c - '0');
        else if (c >= 'A' && c <= 'F')
            digit = (unsigned)(c - 'A') + 10;
        else if (c >= 'a' && c <= 'f')
            digit = (unsigned)(c - 'a') + 10;
        else
            return error_set(err, ERR_FORMAT, "%s: not #RRGGBB", key);
        value = value << 4 | digit;
    }
    *ret = value;
    return true;
}

static bool check_contrast(const Theme *theme, Error *err)
{
    for (size_t i = 0; i < COUNT(pairs); i++) {
        double ratio = theme_contrast(theme->colour[pairs[i].text], theme->colour[pairs[i].ground]);
        if (ratio < THEME_CONTRAST_LEAST)
            return error_set(err, ERR_RANGE, "%s on %s has only %.1f:1", theme_colour_name(pairs[i].text),
                             theme_colour_name(pairs[i].ground), ratio);
    }
    return true;
}

bool theme_load(Theme *theme, const char *path, Error *err)
{
    OWNED(Settings) settings = settings_load(path, specs, COUNT(specs), err);
    Theme read = { 0 };

    if (!settings)
        return error_add(err, "theme");
    for (size_t i = 0; i < COLOUR_COUNT + 1; i++) {
        const char *key = specs[i].key;
        Pixel *target = i + 1 < COLOUR_COUNT    ? &read.colour[i + 1]
                        : i + 1 == COLOUR_COUNT ? &read.star
                                                : &read.star_line;
        if (!parse(key, settings_text(settings, key), target, err))
            return error_add(err, "theme %s", path);
    }
    read.shadow = settings_bool(settings, "shape.shadow");
    read.ornament = settings_bool(settings, "shape.ornament");
    read.card_border = settings_bool(settings, "shape.card-border");
    if (!check_contrast(&read, err))
        return error_add(err, "theme %s", path);
    *theme = read;
    return true;
}

static double luminance(Pixel colour)
{
    static const double share[] = { 0.0722, 0.7152, 0.2126 }; /* blue, green, red: as the bytes lie */
    double sum = 0;

    for (int i = 0; i < 3; i++) {
        double c = (colour >> (8 * i) & 0xff) / 255.0;
        sum += share[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double theme_contrast(Pixel a, Pixel b)
{
    double la = luminance(a), lb = luminance(b);

    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

double theme_lowest_contrast(const Theme *theme)
{
    double lowest = 21;

    for (size_t i = 0; i < COUNT(pairs); i++)
        lowest = fmin(lowest, theme_contrast(theme->colour[pairs[i].text], theme->colour[pairs[i].ground]));
    return lowest;
}

Pixel theme_mix(Pixel under, Pixel over, unsigned part)
{
    Pixel mixed = 0;

    for (int shift = 0; shift < 24; shift += 8) {
        unsigned u = under >> shift & 0xff, o = over >> shift & 0xff;
        mixed |= ((u * (255 - part) + o * part + 127) / 255) << shift;
    }
    return mixed;
}

const char *theme_colour_name(Colour colour)
{
    return colour == COLOUR_NONE ? "none" : specs[colour - 1].key + sizeof("colour.") - 1;
}
