#include "registrar/office/promises.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define TIMES_AT_FIRST 1024

bool promises_init(Promises *promises, const Calendar *calendar, int64_t now_s, Error *err)
{
    *promises = (Promises){ .calendar = calendar,
                            .now_s = now_s,
                            .rows = mem_new(PROMISED_SERVICES_MOST, sizeof *promises->rows),
                            .times = mem_new(TIMES_AT_FIRST, sizeof *promises->times),
                            .time_room = TIMES_AT_FIRST };
    return (promises->rows && promises->times) || error_set(err, ERR_MEMORY, "promises");
}

void promises_clear(Promises *promises)
{
    memset(promises->rows, 0, PROMISED_SERVICES_MOST * sizeof *promises->rows);
    promises->count = promises->time_count = 0;
}

void promises_fini(Promises *promises)
{
    mem_free(promises->rows);
    mem_free(promises->times);
    *promises = (Promises){ 0 };
}

/* A catalogue has fewer services than there is room for; what is more is counted with the last. */
static size_t row_of(Promises *promises, Str service)
{
    for (size_t i = 0; i < promises->count; i++)
        if (str_equal_text(service, promises->rows[i].service))
            return i;
    if (promises->count == PROMISED_SERVICES_MOST)
        return promises->count - 1;
    str_copy_cut(service, promises->rows[promises->count].service, sizeof promises->rows[0].service);
    return promises->count++;
}

static bool add_time(Promises *promises, size_t service, bool is_promise, int64_t from_s, int64_t to_s, Error *err)
{
    if (promises->time_count == promises->time_room) {
        PromiseTime *more = mem_resize(promises->times, 2 * promises->time_room, sizeof *more);

        if (!more)
            return error_set(err, ERR_MEMORY, "times");
        promises->times = more;
        promises->time_room *= 2;
    }
    promises->times[promises->time_count++] =
        (PromiseTime){ (uint32_t)service, is_promise, calendar_worked_s(promises->calendar, from_s, to_s) };
    return true;
}

/* Where it stands, once. */
static void place(const Promises *promises, const ApplicationFact *fact, PromiseRow *row)
{
    const bool is_open = fact->state == ASKED_OPEN || fact->state == ASKED_IN_UNIT;

    row->asked++;
    if (fact->decided_at_s > 0)
        ++*(fact->promised_at_s == 0 || fact->decided_at_s <= fact->promised_at_s ? &row->kept : &row->late);
    else if (fact->state == ASKED_RETURNED)
        row->waiting++;
    else if (!is_open || fact->unpaid)
        row->ended++;
    else
        ++*(fact->promised_at_s > 0 && promises->now_s > fact->promised_at_s ? &row->overdue : &row->waiting);
}

bool promises_add(Promises *promises, const ApplicationFact *fact, Error *err)
{
    const size_t service = row_of(promises, fact->service);

    place(promises, fact, &promises->rows[service]);
    return (fact->promised_at_s == 0 ||
            add_time(promises, service, true, fact->began_at_s, fact->promised_at_s, err)) &&
           (fact->decided_at_s == 0 || add_time(promises, service, false, fact->began_at_s, fact->decided_at_s, err));
}

/* --- medians ------------------------------------------------------------------------------------------------------ */

/* Those of a service beside each other, its promises behind what it took, the quickest first. */
static int by_service(const void *a, const void *b)
{
    const PromiseTime *one = a, *other = b;

    if (one->service != other->service)
        return one->service < other->service ? -1 : 1;
    if (one->is_promise != other->is_promise)
        return one->is_promise ? 1 : -1;
    return (one->worked_s > other->worked_s) - (one->worked_s < other->worked_s);
}

static size_t run_from(const Promises *promises, size_t from)
{
    const PromiseTime *first = &promises->times[from];
    size_t at = from;

    while (at < promises->time_count && promises->times[at].service == first->service &&
           promises->times[at].is_promise == first->is_promise)
        at++;
    return at - from;
}

static void tell_run(const PromiseTime *times, size_t count, PromiseRow *row)
{
    if (times->is_promise) {
        row->promised_s = times[count / 2].worked_s;
        return;
    }
    row->usual_s = times[count / 2].worked_s;
    row->slow_s = times[count - 1 - count / 10].worked_s;
}

static void tell_times(Promises *promises, PromiseRow *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        rows[i].usual_s = rows[i].slow_s = rows[i].promised_s = -1;
    qsort(promises->times, promises->time_count, sizeof *promises->times, by_service);
    for (size_t at = 0; at < promises->time_count;) {
        const size_t length = run_from(promises, at);

        tell_run(&promises->times[at], length, &rows[promises->times[at].service]);
        at += length;
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const PromiseRow *)a)->service, ((const PromiseRow *)b)->service);
}

void promises_end(Promises *promises, Statistics *ret)
{
    PromiseRow *total = &ret->promise_total;

    *total = (PromiseRow){ 0 };
    for (size_t i = 0; i < promises->count; i++) {
        const PromiseRow *row = &promises->rows[i];

        total->asked += row->asked;
        total->kept += row->kept;
        total->late += row->late;
        total->waiting += row->waiting;
        total->overdue += row->overdue;
        total->ended += row->ended;
    }
    tell_times(promises, promises->rows, promises->count);
    for (size_t i = 0; i < promises->time_count; i++)
        promises->times[i].service = 0;
    tell_times(promises, total, 1);
    qsort(promises->rows, promises->count, sizeof *promises->rows, by_name);
    ret->promises = promises->rows;
    ret->promise_count = promises->count;
    promises->rows = NULL;
}
