#include "registrar/office/asking.h"

#include <string.h>

#include "base/crypto.h"
#include "registrar/office/access.h"
#include "registrar/office/approving.h"
#include "registrar/office/live.h"
#include "registrar/office/photos.h"
#include "registrar/office/prints.h"
#include "registrar/office/taking.h"
#include "registrar/store/drafts.h"
#include "registrar/store/orders.h"
#include "registrar/store/portal_helps.h"
#include "registrar/store/stages.h"
#include "registrar/store/visitors.h"
#include "wire/json.h"

/* --- looking ----------------------------------------------------------------------------------------------------- */

bool asking_fingerprint(const ApiRequest *request, Buf *canonical, uint8_t ret[HASH_SIZE], Error *err)
{
    OWNED_BUF text;

    buf_init(&text, 64u << 10);
    buf_clear(canonical);
    if (!answers_write(&request->answers, canonical, err))
        return error_add(err, "answers");
    buf_add_format(&text, "%s\n%s\n", request->service, language_tag(request->language));
    buf_add_str(&text, buf_str(canonical));
    return buf_ok(&text, err) && sha256(buf_str(&text), ret, err);
}

static CopyKind kind_of(ApiCarrier carrier)
{
    return carrier == CARRIER_PHONE ? COPY_PHONE : COPY_PAPER;
}

static bool read_copies(StoreTransaction *transaction, ApiCarrier carrier, bool *ret_found, Issue *ret, Error *err)
{
    CopyRow newest, paper;
    bool has_paper;

    if (!copies_newest(transaction, ret->document.id, ret_found, &newest, err) ||
        !copies_newest_of(transaction, ret->document.id, kind_of(carrier), &ret->has_copy, &ret->copy, err) ||
        !copies_newest_of(transaction, ret->document.id, COPY_PAPER, &has_paper, &paper, err))
        return false;
    if (!ret->has_copy)
        ret->copy = newest;
    ret->newest_n = newest.n;
    ret->has_job = false;
    return !has_paper || print_jobs_of_copy(transaction, paper.id, &ret->has_job, &ret->job, err);
}

/* A paper that could not be made is none: the request is with its unit again. */
static bool forget_void(Issue *issue)
{
    if (issue->has_document && issue->document.state == DOCUMENT_VOID && issue->request.number[0]) {
        issue->has_document = issue->has_copy = issue->has_job = false;
        issue->document = (DocumentRow){ 0 };
    }
    return true;
}

static bool read_ordered(StoreTransaction *transaction, Issue *ret, Error *err)
{
    OrderRow order;
    OWNED_BUF body;

    buf_init(&body, ORDER_SEALED_MOST);
    return ret->request.state != ASKED_APPROVED ||
           orders_get(transaction, ret->request.id, &ret->ordered, &order, &body, err);
}

bool issue_read(StoreTransaction *transaction, const char *request, ApiCarrier carrier, bool *ret_found, Issue *ret,
                Error *err)
{
    char id[ID_SIZE]; /* request may be ret's own */

    str_copy_cut(str_from(request), id, sizeof id);
    request = id;
    *ret = (Issue){ 0 };
    return requests_get(transaction, request, ret_found, &ret->request, err) &&
           (!*ret_found || read_ordered(transaction, ret, err)) &&
           (!*ret_found || (invoices_of_request(transaction, request, &ret->has_invoice, &ret->invoice, err) &&
                            documents_of_request(transaction, request, &ret->has_document, &ret->document, err))) &&
           (!ret->has_document || read_copies(transaction, carrier, ret_found, ret, err)) && forget_void(ret);
}

/* Of a document that is void, and of what its student has taken back, nothing is told by the old key. */
static bool is_told(const Issue *issue)
{
    if (!issue->has_document)
        return issue->request.state != ASKED_WITHDRAWN && issue->request.state != ASKED_EXPIRED;
    return issue->document.state != DOCUMENT_VOID;
}

static bool look_by_key(StoreTransaction *transaction, Asking *asking, Error *err)
{
    KeyAnswer answer;
    bool found;

    if (!request_keys_find(transaction, asking->session->student, asking->key, &found, &answer, err))
        return false;
    if (!found)
        return true;
    if (!issue_read(transaction, answer.answer, asking->request->carrier, &found, &asking->issue, err))
        return false;
    bool same = asking->by_key_alone ? !strcmp(asking->issue.request.service, asking->request->service)
                                     : !memcmp(answer.body_hash, asking->fingerprint, HASH_SIZE);
    asking->found = found && same && is_told(&asking->issue) ? FOUND_BY_KEY : FOUND_OTHER_BODY;
    return true;
}

