/* The pages' texts: texts.TAG.json of assets/web, one flat object of id and text a language, with the same ids in each.
 */
#ifndef REGISTRAR_API_PAGE_TEXTS_H
#define REGISTRAR_API_PAGE_TEXTS_H

#include <jansson.h>

#include "base/error.h"
#include "base/language.h"

#define PAGE_TEXTS_MOST 200

typedef struct PageTexts {
    json_t *json[LANGUAGE_COUNT]; /* owns ids and texts; NULL for a language that pages do not speak */
    size_t count;
    const char *ids[PAGE_TEXTS_MOST];
    const char *texts[LANGUAGE_COUNT][PAGE_TEXTS_MOST];
    bool used[PAGE_TEXTS_MOST];
} PageTexts;

/* ERR_FORMAT when a language lacks a text or has one too many. */
bool page_texts_load(const char *folder, const Language *languages, size_t count, PageTexts *ret, Error *err) MUST_USE;
void page_texts_fini(PageTexts *texts);
/* False when there is none of that id. */
bool page_texts_find(const PageTexts *texts, Str id, size_t *ret) MUST_USE;

#endif
