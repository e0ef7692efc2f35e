/* An allowance: so much at once, and one more each time that one is back.  What was spent is one moment, the one when
 * all will be back, so that a number in a row is enough to share it between registrars.  Pure; inside office/. */
#ifndef REGISTRAR_OFFICE_ALLOWANCE_H
#define REGISTRAR_OFFICE_ALLOWANCE_H

#include <stdint.h>

#include "base/macros.h"

typedef struct Allowance {
    const char *what; /* in the table of limits */
    int64_t at_once;  /* 0: there is no limit */
    int64_t back_ms;  /* until one is back */
} Allowance;

/* whole_ms: wall time when all is back, 0 where nothing was spent.  One that lies further ahead than an allowance can
 * (a clock was set back) counts as all spent. */
static inline int64_t allowance_now(const Allowance *allowance, int64_t whole_ms, int64_t now_ms)
{
    const int64_t last_ms = now_ms + allowance->at_once * allowance->back_ms;

    return whole_ms < now_ms ? now_ms : whole_ms > last_ms ? last_ms : whole_ms;
}

/* How long until one may be spent; 0: now. */
static inline int64_t allowance_wait_ms(const Allowance *allowance, int64_t whole_ms, int64_t now_ms)
{
    int64_t over_ms =
        allowance_now(allowance, whole_ms, now_ms) - now_ms - (allowance->at_once - 1) * allowance->back_ms;

    return allowance->at_once > 0 && over_ms > 0 ? over_ms : 0;
}

/* The moment after count were spent, or, less than 0, given back. */
static inline int64_t allowance_spend(const Allowance *allowance, int64_t whole_ms, int64_t now_ms, int64_t count)
{
    whole_ms = allowance_now(allowance, whole_ms, now_ms) + count * allowance->back_ms;
    return allowance_now(allowance, whole_ms, now_ms);
}

#endif
