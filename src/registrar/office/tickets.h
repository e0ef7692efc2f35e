/* Tickets: taken at a kiosk or given up, and the page that a phone sees of one. */
#ifndef REGISTRAR_OFFICE_TICKETS_H
#define REGISTRAR_OFFICE_TICKETS_H

#include "registrar/office/hall.h"
#include "registrar/office/sessions.h"
#include "wire/token.h"

#define TICKETS_OPEN_MOST    3  /* of one student at a time, of topics that differ */
#define TICKETS_DAY_MOST     10 /* of one student */
#define TICKETS_KIOSK_MOST   12 /* that a kiosk gives to people who are not signed in within: */
#define TICKETS_KIOSK_S      120
#define TICKETS_WAITING_MOST 200 /* before the windows of one topic */

/* session NULL: nobody is signed in.  The same key is the same ticket; a student who has one of this topic that is not
 * over is told that one.  *ret_made: it is new.
 * PROBLEM_NOT_FOUND: no such topic; PROBLEM_CLOSED; PROBLEM_LIMIT; PROBLEM_KEY_REUSED. */
bool ticket_take(Office *office, const Kiosk *kiosk, const Session *session, const ApiTicketAsk *ask,
                 ApiProblem *ret_problem, bool *ret_made, ApiTicket *ret, Error *err) MUST_USE;
/* Of this kiosk, or of this student: PROBLEM_NOT_FOUND for any other. */
bool ticket_look(Office *office, const Kiosk *kiosk, const Session *session, const char *id, ApiProblem *ret_problem,
                 ApiTicket *ret, Error *err) MUST_USE;
/* Given up, if it waits or was called; else told as it is. */
bool ticket_give_up(Office *office, const Kiosk *kiosk, const Session *session, const char *id, ApiProblem *ret_problem,
                    ApiTicket *ret, Error *err) MUST_USE;

/* By the token of its page: NULL where that is none.  False in *ret_found: nobody has this ticket. */
bool ticket_door_look(Office *office, const Token *token, bool *ret_found, ApiTicket *ret, Error *err) MUST_USE;
bool ticket_door_give_up(Office *office, const Token *token, bool *ret_found, ApiTicket *ret, Error *err) MUST_USE;

/* Within an act: its kiosk looks at it anew. */
bool ticket_say(StoreTransaction *transaction, const TicketRow *ticket, int64_t now_ms, Error *err) MUST_USE;
/* Within an act: moves a ticket under the next epoch and tells its kiosk.  What else of it changes is put before. */
bool ticket_move(StoreTransaction *transaction, const TicketRow *ticket, TicketState to, const char *actor,
                 int64_t now_ms, Error *err) MUST_USE;

#endif
