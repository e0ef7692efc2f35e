#include "registrar/office/orders.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/office/desk_students.h"
#include "registrar/office/drafting.h"
#include "registrar/office/plain.h"
#include "registrar/office/review.h"
#include "registrar/office/shelf_keeper.h"

/* --- looking ------------------------------------------------------------------------------------------------------ */

typedef struct Looking {
    const char *clerk, *id, *after; /* id NULL: a list */
    const StaffScope *scope;
    OrderState state;
    int64_t now_ms;
    OrderRow rows[ORDERS_MOST + 1];
    QueueLine requests[ORDERS_MOST + 1];
    bool seen[ORDERS_MOST + 1]; /* within the scope */
    Buf bodies[ORDERS_MOST + 1];
    size_t count;
} Looking;

static bool read_line(StoreTransaction *transaction, Looking *looking, size_t i, Error *err)
{
    bool found;

    buf_clear(&looking->bodies[i]);
    return orders_get(transaction, looking->rows[i].id, &found, &looking->rows[i], &looking->bodies[i], err) &&
           requests_queued(transaction, looking->rows[i].id, &found, &looking->requests[i], err) &&
           desk_student_is_seen(transaction, looking->requests[i].request.student, looking->scope, &looking->seen[i],
                                err);
}

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Looking *looking = arg;
    OrderRow *first = &looking->rows[0];
    bool found;

    if (looking->id) {
        buf_clear(&looking->bodies[0]);
        if (!orders_get(transaction, looking->id, &found, first, &looking->bodies[0], err))
            return false;
        looking->count = found;
    } else if (!orders_list(transaction, looking->state, looking->after, looking->rows, COUNT(looking->rows),
                            &looking->count, err))
        return false;
    for (size_t i = 0; i < looking->count; i++)
        if (!read_line(transaction, looking, i, err))
            return false;
    return true;
}

/* Whose drafts were read: one act each, since each is a look at somebody. */
static bool note_looks(StoreTransaction *transaction, void *arg, Error *err)
{
    const Looking *looking = arg;

    for (size_t i = 0; i < looking->count && i < ORDERS_MOST; i++) {
        const RequestRow *request = &looking->requests[i].request;
        OWNED_BUF object, detail;

        buf_init(&object, 48);
        buf_init(&detail, 128);
        if (!looking->seen[i])
            continue;
        buf_add_format(&object, "student:%lld", (long long)request->student);
        buf_add_format(&detail, "{\"request\":\"%s\",\"order\":true}", request->number);
        if (!buf_ok(&object, err) || !buf_ok(&detail, err) ||
            !acts_add(transaction,
                      &(Act){ looking->now_ms, looking->clerk, "request.seen", buf_text(&object), buf_text(&detail) },
                      err))
            return false;
    }
    return true;
}

static bool fill_line(const Office *office, const Looking *looking, size_t i, OrderList *ret, Error *err)
{
    OrderLine *line = &ret->lines[ret->count++];
    const QueueLine *request = &looking->requests[i];
    const Service *service = shelf_service(ret->shelf, looking->rows[i].service);

    line->order = looking->rows[i];
    memcpy(line->number, request->request.number, sizeof line->number);
    str_copy_cut(str_from(request->student_number), line->student, sizeof line->student);
    if (service)
        line->title = service->title;
    if (looking->bodies[i].len > 0)
        line->body = order_open(office, line->order.id, buf_str(&looking->bodies[i]), err);
    return line->body || looking->bodies[i].len == 0;
}

static bool fill(Office *office, const Looking *looking, OrderList *ret, Error *err)
{
    ret->shelf = shelf_take(office);
    if (looking->count > ORDERS_MOST)
        memcpy(ret->next, looking->rows[ORDERS_MOST - 1].id, sizeof ret->next);
    for (size_t i = 0; i < looking->count && i < ORDERS_MOST; i++)
        if (looking->seen[i] && !fill_line(office, looking, i, ret, err))
            return false;
    return true;
}

