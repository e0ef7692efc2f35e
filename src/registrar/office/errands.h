/* Errands about students that a few threads run behind everybody's back: one a student at a time, some that wait, and
 * an end that does not wait for those.  Inside office/. */
#ifndef REGISTRAR_OFFICE_ERRANDS_H
#define REGISTRAR_OFFICE_ERRANDS_H

#include "registrar/connect/hemis/hemis.h"
#include "registrar/office/inside.h"
#include "registrar/store/students.h"

#define ERRANDS_THREADS_MOST 4
#define ERRANDS_ROOM         64 /* that wait or are under way */

typedef struct Errand {
    int64_t student;
    char number[STUDENT_NUMBER_SIZE];
    char kiosk[API_ID_SIZE];
    HemisToken token; /* secret; "" where none is needed */
} Errand;

typedef struct Errands Errands;
typedef void ErrandRun(Office *office, const Errand *errand);

/* threads: 1 .. ERRANDS_THREADS_MOST.  NULL: ERR_MEMORY. */
Errands *errands_new(Office *office, int threads, ErrandRun *run, Error *err) MUST_USE;
/* What is under way is waited for; what waits is dropped. */
void errands_free(Errands *errands);

/* errand is copied, and wiped when it was run.  False: there was no room.  True too when one of this student waits or
 * is under way already: then this one is dropped. */
bool errands_ask(Errands *errands, const Errand *errand) MUST_USE;
/* Until none of this student waits or is under way, most_ms at most. */
void errands_wait(Errands *errands, int64_t student, int most_ms);

#endif
