/* How often one may try (MODEL.md section 6).  Inside office/; office_limit is in checks.h.
 *
 * Signing in: each try is reserved in the database before the password is looked at, and given back when it was right.
 * The first three wrong ones of an account at a kiosk, or from a source, cost nothing; then there are waits that
 * double. All together an account has a hundred wrong tries a day.  A kiosk, and a source, have an allowance of wrong
 * tries whatever the account: who tries one password on many names is stopped there.  Subjects are keyed hashes, the
 * same for numbers that nobody has.  Who has to wait costs a look, never a write.
 *
 * Looking at unknown codes is counted in memory, since a flood must not cost a write to the disk each.  Every fifth one
 * of a source is told to the database with the next round, and what other registrars told comes back: so between rounds
 * each registrar lets through at most what it had left, and all together no more than the allowance in the long run. */
#ifndef REGISTRAR_OFFICE_LIMITS_H
#define REGISTRAR_OFFICE_LIMITS_H

#include "registrar/office/inside.h"

#define TRIES_FREE         3
#define WAIT_FIRST_S       15
#define WAIT_MOST_S        900
#define TRIES_A_DAY        100
#define TRIES_FORGET_S     3600 /* after so long without a try an account's waits begin anew */
#define KIOSK_TRIES        20   /* wrong ones at once, of all accounts */
#define KIOSK_BACK_MS      30000

#define LIMIT_SUBJECT_SIZE 65

typedef struct SignInTry {
    char account_at_kiosk[LIMIT_SUBJECT_SIZE], account_from_source[LIMIT_SUBJECT_SIZE], account[LIMIT_SUBJECT_SIZE];
    char kiosk[LIMIT_SUBJECT_SIZE], source[LIMIT_SUBJECT_SIZE];
    int64_t source_tries; /* an hour, as configured */
    int64_t day;
} SignInTry;

/* *ret_wait_s: 0 when the try is reserved, else how long to wait. */
bool sign_in_try_reserve(Office *office, const char *number, const char *kiosk, const char *source, SignInTry *ret,
                         int *ret_wait_s, Error *err) MUST_USE;
/* The password was right: waits begin anew.  In the transaction that begins the session. */
bool sign_in_try_forgive(StoreTransaction *transaction, const SignInTry *try, int64_t now_s, Error *err) MUST_USE;
/* Nobody looked at the password (too many were waiting): the try is given back as if it had not been. */
bool sign_in_try_return(Office *office, const SignInTry *try, Error *err) MUST_USE;

/* What a source spent on unknown codes, in memory. */
typedef struct Bucket {
    int64_t whole_ms; /* wall time when all is back */
    int64_t owed;     /* that the database was not told of */
} Bucket;

/* Of a Bucket: on its way to the database. */
typedef struct LimitDebt {
    uint8_t key[MEMO_KEY_SIZE];
    uint8_t rule;
    uint8_t count;
} LimitDebt;

#define LIMIT_DEBTS_MOST 256 /* sources of one round; what is beyond stays counted in memory */

/* Tells the database what sources spent, and takes over what it knows.  The finisher's round. */
bool limits_settle(Office *office, Error *err) MUST_USE;

#endif
