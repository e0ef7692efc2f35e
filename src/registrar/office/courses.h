/* What Moodle tells of a student (courses, grades so far, what is due) into the register's record, part "courses" of
 * source "moodle", with its day.  Read by a few threads behind the student's back when a session begins, however they
 * signed in: Moodle's token is the site's.  What could not be read stays as it was, with its date; a student whom
 * Moodle does not know has no such part.  The kiosk hears when something changed (CHANGED_RECORD).  Inside office/. */
#ifndef REGISTRAR_OFFICE_COURSES_H
#define REGISTRAR_OFFICE_COURSES_H

#include "registrar/office/inside.h"

#define COURSES_FRESH_S 600 /* what was told so short ago is not asked for again */

/* Nothing where the office has no Moodle. */
bool courses_start(Office *office, Error *err) MUST_USE;
/* What is under way ends with its present request at the latest. */
void courses_stop(Office *office);

/* Never waits.  Too many at once: nothing happens but a line in the log. */
void courses_ask(Office *office, int64_t student, const char *number, const char *kiosk);

#endif
