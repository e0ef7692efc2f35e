#include "registrar/office/requests.h"

#include <string.h>
#include <time.h>

#include "registrar/office/access.h"
#include "registrar/office/asking.h"
#include "registrar/office/prints.h"

#define LOOKS_MOST   8    /* rounds of looking again after somebody was faster */
#define WAIT_MOST_MS 5000 /* for a page that another thread is making: a kiosk hangs up after eight seconds */
#define WAIT_STEP_MS 25
/* Of one document.  Where so many did not come out whole, a person looks; nobody has paper and disk without end. */
#define COPIES_MOST 20

/* Answers to a form, checked: PROBLEM_FORM names the field. */
static bool answers_hold(const Office *office, const Service *service, const Answers *answers, ApiProblem *problem)
{
    const char *field = NULL;
    FormFault fault = form_check(service, answers, office_today(office), &field);

    if (fault == FORM_OK)
        return true;
    *problem = (ApiProblem){ .kind = PROBLEM_FORM };
    problem->fault = fault;
    str_copy_cut(str_from(field), problem->field, sizeof problem->field);
    return false;
}

static bool speaks(const Service *service, Language language)
{
    for (size_t i = 0; i < service->language_count; i++)
        if (service->languages[i] == language)
            return true;
    return false;
}

/* A service of ours that yields a document in this language, that this student may have now; the composition of it. */
static bool compose_for(Office *office, const Session *session, const Service *service, Language language,
                        const Answers *answers, ApiProblem *problem, Composition *ret, Error *err)
{
    OWNED_RECORD record = { 0 };
    const char *missing = NULL;
    ApiService access;

    *problem = (ApiProblem){ .kind = PROBLEM_NONE };
    if (!answers_hold(office, service, answers, problem))
        return true;
    if (!speaks(service, language)) {
        *problem = (ApiProblem){ .kind = PROBLEM_BAD_REQUEST };
        return true;
    }
    if (!record_read(office, session->student, &record, err) ||
        !service_access(office, session, service, &record, &access, err))
        return false;
    if (!access.allowed) {
        *problem = (ApiProblem){ .kind = PROBLEM_NOT_ALLOWED };
        return true;
    }
    if (!composition_make(office, session, service, language, answers, &record, ret, &missing, err))
        return false;
    if (missing)
        *problem = (ApiProblem){ .kind = PROBLEM_NOT_ALLOWED };
    return true;
}

/* NULL, and the problem, when there is nothing of that name to be issued. */
static const Service *find_service(const Office *office, const char *id, ApiProblem *problem)
{
    const Service *service = catalogue_find(office->catalogue, str_from(id));

    *problem = (ApiProblem){ .kind = PROBLEM_NONE };
    if (service && service->yields == YIELD_DOCUMENT && !service->from_hemis)
        return service;
    *problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
    return NULL;
}

/* Where the session's kiosk stands, as papers say it. */
typedef struct Place {
    const char *kiosk;
    char text[96];
} Place;

static bool read_place(StoreTransaction *transaction, void *arg, Error *err)
{
    Place *place = arg;

    return kiosks_place(transaction, place->kiosk, place->text, sizeof place->text, err);
}

/* The faces of the papers have not every character of the world: words that a student typed are the form's fault. */
static bool blame_typed_words(const Service *service, const Answers *answers, const Error *why, ApiProblem *problem)
{
    if (why->code != ERR_UNSUPPORTED)
        return false;
    for (size_t i = 0; i < service->field_count; i++) {
        const Field *field = &service->fields[i];

        if (field->kind != FIELD_TEXT || !answers_get(answers, field->id))
            continue;
        *problem = (ApiProblem){ .kind = PROBLEM_FORM };
        problem->fault = FORM_CHARACTERS;
        str_copy_cut(str_from(field->id), problem->field, sizeof problem->field);
        return true;
    }
    return false;
}

bool office_preview(Office *office, const Session *session, const ApiPreview *preview, ApiProblem *ret_problem,
                    Blob **ret_png, int *ret_pages, Error *err)
{
    const Service *service = find_service(office, preview->service, ret_problem);
    Place place = { .kiosk = session->kiosk };
    OWNED_COMPOSITION composition = { 0 };
    Error why = { 0 };
    bool fits;

    if (!service)
        return true;
    if (!compose_for(office, session, service, preview->language, &preview->answers, ret_problem, &composition, err) ||
        !store_read(office->store, read_place, &place, err))
        return error_add(err, "preview");
    if (ret_problem->kind != PROBLEM_NONE)
        return true;
    if (!composition_preview(office, &composition, place.text, preview->width, ret_png, ret_pages, &fits, &why))
        return blame_typed_words(service, &preview->answers, &why, ret_problem) ||
               error_set_cause(err, why.code, why.cause, "%s", why.text);
    if (!fits)
        *ret_problem = (ApiProblem){ .kind = PROBLEM_TOO_LARGE_FOR_SEAL };
    return true;
}

