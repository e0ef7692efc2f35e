#include "registrar/office/cards.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/inside.h"
#include "registrar/office/limits.h"
#include "registrar/office/sessions_inside.h"
#include "registrar/office/students.h"
#include "registrar/store/acts.h"

#define BLOCKED_KEPT_S INT64_C(31622400) /* 366 days */

static const char *const kind_words[] = { [CARD_CHIP] = "chip", [CARD_CODE] = "code" };
static_assert(COUNT(kind_words) == CARD_KIND_COUNT, "as the table's");

static bool hash_card(const Office *office, const ApiCardPin *given, uint8_t ret[CARD_HASH_SIZE], Error *err)
{
    OWNED_BUF text;

    buf_init(&text, 128);
    buf_add_format(&text, "card\n%s\n%s", kind_words[given->kind], given->card);
    return buf_ok(&text, err) &&
           hmac_sha256((Str){ (const char *)office->keys.pepper, KEY_SIZE }, buf_str(&text), ret, err);
}

/* --- its page for a phone ----------------------------------------------------------------------------------------- */

/* Made of the card and of when its PIN was set, under a key of the key folder: told as often as its student asks, and
 * kept nowhere. */
static bool make_token(const Office *office, const uint8_t card_hash[CARD_HASH_SIZE], int64_t set_at_s, Token *ret,
                       Error *err)
{
    uint8_t mac[SHA256_SIZE];
    OWNED_BUF text;

    buf_init(&text, 128);
    buf_add_format(&text, "card's page:%lld:", (long long)set_at_s);
    buf_add(&text, card_hash, CARD_HASH_SIZE);
    if (!buf_ok(&text, err) ||
        !hmac_sha256((Str){ (const char *)office->keys.pepper, KEY_SIZE }, buf_str(&text), mac, err))
        return false;
    *ret = token_make(mac);
    mem_wipe(mac, sizeof mac);
    return true;
}
static_assert(TOKEN_RANDOM_BYTES <= SHA256_SIZE && CARD_HASH_SIZE == SHA256_SIZE, "a hash is enough of either");

static bool hash_door(const Office *office, CardRow *row, Error *err)
{
    Token token = { 0 };
    const bool done = make_token(office, row->card_hash, row->changed_at_s, &token, err) &&
                      sha256(str_from(token.text), row->door_hash, err);

    mem_wipe(&token, sizeof token);
    return done;
}

/* --- blocking ----------------------------------------------------------------------------------------------------- */

typedef struct Blocking {
    int64_t student, now_ms;
    const char *actor, *where;
    int blocked;
} Blocking;

static bool block(StoreTransaction *transaction, void *arg, Error *err)
{
    Blocking *blocking = arg;
    const int64_t now_s = blocking->now_ms / 1000;
    char object[ACTOR_SIZE], detail[48];

    if (!cards_block(transaction, blocking->student, NULL, blocking->where, now_s, now_s + BLOCKED_KEPT_S,
                     &blocking->blocked, err) ||
        !sessions_end_of_card(transaction, blocking->student, err))
        return false;
    actor_student(object, blocking->student);
    (void)snprintf(detail, sizeof detail, "{\"where\":\"%s\"}", blocking->where);
    return blocking->blocked == 0 ||
           acts_add(transaction, &(Act){ blocking->now_ms, blocking->actor, "card.blocked", object, detail }, err);
}

bool cards_block_for(Office *office, int64_t student, const char *actor, const char *where, bool *ret_blocked,
                     Error *err)
{
    Blocking blocking = { .student = student, .now_ms = office_now_ms(office), .actor = actor, .where = where };

    if (!store_write(office->store, block, &blocking, err))
        return error_add(err, "blocking a card");
    *ret_blocked = blocking.blocked > 0;
    return true;
}

bool card_block(Office *office, const Session *session, ApiCard *ret, Error *err)
{
    char actor[ACTOR_SIZE];
    bool blocked;

    actor_student(actor, session->student);
    return cards_block_for(office, session->student, actor, "kiosk", &blocked, err) &&
           card_look(office, session, ret, err);
}

/* --- looking ------------------------------------------------------------------------------------------------------ */

