/* /office/v1/windows, tickets, calls: the hall as programs of who works there have it.  A token's purpose "hall". */
#ifndef REGISTRAR_API_HALL_API_H
#define REGISTRAR_API_HALL_API_H

#include "registrar/api/routes.h"

#define HALL_API_BODY_MOST 1024

bool hall_api_windows(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool hall_api_window_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool hall_api_window_next(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool hall_api_tickets(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool hall_api_ticket_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool hall_api_calls(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool hall_api_call_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
