#include "registrar/office/desk_papers.h"

#include <string.h>

#include "registrar/office/inside.h"
#include "registrar/office/live.h"
#include "registrar/office/plain.h"
#include "registrar/office/printers.h"
#include "registrar/office/status_lists.h"
#include "registrar/office/taking.h"
#include "registrar/store/blanks.h"
#include "wire/json.h"

/* --- one paper, as an act sees it --------------------------------------------------------------------------------- */

typedef struct Acting {
    const PaperAct *act;
    int64_t now_ms;
    ApiProblemKind problem;
    DocumentRow document;
    Buf *detail;
} Acting;

/* The paper of that student, within the scope; in the epoch that its clerk saw where that counts. */
static bool find_paper(StoreTransaction *transaction, Acting *acting, bool by_epoch, Error *err)
{
    const PaperAct *act = acting->act;
    int64_t student;
    bool found, seen = false;

    acting->problem = PROBLEM_NOT_FOUND;
    if (!students_find(transaction, act->student, &found, &student, err) ||
        (found && !desk_student_is_seen(transaction, student, act->who->scope, &seen, err)))
        return false;
    if (!found || !seen)
        return true;
    if (!documents_get(transaction, act->document, &found, &acting->document, err))
        return false;
    if (!found || acting->document.student != student)
        return true;
    acting->problem = by_epoch && acting->document.epoch != act->epoch ? PROBLEM_CHANGED : PROBLEM_NONE;
    return true;
}

static bool write_reason(const char *reason, Buf *detail, Error *err)
{
    OWNED(json_t) json = json_pack("{s:s}", "reason", reason);

    return (json && json_write(json, detail, err)) || error_add(err, "reason");
}

/* --- changing ----------------------------------------------------------------------------------------------------- */

typedef struct Changing {
    Acting acting;
    DocumentChange change;
} Changing;

static bool may_change(DocumentState state, DocumentChange change)
{
    switch (change) {
    case DOCUMENT_CHANGE_REVOKE: return state == DOCUMENT_ISSUED || state == DOCUMENT_SUSPENDED;
    case DOCUMENT_CHANGE_SUSPEND: return state == DOCUMENT_ISSUED;
    case DOCUMENT_CHANGE_RESUME: return state == DOCUMENT_SUSPENDED;
    }
    return false;
}

static bool change(StoreTransaction *transaction, void *arg, Error *err)
{
    Changing *changing = arg;
    Acting *acting = &changing->acting;

    if (!find_paper(transaction, acting, true, err))
        return false;
    if (acting->problem == PROBLEM_NONE && !may_change(acting->document.state, changing->change))
        acting->problem = PROBLEM_DECIDED;
    if (acting->problem != PROBLEM_NONE)
        return true;
    const DocumentApply apply = { .change = changing->change,
                                  .reason = acting->act->reason,
                                  .detail = buf_text(acting->detail),
                                  .actor = acting->act->who->actor,
                                  .now_ms = acting->now_ms };
    return document_apply(transaction, &acting->document, &apply, err) && desk_tell(transaction, "students", err) &&
           desk_tell(transaction, "prints", err);
}

/* Two clerks at once: the later one finds that it has gone on. */
static bool run(Office *office, StoreAct act, void *arg, const Acting *acting, ApiProblem *ret_problem, Error *err)
{
    Error why = { 0 };

    if (store_write(office->store, act, arg, &why)) {
        *ret_problem = (ApiProblem){ .kind = acting->problem };
        return true;
    }
    *ret_problem = (ApiProblem){ .kind = PROBLEM_CHANGED };
    return why.code == ERR_CONFLICT || error_set_cause(err, why.code, why.cause, "%s", why.text);
}

static bool is_reason(const char *reason, ApiProblem *problem)
{
    const FormFault fault = plain_fault(reason, DOCUMENT_REASON_MOST);

    *problem = fault == FORM_OK ? (ApiProblem){ .kind = PROBLEM_NONE } : api_problem_form("reason", fault);
    return fault == FORM_OK;
}

bool paper_change(Office *office, const PaperAct *act, DocumentChange what, ApiProblem *ret_problem, Error *err)
{
    static const DocumentState to[] = { [DOCUMENT_CHANGE_REVOKE] = DOCUMENT_REVOKED,
                                        [DOCUMENT_CHANGE_SUSPEND] = DOCUMENT_SUSPENDED,
                                        [DOCUMENT_CHANGE_RESUME] = DOCUMENT_ISSUED };
    OWNED_BUF detail;
    Changing changing = { .acting = { .act = act, .now_ms = office_now_ms(office), .detail = &detail },
                          .change = what };

    buf_init(&detail, 4096);
    if (!is_reason(act->reason, ret_problem))
        return true;
    if (!write_reason(act->reason, &detail, err) || !run(office, change, &changing, &changing.acting, ret_problem, err))
        return error_add(err, "change of a paper");
    if (ret_problem->kind != PROBLEM_NONE)
        return true;
    LOG(office->log, LOG_INFO, EVENT_DOCUMENT_CHANGED, LOG_WORD("document", changing.acting.document.id),
        LOG_WORD("state", state_name(&document_states, (int)to[what])));
    return status_lists_renew(office, err) || error_add(err, "the paper is changed, but its status list is not yet");
}

