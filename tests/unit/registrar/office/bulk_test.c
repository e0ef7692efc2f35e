/* Pages of another system's students and results: shared with what is there, written where they change something, gone
 * on with where an import was ended. */
#include "fixture.h"

#include "registrar/office/bulk.h"
#include "registrar/office/bulk_inside.h"
#include "registrar/office/corrections.h"
#include "registrar/office/names.h"
#include "registrar/office/students.h"

#define NOW_S (fixture_clock(NULL) / 1000)

typedef struct Told {
    char text[2000];
} Told;

static bool tell(void *ctx, const ImportFindingRow *row, Error *err)
{
    Told *told = ctx;
    size_t len = strlen(told->text);

    (void)err;
    snprintf(told->text + len, sizeof told->text - len, "%s|%s\n", row->number, row->detail);
    return true;
}

static json_t *student(const char *number, const char *surname, int updated_s)
{
    return json_pack("{s:s, s:i, s:{s:s, s:s, s:s, s:s, s:s, s:{s:s, s:{s:s}}, s:{s:s}}}", "number", number,
                     "updated_s", updated_s, "profile", "surname", surname, "given", "Aziz", "birth_date", "2005-02-03",
                     "status", "11", "group", "KI-24-1", "faculty", "code", "401-101", "names", "uz",
                     "Axborot texnologiyalari fakulteti", "names", "uz", surname);
}

static json_t *result(const char *number, const char *code, int points, int mark, int updated_s)
{
    return json_pack("{s:s, s:i, s:{s:i, s:s, s:i, s:i, s:i, s:{s:s, s:{s:s}}}}", "number", number, "updated_s",
                     updated_s, "result", "semester", 3, "academic_year", "2025/2026", "credits", 5, "points", points,
                     "mark", mark, "subject", "code", code, "names", "uz", "Oliy matematika");
}

static json_t *page(json_t *first, json_t *second)
{
    json_t *rows = json_array();

    json_array_append_new(rows, first);
    if (second)
        json_array_append_new(rows, second);
    return rows;
}

static void begin(OfficeFixture *fixture, bool whole, BulkRun *run)
{
    Error err = { 0 };
    OWNED_BUF cursor;

    buf_init(&cursor, 1000);
    assert_ok(bulk_begin(fixture->office, "hemis", whole, run, &cursor, &err), err);
}

static void take(OfficeFixture *fixture, BulkRun *run, bool results, json_t *rows)
{
    Error err = { 0 };

    assert_ok(
        (results ? bulk_take_results : bulk_take_students)(fixture->office, run, rows, NOW_S, STR("{\"at\":1}"), &err),
        err);
    json_decref(rows);
}

static void end(OfficeFixture *fixture, BulkRun *run)
{
    Error err = { 0 };

    assert_ok(bulk_end(fixture->office, run, &err), err);
}

static void tell_all(OfficeFixture *fixture, const BulkRun *run, BulkFinding finding, Told *told)
{
    Error err = { 0 };

    told->text[0] = '\0';
    assert_ok(bulk_findings(fixture->office, run, finding, tell, told, &err), err);
}

typedef struct Wanted {
    const char *number;
    int64_t id;
} Wanted;

static bool find_id(StoreTransaction *transaction, void *arg, Error *err)
{
    Wanted *wanted = arg;
    bool found;

    return students_find(transaction, wanted->number, &found, &wanted->id, err) &&
           (found || error_set(err, ERR_NOT_FOUND, "nobody"));
}

static int64_t id_of(OfficeFixture *fixture, const char *number)
{
    Wanted wanted = { number, 0 };
    Error err = { 0 };

    assert_ok(store_read(fixture->store, find_id, &wanted, &err), err);
    return wanted.id;
}

static void record_of(OfficeFixture *fixture, const char *number, Record *ret)
{
    Error err = { 0 };

    assert_ok(record_read(fixture->office, id_of(fixture, number), RECORD_RULES, ret, &err), err);
}

static bool count_named(void *ctx, const StudentName *name, Error *err)
{
    (void)name;
    (void)err;
    ++*(int *)ctx;
    return true;
}

static int named(OfficeFixture *fixture, const char *typed)
{
    Error err = { 0 };
    int count = 0;

    assert_ok(names_search(fixture->office, typed, "test", count_named, &count, &err), err);
    return count;
}