typedef struct Looking {
    int64_t student;
    const uint8_t *hash, *door; /* NULL both: by student */
    bool found;
    CardRow row;
} Looking;

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Looking *looking = arg;

    if (looking->door)
        return cards_find_door(transaction, looking->door, &looking->found, &looking->row, err);
    return looking->hash ? cards_find(transaction, looking->hash, &looking->found, &looking->row, err)
                         : cards_of_student(transaction, looking->student, &looking->found, &looking->row, err);
}

bool card_of_student(Office *office, int64_t student, bool *ret_found, CardRow *ret, Error *err)
{
    Looking looking = { .student = student };

    if (!store_read(office->store, look, &looking, err))
        return error_add(err, "card");
    *ret_found = looking.found;
    *ret = looking.row;
    mem_wipe(&looking, sizeof looking);
    return true;
}

/* tries are spent, whether or not somebody came to write that down. */
static bool is_blocked(const CardRow *row)
{
    return row->blocked || row->tries >= CARD_TRIES;
}

static bool look_door(Office *office, const Token *token, Looking *ret, Error *err)
{
    uint8_t hash[SHA256_SIZE];

    *ret = (Looking){ .door = hash };
    bool done = sha256(str_from(token ? token->text : ""), hash, err) && store_read(office->store, look, ret, err);
    ret->door = NULL;
    return done || error_add(err, "card's page");
}

bool card_door_look(Office *office, const Token *token, bool *ret_found, bool *ret_blocked, Error *err)
{
    Looking looking;

    if (!look_door(office, token, &looking, err))
        return false;
    *ret_found = looking.found;
    *ret_blocked = looking.found && is_blocked(&looking.row);
    mem_wipe(&looking, sizeof looking);
    return true;
}

bool card_door_block(Office *office, const Token *token, bool *ret_found, Error *err)
{
    char actor[ACTOR_SIZE];
    Looking looking;
    bool blocked, done = true;

    if (!look_door(office, token, &looking, err))
        return false;
    *ret_found = looking.found;
    if (looking.found && !is_blocked(&looking.row)) {
        actor_student(actor, looking.row.student);
        done = cards_block_for(office, looking.row.student, actor, "phone", &blocked, err);
    }
    mem_wipe(&looking, sizeof looking);
    return done;
}

/* MODEL.md section 6: after a full sign-in alone. */
static bool may_set(const Session *session)
{
    return !session->weak && !session->visitor && !session->by_card;
}

static bool tell_door(const Office *office, const CardRow *row, ApiCard *ret, Error *err)
{
    Token token = { 0 };
    const bool done = make_token(office, row->card_hash, row->changed_at_s, &token, err) &&
                      office_phone_address(office, 'C', token.text, ret->block_address, sizeof ret->block_address, err);

    mem_wipe(&token, sizeof token);
    return done;
}

bool card_look(Office *office, const Session *session, ApiCard *ret, Error *err)
{
    CardRow row = { 0 };
    bool found;

    if (!card_of_student(office, session->student, &found, &row, err))
        return false;
    *ret = (ApiCard){ .may_set = may_set(session) };
    if (found && !is_blocked(&row) && may_set(session) && !tell_door(office, &row, ret, err))
        return false;
    if (found) {
        ret->state = is_blocked(&row) ? API_CARD_BLOCKED : API_CARD_ACTIVE;
        ret->kind = !strcmp(row.kind, kind_words[CARD_CODE]) ? CARD_CODE : CARD_CHIP;
        ret->since_s = row.changed_at_s;
        ret->used_at_s = row.used_at_s;
        ret->by_wrong_pins = ret->state == API_CARD_BLOCKED && (!row.blocked || !strcmp(row.reason, "tries"));
    }
    mem_wipe(&row, sizeof row);
    return true;
}

/* --- setting a PIN ------------------------------------------------------------------------------------------------ */

/* What somebody who found the card with its owner's name on it tries next: part of the number, the birthday. */
static bool known_of_student(const Session *session, const json_t *profile, const char *pin)
{
    const char *birth = json_string_value(json_object_get(profile, "birth_date")); /* ISO */
    char days[3][9];

    if (strstr(session->number, pin))
        return true;
    if (!birth || strlen(birth) != 10)
        return false;
    (void)snprintf(days[0], sizeof days[0], "%.2s%.2s%.4s", birth + 8, birth + 5, birth); /* 14032006 */
    (void)snprintf(days[1], sizeof days[1], "%.2s%.2s%.2s", birth + 8, birth + 5, birth + 2);
    (void)snprintf(days[2], sizeof days[2], "%.4s%.2s%.2s", birth, birth + 5, birth + 8);
    for (size_t i = 0; i < COUNT(days); i++)
        if (strstr(days[i], pin))
            return true;
    return false;
}