static bool is_overdue(const RequestRow *request, int64_t now_s)
{
    return request->state == ASKED_OPEN && !request->number[0] && request->asked_at_s + REQUEST_OPEN_S <= now_s;
}

bool asking_look(StoreTransaction *transaction, Asking *asking, Error *err)
{
    RequestRow equal;
    bool found;

    asking->found = FOUND_NOTHING;
    if (!look_by_key(transaction, asking, err))
        return false;
    if (asking->found != FOUND_NOTHING)
        return true;
    /* One that was asked for in an earlier visit and came out in this one is what this student waits for: a kiosk that
     * was busy with that very paper asks only now. */
    if (!requests_equal_since(transaction, asking->session->student, asking->fingerprint, asking->session->began_at_s,
                              &found, &equal, err))
        return false;
    if (found && is_overdue(&equal, office_now_s(asking->office)))
        found = false; /* the finisher has not come by yet: asking_take_number closes it */
    if (found && !issue_read(transaction, equal.id, asking->request->carrier, &found, &asking->issue, err))
        return false;
    if (found)
        asking->found = FOUND_EQUAL;
    return true;
}

/* --- who asks ---------------------------------------------------------------------------------------------------- */

static void actor_of(const Session *session, char ret[ACTOR_SIZE])
{
    if (session->clerk)
        str_copy_cut(str_from(session->clerk), ret, ACTOR_SIZE);
    else
        actor_student(ret, session->student);
}

bool asking_is_at_window(const Asking *asking)
{
    return strcmp(asking->session->kiosk, WINDOW_OWNER) == 0;
}

/* --- transaction 1 ----------------------------------------------------------------------------------------------- */

/* A request that is new, with the document that it is given at once, or without one: people decide, or it is paid for
 * first. */
typedef struct Adding {
    const Office *office;
    const Asking *asking;
    const Service *service; /* with what the answers set */
    Str answers, items, snapshot;
    RequestRow request;
    Taking taking;        /* of one that is given at once */
    const CopyMade *made; /* its page, where HEMIS made it */
    InvoiceRow invoice;   /* sum 0: nothing is to be paid */
    char actor[ACTOR_SIZE];
    int64_t now_ms;
} Adding;

bool request_expire(StoreTransaction *transaction, const RequestRow *request, int64_t now_ms, Error *err)
{
    const Move move = { .id = request->id,
                        .from = (int)request->state,
                        .to = ASKED_EXPIRED,
                        .epoch = request->epoch,
                        .actor = "office",
                        .at_ms = now_ms };
    Issue issue;
    bool found;

    if (!state_move(transaction, &request_states, &move, err) ||
        !issue_read(transaction, request->id, CARRIER_PAPER, &found, &issue, err))
        return false;
    if (!found || !issue.has_job || (issue.job.state != JOB_WAITING && issue.job.state != JOB_HELD))
        return true;
    return job_move(transaction, &issue.job, JOB_EXPIRED, "office", now_ms, err);
}

static bool close_overdue(StoreTransaction *transaction, const Adding *adding, Error *err)
{
    RequestRow old;
    bool found;

    if (!requests_open_equal(transaction, adding->request.student, adding->request.answers_hash, &found, &old, err))
        return false;
    if (!found)
        return true;
    if (!is_overdue(&old, adding->now_ms / 1000))
        return error_set(err, ERR_EXISTS, "an equal request is open");
    return request_expire(transaction, &old, adding->now_ms, err);
}

static bool refuse_spent(StoreTransaction *transaction, const Adding *adding, Error *err)
{
    bool spent;

    return service_is_spent(transaction, adding->office, adding->request.student, adding->service,
                            adding->request.period, &spent, err) &&
           (!spent || error_set(err, ERR_LIMIT, "no more of %s for now", adding->service->id));
}

