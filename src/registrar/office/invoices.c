#include "registrar/office/invoices.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/office/approving.h"
#include "registrar/office/bound.h"
#include "registrar/office/fields.h"
#include "registrar/office/live.h"
#include "registrar/office/plain.h"
#include "registrar/store/stages.h"
#include "wire/json.h"

#define ANSWERS_BYTES_MOST (64u << 10)
#define LOOKS_MOST         8
#define A_ROUND_MOST       32

/* --- looking ------------------------------------------------------------------------------------------------------ */

typedef struct Looking {
    const char *number, *clerk;
    int64_t now_ms;
    bool found;
    QueueLine line;
    InvoiceRow invoice;
    Buf answers, items;
} Looking;

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Looking *looking = arg;

    buf_clear(&looking->answers);
    buf_clear(&looking->items);
    return invoices_get(transaction, looking->number, &looking->found, &looking->invoice, err) &&
           (!looking->found ||
            (requests_queued(transaction, looking->invoice.request, &looking->found, &looking->line, err) &&
             requests_answers(transaction, looking->invoice.request, &looking->answers, err) &&
             requests_items(transaction, looking->invoice.request, &looking->items, err)));
}

static bool note_look(StoreTransaction *transaction, void *arg, Error *err)
{
    const Looking *looking = arg;
    OWNED_BUF object, detail;

    buf_init(&object, 48);
    buf_init(&detail, 128);
    buf_add_format(&object, "student:%lld", (long long)looking->line.request.student);
    buf_add_format(&detail, "{\"invoice\":\"%s\"}", looking->invoice.number);
    return buf_ok(&object, err) && buf_ok(&detail, err) &&
           acts_add(transaction,
                    &(Act){ looking->now_ms, looking->clerk, "invoice.seen", buf_text(&object), buf_text(&detail) },
                    err);
}

static bool fill_standing(Office *office, const Looking *looking, InvoiceStanding *ret, Error *err)
{
    OWNED_RECORD record = { 0 };
    const RequestRow *request = &looking->line.request;

    *ret = (InvoiceStanding){ .invoice = looking->invoice };
    memcpy(ret->request_number, request->number, sizeof ret->request_number);
    memcpy(ret->service, request->service, sizeof ret->service);
    str_copy_cut(str_from(looking->line.student_number), ret->student_number, sizeof ret->student_number);
    if (!record_read(office, request->student, RECORD_PROFILE, &record, err))
        return false;
    if (!fields_holder(record_profile(&record), LANGUAGE_FIRST, ret->holder, sizeof ret->holder))
        ret->holder[0] = '\0';
    return true;
}

bool invoice_look(Office *office, const char *clerk, const char *number, ApiProblem *ret_problem, InvoiceStanding *ret,
                  Error *err)
{
    Looking looking = { .number = number, .clerk = clerk, .now_ms = office_now_ms(office) };

    *ret_problem = (ApiProblem){ 0 };
    buf_init(&looking.answers, ANSWERS_BYTES_MOST);
    buf_init(&looking.items, BOUND_ITEMS_MOST);
    bool done = store_read(office->store, look, &looking, err);
    buf_fini(&looking.answers);
    buf_fini(&looking.items);
    if (done && !looking.found)
        *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
    else if (done)
        done = store_write(office->store, note_look, &looking, err) && fill_standing(office, &looking, ret, err);
    return done || error_add(err, "invoice");
}

typedef struct Listing {
    const char *after;
    InvoiceRow *rows;
    size_t count;
} Listing;

static bool list(StoreTransaction *transaction, void *arg, Error *err)
{
    Listing *listing = arg;

    return invoices_open(transaction, listing->after, listing->rows, INVOICES_MOST, &listing->count, err);
}

bool invoice_list(Office *office, const char *after, InvoiceRow rows[INVOICES_MOST], size_t *ret_count, Error *err)
{
    Listing listing = { .after = after, .rows = rows };

    if (!store_read(office->store, list, &listing, err))
        return error_add(err, "invoices");
    *ret_count = listing.count;
    return true;
}

/* --- paying ------------------------------------------------------------------------------------------------------- */

