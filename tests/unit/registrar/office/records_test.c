/* HEMIS's word on a student into the record, and what the university's own lists add to it. */
#include "fixture.h"

#include "registrar/office/own_lists.h"
#include "registrar/office/records.h"
#include "registrar/office/students.h"

#define DILNOZA 1
#define NOW_S   (fixture_clock(NULL) / 1000)

static OfficeFixture fixture;

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

/* --- what HEMIS said --------------------------------------------------------------------------------------------- */

static void told(HemisRecord *record, HemisPart part, const char *body, const char *etag)
{
    record->parts[part].outcome = HEMIS_OK;
    buf_clear(&record->parts[part].body);
    buf_add_text(&record->parts[part].body, body);
    str_copy_cut(str_from(etag), record->parts[part].etag, sizeof record->parts[part].etag);
}

static unsigned take(HemisRecord *record, const char *kiosk)
{
    Error err = { 0 };
    unsigned changed;

    assert_ok(records_take(fixture.office, DILNOZA, record, kiosk, &changed, &err), err);
    return changed;
}

static Record the_record(unsigned parts)
{
    Error err = { 0 };
    Record record;

    assert_ok(record_read(fixture.office, DILNOZA, parts, &record, &err), err);
    return record;
}

static const char *text(const json_t *object, const char *member)
{
    const char *value = json_string_value(json_object_get(object, member));

    return value ? value : "";
}

static void a_part_has_its_source_and_age(void **state UNUSED)
{
    OWNED_HEMIS_RECORD record;
    RecordsKnown known;
    Error err = { 0 };

    hemis_record_init(&record, FIXTURE_DILNOZA);
    told(&record, HEMIS_CONTRACT, "{\"number\":\"24/1\",\"sum\":100,\"paid\":40}", "\"first\"");
    assert_int_equal(take(&record, fixture.kiosk.id), HEMIS_PART(HEMIS_CONTRACT));
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM record WHERE student = 1 AND part = 'contract'"
                                            " AND source = 'hemis' AND cursor = '\"first\"'"),
                     1);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM event WHERE body LIKE '%\"record\"%'"), 1);
    const int64_t first_s = NOW_S;
    fixture_pass(3600);
    assert_int_equal(take(&record, fixture.kiosk.id), 0); /* the same again: newer, and nobody need hear */
    assert_int_equal(fixture_rows(&fixture, "SELECT as_of_s FROM record WHERE student = 1 AND part = 'contract'"),
                     first_s + 3600);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM event WHERE body LIKE '%\"record\"%'"), 1);
    hemis_record_fini(&record);
    hemis_record_init(&record, FIXTURE_DILNOZA);
    assert_ok(records_known(fixture.office, DILNOZA, &record, &known, &err), err);
    assert_string_equal(record.parts[HEMIS_CONTRACT].etag, "\"first\"");
    assert_string_equal(record.parts[HEMIS_ORDERS].etag, "");
    assert_true(known.there & HEMIS_PART(HEMIS_CONTRACT));
    assert_false(known.there & HEMIS_PART(HEMIS_ORDERS));
    fixture_pass(3600);
    assert_int_equal(take(&record, NULL), 0); /* as it was: of now */
    assert_int_equal(fixture_rows(&fixture, "SELECT as_of_s FROM record WHERE student = 1 AND part = 'contract'"),
                     first_s + 7200);
}

static void what_hemis_could_not_give_stays_with_its_date(void **state UNUSED)
{
    static const HemisOutcome failures[] = { HEMIS_AWAY, HEMIS_STRANGE, HEMIS_LIMITED, HEMIS_EXPIRED, HEMIS_FAILED };
    OWNED_HEMIS_RECORD record;

    hemis_record_init(&record, FIXTURE_DILNOZA);
    told(&record, HEMIS_ORDERS, "[{\"number\":\"1-T\",\"date\":\"2024-08-24\"}]", "");
    take(&record, NULL);
    const int64_t told_s = NOW_S;
    for (size_t i = 0; i < COUNT(failures); i++) {
        fixture_pass(86400);
        record.parts[HEMIS_ORDERS].outcome = failures[i];
        assert_int_equal(take(&record, NULL), 0);
        assert_int_equal(fixture_rows(&fixture, "SELECT as_of_s FROM record WHERE student = 1 AND part = 'orders'"),
                         told_s);
    }
    record.parts[HEMIS_ORDERS].outcome = HEMIS_NOTHING;
    assert_int_equal(take(&record, NULL), HEMIS_PART(HEMIS_ORDERS));
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM record WHERE student = 1 AND part = 'orders'"), 0);
}

