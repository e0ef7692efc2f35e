/* Universities that do not exist: the same everywhere, larger ones only add, and what must hold of a record holds. */
#include "test.h"

#include <string.h>

#include "base/crypto.h"
#include "base/name.h"
#include "registrar/demo/demo.h"
#include "wire/json.h"

#define LISTS SOURCE_DIR "/assets/demo"

#define SMALL 60 /* students of an institution, at least */

typedef struct Drawn {
    DemoStudent student;
    Buf profile, parts[DEMO_PARTS];
} Drawn;

static void drawn_init(Drawn *drawn)
{
    buf_init(&drawn->profile, 64u << 10);
    for (size_t i = 0; i < DEMO_PARTS; i++)
        buf_init(&drawn->parts[i], 1u << 20);
}

static void drawn_fini(Drawn *drawn)
{
    buf_fini(&drawn->profile);
    for (size_t i = 0; i < DEMO_PARTS; i++)
        buf_fini(&drawn->parts[i]);
}
#define OWNED_DRAWN __attribute__((cleanup(drawn_fini))) Drawn

static void draw(const DemoUniversity *university, size_t index, Drawn *drawn)
{
    buf_clear(&drawn->profile);
    drawn->student = (DemoStudent){ .profile = &drawn->profile };
    for (size_t i = 0; i < DEMO_PARTS; i++) {
        buf_clear(&drawn->parts[i]);
        drawn->student.parts[i] = &drawn->parts[i];
    }
    demo_student_draw(university, index, &drawn->student);
    assert_false(drawn->profile.failed);
    for (size_t i = 0; i < DEMO_PARTS; i++)
        assert_false(drawn->parts[i].failed);
}

static Demo *demo_of(uint64_t seed, size_t students, size_t institutions)
{
    Error err = { 0 };
    Demo *demo = demo_open(LISTS, &(DemoPlan){ seed, students, institutions }, &err);

    if (!demo)
        fail_msg("%s", err.text);
    return demo;
}

static DemoUniversity *university_of(const Demo *demo, size_t number)
{
    Error err = { 0 };
    DemoUniversity *university = demo_university_new(demo, number, &err);

    assert_non_null(university);
    return university;
}

static void hash_of(const Drawn *drawn, uint8_t ret[SHA256_SIZE])
{
    Error err = { 0 };
    OWNED_BUF all;

    buf_init(&all, 2u << 20);
    buf_add_format(&all, "%s|%s|%s|", drawn->student.number, drawn->student.password, drawn->student.pinfl);
    buf_add_str(&all, buf_str(&drawn->profile));
    for (size_t i = 0; i < DEMO_PARTS; i++)
        buf_add_str(&all, buf_str(&drawn->parts[i]));
    assert_ok(buf_ok(&all, &err) && sha256(buf_str(&all), ret, &err), err);
}

/* --- the same everywhere ----------------------------------------------------------------------------------------- */

/* Of this very text: a change of a list or of the drawing changes it, a compiler, a machine or an order of calls never.
 */
static void a_seed_gives_the_same_bytes_everywhere(void **state)
{
    uint8_t sum[SHA256_SIZE] = { 0 }, hash[SHA256_SIZE];
    static const size_t numbers[] = { 0, 1, 209 };
    char hex[SHA256_SIZE * 2 + 1];
    OWNED(Demo) demo = demo_of(2026, 1400000, 210);
    OWNED_DRAWN drawn;

    (void)state;
    drawn_init(&drawn);
    for (size_t i = 0; i < COUNT(numbers); i++) {
        OWNED(DemoUniversity) university = university_of(demo, numbers[i]);

        for (size_t index = 360; index-- > 160;) {
            draw(university, index, &drawn);
            hash_of(&drawn, hash);
            for (size_t k = 0; k < sizeof sum; k++)
                sum[k] ^= hash[k];
        }
    }
    for (size_t k = 0; k < sizeof sum; k++)
        snprintf(hex + 2 * k, 3, "%02x", sum[k]);
    assert_string_equal(hex, "51159b32d25f2a88f9ee11d90ad5c815579fec5a170bc9a15ec5f560a75436ed");
}

