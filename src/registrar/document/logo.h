/* A logo for glass and pages, looked at by what draws it: a PNG by libpng under Cairo, as SDL's is under the kiosk; an
 * SVG as an emblem, because the kiosk's reader knows little more than paths and says nothing of what it leaves out. */
#ifndef REGISTRAR_DOCUMENT_LOGO_H
#define REGISTRAR_DOCUMENT_LOGO_H

#include "wire/theme.h"

/* ERR_RANGE, ERR_FORMAT, ERR_UNSUPPORTED with words for who sent it. */
bool logo_check(Str bytes, LogoKind *ret, Error *err) MUST_USE;

#endif