/* --- asking ------------------------------------------------------------------------------------------------------ */

static void tell(const Issue *issue, ApiIssued *ret)
{
    Code code;

    *ret = (ApiIssued){ .pages = issue->copy.pages };
    memcpy(ret->document, issue->document.id, sizeof ret->document);
    document_number_write(&issue->document, ret->number);
    if (code_parse(str_from(issue->copy.code), &code))
        code_grouped(&code, ret->code);
    job_tell(&issue->job, &ret->job);
}

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    return asking_look(transaction, arg, err);
}

static bool reread(StoreTransaction *transaction, void *arg, Error *err)
{
    Asking *asking = arg;
    bool found;

    return issue_read(transaction, asking->issue.request.id, &found, &asking->issue, err);
}

/* Somebody makes the page at this moment, or did and was stopped. */
static bool await_page(Office *office, Asking *asking, ApiProblem *problem, Error *err)
{
    const struct timespec step = { 0, WAIT_STEP_MS * 1000000 };
    MakeOutcome outcome;

    for (int waited_ms = 0; asking->issue.copy.making == MAKING_PREPARING; waited_ms += WAIT_STEP_MS) {
        if (waited_ms >= WAIT_MOST_MS) {
            *problem = (ApiProblem){ .kind = PROBLEM_BUSY };
            problem->retry_after_s = 5;
            return true;
        }
        if (waited_ms > 0)
            nanosleep(&step, NULL);
        if (!copy_take_over(office, asking->issue.copy.id, asking->session->kiosk, &outcome, err) ||
            !store_read(office->store, reread, asking, err))
            return false;
    }
    return true;
}

/* What a copy may be followed by when the student says "print again". */
static bool ended_badly(const Issue *issue)
{
    if (issue->copy.making == MAKING_FAILED)
        return true;
    switch (issue->job.state) {
    case JOB_PARTLY:
    case JOB_CANCELLED:
    case JOB_ABORTED:
    case JOB_UNKNOWN: return true;
    case JOB_WAITING:
    case JOB_HELD:
    case JOB_ASSIGNED:
    case JOB_SENDING:
    case JOB_SENT:
    case JOB_PRINTED:
    case JOB_EXPIRED: return false;
    }
    return false;
}

static bool finish_made(Office *office, Asking *asking, const char *copy, IssueTimes *times, ApiProblem *problem,
                        bool *ret_made, Error *err)
{
    MakeOutcome outcome;

    if (!copy_make(office, copy, 1, asking->session->kiosk, times, &outcome, err))
        return false;
    *ret_made = outcome == MAKE_READY;
    if (outcome == MAKE_FAILED) { /* its number is kept: the finisher tries again, or the same key does */
        *problem = (ApiProblem){ .kind = PROBLEM_BUSY };
        problem->retry_after_s = MAKE_LEASE_S;
    }
    return true;
}

/* A request that is known: its page is awaited, its job given to this kiosk, or a new copy made. */
static bool serve_found(Office *office, Asking *asking, ApiProblem *problem, bool *ret_made, bool *ret_again,
                        Error *err)
{
    IssueTimes times = { 0 };
    Error why = { 0 };
    char copy[ID_SIZE];
    bool done = true;

    if (!await_page(office, asking, problem, err))
        return false;
    if (problem->kind != PROBLEM_NONE)
        return true;
    if (asking->issue.document.state == DOCUMENT_VOID) {
        *problem = (ApiProblem){ .kind = PROBLEM_KEY_REUSED };
        return true;
    }
    if (asking->issue.document.state == DOCUMENT_SUSPENDED || asking->issue.document.state == DOCUMENT_REVOKED) {
        /* No paper of it leaves the house, and none is made anew. */
        *problem = (ApiProblem){ .kind = PROBLEM_NOT_ALLOWED };
        return true;
    }
    if (asking->request->again && asking->issue.document.state == DOCUMENT_ISSUED && ended_badly(&asking->issue)) {
        if (asking->issue.copy.n >= COPIES_MOST) {
            *problem = (ApiProblem){ .kind = PROBLEM_NOT_ALLOWED };
            return true;
        }
        done = asking_add_copy(office, asking, copy, &why);
        if (done)
            return finish_made(office, asking, copy, &times, problem, ret_made, err);
    } else if (asking->issue.job.state == JOB_WAITING || asking->issue.job.state == JOB_ASSIGNED)
        done = asking_assign(office, asking, &why);
    *ret_again = !done && (why.code == ERR_CONFLICT || why.code == ERR_EXISTS);
    return done || *ret_again || error_set_cause(err, why.code, why.cause, "%s", why.text);
}

