/* A picture for paper, a student's photograph: read from base64, looked at whole, then drawn by Cairo. */
#ifndef REGISTRAR_DOCUMENT_PICTURE_H
#define REGISTRAR_DOCUMENT_PICTURE_H

#include <cairo.h>

#include "base/error.h"
#include "base/str.h"

#define PICTURE_BYTES_MOST (256u << 10) /* decoded from base64 */
#define PICTURE_SIDE_LEAST 16           /* pixels */
#define PICTURE_SIDE_MOST  2000

/* JPEG (grey or colour) or PNG.  A JPEG is put into a PDF as it came but for what its maker wrote beside the picture:
 * place, device, and comments stay out.  *ret is the caller's (cairo_surface_destroy).
 * ERR_FORMAT, ERR_RANGE, ERR_UNSUPPORTED. */
bool picture_read(Str base64, cairo_surface_t **ret, Error *err) MUST_USE;
/* Whether it would be read. */
bool picture_check(Str base64, Error *err) MUST_USE;

#endif
