/* Blocks to items: the flow itself, and which block is whose. */
#include "registrar/document/layout.h"

#include <math.h>

#define TAIL_MOST 120.0 /* what signatures may take: where there is more they are not looked for */

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

void flow_check_low(Flow *flow)
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

static void check_width(Flow *flow, PangoLayout *layout, double width)
{
    if (typeset_width(layout) > MM(width) + 0.01)
        flow->sheets->fits = false; /* a word wider than its place: never torn */
}

bool set_words(Flow *flow, StyleName style, const Words *words, double width, PangoAlignment align, PangoLayout **ret,
               Error *err)
{
    OWNED_BUF markup;

    buf_init(&markup, WORDS_FILLED_MOST);
    if (!words_fill(words, &flow->scope, style == STYLE_MINISTRY, &markup, err) ||
        !typeset(flow->typesetter, style, buf_text(&markup), MM(width), align, ret, err))
        return false;
    check_width(flow, *ret, width);
    return true;
}

bool set_words_sized(Flow *flow, const Placed *box, const Words *words, PangoAlignment align, PangoLayout **ret,
                     Error *err)
{
    const StyleName style = box->strong ? STYLE_BOX_STRONG : STYLE_BOX;
    OWNED_BUF markup;

    buf_init(&markup, WORDS_FILLED_MOST);
    if (!words_fill(words, &flow->scope, false, &markup, err) ||
        !typeset_sized(flow->typesetter, style, box->points, buf_text(&markup), MM(box->width), align, ret, err))
        return false;
    check_width(flow, *ret, box->width);
    return true;
}

bool place_layout(Flow *flow, PangoLayout *layout, double x, double y, Error *err)
{
    const Item item = { .kind = ITEM_TEXT, .page = flow->page, .x = MM(x), .y = MM(y), .layout = layout };

    return sheets_add(flow->sheets, item, err);
}

