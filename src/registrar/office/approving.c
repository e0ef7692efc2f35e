#include "registrar/office/approving.h"

#include <string.h>

#include "registrar/office/drafting.h"
#include "registrar/office/live.h"
#include "registrar/store/answer_drafts.h"
#include "registrar/store/orders.h"

/* --- preparing ---------------------------------------------------------------------------------------------------- */

static bool lacks(const char *field, ApiProblem *problem)
{
    *problem = (ApiProblem){ .kind = PROBLEM_LACKS };
    str_copy_cut(str_from(field), problem->field, sizeof problem->field);
    return true;
}

static Correction correction_of(const Approval *approval, int64_t now_ms)
{
    return (Correction){ .what = approval->service->correction,
                         .student = approval->request.student,
                         .source = approval->request.number,
                         .clerk = approval->clerk,
                         .answers = &approval->answers,
                         .staff = &approval->staff,
                         .now_ms = now_ms };
}

typedef struct FindingBlank {
    const char *kind, *holder;
    bool found;
    BlankRow blank;
} FindingBlank;

static bool find_blank(StoreTransaction *transaction, void *arg, Error *err)
{
    FindingBlank *finding = arg;

    return blanks_free(transaction, finding->kind, finding->holder, &finding->found, &finding->blank, err);
}

static bool choose_blank(Office *office, Approval *approval, ApiProblem *problem, Error *err)
{
    FindingBlank finding = { .kind = approval->service->blank, .holder = approval->clerk };

    approval->on_blank = finding.kind != NULL;
    if (!approval->on_blank)
        return true;
    if (!store_read(office->store, find_blank, &finding, err))
        return error_add(err, "blank");
    approval->blank = finding.blank;
    if (!finding.found)
        *problem = (ApiProblem){ .kind = PROBLEM_NO_BLANK };
    return true;
}

static bool compose(Office *office, Approval *approval, ApiProblem *problem, Error *err)
{
    const Service *service = approval->service;
    OWNED_RECORD record = { 0 };
    char blank[BLANK_ID_SIZE];
    const char *missing = NULL;
    CompositionSources sources = { .shelf = approval->shelf,
                                   .service = service,
                                   .answers = &approval->answers,
                                   .record = &record,
                                   .staff = &approval->staff,
                                   .blank = approval->on_blank ? blank : NULL };

    blank_number_write(approval->blank.series, approval->blank.number, blank);
    if (!language_parse(str_from(approval->request.language), &sources.language))
        return error_set(err, ERR_STORE, "a request in an unknown language");
    if (!record_read(office, approval->request.student, composition_parts(approval->shelf, service), &record, err) ||
        !composition_make(office, &sources, &approval->composition, &missing, err))
        return error_add(err, "composing");
    return !missing || lacks(missing, problem);
}

/* The faces of the papers have not every character of the world. */
static bool fits(Office *office, const Approval *approval, ApiProblem *problem, Error *err)
{
    Error why = { 0 };
    bool whole;

    if (!composition_fits(office, &approval->composition, approval->request.place, &whole, &why)) {
        *problem = api_problem_form("", FORM_CHARACTERS);
        return why.code == ERR_UNSUPPORTED || error_set_cause(err, why.code, why.cause, "%s", why.text);
    }
    if (!whole)
        *problem = (ApiProblem){ .kind = PROBLEM_TOO_LARGE_FOR_SEAL };
    return true;
}

static bool prepare_paper(Office *office, Approval *approval, ApiProblem *problem, Error *err)
{
    Taking *taking = &approval->taking;

    if (!choose_blank(office, approval, problem, err))
        return false;
    if (problem->kind != PROBLEM_NONE)
        return true;
    if (!compose(office, approval, problem, err))
        return false;
    if (problem->kind != PROBLEM_NONE)
        return true;
    if (!fits(office, approval, problem, err))
        return false;
    if (problem->kind != PROBLEM_NONE)
        return true;
    if (!taking_begin(office, COPY_PAPER, approval->request.place, approval->clerk, taking, err) ||
        !taking_document(office, &approval->composition, approval->request.student, approval->service->id,
                         approval->request.id, taking, err))
        return false;
    taking->at_window = approval->service->at_window;
    return snapshot_freeze(office, &approval->composition, taking->document.id, &approval->snapshot, err);
}

