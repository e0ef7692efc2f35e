#include "registrar/office/audit_check.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "registrar/office/audit_purges.h"
#include "registrar/office/era_proof.h"
#include "registrar/store/acts.h"
#include "registrar/store/audit_heads.h"
#include "registrar/store/keys.h"

#define AT_ONCE       1000
#define UNSEALED_MOST 1000000
#define TIME_MS_MOST  INT64_C(253402300799999) /* the year 9999's last */

/* Where an era begins in the chain. */
typedef struct EraStart {
    uint32_t era;
    int64_t position;
    int64_t restored_ms; /* 0: no entry of it says that the register was restored, or none that was signed for */
    bool forged;
} EraStart;

typedef struct Check {
    const AuditInput *input;
    AuditReport report;
    StoreTransaction *transaction;
    int64_t position, id;          /* of the entry before */
    int64_t after;                 /* read so far */
    int64_t waits_ms;              /* time of the first entry that is not sealed */
    uint8_t hash[AUDIT_HASH_SIZE]; /* that the next entry must name */
    AuditPurges purges;
    size_t era_count;
    EraStart eras[AUDIT_ERAS_MOST];
} Check;

static void say(Check *check, AuditGrade grade, const char *format, ...) PRINTF_LIKE(3, 4);
static void say(Check *check, AuditGrade grade, const char *format, ...)
{
    char words[512];
    va_list args;

    if (grade == AUDIT_FAULT && check->report.faults++ >= AUDIT_SAID_MOST)
        return;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    check->input->say(check->input->ctx, grade, words);
}

#define FAULT(check, ...) say(check, AUDIT_FAULT, __VA_ARGS__)
#define NOTE(check, ...)  say(check, AUDIT_NOTE, __VA_ARGS__)

typedef struct Moment {
    char text[24];
} Moment;

static Moment moment(const Check *check, int64_t at_ms)
{
    Moment moment = { "" };

    if (at_ms < 0 || at_ms > TIME_MS_MOST)
        snprintf(moment.text, sizeof moment.text, "(no time)");
    else {
        DateTime at = date_time_at(at_ms, check->input->utc_offset_minutes);
        snprintf(moment.text, sizeof moment.text, "%04d-%02d-%02d %02d:%02d:%02d", at.date.year, at.date.month,
                 at.date.day, at.hour, at.minute, at.second);
    }
    return moment;
}

/* --- one entry --------------------------------------------------------------------------------------------------- */

static bool is_hash(Str bytes, const uint8_t hash[AUDIT_HASH_SIZE])
{
    return bytes.len == AUDIT_HASH_SIZE && memcmp(bytes.ptr, hash, AUDIT_HASH_SIZE) == 0;
}

static void check_place(Check *check, const ActEntry *entry)
{
    const int64_t expected = check->position + 1;

    if (entry->position < expected)
        FAULT(check, "entry %" PRId64 " stands where none can: the one before it is %" PRId64, entry->position,
              check->position);
    else if (entry->position > expected)
        FAULT(check, "%" PRId64 " entries are missing: %" PRId64 " to %" PRId64, entry->position - expected, expected,
              entry->position - 1);
    else if (entry->id != check->id + 1)
        FAULT(check,
              "entry %" PRId64 " is number %" PRId64 " in the order of writing, where %" PRId64
              " is due: entries were taken out, put in or exchanged before they were sealed",
              entry->position, entry->id, check->id + 1);
}

/* Against what it says of itself, and against the entry before: whoever changes one entry is found at that one. */
static bool check_chain(Check *check, const ActEntry *entry, Error *err)
{
    const AuditEntry canonical = { .position = entry->position,
                                   .id = entry->id,
                                   .era = (uint32_t)entry->era,
                                   .at_ms = entry->at_ms,
                                   .actor = entry->actor,
                                   .act = entry->act,
                                   .object = entry->object,
                                   .salt = entry->salt,
                                   .detail_hash = entry->detail_hash };
    uint8_t prev[AUDIT_HASH_SIZE] = { 0 }, hash[AUDIT_HASH_SIZE];
    const bool possible = entry->position > 0 && entry->id > 0 && entry->era > 0 && entry->era <= UINT32_MAX &&
                          entry->at_ms >= 0 && entry->prev.len == AUDIT_HASH_SIZE && entry->hash.len == AUDIT_HASH_SIZE;

    if (possible) {
        memcpy(prev, entry->prev.ptr, sizeof prev);
        if (!audit_entry_hash(&canonical, prev, hash, err))
            return error_add(err, "entry %" PRId64, entry->position);
    }
    if (!possible || !is_hash(entry->hash, hash))
        FAULT(check, "entry %" PRId64 " of %s was changed: its hash is not that of what it says", entry->position,
              moment(check, entry->at_ms).text);
    if (!is_hash(entry->prev, check->hash))
        FAULT(check, "entry %" PRId64 " of %s does not follow the entry before it: one of them was exchanged",
              entry->position, moment(check, entry->at_ms).text);
    if (entry->hash.len == AUDIT_HASH_SIZE)
        memcpy(check->hash, entry->hash.ptr, AUDIT_HASH_SIZE);
    return true;
}

