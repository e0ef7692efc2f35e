/* Fields of sums and averages: of all, of semesters, of years; the marking system; promotion. */
#include <string.h>

#include "base/number.h"
#include "registrar/office/fields_inside.h"

/* --- promotion -----------------------------------------------------------------------------------------------------
 */

static void write_promotion(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const FieldMarks *marks = field_marks(making);
    int gpa_x10;

    if (!marks || marks->sum.credits == 0)
        return;
    bool promotes = marks_promotes(field_rules(making), &marks->results, &gpa_x10);
    if (!strcmp(field->path, "gpa"))
        decimal_write(value, gpa_x10, 1, making->language);
    else
        add_word(making, WORDS_PROMOTION, promotes ? "meets" : "below", value);
}

static void write_limit(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    add_x100(value, field_rules(making)->gpa_limit_x100, making->language);
}

/* --- semesters, years, the marking system ------------------------------------------------------------------------- */

static bool gather_semesters(const FieldMaking *making, const FieldRow *list UNUSED, FieldItems *ret)
{
    const FieldMarks *marks = field_marks(making);

    for (size_t i = 0; marks && i < marks->semester_count; i++)
        ret->items[ret->count++] = &marks->semesters[i];
    return marks != NULL;
}

static void write_semester_title(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    number_write_of(value, NUMBER_OF_SEMESTER, *(const int *)making->item, making->language);
}

static void write_semester_year(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    const FieldMarks *marks = field_marks(making);

    for (size_t i = 0; i < marks->results.count; i++)
        if (marks->by_time[i]->semester == *(const int *)making->item) {
            buf_add_text(value, marks->by_time[i]->academic_year);
            return;
        }
}

static void write_semester_sum(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const MarkSum sum = marks_sum_semester(&field_marks(making)->results, *(const int *)making->item);

    add_of_sum(making, &sum, field->path, value);
}

static bool gather_years(const FieldMaking *making, const FieldRow *list UNUSED, FieldItems *ret)
{
    const FieldMarks *marks = field_marks(making);

    for (size_t i = 0; marks && i < marks->year_count; i++)
        ret->items[ret->count++] = marks->years[i];
    return marks != NULL;
}

static void write_year(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    buf_add_text(value, making->item);
}

static void write_year_sum(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const MarkSum sum = marks_sum_year(&field_marks(making)->results, making->item, false);

    add_of_sum(making, &sum, field->path, value);
}

static bool gather_bands(const FieldMaking *making, const FieldRow *list UNUSED, FieldItems *ret)
{
    const MarkRules *rules = field_rules(making);

    for (size_t i = 0; i < rules->band_count; i++)
        ret->items[ret->count++] = &rules->bands[i];
    return true;
}

/* "90–100": up to where the next better one begins. */
static void write_band_points(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    const MarkRules *rules = field_rules(making);
    const MarkBand *band = making->item;
    const int most = band == rules->bands ? rules->points_most * 100 : band[-1].points_x100 - 100;

    add_x100(value, band->points_x100, making->language);
    if (most > band->points_x100) {
        buf_add_text(value, "–");
        add_x100(value, most, making->language);
    }
}

static void write_band_mark(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const MarkBand *band = making->item;
    const char mark[] = { (char)('0' + band->mark), '\0' };

    if (!strcmp(field->path, "name"))
        add_word(making, WORDS_MARK, mark, value);
    else if (strcmp(field->path, "letter") != 0)
        buf_add_text(value, mark);
    else if (marks_letter(field_rules(making), band->mark * 100)[0])
        buf_add_text(value, marks_letter(field_rules(making), band->mark * 100));
    else
        add_none(making, value);
}

static bool gather_letters(const FieldMaking *making, const FieldRow *list UNUSED, FieldItems *ret)
{
    const MarkRules *rules = field_rules(making);

    for (size_t i = 0; i < rules->letter_count; i++)
        ret->items[ret->count++] = &rules->letters[i];
    return true;
}

static void write_letter_letter(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    buf_add_text(value, ((const MarkLetter *)making->item)->letter);
}

/* "4,51–5,00" */
static void write_letter_range(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    const MarkRules *rules = field_rules(making);
    const MarkLetter *letter = making->item;

    decimal_write(value, letter->gpa_x100, 2, making->language);
    buf_add_text(value, "–");
    decimal_write(value, letter == rules->letters ? MARK_BEST * 100 : letter[-1].gpa_x100 - 1, 2, making->language);
}

/* --- HEMIS's own averages ----------------------------------------------------------------------------------------- */

