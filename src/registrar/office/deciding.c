/* The decisions of review.h, each one transaction. */
#include <string.h>

#include "base/memory.h"
#include "registrar/office/approving.h"
#include "registrar/office/bound.h"
#include "registrar/office/photos.h"
#include "registrar/office/plain.h"
#include "registrar/office/review.h"
#include "registrar/office/shelf_keeper.h"
#include "wire/json.h"

#define ANSWERS_BYTES_MOST (64u << 10)
#define LOOKS_MOST         8

typedef struct Deciding {
    const Decision *decision;
    const char *by; /* clerk, or the student */
    bool by_student;
    int64_t now_ms;
    ApiProblem problem;
    /* As they were read. */
    QueueLine line;
    bool has_stage;
    StageRow stage; /* where it stands */
    Passage passage;
    Buf answers, items;
    bool done;          /* under the same key, before */
    Approval *approval; /* of the last unit; NULL: another follows */
    const char *next_unit;
    Str staff; /* canonical */
} Deciding;

static bool refuse(Deciding *deciding, ApiProblemKind kind)
{
    deciding->problem = (ApiProblem){ .kind = kind };
    return true;
}

static bool is_undecided(RequestState state)
{
    return state == ASKED_OPEN || state == ASKED_IN_UNIT || state == ASKED_RETURNED;
}

/* Nothing more is to be done: it was refused, or it is done. */
static bool is_settled(const Deciding *deciding)
{
    return deciding->done || deciding->problem.kind != PROBLEM_NONE;
}

static bool look_once(StoreTransaction *transaction, Deciding *deciding, Error *err)
{
    OnceOutcome outcome;
    OWNED_BUF ignored;

    buf_init(&ignored, ONCE_BYTES_MOST);
    if (!once_find(transaction, deciding->decision->once, &outcome, &ignored, err))
        return false;
    deciding->done = outcome == ONCE_SAME;
    return outcome != ONCE_OTHER || refuse(deciding, PROBLEM_KEY_REUSED);
}

static bool read_passage(StoreTransaction *transaction, Deciding *deciding, Error *err)
{
    const StageRow *last;

    if (!passage_read(transaction, deciding->line.request.id, &deciding->passage, err))
        return false;
    last = passage_last(&deciding->passage);
    deciding->has_stage = last != NULL;
    if (last)
        deciding->stage = *last;
    return true;
}

/* Reads it, and finds what is against any decision. */
static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Deciding *deciding = arg;
    const RequestRow *request = &deciding->line.request;
    bool found;

    deciding->problem = (ApiProblem){ 0 };
    buf_clear(&deciding->answers);
    buf_clear(&deciding->items);
    if (!look_once(transaction, deciding, err))
        return false;
    if (is_settled(deciding))
        return true;
    if (!requests_queued(transaction, deciding->decision->id, &found, &deciding->line, err))
        return false;
    if (!found)
        return refuse(deciding, PROBLEM_NOT_FOUND);
    if (!is_undecided(request->state))
        return refuse(deciding, PROBLEM_DECIDED);
    if (!deciding->by_student && request->epoch != deciding->decision->epoch)
        return refuse(deciding, PROBLEM_CHANGED);
    if (!deciding->by_student && deciding->line.unpaid)
        return refuse(deciding, PROBLEM_UNPAID);
    return requests_answers(transaction, request->id, &deciding->answers, err) &&
           requests_items(transaction, request->id, &deciding->items, err) && read_passage(transaction, deciding, err);
}

static bool keep_once(StoreTransaction *transaction, const Deciding *deciding, Error *err)
{
    return once_keep(transaction, deciding->decision->once, STR("done"), err);
}

static void deciding_init(Deciding *deciding)
{
    buf_init(&deciding->answers, ANSWERS_BYTES_MOST);
    buf_init(&deciding->items, BOUND_ITEMS_MOST);
}

static void deciding_fini(Deciding *deciding)
{
    buf_fini(&deciding->answers);
    buf_fini(&deciding->items);
}

