/* Blocks to items: where everything stands.  Measures are those of the look's notes on paper, in millimetres. */
#include "registrar/document/layout.h"

#include <math.h>

#define LEFT       25.0
#define RIGHT      190.0
#define TEXT_WIDTH (RIGHT - LEFT)
#define TOP        20.0
#define FOOT_Y     281.0
#define BOTTOM     276.0 /* the text's lowest line on a page without a check block */
#define CHECK_RULE 239.2
#define CODE_X     25.146 /* 99 times 0.254 */
#define CODE_Y     243.078
#define WORDS_X                                                                                                        \
    62.5 /* clear of the quiet zone of version 13, so that the text stands where it is for every version               \
          */
#define WORDS_Y        242.2
#define SIGNATURE_Y    231.0 /* foot of its line */
#define MINISTRY_WIDTH 66.0
#define LABEL_WIDTH    52.0
#define VALUE_X        81.0
#define ROW_PADDING    1.2

#define RULE_THICK     1.2 /* points */
#define RULE_OUTER     0.7
#define RULE_HALF      0.5
#define RULE_HAIR      0.35
#define RULE_INNER     0.25

double flow_limit(const Flow *flow)
{
    return flow->page == 0 && flow->has_check ? CHECK_RULE - 3 : BOTTOM;
}

void flow_next_page(Flow *flow)
{
    flow->page++;
    flow->y = TOP;
    if (flow->page >= flow->sheets->pages)
        flow->sheets->pages = flow->page + 1;
}

void flow_need(Flow *flow, double height)
{
    if (flow->y + height <= flow_limit(flow) || flow->y <= TOP)
        return;
    flow_next_page(flow);
}

static void flow_check_low(Flow *flow)
{
    if (flow->y > flow_limit(flow) + 0.01)
        flow->sheets->fits = false;
}

bool place_rule(Flow *flow, double x, double y, double width, double thickness, Error *err)
{
    const Item item = {
        .kind = ITEM_RULE, .page = flow->page, .x = MM(x), .y = MM(y), .width = MM(width), .height = thickness
    };

    return sheets_add(flow->sheets, item, err);
}

bool set_markup(Flow *flow, StyleName style, const char *markup, double width, PangoAlignment align, PangoLayout **ret,
                Error *err)
{
    if (!typeset(flow->typesetter, style, markup, MM(width), align, ret, err))
        return false;
    if (typeset_width(*ret) > MM(width) + 0.01)
        flow->sheets->fits = false; /* a word wider than its place: never torn */
    return true;
}

bool set_words(Flow *flow, StyleName style, const Words *words, double width, PangoAlignment align, PangoLayout **ret,
               Error *err)
{
    OWNED_BUF markup;

    buf_init(&markup, WORDS_FILLED_MOST);
    return words_fill(words, &flow->scope, style == STYLE_MINISTRY, &markup, err) &&
           set_markup(flow, style, buf_text(&markup), width, align, ret, err);
}

bool place_layout(Flow *flow, PangoLayout *layout, double x, double y, Error *err)
{
    const Item item = { .kind = ITEM_TEXT, .page = flow->page, .x = MM(x), .y = MM(y), .layout = layout };

    return sheets_add(flow->sheets, item, err);
}

/* Sets words at a place; *ret_bottom is where they end.  Without words nothing is set and *ret_bottom is y. */
static bool place_words(Flow *flow, StyleName style, const Words *words, double x, double y, double width,
                        PangoAlignment align, double *ret_bottom, Error *err)
{
    PangoLayout *layout;

    *ret_bottom = y;
    if (words->count == 0)
        return true;
    if (!set_words(flow, style, words, width, align, &layout, err))
        return false;
    *ret_bottom = y + layout_height(layout);
    return place_layout(flow, layout, x, y, err);
}

double layout_height(PangoLayout *layout)
{
    return typeset_height(layout) / MM(1);
}

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

static bool lay_letterhead(Flow *flow, const Block *block, Error *err)
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