/* --- cases ------------------------------------------------------------------------------------------------------- */

static void who_is_new_is_there_and_found(void **state)
{
    OfficeFixture fixture;
    BulkRun run;
    OWNED_RECORD record = { 0 };

    (void)state;
    fixture_open(&fixture);
    begin(&fixture, false, &run);
    assert_true(run.row.whole);
    take(&fixture, &run, false, page(student("401241100500", "Oʻktamov", 10), student("401241100501", "Hasanov", 11)));
    take(&fixture, &run, true,
         page(result("401241100500", "MAT102", 87, 4, 5), result("401241100500", "MAT101", 60, 3, 5)));
    assert_int_equal(run.counts.students_new, 2);
    assert_int_equal(run.counts.results_new, 2);
    record_of(&fixture, "401241100500", &record);
    assert_string_equal(json_string_value(json_object_get(record_profile(&record), "surname")), "Oʻktamov");
    assert_int_equal(json_array_size(record.parts[PART_RESULTS]), 2);
    /* In the order of subjects, whatever the page's was. */
    assert_string_equal(json_string_value(json_object_get(
                            json_object_get(json_array_get(record.parts[PART_RESULTS], 0), "subject"), "code")),
                        "MAT101");
    assert_int_equal(named(&fixture, "Ўктамов"), 1);
    end(&fixture, &run);
    fixture_close(&fixture);
}

static void what_is_as_before_costs_no_write(void **state)
{
    OfficeFixture fixture;
    BulkRun run;
    OWNED_RECORD before = { 0 }, after = { 0 };

    (void)state;
    fixture_open(&fixture);
    for (int i = 0; i < 2; i++) {
        begin(&fixture, true, &run);
        take(&fixture, &run, false, page(student("401241100500", "Aliyev", 10), NULL));
        take(&fixture, &run, true, page(result("401241100500", "MAT101", 87, 4, 5), NULL));
        end(&fixture, &run);
        record_of(&fixture, "401241100500", i ? &after : &before);
        fixture_pass(7200);
    }
    assert_int_equal(run.counts.students_same, 1);
    assert_int_equal(run.counts.results_same, 1);
    assert_int_equal(run.counts.students_changed + run.counts.results_changed + run.counts.results_new, 0);
    assert_int_equal(after.as_of_s[PART_PROFILE], before.as_of_s[PART_PROFILE]);
    assert_int_equal(after.as_of_s[PART_RESULTS], before.as_of_s[PART_RESULTS]);
    fixture_close(&fixture);
}

static bool correct(StoreTransaction *transaction, void *arg, Error *err)
{
    return correction_write(transaction, arg, err);
}

/* Dilnoza was there before: her words in further languages, her PINFL and what a clerk corrected stay. */
static void what_is_not_told_stays(void **state)
{
    OfficeFixture fixture;
    BulkRun run;
    OWNED_RECORD record = { 0 };
    Answers answers = { 0 };
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    assert_true(answers_set(&answers, "surname", STR("KARIMOVA")));
    assert_true(answers_set(&answers, "given", STR("DILNOZA")));
    Correction correction = { "passport-name",    id_of(&fixture, FIXTURE_DILNOZA),
                              "S-2026/000001",    "staff:1",
                              &answers,           NULL,
                              fixture_clock(NULL) };
    assert_ok(store_write(fixture.store, correct, &correction, &err), err);
    begin(&fixture, true, &run);
    take(&fixture, &run, false, page(student(FIXTURE_DILNOZA, "Karimova", 10), NULL));
    record_of(&fixture, FIXTURE_DILNOZA, &record);
    const json_t *profile = record_profile(&record);
    assert_string_equal(json_string_value(json_object_get(json_object_get(profile, "passport_name"), "surname")),
                        "KARIMOVA");
    assert_string_equal(json_string_value(json_object_get(profile, "pinfl")), "61403064010270");
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(json_object_get(profile, "faculty"), "names"), "en")),
        "Faculty of Information Technologies");
    assert_string_equal(json_string_value(json_object_get(profile, "given")), "Aziz");
    assert_int_equal(run.counts.students_changed, 1);
    end(&fixture, &run);
    fixture_close(&fixture);
}

