/* What opens a paper, and its sentences. */
#include <math.h>

#include "registrar/document/layout.h"

#define MINISTRY_WIDTH 66.0

/* Lines of about one length: the narrowest width that does not need one more. */
static void balance(PangoLayout *layout, double width)
{
    const int lines = pango_layout_get_line_count(layout);
    int whole;

    pango_layout_set_width(layout, -1);
    whole = (int)(typeset_width(layout) * PANGO_SCALE);
    for (int more = 4; more <= 32 && whole / lines / 100 * (100 + more) < (int)(MM(width) * PANGO_SCALE); more += 7) {
        pango_layout_set_width(layout, whole / lines / 100 * (100 + more));
        if (pango_layout_get_line_count(layout) == lines)
            return;
    }
    pango_layout_set_width(layout, (int)(MM(width) * PANGO_SCALE));
}

static bool lay_ministry(Flow *flow, const Words *words, double x, double *ret_bottom, Error *err)
{
    PangoLayout *layout;

    *ret_bottom = 19.6;
    if (words->count == 0)
        return true;
    if (!set_words(flow, STYLE_MINISTRY, words, MINISTRY_WIDTH, PANGO_ALIGN_LEFT, &layout, err))
        return false;
    if (pango_layout_get_line_count(layout) > 1)
        balance(layout, MINISTRY_WIDTH);
    *ret_bottom += layout_height(layout);
    return place_layout(flow, layout, x, 19.6, err);
}

bool lay_letterhead(Flow *flow, const Block *block, Error *err)
{
    const double x = flow->sheets->emblem ? 48 : LEFT, width = 140 - x;
    double left, right, rule;

    if (flow->sheets->emblem) {
        const Item emblem = { .kind = ITEM_EMBLEM, .page = flow->page, .x = MM(LEFT), .y = MM(TOP), .width = MM(18) };

        if (!sheets_add(flow->sheets, emblem, err))
            return false;
    }
    if (!lay_ministry(flow, &block->words[LETTERHEAD_MINISTRY], x, &left, err) ||
        !place_words(flow, STYLE_NAME, &block->words[LETTERHEAD_NAME], x, left + 1, width, PANGO_ALIGN_LEFT, &left,
                     err) ||
        !place_words(flow, STYLE_SECOND_NAME, &block->words[LETTERHEAD_SECOND_NAME], x, left, width, PANGO_ALIGN_LEFT,
                     &left, err) ||
        !place_words(flow, STYLE_ADDRESS, &block->words[LETTERHEAD_ADDRESS], RIGHT - 54, 19.6, 54, PANGO_ALIGN_RIGHT,
                     &right, err))
        return false;
    rule = fmax(41.6, fmax(left, right) + 1.5);
    flow->y = rule + 1.2;
    return place_rule(flow, LEFT, rule, TEXT_WIDTH, RULE_THICK, err) &&
           place_rule(flow, LEFT, rule + 1, TEXT_WIDTH, RULE_HAIR, err);
}

bool lay_number(Flow *flow, const Block *block, Error *err)
{
    double left, right;

    if (!place_words(flow, STYLE_NUMBER, &block->words[NUMBER_LEFT], LEFT, flow->y, 100, PANGO_ALIGN_LEFT, &left,
                     err) ||
        !place_words(flow, STYLE_NUMBER, &block->words[NUMBER_RIGHT], RIGHT - 64, flow->y, 64, PANGO_ALIGN_RIGHT,
                     &right, err) ||
        !place_words(flow, STYLE_BLANK, &block->words[NUMBER_BLANK], RIGHT - 64, right, 64, PANGO_ALIGN_RIGHT, &right,
                     err))
        return false;
    flow->y = fmax(left, right);
    return true;
}

bool lay_heading(Flow *flow, const Block *block, Error *err)
{
    const StyleName title = block->plain ? STYLE_TITLE_PLAIN : STYLE_TITLE;

    return place_words(flow, title, &block->words[HEADING_TITLE], LEFT, flow->y, TEXT_WIDTH, PANGO_ALIGN_CENTER,
                       &flow->y, err) &&
           place_words(flow, STYLE_SUBTITLE, &block->words[HEADING_SUBTITLE], LEFT, flow->y, TEXT_WIDTH,
                       PANGO_ALIGN_CENTER, &flow->y, err) &&
           place_words(flow, STYLE_SECOND_LANGUAGE, &block->words[HEADING_SECOND], LEFT, flow->y, TEXT_WIDTH,
                       PANGO_ALIGN_CENTER, &flow->y, err);
}

/* Kept whole, so that no line of it stands alone. */
bool lay_paragraph(Flow *flow, StyleName style, const Words *words, Error *err)
{
    PangoLayout *layout;
    double height;

    if (!set_words(flow, style, words, TEXT_WIDTH, PANGO_ALIGN_LEFT, &layout, err))
        return false;
    height = layout_height(layout);
    flow_need(flow, height + flow_tail(flow));
    if (!place_layout(flow, layout, LEFT, flow->y, err))
        return false;
    flow->y += height;
    return true;
}
