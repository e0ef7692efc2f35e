/* Of a request that was handed in: what its receipt says. */
#include <string.h>

#include "base/number.h"
#include "registrar/office/fields_inside.h"
#include "registrar/office/photos.h"
#include "registrar/office/saying.h"

static void write_text(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const FieldRequest *request = making->from->request;

    if (!request)
        return;
    buf_add_text(value, !strcmp(field->path, "number")    ? request->number
                        : !strcmp(field->path, "invoice") ? request->invoice
                                                          : request->place);
}

static void write_service(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    if (making->from->request && making->from->service)
        buf_add_text(value, local_text(&making->from->service->title, making->language));
}

/* The day in words, with the hour: "2026-yil 24-noyabr, 17:00". */
static void write_moment(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const FieldRequest *request = making->from->request;
    const int64_t at_s = !request ? 0 : !strcmp(field->path, "asked") ? request->asked_at_s : request->promised_at_s;
    const DateTime at = date_time_at(at_s * 1000, institution_utc_offset_minutes(making->from->institution));

    if (at_s == 0)
        return;
    date_write(value, at.date, making->language, DATE_WORDS);
    buf_add_text(value, ", ");
    time_write(value, at.hour, at.minute);
}

static void write_sum(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    if (making->from->request && making->from->request->sum > 0)
        number_write(value, making->from->request->sum, making->language);
}

/* --- what was answered -------------------------------------------------------------------------------------------- */

static bool gather_answers(const FieldMaking *making, const FieldRow *list UNUSED, FieldItems *ret)
{
    const Service *service = making->from->service;

    if (!making->from->request || !service || !making->from->answers)
        return false;
    for (size_t i = 0; i < service->field_count && ret->count < FIELD_ROWS_MOST; i++)
        if (service->fields[i].kind != FIELD_PAPER && answers_get(making->from->answers, service->fields[i].id))
            ret->items[ret->count++] = &service->fields[i];
    return true;
}

static void write_n(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    number_write(value, (int64_t)making->n, making->language);
}

static void write_label(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    const Field *asked = making->item;

    buf_add_text(value, local_text(&asked->label, making->language));
}

static void write_value(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    const Field *asked = making->item;

    answer_say(asked, answers_get(making->from->answers, asked->id), making->language, value);
}

/* --- papers ------------------------------------------------------------------------------------------------------- */

static bool was_given(const PaperWanted *paper)
{
    return paper->seen || paper->pages > 0;
}

static void gather_wanted(const FieldMaking *making, bool given, FieldItems *ret)
{
    const PapersWanted *wanted = making->from->request->papers;

    for (size_t i = 0; wanted && i < wanted->count && ret->count < FIELD_ROWS_MOST; i++)
        if (was_given(&wanted->papers[i]) == given)
            ret->items[ret->count++] = &wanted->papers[i].field->label;
}

static bool gather_taken(const FieldMaking *making, const FieldRow *list UNUSED, FieldItems *ret)
{
    if (making->from->request)
        gather_wanted(making, true, ret);
    return ret->count > 0;
}

/* Papers that are wanted and nobody has yet, then what the service asks for besides. */
static bool gather_papers(const FieldMaking *making, const FieldRow *list UNUSED, FieldItems *ret)
{
    const Service *service = making->from->service;

    if (!making->from->request || !service)
        return false;
    gather_wanted(making, false, ret);
    for (size_t i = 0; i < service->bring_count && ret->count < FIELD_ROWS_MOST; i++)
        ret->items[ret->count++] = &service->bring[i];
    return ret->count > 0;
}

static void write_paper(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    buf_add_text(value, local_text(making->item, making->language));
}

static const FieldRow rows[] = {
    FIELD("request.number", PART_NONE, write_text, "number", .due = DUE_ASKING),
    FIELD("request.service", PART_NONE, write_service, "", .due = DUE_ASKING),
    FIELD("request.asked", PART_NONE, write_moment, "asked", .due = DUE_ASKING),
    FIELD("request.promised", PART_NONE, write_moment, "promised", .due = DUE_ASKING),
    FIELD("request.place", PART_NONE, write_text, "place", .due = DUE_ASKING),
    FIELD("request.fee", PART_NONE, write_sum, "", .due = DUE_ASKING),
    FIELD("request.invoice", PART_NONE, write_text, "invoice", .due = DUE_ASKING),
    LIST("request.answers", PART_NONE, gather_answers, "", .due = DUE_ASKING),
    FIELD("request.answers.n", PART_NONE, write_n, "", .due = DUE_ASKING),
    FIELD("request.answers.label", PART_NONE, write_label, "", .due = DUE_ASKING),
    FIELD("request.answers.value", PART_NONE, write_value, "", .due = DUE_ASKING),
    LIST("request.taken", PART_NONE, gather_taken, "", .due = DUE_ASKING),
    FIELD("request.taken.n", PART_NONE, write_n, "", .due = DUE_ASKING),
    FIELD("request.taken.name", PART_NONE, write_paper, "", .due = DUE_ASKING),
    LIST("request.papers", PART_NONE, gather_papers, "", .due = DUE_ASKING),
    FIELD("request.papers.n", PART_NONE, write_n, "", .due = DUE_ASKING),
    FIELD("request.papers.name", PART_NONE, write_paper, "", .due = DUE_ASKING),
};

const FieldGroup fields_of_request = { rows, COUNT(rows) };
