#include "registrar/office/marks.h"

#include <string.h>

#include "base/memory.h"
#include "base/str.h"

#define CREDITS_MOST 240 /* of one subject: a whole programme's */
#define HOURS_MOST   20000
#define BASE_MOST    INT64_C(1000000000000)

/* --- numbers ----------------------------------------------------------------------------------------------------- */

static bool digits_x100(Str text, int *ret)
{
    Str rest = text;
    Str whole = str_split(&rest, '.');
    uint64_t units, hundredths = 0;

    if (!str_to_u64(whole, 0, 100000, &units) || (rest.ptr && !str_to_u64(rest, 0, 99, &hundredths)) || rest.len > 2)
        return false;
    *ret = (int)(units * 100 + (rest.len == 1 ? hundredths * 10 : hundredths));
    return true;
}

/* HEMIS writes the same figure as a number or as text, by its version: 87, 86.5, "86.50".  In hundredths. */
static bool read_x100(const json_t *json, int *ret)
{
    if (json_is_integer(json)) {
        json_int_t value = json_integer_value(json);

        if (value < 0 || value > 100000)
            return false;
        *ret = (int)value * 100;
        return true;
    }
    if (json_is_real(json)) { /* the nearest hundredth: 86.55 is no number that a double can be */
        double value = json_real_value(json);

        if (!(value >= 0 && value <= 100000))
            return false;
        *ret = (int)(value * 100 + 0.5);
        return true;
    }
    return json_is_string(json) && digits_x100(str_from(json_string_value(json)), ret);
}

/* A whole number, also where it is written "5.0". */
static bool read_whole(const json_t *json, int least, int most, int *ret)
{
    int x100;

    if (!read_x100(json, &x100) || x100 % 100 != 0 || x100 / 100 < least || x100 / 100 > most)
        return false;
    *ret = x100 / 100;
    return true;
}

static bool is_absent(const json_t *json)
{
    return !json || json_is_null(json) || (json_is_string(json) && json_string_length(json) == 0);
}

/* product / by, halves up. */
static int64_t divide(int64_t product, int64_t by)
{
    return by > 0 ? (2 * product + by) / (2 * by) : 0;
}

/* --- rules ------------------------------------------------------------------------------------------------------- */

/* HEMIS, seed data: rating grades of its marking systems 11, 12, 13; the last one: facts of one institution. */
static const struct {
    const char *name;
    MarkBand bands[MARK_BANDS_MOST];
    size_t count;
    int points_most, debt_below_x100;
} systems[] = {
    { "credit", { { 9000, 5 }, { 7000, 4 }, { 6000, 3 }, { 0, 2 } }, 4, 100, 6000 },
    { "rating", { { 8600, 5 }, { 7100, 4 }, { 5500, 3 }, { 0, 2 } }, 4, 100, 5500 },
    { "90-75-60-50", { { 9000, 5 }, { 7500, 4 }, { 6000, 3 }, { 5000, 2 }, { 0, 2 } }, 5, 100, 6000 },
    { "five", { { 500, 5 }, { 400, 4 }, { 300, 3 }, { 0, 2 } }, 4, 5, 300 },
};

/* HEMIS, the legend that its transcript prints; its ranges are read by where each begins. */
static const MarkLetter hemis_letters[] = { { 451, "A+" }, { 426, "A" },  { 401, "B+" },
                                            { 351, "B" },  { 326, "C+" }, { 300, "C" } };

static bool take_system(const char *name, MarkRules *rules)
{
    for (size_t i = 0; name && i < COUNT(systems); i++) {
        if (strcmp(systems[i].name, name) != 0)
            continue;
        str_copy_cut(str_from(name), rules->system, sizeof rules->system);
        memcpy(rules->bands, systems[i].bands, sizeof rules->bands);
        rules->band_count = systems[i].count;
        rules->points_most = systems[i].points_most;
        rules->debt_below_x100 = systems[i].debt_below_x100;
        return true;
    }
    return false;
}

