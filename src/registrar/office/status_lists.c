#include "registrar/office/status_lists.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/office/checks.h"
#include "registrar/store/eras.h"
#include "registrar/store/status_lists.h"

#define A_ROUND_MOST 16

static_assert(STATUS_LIST_SIZE == STATUS_LIST_PLACES, "places are taken as they are published");
static_assert(COUNTERS_MOST == STATUS_HEADS_MOST, "every counter has its head");

SealStatus status_of_validity(CopyValidity validity)
{
    switch (validity) {
    case VALIDITY_VALID: return STATUS_VALID;
    case VALIDITY_SUSPENDED: return STATUS_SUSPENDED;
    case VALIDITY_REVOKED: return STATUS_REVOKED;
    case VALIDITY_REPLACED:
    case VALIDITY_EXPIRED: return STATUS_SUPERSEDED;
    }
    return STATUS_REVOKED;
}

/* --- one list ---------------------------------------------------------------------------------------------------- */

typedef struct Renewal {
    StatusList *list;
    uint32_t number;
    StatusListRow row;
    bool found;
    int64_t numbers;
    Buf kept, body;
} Renewal;

static void mark(void *ctx, uint32_t index, CopyValidity validity)
{
    status_list_set(ctx, index, status_of_validity(validity));
}

static bool read_heads(StoreTransaction *transaction, Renewal *renewal, Error *err)
{
    CounterRow counters[COUNTERS_MOST];
    StatusList *list = renewal->list;

    if (!counters_list(transaction, counters, COUNTERS_MOST, &list->head_count, err))
        return false;
    renewal->numbers = 0;
    for (size_t i = 0; i < list->head_count; i++) {
        list->heads[i] = (StatusHead){ .year = counters[i].year, .number = counters[i].last };
        memcpy(list->heads[i].register_name, counters[i].register_name, sizeof list->heads[i].register_name);
        renewal->numbers += counters[i].last;
    }
    return true;
}

static bool read_list(StoreTransaction *transaction, void *arg, Error *err)
{
    Renewal *renewal = arg;
    StatusList *list = renewal->list;

    buf_clear(&renewal->kept);
    if (!status_lists_get(transaction, renewal->number, &renewal->found, &renewal->row, &renewal->kept, err))
        return false;
    memset(list->places, 0, sizeof list->places);
    if (renewal->kept.len == sizeof list->places)
        memcpy(list->places, renewal->kept.data, sizeof list->places);
    return status_lists_marked(transaction, renewal->number, mark, list, err) &&
           institutions_era(transaction, &list->era, err) && read_heads(transaction, renewal, err);
}

static bool publish(StoreTransaction *transaction, void *arg, Error *err)
{
    const Renewal *renewal = arg;

    return status_lists_publish(transaction, &renewal->row, renewal->list->version, renewal->list->issued_at_s,
                                renewal->numbers, buf_str(&renewal->body), err);
}

static bool renew(Office *office, Renewal *renewal, Error *err)
{
    StatusList *list = renewal->list;
    Error why = { 0 };

    if (!store_read(office->store, read_list, renewal, err))
        return false;
    if (!renewal->found)
        return true;
    list->list = renewal->number;
    list->issued_at_s = office_now_s(office);
    list->expires_at_s = list->issued_at_s + STATUS_LIST_GOOD_S;
    /* By the clock, so that it rises over a restore that did not know the last one; and always by one at least. */
    list->version = renewal->row.version < list->issued_at_s ? list->issued_at_s : renewal->row.version + 1;
    str_copy_cut(str_from(office->config.host), list->issuer, sizeof list->issuer);
    if (!status_list_sign(office->keys.list, list, &renewal->body, err))
        return false;
    if (store_write(office->store, publish, renewal, &why)) {
        LOG(office->log, LOG_INFO, EVENT_STATUS_LIST_RENEWED, LOG_NUMBER("list", list->list),
            LOG_NUMBER("version", list->version), LOG_NUMBER("bytes", renewal->body.len));
        return true;
    }
    return why.code == ERR_CONFLICT || error_set_cause(err, why.code, why.cause, "%s", why.text);
}

static bool renew_one(Office *office, uint32_t number, Error *err)
{
    Renewal renewal = { .list = mem_new(1, sizeof *renewal.list), .number = number };
    bool done;

    if (!renewal.list)
        return error_set(err, ERR_MEMORY, "status list");
    buf_init(&renewal.kept, STATUS_LIST_BYTES);
    buf_init(&renewal.body, STATUS_TOKEN_MOST);
    done = renew(office, &renewal, err);
    buf_fini(&renewal.body);
    buf_fini(&renewal.kept);
    mem_free(renewal.list);
    return done || error_add(err, "status list %u", number);
}

/* --- all of them ------------------------------------------------------------------------------------------------- */

typedef struct Due {
    int64_t now_s;
    uint32_t lists[A_ROUND_MOST];
    size_t count;
} Due;

static bool list_due(StoreTransaction *transaction, void *arg, Error *err)
{
    Due *due = arg;

    return status_lists_due(transaction, &(StatusDue){ due->now_s - STATUS_RENEW_S, STATUS_RENEW_NUMBERS }, due->lists,
                            A_ROUND_MOST, &due->count, err);
}

bool status_lists_renew(Office *office, Error *err)
{
    Due due = { .now_s = office_now_s(office) };

    if (!store_read(office->store, list_due, &due, err))
        return false;
    for (size_t i = 0; i < due.count; i++)
        if (!renew_one(office, due.lists[i], err))
            return false;
    return true;
}

/* --- for checkers ------------------------------------------------------------------------------------------------ */

typedef struct Fetching {
    uint32_t list;
    bool found;
    int64_t version;
    Buf *body;
} Fetching;

static bool fetch(StoreTransaction *transaction, void *arg, Error *err)
{
    Fetching *fetching = arg;

    buf_clear(fetching->body);
    return status_lists_body(transaction, fetching->list, &fetching->found, &fetching->version, fetching->body, err);
}

bool office_status_list(Office *office, uint32_t list, bool *ret_found, int64_t *ret_version, Buf *body, Error *err)
{
    Fetching fetching = { .list = list, .body = body };

    if (!store_read(office->store, fetch, &fetching, err))
        return error_add(err, "status list");
    *ret_found = fetching.found;
    *ret_version = fetching.version;
    return true;
}
