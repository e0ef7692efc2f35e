#include "registrar/office/jobs.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/office/handing.h"
#include "registrar/office/jobs_inside.h"
#include "registrar/office/making.h"
#include "registrar/office/plain.h"
#include "registrar/office/printers.h"
#include "registrar/office/taking.h"
#include "registrar/store/hand_outs.h"

#define TAKEN_AT_ONCE 200

/* --- moving ------------------------------------------------------------------------------------------------------- */

bool job_work_free(StoreTransaction *transaction, JobWork *work, Error *err)
{
    if (work->job.state == JOB_WAITING)
        return true;
    return job_move(transaction, &work->job, JOB_WAITING, work->order->clerk, work->now_ms, err) &&
           (work->job.state != JOB_ASSIGNED || job_say(transaction, &work->job, JOB_WAITING, work->now_ms, err)) &&
           job_work_read(transaction, work, err);
}

static bool changed(JobWork *work, bool done)
{
    if (!done)
        work->problem.kind = PROBLEM_CHANGED;
    return true;
}

/* For whom it waits: a kiosk, until its student has signed in; the page at the window. */
static bool wait_for(StoreTransaction *transaction, JobWork *work, const char *to, Error *err)
{
    bool done;

    if (!print_jobs_note_owner(transaction, &work->job, to, &done, err) || !changed(work, done) ||
        !job_work_read(transaction, work, err))
        return false;
    /* What staff hand out waits at the window as held by nobody, which is where its own page takes it from. */
    return !work->job.at_window || work->job.state != JOB_WAITING ||
           job_move(transaction, &work->job, JOB_HELD, work->order->clerk, work->now_ms, err);
}

bool job_work_give(StoreTransaction *transaction, JobWork *work, const char *to, Error *err)
{
    const char *printer = printer_of_owner(to);
    bool given;

    if (!printer)
        return wait_for(transaction, work, to, err);
    if (!printer_give(transaction, &work->job, printer, work->order->clerk, work->now_ms, &given, err))
        return false;
    if (!given)
        work->problem = api_problem_form("to", FORM_NOT_OFFERED);
    return true;
}

/* A kiosk or a printer that can be moved to. */
static bool check_to(StoreTransaction *transaction, JobWork *work, Error *err)
{
    const char *to = work->order->to;
    PrintOwnerRow owner;
    bool found;

    if (strcmp(to, WINDOW_OWNER) == 0)
        return print_owners_window(transaction, work->now_ms / 1000, err);
    if (!print_owners_get(transaction, to, &found, &owner, err))
        return false;
    /* A kiosk that was never heard of is none, and what is handed out at a window is no kiosk's. */
    if (!found || owner.gone || (!printer_of_owner(to) && (owner.heard_s == 0 || work->job.at_window)))
        work->problem = api_problem_form("to", FORM_NOT_OFFERED);
    return true;
}

static bool move(StoreTransaction *transaction, JobWork *work, Error *err)
{
    bool done;

    if (!check_to(transaction, work, err))
        return false;
    if (work->problem.kind != PROBLEM_NONE)
        return true;
    if (work->standing.held) /* and stays so: CUPS lets go of a job that is moved (facts/anchors.md 3.11) */
        return print_jobs_note_owner(transaction, &work->job, work->order->to, &done, err) && changed(work, done);
    return job_work_free(transaction, work, err) && job_work_give(transaction, work, work->order->to, err);
}

/* --- holding ------------------------------------------------------------------------------------------------------ */

static bool hold(StoreTransaction *transaction, JobWork *work, Error *err)
{
    const JobOrder *order = work->order;
    bool done;

    if (work->job.state != JOB_HELD && (!job_work_free(transaction, work, err) ||
                                        !job_move(transaction, &work->job, JOB_HELD, order->clerk, work->now_ms, err)))
        return false;
    return print_jobs_note_hold(transaction, &work->job, order->clerk, order->reason, order->words, &done, err) &&
           changed(work, done);
}

/* To the printer that it was moved to meanwhile; else it waits as it did. */
static bool release(StoreTransaction *transaction, JobWork *work, Error *err)
{
    const bool to_printer = printer_of_owner(work->job.owner) != NULL && !work->owner.gone;
    char to[ID_SIZE];
    bool done;

    memcpy(to, work->job.owner, sizeof to);
    if (!print_jobs_note_hold(transaction, &work->job, NULL, NULL, NULL, &done, err))
        return false;
    if (!done || (work->job.at_window && !to_printer))
        return changed(work, done);
    return job_work_read(transaction, work, err) && job_work_free(transaction, work, err) &&
           (!to_printer || job_work_give(transaction, work, to, err));
}

