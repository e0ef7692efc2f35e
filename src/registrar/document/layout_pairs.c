/* Labels with values: pairs in one column or two, strips of figures, and a fraction with its result. */
#include <math.h>

#include "registrar/document/layout.h"

#define ROW_PADDING    1.2
#define NARROW_PADDING 0.9
#define STRIP_PADDING  1.6
#define STRIP_INSET    2.5
#define FRACTION_GAP   2.5
#define RESULT_INSET   3.5

/* Where label and value stand. */
typedef struct PairPlace {
    double label_x, label_width, value_x, value_width;
} PairPlace;

static const PairPlace wide_place = { LEFT, 52, 81, RIGHT - 81 };
static const PairPlace narrow_places[2] = { { LEFT, 29.5, 56, 53 }, { 111, 29.5, 142, RIGHT - 142 } };
static const PairPlace spanning_place = { LEFT, 29.5, 56, RIGHT - 56 }; /* on a line of its own among two columns */

/* Label and value set, not yet placed. */
typedef struct PairSet {
    PangoLayout *label, *value;
    double label_drop, value_drop, height;
} PairSet;

static void pair_fini(PairSet *pair)
{
    if (pair->label)
        g_object_unref(pair->label);
    if (pair->value)
        g_object_unref(pair->value);
    *pair = (PairSet){ 0 };
}

#define OWNED_PAIR __attribute__((cleanup(pair_fini))) PairSet

/* Label and value stand on one baseline. */
static bool set_pair(Flow *flow, const PairRow *row, const PairPlace *place, bool narrow, PairSet *ret, Error *err)
{
    static const StyleName styles[2][3] = {
        { [ROW_PLAIN] = STYLE_VALUE, [ROW_STRONG] = STYLE_VALUE_STRONG, [ROW_FIGURES] = STYLE_VALUE_FIGURES },
        { [ROW_PLAIN] = STYLE_NARROW, [ROW_STRONG] = STYLE_NARROW_STRONG, [ROW_FIGURES] = STYLE_NARROW },
    };
    double drop;

    if (!set_words(flow, narrow ? STYLE_NARROW_LABEL : STYLE_LABEL, &row->label, place->label_width, PANGO_ALIGN_LEFT,
                   &ret->label, err) ||
        !set_words(flow, styles[narrow][row->style], &row->value, place->value_width, PANGO_ALIGN_LEFT, &ret->value,
                   err))
        return false;
    drop = layout_baseline(ret->value) - layout_baseline(ret->label);
    ret->label_drop = fmax(0, drop);
    ret->value_drop = fmax(0, -drop);
    ret->height = fmax(ret->label_drop + layout_height(ret->label), ret->value_drop + layout_height(ret->value));
    return true;
}

static bool place_pair(Flow *flow, PairSet *pair, const PairPlace *place, double y, Error *err)
{
    PangoLayout *label = pair->label, *value = pair->value;

    pair->label = NULL;
    if (!place_layout(flow, label, place->label_x, y + pair->label_drop, err))
        return false;
    pair->value = NULL;
    return place_layout(flow, value, place->value_x, y + pair->value_drop, err);
}

/* A rule above each line, a stronger one around what stands together on a page. */
static bool open_line(Flow *flow, double height, bool last, bool *first, Error *err)
{
    const double needed = height + (last ? flow_tail(flow) : 0);

    if (flow->y + needed > flow_limit(flow)) {
        if (!*first && !place_rule(flow, LEFT, flow->y, TEXT_WIDTH, RULE_OUTER, err))
            return false;
        flow_need(flow, needed);
        *first = true;
    }
    const bool drawn = place_rule(flow, LEFT, flow->y, TEXT_WIDTH, *first ? RULE_OUTER : RULE_INNER, err);

    *first = false;
    return drawn;
}

/* The next row that stands there, from *at on; NULL: none. */
static const PairRow *next_row(const Flow *flow, const Pairs *pairs, size_t *at)
{
    while (*at < pairs->count) {
        const PairRow *row = &pairs->rows[(*at)++];

        if (presence_holds(&row->when, &flow->scope))
            return row;
    }
    return NULL;
}

