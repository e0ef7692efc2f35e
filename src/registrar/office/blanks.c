#include "registrar/office/blanks.h"

#include <string.h>

#include "registrar/office/approving.h"
#include "registrar/office/plain.h"
#include "registrar/office/prints.h"
#include "registrar/office/tokens.h"

#define NUMBER_MOST 99999999

/* --- receiving ---------------------------------------------------------------------------------------------------- */

static bool is_series(const char *series)
{
    const size_t length = strlen(series);

    return length > 0 && length < BLANK_SERIES_SIZE && strspn(series, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length;
}

static bool is_kind(const char *kind)
{
    const size_t length = strlen(kind);

    return length > 0 && length < SERVICE_SIZE && strspn(kind, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

/* "staff:NAME" or "token:NAME", as acts have it. */
static bool is_holder(const char *holder)
{
    const char *name = actor_name(holder);

    return strlen(holder) < BLANK_HOLDER_SIZE && name != holder && token_name_fits(name);
}

static bool check_receipt(const BlankReceipt *receipt, ApiProblem *problem)
{
    if (!is_kind(receipt->kind))
        *problem = api_problem_form("kind", FORM_CHARACTERS);
    else if (!is_series(receipt->series))
        *problem = api_problem_form("series", FORM_CHARACTERS);
    else if (receipt->count < 1 || receipt->count > BLANKS_AT_ONCE)
        *problem = api_problem_form("count", FORM_OUT_OF_RANGE);
    else if (receipt->first < 0 || receipt->first > NUMBER_MOST - receipt->count + 1)
        *problem = api_problem_form("first", FORM_OUT_OF_RANGE);
    else if (receipt->holder[0] && !is_holder(receipt->holder))
        *problem = api_problem_form("holder", FORM_CHARACTERS);
    else
        return true;
    return false;
}

typedef struct Receiving {
    const BlankReceipt *receipt;
    const char *clerk;
    const Once *once;
    int64_t now_ms;
    OnceOutcome outcome;
} Receiving;

static bool log_received(StoreTransaction *transaction, const Receiving *receiving, Error *err)
{
    const BlankReceipt *receipt = receiving->receipt;
    char first[BLANK_ID_SIZE];
    OWNED_BUF object, detail;

    buf_init(&object, 48);
    buf_init(&detail, 256);
    blank_id_write(receipt->series, receipt->first, first);
    buf_add_format(&object, "blank:%s", first);
    buf_add_format(&detail, "{\"kind\":\"%s\",\"count\":%d,\"holder\":\"%s\"}", receipt->kind, receipt->count,
                   receipt->holder);
    return buf_ok(&object, err) && buf_ok(&detail, err) &&
           acts_add(
               transaction,
               &(Act){ receiving->now_ms, receiving->clerk, "blank.received", buf_text(&object), buf_text(&detail) },
               err);
}

static bool receive(StoreTransaction *transaction, void *arg, Error *err)
{
    Receiving *receiving = arg;
    const BlankReceipt *receipt = receiving->receipt;
    OWNED_BUF answer;

    buf_init(&answer, 16);
    if (!once_find(transaction, receiving->once, &receiving->outcome, &answer, err))
        return false;
    if (receiving->outcome != ONCE_NEW)
        return true;
    for (int i = 0; i < receipt->count; i++) {
        BlankRow blank = { .number = receipt->first + i,
                           .state = receipt->holder[0] ? BLANK_ISSUED : BLANK_RECEIVED,
                           .changed_at_s = receiving->now_ms / 1000 };

        blank_id_write(receipt->series, blank.number, blank.id);
        str_copy_cut(str_from(receipt->kind), blank.kind, sizeof blank.kind);
        str_copy_cut(str_from(receipt->series), blank.series, sizeof blank.series);
        str_copy_cut(str_from(receipt->holder), blank.holder, sizeof blank.holder);
        if (!blanks_add(transaction, &blank, err))
            return false;
    }
    return log_received(transaction, receiving, err) && once_keep(transaction, receiving->once, STR("1"), err);
}

bool blank_receive(Office *office, const char *clerk, const BlankReceipt *receipt, const Once *once,
                   ApiProblem *ret_problem, Error *err)
{
    Receiving receiving = { .receipt = receipt, .clerk = clerk, .once = once, .now_ms = office_now_ms(office) };
    Error why = { 0 };

    *ret_problem = (ApiProblem){ 0 };
    if (!check_receipt(receipt, ret_problem))
        return true;
    if (!store_write(office->store, receive, &receiving, &why)) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_DECIDED };
        return why.code == ERR_EXISTS || error_set_cause(err, why.code, why.cause, "%s", why.text);
    }
    if (receiving.outcome == ONCE_OTHER)
        *ret_problem = (ApiProblem){ .kind = PROBLEM_KEY_REUSED };
    return true;
}

/* --- looking ------------------------------------------------------------------------------------------------------ */

typedef struct Listing {
    const BlankState *state;
    const char *after;
    BlankRow *rows;
    size_t count;
} Listing;

static bool list(StoreTransaction *transaction, void *arg, Error *err)
{
    Listing *listing = arg;

    return blanks_list(transaction, listing->state, listing->after, listing->rows, BLANKS_MOST, &listing->count, err);
}

bool blank_list(Office *office, const char *state, const char *after, bool *ret_known, BlankRow rows[BLANKS_MOST],
                size_t *ret_count, Error *err)
{
    Listing listing = { .after = after, .rows = rows };
    BlankState wanted;
    int parsed = 0;

    *ret_known = !state[0] || state_parse(&blank_states, str_from(state), &parsed);
    *ret_count = 0;
    if (!*ret_known)
        return true;
    wanted = (BlankState)parsed;
    listing.state = state[0] ? &wanted : NULL;
    if (!store_read(office->store, list, &listing, err))
        return error_add(err, "blanks");
    *ret_count = listing.count;
    return true;
}

typedef struct Looking {
    const char *id;
    bool found;
    BlankRow blank;
} Looking;

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Looking *looking = arg;

    return blanks_get(transaction, looking->id, &looking->found, &looking->blank, err);
}