static void a_larger_country_only_adds(void **state)
{
    OWNED(Demo) small = demo_of(7, 900, 5);
    OWNED(Demo) large = demo_of(7, 1400000, 210);
    OWNED(Demo) other = demo_of(8, 900, 5);
    OWNED_DRAWN drawn;

    (void)state;
    drawn_init(&drawn);
    for (size_t number = 0; number < 5; number++) {
        OWNED(DemoUniversity) here = university_of(small, number);
        OWNED(DemoUniversity) there = university_of(large, number);
        OWNED(DemoUniversity) elsewhere = university_of(other, number);
        uint8_t one[SHA256_SIZE], two[SHA256_SIZE], three[SHA256_SIZE];

        assert_string_equal(demo_university_id(here), demo_university_id(there));
        for (size_t index = 100; index < 115; index++) {
            draw(here, index, &drawn);
            hash_of(&drawn, one);
            draw(there, index, &drawn);
            hash_of(&drawn, two);
            draw(elsewhere, index, &drawn);
            hash_of(&drawn, three);
            assert_memory_equal(one, two, sizeof one);
            assert_memory_not_equal(one, three, sizeof one);
        }
    }
}

static void students_are_shared_out_to_the_last(void **state)
{
    static const DemoPlan plans[] = { { 1, 60, 1 }, { 1, 12600, 210 }, { 1, 12601, 210 }, { 5, 1400000, 210 } };

    (void)state;
    for (size_t i = 0; i < COUNT(plans); i++) {
        OWNED(Demo) demo = demo_of(plans[i].seed, plans[i].students, plans[i].institutions);
        char ids[DEMO_INSTITUTIONS_MOST][DEMO_ID_SIZE];
        size_t students = 0;

        for (size_t number = 0; number < plans[i].institutions; number++) {
            OWNED(DemoUniversity) university = university_of(demo, number);

            assert_true(demo_university_students(university) >= SMALL);
            students += demo_university_students(university);
            assert_true(str_copy(str_from(demo_university_id(university)), ids[number], sizeof ids[number]));
            for (size_t k = 0; k < number; k++)
                assert_string_not_equal(ids[k], ids[number]);
        }
        assert_int_equal(students, plans[i].students);
    }
}

static void a_plan_beyond_the_bounds_is_refused(void **state)
{
    static const DemoPlan plans[] = {
        { 1, 59, 1 }, { 1, 1400001, 1 }, { 1, 119, 2 }, { 1, 1400000, 211 }, { 1, 60, 0 }
    };

    (void)state;
    for (size_t i = 0; i < COUNT(plans); i++) {
        Error err = { 0 };

        assert_null(demo_open(LISTS, &plans[i], &err));
        assert_int_equal(err.code, ERR_ARGUMENT);
    }
}

/* --- what must hold of a record ---------------------------------------------------------------------------------- */

static const char *text_in(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    assert_non_null(text);
    return text;
}

static int number_in(const json_t *object, const char *key)
{
    assert_true(json_is_integer(json_object_get(object, key)));
    return (int)json_integer_value(json_object_get(object, key));
}

static json_t *canonical(const Buf *text)
{
    Error err = { 0 };
    json_t *json = json_read(buf_str(text), &err);
    OWNED_BUF again;

    buf_init(&again, 2u << 20);
    if (!json)
        fail_msg("%s in %s", err.text, buf_text(text));
    assert_ok(json_write(json, &again, &err), err);
    assert_string_equal(buf_text(text), buf_text(&again));
    return json;
}