bool approval_prepare(Office *office, Approval *approval, ApiProblem *ret_problem, Error *err)
{
    const Service *service = approval->service;
    const char *missing = NULL;
    Terms terms;

    *ret_problem = (ApiProblem){ 0 };
    buf_clear(&approval->snapshot);
    buf_clear(&approval->order);
    composition_fini(&approval->composition);
    service_terms(service, &approval->answers, &terms);
    approval->has_paper = terms.document != NULL;
    approval->has_order = service->outcome == OUTCOME_ORDER;
    approval->taking.now_ms = office_now_ms(office);
    if (approval->has_order && !order_compose(office, approval, &approval->order, err))
        return error_add(err, "approving");
    if (approval->has_paper)
        return prepare_paper(office, approval, ret_problem, err) || error_add(err, "approving");
    if (!service->correction)
        return true;
    const Correction correction = correction_of(approval, 0);
    correction_check(&correction, &missing);
    return !missing || lacks(missing, ret_problem);
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

/* What was begun of an answer goes once none is awaited any more. */
static bool move_request(StoreTransaction *transaction, RequestRow *request, RequestState to, const char *actor,
                         const char *detail, int64_t now_ms, Error *err)
{
    const Move move = { .id = request->id,
                        .from = (int)request->state,
                        .to = (int)to,
                        .epoch = request->epoch,
                        .next_epoch = true,
                        .actor = actor,
                        .detail = detail,
                        .at_ms = now_ms };

    if (!state_move(transaction, &request_states, &move, err) ||
        (request->state == ASKED_RETURNED && !answer_drafts_remove(transaction, request->id, err)) ||
        !desk_tell(transaction, "requests", err))
        return false;
    request->state = to;
    request->epoch++;
    return true;
}

bool request_step(StoreTransaction *transaction, RequestRow *request, RequestState to, const char *actor,
                  const char *detail, int64_t now_ms, Error *err)
{
    return (state_may_move(&request_states, (int)request->state, (int)to) ||
            move_request(transaction, request, ASKED_IN_UNIT, actor, NULL, now_ms, err)) &&
           move_request(transaction, request, to, actor, detail, now_ms, err);
}

bool blank_bind(StoreTransaction *transaction, const BlankRow *blank, const char *copy, const char *actor,
                int64_t now_ms, Error *err)
{
    const Move move = { .id = blank->id,
                        .from = BLANK_ISSUED,
                        .to = BLANK_BOUND,
                        .epoch = blank->epoch,
                        .next_epoch = true,
                        .actor = actor,
                        .at_ms = now_ms };
    BlankRow bound = *blank;

    /* What the state demands is there before the state. */
    str_copy_cut(str_from(copy), bound.copy, sizeof bound.copy);
    return blanks_put(transaction, &bound, err) && state_move(transaction, &blank_states, &move, err);
}

static bool add_order(StoreTransaction *transaction, const Approval *approval, Error *err)
{
    OrderRow order = { .made_at_s = approval->taking.now_ms / 1000 };

    memcpy(order.id, approval->request.id, sizeof order.id);
    memcpy(order.service, approval->request.service, sizeof order.service);
    return orders_add(transaction, &order, buf_str(&approval->order), err);
}

bool approval_write(StoreTransaction *transaction, Approval *approval, Error *err)
{
    const int64_t now_ms = approval->taking.now_ms;
    RequestRow request = approval->request; /* an act may be run again */

    if (!request_step(transaction, &request, ASKED_APPROVED, approval->clerk, NULL, now_ms, err))
        return false;
    if (approval->has_order && !add_order(transaction, approval, err))
        return false;
    if (!approval->has_paper) {
        const Correction correction = correction_of(approval, now_ms);

        return (!approval->service->correction || correction_write(transaction, &correction, err)) &&
               (approval->has_order ||
                request_step(transaction, &request, ASKED_FULFILLED, approval->clerk, NULL, now_ms, err));
    }
    return taking_add(transaction, &approval->taking, buf_str(&approval->snapshot), err) &&
           (!approval->on_blank ||
            blank_bind(transaction, &approval->blank, approval->taking.copy.id, approval->clerk, now_ms, err));
}

bool approval_make(Office *office, const Approval *approval, Error *err)
{
    MakeOutcome outcome;

    return !approval->has_paper || copy_make(office, approval->taking.copy.id, 1, NULL, NULL, &outcome, err) ||
           error_add(err, "approving");
}

void approval_init(Approval *approval, const Shelf *shelf, const char *clerk)
{
    *approval = (Approval){ .shelf = shelf, .clerk = clerk };
    buf_init(&approval->snapshot, TAKING_SNAPSHOT_MOST);
    buf_init(&approval->order, ORDER_SEALED_MOST);
}

void approval_fini(Approval *approval)
{
    buf_fini(&approval->order);
    composition_fini(&approval->composition);
    buf_fini(&approval->snapshot);
}
