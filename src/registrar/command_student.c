/* registrar student: students by their names, for an administrator at the command line; serve may run. */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "registrar/commands.h"
#include "registrar/office/averages.h"
#include "registrar/office/names.h"
#include "registrar/settings.h"
#include "wire/json.h"

static const char usage[] =
    "usage: registrar student find        DIR NAME [--json]\n"
    "       registrar student anomalies   DIR [--json]\n"
    "       registrar student gpa         DIR NUMBER [--json]\n"
    "       registrar student differences DIR [--json]\n"
    "\n"
    "find: the students of the register in DIR of whose name each word of NAME begins a word, in any order\n"
    "and however it is spelled: Oʻktam, O'ktam and Ўктам are one, and so are Xasanov, Hasanov and Хасанов.\n"
    "anomalies: the names that a person should look at and have corrected where they come from: letters of\n"
    "two scripts in a word, wrong apostrophes, digits, blanks too many, capitals alone, no patronymic,\n"
    "spellings that disagree.  They are on papers as they are recorded, with right apostrophes.\n"
    "gpa: a student's averages, credits, debts and what their retakes cost, by the rules of institution.json,\n"
    "and beside them what HEMIS says of the same years.\n"
    "differences: the students of whom HEMIS says something else than their results come to.\n"
    "Each is written down as an act.  `registrar serve` may run meanwhile.\n"
    "  --json  one JSON object a line\n"
    "Exit codes: 0 done, 1 failed (or find found nobody), 2 used wrongly.\n";

typedef struct Arguments {
    const char *what, *data, *name;
    bool json;
    size_t found;
} Arguments;

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    const char **const places[] = { &ret->what, &ret->data, &ret->name };
    size_t given = 0;

    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--json"))
            ret->json = true;
        else if (argv[i][0] == '-' || given == COUNT(places))
            return false;
        else
            *places[given++] = argv[i];
    }
    return (given == 3 && (!strcmp(ret->what, "find") || !strcmp(ret->what, "gpa"))) ||
           (given == 2 && (!strcmp(ret->what, "anomalies") || !strcmp(ret->what, "differences")));
}

static bool print_json(json_t *object, Error *err)
{
    OWNED(json_t) owned = object;
    OWNED_BUF line;

    buf_init(&line, 64u << 10);
    if (!owned || !json_write(owned, &line, err))
        return owned ? false : error_set(err, ERR_MEMORY, "line");
    puts(buf_text(&line));
    return true;
}

static bool print_student(void *ctx, const StudentName *student, Error *err)
{
    Arguments *arguments = ctx;

    arguments->found++;
    if (arguments->json)
        return print_json(
            json_pack("{s:s, s:s, s:s}", "number", student->number, "name", student->name, "group", student->group),
            err);
    printf("%-16s %-12s %s\n", student->number, student->group, student->name);
    return true;
}

static json_t *anomaly_keys(uint32_t anomalies)
{
    json_t *keys = json_array();

    for (int i = 0; i < NAME_ANOMALY_COUNT; i++)
        if (anomalies & 1u << i)
            json_array_append_new(keys, json_string(name_anomaly_key((NameAnomaly)i)));
    return keys;
}

static bool print_doubt(void *ctx, const DoubtfulName *name, Error *err)
{
    Arguments *arguments = ctx;
    const char *before = "";

    arguments->found++;
    if (arguments->json)
        return print_json(json_pack("{s:s, s:s, s:s, s:s, s:o}", "number", name->student.number, "group",
                                    name->student.group, "part", name->part, "name", name->text, "anomalies",
                                    anomaly_keys(name->anomalies)),
                          err);
    printf("%-16s %-12s %-8s \"%s\": ", name->student.number, name->student.group, name->part, name->text);
    for (int i = 0; i < NAME_ANOMALY_COUNT; i++)
        if (name->anomalies & 1u << i) {
            printf("%s%s", before, name_anomaly_text((NameAnomaly)i));
            before = "; ";
        }
    puts("");
    return true;
}

/* --- averages ----------------------------------------------------------------------------------------------------- */

/* 394 with two places is 3.94: as an administrator reads figures, whatever the language of papers. */
static void print_decimal(int value, unsigned places)
{
    OWNED_BUF text;

    buf_init(&text, 32);
    decimal_write(&text, value, places, LANGUAGE_EN);
    printf("%s", buf_text(&text));
}

static void print_sum(const char *what, const MarkSum *sum)
{
    printf("  %-12s GPA ", what);
    print_decimal(marks_gpa_x100(sum), 2);
    printf("  (%d / %d)  credits %d of %d  subjects %d  debts %d\n", sum->product, sum->credits, sum->credits_earned,
           sum->credits, sum->subjects, sum->debts);
}

/* What both say, where HEMIS says something. */
static void print_both(const char *what, const int both[2], unsigned places)
{
    if (both[0] < 0)
        return;
    printf("  %s ", what);
    print_decimal(both[0], places);
    if (both[0] == both[1])
        return;
    printf(" (ours ");
    print_decimal(both[1], places);
    printf(")");
}

static void print_comparison(const MarkComparison *row)
{
    printf("  HEMIS %s%s:", row->academic_year, row->all_years ? " and before" : "");
    print_both("GPA", row->gpa_x10, 1);
    print_both("credits", row->credits, 0);
    print_both("subjects", row->subjects, 0);
    print_both("debts", row->debts, 0);
    print_both("may go on", row->can_transfer, 0);
    puts(row->differs ? "  DIFFERS" : "  the same");
}