static void check_pinfl(const char *pinfl, const json_t *profile)
{
    const char *birth = text_in(profile, "birth_date");
    bool woman = strcmp(text_in(profile, "gender"), "12") == 0;
    int sum = 0;

    assert_int_equal(strlen(pinfl), 14);
    for (int i = 0; i < 13; i++)
        sum += (pinfl[i] - '0') * (const int[]){ 7, 3, 1 }[i % 3];
    assert_int_equal(pinfl[13] - '0', sum % 10);
    assert_int_equal(pinfl[0] - '0', (birth[0] == '2' ? 5 : 3) + woman);
    assert_memory_equal(pinfl + 1, birth + 8, 2);
    assert_memory_equal(pinfl + 3, birth + 5, 2);
    assert_memory_equal(pinfl + 5, birth + 2, 2);
}

/* Fathers' names end as the sex wants it; surnames in -ov and -ova are told apart so too. */
static void check_sex(const json_t *profile)
{
    bool woman = strcmp(text_in(profile, "gender"), "12") == 0;
    Str surname = str_from(text_in(profile, "surname")), father = str_from(text_in(profile, "patronymic"));
    bool as_woman = str_ends(father, STR("qizi")) || str_ends(father, STR("vna"));

    if (name_anomalies(surname) == 0 && name_anomalies(father) == 0 && father.len > 0) {
        assert_int_equal(as_woman, woman);
        assert_false(woman && str_ends(surname, STR("ov")));
        assert_false(!woman && str_ends(surname, STR("ova")));
    }
}

static void check_results(const json_t *results, const json_t *profile)
{
    size_t index;
    json_t *row;
    bool expelled = strcmp(text_in(profile, "status"), "12") == 0;
    bool graduated = strcmp(text_in(profile, "status"), "14") == 0;

    json_array_foreach(results, index, row)
    {
        int points = number_in(row, "points"), credits = number_in(row, "credits");

        assert_true(points >= 0 && points <= 100);
        assert_int_equal(number_in(row, "mark"), points >= 90 ? 5 : points >= 70 ? 4 : points >= 60 ? 3 : 2);
        assert_int_equal(number_in(row, "hours"), credits * 30);
        assert_true(strcmp(text_in(row, "date"), "2026-11-24") < 0);
        assert_true(number_in(row, "semester") < number_in(profile, "semester") + graduated);
        assert_int_equal(json_object_size(json_object_get(json_object_get(row, "subject"), "names")), 4);
    }
    assert_true(expelled || json_array_size(results) > 0 || number_in(profile, "semester") == 1);
}

