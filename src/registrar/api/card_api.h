/* A signed-in student's card at a kiosk: wire/card.h.  Signing in with one stands in kiosk.c, beside the other ways. */
#ifndef REGISTRAR_API_CARD_API_H
#define REGISTRAR_API_CARD_API_H

#include "registrar/http/server.h"

#define CARD_API_BODY_MOST 1024

bool card_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err) MUST_USE;
bool card_api_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err) MUST_USE;
bool card_api_block(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err) MUST_USE;

#endif
