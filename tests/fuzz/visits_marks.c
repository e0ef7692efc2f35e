/* Marks: whose personal bytes are these? */
#include "visits.h"

#include <string.h>

/* The next mark at or behind *at; its visit.  False when there is none. */
static bool next_mark(const uint8_t *bytes, size_t size, size_t *at, uint32_t *ret_visit)
{
    const size_t len = sizeof MARK - 1;
    const uint8_t *found;

    for (size_t i = *at; i + len < size && (found = memchr(bytes + i, MARK[0], size - len - i)); i = *at) {
        *at = (size_t)(found - bytes) + 1;
        if (memcmp(found, MARK, len) != 0)
            continue;
        uint32_t visit = 0;
        for (size_t k = len; (size_t)(found - bytes) + k < size; k++) {
            int letter = found[k] | 0x20; /* a passport's number is written in capitals */
            if (letter < 'a' || letter > 'j')
                break;
            visit = visit * 10 + (uint32_t)(letter - 'a');
        }
        *ret_visit = visit;
        return true;
    }
    return false;
}

static bool next_number(const uint8_t *bytes, size_t size, size_t *at, uint32_t *ret_visit)
{
    const size_t len = sizeof MARK_NUMBER - 1;
    const uint8_t *found;

    for (size_t i = *at; i + len + 5 < size && (found = memchr(bytes + i, MARK_NUMBER[0], size - len - 5 - i));
         i = *at) {
        *at = (size_t)(found - bytes) + 1;
        if (memcmp(found, MARK_NUMBER, len) != 0)
            continue;
        size_t k = len;
        *ret_visit = 0;
        for (; k < len + 5 && found[k] >= '0' && found[k] <= '9'; k++)
            *ret_visit = *ret_visit * 10 + (uint32_t)(found[k] - '0');
        if (k < len + 5) /* cut by its field: anybody's */
            *ret_visit = UINT32_MAX;
        return true;
    }
    return false;
}

bool marks_are(const void *bytes, size_t size, uint32_t visit, size_t *ret_at)
{
    uint32_t whose;

    for (size_t at = 0; next_mark(bytes, size, &at, &whose);)
        if (visit == 0 || whose != visit) {
            *ret_at = at - 1;
            return false;
        }
    for (size_t at = 0; next_number(bytes, size, &at, &whose);)
        if (visit == 0 || (whose != visit % 100000 && whose != UINT32_MAX)) {
            *ret_at = at - 1;
            return false;
        }
    return true;
}
