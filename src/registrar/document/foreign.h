/* A PDF that another house made and that is printed as it is: how many pages it has, and how its first looks.  Read by
 * poppler's tools, each a process of its own within limits (base/tool.h): whatever stands in the file, this program
 * goes on. */
#ifndef REGISTRAR_DOCUMENT_FOREIGN_H
#define REGISTRAR_DOCUMENT_FOREIGN_H

#include "base/blob.h"
#include "base/error.h"

#define FOREIGN_PAGES_MOST 60 /* of one paper: more is no paper that a hallway's printer should print at once */
#define FOREIGN_WIDTH_MOST 2000

/* ERR_FORMAT: no PDF that can be read, one that is encrypted, or of more pages; ERR_TIMEOUT, ERR_MEMORY; ERR_NOT_FOUND:
 * the tool is not installed. */
bool foreign_pages(Str pdf, int *ret_pages, Error *err) MUST_USE;
/* The first page as a PNG of this width in pixels (1 .. FOREIGN_WIDTH_MOST).  Errors as above. */
bool foreign_picture(Str pdf, int width, Blob **ret_png, Error *err) MUST_USE;

#endif
