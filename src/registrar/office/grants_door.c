/* The phone's side: whoever has a user code looks, opens it, signs in, consents, and is shown two digits. */
#include "registrar/office/grants.h"

#include <string.h>

#include "base/box.h"
#include "base/memory.h"
#include "registrar/office/checks.h"
#include "registrar/office/inside.h"
#include "registrar/office/limits.h"
#include "registrar/office/newcomers.h"
#include "registrar/office/persons.h"
#include "registrar/office/phone.h"
#include "registrar/office/sign_in.h"
#include "registrar/office/students.h"

#define UNKNOWN_CODE "unknown-user-code" /* of office_limit */

/* --- what a phone finds ------------------------------------------------------------------------------------------- */

GrantDoor grant_door(const GrantRow *grant, GrantState now, const uint8_t *phone_hash)
{
    static const uint8_t nobody[GRANT_HASH_SIZE];
    const bool ours = phone_hash && memcmp(grant->phone_hash, nobody, GRANT_HASH_SIZE) != 0 &&
                      memcmp(grant->phone_hash, phone_hash, GRANT_HASH_SIZE) == 0;

    switch (now) {
    case GRANT_IS_OFFERED: return GRANT_DOOR_CLOSED;
    case GRANT_IS_OPENED:
        if (!ours)
            return GRANT_DOOR_OTHER;
        return grant->student ? GRANT_DOOR_CONSENT : GRANT_DOOR_PASSWORD;
    case GRANT_IS_DIGITS: return ours ? GRANT_DOOR_DIGITS : GRANT_DOOR_OTHER;
    case GRANT_IS_MATCHED:
    case GRANT_IS_USED: return ours ? GRANT_DOOR_DONE : GRANT_DOOR_GONE;
    case GRANT_IS_DENIED: return ours ? GRANT_DOOR_DENIED : GRANT_DOOR_GONE;
    case GRANT_IS_EXPIRED: return ours ? GRANT_DOOR_EXPIRED : GRANT_DOOR_GONE;
    }
    return GRANT_DOOR_GONE;
}

/* Whoever comes to the door, and what they found. */
typedef struct Coming {
    Office *office;
    const GrantCaller *caller;
    uint8_t user_hash[GRANT_HASH_SIZE], phone_hash[GRANT_HASH_SIZE];
    bool has_phone;
    bool may_ask; /* the source has an allowance left */
    int wait_s;
    int64_t now_ms;
    GrantRow grant;
    GrantDoor door;
    char place[KIOSK_PLACE_SIZE];
    /* opening; consenting */
    uint8_t new_phone_hash[GRANT_HASH_SIZE];
    char digits[3];
    bool moved;
    /* signing in */
    SignInOutcome outcome;
    const SignInFound *found;
    Buf *sealed;
    GrantPage page;
    bool by_page; /* on somebody else's: no password was tried here */
} Coming;

static bool coming_init(Coming *coming, Office *office, const GrantCaller *caller, Error *err)
{
    *coming = (Coming){ .office = office, .caller = caller, .now_ms = office_now_ms(office) };
    coming->has_phone = caller->phone && caller->phone[0];
    return grant_user_hash(office, caller->code, coming->user_hash, err) &&
           phone_hash(coming->has_phone ? caller->phone : "", coming->phone_hash, err) &&
           office_limit_look(office, UNKNOWN_CODE, caller->source, &coming->may_ask, &coming->wait_s, err);
}

static bool is_ours(GrantDoor door)
{
    return door != GRANT_DOOR_GONE && door != GRANT_DOOR_LIMITED && door != GRANT_DOOR_CLOSED &&
           door != GRANT_DOOR_OTHER;
}

/* What a source that guessed too often is not told: that a code is somebody's.  The phone that opened one knows. */
static bool come(StoreTransaction *transaction, void *arg, Error *err)
{
    Coming *coming = arg;
    GrantRow *grant = &coming->grant;
    bool found;

    coming->door = GRANT_DOOR_GONE;
    if (!grants_by_user(transaction, coming->user_hash, &found, grant, err))
        return false;
    if (found)
        coming->door =
            grant_door(grant, grant_now(grant, coming->now_ms / 1000), coming->has_phone ? coming->phone_hash : NULL);
    if (!is_ours(coming->door) && !coming->may_ask)
        coming->door = GRANT_DOOR_LIMITED;
    return coming->door == GRANT_DOOR_GONE || coming->door == GRANT_DOOR_LIMITED ||
           kiosks_place(transaction, grant->kiosk, coming->place, sizeof coming->place, err);
}