static bool pin_easy(Office *office, const Session *session, const char *pin, bool *ret, Error *err)
{
    OWNED_RECORD record = { 0 };

    if (!record_read(office, session->student, RECORD_PROFILE, &record, err))
        return false;
    *ret = card_pin_easy(str_from(pin)) || known_of_student(session, record_profile(&record), pin);
    return true;
}

typedef struct Setting {
    CardRow row;
    int64_t now_ms;
    bool put;
} Setting;

static bool set(StoreTransaction *transaction, void *arg, Error *err)
{
    Setting *setting = arg;
    const int64_t now_s = setting->now_ms / 1000;
    char actor[ACTOR_SIZE], detail[48];
    int replaced;

    if (!cards_put(transaction, &setting->row, &setting->put, err))
        return false;
    if (!setting->put)
        return true;
    actor_student(actor, setting->row.student);
    (void)snprintf(detail, sizeof detail, "{\"kind\":\"%s\"}", setting->row.kind);
    return cards_block(transaction, setting->row.student, setting->row.card_hash, "replaced", now_s,
                       now_s + BLOCKED_KEPT_S, &replaced, err) &&
           sessions_end_of_card(transaction, setting->row.student, err) &&
           acts_add(transaction, &(Act){ setting->now_ms, actor, "card.pin-set", actor, detail }, err);
}

bool card_set(Office *office, const Session *session, const ApiCardPin *given, ApiProblem *ret_problem, ApiCard *ret,
              Error *err)
{
    Setting setting = { .now_ms = office_now_ms(office) };
    bool easy = false;

    *ret_problem = (ApiProblem){ .kind = may_set(session) ? PROBLEM_NONE : PROBLEM_NOT_ALLOWED };
    if (ret_problem->kind != PROBLEM_NONE)
        return true;
    if (!pin_easy(office, session, given->pin, &easy, err))
        return error_add(err, "card");
    if (easy) {
        ret_problem->kind = PROBLEM_PIN_EASY;
        return true;
    }
    setting.row = (CardRow){ .student = session->student, .changed_at_s = setting.now_ms / 1000 };
    str_copy_cut(str_from(kind_words[given->kind]), setting.row.kind, sizeof setting.row.kind);
    bool done = hash_card(office, given, setting.row.card_hash, err) && hash_door(office, &setting.row, err) &&
                password_make(office->passwords, given->pin, setting.row.pin, err) &&
                store_write(office->store, set, &setting, err);
    if (done && !setting.put)
        ret_problem->kind = PROBLEM_CARD_TAKEN;
    mem_wipe(&setting, sizeof setting);
    if (!done)
        return error_add(err, "card");
    return ret_problem->kind != PROBLEM_NONE || card_look(office, session, ret, err);
}

/* --- signing in --------------------------------------------------------------------------------------------------- */

typedef struct Trying {
    const uint8_t *hash;
    bool found, reserved;
    CardRow row;
} Trying;

/* The row is read after the reservation, so that its tries count this one. */
static bool try_pin(StoreTransaction *transaction, void *arg, Error *err)
{
    Trying *trying = arg;

    return cards_try(transaction, trying->hash, CARD_TRIES, &trying->reserved, err) &&
           cards_find(transaction, trying->hash, &trying->found, &trying->row, err);
}

static bool return_pin(StoreTransaction *transaction, void *arg, Error *err)
{
    const Trying *trying = arg;

    return cards_try_return(transaction, trying->hash, err);
}

/* The last wrong PIN blocks the card; the account's password is nothing to it. */
static bool refuse(Office *office, const Trying *trying, Error *err)
{
    char actor[ACTOR_SIZE];
    bool blocked;

    if (!trying->found || trying->row.tries < CARD_TRIES)
        return true;
    actor_student(actor, trying->row.student);
    return cards_block_for(office, trying->row.student, actor, "tries", &blocked, err);
}

