/* The kiosk's side: grants are offered, watched, matched, and give their token. */
#include "registrar/office/grants.h"

#include <stdio.h>
#include <string.h>

#include "base/box.h"
#include "base/memory.h"
#include "registrar/office/checks.h"
#include "registrar/office/feed.h"
#include "registrar/office/freshening.h"
#include "registrar/office/inside.h"
#include "registrar/office/sessions_inside.h"
#include "registrar/store/students.h"

#define ROUNDS_MOST    4 /* a code that is somebody's already is chosen anew */
#define A_ROUND_MOST   32
#define LETTER_COUNT   20
#define LETTER_BYTES   240 /* of a byte's 256 values, so that each letter is as likely */
#define SECRET_BYTES   32
#define USER_CODE_TEXT "user code"
static_assert(sizeof GRANT_LETTERS - 1 == LETTER_COUNT, "as many as wire/grant.h has");
static_assert(GRANT_PHONE_SIZE == GRANT_DEVICE_SIZE, "grant_secret makes both");

/* --- what holds --------------------------------------------------------------------------------------------------- */

static bool is_live(GrantState state)
{
    return state == GRANT_IS_OFFERED || state == GRANT_IS_OPENED || state == GRANT_IS_DIGITS ||
           state == GRANT_IS_MATCHED;
}

GrantState grant_now(const GrantRow *grant, int64_t now_s)
{
    return is_live(grant->state) && now_s >= grant->ends_at_s ? GRANT_IS_EXPIRED : grant->state;
}

bool grant_secret(const Office *office, char ret[GRANT_PHONE_SIZE], Error *err)
{
    uint8_t bytes[SECRET_BYTES];
    OWNED_BUF text;

    buf_init(&text, 64);
    bool done = random_fill(&office->config.random, bytes, sizeof bytes, err);
    if (done)
        base64url_write(&text, bytes, sizeof bytes);
    mem_wipe(bytes, sizeof bytes);
    done = done && buf_ok(&text, err) &&
           (str_copy(buf_str(&text), ret, GRANT_PHONE_SIZE) || error_set(err, ERR_INTERNAL, "secret of a grant"));
    mem_wipe(text.data, text.len);
    return done;
}

bool grant_user_hash(const Office *office, const char *code, uint8_t ret[GRANT_HASH_SIZE], Error *err)
{
    OWNED_BUF text;

    buf_init(&text, 64);
    buf_add_format(&text, USER_CODE_TEXT "\n%s", code ? code : "");
    return buf_ok(&text, err) &&
           hmac_sha256((Str){ (const char *)office->keys.pepper, KEY_SIZE }, buf_str(&text), ret, err);
}
static_assert(GRANT_HASH_SIZE == SHA256_SIZE && GRANT_HASH_SIZE == BOX_KEY_SIZE, "hashes and keys of one size");

bool grant_move(StoreTransaction *transaction, GrantRow *grant, GrantState to, const char *actor, int64_t now_ms,
                Error *err)
{
    const Move move = { .id = grant->id,
                        .from = (int)grant->state,
                        .to = (int)to,
                        .epoch = grant->epoch,
                        .actor = actor,
                        .at_ms = now_ms };

    if (to != GRANT_IS_DIGITS)
        mem_wipe(grant->digits, sizeof grant->digits);
    /* State first: digits and matched are never without a student. */
    if (is_live(to))
        return grants_write(transaction, grant, err) && state_move(transaction, &grant_states, &move, err);
    grant->student = 0;
    return state_move(transaction, &grant_states, &move, err) && grants_write(transaction, grant, err) &&
           grants_put_token(transaction, grant->id, (Str){ 0 }, err);
}

bool grant_say(StoreTransaction *transaction, const GrantRow *grant, int64_t now_ms, Error *err)
{
    const FeedEvent event = { .what = CHANGED_GRANT, .kiosk = grant->kiosk, .id = grant->id, .at_ms = now_ms };

    return feed_say(transaction, &event, err);
}

