/* A service bound to one student: its questions have the choices that the record gives them.  Whoever checks answers,
 * asks a fee or writes what was answered does it with this.  Inside office/. */
#ifndef REGISTRAR_OFFICE_BOUND_H
#define REGISTRAR_OFFICE_BOUND_H

#include "registrar/office/inside.h"
#include "wire/form.h"
#include "wire/lists.h"

typedef struct Bound {
    Lists lists;
    BoundService bound;
} Bound;

#define BOUND_ITEMS_MOST (64u << 10)

/* By the record as it is now.  The service outlives it. */
bool bound_now(Office *office, int64_t student, const Service *service, Bound **ret, Error *err) MUST_USE;
/* By what was chosen when it was asked for: items as bound_items wrote them, empty where nothing was. */
bool bound_then(const Service *service, Str items, Bound **ret, Error *err) MUST_USE;
/* Of all lists what these answers chose, as JSON; nothing where nothing was. */
bool bound_items(const Bound *bound, const Answers *answers, Buf *ret, Error *err) MUST_USE;
void bound_free(Bound *bound);
OWNED_BY(Bound, bound_free)

static inline const Service *bound_service(const Bound *bound)
{
    return &bound->bound.service;
}

#endif
