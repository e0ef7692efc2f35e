#include "registrar/connect/breaker.h"

bool breaker_is_open(const Breaker *breaker)
{
    return breaker->pause_ms > 0;
}

bool breaker_lets(Breaker *breaker, int64_t now_ms)
{
    if (!breaker_is_open(breaker))
        return true;
    if (breaker->trying || now_ms < breaker->until_ms)
        return false;
    breaker->trying = true;
    return true;
}

void breaker_answered(Breaker *breaker)
{
    *breaker = (Breaker){ 0 };
}

/* What was asked before it opened fails while it is open: only the try itself makes the pause longer. */
void breaker_failed(Breaker *breaker, int64_t now_ms)
{
    if (breaker_is_open(breaker) && !breaker->trying)
        return;
    if (breaker->trying) {
        breaker->pause_ms = breaker->pause_ms >= BREAKER_MOST_MS / 2 ? BREAKER_MOST_MS : breaker->pause_ms * 2;
    } else {
        if (++breaker->failures < BREAKER_FAILURES)
            return;
        breaker->pause_ms = BREAKER_LEAST_MS;
    }
    breaker->trying = false;
    breaker->until_ms = now_ms + breaker->pause_ms;
}

void breaker_unused(Breaker *breaker)
{
    breaker->trying = false;
}
