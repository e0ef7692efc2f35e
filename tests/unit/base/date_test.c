#include "test.h"

#include <string.h>
#include <time.h>

#include "base/date.h"

#define TASHKENT 300
#define NBSP     "\u00A0"

static void writes_each_language_its_way(void **state)
{
    static const struct {
        Language language;
        DateStyle style;
        const char *text;
    } cases[] = {
        { LANGUAGE_UZ, DATE_WORDS, "2026-yil" NBSP "24-noyabr" },
        { LANGUAGE_UZ_CYRL, DATE_WORDS, "2026-йил" NBSP "24-ноябрь" },
        { LANGUAGE_RU, DATE_WORDS, "24" NBSP "ноября" NBSP "2026" NBSP "г." },
        { LANGUAGE_EN, DATE_WORDS, "24" NBSP "November" NBSP "2026" },
        { LANGUAGE_UZ, DATE_FIGURES, "24.11.2026" },
        { LANGUAGE_UZ_CYRL, DATE_FIGURES, "24.11.2026" },
        { LANGUAGE_RU, DATE_FIGURES, "24.11.2026" },
        { LANGUAGE_EN, DATE_FIGURES, "24" NBSP "Nov" NBSP "2026" },
        { LANGUAGE_UZ, DATE_DAY, "24-noyabr, seshanba" },
        { LANGUAGE_UZ_CYRL, DATE_DAY, "24-ноябрь, сешанба" },
        { LANGUAGE_RU, DATE_DAY, "вторник, 24" NBSP "ноября" },
        { LANGUAGE_EN, DATE_DAY, "Tuesday, 24" NBSP "November" },
        { LANGUAGE_UZ, DATE_MONTH, "2026-yil" NBSP "noyabr" },
        { LANGUAGE_UZ_CYRL, DATE_MONTH, "2026-йил" NBSP "ноябрь" },
        { LANGUAGE_RU, DATE_MONTH, "ноябрь" NBSP "2026" NBSP "г." },
        { LANGUAGE_EN, DATE_MONTH, "November" NBSP "2026" },
        { LANGUAGE_RU, DATE_ISO, "2026-11-24" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_BUF buf;
        buf_init(&buf, 100);
        date_write(&buf, (Date){ 2026, 11, 24 }, cases[i].language, cases[i].style);
        assert_string_equal(buf_text(&buf), cases[i].text);
    }
    for (Language language = 0; language < LANGUAGE_COUNT; language++)
        for (int month = 1; month <= 12; month++) {
            OWNED_BUF buf;
            buf_init(&buf, 1000);
            date_write(&buf, (Date){ 2026, month, 1 }, language, DATE_WORDS);
            date_write(&buf, (Date){ 2026, month, 1 }, language, DATE_DAY);
            date_write(&buf, (Date){ 2026, month, 1 }, language, DATE_FIGURES);
            date_write(&buf, (Date){ 2026, month, 1 }, language, DATE_MONTH);
            date_range_write(&buf, (Date){ 2026, month, 1 }, (Date){ 2026, month, 2 }, language);
            date_range_write(&buf, (Date){ 2026, month, 1 }, (Date){ 2026, 12, 31 }, language);
            date_range_write(&buf, (Date){ 2026, month, 1 }, (Date){ 2027, month, 2 }, language);
            assert_null(strpbrk(buf_text(&buf), "{}~"));
            assert_false(buf.failed);
            assert_true(utf8_valid(buf_str(&buf)));
            assert_null(strstr(buf_text(&buf), "(null)"));
        }
}

static void writes_ranges(void **state)
{
    static const struct {
        Language language;
        Date from, to;
        const char *text;
    } cases[] = {
        { LANGUAGE_UZ, { 2026, 11, 24 }, { 2026, 11, 28 }, "2026-yil" NBSP "24–28-noyabr" },
        { LANGUAGE_UZ_CYRL, { 2026, 11, 24 }, { 2026, 11, 28 }, "2026-йил" NBSP "24–28-ноябрь" },
        { LANGUAGE_RU, { 2026, 11, 24 }, { 2026, 11, 28 }, "24–28" NBSP "ноября" NBSP "2026" NBSP "г." },
        { LANGUAGE_EN, { 2026, 11, 24 }, { 2026, 11, 28 }, "24–28" NBSP "November" NBSP "2026" },
        { LANGUAGE_UZ, { 2026, 11, 24 }, { 2026, 12, 3 }, "2026-yil" NBSP "24-noyabr" NBSP "– 3-dekabr" },
        { LANGUAGE_RU,
          { 2026, 11, 24 },
          { 2026, 12, 3 },
          "24" NBSP "ноября" NBSP "— 3" NBSP "декабря" NBSP "2026" NBSP "г." },
        { LANGUAGE_EN, { 2026, 11, 24 }, { 2026, 12, 3 }, "24" NBSP "November" NBSP "– 3" NBSP "December" NBSP "2026" },
        { LANGUAGE_UZ,
          { 2026, 12, 28 },
          { 2027, 1, 10 },
          "2026-yil" NBSP "28-dekabr" NBSP "– 2027-yil" NBSP "10-yanvar" },
        { LANGUAGE_RU,
          { 2026, 12, 28 },
          { 2027, 1, 10 },
          "28" NBSP "декабря" NBSP "2026" NBSP "г." NBSP "— 10" NBSP "января" NBSP "2027" NBSP "г." },
        { LANGUAGE_EN, { 2026, 11, 24 }, { 2026, 11, 24 }, "24" NBSP "November" NBSP "2026" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_BUF buf;
        buf_init(&buf, 200);
        date_range_write(&buf, cases[i].from, cases[i].to, cases[i].language);
        assert_string_equal(buf_text(&buf), cases[i].text);
    }
}

static void says_days_near_today_in_a_word(void **state)
{
    static const struct {
        Language language;
        Date date;
        const char *day, *moment;
    } cases[] = {
        { LANGUAGE_UZ, { 2026, 11, 24 }, "bugun", "bugun, 09:05" },
        { LANGUAGE_UZ_CYRL, { 2026, 11, 25 }, "эртага", "эртага, 09:05" },
        { LANGUAGE_RU, { 2026, 11, 23 }, "вчера", "вчера в" NBSP "09:05" },
        { LANGUAGE_EN, { 2026, 11, 25 }, "tomorrow", "tomorrow at" NBSP "09:05" },
        { LANGUAGE_UZ, { 2026, 11, 26 }, "26-noyabr, payshanba", "26-noyabr, payshanba, 09:05" },
        { LANGUAGE_RU, { 2026, 1, 1 }, "четверг, 1" NBSP "января", "четверг, 1" NBSP "января в" NBSP "09:05" },
        { LANGUAGE_EN, { 2025, 1, 1 }, "1" NBSP "January" NBSP "2025", "1" NBSP "January" NBSP "2025 at" NBSP "09:05" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const DateTime at = { .date = cases[i].date, .hour = 9, .minute = 5 };
        OWNED_BUF day;
        OWNED_BUF moment;
        buf_init(&day, 100);
        buf_init(&moment, 100);
        date_write_near(&day, cases[i].date, (Date){ 2026, 11, 24 }, cases[i].language);
        moment_write_near(&moment, at, (Date){ 2026, 11, 24 }, cases[i].language);
        assert_string_equal(buf_text(&day), cases[i].day);
        assert_string_equal(buf_text(&moment), cases[i].moment);
    }
}

static void writes_opening_hours(void **state)
{
    static const struct {
        Language language;
        const char *text;
    } cases[] = {
        { LANGUAGE_UZ, "soat" NBSP "9:00" NBSP "dan 18:00" NBSP "gacha" },
        { LANGUAGE_UZ_CYRL, "соат" NBSP "9:00" NBSP "дан 18:00" NBSP "гача" },
        { LANGUAGE_RU, "с" NBSP "9:00 до" NBSP "18:00" },
        { LANGUAGE_EN, "9:00" NBSP "to" NBSP "18:00" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_BUF buf;
        buf_init(&buf, 100);
        time_range_write(&buf, 9 * 60, 18 * 60, cases[i].language);
        assert_string_equal(buf_text(&buf), cases[i].text);
    }
}

static void counts_days(void **state)
{
    (void)state;
    assert_int_equal(date_days_in_month(2024, 2), 29);
    assert_int_equal(date_days_in_month(2100, 2), 28);
    assert_int_equal(date_days_in_month(2026, 12), 31);
    assert_int_equal(date_weekday((Date){ 2026, 11, 24 }), 2);
    assert_int_equal(date_compare(date_add_days((Date){ 2026, 12, 31 }, 1), (Date){ 2027, 1, 1 }), 0);
    assert_int_equal(date_compare(date_add_days((Date){ 2024, 3, 1 }, -1), (Date){ 2024, 2, 29 }), 0);
    assert_int_equal(date_compare(date_add_days((Date){ 2199, 12, 31 }, 9), (Date){ 2199, 12, 31 }), 0);
    assert_int_equal(date_compare(date_add_days((Date){ 1900, 1, 1 }, -9), (Date){ 1900, 1, 1 }), 0);
    assert_int_equal(date_days_between((Date){ 2026, 1, 1 }, (Date){ 2027, 1, 1 }), 365);
    assert_int_equal(date_days_between((Date){ 2027, 1, 1 }, (Date){ 2026, 12, 31 }), -1);
    assert_string_equal(date_weekday_short(LANGUAGE_UZ, 1), "Du");
    assert_string_equal(date_month_alone(LANGUAGE_RU, 11), "ноябрь");
}

static void parses_real_days_only(void **state)
{
    static const struct {
        const char *text;
        bool real;
    } cases[] = {
        { "2026-11-24", true },  { "2024-02-29", true },  { "2000-02-29", true },  { "1900-01-01", true },
        { "2199-12-31", true },  { "2026-02-29", false }, { "2100-02-29", false }, { "2026-04-31", false },
        { "2026-00-10", false }, { "2026-13-01", false }, { "2026-01-00", false }, { "2026-01-32", false },
        { "1899-12-31", false }, { "2200-01-01", false }, { "2026-1-24", false },  { "2026-11-24 ", false },
        { "24.11.2026", false }, { "", false },           { "2026/11/24", false }, { "2026-+1-24", false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Date date;
        if (date_parse(str_from(cases[i].text), &date) != cases[i].real)
            fail_msg("'%s'", cases[i].text);
    }
}

/* Every day that the product can hold, there and back, beside the C library's calendar. */
static void agrees_with_the_c_library_for_every_day(void **state)
{
    (void)state;
    for (int64_t day = -25567; day < 84006; day++) { /* 1900-01-01 .. 2199-12-31 */
        time_t seconds = (time_t)(day * 86400 + 86399);
        struct tm expected;
        assert_non_null(gmtime_r(&seconds, &expected));
        DateTime at = date_time_at((int64_t)seconds * 1000 + 999, 0);
        int weekday = expected.tm_wday == 0 ? 7 : expected.tm_wday;
        if (at.date.year != expected.tm_year + 1900 || at.date.month != expected.tm_mon + 1 ||
            at.date.day != expected.tm_mday || at.hour != 23 || at.minute != 59 || at.second != 59 ||
            at.weekday != weekday || date_start_s(at.date, 0) != day * 86400)
            fail_msg("day %lld", (long long)day);
    }
}

static void knows_the_zone(void **state)
{
    (void)state;
    /* 2026-11-23T19:00:00Z is midnight in Tashkent */
    int64_t midnight = date_start_s((Date){ 2026, 11, 24 }, TASHKENT);
    DateTime at = date_time_at(midnight * 1000, TASHKENT);
    assert_int_equal(date_compare(at.date, (Date){ 2026, 11, 24 }), 0);
    assert_int_equal(at.hour, 0);
    at = date_time_at(midnight * 1000 - 1, TASHKENT);
    assert_int_equal(at.date.day, 23);
    assert_int_equal(at.second, 59);
    at = date_time_at(midnight * 1000, 0);
    assert_int_equal(at.hour, 19);
    at = date_time_at(midnight * 1000, -210);
    assert_int_equal(at.hour, 15);
    assert_int_equal(at.minute, 30);
}

static void compares_dates(void **state)
{
    Date day = { 2026, 11, 24 };

    (void)state;
    assert_int_equal(date_compare(day, day), 0);
    assert_true(date_compare(day, (Date){ 2025, 12, 31 }) > 0);
    assert_true(date_compare(day, (Date){ 2026, 12, 1 }) < 0);
    assert_true(date_compare(day, (Date){ 2026, 11, 25 }) < 0);
}

static void writes_times_and_instants(void **state)
{
    static const struct {
        int64_t ms;
        const char *text;
    } cases[] = {
        { 0, "1970-01-01T00:00:00.000Z" },
        { -1, "1969-12-31T23:59:59.999Z" },
        { INT64_C(1795512600007), "2026-11-24T09:30:00.007Z" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_BUF buf;
        buf_init(&buf, 40);
        instant_write(&buf, cases[i].ms);
        assert_string_equal(buf_text(&buf), cases[i].text);
    }
    OWNED_BUF buf;
    buf_init(&buf, 40);
    time_write(&buf, 9, 5);
    assert_string_equal(buf_text(&buf), "09:05");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_each_language_its_way),
        cmocka_unit_test(writes_ranges),
        cmocka_unit_test(says_days_near_today_in_a_word),
        cmocka_unit_test(writes_opening_hours),
        cmocka_unit_test(counts_days),
        cmocka_unit_test(parses_real_days_only),
        cmocka_unit_test(agrees_with_the_c_library_for_every_day),
        cmocka_unit_test(knows_the_zone),
        cmocka_unit_test(compares_dates),
        cmocka_unit_test(writes_times_and_instants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
