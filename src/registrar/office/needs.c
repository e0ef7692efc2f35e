#include "registrar/office/needs.h"

#include "registrar/office/inside.h"
#include "registrar/office/review_inbox.h"
#include "registrar/store/calls.h"
#include "registrar/store/print_queue.h"
#include "registrar/store/tickets.h"

typedef struct Counting {
    const StaffScope *scope;
    Needs *needs;
} Counting;

static bool count_hall(StoreTransaction *transaction, const Counting *counting, int64_t *ret, Error *err)
{
    int64_t tickets, calls;

    if (!tickets_waiting(transaction, counting->scope, &tickets, err) || !calls_waiting(transaction, &calls, err))
        return false;
    *ret = tickets + calls;
    return true;
}

static bool count(StoreTransaction *transaction, void *arg, Error *err)
{
    const Counting *counting = arg;
    const InboxQuery inbox = {
        .list = INBOX_REVIEW, .scope = counting->scope, .unit = "", .service = "", .clerk = "", .after = ""
    };
    Needs *needs = counting->needs;

    return (!needs->wanted[NEEDS_AT_PRINTERS] ||
            print_queue_needing(transaction, counting->scope, &needs->of[NEEDS_AT_PRINTERS], err)) &&
           (!needs->wanted[NEEDS_IN_REVIEW] || inbox_count(transaction, &inbox, &needs->of[NEEDS_IN_REVIEW], err)) &&
           (!needs->wanted[NEEDS_IN_THE_HALL] || count_hall(transaction, counting, &needs->of[NEEDS_IN_THE_HALL], err));
}

bool needs_count(Office *office, const StaffScope *scope, Needs *needs, Error *err)
{
    Counting counting = { scope, needs };

    for (int i = 0; i < NEEDS_COUNT; i++)
        needs->of[i] = 0;
    return ((!needs->wanted[NEEDS_IN_REVIEW] || review_place(office, err)) &&
            store_read(office->store, count, &counting, err)) ||
           error_add(err, "what needs a person");
}
