/* Kiosks, their certificates, and what they last said of themselves. */
#ifndef REGISTRAR_STORE_KIOSKS_H
#define REGISTRAR_STORE_KIOSKS_H

#include <stdint.h>

#include "registrar/store/store.h"

#define FINGERPRINT_SIZE 65 /* SHA-256 of the DER certificate in lower-case hex, and zero */

#define KIOSK_PLACE_SIZE 96

typedef struct KioskRow {
    char id[37];
    char place[KIOSK_PLACE_SIZE];
    bool revoked;        /* the kiosk, or this certificate of it */
    int64_t not_after_s; /* of the certificate asked by */
} KioskRow;

/* ERR_EXISTS: there is one of this name. */
bool kiosks_add(StoreTransaction *transaction, const char *id, const char *place, int64_t now_s, Error *err) MUST_USE;
bool kiosks_certificate_add(StoreTransaction *transaction, const char *fingerprint, const char *kiosk,
                            int64_t not_after_s, Error *err) MUST_USE;
bool kiosks_by_certificate(StoreTransaction *transaction, const char *fingerprint, bool *ret_found, KioskRow *ret,
                           Error *err) MUST_USE;
/* "" when there is no such kiosk. */
bool kiosks_place(StoreTransaction *transaction, const char *kiosk, char *place, size_t size, Error *err) MUST_USE;
typedef struct KioskStateRow {
    bool revoked;
    int64_t seen_at_s; /* 0: never */
} KioskStateRow;
bool kiosks_state(StoreTransaction *transaction, const char *kiosk, bool *ret_found, KioskStateRow *ret,
                  Error *err) MUST_USE;
/* Every certificate that it has had counts no more; its session ends. */
bool kiosks_certificates_end(StoreTransaction *transaction, const char *kiosk, int64_t now_s, Error *err) MUST_USE;
/* Every certificate of the kiosk, and the kiosk itself, count no more; its session ends. */
bool kiosks_revoke(StoreTransaction *transaction, const char *kiosk, int64_t now_s, Error *err) MUST_USE;
/* *ret_changed: its printer is in another state than it was. */
bool kiosks_seen(StoreTransaction *transaction, const char *kiosk, const char *release, const char *screen,
                 const char *printer, int64_t now_s, bool *ret_changed, Error *err) MUST_USE;

#endif