/* Whoever asks for another says why; the student reads that somebody did (looks.h). */
static bool note_clerk(StoreTransaction *transaction, const Adding *adding, Error *err)
{
    const Session *session = adding->asking->session;
    OWNED_BUF object, detail;

    buf_init(&object, 64);
    buf_init(&detail, 2048);
    if (!session->clerk)
        return true;
    OWNED(json_t) json = json_pack("{s:s}", "reason", session->reason);
    buf_add_format(&object, "request:%s", adding->request.id);
    if (!json || !json_write(json, &detail, err))
        return error_add(err, "reason");
    return buf_ok(&object, err) &&
           acts_add(transaction,
                    &(Act){ adding->now_ms, adding->actor, "request.asked-for", buf_text(&object), buf_text(&detail) },
                    err);
}

/* What every new request does, before its number and after. */
static bool add_request(StoreTransaction *transaction, const Adding *adding, Error *err)
{
    KeyAnswer answer = { 0 };

    memcpy(answer.body_hash, adding->request.answers_hash, HASH_SIZE);
    memcpy(answer.answer, adding->request.id, sizeof answer.answer);
    return requests_add(transaction, &adding->request, adding->answers, err) &&
           (adding->items.len == 0 || requests_put_items(transaction, adding->request.id, adding->items, err)) &&
           request_keys_add(transaction, adding->request.student, adding->request.client_key, &answer,
                            adding->now_ms / 1000 + KEY_KEPT_S, err) &&
           drafts_remove(transaction, adding->request.student, adding->request.service, err) &&
           note_clerk(transaction, adding, err) &&
           (!adding->request.number[0] || desk_tell(transaction, "requests", err));
}

/* The state decides; that we helped is all there is to tell of it. */
static bool note_help(StoreTransaction *transaction, const Adding *adding, Error *err)
{
    const int offset = adding->office->config.utc_offset_minutes;
    OWNED_BUF day, object, detail;

    buf_init(&day, 16);
    buf_init(&object, 64);
    buf_init(&detail, 128);
    date_write(&day, date_time_at(adding->now_ms, offset).date, LANGUAGE_FIRST, DATE_ISO);
    buf_add_format(&object, "request:%s", adding->request.id);
    buf_add_format(&detail, "{\"service\":\"%s\"}", adding->request.service);
    return buf_ok(&day, err) && buf_ok(&object, err) && buf_ok(&detail, err) &&
           portal_helps_add(transaction, adding->request.service, buf_text(&day), err) &&
           acts_add(transaction,
                    &(Act){ adding->now_ms, adding->actor, "portal.helped", buf_text(&object), buf_text(&detail) },
                    err);
}

static bool take(StoreTransaction *transaction, void *arg, Error *err)
{
    Adding *adding = arg;

    return close_overdue(transaction, adding, err) && refuse_spent(transaction, adding, err) &&
           add_request(transaction, adding, err) && taking_add(transaction, &adding->taking, adding->snapshot, err) &&
           (!adding->service->portal || note_help(transaction, adding, err));
}

/* An asking of the same paper by another request, earlier: what of it still runs gives way to this one. */
static bool take_along(StoreTransaction *transaction, Adding *adding, const DocumentRow *document, Error *err)
{
    Taking *taking = &adding->taking;
    RequestRow before;
    CopyRow newest;
    bool found = false;

    if (document->student != adding->request.student || document->state != DOCUMENT_ISSUED)
        return error_set(err, ERR_CONFLICT, "this paper of HEMIS is not to be had");
    if (document->request[0] && !requests_get(transaction, document->request, &found, &before, err))
        return false;
    if (found && before.state == ASKED_OPEN && !request_expire(transaction, &before, adding->now_ms, err))
        return false;
    if (!copies_newest(transaction, document->id, &found, &newest, err))
        return false;
    taking->document = *document;
    memcpy(taking->copy.document, document->id, sizeof taking->copy.document);
    taking->copy.n = found ? newest.n + 1 : 1;
    return documents_go_with(transaction, document->id, adding->request.id, err) &&
           taking_add_copy(transaction, taking, NULL, err);
}

static bool take_foreign(StoreTransaction *transaction, void *arg, Error *err)
{
    Adding *adding = arg;
    Taking *taking = &adding->taking;
    const Session *session = adding->asking->session;
    DocumentRow known;
    bool found;

    /* A copy is sealed for its id: what was prepared for a first one goes with any. */
    return close_overdue(transaction, adding, err) && refuse_spent(transaction, adding, err) &&
           add_request(transaction, adding, err) &&
           documents_foreign(transaction, taking->document.foreign_id, &found, &known, err) &&
           (found ? take_along(transaction, adding, &known, err)
                  : taking_add(transaction, taking, adding->snapshot, err)) &&
           page_store(transaction, &taking->copy, adding->made, 1, session->kiosk, adding->actor, adding->now_ms, err);
}

