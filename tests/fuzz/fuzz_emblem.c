/* An institution's emblem: whatever is accepted can be drawn. */
#include "fuzz.h"

#include "registrar/document/emblem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Error err = { 0 };
    OWNED(Emblem) emblem = emblem_parse(fuzz_str(data, size), &err);

    if (emblem) {
        cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 32, 32);
        cairo_t *cairo = cairo_create(surface);
        emblem_draw(emblem, cairo, 0, 0, 32);
        cairo_destroy(cairo);
        cairo_surface_destroy(surface);
    }
    return 0;
}
