#include "kiosk/ui/draw.h"

#include <math.h>
#include <string.h>
#include <wchar.h>

#define OPAQUE 0xff000000U

static uint32_t blend(uint32_t under, Pixel over, unsigned part)
{
    /* Two channels at once; +128 and the shifted sum divide by 255, rounded. */
    uint32_t rb = (under & 0xff00ff) * (255 - part) + (over & 0xff00ff) * part + 0x800080;
    uint32_t g = (under >> 8 & 0xff) * (255 - part) + (over >> 8 & 0xff) * part + 0x80;

    rb = (rb + (rb >> 8 & 0xff00ff)) >> 8 & 0xff00ff;
    g = (g + (g >> 8)) >> 8 & 0xff;
    return OPAQUE | rb | g << 8;
}

static void put(uint32_t *pixel, Pixel colour, unsigned part)
{
    if (part == 255)
        *pixel = OPAQUE | colour;
    else if (part > 0)
        *pixel = blend(*pixel, colour, part);
}

static uint32_t *row_at(const Canvas *canvas, int y)
{
    return canvas->pixels + (ptrdiff_t)y * canvas->stride;
}

static void fill_span(uint32_t *row, int from, int to, Pixel colour)
{
    static_assert(sizeof(wchar_t) == sizeof(uint32_t), "the C library's fastest way to repeat a pixel");

    if (to > from)
        (void)wmemset((wchar_t *)(void *)(row + from), (wchar_t)(OPAQUE | colour), (size_t)(to - from));
}

void draw_fill(const Canvas *canvas, Rect rect, Pixel colour)
{
    Rect seen = rect_cross(rect, canvas->clip);

    for (int y = seen.y; y < seen.y + seen.h; y++)
        fill_span(row_at(canvas, y), seen.x, seen.x + seen.w, colour);
}

static int fit_radius(Rect rect, int radius)
{
    int half = (rect.w < rect.h ? rect.w : rect.h) / 2;

    return radius < half ? radius : half;
}

/* Distance in pixels by which the middle of pixel (x, y) is inside a rounded rectangle; negative outside. */
static float depth_in(Rect rect, int radius, int x, int y)
{
    float cx = (float)rect.x + (float)rect.w / 2, cy = (float)rect.y + (float)rect.h / 2;
    float dx = fabsf((float)x + 0.5F - cx) - ((float)rect.w / 2 - (float)radius);
    float dy = fabsf((float)y + 0.5F - cy) - ((float)rect.h / 2 - (float)radius);

    if (dx <= 0 || dy <= 0)
        return (float)radius - (dx > dy ? dx : dy);
    return (float)radius - sqrtf(dx * dx + dy * dy);
}

