#include "registrar/office/kiosks.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/file.h"
#include "registrar/office/audit.h"
#include "registrar/office/feed.h"
#include "registrar/office/information.h"
#include "registrar/office/live.h"
#include "registrar/office/notices.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/office/theme.h"
#include "registrar/store/acts.h"
#include "registrar/store/enrol_codes.h"
#include "registrar/store/kiosks.h"
#include "registrar/store/print_jobs.h"
#include "registrar/store/sessions.h"
#include "wire/enrol.h"

/* A heartbeat that was on its way while somebody signed in does not end what began after it was written. */
#define BEAT_ON_ITS_WAY_S 15
#define LOOKED_UP_MS      1000 /* MODEL.md section 3: a certificate's state is at most so old */

/* --- by certificate ---------------------------------------------------------------------------------------------- */

static bool find(StoreTransaction *transaction, void *arg, Error *err)
{
    FoundKiosk *found = arg;

    return kiosks_by_certificate(transaction, found->fingerprint, &found->known, &found->row, err);
}

static bool look_up(Office *office, const char *fingerprint, FoundKiosk *found, Error *err)
{
    const int64_t now_ms = clock_monotonic_ms(&office->config.clock);
    uint8_t key[MEMO_KEY_SIZE];

    if (!hex_parse(str_from(fingerprint), key, sizeof key))
        return true; /* no certificate, or none that we could have given */
    if (memo_get(office->certificates, key, now_ms, found))
        return true;
    str_copy_cut(str_from(fingerprint), found->fingerprint, sizeof found->fingerprint);
    if (!store_read(office->store, find, found, err))
        return error_add(err, "kiosk");
    memo_put(office->certificates, key, now_ms, now_ms + LOOKED_UP_MS, found);
    return true;
}

bool kiosk_by_certificate(Office *office, const char *fingerprint, KioskStanding *ret_standing, Kiosk *ret, Error *err)
{
    FoundKiosk found = { 0 };

    if (!look_up(office, fingerprint ? fingerprint : "", &found, err))
        return false;
    *ret = (Kiosk){ 0 };
    *ret_standing = KIOSK_UNKNOWN;
    if (!found.known)
        return true;
    memcpy(ret->id, found.row.id, sizeof ret->id);
    memcpy(ret->place, found.row.place, sizeof ret->place);
    ret->certificate_ends_s = found.row.not_after_s;
    if (found.row.revoked)
        *ret_standing = KIOSK_REVOKED;
    else
        *ret_standing = found.row.not_after_s <= office_now_s(office) ? KIOSK_CERTIFICATE_EXPIRED : KIOSK_KNOWN;
    return true;
}

typedef struct Place {
    const char *kiosk;
    char *text;
} Place;

static bool read_place(StoreTransaction *transaction, void *arg, Error *err)
{
    const Place *place = arg;

    return kiosks_place(transaction, place->kiosk, place->text, KIOSK_PLACE_SIZE, err);
}

bool kiosk_place(Office *office, const char *kiosk, char ret[KIOSK_PLACE_SIZE], Error *err)
{
    Place place = { kiosk, ret };

    return store_read(office->store, read_place, &place, err) || error_add(err, "place of a kiosk");
}

/* --- adding ------------------------------------------------------------------------------------------------------ */

typedef struct Adding {
    const char *id, *place;
    char fingerprint[FINGERPRINT_SIZE];
    int64_t not_after_s, now_ms;
} Adding;

static bool add(StoreTransaction *transaction, void *arg, Error *err)
{
    const Adding *adding = arg;
    char object[48];

    snprintf(object, sizeof object, "kiosk:%s", adding->id);
    return kiosks_add(transaction, adding->id, adding->place, adding->now_ms / 1000, err) &&
           kiosks_certificate_add(transaction, adding->fingerprint, adding->id, adding->not_after_s, err) &&
           acts_add(transaction, &(Act){ adding->now_ms, "command-line", "kiosk.added", object, NULL }, err);
}

