/* Signing in with one's own phone (MODEL.md section 6): OAuth 2.0's device authorization grant (RFC 8628); its states
 * and times are in wire/grant.h.  The kiosk is the device.  A phone gives the user code, shows which kiosk that is,
 * asks for number and password, and for consent; then it shows two digits, chosen then, that are typed on that kiosk's
 * glass.
 *
 * What a link that somebody was sent can do: nothing.  Whoever follows it and signs in sees digits, and whoever sent it
 * does not.  What a guessed code can do: show which kiosk it is of.  A source has an allowance of codes that nobody
 * has; when it is spent, what is known is answered like what is not, so that guesses find nothing, until one is back.
 *
 * The password is HEMIS's or the register's as at the glass, by the same function (sign_in.h), and counts there as a
 * try at the grant's kiosk.  HEMIS's token waits sealed for the device code (base/box.h): who reads the database has it
 * not. Whom a grant would let in is forgotten with its end; the acts keep it. */
#ifndef REGISTRAR_OFFICE_GRANTS_H
#define REGISTRAR_OFFICE_GRANTS_H

#include "registrar/office/sessions.h"
#include "registrar/store/grants.h"
#include "wire/grant.h"

/* Pages of others on which a phone may sign in instead of typing a password here. */
typedef enum GrantPage {
    GRANT_PAGE_HEMIS, /* HEMIS's own (OAuth 2.0's authorization code), where it has a client for us */
    GRANT_PAGE_ONEID, /* the state's, where it has given us one: it knows persons, the register whose PINFL is whose */
    GRANT_PAGE_COUNT
} GrantPage;

#define GRANT_PASSWORDS  5
#define GRANT_SLOWER_S   5   /* added to the interval with each slow_down (RFC 8628 section 3.5) */
#define GRANT_EARLY_MS   500 /* an asking that comes so much early is not too early: networks differ */
#define GRANT_KEPT_S     86400
#define GRANT_PHONE_SIZE 44 /* a cookie's value: 256 bits in base64url, and zero */
#define GRANT_KIOSK_NAME API_ID_SIZE

/* --- at the kiosk ------------------------------------------------------------------------------------------------- */

/* PROBLEM_LIMIT, with seconds to wait: it asked for too many.  *ret holds a secret: wipe. */
bool grant_offer(Office *office, const Kiosk *kiosk, ApiProblem *ret_problem, ApiGrantOffer *ret, Error *err) MUST_USE;
/* *ret_given: the session began, and *ret holds its bearer: wipe.  Else *ret_refusal says why not, or not yet. */
bool grant_token(Office *office, const Kiosk *kiosk, const char *device_code, bool *ret_given,
                 GrantRefusal *ret_refusal, ApiGrantToken *ret, Error *err) MUST_USE;
/* These know the kiosk's own grants alone. */
bool grant_look(Office *office, const Kiosk *kiosk, const char *id, bool *ret_found, ApiGrant *ret,
                Error *err) MUST_USE;
/* One try.  *ret tells what came of it: matched, denied, or what the grant was already. */
bool grant_digits(Office *office, const Kiosk *kiosk, const char *id, const char *digits, bool *ret_found,
                  ApiGrant *ret, Error *err) MUST_USE;
/* It is denied; one that is over stays as it is. */
bool grant_withdraw(Office *office, const Kiosk *kiosk, const char *id, bool *ret_found, Error *err) MUST_USE;

/* --- at the phone ------------------------------------------------------------------------------------------------- */

typedef enum GrantDoor {
    GRANT_DOOR_GONE,     /* no such code, or over: nobody can tell which */
    GRANT_DOOR_LIMITED,  /* the source asked for too many that nobody has */
    GRANT_DOOR_CLOSED,   /* nobody has opened it yet */
    GRANT_DOOR_OTHER,    /* another phone has */
    GRANT_DOOR_PASSWORD, /* this one has, and is asked for number and password */
    GRANT_DOOR_CONSENT,  /* they were right: it is asked whether that kiosk is to be signed in */
    GRANT_DOOR_DIGITS,   /* it shows them */
    GRANT_DOOR_DONE,     /* they were typed */
    GRANT_DOOR_DENIED,   /* of this phone, as the next: it was cancelled, here or there, or five passwords were wrong */
    GRANT_DOOR_EXPIRED,
    GRANT_DOOR_COUNT
} GrantDoor;

/* Who comes to the door. */
typedef struct GrantCaller {
    const char *code;   /* as grant_code_parse gives it; NULL: what is malformed */
    const char *phone;  /* its cookie; NULL or "": none */
    const char *source; /* of the limits: the address of the connection */
} GrantCaller;

