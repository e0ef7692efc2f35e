#include "test.h"

#include <string.h>

#include "base/memory.h"
#include "wire/json.h"
#include "wire/study.h"

static ApiStudy study, again;

static const StudyName mathematics = { .in = { [LANGUAGE_UZ] = "Matematika", [LANGUAGE_RU] = "Математика" } };

static void fill(ApiStudy *ret)
{
    memset(ret, 0, sizeof *ret);
    *ret = (ApiStudy){
        .today = "2026-11-23",
        .as_of_s = { 1, 2, 3, 4, 5, 6, 7 },
        .name_count = 1,
        .weeks = { { "2026-11-23", "2026-11-29", true, false }, { "2026-11-30", "2026-12-06", false, true } },
        .lesson_count = 1,
        .lessons = { { "2026-11-24", "08:30", "09:50", 1, 11, 1, 0, "A-204", "N. Tursunov" } },
        .exam_count = 1,
        .exams = { { "2026-12-15", "09:00", 13, 1, false, 1, 0, "A-1", "N. Tursunov" } },
        .attendance_semester = 5,
        .attendance_count = 1,
        .attendance = { { 1, 2, 4, 60, 6 } },
        .absence_count = 1,
        .absences = { { "2026-10-01", 2, 11, 1, 2, true } },
        .result_count = 2,
        .results = { { 1, STUDY_OF_SUBJECT, 1, 5, 8700, 4, false, 0 },
                     { 2, STUDY_OF_COURSEWORK, 0, 1, -1, 0, true, 350000 } },
        .semester_count = 1,
        .semesters = { { 1, "2024/2025", 400, 30, 30, 6, 0 } },
        .sums = { 394, 240, 39, true, 60, 54, 240, 12, 1, 6, 700000 },
        .average_count = 1,
        .averages = { { "2024/2025", false, 39, -1, false } },
        .has_contract = true,
        .contract = { "24/00017",
                      "2026-09-02",
                      "2026/2027",
                      12000000,
                      6000000,
                      6000000,
                      0,
                      0,
                      { "2027-01-01", 3000000 } },
        .payment_count = 1,
        .payments = { { "2026-09-10", 6000000 } },
        .due_count = 1,
        .dues = { { "2027-01-01", 3000000 } },
        .has_scholarship = true,
        .scholarship = { SCHOLARSHIP_NAMED, 1, 512000, "2026-09-01", "2027-01-31", "99-S", "2026-09-03" },
        .order_count = 1,
        .orders = { { "112-T", "2024-08-24", 21, 0 } },
        .has_moodle = true,
        .course_count = 2,
        .courses = { { 1, "84.00", 40 }, { 1, "", -1 } },
        .deadline_count = 1,
        .deadlines = { { 1795500000, 1, 1, true } },
    };
    ret->names[0] = mathematics;
}

static void reads_what_it_writes(void **state)
{
    OWNED_BUF text;
    Error err = { 0 };

    (void)state;
    buf_init(&text, STUDY_BYTES_MOST);
    fill(&study);
    assert_ok(api_study_write(&study, &text, &err), err);
    memset(&again, 0xA5, sizeof again);
    assert_ok(api_study_read(buf_str(&text), &again, &err), err);
    assert_memory_equal(&study, &again, sizeof study);
    assert_string_equal(study_name(&again, 1, LANGUAGE_RU), "Математика");
    assert_string_equal(study_name(&again, 1, LANGUAGE_EN), "Matematika");
    assert_string_equal(study_name(&again, 0, LANGUAGE_EN), "");
}

/* Nothing known at all: a visitor, a record that was never fetched. */
static void reads_an_empty_one(void **state)
{
    OWNED_BUF text;
    Error err = { 0 };

    (void)state;
    buf_init(&text, STUDY_BYTES_MOST);
    memset(&study, 0, sizeof study);
    memcpy(study.today, "2026-11-23", sizeof study.today);
    assert_ok(api_study_write(&study, &text, &err), err);
    assert_ok(api_study_read(buf_str(&text), &again, &err), err);
    assert_memory_equal(&study, &again, sizeof study);
}

/* A registrar of before Moodle tells of no courses: there are none. */
static void reads_one_of_before(void **state)
{
    OWNED_BUF text, before;
    Error err = { 0 };

    (void)state;
    buf_init(&text, STUDY_BYTES_MOST);
    buf_init(&before, STUDY_BYTES_MOST);
    fill(&study);
    assert_ok(api_study_write(&study, &text, &err), err);
    OWNED(json_t) json = json_read(buf_str(&text), &err);
    assert_int_equal(json_object_del(json, "courses") + json_object_del(json, "deadlines"), 0);
    assert_ok(json_write(json, &before, &err), err);
    assert_ok(api_study_read(buf_str(&before), &again, &err), err);
    assert_int_equal(again.course_count + again.deadline_count, 0);
    assert_int_equal(again.order_count, 1);
}

