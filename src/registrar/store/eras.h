/* The register's eras and counters: what a restore jumps over (MODEL.md section 1). */
#ifndef REGISTRAR_STORE_ERAS_H
#define REGISTRAR_STORE_ERAS_H

#include "registrar/store/copies.h"

#define COUNTERS_MOST 64 /* of the newest years: those of old ones do not move any more */

typedef struct CounterRow {
    char register_name[12];
    int year, last;
} CounterRow;

bool institutions_era(StoreTransaction *transaction, uint32_t *ret, Error *err) MUST_USE;
/* The newest year first; at most room. */
bool counters_list(StoreTransaction *transaction, CounterRow *rows, size_t room, size_t *ret_count,
                   Error *err) MUST_USE;
/* Whether a restore went past this number: the era that began with it, and when. */
bool skipped_find(StoreTransaction *transaction, const char *register_name, int year, int number, bool *ret_found,
                  uint32_t *ret_era, int64_t *ret_at_s, Error *err) MUST_USE;

#endif
