/* The languages that the product speaks: one row each in language.c.  Tags are BCP 47. */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#include <stdbool.h>

#include "base/str.h"

typedef enum Language { LANGUAGE_UZ, LANGUAGE_UZ_CYRL, LANGUAGE_RU, LANGUAGE_EN, LANGUAGE_COUNT } Language;

/* "uz", "uz-Cyrl", "ru", "en" */
const char *language_tag(Language language);
/* As its speakers call it: "Oʻzbekcha", "Ўзбекча", "Русский", "English" */
const char *language_own_name(Language language);
bool language_parse(Str tag, Language *ret) MUST_USE;

/* One text in every language; an absent one falls back uz-Cyrl -> uz, ru -> uz, en -> uz, and uz -> the first present.
 * Borrowed. */
typedef struct LocalText {
    const char *in[LANGUAGE_COUNT]; /* UTF-8; NULL where absent */
} LocalText;

/* Never NULL; "" when no language has it. */
const char *local_text(const LocalText *text, Language language);

#endif