MarkRules marks_default(void)
{
    MarkRules rules = { .gpa_limit_x100 = 240, .contract_credits = 60, .fee_step = 1 };

    (void)take_system("credit", &rules);
    memcpy(rules.letters, hemis_letters, sizeof hemis_letters);
    rules.letter_count = COUNT(hemis_letters);
    return rules;
}

static bool read_system(const json_t *json, MarkRules *rules, Error *err)
{
    const char *name = json_string_value(json);

    if (take_system(name, rules))
        return true;
    return error_set(err, ERR_FORMAT, "there is no marking system %.20s: credit, rating, 90-75-60-50, five",
                     name ? name : "that is no text");
}

static bool read_bands(const json_t *json, MarkRules *rules, Error *err)
{
    size_t count = json_array_size(json);

    if (count < 2 || count > MARK_BANDS_MOST)
        return error_set(err, ERR_FORMAT, "bands: 2 to %d of {from, mark}, the best first", MARK_BANDS_MOST);
    for (size_t i = 0; i < count; i++) {
        const json_t *band = json_array_get(json, i);
        MarkBand *ret = &rules->bands[i];

        if (!read_x100(json_object_get(band, "from"), &ret->points_x100) ||
            !read_whole(json_object_get(band, "mark"), MARK_FAILS, MARK_BEST, &ret->mark))
            return error_set(err, ERR_FORMAT, "bands[%zu]: {\"from\": points, \"mark\": 2 to 5}", i);
        if (i > 0 && (ret->points_x100 >= rules->bands[i - 1].points_x100 || ret->mark > rules->bands[i - 1].mark))
            return error_set(err, ERR_FORMAT, "bands[%zu]: each begins lower than the one before, and is no better", i);
    }
    if (rules->bands[count - 1].points_x100 != 0)
        return error_set(err, ERR_FORMAT, "bands[%zu].from: the last one begins at 0", count - 1);
    rules->band_count = count;
    return true;
}

static bool read_letters(const json_t *json, MarkRules *rules, Error *err)
{
    size_t count = json_array_size(json);

    if (!json_is_array(json) || count > MARK_LETTERS_MOST)
        return error_set(err, ERR_FORMAT, "letters: at most %d of {from, letter}, the best first", MARK_LETTERS_MOST);
    for (size_t i = 0; i < count; i++) {
        const json_t *letter = json_array_get(json, i);
        const char *text = json_string_value(json_object_get(letter, "letter"));
        MarkLetter *ret = &rules->letters[i];

        if (!read_x100(json_object_get(letter, "from"), &ret->gpa_x100) || !text || !text[0] ||
            !str_copy(str_from(text), ret->letter, sizeof ret->letter))
            return error_set(err, ERR_FORMAT, "letters[%zu]: {\"from\": \"4.51\", \"letter\": \"A+\"}", i);
        if (i > 0 && ret->gpa_x100 >= rules->letters[i - 1].gpa_x100)
            return error_set(err, ERR_FORMAT, "letters[%zu]: each begins lower than the one before", i);
    }
    rules->letter_count = count;
    return true;
}

static bool read_debt_below(const json_t *json, MarkRules *rules, Error *err)
{
    return (read_x100(json, &rules->debt_below_x100) && rules->debt_below_x100 <= 10000) ||
           error_set(err, ERR_FORMAT, "debt_below: points, 0 to 100");
}

static bool read_points_most(const json_t *json, MarkRules *rules, Error *err)
{
    return read_whole(json, 1, 1000, &rules->points_most) ||
           error_set(err, ERR_FORMAT, "points_most: the most points that there are, 1 to 1000");
}

static bool read_gpa_limit(const json_t *json, MarkRules *rules, Error *err)
{
    return (read_x100(json, &rules->gpa_limit_x100) && rules->gpa_limit_x100 >= 240 && rules->gpa_limit_x100 <= 300) ||
           error_set(err, ERR_FORMAT, "gpa_limit: 2.4 to 3.0, as resolution 824 has it");
}

