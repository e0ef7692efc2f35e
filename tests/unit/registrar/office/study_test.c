/* What a student is told of the own record, on Tuesday, 24 November 2026. */
#include "fixture.h"

#include "base/memory.h"
#include "registrar/office/study.h"
#include "registrar/store/students.h"

#define DILNOZA 1

static OfficeFixture fixture;
static ApiStudy study;

typedef struct Putting {
    const char *part, *body;
} Putting;

static bool put(StoreTransaction *transaction, void *arg, Error *err)
{
    const Putting *putting = arg;
    const RecordRow row = { putting->part, str_from(putting->body), "test", 1795000000 };

    return records_put(transaction, DILNOZA, &row, err);
}

static void put_part(const char *part, const char *body)
{
    Putting putting = { part, body };
    Error err = { 0 };

    assert_ok(store_write(fixture.store, put, &putting, &err), err);
}

static void ask(void)
{
    const Session session = fixture_session(&fixture, DILNOZA, &fixture.kiosk);
    Error err = { 0 };

    memset(&study, 0xA5, sizeof study);
    assert_ok(study_of(fixture.office, &session, &study, &err), err);
    assert_string_equal(study.today, "2026-11-24");
}

static int open_fixture(void **state)
{
    (void)state;
    fixture_open(&fixture);
    return 0;
}

