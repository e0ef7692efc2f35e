#include "registrar/office/drafts.h"

#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/access.h"
#include "registrar/office/bound.h"
#include "registrar/office/photos.h"
#include "registrar/store/drafts.h"

#define ANSWERS_BYTES_MOST (128u << 10)
#define LOOKED_AT_MOST     32 /* drafts of one student, to find those that are offered */

/* --- sealed ------------------------------------------------------------------------------------------------------ */

/* What a sealed draft is bound to: moved to another student or service it can't be opened. */
static void context_add(const DraftRow *row, Buf *context)
{
    buf_add_format(context, "draft:%lld:%s", (long long)row->student, row->service);
}

static bool seal_answers(const Office *office, const DraftRow *row, const Answers *answers, Buf *sealed, Error *err)
{
    uint8_t nonce[12];
    OWNED_BUF plain, context;

    buf_init(&plain, ANSWERS_BYTES_MOST);
    buf_init(&context, 128);
    context_add(row, &context);
    return (answers_write(answers, &plain, err) && buf_ok(&context, err) &&
            random_fill(&office->config.random, nonce, sizeof nonce, err) &&
            crypto_seal(office->keys.record, buf_str(&context), buf_str(&plain), nonce, sealed, err)) ||
           error_add(err, "draft");
}

static bool open_answers(const Office *office, const DraftRow *row, Str sealed, Answers *ret, Error *err)
{
    OWNED_BUF plain, context;

    buf_init(&plain, ANSWERS_BYTES_MOST);
    buf_init(&context, 128);
    context_add(row, &context);
    return buf_ok(&context, err) && crypto_open(office->keys.record, buf_str(&context), sealed, &plain, err) &&
           answers_read(buf_str(&plain), ret, err);
}

/* --- one draft --------------------------------------------------------------------------------------------------- */

typedef struct Looking {
    const Office *office;
    int64_t student;
    const char *name;
    const Service *service; /* bound; NULL: the catalogue has it no more */
    int64_t now_s;
    bool found;
    bool stale; /* some of it does not fit the form any more */
    DraftRow row;
    Answers answers; /* those that fit */
} Looking;

/* A draft that can't be opened is none, and the log says why: the student begins anew rather than not at all. */
static bool read_draft(Looking *looking, Str sealed)
{
    Error why = { 0 };

    if (open_answers(looking->office, &looking->row, sealed, &looking->answers, &why))
        return true;
    log_failure(looking->office->log, LOG_WARN, EVENT_STORE_FAILED, &why, (const LogField[]){ { 0 } });
    return false;
}

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Looking *looking = arg;
    OWNED_BUF sealed;

    buf_init(&sealed, DRAFT_SEALED_MOST);
    looking->stale = false;
    if (!drafts_get(transaction, looking->student, looking->name, looking->now_s, &looking->found, &looking->row,
                    &sealed, err))
        return false;
    if (!looking->found)
        return true;
    if (!looking->service)
        looking->stale = true;
    else if (read_draft(looking, buf_str(&sealed)))
        looking->stale = form_keep_fitting(looking->service, &looking->answers, office_today(looking->office));
    else
        looking->found = false;
    return true;
}

/* Looks again in the transaction that writes: meanwhile another kiosk may have kept a newer one. */
static bool mend(StoreTransaction *transaction, void *arg, Error *err)
{
    Looking *looking = arg;
    OWNED_BUF sealed;

    buf_init(&sealed, DRAFT_SEALED_MOST);
    if (!look(transaction, looking, err))
        return false;
    if (!looking->found || !looking->stale)
        return true;
    looking->found = looking->service && looking->answers.count > 0;
    if (!looking->found)
        return drafts_remove(transaction, looking->student, looking->name, err);
    return seal_answers(looking->office, &looking->row, &looking->answers, &sealed, err) &&
           drafts_put(transaction, &looking->row, buf_str(&sealed), err);
}

