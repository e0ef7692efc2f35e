/* The integrity seal: what the registrar states of one copy, as a CBOR Web Token (RFC 8392) in a COSE_Sign1.
 * Claims: iss 1, exp 4 when there is one, iat 6, cti 7 (the code's 60 bits as 8 bytes); private claim -65537 =
 * [kind, number, holder, status list, status index, text hash, sealed fields].  (MODEL.md section 5, DESIGN.md
 * section 6.  For who writes a checker of their own: README.md beside this file has it as CDDL.)
 *
 * Its bytes, for a certificate of study of a host of 16 letters (a link of 39 characters before the seal):
 *     COSE       84 = tag and array 2, protected header 13, unprotected 1, head of the payload 2, signature 66
 *     claims     57 = map 1, issuer 18, issued at 6, code 10, our claim 5 + 1, kind 1, number 9, status 1 + 5
 *     text hash  17
 *     fields     11 = map 1, programme's code 6, year 2, form 2
 *     holder      n + 1 below 24 bytes, n + 2 from there; oʻ and gʻ take 3
 * Version 11-M has room for 199 bytes, 12-M for 232, 13-M for 272. */
#ifndef WIRE_SEAL_H
#define WIRE_SEAL_H

#include "wire/code.h"
#include "wire/cose.h"

#define SEAL_HASH_SIZE        16
#define SEAL_FIELDS_MOST      8
#define SEAL_FIELDS_BYTES     70 /* CBOR bytes that the sealed fields may take */
#define SEAL_QR_VERSION_AIMED 11 /* a name of 28 letters, a host of 16 */
#define SEAL_QR_VERSION_UNCUT 12 /* the holder is cut only above it: a name of 61 letters is whole */
#define SEAL_QR_VERSION_MOST  13

/* What a forger would change.  The numbers are the wire format: never reused, only added to. */
typedef enum SealField {
    SEAL_FIELD_PROGRAMME = 1, /* "60610500" or the programme's name */
    SEAL_FIELD_YEAR = 2,      /* year of study */
    SEAL_FIELD_FORM = 3,      /* form of study */
    SEAL_FIELD_GPA = 4,
    SEAL_FIELD_CREDITS = 5,
    SEAL_FIELD_PERIOD = 6,
    SEAL_FIELD_ROWS = 7,
    SEAL_FIELD_STUDENT = 8, /* last digits of the student's number */
    SEAL_FIELD_SUM = 9,
    SEAL_FIELD_LAST = SEAL_FIELD_SUM
} SealField;

/* "programme" <-> 1: the names used in templates. */
bool seal_field_parse(Str name, SealField *ret) MUST_USE;
const char *seal_field_name(SealField field);

typedef struct SealedValue {
    SealField field;
    char value[40];
} SealedValue;

typedef struct SealClaims {
    char issuer[64]; /* host, lower case, with ":port" where it is not 443 */
    Code code;
    int64_t issued_at_s;  /* Unix seconds */
    int64_t expires_at_s; /* 0: none */
    char kind[40];        /* template id; known ones travel as small integers */
    char number[24];      /* "M-2026/004817" */
    char holder[96];      /* one Latin form; seal_make cuts it, with a mark, where the QR code would be too large */
    uint32_t status_list, status_index;
    uint8_t text_hash[SEAL_HASH_SIZE];
    size_t field_count;
    SealedValue fields[SEAL_FIELDS_MOST];
} SealClaims;

/* Appends the signed token.  The holder is cut (whole code points, then U+2026) to the longest that keeps the link
 * within SEAL_QR_VERSION_UNCUT, but never below 12 characters; ERR_RANGE when SEAL_QR_VERSION_MOST is then exceeded. */
bool seal_make(const CoseKey *key, const SealClaims *claims, Buf *ret_token, Error *err) MUST_USE;
/* Verifies and reads.  ERR_CRYPTO: the signature is not this key's; ERR_FORMAT: signed, but not our claims. */
bool seal_read(const CosePublicKey *key, Str token, SealClaims *ret, Error *err) MUST_USE;

/* The link "HTTPS://HOST/V/CODE#BASE32", appended in two halves without the '#': they are QR segments of their own. */
bool seal_link(const SealClaims *claims, Str token, Buf *ret_path, Buf *ret_fragment, Error *err) MUST_USE;
/* Takes a scanned or typed link apart, any case, with or without "https://": host in lower case, code, and the token's
 * bytes (none when there is no fragment), appended.  ERR_FORMAT, and nothing is written, when it is no such link. */
bool seal_link_parse(Str link, char *ret_host, size_t host_size, Code *ret_code, Buf *ret_token, Error *err) MUST_USE;

/* First 16 bytes of SHA-256 over the text, NFC, without white space (the text is NFC already: checked where it enters).
 */
bool seal_text_hash(Str text, uint8_t ret[SEAL_HASH_SIZE], Error *err) MUST_USE;

#endif
