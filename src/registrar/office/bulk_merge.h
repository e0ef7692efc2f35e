/* What another system tells of a student into what is known already.  What it does not tell stays, and so does what it
 * tells poorer: names in further languages of a thing whose code is the same, where it tells the first alone.  Pure.
 * Inside office/. */
#ifndef REGISTRAR_OFFICE_BULK_MERGE_H
#define REGISTRAR_OFFICE_BULK_MERGE_H

#include <jansson.h>

#include "base/error.h"

/* Members of told into kept.  *ret_changed is set where that changed kept, else left as it is. */
bool bulk_merge(json_t *kept, const json_t *told, bool *ret_changed, Error *err) MUST_USE;

/* What came of one result. */
typedef struct BulkMerged {
    bool is_new, changed;
    int points_before, mark_before; /* -1: there was none */
} BulkMerged;

/* One result into the list of them: that of the same subject, semester and year, or a new row in their order. */
bool bulk_merge_result(json_t *results, const json_t *told, BulkMerged *ret, Error *err) MUST_USE;
/* Whether both are of one subject, semester and year. */
bool bulk_same_result(const json_t *a, const json_t *b);

#endif
