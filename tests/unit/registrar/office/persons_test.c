/* Which student a person is, by PINFL: several numbers of one, none, and one that can't be opened. */
#include "fixture.h"

#include "registrar/office/persons.h"

static OfficeFixture fixture;

static int begin(void **state)
{
    (void)state;
    fixture_open(&fixture);
    return 0;
}

static int end(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static bool find(const char *pinfl, char number[STUDENT_NUMBER_SIZE])
{
    Error err = { 0 };
    int64_t student = 0;
    bool found;

    number[0] = '\0';
    assert_ok(person_find(fixture.office, pinfl, &found, &student, number, &err), err);
    assert_int_equal(found, student > 0);
    return found;
}

/* The fixture's first student has left under another number, with the same PINFL. */
static const char *pinfl_of_first(void)
{
    static char pinfl[24];
    json_t *students = fixture_people();

    str_copy_cut(
        str_from(json_string_value(json_object_get(json_object_get(json_array_get(students, 0), "profile"), "pinfl"))),
        pinfl, sizeof pinfl);
    json_decref(students);
    return pinfl;
}

static void who_studies_comes_before_who_left(void **state)
{
    char number[STUDENT_NUMBER_SIZE];

    (void)state;
    assert_true(find(pinfl_of_first(), number));
    assert_string_not_equal(number, FIXTURE_LEFT);
    assert_string_not_equal(number, FIXTURE_WEAK);
}

static void nobody_is_nobody(void **state)
{
    char number[STUDENT_NUMBER_SIZE];

    (void)state;
    assert_false(find("30000000000000", number));
    assert_false(find("", number));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_studies_comes_before_who_left, begin, end),
        cmocka_unit_test_setup_teardown(nobody_is_nobody, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
