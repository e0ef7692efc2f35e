#include "registrar/office/making.h"

#include <string.h>

#include "base/crypto.h"
#include "base/file.h"
#include "registrar/office/fields.h"
#include "registrar/office/keeping.h"
#include "registrar/office/live.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/store/alerts.h"
#include "registrar/store/blanks.h"
#include "registrar/store/stages.h"

#define PAGE_BYTES_MOST     (16u << 20)
#define SNAPSHOT_BYTES_MOST (1u << 20)

/* What is read before drawing, and what drawing gives. */
typedef struct Work {
    const char *copy_id;
    CopyRow copy;
    DocumentRow document;
    bool found, on_blank;
    BlankRow blank; /* on_blank: the form that this copy is printed on */
    Buf snapshot;
    Buf token; /* what kept.made.seal points to */
    PageKept kept;
} Work;

/* --- drawing ----------------------------------------------------------------------------------------------------- */

static bool read_work(StoreTransaction *transaction, void *arg, Error *err)
{
    Work *work = arg;

    buf_clear(&work->snapshot);
    return copies_get(transaction, work->copy_id, &work->found, &work->copy, err) &&
           (!work->found ||
            (blanks_of_copy(transaction, work->copy_id, &work->on_blank, &work->blank, err) &&
             documents_get(transaction, work->copy.document, &work->found, &work->document, err) &&
             (!work->found || documents_snapshot(transaction, work->document.id, &work->snapshot, err))));
}

static bool make_claims(const Office *office, const Work *work, const Template *template, const json_t *snapshot,
                        SealClaims *ret, Error *err)
{
    const char *holder = json_string_value(json_object_get(snapshot, "holder"));

    *ret = (SealClaims){ .issued_at_s = work->copy.asked_at_s,
                         .expires_at_s = json_integer_value(json_object_get(snapshot, "expires_at_s")),
                         .status_list = work->copy.status_list,
                         .status_index = work->copy.status_index };
    if (!code_parse(str_from(work->copy.code), &ret->code))
        return error_set(err, ERR_FORMAT, "code");
    document_number_write(&work->document, ret->number);
    str_copy_cut(str_from(office->config.host), ret->issuer, sizeof ret->issuer);
    str_copy_cut(str_from(template_id(template)), ret->kind, sizeof ret->kind);
    str_copy_cut(str_from(holder), ret->holder, sizeof ret->holder);
    return claims_add_fields(template, json_object_get(snapshot, "values"), ret, err);
}

static bool make_code(const Office *office, Work *work, const SealClaims *claims, Qr *ret, Error *err)
{
    const CoseKey *key = keys_find_seal(&office->keys, work->copy.kid);
    OWNED_BUF path, fragment;

    buf_init(&path, 256);
    buf_init(&fragment, 4096);
    if (!key)
        return error_set(err, ERR_NOT_FOUND, "seal key %d is not in the key folder", work->copy.kid);
    if (!seal_make(key, claims, &work->token, err) ||
        !seal_link(claims, buf_str(&work->token), &path, &fragment, err) ||
        !qr_make(buf_str(&path), buf_str(&fragment), SEAL_QR_VERSION_MOST, ret, err))
        return false;
    work->kept.made.seal = buf_str(&work->token);
    memcpy(work->kept.made.text_hash, claims->text_hash, sizeof work->kept.made.text_hash);
    return true;
}

bool page_keep(const Office *office, const char *copy_id, int64_t asked_at_s, Str pdf, PageKept *kept, Error *err)
{
    uint8_t nonce[12];

    buf_clear(&kept->sealed);
    if (!sha256(pdf, kept->made.file_sha256, err) || !random_fill(&office->config.random, nonce, sizeof nonce, err) ||
        !crypto_seal(office->keys.page, str_from(copy_id), pdf, nonce, &kept->sealed, err))
        return error_add(err, "page");
    kept->made.page = buf_str(&kept->sealed);
    kept->made.keep_until_s = asked_at_s + PAGE_KEPT_S;
    return true;
}

