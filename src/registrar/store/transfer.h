/* A whole register, from one database into another of either kind. */
#ifndef REGISTRAR_STORE_TRANSFER_H
#define REGISTRAR_STORE_TRANSFER_H

#include <stdint.h>

#include "registrar/store/store.h"

typedef struct TransferResult {
    size_t tables;
    int64_t rows;
    bool was_there; /* `to` held the same rows already: a transfer that was cut off after its commit */
} TransferResult;

/* All rows of an institution, in one transaction of each database: nobody writes to `from` meanwhile, and of a transfer
 * that is killed nothing is left in `to`.  Before the commit each table is read back and compared by its number of rows
 * and their hashes.  Addresses are store_open's, and both are brought to the newest schema first.
 * ERR_EXISTS: `to` holds other rows of this institution.  ERR_UNSUPPORTED: tables differ, by name. */
bool store_transfer(const char *from, const char *to, const char *institution, TransferResult *ret,
                    Error *err) MUST_USE;
/* The same, as of one moment, while others go on writing to `from`. */
bool store_snapshot(const char *from, const char *to, const char *institution, TransferResult *ret,
                    Error *err) MUST_USE;

#endif
