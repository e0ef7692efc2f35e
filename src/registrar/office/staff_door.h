/* Staff's door: signing in by password and one-time code, and sessions.
 *
 * A wrong name, a wrong password and a wrong code are one answer after the same work, counted by account and source
 * with waits that grow (limits.h).  A step of the code is good once.  A session ends by itself after a while without a
 * person at it, and at the latest after a day's work; of its bearer the register knows the hash. */
#ifndef REGISTRAR_OFFICE_STAFF_DOOR_H
#define REGISTRAR_OFFICE_STAFF_DOOR_H

#include "registrar/office/sessions.h"
#include "registrar/office/staff.h"

#define STAFF_IDLE_S           900
#define STAFF_SESSION_S        43200
#define STAFF_FRESH_S          300 /* so long a code is fresh: acts that need one ask for none again */
#define STAFF_BEARER_TEXT_SIZE 48  /* 43 letters of base64url, and zero; secret: wipe */

typedef struct StaffSignIn {
    const char *name, *password, *code;
    const char *device; /* "Firefox, Windows" */
    const char *source;
} StaffSignIn;

/* Whoever is signed in, as they may act now. */
typedef struct StaffSession {
    char id[37];
    char name[STAFF_NAME_SIZE];
    char full_name[STAFF_FULL_NAME_SIZE];
    unsigned roles;
    StaffScope scope; /* with the units of their roles */
    bool first;       /* a new account: nothing is open to it but its first sign-in */
    int64_t began_at_s, fresh_until_s;
} StaffSession;

/* The answer for all who are not let in is the same; *ret_wait_s when limited or busy. */
bool staff_sign_in(Office *office, const StaffSignIn *given, SignInOutcome *ret_outcome,
                   char ret_bearer[STAFF_BEARER_TEXT_SIZE], int *ret_wait_s, Error *err) MUST_USE;
/* by_person: somebody went to a page; else a page asked by itself, which keeps no session alive.  False in *ret_found:
 * there is none, it is over, or its account is locked. */
bool staff_session_find(Office *office, const char *bearer, bool by_person, bool *ret_found, StaffSession *ret,
                        Error *err) MUST_USE;
/* Of the same person: id; NULL: all but the one of keep (NULL: that one, too). */
bool staff_session_end(Office *office, const StaffSession *session, const char *id, const char *keep, int *ret_ended,
                       Error *err) MUST_USE;
bool staff_session_list(Office *office, const char *name, StaffSessionRow rows[STAFF_SESSIONS_MOST], size_t *ret_count,
                        Error *err) MUST_USE;

/* Whether a code of this session is fresh.  code: what the form brought, "": none; one that is right makes the session
 * fresh.  Wrong ones are counted as at the door: *ret_wait_s. */
bool staff_fresh(Office *office, StaffSession *session, const char *code, const char *source, bool *ret_fresh,
                 int *ret_wait_s, Error *err) MUST_USE;

/* A new account's secret, once more, until its first sign-in is over. */
bool staff_first_secret(Office *office, const StaffSession *session, uint8_t ret[TOTP_SECRET_SIZE],
                        Error *err) MUST_USE;

typedef enum PasswordChange {
    PASSWORD_CHANGED,
    PASSWORD_NOT_TAKEN, /* *ret_fault says why */
    PASSWORD_SAME,      /* as the one before */
    PASSWORD_WRONG_OLD, /* or the code is wrong, in a first sign-in */
    PASSWORD_TOO_OFTEN  /* *ret_wait_s */
} PasswordChange;

/* A new password for one's own account, after the old one; in a first sign-in (old NULL) after a code, and the account
 * is ready then.  Other sessions of the person end. */
bool staff_change_password(Office *office, StaffSession *session, const char *old, const char *code,
                           const char *password, const char *source, PasswordChange *ret, PasswordFault *ret_fault,
                           int *ret_wait_s, Error *err) MUST_USE;

#endif
