#include <string.h>

#include "registrar/office/desk_papers.h"
#include "registrar/office/inside.h"
#include "registrar/office/live.h"
#include "registrar/office/plain.h"
#include "registrar/office/status_lists.h"
#include "wire/json.h"

#define BREAKS " \t\r\n,;"

static bool note(StoreTransaction *transaction, const char *actor, const char *act, const char *id, Str detail,
                 int64_t now_ms, Error *err)
{
    OWNED_BUF object;

    buf_init(&object, 64);
    buf_add_format(&object, "bulk-revocation:%s", id);
    return buf_ok(&object, err) &&
           acts_add(transaction, &(Act){ now_ms, actor, act, buf_text(&object), detail.len ? detail.ptr : NULL }, err);
}

static bool write_detail(const char *reason, int papers, const char *id, Buf *ret, Error *err)
{
    OWNED(json_t) json = json_pack("{s:s, s:s, s:i}", "reason", reason, "bulk", id, "papers", papers);

    return (json && json_write(json, ret, err)) || error_add(err, "bulk revocation");
}

/* --- proposing ---------------------------------------------------------------------------------------------------- */

typedef struct Proposing {
    const DeskWho *who;
    const char *numbers;
    BulkRow bulk;
    BulkFault fault;
    bool whole;
    int papers;
    int64_t now_ms;
} Proposing;

/* The next word of what was typed; false: there are no more. */
static bool next_number(const char **rest, BulkFault *ret)
{
    *rest += strspn(*rest, BREAKS);
    const size_t length = strcspn(*rest, BREAKS);

    *ret = (BulkFault){ .what = BULK_NO_NUMBER };
    str_copy_cut((Str){ *rest, length }, ret->number, sizeof ret->number);
    *rest += length;
    return length > 0;
}

static bool add_number(StoreTransaction *transaction, Proposing *proposing, bool *ret_added, Error *err)
{
    DocumentRow document = { 0 };
    char reason[DESK_REASON_SIZE];
    bool found, seen = false;

    *ret_added = false;
    if (!document_number_parse(proposing->fault.number, document.register_name, &document.year, &document.number))
        return true;
    proposing->fault.what = BULK_NOT_GIVEN;
    if (!documents_by_number(transaction, document.register_name, document.year, document.number, &found, &document,
                             reason, sizeof reason, err) ||
        (found && !desk_student_is_seen(transaction, document.student, proposing->who->scope, &seen, err)))
        return false;
    if (!found || !seen)
        return true;
    proposing->fault.what = BULK_NOT_VALID;
    if (document.state != DOCUMENT_ISSUED && document.state != DOCUMENT_SUSPENDED)
        return true;
    *ret_added = true;
    return bulk_papers_add(transaction, proposing->bulk.id, document.id, err);
}

/* Whole or not at all: what is wrong with one number is said, and nothing is kept. */
static bool propose(StoreTransaction *transaction, void *arg, Error *err)
{
    Proposing *proposing = arg;
    const char *rest = proposing->numbers;
    OWNED_BUF detail;

    buf_init(&detail, 4096);
    proposing->papers = 0;
    proposing->whole = false;
    if (!bulks_add(transaction, &proposing->bulk, err))
        return false;
    while (next_number(&rest, &proposing->fault)) {
        bool added;

        if (proposing->papers++ == BULK_PAPERS_MOST) {
            proposing->fault.what = BULK_TOO_MANY;
            return error_set(err, ERR_LIMIT, "too many numbers");
        }
        if (!add_number(transaction, proposing, &added, err))
            return false;
        if (!added)
            return error_set(err, ERR_LIMIT, "a number that cannot be revoked");
    }
    if (proposing->papers == 0)
        return error_set(err, ERR_LIMIT, "no number");
    proposing->whole = true;
    return write_detail(proposing->bulk.reason, proposing->papers, proposing->bulk.id, &detail, err) &&
           note(transaction, proposing->who->actor, "bulk-revocation.proposed", proposing->bulk.id, buf_str(&detail),
                proposing->now_ms, err) &&
           desk_tell(transaction, "students", err);
}