typedef struct Paying {
    Looking looking;
    const char *reference;
    const Service *service; /* NULL: it is offered no more */
    Bound *bound;           /* owned: what was chosen, for the paper */
    int64_t promised_at_s;  /* 0: it is there at once */
    Approval *approval;     /* of a paper that nobody has to decide on; NULL: people follow */
} Paying;

static bool add_stage(StoreTransaction *transaction, const Paying *paying, Error *err)
{
    const bool through = paying->service && paying->service->through;
    StageRow stage = { .n = 1,
                       .epoch = paying->looking.line.request.epoch,
                       .state = STAGE_WAITING,
                       .changed_at_s = paying->looking.now_ms / 1000 };

    str_copy_cut(str_from(through ? paying->service->units[0] : FRONT_OFFICE), stage.unit, sizeof stage.unit);
    return stages_add(transaction, paying->looking.invoice.request, &stage, err) &&
           (paying->promised_at_s == 0 ||
            requests_promise(transaction, paying->looking.invoice.request, paying->promised_at_s, err)) &&
           desk_tell(transaction, "requests", err);
}

static bool pay(StoreTransaction *transaction, void *arg, Error *err)
{
    const Paying *paying = arg;
    InvoiceRow paid = paying->looking.invoice;

    paid.paid_at_s = paying->looking.now_ms / 1000;
    str_copy_cut(str_from(paying->looking.clerk), paid.confirmed_by, sizeof paid.confirmed_by);
    str_copy_cut(str_from(paying->reference), paid.reference, sizeof paid.reference);
    return invoices_pay(transaction, &paid, paying->looking.now_ms, err) &&
           (paying->approval ? approval_write(transaction, paying->approval, err)
                             : add_stage(transaction, paying, err));
}

/* What is given to who pays, without anybody deciding, is tried before the payment is written, so that both are one
 * act; what it lacks keeps no payment from being confirmed. */
static bool prepare(Office *office, Paying *paying, Approval *approval, char ret_lacks[SERVICE_ID_MOST], Error *err)
{
    const Calendar *calendar = institution_calendar(office->institution);
    ApiProblem problem = { 0 };

    paying->approval = NULL;
    paying->promised_at_s =
        paying->service ? calendar_promise(calendar, office_now_s(office), paying->service->promise_hours) : 0;
    if (!paying->service)
        str_copy_cut(STR("service"), ret_lacks, SERVICE_ID_MOST);
    if (!paying->service || paying->service->through)
        return true;
    bound_free(paying->bound);
    paying->bound = NULL;
    if (!bound_then(paying->service, buf_str(&paying->looking.items), &paying->bound, err))
        return false;
    approval->service = bound_service(paying->bound);
    approval->request = paying->looking.line.request;
    if (!answers_read(buf_str(&paying->looking.answers), &approval->answers, err) ||
        !approval_prepare(office, approval, &problem, err))
        return false;
    if (problem.kind == PROBLEM_NONE)
        paying->approval = approval;
    else
        str_copy_cut(str_from(problem.field[0] ? problem.field : api_problem_slug(problem.kind)), ret_lacks,
                     SERVICE_ID_MOST);
    return true;
}

static bool tell_closed(const Paying *paying, ApiProblem *ret_problem)
{
    const InvoiceRow *invoice = &paying->looking.invoice;

    if (invoice->state != INVOICE_PAID || strcmp(invoice->reference, paying->reference) != 0)
        *ret_problem = (ApiProblem){ .kind = PROBLEM_DECIDED };
    return true;
}

/* One round; *ret_again: the request or a blank went on meanwhile. */
static bool pay_once(Office *office, Paying *paying, Approval *approval, ApiProblem *ret_problem,
                     char ret_lacks[SERVICE_ID_MOST], bool *ret_again, Error *err)
{
    Error why = { 0 };

    *ret_again = false;
    ret_lacks[0] = '\0';
    if (!store_read(office->store, look, &paying->looking, err))
        return false;
    if (!paying->looking.found) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
        return true;
    }
    if (paying->looking.invoice.state != INVOICE_OPEN)
        return tell_closed(paying, ret_problem);
    paying->service = shelf_service(approval->shelf, paying->looking.line.request.service);
    if (!prepare(office, paying, approval, ret_lacks, err))
        return false;
    if (!store_write(office->store, pay, paying, &why)) {
        *ret_again = why.code == ERR_CONFLICT;
        return *ret_again || error_set_cause(err, why.code, why.cause, "%s", why.text);
    }
    return (!paying->approval || approval_make(office, approval, err)) &&
           store_read(office->store, look, &paying->looking, err);
}

