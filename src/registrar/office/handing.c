#include "registrar/office/handing.h"

#include <string.h>

#include "base/crypto.h"
#include "registrar/office/approving.h"
#include "registrar/office/plain.h"
#include "registrar/office/prints.h"
#include "registrar/office/taking.h"

#define PAGE_BYTES_MOST (16u << 20)

/* A request's paper at the window, as one transaction sees it. */
typedef struct Window {
    const char *id, *clerk;
    int64_t now_ms;
    ApiProblemKind problem;
    RequestRow request;
    DocumentRow document;
    CopyRow copy;
    PrintJobRow job;
    bool on_blank;
    BlankRow blank;
} Window;

static bool read_window(StoreTransaction *transaction, Window *window, Error *err)
{
    bool found;

    window->problem = PROBLEM_NOT_FOUND;
    if (!requests_get(transaction, window->id, &found, &window->request, err))
        return false;
    if (!found || !window->request.number[0])
        return true;
    window->problem = PROBLEM_DECIDED;
    if (!documents_of_request(transaction, window->id, &found, &window->document, err) ||
        (found && !copies_newest_of(transaction, window->document.id, COPY_PAPER, &found, &window->copy, err)) ||
        (found && !print_jobs_of_copy(transaction, window->copy.id, &found, &window->job, err)))
        return false;
    if (!found || !window->job.at_window || window->copy.making != MAKING_READY)
        return true;
    window->problem = window->copy.validity == VALIDITY_VALID ? PROBLEM_NONE : PROBLEM_NOT_ALLOWED;
    return blanks_of_copy(transaction, window->copy.id, &window->on_blank, &window->blank, err);
}

static bool run(Office *office, StoreAct act, void *arg, const Window *window, ApiProblem *ret_problem, Error *err)
{
    Error why = { 0 };

    if (!store_write(office->store, act, arg, &why)) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_CHANGED };
        return why.code == ERR_CONFLICT || error_set_cause(err, why.code, why.cause, "%s", why.text);
    }
    *ret_problem = (ApiProblem){ .kind = window->problem };
    return true;
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

typedef struct Giving {
    Window window;
    char copy[ID_SIZE]; /* whose page was read */
    Buf *sealed;
} Giving;

/* Its last day is over: nobody gets a paper that is void. */
static void refuse_expired(Window *window)
{
    const int64_t expires_at_s = window->document.expires_at_s;

    if (window->problem == PROBLEM_NONE && expires_at_s != 0 && window->now_ms / 1000 >= expires_at_s)
        window->problem = PROBLEM_NOT_ALLOWED;
}

static bool read_page(StoreTransaction *transaction, void *arg, Error *err)
{
    Giving *giving = arg;

    buf_clear(giving->sealed);
    if (!read_window(transaction, &giving->window, err))
        return false;
    refuse_expired(&giving->window);
    return giving->window.problem != PROBLEM_NONE ||
           copies_page(transaction, giving->window.copy.id, giving->sealed, err);
}

/* held -> waiting -> assigned to the window -> sending: one act, and after it the page is out of the house. */
static bool give(StoreTransaction *transaction, void *arg, Error *err)
{
    Giving *giving = arg;
    Window *window = &giving->window;
    PrintJobRow *job = &window->job;
    bool found;

    if (!read_window(transaction, window, err))
        return false;
    if (window->problem == PROBLEM_NONE && strcmp(window->copy.id, giving->copy) != 0)
        window->problem = PROBLEM_CHANGED; /* its blank was spoiled meanwhile */
    else if (window->problem == PROBLEM_NONE && job->state != JOB_HELD)
        window->problem = PROBLEM_HANDED_OUT;
    if (window->problem != PROBLEM_NONE)
        return true;
    return job_move(transaction, job, JOB_WAITING, window->clerk, window->now_ms, err) &&
           print_jobs_get(transaction, job->id, &found, job, err) &&
           job_assign(transaction, job, WINDOW_OWNER, window->clerk, window->now_ms, err) &&
           print_jobs_get(transaction, job->id, &found, job, err) &&
           job_move(transaction, job, JOB_SENDING, window->clerk, window->now_ms, err) &&
           print_jobs_get(transaction, job->id, &found, job, err);
}

