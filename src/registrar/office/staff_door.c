#include "registrar/office/staff_door.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/limits.h"
#include "registrar/office/staff_inside.h"

#define BEARER_BYTES 32
#define USED_STEP_S  60 /* its last use is written down so often */
#define BUSY_WAIT_S  2

/* --- sessions ------------------------------------------------------------------------------------------------------
 */

typedef struct Finding {
    uint8_t hash[STAFF_BEARER_SIZE];
    int64_t now_s;
    bool found;
    StaffSessionRow session;
    StaffRow row;
} Finding;

static bool find(StoreTransaction *transaction, void *arg, Error *err)
{
    Finding *finding = arg;

    return staff_sessions_find(transaction, finding->hash, finding->now_s - STAFF_IDLE_S, finding->now_s,
                               &finding->found, &finding->session, err) &&
           (!finding->found || staff_row_get(transaction, finding->session.staff, &finding->found, &finding->row, err));
}

static bool mark_used(StoreTransaction *transaction, void *arg, Error *err)
{
    const Finding *finding = arg;

    return staff_sessions_used(transaction, finding->session.id, finding->now_s, err);
}

/* What a newer registrar gave that this one does not know opens nothing. */
static void fill_session(const Finding *finding, StaffSession *ret)
{
    *ret = (StaffSession){ .first = finding->row.state == STAFF_NEW,
                           .began_at_s = finding->session.began_at_s,
                           .fresh_until_s = finding->session.fresh_until_s };
    memcpy(ret->id, finding->session.id, sizeof ret->id);
    memcpy(ret->name, finding->row.name, sizeof ret->name);
    memcpy(ret->full_name, finding->row.full_name, sizeof ret->full_name);
    if (!staff_roles_parse(str_from(finding->row.roles), &ret->roles) ||
        !staff_scope_parse(str_from(finding->row.scope), &ret->scope))
        ret->roles = 0;
    else
        staff_scope_of_roles(ret->roles, &ret->scope);
}

bool staff_session_find(Office *office, const char *bearer, bool by_person, bool *ret_found, StaffSession *ret,
                        Error *err)
{
    Finding finding = { .now_s = office_now_s(office) };

    *ret_found = false;
    if (!sha256(str_from(bearer), finding.hash, err) || !store_read(office->store, find, &finding, err))
        return error_add(err, "session of staff");
    if (!finding.found || (finding.row.state != STAFF_ACTIVE && finding.row.state != STAFF_NEW))
        return true;
    if (by_person && finding.now_s >= finding.session.used_at_s + USED_STEP_S &&
        !store_write(office->store, mark_used, &finding, err))
        return error_add(err, "session of staff");
    fill_session(&finding, ret);
    mem_wipe(&finding.row, sizeof finding.row);
    *ret_found = true;
    return true;
}

typedef struct Ending {
    const StaffSession *session;
    const char *id, *keep;
    int64_t now_ms;
    int ended;
} Ending;

static bool end(StoreTransaction *transaction, void *arg, Error *err)
{
    Ending *ending = arg;
    char actor[STAFF_ACTOR_SIZE], detail[40];

    staff_actor(actor, ending->session->name);
    if (!staff_sessions_end(transaction, ending->session->name, ending->id, ending->keep, &ending->ended, err))
        return false;
    (void)snprintf(detail, sizeof detail, "{\"sessions\":%d}", ending->ended);
    return ending->ended == 0 ||
           staff_note(transaction, actor, "staff.signed-out", ending->session->name, detail, ending->now_ms, err);
}

bool staff_session_end(Office *office, const StaffSession *session, const char *id, const char *keep, int *ret_ended,
                       Error *err)
{
    Ending ending = { .session = session, .id = id, .keep = keep, .now_ms = office_now_ms(office) };

    if (!store_write(office->store, end, &ending, err))
        return error_add(err, "end of a session");
    *ret_ended = ending.ended;
    return true;
}