static void tell(const GrantRow *grant, GrantState now, int64_t now_s, ApiGrant *ret)
{
    static const ApiGrantState told[] = {
        [GRANT_IS_OFFERED] = GRANT_OFFERED, [GRANT_IS_OPENED] = GRANT_OPENED, [GRANT_IS_DIGITS] = GRANT_DIGITS,
        [GRANT_IS_MATCHED] = GRANT_MATCHED, [GRANT_IS_USED] = GRANT_USED,     [GRANT_IS_DENIED] = GRANT_DENIED,
        [GRANT_IS_EXPIRED] = GRANT_EXPIRED,
    };
    static_assert(COUNT(told) == GRANT_STATE_COUNT, "one row per state");

    *ret = (ApiGrant){ .state = told[now], .seconds_left = is_live(now) ? (int)(grant->ends_at_s - now_s) : 0 };
    memcpy(ret->id, grant->id, sizeof ret->id);
}

/* --- offering ----------------------------------------------------------------------------------------------------- */

typedef struct Offering {
    const Kiosk *kiosk;
    GrantRow grant;
    char user_code[GRANT_CODE_LENGTH + 1];
    char device_code[GRANT_DEVICE_SIZE];
    int64_t now_ms;
    bool added;
} Offering;

static bool choose_code(const Random *random, char ret[GRANT_CODE_LENGTH + 1], Error *err)
{
    for (size_t i = 0; i < GRANT_CODE_LENGTH; i++) {
        uint8_t byte;

        do {
            if (!random_fill(random, &byte, sizeof byte, err))
                return false;
        } while (byte >= LETTER_BYTES);
        ret[i] = GRANT_LETTERS[byte % LETTER_COUNT];
    }
    ret[GRANT_CODE_LENGTH] = '\0';
    return true;
}

static bool prepare(const Office *office, Offering *offering, Error *err)
{
    GrantRow *grant = &offering->grant;

    offering->now_ms = office_now_ms(office);
    *grant = (GrantRow){ .tries_left = GRANT_PASSWORDS,
                         .interval_s = GRANT_INTERVAL_S,
                         .made_at_s = offering->now_ms / 1000,
                         .ends_at_s = offering->now_ms / 1000 + GRANT_OFFERED_S,
                         .keep_until_s = offering->now_ms / 1000 + GRANT_KEPT_S };
    memcpy(grant->kiosk, offering->kiosk->id, sizeof grant->kiosk);
    return office_new_id(office, grant->id, err) && grant_secret(office, offering->device_code, err) &&
           choose_code(&office->config.random, offering->user_code, err) &&
           sha256(str_from(offering->device_code), grant->device_hash, err) &&
           box_key(str_from(offering->device_code), grant->box_key, err) &&
           grant_user_hash(office, offering->user_code, grant->user_hash, err);
}

static bool add_grant(StoreTransaction *transaction, void *arg, Error *err)
{
    Offering *offering = arg;
    char actor[ACTOR_SIZE], object[ACTOR_SIZE + 16];
    GrantRow earlier;
    bool found;

    actor_kiosk(actor, offering->kiosk->id);
    if (!grants_of_kiosk(transaction, offering->kiosk->id, &found, &earlier, err) ||
        (found && !grant_move(transaction, &earlier, GRANT_IS_DENIED, actor, offering->now_ms, err)) ||
        !grants_add(transaction, &offering->grant, &offering->added, err))
        return false;
    (void)snprintf(object, sizeof object, "sign-in-grant:%s", offering->grant.id);
    return !offering->added ||
           acts_add(transaction, &(Act){ offering->now_ms, actor, "sign-in-grant.offered", object, NULL }, err);
}

