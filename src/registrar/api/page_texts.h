/* The pages' texts: texts.TAG.json of assets/web, one flat object of id and text a language, with the same ids in each;
 * one that is still being translated may lack some, which its fallback has.  The console's stand in
 * console/NAME.texts.json, a file a part: an object of ids, each with its text in every language by tag. */
#ifndef REGISTRAR_API_PAGE_TEXTS_H
#define REGISTRAR_API_PAGE_TEXTS_H

#include <jansson.h>

#include "base/error.h"
#include "base/language.h"

#define PAGE_TEXTS_MOST 2000

typedef struct PageTexts {
    Language languages[LANGUAGE_COUNT]; /* that pages speak: those of which there is a file */
    size_t language_count;
    json_t *json[LANGUAGE_COUNT]; /* owns ids and texts; NULL for a language that pages do not speak */
    size_t count;
    const char *ids[PAGE_TEXTS_MOST];
    const char *texts[LANGUAGE_COUNT][PAGE_TEXTS_MOST];
    bool used[PAGE_TEXTS_MOST];
} PageTexts;

/* ERR_FORMAT when a language lacks a text or has one too many; the house's own must be there. */
bool page_texts_load(const char *folder, PageTexts *ret, Error *err) MUST_USE;
/* folder/console: a folder of pages may have none. */
bool page_console(const char *folder, char *array, size_t size, bool *ret_there, Error *err) MUST_USE;
void page_texts_fini(PageTexts *texts);
/* "": there is none, in that language or its fallbacks. */
const char *page_texts_get(const PageTexts *texts, Language language, const char *id);
/* False when there is none of that id. */
bool page_texts_find(const PageTexts *texts, Str id, size_t *ret) MUST_USE;

#endif
