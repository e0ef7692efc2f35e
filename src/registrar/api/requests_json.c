#include "registrar/api/requests_json.h"

#include <stdio.h>
#include <string.h>

#include "registrar/office/saying.h"

/* Sets a member that has a value; without memory *object becomes NULL, and stays so. */
static void set(json_t **object, const char *name, json_t *take_value)
{
    if (*object && take_value && json_object_set_new(*object, name, take_value) == 0)
        return;
    if (!*object)
        json_decref(take_value);
    json_decref(*object);
    *object = NULL;
}

static void set_text(json_t **object, const char *name, const char *text)
{
    if (text && text[0])
        set(object, name, json_string(text));
}

static void set_number(json_t **object, const char *name, int64_t number)
{
    set(object, name, json_integer((json_int_t)number));
}

static json_t *local_json(const LocalText *text)
{
    json_t *object = json_object();

    for (int i = 0; i < LANGUAGE_COUNT; i++)
        set_text(&object, language_tag((Language)i), text->in[i]);
    return object;
}

static void append(json_t **array, json_t *take_item)
{
    if (*array && take_item && json_array_append_new(*array, take_item) == 0)
        return;
    if (!*array)
        json_decref(take_item);
    json_decref(*array);
    *array = NULL;
}

/* --- the queue ---------------------------------------------------------------------------------------------------- */

static void set_line(json_t **object, const QueueLine *line)
{
    const RequestRow *request = &line->request;

    set_text(object, "id", request->id);
    set_text(object, "number", request->number);
    set_text(object, "service", request->service);
    set_text(object, "state", state_name(&request_states, (int)request->state));
    set_number(object, "epoch", request->epoch);
    set_number(object, "asked_at_s", request->asked_at_s);
    set_number(object, "promised_at_s", request->promised_at_s);
    set_text(object, "student", line->student_number);
    if (line->n > 0)
        set_number(object, "stage", line->n);
    set_text(object, "unit", line->unit);
    set_text(object, "clerk", line->clerk);
    if (line->sum > 0) {
        set_number(object, "sum", line->sum);
        set(object, "unpaid", json_boolean(line->unpaid));
    }
}

static json_t *queue_line(const ReviewLine *line)
{
    json_t *object = json_object();

    set_line(&object, &line->line);
    set_text(&object, "holder", line->holder);
    set(&object, "titles", local_json(&line->title));
    set_number(&object, "left_s", line->left_s);
    set_number(&object, "late_s", line->late_s);
    return object;
}

json_t *requests_json_queue(const ReviewQueue *queue)
{
    json_t *object = json_object(), *lines = json_array();

    for (size_t i = 0; i < queue->count; i++)
        append(&lines, queue_line(&queue->lines[i]));
    set(&object, "requests", lines);
    if (queue->more)
        set_text(&object, "next", queue->lines[queue->count - 1].line.request.id);
    return object;
}

/* --- one request -------------------------------------------------------------------------------------------------- */

/* What was chosen, in every language: a choice's label, of several all by commas. */
static json_t *value_labels(const Field *field, const char *value)
{
    json_t *object = json_object();

    for (Language l = 0; l < LANGUAGE_COUNT; l++) {
        OWNED_BUF said;

        buf_init(&said, 16384);
        answer_say(field, value, l, &said);
        set_text(&object, language_tag(l), buf_text(&said));
    }
    return object;
}

/* In the order of the form; what the form no longer asks comes without its words. */
static json_t *answers_json(const Field *fields, size_t count, const Answers *answers)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++) {
        const char *value = answers_get(answers, fields[i].id);
        const bool chosen = fields[i].kind == FIELD_CHOICE || fields[i].kind == FIELD_SEVERAL;
        json_t *item = value ? json_object() : NULL;

        if (!value)
            continue;
        set_text(&item, "id", fields[i].id);
        set(&item, "labels", local_json(&fields[i].label));
        set_text(&item, "value", value);
        if (chosen)
            set(&item, "value_labels", value_labels(&fields[i], value));
        append(&list, item);
    }
    return list;
}

static const char *const field_kinds[] = {
    [FIELD_CHOICE] = "choice", [FIELD_TEXT] = "text",       [FIELD_NUMBER] = "number",
    [FIELD_DATE] = "date",     [FIELD_SEVERAL] = "several", [FIELD_EMAIL] = "email",
    [FIELD_PHONE] = "phone",   [FIELD_PAPER] = "paper",     [FIELD_PASSPORT] = "passport",
};
static_assert(COUNT(field_kinds) == FIELD_KIND_COUNT, "one word per FieldKind");

static json_t *choices_json(const Field *field)
{
    json_t *list = json_array();

    for (size_t i = 0; i < field->choice_count; i++) {
        json_t *item = json_object();

        set_text(&item, "id", field->choices[i].id);
        set(&item, "labels", local_json(&field->choices[i].label));
        append(&list, item);
    }
    return list;
}