typedef struct Listing {
    const char *name;
    StaffSessionRow *rows;
    int64_t now_s;
    size_t count;
} Listing;

static bool list(StoreTransaction *transaction, void *arg, Error *err)
{
    Listing *listing = arg;

    return staff_sessions_list(transaction, listing->name, listing->now_s - STAFF_IDLE_S, listing->now_s, listing->rows,
                               STAFF_SESSIONS_MOST, &listing->count, err);
}

bool staff_session_list(Office *office, const char *name, StaffSessionRow rows[STAFF_SESSIONS_MOST], size_t *ret_count,
                        Error *err)
{
    Listing listing = { .name = name, .rows = rows, .now_s = office_now_s(office) };

    if (!store_read(office->store, list, &listing, err))
        return error_add(err, "sessions of staff");
    *ret_count = listing.count;
    return true;
}

/* --- tries ---------------------------------------------------------------------------------------------------------
 */

/* Of staff apart from students, and of one source apart from others: nobody is kept out by whoever tries elsewhere. */
static bool reserve(Office *office, const char *what, const char *name, const char *source, SignInTry *ret,
                    int *ret_wait_s, Error *err)
{
    char number[96], place[96];

    (void)snprintf(number, sizeof number, "%s/%.60s", what, name);
    (void)snprintf(place, sizeof place, "staff/%.64s", source);
    return sign_in_try_reserve(office, number, place, source, ret, ret_wait_s, err);
}

static bool look_up(StoreTransaction *transaction, void *arg, Error *err)
{
    Finding *finding = arg;

    return staff_row_get(transaction, finding->row.name, &finding->found, &finding->row, err);
}

/* Whoever is called so, and whose code this is; the same work where there is nobody. */
static bool check_code(Office *office, Finding *finding, const char *code, int64_t *ret_step, Error *err)
{
    uint8_t secret[TOTP_SECRET_SIZE] = { 0 };
    StaffRow nobody = { .name = "nobody" };
    const StaffRow *row = finding->found && finding->row.secret_length > 0 ? &finding->row : &nobody;

    bool done = (row != &nobody || staff_seal_secret(office, secret, &nobody, err)) &&
                staff_open_secret(office, row, secret, err) &&
                totp_check(secret, str_from(code), office_now_s(office), finding->row.last_step, ret_step, err);
    if (row == &nobody)
        *ret_step = 0;
    mem_wipe(secret, sizeof secret);
    return done;
}

static bool is_in_force(const Finding *finding)
{
    return finding->found && (finding->row.state == STAFF_ACTIVE || finding->row.state == STAFF_NEW);
}

/* --- signing in ----------------------------------------------------------------------------------------------------
 */

typedef struct Beginning {
    StaffSessionRow row;
    const SignInTry *try;
    uint32_t epoch; /* of the account whose password it was */
    int64_t step;   /* 0: none, of a new account */
    int64_t now_ms;
    bool done;
} Beginning;

static bool begin(StoreTransaction *transaction, void *arg, Error *err)
{
    Beginning *beginning = arg;
    const StaffSessionRow *row = &beginning->row;
    char actor[STAFF_ACTOR_SIZE];
    StaffRow now;
    bool found, taken = true;

    beginning->done = false;
    if (!staff_row_get(transaction, row->staff, &found, &now, err))
        return false;
    if (!found || now.epoch != beginning->epoch)
        return true;
    if (beginning->step > 0 && !staff_row_take_step(transaction, row->staff, beginning->step, &taken, err))
        return false;
    if (!taken)
        return true;
    staff_actor(actor, row->staff);
    beginning->done = true;
    return sign_in_try_forgive(transaction, beginning->try, row->began_at_s, err) &&
           staff_sessions_begin(transaction, row, err) &&
           staff_row_signed_in(transaction, row->staff, row->began_at_s, err) &&
           staff_note(transaction, actor, "staff.signed-in", row->staff, NULL, beginning->now_ms, err);
}

