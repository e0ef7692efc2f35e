#include "registrar/api/page_texts.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"

#define TEXTS_BYTES_MOST (128u << 10)

static bool read_language(const char *folder, Language language, PageTexts *ret, Error *err)
{
    char name[32], path[4096];
    json_error_t fault;
    OWNED_BUF bytes;

    buf_init(&bytes, TEXTS_BYTES_MOST);
    snprintf(name, sizeof name, "texts.%s.json", language_tag(language));
    if (!path_join(path, sizeof path, folder, name, err) || !file_read(path, &bytes, err))
        return error_add(err, "texts of pages");
    ret->json[language] = json_loadb(buf_text(&bytes), bytes.len, JSON_REJECT_DUPLICATES, &fault);
    if (!ret->json[language])
        return error_set(err, ERR_FORMAT, "%s: line %d: %s", name, fault.line, fault.text);
    return json_is_object(ret->json[language]) || error_set(err, ERR_FORMAT, "%s: not an object", name);
}

static bool list_ids(json_t *json, PageTexts *ret, Error *err)
{
    if (json_object_size(json) > PAGE_TEXTS_MOST)
        return error_set(err, ERR_FORMAT, "more than %d texts of pages", PAGE_TEXTS_MOST);
    for (void *at = json_object_iter(json); at; at = json_object_iter_next(json, at))
        ret->ids[ret->count++] = json_object_iter_key(at);
    return true;
}

static bool take_texts(Language language, PageTexts *ret, Error *err)
{
    const json_t *json = ret->json[language];

    for (size_t i = 0; i < ret->count; i++) {
        ret->texts[language][i] = json_string_value(json_object_get(json, ret->ids[i]));
        if (!ret->texts[language][i] || !ret->texts[language][i][0])
            return error_set(err, ERR_FORMAT, "texts.%s.json: no text \"%s\"", language_tag(language), ret->ids[i]);
    }
    if (json_object_size(json) != ret->count)
        return error_set(err, ERR_FORMAT, "texts.%s.json: texts that the first language lacks", language_tag(language));
    return true;
}

bool page_texts_load(const char *folder, const Language *languages, size_t count, PageTexts *ret, Error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!read_language(folder, languages[i], ret, err) ||
            (i == 0 && !list_ids(ret->json[languages[0]], ret, err)) || !take_texts(languages[i], ret, err))
            return false;
    }
    return true;
}

void page_texts_fini(PageTexts *texts)
{
    for (size_t i = 0; i < LANGUAGE_COUNT; i++)
        json_decref(texts->json[i]);
    *texts = (PageTexts){ 0 };
}

bool page_texts_find(const PageTexts *texts, Str id, size_t *ret)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (str_equal_text(id, texts->ids[i])) {
            *ret = i;
            return true;
        }
    }
    return false;
}
