#include "registrar/document/typeset.h"

#include <string.h>

#include "base/memory.h"

#define SERIF   "Noto Serif"
#define SANS    "Noto Sans"
#define FIGURES "tnum=1, lnum=1"

typedef struct Style {
    const char *family;
    double size, leading; /* points */
    PangoWeight weight;
    PangoStyle slant;
    double tracking; /* em */
    const char *features;
} Style;

/* Source of the measures: the look's notes on paper. */
static const Style styles[] = {
    [STYLE_MINISTRY] = { SANS, 6.5, 8.6, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0.05, NULL },
    [STYLE_NAME] = { SERIF, 14, 18, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_SECOND_NAME] = { SERIF, 10, 13, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_ADDRESS] = { SANS, 7.5, 10.6, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_NUMBER] = { SANS, 9, 12.6, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_BLANK] = { SANS, 9, 12.6, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0, FIGURES },
    [STYLE_TITLE] = { SERIF, 17, 22, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0.14, NULL },
    [STYLE_TITLE_PLAIN] = { SERIF, 17, 22, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0.01, NULL },
    [STYLE_SUBTITLE] = { SERIF, 11.5, 15, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_SECOND_LANGUAGE] = { SERIF, 9.5, 13, PANGO_WEIGHT_NORMAL, PANGO_STYLE_ITALIC, 0, NULL },
    [STYLE_BODY] = { SERIF, 11.5, 17, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_NOTE] = { SANS, 8.5, 12, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_LABEL] = { SANS, 8.75, 14, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_VALUE] = { SERIF, 10.5, 14, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_VALUE_STRONG] = { SERIF, 11, 14, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_VALUE_FIGURES] = { SERIF, 10.5, 14, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, FIGURES },
    [STYLE_NARROW_LABEL] = { SANS, 7.25, 10.6, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_NARROW] = { SANS, 8.75, 10.6, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, FIGURES },
    [STYLE_NARROW_STRONG] = { SANS, 8.75, 10.6, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_FIGURE_LABEL] = { SANS, 7.25, 9, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_FIGURE] = { SANS, 12.5, 15.5, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0, FIGURES },
    [STYLE_FRACTION] = { SERIF, 12, 16, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, FIGURES },
    [STYLE_RESULT] = { SANS, 17, 21, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0, FIGURES },
    [STYLE_HEAD] = { SANS, 7.25, 9, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_HEAD_SECOND] = { SANS, 7.25, 9, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_GROUP] = { SANS, 8.5, 11, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_CELL] = { SANS, 8.25, 10.6, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, FIGURES },
    [STYLE_SUM] = { SANS, 8.25, 10.6, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0, FIGURES },
    [STYLE_SMALL_CELL] = { SANS, 7.75, 9.6, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, FIGURES },
    [STYLE_SMALL_SUM] = { SANS, 7.75, 9.6, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0, FIGURES },
    [STYLE_ROLE] = { SERIF, 10.5, 14, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_SIGNATORY] = { SERIF, 10.5, 14, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_CAPTION] = { SANS, 6.5, 8, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_STAMP] = { SANS, 8, 10, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_BOX] = { SANS, 9, 11.25, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, FIGURES },
    [STYLE_BOX_STRONG] = { SANS, 9, 11.25, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0, FIGURES },
    [STYLE_CHECK_HEAD] = { SANS, 10.5, 14, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_CHECK_ADDRESS] = { SANS, 12.5, 18, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, FIGURES },
    [STYLE_CHECK_NOTE] = { SANS, 8.5, 12, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_FOOT] = { SANS, 7.5, 10, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, NULL },
    [STYLE_WATERMARK] = { SANS, 40, 48, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0.02, NULL },
};
static_assert(COUNT(styles) == STYLE_COUNT, "one row per StyleName");

struct Typesetter {
    PangoFontMap *map;
    PangoContext *context;
    PangoFontDescription *fonts[STYLE_COUNT];
};

static void typesetter_free(void *pointer)
{
    Typesetter *typesetter = pointer;

    if (!typesetter)
        return;
    for (size_t i = 0; i < STYLE_COUNT; i++)
        if (typesetter->fonts[i])
            pango_font_description_free(typesetter->fonts[i]);
    if (typesetter->context)
        g_object_unref(typesetter->context);
    if (typesetter->map)
        g_object_unref(typesetter->map);
    mem_free(typesetter);
}

OWNED_BY(Typesetter, typesetter_free)

/* A Pango font map belongs to one thread, and warming one up costs as much as several pages: so each thread keeps its
 * own. */
static GPrivate typesetter_of_thread = G_PRIVATE_INIT(typesetter_free);

/* Without hinting and with positions between pixels: the preview breaks its lines where the paper does. */
static void context_prepare(PangoContext *context)
{
    cairo_font_options_t *options = cairo_font_options_create();

    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    cairo_font_options_destroy(options);
}

/* Fontconfig answers with another face where one is missing: no paper is set in it. */
static bool font_check(Typesetter *typesetter, const PangoFontDescription *wanted, Error *err)
{
    PangoFont *font = pango_context_load_font(typesetter->context, wanted);
    PangoFontDescription *got = font ? pango_font_describe(font) : NULL;
    bool right = got &&
                 strcmp(pango_font_description_get_family(got), pango_font_description_get_family(wanted)) == 0 &&
                 pango_font_description_get_weight(got) == pango_font_description_get_weight(wanted) &&
                 pango_font_description_get_style(got) == pango_font_description_get_style(wanted);

    if (got)
        pango_font_description_free(got);
    if (font)
        g_object_unref(font);
    return right ||
           error_set(err, ERR_NOT_FOUND, "font %s is not installed", pango_font_description_get_family(wanted));
}

