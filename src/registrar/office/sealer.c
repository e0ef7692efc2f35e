#include "registrar/office/sealer.h"

#include <string.h>

#include "registrar/store/acts.h"
#include "registrar/store/audit_heads.h"
#include "registrar/store/events.h"
#include "wire/audit.h"

/* Acts of one transaction: others wait no longer than these take. */
#define ACTS_MOST  256
#define BITES_MOST 64 /* of one round */

static_assert(ACT_HASH_SIZE == AUDIT_HASH_SIZE && ACT_SALT_SIZE == AUDIT_SALT_SIZE, "one chain");

/* --- what waits -------------------------------------------------------------------------------------------------- */

typedef struct Waiting {
    bool events, acts;
} Waiting;

static bool ignore(void *ctx UNUSED, const ActEntry *entry UNUSED, Error *err UNUSED)
{
    return true;
}

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Waiting *waiting = arg;
    size_t count;

    if (!events_wait(transaction, &waiting->events, err) || !acts_unsealed(transaction, 1, ignore, NULL, &count, err))
        return false;
    waiting->acts = count > 0;
    return true;
}

/* --- events ------------------------------------------------------------------------------------------------------ */

static bool seal_events(StoreTransaction *transaction, void *arg, Error *err)
{
    return events_seal(transaction, arg, err);
}

static bool all_events(Office *office, Error *err)
{
    int64_t sealed = EVENTS_SEALED_MOST;

    for (int bite = 0; bite < BITES_MOST && sealed == EVENTS_SEALED_MOST; bite++)
        if (!store_write(office->store, seal_events, &sealed, err))
            return error_add(err, "events");
    return true;
}

/* --- acts -------------------------------------------------------------------------------------------------------- */

typedef struct Bite {
    const Office *office;
    int64_t now_s, position;
    uint8_t hash[AUDIT_HASH_SIZE]; /* of the entry before */
    size_t count;
    ActSeal seals[ACTS_MOST];
} Bite;

static bool chain(void *ctx, const ActEntry *entry, Error *err)
{
    Bite *bite = ctx;
    ActSeal *seal = &bite->seals[bite->count];
    const AuditEntry canonical = { .position = bite->position + 1,
                                   .id = entry->id,
                                   .era = (uint32_t)entry->era,
                                   .at_ms = entry->at_ms,
                                   .actor = entry->actor,
                                   .act = entry->act,
                                   .object = entry->object,
                                   .salt = entry->salt,
                                   .detail_hash = entry->detail_hash };

    *seal = (ActSeal){ .id = entry->id, .position = canonical.position };
    memcpy(seal->prev, bite->hash, sizeof seal->prev);
    if (!audit_entry_hash(&canonical, seal->prev, seal->hash, err))
        return error_add(err, "act %lld", (long long)entry->id);
    memcpy(bite->hash, seal->hash, sizeof bite->hash);
    bite->position++;
    bite->count++;
    return true;
}

/* In the transaction of the acts that it covers, so that what is sealed is signed for. */
static bool sign(StoreTransaction *transaction, const Bite *bite, Error *err)
{
    AuditHead head = { .position = bite->position, .signed_at_s = bite->now_s };
    OWNED_BUF signed_head;
    uint8_t hash[AUDIT_HASH_SIZE];
    bool found;

    buf_init(&signed_head, AUDIT_HEAD_MOST);
    str_copy_cut(str_from(bite->office->config.host), head.issuer, sizeof head.issuer);
    memcpy(head.hash, bite->hash, sizeof head.hash);
    return acts_at(transaction, bite->position, &found, &head.era, hash, err) &&
           audit_head_sign(bite->office->keys.head, &head, &signed_head, err) &&
           audit_heads_add(transaction, head.position, head.signed_at_s, buf_str(&signed_head), err);
}

static bool seal_acts(StoreTransaction *transaction, void *arg, Error *err)
{
    Bite *bite = arg;
    bool found;
    size_t count;

    bite->count = 0;
    bite->position = 0;
    if (!acts_last(transaction, &found, &bite->position, bite->hash, err) ||
        (!found && !audit_genesis(str_from(bite->office->config.institution), bite->hash, err)) ||
        !acts_unsealed(transaction, ACTS_MOST, chain, bite, &count, err))
        return false;
    for (size_t i = 0; i < bite->count; i++)
        if (!acts_seal(transaction, &bite->seals[i], err))
            return false;
    return bite->count == 0 || sign(transaction, bite, err);
}

static bool all_acts(Office *office, Error *err)
{
    Bite bite = { .office = office, .now_s = office_now_s(office), .count = ACTS_MOST };

    for (int n = 0; n < BITES_MOST && bite.count == ACTS_MOST; n++)
        if (!store_write(office->store, seal_acts, &bite, err))
            return error_add(err, "acts");
    return true;
}

/* --- rounds ------------------------------------------------------------------------------------------------------ */

/* One thread at a time takes the turn, and each a second after the one before. */
static bool acts_are_due(Office *office)
{
    const int64_t now_ms = clock_monotonic_ms(&office->config.clock);
    int64_t last_ms = atomic_load(&office->acts_sealed_ms);

    return (last_ms == 0 || now_ms - last_ms >= SEALER_ACTS_MS) &&
           atomic_compare_exchange_strong(&office->acts_sealed_ms, &last_ms, now_ms ? now_ms : 1);
}

bool sealer_round(Office *office, Error *err)
{
    Waiting waiting = { 0 };

    if (!store_read(office->store, look, &waiting, err))
        return error_add(err, "sealer");
    return ((!waiting.events || all_events(office, err)) &&
            (!waiting.acts || !acts_are_due(office) || all_acts(office, err))) ||
           error_add(err, "sealer");
}

bool sealer_finish(Office *office, Error *err)
{
    Waiting waiting = { 0 };

    return (store_read(office->store, look, &waiting, err) && (!waiting.events || all_events(office, err)) &&
            (!waiting.acts || all_acts(office, err))) ||
           error_add(err, "sealer");
}