static bool draw(Office *office, Work *work, const Template *template, const json_t *snapshot, const json_t *values,
                 IssueTimes *times, Error *err)
{
    IssueWatch watch = issue_watch_start();
    DocumentFacts facts;
    SealClaims claims;
    Language language;
    Qr qr;
    char number[DOCUMENT_NUMBER_SIZE], code[15], address[80];

    if (!language_parse(str_from(work->document.language), &language) ||
        !make_claims(office, work, template, snapshot, &claims, err))
        return error_add(err, "claims");
    document_number_write(&work->document, number);
    code_grouped(&claims.code, code);
    office_check_address(office, address);
    const DocumentInput input = { .template = template,
                                  .language = language,
                                  .values = values,
                                  .number = number,
                                  .code = code,
                                  .check_address = address,
                                  .logo = office_logo(office),
                                  .created_s = work->copy.asked_at_s };
    OWNED(Document) document = document_lay_out(&input, &facts, err);
    OWNED(Blob) pdf = NULL;

    if (!document)
        return error_add(err, "page");
    issue_watch_read(&watch, times, ISSUE_PAGE);
    work->kept.made.pages = facts.pages;
    memcpy(claims.text_hash, facts.text_hash, sizeof claims.text_hash);
    if (!make_code(office, work, &claims, &qr, err))
        return error_add(err, "seal");
    issue_watch_read(&watch, times, ISSUE_SEAL);
    if (!document_draw_pdf(document, &qr, &pdf, err))
        return error_add(err, "page");
    issue_watch_read(&watch, times, ISSUE_PAGE);
    if (!page_keep(office, work->copy.id, work->copy.asked_at_s, blob_str(pdf), &work->kept, err))
        return false;
    issue_watch_read(&watch, times, ISSUE_SEAL);
    return true;
}

/* What is the copy's own: its number, where it was asked for, and its blank, which a spoiled one's successor has not.
 */
static bool add_copy_values(const Work *work, json_t *values, Error *err)
{
    char number[BLANK_ID_SIZE];

    if (!fields_add_copy(values, work->copy.n, work->copy.place, err))
        return false;
    if (!work->on_blank)
        return true;
    blank_number_write(work->blank.series, work->blank.number, number);
    return json_object_set_new(values, "blank.number", json_string(number)) == 0 || error_set(err, ERR_MEMORY, "blank");
}

/* With the template of the snapshot's own version. */
static bool draw_snapshot(Office *office, Work *work, IssueTimes *times, Error *err)
{
    OWNED(Shelf) shelf = shelf_take(office);
    const Paper *paper = shelf_paper(shelf, work->document.template);
    const Template *template = paper ? paper->template : NULL;
    OWNED(Template) older = NULL;
    json_t *snapshot, *values;
    IssueWatch watch = issue_watch_start();
    bool done = false;

    if (!template || strcmp(template_version(template), work->document.template_version) != 0) {
        older = papers_recall(office->store, work->document.template, work->document.template_version, err);
        template = older;
    }
    if (!template)
        return false;
    snapshot = snapshot_thaw(office, work->document.id, buf_str(&work->snapshot), err);
    values = json_object_get(snapshot, "values");
    if (values)
        done = add_copy_values(work, values, err);
    issue_watch_read(&watch, times, ISSUE_DATA);
    done = done && draw(office, work, template, snapshot, values, times, err);
    json_decref(snapshot);
    return done;
}

/* --- another house's paper ---------------------------------------------------------------------------------------- */

typedef struct Finding {
    const Work *work;
    bool found;
    CopyRow copy; /* that has a page */
    Buf sealed;
} Finding;

static bool find_page(StoreTransaction *transaction, void *arg, Error *err)
{
    Finding *finding = arg;

    buf_clear(&finding->sealed);
    return copies_page_of_document(transaction, finding->work->document.id, &finding->found, &finding->copy,
                                   &finding->sealed, err);
}

/* A further copy has the page of the one before, byte by byte: nothing is drawn, and HEMIS is not asked again. */
static bool copy_foreign(Office *office, Work *work, IssueTimes *times, Error *err)
{
    IssueWatch watch = issue_watch_start();
    Finding finding = { .work = work };
    OWNED_BUF pdf;

    buf_init(&pdf, PAGE_BYTES_MOST);
    buf_init(&finding.sealed, PAGE_BYTES_MOST);
    bool done = store_read(office->store, find_page, &finding, err) &&
                (finding.found || error_set(err, ERR_NOT_FOUND, "no copy of it has its page any more")) &&
                crypto_open(office->keys.page, str_from(finding.copy.id), buf_str(&finding.sealed), &pdf, err) &&
                page_keep(office, work->copy.id, work->copy.asked_at_s, buf_str(&pdf), &work->kept, err);
    work->kept.made.pages = finding.copy.pages;
    buf_fini(&finding.sealed);
    issue_watch_read(&watch, times, ISSUE_PAGE);
    return done;
}

/* --- storing ----------------------------------------------------------------------------------------------------- */

