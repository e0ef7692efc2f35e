/* /kiosk/v1/oauth, sign-in-grants: signing in with one's own phone, as the kiosk, OAuth's device, has it (wire/grant.h,
 * RFC 8628).  The certificate is the client's authentication. */
#ifndef REGISTRAR_API_GRANT_API_H
#define REGISTRAR_API_GRANT_API_H

#include "registrar/api/routes.h"
#include "wire/grant.h"

bool grant_api_offer(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool grant_api_token(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool grant_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool grant_api_digits(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool grant_api_delete(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