/* Into an INI file: a value ends with its line, and ';' would begin a comment. */
static void write_value(Buf *ini, const char *key, const char *value)
{
    buf_add_format(ini, "%s = ", key);
    for (const char *c = value; *c; c++)
        buf_add_byte(ini, *c == ';' || (unsigned char)*c < ' ' ? ' ' : (uint8_t)*c);
    buf_add_byte(ini, '\n');
}

static bool write_ini(const Office *office, const Adding *adding, const char *address, const char *folder, Error *err)
{
    const OfficeConfig *config = &office->config;
    char path[PATH_MAX];
    OWNED_BUF ini;

    buf_init(&ini, 8192);
    buf_add_text(&ini, "; Written by `registrar kiosk add`; kiosk/kiosk.ini explains every key.\n[registrar]\n");
    write_value(&ini, "address", address);
    buf_add_text(&ini, "ca = ca.pem\ncertificate = certificate.pem\nkey = key.pem\n\n[kiosk]\n");
    write_value(&ini, "id", adding->id);
    write_value(&ini, "place", adding->place);
    buf_add_text(&ini, "\n[institution]\n");
    write_value(&ini, "id", config->institution);
    write_value(&ini, "demo", config->demo ? "yes" : "no");
    buf_add_format(&ini, "utc_offset_minutes = %d\n", config->utc_offset_minutes);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        char key[32];

        snprintf(key, sizeof key, "name_%s", language_key((Language)i));
        write_value(&ini, key, config->names[i]);
    }
    buf_add_text(&ini, "\n; Which printer stands beside it:\n; [printer]\n; uri = ipp://ADDRESS/ipp/print\n");
    return buf_ok(&ini, err) && path_join(path, sizeof path, folder, "kiosk.ini", err) &&
           file_write(path, 0600, buf_str(&ini), err);
}

/* Asked before anything is written; the table's key holds it against two that add at once. */
static bool refuse_known(StoreTransaction *transaction, void *arg, Error *err)
{
    const Adding *adding = arg;
    char place[KIOSK_PLACE_SIZE];

    if (!kiosks_place(transaction, adding->id, place, sizeof place, err))
        return false;
    return !place[0] || error_set(err, ERR_EXISTS, "%s is there already, at %s", adding->id, place);
}

bool kiosk_add(Office *office, const char *name, const char *place, const char *address, const char *folder, Error *err)
{
    Adding adding = { .id = name, .place = place, .now_ms = office_now_ms(office) };

    if (!kiosk_may_be_added(name, place, err))
        return false;
    if (!enrol_address_valid(address))
        return error_set(err, ERR_ARGUMENT, "an address is https://, a host, and perhaps a port");
    return (store_read(office->store, refuse_known, &adding, err) && folder_make(folder, 0700, err) &&
            keys_issue_kiosk(office->config.keys_folder, name, folder, adding.now_ms / 1000, adding.fingerprint,
                             &adding.not_after_s, err) &&
            write_ini(office, &adding, address, folder, err) && store_write(office->store, add, &adding, err)) ||
           error_add(err, "kiosk");
}

/* --- revoking ---------------------------------------------------------------------------------------------------- */

typedef struct Revoking {
    const char *id, *actor;
    int64_t now_ms;
} Revoking;

static bool revoke(StoreTransaction *transaction, void *arg, Error *err)
{
    const Revoking *revoking = arg;
    char place[KIOSK_PLACE_SIZE], object[ACTOR_SIZE];

    if (!kiosks_place(transaction, revoking->id, place, sizeof place, err))
        return false;
    if (!place[0])
        return error_set(err, ERR_NOT_FOUND, "there is no kiosk %.40s", revoking->id);
    actor_kiosk(object, revoking->id);
    return kiosks_revoke(transaction, revoking->id, revoking->now_ms / 1000, err) &&
           enrol_codes_drop(transaction, revoking->id, err) &&
           print_jobs_lapse(transaction, revoking->id, revoking->now_ms / 1000, err) &&
           feed_say(transaction,
                    &(FeedEvent){ .what = CHANGED_KIOSK, .kiosk = revoking->id, .at_ms = revoking->now_ms }, err) &&
           acts_add(transaction, &(Act){ revoking->now_ms, revoking->actor, "kiosk.revoked", object, NULL }, err);
}