static bool make_bearer(const Office *office, StaffSessionRow *row, char ret[STAFF_BEARER_TEXT_SIZE], Error *err)
{
    uint8_t bytes[BEARER_BYTES];
    OWNED_BUF bearer;

    buf_init(&bearer, 128);
    if (!random_fill(&office->config.random, bytes, sizeof bytes, err))
        return false;
    base64url_write(&bearer, bytes, sizeof bytes);
    mem_wipe(bytes, sizeof bytes);
    bool done = buf_ok(&bearer, err) && sha256(buf_str(&bearer), row->bearer_hash, err) &&
                (str_copy(buf_str(&bearer), ret, STAFF_BEARER_TEXT_SIZE) || error_set(err, ERR_INTERNAL, "bearer"));
    mem_wipe(bearer.data, bearer.len);
    return done;
}

static bool let_in(Office *office, const StaffSignIn *given, const Finding *finding, const SignInTry *try, int64_t step,
                   bool *ret_done, char ret_bearer[STAFF_BEARER_TEXT_SIZE], Error *err)
{
    Beginning beginning = { .try = try, .epoch = finding->row.epoch, .step = step, .now_ms = office_now_ms(office) };
    StaffSessionRow *row = &beginning.row;

    row->began_at_s = row->used_at_s = beginning.now_ms / 1000;
    row->ends_at_s = row->began_at_s + STAFF_SESSION_S;
    row->fresh_until_s = step > 0 ? row->began_at_s + STAFF_FRESH_S : 0;
    memcpy(row->staff, finding->row.name, sizeof row->staff);
    str_copy_cut(str_from(given->device), row->device, sizeof row->device);
    str_copy_cut(str_from(given->source), row->source, sizeof row->source);
    bool done = office_new_id(office, row->id, err) && make_bearer(office, row, ret_bearer, err) &&
                store_write(office->store, begin, &beginning, err);
    *ret_done = done && beginning.done;
    if (!*ret_done)
        mem_wipe(ret_bearer, STAFF_BEARER_TEXT_SIZE);
    return done;
}

static bool decide(Office *office, const StaffSignIn *given, Finding *finding, SignInOutcome *ret_outcome,
                   char ret_bearer[STAFF_BEARER_TEXT_SIZE], int *ret_wait_s, Error *err)
{
    PasswordVerdict verdict;
    SignInTry try;
    int64_t step;

    *ret_outcome = SIGN_IN_LIMITED;
    if (!reserve(office, "staff", given->name, given->source, &try, ret_wait_s, err) || *ret_wait_s > 0)
        return *ret_wait_s > 0;
    str_copy_cut(str_from(given->name), finding->row.name, sizeof finding->row.name);
    if (!store_read(office->store, look_up, finding, err) ||
        !password_check(office->passwords, given->password, finding->found ? finding->row.hash : NULL, &verdict, err) ||
        !check_code(office, finding, given->code, &step, err))
        return false;
    if (verdict == PASSWORD_BUSY) {
        *ret_outcome = SIGN_IN_BUSY;
        *ret_wait_s = BUSY_WAIT_S;
        return sign_in_try_return(office, &try, err);
    }
    const bool code_right = step > 0 || (finding->row.state == STAFF_NEW && !given->code[0]);
    bool entered = false;
    if (verdict == PASSWORD_RIGHT && code_right && is_in_force(finding) &&
        !let_in(office, given, finding, &try, step, &entered, ret_bearer, err))
        return false;
    *ret_outcome = entered ? SIGN_IN_DONE : SIGN_IN_REFUSED;
    return true;
}

