/* Type on paper: which face, size and leading plays which role, and texts set in them.
 * Noto Serif states, Noto Sans labels; both cover Uzbek in both scripts, U+02BB, U+02BC and U+2116 (PT Serif lacks
 * U+02BB). Other fonts never stand in: a paper looks the same on every machine, or is refused. */
#ifndef REGISTRAR_DOCUMENT_TYPESET_H
#define REGISTRAR_DOCUMENT_TYPESET_H

#include <pango/pangocairo.h>

#include "base/error.h"

#define MM(mm) ((mm) * (72.0 / 25.4)) /* millimetres as points, the unit of all drawing */

typedef enum StyleName {
    STYLE_MINISTRY,
    STYLE_NAME,
    STYLE_SECOND_NAME,
    STYLE_ADDRESS,
    STYLE_NUMBER,
    STYLE_BLANK,
    STYLE_TITLE,
    STYLE_TITLE_PLAIN,
    STYLE_SUBTITLE,
    STYLE_SECOND_LANGUAGE,
    STYLE_BODY,
    STYLE_NOTE,
    STYLE_LABEL,
    STYLE_VALUE,
    STYLE_VALUE_STRONG,
    STYLE_VALUE_FIGURES,
    STYLE_NARROW_LABEL,
    STYLE_NARROW,
    STYLE_NARROW_STRONG,
    STYLE_FIGURE_LABEL,
    STYLE_FIGURE,
    STYLE_FRACTION,
    STYLE_RESULT,
    STYLE_HEAD,
    STYLE_HEAD_SECOND,
    STYLE_GROUP,
    STYLE_CELL,
    STYLE_SUM,
    STYLE_SMALL_CELL,
    STYLE_SMALL_SUM,
    STYLE_ROLE,
    STYLE_SIGNATORY,
    STYLE_CAPTION,
    STYLE_STAMP,
    STYLE_BOX,
    STYLE_BOX_STRONG,
    STYLE_CHECK_HEAD,
    STYLE_CHECK_ADDRESS,
    STYLE_CHECK_NOTE,
    STYLE_FOOT,
    STYLE_WATERMARK,
    STYLE_COUNT
} StyleName;

typedef struct Typesetter Typesetter;

/* This thread's own, with its font map; made at the first call and ended with the thread.  NULL with ERR_NOT_FOUND when
 * a face is not installed. */
Typesetter *typesetter_here(Error *err) MUST_USE;

/* Sets markup to a width in points (lines break between words only; 0: one line).  *ret is the caller's
 * (g_object_unref). ERR_FORMAT: no markup; ERR_UNSUPPORTED: a character that the faces lack. */
bool typeset(Typesetter *typesetter, StyleName style, const char *markup, double width, PangoAlignment align,
             PangoLayout **ret, Error *err) MUST_USE;

/* As typeset, of another size than the style's. */
bool typeset_sized(Typesetter *typesetter, StyleName style, double points, const char *markup, double width,
                   PangoAlignment align, PangoLayout **ret, Error *err) MUST_USE;

/* Points. */
double typeset_height(PangoLayout *layout);
double typeset_width(PangoLayout *layout);
double typeset_baseline(PangoLayout *layout);

#endif