static bool adding_begin(Office *office, const Asking *asking, Str answers, Adding *ret, Error *err)
{
    RequestRow *request = &ret->request;

    ret->office = office;
    ret->asking = asking;
    ret->answers = answers;
    ret->now_ms = office_now_ms(office);
    actor_of(asking->session, ret->actor);
    *request =
        (RequestRow){ .student = asking->session->student, .state = ASKED_OPEN, .asked_at_s = ret->now_ms / 1000 };
    str_copy_cut(str_from(asking->key), request->client_key, sizeof request->client_key);
    str_copy_cut(str_from(asking->request->service), request->service, sizeof request->service);
    str_copy_cut(str_from(language_tag(asking->request->language)), request->language, sizeof request->language);
    memcpy(request->answers_hash, asking->fingerprint, HASH_SIZE);
    return office_new_id(office, request->id, err);
}

/* What a document that is given at once begins with, whoever makes its page. */
static bool adding_document(Office *office, const Asking *asking, const Composition *composition, Str answers,
                            Adding *adding, Buf *snapshot, Error *err)
{
    Taking *taking = &adding->taking;

    if (!adding_begin(office, asking, answers, adding, err) ||
        !taking_begin(office, kind_of(asking->request->carrier), asking->kiosk_place, adding->actor, taking, err) ||
        !taking_document(office, composition, asking->session->student, adding->request.service, adding->request.id,
                         taking, err) ||
        !snapshot_freeze(office, composition, taking->document.id, snapshot, err))
        return false;
    taking->at_window = asking_is_at_window(asking);
    adding->request.asked_at_s = composition->at_s;
    memcpy(adding->request.period, composition->period, sizeof adding->request.period);
    adding->snapshot = buf_str(snapshot);
    return true;
}

bool asking_take_number(Office *office, Asking *asking, const Service *service, const Composition *composition,
                        Str answers, char ret_copy[ID_SIZE], Error *err)
{
    Adding adding = { .service = service };
    OWNED_BUF snapshot;

    buf_init(&snapshot, TAKING_SNAPSHOT_MOST);
    if (!adding_document(office, asking, composition, answers, &adding, &snapshot, err))
        return false;
    if (!store_write(office->store, take, &adding, err))
        return error_add(err, "number");
    memcpy(ret_copy, adding.taking.copy.id, ID_SIZE);
    return true;
}

bool asking_take_foreign(Office *office, Asking *asking, const Service *service, const Composition *composition,
                         Str answers, const HemisPage *page, Error *err)
{
    Adding adding = { .service = service };
    PageKept kept = { .made.pages = page->pages };
    OWNED_BUF snapshot;

    buf_init(&snapshot, TAKING_SNAPSHOT_MOST);
    buf_init(&kept.sealed, page->pdf.len + 4096);
    bool done =
        adding_document(office, asking, composition, answers, &adding, &snapshot, err) &&
        page_keep(office, adding.taking.copy.id, adding.taking.copy.asked_at_s, buf_str(&page->pdf), &kept, err);
    taking_foreign(page->id, page->number, &adding.taking);
    adding.made = &kept.made;
    done = done && store_write(office->store, take_foreign, &adding, err);
    buf_fini(&kept.sealed);
    return done || error_add(err, "HEMIS's paper");
}

/* --- handing in --------------------------------------------------------------------------------------------------- */

bool text_number_take(StoreTransaction *transaction, const Office *office, const char *register_name, int64_t now_ms,
                      char ret[REQUEST_NUMBER_SIZE], Error *err)
{
    const int year = date_time_at(now_ms, office->config.utc_offset_minutes).date.year;
    DocumentRow numbered = { .year = year };

    str_copy_cut(str_from(register_name), numbered.register_name, sizeof numbered.register_name);
    if (!numbers_take(transaction, register_name, year, &numbered.number, err))
        return false;
    document_number_write(&numbered, ret);
    return true;
}

