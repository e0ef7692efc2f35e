#include "registrar/office/requests.h"

#include <string.h>
#include <time.h>

#include "registrar/document/foreign.h"
#include "registrar/office/access.h"
#include "registrar/office/asking.h"
#include "registrar/office/bound.h"
#include "registrar/office/kiosks.h"
#include "registrar/office/photos.h"
#include "registrar/office/prints.h"
#include "registrar/office/standing.h"
#include "registrar/office/taking.h"
#include "wire/details.h"

#define LOOKS_MOST   8    /* rounds of looking again after somebody was faster */
#define WAIT_MOST_MS 5000 /* for a page that another thread is making: a kiosk hangs up after eight seconds */
#define WAIT_STEP_MS 25

/* Answers to a form, checked: PROBLEM_FORM names the field. */
static bool answers_hold(const Office *office, const Service *service, const Answers *answers, ApiProblem *problem)
{
    const char *field = NULL;
    FormFault fault = form_check(service, answers, office_today(office), &field);

    if (fault == FORM_OK)
        return true;
    *problem = api_problem_form(field, fault);
    return false;
}

typedef struct HoldingPhotos {
    int64_t student;
    const Service *service;
    const Answers *answers;
    const char *field; /* the first that does not hold; NULL: all do */
} HoldingPhotos;

static bool hold_photos(StoreTransaction *transaction, void *arg, Error *err)
{
    HoldingPhotos *holding = arg;

    return photos_hold(transaction, holding->student, holding->service, holding->answers, NULL, &holding->field, err);
}

/* ... and photographs that they name are there, and this student's. */
static bool check_photos(Office *office, const Session *session, const Service *service, const Answers *answers,
                         ApiProblem *problem, Error *err)
{
    HoldingPhotos holding = { session->student, service, answers, NULL };

    if (!photos_are_named(service, answers))
        return true;
    if (!store_read(office->store, hold_photos, &holding, err))
        return error_add(err, "photographs");
    if (holding.field)
        *problem = api_problem_form(holding.field, FORM_NOT_OFFERED);
    return true;
}

/* People decide, or it is paid for first: nothing is given at once. */
static bool is_handed_in(const Service *service, const Answers *answers)
{
    return service->through || service_fee(service, answers) > 0;
}

/* What is asked for, and of whom: checked before anything is made of it. */
typedef struct Wish {
    Bound *bound;           /* owned */
    const Service *service; /* bound */
    Service limited;        /* the service, with what the answers set of its limit */
    Language language;
    const Answers *answers;
    Record record; /* of the session's student */
} Wish;

static void wish_fini(Wish *wish)
{
    bound_free(wish->bound);
    record_fini(&wish->record);
}
#define OWNED_WISH __attribute__((cleanup(wish_fini))) Wish

/* Under these answers it is not to be had here, or not in this language: the form's fault, since the catalogue may have
 * changed under it; of the question whose answer says so, where one does. */
static void blame_terms(const Service *service, const Answers *answers, ApiProblem *problem)
{
    const char *blamed = "language";

    for (size_t i = 0; i < service->field_count; i++) {
        const Sets *sets = form_sets(&service->fields[i], answers);

        if (sets && (sets->service || sets->language_count > 0 || sets->document))
            blamed = service->fields[i].id;
    }
    *problem = api_problem_form(blamed, FORM_NOT_OFFERED);
}

