/* Marks and what follows from them, against examples that were worked out by hand; each says by which rule. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "registrar/office/marks.h"
#include "test.h"

static MarkRules rules_of(const char *json)
{
    json_t *read = json_loads(json, 0, NULL);
    Error err = { 0 };
    MarkRules rules;

    assert_non_null(read);
    assert_ok(marks_rules_read(read, &rules, &err), err);
    json_decref(read);
    return rules;
}

/* "credits:mark", or "credits@points", "credits:mark@points", "credits" for no record; a comma between two. */
static json_t *rows_of(const char *words)
{
    json_t *rows = json_array();
    Str rest = str_from(words);

    while (rest.len > 0) {
        Str one = str_split(&rest, ',');
        Str credits = { one.ptr, 0 };
        json_t *row = json_pack("{s:i, s:s, s:i}", "semester", 1, "academic_year", "2024/2025", "hours", 120);
        uint64_t number;

        while (credits.len < one.len && one.ptr[credits.len] != ':' && one.ptr[credits.len] != '@')
            credits.len++;
        assert_true(str_to_u64(credits, 0, 240, &number));
        json_object_set_new(row, "credits", json_integer((json_int_t)number));
        one = (Str){ one.ptr + credits.len, one.len - credits.len };
        if (one.len > 1 && one.ptr[0] == ':') {
            json_object_set_new(row, "mark", json_integer(one.ptr[1] - '0'));
            one = (Str){ one.ptr + 2, one.len - 2 };
        }
        if (one.len > 1)
            json_object_set_new(row, "points", json_stringn(one.ptr + 1, one.len - 1));
        json_array_append_new(rows, row);
    }
    return rows;
}

static Results results_of(const MarkRules *rules, const char *words)
{
    json_t *rows = rows_of(words);
    Results results;
    Error err = { 0 };

    assert_ok(results_read(rules, rows, &results, &err), err);
    json_decref(rows);
    return results;
}