bool job_assign(StoreTransaction *transaction, const PrintJobRow *job, const char *kiosk, const char *actor,
                int64_t now_ms, Error *err)
{
    const Move move = { .id = job->id,
                        .from = (int)job->state,
                        .to = JOB_ASSIGNED,
                        .epoch = job->epoch,
                        .next_epoch = true,
                        .actor = actor,
                        .at_ms = now_ms };

    return print_jobs_lease(transaction, job->id, kiosk, now_ms / 1000 + ASSIGN_LEASE_S, err) &&
           state_move(transaction, &job_states, &move, err) && desk_tell(transaction, "prints", err);
}

static bool store_document(StoreTransaction *transaction, const char *id, const char *actor, int64_t now_ms, Error *err)
{
    DocumentRow document;
    bool found;

    if (!documents_get(transaction, id, &found, &document, err))
        return false;
    if (document.state != DOCUMENT_PREPARING)
        return true; /* a further copy */
    const Move move = { .id = document.id,
                        .from = DOCUMENT_PREPARING,
                        .to = DOCUMENT_ISSUED,
                        .epoch = document.epoch,
                        .actor = actor,
                        .at_ms = now_ms };
    return state_move(transaction, &document_states, &move, err);
}

bool page_store(StoreTransaction *transaction, const CopyRow *copy, const CopyMade *made, uint32_t epoch,
                const char *owner, const char *actor, int64_t now_ms, Error *err)
{
    const Move ready = {
        .id = copy->id, .from = MAKING_PREPARING, .to = MAKING_READY, .epoch = epoch, .actor = actor, .at_ms = now_ms
    };
    PrintJobRow job;
    bool found;

    if (!copies_put_page(transaction, copy->id, made, err) || !state_move(transaction, &making_states, &ready, err) ||
        !store_document(transaction, copy->document, actor, now_ms, err) ||
        !print_jobs_expect(transaction, copy->id, made->pages, err) ||
        !print_jobs_of_copy(transaction, copy->id, &found, &job, err))
        return false;
    if (!found || job.state != JOB_WAITING || !owner)
        return true;
    return job_assign(transaction, &job, owner, actor, now_ms, err);
}

typedef struct Storing {
    const Work *work;
    uint32_t epoch; /* in which the copy was held while it was drawn */
    const char *owner;
    char actor[ACTOR_SIZE];
    int64_t now_ms;
} Storing;

static bool store_made(StoreTransaction *transaction, void *arg, Error *err)
{
    const Storing *storing = arg;
    const Work *work = storing->work;

    return page_store(transaction, &work->copy, &work->kept.made, storing->epoch, storing->owner, storing->actor,
                      storing->now_ms, err);
}

static void count_issue(Office *office, const Work *work, const IssueTimes *times)
{
    atomic_fetch_add(&office->issued, 1);
    atomic_fetch_add(&office->data_cpu_us, times->cpu_us[ISSUE_DATA]);
    atomic_fetch_add(&office->page_cpu_us, times->cpu_us[ISSUE_PAGE]);
    atomic_fetch_add(&office->seal_cpu_us, times->cpu_us[ISSUE_SEAL]);
    atomic_fetch_add(&office->store_cpu_us, times->cpu_us[ISSUE_STORE]);
    atomic_fetch_add(&office->data_us, times->wall_us[ISSUE_DATA]);
    atomic_fetch_add(&office->page_us, times->wall_us[ISSUE_PAGE]);
    atomic_fetch_add(&office->seal_us, times->wall_us[ISSUE_SEAL]);
    atomic_fetch_add(&office->store_us, times->wall_us[ISSUE_STORE]);
    LOG(office->log, LOG_INFO, EVENT_DOCUMENT_ISSUED, LOG_WORD("document", work->document.id),
        LOG_WORD("service", work->document.service), LOG_NUMBER("pages", work->kept.made.pages),
        LOG_NUMBER("data_us", times->cpu_us[ISSUE_DATA]), LOG_NUMBER("page_us", times->cpu_us[ISSUE_PAGE]),
        LOG_NUMBER("seal_us", times->cpu_us[ISSUE_SEAL]), LOG_NUMBER("store_us", times->cpu_us[ISSUE_STORE]));
}