static bool write_offer(const Office *office, const Offering *offering, ApiGrantOffer *ret, Error *err)
{
    OWNED_BUF address;

    *ret = (ApiGrantOffer){ .expires_in = GRANT_OFFERED_S, .interval = GRANT_INTERVAL_S };
    memcpy(ret->grant, offering->grant.id, sizeof ret->grant);
    memcpy(ret->device_code, offering->device_code, sizeof ret->device_code);
    grant_code_grouped(offering->user_code, ret->user_code);
    buf_init(&address, sizeof ret->verification_uri);
    buf_add_format(&address, "https://%s/g", office->config.host);
    return buf_ok(&address, err) &&
           (str_copy(buf_str(&address), ret->verification_uri, sizeof ret->verification_uri) ||
            error_set(err, ERR_RANGE, "address of the phone's page")) &&
           office_phone_address(office, 'G', offering->user_code, ret->verification_uri_complete,
                                sizeof ret->verification_uri_complete, err);
}

bool grant_offer(Office *office, const Kiosk *kiosk, ApiProblem *ret_problem, ApiGrantOffer *ret, Error *err)
{
    Offering offering = { .kiosk = kiosk };
    char source[ACTOR_SIZE];
    bool allowed, done = true;

    *ret_problem = (ApiProblem){ 0 };
    actor_kiosk(source, kiosk->id);
    if (!office_limit(office, "sign-in-grant", source, &allowed, &ret_problem->retry_after_s, err))
        return error_add(err, "grant");
    if (!allowed) {
        ret_problem->kind = PROBLEM_LIMIT;
        return true;
    }
    for (int i = 0; done && i < ROUNDS_MOST && !offering.added; i++)
        done = prepare(office, &offering, err) && store_write(office->store, add_grant, &offering, err);
    done = done && (offering.added || error_set(err, ERR_BUSY, "no code is free")) &&
           write_offer(office, &offering, ret, err);
    mem_wipe(&offering, sizeof offering);
    return done || error_add(err, "grant");
}

/* --- a grant of one's own ----------------------------------------------------------------------------------------- */

typedef struct Watching {
    const Kiosk *kiosk;
    const char *id;
    const char *digits; /* grant_digits alone */
    int64_t now_ms;
    bool found;
    GrantRow grant;
    GrantState now;
} Watching;

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Watching *watching = arg;

    if (!grants_get(transaction, watching->id, &watching->found, &watching->grant, err))
        return false;
    watching->found = watching->found && strcmp(watching->grant.kiosk, watching->kiosk->id) == 0;
    watching->now = grant_now(&watching->grant, watching->now_ms / 1000);
    return true;
}

static void answer(Watching *watching, bool *ret_found, ApiGrant *ret)
{
    *ret_found = watching->found;
    if (watching->found)
        tell(&watching->grant, watching->now, watching->now_ms / 1000, ret);
    mem_wipe(&watching->grant, sizeof watching->grant);
}

bool grant_look(Office *office, const Kiosk *kiosk, const char *id, bool *ret_found, ApiGrant *ret, Error *err)
{
    Watching watching = { .kiosk = kiosk, .id = id, .now_ms = office_now_ms(office) };

    if (!store_read(office->store, look, &watching, err))
        return error_add(err, "grant");
    answer(&watching, ret_found, ret);
    return true;
}

static bool match(StoreTransaction *transaction, void *arg, Error *err)
{
    Watching *watching = arg;
    GrantRow *grant = &watching->grant;
    char actor[ACTOR_SIZE];

    if (!look(transaction, watching, err))
        return false;
    if (!watching->found || watching->now != GRANT_IS_DIGITS)
        return true;
    const bool right = strcmp(grant->digits, watching->digits) == 0;
    watching->now = right ? GRANT_IS_MATCHED : GRANT_IS_DENIED;
    if (right)
        grant->ends_at_s = watching->now_ms / 1000 + GRANT_TAKING_S;
    actor_kiosk(actor, watching->kiosk->id);
    return grant_move(transaction, grant, watching->now, actor, watching->now_ms, err);
}

bool grant_digits(Office *office, const Kiosk *kiosk, const char *id, const char *digits, bool *ret_found,
                  ApiGrant *ret, Error *err)
{
    Watching watching = { .kiosk = kiosk, .id = id, .digits = digits, .now_ms = office_now_ms(office) };

    if (!store_write(office->store, match, &watching, err))
        return error_add(err, "digits of a grant");
    answer(&watching, ret_found, ret);
    return true;
}

