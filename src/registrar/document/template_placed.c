/* Reading blocks that stand at a place of their own, and what may stand on a card at all. */
#include "registrar/document/template_read.h"

#define CARD_EDGE 2.0 /* millimetres of a card that words keep free: cards are cut and printed with less care */

typedef struct Bounds {
    double edge;        /* kept free at every side */
    double width_least; /* 0: the block has no width of its own */
    double height_least;
} Bounds;

static Bounds bounds_of(BlockKind kind, PageSize page)
{
    const double edge = page == PAGE_CARD ? CARD_EDGE : 10;

    switch ((int)kind) {
    case BLOCK_PANEL: return (Bounds){ 0, 1, 0.2 };
    case BLOCK_BOX: return (Bounds){ edge, 4, 0 };
    case BLOCK_PHOTO: return (Bounds){ 0, 10, 10 };
    case BLOCK_LOGO: return (Bounds){ edge, 4, 0 };
    default: return (Bounds){ edge, 0, 0 };
    }
}

/* Where it is, and that all of it is on the page. */
static bool read_place(const Reader *reader, const json_t *json, const Path *path, const Bounds *bounds, Placed *ret,
                       Error *err)
{
    const double right = page_width(reader->page) - bounds->edge, low = page_height(reader->page) - bounds->edge;

    if (!read_length(json, path, "x", -1, bounds->edge, right, &ret->x, err) ||
        !read_length(json, path, "y", -1, bounds->edge, low, &ret->y, err) ||
        (bounds->width_least > 0 &&
         !read_length(json, path, "width", -1, bounds->width_least, right - ret->x, &ret->width, err)))
        return false;
    if (bounds->height_least > 0 || json_object_get(json, "height"))
        return read_length(json, path, "height", -1, bounds->height_least, low - ret->y, &ret->height, err);
    ret->height = low - ret->y;
    return true;
}

static bool read_code_place(const Reader *reader, const json_t *json, const Path *path, const Bounds *bounds,
                            Placed *ret, Error *err)
{
    double size = 0;

    if (!read_place(reader, json, path, bounds, ret, err) ||
        !read_length(json, path, "size", -1, CODE_SIZE_LEAST, CODE_SIZE_MOST, &size, err))
        return false;
    ret->width = ret->height = size;
    if (ret->x + size > page_width(reader->page) - bounds->edge ||
        ret->y + size > page_height(reader->page) - bounds->edge)
        return path_error(path, err, "a code of %g mm does not end on the page", size);
    return true;
}

static bool read_box(const json_t *json, const Path *path, Placed *ret, Error *err)
{
    static const char *const aligns[] = { [BOX_LEFT] = "left", [BOX_CENTRE] = "centre", [BOX_RIGHT] = "right" };
    int align = BOX_LEFT;

    if (!read_length(json, path, "size", 9, 5, 24, &ret->points, err) ||
        !read_flag(json, path, "strong", &ret->strong, err) ||
        !read_choice(json, path, "align", aligns, COUNT(aligns), BOX_LEFT, &align, err))
        return false;
    ret->align = (BoxAlign)align;
    return true;
}

static bool read_shade(const json_t *json, const Path *path, Placed *ret, Error *err)
{
    static const char *const shades[] = { [PANEL_LIGHT] = "light", [PANEL_BRAND] = "brand", [PANEL_LINE] = "line" };
    int shade = PANEL_LINE;

    if (!read_choice(json, path, "shade", shades, COUNT(shades), PANEL_LINE, &shade, err))
        return false;
    ret->shade = (PanelShade)shade;
    return true;
}

/* A stamp and a code have a place in the text's flow too; nothing flows on a card. */
static bool may_flow(BlockKind kind, PageSize page)
{
    return page != PAGE_CARD && (kind == BLOCK_STAMP || kind == BLOCK_CHECK);
}

static bool is_placed(BlockKind kind)
{
    return kind == BLOCK_PANEL || kind == BLOCK_BOX || kind == BLOCK_PHOTO || kind == BLOCK_LOGO ||
           kind == BLOCK_STAMP || kind == BLOCK_CHECK;
}

bool read_placed(Reader *reader, const json_t *json, const Path *path, BlockKind kind, Placed *ret, Error *err)
{
    const Bounds bounds = bounds_of(kind, reader->page);

    if (reader->page == PAGE_CARD && !is_placed(kind) && kind != BLOCK_TURN)
        return path_error(path, err, "text does not flow on a card: only what has a place stands on it");
    if (!is_placed(kind) || (may_flow(kind, reader->page) && !json_object_get(json, "x")))
        return true;
    ret->present = true;
    if (kind == BLOCK_CHECK)
        return read_code_place(reader, json, path, &bounds, ret, err);
    if (!read_place(reader, json, path, &bounds, ret, err))
        return false;
    if (kind == BLOCK_BOX)
        return read_box(json, path, ret, err);
    if (kind == BLOCK_PANEL)
        return read_shade(json, path, ret, err);
    return kind != BLOCK_PHOTO || read_image(reader, json, path, "image", &ret->image, err);
}