static bool read_method(const json_t *json, MarkRules *rules, Error *err)
{
    const char *method = json_string_value(json);

    if (!method || (strcmp(method, "one_year") != 0 && strcmp(method, "all_year") != 0))
        return error_set(err, ERR_FORMAT, "method: one_year or all_year");
    rules->all_years = strcmp(method, "all_year") == 0;
    return true;
}

static bool read_contract_credits(const json_t *json, MarkRules *rules, Error *err)
{
    return read_whole(json, 1, CREDITS_MOST, &rules->contract_credits) ||
           error_set(err, ERR_FORMAT, "contract_credits: what a year's contract pays for, 1 to %d", CREDITS_MOST);
}

static bool read_fee_step(const json_t *json, MarkRules *rules, Error *err)
{
    int step;

    if (!json_is_integer(json) || !read_whole(json, 1, 1000, &step))
        return error_set(err, ERR_FORMAT, "fee_step: whole so'm, 1 to 1000");
    rules->fee_step = step;
    return true;
}

/* In this order: what names a system stands under what changes it. */
static const struct {
    const char *name;
    bool (*read)(const json_t *json, MarkRules *rules, Error *err);
} members[] = {
    { "system", read_system },           { "bands", read_bands },
    { "points_most", read_points_most }, { "debt_below", read_debt_below },
    { "letters", read_letters },         { "gpa_limit", read_gpa_limit },
    { "method", read_method },           { "contract_credits", read_contract_credits },
    { "fee_step", read_fee_step },
};

static bool member_known(const char *name)
{
    for (size_t i = 0; i < COUNT(members); i++)
        if (!strcmp(members[i].name, name))
            return true;
    return false;
}

bool marks_rules_read(const json_t *json, MarkRules *ret, Error *err)
{
    MarkRules rules = marks_default();
    const char *key;
    json_t *value;

    if (json && !json_is_object(json))
        return error_set(err, ERR_FORMAT, "marking: an object");
    json_object_foreach((json_t *)(uintptr_t)json, key, value)
    {
        if (!member_known(key))
            return error_set(err, ERR_FORMAT, "marking.%.20s: there is no such member", key);
    }
    for (size_t i = 0; i < COUNT(members); i++) {
        const json_t *member = json_object_get(json, members[i].name);

        if (member && !members[i].read(member, &rules, err))
            return error_add(err, "marking");
    }
    if (rules.bands[0].points_x100 > rules.points_most * 100)
        return error_set(err, ERR_FORMAT, "marking: the best mark begins above points_most");
    *ret = rules;
    return true;
}

int marks_of_points(const MarkRules *rules, int points_x100)
{
    for (size_t i = 0; i < rules->band_count; i++)
        if (points_x100 >= rules->bands[i].points_x100)
            return rules->bands[i].mark;
    return MARK_FAILS;
}

const char *marks_letter(const MarkRules *rules, int gpa_x100)
{
    for (size_t i = 0; i < rules->letter_count; i++)
        if (gpa_x100 >= rules->letters[i].gpa_x100)
            return rules->letters[i].letter;
    return "";
}

/* --- results ----------------------------------------------------------------------------------------------------- */

static bool read_kind(const json_t *json, ResultKind *ret)
{
    static const char *const words[] = { [RESULT_SUBJECT] = "11",
                                         [RESULT_COURSEWORK] = "coursework",
                                         [RESULT_PRACTICE] = "practice",
                                         [RESULT_ATTESTATION] = "attestation" };

    *ret = RESULT_SUBJECT;
    if (is_absent(json))
        return true;
    for (size_t i = 0; i < COUNT(words); i++)
        if (json_is_string(json) && !strcmp(json_string_value(json), words[i])) {
            *ret = (ResultKind)i;
            return true;
        }
    return false;
}

