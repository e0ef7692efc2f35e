/* Drawing into 32-bit pixels (XRGB8888, ARGB8888): opaque and anti-aliased shapes, all within a clip.  No allocation.
 */
#ifndef KIOSK_UI_DRAW_H
#define KIOSK_UI_DRAW_H

#include "kiosk/ui/theme.h"
#include "kiosk/ui/tree.h"

typedef struct Canvas {
    uint32_t *pixels;
    int stride; /* pixels a row */
    Rect clip;  /* within the pixels */
} Canvas;

/* Coverage 0..255, to be drawn in one colour. */
typedef struct Mask {
    uint8_t *rows; /* width bytes a row */
    int width, height;
    int left, top; /* of its corner from where it is placed */
} Mask;

/* 0xAARRGGBB, not premultiplied. */
typedef struct Image {
    uint32_t *pixels;
    int width, height;
} Image;

bool rect_empty(Rect r);
Rect rect_cross(Rect a, Rect b);  /* empty: w or h 0 */
Rect rect_around(Rect a, Rect b); /* of an empty and another: the other */
Rect rect_inset(Rect r, int by);  /* negative: outwards */
bool rect_has(Rect r, int x, int y);
bool rect_equal(Rect a, Rect b);
bool rect_inside(Rect inner, Rect outer);

void draw_fill(const Canvas *canvas, Rect rect, Pixel colour);
/* radius is cut to half of the shorter side: a circle is a square with a large radius. */
void draw_rounded(const Canvas *canvas, Rect rect, int radius, Pixel colour);
/* The outline of draw_rounded, thickness pixels inwards. */
void draw_ring(const Canvas *canvas, Rect rect, int radius, int thickness, Pixel colour);
/* The outline in dashes of `dash` pixels with gaps of `dash`, fitted so that they close. */
void draw_dashes(const Canvas *canvas, Rect rect, int radius, int thickness, int dash, Pixel colour);
/* part/255 of the colour over what is there. */
void draw_veil(const Canvas *canvas, Rect rect, Pixel colour, unsigned part);
/* From nothing to the whole colour at its bottom, or (down false) at its top. */
void draw_fade(const Canvas *canvas, Rect rect, Pixel colour, bool down);
/* From corner to corner: down from the upper left, or (rises) up from the lower left. */
void draw_stroke(const Canvas *canvas, Rect rect, bool rises, int thickness, Pixel colour);
void draw_mask(const Canvas *canvas, int x, int y, const Mask *mask, Pixel colour);
void draw_image(const Canvas *canvas, int x, int y, const Image *image);

/* The only shadow: 3 px down, blurred over 14, a tenth of the colour.  Drawn outside of rect and under its rounded
 * corners. */
#define SHADOW_DOWN 3
#define SHADOW_BLUR 14
#define SHADOW_EDGE 21 /* how far it is seen beyond rect, before SHADOW_DOWN */
void draw_shadow(const Canvas *canvas, Rect rect, int radius, Pixel colour);

/* One period of the star lattice: eight-pointed stars (two squares) that touch, a small square in each gap.
 * tile->pixels has room for period x period. */
void draw_star_tile(Image *tile, int period, Pixel ground, Pixel star, Pixel line);
/* Repeats the opaque tile over rect, from its corner. */
void draw_tiles(const Canvas *canvas, Rect rect, const Image *tile);

#endif