bool blank_look(Office *office, const char *id, bool *ret_found, BlankRow *ret, Error *err)
{
    Looking looking = { .id = id };

    if (!store_read(office->store, look, &looking, err))
        return error_add(err, "blank");
    *ret_found = looking.found;
    *ret = looking.blank;
    return true;
}

typedef struct Searching {
    BlankQuery query;
    BlankRow *rows;
    size_t count;
} Searching;

static bool search(StoreTransaction *transaction, void *arg, Error *err)
{
    Searching *searching = arg;

    return blanks_listed(transaction, &searching->query, searching->rows, BLANKS_MOST, &searching->count, err);
}

bool blank_search(Office *office, const BlanksWanted *wanted, bool *ret_known, BlankRow rows[BLANKS_MOST],
                  size_t *ret_count, Error *err)
{
    const bool doubted = !strcmp(wanted->state, "doubted");
    Searching searching = {
        .query = { .said_spoiled = doubted, .holder = wanted->holder, .id = wanted->id, .after = wanted->after },
        .rows = rows
    };
    BlankState state;
    int parsed = 0;

    *ret_count = 0;
    *ret_known = !wanted->state[0] || doubted || state_parse(&blank_states, str_from(wanted->state), &parsed);
    if (!*ret_known)
        return true;
    state = (BlankState)parsed;
    if (wanted->state[0] && !doubted)
        searching.query.state = &state;
    if (!store_read(office->store, search, &searching, err))
        return error_add(err, "blanks");
    *ret_count = searching.count;
    return true;
}

static bool take_account(StoreTransaction *transaction, void *arg, Error *err)
{
    BlankAccount *account = arg;

    return blanks_counted(transaction, account->counts, BLANK_COUNTS_MOST, &account->count, err);
}

bool blank_account(Office *office, BlankAccount *ret, Error *err)
{
    *ret = (BlankAccount){ 0 };
    return store_read(office->store, take_account, ret, err) || error_add(err, "account of blanks");
}

/* --- changing ----------------------------------------------------------------------------------------------------- */

typedef struct Changing {
    const char *id, *clerk, *holder, *words;
    uint32_t epoch;
    int64_t now_ms;
    ApiProblemKind problem;
    bool confirmed;
    /* Of what is printed on a blank that is spoiled: */
    BlankRow blank, next;
    bool is_printed_on, has_next;
    CopyRow old;
    PrintJobRow job;
    DocumentRow document;
    Taking *taking; /* NULL: only looked */
} Changing;

