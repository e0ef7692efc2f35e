/* What may be done with a job, and the transaction in which it is. */
#include <string.h>

#include "registrar/office/desk_students.h"
#include "registrar/office/jobs_inside.h"
#include "registrar/office/live.h"
#include "registrar/store/printers.h"
#include "wire/json.h"

static const char *const deed_names[] = {
    [DEED_HOLD] = "hold",     [DEED_RELEASE] = "release", [DEED_CANCEL] = "cancel",     [DEED_STOP] = "stop",
    [DEED_MOVE] = "move",     [DEED_TAKE_OVER] = "take",  [DEED_PRINTED] = "printed",   [DEED_PARTLY] = "partly",
    [DEED_NONE_OUT] = "none", [DEED_REPRINT] = "reprint", [DEED_HAND_OUT] = "hand-out", [DEED_PAGE] = "page",
};
static_assert(COUNT(deed_names) == DEED_COUNT, "one name per JobDeed");

const char *job_deed_name(JobDeed deed)
{
    return deed_names[deed];
}

bool job_deed_parse(Str name, JobDeed *ret)
{
    for (size_t i = 0; i < COUNT(deed_names); i++) {
        if (str_equal_text(name, deed_names[i])) {
            *ret = (JobDeed)i;
            return true;
        }
    }
    return false;
}

const char *const job_hold_reasons[] = { "student-comes", "check", "paper", "other", NULL };
const char *const job_cancel_reasons[] = { "not-wanted", "mistake", "other", NULL };
const char *const job_reprint_reasons[] = { "jam", "smeared", "torn", "lost", "other", NULL };

/* --- what may be done --------------------------------------------------------------------------------------------- */

#define MAY(deed) (1u << DEED_##deed)

/* Its page is in the house. */
static unsigned deeds_before(const JobStanding *standing)
{
    const bool ready = standing->making == MAKING_READY && standing->validity == VALIDITY_VALID;
    unsigned deeds = standing->held ? MAY(RELEASE) : MAY(HOLD);

    if (!standing->on_blank)
        deeds |= MAY(CANCEL); /* else its blank is spoiled first, or stays bound to nothing */
    if (ready)
        deeds |= MAY(MOVE);
    if (ready && !standing->held && standing->state != JOB_ASSIGNED)
        deeds |= MAY(PAGE);
    return deeds;
}

static unsigned deeds_after_end(const JobStanding *standing)
{
    const bool again = !standing->on_blank && standing->validity == VALIDITY_VALID &&
                       standing->document == DOCUMENT_ISSUED && standing->making == MAKING_READY;
    /* A page that was printed and revoked since is nobody's paper. */
    const bool given =
        standing->delivery == DELIVERY_PRINTED && standing->printed_at_office && standing->validity == VALIDITY_VALID;

    return (again ? MAY(REPRINT) : 0) | (given ? MAY(HAND_OUT) : 0);
}

unsigned job_deeds(const JobStanding *standing)
{
    const unsigned looked = MAY(PRINTED) | MAY(PARTLY) | MAY(NONE_OUT);

    if (standing->delivery == DELIVERY_SUPERSEDED || standing->delivery == DELIVERY_COLLECTED)
        return 0;
    switch (standing->state) {
    case JOB_WAITING:
    case JOB_HELD:
    case JOB_ASSIGNED: return deeds_before(standing);
    case JOB_SENDING:
    case JOB_SENT:
        if (standing->on_window_page)
            return looked;
        return standing->owner_silent ? MAY(TAKE_OVER) : MAY(STOP);
    case JOB_UNKNOWN: return looked;
    case JOB_PRINTED:
    case JOB_PARTLY:
    case JOB_CANCELLED:
    case JOB_ABORTED: return deeds_after_end(standing);
    case JOB_EXPIRED: return 0;
    }
    return 0;
}

/* --- one job in a transaction ------------------------------------------------------------------------------------- */

static bool read_owner(StoreTransaction *transaction, JobWork *work, bool *ret_silent, Error *err)
{
    const char *owner = work->job.owner;
    bool found = false;

    *ret_silent = false;
    work->owner = (PrintOwnerRow){ 0 };
    if (!owner[0] || strcmp(owner, WINDOW_OWNER) == 0)
        return true;
    if (!print_owners_get(transaction, owner, &found, &work->owner, err))
        return false;
    const int64_t patience_s = printer_of_owner(owner) ? 0 : JOB_OWNER_SILENT_S;
    *ret_silent = !found || work->owner.gone || work->owner.heard_s + patience_s < work->now_ms / 1000;
    return true;
}

