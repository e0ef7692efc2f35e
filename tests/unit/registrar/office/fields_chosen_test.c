/* What papers say of subjects that a student chose from a list of the record. */
#include "fields_fixture.h"

#include "wire/lists.h"

#define SHOWN "chosen.count chosen.credits chosen.sum chosen.rows[n,name,semester,credits,sum]"

static const Field questions[] = {
    { .id = "subjects", .kind = FIELD_SEVERAL, .from = "debts", .least = 1, .most = 9 },
};
static const Service retake = { .id = "retake", .fields = questions, .field_count = COUNT(questions) };

static const struct {
    const char *name;
    const char *answer; /* NULL: none yet */
    int64_t sums[2];    /* of the debts "math" (5 credits, semester 3) and "physics" (6, not told) */
    const char *missing, *count, *credits, *sum, *rows;
} cases[] = {
    { "one", "math", { 1000000, 1200000 }, "", "1", "5", "1 000 000", "1|Matematika|3|5|1 000 000" },
    { "both",
      "math,physics",
      { 1000000, 1200000 },
      "",
      "2",
      "11",
      "2 200 000",
      "1|Matematika|3|5|1 000 000;2|Fizika|–|6|1 200 000" },
    { "a sum that is not known makes no total",
      "math,physics",
      { 1000000, 0 },
      "chosen.sum",
      "2",
      "11",
      "(absent)",
      "1|Matematika|3|5|1 000 000;2|Fizika|–|6|–" },
    { "what is on the list no more", "chemistry", { 1, 1 }, "chosen.count", "(absent)", "(absent)", "(absent)", "" },
    { "nothing yet", NULL, { 1, 1 }, "", "(absent)", "(absent)", "(absent)", "" },
};

static void add_debt(Lists *lists, const char *id, const char *label, int credits, int semester, int64_t sum)
{
    ListItem *item = lists_add(lists);

    assert_non_null(item);
    str_copy_cut(str_from(id), item->id, sizeof item->id);
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        str_copy_cut(str_from(label), item->label[i], sizeof item->label[i]);
    item->credits = credits;
    item->semester = semester;
    item->sum = sum;
}

static void add_rows(Buf *said, const json_t *rows)
{
    static const char *const columns[] = { "n", "name", "semester", "credits", "sum" };
    size_t i;
    json_t *row;

    json_array_foreach((json_t *)(uintptr_t)rows, i, row)
    {
        for (size_t k = 0; k < COUNT(columns); k++) {
            char cell[160];

            plain(value(row, columns[k]), cell, sizeof cell);
            buf_add_format(said, "%s%s", k ? "|" : i ? ";" : "", cell);
        }
    }
}

static void expect(const char *name, const json_t *values, const char *field, const char *wanted)
{
    char seen[160];

    plain(value(values, field), seen, sizeof seen);
    if (strcmp(seen, wanted) != 0)
        fail_msg("%s: %s: %s", name, field, seen);
}

static void what_was_chosen_stands_there_with_its_sums(void **state)
{
    OWNED(json_t) parts = json_pack("{s:{}}", "profile");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Lists lists = { 0 };
        Answers answers = { 0 };
        BoundService bound;
        OWNED_RECORD record = record_of(parts);
        FieldSources sources = sources_of(&record);
        char missing[64];
        OWNED_BUF said;

        buf_init(&said, 4096);
        assert_true(lists_begin(&lists, "debts"));
        add_debt(&lists, "math", "Matematika", 5, 3, cases[i].sums[0]);
        add_debt(&lists, "physics", "Fizika", 6, 0, cases[i].sums[1]);
        service_bind(&retake, &lists, &bound);
        if (cases[i].answer)
            assert_true(answers_set(&answers, "subjects", str_from(cases[i].answer)));
        sources.service = &bound.service;
        sources.answers = cases[i].answer ? &answers : NULL;
        OWNED(json_t) values = show(&sources, SHOWN, LANGUAGE_UZ, missing);
        if (strcmp(missing, cases[i].missing) != 0)
            fail_msg("%s: %s is missing", cases[i].name, missing);
        expect(cases[i].name, values, "chosen.count", cases[i].count);
        expect(cases[i].name, values, "chosen.credits", cases[i].credits);
        expect(cases[i].name, values, "chosen.sum", cases[i].sum);
        add_rows(&said, json_object_get(values, "chosen.rows"));
        if (strcmp(buf_text(&said), cases[i].rows) != 0)
            fail_msg("%s: %s", cases[i].name, buf_text(&said));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_chosen_stands_there_with_its_sums),
    };

    return cmocka_run_group_tests(tests, bench_open, bench_close);
}