bool place_words(Flow *flow, StyleName style, const Words *words, double x, double y, double width,
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

double layout_baseline(PangoLayout *layout)
{
    return typeset_baseline(layout) / MM(1);
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
    [BLOCK_LETTERHEAD] = 0, [BLOCK_NUMBER] = 2, [BLOCK_HEADING] = 6, [BLOCK_PARAGRAPH] = 4.5, [BLOCK_NOTE] = 3,
    [BLOCK_PAIRS] = 4.5,    [BLOCK_TABLE] = 3,  [BLOCK_FIGURES] = 3, [BLOCK_FRACTION] = 5,    [BLOCK_SIGNATURE] = 5,
    [BLOCK_SIGNATURES] = 5, [BLOCK_STAMP] = 0,  [BLOCK_TURN] = 0,    [BLOCK_PANEL] = 0,       [BLOCK_BOX] = 0,
    [BLOCK_LINK] = 4,       [BLOCK_PHOTO] = 0,  [BLOCK_LOGO] = 0,    [BLOCK_CHECK] = 0,       [BLOCK_FOOT] = 0,
};
static_assert(COUNT(gaps) == BLOCK_KIND_COUNT, "one row per BlockKind");

static bool lay_turn(Flow *flow)
{
    flow_next_page(flow);
    flow->at_page = flow->page;
    return true;
}

static bool lay_stamp(Flow *flow, const Block *block)
{
    flow->stamp = block;
    return true;
}

static bool lay_block_kind(Flow *flow, const Block *block, Error *err)
{
    switch (block->kind) {
    case BLOCK_LETTERHEAD: return lay_letterhead(flow, block, err);
    case BLOCK_NUMBER: return lay_number(flow, block, err);
    case BLOCK_HEADING: return lay_heading(flow, block, err);
    case BLOCK_PARAGRAPH: return lay_paragraph(flow, STYLE_BODY, &block->words[PARAGRAPH_TEXT], err);
    case BLOCK_NOTE: return lay_paragraph(flow, STYLE_NOTE, &block->words[NOTE_TEXT], err);
    case BLOCK_PAIRS: return lay_pairs(flow, block, err);
    case BLOCK_TABLE: return lay_table(flow, block, err);
    case BLOCK_FIGURES: return lay_figures(flow, block, err);
    case BLOCK_FRACTION: return lay_fraction(flow, block, err);
    case BLOCK_SIGNATURE:
    case BLOCK_SIGNATURES: return lay_signatures(flow, block, err);
    case BLOCK_STAMP: return lay_stamp(flow, block);
    case BLOCK_LINK: return lay_link(flow, block, err);
    case BLOCK_TURN: return lay_turn(flow);
    case BLOCK_CHECK: return lay_check(flow, block, err);
    case BLOCK_PANEL:
    case BLOCK_BOX:
    case BLOCK_PHOTO:
    case BLOCK_LOGO:
    case BLOCK_FOOT:
    case BLOCK_KIND_COUNT: break;
    }
    return true;
}

static bool lay_block(Flow *flow, const Block *block, Error *err)
{
    if (!presence_holds(&block->when, &flow->scope))
        return true;
    if (block->placed.present)
        return lay_placed(flow, block, err);
    if (flow->y > TOP)
        flow->y += gaps[block->kind];
    if (flow->page == flow->at_page)
        flow->y = fmax(flow->y, block->at);
    if (!lay_block_kind(flow, block, err))
        return false;
    if (block->kind != BLOCK_CHECK && flow->sheets->page != PAGE_CARD)
        flow_check_low(flow);
    return true;
}

double flow_tail(Flow *flow)
{
    bool stamp = false;

    if (flow->tail >= 0)
        return flow->tail;
    flow->tail = 0;
    if (flow->y + TAIL_MOST < flow_limit(flow))
        return 0; /* as good as none */
    for (size_t i = flow->block + 1; i < flow->body->block_count; i++) {
        const Block *block = &flow->body->blocks[i];

        stamp |= block->kind == BLOCK_STAMP;
        if (block->kind == BLOCK_STAMP || !presence_holds(&block->when, &flow->scope))
            continue;
        if (block->kind == BLOCK_SIGNATURE || block->kind == BLOCK_SIGNATURES)
            flow->tail = gaps[block->kind] + signatures_room(flow, block, stamp);
        break;
    }
    return flow->tail;
}

static void flow_prepare(Flow *flow, const DocumentInput *input)
{
    const Body *body = &input->template->bodies[input->language];

    snprintf(flow->number, sizeof flow->number, "%s-0000/000000", input->template->reg);
    flow->own[OWN_NUMBER] = (struct ScopeOwn){ "number", input->number, flow->number };
    flow->own[OWN_CODE] = (struct ScopeOwn){ "code", input->code, "0000-0000-0000" };
    flow->own[OWN_ADDRESS] = (struct ScopeOwn){ "check_address", input->check_address, NULL };
    flow->own[OWN_PAGE] = (struct ScopeOwn){ "page", NULL, NULL };
    flow->own[OWN_PAGES] = (struct ScopeOwn){ "pages", NULL, NULL };
    flow->body = body;
    flow->scope = (Scope){ .values = input->values, .own = flow->own, .own_count = OWN_COUNT };
    for (size_t i = 0; i < body->block_count; i++)
        flow->has_check |= body->blocks[i].kind == BLOCK_CHECK && !body->blocks[i].placed.present;
}

bool sheets_lay_out(const DocumentInput *input, Sheets *ret, Error *err)
{
    const Template *template = input->template;
    const Body *body = &template->bodies[input->language];
    OWNED_SHEETS sheets = { .page = template->page, .pages = 1, .fits = true };
    Flow flow = { .sheets = &sheets, .y = TOP };

    if (!body->present)
        return error_set(err, ERR_ARGUMENT, "template %s has no %s", template->id, language_tag(input->language));
    flow_prepare(&flow, input);
    flow.typesetter = typesetter_here(err);
    if (!flow.typesetter || (input->logo.len && !(sheets.emblem = emblem_parse(input->logo, err))))
        return error_add(err, "paper");
    for (flow.block = 0; flow.block < body->block_count; flow.block++) {
        flow.tail = -1;
        if (!lay_block(&flow, &body->blocks[flow.block], err))
            return error_add(err, "blocks[%zu]", flow.block);
    }
    if (!lay_feet(&flow, body, err))
        return error_add(err, "foot");
    if (sheets.pages > template->pages_most)
        sheets.fits = false;
    *ret = sheets;
    sheets = (Sheets){ 0 };
    return true;
}
