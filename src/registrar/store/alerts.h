/* What somebody should look at: kept until he has. */
#ifndef REGISTRAR_STORE_ALERTS_H
#define REGISTRAR_STORE_ALERTS_H

#include <stdint.h>

#include "registrar/store/store.h"

typedef struct Alert {
    int64_t at_s;
    const char *what;   /* "document.void" */
    const char *object; /* "document:UUID" */
    const char *words;  /* English, for an administrator; nothing personal */
} Alert;

bool alerts_add(StoreTransaction *transaction, const Alert *alert, Error *err) MUST_USE;
/* Not while one like it (what, object) was seen by nobody. */
bool alerts_add_once(StoreTransaction *transaction, const Alert *alert, Error *err) MUST_USE;

#endif
