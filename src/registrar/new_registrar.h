/* A folder from which a registrar serves, made where there was none: keys, register, institution.json, registrar.ini,
 * and beside it the private key that its backups are opened with.  What init and demo share. */
#ifndef REGISTRAR_NEW_REGISTRAR_H
#define REGISTRAR_NEW_REGISTRAR_H

#include <jansson.h>
#include <limits.h>

#include "base/clock.h"
#include "registrar/office/keys.h"
#include "registrar/store/store.h"

typedef struct NewRegistrar {
    const char *folder;
    const char *id, *host;     /* as registrar_check_id and registrar_check_host let them through */
    const char *database;      /* what store.database says; NULL: registrar.db in the folder */
    const char *backup_key;    /* where it is written; NULL: FOLDER-backup-key.pem */
    const char *hemis;         /* the address of the students' HEMIS; NULL: none yet */
    const char *hemis_ca;      /* whole path of the authority that it is believed of; NULL: the system's */
    const json_t *institution; /* borrowed: institution.json but for its host; NULL: blanks for a person to fill */
    bool demo;                 /* served to nobody else unless a host was named; with the demo's logo */
    const Clock *clock;
    const Random *random;
    /* Fills the register while nothing else is at work in it; NULL: with nobody. */
    bool (*fill)(void *ctx, Store *store, const Keys *keys, Error *err);
    void *ctx;
} NewRegistrar;

bool registrar_check_host(const char *host, Error *err) MUST_USE;
bool registrar_check_id(const char *id, Error *err) MUST_USE;
/* ERR_EXISTS: there is something in the folder; it need not be there. */
bool registrar_check_unused(const char *folder, Error *err) MUST_USE;
/* ERR_EXISTS: the folder, the institution in its database, or the backups' key is there already; nothing of them was
 * touched.  Any other failure leaves a folder without registrar.ini, which is no registrar's; the words say so. */
bool registrar_make(const NewRegistrar *wanted, char ret_backup_key[PATH_MAX], Error *err) MUST_USE;

#endif