static bool make(Office *office, Work *work, uint32_t epoch, const char *owner, IssueTimes *times, MakeOutcome *ret,
                 Error *err)
{
    Storing storing = { .work = work, .epoch = epoch, .owner = owner, .now_ms = office_now_ms(office) };
    IssueWatch watch;
    Error why = { 0 };

    str_copy_cut(STR("office"), storing.actor, sizeof storing.actor);
    if (owner)
        actor_student(storing.actor, work->document.student);
    *ret = MAKE_FAILED;
    if (!(document_is_foreign(&work->document) ? copy_foreign : draw_snapshot)(office, work, times, &why)) {
        const LogField fields[] = { LOG_WORD("document", work->document.id),
                                    LOG_NUMBER("attempt", work->copy.attempts),
                                    { 0 } };
        log_failure(office->log, LOG_ERROR, EVENT_DOCUMENT_FAILED, &why, fields);
        return true;
    }
    watch = issue_watch_start();
    if (!store_write(office->store, store_made, &storing, err)) {
        *ret = err->code == ERR_CONFLICT || err->code == ERR_EXISTS ? MAKE_TAKEN : MAKE_FAILED;
        return *ret == MAKE_TAKEN || error_add(err, "issue");
    }
    issue_watch_read(&watch, times, ISSUE_STORE);
    count_issue(office, work, times);
    *ret = MAKE_READY;
    return true;
}

bool copy_make(Office *office, const char *copy_id, uint32_t epoch, const char *owner, IssueTimes *times,
               MakeOutcome *ret, Error *err)
{
    Work work = { .copy_id = copy_id };
    IssueTimes none = { 0 };
    IssueWatch watch = issue_watch_start();
    bool done;

    if (!times)
        times = &none;
    buf_init(&work.snapshot, SNAPSHOT_BYTES_MOST);
    buf_init(&work.token, 4096);
    buf_init(&work.kept.sealed, PAGE_BYTES_MOST);
    done = store_read(office->store, read_work, &work, err);
    issue_watch_read(&watch, times, ISSUE_DATA);
    if (done && (!work.found || work.copy.making != MAKING_PREPARING || work.copy.epoch != epoch))
        *ret = MAKE_TAKEN;
    else if (done)
        done = make(office, &work, epoch, owner, times, ret, err);
    buf_fini(&work.kept.sealed);
    buf_fini(&work.token);
    buf_fini(&work.snapshot);
    return done;
}

/* --- taking over ------------------------------------------------------------------------------------------------- */

typedef struct Claiming {
    const char *copy_id;
    int64_t now_ms;
    CopyRow copy;
    bool claimed, given_up;
    char voided[ID_SIZE]; /* document */
} Claiming;

/* The form is as good as before: nothing was printed on it. */
static bool free_blank(StoreTransaction *transaction, const Claiming *claiming, Error *err)
{
    BlankRow blank;
    bool found;

    if (!blanks_of_copy(transaction, claiming->copy.id, &found, &blank, err))
        return false;
    if (!found || blank.state != BLANK_BOUND)
        return true;
    const Move move = { .id = blank.id,
                        .from = BLANK_BOUND,
                        .to = BLANK_ISSUED,
                        .epoch = blank.epoch,
                        .next_epoch = true,
                        .actor = "office",
                        .at_ms = claiming->now_ms };
    blank.copy[0] = '\0';
    return state_move(transaction, &blank_states, &move, err) && blanks_put(transaction, &blank, err);
}

static bool ask_unit_again(StoreTransaction *transaction, const RequestRow *request, int64_t now_ms, Error *err)
{
    StageRow stage = { .n = 1, .unit = FRONT_OFFICE };
    bool found;

    if (request->state != ASKED_APPROVED)
        return true;
    if (!stages_last(transaction, request->id, &found, &stage, err))
        return false;
    stage.state = STAGE_WAITING;
    stage.clerk[0] = '\0';
    stage.epoch = request->epoch + 1;
    stage.changed_at_s = now_ms / 1000;
    /* None: it was paid for, and nobody had to decide. */
    return (found ? stages_put : stages_add)(transaction, request->id, &stage, err);
}

static bool withdraw_request(StoreTransaction *transaction, const DocumentRow *document, int64_t now_ms, Error *err)
{
    RequestRow request;
    bool found;

    if (!document->request[0])
        return true;
    if (!requests_get(transaction, document->request, &found, &request, err))
        return false;
    if (!found || (request.state != ASKED_OPEN && request.state != ASKED_APPROVED))
        return true;
    /* Who decided is asked again, when the reason is out of the way. */
    const Move move = { .id = request.id,
                        .from = (int)request.state,
                        .to = request.state == ASKED_APPROVED ? ASKED_IN_UNIT : ASKED_WITHDRAWN,
                        .epoch = request.epoch,
                        .next_epoch = request.state == ASKED_APPROVED,
                        .actor = "office",
                        .at_ms = now_ms };
    return state_move(transaction, &request_states, &move, err) && ask_unit_again(transaction, &request, now_ms, err);
}