static bool cancel(StoreTransaction *transaction, JobWork *work, Error *err)
{
    const JobOrder *order = work->order;
    const bool was_assigned = work->job.state == JOB_ASSIGNED;

    return print_jobs_note_reason(transaction, &work->job, order->reason, order->words, err) &&
           (!was_assigned || job_say(transaction, &work->job, JOB_CANCELLED, work->now_ms, err)) &&
           (!was_assigned || job_work_free(transaction, work, err)) &&
           job_move(transaction, &work->job, JOB_CANCELLED, order->clerk, work->now_ms, err);
}

static bool stop(StoreTransaction *transaction, JobWork *work, Error *err)
{
    return job_say(transaction, &work->job, JOB_CANCELLED, work->now_ms, err);
}

/* --- what became of it -------------------------------------------------------------------------------------------- */

static bool take_over(StoreTransaction *transaction, JobWork *work, Error *err)
{
    return job_move(transaction, &work->job, JOB_UNKNOWN, work->order->clerk, work->now_ms, err) &&
           job_say(transaction, &work->job, JOB_UNKNOWN, work->now_ms, err);
}

/* Whose printer it was goes on then: it took nothing else before somebody had looked. */
static bool looked(StoreTransaction *transaction, JobWork *work, Error *err)
{
    static const JobState seen[DEED_COUNT] = {
        [DEED_PRINTED] = JOB_PRINTED, [DEED_PARTLY] = JOB_PARTLY, [DEED_NONE_OUT] = JOB_CANCELLED
    };
    const JobState to = seen[work->order->deed];

    return job_move(transaction, &work->job, to, work->order->clerk, work->now_ms, err) &&
           job_say(transaction, &work->job, to, work->now_ms, err);
}

static bool use_blank(StoreTransaction *transaction, const JobWork *work, Error *err)
{
    const Move move = { .id = work->blank.id,
                        .from = BLANK_BOUND,
                        .to = BLANK_USED,
                        .epoch = work->blank.epoch,
                        .next_epoch = true,
                        .actor = work->order->clerk,
                        .at_ms = work->now_ms };

    return !work->on_blank || state_move(transaction, &blank_states, &move, err);
}

static bool hand_out(StoreTransaction *transaction, JobWork *work, Error *err)
{
    const JobOrder *order = work->order;
    const Move collected = { .id = work->copy.id,
                             .from = DELIVERY_PRINTED,
                             .to = DELIVERY_COLLECTED,
                             .epoch = work->copy.epoch,
                             .actor = order->clerk,
                             .at_ms = work->now_ms };
    HandOutRow row = { .to_student = order->to_student, .at_s = work->now_ms / 1000 };

    memcpy(row.copy, work->copy.id, sizeof row.copy);
    str_copy_cut(str_from(order->clerk), row.given_by, sizeof row.given_by);
    if (!order->to_student) {
        str_copy_cut(str_trim(str_from(order->name)), row.name, sizeof row.name);
        str_copy_cut(str_trim(str_from(order->paper)), row.paper, sizeof row.paper);
    }
    return request_fulfil(transaction, &work->copy, order->clerk, work->now_ms, err) &&
           hand_outs_add(transaction, &row, err) && state_move(transaction, &delivery_states, &collected, err) &&
           use_blank(transaction, work, err);
}

/* --- one deed ----------------------------------------------------------------------------------------------------- */

typedef bool (*JobDo)(StoreTransaction *transaction, JobWork *work, Error *err);
static const JobDo deeds[DEED_COUNT] = {
    [DEED_HOLD] = hold,       [DEED_RELEASE] = release,     [DEED_CANCEL] = cancel,  [DEED_STOP] = stop,
    [DEED_MOVE] = move,       [DEED_TAKE_OVER] = take_over, [DEED_PRINTED] = looked, [DEED_PARTLY] = looked,
    [DEED_NONE_OUT] = looked, [DEED_HAND_OUT] = hand_out,
};

/* A problem that turned up half way undoes what was done. */
static bool finish(StoreTransaction *transaction, const JobWork *work, Error *err)
{
    return work->problem.kind != PROBLEM_NONE ? error_set(err, ERR_CONFLICT, "the job stays as it was")
                                              : job_work_note(transaction, work, err);
}

