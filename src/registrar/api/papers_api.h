/* Photographs of papers: /kiosk/v1/papers as wire/papers.h has it, and what staff's programs ask.
 *
 *   GET  /office/v1/requests/{id}/papers                       which a request wants, how each was given, who saw it
 *   GET  /office/v1/requests/{id}/papers/{field}/pages/{n}     one photograph, image/jpeg: an act of that student
 *   POST /office/v1/requests/{id}/papers/{field}/seen          ticked off; again changes nothing */
#ifndef REGISTRAR_API_PAPERS_API_H
#define REGISTRAR_API_PAPERS_API_H

#include "registrar/api/routes.h"

#define PAPERS_BODY_MOST 1024

bool papers_api_offer(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool papers_api_look(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool papers_api_end(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool papers_api_page(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

bool papers_api_list(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool papers_api_view(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool papers_api_seen(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
