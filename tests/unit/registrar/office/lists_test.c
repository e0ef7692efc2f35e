#include "fixture.h"

#include "registrar/office/lists.h"

#define NAMED(code, name) "{\"code\":\"" code "\",\"names\":{\"uz\":\"" name "\",\"en\":\"" name " (en)\"}}"

static const char results[] = "[{\"semester\":1,\"credits\":6,\"mark\":2,\"points\":40,\"subject\":" NAMED(
    "MAT-101",
    "Matematika") "},"
                  "{\"semester\":1,\"credits\":2,\"mark\":2,\"points\":40,\"kind\":\"coursework\",\"subject\":" NAMED(
                      "MAT-101",
                      "Kurs ishi") "},"
                                   "{\"semester\":2,\"credits\":4,\"mark\":4,\"points\":75,\"subject\":" NAMED(
                                       "FIZ102", "Fizika") "},"
                                                           "{\"semester\":3,\"credits\":5,\"mark\":2,\"points\":10,"
                                                           "\"subject\":{\"code\":\"X\"}},"
                                                           "{\"semester\":3,\"credits\":3,\"mark\":5,\"points\":90,"
                                                           "\"subject\":" NAMED("Ҳуқуқ 1", "Huquq") "}]";

/* A service whose one question chooses from this list. */
static Catalogue *asking(const char *list)
{
    OWNED_BUF text;
    Error err = { 0 };
    Catalogue *catalogue;

    buf_init(&text, 64u << 10);
    buf_add_text(&text, "{\"services\":[{\"id\":\"a\",\"group\":\"study\",\"icon\":\"doc\",\"order\":1,");
    for (int i = 0; i < 3; i++)
        buf_add_format(&text, "\"%s\":{\"uz\":\"a\",\"uz-Cyrl\":\"а\",\"ru\":\"а\",\"en\":\"a\"},",
                       (const char *const[]){ "titles", "help", "whom" }[i]);
    buf_add_format(
        &text,
        "\"for\":[],\"form\":[{\"id\":\"q\",\"type\":\"several\",\"from\":\"%s\",\"least\":1,\"most\":3,"
        "\"label\":{\"uz\":\"a\",\"uz-Cyrl\":\"а\",\"ru\":\"а\",\"en\":\"a\"}}],"
        "\"yields\":{\"application\":\"decision\"},\"through\":{\"units\":[\"front-office\"],"
        "\"hand_out\":\"window\",\"asks\":[]},\"source\":\"ours\",\"promise\":{\"working_hours\":8},\"fee\":0,"
        "\"limit\":{\"day\":3},\"repeat\":\"always\",\"bring\":[]}]}",
        list);
    catalogue = catalogue_parse(buf_str(&text), &err);
    if (!catalogue)
        fail_msg("%s", err.text);
    return catalogue;
}

static Record record_of(const char *profile, const char *part_json, RecordPart part)
{
    Record record = { .number = FIXTURE_DILNOZA };
    Error err = { 0 };

    record.parts[PART_PROFILE] = json_read(str_from(profile), &err);
    assert_non_null(record.parts[PART_PROFILE]);
    if (part_json) {
        record.parts[part] = json_read(str_from(part_json), &err);
        assert_non_null(record.parts[part]);
    }
    return record;
}

static void make(const OfficeFixture *fixture, const char *list, const Record *record, Lists *ret)
{
    OWNED(Catalogue) catalogue = asking(list);
    OWNED(Shelf) shelf = shelf_take(fixture->office);
    Error err = { 0 };

    *ret = (Lists){ 0 };
    assert_ok(lists_add_of(fixture->office, shelf, record, catalogue_at(catalogue, 0), ret, &err), err);
    assert_int_equal(ret->count, 1);
    assert_string_equal(ret->lists[0].name, list);
}

static void assert_ids(const Lists *lists, const char *ids)
{
    OWNED_BUF found;

    buf_init(&found, 4096);
    for (size_t i = 0; i < lists->item_count; i++)
        buf_add_format(&found, "%s%s", i ? " " : "", lists->items[i].id);
    assert_string_equal(buf_text(&found), ids);
}