static bool look_at(Office *office, Looking *looking, OrderList *ret, Error *err)
{
    looking->now_ms = office_now_ms(office);
    for (size_t i = 0; i < COUNT(looking->bodies); i++)
        buf_init(&looking->bodies[i], ORDER_SEALED_MOST);
    bool done = store_read(office->store, look, looking, err) &&
                (looking->count == 0 || store_write(office->store, note_looks, looking, err)) &&
                fill(office, looking, ret, err);
    for (size_t i = 0; i < COUNT(looking->bodies); i++)
        buf_fini(&looking->bodies[i]);
    if (!done)
        order_list_fini(ret);
    return done || error_add(err, "orders");
}

bool orders_look(Office *office, const char *clerk, const StaffScope *scope, Str state, const char *after,
                 bool *ret_known, OrderList *ret, Error *err)
{
    int which = ORDER_DRAFT;

    memset(ret, 0, sizeof *ret);
    *ret_known = state.len == 0 || state_parse(&order_states, state, &which);
    if (!*ret_known)
        return true;
    Looking *looking = mem_new(1, sizeof *looking);
    if (!looking)
        return error_set(err, ERR_MEMORY, "orders");
    looking->clerk = clerk;
    looking->scope = scope;
    looking->after = after;
    looking->state = (OrderState)which;
    bool done = look_at(office, looking, ret, err);
    mem_free_wiped(looking, sizeof *looking);
    return done;
}

bool order_look(Office *office, const char *clerk, const char *id, ApiProblem *ret_problem, OrderList *ret, Error *err)
{
    Looking *looking = mem_new(1, sizeof *looking);

    memset(ret, 0, sizeof *ret);
    if (!looking)
        return error_set(err, ERR_MEMORY, "order");
    looking->clerk = clerk;
    looking->id = id;
    bool done = look_at(office, looking, ret, err);
    *ret_problem = (ApiProblem){ .kind = ret->count ? PROBLEM_NONE : PROBLEM_NOT_FOUND };
    mem_free_wiped(looking, sizeof *looking);
    return done;
}

void order_list_fini(OrderList *list)
{
    for (size_t i = 0; i < list->count; i++)
        json_decref(list->lines[i].body);
    shelf_drop(list->shelf);
    memset(list, 0, sizeof *list);
}

/* --- entering and dropping ---------------------------------------------------------------------------------------- */

typedef struct Entering {
    const OrderEntry *entry;
    int64_t now_ms;
    ApiProblemKind problem;
    OrderRow order;
    RequestRow request;
    bool has_paper;
} Entering;

static bool refuse(Entering *entering, ApiProblemKind kind)
{
    entering->problem = kind;
    return true;
}

static bool read_order(StoreTransaction *transaction, Entering *entering, Error *err)
{
    DocumentRow document;
    OWNED_BUF ignored;
    bool found;

    buf_init(&ignored, ORDER_SEALED_MOST);
    entering->problem = PROBLEM_NONE;
    if (!orders_get(transaction, entering->entry->id, &found, &entering->order, &ignored, err))
        return false;
    if (!found)
        return refuse(entering, PROBLEM_NOT_FOUND);
    if (!requests_get(transaction, entering->entry->id, &found, &entering->request, err) ||
        !documents_of_request(transaction, entering->entry->id, &entering->has_paper, &document, err))
        return false;
    entering->has_paper = entering->has_paper && document.state != DOCUMENT_VOID;
    if (entering->order.state != ORDER_DRAFT)
        return refuse(entering, PROBLEM_DECIDED);
    return entering->order.epoch == entering->entry->epoch || refuse(entering, PROBLEM_CHANGED);
}

