/* The lists that forms choose from (wire/lists.h), made of a student's record and of what the institution says of
 * itself.  Ids hold as long as the thing does: HEMIS's code of a subject and the semester.  Inside office/. */
#ifndef REGISTRAR_OFFICE_LISTS_H
#define REGISTRAR_OFFICE_LISTS_H

#include "registrar/office/shelf_keeper.h"
#include "registrar/office/students.h"
#include "wire/lists.h"

/* Adds the lists that questions of this service choose from and that are not among ret yet: a list without anything in
 * it is there and empty.  record: with RECORD_RULES. */
bool lists_add_of(const Office *office, const Shelf *shelf, const Record *record, const Service *service, Lists *ret,
                  Error *err) MUST_USE;
/* Those of one service, of the record as this transaction sees it. */
bool lists_of(StoreTransaction *transaction, const Office *office, int64_t student, const Service *service, Lists *ret,
              Error *err) MUST_USE;

#endif
