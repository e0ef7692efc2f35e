/* Kiosks as the office knows them: by certificate. */
#ifndef REGISTRAR_OFFICE_KIOSKS_H
#define REGISTRAR_OFFICE_KIOSKS_H

#include "registrar/office/office.h"
#include "registrar/store/kiosks.h"
#include "wire/api.h"

typedef struct Kiosk {
    char id[API_ID_SIZE];
    char place[KIOSK_PLACE_SIZE];
    int64_t certificate_ends_s; /* of the one that was shown */
} Kiosk;

typedef enum KioskStanding { KIOSK_KNOWN, KIOSK_UNKNOWN, KIOSK_REVOKED, KIOSK_CERTIFICATE_EXPIRED } KioskStanding;

/* By SHA-256 of the DER certificate, in hex.  Looked up anew at most each second. */
bool kiosk_by_certificate(Office *office, const char *fingerprint, KioskStanding *ret_standing, Kiosk *ret,
                          Error *err) MUST_USE;
/* Where it stands, as papers say it; "": there is no such kiosk. */
bool kiosk_place(Office *office, const char *kiosk, char ret[KIOSK_PLACE_SIZE], Error *err) MUST_USE;
/* name: letters, digits, - and _ (ERR_ARGUMENT); ERR_EXISTS when there is such a kiosk.  address: "https://host:port".
 * Makes key and certificate (90 days) from the CA in the key folder and writes key.pem, certificate.pem, ca.pem,
 * kiosk.ini into folder. */
bool kiosk_add(Office *office, const char *name, const char *place, const char *address, const char *folder,
               Error *err) MUST_USE;
/* ERR_ARGUMENT, as kiosk_add refuses them. */
bool kiosk_may_be_added(const char *name, const char *place, Error *err) MUST_USE;
/* Its certificates and its code count no more, its session ends, what it was to print waits again, what it may be
 * printing is unknown, and its glass says so at once.  For ever: a terminal that comes back is added under another
 * name.  ERR_NOT_FOUND. */
bool kiosk_revoke(Office *office, const char *name, const char *actor, Error *err) MUST_USE;
bool kiosk_heartbeat(Office *office, const Kiosk *kiosk, const ApiHeartbeat *heartbeat, ApiHeartbeatAnswer *ret,
                     Error *err) MUST_USE;

#endif
