#include "registrar/store/states.h"

#include <stdio.h>

#include "registrar/store/print_need.h"
#include "registrar/store/transaction.h"

#define TO(state) (1u << (state))

#define UPDATE(table, column)                                                                                          \
    "UPDATE " table " SET " column " = ?5, epoch = ?6, changed_at_s = ?7"                                              \
    " WHERE institution = ?1 AND id = ?2 AND " column " = ?3 AND epoch = ?4"

#define MACHINE(thing_, names_, moves_, table, column)                                                                 \
    {                                                                                                                  \
        .thing = thing_, .names = names_, .moves = moves_, .count = COUNT(names_), .update = UPDATE(table, column)     \
    }

static const char *const request_names[] = {
    [ASKED_DRAFT] = "draft",         [ASKED_OPEN] = "open",         [ASKED_IN_UNIT] = "in-unit",
    [ASKED_RETURNED] = "returned",   [ASKED_APPROVED] = "approved", [ASKED_FULFILLED] = "fulfilled",
    [ASKED_WITHDRAWN] = "withdrawn", [ASKED_DECLINED] = "declined", [ASKED_EXPIRED] = "expired",
};
#define REQUEST_ENDS (TO(ASKED_WITHDRAWN) | TO(ASKED_DECLINED) | TO(ASKED_EXPIRED))
static const uint16_t request_moves[COUNT(request_names)] = {
    [ASKED_DRAFT] = TO(ASKED_OPEN) | TO(ASKED_WITHDRAWN) | TO(ASKED_EXPIRED),
    [ASKED_OPEN] = TO(ASKED_IN_UNIT) | TO(ASKED_FULFILLED) | REQUEST_ENDS,
    [ASKED_IN_UNIT] = TO(ASKED_OPEN) | TO(ASKED_IN_UNIT) | TO(ASKED_RETURNED) | TO(ASKED_APPROVED) | REQUEST_ENDS,
    [ASKED_RETURNED] = TO(ASKED_IN_UNIT) | REQUEST_ENDS,
    /* Back to the unit when its paper could not be made; declined when its paper is revoked before it was had. */
    [ASKED_APPROVED] = TO(ASKED_FULFILLED) | TO(ASKED_IN_UNIT) | TO(ASKED_DECLINED),
};
const StateMachine request_states = MACHINE("request", request_names, request_moves, "request", "state");

static const char *const document_names[] = {
    [DOCUMENT_PREPARING] = "preparing", [DOCUMENT_ISSUED] = "issued", [DOCUMENT_SUSPENDED] = "suspended",
    [DOCUMENT_REVOKED] = "revoked",     [DOCUMENT_VOID] = "void",
};
static const uint16_t document_moves[COUNT(document_names)] = {
    [DOCUMENT_PREPARING] = TO(DOCUMENT_ISSUED) | TO(DOCUMENT_VOID),
    [DOCUMENT_ISSUED] = TO(DOCUMENT_SUSPENDED) | TO(DOCUMENT_REVOKED),
    [DOCUMENT_SUSPENDED] = TO(DOCUMENT_ISSUED) | TO(DOCUMENT_REVOKED),
};
const StateMachine document_states = MACHINE("document", document_names, document_moves, "document", "state");

static const char *const making_names[] = {
    [MAKING_PREPARING] = "preparing",
    [MAKING_READY] = "ready",
    [MAKING_FAILED] = "failed",
};
static const uint16_t making_moves[COUNT(making_names)] = {
    [MAKING_PREPARING] = TO(MAKING_READY) | TO(MAKING_FAILED),
};
const StateMachine making_states = MACHINE("copy", making_names, making_moves, "copy", "making");

static const char *const validity_names[] = {
    [VALIDITY_VALID] = "valid",       [VALIDITY_SUSPENDED] = "suspended", [VALIDITY_REVOKED] = "revoked",
    [VALIDITY_REPLACED] = "replaced", [VALIDITY_EXPIRED] = "expired",
};
#define VALIDITY_ENDS (TO(VALIDITY_REVOKED) | TO(VALIDITY_REPLACED) | TO(VALIDITY_EXPIRED))
static const uint16_t validity_moves[COUNT(validity_names)] = {
    [VALIDITY_VALID] = TO(VALIDITY_SUSPENDED) | VALIDITY_ENDS,
    [VALIDITY_SUSPENDED] = TO(VALIDITY_VALID) | VALIDITY_ENDS,
};
/* Whatever changes a copy's validity makes the published status list old. */
const StateMachine validity_states = {
    .thing = "copy",
    .names = validity_names,
    .moves = validity_moves,
    .count = COUNT(validity_names),
    .update = UPDATE("copy", "validity"),
    .after = "UPDATE status_list SET changes = changes + 1 WHERE institution = ?1"
             " AND list = (SELECT status_list FROM copy WHERE institution = ?1 AND id = ?2)",
};

