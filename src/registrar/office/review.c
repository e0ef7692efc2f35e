#include "registrar/office/review.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/office/approving.h"
#include "registrar/office/bound.h"
#include "registrar/office/fields.h"
#include "registrar/office/marks.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/office/standing.h"
#include "registrar/office/students.h"
#include "registrar/store/documents.h"
#include "wire/json.h"

#define ANSWERS_BYTES_MOST (64u << 10)
#define PROFILE_BYTES_MOST (1u << 20)

/* --- the queue ---------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    RequestState states[2];
    int unpaid;
} kinds[] = {
    { "review", { ASKED_OPEN, ASKED_IN_UNIT }, 0 },
    { "payment", { ASKED_OPEN, ASKED_OPEN }, 1 },
    { "returned", { ASKED_RETURNED, ASKED_RETURNED }, -1 },
    { "approved", { ASKED_APPROVED, ASKED_APPROVED }, -1 },
    { "fulfilled", { ASKED_FULFILLED, ASKED_FULFILLED }, -1 },
    { "declined", { ASKED_DECLINED, ASKED_DECLINED }, -1 },
    { "withdrawn", { ASKED_WITHDRAWN, ASKED_WITHDRAWN }, -1 },
    { "expired", { ASKED_EXPIRED, ASKED_EXPIRED }, -1 },
};

typedef struct Queueing {
    QueueQuery query;
    QueueLine lines[REVIEW_QUEUE_MOST + 1];
    char holders[REVIEW_QUEUE_MOST + 1][160];
    size_t count;
} Queueing;

static void write_holder(const json_t *profile, char *array, size_t size)
{
    if (!fields_holder(profile, LANGUAGE_FIRST, array, size))
        array[0] = '\0';
}

static bool read_holder(StoreTransaction *transaction, int64_t student, char *array, size_t size, Error *err)
{
    OWNED_BUF body;
    int64_t as_of_s;
    bool found;

    buf_init(&body, PROFILE_BYTES_MOST);
    array[0] = '\0';
    if (!records_get(transaction, student, "profile", &found, &body, &as_of_s, err))
        return false;
    OWNED(json_t) profile = found ? json_read(buf_str(&body), NULL) : NULL;
    if (profile)
        write_holder(profile, array, size);
    return true;
}

static bool read_queue(StoreTransaction *transaction, void *arg, Error *err)
{
    Queueing *queueing = arg;

    if (!requests_queue(transaction, &queueing->query, queueing->lines, REVIEW_QUEUE_MOST + 1, &queueing->count, err))
        return false;
    for (size_t i = 0; i < queueing->count; i++)
        if (!read_holder(transaction, queueing->lines[i].request.student, queueing->holders[i],
                         sizeof queueing->holders[i], err))
            return false;
    return true;
}

static void fill_line(const Office *office, const Queueing *queueing, size_t i, ReviewQueue *ret)
{
    const Calendar *calendar = institution_calendar(office->institution);
    const int64_t now_s = office_now_s(office);
    ReviewLine *line = &ret->lines[i];
    const Service *service;

    line->line = queueing->lines[i];
    memcpy(line->holder, queueing->holders[i], sizeof line->holder);
    service = shelf_service(ret->shelf, line->line.request.service);
    if (service)
        line->title = service->title;
    line->late_s = calendar_worked_s(calendar, line->line.request.promised_at_s, now_s);
    line->left_s = calendar_worked_s(calendar, now_s, line->line.request.promised_at_s);
}

bool review_queue(Office *office, const ReviewQuery *query, bool *ret_known, ReviewQueue *ret, Error *err)
{
    Str state = query->state.len ? query->state : STR("review");
    size_t kind = 0;

    *ret = (ReviewQueue){ 0 };
    while (kind < COUNT(kinds) && !str_equal_text(state, kinds[kind].name))
        kind++;
    *ret_known = kind < COUNT(kinds);
    if (!*ret_known)
        return true;
    Queueing *queueing = mem_new(1, sizeof *queueing);
    if (!queueing)
        return error_set(err, ERR_MEMORY, "queue");
    queueing->query = (QueueQuery){ .unpaid = kinds[kind].unpaid, .unit = query->unit, .after = query->after };
    memcpy(queueing->query.states, kinds[kind].states, sizeof queueing->query.states);
    bool done = store_read(office->store, read_queue, queueing, err);
    if (done) {
        ret->shelf = shelf_take(office);
        ret->more = queueing->count > REVIEW_QUEUE_MOST;
        ret->count = ret->more ? REVIEW_QUEUE_MOST : queueing->count;
        for (size_t i = 0; i < ret->count; i++)
            fill_line(office, queueing, i, ret);
    }
    mem_free_wiped(queueing, sizeof *queueing);
    return done || error_add(err, "queue");
}

void review_queue_fini(ReviewQueue *queue)
{
    shelf_drop(queue->shelf);
    mem_wipe(queue, sizeof *queue);
}

/* --- one request -------------------------------------------------------------------------------------------------- */

