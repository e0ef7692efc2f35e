/* Windows: which there are, who sits there, and whom they call.
 *
 * A clerk opens a window and calls the next; the ticket is called, the person comes (serving) and is served; or does
 * not come, or is passed on to another window or topic with the place of when the ticket was taken.  Every act names
 * the epoch that its reader saw, of the window or of the ticket, so no two clerks call one ticket, and a key that is
 * pressed twice calls one.  Every act is in the audit log.  PROBLEM_CHANGED: the epoch is another by now. */
#ifndef REGISTRAR_OFFICE_WINDOWS_H
#define REGISTRAR_OFFICE_WINDOWS_H

#include "registrar/office/hall.h"

/* One window as staff see it. */
typedef struct WindowLine {
    WindowRow window;
    int waiting;     /* whom it may call */
    bool has_ticket; /* at it, or called to it */
    TicketRow ticket;
} WindowLine;

/* A ticket as staff see it: nothing of a person. */
typedef struct TicketLine {
    TicketRow ticket;
    int place;      /* 0: it does not wait */
    int expected_s; /* until it is called; -1: not known */
} TicketLine;

/* The line of one topic. */
typedef struct TopicLine {
    const Topic *topic; /* of hall_topics */
    int waiting;
    int64_t oldest_s; /* who waits longest took a ticket then; 0: nobody waits */
    int windows;      /* that are open for it */
    int expected_s;   /* of a ticket that is taken now; -1: not known */
} TopicLine;

#define MISSED_MOST 10 /* of a day, who did not come when they were called: the last ones */

typedef struct HallView {
    size_t window_count, ticket_count;
    WindowLine windows[WINDOWS_MOST];
    TicketLine tickets[LINE_MOST]; /* that are not over, in their order */
    size_t topic_count, missed_count;
    TopicLine topics[HALL_TOPICS_MOST];
    TicketRow missed[MISSED_MOST]; /* the latest first */
} HallView;

/* Large: freed with mem_free. */
bool windows_view(Office *office, HallView **ret, Error *err) MUST_USE;

/* --- by an administrator --- */

/* A new one, or another place and other topics of one that is there.  ERR_ARGUMENT with words; ERR_CONFLICT: somebody
 * waits for what no window would be for any more. */
bool window_put(Office *office, const char *actor, int number, const char *place, const char *topics,
                Error *err) MUST_USE;
/* Whoever was passed on to it alone waits for any window of their topic.  ERR_NOT_FOUND; ERR_CONFLICT: somebody sits
 * there, or waits for what no other window is for. */
bool window_remove(Office *office, const char *actor, int number, Error *err) MUST_USE;

/* --- by who works there --- */

/* Opens it (and takes it over from who sat there), pauses or closes it.  PROBLEM_NOT_FOUND; PROBLEM_DECIDED: somebody
 * is at it, or it is not in a state for this. */
bool window_set(Office *office, const char *clerk, int number, uint32_t epoch, WindowState state,
                ApiProblem *ret_problem, WindowLine *ret, Error *err) MUST_USE;
/* Calls who is next.  Who is served there now is done with that; who was called and has not come is to be said of first
 * (PROBLEM_DECIDED), as is a window that is not this clerk's own open one (PROBLEM_NOT_ALLOWED).  has_ticket false:
 * nobody waits. */
bool window_next(Office *office, const char *clerk, int number, uint32_t epoch, ApiProblem *ret_problem,
                 WindowLine *ret, Error *err) MUST_USE;

typedef struct TicketAct {
    const char *clerk;
    const char *id;
    uint32_t epoch;    /* of the ticket */
    TicketState to;    /* CALLED: once more, also one that did not come; SERVING, SERVED, NO_SHOW, PASSED */
    const char *topic; /* PASSED: to these; "": as it is */
    int window;        /* PASSED: to this one alone; 0: to any of the topic */
} TicketAct;

/* By the clerk of the window that called it.  PROBLEM_NOT_FOUND, PROBLEM_CHANGED, PROBLEM_NOT_ALLOWED: not their
 * window; PROBLEM_DECIDED: it is not in a state for this, or the window has somebody else; PROBLEM_FORM: no such topic
 * or window, or it would stay where it is. */
bool window_ticket(Office *office, const TicketAct *act, ApiProblem *ret_problem, TicketLine *ret, Error *err) MUST_USE;

#endif