/* A full one fits what a kiosk takes. */
static void the_largest_has_room(void **state)
{
    OWNED_BUF text;
    Error err = { 0 };

    (void)state;
    buf_init(&text, STUDY_BYTES_MOST);
    fill(&study);
    for (size_t i = 0; i < STUDY_NAMES_MOST; i++)
        study.names[i] = mathematics;
    study.name_count = STUDY_NAMES_MOST;
    for (size_t i = 0; i < STUDY_LESSONS_MOST; i++)
        study.lessons[i] = study.lessons[0];
    study.lesson_count = STUDY_LESSONS_MOST;
    for (size_t i = 0; i < STUDY_RESULTS_MOST; i++) {
        study.results[i] = study.results[1];
        study.results[i].subject = STUDY_NAMES_MOST;
    }
    study.result_count = STUDY_RESULTS_MOST;
    assert_ok(api_study_write(&study, &text, &err), err);
    assert_ok(api_study_read(buf_str(&text), &again, &err), err);
    assert_memory_equal(&study, &again, sizeof study);
}

static void refuses(const char *what, const char *found, const char *put)
{
    OWNED_BUF text, spoiled;
    Error err = { 0 };
    static const ApiStudy nothing;

    buf_init(&text, STUDY_BYTES_MOST);
    buf_init(&spoiled, STUDY_BYTES_MOST);
    fill(&study);
    assert_ok(api_study_write(&study, &text, &err), err);
    const char *at = strstr(buf_text(&text), found);
    if (!at)
        fail_msg("%s: %s is not there", what, found);
    buf_add_str(&spoiled, (Str){ buf_text(&text), (size_t)(at - buf_text(&text)) });
    buf_add_text(&spoiled, put);
    buf_add_text(&spoiled, at + strlen(found));
    memset(&again, 0xA5, sizeof again);
    if (api_study_read(buf_str(&spoiled), &again, &err))
        fail_msg("taken: %s", what);
    assert_int_equal(err.code, ERR_PROTOCOL);
    assert_memory_equal(&again, &nothing, sizeof again);
}

static void refuses_what_is_wrong(void **state)
{
    (void)state;
    refuses("no JSON", "{\"absences\"", "");
    refuses("a name that is not there", "\"subject\":1", "\"subject\":2");
    refuses("a scholarship's name that is not there", "\"name\":1", "\"name\":2");
    refuses("a name below zero", "\"subject\":1", "\"subject\":-1");
    refuses("a name in no language", "\"uz\":\"Matematika\"", "\"xx\":\"Matematika\"}],\"names\":[{\"uz\":7");
    refuses("a mark of six", "\"mark\":4", "\"mark\":6");
    refuses("an unknown kind", "\"kind\":\"coursework\"", "\"kind\":\"essay\"");
    refuses("no semester", "\"semester\":1", "\"semester\":0");
    refuses("a long room", "A-204", "A-204 A-204 A-204 A-204 A-204 A-204");
    refuses("one week", "\"weeks\":[", "\"weeks\":[],\"x\":[");
    refuses("no list", "\"orders\":[", "\"orders\":7,\"x\":[");
    refuses("a part before 1970", "\"exams\":2", "\"exams\":-2");
    refuses("more than all of a course", "\"progress\":40", "\"progress\":101");
    refuses("courses that are none", "\"courses\":[", "\"courses\":7,\"x\":[");
    refuses("no sums", "\"sums\"", "\"sum\"");
}

/* Memory may end anywhere: nothing is read then, and nothing half. */
static void says_when_memory_ends(void **state)
{
    OWNED_BUF text;
    Error err = { 0 };
    static const ApiStudy nothing;
    bool done = false;

    (void)state;
    buf_init(&text, STUDY_BYTES_MOST);
    fill(&study);
    assert_ok(api_study_write(&study, &text, &err), err);
    for (unsigned n = 1; !done; n += 7) {
        mem_fail_nth(n);
        done = api_study_read(buf_str(&text), &again, &err);
        mem_fail_nth(0);
        assert_true(done || memcmp(&again, &nothing, sizeof again) == 0);
    }
    assert_memory_equal(&study, &again, sizeof study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_writes),  cmocka_unit_test(reads_an_empty_one),
        cmocka_unit_test(reads_one_of_before),   cmocka_unit_test(the_largest_has_room),
        cmocka_unit_test(refuses_what_is_wrong), cmocka_unit_test(says_when_memory_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