typedef struct Opening {
    const char *id, *clerk;
    bool found;
    bool with_record;
    int64_t now_ms;
    Review *review;
    Buf answers, items, before, staff;
} Opening;

static bool read_paper(StoreTransaction *transaction, const char *request, Review *review, Error *err)
{
    ReviewPaper *paper = &review->paper;
    bool found;

    if (!documents_of_request(transaction, request, &review->has_paper, &paper->document, err))
        return false;
    if (!review->has_paper || paper->document.state == DOCUMENT_VOID) {
        review->has_paper = false;
        return true;
    }
    return copies_newest_of(transaction, paper->document.id, COPY_PAPER, &found, &paper->copy, err) &&
           (!found || (print_jobs_of_copy(transaction, paper->copy.id, &paper->has_job, &paper->job, err) &&
                       blanks_of_copy(transaction, paper->copy.id, &paper->on_blank, &paper->blank, err) &&
                       hand_outs_get(transaction, paper->copy.id, &paper->handed_out, &paper->hand_out, err)));
}

static bool read_order(StoreTransaction *transaction, const char *request, Review *review, Error *err)
{
    OWNED_BUF body;

    buf_init(&body, ORDER_SEALED_MOST);
    return orders_get(transaction, request, &review->has_order, &review->order, &body, err);
}

static bool read_review(StoreTransaction *transaction, void *arg, Error *err)
{
    Opening *opening = arg;
    Review *review = opening->review;

    buf_clear(&opening->answers);
    buf_clear(&opening->items);
    buf_clear(&opening->before);
    buf_clear(&opening->staff);
    return requests_queued(transaction, opening->id, &opening->found, &review->line, err) &&
           (!opening->found ||
            (passage_read(transaction, opening->id, &review->passage, err) &&
             invoices_of_request(transaction, opening->id, &review->has_invoice, &review->invoice, err) &&
             requests_answers(transaction, opening->id, &opening->answers, err) &&
             requests_items(transaction, opening->id, &opening->items, err) &&
             stages_returned(transaction, opening->id, &opening->before, err) &&
             stages_answers(transaction, opening->id, &opening->staff, err) &&
             read_order(transaction, opening->id, review, err) && read_paper(transaction, opening->id, review, err)));
}

/* Whose record was looked at, and for which request. */
static bool note_look(StoreTransaction *transaction, void *arg, Error *err)
{
    const Opening *opening = arg;
    const RequestRow *request = &opening->review->line.request;
    OWNED_BUF object, detail;

    buf_init(&object, 48);
    buf_init(&detail, 128);
    buf_add_format(&object, "student:%lld", (long long)request->student);
    buf_add_format(&detail, "{\"request\":\"%s\",\"record\":%s}", request->number,
                   opening->with_record ? "true" : "false");
    return buf_ok(&object, err) && buf_ok(&detail, err) &&
           acts_add(transaction,
                    &(Act){ opening->now_ms, opening->clerk, "request.seen", buf_text(&object), buf_text(&detail) },
                    err);
}

static json_t *average_json(const MarkComparison *compared)
{
    return json_pack("{s:s, s:[i, i], s:[i, i], s:[i, i], s:b}", "academic_year", compared->academic_year, "gpa_x10",
                     compared->gpa_x10[0], compared->gpa_x10[1], "credits", compared->credits[0], compared->credits[1],
                     "debts", compared->debts[0], compared->debts[1], "differs", compared->differs);
}

/* HEMIS's figures, then ours; -1: not said.  What can't be counted can't be compared: composing says why. */
static json_t *averages(const Office *office, const Record *record)
{
    OWNED_RESULTS results = { 0 };
    const MarkRules *rules = institution_marking(office->institution);
    MarkComparison compared[MARK_YEARS_MOST];
    json_t *list = json_array();
    Error ignored = { 0 };

    if (!list || !results_read(rules, record->parts[PART_RESULTS], &results, &ignored))
        return list;
    const size_t count = marks_compare(rules, &results, record_profile(record), compared);
    for (size_t i = 0; list && i < count; i++)
        if (json_array_append_new(list, average_json(&compared[i])) != 0) {
            json_decref(list);
            list = NULL;
        }
    return list;
}

static bool extract(const Office *office, int64_t student, json_t **ret, Error *err)
{
    static const RecordPart parts[] = { PART_PROFILE, PART_CONTRACT, PART_CLEARANCE, PART_DORMITORY,
                                        PART_DISTRIBUTION };
    OWNED_RECORD record = { 0 };

    if (!record_read(office, student, RECORD_RULES, &record, err))
        return false;
    OWNED(json_t) all = json_pack("{s:o}", "averages", averages(office, &record));
    bool done = all != NULL;
    for (size_t i = 0; done && i < COUNT(parts); i++) {
        json_t *part = record.parts[parts[i]];

        if (part && parts[i] == PART_PROFILE)
            json_object_del(part, "pinfl");
        done = !part || json_object_set(all, record_part_name(parts[i]), part) == 0;
    }
    if (!done)
        return error_set(err, ERR_MEMORY, "record");
    *ret = steal(&all);
    return true;
}

