/* The routes of both listeners, as tables for http/server.h.  The context of each is an ApiContext. */
#ifndef REGISTRAR_API_ROUTES_H
#define REGISTRAR_API_ROUTES_H

#include "registrar/http/server.h"
#include "registrar/office/feed.h"
#include "registrar/office/institution.h"
#include "registrar/office/office.h"

/* Of one institution; or of nobody, for requests that name a host which nobody here has: only fallbacks see that. */
typedef struct ApiContext {
    Office *office; /* NULL: nobody's, as below */
    Log *log;
    Institution *institution; /* owned */
    struct Looks *looks;      /* owned: api/looks.h */
    Feed *feed;               /* borrowed; there before the first request */
} ApiContext;

/* web_folder: assets/web.  Constant once made: any thread. */
bool api_context_init(ApiContext *context, Office *office, Log *log, const char *web_folder, Error *err) MUST_USE;
bool api_context_init_nobody(ApiContext *context, Log *log, const char *web_folder, Error *err) MUST_USE;
void api_context_fini(ApiContext *context);

extern const HttpRoute api_kiosk_routes[];
extern const size_t api_kiosk_route_count;
bool api_kiosk_is_slow(const HttpRoute *route);
extern const HttpRoute api_people_routes[];
extern const size_t api_people_route_count;
bool api_people_is_slow(const HttpRoute *route);
/* Problem details for the kiosks' listener, a page for people's. */
bool api_kiosk_fallback(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool api_people_fallback(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
