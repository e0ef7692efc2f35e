/* The page of a job, printed by whoever of staff asks for it. */
#include <string.h>

#include "base/crypto.h"
#include "registrar/office/jobs_inside.h"
#include "registrar/office/making.h"

#define PAGE_BYTES_MOST (16u << 20)

typedef struct Paging {
    JobWork work; /* first: job_work_run */
    Buf *sealed;
} Paging;

/* Its last day is over: nobody gets a paper that is void. */
static void refuse_expired(JobWork *work)
{
    const int64_t expires_at_s = work->document.expires_at_s;

    if (work->problem.kind == PROBLEM_NONE && expires_at_s != 0 && work->now_ms / 1000 >= expires_at_s)
        work->problem.kind = PROBLEM_NOT_ALLOWED;
}

static bool read_page(StoreTransaction *transaction, void *arg, Error *err)
{
    Paging *paging = arg;

    buf_clear(paging->sealed);
    if (!job_work_begin(transaction, &paging->work, err))
        return false;
    refuse_expired(&paging->work);
    return paging->work.problem.kind != PROBLEM_NONE ||
           copies_page(transaction, paging->work.copy.id, paging->sealed, err);
}

/* -> waiting -> assigned to the window -> sending: one act, and after it the page is out of the house. */
static bool give(StoreTransaction *transaction, void *arg, Error *err)
{
    JobWork *work = &((Paging *)arg)->work;
    const char *clerk = work->order->clerk;

    if (!job_work_begin(transaction, work, err))
        return false;
    return work->problem.kind != PROBLEM_NONE ||
           (print_owners_window(transaction, work->now_ms / 1000, err) && job_work_free(transaction, work, err) &&
            job_assign(transaction, &work->job, WINDOW_OWNER, clerk, work->now_ms, err) &&
            job_work_read(transaction, work, err) &&
            job_move(transaction, &work->job, JOB_SENDING, clerk, work->now_ms, err) &&
            job_work_note(transaction, work, err));
}

bool jobs_page(Office *office, const JobOrder *order, ApiProblem *ret_problem, Blob **ret_pdf, Error *err)
{
    OWNED_BUF sealed, plain;
    Paging paging = { .work = { .order = order, .now_ms = office_now_ms(office) }, .sealed = &sealed };

    buf_init(&sealed, PAGE_BYTES_MOST);
    buf_init(&plain, PAGE_BYTES_MOST);
    if (!store_read(office->store, read_page, &paging, err))
        return error_add(err, "page of a print job");
    *ret_problem = paging.work.problem;
    if (ret_problem->kind != PROBLEM_NONE)
        return true;
    /* Opened before it counts as handed out: what can fail has failed by then. */
    if (!crypto_open(office->keys.page, str_from(paging.work.copy.id), buf_str(&sealed), &plain, err))
        return error_add(err, "page of a print job");
    OWNED(Blob) pdf = blob_take_buf(&plain);
    if (!pdf)
        return error_set(err, ERR_MEMORY, "page of a print job");
    if (!job_work_run(office, give, &paging.work, ret_problem, err))
        return error_add(err, "page of a print job");
    if (ret_problem->kind != PROBLEM_NONE)
        return true;
    LOG(office->log, LOG_INFO, EVENT_PAGE_HANDED_OUT, LOG_WORD("copy", paging.work.copy.id),
        LOG_WORD("job", paging.work.job.id), LOG_NUMBER("epoch", paging.work.job.epoch),
        LOG_WORD("kiosk", WINDOW_OWNER));
    *ret_pdf = steal(&pdf);
    return true;
}
