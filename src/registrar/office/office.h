/* The rules of the registrar's office: no HTTP, no SQL text.  Any thread; every function is one or two short
 * transactions. Each noun has its own header: kiosks.h, sign_in.h, home.h, requests.h, copies.h, prints.h, checks.h,
 * limits.h. */
#ifndef REGISTRAR_OFFICE_OFFICE_H
#define REGISTRAR_OFFICE_OFFICE_H

#include "base/clock.h"
#include "base/date.h"
#include "base/log.h"
#include "base/random.h"
#include "registrar/store/store.h"
#include "wire/catalogue.h"

typedef struct OfficeConfig {
    const char *institution;           /* id in the tables: "namuna" */
    const char *host;                  /* of links in seals: "hujjat.namuna.uz", with ":port" where it is not 443 */
    const char *institution_file;      /* names, ministry, address, signatory, opening hours (assets/demo/README.md) */
    const char *names[LANGUAGE_COUNT]; /* NULL in office_open: read from institution_file */
    const char *keys_folder;           /* pepper, seal keys, page key */
    const char *catalogue_folder;      /* kiosk/services */
    const char *templates_folder;      /* assets/documents */
    const char *logo_file;
    int utc_offset_minutes; /* 0 in office_open: read from institution_file */
    bool demo;
    bool limits; /* false only in tests that measure without them */
    Clock clock;
    Random random;
} OfficeConfig;

typedef struct Office Office;

/* Strings are copied.  Loads keys, catalogue, templates; starts the two argon2 workers and the finisher of unfinished
 * documents. */
Office *office_open(const OfficeConfig *config, Store *store, Log *log, Error *err) MUST_USE;
void office_close(Office *office);
OWNED_BY(Office, office_close)

/* Borrowed until office_close. */
Catalogue *office_catalogue(Office *office);
const OfficeConfig *office_config(const Office *office);
Date office_today(const Office *office);

#endif
