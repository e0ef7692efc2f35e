/* The audit log, looked through backwards: the newest entry first, each question answered from one index. */
#ifndef REGISTRAR_STORE_ACT_SEARCH_H
#define REGISTRAR_STORE_ACT_SEARCH_H

#include "registrar/store/acts.h"
#include "registrar/store/documents.h"

typedef struct ActSearch {
    /* At most one of these; none: of everything. */
    const char *actor;    /* who did it; "" */
    const char *object;   /* to this very thing; "" */
    int64_t student;      /* by or on somebody, their requests, invoices, papers, print jobs; 0 */
    const char *request;  /* on a request and all that came of it; "" */
    const char *document; /* on a document, its copies and their jobs; "" */

    const char *act;           /* "request.approved"; "": any */
    int64_t from_ms, to_ms;    /* [from, to) */
    int64_t before_ms, before; /* time and id of the last one seen; INT64_MAX: from the newest */
    size_t most;
} ActSearch;

/* The entries' details are left out, but for whether they are there.  *ret_count: how many were visited. */
bool acts_look(StoreTransaction *transaction, const ActSearch *search, ActVisit visit, void *ctx, size_t *ret_count,
               Error *err) MUST_USE;
/* One, with its detail. */
bool acts_get(StoreTransaction *transaction, int64_t id, ActVisit visit, void *ctx, bool *ret_found,
              Error *err) MUST_USE;

#define ACT_NAME_SIZE 48
/* Every act there is in the log, by its name; at most room. */
bool acts_names(StoreTransaction *transaction, char (*names)[ACT_NAME_SIZE], size_t room, size_t *ret_count,
                Error *err) MUST_USE;
/* What nobody has sealed yet. */
bool acts_waiting(StoreTransaction *transaction, int64_t *ret, Error *err) MUST_USE;

/* What the object of an act is known by. */
typedef struct ActObject {
    char number[64]; /* of a request, a paper, a ticket, a student; "": it has none, or is gone */
    char service[SERVICE_SIZE];
    int64_t student; /* whose it is; 0: nobody's, or not known */
} ActObject;
/* object: as the log has it, "request:ID". */
bool acts_object(StoreTransaction *transaction, Str object, ActObject *ret, Error *err) MUST_USE;
/* The request or the document of this number ("S-2026/000012", "M-2026/004817"); "": there is none. */
bool acts_request_of(StoreTransaction *transaction, const char *number, char ret_request[ID_SIZE], Error *err) MUST_USE;

#endif