/* --- replacing ---------------------------------------------------------------------------------------------------- */

typedef struct Replacing {
    Acting acting;
    Taking taking;
    const char *printer; /* NULL: at the window */
} Replacing;

/* While it is on its way to paper, or waits, there is nothing to replace: the queue moves it. */
static bool is_under_way(const PrintJobRow *job)
{
    return job->state == JOB_WAITING || job->state == JOB_HELD || job->state == JOB_ASSIGNED ||
           job->state == JOB_SENDING || job->state == JOB_SENT;
}

static bool find_printer(StoreTransaction *transaction, Replacing *replacing, Error *err)
{
    PrinterRow printer;
    bool found;

    if (!replacing->printer)
        return true;
    if (!printers_get(transaction, replacing->printer, &found, &printer, err))
        return false;
    if (!found || printer.removed)
        replacing->acting.problem = PROBLEM_NOT_FOUND;
    return true;
}

static ApiProblemKind why_not(const Replacing *replacing, const CopyRow *old, int newest_n, const PrintJobRow *job,
                              bool has_job, bool on_blank)
{
    const DocumentRow *document = &replacing->acting.document;

    if (old->epoch != replacing->acting.act->epoch)
        return PROBLEM_CHANGED;
    if (document->state != DOCUMENT_ISSUED || old->validity != VALIDITY_VALID || on_blank ||
        (has_job && is_under_way(job)))
        return PROBLEM_DECIDED;
    if (newest_n >= COPIES_MOST ||
        (document->expires_at_s != 0 && replacing->acting.now_ms / 1000 >= document->expires_at_s))
        return PROBLEM_NOT_ALLOWED;
    return PROBLEM_NONE;
}

static bool note_replaced(StoreTransaction *transaction, const Acting *acting, Error *err)
{
    OWNED_BUF object;

    buf_init(&object, 64);
    buf_add_format(&object, "document:%s", acting->document.id);
    return buf_ok(&object, err) && acts_add(transaction,
                                            &(Act){ acting->now_ms, acting->act->who->actor, "document.replaced",
                                                    buf_text(&object), buf_text(acting->detail) },
                                            err);
}

static bool replace(StoreTransaction *transaction, void *arg, Error *err)
{
    Replacing *replacing = arg;
    Acting *acting = &replacing->acting;
    Taking *taking = &replacing->taking;
    CopyRow old, newest;
    PrintJobRow job;
    BlankRow blank;
    bool found, has_job = false, on_blank = false;

    if (!find_paper(transaction, acting, false, err) ||
        (acting->problem == PROBLEM_NONE && !find_printer(transaction, replacing, err)))
        return false;
    if (acting->problem != PROBLEM_NONE)
        return true;
    if (!copies_newest_of(transaction, acting->document.id, COPY_PAPER, &found, &old, err) ||
        (found && (!copies_newest(transaction, acting->document.id, &found, &newest, err) ||
                   !print_jobs_of_copy(transaction, old.id, &has_job, &job, err) ||
                   !blanks_of_copy(transaction, old.id, &on_blank, &blank, err))))
        return false;
    acting->problem = found ? why_not(replacing, &old, newest.n, &job, has_job, on_blank) : PROBLEM_NOT_FOUND;
    if (acting->problem != PROBLEM_NONE)
        return true;
    taking->document = acting->document;
    memcpy(taking->copy.document, acting->document.id, sizeof taking->copy.document);
    taking->copy.n = newest.n + 1;
    taking->at_window = !replacing->printer;
    return taking_add_copy(transaction, taking, &old, err) && note_replaced(transaction, acting, err) &&
           desk_tell(transaction, "students", err);
}

bool paper_replace(Office *office, const PaperAct *act, const char *owner, ApiProblem *ret_problem, Error *err)
{
    OWNED_BUF detail;
    Replacing replacing = { .acting = { .act = act, .now_ms = office_now_ms(office), .detail = &detail },
                            .printer = printer_of_owner(owner) };
    char place[KIOSK_PLACE_SIZE] = "";
    MakeOutcome outcome;

    buf_init(&detail, 4096);
    if (!is_reason(act->reason, ret_problem))
        return true;
    if (!write_reason(act->reason, &detail, err) || (replacing.printer && !kiosk_place(office, owner, place, err)) ||
        !taking_begin(office, COPY_PAPER, place, act->who->actor, &replacing.taking, err) ||
        !run(office, replace, &replacing, &replacing.acting, ret_problem, err))
        return error_add(err, "replacing a paper");
    if (ret_problem->kind != PROBLEM_NONE)
        return true;
    if (!copy_make(office, replacing.taking.copy.id, 1, replacing.printer ? owner : NULL, NULL, &outcome, err) ||
        !status_lists_renew(office, err))
        return error_add(err, "replacing a paper");
    if (outcome == MAKE_FAILED)
        *ret_problem = (ApiProblem){ .kind = PROBLEM_BUSY };
    return true;
}
