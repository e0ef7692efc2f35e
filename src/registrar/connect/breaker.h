/* When to stop asking somebody who does not answer.  Five failures in a row open it: for 5 s nobody is asked, then one
 * try is let through; its failure doubles the pause, up to 2 minutes, any answer closes it.  Pure: the caller has the
 * clock and the lock. */
#ifndef REGISTRAR_CONNECT_BREAKER_H
#define REGISTRAR_CONNECT_BREAKER_H

#include <stdbool.h>
#include <stdint.h>

#define BREAKER_FAILURES 5
#define BREAKER_LEAST_MS 5000
#define BREAKER_MOST_MS  120000

/* All-zero is closed. */
typedef struct Breaker {
    int failures;     /* in a row, while closed */
    int pause_ms;     /* 0: closed */
    int64_t until_ms; /* monotonic */
    bool trying;      /* the one try is under way */
} Breaker;

/* Whether to ask now.  What it lets through must be told of by breaker_answered or breaker_failed. */
bool breaker_lets(Breaker *breaker, int64_t now_ms);
void breaker_answered(Breaker *breaker);
void breaker_failed(Breaker *breaker, int64_t now_ms);
/* Nobody was asked after all: the try is free again. */
void breaker_unused(Breaker *breaker);
bool breaker_is_open(const Breaker *breaker);

#endif
