#include "registrar/office/calls.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/office/feed.h"
#include "registrar/office/fields.h"
#include "registrar/office/inside.h"
#include "registrar/office/students.h"
#include "registrar/store/acts.h"
#include "wire/json.h"

#define PROFILE_BYTES_MOST (64u << 10)

static const ApiCallState told[] = {
    [CALL_IS_WAITING] = CALL_WAITING, [CALL_IS_COMING] = CALL_COMING,     [CALL_IS_OVER] = CALL_OVER,
    [CALL_IS_NOBODY] = CALL_NOBODY,   [CALL_IS_GIVEN_UP] = CALL_GIVEN_UP,
};
static_assert(COUNT(told) == CALL_STATE_COUNT, "what travels is what is kept");

bool call_move(StoreTransaction *transaction, const CallRow *call, CallState to, const char *actor, int64_t now_ms,
               Error *err)
{
    const Move move = { .id = call->id,
                        .from = (int)call->state,
                        .to = (int)to,
                        .epoch = call->epoch,
                        .next_epoch = true,
                        .actor = actor,
                        .at_ms = now_ms };
    const FeedEvent event = { .what = CHANGED_CALL, .kiosk = call->kiosk, .id = call->id, .at_ms = now_ms };

    return state_move(transaction, &call_states, &move, err) && feed_say(transaction, &event, err) &&
           desk_tell(transaction, "calls", err);
}

/* --- the kiosk's side --------------------------------------------------------------------------------------------- */

typedef struct Calling {
    Line *line;
    const Kiosk *kiosk;
    const Session *session;
    const ApiCallAsk *ask;
    const char *id;
    int64_t now_ms;
    ApiProblem problem;
    bool made;
    CallRow call;
} Calling;

static bool refuse(Calling *calling, ApiProblemKind kind, int retry_after_s)
{
    calling->problem = (ApiProblem){ .kind = kind, .retry_after_s = retry_after_s };
    return true;
}

/* Of this kiosk; in a transaction that has read the line. */
static bool find(StoreTransaction *transaction, Calling *calling, bool *ret_found, Error *err)
{
    if (!line_read(transaction, calling->now_ms / 1000, calling->line, err) ||
        !calls_get(transaction, calling->id, ret_found, &calling->call, err))
        return false;
    if (*ret_found && strcmp(calling->call.kiosk, calling->kiosk->id) != 0) {
        *ret_found = false;
        return refuse(calling, calling->ask ? PROBLEM_KEY_REUSED : PROBLEM_NOT_FOUND, 0);
    }
    if (!*ret_found && !calling->ask)
        refuse(calling, PROBLEM_NOT_FOUND, 0);
    return true;
}

/* Who stands at this kiosk now is another, or asks for something else. */
static bool end_earlier(StoreTransaction *transaction, const Calling *calling, const CallRow *open, size_t count,
                        Error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(open[i].kiosk, calling->kiosk->id) &&
            !call_move(transaction, &open[i], CALL_IS_GIVEN_UP, "office", calling->now_ms, err))
            return false;
    return true;
}

static bool put_call(StoreTransaction *transaction, Calling *calling, Error *err)
{
    const ApiCallAsk *ask = calling->ask;
    CallRow *call = &calling->call;
    char actor[ACTOR_SIZE], object[48];

    *call = (CallRow){ .state = CALL_IS_WAITING,
                       .epoch = 1,
                       .student = ask->named && calling->session ? calling->session->student : 0,
                       .made_at_s = calling->now_ms / 1000 };
    str_copy_cut(str_from(ask->key), call->id, sizeof call->id);
    str_copy_cut(str_from(calling->kiosk->id), call->kiosk, sizeof call->kiosk);
    str_copy_cut(str_from(ask->screen), call->screen, sizeof call->screen);
    str_copy_cut(str_from(ask->service), call->service, sizeof call->service);
    str_copy_cut(str_from(language_tag(ask->language)), call->language, sizeof call->language);
    actor_kiosk(actor, calling->kiosk->id);
    (void)snprintf(object, sizeof object, "call:%s", call->id);
    calling->made = true;
    return calls_add(transaction, call, err) && hall_say(transaction, calling->now_ms, err) &&
           desk_tell(transaction, "calls", err) &&
           acts_add(transaction, &(Act){ calling->now_ms, actor, "call.made", object, NULL }, err);
}

