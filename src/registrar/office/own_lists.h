/* What HEMIS does not know of students: the university's own lists (dormitory, scholarship, clearance, employers ...),
 * given to the registrar as files.  Of somebody whom the register knows they enter the record at once, of others they
 * wait for them by their number.  A later list stands in place of an earlier one, part by part; of the profile and the
 * contract member by member, and what HEMIS tells of the same member later counts. */
#ifndef REGISTRAR_OFFICE_OWN_LISTS_H
#define REGISTRAR_OFFICE_OWN_LISTS_H

#include <jansson.h>

#include "registrar/office/office.h"
#include "registrar/store/store.h"

#define OWN_LISTS_AT_ONCE   256               /* students of one act */
#define OWN_LISTS_LINE_MOST (4u << 20)        /* bytes of one student */
#define OWN_LISTS_KEPT_S    INT64_C(31622400) /* 366 days: so long they wait for somebody who does not come */

typedef struct OwnListsCounts {
    int64_t known, waiting, parts;
} OwnListsCounts;

/* ERR_FORMAT: a row is not {"number", "profile"?, "parts"?: {"dormitory": ...}}, as assets/demo/README.md has the
 * parts; or has a password or a PINFL, which no list of ours brings. */
bool own_lists_check(const json_t *row, Error *err) MUST_USE;
/* rows: 1 .. OWN_LISTS_AT_ONCE that were checked; in one act.  source: letters, digits, hyphens, at most 20.  Adds to
 * *counts. */
bool own_lists_take(Office *office, const json_t *rows, const char *source, OwnListsCounts *counts,
                    Error *err) MUST_USE;
/* After the last. */
bool own_lists_end(Office *office, const char *source, const OwnListsCounts *counts, Error *err) MUST_USE;

/* Within the act that enters a student (students_put was done): what waited for the number goes into the record;
 * members of the profile that waited, and are not in profile, are added to it (to members of members too), which the
 * caller stores then. */
bool own_lists_enter(StoreTransaction *transaction, int64_t student, const char *number, json_t *profile,
                     Error *err) MUST_USE;

#endif
