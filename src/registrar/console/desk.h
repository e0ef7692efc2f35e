/* A desk: one request of somebody at the office's pages, with who that is and the page that is being made.  Inside
 * console/. */
#ifndef REGISTRAR_CONSOLE_DESK_H
#define REGISTRAR_CONSOLE_DESK_H

#include <jansson.h>

#include "registrar/api/access.h"
#include "registrar/api/sheet.h"
#include "registrar/api/views.h"
#include "registrar/office/staff_door.h"

#define CSRF_SIZE   33
#define DESK_COOKIE "__Host-staff"

typedef struct Desk {
    Sheet sheet;
    StaffSession staff;           /* who; name is "" where nobody is signed in */
    char clerk[STAFF_ACTOR_SIZE]; /* "staff:NAME" */
    char csrf[CSRF_SIZE];
    const char *query;  /* of the request */
    const char *source; /* of the request */
    char said[400];
    json_t *view; /* what the page shows (api/views.h), owned: whoever makes it fills it */
} Desk;

/* Somebody who is signed in and has this right.  Else the answer is made: 401 with the page to sign in at, 303 to a
 * first sign-in, 403 without the right, or on a form that is not ours. */
Access desk_open(const HttpServerRequest *request, Right right, HttpServerAnswer *answer, Desk *ret,
                 Error *err) MUST_USE;
/* Whatever their rights. */
Access desk_open_any(const HttpServerRequest *request, HttpServerAnswer *answer, Desk *ret, Error *err) MUST_USE;
/* Somebody whose first sign-in is under way; for everybody else as desk_open_any, or 303 to their first page. */
Access desk_open_first(const HttpServerRequest *request, HttpServerAnswer *answer, Desk *ret, Error *err) MUST_USE;
/* Nobody yet. */
bool desk_open_nobody(const HttpServerRequest *request, Desk *ret, Error *err) MUST_USE;
void desk_close(Desk *desk);
#define OWNED_DESK __attribute__((cleanup(desk_close))) Desk

/* A form's field; "" when it is absent, broken or too long. */
void desk_field(const HttpServerRequest *request, const char *name, char *array, size_t size);
/* What an address asks for behind its '?'; as desk_field. */
void desk_asked(const char *query, const char *name, char *array, size_t size);
/* What came of a form, in words: PROBLEM_NONE is "done". */
void desk_say(Desk *desk, const ApiProblem *problem);
const char *desk_text(const Desk *desk, const char *prefix, const char *id);
bool desk_may(const Desk *desk, Right right);
/* Where they may do it: lists of the store take it. */
const StaffScope *desk_scope(const Desk *desk);
/* Whether a one-time code of this session is fresh: the form's field "totp" is looked at when none is.  A page shows
 * that field where its view has "needs-totp".  Refused: *ret_fresh is false, and desk_unfresh answers. */
bool desk_fresh(Desk *desk, const HttpServerRequest *request, bool *ret_fresh, Error *err) MUST_USE;
/* Back to a page of ours, which says that a code is wanted. */
bool desk_unfresh(const Desk *desk, const char *path, HttpServerAnswer *answer, Error *err) MUST_USE;
/* The view's page, with what the frame shows: who, where, what else there is. */
bool desk_view(Desk *desk, const char *name, int status, HttpServerAnswer *answer, Error *err) MUST_USE;
/* 303 to a page of ours, which then says what came of the form: PROBLEM_NONE is "done".  path: with its query, or none.
 */
bool desk_redirect(const Desk *desk, const char *path, const ApiProblem *problem, HttpServerAnswer *answer,
                   Error *err) MUST_USE;
/* 303; slug NULL: nothing is said there. */
bool desk_see_other(const Desk *desk, const char *path, const char *slug, HttpServerAnswer *answer,
                    Error *err) MUST_USE;
/* A form is from a page of this very host: what a browser says of it. */
bool desk_is_same_origin(const HttpServerRequest *request);

#endif