static bool do_deed(StoreTransaction *transaction, void *arg, Error *err)
{
    JobWork *work = arg;

    if (!job_work_begin(transaction, work, err))
        return false;
    return work->problem.kind != PROBLEM_NONE ||
           (deeds[work->order->deed](transaction, work, err) && finish(transaction, work, err));
}

/* --- once more ---------------------------------------------------------------------------------------------------- */

typedef struct Repeating {
    JobWork work; /* first: job_work_run */
    Taking taking;
} Repeating;

static bool add_copy(StoreTransaction *transaction, void *arg, Error *err)
{
    Repeating *repeating = arg;
    JobWork *work = &repeating->work;
    Taking *taking = &repeating->taking;
    CopyRow newest;
    bool found;

    if (!job_work_begin(transaction, work, err))
        return false;
    if (work->problem.kind == PROBLEM_NONE && !check_to(transaction, work, err))
        return false;
    if (work->problem.kind != PROBLEM_NONE)
        return true;
    if (!copies_newest(transaction, work->document.id, &found, &newest, err))
        return false;
    if (newest.n >= COPIES_MOST) {
        work->problem.kind = PROBLEM_NOT_ALLOWED;
        return true;
    }
    taking->document = work->document;
    memcpy(taking->copy.document, work->document.id, sizeof taking->copy.document);
    memcpy(taking->copy.place, work->copy.place, sizeof taking->copy.place);
    taking->copy.n = newest.n + 1;
    /* Printed by the office it is handed out by the office. */
    taking->at_window =
        work->job.at_window || strcmp(work->order->to, WINDOW_OWNER) == 0 || printer_of_owner(work->order->to) != NULL;
    return taking_add_copy(transaction, taking, &work->copy, err) &&
           print_jobs_note_again(transaction, taking->job, work->order->reason, work->order->words, err) &&
           job_work_note(transaction, work, err);
}

/* Where it goes once there is a page: another deed, since the page is made between the two. */
static bool send_on(Office *office, const JobOrder *order, const char *job, Error *err)
{
    JobOrder onward = *order;
    JobWork work = { .order = &onward, .now_ms = office_now_ms(office) };
    ApiProblem problem;

    onward.deed = DEED_MOVE;
    onward.job = job;
    onward.epoch = 0;
    onward.reason = onward.words = NULL;
    /* Somebody else was at it already: it is where they wanted it. */
    return job_work_run(office, do_deed, &work, &problem, err);
}

static bool reprint(Office *office, const JobOrder *order, ApiProblem *ret_problem, char ret_job[ID_SIZE], Error *err)
{
    Repeating repeating = { .work = { .order = order, .now_ms = office_now_ms(office) } };
    MakeOutcome outcome;

    if (!taking_begin(office, COPY_PAPER, "", order->clerk, &repeating.taking, err) ||
        !job_work_run(office, add_copy, &repeating.work, ret_problem, err))
        return false;
    if (ret_problem->kind != PROBLEM_NONE)
        return true;
    memcpy(ret_job, repeating.taking.job, ID_SIZE);
    return copy_make(office, repeating.taking.copy.id, 1, NULL, NULL, &outcome, err) &&
           (outcome != MAKE_READY || strcmp(order->to, WINDOW_OWNER) == 0 || send_on(office, order, ret_job, err));
}

/* --- asked for ---------------------------------------------------------------------------------------------------- */

static bool is_of(const char *const *words, const char *word)
{
    while (*words && strcmp(*words, word) != 0)
        words++;
    return *words != NULL;
}

static FormFault words_fault(const char *words)
{
    return words[0] ? plain_fault(words, PRINT_WORDS_MOST) : FORM_OK;
}

static bool check_reason(const JobOrder *order, const char *const *reasons, ApiProblem *problem)
{
    const FormFault words = words_fault(order->words);

    if (!is_of(reasons, order->reason))
        *problem = api_problem_form("reason", order->reason[0] ? FORM_NOT_OFFERED : FORM_MISSING);
    else if (strcmp(order->reason, "other") == 0 && !order->words[0])
        *problem = api_problem_form("words", FORM_MISSING);
    else if (words != FORM_OK)
        *problem = api_problem_form("words", words);
    return problem->kind == PROBLEM_NONE;
}

