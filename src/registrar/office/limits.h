/* How often one may try (MODEL.md section 6).  Inside office/; office_limit is in checks.h.
 *
 * Signing in: each try is reserved in the database before the password is looked at, and given back when it was right.
 * The first three wrong ones of an account at a kiosk, or from a source, cost nothing; then there are waits that
 * double. All together an account has a hundred wrong tries a day.  Subjects are keyed hashes, the same for numbers
 * that nobody has.  Looking at unknown codes is counted in memory: a flood must not cost a write to the disk each. */
#ifndef REGISTRAR_OFFICE_LIMITS_H
#define REGISTRAR_OFFICE_LIMITS_H

#include "registrar/office/inside.h"

#define TRIES_FREE     3
#define WAIT_FIRST_S   15
#define WAIT_MOST_S    900
#define TRIES_A_DAY    100
#define TRIES_FORGET_S 3600 /* after so long without a try an account's waits begin anew */

typedef struct SignInTry {
    char kiosk[65], source[65], account[65]; /* subjects */
    int64_t day;
} SignInTry;

/* *ret_wait_s: 0 when the try is reserved, else how long to wait. */
bool sign_in_try_reserve(Office *office, const char *number, const char *kiosk, const char *source, SignInTry *ret,
                         int *ret_wait_s, Error *err) MUST_USE;
/* The password was right: waits begin anew.  In the transaction that begins the session. */
bool sign_in_try_forgive(StoreTransaction *transaction, const SignInTry *try, int64_t now_s, Error *err) MUST_USE;
/* Nobody looked at the password (too many were waiting): the try is given back as if it had not been. */
bool sign_in_try_return(Office *office, const SignInTry *try, Error *err) MUST_USE;

/* Tokens of a source, in memory. */
typedef struct Bucket {
    int64_t at_ms;
    int64_t thousandths; /* of a token, spent */
} Bucket;

#endif
