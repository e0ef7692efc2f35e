/* Blocks at places of their own: panels, boxes of text, photo, logo, stamp, and the code of a card. */
#include "registrar/document/layout.h"
#include "registrar/document/picture.h"

#define STAMP_SIDE 26.0

static Item item_at(const Flow *flow, ItemKind kind, const Placed *placed)
{
    return (Item){ .kind = kind,
                   .page = flow->page,
                   .x = MM(placed->x),
                   .y = MM(placed->y),
                   .width = MM(placed->width),
                   .height = MM(placed->height) };
}

/* Words over a panel in the brand's colour are white by themselves. */
static bool is_over_brand(const Flow *flow, const Placed *placed)
{
    const double x = MM(placed->x), y = MM(placed->y);

    for (size_t i = 0; i < flow->sheets->count; i++) {
        const Item *item = &flow->sheets->items[i];

        if (item->kind == ITEM_PANEL && item->shade == PANEL_BRAND && item->page == flow->page && x >= item->x &&
            y >= item->y && x < item->x + item->width && y < item->y + item->height)
            return true;
    }
    return false;
}

static bool lay_box(Flow *flow, const Block *block, Error *err)
{
    static const PangoAlignment aligns[] = {
        [BOX_LEFT] = PANGO_ALIGN_LEFT, [BOX_CENTRE] = PANGO_ALIGN_CENTER, [BOX_RIGHT] = PANGO_ALIGN_RIGHT
    };
    const Placed *placed = &block->placed;
    Item item = item_at(flow, ITEM_TEXT, placed);

    if (!set_words_sized(flow, placed, &block->words[BOX_TEXT], aligns[placed->align], &item.layout, err))
        return false;
    if (layout_height(item.layout) > placed->height + 0.01)
        flow->sheets->fits = false;
    item.white = is_over_brand(flow, placed);
    return sheets_add(flow->sheets, item, err);
}

/* Where there is no picture: a frame of its size, with words that say so. */
static bool lay_no_photo(Flow *flow, const Block *block, Error *err)
{
    const Words *words = &block->words[PHOTO_NONE];
    Item frame = item_at(flow, ITEM_FRAME, &block->placed);
    Item text = item_at(flow, ITEM_TEXT, &block->placed);

    frame.thickness = RULE_HALF;
    if (!sheets_add(flow->sheets, frame, err))
        return false;
    if (words->count == 0)
        return true;
    if (!set_words(flow, STYLE_CAPTION, words, block->placed.width, PANGO_ALIGN_CENTER, &text.layout, err))
        return false;
    text.y += (text.height - typeset_height(text.layout)) / 2;
    return sheets_add(flow->sheets, text, err);
}

static bool lay_photo(Flow *flow, const Block *block, Error *err)
{
    Item item = item_at(flow, ITEM_PICTURE, &block->placed);
    Str value;

    if (!scope_text(&flow->scope, block->placed.image, &value) || value.len == 0)
        return lay_no_photo(flow, block, err);
    return (picture_read(value, &item.picture, err) && sheets_add(flow->sheets, item, err)) ||
           error_add(err, "field " STR_FMT, STR_ARG(block->placed.image));
}

static bool lay_logo(Flow *flow, const Block *block, Error *err)
{
    return !flow->sheets->emblem || sheets_add(flow->sheets, item_at(flow, ITEM_EMBLEM, &block->placed), err);
}

static bool lay_panel(Flow *flow, const Block *block, Error *err)
{
    Item item = item_at(flow, block->placed.shade == PANEL_LINE ? ITEM_FRAME : ITEM_PANEL, &block->placed);

    item.shade = block->placed.shade;
    item.thickness = RULE_HALF;
    return sheets_add(flow->sheets, item, err);
}

bool place_stamp(Flow *flow, const Words *words, double x, double y, Error *err)
{
    const Item ring = { .kind = ITEM_RING,
                        .page = flow->page,
                        .x = MM(x - STAMP_SIDE / 2),
                        .y = MM(y - STAMP_SIDE / 2),
                        .width = MM(STAMP_SIDE),
                        .height = MM(STAMP_SIDE),
                        .thickness = RULE_HAIR };
    PangoLayout *layout;

    if (!sheets_add(flow->sheets, ring, err) ||
        !set_words(flow, STYLE_STAMP, words, STAMP_SIDE - 4, PANGO_ALIGN_CENTER, &layout, err))
        return false;
    if (layout_height(layout) > STAMP_SIDE - 8)
        flow->sheets->fits = false;
    return place_layout(flow, layout, x - STAMP_SIDE / 2 + 2, y - layout_height(layout) / 2, err);
}

bool lay_placed(Flow *flow, const Block *block, Error *err)
{
    const Placed *placed = &block->placed;

    switch ((int)block->kind) {
    case BLOCK_PANEL: return lay_panel(flow, block, err);
    case BLOCK_BOX: return lay_box(flow, block, err);
    case BLOCK_PHOTO: return lay_photo(flow, block, err);
    case BLOCK_LOGO: return lay_logo(flow, block, err);
    case BLOCK_STAMP:
        return place_stamp(flow, &block->words[STAMP_TEXT], placed->x + STAMP_SIDE / 2, placed->y + STAMP_SIDE / 2,
                           err);
    case BLOCK_CHECK: return sheets_add(flow->sheets, item_at(flow, ITEM_CODE, placed), err);
    default: return true;
    }
}