static bool make(StoreTransaction *transaction, void *arg, Error *err)
{
    Calling *calling = arg;
    CallRow open[CALLS_OPEN_MOST];
    size_t count;
    int64_t made;
    bool found;

    calling->problem = (ApiProblem){ 0 };
    calling->made = false;
    if (!find(transaction, calling, &found, err))
        return false;
    if (found || calling->problem.kind != PROBLEM_NONE)
        return true;
    if (!line_is_manned(calling->line))
        return refuse(calling, PROBLEM_CLOSED, 0);
    if (!calls_made_by(transaction, calling->kiosk->id, calling->now_ms / 1000 - CALLS_KIOSK_S + 1, &made, err) ||
        !calls_open(transaction, open, COUNT(open), &count, err))
        return false;
    if (made >= CALLS_KIOSK_MOST || count == COUNT(open))
        return refuse(calling, PROBLEM_LIMIT, CALLS_KIOSK_S);
    return end_earlier(transaction, calling, open, count, err) && put_call(transaction, calling, err);
}

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Calling *calling = arg;
    bool found;

    calling->problem = (ApiProblem){ 0 };
    return find(transaction, calling, &found, err);
}

static bool give_up(StoreTransaction *transaction, void *arg, Error *err)
{
    Calling *calling = arg;
    char actor[ACTOR_SIZE];
    bool found;

    calling->problem = (ApiProblem){ 0 };
    if (!find(transaction, calling, &found, err))
        return false;
    if (!found || !state_may_move(&call_states, (int)calling->call.state, CALL_IS_GIVEN_UP))
        return true;
    actor_kiosk(actor, calling->kiosk->id);
    if (!call_move(transaction, &calling->call, CALL_IS_GIVEN_UP, actor, calling->now_ms, err) ||
        !hall_say(transaction, calling->now_ms, err))
        return false;
    calling->call.state = CALL_IS_GIVEN_UP;
    return true;
}

static bool run(Office *office, StoreAct act, bool changes, Calling *calling, ApiProblem *ret_problem, ApiCall *ret,
                Error *err)
{
    OWNED(Line) line = line_new(hall_topics(office), err);

    calling->line = line;
    calling->now_ms = office_now_ms(office);
    if (!line ||
        !(changes ? store_write(office->store, act, calling, err) : store_read(office->store, act, calling, err)))
        return error_add(err, "call");
    *ret_problem = calling->problem;
    if (calling->problem.kind != PROBLEM_NONE)
        return true;
    *ret = (ApiCall){ .state = told[calling->call.state], .window = line_open_window(line) };
    memcpy(ret->id, calling->call.id, sizeof ret->id);
    return true;
}

bool call_make(Office *office, const Kiosk *kiosk, const Session *session, const ApiCallAsk *ask,
               ApiProblem *ret_problem, bool *ret_made, ApiCall *ret, Error *err)
{
    Calling calling = { .kiosk = kiosk, .session = session, .ask = ask, .id = ask->key };

    if (!run(office, make, true, &calling, ret_problem, ret, err))
        return false;
    *ret_made = calling.made;
    return true;
}

bool call_look(Office *office, const Kiosk *kiosk, const char *id, ApiProblem *ret_problem, ApiCall *ret, Error *err)
{
    Calling calling = { .kiosk = kiosk, .id = id };

    return run(office, look, false, &calling, ret_problem, ret, err);
}

bool call_give_up(Office *office, const Kiosk *kiosk, const char *id, ApiProblem *ret_problem, ApiCall *ret, Error *err)
{
    Calling calling = { .kiosk = kiosk, .id = id };

    return run(office, give_up, true, &calling, ret_problem, ret, err);
}

/* --- staff -------------------------------------------------------------------------------------------------------- */