static bool lay_number(Flow *flow, const Block *block, Error *err)
{
    double left, right;

    if (!place_words(flow, STYLE_NUMBER, &block->words[NUMBER_LEFT], LEFT, flow->y, 100, PANGO_ALIGN_LEFT, &left,
                     err) ||
        !place_words(flow, STYLE_NUMBER, &block->words[NUMBER_RIGHT], RIGHT - 64, flow->y, 64, PANGO_ALIGN_RIGHT,
                     &right, err))
        return false;
    flow->y = fmax(left, right);
    return true;
}

static bool lay_heading(Flow *flow, const Block *block, Error *err)
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
static bool lay_paragraph(Flow *flow, const Block *block, Error *err)
{
    PangoLayout *layout;
    double height;

    if (!set_words(flow, STYLE_BODY, &block->words[PARAGRAPH_TEXT], TEXT_WIDTH, PANGO_ALIGN_LEFT, &layout, err))
        return false;
    height = layout_height(layout);
    flow_need(flow, height);
    if (!place_layout(flow, layout, LEFT, flow->y, err))
        return false;
    flow->y += height;
    return true;
}

/* Label and value on one baseline.  Taken by the sheets when they stand. */
static bool lay_pair(Flow *flow, const PairRow *row, bool first, Error *err)
{
    static const StyleName styles[] = {
        [ROW_PLAIN] = STYLE_VALUE, [ROW_STRONG] = STYLE_VALUE_STRONG, [ROW_FIGURES] = STYLE_VALUE_FIGURES
    };
    PangoLayout *label = NULL, *value = NULL;
    double label_drop, value_drop, height;

    if (!set_words(flow, STYLE_LABEL, &row->label, LABEL_WIDTH, PANGO_ALIGN_LEFT, &label, err))
        return false;
    if (!set_words(flow, styles[row->style], &row->value, RIGHT - VALUE_X, PANGO_ALIGN_LEFT, &value, err)) {
        g_object_unref(label);
        return false;
    }
    label_drop = fmax(0, typeset_baseline(value) - typeset_baseline(label)) / MM(1);
    value_drop = fmax(0, typeset_baseline(label) - typeset_baseline(value)) / MM(1);
    height = fmax(label_drop + layout_height(label), value_drop + layout_height(value)) + 2 * ROW_PADDING;
    if (flow->y + height > flow_limit(flow)) {
        flow_need(flow, height);
        first = true;
    }
    if (!place_layout(flow, label, LEFT, flow->y + ROW_PADDING + label_drop, err)) {
        g_object_unref(value);
        return false;
    }
    if (!place_layout(flow, value, VALUE_X, flow->y + ROW_PADDING + value_drop, err) ||
        !place_rule(flow, LEFT, flow->y, TEXT_WIDTH, first ? RULE_OUTER : RULE_INNER, err))
        return false;
    flow->y += height;
    return true;
}

static bool lay_pairs(Flow *flow, const Block *block, Error *err)
{
    bool first = true;

    for (size_t i = 0; i < block->row_count; i++) {
        const int page = flow->page;
        const double bottom = flow->y;

        if (!presence_holds(&block->rows[i].when, &flow->scope))
            continue;
        if (!lay_pair(flow, &block->rows[i], first, err))
            return false;
        if (!first && flow->page != page) {
            const Item rule = { .kind = ITEM_RULE,
                                .page = page,
                                .x = MM(LEFT),
                                .y = MM(bottom),
                                .width = MM(TEXT_WIDTH),
                                .height = RULE_OUTER };

            if (!sheets_add(flow->sheets, rule, err))
                return false;
        }
        first = false;
    }
    return first || place_rule(flow, LEFT, flow->y, TEXT_WIDTH, RULE_OUTER, err);
}

