/* What a screen is about, on its way in: it rises by a few millimetres and fades in from its ground.  The final picture
 * is painted first and kept beside the glass, so that ending early is a copy; nothing is kept when it is over. */
#ifndef KIOSK_UI_MOVE_H
#define KIOSK_UI_MOVE_H

#include "kiosk/ui/draw.h"

#define MOVE_FRAME_MS 40
#define MOVE_RISE_MM  4.0F

typedef struct Move {
    uint32_t *pixels; /* the final picture of rect; NULL: nothing moves */
    Rect rect;
    Pixel ground;
    int rise; /* pixels, at the beginning */
    int64_t began_ms;
} Move;

/* Keeps the picture that is on the canvas.  Without memory nothing moves. */
void move_begin(Move *move, const Canvas *canvas, Rect rect, Pixel ground, int rise, int64_t now_ms);
bool move_runs(const Move *move);
/* Draws how it looks now; true once that is the final picture, and the move has ended. */
bool move_draw(Move *move, const Canvas *canvas, int64_t now_ms);
/* Draws the final picture; memory goes back, wiped. */
void move_end(Move *move, const Canvas *canvas);
/* Forgets the picture without drawing. */
void move_drop(Move *move);
/* Until the next frame; -1: nothing moves. */
int move_next_ms(const Move *move, int64_t now_ms);

#endif
