/* What is common to all that programs of the university's own put over the interface: who may, what is meant, why it is
 * not taken. */
#ifndef REGISTRAR_API_PUTTING_H
#define REGISTRAR_API_PUTTING_H

#include <jansson.h>

#include "registrar/api/access.h"
#include "registrar/office/shelf_files.h"
#include "registrar/office/tokens.h"

/* PROBLEM_SESSION_ENDED without a token that is in force for this purpose (NULL: for any); too many wrong ones of a
 * source: PROBLEM_LIMIT. */
Access access_token(const HttpServerRequest *request, const char *purpose, HttpServerAnswer *answer, TokenRow *ret,
                    Error *err) MUST_USE;
/* "token:NAME": who acts. */
void actor_token(const TokenRow *token, char ret[TOKEN_NAME_SIZE + 8]);

/* Who asks, about what, in which epoch. */
typedef struct Asked {
    TokenRow token;
    char clerk[TOKEN_NAME_SIZE + 8];
    char id[API_ID_SIZE]; /* of what the path names */
    uint32_t epoch;
    json_t *body; /* owned; NULL: none was wanted */
} Asked;
void asked_fini(Asked *asked);
#define OWNED_ASKED __attribute__((cleanup(asked_fini))) Asked

Access asked_by_clerk(const HttpServerRequest *request, const char *purpose, HttpServerAnswer *answer, Asked *ret,
                      Error *err) MUST_USE;
/* Its epoch from If-Match: PROBLEM_UNCONDITIONAL without one, PROBLEM_CHANGED for what no epoch is. */
Access asked_read_epoch(const HttpServerRequest *request, HttpServerAnswer *answer, Asked *ret, Error *err) MUST_USE;
/* Its body: PROBLEM_BAD_REQUEST where that is no object. */
Access asked_read_body(const HttpServerRequest *request, HttpServerAnswer *answer, Asked *ret, Error *err) MUST_USE;
/* Of the body; "": not there, or no text. */
const char *asked_text(const Asked *asked, const char *name);
Access asked_refuse(ApiProblemKind kind, HttpServerAnswer *answer, Error *err) MUST_USE;

/* take_json NULL: there was no memory for it. */
bool answer_json(json_t *take_json, HttpServerAnswer *answer, Error *err) MUST_USE;
/* Done, which needs no words (204); or the problem. */
bool answer_done(const ApiProblem *problem, HttpServerAnswer *answer, Error *err) MUST_USE;

/* ctx: the HttpServerRequest.  Whether what stands there (version NULL: nothing) is what its If-Match and If-None-Match
 * mean (RFC 9110 section 13.1: strong comparison, so a weak tag matches nothing). */
bool put_is_meant(void *ctx, const char *version);
/* PROBLEM_NOT_WHOLE with the faults. */
bool answer_faults(const ShelfFaults *faults, HttpServerAnswer *answer, Error *err) MUST_USE;

#endif
