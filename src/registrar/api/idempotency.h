/* The header Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): a string of structured fields of the client's
 * own making, as Once needs it (office/once.h). */
#ifndef REGISTRAR_API_IDEMPOTENCY_H
#define REGISTRAR_API_IDEMPOTENCY_H

#include "registrar/http/server.h"
#include "registrar/office/once.h"

/* actor: whose keys they are; cut at 63 bytes.  Without the header *ret has no key.  False in *ret_fit: it is none, and
 * the answer is PROBLEM_BAD_REQUEST.  The hash is over method, path, bearer and body, so that a key tells nobody else
 * what it was answered. */
bool idempotency_read(const HttpServerRequest *request, const Office *office, const char *actor, Once *ret,
                      bool *ret_fit, Error *err) MUST_USE;

#endif
