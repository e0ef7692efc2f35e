#include "registrar/office/limits.h"

#include <string.h>

#include "base/crypto.h"
#include "registrar/office/checks.h"
#include "registrar/store/limits.h"

#define DAY_S 86400

/* --- signing in -------------------------------------------------------------------------------------------------- */

static const char by_kiosk[] = "sign-in-kiosk", by_source[] = "sign-in-source", by_account[] = "sign-in-account";

/* Keyed, so that the table tells nobody which numbers were tried; what is typed in the wrong field stands nowhere. */
static bool subject_of(const Office *office, const char *what, const char *number, const char *with, char ret[65],
                       Error *err)
{
    uint8_t hash[SHA256_SIZE];
    OWNED_BUF text;

    buf_init(&text, 512);
    buf_add_format(&text, "%s\n%s\n%s", what, number, with);
    if (!buf_ok(&text, err) ||
        !hmac_sha256((Str){ (const char *)office->keys.pepper, KEY_SIZE }, buf_str(&text), hash, err))
        return false;
    buf_clear(&text);
    hex_write(&text, hash, sizeof hash);
    return buf_ok(&text, err) && (str_copy(buf_str(&text), ret, 65) || error_set(err, ERR_INTERNAL, "subject"));
}

typedef struct Reserving {
    const SignInTry *try;
    int64_t now_s;
    int64_t wait_s;
} Reserving;

static int64_t wait_after(int64_t tries)
{
    int64_t wait_s = WAIT_FIRST_S;

    if (tries <= TRIES_FREE)
        return 0;
    for (int64_t i = TRIES_FREE + 1; i < tries && wait_s < WAIT_MOST_S; i++)
        wait_s *= 2;
    return wait_s < WAIT_MOST_S ? wait_s : WAIT_MOST_S;
}

static bool look(StoreTransaction *transaction, const LimitKey *key, int64_t most, Reserving *reserving, LimitRow *ret,
                 Error *err)
{
    int64_t wait_s = 0;

    if (!limits_get(transaction, key, reserving->now_s, ret, err))
        return false;
    if (ret->until_s > reserving->now_s)
        wait_s = ret->until_s - reserving->now_s;
    if (most > 0 && ret->n >= most)
        wait_s = DAY_S - reserving->now_s % DAY_S;
    if (wait_s > reserving->wait_s)
        reserving->wait_s = wait_s;
    return true;
}

static bool count(StoreTransaction *transaction, const LimitKey *key, LimitRow row, bool waits, int64_t now_s,
                  Error *err)
{
    int64_t keep_until_s = waits ? now_s + TRIES_FORGET_S : (key->window + 1) * DAY_S;

    row.n++;
    row.until_s = waits ? now_s + wait_after(row.n) : 0;
    return limits_set(transaction, key, &row, keep_until_s, err);
}

static bool reserve(StoreTransaction *transaction, void *arg, Error *err)
{
    Reserving *reserving = arg;
    const SignInTry *try = reserving->try;
    const LimitKey kiosk = { by_kiosk, try->kiosk, 0 }, source = { by_source, try->source, 0 };
    const LimitKey account = { by_account, try->account, try->day };
    LimitRow at_kiosk, from_source, of_account;

    reserving->wait_s = 0;
    if (!look(transaction, &kiosk, 0, reserving, &at_kiosk, err) ||
        !look(transaction, &source, 0, reserving, &from_source, err) ||
        !look(transaction, &account, TRIES_A_DAY, reserving, &of_account, err))
        return false;
    return reserving->wait_s > 0 || (count(transaction, &kiosk, at_kiosk, true, reserving->now_s, err) &&
                                     count(transaction, &source, from_source, true, reserving->now_s, err) &&
                                     count(transaction, &account, of_account, false, reserving->now_s, err));
}

bool sign_in_try_reserve(Office *office, const char *number, const char *kiosk, const char *source, SignInTry *ret,
                         int *ret_wait_s, Error *err)
{
    Reserving reserving = { .try = ret, .now_s = office_now_s(office) };

    *ret_wait_s = 0;
    *ret = (SignInTry){ .day = reserving.now_s / DAY_S };
    if (!subject_of(office, by_kiosk, number, kiosk, ret->kiosk, err) ||
        !subject_of(office, by_source, number, source, ret->source, err) ||
        !subject_of(office, by_account, number, "", ret->account, err) ||
        !store_write(office->store, reserve, &reserving, err))
        return error_add(err, "try");
    if (office->config.limits)
        *ret_wait_s = (int)reserving.wait_s;
    return true;
}

