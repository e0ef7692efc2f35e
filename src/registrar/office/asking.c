#include "registrar/office/asking.h"

#include <string.h>

#include "base/crypto.h"
#include "registrar/office/access.h"
#include "registrar/office/prints.h"
#include "registrar/store/drafts.h"

#define SNAPSHOT_BYTES_MOST (1u << 20)

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

bool issue_read(StoreTransaction *transaction, const char *request, bool *ret_found, Issue *ret, Error *err)
{
    return requests_get(transaction, request, ret_found, &ret->request, err) &&
           (!*ret_found || documents_of_request(transaction, request, ret_found, &ret->document, err)) &&
           (!*ret_found || copies_newest(transaction, ret->document.id, ret_found, &ret->copy, err)) &&
           (!*ret_found || print_jobs_of_copy(transaction, ret->copy.id, ret_found, &ret->job, err));
}

static bool look_by_key(StoreTransaction *transaction, Asking *asking, Error *err)
{
    KeyAnswer answer;
    bool found;

    if (!request_keys_find(transaction, asking->session->student, asking->key, &found, &answer, err))
        return false;
    if (!found)
        return true;
    if (!issue_read(transaction, answer.answer, &found, &asking->issue, err))
        return false;
    bool same = asking->by_key_alone ? !strcmp(asking->issue.request.service, asking->request->service)
                                     : !memcmp(answer.body_hash, asking->fingerprint, HASH_SIZE);
    asking->found = found && same && asking->issue.document.state != DOCUMENT_VOID ? FOUND_BY_KEY : FOUND_OTHER_BODY;
    return true;
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
    if (found && equal.state == ASKED_OPEN && equal.asked_at_s + REQUEST_OPEN_S <= office_now_s(asking->office))
        found = false; /* the finisher has not come by yet: asking_take_number closes it */
    if (found && !issue_read(transaction, equal.id, &found, &asking->issue, err))
        return false;
    if (found)
        asking->found = FOUND_EQUAL;
    return true;
}

/* --- transaction 1 ----------------------------------------------------------------------------------------------- */

typedef struct Taking {
    const Office *office;
    const Asking *asking;
    const Composition *composition;
    Str answers, snapshot;
    RequestRow request;
    DocumentRow document;
    CopyRow copy;
    char job[ID_SIZE];
    uint64_t seed; /* of the place in the status list */
    char actor[ACTOR_SIZE];
    int64_t now_ms;
} Taking;

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
        !issue_read(transaction, request->id, &found, &issue, err))
        return false;
    if (!found || (issue.job.state != JOB_WAITING && issue.job.state != JOB_HELD))
        return true;
    return job_move(transaction, &issue.job, JOB_EXPIRED, "office", now_ms, err);
}

static bool close_overdue(StoreTransaction *transaction, const Taking *taking, Error *err)
{
    RequestRow old;
    bool found;

    if (!requests_open_equal(transaction, taking->request.student, taking->request.answers_hash, &found, &old, err))
        return false;
    if (!found)
        return true;
    if (old.asked_at_s + REQUEST_OPEN_S > taking->now_ms / 1000)
        return error_set(err, ERR_EXISTS, "an equal request is open");
    return request_expire(transaction, &old, taking->now_ms, err);
}

static bool refuse_spent(StoreTransaction *transaction, const Taking *taking, Error *err)
{
    const Service *service = catalogue_find(taking->office->catalogue, str_from(taking->request.service));
    bool spent;

    return service_is_spent(transaction, taking->office, taking->request.student, service, taking->request.period,
                            &spent, err) &&
           (!spent || error_set(err, ERR_LIMIT, "no more of %s for now", service->id));
}

static bool add_copy_rows(StoreTransaction *transaction, Taking *taking, Error *err)
{
    return status_places_take(transaction, taking->seed, &taking->copy.status_list, &taking->copy.status_index, err) &&
           copies_add(transaction, &taking->copy, err) &&
           print_jobs_add(transaction, taking->job, taking->copy.id, taking->now_ms / 1000, err);
}