static bool check_detail(Check *check, const ActEntry *entry, Error *err)
{
    uint8_t hash[ACT_HASH_SIZE];

    if (entry->detail_hash.len == 0) {
        if (entry->has_detail)
            FAULT(check, "entry %" PRId64 " had no detail, and has one now", entry->position);
        return true;
    }
    if (!entry->has_detail) {
        audit_purges_missing(&check->purges, entry->position, entry->at_ms);
        return true;
    }
    check->report.details++;
    if (!act_detail_hash(entry->detail_salt, entry->detail, hash, err))
        return false;
    if (!is_hash(entry->detail_hash, hash))
        FAULT(check, "the detail of entry %" PRId64 " of %s was changed", entry->position,
              moment(check, entry->at_ms).text);
    return true;
}

static bool check_era(Check *check, const ActEntry *entry, Error *err)
{
    EraStart *now = check->era_count > 0 ? &check->eras[check->era_count - 1] : NULL;
    char object[24];

    if (!now || entry->era > now->era) {
        if (check->era_count == AUDIT_ERAS_MOST)
            return error_set(err, ERR_LIMIT, "more than %d eras", AUDIT_ERAS_MOST);
        now = &check->eras[check->era_count++];
        *now = (EraStart){ .era = (uint32_t)entry->era, .position = entry->position };
    } else if (entry->era < now->era)
        FAULT(check, "entry %" PRId64 " is of era %" PRId64 ", after entries of era %u", entry->position, entry->era,
              now->era);
    snprintf(object, sizeof object, "era:%" PRId64, entry->era);
    if (str_equal_text(entry->act, RESTORED_ACT) && str_equal_text(entry->object, object))
        now->restored_ms = entry->at_ms;
    return true;
}

static bool visit_sealed(void *ctx, const ActEntry *entry, Error *err)
{
    Check *check = ctx;

    check_place(check, entry);
    if (!check_chain(check, entry, err) || !check_detail(check, entry, err) || !check_era(check, entry, err))
        return false;
    check->report.entries++;
    check->after = entry->position;
    if (entry->position > check->position)
        check->position = entry->position;
    check->id = entry->id;
    return true;
}

/* --- what waits to be sealed ------------------------------------------------------------------------------------- */

static bool visit_unsealed(void *ctx, const ActEntry *entry, Error *err)
{
    Check *check = ctx;
    uint8_t hash[ACT_HASH_SIZE];

    if (check->report.unsealed++ == 0)
        check->waits_ms = entry->at_ms;
    if (entry->id != check->id + 1)
        FAULT(check, "entry number %" PRId64 " in the order of writing is not sealed, and %" PRId64 " is due",
              entry->id, check->id + 1);
    check->id = entry->id;
    if (entry->detail_hash.len > 0 && entry->has_detail) {
        if (!act_detail_hash(entry->detail_salt, entry->detail, hash, err))
            return false;
        if (!is_hash(entry->detail_hash, hash))
            FAULT(check, "the detail of an entry of %s, which is not sealed yet, was changed",
                  moment(check, entry->at_ms).text);
    } else if (entry->detail_hash.len > 0 || entry->has_detail)
        FAULT(check, "an entry of %s, which is not sealed yet, lost or got its detail",
              moment(check, entry->at_ms).text);
    return true;
}

/* --- heads ------------------------------------------------------------------------------------------------------- */

/* False: nobody whom we know signed it. */
static bool read_head(const Check *check, Str token, AuditHead *ret)
{
    uint8_t kid;

    if (!cose_kid(token, COSE_AUDIT_HEAD, &kid, NULL))
        return false;
    for (size_t i = 0; i < check->input->key_count; i++)
        if (check->input->keys[i].kid == kid && check->input->keys[i].use == COSE_AUDIT_HEAD)
            return audit_head_read(&check->input->keys[i], token, ret, NULL);
    return false;
}

