#include "base/date.h"

#include <string.h>

#include "base/language_forms.h"
#include "base/texts.h"

#define SECONDS_A_DAY INT64_C(86400)
#define WRITTEN_MOST  128 /* bytes of a day or a time in words */

/* Days between 1970-01-01 and the date, in the proleptic Gregorian calendar.  Years are counted from March, so that the
 * leap day is a year's last and months have a regular length: day of year = (153 m + 2) / 5 with m = 0 for March. */
static int64_t days_from_date(Date date)
{
    int64_t year = date.year - (date.month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t month = date.month > 2 ? date.month - 3 : date.month + 9;
    int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468; /* 719468 days from 0000-03-01 to 1970-01-01 */
}

static Date date_from_days(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    int64_t day = day_of_year - (153 * month + 2) / 5 + 1;
    int64_t calendar_month = month < 10 ? month + 3 : month - 9;

    return (Date){ (int)(year_of_era + era * 400 + (calendar_month <= 2)), (int)calendar_month, (int)day };
}

static int64_t floor_div(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

static int weekday_of_days(int64_t days)
{
    return (int)((days + 3) - floor_div(days + 3, 7) * 7) + 1; /* 1970-01-01 was a Thursday */
}

DateTime date_time_at(int64_t wall_ms, int offset_minutes)
{
    int64_t local = floor_div(wall_ms, 1000) + (int64_t)offset_minutes * 60;
    int64_t days = floor_div(local, SECONDS_A_DAY);
    int second = (int)(local - days * SECONDS_A_DAY);

    return (DateTime){ date_from_days(days), second / 3600, second / 60 % 60, second % 60, weekday_of_days(days) };
}

int64_t date_start_s(Date date, int offset_minutes)
{
    return days_from_date(date) * SECONDS_A_DAY - (int64_t)offset_minutes * 60;
}

static bool is_real(Date date)
{
    if (date.year < 1900 || date.year > 2199 || date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31)
        return false;
    return date_compare(date_from_days(days_from_date(date)), date) == 0;
}

bool date_parse(Str s, Date *ret)
{
    uint64_t year, month, day;

    if (s.len != 10 || s.ptr[4] != '-' || s.ptr[7] != '-' || !str_to_u64((Str){ s.ptr, 4 }, 1900, 2199, &year) ||
        !str_to_u64((Str){ s.ptr + 5, 2 }, 1, 12, &month) || !str_to_u64((Str){ s.ptr + 8, 2 }, 1, 31, &day))
        return false;
    Date date = { (int)year, (int)month, (int)day };
    if (!is_real(date))
        return false;
    *ret = date;
    return true;
}

int date_compare(Date a, Date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

int date_days_in_month(int year, int month)
{
    Date first = { year, month, 1 };
    Date next = month == 12 ? (Date){ year + 1, 1, 1 } : (Date){ year, month + 1, 1 };

    return (int)(days_from_date(next) - days_from_date(first));
}

int date_weekday(Date date)
{
    return weekday_of_days(days_from_date(date));
}

Date date_add_days(Date date, int days)
{
    Date moved = date_from_days(days_from_date(date) + days);

    return moved.year < 1900 ? (Date){ 1900, 1, 1 } : moved.year > 2199 ? (Date){ 2199, 12, 31 } : moved;
}

int date_days_between(Date a, Date b)
{
    return (int)(days_from_date(b) - days_from_date(a));
}

/* --- in words ---------------------------------------------------------------------------------------------------- */

/* One blank of a pattern; nothing for a name that languages.ini does not explain. */
static void write_blank(Buf *buf, Str name, const LanguageForms *forms, Date date, Date to)
{
    const struct {
        const char *name, *word; /* NULL: a figure */
        int figure, digits;
    } blanks[] = {
        { "y", NULL, date.year, 1 },
        { "m", NULL, date.month, 1 },
        { "mm", NULL, date.month, 2 },
        { "d", NULL, date.day, 1 },
        { "dd", NULL, date.day, 2 },
        { "month", forms->months[date.month - 1], 0, 0 },
        { "alone", forms->months_alone[date.month - 1], 0, 0 },
        { "short", forms->months_short[date.month - 1], 0, 0 },
        { "weekday", forms->weekdays[date_weekday(date) - 1], 0, 0 },
        { "to_d", NULL, to.day, 1 },
        { "to_month", forms->months[to.month - 1], 0, 0 },
    };

    for (size_t i = 0; i < COUNT(blanks); i++)
        if (str_equal_text(name, blanks[i].name)) {
            if (blanks[i].word)
                buf_add_text(buf, blanks[i].word);
            else
                buf_add_format(buf, "%0*d", blanks[i].digits, blanks[i].figure);
        }
}

static void write_pattern(Buf *buf, const char *pattern, const LanguageForms *forms, Date date, Date to)
{
    Str rest = str_from(pattern);

    while (rest.ptr) {
        buf_add_str(buf, str_split(&rest, '{'));
        if (rest.ptr)
            write_blank(buf, str_split(&rest, '}'), forms, date, to);
    }
}

void date_write(Buf *buf, Date date, Language language, DateStyle style)
{
    const LanguageForms *forms = language_forms(language);

    assert(is_real(date));
    switch (style) {
    case DATE_WORDS: write_pattern(buf, forms->date_words, forms, date, date); break;
    case DATE_FIGURES: write_pattern(buf, forms->date_figures, forms, date, date); break;
    case DATE_DAY: write_pattern(buf, forms->date_day, forms, date, date); break;
    case DATE_MONTH: write_pattern(buf, forms->date_month, forms, date, date); break;
    case DATE_ISO: buf_add_format(buf, "%04d-%02d-%02d", date.year, date.month, date.day); break;
    }
}

/* pattern with the two that `one` and `other` hold. */
static void write_two(Buf *buf, const char *pattern, const Buf *one, const Buf *other)
{
    const char *const values[] = { buf_text(one), buf_text(other) };

    text_fill(buf, pattern, values, COUNT(values));
}

void date_range_write(Buf *buf, Date from, Date to, Language language)
{
    const LanguageForms *forms = language_forms(language);
    OWNED_BUF first;
    OWNED_BUF last;

    buf_init(&first, WRITTEN_MOST);
    buf_init(&last, WRITTEN_MOST);
    if (date_compare(from, to) == 0) {
        date_write(buf, from, language, DATE_WORDS);
    } else if (from.year == to.year) {
        write_pattern(buf, from.month == to.month ? forms->range_days : forms->range_months, forms, from, to);
    } else {
        date_write(&first, from, language, DATE_WORDS);
        date_write(&last, to, language, DATE_WORDS);
        write_two(buf, forms->range_years, &first, &last);
    }
}

void date_write_near(Buf *buf, Date date, Date today, Language language)
{
    const LanguageForms *forms = language_forms(language);
    int days = date_days_between(today, date);

    if (days >= -1 && days <= 1)
        buf_add_text(buf, days < 0 ? forms->yesterday : days > 0 ? forms->tomorrow : forms->today);
    else
        date_write(buf, date, language, date.year == today.year ? DATE_DAY : DATE_WORDS);
}

void moment_write_near(Buf *buf, DateTime at, Date today, Language language)
{
    OWNED_BUF day;
    OWNED_BUF time;

    buf_init(&day, WRITTEN_MOST);
    buf_init(&time, WRITTEN_MOST);
    date_write_near(&day, at.date, today, language);
    time_write(&time, at.hour, at.minute);
    write_two(buf, language_forms(language)->moment, &day, &time);
}

const char *date_weekday_alone(Language language, int weekday)
{
    assert(weekday >= 1 && weekday <= 7);
    return language_forms(language)->weekdays[weekday - 1];
}

const char *date_weekday_short(Language language, int weekday)
{
    assert(weekday >= 1 && weekday <= 7);
    return language_forms(language)->weekdays_short[weekday - 1];
}

const char *date_month_alone(Language language, int month)
{
    assert(month >= 1 && month <= 12);
    return language_forms(language)->months_alone[month - 1];
}

void time_range_write(Buf *buf, int from_minute, int to_minute, Language language)
{
    OWNED_BUF from;
    OWNED_BUF to;

    buf_init(&from, WRITTEN_MOST);
    buf_init(&to, WRITTEN_MOST);
    buf_add_format(&from, "%d:%02d", from_minute / 60, from_minute % 60);
    buf_add_format(&to, "%d:%02d", to_minute / 60, to_minute % 60);
    write_two(buf, language_forms(language)->times, &from, &to);
}

void time_write(Buf *buf, int hour, int minute)
{
    buf_add_format(buf, "%02d:%02d", hour, minute);
}

void instant_write(Buf *buf, int64_t wall_ms)
{
    DateTime at = date_time_at(wall_ms, 0);

    buf_add_format(buf, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", at.date.year, at.date.month, at.date.day, at.hour,
                   at.minute, at.second, (int)(wall_ms - floor_div(wall_ms, 1000) * 1000));
}
