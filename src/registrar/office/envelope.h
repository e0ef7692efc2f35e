/* A file for one reader: CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084), its key agreed with an EC P-256
 * certificate (RFC 5753, KDF over SHA-256).  `openssl cms -decrypt` opens it without us.  For backups. */
#ifndef REGISTRAR_OFFICE_ENVELOPE_H
#define REGISTRAR_OFFICE_ENVELOPE_H

#include "base/buf.h"

/* ASN.1 readers count in int, and hold a whole message in memory. */
#define ENVELOPE_BYTES_MOST ((INT64_C(2) << 30) - (64 << 20))

/* A fresh key (PKCS #8), with its certificate (20 years) behind it, and the certificate alone.  name: 1 to 63 bytes. */
bool envelope_key_make(const char *name, int64_t now_s, Buf *key_pem, Buf *certificate_pem, Error *err) MUST_USE;
/* From one descriptor's beginning to its end, a byte at least, into the other.  ERR_LIMIT: more than
 * ENVELOPE_BYTES_MOST. */
bool envelope_seal(Str certificate_pem, int from, int to, Error *err) MUST_USE;
/* ERR_CRYPTO: not for this key, or a byte was changed: what was written until then is worth nothing, and the caller
 * throws it away.  ERR_FORMAT: no such envelope, or no key with its certificate. */
bool envelope_open(Str key_pem, int from, int to, Error *err) MUST_USE;
/* Whether what this descriptor holds begins as one. */
bool envelope_begins(int file) MUST_USE;

#endif
