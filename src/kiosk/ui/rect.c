#include "kiosk/ui/draw.h"

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

bool rect_empty(Rect r)
{
    return r.w <= 0 || r.h <= 0;
}

Rect rect_cross(Rect a, Rect b)
{
    int x = most(a.x, b.x), y = most(a.y, b.y);
    int right = least(a.x + a.w, b.x + b.w), bottom = least(a.y + a.h, b.y + b.h);

    return (Rect){ x, y, most(right - x, 0), most(bottom - y, 0) };
}

Rect rect_around(Rect a, Rect b)
{
    int x, y;

    if (rect_empty(a))
        return b;
    if (rect_empty(b))
        return a;
    x = least(a.x, b.x);
    y = least(a.y, b.y);
    return (Rect){ x, y, most(a.x + a.w, b.x + b.w) - x, most(a.y + a.h, b.y + b.h) - y };
}

Rect rect_inset(Rect r, int by)
{
    return (Rect){ r.x + by, r.y + by, most(r.w - 2 * by, 0), most(r.h - 2 * by, 0) };
}

bool rect_has(Rect r, int x, int y)
{
    return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

bool rect_equal(Rect a, Rect b)
{
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

bool rect_inside(Rect inner, Rect outer)
{
    return rect_equal(rect_cross(inner, outer), inner);
}