static void corrections_stay_and_what_passed_goes(void **state UNUSED)
{
    OWNED_HEMIS_RECORD record;
    OWNED_RECORD after;

    hemis_record_init(&record, FIXTURE_DILNOZA);
    told(&record, HEMIS_PROFILE,
         "{\"status\":\"13\",\"given\":\"Dilnoza\",\"leave\":{\"order\":\"7-T\"},"
         "\"passport_name\":{\"surname\":\"KARIMOVA\"}}",
         "");
    take(&record, NULL);
    told(&record, HEMIS_PROFILE,
         "{\"status\":\"11\",\"given\":\"Dilnoza\",\"surname\":\"Karimova-Yoʻldosheva\","
         "\"names\":{\"uz\":\"Karimova-Yoʻldosheva "
         "Dilnoza\"},\"faculty\":{\"code\":\"401-101\",\"names\":{\"en\":\"IT\"}}}",
         "");
    str_copy_cut(STR("61403064010271"), record.pinfl, sizeof record.pinfl);
    assert_int_equal(take(&record, NULL), HEMIS_PART(HEMIS_PROFILE));
    after = the_record(RECORD_PROFILE);
    const json_t *profile = record_profile(&after);
    assert_string_equal(text(profile, "surname"), "Karimova-Yoʻldosheva");
    assert_string_equal(text(json_object_get(profile, "passport_name"), "surname"), "KARIMOVA");
    assert_null(json_object_get(profile, "leave"));
    assert_string_equal(text(json_object_get(profile, "citizenship"), "country"), "UZ"); /* HEMIS does not tell it */
    assert_string_equal(text(json_object_get(json_object_get(profile, "faculty"), "names"), "en"), "IT");
    assert_string_equal(text(json_object_get(json_object_get(profile, "faculty"), "names"), "uz"),
                        "Axborot texnologiyalari fakulteti");
    assert_string_equal(text(profile, "pinfl"), "61403064010271");
    assert_int_equal(
        fixture_rows(&fixture, "SELECT count(*) FROM student_word WHERE student = 1 AND word LIKE '%ldos%'"), 1);
    assert_false(fixture_lies_open(&fixture, "SELECT body FROM record WHERE institution = ?1", "61403064010271"));
}

static void a_result_that_is_told_no_more_is_gone(void **state UNUSED)
{
    OWNED_HEMIS_RECORD record;
    OWNED_RECORD after;

    hemis_record_init(&record, FIXTURE_DILNOZA);
    told(&record, HEMIS_RESULTS,
         "[{\"semester\":1,\"academic_year\":\"2024/"
         "2025\",\"subject\":{\"code\":\"A\"},\"points\":61,\"date\":\"2025-01-17\"},"
         "{\"semester\":1,\"academic_year\":\"2024/2025\",\"subject\":{\"code\":\"B\"},\"points\":80},"
         "{\"semester\":2,\"academic_year\":\"2024/2025\",\"kind\":\"practice\",\"points\":90}]",
         "");
    take(&record, NULL);
    told(&record, HEMIS_RESULTS,
         "[{\"semester\":1,\"academic_year\":\"2024/2025\",\"subject\":{\"code\":\"A\"},\"points\":75}]", "");
    assert_int_equal(take(&record, NULL), HEMIS_PART(HEMIS_RESULTS));
    after = the_record(RECORD_OF(PART_RESULTS));
    const json_t *results = after.parts[PART_RESULTS];
    assert_int_equal(json_array_size(results), 2); /* B is gone; of practice HEMIS has no word */
    assert_int_equal(json_integer_value(json_object_get(json_array_get(results, 0), "points")), 75);
    assert_string_equal(text(json_array_get(results, 0), "date"), "2025-01-17");
    assert_string_equal(text(json_array_get(results, 1), "kind"), "practice");
}

/* --- the university's own lists ---------------------------------------------------------------------------------- */

static OwnListsCounts bring(const char *rows)
{
    OwnListsCounts counts = { 0 };
    Error err = { 0 };

    OWNED(json_t) list = json_read(str_from(rows), &err);
    assert_non_null(list);
    for (size_t i = 0; i < json_array_size(list); i++)
        assert_ok(own_lists_check(json_array_get(list, i), &err), err);
    assert_ok(own_lists_take(fixture.office, list, "dormitories", &counts, &err), err);
    return counts;
}

