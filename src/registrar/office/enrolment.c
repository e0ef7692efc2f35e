#include "registrar/office/enrolment.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/office/authority.h"
#include "registrar/office/checks.h"
#include "registrar/office/feed.h"
#include "registrar/office/inside.h"
#include "registrar/store/acts.h"
#include "registrar/store/enrol_codes.h"
#include "registrar/store/sessions.h"

#define NONCE_SIZE 12

static bool is_place(const char *place)
{
    Str rest = str_from(place);

    if (rest.len == 0 || rest.len >= sizeof((Kiosk *)0)->place - 5 || !utf8_valid(rest))
        return false;
    while (rest.len)
        if (utf8_is_unwanted(utf8_next(&rest)))
            return false;
    return true;
}

bool kiosk_may_be_added(const char *name, const char *place, Error *err)
{
    if (!enrol_kiosk_valid(name))
        return error_set(err, ERR_ARGUMENT, "a kiosk's name has 1 to %d letters, digits, - and _", API_ID_SIZE - 1);
    return is_place(place) || error_set(err, ERR_ARGUMENT, "a place has 1 to 90 bytes of plain text");
}

/* --- adding ------------------------------------------------------------------------------------------------------- */

typedef struct Registering {
    const char *id, *place, *actor;
    int64_t now_ms;
} Registering;

static bool add(StoreTransaction *transaction, void *arg, Error *err)
{
    const Registering *adding = arg;
    char object[ACTOR_SIZE], place[KIOSK_PLACE_SIZE];

    if (!kiosks_place(transaction, adding->id, place, sizeof place, err))
        return false;
    if (place[0])
        return error_set(err, ERR_EXISTS, "%s is there already, at %s", adding->id, place);
    actor_kiosk(object, adding->id);
    return kiosks_add(transaction, adding->id, adding->place, adding->now_ms / 1000, err) &&
           acts_add(transaction, &(Act){ adding->now_ms, adding->actor, "kiosk.added", object, NULL }, err);
}

bool kiosk_register(Office *office, const char *name, const char *place, const char *actor, Error *err)
{
    Registering adding = { name, place, actor, office_now_ms(office) };

    return (kiosk_may_be_added(name, place, err) && store_write(office->store, add, &adding, err)) ||
           error_add(err, "kiosk");
}

/* --- codes -------------------------------------------------------------------------------------------------------- */

static void key_context(const Office *office, const char *kiosk, Buf *buf)
{
    buf_add_format(buf, "enrol\n%s\n%s", office->config.institution, kiosk);
}

static bool seal_key(const Office *office, const uint8_t key[ENROL_KEY_SIZE], EnrolCodeRow *row, Error *err)
{
    uint8_t nonce[NONCE_SIZE];
    OWNED_BUF context, sealed;

    buf_init(&context, 256);
    buf_init(&sealed, sizeof row->sealed_key);
    key_context(office, row->kiosk, &context);
    if (!buf_ok(&context, err) || !random_fill(&office->config.random, nonce, sizeof nonce, err) ||
        !crypto_seal(office->keys.record, buf_str(&context), (Str){ (const char *)key, ENROL_KEY_SIZE }, nonce, &sealed,
                     err) ||
        !buf_ok(&sealed, err))
        return error_add(err, "key of a code");
    memcpy(row->sealed_key, sealed.data, sealed.len);
    row->sealed_length = sealed.len;
    return true;
}

static bool open_key(const Office *office, const EnrolCodeRow *row, uint8_t ret[ENROL_KEY_SIZE], Error *err)
{
    OWNED_BUF context, plain;

    buf_init(&context, 256);
    buf_init(&plain, 64);
    key_context(office, row->kiosk, &context);
    bool done =
        buf_ok(&context, err) && crypto_open(office->keys.record, buf_str(&context),
                                             (Str){ (const char *)row->sealed_key, row->sealed_length }, &plain, err);
    if (done && plain.len != ENROL_KEY_SIZE)
        done = error_set(err, ERR_CRYPTO, "%zu bytes", plain.len);
    if (done)
        memcpy(ret, plain.data, ENROL_KEY_SIZE);
    mem_wipe(plain.data, plain.len);
    return done || error_add(err, "key of a code");
}

typedef struct Coding {
    const char *actor;
    EnrolCodeRow row;
    int64_t now_ms;
} Coding;

static bool put_code(StoreTransaction *transaction, void *arg, Error *err)
{
    const Coding *coding = arg;
    char object[ACTOR_SIZE];
    KioskStateRow kiosk;
    bool found;

    if (!kiosks_state(transaction, coding->row.kiosk, &found, &kiosk, err))
        return false;
    if (!found)
        return error_set(err, ERR_NOT_FOUND, "there is no kiosk %s", coding->row.kiosk);
    if (kiosk.revoked)
        return error_set(err, ERR_DENIED, "kiosk %s is revoked, for ever: add one of another name", coding->row.kiosk);
    actor_kiosk(object, coding->row.kiosk);
    return enrol_codes_put(transaction, &coding->row, err) &&
           acts_add(transaction, &(Act){ coding->now_ms, coding->actor, "kiosk.code-made", object, NULL }, err);
}