static const char profile[] =
    "{\"semester\":3,\"entry_year\":2024,\"group\":\"KI-24-1\",\"programme\":{\"code\":\"1\"}}";

static void test_lists(void **state)
{
    static Lists lists;
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    OWNED_RECORD record = record_of(profile, results, PART_RESULTS);
    make(&fixture, "results", &record, &lists);
    assert_ids(&lists, "mat-101-1 mat-101-1-2 fiz102-2 -----------1-3"); /* what has no name can't be chosen */
    assert_string_equal(lists.items[0].label[LANGUAGE_FIRST], "Matematika");
    assert_int_equal(lists.items[2].credits, 4);
    assert_int_equal(lists.items[2].semester, 2);
    assert_int_equal(lists.items[2].sum, 0);

    make(&fixture, "debts", &record, &lists);
    assert_ids(&lists, "mat-101-1 mat-101-1-2");
    assert_int_equal(lists.items[0].sum, 0); /* nobody knows what a year costs */
    record.parts[PART_CONTRACT] = json_pack("{s:i}", "sum", 12000000);
    make(&fixture, "debts", &record, &lists);
    assert_int_equal(lists.items[0].sum, 12000000 / 60 * 6);
    assert_int_equal(lists.items[1].sum, 12000000 / 60 * 2);

    make(&fixture, "semesters", &record, &lists);
    assert_ids(&lists, "1 2 3");
    assert_string_equal(lists.items[2].label[LANGUAGE_FIRST], "3-semestr");

    make(&fixture, "electives", &record, &lists);
    assert_ids(&lists, ""); /* there, and empty */
    record_fini(&record);
    fixture_close(&fixture);
}

static void test_parts_of_the_semester(void **state)
{
    static Lists lists;
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    OWNED_RECORD assessed = record_of(
        profile, "{\"rows\":[{\"credits\":6,\"subject\":" NAMED("OPT301", "Optika") "},{\"credits\":5},7,null]}",
        PART_ASSESSMENTS);
    make(&fixture, "subjects", &assessed, &lists);
    assert_ids(&lists, "opt301-3");
    OWNED_RECORD taught = record_of(profile,
                                    "{\"rows\":[{\"subject\":" NAMED("OPT301", "Optika") "},{\"subject\":" NAMED(
                                        "OPT301", "Optika") "},{\"subject\":" NAMED("KOT301", "Tarmoqlar") "}]}",
                                    PART_SCHEDULE);
    make(&fixture, "subjects", &taught, &lists);
    assert_ids(&lists, "opt301-3 kot301-3");
    OWNED_RECORD offered = record_of(
        profile,
        "[{\"semester\":4,\"credits\":5,\"subject\":" NAMED("MOB301", "Mobil") "},{\"semester\":\"4\",\"subject\":7}]",
        PART_ELECTIVES);
    make(&fixture, "electives", &offered, &lists);
    assert_ids(&lists, "mob301-4");
    assert_int_equal(lists.items[0].credits, 5);
    fixture_close(&fixture);
}

/* More than fit are left out, none is written over another. */
static void test_bounds(void **state)
{
    static Lists lists;
    OfficeFixture fixture;
    json_t *rows = json_array();

    (void)state;
    fixture_open(&fixture);
    for (int i = 0; i < LIST_ITEMS_MOST + 20; i++)
        json_array_append_new(rows,
                              json_pack("{s:i, s:i, s:{s:s, s:{s:s}}}", "semester", 4, "credits", 5, "subject", "code",
                                        "A-VERY-LONG-CODE-OF-A-SUBJECT-THAT-NOBODY-HAS-SEEN", "names", "uz", "a"));
    OWNED_RECORD record = record_of(profile, NULL, PART_ELECTIVES);
    record.parts[PART_ELECTIVES] = rows;
    make(&fixture, "electives", &record, &lists);
    assert_int_equal(lists.item_count, LIST_ITEMS_MOST);
    for (size_t i = 0; i < LIST_ITEMS_MOST; i++)
        for (size_t k = i + 1; k < LIST_ITEMS_MOST; k++)
            assert_string_not_equal(lists.items[i].id, lists.items[k].id);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_parts_of_the_semester),
        cmocka_unit_test(test_bounds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
