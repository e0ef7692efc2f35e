/* What the university's own lists say of students, beside HEMIS: of who is known at once, of others when they come. */
#include "fixture.h"

#include "registrar/office/bulk.h"
#include "registrar/office/keeping.h"
#include "registrar/office/own_lists.h"
#include "registrar/office/records.h"
#include "registrar/office/students.h"

#define NEW      "401241100777"
#define OWN_DORM "\"dormitory\":{\"number\":\"3\",\"room\":\"214\"}"

static OfficeFixture fixture;

static json_t *parse(const char *text)
{
    Error err = { 0 };
    json_t *json = json_read(str_from(text), &err);

    if (!json)
        fail_msg("%s: %s", err.text, text);
    return json;
}

/* rows: a list's, as JSON. */
static OwnListsCounts bring(const char *rows, const char *source)
{
    OWNED(json_t) list = parse(rows);
    OwnListsCounts counts = { 0 };
    Error err = { 0 };
    json_t *row;
    size_t i;

    json_array_foreach(list, i, row) assert_ok(own_lists_check(row, &err), err);
    assert_ok(own_lists_take(fixture.office, list, source, &counts, &err), err);
    return counts;
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

static int64_t id_of(const char *number)
{
    Wanted wanted = { number, 0 };
    Error err = { 0 };

    assert_ok(store_read(fixture.store, find_id, &wanted, &err), err);
    return wanted.id;
}

static void record_of(const char *number, Record *ret)
{
    Error err = { 0 };

    assert_ok(record_read(fixture.office, id_of(number), RECORD_RULES, ret, &err), err);
}

/* A student enters the register, as HEMIS's data API tells of them. */
static void comes(const char *number, const char *profile)
{
    OWNED(json_t) rows = json_array();
    OWNED_BUF cursor;
    BulkRun run;
    Error err = { 0 };

    buf_init(&cursor, 1000);
    json_array_append_new(rows,
                          json_pack("{s:s, s:i, s:o}", "number", number, "updated_s", 1, "profile", parse(profile)));
    assert_ok(bulk_begin(fixture.office, "hemis", true, &run, &cursor, &err), err);
    assert_ok(bulk_take_students(fixture.office, &run, rows, fixture_clock(NULL) / 1000, STR("{}"), &err), err);
    assert_ok(bulk_end(fixture.office, &run, &err), err);
}

/* HEMIS tells one part of the record. */
static void tells(const char *number, HemisPart part, const char *body)
{
    OWNED_HEMIS_RECORD record;
    unsigned changed;
    Error err = { 0 };

    hemis_record_init(&record, number);
    record.parts[part].outcome = HEMIS_OK;
    buf_add_text(&record.parts[part].body, body);
    assert_ok(records_take(fixture.office, id_of(number), &record, NULL, &changed, &err), err);
}

static void assert_json(const json_t *found, const char *expected)
{
    OWNED(json_t) json = parse(expected);
    char *text = json_dumps(found, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);

    if (!json_equal(found, json))
        fail_msg("%s instead of %s", text ? text : "nothing", expected);
    free(text);
}

#define ASKED(sql)         fixture_rows(&fixture, sql)

#define ADMISSION(members) "[{\"number\":\"" FIXTURE_DILNOZA "\",\"profile\":{\"admission\":{" members "}}}]"

/* --- cases ------------------------------------------------------------------------------------------------------- */

static void a_row_is_taken_or_refused(void **state)
{
    static const struct {
        const char *row, *said; /* NULL: taken */
    } cases[] = {
        { "{\"number\":\"401\",\"parts\":{" OWN_DORM "}}", NULL },
        { "{\"number\":\"401\",\"profile\":{\"entry_year\":2024}}", NULL },
        { "{\"parts\":{}}", "number" },
        { "{\"number\":\"4O1\"}", "number" },
        { "{\"number\":\"4012411008734012411008734012411008734\"}", "number" },
        { "{\"number\":\"401\",\"password\":\"bahor\"}", "no place" },
        { "{\"number\":\"401\",\"profile\":{\"pinfl\":\"61403064010270\"}}", "no place" },
        { "{\"number\":\"401\",\"profile\":[]}", "profile" },
        { "{\"number\":\"401\",\"parts\":[]}", "parts" },
        { "{\"number\":\"401\",\"parts\":{\"profile\":{}}}", "no such part" },
        { "{\"number\":\"401\",\"parts\":{\"horoscope\":{}}}", "no such part" },
        { "{\"number\":\"401\",\"parts\":{\"dormitory\":7}}", "neither an object nor a list" },
        { "[]", "number" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED(json_t) row = parse(cases[i].row);
        Error err = { 0 };
        bool taken = own_lists_check(row, &err);

        if (taken != !cases[i].said || (!taken && !strstr(err.text, cases[i].said)))
            fail_msg("%s: %s", cases[i].row, taken ? "taken" : err.text);
    }
}

static void of_who_is_known_it_counts_at_once_and_later_lists_replace_earlier_ones(void **state)
{
    (void)state;
    fixture_open(&fixture);
    OwnListsCounts counts = bring("[{\"number\":\"" FIXTURE_DILNOZA "\",\"profile\":{\"entry_year\":2023,\"admission\":"
                                  "{\"points\":\"94.1\"}},\"parts\":{" OWN_DORM ",\"clearance\":[]}}]",
                                  "dormitories");
    OWNED_RECORD record = { 0 };

    assert_int_equal(counts.known, 1);
    assert_int_equal(counts.waiting, 0);
    assert_int_equal(counts.parts, 3);
    record_of(FIXTURE_DILNOZA, &record);
    assert_json(record.parts[PART_DORMITORY], "{\"number\":\"3\",\"room\":\"214\"}");
    assert_int_equal(record.as_of_s[PART_DORMITORY], fixture_clock(NULL) / 1000);
    /* The profile keeps all that it had beside. */
    assert_int_equal(json_integer_value(json_object_get(record_profile(&record), "entry_year")), 2023);
    assert_string_equal(json_string_value(json_object_get(record_profile(&record), "surname")), "Karimova");
    assert_int_equal(ASKED("SELECT count(*) FROM record WHERE part = 'dormitory' AND source = 'dormitories'"), 1);
    record_fini(&record);

    fixture_pass(60);
    bring("[{\"number\":\"" FIXTURE_DILNOZA "\",\"parts\":{\"dormitory\":{\"number\":\"5\"}}}]", "dormitories");
    record = (Record){ 0 };
    record_of(FIXTURE_DILNOZA, &record);
    assert_json(record.parts[PART_DORMITORY], "{\"number\":\"5\"}");
    assert_int_equal(record.as_of_s[PART_DORMITORY], fixture_clock(NULL) / 1000);
    assert_int_equal(ASKED("SELECT count(*) FROM awaited_record"), 0);
    fixture_close(&fixture);
}

static void what_waited_enters_the_record_with_its_student(void **state)
{
    OWNED_RECORD record = { 0 };
    int64_t listed_s;

    (void)state;
    fixture_open(&fixture);
    listed_s = fixture_clock(NULL) / 1000;
    OwnListsCounts counts = bring("[{\"number\":\"" NEW "\",\"profile\":{\"entry_year\":2024,\"group\":\"KI-1\","
                                  "\"admission\":{\"order\":\"1-T\",\"points\":\"94.1\"}},\"parts\":{" OWN_DORM "}}]",
                                  "lists");
    assert_int_equal(counts.known, 0);
    assert_int_equal(counts.waiting, 1);
    assert_int_equal(ASKED("SELECT count(*) FROM student WHERE number = '" NEW "'"), 0);
    assert_int_equal(ASKED("SELECT count(*) FROM awaited_record WHERE number = '" NEW "'"), 2);
    /* A later list adds to the profile that waits, and replaces the part. */
    fixture_pass(60);
    bring("[{\"number\":\"" NEW "\",\"profile\":{\"passport_name\":{\"surname\":\"ALIYEV\"}}}]", "passports");
    fixture_pass(60);
    comes(NEW, "{\"surname\":\"Aliyev\",\"given\":\"Aziz\",\"group\":\"KI-2\",\"admission\":{\"order\":\"1-T\"}}");

    record_of(NEW, &record);
    assert_json(record.parts[PART_DORMITORY], "{\"number\":\"3\",\"room\":\"214\"}");
    assert_int_equal(record.as_of_s[PART_DORMITORY], listed_s); /* as of the list, not of the coming */
    assert_json(record_profile(&record), "{\"surname\":\"Aliyev\",\"given\":\"Aziz\",\"group\":\"KI-2\","
                                         "\"entry_year\":2024,\"passport_name\":{\"surname\":\"ALIYEV\"},"
                                         "\"admission\":{\"order\":\"1-T\",\"points\":\"94.1\"}}");
    assert_int_equal(ASKED("SELECT count(*) FROM awaited_record"), 0);
    fixture_close(&fixture);
}

static void members_of_members_are_added_not_exchanged(void **state)
{
    OWNED_RECORD record = { 0 };

    (void)state;
    fixture_open(&fixture);
    bring(ADMISSION("\"order\":\"1-T\",\"date\":\"2024-08-24\""), "lists");
    bring(ADMISSION("\"points\":\"94.1\""), "admissions");
    record_of(FIXTURE_DILNOZA, &record);
    assert_json(json_object_get(record_profile(&record), "admission"),
                "{\"order\":\"1-T\",\"date\":\"2024-08-24\",\"points\":\"94.1\"}");
    fixture_close(&fixture);
}

static void hemis_and_a_list_share_a_contract_and_never_two(void **state)
{
    OWNED_RECORD record = { 0 };

    (void)state;
    fixture_open(&fixture);
    bring("[{\"number\":\"" FIXTURE_DILNOZA
          "\",\"parts\":{\"contract\":{\"number\":\"24/7\",\"payments\":[{\"sum\":5}],"
          "\"base\":9}}}]",
          "accounting");
    tells(FIXTURE_DILNOZA, HEMIS_CONTRACT, "{\"number\":\"24/7\",\"sum\":10,\"paid\":5}");
    record_of(FIXTURE_DILNOZA, &record);
    assert_json(record.parts[PART_CONTRACT],
                "{\"number\":\"24/7\",\"sum\":10,\"paid\":5,\"payments\":[{\"sum\":5}],\"base\":9}");
    assert_int_equal(ASKED("SELECT count(*) FROM record WHERE part = 'contract' AND source = 'hemis'"), 1);
    record_fini(&record);
    /* Payments are added to HEMIS's, whose part it stays. */
    bring("[{\"number\":\"" FIXTURE_DILNOZA "\",\"parts\":{\"contract\":{\"number\":\"24/7\",\"payments\":[{\"sum\":5},"
          "{\"sum\":1}]}}}]",
          "accounting");
    record = (Record){ 0 };
    record_of(FIXTURE_DILNOZA, &record);
    assert_json(record.parts[PART_CONTRACT], "{\"number\":\"24/7\",\"sum\":10,\"paid\":5,\"payments\":[{\"sum\":5},"
                                             "{\"sum\":1}],\"base\":9}");
    assert_int_equal(ASKED("SELECT count(*) FROM record WHERE part = 'contract' AND source = 'hemis'"), 1);
    record_fini(&record);
    /* The next year's is another contract: nothing of the last one stands beside it, whoever tells it first. */
    bring("[{\"number\":\"" FIXTURE_DILNOZA "\",\"parts\":{\"contract\":{\"number\":\"25/7\",\"payments\":[]}}}]",
          "accounting");
    record = (Record){ 0 };
    record_of(FIXTURE_DILNOZA, &record);
    assert_json(record.parts[PART_CONTRACT], "{\"number\":\"25/7\",\"payments\":[]}");
    record_fini(&record);
    tells(FIXTURE_DILNOZA, HEMIS_CONTRACT, "{\"number\":\"26/7\",\"sum\":12,\"paid\":0}");
    record = (Record){ 0 };
    record_of(FIXTURE_DILNOZA, &record);
    assert_json(record.parts[PART_CONTRACT], "{\"number\":\"26/7\",\"sum\":12,\"paid\":0}");
    fixture_close(&fixture);
}

static void a_lists_name_is_not_hemis_and_no_sentence(void **state)
{
    static const char *const names[] = { "hemis", "", "My list", "list;drop", "a-name-of-more-than-twenty-letters" };

    (void)state;
    fixture_open(&fixture);
    for (size_t i = 0; i < COUNT(names); i++) {
        OWNED(json_t) rows = parse("[{\"number\":\"" NEW "\",\"parts\":{" OWN_DORM "}}]");
        OwnListsCounts counts = { 0 };
        Error err = { 0 };

        assert_false(own_lists_take(fixture.office, rows, names[i], &counts, &err));
        assert_int_equal(err.code, ERR_ARGUMENT);
    }
    assert_int_equal(ASKED("SELECT count(*) FROM awaited_record"), 0);
    fixture_close(&fixture);
}

static void who_never_comes_is_forgotten_after_a_year(void **state)
{
    PurgeTaken due;
    Error err = { 0 };
    int64_t now_s;

    (void)state;
    fixture_open(&fixture);
    bring("[{\"number\":\"" NEW "\",\"parts\":{" OWN_DORM "}}]", "lists");
    now_s = fixture_clock(NULL) / 1000;
    assert_ok(purge_look(fixture.store, now_s + OWN_LISTS_KEPT_S - 1, &due, &err), err);
    assert_int_equal(due.rows[PURGE_AWAITED], 0);
    assert_ok(purge_look(fixture.store, now_s + OWN_LISTS_KEPT_S, &due, &err), err);
    assert_int_equal(due.rows[PURGE_AWAITED], 1);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_taken_or_refused),
        cmocka_unit_test(of_who_is_known_it_counts_at_once_and_later_lists_replace_earlier_ones),
        cmocka_unit_test(what_waited_enters_the_record_with_its_student),
        cmocka_unit_test(members_of_members_are_added_not_exchanged),
        cmocka_unit_test(hemis_and_a_list_share_a_contract_and_never_two),
        cmocka_unit_test(a_lists_name_is_not_hemis_and_no_sentence),
        cmocka_unit_test(who_never_comes_is_forgotten_after_a_year),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
