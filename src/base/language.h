/* The languages that the product speaks: one section each in kiosk/locale/languages.ini, of which the build makes the
 * constants (LANGUAGE_UZ, LANGUAGE_UZ_CYRL, ...) and the rows of language.c.  The first is the house's own.  Code asks
 * for what a language is, never which it is.  Tags are BCP 47.  Any thread. */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#include <stdbool.h>

#include "base/languages.h"
#include "base/str.h"

#define LANGUAGE_CONSTANT(NAME, tag, key) LANGUAGE_##NAME,
typedef enum Language { LANGUAGES(LANGUAGE_CONSTANT) LANGUAGE_COUNT } Language;
#undef LANGUAGE_CONSTANT

#define LANGUAGE_FIRST ((Language)0)

typedef enum Letters { LETTERS_LATIN, LETTERS_CYRILLIC } Letters;

/* "uz", "uz-Cyrl", "ru", "en" */
const char *language_tag(Language language);
/* The tag where only small letters may stand: "uz_cyrl" */
const char *language_key(Language language);
/* As its speakers call it: "Oʻzbekcha", "Ўзбекча", "Русский", "English"; and where there is little room: "Oʻz" */
const char *language_own_name(Language language);
const char *language_short_name(Language language);
Letters language_letters(Language language);
/* The language that an institution's name is repeated in, on a paper in this one. */
Language language_beside(Language language);
/* Whether texts that it lacks are errors; else it is still being translated, and its fallback stands in. */
bool language_is_whole(Language language);
/* Whether it has a catalogue of texts (TAG.mo); else the ids are its texts. */
bool language_has_catalogue(Language language);
/* Whose texts stand in for those that it lacks; false: nobody's. */
bool language_fallback(Language language, Language *ret) MUST_USE;
bool language_parse(Str tag, Language *ret) MUST_USE;
/* "uz, uz-Cyrl, ru, en", for those who wrote another. */
const char *language_all_tags(void);

/* One text in every language; an absent one falls back as languages.ini says (kaa -> uz), and then to the first
 * present. Borrowed. */
typedef struct LocalText {
    const char *in[LANGUAGE_COUNT]; /* UTF-8; NULL where absent */
} LocalText;

/* Never NULL; "" when no language has it. */
const char *local_text(const LocalText *text, Language language);

#endif
