/* Time, so that tests can replace it.  Wall time in Unix milliseconds UTC; monotonic time from anywhere. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

typedef struct Clock {
    int64_t (*wall_ms)(void *ctx);
    int64_t (*monotonic_ms)(void *ctx); /* CLOCK_BOOTTIME: counts through suspend */
    void *ctx;
} Clock;

Clock clock_system(void);
int64_t clock_wall_ms(const Clock *clock);
int64_t clock_wall_s(const Clock *clock);
int64_t clock_monotonic_ms(const Clock *clock);

#endif