static bool read_blank(StoreTransaction *transaction, Changing *changing, Error *err)
{
    bool found;

    changing->problem = PROBLEM_NONE;
    changing->confirmed = false;
    if (!blanks_get(transaction, changing->id, &found, &changing->blank, err))
        return false;
    if (!found)
        changing->problem = PROBLEM_NOT_FOUND;
    else if (changing->blank.epoch != changing->epoch)
        changing->problem = PROBLEM_CHANGED;
    return true;
}

static bool move_blank(StoreTransaction *transaction, const Changing *changing, const BlankRow *blank, BlankState to,
                       Error *err)
{
    const Move move = { .id = blank->id,
                        .from = (int)blank->state,
                        .to = (int)to,
                        .epoch = blank->epoch,
                        .next_epoch = true,
                        .actor = changing->clerk,
                        .at_ms = changing->now_ms };

    return blanks_put(transaction, blank, err) && state_move(transaction, &blank_states, &move, err);
}

static bool issue(StoreTransaction *transaction, void *arg, Error *err)
{
    Changing *changing = arg;
    const BlankState to = changing->holder[0] ? BLANK_ISSUED : BLANK_RETURNED;

    if (!read_blank(transaction, changing, err))
        return false;
    if (changing->problem == PROBLEM_NONE && !state_may_move(&blank_states, (int)changing->blank.state, (int)to))
        changing->problem = PROBLEM_DECIDED;
    if (changing->problem == PROBLEM_NONE && changing->blank.state == BLANK_BOUND)
        changing->problem = PROBLEM_DECIDED; /* only where its copy was never made: making.c */
    if (changing->problem != PROBLEM_NONE)
        return true;
    if (to == BLANK_ISSUED)
        str_copy_cut(str_from(changing->holder), changing->blank.holder, sizeof changing->blank.holder);
    return move_blank(transaction, changing, &changing->blank, to, err);
}

static bool run(Office *office, StoreAct act, Changing *changing, ApiProblem *ret_problem, Error *err)
{
    Error why = { 0 };

    if (!store_write(office->store, act, changing, &why)) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_CHANGED };
        return why.code == ERR_CONFLICT || error_set_cause(err, why.code, why.cause, "%s", why.text);
    }
    *ret_problem = (ApiProblem){ .kind = changing->problem };
    return true;
}

bool blank_issue(Office *office, const char *clerk, const char *id, uint32_t epoch, const char *holder,
                 ApiProblem *ret_problem, Error *err)
{
    Changing changing = { .id = id, .clerk = clerk, .holder = holder, .epoch = epoch, .now_ms = office_now_ms(office) };

    *ret_problem = (ApiProblem){ 0 };
    if (holder[0] && !is_holder(holder)) {
        *ret_problem = api_problem_form("holder", FORM_CHARACTERS);
        return true;
    }
    return run(office, issue, &changing, ret_problem, err) || error_add(err, "blank %s", id);
}

/* --- spoiling ----------------------------------------------------------------------------------------------------- */

/* Its page is in somebody's printer, and nobody told what became of it. */
static bool is_under_way(const PrintJobRow *job)
{
    return job->state == JOB_ASSIGNED || job->state == JOB_SENDING || job->state == JOB_SENT;
}

static bool read_printed(StoreTransaction *transaction, Changing *changing, Error *err)
{
    bool found = false;

    changing->is_printed_on = changing->blank.state == BLANK_BOUND;
    if (!changing->is_printed_on)
        return true;
    if (!copies_get(transaction, changing->blank.copy, &found, &changing->old, err) ||
        !documents_get(transaction, changing->old.document, &found, &changing->document, err) ||
        !print_jobs_of_copy(transaction, changing->old.id, &found, &changing->job, err) ||
        !blanks_free(transaction, changing->blank.kind, changing->clerk, &changing->has_next, &changing->next, err))
        return false;
    if (!found || is_under_way(&changing->job))
        changing->problem = PROBLEM_DECIDED;
    else if (changing->document.state == DOCUMENT_REVOKED)
        changing->is_printed_on = false; /* and nothing is printed anew */
    else if (changing->document.state != DOCUMENT_ISSUED)
        changing->problem = PROBLEM_DECIDED;
    else if (!changing->has_next)
        changing->problem = PROBLEM_NO_BLANK;
    return true;
}

