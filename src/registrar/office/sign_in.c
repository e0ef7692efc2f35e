#include "registrar/office/sign_in.h"

#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "registrar/office/hemis_budget.h"
#include "registrar/office/keeping.h"
#include "registrar/office/newcomers.h"
#include "registrar/office/passwords.h"
#include "registrar/office/sessions_inside.h"

#define VERIFIER_MS 1000 /* a password checked behind others takes less */
/* For tries of others that most likely come back.  With HEMIS's word on the password and on who it is (sign_in_ms each)
 * it is less than the 8 s that a kiosk waits for an answer. */
#define ROOM_WAIT_MS 1000
#define ROOM_LOOK_MS 100
#define BUSY_AGAIN_S 2

void sign_in_found_wipe(SignInFound *found)
{
    mem_wipe(found, sizeof *found);
}

int sign_in_deadline_ms(const Office *office)
{
    return VERIFIER_MS + (office->config.hemis ? hemis_sign_in_deadline_ms(office->config.hemis) : 0);
}

/* A passport's number, HEMIS's first password: two letters and seven digits.  Anybody who saw the passport knows it. */
static bool is_passport_number(const char *password)
{
    size_t length = strlen(password);

    if (length != 9)
        return false;
    for (size_t i = 0; i < length; i++) {
        bool letter = (password[i] >= 'A' && password[i] <= 'Z') || (password[i] >= 'a' && password[i] <= 'z');
        bool digit = password[i] >= '0' && password[i] <= '9';

        if (i < 2 ? !letter : !digit)
            return false;
    }
    return true;
}

/* --- verifiers --------------------------------------------------------------------------------------------------- */

/* One sign-in on its way. */
typedef struct Asking {
    Office *office;
    const char *kiosk;
    const ApiSignIn *given;
    bool found; /* there is a verifier */
    VerifierRow verifier;
    bool matches;
    int64_t now_s;
    SignInOutcome outcome;
    int retry_after_s;
    HemisOutcome hemis; /* what it answered, if it was asked */
    bool asked;
} Asking;

static bool find_verifier(StoreTransaction *transaction, void *arg, Error *err)
{
    Asking *asking = arg;

    return verifiers_find(transaction, asking->given->number, asking->now_s, &asking->found, &asking->verifier, err);
}

static bool delete_verifier(StoreTransaction *transaction, void *arg, Error *err)
{
    const Asking *asking = arg;
    bool gone;

    return verifiers_delete(transaction, asking->verifier.student, asking->verifier.hash, &gone, err);
}

static bool put_verifier(StoreTransaction *transaction, void *arg, Error *err)
{
    const Asking *asking = arg;

    return verifiers_put(transaction, &asking->verifier, asking->now_s, err);
}

/* The one that serves while HEMIS is away, renewed with each acceptance. */
static bool renew_verifier(Asking *asking, const SignInFound *found, Error *err)
{
    Office *office = asking->office;
    char hash[PASSWORD_HASH_SIZE] = "";

    if (!asking->matches) {
        asking->verifier = (VerifierRow){ 0 };
        if (!password_make(office->passwords, asking->given->password, hash, err))
            return false;
        if (!str_copy(str_from(hash), asking->verifier.hash, sizeof asking->verifier.hash))
            return error_set(err, ERR_INTERNAL, "verifier");
    }
    asking->verifier.student = found->student;
    asking->verifier.weak = found->weak;
    asking->verifier.keep_until_s = asking->now_s + VERIFIER_KEPT_S;
    return store_write(office->store, put_verifier, asking, err);
}

/* --- HEMIS ------------------------------------------------------------------------------------------------------- */

static void take_verifiers_word(Asking *asking, SignInFound *found)
{
    found->student = asking->verifier.student;
    found->weak = asking->verifier.weak || is_passport_number(asking->given->password);
    asking->outcome = SIGN_IN_DONE;
}

