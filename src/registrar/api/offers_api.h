/* What the university's own programs change: services and templates with a token for "catalogue", pages of information
 * with one for "information" (office/offers.h), on the people's listener.  Handlers of /office/v1/services,
 * /office/v1/templates and /office/v1/information; assets/openapi/people.json says what travels. */
#ifndef REGISTRAR_API_OFFERS_API_H
#define REGISTRAR_API_OFFERS_API_H

#include "registrar/http/server.h"

bool offers_services(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool offers_service_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool offers_service_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool offers_service_remove(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool offers_templates(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool offers_template_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool offers_template_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool offers_template_remove(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool offers_pages(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool offers_page_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool offers_page_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool offers_page_remove(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
