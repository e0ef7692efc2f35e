/* Working time over nights, weekends, holidays, moved days and a year's end, in a zone that is not UTC. */
#include <stdio.h>
#include <string.h>

#include "base/macros.h"
#include "registrar/office/calendar.h"
#include "test.h"

#define OFFSET 300

/* Monday to Friday 9:00-13:00 and 14:00-18:00, Saturday 9:00-12:00.  8 December 2026 is a Tuesday; Friday the 1st of
 * January 2027 a holiday; Sunday 13 December 2026 is worked as a Monday for it. */
static const char office[] = "{\"opening_hours\":[{\"days\":[6],\"from\":\"09:00\",\"to\":\"12:00\"},"
                             "{\"days\":[1,2,3,4,5],\"from\":\"14:00\",\"to\":\"18:00\"},"
                             "{\"days\":[1,2,3,4,5],\"from\":\"09:00\",\"to\":\"13:00\"}],"
                             "\"holidays\":[\"2027-01-01\",\"2026-12-08\",\"2026-12-13\"],"
                             "\"working_days_moved\":[{\"day\":\"2026-12-13\",\"as\":1}]}";

static Calendar calendar_of(const char *text)
{
    json_t *json = json_loads(text, 0, NULL);
    Calendar calendar;
    Error err = { 0 };

    assert_non_null(json);
    assert_ok(calendar_read(json, OFFSET, &calendar, &err), err);
    json_decref(json);
    return calendar;
}

/* "2026-12-07 17:00" */
static int64_t at(const char *text)
{
    Date date;
    int hour, minute;

    assert_true(date_parse((Str){ text, 10 }, &date));
    assert_int_equal(sscanf(text + 11, "%d:%d", &hour, &minute), 2);
    return date_start_s(date, OFFSET) + hour * 3600 + minute * 60;
}

static void say(int64_t at_s, char ret[32])
{
    DateTime when = date_time_at(at_s * 1000, OFFSET);

    (void)snprintf(ret, 32, "%04d-%02d-%02d %02d:%02d", when.date.year, when.date.month, when.date.day, when.hour,
                   when.minute);
}

static void promises_count_working_hours(void **state)
{
    static const struct {
        const char *name, *asked;
        int hours;
        const char *due;
    } cases[] = {
        { "at once", "2026-12-05 23:00", 0, "2026-12-05 23:00" },
        { "within the morning", "2026-12-07 09:30", 2, "2026-12-07 11:30" },
        { "over the lunch", "2026-12-07 12:30", 1, "2026-12-07 14:30" },
        { "to the lunch's beginning", "2026-12-07 12:00", 1, "2026-12-07 13:00" },
        { "at the lunch", "2026-12-07 13:30", 1, "2026-12-07 15:00" },
        { "a whole day, to its end", "2026-12-07 09:00", 8, "2026-12-07 18:00" },
        { "before it opens", "2026-12-07 04:00", 3, "2026-12-07 12:00" },
        { "after it closed, over a holiday", "2026-12-07 18:00", 1, "2026-12-09 10:00" },
        { "on a holiday", "2026-12-08 11:00", 1, "2026-12-09 10:00" },
        { "over a short Saturday and a Sunday", "2026-12-04 17:00", 5, "2026-12-07 10:00" },
        { "a Sunday that is worked, though it is a holiday too", "2026-12-12 11:00", 2, "2026-12-13 10:00" },
        { "three days", "2026-12-09 09:00", 24, "2026-12-11 18:00" },
        { "over a year's end", "2026-12-31 17:00", 2, "2027-01-02 10:00" },
    };
    Calendar calendar = calendar_of(office);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char due[32];

        say(calendar_promise(&calendar, at(cases[i].asked), cases[i].hours), due);
        if (strcmp(due, cases[i].due) != 0)
            fail_msg("%s: %s", cases[i].name, due);
    }
}

/* So much was worked between an asking and when it fell due as was promised. */
static void a_promise_is_the_time_that_was_worked(void **state)
{
    Calendar calendar = calendar_of(office);
    int64_t first_s = at("2026-12-01 00:00");

    (void)state;
    for (int64_t asked_s = first_s; asked_s < first_s + 40 * 86400; asked_s += 4517)
        for (int hours = 1; hours < 60; hours += 7) {
            int64_t due_s = calendar_promise(&calendar, asked_s, hours);

            assert_int_equal(calendar_worked_s(&calendar, asked_s, due_s), hours * 3600);
            assert_int_equal(calendar_worked_s(&calendar, due_s, asked_s), 0);
        }
}

static void open_and_closed(void **state)
{
    static const struct {
        const char *name, *at, *until, *next;
    } cases[] = {
        { "a morning", "2026-12-07 09:00", "13:00", "2026-12-07 09:00" },
        { "the last minute", "2026-12-07 12:59", "13:00", "2026-12-07 12:59" },
        { "lunch", "2026-12-07 13:00", "", "2026-12-07 14:00" },
        { "evening", "2026-12-07 18:00", "", "2026-12-09 09:00" },
        { "a holiday", "2026-12-08 10:00", "", "2026-12-09 09:00" },
        { "a Saturday", "2026-12-05 10:00", "12:00", "2026-12-05 10:00" },
        { "a Sunday", "2026-12-06 10:00", "", "2026-12-07 09:00" },
        { "a Sunday that is worked", "2026-12-13 16:00", "18:00", "2026-12-13 16:00" },
    };
    Calendar calendar = calendar_of(office);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const int64_t at_s = at(cases[i].at), next_s = at(cases[i].next);
        int until = calendar_open_until(&calendar, at_s);
        char said[16] = "";

        if (until >= 0)
            (void)snprintf(said, sizeof said, "%02d:%02d", until / 60, until % 60);
        if (strcmp(said, cases[i].until) != 0)
            fail_msg("%s: until \"%s\"", cases[i].name, said);
        if (calendar_worked_s(&calendar, at_s, next_s) != 0 || calendar_worked_s(&calendar, next_s, next_s + 60) != 60)
            fail_msg("%s: next %s", cases[i].name, cases[i].next);
    }
}

