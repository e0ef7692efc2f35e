/* What staff returned, answered anew. */
#include <string.h>

#include "registrar/office/asking.h"
#include "registrar/office/approving.h"
#include "registrar/office/mine_inside.h"
#include "registrar/office/photos.h"

#define ANSWERS_BYTES_MOST (64u << 10)
#define LOOKS_MOST         8

typedef struct Answering {
    const Office *office;
    const Session *session;
    const ApiRequest *given;
    Mine *mine;
    const Bound *bound;
    uint8_t fingerprint[HASH_SIZE];
    Buf canonical, items, before; /* what is answered now; what of it the record gave; what was answered */
    int64_t now_ms;
} Answering;

/* --- whether they may be ------------------------------------------------------------------------------------------ */

/* What was paid stays paid: the same or less may be chosen; for more another request is handed in. */
static bool check_fee(const Answering *answering, ApiProblem *problem)
{
    const Service *service = bound_service(answering->bound);
    const Mine *mine = answering->mine;
    const int64_t paid = mine->has_invoice ? mine->invoice.sum : 0;

    if (service_fee(service, &answering->given->answers) <= paid)
        return true;
    *problem = api_problem_form(service->fee_of ? service->fee_of : "", FORM_MANY);
    return false;
}

typedef struct HoldingPhotos {
    const Answering *answering;
    const char *field; /* the first that does not hold; NULL: all do */
} HoldingPhotos;

static bool hold_photos(StoreTransaction *transaction, void *arg, Error *err)
{
    HoldingPhotos *holding = arg;
    const Answering *answering = holding->answering;

    return photos_hold(transaction, answering->session->student, bound_service(answering->bound),
                       &answering->given->answers, answering->mine->request.id, &holding->field, err);
}

static bool check_photos(Office *office, const Answering *answering, ApiProblem *problem, Error *err)
{
    HoldingPhotos holding = { answering, NULL };

    if (!photos_are_named(bound_service(answering->bound), &answering->given->answers))
        return true;
    if (!store_read(office->store, hold_photos, &holding, err))
        return error_add(err, "photographs");
    if (holding.field)
        *problem = api_problem_form(holding.field, FORM_NOT_OFFERED);
    return true;
}

static bool check(Office *office, const Answering *answering, ApiProblem *problem)
{
    const char *field = NULL;
    const FormFault fault =
        form_check(bound_service(answering->bound), &answering->given->answers, office_today(office), &field);

    if (fault == FORM_OK)
        return check_fee(answering, problem);
    *problem = api_problem_form(field, fault);
    return false;
}

/* The same answers once more, when they were taken already. */
static bool is_answered(const Answering *answering)
{
    const Mine *mine = answering->mine;

    return memcmp(mine->request.answers_hash, answering->fingerprint, HASH_SIZE) == 0 &&
           passage_of(&mine->passage, STAGE_RETURNED) > 0;
}

/* --- taking them -------------------------------------------------------------------------------------------------- */

static bool add_stage(StoreTransaction *transaction, const Answering *answering, uint32_t epoch, Error *err)
{
    const RequestRow *request = &answering->mine->request;
    const StageRow *last = passage_last(&answering->mine->passage);

    if (!last)
        return error_set(err, ERR_INTERNAL, "a request that was returned by nobody");
    StageRow next = {
        .n = last->n + 1, .epoch = epoch, .state = STAGE_WAITING, .changed_at_s = answering->now_ms / 1000
    };

    memcpy(next.unit, last->unit, sizeof next.unit);
    return stages_put_returned(transaction, request->id, last->n, buf_str(&answering->before), err) &&
           stages_add(transaction, request->id, &next, err);
}

static bool take_photos(StoreTransaction *transaction, const Answering *answering, Error *err)
{
    const Service *service = bound_service(answering->bound);
    const Answers *answers = &answering->given->answers;
    const int64_t student = answering->session->student;
    const char *id = answering->mine->request.id, *field;

    if (!photos_are_named(service, answers) && !photos_are_named(service, &answering->mine->answers))
        return true;
    if (!photos_hold(transaction, student, service, answers, id, &field, err))
        return false;
    if (field)
        return error_set(err, ERR_CONFLICT, "photographs for %s are gone", field);
    return photos_hand_in(transaction, student, service, answers, id, answering->now_ms, err);
}

static bool take(StoreTransaction *transaction, void *arg, Error *err)
{
    Answering *answering = arg;
    RequestRow request = answering->mine->request;
    char actor[ACTOR_SIZE];

    actor_student(actor, answering->session->student);
    return request_step(transaction, &request, ASKED_IN_UNIT, actor, "{\"anew\":true}", answering->now_ms, err) &&
           add_stage(transaction, answering, request.epoch, err) &&
           requests_answer(transaction, &request, buf_str(&answering->canonical), err) &&
           requests_put_items(transaction, request.id, buf_str(&answering->items), err) &&
           take_photos(transaction, answering, err) &&
           photos_unsee(transaction, bound_service(answering->bound), &answering->mine->answers,
                        &answering->given->answers, request.id, err);
}

