#include "registrar/http/route.h"

#include <string.h>
#include <strings.h>

#include "registrar/http/query.h"

/* Takes the next part off: what stands between two slashes.  False at the end. */
static bool next_part(Str *path, Str *ret)
{
    if (path->len == 0 || path->ptr[0] != '/')
        return false;
    path->ptr++;
    path->len--;
    const char *end = memchr(path->ptr, '/', path->len);
    size_t len = end ? (size_t)(end - path->ptr) : path->len;
    *ret = (Str){ path->ptr, len };
    path->ptr += len;
    path->len -= len;
    return true;
}

static bool same_part(Str pattern, Str part, bool fold)
{
    return pattern.len == part.len &&
           (fold ? strncasecmp(pattern.ptr, part.ptr, part.len) : memcmp(pattern.ptr, part.ptr, part.len)) == 0;
}

/* Decodes part behind *used in ret->text. */
static bool take_parameter(Str part, RouteMatch *ret, size_t *used)
{
    OWNED_BUF decoded;

    buf_init(&decoded, ROUTE_PATH_MOST);
    if (ret->parameter_count == ROUTE_PARAMETERS_MOST || part.len == 0 || !percent_decode(part, false, &decoded) ||
        decoded.len > sizeof ret->text - *used)
        return false;
    memcpy(ret->text + *used, decoded.data, decoded.len);
    ret->parameters[ret->parameter_count++] = (Str){ ret->text + *used, decoded.len };
    *used += decoded.len;
    return true;
}

static bool path_fits(const HttpRoute *route, Str path, RouteMatch *ret)
{
    Str pattern = str_from(route->pattern), expected, part;
    size_t used = 0;

    ret->parameter_count = 0;
    while (next_part(&pattern, &expected)) {
        if (!next_part(&path, &part))
            return false;
        bool parameter = expected.len > 2 && expected.ptr[0] == '{';
        if (parameter ? !take_parameter(part, ret, &used) : !same_part(expected, part, route->fold))
            return false;
    }
    return path.len == 0;
}

static bool method_fits(const HttpRoute *route, const char *method)
{
    return strcmp(route->method, method) == 0 || (strcmp(route->method, "GET") == 0 && strcmp(method, "HEAD") == 0);
}

static void allow_add(Buf *allow, const char *method)
{
    buf_add_format(allow, "%s%s", allow->len ? ", " : "", method);
    if (strcmp(method, "GET") == 0)
        buf_add_text(allow, ", HEAD");
}

RouteOutcome route_find(const HttpRoute *routes, size_t count, const char *method, Str path, RouteMatch *ret)
{
    OWNED_BUF allow;

    buf_init(&allow, sizeof ret->allow);
    for (size_t i = 0; i < count; i++) {
        if (!path_fits(&routes[i], path, ret))
            continue;
        if (method_fits(&routes[i], method)) {
            ret->route = &routes[i];
            return ROUTE_FOUND;
        }
        allow_add(&allow, routes[i].method);
    }
    ret->route = NULL;
    ret->parameter_count = 0;
    str_copy_cut(buf_str(&allow), ret->allow, sizeof ret->allow);
    return allow.len ? ROUTE_NO_METHOD : ROUTE_NO_PATH;
}