static bool put_stage(StoreTransaction *transaction, Deciding *deciding, StageState state, const char *words,
                      uint32_t epoch, Error *err)
{
    StageRow stage = deciding->stage;

    if (!deciding->has_stage)
        return true;
    stage.state = state;
    stage.epoch = epoch;
    stage.changed_at_s = deciding->now_ms / 1000;
    if (!deciding->by_student)
        str_copy_cut(str_from(deciding->by), stage.clerk, sizeof stage.clerk);
    str_copy_cut(str_from(words), stage.reason, sizeof stage.reason);
    return stages_put(transaction, deciding->line.request.id, &stage, err);
}

static bool cancel_invoice(StoreTransaction *transaction, const Deciding *deciding, Error *err)
{
    InvoiceRow invoice;
    bool found;

    if (!invoices_of_request(transaction, deciding->line.request.id, &found, &invoice, err))
        return false;
    if (!found || invoice.state != INVOICE_OPEN)
        return true;
    const Move move = { .id = invoice.number,
                        .from = INVOICE_OPEN,
                        .to = INVOICE_CANCELLED,
                        .epoch = invoice.epoch,
                        .next_epoch = true,
                        .actor = deciding->by,
                        .at_ms = deciding->now_ms };
    return state_move(transaction, &invoice_states, &move, err);
}

/* Whoever was faster made this one's epoch old. */
static bool settle(bool done, const Error *why, Deciding *deciding, Error *err)
{
    if (!done && why->code != ERR_CONFLICT)
        return error_set_cause(err, why->code, why->cause, "%s", why->text);
    if (!done)
        return refuse(deciding, PROBLEM_CHANGED);
    return true;
}

static bool run(Office *office, StoreAct act, Deciding *deciding, ApiProblem *ret_problem, Error *err)
{
    Error why = { 0 };

    deciding_init(deciding);
    bool done = settle(store_write(office->store, act, deciding, &why), &why, deciding, err);
    deciding_fini(deciding);
    *ret_problem = deciding->problem;
    return done || error_add(err, "decision");
}

/* --- claim, return, decline --------------------------------------------------------------------------------------- */

static bool claim(StoreTransaction *transaction, void *arg, Error *err)
{
    Deciding *deciding = arg;
    RequestRow request;

    if (!look(transaction, deciding, err))
        return false;
    if (is_settled(deciding))
        return true;
    request = deciding->line.request;
    return request_step(transaction, &request, ASKED_IN_UNIT, deciding->by, NULL, deciding->now_ms, err) &&
           put_stage(transaction, deciding, STAGE_TAKEN, "", request.epoch, err) &&
           keep_once(transaction, deciding, err);
}

bool review_claim(Office *office, const Decision *decision, ApiProblem *ret_problem, Error *err)
{
    Deciding deciding = { .decision = decision, .by = decision->clerk, .now_ms = office_now_ms(office) };

    return run(office, claim, &deciding, ret_problem, err);
}

static bool return_to_student(StoreTransaction *transaction, void *arg, Error *err)
{
    Deciding *deciding = arg;
    RequestRow request;

    if (!look(transaction, deciding, err))
        return false;
    if (is_settled(deciding))
        return true;
    if (deciding->stage.state != STAGE_RETURNED && passage_of(&deciding->passage, STAGE_RETURNED) >= RETURNS_MOST)
        return refuse(deciding, PROBLEM_NOT_ALLOWED);
    request = deciding->line.request;
    return request_step(transaction, &request, ASKED_RETURNED, deciding->by, NULL, deciding->now_ms, err) &&
           put_stage(transaction, deciding, STAGE_RETURNED, deciding->decision->words, request.epoch, err) &&
           keep_once(transaction, deciding, err);
}

static bool decline(StoreTransaction *transaction, void *arg, Error *err)
{
    Deciding *deciding = arg;
    RequestRow request;

    if (!look(transaction, deciding, err))
        return false;
    if (is_settled(deciding))
        return true;
    request = deciding->line.request;
    return request_step(transaction, &request, ASKED_DECLINED, deciding->by, NULL, deciding->now_ms, err) &&
           put_stage(transaction, deciding, STAGE_DECLINED, deciding->decision->words, request.epoch, err) &&
           cancel_invoice(transaction, deciding, err) && keep_once(transaction, deciding, err);
}

static bool with_words(Office *office, StoreAct act, const Decision *decision, ApiProblem *ret_problem, Error *err)
{
    Deciding deciding = { .decision = decision, .by = decision->clerk, .now_ms = office_now_ms(office) };

    if (!plain_words(decision->words, REVIEW_WORDS_MOST)) {
        *ret_problem = api_problem_form("words", plain_fault(decision->words, REVIEW_WORDS_MOST));
        return true;
    }
    return run(office, act, &deciding, ret_problem, err);
}

