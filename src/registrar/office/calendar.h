/* The office's working time: opening hours, holidays, and days that were moved.  For promises ("ready tomorrow by
 * 15:00") and for whether the window is open.
 *
 * institution.json:
 *   "opening_hours":      [{"days": [1, 2, 3, 4, 5], "from": "09:00", "to": "17:00"}]      (1 = Monday)
 *   "holidays":           ["2026-12-08", ...]      closed the whole day, whatever day of the week it is
 *   "working_days_moved": [{"day": "2026-12-12", "as": 1}]      open on that day as on a Monday; stands before holidays
 * Source of which days those are: the Labour Code of Uzbekistan, article 208: 1 January, 8 and 21 March, 9 May,
 * 1 September, 1 October, 8 December, the first days of Ramazon hayit and Qurbon hayit, which the President names each
 * year; one that falls on a day off moves that day off to the next working day.  Decrees of each December move more. */
#ifndef REGISTRAR_OFFICE_CALENDAR_H
#define REGISTRAR_OFFICE_CALENDAR_H

#include <jansson.h>

#include "base/date.h"

#define CALENDAR_HOURS_MOST    28 /* four times a day at most */
#define CALENDAR_HOLIDAYS_MOST 200
#define CALENDAR_MOVED_MOST    60
#define CALENDAR_FIXED         7

typedef struct CalendarHours {
    int weekday;  /* 1 = Monday */
    int from, to; /* minutes of the day, from < to */
} CalendarHours;

typedef struct CalendarMoved {
    Date day;
    int weekday; /* whose hours it has */
} CalendarMoved;

typedef struct Calendar {
    int utc_offset_minutes;
    CalendarHours hours[CALENDAR_HOURS_MOST]; /* by weekday, then from; of a day never overlapping */
    size_t hours_count;
    Date holidays[CALENDAR_HOLIDAYS_MOST]; /* rising */
    size_t holiday_count;
    CalendarMoved moved[CALENDAR_MOVED_MOST];
    size_t moved_count;
} Calendar;

/* json: institution.json.  ERR_FORMAT with the path. */
bool calendar_read(const json_t *json, int utc_offset_minutes, Calendar *ret, Error *err) MUST_USE;

/* When what was asked for at asked_at_s (Unix seconds) falls due after so many working hours: the moment at which the
 * office has been open that long since.  Asked for while it is closed, it counts from the next opening; a promise that
 * ends with the day falls due at closing time, not at the next opening.  0 hours: asked_at_s itself.  An office
 * that is never open, or not in the ten years ahead: hours by the clock. */
int64_t calendar_promise(const Calendar *calendar, int64_t asked_at_s, int working_hours);
/* Working seconds between two moments; 0 when the second is not later.  For how late something is. */
int64_t calendar_worked_s(const Calendar *calendar, int64_t from_s, int64_t to_s);
/* When it is open next: this very moment, if it is open; 0: never in the ten years ahead. */
int64_t calendar_opens_s(const Calendar *calendar, int64_t at_s);
/* Minutes of the day until which it is open at this moment; -1: it is closed. */
int calendar_open_until(const Calendar *calendar, int64_t at_s);
/* The holidays of the Labour Code's article 208 that have the same date each year; one that falls on a Saturday or
 * Sunday is the next Monday (an office of five days).  What a new institution.json begins with: the two hayits are
 * added by hand.  Rising; CALENDAR_FIXED of them. */
void calendar_fixed_holidays(int year, Date ret[CALENDAR_FIXED]);

#endif
