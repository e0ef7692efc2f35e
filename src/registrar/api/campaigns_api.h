/* Campaigns as the university's own programs set them (office/campaigns.h), on the people's listener, with a token for
 * "campaigns".  Handlers of /office/v1/campaigns; assets/openapi/people.json says what travels. */
#ifndef REGISTRAR_API_CAMPAIGNS_API_H
#define REGISTRAR_API_CAMPAIGNS_API_H

#include "registrar/http/server.h"

#define CAMPAIGN_BODY_MOST 4096

bool campaigns_api_list(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool campaigns_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool campaigns_api_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool campaigns_api_remove(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