bool job_work_read(StoreTransaction *transaction, JobWork *work, Error *err)
{
    const PrintJobRow *job = &work->job;
    bool found, silent;

    work->problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
    if (!print_jobs_get(transaction, work->order->job, &found, &work->job, err))
        return false;
    if (!found)
        return true;
    if (!copies_get(transaction, job->copy, &found, &work->copy, err) ||
        (found && !documents_get(transaction, work->copy.document, &found, &work->document, err)) ||
        !blanks_of_copy(transaction, job->copy, &work->on_blank, &work->blank, err) ||
        !read_owner(transaction, work, &silent, err))
        return false;
    if (!found)
        return error_set(err, ERR_STORE, "a job without its copy or document");
    const bool of_page = strcmp(job->owner, WINDOW_OWNER) == 0;
    work->problem.kind = PROBLEM_NONE;
    work->standing = (JobStanding){ .state = job->state,
                                    .at_window = job->at_window,
                                    .held = job->state == JOB_HELD && job->hold_by[0],
                                    .on_window_page = of_page,
                                    .owner_silent = silent,
                                    .on_blank = work->on_blank,
                                    .making = work->copy.making,
                                    .validity = work->copy.validity,
                                    .delivery = work->copy.delivery,
                                    .document = work->document.state,
                                    .printed_at_office = job->at_window || of_page || printer_of_owner(job->owner) };
    return true;
}

/* A scope names kiosks and the office's printers; what is nobody's is everybody's. */
static bool is_in_scope(const StaffScope *scope, const char *owner)
{
    const char *printer = printer_of_owner(owner);

    return !owner[0] || strcmp(owner, WINDOW_OWNER) == 0 ||
           scope_has(scope, SCOPE_PRINTER, str_from(printer ? printer : owner));
}

bool job_work_begin(StoreTransaction *transaction, JobWork *work, Error *err)
{
    const JobOrder *order = work->order;
    bool seen;

    if (!job_work_read(transaction, work, err))
        return false;
    if (work->problem.kind != PROBLEM_NONE)
        return true;
    if (!desk_student_is_seen(transaction, work->document.student, order->scope, &seen, err))
        return false;
    if (!seen || !is_in_scope(order->scope, work->job.owner) || (order->to && !is_in_scope(order->scope, order->to)))
        work->problem.kind = PROBLEM_NOT_FOUND;
    else if (!(job_deeds(&work->standing) & 1u << order->deed))
        work->problem.kind = work->job.epoch == order->epoch ? PROBLEM_DECIDED : PROBLEM_CHANGED;
    else if (work->job.epoch != order->epoch)
        work->problem.kind = PROBLEM_CHANGED;
    return true;
}

bool job_work_note(StoreTransaction *transaction, const JobWork *work, Error *err)
{
    const JobOrder *order = work->order;
    OWNED_BUF act, object, detail;
    OWNED(json_t)
    what = json_pack("{s:s*, s:s*, s:s*}", "reason", order->reason, "words",
                     order->words && order->words[0] ? order->words : NULL, "to", order->to);

    buf_init(&act, 40);
    buf_init(&object, 64);
    buf_init(&detail, 400);
    buf_add_format(&act, "print-job.staff-%s", deed_names[order->deed]);
    buf_add_format(&object, "print-job:%s", work->job.id);
    if (!what)
        return error_set(err, ERR_MEMORY, "act");
    return json_write(what, &detail, err) && buf_ok(&act, err) && buf_ok(&object, err) &&
           acts_add(transaction,
                    &(Act){ work->now_ms, order->clerk, buf_text(&act), buf_text(&object),
                            json_object_size(what) > 0 ? buf_text(&detail) : NULL },
                    err) &&
           desk_tell(transaction, "prints", err);
}

bool job_work_run(Office *office, StoreAct act, JobWork *work, ApiProblem *ret_problem, Error *err)
{
    Error why = { 0 };

    if (!store_write(office->store, act, work, &why)) {
        *ret_problem = work->problem.kind != PROBLEM_NONE ? work->problem : (ApiProblem){ .kind = PROBLEM_CHANGED };
        return why.code == ERR_CONFLICT || error_set_cause(err, why.code, why.cause, "%s", why.text);
    }
    *ret_problem = work->problem;
    return true;
}