static bool check_taker(const JobOrder *order, ApiProblem *problem)
{
    if (order->to_student)
        return true;
    const FormFault name = plain_fault(order->name, HAND_OUT_NAME_MOST);
    const FormFault paper = plain_fault(order->paper, HAND_OUT_PAPER_MOST);
    if (name != FORM_OK || paper != FORM_OK)
        *problem = name != FORM_OK ? api_problem_form("name", name) : api_problem_form("paper", paper);
    return problem->kind == PROBLEM_NONE;
}

static bool is_whole(const JobOrder *order, ApiProblem *problem)
{
    const bool needs_to = order->deed == DEED_MOVE || order->deed == DEED_REPRINT;

    *problem = (ApiProblem){ .kind = PROBLEM_NONE };
    if (needs_to && !(order->to && order->to[0])) {
        *problem = api_problem_form("to", FORM_MISSING);
        return false;
    }
    switch (order->deed) {
    case DEED_HOLD: return check_reason(order, job_hold_reasons, problem);
    case DEED_CANCEL: return check_reason(order, job_cancel_reasons, problem);
    case DEED_REPRINT: return check_reason(order, job_reprint_reasons, problem);
    case DEED_HAND_OUT: return check_taker(order, problem);
    case DEED_RELEASE:
    case DEED_STOP:
    case DEED_MOVE:
    case DEED_TAKE_OVER:
    case DEED_PRINTED:
    case DEED_PARTLY:
    case DEED_NONE_OUT: return true;
    case DEED_PAGE:
    case DEED_COUNT: break;
    }
    *problem = (ApiProblem){ .kind = PROBLEM_BAD_REQUEST };
    return false;
}

bool jobs_do(Office *office, const JobOrder *order, ApiProblem *ret_problem, char ret_job[ID_SIZE], Error *err)
{
    JobWork work = { .order = order, .now_ms = office_now_ms(office) };
    bool done;

    str_copy_cut(str_from(order->job), ret_job, ID_SIZE);
    if (!is_whole(order, ret_problem))
        return true;
    done = order->deed == DEED_REPRINT ? reprint(office, order, ret_problem, ret_job, err)
                                       : job_work_run(office, do_deed, &work, ret_problem, err);
    return done || error_add(err, "%s a print job", job_deed_name(order->deed));
}

/* --- all of one --------------------------------------------------------------------------------------------------- */

typedef struct Listing {
    const char *owner;
    size_t count;
    struct {
        char id[ID_SIZE];
        uint32_t epoch;
        bool is_out;
    } jobs[TAKEN_AT_ONCE];
} Listing;

static bool add_job(void *ctx, const PrintQueueRow *row, Str profile UNUSED, bool *ret_go, Error *err UNUSED)
{
    Listing *listing = ctx;

    if (row->job.hold_by[0])
        return true; /* a hold stays where it is: its reason is somebody's */
    memcpy(listing->jobs[listing->count].id, row->job.id, ID_SIZE);
    listing->jobs[listing->count].epoch = row->job.epoch;
    listing->jobs[listing->count].is_out = row->need == NEED_PRINTING;
    *ret_go = ++listing->count < TAKEN_AT_ONCE;
    return true;
}

static bool list_jobs(StoreTransaction *transaction, void *arg, Error *err)
{
    Listing *listing = arg;
    const PrintQueueQuery query = {
        .first = NEED_PRINTING, .last = NEED_WAITING, .owner = listing->owner, .after = "", .most = TAKEN_AT_ONCE
    };

    listing->count = 0;
    return print_queue_list(transaction, &query, add_job, listing, err);
}

bool jobs_take_all(Office *office, const JobOrder *order, const char *owner, size_t *ret_done, Error *err)
{
    Listing *listing = mem_new(1, sizeof *listing);
    bool done;

    if (!listing)
        return error_set(err, ERR_MEMORY, "jobs");
    *ret_done = 0;
    listing->owner = owner;
    done = store_read(office->store, list_jobs, listing, err);
    for (size_t i = 0; done && i < listing->count; i++) {
        JobOrder one = *order;
        ApiProblem problem;
        char job[ID_SIZE];

        one.deed = listing->jobs[i].is_out ? DEED_TAKE_OVER : DEED_MOVE;
        one.job = listing->jobs[i].id;
        one.epoch = listing->jobs[i].epoch;
        if (listing->jobs[i].is_out)
            one.to = NULL;
        done = jobs_do(office, &one, &problem, job, err);
        *ret_done += done && problem.kind == PROBLEM_NONE;
    }
    mem_free(listing);
    return done || error_add(err, "jobs of %.40s", owner);
}
