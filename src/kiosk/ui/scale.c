#include "kiosk/ui/scale.h"

#include "base/memory.h"

/* Alpha, and colours weighted with it, summed over an area. */
typedef struct Sum {
    float a, r, g, b;
} Sum;

static void add(Sum *sum, uint32_t pixel, float weight)
{
    float a = (float)(pixel >> 24) * weight;

    sum->a += a;
    sum->r += (float)(pixel >> 16 & 0xff) * a;
    sum->g += (float)(pixel >> 8 & 0xff) * a;
    sum->b += (float)(pixel & 0xff) * a;
}

static uint32_t byte_of(float value)
{
    return value <= 0 ? 0 : value >= 255 ? 255 : (uint32_t)(value + 0.5F);
}

static uint32_t average(const Sum *sum, float area)
{
    if (sum->a <= 0)
        return 0;
    return byte_of(sum->a / area) << 24 | byte_of(sum->r / sum->a) << 16 | byte_of(sum->g / sum->a) << 8 |
           byte_of(sum->b / sum->a);
}

/* How much of the source's cell `at` lies in from..to. */
static float share(int at, float from, float to)
{
    float low = from > (float)at ? from : (float)at;
    float high = to < (float)at + 1 ? to : (float)at + 1;

    return high > low ? high - low : 0;
}

static void add_row(const uint32_t *row, int source_width, Sum *sums, int width, float weight)
{
    float step = (float)source_width / (float)width;

    for (int x = 0; x < width; x++) {
        float from = (float)x * step, to = from + step;
        for (int at = (int)from; at < source_width && (float)at < to; at++)
            add(&sums[x], row[at], weight * share(at, from, to));
    }
}

bool image_scale(const Image *from, int width, int height, Image *ret)
{
    Sum *sums = mem_new((size_t)width, sizeof(*sums));
    uint32_t *pixels = mem_new((size_t)width * (size_t)height, sizeof(*pixels));
    float step = (float)from->height / (float)height;
    float area = step * (float)from->width / (float)width;

    if (!sums || !pixels) {
        mem_free(sums);
        mem_free(pixels);
        return false;
    }
    for (int y = 0; y < height; y++) {
        float top = (float)y * step, bottom = top + step;
        for (int x = 0; x < width; x++)
            sums[x] = (Sum){ 0 };
        for (int at = (int)top; at < from->height && (float)at < bottom; at++)
            add_row(from->pixels + (ptrdiff_t)at * from->width, from->width, sums, width, share(at, top, bottom));
        for (int x = 0; x < width; x++)
            pixels[(ptrdiff_t)y * width + x] = average(&sums[x], area);
    }
    mem_free_wiped(sums, (size_t)width * sizeof(*sums));
    *ret = (Image){ pixels, width, height };
    return true;
}

void image_fini(Image *image)
{
    mem_free_wiped(image->pixels, (size_t)image->width * (size_t)image->height * sizeof(uint32_t));
    *image = (Image){ 0 };
}