bool kiosk_revoke(Office *office, const char *name, const char *actor, Error *err)
{
    Revoking revoking = { name, actor, office_now_ms(office) };

    return store_write(office->store, revoke, &revoking, err) || error_add(err, "revoking");
}

/* --- heartbeats -------------------------------------------------------------------------------------------------- */

typedef struct Beat {
    const Kiosk *kiosk;
    const ApiHeartbeat *heartbeat;
    int64_t now_s;
    bool ended;
} Beat;

/* Nobody stands at the glass: a session that is still there was not signed out (a lost answer, a crash). */
static bool nobody_is_there(const ApiHeartbeat *heartbeat)
{
    return strcmp(heartbeat->screen, "attract") == 0 || strcmp(heartbeat->screen, "out-of-service") == 0;
}

static bool end_session(StoreTransaction *transaction, Beat *one, Error *err)
{
    char actor[ACTOR_SIZE];

    if (!sessions_end_at(transaction, one->kiosk->id, one->now_s - BEAT_ON_ITS_WAY_S, &one->ended, err))
        return false;
    if (!one->ended)
        return true;
    actor_kiosk(actor, one->kiosk->id);
    return acts_add(transaction, &(Act){ one->now_s * 1000, actor, "session.ended", actor, NULL }, err);
}

static bool beat(StoreTransaction *transaction, void *arg, Error *err)
{
    Beat *one = arg;

    bool changed;

    one->ended = false;
    return kiosks_seen(transaction, one->kiosk->id, one->heartbeat->version, one->heartbeat->screen,
                       one->heartbeat->printer, one->now_s, &changed, err) &&
           (!changed || desk_tell(transaction, "printers", err)) &&
           (!nobody_is_there(one->heartbeat) || end_session(transaction, one, err));
}

bool kiosk_heartbeat(Office *office, const Kiosk *kiosk, const ApiHeartbeat *heartbeat, ApiHeartbeatAnswer *ret,
                     Error *err)
{
    OWNED(Shelf) shelf = shelf_take(office);
    Beat one = { kiosk, heartbeat, office_now_s(office), false };
    ApiHeartbeatAnswer known = { .now_s = one.now_s };
    OWNED_BUF notices;
    char until[8];

    buf_init(&notices, NOTICES_BYTES_MOST);
    if (!store_write(office->store, beat, &one, err) ||
        !notices_of_kiosk(office, kiosk, &notices, known.notices, err) || !theme_version(office, known.theme, err) ||
        !office_information_version(office, known.information, err) ||
        !audit_witness(office, kiosk->id, heartbeat->audit_kept, &known.audit_conflict, err) ||
        !audit_head_text(office, known.audit_head, sizeof known.audit_head, err))
        return error_add(err, "heartbeat");
    if (one.ended)
        LOG(office->log, LOG_INFO, EVENT_SESSION_ENDED, LOG_WORD("kiosk", kiosk->id), LOG_WORD("reason", "heartbeat"));
    known.hall = institution_topics(office->institution)->count > 0;
    known.phone_sign_in = true;
    *ret = known;
    institution_open_until(office->institution, one.now_s * 1000, until);
    str_copy_cut(str_from(until), ret->office_hours, sizeof ret->office_hours);
    str_copy_cut(str_from(catalogue_version(shelf_catalogue(shelf))), ret->catalogue, sizeof ret->catalogue);
    str_copy_cut(STR("1"), ret->settings, sizeof ret->settings); /* settings of a fleet come with its issue */
    memcpy(ret->place, kiosk->place, sizeof ret->place);
    return true;
}
