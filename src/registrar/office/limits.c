#include "registrar/office/limits.h"

#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/allowance.h"
#include "registrar/office/checks.h"
#include "registrar/store/limits.h"

#define DAY_S   86400
#define HOUR_MS 3600000

/* --- subjects ----------------------------------------------------------------------------------------------------- */

/* Keyed, so that the table tells nobody which numbers were tried or who asked; what is typed in the wrong field stands
 * nowhere. */
static bool subject_key(const Office *office, const char *what, const char *who, const char *with,
                        uint8_t ret[SHA256_SIZE], Error *err)
{
    OWNED_BUF text;

    buf_init(&text, 512);
    buf_add_format(&text, "%s\n%s\n%s", what, who, with);
    bool done = buf_ok(&text, err) &&
                hmac_sha256((Str){ (const char *)office->keys.pepper, KEY_SIZE }, buf_str(&text), ret, err);
    mem_wipe(text.data, text.len);
    return done;
}

static void subject_write(const uint8_t key[SHA256_SIZE], char ret[LIMIT_SUBJECT_SIZE])
{
    OWNED_BUF hex;

    buf_init(&hex, 2 * SHA256_SIZE);
    hex_write(&hex, key, SHA256_SIZE);
    str_copy_cut(buf_str(&hex), ret, LIMIT_SUBJECT_SIZE);
}

static bool subject_of(const Office *office, const char *what, const char *who, const char *with,
                       char ret[LIMIT_SUBJECT_SIZE], Error *err)
{
    uint8_t key[SHA256_SIZE];

    if (!subject_key(office, what, who, with, key, err))
        return false;
    subject_write(key, ret);
    return true;
}

/* --- signing in --------------------------------------------------------------------------------------------------- */

static const char by_kiosk[] = "sign-in-kiosk", by_source[] = "sign-in-source", by_account[] = "sign-in-account";
static const Allowance at_kiosk = { "wrong-at-kiosk", KIOSK_TRIES, KIOSK_BACK_MS };

/* A sixth of an hour's at once. */
static Allowance from_source(const SignInTry *try)
{
    if (try->source_tries == 0)
        return (Allowance){ .what = "wrong-from-source" };
    return (Allowance){ "wrong-from-source", (try->source_tries + 5) / 6, HOUR_MS / try->source_tries };
}

/* What the tables say of a try. */
typedef struct TryRows {
    LimitRow account_at_kiosk, account_from_source, account;
    LimitRow kiosk, source; /* n: the moment of an allowance */
} TryRows;

