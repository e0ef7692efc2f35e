/* Plain words: what somebody of the office typed, fit to be kept and shown. */
#ifndef REGISTRAR_OFFICE_PLAIN_H
#define REGISTRAR_OFFICE_PLAIN_H

#include "wire/form.h"

/* FORM_OK: 1..most bytes of UTF-8 without controls, bidi marks and the like, and more than blanks; else FORM_MISSING,
 * FORM_LONG or FORM_CHARACTERS. */
static inline FormFault plain_fault(const char *text, size_t most)
{
    Str rest = str_from(text);

    if (str_trim(rest).len == 0)
        return FORM_MISSING;
    if (rest.len > most)
        return FORM_LONG;
    if (!utf8_valid(rest))
        return FORM_CHARACTERS;
    while (rest.len)
        if (utf8_is_unwanted(utf8_next(&rest)))
            return FORM_CHARACTERS;
    return FORM_OK;
}

static inline bool plain_words(const char *text, size_t most)
{
    return plain_fault(text, most) == FORM_OK;
}

#endif
