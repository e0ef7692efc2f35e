#include "registrar/api/page_texts.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

/* {"id": {"uz": "...", ...}}: each language's text joins those of its file. */
static bool take_part(const char *name, json_t *part, PageTexts *ret, Error *err)
{
    const char *id, *tag;
    json_t *texts, *text;

    json_object_foreach(part, id, texts)
    {
        json_object_foreach(texts, tag, text)
        {
            Language language;
            if (!language_parse(str_from(tag), &language) || !ret->json[language] || !json_is_string(text))
                return error_set(err, ERR_FORMAT, "%s: \"%s\": no text of a language: %s", name, id, tag);
            if (json_object_get(ret->json[language], id))
                return error_set(err, ERR_FORMAT, "%s: \"%s\": there is such a text already", name, id);
            if (json_object_set(ret->json[language], id, text) != 0)
                return error_set(err, ERR_MEMORY, "%s: \"%s\"", name, id);
        }
    }
    return true;
}

typedef struct Parts {
    const char *folder;
    PageTexts *ret;
} Parts;

static bool read_part(void *ctx, const char *name, Error *err)
{
    const Parts *parts = ctx;
    PageTexts *ret = parts->ret;
    char path[4096];
    json_error_t fault;
    OWNED_BUF bytes;

    buf_init(&bytes, TEXTS_BYTES_MOST);
    if (!path_join(path, sizeof path, parts->folder, name, err) || !file_read(path, &bytes, err))
        return error_add(err, "texts of pages");
    json_t *part = json_loadb(buf_text(&bytes), bytes.len, JSON_REJECT_DUPLICATES, &fault);
    if (!part)
        return error_set(err, ERR_FORMAT, "%s: line %d: %s", name, fault.line, fault.text);
    const bool done =
        json_is_object(part) ? take_part(name, part, ret, err) : error_set(err, ERR_FORMAT, "%s: not an object", name);
    json_decref(part);
    return done;
}

static bool list_ids(json_t *json, PageTexts *ret, Error *err)
{
    if (json_object_size(json) > PAGE_TEXTS_MOST)
        return error_set(err, ERR_FORMAT, "more than %d texts of pages", PAGE_TEXTS_MOST);
    for (void *at = json_object_iter(json); at; at = json_object_iter_next(json, at))
        ret->ids[ret->count++] = json_object_iter_key(at);
    return true;
}

/* The text, or of a language that is still being translated its nearest fallback's. */
static const char *text_of(const PageTexts *texts, Language language, const char *id)
{
    for (size_t steps = 0; steps < LANGUAGE_COUNT; steps++) {
        const char *text = json_string_value(json_object_get(texts->json[language], id));
        if (text && text[0])
            return text;
        if (language_is_whole(language) || !language_fallback(language, &language))
            break;
    }
    return NULL;
}

static bool take_texts(Language language, PageTexts *ret, Error *err)
{
    size_t own = 0;

    for (size_t i = 0; i < ret->count; i++) {
        own += json_object_get(ret->json[language], ret->ids[i]) != NULL;
        ret->texts[language][i] = text_of(ret, language, ret->ids[i]);
        if (!ret->texts[language][i])
            return error_set(err, ERR_FORMAT, "texts.%s.json: no text \"%s\"", language_tag(language), ret->ids[i]);
    }
    if (json_object_size(ret->json[language]) != own)
        return error_set(err, ERR_FORMAT, "texts.%s.json: texts that the first language lacks", language_tag(language));
    return true;
}

bool page_console(const char *folder, char *array, size_t size, bool *ret_there, Error *err)
{
    if (!path_join(array, size, folder, "console", err))
        return false;
    *ret_there = access(array, F_OK) == 0;
    return true;
}

bool page_texts_load(const char *folder, PageTexts *ret, Error *err)
{
    char console[4096];
    Parts parts = { console, ret };
    bool there;

    for (Language language = 0; language < LANGUAGE_COUNT; language++) {
        Error why = { 0 };

        if (read_language(folder, language, ret, &why))
            ret->languages[ret->language_count++] = language;
        else if (language == LANGUAGE_FIRST || why.code != ERR_NOT_FOUND)
            return error_set(err, why.code, "%s", why.text);
    }
    if (!page_console(folder, console, sizeof console, &there, err) ||
        (there && !folder_each(console, ".texts.json", read_part, &parts, err)))
        return false;
    if (!list_ids(ret->json[LANGUAGE_FIRST], ret, err))
        return false;
    for (size_t i = 0; i < ret->language_count; i++)
        if (!take_texts(ret->languages[i], ret, err))
            return false;
    return true;
}

const char *page_texts_get(const PageTexts *texts, Language language, const char *id)
{
    const char *text = text_of(texts, language, id);

    return text ? text : "";
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