/* Whether these answers, in this language, may be asked for by this student now; *ret is filled then. */
static bool wish_read(Office *office, const Shelf *shelf, const Session *session, const Service *service,
                      Language language, const Answers *answers, ApiProblem *problem, Wish *ret, Error *err)
{
    ApiService access;
    Terms terms;

    *problem = (ApiProblem){ .kind = PROBLEM_NONE };
    if (!bound_now(office, session->student, service, &ret->bound, err))
        return false;
    service = bound_service(ret->bound);
    if (!answers_hold(office, service, answers, problem))
        return true;
    if (!check_photos(office, session, service, answers, problem, err))
        return false;
    if (problem->kind != PROBLEM_NONE)
        return true;
    service_terms(service, answers, &terms);
    if (terms.leads_to || (terms.document && !terms_have_language(&terms, language))) {
        blame_terms(service, answers, problem);
        return true;
    }
    ret->service = service;
    ret->limited = *service;
    ret->limited.limit_day = terms.limit_day;
    ret->limited.limit_of_paper = terms.limit_of_paper;
    ret->limited.document = terms.document;
    ret->language = language;
    ret->answers = answers;
    if (!record_read(office, session->student, composition_parts(shelf, service), &ret->record, err) ||
        !service_access(office, shelf, session, &ret->limited, &ret->record, &access, err))
        return false;
    const Paper *paper = terms.document ? papers_find(shelf_papers(shelf), terms.document) : NULL;
    if (!access.allowed || (session->weak && paper && paper->shows_pinfl)) /* an answer may choose another paper */
        *problem = (ApiProblem){ .kind = PROBLEM_NOT_ALLOWED };
    return true;
}

static bool compose(const Office *office, const Shelf *shelf, const Wish *wish, ApiProblem *problem, Composition *ret,
                    Error *err)
{
    const CompositionSources sources = { .shelf = shelf,
                                         .service = wish->service,
                                         .language = wish->language,
                                         .answers = wish->answers,
                                         .record = &wish->record };
    const char *missing = NULL;

    if (!composition_make(office, &sources, ret, &missing, err))
        return false;
    if (missing)
        *problem = (ApiProblem){ .kind = PROBLEM_NOT_ALLOWED };
    return true;
}

/* NULL, and the problem, when there is nothing of that name to be issued. */
static const Service *find_service(const Shelf *shelf, const char *id, ApiProblem *problem)
{
    const Service *service = shelf_service(shelf, id);

    *problem = (ApiProblem){ .kind = PROBLEM_NONE };
    if (service && strcmp(service->id, VISITOR_SERVICE) != 0)
        return service;
    *problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
    return NULL;
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
        *problem = api_problem_form(field->id, FORM_CHARACTERS);
        return true;
    }
    return false;
}

/* HEMIS's paper as it is, where there is one already.  HEMIS is not asked to make one before the student has said so:
 * then a page of ours says what comes (*ret_png stays NULL). */
static bool preview_foreign(Office *office, const Session *session, const Wish *wish, int width, Blob **ret_png,
                            int *ret_pages, ApiProblem *problem, Error *err)
{
    OWNED_HEMIS_PAGE page;
    bool found;

    hemis_page_init(&page);
    if (!hemis_paper_get(office, session, &wish->record, wish->limited.document, false, &found, &page, problem, err))
        return false;
    if (!found) {
        if (problem->kind == PROBLEM_NONE && !hemis_paper_is_made(wish->limited.document))
            *problem = (ApiProblem){ .kind = PROBLEM_LACKS, .field = "hemis" };
        return true;
    }
    *ret_pages = page.pages;
    return foreign_picture(buf_str(&page.pdf), width, ret_png, err);
}

bool office_preview(Office *office, const Session *session, const ApiPreview *preview, ApiProblem *ret_problem,
                    Blob **ret_png, int *ret_pages, Error *err)
{
    OWNED(Shelf) shelf = shelf_take(office);
    const Service *service = find_service(shelf, preview->service, ret_problem);
    char place[KIOSK_PLACE_SIZE];
    OWNED_COMPOSITION composition = { 0 };
    OWNED_WISH wish = { 0 };
    Error why = { 0 };
    bool fits;

    if (!service)
        return true;
    if (service->yields != YIELD_DOCUMENT) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
        return true;
    }
    if (!wish_read(office, shelf, session, service, preview->language, &preview->answers, ret_problem, &wish, err) ||
        (ret_problem->kind == PROBLEM_NONE && !compose(office, shelf, &wish, ret_problem, &composition, err)) ||
        !kiosk_place(office, session->kiosk, place, err))
        return error_add(err, "preview");
    if (ret_problem->kind != PROBLEM_NONE)
        return true;
    if (service->from_hemis) {
        if (!preview_foreign(office, session, &wish, preview->width, ret_png, ret_pages, ret_problem, err))
            return error_add(err, "preview");
        if (*ret_png || ret_problem->kind != PROBLEM_NONE)
            return true;
    }
    if (!composition_preview(office, &composition, place, preview->width, ret_png, ret_pages, &fits, &why))
        return blame_typed_words(service, &preview->answers, &why, ret_problem) ||
               error_set_cause(err, why.code, why.cause, "%s", why.text);
    if (!fits)
        *ret_problem = (ApiProblem){ .kind = PROBLEM_TOO_LARGE_FOR_SEAL };
    return true;
}