static bool lay_wide(Flow *flow, const PairRow *row, bool narrow, bool last, bool *first, Error *err)
{
    const PairPlace *place = narrow ? &spanning_place : &wide_place;
    const double padding = narrow ? NARROW_PADDING : ROW_PADDING;
    OWNED_PAIR pair = { 0 };

    if (!set_pair(flow, row, place, narrow, &pair, err))
        return false;
    const double height = pair.height + 2 * padding;

    if (!open_line(flow, height, last, first, err) || !place_pair(flow, &pair, place, flow->y + padding, err))
        return false;
    flow->y += height;
    return true;
}

/* right NULL: an odd one at the end. */
static bool lay_two(Flow *flow, const PairRow *left, const PairRow *right, bool last, bool *first, Error *err)
{
    OWNED_PAIR one = { 0 };
    OWNED_PAIR other = { 0 };

    if (!set_pair(flow, left, &narrow_places[0], true, &one, err) ||
        (right && !set_pair(flow, right, &narrow_places[1], true, &other, err)))
        return false;
    const double height = fmax(one.height, other.height) + 2 * NARROW_PADDING;

    if (!open_line(flow, height, last, first, err) ||
        !place_pair(flow, &one, &narrow_places[0], flow->y + NARROW_PADDING, err) ||
        (right && !place_pair(flow, &other, &narrow_places[1], flow->y + NARROW_PADDING, err)))
        return false;
    flow->y += height;
    return true;
}

bool lay_pairs(Flow *flow, const Block *block, Error *err)
{
    const Pairs *pairs = &block->pairs;
    const bool narrow = pairs->columns == 2;
    size_t at = 0;
    bool first = true;

    for (const PairRow *row; (row = next_row(flow, pairs, &at));) {
        size_t after = at;
        const PairRow *right = narrow && !row->wide ? next_row(flow, pairs, &after) : NULL;

        if (right && right->wide)
            right = NULL;
        if (right)
            at = after;
        const bool last = at == pairs->count;

        if (!(narrow && !row->wide ? lay_two(flow, row, right, last, &first, err)
                                   : lay_wide(flow, row, narrow, last, &first, err)))
            return false;
        flow_check_low(flow);
    }
    return first || place_rule(flow, LEFT, flow->y, TEXT_WIDTH, RULE_OUTER, err);
}

static bool place_frame(Flow *flow, double x, double y, double width, double height, double thickness, Error *err)
{
    const Item item = { .kind = ITEM_FRAME,
                        .page = flow->page,
                        .x = MM(x),
                        .y = MM(y),
                        .width = MM(width),
                        .height = MM(height),
                        .thickness = thickness };

    return sheets_add(flow->sheets, item, err);
}

static bool place_upright(Flow *flow, double x, double y, double height, Error *err)
{
    const Item item = {
        .kind = ITEM_RULE, .page = flow->page, .x = MM(x), .y = MM(y), .width = RULE_HALF, .height = MM(height)
    };

    return sheets_add(flow->sheets, item, err);
}

static size_t present_cells(const Flow *flow, const FigureStrip *strip, const FigureCell *ret[TEMPLATE_CELLS_MOST])
{
    size_t count = 0;

    for (size_t i = 0; i < strip->count; i++)
        if (presence_holds(&strip->cells[i].when, &flow->scope))
            ret[count++] = &strip->cells[i];
    return count;
}

/* Labels first, then all values on one line, however many lines a label has. */
bool lay_figures(Flow *flow, const Block *block, Error *err)
{
    const FigureCell *cells[TEMPLATE_CELLS_MOST];
    const size_t count = present_cells(flow, block->figures, cells);
    const double width = count ? TEXT_WIDTH / (double)count : 0, inner = width - 2 * STRIP_INSET;
    double bottom, low, top;

    if (count == 0)
        return true;
    flow_need(flow, 20 + flow_tail(flow));
    top = flow->y;
    low = top + STRIP_PADDING;
    for (size_t i = 0; i < count; i++) {
        if (!place_words(flow, STYLE_FIGURE_LABEL, &cells[i]->label, LEFT + (double)i * width + STRIP_INSET,
                         top + STRIP_PADDING, inner, PANGO_ALIGN_LEFT, &bottom, err))
            return false;
        low = fmax(low, bottom);
    }
    flow->y = low;
    for (size_t i = 0; i < count; i++) {
        if (!place_words(flow, STYLE_FIGURE, &cells[i]->value, LEFT + (double)i * width + STRIP_INSET, low, inner,
                         PANGO_ALIGN_LEFT, &bottom, err))
            return false;
        flow->y = fmax(flow->y, bottom);
    }
    flow->y += STRIP_PADDING - 0.4;
    for (size_t i = 1; i < count; i++)
        if (!place_upright(flow, LEFT + (double)i * width, top, flow->y - top, err))
            return false;
    return place_frame(flow, LEFT, top, TEXT_WIDTH, flow->y - top, RULE_OUTER, err);
}