/* Nobody wrote down when it works: a promise counts by the clock, and nothing runs on for ever. */
static void an_office_that_never_opens(void **state)
{
    Calendar calendar = calendar_of("{}");
    int64_t asked_s = at("2026-12-07 10:00");

    (void)state;
    assert_int_equal(calendar_promise(&calendar, asked_s, 5), asked_s + 5 * 3600);
    assert_int_equal(calendar_worked_s(&calendar, asked_s, asked_s + 86400), 0);
    assert_int_equal(calendar_open_until(&calendar, asked_s), -1);
}

/* 24:00 is the end of a day: an office that never closes. */
static void an_office_that_never_closes(void **state)
{
    Calendar calendar =
        calendar_of("{\"opening_hours\":[{\"days\":[1,2,3,4,5,6,7],\"from\":\"00:00\",\"to\":\"24:00\"}]}");
    int64_t asked_s = at("2026-12-31 20:00");

    (void)state;
    assert_int_equal(calendar_promise(&calendar, asked_s, 30), asked_s + 30 * 3600);
}

static void what_is_no_calendar_is_refused(void **state)
{
    static const struct {
        const char *json, *words;
    } cases[] = {
        { "{\"opening_hours\":7}", "opening_hours: a list" },
        { "{\"opening_hours\":[{\"days\":[1],\"from\":\"9:00\",\"to\":\"17:00\"}]}", "opening_hours[0]: no times" },
        { "{\"opening_hours\":[{\"days\":[1],\"from\":\"09:00\",\"to\":\"24:01\"}]}", "opening_hours[0]: no times" },
        { "{\"opening_hours\":[{\"days\":[1],\"from\":\"10:00\",\"to\":\"10:00\"}]}", "opening_hours[0]: no times" },
        { "{\"opening_hours\":[{\"days\":[0],\"from\":\"09:00\",\"to\":\"17:00\"}]}", "days[0]: no such day" },
        { "{\"opening_hours\":[{\"days\":[1,1],\"from\":\"09:00\",\"to\":\"17:00\"}]}", "days[1]: overlaps" },
        { "{\"holidays\":\"2026-12-08\"}", "holidays: a list" },
        { "{\"holidays\":[\"2026-12-08\",\"2026-02-29\"]}", "holidays[1]: no day" },
        { "{\"holidays\":[{}]}", "holidays[0]: no day" },
        { "{\"working_days_moved\":[\"2026-12-08\"]}", "working_days_moved[0]" },
        { "{\"working_days_moved\":[{\"day\":\"2026-12-08\",\"as\":9}]}", "working_days_moved[0]" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        json_t *json = json_loads(cases[i].json, 0, NULL);
        Calendar calendar;
        Error err = { 0 };

        assert_refused(calendar_read(json, OFFSET, &calendar, &err), ERR_FORMAT, err);
        if (!strstr(err.text, cases[i].words))
            fail_msg("%s: %s", cases[i].json, err.text);
        json_decref(json);
    }
}

/* 8 March 2026, 21 March and 9 May 2027 are Sundays, 21 March and 9 May 2026 Saturdays. */
static void fixed_holidays_leave_the_weekend(void **state)
{
    static const struct {
        int year;
        const char *days[CALENDAR_FIXED];
    } cases[] = {
        { 2026, { "2026-01-01", "2026-03-09", "2026-03-23", "2026-05-11", "2026-09-01", "2026-10-01", "2026-12-08" } },
        { 2027, { "2027-01-01", "2027-03-08", "2027-03-22", "2027-05-10", "2027-09-01", "2027-10-01", "2027-12-08" } },
    };
    json_t *demo = json_load_file(SOURCE_DIR "/assets/demo/institution.json", 0, NULL);
    Error err = { 0 };
    Calendar calendar;

    (void)state;
    assert_ok(calendar_read(demo, OFFSET, &calendar, &err), err);
    json_decref(demo);
    for (size_t i = 0; i < COUNT(cases); i++) {
        Date days[CALENDAR_FIXED];

        calendar_fixed_holidays(cases[i].year, days);
        for (size_t k = 0; k < CALENDAR_FIXED; k++) {
            Date day;

            assert_true(date_parse(str_from(cases[i].days[k]), &day));
            assert_int_equal(date_compare(days[k], day), 0);
            const int64_t midnight_s = date_start_s(day, OFFSET);
            assert_int_equal(calendar_worked_s(&calendar, midnight_s, midnight_s + 86400),
                             0); /* the demo's keeps them */
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(promises_count_working_hours),
        cmocka_unit_test(a_promise_is_the_time_that_was_worked),
        cmocka_unit_test(open_and_closed),
        cmocka_unit_test(an_office_that_never_opens),
        cmocka_unit_test(an_office_that_never_closes),
        cmocka_unit_test(what_is_no_calendar_is_refused),
        cmocka_unit_test(fixed_holidays_leave_the_weekend),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
