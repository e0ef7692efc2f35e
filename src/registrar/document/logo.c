#include "registrar/document/logo.h"

#include <string.h>

#include "registrar/document/emblem.h"

static cairo_status_t read_on(void *arg, unsigned char *bytes, unsigned count)
{
    Str *rest = arg;

    if (count > rest->len)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(bytes, rest->ptr, count);
    *rest = (Str){ rest->ptr + count, rest->len - count };
    return CAIRO_STATUS_SUCCESS;
}

static bool check_png(Str bytes, Error *err)
{
    cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(read_on, &bytes);
    cairo_status_t status = cairo_surface_status(surface);

    cairo_surface_destroy(surface);
    return status == CAIRO_STATUS_SUCCESS ||
           error_set(err, ERR_FORMAT, "a PNG that can't be drawn: %s", cairo_status_to_string(status));
}

static bool check_svg(Str bytes, Error *err)
{
    OWNED(Emblem) emblem = emblem_parse(bytes, err);

    return emblem || error_add(err, "an SVG of filled paths is drawn; for more, send a PNG");
}

bool logo_check(Str bytes, LogoKind *ret, Error *err)
{
    return logo_look(bytes, ret, err) && (*ret == LOGO_PNG ? check_png(bytes, err) : check_svg(bytes, err));
}
