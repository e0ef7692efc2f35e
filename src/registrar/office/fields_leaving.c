/* Fields of leaving the university, for a time or for good: orders, clearance, distribution of graduates. */
#include "base/number.h"
#include "registrar/office/fields_inside.h"

/* How many units there are, and how many have nothing to ask of the student. */
static void count_units(const json_t *units, int64_t *ret_cleared, int64_t *ret_all)
{
    size_t i;
    json_t *unit;

    *ret_cleared = *ret_all = 0;
    json_array_foreach((json_t *)(uintptr_t)units, i, unit)
    {
        *ret_all += json_is_object(unit);
        *ret_cleared += json_is_true(json_object_get(unit, "cleared"));
    }
}

static void write_cleared(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    int64_t cleared, all;

    count_units(making->part, &cleared, &all);
    if (json_is_array(making->part))
        number_write(value, cleared, making->language);
}

static void write_all(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    int64_t cleared, all;

    count_units(making->part, &cleared, &all);
    if (json_is_array(making->part))
        number_write(value, all, making->language);
}

static void write_unit_state(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    add_word(making, WORDS_CLEARANCE, json_is_true(field_json(making, field)) ? "cleared" : "open", value);
}

static const FieldRow rows[] = {
    FIELD("graduation.date", PART_PROFILE, field_date, "graduation.date"),
    FIELD("graduation.order", PART_PROFILE, field_plain, "graduation.order"),
    FIELD("graduation.diploma", PART_PROFILE, field_plain, "graduation.diploma"),
    FIELD("graduation.qualification", PART_PROFILE, field_names, "graduation.qualification"),
    FIELD("leaving.date", PART_PROFILE, field_date, "leaving.date"),
    FIELD("leaving.order", PART_PROFILE, field_plain, "leaving.order"),
    FIELD("leaving.reason", PART_PROFILE, field_word, "leaving.reason", .words = WORDS_EXPELLED),
    FIELD("leave.from", PART_PROFILE, field_date, "leave.from"),
    FIELD("leave.to", PART_PROFILE, field_date, "leave.to"),
    FIELD("leave.order", PART_PROFILE, field_plain, "leave.order"),
    FIELD("leave.reason", PART_PROFILE, field_word, "leave.reason", .words = WORDS_LEAVE),

    FIELD("clearance.cleared", PART_CLEARANCE, write_cleared, ""),
    FIELD("clearance.of", PART_CLEARANCE, write_all, ""),
    LIST("clearance.rows", PART_CLEARANCE, field_records, ""),
    FIELD("clearance.rows.n", PART_CLEARANCE, field_n, ""),
    FIELD("clearance.rows.unit", PART_CLEARANCE, field_word, "unit", .words = WORDS_UNIT),
    FIELD("clearance.rows.state", PART_CLEARANCE, write_unit_state, "cleared"),
    FIELD("clearance.rows.date", PART_CLEARANCE, field_short, "date"),

    FIELD("distribution.board", PART_DISTRIBUTION, field_plain, "board.number"),
    FIELD("distribution.board_date", PART_DISTRIBUTION, field_date, "board.date"),
    FIELD("distribution.employer", PART_DISTRIBUTION, field_names, "employer.names"),
    FIELD("distribution.employer_address", PART_DISTRIBUTION, field_names, "employer.address"),
    FIELD("distribution.post", PART_DISTRIBUTION, field_names, "post"),
    FIELD("distribution.salary", PART_DISTRIBUTION, field_number, "salary"),
    FIELD("distribution.from", PART_DISTRIBUTION, field_date, "from"),
    FIELD("distribution.agreed", PART_DISTRIBUTION, field_word, "agreed", .words = WORDS_YES_NO),
};

const FieldGroup fields_of_leaving = { rows, COUNT(rows) };
