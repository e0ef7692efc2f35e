/* Averages beside HEMIS's: of one student, and of all who differ; who looked is an act. */
#include "fixture.h"

#include "registrar/office/averages.h"
#include "registrar/store/students.h"

#define DILNOZA 1
#define LEFT    2
#define WEAK    3

static OfficeFixture fixture;

typedef struct Seen {
    size_t count;
    char numbers[4][STUDENT_NUMBER_SIZE];
    Averages last;
    int gpa_x100;
    char fault[96];
} Seen;

static bool see(void *ctx, const Averages *averages, Error *err)
{
    Seen *seen = ctx;
    MarkSum sum = marks_sum(averages->results);

    (void)err;
    assert_true(seen->count < 4);
    memcpy(seen->numbers[seen->count++], averages->number, STUDENT_NUMBER_SIZE);
    seen->last = *averages;
    seen->gpa_x100 = marks_gpa_x100(&sum);
    memcpy(seen->fault, averages->fault, sizeof seen->fault);
    return true;
}

typedef struct Putting {
    int64_t student;
    const char *part, *body;
} Putting;

static bool put(StoreTransaction *transaction, void *arg, Error *err)
{
    const Putting *putting = arg;
    const RecordRow row = { putting->part, str_from(putting->body), "test", fixture_clock(NULL) / 1000 };

    return records_put(transaction, putting->student, &row, err);
}

static void put_part(int64_t student, const char *part, const char *body)
{
    Putting putting = { student, part, body };
    Error err = { 0 };

    assert_ok(store_write(fixture.store, put, &putting, &err), err);
}

/* 6x5 + 5x4 + 4x3 = 62, by 15 is 4.13. */
static const char results[] = "[{\"semester\":1,\"academic_year\":\"2025/2026\",\"credits\":6,\"mark\":5},"
                              "{\"semester\":1,\"academic_year\":\"2025/2026\",\"credits\":5,\"mark\":4},"
                              "{\"semester\":2,\"academic_year\":\"2025/2026\",\"credits\":4,\"mark\":3}]";
#define HEMIS(gpa) "{\"gpa\":[{\"academic_year\":\"2025/2026\",\"gpa\":\"" gpa "\",\"credits\":15,\"debts\":0}]}"

static void who_differs_is_found(void **state)
{
    Seen seen = { 0 };
    size_t students;
    Error err = { 0 };

    (void)state;
    put_part(DILNOZA, "results", results);
    put_part(DILNOZA, "profile", HEMIS("4.1"));
    put_part(LEFT, "results", results);
    put_part(LEFT, "profile", HEMIS("4.2"));
    assert_ok(averages_differing(fixture.office, "command-line", see, &seen, &students, &err), err);
    assert_int_equal(students, 3);
    assert_int_equal(seen.count, 1);
    assert_string_equal(seen.numbers[0], FIXTURE_LEFT);
    assert_int_equal(seen.last.rows[0].gpa_x10[0], 42);
    assert_int_equal(seen.last.rows[0].gpa_x10[1], 41);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM act WHERE act = 'students.averages-read'"), 1);

    seen = (Seen){ 0 };
    put_part(WEAK, "results", "[{\"semester\":1,\"credits\":\"many\"}]");
    assert_ok(averages_differing(fixture.office, "command-line", see, &seen, &students, &err), err);
    assert_int_equal(seen.count, 2); /* nobody can say that they agree */
    assert_string_equal(seen.numbers[1], FIXTURE_WEAK);
    assert_string_equal(seen.fault, "results[0].credits can't be counted");
}

static void one_student_is_shown_whether_or_not(void **state)
{
    Seen seen = { 0 };
    Error err = { 0 };

    (void)state;
    put_part(DILNOZA, "results", results);
    put_part(DILNOZA, "profile", HEMIS("4.1"));
    assert_ok(averages_of(fixture.office, FIXTURE_DILNOZA, "token:dean", see, &seen, &err), err);
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.gpa_x100, 413);
    assert_int_equal(seen.last.count, 1);
    assert_false(seen.last.differs);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM act WHERE act = 'student.averages-read'"
                                            " AND actor = 'token:dean' AND object = 'student:1'"),
                     1);
    assert_refused(averages_of(fixture.office, "401999999999", "token:dean", see, &seen, &err), ERR_NOT_FOUND, err);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM act WHERE act = 'student.averages-read'"), 1);
}

static int open_office(void **state)
{
    (void)state;
    fixture_open(&fixture);
    return 0;
}

static int close_office(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_differs_is_found, open_office, close_office),
        cmocka_unit_test_setup_teardown(one_student_is_shown_whether_or_not, open_office, close_office),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