bool bulk_propose(Office *office, const DeskWho *who, const char *numbers, const char *reason, ApiProblem *ret_problem,
                  BulkFault *ret_fault, Error *err)
{
    Proposing proposing = { .who = who, .numbers = numbers, .now_ms = office_now_ms(office) };
    const FormFault fault = plain_fault(reason, DOCUMENT_REASON_MOST);
    Error why = { 0 };

    *ret_fault = (BulkFault){ 0 };
    *ret_problem = (ApiProblem){ .kind = PROBLEM_NONE };
    if (fault != FORM_OK) {
        *ret_problem = api_problem_form("reason", fault);
        return true;
    }
    if (!office_new_id(office, proposing.bulk.id, err))
        return false;
    proposing.bulk.proposed_at_s = proposing.now_ms / 1000;
    str_copy_cut(str_from(reason), proposing.bulk.reason, sizeof proposing.bulk.reason);
    str_copy_cut(str_from(who->actor), proposing.bulk.proposed_by, sizeof proposing.bulk.proposed_by);
    if (store_write(office->store, propose, &proposing, &why))
        return true;
    if (proposing.whole || why.code != ERR_LIMIT)
        return error_set_cause(err, why.code, why.cause, "%s", why.text);
    *ret_fault = proposing.fault;
    *ret_problem = api_problem_form("numbers", FORM_NOT_OFFERED);
    return true;
}

/* --- looking ------------------------------------------------------------------------------------------------------ */

typedef struct Listing {
    BulkRow *rows;
    size_t count;
} Listing;

static bool list(StoreTransaction *transaction, void *arg, Error *err)
{
    Listing *listing = arg;

    return bulks_list(transaction, listing->rows, BULK_LISTED_MOST, &listing->count, err);
}

bool bulk_list(Office *office, const DeskWho *who, BulkRow rows[BULK_LISTED_MOST], size_t *ret_count, Error *err)
{
    Listing listing = { rows, 0 };

    *ret_count = 0;
    if (scope_is_limited(who->scope, SCOPE_FACULTY))
        return true;
    if (!store_read(office->store, list, &listing, err))
        return error_add(err, "bulk revocations");
    *ret_count = listing.count;
    return true;
}

typedef struct Opening {
    const char *id;
    bool found;
    BulkRow *bulk;
    char (*numbers)[DOCUMENT_NUMBER_SIZE];
    size_t count;
} Opening;

static bool open_bulk(StoreTransaction *transaction, void *arg, Error *err)
{
    Opening *opening = arg;
    char ids[BULK_PAPERS_MOST][ID_SIZE];

    opening->count = 0;
    if (!bulks_get(transaction, opening->id, &opening->found, opening->bulk, err))
        return false;
    if (!opening->found)
        return true;
    if (!bulk_papers_list(transaction, opening->id, ids, BULK_PAPERS_MOST, &opening->count, err))
        return false;
    for (size_t i = 0; i < opening->count; i++) {
        DocumentRow document;
        bool found;

        if (!documents_get(transaction, ids[i], &found, &document, err))
            return false;
        document_number_write(&document, opening->numbers[i]);
    }
    return true;
}

bool bulk_papers(Office *office, const DeskWho *who, const char *id, bool *ret_found, BulkRow *ret,
                 char (*numbers)[DOCUMENT_NUMBER_SIZE], size_t *ret_count, Error *err)
{
    Opening opening = { .id = id, .bulk = ret, .numbers = numbers };

    *ret_found = false;
    if (scope_is_limited(who->scope, SCOPE_FACULTY))
        return true;
    if (!store_read(office->store, open_bulk, &opening, err))
        return error_add(err, "bulk revocation");
    *ret_found = opening.found;
    *ret_count = opening.count;
    return true;
}

/* --- deciding ----------------------------------------------------------------------------------------------------- */

