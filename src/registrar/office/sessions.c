#include "registrar/office/sessions.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/courses.h"
#include "registrar/office/freshening.h"
#include "registrar/office/grants.h"
#include "registrar/office/limits.h"
#include "registrar/office/phone.h"
#include "registrar/office/sessions_inside.h"
#include "registrar/office/sign_in.h"
#include "registrar/office/students.h"
#include "registrar/store/acts.h"
#include "registrar/store/sessions.h"
#include "registrar/store/students.h"

#define SESSION_S         1800
#define BEARER_SIZE       32
#define TOKEN_KEY_PURPOSE "HEMIS's token of a session"

static bool bearer_hash(const char *bearer, uint8_t ret[BEARER_HASH_SIZE], Error *err)
{
    return sha256(str_from(bearer), ret, err);
}

/* --- finding and ending ------------------------------------------------------------------------------------------ */

typedef struct Finding {
    uint8_t hash[BEARER_HASH_SIZE];
    const Kiosk *kiosk;
    int64_t now_ms;
    bool found;
    SessionRow row;
} Finding;

static bool find(StoreTransaction *transaction, void *arg, Error *err)
{
    Finding *finding = arg;

    return sessions_find(transaction, finding->hash, finding->kiosk->id, finding->now_ms / 1000, &finding->found,
                         &finding->row, err);
}

bool session_find(Office *office, const Kiosk *kiosk, const char *bearer, bool *ret_found, Session *ret, Error *err)
{
    Finding finding = { .kiosk = kiosk, .now_ms = office_now_ms(office) };

    if (!bearer_hash(bearer, finding.hash, err) || !store_read(office->store, find, &finding, err))
        return error_add(err, "session");
    *ret_found = finding.found;
    if (finding.found) {
        *ret = (Session){ .student = finding.row.student,
                          .weak = finding.row.weak,
                          .visitor = finding.row.visitor,
                          .by_card = finding.row.by_card,
                          .has_hemis = finding.row.has_tokens,
                          .bearer = bearer,
                          .began_at_s = finding.row.began_at_s,
                          .ends_at_s = finding.row.ends_at_s };
        memcpy(ret->kiosk, kiosk->id, sizeof ret->kiosk);
        memcpy(ret->number, finding.row.number, sizeof ret->number);
        memcpy(ret->bearer_hash, finding.hash, sizeof ret->bearer_hash);
    }
    return true;
}

static bool end(StoreTransaction *transaction, void *arg, Error *err)
{
    Finding *finding = arg;
    char actor[ACTOR_SIZE], object[ACTOR_SIZE];
    bool ended;

    if (!find(transaction, finding, err) || !sessions_end(transaction, finding->hash, finding->kiosk->id, &ended, err))
        return false;
    if (!finding->found)
        return true;
    actor_student(actor, finding->row.student);
    actor_kiosk(object, finding->kiosk->id);
    return phone_links_end_with(transaction, finding->hash, actor, finding->now_ms, err) &&
           acts_add(transaction, &(Act){ finding->now_ms, actor, "session.ended", object, NULL }, err);
}

bool session_end(Office *office, const Kiosk *kiosk, const char *bearer, Error *err)
{
    Finding finding = { .kiosk = kiosk, .now_ms = office_now_ms(office) };

    if (!bearer_hash(bearer, finding.hash, err) || !store_write(office->store, end, &finding, err))
        return error_add(err, "end of a session");
    if (finding.found)
        LOG(office->log, LOG_INFO, EVENT_SESSION_ENDED, LOG_WORD("kiosk", kiosk->id), LOG_WORD("reason", "asked"));
    return true;
}

/* --- signing in -------------------------------------------------------------------------------------------------- */

typedef struct Beginning {
    SessionRow row;
    Buf sealed; /* HEMIS's token: row.sealed_tokens */
    const SignInTry *try;
    const SessionCard *card;
    const char *grant;
    const char *way;
    int64_t now_ms;
    bool away;
    bool lost; /* the card, or the grant, is good no more */
} Beginning;

static bool use_card(StoreTransaction *transaction, Beginning *beginning, Error *err)
{
    bool used = true;

    if (beginning->card &&
        !cards_used(transaction, beginning->card->hash, beginning->card->pin, beginning->now_ms / 1000, &used, err))
        return false;
    beginning->lost = !used;
    return true;
}

