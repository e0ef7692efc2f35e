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
    COLOUR_ROW("ground"),     COLOUR_ROW("surface"),  COLOUR_ROW("ink"),        COLOUR_ROW("ink-soft"),
    COLOUR_ROW("line"),       COLOUR_ROW("edge"),     COLOUR_ROW("brand"),      COLOUR_ROW("brand-deep"),
    COLOUR_ROW("brand-line"), COLOUR_ROW("on-brand"), COLOUR_ROW("tint"),       COLOUR_ROW("good"),
    COLOUR_ROW("good-tint"),  COLOUR_ROW("warn"),     COLOUR_ROW("warn-tint"),  COLOUR_ROW("bad"),
    COLOUR_ROW("bad-tint"),   COLOUR_ROW("focus"),    COLOUR_ROW("bed"),        COLOUR_ROW("paper"),
    COLOUR_ROW("wall"),       COLOUR_ROW("on-wall"),  COLOUR_ROW("star"),       COLOUR_ROW("star-line"),
    SHAPE_ROW("shadow"),      SHAPE_ROW("ornament"),  SHAPE_ROW("card-border"), SHAPE_ROW("takes-brand"),
};
static_assert(COUNT(specs) == COLOUR_COUNT - 1 + 6, "a row per Colour, then stars and shapes");

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
    { COLOUR_FOCUS, COLOUR_SURFACE }, { COLOUR_ON_WALL, COLOUR_WALL },
};

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
        if (!rgb_parse(str_from(settings_text(settings, key)), target))
            return error_set(err, ERR_FORMAT, "theme %s: %s: not #RRGGBB", path, key);
    }
    read.shadow = settings_bool(settings, "shape.shadow");
    read.ornament = settings_bool(settings, "shape.ornament");
    read.card_border = settings_bool(settings, "shape.card-border");
    read.takes_brand = settings_bool(settings, "shape.takes-brand");
    if (!check_contrast(&read, err))
        return error_add(err, "theme %s", path);
    *theme = read;
    return true;
}

double theme_contrast(Pixel a, Pixel b)
{
    return rgb_contrast(a, b);
}

double theme_lowest_contrast(const Theme *theme)
{
    double lowest = 21;

    for (size_t i = 0; i < COUNT(pairs); i++)
        lowest = fmin(lowest, theme_contrast(theme->colour[pairs[i].text], theme->colour[pairs[i].ground]));
    return lowest;
}

/* --- brand ------------------------------------------------------------------------------------------------------- */

/* A brand so dark that what is pressed on it could not be darker still. */
#define BRAND_LIGHTNESS_LEAST 0.2
#define LOUDER_MOST           2.2 /* than the file's: a large plate in a loud colour is no plate */

typedef struct Branding {
    const Theme *file; /* as it was read */
    Oklch own;         /* the file's brand */
    Oklch given;
    Towards ink, ground; /* from the grounds to the inks, and back */
} Branding;

/* What goes with the file's brand, in the given hue: as light, and as much or as little coloured. */
static Oklch alike(const Branding *branding, Colour role)
{
    Oklch oklch = rgb_to_oklch(branding->file->colour[role]);

    oklch.chroma *= branding->own.chroma > 0 ? fmin(branding->given.chroma / branding->own.chroma, LOUDER_MOST) : 0;
    oklch.hue = branding->given.hue;
    return oklch;
}

static Pixel readable_brand(const Branding *branding, const Theme *theme)
{
    const Pixel grounds[] = { theme->colour[COLOUR_GROUND], theme->colour[COLOUR_SURFACE], theme->colour[COLOUR_TINT],
                              theme->colour[COLOUR_ON_BRAND] };
    Oklch wanted = branding->given;

    wanted.lightness = fmax(wanted.lightness, BRAND_LIGHTNESS_LEAST);
    return rgb_readable(wanted, branding->ink, grounds, COUNT(grounds), THEME_CONTRAST_AIM);
}

/* Decoration on the wall: as far from it as in the file. */
static Pixel beside_wall(const Branding *branding, const Theme *theme, Pixel of_file)
{
    Oklch wall = rgb_to_oklch(theme->colour[COLOUR_WALL]), before = rgb_to_oklch(branding->file->colour[COLOUR_WALL]);
    Oklch oklch = rgb_to_oklch(of_file);

    wall.lightness += oklch.lightness - before.lightness;
    wall.chroma *= before.chroma > 0 ? oklch.chroma / before.chroma : 0;
    return rgb_from_oklch(wall);
}

void theme_set_brand(Theme *theme, Pixel brand)
{
    const Theme file = *theme;
    const Pixel inks[] = { file.colour[COLOUR_INK], file.colour[COLOUR_INK_SOFT] };
    bool dark = theme_contrast(file.colour[COLOUR_GROUND], 0) < theme_contrast(file.colour[COLOUR_INK], 0);
    Branding branding = { .file = &file,
                          .own = rgb_to_oklch(file.colour[COLOUR_BRAND]),
                          .given = rgb_to_oklch(brand),
                          .ink = dark ? TOWARDS_WHITE : TOWARDS_BLACK,
                          .ground = dark ? TOWARDS_BLACK : TOWARDS_WHITE };

    if (!file.takes_brand)
        return;
    theme->colour[COLOUR_TINT] =
        rgb_readable(alike(&branding, COLOUR_TINT), branding.ground, inks, COUNT(inks), THEME_CONTRAST_AIM);
    theme->colour[COLOUR_ON_BRAND] = rgb_from_oklch(alike(&branding, COLOUR_ON_BRAND));
    theme->colour[COLOUR_BRAND] = readable_brand(&branding, theme);
    theme->colour[COLOUR_WALL] = file.colour[COLOUR_WALL] == file.colour[COLOUR_BRAND]
                                     ? theme->colour[COLOUR_BRAND]
                                     : rgb_readable(alike(&branding, COLOUR_WALL), branding.ground,
                                                    &file.colour[COLOUR_ON_WALL], 1, THEME_CONTRAST_AIM);
    theme->colour[COLOUR_BRAND_DEEP] = beside_wall(&branding, theme, file.colour[COLOUR_BRAND_DEEP]);
    theme->colour[COLOUR_BRAND_LINE] = beside_wall(&branding, theme, file.colour[COLOUR_BRAND_LINE]);
    theme->star = beside_wall(&branding, theme, file.star);
    theme->star_line = beside_wall(&branding, theme, file.star_line);
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
