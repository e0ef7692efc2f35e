/* Kiosks, their certificates, and what they last said of themselves. */
#ifndef REGISTRAR_STORE_KIOSKS_H
#define REGISTRAR_STORE_KIOSKS_H

#include "registrar/store/store.h"

typedef struct StoredKiosk {
    char id[37];
    char place[96];
    char state[16];       /* "active", "out-of-service", "retired" */
    int64_t not_after_s;  /* of the certificate it was found by */
    int64_t revoked_at_s; /* 0: not revoked */
} StoredKiosk;

/* ERR_EXISTS when there is one of this id. */
bool kiosk_insert(StoreTransaction *transaction, const char *id, const char *place, Error *err) MUST_USE;
bool kiosk_certificate_insert(StoreTransaction *transaction, const char *fingerprint, const char *kiosk,
                              int64_t not_after_s, Error *err) MUST_USE;
bool kiosk_find_by_certificate(StoreTransaction *transaction, const char *fingerprint, bool *ret_found,
                               StoredKiosk *ret, Error *err) MUST_USE;
bool kiosk_health_put(StoreTransaction *transaction, const char *kiosk, const char *version, const char *screen,
                      const char *printer, int64_t uptime_s, int64_t at_s, Error *err) MUST_USE;

#endif