static bool use_grant(StoreTransaction *transaction, Beginning *beginning, Error *err)
{
    bool used = true;

    if (beginning->grant && !grant_use(transaction, beginning->grant, beginning->now_ms, &used, err))
        return false;
    beginning->lost = beginning->lost || !used;
    return true;
}

static bool begin_session(StoreTransaction *transaction, void *arg, Error *err)
{
    Beginning *beginning = arg;
    char actor[ACTOR_SIZE], object[ACTOR_SIZE], detail[64];

    if (!use_card(transaction, beginning, err) || !use_grant(transaction, beginning, err))
        return false;
    if (beginning->lost)
        return true;
    actor_student(actor, beginning->row.student);
    actor_kiosk(object, beginning->row.kiosk);
    (void)snprintf(detail, sizeof detail, "{\"way\":\"%s\"%s}", beginning->way,
                   beginning->away ? ",\"hemis\":\"away\"" : "");
    return (!beginning->try || sign_in_try_forgive(transaction, beginning->try, beginning->now_ms / 1000, err)) &&
           sessions_begin(transaction, &beginning->row, err) &&
           acts_add(transaction, &(Act){ beginning->now_ms, actor, "session.begun", object, detail }, err);
}

static bool fill_names(Office *office, int64_t student, ApiSession *ret, Error *err)
{
    OWNED_RECORD record = { 0 };
    const char *given, *full;

    if (!record_read(office, student, RECORD_PROFILE, &record, err))
        return false;
    given = json_string_value(json_object_get(record_profile(&record), "given"));
    full = json_string_value(json_object_get(json_object_get(record_profile(&record), "names"), "uz"));
    str_copy_cut(str_from(given), ret->given_name, sizeof ret->given_name);
    str_copy_cut(str_from(full), ret->full_name, sizeof ret->full_name);
    if (ret->from_verifier)
        ret->as_of_s = record.as_of_s[PART_PROFILE];
    return true;
}

static bool make_bearer(const Office *office, Beginning *beginning, ApiSession *ret, Error *err)
{
    uint8_t bytes[BEARER_SIZE];
    OWNED_BUF bearer;
    bool done;

    buf_init(&bearer, 128);
    done = random_fill(&office->config.random, bytes, sizeof bytes, err);
    if (done)
        base64url_write(&bearer, bytes, sizeof bytes);
    mem_wipe(bytes, sizeof bytes);
    return done && buf_ok(&bearer, err) &&
           (str_copy(buf_str(&bearer), ret->token, sizeof ret->token) || error_set(err, ERR_INTERNAL, "bearer")) &&
           bearer_hash(ret->token, beginning->row.bearer_hash, err);
}

/* In the row a visitor's way is "password", too: what was typed at the glass.  Whose it is, their kind says. */
static const char *way_of_row(const SessionStart *start)
{
    return start->visitor ? "password" : start->way;
}

/* HEMIS's token under a key that is the bearer's alone: who reads the database has neither. */
static bool seal_token(const Office *office, const SessionStart *start, const char *bearer, Beginning *beginning,
                       Error *err)
{
    uint8_t key[32], nonce[12];

    if (!start->token)
        return true;
    bool done = crypto_derive(str_from(bearer), TOKEN_KEY_PURPOSE, key, err) &&
                random_fill(&office->config.random, nonce, sizeof nonce, err) &&
                crypto_seal(key, STR(TOKEN_KEY_PURPOSE), str_from(start->token->text), nonce, &beginning->sealed, err);
    mem_wipe(key, sizeof key);
    beginning->row.sealed_tokens = buf_str(&beginning->sealed);
    return done || error_add(err, "HEMIS's token");
}

