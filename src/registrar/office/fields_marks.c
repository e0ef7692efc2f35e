/* A student's results as marks.h counts them, for all fields that are made of them. */
#include <string.h>

#include "base/number.h"
#include "registrar/office/fields_inside.h"

/* --- results as they are counted ---------------------------------------------------------------------------------- */

const MarkRules *field_rules(const FieldMaking *making)
{
    return institution_marking(making->from->institution);
}

/* By insertion: records come nearly in order, and equals stay as recorded. */
static void order_by_semester(FieldMarks *marks)
{
    for (size_t i = 0; i < marks->results.count; i++) {
        const Result *result = &marks->results.items[i];
        size_t at = i;

        for (; at > 0 && marks->by_time[at - 1]->semester > result->semester; at--)
            marks->by_time[at] = marks->by_time[at - 1];
        marks->by_time[at] = result;
    }
}

static void find_years(FieldMarks *marks)
{
    for (size_t i = 0; i < marks->results.count; i++) {
        const char *year = marks->by_time[i]->academic_year;
        size_t at = 0;

        while (at < marks->year_count && strcmp(marks->years[at], year) != 0)
            at++;
        if (at == marks->year_count && year[0] && marks->year_count < MARK_YEARS_MOST)
            marks->years[marks->year_count++] = year;
    }
}

const FieldMarks *field_marks(const FieldMaking *making)
{
    FieldMarks *marks = making->marks;
    json_t *json = making->from->record->parts[PART_RESULTS];

    if (!marks->tried && json && results_read(field_rules(making), json, &marks->results, NULL)) {
        marks->whole = true;
        marks->sum = marks_sum(&marks->results);
        marks->semester_count = marks_semesters(&marks->results, marks->semesters);
        order_by_semester(marks);
        find_years(marks);
    }
    marks->tried = true;
    return marks->whole ? marks : NULL;
}

void field_marks_fini(FieldMarks *marks)
{
    if (marks->whole)
        results_fini(&marks->results);
}

/* --- their sums --------------------------------------------------------------------------------------------------- */

static void add_gpa(Buf *value, const MarkSum *sum, Language language)
{
    if (sum->credits > 0)
        decimal_write(value, marks_gpa_x100(sum), 2, language);
}

static void add_gpa_rounded(Buf *value, const MarkSum *sum, Language language)
{
    if (sum->credits > 0)
        decimal_write(value, marks_gpa_x10(sum), 1, language);
}

void add_of_sum(const FieldMaking *making, const MarkSum *sum, const char *what, Buf *value)
{
    const struct {
        const char *what;
        int number;
    } numbers[] = {
        { "count", sum->subjects },
        { "credits", sum->credits_earned },
        { "credits_total", sum->credits },
        { "hours", sum->hours },
        { "product", sum->product },
        { "debts", sum->debts },
        { "debt_credits", sum->debt_credits },
    };

    if (!strcmp(what, "gpa"))
        add_gpa(value, sum, making->language);
    else if (!strcmp(what, "gpa_rounded"))
        add_gpa_rounded(value, sum, making->language);
    else if (!strcmp(what, "letter") && sum->credits > 0)
        buf_add_text(value, marks_letter(field_rules(making), marks_gpa_x100(sum)));
    for (size_t i = 0; i < COUNT(numbers); i++)
        if (!strcmp(what, numbers[i].what))
            number_write(value, numbers[i].number, making->language);
}

void field_sum(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const FieldMarks *marks = field_marks(making);

    if (marks)
        add_of_sum(making, &marks->sum, field->path, value);
}
