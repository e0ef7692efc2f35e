#include "registrar/api/epochs.h"

#include <stdio.h>

#include "registrar/api/etag.h"

bool epoch_read(const char *if_match, uint32_t *ret)
{
    Str tag = str_trim(str_from(if_match));
    uint64_t epoch;

    if (tag.len < 3 || tag.ptr[0] != '"' || tag.ptr[tag.len - 1] != '"' ||
        !str_to_u64((Str){ tag.ptr + 1, tag.len - 2 }, 0, UINT32_MAX, &epoch))
        return false;
    *ret = (uint32_t)epoch;
    return true;
}

void epoch_write(uint32_t epoch, HttpServerAnswer *answer)
{
    char text[16];

    (void)snprintf(text, sizeof text, "%u", (unsigned)epoch);
    etag_of_version(text, answer);
}