bool session_open(Office *office, const Kiosk *kiosk, const SessionStart *start, ApiSession *ret, Error *err)
{
    Beginning beginning = { .try = start->try,
                            .card = start->card,
                            .grant = start->grant,
                            .way = start->way,
                            .away = start->away,
                            .now_ms = office_now_ms(office) };
    ApiSession session = { .weak = start->weak || start->visitor,
                           .visitor = start->visitor,
                           .from_verifier = start->away,
                           .seconds_left = SESSION_S };

    beginning.row = (SessionRow){ .student = start->student,
                                  .way = way_of_row(start),
                                  .weak = session.weak,
                                  .began_at_s = beginning.now_ms / 1000,
                                  .ends_at_s = beginning.now_ms / 1000 + SESSION_S };
    memcpy(beginning.row.kiosk, kiosk->id, sizeof beginning.row.kiosk);
    str_copy_cut(str_from(start->number), session.number, sizeof session.number);
    buf_init(&beginning.sealed, HEMIS_TOKEN_SIZE + 64);
    bool done =
        make_bearer(office, &beginning, &session, err) && seal_token(office, start, session.token, &beginning, err) &&
        fill_names(office, start->student, &session, err) && store_write(office->store, begin_session, &beginning, err);
    if (done && start->card)
        *start->card->ret_lost = beginning.lost;
    if (done && start->grant)
        *start->ret_grant_lost = beginning.lost;
    if (done && !beginning.lost) {
        *ret = session;
        if (!start->visitor)
            courses_ask(office, start->student, start->number, kiosk->id);
    }
    mem_wipe(&session, sizeof session);
    buf_fini(&beginning.sealed);
    return done;
}

typedef struct Opening {
    uint8_t hash[BEARER_HASH_SIZE];
    int64_t now_s;
    Buf sealed;
} Opening;

static bool read_sealed(StoreTransaction *transaction, void *arg, Error *err)
{
    Opening *opening = arg;

    buf_clear(&opening->sealed);
    return sessions_tokens(transaction, opening->hash, opening->now_s, &opening->sealed, err);
}

static bool open_token(const char *bearer, Str sealed, HemisToken *ret, Error *err)
{
    uint8_t key[32];
    OWNED_BUF plain;

    buf_init(&plain, HEMIS_TOKEN_SIZE);
    bool done = crypto_derive(str_from(bearer), TOKEN_KEY_PURPOSE, key, err) &&
                crypto_open(key, STR(TOKEN_KEY_PURPOSE), sealed, &plain, err) &&
                (str_copy(buf_str(&plain), ret->text, sizeof ret->text) || error_set(err, ERR_INTERNAL, "its size"));
    mem_wipe(key, sizeof key);
    mem_wipe(plain.data, plain.len);
    return done;
}

bool session_hemis_token(Office *office, const char *bearer, bool *ret_found, HemisToken *ret, Error *err)
{
    Opening opening = { .now_s = office_now_s(office) };

    *ret_found = false;
    hemis_token_wipe(ret);
    buf_init(&opening.sealed, HEMIS_TOKEN_SIZE + 64);
    bool done = bearer_hash(bearer, opening.hash, err) && store_read(office->store, read_sealed, &opening, err);
    if (done && opening.sealed.len > 0) {
        done = open_token(bearer, buf_str(&opening.sealed), ret, err);
        *ret_found = done;
    }
    buf_fini(&opening.sealed);
    return done || error_add(err, "HEMIS's token");
}

static bool open_found(Office *office, const Kiosk *kiosk, const SignInFound *found, ApiSession *ret, Error *err)
{
    return session_open(office, kiosk,
                        &(SessionStart){ .student = found->student,
                                         .number = found->number,
                                         .way = "password",
                                         .weak = found->weak,
                                         .away = found->away,
                                         .token = found->has_token ? &found->token : NULL,
                                         .try = &found->try },
                        ret, err);
}

bool sign_in(Office *office, const Kiosk *kiosk, const char *source, const ApiSignIn *given, SignInOutcome *ret_outcome,
             ApiSession *ret, int *ret_retry_after_s, Error *err)
{
    OWNED_SIGN_IN_FOUND found;

    if (!sign_in_who(office, kiosk->id, source, given, ret_outcome, &found, ret_retry_after_s, err) ||
        (*ret_outcome == SIGN_IN_DONE && !open_found(office, kiosk, &found, ret, err)))
        return false;
    if (*ret_outcome == SIGN_IN_DONE && found.has_token)
        freshening_ask(office, found.student, found.number, kiosk->id, &found.token);
    return true;
}
