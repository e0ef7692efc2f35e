/* The migrations, built in from this folder's .sql files by schema.cmake, for each database: [0] makes version 1 of an
 * empty one. */
#ifndef REGISTRAR_STORE_SCHEMA_H
#define REGISTRAR_STORE_SCHEMA_H

extern const char *const schema_sqlite[];
extern const char *const schema_postgresql[];
extern const int schema_newest;

#endif
