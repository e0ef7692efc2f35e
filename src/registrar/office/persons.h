/* Which student a person is, by PINFL.  There is no column by which a PINFL could be looked for: each is sealed under
 * its student's number, so all are opened, one after the other (50,000 in about a tenth of a second), on a way that few
 * come: OneID's.  Inside office/. */
#ifndef REGISTRAR_OFFICE_PERSONS_H
#define REGISTRAR_OFFICE_PERSONS_H

#include "registrar/office/inside.h"
#include "registrar/store/students.h"

/* Of several numbers of one person the one that studies now, else the newest.  *ret_found: false where there is none.
 */
bool person_find(Office *office, const char *pinfl, bool *ret_found, int64_t *ret_student,
                 char ret_number[STUDENT_NUMBER_SIZE], Error *err) MUST_USE;

#endif
