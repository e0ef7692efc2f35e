/* Texts of the interface: gettext's .mo files, read without setlocale, so that each screen and request has its own
 * language. Ids are the English texts themselves (msgid), with a context where one English text needs two translations.
 * Loaded once, then constant: any thread.  Source of the format: GNU gettext manual, "The Format of GNU MO Files". */
#ifndef BASE_TEXTS_H
#define BASE_TEXTS_H

#include "base/error.h"
#include "base/buf.h"
#include "base/language.h"

typedef struct Texts Texts;

/* Reads folder/TAG.mo for every language that has a catalogue; a missing file is an error, a broken one too. */
Texts *texts_open(const char *folder, Error *err) MUST_USE;
/* No catalogues: every text is its English id. */
Texts *texts_none(Error *err) MUST_USE;
void texts_close(Texts *texts);
OWNED_BY(Texts, texts_close)

/* Never NULL: where there is no translation the one of its fallback, and so on; at last the id itself.  Lives as long
 * as texts. */
const char *text_get(const Texts *texts, Language language, const char *id);
/* With msgctxt. */
const char *text_get_in(const Texts *texts, Language language, const char *context, const char *id);
/* The plural form for n by the rule of the catalogue that has the text; of the ids: one, many. */
const char *text_get_n(const Texts *texts, Language language, const char *one, const char *many, uint64_t n);

/* Writes pattern to buf with {0}, {1}... replaced by the values (count of them).  Translators may reorder them. */
void text_fill(Buf *buf, const char *pattern, const char *const *values, size_t count);

#endif
