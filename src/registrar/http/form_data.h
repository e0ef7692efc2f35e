/* A form with a file in it, as browsers send it (multipart/form-data, RFC 7578).  Pure; nothing is copied. */
#ifndef REGISTRAR_HTTP_FORM_DATA_H
#define REGISTRAR_HTTP_FORM_DATA_H

#include "base/str.h"

/* The first part of this name: its bytes, within body.  False: content_type (NULL: none) is another, the body is cut or
 * is not what it says, or there is no such part. */
bool form_data_get(const char *content_type, Str body, const char *name, Str *ret) MUST_USE;

#endif