bool staff_sign_in(Office *office, const StaffSignIn *given, SignInOutcome *ret_outcome,
                   char ret_bearer[STAFF_BEARER_TEXT_SIZE], int *ret_wait_s, Error *err)
{
    static const char *const words[] = {
        [SIGN_IN_DONE] = "done", [SIGN_IN_REFUSED] = "refused", [SIGN_IN_LIMITED] = "limited", [SIGN_IN_BUSY] = "busy"
    };
    Finding finding = { .found = false };

    *ret_wait_s = 0;
    bool done = decide(office, given, &finding, ret_outcome, ret_bearer, ret_wait_s, err);
    mem_wipe(&finding, sizeof finding);
    if (!done)
        return error_add(err, "sign-in of staff");
    LOG(office->log, LOG_INFO, EVENT_SIGN_IN, LOG_WORD("kiosk", "console"), LOG_WORD("result", words[*ret_outcome]),
        LOG_WORD("way", "password"), LOG_NUMBER("ms", 0));
    return true;
}

/* --- what wants a code of now --------------------------------------------------------------------------------------
 */

typedef struct Freshening {
    StaffSession *session;
    const SignInTry *try;
    int64_t step, now_s;
    bool taken;
} Freshening;

static bool freshen(StoreTransaction *transaction, void *arg, Error *err)
{
    Freshening *freshening = arg;
    const StaffSession *session = freshening->session;

    return staff_row_take_step(transaction, session->name, freshening->step, &freshening->taken, err) &&
           (!freshening->taken ||
            (sign_in_try_forgive(transaction, freshening->try, freshening->now_s, err) &&
             staff_sessions_freshen(transaction, session->id, freshening->now_s + STAFF_FRESH_S, err)));
}

bool staff_fresh(Office *office, StaffSession *session, const char *code, const char *source, bool *ret_fresh,
                 int *ret_wait_s, Error *err)
{
    Freshening freshening = { .session = session, .now_s = office_now_s(office) };
    Finding finding = { .found = false };
    SignInTry try;

    *ret_wait_s = 0;
    *ret_fresh = freshening.now_s < session->fresh_until_s;
    if (*ret_fresh || !code[0])
        return true;
    if (!reserve(office, "staff-code", session->name, source, &try, ret_wait_s, err))
        return error_add(err, "code");
    if (*ret_wait_s > 0)
        return true;
    freshening.try = &try;
    memcpy(finding.row.name, session->name, sizeof finding.row.name);
    bool done = store_read(office->store, look_up, &finding, err) &&
                check_code(office, &finding, code, &freshening.step, err) &&
                (freshening.step == 0 || store_write(office->store, freshen, &freshening, err));
    *ret_fresh = done && is_in_force(&finding) && freshening.step > 0 && freshening.taken;
    mem_wipe(&finding, sizeof finding);
    if (*ret_fresh)
        session->fresh_until_s = freshening.now_s + STAFF_FRESH_S;
    return done || error_add(err, "code");
}

/* --- one's own password --------------------------------------------------------------------------------------------
 */

bool staff_first_secret(Office *office, const StaffSession *session, uint8_t ret[TOTP_SECRET_SIZE], Error *err)
{
    Finding finding = { .found = false };

    memcpy(finding.row.name, session->name, sizeof finding.row.name);
    if (!store_read(office->store, look_up, &finding, err))
        return error_add(err, "first sign-in");
    if (!finding.found || finding.row.state != STAFF_NEW)
        return error_set(err, ERR_DENIED, "the first sign-in of %.39s is over", session->name);
    return staff_open_secret(office, &finding.row, ret, err);
}

typedef struct Renewing {
    const StaffSession *session;
    const SignInTry *try;
    StaffRow row; /* as it is to be */
    int64_t step; /* 0: the old password was enough */
    int64_t now_ms;
    bool done;
} Renewing;

