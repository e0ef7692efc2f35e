/* How many sheets a document makes. */
#ifndef FAULT_PRINTER_PAGES_H
#define FAULT_PRINTER_PAGES_H

#include "base/str.h"

/* Pages of a PDF; path: where the same bytes lie in a file, for pdfinfo.  0 when it is no PDF, or one without pages. */
int pages_of(Str document, const char *path);

#endif
