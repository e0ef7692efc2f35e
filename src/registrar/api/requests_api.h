/* /office/v1/requests: what goes through people, for who has a token for "requests".  Decisions name with If-Match the
 * epoch that GET told as ETag. */
#ifndef REGISTRAR_API_REQUESTS_API_H
#define REGISTRAR_API_REQUESTS_API_H

#include "registrar/http/server.h"

#define REQUESTS_BODY_MOST (64u << 10) /* forty answers of 512 bytes, escaped */

bool requests_api_list(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool requests_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool requests_api_claim(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool requests_api_approve(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool requests_api_return(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool requests_api_decline(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool requests_api_page(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool requests_api_printed(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool requests_api_again(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool requests_api_hand_out(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