typedef struct GrantView {
    GrantDoor door;
    int wait_s;                   /* GRANT_DOOR_LIMITED */
    char kiosk[GRANT_KIOSK_NAME]; /* whenever it is neither gone nor limited */
    char place[KIOSK_PLACE_SIZE];
    PaperTitle name;                 /* GRANT_DOOR_CONSENT: whose number it was */
    char digits[3];                  /* GRANT_DOOR_DIGITS */
    int tries_left;                  /* GRANT_DOOR_PASSWORD */
    bool has_page[GRANT_PAGE_COUNT]; /* the same: that page may be gone to instead */
    int seconds_left;
} GrantView;

/* Changes nothing but what the source has spent: a preview of a link burns nothing. */
bool grant_door_look(Office *office, const GrantCaller *caller, GrantView *ret, Error *err) MUST_USE;
/* Opens what is closed: ret_phone is then the cookie that binds it to this phone, else "". */
bool grant_door_open(Office *office, const GrantCaller *caller, GrantView *ret, char ret_phone[GRANT_PHONE_SIZE],
                     Error *err) MUST_USE;
/* GRANT_DOOR_PASSWORD alone looks at what was given: *ret_tried, and *ret_outcome and *ret_retry_after_s as sign_in has
 * them.  *ret: how it is then.  Waits for HEMIS where there is one. */
bool grant_door_sign_in(Office *office, const GrantCaller *caller, const ApiSignIn *given, bool *ret_tried,
                        SignInOutcome *ret_outcome, int *ret_retry_after_s, GrantView *ret, Error *err) MUST_USE;
/* Appends where to go; nothing where the door is another than GRANT_DOOR_PASSWORD, or there is no such page.  The state
 * that comes back is this grant's, this phone's and this page's alone: what somebody else's browser brought of it is
 * refused. */
bool grant_door_leave(Office *office, const GrantCaller *caller, GrantPage page, Language language, GrantView *ret,
                      Buf *address, Error *err) MUST_USE;
/* Whoever comes back with that page's code: as grant_door_sign_in.  SIGN_IN_REFUSED: it, or the register, knows no
 * student by it.  caller's code is the one that grant_state_read found in state. */
bool grant_door_return(Office *office, const GrantCaller *caller, GrantPage page, const char *state, const char *code,
                       bool *ret_tried, SignInOutcome *ret_outcome, GrantView *ret, Error *err) MUST_USE;
/* Whose state it says that it is, and in which language its phone was spoken to.  False: none of ours. */
bool grant_state_read(const char *state, char ret_code[GRANT_CODE_LENGTH + 1], Language *ret_language) MUST_USE;
/* From GRANT_DOOR_CONSENT to GRANT_DOOR_DIGITS; nothing from elsewhere. */
bool grant_door_consent(Office *office, const GrantCaller *caller, GrantView *ret, Error *err) MUST_USE;
/* Whoever was sent a link and does not stand there, too: what nobody has opened is denied. */
bool grant_door_cancel(Office *office, const GrantCaller *caller, GrantView *ret, Error *err) MUST_USE;

/* --- inside office/ ----------------------------------------------------------------------------------------------- */

/* What a grant is at this second, whatever its row still says. */
GrantState grant_now(const GrantRow *grant, int64_t now_s);
/* What a phone finds.  phone_hash NULL: it brought no cookie. */
GrantDoor grant_door(const GrantRow *grant, GrantState now, const uint8_t *phone_hash);
/* Matched becomes used, in the transaction that begins the session.  *ret_used: false when it is not matched any more.
 */
bool grant_use(StoreTransaction *transaction, const char *id, int64_t now_ms, bool *ret_used, Error *err) MUST_USE;
/* Grants whose time is over. */
bool grants_time_out(Office *office, Error *err) MUST_USE;

/* Between grants.c and grants_door.c. */
#define GRANT_BOX_MOST (HEMIS_TOKEN_SIZE + 128)
/* 256 bits in base64url. */
bool grant_secret(const Office *office, char ret[GRANT_PHONE_SIZE], Error *err) MUST_USE;
/* Keyed with the pepper.  code NULL: of none that anybody has. */
bool grant_user_hash(const Office *office, const char *code, uint8_t ret[GRANT_HASH_SIZE], Error *err) MUST_USE;
/* Moves it after writing its columns; what ends forgets digits, student and token.  actor: who did it. */
bool grant_move(StoreTransaction *transaction, GrantRow *grant, GrantState to, const char *actor, int64_t now_ms,
                Error *err) MUST_USE;
/* The kiosk is told that it is not as it was: of what was not done at that kiosk. */
bool grant_say(StoreTransaction *transaction, const GrantRow *grant, int64_t now_ms, Error *err) MUST_USE;

#endif
