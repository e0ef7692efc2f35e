/* How a terminal becomes a kiosk of the fleet, and stays one.  Used by both ends.
 *
 *   POST /kiosk/v1/enrol  ApiEnrol    -> 201 ApiEnrolled | 403 enrol-refused | 429 limit | 503 busy
 *   POST /kiosk/v1/renew  ApiRenewal  -> 201 ApiRenewed  | 403 unknown-kiosk | 429 limit | 503 busy
 *
 * Enrolling is the one act without a certificate, and the terminal knows nobody yet: it sends the request to whoever
 * answers at the address, and believes an answer for its proof alone.  An administrator carries a code there, for one
 * kiosk's name: 80 bits, of which 40 are the first of the authority's fingerprint and 40 a secret, good once within
 * ENROL_CODE_S and for ENROL_TRIES.  Forty bits of a fingerprint alone hold nobody off, since an authority that has
 * them too is soon made; so neither end ever sends the secret.  Both stretch it to a key, the terminal proves by it
 * what it asks for and the registrar what it answers: whoever stands between them can hand both on as they are or not
 * at all, and may guess at the secret for a tenth of a second and 32 MB each.
 *
 * The same request asked again within the code's time is given another certificate for the same key: an answer may be
 * lost.  A kiosk renews its certificate over its certificate, also with one that ran out less than RENEW_LATE_S ago. */
#ifndef WIRE_ENROL_H
#define WIRE_ENROL_H

#include "wire/api.h"

#define ENROL_CODE_S       900
#define ENROL_TRIES        5
#define ENROL_CODE_SIZE    20 /* "K7Q2-9XWD-3M5T-V8RJ" and zero */
#define ENROL_KEY_SIZE     32
#define ENROL_TICKET_SIZE  320
#define ENROL_ADDRESS_SIZE 201
#define ENROL_BODY_MOST    (8u << 10)
#define ENROL_PEM_SIZE     4096          /* of a request, a certificate, an authority */
#define ENROL_NAME_SIZE    201           /* of an institution */
#define RENEW_EARLY_S      (30 * 86400)  /* before its end a kiosk asks for the next */
#define RENEW_LATE_S       (200 * 86400) /* after its end it may still ask: a summer switched off */

typedef struct EnrolCode {
    uint8_t authority[5]; /* of SHA-256 of the authority's DER certificate, the first */
    uint8_t secret[5];    /* wipe */
} EnrolCode;

/* "K7Q2-9XWD-3M5T-V8RJ".  ret is secret: wipe. */
void enrol_code_write(const EnrolCode *code, char ret[ENROL_CODE_SIZE]);
/* Folds case and digits that look alike; hyphens and white space are as one likes. */
bool enrol_code_read(Str text, EnrolCode *ret) MUST_USE;

/* What a kiosk is enrolled with: where, as whom, by which code. */
typedef struct EnrolTicket {
    char address[ENROL_ADDRESS_SIZE]; /* "https://registrar.example.uz:8444" */
    char kiosk[API_ID_SIZE];
    char code[ENROL_CODE_SIZE]; /* secret: wipe */
} EnrolTicket;

/* "https://registrar.example.uz:8444/enrol#A-2/K7Q2-9XWD-3M5T-V8RJ": what the QR code of an administrator holds. */
bool enrol_ticket_write(const EnrolTicket *ticket, char ret[ENROL_TICKET_SIZE], Error *err) MUST_USE;
bool enrol_ticket_read(Str text, EnrolTicket *ret) MUST_USE;

/* 1 to 36 letters, digits, "-" and "_". */
bool enrol_kiosk_valid(const char *kiosk);
/* "https://", a host, perhaps a port, nothing else. */
bool enrol_address_valid(const char *address);

/* The key that both ends make of a code for this kiosk.  ret is secret: wipe. */
bool enrol_key(const EnrolCode *code, const char *kiosk, uint8_t ret[ENROL_KEY_SIZE], Error *err) MUST_USE;

typedef struct ApiEnrol {
    char kiosk[API_ID_SIZE];
    char request[ENROL_PEM_SIZE]; /* PKCS #10 (RFC 2986), PEM: its key counts, its name does not */
    char proof[65];               /* of the two, by enrol_key */
} ApiEnrol;

typedef struct ApiEnrolled {
    char kiosk[API_ID_SIZE];
    char place[96];
    char certificate[ENROL_PEM_SIZE];
    char authority[ENROL_PEM_SIZE]; /* the only one that the kiosk trusts from now on */
    char institution[49];
    bool demo;
    int utc_offset_minutes;
    char names[LANGUAGE_COUNT][ENROL_NAME_SIZE]; /* the institution's */
} ApiEnrolled;

typedef struct ApiRenewal {
    char request[ENROL_PEM_SIZE];
} ApiRenewal;

typedef struct ApiRenewed {
    char certificate[ENROL_PEM_SIZE];
} ApiRenewed;

/* Fills in the proof. */
bool enrol_prove(ApiEnrol *enrol, const uint8_t key[ENROL_KEY_SIZE], Error *err) MUST_USE;
bool enrol_proves(const ApiEnrol *enrol, const uint8_t key[ENROL_KEY_SIZE], bool *ret, Error *err) MUST_USE;

bool api_enrol_write(const ApiEnrol *enrol, Buf *buf, Error *err) MUST_USE;
bool api_enrol_read(Str json, ApiEnrol *ret, Error *err) MUST_USE;
/* Under the key: the member "proof" is of all the others, as canonical JSON. */
bool api_enrolled_write(const ApiEnrolled *enrolled, const uint8_t key[ENROL_KEY_SIZE], Buf *buf, Error *err) MUST_USE;
/* ERR_CRYPTO: it was not made by who has the key. */
bool api_enrolled_read(Str json, const uint8_t key[ENROL_KEY_SIZE], ApiEnrolled *ret, Error *err) MUST_USE;
bool api_renewal_write(const ApiRenewal *renewal, Buf *buf, Error *err) MUST_USE;
bool api_renewal_read(Str json, ApiRenewal *ret, Error *err) MUST_USE;
bool api_renewed_write(const ApiRenewed *renewed, Buf *buf, Error *err) MUST_USE;
bool api_renewed_read(Str json, ApiRenewed *ret, Error *err) MUST_USE;

#endif
