/* Sign-in, sessions and their limits (MODEL.md section 6). */
#ifndef REGISTRAR_OFFICE_SESSIONS_H
#define REGISTRAR_OFFICE_SESSIONS_H

#include "registrar/connect/hemis/hemis.h"
#include "registrar/office/kiosks.h"
#include "registrar/store/sessions.h"

typedef struct Session {
    int64_t student; /* row */
    char kiosk[API_ID_SIZE];
    char number[24];
    bool weak;
    bool by_card;   /* a card and its PIN began it */
    bool has_hemis; /* HEMIS's token of this session is kept: session_hemis_token */
    bool visitor;   /* without an account: visitors.h */
    int64_t began_at_s, ends_at_s;
    uint8_t bearer_hash[BEARER_HASH_SIZE];
    const char *bearer; /* borrowed of who came with it; secret; NULL: a clerk's */
    /* Somebody of the office asks for the student, who is there in person (desk_asking.h): who, and why.  kiosk is then
     * the owner of a printer of the office, or WINDOW_OWNER.  NULL: the student. */
    const char *clerk, *reason;
} Session;

typedef enum SignInOutcome {
    SIGN_IN_DONE,
    SIGN_IN_REFUSED,
    SIGN_IN_LIMITED,
    SIGN_IN_BUSY,
    SIGN_IN_AWAY, /* HEMIS does not answer, and nothing else knows them by this password */
    SIGN_IN_SPENT /* HEMIS can't be asked about more passwords for a while (office/hemis_budget.h) */
} SignInOutcome;

/* sign_in_who (sign_in.h), and the session of who that is.  A wrong number and a wrong password take the same way; who
 * answers them lets a refusal leave at the full second after sign_in_deadline_ms, and keeps no thread waiting for it.
 * *ret_retry_after_s is set when limited, spent or busy.  source: address of the connection, for the limits.  Waits for
 * HEMIS where there is one. */
bool sign_in(Office *office, const Kiosk *kiosk, const char *source, const ApiSignIn *given, SignInOutcome *ret_outcome,
             ApiSession *ret, int *ret_retry_after_s, Error *err) MUST_USE;
/* False in *ret_found: none, ended, or of another kiosk. */
bool session_find(Office *office, const Kiosk *kiosk, const char *bearer, bool *ret_found, Session *ret,
                  Error *err) MUST_USE;
/* HEMIS's token of a session that a password or a phone began, for a request that came with this bearer: it can't be
 * opened without.  *ret_found: false where there is none (a card's, one that began while HEMIS was away, one that is
 * over).  OWNED_HEMIS_TOKEN wipes it. */
bool session_hemis_token(Office *office, const char *bearer, bool *ret_found, HemisToken *ret, Error *err) MUST_USE;
bool session_end(Office *office, const Kiosk *kiosk, const char *bearer, Error *err) MUST_USE;

#endif
