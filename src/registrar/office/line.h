/* The lines before the windows as one moment has them, and what follows from that: who is next, which place one has,
 * how long it takes.  Pure but for line_read.
 *
 * There is one order: who took a ticket earlier is called earlier, by each window that serves what the ticket waits
 * for.  One that was passed on keeps the time at which it was taken.
 *
 * What is expected is worked out so, and told as "about N minutes":
 *   pace      what serving took on the average, call to end, of the last LINE_PACE_OF tickets of the topic that were
 *             served within LINE_PACE_S; of fewer than LINE_PACE_LEAST nothing is told
 *   windows   those that are open now and may call it; none: nothing is told
 *   ahead     the tickets before it that those windows may call
 *   expected  (ahead + 1/2) x pace / windows where each of them has somebody (who is half through, on the average),
 *             else ahead x pace / windows
 *
 * Inside office/. */
#ifndef REGISTRAR_OFFICE_LINE_H
#define REGISTRAR_OFFICE_LINE_H

#include "registrar/office/topics.h"
#include "registrar/store/tickets.h"
#include "registrar/store/windows.h"

#define LINE_MOST       1500 /* tickets that are not over, of an institution */
#define LINE_PACE_OF    10
#define LINE_PACE_LEAST 3
#define LINE_PACE_S     (INT64_C(86400) * 30)
#define LINE_TURN_S     3600 /* the most that one turn counts: a window that was left open is no measure */

typedef struct Line {
    const Topics *topics; /* borrowed */
    size_t window_count, ticket_count;
    WindowRow windows[WINDOWS_MOST];
    TicketRow tickets[LINE_MOST]; /* that are not over, in their order */
    int pace_s[HALL_TOPICS_MOST]; /* by topic; 0: not known */
} Line;

/* Large: on the heap. */
Line *line_new(const Topics *topics, Error *err) MUST_USE;
void line_free(Line *line);
OWNED_BY(Line, line_free)
/* All anew. */
bool line_read(StoreTransaction *transaction, int64_t now_s, Line *ret, Error *err) MUST_USE;

/* What waits for what: a ticket, or one that would be taken now. */
typedef struct LineWant {
    const char *topic;
    int for_window; /* 0: any that serves the topic */
} LineWant;

bool ticket_waits(const TicketRow *ticket); /* it is still to be called */
bool window_may_call(const WindowRow *window, LineWant want);
/* The first that this window may call; NULL: nobody waits for it. */
const TicketRow *line_next(const Line *line, const WindowRow *window);
/* Who is called to this window or at it; NULL: nobody. */
const TicketRow *line_at(const Line *line, int window);
/* Tickets before it: of all for one that is taken now (ticket NULL), else before that one. */
int line_ahead(const Line *line, LineWant want, const TicketRow *ticket);
/* -1: nothing can be told. */
int line_expected_s(const Line *line, LineWant want, int ahead);
int line_waiting(const Line *line, const char *topic);
/* Open ones that serve it now; working: those that somebody sits at, paused ones too. */
int line_windows(const Line *line, const char *topic, bool working);
const WindowRow *line_window(const Line *line, int number);
/* Somebody of the staff is there: at any window, paused or not. */
bool line_is_manned(const Line *line);
/* The lowest open one, 0: none. */
int line_open_window(const Line *line);

/* "A-014" */
void ticket_number(const TicketRow *ticket, char ret[TICKET_NUMBER_SIZE]);

#endif
