#include "registrar/store/states.h"

#include <stdio.h>

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
    [ASKED_APPROVED] = TO(ASKED_FULFILLED),
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
    [DELIVERY_PRINTED] = TO(DELIVERY_COLLECTED),
    [DELIVERY_PARTLY] = TO(DELIVERY_SUPERSEDED),
    [DELIVERY_UNKNOWN] = TO(DELIVERY_SUPERSEDED) | TO(DELIVERY_PRINTED) | TO(DELIVERY_PARTLY) | TO(DELIVERY_CANCELLED),
    [DELIVERY_CANCELLED] = TO(DELIVERY_SUPERSEDED),
    [DELIVERY_OFFERED] = TO(DELIVERY_DOWNLOADED) | TO(DELIVERY_EXPIRED),
};
const StateMachine delivery_states = MACHINE("copy", delivery_names, delivery_moves, "copy", "delivery");

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
const StateMachine job_states = MACHINE("print-job", job_names, job_moves, "print_job", "state");

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