/* At the same height on the first page of every paper while there is room; else under the text. */
static bool lay_signature(Flow *flow, const Block *block, Error *err)
{
    PangoLayout *role;
    double height, foot, bottom;

    if (!set_words(flow, STYLE_ROLE, &block->words[SIGNATURE_ROLE], 64, PANGO_ALIGN_LEFT, &role, err))
        return false;
    height = layout_height(role);
    flow_need(flow, height + (flow->page == 0 ? 1 : 8));
    foot = flow->page == 0 ? fmax(SIGNATURE_Y, flow->y + height) : flow->y + 7 + height;
    if (!place_layout(flow, role, LEFT, foot - height, err) || !place_rule(flow, 93, foot - 0.9, 46, RULE_HALF, err) ||
        !place_words(flow, STYLE_CAPTION, &block->words[SIGNATURE_CAPTION], 93, foot - 0.5, 46, PANGO_ALIGN_CENTER,
                     &bottom, err) ||
        !place_words(flow, STYLE_SIGNATORY, &block->words[SIGNATURE_NAME], 143, foot - 14 / MM(1), 47,
                     PANGO_ALIGN_RIGHT, &bottom, err))
        return false;
    flow->y = foot;
    return true;
}

static bool lay_check_address(Flow *flow, double y, double *ret_bottom, Error *err)
{
    static const char text[] =
        "{check_address}<span weight=\"bold\" letter_spacing=\"768\" allow_breaks=\"false\">{code}</span>";
    Words words;
    bool placed;

    if (!words_parse(str_from(text), &words, err))
        return false;
    placed =
        place_words(flow, STYLE_CHECK_ADDRESS, &words, WORDS_X, y, RIGHT - WORDS_X, PANGO_ALIGN_LEFT, ret_bottom, err);
    words_fini(&words);
    return placed;
}

/* At the foot of the first page, wherever the text has come to. */
static bool lay_check(Flow *flow, const Block *block, Error *err)
{
    const int page = flow->page;
    const Item code = { .kind = ITEM_CODE, .page = 0, .x = MM(CODE_X), .y = MM(CODE_Y) };
    const double width = RIGHT - WORDS_X;
    double y;

    flow->page = 0;
    if (!place_rule(flow, LEFT, CHECK_RULE, TEXT_WIDTH, RULE_HAIR, err) || !sheets_add(flow->sheets, code, err) ||
        !place_words(flow, STYLE_CHECK_HEAD, &block->words[CHECK_HEAD], WORDS_X, WORDS_Y, width, PANGO_ALIGN_LEFT, &y,
                     err) ||
        !lay_check_address(flow, y + 0.6, &y, err) ||
        !place_words(flow, STYLE_CHECK_NOTE, &block->words[CHECK_NOTE], WORDS_X, y + 1.3, width, PANGO_ALIGN_LEFT, &y,
                     err) ||
        !place_words(flow, STYLE_CHECK_NOTE, &block->words[CHECK_SECOND_NOTE], WORDS_X, y + 1.3, width,
                     PANGO_ALIGN_LEFT, &y, err))
        return false;
    if (y > FOOT_Y - 0.5)
        flow->sheets->fits = false;
    flow->page = page;
    return true;
}

/* On every page, once it is known how many there are. */
static bool lay_foot(Flow *flow, const Block *block, Error *err)
{
    static const PangoAlignment aligns[] = { PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT };
    double bottom;

    for (size_t i = 0; i < COUNT(aligns); i++) {
        const double width = i == 1 ? 75 : 45, x = i == 0 ? LEFT : i == 1 ? LEFT + 45 : RIGHT - 45;

        if (!place_words(flow, STYLE_FOOT, &block->words[i], x, FOOT_Y, width, aligns[i], &bottom, err))
            return false;
        if (bottom > FOOT_Y + 4)
            flow->sheets->fits = false;
    }
    return true;
}

static bool lay_feet(Flow *flow, const Body *body, Error *err)
{
    for (size_t i = 0; i < body->block_count; i++) {
        if (body->blocks[i].kind != BLOCK_FOOT)
            continue;
        snprintf(flow->pages_text, sizeof flow->pages_text, "%d", flow->sheets->pages);
        flow->own[OWN_PAGE].value = flow->page_text;
        flow->own[OWN_PAGES].value = flow->pages_text;
        for (flow->page = 0; flow->page < flow->sheets->pages; flow->page++) {
            snprintf(flow->page_text, sizeof flow->page_text, "%d", flow->page + 1);
            if (!lay_foot(flow, &body->blocks[i], err))
                return false;
        }
    }
    return true;
}

