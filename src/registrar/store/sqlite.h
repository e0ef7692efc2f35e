/* What copying.c needs of the SQLite driver.  Inside store/ alone. */
#ifndef REGISTRAR_STORE_SQLITE_H
#define REGISTRAR_STORE_SQLITE_H

#include <sqlite3.h>

#include "base/error.h"

/* Always false: result in *err, with its code and SQLite's words. */
bool sqlite_error(sqlite3 *db, int result, Error *err, const char *doing);

#endif