static bool make_code(const Office *office, EnrolCodeRow *row, char ret[ENROL_CODE_SIZE], Error *err)
{
    uint8_t fingerprint[SHA256_SIZE], key[ENROL_KEY_SIZE];
    EnrolCode code = { 0 };
    bool done = keys_authority_fingerprint(office->config.keys_folder, fingerprint, err) &&
                random_fill(&office->config.random, code.secret, sizeof code.secret, err);

    memcpy(code.authority, fingerprint, sizeof code.authority);
    done = done && enrol_key(&code, row->kiosk, key, err) && seal_key(office, key, row, err);
    if (done)
        enrol_code_write(&code, ret);
    mem_wipe(key, sizeof key);
    mem_wipe(&code, sizeof code);
    return done;
}

bool kiosk_code(Office *office, const char *name, const char *actor, char ret[ENROL_CODE_SIZE], Error *err)
{
    Coding coding = { .actor = actor, .now_ms = office_now_ms(office) };
    char code[ENROL_CODE_SIZE];

    if (!enrol_kiosk_valid(name))
        return error_set(err, ERR_NOT_FOUND, "there is no such kiosk");
    str_copy_cut(str_from(name), coding.row.kiosk, sizeof coding.row.kiosk);
    coding.row.tries_left = ENROL_TRIES;
    coding.row.made_at_s = coding.now_ms / 1000;
    coding.row.ends_at_s = coding.row.made_at_s + ENROL_CODE_S;
    bool done = make_code(office, &coding.row, code, err) && store_write(office->store, put_code, &coding, err);
    if (done)
        memcpy(ret, code, sizeof code);
    mem_wipe(code, sizeof code);
    return done || error_add(err, "code of a kiosk");
}

/* --- enrolling ---------------------------------------------------------------------------------------------------- */

typedef struct Enrolling {
    const Office *office;
    const ApiEnrol *enrol;
    uint8_t request_hash[SHA256_SIZE];
    int64_t now_ms;
    ApiProblemKind problem;
    uint8_t key[ENROL_KEY_SIZE];
    KioskCertificate certificate;
    char place[KIOSK_PLACE_SIZE];
} Enrolling;

/* Whether the code, as it stands, opens to this request; one that it does not open to is a try. */
static bool judge(StoreTransaction *transaction, Enrolling *one, EnrolCodeRow *row, bool *ret, Error *err)
{
    bool found, proves;

    *ret = false;
    if (!enrol_codes_get(transaction, one->enrol->kiosk, &found, row, err))
        return false;
    if (!found || row->ends_at_s <= one->now_ms / 1000 || row->tries_left == 0)
        return true;
    if (!open_key(one->office, row, one->key, err) || !enrol_proves(one->enrol, one->key, &proves, err))
        return false;
    const bool again = row->used && memcmp(row->used_by, one->request_hash, sizeof row->used_by) == 0;

    *ret = proves && (!row->used || again);
    if (!*ret)
        row->tries_left--;
    return *ret || enrol_codes_write(transaction, row, err);
}
static_assert(ENROL_HASH_SIZE == SHA256_SIZE, "the hash of a request");

static bool let_in(StoreTransaction *transaction, Enrolling *one, EnrolCodeRow *row, Error *err)
{
    const char *id = one->enrol->kiosk;
    char actor[ACTOR_SIZE];

    actor_kiosk(actor, id);
    row->used = true;
    memcpy(row->used_by, one->request_hash, sizeof row->used_by);
    return kiosks_certificates_end(transaction, id, one->now_ms / 1000, err) &&
           kiosks_certificate_add(transaction, one->certificate.fingerprint, id, one->certificate.not_after_s, err) &&
           enrol_codes_write(transaction, row, err) &&
           kiosks_place(transaction, id, one->place, sizeof one->place, err) &&
           feed_say(transaction, &(FeedEvent){ .what = CHANGED_KIOSK, .kiosk = id, .at_ms = one->now_ms }, err) &&
           acts_add(transaction, &(Act){ one->now_ms, actor, "kiosk.enrolled", actor, NULL }, err);
}

static bool enrol_one(StoreTransaction *transaction, void *arg, Error *err)
{
    Enrolling *one = arg;
    EnrolCodeRow row;
    bool granted;

    one->problem = PROBLEM_NONE;
    if (!judge(transaction, one, &row, &granted, err))
        return false;
    if (!granted) {
        one->problem = PROBLEM_ENROL_REFUSED;
        return true;
    }
    return keys_sign_kiosk(one->office->config.keys_folder, one->enrol->kiosk, str_from(one->enrol->request),
                           one->now_ms / 1000, &one->certificate, err) &&
           let_in(transaction, one, &row, err);
}

