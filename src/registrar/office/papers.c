#include "registrar/office/papers.h"

#include <string.h>

#include "registrar/office/fields.h"

#define TEMPLATE_FILE_MOST (256u << 10)

static bool body_shows_pinfl(Str body)
{
    return memmem(body.ptr, body.len, "{student.pinfl}", strlen("{student.pinfl}")) != NULL;
}

bool papers_add(Papers *papers, Template *take_template, Str body, Error *err)
{
    OWNED(Template) template = take_template;

    if (papers->count == PAPERS_MOST)
        return error_set(err, ERR_RANGE, "more than %d templates", PAPERS_MOST);
    Paper *paper = &papers->items[papers->count++];
    *paper = (Paper){ .template = steal(&template), .shows_pinfl = body_shows_pinfl(body) };
    fields_choose(paper->template, &paper->fields);
    return true;
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

bool papers_show_pinfl(StoreTransaction *transaction, const Papers *papers, const DocumentRow *document, bool *ret,
                       Error *err)
{
    const Paper *paper = papers_find(papers, document->template);
    bool found;
    OWNED_BUF body;

    buf_init(&body, TEMPLATE_FILE_MOST);
    *ret = paper && paper->shows_pinfl;
    if (paper && strcmp(template_version(paper->template), document->template_version) == 0)
        return true;
    if (!templates_get(transaction, document->template, document->template_version, &found, &body, err))
        return false;
    if (found)
        *ret = body_shows_pinfl(buf_str(&body));
    return true;
}
