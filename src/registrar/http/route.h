/* Which row of a table a request belongs to.  Pure. */
#ifndef REGISTRAR_HTTP_ROUTE_H
#define REGISTRAR_HTTP_ROUTE_H

#include "registrar/http/server.h"

#define ROUTE_PATH_MOST       1024 /* bytes of a path, encoded; longer ones are 414 */
#define ROUTE_PARAMETERS_MOST COUNT(((HttpServerRequest *)NULL)->parameters)

typedef enum RouteOutcome {
    ROUTE_FOUND,
    ROUTE_NO_PATH,  /* 404 */
    ROUTE_NO_METHOD /* 405; *allow says which there are */
} RouteOutcome;

typedef struct RouteMatch {
    const HttpRoute *route;                /* ROUTE_FOUND */
    char allow[64];                        /* ROUTE_NO_METHOD: "GET, HEAD, DELETE" */
    Str parameters[ROUTE_PARAMETERS_MOST]; /* decoded; they point into text */
    size_t parameter_count;
    char text[ROUTE_PATH_MOST];
} RouteMatch;

/* path: as it came, without its query.  A part "{...}" of a pattern takes one whole, non-empty part of the path,
 * decoded; a
 * "%2F" in it is a slash inside the part and never divides it. */
RouteOutcome route_find(const HttpRoute *routes, size_t count, const char *method, Str path, RouteMatch *ret);

#endif
