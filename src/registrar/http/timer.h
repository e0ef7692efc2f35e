/* A thread that calls back at stated times (monotonic milliseconds), so that nobody else has to wait: each item once,
 * when it is due, and a tick each second. */
#ifndef REGISTRAR_HTTP_TIMER_H
#define REGISTRAR_HTTP_TIMER_H

#include "registrar/http/exchange.h"

typedef struct Timer Timer;

/* due: given each exchange back, and ticked: each second; both on the timer's thread, without its lock. */
Timer *timer_start(const Clock *clock, void (*due)(Exchange *exchange), void (*ticked)(void *ctx, int64_t now_ms),
                   void *ctx, Error *err) MUST_USE;
/* Takes the exchange until answer.leave_at_ms.  Any thread. */
void timer_keep(Timer *timer, Exchange *exchange);
/* Gives back what it keeps at once, from now on without keeping anything. */
void timer_hurry(Timer *timer);
/* Hurries, then ends the thread.  NULL is accepted. */
void timer_stop(Timer *timer);

#endif