static bool log_taken(StoreTransaction *transaction, const Taking *taking, const char *act, Error *err)
{
    char object[64], number[DOCUMENT_NUMBER_SIZE];
    OWNED_BUF detail;

    buf_init(&detail, 256);
    document_number_write(&taking->document, number);
    buf_add_format(&detail, "{\"number\":\"%s\",\"copy\":\"%s\",\"n\":%d}", number, taking->copy.id, taking->copy.n);
    OWNED_BUF name;
    buf_init(&name, sizeof object);
    buf_add_format(&name, "document:%s", taking->document.id);
    str_copy_cut(buf_str(&name), object, sizeof object);
    return buf_ok(&detail, err) &&
           acts_add(transaction, &(Act){ taking->now_ms, taking->actor, act, object, buf_text(&detail) }, err);
}

static bool take(StoreTransaction *transaction, void *arg, Error *err)
{
    Taking *taking = arg;
    KeyAnswer answer = { 0 };

    memcpy(answer.body_hash, taking->request.answers_hash, HASH_SIZE);
    memcpy(answer.answer, taking->request.id, sizeof answer.answer);
    return close_overdue(transaction, taking, err) && refuse_spent(transaction, taking, err) &&
           requests_add(transaction, &taking->request, taking->answers, err) &&
           request_keys_add(transaction, taking->request.student, taking->request.client_key, &answer,
                            taking->now_ms / 1000 + KEY_KEPT_S, err) &&
           numbers_take(transaction, taking->document.register_name, taking->document.year, &taking->document.number,
                        err) &&
           documents_add(transaction, &taking->document, taking->snapshot, err) &&
           drafts_remove(transaction, taking->request.student, taking->request.service, err) &&
           add_copy_rows(transaction, taking, err) && log_taken(transaction, taking, "document.number-taken", err);
}

/* What both kinds of taking need: ids, a code, a seed, the key under which it is sealed. */
static bool taking_begin(Office *office, const Asking *asking, Taking *taking, Error *err)
{
    uint8_t bytes[CODE_BITS_BYTES];
    CosePublicKey key;
    Code code;

    *taking = (Taking){ .office = office, .asking = asking, .now_ms = office_now_ms(office) };
    actor_student(taking->actor, asking->session->student);
    if (!random_fill(&office->config.random, bytes, sizeof bytes, err) ||
        !random_fill(&office->config.random, &taking->seed, sizeof taking->seed, err) ||
        !office_new_id(office, taking->copy.id, err) || !office_new_id(office, taking->job, err))
        return false;
    code = code_make(bytes);
    memcpy(taking->copy.code, code.text, sizeof taking->copy.code);
    cose_key_public(keys_active_seal(&office->keys), &key);
    taking->copy.kid = key.kid;
    taking->copy.lease_s = taking->now_ms / 1000 + MAKE_LEASE_S;
    memcpy(taking->copy.place, asking->kiosk_place, sizeof taking->copy.place);
    return true;
}

static void fill_request(const Asking *asking, const Composition *composition, RequestRow *ret)
{
    *ret = (RequestRow){ .student = asking->session->student, .state = ASKED_OPEN, .asked_at_s = composition->at_s };
    str_copy_cut(str_from(asking->key), ret->client_key, sizeof ret->client_key);
    str_copy_cut(str_from(asking->request->service), ret->service, sizeof ret->service);
    str_copy_cut(str_from(language_tag(composition->language)), ret->language, sizeof ret->language);
    memcpy(ret->answers_hash, asking->fingerprint, HASH_SIZE);
    memcpy(ret->period, composition->period, sizeof ret->period);
}

static void fill_document(const Office *office, const Asking *asking, const Composition *composition, DocumentRow *ret)
{
    const Template *template = composition->paper->template;

    *ret = (DocumentRow){ .student = asking->session->student,
                          .state = DOCUMENT_PREPARING,
                          .taken_at_s = composition->at_s,
                          .year = date_time_at(composition->at_s * 1000, office->config.utc_offset_minutes).date.year };
    str_copy_cut(str_from(asking->request->service), ret->service, sizeof ret->service);
    str_copy_cut(str_from(template_register(template)), ret->register_name, sizeof ret->register_name);
    str_copy_cut(str_from(template_id(template)), ret->template, sizeof ret->template);
    str_copy_cut(str_from(template_version(template)), ret->template_version, sizeof ret->template_version);
    str_copy_cut(str_from(language_tag(composition->language)), ret->language, sizeof ret->language);
    memcpy(ret->holder_masked, composition->holder_masked, sizeof ret->holder_masked);
}

