/* Who asks on the kiosks' listener: a kiosk by its certificate, and a student's session by the bearer bound to it. */
#ifndef REGISTRAR_API_ACCESS_H
#define REGISTRAR_API_ACCESS_H

#include "registrar/api/routes.h"
#include "registrar/office/sessions.h"

typedef enum Access {
    ACCESS_GRANTED,
    ACCESS_REFUSED, /* the answer is a problem already */
    ACCESS_FAILED   /* *err says why */
} Access;

typedef struct Caller {
    Kiosk kiosk;
    Session session; /* access_session only */
} Caller;

/* PROBLEM_UNKNOWN_KIOSK without a known certificate that is in force. */
Access access_kiosk(const HttpServerRequest *request, HttpServerAnswer *answer, Caller *ret, Error *err) MUST_USE;
/* PROBLEM_SESSION_ENDED besides, without a bearer of a session of this kiosk. */
Access access_session(const HttpServerRequest *request, HttpServerAnswer *answer, Caller *ret, Error *err) MUST_USE;

/* A failed sign-in is answered at the first full second after its deadline, whatever failed and however long that took,
 * so that the time tells nothing (MODEL.md section 6). */
int64_t access_refusal_leaves_at_ms(const HttpServerRequest *request);

static inline Office *office_of(const HttpServerRequest *request)
{
    const ApiContext *context = request->context;

    return context->office;
}

#endif
