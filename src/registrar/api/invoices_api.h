/* /office/v1/invoices: what is to be paid for requests, for who has a token for "payments". */
#ifndef REGISTRAR_API_INVOICES_API_H
#define REGISTRAR_API_INVOICES_API_H

#include "registrar/http/server.h"

#define INVOICE_BODY_MOST 4096

bool invoices_api_list(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool invoices_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);
bool invoices_api_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err);

#endif
