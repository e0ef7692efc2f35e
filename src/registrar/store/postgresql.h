/* PostgreSQL, as store.c and the driver's own files see it.  Inside store/ alone. */
#ifndef REGISTRAR_STORE_POSTGRESQL_H
#define REGISTRAR_STORE_POSTGRESQL_H

#include "registrar/store/driver.h"

/* What may be shown of an address: no user's password. */
void postgresql_describe(const char *address, char *ret, size_t size);

#endif