static bool renew(StoreTransaction *transaction, void *arg, Error *err)
{
    Renewing *renewing = arg;
    const StaffRow *row = &renewing->row;
    char actor[STAFF_ACTOR_SIZE];
    bool taken = true;
    int ended;

    renewing->done = false;
    staff_actor(actor, row->name);
    if (renewing->step > 0 && !staff_row_take_step(transaction, row->name, renewing->step, &taken, err))
        return false;
    if (!taken)
        return true;
    if (!staff_row_change(transaction, row, &renewing->done, err) || !renewing->done)
        return !renewing->done && err->code == ERR_NONE;
    return sign_in_try_forgive(transaction, renewing->try, renewing->now_ms / 1000, err) &&
           (renewing->step == 0 ||
            staff_sessions_freshen(transaction, renewing->session->id, renewing->now_ms / 1000 + STAFF_FRESH_S, err)) &&
           staff_sessions_end(transaction, row->name, NULL, renewing->session->id, &ended, err) &&
           staff_note(transaction, actor, "staff.password", row->name, NULL, renewing->now_ms, err);
}

/* Whether it is the person: by the old password, or in a first sign-in by the code. */
static bool prove(Office *office, Finding *finding, const char *old, const char *code, int64_t *ret_step,
                  PasswordVerdict *ret_verdict, Error *err)
{
    *ret_step = 0;
    if (!store_read(office->store, look_up, finding, err))
        return false;
    if (!is_in_force(finding)) {
        *ret_verdict = PASSWORD_WRONG;
        return true;
    }
    if (old)
        return password_check(office->passwords, old, finding->row.hash, ret_verdict, err);
    if (!check_code(office, finding, code, ret_step, err))
        return false;
    *ret_verdict = *ret_step > 0 && finding->row.state == STAFF_NEW ? PASSWORD_RIGHT : PASSWORD_WRONG;
    return true;
}

static bool change_password(Office *office, const StaffSession *session, Renewing *renewing, Finding *finding,
                            const char *password, PasswordChange *ret, Error *err)
{
    PasswordVerdict same;

    if (!password_check(office->passwords, password, finding->row.hash, &same, err))
        return false;
    if (same == PASSWORD_RIGHT) {
        *ret = PASSWORD_SAME;
        return true;
    }
    renewing->session = session;
    renewing->row = finding->row;
    renewing->row.state = STAFF_ACTIVE;
    renewing->row.changed_at_s = renewing->now_ms / 1000;
    if (!password_make(office->passwords, password, renewing->row.hash, err) ||
        !store_write(office->store, renew, renewing, err))
        return false;
    *ret = renewing->done ? PASSWORD_CHANGED : PASSWORD_WRONG_OLD;
    return true;
}

bool staff_change_password(Office *office, StaffSession *session, const char *old, const char *code,
                           const char *password, const char *source, PasswordChange *ret, PasswordFault *ret_fault,
                           int *ret_wait_s, Error *err)
{
    Renewing renewing = { .now_ms = office_now_ms(office) };
    Finding finding = { .found = false };
    PasswordVerdict verdict;
    SignInTry try;

    *ret_wait_s = 0;
    *ret = PASSWORD_NOT_TAKEN;
    *ret_fault = staff_password_fault(session->name, password);
    if (*ret_fault != PASSWORD_FINE)
        return true;
    *ret = PASSWORD_TOO_OFTEN;
    if (!reserve(office, "staff-code", session->name, source, &try, ret_wait_s, err) || *ret_wait_s > 0)
        return *ret_wait_s > 0;
    renewing.try = &try;
    memcpy(finding.row.name, session->name, sizeof finding.row.name);
    bool done = prove(office, &finding, old, code, &renewing.step, &verdict, err);
    if (done && verdict == PASSWORD_BUSY) {
        *ret_wait_s = BUSY_WAIT_S;
        done = sign_in_try_return(office, &try, err);
    } else if (done) {
        *ret = PASSWORD_WRONG_OLD;
        done = verdict != PASSWORD_RIGHT || change_password(office, session, &renewing, &finding, password, ret, err);
    }
    if (done && *ret == PASSWORD_CHANGED)
        session->first = false;
    mem_wipe(&finding, sizeof finding);
    mem_wipe(&renewing, sizeof renewing);
    return done || error_add(err, "password");
}