typedef struct Listing {
    const char *clerk;
    CallList *list;
    CallRow rows[CALLS_OPEN_MOST];
} Listing;

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
    if (!profile || !fields_holder(profile, LANGUAGE_FIRST, array, size))
        array[0] = '\0';
    return true;
}

/* What came out of its printer before the call is part of what happened there. */
static bool read_job(StoreTransaction *transaction, CallLine *line, Error *err)
{
    return calls_last_job(transaction, line->call.kiosk, line->call.made_at_s - CALL_JOB_S, &line->has_job, &line->job,
                          err);
}

static bool list(StoreTransaction *transaction, void *arg, Error *err)
{
    Listing *listing = arg;

    if (!calls_open(transaction, listing->rows, COUNT(listing->rows), &listing->list->count, err))
        return false;
    for (size_t i = 0; i < listing->list->count; i++) {
        CallLine *line = &listing->list->lines[i];

        *line = (CallLine){ .call = listing->rows[i] };
        if (!kiosks_place(transaction, line->call.kiosk, line->place, sizeof line->place, err) ||
            !read_job(transaction, line, err) ||
            (line->call.student && line->call.state == CALL_IS_COMING && !strcmp(line->call.clerk, listing->clerk) &&
             !read_holder(transaction, line->call.student, line->holder, sizeof line->holder, err)))
            return false;
    }
    return true;
}

bool call_list(Office *office, const char *clerk, CallList *ret, Error *err)
{
    Listing listing = { .clerk = clerk, .list = ret };

    *ret = (CallList){ .catalogue = office_catalogue(office, err) };
    if (!ret->catalogue || !store_read(office->store, list, &listing, err)) {
        call_list_fini(ret);
        return error_add(err, "calls");
    }
    for (size_t i = 0; i < ret->count; i++) {
        const Service *service = catalogue_find(ret->catalogue, str_from(ret->lines[i].call.service));

        if (service)
            ret->lines[i].title = service->title;
    }
    return true;
}

void call_list_fini(CallList *calls)
{
    catalogue_drop(calls->catalogue);
    mem_wipe(calls, sizeof *calls);
}

typedef struct Answering {
    const char *clerk, *id;
    uint32_t epoch;
    CallState to;
    int64_t now_ms;
    ApiProblem problem;
} Answering;

/* Who comes is told whom they come to, where that student said so. */
static bool note_name(StoreTransaction *transaction, const Answering *answering, const CallRow *call, Error *err)
{
    char object[48], detail[64];

    if (answering->to != CALL_IS_COMING || !call->student)
        return true;
    actor_student(object, call->student);
    (void)snprintf(detail, sizeof detail, "{\"call\":\"%s\"}", call->id);
    return acts_add(transaction, &(Act){ answering->now_ms, answering->clerk, "student.named", object, detail }, err);
}

static bool answer(StoreTransaction *transaction, void *arg, Error *err)
{
    Answering *answering = arg;
    CallRow call;
    bool found;

    answering->problem = (ApiProblem){ 0 };
    if (!calls_get(transaction, answering->id, &found, &call, err))
        return false;
    if (!found)
        answering->problem.kind = PROBLEM_NOT_FOUND;
    else if (call.epoch != answering->epoch)
        answering->problem.kind = PROBLEM_CHANGED;
    else if (!state_may_move(&call_states, (int)call.state, (int)answering->to))
        answering->problem.kind = PROBLEM_DECIDED;
    if (answering->problem.kind != PROBLEM_NONE)
        return true;
    return calls_answered(transaction, call.id, answering->clerk, err) &&
           call_move(transaction, &call, answering->to, answering->clerk, answering->now_ms, err) &&
           note_name(transaction, answering, &call, err) && hall_say(transaction, answering->now_ms, err);
}

bool call_answer(Office *office, const char *clerk, const char *id, uint32_t epoch, CallState to,
                 ApiProblem *ret_problem, Error *err)
{
    Answering answering = { .clerk = clerk, .id = id, .epoch = epoch, .to = to, .now_ms = office_now_ms(office) };

    if (!store_write(office->store, answer, &answering, err))
        return error_add(err, "call");
    *ret_problem = answering.problem;
    return true;
}
