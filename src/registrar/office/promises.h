/* What was promised for applications beside what they took, while it is counted.  Inside office/. */
#ifndef REGISTRAR_OFFICE_PROMISES_H
#define REGISTRAR_OFFICE_PROMISES_H

#include "registrar/office/calendar.h"
#include "registrar/office/statistics.h"
#include "registrar/store/statistics.h"

#define PROMISED_SERVICES_MOST 512

typedef struct PromiseTime {
    uint32_t service; /* index of its row */
    bool is_promise;  /* else what it took */
    int64_t worked_s;
} PromiseTime;

typedef struct Promises {
    const Calendar *calendar;
    int64_t now_s;
    PromiseRow *rows; /* owned, until promises_end gives them away */
    size_t count;
    PromiseTime *times; /* owned */
    size_t time_count, time_room;
} Promises;

bool promises_init(Promises *promises, const Calendar *calendar, int64_t now_s, Error *err) MUST_USE;
void promises_clear(Promises *promises);
bool promises_add(Promises *promises, const ApplicationFact *fact, Error *err) MUST_USE;
/* Into ret: its rows, by service, and their total. */
void promises_end(Promises *promises, Statistics *ret);
void promises_fini(Promises *promises);

#endif