static int close_fixture(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

/* --- lessons ------------------------------------------------------------------------------------------------------ */

#define MATHS   "\"subject\":{\"names\":{\"uz\":\"Matematika\",\"ru\":\"Математика\"}}"
#define PHYSICS "\"subject\":{\"names\":{\"uz\":\"Fizika\"}}"
#define TEACHING                                                                                                       \
    "\"from\":\"2026-11-23\",\"to\":\"2026-11-28\",\"teaching\":{\"from\":\"2026-09-07\",\"to\":\"2026-12-12\"}"

static void lesson_is(size_t at, const char *date, const char *from, const char *subject)
{
    assert_true(at < study.lesson_count);
    assert_string_equal(study.lessons[at].date, date);
    assert_string_equal(study.lessons[at].from, from);
    assert_string_equal(study_name(&study, study.lessons[at].subject, LANGUAGE_UZ), subject);
}

/* The twelfth week of teaching is even, the thirteenth odd. */
static void lessons_stand_on_their_days(void **state)
{
    (void)state;
    put_part("schedule",
             "{" TEACHING ",\"rows\":["
             "{\"day\":3,\"pair\":2,\"from\":\"10:00\",\"to\":\"11:20\",\"weeks\":\"odd\",\"kind\":\"11\"," MATHS "},"
             "{\"day\":1,\"pair\":1,\"from\":\"08:30\",\"weeks\":\"all\"," PHYSICS ",\"room\":\"A-204\"},"
             "{\"day\":3,\"pair\":2,\"from\":\"10:00\",\"weeks\":\"even\"," PHYSICS "},"
             "{\"day\":9,\"pair\":1,\"from\":\"08:30\"," PHYSICS "}, 7,"
             "{\"date\":\"2026-12-06\",\"pair\":6,\"from\":\"16:30\"," MATHS "}]}");
    ask();
    assert_int_equal(study.as_of_s[STUDY_LESSONS], 1795000000);
    assert_string_equal(study.weeks[0].from, "2026-11-23");
    assert_string_equal(study.weeks[1].to, "2026-12-06");
    assert_true(study.weeks[0].told && study.weeks[1].told && !study.weeks[0].holidays && !study.by_sessions);
    assert_int_equal(study.lesson_count, 5);
    lesson_is(0, "2026-11-23", "08:30", "Fizika");
    lesson_is(1, "2026-11-25", "10:00", "Fizika");
    lesson_is(2, "2026-11-30", "08:30", "Fizika");
    lesson_is(3, "2026-12-02", "10:00", "Matematika");
    lesson_is(4, "2026-12-06", "16:30", "Matematika");
    assert_string_equal(study.lessons[0].room, "A-204");
    assert_int_equal(study.lessons[3].kind, 11);
    assert_int_equal(study.name_count, 2); /* each once */
    assert_string_equal(study_name(&study, study.lessons[3].subject, LANGUAGE_RU), "Математика");
}

/* On 8 December the university is closed; on Saturday, 12 December it works as on a Monday where that was moved. */
static void a_closed_day_has_no_lessons(void **state)
{
    (void)state;
    put_part("schedule", "{" TEACHING ",\"rows\":[{\"day\":2,\"pair\":1,\"from\":\"08:30\"," MATHS "}]}");
    fixture_pass(14 * 86400);
    {
        const Session session = fixture_session(&fixture, DILNOZA, &fixture.kiosk);
        Error err = { 0 };

        assert_ok(study_of(fixture.office, &session, &study, &err), err);
    }
    assert_string_equal(study.today, "2026-12-08");
    assert_true(study.weeks[0].told && study.weeks[0].holidays && !study.weeks[1].told);
    assert_int_equal(study.lesson_count, 0);
    fixture_pass(-14 * 86400);
}

/* A timetable of one week says nothing of the next one. */
static void what_is_not_published_is_not_told(void **state)
{
    (void)state;
    put_part("schedule", "{\"from\":\"2026-11-23\",\"to\":\"2026-11-28\",\"rows\":[{\"day\":6,\"pair\":1," MATHS "}]}");
    ask();
    assert_true(study.weeks[0].told && !study.weeks[1].told);
    assert_int_equal(study.lesson_count, 1);
    lesson_is(0, "2026-11-28", "", "Matematika");
}

/* --- exams -------------------------------------------------------------------------------------------------------- */

static void exams_come_by_their_days(void **state)
{
    (void)state;
    put_part("exams", "[{\"date\":\"2026-12-15\",\"from\":\"09:00\",\"kind\":\"13\",\"attempt\":\"11\"," MATHS "},"
                      "{\"date\":\"2026-11-23\",\"from\":\"14:00\",\"attempt\":\"12\"," PHYSICS "},"
                      "{\"date\":\"2026-11-24\",\"from\":\"09:00\"," PHYSICS "},{\"date\":\"soon\"},null]");
    ask();
    assert_int_equal(study.exam_count, 3);
    assert_true(study.exams[0].past && !study.exams[1].past && !study.exams[2].past);
    assert_int_equal(study.exams[0].attempt, 2);
    assert_int_equal(study.exams[1].attempt, 0);
    assert_int_equal(study.exams[2].attempt, 1);
    assert_int_equal(study.exams[2].kind, 13);
    assert_string_equal(study.exams[2].date, "2026-12-15");
}

/* --- attendance --------------------------------------------------------------------------------------------------- */

static void hours_are_summed_by_subject(void **state)
{
    (void)state;
    put_part("attendance",
             "{\"semester\":5,\"subjects\":[{" MATHS ",\"contact_hours\":60},{" PHYSICS "}],\"rows\":["
             "{" MATHS ",\"date\":\"2026-10-05\",\"pair\":1,\"kind\":\"11\",\"absent_on\":0,\"absent_off\":10},"
             "{" MATHS ",\"date\":\"2026-10-12\",\"pair\":2,\"absent_on\":2,\"absent_off\":0},"
             "{" MATHS ",\"date\":\"2026-10-12\",\"pair\":3,\"absent_on\":0,\"absent_off\":5},"
             "{" PHYSICS ",\"date\":\"2026-09-30\",\"absent_on\":\"4\",\"absent_off\":null},"
             "{" PHYSICS ",\"absent_on\":-4},7]}");
    ask();
    assert_int_equal(study.attendance_semester, 5);
    assert_int_equal(study.attendance_count, 2);
    assert_int_equal(study.attendance[0].excused, 2);
    assert_int_equal(study.attendance[0].unexcused, 15);
    assert_int_equal(study.attendance[0].percent, 25);
    assert_int_equal(study.attendance[1].excused, 4);
    assert_int_equal(study.attendance[1].contact, 0);
    assert_int_equal(study.attendance[1].percent, 0);
    assert_int_equal(study.absence_count, 4);
    assert_string_equal(study.absences[0].date, "2026-10-12");
    assert_int_equal(study.absences[0].pair, 3);
    assert_true(!study.absences[0].excused && study.absences[1].excused);
    assert_string_equal(study.absences[3].date, "2026-09-30");
}

/* Of very many the newest are told, and the sums are of all. */
static void the_newest_absences_are_told(void **state)
{
    OWNED_BUF body;

    (void)state;
    buf_init(&body, 64u << 10);
    buf_add_text(&body, "{\"rows\":[");
    for (int i = 0; i < STUDY_ABSENCES_MOST + 20; i++)
        buf_add_format(&body, "%s{" MATHS ",\"date\":\"2026-%02d-%02d\",\"absent_off\":2}", i ? "," : "", 7 + i % 4,
                       1 + i / 4);
    buf_add_text(&body, "]}");
    put_part("attendance", buf_text(&body));
    ask();
    assert_int_equal(study.absence_count, STUDY_ABSENCES_MOST);
    assert_int_equal(study.attendance[0].unexcused, 2 * (STUDY_ABSENCES_MOST + 20));
    assert_string_equal(study.absences[0].date, "2026-10-20");
    assert_string_equal(study.absences[19].date, "2026-10-01");
    assert_string_equal(study.absences[STUDY_ABSENCES_MOST - 1].date, "2026-08-01");
}

/* --- results ------------------------------------------------------------------------------------------------------ */

#define ROW(semester, year, credits, points, mark, more)                                                               \
    "{\"semester\":" #semester ",\"academic_year\":\"" year "\",\"credits\":" #credits ",\"points\":" #points          \
    ",\"mark\":" #mark more "}"

/* 6x5 + 4x2 = 38 by 10; then 5x4 by 5; in all 58 by 15 is 3.87. */
static void results_have_sums_and_debts_a_fee(void **state)
{
    (void)state;
    put_part("results", "[" ROW(2, "2024/2025", 5, 75, 4, ",\"kind\":\"practice\"") "," ROW(
                            1, "2024/2025", 6, 95, 5, "," MATHS) "," ROW(1, "2024/2025", 4, 41, 2, "," PHYSICS) "]");
    put_part("contract", "{\"sum\":12000000,\"paid\":0,\"base\":12000000}");
    ask();
    assert_int_equal(study.result_count, 3);
    assert_int_equal(study.results[0].semester, 1);
    assert_true(!study.results[0].debt && study.results[1].debt);
    assert_int_equal(study.results[1].fee, 12000000 * 4 / 60);
    assert_int_equal(study.results[2].kind, STUDY_OF_PRACTICE);
    assert_int_equal(study.results[2].subject, 0);
    assert_int_equal(study.semester_count, 2);
    assert_int_equal(study.semesters[0].gpa_x100, 380);
    assert_int_equal(study.semesters[0].credits_earned, 6);
    assert_string_equal(study.semesters[1].academic_year, "2024/2025");
    assert_int_equal(study.sums.gpa_x100, 387);
    assert_int_equal(study.sums.debts, 1);
    assert_int_equal(study.sums.debts_fee, study.results[1].fee);
    assert_int_equal(study.sums.credits_wanted, 240);
    assert_true(study.sums.promotes);
    assert_int_equal(study.average_count, 0); /* HEMIS says nothing */
}

/* As the form has it that a retake is asked for with: a contract that names no base is its own. */
static void a_debt_is_paid_by_the_contracts_own_sum(void **state)
{
    (void)state;
    put_part("results", "[" ROW(1, "2024/2025", 4, 41, 2, "," PHYSICS) "]");
    put_part("contract", "{\"sum\":9000000,\"paid\":0}");
    ask();
    assert_int_equal(study.results[0].fee, 9000000 * 4 / 60);
}

/* A kiosk would take nothing of what holds a number beyond its bounds. */
static void numbers_beyond_bounds_are_left_out(void **state)
{
    (void)state;
    put_part("contract", "{\"sum\":12000000,\"paid\":0,"
                         "\"payments\":[{\"date\":\"2024-09-01\",\"sum\":1000000000001}],"
                         "\"due\":[{\"date\":\"2020-01-01\",\"sum\":1000000000000},"
                         "{\"date\":\"2020-02-01\",\"sum\":1000000000000}]}");
    ask();
    assert_int_equal(study.payment_count, 0);
    assert_int_equal(study.contract.overdue, STUDY_SUM_MOST);
}

/* Part of them would give wrong averages. */
static void results_that_cannot_be_counted_are_not_told(void **state)
{
    (void)state;
    put_part("results", "[" ROW(1, "2024/2025", 6, 95, 5, "") ",{\"semester\":\"autumn\"}]");
    ask();
    assert_int_equal(study.as_of_s[STUDY_RESULTS], 0);
    assert_int_equal(study.result_count, 0);
    assert_int_equal(study.sums.gpa_x100, 0);
    put_part("results", "[]");
    ask();
    assert_int_equal(study.as_of_s[STUDY_RESULTS], 1795000000);
    assert_int_equal(study.sums.promotion_x10, 0);
}

/* --- money, orders ------------------------------------------------------------------------------------------------ */

#define DUES                                                                                                           \
    "\"due\":[{\"date\":\"2027-01-01\",\"sum\":3000},{\"date\":\"2026-10-01\",\"sum\":3000},"                          \
    "{\"date\":\"2027-04-01\",\"sum\":6000},{\"sum\":7}]"

static void contract_is(int64_t paid, int64_t left, int64_t overdue, const char *next, int64_t next_sum)
{
    char body[512];

    snprintf(body, sizeof body,
             "{\"number\":\"24/1\",\"sum\":12000,\"paid\":%lld," DUES
             ",\"payments\":[{\"date\":\"2026-09-10\",\"sum\":1},{\"date\":\"2026-11-10\",\"sum\":2}]}",
             (long long)paid);
    put_part("contract", body);
    ask();
    assert_true(study.has_contract);
    assert_int_equal(study.contract.left, left);
    assert_int_equal(study.contract.overdue, overdue);
    assert_string_equal(study.contract.next.date, next);
    assert_int_equal(study.contract.next.sum, next_sum);
    assert_int_equal(study.due_count, 3);
    assert_string_equal(study.payments[0].date, "2026-11-10");
}

static void payments_fill_what_fell_due_first(void **state)
{
    (void)state;
    contract_is(0, 12000, 3000, "2027-01-01", 3000);
    contract_is(1000, 11000, 2000, "2027-01-01", 3000);
    contract_is(3000, 9000, 0, "2027-01-01", 3000);
    contract_is(5000, 7000, 0, "2027-01-01", 1000);
    contract_is(6000, 6000, 0, "2027-04-01", 6000);
    contract_is(12000, 0, 0, "", 0);
    contract_is(12500, 0, 0, "", 0);
    assert_int_equal(study.contract.overpaid, 500);
    put_part("contract", "{\"sum\":\"much\",\"paid\":1}");
    ask();
    assert_false(study.has_contract);
}

static void orders_come_newest_first(void **state)
{
    (void)state;
    put_part("orders", "[{\"number\":\"1-T\",\"date\":\"2024-08-20\",\"kind\":\"21\",\"names\":{\"uz\":\"Qabul\"}},"
                       "{\"number\":\"2-K\",\"date\":\"2025-07-03\",\"kind\":14},{\"date\":\"2026-01-01\"},"
                       "{\"number\":\"3-K\",\"names\":\"Boshqa\",\"kind\":\"transfer\"}]");
    put_part("scholarship", "{\"kind\":\"increased\",\"monthly\":768000,\"from\":\"2026-09-01\",\"to\":\"2027-01-31\","
                            "\"order\":{\"number\":\"99-S\",\"date\":\"2026-09-03\"}}");
    ask();
    assert_int_equal(study.order_count, 3);
    assert_string_equal(study.orders[0].number, "2-K");
    assert_int_equal(study.orders[0].kind, 14);
    assert_string_equal(study_name(&study, study.orders[1].name, LANGUAGE_UZ), "Qabul");
    assert_string_equal(study.orders[2].number, "3-K");
    assert_int_equal(study.orders[2].kind, 0);
    assert_string_equal(study_name(&study, study.orders[2].name, LANGUAGE_RU), "Boshqa");
    assert_true(study.has_scholarship);
    assert_int_equal(study.scholarship.kind, SCHOLARSHIP_INCREASED);
    assert_string_equal(study.scholarship.order, "99-S");
}

/* As Moodle told it: what is strange is left out, deadlines come by time, and what is over is said to be. */
static void moodle_tells_courses_and_deadlines(void **state)
{
    (void)state;
    put_part("courses",
             "{\"courses\":[{\"name\":\"Fizika\",\"grade\":\"84.00\",\"progress\":40},{\"grade\":\"5\"},"
             "{\"name\":\"Tarix\",\"progress\":140}],\"deadlines\":[{\"at_s\":4102444800,\"name\":\"Test\",\"course\":"
             "\"Tarix\"},{\"at_s\":\"soon\",\"name\":\"Ish\"},{\"at_s\":1000000000,\"name\":\"Referat\",\"course\":"
             "\"Fizika\"}]}");
    ask();
    assert_false(study.has_moodle); /* this office asks none: what was told stays */
    assert_true(study.as_of_s[STUDY_COURSES] > 0);
    assert_int_equal(study.course_count, 2);
    assert_string_equal(study_name(&study, study.courses[0].name, LANGUAGE_RU), "Fizika");
    assert_string_equal(study.courses[0].grade, "84.00");
    assert_int_equal(study.courses[0].progress, 40);
    assert_string_equal(study.courses[1].grade, "");
    assert_int_equal(study.courses[1].progress, -1);
    assert_int_equal(study.deadline_count, 2);
    assert_string_equal(study_name(&study, study.deadlines[0].name, LANGUAGE_UZ), "Referat");
    assert_int_equal(study.deadlines[0].course, study.courses[0].name);
    assert_true(study.deadlines[0].past && !study.deadlines[1].past);
    put_part("courses", "[1]");
    ask();
    assert_int_equal(study.course_count + study.deadline_count, 0);
}

/* Nothing but a profile and no results yet: what is not known is not told to be none. */
static void an_empty_record_says_so(void **state)
{
    (void)state;
    ask();
    for (StudyPart part = 0; part < STUDY_PART_COUNT; part++)
        assert_int_equal(study.as_of_s[part] != 0, part == STUDY_RESULTS);
    assert_true(!study.has_contract && !study.has_scholarship && !study.weeks[0].told);
    assert_int_equal(study.lesson_count + study.exam_count + study.attendance_count + study.order_count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lessons_stand_on_their_days),        TEST(a_closed_day_has_no_lessons),
        TEST(what_is_not_published_is_not_told),  TEST(exams_come_by_their_days),
        TEST(hours_are_summed_by_subject),        TEST(the_newest_absences_are_told),
        TEST(results_have_sums_and_debts_a_fee),  TEST(a_debt_is_paid_by_the_contracts_own_sum),
        TEST(numbers_beyond_bounds_are_left_out), TEST(results_that_cannot_be_counted_are_not_told),
        TEST(payments_fill_what_fell_due_first),  TEST(orders_come_newest_first),
        TEST(moodle_tells_courses_and_deadlines), TEST(an_empty_record_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
