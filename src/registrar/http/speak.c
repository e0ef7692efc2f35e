#include "registrar/http/speak.h"

#include <string.h>
#include <strings.h>

#include "registrar/http/query.h"

#define RANGES_MOST 32 /* of an Accept-Language: nobody reads in more */

static bool offers(const Language *offered, size_t count, Str tag, Language *ret)
{
    for (size_t i = 0; i < count; i++) {
        const char *known = language_tag(offered[i]);

        if (strlen(known) == tag.len && strncasecmp(known, tag.ptr, tag.len) == 0) {
            *ret = offered[i];
            return true;
        }
    }
    return false;
}

/* RFC 4647 section 3.4: the range is cut from its end until it is one that we have. */
static bool look_up(const Language *offered, size_t count, Str range, Language *ret)
{
    while (range.len > 0) {
        if (offers(offered, count, range, ret))
            return true;
        const char *cut = memrchr(range.ptr, '-', range.len);
        range.len = cut ? (size_t)(cut - range.ptr) : 0;
    }
    return false;
}

/* RFC 9110 section 12.4.2, in thousandths; what is not a quality counts as none. */
static int quality(Str parameters)
{
    Str q = str_trim(parameters);

    if (q.len == 0)
        return 1000;
    if (!str_starts(q, STR("q=")) && !str_starts(q, STR("Q=")))
        return 0;
    q.ptr += 2;
    q.len -= 2;
    Str whole = str_split(&q, '.');
    uint64_t ones, thousandths = 0;
    if (!str_to_u64(whole, 0, 1, &ones) || q.len > 3 || (q.len > 0 && !str_to_u64(q, 0, 999, &thousandths)))
        return 0;
    for (size_t i = q.len; i > 0 && i < 3; i++)
        thousandths *= 10;
    return ones ? 1000 : (int)thousandths;
}

Language speak(const char *query, const char *accept_language, const Language *offered, size_t count)
{
    Str rest = str_from(accept_language);
    Language best = offered[0], found;
    int best_quality = 0;
    char asked[16];

    if (query_get(query, "l", asked, sizeof asked) && offers(offered, count, str_from(asked), &found))
        return found;
    for (int i = 0; rest.ptr && i < RANGES_MOST; i++) {
        Str parameters = str_split(&rest, ',');
        Str range = str_trim(str_split(&parameters, ';'));
        int q = quality(parameters);

        if (q > best_quality &&
            (str_equal_text(range, "*") ? (found = offered[0], true) : look_up(offered, count, range, &found))) {
            best = found;
            best_quality = q;
        }
    }
    return best;
}