/* --- asking ------------------------------------------------------------------------------------------------------ */

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Asking *asking = arg;
    bool found;

    if (!asking_look(transaction, asking, err))
        return false;
    found = (asking->found == FOUND_EQUAL || asking->found == FOUND_BY_KEY) && asking->issue.has_document;
    asking->kept_from = false;
    return !found || document_is_kept_from(transaction, asking->shelf, asking->session, &asking->issue.document,
                                           &asking->kept_from, err);
}

static bool reread(StoreTransaction *transaction, void *arg, Error *err)
{
    Asking *asking = arg;
    bool found;

    return issue_read(transaction, asking->issue.request.id, asking->request->carrier, &found, &asking->issue, err);
}

/* Who gets the job of a copy that is made for this asking; NULL: nobody yet. */
static const char *printed_by(const Asking *asking)
{
    return asking_is_at_window(asking) ? NULL : asking->session->kiosk;
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
        if (!copy_take_over(office, asking->issue.copy.id, printed_by(asking), &outcome, err) ||
            !store_read(office->store, reread, asking, err))
            return false;
    }
    return true;
}

/* What a copy may be followed by when the student says "print again". */
static bool ended_badly(const Issue *issue)
{
    if (issue->copy.making == MAKING_FAILED || !issue->has_job)
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

    if (!copy_make(office, copy, 1, printed_by(asking), times, &outcome, err))
        return false;
    *ret_made = outcome == MAKE_READY;
    if (outcome == MAKE_FAILED) { /* its number is kept: the finisher tries again, or the same key does */
        *problem = (ApiProblem){ .kind = PROBLEM_BUSY };
        problem->retry_after_s = MAKE_LEASE_S;
    }
    return true;
}

/* A copy of the wanted kind, made for this asking: the first one on paper of what a phone has, or one for another that
 * did not come out. */
static bool wants_copy(const Asking *asking)
{
    const Issue *issue = &asking->issue;

    if (asking->request->carrier == CARRIER_PHONE || issue->document.state != DOCUMENT_ISSUED)
        return false; /* the copy on a phone is made with its link */
    return !issue->has_copy || (asking->request->again && ended_badly(issue));
}

/* NULL: nothing keeps what was found from being given. */
static const ApiProblem *why_not(const Office *office, const Asking *asking)
{
    const int64_t expires_at_s = asking->issue.document.expires_at_s;
    static const ApiProblem reused = { .kind = PROBLEM_KEY_REUSED }, refused = { .kind = PROBLEM_NOT_ALLOWED };

    switch (asking->issue.document.state) {
    case DOCUMENT_VOID: return &reused;
    case DOCUMENT_SUSPENDED: /* no paper of it leaves the house, and none is made anew */
    case DOCUMENT_REVOKED: return &refused;
    case DOCUMENT_PREPARING:
    case DOCUMENT_ISSUED: break;
    }
    if (expires_at_s != 0 && office_now_s(office) >= expires_at_s)
        return &refused;
    return wants_copy(asking) && asking->issue.newest_n >= COPIES_MOST ? &refused : NULL;
}