static bool add_first_step(StoreTransaction *transaction, Adding *adding, Error *err)
{
    StageRow stage = { .n = 1, .epoch = 1, .state = STAGE_WAITING, .changed_at_s = adding->now_ms / 1000 };

    if (adding->invoice.sum > 0) {
        memcpy(adding->invoice.request, adding->request.id, sizeof adding->invoice.request);
        return text_number_take(transaction, adding->office, INVOICE_REGISTER, adding->now_ms, adding->invoice.number,
                                err) &&
               invoices_add(transaction, &adding->invoice, err);
    }
    str_copy_cut(str_from(adding->service->units[0]), stage.unit, sizeof stage.unit);
    return stages_add(transaction, adding->request.id, &stage, err);
}

static bool log_handed_in(StoreTransaction *transaction, const Adding *adding, Error *err)
{
    OWNED_BUF object, detail;

    buf_init(&object, 64);
    buf_init(&detail, 256);
    buf_add_format(&object, "request:%s", adding->request.id);
    buf_add_format(&detail, "{\"number\":\"%s\",\"invoice\":\"%s\"}", adding->request.number, adding->invoice.number);
    return buf_ok(&object, err) && buf_ok(&detail, err) &&
           acts_add(transaction,
                    &(Act){ adding->now_ms, adding->actor, "request.open", buf_text(&object), buf_text(&detail) }, err);
}

/* What was there when it was looked at may be gone by now: it is looked at again. */
static bool take_photos(StoreTransaction *transaction, const Adding *adding, Error *err)
{
    const Answers *answers = &adding->asking->request->answers;
    const RequestRow *request = &adding->request;
    const char *field;

    if (!photos_are_named(adding->service, answers))
        return true;
    if (!photos_hold(transaction, request->student, adding->service, answers, NULL, &field, err))
        return false;
    if (field)
        return error_set(err, ERR_EXISTS, "photographs for %s are gone", field);
    return photos_hand_in(transaction, request->student, adding->service, answers, request->id, adding->now_ms, err);
}

static bool hand_in(StoreTransaction *transaction, void *arg, Error *err)
{
    Adding *adding = arg;

    return close_overdue(transaction, adding, err) && refuse_spent(transaction, adding, err) &&
           text_number_take(transaction, adding->office, REQUEST_REGISTER, adding->now_ms, adding->request.number,
                            err) &&
           add_request(transaction, adding, err) && add_first_step(transaction, adding, err) &&
           visitors_keep(transaction, adding->request.student, adding->now_ms / 1000 + VISITOR_KEPT_S, err) &&
           take_photos(transaction, adding, err) && log_handed_in(transaction, adding, err);
}

bool asking_hand_in(Office *office, Asking *asking, const Service *service, const char *period, Str answers, Str items,
                    Error *err)
{
    Adding adding = { .service = service, .items = items };
    const Calendar *calendar = institution_calendar(office->institution);

    if (!adding_begin(office, asking, answers, &adding, err))
        return false;
    str_copy_cut(str_from(period), adding.request.period, sizeof adding.request.period);
    str_copy_cut(str_from(asking->kiosk_place), adding.request.place, sizeof adding.request.place);
    adding.request.promised_at_s = calendar_promise(calendar, adding.request.asked_at_s, service->promise_hours);
    adding.invoice =
        (InvoiceRow){ .sum = service_fee(service, &asking->request->answers), .made_at_s = adding.request.asked_at_s };
    return store_write(office->store, hand_in, &adding, err) || error_add(err, "handing in");
}

/* --- a further copy ---------------------------------------------------------------------------------------------- */

/* Nothing happened to the document's copies since the asking looked. */
static bool is_as_it_was(StoreTransaction *transaction, const Issue *before, CopyKind kind, int *ret_newest_n,
                         Error *err)
{
    DocumentRow document;
    CopyRow newest;
    bool found;

    if (!documents_get(transaction, before->document.id, &found, &document, err))
        return false;
    if (!found || document.state != DOCUMENT_ISSUED)
        return error_set(err, ERR_CONFLICT, "the document is no longer valid");
    if (!copies_newest_of(transaction, before->document.id, kind, &found, &newest, err))
        return false;
    if (found != before->has_copy || (found && strcmp(newest.id, before->copy.id) != 0))
        return error_set(err, ERR_CONFLICT, "there is a newer copy");
    if (!copies_newest(transaction, before->document.id, &found, &newest, err))
        return false;
    *ret_newest_n = newest.n;
    return true;
}