typedef struct Reserving {
    const SignInTry *try;
    int64_t now_ms;
    int64_t wait_s;
    TryRows rows;
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

static void wait_for(Reserving *reserving, int64_t wait_s)
{
    if (wait_s > reserving->wait_s)
        reserving->wait_s = wait_s;
}

static bool look(StoreTransaction *transaction, const LimitKey *key, Reserving *reserving, LimitRow *ret, Error *err)
{
    const int64_t now_s = reserving->now_ms / 1000;

    if (!limits_get(transaction, key, now_s, ret, err))
        return false;
    wait_for(reserving, ret->until_s - now_s);
    return true;
}

static bool look_allowance(StoreTransaction *transaction, const Allowance *allowance, const char *subject,
                           Reserving *reserving, LimitRow *ret, Error *err)
{
    const LimitKey key = { allowance->what, subject, 0 };

    if (!limits_get(transaction, &key, reserving->now_ms / 1000, ret, err))
        return false;
    wait_for(reserving, (allowance_wait_ms(allowance, ret->n, reserving->now_ms) + 999) / 1000);
    return true;
}

static bool look_all(StoreTransaction *transaction, void *arg, Error *err)
{
    Reserving *reserving = arg;
    const SignInTry *try = reserving->try;
    const Allowance source = from_source(try);
    const int64_t now_s = reserving->now_ms / 1000;
    TryRows *rows = &reserving->rows;

    reserving->wait_s = 0;
    if (!look(transaction, &(LimitKey){ by_kiosk, try->account_at_kiosk, 0 }, reserving, &rows->account_at_kiosk,
              err) ||
        !look(transaction, &(LimitKey){ by_source, try->account_from_source, 0 }, reserving, &rows->account_from_source,
              err) ||
        !look(transaction, &(LimitKey){ by_account, try->account, try->day }, reserving, &rows->account, err) ||
        !look_allowance(transaction, &at_kiosk, try->kiosk, reserving, &rows->kiosk, err) ||
        !look_allowance(transaction, &source, try->source, reserving, &rows->source, err))
        return false;
    if (rows->account.n >= TRIES_A_DAY)
        wait_for(reserving, DAY_S - now_s % DAY_S);
    return true;
}

static bool keep_count(StoreTransaction *transaction, const LimitKey *key, LimitRow row, bool waits, int64_t now_s,
                       Error *err)
{
    int64_t keep_until_s = waits ? now_s + TRIES_FORGET_S : (key->window + 1) * DAY_S;

    row.n++;
    row.until_s = waits ? now_s + wait_after(row.n) : 0;
    return limits_set(transaction, key, &row, keep_until_s, err);
}

/* Spends one, or gives one back; what is all back has no row. */
static bool keep_allowance(StoreTransaction *transaction, const Allowance *allowance, const char *subject,
                           int64_t whole_ms, int64_t now_ms, int64_t count, Error *err)
{
    const LimitKey key = { allowance->what, subject, 0 };
    const LimitRow row = { .n = allowance_spend(allowance, whole_ms, now_ms, count) };

    if (allowance->at_once == 0)
        return true;
    if (row.n < now_ms + 1000)
        return limits_forget(transaction, &key, err);
    return limits_set(transaction, &key, &row, row.n / 1000 + 1, err);
}

static bool reserve(StoreTransaction *transaction, void *arg, Error *err)
{
    Reserving *reserving = arg;
    const SignInTry *try = reserving->try;
    const TryRows *rows = &reserving->rows;
    const Allowance source = from_source(try);
    const int64_t now_ms = reserving->now_ms, now_s = now_ms / 1000;

    if (!look_all(transaction, reserving, err))
        return false;
    return reserving->wait_s > 0 ||
           (keep_count(transaction, &(LimitKey){ by_kiosk, try->account_at_kiosk, 0 }, rows->account_at_kiosk, true,
                       now_s, err) &&
            keep_count(transaction, &(LimitKey){ by_source, try->account_from_source, 0 }, rows->account_from_source,
                       true, now_s, err) &&
            keep_count(transaction, &(LimitKey){ by_account, try->account, try->day }, rows->account, false, now_s,
                       err) &&
            keep_allowance(transaction, &at_kiosk, try->kiosk, rows->kiosk.n, now_ms, 1, err) &&
            keep_allowance(transaction, &source, try->source, rows->source.n, now_ms, 1, err));
}

static bool name_subjects(const Office *office, const char *number, const char *kiosk, const char *source,
                          SignInTry *ret, Error *err)
{
    return subject_of(office, by_kiosk, number, kiosk, ret->account_at_kiosk, err) &&
           subject_of(office, by_source, number, source, ret->account_from_source, err) &&
           subject_of(office, by_account, number, "", ret->account, err) &&
           subject_of(office, at_kiosk.what, kiosk, "", ret->kiosk, err) &&
           subject_of(office, from_source(ret).what, source, "", ret->source, err);
}

bool sign_in_try_reserve(Office *office, const char *number, const char *kiosk, const char *source, SignInTry *ret,
                         int *ret_wait_s, Error *err)
{
    Reserving reserving = { .try = ret, .now_ms = office_now_ms(office) };

    *ret_wait_s = 0;
    *ret = (SignInTry){ .day = reserving.now_ms / 1000 / DAY_S, .source_tries = office->config.wrong_tries_a_source };
    if (!name_subjects(office, number, kiosk, source, ret, err) ||
        !store_read(office->store, look_all, &reserving, err) ||
        (reserving.wait_s == 0 && !store_write(office->store, reserve, &reserving, err)))
        return error_add(err, "try");
    if (office->config.limits)
        *ret_wait_s = (int)reserving.wait_s;
    return true;
}

/* --- a try is given back ------------------------------------------------------------------------------------------ */

static bool give_back_account(StoreTransaction *transaction, const SignInTry *try, int64_t now_s, Error *err)
{
    const LimitKey account = { by_account, try->account, try->day };
    LimitRow row;

    if (!limits_get(transaction, &account, now_s, &row, err))
        return false;
    row.n -= row.n > 0;
    return limits_set(transaction, &account, &row, (try->day + 1) * DAY_S, err);
}

static bool give_back_allowance(StoreTransaction *transaction, const Allowance *allowance, const char *subject,
                                int64_t now_s, Error *err)
{
    const LimitKey key = { allowance->what, subject, 0 };
    LimitRow row;

    return limits_get(transaction, &key, now_s, &row, err) &&
           keep_allowance(transaction, allowance, subject, row.n, now_s * 1000, -1, err);
}

/* What is everybody's at the kiosk and from the source: one right password forgives no other's wrong ones. */
static bool give_back_shares(StoreTransaction *transaction, const SignInTry *try, int64_t now_s, Error *err)
{
    const Allowance source = from_source(try);

    return give_back_account(transaction, try, now_s, err) &&
           give_back_allowance(transaction, &at_kiosk, try->kiosk, now_s, err) &&
           give_back_allowance(transaction, &source, try->source, now_s, err);
}

bool sign_in_try_forgive(StoreTransaction *transaction, const SignInTry *try, int64_t now_s, Error *err)
{
    return limits_forget(transaction, &(LimitKey){ by_kiosk, try->account_at_kiosk, 0 }, err) &&
           limits_forget(transaction, &(LimitKey){ by_source, try->account_from_source, 0 }, err) &&
           give_back_shares(transaction, try, now_s, err);
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
    const SignInTry *try = returning->try;
    const int64_t now_s = returning->now_s;

    return give_back_wait(transaction, &(LimitKey){ by_kiosk, try->account_at_kiosk, 0 }, now_s, err) &&
           give_back_wait(transaction, &(LimitKey){ by_source, try->account_from_source, 0 }, now_s, err) &&
           give_back_shares(transaction, try, now_s, err);
}

bool sign_in_try_return(Office *office, const SignInTry *try, Error *err)
{
    Returning returning = { try, office_now_s(office) };

    return store_write(office->store, give_back, &returning, err) || error_add(err, "try");
}

/* --- sources ------------------------------------------------------------------------------------------------------ */

#define SETTLE_AT 5 /* unknown ones that the database is told of together */

static const Allowance rules[] = {
    { "unknown-code", 30, 2000 },
    { "unknown-link", 30, 2000 },
    { "unknown-token", 10, 6000 },
    { "visitor", 20, 60000 },          /* at a kiosk: people who say who they are */
    { "sign-in-grant", 12, 10000 },    /* at a kiosk: codes for signing in with a phone */
    { "unknown-user-code", 20, 6000 }, /* of those */
    { "enrol", 30, 20000 },            /* from where terminals ask with codes */
    { "renew", 10, 3600000 },          /* at a kiosk: its next certificate */
};

typedef struct Spending {
    const Allowance *rule;
    int64_t now_ms;
    int64_t wait_ms;
    int64_t to_settle;
} Spending;

static int64_t spend(void *value, void *arg)
{
    Bucket *bucket = value;
    Spending *spending = arg;

    spending->wait_ms = allowance_wait_ms(spending->rule, bucket->whole_ms, spending->now_ms);
    if (spending->wait_ms == 0) {
        bucket->whole_ms = allowance_spend(spending->rule, bucket->whole_ms, spending->now_ms, 1);
        bucket->owed++;
    }
    if (bucket->owed >= SETTLE_AT) {
        spending->to_settle = bucket->owed;
        bucket->owed = 0;
    }
    return allowance_now(spending->rule, bucket->whole_ms, spending->now_ms) + spending->rule->back_ms;
}

static bool find_rule(const char *what, uint8_t *ret, Error *err)
{
    *ret = 0;
    while (*ret < COUNT(rules) && strcmp(rules[*ret].what, what) != 0)
        ++*ret;
    return *ret < COUNT(rules) || error_set(err, ERR_ARGUMENT, "no limit is named %.40s", what);
}

bool office_limit(Office *office, const char *what, const char *source, bool *ret_allowed, int *ret_retry_after_s,
                  Error *err)
{
    Spending spending = { .now_ms = office_now_ms(office) };
    LimitDebt debt = { 0 };

    if (!find_rule(what, &debt.rule, err) || !subject_key(office, what, source, "", debt.key, err))
        return error_add(err, "limit");
    spending.rule = &rules[debt.rule];
    if (office->config.limits)
        memo_change(office->sources, debt.key, spending.now_ms, spend, &spending);
    debt.count = (uint8_t)spending.to_settle;
    /* Full: a flood from very many sources.  What is not told is counted here all the same. */
    if (debt.count > 0 && !queue_push(office->debts, &debt))
        debt.count = 0;
    *ret_allowed = spending.wait_ms == 0;
    *ret_retry_after_s = (int)((spending.wait_ms + 999) / 1000);
    return true;
}

static int64_t look_only(void *value, void *arg)
{
    const Bucket *bucket = value;
    Spending *spending = arg;

    spending->wait_ms = allowance_wait_ms(spending->rule, bucket->whole_ms, spending->now_ms);
    return allowance_now(spending->rule, bucket->whole_ms, spending->now_ms) + spending->rule->back_ms;
}

bool office_limit_look(Office *office, const char *what, const char *source, bool *ret_allowed, int *ret_retry_after_s,
                       Error *err)
{
    Spending spending = { .now_ms = office_now_ms(office) };
    uint8_t key[SHA256_SIZE], rule;

    if (!find_rule(what, &rule, err) || !subject_key(office, what, source, "", key, err))
        return error_add(err, "limit");
    spending.rule = &rules[rule];
    if (office->config.limits)
        memo_change(office->sources, key, spending.now_ms, look_only, &spending);
    *ret_allowed = spending.wait_ms == 0;
    *ret_retry_after_s = (int)((spending.wait_ms + 999) / 1000);
    return true;
}

typedef struct Settling {
    LimitDebt debts[LIMIT_DEBTS_MOST];
    size_t count;
    int64_t now_ms;
    int64_t whole_ms[LIMIT_DEBTS_MOST]; /* as all registrars know it together */
} Settling;

static bool settle(StoreTransaction *transaction, void *arg, Error *err)
{
    Settling *settling = arg;

    for (size_t i = 0; i < settling->count; i++) {
        const LimitDebt *debt = &settling->debts[i];
        const Allowance *rule = &rules[debt->rule];
        char subject[LIMIT_SUBJECT_SIZE];
        LimitRow row;

        subject_write(debt->key, subject);
        if (!limits_get(transaction, &(LimitKey){ rule->what, subject, 0 }, settling->now_ms / 1000, &row, err) ||
            !keep_allowance(transaction, rule, subject, row.n, settling->now_ms, debt->count, err))
            return false;
        settling->whole_ms[i] = allowance_spend(rule, row.n, settling->now_ms, debt->count);
    }
    return true;
}

typedef struct Adopting {
    const Allowance *rule;
    int64_t now_ms;
    int64_t whole_ms;
} Adopting;

static int64_t adopt(void *value, void *arg)
{
    Bucket *bucket = value;
    const Adopting *adopting = arg;

    if (bucket->whole_ms < adopting->whole_ms)
        bucket->whole_ms = adopting->whole_ms;
    return allowance_now(adopting->rule, bucket->whole_ms, adopting->now_ms) + adopting->rule->back_ms;
}

bool limits_settle(Office *office, Error *err)
{
    Settling settling = { .now_ms = office_now_ms(office) };

    while (settling.count < LIMIT_DEBTS_MOST && queue_pop(office->debts, &settling.debts[settling.count], 0))
        settling.count++;
    if (settling.count == 0)
        return true;
    if (!store_write(office->store, settle, &settling, err))
        return error_add(err, "limits");
    for (size_t i = 0; i < settling.count; i++) {
        Adopting adopting = { &rules[settling.debts[i].rule], settling.now_ms, settling.whole_ms[i] };

        memo_change(office->sources, settling.debts[i].key, settling.now_ms, adopt, &adopting);
    }
    return true;
}