static bool alert(StoreTransaction *transaction, const DocumentRow *document, int64_t now_ms, Error *err)
{
    char number[DOCUMENT_NUMBER_SIZE];
    OWNED_BUF object, words;

    buf_init(&object, 64);
    buf_init(&words, 256);
    document_number_write(document, number);
    buf_add_format(&object, "document:%s", document->id);
    buf_add_format(&words,
                   "The paper of %s could not be made in %d tries: its number is void.  Why, is in the log of the"
                   " registrar, under document-failed.",
                   number, MAKE_TRIES);
    return buf_ok(&object, err) && buf_ok(&words, err) &&
           alerts_add(transaction, &(Alert){ now_ms / 1000, "document.void", buf_text(&object), buf_text(&words) },
                      err);
}

/* The number stays in the register, with the reason: there are no gaps. */
static bool void_document(StoreTransaction *transaction, Claiming *claiming, Error *err)
{
    DocumentRow document;
    bool found;

    if (!documents_get(transaction, claiming->copy.document, &found, &document, err))
        return false;
    if (!found || document.state != DOCUMENT_PREPARING)
        return true;
    const Move move = { .id = document.id,
                        .from = DOCUMENT_PREPARING,
                        .to = DOCUMENT_VOID,
                        .epoch = document.epoch,
                        .actor = "office",
                        .detail = "{\"reason\":\"the page could not be made\"}",
                        .at_ms = claiming->now_ms };
    memcpy(claiming->voided, document.id, sizeof claiming->voided);
    return documents_reason(transaction, document.id, "the page could not be made", err) &&
           state_move(transaction, &document_states, &move, err) &&
           alert(transaction, &document, claiming->now_ms, err) &&
           withdraw_request(transaction, &document, claiming->now_ms, err);
}

static bool cancel_job(StoreTransaction *transaction, const Claiming *claiming, Error *err)
{
    PrintJobRow job;
    bool found;

    if (!print_jobs_of_copy(transaction, claiming->copy.id, &found, &job, err))
        return false;
    if (!found || (job.state != JOB_WAITING && job.state != JOB_HELD))
        return true;
    const Move move = { .id = job.id,
                        .from = (int)job.state,
                        .to = JOB_CANCELLED,
                        .epoch = job.epoch,
                        .actor = "office",
                        .at_ms = claiming->now_ms };
    const Move delivery = { .id = claiming->copy.id,
                            .from = DELIVERY_WAITING,
                            .to = DELIVERY_CANCELLED,
                            .epoch = claiming->copy.epoch,
                            .at_ms = claiming->now_ms };
    return state_move(transaction, &job_states, &move, err) &&
           state_move(transaction, &delivery_states, &delivery, err);
}

static bool give_up(StoreTransaction *transaction, Claiming *claiming, Error *err)
{
    const Move failed = { .id = claiming->copy.id,
                          .from = MAKING_PREPARING,
                          .to = MAKING_FAILED,
                          .epoch = claiming->copy.epoch,
                          .actor = "office",
                          .at_ms = claiming->now_ms };

    claiming->given_up = true;
    return state_move(transaction, &making_states, &failed, err) && cancel_job(transaction, claiming, err) &&
           free_blank(transaction, claiming, err) && void_document(transaction, claiming, err);
}

static bool claim(StoreTransaction *transaction, void *arg, Error *err)
{
    Claiming *claiming = arg;
    bool found;

    claiming->claimed = claiming->given_up = false;
    claiming->voided[0] = '\0';
    if (!copies_get(transaction, claiming->copy_id, &found, &claiming->copy, err))
        return false;
    if (!found || claiming->copy.making != MAKING_PREPARING || claiming->copy.lease_s > claiming->now_ms / 1000)
        return true;
    if (claiming->copy.attempts >= MAKE_TRIES)
        return give_up(transaction, claiming, err);
    claiming->claimed = true;
    return copies_claim(transaction, &claiming->copy, claiming->now_ms / 1000 + MAKE_LEASE_S, err);
}

bool copy_take_over(Office *office, const char *copy_id, const char *owner, MakeOutcome *ret, Error *err)
{
    Claiming claiming = { .copy_id = copy_id, .now_ms = office_now_ms(office) };

    if (!store_write(office->store, claim, &claiming, err))
        return error_add(err, "unfinished copy");
    if (claiming.voided[0])
        LOG(office->log, LOG_ERROR, EVENT_DOCUMENT_VOID, LOG_WORD("document", claiming.voided));
    *ret = claiming.given_up ? MAKE_FAILED : MAKE_TAKEN;
    return !claiming.claimed || copy_make(office, copy_id, claiming.copy.epoch + 1, owner, NULL, ret, err);
}
