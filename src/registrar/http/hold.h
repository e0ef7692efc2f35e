/* Hold: requests whose handler had nothing to say yet (HttpServerAnswer.hold).  Each waits without a thread for one of
 * its topics or for its moment; then it is given back, on this one's own thread, one after another: however many wait
 * for one thing, none of them takes a worker from who asks for another.  Waiting costs memory only; a peer that went
 * away meanwhile is noticed within HOLD_LOOK_MS. */
#ifndef REGISTRAR_HTTP_HOLD_H
#define REGISTRAR_HTTP_HOLD_H

#include "registrar/http/exchange.h"

#define HOLD_LOOK_MS 2000
#define HOLD_STEP_MS 50 /* moments are kept to this, so that ten thousand of them are not ten thousand wake-ups */

typedef struct Hold Hold;

typedef enum HoldEnd {
    HOLD_WOKEN, /* something was told of one of its topics, or of another: looking is what tells */
    HOLD_OVER,  /* its moment came, or the listener stops: it must be answered now */
    HOLD_GONE   /* nobody is there to hear the answer */
} HoldEnd;

/* again: given each exchange back; on the thread of this, without its lock. */
Hold *hold_start(const Clock *clock, void (*again)(void *ctx, Exchange *exchange, HoldEnd end), void *ctx,
                 Error *err) MUST_USE;
/* How often something was told.  Taken before a handler looks for news: what is told between that and hold_keep gives
 * the exchange back at once. */
uint64_t hold_told(const Hold *hold);
/* Takes the exchange, with what answer.hold says: topics, and until_ms of its first time (held_until_ms). */
void hold_keep(Hold *hold, Exchange *exchange, uint64_t told);
/* Gives back who waits for the topic.  Any thread. */
void hold_wake(Hold *hold, const char *topic);
/* Gives everything back, from now on without keeping anything. */
void hold_hurry(Hold *hold);
/* Exchanges that wait now. */
size_t hold_count(Hold *hold);
/* Hurries, then ends the thread.  NULL is accepted. */
void hold_stop(Hold *hold);

#endif
