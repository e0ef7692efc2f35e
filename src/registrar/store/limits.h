/* How often something was tried by whom.  Subjects come hashed: nobody's number or address stands in the table. */
#ifndef REGISTRAR_STORE_LIMITS_H
#define REGISTRAR_STORE_LIMITS_H

#include <stdint.h>

#include "registrar/store/store.h"

typedef struct LimitKey {
    const char *what;    /* "sign-in-kiosk" */
    const char *subject; /* hash in hex */
    int64_t window;      /* number of the day, or 0 */
} LimitKey;

typedef struct LimitRow {
    int64_t n;
    int64_t until_s; /* no try before; 0: at once */
} LimitRow;

/* Zeros when it was never tried. */
bool limits_get(StoreTransaction *transaction, const LimitKey *key, int64_t now_s, LimitRow *ret, Error *err) MUST_USE;
bool limits_set(StoreTransaction *transaction, const LimitKey *key, const LimitRow *row, int64_t keep_until_s,
                Error *err) MUST_USE;
bool limits_forget(StoreTransaction *transaction, const LimitKey *key, Error *err) MUST_USE;

#endif