/* The newest of them. */
static void write_hemis(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const FieldRow all = { .path = field->path, .order = { "academic_year", "year" } };
    FieldItems items = { .count = 0 };
    FieldMaking last = *making;

    if (!field_records(making, &all, &items) || items.count == 0)
        return;
    last.row = items.items[items.count - 1];
    field_decimal(&last, &(FieldRow){ .path = "gpa" }, value);
}

static const FieldRow rows[] = {
    FIELD("results.count", PART_RESULTS, field_sum, "count"),
    FIELD("results.credits", PART_RESULTS, field_sum, "credits"),
    FIELD("results.credits_total", PART_RESULTS, field_sum, "credits_total"),
    FIELD("results.gpa", PART_RESULTS, field_sum, "gpa"),
    FIELD("results.gpa_rounded", PART_RESULTS, field_sum, "gpa_rounded"),
    FIELD("results.letter", PART_RESULTS, field_sum, "letter"),
    FIELD("results.sum_products", PART_RESULTS, field_sum, "product"),
    FIELD("results.hours", PART_RESULTS, field_sum, "hours"),
    LIST("results.semesters", PART_RESULTS, gather_semesters, ""),
    FIELD("results.semesters.n", PART_RESULTS, field_n, ""),
    FIELD("results.semesters.title", PART_RESULTS, write_semester_title, ""),
    FIELD("results.semesters.academic_year", PART_RESULTS, write_semester_year, ""),
    FIELD("results.semesters.credits", PART_RESULTS, write_semester_sum, "credits"),
    FIELD("results.semesters.credits_total", PART_RESULTS, write_semester_sum, "credits_total"),
    FIELD("results.semesters.gpa", PART_RESULTS, write_semester_sum, "gpa"),
    FIELD("results.semesters.subjects", PART_RESULTS, write_semester_sum, "count"),
    FIELD("results.semesters.hours", PART_RESULTS, write_semester_sum, "hours"),
    FIELD("results.semesters.product", PART_RESULTS, write_semester_sum, "product"),
    FIELD("results.semesters.debts", PART_RESULTS, write_semester_sum, "debts"),
    LIST("results.years", PART_RESULTS, gather_years, ""),
    FIELD("results.years.n", PART_RESULTS, field_n, ""),
    FIELD("results.years.academic_year", PART_RESULTS, write_year, ""),
    FIELD("results.years.credits", PART_RESULTS, write_year_sum, "credits"),
    FIELD("results.years.credits_total", PART_RESULTS, write_year_sum, "credits_total"),
    FIELD("results.years.gpa", PART_RESULTS, write_year_sum, "gpa"),
    FIELD("results.years.gpa_rounded", PART_RESULTS, write_year_sum, "gpa_rounded"),
    FIELD("results.years.subjects", PART_RESULTS, write_year_sum, "count"),
    FIELD("results.years.product", PART_RESULTS, write_year_sum, "product"),
    FIELD("results.years.debts", PART_RESULTS, write_year_sum, "debts"),
    LIST("results.scale", PART_NONE, gather_bands, ""),
    FIELD("results.scale.points", PART_NONE, write_band_points, ""),
    FIELD("results.scale.mark", PART_NONE, write_band_mark, "mark"),
    FIELD("results.scale.letter", PART_NONE, write_band_mark, "letter"),
    FIELD("results.scale.name", PART_NONE, write_band_mark, "name"),
    LIST("results.letters", PART_NONE, gather_letters, ""),
    FIELD("results.letters.letter", PART_NONE, write_letter_letter, ""),
    FIELD("results.letters.range", PART_NONE, write_letter_range, ""),
    FIELD("gpa.hemis", PART_PROFILE, write_hemis, "gpa"),
    LIST("gpa.rows", PART_PROFILE, field_records, "gpa", .order = { "academic_year", "year" }),
    FIELD("gpa.rows.n", PART_PROFILE, field_n, ""),
    FIELD("gpa.rows.academic_year", PART_PROFILE, field_plain, "academic_year"),
    FIELD("gpa.rows.year", PART_PROFILE, field_plain, "year"),
    FIELD("gpa.rows.gpa", PART_PROFILE, field_decimal, "gpa"),
    FIELD("gpa.rows.credits", PART_PROFILE, field_number, "credits"),
    FIELD("gpa.rows.subjects", PART_PROFILE, field_number, "subjects"),
    FIELD("gpa.rows.debts", PART_PROFILE, field_number, "debts"),
    FIELD("gpa.rows.can_transfer", PART_PROFILE, field_word, "can_transfer", .words = WORDS_YES_NO),
    FIELD("promotion.limit", PART_NONE, write_limit, ""),
    FIELD("promotion.gpa", PART_RESULTS, write_promotion, "gpa"),
    FIELD("promotion.meets", PART_RESULTS, write_promotion, "meets"),
};

const FieldGroup fields_of_averages = { rows, COUNT(rows) };