static json_t *asks_json(const Service *service)
{
    json_t *list = json_array();

    for (size_t i = 0; i < service->ask_count; i++) {
        const Field *field = &service->asks[i];
        json_t *item = json_object();

        set_text(&item, "id", field->id);
        set_text(&item, "type", field_kinds[field->kind]);
        set(&item, "labels", local_json(&field->label));
        set(&item, "required", json_boolean(field->required));
        set_number(&item, "least", field->least);
        set_number(&item, "most", field->most);
        if (field->choice_count)
            set(&item, "choices", choices_json(field));
        append(&list, item);
    }
    return list;
}

static json_t *stages_json(const Review *review)
{
    json_t *list = json_array();

    for (size_t i = 0; i < review->passage.count; i++) {
        const StageRow *stage = &review->passage.stages[i];
        json_t *item = json_object();

        set_number(&item, "n", stage->n);
        set_text(&item, "unit", stage->unit);
        set_text(&item, "clerk", stage->clerk);
        set_text(&item, "state", stage_state_name(stage->state));
        set_text(&item, "words", stage->reason);
        set_number(&item, "changed_at_s", stage->changed_at_s);
        append(&list, item);
    }
    return list;
}

static json_t *paper_json(const ReviewPaper *paper)
{
    char number[DOCUMENT_NUMBER_SIZE];
    json_t *object = json_object();

    document_number_write(&paper->document, number);
    set_text(&object, "number", number);
    set_text(&object, "state", state_name(&document_states, (int)paper->document.state));
    set_text(&object, "language", paper->document.language);
    set_number(&object, "copy", paper->copy.n);
    set_text(&object, "making", state_name(&making_states, (int)paper->copy.making));
    set_text(&object, "delivery", state_name(&delivery_states, (int)paper->copy.delivery));
    if (paper->has_job) {
        set(&object, "window", json_boolean(paper->job.at_window));
        set_text(&object, "job", state_name(&job_states, (int)paper->job.state));
        set_number(&object, "job_epoch", paper->job.epoch);
        set_number(&object, "sheets", paper->job.sheets_expected);
    }
    if (paper->on_blank)
        set_text(&object, "blank", paper->blank.id);
    if (paper->handed_out) {
        set_text(&object, "handed_to", paper->hand_out.to_student ? "student" : "other");
        set_text(&object, "handed_name", paper->hand_out.name);
        set_text(&object, "handed_paper", paper->hand_out.paper);
        set_text(&object, "handed_by", paper->hand_out.given_by);
        set_number(&object, "handed_at_s", paper->hand_out.at_s);
    }
    return object;
}

static json_t *invoice_json(const InvoiceRow *invoice)
{
    json_t *object = json_object();

    set_text(&object, "number", invoice->number);
    set_number(&object, "sum", invoice->sum);
    set_text(&object, "state", state_name(&invoice_states, (int)invoice->state));
    set_text(&object, "reference", invoice->reference);
    set_text(&object, "confirmed_by", invoice->confirmed_by);
    if (invoice->paid_at_s)
        set_number(&object, "paid_at_s", invoice->paid_at_s);
    return object;
}

static json_t *visitor_json(const VisitorSaid *visitor)
{
    json_t *object = json_object();

    set(&object, "confirmed", json_boolean(visitor->confirmed));
    set_text(&object, "confirmed_by", visitor->confirmed_by);
    set_text(&object, "name", visitor->name);
    set_text(&object, "birth", visitor->birth);
    set_text(&object, "phone", visitor->phone);
    return object;
}

static json_t *order_json(const OrderRow *order)
{
    json_t *object = json_object();

    set_text(&object, "state", state_name(&order_states, (int)order->state));
    set_text(&object, "number", order->number);
    set_text(&object, "day", order->day);
    return object;
}

json_t *requests_json_review(const Review *review)
{
    const Service *service = review->service;
    json_t *object = json_object();

    set_line(&object, &review->line);
    set_text(&object, "stands", api_request_state_name(review->told));
    set_text(&object, "language", review->line.request.language);
    set_text(&object, "place", review->line.request.place);
    set(&object, "stages", stages_json(review));
    if (review->has_invoice)
        set(&object, "invoice", invoice_json(&review->invoice));
    if (service) {
        set(&object, "titles", local_json(&service->title));
        set(&object, "answers", answers_json(service->fields, service->field_count, &review->answers));
        if (review->before.count > 0)
            set(&object, "answers_before", answers_json(service->fields, service->field_count, &review->before));
        set(&object, "staff_answers", answers_json(service->asks, service->ask_count, &review->staff));
        set(&object, "asks", review->asks_staff ? asks_json(service) : json_array());
    }
    if (review->has_paper)
        set(&object, "paper", paper_json(&review->paper));
    if (review->visitor.is_visitor)
        set(&object, "visitor", visitor_json(&review->visitor));
    if (review->has_order)
        set(&object, "order", order_json(&review->order));
    if (review->record)
        set(&object, "record", json_incref(review->record));
    return object;
}