static Typesetter *typesetter_new(Error *err)
{
    OWNED(Typesetter) typesetter = mem_new(1, sizeof *typesetter);

    if (!typesetter) {
        error_set(err, ERR_MEMORY, "typesetter");
        return NULL;
    }
    typesetter->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (!typesetter->map) {
        error_set(err, ERR_UNSUPPORTED, "Pango without FreeType");
        return NULL;
    }
    typesetter->context = pango_font_map_create_context(typesetter->map);
    context_prepare(typesetter->context);
    for (size_t i = 0; i < STYLE_COUNT; i++) {
        PangoFontDescription *font = pango_font_description_new();

        typesetter->fonts[i] = font;
        pango_font_description_set_family_static(font, styles[i].family);
        pango_font_description_set_absolute_size(font, styles[i].size * PANGO_SCALE);
        pango_font_description_set_weight(font, styles[i].weight);
        pango_font_description_set_style(font, styles[i].slant);
        if (!font_check(typesetter, font, err))
            return NULL;
    }
    return steal(&typesetter);
}

Typesetter *typesetter_here(Error *err)
{
    Typesetter *typesetter = g_private_get(&typesetter_of_thread);

    if (!typesetter) {
        typesetter = typesetter_new(err);
        if (typesetter)
            g_private_set(&typesetter_of_thread, typesetter);
    }
    return typesetter;
}

/* "2026-yil", "3-kurs", "M-2026/004817": a figure and what hangs on it stay on one line. */
static void keep_figures_together(PangoAttrList *attributes, const char *text)
{
    for (const char *hyphen = strchr(text, '-'); hyphen; hyphen = strchr(hyphen + 1, '-')) {
        bool before = hyphen > text && g_ascii_isalnum(hyphen[-1]);
        bool figure = (before && g_ascii_isdigit(hyphen[-1])) || g_ascii_isdigit(hyphen[1]);

        if (before && figure && (unsigned char)hyphen[1] > ' ') {
            PangoAttribute *keep = pango_attr_allow_breaks_new(FALSE);

            keep->start_index = (guint)(hyphen - 1 - text);
            keep->end_index = (guint)(hyphen + 1 - text) + (guint)g_utf8_skip[(unsigned char)hyphen[1]];
            pango_attr_list_insert(attributes, keep);
        }
    }
}

static void add_style(PangoAttrList *attributes, const Style *style, double points)
{
    const double leading = style->leading * (points / style->size);

    if (points < style->size || points > style->size)
        pango_attr_list_insert_before(attributes, pango_attr_size_new_absolute((int)(points * PANGO_SCALE)));
    pango_attr_list_insert_before(attributes, pango_attr_line_height_new_absolute((int)(leading * PANGO_SCALE)));
    pango_attr_list_insert_before(attributes, pango_attr_fallback_new(FALSE));
    if (style->tracking > 0)
        pango_attr_list_insert_before(
            attributes, pango_attr_letter_spacing_new((int)(style->tracking * style->size * PANGO_SCALE)));
    if (style->features)
        pango_attr_list_insert_before(attributes, pango_attr_font_features_new(style->features));
}

bool typeset(Typesetter *typesetter, StyleName style, const char *markup, double width, PangoAlignment align,
             PangoLayout **ret, Error *err)
{
    return typeset_sized(typesetter, style, styles[style].size, markup, width, align, ret, err);
}

bool typeset_sized(Typesetter *typesetter, StyleName style, double points, const char *markup, double width,
                   PangoAlignment align, PangoLayout **ret, Error *err)
{
    PangoAttrList *attributes;
    PangoLayout *layout;
    GError *fault = NULL;
    char *text;

    if (!pango_parse_markup(markup, -1, 0, &attributes, &text, NULL, &fault)) {
        error_set(err, ERR_FORMAT, "%s", fault->message);
        g_error_free(fault);
        return false;
    }
    add_style(attributes, &styles[style], points);
    keep_figures_together(attributes, text);
    layout = pango_layout_new(typesetter->context);
    pango_layout_set_font_description(layout, typesetter->fonts[style]);
    pango_layout_set_text(layout, text, -1);
    pango_layout_set_attributes(layout, attributes);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    pango_layout_set_alignment(layout, align);
    pango_layout_set_auto_dir(layout, FALSE);
    if (width > 0)
        pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_attr_list_unref(attributes);
    g_free(text);
    if (pango_layout_get_unknown_glyphs_count(layout) > 0) {
        g_object_unref(layout);
        return error_set(err, ERR_UNSUPPORTED, "a character that %s lacks", styles[style].family);
    }
    *ret = layout;
    return true;
}

double typeset_height(PangoLayout *layout)
{
    PangoRectangle logical;

    pango_layout_get_extents(layout, NULL, &logical);
    return (double)logical.height / PANGO_SCALE;
}

double typeset_width(PangoLayout *layout)
{
    PangoRectangle logical;

    pango_layout_get_extents(layout, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

double typeset_baseline(PangoLayout *layout)
{
    return (double)pango_layout_get_baseline(layout) / PANGO_SCALE;
}