static int by_number(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void check_unique(char (*texts)[16], size_t count)
{
    const char **sorted = calloc(count, sizeof *sorted);

    assert_non_null(sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = texts[i];
    qsort(sorted, count, sizeof *sorted, by_number);
    for (size_t i = 1; i < count; i++)
        if (strcmp(sorted[i - 1], sorted[i]) == 0)
            fail_msg("%s twice", sorted[i]);
    free(sorted);
}

typedef struct Census {
    char (*numbers)[16];
    char (*pinfls)[16];
    size_t count, pinfl_count, women, abroad, on_leave, expelled, graduated, grants, doubtful, debtors;
} Census;

static void count_one(Census *census, const Drawn *drawn)
{
    OWNED(json_t) profile = canonical(&drawn->profile);
    OWNED(json_t) results = canonical(&drawn->parts[0]);
    const json_t *names = json_object_get(profile, "names");
    bool abroad = strcmp(text_in(json_object_get(profile, "citizenship"), "code"), "12") == 0;
    const char *status = text_in(profile, "status");
    size_t index;
    json_t *row;
    bool debt = false;

    assert_int_equal(json_object_size(names), 4);
    assert_int_equal(drawn->student.pinfl[0] == '\0', abroad);
    assert_int_equal(strlen(drawn->student.number), 12);
    assert_true(strlen(drawn->student.password) >= 8);
    if (!abroad)
        check_pinfl(drawn->student.pinfl, profile);
    check_sex(profile);
    check_results(results, profile);
    json_array_foreach(results, index, row) debt = debt || number_in(row, "mark") == 2;
    memcpy(census->numbers[census->count++], drawn->student.number, 16);
    if (!abroad)
        memcpy(census->pinfls[census->pinfl_count++], drawn->student.pinfl, 16);
    census->abroad += abroad;
    census->women += strcmp(text_in(profile, "gender"), "12") == 0;
    census->grants += strcmp(text_in(profile, "payment_form"), "11") == 0;
    census->on_leave += strcmp(status, "13") == 0;
    census->expelled += strcmp(status, "12") == 0;
    census->graduated += strcmp(status, "14") == 0;
    census->doubtful += name_anomalies(str_from(text_in(names, "uz"))) != 0;
    census->debtors += debt;
}

static void count_known(Census *census, const DemoUniversity *university, size_t index)
{
    Error err = { 0 };
    OWNED(json_t) known = demo_student_known(university, index, &err);
    const char *pinfl = json_string_value(json_object_get(json_object_get(known, "profile"), "pinfl"));

    snprintf(census->numbers[census->count++], 16, "%s", text_in(known, "number"));
    if (pinfl)
        snprintf(census->pinfls[census->pinfl_count++], 16, "%s", pinfl);
}

static bool between(size_t value, size_t of, unsigned low, unsigned high)
{
    return value * 1000 >= of * low && value * 1000 <= of * high;
}

static void a_country_is_plausible_and_nobody_is_in_it_twice(void **state)
{
    OWNED(Demo) demo = demo_of(2026, 6000, 5);
    Census census = { .numbers = calloc(6000, 16), .pinfls = calloc(6000, 16) };
    OWNED_DRAWN drawn;

    (void)state;
    drawn_init(&drawn);
    for (size_t number = 0; number < 5; number++) {
        OWNED(DemoUniversity) university = university_of(demo, number);

        for (size_t i = 0; i < demo_university_known(university); i++)
            count_known(&census, university, i);
        for (size_t i = demo_university_known(university); i < demo_university_students(university); i++) {
            draw(university, i, &drawn);
            count_one(&census, &drawn);
        }
    }
    assert_int_equal(census.count, 6000);
    check_unique(census.numbers, census.count);
    check_unique(census.pinfls, census.pinfl_count);
    assert_true(between(census.women, 6000, 450, 550));
    assert_true(between(census.abroad, 6000, 3, 20));
    assert_true(between(census.on_leave, 6000, 4, 20));
    assert_true(between(census.expelled, 6000, 3, 20));
    assert_true(between(census.graduated, 6000, 1, 60));
    assert_true(between(census.grants, 6000, 200, 500));
    assert_true(between(census.doubtful, 6000, 1, 8));
    assert_true(between(census.debtors, 6000, 20, 300));
    free(census.numbers);
    free(census.pinfls);
}

/* Five digits a year are not enough for a whole country in one institution: branches have numbers of their own. */
static void one_institution_may_hold_everybody(void **state)
{
    OWNED(Demo) demo = demo_of(2026, DEMO_STUDENTS_MOST, 1);
    OWNED(DemoUniversity) university = university_of(demo, 0);
    enum { STEP = 173, MOST = DEMO_STUDENTS_MOST / STEP };
    char(*numbers)[16] = calloc(MOST, 16);
    size_t count = 0, branches = 0;
    OWNED_DRAWN drawn;

    (void)state;
    drawn_init(&drawn);
    assert_int_equal(demo_university_students(university), DEMO_STUDENTS_MOST);
    for (size_t i = DEMO_STUDENTS_MOST - 1; i >= demo_university_known(university) && count < MOST; i -= STEP) {
        draw(university, i, &drawn);
        branches += drawn.student.number[0] == '7';
        memcpy(numbers[count++], drawn.student.number, 16);
    }
    assert_true(branches > count / 4 && branches < count);
    check_unique(numbers, count);
    free(numbers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seed_gives_the_same_bytes_everywhere),
        cmocka_unit_test(a_larger_country_only_adds),
        cmocka_unit_test(students_are_shared_out_to_the_last),
        cmocka_unit_test(a_plan_beyond_the_bounds_is_refused),
        cmocka_unit_test(a_country_is_plausible_and_nobody_is_in_it_twice),
        cmocka_unit_test(one_institution_may_hold_everybody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