static void tell(const Enrolling *one, ApiEnrolled *ret)
{
    const OfficeConfig *config = &one->office->config;

    *ret = (ApiEnrolled){ .demo = config->demo, .utc_offset_minutes = config->utc_offset_minutes };
    memcpy(ret->kiosk, one->enrol->kiosk, sizeof ret->kiosk);
    memcpy(ret->place, one->place, sizeof ret->place);
    memcpy(ret->certificate, one->certificate.pem, sizeof ret->certificate);
    memcpy(ret->authority, one->certificate.authority, sizeof ret->authority);
    str_copy_cut(str_from(config->institution), ret->institution, sizeof ret->institution);
    for (size_t i = 0; i < LANGUAGE_COUNT; i++)
        str_copy_cut(str_from(config->names[i]), ret->names[i], sizeof ret->names[i]);
}
static_assert(sizeof((ApiEnrolled *)0)->place == KIOSK_PLACE_SIZE, "a place fits");

/* Asked before anything is: whether kiosks are enrolled here, and it is a request at all. */
static bool is_asked_well(const Office *office, const char *request, ApiProblem *ret_problem)
{
    Error why = { 0 };

    if (!authority_request_check(str_from(request), &why))
        ret_problem->kind = PROBLEM_BAD_REQUEST;
    else if (!keys_can_sign(office->config.keys_folder))
        ret_problem->kind = PROBLEM_BUSY;
    return ret_problem->kind == PROBLEM_NONE;
}

bool kiosk_enrol(Office *office, const ApiEnrol *enrol, const char *source, ApiProblem *ret_problem, ApiEnrolled *ret,
                 uint8_t ret_key[ENROL_KEY_SIZE], Error *err)
{
    Enrolling one = { .office = office, .enrol = enrol, .now_ms = office_now_ms(office) };
    bool allowed;

    *ret_problem = (ApiProblem){ 0 };
    if (!office_limit(office, "enrol", source, &allowed, &ret_problem->retry_after_s, err))
        return error_add(err, "enrolling");
    if (!allowed) {
        ret_problem->kind = PROBLEM_LIMIT;
        return true;
    }
    if (!is_asked_well(office, enrol->request, ret_problem))
        return true;
    bool done =
        sha256(str_from(enrol->request), one.request_hash, err) && store_write(office->store, enrol_one, &one, err);
    if (done) {
        ret_problem->kind = one.problem;
        LOG(office->log, one.problem == PROBLEM_NONE ? LOG_INFO : LOG_WARN, EVENT_KIOSK_ENROLLED,
            LOG_WORD("kiosk", enrol->kiosk), LOG_WORD("outcome", one.problem == PROBLEM_NONE ? "done" : "refused"));
    }
    if (done && one.problem == PROBLEM_NONE) {
        tell(&one, ret);
        memcpy(ret_key, one.key, ENROL_KEY_SIZE);
    }
    mem_wipe(&one, sizeof one);
    return done || error_add(err, "enrolling");
}

/* --- renewing ----------------------------------------------------------------------------------------------------- */

typedef struct Renewing {
    const char *kiosk;
    const KioskCertificate *certificate;
    int64_t now_ms;
} Renewing;

static bool add_certificate(StoreTransaction *transaction, void *arg, Error *err)
{
    const Renewing *renewing = arg;
    char actor[ACTOR_SIZE];

    actor_kiosk(actor, renewing->kiosk);
    return kiosks_certificate_add(transaction, renewing->certificate->fingerprint, renewing->kiosk,
                                  renewing->certificate->not_after_s, err) &&
           acts_add(transaction, &(Act){ renewing->now_ms, actor, "kiosk.renewed", actor, NULL }, err);
}

bool kiosk_renew(Office *office, const char *fingerprint, const ApiRenewal *renewal, ApiProblem *ret_problem,
                 ApiRenewed *ret, Error *err)
{
    KioskStanding standing;
    KioskCertificate certificate;
    Kiosk kiosk;
    bool allowed;

    *ret_problem = (ApiProblem){ 0 };
    if (!kiosk_by_certificate(office, fingerprint, &standing, &kiosk, err))
        return error_add(err, "renewing");
    const int64_t now_ms = office_now_ms(office);
    if (standing == KIOSK_UNKNOWN || standing == KIOSK_REVOKED ||
        kiosk.certificate_ends_s + RENEW_LATE_S <= now_ms / 1000) {
        ret_problem->kind = PROBLEM_UNKNOWN_KIOSK;
        return true;
    }
    if (!office_limit(office, "renew", kiosk.id, &allowed, &ret_problem->retry_after_s, err))
        return error_add(err, "renewing");
    if (!allowed) {
        ret_problem->kind = PROBLEM_LIMIT;
        return true;
    }
    Renewing renewing = { kiosk.id, &certificate, now_ms };
    if (!is_asked_well(office, renewal->request, ret_problem))
        return true;
    if (!keys_sign_kiosk(office->config.keys_folder, kiosk.id, str_from(renewal->request), now_ms / 1000, &certificate,
                         err) ||
        !store_write(office->store, add_certificate, &renewing, err))
        return error_add(err, "renewing");
    memcpy(ret->certificate, certificate.pem, sizeof ret->certificate);
    LOG(office->log, LOG_INFO, EVENT_KIOSK_RENEWED, LOG_WORD("kiosk", kiosk.id));
    return true;
}
