/* Fields of a semester's assessments: current, midterm and final control. */
#include <string.h>

#include "base/number.h"
#include "registrar/office/fields_inside.h"

static const char *const controls[] = { "current", "midterm", "final" };

/* "24 / 30"; a dash where it is yet to come. */
static void write_control(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const json_t *control = field_json(making, field);
    int64_t points, most;

    if (!json_x100(json_object_get(control, "points"), &points)) {
        add_none(making, value);
        return;
    }
    add_x100(value, points, making->language);
    if (json_x100(json_object_get(control, "max"), &most)) {
        buf_add_text(value, "\u00A0/\u00A0");
        add_x100(value, most, making->language);
    }
}

static bool control_sum(const json_t *row, const char *what, int64_t *ret)
{
    bool any = false;
    int64_t x100;

    *ret = 0;
    for (size_t i = 0; i < COUNT(controls); i++)
        if (json_x100(json_object_get(json_object_get(row, controls[i]), what), &x100)) {
            *ret += x100;
            any = true;
        }
    return any;
}

static void write_control_sum(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    int64_t x100;

    if (control_sum(making->row, field->path, &x100))
        add_x100(value, x100, making->language);
    else
        add_none(making, value);
}

/* There is no mark before the final control. */
static void write_control_mark(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    int64_t final, total;

    if (json_x100(field_member(making->row, field->path), &final) && control_sum(making->row, "points", &total) &&
        total >= 0 && total <= INT32_MAX)
        number_write(value, marks_of_points(field_rules(making), (int)total), making->language);
    else
        add_none(making, value);
}

static void write_assessed_semester(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    int64_t semester;

    if (json_whole(field_json(making, field), &semester) && semester > 0)
        number_write_of(value, NUMBER_OF_SEMESTER, semester, making->language);
}

static const FieldRow rows[] = {
    FIELD("assessments.period", PART_ASSESSMENTS, field_plain, "academic_year"),
    FIELD("assessments.semester", PART_ASSESSMENTS, write_assessed_semester, "semester"),
    FIELD("assessments.count", PART_ASSESSMENTS, field_count, "rows"),
    LIST("assessments.rows", PART_ASSESSMENTS, field_records, "rows"),
    FIELD("assessments.rows.n", PART_ASSESSMENTS, field_n, ""),
    FIELD("assessments.rows.subject", PART_ASSESSMENTS, field_names, "subject.names"),
    FIELD("assessments.rows.code", PART_ASSESSMENTS, field_plain, "subject.code"),
    FIELD("assessments.rows.credits", PART_ASSESSMENTS, field_number, "credits"),
    FIELD("assessments.rows.current", PART_ASSESSMENTS, write_control, "current"),
    FIELD("assessments.rows.midterm", PART_ASSESSMENTS, write_control, "midterm"),
    FIELD("assessments.rows.final", PART_ASSESSMENTS, write_control, "final"),
    FIELD("assessments.rows.total", PART_ASSESSMENTS, write_control_sum, "points"),
    FIELD("assessments.rows.max", PART_ASSESSMENTS, write_control_sum, "max"),
    FIELD("assessments.rows.mark", PART_ASSESSMENTS, write_control_mark, "final.points"),
    FIELD("assessments.rows.absent_hours", PART_ASSESSMENTS, field_number, "absent_hours"),
};

const FieldGroup fields_of_assessments = { rows, COUNT(rows) };
