#include "base/clock.h"

#include <stddef.h>
#include <time.h>

static int64_t read_ms(clockid_t which)
{
    struct timespec now = { 0 };

    clock_gettime(which, &now); /* can't fail for these two clocks on Linux */
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t system_wall_ms(void *ctx)
{
    (void)ctx;
    return read_ms(CLOCK_REALTIME);
}

static int64_t system_monotonic_ms(void *ctx)
{
    (void)ctx;
    return read_ms(CLOCK_BOOTTIME);
}

Clock clock_system(void)
{
    return (Clock){ system_wall_ms, system_monotonic_ms, NULL };
}

int64_t clock_wall_ms(const Clock *clock)
{
    return clock->wall_ms(clock->ctx);
}

int64_t clock_wall_s(const Clock *clock)
{
    int64_t ms = clock->wall_ms(clock->ctx);

    return ms / 1000 - (ms % 1000 < 0);
}

int64_t clock_monotonic_ms(const Clock *clock)
{
    return clock->monotonic_ms(clock->ctx);
}