static bool issue_new(Office *office, Asking *asking, Str answers, ApiProblem *problem, bool *ret_made, bool *ret_again,
                      Error *err)
{
    const Service *service = catalogue_find(office->catalogue, str_from(asking->request->service));
    IssueWatch watch = issue_watch_start();
    IssueTimes times = { 0 };
    Error why = { 0 };
    OWNED_COMPOSITION composition = { 0 };
    char copy[ID_SIZE];
    bool fits;

    if (!compose_for(office, asking->session, service, asking->request->language, &asking->request->answers, problem,
                     &composition, err))
        return false;
    if (problem->kind != PROBLEM_NONE)
        return true;
    issue_watch_read(&watch, &times, ISSUE_DATA);
    if (!composition_fits(office, &composition, asking->kiosk_place, &fits, &why))
        return blame_typed_words(service, &asking->request->answers, &why, problem) ||
               error_set_cause(err, why.code, why.cause, "%s", why.text);
    if (!fits) {
        *problem = (ApiProblem){ .kind = PROBLEM_TOO_LARGE_FOR_SEAL };
        return true;
    }
    issue_watch_read(&watch, &times, ISSUE_PAGE);
    if (!asking_take_number(office, asking, &composition, answers, copy, &why)) {
        *ret_again = why.code == ERR_EXISTS || why.code == ERR_LIMIT;
        return *ret_again || error_set_cause(err, why.code, why.cause, "%s", why.text);
    }
    issue_watch_read(&watch, &times, ISSUE_STORE);
    return finish_made(office, asking, copy, &times, problem, ret_made, err);
}

static bool is_kept_from(const Office *office, const Asking *asking)
{
    return (asking->found == FOUND_EQUAL || asking->found == FOUND_BY_KEY) &&
           paper_is_kept_from(asking->session, papers_find(&office->papers, asking->issue.document.template));
}

/* One round: looks, and does what is to be done.  *ret_again: somebody was faster. */
static bool ask_once(Office *office, Asking *asking, Str answers, ApiProblem *problem, bool *ret_made, bool *ret_again,
                     Error *err)
{
    *ret_again = false;
    if (!store_read(office->store, look, asking, err))
        return false;
    if (is_kept_from(office, asking)) {
        *problem = (ApiProblem){ .kind = PROBLEM_NOT_ALLOWED };
        return true;
    }
    switch (asking->found) {
    case FOUND_OTHER_BODY: *problem = (ApiProblem){ .kind = PROBLEM_KEY_REUSED }; return true;
    case FOUND_NOTHING: return issue_new(office, asking, answers, problem, ret_made, ret_again, err);
    case FOUND_EQUAL:
        if (!asking->request->again) {
            *problem = (ApiProblem){ .kind = PROBLEM_ALREADY_OPEN };
            return true;
        }
        if (!asking_join(office, asking, err))
            return false;
        return serve_found(office, asking, problem, ret_made, ret_again, err);
    case FOUND_BY_KEY: return serve_found(office, asking, problem, ret_made, ret_again, err);
    }
    return error_set(err, ERR_INTERNAL, "asking");
}

static bool answer(Office *office, Asking *asking, ApiProblem *problem, ApiIssued *ret, Error *err)
{
    if (problem->kind == PROBLEM_ALREADY_OPEN) {
        tell(&asking->issue, ret); /* as it was found: by now it may be printed, and open no more */
        return true;
    }
    if (problem->kind != PROBLEM_NONE)
        return true;
    if (!store_read(office->store, look, asking, err))
        return false;
    if (asking->found != FOUND_BY_KEY && asking->found != FOUND_EQUAL)
        return error_set(err, ERR_INTERNAL, "what was issued is not found");
    tell(&asking->issue, ret);
    return true;
}

bool office_request(Office *office, const Session *session, const char *key, const ApiRequest *request,
                    ApiProblem *ret_problem, bool *ret_made, ApiIssued *ret, Error *err)
{
    Asking asking = { .office = office, .session = session, .key = key, .request = request };
    Place place = { .kiosk = session->kiosk };
    bool again = true;
    OWNED_BUF answers;

    buf_init(&answers, 64u << 10);
    *ret_made = false;
    if (!find_service(office, request->service, ret_problem))
        return true;
    if (!asking_fingerprint(request, &answers, asking.fingerprint, err) ||
        !store_read(office->store, read_place, &place, err))
        return error_add(err, "request");
    /* "My requests" asks so: it knows the key, and neither answers nor language. */
    asking.by_key_alone = request->again && request->answers.count == 0;
    memcpy(asking.kiosk_place, place.text, sizeof asking.kiosk_place);
    for (int i = 0; i < LOOKS_MOST && again; i++)
        if (!ask_once(office, &asking, buf_str(&answers), ret_problem, ret_made, &again, err))
            return error_add(err, "request");
    if (again) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_BUSY };
        ret_problem->retry_after_s = 2;
    }
    return answer(office, &asking, ret_problem, ret, err) || error_add(err, "request");
}
