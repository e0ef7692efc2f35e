/* How often somebody was helped with what the state decides: counts, nothing of a person. */
#ifndef REGISTRAR_STORE_PORTAL_HELPS_H
#define REGISTRAR_STORE_PORTAL_HELPS_H

#include "registrar/store/requests.h"

typedef struct PortalHelpRow {
    char service[SERVICE_SIZE];
    int64_t count;
} PortalHelpRow;

/* day: ISO. */
bool portal_helps_add(StoreTransaction *transaction, const char *service, const char *day, Error *err) MUST_USE;
/* By service, of the days from..to. */
bool portal_helps_list(StoreTransaction *transaction, const char *from, const char *to, PortalHelpRow *rows,
                       size_t room, size_t *ret_count, Error *err) MUST_USE;

#endif
