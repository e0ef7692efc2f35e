/* What staff do about applications beside deciding: /office/v1/orders, visitors, portals; for who has a token for
 * "requests".  An order's ETag is its epoch, which a change of it names with If-Match. */
#ifndef REGISTRAR_API_ORDERS_API_H
#define REGISTRAR_API_ORDERS_API_H

#include "registrar/http/server.h"

#define ORDERS_BODY_MOST 4096

bool orders_api_list(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool orders_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool orders_api_issue(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool orders_api_drop(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool orders_api_visitors(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool orders_api_confirm(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool orders_api_portals(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