/* What may be said of it by this person. */
static bool read_spoiled(StoreTransaction *transaction, void *arg, Error *err)
{
    Changing *changing = arg;
    const BlankRow *blank = &changing->blank;

    changing->is_printed_on = false;
    if (!read_blank(transaction, changing, err))
        return false;
    if (changing->problem != PROBLEM_NONE)
        return true;
    if (!state_may_move(&blank_states, (int)blank->state, BLANK_SPOILED) ||
        !strcmp(blank->spoiled_by, changing->clerk)) {
        changing->problem = PROBLEM_DECIDED;
        return true;
    }
    changing->confirmed = blank->spoiled_by[0] != '\0';
    return read_printed(transaction, changing, err);
}

static bool log_first(StoreTransaction *transaction, const Changing *changing, Error *err)
{
    OWNED_BUF object;

    buf_init(&object, 48);
    buf_add_format(&object, "blank:%s", changing->blank.id);
    return buf_ok(&object, err) &&
           acts_add(transaction,
                    &(Act){ changing->now_ms, changing->clerk, "blank.said-spoiled", buf_text(&object), NULL }, err);
}

/* Under the next epoch, as every change: state_move has no move from a state to itself here. */
static bool say_first(StoreTransaction *transaction, Changing *changing, Error *err)
{
    BlankRow said = changing->blank;

    str_copy_cut(str_from(changing->clerk), said.spoiled_by, sizeof said.spoiled_by);
    str_copy_cut(str_from(changing->words), said.reason, sizeof said.reason);
    return blanks_put(transaction, &said, err) && blanks_next_epoch(transaction, &said, err) &&
           log_first(transaction, changing, err);
}

static bool replace_printed(StoreTransaction *transaction, Changing *changing, Error *err)
{
    Taking *taking = changing->taking;
    bool found;

    if (changing->job.state == JOB_HELD &&
        (!job_move(transaction, &changing->job, JOB_CANCELLED, changing->clerk, changing->now_ms, err) ||
         !copies_get(transaction, changing->old.id, &found, &changing->old, err)))
        return false;
    taking->document = changing->document;
    memcpy(taking->copy.document, changing->document.id, sizeof taking->copy.document);
    memcpy(taking->copy.place, changing->old.place, sizeof taking->copy.place);
    taking->copy.n = changing->old.n + 1;
    taking->at_window = true;
    return taking_add_copy(transaction, taking, &changing->old, err) &&
           blank_bind(transaction, &changing->next, taking->copy.id, changing->clerk, changing->now_ms, err);
}

static bool spoil(StoreTransaction *transaction, void *arg, Error *err)
{
    Changing *changing = arg;

    if (!read_spoiled(transaction, changing, err))
        return false;
    if (changing->problem != PROBLEM_NONE)
        return true;
    if (!changing->confirmed)
        return say_first(transaction, changing, err);
    return move_blank(transaction, changing, &changing->blank, BLANK_SPOILED, err) &&
           (!changing->is_printed_on || replace_printed(transaction, changing, err));
}

bool blank_spoil(Office *office, const char *clerk, const char *id, uint32_t epoch, const char *words,
                 ApiProblem *ret_problem, bool *ret_confirmed, Error *err)
{
    Taking taking;
    Changing changing = {
        .id = id, .clerk = clerk, .words = words, .epoch = epoch, .now_ms = office_now_ms(office), .taking = &taking
    };
    MakeOutcome outcome;

    *ret_problem = (ApiProblem){ 0 };
    *ret_confirmed = false;
    if (!plain_words(words, BLANK_WORDS_MOST)) {
        *ret_problem = api_problem_form("words", plain_fault(words, BLANK_WORDS_MOST));
        return true;
    }
    if (!taking_begin(office, COPY_PAPER, "", clerk, &taking, err) || !run(office, spoil, &changing, ret_problem, err))
        return error_add(err, "blank %s", id);
    *ret_confirmed = ret_problem->kind == PROBLEM_NONE && changing.confirmed;
    return !*ret_confirmed || !changing.is_printed_on ||
           copy_make(office, taking.copy.id, 1, NULL, NULL, &outcome, err) || error_add(err, "blank %s", id);
}
