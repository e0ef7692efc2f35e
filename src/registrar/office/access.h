/* Whether a student may have a service now, why not, and the way on.  Inside office/. */
#ifndef REGISTRAR_OFFICE_ACCESS_H
#define REGISTRAR_OFFICE_ACCESS_H

#include "registrar/office/predicates.h"
#include "registrar/office/requests.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/office/students.h"

/* What all services are judged by for one student at this moment, read once. */
typedef struct AccessBasis AccessBasis;

/* record: with RECORD_RULES; borrowed, as shelf and session are. */
bool access_basis_read(const Office *office, const Shelf *shelf, const Session *session, const Record *record,
                       AccessBasis **ret, Error *err) MUST_USE;
void access_basis_free(AccessBasis *basis);
OWNED_BY(AccessBasis, access_basis_free)
/* What predicates look at; lives as long as the basis. */
const StudentFacts *access_facts(const AccessBasis *basis);

/* Whole: allowed, reason, way on, copies left today, when it would be there.  Whoever may not is told a way on that
 * leads somewhere: a later day, a service that is allowed, or the window.  service: also a copy of one whose limit is
 * that of the answers. */
ApiService access_on(const AccessBasis *basis, const Service *service);
/* Of one service alone. */
bool service_access(const Office *office, const Shelf *shelf, const Session *session, const Service *service,
                    const Record *record, ApiService *ret, Error *err) MUST_USE;

/* A paper that shows a PINFL is not for who signed in with a first password, whenever it was asked for. */
bool document_is_kept_from(StoreTransaction *transaction, const Shelf *shelf, const Session *session,
                           const DocumentRow *document, bool *ret, Error *err) MUST_USE;
/* The service's limit or its "repeat" leaves no room for one more.  In the transaction that takes the number, too:
 * askings that were allowed side by side are not all given. */
bool service_is_spent(StoreTransaction *transaction, const Office *office, int64_t student, const Service *service,
                      const char *period, bool *ret, Error *err) MUST_USE;
/* Unix seconds of today's midnight where the institution is. */
int64_t office_day_start_s(const Office *office);

#endif