static bool check_reference(const char *reference, ApiProblem *ret_problem)
{
    if (plain_words(reference, INVOICE_REFERENCE_MOST))
        return true;
    *ret_problem = api_problem_form("reference", plain_fault(reference, INVOICE_REFERENCE_MOST));
    return false;
}

bool invoice_pay(Office *office, const char *clerk, const char *number, const char *reference, ApiProblem *ret_problem,
                 InvoiceRow *ret, char ret_lacks[SERVICE_ID_MOST], Error *err)
{
    Paying paying = { .reference = reference };
    OWNED(Shelf) shelf = shelf_take(office);
    bool again = true, done = true;

    *ret_problem = (ApiProblem){ 0 };
    if (!check_reference(reference, ret_problem))
        return true;
    Approval *approval = mem_new(1, sizeof *approval);
    if (!approval)
        return error_set(err, ERR_MEMORY, "invoice");
    approval_init(approval, shelf, clerk);
    paying.looking = (Looking){ .number = number, .clerk = clerk, .now_ms = office_now_ms(office) };
    buf_init(&paying.looking.answers, ANSWERS_BYTES_MOST);
    buf_init(&paying.looking.items, BOUND_ITEMS_MOST);
    for (int i = 0; i < LOOKS_MOST && again && done; i++)
        done = pay_once(office, &paying, approval, ret_problem, ret_lacks, &again, err);
    if (done && again)
        *ret_problem = (ApiProblem){ .kind = PROBLEM_BUSY, .retry_after_s = 2 };
    *ret = paying.looking.invoice;
    buf_fini(&paying.looking.answers);
    buf_fini(&paying.looking.items);
    bound_free(paying.bound);
    approval_fini(approval);
    mem_wipe(approval, sizeof *approval);
    mem_free(approval);
    return done || error_add(err, "payment");
}

/* --- time-outs ---------------------------------------------------------------------------------------------------- */

typedef struct TimingOut {
    int64_t now_ms;
    InvoiceRow rows[A_ROUND_MOST];
    size_t count;
} TimingOut;

static bool list_overdue(StoreTransaction *transaction, void *arg, Error *err)
{
    TimingOut *timing = arg;

    return invoices_overdue(transaction, timing->now_ms / 1000 - INVOICE_OPEN_S, timing->rows, A_ROUND_MOST,
                            &timing->count, err);
}

static bool expire(StoreTransaction *transaction, const InvoiceRow *invoice, int64_t now_ms, Error *err)
{
    const Move cancelled = { .id = invoice->number,
                             .from = INVOICE_OPEN,
                             .to = INVOICE_CANCELLED,
                             .epoch = invoice->epoch,
                             .next_epoch = true,
                             .actor = "office",
                             .at_ms = now_ms };
    RequestRow request;
    bool found;

    if (!state_move(transaction, &invoice_states, &cancelled, err) ||
        !requests_get(transaction, invoice->request, &found, &request, err))
        return false;
    return !found || request.state != ASKED_OPEN ||
           request_step(transaction, &request, ASKED_EXPIRED, "office", NULL, now_ms, err);
}

static bool expire_all(StoreTransaction *transaction, void *arg, Error *err)
{
    TimingOut *timing = arg;

    if (!list_overdue(transaction, timing, err))
        return false;
    for (size_t i = 0; i < timing->count; i++)
        if (!expire(transaction, &timing->rows[i], timing->now_ms, err))
            return false;
    return true;
}

bool invoices_time_out(Office *office, Error *err)
{
    TimingOut timing = { .now_ms = office_now_ms(office) };

    return (store_read(office->store, list_overdue, &timing, err) &&
            (timing.count == 0 || store_write(office->store, expire_all, &timing, err))) ||
           error_add(err, "unpaid invoices");
}