/* A request that is known: its page is awaited, its job given to this kiosk, or a new copy made. */
static bool serve_found(Office *office, Asking *asking, ApiProblem *problem, bool *ret_made, bool *ret_again,
                        Error *err)
{
    const ApiProblem *why_no;
    IssueTimes times = { 0 };
    Error why = { 0 };
    char copy[ID_SIZE];
    bool done = true;

    if (!asking->issue.has_document || issue_is_of_window(&asking->issue))
        return true;
    if (!await_page(office, asking, problem, err))
        return false;
    if (problem->kind != PROBLEM_NONE)
        return true;
    why_no = why_not(office, asking);
    if (why_no) {
        *problem = *why_no;
        return true;
    }
    bool waits =
        asking->issue.has_job && (asking->issue.job.state == JOB_WAITING || asking->issue.job.state == JOB_ASSIGNED);
    if (wants_copy(asking)) {
        done = asking_add_copy(office, asking, copy, &why);
        if (done)
            return finish_made(office, asking, copy, &times, problem, ret_made, err);
    } else if (waits)
        done = (asking->request->carrier == CARRIER_PHONE ? asking_cancel_job : asking_assign)(office, asking, &why);
    *ret_again = !done && (why.code == ERR_CONFLICT || why.code == ERR_EXISTS);
    return done || *ret_again || error_set_cause(err, why.code, why.cause, "%s", why.text);
}

/* Somebody was faster, or there is no room for one more: look again. */
static bool excuse_race(const Error *why, bool *ret_again, Error *err)
{
    *ret_again = why->code == ERR_EXISTS || why->code == ERR_LIMIT;
    return *ret_again || error_set_cause(err, why->code, why->cause, "%s", why->text);
}

static bool hand_in(Office *office, Asking *asking, const Wish *wish, Str answers, bool *ret_made, bool *ret_again,
                    Error *err)
{
    char period[24];
    Error why = { 0 };
    OWNED_BUF items;

    buf_init(&items, BOUND_ITEMS_MOST);
    if (!bound_items(wish->bound, wish->answers, &items, err))
        return false;
    record_period(&wish->record, period, sizeof period);
    *ret_made = asking_hand_in(office, asking, &wish->limited, period, answers, buf_str(&items), &why);
    return *ret_made || excuse_race(&why, ret_again, err);
}

/* HEMIS's own paper: asked of HEMIS first, and only what has come is given. */
static bool issue_foreign(Office *office, Asking *asking, const Wish *wish, Str answers, ApiProblem *problem,
                          bool *ret_made, bool *ret_again, Error *err)
{
    Error why = { 0 };
    OWNED_COMPOSITION composition = { 0 };
    OWNED_HEMIS_PAGE page;
    bool found;

    hemis_page_init(&page);
    if (!compose(office, asking->shelf, wish, problem, &composition, err))
        return false;
    if (problem->kind != PROBLEM_NONE)
        return true;
    if (!hemis_paper_get(office, asking->session, &wish->record, wish->limited.document, true, &found, &page, problem,
                         err))
        return false;
    if (!found) {
        if (problem->kind == PROBLEM_NONE)
            *problem = (ApiProblem){ .kind = PROBLEM_LACKS, .field = "hemis" };
        return true;
    }
    *ret_made = asking_take_foreign(office, asking, &wish->limited, &composition, answers, &page, &why);
    return *ret_made || excuse_race(&why, ret_again, err);
}

static bool issue_new(Office *office, Asking *asking, Str answers, ApiProblem *problem, bool *ret_made, bool *ret_again,
                      Error *err)
{
    const Service *service = shelf_service(asking->shelf, asking->request->service);
    OWNED_WISH wish = { 0 };
    IssueWatch watch = issue_watch_start();
    IssueTimes times = { 0 };
    Error why = { 0 };
    OWNED_COMPOSITION composition = { 0 };
    char copy[ID_SIZE];
    bool fits;

    if (!wish_read(office, asking->shelf, asking->session, service, asking->request->language,
                   &asking->request->answers, problem, &wish, err))
        return false;
    if (problem->kind != PROBLEM_NONE)
        return true;
    if (is_handed_in(wish.service, wish.answers))
        return hand_in(office, asking, &wish, answers, ret_made, ret_again, err);
    if (wish.service->from_hemis)
        return issue_foreign(office, asking, &wish, answers, problem, ret_made, ret_again, err);
    if (!compose(office, asking->shelf, &wish, problem, &composition, err))
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
    if (!asking_take_number(office, asking, &wish.limited, &composition, answers, copy, &why))
        return excuse_race(&why, ret_again, err);
    issue_watch_read(&watch, &times, ISSUE_STORE);
    return finish_made(office, asking, copy, &times, problem, ret_made, err);
}