/* NULL: it can be counted; else the member that keeps it from being. */
static const char *read_result(const MarkRules *rules, const json_t *row, Result *ret)
{
    const json_t *points = json_object_get(row, "points"), *mark = json_object_get(row, "mark");
    const char *year = json_string_value(json_object_get(row, "academic_year"));

    *ret = (Result){ .row = row, .points_x100 = -1, .academic_year = year ? year : "" };
    if (!read_kind(json_object_get(row, "kind"), &ret->kind))
        return "kind";
    if (!read_whole(json_object_get(row, "semester"), 1, MARK_SEMESTERS_MOST, &ret->semester))
        return "semester";
    if (!read_whole(json_object_get(row, "credits"), 0, CREDITS_MOST, &ret->credits))
        return "credits";
    if (!is_absent(points) && (!read_x100(points, &ret->points_x100) || ret->points_x100 > rules->points_most * 100))
        return "points";
    if (!is_absent(mark) && !read_whole(mark, 0, MARK_BEST, &ret->mark))
        return "mark";
    if (ret->mark == 0 && ret->points_x100 >= 0)
        ret->mark = marks_of_points(rules, ret->points_x100);
    ret->passed = ret->mark >= MARK_PASSES && (ret->points_x100 < 0 || ret->points_x100 >= rules->debt_below_x100);
    return NULL;
}

bool results_read(const MarkRules *rules, json_t *json, Results *ret, Error *err)
{
    size_t count = json_array_size(json);

    *ret = (Results){ 0 };
    if (is_absent(json))
        return true;
    if (!json_is_array(json) || count > MARK_RESULTS_MOST)
        return error_set(err, ERR_FORMAT, "results: no list of at most %d", MARK_RESULTS_MOST);
    ret->items = mem_new(count ? count : 1, sizeof *ret->items);
    if (!ret->items)
        return error_set(err, ERR_MEMORY, "results");
    ret->json = json_incref(json);
    for (; ret->count < count; ret->count++) {
        const char *fault = read_result(rules, json_array_get(json, ret->count), &ret->items[ret->count]);

        if (fault) {
            error_set(err, ERR_FORMAT, "results[%zu].%s can't be counted", ret->count, fault);
            results_fini(ret);
            return false;
        }
    }
    return true;
}

void results_fini(Results *results)
{
    mem_free(results->items);
    json_decref(results->json);
    *results = (Results){ 0 };
}

/* --- sums -------------------------------------------------------------------------------------------------------- */

static void count_in(const Result *result, MarkSum *sum)
{
    int hours = 0;

    (void)read_whole(json_object_get(result->row, "hours"), 0, HOURS_MOST, &hours);
    sum->subjects++;
    sum->hours += hours;
    sum->credits += result->credits;
    sum->product += result->credits * result->mark;
    if (result->passed) {
        sum->credits_earned += result->credits;
        return;
    }
    sum->debts++;
    sum->debt_credits += result->credits;
}

MarkSum marks_sum(const Results *results)
{
    MarkSum sum = { 0 };

    for (size_t i = 0; i < results->count; i++)
        count_in(&results->items[i], &sum);
    return sum;
}

MarkSum marks_sum_semester(const Results *results, int semester)
{
    MarkSum sum = { 0 };

    for (size_t i = 0; i < results->count; i++)
        if (results->items[i].semester == semester)
            count_in(&results->items[i], &sum);
    return sum;
}

/* Academic years are written "2024/2025": they sort as text. */
MarkSum marks_sum_year(const Results *results, const char *academic_year, bool so_far)
{
    MarkSum sum = { 0 };

    for (size_t i = 0; i < results->count; i++) {
        int order = strcmp(results->items[i].academic_year, academic_year);

        if (order == 0 || (so_far && order < 0))
            count_in(&results->items[i], &sum);
    }
    return sum;
}

int marks_gpa_x10(const MarkSum *sum)
{
    return (int)divide((int64_t)sum->product * 10, sum->credits);
}

int marks_gpa_x100(const MarkSum *sum)
{
    return (int)divide((int64_t)sum->product * 100, sum->credits);
}

size_t marks_semesters(const Results *results, int ret[MARK_SEMESTERS_MOST])
{
    size_t count = 0;

    for (int semester = 1; semester <= MARK_SEMESTERS_MOST; semester++)
        for (size_t i = 0; i < results->count; i++)
            if (results->items[i].semester == semester) {
                ret[count++] = semester;
                break;
            }
    return count;
}