static void what_was_read_later_stays(void **state)
{
    OfficeFixture fixture;
    BulkRun run;
    Error err = { 0 };
    OWNED_RECORD record = { 0 };

    (void)state;
    fixture_open(&fixture);
    begin(&fixture, true, &run);
    json_t *rows = page(student(FIXTURE_DILNOZA, "Boshqayeva", 10), NULL);
    assert_ok(bulk_take_students(fixture.office, &run, rows, NOW_S - 60, STR("{}"), &err), err);
    json_decref(rows);
    record_of(&fixture, FIXTURE_DILNOZA, &record);
    assert_int_equal(run.counts.newer_here, 1);
    assert_int_equal(run.counts.students_changed, 0);
    assert_string_not_equal(json_string_value(json_object_get(record_profile(&record), "surname")), "Boshqayeva");
    fixture_close(&fixture);
}

static void what_looks_wrong_is_told(void **state)
{
    OfficeFixture fixture;
    BulkRun run;
    Told told;

    (void)state;
    fixture_open(&fixture);
    begin(&fixture, true, &run);
    take(&fixture, &run, false, page(student("401241100500", "Aliyev", 10), NULL));
    take(&fixture, &run, true, page(result("401241100500", "MAT101", 87, 4, 5), result("999", "MAT101", 87, 4, 5)));
    take(&fixture, &run, true,
         page(result("401241100500", "MAT101", 55, 2, 6), result("401241100500", "FIZ101", 20, 5, 6)));
    take(&fixture, &run, true,
         page(result("401241100500", "KIM101", 70, 4, 9), result("401241100500", "KIM101", 80, 4, 8)));
    json_t *rows = page(result("401241100500", "FIZ101", 20, 5, 7), NULL);
    json_object_del(json_object_get(json_array_get(rows, 0), "result"), "academic_year");
    take(&fixture, &run, true, rows); /* without its year it is no second result */
    tell_all(&fixture, &run, BULK_RESULT_OF_NOBODY, &told);
    assert_string_equal(told.text, "999|\n");
    tell_all(&fixture, &run, BULK_MARK_FELL, &told);
    assert_string_equal(told.text, "401241100500|MAT101 in semester 3: 55 points, mark 2; before: 87 points, mark 4\n");
    tell_all(&fixture, &run, BULK_RESULT_IMPLAUSIBLE, &told);
    assert_string_equal(told.text, "401241100500|FIZ101 in semester 3: a mark that its points don't come to\n");
    tell_all(&fixture, &run, BULK_RESULT_TWICE, &told);
    assert_string_equal(told.text, "401241100500|KIM101 in semester 3: two of them\n");
    OWNED_RECORD record = { 0 };
    record_of(&fixture, "401241100500", &record);
    assert_int_equal(json_array_size(record.parts[PART_RESULTS]), 3);
    assert_int_equal(json_integer_value(json_object_get(json_array_get(record.parts[PART_RESULTS], 1), "points")), 70);
    end(&fixture, &run);
    tell_all(&fixture, &run, BULK_MARK_FELL, &told); /* told is told: no marks lie about */
    assert_string_equal(told.text, "");
    fixture_close(&fixture);
}

static void who_is_gone_and_who_share_a_pinfl_is_told(void **state)
{
    OfficeFixture fixture;
    BulkRun run;
    Told told;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    begin(&fixture, true, &run);
    json_t *twin = student("401241100500", "Aliyev", 10);
    json_object_set_new(twin, "pinfl", json_string("61403064010270")); /* Dilnoza's */
    take(&fixture, &run, false, page(twin, student(FIXTURE_DILNOZA, "Karimova", 10)));
    for (int i = 0; i < 2; i++) { /* again: as after a kill behind it */
        assert_ok(bulk_look_around(fixture.office, &run, STR("{}"), &err), err);
        tell_all(&fixture, &run, BULK_STUDENT_GONE, &told);
        assert_string_equal(told.text, FIXTURE_LEFT "|\n" FIXTURE_WEAK "|\n");
        assert_int_equal(run.counts.findings[BULK_STUDENT_GONE], 2);
        tell_all(&fixture, &run, BULK_PINFL_SHARED, &told);
        assert_non_null(strstr(told.text, "401241100500|has the same as "));
        assert_null(strstr(told.text, "61403064010270"));
    }
    assert_true(id_of(&fixture, FIXTURE_LEFT) > 0); /* and is here still */
    end(&fixture, &run);
    fixture_close(&fixture);
}