/* What of it still fits; the rest is gone afterwards, in the store too.  service: as in Looking. */
static bool find(Office *office, int64_t student, const char *name, const Service *service, Looking *ret, Error *err)
{
    *ret = (Looking){
        .office = office, .student = student, .name = name, .service = service, .now_s = office_now_s(office)
    };
    return store_read(office->store, look, ret, err) &&
           (!ret->found || !ret->stale || store_write(office->store, mend, ret, err));
}

/* --- what kiosks ask --------------------------------------------------------------------------------------------- */

static bool has_field(const Service *service, const char *id)
{
    for (size_t i = 0; i < service->field_count; i++)
        if (!strcmp(service->fields[i].id, id))
            return true;
    return false;
}

/* A service with a form that this student may have now, bound to their record.  NULL in *ret: the problem says why not.
 */
static bool service_for(Office *office, const Shelf *shelf, const Session *session, const char *name, Bound **ret,
                        ApiProblem *problem, Error *err)
{
    const Service *service = shelf_service(shelf, name);
    OWNED_RECORD record = { 0 };
    ApiService access;

    *ret = NULL;
    *problem = (ApiProblem){ .kind = PROBLEM_NONE };
    if (!service || service->field_count == 0) {
        *problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
        return true;
    }
    if (!record_read(office, session->student, RECORD_RULES, &record, err) ||
        !service_access(office, shelf, session, service, &record, &access, err))
        return false;
    if (access.allowed)
        return bound_now(office, session->student, service, ret, err);
    *problem = (ApiProblem){ .kind = PROBLEM_NOT_ALLOWED };
    return true;
}

static bool fits(const Office *office, const Service *service, const ApiDraft *draft, ApiProblem *problem)
{
    const char *field = NULL;
    FormFault fault = form_check_begun(service, &draft->answers, office_today(office), &field);

    if (fault == FORM_OK && draft->question[0] && !has_field(service, draft->question)) {
        fault = FORM_UNKNOWN;
        field = draft->question;
    }
    if (fault == FORM_OK)
        return true;
    *problem = api_problem_form(field, fault);
    return false;
}

typedef struct Keeping {
    DraftRow row;
    const Service *service; /* with answers: what is kept; NULL: nothing is */
    const Answers *answers;
    Str sealed; /* empty: nothing to keep */
} Keeping;

static bool keep(StoreTransaction *transaction, void *arg, Error *err)
{
    const Keeping *keeping = arg;

    const DraftRow *row = &keeping->row;

    if (keeping->sealed.len == 0)
        return drafts_remove(transaction, row->student, row->service, err) &&
               photos_drop_loose(transaction, row->student, row->service, err);
    return drafts_put(transaction, row, keeping->sealed, err) &&
           (!photos_are_named(keeping->service, keeping->answers) ||
            photos_keep_with(transaction, row->student, keeping->service, keeping->answers, row->keep_until_s, err));
}

bool office_draft_keep(Office *office, const Session *session, const char *service, const ApiDraft *draft,
                       ApiProblem *ret_problem, Error *err)
{
    const int64_t now_s = office_now_s(office);
    Keeping keeping = { .row = {
                            .student = session->student, .saved_at_s = now_s, .keep_until_s = now_s + DRAFT_KEPT_S } };
    OWNED(Shelf) shelf = shelf_take(office);
    OWNED(Bound) found = NULL;
    OWNED_BUF sealed;

    buf_init(&sealed, DRAFT_SEALED_MOST);
    if (!service_for(office, shelf, session, service, &found, ret_problem, err))
        return error_add(err, "draft");
    if (!found || !fits(office, bound_service(found), draft, ret_problem))
        return true;
    str_copy_cut(str_from(bound_service(found)->id), keeping.row.service, sizeof keeping.row.service);
    str_copy_cut(str_from(language_tag(draft->language)), keeping.row.language, sizeof keeping.row.language);
    str_copy_cut(str_from(draft->question), keeping.row.question, sizeof keeping.row.question);
    if (draft->answers.count > 0 && !seal_answers(office, &keeping.row, &draft->answers, &sealed, err))
        return false;
    keeping.service = bound_service(found);
    keeping.answers = &draft->answers;
    keeping.sealed = buf_str(&sealed);
    return store_write(office->store, keep, &keeping, err) || error_add(err, "draft");
}

