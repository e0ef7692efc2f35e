#include "registrar/office/times.h"

#include <time.h>

#include "registrar/office/inside.h"

static int64_t read_us(clockid_t clock)
{
    struct timespec at;

    clock_gettime(clock, &at);
    return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

IssueWatch issue_watch_start(void)
{
    return (IssueWatch){ read_us(CLOCK_THREAD_CPUTIME_ID), read_us(CLOCK_MONOTONIC) };
}

void issue_watch_read(IssueWatch *watch, IssueTimes *times, IssuePart part)
{
    IssueWatch now = issue_watch_start();

    times->cpu_us[part] += now.cpu_us - watch->cpu_us;
    times->wall_us[part] += now.wall_us - watch->wall_us;
    *watch = now;
}

void office_issue_times(const Office *office, IssueTimes *ret, int64_t *ret_issued)
{
    *ret = (IssueTimes){
        .cpu_us = { [ISSUE_DATA] = atomic_load(&office->data_cpu_us),
                    [ISSUE_PAGE] = atomic_load(&office->page_cpu_us),
                    [ISSUE_SEAL] = atomic_load(&office->seal_cpu_us),
                    [ISSUE_STORE] = atomic_load(&office->store_cpu_us) },
        .wall_us = { [ISSUE_DATA] = atomic_load(&office->data_us),
                     [ISSUE_PAGE] = atomic_load(&office->page_us),
                     [ISSUE_SEAL] = atomic_load(&office->seal_us),
                     [ISSUE_STORE] = atomic_load(&office->store_us) },
    };
    *ret_issued = atomic_load(&office->issued);
}
