#include "registrar/office/documents.h"

#include <string.h>

#include "registrar/office/phone.h"
#include "registrar/office/plain.h"
#include "registrar/office/prints.h"
#include "registrar/office/status_lists.h"
#include "registrar/store/eras.h"
#include "wire/json.h"

#define LINKS_MOST 8 /* live ones to one copy: each new one ends that before it */

/* --- looking up -------------------------------------------------------------------------------------------------- */

bool document_number_parse(const char *text, char ret_register[12], int *ret_year, int *ret_number)
{
    const char *slash = strrchr(text, '/');
    const char *hyphen = slash;
    uint64_t year, number;

    while (hyphen && hyphen > text && *hyphen != '-')
        hyphen--;
    if (!hyphen || hyphen == text || !str_copy((Str){ text, (size_t)(hyphen - text) }, ret_register, 12) ||
        !str_to_u64((Str){ hyphen + 1, (size_t)(slash - hyphen - 1) }, 1000, 9999, &year) ||
        !str_to_u64(str_from(slash + 1), 1, 99999999, &number))
        return false;
    *ret_year = (int)year;
    *ret_number = (int)number;
    return true;
}

static bool parse_number(const char *text, DocumentRow *ret)
{
    return document_number_parse(text, ret->register_name, &ret->year, &ret->number);
}

typedef struct LookingUp {
    DocumentRow number;
    DocumentStanding standing;
} LookingUp;

static bool look_up(StoreTransaction *transaction, void *arg, Error *err)
{
    LookingUp *looking = arg;
    const DocumentRow *number = &looking->number;
    DocumentStanding *standing = &looking->standing;
    bool found;

    if (!documents_by_number(transaction, number->register_name, number->year, number->number, &found,
                             &standing->document, standing->reason, sizeof standing->reason, err))
        return false;
    standing->find = found ? DOCUMENT_FOUND : DOCUMENT_NEVER_GIVEN;
    if (found)
        return true;
    if (!skipped_find(transaction, number->register_name, number->year, number->number, &found, &standing->skipped_era,
                      &standing->skipped_at_s, err))
        return false;
    if (found)
        standing->find = DOCUMENT_SKIPPED;
    return true;
}

static bool refuse_number(const char *number, Error *err)
{
    return error_set(err, ERR_ARGUMENT, "%.40s is no number: it looks like M-2026/000017", number);
}

typedef struct Seeing {
    const char *actor, *document;
    int64_t now_ms;
} Seeing;

static bool note_seen(StoreTransaction *transaction, void *arg, Error *err)
{
    const Seeing *seeing = arg;
    char object[64];

    snprintf(object, sizeof object, "document:%s", seeing->document);
    return acts_add(transaction, &(Act){ seeing->now_ms, seeing->actor, "document.seen", object, NULL }, err);
}

bool document_look_up(Office *office, const char *number, const char *actor, DocumentStanding *ret, Error *err)
{
    LookingUp looking = { 0 };

    if (!parse_number(number, &looking.number))
        return refuse_number(number, err);
    if (!store_read(office->store, look_up, &looking, err))
        return error_add(err, "document");
    Seeing seeing = { actor, looking.standing.document.id, office_now_ms(office) };
    if (looking.standing.find == DOCUMENT_FOUND && !store_write(office->store, note_seen, &seeing, err))
        return error_add(err, "document");
    *ret = looking.standing;
    return true;
}

typedef struct NextCopy {
    const char *document;
    int after_n;
    bool found;
    CopyRow copy;
} NextCopy;

static bool next_copy(StoreTransaction *transaction, void *arg, Error *err)
{
    NextCopy *next = arg;

    return copies_next(transaction, next->document, next->after_n, &next->found, &next->copy, err);
}

bool document_copy(Office *office, const char *document, int after_n, bool *ret_found, CopyRow *ret, Error *err)
{
    NextCopy next = { .document = document, .after_n = after_n };

    if (!store_read(office->store, next_copy, &next, err))
        return error_add(err, "copy");
    *ret_found = next.found;
    *ret = next.copy;
    return true;
}

/* --- changing ---------------------------------------------------------------------------------------------------- */

