#include "registrar/api/etag.h"

#include "wire/api.h"

void etag_of_version(const char *version, HttpServerAnswer *answer)
{
    OWNED_BUF etag;

    buf_init(&etag, sizeof answer->etag);
    buf_add_format(&etag, "\"%s\"", version);
    str_copy_cut(buf_str(&etag), answer->etag, sizeof answer->etag);
}

bool etag_of_text(Str text, HttpServerAnswer *answer, Error *err)
{
    char version[API_VERSION_SIZE];

    if (!api_version(text, version, err))
        return false;
    etag_of_version(version, answer);
    return true;
}
