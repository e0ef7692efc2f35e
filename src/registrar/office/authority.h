/* X.509 as the key folder needs it, over OpenSSL: one authority, certificates of servers and of kiosks under it. */
#ifndef REGISTRAR_OFFICE_AUTHORITY_H
#define REGISTRAR_OFFICE_AUTHORITY_H

#include "base/crypto.h"

typedef struct Authority Authority;

/* A new key and its own certificate, 20 years. */
Authority *authority_make(const char *name, int64_t now_s, Error *err) MUST_USE;
Authority *authority_read(Str key_pem, Str certificate_pem, Error *err) MUST_USE;
void authority_free(Authority *authority);
OWNED_BY(Authority, authority_free)
bool authority_write(const Authority *authority, Buf *key_pem, Buf *certificate_pem, Error *err) MUST_USE;

typedef struct CertificateOrder {
    const char *name;  /* CN: 1 to 63 bytes */
    const char *hosts; /* of a server: "DNS:a,IP:::1"; NULL: a client's */
    int days;
    int64_t now_s;
} CertificateOrder;

/* A fresh EC P-256 key and its certificate. */
bool authority_issue(const Authority *authority, const CertificateOrder *order, Buf *key_pem, Buf *certificate_pem,
                     char ret_fingerprint[65], int64_t *ret_not_after_s, Error *err) MUST_USE;

/* A request (PKCS #10, PEM) for a P-256 key that its sender holds; else ERR_FORMAT. */
bool authority_request_check(Str request_pem, Error *err) MUST_USE;
/* A certificate of the request's key; what else the request says counts for nothing. */
bool authority_sign(const Authority *authority, const CertificateOrder *order, Str request_pem, Buf *certificate_pem,
                    char ret_fingerprint[65], int64_t *ret_not_after_s, Error *err) MUST_USE;
/* SHA-256 of the DER. */
bool authority_fingerprint(Str certificate_pem, uint8_t ret[SHA256_SIZE], Error *err) MUST_USE;

#endif
