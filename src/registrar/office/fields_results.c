/* Fields of results, row by row, and of debts with what they cost. */
#include <string.h>

#include "base/number.h"
#include "registrar/office/fields_inside.h"

/* --- lists of results --------------------------------------------------------------------------------------------- */

/* The list's path names the kind; "" are all, "debts" those that are debts. */
static bool belongs(const Result *result, const char *path)
{
    static const char *const kinds[] = { [RESULT_SUBJECT] = "subject",
                                         [RESULT_COURSEWORK] = "coursework",
                                         [RESULT_PRACTICE] = "practice",
                                         [RESULT_ATTESTATION] = "attestation" };

    if (!strcmp(path, "debts"))
        return !result->passed;
    return path[0] == '\0' || !strcmp(path, kinds[result->kind]);
}

static bool gather_results(const FieldMaking *making, const FieldRow *list, FieldItems *ret)
{
    const FieldMarks *marks = field_marks(making);

    for (size_t i = 0; marks && i < marks->results.count; i++)
        if (belongs(marks->by_time[i], list->path))
            ret->items[ret->count++] = marks->by_time[i];
    return marks != NULL;
}

static void write_of_result(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const FieldMaking inner = { .from = making->from,
                                .language = making->language,
                                .marks = making->marks,
                                .row = ((const Result *)making->item)->row };
    const FieldRow of_row = { .path = field->path };

    if (!strcmp(field->path, "date"))
        field_short(&inner, &of_row, value);
    else if (!strcmp(field->path, "subject.names"))
        field_names(&inner, &of_row, value);
    else
        field_plain(&inner, &of_row, value);
}

static void write_semester(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    number_write_of(value, NUMBER_OF_SEMESTER, ((const Result *)making->item)->semester, making->language);
}

static void write_credits(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    number_write(value, ((const Result *)making->item)->credits, making->language);
}

static void write_points(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    const Result *result = making->item;

    if (result->points_x100 >= 0)
        add_x100(value, result->points_x100, making->language);
    else
        add_none(making, value);
}

static void write_mark(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    const Result *result = making->item;

    if (result->mark > 0)
        number_write(value, result->mark, making->language);
    else
        add_none(making, value);
}

static void write_mark_name(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    const Result *result = making->item;
    const char mark[] = { (char)('0' + result->mark), '\0' };

    add_word(making, WORDS_MARK, mark, value);
}

/* The letter that an average of this mark alone would have: HEMIS's legend knows no other. */
static void write_letter(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    const Result *result = making->item;
    const char *letter = marks_letter(field_rules(making), result->mark * 100);

    if (letter[0])
        buf_add_text(value, letter);
    else
        add_none(making, value);
}

static void write_passed(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    if (!((const Result *)making->item)->passed)
        buf_add_byte(value, '*');
}

static void write_product(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    const Result *result = making->item;

    number_write(value, (int64_t)result->credits * result->mark, making->language);
}

/* --- debts -------------------------------------------------------------------------------------------------------- */

int64_t contract_base(const json_t *contract)
{
    int64_t base;

    if (json_whole(json_object_get(contract, "base"), &base) || json_whole(json_object_get(contract, "sum"), &base))
        return base > 0 ? base : 0;
    return 0;
}

static int64_t base_of(const FieldMaking *making)
{
    return contract_base(making->from->record->parts[PART_CONTRACT]);
}

static void write_fees(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    const FieldMarks *marks = field_marks(making);
    const int64_t base = base_of(making);

    if (marks && base > 0)
        number_write(value, marks_retake_fees(field_rules(making), base, &marks->results), making->language);
}

static void write_fee_per_credit(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    const int64_t base = base_of(making);

    if (base > 0)
        number_write(value, marks_retake_fee(field_rules(making), base, 1), making->language);
}

static void write_debt_fee(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    const Result *result = making->item;
    const int64_t base = base_of(making);

    if (base > 0)
        number_write(value, marks_retake_fee(field_rules(making), base, result->credits), making->language);
    else
        add_none(making, value);
}

static void write_required(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    add_x100(value, field_rules(making)->debt_below_x100, making->language);
}

/* The fields of a list of results. */
#define RESULT_FIELDS(list)                                                                                            \
    FIELD(list ".n", PART_RESULTS, field_n, ""), FIELD(list ".semester", PART_RESULTS, write_semester, ""),            \
        FIELD(list ".academic_year", PART_RESULTS, write_of_result, "academic_year"),                                  \
        FIELD(list ".subject", PART_RESULTS, write_of_result, "subject.names"),                                        \
        FIELD(list ".code", PART_RESULTS, write_of_result, "subject.code"),                                            \
        FIELD(list ".hours", PART_RESULTS, write_of_result, "hours"),                                                  \
        FIELD(list ".credits", PART_RESULTS, write_credits, ""),                                                       \
        FIELD(list ".points", PART_RESULTS, write_points, ""), FIELD(list ".mark", PART_RESULTS, write_mark, ""),      \
        FIELD(list ".name", PART_RESULTS, write_mark_name, ""), FIELD(list ".letter", PART_RESULTS, write_letter, ""), \
        FIELD(list ".date", PART_RESULTS, write_of_result, "date"),                                                    \
        FIELD(list ".passed", PART_RESULTS, write_passed, ""), FIELD(list ".product", PART_RESULTS, write_product, "")

static const FieldRow rows[] = {
    LIST("results.rows", PART_RESULTS, gather_results, ""),
    RESULT_FIELDS("results.rows"),
    LIST("results.subjects", PART_RESULTS, gather_results, "subject"),
    RESULT_FIELDS("results.subjects"),
    LIST("results.coursework", PART_RESULTS, gather_results, "coursework"),
    RESULT_FIELDS("results.coursework"),
    LIST("results.practice", PART_RESULTS, gather_results, "practice"),
    RESULT_FIELDS("results.practice"),
    LIST("results.attestation", PART_RESULTS, gather_results, "attestation"),
    RESULT_FIELDS("results.attestation"),
    FIELD("debts.count", PART_RESULTS, field_sum, "debts"),
    FIELD("debts.credits", PART_RESULTS, field_sum, "debt_credits"),
    FIELD("debts.fee", PART_RESULTS, write_fees, "", .also = PART_CONTRACT),
    FIELD("debts.fee_per_credit", PART_CONTRACT, write_fee_per_credit, ""),
    LIST("debts.rows", PART_RESULTS, gather_results, "debts"),
    RESULT_FIELDS("debts.rows"),
    FIELD("debts.rows.required", PART_RESULTS, write_required, ""),
    FIELD("debts.rows.fee", PART_RESULTS, write_debt_fee, "", .also = PART_CONTRACT),
};

const FieldGroup fields_of_results = { rows, COUNT(rows) };