static void a_list_enters_the_record_of_whom_we_know(void **state UNUSED)
{
    OWNED_HEMIS_RECORD hemis;
    OWNED_RECORD after;

    OwnListsCounts counts =
        bring("[{\"number\":\"" FIXTURE_DILNOZA "\",\"profile\":{\"entry_year\":2023},"
              "\"parts\":{\"dormitory\":{\"room\":\"12\"},\"contract\":{\"number\":\"24/1\",\"due\":[1]}}}]");
    assert_int_equal(counts.known, 1);
    assert_int_equal(counts.waiting, 0);
    assert_int_equal(counts.parts, 3);
    bring("[{\"number\":\"" FIXTURE_DILNOZA "\",\"parts\":{\"dormitory\":{\"room\":\"14\"}}}]");
    hemis_record_init(&hemis, FIXTURE_DILNOZA);
    told(&hemis, HEMIS_CONTRACT, "{\"number\":\"24/1\",\"sum\":100}", "");
    take(&hemis, NULL);
    after = the_record(RECORD_PROFILE | RECORD_OF(PART_DORMITORY) | RECORD_OF(PART_CONTRACT));
    assert_string_equal(text(after.parts[PART_DORMITORY], "room"), "14");
    assert_int_equal(json_integer_value(json_object_get(record_profile(&after), "entry_year")), 2023);
    assert_string_equal(text(record_profile(&after), "given"), "Dilnoza");
    assert_int_equal(json_integer_value(json_object_get(after.parts[PART_CONTRACT], "sum")), 100);
    assert_int_equal(json_array_size(json_object_get(after.parts[PART_CONTRACT], "due")), 1);
    told(&hemis, HEMIS_CONTRACT, "{\"number\":\"25/1\",\"sum\":200}", ""); /* another contract has other days */
    take(&hemis, NULL);
    record_fini(&after);
    after = the_record(RECORD_OF(PART_CONTRACT));
    assert_null(json_object_get(after.parts[PART_CONTRACT], "due"));
}

typedef struct Coming {
    json_t *profile;
    int64_t student;
} Coming;

static bool come(StoreTransaction *transaction, void *arg, Error *err)
{
    Coming *coming = arg;
    int64_t last;

    if (!students_last(transaction, &last, err))
        return false;
    coming->student = last + 1;
    return students_put(transaction, coming->student, "401261100099", (Str){ 0 }, 1, err) &&
           own_lists_enter(transaction, coming->student, "401261100099", coming->profile, err);
}

static void a_list_waits_for_whom_we_do_not_know(void **state UNUSED)
{
    Error err = { 0 };

    OwnListsCounts counts = bring("[{\"number\":\"401261100099\",\"profile\":{\"entry_year\":2026,\"given\":\"Aziz\"},"
                                  "\"parts\":{\"dormitory\":{\"room\":\"7\"}}}]");
    assert_int_equal(counts.waiting, 1);
    bring("[{\"number\":\"401261100099\",\"profile\":{\"citizenship\":{\"code\":\"11\"}}}]");
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM awaited_record"), 2);
    OWNED(json_t) profile = json_pack("{s:s}", "given", "Azizbek"); /* as HEMIS says */
    Coming coming = { .profile = profile };
    assert_ok(store_write(fixture.store, come, &coming, &err), err);
    assert_string_equal(text(profile, "given"), "Azizbek");
    assert_int_equal(json_integer_value(json_object_get(profile, "entry_year")), 2026);
    assert_string_equal(text(json_object_get(profile, "citizenship"), "code"), "11");
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM awaited_record"), 0);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM record WHERE part = 'dormitory'"
                                            " AND source = 'dormitories'"),
                     1);
}

static void a_row_that_is_none_is_refused(void **state UNUSED)
{
    static const char *const wrong[] = {
        "{}",
        "{\"number\":401261100099}",
        "{\"number\":\"40126110009x\"}",
        "{\"number\":\"401261100099401261100099\"}",
        "{\"number\":\"1\",\"password\":\"x\"}",
        "{\"number\":\"1\",\"profile\":{\"pinfl\":\"61403064010270\"}}",
        "{\"number\":\"1\",\"profile\":[]}",
        "{\"number\":\"1\",\"parts\":[]}",
        "{\"number\":\"1\",\"parts\":{\"profile\":{}}}",
        "{\"number\":\"1\",\"parts\":{\"dormitories\":{}}}",
        "{\"number\":\"1\",\"parts\":{\"dormitory\":\"12\"}}",
    };
    Error err = { 0 };

    for (size_t i = 0; i < COUNT(wrong); i++) {
        OWNED(json_t) row = json_read(str_from(wrong[i]), &err);
        err = (Error){ 0 };
        assert_false(own_lists_check(row, &err));
        assert_int_equal(err.code, ERR_FORMAT);
    }
    OwnListsCounts counts = { 0 };
    OWNED(json_t) rows = json_pack("[{s:s}]", "number", "1");
    err = (Error){ 0 };
    assert_false(own_lists_take(fixture.office, rows, "hemis", &counts, &err)); /* nobody speaks for HEMIS */
    assert_int_equal(err.code, ERR_ARGUMENT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_part_has_its_source_and_age),
        TEST(what_hemis_could_not_give_stays_with_its_date),
        TEST(corrections_stay_and_what_passed_goes),
        TEST(a_result_that_is_told_no_more_is_gone),
        TEST(a_list_enters_the_record_of_whom_we_know),
        TEST(a_list_waits_for_whom_we_do_not_know),
        TEST(a_row_that_is_none_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
