#include "registrar/office/audit.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "registrar/office/era_proof.h"
#include "registrar/office/inside.h"
#include "registrar/store/acts.h"
#include "registrar/store/alerts.h"
#include "registrar/store/audit_heads.h"
#include "registrar/store/eras.h"

/* --- the head ---------------------------------------------------------------------------------------------------- */

typedef struct Fetching {
    bool found;
    int64_t at_s;
    Buf *token;
} Fetching;

static bool fetch(StoreTransaction *transaction, void *arg, Error *err)
{
    Fetching *fetching = arg;

    return audit_heads_newest(transaction, &fetching->found, &fetching->at_s, fetching->token, err);
}

bool office_audit_head(Office *office, bool *ret_found, AuditHead *ret, Buf *token, Error *err)
{
    Fetching fetching = { .token = token };

    if (!store_read(office->store, fetch, &fetching, err))
        return error_add(err, "audit head");
    *ret_found = fetching.found && audit_head_peek(buf_str(token), ret);
    return true;
}

bool audit_head_text(Office *office, char *ret, size_t size, Error *err)
{
    AuditHead head;
    OWNED_BUF token, text;
    bool found;

    buf_init(&token, AUDIT_HEAD_MOST);
    buf_init(&text, 2 * AUDIT_HEAD_MOST);
    ret[0] = '\0';
    if (!office_audit_head(office, &found, &head, &token, err))
        return false;
    if (found)
        base64url_write(&text, token.data, token.len);
    return buf_ok(&text, err) && (str_copy(buf_str(&text), ret, size) || (ret[0] = '\0') == '\0');
}

typedef struct Entry {
    int64_t position;
    bool found;
    uint32_t era, now_era;
    uint8_t hash[AUDIT_HASH_SIZE];
    const CosePublicKey *key; /* of heads */
    uint32_t kept_era;        /* of the head that somebody kept */
    bool now_proved;          /* a restore began the era of now */
} Entry;

static bool find_entry(StoreTransaction *transaction, void *arg, Error *err)
{
    Entry *entry = arg;

    return institutions_era(transaction, &entry->now_era, err) &&
           acts_at(transaction, entry->position, &entry->found, &entry->era, entry->hash, err);
}

bool office_audit_entry(Office *office, int64_t position, bool *ret_found, uint32_t *ret_era,
                        uint8_t ret_hash[AUDIT_HASH_SIZE], Error *err)
{
    Entry entry = { .position = position };

    if (!store_read(office->store, find_entry, &entry, err))
        return error_add(err, "audit entry");
    *ret_found = entry.found;
    *ret_era = entry.era;
    memcpy(ret_hash, entry.hash, sizeof entry.hash);
    return true;
}

/* --- who remembers ----------------------------------------------------------------------------------------------- */

static bool is_held(const Entry *entry, const AuditHead *head)
{
    if (entry->found && entry->era == head->era)
        return memcmp(entry->hash, head->hash, sizeof entry->hash) == 0;
    return entry->now_era > head->era && entry->now_proved; /* what came after the backup was lost with its era */
}

/* Whether a restore began the era of now costs a signature: it is looked at where only that explains what is missing.
 */
static bool find_what_is_kept(StoreTransaction *transaction, void *arg, Error *err)
{
    Entry *entry = arg;

    if (!find_entry(transaction, entry, err))
        return false;
    return (entry->found && entry->era == entry->kept_era) || entry->now_era <= entry->kept_era ||
           era_proved(transaction, entry->key, 1, entry->now_era, &entry->now_proved, err);
}

typedef struct Alarm {
    int64_t at_s;
    const char *kiosk;
} Alarm;

static bool raise_alarm(StoreTransaction *transaction, void *arg, Error *err)
{
    const Alarm *alarm = arg;
    char object[48];

    snprintf(object, sizeof object, "kiosk:%.36s", alarm->kiosk);
    return alerts_add_once(transaction,
                           &(Alert){ alarm->at_s, "audit.conflict", object,
                                     "this kiosk keeps a head of the audit log that the log does not hold any more:"
                                     " entries were changed or cut off" },
                           err);
}

bool audit_witness(Office *office, const char *kiosk, const char *kept, bool *ret_conflict, Error *err)
{
    AuditHead head;
    Entry entry = { 0 };
    OWNED_BUF token;

    buf_init(&token, AUDIT_HEAD_MOST);
    *ret_conflict = false;
    if (!base64url_read(str_from(kept), &token) || !audit_head_peek(buf_str(&token), &head))
        return true;
    entry.position = head.position;
    entry.key = &office->keys.public_head;
    entry.kept_era = head.era;
    if (!store_read(office->store, find_what_is_kept, &entry, err))
        return error_add(err, "witness of the audit log");
    /* The signature is looked at only now: it costs more than all of this, and every kiosk brings one. */
    if (is_held(&entry, &head) || !audit_head_read(&office->keys.public_head, buf_str(&token), &head, NULL))
        return true;
    *ret_conflict = true;
    LOG(office->log, LOG_ERROR, EVENT_AUDIT_CONFLICT, LOG_WORD("kiosk", kiosk), LOG_NUMBER("position", head.position));
    return store_write(office->store, raise_alarm, &(Alarm){ office_now_s(office), kiosk }, err) ||
           error_add(err, "witness of the audit log");
}
