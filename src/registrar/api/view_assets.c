#include "registrar/api/view_assets.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/crypto.h"
#include "base/file.h"
#include "base/memory.h"
#include "registrar/api/page_template.h"

#define ASSET_BYTES_MOST (96u << 10) /* a page with all it loads is under 100 kB */
#define VERSION_BYTES    8

static const struct {
    const char *ending, *type;
} kinds[] = {
    { ".css", "text/css; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".svg", "image/svg+xml" },
};

typedef struct Loading {
    const char *folder, *type;
    char brand[8];
    ViewAssets *ret;
} Loading;

static bool name_it(ViewAsset *asset, const char *name, Str bytes, Error *err)
{
    uint8_t hash[SHA256_SIZE];
    OWNED_BUF address;

    buf_init(&address, sizeof asset->address - 1);
    if (!sha256(bytes, hash, err))
        return false;
    buf_add_format(&address, "/office/assets/%s?v=", name);
    hex_write(&address, hash, VERSION_BYTES);
    return buf_ok(&address, err) && str_copy(str_from(name), asset->name, sizeof asset->name) &&
           str_copy(buf_str(&address), asset->address, sizeof asset->address);
}

static bool load(void *ctx, const char *name, Error *err)
{
    const Loading *loading = ctx;
    char path[4096];
    OWNED_BUF bytes;

    buf_init(&bytes, ASSET_BYTES_MOST);
    if (loading->ret->count == VIEW_ASSETS_MOST)
        return error_set(err, ERR_FORMAT, "more than %d assets of the console", VIEW_ASSETS_MOST);
    if (!path_join(path, sizeof path, loading->folder, name, err) || !file_read(path, &bytes, err))
        return false;
    page_put_brand(loading->brand, &bytes);
    ViewAsset *asset = &loading->ret->all[loading->ret->count];
    *asset = (ViewAsset){ .type = loading->type };
    if (!name_it(asset, name, buf_str(&bytes), err))
        return error_add(err, "asset %s", name);
    asset->bytes = blob_take_buf(&bytes);
    if (!asset->bytes)
        return error_set(err, ERR_MEMORY, "asset %s", name);
    loading->ret->count++;
    return true;
}

bool view_assets_load(const char *folder, Rgb brand, ViewAssets *ret, Error *err)
{
    Loading loading = { .folder = folder, .ret = ret };

    if (brand)
        rgb_write(brand, loading.brand);
    for (size_t i = 0; i < COUNT(kinds); i++) {
        loading.type = kinds[i].type;
        if (!folder_each(folder, kinds[i].ending, load, &loading, err))
            return false;
    }
    return true;
}

void view_assets_fini(ViewAssets *assets)
{
    for (size_t i = 0; i < assets->count; i++)
        blob_drop(assets->all[i].bytes);
    *assets = (ViewAssets){ 0 };
}

const ViewAsset *view_assets_find(const ViewAssets *assets, Str name)
{
    for (size_t i = 0; i < assets->count; i++)
        if (str_equal_text(name, assets->all[i].name))
            return &assets->all[i];
    return NULL;
}