/* HEMIS, rating grades of its seed data; 90/75/60/50 of one institution. */
static void points_have_the_mark_of_their_system(void **state)
{
    static const struct {
        const char *system;
        int points_x100, mark;
    } cases[] = {
        { "credit", 10000, 5 }, { "credit", 9000, 5 },      { "credit", 8999, 4 },      { "credit", 7000, 4 },
        { "credit", 6999, 3 },  { "credit", 6000, 3 },      { "credit", 5999, 2 },      { "credit", 0, 2 },
        { "rating", 8600, 5 },  { "rating", 8599, 4 },      { "rating", 7100, 4 },      { "rating", 7099, 3 },
        { "rating", 5500, 3 },  { "rating", 5499, 2 },      { "90-75-60-50", 9000, 5 }, { "90-75-60-50", 8999, 4 },
        { "five", 500, 5 },     { "90-75-60-50", 7500, 4 }, { "90-75-60-50", 7499, 3 }, { "90-75-60-50", 6000, 3 },
        { "five", 400, 4 },     { "90-75-60-50", 5999, 2 }, { "90-75-60-50", 4999, 2 }, { "five", 299, 2 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char json[64];

        (void)snprintf(json, sizeof json, "{\"system\":\"%s\"}", cases[i].system);
        MarkRules rules = rules_of(json);
        if (marks_of_points(&rules, cases[i].points_x100) != cases[i].mark)
            fail_msg("%s: %d hundredths of a point", cases[i].system, cases[i].points_x100);
    }
}

/* GPA = sum(credit x mark) / sum(credit), a subject without a record 0: HEMIS's GPA job (one decimal), its transcript
 * (two).  Worked by hand:
 *   6x5 + 5x4 + 4x3 = 62, by 15 is 4.1333
 *   19x4 + 1x3 = 79, by 20 is 3.95 exactly: a half, so 4.0
 *   189x4 + 11x3 = 789, by 200 is 3.945 exactly: 3.95 with two decimals, and 3.9, not 4.0, with one
 *   5x4 + 5x0 = 20, by 10 is 2
 *   7x2 + 13x3 = 53, by 20 is 2.65
 *   3x5 + 3x4 + 1x4 = 31, by 7 is 4.428571... */
static void averages_are_rounded_once(void **state)
{
    static const struct {
        const char *name, *rows;
        int x10, x100, credits, earned, debts, debt_credits;
    } cases[] = {
        { "no subject at all", "", 0, 0, 0, 0, 0, 0 },
        { "three subjects", "6:5,5:4,4:3", 41, 413, 15, 15, 0, 0 },
        { "a half of a tenth", "19:4,1:3", 40, 395, 20, 20, 0, 0 },
        { "a half of a hundredth", "189:4,11:3", 39, 395, 200, 200, 0, 0 },
        { "no record of one", "5:4,5", 20, 200, 10, 5, 1, 5 },
        { "one failed", "7:2,13:3", 27, 265, 20, 13, 1, 7 },
        { "all failed", "6:2,6:2,6:2,6:2,6:2", 20, 200, 30, 0, 5, 30 },
        { "no record of any", "6,6", 0, 0, 12, 0, 2, 12 },
        { "all best", "6:5,4:5", 50, 500, 10, 10, 0, 0 },
        { "sevenths", "3:5,3:4,1:4", 44, 443, 7, 7, 0, 0 },
        { "a subject without credits", "0:2,5:4", 40, 400, 5, 5, 1, 0 },
        { "nothing but subjects without credits", "0:5", 0, 0, 0, 0, 0, 0 },
        { "marks from points", "5@90,5@89.9,5@60,5@59.99", 35, 350, 20, 15, 1, 5 },
    };
    MarkRules rules = marks_default();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_RESULTS results = results_of(&rules, cases[i].rows);
        MarkSum sum = marks_sum(&results);

        if (marks_gpa_x10(&sum) != cases[i].x10 || marks_gpa_x100(&sum) != cases[i].x100)
            fail_msg("%s: %d, %d", cases[i].name, marks_gpa_x10(&sum), marks_gpa_x100(&sum));
        if (sum.credits != cases[i].credits || sum.credits_earned != cases[i].earned)
            fail_msg("%s: %d credits, %d earned", cases[i].name, sum.credits, sum.credits_earned);
        if (sum.debts != cases[i].debts || sum.debt_credits != cases[i].debt_credits)
            fail_msg("%s: %d debts of %d credits", cases[i].name, sum.debts, sum.debt_credits);
    }
}

/* 45 x (5x5) + 45 x (5x4) = 2025, by 450 is 4.5. */
static void ninety_subjects(void **state)
{
    MarkRules rules = marks_default();
    OWNED_BUF rows;

    (void)state;
    buf_init(&rows, 4096);
    for (int i = 0; i < 90; i++)
        buf_add_format(&rows, "%s5:%d", i ? "," : "", 4 + i % 2);
    OWNED_RESULTS results = results_of(&rules, buf_text(&rows));
    MarkSum sum = marks_sum(&results);

    assert_int_equal(sum.subjects, 90);
    assert_int_equal(sum.credits, 450);
    assert_int_equal(sum.product, 2025);
    assert_int_equal(sum.hours, 90 * 120);
    assert_int_equal(marks_gpa_x100(&sum), 450);
}