static bool write_anew(Office *office, Answering *answering, Error *err)
{
    RequestRow *request = &answering->mine->request;
    const Calendar *calendar = institution_calendar(office->institution);

    answering->now_ms = office_now_ms(office);
    memcpy(request->answers_hash, answering->fingerprint, HASH_SIZE);
    str_copy_cut(str_from(language_tag(answering->given->language)), request->language, sizeof request->language);
    request->promised_at_s =
        calendar_promise(calendar, answering->now_ms / 1000, bound_service(answering->bound)->promise_hours);
    buf_clear(&answering->items);
    buf_clear(&answering->before);
    return bound_items(answering->bound, &answering->given->answers, &answering->items, err) &&
           answers_write(&answering->mine->answers, &answering->before, err) &&
           store_write(office->store, take, answering, err);
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

typedef struct Telling {
    char request[ID_SIZE];
    int64_t student;
    const uint8_t *fingerprint; /* NULL: the request itself; else the open one that asks for the same */
    bool found;
    Issue issue;
} Telling;

static bool read_issue(StoreTransaction *transaction, void *arg, Error *err)
{
    Telling *telling = arg;
    RequestRow equal;

    if (telling->fingerprint) {
        if (!requests_open_equal(transaction, telling->student, telling->fingerprint, &telling->found, &equal, err))
            return false;
        if (telling->found)
            memcpy(telling->request, equal.id, sizeof telling->request);
    }
    return (telling->fingerprint && !telling->found) ||
           issue_read(transaction, telling->request, CARRIER_PAPER, &telling->found, &telling->issue, err);
}

static bool tell(Office *office, const Answering *answering, bool equal, ApiIssued *ret, Error *err)
{
    Telling telling = { .student = answering->session->student, .fingerprint = equal ? answering->fingerprint : NULL };

    memcpy(telling.request, answering->mine->request.id, sizeof telling.request);
    if (!store_read(office->store, read_issue, &telling, err))
        return false;
    if (telling.found)
        issue_tell(&telling.issue, CARRIER_PAPER, ret);
    return true;
}

/* One round; *ret_again: a clerk was faster. */
static bool answer_once(Office *office, const Shelf *shelf, Answering *answering, ApiProblem *problem, bool *ret_again,
                        Error *err)
{
    const Service *service;
    OWNED(Bound) bound = NULL;
    Error why = { 0 };

    *ret_again = false;
    *problem = (ApiProblem){ 0 };
    if (!store_read(office->store, mine_read, answering->mine, err))
        return false;
    service = shelf_service(shelf, answering->mine->request.service);
    if (!answering->mine->found || !service)
        problem->kind = PROBLEM_NOT_FOUND;
    else if (strcmp(service->id, answering->given->service) != 0)
        problem->kind = PROBLEM_KEY_REUSED;
    else if (answering->mine->request.state != ASKED_RETURNED || answering->mine->passage.count == 0)
        problem->kind = is_answered(answering) ? PROBLEM_NONE : PROBLEM_DECIDED;
    else {
        if (!bound_now(office, answering->session->student, service, &bound, err))
            return false;
        answering->bound = bound;
        if (!check(office, answering, problem))
            return true;
        if (!check_photos(office, answering, problem, err))
            return false;
        if (problem->kind != PROBLEM_NONE || write_anew(office, answering, &why))
            return true;
        *ret_again = why.code == ERR_CONFLICT;
        if (why.code == ERR_EXISTS)
            problem->kind = PROBLEM_ALREADY_OPEN;
        return *ret_again || why.code == ERR_EXISTS || error_set_cause(err, why.code, why.cause, "%s", why.text);
    }
    return true;
}

typedef struct Awaiting {
    int64_t student;
    const char *service;
    bool returned;
} Awaiting;

static bool read_awaiting(StoreTransaction *transaction, void *arg, Error *err)
{
    Awaiting *awaiting = arg;

    return requests_returned(transaction, awaiting->student, awaiting->service, &awaiting->returned, err);
}

bool student_answers_anew(Office *office, int64_t student, const char *service, bool *ret, Error *err)
{
    Awaiting awaiting = { student, service, false };

    if (!store_read(office->store, read_awaiting, &awaiting, err))
        return error_add(err, "answering anew");
    *ret = awaiting.returned;
    return true;
}

bool office_answer_anew(Office *office, const Session *session, const char *key, const ApiRequest *request,
                        ApiProblem *ret_problem, ApiIssued *ret, Error *err)
{
    OWNED(Mine) mine = mine_new(session, key, err);
    OWNED(Shelf) shelf = shelf_take(office);
    Answering answering = { .office = office, .session = session, .given = request, .mine = mine };
    bool again = true, done = mine != NULL;

    *ret = (ApiIssued){ 0 };
    buf_init(&answering.canonical, ANSWERS_BYTES_MOST);
    buf_init(&answering.items, BOUND_ITEMS_MOST);
    buf_init(&answering.before, ANSWERS_BYTES_MOST);
    done = done && asking_fingerprint(request, &answering.canonical, answering.fingerprint, err);
    for (int i = 0; i < LOOKS_MOST && again && done; i++)
        done = answer_once(office, shelf, &answering, ret_problem, &again, err);
    if (done && again)
        *ret_problem = (ApiProblem){ .kind = PROBLEM_BUSY, .retry_after_s = 2 };
    if (done && (ret_problem->kind == PROBLEM_NONE || ret_problem->kind == PROBLEM_ALREADY_OPEN))
        done = tell(office, &answering, ret_problem->kind == PROBLEM_ALREADY_OPEN, ret, err);
    buf_fini(&answering.canonical);
    buf_fini(&answering.items);
    buf_fini(&answering.before);
    return done || error_add(err, "answering anew");
}
