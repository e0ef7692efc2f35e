/* What a query or a form says by names, and cookies.  Pure. */
#ifndef REGISTRAR_HTTP_QUERY_H
#define REGISTRAR_HTTP_QUERY_H

#include "base/percent.h"

/* The first value of name, decoded, into a zero-ended array.  False, and "" in it, when it is absent, broken or too
 * long.  query is what follows the '?'; NULL: none. */
bool query_get(const char *query, const char *name, char *array, size_t size) MUST_USE;
/* As query_get for what may be left out: "" then.  False: it is there, and broken or too long. */
bool query_may(const char *query, const char *name, char *array, size_t size) MUST_USE;
/* The first cookie of that name in a Cookie header (RFC 6265 section 4.2.1), as it stands.  False, and "" in it, when
 * it is absent or too long.  cookies NULL: none. */
bool cookie_get(const char *cookies, const char *name, char *array, size_t size) MUST_USE;

#endif