static bool name_student(Office *office, int64_t student, PaperTitle *ret, Error *err)
{
    OWNED_RECORD record = { 0 };

    if (!record_read(office, student, RECORD_PROFILE, &record, err))
        return false;
    const json_t *names = json_object_get(record_profile(&record), "names");
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        const char *name = json_string_value(json_object_get(names, language_tag((Language)language)));

        str_copy_cut(str_from(name), ret->in[language], sizeof ret->in[language]);
    }
    return true;
}

static bool has_page(const Office *office, GrantPage page)
{
    if (page == GRANT_PAGE_ONEID)
        return office->config.oneid != NULL;
    return office->config.hemis && hemis_has_page(office->config.hemis);
}

/* A code that nobody has costs its source one. */
static bool show(Coming *coming, GrantView *ret, Error *err)
{
    const GrantRow *grant = &coming->grant;
    bool done = true, allowed;

    *ret = (GrantView){ .door = coming->door, .wait_s = coming->wait_s };
    if (coming->door == GRANT_DOOR_GONE) {
        done = office_limit(coming->office, UNKNOWN_CODE, coming->caller->source, &allowed, &ret->wait_s, err);
        if (done && !allowed)
            ret->door = GRANT_DOOR_LIMITED;
    } else if (coming->door != GRANT_DOOR_LIMITED) {
        const int64_t left_s = grant->ends_at_s - coming->now_ms / 1000;

        str_copy_cut(str_from(grant->kiosk), ret->kiosk, sizeof ret->kiosk);
        memcpy(ret->place, coming->place, sizeof ret->place);
        ret->tries_left = grant->tries_left;
        ret->seconds_left = left_s > 0 ? (int)left_s : 0;
        for (int page = 0; page < GRANT_PAGE_COUNT; page++)
            ret->has_page[page] = coming->door == GRANT_DOOR_PASSWORD && has_page(coming->office, (GrantPage)page);
        if (coming->door == GRANT_DOOR_DIGITS)
            memcpy(ret->digits, grant->digits, sizeof ret->digits);
        if (coming->door == GRANT_DOOR_CONSENT)
            done = name_student(coming->office, grant->student, &ret->name, err);
    }
    mem_wipe(&coming->grant, sizeof coming->grant);
    return done;
}

