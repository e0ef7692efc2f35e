/* The key folder (0700): the kiosks' authority, server certificates, and the office's secrets.  Nothing of it is in the
 * database or in a backup.  Files: ca.key ca.pem, kiosks.key kiosks.pem, people.key people.pem (EC P-256); pepper,
 * page.key, record.key, seal-KID.seed, list-KID.seed and head-KID.seed (32 bytes in hex; Ed25519 seeds for seals,
 * status lists and the audit log's head). */
#ifndef REGISTRAR_OFFICE_KEYS_H
#define REGISTRAR_OFFICE_KEYS_H

#include "base/crypto.h"
#include "base/random.h"
#include "wire/cose.h"
#include "wire/enrol.h"

#define KEY_SIZE   32
#define SEALS_MOST 16

typedef struct Keys {
    uint8_t pepper[KEY_SIZE]; /* of passwords */
    uint8_t page[KEY_SIZE];   /* AES-256 key of stored pages */
    uint8_t record[KEY_SIZE]; /* AES-256 key of PINFLs and snapshots */
    size_t seal_count;
    CoseKey *seals[SEALS_MOST]; /* the lowest kid first; the last is the active one */
    CosePublicKey public_seals[SEALS_MOST];
    CoseKey *list; /* of status lists: the highest kid alone, since a list is good for a day */
    CosePublicKey public_list;
    CoseKey *head; /* of the audit log's heads: the highest kid */
    CosePublicKey public_head;
} Keys;

/* Makes everything anew.  host: "hujjat.namuna.uz" or "localhost:8443"; server certificates name it, localhost,
 * 127.0.0.1 and ::1. ERR_EXISTS when the folder holds keys. */
bool keys_make(const char *folder, const char *institution, const char *host, const Random *random, int64_t now_s,
               Error *err) MUST_USE;
/* Adds what an earlier release did not make: the keys of status lists and of audit heads. */
bool keys_complete(const char *folder, const Random *random, Error *err) MUST_USE;
bool keys_load(const char *folder, Keys *ret, Error *err) MUST_USE;
/* Wipes. */
void keys_fini(Keys *keys);
/* Under which new seals are made. */
CoseKey *keys_active_seal(const Keys *keys);
/* NULL: not in this folder. */
CoseKey *keys_find_seal(const Keys *keys, int kid);

/* A client certificate (90 days, clientAuth, CN = name) for a fresh key: writes key.pem (0600), certificate.pem, ca.pem
 * into out. *ret_fingerprint: 64 hex digits of SHA-256 over the DER. */
bool keys_issue_kiosk(const char *folder, const char *name, const char *out, int64_t now_s, char ret_fingerprint[65],
                      int64_t *ret_not_after_s, Error *err) MUST_USE;

typedef struct KioskCertificate {
    char pem[ENROL_PEM_SIZE];
    char authority[ENROL_PEM_SIZE]; /* its issuer's, PEM */
    char fingerprint[65];           /* 64 hex digits of SHA-256 over the DER */
    int64_t not_after_s;
} KioskCertificate;

/* The same for a key that a terminal made itself.  ERR_FORMAT: the request is none; ERR_NOT_FOUND: the authority's key
 * is not in this folder. */
bool keys_sign_kiosk(const char *folder, const char *name, Str request_pem, int64_t now_s, KioskCertificate *ret,
                     Error *err) MUST_USE;
/* The authority's key is in this folder. */
bool keys_can_sign(const char *folder);
bool keys_authority_fingerprint(const char *folder, uint8_t ret[SHA256_SIZE], Error *err) MUST_USE;

#endif