bool window_page(Office *office, const char *clerk, const char *request, ApiProblem *ret_problem, Blob **ret_pdf,
                 ApiPrintJob *ret_job, Error *err)
{
    OWNED_BUF sealed, plain;
    Giving giving = { .window = { .id = request, .clerk = clerk, .now_ms = office_now_ms(office) }, .sealed = &sealed };

    buf_init(&sealed, PAGE_BYTES_MOST);
    buf_init(&plain, PAGE_BYTES_MOST);
    if (!store_read(office->store, read_page, &giving, err))
        return error_add(err, "page of the window");
    *ret_problem = (ApiProblem){ .kind = giving.window.problem };
    if (ret_problem->kind != PROBLEM_NONE)
        return true;
    /* Opened before it counts as handed out: what can fail has failed by then. */
    if (!crypto_open(office->keys.page, str_from(giving.window.copy.id), buf_str(&sealed), &plain, err))
        return error_add(err, "page of the window");
    memcpy(giving.copy, giving.window.copy.id, sizeof giving.copy);
    OWNED(Blob) pdf = blob_take_buf(&plain);
    if (!pdf)
        return error_set(err, ERR_MEMORY, "page of the window");
    if (!run(office, give, &giving, &giving.window, ret_problem, err))
        return error_add(err, "page of the window");
    if (ret_problem->kind != PROBLEM_NONE)
        return true;
    job_tell(&giving.window.job, ret_job);
    LOG(office->log, LOG_INFO, EVENT_PAGE_HANDED_OUT, LOG_WORD("copy", giving.window.copy.id),
        LOG_WORD("job", giving.window.job.id), LOG_NUMBER("epoch", giving.window.job.epoch),
        LOG_WORD("kiosk", WINDOW_OWNER));
    *ret_pdf = steal(&pdf);
    return true;
}

/* --- what became of it -------------------------------------------------------------------------------------------- */

typedef struct Telling {
    Window window;
    uint32_t epoch;
    ApiPrintState said;
} Telling;

static bool is_outcome(ApiPrintState state)
{
    return state == PRINT_PRINTED || state == PRINT_PARTLY || state == PRINT_CANCELLED || state == PRINT_UNKNOWN;
}

/* Who looked at the paper counts its sheets: "printed" is all of them, "cancelled" none. */
static bool take_word(StoreTransaction *transaction, void *arg, Error *err)
{
    Telling *telling = arg;
    Window *window = &telling->window;
    PrintJobRow *job = &window->job;
    JobState to;
    bool found;

    if (!read_window(transaction, window, err))
        return false;
    if (window->problem == PROBLEM_NOT_ALLOWED)
        window->problem = PROBLEM_NONE; /* suspended since: what became of the page is told all the same */
    if (window->problem != PROBLEM_NONE)
        return true;
    const ApiPrintReport report = { .epoch = telling->epoch,
                                    .state = telling->said,
                                    .sheets = telling->said == PRINT_PRINTED ? job->sheets_expected : 0 };
    const PrintReportRow row = { .job = job->id,
                                 .kiosk = WINDOW_OWNER,
                                 .epoch = telling->epoch,
                                 .at_ms = window->now_ms,
                                 .state = api_print_state_name(telling->said),
                                 .sheets = report.sheets,
                                 .printer_uuid = "",
                                 .counted = true };
    if (job->epoch != telling->epoch || !print_verdict(job, &report, &to)) {
        window->problem = PROBLEM_DECIDED;
        return true;
    }
    return print_reports_add(transaction, &row, err) &&
           (to == job->state || job_move(transaction, job, to, window->clerk, window->now_ms, err)) &&
           print_jobs_get(transaction, job->id, &found, job, err);
}

bool window_told(Office *office, const char *clerk, const char *request, uint32_t epoch, ApiPrintState state,
                 ApiProblem *ret_problem, ApiPrintJob *ret, Error *err)
{
    Telling telling = { .window = { .id = request, .clerk = clerk, .now_ms = office_now_ms(office) },
                        .epoch = epoch,
                        .said = state };

    if (!is_outcome(state)) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_BAD_REQUEST };
        return true;
    }
    if (!run(office, take_word, &telling, &telling.window, ret_problem, err))
        return error_add(err, "what became of a page");
    job_tell(&telling.window.job, ret);
    return true;
}

/* --- once more ---------------------------------------------------------------------------------------------------- */

typedef struct Repeating {
    Window window;
    Taking taking;
} Repeating;

static bool did_not_come_out(const PrintJobRow *job)
{
    return job->state == JOB_PARTLY || job->state == JOB_CANCELLED || job->state == JOB_ABORTED ||
           job->state == JOB_UNKNOWN;
}