typedef struct Further {
    const Issue *before;
    Taking taking;
} Further;

static bool add_copy(StoreTransaction *transaction, void *arg, Error *err)
{
    Further *further = arg;
    const Issue *before = further->before;
    const bool replaces = before->has_copy && further->taking.copy.kind == COPY_PAPER;
    int newest_n;

    if (!is_as_it_was(transaction, before, further->taking.copy.kind, &newest_n, err))
        return false;
    further->taking.copy.n = newest_n + 1;
    return taking_add_copy(transaction, &further->taking, replaces ? &before->copy : NULL, err);
}

bool asking_add_copy(Office *office, Asking *asking, char ret_copy[ID_SIZE], Error *err)
{
    Further further = { .before = &asking->issue };
    char actor[ACTOR_SIZE];

    actor_of(asking->session, actor);
    if (!taking_begin(office, kind_of(asking->request->carrier), asking->kiosk_place, actor, &further.taking, err))
        return false;
    further.taking.at_window = asking_is_at_window(asking);
    further.taking.document = asking->issue.document;
    memcpy(further.taking.copy.document, further.taking.document.id, sizeof further.taking.copy.document);
    if (!store_write(office->store, add_copy, &further, err))
        return error_add(err, "further copy");
    memcpy(ret_copy, further.taking.copy.id, ID_SIZE);
    return true;
}

/* --- joining and assigning --------------------------------------------------------------------------------------- */

static bool join(StoreTransaction *transaction, void *arg, Error *err)
{
    const Asking *asking = arg;
    KeyAnswer answer = { 0 };

    memcpy(answer.body_hash, asking->fingerprint, HASH_SIZE);
    memcpy(answer.answer, asking->issue.request.id, sizeof answer.answer);
    return request_keys_add(transaction, asking->session->student, asking->key, &answer,
                            office_now_s(asking->office) + KEY_KEPT_S, err) &&
           drafts_remove(transaction, asking->session->student, asking->request->service, err);
}

bool asking_join(Office *office, const Asking *asking, Error *err)
{
    Asking joined = *asking;
    Error why = { 0 };

    if (store_write(office->store, join, &joined, &why) || why.code == ERR_EXISTS) /* the same asking, twice at once */
        return true;
    return error_set_cause(err, why.code, why.cause, "%s", why.text);
}

typedef struct Assigning {
    const Asking *asking;
    int64_t now_ms;
} Assigning;

static bool assign(StoreTransaction *transaction, void *arg, Error *err)
{
    const Assigning *assigning = arg;
    const Session *session = assigning->asking->session;
    PrintJobRow job;
    char actor[ACTOR_SIZE];
    bool found;

    actor_of(session, actor);
    if (!print_jobs_get(transaction, assigning->asking->issue.job.id, &found, &job, err))
        return false;
    if (!found || (job.state != JOB_WAITING && job.state != JOB_ASSIGNED))
        return error_set(err, ERR_CONFLICT, "the job has gone on");
    return job_assign(transaction, &job, session->kiosk, actor, assigning->now_ms, err);
}

bool asking_assign(Office *office, const Asking *asking, Error *err)
{
    Assigning assigning = { asking, office_now_ms(office) };

    return store_write(office->store, assign, &assigning, err);
}

static bool cancel_job(StoreTransaction *transaction, void *arg, Error *err)
{
    const Assigning *assigning = arg;
    char actor[ACTOR_SIZE];
    PrintJobRow job;
    bool found;

    actor_of(assigning->asking->session, actor);
    if (!print_jobs_get(transaction, assigning->asking->issue.job.id, &found, &job, err))
        return false;
    if (found && job.state == JOB_ASSIGNED &&
        (!job_move(transaction, &job, JOB_WAITING, actor, assigning->now_ms, err) ||
         !print_jobs_get(transaction, job.id, &found, &job, err)))
        return false;
    if (!found || job.state != JOB_WAITING)
        return error_set(err, ERR_CONFLICT, "the job has gone on");
    return job_move(transaction, &job, JOB_CANCELLED, actor, assigning->now_ms, err);
}

bool asking_cancel_job(Office *office, const Asking *asking, Error *err)
{
    Assigning assigning = { asking, office_now_ms(office) };

    return store_write(office->store, cancel_job, &assigning, err);
}
