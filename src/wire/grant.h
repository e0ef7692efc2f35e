/* Signing in with one's own phone: OAuth 2.0's device authorization grant (RFC 8628) as the kiosks' interface has it.
 * The kiosk is the device, any phone is the browser.  Used by both ends.
 *
 *   POST   /kiosk/v1/oauth/device_authorization  client_id=kiosk
 *            -> 200 ApiGrantOffer | 400 ApiGrantRefusal | 429 problem
 *   POST   /kiosk/v1/oauth/token                 grant_type=GRANT_TYPE&device_code=...&client_id=kiosk
 *            -> 200 ApiGrantToken | 400 ApiGrantRefusal
 *   GET    /kiosk/v1/sign-in-grants/{id}                           -> 200 ApiGrant | 404
 *   PUT    /kiosk/v1/sign-in-grants/{id}/digits  ApiPhoneDigits    -> 200 ApiGrant | 404
 *   DELETE /kiosk/v1/sign-in-grants/{id}                           -> 204, also of what is over | 404
 *
 * Forms are application/x-www-form-urlencoded.  The certificate is enough; a grant belongs to the kiosk that asked for
 * it, and nobody else finds it or its device code.  A kiosk has one open grant: asking for the next denies the one
 * before.  GRANT_OFFERED_S in all until the digits are typed.
 *
 *   offered   the glass shows QR code and user code
 *   opened    a phone gave the user code; it shows which kiosk this is, and asks for number and password
 *   digits    they were right, and the student consented: the phone shows two digits, chosen then, to be typed on the
 *             glass within GRANT_DIGITS_S (MODEL.md section 6): whoever was sent a link by a stranger has no glass
 *   matched   they were typed, at the first try: the device code gives the token at once, whatever the pace of asking,
 *             within GRANT_TAKING_S
 *   used      it was given: once
 *   denied    by the phone, by wrong digits, by five wrong passwords, by a newer grant or by DELETE
 *   expired   its time is over
 *
 * Each change that was not made at the kiosk is told by the event "sign-in-grant" with the grant's id (wire/events.h);
 * the kiosk then looks at it, and asks for the token when it is matched.  Who knows nothing of events polls as the RFC
 * says: authorization_pending before it is matched, slow_down (and five seconds more between two askings from then on)
 * when asked sooner than "interval", access_denied, expired_token, invalid_grant for a code that is nobody's, another
 * kiosk's, or was used. */
#ifndef WIRE_GRANT_H
#define WIRE_GRANT_H

#include "wire/api.h"

#define GRANT_TYPE       "urn:ietf:params:oauth:grant-type:device_code"
#define GRANT_CLIENT_ID  "kiosk"

#define GRANT_OFFERED_S  120
#define GRANT_DIGITS_S   60
#define GRANT_TAKING_S   30
#define GRANT_INTERVAL_S 5

/* RFC 8628 section 6.1: no vowels, so no words; 34.5 bits. */
#define GRANT_LETTERS        "BCDFGHJKLMNPQRSTVWXZ"
#define GRANT_CODE_LENGTH    8
#define GRANT_CODE_SIZE      10 /* "WDJB-MJHT" and zero */
#define GRANT_DEVICE_SIZE    44 /* 256 bits in base64url, and zero */
#define GRANT_ADDRESS_SIZE   API_PHONE_ADDRESS_SIZE
#define GRANT_FORM_BODY_MOST 1024

typedef enum ApiGrantState {
    GRANT_OFFERED,
    GRANT_OPENED,
    GRANT_DIGITS,
    GRANT_MATCHED,
    GRANT_USED,
    GRANT_DENIED,
    GRANT_EXPIRED,
    GRANT_STATE_COUNT
} ApiGrantState;

typedef struct ApiGrantOffer {
    char grant[API_ID_SIZE];                            /* its id, for the routes beside OAuth's */
    char device_code[GRANT_DEVICE_SIZE];                /* secret: wipe */
    char user_code[GRANT_CODE_SIZE];                    /* with its hyphen, as the glass shows it */
    char verification_uri[GRANT_ADDRESS_SIZE];          /* to be typed: "https://host/g" */
    char verification_uri_complete[GRANT_ADDRESS_SIZE]; /* for the QR code, in its own letters: "HTTPS://HOST/G/CODE" */
    int expires_in, interval;                           /* seconds */
} ApiGrantOffer;

typedef struct ApiGrant {
    char id[API_ID_SIZE];
    ApiGrantState state;
    int seconds_left; /* of this state, 0 when it is over */
} ApiGrant;

/* The token's answer: access_token is session.token, token_type "Bearer", expires_in session.seconds_left, and the
 * member "session" the whole of it. */
typedef struct ApiGrantToken {
    ApiSession session; /* secret: wipe */
} ApiGrantToken;

typedef enum GrantRefusal { /* RFC 6749 section 5.2, RFC 8628 section 3.5 */
                            GRANT_AUTHORIZATION_PENDING,
                            GRANT_SLOW_DOWN,
                            GRANT_ACCESS_DENIED,
                            GRANT_EXPIRED_TOKEN,
                            GRANT_INVALID_GRANT,
                            GRANT_INVALID_REQUEST,
                            GRANT_INVALID_CLIENT,
                            GRANT_UNSUPPORTED_GRANT_TYPE,
                            GRANT_REFUSAL_COUNT
} GrantRefusal;

typedef struct ApiGrantRefusal {
    GrantRefusal error;
} ApiGrantRefusal;

const char *grant_state_name(ApiGrantState state);
/* False: no state has this name. */
bool grant_state_parse(Str name, ApiGrantState *ret) MUST_USE;

/* What a person typed: either case, spaces and hyphens anywhere.  ret without hyphen.  False: no code. */
bool grant_code_parse(Str typed, char ret[GRANT_CODE_LENGTH + 1]) MUST_USE;
/* "WDJBMJHT" with its hyphen. */
void grant_code_grouped(const char *code, char ret[GRANT_CODE_SIZE]);

bool api_grant_offer_write(const ApiGrantOffer *offer, Buf *buf, Error *err) MUST_USE;
bool api_grant_offer_read(Str json, ApiGrantOffer *ret, Error *err) MUST_USE;
bool api_grant_write(const ApiGrant *grant, Buf *buf, Error *err) MUST_USE;
bool api_grant_read(Str json, ApiGrant *ret, Error *err) MUST_USE;
bool api_grant_token_write(const ApiGrantToken *token, Buf *buf, Error *err) MUST_USE;
bool api_grant_token_read(Str json, ApiGrantToken *ret, Error *err) MUST_USE;
bool api_grant_refusal_write(const ApiGrantRefusal *refusal, Buf *buf, Error *err) MUST_USE;
bool api_grant_refusal_read(Str json, ApiGrantRefusal *ret, Error *err) MUST_USE;

#endif