bool grant_door_look(Office *office, const GrantCaller *caller, GrantView *ret, Error *err)
{
    Coming coming;

    return (coming_init(&coming, office, caller, err) && store_read(office->store, come, &coming, err) &&
            show(&coming, ret, err)) ||
           error_add(err, "phone's sign-in");
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static bool open_grant(StoreTransaction *transaction, void *arg, Error *err)
{
    Coming *coming = arg;

    coming->moved = false;
    if (!come(transaction, coming, err))
        return false;
    if (coming->door != GRANT_DOOR_CLOSED)
        return true;
    memcpy(coming->grant.phone_hash, coming->new_phone_hash, sizeof coming->grant.phone_hash);
    coming->moved = true;
    coming->door = GRANT_DOOR_PASSWORD;
    return grant_move(transaction, &coming->grant, GRANT_IS_OPENED, "phone", coming->now_ms, err) &&
           grant_say(transaction, &coming->grant, coming->now_ms, err);
}

bool grant_door_open(Office *office, const GrantCaller *caller, GrantView *ret, char ret_phone[GRANT_PHONE_SIZE],
                     Error *err)
{
    char made[GRANT_PHONE_SIZE];
    Coming coming;

    ret_phone[0] = '\0';
    bool done = coming_init(&coming, office, caller, err) && grant_secret(office, made, err) &&
                phone_hash(made, coming.new_phone_hash, err) && store_write(office->store, open_grant, &coming, err);
    if (done && coming.moved)
        memcpy(ret_phone, made, sizeof made);
    mem_wipe(made, sizeof made);
    return (done && show(&coming, ret, err)) || error_add(err, "phone's sign-in");
}

/* --- number and password ------------------------------------------------------------------------------------------ */

/* Reserved before the password is looked at: five are five, however many are sent at once. */
static bool reserve_try(StoreTransaction *transaction, void *arg, Error *err)
{
    Coming *coming = arg;

    coming->moved = false;
    if (!come(transaction, coming, err))
        return false;
    if (coming->door != GRANT_DOOR_PASSWORD || coming->grant.tries_left == 0)
        return true;
    coming->grant.tries_left--;
    coming->moved = true;
    return grants_write(transaction, &coming->grant, err);
}

static bool let_in(StoreTransaction *transaction, Coming *coming, Error *err)
{
    GrantRow *grant = &coming->grant;

    grant->student = coming->found->student;
    grant->weak = coming->found->weak;
    grant->away = coming->found->away;
    coming->door = GRANT_DOOR_CONSENT;
    return grants_write(transaction, grant, err) &&
           grants_put_token(transaction, grant->id, buf_str(coming->sealed), err);
}

/* A right password forgives the try wherever it was counted, also when the grant's time was over meanwhile. */
static bool settle_try(StoreTransaction *transaction, void *arg, Error *err)
{
    Coming *coming = arg;
    GrantRow *grant = &coming->grant;
    const bool right = coming->outcome == SIGN_IN_DONE;

    if (!come(transaction, coming, err) ||
        (right && !coming->by_page &&
         !sign_in_try_forgive(transaction, &coming->found->try, coming->now_ms / 1000, err)))
        return false;
    if (coming->door != GRANT_DOOR_PASSWORD)
        return true;
    if (coming->outcome != SIGN_IN_REFUSED)
        grant->tries_left++;
    if (right)
        return let_in(transaction, coming, err);
    if (grant->tries_left > 0)
        return grants_write(transaction, grant, err);
    coming->door = GRANT_DOOR_DENIED;
    return grant_move(transaction, grant, GRANT_IS_DENIED, "phone", coming->now_ms, err) &&
           grant_say(transaction, grant, coming->now_ms, err);
}

static bool seal_token(Coming *coming, Error *err)
{
    uint8_t random[BOX_KEY_SIZE];

    if (!coming->found->has_token)
        return true;
    bool done = random_fill(&coming->office->config.random, random, sizeof random, err) &&
                box_seal(coming->grant.box_key, random, str_from(coming->grant.id), str_from(coming->found->token.text),
                         coming->sealed, err);
    mem_wipe(random, sizeof random);
    return done || error_add(err, "HEMIS's token");
}

static bool try_password(Coming *coming, const ApiSignIn *given, int *ret_retry_after_s, Error *err)
{
    Office *office = coming->office;
    OWNED_SIGN_IN_FOUND found = { 0 };
    OWNED_BUF sealed;

    buf_init(&sealed, GRANT_BOX_MOST);
    coming->found = &found;
    coming->sealed = &sealed;
    if (!sign_in_who(office, coming->grant.kiosk, coming->caller->source, given, &coming->outcome, &found,
                     ret_retry_after_s, err) ||
        (coming->outcome == SIGN_IN_DONE && !seal_token(coming, err)))
        return false;
    coming->now_ms = office_now_ms(office);
    return store_write(office->store, settle_try, coming, err);
}

bool grant_door_sign_in(Office *office, const GrantCaller *caller, const ApiSignIn *given, bool *ret_tried,
                        SignInOutcome *ret_outcome, int *ret_retry_after_s, GrantView *ret, Error *err)
{
    Coming coming;

    *ret_tried = false;
    *ret_retry_after_s = 0;
    bool done = coming_init(&coming, office, caller, err) && store_write(office->store, reserve_try, &coming, err);
    if (done && coming.moved) {
        done = try_password(&coming, given, ret_retry_after_s, err);
        *ret_tried = true;
        *ret_outcome = coming.outcome;
    }
    return (done && show(&coming, ret, err)) || error_add(err, "phone's sign-in");
}

/* --- pages of others ---------------------------------------------------------------------------------------------- */

static const char *const page_names[] = { [GRANT_PAGE_HEMIS] = "hemis", [GRANT_PAGE_ONEID] = "oneid" };
static_assert(COUNT(page_names) == GRANT_PAGE_COUNT, "a name each");

/* Where a page sends the browser: one address for all, which is entered there. */
static bool write_back(const Office *office, GrantPage page, Buf *ret, Error *err)
{
    buf_add_format(ret, "https://%s/back/%s", office->config.host, page_names[page]);
    return buf_ok(ret, err);
}

/* What ends a state: of this grant, this phone and this page.  Nothing of it is kept. */
static bool write_mac(const Coming *coming, Buf *ret, Error *err)
{
    uint8_t mac[SHA256_SIZE];
    OWNED_BUF text;

    buf_init(&text, 256);
    buf_add_format(&text, "state at another's page\n%s\n%s\n%s", page_names[coming->page], coming->grant.id,
                   coming->caller->phone);
    bool done = buf_ok(&text, err) &&
                hmac_sha256((Str){ (const char *)coming->office->keys.pepper, KEY_SIZE }, buf_str(&text), mac, err);
    mem_wipe(text.data, text.len);
    if (!done)
        return false;
    base64url_write(ret, mac, sizeof mac);
    return buf_ok(ret, err);
}

/* "WDJBMJHT.ru.MAC" */
static bool write_state(const Coming *coming, Language language, Buf *ret, Error *err)
{
    buf_add_format(ret, "%s.%s.", coming->caller->code, language_tag(language));
    return write_mac(coming, ret, err);
}

bool grant_state_read(const char *state, char ret_code[GRANT_CODE_LENGTH + 1], Language *ret_language)
{
    Str rest = str_from(state);

    return grant_code_parse(str_split(&rest, '.'), ret_code) && language_parse(str_split(&rest, '.'), ret_language) &&
           rest.ptr;
}

bool grant_door_leave(Office *office, const GrantCaller *caller, GrantPage page, Language language, GrantView *ret,
                      Buf *address, Error *err)
{
    Coming coming;
    OWNED_BUF state, back;

    buf_init(&state, 128);
    buf_init(&back, 512);
    bool done = coming_init(&coming, office, caller, err) && store_read(office->store, come, &coming, err);
    coming.page = page;
    if (done && coming.door == GRANT_DOOR_PASSWORD && has_page(office, page))
        done = write_back(office, page, &back, err) && write_state(&coming, language, &state, err) &&
               (page == GRANT_PAGE_ONEID
                    ? oneid_page_address(office->config.oneid, buf_text(&back), buf_text(&state), address, err)
                    : hemis_page_address(office->config.hemis, buf_text(&back), buf_text(&state), address, err));
    return (done && show(&coming, ret, err)) || error_add(err, "phone's way to %s", page_names[page]);
}

/* HEMIS says who it is; what it tells of them, or what is known here, says whether there is such a student. */
static bool ask_hemis(Coming *coming, const char *back, const char *code, SignInFound *found, const char **ret_said,
                      Error *err)
{
    Office *office = coming->office;
    Newcomer person = { 0 };
    Error why = { 0 };
    HemisOutcome hemis = hemis_page_who(office->config.hemis, back, code, found->number, &found->token, &why);

    *ret_said = hemis_outcome_name(hemis);
    if (hemis == HEMIS_FAILED) {
        if (err)
            *err = why;
        return false;
    }
    coming->outcome = hemis == HEMIS_REFUSED ? SIGN_IN_REFUSED : SIGN_IN_AWAY;
    if (hemis != HEMIS_OK)
        return true;
    found->has_token = found->token.text[0] != '\0';
    if (!newcomer_take(office, found->number, found->has_token ? &found->token : NULL, &person, err))
        return false;
    found->student = person.student;
    found->weak = person.password_is_first;
    if (person.found)
        coming->outcome = SIGN_IN_DONE;
    return true;
}

/* OneID says which person it is; whose PINFL that is, the register knows. */
static bool ask_oneid(Coming *coming, const char *back, const char *code, SignInFound *found, const char **ret_said,
                      Error *err)
{
    Office *office = coming->office;
    char pinfl[ONEID_PINFL_SIZE];
    Error why = { 0 };
    bool known = false, done = true;
    OneIdOutcome oneid = oneid_who(office->config.oneid, back, code, pinfl, &why);

    *ret_said = oneid_outcome_name(oneid);
    if (oneid == ONEID_FAILED) {
        if (err)
            *err = why;
        return false;
    }
    coming->outcome = oneid == ONEID_OK || oneid == ONEID_REFUSED ? SIGN_IN_REFUSED : SIGN_IN_AWAY;
    if (oneid == ONEID_OK)
        done = person_find(office, pinfl, &known, &found->student, found->number, err);
    if (known)
        coming->outcome = SIGN_IN_DONE;
    mem_wipe(pinfl, sizeof pinfl);
    return done;
}

static bool ask_page(Coming *coming, const char *code, SignInFound *found, const char **ret_said, Error *err)
{
    OWNED_BUF back;

    buf_init(&back, 512);
    return write_back(coming->office, coming->page, &back, err) &&
           (coming->page == GRANT_PAGE_ONEID ? ask_oneid : ask_hemis)(coming, buf_text(&back), code, found, ret_said,
                                                                      err);
}

static bool try_page(Coming *coming, const char *state, const char *code, Error *err)
{
    const Clock clock = clock_system();
    const int64_t began_ms = clock_monotonic_ms(&clock);
    const char *said = "not-asked";
    OWNED_SIGN_IN_FOUND found = { 0 };
    OWNED_BUF ours, sealed;

    buf_init(&ours, 128);
    buf_init(&sealed, GRANT_BOX_MOST);
    coming->found = &found;
    coming->sealed = &sealed;
    coming->by_page = true;
    coming->outcome = SIGN_IN_REFUSED;
    if (!write_mac(coming, &ours, err))
        return false;
    const char *point = strrchr(state, '.'), *theirs = point ? point + 1 : "";
    const bool is_ours = strlen(theirs) == ours.len && mem_equal_secret(theirs, ours.data, ours.len);
    if (is_ours && !ask_page(coming, code, &found, &said, err))
        return false;
    if (coming->outcome == SIGN_IN_DONE && !seal_token(coming, err))
        return false;
    LOG(coming->office->log, LOG_INFO, EVENT_SIGN_IN, LOG_WORD("kiosk", coming->grant.kiosk),
        LOG_WORD("result", coming->outcome == SIGN_IN_DONE      ? "done"
                           : coming->outcome == SIGN_IN_REFUSED ? "refused"
                                                                : "away"),
        LOG_WORD("way", coming->page == GRANT_PAGE_ONEID ? "oneid-page" : "hemis-page"), LOG_WORD("hemis", said),
        LOG_NUMBER("ms", clock_monotonic_ms(&clock) - began_ms));
    coming->now_ms = office_now_ms(coming->office);
    return store_write(coming->office->store, settle_try, coming, err);
}

bool grant_door_return(Office *office, const GrantCaller *caller, GrantPage page, const char *state, const char *code,
                       bool *ret_tried, SignInOutcome *ret_outcome, GrantView *ret, Error *err)
{
    Coming coming;

    *ret_tried = false;
    bool done = coming_init(&coming, office, caller, err) && store_write(office->store, reserve_try, &coming, err);
    coming.page = page;
    if (done && coming.moved && has_page(office, page)) {
        done = try_page(&coming, state, code, err);
        *ret_tried = true;
        *ret_outcome = coming.outcome;
    }
    return (done && show(&coming, ret, err)) || error_add(err, "phone's way from %s", page_names[page]);
}

/* --- consent; cancelling ------------------------------------------------------------------------------------------ */

static bool consent(StoreTransaction *transaction, void *arg, Error *err)
{
    Coming *coming = arg;
    GrantRow *grant = &coming->grant;
    char actor[ACTOR_SIZE];

    if (!come(transaction, coming, err))
        return false;
    if (coming->door != GRANT_DOOR_CONSENT)
        return true;
    const int64_t until_s = coming->now_ms / 1000 + GRANT_DIGITS_S;
    grant->ends_at_s = until_s < grant->ends_at_s ? until_s : grant->ends_at_s;
    memcpy(grant->digits, coming->digits, sizeof grant->digits);
    coming->door = GRANT_DOOR_DIGITS;
    actor_student(actor, grant->student);
    return grant_move(transaction, grant, GRANT_IS_DIGITS, actor, coming->now_ms, err) &&
           grant_say(transaction, grant, coming->now_ms, err);
}

bool grant_door_consent(Office *office, const GrantCaller *caller, GrantView *ret, Error *err)
{
    Coming coming;

    bool done = coming_init(&coming, office, caller, err) &&
                phone_digits_choose(&office->config.random, coming.digits, err) &&
                store_write(office->store, consent, &coming, err) && show(&coming, ret, err);
    mem_wipe(coming.digits, sizeof coming.digits);
    return done || error_add(err, "phone's sign-in");
}

static bool cancel(StoreTransaction *transaction, void *arg, Error *err)
{
    Coming *coming = arg;

    if (!come(transaction, coming, err))
        return false;
    const GrantDoor door = coming->door;
    if (door != GRANT_DOOR_CLOSED && door != GRANT_DOOR_PASSWORD && door != GRANT_DOOR_CONSENT &&
        door != GRANT_DOOR_DIGITS)
        return true;
    coming->door = GRANT_DOOR_DENIED;
    return grant_move(transaction, &coming->grant, GRANT_IS_DENIED, "phone", coming->now_ms, err) &&
           grant_say(transaction, &coming->grant, coming->now_ms, err);
}

bool grant_door_cancel(Office *office, const GrantCaller *caller, GrantView *ret, Error *err)
{
    Coming coming;

    return (coming_init(&coming, office, caller, err) && store_write(office->store, cancel, &coming, err) &&
            show(&coming, ret, err)) ||
           error_add(err, "phone's sign-in");
}