static bool withdraw(StoreTransaction *transaction, void *arg, Error *err)
{
    Watching *watching = arg;
    char actor[ACTOR_SIZE];

    if (!look(transaction, watching, err))
        return false;
    actor_kiosk(actor, watching->kiosk->id);
    return !watching->found || !is_live(watching->grant.state) ||
           grant_move(transaction, &watching->grant, GRANT_IS_DENIED, actor, watching->now_ms, err);
}

bool grant_withdraw(Office *office, const Kiosk *kiosk, const char *id, bool *ret_found, Error *err)
{
    Watching watching = { .kiosk = kiosk, .id = id, .now_ms = office_now_ms(office) };

    if (!store_write(office->store, withdraw, &watching, err))
        return error_add(err, "grant");
    *ret_found = watching.found;
    return true;
}

/* --- the token ---------------------------------------------------------------------------------------------------- */

/* A device that asks. */
typedef struct Asking {
    const Kiosk *kiosk;
    uint8_t device_hash[GRANT_HASH_SIZE];
    int64_t now_ms;
    bool matched;
    GrantRefusal refusal;
    GrantRow grant;
    char number[STUDENT_NUMBER_SIZE];
    Buf sealed; /* HEMIS's token */
} Asking;

/* Who asks too soon is to ask more slowly from then on. */
static bool keep_pace(StoreTransaction *transaction, Asking *asking, Error *err)
{
    GrantRow *grant = &asking->grant;
    const int64_t passed_ms = asking->now_ms - grant->asked_at_ms;

    asking->refusal = GRANT_AUTHORIZATION_PENDING;
    if (grant->asked_at_ms != 0 && passed_ms >= 0 && passed_ms < (int64_t)grant->interval_s * 1000 - GRANT_EARLY_MS) {
        asking->refusal = GRANT_SLOW_DOWN;
        grant->interval_s += GRANT_SLOWER_S;
    }
    grant->asked_at_ms = asking->now_ms;
    return grants_write(transaction, grant, err);
}

static bool read_matched(StoreTransaction *transaction, Asking *asking, Error *err)
{
    OWNED_BUF pinfl;

    asking->matched = true;
    buf_init(&pinfl, 256);
    buf_clear(&asking->sealed);
    return students_pinfl(transaction, asking->grant.student, asking->number, &pinfl, err) &&
           grants_token(transaction, asking->grant.id, &asking->sealed, err);
}

static bool ask(StoreTransaction *transaction, void *arg, Error *err)
{
    Asking *asking = arg;
    bool found;

    asking->matched = false;
    asking->refusal = GRANT_INVALID_GRANT;
    if (!grants_by_device(transaction, asking->device_hash, &found, &asking->grant, err))
        return false;
    if (!found || strcmp(asking->grant.kiosk, asking->kiosk->id) != 0)
        return true;
    switch (grant_now(&asking->grant, asking->now_ms / 1000)) {
    case GRANT_IS_OFFERED:
    case GRANT_IS_OPENED:
    case GRANT_IS_DIGITS: return keep_pace(transaction, asking, err);
    case GRANT_IS_MATCHED: return read_matched(transaction, asking, err);
    case GRANT_IS_USED: return true;
    case GRANT_IS_DENIED: asking->refusal = GRANT_ACCESS_DENIED; return true;
    case GRANT_IS_EXPIRED: asking->refusal = GRANT_EXPIRED_TOKEN; return true;
    }
    return true;
}

bool grant_use(StoreTransaction *transaction, const char *id, int64_t now_ms, bool *ret_used, Error *err)
{
    char actor[ACTOR_SIZE];
    GrantRow grant;
    bool found;

    *ret_used = false;
    if (!grants_get(transaction, id, &found, &grant, err))
        return false;
    if (!found || grant_now(&grant, now_ms / 1000) != GRANT_IS_MATCHED)
        return true;
    *ret_used = true;
    actor_student(actor, grant.student);
    return grant_move(transaction, &grant, GRANT_IS_USED, actor, now_ms, err);
}

