#include "kiosk/ui/move.h"

#include <string.h>

#include "base/memory.h"
#include "kiosk/ui/ui.h"

#define OPAQUE 0xff000000U
#define WHOLE  256 /* parts of the final picture */
#define FIRST  112 /* at the beginning: already there, not there yet */

/* Some pixels at once; compilers make of it what the processor has. */
typedef uint32_t Pixels __attribute__((vector_size(16), aligned(4), may_alias));

static uint32_t *row_at(const Canvas *canvas, Rect rect, int row)
{
    return canvas->pixels + (ptrdiff_t)(rect.y + row) * canvas->stride + rect.x;
}

void move_begin(Move *move, const Canvas *canvas, Rect rect, Pixel ground, int rise, int64_t now_ms)
{
    size_t width, height;

    move_drop(move);
    rect = rect_cross(rect, canvas->clip);
    if (rect_empty(rect))
        return;
    width = (size_t)rect.w;
    height = (size_t)rect.h;
    move->pixels = mem_new(width * height, sizeof(uint32_t));
    if (!move->pixels)
        return;
    move->rect = rect;
    move->ground = ground;
    move->rise = rise < rect.h ? rise : rect.h;
    move->began_ms = now_ms;
    for (int y = 0; y < rect.h; y++)
        memcpy(move->pixels + (ptrdiff_t)y * rect.w, row_at(canvas, rect, y), width * sizeof(uint32_t));
}

bool move_runs(const Move *move)
{
    return move->pixels != NULL;
}

void move_drop(Move *move)
{
    mem_free_wiped(move->pixels, (size_t)move->rect.w * (size_t)move->rect.h * sizeof(uint32_t));
    *move = (Move){ 0 };
}

void move_end(Move *move, const Canvas *canvas)
{
    for (int y = 0; move->pixels && y < move->rect.h; y++)
        memcpy(row_at(canvas, move->rect, y), move->pixels + (ptrdiff_t)y * move->rect.w,
               (size_t)move->rect.w * sizeof(uint32_t));
    move_drop(move);
}

int move_next_ms(const Move *move, int64_t now_ms)
{
    int64_t past = now_ms - move->began_ms;

    if (!move_runs(move))
        return -1;
    return past < 0 || past >= UI_MOVE_MS ? 0 : (int)(MOVE_FRAME_MS - past % MOVE_FRAME_MS);
}

/* part/256 of what moves, the rest ground. */
static void mix_row(uint32_t *to, const uint32_t *from, int count, Pixel ground, uint32_t part)
{
    uint32_t rest = WHOLE - part, rb = (ground & 0xff00ff) * rest, g = (ground & 0x00ff00) * rest;
    int x = 0;

    for (; x + 4 <= count; x += 4) {
        Pixels pixels = *(const Pixels *)(const void *)(from + x);
        Pixels mixed_rb = ((pixels & 0xff00ff) * part + rb) >> 8 & 0xff00ff;
        Pixels mixed_g = ((pixels & 0x00ff00) * part + g) >> 8 & 0x00ff00;
        *(Pixels *)(void *)(to + x) = mixed_rb | mixed_g | OPAQUE;
    }
    for (; x < count; x++)
        to[x] = OPAQUE | (((from[x] & 0xff00ff) * part + rb) >> 8 & 0xff00ff) |
                (((from[x] & 0x00ff00) * part + g) >> 8 & 0x00ff00);
}

bool move_draw(Move *move, const Canvas *canvas, int64_t now_ms)
{
    int64_t past = now_ms - move->began_ms;
    int64_t frame, frames = UI_MOVE_MS / MOVE_FRAME_MS, left;
    uint32_t part;
    int down;

    if (past < 0 || past >= UI_MOVE_MS) { /* or the clock was set back */
        move_end(move, canvas);
        return true;
    }
    /* Fast at first, then slower: by the square of what is left. */
    frame = past / MOVE_FRAME_MS;
    left = (frames - frame) * (frames - frame);
    down = (int)(move->rise * left / (frames * frames));
    part = (uint32_t)(WHOLE - (WHOLE - FIRST) * left / (frames * frames));
    for (int y = 0; y < move->rect.h; y++) {
        uint32_t *to = row_at(canvas, move->rect, y);
        if (y < down)
            for (int x = 0; x < move->rect.w; x++)
                to[x] = OPAQUE | move->ground;
        else
            mix_row(to, move->pixels + (ptrdiff_t)(y - down) * move->rect.w, move->rect.w, move->ground, part);
    }
    return false;
}
