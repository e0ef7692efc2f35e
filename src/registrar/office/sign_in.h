/* Who somebody is by number and password (MODEL.md section 6).  While HEMIS answers, HEMIS decides, also where the
 * password matches the verifier of the one that it accepted last; that verifier alone serves only while HEMIS is away.
 * Accounts of the register's own, and registers without a HEMIS, are decided by their verifiers.  Whatever does not
 * match is answered alike for a number that somebody has and one that nobody has: refused while HEMIS answers,
 * SIGN_IN_AWAY while it does not, SIGN_IN_SPENT where it can't be asked. */
#ifndef REGISTRAR_OFFICE_SIGN_IN_H
#define REGISTRAR_OFFICE_SIGN_IN_H

#include "registrar/connect/hemis/hemis.h"
#include "registrar/office/limits.h"
#include "registrar/office/sessions.h"
#include "registrar/store/students.h"

/* Somebody whose session may begin: session_open (sessions_inside.h) takes these. */
typedef struct SignInFound {
    int64_t student;
    char number[STUDENT_NUMBER_SIZE];
    bool weak;     /* HEMIS's first password */
    bool away;     /* HEMIS did not answer: the verifier served */
    SignInTry try; /* to be given back with the session's beginning */
    bool has_token;
    HemisToken token; /* HEMIS's */
} SignInFound;

void sign_in_found_wipe(SignInFound *found);
#define OWNED_SIGN_IN_FOUND __attribute__((cleanup(sign_in_found_wipe))) SignInFound

/* kiosk: id of the one that it is for; source: address of the connection, for the limits.  SIGN_IN_DONE with *ret.
 * *ret_retry_after_s is set when limited, spent or busy.  Waits for HEMIS: for threads that may. */
bool sign_in_who(Office *office, const char *kiosk, const char *source, const ApiSignIn *given,
                 SignInOutcome *ret_outcome, SignInFound *ret, int *ret_retry_after_s, Error *err) MUST_USE;

/* Within which the slowest way of a sign-in is decided: a refusal leaves at the next full second after it. */
int sign_in_deadline_ms(const Office *office);

#endif