static void tell(const Looking *looking, ApiDraft *ret)
{
    Language language;

    *ret = (ApiDraft){ .answers = looking->answers };
    if (language_parse(str_from(looking->row.language), &language))
        ret->language = language;
    if (has_field(looking->service, looking->row.question))
        str_copy_cut(str_from(looking->row.question), ret->question, sizeof ret->question);
}

bool office_draft_get(Office *office, const Session *session, const char *service, ApiProblem *ret_problem,
                      ApiDraft *ret, Error *err)
{
    OWNED(Shelf) shelf = shelf_take(office);
    OWNED(Bound) allowed = NULL;
    Looking looking;

    if (!service_for(office, shelf, session, service, &allowed, ret_problem, err))
        return error_add(err, "draft");
    if (!allowed)
        return true;
    bool done = find(office, session->student, service, bound_service(allowed), &looking, err);
    if (done && looking.found)
        tell(&looking, ret);
    else if (done)
        *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
    mem_wipe(&looking, sizeof looking);
    return done || error_add(err, "draft");
}

bool office_draft_drop(Office *office, const Session *session, const char *service, Error *err)
{
    Keeping keeping = { .row = { .student = session->student } };

    return !str_copy(str_from(service), keeping.row.service, sizeof keeping.row.service) ||
           store_write(office->store, keep, &keeping, err) || error_add(err, "draft");
}

/* --- home -------------------------------------------------------------------------------------------------------- */

typedef struct Listing {
    int64_t student, now_s;
    DraftRow rows[LOOKED_AT_MOST];
    size_t count;
} Listing;

static bool list(StoreTransaction *transaction, void *arg, Error *err)
{
    Listing *listing = arg;

    return drafts_list(transaction, listing->student, listing->now_s, listing->rows, LOOKED_AT_MOST, &listing->count,
                       err);
}

static bool is_allowed(const ApiHome *home, const char *service)
{
    for (size_t i = 0; i < home->service_count; i++)
        if (!strcmp(home->services[i].service, service))
            return home->services[i].allowed;
    return false;
}

static void add_line(const Looking *looking, ApiHome *home)
{
    ApiDraftLine *line = &home->drafts[home->draft_count++];
    size_t asked = 0;

    form_asked(looking->service, &looking->answers, 0, &asked);
    *line = (ApiDraftLine){ .saved_at_s = looking->row.saved_at_s,
                            .answered = (int)form_answered(looking->service, &looking->answers),
                            .of = (int)asked };
    str_copy_cut(str_from(looking->service->id), line->service, sizeof line->service);
}

static bool tell_one(Office *office, const Shelf *shelf, const Session *session, const char *name, ApiHome *home,
                     Error *err)
{
    const Service *service = shelf_service(shelf, name);
    OWNED(Bound) bound = NULL;
    Looking looking;

    if (service && !bound_now(office, session->student, service, &bound, err))
        return false;
    bool done = find(office, session->student, name, bound ? bound_service(bound) : NULL, &looking, err);
    if (done && looking.found)
        add_line(&looking, home);
    mem_wipe(&looking, sizeof looking);
    return done;
}

bool drafts_tell(Office *office, const Shelf *shelf, const Session *session, ApiHome *home, Error *err)
{
    Listing listing = { .student = session->student, .now_s = office_now_s(office) };
    bool done = store_read(office->store, list, &listing, err);

    for (size_t i = 0; done && i < listing.count && home->draft_count < API_DRAFTS_MOST; i++) {
        const char *name = listing.rows[i].service;

        if (!is_allowed(home, name) && shelf_service(shelf, name))
            continue; /* it stays until its time: tomorrow, or with a better password, it is offered again */
        done = tell_one(office, shelf, session, name, home, err);
    }
    return done || error_add(err, "drafts");
}
