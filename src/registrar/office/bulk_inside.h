/* Between the files of bulk imports.  Inside office/. */
#ifndef REGISTRAR_OFFICE_BULK_INSIDE_H
#define REGISTRAR_OFFICE_BULK_INSIDE_H

#include "registrar/office/bulk.h"

#define BULK_COUNTS_BYTES 2000

/* As it stands in the register, and back: a member that is not there is 0. */
bool bulk_counts_write(const BulkCounts *counts, Buf *buf, Error *err) MUST_USE;
bool bulk_counts_read(Str text, BulkCounts *ret, Error *err) MUST_USE;
/* The act that a page is: counts and cursor, one step further. */
bool bulk_step(StoreTransaction *transaction, BulkRun *run, Str cursor, Error *err) MUST_USE;
/* Counts it, and keeps it where there are not too many. */
bool bulk_note(StoreTransaction *transaction, BulkRun *run, BulkFinding finding, const char *number, const char *detail,
               Error *err) MUST_USE;

/* What can't be so of a student, or of a result, in words for an administrator (static); NULL: nothing.  now_s: today.
 * Pure. */
const char *bulk_doubt_student(const json_t *profile, int64_t now_s);
const char *bulk_doubt_result(const json_t *result, int64_t now_s);

#endif