static const char *const delivery_names[] = {
    [DELIVERY_WAITING] = "waiting",       [DELIVERY_PRINTING] = "printing",     [DELIVERY_PRINTED] = "printed",
    [DELIVERY_PARTLY] = "partly",         [DELIVERY_UNKNOWN] = "unknown",       [DELIVERY_CANCELLED] = "cancelled",
    [DELIVERY_COLLECTED] = "collected",   [DELIVERY_SUPERSEDED] = "superseded", [DELIVERY_OFFERED] = "offered",
    [DELIVERY_DOWNLOADED] = "downloaded", [DELIVERY_EXPIRED] = "expired",
};
static const uint16_t delivery_moves[COUNT(delivery_names)] = {
    [DELIVERY_WAITING] = TO(DELIVERY_PRINTING) | TO(DELIVERY_CANCELLED),
    /* Back to waiting only with the job, whose owner proved that no byte left. */
    [DELIVERY_PRINTING] = TO(DELIVERY_WAITING) | TO(DELIVERY_PRINTED) | TO(DELIVERY_PARTLY) | TO(DELIVERY_UNKNOWN) |
                          TO(DELIVERY_CANCELLED),
    /* A window's paper that is printed, but on a blank that is spoiled, is printed once more on another. */
    [DELIVERY_PRINTED] = TO(DELIVERY_COLLECTED) | TO(DELIVERY_SUPERSEDED),
    [DELIVERY_PARTLY] = TO(DELIVERY_SUPERSEDED),
    [DELIVERY_UNKNOWN] = TO(DELIVERY_SUPERSEDED) | TO(DELIVERY_PRINTED) | TO(DELIVERY_PARTLY) | TO(DELIVERY_CANCELLED),
    [DELIVERY_CANCELLED] = TO(DELIVERY_SUPERSEDED),
    [DELIVERY_OFFERED] = TO(DELIVERY_DOWNLOADED) | TO(DELIVERY_EXPIRED),
};
const StateMachine delivery_states = {
    .thing = "copy",
    .names = delivery_names,
    .moves = delivery_moves,
    .count = COUNT(delivery_names),
    .update = UPDATE("copy", "delivery"),
    .after = NEED_OF_COPY,
};

static const char *const job_names[] = {
    [JOB_WAITING] = "waiting", [JOB_HELD] = "held",       [JOB_ASSIGNED] = "assigned", [JOB_SENDING] = "sending",
    [JOB_SENT] = "sent",       [JOB_PRINTED] = "printed", [JOB_PARTLY] = "partly",     [JOB_CANCELLED] = "cancelled",
    [JOB_ABORTED] = "aborted", [JOB_UNKNOWN] = "unknown", [JOB_EXPIRED] = "expired",
};
#define JOB_ENDS (TO(JOB_PRINTED) | TO(JOB_PARTLY) | TO(JOB_CANCELLED) | TO(JOB_ABORTED) | TO(JOB_UNKNOWN))
static const uint16_t job_moves[COUNT(job_names)] = {
    [JOB_WAITING] = TO(JOB_HELD) | TO(JOB_ASSIGNED) | TO(JOB_CANCELLED) | TO(JOB_EXPIRED),
    [JOB_HELD] = TO(JOB_WAITING) | TO(JOB_CANCELLED) | TO(JOB_EXPIRED),
    /* To itself: another asking of the same student takes it over under the next epoch. */
    [JOB_ASSIGNED] = TO(JOB_ASSIGNED) | TO(JOB_WAITING) | TO(JOB_SENDING),
    [JOB_SENDING] = TO(JOB_WAITING) | TO(JOB_SENT) | JOB_ENDS,
    [JOB_SENT] = JOB_ENDS,
    [JOB_UNKNOWN] = TO(JOB_PRINTED) | TO(JOB_PARTLY) | TO(JOB_CANCELLED),
};
const StateMachine job_states = {
    .thing = "print-job",
    .names = job_names,
    .moves = job_moves,
    .count = COUNT(job_names),
    .update = "UPDATE print_job SET state = ?5, epoch = ?6, changed_at_s = ?7, need = CASE WHEN need = 9 THEN 9"
              " ELSE " NEED_OF("?5") " END WHERE institution = ?1 AND id = ?2 AND state = ?3 AND epoch = ?4",
};

