/* Brings a database to the newest schema.  Inside store/ alone. */
#ifndef REGISTRAR_STORE_MIGRATE_H
#define REGISTRAR_STORE_MIGRATE_H

#include "registrar/store/driver.h"

/* In one transaction: all migrations that are missing, and the institution's row.  Any number of programs may do so at
 * once.  ERR_UNSUPPORTED: the database was made by a newer program, or is no registrar's; it is not touched then. */
bool store_migrate(StoreTransaction *writer, Log *log, Error *err) MUST_USE;
/* Whether there is a schema, and in it a row of the connection's institution that was filled in. */
bool store_has_institution(StoreTransaction *reader, bool *ret, Error *err) MUST_USE;

#endif
