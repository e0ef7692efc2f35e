/* A database as a file: a copy of one that is in use, and whether a copy is whole. */
#ifndef REGISTRAR_STORE_COPYING_H
#define REGISTRAR_STORE_COPYING_H

#include "base/error.h"

/* Copies the database at path as it stands at one moment, while others write to it.  The copy is a file of the same
 * folder without a name, so that nothing of it is left whatever happens; *ret_file is open for reading and writing, the
 * caller closes it.  It has been read through and found whole (ERR_STORE: it is not). */
bool store_copy(const char *path, int *ret_file, Error *err) MUST_USE;
/* The same of one institution's register in PostgreSQL, as an SQLite database: beside is a path in the folder where it
 * is written, and where a copy that was broken off is removed. */
bool store_copy_postgresql(const char *address, const char *institution, const char *beside, int *ret_file,
                           Error *err) MUST_USE;
/* Reads the file through, before it is trusted: ERR_STORE when it is no whole database. */
bool store_file_check(int file, Error *err) MUST_USE;

#endif
