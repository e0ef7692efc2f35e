/* Calls for a person: from a kiosk to whoever works at the windows.  What the student was doing goes with it, in names
 * of ours; who it is, only where they said so, and the clerk who says "coming" learns it, which is an act. */
#ifndef REGISTRAR_OFFICE_CALLS_H
#define REGISTRAR_OFFICE_CALLS_H

#include "registrar/office/hall.h"
#include "registrar/office/sessions.h"
#include "registrar/store/calls.h"

#define CALLS_KIOSK_MOST 6 /* of one kiosk within: */
#define CALLS_KIOSK_S    600
#define CALL_JOB_S       900
#define CALLS_OPEN_MOST  50 /* of an institution; the rest is told that nobody is free */

/* An earlier call of this kiosk that is open is given up with it.  The same key is the same call.  PROBLEM_CLOSED:
 * nobody is there who could come; PROBLEM_LIMIT; PROBLEM_KEY_REUSED. */
bool call_make(Office *office, const Kiosk *kiosk, const Session *session, const ApiCallAsk *ask,
               ApiProblem *ret_problem, bool *ret_made, ApiCall *ret, Error *err) MUST_USE;
bool call_look(Office *office, const Kiosk *kiosk, const char *id, ApiProblem *ret_problem, ApiCall *ret,
               Error *err) MUST_USE;
bool call_give_up(Office *office, const Kiosk *kiosk, const char *id, ApiProblem *ret_problem, ApiCall *ret,
                  Error *err) MUST_USE;

/* --- staff --- */

typedef struct CallLine {
    CallRow call;
    char place[KIOSK_PLACE_SIZE];
    char holder[160]; /* told to who comes; "": nobody's to know */
    LocalText title;  /* of the service; borrowed from the shelf of CallList */
    bool has_job;     /* its printer was given something within CALL_JOB_S before */
    CallJob job;
} CallLine;

typedef struct CallList {
    size_t count;
    CallLine lines[CALLS_OPEN_MOST]; /* open ones, the oldest first */
    Catalogue *catalogue;            /* owned */
} CallList;

/* clerk: sees the names of those to whom they said that they come. */
bool call_list(Office *office, const char *clerk, CallList *ret, Error *err) MUST_USE;
void call_list_fini(CallList *calls);
/* to: CALL_IS_COMING, OVER or NOBODY.  PROBLEM_NOT_FOUND, PROBLEM_CHANGED, PROBLEM_DECIDED. */
bool call_answer(Office *office, const char *clerk, const char *id, uint32_t epoch, CallState to,
                 ApiProblem *ret_problem, Error *err) MUST_USE;

/* Within an act: moves a call under the next epoch and tells its kiosk. */
bool call_move(StoreTransaction *transaction, const CallRow *call, CallState to, const char *actor, int64_t now_ms,
               Error *err) MUST_USE;

#endif