static const char *const link_names[] = {
    [LINK_OFFERED] = "offered", [LINK_OPENED] = "opened", [LINK_MATCHED] = "matched",
    [LINK_USED] = "used",       [LINK_DENIED] = "denied", [LINK_EXPIRED] = "expired",
};
#define LINK_ENDS (TO(LINK_DENIED) | TO(LINK_EXPIRED))
static const uint16_t link_moves[COUNT(link_names)] = {
    [LINK_OFFERED] = TO(LINK_OPENED) | LINK_ENDS,
    [LINK_OPENED] = TO(LINK_MATCHED) | LINK_ENDS,
    [LINK_MATCHED] = TO(LINK_USED) | LINK_ENDS,
};
const StateMachine link_states = MACHINE("phone-link", link_names, link_moves, "phone_link", "state");

static const char *const photo_names[] = {
    [PHOTOS_OFFERED] = "offered", [PHOTOS_OPENED] = "opened",   [PHOTOS_GIVEN] = "given",
    [PHOTOS_ENDED] = "ended",     [PHOTOS_EXPIRED] = "expired",
};
#define PHOTOS_END (TO(PHOTOS_GIVEN) | TO(PHOTOS_ENDED) | TO(PHOTOS_EXPIRED))
static const uint16_t photo_moves[COUNT(photo_names)] = {
    [PHOTOS_OFFERED] = TO(PHOTOS_OPENED) | PHOTOS_END,
    [PHOTOS_OPENED] = PHOTOS_END,
};
const StateMachine photo_states = MACHINE("photo-set", photo_names, photo_moves, "photo_set", "state");

static const char *const grant_names[] = {
    [GRANT_IS_OFFERED] = "offered", [GRANT_IS_OPENED] = "opened", [GRANT_IS_DIGITS] = "digits",
    [GRANT_IS_MATCHED] = "matched", [GRANT_IS_USED] = "used",     [GRANT_IS_DENIED] = "denied",
    [GRANT_IS_EXPIRED] = "expired",
};
#define GRANT_ENDS (TO(GRANT_IS_DENIED) | TO(GRANT_IS_EXPIRED))
static const uint16_t grant_moves[COUNT(grant_names)] = {
    [GRANT_IS_OFFERED] = TO(GRANT_IS_OPENED) | GRANT_ENDS,
    [GRANT_IS_OPENED] = TO(GRANT_IS_DIGITS) | GRANT_ENDS,
    [GRANT_IS_DIGITS] = TO(GRANT_IS_MATCHED) | GRANT_ENDS,
    [GRANT_IS_MATCHED] = TO(GRANT_IS_USED) | GRANT_ENDS,
};
const StateMachine grant_states = MACHINE("sign-in-grant", grant_names, grant_moves, "sign_in_grant", "state");

static const char *const invoice_names[] = {
    [INVOICE_OPEN] = "open",
    [INVOICE_PAID] = "paid",
    [INVOICE_CANCELLED] = "cancelled",
};
static const uint16_t invoice_moves[COUNT(invoice_names)] = {
    [INVOICE_OPEN] = TO(INVOICE_CANCELLED), /* paid: together with by what, by invoices_pay alone */
};
const StateMachine invoice_states = MACHINE("invoice", invoice_names, invoice_moves, "invoice", "state");

static const char *const blank_names[] = {
    [BLANK_RECEIVED] = "received", [BLANK_ISSUED] = "issued",   [BLANK_BOUND] = "bound",
    [BLANK_USED] = "used",         [BLANK_SPOILED] = "spoiled", [BLANK_RETURNED] = "returned",
};
static const uint16_t blank_moves[COUNT(blank_names)] = {
    [BLANK_RECEIVED] = TO(BLANK_ISSUED) | TO(BLANK_SPOILED) | TO(BLANK_RETURNED),
    [BLANK_ISSUED] = TO(BLANK_BOUND) | TO(BLANK_SPOILED) | TO(BLANK_RETURNED),
    /* Issued again when its copy was never made. */
    [BLANK_BOUND] = TO(BLANK_USED) | TO(BLANK_SPOILED) | TO(BLANK_ISSUED),
};
const StateMachine blank_states = MACHINE("blank", blank_names, blank_moves, "blank", "state");

static const char *const order_names[] = {
    [ORDER_DRAFT] = "draft",
    [ORDER_ISSUED] = "issued",
    [ORDER_DROPPED] = "dropped",
};
static const uint16_t order_moves[COUNT(order_names)] = {
    [ORDER_DRAFT] = TO(ORDER_DROPPED), /* issued: together with its number, by orders_issue alone */
};
const StateMachine order_states = MACHINE("order", order_names, order_moves, "order_draft", "state");