/* Nothing was found, and then it was refused: an equal one that came in between may be the last that may be had, and is
 * what this one is told of. */
static bool issue_or_look_again(Office *office, Asking *asking, Str answers, ApiProblem *problem, bool *ret_made,
                                bool *ret_again, Error *err)
{
    if (!issue_new(office, asking, answers, problem, ret_made, ret_again, err))
        return false;
    if (problem->kind != PROBLEM_NOT_ALLOWED || *ret_again)
        return true;
    if (!store_read(office->store, look, asking, err))
        return false;
    *ret_again = asking->found != FOUND_NOTHING;
    if (*ret_again)
        *problem = (ApiProblem){ .kind = PROBLEM_NONE };
    return true;
}

/* One round: looks, and does what is to be done.  *ret_again: somebody was faster. */
static bool ask_once(Office *office, Asking *asking, Str answers, ApiProblem *problem, bool *ret_made, bool *ret_again,
                     Error *err)
{
    *ret_again = false;
    if (!store_read(office->store, look, asking, err))
        return false;
    if (asking->kept_from) {
        *problem = (ApiProblem){ .kind = PROBLEM_NOT_ALLOWED };
        return true;
    }
    switch (asking->found) {
    case FOUND_OTHER_BODY: *problem = (ApiProblem){ .kind = PROBLEM_KEY_REUSED }; return true;
    case FOUND_NOTHING: return issue_or_look_again(office, asking, answers, problem, ret_made, ret_again, err);
    case FOUND_EQUAL:
        /* Only a second paper is asked about: one for who has it on a phone, or a phone's, is another copy of the one.
         */
        if (!asking->request->again && asking->request->carrier == CARRIER_PAPER &&
            (asking->issue.has_copy || !asking->issue.has_document)) {
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
        issue_tell(&asking->issue, asking->request->carrier,
                   ret); /* as it was found: by now it may be printed, and open no more */
        return true;
    }
    if (problem->kind != PROBLEM_NONE)
        return true;
    if (!store_read(office->store, look, asking, err))
        return false;
    if (asking->found != FOUND_BY_KEY && asking->found != FOUND_EQUAL)
        return error_set(err, ERR_INTERNAL, "what was issued is not found");
    issue_tell(&asking->issue, asking->request->carrier, ret);
    return true;
}

bool office_request(Office *office, const Session *session, const char *key, const ApiRequest *request,
                    ApiProblem *ret_problem, bool *ret_made, ApiIssued *ret, Error *err)
{
    OWNED(Shelf) shelf = shelf_take(office);
    Asking asking = { .office = office, .shelf = shelf, .session = session, .key = key, .request = request };
    bool again = true;
    OWNED_BUF answers;

    buf_init(&answers, 64u << 10);
    *ret_made = false;
    if (!find_service(shelf, request->service, ret_problem))
        return true;
    if (request->carrier == CARRIER_PHONE && session->weak) { /* MODEL.md section 6 */
        *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_ALLOWED };
        return true;
    }
    if (!asking_fingerprint(request, &answers, asking.fingerprint, err) ||
        !kiosk_place(office, session->kiosk, asking.kiosk_place, err))
        return error_add(err, "request");
    /* "My requests" asks so: it knows the key, and neither answers nor language. */
    asking.by_key_alone = request->again && request->answers.count == 0;
    for (int i = 0; i < LOOKS_MOST && again; i++)
        if (!ask_once(office, &asking, buf_str(&answers), ret_problem, ret_made, &again, err))
            return error_add(err, "request");
    if (again) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_BUSY };
        ret_problem->retry_after_s = 2;
    }
    return answer(office, &asking, ret_problem, ret, err) || error_add(err, "request");
}