static void it_goes_on_and_later_reads_changes(void **state)
{
    OfficeFixture fixture;
    BulkRun run, again;
    Error err = { 0 };
    OWNED_BUF cursor;

    (void)state;
    buf_init(&cursor, 1000);
    fixture_open(&fixture);
    begin(&fixture, false, &run);
    take(&fixture, &run, false, page(student("401241100500", "Aliyev", 10), NULL));
    fixture_pass(600);
    assert_ok(bulk_begin(fixture.office, "hemis", false, &again, &cursor, &err), err);
    assert_true(again.resumed);
    assert_int_equal(again.row.run, run.row.run);
    assert_int_equal(again.row.step, run.row.step);
    assert_int_equal(again.counts.students_new, 1);
    assert_string_equal(buf_text(&cursor), "{\"at\":1}");
    /* Whoever is overtaken changes nothing. */
    take(&fixture, &again, false, page(student("401241100501", "Valiyev", 10), NULL));
    json_t *rows = page(student("401241100502", "Gʻaniyev", 10), NULL);
    assert_refused(bulk_take_students(fixture.office, &run, rows, NOW_S, STR("{}"), &err), ERR_BUSY, err);
    json_decref(rows);
    assert_int_equal(named(&fixture, "Gʻaniyev"), 0);
    end(&fixture, &again);
    int64_t begun_s = again.row.started_at_s;
    fixture_pass(86400 * 3);
    begin(&fixture, false, &run);
    assert_false(run.resumed);
    assert_false(run.row.whole);
    assert_int_equal(run.row.run, again.row.run + 1);
    assert_int_equal(run.row.read_from_s, begun_s - BULK_OVERLAP_S);
    fixture_close(&fixture);
}

static void counts_are_read_as_written(void **state)
{
    BulkCounts counts = { .students_new = 3, .results_same = INT64_C(2000000), .findings = { [BULK_MARK_FELL] = 7 } };
    BulkCounts read;
    Error err = { 0 };
    OWNED_BUF text;

    (void)state;
    buf_init(&text, BULK_COUNTS_BYTES);
    assert_ok(bulk_counts_write(&counts, &text, &err), err);
    assert_ok(bulk_counts_read(buf_str(&text), &read, &err), err);
    assert_memory_equal(&read, &counts, sizeof read);
}

static void doubts_are_told(void **state)
{
    static const struct {
        const char *profile, *says;
    } cases[] = {
        { "{\"status\":\"11\",\"group\":\"KI-24-1\",\"faculty\":{\"code\":\"1\"},\"birth_date\":\"2005-02-03\"}",
          NULL },
        { "{\"status\":\"12\",\"faculty\":{\"code\":\"1\"}}", NULL },
        { "{\"status\":\"11\",\"faculty\":{\"code\":\"1\"}}", "in no group" },
        { "{\"status\":\"11\",\"group\":\"KI-24-1\"}", "no faculty" },
        { "{\"group\":\"KI-24-1\",\"faculty\":{\"code\":\"1\"}}", "no status" },
        { "{\"status\":\"12\",\"faculty\":{\"code\":\"1\"},\"birth_date\":\"2024-02-03\"}", "age" },
        { "{\"status\":\"12\",\"faculty\":{\"code\":\"1\"},\"birth_date\":\"1900-02-03\"}", "age" },
        { "{\"status\":\"12\",\"faculty\":{\"code\":\"1\"},\"year\":9}", "year of study" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Error err = { 0 };
        OWNED(json_t) profile = json_read(str_from(cases[i].profile), &err);
        const char *said = bulk_doubt_student(profile, 1795500000);

        if (cases[i].says ? !said || !strstr(said, cases[i].says) : said != NULL)
            fail_msg("%s: %s", cases[i].profile, said ? said : "nothing");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_new_is_there_and_found),
        cmocka_unit_test(what_is_as_before_costs_no_write),
        cmocka_unit_test(what_is_not_told_stays),
        cmocka_unit_test(what_was_read_later_stays),
        cmocka_unit_test(what_looks_wrong_is_told),
        cmocka_unit_test(who_is_gone_and_who_share_a_pinfl_is_told),
        cmocka_unit_test(it_goes_on_and_later_reads_changes),
        cmocka_unit_test(counts_are_read_as_written),
        cmocka_unit_test(doubts_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