static const char *const ticket_names[] = {
    [TICKET_IS_WAITING] = "waiting",   [TICKET_IS_CALLED] = "called",   [TICKET_IS_SERVING] = "serving",
    [TICKET_IS_SERVED] = "served",     [TICKET_IS_NO_SHOW] = "no-show", [TICKET_IS_PASSED] = "passed",
    [TICKET_IS_GIVEN_UP] = "given-up", [TICKET_IS_EXPIRED] = "expired",
};
#define TICKET_ENDS (TO(TICKET_IS_GIVEN_UP) | TO(TICKET_IS_EXPIRED))
static const uint16_t ticket_moves[COUNT(ticket_names)] = {
    [TICKET_IS_WAITING] = TO(TICKET_IS_CALLED) | TICKET_ENDS,
    /* To itself: called once more. */
    [TICKET_IS_CALLED] = TO(TICKET_IS_CALLED) | TO(TICKET_IS_SERVING) | TO(TICKET_IS_SERVED) | TO(TICKET_IS_NO_SHOW) |
                         TO(TICKET_IS_PASSED) | TICKET_ENDS,
    [TICKET_IS_SERVING] = TO(TICKET_IS_SERVED) | TO(TICKET_IS_PASSED),
    [TICKET_IS_NO_SHOW] = TO(TICKET_IS_CALLED), /* who comes late is not sent away */
    [TICKET_IS_PASSED] = TO(TICKET_IS_CALLED) | TICKET_ENDS,
};
const StateMachine ticket_states = MACHINE("ticket", ticket_names, ticket_moves, "ticket", "state");

static const char *const call_names[] = {
    [CALL_IS_WAITING] = "waiting", [CALL_IS_COMING] = "coming",     [CALL_IS_OVER] = "over",
    [CALL_IS_NOBODY] = "nobody",   [CALL_IS_GIVEN_UP] = "given-up",
};
static const uint16_t call_moves[COUNT(call_names)] = {
    [CALL_IS_WAITING] = TO(CALL_IS_COMING) | TO(CALL_IS_OVER) | TO(CALL_IS_NOBODY) | TO(CALL_IS_GIVEN_UP),
    [CALL_IS_COMING] = TO(CALL_IS_OVER) | TO(CALL_IS_NOBODY) | TO(CALL_IS_GIVEN_UP),
};
const StateMachine call_states = MACHINE("call", call_names, call_moves, "help_call", "state");

bool state_may_move(const StateMachine *machine, int from, int to)
{
    assert(from >= 0 && from < machine->count && to >= 0 && to < machine->count);
    return machine->moves[from] & TO(to);
}

const char *state_name(const StateMachine *machine, int state)
{
    assert(state >= 0 && state < machine->count);
    return machine->names[state];
}

bool state_parse(const StateMachine *machine, Str name, int *ret)
{
    for (int state = 0; state < machine->count; state++)
        if (str_equal_text(name, machine->names[state])) {
            *ret = state;
            return true;
        }
    return false;
}

bool state_move(StoreTransaction *transaction, const StateMachine *machine, const Move *move, Error *err)
{
    const char *to = state_name(machine, move->to);
    char act[48], object[64];
    int changed;

    if (!state_may_move(machine, move->from, move->to))
        return error_set(err, ERR_ARGUMENT, "%s: no move from %s to %s", machine->thing,
                         state_name(machine, move->from), to);
    if (!RUN(transaction, err, &changed, machine->update, TEXT(move->id), TEXT(state_name(machine, move->from)),
             INT(move->epoch), TEXT(to), INT(move->epoch + (move->next_epoch ? 1u : 0u)), INT(move->at_ms / 1000)))
        return error_add(err, "%s to %s", machine->thing, to);
    if (changed != 1)
        return error_set(err, ERR_CONFLICT, "%s is not %s in epoch %u", machine->thing, state_name(machine, move->from),
                         (unsigned)move->epoch);
    if (machine->after && !RUN(transaction, err, NULL, machine->after, TEXT(move->id)))
        return error_add(err, "%s to %s", machine->thing, to);
    if (!move->actor)
        return true;
    snprintf(act, sizeof act, "%s.%s", machine->thing, to);
    snprintf(object, sizeof object, "%s:%s", machine->thing, move->id);
    return acts_add(transaction, &(Act){ move->at_ms, move->actor, act, object, move->detail }, err);
}