static unsigned cover(float depth)
{
    float part = depth + 0.5F;

    return part <= 0 ? 0 : part >= 1 ? 255 : (unsigned)(part * 255 + 0.5F);
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

void draw_rounded(const Canvas *canvas, Rect rect, int radius, Pixel colour)
{
    Rect seen = rect_cross(rect, canvas->clip);
    int r = fit_radius(rect, radius), right = seen.x + seen.w;

    for (int y = seen.y; y < seen.y + seen.h; y++) {
        uint32_t *row = row_at(canvas, y);
        bool corner = y < rect.y + r || y >= rect.y + rect.h - r;
        int from = corner ? clamp(rect.x + r, seen.x, right) : seen.x;
        int to = corner ? clamp(rect.x + rect.w - r, from, right) : right;
        for (int x = seen.x; x < from; x++)
            put(&row[x], colour, cover(depth_in(rect, r, x, y)));
        fill_span(row, from, to, colour);
        for (int x = to; x < right; x++)
            put(&row[x], colour, cover(depth_in(rect, r, x, y)));
    }
}

/* Coverage of the band between the outline and thickness pixels inside it. */
static unsigned cover_ring(Rect rect, int radius, int thickness, int x, int y)
{
    float depth = depth_in(rect, radius, x, y);

    return cover(depth) - cover(depth - (float)thickness);
}

/* Calls for the pixels of the band alone, row by row: the middle is left out. */
#define EACH_RING_PIXEL(canvas, rect, band, x, y, row, DO)                                                             \
    do {                                                                                                               \
        Rect seen_ = rect_cross(rect, (canvas)->clip);                                                                 \
        int right_ = seen_.x + seen_.w;                                                                                \
        for (int y = seen_.y; y < seen_.y + seen_.h; y++) {                                                            \
            uint32_t *row = row_at(canvas, y);                                                                         \
            bool whole_ = y < (rect).y + (band) || y >= (rect).y + (rect).h - (band);                                  \
            int skip_ = whole_ ? right_ : clamp((rect).x + (band), seen_.x, right_);                                   \
            int resume_ = whole_ ? right_ : clamp((rect).x + (rect).w - (band), skip_, right_);                        \
            for (int x = seen_.x; x < right_; x = x + 1 == skip_ ? resume_ : x + 1)                                    \
                if (x < skip_ || x >= resume_) {                                                                       \
                    DO;                                                                                                \
                }                                                                                                      \
        }                                                                                                              \
    } while (0)

void draw_ring(const Canvas *canvas, Rect rect, int radius, int thickness, Pixel colour)
{
    int r = fit_radius(rect, radius), band = r > thickness ? r : thickness;

    EACH_RING_PIXEL(canvas, rect, band, x, y, row, put(&row[x], colour, cover_ring(rect, r, thickness, x, y)));
}

/* How far along the outline, clockwise from the upper left corner's end, the pixel is. */
static float along(Rect rect, int radius, int x, int y)
{
    float r = (float)radius, w = (float)rect.w - 2 * r, h = (float)rect.h - 2 * r, arc = r * (float)M_PI_2;
    float px = (float)(x - rect.x) + 0.5F - r, py = (float)(y - rect.y) + 0.5F - r; /* from the inner corner */
    bool left = px < w / 2, top = py < h / 2;

    if (px >= 0 && px <= w)
        return top ? px : w + 2 * arc + h + (w - px);
    if (py >= 0 && py <= h)
        return left ? 2 * w + 3 * arc + h + (h - py) : w + arc + py;
    if (!left && top)
        return w + r * atan2f(px - w, -py);
    if (!left)
        return w + arc + h + r * atan2f(py - h, px - w);
    if (!top)
        return 2 * w + 2 * arc + h + r * atan2f(-px, py - h);
    return 2 * w + 3 * arc + 2 * h + r * atan2f(-py, -px);
}

void draw_dashes(const Canvas *canvas, Rect rect, int radius, int thickness, int dash, Pixel colour)
{
    int r = fit_radius(rect, radius), band = r > thickness ? r : thickness;
    float round = 2 * (float)(rect.w + rect.h - 4 * r) + 2 * (float)M_PI * (float)r;
    float pairs = fmaxf(floorf(round / (2 * (float)dash)), 1), period = round / pairs;

    EACH_RING_PIXEL(canvas, rect, band, x, y, row, {
        float at = fmodf(along(rect, r, x, y), period);
        float inside = fminf(at, period / 2 - at); /* within the dash, the first half of the period */
        put(&row[x], colour, cover_ring(rect, r, thickness, x, y) * cover(inside) / 255);
    });
}

void draw_veil(const Canvas *canvas, Rect rect, Pixel colour, unsigned part)
{
    Rect seen = rect_cross(rect, canvas->clip);

    for (int y = seen.y; y < seen.y + seen.h; y++) {
        uint32_t *row = row_at(canvas, y);
        for (int x = seen.x; x < seen.x + seen.w; x++)
            row[x] = blend(row[x], colour, part);
    }
}

void draw_fade(const Canvas *canvas, Rect rect, Pixel colour, bool down)
{
    Rect seen = rect_cross(rect, canvas->clip);

    for (int y = seen.y; y < seen.y + seen.h; y++) {
        float at = ((float)(y - rect.y) + 0.5F) / (float)rect.h, part = down ? at : 1 - at;
        Rect line = { seen.x, y, seen.w, 1 };
        /* Slow at first: a soft edge without an edge of its own. */
        draw_veil(canvas, line, colour, (unsigned)(part * part * 255 + 0.5F));
    }
}

void draw_stroke(const Canvas *canvas, Rect rect, bool rises, int thickness, Pixel colour)
{
    Rect seen = rect_cross(rect_inset(rect, -(thickness / 2 + 1)), canvas->clip);
    float dx = (float)rect.w, dy = rises ? -(float)rect.h : (float)rect.h, length = sqrtf(dx * dx + dy * dy);
    float from_x = (float)rect.x, from_y = (float)(rises ? rect.y + rect.h : rect.y);

    for (int y = seen.y; y < seen.y + seen.h; y++) {
        uint32_t *row = row_at(canvas, y);
        for (int x = seen.x; x < seen.x + seen.w; x++) {
            float px = (float)x + 0.5F - from_x, py = (float)y + 0.5F - from_y;
            float along_it = length > 0 ? fminf(fmaxf((px * dx + py * dy) / length, 0), length) / length : 0;
            float away_x = px - along_it * dx, away_y = py - along_it * dy;
            float away = sqrtf(away_x * away_x + away_y * away_y);
            put(&row[x], colour, cover((float)thickness / 2 - away));
        }
    }
}

void draw_mask(const Canvas *canvas, int x, int y, const Mask *mask, Pixel colour)
{
    Rect whole = { x + mask->left, y + mask->top, mask->width, mask->height };
    Rect seen = rect_cross(whole, canvas->clip);

    for (int row = 0; row < seen.h; row++) {
        const uint8_t *from = mask->rows + (ptrdiff_t)(seen.y - whole.y + row) * mask->width + (seen.x - whole.x);
        uint32_t *to = row_at(canvas, seen.y + row) + seen.x;
        for (int i = 0; i < seen.w; i++)
            put(&to[i], colour, from[i]);
    }
}

void draw_image(const Canvas *canvas, int x, int y, const Image *image)
{
    Rect whole = { x, y, image->width, image->height };
    Rect seen = rect_cross(whole, canvas->clip);

    for (int row = 0; row < seen.h; row++) {
        const uint32_t *from = image->pixels + (ptrdiff_t)(seen.y - y + row) * image->width + (seen.x - x);
        uint32_t *to = row_at(canvas, seen.y + row) + seen.x;
        for (int i = 0; i < seen.w; i++)
            put(&to[i], from[i] & 0xffffff, from[i] >> 24);
    }
}

/* How much of a blurred bar from..to is seen at the middle of pixel x: 0..1. */
static float blurred(int x, int from, int to)
{
    const float sharp = 1 / (SHADOW_BLUR / 2.0F * (float)M_SQRT2);
    float at = (float)x + 0.5F;

    return (erff((at - (float)from) * sharp) - erff((at - (float)to) * sharp)) / 2;
}

#define SHADOW_CELLS 256

/* A blurred rectangle is the product of two blurred bars, so a row needs one factor and the columns near both sides a
 * table. */
typedef struct ShadowSide {
    int start; /* first pixel of the table */
    int count;
    float part[SHADOW_CELLS];
} ShadowSide;

static void shadow_side(ShadowSide *side, int start, int end, Rect rect)
{
    side->start = start;
    side->count = clamp(end - start, 0, SHADOW_CELLS);
    for (int i = 0; i < side->count; i++)
        side->part[i] = blurred(start + i, rect.x, rect.x + rect.w);
}

static void shadow_span(const Canvas *canvas, uint32_t *row, int from, int to, float strength, const ShadowSide *side,
                        Pixel colour)
{
    int left = clamp(from, canvas->clip.x, canvas->clip.x + canvas->clip.w);
    int right = clamp(to, left, canvas->clip.x + canvas->clip.w);

    for (int x = left; x < right; x++) {
        int i = x - side->start;
        float part = i >= 0 && i < side->count ? side->part[i] : 1;
        put(&row[x], colour, (unsigned)(strength * part + 0.5F));
    }
}

void draw_shadow(const Canvas *canvas, Rect rect, int radius, Pixel colour)
{
    Rect thrown = { rect.x, rect.y + SHADOW_DOWN, rect.w, rect.h };
    Rect seen = rect_cross(rect_inset(thrown, -SHADOW_EDGE), canvas->clip);
    int r = fit_radius(rect, radius), reach = SHADOW_EDGE + 1, middle = rect.x + rect.w / 2;
    int left_end = rect.x + reach < middle ? rect.x + reach : middle;
    int right_start = rect.x + rect.w - reach > middle ? rect.x + rect.w - reach : middle;
    ShadowSide left, right;

    shadow_side(&left, thrown.x - SHADOW_EDGE, left_end, thrown);
    shadow_side(&right, right_start, thrown.x + thrown.w + SHADOW_EDGE, thrown);
    for (int y = seen.y; y < seen.y + seen.h; y++) {
        uint32_t *row = row_at(canvas, y);
        float strength = 25.5F * blurred(y, thrown.y, thrown.y + thrown.h);
        bool beside = y >= rect.y + r && y < rect.y + rect.h - r; /* nothing is seen below the rect itself */
        shadow_span(canvas, row, seen.x, beside ? rect.x : left_end, strength, &left, colour);
        if (!beside)
            shadow_span(canvas, row, left_end, right_start, strength, &left, colour);
        shadow_span(canvas, row, beside ? rect.x + rect.w : right_start, seen.x + seen.w, strength, &right, colour);
    }
}

/* Distance from a star's outline around (0, 0), in units of its half square; negative inside.  Exact near the outline.
 */
static float star_distance(float x, float y, float reach)
{
    float square = reach * (float)M_SQRT1_2;
    float flat = fmaxf(fabsf(x), fabsf(y)) - square;
    float turned = (fabsf(x) + fabsf(y) - reach) * (float)M_SQRT1_2;

    return fminf(flat, turned);
}

void draw_star_tile(Image *tile, int period, Pixel ground, Pixel star, Pixel line)
{
    float whole = (float)period, reach = whole / 2, stroke = 1;
    float square = reach * (1 - (float)M_SQRT1_2); /* half side of the square that touches four stars */

    tile->width = tile->height = period;
    for (int i = 0; i < period * period; i++) {
        int column = i % period, row = i / period;
        float x = (float)column + 0.5F, y = (float)row + 0.5F;
        float from_star = star_distance(x > reach ? x - whole : x, y > reach ? y - whole : y, reach);
        float from_square = fmaxf(fabsf(x - reach), fabsf(y - reach)) - square;
        float edge = fminf(fabsf(from_star), fabsf(from_square));
        Pixel colour = theme_mix(ground, star, cover(-from_star));
        tile->pixels[i] = OPAQUE | theme_mix(colour, line, cover(stroke - edge));
    }
}

void draw_tiles(const Canvas *canvas, Rect rect, const Image *tile)
{
    Rect seen = rect_cross(rect, canvas->clip);

    for (int y = seen.y; y < seen.y + seen.h; y++) {
        uint32_t *row = row_at(canvas, y);
        const uint32_t *from = tile->pixels + (ptrdiff_t)((y - rect.y) % tile->height) * tile->width;
        int at = (seen.x - rect.x) % tile->width;
        for (int x = seen.x, run; x < seen.x + seen.w; x += run, at = 0) {
            run = least(tile->width - at, seen.x + seen.w - x);
            memcpy(row + x, from + at, (size_t)run * sizeof(uint32_t));
        }
    }
}
