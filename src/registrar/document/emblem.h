/* An emblem: the one-colour SVG of an institution, as paths.  Only <svg viewBox> and <path d fill-rule> are known,
 * because paper is black on white and a laser printer turns greys into dots; a file with more is refused in words.
 * Constant once read: any thread. */
#ifndef REGISTRAR_DOCUMENT_EMBLEM_H
#define REGISTRAR_DOCUMENT_EMBLEM_H

#include <cairo.h>

#include "base/str.h"
#include "base/error.h"

typedef struct Emblem Emblem;

Emblem *emblem_parse(Str svg, Error *err) MUST_USE;
void emblem_free(Emblem *emblem);
OWNED_BY(Emblem, emblem_free)
/* In black, as large as fits a square of this side, in the middle of it. */
void emblem_draw(const Emblem *emblem, cairo_t *cairo, double x, double y, double side);

#endif
