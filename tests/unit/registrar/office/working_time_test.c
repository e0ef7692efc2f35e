/* Working time that staff set: at once, with its history, beside who else sets it. */
#include "fixture.h"

#include "registrar/office/information.h"
#include "registrar/office/working_time.h"

static const char hours[] = "{\"opening_hours\":[{\"days\":[1,2,3],\"from\":\"07:15\",\"to\":\"19:45\"}],"
                            "\"holidays\":[\"2026-12-08\"],\"working_days_moved\":[{\"day\":\"2026-12-12\",\"as\":1}]}";

static WorkingTimeOutcome change(OfficeFixture *fixture, const Calendar *calendar, const char *seen)
{
    WorkingTimeOutcome outcome;
    Error err = { 0 };

    assert_ok(working_time_change(fixture->office, calendar, seen, "staff:dilnoza", &outcome, &err), err);
    return outcome;
}

static void get(OfficeFixture *fixture, WorkingTime *ret)
{
    Error err = { 0 };

    assert_ok(working_time_get(fixture->office, ret, &err), err);
}

static void test_text_is_read_and_written(void **state)
{
    OfficeFixture fixture;
    Calendar calendar;
    Error err = { 0 };
    OWNED_BUF text;

    (void)state;
    fixture_open(&fixture);
    buf_init(&text, 4096);
    assert_ok(working_time_parse(fixture.office, str_from(hours), &calendar, &err), err);
    assert_ok(working_time_write(&calendar, &text, &err), err);
    assert_string_equal(buf_text(&text),
                        "{\"holidays\":[\"2026-12-08\"],\"opening_hours\":[{\"days\":[1,2,3],\"from\":\"07:15\","
                        "\"to\":\"19:45\"}],\"working_days_moved\":[{\"as\":1,\"day\":\"2026-12-12\"}]}");
    fixture_close(&fixture);
}

static void test_change_counts_at_once_and_goes_back(void **state)
{
    OfficeFixture fixture;
    WorkingTime before, now;
    Calendar calendar;
    ContentRow rows[CONTENT_KEPT];
    size_t count;
    char version[2][INFORMATION_VERSION_SIZE];
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    get(&fixture, &before);
    assert_false(before.own);
    assert_ok(office_information_version(fixture.office, version[0], &err), err);
    assert_ok(working_time_parse(fixture.office, str_from(hours), &calendar, &err), err);
    assert_int_equal(change(&fixture, &calendar, before.row.version), WORKING_TIME_CHANGED);
    assert_int_equal(institution_calendar(fixture.office->institution)->hours_count, 3);
    assert_ok(office_information_version(fixture.office, version[1], &err), err);
    assert_string_not_equal(version[0], version[1]);

    get(&fixture, &now);
    assert_true(now.own);
    assert_string_equal(now.row.author, "staff:dilnoza");
    assert_int_equal(change(&fixture, &calendar, now.row.version), WORKING_TIME_SAME);
    assert_int_equal(change(&fixture, NULL, before.row.version), WORKING_TIME_UNMET);
    assert_int_equal(change(&fixture, NULL, now.row.version), WORKING_TIME_CHANGED);
    assert_int_equal(institution_calendar(fixture.office->institution)->hours_count, before.calendar.hours_count);

    /* What stood first, what was set, and the way back. */
    assert_ok(content_history(fixture.office, CONTENT_CALENDAR, CONTENT_CALENDAR_ID, rows, &count, &err), err);
    assert_int_equal(count, 3);
    assert_string_equal(rows[2].author, "");
    assert_string_equal(rows[0].version, rows[2].version);
    fixture_close(&fixture);
}

static void test_effect_is_told_beforehand(void **state)
{
    OfficeFixture fixture;
    WorkingTimeEffect effect;
    Calendar never = { 0 };
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    assert_ok(working_time_effect(fixture.office, institution_calendar(fixture.office->institution), &effect, &err),
              err);
    for (size_t i = 0; i < effect.count; i++)
        assert_int_equal(effect.promises[i].before_s, effect.promises[i].after_s);
    never.hours[0] = (CalendarHours){ 7, 0, 60 };
    never.hours_count = 1;
    assert_ok(working_time_effect(fixture.office, &never, &effect, &err), err);
    assert_true(effect.count > 0);
    for (size_t i = 0; i < effect.count; i++)
        assert_true(effect.promises[i].after_s > effect.promises[i].before_s);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_is_read_and_written),
        cmocka_unit_test(test_change_counts_at_once_and_goes_back),
        cmocka_unit_test(test_effect_is_told_beforehand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