/* HEMIS: below its system's limit; API, student-debt-stats: "total_point < limit or grade < 3". */
static void a_debt_is_a_bad_mark_or_too_few_points(void **state)
{
    static const struct {
        const char *system, *row;
        bool passed;
    } cases[] = {
        { "credit", "5:3@60", true }, { "credit", "5:3@58", false },    { "credit", "5:2@60", false },
        { "credit", "5:3", true },    { "credit", "5:2", false },       { "credit", "5", false },
        { "credit", "5:0@75", true }, { "rating", "5:3@58", true },     { "rating", "5:3@54.5", false },
        { "rating", "5@55", true },   { "90-75-60-50", "5@55", false }, { "five", "5@3", true },
        { "five", "5@2", false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char json[64];

        (void)snprintf(json, sizeof json, "{\"system\":\"%s\"}", cases[i].system);
        MarkRules rules = rules_of(json);
        OWNED_RESULTS results = results_of(&rules, cases[i].row);
        if (results.items[0].passed != cases[i].passed)
            fail_msg("%s: %s", cases[i].system, cases[i].row);
    }
}

/* Resolution 824; HEMIS: can_transfer = gpa >= limit, with the one decimal that it keeps.
 * 13x2 + 7x3 = 47, by 20 is 2.35: kept as 2.4.  33x2 + 17x3 = 117, by 50 is 2.34: kept as 2.3. */
static void promotion_goes_by_the_decimal_that_is_kept(void **state)
{
    static const struct {
        const char *rules, *rows;
        int gpa_x10;
        bool meets;
    } cases[] = {
        { "{}", "13:2,7:3", 24, true },
        { "{}", "33:2,17:3", 23, false },
        { "{\"gpa_limit\":\"2.5\"}", "13:2,7:3", 24, false },
        { "{\"gpa_limit\":3}", "5:3", 30, true },
        { "{\"gpa_limit\":3.0}", "20:3,1:2", 30, true }, /* 62 / 21 = 2.952 */
        { "{}", "", 0, false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        MarkRules rules = rules_of(cases[i].rules);
        OWNED_RESULTS results = results_of(&rules, cases[i].rows);
        int gpa_x10;

        assert_int_equal(marks_promotes(&rules, &results, &gpa_x10), cases[i].meets);
        assert_int_equal(gpa_x10, cases[i].gpa_x10);
    }
}

static const char two_years[] = "[{\"semester\":1,\"academic_year\":\"2024/2025\",\"credits\":6,\"mark\":2},"
                                "{\"semester\":2,\"academic_year\":\"2024/2025\",\"credits\":6,\"mark\":2},"
                                "{\"semester\":4,\"academic_year\":\"2025/2026\",\"credits\":6,\"mark\":4},"
                                "{\"semester\":3,\"academic_year\":\"2025/2026\",\"credits\":2,\"mark\":5}]";

/* 12x2 = 24, by 12 is 2.  6x4 + 2x5 = 34, by 8 is 4.25.  Both: 58 by 20 is 2.9. */
static void years_and_semesters_have_averages_of_their_own(void **state)
{
    json_t *rows = json_loads(two_years, 0, NULL);
    MarkRules rules = marks_default(), all = rules_of("{\"method\":\"all_year\",\"gpa_limit\":\"3.0\"}");
    int semesters[MARK_SEMESTERS_MOST], gpa_x10;
    Error err = { 0 };
    OWNED_RESULTS results = { 0 };

    (void)state;
    assert_ok(results_read(&rules, rows, &results, &err), err);
    json_decref(rows);
    assert_int_equal(marks_semesters(&results, semesters), 4);
    assert_int_equal(semesters[3], 4);
    assert_string_equal(marks_last_year(&results), "2025/2026");
    MarkSum sum = marks_sum_year(&results, "2024/2025", false);
    assert_int_equal(marks_gpa_x100(&sum), 200);
    assert_int_equal(sum.debts, 2);
    sum = marks_sum_year(&results, "2025/2026", false);
    assert_int_equal(marks_gpa_x100(&sum), 425);
    sum = marks_sum_year(&results, "2025/2026", true);
    assert_int_equal(marks_gpa_x100(&sum), 290);
    sum = marks_sum_semester(&results, 3);
    assert_int_equal(marks_gpa_x100(&sum), 500);
    assert_true(marks_promotes(&rules, &results, &gpa_x10));
    assert_int_equal(gpa_x10, 43);
    assert_false(marks_promotes(&all, &results, &gpa_x10));
    assert_int_equal(gpa_x10, 29);
}

/* Resolution 824: in proportion to the credits of the base contract, 60 a year.  14 500 000 x 5 / 60 = 1 208 333.33;
 * x 4 = 966 666.67; x 6 = 1 450 000.  6 000 030 / 60 = 100 000.5. */
static void retakes_are_paid_by_credits(void **state)
{
    static const struct {
        const char *rules;
        int64_t base;
        int credits;
        int64_t fee;
    } cases[] = {
        { "{}", 14500000, 5, 1208333 },
        { "{}", 14500000, 4, 966667 },
        { "{}", 14500000, 6, 1450000 },
        { "{}", 14500000, 60, 14500000 },
        { "{}", 6000030, 1, 100001 },
        { "{}", 14500000, 0, 0 },
        { "{}", 0, 5, 0 },
        { "{\"fee_step\":1000}", 14500000, 5, 1208000 },
        { "{\"fee_step\":1000}", 14500000, 4, 967000 },
        { "{\"contract_credits\":30}", 14500000, 5, 2416667 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        MarkRules rules = rules_of(cases[i].rules);
        int64_t fee = marks_retake_fee(&rules, cases[i].base, cases[i].credits);

        if (fee != cases[i].fee)
            fail_msg("%zu: %lld", i, (long long)fee);
    }
    MarkRules rules = marks_default();
    OWNED_RESULTS results = results_of(&rules, "5:2,6:5,5");
    assert_int_equal(marks_retake_fees(&rules, 14500000, &results), 2 * 1208333); /* not 2 416 667: the rows add up */
}

/* HEMIS, the legend of its transcript. */
static void averages_have_letters(void **state)
{
    static const struct {
        int gpa_x100;
        const char *letter;
    } cases[] = { { 500, "A+" }, { 451, "A+" }, { 450, "A" },  { 426, "A" }, { 425, "B+" }, { 401, "B+" }, { 400, "B" },
                  { 351, "B" },  { 350, "C+" }, { 326, "C+" }, { 325, "C" }, { 300, "C" },  { 299, "" },   { 0, "" } };
    MarkRules rules = marks_default();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(marks_letter(&rules, cases[i].gpa_x100), cases[i].letter);
}

static void beside_the_figures_of_hemis(void **state)
{
    static const struct {
        const char *name, *gpa;
        size_t count;
        bool differs;
    } cases[] = {
        { "the same, as text",
          "{\"academic_year\":\"2025/2026\",\"gpa\":\"4.3\",\"credits\":\"8\",\"subjects\":2,\"debts\":0,"
          "\"can_transfer\":true,\"method\":\"one_year\"}",
          1, false },
        { "the same, of all years", "{\"academic_year\":\"2025/2026\",\"gpa\":2.9,\"method\":\"all_year\"}", 1, false },
        { "another average", "{\"academic_year\":\"2025/2026\",\"gpa\":\"4.2\"}", 1, true },
        { "another number of credits", "{\"academic_year\":\"2025/2026\",\"gpa\":\"4.3\",\"credits\":9}", 1, true },
        { "another number of debts", "{\"academic_year\":\"2024/2025\",\"gpa\":\"2.0\",\"debts\":1}", 1, true },
        { "another promotion", "{\"academic_year\":\"2024/2025\",\"gpa\":2,\"can_transfer\":true}", 1, true },
        { "nothing said but the year", "{\"academic_year\":\"2024/2025\"}", 1, false },
        { "a year without results of ours", "{\"academic_year\":\"2023/2024\",\"gpa\":\"4.0\"}", 0, false },
        { "no row that can be read", "7", 0, false },
    };
    json_t *rows = json_loads(two_years, 0, NULL);
    MarkRules rules = marks_default();
    OWNED_RESULTS results = { 0 };
    Error err = { 0 };

    (void)state;
    assert_ok(results_read(&rules, rows, &results, &err), err);
    json_decref(rows);
    for (size_t i = 0; i < COUNT(cases); i++) {
        MarkComparison found[MARK_YEARS_MOST];
        json_t *profile = json_pack("{s:[o]}", "gpa", json_loads(cases[i].gpa, JSON_DECODE_ANY, NULL));
        size_t count = marks_compare(&rules, &results, profile, found);

        if (count != cases[i].count || (count && found[0].differs != cases[i].differs))
            fail_msg("%s", cases[i].name);
        json_decref(profile);
    }
}

static void what_is_no_rule_is_refused(void **state)
{
    static const struct {
        const char *json, *words;
    } cases[] = {
        { "7", "marking: an object" },
        { "{\"sistem\":\"credit\"}", "marking.sistem" },
        { "{\"system\":\"twelve\"}", "no marking system twelve" },
        { "{\"system\":5}", "that is no text" },
        { "{\"bands\":[]}", "bands:" },
        { "{\"bands\":[{\"from\":90,\"mark\":5},{\"from\":95,\"mark\":4},{\"from\":0,\"mark\":2}]}", "bands[1]" },
        { "{\"bands\":[{\"from\":90,\"mark\":4},{\"from\":60,\"mark\":5},{\"from\":0,\"mark\":2}]}", "bands[1]" },
        { "{\"bands\":[{\"from\":90,\"mark\":6},{\"from\":0,\"mark\":2}]}", "bands[0]" },
        { "{\"bands\":[{\"from\":90,\"mark\":5},{\"from\":60,\"mark\":3}]}", "bands[1].from: the last one" },
        { "{\"bands\":[{\"from\":190,\"mark\":5},{\"from\":0,\"mark\":3}]}", "above points_most" },
        { "{\"letters\":[{\"from\":4,\"letter\":\"A\"},{\"from\":4.5,\"letter\":\"B\"}]}", "letters[1]" },
        { "{\"letters\":[{\"from\":4,\"letter\":\"\"}]}", "letters[0]" },
        { "{\"gpa_limit\":\"2.3\"}", "gpa_limit: 2.4 to 3.0" },
        { "{\"gpa_limit\":\"3.01\"}", "gpa_limit: 2.4 to 3.0" },
        { "{\"method\":\"years\"}", "method" },
        { "{\"contract_credits\":0}", "contract_credits" },
        { "{\"fee_step\":0}", "fee_step" },
        { "{\"debt_below\":101}", "debt_below" },
        { "{\"points_most\":0}", "points_most" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        json_t *json = json_loads(cases[i].json, JSON_DECODE_ANY, NULL);
        MarkRules rules;
        Error err = { 0 };

        assert_non_null(json);
        assert_refused(marks_rules_read(json, &rules, &err), ERR_FORMAT, err);
        if (!strstr(err.text, cases[i].words))
            fail_msg("%s: %s", cases[i].json, err.text);
        json_decref(json);
    }
}

static void what_cannot_be_counted_is_refused(void **state)
{
    static const struct {
        const char *json, *words;
    } cases[] = {
        { "{}", "no list" },
        { "[{\"semester\":1,\"credits\":5,\"mark\":4},{\"credits\":5}]", "results[1].semester" },
        { "[{\"semester\":1}]", "results[0].credits" },
        { "[{\"semester\":1,\"credits\":2.5}]", "results[0].credits" },
        { "[{\"semester\":1,\"credits\":-1}]", "results[0].credits" },
        { "[{\"semester\":1,\"credits\":9223372036854775807}]", "results[0].credits" },
        { "[{\"semester\":1,\"credits\":5,\"points\":101}]", "results[0].points" },
        { "[{\"semester\":1,\"credits\":5,\"mark\":6}]", "results[0].mark" },
        { "[{\"semester\":1,\"credits\":5,\"mark\":\"good\"}]", "results[0].mark" },
        { "[{\"semester\":1,\"credits\":5,\"kind\":\"play\"}]", "results[0].kind" },
        { "[7]", "results[0].semester" },
    };
    MarkRules rules = marks_default();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        json_t *json = json_loads(cases[i].json, 0, NULL);
        Results results;
        Error err = { 0 };

        assert_refused(results_read(&rules, json, &results, &err), ERR_FORMAT, err);
        if (!strstr(err.text, cases[i].words))
            fail_msg("%s: %s", cases[i].json, err.text);
        json_decref(json);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_have_the_mark_of_their_system),
        cmocka_unit_test(averages_are_rounded_once),
        cmocka_unit_test(ninety_subjects),
        cmocka_unit_test(a_debt_is_a_bad_mark_or_too_few_points),
        cmocka_unit_test(promotion_goes_by_the_decimal_that_is_kept),
        cmocka_unit_test(years_and_semesters_have_averages_of_their_own),
        cmocka_unit_test(retakes_are_paid_by_credits),
        cmocka_unit_test(averages_have_letters),
        cmocka_unit_test(beside_the_figures_of_hemis),
        cmocka_unit_test(what_is_no_rule_is_refused),
        cmocka_unit_test(what_cannot_be_counted_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
