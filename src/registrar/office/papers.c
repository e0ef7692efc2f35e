#include "registrar/office/papers.h"

#include <limits.h>
#include <string.h>

#include "base/file.h"
#include "registrar/office/fields.h"
#include "registrar/store/documents.h"

#define TEMPLATE_FILE_MOST (256u << 10)

typedef struct Keeping {
    const Template *template;
    Str body;
} Keeping;

static bool keep(StoreTransaction *transaction, void *arg, Error *err)
{
    const Keeping *keeping = arg;

    return templates_keep(transaction, template_id(keeping->template), template_version(keeping->template),
                          keeping->body, err);
}

typedef struct Loading {
    const char *folder;
    Store *store;
    Papers *papers;
} Loading;

static bool load_one(void *ctx, const char *name, Error *err)
{
    Loading *loading = ctx;
    Papers *papers = loading->papers;
    char path[PATH_MAX];
    OWNED_BUF body;

    buf_init(&body, TEMPLATE_FILE_MOST);
    if (papers->count == PAPERS_MOST)
        return error_set(err, ERR_RANGE, "more than %d templates", PAPERS_MOST);
    if (!path_join(path, sizeof path, loading->folder, name, err) || !file_read(path, &body, err))
        return false;
    OWNED(Template) template = template_parse(buf_str(&body), field_known, err);
    if (!template)
        return error_add(err, "%.60s", name);
    if (papers_find(papers, template_id(template)))
        return error_set(err, ERR_EXISTS, "%.60s: there are two of %s", name, template_id(template));
    Keeping keeping = { template, buf_str(&body) };
    if (!store_write(loading->store, keep, &keeping, err))
        return false;
    papers->items[papers->count++] =
        (Paper){ .template = steal(&template), .shows_pinfl = strstr(buf_text(&body), "{student.pinfl}") != NULL };
    return true;
}

bool papers_load(const char *folder, Store *store, Papers *ret, Error *err)
{
    Loading loading = { folder, store, ret };

    *ret = (Papers){ 0 };
    if (folder_each(folder, ".json", load_one, &loading, err))
        return true;
    papers_fini(ret);
    return error_add(err, "templates");
}

void papers_fini(Papers *papers)
{
    for (size_t i = 0; i < papers->count; i++)
        template_free(papers->items[i].template);
    *papers = (Papers){ 0 };
}

const Paper *papers_find(const Papers *papers, const char *id)
{
    for (size_t i = 0; i < papers->count; i++)
        if (!strcmp(template_id(papers->items[i].template), id))
            return &papers->items[i];
    return NULL;
}

bool papers_check_catalogue(const Papers *papers, const Catalogue *catalogue, Error *err)
{
    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        const Service *service = catalogue_at(catalogue, i);
        const Paper *paper = service->document ? papers_find(papers, service->document) : NULL;

        if (service->yields != YIELD_DOCUMENT || service->from_hemis)
            continue;
        if (!paper)
            return error_set(err, ERR_NOT_FOUND, "service %s: no template %s", service->id, service->document);
        for (size_t j = 0; j < service->language_count; j++)
            if (!template_has_language(paper->template, service->languages[j]))
                return error_set(err, ERR_NOT_FOUND, "service %s: template %s is not in %s", service->id,
                                 service->document, language_tag(service->languages[j]));
    }
    return true;
}

typedef struct Recalling {
    const char *id, *version;
    Buf *body;
    bool found;
} Recalling;

static bool recall(StoreTransaction *transaction, void *arg, Error *err)
{
    Recalling *recalling = arg;

    return templates_get(transaction, recalling->id, recalling->version, &recalling->found, recalling->body, err);
}

Template *papers_recall(Store *store, const char *id, const char *version, Error *err)
{
    OWNED_BUF body;
    Recalling recalling = { id, version, &body, false };

    buf_init(&body, TEMPLATE_FILE_MOST);
    if (!store_read(store, recall, &recalling, err))
        return NULL;
    if (!recalling.found) {
        error_set(err, ERR_NOT_FOUND, "template %s of version %s is gone", id, version);
        return NULL;
    }
    return template_parse(buf_str(&body), field_known, err);
}