typedef struct Deciding {
    const DeskWho *who;
    const char *id;
    bool confirm;
    int64_t now_ms;
    ApiProblemKind problem;
} Deciding;

/* One that has gone since is no reason to leave the others as they are. */
static bool revoke_one(StoreTransaction *transaction, const Deciding *deciding, const BulkRow *bulk, const char *id,
                       Error *err)
{
    DocumentRow document;
    bool found;
    OWNED_BUF detail;

    buf_init(&detail, 4096);
    if (!documents_get(transaction, id, &found, &document, err))
        return false;
    if (!found || (document.state != DOCUMENT_ISSUED && document.state != DOCUMENT_SUSPENDED))
        return true;
    if (!write_detail(bulk->reason, bulk->papers, bulk->id, &detail, err))
        return false;
    const DocumentApply apply = { .change = DOCUMENT_CHANGE_REVOKE,
                                  .reason = bulk->reason,
                                  .detail = buf_text(&detail),
                                  .actor = deciding->who->actor,
                                  .now_ms = deciding->now_ms };
    return document_apply(transaction, &document, &apply, err);
}

static bool decide(StoreTransaction *transaction, void *arg, Error *err)
{
    Deciding *deciding = arg;
    char ids[BULK_PAPERS_MOST][ID_SIZE];
    BulkRow bulk;
    size_t count = 0;
    bool found;

    deciding->problem = PROBLEM_NOT_FOUND;
    if (!bulks_get(transaction, deciding->id, &found, &bulk, err))
        return false;
    if (!found)
        return true;
    deciding->problem = bulk.state != BULK_PROPOSED                                            ? PROBLEM_DECIDED
                        : deciding->confirm && !strcmp(bulk.proposed_by, deciding->who->actor) ? PROBLEM_NOT_ALLOWED
                                                                                               : PROBLEM_NONE;
    if (deciding->problem != PROBLEM_NONE)
        return true;
    if (!bulks_decide(transaction, bulk.id, deciding->confirm, deciding->who->actor, deciding->now_ms / 1000, err) ||
        (deciding->confirm && !bulk_papers_list(transaction, bulk.id, ids, BULK_PAPERS_MOST, &count, err)))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!revoke_one(transaction, deciding, &bulk, ids[i], err))
            return error_add(err, "paper %zu", i + 1);
    return note(transaction, deciding->who->actor,
                deciding->confirm ? "bulk-revocation.confirmed" : "bulk-revocation.dropped", bulk.id, (Str){ 0 },
                deciding->now_ms, err) &&
           desk_tell(transaction, "students", err) && desk_tell(transaction, "prints", err);
}

static bool run(Office *office, Deciding *deciding, ApiProblem *ret_problem, Error *err)
{
    Error why = { 0 };

    /* Whoever sees one faculty sees no papers of all. */
    if (scope_is_limited(deciding->who->scope, SCOPE_FACULTY)) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
        return true;
    }
    deciding->now_ms = office_now_ms(office);
    if (store_write(office->store, decide, deciding, &why)) {
        *ret_problem = (ApiProblem){ .kind = deciding->problem };
        return true;
    }
    *ret_problem = (ApiProblem){ .kind = PROBLEM_CHANGED };
    return why.code == ERR_CONFLICT || error_set_cause(err, why.code, why.cause, "%s", why.text);
}

bool bulk_confirm(Office *office, const DeskWho *who, const char *id, ApiProblem *ret_problem, Error *err)
{
    Deciding deciding = { .who = who, .id = id, .confirm = true };

    return (run(office, &deciding, ret_problem, err) &&
            (ret_problem->kind != PROBLEM_NONE || status_lists_renew(office, err))) ||
           error_add(err, "bulk revocation");
}

bool bulk_drop(Office *office, const DeskWho *who, const char *id, ApiProblem *ret_problem, Error *err)
{
    Deciding deciding = { .who = who, .id = id };

    return run(office, &deciding, ret_problem, err) || error_add(err, "bulk revocation");
}