bool review_return(Office *office, const Decision *decision, ApiProblem *ret_problem, Error *err)
{
    return with_words(office, return_to_student, decision, ret_problem, err);
}

bool review_decline(Office *office, const Decision *decision, ApiProblem *ret_problem, Error *err)
{
    return with_words(office, decline, decision, ret_problem, err);
}

/* --- withdraw ----------------------------------------------------------------------------------------------------- */

typedef struct Withdrawing {
    Deciding deciding;
    int64_t student;
    const char *key;
} Withdrawing;

static bool is_begun(const Deciding *deciding)
{
    return passage_of(&deciding->passage, STAGE_APPROVED) > 0;
}

static bool withdraw(StoreTransaction *transaction, void *arg, Error *err)
{
    Withdrawing *withdrawing = arg;
    Deciding *deciding = &withdrawing->deciding;
    InvoiceRow invoice;
    RequestRow request;
    KeyAnswer answer;
    bool found;

    if (!request_keys_find(transaction, withdrawing->student, withdrawing->key, &found, &answer, err))
        return false;
    if (!found || !answer.answer[0])
        return refuse(deciding, PROBLEM_NOT_FOUND);
    const Decision of = { .id = answer.answer };
    deciding->decision = &of;
    bool done = look(transaction, deciding, err);
    deciding->decision = NULL;
    if (!done)
        return false;
    request = deciding->line.request;
    if (deciding->problem.kind == PROBLEM_DECIDED && request.state == ASKED_WITHDRAWN)
        return refuse(deciding, PROBLEM_NONE); /* asked once more */
    if (deciding->problem.kind != PROBLEM_NONE)
        return true;
    if (!invoices_of_request(transaction, request.id, &found, &invoice, err))
        return false;
    if (is_begun(deciding) || (found && invoice.state == INVOICE_PAID))
        return refuse(deciding, PROBLEM_DECIDED);
    return request_step(transaction, &request, ASKED_WITHDRAWN, deciding->by, NULL, deciding->now_ms, err) &&
           put_stage(transaction, deciding, STAGE_WITHDRAWN, "", request.epoch, err) &&
           photos_drop_with(transaction, request.id, err) && cancel_invoice(transaction, deciding, err);
}

bool review_withdraw(Office *office, const Session *session, const char *key, ApiProblem *ret_problem, Error *err)
{
    char actor[ACTOR_SIZE];
    Withdrawing withdrawing = { .student = session->student, .key = key };
    Error why = { 0 };

    actor_student(actor, session->student);
    withdrawing.deciding = (Deciding){ .by = actor, .by_student = true, .now_ms = office_now_ms(office) };
    deciding_init(&withdrawing.deciding);
    bool done = settle(store_write(office->store, withdraw, &withdrawing, &why), &why, &withdrawing.deciding, err);
    deciding_fini(&withdrawing.deciding);
    *ret_problem = withdrawing.deciding.problem;
    if (ret_problem->kind == PROBLEM_CHANGED) /* a clerk was faster */
        ret_problem->kind = PROBLEM_DECIDED;
    return done || error_add(err, "withdrawing");
}

/* --- approve ------------------------------------------------------------------------------------------------------ */

/* The last unit's: what was asked for comes of it. */
static bool write_last(StoreTransaction *transaction, Deciding *deciding, Error *err)
{
    const RequestRow *request = &deciding->line.request;
    const uint32_t epoch = request->epoch + (request->state == ASKED_IN_UNIT ? 1 : 2);

    return approval_write(transaction, deciding->approval, err) &&
           put_stage(transaction, deciding, STAGE_APPROVED, "", epoch, err) &&
           (!deciding->has_stage || stages_answer(transaction, request->id, deciding->stage.n, deciding->staff, err));
}

