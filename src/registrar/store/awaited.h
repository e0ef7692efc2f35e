/* Parts of the records of people who are not in the register yet, by the numbers that they will have. */
#ifndef REGISTRAR_STORE_AWAITED_H
#define REGISTRAR_STORE_AWAITED_H

#include "registrar/store/students.h"

/* In place of what waited there. */
bool awaited_put(StoreTransaction *transaction, const char *number, const RecordRow *record, int64_t keep_until_s,
                 Error *err) MUST_USE;
/* All that waits for this number, by part. */
bool awaited_each(StoreTransaction *transaction, const char *number, RecordEach each, void *ctx, Error *err) MUST_USE;
/* One part of it, if there is one. */
bool awaited_one(StoreTransaction *transaction, const char *number, const char *part, RecordEach each, void *ctx,
                 Error *err) MUST_USE;
/* It waits no more: they are there. */
bool awaited_forget(StoreTransaction *transaction, const char *number, Error *err) MUST_USE;

#endif