static bool asks_staff(const Review *review)
{
    const RequestRow *request = &review->line.request;
    const Service *service = review->service;

    return service && service->ask_count > 0 && passage_next(&review->passage) >= service->unit_count &&
           (request->state == ASKED_OPEN || request->state == ASKED_IN_UNIT || request->state == ASKED_RETURNED);
}

static bool fill_review(Office *office, Opening *opening, Error *err)
{
    Review *review = opening->review;
    const Standing standing = { .state = review->line.request.state,
                                .unpaid = review->line.unpaid,
                                .through = true,
                                .has_document = review->has_paper,
                                .ordered = review->has_order && review->order.state != ORDER_DROPPED,
                                .ready = review->has_paper && review->paper.copy.making == MAKING_READY,
                                .at_window = review->paper.has_job && review->paper.job.at_window,
                                .delivery = review->paper.copy.delivery };

    review->told = standing_told(&standing);
    review->shelf = shelf_take(office);
    review->service = shelf_service(review->shelf, review->line.request.service);
    if (review->service) {
        if (!bound_then(review->service, buf_str(&opening->items), &review->bound, err))
            return false;
        review->service = bound_service(review->bound);
    }
    review->asks_staff = asks_staff(review);
    if (!answers_read(buf_str(&opening->answers), &review->answers, err) ||
        (opening->before.len > 0 && !answers_read(buf_str(&opening->before), &review->before, err)) ||
        (opening->staff.len > 0 && !answers_read(buf_str(&opening->staff), &review->staff, err)))
        return error_add(err, "answers");
    if (review->line.visitor && !visitor_said(office, review->line.request.student, &review->visitor, err))
        return false;
    return !opening->with_record || extract(office, review->line.request.student, &review->record, err);
}

bool review_open(Office *office, const char *clerk, const char *id, bool with_record, ApiProblem *ret_problem,
                 Review *ret, Error *err)
{
    Opening opening = {
        .id = id, .clerk = clerk, .with_record = with_record, .now_ms = office_now_ms(office), .review = ret
    };

    memset(ret, 0, sizeof *ret);
    *ret_problem = (ApiProblem){ 0 };
    buf_init(&opening.answers, ANSWERS_BYTES_MOST);
    buf_init(&opening.items, BOUND_ITEMS_MOST);
    buf_init(&opening.before, ANSWERS_BYTES_MOST);
    buf_init(&opening.staff, ANSWERS_BYTES_MOST);
    bool done = store_read(office->store, read_review, &opening, err);
    if (done && opening.found)
        done = store_write(office->store, note_look, &opening, err) && fill_review(office, &opening, err);
    else if (done)
        *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
    buf_fini(&opening.answers);
    buf_fini(&opening.items);
    buf_fini(&opening.before);
    buf_fini(&opening.staff);
    if (!done)
        review_fini(ret);
    return done || error_add(err, "request");
}

bool review_facts(Office *office, const Review *review, Language language, ReviewFact ret[REVIEW_FACTS_MOST],
                  size_t *ret_count, Error *err)
{
    static const char *const fields[] = {
        "student.passport_name",
        "student.birth_date",
        "study.status",
        "faculty.name",
        "programme.name",
        "study.type",
        "study.form",
        "study.payment",
        "study.year",
        "study.group",
        "results.gpa",
        "debts.count",
        "contract.paid_percent",
    };
    OWNED_RECORD record = { 0 };
    static_assert(COUNT(fields) <= REVIEW_FACTS_MOST, "room for each");

    *ret_count = 0;
    if (!review->record)
        return true;
    if (!record_read(office, review->line.request.student, RECORD_RULES, &record, err))
        return error_add(err, "facts");
    const FieldSources sources = { .institution = office->institution,
                                   .words = shelf_words(review->shelf),
                                   .record = &record,
                                   .issued_s = office_now_s(office) };
    for (size_t i = 0; i < COUNT(fields); i++) {
        ReviewFact *fact = &ret[*ret_count];
        OWNED_BUF value;

        buf_init(&value, sizeof fact->value - 1);
        fields_write(&sources, fields[i], language, &value);
        fact->field = fields[i];
        str_copy_cut(buf_str(&value), fact->value, sizeof fact->value);
        *ret_count += value.len > 0;
    }
    return true;
}

void review_fini(Review *review)
{
    json_decref(review->record);
    bound_free(review->bound);
    shelf_drop(review->shelf);
    mem_wipe(review, sizeof *review);
}