/* HEMIS decides nothing now.  What it accepted last serves, if it is what was typed; whether there is such a thing is
 * not told to others. */
static void without_hemis(Asking *asking, SignInFound *found)
{
    asking->outcome = SIGN_IN_AWAY;
    if (!asking->matches)
        return;
    take_verifiers_word(asking, found);
    found->away = true;
}

/* HEMIS refuses what matched: the password was changed there. */
static bool refused(Asking *asking, Error *err)
{
    asking->outcome = SIGN_IN_REFUSED;
    return !asking->matches || store_write(asking->office->store, delete_verifier, asking, err);
}

static bool accepted(Asking *asking, SignInFound *found, Error *err)
{
    Newcomer person;

    if (!newcomer_take(asking->office, asking->given->number, &found->token, &person, err))
        return false;
    if (!person.found) { /* HEMIS went away in the midst, and nobody here knows them */
        asking->outcome = SIGN_IN_AWAY;
        return true;
    }
    found->student = person.student;
    found->weak = person.password_is_first || is_passport_number(asking->given->password) ||
                  (!person.told && asking->matches && asking->verifier.weak);
    found->has_token = true;
    asking->outcome = SIGN_IN_DONE;
    return renew_verifier(asking, found, err);
}

static bool reserve_room(const Asking *asking, HemisTry *try, HemisRoom *ret_room, int *ret_wait_s, Error *err)
{
    const struct timespec look = { .tv_nsec = ROOM_LOOK_MS * 1000000L };

    for (int waited_ms = 0;; waited_ms += ROOM_LOOK_MS) {
        if (!hemis_try_reserve(asking->office, asking->kiosk, asking->given->number, asking->matches, try, ret_room,
                               ret_wait_s, err))
            return false;
        if (*ret_room != HEMIS_ROOM_SOON || waited_ms >= ROOM_WAIT_MS)
            return true;
        nanosleep(&look, NULL);
    }
}

/* HEMIS said too many all the same (others of its address tried, too), nothing, or what can't be used: that it does not
 * decide is all the same to who stands at the glass.  Of a login that is refused for an hour because somebody tried it
 * elsewhere the password that was accepted last is as good as ever. */
static bool take_answer(Asking *asking, int wait_s, const Error *why, SignInFound *found, Error *err)
{
    switch (asking->hemis) {
    case HEMIS_OK: return accepted(asking, found, err);
    case HEMIS_REFUSED: return refused(asking, err);
    case HEMIS_LIMITED:
        without_hemis(asking, found);
        if (asking->outcome == SIGN_IN_AWAY) {
            asking->outcome = SIGN_IN_SPENT;
            asking->retry_after_s = wait_s;
        }
        return true;
    case HEMIS_AWAY:
    case HEMIS_STRANGE: without_hemis(asking, found); return true;
    case HEMIS_UNCHANGED:
    case HEMIS_EXPIRED:
    case HEMIS_NOTHING:
    case HEMIS_UNKNOWN:
    case HEMIS_FAILED:
    case HEMIS_OUTCOME_COUNT: break;
    }
    if (err)
        *err = *why;
    return error_add(err, "HEMIS");
}

static bool ask(Asking *asking, SignInFound *found, Error *err)
{
    Office *office = asking->office;
    HemisRoom room;
    HemisTry try;
    Error why = { 0 };
    int wait_s;

    if (!reserve_room(asking, &try, &room, &wait_s, err))
        return false;
    if (room == HEMIS_ROOM_SOON) {
        asking->outcome = SIGN_IN_BUSY;
        asking->retry_after_s = BUSY_AGAIN_S;
        return true;
    }
    if (room == HEMIS_ROOM_SPENT && (try.mostly_lost || hemis_is_away(office->config.hemis))) {
        without_hemis(asking, found);
        return true;
    }
    if (room == HEMIS_ROOM_SPENT) {
        asking->outcome = SIGN_IN_SPENT;
        asking->retry_after_s = wait_s;
        return true;
    }
    asking->hemis = hemis_sign_in(office->config.hemis, asking->given->number, asking->given->password, &found->token,
                                  &wait_s, &why);
    asking->asked = true;
    return hemis_try_end(office, &try, asking->hemis, hemis_was_told(asking->hemis, &why), err) &&
           take_answer(asking, wait_s, &why, found, err);
}