bool asking_take_number(Office *office, Asking *asking, const Composition *composition, Str answers,
                        char ret_copy[ID_SIZE], Error *err)
{
    Taking taking;
    OWNED_BUF snapshot;

    buf_init(&snapshot, SNAPSHOT_BYTES_MOST);
    if (!taking_begin(office, asking, &taking, err))
        return false;
    taking.composition = composition;
    taking.answers = answers;
    fill_request(asking, composition, &taking.request);
    fill_document(office, asking, composition, &taking.document);
    if (!office_new_id(office, taking.request.id, err) || !office_new_id(office, taking.document.id, err) ||
        !snapshot_freeze(office, composition, taking.document.id, &snapshot, err))
        return false;
    taking.snapshot = buf_str(&snapshot);
    memcpy(taking.document.request, taking.request.id, sizeof taking.document.request);
    memcpy(taking.copy.document, taking.document.id, sizeof taking.copy.document);
    taking.copy.n = 1;
    taking.copy.asked_at_s = composition->at_s;
    if (!store_write(office->store, take, &taking, err))
        return error_add(err, "number");
    memcpy(ret_copy, taking.copy.id, ID_SIZE);
    return true;
}

/* --- a further copy ---------------------------------------------------------------------------------------------- */

static bool replace_old(StoreTransaction *transaction, const CopyRow *old, const Taking *taking, Error *err)
{
    const Move validity = { .id = old->id,
                            .from = (int)old->validity,
                            .to = VALIDITY_REPLACED,
                            .epoch = old->epoch,
                            .actor = taking->actor,
                            .at_ms = taking->now_ms };
    const Move delivery = { .id = old->id,
                            .from = (int)old->delivery,
                            .to = DELIVERY_SUPERSEDED,
                            .epoch = old->epoch,
                            .at_ms = taking->now_ms };

    /* After a restore it may be replaced already, by a copy that was lost. */
    return (old->validity == VALIDITY_REPLACED || state_move(transaction, &validity_states, &validity, err)) &&
           (old->delivery == DELIVERY_SUPERSEDED || state_move(transaction, &delivery_states, &delivery, err));
}

static bool add_copy(StoreTransaction *transaction, void *arg, Error *err)
{
    Taking *taking = arg;
    const Issue *before = &taking->asking->issue;
    DocumentRow document;
    CopyRow newest;
    bool found;

    if (!documents_get(transaction, before->document.id, &found, &document, err))
        return false;
    if (!found || document.state != DOCUMENT_ISSUED)
        return error_set(err, ERR_CONFLICT, "the document is no longer valid");
    if (!copies_newest(transaction, before->document.id, &found, &newest, err))
        return false;
    if (!found || strcmp(newest.id, before->copy.id) != 0)
        return error_set(err, ERR_CONFLICT, "there is a newer copy");
    return replace_old(transaction, &newest, taking, err) && add_copy_rows(transaction, taking, err) &&
           log_taken(transaction, taking, "copy.asked", err);
}

bool asking_add_copy(Office *office, Asking *asking, char ret_copy[ID_SIZE], Error *err)
{
    Taking taking;

    if (!taking_begin(office, asking, &taking, err))
        return false;
    taking.document = asking->issue.document;
    memcpy(taking.copy.document, taking.document.id, sizeof taking.copy.document);
    memcpy(taking.copy.replaces, asking->issue.copy.id, sizeof taking.copy.replaces);
    taking.copy.n = asking->issue.copy.n + 1;
    taking.copy.asked_at_s = taking.now_ms / 1000;
    if (!store_write(office->store, add_copy, &taking, err))
        return error_add(err, "further copy");
    memcpy(ret_copy, taking.copy.id, ID_SIZE);
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

    actor_student(actor, session->student);
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