/* Least room above a block, in millimetres; `at` says where it stands when nothing pushes it down. */
static const double gaps[] = {
    [BLOCK_LETTERHEAD] = 0, [BLOCK_NUMBER] = 2,    [BLOCK_HEADING] = 6, [BLOCK_PARAGRAPH] = 4.5, [BLOCK_PAIRS] = 4.5,
    [BLOCK_TABLE] = 3,      [BLOCK_SIGNATURE] = 5, [BLOCK_CHECK] = 0,   [BLOCK_FOOT] = 0,
};
static_assert(COUNT(gaps) == BLOCK_KIND_COUNT, "one row per BlockKind");

static bool lay_block(Flow *flow, const Block *block, Error *err)
{
    if (!presence_holds(&block->when, &flow->scope))
        return true;
    if (flow->y > TOP)
        flow->y += gaps[block->kind];
    if (flow->page == 0)
        flow->y = fmax(flow->y, block->at);
    switch (block->kind) {
    case BLOCK_LETTERHEAD: return lay_letterhead(flow, block, err);
    case BLOCK_NUMBER: return lay_number(flow, block, err);
    case BLOCK_HEADING: return lay_heading(flow, block, err);
    case BLOCK_PARAGRAPH: return lay_paragraph(flow, block, err);
    case BLOCK_PAIRS: return lay_pairs(flow, block, err);
    case BLOCK_TABLE: return lay_table(flow, block, err);
    case BLOCK_SIGNATURE: return lay_signature(flow, block, err);
    case BLOCK_CHECK: return lay_check(flow, block, err);
    case BLOCK_FOOT:
    case BLOCK_KIND_COUNT: break;
    }
    return true;
}

static bool read_emblem(const char *path, Emblem **ret, Error *err)
{
    OWNED_BUF svg;

    buf_init(&svg, 256u << 10);
    if (!file_read(path, &svg, err))
        return false;
    *ret = emblem_parse(buf_str(&svg), err);
    return *ret != NULL;
}

static void flow_prepare(Flow *flow, const DocumentInput *input)
{
    snprintf(flow->number, sizeof flow->number, "%s-0000/000000", input->template->reg);
    flow->own[OWN_NUMBER] = (struct ScopeOwn){ "number", input->number, flow->number };
    flow->own[OWN_CODE] = (struct ScopeOwn){ "code", input->code, "0000-0000-0000" };
    flow->own[OWN_ADDRESS] = (struct ScopeOwn){ "check_address", input->check_address, NULL };
    flow->own[OWN_PAGE] = (struct ScopeOwn){ "page", NULL, NULL };
    flow->own[OWN_PAGES] = (struct ScopeOwn){ "pages", NULL, NULL };
    flow->scope = (Scope){ .values = input->values, .own = flow->own, .own_count = OWN_COUNT };
}

bool sheets_lay_out(const DocumentInput *input, Sheets *ret, Error *err)
{
    const Body *body = &input->template->bodies[input->language];
    OWNED_SHEETS sheets = { .pages = 1, .fits = true };
    Flow flow = { .sheets = &sheets, .y = TOP };

    if (!body->present)
        return error_set(err, ERR_ARGUMENT, "template %s has no %s", input->template->id,
                         language_tag(input->language));
    flow_prepare(&flow, input);
    flow.typesetter = typesetter_here(err);
    if (!flow.typesetter || (input->logo_file && !read_emblem(input->logo_file, &sheets.emblem, err)))
        return error_add(err, "paper");
    for (size_t i = 0; i < body->block_count; i++)
        flow.has_check |= body->blocks[i].kind == BLOCK_CHECK;
    for (size_t i = 0; i < body->block_count; i++) {
        if (!lay_block(&flow, &body->blocks[i], err))
            return error_add(err, "blocks[%zu]", i);
        if (body->blocks[i].kind != BLOCK_CHECK)
            flow_check_low(&flow);
    }
    if (!lay_feet(&flow, body, err))
        return error_add(err, "foot");
    if (sheets.pages > input->template->pages_most)
        sheets.fits = false;
    *ret = sheets;
    sheets = (Sheets){ 0 };
    return true;
}