typedef struct CardDoor {
    const Kiosk *kiosk;
    const ApiCardPin *given;
    Trying trying;
    SignInTry try;
} CardDoor;

static bool open_with(Office *office, const CardDoor *door, ApiProblem *ret_problem, SignInOutcome *ret_outcome,
                      ApiSession *ret, Error *err)
{
    bool lost = false;
    const SessionCard card = { door->trying.hash, door->trying.row.pin, &lost };
    const SessionStart start = { .student = door->trying.row.student,
                                 .number = door->trying.row.number,
                                 .way = "card",
                                 .try = &door->try,
                                 .card = &card };

    if (!session_open(office, door->kiosk, &start, ret, err))
        return false;
    *ret_outcome = SIGN_IN_DONE;
    if (lost)
        ret_problem->kind = PROBLEM_CARD_BLOCKED;
    return true;
}

static bool check_pin(Office *office, CardDoor *door, ApiProblem *ret_problem, SignInOutcome *ret_outcome,
                      ApiSession *ret, int *ret_retry_after_s, Error *err)
{
    Trying *trying = &door->trying;
    PasswordVerdict verdict;

    if (!store_write(office->store, try_pin, trying, err))
        return false;
    if (trying->found && !trying->reserved) {
        ret_problem->kind = PROBLEM_CARD_BLOCKED;
        return sign_in_try_return(office, &door->try, err);
    }
    if (!password_check(office->passwords, door->given->pin, trying->found ? trying->row.pin : NULL, &verdict, err))
        return false;
    switch (verdict) {
    case PASSWORD_BUSY:
        *ret_outcome = SIGN_IN_BUSY;
        *ret_retry_after_s = 2;
        return (!trying->found || store_write(office->store, return_pin, trying, err)) &&
               sign_in_try_return(office, &door->try, err);
    case PASSWORD_WRONG: *ret_outcome = SIGN_IN_REFUSED; return refuse(office, trying, err);
    case PASSWORD_RIGHT: return open_with(office, door, ret_problem, ret_outcome, ret, err);
    }
    return error_set(err, ERR_INTERNAL, "verdict");
}

static void log_sign_in(const Office *office, const Kiosk *kiosk, const ApiProblem *problem, SignInOutcome outcome)
{
    static const char *const words[] = {
        [SIGN_IN_DONE] = "done", [SIGN_IN_REFUSED] = "refused", [SIGN_IN_LIMITED] = "limited",
        [SIGN_IN_BUSY] = "busy", [SIGN_IN_AWAY] = "away",       [SIGN_IN_SPENT] = "spent"
    };

    LOG(office->log, LOG_INFO, EVENT_SIGN_IN, LOG_WORD("kiosk", kiosk->id),
        LOG_WORD("result", problem->kind != PROBLEM_NONE ? "blocked" : words[outcome]), LOG_WORD("way", "card"));
}

bool card_sign_in(Office *office, const Kiosk *kiosk, const char *source, const ApiCardPin *given,
                  ApiProblem *ret_problem, SignInOutcome *ret_outcome, ApiSession *ret, int *ret_retry_after_s,
                  Error *err)
{
    uint8_t hash[CARD_HASH_SIZE];
    CardDoor door = { .kiosk = kiosk, .given = given, .trying = { .hash = hash } };
    char account[CARD_TEXT_SIZE + 8];

    *ret_problem = (ApiProblem){ 0 };
    *ret_outcome = SIGN_IN_LIMITED;
    *ret_retry_after_s = 0;
    (void)snprintf(account, sizeof account, "card:%s", given->card);
    bool done =
        hash_card(office, given, hash, err) &&
        sign_in_try_reserve(office, account, kiosk->id, source, &door.try, ret_retry_after_s, err) &&
        (*ret_retry_after_s > 0 || check_pin(office, &door, ret_problem, ret_outcome, ret, ret_retry_after_s, err));
    mem_wipe(account, sizeof account);
    mem_wipe(&door, sizeof door);
    mem_wipe(hash, sizeof hash);
    if (!done)
        return error_add(err, "card");
    log_sign_in(office, kiosk, ret_problem, *ret_outcome);
    return true;
}
