/* Brings a database to the newest schema.  Inside store/ alone. */
#ifndef REGISTRAR_STORE_MIGRATE_H
#define REGISTRAR_STORE_MIGRATE_H

#include "registrar/store/transaction.h"

/* In one transaction: all migrations that are missing, and the institution's row.  ERR_UNSUPPORTED: the file was made
 * by a newer program, or is no registrar's; it is not touched then. */
bool store_migrate(StoreTransaction *writer, Log *log, Error *err) MUST_USE;

#endif
