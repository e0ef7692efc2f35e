/* What a PNG's picture is made of.  Inside document/. */
#ifndef REGISTRAR_DOCUMENT_PNG_H
#define REGISTRAR_DOCUMENT_PNG_H

#include "base/buf.h"
#include "base/str.h"

/* Colours and pixels alone, up to its end or to where it is broken: libpng would unpack every text and profile that
 * stands beside them, eight megabytes of memory for each eight kilobytes of file.  ret is cleared and filled; what is
 * no PNG leaves it without a picture. */
void png_strip(Str file, Buf *ret);

#endif
