/* The demo university (assets/demo/README.md), as `registrar init --demo` takes it in. */
#ifndef REGISTRAR_DEMO_H
#define REGISTRAR_DEMO_H

#include <jansson.h>

#include "registrar/office/keys.h"
#include "registrar/store/store.h"

/* The whole university; the caller's.  NULL on failure. */
json_t *demo_read(const char *file, Error *err) MUST_USE;
/* All students of it with their records and verifiers, in one transaction; *ret_count how many.  Takes a couple of
 * seconds: passwords are made slow on purpose.  Random must be one that several threads may ask. */
bool demo_import(const json_t *university, const Keys *keys, Store *store, const Random *random, int64_t now_s,
                 size_t *ret_count, Error *err) MUST_USE;

#endif
