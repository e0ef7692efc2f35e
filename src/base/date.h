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

/* 28..31 */
int date_days_in_month(int year, int month);
/* 1 = Monday .. 7 = Sunday */
int date_weekday(Date date);
/* days may be negative; what would leave 1900..2199 stays at its end. */
Date date_add_days(Date date, int days);
/* Days from a to b; negative when b is earlier. */
int date_days_between(Date a, Date b);

typedef enum DateStyle {
    DATE_WORDS, /* 2026-yil 24-noyabr · 2026-йил 24-ноябрь · 24 ноября 2026 г. · 24 November 2026 */
    DATE_FIGURES, /* 24.11.2026 · 24 Nov 2026 in English */
    DATE_DAY,     /* 24-noyabr, seshanba · вторник, 24 ноября · Tuesday, 24 November */
    DATE_MONTH,   /* the head of a calendar: 2026-yil noyabr · ноябрь 2026 г. · November 2026 */
    DATE_ISO      /* 2026-11-24 */
} DateStyle;

/* As languages.ini has it for each language.  No-break spaces stand inside dates in words; what hangs on a figure by a
 * hyphen (2026-yil) is kept on its line by who lays out. */
void date_write(Buf *buf, Date date, Language language, DateStyle style);
/* From one day to another, not earlier one, in words: 2026-yil 24–28-noyabr · 24 ноября — 3 декабря 2026 г. */
void date_range_write(Buf *buf, Date from, Date to, Language language);
/* "bugun", "ertaga", "kecha" beside today; other days of today's year in DATE_DAY, those of others in DATE_WORDS.
 * Begins small: it stands inside a sentence. */
void date_write_near(Buf *buf, Date date, Date today, Language language);
/* The same with the time: "bugun, 14:30" · "сегодня в 14:30" · "today at 14:30" */
void moment_write_near(Buf *buf, DateTime at, Date today, Language language);
/* "14:30" */
void time_write(Buf *buf, int hour, int minute);
/* Opening hours inside a sentence: "soat 9:00 dan 18:00 gacha" · "с 9:00 до 18:00".  Minutes of the day. */
void time_range_write(Buf *buf, int from_minute, int to_minute, Language language);
/* "Du" · "Пн": a column of a calendar.  weekday: 1 = Monday. */
const char *date_weekday_short(Language language, int weekday);
/* "dushanba" · "понедельник": alone, begins as the language has it.  weekday: 1 = Monday. */
const char *date_weekday_alone(Language language, int weekday);
/* "noyabr" · "ноябрь": alone, outside a date.  month: 1..12. */
const char *date_month_alone(Language language, int month);
/* RFC 3339 UTC with milliseconds, for logs and the interface: 2026-11-24T09:30:00.000Z */
void instant_write(Buf *buf, int64_t wall_ms);

#endif