static bool repeat(StoreTransaction *transaction, void *arg, Error *err)
{
    Repeating *repeating = arg;
    Window *window = &repeating->window;
    Taking *taking = &repeating->taking;

    if (!read_window(transaction, window, err))
        return false;
    if (window->problem == PROBLEM_NONE &&
        (!did_not_come_out(&window->job) || window->on_blank || window->document.state != DOCUMENT_ISSUED))
        window->problem = PROBLEM_DECIDED;
    else if (window->problem == PROBLEM_NONE && window->copy.n >= COPIES_MOST)
        window->problem = PROBLEM_NOT_ALLOWED;
    if (window->problem != PROBLEM_NONE)
        return true;
    taking->document = window->document;
    memcpy(taking->copy.document, window->document.id, sizeof taking->copy.document);
    memcpy(taking->copy.place, window->copy.place, sizeof taking->copy.place);
    taking->copy.n = window->copy.n + 1;
    taking->at_window = true;
    return taking_add_copy(transaction, taking, &window->copy, err);
}

bool window_again(Office *office, const char *clerk, const char *request, ApiProblem *ret_problem, Error *err)
{
    Repeating repeating = { .window = { .id = request, .clerk = clerk, .now_ms = office_now_ms(office) } };
    MakeOutcome outcome;

    if (!taking_begin(office, COPY_PAPER, "", clerk, &repeating.taking, err) ||
        !run(office, repeat, &repeating, &repeating.window, ret_problem, err))
        return error_add(err, "a further copy");
    return ret_problem->kind != PROBLEM_NONE ||
           copy_make(office, repeating.taking.copy.id, 1, NULL, NULL, &outcome, err) ||
           error_add(err, "a further copy");
}

/* --- into whose hands --------------------------------------------------------------------------------------------- */

typedef struct Handing {
    Window window;
    const HandOut *hand_out;
} Handing;

static bool move_copy(StoreTransaction *transaction, const Window *window, Error *err)
{
    const Move move = { .id = window->copy.id,
                        .from = DELIVERY_PRINTED,
                        .to = DELIVERY_COLLECTED,
                        .epoch = window->copy.epoch,
                        .actor = window->clerk,
                        .at_ms = window->now_ms };

    return state_move(transaction, &delivery_states, &move, err);
}

static bool use_blank(StoreTransaction *transaction, const Window *window, Error *err)
{
    const Move move = { .id = window->blank.id,
                        .from = BLANK_BOUND,
                        .to = BLANK_USED,
                        .epoch = window->blank.epoch,
                        .next_epoch = true,
                        .actor = window->clerk,
                        .at_ms = window->now_ms };

    return !window->on_blank || state_move(transaction, &blank_states, &move, err);
}

static bool hand_out(StoreTransaction *transaction, void *arg, Error *err)
{
    Handing *handing = arg;
    Window *window = &handing->window;
    const HandOut *given = handing->hand_out;

    if (!read_window(transaction, window, err))
        return false;
    if (window->problem == PROBLEM_NONE && window->request.epoch != given->epoch)
        window->problem = PROBLEM_CHANGED;
    else if (window->problem == PROBLEM_NONE &&
             (window->copy.delivery != DELIVERY_PRINTED || window->request.state != ASKED_APPROVED))
        window->problem = PROBLEM_DECIDED;
    if (window->problem != PROBLEM_NONE)
        return true;
    HandOutRow row = { .to_student = given->to_student, .at_s = window->now_ms / 1000 };
    memcpy(row.copy, window->copy.id, sizeof row.copy);
    str_copy_cut(str_from(window->clerk), row.given_by, sizeof row.given_by);
    if (!given->to_student) {
        str_copy_cut(str_trim(str_from(given->name)), row.name, sizeof row.name);
        str_copy_cut(str_trim(str_from(given->paper)), row.paper, sizeof row.paper);
    }
    return request_step(transaction, &window->request, ASKED_FULFILLED, window->clerk, NULL, window->now_ms, err) &&
           hand_outs_add(transaction, &row, err) && move_copy(transaction, window, err) &&
           use_blank(transaction, window, err);
}

static bool check_who(const HandOut *given, ApiProblem *problem)
{
    const FormFault name = plain_fault(given->name, HAND_OUT_NAME_MOST);
    const FormFault paper = plain_fault(given->paper, HAND_OUT_PAPER_MOST);

    if (given->to_student || (name == FORM_OK && paper == FORM_OK))
        return true;
    *problem = name == FORM_OK ? api_problem_form("paper", paper) : api_problem_form("name", name);
    return false;
}

bool window_hand_out(Office *office, const char *clerk, const HandOut *given, ApiProblem *ret_problem, Error *err)
{
    Handing handing = { .window = { .id = given->request, .clerk = clerk, .now_ms = office_now_ms(office) },
                        .hand_out = given };

    return !check_who(given, ret_problem) || run(office, hand_out, &handing, &handing.window, ret_problem, err) ||
           error_add(err, "handing out");
}
