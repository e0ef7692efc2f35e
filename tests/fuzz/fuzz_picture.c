/* A photograph for paper, as it comes in a record, in base64: whatever is accepted can be drawn, and stays within
 * bounds. */
#include "fuzz.h"

#include <glib.h>

#include "registrar/document/picture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Error err = { 0 };
    cairo_surface_t *picture, *surface;
    cairo_t *cairo;
    char *base64 = g_base64_encode(data, size);
    const bool taken = picture_read(str_from(base64), &picture, &err);

    g_free(base64);
    if (!taken)
        return 0;
    FUZZ_HOLDS(cairo_image_surface_get_width(picture) <= PICTURE_SIDE_MOST &&
               cairo_image_surface_get_height(picture) <= PICTURE_SIDE_MOST);
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 32, 32);
    cairo = cairo_create(surface);
    cairo_set_source_surface(cairo, picture, 0, 0);
    cairo_paint(cairo);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    cairo_surface_destroy(picture);
    return 0;
}