/* --- deciding ---------------------------------------------------------------------------------------------------- */

/* A verifier without an end is of an account of the register's own: HEMIS's word on that number is not asked where it
 * matches, and does not touch it where it does not. */
static bool is_own(const Asking *asking)
{
    return asking->found && asking->verifier.keep_until_s == 0;
}

static bool decide(Asking *asking, SignInFound *found, Error *err)
{
    PasswordVerdict verdict;

    if (!store_read(asking->office->store, find_verifier, asking, err) ||
        !password_check(asking->office->passwords, asking->given->password,
                        asking->found ? asking->verifier.hash : NULL, &verdict, err))
        return false;
    asking->matches = verdict == PASSWORD_RIGHT;
    if (verdict == PASSWORD_BUSY) {
        asking->outcome = SIGN_IN_BUSY;
        asking->retry_after_s = BUSY_AGAIN_S;
        return true;
    }
    if (asking->matches && (is_own(asking) || !asking->office->config.hemis)) {
        take_verifiers_word(asking, found);
        return true;
    }
    asking->outcome = SIGN_IN_REFUSED;
    if (!asking->office->config.hemis || !asking->given->number[0] || !asking->given->password[0])
        return true;
    return ask(asking, found, err);
}

static void log_who(const Asking *asking, int64_t began_ms)
{
    static const char *const words[] = {
        [SIGN_IN_DONE] = "done", [SIGN_IN_REFUSED] = "refused", [SIGN_IN_LIMITED] = "limited",
        [SIGN_IN_BUSY] = "busy", [SIGN_IN_AWAY] = "away",       [SIGN_IN_SPENT] = "spent"
    };
    const Clock clock = clock_system();

    LOG(asking->office->log, LOG_INFO, EVENT_SIGN_IN, LOG_WORD("kiosk", asking->kiosk),
        LOG_WORD("result", words[asking->outcome]), LOG_WORD("way", "password"),
        LOG_WORD("hemis", asking->asked ? hemis_outcome_name(asking->hemis) : "not-asked"),
        LOG_NUMBER("ms", clock_monotonic_ms(&clock) - began_ms));
}

/* Who waits for others, not for a password's check, loses no try. */
static bool end_try(const Asking *asking, const SignInTry *try, Error *err)
{
    return asking->outcome != SIGN_IN_BUSY || sign_in_try_return(asking->office, try, err);
}

bool sign_in_who(Office *office, const char *kiosk, const char *source, const ApiSignIn *given,
                 SignInOutcome *ret_outcome, SignInFound *ret, int *ret_retry_after_s, Error *err)
{
    const Clock clock = clock_system();
    const int64_t began_ms = clock_monotonic_ms(&clock);
    Asking asking = {
        .office = office, .kiosk = kiosk, .given = given, .now_s = office_now_s(office), .outcome = SIGN_IN_LIMITED
    };

    mem_wipe(ret, sizeof *ret);
    str_copy_cut(str_from(given->number), ret->number, sizeof ret->number);
    bool done = sign_in_try_reserve(office, given->number, kiosk, source, &ret->try, &asking.retry_after_s, err) &&
                (asking.retry_after_s > 0 || (decide(&asking, ret, err) && end_try(&asking, &ret->try, err)));
    mem_wipe(&asking.verifier, sizeof asking.verifier);
    if (!done)
        return error_add(err, "sign-in");
    log_who(&asking, began_ms);
    *ret_outcome = asking.outcome;
    *ret_retry_after_s = asking.retry_after_s;
    return true;
}
