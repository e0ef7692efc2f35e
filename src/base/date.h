/* Calendar days in an institution's time zone, and how each language writes them.
 * The zone is a fixed offset in minutes: Uzbekistan is UTC+5 all year; a university elsewhere sets its own. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/language.h"

typedef struct Date {
    int year;  /* 1900..2199 */
    int month; /* 1..12 */
    int day;   /* 1..31 */
} Date;

typedef struct DateTime {
    Date date;
    int hour, minute, second;
    int weekday; /* 1 = Monday .. 7 = Sunday */
} DateTime;

DateTime date_time_at(int64_t wall_ms, int offset_minutes);
/* Unix seconds of that day's midnight in the zone. */
int64_t date_start_s(Date date, int offset_minutes);
/* "2026-11-24", whole and a real day. */
bool date_parse(Str s, Date *ret) MUST_USE;
int date_compare(Date a, Date b);

typedef enum DateStyle {
    DATE_WORDS, /* 2026-yil 24-noyabr · 2026-йил 24-ноябрь · 24 ноября 2026 г. · 24 November 2026 */
    DATE_FIGURES, /* 24.11.2026 · 24 Nov 2026 in English */
    DATE_DAY,     /* 24-noyabr, seshanba · 24 ноября, вторник · Tuesday, 24 November */
    DATE_ISO      /* 2026-11-24 */
} DateStyle;

/* Source: shared glossary part 2.1.  No-break spaces stand inside dates in words. */
void date_write(Buf *buf, Date date, Language language, DateStyle style);
/* "14:30" */
void time_write(Buf *buf, int hour, int minute);
/* RFC 3339 UTC with milliseconds, for logs and the interface: 2026-11-24T09:30:00.000Z */
void instant_write(Buf *buf, int64_t wall_ms);

#endif
