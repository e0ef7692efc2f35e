/* The migrations, built in from this folder's .sql files by schema.cmake: [0] makes version 1 of an empty file. */
#ifndef REGISTRAR_STORE_SCHEMA_H
#define REGISTRAR_STORE_SCHEMA_H

extern const char *const schema_migrations[];
extern const int schema_newest;

#endif
