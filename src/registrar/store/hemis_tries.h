/* Tries that HEMIS is asked about: reserved before, taken away when they were right.  How many may be open or spent is
 * the office's to say (office/hemis_budget.h).  Subjects come hashed. */
#ifndef REGISTRAR_STORE_HEMIS_TRIES_H
#define REGISTRAR_STORE_HEMIS_TRIES_H

#include <stdint.h>

#include "registrar/store/store.h"

#define HEMIS_TRY_ID_SIZE   37
#define HEMIS_TRY_WHOM_SIZE 65

typedef enum HemisTryOutcome {
    HEMIS_TRY_ASKED,
    HEMIS_TRY_REFUSED,
    HEMIS_TRY_LOST, /* nobody knows whether HEMIS counted it */
    HEMIS_TRY_OUTCOME_COUNT
} HemisTryOutcome;

typedef struct HemisTryRow {
    char id[HEMIS_TRY_ID_SIZE];
    char kiosk[HEMIS_TRY_WHOM_SIZE], account[HEMIS_TRY_WHOM_SIZE];
    bool known;
    HemisTryOutcome outcome;
    int64_t at_s; /* asked; answered, once it was */
} HemisTryRow;

/* Those that are kept at now_s, those that are kept longest first. */
bool hemis_tries_read(StoreTransaction *transaction, int64_t now_s, HemisTryRow *rows, size_t most, size_t *ret_count,
                      Error *err) MUST_USE;
bool hemis_tries_add(StoreTransaction *transaction, const HemisTryRow *row, int64_t keep_until_s, Error *err) MUST_USE;
bool hemis_tries_end(StoreTransaction *transaction, const char *id, HemisTryOutcome outcome, int64_t at_s,
                     int64_t keep_until_s, Error *err) MUST_USE;
/* It was right, or HEMIS was not asked after all. */
bool hemis_tries_return(StoreTransaction *transaction, const char *id, Error *err) MUST_USE;

#endif
