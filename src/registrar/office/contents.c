#include "registrar/office/contents.h"

#include "base/crypto.h"
#include "registrar/office/inside.h"

static const char *const names[] = {
    [CONTENT_SERVICE] = "service",   [CONTENT_TEMPLATE] = "template", [CONTENT_PAGE] = "information",
    [CONTENT_CAMPAIGN] = "campaign", [CONTENT_NOTICE] = "notice",     [CONTENT_CALENDAR] = "calendar",
};
static_assert(COUNT(names) == CONTENT_KIND_COUNT, "one name per ContentKind");

const char *content_kind_name(ContentKind kind)
{
    return names[kind];
}

bool content_version(Str body, char ret[CONTENT_VERSION_SIZE], Error *err)
{
    uint8_t hash[SHA256_SIZE];
    OWNED_BUF hex;

    buf_init(&hex, CONTENT_VERSION_SIZE);
    if (!sha256(body, hash, err))
        return false;
    hex_write(&hex, hash, (CONTENT_VERSION_SIZE - 1) / 2);
    str_copy_cut(buf_str(&hex), ret, CONTENT_VERSION_SIZE);
    return buf_ok(&hex, err);
}

static bool add(StoreTransaction *transaction, ContentKind kind, const char *id, const ContentState *state, Error *err)
{
    ContentRow row = { .changed_at_s = state->at_s };

    str_copy_cut(str_from(id), row.id, sizeof row.id);
    str_copy_cut(str_from(state->version), row.version, sizeof row.version);
    str_copy_cut(str_from(state->author), row.author, sizeof row.author);
    return contents_add(transaction, names[kind], &row, state->body, err);
}

bool content_keep(StoreTransaction *transaction, ContentKind kind, const char *id, const ContentState *before,
                  const ContentState *after, Error *err)
{
    ContentRow newest;
    size_t count;

    if (!contents_list(transaction, names[kind], id, &newest, 1, &count, err))
        return false;
    return (count > 0 || !before->body.len || add(transaction, kind, id, before, err)) &&
           add(transaction, kind, id, after, err);
}

/* --- looking ------------------------------------------------------------------------------------------------------ */

typedef struct Looking {
    const char *kind, *id;
    int64_t n;
    ContentRow *rows;
    size_t count;
    Buf *body;
    bool found;
} Looking;

static bool look_history(StoreTransaction *transaction, void *arg, Error *err)
{
    Looking *looking = arg;

    return contents_list(transaction, looking->kind, looking->id, looking->rows, CONTENT_KEPT, &looking->count, err);
}

bool content_history(Office *office, ContentKind kind, const char *id, ContentRow *rows, size_t *ret_count, Error *err)
{
    Looking looking = { .kind = names[kind], .id = id, .rows = rows };

    if (!store_read(office->store, look_history, &looking, err))
        return false;
    *ret_count = looking.count;
    return true;
}

static bool look_newest(StoreTransaction *transaction, void *arg, Error *err)
{
    Looking *looking = arg;

    return contents_newest(transaction, looking->kind, looking->rows, CONTENT_LISTED_MOST, &looking->count, err);
}

bool content_newest(Office *office, ContentKind kind, ContentRow *rows, size_t *ret_count, Error *err)
{
    Looking looking = { .kind = names[kind], .rows = rows };

    if (!store_read(office->store, look_newest, &looking, err))
        return false;
    *ret_count = looking.count;
    return true;
}

static bool look_one(StoreTransaction *transaction, void *arg, Error *err)
{
    Looking *looking = arg;

    return contents_get(transaction, looking->kind, looking->id, looking->n, &looking->found, looking->rows,
                        looking->body, err);
}

bool content_at(Office *office, ContentKind kind, const char *id, int64_t n, bool *ret_found, ContentRow *ret,
                Buf *body, Error *err)
{
    Looking looking = { .kind = names[kind], .id = id, .n = n, .rows = ret, .body = body };

    if (!store_read(office->store, look_one, &looking, err))
        return false;
    *ret_found = looking.found;
    return true;
}
