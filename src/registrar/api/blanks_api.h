/* /office/v1/blanks: numbered forms, for who has a token for "blanks". */
#ifndef REGISTRAR_API_BLANKS_API_H
#define REGISTRAR_API_BLANKS_API_H

#include "registrar/http/server.h"

#define BLANK_BODY_MOST 4096

bool blanks_api_list(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool blanks_api_receive(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool blanks_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool blanks_api_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool blanks_api_spoil(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