/* The restore that lost what this head was signed over; NULL: none did. */
static const EraStart *lost_by(const Check *check, const AuditHead *head)
{
    for (size_t i = 0; i < check->era_count; i++)
        if (check->eras[i].era > head->era && check->eras[i].position <= head->position)
            return check->eras[i].restored_ms ? &check->eras[i] : NULL;
    return NULL;
}

static bool hold_against(Check *check, const AuditHead *head, const char *source, bool outside, Error *err)
{
    uint8_t hash[AUDIT_HASH_SIZE];
    uint32_t era;
    bool found;

    if (!acts_at(check->transaction, head->position, &found, &era, hash, err))
        return false;
    if (found && era == head->era && memcmp(hash, head->hash, sizeof hash) == 0)
        return true;
    const EraStart *restored = lost_by(check, head);
    if (outside && restored)
        NOTE(check,
             "%s is of era %u; the register was restored on %s, and %" PRId64
             " entries that were sealed by then are not in it",
             source, head->era, moment(check, restored->restored_ms).text, head->position - restored->position + 1);
    else if (!found)
        FAULT(check, "%s was signed on %s over %" PRId64 " entries; the log ends at %" PRId64 ": its end was cut off",
              source, moment(check, head->signed_at_s * 1000).text, head->position, check->position);
    else
        FAULT(check, "%s was signed on %s over another log: entry %" PRId64 " or one before it is not what it was",
              source, moment(check, head->signed_at_s * 1000).text, head->position);
    return true;
}

typedef struct HeadVisit {
    Check *check;
    int64_t position;
} HeadVisit;

static bool visit_head(void *ctx, int64_t position, Str token, Error *err)
{
    HeadVisit *visit = ctx;
    AuditHead head;
    char source[64];

    visit->check->report.heads++;
    visit->position = position;
    snprintf(source, sizeof source, "the database's head of entry %" PRId64, position);
    if (!read_head(visit->check, token, &head) || head.position != position) {
        FAULT(visit->check, "%s is not signed by this register's key", source);
        return true;
    }
    return hold_against(visit->check, &head, source, false, err);
}

/* Heads are signed in the transaction that seals: there is always one for the last entry. */
static bool check_own_heads(Check *check, Error *err)
{
    HeadVisit visit = { check, 0 };
    size_t count = AT_ONCE;

    while (count == AT_ONCE)
        if (!audit_heads_each(check->transaction, visit.position, AT_ONCE, visit_head, &visit, &count, err))
            return false;
    if (visit.position < check->position)
        FAULT(check, "no head was signed for the last entries, %" PRId64 " to %" PRId64 ": heads were taken away",
              visit.position + 1, check->position);
    return true;
}

static bool check_outside_heads(Check *check, Error *err)
{
    for (size_t i = 0; i < check->input->head_count; i++) {
        AuditHead head;

        if (!read_head(check, check->input->heads[i], &head))
            FAULT(check, "%s is no head that this register's key signed", check->input->sources[i]);
        else if (!hold_against(check, &head, check->input->sources[i], true, err))
            return false;
    }
    return true;
}

/* --- all of it --------------------------------------------------------------------------------------------------- */

/* A restore that nobody signed for explains nothing. */
static bool prove_eras(Check *check, Error *err)
{
    for (size_t i = 0; i < check->era_count; i++) {
        EraStart *era = &check->eras[i];
        bool proved = true;

        if (era->restored_ms &&
            !era_proved(check->transaction, check->input->keys, check->input->key_count, era->era, &proved, err))
            return false;
        if (!proved) {
            FAULT(check,
                  "era %u begins at entry %" PRId64 " with a restore on %s that this register's key did not sign for",
                  era->era, era->position, moment(check, era->restored_ms).text);
            era->restored_ms = 0;
            era->forged = true;
        }
    }
    return true;
}

static void say_eras(Check *check)
{
    for (size_t i = 0; i < check->era_count; i++) {
        const EraStart *era = &check->eras[i];

        if (era->restored_ms)
            NOTE(check, "era %u begins at entry %" PRId64 ": the register was restored on %s", era->era, era->position,
                 moment(check, era->restored_ms).text);
        else if (i > 0 && !era->forged)
            FAULT(check, "era %u begins at entry %" PRId64 ", and no entry says that the register was restored",
                  era->era, era->position);
    }
    check->report.eras = (int64_t)check->era_count;
}