static const struct {
    DocumentState to;
    CopyValidity copy_from, copy_to; /* copies in another state stay: a replaced one is replaced for ever */
} changes[] = {
    [DOCUMENT_CHANGE_REVOKE] = { DOCUMENT_REVOKED, VALIDITY_VALID, VALIDITY_REVOKED },
    [DOCUMENT_CHANGE_SUSPEND] = { DOCUMENT_SUSPENDED, VALIDITY_VALID, VALIDITY_SUSPENDED },
    [DOCUMENT_CHANGE_RESUME] = { DOCUMENT_ISSUED, VALIDITY_SUSPENDED, VALIDITY_VALID },
};

/* A kiosk may stand before a student with it: on paper that is still coming out, or as a code for a phone. */
static bool say_revoked(StoreTransaction *transaction, const DocumentApply *apply, const char *copy,
                        const PrintJobRow *job, Error *err)
{
    bool moves = job && (job->state == JOB_ASSIGNED || job->state == JOB_SENDING || job->state == JOB_SENT);
    PhoneLinkRow links[LINKS_MOST];
    size_t count;

    if ((moves && !job_say(transaction, job, JOB_CANCELLED, apply->now_ms, err)) ||
        !phone_links_of_copy(transaction, copy, links, COUNT(links), &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!phone_link_say(transaction, &links[i], apply->now_ms, err))
            return false;
    return true;
}

/* A page that was not handed out yet stays in the house. */
static bool hold_job(StoreTransaction *transaction, const DocumentApply *apply, const char *copy, Error *err)
{
    PrintJobRow job;
    bool found;

    if (!print_jobs_of_copy(transaction, copy, &found, &job, err) ||
        !say_revoked(transaction, apply, copy, found ? &job : NULL, err))
        return false;
    if (found && job.state == JOB_ASSIGNED &&
        (!job_move(transaction, &job, JOB_WAITING, apply->actor, apply->now_ms, err) ||
         !print_jobs_of_copy(transaction, copy, &found, &job, err)))
        return false;
    if (!found || apply->change != DOCUMENT_CHANGE_REVOKE || (job.state != JOB_WAITING && job.state != JOB_HELD))
        return true;
    return job_move(transaction, &job, JOB_CANCELLED, apply->actor, apply->now_ms, err);
}

static bool change_copy(StoreTransaction *transaction, const DocumentApply *apply, const CopyRow *copy, Error *err)
{
    const CopyValidity to = changes[apply->change].copy_to;
    bool moves = copy->validity == changes[apply->change].copy_from ||
                 (to == VALIDITY_REVOKED && copy->validity == VALIDITY_SUSPENDED);
    const Move move = { .id = copy->id,
                        .from = (int)copy->validity,
                        .to = (int)to,
                        .epoch = copy->epoch,
                        .actor = apply->actor,
                        .at_ms = apply->now_ms };

    return (!moves || state_move(transaction, &validity_states, &move, err)) &&
           (apply->change == DOCUMENT_CHANGE_RESUME || hold_job(transaction, apply, copy->id, err));
}

static bool change_copies(StoreTransaction *transaction, const DocumentApply *apply, const char *document, Error *err)
{
    CopyRow copy;
    bool found;
    int n = 0;

    for (;;) {
        if (!copies_next(transaction, document, n, &found, &copy, err))
            return false;
        if (!found)
            return true;
        if (!change_copy(transaction, apply, &copy, err))
            return error_add(err, "copy %d", copy.n);
        n = copy.n;
    }
}

/* Who asked for it may ask anew, and is not told that it is open still. */
static bool close_request(StoreTransaction *transaction, const DocumentApply *apply, const char *id, Error *err)
{
    RequestRow request;
    bool found;

    if (!id[0] || apply->change != DOCUMENT_CHANGE_REVOKE)
        return true;
    if (!requests_get(transaction, id, &found, &request, err))
        return false;
    return !found || (request.state != ASKED_OPEN && request.state != ASKED_APPROVED) ||
           state_move(transaction, &request_states,
                      &(Move){ .id = id,
                               .from = (int)request.state,
                               .to = ASKED_DECLINED,
                               .epoch = request.epoch,
                               .actor = apply->actor,
                               .at_ms = apply->now_ms },
                      err);
}

/* It never was a paper of ours, and its number stays in the register with the reason. */
static bool make_void(StoreTransaction *transaction, const DocumentRow *document, const DocumentApply *apply,
                      Error *err)
{
    const Move move = { .id = document->id,
                        .from = DOCUMENT_PREPARING,
                        .to = DOCUMENT_VOID,
                        .epoch = document->epoch,
                        .actor = apply->actor,
                        .detail = apply->detail,
                        .at_ms = apply->now_ms };
    CopyRow copy;
    bool found;

    if (!documents_reason(transaction, document->id, apply->reason, err) ||
        !state_move(transaction, &document_states, &move, err) ||
        !copies_next(transaction, document->id, 0, &found, &copy, err))
        return false;
    if (!found || copy.making != MAKING_PREPARING)
        return true;
    return state_move(transaction, &making_states,
                      &(Move){ .id = copy.id,
                               .from = MAKING_PREPARING,
                               .to = MAKING_FAILED,
                               .epoch = copy.epoch,
                               .actor = apply->actor,
                               .at_ms = apply->now_ms },
                      err);
}

static bool move_document(StoreTransaction *transaction, const DocumentRow *document, const DocumentApply *apply,
                          Error *err)
{
    const char *reason = apply->change == DOCUMENT_CHANGE_RESUME ? "" : apply->reason;
    const Move move = { .id = document->id,
                        .from = (int)document->state,
                        .to = (int)changes[apply->change].to,
                        .epoch = document->epoch,
                        .actor = apply->actor,
                        .detail = apply->detail,
                        .at_ms = apply->now_ms };

    return state_move(transaction, &document_states, &move, err) &&
           documents_reason(transaction, document->id, reason, err);
}

bool document_apply(StoreTransaction *transaction, const DocumentRow *document, const DocumentApply *apply, Error *err)
{
    bool unmade = document->state == DOCUMENT_PREPARING && apply->change == DOCUMENT_CHANGE_REVOKE;

    return (unmade ? make_void : move_document)(transaction, document, apply, err) &&
           change_copies(transaction, apply, document->id, err) &&
           close_request(transaction, apply, document->request, err);
}

typedef struct Changing {
    LookingUp looking;
    DocumentApply apply;
} Changing;

static bool change(StoreTransaction *transaction, void *arg, Error *err)
{
    Changing *changing = arg;
    const DocumentChange what = changing->apply.change;
    const DocumentRow *document = &changing->looking.standing.document;

    if (!look_up(transaction, &changing->looking, err))
        return false;
    switch (changing->looking.standing.find) {
    case DOCUMENT_FOUND: break;
    case DOCUMENT_NEVER_GIVEN: return error_set(err, ERR_NOT_FOUND, "this number was never given");
    case DOCUMENT_SKIPPED:
        return error_set(err, ERR_NOT_FOUND,
                         "this number was skipped when the register was restored: no paper that the"
                         " register knows has it");
    }
    if (!state_may_move(&document_states, (int)document->state, (int)changes[what].to) ||
        (what == DOCUMENT_CHANGE_RESUME && document->state != DOCUMENT_SUSPENDED))
        return error_set(err, ERR_CONFLICT, "the document is %s", state_name(&document_states, (int)document->state));
    return document_apply(transaction, document, &changing->apply, err);
}

static bool write_detail(const char *reason, Buf *ret, Error *err)
{
    json_t *detail = json_pack("{s:s}", "reason", reason);
    bool done = detail ? json_write(detail, ret, err) : error_set(err, ERR_MEMORY, "JSON");

    json_decref(detail);
    return done || error_add(err, "reason");
}

bool document_change(Office *office, const char *number, DocumentChange what, const char *reason, const char *actor,
                     Error *err)
{
    Changing changing = { .apply = { what, reason, NULL, actor, office_now_ms(office) } };
    OWNED_BUF detail;

    buf_init(&detail, 4096);
    if (!parse_number(number, &changing.looking.number))
        return refuse_number(number, err);
    if (!plain_words(reason, DOCUMENT_REASON_MOST))
        return error_set(err, ERR_ARGUMENT, "a reason has 1 to %d bytes of plain text", DOCUMENT_REASON_MOST);
    if (!write_detail(reason, &detail, err))
        return false;
    changing.apply.detail = buf_text(&detail);
    if (!store_write(office->store, change, &changing, err))
        return error_add(err, "%.40s", number);
    LOG(office->log, LOG_INFO, EVENT_DOCUMENT_CHANGED, LOG_WORD("document", changing.looking.standing.document.id),
        LOG_WORD("state", state_name(&document_states, (int)changes[what].to)));
    return status_lists_renew(office, err) ||
           error_add(err, "%.40s is changed, but the published status list is not yet", number);
}