static bool enter(StoreTransaction *transaction, void *arg, Error *err)
{
    Entering *entering = arg;
    const OrderEntry *entry = entering->entry;
    OrderRow *order = &entering->order;

    if (!read_order(transaction, entering, err))
        return false;
    if (entering->problem == PROBLEM_DECIDED && order->state == ORDER_ISSUED && !strcmp(order->number, entry->number) &&
        !strcmp(order->day, entry->day))
        return refuse(entering, PROBLEM_NONE); /* entered once more */
    if (entering->problem != PROBLEM_NONE)
        return true;
    str_copy_cut(str_trim(str_from(entry->number)), order->number, sizeof order->number);
    str_copy_cut(str_from(entry->day), order->day, sizeof order->day);
    str_copy_cut(str_from(entry->clerk), order->entered_by, sizeof order->entered_by);
    return orders_issue(transaction, order, entering->now_ms, err) &&
           (entering->has_paper || entering->request.state != ASKED_APPROVED ||
            request_step(transaction, &entering->request, ASKED_FULFILLED, entry->clerk, NULL, entering->now_ms, err));
}

static bool put_words(StoreTransaction *transaction, const Entering *entering, Error *err)
{
    StageRow stage;
    bool found;

    if (!stages_last(transaction, entering->request.id, &found, &stage, err))
        return false;
    if (!found)
        return error_set(err, ERR_STORE, "an order without a stage");
    stage.state = STAGE_DECLINED;
    stage.epoch = entering->request.epoch;
    stage.changed_at_s = entering->now_ms / 1000;
    str_copy_cut(str_from(entering->entry->clerk), stage.clerk, sizeof stage.clerk);
    str_copy_cut(str_from(entering->entry->words), stage.reason, sizeof stage.reason);
    return stages_put(transaction, entering->request.id, &stage, err);
}

static bool drop(StoreTransaction *transaction, void *arg, Error *err)
{
    Entering *entering = arg;
    const OrderEntry *entry = entering->entry;

    if (!read_order(transaction, entering, err))
        return false;
    if (entering->problem == PROBLEM_NONE && entering->has_paper && entering->request.state == ASKED_APPROVED)
        return refuse(entering, PROBLEM_DECIDED);
    if (entering->problem != PROBLEM_NONE)
        return true;
    const Move move = { .id = entry->id,
                        .from = ORDER_DRAFT,
                        .to = ORDER_DROPPED,
                        .epoch = entering->order.epoch,
                        .next_epoch = true,
                        .actor = entry->clerk,
                        .at_ms = entering->now_ms };
    return state_move(transaction, &order_states, &move, err) &&
           (entering->request.state != ASKED_APPROVED ||
            (request_step(transaction, &entering->request, ASKED_DECLINED, entry->clerk, NULL, entering->now_ms, err) &&
             put_words(transaction, entering, err)));
}

static bool run(Office *office, StoreAct act, const OrderEntry *entry, ApiProblem *ret_problem, Error *err)
{
    Entering entering = { .entry = entry, .now_ms = office_now_ms(office) };
    Error why = { 0 };

    if (!store_write(office->store, act, &entering, &why)) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_CHANGED };
        return why.code == ERR_CONFLICT || error_set_cause(err, why.code, why.cause, "%s", why.text);
    }
    *ret_problem = (ApiProblem){ .kind = entering.problem };
    return true;
}

bool order_enter(Office *office, const OrderEntry *entry, ApiProblem *ret_problem, Error *err)
{
    Date day;

    if (!plain_words(entry->number, ORDER_NUMBER_SIZE - 1))
        *ret_problem = api_problem_form("number", plain_fault(entry->number, ORDER_NUMBER_SIZE - 1));
    else if (!date_parse(str_from(entry->day), &day))
        *ret_problem = api_problem_form("day", entry->day[0] ? FORM_NOT_DATE : FORM_MISSING);
    else if (date_compare(day, office_today(office)) > 0)
        *ret_problem = api_problem_form("day", FORM_OUT_OF_RANGE);
    else
        return run(office, enter, entry, ret_problem, err) || error_add(err, "order");
    return true;
}

bool order_drop(Office *office, const OrderEntry *entry, ApiProblem *ret_problem, Error *err)
{
    if (plain_words(entry->words, REVIEW_WORDS_MOST))
        return run(office, drop, entry, ret_problem, err) || error_add(err, "order");
    *ret_problem = api_problem_form("words", plain_fault(entry->words, REVIEW_WORDS_MOST));
    return true;
}