static bool write_next(StoreTransaction *transaction, Deciding *deciding, Error *err)
{
    RequestRow request = deciding->line.request;
    StageRow next = { .n = deciding->stage.n + 1,
                      .state = STAGE_WAITING,
                      .epoch = request.epoch + 1,
                      .changed_at_s = deciding->now_ms / 1000 };

    str_copy_cut(str_from(deciding->next_unit), next.unit, sizeof next.unit);
    return request_step(transaction, &request, ASKED_IN_UNIT, deciding->by, NULL, deciding->now_ms, err) &&
           put_stage(transaction, deciding, STAGE_APPROVED, "", request.epoch, err) &&
           stages_add(transaction, request.id, &next, err);
}

static bool write_approval(StoreTransaction *transaction, void *arg, Error *err)
{
    Deciding *deciding = arg;

    return (deciding->approval ? write_last : write_next)(transaction, deciding, err) &&
           keep_once(transaction, deciding, err);
}

/* Staff's answers are checked as a student's are. */
static bool check_staff(const Office *office, const Service *service, const Answers *staff, ApiProblem *problem)
{
    const Service asks = service_asks(service);
    const char *field = NULL;
    FormFault fault = form_check(&asks, staff, office_today(office), &field);

    if (fault == FORM_OK)
        return true;
    *problem = api_problem_form(field, fault);
    return false;
}

/* Reads, composes, writes; *ret_again: blank or request went on meanwhile. */
static bool approve_once(Office *office, Deciding *deciding, Approval *approval, bool *ret_again, Error *err)
{
    const Service *service;
    OWNED(Bound) bound = NULL;
    Error why = { 0 };

    *ret_again = false;
    if (!store_read(office->store, look, deciding, err))
        return false;
    if (is_settled(deciding))
        return true;
    if (deciding->line.visitor && !deciding->line.confirmed)
        return refuse(deciding, PROBLEM_UNCONFIRMED);
    service = shelf_service(approval->shelf, deciding->line.request.service);
    if (!service) {
        deciding->problem = (ApiProblem){ .kind = PROBLEM_LACKS, .field = "service" };
        return true;
    }
    if (!bound_then(service, buf_str(&deciding->items), &bound, err))
        return false;
    service = bound_service(bound);
    const size_t next = passage_next(&deciding->passage);
    deciding->next_unit = deciding->has_stage && next < service->unit_count ? service->units[next] : NULL;
    deciding->approval = NULL;
    if (!deciding->next_unit) {
        approval->service = service;
        approval->request = deciding->line.request;
        if (!answers_read(buf_str(&deciding->answers), &approval->answers, err))
            return false;
        if (!check_staff(office, service, &approval->staff, &deciding->problem))
            return true;
        if (!approval_prepare(office, approval, &deciding->problem, err))
            return false;
        if (deciding->problem.kind != PROBLEM_NONE)
            return true;
        deciding->approval = approval;
    }
    bool done = store_write(office->store, write_approval, deciding, &why);
    *ret_again = !done && why.code == ERR_CONFLICT;
    return done || *ret_again || error_set_cause(err, why.code, why.cause, "%s", why.text);
}

static bool approve(Office *office, Deciding *deciding, Approval *approval, Error *err)
{
    bool again = true;

    for (int i = 0; i < LOOKS_MOST && again; i++)
        if (!approve_once(office, deciding, approval, &again, err))
            return false;
    if (again)
        return refuse(deciding, PROBLEM_CHANGED);
    if (is_settled(deciding) || !deciding->approval)
        return true;
    return approval_make(office, approval, err);
}

bool review_approve(Office *office, const Decision *decision, ApiProblem *ret_problem, Error *err)
{
    static const Answers none;
    Deciding deciding = { .decision = decision, .by = decision->clerk, .now_ms = office_now_ms(office) };
    OWNED(Shelf) shelf = shelf_take(office);
    Approval *approval = mem_new(1, sizeof *approval);
    OWNED_BUF staff;

    buf_init(&staff, ANSWERS_BYTES_MOST);
    if (!approval)
        return error_set(err, ERR_MEMORY, "approval");
    approval_init(approval, shelf, decision->clerk);
    approval->staff = decision->staff ? *decision->staff : none;
    deciding_init(&deciding);
    bool done = answers_write(&approval->staff, &staff, err);
    deciding.staff = buf_str(&staff);
    done = done && approve(office, &deciding, approval, err);
    *ret_problem = deciding.problem;
    deciding_fini(&deciding);
    approval_fini(approval);
    mem_wipe(approval, sizeof *approval);
    mem_free(approval);
    return done || error_add(err, "approval");
}
