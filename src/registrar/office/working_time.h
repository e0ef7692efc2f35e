/* Working time as staff set it: opening hours, holidays and moved days in the place of institution.json's.  It counts
 * at once, for every registrar of the database: promises that are made from then on, whether the office is open, what
 * kiosks say of its hours.  What was promised before stays as it was promised. */
#ifndef REGISTRAR_OFFICE_WORKING_TIME_H
#define REGISTRAR_OFFICE_WORKING_TIME_H

#include "registrar/office/calendar.h"
#include "registrar/office/contents.h"

#define WORKING_TIME_EFFECTS_MOST 12

/* Takes what the register has, where it is another than what counts here.  Any thread. */
bool working_time_follow(Office *office, Error *err) MUST_USE;

typedef struct WorkingTime {
    Calendar calendar; /* of now */
    bool own;          /* set by staff; else institution.json's */
    ContentRow row;    /* version, author, time where it is own; else the version alone */
} WorkingTime;

bool working_time_get(Office *office, WorkingTime *ret, Error *err) MUST_USE;
/* {"opening_hours", "holidays", "working_days_moved"} as calendar_read takes it.  ERR_FORMAT with the member's path. */
bool working_time_parse(const Office *office, Str json, Calendar *ret, Error *err) MUST_USE;
bool working_time_write(const Calendar *calendar, Buf *ret, Error *err) MUST_USE;

typedef enum WorkingTimeOutcome {
    WORKING_TIME_CHANGED,
    WORKING_TIME_SAME, /* it is so already: nothing was done */
    WORKING_TIME_UNMET /* it is not of the version that the asker saw */
} WorkingTimeOutcome;

/* With its act.  calendar NULL: institution.json's counts again.  seen: the version that the asker saw. */
bool working_time_change(Office *office, const Calendar *calendar, const char *seen, const char *actor,
                         WorkingTimeOutcome *ret_outcome, Error *err) MUST_USE;

/* What another calendar would do. */
typedef struct WorkingTimeEffect {
    size_t count; /* of promises that services make, by hours */
    struct {
        int hours;
        int64_t before_s, after_s; /* when something asked for now is promised for */
    } promises[WORKING_TIME_EFFECTS_MOST];
    int64_t broken; /* requests under way that are promised for a moment at which the office would be closed */
} WorkingTimeEffect;

bool working_time_effect(Office *office, const Calendar *after, WorkingTimeEffect *ret, Error *err) MUST_USE;

#endif
