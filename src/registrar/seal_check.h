/* Whether a PDF is what an issuer sealed: its QR code is read from the drawn page, the seal is checked against the
 * issuer's public keys, and the text that a reader sees is compared with the text that was sealed.  The look is not
 * covered: only the issuer's register can say that the file is the issued one, byte for byte.  (MODEL.md section 5) */
#ifndef REGISTRAR_SEAL_CHECK_H
#define REGISTRAR_SEAL_CHECK_H

#include "wire/seal.h"

#define SEAL_CHECK_FILE_MOST  (32u << 20)
#define SEAL_CHECK_PAGES_MOST 20

typedef enum SealFault {
    SEAL_FAULT_NONE,
    SEAL_FAULT_NO_CODE,   /* no QR code that is a seal's link */
    SEAL_FAULT_TWO_CODES, /* two different links on one page */
    SEAL_FAULT_HOST,      /* the link leads to a host that is not the issuer's */
    SEAL_FAULT_NO_SEAL,   /* a link without a seal in it */
    SEAL_FAULT_KEY,       /* signed under a key id that the issuer has not published */
    SEAL_FAULT_SIGNATURE, /* not signed by the issuer's key: something in the claims was changed */
    SEAL_FAULT_CLAIMS,    /* signed, but not by these rules */
    SEAL_FAULT_ISSUER,    /* the seal names another issuer than its link */
    SEAL_FAULT_CODE,      /* the link's code is not the seal's */
    SEAL_FAULT_TEXT,      /* the text is not the sealed one */
    SEAL_FAULT_EXPIRED,
    SEAL_FAULT_COUNT
} SealFault;

typedef struct SealCheckInput {
    const char *issuer; /* published host, lower case, with ":port" where it is not 443 */
    const CosePublicKey *keys;
    size_t key_count;
    int64_t now_s;
} SealCheckInput;

typedef struct SealCheck {
    SealFault fault;
    char host[64];         /* of the link; "" when there was none */
    Code code;             /* of the link */
    bool signed_by_issuer; /* claims hold what the issuer signed */
    SealClaims claims;
    uint8_t file_sha256[32];
} SealCheck;

/* False: it could not be checked (no such file, not a PDF, a tool is missing, too slow).  Needs pdftotext and pdftoppm
 * (poppler-utils). */
bool seal_check_file(const SealCheckInput *input, const char *path, SealCheck *ret, Error *err) MUST_USE;
/* One line in English for a person, such as "the link names another host"; "" for none. */
const char *seal_fault_words(SealFault fault);

#endif
