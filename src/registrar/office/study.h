/* What a student's own record says, for the student: lessons on their days, exams, attendance, results and averages,
 * contract, scholarship, orders (wire/study.h).  Worked out here alone; a record that lacks a part, or has strange rows
 * in one, still tells the rest. */
#ifndef REGISTRAR_OFFICE_STUDY_H
#define REGISTRAR_OFFICE_STUDY_H

#include "registrar/office/sessions.h"
#include "wire/study.h"

/* ret: from the heap, and wiped by the caller. */
bool study_of(const Office *office, const Session *session, ApiStudy *ret, Error *err) MUST_USE;

#endif
