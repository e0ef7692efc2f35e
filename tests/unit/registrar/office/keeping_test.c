#define FIXTURE_PASSWORDS
#include "fixture.h"

#include "registrar/office/finisher.h"
#include "registrar/office/keeping.h"

static void purge(const OfficeFixture *fixture)
{
    PurgeRun run;
    PurgeTaken taken;
    Error err = { 0 };

    assert_ok(purge_begin(fixture->store, "test", 0, fixture_clock(NULL) / 1000, &run, &err), err);
    for (int bites = 0; run.n != 0; bites++) {
        assert_true(bites < 10);
        assert_ok(purge_bite(fixture->store, &run, fixture_clock(NULL), &taken, &err), err);
    }
}

static int64_t rows(const OfficeFixture *fixture, const char *table, const char *where)
{
    char sql[256];

    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s WHERE %s", table, where);
    return fixture_rows(fixture, sql);
}

/* One goes, one stays, and of the one who came last the number stays: the next one must not be taken for somebody of
 * whom the audit log speaks. */
static void who_left_goes_and_gives_no_id_to_another(void **state)
{
    static const char *const personal[] = { "record", "student_word", "verifier" };
    OfficeFixture fixture;
    json_t *students;

    (void)state;
    fixture_open(&fixture);
    finisher_stop(fixture.office); /* it would purge too */
    assert_int_equal(rows(&fixture, "student", "pinfl IS NOT NULL AND keep_until_s IS NULL"), 2);
    fixture_rows(&fixture, "UPDATE student SET pinfl = (SELECT s.pinfl FROM student s WHERE s.id = 1) WHERE id = 3");
    fixture_rows(&fixture, "UPDATE student SET keep_until_s = 1795500000 WHERE id >= 2"); /* the clock's second */
    fixture_pass(-1);
    purge(&fixture);
    assert_int_equal(rows(&fixture, "student", "id = 2"), 1); /* not yet */
    fixture_pass(1);
    purge(&fixture);
    assert_int_equal(rows(&fixture, "student", "id = 2"), 0);
    assert_int_equal(rows(&fixture, "student", "id = 3 AND pinfl IS NULL AND keep_until_s IS NULL"), 1);
    for (size_t i = 0; i < COUNT(personal); i++) {
        assert_int_equal(rows(&fixture, personal[i], "student >= 2"), 0);
        assert_true(rows(&fixture, personal[i], "student = 1") > 0);
    }
    students = fixture_people();
    json_array_remove(students, 2);
    json_array_remove(students, 0);
    fixture_import(&fixture, students);
    json_decref(students);
    assert_int_equal(rows(&fixture, "student", "id = 4"), 1);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_left_goes_and_gives_no_id_to_another),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
