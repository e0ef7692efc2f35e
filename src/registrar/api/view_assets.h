/* What the console's pages load beside themselves: styles, scripts and icons of assets/web/console, read once, named by
 * what is in them, so that a browser may keep them for ever. */
#ifndef REGISTRAR_API_VIEW_ASSETS_H
#define REGISTRAR_API_VIEW_ASSETS_H

#include "base/blob.h"
#include "base/colour.h"

#define VIEW_ASSETS_MOST 16

typedef struct ViewAsset {
    char name[40];
    char address[96]; /* "/office/assets/console.css?v=0123456789abcdef" */
    const char *type; /* static */
    Blob *bytes;
} ViewAsset;

typedef struct ViewAssets {
    size_t count;
    ViewAsset all[VIEW_ASSETS_MOST];
} ViewAssets;

/* *ret is zeroed.  brand: as of page_template_load. */
bool view_assets_load(const char *folder, Rgb brand, ViewAssets *ret, Error *err) MUST_USE;
void view_assets_fini(ViewAssets *assets);
/* NULL: there is none. */
const ViewAsset *view_assets_find(const ViewAssets *assets, Str name);

#endif
