#include "kiosk/ui/paint.h"

#include <string.h>

#include "base/memory.h"

#define NOTHING    UINT16_MAX
#define SLOTS      COUNT(((Painter *)0)->slots)
#define WASTE_MOST 6000 /* pixels painted for nothing that are cheaper than another rectangle */
#define DASH_PX    9

static_assert(COUNT(((Painter *)0)->slots) > OPS_MOST, "most slots hold one item");

/* ---- what is drawn, as a number ---- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9e3779b97f4a7c15U;
    return hash ^ hash >> 32;
}

static uint64_t mix_bytes(uint64_t hash, const char *bytes, size_t size)
{
    uint64_t word = 0;

    for (size_t i = 0; i < size; i++) {
        word = word << 8 | (uint8_t)bytes[i];
        if (i % 8 == 7)
            hash = mix(hash, word);
    }
    return mix(mix(hash, word), size);
}

static uint64_t mix_pair(uint64_t hash, int a, int b)
{
    return mix(hash, (uint64_t)(uint32_t)a << 32 | (uint32_t)b);
}

static uint64_t op_hash(const Op *op)
{
    uint64_t hash = mix(0, op->kind);

    hash = mix_pair(mix_pair(hash, op->rect.x, op->rect.y), op->rect.w, op->rect.h);
    hash = mix_pair(mix_pair(hash, op->seen.x, op->seen.y), op->seen.w, op->seen.h);
    hash = mix_pair(hash, (int)op->fill, (int)op->line);
    hash = mix_pair(mix_pair(hash, op->radius, op->thickness), op->rises << 2 | op->filled << 1 | op->dashed,
                    op->baseline);
    if (op->kind == OP_WORDS) {
        hash = mix_pair(hash, op->look.size, op->look.tracking);
        hash = mix(hash, op->look.weight | (uint64_t)op->look.language << 8 | (uint64_t)op->look.tabular << 16);
        hash = mix_bytes(hash, op->words.ptr, op->words.len);
    }
    if (op->name)
        hash = mix_bytes(hash, op->name, strlen(op->name));
    if (op->page)
        hash = mix(hash, (uint64_t)(uintptr_t)op->page);
    return hash;
}

/* ---- comparing ---- */

void painter_forget(Painter *painter)
{
    mem_wipe(painter->items, sizeof(painter->items));
    mem_wipe(painter->last, sizeof(painter->last));
    painter->count = painter->last_count = 0;
}

static void index_last(Painter *painter)
{
    memset(painter->slots, 0xff, sizeof(painter->slots));
    for (size_t i = painter->last_count; i-- > 0;) { /* so that a chain has the earliest first */
        uint16_t *slot = &painter->slots[painter->last[i].hash % SLOTS];
        painter->next[i] = *slot;
        *slot = (uint16_t)i;
    }
}

/* The first of the last picture's items from `from` on that equals item; last_count when there is none. */
static size_t find_last(const Painter *painter, const PaintItem *item, size_t from)
{
    if (from < painter->last_count && painter->last[from].hash == item->hash)
        return from;
    for (uint16_t i = painter->slots[item->hash % SLOTS]; i != NOTHING; i = painter->next[i])
        if (i >= from && painter->last[i].hash == item->hash)
            return i;
    return painter->last_count;
}

typedef struct Dirty {
    Rect *rects;
    int count;
} Dirty;

static long area(Rect r)
{
    return (long)r.w * r.h;
}

static long waste(Rect a, Rect b)
{
    return area(rect_around(a, b)) - area(a) - area(b) + area(rect_cross(a, b));
}

static Rect take(Dirty *dirty, int index)
{
    Rect rect = dirty->rects[index];

    dirty->rects[index] = dirty->rects[--dirty->count];
    return rect;
}

/* Adds rect, joined with those beside which it wastes little; when there is no room, with the one where it wastes
 * least. */
static void add_dirty(Dirty *dirty, Rect rect)
{
    int best = 0;

    if (rect_empty(rect))
        return;
    for (int i = 0; i < dirty->count; i++)
        if (waste(rect, dirty->rects[i]) <= WASTE_MOST) {
            rect = rect_around(rect, take(dirty, i));
            i = -1; /* what it has become may reach others */
        }
    if (dirty->count < PAINT_RECTS_MOST) {
        dirty->rects[dirty->count++] = rect;
        return;
    }
    for (int i = 1; i < dirty->count; i++)
        if (waste(rect, dirty->rects[i]) < waste(rect, dirty->rects[best]))
            best = i;
    add_dirty(dirty, rect_around(rect, take(dirty, best)));
}