static bool give_back_account(StoreTransaction *transaction, const SignInTry *try, int64_t now_s, Error *err)
{
    const LimitKey account = { by_account, try->account, try->day };
    LimitRow row;

    if (!limits_get(transaction, &account, now_s, &row, err))
        return false;
    row.n -= row.n > 0;
    return limits_set(transaction, &account, &row, (try->day + 1) * DAY_S, err);
}

bool sign_in_try_forgive(StoreTransaction *transaction, const SignInTry *try, int64_t now_s, Error *err)
{
    const LimitKey kiosk = { by_kiosk, try->kiosk, 0 }, source = { by_source, try->source, 0 };

    return limits_forget(transaction, &kiosk, err) && limits_forget(transaction, &source, err) &&
           give_back_account(transaction, try, now_s, err);
}

typedef struct Returning {
    const SignInTry *try;
    int64_t now_s;
} Returning;

static bool give_back_wait(StoreTransaction *transaction, const LimitKey *key, int64_t now_s, Error *err)
{
    LimitRow row;

    if (!limits_get(transaction, key, now_s, &row, err))
        return false;
    row.n -= row.n > 0;
    row.until_s = 0;
    return limits_set(transaction, key, &row, now_s + TRIES_FORGET_S, err);
}

static bool give_back(StoreTransaction *transaction, void *arg, Error *err)
{
    const Returning *returning = arg;
    const LimitKey kiosk = { by_kiosk, returning->try->kiosk, 0 }, source = { by_source, returning->try->source, 0 };

    return give_back_wait(transaction, &kiosk, returning->now_s, err) &&
           give_back_wait(transaction, &source, returning->now_s, err) &&
           give_back_account(transaction, returning->try, returning->now_s, err);
}

bool sign_in_try_return(Office *office, const SignInTry *try, Error *err)
{
    Returning returning = { try, office_now_s(office) };

    return store_write(office->store, give_back, &returning, err) || error_add(err, "try");
}

/* --- sources ----------------------------------------------------------------------------------------------------- */

/* Tokens that a source has, and how long one takes to come back. */
static const struct {
    const char *what;
    int64_t tokens;
    int64_t refill_ms;
} rules[] = {
    { "unknown-code", 30, 2000 },
};

typedef struct Spending {
    size_t rule;
    int64_t now_ms;
    int64_t wait_ms;
} Spending;

static int64_t spend(void *value, void *arg)
{
    Bucket *bucket = value;
    Spending *spending = arg;
    const int64_t token = 1000, most = rules[spending->rule].tokens * token;
    const int64_t refill_ms = rules[spending->rule].refill_ms;
    int64_t passed_ms = spending->now_ms - bucket->at_ms;

    if (bucket->at_ms != 0 && passed_ms > 0)
        bucket->thousandths -= passed_ms >= most / token * refill_ms ? most : passed_ms * token / refill_ms;
    if (bucket->thousandths < 0)
        bucket->thousandths = 0;
    bucket->at_ms = spending->now_ms;
    if (bucket->thousandths + token <= most)
        bucket->thousandths += token;
    else
        spending->wait_ms = (bucket->thousandths + token - most) * refill_ms / token;
    return spending->now_ms + most / token * refill_ms;
}

bool office_limit(Office *office, const char *what, const char *source, bool *ret_allowed, int *ret_retry_after_s,
                  Error *err)
{
    Spending spending = { .now_ms = clock_monotonic_ms(&office->config.clock) };
    uint8_t key[SHA256_SIZE];
    OWNED_BUF text;

    buf_init(&text, 512);
    buf_add_format(&text, "%s\n%s", what, source);
    if (!buf_ok(&text, err) || !sha256(buf_str(&text), key, err))
        return error_add(err, "limit");
    while (spending.rule < COUNT(rules) && strcmp(rules[spending.rule].what, what) != 0)
        spending.rule++;
    if (spending.rule == COUNT(rules))
        return error_set(err, ERR_ARGUMENT, "no limit is named %.40s", what);
    if (office->config.limits)
        memo_change(office->sources, key, spending.now_ms, spend, &spending);
    *ret_allowed = spending.wait_ms == 0;
    *ret_retry_after_s = (int)((spending.wait_ms + 999) / 1000);
    return true;
}
