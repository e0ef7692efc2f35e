/* Which language a page speaks: the address says it (?l=ru), else the browser's Accept-Language, else the house's own.
 * No cookie is needed, and a link keeps its language when it is passed on.  Pure. */
#ifndef REGISTRAR_HTTP_SPEAK_H
#define REGISTRAR_HTTP_SPEAK_H

#include "base/language.h"

/* offered: count languages, the first is the house's own.  query and accept_language may be NULL. */
Language speak(const char *query, const char *accept_language, const Language *offered, size_t count);

#endif