static void print_years(const Averages *averages)
{
    const char *last = marks_last_year(averages->results);

    for (size_t i = 0; i < averages->results->count; i++) {
        const char *year = averages->results->items[i].academic_year;
        size_t before = 0;

        while (before < i && strcmp(averages->results->items[before].academic_year, year) != 0)
            before++;
        if (before == i) {
            MarkSum sum = marks_sum_year(averages->results, year, false);

            print_sum(year, &sum);
        }
    }
    MarkSum all = marks_sum(averages->results);
    print_sum(last[0] ? "all" : "no results", &all);
}

static void print_rules(const Averages *averages)
{
    int gpa_x10;
    bool promotes = marks_promotes(averages->rules, averages->results, &gpa_x10);
    int64_t base = json_integer_value(json_object_get(averages->contract, "base"));

    printf("  next year    ");
    print_decimal(gpa_x10, 1);
    printf(promotes ? " meets " : " is below ");
    print_decimal(averages->rules->gpa_limit_x100, 2);
    printf("\n");
    if (base > 0)
        printf("  retakes      %lld so'm, by %d credits of a base of %lld so'm\n",
               (long long)marks_retake_fees(averages->rules, base, averages->results),
               averages->rules->contract_credits, (long long)base);
}

static json_t *both_json(const int both[2])
{
    return both[0] < 0 ? json_pack("{s:n, s:i}", "hemis", "ours", both[1])
                       : json_pack("{s:i, s:i}", "hemis", both[0], "ours", both[1]);
}

static json_t *comparisons_json(const Averages *averages)
{
    json_t *rows = json_array();

    for (size_t i = 0; i < averages->count; i++) {
        const MarkComparison *row = &averages->rows[i];

        json_array_append_new(rows, json_pack("{s:s, s:b, s:b, s:o, s:o, s:o, s:o, s:o}", "academic_year",
                                              row->academic_year, "all_years", row->all_years, "differs", row->differs,
                                              "gpa_x10", both_json(row->gpa_x10), "credits", both_json(row->credits),
                                              "subjects", both_json(row->subjects), "debts", both_json(row->debts),
                                              "can_transfer", both_json(row->can_transfer)));
    }
    return rows;
}

static bool print_averages_json(const Averages *averages, Error *err)
{
    MarkSum sum = marks_sum(averages->results);
    int gpa_x10;
    bool promotes = marks_promotes(averages->rules, averages->results, &gpa_x10);
    int64_t base = json_integer_value(json_object_get(averages->contract, "base"));

    return print_json(json_pack("{s:s, s:s, s:i, s:i, s:i, s:i, s:i, s:i, s:b, s:I, s:o}", "number", averages->number,
                                "fault", averages->fault, "gpa_x100", marks_gpa_x100(&sum), "product", sum.product,
                                "credits", sum.credits, "credits_earned", sum.credits_earned, "subjects", sum.subjects,
                                "debts", sum.debts, "promotes", promotes, "retakes",
                                (json_int_t)marks_retake_fees(averages->rules, base, averages->results), "hemis",
                                comparisons_json(averages)),
                      err);
}

static bool print_averages(void *ctx, const Averages *averages, Error *err)
{
    Arguments *arguments = ctx;
    bool whole = !strcmp(arguments->what, "gpa");

    arguments->found++;
    if (arguments->json)
        return print_averages_json(averages, err);
    printf("%s\n", averages->number);
    if (averages->fault[0]) {
        printf("  can't be counted: %s\n", averages->fault);
        return true;
    }
    if (whole) {
        print_years(averages);
        print_rules(averages);
    }
    for (size_t i = 0; i < averages->count; i++)
        if (whole || averages->rows[i].differs)
            print_comparison(&averages->rows[i]);
    return true;
}

/* --- the command -------------------------------------------------------------------------------------------------- */

static bool run(Office *office, Arguments *arguments, Error *err)
{
    static const char actor[] = "command-line";
    const bool differences = !strcmp(arguments->what, "differences");
    size_t students;

    if (!strcmp(arguments->what, "find"))
        return names_search(office, arguments->name, actor, print_student, arguments, err) &&
               (arguments->found > 0 || error_set(err, ERR_NOT_FOUND, "nobody is called so"));
    if (!strcmp(arguments->what, "gpa"))
        return averages_of(office, arguments->name, actor, print_averages, arguments, err);
    if (differences ? !averages_differing(office, actor, print_averages, arguments, &students, err)
                    : !names_doubtful(office, actor, print_doubt, arguments, &students, err))
        return false;
    if (!arguments->json)
        printf(differences ? "%zu of %zu students differ\n" : "%zu doubtful names of %zu students\n", arguments->found,
               students);
    return true;
}

int command_student(int argc, char **argv)
{
    Arguments arguments = { 0 };
    Registrar registrar = { 0 };
    Error err = { 0 };

    if (argc == 2 && !strcmp(argv[1], "--help")) {
        fputs(usage, stdout);
        return EXIT_DONE;
    }
    if (!arguments_read(argc, argv, &arguments)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    bool done = registrar_open(arguments.data, NULL, &registrar, &err) && run(registrar.office, &arguments, &err);
    registrar_close(&registrar);
    if (!done)
        fprintf(stderr, "registrar student %s: %s\n", arguments.what, err.text);
    return done ? EXIT_DONE : err.code == ERR_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
}
