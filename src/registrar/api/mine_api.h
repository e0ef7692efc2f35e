/* /kiosk/v1/requests/{uuid}: one of a student's own, in full, answered anew, its receipt. */
#ifndef REGISTRAR_API_MINE_API_H
#define REGISTRAR_API_MINE_API_H

#include "registrar/http/server.h"

#define MINE_API_BODY_MOST (64u << 10) /* forty answers of 512 bytes, escaped */

bool mine_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool mine_api_answer(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool mine_api_keep(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool mine_api_receipt(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
