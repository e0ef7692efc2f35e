/* /office/assets/NAME: styles, scripts and icons of the console.  Their addresses say what is in them, so they are kept
 * for ever; whoever asks for another version than there is gets the one there is, and keeps it for a moment. */
#include <string.h>

#include "registrar/api/looks.h"
#include "registrar/api/routes.h"
#include "registrar/api/views.h"
#include "registrar/console/pages.h"

bool page_asset(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    const ApiContext *context = request->context;
    OWNED(Pages) pages = looks_take(context->looks);
    const ViewAsset *asset = view_asset(pages, request->parameters[0]);
    const char *version = asset ? strchr(asset->address, '?') : NULL;

    if (!asset) {
        answer->status = 404;
        return api_people_fallback(request, answer, err);
    }
    const bool same = request->query && version && strcmp(request->query, version + 1) == 0;
    answer->status = 200;
    answer->content_type = asset->type;
    answer->blob = blob_keep(asset->bytes);
    answer->cache = same ? "public, max-age=31536000, immutable" : "no-cache";
    return true;
}
