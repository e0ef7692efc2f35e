#include "registrar/api/openapi.h"

#include "registrar/api/etag.h"

/* Made of assets/openapi by openapi.cmake. */
extern const char openapi_kiosks_text[], openapi_people_text[];
extern const size_t openapi_kiosks_size, openapi_people_size;

Str openapi_kiosks(void)
{
    return (Str){ openapi_kiosks_text, openapi_kiosks_size };
}

Str openapi_people(void)
{
    return (Str){ openapi_people_text, openapi_people_size };
}

static bool give(Str document, const char *cache, HttpServerAnswer *answer, Error *err)
{
    answer->content_type = "application/json";
    answer->cache = cache;
    buf_add_str(&answer->body, document);
    return etag_of_text(document, answer, err);
}

bool openapi_kiosks_get(const HttpServerRequest *request UNUSED, HttpServerAnswer *answer, Error *err)
{
    return give(openapi_kiosks(), "private, no-cache", answer, err);
}

bool openapi_people_get(const HttpServerRequest *request UNUSED, HttpServerAnswer *answer, Error *err)
{
    return give(openapi_people(), "public, max-age=3600", answer, err);
}
