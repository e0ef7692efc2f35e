/* The key folder (0700): the kiosks' authority, server certificates, pepper, page key, seal keys.  Nothing of it is in
 * the database or in a backup.  Files: ca.key ca.pem, kiosks.key kiosks.pem, people.key people.pem, pepper, page.key,
 * seal-KID.seed.  Keys are EC P-256 for TLS, Ed25519 seeds for seals. */
#ifndef REGISTRAR_OFFICE_KEYS_H
#define REGISTRAR_OFFICE_KEYS_H

#include "base/random.h"
#include "wire/cose.h"

typedef struct Keys {
    uint8_t pepper[32];
    uint8_t page[32]; /* AES-256 key of stored pages */
    CoseKey *seal;    /* the active one: the highest kid */
    size_t public_count;
    CosePublicKey public_seals[16]; /* all that verify */
} Keys;

/* Makes everything anew.  host: "hujjat.namuna.uz" or "localhost:8443"; server certificates name it, localhost,
 * 127.0.0.1 and ::1. ERR_EXISTS when the folder holds keys. */
bool keys_make(const char *folder, const char *institution, const char *host, const Random *random, int64_t now_s,
               Error *err) MUST_USE;
bool keys_load(const char *folder, Keys *ret, Error *err) MUST_USE;
/* Wipes. */
void keys_fini(Keys *keys);

/* A client certificate (90 days, clientAuth, CN = name) for a fresh key: writes key.pem (0600), certificate.pem, ca.pem
 * into out. *ret_fingerprint: 64 hex digits of SHA-256 over the DER. */
bool keys_issue_kiosk(const char *folder, const char *name, const char *out, int64_t now_s, char ret_fingerprint[65],
                      int64_t *ret_not_after_s, Error *err) MUST_USE;

#endif
