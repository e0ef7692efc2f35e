/* Fields of what is taught and examined: timetable, exams, personal schedule. */
#include <string.h>

#include "base/number.h"
#include "registrar/office/fields_inside.h"

/* From one day to another, both of which stand under the field's own object. */
static void write_period(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const json_t *json = field_json(making, field);
    Date from, to;

    if (json_day(json_object_get(json, "from"), &from) && json_day(json_object_get(json, "to"), &to) &&
        date_compare(from, to) <= 0)
        date_range_write(value, from, to, making->language);
}

/* "08:30–09:50", or the beginning alone. */
static void write_times(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const char *from = json_string_value(json_object_get(making->row, "from"));
    const char *to = json_string_value(json_object_get(making->row, "to"));

    if (from)
        buf_add_text(value, from);
    if (from && to && !strcmp(field->path, "both"))
        buf_add_format(value, "–%s", to);
}

static void write_weekday(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    Date day;
    char code[2] = "";

    if (!json_day(field_json(making, field), &day))
        return;
    code[0] = (char)('0' + date_weekday(day));
    add_word(making, WORDS_WEEKDAY, code, value);
}

/* What is taught every week has no word of it: the odd and the even weeks are told apart. */
static void write_weeks(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const char *weeks = json_string_value(field_json(making, field));

    if (weeks && strcmp(weeks, "all") != 0)
        field_word(making, field, value);
}

/* The first and the last day on which there is an exam. */
static void write_exam_day(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const int wanted = !strcmp(field->path, "last") ? 1 : -1;
    Date found = { 0 }, day;
    bool any = false;
    size_t i;
    json_t *exam;

    json_array_foreach((json_t *)(uintptr_t)making->part, i, exam)
    {
        if (!json_day(json_object_get(exam, "date"), &day) || (any && date_compare(day, found) * wanted <= 0))
            continue;
        found = day;
        any = true;
    }
    if (any)
        date_write(value, found, making->language, DATE_WORDS);
}

static const FieldRow rows[] = {
    FIELD("schedule.period", PART_SCHEDULE, write_period, ""),
    LIST("schedule.rows", PART_SCHEDULE, field_records, "rows", .order = { "day", "pair" }),
    FIELD("schedule.rows.n", PART_SCHEDULE, field_n, ""),
    FIELD("schedule.rows.day", PART_SCHEDULE, field_word, "day", .words = WORDS_WEEKDAY),
    FIELD("schedule.rows.pair", PART_SCHEDULE, field_plain, "pair"),
    FIELD("schedule.rows.time", PART_SCHEDULE, write_times, "both"),
    FIELD("schedule.rows.subject", PART_SCHEDULE, field_names, "subject.names"),
    FIELD("schedule.rows.code", PART_SCHEDULE, field_plain, "subject.code"),
    FIELD("schedule.rows.kind", PART_SCHEDULE, field_word, "kind", .words = WORDS_TRAINING),
    FIELD("schedule.rows.room", PART_SCHEDULE, field_plain, "room"),
    FIELD("schedule.rows.building", PART_SCHEDULE, field_names, "building"),
    FIELD("schedule.rows.teacher", PART_SCHEDULE, field_person, "teacher"),
    FIELD("schedule.rows.weeks", PART_SCHEDULE, write_weeks, "weeks", .words = WORDS_WEEKS),

    FIELD("exams.count", PART_EXAMS, field_count, ""),
    FIELD("exams.first", PART_EXAMS, write_exam_day, "first"),
    FIELD("exams.last", PART_EXAMS, write_exam_day, "last"),
    LIST("exams.rows", PART_EXAMS, field_records, "", .order = { "date", "from" }),
    FIELD("exams.rows.n", PART_EXAMS, field_n, ""),
    FIELD("exams.rows.date", PART_EXAMS, field_short, "date"),
    FIELD("exams.rows.weekday", PART_EXAMS, write_weekday, "date"),
    FIELD("exams.rows.time", PART_EXAMS, write_times, "from"),
    FIELD("exams.rows.subject", PART_EXAMS, field_names, "subject.names"),
    FIELD("exams.rows.code", PART_EXAMS, field_plain, "subject.code"),
    FIELD("exams.rows.kind", PART_EXAMS, field_word, "kind", .words = WORDS_EXAM),
    FIELD("exams.rows.attempt", PART_EXAMS, field_word, "attempt", .words = WORDS_ATTEMPT),
    FIELD("exams.rows.room", PART_EXAMS, field_plain, "room"),
    FIELD("exams.rows.building", PART_EXAMS, field_names, "building"),
    FIELD("exams.rows.teacher", PART_EXAMS, field_person, "teacher"),

    FIELD("personal.order", PART_PERSONAL_SCHEDULE, field_plain, "order.number"),
    FIELD("personal.order_date", PART_PERSONAL_SCHEDULE, field_date, "order.date"),
    FIELD("personal.from", PART_PERSONAL_SCHEDULE, field_date, "from"),
    FIELD("personal.to", PART_PERSONAL_SCHEDULE, field_date, "to"),
    LIST("personal.rows", PART_PERSONAL_SCHEDULE, field_records, "rows"),
    FIELD("personal.rows.n", PART_PERSONAL_SCHEDULE, field_n, ""),
    FIELD("personal.rows.subject", PART_PERSONAL_SCHEDULE, field_names, "subject.names"),
    FIELD("personal.rows.code", PART_PERSONAL_SCHEDULE, field_plain, "subject.code"),
    FIELD("personal.rows.hours", PART_PERSONAL_SCHEDULE, field_number, "hours"),
    FIELD("personal.rows.credits", PART_PERSONAL_SCHEDULE, field_number, "credits"),
    FIELD("personal.rows.teacher", PART_PERSONAL_SCHEDULE, field_person, "teacher"),
    FIELD("personal.rows.until", PART_PERSONAL_SCHEDULE, field_short, "until"),
};

const FieldGroup fields_of_study = { rows, COUNT(rows) };
