#include "base/date.h"

#define NBSP          "\u00A0"
#define SECONDS_A_DAY INT64_C(86400)

/* Months as they stand inside a date: Russian in the genitive, Uzbek Cyrillic with its soft sign (no suffix follows).
 */
static const char *const months[LANGUAGE_COUNT][12] = {
    [LANGUAGE_UZ] = { "yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avgust", "sentabr", "oktabr",
                      "noyabr", "dekabr" },
    [LANGUAGE_UZ_CYRL] = { "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь",
                           "октябрь", "ноябрь", "декабрь" },
    [LANGUAGE_RU] = { "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
                      "ноября", "декабря" },
    [LANGUAGE_EN] = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                      "November", "December" },
};

static const char *const weekdays[LANGUAGE_COUNT][7] = {
    [LANGUAGE_UZ] = { "dushanba", "seshanba", "chorshanba", "payshanba", "juma", "shanba", "yakshanba" },
    [LANGUAGE_UZ_CYRL] = { "душанба", "сешанба", "чоршанба", "пайшанба", "жума", "шанба", "якшанба" },
    [LANGUAGE_RU] = { "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье" },
    [LANGUAGE_EN] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" },
};

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

static void write_words(Buf *buf, Date date, Language language, const char *month)
{
    switch (language) {
    case LANGUAGE_UZ: buf_add_format(buf, "%d-yil" NBSP "%d-%s", date.year, date.day, month); break;
    case LANGUAGE_UZ_CYRL: buf_add_format(buf, "%d-йил" NBSP "%d-%s", date.year, date.day, month); break;
    case LANGUAGE_RU: buf_add_format(buf, "%d" NBSP "%s" NBSP "%d" NBSP "г.", date.day, month, date.year); break;
    case LANGUAGE_EN: buf_add_format(buf, "%d" NBSP "%s" NBSP "%d", date.day, month, date.year); break;
    case LANGUAGE_COUNT: break;
    }
}

static void write_day(Buf *buf, Date date, Language language, const char *month)
{
    const char *weekday = weekdays[language][weekday_of_days(days_from_date(date)) - 1];

    switch (language) {
    case LANGUAGE_UZ:
    case LANGUAGE_UZ_CYRL: buf_add_format(buf, "%d-%s, %s", date.day, month, weekday); break;
    case LANGUAGE_RU: buf_add_format(buf, "%d" NBSP "%s, %s", date.day, month, weekday); break;
    case LANGUAGE_EN: buf_add_format(buf, "%s, %d" NBSP "%s", weekday, date.day, month); break;
    case LANGUAGE_COUNT: break;
    }
}

void date_write(Buf *buf, Date date, Language language, DateStyle style)
{
    assert(is_real(date) && (unsigned)language < LANGUAGE_COUNT);
    const char *month = months[language][date.month - 1];

    switch (style) {
    case DATE_WORDS: write_words(buf, date, language, month); break;
    case DATE_FIGURES:
        if (language == LANGUAGE_EN)
            buf_add_format(buf, "%d" NBSP "%.3s" NBSP "%d", date.day, month, date.year);
        else
            buf_add_format(buf, "%02d.%02d.%04d", date.day, date.month, date.year);
        break;
    case DATE_DAY: write_day(buf, date, language, month); break;
    case DATE_ISO: buf_add_format(buf, "%04d-%02d-%02d", date.year, date.month, date.day); break;
    }
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