static void say_purges(Check *check)
{
    const AuditPurges *purges = &check->purges;
    int64_t from, told, seen;

    check->report.purged = purges->missing - purges->unexplained - purges->early;
    if (purges->silent > 0)
        FAULT(check, "%" PRId64 " entries of purges do not say what they took", purges->silent);
    if (purges->unexplained > 0)
        FAULT(check,
              "%" PRId64 " details are gone, the first of entry %" PRId64 ", and no purge says that it took them",
              purges->unexplained, purges->first_unexplained);
    if (purges->early > 0)
        FAULT(check,
              "%" PRId64 " details are gone before their time, the first of entry %" PRId64
              ": a purge says that it took them, and no purge takes what is so young",
              purges->early, purges->first_early);
    if (!audit_purges_agree(purges, &from, &told, &seen))
        FAULT(check,
              "from entry %" PRId64 " on purges say that they took %" PRId64 " details, and %" PRId64 " are gone", from,
              told, seen);
}

static bool walk(Check *check, Error *err)
{
    size_t count = AT_ONCE;

    check->after = INT64_MIN;
    if (!audit_genesis(str_from(check->input->institution), check->hash, err) ||
        !audit_purges_read(&check->purges, check->transaction, check->input->now_ms, err))
        return false;
    while (count > 0)
        if (!acts_sealed(check->transaction, check->after, AT_ONCE, visit_sealed, check, &count, err))
            return false;
    check->report.last_position = check->position;
    if (!acts_unsealed(check->transaction, UNSEALED_MOST, visit_unsealed, check, &count, err))
        return false;
    if (check->report.unsealed > 0)
        NOTE(check, "%" PRId64 " entries are not sealed yet, the first of %s", check->report.unsealed,
             moment(check, check->waits_ms).text);
    return true;
}

/* A line to the database that breaks has the whole log read once more, of another snapshot. */
static void begin(Check *check, StoreTransaction *transaction)
{
    const AuditInput *input = check->input;
    const bool again = check->transaction != NULL;

    audit_purges_fini(&check->purges);
    *check = (Check){ .input = input, .transaction = transaction };
    audit_purges_init(&check->purges);
    if (again)
        NOTE(check, "the connection to the database broke: the log is read again from its beginning");
}

static bool check_all(StoreTransaction *transaction, void *arg, Error *err)
{
    Check *check = arg;

    begin(check, transaction);
    if (!walk(check, err) || !prove_eras(check, err))
        return false;
    say_eras(check);
    say_purges(check);
    return check_own_heads(check, err) && check_outside_heads(check, err);
}

bool audit_check(Store *store, const AuditInput *input, AuditReport *ret, Error *err)
{
    Check *check = mem_new(1, sizeof *check);
    bool done;

    if (!check)
        return error_set(err, ERR_MEMORY, "audit");
    check->input = input;
    audit_purges_init(&check->purges);
    done = store_read(store, check_all, check, err);
    if (done)
        *ret = check->report;
    audit_purges_fini(&check->purges);
    mem_free(check);
    return done || error_add(err, "audit log");
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

static bool read_keys(StoreTransaction *transaction, void *arg, Error *err)
{
    AuditKeys *known = arg;
    KeyRow rows[AUDIT_KEYS_MOST - 1];
    size_t count;

    known->count = 1;
    known->other = false;
    if (!keys_list(transaction, "audit-head", rows, COUNT(rows), &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].kid == known->keys[0].kid) {
            known->other = memcmp(rows[i].bytes, known->keys[0].bytes, PUBLIC_KEY_SIZE) != 0;
            continue;
        }
        if (strcmp(rows[i].state, "compromised") == 0)
            continue;
        CosePublicKey *key = &known->keys[known->count++];
        *key = (CosePublicKey){ .kid = (uint8_t)rows[i].kid, .use = COSE_AUDIT_HEAD };
        memcpy(key->bytes, rows[i].bytes, sizeof key->bytes);
    }
    return true;
}

bool audit_keys_read(Store *store, const CosePublicKey *own, AuditKeys *ret, Error *err)
{
    *ret = (AuditKeys){ .keys = { *own } };
    return store_read(store, read_keys, ret, err) || error_add(err, "keys of audit heads");
}