enum { NAME, FIRST_EQUALS, OVER, UNDER, SECOND_EQUALS, RESULT, PART_COUNT };

typedef struct Fraction {
    PangoLayout *parts[PART_COUNT];
} Fraction;

static void fraction_fini(Fraction *fraction)
{
    for (size_t i = 0; i < PART_COUNT; i++)
        if (fraction->parts[i])
            g_object_unref(fraction->parts[i]);
}

static double part_width(const Fraction *fraction, int part)
{
    return typeset_width(fraction->parts[part]) / MM(1);
}

/* Its middle at this height. */
static bool place_part(Flow *flow, Fraction *fraction, int part, double x, double middle, Error *err)
{
    PangoLayout *layout = fraction->parts[part];

    fraction->parts[part] = NULL;
    return place_layout(flow, layout, x, middle - layout_height(layout) / 2, err);
}

static bool set_fraction(Flow *flow, const Block *block, Fraction *ret, Error *err)
{
    static const struct {
        int part, words;
        StyleName style;
    } parts[] = { { NAME, FRACTION_NAME, STYLE_FRACTION },
                  { OVER, FRACTION_OVER, STYLE_FRACTION },
                  { UNDER, FRACTION_UNDER, STYLE_FRACTION },
                  { RESULT, FRACTION_RESULT, STYLE_RESULT } };

    for (size_t i = 0; i < COUNT(parts); i++)
        if (!set_words(flow, parts[i].style, &block->words[parts[i].words], TEXT_WIDTH, PANGO_ALIGN_LEFT,
                       &ret->parts[parts[i].part], err))
            return false;
    for (int part = FIRST_EQUALS; part <= SECOND_EQUALS; part += SECOND_EQUALS - FIRST_EQUALS)
        if (!typeset(flow->typesetter, STYLE_FRACTION, "=", 0, PANGO_ALIGN_LEFT, &ret->parts[part], err))
            return false;
    return true;
}

bool lay_fraction(Flow *flow, const Block *block, Error *err)
{
    __attribute__((cleanup(fraction_fini))) Fraction fraction = { { NULL } };

    if (!set_fraction(flow, block, &fraction, err))
        return false;
    const double over = part_width(&fraction, OVER), under = part_width(&fraction, UNDER), bar = fmax(over, under) + 3;
    const double result = part_width(&fraction, RESULT), equals = part_width(&fraction, FIRST_EQUALS);
    const double width = part_width(&fraction, NAME) + 2 * equals + bar + result + 2 * RESULT_INSET + 4 * FRACTION_GAP;
    const double half = layout_height(fraction.parts[OVER]), frame = layout_height(fraction.parts[RESULT]) + 1.6;
    const double height = fmax(2 * half + 0.8, frame);
    double x = LEFT + (TEXT_WIDTH - width) / 2;

    if (width > TEXT_WIDTH)
        flow->sheets->fits = false;
    flow_need(flow, height + flow_tail(flow));
    const double middle = flow->y + height / 2, name = part_width(&fraction, NAME);

    if (!place_part(flow, &fraction, NAME, x, middle, err) ||
        !place_part(flow, &fraction, FIRST_EQUALS, x += name + FRACTION_GAP, middle, err) ||
        !place_part(flow, &fraction, OVER, (x += equals + FRACTION_GAP) + (bar - over) / 2, middle - half / 2 - 0.2,
                    err) ||
        !place_rule(flow, x, middle - 0.1, bar, RULE_HALF, err) ||
        !place_part(flow, &fraction, UNDER, x + (bar - under) / 2, middle + half / 2 + 0.2, err) ||
        !place_part(flow, &fraction, SECOND_EQUALS, x += bar + FRACTION_GAP, middle, err) ||
        !place_part(flow, &fraction, RESULT, (x += equals + FRACTION_GAP) + RESULT_INSET, middle, err) ||
        !place_frame(flow, x, middle - frame / 2, result + 2 * RESULT_INSET, frame, RULE_THICK, err))
        return false;
    flow->y += height;
    return true;
}