int painter_compare(Painter *painter, const OpList *list, Rect glass, Rect rects[PAINT_RECTS_MOST])
{
    Dirty dirty = { .rects = rects };
    size_t last = 0;

    for (size_t i = 0; i < list->count; i++)
        painter->items[i] = (PaintItem){ list->ops[i].seen, op_hash(&list->ops[i]) };
    painter->count = list->count;
    index_last(painter);
    for (size_t i = 0; i < painter->count; i++) {
        size_t same = find_last(painter, &painter->items[i], last);
        if (same == painter->last_count) {
            add_dirty(&dirty, rect_cross(painter->items[i].seen, glass));
            continue;
        }
        for (; last < same; last++)
            add_dirty(&dirty, rect_cross(painter->last[last].seen, glass));
        last = same + 1;
    }
    for (; last < painter->last_count; last++)
        add_dirty(&dirty, rect_cross(painter->last[last].seen, glass));
    memcpy(painter->last, painter->items, painter->count * sizeof(painter->items[0]));
    painter->last_count = painter->count;
    return dirty.count;
}

/* ---- drawing ---- */

static void draw_box(const Canvas *canvas, const Op *op)
{
    int inner = op->radius > op->thickness ? op->radius - op->thickness : 0;

    if (op->thickness == 0) {
        draw_rounded(canvas, op->rect, op->radius, op->fill);
        return;
    }
    if (op->dashed || !op->filled) {
        if (op->filled)
            draw_rounded(canvas, op->rect, op->radius, op->fill);
        if (op->dashed)
            draw_dashes(canvas, op->rect, op->radius, op->thickness, DASH_PX, op->line);
        else
            draw_ring(canvas, op->rect, op->radius, op->thickness, op->line);
        return;
    }
    /* The whole in the line's colour, then the inside: no seam of the fill shows around the outline. */
    draw_rounded(canvas, op->rect, op->radius, op->line);
    draw_rounded(canvas, rect_inset(op->rect, op->thickness), inner, op->fill);
}

static void draw_stars(Painter *painter, const Canvas *canvas, const Op *op)
{
    const Image *tile = pictures_stars(painter->pictures, op->radius, op->fill, painter->theme->star, op->line);

    if (tile)
        draw_tiles(canvas, op->rect, tile);
}

static void draw_centred(const Canvas *canvas, Rect rect, const Image *image)
{
    if (image)
        draw_image(canvas, rect.x + (rect.w - image->width) / 2, rect.y + (rect.h - image->height) / 2, image);
}

static void draw_op(Painter *painter, const Canvas *canvas, const Op *op)
{
    const Mask *mask;

    switch (op->kind) {
    case OP_FILL: draw_fill(canvas, op->rect, op->fill); return;
    case OP_BOX: draw_box(canvas, op); return;
    case OP_SHADOW: draw_shadow(canvas, op->rect, op->radius, op->fill); return;
    case OP_STARS: draw_stars(painter, canvas, op); return;
    case OP_WORDS:
        mask = text_mask(painter->text, &op->look, op->words);
        if (mask)
            draw_mask(canvas, op->rect.x, op->rect.y + op->baseline, mask, op->fill);
        return;
    case OP_ICON:
        mask = pictures_icon(painter->pictures, op->name, op->rect.w, op->mm);
        if (mask)
            draw_mask(canvas, op->rect.x, op->rect.y, mask, op->fill);
        return;
    case OP_ART:
        draw_centred(canvas, op->rect,
                     pictures_art(painter->pictures, op->name, op->rect.w, op->rect.h, painter->theme));
        return;
    case OP_PAGE:
        draw_centred(canvas, op->rect, pictures_page(painter->pictures, op->page, op->rect.w, op->rect.h));
        return;
    case OP_LOGO: draw_centred(canvas, op->rect, pictures_logo(painter->pictures, op->rect.w, op->rect.h)); return;
    case OP_VEIL: draw_veil(canvas, op->rect, op->fill, (unsigned)op->thickness); return;
    case OP_FADE: draw_fade(canvas, op->rect, op->fill, !op->rises); return;
    case OP_LINE: draw_stroke(canvas, op->rect, op->rises, op->thickness, op->fill); return;
    }
}

void painter_draw(Painter *painter, const OpList *list, const Canvas *canvas, Rect rect)
{
    for (size_t i = 0; i < list->count; i++) {
        const Op *op = &list->ops[i];
        Canvas within = *canvas;
        within.clip = rect_cross(rect_cross(op->seen, rect), canvas->clip);
        if (!rect_empty(within.clip))
            draw_op(painter, &within, op);
    }
}