static bool open_token(const Asking *asking, const char *device_code, HemisToken *ret, Error *err)
{
    OWNED_BUF plain;

    buf_init(&plain, HEMIS_TOKEN_SIZE);
    bool done = box_open(str_from(device_code), str_from(asking->grant.id), buf_str(&asking->sealed), &plain, err) &&
                (str_copy(buf_str(&plain), ret->text, sizeof ret->text) || error_set(err, ERR_INTERNAL, "its size"));
    mem_wipe(plain.data, plain.len);
    return done || error_add(err, "HEMIS's token");
}

static bool give(Office *office, Asking *asking, const char *device_code, bool *ret_given, ApiGrantToken *ret,
                 Error *err)
{
    const bool has_token = asking->sealed.len > 0;
    bool lost = false;
    OWNED_HEMIS_TOKEN token = { 0 };
    const SessionStart start = { .student = asking->grant.student,
                                 .number = asking->number,
                                 .way = "phone",
                                 .weak = asking->grant.weak,
                                 .away = asking->grant.away,
                                 .token = has_token ? &token : NULL,
                                 .grant = asking->grant.id,
                                 .ret_grant_lost = &lost };

    if ((has_token && !open_token(asking, device_code, &token, err)) ||
        !session_open(office, asking->kiosk, &start, &ret->session, err))
        return false;
    *ret_given = !lost;
    if (lost)
        return true;
    LOG(office->log, LOG_INFO, EVENT_SIGN_IN, LOG_WORD("kiosk", asking->kiosk->id), LOG_WORD("result", "done"),
        LOG_WORD("way", "phone"));
    if (has_token)
        freshening_ask(office, asking->grant.student, asking->number, asking->kiosk->id, &token);
    return true;
}

bool grant_token(Office *office, const Kiosk *kiosk, const char *device_code, bool *ret_given,
                 GrantRefusal *ret_refusal, ApiGrantToken *ret, Error *err)
{
    Asking asking = { .kiosk = kiosk, .now_ms = office_now_ms(office) };

    *ret_given = false;
    buf_init(&asking.sealed, GRANT_BOX_MOST);
    bool done = sha256(str_from(device_code), asking.device_hash, err) &&
                store_write(office->store, ask, &asking, err) &&
                (!asking.matched || give(office, &asking, device_code, ret_given, ret, err));
    *ret_refusal = asking.refusal;
    buf_fini(&asking.sealed);
    mem_wipe(&asking.grant, sizeof asking.grant);
    return done || error_add(err, "token of a grant");
}

/* --- expiring ----------------------------------------------------------------------------------------------------- */

typedef struct Ending {
    int64_t now_ms;
    GrantRow grants[A_ROUND_MOST];
    size_t count;
} Ending;

static bool list_overdue(StoreTransaction *transaction, void *arg, Error *err)
{
    Ending *ending = arg;

    return grants_overdue(transaction, ending->now_ms / 1000, ending->grants, A_ROUND_MOST, &ending->count, err);
}

static bool end_overdue(StoreTransaction *transaction, void *arg, Error *err)
{
    Ending *ending = arg;

    if (!list_overdue(transaction, ending, err))
        return false;
    for (size_t i = 0; i < ending->count; i++)
        if (!grant_move(transaction, &ending->grants[i], GRANT_IS_EXPIRED, "office", ending->now_ms, err) ||
            !grant_say(transaction, &ending->grants[i], ending->now_ms, err))
            return false;
    return true;
}

bool grants_time_out(Office *office, Error *err)
{
    Ending ending = { .now_ms = office_now_ms(office) };

    bool done = store_read(office->store, list_overdue, &ending, err) &&
                (ending.count == 0 || store_write(office->store, end_overdue, &ending, err));
    mem_wipe(&ending, sizeof ending);
    return done || error_add(err, "grants");
}