const char *marks_last_year(const Results *results)
{
    const char *last = "";

    for (size_t i = 0; i < results->count; i++)
        if (strcmp(results->items[i].academic_year, last) > 0)
            last = results->items[i].academic_year;
    return last;
}

bool marks_promotes(const MarkRules *rules, const Results *results, int *ret_gpa_x10)
{
    MarkSum sum = marks_sum_year(results, marks_last_year(results), rules->all_years);

    *ret_gpa_x10 = marks_gpa_x10(&sum);
    return sum.credits > 0 && *ret_gpa_x10 * 10 >= rules->gpa_limit_x100;
}

/* --- fees -------------------------------------------------------------------------------------------------------- */

int64_t marks_retake_fee(const MarkRules *rules, int64_t base, int credits)
{
    if (base <= 0 || base > BASE_MOST || credits <= 0)
        return 0;
    return divide(base * credits, rules->contract_credits * rules->fee_step) * rules->fee_step;
}

int64_t marks_retake_fees(const MarkRules *rules, int64_t base, const Results *results)
{
    int64_t fees = 0;

    for (size_t i = 0; i < results->count; i++)
        if (!results->items[i].passed)
            fees += marks_retake_fee(rules, base, results->items[i].credits);
    return fees;
}

/* --- beside HEMIS's own ------------------------------------------------------------------------------------------ */

enum { THEIRS, OURS };

static int whole_or_unsaid(const json_t *json)
{
    int value;

    return read_whole(json, 0, HOURS_MOST, &value) ? value : -1;
}

static void read_theirs(const json_t *row, MarkComparison *ret)
{
    const json_t *can_transfer = json_object_get(row, "can_transfer");
    const char *method = json_string_value(json_object_get(row, "method"));
    const char *year = json_string_value(json_object_get(row, "academic_year"));
    int gpa_x100;

    *ret = (MarkComparison){ .all_years = method && !strcmp(method, "all_year") };
    str_copy_cut(str_from(year), ret->academic_year, sizeof ret->academic_year);
    ret->gpa_x10[THEIRS] = read_x100(json_object_get(row, "gpa"), &gpa_x100) ? (int)divide(gpa_x100, 10) : -1;
    ret->credits[THEIRS] = whole_or_unsaid(json_object_get(row, "credits"));
    ret->subjects[THEIRS] = whole_or_unsaid(json_object_get(row, "subjects"));
    ret->debts[THEIRS] = whole_or_unsaid(json_object_get(row, "debts"));
    ret->can_transfer[THEIRS] = json_is_boolean(can_transfer) ? json_is_true(can_transfer) : -1;
}

static void put_ours(const MarkRules *rules, const MarkSum *sum, MarkComparison *ret)
{
    ret->gpa_x10[OURS] = marks_gpa_x10(sum);
    ret->credits[OURS] = sum->credits;
    ret->subjects[OURS] = sum->subjects;
    ret->debts[OURS] = sum->debts;
    ret->can_transfer[OURS] = ret->gpa_x10[OURS] * 10 >= rules->gpa_limit_x100;
}

static bool differ(const int both[2])
{
    return both[THEIRS] >= 0 && both[THEIRS] != both[OURS];
}

size_t marks_compare(const MarkRules *rules, const Results *results, const json_t *profile,
                     MarkComparison ret[MARK_YEARS_MOST])
{
    const json_t *list = json_object_get(profile, "gpa");
    size_t count = 0;

    for (size_t i = 0; i < json_array_size(list) && count < MARK_YEARS_MOST; i++) {
        MarkComparison *row = &ret[count];

        read_theirs(json_array_get(list, i), row);
        MarkSum sum = marks_sum_year(results, row->academic_year, row->all_years);
        if (sum.subjects == 0)
            continue;
        put_ours(rules, &sum, row);
        row->differs = differ(row->gpa_x10) || differ(row->credits) || differ(row->subjects) || differ(row->debts) ||
                       differ(row->can_transfer);
        count++;
    }
    return count;
}
